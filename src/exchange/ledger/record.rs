//! Receipts and credits: money in and out, and what it is set against.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::account::Account;
use super::work::{Draft, Rank, Standing, Work};
use super::{Commodity, Leg};
use crate::bi;
use crate::derive::money::ledger::counted;
use crate::derive::money::{Reason, Source};
use crate::model::money::{Credit, CreditKind, Receipt};
use crate::text::{Bi, StaticBi};

/// Where both sides of a conversion meet.
const CONVERSION: &str = "Equity:Conversion";
/// Charges that bank advices show.
const CHARGES: &str = "Expenses:Bank-Charges";
/// Credits of orders on which nobody owes anything lower nothing.
const VOID_CREDITS: &str = "Income:Void-Credits";

impl Work<'_> {
    /// Books receipts and credits.
    pub(super) fn records(&mut self) {
        let order = self.order;
        for (index, receipt) in order.received.iter().enumerate() {
            self.receipt(index, receipt);
        }
        for (index, credit) in order.credits.iter().enumerate() {
            self.credit(index, credit);
        }
    }

    fn receipt(&mut self, index: usize, receipt: &Receipt) {
        let source = Source::Receipt(index);
        let path = source.path("amount");
        let Some(amount) = &receipt.amount else {
            let kept = receipt.date.is_none_or(|day| day <= self.as_of());
            return if kept {
                self.leave_out(source.path("date"), no_amount())
            };
        };
        let Some(date) = receipt.date else { return self.leave_out(path, no_date()) };
        if date > self.as_of() {
            return;
        }
        let own = self.own.goods.currency;
        let currency = amount.currency.or(own);
        let commodity = Commodity::from(currency);
        let converted = receipt.fx.as_deref().is_some_and(|fx| fx.order_amount.is_some());
        let counts = counted(receipt, own).map(|(gross, _)| gross);
        let (mut charges, mut aside) = (Decimal::ZERO, Vec::new());
        for charge in &receipt.charges {
            // Of a receipt that counts as converted, charges in the order's currency are within that figure.
            let same = charge.currency.or(own) == currency && !(converted && currency == own);
            if same {
                charges = charges.saturating_add(charge.value);
            } else {
                let of = Commodity::from(charge.currency.or(own));
                aside.push(format!("{} {}", of.figure(charge.value), of.code()));
            }
        }
        let gross = amount.value.saturating_add(charges);
        let mut legs = vec![self.pay(commodity, amount.value)];
        legs.push(Leg { account: Account::named(CHARGES), amount: charges, commodity, worth: None });
        match counts {
            Some(counts) if converted => {
                let over = Account::named(CONVERSION);
                legs.push(Leg { account: over.clone(), amount: -gross, commodity, worth: None });
                legs.push(self.leg(over, counts));
                let priced = commodity != self.commodity && charges.is_zero() && !counts.is_zero();
                for leg in legs.iter_mut().filter(|leg| priced && leg.commodity == commodity) {
                    leg.worth = Some((counts.abs(), self.commodity));
                }
                legs.extend(self.allocation(source, counts, date, Set::Applied));
            }
            Some(counts) => legs.extend(self.allocation(source, counts, date, Set::Applied)),
            None => {
                let account = self.unallocated();
                legs.push(Leg { account, amount: -gross, commodity, worth: None });
            }
        }
        let mut meta = self.notes(source);
        push(&mut meta, "for", receipt.r#for.as_deref());
        push(&mut meta, "shipment", receipt.shipment.as_deref());
        push(&mut meta, "payer", receipt.payer.as_deref());
        push(&mut meta, "bank", receipt.bank.as_deref());
        let rate = receipt.fx.as_deref().and_then(|fx| fx.rate).map(|rate| rate.to_string());
        push(&mut meta, "rate", rate.as_deref());
        push(&mut meta, "uncounted-charges", Some(aside.join(" + ").as_str()));
        push(&mut meta, "advice", receipt.file.as_deref());
        let why = receipt.why.as_deref().unwrap_or_default();
        let text = if amount.value < Decimal::ZERO {
            with(("收款更正", "receipt corrected"), why)
        } else {
            with(("收款", "receipt"), why)
        };
        let reference = receipt.r#ref.clone();
        self.add(Draft {
            date,
            rank: (Rank::Receipt, index),
            text,
            path,
            payee: None,
            reference,
            meta,
            legs,
        });
    }

    fn credit(&mut self, index: usize, credit: &Credit) {
        let source = Source::Credit(index);
        let path = source.path("amount");
        if credit.date.is_some_and(|day| day > self.as_of()) {
            return;
        }
        let Some(amount) = &credit.amount else { return self.leave_out(source.path("kind"), no_amount()) };
        let Some(kind) = credit.kind else {
            return self.leave_out(path, bi!("没有写种类", "its kind is not written"));
        };
        let date = credit.date.unwrap_or_else(|| self.first_day());
        let commodity = Commodity::from(amount.currency.or(self.own.goods.currency));
        let amount = amount.value;
        let leg = |account: Account, amount: Decimal| Leg { account, amount, commodity, worth: None };
        let loose = self.loose(source).is_some();
        let legs = match kind {
            CreditKind::Refund => {
                let paid = self.pay(commodity, -amount);
                let against = match loose {
                    true => vec![leg(self.unallocated(), amount)],
                    false => self.allocation(source, -amount, date, Set::Applied),
                };
                std::iter::once(paid).chain(against).collect()
            }
            CreditKind::Forfeit => {
                let kept = match self.standing {
                    Standing::Void(..) if !loose => self.credit_balance(),
                    _ => self.unallocated(),
                };
                vec![leg(kept, amount), leg(Account::named("Income:Forfeits"), -amount)]
            }
            CreditKind::CreditNote | CreditKind::Discount | CreditKind::WriteOff => {
                let mut legs = vec![leg(Account::named(lowering(kind)), amount)];
                match loose {
                    true => legs.push(leg(self.unallocated(), -amount)),
                    false => legs.extend(self.allocation(source, amount, date, Set::Credited)),
                }
                legs
            }
        };
        let mut meta = self.notes(source);
        push(&mut meta, "for", credit.r#for.as_deref());
        push(&mut meta, "shipment", credit.shipment.as_deref());
        push(&mut meta, "approved-by", credit.by.as_deref());
        push(&mut meta, "complaint", credit.complaint.as_deref());
        let text = with(kind.title(), credit.why.as_deref().unwrap_or_default());
        self.add(Draft {
            date,
            rank: (Rank::Credit, index),
            text,
            path,
            payee: None,
            reference: None,
            meta,
            legs,
        });
    }

    /// The other side of a record that counts `amount` in the order's favour: against the claim, unallocated, or a
    /// credit balance of the buyer.
    fn allocation(&mut self, source: Source, amount: Decimal, date: NaiveDate, set: Set) -> Vec<Leg> {
        let posted = self.money().postings_of(source).map(|p| p.amount);
        let posted = posted.fold(Decimal::ZERO, |sum, part| sum.saturating_add(part));
        let (posted, kept) = match self.is_direct() {
            true => (amount, Decimal::ZERO),
            false => (posted, self.kept(source)),
        };
        let rest = amount.saturating_sub(posted).saturating_sub(kept);
        let claimed = match self.standing {
            Standing::Live(_) => true,
            Standing::Void(bound, day) => bound.is_some() && date < day,
            Standing::Unbound => false,
        };
        let live = matches!(self.standing, Standing::Live(_));
        let to_claim = |work: &mut Self| {
            let sum = match set {
                Set::Applied => &mut work.applied,
                Set::Credited => &mut work.credited,
            };
            *sum = sum.saturating_add(posted);
            work.leg(work.receivable(), -posted)
        };
        match set {
            Set::Credited if !live => {
                let void = Account::named(VOID_CREDITS);
                if claimed {
                    let rest = amount.saturating_sub(posted);
                    vec![to_claim(self), self.leg(void, -rest)]
                } else {
                    vec![self.leg(void, -amount)]
                }
            }
            _ => {
                let first = if claimed { to_claim(self) } else { self.leg(self.credit_balance(), -posted) };
                vec![first, self.leg(self.unallocated(), -kept), self.leg(self.credit_balance(), -rest)]
            }
        }
    }

    /// Why something of a record is set against nothing.
    fn notes(&self, source: Source) -> Vec<(&'static str, String)> {
        let mut reasons: Vec<&str> =
            self.money().unallocated.iter().filter(|u| u.source == source).map(|u| code(u.reason)).collect();
        reasons.dedup();
        let mut meta = Vec::new();
        push(&mut meta, "unallocated", Some(reasons.join(" ").as_str()));
        meta
    }
}

/// What a record is set against the claim as.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Set {
    Applied,
    Credited,
}

/// The account of a credit that lowers what is due.
fn lowering(kind: CreditKind) -> &'static str {
    match kind {
        CreditKind::Discount => "Income:Discounts",
        CreditKind::WriteOff => "Expenses:Write-Off",
        _ => "Income:Credit-Notes",
    }
}

/// The reason in machine formats.
pub(super) fn code(reason: Reason) -> &'static str {
    match reason {
        Reason::Over => "over",
        Reason::Foreign => "foreign",
        Reason::UnknownInstalment => "unknown-instalment",
        Reason::UnknownShipment => "unknown-shipment",
        Reason::Future => "future",
        Reason::NoDate => "no-date",
        Reason::NoReason => "no-reason",
        Reason::BeyondReceived => "beyond-received",
        Reason::BeyondDue => "beyond-due",
        Reason::NoSchedule => "no-schedule",
    }
}

/// A key with its value, where there is one.
pub(super) fn push(meta: &mut Vec<(&'static str, String)>, key: &'static str, value: Option<&str>) {
    meta.extend(value.filter(|v| !v.trim().is_empty()).map(|v| (key, v.to_owned())));
}

/// `贷项通知单 CN26-014`.
pub(super) fn with((zh, en): StaticBi, more: &str) -> Bi {
    match more.trim() {
        "" => Bi { zh: zh.to_owned(), en: en.to_owned() },
        more => bi!("{zh} {more}", "{en} {more}"),
    }
}

pub(super) fn no_date() -> Bi {
    bi!("没有写日期", "its date is not written")
}

pub(super) fn no_amount() -> Bi {
    bi!("没有写金额", "its amount is not written")
}
