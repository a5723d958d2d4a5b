//! `weights-rollup`: weights of packing rows that do not add to the total.

use super::super::prelude::*;
use crate::check::shared::{figures, papers};
use crate::model::document::PackingList;
use crate::model::value::near::transposed_digits;
use crate::text::{Bi, StaticBi};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "weights-rollup",
    group: Group::Arithmetic,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: (
        "公司规定；信用证项下参看 ISBP 821 第 A22 段",
        "house rule; under a credit see ISBP 821 para. A22",
    ),
    title: ("重量加不起来", "weights do not add up"),
    docs: Docs {
        checks: (
            "装箱单各行毛重、净重之和等于合计；没有分行重量时，合计等于订单每箱重量×件数。差 0.5 公斤或 0.1% 以内是警告，超过是错误。",
            "Gross and net weights of the packing rows add to the total; without weights in rows the total is the order's weight per carton × packages. Up to 0.5 kg or 0.1 % is a warning, more an error.",
        ),
        why: (
            "提单、报关单、VGM 都抄装箱单的合计；合计错，全套都错。",
            "Bill of lading, declaration and VGM copy the total of the packing list; if it is wrong, the whole set is.",
        ),
        fix: (
            "照过磅单改错的那个数。实际重量和订单的箱规不同，就改订单的 pack。",
            "Correct the wrong figure from the weighing slip. If real weights differ from the order's carton data, change `pack`.",
        ),
    },
    example: example!("weights-rollup"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for (index, list) in case.order.docs.packing.iter().enumerate().filter(|(_, l)| l.paper.is_current()) {
        let goods = &case.facts.goods;
        let whole = list.paper.packages.is_some() && list.paper.packages == goods.packages;
        let pack = |weight: Option<Decimal>| weight.filter(|_| whole);
        let gross = sum(list, |l| l.gross_kg);
        let net = sum(list, |l| l.net_kg);
        weight(
            case,
            (index, "gross_kg"),
            list,
            ("毛重", "gross weight"),
            list.paper.gross_kg,
            gross,
            pack(goods.gross_kg),
            out,
        );
        weight(
            case,
            (index, "net_kg"),
            list,
            ("净重", "net weight"),
            list.paper.net_kg,
            net,
            pack(goods.net_kg),
            out,
        );
    }
}

fn sum(
    list: &PackingList,
    get: fn(&crate::model::document::PackingLine) -> Option<Decimal>,
) -> Option<Decimal> {
    if list.lines.is_empty() {
        return None;
    }
    list.lines.iter().try_fold(Decimal::ZERO, |sum, line| sum.checked_add(get(line)?))
}

#[expect(
    clippy::too_many_arguments,
    reason = "one figure with the two it is held against, and where they stand"
)]
fn weight(
    case: &Case<'_>,
    at: (usize, &str),
    list: &PackingList,
    name: StaticBi,
    total: Option<Decimal>,
    rows: Option<Decimal>,
    cartons: Option<Decimal>,
    out: &mut Sink<'_>,
) {
    let Some(total) = total else { return };
    let (other, path, what) = match (rows, cartons) {
        (Some(rows), _) => (rows, None, ("各行合计", "the rows give")),
        (None, Some(cartons)) => (
            cartons,
            Some("items[0].pack"),
            ("订单每箱重量×件数是", "the order's weight per carton × packages gives"),
        ),
        (None, None) => return,
    };
    let apart = figures::apart(total, other);
    if apart.is_zero() {
        return;
    }
    let (index, field) = at;
    let ((name_zh, name_en), (zh, en)) = (name, what);
    let (written, computed, difference) =
        (figures::number(total), figures::number(other), figures::number(apart));
    let slip = match transposed_digits(total, other) {
        Some((a, b)) => bi!("像是 {a} 和 {b} 写颠倒了；", "{a} and {b} look swapped; "),
        None => Bi::default(),
    };
    let place = match path {
        Some(path) => case.order.origin.place(path),
        None => case.order.origin.place(&format!("packing[{index}].lines")),
    };
    let finding = out
        .report(bi!(
            "装箱单{name_zh}合计 {written} KG，{zh} {computed} KG，差 {difference} KG",
            "packing list: total {name_en} {written} KG, {en} {computed} KG, {difference} KG apart"
        ))
        .at(case.order.origin.place(&format!("packing[{index}].{field}")), bi!("合计", "total"))
        .at(place, bi!("{computed} KG", "{computed} KG"))
        .values([&written, &computed])
        .help(bi!("{slip}照过磅单核对，改错的那个数", "{slip}compare with the weighing slip and correct the wrong figure"; slip));
    let small = apart <= Decimal::new(5, 1)
        || figures::percent(apart, other).is_some_and(|p| p.abs() <= Decimal::new(1, 1));
    if small {
        finding.severity(Severity::Warning);
    }
    papers::soften(finding, &list.paper);
}
