//! Money as recorded: instalments, receipts with their charges, reminders, credits. What we owe is counted, never
//! shown: purchase prices are not for this tree.

use rust_decimal::Decimal;

use super::show::{Sheet, amount, file};
use crate::derive::{OrderFacts, StageState};
use crate::model::Order;
use crate::model::money as recorded;
use crate::model::stage::{Milestone, StageKey};
use crate::model::value::{Currency, Event, Instalment as Term, Method, Share, Tenor};
use crate::publish::ctx::Ctx;
use crate::publish::state::{days_late, late_text};
use crate::say;
use crate::site::view::{Instalment, Link, Mark, Money, MoneyCredit, Receipt, Reminder};

/// The money of an order.
pub(super) fn of(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Money {
    let money = &facts.money;
    let terms = money.terms.as_ref().map(|t| ctx.text(&t.echo()));
    Money {
        terms: terms.or_else(|| order.payment.clone()).unwrap_or_default(),
        instalments: instalments(ctx, order, facts),
        totals: totals(ctx, facts),
        receipts: receipts(ctx, order, facts),
        reminders: reminders(ctx, order),
        credits: credits(ctx, order, facts),
        payables: payables(ctx, order),
        notes: notes(ctx, facts),
    }
}

fn totals(ctx: &Ctx<'_>, facts: &OrderFacts) -> Vec<crate::site::view::Field> {
    let (money, currency) = (&facts.money, facts.goods.currency);
    let mut sheet = Sheet::new(ctx);
    let figure = |value: Decimal| ctx.money(value, currency);
    sheet.put(("应收", "Due in total"), money.total.map(figure).unwrap_or_default());
    if !money.received.is_zero() || !order_is_new(facts) {
        sheet.put(("已收", "Received"), figure(money.received));
    }
    let others = [
        (money.charges, ("其中银行扣费", "of that, bank charges")),
        (money.credited, ("贷项、折扣、核销", "Credited")),
        (money.refunded, ("退款", "Refunded")),
        (money.forfeited, ("没收定金", "Deposit kept")),
    ];
    for (value, label) in others {
        if !value.is_zero() {
            sheet.put(label, figure(value));
        }
    }
    match money.open {
        Some(open) if open < Decimal::ZERO => sheet.put(("多收", "Over-paid"), figure(-open)),
        Some(open) => sheet.put(("未收", "Open"), figure(open)),
        None => {}
    }
    sheet.fields
}

/// Nothing is due and nothing came: the line of zeros says nothing.
fn order_is_new(facts: &OrderFacts) -> bool {
    facts.money.total.is_none()
}

/// One instalment with what came in for it.
struct Part {
    due: Option<Decimal>,
    net: Decimal,
    charges: Decimal,
    credited: Decimal,
    basis: Option<usize>,
}

impl Part {
    fn open(&self) -> Option<Decimal> {
        self.due?.checked_sub(self.net)?.checked_sub(self.charges)?.checked_sub(self.credited)
    }
}

fn instalments(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<Instalment> {
    let Some(terms) = &facts.money.terms else { return Vec::new() };
    let parts = allocate(ctx, order, facts);
    let first_open = parts.iter().position(|p| p.open().is_none_or(|open| open > Decimal::ZERO));
    terms
        .instalments
        .iter()
        .zip(&parts)
        .enumerate()
        .map(|(index, (term, part))| {
            let last = index + 1 == parts.len();
            instalment(ctx, order, facts, term, part, (first_open == Some(index), last))
        })
        .collect()
}

fn instalment(
    ctx: &Ctx<'_>,
    order: &Order,
    facts: &OrderFacts,
    term: &Term,
    part: &Part,
    (is_next, is_last): (bool, bool),
) -> Instalment {
    let currency = facts.goods.currency;
    let some = |value: Decimal| if value.is_zero() { String::new() } else { ctx.amount(value, currency) };
    let open = part.open();
    let settled = facts.money.settled || open.is_some_and(|open| open <= Decimal::ZERO);
    let paid = facts.progress.milestone(Milestone::Paid);
    let late = days_late(ctx, &paid).filter(|_| is_next && is_last && collecting(facts));
    let (mark, note) = if facts.is_cancelled() {
        (Mark::Na, say!(ctx, "订单取消，不再应收", "cancelled, no longer due"))
    } else if settled {
        (Mark::Done, say!(ctx, "收齐", "settled"))
    } else if let Some(days) = late {
        let late = late_text(ctx, days);
        let expected = paid.forecast.filter(|day| *day >= ctx.as_of()).map(|day| ctx.day(day).text);
        let text = match expected {
            Some(day) => say!(ctx, "比计划{late}，预计 {day}", "{late}, expected {day}"),
            None => say!(ctx, "比计划{late}", "{late}"),
        };
        (Mark::Late, text)
    } else if is_next {
        (Mark::Open, expected(ctx, &paid, is_last))
    } else {
        (Mark::Todo, String::new())
    };
    Instalment {
        label: label(ctx, term),
        due: part.due.map(|due| ctx.amount(due, currency)).unwrap_or_default(),
        trigger: trigger(ctx, term),
        day: match term.tenor {
            Some(Tenor::On(day)) => Some(ctx.day(day)),
            _ => None,
        },
        derived: false,
        received: some(part.net),
        charges: some(part.charges),
        open: open
            .filter(|_| !facts.is_cancelled())
            .map(|open| ctx.amount(open, currency))
            .unwrap_or_default(),
        mark,
        note,
        basis: part
            .basis
            .and_then(|index| order.received.get(index))
            .map(|receipt| file(ctx, order, receipt.file.as_ref()))
            .unwrap_or_default(),
    }
}

fn collecting(facts: &OrderFacts) -> bool {
    facts
        .progress
        .stage(StageKey::Collect)
        .is_some_and(|s| matches!(s.state, StageState::Open | StageState::Late))
}

fn expected(ctx: &Ctx<'_>, paid: &crate::derive::MilestoneFact, is_last: bool) -> String {
    match paid.forecast.filter(|_| is_last) {
        Some(day) => {
            let day = ctx.day(day).text;
            say!(ctx, "预计 {day}", "expected {day}")
        }
        None => say!(ctx, "未收", "open"),
    }
}

/// `30% 定金`.
fn label(ctx: &Ctx<'_>, term: &Term) -> String {
    let share = match term.share {
        Share::Percent(p) => format!("{}%", p.normalize()),
        Share::Balance => ctx.word(("余款", "balance")).to_owned(),
        Share::Fixed(sum) => amount(ctx, &sum, None),
    };
    format!("{share} {}", ctx.word(term.method.name()))
}

/// What starts the clock: `签约`, `装运后 30 天`.
fn trigger(ctx: &Ctx<'_>, term: &Term) -> String {
    let word = |event: Event| ctx.word(event.name());
    match term.tenor {
        Some(Tenor::Sight) => say!(ctx, "见单即付", "at sight"),
        Some(Tenor::Days(days, event)) => {
            let event = word(event.unwrap_or(term.method.default_event()));
            say!(ctx, "{event}后 {days} 天", "{days} days after {event}")
        }
        Some(Tenor::Eom(0)) => say!(ctx, "发票月末", "end of invoice month"),
        Some(Tenor::Eom(days)) => say!(ctx, "发票月末后 {days} 天", "{days} days after end of invoice month"),
        Some(Tenor::On(_)) => say!(ctx, "约定日", "fixed date"),
        None => match term.method {
            Method::BeforeProduction => say!(ctx, "投产前", "before production"),
            Method::BeforeShipment => say!(ctx, "装运前", "before shipment"),
            Method::CopyBl => say!(ctx, "见提单副本", "copy of the B/L"),
            method => word(method.default_event()).to_owned(),
        },
    }
}

/// Sets receipts against instalments: those named by the receipt, else the oldest that is open; what is too much
/// goes to the next, and the last takes the rest. Credits lower the last ones first.
fn allocate(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<Part> {
    let mut parts: Vec<Part> = facts
        .money
        .instalments
        .iter()
        .map(|i| Part {
            due: i.amount,
            net: Decimal::ZERO,
            charges: Decimal::ZERO,
            credited: Decimal::ZERO,
            basis: None,
        })
        .collect();
    let mut receipts: Vec<(usize, &recorded::Receipt)> =
        order.received.iter().enumerate().filter(|(_, r)| r.date.is_some_and(|d| d <= ctx.as_of())).collect();
    receipts.sort_by_key(|(index, r)| (r.date, *index));
    for (index, receipt) in receipts {
        let Some((net, charges)) = counted(receipt, facts.goods.currency) else { continue };
        let named = receipt.r#for.as_deref().and_then(|name| named(facts, name));
        put(&mut parts, named, index, net, charges);
    }
    // Refunds are money that did not stay; they raise what is open at the last instalment, as credits lower it.
    let mut credit = facts.money.credited.saturating_sub(facts.money.refunded);
    for part in parts.iter_mut().rev() {
        let open = part.open().unwrap_or_default();
        let take = if credit > Decimal::ZERO { credit.min(open.max(Decimal::ZERO)) } else { credit };
        part.credited = part.credited.saturating_add(take);
        credit = credit.saturating_sub(take);
    }
    parts
}

fn put(parts: &mut [Part], named: Option<usize>, index: usize, mut net: Decimal, mut charges: Decimal) {
    if net.saturating_add(charges) < Decimal::ZERO {
        // A correction takes back from what was paid last.
        let at = named.or_else(|| parts.iter().rposition(|p| p.basis.is_some())).unwrap_or(0);
        if let Some(part) = parts.get_mut(at) {
            part.net = part.net.saturating_add(net);
            part.charges = part.charges.saturating_add(charges);
        }
        return;
    }
    let from = named.unwrap_or(0);
    let count = parts.len();
    for (at, part) in parts.iter_mut().enumerate().skip(from) {
        let open = part.open().unwrap_or_default();
        let last = at + 1 == count;
        if open <= Decimal::ZERO && !last {
            continue;
        }
        let gross = net.saturating_add(charges);
        let take = if last { gross } else { gross.min(open) };
        let fee = charges.min(take);
        part.charges = part.charges.saturating_add(fee);
        part.net = part.net.saturating_add(take.saturating_sub(fee));
        part.basis = Some(index);
        charges = charges.saturating_sub(fee);
        net = gross.saturating_sub(take).saturating_sub(charges);
        if net.is_zero() && charges.is_zero() {
            return;
        }
    }
}

/// Net and charges of a receipt in the order's currency; nothing for a foreign one without a conversion.
fn counted(receipt: &recorded::Receipt, own: Option<Currency>) -> Option<(Decimal, Decimal)> {
    let amount = receipt.amount.as_ref()?;
    if let Some(converted) = receipt.fx.as_deref().and_then(|fx| fx.order_amount.as_ref()) {
        return Some((converted.value, Decimal::ZERO));
    }
    let is_own = |currency: Option<Currency>| currency.is_none() || currency == own;
    let charges = receipt.charges.iter().filter(|c| is_own(c.currency));
    let charges = charges.fold(Decimal::ZERO, |sum, c| sum.saturating_add(c.value));
    is_own(amount.currency).then_some((amount.value, charges))
}

/// The instalment that a receipt names, by position from 1 or by method.
fn named(facts: &OrderFacts, name: &str) -> Option<usize> {
    let terms = facts.money.terms.as_ref()?;
    if let Ok(position) = name.trim().parse::<usize>() {
        return position.checked_sub(1).filter(|at| *at < terms.instalments.len());
    }
    let method = if name == "balance" { None } else { Some(Method::parse(name.trim())?) };
    match method {
        Some(method) => terms.instalments.iter().position(|t| t.method == method),
        None => terms.instalments.len().checked_sub(1),
    }
}

fn receipts(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<Receipt> {
    let currency = facts.goods.currency;
    let mut list: Vec<(usize, &recorded::Receipt)> = order.received.iter().enumerate().collect();
    list.sort_by_key(|(index, r)| (r.date, *index));
    let row = |(index, receipt): (usize, &recorded::Receipt)| {
        let charges: Vec<String> = receipt.charges.iter().map(|c| amount(ctx, c, currency)).collect();
        let source = order.origin.place(&format!("received[{index}]")).file;
        Receipt {
            day: receipt.date.map(|d| ctx.day(d)).unwrap_or_default(),
            amount: receipt.amount.as_ref().map(|a| amount(ctx, a, currency)).unwrap_or_default(),
            charges: charges.join(" + "),
            applied_to: applied(ctx, facts, receipt),
            payer: receipt.payer.clone().unwrap_or_default(),
            reference: receipt.r#ref.clone().unwrap_or_default(),
            note: receipt_note(ctx, facts, receipt),
            file: file(ctx, order, receipt.file.as_ref()),
            recorded: Link::new(source.rsplit('/').next().unwrap_or_default(), ctx.file_href(&source, None)),
        }
    };
    list.into_iter().map(row).collect()
}

fn applied(ctx: &Ctx<'_>, facts: &OrderFacts, receipt: &recorded::Receipt) -> String {
    let Some(name) = receipt.r#for.as_deref() else { return String::new() };
    let term = named(facts, name).and_then(|at| facts.money.terms.as_ref()?.instalments.get(at));
    term.map_or_else(|| name.to_owned(), |term| label(ctx, term))
}

fn receipt_note(ctx: &Ctx<'_>, facts: &OrderFacts, receipt: &recorded::Receipt) -> String {
    let mut parts: Vec<String> = receipt.why.iter().cloned().collect();
    if let Some(fx) = receipt.fx.as_deref() {
        let counted = fx.order_amount.as_ref().map(|a| amount(ctx, a, facts.goods.currency));
        let rate = fx.rate.map(|r| ctx.number(r)).unwrap_or_default();
        if let Some(counted) = counted {
            parts.push(say!(ctx, "按 {rate} 折 {counted}", "counts as {counted} at {rate}"));
        }
    }
    if let Some(shipment) = &receipt.shipment {
        parts.push(say!(ctx, "第 {shipment} 批", "shipment {shipment}"));
    }
    if receipt.date.is_some_and(|day| day > ctx.as_of()) {
        parts.push(say!(ctx, "还没到这一天，未计入", "in the future, not counted"));
    }
    parts.join(ctx.word(("；", "; ")))
}

fn reminders(ctx: &Ctx<'_>, order: &Order) -> Vec<Reminder> {
    let mut list: Vec<&recorded::Reminder> = order.reminders.iter().filter(|r| ctx.known(r.date)).collect();
    list.sort_by_key(|r| r.date);
    let row = |reminder: &recorded::Reminder| {
        let who = reminder.who.as_deref().map(|id| ctx.person(id)).unwrap_or_default();
        let escalated = reminder.escalated.as_deref().map(|id| ctx.person(id));
        Reminder {
            day: reminder.date.map(|d| ctx.day(d)).unwrap_or_default(),
            how: how(ctx, reminder.how.as_deref()),
            who: match escalated {
                Some(to) => say!(ctx, "{who}，报给 {to}", "{who}, escalated to {to}"),
                None => who,
            },
            said: reminder.said.clone().unwrap_or_default(),
            step: reminder.step.clone().unwrap_or_default(),
        }
    };
    list.into_iter().map(row).collect()
}

fn how(ctx: &Ctx<'_>, how: Option<&str>) -> String {
    let word = match how {
        Some("mail") => ("邮件", "mail"),
        Some("chat") => ("聊天", "chat"),
        Some("phone") => ("电话", "phone"),
        Some("letter") => ("信函", "letter"),
        other => return other.unwrap_or_default().to_owned(),
    };
    ctx.word(word).to_owned()
}

fn credits(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<MoneyCredit> {
    let row = |credit: &recorded::Credit| MoneyCredit {
        day: credit.date.map(|d| ctx.day(d)).unwrap_or_default(),
        kind: credit.kind.map(|k| ctx.word(k.title()).to_owned()).unwrap_or_default(),
        amount: credit.amount.as_ref().map(|a| amount(ctx, a, facts.goods.currency)).unwrap_or_default(),
        why: credit.why.clone().unwrap_or_default(),
        by: credit.by.as_deref().map(|id| ctx.person(id)).unwrap_or_default(),
    };
    order.credits.iter().filter(|c| ctx.known(c.date)).map(row).collect()
}

fn payables(ctx: &Ctx<'_>, order: &Order) -> String {
    let (bills, paid) = (order.bills.len(), order.paid.len());
    if bills + paid == 0 {
        return String::new();
    }
    say!(
        ctx,
        "应付账单 {bills} 张，已付款 {paid} 笔（金额不在这里公开）",
        "Bills: {bills}; payments made: {paid} (amounts are not shown here)"
    )
}

fn notes(ctx: &Ctx<'_>, facts: &OrderFacts) -> Vec<String> {
    let foreign = facts.money.foreign.iter().filter(|(_, sum)| !sum.is_zero());
    foreign
        .map(|(code, sum)| {
            let sum = format!("{code} {}", ctx.amount(*sum, Currency::parse(code)));
            say!(ctx, "另收 {sum}，没有登记折算，未计入", "{sum} received without a conversion, not counted")
        })
        .collect()
}
