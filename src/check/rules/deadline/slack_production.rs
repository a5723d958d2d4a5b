//! `slack-production`: production leaves no slack.

use super::super::prelude::*;

use crate::check::shared::timing;
use crate::derive::deadline::{AFTER_FINISH, Basis};
use crate::model::stage::Milestone;
use crate::text::Bi;

/// Days of slack below which somebody should look.
const TIGHT: i64 = 7;

/// The rule.
pub static RULE: Rule = Rule {
    name: "slack-production",
    group: Group::Deadline,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("生产余量不够", "production leaves no slack"),
    docs: Docs {
        checks: (
            "余量 = 最迟装运日 −（完工日 + 9 天）。9 天是验货 2、送港 2、堆场 2、等下一班船 3。完工日取实际、预计或填写的计划；最迟装运日取合同与有效信用证中较早的。小于 7 天警告，负数报错。推算出来的日期不报；货已完工、船期已订在最迟装运日以内的不报。",
            "Slack = latest shipment − (finish + 9 days). The 9 days are inspection 2, to the port 2, yard 2, next sailing 3. The finish is the actual, forecast or typed plan; the latest shipment is the earlier of contract and effective credit. Under 7 days is a warning, below zero an error. Derived dates make no finding, nor do finished goods whose sailing is booked in time.",
        ),
        why: (
            "货赶不上最后一班能用的船，信用证就过了装期，合同就违约；早知道一天，就多一天改证、改空运、催工厂。",
            "Goods that miss the last usable ship break contract and credit; every day of warning is a day to amend, fly or push the factory.",
        ),
        fix: (
            "先核对预计完工日是不是最新的。确实赶不上：今天就请客户同意展期并改信用证，同时问工厂能否分批先出、货代有没有更晚截港的船。",
            "See first whether the forecast is up to date. If it is, ask the buyer today to extend the date and amend the credit, and ask the factory for a part delivery and the forwarder for a later cut-off.",
        ),
    },
    example: example!("slack-production"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let Some(slack) = case.facts.slack.filter(|s| s.basis != Basis::Derived) else { return };
    let tight = case.config().rule_days("slack-production", "days", TIGHT);
    if !case.facts.is_open() || slack.days >= tight {
        return;
    }
    let sailings = timing::departure(case);
    let booked = !case.order.shipments.is_empty() && sailings.iter().all(|(day, _)| *day <= slack.latest);
    if slack.basis == Basis::Actual && booked {
        return;
    }
    let (days, finish, latest) = (slack.days, slack.finish, slack.latest);
    let which = match slack.basis {
        Basis::Actual => bi!("完工", "finished on"),
        Basis::Forecast => bi!("预计完工", "finish forecast for"),
        Basis::Plan | Basis::Derived => bi!("计划完工", "finish planned for"),
    };
    let short = days.abs();
    let (zh, en) = if days < 0 {
        (
            format!(
                "{} {finish}，加验货、进港、等船 {AFTER_FINISH} 天，赶不上最迟装运 {latest}，差 {short} 天",
                which.zh
            ),
            format!(
                "{} {finish}: with {AFTER_FINISH} days for inspection, port and ship it misses the latest shipment {latest} by {}",
                which.en,
                timing::days(short)
            ),
        )
    } else {
        (
            format!(
                "{} {finish}，加验货、进港、等船 {AFTER_FINISH} 天，离最迟装运 {latest} 只剩 {short} 天",
                which.zh
            ),
            format!(
                "{} {finish}: with {AFTER_FINISH} days for inspection, port and ship only {} left to the latest shipment {latest}",
                which.en,
                timing::days(short)
            ),
        )
    };
    let path = finish_path(case, slack.basis);
    let finding = out.report(Bi { zh, en });
    finding.at(case.order.origin.place(&path), bi!("完工", "finish"));
    if let Some(latest) = timing::latest(case.order, case.as_of()) {
        finding.at(case.order.origin.place(&latest.path), latest.name());
    }
    finding.until(Some(latest)).values([finish.to_string(), latest.to_string()]);
    if days < 0 {
        finding.help(bi!(
            "先看完工日是不是最新的；是的话今天就请客户同意展期（有信用证的改证），同时问能否先出一批、改快船或空运",
            "see whether the finish is up to date; if so, ask the buyer today for an extension (with a credit: an amendment), and look for a part shipment, a faster ship or air"
        ));
    } else {
        finding.severity(Severity::Warning).help(bi!(
            "盯住工厂，提前订验货和舱位；再晚就要请客户展期",
            "keep at the factory, book inspection and space early; any later and the buyer must extend the date"
        ));
    }
}

fn finish_path(case: &Case<'_>, basis: Basis) -> String {
    match basis {
        Basis::Actual => {
            let actual = case.facts.progress.milestone(Milestone::Produced).actual;
            actual.and_then(|a| a.proof).map_or_else(|| "actual.produced".to_owned(), |proof| proof.path)
        }
        _ => timing::typed(case.order, Milestone::Produced)
            .map_or_else(|| "ship_by".to_owned(), |(_, path)| path),
    }
}
