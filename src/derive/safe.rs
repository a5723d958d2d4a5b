//! What an exporter in China has to report of its trade credit: money that came long before the export, and money that
//! the contract lets come long after it; by when, and which filing answers it.
//!
//! The periods are those of one guideline and stand here and nowhere else. They were read in reprints, not on the
//! authority's own site, and a company of class B or C has shorter ones: configuration may change them, and whoever
//! shows them names the source and says that it governs.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::bi;
use crate::book::Book;
use crate::config::Config;
use crate::derive::OrderFacts;
use crate::derive::money::{Line, Source, Trigger, Waiting};
use crate::derive::plan::shift;
use crate::derive::sailing;
use crate::derive::tax::Announcement;
use crate::model::Order;
use crate::model::money::{CreditKind, FilingKind, Receipt};
use crate::model::stage::Milestone;
use crate::model::value::{Currency, Tenor};
use crate::text::{Bi, StaticBi};

/// Guidelines on current-account foreign exchange business.
pub const GUIDELINE: Announcement = Announcement {
    name: (
        "《经常项目外汇业务指引（2020 年版）》（汇发〔2020〕14 号）",
        "SAFE, Guidelines on Current Account Foreign Exchange Business (2020), Huifa [2020] No. 14",
    ),
    issued: "2020-08-28",
    applies: "2020-08-28",
    read: (
        "条文据转载整理，没有核对官方文本，以后可能放宽",
        "read in reprints, not checked against the official text; it may have been relaxed since",
    ),
};

/// The article that lays the periods down.
pub const ARTICLE: u8 = 20;

/// The rule whose numbers in `gendan.toml` change the periods.
pub const RULE: &str = "safe-trade-credit-report";

/// The currency in which nothing is foreign exchange at home.
const HOME: &str = "CNY";

/// The periods, in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Periods {
    /// An advance of more days before the export is reported.
    pub advance: i64,
    /// Money due more days after the export is reported.
    pub deferred: i64,
    /// Days for the report, from the receipt or the export.
    pub report: i64,
}

impl Periods {
    /// Of a company of class A, as the guideline has them.
    pub const USUAL: Self = Self { advance: 30, deferred: 90, report: 30 };

    /// As configured: `"safe-trade-credit-report" = { advance = 0, deferred = 30 }` for class B and C.
    #[must_use]
    pub fn of(config: &Config) -> Self {
        let usual = Self::USUAL;
        let days = |key, usual| config.rule_days(RULE, key, usual).max(0);
        Self {
            advance: days("advance", usual.advance),
            deferred: days("deferred", usual.deferred),
            report: days("report", usual.report),
        }
    }

    /// The periods in words.
    #[must_use]
    pub fn text(self) -> Bi {
        let Self { advance, deferred, report } = self;
        bi!(
            "预收货款早于出口超过 {advance} 天、收款晚于出口超过 {deferred} 天的，收款或出口后 {report} 天内报告",
            "advances more than {advance} days before the export and money due more than {deferred} days after it are reported within {report} days of receipt or export"
        )
    }
}

/// What is to be reported.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// An advance: a receipt, by position in `[[received]]`.
    Advance(usize),
    /// Money due late: of a shipment, by position among the facts.
    Deferred(usize),
}

impl Kind {
    /// What people call it.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Advance(_) => ("预收货款", "advance receipt"),
            Self::Deferred(_) => ("延期收款", "deferred receipt"),
        }
    }
}

/// How sure the days are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sure {
    /// Counted back from the contract, or waiting for an acceptance: it may turn out otherwise.
    Estimated,
    /// By a day that somebody planned.
    Planned,
    /// By what has happened or the contract says.
    Known,
}

/// The filing that answers a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Filed {
    /// By position in `[[filings]]`.
    pub index: usize,
    /// Days after the last day; 0 in time.
    pub late: i64,
}

/// A report that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// Of what.
    pub kind: Kind,
    /// The money, where it is known.
    pub amount: Option<(Decimal, Currency)>,
    /// The day from which its period runs: of the receipt, or of the export.
    pub from: NaiveDate,
    /// The other end: the export, or the day on which the money is due. `None` for an advance of which no export is
    /// planned.
    pub to: Option<NaiveDate>,
    /// Days between the two; for goods that are still here and planned for no day, until the day of the facts.
    pub days: i64,
    /// How sure that is.
    pub sure: Sure,
    /// Last day for the report.
    pub by: NaiveDate,
    /// What answers it.
    pub filed: Option<Filed>,
}

/// The reports an order asks for as of a day, the oldest first; none where the company is not at home in China.
#[must_use]
pub fn of(book: &Book, order: &Order, facts: &OrderFacts, as_of: NaiveDate) -> Vec<Report> {
    if book.config.home() != "CN" {
        return Vec::new();
    }
    let view = View { book, order, facts, as_of, periods: Periods::of(&book.config) };
    let mut all: Vec<Report> = view.advances().chain(view.deferred()).collect();
    all.sort_by_key(|report| (report.from, report.kind));
    view.answer(&mut all);
    all
}

struct View<'a> {
    book: &'a Book,
    order: &'a Order,
    facts: &'a OrderFacts,
    as_of: NaiveDate,
    periods: Periods,
}

/// When goods left or will.
#[derive(Clone, Copy)]
struct Export {
    day: NaiveDate,
    sure: Sure,
}

impl View<'_> {
    fn known(&self, day: Option<NaiveDate>) -> Option<NaiveDate> {
        day.filter(|day| *day <= self.as_of)
    }

    fn is_foreign(currency: Option<Currency>) -> bool {
        currency.is_some_and(|c| c.code() != HOME)
    }

    fn export(&self, at: usize) -> Option<Export> {
        if let Some(day) = sailing::departure(self.order, self.facts, at, self.as_of).day() {
            return Some(Export { day, sure: Sure::Known });
        }
        let record = self.facts.shipments.get(at).and_then(|fact| self.order.shipments.get(fact.index?));
        let typed = record.and_then(|s| s.etd.or(s.planned));
        typed.map(|day| Export { day, sure: Sure::Planned }).or_else(|| self.planned())
    }

    fn planned(&self) -> Option<Export> {
        let step = self.facts.progress.milestone(Milestone::Shipped);
        if let Some(actual) = step.actual {
            return Some(Export { day: actual.date?, sure: Sure::Known });
        }
        let plan =
            step.plan.map(|plan| (plan.date, if plan.derived { Sure::Estimated } else { Sure::Planned }));
        let (day, sure) = step.forecast.map(|day| (day, Sure::Planned)).or(plan)?;
        Some(Export { day, sure })
    }

    fn advances(&self) -> impl Iterator<Item = Report> + '_ {
        self.order.received.iter().enumerate().filter_map(|(i, receipt)| self.advance(i, receipt))
    }

    fn advance(&self, index: usize, receipt: &Receipt) -> Option<Report> {
        let from = self.known(receipt.date)?;
        let amount = receipt.amount.filter(|a| a.value > Decimal::ZERO)?;
        let currency = amount.currency.or(self.facts.goods.currency);
        if !Self::is_foreign(currency) || self.is_taken_back(receipt, amount.value) {
            return None;
        }
        let (to, sure) = self.earned(index, receipt)?;
        // Goods that are still here have not left before today, whatever was planned.
        let end = if sure == Sure::Known { to? } else { to.unwrap_or(self.as_of).max(self.as_of) };
        let elapsed = (self.as_of - from).num_days();
        let sure = if elapsed > self.periods.advance { Sure::Known } else { sure };
        let days = (end - from).num_days();
        (days > self.periods.advance).then_some(Report {
            kind: Kind::Advance(index),
            amount: Some((amount.value, currency?)),
            from,
            to: to.filter(|day| *day >= end),
            days,
            sure,
            by: shift(from, self.periods.report)?,
            filed: None,
        })
    }

    /// A later entry says that it was none: the same amount with a minus, under the same reference where both have one.
    fn is_taken_back(&self, receipt: &Receipt, amount: Decimal) -> bool {
        let same = |other: &&Receipt| {
            other.amount.is_some_and(|a| a.value == -amount)
                && (other.r#ref.is_none() || receipt.r#ref.is_none() || other.r#ref == receipt.r#ref)
        };
        self.order.received.iter().filter(same).any(|other| self.known(other.date).is_some())
    }

    /// The day on which an advance stops being one: the goods it pays leave, the last of them, or after a cancellation
    /// it is paid back or kept. `None` where none of it is an advance.
    fn earned(&self, index: usize, receipt: &Receipt) -> Option<(Option<NaiveDate>, Sure)> {
        if let Some(cancelled) = self.known(self.order.cancelled) {
            let kinds = [CreditKind::Refund, CreditKind::Forfeit];
            let gone = self.order.credits.iter().filter(|c| c.kind.is_some_and(|kind| kinds.contains(&kind)));
            let last = gone.filter_map(|c| self.known(c.date)).max();
            return Some((Some(last.map_or(cancelled, |day| day.max(cancelled))), Sure::Known));
        }
        let shipments = self.paid_for(index, receipt);
        if self.facts.shipments.is_empty() {
            let planned = self.planned();
            return Some((planned.map(|e| e.day), planned.map_or(Sure::Estimated, |e| e.sure)));
        }
        let mut last: Option<Export> = None;
        for at in shipments {
            let Some(export) = self.export(at) else { return Some((None, Sure::Estimated)) };
            if last.is_none_or(|known| known.day < export.day) {
                last = Some(export);
            }
        }
        last.map(|export| (Some(export.day), export.sure))
    }

    /// The shipments that a receipt pays, by position among the facts: those of the instalments it went to, all of
    /// them where it pays for the whole order.
    fn paid_for(&self, index: usize, receipt: &Receipt) -> Vec<usize> {
        let money = &self.facts.money;
        let mut named: Vec<Option<&str>> = money
            .postings_of(Source::Receipt(index))
            .filter(|posting| posting.amount > Decimal::ZERO)
            .filter_map(|posting| money.lines.get(posting.line))
            .map(|line| line.shipment.as_deref())
            .collect();
        if named.is_empty() {
            named.push(receipt.shipment.as_deref());
        }
        let all = self.facts.shipments.iter().enumerate();
        let mine = all.filter(|(_, fact)| named.iter().any(|id| id.is_none_or(|id| id == fact.id)));
        mine.map(|(at, _)| at).collect()
    }

    fn deferred(&self) -> impl Iterator<Item = Report> + '_ {
        (0..self.facts.shipments.len()).filter_map(|at| self.late(at))
    }

    /// What a shipment's money is due too long after it.
    fn late(&self, at: usize) -> Option<Report> {
        let currency = self.facts.goods.currency.filter(|c| Self::is_foreign(Some(*c)))?;
        if self.facts.is_cancelled() {
            return None;
        }
        let exported = sailing::departure(self.order, self.facts, at, self.as_of).day()?;
        let far = |due: &DueLine| (due.day - exported).num_days() > self.periods.deferred;
        let in_time =
            |due: &DueLine| due.paid.is_some_and(|day| (day - exported).num_days() <= self.periods.deferred);
        let dues: Vec<DueLine> =
            self.dues(at, exported).into_iter().filter(|d| far(d) && !in_time(d)).collect();
        let last = dues.iter().max_by_key(|d| d.day)?;
        let amount = dues.iter().try_fold(Decimal::ZERO, |sum, d| sum.checked_add(d.amount?));
        Some(Report {
            kind: Kind::Deferred(at),
            amount: amount.map(|amount| (amount, currency)),
            from: exported,
            to: Some(last.day),
            days: (last.day - exported).num_days(),
            sure: dues.iter().map(|d| d.sure).max().unwrap_or(Sure::Estimated),
            by: shift(exported, self.periods.report)?,
            filed: None,
        })
    }

    /// The instalments of a shipment with the day on which each falls due.
    fn dues(&self, at: usize, exported: NaiveDate) -> Vec<DueLine> {
        let Some(fact) = self.facts.shipments.get(at) else { return Vec::new() };
        let whole = |line: &Line| self.facts.shipments.len() == 1 || line.due.trigger == Trigger::Fixed;
        let mine = |line: &&Line| line.shipment.as_deref().map_or(whole(line), |id| id == fact.id);
        let lines = self.facts.money.lines.iter().filter(mine);
        lines
            .filter_map(|line| {
                let (day, sure) = self.falls_due(line, at, exported)?;
                let receipt = match line.paid_by.filter(|_| line.settled) {
                    Some(Source::Receipt(index)) => self.order.received.get(index),
                    _ => None,
                };
                Some(DueLine { amount: line.amount, day, sure, paid: receipt.and_then(|r| r.date) })
            })
            .collect()
    }

    fn falls_due(&self, line: &Line, at: usize, exported: NaiveDate) -> Option<(NaiveDate, Sure)> {
        let due = &line.due;
        if let Some(day) = due.hard() {
            return Some((day, Sure::Known));
        }
        if due.waiting == Some(Waiting::Acceptance) {
            return Some((self.accepted_late(line, at, exported)?, Sure::Estimated));
        }
        // An event that should have happened by now says nothing about the contract.
        let ahead = due.event.is_some_and(|day| day > self.as_of);
        let typed = matches!(due.trigger, Trigger::Arrived | Trigger::Delivered);
        due.day.filter(|_| ahead).map(|day| (day, if typed { Sure::Planned } else { Sure::Estimated }))
    }

    /// Roughly when a draft not yet accepted falls due: buyers accept when the papers are at their bank and the goods
    /// arrive.
    fn accepted_late(&self, line: &Line, at: usize, exported: NaiveDate) -> Option<NaiveDate> {
        let term = self.facts.money.terms.as_ref()?.instalments.get(line.instalment)?;
        let Some(Tenor::Days(days, _)) = term.tenor else { return None };
        let config = &self.book.config;
        let bill = self.order.docs.collection.iter().find(|c| c.paper.is_current());
        let sent =
            bill.and_then(|c| self.known(c.paper.sent)).or_else(|| shift(exported, config.documents_days()));
        let there = bill.and_then(|c| self.known(c.at_bank).or(self.known(c.presented)));
        let there = there.or_else(|| shift(sent?, config.courier_days()))?;
        let record = self.facts.shipments.get(at).and_then(|fact| self.order.shipments.get(fact.index?));
        let arrival = record.and_then(|s| s.arrived.or(s.eta));
        shift(arrival.map_or(there, |day| day.max(there)).max(self.as_of), i64::from(days))
    }

    /// Sets the filings against the reports: one made within the period answers it; else one made later that no other
    /// report explains.
    fn answer(&self, reports: &mut [Report]) {
        let filings: Vec<(usize, NaiveDate)> = self
            .order
            .filings
            .iter()
            .enumerate()
            .filter(|(_, f)| f.kind == Some(FilingKind::Safe))
            .filter_map(|(i, f)| Some((i, self.known(f.date)?)))
            .collect();
        let within = |report: &Report, day: NaiveDate| (report.from..=report.by).contains(&day);
        let explained: Vec<usize> = filings
            .iter()
            .filter(|(_, day)| reports.iter().any(|r| within(r, *day)))
            .map(|(i, _)| *i)
            .collect();
        for report in reports {
            let timely = filings.iter().filter(|(_, day)| within(report, *day)).min_by_key(|(_, day)| *day);
            let later = filings.iter().filter(|(i, day)| *day > report.by && !explained.contains(i));
            report.filed = match timely {
                Some((index, _)) => Some(Filed { index: *index, late: 0 }),
                None => later
                    .min_by_key(|(_, day)| *day)
                    .map(|(index, day)| Filed { index: *index, late: (*day - report.by).num_days() }),
            };
        }
    }
}

/// An instalment as it falls due.
struct DueLine {
    amount: Option<Decimal>,
    day: NaiveDate,
    sure: Sure,
    paid: Option<NaiveDate>,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::derive;
    use crate::history::{History, State};
    use crate::load::load;

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    /// The reports of an order from its files, on a day.
    fn reports(order: &str, docs: &str, money: &str, as_of: &str) -> Vec<Report> {
        with_config("", order, docs, money, as_of)
    }

    fn with_config(config: &str, order: &str, docs: &str, money: &str, as_of: &str) -> Vec<Report> {
        let root = tempfile::tempdir().unwrap();
        let folder = root.path().join("orders/A-1");
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(root.path().join("gendan.toml"), format!("schema = 1\n{config}")).unwrap();
        for (name, text) in [("order.toml", order), ("docs.toml", docs), ("money.toml", money)] {
            std::fs::write(folder.join(name), text).unwrap();
        }
        let loaded = load(root.path()).unwrap();
        assert!(loaded.findings.is_empty(), "{:#?}", loaded.findings);
        let history = History::empty(State::NoRepository);
        let facts = derive(&loaded.book, &history, day(as_of));
        let order = facts.book.order("A-1").unwrap();
        of(facts.book, order, facts.of(order).unwrap(), facts.as_of)
    }

    /// 100 lamps for 1,000, signed in June, by sea.
    fn order(currency: &str, payment: &str, more: &str) -> String {
        format!(
            "customer = \"hanse\"\nsigned = 2026-06-01\ncurrency = \"{currency}\"\nincoterm = \"FOB Ningbo\"\n\
             mode = \"sea-fcl\"\npayment = \"{payment}\"\n[[items]]\nsku = \"A\"\nname = \"Lamp\"\nqty = 100\nprice = 10\n{more}"
        )
    }

    fn bl(on_board: &str, more: &str) -> String {
        format!(
            "[[bl]]\nnumber = \"B{on_board}\"\non_board = {on_board}\nissued = {on_board}\noriginals = 3\n{more}"
        )
    }

    fn receipt(date: &str, amount: &str, more: &str) -> String {
        format!("[[received]]\ndate = {date}\namount = \"{amount}\"\n{more}")
    }

    fn filing(date: &str) -> String {
        format!("[[filings]]\nkind = \"safe\"\ndate = {date}\n")
    }

    type Brief = (Kind, i64, String, Sure, Option<(usize, i64)>);

    /// Of each report: what, how many days, the last day, how sure, and the filing that answers it with its delay.
    fn brief(reports: &[Report]) -> Vec<Brief> {
        let one = |r: &Report| (r.kind, r.days, r.by.to_string(), r.sure, r.filed.map(|f| (f.index, f.late)));
        reports.iter().map(one).collect()
    }

    #[test]
    fn an_advance_counts_by_the_plan_until_its_days_are_over() {
        let terms = "100% deposit";
        let planned = order("USD", terms, "[[shipments]]\nid = \"1\"\netd = 2026-07-11\n");
        let money = receipt("2026-06-10", "USD 1000", "");
        let early = brief(&reports(&planned, "", &money, "2026-06-12"));
        assert_eq!(early, [(Kind::Advance(0), 31, "2026-07-10".into(), Sure::Planned, None)]);
        let sooner = planned.replace("07-11", "07-10");
        assert_eq!(reports(&sooner, "", &money, "2026-06-12"), [], "30 days are not more than 30");
        // The ship is gone and the goods are not: on the 31st day that is a fact, whatever was planned.
        assert_eq!(reports(&sooner, "", &money, "2026-07-10"), []);
        let still = brief(&reports(&sooner, "", &money, "2026-07-11"));
        assert_eq!(still, [(Kind::Advance(0), 31, "2026-07-10".into(), Sure::Known, None)]);
        // Counted back from the contract it is an estimate; planned for no day it is nothing until then.
        let derived = order("USD", terms, "").replace("mode =", "ship_by = 2026-09-01\nmode =");
        assert_eq!(brief(&reports(&derived, "", &money, "2026-06-12"))[0].3, Sure::Estimated);
        let unknown = order("USD", terms, "");
        assert_eq!(reports(&unknown, "", &money, "2026-07-10"), []);
        assert_eq!(brief(&reports(&unknown, "", &money, "2026-07-12"))[0].1, 32);
        let undone = format!("{money}{}", receipt("2026-06-11", "USD -1000", "why = \"booked twice\"\n"));
        assert_eq!(reports(&planned, "", &undone, "2026-06-12"), []);
        // Nobody knows yet of what comes in later.
        assert_eq!(reports(&planned, "", &money, "2026-06-09"), []);
    }

    #[test]
    fn money_in_our_own_currency_is_no_foreign_exchange() {
        let own = order("CNY", "100% deposit", "");
        assert_eq!(reports(&own, "", &receipt("2026-06-10", "1000", ""), "2026-09-01"), []);
        let paid = receipt("2026-06-10", "CNY 7100", "fx = { rate = 7.1, order_amount = 1000 }\n");
        assert_eq!(reports(&order("USD", "100% deposit", ""), "", &paid, "2026-09-01"), []);
        let late = order("CNY", "100% oa 120d shipment", "");
        assert_eq!(reports(&late, &bl("2026-06-20", ""), "", "2026-09-01"), []);
    }

    #[test]
    fn a_receipt_is_an_advance_of_what_it_pays() {
        let split = order(
            "USD",
            "30% deposit, 70% copy-bl",
            "[[shipments]]\nid = \"1\"\nitems = [{ sku = \"A\", qty = 50 }]\n\
             [[shipments]]\nid = \"2\"\netd = 2026-09-20\nitems = [{ sku = \"A\", qty = 50 }]\n",
        );
        let docs = bl("2026-07-01", "shipment = \"1\"\n");
        let money = receipt("2026-06-10", "USD 300", "for = \"1\"\n")
            + &receipt("2026-07-10", "USD 350", "for = \"2\"\nshipment = \"1\"\n");
        // The deposit pays for both, and the second has not left; the balance of the first came after it.
        let found = brief(&reports(&split, &docs, &money, "2026-08-01"));
        assert_eq!(found, [(Kind::Advance(0), 102, "2026-07-10".into(), Sure::Known, None)]);
    }

    #[test]
    fn after_a_cancellation_the_advance_ends_when_it_is_paid_back() {
        let cancelled = order("USD", "100% deposit", "").replace("mode =", "cancelled = 2026-07-05\nmode =");
        let back = |date: &str| {
            let refund = format!("[[credits]]\ndate = {date}\namount = 1000\nkind = \"refund\"\n");
            receipt("2026-06-10", "USD 1000", "") + &refund
        };
        assert_eq!(reports(&cancelled, "", &back("2026-07-10"), "2026-08-01"), []);
        assert_eq!(brief(&reports(&cancelled, "", &back("2026-07-11"), "2026-08-01"))[0].1, 31);
    }

    #[test]
    fn credit_counts_from_the_export_to_the_day_that_the_contract_names() {
        let docs = bl("2026-08-28", "");
        let of = |days: u32| order("USD", &format!("100% oa {days}d shipment"), "");
        // D30
        assert_eq!(reports(&of(90), &docs, "", "2026-09-10"), []);
        let found = reports(&of(91), &docs, "", "2026-09-10");
        assert_eq!(brief(&found), [(Kind::Deferred(0), 91, "2026-09-27".into(), Sure::Known, None)]);
        assert_eq!((found[0].to, found[0].amount.map(|a| a.0)), (Some(day("2026-11-27")), Some(1000.into())));
        // A buyer who is late changes nothing, one who paid early ends it.
        assert_eq!(reports(&of(90), &docs, "", "2027-03-01"), []);
        let paid = |date: &str| receipt(date, "USD 1000", "");
        assert_eq!(reports(&of(91), &docs, &paid("2026-11-26"), "2026-11-30"), []);
        assert_eq!(reports(&of(91), &docs, &paid("2026-11-27"), "2026-11-30").len(), 1);
        let abroad = "company = { country = \"HK\" }\n";
        assert_eq!(with_config(abroad, &of(120), &docs, "", "2026-09-10"), []);
        let class_b = "[rules]\n\"safe-trade-credit-report\" = { deferred = 30 }\n";
        assert_eq!(with_config(class_b, &of(31), &docs, "", "2026-09-10").len(), 1);
    }

    #[test]
    fn a_draft_not_yet_accepted_is_estimated() {
        // S6: exported 10 June, the buyer accepts on 15 July.
        let order = order("USD", "100% da 60d", "[[shipments]]\nid = \"1\"\neta = 2026-07-14\n");
        let sent = "[collection]\nkind = \"da\"\nsent = 2026-06-17\nat_bank = 2026-06-25\n";
        let before = reports(&order, &(bl("2026-06-10", "") + sent), "", "2026-07-01");
        assert_eq!(brief(&before), [(Kind::Deferred(0), 94, "2026-07-10".into(), Sure::Estimated, None)]);
        let accepted = format!("{sent}accepted = 2026-07-15\nmaturity = 2026-09-13\n");
        let after = reports(&order, &(bl("2026-06-10", "") + &accepted), &filing("2026-07-02"), "2026-07-16");
        // The 13th is a Sunday.
        assert_eq!(brief(&after), [(Kind::Deferred(0), 96, "2026-07-10".into(), Sure::Known, Some((0, 0)))]);
    }

    #[test]
    fn a_filing_answers_what_it_can_have_been_about() {
        let order = order("USD", "50% deposit, 50% before-shipment", "");
        let money = receipt("2026-06-10", "USD 500", "for = \"1\"\n")
            + &receipt("2026-07-20", "USD 500", "for = \"2\"\n");
        let filed = |days: &[&str]| -> Vec<Option<(usize, i64)>> {
            let filings: String = days.iter().map(|day| filing(day)).collect();
            brief(&reports(&order, "", &(money.clone() + &filings), "2026-12-01"))
                .into_iter()
                .map(|r| r.4)
                .collect()
        };
        assert_eq!(filed(&[]), [None, None]);
        assert_eq!(filed(&["2026-06-09"]), [None, None], "before there was anything to report");
        assert_eq!(filed(&["2026-06-10", "2026-08-19"]), [Some((0, 0)), Some((1, 0))]);
        // One made for the second receipt does not excuse the first.
        assert_eq!(filed(&["2026-08-01"]), [None, Some((0, 0))]);
        assert_eq!(filed(&["2026-07-15"]), [Some((0, 5)), None]);
        assert_eq!(filed(&["2026-08-22"]), [Some((0, 43)), Some((0, 3))]);
        assert_eq!(filed(&["2026-12-02"]), [None, None], "not known yet");
    }
}
