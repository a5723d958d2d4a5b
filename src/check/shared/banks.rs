//! Bank details wherever they are recorded, for the rules that check numbers. Decides nothing.

use std::sync::Arc;

use crate::book::Book;
use crate::check::finding::{Place, Subject};
use crate::model::document::Bank;
use crate::model::origin::Origin;
use crate::model::party::{Party, PartyKind};

/// Bank details with the place they stand in.
pub(crate) struct BankAt<'a> {
    /// The details.
    pub bank: &'a Bank,
    /// Whose they are.
    pub subject: Subject,
    origin: &'a Origin,
    path: String,
}

impl BankAt<'_> {
    /// The place of one of the details.
    pub(crate) fn place(&self, field: &str) -> Place {
        self.origin.place(&format!("{}.{field}", self.path))
    }
}

/// The party as what a finding is about.
pub(crate) fn subject(party: &Party) -> Subject {
    let id = Arc::clone(&party.id);
    match party.kind {
        PartyKind::Customer => Subject::Customer(id),
        PartyKind::Supplier => Subject::Supplier(id),
        PartyKind::Forwarder => Subject::Forwarder(id),
    }
}

/// Visits the banks of our company, of the parties, and those printed on contracts and proformas.
pub(crate) fn each(book: &Book, mut visit: impl FnMut(&BankAt<'_>)) {
    if let Some(bank) = book.config.company.as_deref().and_then(|c| c.bank.as_deref()) {
        let path = "company.bank".to_owned();
        visit(&BankAt { bank, subject: Subject::Root, origin: &book.config.origin, path });
    }
    for party in book.parties.values() {
        if let Some(bank) = party.file.bank.as_deref() {
            visit(&BankAt { bank, subject: subject(party), origin: &party.origin, path: "bank".to_owned() });
        }
    }
    for order in &book.orders {
        for (key, list) in [("contract", &order.docs.contract), ("proforma", &order.docs.proforma)] {
            for (index, paper) in list.iter().enumerate() {
                if let Some(bank) = paper.bank.as_deref() {
                    let subject = Subject::Order(Arc::clone(&order.id));
                    let path = format!("{key}[{index}].bank");
                    visit(&BankAt { bank, subject, origin: &order.origin, path });
                }
            }
        }
    }
}
