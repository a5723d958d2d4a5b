//! `calendar-missing`: calendar of a year missing.

use super::super::prelude::*;

use std::collections::BTreeMap;

use chrono::{Datelike, NaiveDate};

use crate::check::finding::Place;
use crate::derive::credit;
use crate::derive::plan::shift;
use crate::model::document::LetterOfCredit;
use crate::model::value::{Country, Tenor, place};

/// What lacks a calendar: the calendar's id or the country, and the year (0 where there is none at all).
type Gap = (String, i32);
/// An order that needs it: its ID, the place of the date, the date.
type Need = (std::sync::Arc<str>, Place, NaiveDate);

/// The rule.
pub static RULE: Rule = Rule {
    name: "calendar-missing",
    group: Group::Deadline,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: (
        "公司规定；银行工作日按当地日历（UCP 600 第 2 条）",
        "house rule; banking days are those of the place (UCP 600 article 2)",
    ),
    title: ("缺某一年的日历", "calendar of a year missing"),
    docs: Docs {
        checks: (
            "在手订单里要按银行工作日算的日期（已装运货物的到期日、信用证有效期和交单期、承兑到期日），所在的年份有日历文件。每个日历每年只报一次；没有配置日历的国家只提示。",
            "Dates of open orders that are computed with banking days (due dates of shipped goods, expiry and presentation period of credits, maturities) fall in years with a calendar file. Said once per calendar and year; a country without any calendar is information.",
        ),
        why: (
            "没有放假表，落在假日的到期日、交单日算不准，页面上只能标“暂定”。",
            "Without the holidays a due date or presentation limit on a closed day cannot be known; pages mark it as provisional.",
        ),
        fix: (
            "国务院公布放假安排后，照上一年的文件建 calendar/<日历>-<年>.toml；国外的照当地央行公布的写。",
            "When the holidays are published, create calendar/<id>-<year>.toml from last year's file; for other countries use the central bank's list.",
        ),
    },
    example: example!("calendar-missing"),
    scope: Scope::Book(check),
};

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    let mut gaps: BTreeMap<Gap, Vec<Need>> = BTreeMap::new();
    for (order, own) in facts.each().filter(|(_, own)| own.is_open()) {
        let case = Case::new(order, own, facts);
        for (country, date, path) in dates(&case) {
            if let Some(gap) = gap(facts, &country, date) {
                let need = (std::sync::Arc::clone(&order.id), order.origin.place(&path), date);
                gaps.entry(gap).or_default().push(need);
            }
        }
    }
    for (gap, needs) in gaps {
        say(facts, &gap, &needs, out);
    }
}

fn gap(facts: &Facts<'_>, country: &str, date: NaiveDate) -> Option<Gap> {
    let found = facts.book.calendar_of(country);
    if found.weekend_only {
        return Some((found.calendar.id, 0));
    }
    (!found.calendar.covers(date)).then(|| (found.calendar.id, date.year()))
}

/// Dates that fall on banking days: the country whose days count, the date, where it comes from.
fn dates(case: &Case<'_>) -> Vec<(String, NaiveDate, String)> {
    let seller = case.config().company().country.unwrap_or_else(|| "CN".to_owned());
    let mut all = Vec::new();
    if !case.facts.money.settled
        && let Some((date, path)) = last_due(case)
    {
        all.push((seller, date, path));
    }
    for (i, lc) in case.order.docs.lc.iter().enumerate().filter(|(_, lc)| lc.paper.is_current()) {
        all.extend(credit_dates(case, i, lc));
    }
    for (i, c) in case.order.docs.collection.iter().enumerate().filter(|(_, c)| c.paid.is_none()) {
        if let Some((country, date)) = c.place.as_deref().and_then(country_of).zip(c.maturity) {
            all.push((country, date, format!("collection[{i}].maturity")));
        }
    }
    all
}

/// The last due date that shipped goods fix.
fn last_due(case: &Case<'_>) -> Option<(NaiveDate, String)> {
    let shipped = case.facts.shipments.iter().filter_map(|s| Some((s.shipped?, s.proof.clone()?)));
    let (day, path) = shipped.max_by_key(|(day, _)| *day)?;
    let terms = case.facts.money.terms.as_ref()?;
    let tenors = terms.instalments.iter().filter_map(|part| match part.tenor {
        Some(Tenor::Days(days, _)) => shift(day, i64::from(days)),
        Some(Tenor::On(date)) => Some(date),
        _ => Some(day),
    });
    Some((tenors.max()?, path))
}

fn credit_dates(case: &Case<'_>, i: usize, lc: &LetterOfCredit) -> Vec<(String, NaiveDate, String)> {
    let presented = case.order.docs.presentation.iter().any(|p| p.date.is_some_and(|d| d <= case.as_of()));
    let expiry = credit::expiry(lc, case.as_of()).filter(|_| !presented);
    let maturity = case.order.docs.presentation.iter().enumerate().filter(|(_, p)| p.paid.is_none());
    let maturity = maturity.filter_map(|(n, p)| Some((p.maturity?, format!("presentation[{n}].maturity"))));
    let payer = lc.payable_at.as_deref().or(lc.issuer_place.as_deref()).and_then(country_of);
    let at_expiry = lc.expiry_place.as_deref().and_then(country_of).zip(expiry);
    let at_payer = maturity.filter_map(|(day, path)| Some((payer.clone()?, day, path)));
    let expiries = at_expiry.map(|(country, day)| (country, day, format!("lc[{i}].expiry")));
    expiries.into_iter().chain(at_payer).collect()
}

/// The country of a place written as a country, a code or a town.
fn country_of(text: &str) -> Option<String> {
    Country::parse(text)
        .map(|c| c.code().to_owned())
        .or_else(|| place::resolve(text).map(|p| p.country().to_owned()))
}

fn say(facts: &Facts<'_>, (id, year): &Gap, needs: &[Need], out: &mut Sink<'_>) {
    let Some((first, at, date)) =
        needs.iter().min_by_key(|(order, _, date)| (*date, std::sync::Arc::clone(order)))
    else {
        return;
    };
    let mut orders: Vec<&str> = needs.iter().map(|(order, ..)| &**order).collect();
    orders.dedup();
    let count = orders.len();
    let more = count.saturating_sub(1);
    let (zh, en) = match more {
        0 => (format!("{first}（{date}）"), format!("{first} ({date})")),
        1 => (format!("{first}（{date}）等 2 票"), format!("{first} ({date}) and 1 more order")),
        _ => (format!("{first}（{date}）等 {count} 票"), format!("{first} ({date}) and {more} more orders")),
    };
    if *year == 0 {
        let finding = out.report(crate::text::Bi {
            zh: format!("{id} 没有日历，只按周末算：{zh}的日期是暂定的"),
            en: format!("no calendar for {id}, weekends only: dates of {en} are provisional"),
        });
        finding.severity(Severity::Info).at(at.clone(), bi!("要算的日期", "the date"));
        finding.help(bi!(
            "要算准，建一个日历文件，并在 gendan.toml 的 [calendars] 里写上 {id}",
            "to be exact, create a calendar file and name it for {id} in [calendars] of gendan.toml"
        ));
        finding.values([id.clone()]);
        return;
    }
    let finding = out.report(crate::text::Bi {
        zh: format!("缺 {year} 年的日历 {id}：{zh}的日期是暂定的"),
        en: format!("calendar {id} has no year {year}: dates of {en} are provisional"),
    });
    finding.at(at.clone(), bi!("要算的日期", "the date"));
    if let Some((_, origin)) = facts.book.calendars.get(id).and_then(|years| years.values().next_back())
        && let Some(file) = origin.files().first()
    {
        finding.at(Place::file(file), bi!("最近一年的日历", "the latest year there is"));
    }
    finding
        .help(bi!(
            "放假安排公布后，照上一年的文件建 calendar/{id}-{year}.toml",
            "when the holidays are published, create calendar/{id}-{year}.toml from the latest year's file"
        ))
        .values([id.clone(), year.to_string()]);
}
