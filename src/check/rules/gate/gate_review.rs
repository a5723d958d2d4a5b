//! `gate-review`: the review before release.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::check::finding::Place;
use crate::model::order::{Decision, ShippedItem};
use crate::model::stage::StageKey;
use crate::model::value::money::group;
use crate::text::{Bi, Lang};

use super::super::prelude::*;
use crate::check::shared::timing;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-review",
    group: Group::Gate,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("下单前评审不到位", "review before release"),
    docs: Docs {
        checks: (
            "评审人不是跟单员自己；评审没有否决；有采购单就有评审，而且评审不晚于下达（这两样给警告；从登记表补录、货已交付的不再要求补评审）；采购单写了货号数量的，各货号合计等于订单数量（溢短装以内）。",
            "The reviewer is not the merchandiser; the review did not decline; where there is a purchase order there is a review, not later than it (these two are warnings; none is asked of orders entered after delivery from a register); where purchase orders give items and quantities, each item adds up to the order, within its tolerance.",
        ),
        why: (
            "自己审自己等于没审。数量下错，要到验货甚至装柜才发现。",
            "A review by oneself is none. A wrong quantity is found at inspection, or at loading.",
        ),
        fix: (
            "评审人换成另一个人；数量先看有没有第二张采购单没登记，或者用了库存。",
            "Have somebody else review; for quantities, first look for a second purchase order that was not recorded, or for goods from stock.",
        ),
    },
    example: example!("gate-review"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() || case.order.skipped(StageKey::Release).is_some() {
        return;
    }
    same_person(case, out);
    released(case, out);
    quantities(case, out);
}

fn same_person(case: &Case<'_>, out: &mut Sink<'_>) {
    let Some(by) = case.order.review.as_deref().and_then(|r| r.by.as_deref()) else { return };
    if case.order.merchandiser.as_deref() != Some(by) {
        return;
    }
    let name = Bi {
        zh: case.book().person(by, Lang::Zh).to_owned(),
        en: case.book().person(by, Lang::En).to_owned(),
    };
    out.report(bi!("评审人 {name} 就是这一单的跟单员", "the review is by {name}, who is the order's merchandiser"; name))
        .at(case.order.origin.place("review.by"), bi!("评审人", "reviewer"))
        .at(case.order.origin.place("merchandiser"), bi!("跟单员", "merchandiser"))
        .values([by, by])
        .help(bi!("请另一个人评审，`by` 写那个人", "have somebody else review, and name that person in `by`"));
}

fn released(case: &Case<'_>, out: &mut Sink<'_>) {
    let Some((issued, i)) = timing::first_release(case) else { return };
    let origin = &case.order.origin;
    let place = origin.place(&format!("purchases[{i}].issued"));
    let Some(review) = case.order.review.as_deref() else {
        if case.is_register_entry() {
            return;
        }
        out.report(bi!("{issued} 已下达生产，没有评审记录", "released to production on {issued} without a review"))
            .severity(Severity::Warning)
            .at(place, bi!("下达日", "issued"))
            .help(bi!(
                "评审过就补 [review]：by、date、decision；没评审，请另一个人现在补审",
                "add [review] with by, date, decision if it was reviewed; if not, have somebody else review it now"
            ));
        return;
    };
    if review.decision == Some(Decision::Decline) {
        out.report(bi!(
            "评审结论是不接，{issued} 还是下达了生产",
            "the review declined, yet production was released on {issued}"
        ))
        .at(origin.place("review.decision"), bi!("不接", "decline"))
        .at(place, bi!("下达 {issued}", "issued {issued}"))
        .help(bi!(
            "后来同意接的，改 `decision` 并在 note 写谁定的；否则停掉采购",
            "if it was accepted later, change `decision` and say in note who decided; otherwise stop the purchase"
        ));
    } else if let Some(date) = review.date.filter(|date| *date > issued) {
        out.report(bi!("{issued} 下达生产，{date} 才评审", "released to production on {issued}, reviewed only on {date}"))
            .severity(Severity::Warning)
            .at(origin.place("review.date"), bi!("评审 {date}", "reviewed {date}"))
            .at(place, bi!("下达 {issued}", "issued {issued}"))
            .values([date, issued])
            .help(bi!(
                "先看哪个日期抄错；真是后补的，按实记，豁免写明理由",
                "first see whether a date was copied wrongly; if the review came late, leave the true dates and accept it with [[waivers]]"
            ));
    }
}

/// Purchase orders that say what they order, against the order. One that does not means the whole order.
fn quantities(case: &Case<'_>, out: &mut Sink<'_>) {
    let purchases = &case.order.purchases;
    if purchases.is_empty() || purchases.iter().any(|p| p.items.is_empty()) {
        return;
    }
    let mut bought: BTreeMap<&str, Decimal> = BTreeMap::new();
    for item in purchases.iter().flat_map(|p| &p.items) {
        let sum = bought.entry(key_of(item)).or_default();
        *sum = sum.saturating_add(item.qty.unwrap_or_default());
    }
    for (key, wanted) in case.facts.goods.by_item() {
        let got = bought.get(key).copied().unwrap_or_default();
        if !within(case, got, wanted) {
            unequal(case, key, got, wanted, out);
        }
    }
}

fn unequal(case: &Case<'_>, key: &str, got: Decimal, wanted: Decimal, out: &mut Sink<'_>) {
    let difference = group(got.saturating_sub(wanted).abs(), 0);
    let (got, wanted) = (group(got, 0), group(wanted, 0));
    let index = case.facts.goods.items.iter().position(|i| i.key == key).unwrap_or_default();
    let ordered = case.order.origin.place(&format!("items[{index}].qty"));
    out.report(bi!(
        "{key} 采购单合计 {got}，订单 {wanted}，差 {difference}",
        "purchase orders for {key} add up to {got}, the order has {wanted}: {difference} apart"
    ))
    .at(place_of(case, key), bi!("采购 {got}", "purchased {got}"))
    .at(ordered, bi!("订单 {wanted}", "ordered {wanted}"))
    .values([got, wanted])
    .help(bi!(
        "先看是不是还有一张采购单没登记，或者一部分用库存：用库存的也写一张 kind = \"production-notice\"。抄错就改",
        "first see whether another purchase order was not recorded, or a part comes from stock: give that a [[purchases]] with kind = \"production-notice\". Correct a slip"
    ));
}

fn within(case: &Case<'_>, got: Decimal, wanted: Decimal) -> bool {
    got == wanted || case.order.tolerance.is_some_and(|t| t.allows(wanted, got))
}

fn key_of(item: &ShippedItem) -> &str {
    item.sku.as_deref().or(item.name.as_deref()).unwrap_or_default()
}

fn place_of(case: &Case<'_>, key: &str) -> Place {
    let lines = case.order.purchases.iter().enumerate();
    let found = lines.filter_map(|(n, p)| Some((n, p.items.iter().position(|i| key_of(i) == key)?))).next();
    let path = found
        .map_or_else(|| "purchases[0].items".to_owned(), |(n, i)| format!("purchases[{n}].items[{i}].qty"));
    case.order.origin.place(&path)
}
