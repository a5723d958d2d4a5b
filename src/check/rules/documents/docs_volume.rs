//! `docs-volume`: papers disagree on the volume.

use super::super::prelude::*;

use crate::check::shared::totals::{self, Total};
use crate::derive::claims::Figure;

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-volume",
    group: Group::Documents,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 14 条 d 款（信用证项下）", "UCP 600 art. 14(d), under a credit"),
    title: ("单据之间体积不一致", "papers disagree on the volume"),
    docs: Docs {
        checks: (
            "同一批的装箱单、提单等，凡印了体积的，相差不超过 0.01 立方米（小数位数不同不算）。两份对一份，少的那份先看；一份对一份，以发票、装箱单为准。",
            "Volume printed by packing list, bill of lading and others of one shipment lies within 0.01 m3; different numbers of decimals are no difference. Two against one, the one is looked at first; one against one, the invoice or the packing list counts.",
        ),
        why: (
            "拼箱按体积收费，差一点就多付；银行也可能拿它当不符点。",
            "Less than a container load is billed by volume, and a bank may take a difference for a discrepancy.",
        ),
        fix: (
            "先看原件，抄错就改登记。货代按实测改过体积的，装箱单跟着改。",
            "Look at the originals and correct the record if it was copied wrongly. If the forwarder measured again, change the packing list too.",
        ),
    },
    example: example!("docs-volume"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    totals::check(
        case,
        &Total { figure: Figure::Volume, name: ("体积", "volume is"), unit: " CBM", customs_apart: false },
        out,
    );
}
