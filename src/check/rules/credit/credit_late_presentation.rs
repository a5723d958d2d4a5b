//! `credit-late-presentation`: presented later than the period of field 48.

use super::super::prelude::*;

use crate::check::shared::timing;
use crate::derive::credit::clock;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-late-presentation",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 c 款，第 29 条 a 款", "UCP 600 articles 14(c), 29(a)"),
    title: ("超过交单期", "presented too late after shipment"),
    docs: Docs {
        checks: (
            "要求正本运输单据的信用证：交单日不晚于装运日加 48 栏规定的天数（没写是 21 天），遇有效地银行休息日顺延。一次交几套、允许分批的，从最早的装运日算；禁止分批的，从最晚的装运日算。有效期另由 credit-expiry 检查。",
            "Where an original transport document is asked for: presented no later than shipment plus the days of field 48 (21 where silent), moved to the next banking day of the place of expiry. Several sets in one presentation run from the earliest shipment, or from the latest where partial shipments are not allowed. Expiry is for credit-expiry.",
        ),
        why: (
            "晚交单是补不回来的不符点，银行可以据此拒付。",
            "Late presentation cannot be cured; the bank may refuse for it alone.",
        ),
        fix: (
            "先核对装船日和交单日。确实晚了：请客户书面接受，或请开证行改长交单期。以后一批一交，各算各的期限。",
            "First see whether both dates are right. If they are, have the buyer accept in writing or the issuing bank lengthen the period. From now on present each shipment by itself, so that each has its own clock.",
        ),
    },
    example: example!("credit-late-presentation"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        let (Some(presented), Some(limit)) = (exam.presented_on(), exam.limit.by_period) else { continue };
        let late = (presented - limit.date).num_days();
        let Some(path) = exam.path("date").filter(|_| late > 0) else { continue };
        let credit = &exam.credit;
        let days = credit.present_within.as_ref().map_or(clock::DEFAULT_DAYS, |d| d.value);
        let Some(start) = clock::presentation_start(credit.allows_partial(), &exam.shipped) else { continue };
        let several = exam.shipped.iter().any(|day| *day != start);
        let (last, en_late) = (limit.date, timing::days(late));
        let finding = out.report(bi!(
            "{presented} 交单，装运 {start} 起 {days} 天，最晚 {last}，晚了 {late} 天",
            "presented on {presented}; {days} days from shipment on {start} ended on {last}, {en_late} earlier"
        ));
        finding.at(case.order.origin.place(&path), bi!("交单日", "presented"));
        let shipped =
            exam.papers.transports().into_iter().find(|t| t.shipped.is_some_and(|(day, _)| day == start));
        if let Some((transport, (_, field))) = shipped.and_then(|t| Some((t, t.shipped?))) {
            finding.at(case.order.origin.place(&transport.paper.path(field)), transport.paper.name());
        }
        if let Some(period) = credit.present_within.as_ref() {
            finding
                .at(case.order.origin.place(&period.source.path()), bi!("交单期", "period for presentation"));
        }
        finding
            .help(if several && credit.allows_partial() {
                bi!(
                    "几批一起交，从最早的一批算；请客户书面接受或改证，以后每批单独交单",
                    "shipments presented together run from the earliest one; have the buyer accept in writing or the credit amended, and present each shipment by itself from now on"
                )
            } else {
                bi!(
                    "先核对两个日期；确实晚了，请客户书面接受，或请开证行改长交单期",
                    "first see whether both dates are right; if they are, have the buyer accept in writing or the issuing bank lengthen the period"
                )
            })
            .values([presented, last]);
        finding.past |= exam.past;
    }
}
