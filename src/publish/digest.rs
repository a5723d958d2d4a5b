//! The morning message: what the dashboard says, short enough for a chat group. A group has members whom nobody
//! counts, so amounts are left out unless the company says otherwise.
//!
//! Only what is said; how a chat service wants it written is for [`crate::exchange::robot`].

use std::collections::BTreeMap;

use super::ctx::Ctx;
use super::dashboard::{self, Period, TODOS};
use super::groups::Groups;
use super::sums::Sums;
use super::threat::{Cause, Threat};
use crate::derive::OrderFacts;
use crate::derive::aging::Aging;
use crate::derive::cash::Cash;
use crate::model::Order;
use crate::model::value::Currency;
use crate::say;
use crate::site::format;
use crate::site::view::Figure;
use crate::text::Lang;

/// What is said, in one language.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// The language it is in.
    pub lang: Lang,
    /// First of all: `跟单早报：9 单要处理，4 单最急`.
    pub verdict: String,
    /// Whose, and as of which day: `宁波跟单贸易有限公司，数据日期 2026-11-20 周五`.
    pub about: String,
    /// At most seven orders, the most pressing first.
    pub items: Vec<Item>,
    /// How many orders hurt, those above included.
    pub hurting: usize,
    /// The rest, a line each.
    pub lines: Vec<Line>,
    /// The folder of the language in the site: empty, or `en/`.
    pub folder: &'static str,
}

/// An order, and what hurts in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Its ID.
    pub order: String,
    /// Its page, below the folder of the language.
    pub href: String,
    /// The customer's short name; may be empty.
    pub customer: String,
    /// What hurts, in one sentence.
    pub text: String,
    /// Until when, who, and where allowed how much: `11-25 周三前，林燕`; may be empty.
    pub note: String,
}

/// One more line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// What it says.
    pub text: String,
    /// Where it leads, below the folder of the language.
    pub href: &'static str,
}

impl Digest {
    /// Says it. `amounts`: whether money may be named.
    #[must_use]
    pub fn of(ctx: &Ctx<'_>, groups: &Groups<'_>, amounts: bool) -> Self {
        let hurting: Vec<usize> =
            groups.open.iter().copied().filter(|index| groups.threat(*index).is_some()).collect();
        let urgent = hurting.iter().filter(|i| groups.threat(**i).is_some_and(|t| t.urgent)).count();
        let mut lines = vec![
            line(counts(ctx, groups), "orders.html"),
            line(money(ctx, amounts), "receivables.html"),
            line(quality(ctx, groups), "quality.html"),
        ];
        lines.retain(|line| !line.text.is_empty());
        Self {
            lang: ctx.lang,
            verdict: verdict(ctx, hurting.len(), urgent, groups.open.len()),
            about: about(ctx),
            items: hurting.iter().take(TODOS).filter_map(|i| item(ctx, groups, *i, amounts)).collect(),
            hurting: hurting.len(),
            lines,
            folder: folder(ctx),
        }
    }
}

fn line(text: String, href: &'static str) -> Line {
    Line { text, href }
}

fn verdict(ctx: &Ctx<'_>, hurting: usize, urgent: usize, open: usize) -> String {
    match (hurting, urgent) {
        _ if open == 0 => say!(ctx, "跟单早报：没有进行中的订单", "gendan: no open orders"),
        (0, _) => say!(ctx, "跟单早报：今天没有要处理的单", "gendan: nothing to deal with today"),
        (1, 0) => say!(ctx, "跟单早报：1 单要处理", "gendan: 1 order to deal with"),
        (1, _) => say!(ctx, "跟单早报：1 单要处理，急", "gendan: 1 order to deal with, urgent"),
        (n, 0) => say!(ctx, "跟单早报：{n} 单要处理，都不急", "gendan: {n} orders to deal with, none urgent"),
        (n, u) => {
            say!(ctx, "跟单早报：{n} 单要处理，{u} 单最急", "gendan: {n} orders to deal with, {u} urgent")
        }
    }
}

fn about(ctx: &Ctx<'_>) -> String {
    let (company, day) = (ctx.company(), format::full(ctx.as_of(), ctx.lang).text);
    match company.is_empty() {
        true => say!(ctx, "数据日期 {day}", "as of {day}"),
        false => say!(ctx, "{company}，数据日期 {day}", "{company}, as of {day}"),
    }
}

/// Where the site has this language; the tree at the root where it has not.
fn folder(ctx: &Ctx<'_>) -> &'static str {
    let languages = ctx.book().config.languages();
    match languages.iter().position(|lang| *lang == ctx.lang) {
        None | Some(0) => "",
        Some(_) => match ctx.lang {
            Lang::Zh => "zh-CN/",
            Lang::En => "en/",
        },
    }
}

fn item(ctx: &Ctx<'_>, groups: &Groups<'_>, index: usize, amounts: bool) -> Option<Item> {
    let (order, own) = groups.get(index)?;
    let threat = groups.threat(index)?;
    let link = ctx.order_link(&order.id);
    Some(Item {
        order: link.text,
        href: link.href,
        customer: dashboard::short_customer(ctx, order),
        text: text(ctx, order, threat, amounts),
        note: note(ctx, order, own, threat, amounts),
    })
}

/// As on the dashboard. Without amounts a sentence that may hold one gives way to the name of what it is about.
fn text(ctx: &Ctx<'_>, order: &Order, threat: &Threat<'_>, amounts: bool) -> String {
    let text = dashboard::text(ctx, order, threat);
    if amounts || !may_hold_amount(&text) {
        return text;
    }
    match &threat.cause {
        Cause::Finding(finding) => ctx.word(finding.rule.title).to_owned(),
        Cause::Unpaid { .. } => {
            let late = threat.late;
            match late {
                1 => say!(ctx, "货款逾期 1 天", "payment 1 day overdue"),
                _ => say!(ctx, "货款逾期 {late} 天", "payment {late} days overdue"),
            }
        }
        _ => say!(ctx, "看订单页", "see the order's page"),
    }
}

fn note(ctx: &Ctx<'_>, order: &Order, own: &OrderFacts, threat: &Threat<'_>, amounts: bool) -> String {
    let until = threat.until.filter(|day| *day >= ctx.as_of()).map(|day| dashboard::by(ctx, day).text);
    let owner = order.merchandiser.as_deref().map(|id| ctx.person(id));
    let amount = threat.amount.filter(|_| amounts).map(|amount| ctx.money(amount, own.goods.currency));
    let parts: Vec<String> = [until, owner, amount].into_iter().flatten().filter(|p| !p.is_empty()).collect();
    parts.join(ctx.word(("，", ", ")))
}

/// `进行中 38，已延误 3，有风险 6，正常 29`.
fn counts(ctx: &Ctx<'_>, groups: &Groups<'_>) -> String {
    if groups.open.is_empty() {
        return String::new();
    }
    join(ctx, dashboard::counts(ctx, groups).iter().take(4))
}

fn quality(ctx: &Ctx<'_>, groups: &Groups<'_>) -> String {
    let figures = join(ctx, dashboard::quality(ctx, groups).iter());
    say!(ctx, "数据：{figures}", "Data: {figures}")
}

fn join<'f>(ctx: &Ctx<'_>, figures: impl Iterator<Item = &'f Figure>) -> String {
    let one = |figure: &Figure| {
        let (label, value) = (&figure.label, &figure.value);
        say!(ctx, "{label} {value}", "{value} {label}")
    };
    figures.map(one).collect::<Vec<_>>().join(ctx.word(("，", ", ")))
}

/// What is expected this week, and what is overdue and not promised for a later day; by currency, or only how many.
fn money(ctx: &Ctx<'_>, amounts: bool) -> String {
    let aging = Aging::of(ctx.facts);
    let cash = Cash::of(ctx.facts, &aging);
    let mut sums: BTreeMap<Period, (usize, Sums)> = BTreeMap::new();
    for expected in &cash.expected {
        let currency: Option<Currency> = aging.owed.get(expected.owed).and_then(|owed| owed.currency);
        let Some((day, currency)) = expected.day.zip(currency) else { continue };
        let (count, sum) = sums.entry(dashboard::period(day, ctx.as_of())).or_default();
        *count += 1;
        sum.add(currency, expected.amount);
    }
    let told = |period: Period| {
        let (count, sum) = sums.get(&period)?;
        let sum = if amounts { sum.text(ctx) } else { String::new() };
        Some(match (*count, sum.is_empty()) {
            (_, false) => sum,
            (1, true) => say!(ctx, "1 笔", "1 amount"),
            (n, true) => say!(ctx, "{n} 笔", "{n} amounts"),
        })
    };
    let week = told(Period::ThisWeek).map(|sum| say!(ctx, "本周预计到账 {sum}", "expected this week: {sum}"));
    let late = told(Period::Overdue)
        .map(|sum| say!(ctx, "逾期、没说哪天付 {sum}", "overdue without a new day: {sum}"));
    let parts: Vec<String> = [week, late].into_iter().flatten().collect();
    parts.join(ctx.word(("；", "; ")))
}

/// True when a sentence may name money: a currency, or a figure that is neither a date, a time, a small number nor part of
/// a document's number. Too often rather than too seldom: what is lost is a detail that the page has.
fn may_hold_amount(text: &str) -> bool {
    let signs = ["$", "€", "£", "¥", "￥", "₩", "₹", "₽", "＄", "元", "圆", "万", "美金", "人民币", "RMB"];
    let inside = |c: char| c.is_ascii_alphabetic() || c.is_numeric() || ".,:-/'’".contains(c);
    signs.iter().any(|sign| text.contains(sign))
        || text
            .split(|c: char| !inside(c))
            .any(|word| is_money(word.trim_matches(['.', ',', ':', '-', '/', '\''])))
}

fn is_money(word: &str) -> bool {
    let letters = word.split(|c: char| !c.is_ascii_uppercase());
    if letters.filter(|code| code.len() == 3).any(|code| Currency::parse(code).is_some()) {
        return true;
    }
    match word.find(|c: char| c.is_ascii_alphabetic()) {
        // `12k`; but `40HQ`, and `GD26-0117`, which a paper is called.
        Some(at) => {
            at > 0 && word.get(at..).is_some_and(|unit| matches!(unit, "k" | "K" | "m" | "M" | "w" | "W"))
        }
        None => !is_small(word),
    }
}

/// Nothing, a date, a time, or a number of at most three digits.
fn is_small(figure: &str) -> bool {
    let digits = |part: &str, most: usize| {
        !part.is_empty() && part.len() <= most && part.bytes().all(|b| b.is_ascii_digit())
    };
    let dashed: Vec<&str> = figure.split('-').collect();
    let timed: Vec<&str> = figure.split(':').collect();
    figure.is_empty()
        || digits(figure, 3)
        || matches!(*dashed, [year, month, day] if digits(year, 4) && digits(month, 2) && digits(day, 2))
        || matches!(*dashed, [month, day] if digits(month, 2) && digits(day, 2))
        || matches!(*timed, [hour, minute] if digits(hour, 2) && digits(minute, 2))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_that_may_name_money_is_known() {
        for text in [
            "尾款 USD 12,050.00 逾期",
            "USD12050",
            "收到 12,050.00，少 25.00",
            "少了 25.00",
            "欠 56800",
            "只到了 5000",
            "500 元",
            "5 万",
            "$500",
            "JPY 500",
            "１２０５０",
            "12.5",
            "1’234",
            "12k",
        ] {
            assert!(may_hold_amount(text), "{text}");
        }
        for text in [
            "",
            "尾款逾期 85 天，上次催 11-18",
            "截单 11-25 12:00，补料没发",
            "2026-11-25 前不验货就赶不上 12-02 的最迟装运",
            "inspect by 25 Nov or the latest shipment 2 Dec is missed",
            "balance 40%, 85 days overdue",
            "提单 3 份正本",
            "invoice GD26-0117-A, 1x40HQ",
        ] {
            assert!(!may_hold_amount(text), "{text}");
        }
    }
}
