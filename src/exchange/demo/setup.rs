//! What surrounds the orders: configuration, people, calendars, rates, parties.

use std::fmt::Write;

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::calendar::{self, add};
use super::dice::{Dice, Kind};
use super::parties::{self, ACCOUNT, BANK, FORWARDERS, SELLER, USCC};
use super::toml::{Toml, quoted};
use super::{DemoOptions, File};

/// All files that belong to no order, in order of their paths.
pub(super) fn files(options: &DemoOptions) -> Vec<File> {
    let mut files = vec![
        ("gendan.toml".to_owned(), configuration(options)),
        ("people.toml".to_owned(), parties::people_file()),
        (".gitignore".to_owned(), ".gendan/cache\n/public\n".to_owned()),
    ];
    let last = options.as_of.year();
    for year in years(last) {
        for (id, name) in [("cn-bank", "中国银行业"), ("cn-factory", "工厂")] {
            files.push((format!("calendar/{id}-{year}.toml"), calendar::file(name, year)));
        }
    }
    files.extend(rates(options));
    for n in 0..parties::customers(options.orders) {
        let customer = parties::customer(options.seed, n);
        files.push((format!("customers/{}.toml", customer.id), customer.file()));
    }
    for n in 0..parties::suppliers(options.orders) {
        let (id, text) = parties::supplier(options.seed, n);
        files.push((format!("suppliers/{id}.toml"), text));
    }
    for forwarder in FORWARDERS {
        files.push((format!("forwarders/{}.toml", forwarder.0), parties::forwarder_file(forwarder)));
    }
    files.sort();
    files
}

/// The published years, and that of the period's end.
fn years(last: i32) -> Vec<i32> {
    let mut years = vec![2025, 2026, last];
    years.sort_unstable();
    years.dedup();
    years
}

fn configuration(options: &DemoOptions) -> String {
    let mut out = Toml::default();
    out.raw("schema", 1);
    out.text("timezone", &options.zone);
    out.raw("languages", "[\"zh-CN\", \"en\"]");
    out.text("id", "GD{yy}-{nnnnn}");
    out.text("base", "CNY");
    out.table("company");
    out.text("name", SELLER);
    out.text("name_zh", "宁波跟单贸易有限公司");
    out.texts(
        "address",
        &["No. 88 Zhongshan East Road, Yinzhou".to_owned(), "Ningbo 315040, China".to_owned()],
    );
    out.text("uscc", USCC);
    out.raw("bank", format!("{{ name = {}, account = {} }}", quoted(BANK), quoted(ACCOUNT)));
    out.table("calendars");
    out.text("CN", "cn-bank");
    out.text("factory", "cn-factory");
    out.finish()
}

/// `rates/<year>.csv`: one line a currency and day, twice a week, a random walk around real magnitudes.
fn rates(options: &DemoOptions) -> Vec<File> {
    let mut dice = Dice::new(options.seed, Kind::Rates, 0);
    let mut rates = [("USD", 71_200_i64), ("EUR", 77_500), ("GBP", 90_800), ("JPY", 475)];
    let mut day = add(options.as_of, -735);
    let mut files: Vec<File> = Vec::new();
    let mut year = None;
    while day <= options.as_of {
        if year != Some(day.year()) {
            year = Some(day.year());
            files.push((format!("rates/{}.csv", day.year()), "date,currency,rate,source\n".to_owned()));
        }
        for (currency, rate) in &mut rates {
            *rate += dice.range(-3, 3) * (*rate / 1_500).max(1);
            if let Some((_, text)) = files.last_mut() {
                // Writing to a String cannot fail.
                let _ = writeln!(text, "{day},{currency},{},demo", Decimal::new(*rate, 4));
            }
        }
        day = next(day, options.as_of);
    }
    files
}

/// Every third day, and always the last one, so that no rate is stale.
fn next(day: NaiveDate, last: NaiveDate) -> NaiveDate {
    let step = add(day, 3);
    if day < last && step > last { last } else { step }
}
