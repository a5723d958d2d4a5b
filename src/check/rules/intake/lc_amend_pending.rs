//! `lc-amend-pending`: an amendment waits for an answer.

use super::super::prelude::*;

use crate::check::shared::arrival::{self, Matters};
use crate::derive::credit;
use crate::model::document::CreditAmendment;

/// Banking days after which an amendment should be answered.
const DAYS: i64 = 2;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-amend-pending",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 10 条 c 款", "UCP 600 article 10 c"),
    title: ("改证没有答复", "an amendment waits for an answer"),
    docs: Docs {
        checks: (
            "收到的改证 2 个银行工作日内有接受或拒绝。交单以后成为历史。",
            "An amendment that was received is accepted or rejected within 2 banking days. History once the papers are presented.",
        ),
        why: (
            "没接受之前旧条款有效：以为展期了就装船，装完才发现改证还没接受。照新条款交单等于接受。",
            "Until it is accepted the old terms bind: goods are loaded in the belief that the date was extended, and it was not. Presenting papers that fit only the new terms is acceptance.",
        ),
        fix: (
            "逐条看改证，整份接受或整份拒绝，当天书面告诉通知行，登记 accepted 或 rejected。",
            "Read the amendment, accept or reject it as a whole, tell the advising bank in writing the same day, and record accepted or rejected.",
        ),
    },
    example: example!("lc-amend-pending"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let days = case.config().rule_days("lc-amend-pending", "days", DAYS);
    let days = u32::try_from(days.max(0)).unwrap_or(u32::MAX);
    let calendar = case.book().bank_calendar().calendar;
    for credit in arrival::credits(case) {
        for (n, amendment) in credit.lc.amendments.iter().enumerate() {
            let received = amendment.received.or(amendment.date).filter(|day| *day <= case.as_of());
            let Some(received) = received.filter(|_| pending(amendment, case)) else { continue };
            if calendar.add_banking_days(received, days) > case.as_of() {
                continue;
            }
            let (called, age) = (arrival::called(credit), (case.as_of() - received).num_days());
            let number = amendment.number.as_deref().unwrap_or_default();
            let changes = credit::changes(amendment);
            let (zh, en) = match changes.is_empty() {
                true => (String::new(), String::new()),
                false => (format!("（{}）", changes.join("，")), format!(" ({})", changes.join(", "))),
            };
            let finding = out.report(bi!(
                "{called} 修改 {number}{zh} {received} 收到，{age} 天没有答复，旧条款还有效",
                "amendment {number} of {called}{en} came on {received} and is unanswered for {age} days: the old terms still bind"; called
            ));
            let path = |key: &str| format!("lc[{}].amendments[{n}].{key}", credit.index);
            let key = if amendment.received.is_some() { "received" } else { "date" };
            finding
                .at(case.order.origin.place(&path(key)), bi!("修改 {number}", "amendment {number}"))
                .help(bi!(
                    "逐条看一遍，整份接受或整份拒绝（不能只接受一部分），今天书面告诉通知行，登记 accepted 或 rejected",
                    "read it, accept or reject it as a whole (a part cannot be accepted), tell the advising bank in writing today, and record accepted or rejected"
                ))
                .values([received]);
            arrival::close(case, credit, finding, Matters::UntilPresented);
        }
    }
}

fn pending(amendment: &CreditAmendment, case: &Case<'_>) -> bool {
    let answer = [amendment.accepted, amendment.rejected].into_iter().flatten().min();
    answer.is_none_or(|day| day > case.as_of())
}
