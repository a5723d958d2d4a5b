//! `credit-invoice-description`: the goods or the trade term of the invoice do not correspond to 45A.

use std::collections::BTreeSet;

use super::super::prelude::*;
use crate::check::shared::description::{self, Difference, Known, Word};
use crate::check::shared::{exams, lines, presented};
use crate::compare::goods::{self, Token};
use crate::compare::place::Place;
use crate::compare::{Outcome, term};
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::document::Invoice;
use crate::model::value::fold::fold;
use crate::model::value::{Incoterm, Unit, place};
use crate::text::Bi;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-invoice-description",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 18 条 c 款；ISBP 745 C3 至 C5、C8", "UCP 600 art. 18 c; ISBP 745 C3 to C5, C8"),
    title: ("发票货描与 45A 不符", "goods on the invoice do not correspond to 45A"),
    docs: Docs {
        checks: (
            "发票的货描（goods、各行品名）和 45A 相对应，顺序和排版不限。45A 里的型号、等级、成分、规格，发票一个都不能少；不能多出改变货物性质的词（SECOND HAND、IMITATION、USED 等），也不能换成同类的另一个型号。45A 的词，发票有 95% 以上就行，80% 到 95% 请人看，不到 80% 报错；差一两个字母的请人看。数量、单价、金额由各自的规则说；溢短装不比；包装、产地、税则号、合同号没印的最多请人看。分批时只比这一批的货。贸易术语、地点和 45A 不同或没印，报错；只缺年份由 term-year-printed 说。",
            "The goods on the invoice (its description, the names of its lines) correspond to 45A, in any order and layout. Every model, grade, composition and size of 45A is there; no word changes the nature of the goods (SECOND HAND, IMITATION, USED …), and no model is another of the same make. 95 % of the words of 45A are enough; 80 % to 95 % is for a person, less is an error; a slip of the pen is for a person. Quantity, price and amount have rules of their own; \"more or less\" is not compared; packing, origin, tariff code and references to a contract that are not printed are for a person at most. A part shipment is compared with its own goods. A trade term with another rule or place, or none, is an error; a missing year alone is for term-year-printed.",
        ),
        why: (
            "别的单据货描可以笼统，发票不行：银行拿它逐字对 45A。",
            "Other papers may be general, the invoice may not: a bank holds it against 45A word by word.",
        ),
        fix: (
            "登记时没抄全就补上。发票确实不一样，交单前照 45A 重出；货真不一样，请客户改证。",
            "Complete the record if it was not copied in full. If the invoice really differs, issue it again in the words of 45A before presenting; if the goods differ, have the credit amended.",
        ),
    },
    example: example!("credit-invoice-description"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        let rows = lines::Rows::of(exam).all;
        for &(index, invoice) in &exam.papers.invoice {
            let paper = Paper { key: "invoice", index, printed: &invoice.paper };
            if !seen.first(exam, paper.whole()) {
                continue;
            }
            let sheet = Sheet { paper, invoice, rows: &rows };
            words(case, exam, &sheet, out);
            terms(case, exam, &sheet, out);
        }
    }
}

/// An invoice with the meaning of its lines.
struct Sheet<'s, 'a> {
    paper: Paper<'a>,
    invoice: &'a Invoice,
    rows: &'s [lines::Row<'a>],
}

impl Sheet<'_, '_> {
    fn own(&self) -> impl Iterator<Item = &lines::Row<'_>> {
        self.rows.iter().filter(|r| r.invoice == self.paper.index)
    }

    /// The description as printed: the text, then the names of lines; goods that 45A does not know are for
    /// another rule.
    fn text(&self) -> String {
        let names =
            self.own().filter(|r| r.means != lines::Means::Other).filter_map(|r| r.line.name.as_deref());
        self.paper.printed.goods.as_deref().into_iter().chain(names).collect::<Vec<_>>().join("\n")
    }

    /// Where the description stands.
    fn path(&self) -> String {
        let only = matches!(self.invoice.lines.as_slice(), [line] if line.name.is_some());
        self.paper.path(match &self.paper.printed.goods {
            Some(_) => "goods",
            None if only => "lines[0].name",
            None => "lines",
        })
    }
}

/// 45A in words, without what belongs to goods that this invoice does not bill. In the words of its lines where
/// no text is recorded.
fn asked_text(exam: &Exam<'_>, sheet: &Sheet<'_, '_>) -> (String, BTreeSet<String>) {
    let items = &exam.credit.items;
    let billed: BTreeSet<usize> = sheet
        .own()
        .filter_map(|r| if let lines::Means::Item(i) = r.means { Some(i) } else { None })
        .collect();
    let here = |i: usize| billed.contains(&i);
    let any = !billed.is_empty();
    let words = |wanted: bool| -> BTreeSet<String> {
        let names = items.iter().enumerate().filter(|(i, _)| !any || here(*i) == wanted);
        let names = names.filter_map(|(_, item)| item.value.name.as_deref());
        names.flat_map(goods::tokens).map(|t| t.text).collect()
    };
    let absent = if any { words(false).difference(&words(true)).cloned().collect() } else { BTreeSet::new() };
    let mut texts: Vec<&str> = exam.credit.goods.iter().map(|g| g.value).collect();
    // What the text leaves to its lines ("goods as per contract") is asked for in their words.
    let said: BTreeSet<String> = texts.iter().flat_map(|t| goods::tokens(t)).map(|t| t.text).collect();
    let mine = items.iter().enumerate().filter(|(i, _)| !any || here(*i));
    for name in mine.filter_map(|(_, item)| item.value.name.as_deref()) {
        let words = goods::tokens(name);
        if words.iter().filter(|t| said.contains(&t.text)).count() * 2 < words.len() {
            texts.push(name);
        }
    }
    (texts.join("\n"), absent)
}

fn known(exam: &Exam<'_>) -> Known {
    let mut figures: BTreeSet<Decimal> = BTreeSet::new();
    let mut sum = Some(Decimal::ZERO);
    let mut units = Vec::new();
    for item in exam.credit.items.iter().map(|i| i.value) {
        let price = item.price.map(|p| p.value);
        figures.extend(item.qty);
        figures.extend(price);
        figures.extend(item.qty.zip(price).and_then(|(q, p)| q.checked_mul(p)));
        sum = sum.zip(item.qty).and_then(|(sum, qty)| sum.checked_add(qty));
        units.extend(item.unit.as_deref().and_then(Unit::parse));
    }
    figures.extend(sum);
    figures.extend(exam.credit.figure());
    Known { figures, units, term: asked_term(exam).map(|(term, _)| term) }
}

/// Figures and words that stand elsewhere on the invoice or in the lines of 45A.
fn also(exam: &Exam<'_>, sheet: &Sheet<'_, '_>) -> BTreeSet<Token> {
    let paper = sheet.paper.printed;
    let mut figures: Vec<Decimal> = [paper.qty, paper.packages, paper.gross_kg, paper.net_kg, paper.cbm]
        .into_iter()
        .flatten()
        .chain(sheet.invoice.total.map(|t| t.value))
        .collect();
    let mut texts: Vec<&str> = [&paper.contract, &paper.po, &paper.lc, &paper.package_kind, &paper.unit]
        .into_iter()
        .filter_map(|t| t.as_deref())
        .collect();
    texts.extend(sheet.paper.printed.marks.iter().map(String::as_str));
    for row in sheet.own() {
        figures.extend(row.line.qty);
        figures.extend([row.line.price, row.line.amount].into_iter().flatten().map(|a| a.value));
        texts.extend(row.line.unit.as_deref());
        texts.extend(row.line.sku.as_deref());
    }
    texts.extend(exam.papers.invoice.iter().filter_map(|(_, d)| d.paper.number.as_deref()));
    let numbers = figures.into_iter().map(|n| Token { text: n.normalize().to_string(), hard: true });
    numbers.chain(texts.into_iter().flat_map(goods::tokens)).collect()
}

fn words(case: &Case<'_>, exam: &Exam<'_>, sheet: &Sheet<'_, '_>, out: &mut Sink<'_>) {
    let printed = sheet.text();
    let (text, absent) = asked_text(exam, sheet);
    if printed.trim().is_empty() || text.trim().is_empty() {
        return;
    }
    let known = known(exam);
    let mut asked: Vec<Word> = description::read(&text, &known);
    asked.retain(|w| !absent.contains(&w.token.text));
    // Names of lines that stand in 45A line by line are no addition.
    let mut allowed = also(exam, sheet);
    let found = description::read(&printed, &known);
    let lines: BTreeSet<Token> =
        exam.credit.items.iter().filter_map(|i| i.value.name.as_deref()).flat_map(goods::tokens).collect();
    let mut difference = description::differ(&asked, &found, &allowed);
    difference.nature.retain(|word| !lines.iter().any(|t| t.text == *word));
    let in_lines = |word: &String| goods::tokens(word).iter().all(|t| lines.contains(t));
    difference.foreign.retain(|word| !in_lines(word));
    difference.added.retain(|word| !in_lines(word));
    allowed.clear();
    if !difference.is_none() {
        say(case, exam, sheet, (&printed, &text), &difference, out);
    }
}

fn say(
    case: &Case<'_>,
    exam: &Exam<'_>,
    sheet: &Sheet<'_, '_>,
    (printed, asked): (&str, &str),
    found: &Difference,
    out: &mut Sink<'_>,
) {
    let name = sheet.paper.name();
    let what = summary(found);
    let title = if found.conflicts() {
        bi!("{name} 货描与 45A 不符：{what}", "{name}: the goods do not correspond to 45A: {what}"; name, what)
    } else {
        bi!("{name} 货描和 45A 请对着看：{what}", "{name}: look at the goods beside 45A: {what}"; name, what)
    };
    let finding = out.report(title);
    finding.at(case.order.origin.place(&sheet.path()), bi!("发票货描", "goods on the invoice"));
    let source = exam.credit.goods.first().map(|g| g.source.path());
    if let Some(path) = source.or(exam.credit.items.first().map(|i| i.source.path())) {
        finding.at(case.order.origin.place(&path), bi!("信用证 45A", "45A of the credit"));
    }
    finding.values([one_line(printed), one_line(asked)]);
    if found.conflicts() {
        finding.help(bi!(
            "先看货描抄全没有，没抄全就补；发票确是这样，交单前照 45A 的文字重出，货真不同就请客户改证",
            "complete the record if the description was not copied in full; if the invoice is so, issue it again in the words of 45A, or have the credit amended if the goods differ"
        ));
    } else {
        finding.severity(Severity::Warning).judgement().help(bi!(
            "两段文字对着看：只是抄漏就补登记；拿不准，交单前照 45A 的文字重出发票最稳妥",
            "read both texts side by side; complete the record if something was left out, and when in doubt issue the invoice again in the words of 45A"
        ));
    }
    exams::weigh(finding, exam, &sheet.paper);
}

fn one_line(text: &str) -> String {
    crate::model::value::fold::ws(text)
}

/// What differs, the worst first.
fn summary(found: &Difference) -> Bi {
    let list = |words: &[String]| words.join(" ");
    let mut parts: Vec<Bi> = Vec::new();
    if !found.nature.is_empty() {
        let words = list(&found.nature);
        parts.push(bi!("多了改变性质的 {words}", "{words} changes their nature"));
    }
    if !found.lost.is_empty() {
        let words = list(&found.lost);
        parts.push(bi!("缺 {words}", "{words} missing"));
    }
    let fresh: Vec<String> = found.foreign.iter().chain(&found.added).cloned().collect();
    if !fresh.is_empty() {
        let words = list(&fresh);
        parts.push(bi!("多 {words}", "{words} added"));
    }
    if !found.missing.is_empty() {
        let (words, share) = (list(&found.missing), found.coverage / 10);
        parts.push(bi!("没有 {words}（对上 {share}%）", "no {words} ({share} % in common)"));
    }
    for (asked, printed) in &found.slips {
        parts.push(bi!("{asked} 写成 {printed}", "{printed} for {asked}"));
    }
    if !found.unsure.is_empty() {
        let words = list(&found.unsure);
        parts.push(bi!("没印 {words}", "{words} not printed"));
    }
    Bi {
        zh: parts.iter().map(|p| p.zh.as_str()).collect::<Vec<_>>().join("；"),
        en: parts.iter().map(|p| p.en.as_str()).collect::<Vec<_>>().join("; "),
    }
}

/// The trade term of 45A and where it stands: as recorded, else in the first line of the text that has one. What
/// stands on the next line is goods again.
fn asked_term(exam: &Exam<'_>) -> Option<(Incoterm, String)> {
    let credit = &exam.credit;
    let recorded = credit.term.as_ref().and_then(|t| Some((t.value.term.clone()?, t.source.path())));
    recorded.or_else(|| {
        let lines = credit.goods.iter().flat_map(|g| g.value.lines().map(|line| (line, g.source)));
        lines.into_iter().find_map(|(line, source)| Some((term::find(line)?, source.path())))
    })
}

/// The trade term is part of the description.
fn terms(case: &Case<'_>, exam: &Exam<'_>, sheet: &Sheet<'_, '_>, out: &mut Sink<'_>) {
    let Some((asked, source)) = asked_term(exam) else { return };
    let text = sheet.text();
    let said = sheet.invoice.term.as_ref();
    // What is no term at all is for `term-in-set`.
    if said.is_some_and(|t| t.term.is_none()) || (said.is_none() && text.trim().is_empty()) {
        return;
    }
    let own = said.and_then(|t| t.term.clone()).filter(|t| !t.place.is_empty());
    let printed = own
        .or_else(|| text.lines().find_map(term::find).filter(|t| !t.place.is_empty()))
        .or_else(|| said.and_then(|t| t.term.clone()));
    let name = sheet.paper.name();
    let due = asked.to_string();
    let Some(printed) = printed else {
        let finding = out.report(bi!(
            "{name} 没有印贸易术语，45A 写的是 {due}",
            "{name} prints no trade term; 45A says {due}"; name
        ));
        finding.at(case.order.origin.place(&sheet.path()), name);
        finish(case, exam, sheet, finding, &source, [String::new(), due.clone()]);
        return;
    };
    let compared = term::compare(&printed, &asked);
    let is = printed.to_string();
    let sure = match judge(&compared, &printed, &asked) {
        Some(sure) => sure,
        None => return,
    };
    let finding = out.report(bi!(
        "{name} 贸易术语 {is}，45A 写的是 {due}",
        "{name} prints {is}; 45A says {due}"; name
    ));
    let path = if said.is_some() { sheet.paper.path("term") } else { sheet.path() };
    finding.at(case.order.origin.place(&path), name);
    if !sure {
        finding.severity(Severity::Warning).judgement();
    }
    finish(case, exam, sheet, finding, &source, [is, due]);
}

/// Whether two terms contradict each other for certain; nothing where they agree.
fn judge(compared: &term::Compared, printed: &Incoterm, asked: &Incoterm) -> Option<bool> {
    if !compared.rule || compared.year == Outcome::Different {
        return Some(true);
    }
    match compared.place {
        Place::Within | Place::Is(Outcome::Typo) => Some(false),
        Place::Is(Outcome::Different) => other_place(&printed.place, &asked.place),
        Place::Is(Outcome::Missing) => (printed.place.is_empty() && !asked.place.is_empty()).then_some(true),
        Place::Is(_) => None,
    }
}

/// A place with other words behind it (`HAMBURG PACKED IN CARTONS`) is the place that its first words name. Whether
/// two differ for certain; nothing where they are the same.
fn other_place(printed: &str, asked: &str) -> Option<bool> {
    let words = |text: &str| -> Vec<String> {
        fold(text).split([' ', ',']).filter(|w| !w.is_empty()).take(5).map(str::to_owned).collect()
    };
    let (x, y) = (words(printed), words(asked));
    let named =
        |list: &[String]| (1..=list.len()).rev().find_map(|n| place::resolve(&list.get(..n)?.join(" ")));
    match (named(&x), named(&y)) {
        (Some(a), Some(b)) => (!a.is_same(b)).then_some(true),
        _ => Some(x.first() != y.first()),
    }
}

fn finish(
    case: &Case<'_>,
    exam: &Exam<'_>,
    sheet: &Sheet<'_, '_>,
    finding: &mut crate::check::finding::Finding,
    source: &str,
    values: [String; 2],
) {
    finding
        .at(case.order.origin.place(source), bi!("信用证 45A", "45A of the credit"))
        .source(bi!("UCP 600 第 18 条 c 款；ISBP 745 C8", "UCP 600 art. 18 c; ISBP 745 C8"))
        .values(values)
        .help(bi!(
            "先看抄漏没有；发票确是这样，交单前照 45A 重出，术语、地点、年份写全",
            "see first whether it was left out when copying; if the invoice is so, issue it again with rule, place and year as in 45A"
        ));
    exams::weigh(finding, exam, &sheet.paper);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(printed: &str, asked: &str) -> Option<bool> {
        let (printed, asked) = (Incoterm::parse(printed).unwrap(), Incoterm::parse(asked).unwrap());
        judge(&term::compare(&printed, &asked), &printed, &asked)
    }

    #[test]
    fn terms_against_45a() {
        for (printed, asked, expected) in [
            ("CIF HAMBURG INCOTERMS 2020", "CIF Hamburg Port, Germany Incoterms 2020", None),
            ("CIF HAMBURG, GERMANY", "CIF HAMBURG PACKED IN CARTONS", None),
            ("CIF HAMBURG", "CIF HAMBURG INCOTERMS 2020", None),
            ("CIF ROTTERDAM", "CIF HAMBURG PACKED IN CARTONS", Some(true)),
            ("CIF LISBON", "FOB VALENCIA", Some(true)),
            ("FOB LISBON", "FOB VALENCIA", Some(true)),
            ("FOB", "FOB VALENCIA", Some(true)),
            ("CIF HAMBURG INCOTERMS 2010", "CIF HAMBURG INCOTERMS 2020", Some(true)),
            ("FOB YANTIAN", "FOB SHENZHEN", Some(false)),
            ("C&F DURBAN", "CFR DURBAN", None),
        ] {
            assert_eq!(verdict(printed, asked), expected, "{printed} / {asked}");
        }
    }
}
