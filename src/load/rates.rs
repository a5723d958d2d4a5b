//! `rates/<year>.csv`: `date,currency,rate,source`. For display only; amounts are compared in their own currency.

use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::bi;
use crate::check::finding::{Finding, Place, Subject};
use crate::check::rules;
use crate::model::setup::Rate;
use crate::model::value::Currency;
use crate::model::value::money::decimal;
use crate::text::Bi;

/// Reads one file; lines that cannot be read are findings and the others count.
pub fn read(path: &Arc<str>, text: &str, rates: &mut Vec<Rate>, findings: &mut Vec<Finding>) {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    for (line, record) in reader.records().enumerate() {
        // A file without a header line must not lose its first rate.
        let header = |r: &csv::StringRecord| r.get(0).is_some_and(|f| f.trim().eq_ignore_ascii_case("date"));
        if line == 0 && record.as_ref().is_ok_and(header) {
            continue;
        }
        let (at, read) = match &record {
            Ok(record) => {
                let at = record.position().map_or(0, |p| usize::try_from(p.byte()).unwrap_or(0));
                (at, rate(path, record))
            }
            Err(_) => (0, Err(bi!("这一行读不了", "the line cannot be read"))),
        };
        match read {
            Ok(rate) => rates.push(rate),
            Err(why) => findings.push(problem(path, text, at, why)),
        }
    }
    rates.sort_by(|a, b| (a.date, &a.currency).cmp(&(b.date, &b.currency)));
}

fn rate(path: &Arc<str>, record: &csv::StringRecord) -> Result<Rate, Bi> {
    let field = |index: usize| record.get(index).unwrap_or_default().trim();
    let date = NaiveDate::parse_from_str(field(0), "%Y-%m-%d")
        .map_err(|_| bi!("第一列不是日期", "the first column is no date"))?;
    let currency = Currency::parse(field(1))
        .ok_or_else(|| bi!("第二列不是 ISO 4217 币种", "the second column is no ISO 4217 currency"))?;
    let rate = decimal(field(2))
        .ok()
        .filter(|r| *r > Decimal::ZERO)
        .ok_or_else(|| bi!("第三列不是正数", "the third column is no positive number"))?;
    if field(3).is_empty() {
        return Err(bi!("第四列要写来源", "the fourth column must name the source"));
    }
    let (currency, source) = (currency.code().to_owned(), field(3).to_owned());
    Ok(Rate { date, currency, rate, source, file: Arc::clone(path) })
}

fn problem(path: &Arc<str>, text: &str, at: usize, why: Bi) -> Finding {
    // The reader's position may be the end of the line before, or that of comments above the line.
    let mut start = at;
    for line in text.get(at..).unwrap_or_default().split_inclusive('\n') {
        if !line.trim().is_empty() && !line.starts_with('#') {
            break;
        }
        start += line.len();
    }
    let line = super::suggest::whole_line(text, start);
    let end = text.get(line.clone()).map_or(line.end, |l| line.start + l.trim_end().len());
    let mut finding = Finding::new(
        &rules::rate_unreadable::RULE,
        Subject::Root,
        bi!("汇率这一行没有读：{why}", "this line of rates was not read: {why}"; why),
    );
    finding.at(Place::bytes(path, line.start..end), why).help(bi!(
        "写成 date,currency,rate,source，例如 2026-11-20,USD,7.1021,ECB",
        "write date,currency,rate,source, like 2026-11-20,USD,7.1021,ECB"
    ));
    finding
}
