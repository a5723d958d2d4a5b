//! What the methods of payment ask for. What a credit asks for under 46A stands apart.

use super::ask::Asks;
use super::kind::Kind;
use super::need::Clause;
use super::need::CompletenessGate::{Archive, Presentation, Shipment};
use super::view::View;
use crate::model::document::{CollectionKind, Presentation as Presented};
use crate::model::value::Method;

pub(super) fn ask(view: &View<'_>, asks: &mut Asks<'_>) {
    let Some(terms) = view.money.terms.as_ref() else { return };
    let mut seen: Vec<Method> = Vec::new();
    for instalment in &terms.instalments {
        if !seen.contains(&instalment.method) {
            seen.push(instalment.method);
            of(view, instalment.method, asks);
        }
    }
}

fn of(view: &View<'_>, method: Method, asks: &mut Asks<'_>) {
    let by = Clause::Method(method);
    match method {
        Method::Deposit | Method::BeforeProduction => asks.ask(Shipment, by, &[Kind::Deposit]),
        Method::BeforeShipment => asks.ask(Shipment, by, &[Kind::Balance]),
        Method::CopyBl => asks.ask(Presentation, by, &[Kind::Copies, Kind::Balance]),
        Method::Tt | Method::Cod => {}
        Method::Oa => {
            asks.ask(Shipment, by, &[Kind::CreditApproval]);
            asks.ask(Presentation, by, &[Kind::OriginalsSent]);
            asks.ask(Archive, by, &[Kind::CreditInsurance]);
        }
        Method::Lc => {
            asks.ask(Shipment, by, &[Kind::Lc]);
            if is_amended(view) {
                asks.ask(Shipment, by, &[Kind::LcAmendments]);
            }
            asks.ask(Presentation, by, &[Kind::Presentation]);
            asks.ask(Archive, by, &[Kind::BankAdvice]);
            if view.order.docs.presentation.iter().any(|p| is_refused(view, p)) {
                asks.ask(Archive, by, &[Kind::RefusalFile]);
            }
        }
        Method::Dp => {
            asks.ask(Presentation, by, &[Kind::Collection]);
            if draws(view) {
                asks.ask(Presentation, by, &[Kind::Draft]);
            }
            asks.ask(Presentation, by, &[Kind::Presentation]);
        }
        Method::Da => {
            asks.ask(Shipment, by, &[Kind::CreditApproval]);
            asks.ask(
                Presentation,
                by,
                &[Kind::Collection, Kind::Draft, Kind::Presentation, Kind::Acceptance],
            );
        }
    }
}

fn is_amended(view: &View<'_>) -> bool {
    view.credits().iter().any(|c| c.lc.amendments.iter().any(|a| view.is_there(a.received.or(a.date))))
}

/// A bank refused the papers.
pub(super) fn is_refused(view: &View<'_>, presentation: &Presented) -> bool {
    let notice = presentation.refusal.as_deref().and_then(|r| r.sent);
    view.known(presentation.refused) || view.known(notice)
}

/// Under D/P a draft is drawn only where the parties want one: it is on record, or the payment has a term.
fn draws(view: &View<'_>) -> bool {
    let docs = &view.order.docs;
    !docs.draft.is_empty() || docs.collection.iter().any(|c| c.kind == Some(CollectionKind::DpUsance))
}
