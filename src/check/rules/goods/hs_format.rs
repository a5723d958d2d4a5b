//! `hs-format`: an HS code that is none, or that differs from the order's.

use std::collections::{BTreeMap, BTreeSet};

use super::super::prelude::*;
use crate::check::shared::{customs, papers};
use crate::derive::papers::{Paper, Set};
use crate::model::value::fold::fold;
use crate::model::value::{HsCode, HsError};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "hs-format",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "《商品名称及编码协调制度》国际公约；海关总署报关单填制规范（商品编号）",
        "HS Convention; GACC rules for filling in declarations (commodity code)",
    ),
    title: ("HS 编码不对", "HS code wrong"),
    docs: Docs {
        checks: (
            "HS 编码只有数字：订单货物 6、8、10 或 13 位，报关单 10 或 13 位，产地证 4 位品目号或 6 位以上；章号 01 到 97（77 除外）或 98、99。报关单、产地证的前 6 位是订单里有的；订单有一项没写编码就不比。",
            "An HS code is digits only: 6, 8, 10 or 13 for items of the order, 10 or 13 on the declaration, a heading of 4 or at least 6 on the certificate of origin; chapter 01 to 97 (not 77), or 98, 99. The first six digits on declaration and certificate of origin are among those of the order; not compared where an item of the order has no code.",
        ),
        why: (
            "编码决定监管条件、退税率和目的港关税；前 6 位全世界相同，两张单子不一样，海关和客户都会问。",
            "The code decides controls, refund rate and duty abroad. Its first six digits are the same all over the world: two papers that differ raise questions at both customs.",
        ),
        fix: (
            "先看是不是抄错；归类有疑问问报关行，定了以后订单、报关单、产地证改成一样。",
            "See first whether it was copied wrongly; ask the broker where the classification is in doubt, then make order, declaration and certificate agree.",
        ),
    },
    example: example!("hs-format"),
    scope: Scope::Order(check),
};

/// A code on a paper, with its place.
struct Coded<'a> {
    paper: Paper<'a>,
    path: String,
    text: &'a str,
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let items = items(case, out);
    for set in case.sets() {
        for (index, declaration) in &set.papers.customs {
            let paper = customs::paper(*index, declaration);
            let codes = declaration.items.iter().enumerate().filter_map(|(row, item)| {
                let path = paper.path(&format!("items[{row}].hs"));
                item.hs.as_deref().map(|text| Coded { paper, path, text })
            });
            compare(case, &items, codes.collect(), &[10, 13], out);
        }
        compare(case, &items, origins(set), &[4, 6, 8, 10], out);
        if items.is_none() {
            beside_invoice(case, set, out);
        }
    }
}

/// The order's codes by their first six digits, with the first item that has each. Speaks of those that are none.
/// Nothing to compare with where an item has no code.
fn items(case: &Case<'_>, out: &mut Sink<'_>) -> Option<BTreeMap<String, usize>> {
    let mut roots = BTreeMap::new();
    let mut whole = !case.order.items.is_empty();
    for (index, item) in case.order.items.iter().enumerate() {
        match item.hs.as_deref().map(|text| (text, HsCode::parse(text))) {
            Some((_, Ok(code))) => {
                roots.entry(code.root().to_owned()).or_insert(index);
            }
            Some((text, Err(error))) => {
                whole = false;
                let name = item.sku.as_deref().or(item.name.as_deref()).unwrap_or_default();
                let who = bi!("货物 {name} ", "item {name}: ");
                let why = reason(error, "6、8、10 或 13", "6, 8, 10 or 13");
                wrong(case, &format!("items[{index}].hs"), text, &who, &why, out);
            }
            None => whole = false,
        }
    }
    whole.then_some(roots)
}

fn origins<'a>(set: &Set<'a>) -> Vec<Coded<'a>> {
    let mut all = Vec::new();
    for &(index, origin) in &set.papers.origin {
        let paper = Paper { key: "origin", index, printed: &origin.paper };
        let texts = origin.hs.iter().flat_map(|text| text.split([',', ';', '/', '、', '，', '；', '\n']));
        let texts = texts.map(str::trim).filter(|text| !text.is_empty());
        all.extend(texts.map(|text| Coded { paper, path: paper.path("hs"), text }));
    }
    all
}

fn reason(error: HsError, zh: &str, en: &str) -> Bi {
    match error {
        HsError::NotDigits => bi!("里有不是数字的字符", "it has characters that are no digits"),
        HsError::Length(n) => bi!("有 {n} 位，应是 {zh} 位", "it has {n} digits instead of {en}"),
        HsError::Chapter(n) => bi!("的章号 {n:02} 不存在", "there is no chapter {n:02}"),
    }
}

fn wrong<'f>(
    case: &Case<'_>,
    path: &str,
    text: &str,
    who: &Bi,
    why: &Bi,
    out: &'f mut Sink<'_>,
) -> &'f mut crate::check::finding::Finding {
    out.report(bi!("{who}HS 编码 {text} {why}", "{who}HS code {text}: {why}"; who, why))
        .at(case.order.origin.place(path), bi!("{why}", "{why}"; why))
        .values([text])
        .help(bi!(
            "照报关行给的归类核对；数字都写上，加引号：hs = \"8539520000\"",
            "compare it with the broker's classification; write all digits in quotes: hs = \"8539520000\""
        ))
}

/// Where the order has no codes, that of 45A counts, else those that the invoice prints beside the goods.
fn beside_invoice(case: &Case<'_>, set: &Set<'_>, out: &mut Sink<'_>) {
    let credits = case.exams().credits.iter().flat_map(|credit| &credit.goods);
    let asked: Vec<(String, String, Bi)> = credits
        .filter_map(|g| Some((stated(g.value)?, g.source.path(), bi!("信用证", "the credit"))))
        .collect();
    let invoices = set.papers.invoice.iter().filter_map(|&(index, v)| {
        let code = stated(v.paper.goods.as_deref()?)?;
        Some((code, format!("invoice[{index}].goods"), bi!("发票", "the invoice")))
    });
    let stated = if asked.is_empty() { invoices.collect() } else { asked };
    let Some((first, path, who)) = stated.first() else { return };
    for Coded { paper, path: own, text } in origins(set) {
        let Ok(root) = digits(text, &[4, 6, 8, 10]) else { continue };
        if stated.iter().any(|(code, ..)| code.starts_with(&root)) {
            continue;
        }
        let name = paper.name();
        let finding = out
            .report(bi!(
                "{name} HS 编码 {text}，{who}是 {first}",
                "{name}: HS code {text}; {who} says {first}"; name, who
            ))
            .at(case.order.origin.place(&own), name)
            .at(case.order.origin.place(path), who.clone())
            .values([text, first.as_str()])
            .help(bi!(
                "先看登记时有没有抄错；没抄错就请报关行定归类，单子印错的找出单人改单重出",
                "see first whether it was copied wrongly; if not, have the broker settle the classification, and the wrong paper issued again"
            ));
        papers::soften(finding, paper.printed);
    }
}

/// The first six digits of `HS CODE: 6109.10` in a description that names one code.
fn stated(text: &str) -> Option<String> {
    let folded = fold(text);
    let words: Vec<&str> = folded
        .split(|c: char| !(c.is_alphanumeric() || c == '.'))
        .filter(|w| !w.trim_matches('.').is_empty())
        .collect();
    let is_hs = |w: &str| matches!(w, "HS" | "H.S." | "H.S" | "HSCODE");
    let mut all = words.iter().enumerate().filter(|(_, w)| is_hs(w)).filter_map(|(i, _)| {
        let rest = words.get(i + 1..)?;
        let code = rest.iter().find(|w| !matches!(**w, "CODE" | "NO" | "NO." | "NUMBER" | "CODES"))?;
        let digits: String = code.chars().filter(|c| *c != '.').collect();
        (digits.len() >= 6 && digits.bytes().all(|b| b.is_ascii_digit()))
            .then(|| digits.get(..6).map(str::to_owned))
            .flatten()
    });
    let first = all.next()?;
    all.all(|other| other == first).then_some(first)
}

/// Digits of a code on a paper; a heading of four digits is known to be one on a certificate of origin.
fn digits(text: &str, lengths: &[usize]) -> Result<String, HsError> {
    let code: String = text.chars().filter(|c| !matches!(c, '.' | ' ')).collect();
    if lengths.contains(&4) && code.len() == 4 && code.bytes().all(|b| b.is_ascii_digit()) {
        return HsCode::parse(&format!("{code}00")).map(|_| code);
    }
    let code = HsCode::parse(text)?;
    let length = code.as_str().len();
    if lengths.contains(&length) { Ok(code.root().to_owned()) } else { Err(HsError::Length(length)) }
}

fn compare(
    case: &Case<'_>,
    items: &Option<BTreeMap<String, usize>>,
    codes: Vec<Coded<'_>>,
    lengths: &[usize],
    out: &mut Sink<'_>,
) {
    let mut said = BTreeSet::new();
    for Coded { paper, path, text } in codes {
        let name = paper.name();
        let root = match digits(text, lengths) {
            Ok(root) => root,
            Err(error) => {
                let (zh, en) = if lengths.contains(&4) {
                    ("4、6、8 或 10", "4, 6, 8 or 10")
                } else {
                    ("10 或 13", "10 or 13")
                };
                let (who, why) = (bi!("{name} ", "{name}: "; name), reason(error, zh, en));
                papers::soften(wrong(case, &path, text, &who, &why, out), paper.printed);
                continue;
            }
        };
        let Some(items) = items else { continue };
        let known = items.keys().any(|own| own.starts_with(&root));
        if known || !said.insert((paper.whole(), root.clone())) {
            continue;
        }
        let own: Vec<&str> = items.keys().map(String::as_str).collect();
        let (item, list) = (items.values().min().copied().unwrap_or_default(), own.join("、"));
        let listed = own.join(", ");
        let title = Bi {
            zh: format!("{} HS 编码 {text}，前 6 位 {root} 和订单的 {list} 不同", name.zh),
            en: format!(
                "{}: HS code {text}, whose first six digits {root} are not the order's {listed}",
                name.en
            ),
        };
        let finding = out
            .report(title)
            .at(case.order.origin.place(&path), name)
            .at(case.order.origin.place(&format!("items[{item}].hs")), bi!("订单", "order"))
            .values([root.as_str(), list.as_str()])
            .help(bi!(
                "先看登记时有没有抄错；没抄错就请报关行定归类，订单改成一样的；单子真印错了，找出单人改单重出",
                "see first whether it was copied wrongly; if not, have the broker settle the classification and write it in the order; if the paper is wrong, have its issuer issue it again"
            ));
        papers::soften(finding, paper.printed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_on_papers() {
        assert_eq!(digits("8539.52.0000", &[10, 13]).as_deref(), Ok("853952"));
        assert_eq!(digits("8539520000101", &[10, 13]).as_deref(), Ok("853952"));
        assert_eq!(digits("853952", &[10, 13]), Err(HsError::Length(6)));
        assert_eq!(digits("85.39", &[4, 6, 8, 10]).as_deref(), Ok("8539"));
        assert_eq!(digits("77.39", &[4, 6, 8, 10]), Err(HsError::Chapter(77)));
        assert_eq!(digits("73239", &[4, 6, 8, 10]), Err(HsError::Length(5)));
    }

    #[test]
    fn codes_in_a_description() {
        assert_eq!(stated("100% Cotton T-Shirts, HS Code 6109.10").as_deref(), Some("610910"));
        assert_eq!(stated("BULBS H.S. CODE NO. 8539520000").as_deref(), Some("853952"));
        assert_eq!(stated("BULBS HS CODE 8539.52, TUBES HS CODE 8539.50"), None);
        assert_eq!(stated("GOODS FOR HS GMBH 1234567 HAMBURG"), None);
    }
}
