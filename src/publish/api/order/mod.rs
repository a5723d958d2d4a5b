//! The complete order as computed: `o/ID.json` beside its page, and the same bytes as `api/v1/orders/ID.json`.

pub mod goods;
pub mod history;
pub mod money;
pub mod papers;
pub mod records;
pub mod stages;
pub mod work;

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::credit::CreditDoc;
use super::deadline::DeadlineDoc;
use super::export::ExportDoc;
use super::finding::FindingDoc;
use super::shipment::ShipmentDoc;
use super::summary::StandingDoc;
use super::value::{Day, Version};
use super::{Api, order_href};
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::publish::witness::Witness;
use goods::{GoodsDoc, TermsDoc};
use history::HistoryDoc;
use money::MoneyDoc;
use papers::{MatrixDoc, PaperDoc};
use records::{CommitDoc, Records};
use stages::{GateDoc, NeedDoc, StageDoc};
use work::{
    AmendmentDoc, ApprovalDoc, ComplaintDoc, FeedbackDoc, InspectionDoc, IssueDoc, ProductionDoc, WaiverDoc,
};

/// A complete order.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "order")]
pub struct OrderDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `order`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Name of its folder: stable, never reused.
    pub id: &'a str,
    /// Its page.
    pub href: String,
    /// Where it stands.
    #[serde(flatten)]
    pub standing: StandingDoc,
    /// Its files have mistakes of writing: what stands here may be incomplete.
    pub broken: bool,
    /// What was agreed.
    pub terms: TermsDoc<'a>,
    /// The goods.
    pub goods: GoodsDoc<'a>,
    /// The ten stages.
    pub stages: Vec<StageDoc<'a>>,
    /// Gates between the stages.
    pub gates: Vec<GateDoc<'a>>,
    /// Every paper the order needs until it is archived.
    pub needs: Vec<NeedDoc<'a>>,
    /// Documents as printed.
    pub documents: Vec<PaperDoc<'a>>,
    /// Letters of credit.
    pub credits: Vec<CreditDoc<'a>>,
    /// Who says what, set by set.
    pub matrix: Vec<MatrixDoc>,
    /// What is due and what came in.
    pub money: MoneyDoc<'a>,
    /// Shipments.
    pub shipments: Vec<ShipmentDoc<'a>>,
    /// Exports with their tax files.
    pub exports: Vec<ExportDoc<'a>>,
    /// Production.
    pub production: ProductionDoc<'a>,
    /// Inspections.
    pub inspections: Vec<InspectionDoc<'a>>,
    /// Issues.
    pub issues: Vec<IssueDoc<'a>>,
    /// Complaints.
    pub complaints: Vec<ComplaintDoc<'a>>,
    /// What the customer said afterwards.
    pub feedback: Option<FeedbackDoc<'a>>,
    /// Changes of the contract.
    pub amendments: Vec<AmendmentDoc<'a>>,
    /// Exceptions that somebody with authority allowed.
    pub approvals: Vec<ApprovalDoc<'a>>,
    /// Accepted findings.
    pub waivers: Vec<WaiverDoc<'a>>,
    /// Deadlines, by day.
    pub deadlines: Vec<DeadlineDoc<'a>>,
    /// Findings.
    pub findings: Vec<FindingDoc<'a>>,
    /// What became of it, change by change.
    pub history: HistoryDoc<'a>,
    /// The commits that are named above, by id.
    pub commits: BTreeMap<&'a str, CommitDoc<'a>>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// The complete order.
    #[must_use]
    pub fn order(&self, order: &'c Order, own: &'c OrderFacts) -> OrderDoc<'c> {
        let records = Records::new(Witness::of(self.ctx, order, own));
        let mut document = OrderDoc {
            version: Version,
            document: "order",
            as_of: self.ctx.as_of().into(),
            id: &order.id,
            href: order_href(&order.id),
            standing: self.standing(order, own),
            broken: order.broken,
            terms: self.terms(order),
            goods: self.goods(order, own),
            stages: self.stages(order, own, &records),
            gates: self.gates(order, own),
            needs: self.needs(order, own),
            documents: self.papers(order, &records),
            credits: self.credits_of(order, own),
            matrix: self.matrices(order, own),
            money: self.money(order, own, &records),
            shipments: self.shipments_of(order, own),
            exports: self.exports_of(order, own),
            production: self.production(order, own),
            inspections: self.inspections(order),
            issues: order.issues.iter().filter(|i| self.known(i.opened)).map(|i| self.issue(i)).collect(),
            complaints: order
                .complaints
                .iter()
                .filter(|c| self.known(c.opened))
                .map(|c| self.complaint(c, own))
                .collect(),
            feedback: self.feedback(order),
            amendments: self.amendments(order, own),
            approvals: self.approvals(order, own),
            waivers: self.waivers(order),
            deadlines: self.deadlines_of(&order.id),
            findings: self.findings_of(&order.id),
            history: self.history(order, &records),
            commits: BTreeMap::new(),
        };
        document.commits = self.commits(&records);
        document
    }
}
