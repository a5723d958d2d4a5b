//! `docs-total-net`: papers disagree on the net weight.

use super::super::prelude::*;

use crate::check::shared::totals::{self, Total};
use crate::derive::claims::Figure;

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-total-net",
    group: Group::Documents,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 d 款（信用证项下）", "UCP 600 art. 14(d), under a credit"),
    title: ("单据之间净重不一致", "papers disagree on the net weight"),
    docs: Docs {
        checks: (
            "同一批的发票、装箱单、产地证、证明、报关单，凡印了净重的，都要一样，容差 0。报关单按取整后比；别人出的单据只印整数、差不到 0.5 公斤的，是警告。两份对一份，少的那份先看；一份对一份，以发票、装箱单为准。没印的不比，草稿只是警告。报关单和装箱单不同的，由 decl-vs-packing 说。",
            "Net weight is the same on every paper of a shipment that prints it; tolerance 0. The declaration is compared after rounding; a paper made by others that prints whole kilograms and lies within 0.5 kg is a warning. Two against one, the one is looked at first; one against one, the invoice or the packing list counts. Nothing printed, nothing compared; a draft is a warning. A declaration that differs from the packing list is the business of decl-vs-packing.",
        ),
        why: (
            "净重是计价、退税和关税的数，银行也比。",
            "Net weight is what prices, refunds and duties are worked out from, and banks compare it.",
        ),
        fix: (
            "先看原件，抄错就改登记。真印错的，重出那一份。",
            "Look at the originals and correct the record if it was copied wrongly; otherwise issue the wrong paper again.",
        ),
    },
    example: example!("docs-total-net"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    totals::check(
        case,
        &Total { figure: Figure::Net, name: ("净重", "net weight is"), unit: " KG", customs_apart: true },
        out,
    );
}
