//! Which pages there are, in one language: every page kind is asked for its pages here, and they are written.

use rayon::prelude::*;

use crate::derive::OrderFacts;
use crate::exchange;
use crate::history::Event;
use crate::key::{Key, KeyMaker};
use crate::model::Order;
use crate::publish::aftersales::AfterSales;
use crate::publish::api::write::Documents;
use crate::publish::build::BuildError;
use crate::publish::changes::Changes;
use crate::publish::ctx::Ctx;
use crate::publish::customs::Exports;
use crate::publish::dates::Dates;
use crate::publish::groups::Groups;
use crate::publish::handover::Handover;
use crate::publish::keys::{self, Keys};
use crate::publish::making::Making;
use crate::publish::orders::Lists;
use crate::publish::production::Works;
use crate::publish::receivables::Receivables;
use crate::publish::shipments::Sailings;
use crate::publish::tables::deadlines::Feed;
use crate::publish::today::Desks;
use crate::publish::{
    about, archive, archived, board, calendar, check, credits, dashboard, exposure, feeds, order, party,
    payables, quality, rules, tables,
};
use crate::site::template::Renderer;
use crate::site::view::{PageFacts, Shell, View};
use crate::site::write::{Unit, Writer};
use crate::site::{format, pages, style};

/// The pages of one language.
pub(super) struct Tree<'a> {
    pub(super) ctx: Ctx<'a>,
    /// The data beside the pages, which is the same in every language: with the first one only.
    pub(super) documents: Option<&'a Documents<'a, 'a, 'a>>,
    pub(super) groups: &'a Groups<'a>,
    pub(super) sailings: &'a Sailings<'a>,
    pub(super) exports: &'a Exports<'a>,
    pub(super) works: &'a Works<'a>,
    pub(super) after: &'a AfterSales<'a>,
    pub(super) register: &'a credits::Register<'a>,
    pub(super) dates: &'a Dates,
    pub(super) changes: &'a Changes<'a>,
    pub(super) owed: &'a Receivables<'a>,
    pub(super) owing: Option<&'a payables::Owing<'a>>,
    pub(super) shell: Shell,
    pub(super) renderer: &'a Renderer,
    pub(super) writer: &'a Writer,
    /// What pages are made from; `None` where nothing is known of an earlier build.
    pub(super) keys: Option<&'a Keys>,
}

impl<'a> Tree<'a> {
    /// Writes all of them.
    pub(super) fn write(&self) -> Result<(), BuildError> {
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
        self.put(&self.plain(), &style::page(ctx.lang))?;
        if let Ok(glossary) = pages::glossary(ctx.lang) {
            self.put(&self.plain(), &glossary)?;
        }
        let all = self.latest(ctx.book().orders.iter());
        let lists = Lists::of(self.groups);
        self.each(lists.pages(), |wanted| {
            let rows = lists.shown(*wanted);
            let name = format!("{}-{}", wanted.list.base(), wanted.page);
            let key = self.key(rows, |more| {
                more.value(&lists.lists()).value(wanted).number(lists.count(wanted.list));
            });
            self.unit(&name, key, |unit| {
                self.put_in(unit, &self.latest(self.orders(rows)), &lists.page(ctx, *wanted))
            })
        })?;
        self.each(self.sailings.pages(), |page| self.put(&dated, &self.sailings.page(ctx, *page)))?;
        self.each(self.works.pages(), |wanted| self.put(&dated, &self.works.page(ctx, *wanted)))?;
        self.each(self.after.pages(), |page| self.put(&dated, &self.after.page(ctx, self.groups, *page)))?;
        self.each(self.owed.pages(), |page| self.put(&dated, &self.owed.page(ctx, *page)))?;
        self.each(self.exports.pages(), |page| self.put(&dated, &self.exports.page(ctx, *page)))?;
        self.each(archive::pages(self.groups), |wanted| {
            let rows = self.groups.archive.get(&wanted.month).map_or(&[][..], Vec::as_slice);
            let key = self.key(rows, |more| {
                more.value(wanted);
            });
            self.unit(&format!("archive {wanted:?}"), key, |unit| {
                let facts = self.latest(self.orders(rows));
                self.put_in(unit, &facts, &archive::month(ctx, self.groups, *wanted))
            })
        })?;
        self.put(&all, &archive::index(ctx, self.groups))?;
        if self.shell.languages.first() == Some(&ctx.lang) {
            archived::put(ctx, self.groups, self.writer)?;
        }
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
            let rows = self.groups.party(party.kind, &party.id);
            let key = self.key(rows, |more| {
                more.value(&self.groups.closed.keys());
                for found in self.groups.party_findings(party.kind, &party.id) {
                    keys::finding(more, ctx.facts, found);
                }
            });
            self.unit(&format!("{:?} {}", party.kind, party.id), key, |unit| {
                self.put_in(unit, &facts, &party::page(ctx, self.groups, party))
            })
        })?;
        let hits = rules::hits(ctx.findings.all);
        self.put(&self.plain(), &rules::index(ctx, &hits))?;
        self.each(crate::check::rules::all().collect(), |rule| {
            self.put(&self.plain(), &rules::page(ctx, rule, &hits))
        })?;
        self.each(ctx.facts.each().enumerate().collect(), |(index, (order, facts))| {
            let key = self.keys.and_then(|keys| keys.order(*index));
            self.unit(&order.folder, key, |unit| self.order(unit, order, facts))
        })
    }

    /// What changed, for everybody, for each person and each customer; and what each person would hand over.
    fn changed(&self) -> Result<(), BuildError> {
        let (ctx, dated, folder) = (&self.ctx, self.dated(), self.shell.folder(self.ctx.lang));
        let pages = self.changes.pages(ctx.as_of());
        self.each((0..pages).collect(), |page| self.put(&dated, &self.changes.page(ctx, *page)))?;
        let hand = Handover::of(self.groups, self.dates);
        self.each(hand.people(), |id| self.put(&dated, &hand.page(ctx, self.groups, id)))?;
        let people = hand.people().into_iter().map(feeds::Of::Person);
        let subjects = feeds::Subjects::of(ctx, self.changes);
        let customers = feeds::customers(ctx).map(feeds::Of::Customer);
        self.each(std::iter::once(feeds::Of::Book).chain(people).chain(customers).collect(), |of| {
            let Some((path, feed)) = feeds::feed(ctx, (self.changes, &subjects), &self.dates.people, *of)
            else {
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

    /// The pages of an order.
    fn order(&self, unit: &Unit<'_>, order: &'a Order, facts: &'a OrderFacts) -> Result<(), BuildError> {
        let ctx = &self.ctx;
        if let Some(documents) = self.documents {
            documents.order(unit, order, facts)?;
        }
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
            return self.put_in(unit, &footer, &order::broken(ctx, order, facts));
        }
        if check::applies(ctx, order, facts) {
            self.put_in(unit, &footer, &check::page(ctx, order))?;
        }
        self.put_in(unit, &footer, &order::page(ctx, order, facts))?;
        let making = Making::of(ctx, order, facts);
        for (kind, scope) in making.shown() {
            if let Ok(made) = making.make(kind, scope) {
                let page = made.render(self.renderer, &self.shell, &footer)?;
                unit.put(&page.path, &page.bytes)?;
            }
        }
        Ok(())
    }

    /// Makes some pages together, unless they were made from the same before.
    fn unit(
        &self,
        name: &str,
        key: Option<Key>,
        make: impl FnOnce(&Unit<'_>) -> Result<(), BuildError>,
    ) -> Result<(), BuildError> {
        self.writer.unit(&format!("{}{name}", self.shell.folder(self.ctx.lang)), key, make)
    }

    /// The key of pages that show some orders, and what else they depend on.
    fn key(&self, orders: &[usize], add: impl FnOnce(&mut KeyMaker)) -> Option<Key> {
        let keys = self.keys?;
        let mut more = KeyMaker::new("orders");
        add(&mut more);
        Some(keys.list(orders.iter().copied(), &more))
    }

    fn orders(&self, list: &[usize]) -> impl Iterator<Item = &Order> {
        list.iter().filter_map(|at| self.ctx.book().orders.get(*at))
    }

    fn put_in<V: View>(&self, unit: &Unit<'_>, facts: &PageFacts, view: &V) -> Result<(), BuildError> {
        let page = self.renderer.page(&self.shell, facts, view)?;
        Ok(unit.put(&page.path, &page.bytes)?)
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
