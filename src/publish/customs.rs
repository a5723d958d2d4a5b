//! Exports and their tax files: which lack their receipt, which filing set is incomplete, how long each is kept.

use std::cmp::Reverse;
use std::sync::Arc;

use chrono::NaiveDate;
use rayon::prelude::*;
use rust_decimal::Decimal;

use super::ctx::Ctx;
use super::dashboard::short_customer;
use super::order::paper_href;
use super::shipments::{batch, on_page};
use super::sums::Sums;
use super::{paging, state};
use crate::derive::sailing::Departure;
use crate::derive::tax::{self, ANNOUNCEMENT, ASK_AHEAD, Clearing, Export, Period, ReceiptState, TaxFile};
use crate::derive::{Facts, OrderFacts};
use crate::model::Order;
use crate::say;
use crate::site::format;
use crate::site::view::{CustomsPage, ExportGroup, ExportRow, Field, Figure, Link, Mark};
use crate::text::StaticBi;

/// Path of the first page without `.html`.
const BASE: &str = "customs";

/// An export with its order.
#[derive(Debug)]
struct Entry<'a> {
    order: &'a Order,
    own: &'a OrderFacts,
    file: Arc<TaxFile>,
    at: usize,
}

/// What is left to do for an export. In the order of the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Task {
    /// Money is missing.
    Receipts,
    /// It left and no declaration is registered.
    Declaration,
    /// The money is in, the claim or the set is not complete.
    Filing,
    /// Declared, not gone yet.
    Ahead,
    /// Nothing.
    Done,
    /// It left without a declaration of ours, as agreed.
    Others,
}

impl Task {
    const ALL: [Self; 6] =
        [Self::Receipts, Self::Declaration, Self::Filing, Self::Ahead, Self::Done, Self::Others];

    fn id(self) -> &'static str {
        match self {
            Self::Receipts => "receipts",
            Self::Declaration => "undeclared",
            Self::Filing => "filing",
            Self::Ahead => "declared",
            Self::Done => "done",
            Self::Others => "others",
        }
    }

    fn title(self) -> StaticBi {
        match self {
            Self::Receipts => ("收汇未齐", "Receipts outstanding"),
            Self::Declaration => ("已出运，没登记报关单", "Shipped, declaration not registered"),
            Self::Filing => ("已收齐，退税或备案未完", "Received, claim or filing set incomplete"),
            Self::Ahead => ("已报关，未出口", "Declared, not yet exported"),
            Self::Done => ("齐了", "Complete"),
            Self::Others => ("不归我们报关", "Not declared by us"),
        }
    }
}

/// The exports of all orders by what is left to do, made once for both languages. Archived orders stay: their files
/// are kept for years.
#[derive(Debug)]
pub struct Exports<'a> {
    groups: Vec<(Task, Vec<Entry<'a>>)>,
}

impl<'a> Exports<'a> {
    /// Sorts the exports: what has a last day by that day, what is complete newest first.
    #[must_use]
    pub fn of(facts: &'a Facts<'a>) -> Self {
        let entries: Vec<Entry<'a>> = facts
            .book
            .orders
            .par_iter()
            .zip(&facts.orders)
            .flat_map_iter(|(order, own)| {
                let file = Arc::new(tax::of(order, own, facts.as_of));
                (0..file.exports.len()).map(move |at| Entry { order, own, file: Arc::clone(&file), at })
            })
            .filter(|e| !e.own.is_cancelled() || e.export().is_some_and(Export::has_left))
            .collect();
        let mut groups: Vec<(Task, Vec<Entry<'a>>)> = Task::ALL.map(|task| (task, Vec::new())).into();
        for entry in entries {
            let Some(task) = entry.task() else { continue };
            if let Some((_, list)) = groups.iter_mut().find(|(t, _)| *t == task) {
                list.push(entry);
            }
        }
        for (task, list) in &mut groups {
            match task {
                Task::Done | Task::Others => {
                    list.sort_by_cached_key(|e| (Reverse(e.exported()), e.order.id.clone(), e.at));
                }
                _ => list.sort_by_cached_key(|e| {
                    (e.due().unwrap_or(NaiveDate::MAX), e.exported(), e.order.id.clone(), e.at)
                }),
            }
        }
        Self { groups }
    }

    fn len(&self) -> usize {
        self.groups.iter().map(|(_, list)| list.len()).sum()
    }

    fn group(&self, task: Task) -> &[Entry<'a>] {
        self.groups.iter().find(|(t, _)| *t == task).map_or(&[], |(_, list)| list.as_slice())
    }

    /// Every page, from 0.
    #[must_use]
    pub fn pages(&self) -> Vec<usize> {
        (0..paging::count(self.len())).collect()
    }

    /// One page in one language.
    #[must_use]
    pub fn page(&self, ctx: &Ctx<'_>, page: usize) -> CustomsPage {
        let mut before = 0;
        let mut groups = Vec::new();
        for (task, list) in &self.groups {
            let rows = paging::part(list, before, page);
            before += list.len();
            if rows.is_empty() {
                continue;
            }
            groups.push(ExportGroup {
                id: task.id().to_owned(),
                title: ctx.word(task.title()).to_owned(),
                note: note(ctx, *task, list),
                kept: list.iter().any(|e| e.export().is_some_and(|e| e.keep_until.is_some())),
                rows: rows.iter().filter_map(|e| row(ctx, e)).collect(),
            });
        }
        CustomsPage {
            path: paging::file(BASE, page),
            title: say!(ctx, "报关与退税", "Customs and tax file"),
            as_of: format::full(ctx.as_of(), ctx.lang),
            figures: self.figures(ctx),
            groups,
            pages: paging::links(BASE, paging::count(self.len()), page),
            periods: Period::ALL.into_iter().map(|period| term(ctx, period)).collect(),
            source: source(ctx),
        }
    }

    fn figures(&self, ctx: &Ctx<'_>) -> Vec<Figure> {
        let lacking = self.group(Task::Receipts);
        let days = |e: &Entry<'_>| Some((e.export()?.deadline?.day - ctx.as_of()).num_days());
        let over = lacking.iter().filter(|e| days(e).is_some_and(|d| d < 0)).count();
        let soon = lacking.iter().filter(|e| days(e).is_some_and(|d| (0..=ASK_AHEAD).contains(&d))).count();
        let figure = |value: usize, label: StaticBi, task: Task, mark: Mark| Figure {
            value: value.to_string(),
            label: ctx.word(label).to_owned(),
            note: String::new(),
            href: if value == 0 { String::new() } else { format!("#{}", task.id()) },
            mark: if value == 0 { Mark::Todo } else { mark },
        };
        let open = open_sums(lacking);
        let mut list = vec![Figure {
            note: if open.is_empty() { String::new() } else { open.text(ctx) },
            ..figure(lacking.len(), ("票收汇未齐", "exports lack receipts"), Task::Receipts, Mark::Todo)
        }];
        if over > 0 {
            list.push(figure(over, ("票过了收汇期限", "past the deadline"), Task::Receipts, Mark::Late));
        }
        if soon > 0 {
            let label = say!(ctx, "票 {ASK_AHEAD} 天内到期", "due within {ASK_AHEAD} days");
            list.push(Figure { label, ..figure(soon, ("", ""), Task::Receipts, Mark::Warn) });
        }
        let undeclared = self.group(Task::Declaration).len();
        if undeclared > 0 {
            let label = ("批没登记报关单", "without a declaration");
            list.push(figure(undeclared, label, Task::Declaration, Mark::Warn));
        }
        let filing = self.group(Task::Filing).len();
        let label = ("票收齐了，退税或备案未完", "received, filing incomplete");
        list.push(figure(filing, label, Task::Filing, Mark::Warn));
        let late = self.groups.iter().flat_map(|(_, list)| list).filter(|e| e.set_is_late(ctx)).count();
        if late > 0 {
            let label = ("票备案单证过了期限", "filing sets past their deadline");
            list.push(figure(late, label, Task::Filing, Mark::Late));
        }
        list.push(figure(self.group(Task::Done).len(), ("票齐了", "complete"), Task::Done, Mark::Done));
        list
    }
}

impl Entry<'_> {
    fn export(&self) -> Option<&Export> {
        self.file.exports.get(self.at)
    }

    fn exported(&self) -> Option<NaiveDate> {
        self.export().and_then(|e| e.departure.day())
    }

    fn due(&self) -> Option<NaiveDate> {
        let export = self.export()?;
        match export.state.is_over() {
            true => export.set_by,
            false => export.deadline.map(|d| d.day),
        }
    }

    fn set_is_late(&self, ctx: &Ctx<'_>) -> bool {
        self.export()
            .is_some_and(|e| e.missing().next().is_some() && e.set_by.is_some_and(|day| day < ctx.as_of()))
    }

    fn task(&self) -> Option<Task> {
        let export = self.export()?;
        Some(match export.customs {
            None if self.file.clearing != Clearing::Ours => Task::Others,
            None => Task::Declaration,
            Some(_) if !export.has_left() => Task::Ahead,
            Some(_) if !export.state.is_over() => Task::Receipts,
            Some(_) if self.file.is_done(export) => Task::Done,
            Some(_) => Task::Filing,
        })
    }
}

/// What is still to come, by currency.
fn open_sums(list: &[Entry<'_>]) -> Sums {
    let open = |e: &Entry<'_>| match e.export()?.state {
        ReceiptState::Short(open) => Some((e.export()?.currency?, open)),
        _ => None,
    };
    list.iter().filter_map(open).collect()
}

/// `3 票 · 报关 USD 102,384.00 · 未收 USD 89,172.00`.
fn note(ctx: &Ctx<'_>, task: Task, list: &[Entry<'_>]) -> String {
    let n = list.len();
    let mut parts = vec![match n {
        1 => say!(ctx, "1 票", "1 export"),
        _ => say!(ctx, "{n} 票", "{n} exports"),
    }];
    let declared: Sums = list.iter().filter_map(|e| e.export()?.currency.zip(e.export()?.amount)).collect();
    if !declared.is_empty() {
        let sum = declared.text(ctx);
        parts.push(say!(ctx, "报关 {sum}", "declared {sum}"));
    }
    let open = open_sums(list);
    if task == Task::Receipts && !open.is_empty() {
        let sum = open.text(ctx);
        parts.push(say!(ctx, "未收 {sum}", "outstanding {sum}"));
    }
    parts.join(ctx.word(("；", "; ")))
}

fn term(ctx: &Ctx<'_>, period: Period) -> Field {
    let (text, article) = (ctx.text(&period.text()), period.article());
    Field::new(ctx.word(period.title()), say!(ctx, "{text}（第 {article} 条）", "{text} (art. {article})"))
}

fn source(ctx: &Ctx<'_>) -> String {
    let (name, read) = (ctx.word(ANNOUNCEMENT.name), ctx.word(ANNOUNCEMENT.read));
    let (issued, applies) = (ANNOUNCEMENT.issued, ANNOUNCEMENT.applies);
    say!(
        ctx,
        "依据：{name}（{issued} 发布，{applies} 起施行）；{read}。以公告为准。",
        "Source: {name}, issued {issued}, in force from {applies}; {read}. The announcement governs."
    )
}

fn row(ctx: &Ctx<'_>, entry: &Entry<'_>) -> Option<ExportRow> {
    let export = entry.export()?;
    let mut row = ExportRow {
        order: ctx.order_link(&entry.order.id),
        batch: batches(ctx, entry, export),
        customer: short_customer(ctx, entry.order),
        keep: export.keep_until.map(|day| ctx.day(day)),
        ..ExportRow::default()
    };
    number(ctx, entry, export, &mut row);
    exported(ctx, export, &mut row);
    received(ctx, entry, export, &mut row);
    deadline(ctx, entry, export, &mut row);
    claim(ctx, entry, export, &mut row);
    set(ctx, entry, export, &mut row);
    Some(row)
}

fn batches(ctx: &Ctx<'_>, entry: &Entry<'_>, export: &Export) -> String {
    match export.shipments.as_slice() {
        [at] => {
            let fact = entry.own.shipments.get(*at);
            fact.map(|fact| batch(ctx, entry.order, &fact.id)).unwrap_or_default()
        }
        _ => String::new(),
    }
}

fn number(ctx: &Ctx<'_>, entry: &Entry<'_>, export: &Export, row: &mut ExportRow) {
    let Some(index) = export.customs else {
        (row.no_number_mark, row.no_number) = match &entry.file.clearing {
            Clearing::Ours => (Mark::Warn, say!(ctx, "没登记报关单", "declaration not registered")),
            Clearing::Buyer => (Mark::Na, say!(ctx, "买方报关", "the buyer clears")),
            Clearing::NotNeeded(why) => {
                (Mark::Na, say!(ctx, "不需要报关单：{why}", "no declaration needed: {why}"))
            }
        };
        return;
    };
    let number = entry.order.docs.customs.get(index).and_then(|d| d.paper.number.clone());
    let text = number.unwrap_or_else(|| say!(ctx, "没写编号", "no number"));
    let href = on_page(entry.order, &paper_href(entry.order, &format!("customs[{index}]")));
    row.number = Link::new(text, href);
    if let Some(amount) = export.amount {
        row.amount = ctx.money(amount, export.currency);
        row.amount_sort = super::row::amount_key(amount, export.currency);
    }
}

fn exported(ctx: &Ctx<'_>, export: &Export, row: &mut ExportRow) {
    row.exported = export.departure.day().map(|day| ctx.day(day));
    row.exported_note = match (export.departure, export.released) {
        (Departure::Proved(_), _) => String::new(),
        (Departure::Unproved(Some(_)), _) => say!(ctx, "手填", "typed"),
        (Departure::Unproved(None), _) => say!(ctx, "日期没登记", "day not recorded"),
        (Departure::NotYet, Some(day)) => {
            let day = ctx.day(day).text;
            say!(ctx, "{day} 放行，没出运", "released {day}, not shipped")
        }
        (Departure::NotYet, None) => say!(ctx, "没放行", "not released"),
    };
}

fn received(ctx: &Ctx<'_>, entry: &Entry<'_>, export: &Export, row: &mut ExportRow) {
    let got = &export.received;
    let amount = |value: Decimal| ctx.money(value, export.currency);
    let bare = |value: Decimal| ctx.amount(value, export.currency);
    let net = got.net.saturating_sub(got.refunded);
    row.received = Link::new(amount(net), on_page(entry.order, "#money"));
    row.received_sort = super::row::amount_key(net, export.currency);
    let mut notes = Vec::new();
    if !got.charges.is_zero() {
        let charges = bare(got.charges);
        notes.push(say!(ctx, "另手续费 {charges}", "charges {charges}"));
    }
    for (code, value) in &got.foreign {
        let value = crate::model::value::Currency::parse(code)
            .map_or_else(|| format!("{code} {value}"), |currency| ctx.money(*value, Some(currency)));
        notes.push(say!(ctx, "另收 {value}", "and {value}"));
    }
    if !got.foreign.is_empty() {
        notes.push(match got.converted.is_zero() {
            true => say!(ctx, "没登记折算", "conversion not recorded"),
            false => {
                let converted = amount(got.converted);
                say!(ctx, "登记折合 {converted}", "recorded as {converted}")
            }
        });
    }
    if !got.refunded.is_zero() {
        let refunded = bare(got.refunded);
        notes.push(say!(ctx, "已减退款 {refunded}", "less {refunded} paid back"));
    }
    row.received_mark = match export.state {
        ReceiptState::Full | ReceiptState::FullWithCharges => Mark::Done,
        ReceiptState::Settled(open) => {
            let open = bare(open);
            notes.push(say!(ctx, "合同已结清，差 {open} 要留说明", "settled, {open} short: keep a reason"));
            Mark::Hollow
        }
        ReceiptState::Deemed(open) => {
            let open = bare(open);
            notes.push(say!(ctx, "差 {open}，有视同收汇材料", "{open} short, evidence in the file"));
            Mark::Done
        }
        ReceiptState::Short(open) => {
            let open = bare(open);
            notes.push(say!(ctx, "差 {open}", "{open} to come"));
            Mark::Open
        }
        ReceiptState::Unknown => Mark::Todo,
    };
    row.received_notes = notes;
}

fn deadline(ctx: &Ctx<'_>, entry: &Entry<'_>, export: &Export, row: &mut ExportRow) {
    if !entry.file.refund {
        row.deadline_note = say!(ctx, "不办退税", "no refund");
        row.deadline_mark = Mark::Na;
        return;
    }
    let Some(deadline) = export.deadline else { return };
    // Once the money is in, the day is nobody's concern any more.
    if export.state.is_over() {
        (row.deadline_mark, row.deadline_note) = (Mark::Done, say!(ctx, "已收齐", "received"));
        return;
    }
    row.deadline = Some(ctx.day(deadline.day));
    let days = (deadline.day - ctx.as_of()).num_days();
    row.deadline_note = state::left_text(ctx, days);
    row.deadline_mark = match days {
        ..=-1 => Mark::Late,
        0..=ASK_AHEAD => Mark::Warn,
        _ => Mark::Open,
    };
    if deadline.by_contract {
        let note = &row.deadline_note;
        row.deadline_note = say!(ctx, "{note}（按合同）", "{note} (by contract)");
    }
}

fn claim(ctx: &Ctx<'_>, entry: &Entry<'_>, export: &Export, row: &mut ExportRow) {
    if !entry.file.refund {
        (row.claimed_mark, row.claimed_word) = (Mark::Na, say!(ctx, "不办", "none"));
        return;
    }
    row.claimed = export.claimed.map(|day| ctx.day(day));
    if export.claimed.is_some() {
        row.claimed_mark = Mark::Done;
        return;
    }
    row.claimed_word = say!(ctx, "未申报", "not claimed");
    if entry.file.lacks_vat_invoice {
        row.claimed_mark = Mark::Warn;
        row.claimed_note = say!(ctx, "缺进项发票", "VAT invoice missing");
    }
}

fn set(ctx: &Ctx<'_>, entry: &Entry<'_>, export: &Export, row: &mut ExportRow) {
    if export.set.is_empty() {
        return;
    }
    let (there, asked) = export.count();
    row.set = Link::new(format!("{there}/{asked}"), on_page(entry.order, "#documents"));
    row.set_sort = asked.saturating_sub(there).to_string();
    let missing: Vec<&str> = export.missing().map(|paper| ctx.word(paper.title())).collect();
    if missing.is_empty() {
        row.set_mark = Mark::Done;
        return;
    }
    let names = missing.join(ctx.word(("、", ", ")));
    let late = entry.set_is_late(ctx);
    row.set_mark = if late { Mark::Late } else { Mark::Open };
    row.set_note = say!(ctx, "缺{names}", "missing: {names}");
    if let Some(day) = export.set_by {
        let (day, left) = (ctx.day(day).text, state::left_text(ctx, (day - ctx.as_of()).num_days()));
        row.set_due = say!(ctx, "{day} 前成册，{left}", "due {day}, {left}");
    }
}
