//! Which papers an order needs at a gate, which clause asks for each, and how far each one is.
//!
//! ```text
//! required(order, gate) = base ∪ term ∪ mode ∪ payment ∪ 46A ∪ goods ∪ destination − left out
//! ```
//!
//! Each set has a file here and only says who asks for what (`ask`). What can be asked for stands in `kind`, how
//! it is recognised in `state`. A paper counts when it is recorded; whether it is right is for the rules to say.

mod ask;
mod base;
mod credit;
pub mod destination;
mod goods;
pub mod kind;
mod mode;
pub mod need;
mod payment;
mod state;
mod term;
mod view;

use chrono::NaiveDate;

use crate::book::Book;
use crate::derive::money::Money;
use crate::derive::shipment::ShipmentFact;
use crate::model::Order;
use crate::model::order::ApprovalKind;
use crate::model::value::incoterm::TermRule;
use crate::model::value::{Method, Mode};
use crate::text::StaticBi;
use ask::{Ask, Asks};
use view::{Scope, View};

pub use kind::{Giver, Kind};
pub use need::{Clause, Completeness, CompletenessGate, Level, Need, State, listed};

/// The papers of an order at a gate, as far as they were known on a day.
#[must_use]
pub fn of<'a>(
    book: &'a Book,
    order: &'a Order,
    money: &'a Money,
    shipments: &'a [ShipmentFact],
    gate: CompletenessGate,
    as_of: NaiveDate,
) -> Completeness<'a> {
    let view = View::new(book, order, money, shipments, gate, as_of);
    let mut asks = Asks::default();
    base::ask(&view, &mut asks);
    term::ask(&view, &mut asks);
    mode::ask(&view, &mut asks);
    payment::ask(&view, &mut asks);
    credit::ask(&view, &mut asks);
    goods::ask(&view, &mut asks);
    destination::ask(&view, &mut asks);
    Completeness { needs: needs(&view, asks.up_to(gate)), notes: notes(&view) }
}

/// One need for each thing and shipment, whoever asks.
fn needs<'a>(view: &View<'a>, asks: Vec<Ask<'a>>) -> Vec<Need<'a>> {
    let scopes = view.scopes();
    let whole = [view.whole()];
    let mut all: Vec<(Need<'a>, Scope<'a>)> = Vec::with_capacity(asks.len());
    for ask in asks {
        let scopes = if ask.kind.is_of_shipment() { scopes.as_slice() } else { &whole };
        for scope in scopes.iter().filter(|s| ask.only.is_none_or(|only| s.id.is_none() || s.index == only)) {
            let known = all.iter_mut().find(|(n, _)| n.kind == ask.kind && n.shipment == scope.id);
            match known {
                Some((need, _)) => merge(need, &ask),
                None => all.push((asked(&ask, *scope), *scope)),
            }
        }
    }
    for (need, scope) in &mut all {
        answer(view, need, *scope);
    }
    all.into_iter().map(|(need, _)| need).collect()
}

fn asked<'a>(ask: &Ask<'a>, scope: Scope<'a>) -> Need<'a> {
    Need {
        kind: ask.kind,
        shipment: scope.id,
        clauses: vec![ask.clause],
        gate: ask.gate,
        last: ask.gate,
        level: ask.level,
        state: State::Missing,
        path: None,
        lacks: None,
        unsure: false,
    }
}

fn merge<'a>(need: &mut Need<'a>, ask: &Ask<'a>) {
    need.level = need.level.max(ask.level);
    need.last = need.last.max(ask.gate);
    if !need.clauses.contains(&ask.clause) {
        need.clauses.push(ask.clause);
    }
}

fn answer<'a>(view: &View<'a>, need: &mut Need<'a>, scope: Scope<'a>) {
    if let Some(why) = left_out(view, need) {
        need.state = State::NotNeeded(why.to_owned());
        return;
    }
    let found = state::found(view, need.kind, scope, need.level, &need.clauses);
    need.state = found.state.unwrap_or(State::Missing);
    (need.path, need.lacks, need.unsure) = (found.path, found.lacks, found.unsure);
}

/// The reason why something is not needed: said so, or its stage does not apply, or somebody allowed it.
fn left_out<'a>(view: &View<'a>, need: &Need<'_>) -> Option<&'a str> {
    let order = view.order;
    let allowed: &[ApprovalKind] = match need.kind {
        Kind::Inspection => &[ApprovalKind::ShipUninspected],
        Kind::Deposit => &[ApprovalKind::NoDeposit, ApprovalKind::Credit],
        Kind::Balance => &[ApprovalKind::ShipUnpaid, ApprovalKind::ReleaseUnpaid],
        _ => &[],
    };
    let said = (!order.not_needed.is_empty()).then(|| order.not_needed.get(&*need.key())).flatten();
    said.map(String::as_str)
        .or_else(|| order.skipped(need.kind.stage()?))
        .or_else(|| order.approvals.get(view.approval(allowed)?)?.why.as_deref().or(Some("")))
}

/// Terms under which papers give no hold on the goods.
fn notes(view: &View<'_>) -> Vec<StaticBi> {
    let mut notes = Vec::new();
    let without_title =
        |mode: Option<Mode>| matches!(mode, Some(Mode::Air | Mode::Rail | Mode::Road | Mode::Courier));
    if view.pays(&[Method::Lc]) && view.scopes().iter().any(|s| without_title(view.mode(*s))) {
        notes.push((
            "信用证走空运、铁路、公路或快递：运单不是物权凭证，收货人做成开证行，才控得住货",
            "L/C by air, rail, road or courier: the waybill is no title to the goods; only consignment to the issuing bank keeps control of them",
        ));
    }
    let delivered = matches!(view.term(), Some(TermRule::Dap | TermRule::Dpu | TermRule::Ddp));
    if delivered && view.pays(&[Method::Oa, Method::Da]) {
        notes.push((
            "D 组术语加赊销或承兑：路上的风险和收款的风险都在我们",
            "a D term with open account or acceptance: the risk of the transit and of the payment are both ours",
        ));
    }
    notes
}
