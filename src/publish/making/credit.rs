//! The credit that a document is made under, with its terms as amended and accepted.

use chrono::NaiveDate;

use crate::derive::credit as terms;
use crate::load::fields::Originals;
use crate::model::Order;
use crate::model::document::{CreditAmendment, LetterOfCredit, LetterOfCreditTerms, Required};
use crate::model::value::fold::fold;

/// A credit in force.
#[derive(Debug, Clone)]
pub(super) struct Credit<'a> {
    pub(super) lc: &'a LetterOfCredit,
    accepted: Vec<&'a CreditAmendment>,
}

impl<'a> Credit<'a> {
    /// The credit of a shipment: the one that names it, else the first that names none.
    pub(super) fn of(order: &'a Order, shipment: &str, as_of: NaiveDate) -> Option<Self> {
        let mut current = order.docs.lc.iter().filter(|lc| lc.paper.is_current());
        let named = |lc: &&LetterOfCredit| {
            let of = lc.paper.shipment.as_deref();
            of.is_some() && of == Some(shipment)
        };
        let general = |lc: &&LetterOfCredit| lc.paper.shipment.is_none();
        let lc = current.clone().find(named).or_else(|| current.find(general))?;
        Some(Self { lc, accepted: terms::accepted(lc, as_of) })
    }

    fn text(
        &self,
        first: Option<&'a String>,
        set: fn(&LetterOfCreditTerms) -> Option<&String>,
    ) -> Option<&'a str> {
        let changed = self.accepted.iter().rev().find_map(|a| set(a.set.as_deref()?));
        changed.or(first).map(String::as_str)
    }

    pub(super) fn number(&self) -> &'a str {
        self.lc.paper.number.as_deref().unwrap_or_default()
    }

    pub(super) fn issued(&self) -> Option<NaiveDate> {
        self.lc.paper.issued.or(self.lc.paper.date)
    }

    pub(super) fn bank(&self) -> &'a str {
        self.lc.paper.issuer.as_deref().unwrap_or_default()
    }

    pub(super) fn applicant(&self) -> Option<&'a str> {
        self.text(self.lc.applicant.as_ref(), |t| t.applicant.as_ref())
    }

    pub(super) fn drafts(&self) -> Option<&'a str> {
        self.text(self.lc.drafts.as_ref(), |t| t.drafts.as_ref())
    }

    pub(super) fn drawee(&self) -> Option<&'a str> {
        self.text(self.lc.drawee.as_ref(), |t| t.drawee.as_ref())
    }

    pub(super) fn receipt(&self) -> Option<&'a str> {
        self.text(self.lc.receipt.as_ref(), |t| t.receipt.as_ref())
    }

    pub(super) fn from(&self) -> Option<&'a str> {
        self.text(self.lc.paper.from.as_ref(), |t| t.from.as_ref())
    }

    pub(super) fn to(&self) -> Option<&'a str> {
        self.text(self.lc.paper.to.as_ref(), |t| t.to.as_ref())
    }

    pub(super) fn delivery(&self) -> Option<&'a str> {
        self.text(self.lc.delivery.as_ref(), |t| t.delivery.as_ref())
    }

    /// 45A.
    pub(super) fn goods(&self) -> Option<&'a str> {
        self.text(self.lc.paper.goods.as_ref(), |t| t.goods.as_ref())
    }

    /// 44C; never rolled.
    pub(super) fn latest_shipment(&self, as_of: NaiveDate) -> Option<NaiveDate> {
        terms::latest_shipment(self.lc, as_of)
    }

    /// 46A in force.
    pub(super) fn documents(&self) -> Vec<&'a Required> {
        let mut asked: Vec<&Required> = self.lc.documents.iter().collect();
        for amendment in &self.accepted {
            if let Some(set) = amendment.set.as_deref().filter(|set| !set.documents.is_empty()) {
                asked = set.documents.iter().collect();
            }
            if let Some(removed) = amendment.remove.as_deref() {
                asked.retain(|a| !removed.documents.iter().any(|r| names(r, a)));
            }
            asked.extend(amendment.add.as_deref().into_iter().flat_map(|add| &add.documents));
        }
        asked
    }

    /// 47A in force.
    pub(super) fn conditions(&self) -> Vec<&'a str> {
        let mut all: Vec<&str> = self.lc.conditions.iter().map(String::as_str).collect();
        for amendment in &self.accepted {
            if let Some(set) = amendment.set.as_deref().filter(|set| !set.conditions.is_empty()) {
                all = set.conditions.iter().map(String::as_str).collect();
            }
            if let Some(removed) = amendment.remove.as_deref() {
                all.retain(|c| !removed.conditions.iter().any(|r| fold(r) == fold(c)));
            }
            let added = amendment.add.as_deref().into_iter().flat_map(|add| &add.conditions);
            all.extend(added.map(String::as_str));
        }
        all
    }

    /// The first document of a kind that 46A asks for.
    pub(super) fn asked(&self, kind: &str) -> Option<&'a Required> {
        self.documents().into_iter().find(|r| r.kind.as_deref() == Some(kind))
    }

    /// A draft is asked for: by 42C, or in 46A.
    pub(super) fn wants_draft(&self) -> bool {
        self.drafts().is_some_and(|d| !d.trim().is_empty()) || self.asked("draft").is_some()
    }
}

/// An amendment strikes a document out by kind, by words, or by both; naming neither names nothing.
fn names(removed: &Required, asked: &Required) -> bool {
    let text =
        removed.text.as_deref().is_none_or(|t| asked.text.as_deref().is_some_and(|a| fold(a) == fold(t)));
    (removed.kind.is_some() || removed.text.is_some())
        && (removed.kind.is_none() || removed.kind == asked.kind)
        && text
}

/// `3`, `FULL SET`; nothing where the credit does not say.
pub(super) fn originals(required: Option<&Required>) -> String {
    match required.and_then(|r| r.originals) {
        Some(Originals::Count(n)) => n.to_string(),
        Some(Originals::Full) => "FULL SET".to_owned(),
        None => String::new(),
    }
}
