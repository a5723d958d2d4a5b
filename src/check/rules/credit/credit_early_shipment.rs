//! `credit-early-shipment`: shipped before the period of the credit begins.

use super::super::prelude::*;

use crate::check::shared::{exams, timing};

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-early-shipment",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 3 条", "UCP 600 article 3"),
    title: ("早于装运期", "shipped before the shipment period"),
    docs: Docs {
        checks: (
            "44D 写了装运期的，每份运输单据的装运日不早于期初；“on or about 某日”是前后各 5 天，连同当天 11 天。",
            "Where 44D gives a period, no transport document shows an earlier shipment; \"on or about\" a day is five days before to five days after, eleven days in all.",
        ),
        why: (
            "装运期之前装的货，同样是不符。",
            "Goods shipped before the period are as discrepant as goods shipped after it.",
        ),
        fix: (
            "先核对登记的日期。确实早装：请客户改证放宽期初，或书面接受。",
            "First see whether the date is right. If it is, have the credit amended or have the buyer accept in writing.",
        ),
    },
    example: example!("credit-early-shipment"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        let first = exam
            .credit
            .shipment_period
            .iter()
            .filter_map(|p| Some((exams::window(p.value)?.from?, p.source)));
        let Some((first, source)) = first.min_by_key(|(day, _)| *day) else { continue };
        for transport in exam.papers.transports() {
            let Some((shipped, field)) = transport.shipped.filter(|(day, _)| *day < first) else { continue };
            let days = (first - shipped).num_days();
            let (name, en_days, number) = (transport.paper.name(), timing::days(days), exam.credit.number());
            let finding = exams::say(
                case,
                exam,
                &transport.paper,
                field,
                Some(&source),
                bi!(
                    "{name} 装运日 {shipped}，信用证 {number} 的装运期从 {first} 开始，早 {days} 天",
                    "{name} shows shipment on {shipped}; the period of credit {number} begins on {first}, {en_days} later";
                    name
                ),
                out,
            );
            finding
                .help(bi!(
                    "先核对登记的日期；确实早装，请客户改证放宽期初，或书面接受不符点",
                    "first see whether the date is right; if it is, have the credit amended or have the buyer accept the discrepancy in writing"
                ))
                .values([shipped, first])
                .until(None);
        }
    }
}
