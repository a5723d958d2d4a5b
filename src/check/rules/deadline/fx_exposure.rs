//! `fx-exposure`: foreign money not hedged.

use super::super::prelude::*;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::check::shared::timing;
use crate::derive::plan::shift;
use crate::model::stage::Milestone;
use crate::model::value::money::{group, round};
use crate::model::value::{Currency, Event, Tenor};

/// The rule.
pub static RULE: Rule = Rule {
    name: "fx-exposure",
    group: Group::Deadline,
    class: Class::Risk,
    severity: Severity::Info,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("外币货款没有锁汇", "foreign money not hedged"),
    docs: Docs {
        checks: (
            "在手订单的币种不是本位币、没有写 hedged、还有没收的钱，并且最后一笔款要到将来才到期：说出金额和大约天数。天数按装运日（没有就按船期、计划、合同最迟装运）加付款期限估计。",
            "An open order in another currency than the base, without hedged, with money open whose last instalment lies in the future: the amount and roughly how many days. The days count from shipment (else the sailing, plan or latest shipment) and the tenor.",
        ),
        why: (
            "汇率几个月里动百分之几是常事，正好是这单的利润。",
            "Rates move a few per cent within months, which is the margin of the order.",
        ),
        fix: (
            "金额大、期限长的，问银行远期结汇或出口押汇；锁了就写 hedged = \"2026-11-02 远期 7.08\"。不想锁的不用管，这条只是提示。",
            "For large sums and long terms ask the bank for a forward or discounting; once done write hedged = \"forward 7.08, 2026-11-02\". Otherwise leave it, this is information only.",
        ),
    },
    example: example!("fx-exposure"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    let base = case.config().base.as_deref().and_then(Currency::parse);
    let (Some(own), Some(base)) = (case.facts.goods.currency, base) else { return };
    let hedged = order.hedged.as_deref().is_some_and(|text| !text.trim().is_empty());
    if own == base || hedged || !case.facts.is_open() || case.facts.money.settled {
        return;
    }
    let Some(open) = case.facts.money.open.filter(|open| *open > Decimal::ZERO) else { return };
    let Some(due) = accepted(case).or_else(|| last_due(case)).filter(|due| *due > case.as_of()) else {
        return;
    };
    let (days, code) = ((due - case.as_of()).num_days(), own.code());
    let amount = format!("{code} {}", group(open, own.minor()));
    let worth = case.book().rate(code, case.as_of()).and_then(|r| open.checked_mul(r.rate));
    let worth = worth.map(|w| format!("{} {}", base.code(), group(round(w, base.minor()), base.minor())));
    let (zh, en) = worth.map_or_else(Default::default, |w| (format!("（约 {w}）"), format!(" (about {w})")));
    let currency = if order.filled.contains(&"currency") {
        crate::check::shared::terms::filled(case, "currency")
    } else {
        order.origin.place("currency")
    };
    out.report(crate::text::Bi {
        zh: format!("{amount}{zh}没有锁汇，大约 {days} 天后（{due}）才收齐"),
        en: format!("{amount}{en} is not hedged and comes in over about {days} days, until {due}"),
    })
    .at(currency, bi!("币种", "currency"))
    .help(bi!(
        "金额大、期限长的问银行远期结汇；锁了就写 hedged。不锁可以不管",
        "for a large sum and a long term ask the bank for a forward and write hedged; otherwise nothing has to be done"
    ))
    .values([amount, days.to_string()]);
}

/// The last maturity that a bank or buyer has accepted and not paid.
fn accepted(case: &Case<'_>) -> Option<NaiveDate> {
    let docs = &case.order.docs;
    let credits = docs.presentation.iter().filter(|p| p.paid.is_none()).filter_map(|p| p.maturity);
    let bills = docs.collection.iter().filter(|c| c.paid.is_none()).filter_map(|c| c.maturity);
    credits.chain(bills).max()
}

/// Roughly when the last money comes in.
fn last_due(case: &Case<'_>) -> Option<NaiveDate> {
    let terms = case.facts.money.terms.as_ref()?;
    let shipped = leaves(case);
    let dates = terms.instalments.iter().filter_map(|part| match part.tenor {
        Some(Tenor::On(date)) => Some(date),
        Some(Tenor::Days(days, event)) => {
            let signed = event.unwrap_or_else(|| part.method.default_event()) == Event::Signed;
            shift(if signed { case.order.signed? } else { shipped? }, i64::from(days))
        }
        Some(Tenor::Eom(days)) => shift(crate::model::value::calendar::eom(shipped?), i64::from(days)),
        Some(Tenor::Sight) | None => shipped,
    });
    dates.max()
}

/// The day the last goods left or are expected to.
fn leaves(case: &Case<'_>) -> Option<NaiveDate> {
    let left = case.facts.shipments.iter().filter_map(|s| s.shipped);
    let expected = timing::departure(case).into_iter().map(|(day, _)| day);
    let plan = case.facts.progress.milestone(Milestone::Shipped).expected();
    left.chain(expected).max().or(plan).or(case.order.ship_by)
}
