//! An order in one line, as lists show it.

use schemars::JsonSchema;
use serde::Serialize;

use super::value::{Day, Figure, Version, Words, day, number};
use super::who::{PartyRef, PersonRef};
use super::{Api, Part, order_data, order_href};
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::model::party::PartyKind;
use crate::model::stage::Milestone;
use crate::publish::ctx::Ctx;
use crate::publish::state::{self, OrderState};
use crate::report::Counts;
use crate::site::view::Mark;
use crate::text::Lang;

/// An order in one line.
#[derive(Debug, Serialize, JsonSchema)]
pub struct OrderRow<'a> {
    /// Name of its folder: stable, never reused.
    pub id: &'a str,
    /// Where it stands.
    #[serde(flatten)]
    pub standing: StandingDoc,
    /// The customer.
    pub customer: Option<PartyRef<'a>>,
    /// The customer's order number.
    pub po: Option<&'a str>,
    /// The day both sides signed.
    pub signed: Option<Day>,
    /// The contract's last day of shipment.
    pub ship_by: Option<Day>,
    /// The day the last shipment left.
    pub shipped: Option<Day>,
    /// Currency of the amounts below, ISO 4217.
    pub currency: Option<&'a str>,
    /// Contract total: goods and charges.
    pub total: Option<Figure>,
    /// Received, with the charges on the bank advices.
    pub received: Option<Figure>,
    /// Still to come in; negative where too much came in.
    pub open: Option<Figure>,
    /// Who follows the order.
    pub merchandiser: Option<PersonRef<'a>>,
    /// Who makes the documents.
    pub clerk: Option<PersonRef<'a>>,
    /// Sum of the quantities, where all units are the same.
    pub quantity: Option<Figure>,
    /// That unit.
    pub unit: Option<&'a str>,
    /// Errors of records and papers that nobody accepted.
    pub errors: usize,
    /// Warnings of them.
    pub warnings: usize,
    /// What is late, overdue or exposed.
    pub risks: usize,
    /// Its page.
    pub href: String,
    /// The complete order as data.
    pub data: String,
}

/// Where an order stands.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct StandingDoc {
    /// `open`, `closed`, `archived`, `cancelled`, or `unreadable` where nothing useful could be read.
    pub state: &'static str,
    /// The earliest of the ten stages that is not over.
    pub stage: Option<&'static str>,
    /// It is past its plan or a limit, or its files have mistakes.
    pub late: bool,
    /// What it waits for.
    pub waits: Option<Words<'static>>,
    /// Days to the next limit; negative: past it.
    pub slack_days: Option<i64>,
    /// Which limit that is.
    pub slack_to: Option<Words<'static>>,
    /// It is counted from a plan that nobody wrote.
    pub slack_derived: bool,
    /// Days in the present stage.
    pub days_in_stage: Option<i64>,
}

/// The orders of the book.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "orders")]
pub struct OrdersDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `orders`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Which part this is of how many, and where the next one lies.
    #[serde(flatten)]
    pub part: Part,
    /// By id.
    pub orders: Vec<OrderRow<'a>>,
}

/// Nothing useful could be read of it.
#[must_use]
pub fn is_unreadable(order: &Order) -> bool {
    order.broken && order.items.is_empty()
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// An order in one line.
    #[must_use]
    pub fn row(&self, order: &'c Order, own: &'c OrderFacts) -> OrderRow<'c> {
        let counts = Counts::of(self.ctx.findings.order(&order.id).iter().copied());
        let currency = own.goods.currency;
        let money = |value| Figure::amount(value, currency);
        OrderRow {
            id: &order.id,
            standing: self.standing(order, own),
            customer: order.customer.as_deref().map(|id| self.party(PartyKind::Customer, id)),
            po: order.po.as_deref(),
            signed: day(order.signed),
            ship_by: day(order.ship_by),
            shipped: day(own.progress.done_on(Milestone::Shipped)),
            currency: order.currency.as_deref(),
            total: own.goods.total.map(money),
            received: (!is_unreadable(order)).then(|| money(own.money.received)),
            open: own.money.open.map(money),
            merchandiser: self.someone(order.merchandiser.as_deref()),
            clerk: self.someone(order.clerk.as_deref()),
            quantity: number(own.goods.qty),
            unit: own.goods.unit.as_deref().filter(|_| own.goods.qty.is_some()),
            errors: counts.errors,
            warnings: counts.warnings,
            risks: counts.risks,
            href: order_href(&order.id),
            data: order_data(&order.id),
        }
    }

    /// Where an order stands.
    #[must_use]
    pub fn standing(&self, order: &Order, own: &OrderFacts) -> StandingDoc {
        let [zh, en] = Lang::ALL.map(|lang| state::of(&Ctx { lang, ..*self.ctx }, order, own));
        StandingDoc {
            state: if is_unreadable(order) {
                "unreadable"
            } else if own.is_cancelled() {
                "cancelled"
            } else if own.is_archived() {
                "archived"
            } else if own.is_open() {
                "open"
            } else {
                "closed"
            },
            stage: zh.stage.map(|key| key.code()),
            late: zh.mark == Mark::Late,
            slack_days: zh.slack_days,
            slack_to: zh.slack_to.map(Words::from),
            slack_derived: zh.slack_derived,
            days_in_stage: zh.days_in_stage,
            waits: waits(zh, en).some(),
        }
    }
}

fn waits(zh: OrderState, en: OrderState) -> Words<'static> {
    Words { zh: zh.waits.into(), en: en.waits.into() }
}
