//! Which papers an order needs at a gate, which clause asks for each, and which are not there yet.
//!
//! `required = base ∪ term ∪ mode ∪ payment ∪ goods − not needed`. What a letter of credit asks for in 46A is
//! examined where the credit is, not here. A paper counts when it is recorded and no draft; whether it is right
//! is for the rules to say.

use chrono::NaiveDate;

use crate::derive::money::Money;
use crate::derive::shipment::ShipmentFact;
use crate::model::Order;
use crate::model::document::{PaperKind, PresentedSet, Printed, Release};
use crate::model::money::{BillKind, FilingKind};
use crate::model::order::{ApprovalKind, InspectionResult, InspectionStage};
use crate::model::stage::StageKey;
use crate::model::value::incoterm::TermRule;
use crate::model::value::{Method, Mode};
use crate::text::StaticBi;

/// Gates that ask for papers. What one asks for stays asked for at the later ones.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CompletenessGate {
    /// Before the goods leave.
    Shipment,
    /// Before papers are presented or released.
    Presentation,
    /// Before the order is archived.
    Archive,
}

/// A paper that a gate needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Need {
    /// The key under which `not_needed` names it.
    pub key: &'static str,
    /// What it is.
    pub what: StaticBi,
    /// The clause that asks for it: every order, a trade term, a mode of transport, a method of payment.
    pub asked_by: StaticBi,
    /// From which gate on it is needed.
    pub gate: CompletenessGate,
}

/// The papers of an order at a gate.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Completeness {
    /// Everything that is needed, in the order of the work, also what is there.
    pub needed: Vec<Need>,
    /// What is not there.
    pub missing: Vec<Need>,
    /// Left out on purpose, with the reason.
    pub not_needed: Vec<(Need, String)>,
}

/// The papers of an order at a gate, as far as they were known on a day.
#[must_use]
pub fn of(
    order: &Order,
    money: &Money,
    shipments: &[ShipmentFact],
    gate: CompletenessGate,
    as_of: NaiveDate,
) -> Completeness {
    let view = View { order, money, shipments, as_of };
    let mut all = Completeness::default();
    for ask in ASKS.iter().filter(|ask| ask.need.gate <= gate) {
        if !(ask.applies)(&view) || all.needed.iter().any(|n| n.key == ask.need.key && n.gate <= gate) {
            continue;
        }
        if let Some(why) = view.left_out(&ask.need) {
            all.not_needed.push((ask.need, why.to_owned()));
            continue;
        }
        all.needed.push(ask.need);
        if !(ask.there)(&view) {
            all.missing.push(ask.need);
        }
    }
    all
}

/// A line of the table: when a paper is needed, and how it is recognised.
struct Ask {
    need: Need,
    applies: fn(&View<'_>) -> bool,
    there: fn(&View<'_>) -> bool,
}

const fn ask(
    gate: CompletenessGate,
    key: &'static str,
    what: StaticBi,
    asked_by: StaticBi,
    applies: fn(&View<'_>) -> bool,
    there: fn(&View<'_>) -> bool,
) -> Ask {
    Ask { need: Need { key, what, asked_by, gate }, applies, there }
}

use CompletenessGate::{Archive, Presentation, Shipment};

const ALL: StaticBi = ("每一单", "every order");
const SEA: StaticBi = ("海运", "sea");
const LCL: StaticBi = ("海运拼箱", "sea, part container");
const BULK: StaticBi = ("海运散货", "sea, bulk");
const FCL: StaticBi = ("海运整箱", "sea, full container");
const LAND: StaticBi = ("铁路或公路", "rail or road");
const COLLECTION: StaticBi = ("托收", "collection");

/// The matrix. One line per paper and clause; the first clause that applies names the paper.
static ASKS: &[Ask] = &[
    ask(
        Shipment,
        "contract",
        ("签字的合同或形式发票", "signed contract or proforma"),
        ALL,
        always,
        |v| v.signed(),
    ),
    ask(Shipment, "review", ("下单前评审", "review before release"), ALL, always, |v| {
        v.order.review.is_some()
    }),
    ask(
        Shipment,
        "purchase",
        ("生产通知或采购单", "production notice or purchase order"),
        ALL,
        always,
        |v| !v.order.purchases.is_empty(),
    ),
    ask(
        Shipment,
        "inspection",
        ("终检通过的报告", "final inspection report that passes"),
        ALL,
        always,
        |v| v.inspected(),
    ),
    ask(Shipment, "booking", ("订舱确认", "booking confirmation"), ALL, always, |v| v.booked()),
    ask(
        Shipment,
        "customs-authorisation",
        ("报关委托书", "customs authorisation"),
        ALL,
        exporter_clears,
        |v| v.paper(PaperKind::CustomsAuthorisation),
    ),
    ask(
        Shipment,
        "insurance",
        ("保险单", "insurance document"),
        ("CIF、CIP", "CIF, CIP"),
        |v| v.insures(),
        |v| v.any(v.order.docs.insurance.iter().map(|d| &d.paper)),
    ),
    ask(
        Shipment,
        "import",
        ("进口方、税号和税费预算", "importer, tax number and duty budget"),
        ("DDP", "DDP"),
        |v| v.term() == Some(TermRule::Ddp),
        |v| v.order.import.is_some(),
    ),
    ask(
        Shipment,
        "containers",
        ("柜号和封号", "container and seal numbers"),
        FCL,
        |v| v.moved(Mode::SeaFcl),
        |v| v.containers(),
    ),
    ask(Shipment, "vgm", ("VGM", "verified gross mass"), FCL, |v| v.moved(Mode::SeaFcl), |v| v.vgm()),
    ask(Shipment, "si", ("补料", "shipping instructions"), SEA, |v| v.by_sea(), |v| v.si()),
    ask(
        Shipment,
        "photos",
        ("装柜照片", "loading photos"),
        FCL,
        |v| v.moved(Mode::SeaFcl),
        |v| v.paper(PaperKind::Photos),
    ),
    ask(
        Shipment,
        "warehouse-receipt",
        ("入仓单", "warehouse receipt"),
        LCL,
        |v| v.moved(Mode::SeaLcl),
        |v| v.paper(PaperKind::WarehouseReceipt),
    ),
    ask(
        Shipment,
        "draft-survey",
        ("水尺计重或大副收据", "draft survey or mate's receipt"),
        BULK,
        |v| v.moved(Mode::SeaBulk),
        |v| v.paper(PaperKind::DraftSurvey) || v.paper(PaperKind::MatesReceipt),
    ),
    ask(
        Shipment,
        "dgd",
        ("危险品申报单", "dangerous goods declaration"),
        ("危险品", "dangerous goods"),
        |v| v.dangerous(),
        |v| v.paper(PaperKind::Dgd),
    ),
    ask(
        Shipment,
        "msds",
        ("MSDS", "safety data sheet"),
        ("危险品", "dangerous goods"),
        |v| v.dangerous(),
        |v| v.paper(PaperKind::Msds),
    ),
    ask(
        Shipment,
        "credit-approval",
        ("赊销额度批准", "approval of open credit"),
        ("O/A、D/A", "O/A, D/A"),
        |v| v.pays(&[Method::Oa, Method::Da]),
        |v| v.approved(ApprovalKind::Credit),
    ),
    ask(
        Shipment,
        "lc",
        ("信用证", "letter of credit"),
        ("信用证", "L/C"),
        |v| v.pays(&[Method::Lc]),
        |v| v.any(v.order.docs.lc.iter().map(|d| &d.paper)),
    ),
    ask(Presentation, "invoice", ("商业发票", "commercial invoice"), ALL, always, |v| {
        v.any(v.order.docs.invoice.iter().map(|d| &d.paper))
    }),
    ask(Presentation, "packing", ("装箱单", "packing list"), ALL, always, |v| {
        v.any(v.order.docs.packing.iter().map(|d| &d.paper))
    }),
    ask(
        Presentation,
        "bl",
        ("提单", "bill of lading"),
        SEA,
        |v| v.by_sea(),
        |v| v.any(v.order.docs.bl.iter().map(|d| &d.paper)) || v.forwarder_receipt(),
    ),
    ask(
        Presentation,
        "awb",
        ("空运单", "air waybill"),
        ("空运", "air"),
        |v| v.moved(Mode::Air),
        |v| v.any(v.order.docs.awb.iter().map(|d| &d.paper)) || v.forwarder_receipt(),
    ),
    ask(
        Presentation,
        "waybill",
        ("运单", "waybill"),
        LAND,
        |v| v.by_land(),
        |v| v.any(v.order.docs.waybill.iter().map(|d| &d.paper)) || v.forwarder_receipt(),
    ),
    ask(
        Presentation,
        "courier",
        ("快递单", "courier receipt"),
        ("快递", "courier"),
        |v| v.moved(Mode::Courier),
        |v| v.any(v.order.docs.courier.iter().map(|d| &d.paper)),
    ),
    ask(
        Presentation,
        "transport",
        ("运输单据", "transport document"),
        ALL,
        |v| v.mode_unknown(),
        |v| v.shipped(),
    ),
    ask(Presentation, "customs", ("放行的报关单", "released declaration"), ALL, exporter_clears, |v| {
        let released = |d: &crate::model::document::Declaration| d.released.is_some_and(|day| day <= v.as_of);
        v.order.docs.customs.iter().any(|d| d.paper.is_current() && released(d))
    }),
    ask(
        Presentation,
        "presentation",
        ("交单记录", "record of the presentation"),
        ("信用证、托收", "L/C, collection"),
        |v| v.by_bank(),
        |v| {
            let originals = |p: &crate::model::document::Presentation| p.set != Some(PresentedSet::Copies);
            v.order.docs.presentation.iter().any(|p| originals(p) && v.known(p.date))
        },
    ),
    ask(
        Presentation,
        "collection",
        ("托收委托书", "collection instruction"),
        COLLECTION,
        |v| v.pays(&[Method::Dp, Method::Da]),
        |v| v.any(v.order.docs.collection.iter().map(|d| &d.paper)),
    ),
    ask(
        Archive,
        "receipt",
        ("水单", "bank advice of the payment"),
        ALL,
        |v| v.charges_money(),
        |v| v.order.received.iter().any(|r| v.known(r.date)),
    ),
    ask(Archive, "settlement", ("结算单", "settlement sheet"), ALL, always, |v| {
        v.paper(PaperKind::Settlement)
    }),
    ask(
        Archive,
        "vat-invoice",
        ("进项发票", "supplier's VAT invoice"),
        ALL,
        |v| v.buys_at_home(),
        |v| v.vat_invoice(),
    ),
    ask(
        Archive,
        "freight-bill",
        ("运费或港杂账单", "freight or local charges bill"),
        ALL,
        always,
        |v| v.bill(&[BillKind::Freight, BillKind::Local]),
    ),
    ask(
        Archive,
        "premium-bill",
        ("保费账单", "premium bill"),
        ("CIF、CIP", "CIF, CIP"),
        |v| v.insures(),
        |v| v.bill(&[BillKind::Premium]),
    ),
    ask(
        Archive,
        "record-set",
        ("退税备案单证", "filing set for the tax refund"),
        ("出口退税", "export VAT refund"),
        |v| v.order.rebate == Some(true),
        |v| v.filed(FilingKind::RecordSet) || v.filed(FilingKind::TaxRefund),
    ),
    ask(
        Archive,
        "broker",
        ("报关行资料", "broker's documents"),
        ("出口退税", "export VAT refund"),
        |v| v.order.rebate == Some(true),
        |v| v.paper(PaperKind::Broker),
    ),
    ask(Archive, "feedback", ("客户反馈", "feedback"), ALL, always, |v| {
        v.order.feedback.as_deref().is_some_and(|f| v.known(f.asked)) || !v.order.complaints.is_empty()
    }),
    ask(Archive, "closing", ("结案表", "closing sheet"), ALL, always, |v| v.paper(PaperKind::Closing)),
    ask(Archive, "release", ("放货证明", "release proof"), SEA, |v| v.moved(Mode::SeaFcl), |v| v.released()),
    ask(
        Archive,
        "pod",
        ("签收单", "proof of delivery"),
        ("DAP、DPU、DDP，或铁路、公路、快递", "DAP, DPU, DDP, or rail, road, courier"),
        |v| v.delivers(),
        |v| v.paper(PaperKind::Pod) || v.order.shipments.iter().any(|s| v.known(s.delivered)),
    ),
];

fn always(_: &View<'_>) -> bool {
    true
}

/// Under EXW the buyer clears the goods for export.
fn exporter_clears(view: &View<'_>) -> bool {
    view.term() != Some(TermRule::Exw)
}

/// What the table asks questions about.
struct View<'a> {
    order: &'a Order,
    money: &'a Money,
    shipments: &'a [ShipmentFact],
    as_of: NaiveDate,
}

impl View<'_> {
    /// The reason why a paper is not needed: said so, or its stage does not apply, or somebody allowed it.
    fn left_out(&self, need: &Need) -> Option<&str> {
        let stage = match need.key {
            "inspection" => Some(StageKey::Inspect),
            "booking" | "containers" | "vgm" | "si" | "photos" | "warehouse-receipt" => Some(StageKey::Book),
            "customs" | "customs-authorisation" => Some(StageKey::Declare),
            "feedback" => Some(StageKey::Feedback),
            "receipt" => Some(StageKey::Collect),
            _ => None,
        };
        let approved = match need.key {
            "inspection" => Some(ApprovalKind::ShipUninspected),
            _ => None,
        };
        self.order
            .not_needed
            .get(need.key)
            .map(String::as_str)
            .or_else(|| self.order.skipped(stage?))
            .or_else(|| {
                let approval =
                    self.order.approvals.iter().find(|a| a.kind.is_some() && a.kind == approved)?;
                Some(approval.why.as_deref().unwrap_or_default())
            })
    }

    fn known(&self, day: Option<NaiveDate>) -> bool {
        day.is_some_and(|day| day <= self.as_of)
    }

    fn there(&self, paper: &Printed) -> bool {
        paper.is_current() && !paper.is_draft() && paper.day().is_none_or(|day| day <= self.as_of)
    }

    fn any<'p>(&self, mut papers: impl Iterator<Item = &'p Printed>) -> bool {
        papers.any(|p| self.there(p))
    }

    /// Evidence without a date is there; one dated later is not known yet.
    fn paper(&self, kind: PaperKind) -> bool {
        let known = |day: Option<NaiveDate>| day.is_none_or(|day| day <= self.as_of);
        self.order.docs.papers.iter().any(|p| p.kind == Some(kind) && known(p.date))
    }

    fn bill(&self, kinds: &[BillKind]) -> bool {
        self.order.bills.iter().any(|b| b.kind.is_some_and(|kind| kinds.contains(&kind)))
    }

    fn filed(&self, kind: FilingKind) -> bool {
        self.order.filings.iter().any(|f| f.kind == Some(kind) && self.known(f.date))
    }

    fn approved(&self, kind: ApprovalKind) -> bool {
        let known = |day: Option<NaiveDate>| day.is_none_or(|day| day <= self.as_of);
        self.order.approvals.iter().any(|a| a.kind == Some(kind) && known(a.date))
    }

    fn signed(&self) -> bool {
        let docs = &self.order.docs;
        docs.contract.iter().chain(&docs.proforma).any(|c| self.known(c.signed_by_buyer))
    }

    fn inspected(&self) -> bool {
        self.order.inspections.iter().any(|q| {
            q.stage == Some(InspectionStage::Final)
                && q.result == Some(InspectionResult::Pass)
                && self.known(q.date)
        })
    }

    fn booked(&self) -> bool {
        self.paper(PaperKind::Booking) || self.order.shipments.iter().any(|s| s.booking.is_some())
    }

    fn containers(&self) -> bool {
        let of = |s: &crate::model::order::Shipment| s.containers.iter().any(|c| c.number.is_some());
        self.order.shipments.iter().any(of)
            || self.order.docs.bl.iter().any(|bl| bl.containers.iter().any(|c| c.number.is_some()))
    }

    fn vgm(&self) -> bool {
        let shipments = &self.order.shipments;
        shipments.iter().any(|s| s.vgm_sent.is_some() || s.containers.iter().any(|c| c.vgm_kg.is_some()))
    }

    fn si(&self) -> bool {
        self.paper(PaperKind::Si) || self.order.shipments.iter().any(|s| s.si_sent.is_some())
    }

    fn released(&self) -> bool {
        self.paper(PaperKind::Release)
            || self.order.shipments.iter().any(|s| self.known(s.released))
            || self.order.docs.bl.iter().any(|bl| bl.release.is_some_and(|r| r != Release::Original))
    }

    fn vat_invoice(&self) -> bool {
        self.order.bills.iter().any(|b| b.kind == Some(BillKind::Goods) && b.vat.is_some())
    }

    fn buys_at_home(&self) -> bool {
        self.order.items.iter().any(|i| i.buy.as_deref().is_some_and(|b| b.vat.is_some()))
    }

    fn term(&self) -> Option<TermRule> {
        Some(self.order.incoterm.as_ref()?.term.as_ref()?.rule)
    }

    fn insures(&self) -> bool {
        matches!(self.term(), Some(TermRule::Cif | TermRule::Cip))
    }

    fn delivers(&self) -> bool {
        matches!(self.term(), Some(TermRule::Dap | TermRule::Dpu | TermRule::Ddp))
            || self.by_land()
            || self.moved(Mode::Courier)
    }

    /// Under EXW and FCA the seller may get no more than the forwarder's receipt.
    fn forwarder_receipt(&self) -> bool {
        matches!(self.term(), Some(TermRule::Exw | TermRule::Fca)) && self.paper(PaperKind::Fcr)
    }

    fn moved(&self, mode: Mode) -> bool {
        self.order.mode == Some(mode)
    }

    fn by_sea(&self) -> bool {
        matches!(self.order.mode, Some(Mode::SeaFcl | Mode::SeaLcl | Mode::SeaBulk))
    }

    fn by_land(&self) -> bool {
        matches!(self.order.mode, Some(Mode::Rail | Mode::Road))
    }

    fn mode_unknown(&self) -> bool {
        !self.by_sea() && !self.by_land() && !self.moved(Mode::Air) && !self.moved(Mode::Courier)
    }

    fn shipped(&self) -> bool {
        self.shipments.iter().any(|s| s.shipped.is_some())
    }

    fn dangerous(&self) -> bool {
        self.order.items.iter().any(|i| i.dg.is_some())
    }

    fn pays(&self, methods: &[Method]) -> bool {
        self.money
            .terms
            .as_ref()
            .is_some_and(|terms| terms.instalments.iter().any(|i| methods.contains(&i.method)))
    }

    fn by_bank(&self) -> bool {
        self.pays(&[Method::Lc, Method::Dp, Method::Da])
    }

    fn charges_money(&self) -> bool {
        self.money.total.is_none_or(|total| !total.is_zero())
    }
}
