//! When an instalment falls due: the event that starts its clock, the days after it, and the open day of the place
//! where it is paid. An event that has not happened is taken from the plan, and the day is then an estimate.
//!
//! Sources: the contract's payment line; UCP 600 arts. 3 and 14 to 16 and ISBP 745 B2 to B5 for credits; URC 522 for
//! collections. The days that the line leaves open are house practice.

use std::collections::BTreeSet;

use chrono::NaiveDate;

use crate::book::Book;
use crate::derive::credit::tenor::{self, From};
use crate::derive::credit::{self, clock, country_of};
use crate::derive::exam::{Exam, Exams};
use crate::derive::plan::{self, shift};
use crate::derive::shipment::ShipmentFact;
use crate::derive::standing::is_refused;
use crate::model::Order;
use crate::model::document::{Collection, Presentation, PresentedSet};
use crate::model::order::Shipment;
use crate::model::stage::Milestone;
use crate::model::value::calendar::{Dated, add_days, eom};
use crate::model::value::{Calendar, Event, Instalment, Method, Roll, Tenor};
use crate::text::StaticBi;

/// Days after signature in which a deposit is due when the line does not say.
pub const DEPOSIT_DAYS: i64 = 7;
/// Days after the copies were sent in which the balance is due when the line does not say.
pub const COPY_DAYS: i64 = 7;
/// Banking days in which a bank pays at sight under a credit (UCP 600 art. 14 b).
pub const SIGHT_DAYS: u32 = 5;
/// Working days in which a buyer takes up documents against payment.
pub const COLLECTION_DAYS: u32 = 3;

/// What starts the clock of an instalment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trigger {
    /// Signature of the contract.
    Signed,
    /// Start of production.
    Started,
    /// Loading of the goods.
    Loading,
    /// Copies of the documents sent to the buyer.
    Copies,
    /// Presentation of the documents.
    Presented,
    /// The bank abroad has the documents.
    AtBank,
    /// Acceptance of the draft.
    Accepted,
    /// Shipment.
    Shipped,
    /// Invoice.
    Invoiced,
    /// Arrival of the goods.
    Arrived,
    /// Delivery to the buyer.
    Delivered,
    /// None: the day is agreed.
    Fixed,
}

impl Trigger {
    /// What people call it.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Signed => ("签约", "signature"),
            Self::Started => ("投产", "start of production"),
            Self::Loading => ("装柜", "loading"),
            Self::Copies => ("寄提单副本", "copies sent"),
            Self::Presented => ("交单", "presentation"),
            Self::AtBank => ("单据到国外银行", "documents at the bank abroad"),
            Self::Accepted => ("承兑", "acceptance"),
            Self::Shipped => ("装运", "shipment"),
            Self::Invoiced => ("开发票", "invoice"),
            Self::Arrived => ("到港", "arrival"),
            Self::Delivered => ("交货", "delivery"),
            Self::Fixed => ("约定日", "agreed day"),
        }
    }

    /// The event that an instalment counts from.
    #[must_use]
    pub fn of(term: &Instalment) -> Self {
        match (term.method, term.tenor) {
            (_, Some(Tenor::On(_))) => Self::Fixed,
            (_, Some(Tenor::Eom(_))) => Self::Invoiced,
            (method, Some(Tenor::Days(_, event))) => {
                Self::of_event(method, event.unwrap_or(method.default_event()))
            }
            (Method::Deposit, _) => Self::Signed,
            (Method::BeforeProduction, _) => Self::Started,
            (Method::BeforeShipment, _) => Self::Loading,
            (Method::CopyBl, _) => Self::Copies,
            (Method::Lc, _) => Self::Presented,
            (Method::Dp, _) => Self::AtBank,
            (Method::Da, _) => Self::Accepted,
            (Method::Cod, _) => Self::Delivered,
            (Method::Tt | Method::Oa, _) => Self::Shipped,
        }
    }

    fn of_event(method: Method, event: Event) -> Self {
        match event {
            Event::Signed => Self::Signed,
            Event::Shipment | Event::BlDate => Self::Shipped,
            Event::InvoiceDate => Self::Invoiced,
            Event::Arrival => Self::Arrived,
            Event::Delivery => Self::Delivered,
            Event::Sight => Self::AtBank,
            Event::Acceptance => Self::Accepted,
            Event::Presentation if method == Method::CopyBl => Self::Copies,
            Event::Presentation => Self::Presented,
        }
    }

    /// It happens once for the whole order, not once for each shipment.
    #[must_use]
    pub fn is_of_order(self) -> bool {
        matches!(self, Self::Signed | Self::Started | Self::Fixed)
    }
}

/// Why an instalment has no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Waiting {
    /// The contract is not signed yet.
    Signature,
    /// The draft is not accepted yet.
    Acceptance,
    /// The bank refused the documents.
    Refused,
    /// The event is neither recorded nor planned.
    Event,
}

/// When an instalment falls due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// What starts the clock.
    pub trigger: Trigger,
    /// When that was, or is expected.
    pub event: Option<NaiveDate>,
    /// Where that day stands, as a key path of the order.
    pub path: Option<String>,
    /// The day as counted.
    pub raw: Option<NaiveDate>,
    /// The day moved to an open day: the one that counts.
    pub day: Option<NaiveDate>,
    /// The event is only planned or forecast.
    pub estimated: bool,
    /// A year was needed whose holidays are not on record.
    pub provisional: bool,
    /// Why there is no day.
    pub waiting: Option<Waiting>,
}

impl Due {
    /// No day, and why.
    #[must_use]
    pub fn waits(trigger: Trigger, waiting: Waiting) -> Self {
        Self {
            trigger,
            event: None,
            path: None,
            raw: None,
            day: None,
            estimated: true,
            provisional: false,
            waiting: Some(waiting),
        }
    }

    /// The day, once its event has happened: nobody can move it any more.
    #[must_use]
    pub fn hard(&self) -> Option<NaiveDate> {
        self.day.filter(|_| !self.estimated)
    }
}

/// A day on which an event was or is expected.
#[derive(Debug, Clone)]
struct Seen {
    day: NaiveDate,
    happened: bool,
    path: Option<String>,
}

/// What due dates are computed from. Calendars and the examination of credits are worked out once, when first needed.
pub struct Look<'a> {
    book: &'a Book,
    order: &'a Order,
    shipments: &'a [ShipmentFact],
    as_of: NaiveDate,
    bank: std::cell::OnceCell<Calendar>,
    exams: std::cell::OnceCell<Exams<'a>>,
}

impl<'a> Look<'a> {
    /// What an order says as of a day.
    #[must_use]
    pub fn new(book: &'a Book, order: &'a Order, shipments: &'a [ShipmentFact], as_of: NaiveDate) -> Self {
        Self { book, order, shipments, as_of, bank: Default::default(), exams: Default::default() }
    }

    /// When an instalment, or the part of it that a shipment is paid for, falls due.
    #[must_use]
    pub fn due(&self, term: &Instalment, shipment: Option<&str>) -> Due {
        let at = At { shipment, look: self };
        let trigger = Trigger::of(term);
        match (term.method, term.tenor) {
            (Method::Lc, None | Some(Tenor::Sight | Tenor::Days(..))) => at.credit(term.tenor, trigger),
            (Method::Dp, None | Some(Tenor::Sight)) => at.collection_sight(trigger),
            (Method::Da, Some(Tenor::Days(days, _))) if trigger == Trigger::Accepted => {
                at.acceptance(i64::from(days), trigger)
            }
            (method, Some(Tenor::On(day))) => {
                let roll = if method == Method::Deposit { Roll::None } else { Roll::Following };
                let seen = Seen { day, happened: true, path: Some("payment".to_owned()) };
                at.rolled(trigger, seen, day, roll, self.bank())
            }
            (_, Some(Tenor::Eom(days))) => at.after(trigger, i64::from(days), Roll::Following, true),
            (Method::Deposit, Some(Tenor::Days(days, _))) => {
                at.after(trigger, i64::from(days), Roll::None, false)
            }
            (_, Some(Tenor::Days(days, _))) => at.after(trigger, i64::from(days), Roll::Following, false),
            (Method::Deposit, _) => at.after(trigger, DEPOSIT_DAYS, Roll::None, false),
            (Method::BeforeProduction | Method::BeforeShipment, _) => {
                at.after(trigger, 0, Roll::Preceding, false)
            }
            (Method::CopyBl, _) => at.after(trigger, COPY_DAYS, Roll::Following, false),
            (_, _) => at.after(trigger, 0, Roll::Following, false),
        }
    }

    fn bank(&self) -> &Calendar {
        self.bank.get_or_init(|| self.book.bank_calendar().calendar)
    }

    fn exams(&self) -> &Exams<'a> {
        self.exams.get_or_init(|| Exams::of(self.book, self.order, self.as_of))
    }
}

/// One shipment of the order, or all of it.
struct At<'l, 'a> {
    shipment: Option<&'l str>,
    look: &'l Look<'a>,
}

impl<'a> At<'_, 'a> {
    fn order(&self) -> &'a Order {
        self.look.order
    }

    fn as_of(&self) -> NaiveDate {
        self.look.as_of
    }

    fn is_known(&self, day: NaiveDate) -> bool {
        day <= self.look.as_of
    }

    /// So many days after the event, or after the end of its month.
    fn after(&self, trigger: Trigger, days: i64, roll: Roll, month_end: bool) -> Due {
        let Some(seen) = self.seen(trigger) else {
            let waiting = if trigger == Trigger::Signed { Waiting::Signature } else { Waiting::Event };
            return Due::waits(trigger, waiting);
        };
        let start = if month_end { eom(seen.day) } else { seen.day };
        let raw = add_days(start, days);
        match self.collection().filter(|_| matches!(trigger, Trigger::AtBank | Trigger::Accepted)) {
            Some(collection) => self.rolled(trigger, seen, raw, roll, &self.collecting_calendar(collection)),
            None => self.rolled(trigger, seen, raw, roll, self.look.bank()),
        }
    }

    fn rolled(&self, trigger: Trigger, seen: Seen, raw: NaiveDate, roll: Roll, calendar: &Calendar) -> Due {
        self.dated(trigger, seen, raw, calendar.roll_dated(raw, roll))
    }

    fn dated(&self, trigger: Trigger, seen: Seen, raw: NaiveDate, dated: Dated) -> Due {
        Due {
            trigger,
            event: Some(seen.day),
            path: seen.path,
            raw: Some(raw),
            day: Some(dated.date),
            estimated: !seen.happened,
            provisional: dated.provisional,
            waiting: None,
        }
    }

    // Events.

    fn seen(&self, trigger: Trigger) -> Option<Seen> {
        let actual = match trigger {
            Trigger::Signed => self.order().signed.map(|day| (day, "signed".to_owned())),
            Trigger::Started => self.started(),
            Trigger::Loading => self.loaded().or_else(|| self.shipped()),
            Trigger::Copies => self.copies(),
            Trigger::Presented => self.presented(),
            Trigger::AtBank => self.at_bank(),
            Trigger::Accepted => self.accepted(),
            Trigger::Shipped => self.shipped(),
            Trigger::Invoiced => self.invoiced(),
            Trigger::Arrived => {
                self.landed(|s| s.arrived, "arrived").or_else(|| self.landed(|s| s.delivered, "delivered"))
            }
            Trigger::Delivered => self.landed(|s| s.delivered, "delivered"),
            Trigger::Fixed => None,
        };
        if let Some((day, path)) = actual.filter(|(day, _)| self.is_known(*day)) {
            return Some(Seen { day, happened: true, path: Some(path) });
        }
        // What was expected for a day that has passed can still happen today at the earliest.
        let day = self.expected(trigger)?.max(self.as_of());
        Some(Seen { day, happened: false, path: None })
    }

    fn expected(&self, trigger: Trigger) -> Option<NaiveDate> {
        let courier = self.look.book.config.courier_days();
        let presented = || self.planned_presentation();
        match trigger {
            Trigger::Signed => self.order().signed.or_else(|| self.planned(Milestone::Confirmed)),
            Trigger::Started => self.planned(Milestone::Started),
            Trigger::Loading => self.planned_loading(),
            Trigger::Copies | Trigger::Presented => presented(),
            Trigger::AtBank => {
                let handed =
                    self.to_bank().and_then(|(_, p)| p.date).or_else(|| self.collection()?.paper.sent);
                shift(handed.filter(|day| self.is_known(*day)).or_else(presented)?, courier)
            }
            Trigger::Accepted => None,
            Trigger::Shipped => self.planned_shipment(),
            Trigger::Invoiced => self.shipped_or_planned(),
            Trigger::Arrived | Trigger::Delivered => {
                let own = self.own_shipments().filter_map(|s| s.eta.or(s.arrived));
                own.max()
            }
            Trigger::Fixed => None,
        }
    }

    /// A forecast, a typed plan, or one counted back from the latest shipment.
    fn planned(&self, milestone: Milestone) -> Option<NaiveDate> {
        let order = self.order();
        let future =
            order.actual.as_deref().and_then(|a| a.get(milestone)).filter(|day| !self.is_known(*day));
        let forecast = order.forecast.as_deref().and_then(|f| f.get(milestone));
        future.or(forecast).or_else(|| Some(plan::planned(&self.look.book.config, order, milestone)?.date))
    }

    fn typed(&self, milestone: Milestone) -> Option<(NaiveDate, String)> {
        let day = self.order().actual.as_deref()?.get(milestone)?;
        Some((day, format!("actual.{}", milestone.code())))
    }

    fn facts(&self) -> impl Iterator<Item = &'a ShipmentFact> + '_ {
        let wanted = self.shipment;
        self.look.shipments.iter().filter(move |s| wanted.is_none_or(|id| id == s.id))
    }

    fn own_shipments(&self) -> impl Iterator<Item = &'a Shipment> + '_ {
        let order = self.order();
        self.facts().filter_map(move |fact| order.shipments.get(fact.index?))
    }

    fn is_mine(&self, named: Option<&str>) -> bool {
        match (self.shipment, named) {
            (Some(own), Some(named)) => own == named,
            _ => true,
        }
    }

    /// Goods that have left were made, whether or not anybody wrote down when that began.
    fn started(&self) -> Option<(NaiveDate, String)> {
        let reports = self.order().progress.iter().enumerate();
        let first = reports.filter_map(|(i, p)| Some((p.date?, i))).min();
        let first = first.map(|(day, i)| (day, format!("progress[{i}].date")));
        let left = || self.facts().filter_map(|fact| Some((fact.shipped?, fact.proof.clone()?))).min();
        self.typed(Milestone::Started).or(first).or_else(left)
    }

    /// Everything has left: the last of the shipments meant.
    fn shipped(&self) -> Option<(NaiveDate, String)> {
        let mut last = None;
        for fact in self.facts() {
            last = last.max(Some((fact.shipped?, fact.proof.clone()?)));
        }
        last.or_else(|| self.typed(Milestone::Shipped).filter(|_| self.shipment.is_none()))
    }

    fn loaded(&self) -> Option<(NaiveDate, String)> {
        let mut last = None;
        for fact in self.facts() {
            let index = fact.index?;
            let day = self.order().shipments.get(index)?.loaded?;
            last = last.max(Some((day, format!("shipments[{index}].loaded"))));
        }
        last
    }

    fn landed(&self, get: fn(&Shipment) -> Option<NaiveDate>, key: &str) -> Option<(NaiveDate, String)> {
        let mut last = None;
        for fact in self.facts() {
            let index = fact.index?;
            let day = get(self.order().shipments.get(index)?)?;
            last = last.max(Some((day, format!("shipments[{index}].{key}"))));
        }
        last
    }

    fn planned_loading(&self) -> Option<NaiveDate> {
        let own = self.own_shipments().filter_map(|s| {
            let yard = s.cutoffs.as_deref().and_then(|c| c.cy).map(|at| at.date_naive());
            s.loaded.or(s.loading).or(yard).or(s.etd).or(s.planned)
        });
        own.max().or_else(|| self.planned(Milestone::Shipped))
    }

    fn planned_shipment(&self) -> Option<NaiveDate> {
        let own = self.own_shipments().filter_map(|s| s.etd.or(s.planned));
        let future = self.facts().filter_map(|f| f.shipped);
        own.chain(future).max().or_else(|| self.planned(Milestone::Shipped))
    }

    fn shipped_or_planned(&self) -> Option<NaiveDate> {
        self.shipped().map(|(day, _)| day).or_else(|| self.planned_shipment())
    }

    /// The plan of the order where it goes at once, else the usual days after the shipment; never before goods that
    /// have left.
    fn planned_presentation(&self) -> Option<NaiveDate> {
        let left = self.shipped().map(|(day, _)| day);
        let usual = || shift(self.shipped_or_planned()?, self.look.book.config.documents_days());
        let planned = self.planned(Milestone::Presented).filter(|_| self.shipment.is_none());
        planned.filter(|day| left.is_none_or(|left| *day >= left)).or_else(usual)
    }

    fn invoiced(&self) -> Option<(NaiveDate, String)> {
        let invoices = self.order().docs.invoice.iter().enumerate();
        invoices
            .filter(|(_, i)| {
                i.paper.is_current() && !i.paper.is_draft() && self.is_mine(i.paper.shipment.as_deref())
            })
            .filter_map(|(n, i)| Some((i.paper.day()?, format!("invoice[{n}].date"))))
            .max()
    }

    /// Presentations of the shipment known by the day of the facts, with their positions.
    fn presentations(&self) -> impl Iterator<Item = (usize, &'a Presentation)> + '_ {
        let all = self.order().docs.presentation.iter().enumerate();
        all.filter(|(_, p)| {
            p.date.is_some_and(|day| self.is_known(day)) && self.is_mine(p.shipment.as_deref())
        })
    }

    /// What the buyer got first: copies, or the originals themselves.
    fn copies(&self) -> Option<(NaiveDate, String)> {
        let to_buyer = |p: &Presentation| {
            p.set == Some(PresentedSet::Copies) || matches!(p.to.as_deref(), Some("buyer"))
        };
        let all = self.presentations().filter(|(_, p)| to_buyer(p));
        all.filter_map(|(i, p)| Some((p.date?, format!("presentation[{i}].date")))).min()
    }

    fn presented(&self) -> Option<(NaiveDate, String)> {
        let all = self.presentations();
        all.filter_map(|(i, p)| Some((p.date?, format!("presentation[{i}].date")))).min()
    }

    /// The last presentation to a bank that no later one cures.
    fn to_bank(&self) -> Option<(usize, &'a Presentation)> {
        let cures: BTreeSet<&str> = self.presentations().filter_map(|(_, p)| p.again.as_deref()).collect();
        let cured = |p: &Presentation| p.id.as_deref().is_some_and(|id| cures.contains(id));
        let to_bank = |p: &Presentation| {
            !matches!(p.set, Some(PresentedSet::Copies | PresentedSet::Telex))
                && !matches!(p.to.as_deref(), Some("buyer" | "carrier"))
        };
        self.presentations().filter(|(_, p)| to_bank(p) && !cured(p)).max_by_key(|(_, p)| p.date)
    }

    fn collection(&self) -> Option<&'a Collection> {
        let mut all = self.order().docs.collection.iter();
        all.find(|c| c.paper.is_current() && self.is_mine(c.paper.shipment.as_deref()))
    }

    fn collection_path(&self, collection: &Collection, field: &str) -> String {
        let at = self.order().docs.collection.iter().position(|c| std::ptr::eq(c, collection));
        format!("collection[{}].{field}", at.unwrap_or_default())
    }

    /// The day on which the bank abroad had the documents: the collecting bank, or the issuing bank of a credit.
    fn at_bank(&self) -> Option<(NaiveDate, String)> {
        if let Some(collection) = self.collection() {
            let there = collection.at_bank.map(|day| (day, "at_bank"));
            let (day, field) = there.or_else(|| collection.presented.map(|day| (day, "presented")))?;
            return Some((day, self.collection_path(collection, field)));
        }
        let (i, presentation) = self.to_bank()?;
        Some((presentation.received?, format!("presentation[{i}].received")))
    }

    fn accepted(&self) -> Option<(NaiveDate, String)> {
        if let Some(collection) = self.collection()
            && let Some(day) = collection.accepted
        {
            return Some((day, self.collection_path(collection, "accepted")));
        }
        let (i, presentation) = self.to_bank()?;
        Some((presentation.accepted?, format!("presentation[{i}].accepted")))
    }

    // Collections.

    fn collecting_calendar(&self, collection: &Collection) -> Calendar {
        match collection.place.as_deref().and_then(country_of) {
            Some(country) => self.look.book.calendar_of(country).calendar,
            None => self.look.bank().clone(),
        }
    }

    fn collection_sight(&self, trigger: Trigger) -> Due {
        let Some(seen) = self.seen(Trigger::AtBank) else { return Due::waits(trigger, Waiting::Event) };
        let calendar = match self.collection() {
            Some(collection) => self.collecting_calendar(collection),
            None => self.look.bank().clone(),
        };
        let dated = calendar.add_banking_days_dated(seen.day, COLLECTION_DAYS);
        self.dated(trigger, seen, dated.date, dated)
    }

    fn acceptance(&self, days: i64, trigger: Trigger) -> Due {
        let accepted = self.accepted().filter(|(day, _)| self.is_known(*day));
        let Some((day, path)) = accepted else { return Due::waits(trigger, Waiting::Acceptance) };
        let stated = self.collection().and_then(|c| c.maturity).or_else(|| self.to_bank()?.1.maturity);
        let raw = stated.unwrap_or_else(|| add_days(day, days));
        let seen = Seen { day, happened: true, path: Some(path) };
        match self.collection() {
            Some(c) => self.rolled(trigger, seen, raw, Roll::Following, &self.collecting_calendar(c)),
            None => self.rolled(trigger, seen, raw, Roll::Following, self.look.bank()),
        }
    }

    // Letters of credit.

    /// The credit that pays the shipment.
    fn lc(&self) -> Option<credit::Credit<'a>> {
        credit::in_force(self.order(), self.as_of()).into_iter().next_back()
    }

    fn credit(&self, tenor: Option<Tenor>, trigger: Trigger) -> Due {
        let lc = self.lc();
        let own = || self.look.book.bank_calendar().calendar;
        let calendar =
            lc.as_ref().and_then(|c| clock::payment_calendar(self.look.book, c)).unwrap_or_else(own);
        let presented = self.to_bank();
        if let Some((i, p)) = presented {
            if is_refused(p, self.as_of()) {
                return Due::waits(trigger, Waiting::Refused);
            }
            if let Some(day) = p.maturity.filter(|_| p.accepted.is_none_or(|on| self.is_known(on))) {
                let path = Some(format!("presentation[{i}].maturity"));
                let seen = Seen { day: p.accepted.or(p.date).unwrap_or(day), happened: true, path };
                return self.rolled(trigger, seen, day, Roll::Following, &calendar);
            }
        }
        let drafts = lc.as_ref().and_then(|c| c.drafts).and_then(|d| tenor::read(d.value));
        match drafts.unwrap_or_else(|| as_draft(tenor)) {
            tenor::Tenor::Sight => self.honour(presented, trigger, &calendar),
            tenor::Tenor::On(day) => {
                let path = presented.map(|(i, _)| format!("presentation[{i}].date"));
                let seen = Seen { day, happened: presented.is_some(), path };
                self.rolled(trigger, seen, day, Roll::Following, &calendar)
            }
            tenor::Tenor::Days(days, from) => self.usance(presented, (days, from), trigger, &calendar),
        }
    }

    /// A bank pays complying documents within its days of examination.
    fn honour(
        &self,
        presented: Option<(usize, &Presentation)>,
        trigger: Trigger,
        calendar: &Calendar,
    ) -> Due {
        let seen = match presented {
            Some((i, p)) => {
                // Accepted after a refusal: it pays when it takes them up.
                let (day, field) = match (p.accepted, p.received) {
                    (Some(day), _) if self.is_known(day) => (day, "accepted"),
                    (_, Some(day)) if self.is_known(day) => (day, "received"),
                    _ => (p.date.unwrap_or(self.as_of()), "date"),
                };
                Seen { day, happened: true, path: Some(format!("presentation[{i}].{field}")) }
            }
            // Copies that the buyer got are no presentation: the bank's clock starts with its own.
            None => match self.planned_presentation() {
                Some(day) => Seen { day: day.max(self.as_of()), happened: false, path: None },
                None => return Due::waits(trigger, Waiting::Event),
            },
        };
        let dated = calendar.add_banking_days_dated(seen.day, SIGHT_DAYS);
        self.dated(trigger, seen, dated.date, dated)
    }

    fn usance(
        &self,
        presented: Option<(usize, &Presentation)>,
        (days, from): (u32, From),
        trigger: Trigger,
        calendar: &Calendar,
    ) -> Due {
        let days = i64::from(days);
        if let Some((i, p)) = presented {
            let exam = self.look.exams().all.iter().find(|e| e.presentation.is_some_and(|(n, _)| n == i));
            if let Some(dated) = exam.and_then(|e| Exam::maturity(e, self.look.book)) {
                let seen = Seen {
                    day: p.date.unwrap_or(dated.date),
                    happened: true,
                    path: Some(format!("presentation[{i}].date")),
                };
                return self.dated(trigger, seen, dated.date, dated);
            }
        }
        let event = match from {
            From::Shipment => Trigger::Shipped,
            From::Invoice => Trigger::Invoiced,
            From::Sight | From::Acceptance => Trigger::AtBank,
            From::Draft => Trigger::Presented,
        };
        let Some(seen) = self.seen(event) else { return Due::waits(trigger, Waiting::Event) };
        // Until the documents are presented nobody owes anything on a day.
        let happened = seen.happened && presented.is_some();
        let raw = add_days(seen.day, days);
        self.rolled(trigger, Seen { happened, ..seen }, raw, Roll::Following, calendar)
    }
}

/// The tenor of the contract in the words of a draft, where the credit's own cannot be read.
fn as_draft(tenor: Option<Tenor>) -> tenor::Tenor {
    match tenor {
        Some(Tenor::Days(days, event)) => {
            let from = match event {
                Some(Event::Shipment | Event::BlDate) => From::Shipment,
                Some(Event::InvoiceDate) => From::Invoice,
                Some(Event::Acceptance) => From::Acceptance,
                _ => From::Sight,
            };
            tenor::Tenor::Days(days, from)
        }
        Some(Tenor::On(day)) => tenor::Tenor::On(day),
        _ => tenor::Tenor::Sight,
    }
}
