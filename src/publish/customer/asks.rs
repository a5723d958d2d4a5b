//! What a customer is asked for: to sign, to pay, to open the credit, to approve, to answer. Only what the records
//! show to be the customer's turn, said politely and without a reproach.

use chrono::{Days, NaiveDate};
use rust_decimal::Decimal;

use super::money;
use super::place::is_offered;
use super::teller::Teller;
use crate::derive::OrderFacts;
use crate::derive::money::Line;
use crate::model::Order;
use crate::model::stage::Milestone;
use crate::model::value::Method;
use crate::say;

/// Payments are asked for so many days ahead.
const AHEAD: u64 = 21;

/// Something to do, with the day by which.
pub(super) struct Ask {
    /// In words, without the order.
    pub text: String,
    /// By when; `None` where there is no day.
    pub day: Option<NaiveDate>,
}

/// Everything that is asked for an order, what is due first coming first.
pub(super) fn of(teller: &Teller<'_>, order: &Order, own: &OrderFacts) -> Vec<Ask> {
    if !own.is_open() {
        return Vec::new();
    }
    let mut all: Vec<Ask> = Vec::new();
    let mut add = |text: Option<String>| all.extend(text.map(|text| Ask { text, day: None }));
    add(signature(teller, order, own));
    add(credit(teller, order, own));
    add(sample(teller, order, own));
    for amendment in order.amendments.iter().filter(|a| a.agreed_by.is_none()) {
        let asked = teller.known(amendment.date).filter(|_| !own.progress.is_done(Milestone::Shipped));
        add(asked.map(|day| {
            let day = teller.day(day).text;
            say!(
                teller,
                "请确认 {day} 提出的订单变更。",
                "Please answer the change of the order proposed on {day}."
            )
        }));
    }
    if own.money.binding {
        let lines = own.money.lines.iter().enumerate();
        all.extend(lines.filter_map(|(at, line)| payment(teller, order, own, at, line)));
    }
    all.sort_by_key(|ask| ask.day.unwrap_or(teller.as_of()));
    all
}

fn signature(teller: &Teller<'_>, order: &Order, own: &OrderFacts) -> Option<String> {
    if own.progress.is_done(Milestone::Confirmed) || !is_offered(teller, order, own) {
        return None;
    }
    let waiting = order.docs.proforma.iter().rev().find(|p| p.paper.is_current());
    if waiting.is_some_and(|p| teller.known(p.signed_by_buyer).is_some()) {
        return None;
    }
    let number = waiting.and_then(|p| p.paper.number.as_deref()).unwrap_or_default();
    let number = if number.is_empty() { String::new() } else { format!(" {number}") };
    Some(say!(teller, "请签回形式发票{number}。", "Please sign and return the proforma invoice{number}."))
}

/// A credit is agreed and none has come.
fn credit(teller: &Teller<'_>, order: &Order, own: &OrderFacts) -> Option<String> {
    let agreed = own.money.binding && own.money.terms.as_ref().is_some_and(|t| t.has(Method::Lc));
    let there = order.docs.lc.iter().any(|lc| {
        [lc.received, lc.effective, lc.paper.issued, lc.paper.date]
            .into_iter()
            .any(|day| teller.known(day).is_some())
    });
    (agreed && !there && !own.progress.is_done(Milestone::Shipped))
        .then(|| say!(teller, "请开立信用证。", "Please open the letter of credit."))
}

fn sample(teller: &Teller<'_>, order: &Order, own: &OrderFacts) -> Option<String> {
    let waits = order.sample == Some(true)
        && own.progress.is_done(Milestone::Confirmed)
        && !own.progress.is_done(Milestone::SampleApproved)
        && !own.progress.is_done(Milestone::Started);
    waits.then(|| {
        say!(
            teller,
            "收到样品后请确认，确认后投产。",
            "Please approve the sample when you have it; production starts then."
        )
    })
}

fn payment(teller: &Teller<'_>, order: &Order, own: &OrderFacts, at: usize, line: &Line) -> Option<Ask> {
    let open = money::open(order, own, at, line)?.saturating_sub(line.disputed.max(Decimal::ZERO));
    if open <= Decimal::ZERO {
        return None;
    }
    let amount = teller.money(open, own.goods.currency);
    match line.method {
        // The banks settle it between themselves.
        Method::Lc => return None,
        Method::Dp | Method::Da => {
            let at_bank = order.docs.collection.iter().filter(|c| c.paper.is_current());
            let waits = at_bank.filter(|c| {
                (teller.known(c.at_bank).is_some() || teller.known(c.presented).is_some())
                    && teller.known(c.paid).is_none()
                    && (line.method == Method::Dp || teller.known(c.accepted).is_none())
            });
            if waits.count() > 0 {
                let text = match line.method {
                    Method::Dp => say!(
                        teller,
                        "单据已到您的银行：请付 {amount} 赎单。",
                        "The documents are at your bank: please pay {amount} and take them up."
                    ),
                    _ => say!(
                        teller,
                        "单据已到您的银行：请承兑 {amount}。",
                        "The documents are at your bank: please accept the draft for {amount}."
                    ),
                };
                return Some(Ask { text, day: line.due.hard() });
            }
            if line.method == Method::Dp {
                return None;
            }
        }
        _ => {}
    }
    let day = line.due.hard()?;
    let soon = teller.as_of().checked_add_days(Days::new(AHEAD)).unwrap_or(NaiveDate::MAX);
    if day > soon {
        return None;
    }
    let (label, text) = (money::label(teller, own, line), teller.day(day).text);
    let text = if day < teller.as_of() {
        say!(
            teller,
            "{label} {amount} 已于 {text} 到期，请付款。",
            "{amount} ({label}) was due on {text}; please pay."
        )
    } else {
        say!(teller, "请在 {text} 前付 {amount}（{label}）。", "Please pay {amount} ({label}) by {text}.")
    };
    let text = format!("{text}{}", release(teller, order, own, line));
    Some(Ask { text, day: Some(day) })
}

/// What we do once the money is there, where the originals wait for it.
fn release(teller: &Teller<'_>, order: &Order, own: &OrderFacts, line: &Line) -> String {
    let waits = line.method == Method::CopyBl
        && own.shipments.iter().filter(|s| s.shipped.is_some()).any(|shipment| {
            let papers = crate::derive::custody::of(order, shipment, teller.as_of());
            papers.iter().any(|paper| paper.in_hand().is_some())
        });
    if waits {
        say!(teller, "收款后放正本提单。", " We release the original bill of lading on receipt.")
    } else {
        String::new()
    }
}
