//! The difference as JSON, for programs. Versioned: within version 1 fields are only added. Amounts are strings.

use serde_json::{Value, json};

use crate::check::finding::Finding;
use crate::diff::Diff;
use crate::report::json::escaped;
use crate::text::Bi;

fn both(said: &Bi) -> Value {
    json!({ "zh": said.zh, "en": said.en })
}

fn finding(finding: &&Finding) -> Value {
    json!({
        "rule": finding.rule.name,
        "class": finding.class.code(),
        "severity": finding.severity.code(),
        "order": finding.subject.order().map(|id| &**id),
        "title": both(&finding.title),
        "fingerprint": finding.fingerprint,
    })
}

/// Renders the difference.
///
/// # Errors
/// Only when serialisation fails, which the types do not.
pub fn document(diff: &Diff<'_>) -> serde_json::Result<String> {
    let orders: Vec<Value> = diff
        .orders
        .iter()
        .map(|order| {
            json!({
                "id": order.id,
                "customer": order.customer,
                "fate": order.fate.code(),
                "moved": order.moved.as_ref().map(|(from, to)| json!({ "from": from, "to": to })),
                "hidden": order.hidden,
                "total": order.total.as_ref().map(|(from, to)| json!({ "before": from, "after": to })),
                "changes": order.changes.iter().map(|c| json!({
                    "kind": c.kind.code(), "key": c.key, "path": c.path, "before": c.before, "after": c.after,
                    "sentence": both(&c.sentence()),
                })).collect::<Vec<_>>(),
                "milestones": order.stages.iter().map(|row| json!({
                    "milestone": row.key.code(), "before": both(&row.before), "after": both(&row.after), "done": row.done,
                })).collect::<Vec<_>>(),
                "money": order.money.iter().map(|row| json!({
                    "what": both(&row.what), "currency": row.currency, "before": row.before, "after": row.after,
                })).collect::<Vec<_>>(),
                "deadlines": order.deadlines.iter().map(|row| json!({
                    "what": both(&row.what), "before": row.before.map(|d| d.to_string()),
                    "after": row.after.map(|d| d.to_string()), "done": row.done, "hard": row.hard, "days_left": row.left,
                })).collect::<Vec<_>>(),
            })
        })
        .collect();
    let document = json!({
        "version": 1,
        "tool": "gendan",
        "tool_version": env!("CARGO_PKG_VERSION"),
        "as_of": diff.as_of.to_string(),
        "base": diff.base,
        "head": diff.head,
        "kinds": diff.kinds.iter().map(|k| k.code()).collect::<Vec<_>>(),
        "orders": orders,
        "outside": diff.outside.iter().map(both).collect::<Vec<_>>(),
        "findings": {
            "new": diff.new.iter().map(finding).collect::<Vec<_>>(),
            "resolved": diff.resolved.iter().map(finding).collect::<Vec<_>>(),
            "existing": diff.existing.len(),
        },
    });
    serde_json::to_string_pretty(&document).map(|text| escaped(&text) + "\n")
}
