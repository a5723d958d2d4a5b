//! `line-amount`: an amount that is not quantity × price.

use super::super::prelude::*;
use crate::check::shared::{figures, papers};
use crate::model::value::money::round;
use crate::model::value::near::transposed_digits;
use crate::model::value::{Amount, Currency};
use crate::text::Bi;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "line-amount",
    group: Group::Arithmetic,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: (
        "公司规定；信用证项下参看 ISBP 821 第 A22 段",
        "house rule; under a credit see ISBP 821 para. A22",
    ),
    title: ("金额不等于数量×单价", "amount is not quantity × price"),
    docs: Docs {
        checks: (
            "订单里写明的 amount、合同、形式发票、商业发票每一行的金额等于数量×单价，按币种的小数位四舍五入。订单里导入的 amount 与四舍五入过的单价之差只作提示。",
            "Every written amount of the order, and of each line of contract, proforma and commercial invoice, is quantity × price rounded half up to the currency's decimals. An imported amount of the order that differs only because its price is rounded is a note.",
        ),
        why: (
            "行金额错，总额跟着错，客户就按错的付。",
            "A wrong line makes a wrong total, and the buyer pays what is printed.",
        ),
        fix: (
            "核对数量、单价、金额三个数，改错的那个。导入的旧单金额确实这样的，豁免并写明原因。",
            "Check quantity, price and amount and correct the wrong one. If an imported order really carries this amount, waive it with the reason.",
        ),
    },
    example: example!("line-amount"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let own = case.facts.goods.currency;
    for (index, item) in case.order.items.iter().enumerate() {
        let row =
            Row { qty: item.qty, price: item.price.as_ref(), amount: item.amount.as_ref(), currency: own };
        if let Some(wrong) = row.wrong() {
            let (path, what) = (format!("items[{index}]"), bi!("订单第 {} 项", "order item {}", index + 1));
            let finding = report(case, &wrong, &path, &what, out);
            if wrong.is_rounded_price() {
                finding.severity(Severity::Info).help(bi!(
                    "差额在单价四舍五入的范围内，以 amount 为准；要一致就把单价写全小数",
                    "the price is rounded and the amount counts; write all decimals of the price to make them agree"
                ));
            }
        }
    }
    for paper in papers::priced(case.order) {
        let currency = figures::currency(paper.currency, own);
        for (index, line) in paper.lines.iter().enumerate() {
            let row =
                Row { qty: line.qty, price: line.price.as_ref(), amount: line.amount.as_ref(), currency };
            let Some(wrong) = row.wrong() else { continue };
            let (zh, en) = papers::title(paper.key);
            let what = bi!("{zh}第 {} 行", "{en} line {}", index + 1);
            let path = format!("{}[{}].lines[{index}]", paper.key, paper.index);
            papers::soften(report(case, &wrong, &path, &what, out), paper.paper);
        }
    }
}

/// One line as written.
struct Row<'a> {
    qty: Option<Decimal>,
    price: Option<&'a Amount>,
    amount: Option<&'a Amount>,
    currency: Option<Currency>,
}

/// A line whose figures contradict each other.
struct Wrong {
    qty: Decimal,
    price: Decimal,
    written: Decimal,
    computed: Decimal,
    currency: Option<Currency>,
}

impl Wrong {
    /// A register keeps the amount and a price rounded to its last decimal: the amount is within that rounding.
    fn is_rounded_price(&self) -> bool {
        let half = Decimal::new(5, self.price.scale().max(2).saturating_add(1));
        let most = self.qty.abs().checked_mul(half);
        most.is_some_and(|most| figures::apart(self.written, self.computed) <= most)
    }
}

impl Row<'_> {
    fn wrong(&self) -> Option<Wrong> {
        let (qty, price, amount) = (self.qty?, self.price?, self.amount?);
        let currency = amount.currency.or(self.currency);
        let minor = currency.map_or(2, Currency::minor);
        let computed = round(qty.checked_mul(price.value)?, minor);
        (computed != amount.value).then_some(Wrong {
            qty,
            price: price.value,
            written: amount.value,
            computed,
            currency,
        })
    }
}

fn report<'s>(
    case: &Case<'_>,
    wrong: &Wrong,
    path: &str,
    what: &Bi,
    out: &'s mut Sink<'_>,
) -> &'s mut crate::check::finding::Finding {
    let (qty, price) = (figures::number(wrong.qty), figures::price(wrong.price, wrong.currency));
    let written = figures::money(wrong.written, wrong.currency);
    let computed = figures::money(wrong.computed, wrong.currency);
    let apart = figures::money(figures::apart(wrong.written, wrong.computed), wrong.currency);
    let slip = match transposed_digits(wrong.written, wrong.computed) {
        Some((a, b)) => bi!("像是 {a} 和 {b} 写颠倒了；", "{a} and {b} look swapped; "),
        None => Bi::default(),
    };
    out.report(bi!(
        "{what}金额 {written}，{qty}×{price} 是 {computed}，差 {apart}",
        "{what}: amount {written}, but {qty} × {price} is {computed}, {apart} apart"; what
    ))
    .at(case.order.origin.place(&format!("{path}.amount")), bi!("应是 {computed}", "should be {computed}"))
    .at(case.order.origin.place(&format!("{path}.qty")), bi!("数量", "quantity"))
    .at(case.order.origin.place(&format!("{path}.price")), bi!("单价", "price"))
    .values([&written, &computed])
    .help(bi!(
        "{slip}核对数量和单价，改错的那个数",
        "{slip}check quantity and price, and correct the figure that is wrong"; slip
    ))
}
