//! The calendar of deadlines: which dates are immovable, what collides with a holiday.

use serde::Serialize;

use super::{Day, Figure, Link, Section, View};

/// `calendar.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CalendarPage {
    /// `截止日`.
    pub title: String,
    /// As-of date in full.
    pub as_of: Day,
    /// `2026 年第 47 周到 2027 年第 6 周`.
    pub range: String,
    /// The next immovable date, how many there are, what collides, what is overdue.
    pub figures: Vec<Figure>,
    /// Filters that work without script.
    pub chips: Vec<Chip>,
    /// Files with the same dates.
    pub downloads: Vec<Link>,
    /// Past and still open, the oldest first.
    pub overdue: Vec<DateEntry>,
    /// Families in it, for the filters.
    pub overdue_families: String,
    /// `已过期，还没办 12 项`.
    pub overdue_title: String,
    /// The weeks ahead.
    pub weeks: Vec<CalendarWeek>,
    /// After those weeks, by month.
    pub later: Vec<CalendarWeek>,
    /// `12 周以后 52 项`.
    pub later_title: String,
    /// Done within the last two weeks.
    pub done: Vec<DateEntry>,
    /// `最近两周办完 30 项`.
    pub done_title: String,
    /// The same weeks as a grid.
    pub months: Vec<GridMonth>,
    /// Names of the days of the week, Monday first.
    pub weekdays: Vec<String>,
}

impl View for CalendarPage {
    const TEMPLATE: &'static str = "calendar.html";

    fn path(&self) -> String {
        Section::Calendar.path().to_owned()
    }

    fn data(&self) -> String {
        super::beside(&self.path())
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Calendar
    }
}

/// A filter.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Chip {
    /// `credit`; the style sheet knows these.
    pub family: String,
    /// `信用证`.
    pub label: String,
    /// How many there are.
    pub count: usize,
}

/// A week, or a month of those that are folded.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CalendarWeek {
    /// Id on the page: `w2026-47`.
    pub id: String,
    /// `第 47 周`.
    pub label: String,
    /// `11-16 至 11-22`.
    pub range: String,
    /// Families in it, for the filters.
    pub families: String,
    /// `缺 calendar/cn-bank-2027.toml：2027 年的假日还不知道`.
    pub notes: Vec<String>,
    /// Days with something.
    pub days: Vec<CalendarDay>,
}

/// A day with its entries.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CalendarDay {
    /// The day, with its weekday.
    pub day: Day,
    /// `今天`, `剩 4 天`.
    pub left: String,
    /// It is the day of the facts.
    pub today: bool,
    /// `银行放假`, `周六`: why it is no working day.
    pub closed: Vec<String>,
    /// Families in it, for the filters.
    pub families: String,
    /// What is due.
    pub entries: Vec<DateEntry>,
}

/// One deadline as every list shows it.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DateEntry {
    /// Id on the page; empty where a page shows it twice.
    pub id: String,
    /// `credit`.
    pub family: String,
    /// The day, with its weekday.
    pub day: Day,
    /// `18:00`, with the zone where it is not ours: `18:00 UTC-5`.
    pub time: String,
    /// Only a bank, an authority or a carrier can move it.
    pub hard: bool,
    /// From a plan or a forecast.
    pub estimated: bool,
    /// `暂定：缺 calendar/cn-bank-2027.toml`; empty = settled.
    pub provisional: String,
    /// Done.
    pub done: bool,
    /// `11-19 办完`.
    pub done_note: String,
    /// Past and open.
    pub overdue: bool,
    /// `过了 3 天`, `剩 4 天`.
    pub left: String,
    /// `周六，最晚 12-18 周五办`; empty = a working day.
    pub clash: String,
    /// The order; empty for closed days.
    pub order: Link,
    /// The customer's short name.
    pub customer: String,
    /// What, leading to the line of the record.
    pub what: Link,
    /// Whose work it is, leading to his page.
    pub owner: Link,
}

/// A month of the grid.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GridMonth {
    /// `2026 年 11 月`.
    pub label: String,
    /// Weeks whose Thursday lies in it.
    pub weeks: Vec<GridWeek>,
}

/// A week of the grid.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GridWeek {
    /// `47`.
    pub number: String,
    /// Seven days, Monday first.
    pub days: Vec<GridDay>,
}

/// A day of the grid.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GridDay {
    /// The day: `24`, on the first `12-01`.
    pub day: Day,
    /// It is the day of the facts.
    pub today: bool,
    /// The bank is closed.
    pub closed: bool,
    /// `银行放假`, `工厂放假`.
    pub holidays: Vec<String>,
    /// What is due.
    pub items: Vec<GridItem>,
    /// `另 3 项`, leads to the day in the list.
    pub more: Link,
    /// Their families, for the filters.
    pub more_families: String,
}

/// A deadline in the grid.
#[derive(Debug, Clone, Default, Serialize)]
pub struct GridItem {
    /// `credit`.
    pub family: String,
    /// See [`DateEntry`].
    pub hard: bool,
    /// See [`DateEntry`].
    pub estimated: bool,
    /// See [`DateEntry`].
    pub done: bool,
    /// `GD26-0122`, leading to the entry in the list.
    pub order: Link,
    /// `截港 CY 18:00`.
    pub text: String,
}
