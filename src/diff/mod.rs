//! What a change of the whole data root does: two versions side by side, seen from the same day. Pure: it gets
//! records, facts and findings of both sides and knows neither git nor any output format.

mod effect;
mod outside;

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;

use crate::change::{self, Change, Kind, Sheet};
use crate::check::finding::{Class, Finding, Severity};
use crate::derive::Facts;
use crate::model::Order;
use crate::model::setup::{Hidden, Person};
use crate::publish::forge::Forge;
use crate::text::Bi;

pub use effect::{DeadlineRow, MoneyRow, StageRow};

/// One version.
pub struct Side<'a> {
    /// What it is called: a short commit id, or the work tree.
    pub name: String,
    /// Its records and what follows from them.
    pub facts: &'a Facts<'a>,
    /// What the rules say.
    pub findings: &'a [Finding],
    /// The commit, for links into the forge; none where the work tree is compared.
    pub commit: Option<&'a str>,
}

/// What became of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fate {
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It is there in both.
    Kept,
}

impl Fate {
    /// The word of machine formats.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Added => "added",
            Self::Removed => "removed",
            Self::Kept => "changed",
        }
    }
}

/// One order that changed.
#[derive(Debug)]
pub struct OrderDiff {
    /// Its ID.
    pub id: String,
    /// Its file, relative to the data root; in the older version where it is gone.
    pub file: String,
    /// The customer's id as written.
    pub customer: String,
    /// Whether it came or went.
    pub fate: Fate,
    /// Old and new folder where it moved.
    pub moved: Option<(String, String)>,
    /// What the records say differently, weightiest first. Without what the audience does not see.
    pub changes: Vec<Change>,
    /// The sentences hidden from the audience.
    pub hidden: usize,
    /// Stage and milestones.
    pub stages: Vec<StageRow>,
    /// Due, received, open.
    pub money: Vec<MoneyRow>,
    /// The contract amount before and after, where it changed.
    pub total: Option<(String, String)>,
    /// Open deadlines that came, went or moved.
    pub deadlines: Vec<DeadlineRow>,
}

/// The whole difference.
#[derive(Debug)]
pub struct Diff<'a> {
    /// The one day both sides are seen from.
    pub as_of: NaiveDate,
    /// The older version.
    pub base: String,
    /// The newer version.
    pub head: String,
    /// Orders, by ID.
    pub orders: Vec<OrderDiff>,
    /// Changes outside orders, one sentence each.
    pub outside: Vec<Bi>,
    /// Findings that were not there before, worst first.
    pub new: Vec<&'a Finding>,
    /// Findings that are not there any more.
    pub resolved: Vec<&'a Finding>,
    /// Those that are there in both.
    pub existing: Vec<&'a Finding>,
    /// Where the newer version's files are shown.
    pub forge: Forge<'a>,
    /// Who has to look at a kind of change, by id: finance at money, the boss at contracts.
    pub eyes: Vec<&'a str>,
    /// The kinds of decisions, lightest first.
    pub kinds: BTreeSet<Kind>,
}

impl Diff<'_> {
    /// Nothing of the business changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.orders.is_empty() && self.outside.is_empty() && self.new.is_empty() && self.resolved.is_empty()
    }

    /// New findings that stand in the way: errors, but never a risk, an accepted one, or history.
    #[must_use]
    pub fn blocking(&self) -> usize {
        self.new.iter().filter(|f| f.fails(Severity::Error, false)).count()
    }
}

/// Compares two versions. `sheet` reads an order's texts again: the older side for `false`, the newer for `true`.
pub fn between<'a>(base: &Side<'a>, head: &Side<'a>, sheet: &dyn Fn(bool, &Order) -> Sheet) -> Diff<'a> {
    let mut orders = Vec::new();
    let mut kinds = BTreeSet::new();
    let (old, new) = (&base.facts.book.orders, &head.facts.book.orders);
    let before: BTreeMap<&str, &Order> = old.iter().map(|o| (&*o.id, o)).collect();
    let after: BTreeMap<&str, &Order> = new.iter().map(|o| (&*o.id, o)).collect();
    let ids: BTreeSet<&str> = before.keys().chain(after.keys()).copied().collect();
    for id in ids {
        let (was, is) = (before.get(id).copied(), after.get(id).copied());
        if let Some(order) = one(base, head, was, is, sheet, &mut kinds) {
            orders.push(order);
        }
    }
    let outside = outside::changes(base.facts.book, head.facts.book);
    if !outside.is_empty() {
        // Levels of rules, calendars, people and parties stand behind every order: somebody has to look.
        kinds.insert(Kind::Contract);
    }
    let known: BTreeSet<&str> = base.findings.iter().map(|f| &*f.fingerprint).collect();
    let still: BTreeSet<&str> = head.findings.iter().map(|f| &*f.fingerprint).collect();
    let live = |f: &&Finding| f.waived.is_none() && !f.past;
    let mut fresh: Vec<&Finding> =
        head.findings.iter().filter(live).filter(|f| !known.contains(&*f.fingerprint)).collect();
    let rank = |f: &Finding| (f.class == Class::Risk, std::cmp::Reverse(f.severity));
    fresh.sort_by_key(|f| rank(f));
    let mut resolved: Vec<&Finding> =
        base.findings.iter().filter(live).filter(|f| !still.contains(&*f.fingerprint)).collect();
    resolved.sort_by_key(|f| rank(f));
    let existing: Vec<&Finding> =
        head.findings.iter().filter(live).filter(|f| known.contains(&*f.fingerprint)).collect();
    let forge = Forge::of(&head.facts.book.config);
    let forge = head.commit.map_or(forge, |commit| forge.on(commit));
    let eyes = eyes(head.facts, &kinds);
    Diff {
        as_of: head.facts.as_of,
        base: base.name.clone(),
        head: head.name.clone(),
        orders,
        outside,
        new: fresh,
        resolved,
        existing,
        forge,
        eyes,
        kinds,
    }
}

/// People of the roles that a kind of change concerns, who have not left.
fn eyes<'a>(facts: &Facts<'a>, kinds: &BTreeSet<Kind>) -> Vec<&'a str> {
    let wanted = |role: &str| match role {
        "finance" => kinds.contains(&Kind::Money),
        "boss" => kinds.contains(&Kind::Contract),
        _ => false,
    };
    let here = |person: &Person| person.left.is_none_or(|day| day > facts.as_of);
    let people = facts.book.people.iter();
    people
        .filter(|(_, p)| here(p) && p.role.as_deref().is_some_and(wanted))
        .map(|(id, _)| id.as_str())
        .collect()
}

/// Purchase prices.
fn is_buying(key: &str) -> bool {
    key.starts_with("items[") && key.contains("].buy")
}

/// What we owe and paid, and what a supplier bears.
fn is_paying(key: &str) -> bool {
    key.starts_with("paid") || key.starts_with("bills") || key.contains(".recovered")
}

/// What stands on the purchase side: what we buy for and what we pay. A comment on a request has more readers than
/// that concerns.
#[must_use]
pub fn is_purchase(key: &str) -> bool {
    is_buying(key) || is_paying(key)
}

fn one(
    base: &Side<'_>,
    head: &Side<'_>,
    was: Option<&Order>,
    is: Option<&Order>,
    sheet: &dyn Fn(bool, &Order) -> Sheet,
    kinds: &mut BTreeSet<Kind>,
) -> Option<OrderDiff> {
    let any = is.or(was)?;
    // What is decoded is what counts; equal records need no second look at their texts.
    if was.zip(is).is_some_and(|(a, b)| a.file == b.file && a.filled == b.filled && a.folder == b.folder) {
        return None;
    }
    let moved = was
        .zip(is)
        .filter(|(a, b)| a.folder != b.folder)
        .map(|(a, b)| (a.folder.to_string(), b.folder.to_string()));
    let (before, after) = (was.map(|o| sheet(false, o)), is.map(|o| sheet(true, o)));
    let mut changes = change::between(before.as_ref(), after.as_ref());
    kinds.extend(changes.iter().map(|c| c.kind));
    if changes.is_empty() && moved.is_none() {
        return None;
    }
    if changes.is_empty() {
        // Where a folder stands is the merchandiser's business.
        kinds.insert(Kind::Routine);
    }
    let all = changes.len();
    changes.retain(|change| {
        let config = &head.facts.book.config;
        let hides = |what| config.hides(what);
        let key = change.key.as_str();
        let (buy, paid) = (is_buying(key), is_paying(key));
        let bank = key.starts_with("received") && key.ends_with(".bank");
        !((buy && (hides(Hidden::Buy) || hides(Hidden::Margin)))
            || (paid && hides(Hidden::Paid))
            || (bank && hides(Hidden::ReceivedBank)))
    });
    let hidden = all - changes.len();
    let fate = match (was, is) {
        (None, _) => Fate::Added,
        (_, None) => Fate::Removed,
        _ => Fate::Kept,
    };
    let effect = effect::of(base.facts, head.facts, was, is);
    Some(OrderDiff {
        id: any.id.to_string(),
        file: any.origin.files().first().map(ToString::to_string).unwrap_or_default(),
        customer: any.customer.clone().unwrap_or_default(),
        fate,
        moved,
        changes,
        hidden,
        stages: effect.stages,
        money: effect.money,
        total: effect.total,
        deadlines: effect.deadlines,
    })
}
