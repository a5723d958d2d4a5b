//! Limits of the credit with their arithmetic: quantity, amount, partial shipment, transhipment. Amount, quantity and
//! price have limits of their own (UCP 600 art. 30); the bounds shown are those that the rules use.

use rust_decimal::Decimal;

use super::{Block, weigh};
use crate::check::finding::Finding;
use crate::compare::goods;
use crate::derive::credit::Said;
use crate::derive::credit::limit::{self, By, Range};
use crate::derive::exam::Exam;
use crate::load::fields::Allowed;
use crate::model::document::{CreditItem, Line};
use crate::model::value::{Mode, Unit};
use crate::publish::ctx::Ctx;
use crate::say;
use crate::site::view::{CreditCheck, Mark};

/// The checks, in the order in which an examiner asks.
pub(super) fn of(block: &Block<'_, '_>) -> Vec<CreditCheck> {
    let mut all: Vec<CreditCheck> =
        block.credit.items.iter().filter_map(|item| quantity(block, item)).collect();
    all.extend(amount(block));
    all.extend(partial(block));
    all.extend(transhipment(block));
    all
}

/// Sets that count: what a later presentation cures is history.
fn sets<'s, 'a>(block: &'s Block<'_, 'a>) -> impl Iterator<Item = &'s Exam<'a>> {
    block.exams.iter().filter(|e| !e.past).copied()
}

fn check(block: &Block<'_, '_>, label: &str, text: String, mark: Mark, findings: &[&Finding]) -> CreditCheck {
    CreditCheck {
        label: label.to_owned(),
        text,
        mark: weigh(findings).unwrap_or(mark),
        problems: block.links(findings),
    }
}

/// Findings of rules that judge a limit.
fn by_rule<'a>(block: &Block<'_, 'a>, names: &[&str]) -> Vec<&'a Finding> {
    let all = block.findings.iter().filter(|f| super::counts(f) && names.contains(&f.rule.name));
    all.copied().collect()
}

/// `20,400 ≤ 20,000 + 5% = 21,000（45A 写明）`.
fn quantity(block: &Block<'_, '_>, item: &Said<&CreditItem>) -> Option<CreditCheck> {
    let (ctx, line) = (block.ctx, item.value);
    let range = limit::quantity(line)?;
    let figure = line.qty?;
    let unit = line.unit.as_deref().unwrap_or("PCS");
    let single = block.credit.items.len() == 1;
    let name = line.name.as_deref().filter(|_| !single).unwrap_or_default();
    let label = say!(ctx, "数量 {name} {unit}", "Quantity {name} {unit}").replace("  ", " ");
    let bound = bound(ctx, figure, range);
    let lines: Vec<&Line> = sets(block)
        .flat_map(|e| e.papers.invoice.iter().flat_map(|(_, i)| &i.lines))
        .filter(|l| single || is_same(line, l))
        .collect();
    let findings = by_rule(block, &["credit-quantity"]);
    let findings: Vec<&Finding> = if single { findings } else { Vec::new() };
    if lines.is_empty() {
        return Some(check(block, &label, bound, Mark::Todo, &findings));
    }
    let invoiced =
        lines.iter().map(|l| in_unit(l, line)).try_fold(Decimal::ZERO, |sum, q| sum.checked_add(q?));
    let Some(invoiced) = invoiced else {
        let text = say!(ctx, "单位不同，要人看：{bound}", "other units, to be looked at: {bound}");
        return Some(check(block, &label, text, Mark::Warn, &findings));
    };
    let low = range.low.filter(|_| !block.credit.allows_partial());
    let inside = Range { low, ..range }.holds(invoiced);
    let is = ctx.number(invoiced);
    let text =
        if inside { format!("{is} {bound}") } else { say!(ctx, "{is}，限 {bound}", "{is}, limit {bound}") };
    Some(check(block, &label, text, if inside { Mark::Done } else { Mark::Late }, &findings))
}

fn is_same(item: &CreditItem, line: &Line) -> bool {
    let (Some(asked), Some(printed)) = (item.name.as_deref(), line.name.as_deref()) else { return false };
    let compared = goods::compare(asked, printed);
    compared.coverage >= 800 && !compared.lacks_hard()
}

fn in_unit(line: &Line, item: &CreditItem) -> Option<Decimal> {
    let qty = line.qty?;
    let (from, to) = (line.unit.as_deref().unwrap_or("PCS"), item.unit.as_deref().unwrap_or("PCS"));
    if from == to {
        return Some(qty);
    }
    Unit::parse(from)?.convert(qty, Unit::parse(to)?)
}

/// `≤ 20,000 + 5% = 21,000（45A 写明）`.
fn bound(ctx: &Ctx<'_>, figure: Decimal, range: Range) -> String {
    let base = ctx.number(figure);
    let most = range.high.map(exact).unwrap_or_default();
    match range.by {
        By::Stated(t) => {
            let plus = t.plus.normalize();
            say!(
                ctx,
                "≤ {base} + {plus}% = {most}（45A 写明）",
                "≤ {base} + {plus}% = {most} (stated in 45A)"
            )
        }
        By::FivePercent => {
            say!(ctx, "≤ {base} + 5% = {most}（30 条 b 款）", "≤ {base} + 5% = {most} (article 30 b)")
        }
        By::Maximum => say!(ctx, "≤ {base}（最多）", "≤ {base} (maximum)"),
        By::Exact => say!(ctx, "= {base}（没有浮动）", "= {base} (no tolerance)"),
    }
}

/// With thousands groups and every decimal: a bound is never rounded.
fn exact(value: Decimal) -> String {
    let value = value.normalize();
    crate::model::value::money::group(value, value.scale())
}

/// `58,344.00 ≤ 57,200.00 + 5% = 60,060.00（39A）`.
fn amount(block: &Block<'_, '_>) -> Option<CreditCheck> {
    let (ctx, credit) = (block.ctx, block.credit);
    let (figure, range) = (credit.figure()?, limit::amount(credit)?);
    let currency = credit.money().or(block.facts.goods.currency);
    let most = range.high?;
    let base = ctx.amount(figure, currency);
    let extra = most.checked_sub(match range.by {
        By::Stated(t) => t.range(figure)?.1,
        _ => figure,
    })?;
    let mut sum = match range.by {
        By::Stated(t) => {
            let plus = t.plus.normalize();
            format!("{base} + {plus}%")
        }
        _ => base.clone(),
    };
    if !extra.is_zero() {
        let extra = ctx.amount(extra, currency);
        sum.push_str(&say!(ctx, " + {extra}（39C）", " + {extra} (39C)"));
    }
    let most = if most == figure { String::new() } else { format!(" = {}", exact_money(ctx, most, block)) };
    let by = if matches!(range.by, By::Stated(_)) { ctx.word(("（39A）", " (39A)")) } else { "" };
    let code = currency.map(|c| c.code()).unwrap_or_default();
    let claimed = claimed(block);
    let findings = by_rule(block, &["credit-amount", "pay-lc-drawing-balance"]);
    let label = say!(ctx, "金额 {code}", "Amount {code}");
    let Some(claimed) = claimed else {
        return Some(check(block, label.trim(), format!("≤ {sum}{most}{by}"), Mark::Todo, &findings));
    };
    let inside = range.high.is_some_and(|most| claimed <= most);
    let is = ctx.amount(claimed, currency);
    let sign = if inside { "≤" } else { ">" };
    let text = format!("{is} {sign} {sum}{most}{by}");
    Some(check(block, label.trim(), text, if inside { Mark::Done } else { Mark::Late }, &findings))
}

/// A bound of the amount with all its decimals, at least those of the currency.
fn exact_money(ctx: &Ctx<'_>, value: Decimal, block: &Block<'_, '_>) -> String {
    let currency = block.credit.money().or(block.facts.goods.currency);
    let minor = currency.map_or(2, |c| c.minor());
    if value.normalize().scale() > minor { exact(value) } else { ctx.amount(value, currency) }
}

/// What is claimed in all: what presentations ask for, and the invoices of what is not presented yet.
fn claimed(block: &Block<'_, '_>) -> Option<Decimal> {
    let mut sum: Option<Decimal> = None;
    for exam in sets(block) {
        let asked = exam.presentation.and_then(|(_, p)| p.amount.as_ref()).map(|a| a.value);
        let invoices =
            exam.papers.invoice.iter().filter_map(|(_, i)| i.total_net.as_ref().or(i.total.as_ref()));
        let invoiced = invoices.map(|a| a.value).reduce(Decimal::saturating_add);
        if let Some(part) = asked.or(invoiced) {
            sum = Some(sum.unwrap_or_default().saturating_add(part));
        }
    }
    sum
}

fn partial(block: &Block<'_, '_>) -> Option<CreditCheck> {
    let ctx = block.ctx;
    let written = block.credit.partial?;
    let count = block.order.shipments.len().max(block.facts.shipments.len());
    let lots = match count {
        0 => String::new(),
        1 => say!(ctx, "：1 批", ": 1 shipment"),
        n => say!(ctx, "：{n} 批", ": {n} shipments"),
    };
    let (text, mark) = match written.value {
        Allowed::Yes => (say!(ctx, "允许{lots}", "allowed{lots}"), Mark::Done),
        // Several bills for one voyage are one shipment (art. 31 b): a person must look.
        Allowed::No => {
            (say!(ctx, "不允许{lots}", "not allowed{lots}"), if count > 1 { Mark::Warn } else { Mark::Done })
        }
        Allowed::Conditional => {
            (say!(ctx, "有条件{lots}，看原文", "conditional{lots}, read the words"), Mark::Warn)
        }
    };
    let label = ctx.word(("分批 43P", "Partial 43P"));
    Some(check(block, label, text, mark, &by_rule(block, &["credit-partial", "credit-instalment"])))
}

fn transhipment(block: &Block<'_, '_>) -> Option<CreditCheck> {
    let ctx = block.ctx;
    let written = block.credit.transhipment?;
    let boxed = block.order.mode == Some(Mode::SeaFcl);
    let (word, mark) = match written.value {
        Allowed::Yes => (("允许", "allowed"), Mark::Done),
        Allowed::No if boxed => (
            (
                "不允许；集装箱货照样可转（20 条 c 款）",
                "not allowed; containers may be transhipped all the same (article 20 c)",
            ),
            Mark::Done,
        ),
        Allowed::No => (("不允许：看提单", "not allowed: look at the B/L"), Mark::Warn),
        Allowed::Conditional => (("有条件，看原文", "conditional, read the words"), Mark::Warn),
    };
    let findings = by_rule(block, &["credit-bl-tranship"]);
    Some(check(block, ctx.word(("转运 43T", "Transhipment 43T")), ctx.word(word).to_owned(), mark, &findings))
}
