//! From loading to the end of free time: cut-offs, advance filings, insurance, the last day of shipment, departure,
//! arrival.

use chrono::{Days, NaiveDate};

use super::{Deadline, Done, Entry, Kind, Look, Outside};
use crate::bi;
use crate::derive::completeness::destination::EU;
use crate::derive::credit;
use crate::derive::sailing::{self, Cutoff, CutoffFact, CutoffState, Departure, Phase, Sailing};
use crate::derive::shipment::ShipmentFact;
use crate::model::document::Printed;
use crate::model::money::FilingKind;
use crate::model::order::Shipment;
use crate::model::stage::Milestone;
use crate::model::value::incoterm::InsuranceDuty;
use crate::model::value::{Mode, place};
use crate::text::Bi;

pub(super) fn find(look: &mut Look<'_, '_>) {
    latest(look);
    for sailing in sailing::of(look.order, look.own, look.as_of) {
        let Some(fact) = look.own.shipments.get(sailing.at) else { continue };
        let record = sailing.index.and_then(|index| Some((index, look.order.shipments.get(index)?)));
        let view = View { sailing: &sailing, fact, record };
        insurance(look, &view);
        if let Some((index, shipment)) = record {
            cutoffs(look, &view, index);
            loading(look, &view, index, shipment);
            filings(look, &view, index, shipment);
            departure(look, &view, shipment);
            arrival(look, &view, index, shipment);
            free_time(look, &view, index, shipment);
        }
    }
}

/// One shipment from all its sides.
struct View<'v> {
    sailing: &'v Sailing,
    fact: &'v ShipmentFact,
    record: Option<(usize, &'v Shipment)>,
}

impl View<'_> {
    fn ahead(&self) -> bool {
        self.sailing.departure == Departure::NotYet
    }

    /// When it is to leave, and where that is written.
    fn leaves(&self) -> Option<(NaiveDate, String)> {
        let (index, shipment) = self.record?;
        let etd = shipment.etd.map(|day| (day, format!("shipments[{index}].etd")));
        etd.or_else(|| Some((shipment.planned?, format!("shipments[{index}].planned"))))
    }

    /// Which of several shipments, for the end of a text.
    fn batch(&self, look: &Look<'_, '_>) -> Bi {
        if look.own.shipments.len() < 2 {
            return Bi::default();
        }
        let id = &self.fact.id;
        bi!("，第 {id} 批", ", shipment {id}")
    }

    fn mode(&self, look: &Look<'_, '_>) -> Option<Mode> {
        self.record.and_then(|(_, s)| s.mode).or(look.order.mode)
    }

    fn entry(&self, kind: Kind, day: NaiveDate, path: String) -> Entry {
        Entry { kind, part: self.fact.id.clone(), day, path }
    }
}

/// The last day of shipment by the contract. Where the credit says the same day, the credit's speaks for both.
fn latest(look: &mut Look<'_, '_>) {
    let Some(day) = credit::contract_latest_shipment(look.order, look.as_of) else { return };
    let left = look.own.progress.milestone(Milestone::Shipped).actual;
    if credit::order_latest_shipment(look.order, look.as_of) == Some(day) {
        return;
    }
    let entry = Entry { kind: Kind::Shipment, part: String::new(), day, path: "ship_by".to_owned() };
    let deadline = look.entry(
        entry,
        bi!("合同最迟装运", "latest shipment of the contract"),
        bi!(
            "晚了就是违约，客户可以拒收、索赔；要改期，先拿到客户书面同意",
            "later is a breach: the buyer may refuse the goods or claim; to move it, have his consent in writing first"
        ),
    );
    look.push(Deadline { done: left.map(|actual| Done { on: actual.date }), ..deadline });
}

fn cutoffs(look: &mut Look<'_, '_>, view: &View<'_>, index: usize) {
    for fact in &view.sailing.cutoffs {
        if fact.state == CutoffState::Overtaken {
            continue;
        }
        let kind = Kind::Cutoff(fact.cutoff);
        let path = format!("shipments[{index}].cutoffs.{}", key(fact.cutoff));
        let (zh, en) = fact.cutoff.title();
        let batch = view.batch(look);
        let deadline = look.entry(
            view.entry(kind, fact.at.date_naive(), path),
            bi!("{zh}{batch}", "{en} cut-off{batch}"; batch),
            missed(fact.cutoff),
        );
        let done = met(fact).then_some(Done { on: fact.met.map(|at| at.date_naive()) });
        look.push(Deadline { time: Some(fact.at), hard: true, done, ..deadline });
    }
}

fn met(fact: &CutoffFact) -> bool {
    matches!(fact.state, CutoffState::Met | CutoffState::MetLate)
}

fn key(cutoff: Cutoff) -> &'static str {
    match cutoff {
        Cutoff::Si => "si",
        Cutoff::Vgm => "vgm",
        Cutoff::Yard => "cy",
        Cutoff::Customs => "customs",
        Cutoff::DangerousGoods => "dg",
    }
}

fn missed(cutoff: Cutoff) -> Bi {
    match cutoff {
        Cutoff::Si => bi!(
            "补料晚了要付改单费，提单出错来不及改，严重的甩柜",
            "late instructions cost a fee, errors of the bill of lading cannot be mended in time, the box may be rolled"
        ),
        Cutoff::Vgm => {
            bi!("没有 VGM 不装船，甩到下一班", "no VGM, no loading: the box is rolled to the next sailing")
        }
        Cutoff::Yard => bi!(
            "进不了港就甩到下一班，还要付堆存和改配费",
            "the box is rolled to the next sailing, with storage and rebooking fees"
        ),
        Cutoff::Customs => bi!(
            "海关没放行不能装船，甩到下一班",
            "not released by customs, not loaded: the box is rolled to the next sailing"
        ),
        Cutoff::DangerousGoods => bi!(
            "危险品没申报，船公司不收",
            "dangerous goods that are not declared are refused by the carrier"
        ),
    }
}

fn loading(look: &mut Look<'_, '_>, view: &View<'_>, index: usize, shipment: &Shipment) {
    let Some(day) = shipment.loading else { return };
    let loaded = look.known(shipment.loaded);
    if loaded.is_none() && !view.ahead() {
        return;
    }
    let batch = view.batch(look);
    let deadline = look.entry(
        view.entry(Kind::Loading, day, format!("shipments[{index}].loading")),
        bi!("装柜{batch}", "loading{batch}"; batch),
        bi!("装晚了赶不上截港", "loaded later, the cut-off of the yard is missed"),
    );
    let done = loaded.map(|day| Done { on: Some(day) });
    look.push(Deadline { estimated: true, done, ..deadline });
}

/// What customs abroad want to know before goods in boxes leave by sea. A filing that is not recorded counts as open.
fn filings(look: &mut Look<'_, '_>, view: &View<'_>, index: usize, shipment: &Shipment) {
    let boxed = matches!(view.mode(look), Some(Mode::SeaFcl | Mode::SeaLcl | Mode::Multimodal));
    let Some((leaves, path)) = view.leaves().filter(|_| boxed && view.ahead()) else { return };
    let Some(day) = leaves.checked_sub_days(Days::new(1)) else { return };
    let to = shipment.to.as_deref().or(look.order.to.as_deref());
    let (kind, filing) = match to.and_then(place::resolve).map(|place| place.country()) {
        Some("US") => (Kind::Isf, FilingKind::Isf),
        Some(country) if EU.contains(&country) => (Kind::Ens, FilingKind::Ens),
        _ => return,
    };
    let filed = look.order.filings.iter().filter(|f| f.kind == Some(filing));
    let filed = filed.map(|f| f.date).find(|day| day.is_none_or(|day| day <= look.as_of));
    let batch = view.batch(look);
    let path = if shipment.to.is_some() { format!("shipments[{index}].to") } else { path };
    let (what, consequence) = match kind {
        Kind::Isf => (
            bi!("美国 ISF 申报{batch}", "ISF filing, US{batch}"; batch),
            bi!(
                "装船前 24 小时没报，船公司不装；迟报一票罚 5,000 美元",
                "not filed 24 hours before loading, the carrier does not load; a late filing costs USD 5,000"
            ),
        ),
        _ => (
            bi!("欧盟 ENS 资料给货代{batch}", "ENS data to the forwarder, EU{batch}"; batch),
            bi!(
                "装船前 24 小时没报齐，船公司不装（DO NOT LOAD）",
                "without the data 24 hours before loading the carrier does not load (DO NOT LOAD)"
            ),
        ),
    };
    let deadline = look.entry(view.entry(kind, day, path), what, consequence);
    let done = filed.map(|on| Done { on });
    look.push(Deadline { hard: true, estimated: true, done, ..deadline });
}

fn insurance(look: &mut Look<'_, '_>, view: &View<'_>) {
    let Some(term) = look.order.incoterm.as_ref().and_then(|t| t.term.as_ref()) else { return };
    let seller = matches!(term.insurance(), InsuranceDuty::Seller(_));
    let entered = look.own.is_register_entry(look.order, look.as_of);
    if !seller || entered || look.order.not_needed.contains_key("insurance") {
        return;
    }
    let covers = |paper: &Printed| {
        paper.is_current()
            && !paper.is_draft()
            && paper.day().is_none_or(|day| day <= look.as_of)
            && paper.shipment.as_deref().is_none_or(|s| s == view.fact.id)
    };
    let policy = look.order.docs.insurance.iter().map(|d| &d.paper).find(|p| covers(p));
    let left = view.fact.shipped.zip(view.fact.proof.clone());
    let Some((day, path)) = left.or_else(|| view.leaves()) else { return };
    let (rule, batch) = (term.rule, view.batch(look));
    let deadline = look.entry(
        view.entry(Kind::Insurance, day, path),
        bi!("投保（{rule}）{batch}", "insurance ({rule}){batch}"; batch),
        bi!(
            "装运后才生效的保险不赔路上已出的险，信用证下还是不符点",
            "cover that starts after shipment pays for nothing that happened before, and is a discrepancy under a credit"
        ),
    );
    let done = policy.map(|paper| Done { on: paper.day() });
    look.push(Deadline { hard: true, estimated: view.ahead(), done, ..deadline });
}

fn departure(look: &mut Look<'_, '_>, view: &View<'_>, shipment: &Shipment) {
    let Some((day, path)) = view.leaves() else { return };
    let by = [shipment.vessel.as_deref(), shipment.voyage.as_deref()];
    let by = by.into_iter().flatten().collect::<Vec<_>>().join(" ");
    let by = if by.is_empty() { by } else { format!(" {by}") };
    let batch = view.batch(look);
    let what = match view.mode(look) {
        Some(Mode::Air) => bi!("起飞{by}{batch}", "flight{by}{batch}"; batch),
        Some(Mode::Courier) => bi!("快递取件{by}{batch}", "courier pick-up{by}{batch}"; batch),
        Some(Mode::Rail | Mode::Road) => bi!("发运{by}{batch}", "departure{by}{batch}"; batch),
        _ => bi!("开船{by}{batch}", "sailing{by}{batch}"; batch),
    };
    let deadline = look.entry(
        view.entry(Kind::Departure, day, path),
        what,
        bi!(
            "没赶上就等下一班，最迟装运、免箱期和交单跟着往后",
            "missed, the goods wait for the next one, and shipment and papers move with it"
        ),
    );
    // Only what the transport document proves is done; what happened in between is not a date of this one.
    let done = view.fact.shipped.map(|day| Done { on: Some(day) });
    if done.is_none() && !view.ahead() {
        return;
    }
    look.push(Deadline { hard: true, estimated: true, outside: Some(Outside::Carrier), done, ..deadline });
}

fn arrival(look: &mut Look<'_, '_>, view: &View<'_>, index: usize, shipment: &Shipment) {
    let Some(day) = shipment.eta.filter(|_| view.sailing.phase == Phase::UnderWay) else { return };
    let batch = view.batch(look);
    let place = shipment.to.as_deref().or(look.order.to.as_deref()).unwrap_or_default();
    let place = if place.is_empty() { String::new() } else { format!(" {place}") };
    let deadline = look.entry(
        view.entry(Kind::Arrival, day, format!("shipments[{index}].eta")),
        bi!("到港{place}{batch}", "arrival{place}{batch}"; batch),
        bi!(
            "客户到时没有正本或电放就提不了货，免箱期从到港算起",
            "without originals or a release the buyer cannot collect, and free time runs from arrival"
        ),
    );
    look.push(Deadline { estimated: true, safe: day, outside: Some(Outside::Carrier), ..deadline });
}

fn free_time(look: &mut Look<'_, '_>, view: &View<'_>, index: usize, shipment: &Shipment) {
    let recorded = sailing::free_until(shipment).filter(|_| look.known(shipment.arrived).is_some());
    let expected = || {
        let end = shipment.eta?.checked_add_days(Days::new(u64::from(shipment.free_days?)))?;
        ((end - shipment.eta?).num_days() <= 3660).then_some(end)
    };
    let (day, estimated, done) = match (view.sailing.phase, recorded) {
        (Phase::Arrived { .. }, Some(end)) => (end, false, None),
        (Phase::Over { on }, Some(end)) => (end, false, Some(Done { on })),
        (Phase::UnderWay, _) => match expected() {
            Some(end) => (end, true, None),
            None => return,
        },
        _ => return,
    };
    let batch = view.batch(look);
    let deadline = look.entry(
        view.entry(Kind::FreeTime, day, format!("shipments[{index}].free_days")),
        bi!("目的港免箱期到期{batch}", "free time at destination ends{batch}"; batch),
        bi!(
            "之后滞箱费、滞港费按天涨，客户弃货时都算到发货人头上",
            "after it demurrage and detention grow by the day, and fall back on us when the buyer abandons the goods"
        ),
    );
    look.push(Deadline { hard: true, estimated, done, outside: Some(Outside::Buyer), ..deadline });
}
