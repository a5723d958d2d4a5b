//! `cancel-clean`: a cancelled order says who and why, and accounts for the deposit.

use chrono::NaiveDate;

use crate::model::money::CreditKind;
use crate::model::stage::StageKey;
use crate::model::value::money::group;
use crate::text::Bi;

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "cancel-clean",
    group: Group::Gate,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("取消的订单没有交代清楚", "cancelled order not accounted for"),
    docs: Docs {
        checks: (
            "订单取消以后：写明原因和谁取消的；退款加没收等于收到的钱；取消日之后没有再投产、验货、报关、装运。取消后 30 天内还没定的，只是警告。",
            "A cancelled order says why and by whom; refunds and forfeits add up to what was received; nothing was made, inspected, declared or shipped after the cancellation. Within 30 days of it an unsettled deposit is only a warning.",
        ),
        why: (
            "订金去向不清，客户和财务以后各说各话；已取消的订单还在动，说明工厂或货代没接到通知。",
            "A deposit whose fate is not written is disputed later; a cancelled order that still moves was not cancelled with the factory or the forwarder.",
        ),
        fix: (
            "先看是不是银行手续费或漏记一笔：在 money.toml 的 [[credits]] 里补上退款（refund）或没收（forfeit），金额写全额。",
            "First look for a bank charge or a missing entry: in money.toml add the refund or forfeit as [[credits]], amounts in full.",
        ),
    },
    example: example!("cancel-clean"),
    scope: Scope::Order(check),
};

/// Days after a cancellation in which the deposit may still be under discussion.
const DAYS_TO_SETTLE: i64 = 30;

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let Some(day) = case.facts.progress.cancelled else { return };
    explained(case, day, out);
    accounted(case, day, out);
    stopped(case, day, out);
}

fn explained(case: &Case<'_>, day: NaiveDate, out: &mut Sink<'_>) {
    let order = case.order;
    let reason = order.cancel_reason.as_deref().is_some_and(|why| !why.trim().is_empty());
    let missing = match (reason, order.cancelled_by.is_some()) {
        (true, true) => return,
        (false, true) => bi!("没写原因", "the reason is not written"),
        (true, false) => bi!("没写谁取消的", "it is not written who cancelled"),
        (false, false) => bi!("没写原因，也没写谁取消的", "neither the reason nor who cancelled is written"),
    };
    out.report(Bi { zh: format!("订单 {day} 取消，{}", missing.zh), en: format!("order cancelled on {day}: {}", missing.en) })
        .at(order.origin.place("cancelled"), bi!("取消日", "cancellation"))
        .help(bi!(
            "补 `cancel_reason = \"…\"` 和 `cancelled_by`：\"buyer\"（客户）、\"seller\"（我们）或 \"both\"（双方）",
            "add `cancel_reason = \"…\"` and `cancelled_by`: \"buyer\", \"seller\" or \"both\""
        ));
}

fn accounted(case: &Case<'_>, cancelled: NaiveDate, out: &mut Sink<'_>) {
    let money = &case.facts.money;
    let disposed = money.refunded.saturating_add(money.forfeited);
    if disposed == money.received {
        return;
    }
    let text = |value| group(value, case.facts.goods.minor());
    let currency = case.facts.goods.currency.map_or("", |c| c.code());
    let (received, sum) = (text(money.received), text(disposed));
    let difference = text(money.received.saturating_sub(disposed).abs());
    let (refunded, forfeited) = (text(money.refunded), text(money.forfeited));
    let origin = &case.order.origin;
    let last = case.order.credits.iter().rposition(|c| c.kind == Some(CreditKind::Refund));
    let finding = out.report(bi!(
        "订单取消后退款 {refunded} 加没收 {forfeited} 是 {currency} {sum} ≠ 收到的 {received}，差 {difference}",
        "after the cancellation refund {refunded} and forfeit {forfeited} make {currency} {sum} ≠ {received} received, {difference} apart"
    ));
    match last.or(case.order.credits.len().checked_sub(1)) {
        Some(i) => {
            finding.at(origin.place(&format!("credits[{i}].amount")), bi!("合计 {sum}", "adds up to {sum}"))
        }
        None => finding.at(origin.place("cancelled"), bi!("取消日", "cancellation")),
    };
    if !case.order.received.is_empty() {
        finding.at(origin.place("received[0].amount"), bi!("收到 {received}", "received {received}"));
    }
    finding.values([sum, received]).help(bi!(
        "先看退款是不是扣了银行手续费：[[credits]] 里退款写全额。还差的 {difference} 补一笔 `kind = \"refund\"`（退给客户）或 \"forfeit\"（按合同没收），写明 why 和 by",
        "first see whether the bank took its charge from the refund: write the refund in full. For the other {difference} add [[credits]] with `kind = \"refund\"` or \"forfeit\", with why and by"
    ));
    let recent = (case.as_of() - cancelled).num_days() <= DAYS_TO_SETTLE;
    if recent && disposed < money.received {
        finding.severity(Severity::Warning).class(Class::Risk);
    }
}

/// Work on the goods after the day of the cancellation.
fn stopped(case: &Case<'_>, cancelled: NaiveDate, out: &mut Sink<'_>) {
    let facts = case.facts.progress.stages.iter().flat_map(|s| &s.milestones);
    let work = facts.filter(|m| (StageKey::Produce..=StageKey::Ship).contains(&m.key.stage()));
    let late = work.filter_map(|m| {
        let actual = m.actual.as_ref()?;
        Some((m.key, actual.date.filter(|day| *day > cancelled)?, actual.proof.as_ref()))
    });
    let Some((key, day, proof)) = late.min_by_key(|(_, day, _)| *day) else { return };
    let (zh, en) = key.title();
    let path = proof.map_or_else(|| format!("actual.{}", key.code()), |p| p.path.clone());
    out.report(bi!(
        "订单 {cancelled} 已取消，{day} 却还登记了“{zh}”",
        "order cancelled on {cancelled}, yet \"{en}\" is recorded on {day}"
    ))
    .at(case.order.origin.place(&path), Bi { zh: format!("{zh} {day}"), en: format!("{en} {day}") })
    .at(case.order.origin.place("cancelled"), bi!("取消日", "cancellation"))
    .values([day, cancelled])
    .help(bi!(
        "日期抄错就改正；货确实还在动，马上通知工厂和货代停下，或删去 `cancelled`，订单照常进行",
        "correct the date if it was copied wrongly; if the goods do move, stop factory and forwarder now, or remove `cancelled` and carry on with the order"
    ));
}
