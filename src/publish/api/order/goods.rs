//! What was agreed and what is sold: the terms, the items with their totals, the charges.

use schemars::JsonSchema;
use serde::Serialize;

use super::super::value::{Day, Figure, day, number};
use super::super::who::{PartyRef, PersonRef};
use super::super::{Api, words};
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::model::order::Item;
use crate::model::party::PartyKind;
use crate::model::value::Tolerance;

/// What buyer and seller agreed.
#[derive(Debug, Serialize, JsonSchema)]
pub struct TermsDoc<'a> {
    /// The customer.
    pub customer: Option<PartyRef<'a>>,
    /// The customer's order number.
    pub po: Option<&'a str>,
    /// The day both sides signed.
    pub signed: Option<Day>,
    /// Currency, ISO 4217. Amounts without a currency beside them are in it.
    pub currency: Option<&'a str>,
    /// Trade term and named place, as written.
    pub incoterm: Option<&'a str>,
    /// `sea`, `air` …
    pub mode: Option<&'static str>,
    /// Port of loading or place of dispatch.
    pub from: Option<&'a str>,
    /// Port of discharge or destination.
    pub to: Option<&'a str>,
    /// Payment terms, as written.
    pub payment: Option<&'a str>,
    /// The last day of shipment.
    pub ship_by: Option<Day>,
    /// Partial shipment: `yes`, `no` or `conditional`.
    pub partial: Option<&'static str>,
    /// Transhipment: `yes`, `no` or `conditional`.
    pub transhipment: Option<&'static str>,
    /// More or less, of quantity and amount.
    pub tolerance: Option<ToleranceDoc>,
    /// Who follows the order.
    pub merchandiser: Option<PersonRef<'a>>,
    /// Who makes the documents.
    pub clerk: Option<PersonRef<'a>>,
    /// Shipping marks, line by line.
    pub marks: &'a [String],
    /// Further terms, one each.
    pub terms: &'a [String],
    /// An export VAT refund will be claimed; null where the order does not say.
    pub rebate: Option<bool>,
    /// Cancelled on this day.
    pub cancelled: Option<Day>,
    /// Why.
    pub cancel_reason: Option<&'a str>,
    /// `buyer`, `seller` or `both`.
    pub cancelled_by: Option<&'static str>,
}

/// Percent above and below.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ToleranceDoc {
    /// Percent above.
    pub plus: Figure,
    /// Percent below.
    pub minus: Figure,
}

impl From<Tolerance> for ToleranceDoc {
    fn from(tolerance: Tolerance) -> Self {
        Self { plus: tolerance.plus.into(), minus: tolerance.minus.into() }
    }
}

/// The goods of the contract. A sum is null where one of its parts is unknown.
#[derive(Debug, Serialize, JsonSchema)]
pub struct GoodsDoc<'a> {
    /// The items, in the order of the contract.
    pub items: Vec<ItemDoc<'a>>,
    /// Charges beside the goods; a discount is negative.
    pub charges: Vec<ChargeDoc<'a>>,
    /// Sum of the quantities, where all units are the same.
    pub quantity: Option<Figure>,
    /// That unit.
    pub unit: Option<&'a str>,
    /// Sum of the items.
    pub value: Option<Figure>,
    /// Items and charges: the contract total.
    pub total: Option<Figure>,
    /// Packages.
    pub packages: Option<Figure>,
    /// Gross weight, kg.
    pub gross_kg: Option<Figure>,
    /// Net weight, kg.
    pub net_kg: Option<Figure>,
    /// Volume, m³.
    pub cbm: Option<Figure>,
}

/// An item. What we pay for it is not told.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ItemDoc<'a> {
    /// How shipments and reports refer to it: its sku, else its name.
    pub item: &'a str,
    /// Stock-keeping unit.
    pub sku: Option<&'a str>,
    /// The customer's number.
    pub customer_sku: Option<&'a str>,
    /// Wording on every document.
    pub name: Option<&'a str>,
    /// Chinese name, for customs.
    pub name_zh: Option<&'a str>,
    /// HS code.
    pub hs: Option<&'a str>,
    /// Country of origin.
    pub origin: Option<&'a str>,
    /// Quantity.
    pub quantity: Option<Figure>,
    /// Its unit.
    pub unit: &'a str,
    /// Unit price.
    pub price: Option<Figure>,
    /// Quantity × price, rounded to the currency.
    pub amount: Option<Figure>,
    /// Quantity per package.
    pub per_package: Option<Figure>,
    /// Packages.
    pub packages: Option<Figure>,
    /// Gross weight, kg.
    pub gross_kg: Option<Figure>,
    /// Net weight, kg.
    pub net_kg: Option<Figure>,
    /// Volume, m³.
    pub cbm: Option<Figure>,
    /// Who makes or sells it to us.
    pub supplier: Option<PartyRef<'a>>,
}

/// A charge beside the goods.
#[derive(Debug, Serialize, JsonSchema)]
pub struct ChargeDoc<'a> {
    /// `freight`, `insurance`, `discount` …
    pub kind: Option<&'a str>,
    /// How much.
    pub amount: Option<Figure>,
    /// Why.
    pub why: Option<&'a str>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    pub(super) fn terms(&self, order: &'c Order) -> TermsDoc<'c> {
        TermsDoc {
            customer: order.customer.as_deref().map(|id| self.party(PartyKind::Customer, id)),
            po: order.po.as_deref(),
            signed: day(order.signed),
            currency: order.currency.as_deref(),
            incoterm: order.incoterm.as_ref().map(|t| t.text.as_str()),
            mode: order.mode.map(crate::model::value::Mode::code),
            from: order.from.as_deref(),
            to: order.to.as_deref(),
            payment: order.payment.as_deref(),
            ship_by: day(order.ship_by),
            partial: order.partial.map(words::allowed),
            transhipment: order.transhipment.map(words::allowed),
            tolerance: order.tolerance.map(Into::into),
            merchandiser: self.someone(order.merchandiser.as_deref()),
            clerk: self.someone(order.clerk.as_deref()),
            marks: &order.marks,
            terms: &order.terms,
            rebate: order.rebate,
            cancelled: day(order.cancelled),
            cancel_reason: order.cancel_reason.as_deref(),
            cancelled_by: order.cancelled_by.map(|by| by.code()),
        }
    }

    pub(super) fn goods(&self, order: &'c Order, own: &'c OrderFacts) -> GoodsDoc<'c> {
        let goods = &own.goods;
        let money = |value| Figure::amount(value, goods.currency);
        let charge = |charge: &'c crate::model::order::Charge| ChargeDoc {
            kind: charge.kind.as_deref(),
            amount: charge.amount.as_ref().map(|a| money(a.value)),
            why: charge.why.as_deref(),
        };
        GoodsDoc {
            items: order
                .items
                .iter()
                .zip(&goods.items)
                .map(|(item, fact)| self.item(item, fact, own))
                .collect(),
            charges: order.charges.iter().map(charge).collect(),
            quantity: number(goods.qty),
            unit: goods.unit.as_deref(),
            value: goods.value.map(money),
            total: goods.total.map(money),
            packages: number(goods.packages),
            gross_kg: number(goods.gross_kg),
            net_kg: number(goods.net_kg),
            cbm: number(goods.cbm),
        }
    }

    fn item(
        &self,
        item: &'c Item,
        fact: &'c crate::derive::goods::ItemFact,
        own: &OrderFacts,
    ) -> ItemDoc<'c> {
        let money = |value| Figure::amount(value, own.goods.currency);
        ItemDoc {
            item: &fact.key,
            sku: item.sku.as_deref(),
            customer_sku: item.customer_sku.as_deref(),
            name: item.name.as_deref(),
            name_zh: item.name_zh.as_deref(),
            hs: item.hs.as_deref(),
            origin: item.origin.as_deref(),
            quantity: number(fact.qty),
            unit: &fact.unit,
            price: item.price.as_ref().map(|p| money(p.value)),
            amount: fact.amount.map(money),
            per_package: number(item.pack.as_deref().and_then(|p| p.per_carton)),
            packages: number(fact.packages),
            gross_kg: number(fact.gross_kg),
            net_kg: number(fact.net_kg),
            cbm: number(fact.cbm),
            supplier: item
                .buy
                .as_deref()
                .and_then(|buy| buy.from.as_deref())
                .map(|id| self.party(PartyKind::Supplier, id)),
        }
    }
}
