//! `credit-cure-window`: a refusal that can still be cured.

use super::super::prelude::*;

use chrono::NaiveDate;

use crate::check::shared::timing;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-cure-window",
    group: Group::Credit,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 c 款，第 16 条", "UCP 600 articles 14(c), 16"),
    title: ("拒付后补救的时间", "time to cure a refusal"),
    docs: Docs {
        checks: (
            "被拒付、还没有重交、没有付款的交单：最后重交日是交单期和有效期中较早的一天。列出还有几处能补、几处补不了（晚装运、过期、港口、不清洁提单、分批）。",
            "For a presentation that was refused and neither presented again nor paid: the last day to present again is the earlier of period and expiry. Says how many discrepancies can be cured and which cannot (late shipment, expiry, ports, unclean bills, partial shipment).",
        ),
        why: (
            "期限内重交相符单据，银行必须付款；过了就只能等客户点头。",
            "Within the time a complying set must be honoured; afterwards only the buyer can help.",
        ),
        fix: (
            "能补的马上换单重交，登记新的 [[presentation]] 并写 again；补不了的请客户书面接受。可争辩的（valid = false）请交单行抗辩。",
            "Exchange what can be cured and present again: record a new [[presentation]] with `again`. Have the buyer accept the rest in writing. What is contestable (valid = false) the presenting bank should contest.",
        ),
    },
    example: example!("credit-cure-window"),
    scope: Scope::Order(check),
};

/// Discrepancies that no other paper cures.
const INCURABLE: &[&str] = &[
    "credit-bl-clean",
    "credit-bl-ports",
    "credit-bl-tranship",
    "credit-early-shipment",
    "credit-expiry",
    "credit-instalment",
    "credit-late-presentation",
    "credit-late-shipment",
    "credit-partial",
];

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if !case.facts.is_open() {
        return;
    }
    for exam in case.exams().all.iter().filter(|e| !e.past) {
        let Some((index, presentation)) = exam.presentation else { continue };
        let Some(refusal) = presentation.refusal.as_deref() else { continue };
        let known = |day: Option<NaiveDate>| day.is_some_and(|day| day <= case.as_of());
        let settled = known(presentation.paid) || known(presentation.accepted);
        if settled || !known(refusal.sent.or(presentation.refused)) {
            continue;
        }
        let Some(last) = exam.cure_until() else { continue };
        let open: Vec<_> = refusal.items.iter().filter(|d| d.valid != Some(false)).collect();
        let lost = open.iter().filter(|d| d.rule.as_deref().is_some_and(|r| INCURABLE.contains(&r))).count();
        let (cure, left) = (open.len() - lost, (last - case.as_of()).num_days());
        say(case, (index, exam.credit.number()), (cure, lost), (last, left), out);
    }
}

fn say(
    case: &Case<'_>,
    (index, number): (usize, &str),
    (cure, lost): (usize, usize),
    (last, left): (NaiveDate, i64),
    out: &mut Sink<'_>,
) {
    let en_left = timing::days(left);
    let title = if left < 0 {
        bi!(
            "信用证 {number} 被拒付，重交期限 {last} 已过，只能请客户接受不符点",
            "credit {number} was refused and {last}, the last day to present again, is over: only the buyer can accept now"
        )
    } else {
        bi!(
            "信用证 {number} 被拒付：{cure} 处能补、{lost} 处补不了，最迟 {last} 重交，还有 {left} 天",
            "credit {number} was refused: {cure} to cure, {lost} incurable; present again by {last}, {en_left} left"
        )
    };
    out.report(title)
        .at(case.order.origin.place(&format!("presentation[{index}].refusal")), bi!("拒付通知", "notice of refusal"))
        .help(bi!(
            "能补的马上换单，登记新的 [[presentation]] 并写 again；补不了的请客户书面接受",
            "exchange what can be cured and record a new [[presentation]] with `again`; have the buyer accept the rest in writing"
        ))
        .values([last])
        .until(Some(last));
}
