//! The order page: how far, is it late, who says so, do the papers agree, is the money in.
//!
//! Each part of the page has a file here. What the page may not show is not filled in: purchase prices, payments to
//! suppliers and the amounts of their bills are never read (bills and payments are counted).

mod broken;
mod credit;
mod documents;
mod gates;
mod goods;
pub(crate) mod history;
pub(crate) mod matrix;
mod money;
mod papers;
mod show;
mod stages;
mod verdict;
mod work;

#[cfg(test)]
mod tests;

use super::ctx::Ctx;
use super::making::Making;
use super::witness::Witness;
use super::{check, finding, notes, people};
use crate::check::finding::{Finding, Severity};
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::model::order::Amendment;
use crate::say;
use crate::site::view::{Event, Field, Html, Link, OrderPage};
use show::Sheet;

pub use broken::broken;
pub(super) use documents::href_of as paper_href;
pub use papers::missing;
pub use work::{inspection, inspection_part, production_part};

/// Fills the page of an order.
#[must_use]
pub fn page(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> OrderPage {
    let customer = ctx.customer(order);
    let findings = ctx.findings.order(&order.id);
    let (verdict, verdict_mark) = verdict::of(ctx, order, facts);
    let (notes_html, notes_href) = match &order.notes {
        Some(file) => (notes::html(&ctx.book().root, file), ctx.edit_href(file)),
        None => (Html::default(), String::new()),
    };
    let witness = Witness::of(ctx, order, facts);
    OrderPage {
        id: order.id.to_string(),
        title: format!("{} {}", order.id, customer.text).trim_end().to_owned(),
        customer,
        po: order.po.clone().unwrap_or_default(),
        amount: facts.goods.total.map(|total| ctx.money(total, facts.goods.currency)).unwrap_or_default(),
        facts: lead(ctx, order, facts),
        verdict,
        verdict_mark,
        outputs: outputs(ctx, order, facts),
        stages: stages::of(ctx, order, facts, &witness),
        gates: gates::of(ctx, order, facts),
        papers: papers::of(ctx, order, facts),
        papers_notes: papers::notes(ctx, order, facts),
        matrices: matrix::of(ctx, order, facts),
        items: goods::of(ctx, order, facts),
        amendments: order
            .amendments
            .iter()
            .filter(|a| ctx.known(a.date))
            .map(|a| amendment(ctx, a))
            .collect(),
        production: work::production(ctx, order, facts),
        issues: work::issues(ctx, order),
        inspections: work::inspections(ctx, order),
        shipments: work::shipments(ctx, order, facts),
        credits: credit::of(ctx, order, facts),
        documents: documents::of(ctx, order, facts, &witness),
        money: money::of(ctx, order, facts, &witness),
        feedback: work::feedback(ctx, order, facts),
        notes_html,
        notes_href,
        findings_summary: finding::summary(ctx, findings),
        findings_notes: many_notes(findings),
        findings: finding::list(ctx, findings),
        history: history::of(ctx, order),
    }
}

/// Other forms of this page.
fn outputs(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<Link> {
    let check = check::applies(ctx, order, facts)
        .then(|| Link::new(say!(ctx, "单据检查", "Document check"), check::href(order)));
    let made = Making::of(ctx, order, facts).links();
    made.into_iter().chain(check).collect()
}

/// Term and route, payment, latest shipment with its amendments, people.
fn lead(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<Field> {
    let mut sheet = Sheet::new(ctx);
    sheet.put(("术语", "Term"), term(order));
    sheet.word(("运输", "Mode"), order.mode.map(|m| m.name()));
    let terms = facts.money.terms.as_ref().map(|t| ctx.text(&t.echo()));
    sheet.put(("付款", "Payment"), terms.or_else(|| order.payment.clone()).unwrap_or_default());
    sheet.put(("最迟装运", "Ship by"), ship_by(ctx, order));
    for (label, id) in [(("跟单", "Merchandiser"), &order.merchandiser), (("单证", "Clerk"), &order.clerk)]
    {
        let Some(id) = id.as_deref() else { continue };
        let before = sheet.fields.len();
        sheet.put(label, ctx.person(id));
        // Whoever looks after an open order has a page.
        if let Some(field) = sheet.fields.get_mut(before).filter(|_| facts.is_open()) {
            field.href = people::handover(id);
        }
    }
    sheet.lines(("其他约定", "Other terms"), &order.terms);
    sheet.fields
}

/// `FOB Ningbo → Hamburg`; the place is not said twice.
fn term(order: &Order) -> String {
    let term = order.incoterm.as_ref().map(|t| t.text.clone()).unwrap_or_default();
    let (from, to) = (order.from.as_deref().unwrap_or_default(), order.to.as_deref().unwrap_or_default());
    let named = |place: &str| !place.is_empty() && term.to_lowercase().contains(&place.to_lowercase());
    let route = match (named(from), named(to)) {
        (true, false) if !to.is_empty() => format!("→ {to}"),
        (false, _) if !from.is_empty() && !to.is_empty() => format!("· {from} → {to}"),
        _ => String::new(),
    };
    format!("{term} {route}").trim().to_owned()
}

/// `11-10 周二（09-20 改单，原 11-05）`.
fn ship_by(ctx: &Ctx<'_>, order: &Order) -> String {
    let Some(day) = order.ship_by else { return String::new() };
    let day = ctx.weekday(day).text;
    let amended = order
        .amendments
        .iter()
        .rev()
        .filter(|a| ctx.known(a.date))
        .find_map(|a| Some((a.date?, a.was.as_deref()?.ship_by?)));
    match amended {
        Some((on, was)) => {
            let (on, was) = (ctx.day(on).text, ctx.day(was).text);
            say!(ctx, "{day}（{on} 改单，原 {was}）", "{day} (amended {on}, was {was})")
        }
        None => day,
    }
}

fn amendment(ctx: &Ctx<'_>, record: &Amendment) -> Event {
    Event {
        day: record.date.map(|d| ctx.day(d)).unwrap_or_default(),
        who: record.agreed_by.clone().unwrap_or_default(),
        what: record.what.clone().unwrap_or_default(),
        change: Link::default(),
    }
}

/// Notes that would push what is wrong off the screen; a few do not.
fn many_notes(findings: &[&Finding]) -> usize {
    let notes = findings.iter().filter(|f| f.severity == Severity::Info && f.waived.is_none() && !f.past);
    Some(notes.count()).filter(|n| *n > 3).unwrap_or_default()
}
