//! `credit-refusal-clock`: a refusal that binds nobody.

use super::super::prelude::*;

use chrono::NaiveDate;

use crate::check::shared::timing;
use crate::derive::credit::clock;
use crate::derive::exam::Exam;
use crate::model::document::Refusal;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-refusal-clock",
    group: Group::Credit,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 b 款，第 16 条 c、d、f 款", "UCP 600 articles 14(b), 16(c), 16(d), 16(f)"),
    title: ("拒付通知不合规，可以抗辩", "refusal out of time or incomplete"),
    docs: Docs {
        checks: (
            "拒付通知在银行收到单据次日起 5 个银行工作日内发出（按开证行所在地的日历），一次列出全部不符点，并说明单据怎样处理。发晚的报错；登记里没有不符点、没有单据处理的，请人看通知原文。",
            "A notice of refusal is sent within five banking days after the day of receipt (calendar of the issuing bank), lists every discrepancy at once, and says what the bank does with the papers. A late one is an error; one recorded without discrepancies or disposal is for somebody to read.",
        ),
        why: (
            "通知晚了或者不全，银行就无权再主张不符，必须付款。",
            "A bank whose notice is late or incomplete is precluded from claiming that papers do not comply, and must pay.",
        ),
        fix: (
            "核对开证行收到日和通知发出日，请交单行按第 16 条 f 款抗辩，要求付款。",
            "Check the day of receipt and the day of the notice, and have the presenting bank contest it under article 16(f) and claim payment.",
        ),
    },
    example: example!("credit-refusal-clock"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        let Some((index, presentation)) = exam.presentation else { continue };
        let Some(refusal) = presentation.refusal.as_deref() else { continue };
        // A bank that paid or accepted all the same has nothing to be told.
        if presentation.paid.is_some() || presentation.accepted.is_some() {
            continue;
        }
        late(case, exam, index, (presentation.received, refusal.sent), out);
        incomplete(case, exam, index, refusal, out);
    }
}

fn late(
    case: &Case<'_>,
    exam: &Exam<'_>,
    index: usize,
    (received, sent): (Option<NaiveDate>, Option<NaiveDate>),
    out: &mut Sink<'_>,
) {
    let (Some(received), Some(sent)) = (received, sent) else { return };
    let Some(calendar) = clock::issuer_calendar(case.book(), &exam.credit) else { return };
    let deadline = clock::refusal_deadline(received, &calendar);
    let days = (sent - deadline.date).num_days();
    if days <= 0 {
        return;
    }
    let (last, en_days) = (deadline.date, timing::days(days));
    let doubt = if deadline.provisional {
        bi!("（当地假日未登记，暂定）", " (provisional: holidays there are not on record)")
    } else {
        Bi::default()
    };
    let finding = out.report(bi!(
        "拒付通知 {sent} 发出，银行 {received} 收单，第 5 个银行工作日是 {last}{doubt}，晚 {days} 天，可以抗辩",
        "refused on {sent}; the bank had the papers on {received} and five banking days ended on {last}{doubt}, {en_days} earlier: contest the refusal";
        doubt
    ));
    finding
        .at(case.order.origin.place(&format!("presentation[{index}].refusal.sent")), bi!("拒付通知", "notice of refusal"))
        .at(case.order.origin.place(&format!("presentation[{index}].received")), bi!("开证行收到", "received by the issuing bank"))
        .help(bi!(
            "请交单行引用 UCP 600 第 16 条 f 款抗辩，要求按相符交单付款",
            "have the presenting bank cite UCP 600 article 16(f) and claim payment as for a complying presentation"
        ))
        .values([sent, last]);
    if deadline.provisional {
        finding.severity(Severity::Warning).judgement();
    }
    finding.past |= exam.past;
}

fn incomplete(case: &Case<'_>, exam: &Exam<'_>, index: usize, refusal: &Refusal, out: &mut Sink<'_>) {
    let (zh, en) = match (refusal.items.is_empty(), refusal.disposal.is_none()) {
        (true, true) => ("不符点，也没有单据处理", "neither discrepancies nor what is done with the papers"),
        (true, false) => ("任何不符点", "no discrepancies"),
        (false, true) => {
            ("单据怎样处理（HOLD、RETURN …）", "not what is done with the papers (HOLD, RETURN …)")
        }
        (false, false) => return,
    };
    let finding = out.report(Bi {
        zh: format!("拒付通知的登记里没有{zh}；通知原文也没有的，银行无权拒付"),
        en: format!("the recorded refusal says {en}; if the notice does not either, the bank is precluded"),
    });
    finding
        .severity(Severity::Warning)
        .judgement()
        .at(case.order.origin.place(&format!("presentation[{index}].refusal")), bi!("拒付通知", "notice of refusal"))
        .help(bi!(
            "看 MT734 的 77J、77B：有就补登记；没有就请交单行按第 16 条 f 款抗辩",
            "read 77J and 77B of the MT734: record what is there; if it is missing, have the presenting bank contest under article 16(f)"
        ));
    finding.past |= exam.past;
}
