//! What the transport document has to say: by 46A and the ports of the credit where there is one, else by the order,
//! its term and its customer. Shipping instructions print it; the check sheet holds the draft against it.

use chrono::NaiveDate;

use super::credit::{self, Credit};
use super::text::letters;
use super::{Job, invoice, party, text};
use crate::model::document::{Freight as Marked, Required};
use crate::model::value::Freight;

/// Lines to be printed, and whether somebody prescribed them: what was only assumed is for a person to confirm.
#[derive(Debug, Clone, Default)]
pub(super) struct Said {
    pub(super) lines: Vec<String>,
    pub(super) sure: bool,
}

/// What the transport document has to say.
#[derive(Debug, Clone, Default)]
pub(super) struct Instruction {
    pub(super) shipper: Vec<String>,
    pub(super) consignee: Said,
    pub(super) notify: Said,
    pub(super) vessel: String,
    pub(super) voyage: String,
    pub(super) receipt: String,
    pub(super) loading: String,
    pub(super) discharge: String,
    pub(super) delivery: String,
    pub(super) goods: Vec<String>,
    pub(super) marks: Vec<String>,
    pub(super) freight: Option<Freight>,
    /// `FULL SET`, `3`.
    pub(super) originals: String,
    /// A bank wants originals; `None` where nobody says.
    pub(super) original: Option<bool>,
    /// `BLANK ENDORSED`
    pub(super) endorsed: String,
    pub(super) latest: Option<NaiveDate>,
    /// 46A of the transport document.
    pub(super) clause: String,
}

/// Fills the instruction of a consignment.
pub(super) fn of(job: &Job<'_, '_>) -> Instruction {
    let asked = job.credit.and_then(transport);
    let shipment = job.cargo.shipment;
    let route = invoice::route(job);
    let place = |credit: Option<&str>, own: usize| {
        let own = || route.get(own).map(|f| f.value.clone()).unwrap_or_default();
        credit.map(text::place).unwrap_or_else(own)
    };
    Instruction {
        shipper: party::shipper(job.ctx),
        consignee: consignee(job, asked),
        notify: notify(job, asked),
        vessel: shipment.and_then(|s| s.vessel.clone()).unwrap_or_default(),
        voyage: shipment.and_then(|s| s.voyage.clone()).unwrap_or_default(),
        receipt: job.credit.and_then(Credit::receipt).map(text::place).unwrap_or_default(),
        loading: place(job.credit.and_then(Credit::from), 0),
        discharge: place(job.credit.and_then(Credit::to), 1),
        delivery: job.credit.and_then(Credit::delivery).map(text::place).unwrap_or_default(),
        goods: names(job),
        marks: invoice::marks(job),
        freight: freight(job, asked),
        originals: credit::originals(asked),
        original: job.credit.map(|_| true),
        endorsed: asked.and_then(|r| r.endorsed.as_deref()).map(endorsement).unwrap_or_default(),
        latest: latest(job),
        clause: asked.and_then(|r| r.text.clone()).unwrap_or_default(),
    }
}

/// 46A of the transport document.
fn transport<'a>(credit: &Credit<'a>) -> Option<&'a Required> {
    ["bl", "awb", "waybill"].into_iter().find_map(|kind| credit.asked(kind))
}

fn consignee(job: &Job<'_, '_>, asked: Option<&Required>) -> Said {
    if job.credit.is_none() {
        return customer(job);
    }
    let Some(written) = asked.and_then(|r| r.consignee.as_deref()) else { return Said::default() };
    Said { lines: named(job, written), sure: true }
}

fn notify(job: &Job<'_, '_>, asked: Option<&Required>) -> Said {
    if job.credit.is_none() {
        return customer(job);
    }
    let Some(written) = asked.and_then(|r| r.notify.as_deref()) else { return Said::default() };
    Said { lines: named(job, written), sure: true }
}

/// A party that 46A names; `APPLICANT` is the one of field 50.
fn named(job: &Job<'_, '_>, written: &str) -> Vec<String> {
    let applicant = matches!(letters(written).as_str(), "APPLICANT" | "THEAPPLICANT");
    let name = job.credit.and_then(Credit::applicant).filter(|_| applicant).unwrap_or(written);
    let address = party::named(job, name, job.ctx.book().customer(job.order));
    [vec![address.name], address.lines].concat()
}

fn customer(job: &Job<'_, '_>) -> Said {
    let Some(customer) = job.ctx.book().customer(job.order) else { return Said::default() };
    let address = party::of(customer);
    Said { lines: [vec![address.name], address.lines].concat(), sure: false }
}

fn names(job: &Job<'_, '_>) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    for line in &job.cargo.lines {
        if !names.iter().any(|n| n == line.name) {
            names.push(line.name.to_owned());
        }
    }
    names
}

/// 46A where it marks the freight, else the term: who contracts the carriage pays it.
fn freight(job: &Job<'_, '_>, asked: Option<&Required>) -> Option<Freight> {
    let marked = asked.and_then(|r| r.freight).map(|f| match f {
        Marked::Prepaid => Freight::Prepaid,
        Marked::Collect => Freight::Collect,
    });
    let term = job.order.incoterm.as_ref().and_then(|t| t.term.as_ref());
    marked.or_else(|| term.map(|t| t.rule.facts().freight))
}

/// The earlier of the contract's and the credit's latest shipment.
fn latest(job: &Job<'_, '_>) -> Option<NaiveDate> {
    let credit = job.credit.and_then(|c| c.latest_shipment());
    [credit, job.order.ship_by].into_iter().flatten().min()
}

fn endorsement(written: &str) -> String {
    if letters(written) == "BLANK" { "BLANK ENDORSED".to_owned() } else { written.to_uppercase() }
}
