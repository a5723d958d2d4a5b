//! The ten stages of an order: each milestone with its plan, forecast, what happened and what proves it.
//!
//! Status is computed, never typed. What is not proved by a record may be typed under `[actual]`, and is then
//! shown hollow: done without evidence.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::bi;
use crate::book::Book;
use crate::derive::goods::Goods;
use crate::derive::money::Money;
use crate::derive::plan::{self, Planned};
use crate::derive::shipment::{self, ShipmentFact};
use crate::model::Order;
use crate::model::order::{InspectionResult, InspectionStage};
use crate::model::stage::{Milestone, StageKey};
use crate::text::Bi;

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
    /// Its turn, and later than the typed plan or forecast.
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
        let view = View { order, goods, shipments, money, as_of };
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
        let stages = stages(order, &facts, as_of, cancelled.is_some());
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

    /// True from the given stage on: it is the current one, or over.
    #[must_use]
    pub fn reached(&self, key: StageKey) -> bool {
        self.current.is_none_or(|current| current >= key)
    }
}

/// What the milestones are read from.
struct View<'a> {
    order: &'a Order,
    goods: &'a Goods,
    shipments: &'a [ShipmentFact],
    money: &'a Money,
    as_of: NaiveDate,
}

impl View<'_> {
    /// What happened, by the record that proves it, else by `[actual]`.
    fn actual(&self, key: Milestone) -> Option<Actual> {
        let proved = self.proved(key).filter(|a| a.date.is_none_or(|day| day <= self.as_of));
        let typed = self.order.actual.as_deref().and_then(|a| a.get(key)).filter(|day| *day <= self.as_of);
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
                let by = review.by.clone().unwrap_or_default();
                Some(proof(review.date?, bi!("评审记录 {by}", "review {by}"), "review.date"))
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
            Milestone::Started => {
                let (i, first) = order.progress.iter().enumerate().min_by_key(|(_, p)| p.date)?;
                Some(proof(first.date?, bi!("工厂进度", "progress report"), format!("progress[{i}].date")))
            }
            Milestone::Produced => self.production_finished(),
            Milestone::Inspected => self.inspected(),
            Milestone::Booked => self.booked(),
            Milestone::GatedIn => {
                let (i, shipment) = order.shipments.iter().enumerate().next_back()?;
                let day = shipment.gated_in?.date_naive();
                Some(proof(day, bi!("进港记录", "gate-in record"), format!("shipments[{i}].gated_in")))
            }
            Milestone::Ciq => order
                .docs
                .papers
                .iter()
                .enumerate()
                .find(|(_, p)| p.kind == Some(crate::model::document::PaperKind::Ciq))
                .and_then(|(i, p)| {
                    Some(proof(p.date?, bi!("商检证", "inspection paper"), format!("papers[{i}].date")))
                }),
            Milestone::Declared => self.customs(|c| c.paper.day(), "date"),
            Milestone::Cleared => self.customs(|c| c.released, "released"),
            Milestone::Shipped => self.shipped(),
            Milestone::Presented => self.presented(),
            Milestone::Noticed => {
                let (i, first) = order.reminders.iter().enumerate().min_by_key(|(_, r)| r.date)?;
                Some(proof(first.date?, bi!("催款记录", "reminder"), format!("reminders[{i}].date")))
            }
            Milestone::Paid => {
                let index = self.money.settled_by?;
                let receipt = order.received.get(index)?;
                let number = receipt.r#ref.clone().unwrap_or_default();
                Some(proof(
                    self.money.settled_on?,
                    bi!("收款 {number}", "receipt {number}"),
                    format!("received[{index}].date"),
                ))
            }
            Milestone::Closed => order
                .docs
                .papers
                .iter()
                .enumerate()
                .find(|(_, p)| p.kind == Some(crate::model::document::PaperKind::Closing))
                .and_then(|(i, p)| {
                    Some(proof(p.date?, bi!("结案表", "closing sheet"), format!("papers[{i}].date")))
                }),
            Milestone::FollowedUp => {
                let asked = order.feedback.as_deref()?.asked?;
                Some(proof(asked, bi!("客户反馈", "feedback"), "feedback.asked"))
            }
            Milestone::Inquiry | Milestone::SampleApproved | Milestone::Materials | Milestone::Archived => {
                None
            }
        }
    }

    /// `signed` is the day; the countersigned contract or proforma is the evidence.
    fn confirmed(&self) -> Option<Actual> {
        let docs = &self.order.docs;
        let papers = |list: &[crate::model::document::Contract], key: &'static str| {
            list.iter().enumerate().filter(|(_, p)| p.paper.is_current()).find_map(|(i, p)| {
                Some((p.signed_by_buyer?, p.paper.number.clone(), format!("{key}[{i}].signed_by_buyer")))
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
        let known = || self.order.progress.iter().filter(move |p| p.date.is_some_and(|d| d <= day));
        let whole = known().filter(|p| p.sku.is_none()).max_by_key(|p| p.date).and_then(|p| p.done);
        let per_item = self
            .goods
            .by_item()
            .keys()
            .filter_map(|key| known().filter(|p| p.sku.as_deref() == Some(key)).max_by_key(|p| p.date)?.done)
            .fold(None, |sum: Option<Decimal>, done| Some(sum.unwrap_or_default().saturating_add(done)));
        whole.or(per_item).map(|done| (done, wanted))
    }

    fn production_finished(&self) -> Option<Actual> {
        let mut reports: Vec<(usize, NaiveDate)> =
            self.order.progress.iter().enumerate().filter_map(|(i, p)| Some((i, p.date?))).collect();
        reports.sort_by_key(|(i, day)| (*day, *i));
        reports.into_iter().filter(|(_, day)| *day <= self.as_of).find_map(|(i, day)| {
            let (done, wanted) = self.produced_on(day)?;
            (done >= wanted).then(|| {
                let (done, wanted) = (done.normalize(), wanted.normalize());
                proof(
                    day,
                    bi!("进度 {done}/{wanted}", "progress {done}/{wanted}"),
                    format!("progress[{i}].date"),
                )
            })
        })
    }

    /// The last final inspection, when it passed.
    fn inspected(&self) -> Option<Actual> {
        let (i, last) = self
            .order
            .inspections
            .iter()
            .enumerate()
            .filter(|(_, q)| {
                q.stage == Some(InspectionStage::Final) && q.date.is_some_and(|d| d <= self.as_of)
            })
            .max_by_key(|(i, q)| (q.date, *i))?;
        if last.result != Some(InspectionResult::Pass) {
            return None;
        }
        let by = last.by.clone().unwrap_or_default();
        Some(proof(
            last.date?,
            bi!("终检通过 {by}", "final inspection passed {by}"),
            format!("inspections[{i}].date"),
        ))
    }

    fn booked(&self) -> Option<Actual> {
        use crate::model::document::PaperKind;
        let (i, shipment) = self.order.shipments.iter().enumerate().next_back()?;
        let booking = shipment.booking.clone()?;
        let papers = self.order.docs.papers.iter().filter(|p| p.kind == Some(PaperKind::Booking));
        let date = papers.filter_map(|p| p.date).max();
        Some(Actual {
            date,
            proof: Some(Proof {
                what: bi!("订舱 {booking}", "booking {booking}"),
                path: format!("shipments[{i}].booking"),
            }),
            implied: false,
        })
    }

    fn customs(
        &self,
        day: fn(&crate::model::document::Declaration) -> Option<NaiveDate>,
        field: &str,
    ) -> Option<Actual> {
        let current: Vec<_> =
            self.order.docs.customs.iter().enumerate().filter(|(_, c)| c.paper.is_current()).collect();
        // Every shipment has its own declaration; the last one counts.
        let (i, last) = current.iter().max_by_key(|(i, c)| (day(c), *i))?;
        let number = last.paper.number.clone().unwrap_or_default();
        Some(proof(
            day(last)?,
            bi!("报关单 {number}", "declaration {number}"),
            format!("customs[{i}].{field}"),
        ))
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

    /// Presented when the last shipment's papers were handed over, originals or copies.
    fn presented(&self) -> Option<Actual> {
        let shipped = self.shipped()?.date?;
        let (i, last) = self
            .order
            .docs
            .presentation
            .iter()
            .enumerate()
            .filter(|(_, p)| p.date.is_some_and(|d| d <= self.as_of))
            .filter(|(_, p)| p.again.is_none() || p.refusal.is_none())
            .filter(|(_, p)| self.covers_last(p.shipment.as_deref()) && p.date >= Some(shipped))
            .min_by_key(|(i, p)| (p.date, *i))?;
        let to = last.to.clone().unwrap_or_default();
        Some(proof(last.date?, bi!("交单 {to}", "presentation to {to}"), format!("presentation[{i}].date")))
    }

    fn covers_last(&self, named: Option<&str>) -> bool {
        match (named, self.shipments.iter().max_by_key(|s| s.shipped)) {
            (Some(named), Some(last)) => named == last.id,
            _ => true,
        }
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

/// A step that must have happened because a later one did: goods on board were produced, booked and cleared.
/// Inspection is not implied: goods do leave without one, and that is for a gate to say.
fn imply(order: &Order, facts: &mut [MilestoneFact]) {
    let chain = [
        Milestone::Released,
        Milestone::Started,
        Milestone::Produced,
        Milestone::Booked,
        Milestone::GatedIn,
        Milestone::Declared,
        Milestone::Cleared,
        Milestone::Shipped,
    ];
    let mut later = false;
    for key in chain.into_iter().rev() {
        let Some(fact) = facts.iter_mut().find(|f| f.key == key) else { continue };
        if later && fact.actual.is_none() && order.skipped(key.stage()).is_none() {
            fact.actual = Some(Actual { date: None, proof: None, implied: true });
        }
        // Booking starts during production, so it implies nothing before it.
        later |= fact.actual.is_some()
            && !matches!(key, Milestone::Booked | Milestone::Declared | Milestone::GatedIn);
    }
}

fn stages(order: &Order, facts: &[MilestoneFact], as_of: NaiveDate, cancelled: bool) -> Vec<StageFact> {
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
            _ => turn(key, &all, &milestones, as_of),
        };
        all.push(StageFact { key, state, milestones, skipped });
    }
    all
}

/// A stage that is not over: open when the stage before it is (5 and 6 may start during 3, 10 after 7).
fn turn(key: StageKey, before: &[StageFact], milestones: &[MilestoneFact], as_of: NaiveDate) -> StageState {
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
    let late = milestones
        .iter()
        .filter(|m| m.actual.is_none())
        .filter_map(|m| m.plan.filter(|p| !p.derived).map(|p| p.date).or(m.forecast))
        .any(|day| day < as_of);
    if late { StageState::Late } else { StageState::Open }
}
