//! `pay-lc-drawing-balance`: what is drawn under a credit in several presentations comes to more than it allows.

use rust_decimal::Decimal;

use crate::check::shared::{exams, figures, presented};
use crate::derive::credit::limit;
use crate::derive::exam::Exam;
use crate::derive::standing::is_refused;
use crate::model::value::Currency;

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "pay-lc-drawing-balance",
    group: Group::Money,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.3.0",
    source: ("UCP 600 第 6 条、第 30 条", "UCP 600 art. 6, 30"),
    title: ("几次索款合计超过信用证金额", "drawings together exceed the credit"),
    docs: Docs {
        checks: (
            "同一信用证第二次交单起，各次索款（交单金额；没有的看汇票，再看发票净额）合计不超过 32B 加 39A 上浮，再加 39C；还没交的这一批按发票算上。被拒付、还没有重交的不算。上限不四舍五入。哪一次起超过，就说哪一次，并给出那以前的余额。单独一次就超过的由 credit-amount 说。",
            "From the second presentation under a credit on, all claims (the amount of the presentation; else the draft, else the invoice net of deductions) together are at most 32B with 39A above it and 39C on top; what is still to be presented counts by its invoices. What was refused and not presented again does not count. The limit is not rounded. The drawing that goes beyond it is named, with the balance before it. One that exceeds the credit by itself is for credit-amount.",
        ),
        why: (
            "每一次都在限内，合起来超了，最后一次银行就不付超出的部分，还可能拒收整套。",
            "Each drawing is within the credit and the last one is not: the bank does not pay the excess, and may refuse the set.",
        ),
        fix: (
            "先看哪一次的金额抄错。没抄错就请客户改证增额，或最后一次只索余额，其余另收。",
            "See first whether one of the amounts was copied wrongly. If not, have the credit increased, or claim only the balance and collect the rest outside the credit.",
        ),
    },
    example: example!("pay-lc-drawing-balance"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let all = presented::all(case);
    for credit in &case.exams().credits {
        let Some(cap) = limit::amount(credit).and_then(|range| range.high) else { continue };
        let mut drawings: Vec<&Exam<'_>> =
            all.iter().filter(|e| e.credit.index == credit.index && !e.past).collect();
        drawings.retain(|e| e.presentation.is_none_or(|(_, p)| !is_refused(p, case.as_of())));
        // What is being prepared comes after what was presented.
        drawings.sort_by_key(|e| (e.presented_on().is_none(), e.presented_on()));
        let mut drawn = Decimal::ZERO;
        for (nth, exam) in (1..).zip(drawings) {
            let Some(claim) = claim(case, exam) else { continue };
            let sum = drawn.saturating_add(claim);
            if drawn > Decimal::ZERO && sum > cap && claim <= cap {
                report(case, exam, (nth, drawn, claim, cap), out);
            }
            drawn = sum;
        }
    }
}

/// What a drawing asks for, in the money of the credit.
fn claim(case: &Case<'_>, exam: &Exam<'_>) -> Option<Decimal> {
    let ours = presented::money(case, &exam.credit);
    let is_ours = |own: Option<Currency>| own.is_none() || own == ours;
    let written = exam.presentation.and_then(|(_, p)| p.amount).filter(|a| is_ours(a.currency));
    let drafts = || {
        let all = &exam.papers.draft;
        let sum = all.iter().try_fold(Decimal::ZERO, |sum, (_, draft)| {
            let amount =
                draft.amount.filter(|a| presented::is_in(ours, draft.currency.as_deref(), a.currency))?;
            sum.checked_add(amount.value)
        });
        sum.filter(|_| !all.is_empty())
    };
    written.map(|a| a.value).or_else(drafts).or_else(|| presented::claim(case, exam).map(|c| c.net))
}

fn report(
    case: &Case<'_>,
    exam: &Exam<'_>,
    (nth, drawn, claim, cap): (usize, Decimal, Decimal, Decimal),
    out: &mut Sink<'_>,
) {
    let money = presented::money(case, &exam.credit);
    let figure = |value| figures::money(value, money);
    let (sum, left) = (drawn.saturating_add(claim), cap.saturating_sub(drawn));
    let over = figure(sum.saturating_sub(cap));
    let (sum, left, is, before, most) =
        (figure(sum), figure(left), figure(claim), figure(drawn), figure(cap));
    let title = if cap > drawn {
        bi!(
            "第 {nth} 次索款 {is}，前面已索 {before}，合计 {sum}；信用证最多 {most}，余额只有 {left}，多 {over}",
            "drawing {nth} claims {is} after {before}, {sum} together; the credit allows {most} and had {left} left: {over} too much"
        )
    } else {
        bi!(
            "第 {nth} 次索款 {is}，前面已索 {before}，合计 {sum}；信用证最多 {most}，已经用完，多 {over}",
            "drawing {nth} claims {is} after {before}, {sum} together; the credit allows {most} and was used up: {over} too much"
        )
    };
    let finding = out.report(title);
    let bill = presented::claim(case, exam).and_then(|claim| claim.bills.into_iter().next());
    let written = exam.presentation.and_then(|(_, p)| p.amount);
    match (exam.path(if written.is_some() { "amount" } else { "date" }), &bill) {
        (Some(path), _) => {
            finding.at(case.order.origin.place(&path), bi!("第 {nth} 次索款 {is}", "drawing {nth}, {is}"));
        }
        (None, Some(bill)) => {
            finding.at(case.order.origin.place(&bill.path()), bi!("要索 {is}", "to claim {is}"));
        }
        (None, None) => {}
    }
    if let Some(amount) = &exam.credit.amount {
        let place = case.order.origin.place(&amount.source.path());
        finding.at(place, bi!("信用证金额，最多 {most}", "amount of the credit, {most} at most"));
    }
    finding.values([sum, most]).help(bi!(
        "先看哪一次的金额抄错没有；没抄错就请客户改证增额，收到后登记 [[lc.amendments]]，或这一次只索余额，其余货款另收",
        "see first whether one of the amounts was copied wrongly; if not, have the credit increased and record [[lc.amendments]] when it comes, or claim only the balance now and collect the rest outside the credit"
    ));
    match bill.filter(|_| exam.presentation.is_none()) {
        Some(bill) => exams::weigh(finding, exam, &bill.paper()),
        None => {
            finding.until(exam.cure_until());
        }
    }
}
