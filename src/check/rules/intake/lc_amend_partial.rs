//! `lc-amend-partial`: an amendment accepted in part.

use super::super::prelude::*;

use crate::check::shared::arrival::{self, Matters};
use crate::derive::credit::Credit;
use crate::model::document::CreditAmendment;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-amend-partial",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 10 条 e 款", "UCP 600 article 10 e"),
    title: ("改证只接受了一部分", "an amendment accepted in part"),
    docs: Docs {
        checks: (
            "一份改证要么整份接受、要么整份拒绝：同一份不能既有 accepted 又有 rejected；同一个编号分成几段登记的，答复要一样。",
            "An amendment is accepted or rejected as a whole: one record does not carry both accepted and rejected, and parts recorded under one number have the same answer.",
        ),
        why: (
            "部分接受等于拒绝。接受展期、拒绝降价，结果展期也没有，装船就晚了。",
            "Partial acceptance is deemed rejection: who takes the later date and refuses the lower price has no later date either, and ships late.",
        ),
        fix: (
            "决定整份接受还是整份拒绝，书面通知通知行，登记成一个答复。只要其中一条的，请客户另发一份只改那一条的改证。",
            "Decide on the whole, tell the advising bank in writing, record one answer. If only one of the changes is wanted, have the buyer send an amendment with that alone.",
        ),
    },
    example: example!("lc-amend-partial"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for credit in arrival::credits(case) {
        let all = &credit.lc.amendments;
        for (n, amendment) in all.iter().enumerate() {
            if amendment.accepted.is_some() && amendment.rejected.is_some() {
                say(case, credit, (n, "accepted"), (n, "rejected"), amendment, out);
            } else if let Some(m) = other_answer(all, n) {
                let key =
                    if all.get(m).is_some_and(|a| a.rejected.is_some()) { "rejected" } else { "number" };
                say(case, credit, (n, "accepted"), (m, key), amendment, out);
            }
        }
    }
}

/// An accepted part whose other part under the same number is not.
fn other_answer(all: &[CreditAmendment], n: usize) -> Option<usize> {
    let own = all.get(n).filter(|a| a.accepted.is_some())?;
    let number = own.number.as_deref()?;
    all.iter().position(|other| other.number.as_deref() == Some(number) && other.accepted.is_none())
}

fn say(
    case: &Case<'_>,
    credit: &Credit<'_>,
    (n, accepted): (usize, &str),
    (m, other): (usize, &str),
    amendment: &CreditAmendment,
    out: &mut Sink<'_>,
) {
    let called = arrival::called(credit);
    let number = amendment.number.as_deref().unwrap_or_default();
    let path =
        |n: usize, key: &str| case.order.origin.place(&format!("lc[{}].amendments[{n}].{key}", credit.index));
    let day = amendment.accepted.map(|d| d.to_string()).unwrap_or_default();
    let refused = credit.lc.amendments.get(m).and_then(|a| a.rejected);
    let (zh, en) = match refused {
        Some(day) => (format!("在 {day} 拒绝"), format!("rejected on {day}")),
        None => ("有一部分没接受".to_owned(), "another part not accepted".to_owned()),
    };
    let finding = out.report(bi!(
        "{called} 修改 {number} {day} 接受，又{zh}：部分接受等于拒绝，旧条款有效",
        "amendment {number} of {called} accepted on {day} and {en}: partial acceptance is rejection, the old terms bind"; called
    ));
    finding
        .at(path(n, accepted), bi!("接受", "accepted"))
        .at(path(m, other), bi!("没接受", "not accepted"))
        .help(bi!(
            "定下整份接受还是整份拒绝，书面通知通知行，只留一个答复；只要其中一条，请客户另发改证",
            "settle on the whole, tell the advising bank in writing and keep one answer; if only one change is wanted, ask for an amendment with that alone"
        ))
        .values([day, refused.map(|d| d.to_string()).unwrap_or_default()]);
    arrival::close(case, credit, finding, Matters::UntilPresented);
}
