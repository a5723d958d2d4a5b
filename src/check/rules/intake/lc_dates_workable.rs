//! `lc-dates-workable`: the goods cannot leave, or the papers cannot be presented, in time.

use chrono::NaiveDate;

use super::super::prelude::*;

use crate::check::shared::arrival::{self, Departure, Matters};
use crate::check::shared::timing;
use crate::derive::credit::terms::Source;
use crate::derive::credit::{Credit, clock};
use crate::derive::plan::shift;
use crate::model::stage::Milestone;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-dates-workable",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "公司规定；UCP 600 第 29 条 c 款（最迟装运日不顺延）",
        "house rule; UCP 600 article 29 c: the latest date of shipment is not extended",
    ),
    title: ("信用证的日期做不到", "the dates of the credit cannot be kept"),
    docs: Docs {
        checks: (
            "每批的开船日（没有就看计划装运；货还没做完，不早于完工日）不晚于 44C、在 44D 的装运期内；开船日加制单天数（默认 7 天，有效地在国外再加快递）不晚于 31D 有效期（遇假日顺延）。推算的日期不比。装运以后成为历史。",
            "Every departure (else the planned shipment, and never before the goods are finished) is not after 44C and inside the periods of 44D; the departure plus the days for making papers (7 unless configured, with the courier where the credit expires abroad) is not after 31D, rolled to a banking day. Derived dates are not compared. History once the goods have left.",
        ),
        why: (
            "晚装、过期是改不掉的不符点。到证当天就看出来，还有时间让客户改证；装完再发现只能求客户接受。",
            "Late shipment and an expired credit cannot be cured. Seen on the day the credit arrives, there is time for an amendment; seen after loading, only the buyer's goodwill is left.",
        ),
        fix: (
            "先核对完工和船期是不是最新的。是，就今天请客户改证，把 44C 和 31D 一起展期；等改证收到并接受再装。",
            "See first whether finish and sailing are up to date. If they are, ask today for an amendment that extends 44C and 31D together, and load only after accepting it.",
        ),
    },
    example: example!("lc-dates-workable"),
    scope: Scope::Order(check),
};

/// A day on which goods leave, and what makes it so.
struct Leaves {
    date: NaiveDate,
    path: String,
    left: bool,
    what: Bi,
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let leaves = leaves(case);
    for credit in arrival::credits(case) {
        let late = leaves.iter().filter(|l| outside(credit, l.date)).max_by_key(|l| l.date);
        // The papers of goods that have left have a clock of their own.
        let last = leaves.iter().filter(|l| !l.left).max_by_key(|l| l.date);
        let expired = last.and_then(|l| expires_before(case, credit, l.date));
        match (late, expired) {
            (Some(late), expired) => shipment(case, credit, late, expired, out),
            (None, Some(expired)) => expiry(case, credit, last, expired, out),
            (None, None) => {}
        }
    }
}

/// The expiry leaves no time for the papers of what is still to leave.
pub(super) fn expires_too_early(case: &Case<'_>, credit: &Credit<'_>) -> bool {
    let last = leaves(case).into_iter().filter(|l| !l.left).map(|l| l.date).max();
    last.is_some_and(|date| expires_before(case, credit, date).is_some())
}

/// The departures, none of them before the goods are finished.
fn leaves(case: &Case<'_>) -> Vec<Leaves> {
    let named = |d: Departure| {
        let what =
            if d.left { bi!("已装船", "shipped on") } else { bi!("预计装船", "shipment expected on") };
        Leaves { date: d.date, path: d.path, left: d.left, what }
    };
    let mut all: Vec<Leaves> = arrival::departures(case).into_iter().map(named).collect();
    if case.facts.progress.is_done(Milestone::Produced) || case.facts.progress.is_done(Milestone::Shipped) {
        return all;
    }
    // With several shipments the finish of all goods says nothing about the first.
    if let Some((date, path)) = timing::typed(case.order, Milestone::Produced)
        && all.iter().all(|l| l.left || l.date < date)
    {
        all.push(Leaves { date, path, left: false, what: bi!("预计完工", "finish expected on") });
    }
    all
}

fn outside(credit: &Credit<'_>, date: NaiveDate) -> bool {
    if let Some(latest) = credit.latest_shipment {
        return date > latest.value;
    }
    let mut periods = credit.shipment_period.iter().map(|p| arrival::bounds(p.value)).peekable();
    periods.peek().is_some()
        && !periods.any(|(from, to)| from.is_none_or(|f| f <= date) && to.is_none_or(|t| date <= t))
}

/// Papers made after a departure come too late for the expiry: the day they are ready, and the last day.
fn expires_before(case: &Case<'_>, credit: &Credit<'_>, date: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let calendar = clock::expiry_calendar(case.book(), credit);
    let last = clock::limit(credit, None, &calendar).by_expiry?.date;
    let ready = shift(date, arrival::lead(case, credit))?;
    (ready > last).then_some((ready, last))
}

fn shipment(
    case: &Case<'_>,
    credit: &Credit<'_>,
    late: &Leaves,
    expired: Option<(NaiveDate, NaiveDate)>,
    out: &mut Sink<'_>,
) {
    let (called, date, what) = (arrival::called(credit), late.date, &late.what);
    let Some((limit, source, name)) = limit(credit, date) else { return };
    let expiry = match expired {
        Some((ready, last)) => bi!(
            "；单据 {ready} 才齐，{last} 就到有效期",
            "; papers are ready on {ready}, it expires on {last}"
        ),
        None => Bi::default(),
    };
    let title = if date > limit {
        let days = (date - limit).num_days();
        let late = timing::days(days);
        bi!(
            "{what} {date}，{called} 的{name}是 {limit}，晚 {days} 天{expiry}",
            "{what} {date}, {late} after the {name} {limit} of {called}{expiry}"; what, called, name, expiry
        )
    } else {
        bi!(
            "{what} {date}，不在 {called} 的装运期内（{limit} 起）{expiry}",
            "{what} {date}, outside the shipment period of {called}, which begins on {limit}{expiry}"; what, called, expiry
        )
    };
    let finding = out.report(title);
    let field = match credit.latest_shipment {
        Some(_) => ("44C 最迟装运日", "44C latest shipment"),
        None => ("44D 装运期", "44D shipment period"),
    };
    finding
        .at(case.order.origin.place(&source.path()), arrival::label(credit, source, field))
        .at(case.order.origin.place(&late.path), what.clone());
    if let Some(said) = credit.expiry.filter(|_| expired.is_some()) {
        finding
            .at(arrival::at(case, &said), arrival::label(credit, said.source, ("31D 有效期", "31D expiry")));
    }
    let until = shift(date, arrival::lead(case, credit)).map(|d| d.to_string()).unwrap_or_default();
    finding
        .help(bi!(
            "先核对完工和船期是不是最新的；是，今天就请客户通知开证行改证，最迟装运展到 {date} 以后，有效期到 {until} 以后，改证接受了再装",
            "see first whether finish and sailing are up to date; if so, ask the buyer today to have the credit amended: latest shipment not before {date}, expiry not before {until}; load after accepting the amendment"
        ))
        .values([limit.to_string(), date.to_string()]);
    arrival::close(case, credit, finding, Matters::UntilShipped);
    finding.past |= late.left;
}

/// The limit that a departure misses, where it stands, and what it is called.
fn limit(credit: &Credit<'_>, date: NaiveDate) -> Option<(NaiveDate, Source, Bi)> {
    if let Some(latest) = credit.latest_shipment {
        return Some((latest.value, latest.source, bi!("最迟装运日", "latest shipment")));
    }
    let name = bi!("装运期最后一天", "end of the shipment period");
    let last = credit.shipment_period.iter().filter_map(|p| Some((arrival::bounds(p.value).1?, p.source)));
    if let Some((end, source)) = last.max_by_key(|(end, _)| *end).filter(|(end, _)| date > *end) {
        return Some((end, source, name));
    }
    let next = credit.shipment_period.iter().filter_map(|p| Some((arrival::bounds(p.value).0?, p.source)));
    let (start, source) = next.filter(|(start, _)| *start > date).min_by_key(|(start, _)| *start)?;
    Some((start, source, name))
}

fn expiry(
    case: &Case<'_>,
    credit: &Credit<'_>,
    last: Option<&Leaves>,
    (ready, expires): (NaiveDate, NaiveDate),
    out: &mut Sink<'_>,
) {
    let (Some(leaves), Some(said)) = (last, credit.expiry) else { return };
    let (called, what, date) = (arrival::called(credit), &leaves.what, leaves.date);
    let lead = arrival::lead(case, credit);
    let days = (ready - expires).num_days();
    let short = timing::days(days);
    let finding = out.report(bi!(
        "{what} {date}，加 {lead} 天单据要到 {ready}，{called} {expires} 到期，差 {days} 天",
        "{what} {date}, papers {lead} days later on {ready}: {called} expires on {expires}, {short} too early"; what, called
    ));
    finding
        .at(arrival::at(case, &said), arrival::label(credit, said.source, ("31D 有效期", "31D expiry")))
        .at(case.order.origin.place(&leaves.path), what.clone())
        .help(arrival::amend(&bi!(
            "有效期展到 {ready} 以后；改不了就提前装船，单据先备好",
            "expiry not before {ready}; failing that, ship earlier and have the papers ready"
        )))
        .values([expires.to_string(), ready.to_string()]);
    arrival::close(case, credit, finding, Matters::UntilShipped);
}
