//! Waivers: a finding accepted by a named person for a stated reason until a stated day. The finding stays
//! visible; it stops failing. A waiver that has expired, or that accepts nothing, is itself a finding.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::bi;
use crate::check::finding::{Finding, Severity, Subject, WaivedBy};
use crate::check::rule::{Rule, Scope};
use crate::check::rules;
use crate::derive::Facts;
use crate::model::order::{Until, Waiver};
use crate::text::Bi;

/// Applies the waivers of every order; returns the findings about the waivers themselves.
pub(super) fn apply(
    facts: &Facts<'_>,
    findings: &mut [Finding],
    active: &[(&'static Rule, Option<Severity>)],
) -> Vec<Finding> {
    let mut late = Vec::new();
    for order in facts.book.orders.iter().filter(|o| !o.waivers.is_empty()) {
        for (index, waiver) in order.waivers.iter().enumerate() {
            let mut used = false;
            for finding in findings.iter_mut().filter(|f| f.subject.order() == Some(&order.id)) {
                if accepts(waiver, finding) {
                    used = true;
                    if is_valid(waiver, facts.as_of) && finding.waived.is_none() {
                        finding.waived = Some(waived_by(waiver));
                    }
                }
            }
            let place = order.origin.place(&format!("waivers[{index}]"));
            let mut say = |rule: &'static Rule| {
                let level = active.iter().find(|(r, _)| std::ptr::eq(*r, rule)).map(|(_, level)| *level);
                if let Some(level) = level {
                    late.push(about(rule, level, waiver, &order.id, place.clone()));
                }
            };
            if !is_whole(waiver) {
                say(&rules::waiver_incomplete::RULE);
            } else if !used {
                say(&rules::waiver_unused::RULE);
            } else if !is_valid(waiver, facts.as_of) {
                say(&rules::waiver_expired::RULE);
            }
        }
    }
    late
}

/// A waiver needs a rule, a reason, a person and an end: a conscious decision that a boss can see.
fn is_whole(waiver: &Waiver) -> bool {
    let said = |text: &Option<String>| text.as_deref().is_some_and(|t| !t.trim().is_empty());
    said(&waiver.rule) && said(&waiver.why) && said(&waiver.by) && waiver.until.is_some()
}

fn is_valid(waiver: &Waiver, as_of: NaiveDate) -> bool {
    is_whole(waiver)
        && match waiver.until {
            Some(Until::Date(day)) => as_of <= day,
            Some(Until::Archived) => true,
            None => false,
        }
}

fn waived_by(waiver: &Waiver) -> WaivedBy {
    WaivedBy {
        why: waiver.why.clone().unwrap_or_default(),
        by: waiver.by.clone().unwrap_or_default(),
        until: match waiver.until {
            Some(Until::Date(day)) => Some(day),
            _ => None,
        },
    }
}

fn accepts(waiver: &Waiver, finding: &Finding) -> bool {
    let Some(rule) = waiver.rule.as_deref() else { return false };
    // What could not be read is no fact that somebody may accept: it would be missing without a word.
    let unread = matches!(finding.rule.scope, Scope::Load) && finding.severity == Severity::Error;
    if finding.rule.name != rule || unread {
        return false;
    }
    match waiver.at.as_deref() {
        None => true,
        Some(at) => {
            at == finding.identity || without_names(at) == at && at == without_names(&finding.identity)
        }
    }
}

/// `bl[EGLV143600117421].gross_kg` → `bl.gross_kg`: a waiver may name the field without the document.
fn without_names(path: &str) -> String {
    let mut plain = String::new();
    let mut depth = 0usize;
    for c in path.chars() {
        match c {
            '[' => depth += 1,
            ']' => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    plain
}

/// Most often cured; a name that no rule has was mistyped.
fn unused(name: &str) -> Bi {
    if rules::find(name).is_some() {
        return bi!("对 {name} 的豁免没有用上", "the waiver of {name} accepts nothing");
    }
    bi!("没有 {name} 这条规则，豁免不起作用", "there is no rule {name}: the waiver accepts nothing")
}

fn about(
    rule: &'static Rule,
    level: Option<Severity>,
    waiver: &Waiver,
    order: &Arc<str>,
    place: crate::check::finding::Place,
) -> Finding {
    let name = waiver.rule.clone().unwrap_or_default();
    let title = if std::ptr::eq(rule, &rules::waiver_unused::RULE) {
        unused(&name)
    } else if std::ptr::eq(rule, &rules::waiver_expired::RULE) {
        let until = match waiver.until {
            Some(Until::Date(day)) => day.to_string(),
            _ => String::new(),
        };
        bi!("对 {name} 的豁免 {until} 到期", "the waiver of {name} expired on {until}")
    } else {
        bi!("豁免没写全，不作数", "the waiver is incomplete and does not count")
    };
    let mut finding = Finding::new(rule, Subject::Order(Arc::clone(order)), title);
    if let Some(level) = level {
        finding.severity = level;
    }
    finding.at(place, bi!("这条豁免", "this waiver")).help(rule.docs.fix.into());
    finding
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_may_be_named_without_its_document() {
        assert_eq!(without_names("bl[EGLV1].gross_kg"), "bl.gross_kg");
        assert_eq!(without_names("bl.gross_kg"), "bl.gross_kg");
    }
}
