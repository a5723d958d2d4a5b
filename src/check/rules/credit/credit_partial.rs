//! `credit-partial`: partial shipment where the credit forbids it.

use super::super::prelude::*;

use rust_decimal::Decimal;

use crate::check::shared::{exams, figures};
use crate::compare::Outcome;
use crate::compare::place::{self, Place};
use crate::derive::claims::{self, Figure};
use crate::derive::credit::terms::Source;
use crate::derive::credit::{Credit, limit};
use crate::derive::exam::Exam;
use crate::derive::papers::Transport;
use crate::load::fields::Allowed;
use crate::model::document::CreditItem;
use crate::model::value::Unit;
use crate::model::value::fold::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-partial",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 31 条", "UCP 600 article 31"),
    title: ("禁止分批却分批", "partial shipment not allowed"),
    docs: Docs {
        checks: (
            "43P 不允许分批的：信用证项下的运输单据都是同一运输工具、同一航次、同一目的地（几份提单、几个装货港、不同日期都没有关系）。船名航次没有登记全的，请人看一眼。已交单的要是全部的货：订单分了几批只交一批、运输单据上的数量少于信用证，也是分批。",
            "Where 43P forbids partial shipments, all transport documents under the credit show one conveyance, one journey and one destination; several bills, ports of loading or dates do not matter. Where vessel or voyage are not recorded, somebody should look. What is presented must be all the goods: one shipment of several, or a transport document for less than the credit's quantity, is partial too.",
        ),
        why: (
            "货分两条船，就是分批，同一天开也一样。",
            "Goods on two ships are partial shipments, even if both sail the same day.",
        ),
        fix: (
            "先核对船名航次是否登记错。确实分了船：交单前请客户改证允许分批，或书面接受。",
            "First see whether a vessel was copied wrongly. If the goods went on two ships, have the credit amended before presentation or the buyer accept in writing.",
        ),
    },
    example: example!("credit-partial"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let exams = case.exams();
    for credit in &exams.credits {
        let Some(term) = credit.partial.filter(|p| p.value == Allowed::No) else { continue };
        let mut legs: Vec<(&Exam<'_>, Transport<'_>)> = Vec::new();
        for exam in exams.under(credit).filter(|e| !e.past) {
            for transport in exam.papers.transports() {
                let known = legs.iter().any(|(_, t)| t.paper.whole() == transport.paper.whole());
                if !known && transport.paper.key != "courier" && !transport.paper.printed.is_draft() {
                    legs.push((exam, transport));
                }
            }
        }
        let found = legs.split_first().and_then(|((_, first), rest)| {
            rest.iter().find_map(|(exam, other)| Some((*exam, first, other, apart(first, other)?)))
        });
        let Some((exam, first, other, how)) = found else {
            for exam in exams.under(credit).filter(|e| !e.past) {
                part(case, credit, (exam, &term.source), out);
            }
            continue;
        };
        say(case, (credit, &term.source), (exam, first, other), &how, out);
    }
}

/// A presentation of part of the goods, with more to follow or not: one shipment of several, or a transport document
/// for less than the credit's quantity.
fn part(case: &Case<'_>, credit: &Credit<'_>, (exam, source): (&Exam<'_>, &Source), out: &mut Sink<'_>) {
    let number = credit.number();
    let carried = claims::figure(&exam.papers, Figure::Quantity);
    // Where the invoice states a quantity, `credit-quantity` says what is short of it.
    let invoiced = carried.iter().any(|c| c.key == "invoice");
    let carried = carried.iter().find(|c| !invoiced && matches!(c.key, "bl" | "awb" | "waybill"));
    let short = carried.zip(least(credit)).filter(|(claim, (least, unit))| {
        let own = Unit::parse(claim.unit.unwrap_or("PCS"));
        own.and_then(|own| own.convert(claim.value, *unit)).is_some_and(|qty| qty < *least)
    });
    let several = case.order.shipments.len();
    let title = match (short, exam.shipment) {
        (Some((claim, (least, unit))), _) => {
            let (name, is, ought) = (claim.name(), figures::number(claim.value), figures::number(least));
            bi!(
                "信用证 {number} 不允许分批，{name} 只装 {is}，至少要 {ought} {unit}",
                "credit {number} forbids partial shipments; {name} carries {is}, at least {ought} {unit} are needed";
                name
            )
        }
        (None, Some(id)) if several > 1 && exam.presented_on().is_some() => bi!(
            "信用证 {number} 不允许分批，这次只交第 {id} 批，订单一共 {several} 批",
            "credit {number} forbids partial shipments; this presentation is shipment {id} of {several}"
        ),
        _ => return,
    };
    let place = match (short, exam.path("shipment")) {
        (Some((claim, _)), _) => case.order.origin.place(claim.path()),
        (None, Some(path)) => case.order.origin.place(&path),
        (None, None) => return,
    };
    let finding = out.report(title);
    // Before the papers go, another transport document may still come to these.
    if exam.presented_on().is_none() {
        finding.class(Class::Risk).severity(Severity::Warning);
    }
    finding.at(place, bi!("这一批", "this shipment"));
    if let Some(transport) = exam.papers.transports().first() {
        finding.at(case.order.origin.place(&transport.paper.whole()), transport.paper.name());
    }
    finding
        .at(case.order.origin.place(&source.path()), bi!("信用证", "letter of credit"))
        .help(bi!(
            "先核对数量和批次；货确实分批走，交单前请客户改证允许分批，或书面接受",
            "first check quantity and shipments; if the goods go in parts, have the credit amended before presentation or the buyer accept in writing"
        ));
}

/// The least quantity of all lines together, where they are of one unit.
fn least(credit: &Credit<'_>) -> Option<(Decimal, Unit)> {
    let unit = Unit::parse(credit.items.first()?.value.unit.as_deref().unwrap_or("PCS"))?;
    let low = |item: &CreditItem| {
        let own = Unit::parse(item.unit.as_deref().unwrap_or("PCS"))?;
        own.convert(limit::quantity(item)?.low?, unit)
    };
    let sum = credit.items.iter().try_fold(Decimal::ZERO, |sum, item| sum.checked_add(low(item.value)?))?;
    Some((sum, unit))
}

/// What sets two transport documents apart.
enum Apart {
    /// Conveyance or voyage, as printed on each.
    Conveyance(String, String),
    /// Destination, as printed on each.
    Destination(String, String),
    /// Not recorded well enough to see.
    Unknown,
}

fn apart(a: &Transport<'_>, b: &Transport<'_>) -> Option<Apart> {
    if let (Some(x), Some(y)) = (a.paper.printed.to.as_deref(), b.paper.printed.to.as_deref())
        && matches!(place::compare(x, y), Place::Is(Outcome::Different))
    {
        return Some(Apart::Destination(x.to_owned(), y.to_owned()));
    }
    let name = |t: &Transport<'_>| {
        let parts = [t.paper.printed.vessel.as_deref(), t.paper.printed.voyage.as_deref()];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    };
    let (x, y) = (name(a), name(b));
    if x.is_empty() || y.is_empty() {
        return Some(Apart::Unknown);
    }
    (fold(&x) != fold(&y)).then_some(Apart::Conveyance(x, y))
}

fn say(
    case: &Case<'_>,
    (credit, source): (&Credit<'_>, &Source),
    (exam, first, other): (&Exam<'_>, &Transport<'_>, &Transport<'_>),
    how: &Apart,
    out: &mut Sink<'_>,
) {
    let (number, a, b) = (credit.number(), first.paper.name(), other.paper.name());
    let (field, title, values) = match how {
        Apart::Conveyance(x, y) => (
            "vessel",
            bi!(
                "信用证 {number} 不允许分批，{a} 是 {x}，{b} 是 {y}",
                "credit {number} forbids partial shipments; {a} is on {x}, {b} on {y}";
                a, b
            ),
            vec![x.clone(), y.clone()],
        ),
        Apart::Destination(x, y) => (
            "to",
            bi!(
                "信用证 {number} 不允许分批，{a} 到 {x}，{b} 到 {y}",
                "credit {number} forbids partial shipments; {a} goes to {x}, {b} to {y}";
                a, b
            ),
            vec![x.clone(), y.clone()],
        ),
        Apart::Unknown => (
            "vessel",
            bi!(
                "信用证 {number} 不允许分批，{a} 与 {b} 是不是同一条船同一航次，要人看",
                "credit {number} forbids partial shipments; see whether {a} and {b} are on one vessel and voyage";
                a, b
            ),
            Vec::new(),
        ),
    };
    let finding = exams::say(case, exam, &other.paper, field, Some(source), title, out);
    finding
        .at(case.order.origin.place(&first.paper.path(field)), first.paper.name())
        .values(values)
        .help(bi!(
            "先核对船名航次；确实分了船，交单前请客户改证允许分批，或书面接受",
            "first check vessel and voyage; if the goods went on two, have the credit amended before presentation or the buyer accept in writing"
        ))
        .until(None);
    if matches!(how, Apart::Unknown) {
        finding.severity(Severity::Warning).judgement();
    }
}
