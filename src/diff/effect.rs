//! What follows from a change of one order: milestones, money, deadlines, from the facts of both sides.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::bi;
use crate::derive::deadlines::{self, Deadline, Shared};
use crate::derive::{Facts, MilestoneFact, OrderFacts};
use crate::model::Order;
use crate::model::stage::Milestone;
use crate::model::value::Currency;
use crate::model::value::money::group;
use crate::text::Bi;

/// A milestone that stands differently.
#[derive(Debug, Clone)]
pub struct StageRow {
    /// Which.
    pub key: Milestone,
    /// How it stood.
    pub before: Bi,
    /// How it stands.
    pub after: Bi,
    /// It has happened now.
    pub done: bool,
}

/// An amount that stands differently.
#[derive(Debug, Clone)]
pub struct MoneyRow {
    /// Which amount.
    pub what: Bi,
    /// Its currency; amounts of different rows are never added.
    pub currency: String,
    /// The figure before; `None` when it was not known.
    pub before: Option<String>,
    /// The figure now.
    pub after: Option<String>,
}

/// A deadline that came, went, or moved.
#[derive(Debug, Clone)]
pub struct DeadlineRow {
    /// What has to be done.
    pub what: Bi,
    /// The day before.
    pub before: Option<NaiveDate>,
    /// The day now, when it is still open.
    pub after: Option<NaiveDate>,
    /// It was done.
    pub done: bool,
    /// Missing it cannot be made good.
    pub hard: bool,
    /// Days left from the day of the facts.
    pub left: Option<i64>,
}

#[derive(Default)]
pub(super) struct Effect {
    pub stages: Vec<StageRow>,
    pub money: Vec<MoneyRow>,
    pub total: Option<(String, String)>,
    pub deadlines: Vec<DeadlineRow>,
}

pub(super) fn of(base: &Facts<'_>, head: &Facts<'_>, was: Option<&Order>, is: Option<&Order>) -> Effect {
    let old = was.and_then(|o| base.of(o));
    let new = is.and_then(|o| head.of(o));
    Effect {
        stages: stages(old, new),
        money: money(old, new),
        total: total(old, new),
        deadlines: deadlines(base, head, was.zip(old), is.zip(new)),
    }
}

fn stages(old: Option<&OrderFacts>, new: Option<&OrderFacts>) -> Vec<StageRow> {
    let Some(new) = new else { return Vec::new() };
    let mut rows = Vec::new();
    for &key in Milestone::ALL {
        let after = new.progress.milestone(key);
        let before = old.map(|o| o.progress.milestone(key));
        // Of a new order only what has happened is news.
        if before.as_ref() == Some(&after) || (before.is_none() && after.actual.is_none()) {
            continue;
        }
        // What only follows from another step, or is derived from a date, is told where that is told.
        if after.actual.as_ref().is_some_and(|a| a.implied) {
            continue;
        }
        let (was, is) = (before.as_ref().map(stands).unwrap_or_default(), stands(&after));
        if was == is {
            continue;
        }
        let mut is = is;
        if after.actual.is_some() || after.forecast.is_some() {
            let more = against_plan(&after);
            is.zh.push_str(&more.zh);
            is.en.push_str(&more.en);
        }
        if let Some(slack) = new.slack.filter(|_| key <= Milestone::Shipped) {
            let days = slack.days;
            is.zh.push_str(&format!("；船期余量 {days} 天"));
            is.en.push_str(&format!("; slack {days} d"));
        }
        rows.push(StageRow { key, before: was, after: is, done: after.actual.is_some() });
    }
    rows
}

fn stands(fact: &MilestoneFact) -> Bi {
    if let Some(actual) = &fact.actual {
        return match actual.date {
            Some(day) => bi!("完成 {day}", "done {day}"),
            None => bi!("完成", "done"),
        };
    }
    match (fact.forecast, fact.plan) {
        (Some(day), _) => bi!("预计 {day}", "forecast {day}"),
        (None, Some(plan)) => {
            let (mark, day) = (if plan.derived { "~" } else { "" }, plan.date);
            bi!("计划 {mark}{day}", "plan {mark}{day}")
        }
        (None, None) => bi!("没有日期", "no date"),
    }
}

fn against_plan(fact: &MilestoneFact) -> Bi {
    let (Some(plan), Some(days)) = (fact.plan, fact.difference()) else { return Bi::default() };
    let (day, late) = (plan.date, days.abs());
    match days {
        0 => bi!("（与计划一致）", " (as planned)"),
        1.. => bi!("（计划 {day}，晚 {late} 天）", " (plan {day}, {late} d late)"),
        _ => bi!("（计划 {day}，早 {late} 天）", " (plan {day}, {late} d early)"),
    }
}

fn amounts(own: &OrderFacts) -> BTreeMap<(usize, String), (Bi, String)> {
    let money = &own.money;
    let minor = money.currency.map_or(2, Currency::minor);
    let mut found = BTreeMap::new();
    let mut add = |order: usize, id: String, what: Bi, value: Option<rust_decimal::Decimal>| {
        if let Some(value) = value {
            found.insert((order, id), (what, group(value, minor)));
        }
    };
    for line in &money.lines {
        let (number, method) = (line.instalment + 1, Bi::same(line.method.code()));
        let lot =
            line.shipment.as_deref().map(|s| format!(" {}", crate::report::clean(s))).unwrap_or_default();
        let id = |what: &str| format!("{number:04}{lot}{what}");
        add(
            0,
            id("0due"),
            bi!("第 {number} 期 {method}{lot}，应收", "instalment {number} {method}{lot}, due"; method),
            line.amount,
        );
        add(
            0,
            id("1in"),
            bi!("第 {number} 期 {method}{lot}，已收", "instalment {number} {method}{lot}, received"; method),
            Some(line.applied),
        );
    }
    add(1, "charges".to_owned(), bi!("手续费", "bank charges"), Some(money.charges));
    add(2, "received".to_owned(), bi!("已收合计", "received in all"), Some(money.received));
    add(3, "credited".to_owned(), bi!("贷项合计", "credited in all"), Some(money.credited));
    add(4, "open".to_owned(), bi!("未收合计", "outstanding in all"), money.open);
    found
}

fn money(old: Option<&OrderFacts>, new: Option<&OrderFacts>) -> Vec<MoneyRow> {
    let code = |own: Option<&OrderFacts>| own.and_then(|o| o.money.currency).map(|c| c.code().to_owned());
    let (from, to) = (code(old), code(new));
    let (was, is) = (old.map(amounts).unwrap_or_default(), new.map(amounts).unwrap_or_default());
    let keys: BTreeSet<_> = was.keys().chain(is.keys()).cloned().collect();
    let mut rows = Vec::new();
    for key in keys {
        let (before, after) = (was.get(&key), is.get(&key));
        if from == to && before.map(|b| &b.1) == after.map(|a| &a.1) {
            continue;
        }
        let zero = |side: Option<&(Bi, String)>| {
            side.is_none_or(|(_, v)| v.bytes().all(|b| matches!(b, b'0' | b'.')))
        };
        if zero(before) && zero(after) {
            continue;
        }
        let Some((what, _)) = after.or(before) else { continue };
        let show = |side: Option<&(Bi, String)>, currency: &Option<String>| {
            side.map(|(_, value)| match currency {
                Some(code) if from != to => format!("{code} {value}"),
                _ => value.clone(),
            })
        };
        rows.push(MoneyRow {
            what: what.clone(),
            currency: to.clone().or_else(|| from.clone()).unwrap_or_default(),
            before: show(before, &from),
            after: show(after, &to),
        });
    }
    rows
}

fn total(old: Option<&OrderFacts>, new: Option<&OrderFacts>) -> Option<(String, String)> {
    let said = |own: &OrderFacts| {
        let total = own.money.total?;
        let minor = own.money.currency.map_or(2, Currency::minor);
        let code = own.money.currency.map(|c| format!("{c} ")).unwrap_or_default();
        Some(format!("{code}{}", group(total, minor)))
    };
    let (was, is) =
        (said(old?).unwrap_or_else(|| "?".to_owned()), said(new?).unwrap_or_else(|| "?".to_owned()));
    (was != is).then_some((was, is))
}

fn deadlines(
    base: &Facts<'_>,
    head: &Facts<'_>,
    was: Option<(&Order, &OrderFacts)>,
    is: Option<(&Order, &OrderFacts)>,
) -> Vec<DeadlineRow> {
    let all = |facts: &Facts<'_>, side: Option<(&Order, &OrderFacts)>| -> BTreeMap<String, Deadline> {
        let Some((order, own)) = side else { return BTreeMap::new() };
        let list = deadlines::of_order(&Shared::of(facts), order, own);
        list.into_iter().map(|d| (d.id(), d)).collect()
    };
    let (old, new) = (all(base, was), all(head, is));
    let ids: BTreeSet<&String> = old.keys().chain(new.keys()).collect();
    let mut rows = Vec::new();
    for id in ids {
        let (before, after) = (old.get(id), new.get(id));
        let open = |d: Option<&Deadline>| d.filter(|d| d.done.is_none()).map(Deadline::last);
        let (from, to) = (open(before), open(after));
        if from == to {
            continue;
        }
        let Some(any) = after.or(before) else { continue };
        // A planned step is told among the milestones.
        if matches!(any.kind, deadlines::Kind::Step(_)) {
            continue;
        }
        rows.push(DeadlineRow {
            what: any.what.clone(),
            before: from,
            after: to,
            done: after.is_some_and(|d| d.done.is_some()),
            hard: any.hard,
            left: to.map(|day| (day - head.as_of).num_days()),
        });
    }
    rows.sort_by_key(|row| (!row.hard, row.after.or(row.before)));
    rows
}
