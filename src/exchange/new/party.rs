//! A new file of a customer, supplier or forwarder.

use super::sheet::{Sheet, comment, text, texts};
use crate::model::party::PartyKind;
use crate::text::StaticBi;

/// What the writer says.
#[derive(Debug, Clone)]
pub struct PartyWish {
    /// Customer, supplier or forwarder.
    pub kind: PartyKind,
    /// Values by key.
    pub values: Vec<(&'static str, String)>,
    /// Lines of the address.
    pub address: Vec<String>,
    /// Defaults for new orders, of a customer.
    pub defaults: Vec<(&'static str, String)>,
}

const KEYS: &[(&str, &str, StaticBi)] = &[
    ("name", "\"Hanse Licht GmbH\"", ("英文名, 单据上的写法", "name as on documents")),
    ("name_zh", "\"汉萨照明\"", ("中文名", "Chinese name")),
    (
        "address",
        "[\"Street 1\", \"20457 Hamburg\", \"Germany\"]",
        ("地址, 一行一个", "address, one line each"),
    ),
    ("country", "\"DE\"", ("国家, 两个字母", "country, two letters")),
    ("email", "\"einkauf@hanse-licht.example\"", ("邮箱", "e-mail")),
    ("tax_id", "\"DE811234567\"", ("税号", "tax number")),
];

const CUSTOMER: &[(&str, &str, StaticBi)] = &[
    ("eori", "\"DE8112345670001\"", ("EORI 号, 欧盟", "EORI number, EU")),
    ("screened", "YYYY-MM-DD", ("制裁名单筛查日", "screened against sanction lists on")),
    (
        "credit_limit",
        "{ amount = \"USD 80000.00\", by = \"wang.lei\", until = YYYY-MM-DD }",
        ("信用额度", "credit limit"),
    ),
];

const OTHERS: &[(&str, &str, StaticBi)] = &[
    ("lead_time_days", "35", ("正常交期, 天", "usual lead time, days")),
    ("bank", "{ name = \"Bank\", account = \"0000\" }", ("收款账号", "bank account")),
];

const DEFAULTS: &[(&str, &str, StaticBi)] = &[
    ("currency", "\"USD\"", ("币种", "currency")),
    ("incoterm", "\"FOB Ningbo\"", ("贸易术语和地点", "trade term and place")),
    ("mode", "\"sea-fcl\"", ("运输方式", "mode of transport")),
    ("from", "\"Ningbo\"", ("装货港", "port of loading")),
    ("to", "\"Hamburg\"", ("目的港", "port of discharge")),
    ("payment", "\"30% deposit, 70% copy-bl\"", ("付款方式", "payment terms")),
    ("merchandiser", "\"lin.yan\"", ("跟单员", "merchandiser")),
    ("marks", "[\"HANSE LICHT\", \"HAMBURG\"]", ("唛头", "marks")),
];

/// The text of the file without the line that names the schema.
#[must_use]
pub fn party(wish: &PartyWish) -> String {
    let value = |key: &str| wish.values.iter().find(|(of, _)| *of == key).map(|(_, value)| value.as_str());
    let (zh, en) = wish.kind.title();
    let mut out = comment(&[zh, value("name_zh").or(value("name")).unwrap_or(en)]);
    let mut sheet = Sheet::default();
    let more = if wish.kind == PartyKind::Customer { CUSTOMER } else { OTHERS };
    for (key, example, meaning) in KEYS.iter().chain(more) {
        match value(key) {
            Some(value) => sheet.set(key, text(value), *meaning),
            None if *key == "address" && !wish.address.is_empty() => {
                sheet.set(key, texts(wish.address.iter().map(String::as_str)), *meaning);
            }
            None => sheet.open(key, example, *meaning),
        }
    }
    sheet.write(&mut out);
    if wish.kind == PartyKind::Customer {
        out.push_str(
            "\n# 新订单照抄这些; 抄进订单以后, 这里再改不影响老合同 / copied into new orders; later edits change no contract\n[defaults]\n",
        );
        let mut sheet = Sheet::default();
        for (key, example, meaning) in DEFAULTS {
            match wish.defaults.iter().find(|(of, _)| of == key) {
                Some((_, value)) => sheet.set(key, text(value), *meaning),
                None => sheet.open(key, example, *meaning),
            }
        }
        sheet.write(&mut out);
    }
    out
}
