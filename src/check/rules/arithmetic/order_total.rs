//! `order-total`: a total that is not the sum of its parts.

use super::super::prelude::*;
use crate::check::shared::{figures, papers};
use crate::model::document::{Deduction, Invoice, Line, Printed};
use crate::model::value::money::round;
use crate::model::value::{Amount, Currency};
use chrono::NaiveDate;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "order-total",
    group: Group::Arithmetic,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: (
        "公司规定；信用证项下参看 ISBP 821 第 A22 段",
        "house rule; under a credit see ISBP 821 para. A22",
    ),
    title: ("总额加不起来", "total is not the sum of its parts"),
    docs: Docs {
        checks: (
            "商业发票各行金额加费用等于 total，total 减扣减等于 total_net；合同和形式发票各行加订单费用等于 total，没有分行时 total 等于订单总额。改单以前签的合同不比。",
            "Lines and charges of an invoice add to its total, total less deductions is its net total; lines of contract and proforma with the order's charges add to theirs, and without lines the total equals that of the order. A contract older than an amendment is not compared.",
        ),
        why: (
            "发票总额就是应收款；合同总额就是双方同意的价。",
            "The invoice total is what is owed, and the contract total is the agreed price.",
        ),
        fix: (
            "逐行核对，补上漏写的费用或扣减，或改总额。",
            "Go through the lines; add the missing charge or deduction, or correct the total.",
        ),
    },
    example: example!("order-total"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for (index, invoice) in case.order.docs.invoice.iter().enumerate().filter(|(_, i)| i.paper.is_current()) {
        invoice_total(case, index, invoice, out);
        invoice_net(case, index, invoice, out);
    }
    // An older proforma agreed other terms: only the last of its kind is held against the order.
    let mut papers = papers::priced(case.order).filter(|p| p.key != "invoice").peekable();
    let amended = Amended::of(case);
    while let Some(paper) = papers.next() {
        let last = papers.peek().is_none_or(|next| next.key != paper.key);
        contract_total(case, &paper, last && !amended.since(&paper), out);
    }
}

/// A sum that does not come out.
struct Sum<'a> {
    key: &'static str,
    index: usize,
    field: &'static str,
    parts: &'static str,
    written: &'a Amount,
    computed: Decimal,
    currency: Option<Currency>,
    paper: &'a Printed,
    /// What the parts are.
    what: crate::text::StaticBi,
}

fn compare(case: &Case<'_>, sum: &Sum<'_>, out: &mut Sink<'_>) {
    if sum.written.value == sum.computed {
        return;
    }
    let currency = sum.written.currency.or(sum.currency);
    let (title_zh, title_en) = papers::title(sum.key);
    let (what_zh, what_en) = sum.what;
    let field = if sum.field == "total_net" { ("扣减后", "net total") } else { ("总额", "total") };
    let written = figures::money(sum.written.value, currency);
    let computed = figures::money(sum.computed, currency);
    let apart = figures::money(figures::apart(sum.written.value, sum.computed), currency);
    let title = crate::text::Bi {
        zh: format!("{title_zh}{} {written}，{what_zh}是 {computed}，差 {apart}", field.0),
        en: format!("{title_en}: {} {written}, {what_en} {computed}, {apart} apart", field.1),
    };
    let Sum { key, index, .. } = *sum;
    let other = if sum.parts.starts_with("items") {
        sum.parts.to_owned()
    } else {
        format!("{key}[{index}].{}", sum.parts)
    };
    let finding = out
        .report(title)
        .at(case.order.origin.place(&format!("{key}[{index}].{}", sum.field)), bi!("写的", "written"))
        .at(case.order.origin.place(&other), bi!("合计 {computed}", "together {computed}"))
        .values([&written, &computed])
        .help(bi!(
            "逐行核对，看有没有漏登一行、一笔费用或扣减；都对就改总额",
            "go through the lines for a missing line, charge or deduction; if all are right, correct the total"
        ));
    papers::soften(finding, sum.paper);
}

fn invoice_total(case: &Case<'_>, index: usize, invoice: &Invoice, out: &mut Sink<'_>) {
    let currency = figures::currency(invoice.currency.as_deref(), case.facts.goods.currency);
    let (Some(written), Some(lines)) = (&invoice.total, lines(&invoice.lines, currency)) else { return };
    let Some(computed) = amounts(&invoice.charges).and_then(|c| lines.checked_add(c)) else { return };
    // A total printed after deductions is a total too; then there is no net total beside it.
    if invoice.total_net.is_none() && net(&invoice.deductions, computed) == Some(written.value) {
        return;
    }
    let what = ("各行加费用", "lines and charges give");
    compare(
        case,
        &Sum {
            key: "invoice",
            index,
            field: "total",
            parts: "lines",
            written,
            computed,
            currency,
            paper: &invoice.paper,
            what,
        },
        out,
    );
}

fn invoice_net(case: &Case<'_>, index: usize, invoice: &Invoice, out: &mut Sink<'_>) {
    let currency = figures::currency(invoice.currency.as_deref(), case.facts.goods.currency);
    let (Some(total), Some(written)) = (&invoice.total, &invoice.total_net) else { return };
    let Some(computed) = net(&invoice.deductions, total.value) else { return };
    let what = ("总额减扣减", "total less deductions");
    compare(
        case,
        &Sum {
            key: "invoice",
            index,
            field: "total_net",
            parts: "deductions",
            written,
            computed,
            currency,
            paper: &invoice.paper,
            what,
        },
        out,
    );
}

fn contract_total(case: &Case<'_>, paper: &papers::Priced<'_>, current: bool, out: &mut Sink<'_>) {
    let Some(written) = paper.total else { return };
    let goods = &case.facts.goods;
    let currency = figures::currency(paper.currency, goods.currency);
    let charges = goods.total.zip(goods.value).and_then(|(t, v)| t.checked_sub(v)).unwrap_or_default();
    let sum = |computed, parts, what| Sum {
        key: paper.key,
        index: paper.index,
        field: "total",
        parts,
        written,
        computed,
        currency,
        paper: paper.paper,
        what,
    };
    if let Some(lines) = lines(paper.lines, currency) {
        if lines != written.value {
            compare(
                case,
                &sum(lines.saturating_add(charges), "lines", ("各行加费用", "lines and charges give")),
                out,
            );
        }
    } else if let Some(total) = goods.total.filter(|_| current && currency == goods.currency) {
        compare(case, &sum(total, "items", ("订单货款加费用", "items and charges of the order give")), out);
    }
}

/// When the contract was last changed.
struct Amended {
    last: Option<NaiveDate>,
    undated: bool,
}

impl Amended {
    fn of(case: &Case<'_>) -> Self {
        let list = &case.order.amendments;
        Self {
            last: list.iter().filter_map(|a| a.date).max(),
            undated: list.iter().any(|a| a.date.is_none()),
        }
    }

    fn since(&self, paper: &papers::Priced<'_>) -> bool {
        self.undated || self.last.is_some_and(|last| paper.paper.day().is_none_or(|day| last >= day))
    }
}

/// Sum of the lines, each as printed or computed; nothing when one line has no amount.
fn lines(lines: &[Line], currency: Option<Currency>) -> Option<Decimal> {
    if lines.is_empty() {
        return None;
    }
    let minor = currency.map_or(2, Currency::minor);
    lines.iter().try_fold(Decimal::ZERO, |sum, line| {
        let amount = match (&line.amount, line.qty, &line.price) {
            (Some(amount), _, _) => amount.value,
            (None, Some(qty), Some(price)) => round(qty.checked_mul(price.value)?, minor),
            _ => return None,
        };
        sum.checked_add(amount)
    })
}

fn amounts(list: &[Deduction]) -> Option<Decimal> {
    list.iter().try_fold(Decimal::ZERO, |sum, d| sum.checked_add(d.amount.as_ref()?.value))
}

/// What is left after deductions; some write them negative, as they print them.
fn net(deductions: &[Deduction], total: Decimal) -> Option<Decimal> {
    let sum = deductions
        .iter()
        .try_fold(Decimal::ZERO, |sum, d| sum.checked_add(d.amount.as_ref()?.value.abs()))?;
    total.checked_sub(sum)
}
