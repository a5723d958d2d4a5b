//! From facts and findings to the site: fills the views of [`crate::site`], page kind by page kind, and writes
//! them. Each file here answers one page's questions; none of them decides anything about the trade.

pub mod about;
pub mod archive;
pub mod baseline;
pub mod board;
pub mod calendar;
pub mod changes;
pub mod chase;
pub mod check;
pub mod credits;
pub mod ctx;
pub mod customs;
pub mod dashboard;
pub mod dates;
pub mod errors;
pub mod exports;
pub mod exposure;
#[cfg(test)]
mod exposure_tests;
pub mod feeds;
pub mod finding;
pub mod forge;
pub mod groups;
pub mod handover;
pub mod indicators;
pub mod ledgers;
#[cfg(test)]
mod list_tests;
pub mod making;
#[cfg(test)]
mod money_tests;
pub mod notes;
pub mod order;
pub mod orders;
pub mod paging;
pub mod party;
pub mod pay;
pub mod payables;
pub mod people;
pub mod quality;
pub mod receivables;
pub mod row;
pub mod rules;
pub mod search;
pub mod shipments;
pub mod state;
pub mod sums;
pub mod tables;
pub mod threat;
pub mod today;
pub mod witness;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use rayon::prelude::*;

use crate::bi;
use crate::check::Checked;
use crate::derive::{Facts, OrderFacts};
use crate::exchange::{self, table::TableError};
use crate::history::{Event, State};
use crate::load::files::Files;
use crate::model::Order;
use crate::publish::changes::Changes;
use crate::publish::ctx::{Ctx, Findings};
use crate::publish::customs::Exports;
use crate::publish::dates::Dates;
use crate::publish::groups::Groups;
use crate::publish::handover::Handover;
use crate::publish::making::Making;
use crate::publish::orders::Lists;
use crate::publish::receivables::Receivables;
use crate::publish::shipments::Sailings;
use crate::publish::tables::deadlines::Feed;
use crate::publish::today::Desks;
use crate::site::template::{Renderer, TemplateError};
use crate::site::view::{PageFacts, Section, Shell, View};
use crate::site::write::{WriteError, Writer};
use crate::site::{assets, format, pages, search as search_files};
use crate::text::{Bi, Lang};

/// Largest template override that is read.
const MAX_TEMPLATE: u64 = 1024 * 1024;

/// What a build wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Built {
    /// Files.
    pub files: usize,
    /// Bytes.
    pub bytes: u64,
    /// Orders whose files are broken; they are red on the site.
    pub broken: usize,
}

/// Why a site could not be built. The old site is untouched then.
#[derive(Debug)]
pub enum BuildError {
    /// A template of the data root is wrong.
    Template(TemplateError),
    /// A table does not fit its format; its path.
    Table(String, TableError),
    /// The output folder cannot be written.
    Write(WriteError),
}

impl From<TemplateError> for BuildError {
    fn from(error: TemplateError) -> Self {
        Self::Template(error)
    }
}

impl From<WriteError> for BuildError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template(error) => error.fmt(f),
            Self::Table(path, error) => write!(f, "{path}: {error}"),
            Self::Write(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BuildError {}

impl BuildError {
    /// What went wrong, for people.
    #[must_use]
    pub fn text(&self) -> Bi {
        let what = self.to_string();
        match self {
            Self::Template(_) => {
                bi!("模板有错，网站没有生成：{what}", "a template is wrong, the site was not built: {what}")
            }
            Self::Table(..) | Self::Write(_) => bi!("网站没有生成：{what}", "the site was not built: {what}"),
        }
    }
}

/// Builds the site into `out`: every page is rendered, written beside the old site, and exchanged for it at
/// once. No page is kept in memory after it was written.
///
/// # Errors
/// See [`BuildError`].
pub fn build(facts: &Facts<'_>, checked: &Checked, out: &Path) -> Result<Built, BuildError> {
    let renderer = Renderer::new(&overrides(&facts.book.root))?;
    let writer = Writer::begin(out)?;
    let findings = Findings::of(&checked.findings);
    let groups = Groups::of(facts, &findings);
    let (sailings, exports) = (Sailings::of(facts), Exports::of(facts));
    let register = credits::Register::of(facts);
    let dates = Dates::of(facts);
    let changes = Changes::of(facts);
    let owed = Receivables::of(facts);
    let owing = payables::is_shown(&facts.book.config).then(|| payables::Owing::of(facts));
    let languages = facts.book.config.languages();
    for (path, bytes) in assets::FILES {
        writer.put(path, bytes)?;
    }
    for &lang in &languages {
        let ctx = Ctx { facts, findings: &findings, lang };
        let tree = Tree {
            ctx,
            groups: &groups,
            sailings: &sailings,
            exports: &exports,
            register: &register,
            dates: &dates,
            changes: &changes,
            owed: &owed,
            owing: owing.as_ref(),
            shell: shell(&ctx, &languages),
            renderer: &renderer,
            writer: &writer,
        };
        tree.write()?;
    }
    if let Some(&lang) = languages.first() {
        let ctx = Ctx { facts, findings: &findings, lang };
        for (path, bytes) in assets::build_files(&about::build_facts(&ctx)) {
            writer.put(path, &bytes)?;
        }
        for (path, bytes) in search_files::files(&search::entries(facts)) {
            writer.put(&path, &bytes)?;
        }
    }
    let written = writer.commit()?;
    let broken = facts.book.orders.iter().filter(|o| o.broken).count();
    Ok(Built { files: written.files, bytes: written.bytes, broken })
}

/// Templates of the data root that replace built-in ones, by name. Links are not followed.
pub(crate) fn overrides(root: &Files) -> BTreeMap<String, String> {
    let texts = root.texts("templates", MAX_TEMPLATE).into_iter();
    texts.filter(|(name, _)| name.ends_with(".html")).collect()
}

fn shell(ctx: &Ctx<'_>, languages: &[Lang]) -> Shell {
    Shell {
        lang: ctx.lang,
        languages: languages.to_vec(),
        company: ctx.company(),
        sections: sections(ctx),
        csp_meta: true,
        warning: match ctx.facts.history.state {
            State::Shallow => order::history::unknown(ctx),
            _ => String::new(),
        },
    }
}

/// The parts of the site: what we owe is finance's, and is left out where the company says so.
fn sections(ctx: &Ctx<'_>) -> BTreeSet<Section> {
    let mut all = BTreeSet::from(Section::ALL);
    if !payables::is_shown(&ctx.book().config) {
        all.remove(&Section::Payables);
    }
    all
}

/// The pages of one language.
struct Tree<'a> {
    ctx: Ctx<'a>,
    groups: &'a Groups<'a>,
    sailings: &'a Sailings<'a>,
    exports: &'a Exports<'a>,
    register: &'a credits::Register<'a>,
    dates: &'a Dates,
    changes: &'a Changes<'a>,
    owed: &'a Receivables<'a>,
    owing: Option<&'a payables::Owing<'a>>,
    shell: Shell,
    renderer: &'a Renderer,
    writer: &'a Writer,
}

impl Tree<'_> {
    fn write(&self) -> Result<(), BuildError> {
        let ctx = &self.ctx;
        let dated = self.dated();
        self.put(&dated, &dashboard::page(ctx, self.groups, self.changes))?;
        self.put(&dated, &quality::page(ctx))?;
        self.put(&dated, &calendar::page(ctx, self.dates))?;
        self.dated_files()?;
        self.changed()?;
        let desks = Desks::of(ctx, self.dates, self.changes);
        self.put(&dated, &desks.index(ctx))?;
        self.each(desks.people(), |id| self.put(&dated, &desks.page(ctx, *id)))?;
        self.put(&self.latest(ctx.book().orders.iter()), &board::page(ctx, self.groups))?;
        self.put(&self.plain(), &about::page(ctx, &about::build_facts(ctx)))?;
        if let Ok(glossary) = pages::glossary(ctx.lang) {
            self.put(&self.plain(), &glossary)?;
        }
        let all = self.latest(ctx.book().orders.iter());
        let lists = Lists::of(self.groups);
        self.each(lists.pages(), |wanted| self.put(&all, &lists.page(ctx, *wanted)))?;
        self.each(self.sailings.pages(), |page| self.put(&dated, &self.sailings.page(ctx, *page)))?;
        self.each(self.owed.pages(), |page| self.put(&dated, &self.owed.page(ctx, *page)))?;
        self.each(self.exports.pages(), |page| self.put(&dated, &self.exports.page(ctx, *page)))?;
        self.each(archive::pages(self.groups), |wanted| {
            self.put(&all, &archive::month(ctx, self.groups, *wanted))
        })?;
        self.put(&all, &archive::index(ctx, self.groups))?;
        self.each((0..self.register.pages()).collect(), |page| {
            self.put(&dated, &self.register.page(ctx, *page))
        })?;
        self.each((0..exposure::pages(self.groups)).collect(), |page| {
            self.put(&dated, &exposure::page(ctx, self.groups, *page))
        })?;
        let mut files = tables::PUBLISHED.to_vec();
        if let Some(owing) = self.owing {
            self.each((0..owing.pages()).collect(), |page| self.put(&dated, &owing.page(ctx, *page)))?;
            files.extend(tables::FINANCE);
        }
        self.each(files, |make| {
            tables::put(self.writer, self.shell.folder(ctx.lang), &make(ctx), &tables::about(ctx))
        })?;
        let parties: Vec<_> = ctx.book().parties.values().collect();
        self.each(parties, |party| {
            let facts = PageFacts {
                edit_href: party.origin.files().first().map_or_else(String::new, |f| ctx.edit_href(f)),
                ..self.plain()
            };
            self.put(&facts, &party::page(ctx, self.groups, party))
        })?;
        let hits = rules::hits(ctx.findings.all);
        self.put(&self.plain(), &rules::index(ctx, &hits))?;
        self.each(crate::check::rules::all().collect(), |rule| {
            self.put(&self.plain(), &rules::page(ctx, rule, &hits))
        })?;
        self.each(ctx.facts.each().collect(), |(order, facts)| self.order(order, facts))
    }

    /// What changed, for everybody, for each person and each customer; and what each person would hand over.
    fn changed(&self) -> Result<(), BuildError> {
        let (ctx, dated, folder) = (&self.ctx, self.dated(), self.shell.folder(self.ctx.lang));
        let pages = self.changes.pages(ctx.as_of());
        self.each((0..pages).collect(), |page| self.put(&dated, &self.changes.page(ctx, *page)))?;
        let hand = Handover::of(self.groups, self.dates);
        self.each(hand.people(), |id| self.put(&dated, &hand.page(ctx, self.groups, id)))?;
        let people = hand.people().into_iter().map(feeds::Of::Person);
        let customers = feeds::customers(ctx).map(feeds::Of::Customer);
        self.each(std::iter::once(feeds::Of::Book).chain(people).chain(customers).collect(), |of| {
            let Some((path, feed)) = feeds::feed(ctx, self.changes, &self.dates.people, *of) else {
                return Ok(());
            };
            Ok(self.writer.put(&format!("{folder}{path}"), &exchange::atom::bytes(&feed))?)
        })
    }

    /// The deadlines as files: the table, and the calendars that hold something.
    fn dated_files(&self) -> Result<(), BuildError> {
        let (ctx, folder) = (&self.ctx, self.shell.folder(self.ctx.lang));
        tables::put(self.writer, folder, &tables::deadlines::of(ctx, self.dates), &tables::about(ctx))?;
        self.each(Feed::each(self.dates).filter(|feed| feed.is_used(self.dates)).collect(), |feed| {
            let Some(path) = feed.path(self.dates) else { return Ok(()) };
            let bytes = exchange::calendar::bytes(&feed.calendar(ctx, self.dates), ctx.as_of());
            Ok(self.writer.put(&format!("{folder}{path}"), &bytes)?)
        })
    }

    /// One page per element, on all threads.
    fn each<T: Send + Sync>(
        &self,
        list: Vec<T>,
        put: impl Fn(&T) -> Result<(), BuildError> + Send + Sync,
    ) -> Result<(), BuildError> {
        list.par_iter().try_for_each(put)
    }

    fn order(&self, order: &Order, facts: &OrderFacts) -> Result<(), BuildError> {
        let ctx = &self.ctx;
        let footer = PageFacts {
            edit_href: order
                .origin
                .files()
                .first()
                .map_or_else(String::new, |_| ctx.edit_href(&order.origin.place("customer").file)),
            ..self.latest(std::iter::once(order))
        };
        // One misspelt key costs that key; the red page is for files of which nothing useful could be read.
        if order.broken && order.items.is_empty() {
            return self.put(&footer, &order::broken(ctx, order, facts));
        }
        if check::applies(ctx, order, facts) {
            self.put(&footer, &check::page(ctx, order))?;
        }
        self.put(&footer, &order::page(ctx, order, facts))?;
        // Who looks for the papers of a closed order finds them in its archive.
        if !facts.is_open() {
            return Ok(());
        }
        let making = Making::of(ctx, order, facts);
        for (kind, scope) in making.list() {
            if let Ok(made) = making.make(kind, scope) {
                let page = made.render(self.renderer, &self.shell, &footer)?;
                self.writer.put(&page.path, &page.bytes)?;
            }
        }
        Ok(())
    }

    fn put<V: View>(&self, facts: &PageFacts, view: &V) -> Result<(), BuildError> {
        let page = self.renderer.page(&self.shell, facts, view)?;
        Ok(self.writer.put(&page.path, &page.bytes)?)
    }

    /// The footer of a page that no single record made.
    fn plain(&self) -> PageFacts {
        PageFacts::default()
    }

    /// The footer of a page that depends on the day.
    fn dated(&self) -> PageFacts {
        let as_of = format::full(self.ctx.as_of(), self.ctx.lang).text;
        PageFacts { as_of, ..self.latest(self.ctx.book().orders.iter()) }
    }

    /// The footer of a page made from some orders: the last change to any of them, so that a commit elsewhere
    /// does not change the page.
    fn latest<'o>(&self, orders: impl Iterator<Item = &'o Order>) -> PageFacts {
        let history = self.ctx.facts.history;
        let last: Option<&Event> = orders
            .filter_map(|order| history.orders.get(&*order.id))
            .map(|recorded| &*recorded.last)
            .max_by(|a, b| (a.date, &a.commit).cmp(&(b.date, &b.commit)));
        last.map_or_else(PageFacts::default, |event| PageFacts {
            commit: event.commit.chars().take(10).collect(),
            commit_href: self.ctx.commit_href(&event.commit),
            date: event.date.to_string(),
            ..PageFacts::default()
        })
    }
}
