//! Reading the changes of an order: which of them a check looks at, what a fact said before each, what is left of an
//! edit when later changes are counted in, and how a change is called. Nothing here decides that something is wrong.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::bi;
use crate::change::Change;
use crate::check::finding::Place;
use crate::derive::Facts;
use crate::history::{Event, Step, Trail, What};
use crate::model::Order;
use crate::text::Bi;

/// So many digits of a commit's id name it.
const SHORT: usize = 10;

/// The changes of one order that had been recorded by the day of the check, oldest first.
pub(crate) struct Past<'a> {
    all: &'a [Step],
    /// How many of them are looked at.
    known: usize,
    as_of: NaiveDate,
}

impl<'a> Past<'a> {
    /// The changes of an order; empty where git has none.
    pub(crate) fn of(all: &Facts<'_>, trail: &'a Trail) -> Self {
        let steps = trail.steps.as_slice();
        // Looking back from a later commit, what is not committed yet came later still.
        let back = all.history.head.as_ref().is_some_and(|head| head.committed > all.as_of);
        let known = steps
            .iter()
            .position(|step| step.event.as_ref().map_or(back, |event| event.date > all.as_of))
            .unwrap_or(steps.len());
        Self { all: steps, known, as_of: all.as_of }
    }

    /// The changes that are looked at.
    pub(crate) fn steps(&self) -> &'a [Step] {
        self.all.get(..self.known).unwrap_or_default()
    }

    /// What a single key said before each change that is looked at, told back from what it says now. `None` where it
    /// said nothing, and for everything before the order came (again).
    pub(crate) fn before(&self, key: &str, now: Option<String>) -> Vec<Option<String>> {
        let mut before = vec![None; self.all.len()];
        let mut value = now;
        for (at, step) in self.all.iter().enumerate().rev() {
            if let Some(change) = step.changes.iter().find(|change| change.key == key) {
                value.clone_from(&change.before);
            }
            if step.what == What::Added {
                break;
            }
            if let Some(slot) = before.get_mut(at) {
                slot.clone_from(&value);
            }
        }
        before.truncate(self.known);
        before
    }

    /// The change, older than the one at `at`, in which a fact last came or was changed.
    pub(crate) fn introduced(&self, at: usize, key: &str) -> Option<&'a Step> {
        let older = self.steps().get(..at)?;
        older.iter().rev().find(|step| {
            step.what == What::Added || step.changes.iter().any(|c| c.after.is_some() && within(key, &c.key))
        })
    }

    /// Whether the change at `at` only mends what was mistyped: the fact came in the same request, or on the same day
    /// by the same person, so that nobody relied on it yet.
    pub(crate) fn is_slip(&self, at: usize, key: &str) -> bool {
        let (Some(step), Some(from)) = (self.steps().get(at), self.introduced(at, key)) else { return false };
        let Some(from) = from.event.as_deref() else { return false };
        match step.event.as_deref() {
            // Not committed yet: whoever it is, it will be recorded on the day of the check at the earliest.
            None => from.date == self.as_of,
            Some(event) => {
                let request = event.number.is_some() && event.number == from.number;
                let person = event.person.email.eq_ignore_ascii_case(&from.person.email);
                request || (event.date == from.date && person)
            }
        }
    }

    /// What is left of edits when later changes are counted in: what was put back is no edit any more.
    pub(crate) fn edits(&self, judge: impl Fn(usize, &Step, &Change) -> Judged) -> Vec<Edit<'a>> {
        let mut edits: BTreeMap<&'a str, Edit<'a>> = BTreeMap::new();
        for (at, step) in self.steps().iter().enumerate() {
            if step.what != What::Changed {
                edits.clear();
                continue;
            }
            for change in &step.changes {
                let key = change.key.as_str();
                let counts = match judge(at, step, change) {
                    Judged::Edit => true,
                    Judged::Excused => {
                        if edits.get(key).is_some_and(|edit| edit.first == change.after) {
                            edits.remove(key);
                        }
                        continue;
                    }
                    Judged::Other if edits.contains_key(key) => false,
                    Judged::Other => continue,
                };
                let slip = self.is_slip(at, key);
                let edit = edits.entry(key).or_insert_with(|| Edit {
                    key,
                    path: &change.path,
                    first: change.before.clone(),
                    now: None,
                    steps: Vec::new(),
                    slip: true,
                });
                edit.now.clone_from(&change.after);
                edit.path = &change.path;
                if counts || !slip {
                    edit.steps.push(step);
                    edit.slip &= slip;
                }
            }
        }
        edits.into_values().filter(|edit| edit.first != edit.now).collect()
    }
}

/// What a rule makes of one change of one fact.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Judged {
    /// It must not happen.
    Edit,
    /// It must not happen without a reason, and there is one.
    Excused,
    /// It is none of the rule's business, unless the fact was edited before.
    Other,
}

/// A fact that was edited, over all changes.
pub(crate) struct Edit<'a> {
    /// The fact.
    pub(crate) key: &'a str,
    /// Its place by position in the newest change.
    pub(crate) path: &'a str,
    /// What it said before the first edit.
    pub(crate) first: Option<String>,
    /// What it says now.
    pub(crate) now: Option<String>,
    /// The changes, oldest first.
    pub(crate) steps: Vec<&'a Step>,
    /// Each of them only mends a slip.
    pub(crate) slip: bool,
}

impl Edit<'_> {
    /// `a → b` in words that name nothing as nothing.
    pub(crate) fn values(&self) -> Bi {
        let said = |value: &Option<String>| {
            value.as_deref().map_or_else(|| bi!("（空）", "(nothing)"), |text| bi!("{text}", "{text}"))
        };
        let (first, now) = (said(&self.first), said(&self.now));
        bi!("{first} → {now}", "{first} → {now}"; first, now)
    }

    /// The same for machines.
    pub(crate) fn pair(&self) -> [String; 2] {
        [self.now.clone().unwrap_or_default(), self.first.clone().unwrap_or_default()]
    }

    /// The changes that did it.
    pub(crate) fn changes(&self) -> Bi {
        names(self.steps.iter().copied())
    }
}

/// Whether `key` is `of`, or below it.
pub(crate) fn within(key: &str, of: &str) -> bool {
    key.strip_prefix(of).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
}

/// What a change is called: the number of its request, else the beginning of its commit's id. Never a person: who
/// pressed the button need not be who was wrong.
pub(crate) fn called(event: Option<&Event>) -> Bi {
    match event {
        None => bi!("还没提交的改动", "a change not committed yet"),
        Some(event) => {
            let short = || event.commit.chars().take(SHORT).collect();
            let name = event.number.clone().unwrap_or_else(short);
            let day = event.date;
            bi!("{name}（{day}）", "{name} ({day})")
        }
    }
}

/// The names of several changes; of many, the first and the last.
pub(crate) fn names<'a>(steps: impl Iterator<Item = &'a Step>) -> Bi {
    let mut all: Vec<Bi> = steps.map(|step| called(step.event.as_deref())).collect();
    all.dedup();
    let count = all.len();
    match (all.first(), all.last()) {
        (Some(first), Some(last)) if count > 3 => {
            bi!("{first} 到 {last} 共 {count} 次", "{first} to {last}, {count} changes"; first, last)
        }
        _ => list(&all),
    }
}

/// Several things in one sentence.
pub(crate) fn list(all: &[Bi]) -> Bi {
    let join = |side: fn(&Bi) -> &str, with: &str| all.iter().map(side).collect::<Vec<_>>().join(with);
    Bi { zh: join(|b| &b.zh, "、"), en: join(|b| &b.en, ", ") }
}

/// Not more than `most` things; then how many more there are.
pub(crate) fn some(mut all: Vec<Bi>, most: usize) -> Bi {
    let more = all.len().saturating_sub(most);
    if more > 0 {
        all.truncate(most);
        all.push(bi!("还有 {more} 项", "{more} more"));
    }
    list(&all)
}

/// An element of a list of an order as it stands now, with the name that changes call it by.
pub(crate) struct Element {
    /// `received[BR-77]`.
    pub(crate) key: String,
    /// `received[2]`.
    pub(crate) path: String,
    /// The day on which it happened.
    pub(crate) day: Option<NaiveDate>,
}

/// The elements of an order that have a day of their own, and its items.
pub(crate) fn elements(order: &Order) -> Vec<Element> {
    let mut all = Elements::default();
    let day = |day: Option<NaiveDate>| day.map(|day| day.to_string());
    for (i, r) in order.received.iter().enumerate() {
        all.add("received", i, r.id.clone().or(r.r#ref.clone()).or(day(r.date)), r.date);
    }
    for (i, p) in order.paid.iter().enumerate() {
        all.add("paid", i, p.r#ref.clone().or(day(p.date)), p.date);
    }
    for (i, c) in order.credits.iter().enumerate() {
        let kind = c.kind.map(|kind| kind.code().to_owned());
        all.add("credits", i, day(c.date).or(kind), c.date);
    }
    for (i, r) in order.reminders.iter().enumerate() {
        all.add("reminders", i, day(r.date), r.date);
    }
    for (i, p) in order.progress.iter().enumerate() {
        let name = day(p.date).map(|day| with(day, p.sku.as_deref()));
        all.add("progress", i, name, p.date);
    }
    for (i, s) in order.inspections.iter().enumerate() {
        let name = day(s.date).map(|day| with(day, s.stage.map(crate::model::order::InspectionStage::code)));
        all.add("inspections", i, name, s.date);
    }
    for (i, item) in order.items.iter().enumerate() {
        all.add("items", i, item.sku.clone().or(item.name.clone()), None);
    }
    for (list, i, paper) in super::papers::each(order) {
        all.add(list, i, paper.reference().map(ToOwned::to_owned).or(day(paper.date)), paper.day());
    }
    all.list
}

fn with(name: String, second: Option<&str>) -> String {
    second.map_or(name.clone(), |second| format!("{name} {second}"))
}

#[derive(Default)]
struct Elements {
    list: Vec<Element>,
    seen: BTreeMap<(&'static str, String), usize>,
}

impl Elements {
    fn add(&mut self, list: &'static str, index: usize, name: Option<String>, day: Option<NaiveDate>) {
        let name = name.map_or_else(|| index.to_string(), |name| crate::report::clean(name.trim()));
        let count = self.seen.entry((list, name.clone())).or_default();
        *count += 1;
        let key = match *count {
            1 => format!("{list}[{name}]"),
            n => format!("{list}[{name}#{n}]"),
        };
        self.list.push(Element { key, path: format!("{list}[{index}]"), day });
    }
}

/// Where a fact stands now: an element that moved is found by its name; what is gone is looked for at its list.
pub(crate) fn place(order: &Order, elements: &[Element], key: &str, path: &str) -> Place {
    let Some((list, _)) = key.split_once('[') else { return order.origin.place(key) };
    if let Some(element) = elements.iter().find(|element| within(key, &element.key)) {
        let rest = key.strip_prefix(&element.key).unwrap_or_default();
        return order.origin.place(&format!("{}{rest}", element.path));
    }
    if elements.iter().any(|element| within(&element.key, list)) {
        return order.origin.place(list);
    }
    // The whole list is gone, or it is one that has no names here.
    order.origin.place(path)
}
