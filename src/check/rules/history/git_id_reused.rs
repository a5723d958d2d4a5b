//! `git-id-reused`: the ID of an order now means another order.

use super::super::prelude::*;

use crate::check::shared::trail::called;
use crate::history::{Step, What};

/// The rule.
pub static RULE: Rule = Rule {
    name: "git-id-reused",
    group: Group::History,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.4.0",
    source: ("公司规定：订单号不重复使用", "house rule: the ID of an order is never used again"),
    title: ("订单号用在了另一张订单上", "the ID was used for another order"),
    docs: Docs {
        checks: (
            "删掉的订单号又回来了，客户或客户订单号（po）却和删之前不一样；或者一次改动把 customer 和 po 都换掉了。改回去就没事了。同一天同一个人、或同一个合并请求里的，作提示。历史不完整时算没查。",
            "An ID that was deleted came back with another customer or another po than before; or one change replaced both customer and po. Putting them back ends it. What the same person does on the same day, or within one request, is information. Not checked where the history is not complete.",
        ),
        why: (
            "旧订单的收款、单据和链接会全部算到新订单头上。",
            "Payments, papers and links of the old order would all count for the new one.",
        ),
        fix: (
            "把这个订单号还给原来的订单（取消的写 cancelled），新订单另取一个号：gendan new order。",
            "Give the ID back to the order that had it (cancelled, if it was) and take a new one for the new order: gendan new order.",
        ),
    },
    example: example!("git-id-reused"),
    scope: Scope::OrderHistory(check),
};

/// What makes an order the order it is.
const OWN: [&str; 2] = ["customer", "po"];

/// Both of them, as far as they were written.
type Whose = [Option<String>; 2];

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let past = case.past();
    let mut gone: Option<Whose> = None;
    let mut found: Option<(usize, Whose, Whose)> = None;
    for (at, step) in past.steps().iter().enumerate() {
        let (before, after) = (whose(step, true), whose(step, false));
        let taken = match step.what {
            What::Removed => {
                gone = Some(before);
                continue;
            }
            What::Added => gone.take().filter(|old| differ(old, &after).any(|other| other)),
            What::Changed => Some(before).filter(|old| differ(old, &after).all(|other| other)),
        };
        let Some(before) = taken else { continue };
        found = match found {
            // It was given back.
            Some((_, first, _)) if first == after => None,
            Some((_, first, _)) => Some((at, first, after)),
            None => Some((at, before, after)),
        };
    }
    let Some((at, before, after)) = found else { return };
    let Some(step) = past.steps().get(at) else { return };
    let (id, name) = (&case.order.id, called(step.event.as_deref()));
    let [old, old_po] = before.map(Option::unwrap_or_default);
    let [new, new_po] = after.map(Option::unwrap_or_default);
    let finding = out.report(bi!(
        "订单号 {id} 原来是 {old} 的 PO {old_po}，现在是 {new} 的 PO {new_po}，见 {name}",
        "{id} was PO {old_po} of {old} and is now PO {new_po} of {new}, in {name}";
        name
    ));
    finding
        .at(case.order.origin.place("customer"), bi!("客户", "customer"))
        .at(case.order.origin.place("po"), bi!("客户订单号", "purchase order"))
        .help(bi!(
            "{id} 还给原来的订单（已取消的写 cancelled），新订单另取一个号",
            "give {id} back to the order that had it (cancelled, if it was) and take a new ID for the new one"
        ))
        .values([format!("{new} {new_po}"), format!("{old} {old_po}")]);
    if step.what == What::Changed && past.is_slip(at, "customer") {
        finding.severity(Severity::Info);
    }
}

fn whose(step: &Step, before: bool) -> Whose {
    OWN.map(|key| {
        let change = step.changes.iter().find(|change| change.key == key)?;
        if before { change.before.clone() } else { change.after.clone() }
    })
}

/// Which of them were written before and after and say something else.
fn differ<'a>(before: &'a Whose, after: &'a Whose) -> impl Iterator<Item = bool> + 'a {
    before.iter().zip(after).map(|(old, new)| old.is_some() && new.is_some() && old != new)
}
