//! How consignees compare: to order, to the order of a party, or a named party. "To order of shipper" is "to order"
//! (ISBP 745 E12, E13). Decides nothing.

use super::exams;
use crate::compare::{Outcome, name};
use crate::derive::credit::Credit;
use crate::model::value::fold::fold;

/// To whom goods are consigned.
#[derive(Debug, PartialEq, Eq)]
enum Consignee {
    /// To order, or to order of the shipper.
    Order,
    /// To the order of a party.
    OrderOf(String),
    /// A named party.
    Named(String),
}

fn read(text: &str) -> Consignee {
    let folded = fold(text);
    let words = folded.trim().trim_end_matches('.');
    let words = words.strip_prefix("CONSIGNED ").or_else(|| words.strip_prefix("MADE OUT ")).unwrap_or(words);
    let bare = words.strip_prefix("TO THE ").or_else(|| words.strip_prefix("TO ")).unwrap_or(words).trim();
    let Some(rest) = bare.strip_prefix("ORDER") else { return Consignee::Named(bare.to_owned()) };
    let rest = rest.trim().strip_prefix("OF").map(str::trim).unwrap_or_default();
    match rest.trim_start_matches("THE ") {
        "" | "SHIPPER" | "THE SHIPPER" | "BENEFICIARY" => Consignee::Order,
        party => Consignee::OrderOf(party.to_owned()),
    }
}

/// True for a consignee "to order" of anybody.
pub(crate) fn is_order(text: &str) -> bool {
    !matches!(read(text), Consignee::Named(_))
}

/// Compares what the paper prints with what the credit asks; `None` where the credit's word for the party (`ISSUING
/// BANK`) stands for one it does not record.
pub(crate) fn compare(credit: &Credit<'_>, printed: &str, asked: &str) -> Option<Outcome> {
    match (read(printed), read(asked)) {
        (Consignee::Order, Consignee::Order) => Some(Outcome::Normalised),
        (Consignee::OrderOf(is), Consignee::OrderOf(ought))
        | (Consignee::Named(is), Consignee::Named(ought)) => names(credit, &is, &ought),
        _ => Some(Outcome::Different),
    }
}

/// The same for a document that must name its consignee, whatever the credit's wording.
pub(crate) fn compare_named(credit: &Credit<'_>, printed: &str, asked: &str) -> Option<Outcome> {
    let bare = |text: &str| match read(text) {
        Consignee::Order => text.to_owned(),
        Consignee::OrderOf(party) | Consignee::Named(party) => party,
    };
    names(credit, &bare(printed), &bare(asked))
}

fn names(credit: &Credit<'_>, is: &str, ought: &str) -> Option<Outcome> {
    if fold(is) == fold(ought) {
        return Some(Outcome::Same);
    }
    let ought = exams::party(credit, ought)?;
    // The paper may use the credit's word instead of the name.
    let is = exams::party(credit, is).unwrap_or(is);
    Some(name::compare_block(is, ought))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{LetterOfCredit, Printed};

    #[test]
    fn kinds() {
        for (text, kind) in [
            ("TO ORDER", Consignee::Order),
            ("to the order", Consignee::Order),
            ("To order of shipper", Consignee::Order),
            ("ORDER", Consignee::Order),
            ("TO THE ORDER OF GULF SAMPLE BANK", Consignee::OrderOf("GULF SAMPLE BANK".into())),
            ("TO ORDER OF THE ISSUING BANK", Consignee::OrderOf("ISSUING BANK".into())),
            ("AL NOOR LLC", Consignee::Named("AL NOOR LLC".into())),
            ("CONSIGNED TO AL NOOR LLC", Consignee::Named("AL NOOR LLC".into())),
        ] {
            assert_eq!(read(text), kind, "{text}");
        }
    }

    #[test]
    fn against_the_credit() {
        let lc = LetterOfCredit {
            applicant: Some("Al Noor L.L.C.".into()),
            paper: Printed { issuer: Some("Gulf Sample Bank PJSC".into()), ..Printed::default() },
            ..LetterOfCredit::default()
        };
        let credit = Credit::issued(0, &lc);
        let says = |is: &str, ought: &str| compare(&credit, is, ought);
        assert_eq!(says("TO ORDER OF SHIPPER", "TO ORDER"), Some(Outcome::Normalised));
        assert_eq!(
            says("TO ORDER OF GULF SAMPLE BANK PJSC", "TO ORDER OF ISSUING BANK"),
            Some(Outcome::Normalised)
        );
        assert_eq!(says("TO ORDER OF SHIPPER", "TO ORDER OF ISSUING BANK"), Some(Outcome::Different));
        assert_eq!(says("AL NOOR LLC", "APPLICANT"), Some(Outcome::Normalised));
        assert_eq!(says("TO ORDER OF AL NOOR LLC", "AL NOOR LLC"), Some(Outcome::Different));
        assert_eq!(says("AL NOUR LLC", "AL NOOR LLC"), Some(Outcome::Typo));
        let silent = LetterOfCredit::default();
        assert_eq!(
            compare(&Credit::issued(0, &silent), "TO ORDER OF X BANK", "TO ORDER OF ISSUING BANK"),
            None
        );
    }
}
