//! `credit-late-shipment`: shipped after the latest date of the credit.

use super::super::prelude::*;

use chrono::NaiveDate;

use crate::check::shared::{exams, timing};
use crate::derive::credit::Credit;
use crate::derive::credit::terms::Source;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-late-shipment",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 29 条 c 款，第 19 至 25 条", "UCP 600 article 29(c), articles 19 to 25"),
    title: ("晚于最迟装运日", "shipped after the latest date"),
    docs: Docs {
        checks: (
            "每份运输单据的装运日不晚于信用证的最迟装运日（44C，或 44D 的最后一天），按已接受的修改。最迟装运日遇休息日不顺延。装运日：提单看装船批注，没有批注的已装船提单看签发日；空运单看签发日，航班栏不算；公铁运单看收货章；快递看取件日。",
            "The shipment date of each transport document is on or before the latest date (44C, or the end of 44D), as amended and accepted. That date never moves for holidays. The date is the on-board notation, or the issue date of a shipped B/L without one; the issue date of an air waybill (never its flight box); the stamp of a rail or road waybill; the pick-up of a courier.",
        ),
        why: ("晚装运是补不回来的不符点。", "Late shipment cannot be cured by any paper."),
        fix: (
            "先核对登记的日期与单据是否一致。确实晚了：交单前请客户同意改证展期；已经来不及，请客户书面接受不符点。绝不能要求船公司倒签日期。",
            "First see whether the record agrees with the paper. If the goods left late, have the credit amended before presentation, or have the buyer accept the discrepancy in writing. Never ask a carrier for another date.",
        ),
    },
    example: example!("credit-late-shipment"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        let Some((latest, source)) = latest(&exam.credit) else { continue };
        for transport in exam.papers.transports() {
            let Some((shipped, field)) = transport.shipped.filter(|(day, _)| *day > latest) else { continue };
            let days = (shipped - latest).num_days();
            let (name, en_days, number) = (transport.paper.name(), timing::days(days), exam.credit.number());
            let pending = pending(&exam.credit, shipped);
            let finding = exams::say(
                case,
                exam,
                &transport.paper,
                field,
                Some(&source),
                bi!(
                    "{name} 装运日 {shipped}，信用证 {number} 最迟 {latest}，晚 {days} 天",
                    "{name} shows shipment on {shipped}; credit {number} allows {latest} at the latest, {en_days} earlier";
                    name
                ),
                out,
            );
            finding.help(if pending {
                bi!(
                    "有一份改证放宽了装运期，还没有接受：核对无误就书面接受并登记 accepted，再交单",
                    "an amendment that allows this date has not been accepted: if it is right, accept it in writing, record `accepted`, then present"
                )
            } else {
                bi!(
                    "先核对登记与单据；确实晚装，交单前请客户改证展期，来不及就请客户书面接受不符点",
                    "first compare the record with the paper; if the goods left late, have the credit amended before presentation, or have the buyer accept the discrepancy in writing"
                )
            });
            finding.values([shipped, latest]);
            // No other paper cures a late shipment.
            finding.until(None);
        }
    }
}

/// 44C, or the last day of a single period of 44D; instalments have a rule of their own.
fn latest(credit: &Credit<'_>) -> Option<(NaiveDate, Source)> {
    if let Some(said) = credit.latest_shipment {
        return Some((said.value, said.source));
    }
    match credit.shipment_period.as_slice() {
        [period] => exams::window(period.value).and_then(|w| Some((w.to?, period.source))),
        _ => None,
    }
}

/// An amendment that is neither accepted nor rejected allows the day.
fn pending(credit: &Credit<'_>, shipped: NaiveDate) -> bool {
    let open = credit.lc.amendments.iter().filter(|a| a.accepted.is_none() && a.rejected.is_none());
    open.filter_map(|a| a.set.as_deref()?.latest_shipment).any(|day| day >= shipped)
}
