//! `slack-presentation`: too little time between shipment and the last day of presentation.

use super::super::prelude::*;

use chrono::NaiveDate;

use crate::check::shared::timing;
use crate::derive::credit::clock;
use crate::derive::exam::Exam;
use crate::model::value::calendar::add_days;

/// The rule.
pub static RULE: Rule = Rule {
    name: "slack-presentation",
    group: Group::Deadline,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 c 款，第 6 条 d 款；公司规定", "UCP 600 articles 14(c), 6(d); house rule"),
    title: ("交单余量不够", "presentation leaves no slack"),
    docs: Docs {
        checks: (
            "货已装运、还没交单的信用证：余量 = 最后交单日 −（装运日 + 拿到正本的 5 天，或今天，取较晚的）。小于 5 天警告，过期报错。",
            "For credits whose goods are shipped and not yet presented: slack = last day of presentation − the later of shipment plus 5 days to get the originals, and today. Under 5 days is a warning, below zero an error.",
        ),
        why: ("交单期一过，单据再好也是不符。", "After the last day even perfect papers are discrepant."),
        fix: (
            "催船公司出正本，其他单据先备好，今天就约银行。来不及的，马上请客户改证展期。",
            "Press the carrier for the originals, have everything else ready, and tell the bank today. If there is not enough time, have the credit amended at once.",
        ),
    },
    example: example!("slack-presentation"),
    scope: Scope::Order(check),
};

/// Days until the originals are in hand.
const ORIGINALS: i64 = 5;
/// Days of slack below which somebody should look.
const TIGHT: i64 = 5;

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if !case.facts.is_open() {
        return;
    }
    for exam in case.exams().all.iter().filter(|e| e.presented_on().is_none()) {
        let Some(start) = clock::presentation_start(exam.credit.allows_partial(), &exam.shipped) else {
            continue;
        };
        let Some(last) = exam.limit.last() else { continue };
        let ready = add_days(start, case.config().rule_days("slack-presentation", "originals", ORIGINALS))
            .max(case.as_of());
        let days = (last.date - ready).num_days();
        if days >= case.config().rule_days("slack-presentation", "days", TIGHT) {
            continue;
        }
        say(case, exam, (start, last.date, days), out);
    }
}

fn say(
    case: &Case<'_>,
    exam: &Exam<'_>,
    (start, last, days): (NaiveDate, NaiveDate, i64),
    out: &mut Sink<'_>,
) {
    let number = exam.credit.number();
    let over = (case.as_of() - last).num_days();
    let (en_days, en_over, short) = (timing::days(days), timing::days(over), days.abs());
    let title = if over > 0 {
        bi!(
            "信用证 {number} 最后交单日 {last} 已过 {over} 天，单据还没交",
            "credit {number}: the last day of presentation, {last}, passed {en_over} ago and nothing is presented"
        )
    } else if days < 0 {
        bi!(
            "信用证 {number} 最后交单日 {last}，{start} 装运后拿到正本就晚了 {short} 天",
            "credit {number}: last day of presentation {last}; originals of the shipment on {start} come {short} days too late"
        )
    } else {
        bi!(
            "信用证 {number} 最后交单日 {last}，只剩 {days} 天余量",
            "credit {number}: last day of presentation {last}, {en_days} of slack"
        )
    };
    let finding = out.report(title);
    if days >= 0 {
        finding.severity(Severity::Warning);
    }
    let transport =
        exam.papers.transports().into_iter().find(|t| t.shipped.is_some_and(|(day, _)| day == start));
    if let Some((transport, (_, field))) = transport.and_then(|t| Some((t, t.shipped?))) {
        finding.at(case.order.origin.place(&transport.paper.path(field)), transport.paper.name());
    }
    let credit = &exam.credit;
    let source = credit.present_within.map(|p| p.source).or(credit.expiry.map(|e| e.source));
    if let Some(source) = source {
        finding.at(case.order.origin.place(&source.path()), bi!("信用证", "letter of credit"));
    }
    finding
        .help(bi!(
            "催正本、备齐单据、今天约银行；来不及就马上请客户改证展期",
            "press for the originals, complete the papers, tell the bank today; if time is too short, have the credit amended at once"
        ))
        .values([last])
        .until(Some(last));
}
