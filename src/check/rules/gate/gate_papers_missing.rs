//! `gate-papers-missing`: a step is near or taken and its papers are not there. One finding for each order and gate.
//! What a rule of its own speaks about (insurance, money, customs release, 46A …) is not said again.

use chrono::NaiveDate;

use crate::derive::completeness::{self, Clause, Completeness, CompletenessGate, Giver, Kind, Need, listed};
use crate::derive::shipment::ShipmentFact;
use crate::model::stage::Milestone;
use crate::text::Bi;

use super::super::prelude::*;
use crate::check::shared::timing;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-papers-missing",
    group: Group::Gate,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: (
        "公司规定；贸易术语、运输方式、付款方式、货物和目的国各自的要求",
        "house rule; what the trade term, mode of transport, payment, goods and country of destination each ask for",
    ),
    title: ("快到时候了，单据没齐", "papers missing for the next step"),
    docs: Docs {
        checks: (
            "装货前后 7 天、装运后从交单前 7 天起、结案后到归档，各查一次这一步要的单据，缺的一次列出，写明谁要求的。天数是 `leads.documents`。装货时才有的（柜号、照片、入仓单）装了货才查；交单时才有的不查。取消、归档、事后补录的订单不查。别的规则专门说的不重复：保险、款项、放行、补料和 VGM、评审、验货、提前申报、危险品，信用证 46A。",
            "From 7 days before loading to 7 days after it, after shipment from 7 days before the presentation, and after closing until the archive: the papers of that step, all that is missing at once, each with the clause that asks. The days are `leads.documents`. What comes into being while goods are loaded (container numbers, photos, warehouse receipt) is asked for once they are loaded; what the presentation itself makes is not asked for. Cancelled and archived orders and those entered after the fact are left alone. What has a rule of its own is not said again: insurance, money, customs release, shipping instructions and VGM, review, inspection, advance filing, dangerous goods, 46A of a credit.",
        ),
        why: (
            "单据都是临到装船、临到交单才发现缺，那时补要加急费，补不了就甩柜、晚交单。",
            "Papers are found missing when the ship is loading or the bank is waiting. Then they cost an express fee, the sailing, or the presentation period.",
        ),
        fix: (
            "先看是不是有了没登记：补登记。没有的今天就找该给的人要。这一单真不需要的，写 `not_needed = { 名称 = \"理由\" }`。",
            "See first whether the paper is there and was not recorded: record it. What is not there, ask for today. What this order truly does not need goes to `not_needed = { name = \"reason\" }`.",
        ),
    },
    example: example!("gate-papers-missing"),
    scope: Scope::Order(check),
};

/// What other rules speak about when it is missing.
const ELSEWHERE: [Kind; 18] = [
    Kind::Review,
    Kind::Inspection,
    Kind::Insurance,
    Kind::Import,
    Kind::Vgm,
    Kind::Si,
    Kind::Deposit,
    Kind::Balance,
    Kind::CreditApproval,
    Kind::LcAmendments,
    Kind::Ciq,
    Kind::Wood,
    Kind::Dgd,
    Kind::Msds,
    Kind::Un383,
    Kind::PackingCertificate,
    Kind::Ens,
    Kind::Isf,
];

/// A step that is near or taken: when, where that stands, and which shipment it is of.
struct Step<'a> {
    day: NaiveDate,
    path: String,
    shipment: Option<&'a str>,
    taken: bool,
}

impl Step<'_> {
    /// What the date of a shipment stands for.
    fn what(&self) -> Bi {
        let key = self.path.rsplit('.').next().unwrap_or_default();
        match key {
            "loading" | "loaded" => bi!("装货", "loading"),
            "cy" => bi!("截港", "yard cut-off"),
            _ => bi!("开船", "departure"),
        }
    }
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() || case.facts.is_archived() || case.is_register_entry() {
        return;
    }
    before_shipment(case, out);
    before_presentation(case, out);
    before_archive(case, out);
}

fn papers<'a>(case: &Case<'a>, gate: CompletenessGate) -> Completeness<'a> {
    let facts = case.facts;
    completeness::of(case.book(), case.order, &facts.money, &facts.shipments, gate, case.as_of())
}

/// So many days before a step, and, for papers that are of no use later, after it.
fn days(case: &Case<'_>) -> i64 {
    case.config().rule_days(RULE.name, "days", case.config().documents_days())
}

fn is_near(case: &Case<'_>, day: NaiveDate) -> bool {
    (day - case.as_of()).num_days() <= days(case)
}

fn before_shipment(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.progress.is_done(Milestone::Shipped) {
        return;
    }
    let near = |step: &Step<'_>| (step.day - case.as_of()).num_days().abs() <= days(case);
    let Some(step) = loadings(case).into_iter().filter(near).min_by_key(|s| s.day) else { return };
    let papers = papers(case, CompletenessGate::Shipment);
    let missing = papers.missing().filter(|need| {
        need.shipment.is_none_or(|id| step.shipment == Some(id))
            && !ELSEWHERE.contains(&need.kind)
            && (step.taken || !need.kind.comes_with_loading())
    });
    let (day, left, what) = (step.day, left(case, step.day), step.what());
    let count = |list: &Bi, n: usize| match step.taken {
        true => {
            bi!("货 {day} 已装，单据还缺 {n} 样：{list}", "loaded on {day} with {n} missing: {list}"; list)
        }
        false => bi!(
            "{day} {what}（{left}），单据还缺 {n} 样：{list}",
            "{what} on {day} ({left}), {n} missing: {list}"; what, left, list
        ),
    };
    report(case, &step, step.what(), missing.collect(), count, out);
}

/// When each shipment that has not left is loaded: done, planned, by the cut-off of the yard, by the sailing, or, for
/// an order without shipments, by the typed plan.
fn loadings<'a>(case: &Case<'a>) -> Vec<Step<'a>> {
    let order = case.order;
    if order.shipments.is_empty() {
        let typed = timing::typed(order, Milestone::Shipped);
        return typed
            .map(|(day, path)| Step { day, path, shipment: None, taken: false })
            .into_iter()
            .collect();
    }
    case.facts.shipments.iter().filter(|f| f.shipped.is_none()).filter_map(|f| loading(case, f)).collect()
}

fn loading<'a>(case: &Case<'a>, fact: &'a ShipmentFact) -> Option<Step<'a>> {
    let (i, record) = fact.index.and_then(|i| Some((i, case.order.shipments.get(i)?)))?;
    let cut_off = record.cutoffs.as_deref().and_then(|c| c.cy).map(|at| at.date_naive());
    let loaded = record.loaded.filter(|day| *day <= case.as_of());
    let (day, key) = [
        (loaded, "loaded"),
        (record.loading, "loading"),
        (cut_off, "cutoffs.cy"),
        (record.etd, "etd"),
        (record.planned, "planned"),
    ]
    .into_iter()
    .find_map(|(day, key)| Some((day?, key)))?;
    let path = format!("shipments[{i}].{key}");
    Some(Step { day, path, shipment: Some(fact.id.as_str()), taken: loaded.is_some() })
}

fn before_presentation(case: &Case<'_>, out: &mut Sink<'_>) {
    let progress = &case.facts.progress;
    if !progress.is_done(Milestone::Shipped) || progress.is_done(Milestone::Presented) {
        return;
    }
    let Some((day, path)) = timing::typed(case.order, Milestone::Presented) else { return };
    if !is_near(case, day) {
        return;
    }
    let papers = papers(case, CompletenessGate::Presentation);
    let by_credit = |need: &Need<'_>| need.clauses.iter().any(|c| matches!(c, Clause::Credit { .. }));
    let missing = papers.at(CompletenessGate::Presentation).filter(|need| {
        !need.is_met()
            && !need.kind.follows_presentation()
            && !matches!(need.kind, Kind::Customs | Kind::Balance | Kind::Dgd)
            && !by_credit(need)
    });
    let step = Step { day, path, shipment: None, taken: false };
    let left = left(case, day);
    let count = |list: &Bi, n: usize| bi!("{day} 交单（{left}），单据还缺 {n} 样：{list}", "presentation on {day} ({left}), {n} missing: {list}"; left, list);
    report(case, &step, bi!("交单", "presentation"), missing.collect(), count, out);
}

fn before_archive(case: &Case<'_>, out: &mut Sink<'_>) {
    let progress = &case.facts.progress;
    let closed = progress.milestone(Milestone::Closed).actual;
    let (day, path, taken) = match closed.and_then(|a| Some((a.date?, a.proof))) {
        Some((day, proof)) => (day, proof.map_or_else(|| "actual.closed".to_owned(), |p| p.path), true),
        None => match timing::typed(case.order, Milestone::Archived) {
            Some((day, path)) if progress.is_done(Milestone::Paid) && is_near(case, day) => {
                (day, path, false)
            }
            _ => return,
        },
    };
    let papers = papers(case, CompletenessGate::Archive);
    let (step, left) = (Step { day, path, shipment: None, taken }, left(case, day));
    let count = |list: &Bi, n: usize| match taken {
        true => {
            bi!("{day} 已结案，归档还缺 {n} 样：{list}", "closed on {day}, {n} missing for the archive: {list}"; list)
        }
        false => {
            bi!("{day} 归档（{left}），还缺 {n} 样：{list}", "archive on {day} ({left}), {n} missing: {list}"; left, list)
        }
    };
    let label = if taken { bi!("结案", "closed") } else { bi!("归档", "archive") };
    report(case, &step, label, papers.missing().collect(), count, out);
}

/// `5 days left`, `2 days ago`.
fn left(case: &Case<'_>, day: NaiveDate) -> Bi {
    let days = (day - case.as_of()).num_days();
    let n = days.abs();
    let long = timing::days(n);
    match days {
        0 => bi!("今天", "today"),
        1.. => bi!("还有 {n} 天", "{long} left"),
        _ => bi!("已过 {n} 天", "{long} ago"),
    }
}

fn report(
    case: &Case<'_>,
    step: &Step<'_>,
    label: Bi,
    missing: Vec<&Need<'_>>,
    title: impl Fn(&Bi, usize) -> Bi,
    out: &mut Sink<'_>,
) {
    if missing.is_empty() {
        return;
    }
    let whom = whom(&missing);
    let keys = missing.iter().map(|need| need.key()).collect::<Vec<_>>().join(" ");
    out.report(title(&listed(&missing), missing.len()))
        .at(case.order.origin.place(&step.path), label)
        .values(missing.iter().map(|need| need.key()))
        .until((step.day >= case.as_of()).then_some(step.day))
        .help(bi!(
            "有了没登记的补登记；没有的去要（{whom}）；这一单不需要的写 `not_needed = {{ 名称 = \"理由\" }}`，名称是：{keys}",
            "record what is there; get the rest ({whom}); what this order does not need goes to `not_needed = {{ name = \"reason\" }}` with these names: {keys}";
            whom
        ));
}

/// Whom to ask for what.
fn whom(missing: &[&Need<'_>]) -> Bi {
    let mut givers: Vec<Giver> = missing.iter().map(|need| need.kind.giver()).collect();
    givers.sort_unstable();
    givers.dedup();
    let part = |giver: Giver| {
        let mine: Vec<Bi> = missing.iter().filter(|n| n.kind.giver() == giver).map(|n| n.name()).collect();
        let zh = mine.iter().map(|m| m.zh.as_str()).collect::<Vec<_>>().join("、");
        let en = mine.iter().map(|m| m.en.as_str()).collect::<Vec<_>>().join(", ");
        let (who_zh, who_en) = giver.title();
        (format!("{who_zh}：{zh}"), format!("{who_en}: {en}"))
    };
    let (zh, en): (Vec<String>, Vec<String>) = givers.into_iter().map(part).unzip();
    Bi { zh: zh.join("；"), en: en.join("; ") }
}
