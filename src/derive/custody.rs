//! Where the original transport documents are: in hand, at a bank, with the buyer, or not needed because the goods
//! are handed out without them. Presentations alone say what was handed over; a collection says what its bank did.

use chrono::NaiveDate;

use crate::derive::sailing::{Transport, belongs, transports};
use crate::derive::shipment::ShipmentFact;
use crate::model::Order;
use crate::model::document::{BlKind, Presentation, PresentedSet, Printed, Release};

/// Who holds originals.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// We do.
    Us,
    /// The buyer.
    Buyer,
    /// A bank.
    Bank,
    /// The carrier: they travel with the goods, or were given back.
    Carrier,
    /// Somebody else, as written.
    Other(String),
}

impl Holder {
    fn of(to: Option<&str>) -> Self {
        match to {
            Some("buyer") | None => Self::Buyer,
            Some("bank") => Self::Bank,
            Some("carrier") => Self::Carrier,
            Some(other) => Self::Other(other.to_owned()),
        }
    }
}

/// What a bank did with the papers it holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BankStep {
    /// It refused them.
    Refused(NaiveDate),
    /// It accepted, and will pay at maturity where that is recorded.
    Accepted(NaiveDate, Option<NaiveDate>),
    /// It paid.
    Paid(NaiveDate),
    /// It handed them to the buyer.
    Released(NaiveDate),
}

/// Originals in one hand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Held {
    /// Who.
    pub holder: Holder,
    /// How many; `None` where the number of originals is not recorded.
    pub count: Option<u32>,
    /// Since when; `None` for those never handed over.
    pub since: Option<NaiveDate>,
    /// The last step of a bank.
    pub step: Option<BankStep>,
}

/// What the buyer needs to get the goods.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Control {
    /// An original of the bill of lading.
    Originals(Vec<Held>),
    /// Nothing any more: the carrier was told to hand the goods out.
    Released {
        /// How.
        how: Release,
        /// When that was recorded; `None` where only the paper says so.
        on: Option<NaiveDate>,
    },
    /// Nothing: a sea waybill, an air waybill, a rail or road waybill, a courier's receipt.
    NoOriginal,
}

/// Where one transport document is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Custody {
    /// Its table.
    pub key: &'static str,
    /// Its position there.
    pub index: usize,
    /// Its number.
    pub number: Option<String>,
    /// Originals issued, where recorded.
    pub issued: Option<u32>,
    /// What the buyer needs.
    pub control: Control,
}

impl Custody {
    /// Originals that we still hold; `None` when there are none or they cannot be counted.
    #[must_use]
    pub fn in_hand(&self) -> Option<&Held> {
        match &self.control {
            Control::Originals(held) => held.iter().find(|h| h.holder == Holder::Us),
            Control::Released { .. } | Control::NoOriginal => None,
        }
    }
}

/// The issued transport documents of a shipment, each with the place where it is.
#[must_use]
pub fn of(order: &Order, fact: &ShipmentFact, as_of: NaiveDate) -> Vec<Custody> {
    let papers = transports(order, fact);
    let issued: Vec<&Transport<'_>> = papers.iter().filter(|t| t.is_issued(as_of)).collect();
    let look = Look { order, fact, as_of };
    issued
        .into_iter()
        .map(|paper| Custody {
            key: paper.key,
            index: paper.index,
            number: paper.paper.number.clone(),
            issued: paper.paper.originals,
            control: look.control(paper),
        })
        .collect()
}

struct Look<'a> {
    order: &'a Order,
    fact: &'a ShipmentFact,
    as_of: NaiveDate,
}

impl Look<'_> {
    fn known(&self, day: Option<NaiveDate>) -> Option<NaiveDate> {
        day.filter(|day| *day <= self.as_of)
    }

    fn control(&self, paper: &Transport<'_>) -> Control {
        if paper.kind.is_none() || paper.kind == Some(BlKind::SeaWaybill) {
            return Control::NoOriginal;
        }
        let telex = self.presented(PresentedSet::Telex, paper).iter().filter_map(|p| p.date).min();
        match (paper.release, telex) {
            (Some(how), on) if how != Release::Original => Control::Released { how, on },
            (_, Some(on)) => Control::Released { how: Release::Telex, on: Some(on) },
            (_, None) => Control::Originals(self.held(paper)),
        }
    }

    /// Presentations of a kind that cover the shipment and are known, oldest first. One that is older than the paper
    /// was of another shipment.
    fn presented(&self, set: PresentedSet, paper: &Transport<'_>) -> Vec<&Presentation> {
        let mut all: Vec<&Presentation> = self
            .order
            .docs
            .presentation
            .iter()
            .filter(|p| p.set.unwrap_or(PresentedSet::Originals) == set)
            .filter(|p| p.shipment.as_deref().is_none_or(|s| s == self.fact.id))
            .filter(|p| self.known(p.date).is_some_and(|day| paper.date.is_none_or(|from| day >= from)))
            .collect();
        all.sort_by_key(|p| p.date);
        all
    }

    fn held(&self, transport: &Transport<'_>) -> Vec<Held> {
        let paper = transport.paper;
        let mut hands = Hands::new(paper.originals);
        for presentation in self.presented(PresentedSet::Originals, transport) {
            if let Some(count) = handed(presentation, paper) {
                let held = Held {
                    holder: Holder::of(presentation.to.as_deref()),
                    count: count.or(paper.originals),
                    since: presentation.date,
                    step: self.step(presentation),
                };
                hands.give(held, count.is_none());
            }
        }
        self.collected(&mut hands);
        hands.list
    }

    /// The last thing a bank did with a presentation.
    fn step(&self, p: &Presentation) -> Option<BankStep> {
        let refused = self.known(p.refused).or(p.refusal.as_deref().and_then(|r| self.known(r.sent)));
        let accepted = self.known(p.accepted).map(|day| BankStep::Accepted(day, p.maturity));
        self.known(p.paid).map(BankStep::Paid).or(accepted).or(refused.map(BankStep::Refused))
    }

    /// What the collecting bank did: it has the papers once it says so, and releases them.
    fn collected(&self, hands: &mut Hands) {
        let collections = self.order.docs.collection.iter();
        let mine = collections
            .filter(|c| c.paper.is_current() && belongs(self.order, self.fact, c.paper.shipment.as_deref()));
        for collection in mine {
            let there = self.known(collection.at_bank).or(self.known(collection.presented));
            if let Some(day) = there
                && !hands.list.iter().any(|h| h.holder == Holder::Bank)
            {
                let count = hands.in_hand();
                hands.give(Held { holder: Holder::Bank, count, since: Some(day), step: None }, true);
            }
            let released = self.known(collection.documents_released).map(BankStep::Released);
            let paid = self.known(collection.paid).map(BankStep::Paid);
            let accepted =
                self.known(collection.accepted).map(|day| BankStep::Accepted(day, collection.maturity));
            let step = released.or(paid).or(accepted);
            if let Some(held) = hands.list.iter_mut().find(|h| h.holder == Holder::Bank) {
                held.step = step.or(held.step);
            }
        }
    }
}

/// How many originals of a paper a presentation hands over: `None` when it is not in it, `Some(None)` for all of
/// them.
fn handed(presentation: &Presentation, paper: &Printed) -> Option<Option<u32>> {
    if presentation.documents.is_empty() {
        return Some(None);
    }
    let named = |name: &str| paper.id.as_deref() == Some(name) || paper.number.as_deref() == Some(name);
    let entry = presentation.documents.iter().find(|d| d.r#ref.as_deref().is_some_and(named))?;
    match (entry.originals, entry.copies) {
        (Some(0), _) | (None, Some(_)) => None,
        (count, _) => Some(count),
    }
}

/// Originals in hands. They are given out of our own first; what is more than we have comes from those who got
/// them before: papers that a bank gave back, or that are presented again.
struct Hands {
    list: Vec<Held>,
}

impl Hands {
    fn new(issued: Option<u32>) -> Self {
        Self { list: vec![Held { holder: Holder::Us, count: issued, since: None, step: None }] }
    }

    fn in_hand(&self) -> Option<u32> {
        self.list.iter().find(|h| h.holder == Holder::Us).and_then(|h| h.count)
    }

    fn give(&mut self, to: Held, all: bool) {
        let mut left = to.count.unwrap_or(0);
        let same = |h: &Held| h.holder == to.holder;
        let mut got = 0_u32;
        for held in self.list.iter_mut().filter(|h| h.holder != to.holder) {
            match held.count {
                Some(has) if !all => {
                    let part = has.min(left);
                    (held.count, left) = (Some(has - part), left - part);
                    got += part;
                }
                Some(has) => {
                    held.count = Some(0);
                    got = got.saturating_add(has);
                }
                // How many there are is not known: they are taken to go together.
                None => held.count = Some(0),
            }
        }
        let before = self.list.iter().find(|h| same(h)).and_then(|h| h.count).unwrap_or(0);
        let count = match (to.count, got.saturating_add(before)) {
            (Some(named), 0) => Some(named),
            (Some(_), has) => Some(has),
            (None, _) => None,
        };
        self.list.retain(|h| h.count != Some(0) && !same(h));
        self.list.push(Held { count, ..to });
    }
}
