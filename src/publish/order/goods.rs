//! Goods of the contract: what, how many, at what price, how packed. At what price they are bought only for readers who
//! may see that.

use rust_decimal::Decimal;

use super::show::{Sheet, price};
use crate::derive::OrderFacts;
use crate::derive::goods::ItemFact;
use crate::model::Order;
use crate::model::order::Item as Recorded;
use crate::model::value::Currency;
use crate::publish::audience::Sees;
use crate::publish::ctx::Ctx;
use crate::say;
use crate::site::view::{Item, Items};
use crate::text::Lang;

/// The goods of an order.
pub(super) fn of(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Items {
    let goods = &facts.goods;
    let rows = order.items.iter().zip(&goods.items).map(|(item, fact)| row(ctx, facts, item, fact));
    let mut totals = Sheet::new(ctx);
    totals.number(("数量", "Quantity"), goods.qty, goods.unit.as_deref().unwrap_or_default());
    totals.number(("件数", "Packages"), goods.packages, package_word(order));
    totals.number(("毛重", "Gross weight"), goods.gross_kg, "KG");
    totals.number(("净重", "Net weight"), goods.net_kg, "KG");
    totals.number(("体积", "Volume"), goods.cbm, "CBM");
    for charge in &order.charges {
        let amount = price(ctx, charge.amount.as_ref(), goods.currency);
        let text = [amount, charge.why.clone().unwrap_or_default()].join(" ");
        totals.put(charge_word(charge.kind.as_deref()), text.trim());
    }
    if !order.charges.is_empty() {
        totals.put(
            ("合同总额", "Contract total"),
            goods.total.map(|t| ctx.money(t, goods.currency)).unwrap_or_default(),
        );
    }
    let file = order.origin.place("items[0]").file;
    Items {
        rows: rows.collect(),
        totals: totals.fields,
        amount: goods.value.map(|value| ctx.money(value, goods.currency)).unwrap_or_default(),
        marks: order.marks.clone(),
        href: ctx.edit_href(&file),
    }
}

fn row(ctx: &Ctx<'_>, facts: &OrderFacts, item: &Recorded, fact: &ItemFact) -> Item {
    let currency = facts.goods.currency;
    let name = item.name.clone().unwrap_or_default();
    // English pages show the wording of the documents; the Chinese name is for customs.
    let name_zh =
        item.name_zh.clone().filter(|_| ctx.lang == Lang::Zh || name.is_empty()).unwrap_or_default();
    Item {
        sku: item.sku.clone().unwrap_or_default(),
        name,
        name_zh,
        hs: item.hs.clone().unwrap_or_default(),
        quantity: fact.qty.map(|qty| format!("{} {}", ctx.number(qty), fact.unit)).unwrap_or_default(),
        price: price(ctx, item.price.as_ref(), currency),
        buy: buy(ctx, item),
        amount: fact.amount.map(|amount| ctx.amount(amount, currency)).unwrap_or_default(),
        packing: packing(ctx, item, fact),
    }
}

/// `采购 CNY 12.10`.
fn buy(ctx: &Ctx<'_>, item: &Recorded) -> String {
    let buy = item.buy.as_deref().filter(|_| ctx.audience.sees(Sees::PurchasePrices));
    let Some((buy, amount)) = buy.and_then(|buy| Some((buy, buy.price.as_ref()?))) else {
        return String::new();
    };
    let currency = amount.currency.or(buy.currency.as_deref().and_then(Currency::parse));
    let code = currency.map_or(String::new(), |c| format!("{} ", c.code()));
    let figure = price(ctx, Some(amount), currency);
    say!(ctx, "采购 {code}{figure}", "bought at {code}{figure}")
}

/// `60/箱 · 200 箱 · 8.4/7.2 KG · 0.052 CBM`.
fn packing(ctx: &Ctx<'_>, item: &Recorded, fact: &ItemFact) -> String {
    let Some(pack) = item.pack.as_deref() else { return String::new() };
    let mut parts = Vec::new();
    if let Some(per) = pack.per_carton {
        let per = ctx.number(per);
        parts.push(say!(ctx, "{per}/箱", "{per}/ctn"));
    }
    if let Some(packages) = fact.packages {
        let n = ctx.number(packages);
        parts.push(match n.as_str() {
            "1" => say!(ctx, "1 箱", "1 ctn"),
            _ => say!(ctx, "{n} 箱", "{n} ctns"),
        });
    }
    let weights: Vec<String> =
        [pack.gross_kg, pack.net_kg].into_iter().flatten().map(|kg| ctx.number(kg)).collect();
    if !weights.is_empty() {
        parts.push(format!("{} KG", weights.join("/")));
    }
    let size: Vec<String> = pack.size_cm.iter().map(|cm| ctx.number(*cm)).collect();
    match pack.cbm {
        Some(cbm) => parts.push(format!("{} CBM", ctx.number(cbm))),
        None if !size.is_empty() => parts.push(format!("{} CM", size.join("×"))),
        None => {}
    }
    parts.join(" · ")
}

/// Cartons, unless some item is packed otherwise.
fn package_word(order: &Order) -> &'static str {
    let kinds = order.items.iter().filter_map(|i| i.pack.as_deref()?.kind.as_deref());
    let mut kinds = kinds.map(str::to_ascii_uppercase);
    if kinds.all(|k| k == "CT" || k == "CTN" || k == "CTNS") { "CTNS" } else { "PKGS" }
}

/// The word of a charge whose kind has none of its own.
pub(super) const OTHER_CHARGE: (&str, &str) = ("其他费用", "Other charge");

pub(super) fn charge_word(kind: Option<&str>) -> (&'static str, &'static str) {
    match kind {
        Some("freight") => ("运费", "Freight"),
        Some("insurance") => ("保费", "Insurance"),
        Some("courier") => ("快递费", "Courier"),
        Some("tooling") => ("模具费", "Tooling"),
        Some("discount") => ("折扣", "Discount"),
        Some("commission") => ("佣金", "Commission"),
        _ => OTHER_CHARGE,
    }
}

/// Part ÷ whole as a whole percentage, 0 to 100, rounded down.
pub(super) fn percent(part: Decimal, whole: Decimal) -> u8 {
    let share = part.checked_mul(Decimal::ONE_HUNDRED).and_then(|p| p.checked_div(whole)).unwrap_or_default();
    let share = share.floor().clamp(Decimal::ZERO, Decimal::ONE_HUNDRED);
    u8::try_from(share.mantissa()).unwrap_or(0)
}
