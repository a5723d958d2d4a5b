//! The ten stages of an order: each milestone with its plan, forecast, what happened and what proves it.
//!
//! Status is computed, never typed. What is not proved by a record may be typed under `[actual]`, and is then
//! shown hollow: done without evidence.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::bi;
use crate::book::Book;
use crate::derive::completeness::{self, CompletenessGate};
use crate::derive::goods::Goods;
use crate::derive::inspection;
use crate::derive::money::Money;
use crate::derive::plan::{self, Planned};
use crate::derive::shipment::{self, ShipmentFact};
use crate::model::Order;
use crate::model::document::{Declaration, PaperKind, Presentation, PresentedSet};
use crate::model::order::InspectionResult;
use crate::model::stage::{Milestone, StageKey};
use crate::model::value::Method;
use crate::text::{Bi, Lang};

/// What proves a milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proof {
    /// Named for people: `提单 EGLV143600117421`.
    pub what: Bi,
    /// Key path of the date or record.
    pub path: String,
}

/// A milestone that has happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actual {
    /// The day; `None` when a record proves that it happened but not when.
    pub date: Option<NaiveDate>,
    /// The record that proves it; `None` when it is only typed, or only follows from a later one.
    pub proof: Option<Proof>,
    /// It was not recorded at all but must have happened, because a later step did.
    pub implied: bool,
}

/// Everything known about one milestone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MilestoneFact {
    /// Which.
    pub key: Milestone,
    /// Typed or derived plan.
    pub plan: Option<Planned>,
    /// Forecast; an `[actual]` date after the day of the facts counts as one.
    pub forecast: Option<NaiveDate>,
    /// What happened.
    pub actual: Option<Actual>,
}

impl MilestoneFact {
    /// Days later than planned (negative: earlier), by what happened or is forecast.
    #[must_use]
    pub fn difference(&self) -> Option<i64> {
        let is = match &self.actual {
            Some(actual) => actual.date?,
            None => self.forecast?,
        };
        Some((is - self.plan?.date).num_days())
    }

    /// The day on which it happened, is forecast, or is planned: the best known.
    #[must_use]
    pub fn expected(&self) -> Option<NaiveDate> {
        match &self.actual {
            Some(actual) => actual.date,
            None => self.forecast.or(self.plan.map(|p| p.date)),
        }
    }
}

/// State of a stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum StageState {
    /// Done, every milestone that completes it has evidence.
    Done,
    /// Done, by a typed date or by what followed.
    DoneWithoutEvidence,
    /// Its turn.
    Open,
    /// Its turn, and later than the typed plan or forecast; of money, overdue.
    Late,
    /// Not yet its turn.
    NotYet,
    /// Does not apply to this order.
    Skipped,
}

impl StageState {
    /// Nothing is left to do in it.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Done | Self::DoneWithoutEvidence | Self::Skipped)
    }
}

/// A stage with its milestones.
#[derive(Debug, Clone)]
pub struct StageFact {
    /// Which.
    pub key: StageKey,
    /// Its state.
    pub state: StageState,
    /// Milestones, in order.
    pub milestones: Vec<MilestoneFact>,
    /// Why it is skipped.
    pub skipped: Option<String>,
}

/// The stages of an order.
#[derive(Debug, Clone)]
pub struct Progress {
    /// All ten, in order.
    pub stages: Vec<StageFact>,
    /// The earliest stage that is not over; `None` when all are.
    pub current: Option<StageKey>,
    /// Finished pieces as last reported, and the quantity they are compared with.
    pub produced: Option<(Decimal, Decimal)>,
    /// Cancelled on this day.
    pub cancelled: Option<NaiveDate>,
}

impl Progress {
    /// Computes the stages.
    #[must_use]
    pub fn of(
        book: &Book,
        order: &Order,
        goods: &Goods,
        shipments: &[ShipmentFact],
        money: &Money,
        as_of: NaiveDate,
    ) -> Self {
        let view = View { book, order, goods, shipments, money, as_of };
        let mut facts: Vec<MilestoneFact> = Milestone::ALL
            .iter()
            .map(|&key| {
                let typed = order.actual.as_deref().and_then(|a| a.get(key));
                let later = typed.filter(|day| *day > as_of);
                let forecast = order.forecast.as_deref().and_then(|f| f.get(key)).or(later);
                let plan = plan::planned(&book.config, order, key);
                MilestoneFact { key, plan, forecast, actual: view.actual(key) }
            })
            .collect();
        imply(order, &mut facts);
        let cancelled = order.cancelled.filter(|day| *day <= as_of);
        let stages = stages(order, &facts, money, as_of, cancelled.is_some());
        let current = stages.iter().find(|s| !s.state.is_over()).map(|s| s.key);
        Self { stages, current, produced: view.produced(), cancelled }
    }

    /// A milestone's facts.
    #[must_use]
    pub fn milestone(&self, key: Milestone) -> MilestoneFact {
        self.stages
            .iter()
            .flat_map(|s| &s.milestones)
            .find(|m| m.key == key)
            .cloned()
            .unwrap_or(MilestoneFact { key, plan: None, forecast: None, actual: None })
    }

    /// Whether a milestone has happened.
    #[must_use]
    pub fn is_done(&self, key: Milestone) -> bool {
        self.stages.iter().flat_map(|s| &s.milestones).any(|m| m.key == key && m.actual.is_some())
    }

    /// The day a milestone happened, when that is known.
    #[must_use]
    pub fn done_on(&self, key: Milestone) -> Option<NaiveDate> {
        self.milestone(key).actual.and_then(|a| a.date)
    }

    /// A stage's facts.
    #[must_use]
    pub fn stage(&self, key: StageKey) -> Option<&StageFact> {
        self.stages.iter().find(|s| s.key == key)
    }

    /// True from the given stage on: it is the current one, or over, or goods are further on although an
    /// earlier stage was never recorded. Money and feedback do not count: a deposit comes before any goods.
    #[must_use]
    pub fn reached(&self, key: StageKey) -> bool {
        self.current.is_none_or(|current| current >= key)
            || self.stages.iter().any(|stage| {
                stage.key >= key
                    && !matches!(stage.key, StageKey::Collect | StageKey::Feedback)
                    && stage.milestones.iter().any(|m| m.actual.is_some())
            })
    }
}

/// What the milestones are read from.
struct View<'a> {
    book: &'a Book,
    order: &'a Order,
    goods: &'a Goods,
    shipments: &'a [ShipmentFact],
    money: &'a Money,
    as_of: NaiveDate,
}

impl View<'_> {
    /// The people named in a text like `自检 chen.hao`, by their names.
    fn person(&self, by: Option<&str>) -> Bi {
        let name = |lang| -> String {
            let words = by.unwrap_or_default().split(' ').map(|word| self.book.person(word, lang));
            words.collect::<Vec<_>>().join(" ")
        };
        Bi { zh: name(Lang::Zh), en: name(Lang::En) }
    }

    /// What happened, by the record that proves it, else by `[actual]`.
    fn actual(&self, key: Milestone) -> Option<Actual> {
        let proved = self.proved(key).filter(|a| a.date.is_none_or(|day| day <= self.as_of));
        let typed = self.order.actual.as_deref().and_then(|a| a.get(key));
        let later = typed.is_some_and(|day| day > self.as_of);
        if later && proved.as_ref().is_none_or(|a| a.date.is_none()) {
            return None;
        }
        // A lot that failed its last inspection is not inspected, whatever was typed.
        let typed = typed.filter(|_| !later && (key != Milestone::Inspected || !self.failed()));
        match (proved, typed) {
            // A record that proves the fact but not the day takes the typed day.
            (Some(Actual { date: None, proof, implied }), Some(day)) => {
                Some(Actual { date: Some(day), proof, implied })
            }
            (Some(actual), _) => Some(actual),
            (None, Some(day)) => Some(Actual { date: Some(day), proof: None, implied: false }),
            (None, None) => None,
        }
    }

    fn proved(&self, key: Milestone) -> Option<Actual> {
        let order = self.order;
        match key {
            Milestone::PiSent => first_paper(
                "proforma",
                order
                    .docs
                    .proforma
                    .iter()
                    .map(|p| (p.paper.sent.or(p.paper.day()), p.paper.number.as_deref())),
                ("形式发票", "proforma"),
            ),
            Milestone::Confirmed => self.confirmed(),
            Milestone::Reviewed => {
                let review = order.review.as_deref()?;
                let by = self.person(review.by.as_deref());
                Some(proof(review.date?, bi!("评审记录 {by}", "review {by}"; by), "review.date"))
            }
            Milestone::Released => order
                .purchases
                .iter()
                .enumerate()
                .filter_map(|(i, p)| Some((p.issued?, i, p)))
                .min_by_key(|(day, ..)| *day)
                .map(|(day, i, p)| {
                    let number = p.number.clone().unwrap_or_default();
                    proof(day, Bi::same(number), format!("purchases[{i}].issued"))
                }),
            Milestone::Started => self.started(),
            Milestone::Produced => self.production_finished(),
            Milestone::Inspected => self.inspected(),
            Milestone::Booked => self.booked(),
            Milestone::GatedIn => self.gated_in(),
            Milestone::Ciq => self
                .papers(PaperKind::Ciq)
                .map(|(day, i)| proof(day, bi!("商检证", "inspection paper"), format!("papers[{i}].date"))),
            Milestone::Declared => self.customs(|c| match (c.paper.date, c.paper.issued) {
                (Some(day), _) => Some((day, "date")),
                (None, issued) => issued.map(|day| (day, "issued")),
            }),
            Milestone::Cleared => self.customs(|c| c.released.map(|day| (day, "released"))),
            Milestone::Shipped => self.shipped(),
            Milestone::Presented => self.presented(),
            Milestone::Noticed => {
                let (day, i) = earliest(order.reminders.iter().map(|r| r.date))?;
                Some(proof(day, bi!("催款记录", "reminder"), format!("reminders[{i}].date")))
            }
            Milestone::Paid => self.paid(),
            Milestone::Closed => self.closed(),
            Milestone::Archived => self.archived(),
            Milestone::FollowedUp => self.followed_up(),
            Milestone::Inquiry | Milestone::SampleApproved | Milestone::Materials => None,
        }
    }

    /// `signed` is the day; the countersigned contract or proforma is the evidence.
    fn confirmed(&self) -> Option<Actual> {
        let docs = &self.order.docs;
        let papers = |list: &[crate::model::document::Contract], key: &'static str| {
            list.iter().enumerate().filter(|(_, p)| p.paper.is_current()).find_map(|(i, p)| {
                let day = p.signed_by_buyer.filter(|day| *day <= self.as_of)?;
                Some((day, p.paper.number.clone(), format!("{key}[{i}].signed_by_buyer")))
            })
        };
        let evidence = papers(&docs.contract, "contract").or_else(|| papers(&docs.proforma, "proforma"));
        let evidence = evidence.map(|(day, number, path)| {
            let number = number.unwrap_or_default();
            (day, Proof { what: bi!("签字件 {number}", "countersigned {number}"), path })
        });
        match (self.order.signed, evidence) {
            (Some(day), evidence) => {
                Some(Actual { date: Some(day), proof: evidence.map(|(_, p)| p), implied: false })
            }
            (None, Some((day, p))) => Some(Actual { date: Some(day), proof: Some(p), implied: false }),
            (None, None) => None,
        }
    }

    /// Pieces finished as last reported by the day of the facts: the whole-order report, or the sum per item.
    fn produced(&self) -> Option<(Decimal, Decimal)> {
        self.produced_on(self.as_of)
    }

    fn produced_on(&self, day: NaiveDate) -> Option<(Decimal, Decimal)> {
        let wanted = self.goods.pieces()?;
        let mut tally = Tally::default();
        let reports = reports(self.order).into_iter().take_while(|(date, _)| *date <= day);
        let done = reports.filter_map(|(_, i)| tally.add(self.order.progress.get(i)?)).last()?;
        Some((done, wanted))
    }

    fn production_finished(&self) -> Option<Actual> {
        let wanted = self.goods.pieces()?;
        let mut tally = Tally::default();
        for (day, i) in reports(self.order).into_iter().take_while(|(day, _)| *day <= self.as_of) {
            let Some(done) = self.order.progress.get(i).and_then(|p| tally.add(p)) else { continue };
            if done >= wanted {
                let (done, wanted) = (done.normalize(), wanted.normalize());
                let what = bi!("进度 {done}/{wanted}", "progress {done}/{wanted}");
                return Some(proof(day, what, format!("progress[{i}].date")));
            }
        }
        None
    }

    /// A report shows that production runs, not when it began: that is the typed day, unless a report is older.
    fn started(&self) -> Option<Actual> {
        let (first, i) = earliest(self.order.progress.iter().map(|p| p.date))?;
        let typed = self.order.actual.as_deref().and_then(|a| a.started);
        let what = bi!("工厂进度", "progress report");
        let day = typed.filter(|day| *day <= first).unwrap_or(first);
        (first <= self.as_of).then(|| proof(day, what, format!("progress[{i}].date")))
    }

    /// The last final inspection, when every lot has passed its own.
    fn inspected(&self) -> Option<Actual> {
        let (i, last) = inspection::finals(self.order, self.as_of).last().copied()?;
        if last.result != Some(InspectionResult::Pass) || self.failed() {
            return None;
        }
        let by = self.person(last.by.as_deref());
        let what = bi!("终检通过 {by}", "final inspection passed {by}"; by);
        Some(proof(last.date?, what, format!("inspections[{i}].date")))
    }

    /// A final inspection was held and what it looked at has not passed since.
    fn failed(&self) -> bool {
        !inspection::open(&inspection::finals(self.order, self.as_of)).is_empty()
    }

    /// Every shipment is booked.
    fn booked(&self) -> Option<Actual> {
        let shipments = &self.order.shipments;
        if shipments.is_empty() || shipments.iter().any(|s| s.booking.is_none()) {
            return None;
        }
        let i = shipments.len() - 1;
        let booking = shipments.last()?.booking.clone()?;
        let papers = self.order.docs.papers.iter().filter(|p| p.kind == Some(PaperKind::Booking));
        let date = papers.filter_map(|p| p.date).max();
        let what = bi!("订舱 {booking}", "booking {booking}");
        let path = format!("shipments[{i}].booking");
        Some(Actual { date, proof: Some(Proof { what, path }), implied: false })
    }

    /// The last shipment's gate-in, when every shipment has one.
    fn gated_in(&self) -> Option<Actual> {
        let (day, i) = latest(self.order.shipments.iter().map(|s| s.gated_in.map(|at| at.date_naive())))?;
        Some(proof(day, bi!("进港记录", "gate-in record"), format!("shipments[{i}].gated_in")))
    }

    /// The first paper of a kind.
    fn papers(&self, kind: PaperKind) -> Option<(NaiveDate, usize)> {
        earliest(self.order.docs.papers.iter().map(|p| p.date.filter(|_| p.kind == Some(kind))))
    }

    /// Every shipment has its own declaration; the step is done with the last one.
    fn customs(&self, day: fn(&Declaration) -> Option<(NaiveDate, &'static str)>) -> Option<Actual> {
        let current: Vec<(usize, &Declaration)> =
            self.order.docs.customs.iter().enumerate().filter(|(_, c)| c.paper.is_current()).collect();
        if current.len() > 1 || self.order.shipments.len() > 1 {
            let declared = |id: &str| current.iter().any(|(_, c)| c.paper.shipment.as_deref() == Some(id));
            let whole = current.iter().any(|(_, c)| c.paper.shipment.is_none());
            if !whole && self.shipments.iter().any(|s| !declared(&s.id)) {
                return None;
            }
        }
        let (at, n) = latest(current.iter().map(|(_, c)| day(c).map(|(date, _)| date)))?;
        let (i, last) = current.get(n)?;
        let (_, field) = day(last)?;
        let number = last.paper.number.clone().unwrap_or_default();
        Some(proof(at, bi!("报关单 {number}", "declaration {number}"), format!("customs[{i}].{field}")))
    }

    /// Shipped when everything has left: the date of the last shipment.
    fn shipped(&self) -> Option<Actual> {
        if !shipment::complete(self.order, self.goods, self.shipments) {
            return None;
        }
        let last = self.shipments.iter().max_by_key(|s| s.shipped)?;
        let number = last.document.clone().unwrap_or_default();
        Some(proof(
            last.shipped?,
            bi!("运输单据 {number}", "transport document {number}"),
            last.proof.clone()?,
        ))
    }

    /// Presented when the last shipment's papers were handed over. Copies are enough where the buyer pays
    /// against them or has paid; a bank pays or collects against originals only.
    fn presented(&self) -> Option<Actual> {
        let shipped = self.shipped()?.date?;
        let by_bank = self.money.terms.as_ref().is_some_and(|terms| {
            terms.instalments.iter().any(|i| matches!(i.method, Method::Lc | Method::Dp | Method::Da))
        });
        let counts = |p: &Presentation| {
            !(by_bank && p.set == Some(PresentedSet::Copies)) && self.covers_last(p.shipment.as_deref())
        };
        let all = &self.order.docs.presentation;
        let (day, i) = earliest(all.iter().map(|p| p.date.filter(|day| *day >= shipped && counts(p))))?;
        let to = receiver(all.get(i).and_then(|p| p.to.as_deref()).unwrap_or_default());
        Some(proof(day, bi!("交单 {to}", "presentation {to}"; to), format!("presentation[{i}].date")))
    }

    fn paid(&self) -> Option<Actual> {
        let day = self.money.settled_on?;
        let path = self.money.settled_path.clone()?;
        let receipt = self.money.settled_by.and_then(|i| self.order.received.get(i));
        let what = match receipt {
            Some(receipt) => {
                let number = receipt.r#ref.clone().unwrap_or_default();
                bi!("收款 {number}", "receipt {number}")
            }
            None => bi!("贷项", "credit"),
        };
        Some(proof(day, what, path))
    }

    /// The closing sheet is evidence that the order was closed; it may be filed later than the typed day.
    fn closed(&self) -> Option<Actual> {
        let (filed, i) = self.papers(PaperKind::Closing)?;
        let typed = self.order.actual.as_deref().and_then(|a| a.closed);
        let day = typed.map_or(filed, |day| day.min(filed));
        let what = bi!("结案表", "closing sheet");
        (filed <= self.as_of).then(|| proof(day, what, format!("papers[{i}].date")))
    }

    /// The typed day, proved when nothing is missing for the archive.
    fn archived(&self) -> Option<Actual> {
        let day = self.order.actual.as_deref()?.archived.filter(|day| *day <= self.as_of)?;
        let gate = CompletenessGate::Archive;
        let papers = completeness::of(self.book, self.order, self.money, self.shipments, gate, day);
        let what = bi!("归档资料齐全", "archive complete");
        papers.is_complete().then(|| proof(day, what, "actual.archived"))
    }

    /// The customer was asked, and no complaint is open.
    fn followed_up(&self) -> Option<Actual> {
        let asked = self.order.feedback.as_deref()?.asked?;
        let mut done = (asked, "feedback.asked".to_owned());
        for (i, complaint) in self.order.complaints.iter().enumerate() {
            if complaint.opened.is_some_and(|day| day > self.as_of) {
                continue;
            }
            let closed = complaint.closed.filter(|day| *day <= self.as_of)?;
            if closed > done.0 {
                done = (closed, format!("complaints[{i}].closed"));
            }
        }
        Some(proof(done.0, bi!("客户反馈", "feedback"), done.1))
    }

    fn covers_last(&self, named: Option<&str>) -> bool {
        match (named, self.shipments.iter().max_by_key(|s| s.shipped)) {
            (Some(named), Some(last)) => named == last.id,
            _ => true,
        }
    }
}

/// The earliest of the dates that are there, and its position.
fn earliest(days: impl Iterator<Item = Option<NaiveDate>>) -> Option<(NaiveDate, usize)> {
    days.enumerate().filter_map(|(i, day)| Some((day?, i))).min()
}

/// The latest date, when every one is there.
fn latest(days: impl Iterator<Item = Option<NaiveDate>>) -> Option<(NaiveDate, usize)> {
    let mut last = None;
    for (i, day) in days.enumerate() {
        last = last.max(Some((day?, i)));
    }
    last
}

/// Progress reports by date, with their positions.
fn reports(order: &Order) -> Vec<(NaiveDate, usize)> {
    let mut all: Vec<(NaiveDate, usize)> =
        order.progress.iter().enumerate().filter_map(|(i, p)| Some((p.date?, i))).collect();
    all.sort_unstable();
    all
}

/// Pieces finished, report after report: figures for the whole order, or the sum of the latest per item.
#[derive(Default)]
struct Tally<'a> {
    whole: Option<Decimal>,
    items: BTreeMap<&'a str, Decimal>,
    sum: Decimal,
}

impl<'a> Tally<'a> {
    fn add(&mut self, report: &'a crate::model::order::Progress) -> Option<Decimal> {
        match (&report.sku, report.done) {
            (None, Some(done)) => self.whole = Some(done),
            (Some(sku), Some(done)) => {
                let before = self.items.insert(sku, done).unwrap_or_default();
                self.sum = self.sum.saturating_sub(before).saturating_add(done);
            }
            (_, None) => {}
        }
        let items = (!self.items.is_empty()).then_some(self.sum);
        self.whole.max(items)
    }
}

/// To whom papers were handed.
fn receiver(to: &str) -> Bi {
    match to {
        "buyer" => bi!("给客户", "to the buyer"),
        "bank" => bi!("到银行", "to the bank"),
        "carrier" => bi!("给船公司", "to the carrier"),
        "" => Bi::default(),
        other => bi!("{other}", "to {other}"),
    }
}

fn proof(date: NaiveDate, what: Bi, path: impl Into<String>) -> Actual {
    Actual { date: Some(date), proof: Some(Proof { what, path: path.into() }), implied: false }
}

fn first_paper<'a>(
    key: &str,
    papers: impl Iterator<Item = (Option<NaiveDate>, Option<&'a str>)>,
    (zh, en): (&str, &str),
) -> Option<Actual> {
    papers
        .enumerate()
        .filter_map(|(i, (day, number))| Some((day?, i, number.unwrap_or_default())))
        .min()
        .map(|(day, i, number)| proof(day, bi!("{zh} {number}", "{en} {number}"), format!("{key}[{i}].date")))
}

/// A step that must have happened because a later one did: goods on board were produced, booked and cleared, and
/// nobody releases what was not agreed. Inspection is not implied: goods do leave without one, and that is for
/// a gate to say.
fn imply(order: &Order, facts: &mut [MilestoneFact]) {
    const CHAINS: [&[Milestone]; 3] = [
        &[
            Milestone::Confirmed,
            Milestone::Released,
            Milestone::Started,
            Milestone::Produced,
            Milestone::Shipped,
        ],
        &[Milestone::Booked, Milestone::GatedIn, Milestone::Shipped],
        // Customs may clear goods before they reach the yard.
        &[Milestone::Declared, Milestone::Cleared, Milestone::Shipped],
    ];
    for chain in CHAINS {
        let mut later = false;
        for key in chain.iter().rev() {
            let Some(fact) = facts.iter_mut().find(|f| f.key == *key) else { continue };
            if later && fact.actual.is_none() && order.skipped(key.stage()).is_none() {
                fact.actual = Some(Actual { date: None, proof: None, implied: true });
            }
            later |= fact.actual.is_some();
        }
    }
}

fn stages(
    order: &Order,
    facts: &[MilestoneFact],
    money: &Money,
    as_of: NaiveDate,
    cancelled: bool,
) -> Vec<StageFact> {
    let mut all: Vec<StageFact> = Vec::with_capacity(StageKey::ALL.len());
    for &key in StageKey::ALL {
        let milestones: Vec<MilestoneFact> = facts.iter().filter(|f| f.key.stage() == key).cloned().collect();
        let skipped = order.skipped(key).map(str::to_owned);
        let state = match (&skipped, milestones.last()) {
            (Some(_), _) => StageState::Skipped,
            (None, Some(MilestoneFact { actual: Some(actual), .. })) if actual.proof.is_some() => {
                StageState::Done
            }
            (None, Some(MilestoneFact { actual: Some(_), .. })) => StageState::DoneWithoutEvidence,
            _ if cancelled => StageState::NotYet,
            _ => turn(key, &all, &milestones, money, as_of),
        };
        all.push(StageFact { key, state, milestones, skipped });
    }
    all
}

/// A stage that is not over: open when the stage before it is (5 and 6 may start during 3, 10 after 7).
fn turn(
    key: StageKey,
    before: &[StageFact],
    milestones: &[MilestoneFact],
    money: &Money,
    as_of: NaiveDate,
) -> StageState {
    let over = |key: StageKey| before.iter().find(|s| s.key == key).is_none_or(|s| s.state.is_over());
    let started = milestones.iter().any(|m| m.actual.is_some());
    let open = match key {
        StageKey::Confirm => true,
        StageKey::Release => over(StageKey::Confirm),
        StageKey::Produce => over(StageKey::Release),
        StageKey::Inspect => over(StageKey::Produce),
        StageKey::Book => over(StageKey::Inspect),
        StageKey::Declare => over(StageKey::Book),
        StageKey::Ship => over(StageKey::Declare),
        StageKey::Collect | StageKey::Feedback => over(StageKey::Ship),
        StageKey::Archive => over(StageKey::Collect),
    };
    if !open && !started {
        return StageState::NotYet;
    }
    let planned = || {
        let open = milestones.iter().filter(|m| m.actual.is_none());
        let mut days = open.filter_map(|m| m.plan.filter(|p| !p.derived).map(|p| p.date).or(m.forecast));
        days.any(|day| day < as_of)
    };
    // Money is late when it is overdue: a plan does not move the day that was agreed.
    let late = match key {
        StageKey::Collect if !money.lines.is_empty() => money.lines.iter().any(|line| line.overdue > 0),
        _ => planned(),
    };
    if late { StageState::Late } else { StageState::Open }
}
