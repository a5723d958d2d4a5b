//! `line-required-fields`: an item line without what every line needs.

use super::super::prelude::*;
use crate::check::shared::figures;
use crate::model::order::Item;
use crate::model::stage::StageKey;
use crate::model::value::Unit;
use crate::model::value::near::did_you_mean;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "line-required-fields",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("货物行缺必填项", "item line incomplete"),
    docs: Docs {
        checks: (
            "每行货物有品名或货号、数量大于 0、认识的单位（省略是 PCS）、单价不小于 0；订舱以后还没有 HS 编码的提醒。",
            "Every item has a name or sku, a quantity above 0, a known unit (PCS unless written) and a price of 0 or more; from booking on a missing HS code is a warning.",
        ),
        why: (
            "少一个数，金额、件数、报关都算不出来。",
            "With one figure missing, neither value nor cartons nor declaration can be computed.",
        ),
        fix: ("补上。赠品单价写 0。", "Write it. Free goods have the price 0."),
    },
    example: example!("line-required-fields"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let booked = case.facts.is_open()
        && case.facts.progress.current.is_some_and(|s| s >= StageKey::Book && s <= StageKey::Collect);
    for (index, item) in case.order.items.iter().enumerate() {
        name(case, index, item, out);
        figure(case, index, item, out);
        unit(case, index, item, out);
        if booked && item.hs.is_none() {
            let label = label(index, item);
            out.report(
                bi!("{label}到了订舱还没有 HS 编码", "{label} has no HS code although booking is due"; label),
            )
            .severity(Severity::Warning)
            .at(case.order.origin.place(&format!("items[{index}]")), bi!("没有 hs", "no `hs`"))
            .help(bi!(
                "问报关行，写 10 位编码并加引号：hs = \"8539520000\"",
                "ask the broker and write the code with quotes: hs = \"8539520000\""
            ));
        }
    }
}

fn label(index: usize, item: &Item) -> crate::text::Bi {
    match item.sku.as_deref().or(item.name.as_deref()) {
        Some(name) => bi!("货物“{name}”", "item `{name}`"),
        None => bi!("第 {} 项货物", "item {}", index + 1),
    }
}

fn name(case: &Case<'_>, index: usize, item: &Item, out: &mut Sink<'_>) {
    let blank = |text: &Option<String>| text.as_deref().is_none_or(|t| t.trim().is_empty());
    if !blank(&item.name) {
        return;
    }
    let label = label(index, item);
    let finding = out
        .report(bi!("{label}没有品名", "{label} has no name"; label))
        .at(case.order.origin.place(&format!("items[{index}]")), bi!("没有 name", "no `name`"))
        .help(bi!(
            "写英文品名，所有单据都用这个写法：name = \"LED Bulb 12W\"",
            "write the name that every document will use: name = \"LED Bulb 12W\""
        ));
    if !blank(&item.sku) || !blank(&item.name_zh) {
        finding.severity(Severity::Warning);
    }
}

fn figure(case: &Case<'_>, index: usize, item: &Item, out: &mut Sink<'_>) {
    // A figure that could not be read is not missing; what is wrong with it is said already.
    if case.order.broken {
        return;
    }
    let price = item.price.as_ref().map(|a| a.value);
    let (field, title, help) = match (item.qty, price) {
        (None, _) => (
            "qty",
            bi!("没有数量", "has no quantity"),
            bi!("写数量：qty = 12000", "write the quantity: qty = 12000"),
        ),
        (Some(qty), _) if qty <= Decimal::ZERO => {
            let qty = figures::number(qty);
            (
                "qty",
                bi!("数量 {qty} 不大于 0", "has quantity {qty}, not above 0"),
                bi!(
                    "减数量用改单 [[amendments]]，这里写现在的数量",
                    "a reduction is an [[amendments]] entry; here stands the quantity that is left"
                ),
            )
        }
        (_, None) if item.amount.is_none() => (
            "price",
            bi!("没有单价", "has no price"),
            bi!("写单价：price = 2.35；赠品写 0", "write the price: price = 2.35; free goods have 0"),
        ),
        (_, Some(price)) if price < Decimal::ZERO => {
            let price = figures::number(price);
            (
                "price",
                bi!("单价 {price} 是负数", "has the negative price {price}"),
                bi!("折扣写进 charges，金额为负", "a discount belongs into `charges`, as a negative amount"),
            )
        }
        _ => return,
    };
    let label = label(index, item);
    out.report(bi!("{label}{title}", "{label} {title}"; label, title))
        .at(case.order.origin.place(&format!("items[{index}].{field}")), bi!("{title}", "{title}"; title))
        .help(help);
}

fn unit(case: &Case<'_>, index: usize, item: &Item, out: &mut Sink<'_>) {
    let Some(text) = item.unit.as_deref() else { return };
    if Unit::parse(text).is_some() {
        return;
    }
    let label = label(index, item);
    let help = match did_you_mean(text, Unit::names()) {
        Some(name) => bi!("是不是 {name}？", "did you mean {name}?"),
        None => bi!("常用：PCS SET PR KG MT M MTK MTQ CTN", "common ones: PCS SET PR KG MT M MTK MTQ CTN"),
    };
    out.report(bi!("{label}的单位“{text}”不认识", "{label}: unit `{text}` is not known"; label))
        .at(case.order.origin.place(&format!("items[{index}].unit")), bi!("不认识", "unknown"))
        .values([text])
        .help(help);
}
