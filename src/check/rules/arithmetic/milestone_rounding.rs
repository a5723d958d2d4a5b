//! `milestone-rounding`: the advance on an invoice is not the instalment it stands for.

use super::super::prelude::*;
use crate::check::shared::{figures, papers};
use crate::model::value::{Method, Share};
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "milestone-rounding",
    group: Group::Arithmetic,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("发票扣的预付款和分期不符", "advance on the invoice is not the instalment"),
    docs: Docs {
        checks: (
            "整单一张发票时，deductions 里的预付款等于付款方式算出的定金（最后一期拿尾差），或等于实收的定金。",
            "Where one invoice covers the order, the advance among its deductions equals the deposit that the payment terms give (the last instalment takes the rounding), or the deposit that was received.",
        ),
        why: (
            "两期各自四舍五入，加起来会差一分钱；预付款扣错，尾款就收错。",
            "Instalments rounded each on its own miss the total by a cent; a wrong advance makes a wrong balance.",
        ),
        fix: (
            "定金按比例四舍五入到分，尾款是总额减定金；发票照此改。",
            "Round the deposit, and let the balance be total less deposit; correct the invoice.",
        ),
    },
    example: example!("milestone-rounding"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut invoices = case.order.docs.invoice.iter().enumerate().filter(|(_, i)| i.paper.is_current());
    let (Some((index, invoice)), None) = (invoices.next(), invoices.next()) else { return };
    let Some(at) = invoice.deductions.iter().position(|d| d.kind.as_deref().is_some_and(is_advance)) else {
        return;
    };
    let (Some(advance), Some(total)) =
        (invoice.deductions.get(at).and_then(|d| d.amount.as_ref()), invoice.total.as_ref())
    else {
        return;
    };
    let goods = &case.facts.goods;
    let Some(due) = deposit(case, total.value) else { return };
    let advance_value = advance.value.abs();
    // The deposit was computed on the contract; the invoice may differ from it within the tolerance.
    let of_contract = goods.total.and_then(|t| deposit(case, t));
    if advance_value == due || Some(advance_value) == of_contract || paid(case, advance_value) {
        return;
    }
    let currency =
        advance.currency.or_else(|| figures::currency(invoice.currency.as_deref(), goods.currency));
    let (written, wanted) = (figures::money(advance_value, currency), figures::money(due, currency));
    let apart = figures::money(figures::apart(advance_value, due), currency);
    let finding = out
        .report(bi!(
            "发票扣预付款 {written}，按付款方式定金是 {wanted}，差 {apart}",
            "the invoice deducts an advance of {written}, the terms make the deposit {wanted}, {apart} apart"
        ))
        .at(case.order.origin.place(&format!("invoice[{index}].deductions[{at}].amount")), bi!("扣的", "deducted"))
        .at(case.order.origin.place("payment"), bi!("定金 {wanted}", "deposit {wanted}"))
        .values([&written, &wanted])
        .help(bi!(
            "定金四舍五入到最小单位，尾款拿尾差；客户实付不同就照收款登记扣",
            "round the deposit to the minor unit and leave the rest to the balance; if another sum was paid, record the receipt and deduct that"
        ));
    papers::soften(finding, &invoice.paper);
}

fn is_advance(kind: &str) -> bool {
    ["advance", "deposit", "prepayment", "预付", "预付款", "定金"]
        .iter()
        .any(|k| k.eq_ignore_ascii_case(kind.trim()))
}

/// What the deposits come to; nothing without a percentage or with nothing to pay later.
fn deposit(case: &Case<'_>, total: Decimal) -> Option<Decimal> {
    let terms = case.facts.money.terms.as_ref()?;
    let parts = terms.split(total, case.facts.goods.minor());
    let mut sum = None;
    for (instalment, part) in terms.instalments.iter().zip(parts) {
        if instalment.method == Method::Deposit && !matches!(instalment.share, Share::Balance) {
            sum = Some(sum.unwrap_or(Decimal::ZERO).saturating_add(part));
        }
    }
    sum
}

/// The sum came in, alone or together with the receipts before it, with or without bank charges.
fn paid(case: &Case<'_>, advance: Decimal) -> bool {
    let (mut net, mut gross) = (Decimal::ZERO, Decimal::ZERO);
    case.order.received.iter().any(|receipt| {
        let Some(amount) = receipt.amount.as_ref().map(|a| a.value) else { return false };
        let charges = receipt.charges.iter().fold(Decimal::ZERO, |sum, c| sum.saturating_add(c.value));
        net = net.saturating_add(amount);
        gross = gross.saturating_add(amount).saturating_add(charges);
        [amount, amount.saturating_add(charges), net, gross].contains(&advance)
    })
}
