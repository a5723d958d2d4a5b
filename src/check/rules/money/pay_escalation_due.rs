//! `pay-escalation-due`: a step of the ladder of reminders is reached and nobody has done it.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::check::shared::money;
use crate::derive::money::Line;
use crate::derive::money::chase::Step;
use crate::model::value::{Method, Tenor};
use crate::text::{Bi, Lang};

use super::super::prelude::*;
use crate::check::shared::timing;

/// The rule.
pub static RULE: Rule = Rule {
    name: "pay-escalation-due",
    group: Group::Money,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.3.0",
    source: ("公司规定：gendan.toml 的 ladder", "house rule: `ladder` in gendan.toml"),
    title: ("催款到了下一步", "next step of the reminders is due"),
    docs: Docs {
        checks: (
            "没有收齐的每一期，按 `ladder` 的台阶（默认 T-7、T+1、T+7、T+15、T+30、T+45、T+60、T+90、T+180，从到期日数）应该走到哪一步、登记了没有。只说最高的一步；登记了高的一步，低的就算做过。登记看 [[reminders]]：写了 `step` 的按它算，没写的，T+15 以前任何一次联系都算。报可损也可以登记 [[filings]] 的 loss-notice。到期以前的那一步只是提示，即期信用证和即期 D/P 由银行收，不提示；起算的事过了预计的日子还没发生的，也不提示。只差一点尾数的由 pay-short-charges 说。",
            "For each open instalment, which step of `ladder` is reached (T-7, T+1, T+7, T+15, T+30, T+45, T+60, T+90, T+180 unless set, in days from the due date) and whether it is logged. Only the highest step speaks; a higher one that is logged implies those below. Logged means [[reminders]]: with `step` that step, without it any contact before T+15; a notice of loss may also stand in [[filings]]. A step before the due date is information only, and not even that under a credit or collection at sight, which a bank collects, or where the event that starts the clock is later than was expected. A small remainder is for pay-short-charges.",
        ),
        why: (
            "该催不催，客户就先付别人；过了信保的报损期，保单也不赔。",
            "A debtor who is not reminded pays others first, and an insurer that hears too late does not pay at all.",
        ),
        fix: (
            "今天做这一步，做完在 money.toml 登记 [[reminders]]：date、how、who、said、step。",
            "Take the step today and record it as [[reminders]] in money.toml: date, how, who, said, step.",
        ),
    },
    example: example!("pay-escalation-due"),
    scope: Scope::Order(check),
};

/// From this step on finance does it.
const FINANCE: Step = Step(60);

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let untold = case.is_register_entry() && case.order.received.is_empty();
    if case.facts.is_archived() || untold || money::is_unread(case) {
        return;
    }
    for chase in &case.facts.money.chase {
        let (Some((step, day)), Some(line)) = (chase.waiting(), case.facts.money.lines.get(chase.line))
        else {
            continue;
        };
        let early = step.0 <= 0 && (is_collected_at_sight(case, line) || is_adrift(case, line));
        if !early && !money::is_slight(case, line) && money::paid_at_bank(case, line).is_none() {
            report(case, line, (step, day), chase.done, out);
        }
    }
}

/// The event that starts the clock was to be expected before today: the day moves on with today.
fn is_adrift(case: &Case<'_>, line: &Line) -> bool {
    line.due.estimated && line.due.event.is_none_or(|day| day <= case.as_of())
}

/// A bank asks for the money when it has the papers: before that there is nobody to remind.
fn is_collected_at_sight(case: &Case<'_>, line: &Line) -> bool {
    let terms = case.facts.money.terms.as_ref();
    let tenor = terms.and_then(|t| t.instalments.get(line.instalment)).and_then(|i| i.tenor);
    matches!(line.method, Method::Lc | Method::Dp) && matches!(tenor, None | Some(Tenor::Sight))
}

fn report(
    case: &Case<'_>,
    line: &Line,
    (step, day): (Step, NaiveDate),
    done: Option<(Step, Option<usize>)>,
    out: &mut Sink<'_>,
) {
    let (Some(due), Some(open)) = (line.due.day, line.outstanding()) else { return };
    let (name, action) = (money::name(case, line), Bi::from(step.action()));
    let (figure, days) = (money::figure(case, open), line.overdue);
    let about = if line.due.estimated { "~" } else { "" };
    let title = if days > 0 {
        let long = timing::days(days);
        bi!(
            "{name}逾期 {days} 天，还差 {figure}：{step}“{action}”{day} 就该做，没有登记",
            "{name} {long} overdue, {figure} open: {step} ({action}) was to be done on {day} and is not logged"; name, action
        )
    } else {
        bi!(
            "{name} {figure} {about}{due} 到期：{step}“{action}”{day} 起可以做，没有登记",
            "{name} of {figure} due on {about}{due}: {step} ({action}) can be done since {day} and is not logged"; name, action
        )
    };
    let finding = out.report(title);
    finding.at(money::terms(case), bi!("{about}{due} 到期", "due on {about}{due}"));
    if let Some((done, Some(i))) = done {
        let place = case.order.origin.place(&format!("reminders[{i}]"));
        finding.at(place, bi!("上一步 {done}", "the last step, {done}"));
    }
    finding.values([step.to_string(), day.to_string()]).help(help(case, line, step));
    if step.0 <= 0 {
        finding.severity(Severity::Info);
    }
}

fn help(case: &Case<'_>, line: &Line, step: Step) -> Bi {
    let who = who(case, step);
    let today = case.as_of();
    let told = if step.is_escalated() {
        bi!("、escalated（报给谁）", " and escalated (to whom)")
    } else {
        Bi::default()
    };
    let more: Bi = if (60..90).contains(&step.0) && line.disputed >= line.open.unwrap_or(Decimal::MAX) {
        (
            "；有争议的款信保多半先不受理，先把争议谈定",
            "; insurers seldom take a debt that is disputed: settle that first",
        )
            .into()
    } else if (60..90).contains(&step.0) {
        (
            "；报了可损也可以登记 [[filings]]，kind = \"loss-notice\"。没投信保的，这一步写明没投",
            "; a notice of loss may also be recorded in [[filings]] with kind = \"loss-notice\". Without insurance, log the step and say so",
        )
            .into()
    } else {
        Bi::default()
    };
    bi!(
        "先看是不是催过没登记、或者钱已经到了。没催：{who}今天办，办完在 money.toml 登记 [[reminders]]：date = {today}、how、who、said、step = \"{step}\"{told}{more}",
        "first see whether it was done and not recorded, or the money is in. If not, {who} does it today and records [[reminders]] in money.toml: date = {today}, how, who, said, step = \"{step}\"{told}{more}"; who, told, more
    )
}

/// Who takes a step: the merchandiser, later finance; the boss is told.
fn who(case: &Case<'_>, step: Step) -> Bi {
    let name = |lang: Lang| {
        let of_role = |role: &str| {
            let mut all = case.book().people.iter().filter(|(_, p)| p.left.is_none());
            all.find(|(_, p)| p.role.as_deref() == Some(role)).map(|(id, _)| id.as_str())
        };
        let id = if step >= FINANCE { of_role("finance") } else { case.order.merchandiser.as_deref() };
        id.map(|id| case.book().person(id, lang).to_owned())
    };
    let role = if step >= FINANCE { ("财务", "finance") } else { ("跟单", "the merchandiser") };
    Bi {
        zh: name(Lang::Zh).unwrap_or_else(|| role.0.to_owned()),
        en: name(Lang::En).unwrap_or_else(|| role.1.to_owned()),
    }
}
