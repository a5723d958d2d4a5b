//! What the data needs around it: calendars, rates, schemas; and what lies in the folder that should not.

use std::collections::BTreeSet;
use std::path::Path;

use chrono::{Datelike, Days, NaiveDate};

use super::repository::some;
use super::{Line, read};
use crate::bi;
use crate::book::Book;
use crate::check::finding::Finding;
use crate::history;
use crate::load::schema;
use crate::text::Bi;

/// So many days before a calendar ends somebody has to look for the next one.
const CALENDAR_AHEAD: u64 = 90;
/// A rate older than this says little.
const RATE_AGE: u64 = 45;

pub(super) fn lines(book: &Book, findings: &[Finding], as_of: NaiveDate) -> Vec<Line> {
    let mut lines = calendars(book, as_of);
    lines.extend(rates(book, as_of));
    lines.push(schemas(book.root.place()));
    lines.push(links(findings));
    lines.push(cache(book.root.place()));
    lines
}

fn calendars(book: &Book, as_of: NaiveDate) -> Vec<Line> {
    let ids: BTreeSet<&str> = book.config.calendars.values().map(String::as_str).collect();
    if ids.is_empty() {
        return vec![Line::note(
            "calendars",
            bi!(
                "没有写 [calendars]：只按周末算，日期都是暂定的",
                "there is no [calendars]: only weekends count and every date is provisional"
            ),
            bi!(
                "在 gendan.toml 写 CN = \"cn-bank\"，再加 calendar/cn-bank-<年>.toml",
                "write CN = \"cn-bank\" in gendan.toml and add calendar/cn-bank-<year>.toml"
            ),
        )];
    }
    let mut lines = Vec::new();
    let mut good = 0;
    let soon = as_of.checked_add_days(Days::new(CALENDAR_AHEAD)).unwrap_or(as_of).year();
    let year = as_of.year();
    let mut ending: Vec<&str> = Vec::new();
    for id in ids {
        let years = book.calendars.get(id);
        let has = |year: i32| years.is_some_and(|years| years.contains_key(&year));
        if !has(year) {
            lines.push(Line::problem(
                "calendars",
                bi!(
                    "缺 calendar/{id}-{year}.toml：今年的日期只按周末算",
                    "calendar/{id}-{year}.toml is missing: only weekends count this year"
                ),
                bi!("照官方通知补上", "add it from the official notice"),
            ));
        } else if !has(soon) {
            ending.push(id);
        } else {
            good += 1;
        }
    }
    if !ending.is_empty() {
        let names = some(ending);
        lines.push(Line::note(
            "calendars",
            bi!(
                "到 {year}-12-31 为止，还没有 {soon} 年：{names}",
                "end on {year}-12-31, without {soon} yet: {names}"
            ),
            bi!(
                "公布以后补上；到时没有，日期就只按周末算",
                "add them when published; without them only weekends will count"
            ),
        ));
    }
    if lines.is_empty() {
        lines.push(Line::ok("calendars", bi!("{good} 个日历都够用", "{good} calendars reach far enough")));
    }
    lines
}

fn rates(book: &Book, as_of: NaiveDate) -> Vec<Line> {
    let Some(base) = book.config.base.as_deref() else {
        return vec![Line::ok("rates", bi!("没有写 base，不换算", "there is no base; nothing is converted"))];
    };
    let currencies: BTreeSet<&str> = book
        .orders
        .iter()
        .filter(|order| order.cancelled.is_none())
        .filter_map(|order| order.file.currency.as_deref())
        .filter(|currency| *currency != base)
        .collect();
    let mut missing = Vec::new();
    let mut old = Vec::new();
    for currency in currencies {
        match book.rate(currency, as_of) {
            None => missing.push(currency),
            Some(rate) if rate.date.checked_add_days(Days::new(RATE_AGE)).is_some_and(|end| end < as_of) => {
                old.push(format!("{currency} {}", rate.date));
            }
            Some(_) => {}
        }
    }
    let fix = || {
        bi!(
            "在 rates/<年>.csv 加一行：日期,货币,汇率,来源",
            "add a line to rates/<year>.csv: date,currency,rate,source"
        )
    };
    let mut lines = Vec::new();
    if !missing.is_empty() {
        let names = some(missing);
        lines.push(Line::note("rates", bi!("没有汇率：{names}", "without a rate: {names}"), fix()));
    }
    if !old.is_empty() {
        let names = some(old.iter().map(String::as_str));
        lines.push(Line::note("rates", bi!("汇率旧了：{names}", "old rates: {names}"), fix()));
    }
    if lines.is_empty() {
        lines.push(Line::ok(
            "rates",
            bi!("订单用到的币种都有汇率", "there is a rate for every currency of the orders"),
        ));
    }
    lines
}

fn schemas(root: &Path) -> Line {
    let folder = root.join(".gendan").join("schema");
    let Ok(files) = schema::files() else {
        return Line::problem("schema", bi!("结构说明生成不了", "schemas cannot be made"), Bi::default());
    };
    let all = files.len();
    let stale = files.iter().filter(|f| read(&folder.join(f.name)).is_none_or(|text| text != f.text)).count();
    if stale == 0 {
        return Line::ok("schema", bi!("{all} 个结构说明都是最新的", "{all} schemas are current"));
    }
    Line::note(
        "schema",
        bi!(
            "{all} 个结构说明里 {stale} 个没有或不是最新的",
            "{stale} of {all} schemas are missing or not current"
        ),
        bi!("运行 gendan schema", "run gendan schema"),
    )
}

fn links(findings: &[Finding]) -> Line {
    let links: Vec<&str> = findings
        .iter()
        .filter(|f| f.rule.name == "file-symlink")
        .filter_map(|f| f.spots.first().map(|spot| &*spot.place.file))
        .collect();
    let count = links.len();
    if count == 0 {
        return Line::ok("symlinks", bi!("没有符号链接", "there are none"));
    }
    let names = some(links);
    Line::problem(
        "symlinks",
        bi!("{count} 个符号链接没有读：{names}", "symbolic links that were not read: {count} ({names})"),
        bi!("用文件本身代替链接", "put the file itself in place of the link"),
    )
}

/// What is remembered of the history lies in the repository's own folder, where no commit can put anything.
fn cache(root: &Path) -> Line {
    match history::kept(root) {
        None => Line::ok("cache", bi!("还没有缓存", "there is no cache yet")),
        Some(bytes) => {
            let kib = bytes.div_ceil(1024);
            Line::ok(
                "cache",
                bi!(
                    "历史缓存 {kib} KiB，可以随时删",
                    "history cache of {kib} KiB; it may be removed at any time"
                ),
            )
        }
    }
}
