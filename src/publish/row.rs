//! One order as a row of a list. The same row serves every list: orders, customer, supplier, quality.

use rust_decimal::Decimal;

use super::ctx::Ctx;
use super::errors::Errors;
use super::state;
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::model::value::Currency;
use crate::say;
use crate::site::view::{Mark, OrderRow};
use crate::text::Lang;

/// The row of an order.
#[must_use]
pub fn row(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> OrderRow {
    let state = state::of(ctx, order, facts);
    let goods = &facts.goods;
    let errors = Errors::of(ctx.findings.order(&order.id));
    let amount = goods.total.map(|total| ctx.money(total, goods.currency)).unwrap_or_default();
    OrderRow {
        id: order.id.to_string(),
        href: format!("o/{}.html", order.id),
        customer: ctx.customer(order),
        po: order.po.clone().unwrap_or_default(),
        goods: goods_text(ctx, order),
        amount,
        amount_sort: goods.total.map(|total| amount_key(total, goods.currency)).unwrap_or_default(),
        ship_by: order.ship_by.map(|day| ctx.day(day)),
        marks: state::marks(facts),
        stage: stage_text(ctx, &state),
        stage_sort: state.stage.map_or_else(|| "11".to_owned(), |s| format!("{:02}", s.number())),
        slack: state.slack,
        slack_sort: state.slack_days.map(|days| days.to_string()).unwrap_or_default(),
        mark: state.mark,
        // An order of which something could be read keeps its stages; the reason for the red mark stands beside.
        broken: order.broken && order.items.is_empty(),
        why: if facts.is_cancelled() {
            String::new()
        } else {
            errors.texts(ctx).join(ctx.word(("，", ", ")))
        },
    }
}

/// A key that sorts amounts within their currency, as text.
#[must_use]
pub fn amount_key(amount: Decimal, currency: Option<Currency>) -> String {
    let code = currency.map_or("", Currency::code);
    let plain = amount.max(Decimal::ZERO).round_dp(2);
    format!("{code} {plain:0>19.2}")
}

/// `LED灯泡 12W E27 暖白 等 2 款`.
#[must_use]
pub fn goods_text(ctx: &Ctx<'_>, order: &Order) -> String {
    let Some(first) = order.items.first() else { return String::new() };
    let (main, other) = match ctx.lang {
        Lang::Zh => (&first.name_zh, &first.name),
        Lang::En => (&first.name, &first.name_zh),
    };
    let name = main.as_deref().or(other.as_deref()).or(first.sku.as_deref()).unwrap_or_default();
    match order.items.len() {
        1 => name.to_owned(),
        2 => say!(ctx, "{name} 等 2 款", "{name} and 1 more"),
        n => {
            let more = n - 1;
            say!(ctx, "{name} 等 {n} 款", "{name} and {more} more")
        }
    }
}

fn stage_text(ctx: &Ctx<'_>, state: &state::OrderState) -> String {
    let text = &state.text;
    if state.stage.is_some() && state.mark == Mark::Late {
        return say!(ctx, "{text}，有延误或风险", "{text}, late or at risk");
    }
    text.clone()
}
