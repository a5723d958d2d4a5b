//! `lc-tolerance-aligned`: the order may be shipped more or less, the credit may not.

use rust_decimal::Decimal;

use super::super::prelude::*;

use crate::check::finding::Finding;
use crate::check::shared::arrival::{self, Matters};
use crate::check::shared::{figures, terms};
use crate::derive::credit::limit::{self, Range};
use crate::derive::credit::{Credit, Said, clause};
use crate::model::document::CreditItem;
use crate::model::value::Tolerance;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-tolerance-aligned",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 30 条 a、b 款", "UCP 600 article 30 a and b"),
    title: ("订单的溢短装信用证没有", "the credit lacks the order's more or less"),
    docs: Docs {
        checks: (
            "订单有溢短装时，信用证 45A 的每一行数量也要有同样的余地（按重量、长度等计的货自动有 5%，按件、套、箱计的没有），39A 也要允许同样的下浮。39A 上浮不够由 lc-amount-covers 说。45A 或 47A 原文写了 more or less 而货物明细没登记的，请人看。不许分批时才看短装。",
            "Where the order allows more or less, every quantity in 45A must leave the same room (goods by weight or length have 5 per cent of themselves, pieces, sets and cartons have none), and 39A must allow the same below. Too little above in 39A is for lc-amount-covers to say. Text of 45A or 47A that says more or less while the lines record none is for a person to look at. Less counts only where partial shipments are not allowed.",
        ),
        why: (
            "39A 只管金额，不管数量。工厂多做 2%，按件计的货在信用证下一件都不能多交。",
            "39A is about the amount, not about the quantity. If the factory makes 2 per cent more pieces, not one of them may be shipped under the credit.",
        ),
        fix: (
            "请客户改证，在 45A 加 “5 PCT MORE OR LESS IN QUANTITY AND AMOUNT ALLOWED”，39A 写 05/05。改不了就让工厂按准数交。",
            "Have 45A amended to say “5 PCT MORE OR LESS IN QUANTITY AND AMOUNT ALLOWED” and 39A to 05/05; failing that, have the factory deliver the exact quantity.",
        ),
    },
    example: example!("lc-tolerance-aligned"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for credit in arrival::credits(case) {
        let wanted = case.order.tolerance.filter(|t| !(t.plus.is_zero() && t.minus.is_zero()));
        let worded = credit.goods.iter().chain(&credit.conditions).find(|t| clause::names_tolerance(t.value));
        let recorded = credit.items.iter().any(|item| item.value.tolerance.is_some());
        match (worded, wanted) {
            (Some(text), _) if !recorded && !credit.items.is_empty() => unread(case, credit, text, out),
            (_, Some(wanted)) => {
                let minus = !credit.allows_partial();
                if let Some((item, range)) = credit.items.iter().find_map(|i| short(i, wanted, minus)) {
                    quantity(case, credit, wanted, item, range, out);
                }
                if minus {
                    amount(case, credit, wanted, out);
                }
            }
            _ => {}
        }
    }
}

/// A line of 45A whose quantity leaves less room than the order.
fn short<'s, 'a>(
    item: &'s Said<&'a CreditItem>,
    wanted: Tolerance,
    minus: bool,
) -> Option<(&'s Said<&'a CreditItem>, Range)> {
    let (low, high) = wanted.range(item.value.qty?)?;
    let range = limit::quantity(item.value)?;
    let above = range.high.is_some_and(|most| most < high);
    let below = minus && range.low.is_some_and(|least| least > low);
    (above || below).then_some((item, range))
}

fn quantity(
    case: &Case<'_>,
    credit: &Credit<'_>,
    wanted: Tolerance,
    item: &Said<&CreditItem>,
    range: Range,
    out: &mut Sink<'_>,
) {
    let called = arrival::called(credit);
    let qty = figures::number(item.value.qty.unwrap_or_default());
    let unit = item.value.unit.as_deref().unwrap_or("PCS");
    let name = item.value.name.as_deref().unwrap_or_default();
    let room = match range.by {
        limit::By::Stated(t) => bi!("只许 {t}", "allows only {t}"),
        limit::By::FivePercent => bi!("只有 5%", "allows only 5%"),
        limit::By::Maximum => bi!("写明最多", "is a maximum"),
        limit::By::Exact => bi!("没有余地", "leaves no room"),
    };
    let finding = out.report(bi!(
        "订单可溢短装 {wanted}，{called} 的 45A {name} {qty} {unit} {room}",
        "the order allows {wanted} more or less; {name} {qty} {unit} in 45A of {called} {room}"; called, room
    ));
    let path = item.source.path();
    let field = if item.value.tolerance.is_some() { "tolerance" } else { "qty" };
    finding
        .at(
            case.order.origin.place(&format!("{path}.{field}")),
            arrival::label(credit, item.source, ("45A 数量", "45A quantity")),
        )
        .at(terms::filled(case, "tolerance"), bi!("订单的溢短装", "more or less in the order"));
    let percent = wanted.plus.max(wanted.minus).normalize();
    finding
        .help(bi!(
            "先看 45A、47A 原文：写了 “MORE OR LESS” 就在 [[lc.items]] 补 tolerance。没写，请客户改证加 “{percent} PCT MORE OR LESS IN QUANTITY AND AMOUNT ALLOWED”；改不了就通知工厂按准数交货",
            "see first whether 45A or 47A says more or less, and then add tolerance in [[lc.items]]. If not, have it amended to say “{percent} PCT MORE OR LESS IN QUANTITY AND AMOUNT ALLOWED”; failing that, tell the factory to deliver the exact quantity"
        ))
        .values([wanted.to_string(), qty]);
    arrival::close(case, credit, finding, Matters::UntilShipped);
}

/// Less goods make less money: without partial drawings the credit must allow it (art. 30 c helps only goods shipped
/// in full).
fn amount(case: &Case<'_>, credit: &Credit<'_>, wanted: Tolerance, out: &mut Sink<'_>) {
    let Some(said) = credit.amount.filter(|_| !wanted.minus.is_zero()) else { return };
    let Some((low, _)) = wanted.range(said.value.value) else { return };
    let least = match credit.tolerance {
        Some(t) => t.value.range(said.value.value).map(|(low, _)| low),
        None => Some(said.value.value),
    };
    let Some(least) = least.filter(|least| *least > low) else { return };
    let called = arrival::called(credit);
    let money = |value: Decimal| figures::money(value, credit.money());
    let (least, low) = (money(least), money(low));
    let finding = out.report(bi!(
        "订单可短装，最少 {low}；{called} 不许分批，金额不能少于 {least}",
        "the order allows a delivery of {low}; {called} forbids partial shipment and drawing less than {least}"; called
    ));
    match credit.tolerance {
        Some(t) => finding
            .at(arrival::at(case, &t), arrival::label(credit, t.source, ("39A 金额浮动", "39A tolerance"))),
        None => finding
            .at(arrival::at(case, &said), arrival::label(credit, said.source, ("32B 金额", "32B amount"))),
    };
    let percent = wanted.plus.max(wanted.minus).normalize();
    let close: &mut Finding = finding
        .at(terms::filled(case, "tolerance"), bi!("订单的溢短装", "more or less in the order"))
        .help(arrival::amend(&bi!(
            "39A 写 {percent}/{percent}；改不了就按准数交货",
            "39A to read {percent}/{percent}; failing that, deliver the exact quantity"
        )))
        .values([low, least]);
    arrival::close(case, credit, close, Matters::UntilShipped);
}

/// The words say more or less and no line records it.
fn unread(case: &Case<'_>, credit: &Credit<'_>, text: &Said<&str>, out: &mut Sink<'_>) {
    let called = arrival::called(credit);
    let Some(item) = credit.items.first() else { return };
    let finding = out.report(bi!(
        "{called} 的原文写了溢短装，货物明细没有登记 tolerance，按没有溢短装核对",
        "the words of {called} allow more or less, its lines record no tolerance: they are checked as exact"; called
    ));
    finding
        .severity(Severity::Warning)
        .judgement()
        .at(arrival::at(case, text), arrival::label(credit, text.source, ("原文", "the words")))
        .at(
            case.order.origin.place(&item.source.path()),
            arrival::label(credit, item.source, ("45A 明细", "45A line")),
        )
        .help(bi!(
            "看原文：溢短装是对数量的，就在 [[lc.items]] 写 tolerance = \"5%\"（about 写 \"10%\"）；只对金额的写 39A 的 tolerance",
            "read it: if it is about the quantity, write tolerance = \"5%\" in [[lc.items]] (\"10%\" for about); if only about the amount, write the tolerance of 39A"
        ))
        .values([text.value]);
    arrival::close(case, credit, finding, Matters::UntilShipped);
}
