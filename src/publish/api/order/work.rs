//! What was done and what went wrong: releases, reports of the factory, inspections, issues, complaints, what the
//! customer said, changes of the contract, exceptions and waivers.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::super::Api;
use super::super::value::{Day, Figure, day, number};
use super::super::who::{PartyRef, PersonRef};
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::model::order::{Complaint, Inspection, Issue, Purchase, Severities, Until};
use crate::model::party::PartyKind;

/// Production as it was released and reported.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ProductionDoc<'a> {
    /// Finished as last reported.
    pub done: Option<Figure>,
    /// The quantity that is compared with.
    pub wanted: Option<Figure>,
    /// Production notices and purchase orders, without prices.
    pub releases: Vec<ReleaseDoc<'a>>,
    /// What the factory reported, as recorded.
    pub reports: Vec<ReportDoc<'a>>,
}

/// A production notice or purchase order.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReleaseDoc<'a> {
    /// Number.
    pub number: Option<&'a str>,
    /// `purchase-order` or `production-notice`.
    pub kind: Option<&'static str>,
    /// To whom.
    pub to: Option<PartyRef<'a>>,
    /// Issued.
    pub issued: Option<Day>,
    /// Due.
    pub due: Option<Day>,
}

/// What the factory reported.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ReportDoc<'a> {
    /// Date.
    pub date: Option<Day>,
    /// The item; null for the whole order.
    pub item: Option<&'a str>,
    /// Finished so far.
    pub done: Option<Figure>,
    /// Note.
    pub note: Option<&'a str>,
}

/// An inspection.
#[derive(Debug, Serialize, JsonSchema)]
pub struct InspectionDoc<'a> {
    /// Date.
    pub date: Option<Day>,
    /// `pre-production`, `inline`, `final` or `loading`.
    pub stage: Option<&'static str>,
    /// Who inspected, as written.
    pub by: Option<&'a str>,
    /// Inspection level.
    pub level: Option<&'a str>,
    /// Lot size.
    pub lot: Option<Figure>,
    /// Sample size.
    pub sample: Option<Figure>,
    /// Acceptance quality limits.
    pub aql: Option<DefectsDoc>,
    /// Defects found.
    pub found: Option<DefectsDoc>,
    /// `pass`, `fail` or `pending`.
    pub result: Option<&'static str>,
    /// Corrective action.
    pub corrective: Option<CorrectiveDoc<'a>>,
    /// Note.
    pub note: Option<&'a str>,
    /// The report, relative to the folder of the order.
    pub file: Option<&'a str>,
}

/// Figures by class of defect.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DefectsDoc {
    /// Critical.
    pub critical: Option<Figure>,
    /// Major.
    pub major: Option<Figure>,
    /// Minor.
    pub minor: Option<Figure>,
}

/// A corrective action; open while `closed` is null.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CorrectiveDoc<'a> {
    /// Cause.
    pub cause: Option<&'a str>,
    /// What is done.
    pub action: Option<&'a str>,
    /// Who does it.
    pub owner: Option<PersonRef<'a>>,
    /// By when.
    pub due: Option<Day>,
    /// Finished.
    pub closed: Option<Day>,
}

/// Something that went wrong on the way; open while `closed` is null.
#[derive(Debug, Serialize, JsonSchema)]
pub struct IssueDoc<'a> {
    /// Found.
    pub opened: Option<Day>,
    /// `material`, `quality`, `logistics` …
    pub kind: Option<&'static str>,
    /// What.
    pub what: Option<&'a str>,
    /// Whose it is.
    pub owner: Option<PersonRef<'a>>,
    /// What is done.
    pub action: Option<&'a str>,
    /// The customer was told.
    pub told: Option<Day>,
    /// By when.
    pub due: Option<Day>,
    /// Solved.
    pub closed: Option<Day>,
}

/// A complaint; open while `closed` is null. What the supplier bears is not told.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ComplaintDoc<'a> {
    /// Number.
    pub number: Option<&'a str>,
    /// Opened.
    pub opened: Option<Day>,
    /// `quality`, `shortage`, `late` …
    pub kind: Option<&'static str>,
    /// What.
    pub what: Option<&'a str>,
    /// Claimed.
    pub claimed: Option<Figure>,
    /// Accepted.
    pub accepted: Option<Figure>,
    /// Currency of both, ISO 4217.
    pub currency: Option<&'static str>,
    /// What was decided.
    pub decision: Option<&'a str>,
    /// How it was settled.
    pub settled: Option<&'a str>,
    /// Whose it is.
    pub owner: Option<PersonRef<'a>>,
    /// To be answered by.
    pub due: Option<Day>,
    /// Closed.
    pub closed: Option<Day>,
}

/// What the customer said afterwards.
#[derive(Debug, Serialize, JsonSchema)]
pub struct FeedbackDoc<'a> {
    /// Asked.
    pub asked: Option<Day>,
    /// Score, 1 to 5.
    pub score: Option<Figure>,
    /// What was said.
    pub text: Option<&'a str>,
}

/// A change of the contract after signing.
#[derive(Debug, Serialize, JsonSchema)]
pub struct AmendmentDoc<'a> {
    /// Date.
    pub date: Option<Day>,
    /// What was changed.
    pub what: Option<&'a str>,
    /// Who agreed.
    pub agreed_by: Option<&'a str>,
    /// The last day of shipment before.
    pub was_ship_by: Option<Day>,
    /// The payment terms before.
    pub was_payment: Option<&'a str>,
    /// Quantities before, by item.
    pub was_quantity: BTreeMap<&'a str, Figure>,
    /// Unit prices before, by item.
    pub was_price: BTreeMap<&'a str, Figure>,
}

/// What somebody with authority allowed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ApprovalDoc<'a> {
    /// `credit`, `no-deposit`, `ship-unpaid` …
    pub kind: Option<&'static str>,
    /// Date.
    pub date: Option<Day>,
    /// Who.
    pub by: Option<PersonRef<'a>>,
    /// Up to how much.
    pub amount: Option<Figure>,
    /// Its currency, ISO 4217.
    pub currency: Option<&'static str>,
    /// Why.
    pub why: Option<&'a str>,
}

/// A waiver: an accepted finding.
#[derive(Debug, Serialize, JsonSchema)]
pub struct WaiverDoc<'a> {
    /// The rule.
    pub rule: Option<&'a str>,
    /// The place; null for the whole order.
    pub at: Option<&'a str>,
    /// Why.
    pub why: Option<&'a str>,
    /// Who accepted it.
    pub by: Option<PersonRef<'a>>,
    /// Last day; null where it holds until the order is archived, and after.
    pub until: Option<Day>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// Production of an order.
    pub(in crate::publish::api) fn production(
        &self,
        order: &'c Order,
        own: &'c OrderFacts,
    ) -> ProductionDoc<'c> {
        let release = |purchase: &'c Purchase| ReleaseDoc {
            number: purchase.number.as_deref(),
            kind: purchase.kind.map(|k| k.code()),
            to: purchase.to.as_deref().map(|id| self.party(PartyKind::Supplier, id)),
            issued: day(purchase.issued),
            due: day(purchase.due),
        };
        let told = order.progress.iter().filter(|report| self.known(report.date));
        let reports = told.map(|report| ReportDoc {
            date: day(report.date),
            item: report.sku.as_deref(),
            done: number(report.done),
            note: report.note.as_deref(),
        });
        ProductionDoc {
            done: number(own.progress.produced.map(|(done, _)| done)),
            wanted: number(own.progress.produced.map(|(_, wanted)| wanted).or(own.goods.pieces())),
            releases: order.purchases.iter().map(release).collect(),
            reports: reports.collect(),
        }
    }

    /// The inspections of an order: those that were held, and those that are planned.
    pub(in crate::publish::api) fn inspections(&self, order: &'c Order) -> Vec<InspectionDoc<'c>> {
        let told = order.inspections.iter().filter(|held| self.known(held.date) || held.result.is_none());
        told.map(|held| self.inspection(held)).collect()
    }

    fn inspection(&self, held: &'c Inspection) -> InspectionDoc<'c> {
        let corrective = held.corrective.as_deref().map(|c| CorrectiveDoc {
            cause: c.cause.as_deref(),
            action: c.action.as_deref(),
            owner: self.someone(c.owner.as_deref()),
            due: day(c.due),
            closed: self.happened(c.closed),
        });
        InspectionDoc {
            date: day(held.date),
            stage: held.stage.map(|s| s.code()),
            by: held.by.as_deref(),
            level: held.level.as_deref(),
            lot: number(held.lot),
            sample: number(held.sample),
            aql: held.aql.as_deref().map(defects),
            found: held.found.as_deref().map(defects),
            result: held.result.map(|r| r.code()),
            corrective,
            note: held.note.as_deref(),
            file: held.file.as_deref(),
        }
    }

    pub(super) fn issue(&self, issue: &'c Issue) -> IssueDoc<'c> {
        IssueDoc {
            opened: day(issue.opened),
            kind: issue.kind.map(|k| k.code()),
            what: issue.what.as_deref(),
            owner: self.someone(issue.owner.as_deref()),
            action: issue.action.as_deref(),
            told: self.happened(issue.told),
            due: day(issue.due),
            closed: self.happened(issue.closed),
        }
    }

    /// One complaint.
    pub(in crate::publish::api) fn complaint(
        &self,
        complaint: &'c Complaint,
        own: &OrderFacts,
    ) -> ComplaintDoc<'c> {
        let written =
            [&complaint.claimed, &complaint.accepted].into_iter().flatten().find_map(|a| a.currency);
        let currency = written.or(own.goods.currency);
        let figure = |value| Figure::amount(value, currency);
        ComplaintDoc {
            number: complaint.number.as_deref(),
            opened: day(complaint.opened),
            kind: complaint.kind.map(|k| k.code()),
            what: complaint.what.as_deref(),
            claimed: complaint.claimed.as_ref().map(|a| figure(a.value)),
            accepted: complaint.accepted.as_ref().map(|a| figure(a.value)),
            currency: currency.map(|c| c.code()),
            decision: complaint.decision.as_deref(),
            settled: complaint.settled.as_deref(),
            owner: self.someone(complaint.owner.as_deref()),
            due: day(complaint.due),
            closed: self.happened(complaint.closed),
        }
    }

    pub(super) fn feedback(&self, order: &'c Order) -> Option<FeedbackDoc<'c>> {
        order.feedback.as_deref().map(|f| FeedbackDoc {
            asked: self.happened(f.asked),
            score: number(f.score),
            text: f.text.as_deref(),
        })
    }

    pub(super) fn amendments(&self, order: &'c Order, own: &OrderFacts) -> Vec<AmendmentDoc<'c>> {
        let currency = own.goods.currency;
        let amendment = |amendment: &'c crate::model::order::Amendment| {
            let was = amendment.was.as_deref();
            let quantities = was.into_iter().flat_map(|w| &w.qty);
            let prices = was.into_iter().flat_map(|w| &w.price);
            AmendmentDoc {
                date: day(amendment.date),
                what: amendment.what.as_deref(),
                agreed_by: amendment.agreed_by.as_deref(),
                was_ship_by: day(was.and_then(|w| w.ship_by)),
                was_payment: was.and_then(|w| w.payment.as_deref()),
                was_quantity: quantities.map(|(item, qty)| (item.as_str(), (*qty).into())).collect(),
                was_price: prices
                    .map(|(item, price)| (item.as_str(), Figure::amount(price.value, currency)))
                    .collect(),
            }
        };
        order.amendments.iter().filter(|a| self.known(a.date)).map(amendment).collect()
    }

    pub(super) fn approvals(&self, order: &'c Order, own: &OrderFacts) -> Vec<ApprovalDoc<'c>> {
        let approval = |approval: &'c crate::model::order::Approval| {
            let currency = approval.amount.as_ref().map(|a| a.currency.or(own.goods.currency));
            let currency = currency.flatten();
            ApprovalDoc {
                kind: approval.kind.map(|k| k.code()),
                date: day(approval.date),
                by: self.someone(approval.by.as_deref()),
                amount: approval.amount.as_ref().map(|a| Figure::amount(a.value, currency)),
                currency: currency.map(|c| c.code()),
                why: approval.why.as_deref(),
            }
        };
        order.approvals.iter().filter(|a| self.known(a.date)).map(approval).collect()
    }

    /// The waivers of an order.
    pub(in crate::publish::api) fn waivers(&self, order: &'c Order) -> Vec<WaiverDoc<'c>> {
        let waiver = |waiver: &'c crate::model::order::Waiver| WaiverDoc {
            rule: waiver.rule.as_deref(),
            at: waiver.at.as_deref(),
            why: waiver.why.as_deref(),
            by: self.someone(waiver.by.as_deref()),
            until: match waiver.until {
                Some(Until::Date(date)) => Some(date.into()),
                Some(Until::Archived) | None => None,
            },
        };
        order.waivers.iter().map(waiver).collect()
    }
}

fn defects(found: &Severities) -> DefectsDoc {
    DefectsDoc { critical: number(found.critical), major: number(found.major), minor: number(found.minor) }
}
