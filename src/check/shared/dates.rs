//! The dates of an order with their places, for rules that judge dates as such. Decides nothing.

use chrono::NaiveDate;

use crate::model::Order;
use crate::model::stage::{Dates, Milestone};

use super::papers;

/// Receives a date, whether it says that something has happened, and how to write its path.
pub(crate) type Visit<'v> = dyn FnMut(NaiveDate, bool, &dyn Fn() -> String) + 'v;

/// A date that may be absent, under a path.
macro_rules! give {
    ($visit:ident, $happened:literal, $($date:expr => $path:literal),+ $(,)?) => { $(
        if let Some(date) = $date { $visit(date, $happened, &|| format!($path)); }
    )+ };
}

/// Visits the dates of an order. Dates that the order takes from elsewhere (expiry of a credit, validity of an
/// offer) are visited as such, not as what has happened.
pub(crate) fn each(order: &Order, visit: &mut Visit<'_>) {
    if let Some(date) = order.signed {
        visit(date, true, &|| "signed".to_owned());
    }
    if let Some(date) = order.ship_by {
        visit(date, false, &|| "ship_by".to_owned());
    }
    if let Some(date) = order.cancelled {
        visit(date, true, &|| "cancelled".to_owned());
    }
    milestones("plan", order.plan.as_deref(), false, visit);
    milestones("forecast", order.forecast.as_deref(), false, visit);
    milestones("actual", order.actual.as_deref(), true, visit);
    work(order, visit);
    shipments(order, visit);
    documents(order, visit);
    money(order, visit);
}

fn milestones(key: &'static str, dates: Option<&Dates>, happened: bool, visit: &mut Visit<'_>) {
    let Some(dates) = dates else { return };
    for milestone in Milestone::ALL {
        if let Some(date) = dates.get(*milestone) {
            visit(date, happened, &|| format!("{key}.{}", milestone.code()));
        }
    }
}

fn work(order: &Order, visit: &mut Visit<'_>) {
    give!(visit, true, order.review.as_deref().and_then(|r| r.date) => "review.date");
    for (i, purchase) in order.purchases.iter().enumerate() {
        give!(visit, true, purchase.issued => "purchases[{i}].issued");
        give!(visit, false, purchase.due => "purchases[{i}].due");
    }
    for (i, progress) in order.progress.iter().enumerate() {
        give!(visit, true, progress.date => "progress[{i}].date");
    }
    for (i, issue) in order.issues.iter().enumerate() {
        give!(visit, true, issue.opened => "issues[{i}].opened", issue.closed => "issues[{i}].closed");
        give!(visit, false, issue.due => "issues[{i}].due");
    }
    for (i, complaint) in order.complaints.iter().enumerate() {
        give!(visit, true, complaint.opened => "complaints[{i}].opened", complaint.closed => "complaints[{i}].closed");
        give!(visit, false, complaint.due => "complaints[{i}].due");
    }
    for (i, amendment) in order.amendments.iter().enumerate() {
        give!(visit, true, amendment.date => "amendments[{i}].date");
    }
    for (i, inspection) in order.inspections.iter().enumerate() {
        // A planned inspection is recorded with its day and without a result.
        let done = inspection.result.is_some();
        if let Some(date) = inspection.date {
            visit(date, done, &|| format!("inspections[{i}].date"));
        }
    }
}

fn shipments(order: &Order, visit: &mut Visit<'_>) {
    for (i, s) in order.shipments.iter().enumerate() {
        give!(visit, false,
            s.planned => "shipments[{i}].planned", s.etd => "shipments[{i}].etd",
            s.eta => "shipments[{i}].eta", s.loading => "shipments[{i}].loading");
        give!(visit, true,
            s.loaded => "shipments[{i}].loaded", s.arrived => "shipments[{i}].arrived",
            s.delivered => "shipments[{i}].delivered", s.released => "shipments[{i}].released");
    }
}

fn documents(order: &Order, visit: &mut Visit<'_>) {
    let docs = &order.docs;
    for (key, i, paper) in papers::each(order) {
        // Papers are prepared ahead and carry the date on which they will be issued.
        give!(visit, false, paper.date => "{key}[{i}].date");
        give!(visit, true,
            paper.issued => "{key}[{i}].issued", paper.sent => "{key}[{i}].sent",
            paper.drafted => "{key}[{i}].drafted", paper.checked => "{key}[{i}].checked");
    }
    for (i, bl) in docs.bl.iter().enumerate() {
        give!(visit, true, bl.on_board => "bl[{i}].on_board");
    }
    for (i, awb) in docs.awb.iter().enumerate() {
        give!(visit, true, awb.dispatched => "awb[{i}].dispatched");
    }
    for (i, waybill) in docs.waybill.iter().enumerate() {
        give!(visit, true, waybill.stamped => "waybill[{i}].stamped");
    }
    for (i, courier) in docs.courier.iter().enumerate() {
        give!(visit, true, courier.pickup => "courier[{i}].pickup");
    }
    for (i, customs) in docs.customs.iter().enumerate() {
        give!(visit, true, customs.released => "customs[{i}].released");
    }
    for (i, lc) in docs.lc.iter().enumerate() {
        give!(visit, false, lc.expiry => "lc[{i}].expiry", lc.latest_shipment => "lc[{i}].latest_shipment");
        give!(visit, true, lc.received => "lc[{i}].received");
    }
    for (i, p) in docs.presentation.iter().enumerate() {
        give!(visit, true,
            p.date => "presentation[{i}].date", p.refused => "presentation[{i}].refused",
            p.cured => "presentation[{i}].cured", p.paid => "presentation[{i}].paid");
    }
}

fn money(order: &Order, visit: &mut Visit<'_>) {
    for (i, receipt) in order.received.iter().enumerate() {
        give!(visit, true, receipt.date => "received[{i}].date");
    }
    for (i, reminder) in order.reminders.iter().enumerate() {
        give!(visit, true, reminder.date => "reminders[{i}].date");
    }
    for (i, payment) in order.paid.iter().enumerate() {
        give!(visit, true, payment.date => "paid[{i}].date");
    }
    for (i, credit) in order.credits.iter().enumerate() {
        give!(visit, true, credit.date => "credits[{i}].date");
    }
    for (i, bill) in order.bills.iter().enumerate() {
        give!(visit, true, bill.date => "bills[{i}].date");
        give!(visit, false, bill.due => "bills[{i}].due");
    }
}
