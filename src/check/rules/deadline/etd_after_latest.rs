//! `etd-after-latest`: departure after the latest shipment.

use super::super::prelude::*;

use crate::check::shared::timing::{self, Latest};
use crate::config::RuleState;
use crate::derive::credit;
use crate::model::stage::Milestone;

/// A departure closer to the latest shipment than this leaves no second ship.
const NEXT_SHIP: i64 = 7;

/// The rule.
pub static RULE: Rule = Rule {
    name: "etd-after-latest",
    group: Group::Deadline,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: (
        "合同装运期；UCP 600 第 29 条 c 款（最迟装运日不顺延）",
        "the contract's time of shipment; UCP 600 article 29 c: the latest date of shipment is not extended",
    ),
    title: ("船期晚于最迟装运日", "departure after the latest shipment"),
    docs: Docs {
        checks: (
            "每批货的预计开船日（没有就看计划装运日，再没有看预计或填写的计划）不晚于合同最迟装运日和有效信用证 44C 中较早的一个。推算的日期不比。还没开船、晚于信用证 44C 的由 lc-dates-workable 说。还没开船而只早不到 7 天的，提示一下。",
            "The expected departure of every shipment (else its planned shipment, else the forecast or typed plan) is not after the earlier of the contract's latest shipment and 44C of the credit in force. Derived dates are not compared. Goods that have not left and would miss 44C are for lc-dates-workable to say. A departure less than 7 days before it is information.",
        ),
        why: (
            "晚装一天，信用证项下就是不符点，赊销项下客户可以拒收或扣款。",
            "One day late is a discrepancy under a credit, and a reason to refuse or deduct under open account.",
        ),
        fix: (
            "换更早的船；没有船，装运前请客户书面同意展期并把旧日期记进 amendments，有信用证的先改证、接受后再装。已经装了的，争取客户接受不符点，再豁免。运输单据上的日期不能动。",
            "Find an earlier sailing; if there is none, have the buyer extend in writing before shipment, note the old date in amendments, and under a credit amend it and accept the amendment first. If the goods have left, obtain the buyer's acceptance and waive this. Dates on transport documents are never touched.",
        ),
    },
    example: example!("etd-after-latest"),
    scope: Scope::Order(check),
};

/// One roll-over away from being late: worth knowing, nothing is wrong.
fn near(case: &Case<'_>, latest: &Latest, out: &mut Sink<'_>) {
    if !case.facts.is_open() || case.facts.progress.is_done(Milestone::Shipped) {
        return;
    }
    let last = timing::departure(case).into_iter().filter(|(etd, _)| *etd >= case.as_of()).max();
    let Some((etd, path)) = last else { return };
    let (days, date, name) = ((latest.date - etd).num_days(), latest.date, latest.name());
    if !(0..NEXT_SHIP).contains(&days) {
        return;
    }
    let (name, left) = (&name, timing::days(days));
    let title = if days == 0 {
        bi!(
            "预计 {etd} 开船，{name}就是这一天，甩一次就晚了",
            "departure is expected on {etd}, the very {name}: one roll-over makes it late"; name
        )
    } else {
        bi!(
        "预计 {etd} 开船，离{name} {date} 只有 {days} 天，再甩一次就晚了",
        "departure is expected on {etd}, only {left} before the {name} {date}: one roll-over makes it late"; name
        )
    };
    out.report(title)
    .severity(Severity::Info)
    .until(Some(date))
    .at(case.order.origin.place(&path), bi!("开船", "departure"))
    .at(case.order.origin.place(&latest.path), latest.name())
    .help(bi!(
        "请货代确认不甩柜；准备好展期的邮件",
        "have the forwarder confirm that the goods will not be rolled; keep the mail asking for an extension ready"
    ))
    .values([etd, date]);
}

/// What has not left and would miss the credit is said, with the amendment to ask for, where the credit is examined.
fn is_said(case: &Case<'_>, latest: &Latest, path: &str) -> bool {
    let left = |i: usize| path.starts_with(&format!("shipments[{i}].")) && timing::has_left(case, i);
    let gone = case.facts.progress.is_done(Milestone::Shipped) || (0..case.order.shipments.len()).any(left);
    let by_credit = credit::order_latest_shipment(case.order, case.as_of()) == Some(latest.date);
    by_credit && !gone && case.config().rule("lc-dates-workable") != RuleState::Off
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() {
        return;
    }
    let Some(latest) = timing::latest(case.order, case.as_of()) else { return };
    near(case, &latest, out);
    for (etd, path) in timing::departure(case).into_iter().filter(|(etd, _)| *etd > latest.date) {
        if is_said(case, &latest, &path) {
            continue;
        }
        let (date, days, name) = (latest.date, (etd - latest.date).num_days(), latest.name());
        let name = &name;
        let late = timing::days(days);
        let finding = out.report(bi!(
            "预计 {etd} 开船，{name}是 {date}，晚 {days} 天",
            "departure is expected on {etd}, the {name} is {date}: {late} late"; name
        ));
        finding
            .at(case.order.origin.place(&path), bi!("开船", "departure"))
            .at(case.order.origin.place(&latest.path), latest.name())
            .until(Some(date))
            .values([etd.to_string(), date.to_string()]);
        if latest.by_credit {
            finding.help(bi!(
                "先看有没有改证漏登记；没有就换 {date} 前的船，或请客户改证展期，改证接受后再装",
                "see first whether an amendment was not recorded; otherwise book a ship by {date}, or have the credit extended and accept the amendment before loading"
            ));
        } else {
            finding.help(bi!(
                "先看客户是不是已同意展期而没登记（改 ship_by，旧值写进 amendments）；没有就换 {date} 前的船，或今天请客户书面同意",
                "see first whether the buyer has agreed to a later date that is not recorded (change ship_by, keep the old one in amendments); otherwise book a ship by {date} or get the consent in writing today"
            ));
        }
    }
}
