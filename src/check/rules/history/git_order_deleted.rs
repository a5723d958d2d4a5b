//! `git-order-deleted`: an order's folder is gone.

use super::super::prelude::*;

use std::sync::Arc;

use crate::check::finding::{At, Place};
use crate::check::shared::trail::{Past, called};
use crate::history::{Step, What};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "git-order-deleted",
    group: Group::History,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.4.0",
    source: ("公司规定：订单取消，不删", "house rule: an order is cancelled, not deleted"),
    title: ("订单被删掉了", "an order was deleted"),
    docs: Docs {
        checks: (
            "orders/ 下曾经提交过的订单文件夹不见了，包括还没提交的删除和改了名的文件夹（订单号就是文件夹名）。移到别的月份不算。同一天同一个人建了又删的，作提示。历史不完整时算没查。",
            "The folder of an order that was committed is gone, also when the deletion is not committed yet, and when the folder got another name (its name is the ID). Moving it to another month does not count. One that came and went on the same day by the same person is information. Not checked where the history is not complete.",
        ),
        why: (
            "删掉的订单不再出现在任何清单里：定金、客户的索赔和这个订单号都跟着不见了。",
            "A deleted order appears on no list any more: its deposit, the customer's claims and its ID vanish with it.",
        ),
        fix: (
            "把文件夹找回来（取删除之前的版本），写 cancelled 和 cancel_reason。确实必须删的（例如法律要求删除资料），由老板在 gendan.toml 里把这条规则调低，写明原因。",
            "Bring the folder back from before the deletion and write cancelled and cancel_reason. Where it had to go, as when the law asks for erasure, the one in charge lowers this rule in gendan.toml with a comment that says why.",
        ),
    },
    example: example!("git-order-deleted"),
    scope: Scope::BookHistory(check),
};

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    for id in facts.history.trails.ids().filter(|id| facts.book.order(id).is_none()) {
        let trail = facts.history.trail(id).unwrap_or_default();
        let past = Past::of(facts, &trail);
        let last = past.steps().iter().enumerate().next_back();
        let Some((at, step)) = last.filter(|(_, step)| step.what == What::Removed) else { continue };
        let (what, name) = (whose(step), called(step.event.as_deref()));
        let folder = step.files.iter().find(|file| file.ends_with(".toml")).or(step.files.first());
        let folder = folder.and_then(|file| file.rsplit_once('/')).map_or("", |(folder, _)| folder);
        let title =
            bi!("订单 {id}{what}被删掉了，见 {name}", "order {id}{what} was deleted, in {name}"; what, name);
        // The folder is gone: the key names the finding, the file is the one that stands for the whole book.
        let place = Place { file: Arc::from("gendan.toml"), at: At::Value(format!("orders.{id}")) };
        let finding = out.report(title);
        finding
            .at(place, bi!("{folder}", "{folder}"))
            .help(bi!(
                "找回 {folder}，写 cancelled = 日期、cancel_reason = \"原因\"，不要删",
                "bring {folder} back and write cancelled = DATE, cancel_reason = \"…\" instead of deleting"
            ))
            .values([id]);
        if past.is_slip(at, "order") {
            finding.severity(Severity::Info);
        }
    }
}

/// Customer and purchase order, as far as they were written.
fn whose(step: &Step) -> Bi {
    let said = |key: &str| step.changes.iter().find(|c| c.key == key).and_then(|c| c.before.as_deref());
    match (said("customer"), said("po")) {
        (Some(customer), Some(po)) => bi!("（{customer}，PO {po}）", " ({customer}, PO {po})"),
        (Some(one), None) => bi!("（{one}）", " ({one})"),
        (None, Some(po)) => bi!("（PO {po}）", " (PO {po})"),
        (None, None) => Bi::default(),
    }
}
