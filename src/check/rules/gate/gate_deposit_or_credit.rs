//! `gate-deposit-or-credit`: production began before the deposit, the letter of credit or an approval was there.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::check::shared::money;
use crate::derive::ahead::{self, Lack};
use crate::derive::release::{self, Wait};
use crate::model::stage::{Milestone, StageKey};
use crate::text::Bi;

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-deposit-or-credit",
    group: Group::Gate,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.3.0",
    source: ("合同的付款条件；公司规定", "payment terms of the contract; house rule"),
    title: ("定金、信用证或批准没到就投产", "production began before deposit, credit or approval"),
    docs: Docs {
        checks: (
            "投产日（[actual] 的 started 或第一条 [[progress]]）那天：定金和投产前的款收齐（看容差），信用证付款的已收到信用证，赊销、D/A、全部装运后才付的电汇有额度批准（[[approvals]] 的 credit，或签约那天有效的客户 credit_limit）。采购单下了、还没投产的不算。登记了 credit 批准的不查；no-deposit 批准的，定金和信用证不查。后来补齐的，记作历史。赊销没批准、单据也放了的，由 gate-document-control 说。取消的订单、跳过下单阶段的不查。",
            "On the day production began (started under [actual], or the first [[progress]]): the deposit and what is due before production was in within the tolerance; under a credit the credit had come; open account, acceptance, and transfers of which all fall after shipment had an approval (credit under [[approvals]], or a credit_limit of the customer that ran on the day of signature). A purchase order alone does not count. Silent with an approval credit; with no-deposit for the deposit and the credit. What came later is history. Open credit without approval whose papers were let go is for gate-document-control. Cancelled orders and those that skip the release are left alone.",
        ),
        why: (
            "投了产客户不付，货就是我们的：花色、商标是他的，转手只值料钱。",
            "If the buyer backs out after production began the goods are ours, in his colours and under his brand.",
        ),
        fix: (
            "先看投产日、到账日有没有抄错。钱真没到，让工厂停在料能改用的工序，今天催；老板同意先投的，登记 [[approvals]]。",
            "First see whether the start or the receipt was copied wrongly. If the money is not in, hold the factory where the material can still be used otherwise, and ask for it today; if the boss agreed, record [[approvals]].",
        ),
    },
    example: example!("gate-deposit-or-credit"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let skipped = case.order.skipped(StageKey::Release).is_some();
    if skipped || case.facts.is_cancelled() || case.is_register_entry() || money::is_unread(case) {
        return;
    }
    let Some((day, path)) = started(case) else { return };
    let then = lacks(case, day);
    if then.is_empty() {
        return;
    }
    let now = lacks(case, case.as_of());
    report(case, day, &path, (&then, &now), out);
}

/// When production began, and where that stands.
pub(super) fn started(case: &Case<'_>) -> Option<(NaiveDate, String)> {
    let actual = case.facts.progress.milestone(Milestone::Started).actual?;
    let day = actual.date?;
    let typed = case.order.actual.as_deref().and_then(|a| a.started) == Some(day);
    let path =
        actual.proof.filter(|_| !typed).map_or_else(|| "actual.started".to_owned(), |proof| proof.path);
    Some((day, path))
}

/// What was missing on a day. That open credit was never approved is told once: at the papers where they were let go.
fn lacks(case: &Case<'_>, day: NaiveDate) -> Vec<Lack> {
    let mut all = ahead::before_production(case.book(), case.order, case.facts, day, case.as_of());
    if all.contains(&Lack::Approval) && is_told_at_the_papers(case) {
        all.retain(|lack| *lack != Lack::Approval);
    }
    all
}

fn is_told_at_the_papers(case: &Case<'_>) -> bool {
    release::handed(case.order, case.as_of()).iter().any(|handed| {
        let early = release::early(case.book(), case.order, case.facts, handed, case.as_of());
        early.first() == Some(&Wait::Approval)
    })
}

fn report(case: &Case<'_>, day: NaiveDate, path: &str, (then, now): (&[Lack], &[Lack]), out: &mut Sink<'_>) {
    let named: Vec<Bi> = then.iter().map(|lack| called(case, *lack)).collect();
    let join = |pick: fn(&Bi) -> &str, by: &str| named.iter().map(pick).collect::<Vec<_>>().join(by);
    let list = Bi { zh: join(|b| &b.zh, "，"), en: join(|b| &b.en, " and ") };
    let cured = now.is_empty();
    let late = ahead::settled_by(case.order, &case.facts.money, ahead::is_before_production)
        .filter(|(on, _)| *on > day)
        .filter(|_| then.iter().any(|lack| matches!(lack, Lack::Money(_))));
    let later = match (late, credit_since(case, day, then)) {
        (Some((on, _)), _) => bi!("，{on} 才收齐", "; it came on {on}"),
        (None, Some(on)) => bi!("，{on} 才到", "; it came on {on}"),
        (None, None) => Bi::default(),
    };
    let finding = out.report(bi!(
        "{day} 已投产，{list}{later}",
        "production began on {day}, but {list}{later}"; list, later
    ));
    finding
        .at(case.order.origin.place(path), bi!("投产 {day}", "began {day}"))
        .at(money::terms(case), bi!("付款方式", "payment terms"));
    if let Some((on, source)) = late {
        finding.at(case.order.origin.place(&source.path("date")), bi!("收齐 {on}", "paid {on}"));
    }
    let sum = then.iter().find_map(|lack| match lack {
        Lack::Money(open) => Some(money::figure(case, *open)),
        _ => None,
    });
    finding.values([Some(day.to_string()), sum].into_iter().flatten()).help(help(then));
    // Nothing is left to do: the gate was passed by, and what it guards against did not happen.
    finding.past |= cured;
}

/// When the credit came after all.
fn credit_since(case: &Case<'_>, day: NaiveDate, then: &[Lack]) -> Option<NaiveDate> {
    let came = case.order.docs.lc.iter().filter_map(|lc| money::known(case, lc.received.or(lc.paper.day())));
    came.filter(|on| *on > day && then.contains(&Lack::Credit)).min()
}

fn called(case: &Case<'_>, lack: Lack) -> Bi {
    match lack {
        Lack::Money(open) => {
            let open = money::figure(case, open);
            bi!("投产前应收的还差 {open}", "{open} due before it was open")
        }
        Lack::Credit => bi!("信用证还没到", "the letter of credit was not in"),
        Lack::Approval => bi!("赊销额度没有批准", "open credit was not approved"),
    }
}

fn help(then: &[Lack]) -> Bi {
    let open = |lack: &Lack| matches!(lack, Lack::Money(open) if *open > Decimal::ZERO);
    if then.iter().any(open) {
        return bi!(
            "先看投产日和到账日有没有抄错（水单看起息日），收款有没有漏登记。钱没到：让工厂先停，今天催；老板同意先投的，登记 [[approvals]]，kind = \"no-deposit\"",
            "first see whether the start or the value date was copied wrongly, or a receipt is not recorded. If the money is not in: have the factory hold, and ask for it today; if the boss agreed, record [[approvals]] with kind = \"no-deposit\""
        );
    }
    if then.contains(&Lack::Credit) {
        return bi!(
            "证到了没登记的，登记 [[lc]] 和 received；没到：让工厂先停，今天催开证；老板同意先投的，登记 [[approvals]]，kind = \"no-deposit\"",
            "if the credit came and is not recorded, record [[lc]] with received; if not: have the factory hold, and ask for the credit today; if the boss agreed, record [[approvals]] with kind = \"no-deposit\""
        );
    }
    bi!(
        "批过没登记的，登记 [[approvals]]，kind = \"credit\"，写批准人和额度；没批过，今天补批或买信保，批不下来就改成付款发货",
        "if it was approved, record [[approvals]] with kind = \"credit\", who approved and how much; if not, have it approved or insured today, or have the goods paid before they leave"
    )
}
