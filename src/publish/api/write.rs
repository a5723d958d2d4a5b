//! Writes the documents: those of the book once, those of an order with its page.

use std::path::PathBuf;

use rayon::prelude::*;
use serde::Serialize;

use super::aftersales::AfterSalesDoc;
use super::change::ChangesDoc;
use super::credit::CreditsDoc;
use super::deadline::DeadlinesDoc;
use super::desk::by_person;
use super::export::ExportsDoc;
use super::finding::FindingsDoc;
use super::index::{ResourceDoc, resource};
use super::making::MakingsDoc;
use super::party::PartiesDoc;
use super::receivable::{ReceivablesDoc, sums};
use super::shipment::ShipmentsDoc;
use super::summary::OrdersDoc;
use super::value::{Day, Version};
use super::{Api, PART, Part, archive, bytes, glossary, order_data, schema, words};
use crate::derive::OrderFacts;
use crate::derive::aging::Aging;
use crate::model::Order;
use crate::publish::BuildError;
use crate::publish::changes::Changes;
use crate::publish::finding::Sources;
use crate::publish::groups::Groups;
use crate::publish::today::Desks;
use crate::publish::{handover, rules};
use crate::site::write::{Unit, WriteError, Writer};
use crate::text::StaticBi;

/// The documents of a build.
pub struct Documents<'t, 'c, 'a> {
    /// What they are filled from.
    pub api: Api<'c, 'a>,
    /// Orders by standing and party.
    pub groups: &'c Groups<'a>,
    /// What changed.
    pub changes: &'c Changes<'a>,
    /// Where they go.
    pub writer: &'t Writer,
}

type Written = Result<(), BuildError>;

impl<'c, 'a: 'c> Documents<'_, 'c, 'a> {
    /// The complete order: beside its page, and in the API.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn order(&self, unit: &Unit<'_>, order: &'c Order, own: &'c OrderFacts) -> Written {
        let bytes = bytes::of(&self.api.order(order, own)).map_err(unwritten)?;
        unit.put(&order_data(&order.id), &bytes)?;
        Ok(unit.put(&format!("o/{}.json", order.id), &bytes)?)
    }

    /// Everything that is not of one order.
    ///
    /// # Errors
    /// When the operating system refuses.
    pub fn book(&self) -> Written {
        let aging = Aging::of(self.api.ctx.facts);
        let mut resources = self.lists(&aging)?;
        let name = |about| resource("overview", about, None, 1);
        resources.push(name(("一眼看全：什么最急、各阶段几单、预计收款", "the book at a glance")));
        let overview = bytes::of(&self.api.overview(self.groups, &aging)).map_err(unwritten)?;
        self.writer.put("api/v1/overview.json", &overview)?;
        self.writer.put("index.json", &overview)?;
        resources.push(resource("quality", ("数据质量", "data quality"), None, 1));
        let quality = bytes::of(&self.api.quality()).map_err(unwritten)?;
        self.writer.put("api/v1/quality.json", &quality)?;
        self.writer.put("quality.json", &quality)?;
        let hits = rules::hits(self.api.ctx.findings.all);
        resources.push(resource("rules", ("规则", "rules"), None, 1));
        let all = bytes::of(&self.api.rules(&hits)).map_err(unwritten)?;
        self.writer.put("api/v1/rules.json", &all)?;
        self.writer.put("rules/index.json", &all)?;
        crate::check::rules::all().par_bridge().try_for_each(|rule| {
            self.put(&format!("rules/{}.json", rule.name), &self.api.rule_page(rule, &hits))
        })?;
        self.put("board.json", &self.api.board(self.groups))?;
        if let Some(words) = glossary::of() {
            self.put("glossary.json", &words)?;
        }
        self.people()?;
        self.parties()?;
        self.archive()?;
        resources.push(ResourceDoc {
            href: order_data("{id}"),
            ..resource(
                "order",
                ("一单的全部", "one complete order"),
                Some(self.api.ctx.book().orders.len()),
                1,
            )
        });
        resources.sort_by_key(|r| r.name);
        self.put("api/v1/index.json", &self.api.index(resources))?;
        for file in schema::files().map_err(unwritten)? {
            self.writer.put(&schema::path(file.name), file.text.as_bytes())?;
        }
        Ok(())
    }

    /// The lists of the API, in parts; some lie beside a page too.
    fn lists(&self, aging: &Aging) -> Result<Vec<ResourceDoc>, BuildError> {
        let (api, facts) = (&self.api, self.api.ctx.facts);
        let as_of = Day(api.ctx.as_of());
        let orders: Vec<(&'c Order, &'c OrderFacts)> = facts.each().collect();
        let version = Version;
        let mut sources = Sources::new(&api.ctx.book().root);
        let rows: Vec<_> = orders.par_iter().map(|(o, own)| api.row(o, own)).collect();
        let credits: Vec<_> = orders.par_iter().flat_map_iter(|(o, own)| api.credits_of(o, own)).collect();
        let living = orders.par_iter().filter(|(_, own)| !own.is_archived());
        let shipments: Vec<_> = living.flat_map_iter(|(o, own)| api.shipments_of(o, own)).collect();
        let exports: Vec<_> = orders.par_iter().flat_map_iter(|(o, own)| api.exports_of(o, own)).collect();
        let claims: Vec<_> = orders.par_iter().flat_map_iter(|(o, own)| api.claims(o, own)).collect();
        let open = orders.par_iter().filter(|(_, own)| own.is_open());
        let production: Vec<_> = open.map(|(o, own)| api.making(o, own)).collect();
        let deadlines: Vec<_> = (0..api.dates.all.len()).filter_map(|at| api.deadline(at)).collect();
        let findings: Vec<_> = api.ctx.findings.all.iter().map(|f| api.finding(f, &mut sources)).collect();
        let parties = api.ctx.book().parties.values();
        let parties: Vec<_> = parties.map(|p| api.party_row(self.groups, p)).collect();
        let changes: Vec<_> = self.changes.recent(api.ctx.as_of()).iter().map(|e| api.change(e)).collect();
        let owed = api.receivables(aging);
        let loose = || (sums(aging), api.loose(aging));
        let unknown = || aging.unknown.iter().filter_map(|at| orders.get(*at)).map(|(o, _)| &*o.id).collect();
        let history = words::history(&facts.history.state);
        let uncommitted = || facts.history.uncommitted.iter().map(String::as_str).collect();
        Ok(vec![
            self.list(("orders", ("订单", "orders")), None, rows, |part, orders| OrdersDoc {
                version,
                document: "orders",
                as_of,
                part,
                orders,
            })?,
            self.list(
                ("credits", ("信用证", "letters of credit")),
                Some("credits"),
                credits,
                |part, credits| CreditsDoc { version, document: "credits", as_of, part, credits },
            )?,
            self.list(
                ("shipments", ("出运", "shipments")),
                Some("shipments"),
                shipments,
                |part, shipments| ShipmentsDoc { version, document: "shipments", as_of, part, shipments },
            )?,
            self.list(
                ("exports", ("报关与退税", "exports")),
                Some("customs"),
                exports,
                |part, exports| ExportsDoc { version, document: "exports", as_of, part, exports },
            )?,
            self.list(
                ("production", ("生产与质检", "production")),
                Some("production"),
                production,
                |part, production| MakingsDoc { version, document: "production", as_of, part, production },
            )?,
            self.list(
                ("deadlines", ("截止日", "deadlines")),
                Some("calendar"),
                deadlines,
                |part, deadlines| DeadlinesDoc { version, document: "deadlines", as_of, part, deadlines },
            )?,
            self.list(
                ("aftersales", ("售后", "complaints")),
                Some("aftersales"),
                claims,
                |part, complaints| AfterSalesDoc { version, document: "aftersales", as_of, part, complaints },
            )?,
            self.list(("findings", ("检查结果", "findings")), None, findings, |part, findings| {
                FindingsDoc { version, document: "findings", as_of, part, findings }
            })?,
            self.list(
                ("parties", ("客户、供应商、货代", "customers, suppliers, forwarders")),
                None,
                parties,
                |part, parties| PartiesDoc { version, document: "parties", as_of, part, parties },
            )?,
            self.list(("changes", ("改动", "changes")), Some("changes"), changes, |part, changes| {
                ChangesDoc {
                    version,
                    document: "changes",
                    as_of,
                    history,
                    uncommitted: uncommitted(),
                    part,
                    changes,
                }
            })?,
            self.list(("receivables", ("应收", "receivables")), None, owed, |part, receivables| {
                let (sums, unallocated) = loose();
                ReceivablesDoc {
                    version,
                    document: "receivables",
                    as_of,
                    part,
                    sums,
                    receivables,
                    unallocated,
                    unknown: unknown(),
                }
            })?,
        ])
    }

    /// A list in parts of [`PART`] entries. The first part lies beside a page too, where one shows the same.
    fn list<T, D: Serialize>(
        &self,
        (name, about): (&'static str, StaticBi),
        beside: Option<&str>,
        all: Vec<T>,
        document: impl Fn(Part, Vec<T>) -> D,
    ) -> Result<ResourceDoc, BuildError> {
        let total = all.len();
        let parts = parts(name, all);
        let count = parts.len();
        for (part, entries) in parts {
            let (at, path) = (part.part, part_path(name, part.part));
            let bytes = bytes::of(&document(part, entries)).map_err(unwritten)?;
            self.writer.put(&path, &bytes)?;
            if let Some(page) = beside.filter(|_| at == 1) {
                self.writer.put(&format!("{page}.json"), &bytes)?;
            }
        }
        Ok(resource(name, about, Some(total), count))
    }

    fn people(&self) -> Written {
        let api = &self.api;
        let desks = Desks::of(api.ctx, api.dates, self.changes);
        self.put("today.json", &api.today(&desks))?;
        for id in desks.people() {
            if let Some(path) = api.dates.people.path(id) {
                self.put(&data_path(&path), &api.desk(&desks, id))?;
            }
        }
        let own = by_person(self.groups);
        for id in api.dates.people.ids() {
            self.put(&data_path(&handover::path(api.dates, id)), &api.person_page(&own, id))?;
        }
        Ok(())
    }

    fn parties(&self) -> Written {
        self.api.ctx.book().parties.values().par_bridge().try_for_each(|party| {
            let folder = self.api.ctx.party_href(party);
            let folder = folder.split('/').next().unwrap_or_default();
            self.put(&format!("{folder}/{}.json", party.id), &self.api.party_page(self.groups, party))
        })
    }

    fn archive(&self) -> Written {
        self.put("archive/index.json", &self.api.archive(self.groups))?;
        self.groups.archive.keys().par_bridge().try_for_each(|month| {
            self.put(&archive::month_path(*month), &self.api.archive_month(self.groups, *month))
        })
    }

    fn put<D: Serialize>(&self, path: &str, document: &D) -> Written {
        let bytes = bytes::of(document).map_err(unwritten)?;
        Ok(self.writer.put(path, &bytes)?)
    }
}

/// The parts of a list; at least one, so that an empty list has a document that says so.
fn parts<T>(name: &str, all: Vec<T>) -> Vec<(Part, Vec<T>)> {
    let (total, parts) = (all.len(), all.len().div_ceil(PART).max(1));
    let mut rest = all.into_iter();
    let part = |part: usize| {
        let next = (part < parts).then(|| part_path(name, part.saturating_add(1)));
        (Part { total, part, parts, next }, rest.by_ref().take(PART).collect())
    };
    (1..=parts).map(part).collect()
}

/// `api/v1/orders.json`, `api/v1/orders-2.json`.
fn part_path(name: &str, part: usize) -> String {
    if part == 1 { format!("api/v1/{name}.json") } else { format!("api/v1/{name}-{part}.json") }
}

/// The document beside a page.
fn data_path(page: &str) -> String {
    format!("{}.json", page.trim_end_matches(".html"))
}

/// A document that cannot be said in JSON: never in practice.
fn unwritten(error: serde_json::Error) -> BuildError {
    BuildError::Write(WriteError::Io { path: PathBuf::new(), source: error.into() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn following_next_reads_every_entry_once() {
        let rows: Vec<usize> = (0..2_001).collect();
        let parts = parts("orders", rows.clone());
        let (mut path, mut read) = (Some("api/v1/orders.json".to_owned()), Vec::<usize>::new());
        while let Some(wanted) = path {
            let (part, entries) = parts.iter().find(|(p, _)| part_path("orders", p.part) == wanted).unwrap();
            assert!(entries.len() <= PART);
            assert_eq!((part.total, part.parts), (2_001, 3));
            read.extend(entries);
            path = part.next.clone();
        }
        assert_eq!(read, rows);
    }

    #[test]
    fn an_empty_list_and_a_full_part_have_one_document() {
        for n in [0, 1, PART] {
            let parts = parts("orders", vec![0; n]);
            assert_eq!((parts.len(), parts[0].0.total, parts[0].0.next.as_deref()), (1, n, None));
        }
    }
}
