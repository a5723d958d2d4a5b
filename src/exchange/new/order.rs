//! A new `order.toml`. Terms that come from the customer's defaults are written out: a contract must not change
//! when somebody edits the customer.

use chrono::NaiveDate;

use super::old::Old;
use super::sheet::{Sheet, comment, text};
use crate::text::StaticBi;

/// What the writer of an order says.
#[derive(Debug, Clone, Default)]
pub struct OrderWish {
    /// The order's ID.
    pub id: String,
    /// The customer's ID.
    pub customer: String,
    /// What the customer is called, for the comment at the top.
    pub name: String,
    /// Signed on.
    pub signed: Option<NaiveDate>,
    /// Latest shipment.
    pub ship_by: Option<NaiveDate>,
    /// Other terms, by key.
    pub terms: Vec<(&'static str, String)>,
}

/// From where a key may come.
#[derive(Clone, Copy, PartialEq, Eq)]
enum From {
    /// Only from the writer: it belongs to one contract.
    Writer,
    /// Also from the customer's defaults, and from an older order of the same customer.
    Terms,
    /// From an older order of the same customer, not waited for.
    Order,
}

/// Keys of an order in the order of the reference: an example, from where, and what it means.
const KEYS: &[(&str, &str, From, StaticBi)] = &[
    ("po", "\"4500091877\"", From::Writer, ("客户订单号", "the customer's number")),
    ("signed", "YYYY-MM-DD", From::Writer, ("双方签字日", "signed by both")),
    ("currency", "\"USD\"", From::Terms, ("币种", "currency")),
    ("incoterm", "\"FOB Ningbo\"", From::Terms, ("贸易术语和地点", "trade term and place")),
    (
        "mode",
        "\"sea-fcl\"",
        From::Terms,
        ("运输方式", "mode: sea-fcl sea-lcl sea-bulk air rail road courier"),
    ),
    ("from", "\"Ningbo\"", From::Terms, ("装货港", "port of loading")),
    ("to", "\"Hamburg\"", From::Terms, ("目的港", "port of discharge")),
    ("payment", "\"30% deposit, 70% copy-bl\"", From::Terms, ("付款方式", "payment terms")),
    ("ship_by", "YYYY-MM-DD", From::Writer, ("合同最迟装运日", "latest shipment in the contract")),
    ("partial", "false", From::Order, ("允许分批", "partial shipment")),
    ("transhipment", "true", From::Order, ("允许转运", "transhipment")),
    ("tolerance", "\"5%\"", From::Order, ("溢短装", "more or less")),
    (
        "merchandiser",
        "\"lin.yan\"",
        From::Terms,
        ("跟单员, people.toml 里的 id", "merchandiser, an id in people.toml"),
    ),
    ("clerk", "\"zhou.min\"", From::Terms, ("单证员", "document clerk")),
    (
        "marks",
        "[\"NAME\", \"PORT\", \"C/NO. 1-100\"]",
        From::Terms,
        ("唛头, 一行一个", "marks, one line each"),
    ),
    ("sample", "true", From::Order, ("大货前要样品确认", "an approved sample before bulk")),
    ("deposit_offset", "\"pro-rata\"", From::Order, ("定金怎么抵扣", "how the deposit is set off")),
    ("rebate", "true", From::Order, ("要办出口退税", "VAT refund will be claimed")),
    ("import", "{ importer = \"…\" }", From::Order, ("进口方", "importer")),
];

/// Keys of goods.
const ITEM: &[(&str, &str, StaticBi)] = &[
    ("sku", "\"LED-12W\"", ("货号", "item number")),
    ("name", "\"LED Bulb 12W E27 3000K\"", ("英文品名, 所有单据都用这个写法", "wording on every document")),
    ("name_zh", "\"LED灯泡 12W\"", ("报关品名", "name for customs")),
    ("hs", "\"8539520000\"", ("HS 编码, 加引号", "HS code, quoted")),
    ("qty", "12000", ("数量", "quantity")),
    ("unit", "\"PCS\"", ("单位", "unit")),
    ("price", "2.35", ("单价", "unit price")),
    ("pack", "{ per_carton = 60, gross_kg = 8.4, net_kg = 7.2, cbm = 0.052 }", ("每箱", "per carton")),
    (
        "buy",
        "{ from = \"supplier\", price = 12.10, currency = \"CNY\", vat = \"13%\" }",
        ("采购", "purchase"),
    ),
];

/// The text of `order.toml` without the line that names the schema. `customer` is the customer's file; `from` an
/// older order and whether its customer is the same.
#[must_use]
pub fn order(wish: &OrderWish, customer: &Old, from: Option<(&Old, bool)>) -> String {
    let mut out = comment(&[&wish.id, &wish.name]);
    let mut sheet = Sheet::default();
    sheet.set("customer", text(&wish.customer), ("", ""));
    for (key, example, source, meaning) in KEYS {
        let date = match *key {
            "signed" => wish.signed,
            "ship_by" => wish.ship_by,
            _ => None,
        };
        let said = wish.terms.iter().find(|(of, _)| of == key).map(|(_, value)| text(value));
        let older =
            from.filter(|(_, same)| *same && *source != From::Writer).and_then(|(old, _)| old.value(key));
        let default = || if *source == From::Terms { customer.inside("defaults", key) } else { None };
        match date.map(|d| d.to_string()).or(said).or(older).or_else(default) {
            Some(value) => sheet.set(key, value, *meaning),
            None if *source == From::Order => {}
            None => sheet.open(key, example, *meaning),
        }
    }
    sheet.write(&mut out);
    let goods = from.map(|(old, same)| (old.items(), same)).filter(|(items, _)| !items.is_empty());
    match goods {
        Some((items, same)) => {
            for item in items {
                out.push_str("\n[[items]]\n");
                let mut sheet = Sheet::default();
                // The amount is that of an old invoice; the customer's number of an item is that customer's.
                let kept = |key: &str| key != "amount" && (same || key != "customer_sku");
                for (key, value) in item.iter().filter(|(key, _)| kept(key)) {
                    sheet.set(key, value.clone(), ("", ""));
                }
                sheet.write(&mut out);
            }
        }
        None => {
            out.push_str("\n# 货物, 一种一段, 去掉 # 填写 / goods, a block for each kind: take the # away and fill in\n# [[items]]\n");
            let mut sheet = Sheet::default();
            for (key, example, meaning) in ITEM {
                sheet.open(key, example, *meaning);
            }
            sheet.write(&mut out);
        }
    }
    out
}
