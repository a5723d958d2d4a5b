//! `carton-numbers-contiguous`: carton numbers of a packing list have a gap or an overlap.

use super::super::prelude::*;
use crate::check::shared::{figures, papers};
use crate::model::document::PackingList;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "carton-numbers-contiguous",
    group: Group::Arithmetic,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("行业惯例", "practice"),
    title: ("箱号不连续", "carton numbers not contiguous"),
    docs: Docs {
        checks: (
            "装箱单各行的箱号合起来是 1 到件数，不缺号，不重号；只有写成 1-200 或 5 这样的箱号才比。",
            "The carton numbers of the rows together run from 1 to the number of packages, without a gap and without a number twice; only numbers written like 1-200 or 5 are compared.",
        ),
        why: (
            "客户按箱号点货，海关按箱号开箱；重号或缺号说明有一行写错了。",
            "The buyer counts by carton number and customs opens cartons by it; a gap or a double number means that a row is wrong.",
        ),
        fix: (
            "照仓库的唛头核对箱号，改装箱单的那一行。分批出运接着上一批编号的，在装箱单里写实际箱号并豁免。",
            "Compare with the marks in the warehouse and correct the row. Where numbering continues from an earlier shipment, keep the numbers and waive the finding.",
        ),
    },
    example: example!("carton-numbers-contiguous"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for (index, list) in case.order.docs.packing.iter().enumerate() {
        if list.paper.is_current() {
            one(case, index, list, out);
        }
    }
}

/// A row's cartons: first and last number, and the row.
type Range = (u64, u64, usize);

fn one(case: &Case<'_>, index: usize, list: &PackingList, out: &mut Sink<'_>) {
    let Some(mut rows) = ranges(list) else { return };
    rows.sort_unstable();
    let Some(first) = rows.first() else { return };
    // A later shipment goes on counting where the earlier one ended: the start is free there.
    let mut next = if case.order.docs.packing.len() > 1 { first.0 } else { 1 };
    let start = next;
    for &(from, to, row) in &rows {
        if from != next {
            return broken(case, index, list, (from, to, row), next, out);
        }
        next = to.saturating_add(1);
    }
    let count = Decimal::from(next - start);
    if let Some(total) = list.paper.packages.filter(|total| *total != count) {
        let (total, count, last) = (figures::number(total), figures::number(count), next.saturating_sub(1));
        let finding = out
            .report(bi!(
                "装箱单箱号到 {last}，共 {count} 件，合计写的是 {total} 件",
                "packing list: carton numbers end at {last}, {count} packages, but the total says {total}"
            ))
            .at(case.order.origin.place(&format!("packing[{index}].packages")), bi!("合计件数", "total"))
            .values([total, count])
            .help(bi!(
                "核对箱号和合计；哪一处写错改哪一处",
                "check the numbers and the total, and correct the one that is wrong"
            ));
        papers::soften(finding, &list.paper);
    }
}

/// Nothing when a row has no number that can be read: a list of marks is not a list of numbers.
fn ranges(list: &PackingList) -> Option<Vec<Range>> {
    list.lines.iter().enumerate().map(|(row, line)| span(line.cartons.as_deref()?, row)).collect()
}

fn span(text: &str, row: usize) -> Option<Range> {
    papers::carton_range(text).map(|(from, to)| (from, to, row))
}

fn broken(case: &Case<'_>, index: usize, list: &PackingList, at: Range, next: u64, out: &mut Sink<'_>) {
    let (from, to, row) = at;
    let what = if from < next {
        bi!("箱号 {from} 用了两次", "carton number {from} is used twice")
    } else if from - next == 1 {
        bi!("箱号 {next} 缺了", "carton number {next} is missing")
    } else {
        bi!("箱号 {next} 到 {} 缺了", "carton numbers {next} to {} are missing", from - 1)
    };
    let finding = out
        .report(bi!("装箱单{what}", "packing list: {what}"; what))
        .at(
            case.order.origin.place(&format!("packing[{index}].lines[{row}].cartons")),
            bi!("应从 {next} 开始", "should start at {next}"),
        )
        .values([from, next])
        .help(bi!(
            "照外箱唛头核对：这一行写的是 {from} 到 {to}，应接着上一行从 {next} 编起",
            "compare with the cartons: this row has {from} to {to} and should go on at {next}"
        ));
    papers::soften(finding, &list.paper);
}
