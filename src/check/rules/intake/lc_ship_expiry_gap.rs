//! `lc-ship-expiry-gap`: the expiry cuts the period for presentation short.

use super::super::prelude::*;
use super::lc_dates_workable;

use crate::check::shared::arrival::{self, Matters};
use crate::derive::credit::clock;
use crate::derive::plan::shift;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-ship-expiry-gap",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 6 条 d 款、第 14 条 c 款", "UCP 600 articles 6 d and 14 c"),
    title: ("有效期把交单期截短了", "the expiry cuts the presentation period short"),
    docs: Docs {
        checks: (
            "最迟装运日（44C，或 44D 的最后一天）到有效期的天数不少于交单期；48 栏没写、又要正本运输单据的按 21 天。装运以后成为历史。",
            "From the latest shipment (44C, or the last day of 44D) to the expiry there are at least the days of field 48, or 21 where it is silent and an original transport document is asked for. History once the goods have left.",
        ),
        why: (
            "交单不能晚于有效期。踩着最迟装运日装，写着 21 天的交单期实际只剩这几天。",
            "Nothing can be presented after the expiry. Goods shipped on the last day have only these days, whatever field 48 says.",
        ),
        fix: (
            "请客户把有效期改成最迟装运日加交单期；不改就把最后装船日往前算，别用到最后几天。",
            "Have the expiry amended to the latest shipment plus the period; failing that, count back from the expiry and do not use the last days for shipping.",
        ),
    },
    example: example!("lc-ship-expiry-gap"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for credit in arrival::credits(case) {
        let default = || clock::asks_original_transport(credit).then_some(clock::DEFAULT_DAYS);
        let period = credit.present_within.map(|p| p.value).or_else(default).map(i64::from);
        let (Some(expiry), Some(latest), Some(period)) = (credit.expiry, arrival::latest(credit), period)
        else {
            continue;
        };
        let days = (expiry.value - latest).num_days();
        // Where the papers of the planned shipment would come too late, `lc-dates-workable` says more.
        if days >= period || lc_dates_workable::expires_too_early(case, credit) {
            continue;
        }
        let (called, end) = (arrival::called(credit), expiry.value);
        let finding = out.report(if days < 0 {
            bi!(
                "{called} 的有效期 {end} 早于最迟装运日 {latest}",
                "{called} expires on {end}, before its latest shipment {latest}"; called
            )
        } else {
            bi!(
                "{called} 最迟装运 {latest} 到有效期 {end} 只有 {days} 天，交单期写的是 {period} 天",
                "{called}: latest shipment {latest} to expiry {end} is {days} days, the period for presentation is {period}"; called
            )
        });
        finding.at(
            arrival::at(case, &expiry),
            arrival::label(credit, expiry.source, ("31D 有效期", "31D expiry")),
        );
        if let Some(said) = credit.latest_shipment {
            finding.at(
                arrival::at(case, &said),
                arrival::label(credit, said.source, ("44C 最迟装运", "44C latest shipment")),
            );
        } else if let Some(said) = credit.shipment_period.last() {
            finding.at(
                arrival::at(case, said),
                arrival::label(credit, said.source, ("44D 装运期", "44D shipment period")),
            );
        }
        if let Some(said) = credit.present_within {
            finding.at(
                arrival::at(case, &said),
                arrival::label(credit, said.source, ("48 交单期", "48 period for presentation")),
            );
        }
        let (wanted, safe) = (shift(latest, period), shift(end, -period));
        let (Some(wanted), Some(safe)) = (wanted, safe) else { continue };
        finding
            .help(arrival::amend(&bi!(
                "有效期展到 {wanted}；改不了，最晚 {safe} 装船才有满 {period} 天",
                "expiry to be {wanted}; failing that, only goods shipped by {safe} have the full {period} days"
            )))
            .values([days, period]);
        arrival::close(case, credit, finding, Matters::UntilShipped);
    }
}
