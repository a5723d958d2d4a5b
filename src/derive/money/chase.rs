//! The ladder of reminders: which step an open amount has reached, whether somebody has done it, what comes next and
//! who does it. The steps and their days are the company's (`ladder` in gendan.toml).

use chrono::NaiveDate;

use super::{Line, Money};
use crate::book::Book;
use crate::derive::plan::shift;
use crate::model::Order;
use crate::model::money::{FilingKind, Reminder};
use crate::text::StaticBi;

/// Steps where `gendan.toml` has none, in days from the due date.
const DEFAULT: [i64; 9] = [-7, 1, 7, 15, 30, 45, 60, 90, 180];

/// A reminder may be this many days before its step and still be meant for it.
const EARLY: i64 = 7;

/// From this step on a reminder must be recorded as what it is: a demand, a notice. Before, any contact counts.
const FORMAL: i64 = 15;

/// One step of the ladder: days after the due date, negative before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Step(pub i64);

impl Step {
    /// Reads `T-7`, `T+30`, `T0`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let days = text.trim().strip_prefix(['T', 't'])?.trim();
        if days.is_empty() {
            return Some(Self(0));
        }
        let days = days.strip_prefix('+').unwrap_or(days).trim();
        days.parse().ok().filter(|days: &i64| days.abs() <= 3650).map(Self)
    }

    /// What is done on it.
    #[must_use]
    pub fn action(self) -> StaticBi {
        match self.0 {
            ..=-1 => ("到期前提醒，附银行信息", "friendly notice with bank details"),
            0 => ("到期日看到账", "look for the receipt"),
            1..=6 => ("电话或邮件催", "call or mail"),
            7..=14 => ("第二次催，新单停排产", "second reminder, stop new production"),
            15..=29 => ("报老板，停出货、扣单据", "tell the boss, stop shipments, hold documents"),
            30..=44 => {
                ("正式催款函，停止赊销，请银行查询", "formal demand, credit hold, ask the bank for the fate")
            }
            45..=59 => ("最后通知，查信保保单期限", "last call, check the insurance policy"),
            60..=89 => ("报信保可损", "notice of loss to the credit insurer"),
            90..=179 => ("委托追账或律师", "collection agency or lawyer"),
            180.. => ("计提或申请核销", "provision or write-off"),
        }
    }

    /// The boss has to know.
    #[must_use]
    pub fn is_escalated(self) -> bool {
        self.0 >= FORMAL
    }
}

impl std::fmt::Display for Step {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.0 {
            0 => f.write_str("T0"),
            days => write!(f, "T{days:+}"),
        }
    }
}

/// Where an open line stands on the ladder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chase {
    /// The line, by position.
    pub line: usize,
    /// The highest step reached, with its day; `None` before the first.
    pub reached: Option<(Step, NaiveDate)>,
    /// The highest step that somebody did, with the position of the reminder where it is one.
    pub done: Option<(Step, Option<usize>)>,
    /// The next step, with its day.
    pub next: Option<(Step, NaiveDate)>,
}

impl Chase {
    /// The step that is to be done now: reached, and neither it nor a higher one was done.
    #[must_use]
    pub fn waiting(&self) -> Option<(Step, NaiveDate)> {
        self.reached.filter(|(step, _)| self.done.is_none_or(|(done, _)| done < *step))
    }
}

/// The steps of a company, in order.
#[must_use]
pub fn ladder(book: &Book) -> Vec<Step> {
    let mut steps: Vec<Step> = book.config.ladder.iter().filter_map(|text| Step::parse(text)).collect();
    if steps.is_empty() {
        steps = DEFAULT.map(Step).to_vec();
    }
    steps.sort_unstable();
    steps.dedup();
    steps
}

/// The first day on which a reminder can be meant for what falls due on a day.
fn start(book: &Book, due: NaiveDate) -> Option<NaiveDate> {
    shift(due, ladder(book).first()?.0.saturating_sub(EARLY))
}

/// The steps of a line with their days. While the day may still move nobody is late: a friendly notice is all there
/// is to send.
#[must_use]
pub fn steps(book: &Book, line: &Line) -> Vec<(Step, NaiveDate)> {
    let Some(due) = line.due.day else { return Vec::new() };
    let counts = |step: &Step| !line.due.estimated || step.0 <= 0;
    let all = ladder(book).into_iter().filter(counts);
    all.filter_map(|step| Some((step, shift(due, step.0)?))).collect()
}

/// The open lines of an order that have a day, each with its steps.
pub(super) fn of(book: &Book, order: &Order, money: &Money, as_of: NaiveDate) -> Vec<Chase> {
    if money.lines.iter().all(|line| line.outstanding().is_none()) {
        return Vec::new();
    }
    let steps = ladder(book);
    let open = money.lines.iter().enumerate().filter(|(_, line)| line.outstanding().is_some());
    open.filter_map(|(at, line)| {
        let due = line.due.day?;
        let days: Vec<(Step, NaiveDate)> =
            steps.iter().filter_map(|step| Some((*step, shift(due, step.0)?))).collect();
        // While the day may still move nobody is late; a friendly notice is all there is to send.
        let counts = |step: Step| !line.due.estimated || step.0 <= 0;
        let reached = days.iter().rfind(|(step, day)| *day <= as_of && counts(*step)).copied();
        let next = days.iter().find(|(step, day)| *day > as_of && counts(*step)).copied();
        Some(Chase { line: at, reached, done: done(order, money, line, &days, as_of), next })
    })
    .collect()
}

/// The last reminder known by a day that was meant for a line, by position. One of an earlier instalment says nothing
/// about it.
#[must_use]
pub fn last(book: &Book, order: &Order, money: &Money, line: &Line, as_of: NaiveDate) -> Option<usize> {
    let start = line.due.day.and_then(|due| start(book, due));
    let known =
        |r: &Reminder| r.date.is_some_and(|day| day <= as_of && start.is_none_or(|start| day >= start));
    let all = order.reminders.iter().enumerate().filter(|(_, r)| known(r) && is_meant(r, money, line));
    all.max_by_key(|(at, r)| (r.date, *at)).map(|(at, _)| at)
}

/// A reminder speaks of a line.
fn is_meant(reminder: &Reminder, money: &Money, line: &Line) -> bool {
    let named = reminder.r#for.as_deref();
    let own = reminder.shipment.is_none() || line.shipment.is_none() || reminder.shipment == line.shipment;
    own && named.is_none_or(|name| money.named(name) == Some(line.instalment))
}

/// The highest step that was done for a line.
fn done(
    order: &Order,
    money: &Money,
    line: &Line,
    days: &[(Step, NaiveDate)],
    as_of: NaiveDate,
) -> Option<(Step, Option<usize>)> {
    let start = days.first().and_then(|(_, day)| shift(*day, -EARLY))?;
    let known = |day: Option<NaiveDate>| day.filter(|day| *day >= start && *day <= as_of);
    let logged = order.reminders.iter().enumerate().filter_map(|(i, r)| {
        let day = known(r.date).filter(|_| is_meant(r, money, line))?;
        let step = match r.step.as_deref().and_then(Step::parse) {
            Some(step) => step,
            None => days.iter().rfind(|(step, on)| *on <= day && step.0 < FORMAL)?.0,
        };
        Some((step, Some(i)))
    });
    let notice = order.filings.iter().filter(|f| f.kind == Some(FilingKind::LossNotice));
    let noticed = notice.filter(|f| known(f.date).is_some()).map(|_| (Step(60), None));
    logged.chain(noticed).max()
}
