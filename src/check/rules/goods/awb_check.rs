//! `awb-check`: an air waybill number whose last digit is wrong.

use super::super::prelude::*;
use crate::check::shared::papers;
use crate::derive::papers::{Paper, is_known};
use crate::model::document::AwbKind;
use crate::model::value::{AwbError, AwbNumber};

/// The rule.
pub static RULE: Rule = Rule {
    name: "awb-check",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "IATA 第 600a 号决议（空运单号，模 7 校验）",
        "IATA Resolution 600a (air waybill numbers, modulo 7)",
    ),
    title: ("空运单号不对", "air waybill number wrong"),
    docs: Docs {
        checks: (
            "主单号是 3 位航空公司代码加 8 位数字，最后一位等于前 7 位除以 7 的余数。分单没有校验位，不查；没写主单还是分单的，形状像主单才查。",
            "A master air waybill number is the airline's three digits and eight more, the last of which is the rest of the seven before it divided by 7. House waybills have no check digit and are not checked; where the kind is not written, only what looks like a master number is.",
        ),
        why: (
            "单号错一位，航空公司官网查不到货，报关单、舱单也对不上。",
            "With one digit wrong the airline finds no shipment, and declaration and manifest do not match.",
        ),
        fix: (
            "照运单原件或航空公司官网核对。",
            "Compare it with the waybill itself or the airline's tracking.",
        ),
    },
    example: example!("awb-check"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for (index, waybill) in case.order.docs.awb.iter().enumerate() {
        let paper = Paper { key: "awb", index, printed: &waybill.paper };
        if waybill.kind == Some(AwbKind::House) || !is_known(&waybill.paper, case.as_of()) {
            continue;
        }
        let Some(number) = waybill.paper.number.as_deref() else { continue };
        let why = match AwbNumber::parse(number) {
            Ok(_) => continue,
            Err(AwbError::Shape) if waybill.kind.is_none() => continue,
            Err(AwbError::Shape) => bi!(
                "应是 3 位航空公司代码加 8 位数字",
                "a number is the airline's three digits and eight more"
            ),
            Err(AwbError::CheckDigit(right)) => bi!(
                "校验位不对，前面没错的话最后一位应是 {right}",
                "the check digit is wrong; if the others are right it is {right}"
            ),
        };
        let finding = out
            .report(bi!("空运单号 {number} 不对：{why}", "air waybill number {number}: {why}"; why))
            .at(case.order.origin.place(&paper.path("number")), bi!("{why}", "{why}"; why))
            .values([number])
            .help(bi!(
                "照运单原件或航空公司官网核对；登记的其实是分单，写 kind = \"house\"",
                "compare it with the waybill or the airline's tracking; if it is a house waybill, write kind = \"house\""
            ));
        papers::soften(finding, &waybill.paper);
    }
}
