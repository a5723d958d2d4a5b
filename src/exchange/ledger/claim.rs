//! The claim on the buyer: when the contract binds, what invoices change, what is shipped, what is so little short
//! that nobody asks for it, and what a cancellation ends.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::account::Account;
use super::record::{push, with};
use super::work::{Draft, Rank, Standing, Work};
use crate::bi;
use crate::derive::money::{Source, basis};
use crate::derive::shipment;
use crate::model::stage::Milestone;
use crate::text::Bi;

/// What settled lines are short, and no advice shows.
const DIFFERENCE: &str = "Expenses:Bank-Charges:Difference";

/// What the buyer owes in all since a day, and the record that says so.
struct Total {
    day: NaiveDate,
    total: Decimal,
    invoice: Option<usize>,
}

impl Work<'_> {
    /// Books the claim, after the records.
    pub(super) fn claim(&mut self) {
        let (bound, end) = match self.standing {
            Standing::Live(day) => (Some(day), None),
            Standing::Void(bound, day) => (bound, Some(day)),
            Standing::Unbound => (None, None),
        };
        let (mut claimed, mut sold) = (Decimal::ZERO, Decimal::ZERO);
        if let Some((bound, total)) = bound.zip(self.money().total) {
            claimed = self.contract(bound, end, total);
            sold = self.sales_of(bound, end, total);
        }
        match end {
            Some(day) => self.cancelled(day, claimed, sold),
            None => self.shorts(),
        }
    }

    /// The contract total, and each change by an invoice; returns the last one.
    fn contract(&mut self, bound: NaiveDate, end: Option<NaiveDate>, total: Decimal) -> Decimal {
        let mut before = Decimal::ZERO;
        let totals = self.totals(bound, end, total);
        for (at, Total { day, total, invoice }) in totals.into_iter().enumerate() {
            let change = total.saturating_sub(before);
            before = total;
            let legs = vec![self.leg(self.receivable(), change), self.leg(self.undelivered(), -change)];
            let (rank, path, text) = match invoice {
                _ if at == 0 => {
                    let path = if self.order.signed.is_some() { "signed" } else { "items" };
                    let terms = self.money().terms.as_ref().map(|t| t.echo()).unwrap_or_default();
                    (
                        Rank::Contract,
                        path.to_owned(),
                        bi!("合同生效 {terms}", "contract binds {terms}"; terms),
                    )
                }
                Some(index) => {
                    let number = self.order.docs.invoice.get(index).and_then(|i| i.paper.number.as_deref());
                    let text =
                        with(("发票改了应收", "invoice changes what is due"), number.unwrap_or_default());
                    (Rank::Change, format!("invoice[{index}].total"), text)
                }
                None => (
                    Rank::Change,
                    "shipments".to_owned(),
                    bi!("出运改了应收", "shipment changes what is due"),
                ),
            };
            let mut meta = Vec::new();
            push(&mut meta, "po", self.order.po.as_deref().filter(|_| at == 0));
            push(&mut meta, "payment", self.order.payment.as_deref().filter(|_| at == 0));
            let rank = (rank, at);
            self.add(Draft { date: day, rank, text, path, payee: None, reference: None, meta, legs });
        }
        before
    }

    /// What was due in all on the days on which that changed, before `end`. The last is what is due now.
    fn totals(&self, bound: NaiveDate, end: Option<NaiveDate>, total: Decimal) -> Vec<Total> {
        let (order, goods, as_of) = (self.order, &self.own.goods, self.as_of());
        let mut days: Vec<(NaiveDate, Option<usize>)> = vec![(bound, None)];
        let invoices = order.docs.invoice.iter().enumerate();
        let finals = invoices.filter(|(_, i)| i.paper.is_current() && !i.paper.is_draft());
        days.extend(finals.filter_map(|(index, i)| Some((i.paper.day()?, Some(index)))));
        if basis::is_split(order) && days.len() > 1 {
            days.extend(self.own.shipments.iter().filter_map(|s| s.shipped).map(|day| (day, None)));
        }
        days.retain(|(day, _)| {
            *day >= bound && *day <= as_of && end.is_none_or(|end| *day < end || *day == bound)
        });
        // The invoice of a day before its shipment: it names the reason.
        days.sort_by_key(|(day, invoice)| (*day, *day != bound && invoice.is_none(), *invoice));
        days.dedup_by_key(|(day, _)| *day);
        let last = days.len().saturating_sub(1);
        let mut all: Vec<Total> = Vec::new();
        for (at, (day, invoice)) in days.into_iter().enumerate() {
            let total = if at == last && end.is_none() {
                total
            } else {
                let shipments = shipment::of(order, goods, day);
                let then = basis::total(order, goods, &shipments, day);
                then.unwrap_or_else(|| all.last().map_or(total, |t| t.total))
            };
            if all.last().is_none_or(|t| t.total != total) {
                all.push(Total { day, total, invoice });
            }
        }
        all
    }

    /// What has left (arrived, under D terms), out of what is sold; returns the sum.
    fn sales_of(&mut self, bound: NaiveDate, end: Option<NaiveDate>, total: Decimal) -> Decimal {
        let own = self.own;
        let mut sold = Decimal::ZERO;
        let lots = basis::lots(self.order, &own.goods, &own.shipments, total, self.as_of());
        for (at, lot) in lots.into_iter().enumerate() {
            let Some((day, path)) = self.delivered(lot.shipment.as_deref()) else { continue };
            let date = day.max(bound);
            if end.is_some_and(|end| date >= end) {
                continue;
            }
            sold = sold.saturating_add(lot.value);
            let legs = vec![self.leg(self.undelivered(), lot.value), self.leg(self.sales(), -lot.value)];
            let fact = own.shipments.iter().find(|s| lot.shipment.as_ref().is_none_or(|id| *id == s.id));
            let document = fact.and_then(|f| f.document.clone());
            let text = match self.is_sold_at_arrival() {
                true => Bi::from(("交货，确认收入", "delivered, sales")),
                false => Bi::from(("装运，确认收入", "shipped, sales")),
            };
            let mut meta = Vec::new();
            push(&mut meta, "shipment", lot.shipment.as_deref());
            let rank = (Rank::Sale, at);
            self.add(Draft { date, rank, text, path, payee: None, reference: document, meta, legs });
        }
        sold
    }

    /// When a lot was delivered in the sense of the trade term, and the key path that says so.
    fn delivered(&self, shipment: Option<&str>) -> Option<(NaiveDate, String)> {
        let split = basis::is_split(self.order);
        let actual = self.order.actual.as_deref();
        let known = |day: &NaiveDate| *day <= self.as_of();
        let typed = |m: Milestone| Some((actual?.get(m).filter(known)?, format!("actual.{}", m.code())));
        let fact = match shipment {
            Some(id) => self.own.shipments.iter().find(|s| s.id == id),
            // What is not put into a shipment yet has not left.
            None if split => return None,
            None => self.own.shipments.first(),
        };
        if !self.is_sold_at_arrival() {
            let shipped = fact.and_then(|f| Some((f.shipped?, f.proof.clone()?)));
            return shipped.or_else(|| typed(Milestone::Shipped).filter(|_| !split));
        }
        let delivered = fact.and_then(|f| {
            let index = f.index?;
            let day = self.order.shipments.get(index)?.delivered.filter(known)?;
            Some((day, format!("shipments[{index}].delivered")))
        });
        delivered.or_else(|| typed(Milestone::Closed))
    }

    /// Under D terms the seller delivers at destination.
    fn is_sold_at_arrival(&self) -> bool {
        let term = self.order.incoterm.as_ref().and_then(|t| t.term.as_ref());
        term.is_some_and(|t| t.rule.code().starts_with('D'))
    }

    /// What an order without a schedule is short, and settled all the same.
    pub(super) fn short(&self) -> Decimal {
        let money = self.money();
        let open = money.open.filter(|_| self.is_direct() && money.settled).unwrap_or_default();
        open.max(Decimal::ZERO)
    }

    /// What settled instalments are short.
    fn shorts(&mut self) {
        let Standing::Live(bound) = self.standing else { return };
        let money = self.money();
        let short = self.short();
        let legs = vec![self.leg(Account::named(DIFFERENCE), short), self.leg(self.receivable(), -short)];
        self.add(Draft {
            date: money.settled_on.unwrap_or(bound).max(bound),
            rank: (Rank::Short, money.lines.len()),
            text: bi!("少收在容差内，作银行费用", "short within the tolerance, as bank charges"),
            path: money.settled_path.clone().unwrap_or_else(|| "items".to_owned()),
            payee: None,
            reference: None,
            meta: Vec::new(),
            legs,
        });
        for (at, line) in money.lines.iter().enumerate().filter(|(_, l)| !l.short.is_zero()) {
            let last = money.postings.iter().rev().find(|p| p.line == at).map(|p| p.source);
            let date = match last {
                Some(Source::Receipt(i)) => self.order.received.get(i).and_then(|r| r.date),
                Some(Source::Credit(i)) => self.order.credits.get(i).and_then(|c| c.date),
                None => None,
            };
            let path = last.map_or_else(|| "payment".to_owned(), |source| source.path("amount"));
            let legs = vec![
                self.leg(Account::named(DIFFERENCE), line.short),
                self.leg(self.receivable(), -line.short),
            ];
            let (zh, en) = line.method.name();
            let text =
                bi!("{zh} 少收在容差内，作银行费用", "{en} short within the tolerance, as bank charges");
            let mut meta = Vec::new();
            push(&mut meta, "for", Some((line.instalment + 1).to_string().as_str()));
            push(&mut meta, "shipment", line.shipment.as_deref());
            let date = date.unwrap_or(bound);
            let rank = (Rank::Short, at);
            self.add(Draft { date, rank, text, path, payee: None, reference: None, meta, legs });
        }
    }

    /// The claim ends: what was received for it is owed to the buyer, and credits have lowered nothing.
    fn cancelled(&mut self, date: NaiveDate, claimed: Decimal, sold: Decimal) {
        let (applied, credited) = (self.applied, self.credited);
        let open = claimed.saturating_sub(applied).saturating_sub(credited);
        let legs = vec![
            self.leg(self.undelivered(), claimed.saturating_sub(sold)),
            self.leg(self.sales(), sold),
            self.leg(self.receivable(), -open),
            self.leg(self.credit_balance(), -applied),
            self.leg(Account::named("Income:Void-Credits"), -credited),
        ];
        let text =
            with(("订单取消", "order cancelled"), self.order.cancel_reason.as_deref().unwrap_or_default());
        let rank = (Rank::Cancelled, 0);
        let path = "cancelled".to_owned();
        self.add(Draft { date, rank, text, path, payee: None, reference: None, meta: Vec::new(), legs });
    }
}
