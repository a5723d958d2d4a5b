//! Bill of exchange 汇票, in two parts: under a credit on the bank of 42a, in a collection on the buyer.

use chrono::NaiveDate;

use super::credit::Credit;
use super::settlement::{Drawing, drawings};
use super::text::{day, letters};
use super::{Job, paper, party, sheet, text};
use crate::model::document::Draft;
use crate::model::value::fold::ws;
use crate::model::value::{Event, Instalment, Method, Tenor, words};
use crate::site::view::making::{Address, Bill, DraftPage};

/// Fills the drafts of a consignment.
pub(super) fn page(job: &Job<'_, '_>) -> DraftPage {
    let drawings = drawings(job);
    let mut bills = Vec::new();
    let mut reference = String::new();
    for drawing in &drawings {
        let registered = registered(job, drawing, drawings.len());
        if reference.is_empty() {
            reference = paper::number(registered.map(|d| &d.paper));
        }
        let first = bill(job, drawing, registered);
        let second = Bill { part: "SECOND".to_owned(), other: "FIRST".to_owned(), ..first.clone() };
        bills.extend([first, second]);
    }
    DraftPage { sheet: sheet::of(job, "BILL OF EXCHANGE", &reference), bills }
}

/// The registered draft of a drawing; where there are several drawings, the one of its amount.
fn registered<'a>(job: &Job<'_, 'a>, drawing: &Drawing<'_>, count: usize) -> Option<&'a Draft> {
    let docs = &job.order.docs.draft;
    if count == 1 {
        return paper::of(docs, |d| &d.paper, job.cargo);
    }
    docs.iter().rfind(|d| {
        d.paper.is_current() && d.amount.is_some() && d.amount.as_ref().map(|a| a.value) == drawing.amount
    })
}

fn bill(job: &Job<'_, '_>, drawing: &Drawing<'_>, registered: Option<&Draft>) -> Bill {
    let method = drawing.instalment.map_or(Method::Lc, |i| i.method);
    let credit = job.credit.filter(|_| method == Method::Lc);
    let (tenor, event) = tenor(credit, drawing.instalment);
    let (event, event_day) = event.map(|e| occurred(job, e)).unwrap_or_default();
    let currency = job.facts.goods.currency;
    let printed = registered.map(|d| &d.paper);
    Bill {
        part: "FIRST".to_owned(),
        other: "SECOND".to_owned(),
        number: paper::number(printed),
        place: registered.and_then(|d| d.place.clone()).unwrap_or_default(),
        date: paper::day(printed),
        amount: drawing.amount.map(|a| job.ctx.money(a, currency)).unwrap_or_default(),
        tenor,
        event,
        event_day,
        payee: registered.and_then(|d| d.payee.clone()).unwrap_or_default(),
        words: drawing
            .amount
            .zip(currency)
            .and_then(|(amount, currency)| words::amount(amount, currency))
            .unwrap_or_default(),
        bank: credit.map(|c| c.bank().to_owned()).unwrap_or_default(),
        credit: credit.map(|c| c.number().to_owned()).unwrap_or_default(),
        issued: day(credit.and_then(Credit::issued)),
        under_credit: method == Method::Lc,
        collection: match method {
            Method::Dp => "DOCUMENTS AGAINST PAYMENT (D/P)".to_owned(),
            Method::Da => "DOCUMENTS AGAINST ACCEPTANCE (D/A)".to_owned(),
            _ => String::new(),
        },
        invoice: invoices(job),
        drawee: drawee(job, method, credit),
        drawer: party::our_name(job.ctx),
    }
}

/// A draft under a credit is drawn on its bank, never on the applicant (UCP 600 art. 6 c); one in a collection on the
/// buyer.
fn drawee(job: &Job<'_, '_>, method: Method, credit: Option<&Credit<'_>>) -> Address {
    match method {
        Method::Lc => Address {
            name: credit.and_then(Credit::drawee).unwrap_or_default().to_owned(),
            lines: Vec::new(),
        },
        _ => job.ctx.book().customer(job.order).map(party::plain).unwrap_or_default(),
    }
}

/// The tenor in words, and what it runs from where that is a day that the draft has to show (ISBP 821 para. B2).
fn tenor(credit: Option<&Credit<'_>>, instalment: Option<&Instalment>) -> (String, Option<Event>) {
    if let Some(written) = credit.and_then(Credit::drafts) {
        let text = cleaned(written);
        let event = event_of(&text);
        return (text, event);
    }
    let Some(instalment) = instalment else { return Default::default() };
    let event = |event: Option<Event>| event.unwrap_or(instalment.method.default_event());
    match instalment.tenor {
        None if instalment.method == Method::Da => Default::default(),
        None | Some(Tenor::Sight) => ("AT SIGHT".to_owned(), None),
        Some(Tenor::Days(days, from)) => {
            let (word, shown) = after(event(from));
            (format!("AT {days} DAYS AFTER {word}"), shown)
        }
        Some(Tenor::Eom(days)) => {
            (format!("AT {days} DAYS AFTER END OF THE MONTH OF INVOICE"), Some(Event::InvoiceDate))
        }
        Some(Tenor::On(date)) => (format!("ON {}", text::date(date).to_uppercase()), None),
    }
}

/// `DRAFTS AT SIGHT` and `SIGHT` both read `AT SIGHT`.
fn cleaned(written: &str) -> String {
    let mut text = ws(written).to_uppercase();
    for prefix in ["DRAFTS ", "DRAFT ", "DRAWN ", "AT "] {
        if let Some(rest) = text.strip_prefix(prefix) {
            text = rest.trim_start().to_owned();
        }
    }
    if text.is_empty() { text } else { format!("AT {text}") }
}

fn event_of(tenor: &str) -> Option<Event> {
    let plain = letters(tenor);
    let has = |words: &[&str]| words.iter().any(|w| plain.contains(w));
    if !has(&["DAY"]) {
        None
    } else if has(&[
        "BLDATE",
        "BILLOFLADING",
        "BILLSOFLADING",
        "SHIPMENT",
        "ONBOARD",
        "AWB",
        "AIRWAYBILL",
        "TRANSPORT",
    ]) {
        Some(Event::BlDate)
    } else if has(&["INVOICE"]) {
        Some(Event::InvoiceDate)
    } else {
        None
    }
}

fn after(event: Event) -> (&'static str, Option<Event>) {
    match event {
        // A bill that runs from acceptance is a bill after sight.
        Event::Sight | Event::Acceptance => ("SIGHT", None),
        Event::BlDate => ("B/L DATE", Some(Event::BlDate)),
        Event::Shipment => ("DATE OF SHIPMENT", Some(Event::Shipment)),
        Event::InvoiceDate => ("INVOICE DATE", Some(Event::InvoiceDate)),
        Event::Signed => ("CONTRACT DATE", Some(Event::Signed)),
        Event::Arrival => ("ARRIVAL OF GOODS", Some(Event::Arrival)),
        Event::Delivery => ("DELIVERY OF GOODS", Some(Event::Delivery)),
        Event::Presentation => ("PRESENTATION OF DOCUMENTS", Some(Event::Presentation)),
    }
}

/// What the tenor runs from, and the day; empty = a blank. Papers of several shipments show the day of each.
fn occurred(job: &Job<'_, '_>, event: Event) -> (String, String) {
    let days = |all: Vec<Option<NaiveDate>>| -> String {
        let known: Option<Vec<String>> = all.into_iter().map(|d| d.map(text::date)).collect();
        known.unwrap_or_default().join(" / ")
    };
    match event {
        Event::BlDate | Event::Shipment => {
            let facts = job.facts.shipments.iter();
            let mine = facts.enumerate().filter(|(at, _)| job.cargo.position.is_none_or(|mine| mine == *at));
            let shipped = mine.map(|(_, s)| s.shipped).collect();
            let name = if event == Event::BlDate { "B/L DATE" } else { "DATE OF SHIPMENT" };
            (name.to_owned(), days(shipped))
        }
        Event::InvoiceDate => {
            let invoice = paper::of(&job.order.docs.invoice, |d| &d.paper, job.cargo);
            ("INVOICE DATE".to_owned(), paper::day(invoice.map(|d| &d.paper)))
        }
        Event::Signed => ("CONTRACT DATE".to_owned(), day(job.order.signed)),
        other => (after(other).0.to_owned(), String::new()),
    }
}

/// The invoices that the drawing is for.
fn invoices(job: &Job<'_, '_>) -> String {
    let docs = &job.order.docs.invoice;
    if job.cargo.several || job.all.len() <= 1 {
        return paper::number(paper::of(docs, |d| &d.paper, job.cargo).map(|d| &d.paper));
    }
    let current = docs.iter().filter(|d| d.paper.is_current());
    current.filter_map(|d| d.paper.number.clone()).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tenors_as_credits_word_them() {
        for (written, text, event) in [
            ("SIGHT", "AT SIGHT", None),
            ("Drafts at sight", "AT SIGHT", None),
            ("60 DAYS SIGHT", "AT 60 DAYS SIGHT", None),
            ("30 DAYS AFTER B/L DATE", "AT 30 DAYS AFTER B/L DATE", Some(Event::BlDate)),
            ("AT 90 DAYS FROM DATE OF SHIPMENT", "AT 90 DAYS FROM DATE OF SHIPMENT", Some(Event::BlDate)),
            ("45 DAYS AFTER INVOICE DATE", "AT 45 DAYS AFTER INVOICE DATE", Some(Event::InvoiceDate)),
            ("", "", None),
        ] {
            let cleaned = cleaned(written);
            assert_eq!((cleaned.as_str(), event_of(&cleaned)), (text, event));
        }
    }
}
