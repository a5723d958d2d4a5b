//! `docs-total-gross`: papers disagree on the gross weight.

use super::super::prelude::*;

use crate::check::shared::totals::{self, Total};
use crate::derive::claims::Figure;

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-total-gross",
    group: Group::Documents,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 d 款（信用证项下）", "UCP 600 art. 14(d), under a credit"),
    title: ("单据之间毛重不一致", "papers disagree on the gross weight"),
    docs: Docs {
        checks: (
            "同一批的发票、装箱单、运输单据、产地证、证明、报关单，凡印了毛重的，都要一样，容差 0。报关单按取整后比；提单等别人出的单据只印整数、差不到 0.5 公斤的，是警告。两份对一份，少的那份先看；一份对一份，以发票、装箱单为准。没印的不比，草稿只是警告。只有报关单和装箱单不同的，由 decl-vs-packing 说。",
            "Gross weight is the same on every paper of a shipment that prints it: invoice, packing list, transport document, certificates, declaration; tolerance 0. The declaration is compared after rounding; a paper made by others that prints whole kilograms and lies within 0.5 kg is a warning. Two against one, the one is looked at first; one against one, the invoice or the packing list counts. Nothing printed, nothing compared; a draft is a warning. A declaration that differs from the packing list is the business of decl-vs-packing.",
        ),
        why: (
            "毛重对不上，银行可以拒付，海关可以查验，船公司可以按重的一份收费。",
            "Weights that disagree let a bank refuse, customs inspect, and the carrier bill by the heavier one.",
        ),
        fix: (
            "先看原件，多半是登记时抄错、数字写反或把磅当公斤。真印错的，找出单的人改单，开船前最容易。",
            "Look at the originals: most often a figure was copied wrongly, digits were swapped, or pounds were taken for kilograms. If it is printed wrongly, have its maker correct it; before departure that is easiest.",
        ),
    },
    example: example!("docs-total-gross"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    totals::check(
        case,
        &Total {
            figure: Figure::Gross, name: ("毛重", "gross weight is"), unit: " KG", customs_apart: true
        },
        out,
    );
}
