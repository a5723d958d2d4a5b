//! When everything happens in the life of one order, from the first inquiry to the archive.
//!
//! The whole life is drawn at once; what lies after the horizon is simply not written yet.

use chrono::NaiveDate;

use super::calendar::{add, work};
use super::dice::Dice;
use super::terms::{Method, Mode, Terms};

/// The dates of one order.
#[derive(Clone)]
pub(super) struct Life {
    pub(super) inquiry: NaiveDate,
    pub(super) offered: NaiveDate,
    pub(super) signed: NaiveDate,
    pub(super) reviewed: NaiveDate,
    pub(super) released: NaiveDate,
    /// Receipt of the deposit.
    pub(super) deposit: Option<NaiveDate>,
    /// Issue and receipt of the credit.
    pub(super) lc: Option<(NaiveDate, NaiveDate)>,
    pub(super) materials: NaiveDate,
    pub(super) started: NaiveDate,
    pub(super) produced: NaiveDate,
    /// A final inspection that failed, before the one that passed.
    pub(super) failed: Option<NaiveDate>,
    pub(super) inspected: NaiveDate,
    pub(super) booked: NaiveDate,
    pub(super) loaded: NaiveDate,
    pub(super) documents: NaiveDate,
    pub(super) gated: NaiveDate,
    pub(super) declared: NaiveDate,
    pub(super) cleared: NaiveDate,
    pub(super) etd: NaiveDate,
    pub(super) eta: NaiveDate,
    pub(super) arrived: NaiveDate,
    pub(super) delivered: NaiveDate,
    /// Copies to the buyer.
    pub(super) copies: NaiveDate,
    /// Originals to the buyer or the bank.
    pub(super) originals: NaiveDate,
    /// The bank abroad has the documents.
    pub(super) at_bank: NaiveDate,
    /// Acceptance by bank or buyer.
    pub(super) accepted: NaiveDate,
    /// The balance's due date by the payment terms.
    pub(super) due: NaiveDate,
    /// The balance's receipt.
    pub(super) paid: NaiveDate,
    pub(super) closed: NaiveDate,
    /// Latest shipment as first agreed, and as amended (day of the amendment, new date).
    pub(super) ship_by: NaiveDate,
    pub(super) amended: Option<(NaiveDate, NaiveDate)>,
    pub(super) plan: Plan,
    /// 0 where the order lives on.
    pub(super) cancelled: Option<NaiveDate>,
    pub(super) complaint: Option<NaiveDate>,
}

/// The baseline, filled at signing.
#[derive(Clone)]
pub(super) struct Plan {
    pub(super) produced: NaiveDate,
    pub(super) inspected: NaiveDate,
    pub(super) booked: NaiveDate,
    pub(super) declared: NaiveDate,
    pub(super) shipped: NaiveDate,
    pub(super) presented: NaiveDate,
    pub(super) paid: NaiveDate,
}

impl Life {
    /// The same order, its goods leaving some days later and the contract giving them that time. What was paid
    /// before loading stays paid.
    pub(super) fn later(&self, days: i64) -> Self {
        let mut life = self.clone();
        for day in [
            &mut life.booked,
            &mut life.loaded,
            &mut life.documents,
            &mut life.gated,
            &mut life.declared,
            &mut life.cleared,
            &mut life.etd,
            &mut life.eta,
            &mut life.arrived,
            &mut life.delivered,
            &mut life.originals,
            &mut life.ship_by,
            &mut life.plan.shipped,
            &mut life.plan.presented,
        ] {
            *day = add(*day, days);
        }
        life.copies = work(life.etd, 2);
        life.closed = work(life.closed, days);
        life.amended = life.amended.map(|(day, new)| (day, add(new, days)));
        life.complaint = life.complaint.map(|day| add(day, days));
        life
    }
}

/// Days before departure: loaded, documents, gate, declared, cleared, booked; days from inspection to departure.
struct Rhythm {
    loaded: i64,
    documents: i64,
    gated: i64,
    declared: i64,
    cleared: i64,
    booked: i64,
    wait: i64,
    transit: i64,
}

fn rhythm(mode: Mode, sea: i64) -> Rhythm {
    match mode {
        Mode::SeaFcl | Mode::SeaLcl | Mode::SeaBulk | Mode::Multimodal => Rhythm {
            loaded: 7,
            documents: 6,
            gated: 5,
            declared: 4,
            cleared: 3,
            booked: 15,
            wait: 9,
            transit: sea,
        },
        Mode::Rail => Rhythm {
            loaded: 4,
            documents: 3,
            gated: 3,
            declared: 2,
            cleared: 1,
            booked: 12,
            wait: 6,
            transit: 19,
        },
        Mode::Road => Rhythm {
            loaded: 3,
            documents: 3,
            gated: 2,
            declared: 2,
            cleared: 1,
            booked: 8,
            wait: 5,
            transit: 12,
        },
        Mode::Air => Rhythm {
            loaded: 3,
            documents: 3,
            gated: 2,
            declared: 2,
            cleared: 1,
            booked: 6,
            wait: 5,
            transit: 3,
        },
        Mode::Courier => Rhythm {
            loaded: 2,
            documents: 2,
            gated: 2,
            declared: 2,
            cleared: 1,
            booked: 3,
            wait: 4,
            transit: 5,
        },
    }
}

/// Draws the life of an order signed on or after `day`.
pub(super) fn life(dice: &mut Dice, terms: &Terms, transit: i64, day: NaiveDate) -> Life {
    let rhythm = rhythm(terms.mode, transit);
    let signed = work(day, 0);
    let reviewed = work(signed, 1);
    let released = work(reviewed, dice.range(1, 2));
    let prepaid = terms.deposit > 0 || terms.method == Method::BeforeProduction;
    let deposit = prepaid.then(|| work(signed, dice.range(2, 6)));
    let lc = terms.method.is_lc().then(|| {
        let issued = work(signed, dice.range(5, 10));
        (issued, work(issued, dice.range(2, 4)))
    });
    let ready = [Some(released), deposit, lc.map(|(_, received)| received)].into_iter().flatten().max();
    let lead = if terms.mode == Mode::Courier { dice.range(4, 8) } else { dice.range(18, 40) };
    let materials = work(ready.unwrap_or(released), dice.range(3, 8));
    let started = work(materials, dice.range(1, 2));
    let slip = dice.weighted(&[(0, 70), (1, 22), (2, 8)], 0);
    let slip = match slip {
        0 => dice.range(-2, 2),
        1 => dice.range(3, 6),
        _ => dice.range(7, 20),
    };
    let produced = work(started, (lead + slip).max(3));
    let first = work(produced, dice.range(1, 2));
    let failed = (terms.mode != Mode::Courier && dice.chance(5)).then_some(first);
    let inspected = failed.map_or(first, |failed| work(failed, 6));
    let money = if terms.method == Method::BeforeShipment { 6 } else { 0 };
    let etd = add(inspected, rhythm.wait + money + dice.range(0, 4));
    let eta = add(etd, rhythm.transit);
    let arrived = add(eta, dice.range(-1, 3));
    let plan = plan(signed, lead, &rhythm, terms);
    let ship_by = add(plan.shipped, 7);
    let amended = (etd > ship_by).then(|| {
        let agreed = work(signed, (ship_by - signed).num_days() - 12);
        (agreed.min(add(ship_by, -1)), add(etd, dice.range(3, 8)))
    });
    let mut life = Life {
        inquiry: add(signed, -dice.range(8, 20)),
        offered: work(signed, -dice.range(3, 6)).min(signed),
        signed,
        reviewed,
        released,
        deposit,
        lc,
        materials,
        started,
        produced,
        failed,
        inspected,
        booked: add(etd, -rhythm.booked).max(released),
        loaded: add(etd, -rhythm.loaded),
        documents: add(etd, -rhythm.documents),
        gated: add(etd, -rhythm.gated),
        declared: add(etd, -rhythm.declared),
        cleared: add(etd, -rhythm.cleared),
        etd,
        eta,
        arrived,
        delivered: add(arrived, dice.range(3, 6)),
        copies: work(etd, 2),
        originals: etd,
        at_bank: etd,
        accepted: etd,
        due: etd,
        paid: etd,
        closed: etd,
        ship_by,
        amended,
        plan,
        cancelled: dice.chance(1).then(|| add(signed, dice.range(4, 14))),
        complaint: (dice.chance(2) && terms.mode != Mode::Courier).then(|| add(arrived, dice.range(8, 25))),
    };
    settle(dice, terms, &mut life);
    life
}

fn plan(signed: NaiveDate, lead: i64, rhythm: &Rhythm, terms: &Terms) -> Plan {
    let wait = if terms.method.is_lc() { 22 } else { 15 };
    let produced = work(signed, wait + lead);
    let inspected = work(produced, 3);
    let money = if terms.method == Method::BeforeShipment { 6 } else { 0 };
    let shipped = add(inspected, rhythm.wait + money + 2);
    let presented = work(shipped, 5);
    Plan {
        produced,
        inspected,
        booked: add(shipped, -rhythm.booked),
        declared: add(shipped, -rhythm.declared),
        shipped,
        presented,
        paid: work(presented, 8 + terms.days),
    }
}

/// Documents, acceptance and payment after shipment, by method.
fn settle(dice: &mut Dice, terms: &Terms, life: &mut Life) {
    let late = match dice.weighted(&[(0, 82), (1, 14), (2, 4)], 0) {
        0 => dice.range(-2, 3),
        1 => dice.range(5, 50),
        _ => dice.range(60, 150),
    };
    life.originals = work(life.etd, dice.range(5, 8));
    life.at_bank = work(life.originals, dice.range(4, 6));
    life.accepted = work(life.at_bank, dice.range(2, 4));
    let pays = |due: NaiveDate, from: NaiveDate| work(due, late).max(work(from, 1));
    (life.due, life.paid) = match terms.method {
        Method::CopyBl => {
            let due = work(life.copies, 7);
            let paid = pays(due, life.copies);
            life.originals = work(paid, 1);
            (due, paid)
        }
        Method::BeforeShipment => (life.loaded, work(life.inspected, 0).min(add(life.loaded, -1))),
        Method::BeforeProduction => (life.started, life.deposit.unwrap_or(life.signed)),
        Method::LcSight => {
            let due = banking_days(life.originals, 5);
            (due, work(life.at_bank, dice.range(3, 6)))
        }
        Method::LcUsance => {
            let maturity = work(life.etd, terms.days);
            (maturity, work(maturity, dice.range(0, 2)))
        }
        Method::Dp => (banking_days(life.at_bank, 3), work(life.at_bank, dice.range(2, 9))),
        Method::Da => {
            let due = work(life.accepted, terms.days);
            (due, pays(due, life.accepted))
        }
        Method::Tt | Method::Oa => {
            let due = work(life.etd, terms.days);
            (due, pays(due, life.originals))
        }
        Method::Cod => (work(life.delivered, 0), work(life.delivered, dice.range(0, 2))),
    };
    let complaint = life.complaint.map(|opened| add(opened, 30));
    let last = [Some(life.paid), Some(add(life.delivered, 20)), Some(add(life.etd, 65)), complaint];
    life.closed = work(last.into_iter().flatten().max().unwrap_or(life.paid), dice.range(3, 12));
}

/// The `n`-th working day after.
fn banking_days(date: NaiveDate, n: u32) -> NaiveDate {
    (0..n).fold(date, |day, _| work(day, 1))
}
