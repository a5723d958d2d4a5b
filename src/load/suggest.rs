//! What the writer probably meant: near misses, the alias table for keys, Chinese words, date forms.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::bi;
use crate::check::finding::Place;
use crate::check::rules;
use crate::load::below;
use crate::load::decode::{Cx, Record};
use crate::load::shape::Choice;
use crate::model::value::near::did_you_mean;
use crate::text::StaticBi;

/// Keys people write, and what to tell them. The empty table name means any table.
const ALIASES: &[(&str, &[&str], StaticBi)] = &[
    (
        "OrderFile",
        &["ship_date", "shipdate", "delivery_date", "shipment_date", "装运日", "交期", "船期"],
        (
            "合同最迟装运日写 `ship_by = 2027-01-15`；计划装运日写 [plan] 下的 `shipped`；实际装船日不用写，在 docs.toml 登记提单的 `on_board` 就有了",
            "the contract's latest shipment is `ship_by = 2027-01-15`; a planned date is `shipped` under [plan]; the actual date is not typed: record the B/L's `on_board` in docs.toml",
        ),
    ),
    (
        "OrderFile",
        &["status", "state", "stage", "状态", "进度"],
        (
            "状态不用写，由记录算出来：登记验货、提单、收款，阶段就自己变",
            "status is never typed, it is computed: record the inspection, the B/L, the receipt, and the stage moves by itself",
        ),
    ),
    (
        "OrderFile",
        &["id", "order_no", "number", "订单号"],
        (
            "订单号就是文件夹的名字，不用再写；客户的订单号写 `po`",
            "the order's ID is the name of its folder; the customer's number is `po`",
        ),
    ),
    ("OrderFile", &["buyer", "client", "客户", "买方"], ("客户写 `customer`", "the customer is `customer`")),
    (
        "OrderFile",
        &["payment_terms", "terms_of_payment", "付款方式"],
        ("付款方式写 `payment`", "payment terms are `payment`"),
    ),
    (
        "OrderFile",
        &["trade_term", "term", "贸易术语"],
        ("贸易术语写 `incoterm = \"FOB Ningbo\"`", "the trade term is `incoterm = \"FOB Ningbo\"`"),
    ),
    (
        "OrderFile",
        &["pol", "port_of_loading", "装货港"],
        ("装货港写 `from`", "the port of loading is `from`"),
    ),
    (
        "OrderFile",
        &["pod", "port_of_discharge", "destination", "卸货港", "目的港"],
        ("卸货港写 `to`", "the port of discharge is `to`"),
    ),
    (
        "OrderFile",
        &["line", "lines", "item", "products", "货物"],
        ("货物写 `[[items]]`", "goods are `[[items]]`"),
    ),
    ("OrderFile", &["waiver"], ("豁免写 `[[waivers]]`", "waivers are `[[waivers]]`")),
    (
        "OrderFile",
        &["receipts", "receipt", "收款"],
        ("收款写 `[[received]]`", "money received is `[[received]]`"),
    ),
    ("Item", &["quantity", "数量"], ("数量写 `qty`", "the quantity is `qty`")),
    ("Item", &["unit_price", "单价"], ("单价写 `price`", "the unit price is `price`")),
    (
        "Item",
        &["description", "desc", "品名"],
        (
            "品名写 `name`（英文）和 `name_zh`（中文）",
            "the description is `name`, its Chinese form `name_zh`",
        ),
    ),
    (
        "Item",
        &["hs_code", "hscode", "海关编码"],
        ("HS 编码写 `hs = \"8539520000\"`", "the HS code is `hs = \"8539520000\"`"),
    ),
    (
        "",
        &["gross", "gross_weight", "gw", "毛重"],
        ("毛重写 `gross_kg`，单位公斤", "gross weight is `gross_kg`, in kg"),
    ),
    (
        "",
        &["net", "net_weight", "nw", "净重"],
        ("净重写 `net_kg`，单位公斤", "net weight is `net_kg`, in kg"),
    ),
    ("", &["volume", "measurement", "体积"], ("体积写 `cbm`，单位立方米", "the volume is `cbm`, in m3")),
    (
        "",
        &["cartons_total", "ctns", "pkgs", "件数"],
        ("件数写 `packages`", "the number of packages is `packages`"),
    ),
    ("", &["ref_no", "no", "编号"], ("单号写 `number`", "the number is `number`")),
    (
        "",
        &["remark", "remarks", "comment", "备注"],
        ("说明写 `note`，或写进 notes.md", "a remark is `note`, or goes to notes.md"),
    ),
    ("Inspection", &["status"], ("结果写 `result = \"pass\"`", "the outcome is `result = \"pass\"`")),
    (
        "Shipment",
        &["ship_date", "shipped"],
        (
            "计划装运日写 `planned`，预计开船写 `etd`；实际装船日登记提单的 `on_board`",
            "a planned date is `planned`, the estimated departure `etd`; the actual date is the B/L's `on_board`",
        ),
    ),
    (
        "Receipt",
        &["fee", "fees", "bank_charge", "手续费"],
        ("手续费写 `charges`", "bank charges are `charges`"),
    ),
];

/// Reports a key that the table does not have, with what was probably meant.
pub fn unknown_key<R: Record>(key: &str, span: &Range<usize>, cx: &mut Cx<'_>) {
    if cx.is_full() {
        return cx.count_more();
    }
    let table = R::name();
    let mut keys = Vec::new();
    R::keys(&mut keys);
    let names: Vec<&str> = keys.iter().map(|k| k.name).collect();
    let (zh, en) = R::title();
    let (file, text) = (Arc::clone(&cx.file), cx.text);
    let Some(finding) = cx.report(
        &rules::toml_unknown_key::RULE,
        span,
        bi!("{zh}里没有 `{key}` 这个字段", "{en} has no key `{key}`"),
        bi!("不认识", "unknown"),
    ) else {
        return;
    };
    finding.values([key]);
    let folded = key.to_lowercase().replace(['-', ' '], "_");
    let alias = ALIASES
        .iter()
        .find(|(of, words, _)| (*of == table || of.is_empty()) && words.contains(&folded.as_str()));
    if table != "OrderFile" && file.starts_with("orders/") && below::is_top_level(key) {
        finding.help(bi!(
            "`{key}` 是订单最上面的字段：把这一行移到第一个 [表] 之前",
            "`{key}` is a key of the order itself: move it above the first [table]"
        ));
        below::offer(finding, &file, below::move_up(text, span));
    } else if let Some((.., help)) = alias {
        finding.help((*help).into());
    } else if let Some(near) = did_you_mean(&folded, names.iter().copied()) {
        finding
            .help(bi!("是不是 `{near}`？", "did you mean `{near}`?"))
            .edit(Place::bytes(&file, span.clone()), near.to_owned());
    } else {
        let list = names.iter().take(24).copied().collect::<Vec<_>>().join(" ");
        let more = if names.len() > 24 { " …" } else { "" };
        finding.help(bi!(
            "删掉这一行，或改成已有的字段：{list}{more}",
            "remove the line, or use one of the keys: {list}{more}"
        ));
    }
}

/// The byte range of the line that holds a position.
#[must_use]
pub fn whole_line(text: &str, at: usize) -> Range<usize> {
    let at = at.min(text.len());
    let start =
        text.as_bytes().get(..at).and_then(|b| b.iter().rposition(|c| *c == b'\n')).map_or(0, |p| p + 1);
    let end = text
        .as_bytes()
        .get(at..)
        .and_then(|b| b.iter().position(|c| *c == b'\n'))
        .map_or(text.len(), |p| at + p);
    start..end
}

/// The word of an enumeration that was meant, by alias, case or near miss.
#[must_use]
pub fn choice(text: &str, choices: &[Choice]) -> Option<usize> {
    let folded = text.trim().to_lowercase();
    let dashed = folded.replace(['_', ' '], "-");
    choices
        .iter()
        .position(|c| {
            c.code.eq_ignore_ascii_case(&dashed)
                || c.zh == text.trim()
                || c.aliases.iter().any(|a| a.to_lowercase() == folded)
        })
        .or_else(|| {
            let codes: Vec<&str> = choices.iter().map(|c| c.code).collect();
            let near = did_you_mean(&dashed, codes.iter().copied())?;
            codes.iter().position(|c| *c == near)
        })
}

/// A date written in another way, when it can only mean one day: `2026/11/07`, `2026.11.7`, `2026年11月7日`,
/// `20261107`. Day-first and month-first forms are ambiguous and give nothing.
#[must_use]
pub fn date(text: &str) -> Option<NaiveDate> {
    let text = text.trim();
    let digits: Vec<&str> =
        text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).collect();
    let number = |part: &&str| part.parse::<u32>().ok();
    match digits.as_slice() {
        [year, month, day] if year.len() == 4 && text.starts_with(*year) => {
            NaiveDate::from_ymd_opt(year.parse().ok()?, number(month)?, number(day)?)
        }
        [all] if all.len() == 8 && text.len() == 8 => NaiveDate::parse_from_str(all, "%Y%m%d").ok(),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_that_can_only_mean_one_day() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 7);
        for text in ["2026/11/07", "2026.11.7", "2026年11月7日", "20261107", " 2026-11-07 "] {
            assert_eq!(date(text), day, "{text}");
        }
        for text in ["07/11/2026", "11-7", "soon", "2026-13-01", ""] {
            assert_eq!(date(text), None, "{text}");
        }
    }
}
