//! Which kind of decision each key is. The longest entry that leads to a key counts: `items.buy` before `items`.
//!
//! The doubtful ones:
//! * `marks`, packing, HS codes, origin, wood and dangerous goods of an item are printed on papers and declared to
//!   customs; they do not change what is owed, so they are documents.
//! * `items.buy` says what we pay, so it is money.
//! * `waivers` silence a check; somebody who knows the papers has to look, so they are documents and never routine.
//! * `approvals` let goods or papers go before the money is in; they are money.
//! * `skip` and `review` decide how the order is run inside the company; they are plan. So are `purchases`: they
//!   carry no amounts but promise a day to the factory.
//! * `shipments` are bookings and therefore routine, but a planned day and "nothing more follows" are plan, and what
//!   is in a container and its seal is compared with the papers.
//! * `reminders` only say that somebody asked; they are routine.
//! * `complaints` are money for what is claimed and settled, routine for who looks after it.
//! * `merchandiser` and `clerk` are routine: who does the work is no promise to anybody outside.

use crate::change::Kind;
use crate::change::Kind::{Contract, Document, Money, Plan, Routine};

/// Key path without elements, and its kind. Every key of an order has an entry.
pub(super) const TABLE: &[(&str, Kind)] = &[
    ("customer", Contract),
    ("po", Contract),
    ("signed", Contract),
    ("currency", Contract),
    ("incoterm", Contract),
    ("mode", Contract),
    ("from", Contract),
    ("to", Contract),
    ("payment", Contract),
    ("ship_by", Contract),
    ("partial", Contract),
    ("transhipment", Contract),
    ("tolerance", Contract),
    ("merchandiser", Routine),
    ("clerk", Routine),
    ("marks", Document),
    ("hedged", Money),
    ("sample", Contract),
    ("onboard_bl", Document),
    ("deposit_offset", Contract),
    ("rebate", Money),
    ("terms", Contract),
    ("cancelled", Contract),
    ("cancel_reason", Contract),
    ("cancelled_by", Contract),
    ("skip", Plan),
    ("not_needed", Document),
    ("import", Document),
    ("import.duty_budget", Money),
    ("charges", Contract),
    ("items", Contract),
    ("items.name_zh", Document),
    ("items.hs", Document),
    ("items.pack", Document),
    ("items.buy", Money),
    ("items.origin", Document),
    ("items.dg", Document),
    ("items.controls", Document),
    ("items.wood", Document),
    ("review", Plan),
    ("purchases", Plan),
    ("plan", Plan),
    ("forecast", Routine),
    ("actual", Routine),
    ("progress", Routine),
    ("issues", Routine),
    ("inspections", Routine),
    ("shipments", Routine),
    ("shipments.planned", Plan),
    ("shipments.last", Plan),
    ("shipments.items", Plan),
    ("shipments.containers", Document),
    ("amendments", Contract),
    ("feedback", Routine),
    ("complaints", Money),
    ("complaints.corrective", Routine),
    ("complaints.owner", Routine),
    ("complaints.due", Routine),
    ("approvals", Money),
    ("waivers", Document),
    ("received", Money),
    ("reminders", Routine),
    ("paid", Money),
    ("credits", Money),
    ("filings", Document),
    ("bills", Money),
    ("lc", Document),
    ("contract", Document),
    ("proforma", Document),
    ("invoice", Document),
    ("packing", Document),
    ("bl", Document),
    ("awb", Document),
    ("waybill", Document),
    ("courier", Document),
    ("insurance", Document),
    ("origin", Document),
    ("customs", Document),
    ("certificate", Document),
    ("draft", Document),
    ("collection", Document),
    ("presentation", Document),
    ("papers", Document),
];

/// The kind of a key path without elements: `items.buy.price`.
pub(super) fn of(path: &str) -> Kind {
    let mut part = path;
    loop {
        if let Some((_, kind)) = TABLE.iter().find(|(key, _)| *key == part) {
            return *kind;
        }
        match part.rsplit_once('.') {
            Some((parent, _)) => part = parent,
            // Cannot happen while the test below holds; the heaviest kind makes somebody look.
            None => return Contract,
        }
    }
}

impl Kind {
    /// Every kind, lightest first.
    pub const ALL: [Self; 5] = [Routine, Plan, Document, Money, Contract];

    /// The word of `--classify` and of machine formats.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Routine => "routine",
            Plan => "plan",
            Document => "document",
            Money => "money",
            Contract => "contract",
        }
    }

    /// The word people read.
    #[must_use]
    pub fn title(self) -> crate::text::StaticBi {
        match self {
            Routine => ("日常", "routine"),
            Plan => ("计划", "plan"),
            Document => ("单据", "documents"),
            Money => ("钱", "money"),
            Contract => ("合同", "contract"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::change::form::ORDER;

    #[test]
    fn every_key_of_an_order_has_a_kind_and_every_entry_a_key() {
        for key in &ORDER.keys {
            assert!(TABLE.iter().any(|(name, _)| *name == key.name), "{} has no kind", key.name);
        }
        for (path, _) in TABLE {
            let mut table = &*ORDER;
            for part in path.split('.') {
                let (_, key) = table.find(part).unwrap_or_else(|| panic!("{path} is no key"));
                let mut form = &key.form;
                if let crate::change::form::Form::List(inner) = form {
                    form = inner;
                }
                if let crate::change::form::Form::Table(inner) = form {
                    table = inner;
                }
            }
        }
        assert_eq!(of("items.buy.price"), Money);
        assert_eq!(of("items.price"), Contract);
        assert_eq!(of("bl.gross_kg"), Document);
    }
}
