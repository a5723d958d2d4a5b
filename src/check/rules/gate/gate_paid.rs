//! `gate-paid`: closed or archived although money is open.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::check::shared::money;
use crate::derive::ahead;
use crate::derive::money::Line;
use crate::model::stage::Milestone;
use crate::text::Bi;

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-paid",
    group: Group::Gate,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.3.0",
    source: ("公司规定", "house rule"),
    title: ("货款没清就结案", "closed with money open"),
    docs: Docs {
        checks: (
            "结案（[actual] 的 closed，或结案表）那天，没有结案的看归档那天：货款收齐（看容差）；减让、核销登记在 [[credits]]。后来才收齐的也算错：结案日比最后一笔收款早。取消的订单由 cancel-clean 说。没结案的不查，欠款由 pay-overdue 说。",
            "On the day of closing (closed under [actual], or the closing sheet), or of the archive where none is recorded, everything was paid within the tolerance; what was given up stands in [[credits]]. Money that came later is a contradiction, too: the closing is dated before the last receipt. Cancelled orders are for cancel-clean. An order that is not closed is left alone; what it owes is for pay-overdue.",
        ),
        why: (
            "结了案就没人再看：剩下的钱没人催，收汇和退税也对不上。",
            "Nobody looks at a closed order again: what is open is never asked for, and exchange and tax records do not match.",
        ),
        fix: (
            "先看收款有没有漏登记、结案日有没有抄错。真没有收齐的，删掉 `closed`；不要了的，批准后登记 [[credits]] 的 write-off。",
            "First see whether a receipt is not recorded or the closing was dated wrongly. If money is open, remove `closed`; if it is given up, record a write-off in [[credits]] once somebody agreed.",
        ),
    },
    example: example!("gate-paid"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let untold = case.is_register_entry() && case.order.received.is_empty();
    if case.facts.is_cancelled() || untold || money::is_unread(case) {
        return;
    }
    let Some((key, day, path)) = closed(case) else { return };
    let then = ahead::on(case.book(), case.order, case.facts, (day, case.as_of()));
    let open = then.lines.iter().filter_map(Line::outstanding).fold(Decimal::ZERO, Decimal::saturating_add);
    if open > Decimal::ZERO {
        report(case, (key, day, &path), open, out);
    }
}

/// The closing, else the archive: what it is, when, and where that stands.
fn closed(case: &Case<'_>) -> Option<(Milestone, NaiveDate, String)> {
    [Milestone::Closed, Milestone::Archived].into_iter().find_map(|key| {
        let actual = case.facts.progress.milestone(key).actual.filter(|actual| !actual.implied)?;
        let day = actual.date?;
        let typed = case.order.actual.as_deref().and_then(|a| a.get(key)) == Some(day);
        let proof = actual.proof.filter(|_| !typed);
        Some((key, day, proof.map_or_else(|| format!("actual.{}", key.code()), |proof| proof.path)))
    })
}

fn report(
    case: &Case<'_>,
    (key, day, path): (Milestone, NaiveDate, &str),
    open: Decimal,
    out: &mut Sink<'_>,
) {
    let facts = &case.facts.money;
    let (name, figure) = (Bi::from(key.title()), money::figure(case, open));
    let late = facts.settled_on.filter(|on| facts.settled && *on > day);
    let later = match late {
        Some(on) => bi!("，{on} 才收齐", "; it came on {on}"),
        None if facts.lines.iter().any(|line| line.disputed > Decimal::ZERO) => {
            bi!("，客户有争议", ", disputed by the buyer")
        }
        None => Bi::default(),
    };
    let finding = out.report(bi!(
        "{day} 已{name}，货款还差 {figure}{later}",
        "{name} on {day} with {figure} open{later}"; name, later
    ));
    finding.at(case.order.origin.place(path), bi!("{day} {name}", "{name} {day}"; name));
    match (late, facts.settled_path.as_deref()) {
        (Some(on), Some(paid)) => {
            finding.at(case.order.origin.place(paid), bi!("收齐 {on}", "paid {on}"));
        }
        _ => {
            finding.at(money::terms(case), bi!("还差 {figure}", "{figure} open"));
        }
    }
    let help = match late {
        Some(on) => bi!(
            "先看哪个日期抄错；钱确实 {on} 才到的，日期改成那天或更晚",
            "first see which date was copied wrongly; if the money did come on {on}, date the step on that day or later"
        ),
        None => bi!(
            "先看收款有没有漏登记，手续费写了没有。真没有收齐：删掉这个日期，接着催；不要了的，批准后登记 [[credits]]，kind = \"write-off\"，写 why 和 by；谈成减让的，kind = \"credit-note\"",
            "first see whether a receipt or its charges are not recorded. If money is open: remove this date and go on asking for it; if it is given up, record [[credits]] with kind = \"write-off\", why and by once somebody agreed; a reduction that was agreed is kind = \"credit-note\""
        ),
    };
    finding.values([day.to_string(), figure]).help(help);
}
