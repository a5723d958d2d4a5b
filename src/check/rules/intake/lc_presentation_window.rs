//! `lc-presentation-window`: too few days to present.

use super::super::prelude::*;

use crate::check::shared::arrival::{self, Matters};

/// Fewer days than this leave no room for a paper that has to be issued again.
const FEW: i64 = 10;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-presentation-window",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 c 款", "UCP 600 article 14 c"),
    title: ("交单期太短", "too few days to present"),
    docs: Docs {
        checks: (
            "信用证 48 栏的交单期不少于 10 天；比制单天数（默认 7 天）还短的报错。有效地在国外时，不少于制单加快递的天数。没写 48 栏就是 21 天，不报。装运以后成为历史。",
            "Field 48 gives at least 10 days; fewer than the days for making papers (7 unless configured) is an error. Where the credit expires abroad it gives at least those days and the courier's. Without field 48 it is 21 days and nothing is said. History once the goods have left.",
        ),
        why: (
            "提单、产地证、保险单都要时间，任何一张要重开就来不及；晚一天交单就是不符点。",
            "Bill of lading, certificate of origin and policy take their time; if one must be issued again it is too late, and one day late is a discrepancy.",
        ),
        fix: (
            "请客户把 48 栏改成 21 天，31D 有效期跟着往后。改不了：产地证、保险单装船前办好，提单当天取。",
            "Have field 48 amended to 21 days, with the expiry to match. Failing that, have origin and insurance ready before loading and collect the bill of lading on the day.",
        ),
    },
    example: example!("lc-presentation-window"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let documents = case.config().documents_days();
    for credit in arrival::credits(case) {
        let Some(said) = credit.present_within else { continue };
        let (days, lead) = (i64::from(said.value), arrival::lead(case, credit));
        if days >= FEW.max(lead) {
            continue;
        }
        let called = arrival::called(credit);
        let need = if days < documents {
            bi!("制单要 {documents} 天，来不及", "papers take {documents}: not enough")
        } else if days < lead {
            bi!("制单加快递要 {lead} 天，来不及", "papers and courier take {lead}: not enough")
        } else {
            bi!(
                "制单 {documents} 天，重开一张单据就来不及",
                "papers take {documents}, and one issued again is too late"
            )
        };
        let finding = out.report(bi!(
            "{called} 装运后只给 {days} 天交单，{need}",
            "{called} gives {days} days to present; {need}"; called, need
        ));
        if days < documents {
            finding.severity(Severity::Error);
        }
        finding.at(
            arrival::at(case, &said),
            arrival::label(credit, said.source, ("48 交单期", "48 period for presentation")),
        );
        if let Some(expiry) = credit.expiry {
            finding.at(
                arrival::at(case, &expiry),
                arrival::label(credit, expiry.source, ("31D 有效期", "31D expiry")),
            );
        }
        finding
            .help(arrival::amend(&bi!(
                "48 栏改成 21 天，有效期相应往后；改不了，产地证、保险单装船前办好",
                "field 48 to read 21 days, with the expiry to match; failing that, have origin and insurance ready before loading"
            )))
            .values([days, FEW.max(lead)]);
        arrival::close(case, credit, finding, Matters::UntilShipped);
    }
}
