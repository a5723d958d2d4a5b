//! `credit-unit-price`: a unit price on the invoice is not the credit's.

use super::super::prelude::*;
use crate::check::shared::{exams, figures, lines, presented};
use crate::compare::figure;
use crate::derive::credit::limit;
use crate::derive::exam::Exam;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-unit-price",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 18 条 c 款、第 30 条 a 款", "UCP 600 art. 18 c, 30 a"),
    title: ("单价与信用证不同", "unit price is not the credit's"),
    docs: Docs {
        checks: (
            "发票每一行的单价等于 45A 那种货的单价；信用证在单价前写了 about 的（price_tolerance）上下 10% 都可以。单位不同先换算（每公斤、每公吨），换算不了的不比；币种不同由 credit-invoice-currency 说。",
            "The unit price of each line of the invoice equals that of the goods in 45A; 10 % either way only where \"about\" stands at the price (price_tolerance). Units are converted first (per kilogram, per ton); those that cannot be are not compared. Another currency is for credit-invoice-currency to say.",
        ),
        why: (
            "单价是货描的一部分。低了也拒：银行看的是单据和信用证一不一样，不看谁吃亏。",
            "The unit price is part of the description. A lower one is refused too: the bank looks at the words of the credit, not at who gains.",
        ),
        fix: (
            "先看单价抄错没有。合同确已改价，请客户改证后再出发票；只是发票打错，重出发票。",
            "See first whether the price was copied wrongly. If it was really changed, have the credit amended before the invoice is made; if the invoice is misprinted, issue it again.",
        ),
    },
    example: example!("credit-unit-price"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        for row in lines::Rows::of(exam).all {
            if seen.first(exam, row.path("price")) {
                let _ = compare(case, exam, &row, out);
            }
        }
    }
}

fn compare(case: &Case<'_>, exam: &Exam<'_>, row: &lines::Row<'_>, out: &mut Sink<'_>) -> Option<()> {
    let lines::Means::Item(index) = row.means else { return None };
    let said = exam.credit.items.get(index)?;
    let (item, money) = (said.value, presented::money(case, &exam.credit));
    let price = row.line.price?;
    let invoice = case.order.docs.invoice.get(row.invoice)?;
    presented::is_in(money, invoice.currency.as_deref(), price.currency).then_some(())?;
    let asked = item.price?;
    let is = lines::price_per(price.value, row.line.unit.as_deref(), item.unit.as_deref())?;
    let range = limit::price(item)?;
    (!range.holds(is)).then_some(())?;
    let goods = item.name.as_deref().or(row.line.name.as_deref()).unwrap_or_default();
    let (printed, due) = (figures::price(price.value, money), figures::price(asked.value, money));
    let per = |unit: Option<&str>| unit.map(|u| format!("/{u}")).unwrap_or_default();
    let (printed, due) = (
        format!("{printed}{}", per(row.line.unit.as_deref())),
        format!("{due}{}", per(item.unit.as_deref())),
    );
    let hint = figure::hint(is, asked.value);
    let paper = row.paper();
    let name = paper.name();
    let finding = out.report(bi!(
        "{name} {goods} 单价 {printed}，信用证 {due}",
        "{name}: {goods} at {printed}, the credit says {due}"; name
    ));
    finding
        .at(case.order.origin.place(&row.path("price")), name)
        .at(
            case.order.origin.place(&format!("{}.price", said.source.path())),
            bi!("信用证单价", "unit price in the credit"),
        )
        .values([printed, due])
        .help(bi!(
            "{hint}先看抄错没有；发票打错就重出，合同真改了价就请客户改证，改好再交单",
            "{hint}see first whether it was copied wrongly; issue the invoice again if it is misprinted, have the credit amended if the price was really changed"; hint
        ));
    exams::weigh(finding, exam, &paper);
    Some(())
}
