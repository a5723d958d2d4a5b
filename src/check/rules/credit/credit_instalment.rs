//! `credit-instalment`: an instalment missed or short.

use super::super::prelude::*;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::check::shared::exams;
use crate::check::shared::figures::number;
use crate::derive::claims::{self, Figure};
use crate::derive::credit::{Credit, Said, limit};
use crate::derive::exam::{Exam, Exams};
use crate::derive::papers::Transport;
use crate::model::document::{CreditItem, Period};
use crate::model::value::Unit;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-instalment",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 32 条", "UCP 600 article 32"),
    title: ("分期装运脱期", "instalment missed"),
    docs: Docs {
        checks: (
            "44D 分期的，每一期都在自己的期间内装运，写了数量的装够数量；脱了一期，信用证对这一期和以后各期都失效。",
            "Where 44D sets instalments, each is shipped within its period, in its quantity where one is given. When one is missed the credit ceases to be available for it and all that follow.",
        ),
        why: ("脱一期，后面的货都没有信用证保障。", "Miss one, and everything after it is unsecured."),
        fix: (
            "马上停下后面的装运，请客户改证恢复信用证，再继续。",
            "Stop further shipments and have the credit amended to reinstate it before going on.",
        ),
    },
    example: example!("credit-instalment"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let exams = case.exams();
    for credit in exams.credits.iter().filter(|c| c.shipment_period.len() > 1) {
        let mut windows: Vec<(NaiveDate, NaiveDate, &Said<&Period>)> = credit
            .shipment_period
            .iter()
            .filter_map(|p| exams::window(p.value).and_then(|w| Some((w.from?, w.to?, p))))
            .collect();
        windows.sort_by_key(|(from, to, _)| (*to, *from));
        let legs = shipped(exams, credit);
        for (n, (from, to, period)) in windows.iter().enumerate() {
            let inside: Vec<&Leg<'_, '_>> = legs.iter().filter(|l| (*from..=*to).contains(&l.day)).collect();
            if inside.is_empty() && *to < case.as_of() {
                missed(case, credit, (n + 1, *from, *to), period, legs.iter().filter(|l| l.day > *to), out);
                // What comes after a missed instalment is covered by this finding.
                break;
            }
            short(case, credit, (n + 1, *to < case.as_of()), period, &inside, out);
        }
    }
}

/// A transport document under the credit, with the quantity that the invoices of its set state.
struct Leg<'e, 'a> {
    exam: &'e Exam<'a>,
    transport: Transport<'a>,
    day: NaiveDate,
    quantity: Option<(Decimal, Option<&'a str>)>,
}

fn shipped<'e, 'a>(exams: &'e Exams<'a>, credit: &'e Credit<'a>) -> Vec<Leg<'e, 'a>> {
    let mut legs: Vec<Leg<'e, 'a>> = Vec::new();
    for exam in exams.under(credit).filter(|e| !e.past) {
        let claims = claims::figure(&exam.papers, Figure::Quantity);
        let invoiced = claims.iter().find(|c| c.key == "invoice").map(|c| (c.value, c.unit));
        let mut first = true;
        for transport in exam.papers.transports() {
            let Some((day, _)) = transport.shipped.filter(|_| !transport.paper.printed.is_draft()) else {
                continue;
            };
            // The invoices of a set are counted once, however many bills it has.
            let quantity = invoiced.filter(|_| std::mem::take(&mut first));
            legs.push(Leg { exam, transport, day, quantity });
        }
    }
    legs
}

fn missed<'l, 'a: 'l>(
    case: &Case<'_>,
    credit: &Credit<'_>,
    (n, from, to): (usize, NaiveDate, NaiveDate),
    period: &Said<&Period>,
    mut later: impl Iterator<Item = &'l Leg<'l, 'a>>,
    out: &mut Sink<'_>,
) {
    let number = credit.number();
    let finding = out.report(bi!(
        "信用证 {number} 第 {n} 期（{from} 至 {to}）没有装运，这一期和以后各期都失效",
        "instalment {n} of credit {number} ({from} to {to}) was not shipped: the credit is no longer available for it and all that follow"
    ));
    finding.at(case.order.origin.place(&period.source.path()), bi!("分期", "instalment"));
    match later.next() {
        Some(leg) => {
            let field = leg.transport.shipped.map_or("date", |(_, field)| field);
            finding.at(case.order.origin.place(&leg.transport.paper.path(field)), leg.transport.paper.name());
        }
        // Nothing was presented on the strength of it yet: the credit is to be mended, no paper is wrong.
        None => {
            finding.class(Class::Risk);
        }
    }
    finding
        .help(bi!(
            "停下后面的装运，请客户改证恢复信用证；已经装了的，请客户书面接受",
            "stop further shipments and have the credit amended to reinstate it; for what was shipped, have the buyer accept in writing"
        ))
        .values([from, to]);
}

fn short(
    case: &Case<'_>,
    credit: &Credit<'_>,
    (n, over): (usize, bool),
    period: &Said<&Period>,
    inside: &[&Leg<'_, '_>],
    out: &mut Sink<'_>,
) {
    let Some(wanted) = period.value.qty else { return };
    let Some(leg) = inside.first() else { return };
    let item = credit.items.first().map(|i| i.value);
    let line = CreditItem {
        qty: Some(wanted),
        unit: item.and_then(|i| i.unit.clone()),
        tolerance: item.and_then(|i| i.tolerance),
        ..CreditItem::default()
    };
    let unit = line.unit.as_deref().unwrap_or("PCS");
    let in_unit = |(value, own): (Decimal, Option<&str>)| {
        Unit::parse(own.unwrap_or(unit)).zip(Unit::parse(unit)).and_then(|(from, to)| from.convert(value, to))
    };
    let Some(shipped) = inside
        .iter()
        .filter_map(|l| l.quantity)
        .map(in_unit)
        .try_fold(Decimal::ZERO, |sum, qty| sum.checked_add(qty?))
        .filter(|sum| !sum.is_zero())
    else {
        return;
    };
    let Some(range) = limit::quantity(&line) else { return };
    let too_little = range.low.is_some_and(|low| shipped < low) && over;
    let too_much = range.high.is_some_and(|high| shipped > high);
    if !too_little && !too_much {
        return;
    }
    let (number, is, ought) = (credit.number(), number(shipped), number(wanted));
    let finding = exams::say(
        case,
        leg.exam,
        &leg.transport.paper,
        leg.transport.shipped.map_or("date", |(_, field)| field),
        Some(&period.source),
        bi!(
            "信用证 {number} 第 {n} 期要 {ought} {unit}，装了 {is} {unit}",
            "instalment {n} of credit {number} is {ought} {unit}; {is} {unit} were shipped in it"
        ),
        out,
    );
    finding.values([is, ought]).until(None).help(bi!(
        "先核对发票数量和批次；确实不是这个数量，请客户改证或书面接受",
        "first check invoice quantities and shipments; otherwise have the credit amended or the buyer accept in writing"
    ));
}
