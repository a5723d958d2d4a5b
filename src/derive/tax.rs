//! The tax file of an export: which declaration covers which shipment, what was received against it and by when it
//! must be, whether the refund is claimed, which papers of the filing set are registered, how long it is kept.
//!
//! The periods are those of one announcement and stand here and nowhere else. They were read in reprints, not on the
//! authority's own site: pages name the source and say that the announcement governs.

use std::collections::BTreeMap;

use chrono::{Months, NaiveDate};
use rust_decimal::Decimal;

use crate::bi;
use crate::derive::OrderFacts;
use crate::derive::money::{Line, Trigger};
use crate::derive::plan::shift;
use crate::derive::sailing::{self, Departure, belongs, transports};
use crate::derive::shipment::ShipmentFact;
use crate::model::Order;
use crate::model::document::{Declaration, PaperKind, Printed};
use crate::model::money::{BillKind, CreditKind, Filing, FilingKind, Receipt};
use crate::model::order::PurchaseKind;
use crate::model::stage::{Milestone, StageKey};
use crate::model::value::incoterm::{Side, TermRule};
use crate::model::value::{Amount, Currency, Event, Method, Tenor};
use crate::text::{Bi, StaticBi};

/// The announcement from which all periods are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Announcement {
    /// Its name.
    pub name: StaticBi,
    /// When it was issued: year, month, day.
    pub issued: &'static str,
    /// Since when it applies.
    pub applies: &'static str,
    /// How it was read.
    pub read: StaticBi,
}

/// Measures for the refund of VAT and consumption tax on exports.
pub const ANNOUNCEMENT: Announcement = Announcement {
    name: ("国家税务总局公告 2026 年第 5 号", "State Taxation Administration, Announcement 2026 No. 5"),
    issued: "2026-01-30",
    applies: "2026-01-01",
    read: ("条文据转载整理，没有核对官方文本", "read in reprints, not checked against the official text"),
};

/// Month and day of the year after export by which the money must be in.
const RECEIPT_BY: (u32, u32) = (4, 30);

/// Days before that day from which a missing receipt is asked after; ours, not the announcement's.
pub const ASK_AHEAD: i64 = 60;

/// Months after export beyond which no contract moves that day.
const CONTRACT_MONTHS: u32 = 36;

/// Days after the claim within which the filing set is put together.
const SET_DAYS: u16 = 15;

/// Years for which the filing set is kept.
const KEEP_YEARS: u32 = 10;

/// A period of the announcement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Period {
    /// By when the money of an export must be in.
    Receipt,
    /// How far a later date in the contract moves that.
    Contract,
    /// Within how many days of the claim the filing set is put together.
    Set,
    /// How long it is kept.
    Keep,
}

impl Period {
    /// All of them, in the order of the work.
    pub const ALL: [Self; 4] = [Self::Receipt, Self::Contract, Self::Set, Self::Keep];

    /// The article that lays it down.
    #[must_use]
    pub fn article(self) -> u8 {
        match self {
            Self::Receipt | Self::Contract => 48,
            Self::Set | Self::Keep => 45,
        }
    }

    /// What it is about.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Receipt => ("收汇", "Receipt"),
            Self::Contract => ("合同约定更晚的", "A later date in the contract"),
            Self::Set => ("备案单证", "Filing set"),
            Self::Keep => ("保存", "Keeping"),
        }
    }

    /// The period in words.
    #[must_use]
    pub fn text(self) -> Bi {
        match self {
            Self::Receipt => {
                let (month, day) = RECEIPT_BY;
                let english = NaiveDate::from_ymd_opt(2001, month, day);
                let en = english.map(|d| d.format("%-d %B").to_string()).unwrap_or_default();
                Bi {
                    zh: format!("报关出口次年 {month} 月 {day} 日前"),
                    en: format!("by {en} of the year after export"),
                }
            }
            Self::Contract => bi!(
                "按合同约定的最后收汇日，最晚到出口后 {CONTRACT_MONTHS} 个月",
                "by the last payment date of the contract, at most {CONTRACT_MONTHS} months after export"
            ),
            Self::Set => bi!(
                "退税申报后 {SET_DAYS} 天内成册并编目录；因成交方式没有的单证除外",
                "collected and listed within {SET_DAYS} days of the claim; papers that the term of trade does not bring about are left out"
            ),
            Self::Keep => bi!(
                "{KEEP_YEARS} 年，本表从成册和归档中较晚的一天算",
                "{KEEP_YEARS} years, counted here from the later of filing and archiving"
            ),
        }
    }
}

/// The day by which the money of an export must be in: of the year after export, or as the contract says where
/// that is later.
#[must_use]
pub fn receipt_by(exported: NaiveDate, contract: Option<NaiveDate>) -> Option<Deadline> {
    use chrono::Datelike;
    let (month, day) = RECEIPT_BY;
    let usual = NaiveDate::from_ymd_opt(exported.year().checked_add(1)?, month, day)?;
    let last = exported.checked_add_months(Months::new(CONTRACT_MONTHS))?;
    Some(match contract.filter(|day| *day > usual) {
        Some(day) => Deadline { day: day.min(last), by_contract: true },
        None => Deadline { day: usual, by_contract: false },
    })
}

/// The day until which the file of an order is kept: counted from the later of its filing set and its archiving.
#[must_use]
pub fn kept_until(order: &Order, facts: &OrderFacts, as_of: NaiveDate) -> Option<NaiveDate> {
    let filed = order.filings.iter().filter(|f| f.kind == Some(FilingKind::RecordSet));
    let filed = filed.filter_map(|f| f.date).filter(|day| *day <= as_of).max();
    let from = filed.max(facts.progress.done_on(Milestone::Archived))?;
    from.checked_add_months(Months::new(KEEP_YEARS * 12))
}

/// By when the money must be in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deadline {
    /// The last day.
    pub day: NaiveDate,
    /// The contract moved it.
    pub by_contract: bool,
}

/// Whose business the export declaration is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Clearing {
    /// Ours.
    Ours,
    /// The buyer's, by the trade term.
    Buyer,
    /// Nobody's, and why, as somebody wrote.
    NotNeeded(String),
}

/// What was received against a declaration.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Received {
    /// Net amounts of the bank advices in the declaration's currency.
    pub net: Decimal,
    /// Charges that those advices show.
    pub charges: Decimal,
    /// Receipts in other currencies, as the records convert them into the declaration's.
    pub converted: Decimal,
    /// Receipts in other currencies by code, as they came.
    pub foreign: BTreeMap<&'static str, Decimal>,
    /// Paid back to the buyer.
    pub refunded: Decimal,
}

impl Received {
    fn sum(&self) -> Option<Decimal> {
        let sum = self.net.checked_add(self.charges)?.checked_add(self.converted)?;
        sum.checked_sub(self.refunded)
    }

    fn is_zero(&self) -> bool {
        self.net.is_zero() && self.charges.is_zero() && self.converted.is_zero() && self.foreign.is_empty()
    }
}

/// How receipts stand against a declaration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReceiptState {
    /// The net amounts reach what was declared.
    Full,
    /// They do with the charges and conversions that are recorded beside them.
    FullWithCharges,
    /// Less came in, but nothing more is due under the contract: the difference wants a reason in the file.
    Settled(Decimal),
    /// Less came in, and what stands for the rest is in the file: a reason of the announcement's list, with evidence.
    Deemed(Decimal),
    /// This much is missing.
    Short(Decimal),
    /// The declared amount is not known.
    Unknown,
}

impl ReceiptState {
    /// Nothing more is to come.
    #[must_use]
    pub fn is_over(self) -> bool {
        matches!(self, Self::Full | Self::FullWithCharges | Self::Settled(_) | Self::Deemed(_))
    }
}

/// A paper of the filing set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SetPaper {
    /// The export contract.
    Contract,
    /// The contract with the supplier.
    Purchase,
    /// The transport document.
    Transport,
    /// The forwarder's invoice for freight or local charges that we paid.
    Freight,
    /// The customs authorisation.
    Authorisation,
    /// The broker's invoice for his service.
    Broker,
    /// The list of the set, in the order of the claims.
    List,
}

impl SetPaper {
    /// What people call it.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Contract => ("出口合同", "export contract"),
            Self::Purchase => ("购货合同", "purchase contract"),
            Self::Transport => ("运输单据", "transport document"),
            Self::Freight => ("运费或货代费发票", "freight or forwarding invoice"),
            Self::Authorisation => ("报关委托书", "customs authorisation"),
            Self::Broker => ("报关费发票", "broker's invoice"),
            Self::List => ("备案目录", "list of the set"),
        }
    }
}

/// Whether a paper of the set is there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SetState {
    /// Registered.
    There,
    /// Not registered.
    Missing,
    /// The trade does not bring it about, or somebody wrote why it is not needed.
    NotNeeded,
}

/// One export: a declaration, or a shipment that left without one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Export {
    /// Index into `[[customs]]`; `None` where no declaration is registered.
    pub customs: Option<usize>,
    /// Positions of the shipments it covers, among the facts of the order.
    pub shipments: Vec<usize>,
    /// The goods have left, and when where that is known.
    pub departure: Departure,
    /// Cleared by customs.
    pub released: Option<NaiveDate>,
    /// Currency of the declaration.
    pub currency: Option<Currency>,
    /// Declared total.
    pub amount: Option<Decimal>,
    /// What came in for it.
    pub received: Received,
    /// How that stands.
    pub state: ReceiptState,
    /// By when it must be in; `None` before export, or where no refund is claimed.
    pub deadline: Option<Deadline>,
    /// The day of the claim that can cover it.
    pub claimed: Option<NaiveDate>,
    /// The papers of its filing set.
    pub set: Vec<(SetPaper, SetState)>,
    /// By when the set must be complete.
    pub set_by: Option<NaiveDate>,
    /// Until when the file is kept, once it is complete enough to count.
    pub keep_until: Option<NaiveDate>,
}

impl Export {
    /// It has left.
    #[must_use]
    pub fn has_left(&self) -> bool {
        self.departure != Departure::NotYet
    }

    /// Papers of the set that are there, and how many there ought to be.
    #[must_use]
    pub fn count(&self) -> (usize, usize) {
        let there = self.set.iter().filter(|(_, s)| *s == SetState::There).count();
        let asked = self.set.iter().filter(|(_, s)| *s != SetState::NotNeeded).count();
        (there, asked)
    }

    /// The papers that are not there.
    pub fn missing(&self) -> impl Iterator<Item = SetPaper> {
        self.set.iter().filter(|(_, s)| *s == SetState::Missing).map(|(p, _)| *p)
    }
}

/// The exports of an order and what is common to them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaxFile {
    /// One for each declaration, then one for each shipment that left without.
    pub exports: Vec<Export>,
    /// Whose business the declaration is.
    pub clearing: Clearing,
    /// A refund will be or was claimed: what the order says, else where the declaration is ours.
    pub refund: bool,
    /// The supplier's VAT invoice, without which nothing is claimed, is not registered.
    pub lacks_vat_invoice: bool,
}

impl TaxFile {
    /// Nothing is left to do for an export.
    #[must_use]
    pub fn is_done(&self, export: &Export) -> bool {
        let filed = !self.refund || (export.claimed.is_some() && export.missing().next().is_none());
        export.customs.is_some() && export.has_left() && export.state.is_over() && filed
    }
}

/// The tax file of an order as of a day.
#[must_use]
pub fn of(order: &Order, facts: &OrderFacts, as_of: NaiveDate) -> TaxFile {
    let view = View { order, facts, as_of };
    let clearing = view.clearing();
    let claimed = order.filings.iter().any(|f| f.kind == Some(FilingKind::TaxRefund));
    let refund = order.rebate.unwrap_or(clearing == Clearing::Ours || claimed);
    let mut exports = view.exports();
    view.receive(&mut exports);
    for export in &mut exports {
        view.finish(export, refund);
    }
    TaxFile { exports, clearing, refund, lacks_vat_invoice: view.lacks_vat_invoice() }
}

struct View<'a> {
    order: &'a Order,
    facts: &'a OrderFacts,
    as_of: NaiveDate,
}

impl View<'_> {
    fn known(&self, day: Option<NaiveDate>) -> Option<NaiveDate> {
        day.filter(|day| *day <= self.as_of)
    }

    /// A record without a date is there; one dated later is not known yet.
    fn there(&self, day: Option<NaiveDate>) -> bool {
        day.is_none_or(|day| day <= self.as_of)
    }

    fn registered(&self, paper: &Printed) -> bool {
        paper.is_current() && !paper.is_draft() && self.there(paper.day())
    }

    fn rule(&self) -> Option<TermRule> {
        Some(self.order.incoterm.as_ref()?.term.as_ref()?.rule)
    }

    fn clearing(&self) -> Clearing {
        let why = self.order.not_needed.get("customs").map(String::as_str);
        match why.or_else(|| self.order.skipped(StageKey::Declare)) {
            Some(why) => Clearing::NotNeeded(why.to_owned()),
            None if self.rule().is_some_and(|rule| rule.facts().export == Side::Buyer) => Clearing::Buyer,
            None => Clearing::Ours,
        }
    }

    fn exports(&self) -> Vec<Export> {
        let declared = self.order.docs.customs.iter().enumerate();
        let mut all: Vec<Export> = declared
            .filter(|(_, d)| self.registered(&d.paper))
            .map(|(index, d)| self.export(Some((index, d)), self.covers(d)))
            .collect();
        // A declaration that names no shipment speaks for the whole order.
        let covered: Vec<usize> = all.iter().flat_map(|e| e.shipments.iter().copied()).collect();
        let left = |at: &usize| self.departure(&[*at]) != Departure::NotYet;
        for at in (0..self.facts.shipments.len()).filter(|at| !covered.contains(at)).filter(left) {
            all.push(self.export(None, vec![at]));
        }
        let typed = sailing::typed_departure(self.facts).is_some();
        if all.is_empty() && self.facts.shipments.is_empty() && typed {
            all.push(self.export(None, Vec::new()));
        }
        all
    }

    fn export(&self, declared: Option<(usize, &Declaration)>, shipments: Vec<usize>) -> Export {
        let own = self.facts.goods.currency;
        let record = declared.map(|(_, d)| d);
        let total = record.and_then(|d| d.total);
        let typed = record.and_then(|d| d.currency.as_deref()).and_then(Currency::parse);
        Export {
            customs: declared.map(|(index, _)| index),
            departure: self.departure(&shipments),
            shipments,
            released: record.and_then(|d| self.known(d.released)),
            currency: total.and_then(|a| a.currency).or(typed).or(own),
            amount: total.map(|a| a.value).or_else(|| record.and_then(item_total)),
            received: Received::default(),
            state: ReceiptState::Unknown,
            deadline: None,
            claimed: None,
            set: Vec::new(),
            set_by: None,
            keep_until: None,
        }
    }

    /// The shipments of a declaration: the one it names, else the one whose transport document it names, else all.
    fn covers(&self, declaration: &Declaration) -> Vec<usize> {
        let facts = &self.facts.shipments;
        let pick = |wanted: &dyn Fn(&ShipmentFact) -> bool| -> Vec<usize> {
            facts.iter().enumerate().filter(|(_, f)| wanted(f)).map(|(at, _)| at).collect()
        };
        if let Some(named) = declaration.paper.shipment.as_deref() {
            return pick(&|f| f.id == named);
        }
        let carried = declaration.bl.as_deref().map(str::trim);
        let by_paper = pick(&|f| carried.is_some() && f.document.as_deref().map(str::trim) == carried);
        if by_paper.is_empty() { pick(&|_| true) } else { by_paper }
    }

    /// When the first of some shipments left: the year of export is that of the declaration.
    fn departure(&self, shipments: &[usize]) -> Departure {
        let each = || shipments.iter().map(|at| sailing::departure(self.order, self.facts, *at, self.as_of));
        let proved = each().filter_map(|d| if let Departure::Proved(day) = d { Some(day) } else { None });
        if let Some(day) = proved.min() {
            return Departure::Proved(day);
        }
        let typed = sailing::typed_departure(self.facts);
        match typed {
            Some(day) if shipments.is_empty() || each().any(|d| d != Departure::NotYet) => {
                Departure::Unproved(each().filter_map(Departure::day).min().or(day))
            }
            _ if each().any(|d| d != Departure::NotYet) => Departure::Unproved(None),
            _ => Departure::NotYet,
        }
    }

    /// Sets what came in against the exports: a receipt that names a shipment against that one, others against the
    /// oldest export that is still short. What is too much stays with the last.
    fn receive(&self, exports: &mut [Export]) {
        let mut order: Vec<usize> = (0..exports.len()).collect();
        order.sort_by_key(|i| exports.get(*i).and_then(|e| e.departure.day()).unwrap_or(NaiveDate::MAX));
        let mut receipts: Vec<&Receipt> =
            self.order.received.iter().filter(|r| self.known(r.date).is_some()).collect();
        receipts.sort_by_key(|r| r.date);
        for receipt in receipts {
            let targets = self.targets(exports, &order, receipt.shipment.as_deref());
            self.book(exports, &targets, receipt);
        }
        let refunds = self.order.credits.iter().filter(|c| c.kind == Some(CreditKind::Refund));
        for refund in refunds.filter(|c| self.there(c.date)) {
            let targets = self.targets(exports, &order, refund.shipment.as_deref());
            let Some(export) = targets.last().and_then(|i| exports.get_mut(*i)) else { continue };
            let Some(amount) = refund.amount.filter(|a| self.is_in(*a, export.currency)) else { continue };
            export.received.refunded = export.received.refunded.saturating_add(amount.value);
        }
        for export in exports.iter_mut() {
            export.state = self.state(export);
        }
    }

    fn targets(&self, exports: &[Export], order: &[usize], shipment: Option<&str>) -> Vec<usize> {
        let named = |i: &&usize| {
            let facts = exports.get(**i).map_or(&[][..], |e| e.shipments.as_slice());
            let ids = facts.iter().filter_map(|at| self.facts.shipments.get(*at)).map(|f| f.id.as_str());
            ids.into_iter().any(|id| Some(id) == shipment)
        };
        let mine: Vec<usize> = order.iter().filter(named).copied().collect();
        if mine.is_empty() { order.to_vec() } else { mine }
    }

    fn is_in(&self, amount: Amount, currency: Option<Currency>) -> bool {
        amount.currency.or(self.facts.goods.currency) == currency
    }

    fn book(&self, exports: &mut [Export], targets: &[usize], receipt: &Receipt) {
        let Some(amount) = receipt.amount else { return };
        let Some((last, first)) = targets.split_last() else { return };
        let currency = exports.get(*last).and_then(|e| e.currency);
        if !self.is_in(amount, currency) {
            let home = targets.iter().find(|i| exports.get(**i).is_some_and(|e| e.open() > Decimal::ZERO));
            if let Some(export) = exports.get_mut(*home.unwrap_or(last)) {
                self.book_foreign(export, amount, receipt);
            }
            return;
        }
        let of = receipt.charges.iter().filter(|c| self.is_in(**c, currency));
        let mut charges = of.fold(Decimal::ZERO, |sum, c| sum.saturating_add(c.value));
        let mut net = amount.value;
        for i in first {
            let Some(export) = exports.get_mut(*i).filter(|e| e.currency == currency) else { continue };
            let room = export.open();
            if room <= Decimal::ZERO || net <= Decimal::ZERO {
                continue;
            }
            let bank = charges.min(room);
            let part = net.min(room.saturating_sub(bank));
            export.received.add(part, bank);
            (net, charges) = (net.saturating_sub(part), charges.saturating_sub(bank));
        }
        if let Some(export) = exports.get_mut(*last) {
            export.received.add(net, charges);
        }
    }

    fn book_foreign(&self, export: &mut Export, amount: Amount, receipt: &Receipt) {
        let code = amount.currency.or(self.facts.goods.currency).map_or("", Currency::code);
        let sum = export.received.foreign.entry(code).or_default();
        *sum = sum.saturating_add(amount.value);
        let counted = receipt.fx.as_deref().and_then(|fx| fx.order_amount);
        if let Some(counted) = counted.filter(|a| self.is_in(*a, export.currency)) {
            export.received.converted = export.received.converted.saturating_add(counted.value);
        }
    }

    fn state(&self, export: &Export) -> ReceiptState {
        let Some((amount, sum)) = export.amount.zip(export.received.sum()) else {
            return ReceiptState::Unknown;
        };
        let net = export.received.net.saturating_sub(export.received.refunded);
        match amount.saturating_sub(sum) {
            _ if net >= amount => ReceiptState::Full,
            open if open <= Decimal::ZERO => ReceiptState::FullWithCharges,
            open if self.is_deemed(export) => ReceiptState::Deemed(open),
            open if self.facts.money.settled && !export.received.is_zero() => ReceiptState::Settled(open),
            open => ReceiptState::Short(open),
        }
    }

    /// Evidence that stands for the receipt is in the file: common to all, or of one of the export's shipments.
    fn is_deemed(&self, export: &Export) -> bool {
        let mine = |named: &str| {
            let mut facts = export.shipments.iter().filter_map(|at| self.facts.shipments.get(*at));
            facts.any(|fact| fact.id == named)
        };
        let papers = self.order.docs.papers.iter().filter(|p| p.kind == Some(PaperKind::DeemedReceipt));
        papers.filter(|p| self.there(p.date)).any(|p| p.shipment.as_deref().is_none_or(mine))
    }

    fn finish(&self, export: &mut Export, refund: bool) {
        let exported = export.departure.day();
        let filed = |kind: FilingKind| {
            let covers = |f: &&Filing| f.kind == Some(kind) && exported.is_none_or(|e| f.date >= Some(e));
            self.order.filings.iter().filter(covers).filter_map(|f| self.known(f.date)).min()
        };
        let left = export.has_left();
        export.claimed = filed(FilingKind::TaxRefund).filter(|_| left);
        let listed = filed(FilingKind::RecordSet).filter(|_| left);
        if refund {
            let contract = exported.and_then(|day| self.contract_date(export, day));
            export.deadline = exported.and_then(|day| receipt_by(day, contract));
            export.set = self.set(export, listed.is_some());
            export.set_by = export.claimed.and_then(|day| shift(day, i64::from(SET_DAYS)));
        }
        if listed.is_some() || self.facts.is_archived() {
            export.keep_until = kept_until(self.order, self.facts, self.as_of);
        }
    }

    /// The last day of payment that the contract itself names, as far as it follows from the day of export or from what
    /// has happened since.
    fn contract_date(&self, export: &Export, exported: NaiveDate) -> Option<NaiveDate> {
        let terms = self.facts.money.terms.as_ref()?;
        let day = |method: Method, tenor: Option<Tenor>| match tenor? {
            Tenor::On(day) => Some(day),
            Tenor::Days(n, event) => match event.unwrap_or(method.default_event()) {
                Event::Shipment | Event::BlDate => shift(exported, i64::from(n)),
                _ => None,
            },
            Tenor::Sight | Tenor::Eom(_) => None,
        };
        let mine = |line: &&Line| {
            let mut facts = export.shipments.iter().filter_map(|at| self.facts.shipments.get(*at));
            line.shipment.as_deref().is_none_or(|id| facts.any(|fact| fact.id == id))
        };
        let agreed = |line: &&Line| {
            use Trigger::{Accepted, Arrived, Delivered, Invoiced, Shipped};
            let term = terms.instalments.get(line.instalment);
            let days = term.is_some_and(|t| matches!(t.tenor, Some(Tenor::Days(..) | Tenor::Eom(_))));
            days && matches!(line.due.trigger, Accepted | Arrived | Delivered | Invoiced | Shipped)
        };
        let lines = self.facts.money.lines.iter().filter(mine).filter(agreed);
        let hard = lines.filter(|line| !line.due.estimated).filter_map(|line| line.due.raw);
        terms.instalments.iter().filter_map(|i| day(i.method, i.tenor)).chain(hard).max()
    }

    fn set(&self, export: &Export, listed: bool) -> Vec<(SetPaper, SetState)> {
        let docs = &self.order.docs;
        let facts: Vec<&ShipmentFact> =
            export.shipments.iter().filter_map(|at| self.facts.shipments.get(*at)).collect();
        let each = |has: &dyn Fn(&ShipmentFact) -> bool| !facts.is_empty() && facts.iter().all(|f| has(f));
        let contract = docs.contract.iter().chain(&docs.proforma).any(|c| {
            let signed = c.signed_by_buyer.is_none() || self.known(c.signed_by_buyer).is_some();
            self.registered(&c.paper) && signed
        });
        let purchase = self
            .order
            .purchases
            .iter()
            .any(|p| p.kind != Some(PurchaseKind::ProductionNotice) && self.there(p.issued));
        let carried = each(&|f| {
            let issued = transports(self.order, f).iter().any(|t| t.is_issued(self.as_of));
            issued || self.paper(PaperKind::Fcr, Some(f))
        });
        let evidence = |kind| {
            if facts.is_empty() { self.paper(kind, None) } else { each(&|f| self.paper(kind, Some(f))) }
        };
        let rows = [
            (SetPaper::Contract, "contract", true, contract),
            (SetPaper::Purchase, "purchase", self.buys(), purchase),
            (SetPaper::Transport, "transport", true, carried),
            (SetPaper::Freight, "freight-bill", self.pays_freight(), self.freight_bill()),
            (
                SetPaper::Authorisation,
                "customs-authorisation",
                true,
                evidence(PaperKind::CustomsAuthorisation),
            ),
            (SetPaper::Broker, "broker", true, evidence(PaperKind::Broker)),
            (SetPaper::List, "record-set", true, listed),
        ];
        let state = |key: &str, asked: bool, there: bool| match (there, asked) {
            (true, _) => SetState::There,
            (false, true) if !self.order.not_needed.contains_key(key) => SetState::Missing,
            (false, _) => SetState::NotNeeded,
        };
        rows.into_iter().map(|(paper, key, asked, there)| (paper, state(key, asked, there))).collect()
    }

    /// Evidence of a kind: of one shipment, or common to all.
    fn paper(&self, kind: PaperKind, fact: Option<&ShipmentFact>) -> bool {
        let mine =
            |named: Option<&str>| named.is_none() || fact.is_none_or(|fact| belongs(self.order, fact, named));
        self.order
            .docs
            .papers
            .iter()
            .any(|p| p.kind == Some(kind) && mine(p.shipment.as_deref()) && self.there(p.date))
    }

    /// Goods from our own workshop have no purchase contract.
    fn buys(&self) -> bool {
        let ordered = self.order.purchases.iter();
        self.order.items.iter().any(|item| item.buy.is_some())
            || ordered.into_iter().any(|p| p.kind == Some(PurchaseKind::PurchaseOrder))
    }

    /// Under EXW the buyer collects, and nobody invoices us for carriage.
    fn pays_freight(&self) -> bool {
        self.rule() != Some(TermRule::Exw)
    }

    /// Who pays the main carriage has the freight invoice; others have the forwarder's local charges.
    fn freight_bill(&self) -> bool {
        let main = self.rule().is_some_and(|rule| rule.facts().main_freight == Side::Seller);
        let counts = |kind| kind == BillKind::Freight || (kind == BillKind::Local && !main);
        self.order.bills.iter().any(|b| b.kind.is_some_and(counts) && self.there(b.date))
    }

    fn lacks_vat_invoice(&self) -> bool {
        let taxed = self.order.items.iter().any(|i| i.buy.as_deref().is_some_and(|b| b.vat.is_some()));
        let invoiced = self
            .order
            .bills
            .iter()
            .any(|b| b.kind == Some(BillKind::Goods) && b.vat.is_some() && self.there(b.date));
        taxed && !invoiced
    }
}

impl Export {
    /// What is still to come of the declared amount, as far as that is known.
    fn open(&self) -> Decimal {
        let open = self.amount.zip(self.received.sum()).map(|(amount, sum)| amount.saturating_sub(sum));
        open.unwrap_or_default()
    }
}

impl Received {
    fn add(&mut self, net: Decimal, charges: Decimal) {
        self.net = self.net.saturating_add(net);
        self.charges = self.charges.saturating_add(charges);
    }
}

/// The sum of the declared items, when every one has an amount.
fn item_total(declaration: &Declaration) -> Option<Decimal> {
    if declaration.items.is_empty() {
        return None;
    }
    declaration.items.iter().try_fold(Decimal::ZERO, |sum, item| sum.checked_add(item.total?.value))
}
