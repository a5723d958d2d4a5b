//! The archive: is a file complete, and until when is it kept.

use std::collections::BTreeMap;

use super::archived;
use super::ctx::Ctx;
use super::dashboard::short_customer;
use super::groups::{Groups, Month, filed_on};
use super::orders::orders;
use super::paging;
use crate::derive::OrderFacts;
use crate::derive::completeness::{self, CompletenessGate, Kind, Need};
use crate::derive::tax;
use crate::model::Order;
use crate::model::document::Printed;
use crate::model::money::FilingKind;
use crate::model::order::InspectionStage;
use crate::model::stage::{Milestone, StageKey};
use crate::say;
use crate::site::view::{
    ArchiveEntry, ArchiveIndexPage, ArchiveItem, ArchiveMonth, ArchiveMonthPage, ArchiveYear, Field, Link,
    Mark,
};
use crate::text::StaticBi;

/// Keys of the papers that the page lists one by one, there or not.
const LISTED: [&str; 16] = [
    "bl",
    "awb",
    "waybill",
    "courier",
    "contract",
    "review",
    "purchase",
    "inspection",
    "invoice",
    "packing",
    "transport",
    "customs",
    "insurance",
    "origin",
    "receipt",
    "feedback",
];

/// One page of a month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MonthPage {
    /// The month.
    pub month: Month,
    /// Page, from 0.
    pub page: usize,
}

/// Every month page of the archive.
#[must_use]
pub fn pages(groups: &Groups<'_>) -> Vec<MonthPage> {
    groups
        .archive
        .iter()
        .flat_map(|(month, list)| {
            (0..paging::count(list.len())).map(move |page| MonthPage { month: *month, page })
        })
        .collect()
}

/// How the orders of a month stand.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
struct Tally {
    complete: usize,
    incomplete: usize,
    cancelled: usize,
}

impl Tally {
    fn of(ctx: &Ctx<'_>, groups: &Groups<'_>, list: &[usize]) -> Self {
        let mut tally = Self::default();
        for (order, own) in list.iter().filter_map(|i| groups.get(*i)) {
            if own.is_cancelled() {
                tally.cancelled += 1;
            } else if is_complete(ctx, order, own) {
                tally.complete += 1;
            } else {
                tally.incomplete += 1;
            }
        }
        tally
    }

    fn orders(self) -> usize {
        self.complete + self.incomplete + self.cancelled
    }

    fn text(self, ctx: &Ctx<'_>) -> String {
        let Self { complete, incomplete, cancelled } = self;
        let mut text = orders(ctx, self.orders());
        text.push_str(&say!(ctx, "，完整 {complete}", ", {complete} complete"));
        if incomplete > 0 {
            text.push_str(&say!(ctx, "，缺件 {incomplete}", ", {incomplete} with something missing"));
        }
        if cancelled > 0 {
            text.push_str(&say!(ctx, "，取消 {cancelled}", ", {cancelled} cancelled"));
        }
        text
    }
}

/// The index.
#[must_use]
pub fn index(ctx: &Ctx<'_>, groups: &Groups<'_>) -> ArchiveIndexPage {
    let mut all = Tally::default();
    let mut years: BTreeMap<i32, Vec<ArchiveMonth>> = BTreeMap::new();
    for (&(year, month), list) in groups.archive.iter().rev() {
        let tally = Tally::of(ctx, groups, list);
        all.complete += tally.complete;
        all.incomplete += tally.incomplete;
        all.cancelled += tally.cancelled;
        years.entry(year).or_default().push(ArchiveMonth {
            name: format!("{year}-{month:02}"),
            href: paging::file(&format!("archive/{year}/{month:02}"), 0),
            orders: tally.orders(),
            complete: tally.complete,
            incomplete: tally.incomplete,
            cancelled: tally.cancelled,
        });
    }
    let guide = |file: &str| Link::new(file, archived::below(ctx, file));
    let guides = ["README.txt", "verify.ps1"].map(guide).into_iter().filter(|link| !link.href.is_empty());
    ArchiveIndexPage {
        guides: if all.orders() == 0 { Vec::new() } else { guides.collect() },
        title: say!(ctx, "归档", "Archive"),
        summary: if all.orders() == 0 { String::new() } else { all.text(ctx) },
        years: years
            .into_iter()
            .rev()
            .map(|(year, months)| ArchiveYear { year: year.to_string(), months })
            .collect(),
    }
}

/// One page of one month.
#[must_use]
pub fn month(ctx: &Ctx<'_>, groups: &Groups<'_>, wanted: MonthPage) -> ArchiveMonthPage {
    let MonthPage { month: (year, month), page } = wanted;
    let list = groups.archive.get(&(year, month)).map_or(&[][..], Vec::as_slice);
    let base = format!("archive/{year}/{month:02}");
    let file = paging::file(&format!("{month:02}"), page);
    ArchiveMonthPage {
        year: year.to_string(),
        month: file.trim_end_matches(".html").to_owned(),
        title: say!(ctx, "归档 {year}-{month:02}", "Archive {year}-{month:02}"),
        summary: Tally::of(ctx, groups, list).text(ctx),
        pages: paging::links(&base, paging::count(list.len()), page),
        entries: paging::slice(list, page)
            .iter()
            .filter_map(|i| groups.get(*i))
            .map(|(order, own)| listed(ctx, (year, month), order, own))
            .collect(),
        verify: checks(ctx, (year, month)),
    }
}

/// An order with the papers that a complete file holds.
#[must_use]
pub fn entry(ctx: &Ctx<'_>, order: &Order, own: &OrderFacts) -> ArchiveEntry {
    let cancelled = own.is_cancelled();
    let asked = asked(ctx, order, own);
    let papers = if cancelled { Vec::new() } else { papers(order, own, &asked) };
    let missing = if cancelled { Vec::new() } else { missing(ctx, &asked, &papers) };
    // What is shown above as a paper of its own is not named a second time.
    let rest = missing.iter().filter(|what| papers.iter().all(|p| ctx.word(p.name) != what.as_str()));
    let rest =
        rest.map(|what| ArchiveItem { label: say!(ctx, "缺{what}", "{what} missing"), mark: Mark::Late });
    ArchiveEntry {
        order: ctx.order_link(&order.id),
        customer: short_customer(ctx, order),
        mark: match (cancelled, !missing.is_empty()) {
            (true, _) => Mark::Na,
            (false, true) => Mark::Late,
            (false, false) => Mark::Done,
        },
        items: papers.iter().map(|paper| item(ctx, paper)).chain(rest).collect(),
        facts: if cancelled { cancellation(ctx, order, own) } else { facts(ctx, order, own, missing.len()) },
    }
}

/// An order on the page of its month, with the way to its complete file.
fn listed(ctx: &Ctx<'_>, month: Month, order: &Order, own: &OrderFacts) -> ArchiveEntry {
    let mut entry = entry(ctx, order, own);
    let href = archived::href(ctx, month, order);
    if !href.is_empty() {
        let value = say!(
            ctx,
            "记录、附件、单据、检查结果、经过",
            "records, attachments, documents, findings, history"
        );
        entry.facts.push(Field { href, ..Field::new(ctx.word(("完整档案", "Complete file")), value) });
    }
    entry
}

/// How the month is checked, in the folder of the archive.
fn checks(ctx: &Ctx<'_>, (year, month): Month) -> Vec<Field> {
    if !archived::is_shown(ctx) {
        return Vec::new();
    }
    // The manifest, which lists the lists, and then every list.
    let all = |sum: &str| {
        format!(
            "{sum} -c {year}-{month:02}.sha256 && for d in {year}/*/; do (cd \"$d\" && {sum} -c SHA256SUMS); done"
        )
    };
    vec![
        Field::new("Linux", all("sha256sum")),
        Field::new("macOS", all("shasum -a 256")),
        Field::new("Windows", "powershell -ExecutionPolicy Bypass -File verify.ps1"),
        Field::new("gendan", "gendan verify ."),
    ]
}

/// The commands that verify a folder with a list, one a system.
#[must_use]
pub fn commands(ctx: &Ctx<'_>) -> Vec<Field> {
    vec![
        Field::new("Linux", "sha256sum -c SHA256SUMS"),
        Field::new("macOS", "shasum -a 256 -c SHA256SUMS"),
        Field::new(
            ctx.word(("Windows（归档最上层的脚本）", "Windows (script at the top of the archive)")),
            "powershell -ExecutionPolicy Bypass -File ..\\..\\verify.ps1 .",
        ),
        Field::new("gendan", "gendan verify ."),
    ]
}

/// What the archive asks for.
fn asked<'a>(ctx: &Ctx<'a>, order: &'a Order, own: &'a OrderFacts) -> Vec<Need<'a>> {
    let gate = CompletenessGate::Archive;
    completeness::of(ctx.book(), order, &own.money, &own.shipments, gate, ctx.as_of()).needs
}

/// Nothing is missing in the file of an order.
#[must_use]
pub fn is_complete(ctx: &Ctx<'_>, order: &Order, own: &OrderFacts) -> bool {
    let asked = asked(ctx, order, own);
    missing(ctx, &asked, &papers(order, own, &asked)).is_empty()
}

/// What a complete file still lacks: the papers of the list below, and what the trade asks for besides.
fn missing(ctx: &Ctx<'_>, asked: &[Need<'_>], papers: &[Paper<'_>]) -> Vec<String> {
    let listed = papers.iter().filter(|p| p.state == State::Missing).map(|p| ctx.word(p.name).to_owned());
    let rest = asked.iter().filter(|need| !need.is_met() && !LISTED.contains(&&*need.key()));
    listed.chain(rest.map(|need| ctx.text(&need.label()))).collect()
}

fn item(ctx: &Ctx<'_>, paper: &Paper<'_>) -> ArchiveItem {
    let name = ctx.word(paper.name);
    let (mark, label) = match &paper.state {
        State::Filed => (Mark::Done, name.to_owned()),
        State::Counted(have, of) => {
            let mark = if have == of { Mark::Done } else { Mark::Hollow };
            (mark, format!("{name} {have}/{of}"))
        }
        State::Recorded => (Mark::Hollow, say!(ctx, "{name}，没有文件", "{name}, no file")),
        State::Missing => (Mark::Late, say!(ctx, "缺{name}", "{name} missing")),
        State::NotNeeded("") => (Mark::Na, say!(ctx, "{name} 不要求", "{name} not asked for")),
        State::NotNeeded(why) => (Mark::Na, say!(ctx, "{name} 不需要：{why}", "{name} not needed: {why}")),
    };
    ArchiveItem { label, mark }
}

fn facts(ctx: &Ctx<'_>, order: &Order, own: &OrderFacts, missing: usize) -> Vec<Field> {
    let mut list = Vec::new();
    let mut add = |label: StaticBi, value: String| list.push(Field::new(ctx.word(label), value));
    match own.progress.done_on(Milestone::Archived) {
        Some(day) => {
            add(("归档", "Archived"), day.to_string());
            if let Some(until) = tax::kept_until(order, own, ctx.as_of()) {
                add(("保存到", "Kept until"), until.to_string());
            }
        }
        None => {
            if let Some(day) = filed_on(own) {
                add(("结案", "Closed"), day.to_string());
            }
            add(("归档", "Archived"), say!(ctx, "还没归档", "not yet"));
        }
    }
    match missing {
        0 => {}
        1 => add(("缺", "Missing"), say!(ctx, "1 件", "1 thing")),
        n => add(("缺", "Missing"), say!(ctx, "{n} 件", "{n} things")),
    }
    for filing in &order.filings {
        let what = match filing.kind {
            Some(FilingKind::TaxRefund) => ("退税申报", "Tax refund claim"),
            Some(FilingKind::RecordSet) => ("备案单证", "Refund filing set"),
            _ => continue,
        };
        let parts: Vec<String> =
            [filing.date.map(|d| d.to_string()), filing.r#ref.clone()].into_iter().flatten().collect();
        add(what, parts.join(" · "));
    }
    list
}

fn cancellation(ctx: &Ctx<'_>, order: &Order, own: &OrderFacts) -> Vec<Field> {
    let list = [
        (("取消", "Cancelled"), own.progress.cancelled.map(|day| day.to_string())),
        (("谁取消的", "By"), order.cancelled_by.map(|by| ctx.word(by.title()).to_owned())),
        (("原因", "Reason"), order.cancel_reason.clone()),
    ];
    list.into_iter().filter_map(|(label, value)| Some(Field::new(ctx.word(label), value?))).collect()
}

/// A paper that a complete file holds.
#[derive(Debug, PartialEq, Eq)]
struct Paper<'a> {
    name: StaticBi,
    state: State<'a>,
}

/// Where a paper is.
#[derive(Debug, PartialEq, Eq)]
enum State<'a> {
    /// Recorded, with the file.
    Filed,
    /// Some of several, by those that have a file.
    Counted(usize, usize),
    /// Recorded without a file.
    Recorded,
    /// Not there.
    Missing,
    /// Not asked for, and why where somebody wrote it.
    NotNeeded(&'a str),
}

/// The papers of a closed order.
fn papers<'a>(order: &'a Order, own: &OrderFacts, asked: &[Need<'_>]) -> Vec<Paper<'a>> {
    let docs = &order.docs;
    let look = Look { order };
    let printed = |list: &mut dyn Iterator<Item = &Printed>| {
        list.filter(|p| p.is_current() && !p.is_draft()).map(|p| p.file.is_some()).collect::<Vec<bool>>()
    };
    let contracts = printed(&mut docs.contract.iter().chain(&docs.proforma).map(|c| &c.paper));
    let invoices = printed(&mut docs.invoice.iter().map(|d| &d.paper));
    let packing = printed(&mut docs.packing.iter().map(|d| &d.paper));
    let transport = printed(
        &mut docs
            .bl
            .iter()
            .map(|d| &d.paper)
            .chain(docs.awb.iter().map(|d| &d.paper))
            .chain(docs.waybill.iter().map(|d| &d.paper))
            .chain(docs.courier.iter().map(|d| &d.paper)),
    );
    let customs = printed(&mut docs.customs.iter().map(|d| &d.paper));
    let insurance = printed(&mut docs.insurance.iter().map(|d| &d.paper));
    let origin = printed(&mut docs.origin.iter().map(|d| &d.paper));
    let purchases: Vec<bool> = order.purchases.iter().map(|p| p.file.is_some()).collect();
    let finals: Vec<bool> = order
        .inspections
        .iter()
        .filter(|i| i.stage == Some(InspectionStage::Final))
        .map(|i| i.file.is_some())
        .collect();
    let receipts: Vec<bool> = order.received.iter().map(|r| r.file.is_some()).collect();
    let asks = |kind: Kind| asked.iter().any(|need| need.kind == kind);
    let owed = own.money.total.is_some_and(|total| !total.is_zero());
    let fact = |there: bool| if there { vec![true] } else { Vec::new() };
    vec![
        look.paper(("合同", "Contract"), "contract", None, &contracts, true),
        look.paper(
            ("评审", "Review"),
            "review",
            Some(StageKey::Release),
            &fact(order.review.is_some()),
            true,
        ),
        look.paper(("采购单", "Purchase order"), "purchase", Some(StageKey::Release), &purchases, true),
        look.paper(("终检报告", "Final inspection"), "inspection", Some(StageKey::Inspect), &finals, true),
        look.paper(("发票", "Invoice"), "invoice", None, &invoices, true),
        look.paper(("装箱单", "Packing list"), "packing", None, &packing, true),
        look.paper(("运输单据", "Transport document"), "transport", Some(StageKey::Ship), &transport, true),
        look.paper(("报关单", "Export declaration"), "customs", Some(StageKey::Declare), &customs, true),
        look.paper(("保险单", "Insurance"), "insurance", None, &insurance, asks(Kind::Insurance)),
        look.paper(("产地证", "Certificate of origin"), "origin", None, &origin, asks(Kind::Origin)),
        look.receipts(&receipts, owed),
        look.paper(
            ("客户反馈", "Feedback"),
            "feedback",
            Some(StageKey::Feedback),
            &fact(own.progress.is_done(Milestone::FollowedUp)),
            false,
        ),
    ]
}

struct Look<'a> {
    order: &'a Order,
}

impl<'a> Look<'a> {
    /// One kind of paper; `files` says for each that is recorded whether its file is there.
    fn paper(
        &self,
        name: StaticBi,
        key: &str,
        stage: Option<StageKey>,
        files: &[bool],
        asked: bool,
    ) -> Paper<'a> {
        let filed = files.iter().filter(|file| **file).count();
        let why = self.order.not_needed.get(key).map(String::as_str);
        let skipped = stage.and_then(|stage| self.order.skipped(stage));
        let state = match (files.len(), filed, why.or(skipped)) {
            (0, _, Some(why)) => State::NotNeeded(why),
            (0, ..) if asked => State::Missing,
            (0, ..) => State::NotNeeded(""),
            (1, 1, _) => State::Filed,
            (1, ..) => State::Recorded,
            (all, filed, _) => State::Counted(filed, all),
        };
        Paper { name, state }
    }

    fn receipts(&self, files: &[bool], owed: bool) -> Paper<'a> {
        let name = ("水单", "Bank advice");
        match files.len() {
            0 => self.paper(name, "receipt", Some(StageKey::Collect), files, owed),
            all => {
                let filed = files.iter().filter(|file| **file).count();
                Paper { name, state: State::Counted(filed, all) }
            }
        }
    }
}
