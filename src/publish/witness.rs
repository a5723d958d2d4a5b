//! Git as the witness: who recorded a fact, when, in which change, and how long after the event. The answer is that of
//! the line that proves the fact. Where git cannot tell there is no name: a wrong one is worse than none.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use super::ctx::Ctx;
use crate::check::finding::Place;
use crate::check::locate;
use crate::derive::{MilestoneFact, OrderFacts};
use crate::history::{Author, Event, Person, State};
use crate::model::Order;
use crate::model::stage::Milestone;
use crate::say;
use crate::site::view::{Link, Recorded};

/// A name in a commit may be anything; more of it helps nobody.
const NAME: usize = 40;

/// The lines on which the facts of one order stand.
pub struct Witness<'c, 'a> {
    ctx: &'c Ctx<'a>,
    order: &'c Order,
    /// Line of the record, by key path. Empty where nobody can say who wrote a line.
    lines: BTreeMap<String, (Arc<str>, usize)>,
    texts: BTreeMap<Arc<str>, String>,
}

impl<'c, 'a> Witness<'c, 'a> {
    /// Finds the lines of an order's milestones, receipts and documents.
    #[must_use]
    pub fn of(ctx: &'c Ctx<'a>, order: &'c Order, facts: &OrderFacts) -> Self {
        let mut witness = Self { ctx, order, lines: BTreeMap::new(), texts: BTreeMap::new() };
        let history = ctx.facts.history;
        if history.state != State::Complete || history.lines.is_empty() {
            return witness;
        }
        let paths = paths(order, facts);
        let places: Vec<Place> = paths.iter().map(|path| order.origin.place(path)).collect();
        let root = &ctx.book().root;
        let lines = locate::lines(root, &places.iter().collect::<Vec<_>>());
        for ((path, place), line) in paths.into_iter().zip(places).zip(lines) {
            let Some(line) = line else { continue };
            let file = place.file;
            let text = || locate::text(root, &file).unwrap_or_default();
            witness.texts.entry(Arc::clone(&file)).or_insert_with(text);
            witness.lines.insert(path, (file, line));
        }
        witness
    }

    /// Who recorded what stands at a key path and happened on a day.
    #[must_use]
    pub fn recorded(&self, path: &str, day: Option<NaiveDate>) -> Recorded {
        let file = self.order.origin.place(path).file;
        let history = self.ctx.facts.history;
        if history.is_uncommitted(&self.order.id) && !history.orders.contains_key(&*self.order.id) {
            return self.uncommitted(&file, None);
        }
        let Some((file, line)) = self.line(path, day) else { return self.unknown(&file) };
        match history.author(&file, line) {
            Author::Unknown => self.unknown(&file),
            Author::Uncommitted => self.uncommitted(&file, Some(line)),
            Author::Known(event) => self.known(event, &file, line, day),
        }
    }

    /// The author of what stands at a key path and happened on a day.
    #[must_use]
    pub fn author(&self, path: &str, day: Option<NaiveDate>) -> Author<'a> {
        match self.line(path, day) {
            Some((file, line)) => self.ctx.facts.history.author(&file, line),
            None => Author::Unknown,
        }
    }

    /// Who recorded that a milestone happened, or is expected.
    #[must_use]
    pub fn recorded_for(&self, fact: &MilestoneFact) -> Recorded {
        let Some(path) = path_of(fact) else { return Recorded::default() };
        match &fact.actual {
            Some(actual) => self.recorded(&path, actual.date),
            // A forecast is never late.
            None => Recorded { late: String::new(), ..self.recorded(&path, fact.forecast) },
        }
    }

    /// How many days after a day what stands at a key path was recorded; nothing where git cannot tell, and while it
    /// is not committed.
    #[must_use]
    pub fn days_later(&self, path: &str, day: NaiveDate) -> Option<i64> {
        let (file, line) = self.line(path, Some(day))?;
        match self.ctx.facts.history.author(&file, line) {
            Author::Known(event) => Some((event.date - day).num_days()),
            Author::Unknown | Author::Uncommitted => None,
        }
    }

    /// The line that gives the day, else the record's first.
    fn line(&self, path: &str, day: Option<NaiveDate>) -> Option<(Arc<str>, usize)> {
        let (file, first) = self.lines.get(path)?;
        let text = self.texts.get(file).map(String::as_str).unwrap_or_default();
        let dated = day.and_then(|day| line_of(text, *first, &day.to_string()));
        Some((Arc::clone(file), dated.unwrap_or(*first)))
    }

    fn known(&self, event: &Event, file: &str, line: usize, day: Option<NaiveDate>) -> Recorded {
        let ctx = self.ctx;
        let name = file.rsplit('/').next().unwrap_or_default();
        let late = day.map_or(0, |day| (event.date - day).num_days());
        Recorded {
            who: person(ctx, &event.person),
            day: Some(ctx.day(event.date)),
            change: change(ctx, event),
            line: Link::new(format!("{name}:{line}"), ctx.forge().blame(file, Some(line))),
            late: match late {
                ..1 => String::new(),
                1 => say!(ctx, "补录 1 天", "recorded 1 day later"),
                _ => say!(ctx, "补录 {late} 天", "recorded {late} days later"),
            },
            note: String::new(),
        }
    }

    fn uncommitted(&self, file: &str, line: Option<usize>) -> Recorded {
        let name = file.rsplit('/').next().unwrap_or_default();
        let text = line.map_or_else(|| name.to_owned(), |line| format!("{name}:{line}"));
        Recorded {
            note: say!(self.ctx, "还没提交", "not committed yet"),
            line: Link::new(text, self.ctx.edit_href(file)),
            ..Recorded::default()
        }
    }

    /// The file alone.
    fn unknown(&self, file: &str) -> Recorded {
        let name = file.rsplit('/').next().unwrap_or_default();
        Recorded { line: Link::new(name, self.ctx.file_href(file, None)), ..Recorded::default() }
    }
}

/// The first line of a record, from line `first` (from 1) to the next table, that has a text.
fn line_of(text: &str, first: usize, wanted: &str) -> Option<usize> {
    let mut lines = text.lines().enumerate().skip(first.checked_sub(1)?);
    let head = lines.next()?;
    let rest = lines.take_while(|(_, line)| !line.trim_start().starts_with('['));
    let says = |line: &str| line.split('#').next().is_some_and(|line| line.contains(wanted));
    std::iter::once(head).chain(rest).find(|(_, line)| says(line)).map(|(at, _)| at + 1)
}

/// The key path of what says that a milestone happened: the record that proves it, else the typed day.
#[must_use]
pub fn path_of(fact: &MilestoneFact) -> Option<String> {
    let actual = fact.actual.as_ref();
    match actual.filter(|actual| !actual.implied) {
        Some(actual) => Some(match (&actual.proof, fact.key) {
            (Some(proof), _) => proof.path.clone(),
            (None, Milestone::Confirmed) => "signed".to_owned(),
            (None, key) => format!("actual.{}", key.code()),
        }),
        // What is expected is somebody's word too.
        None => {
            (actual.is_none() && fact.forecast.is_some()).then(|| format!("forecast.{}", fact.key.code()))
        }
    }
}

/// Every place that the page asks about.
fn paths(order: &Order, facts: &OrderFacts) -> Vec<String> {
    let docs = &order.docs;
    let records = [
        ("received", order.received.len()),
        ("contract", docs.contract.len()),
        ("proforma", docs.proforma.len()),
        ("invoice", docs.invoice.len()),
        ("packing", docs.packing.len()),
        ("bl", docs.bl.len()),
        ("awb", docs.awb.len()),
        ("waybill", docs.waybill.len()),
        ("courier", docs.courier.len()),
        ("insurance", docs.insurance.len()),
        ("origin", docs.origin.len()),
        ("customs", docs.customs.len()),
        ("certificate", docs.certificate.len()),
        ("draft", docs.draft.len()),
        ("collection", docs.collection.len()),
        ("presentation", docs.presentation.len()),
        ("papers", docs.papers.len()),
    ];
    let milestones = facts.progress.stages.iter().flat_map(|stage| &stage.milestones);
    let mut all: Vec<String> = milestones.filter_map(path_of).collect();
    all.extend(records.iter().flat_map(|(key, n)| (0..*n).map(move |at| format!("{key}[{at}]"))));
    all
}

/// The person of `people.toml` with the e-mail of the commit, else the name in the commit, cut where it is no name.
#[must_use]
pub fn person(ctx: &Ctx<'_>, person: &Person) -> String {
    if let Some(id) = ctx.book().person_by_email(&person.email).filter(|_| !person.email.is_empty()) {
        return ctx.person(id);
    }
    let plain = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let name = Some(plain(&person.name)).filter(|name| !name.is_empty());
    let name = name.or_else(|| Some(plain(&person.email)).filter(|email| !email.is_empty()));
    match name {
        None => say!(ctx, "没写名字的人", "somebody without a name"),
        Some(name) => cut(&name, NAME),
    }
}

/// At most so many characters, with a mark where something was cut.
#[must_use]
pub fn cut(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default().trim_end()),
    }
}

/// The change in which something was recorded: its merge or pull request, else the commit by its first digits.
#[must_use]
pub fn change(ctx: &Ctx<'_>, event: &Event) -> Link {
    let forge = ctx.forge();
    match &event.number {
        Some(number) => {
            let request = forge.request(number);
            let href = if request.is_empty() { forge.commit(&event.commit) } else { request };
            Link::new(number.as_str(), href)
        }
        None => commit(ctx, &event.commit),
    }
}

/// A commit by its first ten digits, with its page on the forge.
#[must_use]
pub fn commit(ctx: &Ctx<'_>, id: &str) -> Link {
    Link::new(id.chars().take(10).collect::<String>(), ctx.forge().commit(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The line of the day, not the head of the record: heads of neighbours look alike, and whoever adds a field later
    /// did not record the event.
    #[test]
    fn the_line_that_gives_the_day_speaks() {
        let text = "[[bl]]\nnumber = \"A\"\non_board = 2026-11-07\n\n[[bl]]\n# 2026-11-09 copied\nnote = \"2026-11-08\"\non_board = 2026-11-09\n[x]\n";
        assert_eq!(line_of(text, 1, "2026-11-07"), Some(3));
        assert_eq!(line_of(text, 5, "2026-11-09"), Some(8));
        // Not from the next record.
        assert_eq!(line_of(text, 1, "2026-11-09"), None);
        assert_eq!(line_of(text, 3, "2026-11-07"), Some(3));
        assert_eq!((line_of(text, 0, "x"), line_of(text, 99, "x")), (None, None));
    }

    #[test]
    fn a_name_is_cut_where_it_is_no_name() {
        assert_eq!(cut("林岩", 2), "林岩");
        assert_eq!(cut("林岩林岩", 3), "林岩林…");
        assert_eq!(cut(&"字".repeat(5_000), NAME).chars().count(), NAME + 1);
    }
}
