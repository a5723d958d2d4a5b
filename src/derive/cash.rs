//! Which money is expected when: every amount that somebody owes on the day it falls due, or on the day that was
//! promised, by week. What a buyer disputes is not expected, and what is overdue without a new day stands apart.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use crate::derive::aging::{Aging, Owed};
use crate::derive::money::Line;
use crate::derive::plan::shift;
use crate::derive::{Facts, OrderFacts};
use crate::model::stage::Milestone;
use crate::model::value::Currency;

/// Weeks that are shown one by one, the one of the day of the facts first.
pub const WEEKS: usize = 12;

/// How sure a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// It falls due then, and nobody can move it any more.
    Due,
    /// It falls due then if everything goes by the plan.
    Estimated,
    /// Somebody said so: `[forecast] paid`.
    Forecast,
}

/// When an amount is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum When {
    /// The day has passed and nobody named another.
    Overdue,
    /// In the week with this number, 0 being that of the day of the facts.
    Week(usize),
    /// After the weeks that are shown.
    Later,
    /// Nobody can tell.
    Unknown,
}

/// An amount that is expected.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expected {
    /// What is owed, by position in [`Aging::owed`].
    pub owed: usize,
    /// How much: what is open and not disputed.
    pub amount: Decimal,
    /// The day; of what is overdue, the day on which it fell due.
    pub day: Option<NaiveDate>,
    /// The same as a period.
    pub when: When,
    /// How sure it is.
    pub basis: Basis,
}

/// One period of one currency.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Part {
    /// What falls due for certain.
    pub firm: Decimal,
    /// What is estimated or promised.
    pub soft: Decimal,
}

impl Part {
    /// Both together.
    #[must_use]
    pub fn sum(self) -> Decimal {
        self.firm.saturating_add(self.soft)
    }
}

/// What is expected in one currency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Flow {
    /// Overdue, without a new day.
    pub overdue: Decimal,
    /// The next weeks, [`WEEKS`] of them.
    pub weeks: Vec<Part>,
    /// After these weeks.
    pub later: Part,
    /// Without a day.
    pub unknown: Decimal,
    /// Disputed: not expected.
    pub disputed: Decimal,
}

/// Everything that is expected.
#[derive(Debug, Clone, Default)]
pub struct Cash {
    /// Monday of the first week.
    pub monday: NaiveDate,
    /// The amounts, in the order of [`Aging::owed`].
    pub expected: Vec<Expected>,
}

impl Cash {
    /// What is expected of what is owed.
    #[must_use]
    pub fn of(facts: &Facts<'_>, aging: &Aging) -> Self {
        let monday = monday(facts.as_of);
        let expected = aging.owed.iter().enumerate().filter_map(|(at, owed)| {
            let own = facts.orders.get(owed.order)?;
            let amount = owed.clear();
            let (day, basis) = expect(own, owed.line, facts.as_of);
            let when = match day {
                None => When::Unknown,
                Some(day) if day < facts.as_of => When::Overdue,
                Some(day) => week(monday, day),
            };
            (amount > Decimal::ZERO).then_some(Expected { owed: at, amount, day, when, basis })
        });
        Self { monday, expected: expected.collect() }
    }

    /// What is expected of an amount that is owed.
    #[must_use]
    pub fn expected(&self, owed: usize) -> Option<&Expected> {
        let at = self.expected.binary_search_by_key(&owed, |e| e.owed).ok()?;
        self.expected.get(at)
    }

    /// The sums of a currency.
    #[must_use]
    pub fn flow(&self, aging: &Aging, currency: Option<Currency>) -> Flow {
        let mut flow = Flow { weeks: vec![Part::default(); WEEKS], ..Flow::default() };
        let mine = |owed: &Owed| owed.currency == currency;
        flow.disputed =
            aging.within(currency).fold(Decimal::ZERO, |sum, owed| sum.saturating_add(owed.disputed));
        for expected in self.expected.iter().filter(|e| aging.owed.get(e.owed).is_some_and(mine)) {
            let part = match expected.when {
                When::Overdue => {
                    flow.overdue = flow.overdue.saturating_add(expected.amount);
                    continue;
                }
                When::Unknown => {
                    flow.unknown = flow.unknown.saturating_add(expected.amount);
                    continue;
                }
                When::Later => &mut flow.later,
                When::Week(at) => match flow.weeks.get_mut(at) {
                    Some(part) => part,
                    None => &mut flow.later,
                },
            };
            let sum = if expected.basis == Basis::Due { &mut part.firm } else { &mut part.soft };
            *sum = sum.saturating_add(expected.amount);
        }
        flow
    }
}

/// Monday of the week of a day (ISO 8601).
#[must_use]
pub fn monday(day: NaiveDate) -> NaiveDate {
    shift(day, -i64::from(day.weekday().num_days_from_monday())).unwrap_or(day)
}

fn week(monday: NaiveDate, day: NaiveDate) -> When {
    let at = (day - monday).num_days().div_euclid(7);
    match usize::try_from(at) {
        Ok(at) if at < WEEKS => When::Week(at),
        Ok(_) => When::Later,
        Err(_) => When::Overdue,
    }
}

/// The day on which a line is expected, and how sure it is. A line that is overdue and for which nobody named another
/// day keeps the day on which it fell due.
///
/// `[forecast] paid` is the day on which everything is in. It moves what falls due last, what falls due after it, and
/// what is overdue; a deposit that falls due before it stays where it is.
#[must_use]
pub fn expect(own: &OrderFacts, line: Option<usize>, as_of: NaiveDate) -> (Option<NaiveDate>, Basis) {
    let paid = own.progress.milestone(Milestone::Paid);
    let promised = paid.forecast.filter(|day| *day >= as_of);
    let Some(line) = line.and_then(|at| own.money.lines.get(at)) else {
        // A plan that has passed is no day any more: without terms nobody knows when it was due.
        let planned = paid.plan.filter(|p| !p.derived).map(|p| p.date).filter(|day| *day >= as_of);
        return match promised {
            Some(day) => (Some(day), Basis::Forecast),
            None => (planned, Basis::Estimated),
        };
    };
    let basis = if line.due.estimated { Basis::Estimated } else { Basis::Due };
    if let Some(day) = promised.filter(|day| moves(own, line, *day, as_of)) {
        let same = line.due.hard() == Some(day);
        return (Some(day), if same { Basis::Due } else { Basis::Forecast });
    }
    // The event may still happen today, whatever a holiday makes of the day before it.
    let day = line.due.day.map(|day| if line.due.estimated { day.max(as_of) } else { day });
    (day, basis)
}

fn moves(own: &OrderFacts, line: &Line, promised: NaiveDate, as_of: NaiveDate) -> bool {
    let Some(due) = line.due.day else { return true };
    let overdue = line.due.hard().is_some_and(|day| day < as_of);
    let open = own.money.lines.iter().filter(|l| l.outstanding().is_some());
    let last = open.map(|l| l.due.day.unwrap_or(NaiveDate::MAX)).max();
    overdue || due > promised || Some(due) == last
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::book::Book;
    use crate::derive::derive;
    use crate::history::{History, State};
    use crate::load::load;

    const TODAY: &str = "2026-11-20";

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn history() -> History {
        History::empty(State::NoRepository)
    }

    fn look<T>(book: &Book, as_of: &str, see: impl FnOnce(&Facts<'_>, &Aging, &Cash) -> T) -> T {
        let history = history();
        let facts = derive(book, &history, day(as_of));
        let aging = Aging::of(&facts);
        let cash = Cash::of(&facts, &aging);
        see(&facts, &aging, &cash)
    }

    fn example() -> Book {
        load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).unwrap().book
    }

    /// One order with a payment line; `more` goes to the end of the file.
    fn book(payment: &str, more: &str) -> Book {
        let text = format!(
            "customer = \"a\"\nsigned = 2026-10-01\ncurrency = \"USD\"\nship_by = 2026-12-31\n\
             payment = \"{payment}\"\n[[items]]\nsku = \"A\"\nname = \"Lamp\"\nqty = 1\nprice = 1000\n{more}"
        );
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("orders/A")).unwrap();
        std::fs::write(dir.path().join("orders/A/order.toml"), text).unwrap();
        load(dir.path()).unwrap().book
    }

    fn seen(book: &Book) -> Vec<(Decimal, Option<NaiveDate>, When, Basis)> {
        look(book, TODAY, |_, _, cash| {
            cash.expected.iter().map(|e| (e.amount, e.day, e.when, e.basis)).collect()
        })
    }

    #[test]
    fn an_accepted_credit_is_expected_in_the_week_of_its_maturity() {
        look(&example(), TODAY, |facts, aging, cash| {
            let at = facts.book.orders.iter().position(|o| &*o.id == "GD-2026-0103").unwrap();
            let owed = aging.owed.iter().position(|o| o.order == at).unwrap();
            let expected = cash.expected(owed).unwrap();
            assert_eq!(expected.amount, n("56800.00"));
            assert_eq!(cash.monday, day("2026-11-16"));
            // 2026-11-23 is the Monday of the next week.
            assert_eq!((expected.day, expected.when), (Some(day("2026-11-23")), When::Week(1)));
            assert_eq!(expected.basis, Basis::Due);
        });
    }

    #[test]
    fn nothing_that_is_owed_is_missing_from_the_weeks() {
        let book = example();
        for as_of in ["2026-03-01", "2026-09-15", TODAY, "2026-11-23", "2027-06-30"] {
            look(&book, as_of, |facts, aging, cash| {
                let mut all = Decimal::ZERO;
                for currency in aging.currencies() {
                    let (total, flow) = (aging.total(currency), cash.flow(aging, currency));
                    let weeks: Decimal = flow.weeks.iter().map(|part| part.sum()).sum();
                    let sum = flow.overdue + weeks + flow.later.sum() + flow.unknown + flow.disputed;
                    assert_eq!(sum, total.open, "{as_of} {currency:?}");
                    let buckets: Decimal = total.buckets.iter().sum();
                    assert_eq!(total.not_due + buckets + total.disputed, total.open);
                    assert_eq!(buckets, total.overdue);
                    all += total.open;
                }
                let owes = |own: &&OrderFacts| own.money.binding && !own.money.cancelled;
                let lines = facts.orders.iter().filter(owes).flat_map(|own| &own.money.lines);
                let open: Decimal = lines.filter_map(Line::outstanding).sum();
                assert_eq!(all, open, "{as_of}");
            });
        }
    }

    #[test]
    fn a_promise_moves_what_comes_last_and_what_is_overdue() {
        let terms = "30% deposit on 2026-11-10, 70% oa on 2026-12-10";
        let (a, b) = (n("300.00"), n("700.00"));
        let (first, last) = (day("2026-11-10"), day("2026-12-10"));
        let plain = seen(&book(terms, ""));
        assert_eq!(
            plain,
            [(a, Some(first), When::Overdue, Basis::Due), (b, Some(last), When::Week(3), Basis::Due),]
        );
        let promised = day("2026-12-24");
        let moved = (Some(promised), When::Week(5), Basis::Forecast);
        let both = seen(&book(terms, "[forecast]\npaid = 2026-12-24\n"));
        assert_eq!(both, [(a, moved.0, moved.1, moved.2), (b, moved.0, moved.1, moved.2)]);
        // What falls due before it stays.
        let terms = "30% deposit on 2026-11-30, 70% oa on 2026-12-10";
        let one = seen(&book(terms, "[forecast]\npaid = 2026-12-24\n"));
        let stays = (a, Some(day("2026-11-30")), When::Week(2), Basis::Due);
        assert_eq!(one, [stays, (b, moved.0, moved.1, moved.2)]);
        // A day that has passed is no promise any more, and the day itself is not only promised.
        assert_eq!(seen(&book(terms, "[forecast]\npaid = 2026-11-19\n"))[1].3, Basis::Due);
        assert_eq!(seen(&book(terms, "[forecast]\npaid = 2026-12-10\n"))[1].3, Basis::Due);
    }

    #[test]
    fn weeks_start_on_monday_and_end() {
        let due = |text: &str| seen(&book(&format!("100% deposit on {text}"), ""))[0].2;
        assert_eq!(due("2026-11-20"), When::Week(0));
        assert_eq!(due("2026-11-22"), When::Week(0));
        assert_eq!(due("2026-11-23"), When::Week(1));
        assert_eq!(due("2027-02-07"), When::Week(WEEKS - 1));
        assert_eq!(due("2027-02-08"), When::Later);
        assert_eq!(due("2026-11-19"), When::Overdue);
    }

    #[test]
    fn what_nobody_can_date_is_not_guessed() {
        let wait = seen(&book("100% da 60d", ""));
        assert_eq!(wait, [(n("1000.00"), None, When::Unknown, Basis::Estimated)]);
        let promised = seen(&book("100% da 60d", "[forecast]\npaid = 2026-12-01\n"));
        assert_eq!(promised[0].2, When::Week(2));
        // Without terms: the typed plan, as long as it has not passed.
        let plan = |text: &str| seen(&book("on the never-never", &format!("[plan]\npaid = {text}\n")))[0].2;
        assert_eq!(plan("2026-12-01"), When::Week(2));
        assert_eq!(plan("2026-11-01"), When::Unknown);
    }
}
