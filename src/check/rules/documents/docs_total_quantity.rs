//! `docs-total-quantity`: papers disagree on the quantity.

use super::super::prelude::*;

use crate::check::shared::totals::{self, Total};
use crate::derive::claims::Figure;

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-total-quantity",
    group: Group::Documents,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "UCP 600 第 14 条 d 款；ISBP 745 C11、M6（信用证项下）",
        "UCP 600 art. 14(d); ISBP 745 C11, M6, under a credit",
    ),
    title: ("单据之间数量不一致", "papers disagree on the quantity"),
    docs: Docs {
        checks: (
            "同一批的发票、装箱单、产地证、检验证、提单、报关单，凡印了总数量或每行数量的，换算成同一单位后相等。单位量的不是一种东西（件和公斤）不比。两份对一份，少的那份先看；一份对一份，以发票、装箱单为准。草稿只是警告。",
            "The quantity printed by invoice, packing list, certificates, transport document and declaration of one shipment, in total or line by line, is equal after conversion into one unit. Units that measure different things (pieces and kilograms) are not compared. Two against one, the one is looked at first; one against one, the invoice or the packing list counts. A draft is a warning.",
        ),
        why: (
            "发票 9,300、装箱单 9,030，银行拒付，客户按少的付。",
            "An invoice for 9,300 with a packing list of 9,030 is refused by the bank, and the buyer pays for the smaller figure.",
        ),
        fix: (
            "先看原件，抄错就改登记；再看是不是漏登一行。真印错的，重出那一份。",
            "Look at the originals and correct the record if it was copied wrongly, or a line is missing. Otherwise issue the wrong paper again.",
        ),
    },
    example: example!("docs-total-quantity"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    totals::check(
        case,
        &Total { figure: Figure::Quantity, name: ("数量", "quantity is"), unit: "", customs_apart: false },
        out,
    );
}
