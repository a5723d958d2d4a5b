//! The ten stages: what was planned at first, what is planned now, what is expected, what happened, what proves it and
//! which commit recorded it; and the gates between them with what they still ask for.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::super::value::{Day, Words, day};
use super::super::{Api, words};
use super::records::Records;
use crate::derive::completeness::{self, CompletenessGate, Need};
use crate::derive::gates::{self, GateFact};
use crate::derive::{MilestoneFact, OrderFacts, StageFact};
use crate::model::Order;
use crate::model::stage::Milestone;
use crate::publish::baseline;
use crate::publish::witness;

/// A stage.
#[derive(Debug, Serialize, JsonSchema)]
pub struct StageDoc<'a> {
    /// `confirm`, `release`, `produce`, `inspect`, `book`, `declare`, `ship`, `collect`, `archive` or `feedback`.
    pub stage: &'static str,
    /// 1 to 10.
    pub number: u8,
    /// Its name.
    pub name: Words<'a>,
    /// `done`, `done-without-evidence`, `open`, `late`, `not-yet` or `skipped`.
    pub state: &'static str,
    /// Why it is skipped.
    pub skipped: Option<&'a str>,
    /// Its steps, in order.
    pub milestones: Vec<MilestoneDoc<'a>>,
}

/// A dated step.
#[derive(Debug, Serialize, JsonSchema)]
pub struct MilestoneDoc<'a> {
    /// `confirmed`, `produced`, `shipped` …
    pub milestone: &'static str,
    /// The plan of the first commit that had one: rewriting a plan does not move it. Null where git cannot tell.
    pub baseline: Option<Day>,
    /// The plan as it stands.
    pub plan: Option<Day>,
    /// Nobody wrote that plan; it is counted back from the latest shipment.
    pub plan_derived: bool,
    /// When it is expected.
    pub forecast: Option<Day>,
    /// It has happened.
    pub done: bool,
    /// When; null where that is not recorded.
    pub actual: Option<Day>,
    /// It was not recorded, but must have happened because a later step did.
    pub implied: bool,
    /// What proves it; null where a day was only typed.
    pub evidence: Option<EvidenceDoc>,
    /// The commit that recorded it, a key of `commits`; null where git cannot tell.
    pub recorded: Option<&'a str>,
}

/// A record that proves a step.
#[derive(Debug, Serialize, JsonSchema)]
pub struct EvidenceDoc {
    /// The paper or record, in words.
    pub what: Words<'static>,
    /// Where it stands in the order: `bl[0].on_board`.
    pub path: String,
}

/// A gate: what must be there before the next step.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GateDoc<'a> {
    /// The rule that guards it.
    pub rule: &'static str,
    /// Its name.
    pub name: Words<'a>,
    /// The stage it stands before.
    pub stage: &'static str,
    /// `passed`, `open`, `blocked` or `not-needed`.
    pub state: &'static str,
    /// What is missing.
    pub missing: Vec<Words<'a>>,
}

/// A paper that the order needs.
#[derive(Debug, Serialize, JsonSchema)]
pub struct NeedDoc<'a> {
    /// Its key, as `not_needed` names it.
    pub key: String,
    /// Its name.
    pub name: Words<'a>,
    /// Of which shipment; null for the whole order.
    pub shipment: Option<&'a str>,
    /// `draft` or `final`: what has to be there.
    pub level: &'static str,
    /// `missing`, `draft`, `issued`, `checked`, `sent`, `received-back` or `not-needed`.
    pub state: &'static str,
    /// Nothing is left to do about it.
    pub met: bool,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    pub(super) fn stages(
        &self,
        order: &'c Order,
        own: &'c OrderFacts,
        records: &Records<'_, 'c>,
    ) -> Vec<StageDoc<'c>> {
        let first = baseline::of(self.ctx.facts.history, &order.id);
        own.progress.stages.iter().map(|stage| self.stage(stage, &first, records)).collect()
    }

    fn stage(
        &self,
        stage: &'c StageFact,
        first: &BTreeMap<Milestone, NaiveDate>,
        records: &Records<'_, 'c>,
    ) -> StageDoc<'c> {
        StageDoc {
            stage: stage.key.code(),
            number: stage.key.number(),
            name: stage.key.title().into(),
            state: words::stage(stage.state),
            skipped: stage.skipped.as_deref(),
            milestones: stage
                .milestones
                .iter()
                .map(|fact| self.milestone(fact, first.get(&fact.key).copied(), records))
                .collect(),
        }
    }

    fn milestone(
        &self,
        fact: &'c MilestoneFact,
        first: Option<NaiveDate>,
        records: &Records<'_, 'c>,
    ) -> MilestoneDoc<'c> {
        let actual = fact.actual.as_ref();
        let proof = actual.and_then(|a| a.proof.as_ref());
        let path = witness::path_of(fact);
        MilestoneDoc {
            milestone: fact.key.code(),
            baseline: day(first),
            plan: day(fact.plan.map(|p| p.date)),
            plan_derived: fact.plan.is_some_and(|p| p.derived),
            forecast: day(fact.forecast),
            done: actual.is_some(),
            actual: day(actual.and_then(|a| a.date)),
            implied: actual.is_some_and(|a| a.implied),
            evidence: proof
                .map(|proof| EvidenceDoc { what: proof.what.clone().into(), path: proof.path.clone() }),
            recorded: path.and_then(|path| {
                let date = actual.map_or(fact.forecast, |a| a.date);
                records.of(&path, date)
            }),
        }
    }

    pub(super) fn gates(&self, order: &'c Order, own: &'c OrderFacts) -> Vec<GateDoc<'c>> {
        let gate = |fact: GateFact| GateDoc {
            rule: fact.rule,
            name: fact.title.into(),
            stage: fact.stage.code(),
            state: words::gate(fact.state),
            missing: fact.missing.into_iter().map(Into::into).collect(),
        };
        gates::of(self.ctx.book(), order, own, self.ctx.as_of()).into_iter().map(gate).collect()
    }

    /// Everything the order needs until it is archived; a cancelled one needs nothing.
    pub(super) fn needs(&self, order: &'c Order, own: &'c OrderFacts) -> Vec<NeedDoc<'c>> {
        if own.is_cancelled() {
            return Vec::new();
        }
        let (book, as_of) = (self.ctx.book(), self.ctx.as_of());
        let gate = CompletenessGate::Archive;
        let all = completeness::of(book, order, &own.money, &own.shipments, gate, as_of);
        let need = |need: &Need<'c>| NeedDoc {
            key: need.key().into_owned(),
            name: need.name().into(),
            shipment: need.shipment,
            level: words::level(need.level),
            state: words::paper(&need.state),
            met: need.is_met(),
        };
        all.needs.iter().map(need).collect()
    }
}
