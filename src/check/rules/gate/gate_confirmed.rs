//! `gate-confirmed`: work released before both sides agreed.

use chrono::NaiveDate;

use crate::check::finding::Place;
use crate::model::stage::{Milestone, StageKey};

use super::super::prelude::*;
use crate::check::shared::timing;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-confirmed",
    group: Group::Gate,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("没签约就下单", "released before the contract was signed"),
    docs: Docs {
        checks: (
            "有采购单或生产通知的订单：写了双方签字日（`signed`，或客户回签的合同、形式发票），下达日不早于签字日；还要有付款方式（没有给警告）。从登记表补录、货已交付的订单不再要求补这些。",
            "An order with a purchase order or production notice has the date on which both sides signed (`signed`, or a contract or proforma that the buyer countersigned), and nothing was issued before it; it also has payment terms (without them: a warning). Orders entered after delivery from a register are not asked for what is missing.",
        ),
        why: (
            "客户没签字就买料，客户一改主意，料就是自己的。",
            "Material bought before the buyer signed is ours when the buyer changes his mind.",
        ),
        fix: (
            "多数是回签件到了没登记：补 `signed` 和 docs.toml 里 `signed_by_buyer`。真没签，催客户回签再让工厂动。",
            "Mostly the countersigned paper came and was not recorded: add `signed`, and `signed_by_buyer` in docs.toml. If it is not signed, have it signed before the factory begins.",
        ),
    },
    example: example!("gate-confirmed"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() || case.order.skipped(StageKey::Confirm).is_some() {
        return;
    }
    let Some((issued, i)) = timing::first_release(case) else { return };
    let place = case.order.origin.place(&format!("purchases[{i}].issued"));
    match case.facts.progress.done_on(Milestone::Confirmed) {
        Some(signed) if issued < signed => early(case, issued, signed, place, out),
        Some(_) => no_terms(case, issued, place, out),
        // A signature dated in the future is spoken of by `dates-plausible`.
        None if case.order.signed.is_some() => {}
        // An order entered long after, from a register: nobody can still decide anything.
        None if case.is_register_entry() => {}
        None => {
            out.report(bi!(
                "{issued} 已下达生产，合同还没有双方签字的日期",
                "released to production on {issued}, but there is no date on which both sides signed"
            ))
            .at(place, bi!("下达日", "issued"))
            .help(bi!(
                "回签件到了就补 `signed = 日期`；没到就催客户回签",
                "add `signed = DATE` if the countersigned paper came; if not, ask the customer for it"
            ));
        }
    }
}

fn early(case: &Case<'_>, issued: NaiveDate, signed: NaiveDate, place: Place, out: &mut Sink<'_>) {
    let days = (signed - issued).num_days();
    let apart = timing::days(days);
    let proof = case.facts.progress.milestone(Milestone::Confirmed).actual.and_then(|a| a.proof);
    let path = match (case.order.signed, proof) {
        (None, Some(proof)) => proof.path,
        (None, None) => "actual.confirmed".to_owned(),
        (Some(_), _) => "signed".to_owned(),
    };
    out.report(bi!(
        "{issued} 下达生产，{signed} 双方才签字，早了 {days} 天",
        "released to production on {issued}, signed on {signed}: {apart} too early"
    ))
    .at(place, bi!("下达日 {issued}", "issued {issued}"))
    .at(case.order.origin.place(&path), bi!("签字日 {signed}", "signed {signed}"))
    .values([issued, signed])
    .help(bi!(
        "先看哪个日期抄错：`signed` 写第一次双方签字的日子，不是后来改版的日子。真是先下达的，按实记，用 [[waivers]] 写明谁同意的",
        "first see whether a date was copied wrongly: `signed` is the first signature, not that of a later revision. If it was released early, leave the true dates and accept it with [[waivers]]"
    ));
}

fn no_terms(case: &Case<'_>, issued: NaiveDate, place: Place, out: &mut Sink<'_>) {
    if case.order.payment.is_some() || case.is_register_entry() {
        return;
    }
    out.report(bi!(
        "{issued} 已下达生产，还没有写付款方式",
        "released to production on {issued} without payment terms"
    ))
    .severity(Severity::Warning)
    .at(place, bi!("下达日", "issued"))
    .help(bi!(
        "照合同补一行，例如 `payment = \"30% deposit, 70% copy-bl\"`",
        "add the line of the contract, like `payment = \"30% deposit, 70% copy-bl\"`"
    ));
}
