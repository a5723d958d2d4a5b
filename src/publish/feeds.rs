//! What changed, as Atom feeds: of the whole book, of the orders a person looks after, of a customer's orders.
//!
//! Identifiers come from the commit and the order alone and times from commits, so that every clone of the data makes
//! the same feed, and a reader shows an entry once.

use std::collections::BTreeMap;

use chrono::SecondsFormat;

use super::changes::{self, Changes, Entry};
use super::ctx::Ctx;
use super::people::People;
use super::today::involved;
use super::witness;
use crate::exchange::atom;
use crate::model::party::{Party, PartyKind};
use crate::say;
use crate::text::Lang;

/// Entries of a feed; readers keep what they have seen.
const MOST: usize = 100;

/// No company's: addresses of companies change, what is named must not.
const AUTHORITY: &str = "gendan.invalid";

/// What a feed is about.
#[derive(Debug, Clone, Copy)]
pub enum Of<'a> {
    /// Everything.
    Book,
    /// The orders that a person looks after.
    Person(&'a str),
    /// The orders of a customer.
    Customer(&'a Party),
}

/// Which changes are whose, worked out once for all feeds: with thousands of customers, each may not look through the
/// changes of all.
#[derive(Debug, Default)]
pub struct Subjects<'a> {
    people: BTreeMap<&'a str, Vec<usize>>,
    customers: BTreeMap<&'a str, Vec<usize>>,
}

impl<'a> Subjects<'a> {
    /// Sorts the changes, the newest hundred of each.
    #[must_use]
    pub fn of(ctx: &Ctx<'a>, all: &Changes<'_>) -> Self {
        let mut subjects = Self::default();
        let add = |list: &mut Vec<usize>, at: usize| {
            if list.len() < MOST && list.last() != Some(&at) {
                list.push(at);
            }
        };
        for (at, entry) in all.all.iter().enumerate() {
            for order in entry.orders.iter().filter_map(|id| ctx.book().order(id)) {
                for person in involved(order) {
                    add(subjects.people.entry(person).or_default(), at);
                }
                if let Some(customer) = order.customer.as_deref() {
                    add(subjects.customers.entry(customer).or_default(), at);
                }
            }
        }
        subjects
    }
}

/// A feed with its path below the language's root; nothing for a person without a page.
#[must_use]
pub fn feed(
    ctx: &Ctx<'_>,
    (all, subjects): (&Changes<'_>, &Subjects<'_>),
    people: &People,
    of: Of<'_>,
) -> Option<(String, atom::Feed)> {
    let (path, page, name, title) = match of {
        Of::Book => {
            let company = ctx.company();
            let title = say!(ctx, "{company} 改动", "{company}: changes");
            ("feed.xml".to_owned(), "changes.html".to_owned(), "book".to_owned(), title)
        }
        Of::Person(id) => {
            let (file, name) = (people.file(id)?, ctx.person(id));
            let title = say!(ctx, "{name}的单：改动", "Orders of {name}: changes");
            (format!("people/{file}.xml"), format!("{file}.html"), format!("people/{file}"), title)
        }
        Of::Customer(party) => {
            let (id, name) = (&party.id, party.label(ctx.lang));
            let file = super::forge::percent(id);
            let title = say!(ctx, "{name}的单：改动", "Orders of {name}: changes");
            (format!("c/{id}.xml"), format!("{file}.html"), format!("customers/{file}"), title)
        }
    };
    let lang = match ctx.lang {
        Lang::Zh => "zh-Hans",
        Lang::En => "en",
    };
    let up = if path.contains('/') { "../" } else { "" };
    let own = match of {
        Of::Book => None,
        Of::Person(person) => Some(subjects.people.get(person)),
        Of::Customer(party) => Some(subjects.customers.get(&*party.id)),
    };
    let chosen: Vec<&Entry<'_>> = match own {
        None => all.all.iter().take(MOST).collect(),
        Some(own) => own.into_iter().flatten().filter_map(|at| all.all.get(*at)).collect(),
    };
    let entries: Vec<atom::Entry> = chosen.into_iter().map(|e| entry(ctx, e, lang, up)).collect();
    let newest = entries.first().map(|entry| entry.updated.clone());
    let file = path.rsplit('/').next().unwrap_or_default();
    Some((
        path.clone(),
        atom::Feed {
            id: format!("tag:{AUTHORITY},2026:feed/{lang}/{name}"),
            title,
            lang,
            updated: newest.unwrap_or_else(|| before_anything(ctx)),
            this: super::forge::percent(file),
            page,
            version: env!("CARGO_PKG_VERSION"),
            entries,
        },
    ))
}

/// A feed without entries is as old as the data.
fn before_anything(ctx: &Ctx<'_>) -> String {
    let head = ctx.facts.history.head.as_ref();
    head.map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |head| format!("{}T00:00:00Z", head.committed))
}

fn entry(ctx: &Ctx<'_>, entry: &Entry<'_>, lang: &str, up: &str) -> atom::Entry {
    let row = changes::row(ctx, entry);
    let said: Vec<&str> = row.what.iter().map(|said| said.text.as_str()).collect();
    let (first, more) = (said.first().copied().unwrap_or_default(), &row.more);
    let colon = ctx.word(("：", ": "));
    let title = match row.order.text.as_str() {
        "" => first.to_owned(),
        id => format!("{id} {}{colon}{first}", row.customer).replace(&format!(" {colon}"), colon),
    };
    let mut text = said.join("\n");
    if !more.is_empty() {
        text = format!("{text}\n{more}");
    }
    let number = &row.change.text;
    let subject = match entry.orders.as_slice() {
        [id] => super::forge::percent(id),
        _ => "many".to_owned(),
    };
    atom::Entry {
        id: format!("tag:{AUTHORITY},2026:change/{lang}/{}/{subject}", entry.event.commit),
        title: witness::cut(&title, 160),
        updated: entry.event.moment.to_rfc3339_opts(SecondsFormat::Secs, true),
        author: row.who,
        href: match row.order.href.as_str() {
            "" => format!("{up}changes.html"),
            href => format!("{up}{}", super::forge::percent(href)),
        },
        text: format!("{text}\n{number}"),
    }
}

/// The customers of the book.
pub fn customers<'a>(ctx: &Ctx<'a>) -> impl Iterator<Item = &'a Party> {
    ctx.book().of_kind(PartyKind::Customer)
}
