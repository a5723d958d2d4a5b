//! `pay-overdue`: money that is due and has not come.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::check::shared::money;
use crate::derive::money::{Line, Source};
use crate::model::value::Method;
use crate::text::Bi;

use super::super::prelude::*;
use crate::check::shared::timing;

/// The rule.
pub static RULE: Rule = Rule {
    name: "pay-overdue",
    group: Group::Money,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.3.0",
    source: ("合同的付款条件", "payment terms of the contract"),
    title: ("货款逾期", "payment overdue"),
    docs: Docs {
        checks: (
            "每一期（分批的，每一批）到了到期日的第二天还没有收齐，就算逾期。到期日按付款条件和单据算，遇休息日按收款地的日历顺延（装运前、投产前的款往前移，定金不移）；起算的事还没发生的，到期日只是估计，不算逾期。收齐看容差 `[tolerances]`。收过钱、只差一点尾数的由 pay-short-charges 说。投诉里没谈定的金额另说是有争议的。单据上登记了银行已付、到账没登记的，只是警告。取消的订单不查。",
            "An instalment (of each shipment where there are several) is overdue from the day after its due date, while it is open beyond the tolerance in `[tolerances]`. Due dates follow from the payment terms and the papers and move to an open day of the place of payment (money before loading or production to the day before, a deposit not at all); while the event that starts the clock is only planned, the day is an estimate and nothing is overdue. A small remainder of a payment that came is for pay-short-charges. What a complaint disputes is said apart. Where the papers say that a bank has paid and only the receipt is missing, it is a warning. Cancelled orders are left alone.",
        ),
        why: (
            "账龄越长越难收：信保要按期报损，超过 90 天还要向外汇局报告。",
            "The older a debt, the less of it comes in; insurers want to hear of it in time.",
        ),
        fix: (
            "先对银行流水：到账没登记的补 [[received]]，客户扣的手续费写 charges。没到的照台阶催，催一次登记一条 [[reminders]]；客户有争议的登记 [[complaints]]，不要了的登记 [[credits]]。",
            "First look at the bank statement: record what came as [[received]], with its charges. Chase the rest step by step and record each reminder in [[reminders]]; record a dispute in [[complaints]], what is given up in [[credits]].",
        ),
    },
    example: example!("pay-overdue"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    // Of what was entered after the fact without any receipt nobody knows whether it was paid.
    let untold = case.is_register_entry() && case.order.received.is_empty();
    if case.facts.is_cancelled() || untold || money::is_unread(case) {
        return;
    }
    for (at, line) in case.facts.money.lines.iter().enumerate() {
        if line.overdue > 0 && !money::is_slight(case, line) {
            match money::paid_at_bank(case, line) {
                Some(paid) => unrecorded(case, line, paid, out),
                None => report(case, at, line, out),
            }
        }
    }
}

/// A bank is on record as having paid, and no receipt is.
fn unrecorded(case: &Case<'_>, line: &Line, (day, path): (NaiveDate, String), out: &mut Sink<'_>) {
    let (Some(due), Some(open)) = (line.due.day, line.outstanding()) else { return };
    let (name, figure) = (money::name(case, line), money::figure(case, open));
    let title = bi!(
        "{name}银行 {day} 已付，到账没有登记：{figure}，{due} 到期",
        "{name}: the bank paid on {day}, but no receipt is on record for {figure} due on {due}"; name
    );
    out.report(title)
        .severity(Severity::Warning)
        .at(case.order.origin.place(&path), bi!("{day} 已付", "paid on {day}"))
        .at(money::terms(case), bi!("{due} 到期", "due on {due}"))
        .values([day.to_string(), figure])
        .help(bi!(
            "对银行流水，照水单补 [[received]]：date 写起息日，amount 写净额，银行扣的写 charges；钱没到账，问交单行",
            "look at the bank statement and add [[received]] as advised: the value date, the net amount, and what the banks took as charges; if nothing came, ask the presenting bank"
        ));
}

fn report(case: &Case<'_>, at: usize, line: &Line, out: &mut Sink<'_>) {
    let (Some(due), Some(open)) = (line.due.day, line.outstanding()) else { return };
    let (name, days) = (money::name(case, line), line.overdue);
    let (figure, long) = (money::figure(case, open), timing::days(days));
    let bucket = Bi::from(money::bucket(days));
    let disputed = disputed(case, line, open);
    let title = bi!(
        "{name}逾期 {days} 天（{bucket}）：{due} 到期，还差 {figure}{disputed}",
        "{name} {long} overdue ({bucket}): due on {due}, {figure} open{disputed}"; name, bucket, disputed
    );
    let finding = out.report(title);
    finding.at(money::terms(case), bi!("{due} 到期", "due on {due}"));
    if let Some((day, path)) = line.due.event.zip(line.due.path.as_deref().filter(|p| *p != "payment")) {
        let (what_zh, what_en) = line.due.trigger.title();
        finding.at(
            case.order.origin.place(path),
            bi!("从{what_zh} {day} 起算", "counted from {what_en} on {day}"),
        );
    }
    if let Some(source @ Source::Receipt(_)) = money::last_posted(case, at) {
        let applied = money::bare(case, line.applied);
        finding.at(money::amount(case, source), bi!("这一期已收 {applied}", "{applied} received for it"));
    }
    finding.values([figure, due.to_string()]).help(help(line));
}

/// The part that the buyer disputes, as the end of the sentence.
fn disputed(case: &Case<'_>, line: &Line, open: Decimal) -> Bi {
    if line.disputed <= Decimal::ZERO {
        return Bi::default();
    }
    if line.disputed >= open {
        return bi!("，客户有争议", ", all of it disputed");
    }
    let part = money::bare(case, line.disputed);
    bi!("，其中 {part} 客户有争议", ", of which {part} is disputed")
}

fn help(line: &Line) -> Bi {
    let ask: Bi = match line.method {
        _ if line.disputed > Decimal::ZERO => (
            "把争议谈定：同意的登记 [[credits]]，不同意的书面回复客户",
            "settle the dispute: record what is agreed in [[credits]], answer the rest in writing",
        ),
        Method::Lc => (
            "请交单行发电问开证行付了没有",
            "have the presenting bank ask the issuing bank for the fate",
        ),
        Method::Dp => (
            "请托收行问单据和付款的下落，货到港前想好第二买家或退运",
            "have the remitting bank ask for the fate, and plan for a second buyer or the way home before the goods arrive",
        ),
        Method::Da => (
            "请托收行问承兑人付了没有，拒付的按托收指示做拒绝证书",
            "have the remitting bank ask the acceptor for payment, and protest as the instruction says if it is refused",
        ),
        _ => ("打电话问客户哪天付、要水单", "call the buyer for the day of payment and the bank's advice"),
    }
    .into();
    bi!(
        "先对银行流水：到了没登记的，在 money.toml 补 [[received]]，金额照水单，手续费写 charges。真没到，{ask}；催一次登记一条 [[reminders]]",
        "first look at the bank statement: if it came, add [[received]] in money.toml with the amount as advised and the charges apart. If not, {ask}; record each reminder in [[reminders]]"; ask
    )
}
