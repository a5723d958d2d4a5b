//! `lc-goods-text`: 45A says what the keys or the order do not.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::super::prelude::*;

use crate::check::shared::arrival::{self, Matters};
use crate::check::shared::figures;
use crate::compare::Outcome;
use crate::compare::goods::{self, Token};
use crate::compare::quantity::{self, Quantity};
use crate::derive::credit::{Credit, Said, clause, limit};
use crate::model::document::CreditItem;
use crate::model::order::Item;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-goods-text",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 18 条 c 款；公司规定", "UCP 600 article 18 c; house rule"),
    title: ("45A 货描要人看", "45A needs eyes"),
    docs: Docs {
        checks: (
            "45A 原文里的数字、型号在登记的货物明细、术语、浮动里都找得到；货物明细的数量和单价和订单一样。对不上的列出来请人看，不判对错。没有登记 [[lc.items]] 的只提示一下。",
            "Figures and models in the words of 45A are found in the recorded lines, term and tolerances; quantity and unit price of the lines are those of the order. What is not is listed for a person to look at, never judged. A credit without [[lc.items]] is information.",
        ),
        why: (
            "核对单据时看的是登记的明细。原文多一个型号、数量写得不一样，发票照明细做就和信用证不符。",
            "Papers are compared with the recorded lines. A model or figure that stands only in the text makes the invoice differ from the credit.",
        ),
        fix: (
            "对着原文看一遍：漏登的补进 [[lc.items]]、term 或 tolerance；信用证真写错的，请客户改证。",
            "Read it beside the credit: add what was left out to [[lc.items]], term or tolerance; if the credit itself is wrong, have it amended.",
        ),
    },
    example: example!("lc-goods-text"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let credits = arrival::credits(case);
    for credit in credits {
        if credit.goods.is_empty() {
            continue;
        }
        if credit.items.is_empty() {
            unrecorded(case, credit, out);
            continue;
        }
        unread(case, credit, out);
        // With several credits each may be for a part of the order.
        if credits.len() == 1 {
            for said in &credit.items {
                if let Some(item) = counterpart(case, credit, said) {
                    differs(case, credit, said, item, out);
                }
            }
        }
    }
}

fn unrecorded(case: &Case<'_>, credit: &Credit<'_>, out: &mut Sink<'_>) {
    let Some(said) = credit.goods.first() else { return };
    let called = arrival::called(credit);
    let finding = out.report(bi!(
        "{called} 的 45A 没有拆成货物明细，数量和单价没法核对",
        "45A of {called} is not recorded line by line: quantity and price cannot be checked"; called
    ));
    finding
        .severity(Severity::Info)
        .judgement()
        .at(arrival::at(case, said), arrival::label(credit, said.source, ("45A 货描", "45A goods")))
        .help(bi!(
            "照 45A 写 [[lc.items]]：name、qty、unit、price，有溢短装的写 tolerance",
            "write [[lc.items]] from 45A: name, qty, unit, price, and tolerance where it allows more or less"
        ))
        .values([said.value]);
    arrival::close(case, credit, finding, Matters::UntilPresented);
}

/// Figures and models of the text that stand nowhere in the keys.
fn unread(case: &Case<'_>, credit: &Credit<'_>, out: &mut Sink<'_>) {
    let known = known(case, credit);
    let recorded = credit.items.iter().any(|item| item.value.tolerance.is_some());
    for said in &credit.goods {
        let tokens = goods::tokens(&unnumbered(said.value));
        // More or less that no line records is for another rule to say.
        let room = !recorded && clause::names_tolerance(said.value);
        let percent = |t: &Token| room && t.text.parse::<Decimal>().is_ok_and(|n| n <= Decimal::TEN);
        let strange: Vec<&str> = tokens
            .iter()
            .filter(|t| t.hard && !known.contains(*t) && !percent(t))
            .map(|t| t.text.as_str())
            .collect();
        if strange.is_empty() {
            continue;
        }
        let (called, zh, en) = (arrival::called(credit), strange.join("、"), strange.join(", "));
        let finding = out.report(bi!(
            "{called} 的 45A 写了 {zh}，登记的明细里没有，请人看",
            "45A of {called} says {en}, which none of its recorded lines has: to be looked at"; called
        ));
        finding
            .judgement()
            .at(arrival::at(case, said), arrival::label(credit, said.source, ("45A 货描", "45A goods")))
            .at(
                case.order.origin.place(&credit.items.first().map(|i| i.source.path()).unwrap_or_default()),
                bi!("登记的明细", "the recorded lines"),
            )
            .help(bi!(
                "对着原文看：漏登的补进 [[lc.items]]、term 或 tolerance；和订单不一样的，请客户改证",
                "read it beside the credit: add what was left out to [[lc.items]], term or tolerance; if it differs from the order, have the credit amended"
            ))
            .values(strange);
        arrival::close(case, credit, finding, Matters::UntilPresented);
    }
}

/// The text without the numbers of its own points: `1) …`, `(2) …`, `3. …` at the beginning of a line.
fn unnumbered(text: &str) -> String {
    let line = |line: &str| {
        let start = line.trim_start().trim_start_matches('(');
        let digits = start.chars().take_while(char::is_ascii_digit).count();
        let rest = start.get(digits..).unwrap_or_default();
        let point = (1..=2).contains(&digits)
            && (rest.starts_with(')') || rest.starts_with(". ") || rest.starts_with('、'));
        if point { rest.chars().skip(1).collect() } else { line.to_owned() }
    };
    text.lines().map(line).collect::<Vec<String>>().join("\n")
}

/// Every figure and model that the keys hold, and the numbers of the contract's papers.
fn known(case: &Case<'_>, credit: &Credit<'_>) -> BTreeSet<Token> {
    let order = case.order;
    let mut texts: Vec<String> = Vec::new();
    let figure = |n: Decimal| n.normalize().to_string();
    for item in &credit.items {
        let line = item.value;
        texts.extend(line.name.clone());
        texts.extend(line.qty.map(figure));
        texts.extend(line.price.as_ref().map(|p| figure(p.value)));
        let amount = line.qty.zip(line.price.as_ref()).and_then(|(qty, p)| qty.checked_mul(p.value));
        texts.extend(amount.map(figure));
        texts.extend(
            [line.tolerance, line.price_tolerance]
                .into_iter()
                .flatten()
                .flat_map(|t| [figure(t.plus), figure(t.minus)]),
        );
    }
    let total = credit.items.iter().try_fold(Decimal::ZERO, |sum, i| sum.checked_add(i.value.qty?));
    texts.extend(total.map(figure));
    texts.extend(credit.figure().map(figure));
    texts.extend(credit.tolerance.iter().flat_map(|t| [figure(t.value.plus), figure(t.value.minus)]));
    texts.extend(credit.trade_term().map(|(term, _)| term.written));
    texts.extend(credit.extra.iter().filter_map(|e| e.value.amount.as_ref().map(|a| figure(a.value))));
    texts.extend(order.po.clone());
    texts.extend(order.marks.iter().cloned());
    for paper in order.docs.contract.iter().chain(&order.docs.proforma) {
        texts.extend(paper.paper.number.clone());
        let dates = paper.paper.day().into_iter().chain(order.signed);
        texts.extend(dates.flat_map(|day| {
            ["%Y-%m-%d", "%d.%m.%Y", "%Y %m %d", "%y%m%d", "%d %b %Y"].map(|f| day.format(f).to_string())
        }));
    }
    for item in &order.items {
        texts.extend([item.sku.clone(), item.name.clone()].into_iter().flatten());
        // Where these differ from the lines, the difference is said beside the line.
        texts.extend([item.qty, item.price.as_ref().map(|p| p.value)].into_iter().flatten().map(figure));
        if let Some((heading, rest)) = item.hs.as_deref().and_then(|hs| hs.split_at_checked(4)) {
            let sub = rest.get(..2).unwrap_or_default();
            texts.push(format!("{heading} {heading}{sub} {heading}.{sub} {heading}{rest} {heading}.{rest}"));
        }
    }
    texts.iter().flat_map(|text| goods::tokens(text)).collect()
}

/// The order's item that a line of 45A is about: the only one, or the one of its name.
fn counterpart<'a>(case: &Case<'a>, credit: &Credit<'_>, said: &Said<&CreditItem>) -> Option<&'a Item> {
    let items = &case.order.items;
    if let ([only], 1) = (items.as_slice(), credit.items.len()) {
        return Some(only);
    }
    let name = said.value.name.as_deref()?;
    let same = |item: &&Item| {
        item.name.as_deref().is_some_and(|own| {
            let compared = goods::compare(name, own);
            compared.missing.is_empty() && compared.added.is_empty()
        })
    };
    let mut all = items.iter().filter(same);
    let first = all.next()?;
    all.next().is_none().then_some(first)
}

fn differs(case: &Case<'_>, credit: &Credit<'_>, said: &Said<&CreditItem>, item: &Item, out: &mut Sink<'_>) {
    let line = said.value;
    let index = case.order.items.iter().position(|i| std::ptr::eq(i, item)).unwrap_or_default();
    let name = line.name.as_deref().or(item.name.as_deref()).unwrap_or_default();
    let called = arrival::called(credit);
    let unit = line.unit.as_deref().unwrap_or("PCS");
    if let Some((is, ought)) = line.qty.zip(item.qty) {
        let pair = (
            Quantity { value: is, unit: line.unit.as_deref() },
            Quantity { value: ought, unit: item.unit.as_deref() },
        );
        let inside = limit::quantity(line).is_some_and(|range| range.holds(ought));
        let other = quantity::compare(pair.0, pair.1) == Some(Outcome::Different);
        let one_unit = line.unit.as_deref().unwrap_or("PCS") == item.unit.as_deref().unwrap_or("PCS");
        if other && !(one_unit && inside) {
            let (is, ought) = (figures::number(is), figures::number(ought));
            let own = item.unit.as_deref().unwrap_or("PCS");
            let finding = out.report(bi!(
                "{called} 的 45A {name} 是 {is} {unit}，订单是 {ought} {own}",
                "{name} in 45A of {called} is {is} {unit}, the order says {ought} {own}"; called
            ));
            let places = (format!("{}.qty", said.source.path()), format!("items[{index}].qty"));
            close(case, credit, said, finding, places, [is, ought]);
        }
    }
    let same_currency = credit.money().is_none_or(|m| Some(m) == case.facts.goods.currency);
    if let Some((is, ought)) = line.price.as_ref().zip(item.price.as_ref()).filter(|_| same_currency) {
        let inside = limit::price(line).is_some_and(|range| range.holds(ought.value));
        let one_unit = line.unit.as_deref().unwrap_or("PCS") == item.unit.as_deref().unwrap_or("PCS");
        if one_unit && !inside {
            let currency = case.facts.goods.currency;
            let (is, ought) = (figures::price(is.value, currency), figures::price(ought.value, currency));
            let finding = out.report(bi!(
                "{called} 的 45A {name} 单价 {is}，订单是 {ought}",
                "the unit price of {name} in 45A of {called} is {is}, in the order {ought}"; called
            ));
            let places = (format!("{}.price", said.source.path()), format!("items[{index}].price"));
            close(case, credit, said, finding, places, [is, ought]);
        }
    }
}

fn close(
    case: &Case<'_>,
    credit: &Credit<'_>,
    said: &Said<&CreditItem>,
    finding: &mut crate::check::finding::Finding,
    (line, item): (String, String),
    values: [String; 2],
) {
    finding
        .judgement()
        .at(case.order.origin.place(&line), arrival::label(credit, said.source, ("45A 明细", "45A line")))
        .at(case.order.origin.place(&item), bi!("订单", "order"))
        .help(arrival::amend(&bi!(
            "45A 和订单一致；订单改过的，连合同一起更新",
            "45A to agree with the order; if the order has changed, bring the contract up to date as well"
        )))
        .values(values);
    arrival::close(case, credit, finding, Matters::UntilShipped);
}
