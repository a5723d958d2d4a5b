//! `sanction-screen-stale`: a party was not screened within the days before shipment.

use super::super::prelude::*;
use crate::model::party::{Party, PartyKind};
use chrono::NaiveDate;
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "sanction-screen-stale",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: true,
    since: "0.1.0",
    source: ("公司规定（合规）", "house rule (compliance)"),
    title: ("合规筛查过期", "sanctions screening out of date"),
    docs: Docs {
        checks: (
            "默认关闭。没结案的订单：客户、供应商、货代的 screened 在装运日（没装运的按今天）前 90 天以内；天数用 days 改。",
            "Off by default. On open orders customer, suppliers and forwarders were `screened` within 90 days before shipment (today while not shipped); `days` changes the number.",
        ),
        why: (
            "制裁名单每周更新；一年前查过不等于今天没问题。",
            "Sanctions lists change every week; a screening of last year says nothing about today.",
        ),
        fix: (
            "重新筛查，把日期写进往来单位文件的 screened。",
            "Screen again and write the date into `screened` of the party's file.",
        ),
    },
    example: example!("sanction-screen-stale"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if !case.facts.is_open() {
        return;
    }
    let day = case.facts.shipments.iter().filter_map(|s| s.shipped).min().unwrap_or_else(|| case.as_of());
    let days = case.config().rule_days(RULE.name, "days", 90);
    let mut seen = BTreeSet::new();
    let order = case.order;
    let names = std::iter::once((PartyKind::Customer, order.customer.as_deref()))
        .chain(
            order
                .items
                .iter()
                .map(|i| (PartyKind::Supplier, i.buy.as_deref().and_then(|b| b.from.as_deref()))),
        )
        .chain(order.shipments.iter().map(|s| (PartyKind::Forwarder, s.forwarder.as_deref())));
    for (kind, name) in names {
        let Some(name) = name.filter(|name| seen.insert((kind, *name))) else { continue };
        if let Some(party) = case.book().party(kind, name) {
            look(party, day, days, out);
        }
    }
}

fn look(party: &Party, day: NaiveDate, days: i64, out: &mut Sink<'_>) {
    let age = party.file.screened.map(|screened| (day - screened).num_days());
    if age.is_some_and(|age| age <= days) {
        return;
    }
    let ((zh, en), id) = (party.kind.title(), &party.id);
    let title = match (party.file.screened, age) {
        (Some(date), Some(age)) => bi!(
            "{zh} {id} 上次筛查 {date}，到 {day} 已 {age} 天，超过 {days} 天",
            "{en} {id} was screened on {date}, {age} days before {day}; {days} are allowed"
        ),
        _ => bi!("{zh} {id} 没有合规筛查记录", "{en} {id} has no screening on record"),
    };
    out.report(title)
        .at(party.origin.place("screened"), bi!("筛查日", "screened"))
        .values([party.file.screened.map_or_else(String::new, |d| d.to_string())])
        .help(bi!(
            "查制裁名单，把结果存档，再改 screened 的日期",
            "screen against the lists, file the result, then change `screened`"
        ));
}
