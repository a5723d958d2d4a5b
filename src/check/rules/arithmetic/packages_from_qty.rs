//! `packages-from-qty`: a number of packages that the quantity does not give.

use super::super::prelude::*;
use crate::check::shared::{figures, papers};
use crate::model::document::{PackingLine, PackingList};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "packages-from-qty",
    group: Group::Arithmetic,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("件数和数量对不上", "packages do not fit the quantity"),
    docs: Docs {
        checks: (
            "装箱单每行的件数等于数量÷每箱数量（有零头时进一，并提醒零头箱单列一行）；装箱单总件数等于各行之和；没有分行时等于订单算出的件数。",
            "Packages of each packing row are quantity ÷ quantity per carton, rounded up (with a remainder the short carton wants its own row); the total is the sum of the rows, or, without rows, what the order gives.",
        ),
        why: (
            "件数上提单、报关单；少一箱就是短装，多一箱就是溢卸。",
            "The number goes on bill of lading and declaration; one carton less is a shortage, one more an overlanding.",
        ),
        fix: (
            "照仓库实际装箱数改；零头箱单独写一行。",
            "Correct from what was packed; give the short last carton a row of its own.",
        ),
    },
    example: example!("packages-from-qty"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for (index, list) in case.order.docs.packing.iter().enumerate().filter(|(_, l)| l.paper.is_current()) {
        for (row, line) in list.lines.iter().enumerate() {
            check_row(case, (index, row), list, line, out);
        }
        total(case, index, list, out);
    }
}

/// The quotient rounded up, and whether it had a remainder.
fn cartons(qty: Decimal, per: Decimal) -> Option<(Decimal, bool)> {
    if per <= Decimal::ZERO {
        return None;
    }
    let exact = qty.checked_div(per)?;
    Some((exact.ceil(), exact.ceil() != exact))
}

fn check_row(
    case: &Case<'_>,
    at: (usize, usize),
    list: &PackingList,
    line: &PackingLine,
    out: &mut Sink<'_>,
) {
    let (Some(qty), Some(per)) = (line.qty, line.per_carton) else { return };
    let Some((wanted, short)) = cartons(qty, per) else { return };
    let Some((packages, field)) =
        line.packages.map(|p| (p, "packages")).or_else(|| counted(line).map(|p| (p, "cartons")))
    else {
        return;
    };
    let (index, row) = at;
    let place = case.order.origin.place(&format!("packing[{index}].lines[{row}].{field}"));
    let (each, qty, packed, wanted_text) =
        (figures::number(per), figures::number(qty), figures::number(packages), figures::number(wanted));
    let finding = if packages != wanted {
        out.report(bi!(
            "装箱单第 {} 行写 {packed} 件，{qty} ÷ 每箱 {each} 是 {wanted_text} 件",
            "packing row {} has {packed} packages, but {qty} ÷ {each} a carton is {wanted_text}",
            row + 1
        ))
        .at(place, bi!("应是 {wanted_text} 件", "should be {wanted_text}"))
        .help(bi!(
            "核对数量和每箱数量，改错的那个数",
            "check quantity and quantity per carton, and correct the wrong figure"
        ))
    } else if short {
        out.report(bi!(
            "装箱单第 {} 行 {qty} 不是每箱 {each} 的整数倍，最后一箱不满，没有单列",
            "packing row {}: {qty} is no multiple of {each}; the short last carton has no row of its own",
            row + 1
        ))
        .severity(Severity::Warning)
        .at(place, bi!("最后一箱不满", "last carton is short"))
        .help(bi!(
            "满箱一行，零头箱另写一行：写明箱号和实际数量",
            "one row for the full cartons and one for the short carton, with its number and quantity"
        ))
    } else {
        return;
    };
    finding.values([&packed, &wanted_text]);
    papers::soften(finding, &list.paper);
}

/// The number of cartons a range like `1-200` holds.
fn counted(line: &PackingLine) -> Option<Decimal> {
    let (from, to) = papers::carton_range(line.cartons.as_deref()?)?;
    Some(Decimal::from(to - from + 1))
}

fn total(case: &Case<'_>, index: usize, list: &PackingList, out: &mut Sink<'_>) {
    let Some(written) = list.paper.packages else { return };
    let rows = list.lines.iter().try_fold(Decimal::ZERO, |sum, line| {
        let packages = line
            .packages
            .or_else(|| counted(line))
            .or_else(|| Some(cartons(line.qty?, line.per_carton?)?.0))?;
        sum.checked_add(packages)
    });
    let (wanted, other, what) = match rows.filter(|_| !list.lines.is_empty()) {
        // Where the rows carry carton numbers, `carton-numbers-contiguous` compares their end with the total.
        Some(_) if list.lines.iter().all(|l| counted(l).is_some()) => return,
        Some(rows) => (rows, format!("packing[{index}].lines"), ("各行合计", "the rows give")),
        None if list.lines.is_empty() && whole(case, list) => match case.facts.goods.packages {
            Some(packages) => (
                packages,
                "items".to_owned(),
                ("订单数量÷每箱数量是", "the order's quantity ÷ per carton gives"),
            ),
            None => return,
        },
        None => return,
    };
    if written == wanted {
        return;
    }
    let (written, wanted, (zh, en)) = (figures::number(written), figures::number(wanted), what);
    let finding = out
        .report(bi!(
            "装箱单 {written} 件，{zh} {wanted} 件",
            "packing list has {written} packages, {en} {wanted}"
        ))
        .at(case.order.origin.place(&format!("packing[{index}].packages")), bi!("合计件数", "total"))
        .at(case.order.origin.place(&other), bi!("{wanted} 件", "{wanted} packages"))
        .values([&written, &wanted])
        .help(bi!(
            "照仓库实际装箱数改；混装、换箱的，先改订单的 pack",
            "correct from what was packed; if cartons changed, change `pack` in the order first"
        ));
    papers::soften(finding, &list.paper);
}

/// The list covers the order's quantities: one list, one shipment without a share of its own, no other quantity.
fn whole(case: &Case<'_>, list: &PackingList) -> bool {
    let order = case.order;
    order.docs.packing.iter().filter(|l| l.paper.is_current()).count() == 1
        && order.shipments.len() <= 1
        && order.shipments.first().is_none_or(|s| s.items.is_empty())
        && (list.paper.qty.is_none() || list.paper.qty == case.facts.goods.qty)
}
