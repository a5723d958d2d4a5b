//! Shipments: how far each has come, its cut-offs, its containers, and where the originals are.

use schemars::JsonSchema;
use serde::Serialize;

use super::value::{Day, Figure, Moment, Version, day, number};
use super::who::PartyRef;
use super::{Api, Part, order_href, words};
use crate::derive::OrderFacts;
use crate::derive::custody::{Control, Custody, Held};
use crate::derive::sailing::{self, CutoffFact, Departure, Phase, Sailing};
use crate::model::Order;
use crate::model::order::Container;
use crate::model::party::PartyKind;

/// A shipment.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ShipmentDoc<'a> {
    /// The order.
    pub order: &'a str,
    /// Its id within the order.
    pub id: &'a str,
    /// `ahead`, `under-way`, `arrived` or `over`.
    pub phase: &'static str,
    /// `sea`, `air` …; the order's unless the shipment has its own.
    pub mode: Option<&'static str>,
    /// Place of loading.
    pub from: Option<&'a str>,
    /// Destination.
    pub to: Option<&'a str>,
    /// The forwarder.
    pub forwarder: Option<PartyRef<'a>>,
    /// Booking number.
    pub booking: Option<&'a str>,
    /// Vessel.
    pub vessel: Option<&'a str>,
    /// Voyage.
    pub voyage: Option<&'a str>,
    /// Planned shipment.
    pub planned: Option<Day>,
    /// Estimated departure.
    pub etd: Option<Day>,
    /// Estimated arrival.
    pub eta: Option<Day>,
    /// Planned loading.
    pub loading: Option<Day>,
    /// Actual loading.
    pub loaded: Option<Day>,
    /// It has left.
    pub left: bool,
    /// The day it left, where it is known.
    pub left_on: Option<Day>,
    /// A transport document proves that day.
    pub left_proved: bool,
    /// Number of the transport document.
    pub document: Option<&'a str>,
    /// Arrived.
    pub arrived: Option<Day>,
    /// Delivered.
    pub delivered: Option<Day>,
    /// Handed out at destination.
    pub released: Option<Day>,
    /// Last day free of demurrage, while nobody has collected the goods.
    pub free_until: Option<Day>,
    /// Shipping instructions sent.
    pub si_sent: Option<Moment>,
    /// Verified gross mass sent.
    pub vgm_sent: Option<Moment>,
    /// Gated in.
    pub gated_in: Option<Moment>,
    /// Cut-offs, in the order of the work.
    pub cutoffs: Vec<CutoffDoc>,
    /// Containers.
    pub containers: Vec<ContainerDoc<'a>>,
    /// What it carries; the whole order where the shipment does not say.
    pub items: Vec<QuantityDoc<'a>>,
    /// Where its transport documents are.
    pub originals: Vec<OriginalsDoc>,
    /// The day copies went to the buyer.
    pub copies_sent: Option<Day>,
    /// Roll-overs, oldest first.
    pub rolled: Vec<RolledDoc<'a>>,
    /// The page of the order.
    pub href: String,
}

/// A cut-off.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CutoffDoc {
    /// `si`, `vgm`, `cy`, `customs` or `dg`.
    pub kind: &'static str,
    /// When, in the time of its port.
    pub at: Moment,
    /// When its work was done, where a moment is recorded.
    pub met: Option<Moment>,
    /// `ahead`, `met`, `met-late`, `missed`, or `overtaken` where the goods went on without a record.
    pub state: &'static str,
}

/// A container.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ContainerDoc<'a> {
    /// Number.
    pub number: Option<&'a str>,
    /// `40HQ`.
    #[serde(rename = "type")]
    pub kind: Option<&'a str>,
    /// Seal.
    pub seal: Option<&'a str>,
    /// Packages.
    pub packages: Option<Figure>,
    /// Gross weight, kg.
    pub gross_kg: Option<Figure>,
    /// Volume, m³.
    pub cbm: Option<Figure>,
    /// Verified gross mass, kg.
    pub vgm_kg: Option<Figure>,
}

/// A quantity of an item.
#[derive(Debug, Serialize, JsonSchema)]
pub struct QuantityDoc<'a> {
    /// The item: its sku, else its name.
    pub item: &'a str,
    /// How much, in the unit of the item.
    pub quantity: Figure,
}

/// Where a transport document is.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OriginalsDoc {
    /// `bl`, `awb`, `waybill` or `courier`.
    pub kind: &'static str,
    /// Its number.
    pub number: Option<String>,
    /// Originals issued.
    pub issued: Option<u32>,
    /// `originals`: whoever holds one gets the goods; `released`: the carrier hands them out without;
    /// `none`: there is no original.
    pub control: &'static str,
    /// How they were released: `telex`, `express` …
    pub release: Option<&'static str>,
    /// Who holds how many.
    pub held: Vec<HeldDoc>,
}

/// Originals in one hand.
#[derive(Debug, Serialize, JsonSchema)]
pub struct HeldDoc {
    /// `us`, `buyer`, `bank`, `carrier` or `other`.
    pub holder: &'static str,
    /// How many; null where that is not recorded.
    pub count: Option<u32>,
    /// Since when.
    pub since: Option<Day>,
}

/// A sailing that was missed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RolledDoc<'a> {
    /// From which day.
    pub from: Option<Day>,
    /// To which day.
    pub to: Option<Day>,
    /// Why.
    pub why: Option<&'a str>,
}

/// The shipments of the book.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "shipments")]
pub struct ShipmentsDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `shipments`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Which part this is of how many, and where the next one lies.
    #[serde(flatten)]
    pub part: Part,
    /// By order. Those of archived orders stand in their own documents only.
    pub shipments: Vec<ShipmentDoc<'a>>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// The shipments of an order.
    #[must_use]
    pub fn shipments_of(&self, order: &'c Order, own: &'c OrderFacts) -> Vec<ShipmentDoc<'c>> {
        let all = sailing::of(order, own, self.ctx.as_of());
        all.into_iter().filter_map(|sailing| self.shipment(order, own, &sailing)).collect()
    }

    fn shipment(&self, order: &'c Order, own: &'c OrderFacts, sailing: &Sailing) -> Option<ShipmentDoc<'c>> {
        let fact = own.shipments.get(sailing.at)?;
        let record = sailing.index.and_then(|index| order.shipments.get(index));
        let known = |date| day(date).filter(|day: &Day| day.0 <= self.ctx.as_of());
        let mode = record.and_then(|r| r.mode).or(order.mode);
        Some(ShipmentDoc {
            order: &order.id,
            id: &fact.id,
            phase: words::phase(sailing.phase),
            mode: mode.map(crate::model::value::Mode::code),
            from: record.and_then(|r| r.from.as_deref()).or(order.from.as_deref()),
            to: record.and_then(|r| r.to.as_deref()).or(order.to.as_deref()),
            forwarder: record
                .and_then(|r| r.forwarder.as_deref())
                .map(|id| self.party(PartyKind::Forwarder, id)),
            booking: record.and_then(|r| r.booking.as_deref()),
            vessel: record.and_then(|r| r.vessel.as_deref()),
            voyage: record.and_then(|r| r.voyage.as_deref()),
            planned: day(record.and_then(|r| r.planned)),
            etd: day(record.and_then(|r| r.etd)),
            eta: day(record.and_then(|r| r.eta)),
            loading: day(record.and_then(|r| r.loading)),
            loaded: known(record.and_then(|r| r.loaded)),
            left: sailing.departure != Departure::NotYet,
            left_on: day(sailing.departure.day()),
            left_proved: matches!(sailing.departure, Departure::Proved(_)),
            document: fact.document.as_deref(),
            arrived: known(record.and_then(|r| r.arrived)),
            delivered: known(record.and_then(|r| r.delivered)),
            released: known(record.and_then(|r| r.released)),
            free_until: match sailing.phase {
                Phase::Arrived { free_until, .. } => day(free_until),
                _ => None,
            },
            si_sent: record.and_then(|r| r.si_sent).map(Moment),
            vgm_sent: record.and_then(|r| r.vgm_sent).map(Moment),
            gated_in: record.and_then(|r| r.gated_in).map(Moment),
            cutoffs: sailing.cutoffs.iter().map(cutoff).collect(),
            containers: record.map(|r| r.containers.iter().map(container).collect()).unwrap_or_default(),
            items: fact
                .items
                .iter()
                .map(|(item, qty)| QuantityDoc { item, quantity: (*qty).into() })
                .collect(),
            originals: sailing.custody.iter().map(originals).collect(),
            copies_sent: day(sailing.copies),
            rolled: record
                .map(|r| {
                    let all = r.rolled.iter();
                    all.map(|x| RolledDoc { from: day(x.from), to: day(x.to), why: x.why.as_deref() })
                        .collect()
                })
                .unwrap_or_default(),
            href: order_href(&order.id),
        })
    }
}

fn cutoff(fact: &CutoffFact) -> CutoffDoc {
    CutoffDoc {
        kind: words::cutoff(fact.cutoff),
        at: fact.at.into(),
        met: fact.met.map(Moment),
        state: words::cutoff_state(fact.state),
    }
}

/// A container.
#[must_use]
pub fn container(container: &Container) -> ContainerDoc<'_> {
    ContainerDoc {
        number: container.number.as_deref(),
        kind: container.r#type.as_deref(),
        seal: container.seal.as_deref(),
        packages: number(container.packages),
        gross_kg: number(container.gross_kg),
        cbm: number(container.cbm),
        vgm_kg: number(container.vgm_kg),
    }
}

fn originals(custody: &Custody) -> OriginalsDoc {
    let (control, release, held) = match &custody.control {
        Control::Originals(held) => ("originals", None, held.iter().map(self::held).collect()),
        Control::Released { how, .. } => ("released", Some(how.code()), Vec::new()),
        Control::NoOriginal => ("none", None, Vec::new()),
    };
    let (kind, number, issued) = (custody.key, custody.number.clone(), custody.issued);
    OriginalsDoc { kind, number, issued, control, release, held }
}

fn held(held: &Held) -> HeldDoc {
    HeldDoc { holder: words::holder(&held.holder), count: held.count, since: day(held.since) }
}
