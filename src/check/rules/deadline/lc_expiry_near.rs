//! `lc-expiry-near`: a credit about to expire unused.

use super::super::prelude::*;

use crate::check::shared::timing;
use crate::derive::credit::clock;
use crate::model::value::Roll;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-expiry-near",
    group: Group::Deadline,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 6 条 d 款；公司规定", "UCP 600 article 6(d); house rule"),
    title: ("信用证快到期", "credit about to expire"),
    docs: Docs {
        checks: (
            "信用证有效期前 10 天起，还没有装运、没有交单的警告；过了有效期报错。货已装运的由 slack-presentation 说。",
            "From ten days before expiry, a credit under which nothing was shipped or presented is a warning; after expiry an error. Once the goods are shipped slack-presentation speaks.",
        ),
        why: ("过期的信用证等于没有信用证。", "An expired credit is no credit."),
        fix: (
            "货还走得成就马上请客户改证展期；这份信用证不用了的，登记 replaced_by，或取消订单。",
            "If the goods can still go, have the credit extended at once; if the credit is not needed any more, record `replaced_by` or cancel the order.",
        ),
    },
    example: example!("lc-expiry-near"),
    scope: Scope::Order(check),
};

/// Days before expiry from which it is near.
const NEAR: i64 = 10;

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if !case.facts.is_open() {
        return;
    }
    let exams = case.exams();
    for credit in &exams.credits {
        let used = exams.under(credit).any(|e| e.presented_on().is_some() || !e.shipped.is_empty());
        let Some(expiry) = credit.expiry.filter(|_| !used) else { continue };
        let last = clock::expiry_calendar(case.book(), credit).roll(expiry.value, Roll::Following);
        let left = (last - case.as_of()).num_days();
        if left > case.config().rule_days("lc-expiry-near", "days", NEAR) {
            continue;
        }
        let (number, en_left, over) = (credit.number(), timing::days(left), left.abs());
        let title = if left < 0 {
            bi!(
                "信用证 {number} {last} 已过期 {over} 天，什么都没交",
                "credit {number} expired on {last}, {over} days ago; nothing was presented"
            )
        } else {
            bi!(
                "信用证 {number} {last} 到期，还有 {left} 天，货还没装",
                "credit {number} expires on {last}, {en_left} left; nothing is shipped"
            )
        };
        let finding = out.report(title);
        if left < 0 {
            finding.severity(Severity::Error);
        }
        finding
            .at(case.order.origin.place(&expiry.source.path()), bi!("有效期", "expiry"))
            .help(bi!(
                "货还走得成，马上请客户改证展期；不用这份信用证了，登记 replaced_by 或取消订单",
                "if the goods can still go, have the credit extended at once; if it is not needed, record `replaced_by` or cancel the order"
            ))
            .values([last])
            .until(Some(last));
    }
}
