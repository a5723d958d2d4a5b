//! `cbm-from-dims`: a volume that does not fit the carton's size.

use super::super::prelude::*;
use crate::check::shared::{figures, papers};
use crate::derive::goods::volume;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "cbm-from-dims",
    group: Group::Arithmetic,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("体积和箱规不符", "volume does not fit the carton size"),
    docs: Docs {
        checks: (
            "每箱体积和长×宽×高相差不超过 2% 或 0.001 立方米；装箱单的总体积和箱规算出的相差不超过 2% 或 0.1 立方米。",
            "The volume of a carton is within 2 % or 0.001 m³ of length × width × height, and the volume of a packing list within 2 % or 0.1 m³ of what the cartons give.",
        ),
        why: (
            "体积决定订多大的柜、付多少拼箱费；错一位数字就会爆舱或亏舱。",
            "The volume decides the container and the LCL freight; one wrong digit overflows a container or pays for air.",
        ),
        fix: (
            "量一下外箱，改箱规或体积。换过包装的，先改订单的 pack。",
            "Measure a carton and correct the size or the volume. If the packing changed, change `pack` in the order first.",
        ),
    },
    example: example!("cbm-from-dims"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for (index, item) in case.order.items.iter().enumerate() {
        let Some(pack) = item.pack.as_deref() else { continue };
        let (Some(stated), Some(computed)) = (pack.cbm, volume(&pack.size_cm)) else { continue };
        if !near(stated, computed, Decimal::new(1, 3)) {
            let (stated, computed) = (figures::number(stated), figures::number(computed));
            out.report(bi!(
                "每箱体积写 {stated} 立方米，按外箱尺寸算是 {computed}",
                "volume per carton is written {stated} m³, its size gives {computed}"
            ))
            .at(case.order.origin.place(&format!("items[{index}].pack.cbm")), bi!("写的", "written"))
            .at(
                case.order.origin.place(&format!("items[{index}].pack.size_cm")),
                bi!("算出 {computed}", "gives {computed}"),
            )
            .values([&stated, &computed])
            .help(bi!(
                "核对外箱尺寸（厘米）；cbm 可以不写，由尺寸算出",
                "check the size in cm; `cbm` may be left out, the size gives it"
            ));
        }
    }
    totals(case, out);
}

fn totals(case: &Case<'_>, out: &mut Sink<'_>) {
    let goods = &case.facts.goods;
    for (index, list) in case.order.docs.packing.iter().enumerate().filter(|(_, l)| l.paper.is_current()) {
        // Only a list of the whole order can be computed from the order's cartons.
        if list.paper.packages.is_none() || list.paper.packages != goods.packages {
            continue;
        }
        let (Some(stated), Some(computed)) = (list.paper.cbm, goods.cbm) else { continue };
        if near(stated, computed, Decimal::new(1, 1)) {
            continue;
        }
        let (stated, computed) = (figures::number(stated), figures::number(computed));
        let finding = out
            .report(bi!(
                "装箱单体积 {stated} 立方米，按订单箱规算是 {computed}",
                "packing list has {stated} m³, the order's cartons give {computed}"
            ))
            .at(case.order.origin.place(&format!("packing[{index}].cbm")), bi!("写的", "written"))
            .at(case.order.origin.place("items[0].pack"), bi!("箱规", "cartons"))
            .values([stated, computed])
            .help(bi!(
                "换过外箱就改订单的 pack；没有就改装箱单",
                "if the carton changed, change `pack` in the order; else correct the packing list"
            ));
        papers::soften(finding, &list.paper);
    }
}

/// Within 2 % or the absolute tolerance.
fn near(stated: Decimal, computed: Decimal, tolerance: Decimal) -> bool {
    let apart = figures::apart(stated, computed);
    apart <= tolerance || figures::percent(apart, computed).is_none_or(|p| p <= Decimal::TWO)
}
