//! People: what each has to do now, and the orders that each looks after.

use schemars::JsonSchema;
use serde::Serialize;

use super::Api;
use super::deadline::DeadlineDoc;
use super::summary::OrderRow;
use super::value::{Day, Version};
use super::who::PersonRef;
use crate::publish::groups::Groups;
use crate::publish::today::{Desks, involved};

/// Everybody with something to do, beside `today.html`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "today")]
pub struct TodayDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `today`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// The last of the working days that are looked ahead.
    pub until: Day,
    /// The most pressed first.
    pub people: Vec<DeskRow<'a>>,
}

/// How much somebody has to do.
#[derive(Debug, Serialize, JsonSchema)]
pub struct DeskRow<'a> {
    /// Who; null for what is nobody's.
    pub person: Option<PersonRef<'a>>,
    /// Overdue.
    pub overdue: usize,
    /// Due today.
    pub today: usize,
    /// Due within the next working days.
    pub soon: usize,
    /// The page.
    pub href: Option<String>,
}

/// What somebody has to do now, beside `today/ID.html`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "desk")]
pub struct DeskDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `desk`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Who; null for what is nobody's.
    pub person: Option<PersonRef<'a>>,
    /// Overdue, the last safe day first.
    pub overdue: Vec<DeadlineDoc<'a>>,
    /// Due today, or not safe after today.
    pub today: Vec<DeadlineDoc<'a>>,
    /// Due within the next working days.
    pub soon: Vec<DeadlineDoc<'a>>,
    /// What the person waits for.
    pub waiting: Vec<DeadlineDoc<'a>>,
}

/// The open orders that somebody looks after, beside `people/ID.html`.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "person")]
pub struct PersonDoc<'a> {
    /// Version of the document.
    pub version: Version,
    /// Name of its schema: `person`.
    pub document: &'static str,
    /// The day for which everything was computed.
    pub as_of: Day,
    /// Who.
    pub person: PersonRef<'a>,
    /// The most pressing first.
    pub orders: Vec<OrderRow<'a>>,
    /// What is open of these orders, by day.
    pub deadlines: Vec<DeadlineDoc<'a>>,
}

impl<'c, 'a: 'c> Api<'c, 'a> {
    /// How much everybody has to do.
    #[must_use]
    pub fn today(&self, desks: &Desks<'c>) -> TodayDoc<'c> {
        let row = |id: Option<&'c str>| {
            let [overdue, today, soon] = desks.tasks(id).map(|list| list.len());
            let href = self.dates.people.path(id);
            DeskRow { person: self.someone(id), overdue, today, soon, href }
        };
        TodayDoc {
            version: Version,
            document: "today",
            as_of: self.ctx.as_of().into(),
            until: self.dates.soon.into(),
            people: desks.people().into_iter().map(row).collect(),
        }
    }

    /// What somebody has to do now.
    #[must_use]
    pub fn desk(&self, desks: &Desks<'c>, id: Option<&'c str>) -> DeskDoc<'c> {
        let told = |list: Vec<usize>| list.into_iter().filter_map(|at| self.deadline(at)).collect();
        let [overdue, today, soon] = desks.tasks(id).map(told);
        DeskDoc {
            version: Version,
            document: "desk",
            as_of: self.ctx.as_of().into(),
            person: self.someone(id),
            overdue,
            today,
            soon,
            waiting: told(desks.awaits(id).to_vec()),
        }
    }

    /// The open orders that somebody looks after.
    #[must_use]
    pub fn person_page(&self, own: &PersonOrders<'c>, id: &'c str) -> PersonDoc<'c> {
        let orders = own.get(id).map_or(&[][..], Vec::as_slice);
        let due = orders.iter().filter_map(|(order, _)| self.due.get(&*order.id)).flatten();
        let mut due: Vec<usize> = due.copied().collect();
        due.sort_unstable();
        PersonDoc {
            version: Version,
            document: "person",
            as_of: self.ctx.as_of().into(),
            person: self.person(id),
            orders: orders.iter().map(|(order, facts)| self.row(order, facts)).collect(),
            deadlines: due.into_iter().filter_map(|at| self.deadline(at)).filter(|d| !d.done).collect(),
        }
    }
}

/// The open orders that each person looks after, the most pressing first.
pub type PersonOrders<'c> =
    std::collections::BTreeMap<&'c str, Vec<(&'c crate::model::Order, &'c crate::derive::OrderFacts)>>;

/// Sorts the open orders by person.
#[must_use]
pub fn by_person<'c>(groups: &'c Groups<'_>) -> PersonOrders<'c> {
    let mut all = PersonOrders::new();
    for (order, own) in groups.open.iter().filter_map(|i| groups.get(*i)) {
        for id in involved(order) {
            all.entry(id).or_default().push((order, own));
        }
    }
    all
}
