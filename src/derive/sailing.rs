//! A shipment on its way: which cut-off is next, is the bill of lading checked, how far have the goods come.
//!
//! Days are those of the facts; a cut-off is a moment of its port and is over when that port's day is. What is
//! recorded for a later day is not known yet.

use chrono::{DateTime, FixedOffset, NaiveDate};

use crate::derive::custody::{self, Custody};
use crate::derive::plan::shift;
use crate::derive::shipment::{self, ShipmentFact};
use crate::derive::{MilestoneFact, OrderFacts};
use crate::model::Order;
use crate::model::document::{BlKind, Declaration, PaperKind, PresentedSet, Printed, Release};
use crate::model::order::Shipment;
use crate::model::stage::{Milestone, StageKey};
use crate::model::value::incoterm::{InsuranceDuty, Side};
use crate::text::StaticBi;

/// A moment in the time of its port.
pub type Moment = DateTime<FixedOffset>;

/// A cut-off of a sailing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cutoff {
    /// Shipping instructions.
    Si,
    /// Verified gross mass.
    Vgm,
    /// Container yard.
    Yard,
    /// Customs release.
    Customs,
    /// Dangerous goods.
    DangerousGoods,
}

impl Cutoff {
    /// What people call it.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Si => ("截单 SI", "SI"),
            Self::Vgm => ("截 VGM", "VGM"),
            Self::Yard => ("截港 CY", "CY"),
            Self::Customs => ("截关", "Customs"),
            Self::DangerousGoods => ("截危申报", "Dangerous goods"),
        }
    }
}

/// How a cut-off stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum CutoffState {
    /// What it asks for is recorded in time.
    Met,
    /// Recorded, but after it.
    MetLate,
    /// Not recorded, and no longer a question: the goods went on.
    Overtaken,
    /// Still ahead, or its day is today.
    Ahead,
    /// Its day has passed and nothing is recorded.
    Missed,
}

/// A cut-off with what is recorded for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CutoffFact {
    /// Which.
    pub cutoff: Cutoff,
    /// When, with the port's offset.
    pub at: Moment,
    /// The moment at which its work was done, where a moment and not only a day is recorded.
    pub met: Option<Moment>,
    /// How it stands.
    pub state: CutoffState,
}

/// Whether a shipment has left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Departure {
    /// Not as far as anything shows.
    NotYet,
    /// By its transport document.
    Proved(NaiveDate),
    /// By what was typed or by what happened to it later; the day where it is known.
    Unproved(Option<NaiveDate>),
}

impl Departure {
    /// The day it left, where it has and the day is known.
    #[must_use]
    pub fn day(self) -> Option<NaiveDate> {
        match self {
            Self::NotYet => None,
            Self::Proved(day) => Some(day),
            Self::Unproved(day) => day,
        }
    }
}

/// How far a shipment has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Phase {
    /// It has not left.
    Ahead,
    /// It has left, and no arrival is recorded.
    UnderWay,
    /// It has arrived and nobody has collected it.
    Arrived {
        /// The day of arrival.
        on: NaiveDate,
        /// The last day without demurrage; `None` where no free time is recorded.
        free_until: Option<NaiveDate>,
    },
    /// Handed out at destination, or the order is closed.
    Over {
        /// The day it was handed out, where that is recorded.
        on: Option<NaiveDate>,
    },
}

/// The transport document before the goods leave.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bill {
    /// No draft has come.
    None,
    /// A draft of this day, not checked.
    Draft(NaiveDate),
    /// A draft that was checked on this day.
    Checked(NaiveDate),
    /// Issued, and the day where the paper shows one.
    Issued(Option<NaiveDate>),
}

/// A shipment as of a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sailing {
    /// Position among the facts of the order's shipments.
    pub at: usize,
    /// Index into `[[shipments]]`; `None` when only a transport document is recorded.
    pub index: Option<usize>,
    /// Its id.
    pub id: String,
    /// Whether it has left.
    pub departure: Departure,
    /// How far it has come.
    pub phase: Phase,
    /// Its cut-offs, in the order of the work.
    pub cutoffs: Vec<CutoffFact>,
    /// The transport document, and its key path where there is one.
    pub bill: (Bill, Option<String>),
    /// Papers of the shipment that are not recorded, while it has not left.
    pub lacking: Vec<StaticBi>,
    /// Where its transport documents are, one entry for each that is issued.
    pub custody: Vec<Custody>,
    /// The day copies went to the buyer.
    pub copies: Option<NaiveDate>,
}

impl Sailing {
    /// The next cut-off that is still ahead.
    #[must_use]
    pub fn next(&self) -> Option<&CutoffFact> {
        self.cutoffs.iter().filter(|c| c.state == CutoffState::Ahead).min_by_key(|c| c.at)
    }

    /// Cut-offs that passed with nothing recorded.
    pub fn missed(&self) -> impl Iterator<Item = &CutoffFact> {
        self.cutoffs.iter().filter(|c| c.state == CutoffState::Missed)
    }

    /// The day that decides how pressing a shipment is that has not left: a missed or coming cut-off, else the
    /// departure.
    #[must_use]
    pub fn pressing(&self, order: &Order) -> Option<NaiveDate> {
        let open = |c: &&CutoffFact| matches!(c.state, CutoffState::Ahead | CutoffState::Missed);
        let cutoff = self.cutoffs.iter().filter(open).map(|c| c.at.date_naive()).min();
        let record = self.index.and_then(|index| order.shipments.get(index));
        cutoff.into_iter().chain(record.and_then(|r| r.etd.or(r.planned))).min()
    }
}

/// The shipments of an order as of a day, in the order of the record.
#[must_use]
pub fn of(order: &Order, facts: &OrderFacts, as_of: NaiveDate) -> Vec<Sailing> {
    let view = View { order, facts, as_of };
    (0..facts.shipments.len()).filter_map(|at| view.sailing(at)).collect()
}

/// Whether one of the order's shipments has left; `at` is its position among their facts.
#[must_use]
pub fn departure(order: &Order, facts: &OrderFacts, at: usize, as_of: NaiveDate) -> Departure {
    let Some(fact) = facts.shipments.get(at) else { return Departure::NotYet };
    if let Some(day) = fact.shipped {
        return Departure::Proved(day);
    }
    let typed = typed_departure(facts);
    let record = fact.index.and_then(|index| order.shipments.get(index));
    let seen = |s: &Shipment| [s.arrived, s.delivered, s.released].into_iter().flatten().any(|d| d <= as_of);
    match typed {
        // The typed day is that of the last shipment.
        Some(day) => Departure::Unproved(day.filter(|_| at + 1 == facts.shipments.len())),
        None if record.is_some_and(seen) => Departure::Unproved(None),
        None => Departure::NotYet,
    }
}

/// Everything has left as somebody typed, and the day where it is known; `None` when it has not.
#[must_use]
pub fn typed_departure(facts: &OrderFacts) -> Option<Option<NaiveDate>> {
    let MilestoneFact { actual, .. } = facts.progress.milestone(Milestone::Shipped);
    actual.map(|actual| actual.date)
}

/// The cut-offs of a shipment.
#[must_use]
pub fn cutoffs(order: &Order, facts: &OrderFacts, at: usize, as_of: NaiveDate) -> Vec<CutoffFact> {
    View { order, facts, as_of }.cutoffs(at)
}

/// The last day on which goods that have arrived stand free of demurrage.
#[must_use]
pub fn free_until(shipment: &Shipment) -> Option<NaiveDate> {
    let end = shift(shipment.arrived?, i64::from(shipment.free_days?))?;
    // A typing error in the free days must not reach beyond any calendar.
    ((end - shipment.arrived?).num_days() <= 3660).then_some(end)
}

/// Whether a record that names a shipment belongs to one: a record that names none belongs to the only one.
#[must_use]
pub fn belongs(order: &Order, fact: &ShipmentFact, named: Option<&str>) -> bool {
    match (named, order.shipments.len()) {
        (_, 0) => true,
        (Some(named), _) => named == fact.id,
        (None, several) => several == 1,
    }
}

/// A transport document of any kind, current.
#[derive(Debug, Clone)]
pub(super) struct Transport<'a> {
    pub(super) key: &'static str,
    pub(super) index: usize,
    pub(super) paper: &'a Printed,
    pub(super) date: Option<NaiveDate>,
    pub(super) kind: Option<BlKind>,
    pub(super) release: Option<Release>,
}

impl Transport<'_> {
    /// Issued as of a day: a paper of which no day is recorded is there.
    pub(super) fn is_issued(&self, as_of: NaiveDate) -> bool {
        let day = self.paper.day().or(self.date);
        !self.paper.is_draft() && day.is_none_or(|day| day <= as_of)
    }

    fn path(&self) -> String {
        format!("{}[{}]", self.key, self.index)
    }
}

/// The transport documents of a shipment that nothing has replaced.
pub(super) fn transports<'a>(order: &'a Order, fact: &ShipmentFact) -> Vec<Transport<'a>> {
    let docs = &order.docs;
    let day = |found: Option<(NaiveDate, &'static str)>| found.map(|(day, _)| day);
    let mut all: Vec<Transport<'a>> = Vec::new();
    all.extend(docs.bl.iter().enumerate().map(|(index, bl)| Transport {
        key: "bl",
        index,
        paper: &bl.paper,
        date: day(shipment::bl_date(bl)),
        kind: Some(bl.kind.unwrap_or(BlKind::Master)),
        release: bl.release,
    }));
    let mut other = |key, index, paper, date| {
        all.push(Transport { key, index, paper, date, kind: None, release: None });
    };
    for (i, awb) in docs.awb.iter().enumerate() {
        other("awb", i, &awb.paper, day(shipment::awb_date(awb)));
    }
    for (i, waybill) in docs.waybill.iter().enumerate() {
        other("waybill", i, &waybill.paper, day(shipment::waybill_date(waybill)));
    }
    for (i, courier) in docs.courier.iter().enumerate() {
        other("courier", i, &courier.paper, day(shipment::courier_date(courier)));
    }
    // A courier receipt beside a bill of lading is for papers.
    let first =
        all.iter().find(|t| t.paper.is_current() && belongs(order, fact, t.paper.shipment.as_deref()));
    let key = first.map(|t| t.key);
    all.retain(|t| {
        Some(t.key) == key && t.paper.is_current() && belongs(order, fact, t.paper.shipment.as_deref())
    });
    all
}

struct View<'a> {
    order: &'a Order,
    facts: &'a OrderFacts,
    as_of: NaiveDate,
}

impl View<'_> {
    fn known(&self, day: Option<NaiveDate>) -> Option<NaiveDate> {
        day.filter(|day| *day <= self.as_of)
    }

    fn fact(&self, at: usize) -> Option<&ShipmentFact> {
        self.facts.shipments.get(at)
    }

    fn record(&self, at: usize) -> Option<&Shipment> {
        self.order.shipments.get(self.fact(at)?.index?)
    }

    fn sailing(&self, at: usize) -> Option<Sailing> {
        let fact = self.fact(at)?;
        let departure = departure(self.order, self.facts, at, self.as_of);
        let phase = self.phase(at, departure);
        Some(Sailing {
            at,
            index: fact.index,
            id: fact.id.clone(),
            departure,
            phase,
            cutoffs: self.cutoffs(at),
            bill: self.bill(fact),
            lacking: if phase == Phase::Ahead { self.lacking(fact) } else { Vec::new() },
            custody: custody::of(self.order, fact, self.as_of),
            copies: self.copies(fact, departure),
        })
    }

    fn phase(&self, at: usize, departure: Departure) -> Phase {
        if departure == Departure::NotYet {
            return Phase::Ahead;
        }
        let record = self.record(at);
        let handed = record.and_then(|r| self.known(r.released).or(self.known(r.delivered)));
        let arrived = record.and_then(|r| self.known(r.arrived));
        let paper = self.handed_out(at, arrived.is_some());
        if handed.is_some() || paper.is_some() || !self.facts.is_open() && !self.facts.is_cancelled() {
            return Phase::Over { on: handed.or(paper.flatten()) };
        }
        match arrived {
            Some(on) => Phase::Arrived { on, free_until: record.and_then(free_until) },
            None => Phase::UnderWay,
        }
    }

    /// Evidence that the goods were handed out, with its day. A release note may be written long before arrival.
    fn handed_out(&self, at: usize, arrived: bool) -> Option<Option<NaiveDate>> {
        let fact = self.fact(at)?;
        let counts = |kind| kind == PaperKind::Pod || (kind == PaperKind::Release && arrived);
        let mut papers = self.order.docs.papers.iter();
        let paper = papers.find(|p| {
            p.kind.is_some_and(counts)
                && belongs(self.order, fact, p.shipment.as_deref())
                && p.date.is_none_or(|day| day <= self.as_of)
        })?;
        Some(paper.date)
    }

    fn cutoffs(&self, at: usize) -> Vec<CutoffFact> {
        let Some((record, fact)) = self.record(at).zip(self.fact(at)) else { return Vec::new() };
        let Some(times) = record.cutoffs.as_deref() else { return Vec::new() };
        let left = departure(self.order, self.facts, at, self.as_of) != Departure::NotYet;
        let typed = self.recorded(Milestone::GatedIn);
        let gated = record.gated_in.is_some_and(|at| at.date_naive() <= self.as_of) || typed;
        let done = |recorded| Done { recorded, without_time: false, overtaken: left || gated };
        let yard = |recorded| Done { recorded, without_time: typed, overtaken: left };
        let mut all: Vec<CutoffFact> = [
            (Cutoff::Si, times.si, done(record.si_sent)),
            (Cutoff::Vgm, times.vgm, done(record.vgm_sent)),
            (Cutoff::Yard, times.cy, yard(record.gated_in)),
            (Cutoff::DangerousGoods, times.dg, yard(record.gated_in)),
        ]
        .into_iter()
        .filter_map(|(cutoff, at, done)| Some(self.cutoff(cutoff, at?, done)))
        .chain(times.customs.map(|at| self.customs(fact, at, left)))
        .collect();
        all.sort_by_key(|c| c.cutoff);
        all
    }

    /// A step that somebody recorded, as against one that only follows from a later one.
    fn recorded(&self, step: Milestone) -> bool {
        self.facts.progress.milestone(step).actual.is_some_and(|actual| !actual.implied)
    }

    fn cutoff(&self, cutoff: Cutoff, at: Moment, done: Done) -> CutoffFact {
        let zone = at.timezone();
        let met = done.recorded.map(|met| met.with_timezone(&zone)).filter(|m| m.date_naive() <= self.as_of);
        let state = match met {
            Some(met) if met > at => CutoffState::MetLate,
            Some(_) => CutoffState::Met,
            None if done.without_time => CutoffState::Met,
            None => self.unmet(at, done.overtaken),
        };
        CutoffFact { cutoff, at, met, state }
    }

    fn unmet(&self, at: Moment, overtaken: bool) -> CutoffState {
        match (overtaken, at.date_naive() < self.as_of) {
            (true, _) => CutoffState::Overtaken,
            (false, true) => CutoffState::Missed,
            (false, false) => CutoffState::Ahead,
        }
    }

    /// Customs records a day and no time.
    fn customs(&self, fact: &ShipmentFact, at: Moment, left: bool) -> CutoffFact {
        let declarations: Vec<&Declaration> = self
            .order
            .docs
            .customs
            .iter()
            .filter(|c| c.paper.is_current() && belongs(self.order, fact, c.paper.shipment.as_deref()))
            .collect();
        let days: Option<Vec<NaiveDate>> = declarations.iter().map(|c| self.known(c.released)).collect();
        let released = days.and_then(|days| days.into_iter().max());
        let typed = self.recorded(Milestone::Cleared);
        let state = match released {
            Some(day) if day > at.date_naive() => CutoffState::MetLate,
            Some(_) => CutoffState::Met,
            None if typed && !left => CutoffState::Met,
            None => self.unmet(at, left),
        };
        CutoffFact { cutoff: Cutoff::Customs, at, met: None, state }
    }

    fn bill(&self, fact: &ShipmentFact) -> (Bill, Option<String>) {
        let papers = transports(self.order, fact);
        if let Some(paper) = papers.iter().find(|t| t.is_issued(self.as_of)) {
            return (Bill::Issued(paper.date.or(paper.paper.day())), Some(paper.path()));
        }
        let drafted = papers.iter().filter_map(|t| Some((self.known(t.paper.drafted)?, t)));
        match drafted.max_by_key(|(day, t)| (*day, t.index)) {
            Some((day, t)) => {
                let checked = self.known(t.paper.checked);
                (checked.map_or(Bill::Draft(day), Bill::Checked), Some(t.path()))
            }
            None => (Bill::None, None),
        }
    }

    /// The papers that travel or clear with the goods, as far as the terms ask for them.
    fn lacking(&self, fact: &ShipmentFact) -> Vec<StaticBi> {
        let docs = &self.order.docs;
        let there =
            |p: &Printed| p.is_current() && !p.is_draft() && p.day().is_none_or(|day| day <= self.as_of);
        let mine = |p: &Printed| there(p) && belongs(self.order, fact, p.shipment.as_deref());
        // One policy may cover all shipments.
        let covers = |p: &Printed| there(p) && p.shipment.as_deref().is_none_or(|s| s == fact.id);
        let term = self.order.incoterm.as_ref().and_then(|t| t.term.as_ref());
        let insures = term.is_some_and(|t| matches!(t.insurance(), InsuranceDuty::Seller(_)));
        let clears = term.is_none_or(|t| t.rule.facts().export == Side::Seller)
            && self.order.skipped(StageKey::Declare).is_none();
        let rows: [(&str, StaticBi, bool, bool); 4] = [
            ("invoice", ("发票", "invoice"), true, docs.invoice.iter().any(|d| mine(&d.paper))),
            ("packing", ("装箱单", "packing list"), true, docs.packing.iter().any(|d| mine(&d.paper))),
            ("insurance", ("保险单", "insurance"), insures, docs.insurance.iter().any(|d| covers(&d.paper))),
            ("customs", ("报关单", "declaration"), clears, docs.customs.iter().any(|d| mine(&d.paper))),
        ];
        rows.into_iter()
            .filter(|(key, _, asked, there)| *asked && !there && !self.order.not_needed.contains_key(*key))
            .map(|(_, what, ..)| what)
            .collect()
    }

    fn copies(&self, fact: &ShipmentFact, departure: Departure) -> Option<NaiveDate> {
        let to_buyer = |to: Option<&str>| to.is_none_or(|to| to == "buyer");
        self.order
            .docs
            .presentation
            .iter()
            .filter(|p| p.set == Some(PresentedSet::Copies) && to_buyer(p.to.as_deref()))
            .filter(|p| p.shipment.as_deref().is_none_or(|s| s == fact.id))
            .filter_map(|p| self.known(p.date))
            // Copies that went before the goods did were of another shipment.
            .filter(|day| departure.day().is_none_or(|left| *day >= left))
            .min()
    }
}

/// What is recorded for a cut-off.
#[derive(Clone, Copy)]
struct Done {
    recorded: Option<Moment>,
    /// Done on a day of which no time is known.
    without_time: bool,
    /// A later step shows that it is no longer a question.
    overtaken: bool,
}
