//! `docs-description`: another paper describes other goods than the invoice.

use super::super::prelude::*;

use std::collections::BTreeSet;

use crate::check::shared::conflicts::{self, Group as Papers};
use crate::check::shared::papers as shared_papers;
use crate::compare::goods::{self, Token};
use crate::derive::claims::{self, Figure};
use crate::derive::papers::Paper;
use crate::model::value::fold::fold;

/// Materials: one of these in the place of another is other goods.
const MATERIALS: &[&str] = &[
    "ALUMINIUM",
    "ALUMINUM",
    "BAMBOO",
    "BRASS",
    "BRONZE",
    "CANVAS",
    "CERAMIC",
    "COPPER",
    "COTTON",
    "GLASS",
    "GOLD",
    "IRON",
    "LATEX",
    "LEATHER",
    "LINEN",
    "MARBLE",
    "MELAMINE",
    "NYLON",
    "PAPER",
    "PLASTIC",
    "POLYESTER",
    "POLYPROPYLENE",
    "PORCELAIN",
    "PVC",
    "RATTAN",
    "RUBBER",
    "SILICONE",
    "SILK",
    "SILVER",
    "STAINLESS",
    "STEEL",
    "STONE",
    "SUEDE",
    "TITANIUM",
    "VISCOSE",
    "WOOD",
    "WOODEN",
    "WOOL",
    "ZINC",
];

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-description",
    group: Group::Documents,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 d、e 款（信用证项下）", "UCP 600 art. 14(d) and (e), under a credit"),
    title: ("别的单据货描和发票有出入", "another paper describes other goods than the invoice"),
    docs: Docs {
        checks: (
            "装箱单、提单、运单、保险单、产地证、证明的货描和发票比：可以笼统，可以少写，不能多出发票上没有的型号、规格数字，不能换材质（铝和不锈钢），不能加改变性质的词（二手、仿制、样品）；信用证项下和发票没有一个词相同的也请人看。件数、重量、单号、柜号、HS、日期这些别处有的数不算。只请人看，两段文字都列出来，不下结论。",
            "Goods as described by packing list, transport document, insurance and certificates are compared with the invoice: they may be general and may say less, but must not add a model or figure that the invoice does not show, name another material (aluminium for stainless steel) or a word that makes other goods of them (second hand, imitation, sample); under a credit a description without a word in common is shown too. Packages, weights, numbers of papers and containers, HS codes and dates do not count. A person looks at both texts; nothing is decided.",
        ),
        why: (
            "发票以外的单据可以用统称，但不能和信用证的货描抵触；多出来的型号常是上一单的模板没改。",
            "Papers other than the invoice may use general terms that do not conflict with the credit; a model too many is often left over from the last order's template.",
        ),
        fix: (
            "两段文字对着看。是笔误就改那份单据；写法不同而货一样，写豁免说明。",
            "Read both texts side by side. If it is a slip, correct that paper; if the goods are the same in other words, waive it with the reason.",
        ),
    },
    example: example!("docs-description"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for group in conflicts::groups(case) {
        let Some(invoice) = invoice(case, &group) else { continue };
        let mut known = None;
        for paper in group.papers.each().filter(|p| group.blames(p)) {
            let Some(said) = described(case, &paper) else { continue };
            // The same words need no comparing.
            if fold(&said.text) != fold(&invoice.text) {
                one(case, &group, &invoice, &mut known, (&paper, &said), out);
            }
        }
    }
}

/// A description and where it stands.
struct Description {
    text: String,
    path: String,
}

/// The goods as the invoices of a group describe them: their general words, their lines, and the words of 45A that
/// they ought to correspond to.
fn invoice(case: &Case<'_>, group: &Papers<'_, '_>) -> Option<Description> {
    let mut texts: Vec<String> = Vec::new();
    let mut path = None;
    for &(index, invoice) in &group.papers.invoice {
        let goods = invoice.paper.goods.as_ref().map(|g| ("goods", g.clone()));
        let names: Vec<String> =
            invoice.lines.iter().flat_map(|l| [l.name.clone(), l.sku.clone()]).flatten().collect();
        let lines = (!names.is_empty()).then(|| ("lines", names.join(", ")));
        for (field, text) in goods.into_iter().chain(lines) {
            path.get_or_insert_with(|| format!("invoice[{index}].{field}"));
            if !texts.contains(&text) {
                texts.push(text);
            }
        }
    }
    let path = path?;
    let credits = case.exams().credits.iter().filter_map(|credit| credit.goods_text());
    texts.extend(credits.filter(|_| !group.whole));
    Some(Description { text: texts.join("; "), path })
}

/// The goods as another paper describes them.
fn described(case: &Case<'_>, paper: &Paper<'_>) -> Option<Description> {
    // Chinese words on the declaration are compared by people, a draft has none.
    if matches!(paper.key, "invoice" | "customs" | "draft" | "collection") {
        return None;
    }
    let list = case.order.docs.packing.get(paper.index).filter(|_| paper.key == "packing");
    let mut texts: Vec<&str> = paper.printed.goods.as_deref().into_iter().collect();
    texts.extend(list.into_iter().flat_map(|l| &l.lines).filter_map(|l| l.name.as_deref()));
    texts.dedup();
    let field = if paper.printed.goods.is_some() { "goods" } else { "lines" };
    (!texts.is_empty()).then(|| Description { text: texts.join(", "), path: paper.path(field) })
}

fn one(
    case: &Case<'_>,
    group: &Papers<'_, '_>,
    invoice: &Description,
    known: &mut Option<BTreeSet<String>>,
    (paper, said): (&Paper<'_>, &Description),
    out: &mut Sink<'_>,
) {
    let compared = goods::compare(&invoice.text, &said.text);
    let hard: Vec<&str> =
        compared.added.iter().filter(|t| t.hard && !is_stowage(&t.text)).map(|t| t.text.as_str()).collect();
    let figures: Vec<&str> = if hard.is_empty() {
        hard
    } else {
        // What else is printed is looked up only where there is a figure to explain.
        let known = known.get_or_insert_with(|| known_figures(case, group));
        hard.into_iter().filter(|figure| !known.contains(*figure)).collect()
    };
    let nature = compared.changes_nature();
    let materials = other_material(&compared);
    let words: Vec<&str> = figures.into_iter().chain(nature).chain(materials).collect();
    if words.is_empty() {
        if compared.coverage == 0 && !case.exams().all.is_empty() {
            strangers(case, group, invoice, (paper, said), out);
        }
        return;
    }
    let (words, name) = (words.join(", "), conflicts::name(case, paper));
    let (is, ought) = (shorten(&said.text), shorten(&invoice.text));
    let who = conflicts::subject(&name);
    let finding = out.report(bi!(
        "{who}货描里有 {words}，发票上没有：“{is}”，发票“{ought}”",
        "{who}: the goods show {words}, the invoice does not: \"{is}\" against \"{ought}\"";
        who
    ));
    finding
        .judgement()
        .at(case.order.origin.place(&said.path), name)
        .at(case.order.origin.place(&invoice.path), bi!("发票", "invoice"))
        .values([&said.text, &invoice.text])
        .help(bi!(
            "两段文字对着看：同一批货只是写法不同，写豁免说明；是笔误或旧模板，让出单的人改",
            "read both side by side: if they are the same goods in other words, waive it with the reason; if it is a slip or an old template, have its maker correct it"
        ));
    conflicts::weigh(case, finding, group, paper, false);
}

/// No word in common: a general name (`KITCHENWARE` for bowls) or other goods. A certificate of origin and a packing
/// list mostly repeat the invoice; on other papers general names are usual.
fn strangers(
    case: &Case<'_>,
    group: &Papers<'_, '_>,
    invoice: &Description,
    (paper, said): (&Paper<'_>, &Description),
    out: &mut Sink<'_>,
) {
    let apart = |text: &str| goods::tokens(text).into_iter().all(|t| t.hard);
    let (is, ought) = (shorten(&said.text), shorten(&invoice.text));
    let folded = fold(&said.text);
    // `AS PER INVOICE`; another language.
    if apart(&said.text)
        || folded.contains("AS PER")
        || folded.contains("INVOICE")
        || !folded.is_ascii()
        || !fold(&invoice.text).is_ascii()
    {
        return;
    }
    let name = conflicts::name(case, paper);
    let who = conflicts::subject(&name);
    let finding = out.report(bi!(
        "{who}货描“{is}”和发票没有一个词相同，发票“{ought}”",
        "{who}: the goods \"{is}\" have no word in common with the invoice, \"{ought}\"";
        who
    ));
    finding
        .judgement()
        .at(case.order.origin.place(&said.path), name)
        .at(case.order.origin.place(&invoice.path), bi!("发票", "invoice"))
        .values([&said.text, &invoice.text])
        .help(bi!(
            "看是不是同一批货的统称：是，不用改；是别的货，让出单的人改",
            "see whether it is a general name of the same goods: then nothing is wrong; if they are other goods, have its maker correct it"
        ));
    conflicts::weigh(case, finding, group, paper, false);
    if !matches!(paper.key, "origin" | "packing") {
        finding.severity(Severity::Info);
    }
}

/// Another material than any that the invoice names; where it names none, a material only says more.
fn other_material(compared: &goods::Compared) -> Vec<&str> {
    let is = |t: &&Token| MATERIALS.contains(&t.text.as_str());
    let lost = compared.missing.iter().any(|t| is(&t));
    let spelt = |word: &str| matches!(word, "ALUMINIUM" | "ALUMINUM");
    let same_metal = |word: &str| spelt(word) && compared.missing.iter().any(|t| spelt(&t.text));
    let added = compared.added.iter().filter(is).map(|t| t.text.as_str()).filter(|word| !same_metal(word));
    added.filter(|_| lost).collect()
}

/// Words of stowage: `1X40HQ`, `40HC`, `2X20GP`.
fn is_stowage(word: &str) -> bool {
    let tail = word.trim_start_matches(|c: char| c.is_ascii_digit() || c == 'X');
    matches!(
        tail,
        "GP" | "HQ" | "HC" | "DC" | "DV" | "FT" | "ST" | "NO" | "RF" | "OT" | "FCL" | "LCL" | "CBM" | "CUM"
    )
}

/// Figures that stand on papers of the group beside the goods: totals, numbers of papers, containers and seals, HS
/// codes, marks, dates. They tell nothing of the goods.
fn known_figures(case: &Case<'_>, group: &Papers<'_, '_>) -> BTreeSet<String> {
    let order = case.order;
    let mut texts: Vec<String> = vec![order.id.to_string()];
    texts.extend(order.po.clone());
    texts.extend(order.marks.iter().cloned());
    for item in &order.items {
        texts.extend([&item.hs, &item.customer_sku].into_iter().flatten().cloned());
        let hs = item.hs.as_deref().unwrap_or_default();
        texts.extend([4, 6, 8, 10].iter().filter_map(|n| hs.get(..*n).map(str::to_owned)));
        texts.extend(item.qty.map(|n| n.to_string()));
        texts.extend(item.pack.as_deref().and_then(|p| p.per_carton).map(|n| n.to_string()));
    }
    let lines = order.docs.invoice.iter().flat_map(|i| &i.lines);
    texts.extend(
        lines
            .flat_map(|l| [l.qty, l.price.map(|p| p.value), l.amount.map(|a| a.value)])
            .flatten()
            .map(|n| n.to_string()),
    );
    texts.extend(
        order
            .docs
            .packing
            .iter()
            .flat_map(|p| &p.lines)
            .flat_map(|l| [l.qty, l.packages])
            .flatten()
            .map(|n| n.to_string()),
    );
    // `ONE HUNDRED AND TWENTY (120) CARTONS OF …` counts a row.
    let rows = order.docs.packing.iter().flat_map(|p| &p.lines);
    let ranges = rows.filter_map(|l| shared_papers::carton_range(l.cartons.as_deref()?));
    texts.extend(ranges.map(|(from, to)| to.saturating_sub(from).saturating_add(1).to_string()));
    let boxes = order
        .shipments
        .iter()
        .flat_map(|s| &s.containers)
        .chain(order.docs.bl.iter().flat_map(|b| &b.containers));
    for container in boxes {
        texts.extend([&container.number, &container.seal, &container.r#type].into_iter().flatten().cloned());
        texts.extend(
            [container.packages, container.gross_kg, container.cbm]
                .into_iter()
                .flatten()
                .map(|n| n.to_string()),
        );
    }
    for lc in &order.docs.lc {
        texts.extend(lc.paper.number.clone());
        texts.extend(lc.paper.issued.map(|d| d.format("%y%m%d %Y-%m-%d %Y%m%d %d %Y").to_string()));
    }
    for (_, _, paper) in shared_papers::each(order) {
        texts.extend(
            [&paper.number, &paper.lc, &paper.po, &paper.contract, &paper.invoice]
                .into_iter()
                .flatten()
                .cloned(),
        );
        texts.extend(paper.marks.iter().cloned());
        texts.extend(paper.day().map(|d| d.format("%Y-%m-%d %Y%m%d %d %Y").to_string()));
    }
    for figure in [Figure::Quantity, Figure::Packages, Figure::Gross, Figure::Net, Figure::Volume] {
        texts.extend(claims::figure(group.papers, figure).into_iter().map(|claim| claim.value.to_string()));
    }
    for paper in group.papers.each().map(|p| p.printed) {
        let figures = [paper.packages, paper.gross_kg, paper.net_kg, paper.cbm, paper.qty];
        texts.extend(figures.into_iter().flatten().map(|n| n.to_string()));
    }
    texts.extend(order.docs.insurance.iter().filter_map(|i| Some(i.amount.as_ref()?.value.to_string())));
    let all = texts.iter().flat_map(|text| goods::tokens(text));
    // The edition of the term is no figure of the goods.
    all.filter(|t| t.hard).map(|t| t.text).chain(["2020".to_owned(), "2010".to_owned()]).collect()
}

/// A title holds so much of a text; the places show all of it.
fn shorten(text: &str) -> String {
    const MOST: usize = 60;
    let words = crate::model::value::fold::ws(text);
    match words.char_indices().nth(MOST) {
        Some((at, _)) => format!("{}…", words.get(..at).unwrap_or_default().trim_end()),
        None => words,
    }
}
