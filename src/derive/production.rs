//! Who makes the goods of an order, how many are finished, when they will be and when they have to be; and what stands
//! in the way: nothing reported for long, fewer finished than planned, materials that are not there, a failed final
//! inspection, problems past their day.

use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::deadline::{AFTER_FINISH, AFTER_INSPECTION, Basis};
use super::plan::shift;
use super::{OrderFacts, StageState, inspection};
use crate::book::Book;
use crate::model::Order;
use crate::model::order::{Corrective, Inspection, Issue, IssueKind};
use crate::model::stage::{Milestone, StageKey};

/// So many points less than an even pace would have made are behind.
const BEHIND: u8 = 10;

/// What one factory or workshop makes for an order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Part<'a> {
    /// Supplier or workshop; `None` where nobody is recorded.
    pub factory: Option<&'a str>,
    /// How many pieces; `None` where it is not recorded what of the order this factory makes.
    pub wanted: Option<Decimal>,
    /// How many are finished by the last report; `None` where nothing was reported of them.
    pub done: Option<Decimal>,
    /// The last day in the orders to it.
    pub due: Option<NaiveDate>,
}

/// The parts of an order by factory, the factories in the order in which the record names them; at least one part.
#[must_use]
pub fn parts<'a>(order: &'a Order, own: &OrderFacts, as_of: NaiveDate) -> Vec<Part<'a>> {
    let factories = factories(order);
    if let [] | [_] = factories.as_slice() {
        let (wanted, done) = (own.goods.pieces(), own.progress.produced.map(|(done, _)| done));
        let factory = factories.first().copied();
        return vec![Part { factory, wanted, done, due: due(order, factory, as_of) }];
    }
    let latest = latest(order, as_of);
    let part = |factory: &&'a str| {
        let keys = keys(order, own, factory);
        let wanted = (!keys.is_empty()).then(|| keys.values().copied().sum::<Option<Decimal>>()).flatten();
        let told: Vec<Decimal> = keys.keys().filter_map(|key| latest.get(*key).copied()).collect();
        let done = (!told.is_empty()).then(|| told.into_iter().fold(Decimal::ZERO, Decimal::saturating_add));
        Part { factory: Some(factory), wanted, done, due: due(order, Some(factory), as_of) }
    };
    factories.iter().map(part).collect()
}

/// Everybody the goods come from: who got an order first, then who is named beside an item.
#[must_use]
pub fn factories(order: &Order) -> Vec<&str> {
    let ordered = order.purchases.iter().filter_map(|purchase| purchase.to.as_deref());
    let bought = order.items.iter().filter_map(|item| item.buy.as_deref()?.from.as_deref());
    let mut all: Vec<&str> = Vec::new();
    for id in ordered.chain(bought) {
        if !all.contains(&id) {
            all.push(id);
        }
    }
    all
}

/// Items that a factory makes with their quantities: those its orders list, else those bought from it.
fn keys<'a>(order: &'a Order, own: &OrderFacts, factory: &str) -> BTreeMap<&'a str, Option<Decimal>> {
    let mut keys: BTreeMap<&str, Option<Decimal>> = BTreeMap::new();
    let mine = order.purchases.iter().filter(|purchase| purchase.to.as_deref() == Some(factory));
    for item in mine.flat_map(|purchase| &purchase.items) {
        let Some(key) = item.sku.as_deref().or(item.name.as_deref()) else { continue };
        let sum = keys.entry(key).or_insert(Some(Decimal::ZERO));
        *sum = sum.zip(item.qty).map(|(sum, qty)| sum.saturating_add(qty));
    }
    if keys.is_empty() {
        for (item, fact) in order.items.iter().zip(&own.goods.items) {
            if item.buy.as_deref().and_then(|buy| buy.from.as_deref()) == Some(factory) {
                let key = item.sku.as_deref().or(item.name.as_deref()).unwrap_or_default();
                let sum = keys.entry(key).or_insert(Some(Decimal::ZERO));
                *sum = sum.zip(fact.qty).map(|(sum, qty)| sum.saturating_add(qty));
            }
        }
    }
    keys
}

/// The last report of each item by a day.
fn latest(order: &Order, as_of: NaiveDate) -> BTreeMap<&str, Decimal> {
    let known = order.progress.iter().filter(|report| report.date.is_some_and(|day| day <= as_of));
    let mut reports: Vec<_> = known.collect();
    reports.sort_by_key(|report| report.date);
    reports.into_iter().filter_map(|report| Some((report.sku.as_deref()?, report.done?))).collect()
}

/// The last day by which a factory was told to finish; of an order to come nothing is known.
fn due(order: &Order, factory: Option<&str>, as_of: NaiveDate) -> Option<NaiveDate> {
    let mine = order.purchases.iter().filter(|p| factory.is_none() || p.to.as_deref() == factory);
    let issued = mine.filter(|purchase| purchase.issued.is_none_or(|day| day <= as_of));
    issued.filter_map(|purchase| purchase.due).max()
}

/// The last day of finishing that still makes the last possible shipment.
#[must_use]
pub fn finish_by(own: &OrderFacts) -> Option<NaiveDate> {
    shift(own.slack?.latest, -AFTER_FINISH)
}

/// The last day of a final inspection that still makes the last possible shipment; without one, as planned.
#[must_use]
pub fn inspect_by(own: &OrderFacts) -> Option<NaiveDate> {
    match own.slack {
        Some(slack) => shift(slack.latest, -AFTER_INSPECTION),
        None => own.progress.milestone(Milestone::Inspected).expected(),
    }
}

/// Where even progress from the start to the planned finish would stand on a day, in percent.
#[must_use]
pub fn expected(own: &OrderFacts, as_of: NaiveDate) -> Option<u8> {
    let start = own.progress.milestone(Milestone::Started).expected()?;
    let end = own.progress.milestone(Milestone::Produced).plan?.date;
    let (gone, all) = ((as_of - start).num_days(), (end - start).num_days());
    (all > 0 && gone >= 0).then(|| share(Decimal::from(gone), Decimal::from(all)))
}

/// A part of a whole in percent, rounded down: only the whole is a hundred.
#[must_use]
pub fn share(part: Decimal, whole: Decimal) -> u8 {
    if whole <= Decimal::ZERO || part <= Decimal::ZERO {
        return 0;
    }
    let percent = part.checked_mul(Decimal::ONE_HUNDRED).and_then(|n| n.checked_div(whole));
    percent.and_then(|n| n.floor().to_u8()).unwrap_or(100).min(100)
}

/// What stands in the way of goods being ready.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Risk {
    /// The last final inspection failed and nothing passed since.
    Failed,
    /// The plan to finish has passed, by so many days.
    Overdue(i64),
    /// Materials are not there, planned so many days ago.
    Materials(i64),
    /// Less is finished than an even pace would have made: points behind.
    Behind(u8),
    /// In production, and nothing reported for so many days.
    Silent(i64),
    /// A corrective action or a problem is so many days past its day.
    Action(i64),
}

/// What stands in the way of an order's goods, the worst first. A derived plan makes nobody late.
#[must_use]
pub fn risks(book: &Book, order: &Order, own: &OrderFacts, as_of: NaiveDate) -> Vec<Risk> {
    let progress = &own.progress;
    let (made, skipped) =
        (progress.is_done(Milestone::Produced), is(own, StageKey::Produce, StageState::Skipped));
    let mut risks = Vec::new();
    if !inspection::open(&inspection::finals(order, as_of)).is_empty() && failed(order, as_of) {
        risks.push(Risk::Failed);
    }
    let late = |milestone: Milestone| {
        let fact = progress.milestone(milestone);
        let day = fact.plan.filter(|p| !p.derived).map(|p| p.date).or(fact.forecast);
        let day = day.filter(|_| fact.actual.is_none())?;
        Some((as_of - day).num_days()).filter(|days| *days > 0)
    };
    if !made && !skipped {
        risks.extend(late(Milestone::Produced).map(Risk::Overdue));
        // Who finishes goods has the materials, whoever did not write it down.
        if progress.produced.is_none() {
            risks.extend(late(Milestone::Materials).map(Risk::Materials));
        }
        let typed = progress.milestone(Milestone::Produced).plan.is_some_and(|p| !p.derived);
        let pace = progress.produced.zip(expected(own, as_of).filter(|_| typed));
        let behind = pace.map(|((done, wanted), pace)| pace.saturating_sub(share(done, wanted)));
        risks.extend(behind.filter(|points| *points >= BEHIND).map(Risk::Behind));
        risks.extend(silent(book, order, own, as_of).map(Risk::Silent));
    }
    let actions = actions(order, as_of).into_iter().filter_map(|action| action.due(order));
    let worst = actions.map(|day| (as_of - day).num_days()).filter(|days| *days > 0).max();
    risks.extend(worst.map(Risk::Action));
    risks
}

/// Days without a report of goods that are being made, beyond those after which an order counts as stale.
fn silent(book: &Book, order: &Order, own: &OrderFacts, as_of: NaiveDate) -> Option<i64> {
    let told = order.progress.iter().filter_map(|report| report.date).filter(|day| *day <= as_of).max();
    let started = own.progress.done_on(Milestone::Started);
    let planned = own.progress.milestone(Milestone::Started).plan.filter(|p| !p.derived).map(|p| p.date);
    let days = (as_of - told.max(started).or(planned)?).num_days();
    (days > book.config.stale_days()).then_some(days)
}

fn failed(order: &Order, as_of: NaiveDate) -> bool {
    use crate::model::order::InspectionResult::Fail;
    inspection::finals(order, as_of).last().is_some_and(|(_, held)| held.result == Some(Fail))
}

fn is(own: &OrderFacts, key: StageKey, state: StageState) -> bool {
    own.progress.stage(key).is_some_and(|stage| stage.state == state)
}

/// Days between the day the goods will be ready and the day they have to be; negative = too late. Without a latest
/// shipment, to the day in the orders to the factory.
#[must_use]
pub fn slack(own: &OrderFacts, part: &Part<'_>, as_of: NaiveDate) -> Option<(i64, Basis)> {
    if let Some(slack) = own.slack {
        let days = match slack.basis {
            // Finished goods that wait eat up their slack.
            Basis::Actual => slack.days.min((slack.latest - as_of).num_days()),
            _ => slack.days,
        };
        return Some((days, slack.basis));
    }
    let fact = own.progress.milestone(Milestone::Produced);
    let basis = match (&fact.actual, fact.forecast, fact.plan) {
        (Some(_), ..) => Basis::Actual,
        (None, Some(_), _) => Basis::Forecast,
        (None, None, Some(plan)) if plan.derived => Basis::Derived,
        _ => Basis::Plan,
    };
    let finish = fact.expected()?;
    let finish = if basis == Basis::Actual { finish } else { finish.max(as_of) };
    Some(((part.due? - finish).num_days(), basis))
}

/// Something somebody has to do about goods.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Action {
    /// A corrective action of an inspection, by position.
    Corrective(usize),
    /// A problem, by position.
    Issue(usize),
}

impl Action {
    /// The inspection with its corrective action.
    #[must_use]
    pub fn corrective<'o>(&self, order: &'o Order) -> Option<(&'o Inspection, &'o Corrective)> {
        let Self::Corrective(index) = self else { return None };
        let inspection = order.inspections.get(*index)?;
        Some((inspection, inspection.corrective.as_deref()?))
    }

    /// The problem.
    #[must_use]
    pub fn issue<'o>(&self, order: &'o Order) -> Option<&'o Issue> {
        let Self::Issue(index) = self else { return None };
        order.issues.get(*index)
    }

    /// By when.
    #[must_use]
    pub fn due(&self, order: &Order) -> Option<NaiveDate> {
        match self {
            Self::Corrective(_) => self.corrective(order)?.1.due,
            Self::Issue(_) => self.issue(order)?.due,
        }
    }

    /// Since when.
    #[must_use]
    pub fn opened(&self, order: &Order) -> Option<NaiveDate> {
        match self {
            Self::Corrective(_) => self.corrective(order)?.0.date,
            Self::Issue(_) => self.issue(order)?.opened,
        }
    }
}

/// Problems with goods: those with papers, money or ships are no work of production.
fn is_of_goods(issue: &Issue) -> bool {
    use IssueKind::{Capacity, Material, Process, Quality};
    matches!(issue.kind, None | Some(Material | Process | Capacity | Quality))
}

/// Corrective actions and problems with the goods that are open on a day.
#[must_use]
pub fn actions(order: &Order, as_of: NaiveDate) -> Vec<Action> {
    let known = |day: Option<NaiveDate>| day.is_none_or(|day| day <= as_of);
    let open = |closed: Option<NaiveDate>| closed.is_none_or(|day| day > as_of);
    let held = order.inspections.iter().enumerate().filter(|(_, q)| known(q.date));
    let wanted = |q: &Inspection| q.corrective.as_deref().is_some_and(|action| open(action.closed));
    let corrective = held.filter(|(_, q)| wanted(q)).map(|(index, _)| Action::Corrective(index));
    let issues =
        order.issues.iter().enumerate().filter(|(_, i)| is_of_goods(i) && known(i.opened) && open(i.closed));
    corrective.chain(issues.map(|(index, _)| Action::Issue(index))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::derive;
    use crate::history::{History, State};
    use crate::load::load;

    /// What is seen of one order as of 2026-11-20.
    fn seen<T>(order: &str, see: impl FnOnce(&Book, &Order, &OrderFacts, NaiveDate) -> T) -> T {
        let dir = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(dir.path().join("orders/A")).unwrap();
        std::fs::write(dir.path().join("orders/A/order.toml"), order).unwrap();
        let book = load(dir.path()).unwrap().book;
        let as_of = "2026-11-20".parse().unwrap();
        let history = History::empty(State::NoRepository);
        let facts = derive(&book, &history, as_of);
        see(&book, &book.orders[0], &facts.orders[0], as_of)
    }

    const TWO: &str = "currency = \"USD\"\nsigned = 2026-10-01\nship_by = 2026-12-20\n\
        [[items]]\nsku = \"A\"\nqty = 1000\nprice = 1\nbuy = { from = \"one\", price = 1 }\n\
        [[items]]\nsku = \"B\"\nqty = 400\nprice = 1\nbuy = { from = \"two\", price = 1 }\n\
        [[purchases]]\nto = \"two\"\nissued = 2026-10-02\ndue = 2026-12-05\n\
        [[purchases]]\nto = \"two\"\nissued = 2026-11-25\ndue = 2026-12-09\n\
        [[progress]]\ndate = 2026-11-01\nsku = \"A\"\ndone = 200\n\
        [[progress]]\ndate = 2026-11-10\nsku = \"A\"\ndone = 350\n\
        [[progress]]\ndate = 2026-11-30\nsku = \"B\"\ndone = 400\n";

    #[test]
    fn each_factory_has_its_own_quantity_progress_and_day() {
        let parts = seen(TWO, |_, order, own, as_of| {
            let parts = parts(order, own, as_of);
            parts
                .into_iter()
                .map(|p| (p.factory.unwrap().to_owned(), p.wanted, p.done, p.due))
                .collect::<Vec<_>>()
        });
        let n = |n: i64| Some(Decimal::from(n));
        // The order of 11-25 and the report of 11-30 are not known yet.
        assert_eq!(parts[0], ("two".to_owned(), n(400), None, "2026-12-05".parse().ok()));
        assert_eq!(parts[1], ("one".to_owned(), n(1000), n(350), None));
    }

    #[test]
    fn what_stands_in_the_way_is_told_with_how_much() {
        let order = TWO.to_owned()
            + "[[issues]]\nopened = 2026-11-01\nwhat = \"x\"\ndue = 2026-11-17\n\
               [[inspections]]\ndate = 2026-11-18\nstage = \"final\"\nresult = \"fail\"\n\
               corrective = { action = \"y\", due = 2026-11-22 }\n\
               [plan]\nstarted = 2026-10-21\nmaterials = 2026-10-10\nproduced = 2026-11-30\n";
        let risks = seen(&order, risks);
        // 350 of 1,400 are 25 %; 19 days of 29 since the first report are 65 %. Ten days of silence are not yet long.
        assert_eq!(risks, [Risk::Failed, Risk::Behind(40), Risk::Action(3)]);
        let silent = order
            .replace("date = 2026-11-10", "date = 2026-11-02")
            .replace("produced = 2026-11-30", "produced = 2026-11-15");
        let found = seen(&silent, super::risks);
        assert_eq!(
            found,
            [Risk::Failed, Risk::Overdue(5), Risk::Behind(75), Risk::Silent(18), Risk::Action(3)]
        );
        let waits = "signed = 2026-10-01\n[[items]]\nsku = \"A\"\nqty = 10\nprice = 1\n[plan]\nmaterials = 2026-11-10\n";
        assert_eq!(seen(waits, super::risks), [Risk::Materials(10)]);
        assert_eq!(
            seen(&waits.replace("signed", "skip = { produce = \"stock\" }\nsigned"), super::risks),
            []
        );
    }

    #[test]
    fn without_a_latest_shipment_the_factory_s_day_counts() {
        let order = "signed = 2026-10-01\n[[items]]\nsku = \"A\"\nqty = 10\nprice = 1\n\
                     [[purchases]]\nto = \"one\"\ndue = 2026-12-01\n[forecast]\nproduced = 2026-12-04\n";
        let days =
            |text: &str| seen(text, |_, order, own, as_of| slack(own, &parts(order, own, as_of)[0], as_of));
        assert_eq!(days(order), Some((-3, Basis::Forecast)));
        // A forecast that has passed cannot come true any more: today is the earliest.
        assert_eq!(days(&order.replace("2026-12-04", "2026-11-01")), Some((11, Basis::Forecast)));
        assert_eq!(days(&order.replace("due = 2026-12-01\n", "")), None);
    }

    #[test]
    fn only_the_whole_is_a_hundred_percent() {
        let n = Decimal::from;
        assert_eq!((share(n(999), n(1000)), share(n(1000), n(1000)), share(n(5), n(0))), (99, 100, 0));
        assert_eq!(share(Decimal::MAX, n(1)), 100);
    }
}
