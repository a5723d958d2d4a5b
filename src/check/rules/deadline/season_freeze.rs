//! `season-freeze`: plan meets a long closure.

use super::super::prelude::*;

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::check::shared::timing;
use crate::derive::plan::shift;
use crate::model::stage::Milestone;
use crate::model::value::Calendar;

/// Closed days in a row that make a long closure.
const LONG: i64 = 7;
/// How far around a day a closure is looked for.
const REACH: i64 = 45;

/// The rule.
pub static RULE: Rule = Rule {
    name: "season-freeze",
    group: Group::Deadline,
    class: Class::Risk,
    severity: Severity::Info,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("计划碰上长假", "plan meets a long closure"),
    docs: Docs {
        checks: (
            "没完工的在手订单，预计或填写的完工日落在工厂日历的长假（连休 7 天以上）里；一二月的长假是春节，前 10 天、后 14 天也算，工人没到齐。日历里没有那一年的不判断，推算的日期不报。",
            "An open order not yet finished whose forecast or typed finish falls into a long closure (7 days or more) of the factory's calendar; one in January or February is Spring Festival, whose 10 days before and 14 days after count too, as workers are away. Years without a calendar are not judged, derived dates make no finding.",
        ),
        why: (
            "春节前后工厂人手、物料、拖车都紧，落在里面的交期多半要晚。",
            "Around Spring Festival workers, material and trucks are short, and a finish inside it is usually late.",
        ),
        fix: (
            "和工厂确认放假安排，能提前到节前就提前，不能就把预计改到节后，并告诉客户。",
            "Confirm the holiday with the factory; finish before it, or move the forecast behind it and tell the buyer.",
        ),
    },
    example: example!("season-freeze"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if !case.facts.is_open() || case.facts.progress.is_done(Milestone::Produced) {
        return;
    }
    let Some((finish, path)) = timing::typed(case.order, Milestone::Produced) else { return };
    if finish < case.as_of() {
        return;
    }
    let factory = if case.config().calendars.contains_key("factory") {
        case.book().calendar_of("factory").calendar
    } else {
        case.book().bank_calendar().calendar
    };
    let Some((start, end)) = closure(&factory, finish) else { return };
    let (zh, en) = if (start..=end).contains(&finish) {
        ("正在放假".to_owned(), "in the middle of it".to_owned())
    } else if finish < start {
        let days = (start - finish).num_days();
        (format!("离放假只有 {days} 天"), format!("{days} days before it"))
    } else {
        let days = (finish - end).num_days();
        (format!("复工才 {days} 天"), format!("{days} days after it"))
    };
    out.report(crate::text::Bi {
        zh: format!("完工 {finish}，工厂 {start} 到 {end} 长假，{zh}"),
        en: format!("finish on {finish}; the factory is closed {start} to {end}, {en}"),
    })
    .at(case.order.origin.place(&path), bi!("完工", "finish"))
    .help(bi!(
        "和工厂确认放假和复工日，能赶在节前就提前；不能就把预计改到节后并告诉客户",
        "confirm with the factory when it closes and resumes; finish before, or move the forecast behind it and tell the buyer"
    ))
    .values([finish, start, end]);
}

/// The long closure that a finish meets: its first and last day.
fn closure(calendar: &Calendar, finish: NaiveDate) -> Option<(NaiveDate, NaiveDate)> {
    let (from, to) = (shift(finish, -REACH)?, shift(finish, REACH)?);
    let near: BTreeSet<NaiveDate> = calendar.closed.range(from..=to).copied().collect();
    let mut runs: Vec<(NaiveDate, NaiveDate)> = Vec::new();
    for day in near {
        match runs.last_mut() {
            // A weekend between holidays belongs to the closure.
            Some((_, end)) if is_closed_between(calendar, *end, day) => *end = day,
            _ => runs.push((day, day)),
        }
    }
    runs.into_iter().filter(|(start, end)| (*end - *start).num_days() + 1 >= LONG).find(|(start, end)| {
        let spring = start.month() <= 2;
        let (before, after) = if spring { (10, 14) } else { (0, 0) };
        let (ahead, behind) = ((*start - finish).num_days(), (finish - *end).num_days());
        if ahead > 0 { ahead < before } else { behind <= after }
    })
}

fn is_closed_between(calendar: &Calendar, from: NaiveDate, to: NaiveDate) -> bool {
    let mut day = from;
    while let Some(next) = day.succ_opt().filter(|next| *next < to) {
        if calendar.is_open(next) {
            return false;
        }
        day = next;
    }
    true
}
