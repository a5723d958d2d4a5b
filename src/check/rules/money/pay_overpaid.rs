//! `pay-overpaid`: more came in than is due, and nobody has decided what becomes of it.

use rust_decimal::Decimal;

use crate::check::shared::money;
use crate::derive::money::{Reason, Source};

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "pay-overpaid",
    group: Group::Money,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.3.0",
    source: ("公司规定", "house rule"),
    title: ("多收了钱", "paid too much"),
    docs: Docs {
        checks: (
            "收到的钱（含手续费）减去退款，多过应收减去贷项，差 0.01 以上。付清以后才开贷项通知单的，也是客户多付。取消的订单由 cancel-clean 说。",
            "Receipts with their charges, less refunds, exceed what is due, less credits, by more than 0.01. A credit note after full payment leaves a credit balance as well. Cancelled orders are for cancel-clean.",
        ),
        why: (
            "多收的钱不是我们的：不处理，退税、收汇对不上，客户查到也难看。",
            "It is not our money: exchange and tax records stop matching, and sooner or later the buyer finds out.",
        ),
        fix: (
            "先看是不是付错订单、付了两次、手续费重复加。退的登记 [[credits]] 的 refund；转到别的订单的，这里记一条负数写 why，那边记一条正数。",
            "See first whether it was meant for another order, paid twice, or a charge was counted twice. Record what goes back in [[credits]] as refund; what belongs to another order as a negative receipt here, with why, and a receipt there.",
        ),
    },
    example: example!("pay-overpaid"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let facts = &case.facts.money;
    let over = facts.over;
    if case.facts.is_cancelled() || over <= Decimal::new(1, 2) {
        return;
    }
    let total =
        facts.lines.iter().filter_map(|line| line.amount).fold(Decimal::ZERO, Decimal::saturating_add);
    let due = total.saturating_sub(facts.credited);
    let received = facts.received.saturating_sub(facts.refunded);
    let (figure, due_text, received_text) =
        (money::figure(case, over), money::bare(case, due), money::bare(case, received));
    let adds_up = received.saturating_sub(due) == over;
    let title = if adds_up {
        bi!(
            "多收 {figure}：应收 {due_text}，收到 {received_text}",
            "{figure} too much: due {due_text}, received {received_text}"
        )
    } else {
        bi!("客户账上多出 {figure}，没有对应的应收", "{figure} too much: nothing is due for it")
    };
    let finding = out.report(title);
    for kept in facts.unallocated.iter().filter(|u| u.reason == Reason::Over) {
        let part = money::bare(case, kept.amount);
        let label = match kept.source {
            Source::Receipt(_) => bi!("多 {part}", "{part} too much"),
            Source::Credit(_) => bi!("付清以后减的，多出 {part}", "credited after payment, {part} too much"),
        };
        finding.at(money::amount(case, kept.source), label);
    }
    let values = if adds_up { vec![figure, due_text, received_text] } else { vec![figure] };
    finding.values(values).help(bi!(
        "先看是不是付错订单、同一笔登记了两次、手续费重复加。是别的订单的：这里记一条负数的 [[received]] 写 why，那边记一条正数；退给客户的，退了登记 [[credits]]，kind = \"refund\"；想留着抵下一单，先要客户书面同意",
        "first see whether it was meant for another order, entered twice, or a charge was counted twice. If another order's: a negative [[received]] with why here, and a receipt there. If it goes back: record [[credits]] with kind = \"refund\" once it did. To keep it for the next order, get the buyer's consent in writing"
    ));
}
