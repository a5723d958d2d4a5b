//! Quantities, packages, weights and amounts of the contract's items, exact.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::model::Order;
use crate::model::order::Item;
use crate::model::value::Currency;
use crate::model::value::money::round;

/// One item, computed. Figures are `None` where the record does not give enough to know them.
#[derive(Debug, Clone, Default)]
pub struct ItemFact {
    /// `sku`, else `name`: how shipments and progress refer to it.
    pub key: String,
    /// Quantity.
    pub qty: Option<Decimal>,
    /// Unit as written, `PCS` where absent.
    pub unit: String,
    /// `amount` where written, else quantity × price rounded half up to the currency's minor unit.
    pub amount: Option<Decimal>,
    /// Quantity ÷ quantity per carton, rounded up.
    pub packages: Option<Decimal>,
    /// Packages × weight per package, kg.
    pub gross_kg: Option<Decimal>,
    /// Packages × net weight per package, kg.
    pub net_kg: Option<Decimal>,
    /// Packages × volume per package, m³.
    pub cbm: Option<Decimal>,
}

/// The goods of an order. Sums are `None` when one item's figure is unknown: a partial sum would look whole.
#[derive(Debug, Clone, Default)]
pub struct Goods {
    /// The items, in order.
    pub items: Vec<ItemFact>,
    /// The order's currency, when it is one.
    pub currency: Option<Currency>,
    /// Sum of quantities, when all units are the same.
    pub qty: Option<Decimal>,
    /// That unit.
    pub unit: Option<String>,
    /// Sum of the items' amounts.
    pub value: Option<Decimal>,
    /// Items and charges: the contract total.
    pub total: Option<Decimal>,
    /// Packages.
    pub packages: Option<Decimal>,
    /// Gross weight, kg.
    pub gross_kg: Option<Decimal>,
    /// Net weight, kg.
    pub net_kg: Option<Decimal>,
    /// Volume, m³.
    pub cbm: Option<Decimal>,
}

impl Goods {
    /// Computes the goods of an order.
    #[must_use]
    pub fn of(order: &Order) -> Self {
        let currency = order.currency.as_deref().and_then(Currency::parse);
        let minor = currency.map_or(2, |c| c.minor());
        let items: Vec<ItemFact> = order.items.iter().map(|item| item_fact(item, minor)).collect();
        let sum = |get: fn(&ItemFact) -> Option<Decimal>| -> Option<Decimal> {
            if items.is_empty() {
                return None;
            }
            items.iter().map(get).try_fold(Decimal::ZERO, |sum, part| sum.checked_add(part?))
        };
        let value = sum(|i| i.amount);
        let charges =
            order.charges.iter().try_fold(Decimal::ZERO, |sum, c| sum.checked_add(c.amount.as_ref()?.value));
        let unit = match items.split_first() {
            Some((first, rest)) if rest.iter().all(|i| i.unit == first.unit) => Some(first.unit.clone()),
            _ => None,
        };
        Self {
            currency,
            qty: unit.as_ref().and_then(|_| sum(|i| i.qty)),
            unit,
            value,
            total: value.zip(charges).and_then(|(v, c)| v.checked_add(c)),
            packages: sum(|i| i.packages),
            gross_kg: sum(|i| i.gross_kg),
            net_kg: sum(|i| i.net_kg),
            cbm: sum(|i| i.cbm),
            items,
        }
    }

    /// Sum of all quantities, whatever their units: a measure of progress, not of goods.
    #[must_use]
    pub fn pieces(&self) -> Option<Decimal> {
        if self.items.is_empty() {
            return None;
        }
        self.items.iter().try_fold(Decimal::ZERO, |sum, i| sum.checked_add(i.qty?))
    }

    /// The item that a shipment, a progress report or a complaint names.
    #[must_use]
    pub fn item(&self, key: &str) -> Option<&ItemFact> {
        self.items.iter().find(|i| i.key == key)
    }

    /// Quantity by item.
    #[must_use]
    pub fn by_item(&self) -> BTreeMap<&str, Decimal> {
        let mut all = BTreeMap::new();
        for item in &self.items {
            if let Some(qty) = item.qty {
                let sum: &mut Decimal = all.entry(item.key.as_str()).or_default();
                *sum = sum.saturating_add(qty);
            }
        }
        all
    }

    /// Decimals of the order's currency.
    #[must_use]
    pub fn minor(&self) -> u32 {
        self.currency.map_or(2, |c| c.minor())
    }
}

/// How other records refer to an item: `sku`, else `name`.
#[must_use]
pub fn key(item: &Item) -> String {
    item.sku.clone().or_else(|| item.name.clone()).unwrap_or_default()
}

/// Quantity × price, half up to the minor unit.
#[must_use]
pub fn line_amount(item: &Item, minor: u32) -> Option<Decimal> {
    let price = item.price.as_ref()?.value;
    item.qty?.checked_mul(price).map(|amount| round(amount, minor))
}

fn item_fact(item: &Item, minor: u32) -> ItemFact {
    let pack = item.pack.as_deref();
    let packages = item.qty.zip(pack.and_then(|p| p.per_carton)).and_then(|(qty, per)| {
        if per <= Decimal::ZERO { None } else { qty.checked_div(per).map(|n| n.ceil()) }
    });
    let times = |each: Option<Decimal>| packages.zip(each).and_then(|(n, each)| n.checked_mul(each));
    ItemFact {
        key: key(item),
        qty: item.qty,
        unit: item.unit.clone().unwrap_or_else(|| "PCS".to_owned()),
        amount: item.amount.as_ref().map(|a| a.value).or_else(|| line_amount(item, minor)),
        packages,
        gross_kg: times(pack.and_then(|p| p.gross_kg)),
        net_kg: times(pack.and_then(|p| p.net_kg)),
        cbm: times(pack.and_then(|p| p.cbm.or_else(|| volume(&p.size_cm)))),
    }
}

/// Volume of a carton from its size in cm, m³.
#[must_use]
pub fn volume(size_cm: &[Decimal]) -> Option<Decimal> {
    match size_cm {
        [l, w, h] => l.checked_mul(*w)?.checked_mul(*h)?.checked_div(Decimal::from(1_000_000)),
        _ => None,
    }
}
