//! `credit-condition-data`: a paper does not show what 47A wants shown on it.

use super::super::prelude::*;
use crate::check::shared::asked;
use crate::check::shared::{exams, presented};
use crate::compare::reference;
use crate::derive::credit::Said;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::value::fold::fold;
use crate::text::{Bi, StaticBi};

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-condition-data",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("信用证 47A、46A；UCP 600 第 14 条 d、f 款", "47A and 46A of the credit; UCP 600 art. 14 d, f"),
    title: ("单据没有打信用证要求打的号码", "a paper does not show a number that the credit wants shown"),
    docs: Docs {
        checks: (
            "47A（或 46A 某种单据）要求打信用证号、合同号、客户订单号、税则号的，每份被要求的单据都打了，打的是同一个号（空格、横线不计）。打成别的号报错。没打的：这份单据登记了别的参考号（合同、订单、发票号），说明号码抄了而没有它，报错；什么号都没登记的，可能只是没抄，请人看。货描、唛头、正文里有这个号也算。写了“除…外”的照除。没有要求的不看（ISBP 821：漏打信用证号不是拒付理由）。47A 里要求打别的内容、工具看不懂的，列出来请人看，只是提示。",
            "Where 47A, or 46A for one kind of document, wants the credit number, the contract, the buyer's order or the tariff code shown, every paper meant shows it, and the same one (spaces and hyphens do not count). Another number is an error. Where it is not recorded: a paper with other references recorded (contract, order, invoice) was copied with its numbers and lacks this one, an error; a paper with none may only not have been copied in full, for a person to look at. The number in the goods, the marks or the text counts. Papers that the clause excepts are excepted. Nothing is said where nothing is asked (ISBP 821: a missing credit number is no ground for refusal). Other data that 47A wants and that are not understood are listed for a person, for information.",
        ),
        why: (
            "信用证明确要求打的号码漏了，就是不符点。",
            "A number that the credit expressly wants and that is not there is a discrepancy.",
        ),
        fix: (
            "纸面有就补登记；纸面没有，我们出的重出，别人出的请对方补打。",
            "Record it if the paper shows it; if not, issue ours again and have others add it to theirs.",
        ),
    },
    example: example!("credit-condition-data"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    let mut listed: Vec<usize> = Vec::new();
    for exam in presented::all(case) {
        let demands = demands(exam);
        for demand in &demands {
            for paper in exam.papers.each().filter(|p| demand.on.means(p.key)) {
                if seen.first(exam, format!("{} {:?}", paper.whole(), demand.data)) {
                    examine(case, exam, &paper, demand, out);
                }
            }
        }
        if !exam.past && !listed.contains(&exam.credit.index) {
            listed.push(exam.credit.index);
            eyes(case, exam, out);
        }
    }
}

/// What is to be shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Data {
    Credit,
    Contract,
    Order,
    Tariff,
}

impl Data {
    fn name(self) -> StaticBi {
        match self {
            Self::Credit => ("信用证号", "credit number"),
            Self::Contract => ("合同号", "contract number"),
            Self::Order => ("订单号", "order number"),
            Self::Tariff => ("税则号", "tariff code"),
        }
    }

    /// The number as the paper prints it in its own field.
    fn printed<'a>(self, paper: &Paper<'a>) -> Option<&'a str> {
        match self {
            Self::Credit => paper.printed.lc.as_deref(),
            Self::Contract => paper.printed.contract.as_deref(),
            Self::Order => paper.printed.po.as_deref(),
            Self::Tariff => None,
        }
    }

    fn field(self) -> &'static str {
        match self {
            Self::Credit => "lc",
            Self::Contract => "contract",
            Self::Order => "po",
            Self::Tariff => "goods",
        }
    }
}

/// On which papers.
#[derive(Debug, Clone, PartialEq, Eq)]
enum On {
    /// All, except some kinds.
    All(Vec<&'static str>),
    /// Papers of these kinds.
    Kinds(Vec<&'static str>),
}

impl On {
    fn means(&self, key: &str) -> bool {
        // What no bank sees: the declaration, the collection.
        if matches!(key, "customs" | "collection") {
            return false;
        }
        match self {
            Self::All(except) => !except.contains(&key),
            Self::Kinds(kinds) => kinds.contains(&key),
        }
    }
}

/// A clause that wants a number shown.
#[derive(Debug)]
struct Demand {
    data: Data,
    on: On,
    number: String,
    path: String,
}

fn demands(exam: &Exam<'_>) -> Vec<Demand> {
    let credit = &exam.credit;
    let conditions = credit.conditions.iter().map(|c| (c.value, c.source.path(), None));
    let documents = credit.documents.iter().filter_map(|d| {
        let kind = d.value.kind.as_deref().and_then(asked::table)?;
        Some((d.value.text.as_deref()?, format!("{}.text", d.source.path()), Some(kind)))
    });
    // No credit has so many; a file of a hundred thousand conditions must not take minutes.
    let all = conditions.chain(documents).take(500);
    all.filter_map(|(text, path, kind)| {
        let (data, on, number) = read(text, kind)?;
        let number = number.or_else(|| (data == Data::Credit).then(|| credit.number().to_owned()))?;
        (!number.is_empty()).then_some(Demand { data, on, number, path })
    })
    .collect()
}

/// Verbs with which a credit wants something shown.
const VERBS: &[&str] = &[
    "SHOW",
    "SHOWING",
    "SHOWN",
    "INDICATE",
    "INDICATING",
    "BEAR",
    "BEARING",
    "QUOTE",
    "QUOTING",
    "QUOTED",
    "STATE",
    "STATING",
    "MENTION",
    "MENTIONING",
    "MENTIONED",
    "APPEAR",
    "EVIDENCE",
    "EVIDENCING",
    "CONTAIN",
    "CARRY",
    "REFER",
    "INCLUDE",
    "MARKED",
    "INDICATED",
    "SPECIFY",
];

/// Words of instructions about sending papers: what they want quoted stands on the covering letter.
const COVER: &[&str] = &[
    "SENT",
    "SEND",
    "SENDING",
    "FORWARD",
    "FORWARDED",
    "FORWARDING",
    "DESPATCH",
    "DESPATCHED",
    "DISPATCH",
    "DISPATCHED",
    "COURIER",
    "REMIT",
    "REMITTED",
    "REIMBURSEMENT",
    "REIMBURSE",
    "SCHEDULE",
    "CLAIM",
    "SWIFT",
    "TELEX",
];

/// Reads a clause: what, on which papers, and the number where it is written. Nothing where it asks for no number,
/// forbids one, or is not understood.
fn read(text: &str, kind: Option<&'static str>) -> Option<(Data, On, Option<String>)> {
    let words = words(text);
    let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
    if !has(VERBS) || has(&["NOT", "WITHOUT"]) || has(COVER) {
        return None;
    }
    let (data, at) = data(&words)?;
    let number =
        words.iter().skip(at).take(4).find(|w| w.chars().filter(char::is_ascii_digit).count() > 1).cloned();
    let on = match kind {
        Some(kind) => On::Kinds(vec![kind]),
        None => on(&words)?,
    };
    Some((data, on, number))
}

/// Words with the names of credits, contracts and papers made one.
fn words(text: &str) -> Vec<String> {
    let mut folded = format!(" {} ", fold(text));
    for (from, to) in [
        ("LETTER OF CREDIT", "CREDIT"),
        ("DOCUMENTARY CREDIT", "CREDIT"),
        (" L/C", " CREDIT "),
        (" L.C.", " CREDIT "),
        (" LC ", " CREDIT "),
        (" D/C", " CREDIT "),
        (" DC ", " CREDIT "),
        (" S/C", " CONTRACT "),
        ("SALES CONFIRMATION", "CONTRACT"),
        (" P/O", " ORDER "),
        (" PO ", " ORDER "),
        ("PURCHASE ORDER", "ORDER"),
        ("H.S.", "HS "),
        ("BILLS OF LADING", "BL"),
        ("BILL OF LADING", "BL"),
        (" B/L", " BL "),
        ("PACKING LIST", "PACKING"),
        ("CERTIFICATE OF ORIGIN", "ORIGIN"),
        ("CERTIFICATES OF ORIGIN", "ORIGIN"),
        ("AIR WAYBILL", "AWB"),
        ("INSURANCE CERTIFICATE", "INSURANCE"),
        ("INSURANCE POLICY OR CERTIFICATE", "INSURANCE"),
        ("INSURANCE POLICY/CERTIFICATE", "INSURANCE"),
        ("NUMBER OF THIS CREDIT", "CREDIT NUMBER"),
        ("NUMBER OF THE CREDIT", "CREDIT NUMBER"),
        ("NUMBER OF CREDIT", "CREDIT NUMBER"),
    ] {
        folded = folded.replace(from, to);
    }
    folded
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | ')'))
        .map(|w| w.trim_matches(|c: char| !c.is_alphanumeric()).to_owned())
        .filter(|w| !w.is_empty())
        .collect()
}

/// The data that the words name, and where behind them the number may stand.
fn data(words: &[String]) -> Option<(Data, usize)> {
    let number = |w: Option<&String>| {
        w.is_some_and(|w| {
            matches!(w.as_str(), "NUMBER" | "NO" | "NOS" | "NR" | "REF" | "REFERENCE" | "CODE" | "CODES")
        })
    };
    words.iter().enumerate().find_map(|(i, word)| {
        let data = match word.as_str() {
            "CREDIT" => Data::Credit,
            "CONTRACT" => Data::Contract,
            "ORDER" => Data::Order,
            "HS" => Data::Tariff,
            _ => return None,
        };
        // "The number and date of this credit".
        let ahead = data == Data::Credit
            && words.get(i.saturating_sub(2)..i).is_some_and(|w| w.first().is_some_and(|w| w == "OF"))
            && words.iter().take(i).rev().take(6).any(|w| number(Some(w)));
        (ahead || number(words.get(i + 1))).then_some((data, i + 2))
    })
}

/// The papers that the words name.
fn on(words: &[String]) -> Option<On> {
    let cut = words.iter().position(|w| matches!(w.as_str(), "EXCEPT" | "EXCEPTING" | "EXCLUDING" | "OTHER"));
    let (head, tail) = words.split_at(cut.unwrap_or(words.len()));
    let named = |part: &[String]| -> Vec<&'static str> { part.iter().filter_map(|w| paper(w)).collect() };
    if head.iter().any(|w| matches!(w.as_str(), "DOCUMENTS" | "DOCUMENT")) {
        return Some(On::All(named(tail)));
    }
    let kinds = named(head);
    (!kinds.is_empty()).then_some(On::Kinds(kinds))
}

fn paper(word: &str) -> Option<&'static str> {
    Some(match word {
        "INVOICE" | "INVOICES" => "invoice",
        "PACKING" => "packing",
        "BL" => "bl",
        "AWB" => "awb",
        "INSURANCE" | "POLICY" => "insurance",
        "ORIGIN" => "origin",
        "DRAFT" | "DRAFTS" => "draft",
        "CERTIFICATE" | "CERTIFICATES" => "certificate",
        _ => return None,
    })
}

/// Everything that a paper prints in words.
fn texts<'t>(case: &'t Case<'_>, paper: &Paper<'t>) -> Vec<&'t str> {
    let docs = &case.order.docs;
    let mut all: Vec<&str> = paper.printed.goods.as_deref().into_iter().collect();
    all.extend(paper.printed.marks.iter().map(String::as_str));
    match paper.key {
        "certificate" => {
            let doc = docs.certificate.get(paper.index);
            all.extend(doc.and_then(|d| d.title.as_deref()));
            all.extend(doc.and_then(|d| d.text.as_deref()));
        }
        "draft" => all.extend(docs.draft.get(paper.index).and_then(|d| d.drawn_under.as_deref())),
        "bl" => all
            .extend(docs.bl.get(paper.index).into_iter().flat_map(|d| d.clauses.iter().map(String::as_str))),
        "origin" => all.extend(docs.origin.get(paper.index).and_then(|d| d.hs.as_deref())),
        "invoice" => {
            let lines = docs.invoice.get(paper.index).into_iter().flat_map(|d| &d.lines);
            all.extend(lines.filter_map(|l| l.name.as_deref()));
        }
        _ => {}
    }
    all
}

fn examine(case: &Case<'_>, exam: &Exam<'_>, paper: &Paper<'_>, demand: &Demand, out: &mut Sink<'_>) {
    let due = demand.number.as_str();
    let own = demand.data.printed(paper);
    if own.is_some_and(|is| reference::compare(is, due).agrees() || reference::names(is, due)) {
        return;
    }
    if texts(case, paper).into_iter().any(|text| reference::names(text, due)) {
        return;
    }
    // What a draft is drawn under is for `credit-draft`.
    if paper.key == "draft" && demand.data == Data::Credit {
        let under = case.order.docs.draft.get(paper.index).and_then(|d| d.drawn_under.as_deref());
        if under.is_some() {
            return;
        }
    }
    let others = [&paper.printed.contract, &paper.printed.po, &paper.printed.invoice, &paper.printed.lc];
    let copied = others.into_iter().any(Option::is_some);
    let (name, what) = (paper.name(), Bi::from(demand.data.name()));
    let finding = out.report(match own {
        Some(is) => bi!(
            "{name} 打的{what}是 {is}，信用证要求打 {due}",
            "{name} shows {what} {is}; the credit wants {due} on it"; name, what
        ),
        None => bi!(
            "{name} 没有打{what}，信用证要求打 {due}",
            "{name} shows no {what}; the credit wants {due} on it"; name, what
        ),
    });
    let path = if own.is_some() { paper.path(demand.data.field()) } else { paper.whole() };
    finding
        .at(case.order.origin.place(&path), name)
        .at(case.order.origin.place(&demand.path), bi!("信用证的要求", "what the credit wants"))
        .values([own.unwrap_or_default(), due]);
    if own.is_some() || (copied && demand.data != Data::Tariff) {
        finding.help(bi!(
            "纸面有就补登记；纸面没有或打错，我们出的重出，别人出的请对方更正或补打",
            "record it if the paper shows it; if it is missing or wrong, issue ours again and have others correct theirs"
        ));
    } else {
        finding.severity(Severity::Warning).judgement().help(bi!(
            "看纸面：有就补登记 {due}；真没有，我们出的重出，别人出的请对方补打",
            "look at the paper: if it shows {due}, record it; if not, issue ours again and have others add it to theirs"
        ));
    }
    exams::weigh(finding, exam, paper);
}

/// Conditions that want something shown which no rule reads: for a person, listed once.
fn eyes(case: &Case<'_>, exam: &Exam<'_>, out: &mut Sink<'_>) {
    let open: Vec<&Said<&str>> = exam
        .credit
        .conditions
        .iter()
        .filter(|c| {
            let words = words(c.value);
            let has = |list: &[&str]| words.iter().any(|w| list.contains(&w.as_str()));
            has(VERBS) && !has(COVER) && on(&words).is_some() && read(c.value, None).is_none()
        })
        .collect();
    let Some(first) = open.first() else { return };
    let list = open.iter().map(|c| asked::short(c.value)).collect::<Vec<_>>().join("; ");
    out.report(bi!(
        "47A 对单据内容还有要求，请人对着单据看：{list}",
        "47A wants more shown on the papers; look at them beside it: {list}"
    ))
    .severity(Severity::Info)
    .judgement()
    .at(case.order.origin.place(&first.source.path()), bi!("信用证 47A", "47A of the credit"))
    .values([list])
    .help(bi!(
        "逐条看单据上有没有；没有的，交单前补",
        "go through them one by one and add what is missing before presenting"
    ));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_that_want_a_number() {
        let all = || On::All(vec![]);
        for (text, kind, expected) in [
            (
                "ALL DOCUMENTS MUST SHOW LC NUMBER EXP2026BD001",
                None,
                Some((Data::Credit, all(), Some("EXP2026BD001"))),
            ),
            ("DOCUMENTS MUST INDICATE L/C NUMBER.", None, Some((Data::Credit, all(), None))),
            ("LC NUMBER TO APPEAR ON ALL DOCUMENTS", None, Some((Data::Credit, all(), None))),
            ("ALL DOCUMENTS TO BEAR THE NUMBER OF THIS CREDIT", None, Some((Data::Credit, all(), None))),
            (
                "THE COMMERCIAL INVOICE MUST STATE THE DOCUMENTARY CREDIT NUMBER.",
                None,
                Some((Data::Credit, On::Kinds(vec!["invoice"]), None)),
            ),
            (
                "ALL DOCUMENTS EXCEPT BILLS OF LADING AND DRAFTS MUST QUOTE CONTRACT NO. SC26-0102",
                None,
                Some((Data::Contract, On::All(vec!["bl", "draft"]), Some("SC26-0102"))),
            ),
            (
                "SIGNED COMMERCIAL INVOICE SHOWING HS CODE 8414.51",
                Some("invoice"),
                Some((Data::Tariff, On::Kinds(vec!["invoice"]), Some("8414.51"))),
            ),
            (
                "THE NUMBER AND DATE OF THIS CREDIT MUST BE QUOTED ON ALL DRAFTS",
                None,
                Some((Data::Credit, On::Kinds(vec!["draft"]), None)),
            ),
            ("ALL DOCUMENTS TO BE SENT TO US BY COURIER QUOTING OUR CREDIT NUMBER", None, None),
            ("B/L MUST NOT SHOW L/C NUMBER", None, None),
            ("ALL DOCUMENTS MUST BE IN ENGLISH", None, None),
            ("DOCUMENTS MUST BE PRESENTED WITHIN 21 DAYS AFTER SHIPMENT", None, None),
            ("SIGNED COMMERCIAL INVOICE SHOWING TRADE TERM AS PER FIELD 45A", Some("invoice"), None),
            ("A DISCREPANCY FEE OF USD75.00 WILL BE DEDUCTED", None, None),
        ] {
            let expected = expected.map(|(d, on, n)| (d, on, n.map(str::to_owned)));
            assert_eq!(read(text, kind), expected, "{text}");
        }
    }
}
