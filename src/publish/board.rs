//! The board: where is every order, what is stuck, and for how long.

use super::ctx::Ctx;
use super::dashboard::{brief, short_customer};
use super::groups::Groups;
use super::state::{self, OrderState};
use crate::derive::OrderFacts;
use crate::model::Order;
use crate::model::stage::StageKey;
use crate::model::value::Incoterm;
use crate::model::value::payment::Share;
use crate::say;
use crate::site::view::{BoardCard, BoardColumn, BoardPage, Link, Mark};

/// Cards in one column; the rest is counted and stands in the list.
const CARDS: usize = 50;

/// The page.
#[must_use]
pub fn page(ctx: &Ctx<'_>, groups: &Groups<'_>) -> BoardPage {
    let open = groups.open.len();
    BoardPage {
        title: say!(ctx, "看板", "Board"),
        summary: match open {
            1 => {
                say!(ctx, "1 单进行中，站在最早没做完的阶段", "1 open order, at its earliest stage not done")
            }
            _ => say!(
                ctx,
                "{open} 单进行中，各在最早没做完的阶段，最急的在上",
                "{open} open orders, each at its earliest stage not done, the most pressing on top"
            ),
        },
        columns: StageKey::ALL
            .iter()
            .zip(&groups.stages)
            .map(|(key, orders)| column(ctx, groups, *key, orders))
            .collect(),
    }
}

fn column(ctx: &Ctx<'_>, groups: &Groups<'_>, key: StageKey, orders: &[usize]) -> BoardColumn {
    let more = orders.len().saturating_sub(CARDS);
    BoardColumn {
        number: key.number(),
        name: ctx.word(key.title()).to_owned(),
        count: orders.len(),
        cards: orders.iter().take(CARDS).filter_map(|i| card(ctx, groups, *i)).collect(),
        more: match more {
            0 => Link::default(),
            1 => Link::new(say!(ctx, "另 1 单", "1 more"), "orders.html"),
            _ => Link::new(say!(ctx, "另 {more} 单", "{more} more"), "orders.html"),
        },
    }
}

fn card(ctx: &Ctx<'_>, groups: &Groups<'_>, index: usize) -> Option<BoardCard> {
    let (order, own) = groups.get(index)?;
    let state = state::of(ctx, order, own);
    let threat = groups.threat(index);
    Some(BoardCard {
        order: ctx.order_link(&order.id),
        customer: short_customer(ctx, order),
        // The symbol says late or at risk.
        mark: if threat.is_some() { Mark::Late } else { state.mark },
        waits: match threat {
            Some(threat) => brief(ctx, order, threat),
            None => waits(ctx, &state),
        },
        days: match state.days_in_stage {
            None => String::new(),
            Some(0) => say!(ctx, "今天到这一步", "since today"),
            Some(1) => say!(ctx, "停 1 天", "1 day here"),
            Some(days) => say!(ctx, "停 {days} 天", "{days} days here"),
        },
        terms: terms(ctx, order, own).join(" · "),
    })
}

/// `等放行，余 15 天（船期）`.
fn waits(ctx: &Ctx<'_>, state: &OrderState) -> String {
    let slack = &state.slack;
    let left = if slack.is_empty() { String::new() } else { say!(ctx, "余 {slack}", "slack {slack}") };
    let parts: Vec<&str> =
        [state.waits.as_str(), left.as_str()].into_iter().filter(|t| !t.is_empty()).collect();
    parts.join(ctx.word(("，", ", ")))
}

/// `FOB`, `30/70`, `ETD 12-02`: what is known of them.
fn terms(ctx: &Ctx<'_>, order: &Order, own: &OrderFacts) -> Vec<String> {
    let term = order.incoterm.as_ref().and_then(|t| t.term.as_ref()).map(code);
    let etd = own
        .shipments
        .iter()
        .filter(|s| s.shipped.is_none())
        .filter_map(|s| order.shipments.get(s.index?)?.etd)
        .min()
        .map(|day| format!("ETD {}", ctx.day(day).text));
    [term, payment(own), etd].into_iter().flatten().collect()
}

fn code(term: &Incoterm) -> String {
    term.rule.code().to_owned()
}

/// The shares of the instalments, `30/70`; the method of a single one as the trade writes it, `L/C`, `D/P`.
fn payment(own: &OrderFacts) -> Option<String> {
    let terms = own.money.terms.as_ref()?;
    if let [only] = terms.instalments.as_slice() {
        // The short ones are the trade's own abbreviations; the others are words that need room.
        let code = only.method.code().to_uppercase();
        return match code.split_at_checked(1) {
            Some((first, second)) if code.len() == 2 => Some(format!("{first}/{second}")),
            _ => Some(code).filter(|code| code.len() <= 3),
        };
    }
    let shares: Option<Vec<String>> = terms
        .instalments
        .iter()
        .map(|instalment| match &instalment.share {
            Share::Percent(percent) => Some(percent.normalize().to_string()),
            _ => None,
        })
        .collect();
    shares.map(|shares| shares.join("/"))
}
