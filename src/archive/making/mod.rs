//! Makes the complete file of one order: its records as they stand, the papers made of them, what the check says, what
//! became of it, and a page that says all that in plain words.
//!
//! The order is looked at alone and as of its own last day ([`stand`]), not as of today: so its file is the same whenever
//! it is made, until the order itself changes. What compares orders with each other is not in it.

mod month;
mod page;
mod records;
mod told;

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::book::Book;
use crate::check::finding::{Finding, Subject};
use crate::check::rule::{Group, Scope};
use crate::check::{Checked, check_alone, rules};
use crate::derive::{Facts, OrderFacts, derive};
use crate::model::Order;
use crate::publish::audience::{Audience, Reader};
use crate::publish::ctx::{Ctx, Findings};
use crate::publish::groups::{Month, filed_on, month};
use crate::publish::making::Making;
use crate::publish::overrides;
use crate::report::json;
use crate::report::whole::Unchecked;
use crate::site::template::{Renderer, TemplateError};
use crate::site::view::{PageFacts, Shell};
use crate::text::Lang;

use super::manifest;
pub use month::{Filed, page as month_page};
pub use records::{Absent, Kept, MAX_BYTES, Records, Why, home};

/// Where the records lie in the folder of an order: a data root of their own.
pub const RECORDS: &str = "records";

/// Where the papers lie.
const DOCUMENTS: &str = "documents";

/// What a file of the archive is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Content {
    /// Bytes made here.
    Made(Vec<u8>),
    /// A file of the data root, byte for byte.
    Copy(Arc<str>),
}

/// A file of an order's folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Below the folder.
    pub name: String,
    /// What is in it.
    pub content: Content,
}

/// The complete file of an order, without its list of sums, which is made of what was written.
#[derive(Debug)]
pub struct Complete {
    /// `2026/GD26-0061`.
    pub folder: String,
    /// Its files.
    pub pieces: Vec<Piece>,
    /// Its line on the month's page.
    pub filed: Filed,
    /// How many files it should hold and does not.
    pub absent: usize,
}

/// The month under which an order is filed: that of its archiving, else closing, else cancelling. `None`: it is open.
#[must_use]
pub fn month_of(own: &OrderFacts) -> Option<Month> {
    filed_day(own).map(month)
}

fn filed_day(own: &OrderFacts) -> Option<NaiveDate> {
    if own.is_open() { None } else { own.progress.cancelled.or_else(|| filed_on(own)) }
}

/// The day as of which the file of an order speaks: the last on which somebody recorded something about it, as far as
/// git knows, and at least the day on which it was filed. While changes are not committed it is the day of the facts.
#[must_use]
pub fn stand(facts: &Facts<'_>, order: &Order, own: &OrderFacts) -> NaiveDate {
    let filed = filed_day(own).unwrap_or(facts.as_of);
    if facts.history.orders.get(&*order.id).is_some_and(|known| known.uncommitted) {
        return facts.as_of;
    }
    let recorded = facts.history.orders.get(&*order.id).map(|known| known.last.date);
    recorded.map_or(filed, |day| day.max(filed)).min(facts.as_of)
}

/// Makes the files of orders. Shared between threads; each works at a [`Desk`] of its own.
pub struct Maker<'a> {
    facts: &'a Facts<'a>,
    /// What is wrong with the writing of each order.
    writing: BTreeMap<&'a str, Vec<&'a Finding>>,
    files: records::Root,
    renderer: Renderer,
    languages: Vec<Lang>,
}

/// A book that holds one order at a time.
pub struct Desk(Book);

impl<'a> Maker<'a> {
    /// For the orders of a book. `findings` are those of its check.
    ///
    /// # Errors
    /// A template of the data root that is wrong.
    pub fn of(facts: &'a Facts<'a>, findings: &'a [Finding]) -> Result<Self, TemplateError> {
        let mut writing: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
        // What is said about a waiver is said anew.
        let about_waivers = [
            rules::waiver_unused::RULE.name,
            rules::waiver_expired::RULE.name,
            rules::waiver_incomplete::RULE.name,
        ];
        for finding in findings.iter().filter(|f| f.rule.group == Group::Writing) {
            if let Some(id) = finding.subject.order()
                && !about_waivers.contains(&finding.rule.name)
            {
                writing.entry(id).or_default().push(finding);
            }
        }
        let mut languages = facts.book.config.languages();
        languages.extend(Lang::ALL.into_iter().filter(|lang| !facts.book.config.languages().contains(lang)));
        Ok(Self {
            facts,
            writing,
            files: records::Root::of(facts.book),
            renderer: Renderer::alone(&overrides(&facts.book.root))?,
            languages,
        })
    }

    /// The data and the day.
    #[must_use]
    pub fn facts(&self) -> &'a Facts<'a> {
        self.facts
    }

    /// A desk to work at: what all orders share, once for each thread.
    #[must_use]
    pub fn desk(&self) -> Desk {
        let book = self.facts.book;
        Desk(Book {
            root: book.root.clone(),
            config: book.config.clone(),
            people: book.people.clone(),
            people_origin: book.people_origin.clone(),
            calendars: book.calendars.clone(),
            ..Book::default()
        })
    }

    /// The records of an order.
    #[must_use]
    pub fn records(&self, order: &Order, own: &OrderFacts) -> Records {
        self.files.records(self.facts.book, order, filed_day(own).unwrap_or(self.facts.as_of))
    }

    /// The complete file of an order that is not open.
    ///
    /// # Errors
    /// A template of the data root that asks for what a page does not have.
    pub fn order(&self, desk: &mut Desk, order: &Order, own: &OrderFacts) -> Result<Complete, TemplateError> {
        let day = stand(self.facts, order, own);
        let records = self.records(order, own);
        desk.place(self.facts.book, order, &records);
        let facts = derive(&desk.0, self.facts.history, day);
        let loaded = self.writing.get(&*order.id).into_iter().flatten();
        let loaded = loaded.map(|finding| Finding { waived: None, ..Finding::clone(finding) }).collect();
        let checked = settled(check_alone(&facts, loaded));
        let found = Findings::of(&checked.findings);
        let (Some(order), Some(own)) = (desk.0.orders.first(), facts.orders.first()) else {
            // The desk was laid above.
            return Ok(Complete {
                folder: String::new(),
                pieces: Vec::new(),
                filed: Filed::default(),
                absent: 0,
            });
        };
        let period = filed_day(own).map_or_else(|| month(day), month);
        let folder = manifest::folder(period, &order.id);
        let mut pieces: Vec<Piece> = Vec::new();
        let mut add = |name: String, bytes: Vec<u8>| {
            pieces.push(Piece { name, content: Content::Made(bytes) });
        };
        let first = self.languages.first().copied().unwrap_or(Lang::Zh);
        let ctx = Ctx { facts: &facts, findings: &found, audience: whole(facts.book), lang: first };
        let mut documents = Vec::new();
        let making = Making::of(&ctx, order, own);
        for (kind, scope) in making.list() {
            let Ok(mut made) = making.make(kind, scope) else { continue };
            made.alone();
            let paper = made.render(&self.renderer, &shell(&ctx), &PageFacts::default())?;
            let file = paper.path.rsplit('/').next().unwrap_or_default();
            let name = format!("{DOCUMENTS}/{file}");
            documents.push((name.clone(), kind));
            add(name, paper.bytes);
        }
        let unchecked = Unchecked::of(&checked.unchecked, &self.facts.history.state);
        let json = json::document(&checked.findings, day, 1, checked.rules, unchecked.as_ref(), None);
        add("findings.json".to_owned(), json.unwrap_or_default().into_bytes());
        add("history.json".to_owned(), told::json(&ctx, order));
        add(super::STYLE_FILE.to_owned(), super::STYLE.into());
        let mut filed = Filed::default();
        for (at, &lang) in self.languages.iter().enumerate() {
            let ctx = Ctx { lang, ..ctx };
            let name = page::name(at, lang);
            let other =
                self.languages.get(1 - at.min(1)).map(|other| (page::name(1 - at.min(1), *other), *other));
            let all = page::Sources { order, own, records: &records, documents: &documents, day };
            let view = page::page(&ctx, &all, format!("archive/{folder}/{name}"), other);
            if at == 0 {
                filed = month::filed(&ctx, order, own, &folder, &view);
            }
            let page = self.renderer.page(&shell(&ctx), &PageFacts::default(), &view)?;
            add(name, page.bytes);
        }
        for Kept { path, name, .. } in records.each() {
            pieces
                .push(Piece { name: format!("{RECORDS}/{name}"), content: Content::Copy(Arc::clone(path)) });
        }
        pieces.sort_by(|a, b| a.name.cmp(&b.name));
        let absent = records.absent.iter().filter(|absent| absent.counts()).count();
        Ok(Complete { folder, pieces, filed, absent })
    }

    /// Renders the page of a month.
    ///
    /// # Errors
    /// As [`Self::order`].
    pub fn month(&self, stem: manifest::Stem, rows: &[Filed]) -> Result<Vec<u8>, TemplateError> {
        let none = Findings::default();
        let lang = self.languages.first().copied().unwrap_or(Lang::Zh);
        let ctx = Ctx { facts: self.facts, findings: &none, audience: whole(self.facts.book), lang };
        let view = month::page(&ctx, stem, rows);
        Ok(self.renderer.page(&shell(&ctx), &PageFacts::default(), &view)?.bytes)
    }
}

impl Desk {
    /// Lays an order on the desk, with the parties it names.
    fn place(&mut self, book: &Book, order: &Order, records: &Records) {
        let Self(desk) = self;
        desk.orders.clear();
        desk.orders.push(order.clone());
        desk.parties = records::parties(book, order)
            .filter_map(|key| Some((key.clone(), book.parties.get(&key)?.clone())))
            .collect();
        desk.attachments = records.own.iter().map(|kept| Arc::clone(&kept.path)).collect();
        desk.attachments.sort();
        desk.files_read = records.own.len();
    }
}

/// What the rules about the whole book would have found is not known here: a waiver of such a finding is not unused.
fn settled(mut checked: Checked) -> Checked {
    let of_book = |name: &str| {
        rules::find(name).is_some_and(|rule| matches!(rule.scope, Scope::Book(_) | Scope::BookHistory(_)))
    };
    checked.findings.retain(|finding| {
        let unused = finding.rule.name == rules::waiver_unused::RULE.name;
        !(unused && finding.title.en.split_whitespace().any(of_book))
    });
    checked.findings.retain(|finding| matches!(finding.subject, Subject::Order(_)));
    checked
}

/// A page of one language without navigation.
fn shell(ctx: &Ctx<'_>) -> Shell {
    Shell {
        lang: ctx.lang,
        languages: vec![ctx.lang],
        company: ctx.company(),
        sections: Default::default(),
        csp_meta: true,
        warning: String::new(),
    }
}

/// Whoever is handed the complete file reads the records themselves.
fn whole(book: &Book) -> Audience<'_> {
    Audience::of(Reader::Finance, &book.config)
}
