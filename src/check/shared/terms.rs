//! What several trade-term rules need: the order's term and where it stands, and the terms that papers print.

use crate::bi;
use crate::check::finding::{Class, Finding, Place, Severity};
use crate::check::rule::Case;
use crate::load::fields::TermText;
use crate::model::document::Printed;
use crate::model::party::PartyKind;
use crate::model::value::{CargoClauses, Incoterm, fold};
use crate::text::Bi;

/// A paper that prints a trade term.
pub(crate) struct Printing<'a> {
    /// Key path of the term.
    pub(crate) path: String,
    /// What the paper is called.
    pub(crate) name: Bi,
    /// The paper.
    pub(crate) paper: &'a Printed,
    /// The term as printed.
    pub(crate) term: &'a TermText,
}

impl Printing<'_> {
    /// Drafts are risks; papers that exist are document faults.
    pub(crate) fn weigh(&self, finding: &mut Finding) {
        if self.paper.is_draft() {
            finding.class(Class::Risk).severity(Severity::Warning);
        } else {
            finding.class(Class::Document);
        }
    }
}

/// The order's term as understood.
pub(crate) fn of<'a>(case: &Case<'a>) -> Option<&'a Incoterm> {
    case.order.incoterm.as_ref()?.term.as_ref()
}

/// Where the order's term stands: in the order, or in the customer's defaults that filled it.
pub(crate) fn place(case: &Case<'_>) -> Place {
    filled(case, "incoterm")
}

/// Where a key of the order stands, or the customer's default that filled it.
pub(crate) fn filled(case: &Case<'_>, key: &str) -> Place {
    let order = case.order;
    let customer = order.filled.contains(&key).then_some(order.customer.as_deref()).flatten();
    match customer.and_then(|id| case.book().party(PartyKind::Customer, id)) {
        Some(party) => party.origin.place(&format!("defaults.{key}")),
        None => order.origin.place(key),
    }
}

/// Current papers of ours that print a term and are known by the day of the facts.
pub(crate) fn printed<'a>(case: &Case<'a>) -> Vec<Printing<'a>> {
    let docs = &case.order.docs;
    let mut all = Vec::new();
    let mut add = |path: String, name: Bi, paper: &'a Printed, term: Option<&'a TermText>| {
        let known = paper.day().is_none_or(|day| day <= case.as_of());
        if let Some(term) = term.filter(|_| paper.is_current() && known) {
            all.push(Printing { path, name, paper, term });
        }
    };
    for (i, c) in docs.contract.iter().enumerate() {
        add(format!("contract[{i}].term"), bi!("合同", "contract"), &c.paper, c.term.as_ref());
    }
    for (i, p) in docs.proforma.iter().enumerate() {
        add(format!("proforma[{i}].term"), bi!("形式发票", "proforma invoice"), &p.paper, p.term.as_ref());
    }
    for (i, inv) in docs.invoice.iter().enumerate() {
        add(format!("invoice[{i}].term"), bi!("发票", "invoice"), &inv.paper, inv.term.as_ref());
    }
    all
}

/// The widest Institute Cargo Clauses, or their Chinese equals, that a line of text names.
pub(crate) fn clauses(text: &str) -> Option<CargoClauses> {
    let folded = fold::fold(text);
    let squeezed: String =
        folded.chars().filter(|c| !c.is_whitespace() && !matches!(c, '(' | ')' | '.')).collect();
    let institute = |letter: &str| {
        ["ICC", "CARGOCLAUSES", "CARGOCLAUSE"].iter().any(|name| {
            squeezed.match_indices(name).any(|(at, _)| {
                let rest = squeezed.get(at + name.len()..).unwrap_or_default();
                let rest = rest.strip_prefix("CLAUSES").or(rest.strip_prefix("CLAUSE")).unwrap_or(rest);
                rest.strip_prefix(letter)
                    .is_some_and(|tail| !tail.starts_with(|c: char| c.is_ascii_lowercase()))
                    && (letter.len() > 1 || !rest.starts_with("AIR"))
            })
        })
    };
    let words: Vec<&str> = folded.split(|c: char| !c.is_alphanumeric()).collect();
    let word = |w: &str| words.contains(&w);
    if institute("AIR") || institute("A") || squeezed.contains("ALLRISK") || squeezed.contains("一切险") {
        return Some(CargoClauses::A);
    }
    if institute("B") || word("WPA") || word("WA") || squeezed.contains("水渍险") {
        return Some(CargoClauses::B);
    }
    (institute("C") || word("FPA") || squeezed.contains("平安险")).then_some(CargoClauses::C)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses_as_policies_print_them() {
        for (text, expected) in [
            ("ICC(A)", Some(CargoClauses::A)),
            ("ICC (C)", Some(CargoClauses::C)),
            ("INSTITUTE CARGO CLAUSES (B) 1/1/09", Some(CargoClauses::B)),
            ("Institute Cargo Clauses (Air)", Some(CargoClauses::A)),
            ("COVERING ALL RISKS AS PER CIC 1/1/1981", Some(CargoClauses::A)),
            ("WPA", Some(CargoClauses::B)),
            ("平安险", Some(CargoClauses::C)),
            ("WAR", None),
            ("STRIKES", None),
        ] {
            assert_eq!(clauses(text), expected, "{text}");
        }
    }
}
