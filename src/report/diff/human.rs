//! The difference as text for a terminal.

use crate::bi;
use crate::check::finding::Finding;
use crate::diff::Diff;
use crate::report::{Langs, clean};
use crate::text::Bi;

/// Renders the difference.
#[must_use]
pub fn text(diff: &Diff<'_>, langs: Langs) -> String {
    let lang = langs.first();
    let mut out = String::new();
    let mut line = |indent: &str, said: &Bi| {
        out.push_str(indent);
        out.push_str(&clean(said.get(lang)));
        out.push('\n');
    };
    if diff.is_empty() {
        line("", &super::nothing());
        return out;
    }
    line("", &super::verdict(diff));
    for order in &diff.orders {
        line("", &Bi::same(""));
        line("", &Bi::same(format!("{} {}", order.id, order.customer)));
        for said in super::sentences(order, false) {
            line("  ", &said);
        }
        for row in &order.money {
            let (what, currency) = (&row.what, &row.currency);
            let (from, to) = (row.before.as_deref().unwrap_or("–"), row.after.as_deref().unwrap_or("–"));
            line(
                "  ",
                &bi!("钱：{what} {currency} {from} → {to}", "money: {what} {currency} {from} → {to}"; what),
            );
        }
        for said in super::deadlines(order) {
            line("  ", &bi!("期限：{said}", "deadline: {said}"; said));
        }
    }
    if !diff.outside.is_empty() {
        line("", &Bi::same(""));
        diff.outside.iter().for_each(|said| line("", said));
    }
    let mut list = |word: Bi, findings: &[&Finding]| {
        for finding in findings {
            let (rule, title) = (finding.rule.name, &finding.title);
            let id = finding.subject.order().map(|id| format!(" {id}")).unwrap_or_default();
            line("", &bi!("{word} {rule}{id} {title}", "{word} {rule}{id} {title}"; word, title));
        }
    };
    list(bi!("新问题", "new"), &diff.new);
    list(bi!("已解决", "resolved"), &diff.resolved);
    let existing = diff.existing.len();
    line("", &bi!("原有问题 {existing}", "existing findings: {existing}"));
    out
}
