//! What we owe, to whom, when, for which order, and whether the VAT invoice is there. Finance's view: only the tree of
//! a reader who may see what suppliers are paid has it, and it holds no purchase orders where he may not see prices.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::audience::{Audience, Sees};
use super::ctx::Ctx;
use super::dashboard::percent;
use super::paging;
use super::row::amount_key;
use super::state::left_text;
use super::sums::Sums;
use super::tables;
use crate::derive::Facts;

use crate::derive::payable::{BillFact, Commitment, Payables, Unmatched, Vat};
use crate::derive::plan::shift;
use crate::model::Order;
use crate::model::money::{Bill, Payment};
use crate::model::party::PartyKind;
use crate::model::value::Currency;
use crate::say;
use crate::site::format;
use crate::site::view::{
    CashAmount, CashPeriod, Day, Link, Mark, PayableAhead, PayableBill, PayableOrdered, PayableParty,
    PayablesPage,
};

/// A due day this near is marked.
const NEAR: i64 = 7;

/// Rows of the shorter lists; the files hold all.
const SHOWN: usize = 200;

/// Parties shown in each currency.
const PARTIES: usize = 50;

/// A bill with its order.
pub struct BillRow<'a> {
    /// The order.
    pub order: &'a Order,
    /// What was paid for it.
    pub fact: BillFact,
    /// The record.
    pub bill: &'a Bill,
}

impl BillRow<'_> {
    /// Who sent it.
    #[must_use]
    pub fn party(&self) -> &str {
        self.bill.from.as_deref().unwrap_or_default().trim()
    }
}

/// What we owe over all orders, made once for both languages.
pub struct Owing<'a> {
    /// Open bills, what falls due first coming first; without a due day last.
    open: Vec<BillRow<'a>>,
    /// Paid bills whose VAT invoice is not there.
    lacking: Vec<BillRow<'a>>,
    /// Other paid bills.
    settled: Vec<BillRow<'a>>,
    ahead: Vec<(&'a Order, Unmatched, &'a Payment)>,
    ordered: Vec<(&'a Order, Commitment)>,
}

/// Weeks that are told apart; what is due after them stands together.
const WEEKS: i64 = 6;

/// When a bill is to be paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Week {
    Overdue,
    /// So many weeks after this one; weeks end on Sunday.
    Ahead(i64),
    Later,
    Undated,
}

impl Week {
    fn of(due: NaiveDate, as_of: NaiveDate) -> Self {
        let monday = |day: NaiveDate| day.week(chrono::Weekday::Mon).checked_first_day().unwrap_or(day);
        match (monday(due) - monday(as_of)).num_days() / 7 {
            _ if due < as_of => Self::Overdue,
            n if n < WEEKS => Self::Ahead(n),
            _ => Self::Later,
        }
    }

    /// `本周`, `11-30 – 12-06`.
    fn label(self, ctx: &Ctx<'_>) -> String {
        match self {
            Self::Overdue => say!(ctx, "已逾期", "Overdue"),
            Self::Ahead(0) => say!(ctx, "本周", "This week"),
            Self::Ahead(1) => say!(ctx, "下周", "Next week"),
            Self::Ahead(n) => {
                let week = ctx.as_of().week(chrono::Weekday::Mon);
                let first = week.checked_first_day().and_then(|day| shift(day, n.saturating_mul(7)));
                let last = first.and_then(|day| shift(day, 6));
                let days = [first, last].into_iter().flatten().map(|day| ctx.day(day).text);
                days.collect::<Vec<_>>().join(" – ")
            }
            Self::Later => say!(ctx, "以后", "Later"),
            Self::Undated => say!(ctx, "没写到期日", "No due day"),
        }
    }
}

/// What one party is owed in one currency.
#[derive(Default)]
struct Account {
    open: Decimal,
    overdue: Decimal,
    next: Option<NaiveDate>,
    bills: usize,
    ahead: Decimal,
}

impl<'a> Owing<'a> {
    /// Everything that is owed as of the day of the facts.
    #[must_use]
    pub fn of(facts: &Facts<'a>, audience: Audience<'_>) -> Self {
        let (mut open, mut lacking, mut settled) = (Vec::new(), Vec::new(), Vec::new());
        let (mut ahead, mut ordered) = (Vec::new(), Vec::new());
        let prices = audience.sees(Sees::PurchasePrices);
        for (order, own) in facts.each() {
            let all = Payables::of(facts, order, own);
            for fact in all.bills {
                let Some(bill) = order.bills.get(fact.index) else { continue };
                let row = BillRow { order, fact, bill };
                if !row.fact.open.is_zero() {
                    open.push(row);
                } else if row.fact.vat == Vat::Missing {
                    lacking.push(row);
                } else {
                    settled.push(row);
                }
            }
            let unmatched =
                all.unmatched.into_iter().filter(|u| u.reason != crate::derive::payable::Reason::Future);
            ahead.extend(unmatched.filter_map(|u| Some((order, u, order.paid.get(u.payment)?))));
            if prices {
                ordered.extend(all.commitments.into_iter().map(|c| (order, c)));
            }
        }
        let key = |row: &BillRow<'a>| {
            (row.fact.due.unwrap_or(NaiveDate::MAX), Arc::clone(&row.order.id), row.fact.index)
        };
        open.sort_by_cached_key(key);
        lacking.sort_by_cached_key(key);
        settled.sort_by_cached_key(key);
        ahead.sort_by_cached_key(|(order, u, paid)| {
            (std::cmp::Reverse(paid.date), Arc::clone(&order.id), u.payment)
        });
        ordered.sort_by_cached_key(|(order, c)| {
            (c.due.unwrap_or(NaiveDate::MAX), Arc::clone(&order.id), c.to.clone())
        });
        Self { open, lacking, settled, ahead, ordered }
    }

    /// Every bill, open ones first.
    pub fn bills(&self) -> impl Iterator<Item = &BillRow<'a>> {
        self.open.iter().chain(&self.lacking).chain(&self.settled)
    }

    /// What was paid and is set against no bill, newest first.
    pub fn ahead(&self) -> impl Iterator<Item = (&'a Order, &Unmatched, &'a Payment)> {
        self.ahead.iter().map(|(order, unmatched, paid)| (*order, unmatched, *paid))
    }

    /// What was ordered and not billed.
    pub fn ordered(&self) -> impl Iterator<Item = (&'a Order, &Commitment)> {
        self.ordered.iter().map(|(order, commitment)| (*order, commitment))
    }

    /// How many pages the open bills need.
    #[must_use]
    pub fn pages(&self) -> usize {
        paging::count(self.open.len())
    }

    /// One page, from 0. Everything but open bills stands on the first.
    #[must_use]
    pub fn page(&self, ctx: &Ctx<'_>, page: usize) -> PayablesPage {
        let first = page == 0;
        let (verdict, verdict_mark) = self.verdict(ctx);
        let n = self.open.len();
        PayablesPage {
            path: paging::file("payables", page),
            title: say!(ctx, "应付", "Payables"),
            as_of: format::full(ctx.as_of(), ctx.lang),
            downloads: tables::downloads(tables::payables::EXPORT.name),
            verdict,
            verdict_mark,
            weeks: if first { self.weeks(ctx) } else { Vec::new() },
            parties: if first { self.parties(ctx) } else { Vec::new() },
            bills: paging::slice(&self.open, page).iter().map(|row| bill_row(ctx, row)).collect(),
            bills_note: bills(ctx, n),
            pages: paging::links("payables", self.pages(), page),
            ahead: self
                .ahead
                .iter()
                .take(if first { SHOWN } else { 0 })
                .map(|row| ahead_row(ctx, row))
                .collect(),
            ahead_note: self.ahead_note(ctx),
            ordered: self
                .ordered
                .iter()
                .take(if first { SHOWN } else { 0 })
                .map(|(order, c)| ordered_row(ctx, order, c))
                .collect(),
            ordered_note: self.ordered_note(ctx),
            invoices: self
                .lacking
                .iter()
                .take(if first { SHOWN } else { 0 })
                .map(|row| bill_row(ctx, row))
                .collect(),
            invoices_note: self.invoices_note(ctx),
        }
    }

    fn verdict(&self, ctx: &Ctx<'_>) -> (String, Mark) {
        let sum = |wanted: &dyn Fn(&BillRow<'_>) -> bool| -> Sums {
            let rows = self.open.iter().filter(|row| row.fact.is_open() && wanted(row));
            rows.filter_map(|row| Some((row.fact.currency?, row.fact.open))).collect()
        };
        let all = sum(&|_| true);
        if all.is_empty() {
            return (say!(ctx, "没有未付的账单", "No bill is open"), Mark::Done);
        }
        let late = sum(&|row| row.fact.overdue > 0);
        let near =
            sum(&|row| row.fact.due.is_some_and(|due| (0..=NEAR).contains(&(due - ctx.as_of()).num_days())));
        let total = all.text(ctx);
        let mut text = say!(ctx, "未付 {total}", "Open: {total}");
        if late.is_empty() {
            text.push_str(ctx.word(("，没有逾期", "; nothing is overdue")));
        } else {
            let late = late.text(ctx);
            text.push_str(&say!(ctx, "，已逾期 {late}", "; overdue {late}"));
        }
        if !near.is_empty() {
            let near = near.text(ctx);
            text.push_str(&say!(ctx, "；{NEAR} 天内到期 {near}", "; due within {NEAR} days {near}"));
        }
        if late.is_empty() && near.is_empty() {
            let ahead = self.open.iter().filter(|row| row.fact.is_open()).filter_map(|row| row.fact.due);
            if let Some(next) = ahead.min() {
                let (day, sums) = (ctx.weekday(next).text, sum(&|row| row.fact.due == Some(next)).text(ctx));
                text.push_str(&say!(ctx, "；下一次 {day}：{sums}", "; next on {day}: {sums}"));
            }
        }
        let mark = match (late.is_empty(), near.is_empty()) {
            (false, _) => Mark::Late,
            (true, false) => Mark::Warn,
            (true, true) => Mark::Open,
        };
        (text, mark)
    }

    /// Open bills by week and currency. A week in which nothing is due is said to be one.
    fn weeks(&self, ctx: &Ctx<'_>) -> Vec<CashPeriod> {
        let mut sums: BTreeMap<Week, Sums> = BTreeMap::new();
        for row in self.open.iter().filter(|row| row.fact.is_open()) {
            let Some(currency) = row.fact.currency else { continue };
            let week = row.fact.due.map_or(Week::Undated, |due| Week::of(due, ctx.as_of()));
            sums.entry(week).or_default().add(currency, row.fact.open);
        }
        let ahead = sums.keys().filter_map(|week| if let Week::Ahead(n) = week { Some(*n) } else { None });
        for n in 0..=ahead.max().unwrap_or(-1) {
            sums.entry(Week::Ahead(n)).or_default();
        }
        let mut most: BTreeMap<&str, Decimal> = BTreeMap::new();
        for (currency, sum) in sums.values().flat_map(Sums::each) {
            let top = most.entry(currency.code()).or_default();
            *top = sum.max(*top);
        }
        let amounts = |week: Week, sums: &Sums| -> Vec<CashAmount> {
            let amounts = sums.each().map(|(currency, sum)| CashAmount {
                text: ctx.money(sum, Some(currency)),
                percent: percent(sum, most.get(currency.code()).copied().unwrap_or_default()),
                overdue: week == Week::Overdue,
            });
            let nothing = CashAmount { text: "—".to_owned(), ..CashAmount::default() };
            if sums.is_empty() { vec![nothing] } else { amounts.collect() }
        };
        sums.iter()
            .map(|(week, sums)| CashPeriod { label: week.label(ctx), amounts: amounts(*week, sums) })
            .collect()
    }

    /// Whom we owe, the most within a currency first.
    fn parties(&self, ctx: &Ctx<'_>) -> Vec<PayableParty> {
        let mut accounts: BTreeMap<(Option<Currency>, &str), Account> = BTreeMap::new();
        for row in &self.open {
            let from = row.party();
            let account = accounts.entry((row.fact.currency, from)).or_default();
            account.open = account.open.saturating_add(row.fact.open);
            account.bills = account.bills.saturating_add(1);
            if row.fact.overdue > 0 {
                account.overdue = account.overdue.saturating_add(row.fact.open);
            }
            if row.fact.is_open() {
                account.next = [account.next, row.fact.due].into_iter().flatten().min();
            }
        }
        for (_, u, paid) in self.ahead.iter().filter(|(_, u, _)| u.reason.is_ahead()) {
            let to = paid.to.as_deref().unwrap_or_default().trim();
            let account = accounts.entry((u.currency, to)).or_default();
            account.ahead = account.ahead.saturating_add(u.amount);
        }
        let mut list: Vec<_> = accounts.into_iter().collect();
        list.sort_by(|((c, a), x), ((d, b), y)| c.cmp(d).then(y.open.cmp(&x.open)).then(a.cmp(b)));
        // The largest of each currency; who owes so many people reads the rest in the list of bills.
        let mut shown: BTreeMap<Option<Currency>, usize> = BTreeMap::new();
        list.retain(|((currency, _), _)| {
            let count = shown.entry(*currency).or_default();
            *count = count.saturating_add(1);
            *count <= PARTIES
        });
        list.into_iter()
            .map(|((currency, id), account)| PayableParty {
                name: party(ctx, id),
                open: ctx.money(account.open, currency),
                open_sort: amount_key(account.open, currency),
                overdue: some(ctx, account.overdue, currency),
                next: account.next.map(|day| ctx.day(day)),
                bills: if account.bills == 0 { String::new() } else { account.bills.to_string() },
                ahead: some(ctx, account.ahead, currency),
            })
            .collect()
    }

    fn ahead_note(&self, ctx: &Ctx<'_>) -> String {
        match self.ahead.len() {
            1 => say!(ctx, "1 笔", "1 payment"),
            n if n > SHOWN => {
                say!(ctx, "{n} 笔，先列最近 {SHOWN} 笔", "{n} payments, the latest {SHOWN} shown")
            }
            n => say!(ctx, "{n} 笔", "{n} payments"),
        }
    }

    fn ordered_note(&self, ctx: &Ctx<'_>) -> String {
        let sums: Sums = self.ordered.iter().filter_map(|(_, c)| Some((c.currency?, c.rest))).collect();
        if sums.is_empty() {
            return String::new();
        }
        let sums = sums.text(ctx);
        let text =
            say!(ctx, "还没开账单 {sums}，不在上面的未付里", "{sums} not billed yet, not in the bills above");
        text + &cut(ctx, self.ordered.len())
    }

    fn invoices_note(&self, ctx: &Ctx<'_>) -> String {
        let n = self.lacking.len();
        let sums: Sums =
            self.lacking.iter().filter_map(|r| Some((r.fact.currency?, r.fact.amount))).collect();
        format!("{} · {}{}", bills(ctx, n), sums.text(ctx), cut(ctx, n))
    }
}

/// That a list is cut short.
fn cut(ctx: &Ctx<'_>, n: usize) -> String {
    if n > SHOWN { say!(ctx, "；先列 {SHOWN} 行", "; the first {SHOWN} shown") } else { String::new() }
}

fn bills(ctx: &Ctx<'_>, n: usize) -> String {
    match n {
        1 => say!(ctx, "1 张", "1 bill"),
        _ => say!(ctx, "{n} 张", "{n} bills"),
    }
}

fn some(ctx: &Ctx<'_>, value: Decimal, currency: Option<Currency>) -> String {
    if value.is_zero() { String::new() } else { ctx.amount(value, currency) }
}

/// A supplier or a forwarder with its page; anybody else by name.
#[must_use]
pub fn party(ctx: &Ctx<'_>, id: &str) -> Link {
    if id.is_empty() {
        return Link::text(ctx.word(("没写给谁", "nobody is named")));
    }
    let kind = if ctx.book().party(PartyKind::Supplier, id).is_some() {
        PartyKind::Supplier
    } else {
        PartyKind::Forwarder
    };
    let link = ctx.party(kind, id);
    match ctx.book().party(kind, id).and_then(|party| party.short.clone()) {
        Some(short) => Link { text: short, ..link },
        None => link,
    }
}

fn money_of(order: &Order) -> Link {
    Link::new(&*order.id, format!("o/{}.html#money", order.id))
}

fn bill_row(ctx: &Ctx<'_>, row: &BillRow<'_>) -> PayableBill {
    let (fact, bill) = (&row.fact, row.bill);
    let (when, mark) = when(ctx, fact);
    let (vat, vat_mark) = match fact.vat {
        Vat::There => (bill.vat.clone().unwrap_or_default(), Mark::Done),
        // It comes with the goods or after them: until the bill is due nobody misses it.
        Vat::Missing if fact.is_open() && fact.overdue == 0 => {
            (ctx.word(("还没登记", "not recorded yet")).to_owned(), Mark::Todo)
        }
        Vat::Missing => (ctx.word(("没登记", "not recorded")).to_owned(), Mark::Warn),
        Vat::None => (ctx.word(("不适用", "none expected")).to_owned(), Mark::Na),
    };
    PayableBill {
        due: fact.due.map(|day| ctx.day(day)),
        when,
        mark,
        party: party(ctx, row.party()),
        kind: bill.kind.map(|kind| ctx.word(kind.title()).to_owned()).unwrap_or_default(),
        number: bill.number.clone().unwrap_or_default(),
        order: money_of(row.order),
        amount: ctx.money(fact.amount, fact.currency),
        paid: some(ctx, fact.paid, fact.currency),
        open: ctx.money(fact.open, fact.currency),
        open_sort: amount_key(fact.open, fact.currency),
        vat,
        vat_mark,
    }
}

fn when(ctx: &Ctx<'_>, fact: &BillFact) -> (String, Mark) {
    if fact.open < Decimal::ZERO {
        return (say!(ctx, "对方的贷项，可抵", "a credit of the party"), Mark::Na);
    }
    let Some(due) = fact.due else { return (say!(ctx, "没写到期日", "no due day"), Mark::Warn) };
    let days = (due - ctx.as_of()).num_days();
    if fact.overdue > 0 {
        let late = fact.overdue;
        let text = match late {
            1 => say!(ctx, "逾期 1 天", "1 day overdue"),
            _ => say!(ctx, "逾期 {late} 天", "{late} days overdue"),
        };
        return (text, Mark::Late);
    }
    if fact.open.is_zero() {
        return (String::new(), Mark::Todo);
    }
    (left_text(ctx, days), if days <= NEAR { Mark::Warn } else { Mark::Open })
}

fn ahead_row(ctx: &Ctx<'_>, (order, unmatched, paid): &(&Order, Unmatched, &Payment)) -> PayableAhead {
    use crate::derive::payable::Reason;
    PayableAhead {
        day: paid.date.map(|day| ctx.day(day)),
        party: party(ctx, paid.to.as_deref().unwrap_or_default().trim()),
        order: money_of(order),
        amount: ctx.money(unmatched.amount, unmatched.currency),
        what: paid.r#for.clone().unwrap_or_default(),
        why: ctx.word(unmatched.reason.title()).to_owned(),
        mark: if unmatched.reason == Reason::Advance { Mark::Open } else { Mark::Warn },
    }
}

fn ordered_row(ctx: &Ctx<'_>, order: &Order, commitment: &Commitment) -> PayableOrdered {
    let currency = commitment.currency;
    let unpriced = commitment.unpriced;
    PayableOrdered {
        party: party(ctx, &commitment.to),
        order: money_of(order),
        due: commitment.due.map(|day: NaiveDate| -> Day { ctx.day(day) }),
        ordered: ctx.money(commitment.ordered, currency),
        billed: some(ctx, commitment.billed, currency),
        ahead: some(ctx, commitment.ahead, currency),
        rest: ctx.money(commitment.rest, currency),
        rest_sort: amount_key(commitment.rest, currency),
        note: match unpriced {
            0 => String::new(),
            1 => say!(ctx, "1 款没写数量或采购价", "1 item without quantity or price"),
            _ => say!(ctx, "{unpriced} 款没写数量或采购价", "{unpriced} items without quantity or price"),
        },
    }
}
