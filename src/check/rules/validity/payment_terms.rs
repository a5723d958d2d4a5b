//! `payment-terms`: payment terms that cannot be read.

use super::super::prelude::*;
use crate::check::finding::{At, Place};
use crate::check::locate;
use crate::load::files::Files;
use crate::load::span;
use crate::model::value::{PaymentTerms, TermsError};
use toml::de::DeTable;

/// The rule.
pub static RULE: Rule = Rule {
    name: "payment-terms",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("付款方式读不懂", "payment terms cannot be read"),
    docs: Docs {
        checks: (
            "订单和客户默认值的 payment 一行读得懂：每期写比例或金额和方式，合计 100%。",
            "The line `payment` of orders and customer defaults can be read: each instalment has a share and a method, and the shares add to 100 %.",
        ),
        why: (
            "读不懂，到期日和应收就算不出来，没有人会被提醒去催。",
            "Otherwise neither due dates nor receivables are computed, and nobody is reminded to collect.",
        ),
        fix: (
            "照样子写：\"30% deposit, 70% copy-bl\"、\"100% lc sight\"、\"100% oa 60d shipment\"。",
            "Write it like \"30% deposit, 70% copy-bl\", \"100% lc sight\", \"100% oa 60d shipment\".",
        ),
    },
    example: example!("payment-terms"),
    scope: Scope::Book(check),
};

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    let root = &facts.book.root;
    for party in facts.book.parties.values() {
        if let Some(line) = party.file.defaults.as_deref().and_then(|d| d.payment.as_deref()) {
            read(
                root,
                line,
                || crate::check::shared::banks::subject(party),
                || party.origin.place("defaults.payment"),
                out,
            );
        }
    }
    // A line that derivation could read is right.
    for (order, _) in facts.each().filter(|(_, own)| own.money.terms.is_none()) {
        if let Some(line) = order.payment.as_deref().filter(|_| !order.filled.contains(&"payment")) {
            read(
                root,
                line,
                || Subject::Order(std::sync::Arc::clone(&order.id)),
                || order.origin.place("payment"),
                out,
            );
        }
    }
}

fn read(
    root: &Files,
    line: &str,
    subject: impl Fn() -> Subject,
    place: impl Fn() -> Place,
    out: &mut Sink<'_>,
) {
    let Err(errors) = PaymentTerms::parse(line) else { return };
    let place = place();
    let start = inside(root, &place, line);
    for error in errors {
        let TermsError { range, message, fix } = error;
        let exact = start.map(|start| {
            Place::bytes(
                &place.file,
                start + range.start..start + range.end.max(range.start + 1).min(line.len()),
            )
        });
        let finding = out
            .report_on(
                subject(),
                bi!("付款方式读不懂：{message}", "payment terms cannot be read: {message}"; message),
            )
            .at(exact.clone().unwrap_or_else(|| place.clone()), bi!("这里", "here"))
            .values([line]);
        match fix.and_then(|fix| Some((mended(line, &range, &fix)?, fix))) {
            Some((fixed, fix)) => {
                finding.help(bi!("写成 payment = \"{fixed}\"", "write payment = \"{fixed}\""));
                if let Some(exact) = exact {
                    finding.edit(exact, fix);
                }
            }
            None => {
                finding.help(bi!(
                    "照样子写：\"30% deposit, 70% copy-bl\"、\"100% lc sight\"、\"100% oa 60d shipment\"",
                    "write it like \"30% deposit, 70% copy-bl\", \"100% lc sight\", \"100% oa 60d shipment\""
                ));
            }
        }
    }
}

/// The line with one part replaced.
fn mended(line: &str, range: &std::ops::Range<usize>, fix: &str) -> Option<String> {
    Some(format!("{}{fix}{}", line.get(..range.start)?, line.get(range.end..)?))
}

/// Where the text of the value starts in its file, when it stands there as it reads: no escapes, one line.
fn inside(root: &Files, place: &Place, line: &str) -> Option<usize> {
    let At::Value(path) = &place.at else { return None };
    let text = locate::text(root, &place.file)?;
    let (table, _) = DeTable::parse_recoverable(&text);
    let value = span::find(table.get_ref(), &span::steps(path))?.value;
    let start = value.start.checked_add(1)?;
    (text.get(start..start.checked_add(line.len())?) == Some(line) && value.len() == line.len() + 2)
        .then_some(start)
}
