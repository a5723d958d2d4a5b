//! `gate-presented`: under a credit, papers presented without a record, or with discrepancies nobody agreed to.
//! Whether they comply, are late, or were refused, the rules of the credit say.

use crate::derive::release;
use crate::model::stage::Milestone;
use crate::model::value::Method;

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-presented",
    group: Group::Gate,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 至 16 条；公司规定", "UCP 600 art. 14 to 16; house rule"),
    title: ("交单没有手续", "presented without record or consent"),
    docs: Docs {
        checks: (
            "信用证项下：`[actual]` 写了 `presented`，要有一条交给银行的 [[presentation]]；交单时就写了 `discrepancies` 的，要有 [[approvals]] 的 discrepancies 批准，或在交单上用 `note` 写明担保或保留。银行拒付后列的不符点不算。",
            "Under a credit: `presented` under `[actual]` needs a [[presentation]] to a bank; a presentation that names `discrepancies` of its own needs an approval discrepancies under [[approvals]], or a `note` that says under what reserve or indemnity. Discrepancies that a bank's refusal names are not meant.",
        ),
        why: (
            "没有交单记录，就说不清哪天交了哪些、交单期有没有过。带不符点交单等于请银行挑，谁同意的要写下来。",
            "Without a record nobody can say what was presented when, or whether it was in time. Presenting with known discrepancies invites refusal: who agreed to it belongs on record.",
        ),
        fix: (
            "照银行签收的面函登记 [[presentation]]：日期、哪些单据、几份。知道有不符点：能改就改了再交；改不了，先让客户书面接受，再登记批准。",
            "Record [[presentation]] from the covering schedule that the bank signed: date, papers, originals. With known discrepancies: cure them first; where that cannot be done have the applicant accept in writing, then record the approval.",
        ),
    },
    example: example!("gate-presented"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let by_credit = case.facts.money.terms.as_ref().is_some_and(|t| t.has(Method::Lc));
    if !by_credit || case.facts.is_cancelled() || case.is_register_entry() {
        return;
    }
    unlogged(case, out);
    unreserved(case, out);
}

fn unlogged(case: &Case<'_>, out: &mut Sink<'_>) {
    let typed = case.order.actual.as_deref().and_then(|a| a.get(Milestone::Presented));
    let Some(day) = typed.filter(|day| *day <= case.as_of()) else { return };
    if release::to_bank(case.order, case.as_of()).next().is_some() {
        return;
    }
    out.report(bi!(
        "写了 {day} 交单，没有交给银行的交单记录",
        "presented on {day} as typed, but no presentation to a bank is on record"
    ))
    .at(case.order.origin.place("actual.presented"), bi!("交单 {day}", "presented {day}"))
    .values([day])
    .help(bi!(
        "照银行签收的面函在 docs.toml 登记 [[presentation]]：`date`、`to = \"bank\"`、`documents`；登记后这一行可以删去",
        "record [[presentation]] in docs.toml from the covering schedule that the bank signed: `date`, `to = \"bank\"`, `documents`; then this line may go"
    ));
}

fn unreserved(case: &Case<'_>, out: &mut Sink<'_>) {
    let all = &case.order.docs.presentation;
    for (i, presentation) in release::unreserved(case.order, case.as_of()) {
        let Some(day) = presentation.date else { continue };
        let (n, first) = (
            presentation.discrepancies.len(),
            presentation.discrepancies.first().cloned().unwrap_or_default(),
        );
        let points =
            if n == 1 { "a known discrepancy".to_owned() } else { format!("{n} known discrepancies") };
        let cured = presentation.id.is_some() && all.iter().any(|later| later.again == presentation.id);
        let known = |day: Option<chrono::NaiveDate>| day.is_some_and(|day| day <= case.as_of());
        let finding = out.report(bi!(
            "{day} 带着 {n} 处不符点交单（{first}），没有人批准",
            "presented on {day} with {points} ({first}) and nobody's approval"
        ));
        finding.past |= cured || known(presentation.paid) || known(presentation.accepted);
        finding
            .at(
                case.order.origin.place(&format!("presentation[{i}].discrepancies")),
                bi!("不符点", "discrepancies"),
            )
            .values([day.to_string(), first])
            .help(bi!(
                "能改的改了再交。改不了：请客户书面接受，登记 [[approvals]]，kind = \"discrepancies\"；凭担保或保留议付的，用 `note` 写明",
                "cure what can be cured and present again. What cannot: have the applicant accept in writing and record [[approvals]] with kind = \"discrepancies\"; where the bank pays under reserve or indemnity, say so in `note`"
            ));
    }
}
