//! Letters of credit: the terms in force after accepted amendments, what was drawn, which clock runs out first, what
//! was presented.

use chrono::NaiveDate;
use schemars::JsonSchema;
use serde::Serialize;

use super::order::goods::ToleranceDoc;
use super::value::{Day, Figure, Version, day};
use super::who::PartyRef;
use super::{Api, Part, order_href, words};
use crate::derive::OrderFacts;
use crate::derive::credit::{Credit, Said};
use crate::derive::exam::{Exam, Exams};
use crate::derive::standing::Standing;
use crate::load::fields::Originals;
use crate::model::Order;
use crate::model::document::{CreditAmendment, LetterOfCredit, Presentation};
use crate::model::party::PartyKind;
use crate::model::value::calendar::Dated;

/// A letter of credit.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CreditDoc<'a> {
    /// The order.
    pub order: &'a str,
    /// The customer.
    pub customer: Option<PartyRef<'a>>,
    /// Its number.
    pub number: Option<&'a str>,
    /// Where it stands in the order: `lc[0]`.
    pub path: String,
    /// The issuing bank.
    pub issuer: Option<&'a str>,
    /// The advising bank.
    pub advising: Option<&'a str>,
    /// Something is still to be done under it.
    pub live: bool,
    /// What happens next: `ship`, `present`, `cure`, `examined`, `mature` or `none`. Null where another credit
    /// replaced it, or it is not known yet.
    pub step: Option<&'static str>,
    /// Until when: the clock that runs out first.
    pub due: Option<ClockDoc>,
    /// The last day of presentation, once the goods have left.
    pub last_presentation: Option<ClockDoc>,
    /// Shipment and the period of field 48.
    pub by_period: Option<ClockDoc>,
    /// 31D, moved to an open day.
    pub by_expiry: Option<ClockDoc>,
    /// Currency of the amounts, ISO 4217.
    pub currency: Option<&'static str>,
    /// 32B amount.
    pub amount: Option<Figure>,
    /// 39A tolerance of the amount.
    pub tolerance: Option<ToleranceDoc>,
    /// The most that may be drawn.
    pub cap: Option<Figure>,
    /// Presented for, without what was refused.
    pub drawn: Option<Figure>,
    /// What may still be drawn; negative when overdrawn.
    pub left: Option<Figure>,
    /// 50 applicant.
    pub applicant: Option<&'a str>,
    /// 59 beneficiary.
    pub beneficiary: Option<&'a str>,
    /// 31D date of expiry.
    pub expiry: Option<Day>,
    /// 31D place of expiry.
    pub expiry_place: Option<&'a str>,
    /// 41a available with, by.
    pub available_with: Option<&'a str>,
    /// 42C drafts at.
    pub drafts: Option<&'a str>,
    /// 43P partial shipments: `yes`, `no` or `conditional`.
    pub partial: Option<&'static str>,
    /// 43T transhipment: `yes`, `no` or `conditional`.
    pub transhipment: Option<&'static str>,
    /// 44E port of loading.
    pub from: Option<&'a str>,
    /// 44F port of discharge.
    pub to: Option<&'a str>,
    /// 44C latest date of shipment.
    pub latest_shipment: Option<Day>,
    /// 45A in words.
    pub goods: Vec<&'a str>,
    /// 46A documents required.
    pub documents: Vec<RequiredDoc<'a>>,
    /// 47A additional conditions.
    pub conditions: Vec<&'a str>,
    /// 48 days for presentation.
    pub present_within: Option<u32>,
    /// 49 confirmation.
    pub confirmation: Option<&'a str>,
    /// Amendments, in order.
    pub amendments: Vec<CreditAmendmentDoc<'a>>,
    /// Presentations under it.
    pub presentations: Vec<PresentationDoc<'a>>,
    /// The page of the order.
    pub href: String,
}

/// A day that was computed with a calendar.
#[derive(Debug, Clone, Copy, Serialize, JsonSchema)]
pub struct ClockDoc {
    /// The day.
    pub day: Day,
    /// It was computed in a year or for a place whose holidays are not on record.
    pub provisional: bool,
}

impl From<Dated> for ClockDoc {
    fn from(dated: Dated) -> Self {
        Self { day: dated.date.into(), provisional: dated.provisional }
    }
}

/// A document that 46A asks for.
#[derive(Debug, Serialize, JsonSchema)]
pub struct RequiredDoc<'a> {
    /// `invoice`, `packing`, `bl` …
    pub kind: Option<&'a str>,
    /// Originals: a number, or `full`.
    pub originals: Option<String>,
    /// Copies.
    pub copies: Option<u32>,
    /// By whom.
    pub issuer: Option<&'a str>,
    /// The words of 46A.
    pub text: Option<&'a str>,
}

/// An amendment of the credit.
#[derive(Debug, Serialize, JsonSchema)]
pub struct CreditAmendmentDoc<'a> {
    /// 26E number.
    pub number: Option<&'a str>,
    /// Its date.
    pub date: Option<Day>,
    /// Received.
    pub received: Option<Day>,
    /// Accepted.
    pub accepted: Option<Day>,
    /// Rejected.
    pub rejected: Option<Day>,
    /// Its words.
    pub text: Option<&'a str>,
}

/// Papers that were handed to a bank under a credit.
#[derive(Debug, Serialize, JsonSchema)]
pub struct PresentationDoc<'a> {
    /// Its id.
    pub id: Option<&'a str>,
    /// The shipment.
    pub shipment: Option<&'a str>,
    /// Presented; null while it is being prepared.
    pub date: Option<Day>,
    /// The last day on which these papers may be presented.
    pub until: Option<Day>,
    /// A later presentation cures this one.
    pub past: bool,
    /// `copies`, `originals` or `telex`.
    pub set: Option<&'static str>,
    /// Claimed.
    pub amount: Option<Figure>,
    /// The issuing bank received it.
    pub received: Option<Day>,
    /// Refused.
    pub refused: Option<Day>,
    /// The discrepancies that the bank named.
    pub discrepancies: Vec<&'a str>,
    /// Cured.
    pub cured: Option<Day>,
    /// Accepted.
    pub accepted: Option<Day>,
    /// Matures.
    pub maturity: Option<Day>,
    /// Paid.
    pub paid: Option<Day>,
}

/// The letters of credit of the book.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "credits")]
pub struct CreditsDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `credits`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Which part this is of how many, and where the next one lies.
    #[serde(flatten)]
    pub part: Part,
    /// By order.
    pub credits: Vec<CreditDoc<'a>>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// The credits of an order, as recorded; with where each stands, while it is in force.
    #[must_use]
    pub fn credits_of(&self, order: &'c Order, own: &'c OrderFacts) -> Vec<CreditDoc<'c>> {
        if order.docs.lc.is_empty() {
            return Vec::new();
        }
        let (book, as_of) = (self.ctx.book(), self.ctx.as_of());
        let exams: Exams<'c> = Exams::of(book, order, as_of);
        let each = order.docs.lc.iter().enumerate().map(|(index, lc)| {
            let Some(credit) = exams.credits.iter().find(|c| c.index == index) else {
                return self.credit((order, own), &Credit::of(index, lc, as_of), None, Vec::new());
            };
            let standing = Standing::of(book, own, &exams, credit, as_of);
            let handed =
                exams.under(credit).filter_map(|exam| self.presentation(exam, own, credit)).collect();
            self.credit((order, own), credit, Some(&standing), handed)
        });
        each.collect()
    }

    fn credit(
        &self,
        (order, own): (&'c Order, &'c OrderFacts),
        credit: &Credit<'c>,
        standing: Option<&Standing<'c>>,
        presentations: Vec<PresentationDoc<'c>>,
    ) -> CreditDoc<'c> {
        let lc: &'c LetterOfCredit = credit.lc;
        let currency = credit.money().or(own.goods.currency);
        let figure = |value| Figure::amount(value, currency);
        let limit = standing.map(|s| s.limit);
        CreditDoc {
            order: &order.id,
            customer: order.customer.as_deref().map(|id| self.party(PartyKind::Customer, id)),
            number: lc.paper.number.as_deref(),
            path: format!("lc[{}]", credit.index),
            issuer: lc.paper.issuer.as_deref(),
            advising: lc.advising.as_deref(),
            live: standing.is_some_and(Standing::is_live),
            step: standing.map(|s| words::step(s.step)),
            due: standing.and_then(|s| s.due).map(Into::into),
            last_presentation: standing.and_then(Standing::last_presentation).map(Into::into),
            by_period: limit.and_then(|l| l.by_period).map(Into::into),
            by_expiry: limit.and_then(|l| l.by_expiry).map(Into::into),
            currency: currency.map(|c| c.code()),
            amount: credit.amount.as_ref().map(|a| figure(a.value.value)),
            tolerance: credit.tolerance.map(|t| t.value.into()),
            cap: standing.and_then(|s| s.cap).map(figure),
            drawn: standing.map(|s| figure(s.drawn)),
            left: standing.and_then(Standing::left).map(figure),
            applicant: value(credit.applicant),
            beneficiary: value(credit.beneficiary),
            expiry: day(value(credit.expiry)),
            expiry_place: value(credit.expiry_place),
            available_with: value(credit.available_with),
            drafts: value(credit.drafts),
            partial: value(credit.partial).map(words::allowed),
            transhipment: value(credit.transhipment).map(words::allowed),
            from: value(credit.from),
            to: value(credit.to),
            latest_shipment: day(value(credit.latest_shipment)),
            goods: credit.goods.iter().map(|said| said.value).collect(),
            documents: credit.documents.iter().map(|said| required(said.value)).collect(),
            conditions: credit.conditions.iter().map(|said| said.value).collect(),
            present_within: value(credit.present_within),
            confirmation: value(credit.confirmation),
            amendments: lc.amendments.iter().map(|a| amendment(a, self.ctx.as_of())).collect(),
            presentations,
            href: order_href(&order.id),
        }
    }

    fn presentation(
        &self,
        exam: &Exam<'c>,
        own: &OrderFacts,
        credit: &Credit<'_>,
    ) -> Option<PresentationDoc<'c>> {
        let (_, handed): (usize, &'c Presentation) = exam.presentation?;
        let currency =
            handed.amount.as_ref().and_then(|a| a.currency).or(credit.money()).or(own.goods.currency);
        let noticed = handed.refusal.as_deref();
        let named = noticed.into_iter().flat_map(|r| &r.items).filter_map(|item| item.text.as_deref());
        Some(PresentationDoc {
            id: handed.id.as_deref(),
            shipment: exam.shipment,
            date: day(handed.date),
            until: day(exam.cure_until()),
            past: exam.past,
            set: handed.set.map(|set| set.code()),
            amount: handed.amount.as_ref().map(|a| Figure::amount(a.value, currency)),
            received: self.happened(handed.received),
            refused: self.happened(handed.refused),
            discrepancies: handed.discrepancies.iter().map(String::as_str).chain(named).collect(),
            cured: self.happened(handed.cured),
            accepted: self.happened(handed.accepted),
            maturity: day(handed.maturity),
            paid: self.happened(handed.paid),
        })
    }
}

fn value<T: Copy>(said: Option<Said<T>>) -> Option<T> {
    said.map(|said| said.value)
}

fn required(required: &crate::model::document::Required) -> RequiredDoc<'_> {
    RequiredDoc {
        kind: required.kind.as_deref(),
        originals: required.originals.map(|n| match n {
            Originals::Count(n) => n.to_string(),
            Originals::Full => "full".to_owned(),
        }),
        copies: required.copies,
        issuer: required.issuer.as_deref(),
        text: required.text.as_deref(),
    }
}

fn amendment(amendment: &CreditAmendment, as_of: NaiveDate) -> CreditAmendmentDoc<'_> {
    let happened = |date: Option<NaiveDate>| day(date.filter(|date| *date <= as_of));
    CreditAmendmentDoc {
        number: amendment.number.as_deref(),
        date: day(amendment.date),
        received: day(amendment.received),
        accepted: happened(amendment.accepted),
        rejected: happened(amendment.rejected),
        text: amendment.text.as_deref(),
    }
}
