//! The credit that a document is made under, with its terms as amended and accepted.

use chrono::NaiveDate;

use crate::derive::credit::{self, Said};
use crate::load::fields::Originals;
use crate::model::Order;
use crate::model::document::{LetterOfCredit, Required};

/// A credit in force.
#[derive(Debug, Clone)]
pub(super) struct Credit<'a> {
    pub(super) lc: &'a LetterOfCredit,
    terms: credit::Credit<'a>,
}

impl<'a> Credit<'a> {
    /// The credit of a shipment: the one that names it, else the first that names none.
    pub(super) fn of(order: &'a Order, shipment: &str, as_of: NaiveDate) -> Option<Self> {
        let mut all = credit::in_force(order, as_of).into_iter();
        let named = |c: &credit::Credit<'_>| c.lc.paper.shipment.as_deref() == Some(shipment);
        let terms = all.clone().find(named).or_else(|| all.find(|c| c.lc.paper.shipment.is_none()))?;
        Some(Self { lc: terms.lc, terms })
    }

    pub(super) fn number(&self) -> &'a str {
        self.terms.number()
    }

    pub(super) fn issued(&self) -> Option<NaiveDate> {
        self.lc.paper.issued.or(self.lc.paper.date)
    }

    pub(super) fn bank(&self) -> &'a str {
        self.lc.paper.issuer.as_deref().unwrap_or_default()
    }

    pub(super) fn applicant(&self) -> Option<&'a str> {
        words(self.terms.applicant)
    }

    pub(super) fn drafts(&self) -> Option<&'a str> {
        words(self.terms.drafts)
    }

    pub(super) fn drawee(&self) -> Option<&'a str> {
        words(self.terms.drawee)
    }

    pub(super) fn receipt(&self) -> Option<&'a str> {
        words(self.terms.receipt)
    }

    pub(super) fn from(&self) -> Option<&'a str> {
        words(self.terms.from)
    }

    pub(super) fn to(&self) -> Option<&'a str> {
        words(self.terms.to)
    }

    pub(super) fn delivery(&self) -> Option<&'a str> {
        words(self.terms.delivery)
    }

    /// 45A, with what amendments added to it.
    pub(super) fn goods(&self) -> Option<String> {
        self.terms.goods_text()
    }

    /// 44C; never rolled.
    pub(super) fn latest_shipment(&self) -> Option<NaiveDate> {
        self.terms.latest_shipment.map(|t| t.value)
    }

    /// 46A in force.
    pub(super) fn documents(&self) -> Vec<&'a Required> {
        self.terms.documents.iter().map(|d| d.value).collect()
    }

    /// 47A in force.
    pub(super) fn conditions(&self) -> Vec<&'a str> {
        self.terms.conditions.iter().map(|c| c.value).collect()
    }

    /// The first document of a kind that 46A asks for.
    pub(super) fn asked(&self, kind: &str) -> Option<&'a Required> {
        self.terms.documents.iter().map(|d| d.value).find(|r| r.kind.as_deref() == Some(kind))
    }

    /// A draft is asked for: by 42C, or in 46A.
    pub(super) fn wants_draft(&self) -> bool {
        self.drafts().is_some_and(|d| !d.trim().is_empty()) || self.asked("draft").is_some()
    }
}

fn words(said: Option<Said<&str>>) -> Option<&str> {
    said.map(|s| s.value)
}

/// `3`, `FULL SET`; nothing where the credit does not say.
pub(super) fn originals(required: Option<&Required>) -> String {
    match required.and_then(|r| r.originals) {
        Some(Originals::Count(n)) => n.to_string(),
        Some(Originals::Full) => "FULL SET".to_owned(),
        None => String::new(),
    }
}
