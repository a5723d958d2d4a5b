//! `gate-customs-cleared`: shipped without a released declaration.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::document::PaperKind;
use crate::model::order::Control;
use crate::model::stage::StageKey;
use crate::model::value::incoterm::TermRule;

use super::super::prelude::*;
use crate::check::shared::timing;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-customs-cleared",
    group: Group::Gate,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("《中华人民共和国海关法》第二十四条", "Customs Law of the PRC, art. 24"),
    title: ("没放行就装运", "shipped before customs released the goods"),
    docs: Docs {
        checks: (
            "登记了报关单的订单：每一批的放行日（`released`）不晚于装运日。没有登记报关单的不查（由归档资料核对）。`controls` 里写了 ciq（法检）的，装运前要有商检结果（[[papers]] 的 ciq）。EXW 由买方报关，不查。",
            "In an order that records declarations, that of each shipment was released (`released`) not later than the shipment date. Without any declaration on record nothing is said here (the archive asks for it). Goods with ciq in `controls` (statutory inspection) have its result (ciq under [[papers]]) before they ship. Under EXW the buyer clears.",
        ),
        why: (
            "没放行的货上不了船。日期反了，多半是报关单或提单登记错，退税时对不上。",
            "Goods that are not released are not loaded. Dates the wrong way round mostly mean a declaration or a bill of lading copied wrongly, and the tax refund will not match.",
        ),
        fix: (
            "放行日照报关单或单一窗口，装运日照运输单据，哪个抄错改哪个。",
            "The release date is on the declaration (or in the Single Window), the shipment date on the transport document: correct the one that was copied wrongly.",
        ),
    },
    example: example!("gate-customs-cleared"),
    scope: Scope::Order(check),
};

/// The declarations of a shipment: the first one, and the one released first.
#[derive(Clone, Copy)]
struct Declared {
    first: usize,
    released: Option<(NaiveDate, usize)>,
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    let rule = order.incoterm.as_ref().and_then(|t| t.term.as_ref()).map(|t| t.rule);
    let skipped = order.skipped(StageKey::Declare).is_some();
    if skipped || rule == Some(TermRule::Exw) || case.facts.is_cancelled() {
        return;
    }
    uninspected(case, out);
    let declared = declarations(case);
    if declared.is_empty() {
        return;
    }
    for shipment in &case.facts.shipments {
        let Some((shipped, path)) = shipment.shipped.zip(shipment.proof.as_deref()) else { continue };
        let mine = declared.get(shipment.id.as_str()).or_else(|| declared.get("")).copied();
        match mine.map(|d| (d.first, d.released)) {
            Some((_, Some((day, _)))) if day <= shipped => {}
            Some((_, Some((day, i)))) => late(case, shipped, path, day, i, out),
            Some((first, None)) => never(case, shipped, path, Some(first), out),
            None => never(case, shipped, path, None, out),
        }
    }
}

/// Goods under statutory inspection left, and no result of it is on record by then.
fn uninspected(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    let Some(item) = order.items.iter().position(|i| i.controls.contains(&Control::Ciq)) else { return };
    if case.is_register_entry() {
        return;
    }
    for shipment in &case.facts.shipments {
        let Some((shipped, path)) = shipment.shipped.zip(shipment.proof.as_deref()) else { continue };
        let inspected = order.docs.papers.iter().any(|p| {
            p.kind == Some(PaperKind::Ciq)
                && p.date.is_none_or(|day| day <= shipped)
                && p.shipment.as_deref().is_none_or(|id| id == shipment.id)
        });
        if inspected {
            continue;
        }
        out.report(bi!(
            "法检货物 {shipped} 已装运，没有这之前的商检结果",
            "goods under statutory inspection shipped on {shipped}, with no result of it by then"
        ))
        .at(order.origin.place(path), bi!("装运 {shipped}", "shipped {shipped}"))
        .at(order.origin.place(&format!("items[{item}].controls")), bi!("法检", "statutory inspection"))
        .values([shipped])
        .help(bi!(
            "有电子底账或商检证没登记的，在 [[papers]] 补 kind = \"ciq\" 和日期；不是法检商品就改 `controls`；真没报检，马上问报关行",
            "if there is a result that was not recorded add [[papers]] with kind = \"ciq\" and its date; if the goods are not under inspection correct `controls`; if none was asked for, ask the broker at once"
        ));
    }
}

/// By shipment; the empty name is for declarations that name none.
fn declarations<'a>(case: &Case<'a>) -> BTreeMap<&'a str, Declared> {
    let mut all: BTreeMap<&str, Declared> = BTreeMap::new();
    for (i, paper) in case.order.docs.customs.iter().enumerate().filter(|(_, c)| c.paper.is_current()) {
        let id = paper.paper.shipment.as_deref().unwrap_or_default();
        let mine = all.entry(id).or_insert(Declared { first: i, released: None });
        if let Some(day) = paper.released.filter(|day| *day <= case.as_of()) {
            mine.released = Some(mine.released.map_or((day, i), |first| first.min((day, i))));
        }
    }
    all
}

fn late(case: &Case<'_>, shipped: NaiveDate, path: &str, released: NaiveDate, i: usize, out: &mut Sink<'_>) {
    let days = (released - shipped).num_days();
    let apart = timing::days(days);
    let place = case.order.origin.place(&format!("customs[{i}].released"));
    out.report(bi!(
        "{shipped} 已装运，海关 {released} 才放行，晚了 {days} 天",
        "shipped on {shipped}, released by customs on {released}: {apart} later"
    ))
    .at(place, bi!("放行 {released}", "released {released}"))
    .at(case.order.origin.place(path), bi!("装运 {shipped}", "shipped {shipped}"))
    .values([released, shipped])
    .help(bi!(
        "多半是抄错：放行日看报关单或单一窗口，装运日看运输单据，登记错的改登记。都没抄错，马上问报关行和承运人",
        "mostly a slip: the release date is on the declaration, the shipment date on the transport document; correct the record that was copied wrongly. If both are right, ask the broker and the carrier at once"
    ));
}

fn never(case: &Case<'_>, shipped: NaiveDate, path: &str, declared: Option<usize>, out: &mut Sink<'_>) {
    let title = match declared {
        Some(_) => bi!(
            "{shipped} 已装运，报关单还没有放行日",
            "shipped on {shipped}, but the declaration has no release date"
        ),
        None => bi!("{shipped} 装运的这一批没有报关单", "no declaration for the shipment of {shipped}"),
    };
    let finding = out.report(title);
    if let Some(i) = declared {
        finding.at(case.order.origin.place(&format!("customs[{i}]")), bi!("没有放行日", "not released"));
    }
    finding.at(case.order.origin.place(path), bi!("装运 {shipped}", "shipped {shipped}")).help(bi!(
        "放行了就在 docs.toml 这一批的 [[customs]] 补 `released = 日期`；没放行就查货怎么走的",
        "if it was released add `released = DATE` to this shipment's [[customs]] in docs.toml; if not, find out how the goods left"
    ));
}
