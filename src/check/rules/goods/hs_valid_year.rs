//! `hs-valid-year`: a subheading that the edition in force no longer has.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::super::prelude::*;
use crate::check::shared::timing;
use crate::model::value::HsCode;

/// The rule.
pub static RULE: Rule = Rule {
    name: "hs-valid-year",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: (
        "《商品名称及编码协调制度》2022 年版（2022-01-01 起）",
        "Harmonized System, edition of 2022 (in force from 2022-01-01)",
    ),
    title: ("HS 编码是旧版的", "HS code of an older edition"),
    docs: Docs {
        checks: (
            "2022 年起装运的货，订单、报关单、产地证的 HS 前 6 位不是 HS 2017 有而 HS 2022 已删的子目。2028 年版的编码还没公布完，不查。",
            "For goods shipped from 2022 on the first six digits on order, declaration and certificate of origin are no subheading that HS 2022 dropped from HS 2017. Codes of the edition of 2028 are not known here.",
        ),
        why: (
            "旧编码报关系统不认，产地证到了国外也对不上进口国的税号。",
            "The customs system rejects an old code, and abroad a certificate of origin with it matches no tariff line.",
        ),
        fix: (
            "请报关行按现行税则归类，订单和还没出的单证一起改。",
            "Have the broker classify the goods by the current tariff; change the order and the papers not yet issued.",
        ),
    },
    example: example!("hs-valid-year"),
    scope: Scope::Order(check),
};

/// The year from which HS 2022 holds.
const FROM: i32 = 2022;

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut said: BTreeSet<String> = BTreeSet::new();
    let Some(shipped) = shipped(case).filter(|day| day.year() >= FROM) else { return };
    let mut look = |text: Option<&str>, path: &dyn Fn() -> String| {
        let code = text.and_then(|text| HsCode::parse(text).ok());
        let Some((code, new)) = code.and_then(|code| code.withdrawn_in_2022().map(|new| (code, new))) else {
            return;
        };
        if !said.insert(code.root().to_owned()) {
            return;
        }
        let (text, root, year) = (text.unwrap_or_default(), code.root(), shipped.year());
        let new = new.replace(' ', "、");
        let new_en = new.replace('、', ", ");
        let finding = out.report(bi!(
            "HS 编码 {text}：子目 {root} 在 HS 2022 已删，货 {year} 年装运",
            "HS code {text}: HS 2022 has no subheading {root} any more, and the goods ship in {year}"
        ));
        finding
            .at(case.order.origin.place(&path()), bi!("HS 2017 的编码", "a code of HS 2017"))
            .values([text]);
        if new.is_empty() {
            finding.help(bi!(
                "请报关行按现行税则重新归类",
                "have the broker classify the goods by the current tariff"
            ));
        } else {
            finding.help(bi!(
                "HS 2022 拆成 {new}；请报关行定是哪一个",
                "HS 2022 split it into {new_en}; have the broker say which it is"
            ));
        }
    };
    for (i, item) in case.order.items.iter().enumerate() {
        look(item.hs.as_deref(), &|| format!("items[{i}].hs"));
    }
    for set in case.sets() {
        for (i, declaration) in &set.papers.customs {
            for (row, item) in declaration.items.iter().enumerate() {
                look(item.hs.as_deref(), &|| format!("customs[{i}].items[{row}].hs"));
            }
        }
        for (i, origin) in &set.papers.origin {
            look(origin.hs.as_deref(), &|| format!("origin[{i}].hs"));
        }
    }
}

/// When the goods left, or are expected to; the earliest of several shipments.
fn shipped(case: &Case<'_>) -> Option<NaiveDate> {
    let left = case.facts.shipments.iter().filter_map(|s| s.shipped).min();
    let ahead = || timing::departure(case).into_iter().map(|(day, _)| day).min();
    left.or_else(ahead).or(case.order.ship_by).or(Some(case.as_of()))
}
