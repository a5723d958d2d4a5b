//! Bank details wherever they are recorded, for the rules that check numbers; and how a bank is told from a firm.
//! Decides nothing.

use std::sync::Arc;

use crate::book::Book;
use crate::check::finding::{Place, Subject};
use crate::model::Order;
use crate::model::document::Bank;
use crate::model::origin::Origin;
use crate::model::party::{Party, PartyKind};
use crate::model::value::fold::fold;

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

/// Words by which a bank is known in its name, and banks whose names have none of them.
const BANKS: &[&str] = &[
    "BANCA",
    "BANCO",
    "BANCORP",
    "BANK",
    "BANKA",
    "BANKASI",
    "BANKEN",
    "BANKING",
    "BANQUE",
    "BBVA",
    "BNP",
    "DBS",
    "HSBC",
    "ICBC",
    "OCBC",
    "SPARKASSE",
    "UBS",
    "UNICREDIT",
    "VOLKSBANK",
];

/// True for the name of a bank, in a party block too.
pub(crate) fn is_bank(text: &str) -> bool {
    let folded = fold(text);
    let mut words = folded.split(|c: char| !c.is_alphanumeric());
    words.any(|w| BANKS.contains(&w) || (w.len() > 7 && w.ends_with("BANK"))) || folded.contains("银行")
}

/// The banks that an order's credits and collections name.
pub(crate) fn named(order: &Order) -> impl Iterator<Item = &str> {
    let credits = order.docs.lc.iter().flat_map(|lc| [&lc.paper.issuer, &lc.advising, &lc.available_with]);
    let collections = order.docs.collection.iter().flat_map(|c| [&c.bank, &c.paper.issuer]);
    credits.chain(collections).filter_map(|name| name.as_deref())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn banks_by_their_names() {
        for bank in [
            "Commerzbank AG",
            "BANCO DO BRASIL SA",
            "Ornek Bankasi",
            "THE ISSUING BANK",
            "中国银行宁波分行",
            "HSBC UK",
        ] {
            assert!(is_bank(bank), "{bank}");
        }
        for firm in ["Banks Furniture Ltd", "Hanse Licht GmbH", "Riverbanks Trading", "Bankett Catering", ""]
        {
            assert!(!is_bank(firm), "{firm}");
        }
    }
}
