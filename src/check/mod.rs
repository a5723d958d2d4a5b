//! Runs the rules over the facts and turns what they say into findings with lines and columns.
//!
//! A rule decides that something is wrong, and nothing else does. A finding is located only when it exists.

pub mod digest;
pub mod finding;
pub mod locate;
pub mod rule;
pub mod rules;
pub(crate) mod shared;
pub mod since;
pub mod waiver;

use rayon::prelude::*;

use crate::check::finding::{Class, Finding, Severity, Subject};
use crate::check::rule::{Case, Rule, Scope, Sink};
use crate::config::RuleState;
use crate::derive::{Facts, OrderFacts};
use crate::history::State;
use crate::model::Order;

/// Most findings of one rule about one order: who reads two hundred needs no more, and a file of a million empty
/// items must not take minutes. The last one says how many more there are.
const MAX_PER_RULE: usize = 200;

/// What a check found.
#[derive(Debug, Default)]
pub struct Checked {
    /// Located, waived where a waiver accepts them, in order of file, place and rule.
    pub findings: Vec<Finding>,
    /// Rules that ran.
    pub rules: usize,
    /// Rules that could not run, because git cannot tell the history. They are "not checked", never passed.
    pub unchecked: Vec<&'static Rule>,
}

/// Runs every rule that is not switched off. `loaded` are the findings of the loader.
#[must_use]
pub fn check(facts: &Facts<'_>, loaded: Vec<Finding>) -> Checked {
    run(facts, loaded, true)
}

/// Runs every rule but those about the history of the whole book: for a book that holds one order of many, whose
/// history the others are part of.
#[must_use]
pub fn check_alone(facts: &Facts<'_>, loaded: Vec<Finding>) -> Checked {
    run(facts, loaded, false)
}

fn run(facts: &Facts<'_>, loaded: Vec<Finding>, whole: bool) -> Checked {
    let wanted = rules::all().filter_map(|rule| match facts.book.config.rule(rule.name) {
        RuleState::Off => None,
        RuleState::Default if rule.opt_in => None,
        RuleState::Default => Some((rule, None)),
        RuleState::Set(level) => Some((rule, Some(level))),
    });
    let wanted = wanted.filter(|(rule, _)| whole || !matches!(rule.scope, Scope::BookHistory(_)));
    let told = facts.history.state == State::Complete;
    let (active, unchecked): (Vec<_>, Vec<_>) =
        wanted.partition(|(rule, _)| told || !rule.scope.needs_history());
    let mut findings: Vec<Finding> = loaded;
    let per_order: Vec<Vec<Finding>> = facts
        .book
        .orders
        .par_iter()
        .zip(&facts.orders)
        .map(|(order, own)| check_order(facts, order, own, &active))
        .collect();
    findings.extend(per_order.into_iter().flatten());
    for (rule, level) in &active {
        if let Scope::Book(run) | Scope::BookHistory(run) = rule.scope {
            let mut sink = Sink::new(rule, *level, Subject::Root, &mut findings, usize::MAX);
            run(facts, &mut sink);
            sink.finish();
        }
    }
    set_levels(&mut findings, &active);
    age(&mut findings, facts);
    locate::locate(&facts.book.root, &mut findings);
    let mut late = waiver::apply(facts, &mut findings, &active);
    locate::locate(&facts.book.root, &mut late);
    findings.extend(late);
    findings.sort_by_cached_key(sort_key);
    let unchecked = unchecked.into_iter().map(|(rule, _)| rule).collect();
    Checked { findings, rules: active.len(), unchecked }
}

fn check_order(
    facts: &Facts<'_>,
    order: &Order,
    own: &OrderFacts,
    active: &[(&'static Rule, Option<Severity>)],
) -> Vec<Finding> {
    let mut findings = Vec::new();
    let case = Case::new(order, own, facts);
    for (rule, level) in active {
        if let Scope::Order(run) | Scope::OrderHistory(run) = rule.scope {
            let subject = Subject::Order(std::sync::Arc::clone(&order.id));
            let mut sink = Sink::new(rule, *level, subject, &mut findings, MAX_PER_RULE);
            run(&case, &mut sink);
            sink.finish();
        }
    }
    findings
}

/// A level set in `gendan.toml` holds for every finding of its rule, also for what the loader said. What the
/// loader cannot read stays visible even where its rule is switched off: it would be lost silently.
fn set_levels(findings: &mut [Finding], active: &[(&'static Rule, Option<Severity>)]) {
    for finding in findings {
        match active.iter().find(|(rule, _)| std::ptr::eq(*rule, finding.rule)) {
            Some((_, Some(level))) => finding.severity = *level,
            Some((_, None)) => {}
            None => finding.severity = Severity::Info,
        }
    }
}

/// Findings about papers and risks of an archived order are history: shown, not failing.
fn age(findings: &mut [Finding], facts: &Facts<'_>) {
    for finding in findings.iter_mut().filter(|f| f.class != Class::Record) {
        let archived = finding
            .subject
            .order()
            .and_then(|id| facts.book.order(id))
            .and_then(|order| facts.of(order))
            .is_some_and(OrderFacts::is_archived);
        finding.past |= archived;
    }
}

type SortKey = (std::sync::Arc<str>, usize, usize, &'static str, String);

fn sort_key(finding: &Finding) -> SortKey {
    let (file, start, end) = finding.spots.first().map_or_else(
        || (std::sync::Arc::from(""), 0, 0),
        |s| {
            (
                std::sync::Arc::clone(&s.place.file),
                s.region.map_or(0, |r| r.start),
                s.region.map_or(0, |r| r.end),
            )
        },
    );
    (file, start, end, finding.rule.name, finding.title.en.clone())
}
