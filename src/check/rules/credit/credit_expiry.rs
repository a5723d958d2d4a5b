//! `credit-expiry`: presented after the credit expired.

use super::super::prelude::*;

use crate::check::shared::timing;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-expiry",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 6 条 d、e 款，第 29 条 a 款", "UCP 600 articles 6(d), 6(e), 29(a)"),
    title: ("信用证过期才交单", "presented after expiry"),
    docs: Docs {
        checks: (
            "每次交单的日期不晚于信用证有效期（31D）；有效期遇有效地银行休息日顺延到下一个营业日。修改接受以后按修改。",
            "Each presentation is made on or before the expiry date (31D), which moves to the next banking day of the place of expiry when it falls on a closed day. Accepted amendments count.",
        ),
        why: (
            "过了有效期，银行没有付款义务，只能看客户愿不愿意接受。",
            "After expiry the bank owes nothing; payment depends on the applicant alone.",
        ),
        fix: (
            "先核对交单日是不是交到银行柜台的那天。确实过期：请客户同意展期并由开证行改证，或请客户书面接受不符点，改按托收处理。",
            "First see whether the date is the day the bank received the papers. If it is, have the buyer agree to an extension and the issuing bank amend the credit, or have the buyer accept the discrepancy in writing, or send the papers for collection.",
        ),
    },
    example: example!("credit-expiry"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        let (Some(presented), Some(limit), Some(expiry)) =
            (exam.presented_on(), exam.limit.by_expiry, exam.credit.expiry.as_ref())
        else {
            continue;
        };
        let days = (presented - limit.date).num_days();
        let Some(path) = exam.path("date").filter(|_| days > 0) else { continue };
        let (number, last, en_days) = (exam.credit.number(), limit.date, timing::days(days));
        let rolled = if last == expiry.value {
            Bi::default()
        } else {
            bi!("（原到期日遇休息日顺延）", " (moved off a closed day)")
        };
        let finding = out.report(bi!(
            "{presented} 交单，信用证 {number} 有效期到 {last}{rolled}，晚了 {days} 天",
            "presented on {presented}; credit {number} expired on {last}{rolled}, {en_days} earlier";
            rolled
        ));
        finding.at(case.order.origin.place(&path), bi!("交单日", "presented"))
        .at(case.order.origin.place(&expiry.source.path()), bi!("有效期", "expiry"))
        .help(bi!(
            "先核对交单日是不是交到银行柜台的那天；确实过期，请客户同意并由开证行改证展期，或请客户书面接受不符点",
            "first see whether the date is the day the bank received the papers; if it is, have the buyer agree and the issuing bank extend the credit, or have the buyer accept the discrepancy in writing"
        ))
        .values([presented, last]);
        // A paper that did not exist on the last day could never have been in time.
        for paper in exam.papers.each().filter(|p| p.printed.day().is_some_and(|day| day > last)) {
            let field = if paper.printed.date.is_some() { "date" } else { "issued" };
            finding.at(case.order.origin.place(&paper.path(field)), paper.name());
        }
        finding.past |= exam.past;
    }
}
