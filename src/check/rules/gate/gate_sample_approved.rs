//! `gate-sample-approved`: bulk started before the sample was approved.

use crate::model::stage::{Milestone, StageKey};

use super::super::prelude::*;
use crate::check::shared::timing;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-sample-approved",
    group: Group::Gate,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("行业惯例", "trade practice"),
    title: ("样品没确认就投产", "bulk started before the sample was approved"),
    docs: Docs {
        checks: (
            "写了 `sample = true` 的订单：投产日不早于样品确认日（`[actual]` 的 `sample_approved`）。",
            "An order with `sample = true` started production not before the sample was approved (`sample_approved` under `[actual]`).",
        ),
        why: ("样品有改动，大货就要全部返工。", "A change to the sample means reworking all of the bulk."),
        fix: (
            "客户确认过就补 `sample_approved`；没确认，催客户，并让工厂先停在可以改的工序。",
            "Add `sample_approved` if the customer approved it; if not, ask the customer and hold the factory at a step that can still change.",
        ),
    },
    example: example!("gate-sample-approved"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let skipped = case.order.skipped(StageKey::Produce).is_some();
    if case.order.sample != Some(true) || skipped || case.facts.is_cancelled() {
        return;
    }
    let progress = &case.facts.progress;
    let Some(actual) = progress.milestone(Milestone::Started).actual else { return };
    let Some(started) = actual.date else { return };
    let typed = case.order.actual.as_deref().and_then(|a| a.started) == Some(started);
    let path = match actual.proof {
        Some(proof) if !typed => proof.path,
        _ => "actual.started".to_owned(),
    };
    let place = case.order.origin.place(&path);
    match progress.done_on(Milestone::SampleApproved) {
        Some(approved) if approved <= started => {}
        Some(approved) => {
            let days = (approved - started).num_days();
            let apart = timing::days(days);
            out.report(bi!(
                "{started} 投产，{approved} 才确认样品，早了 {days} 天",
                "production started on {started}, the sample was approved on {approved}: {apart} too early"
            ))
            .at(place, bi!("投产 {started}", "started {started}"))
            .at(
                case.order.origin.place("actual.sample_approved"),
                bi!("样品确认 {approved}", "sample approved {approved}"),
            )
            .values([started, approved])
            .help(bi!(
                "先看哪个日期抄错；真是先投产的，核对大货和确认样有没有出入",
                "first see whether a date was copied wrongly; if bulk came first, compare it with the approved sample"
            ));
        }
        None => {
            out.report(bi!(
                "{started} 已投产，样品还没有客户确认",
                "production started on {started}, the sample is not approved"
            ))
            .at(place, bi!("投产", "started"))
            .at(case.order.origin.place("sample"), bi!("大货前要样品确认", "bulk needs an approved sample"))
            .help(bi!(
                "确认过就在 [actual] 补 `sample_approved = 日期`；没确认就催客户",
                "add `sample_approved = DATE` under [actual] if it was approved; if not, ask the customer"
            ));
        }
    }
}
