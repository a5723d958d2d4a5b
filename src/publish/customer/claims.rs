//! A customer's claims with the answer: what it is about in one of the fixed words, the sum, and what we said to it.
//! What anybody wrote about it in their own words stays with us.

use rust_decimal::Decimal;

use super::teller::Teller;
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::model::order::Complaint;
use crate::model::value::{Amount, Currency};
use crate::say;
use crate::site::view::CustomerClaim;

/// The claims of an order that are known.
pub(super) fn of(teller: &Teller<'_>, order: &Order, own: &OrderFacts) -> Vec<CustomerClaim> {
    let known = order.complaints.iter().filter(|c| teller.known(c.opened).is_some());
    known.map(|complaint| claim(teller, complaint, own.goods.currency)).collect()
}

fn claim(teller: &Teller<'_>, complaint: &Complaint, currency: Option<Currency>) -> CustomerClaim {
    let goods = complaint.lines.iter().filter_map(|line| {
        let quantity = line.qty.map(|qty| teller.number(qty));
        match (line.sku.as_deref(), quantity) {
            (Some(sku), Some(quantity)) => Some(format!("{sku}, {quantity}")),
            (sku, quantity) => sku.map(str::to_owned).or(quantity),
        }
    });
    CustomerClaim {
        number: complaint.number.clone().unwrap_or_default(),
        day: complaint.opened.map(|day| teller.day(day)),
        kind: complaint.kind.map(|kind| teller.word(kind.title()).to_owned()).unwrap_or_default(),
        goods: goods.collect(),
        claimed: complaint.claimed.as_ref().map(|a| sum(teller, a, currency)).unwrap_or_default(),
        answer: answer(teller, complaint, currency),
    }
}

fn sum(teller: &Teller<'_>, amount: &Amount, currency: Option<Currency>) -> String {
    teller.money(amount.value, amount.currency.or(currency))
}

fn answer(teller: &Teller<'_>, complaint: &Complaint, currency: Option<Currency>) -> String {
    let decision = complaint.decision.as_deref().map(|word| word.trim().to_lowercase());
    let accepted = complaint.accepted.as_ref();
    let part = accepted.zip(complaint.claimed.as_ref()).is_some_and(|(a, c)| a.value < c.value);
    let word = match decision.as_deref() {
        Some("accept" | "accepted" | "接受") if !part => say!(teller, "已接受", "accepted"),
        Some("accept" | "accepted" | "partial" | "partly" | "接受" | "部分接受") => {
            say!(teller, "部分接受", "accepted in part")
        }
        Some("reject" | "rejected" | "decline" | "declined" | "拒绝") => {
            say!(teller, "不接受", "not accepted")
        }
        _ => say!(teller, "在处理", "being looked into"),
    };
    let told = decision.is_some();
    let amount = accepted.filter(|a| told && a.value > Decimal::ZERO).map(|a| sum(teller, a, currency));
    let closed = teller.known(complaint.closed).map(|day| {
        let day = teller.day(day).text;
        say!(teller, "{day} 结案", "closed on {day}")
    });
    [Some(word), amount, closed].into_iter().flatten().collect::<Vec<_>>().join(teller.word(("，", ", ")))
}
