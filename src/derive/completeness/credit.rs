//! What a letter of credit asks for: each document of 46A as amended and accepted, and the draft of 42C. How many
//! originals there must be, and whether they comply, is for the examination to say.

use super::ask::Asks;
use super::kind::Kind;
use super::need::Clause;
use super::need::CompletenessGate::Presentation;
use super::view::{Scope, View};
use crate::derive::credit::Said;
use crate::model::document::{Certificate, Required};
use crate::model::value::fold::fold;

pub(super) fn ask<'a>(view: &View<'a>, asks: &mut Asks<'a>) {
    let mut own = 0;
    for credit in view.credits() {
        for said in &credit.documents {
            let kind = kind(said.value, &mut own);
            let text = said.value.text.as_deref();
            asks.ask(Presentation, Clause::Credit { source: said.source, text, field: "46A" }, &[kind]);
        }
        if let Some(drafts) = &credit.drafts {
            let clause = Clause::Credit { source: drafts.source, text: Some(drafts.value), field: "42C" };
            asks.ask(Presentation, clause, &[Kind::Draft]);
        }
    }
}

/// What a line of 46A asks for; a line without a table of its own gets the next number.
fn kind(required: &Required, own: &mut u8) -> Kind {
    match required.kind.as_deref() {
        Some("invoice") => Kind::Invoice,
        Some("packing") => Kind::Packing,
        Some("bl") => Kind::Bl,
        Some("awb") => Kind::Awb,
        Some("waybill") => Kind::Waybill,
        Some("courier") => Kind::Courier,
        Some("insurance") => Kind::Insurance,
        Some("origin") => Kind::Origin,
        Some("draft") => Kind::Draft,
        _ => {
            *own = own.saturating_add(1);
            Kind::Asked(*own)
        }
    }
}

/// The lines of 46A that have no table of their own, in the order of their numbers.
fn lines<'v, 'a>(view: &'v View<'a>) -> impl Iterator<Item = &'v Said<&'a Required>> {
    view.credits().iter().flat_map(|c| &c.documents).filter(|said| {
        let mut own = 0;
        matches!(kind(said.value, &mut own), Kind::Asked(_))
    })
}

/// Which recorded certificate answers the line with a number, from 1. `None` where none does.
pub(super) fn answer(view: &View<'_>, scope: Scope<'_>, number: u8) -> Option<usize> {
    let wanted: Vec<&Required> = lines(view).map(|said| said.value).collect();
    let mut free: Vec<usize> = there(view, scope).collect();
    let mut given: Vec<Option<usize>> = vec![None; wanted.len()];
    // Those that are alike first, best first; then what is left, in order.
    let mut pairs: Vec<(u32, usize, usize)> = Vec::new();
    for (line, required) in wanted.iter().enumerate() {
        for &at in &free {
            let score = view.order.docs.certificate.get(at).map_or(0, |c| alike(required, c));
            pairs.push((score, line, at));
        }
    }
    pairs.sort_by_key(|(score, line, at)| (std::cmp::Reverse(*score), *line, *at));
    for (score, line, at) in pairs {
        let named = wanted.get(line).and_then(|r| r.kind.as_deref());
        // A line of a kind nobody knows is answered only by what resembles it.
        if score == 0 && named != Some("certificate") {
            continue;
        }
        let Some(slot) = given.get_mut(line).filter(|slot| slot.is_none()) else { continue };
        if let Some(position) = free.iter().position(|f| *f == at) {
            *slot = Some(free.swap_remove(position));
        }
    }
    given.get(usize::from(number).checked_sub(1)?).copied().flatten()
}

/// The line with a number is of a kind that the record does not know: what answers it is for a person to see.
pub(super) fn is_unknown(view: &View<'_>, number: u8) -> bool {
    let line = usize::from(number).checked_sub(1).and_then(|n| lines(view).nth(n));
    line.is_none_or(|said| said.value.kind.as_deref() != Some("certificate"))
}

fn there<'v>(view: &'v View<'_>, scope: Scope<'v>) -> impl Iterator<Item = usize> + 'v {
    view.order.docs.certificate.iter().enumerate().filter_map(move |(i, c)| {
        let paper = &c.paper;
        let counts =
            paper.is_current() && view.is_there(paper.day()) && scope.holds(paper.shipment.as_deref());
        counts.then_some(i)
    })
}

/// How much a certificate looks like what a line of 46A wants: its kind, the words of its title, its issuer.
fn alike(required: &Required, certificate: &Certificate) -> u32 {
    let wanted = fold(required.text.as_deref().unwrap_or_default());
    let named = |text: Option<&str>| text.map(fold).filter(|text| !text.is_empty());
    let kind = named(required.kind.as_deref()).filter(|kind| kind != "CERTIFICATE");
    let own = named(certificate.kind.as_deref());
    let same_kind = kind.is_some() && kind == own;
    let title = named(certificate.title.as_deref()).unwrap_or_default();
    let words = title.split([' ', '\'', '-', '/']).chain(own.as_deref());
    let telling = words.filter(|w| w.chars().count() > 3 && !matches!(*w, "CERTIFICATE" | "CERTIFY"));
    let shared = telling.filter(|word| wanted.contains(*word)).count();
    let issuer = named(required.issuer.as_deref()).zip(named(certificate.paper.issuer.as_deref()));
    let same_issuer = issuer.is_some_and(|(a, b)| a.contains(&b) || b.contains(&a));
    u32::from(same_kind) * 100
        + u32::try_from(shared).unwrap_or(u32::MAX).min(10) * 10
        + u32::from(same_issuer) * 5
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::Printed;

    fn line(kind: &str, text: &str) -> Required {
        Required { kind: Some(kind.into()), text: Some(text.into()), ..Required::default() }
    }

    fn certificate(title: &str, issuer: &str) -> Certificate {
        let paper = Printed { issuer: Some(issuer.into()), ..Printed::default() };
        Certificate { title: Some(title.into()), paper, ..Certificate::default() }
    }

    #[test]
    fn a_certificate_is_known_by_its_title() {
        let wanted = line("certificate", "CERTIFICATE OF WEIGHT ISSUED BY CCIC");
        assert!(alike(&wanted, &certificate("Certificate of Weight", "X")) > 0);
        assert_eq!(alike(&wanted, &certificate("BENEFICIARY'S CERTIFICATE", "X")), 0);
    }

    #[test]
    fn lines_without_a_table_are_counted() {
        let mut own = 0;
        let kinds: Vec<Kind> = ["invoice", "certificate", "bl", "beneficiary", "draft"]
            .iter()
            .map(|k| kind(&line(k, ""), &mut own))
            .collect();
        assert_eq!(kinds, [Kind::Invoice, Kind::Asked(1), Kind::Bl, Kind::Asked(2), Kind::Draft]);
    }
}
