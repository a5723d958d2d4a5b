//! The money of an order: what is due and when, which receipt paid it, what secures the rest, who is to be reminded.
//! What we owe is counted; how much that is stands on finance's page.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::documents::anchor_id;
use super::show::{Sheet, amount, file};
use crate::derive::OrderFacts;
use crate::derive::custody::{self, Control, Custody, Holder};
use crate::derive::money::{Line, Posting, Source};
use crate::derive::release::{self, Wait};
use crate::derive::tax;
use crate::model::Order;
use crate::model::document::{Collection, CollectionKind};
use crate::model::money as recorded;
use crate::model::setup::Hidden;
use crate::model::value::{Amount, Currency};
use crate::publish::audience::Sees;
use crate::publish::ctx::Ctx;
use crate::publish::shipments::whereabouts;
use crate::publish::sums::Sums;
use crate::publish::witness::Witness;
use crate::publish::{chase, pay};
use crate::say;
use crate::site::view::{
    CreditClock, Link, LooseMoney, Mark, Money, MoneyCredit, PaidBy, PayCollection, PayLine, PayNote, PaySum,
    Receipt, Reminder, Said,
};
use crate::text::StaticBi;

/// The money of an order.
pub(super) fn of(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, witness: &Witness<'_, '_>) -> Money {
    let money = &facts.money;
    let terms = money.terms.as_ref().map(|t| ctx.text(&t.echo()));
    let states = states(ctx, order, facts);
    Money {
        terms: terms.or_else(|| order.payment.clone()).unwrap_or_default(),
        mark: states.iter().map(|s| s.mark).max_by_key(|mark| urgency(*mark)).unwrap_or_default(),
        states,
        lines: lines(ctx, order, facts),
        credited: money.lines.iter().any(|line| !line.credited.is_zero()),
        total: total(ctx, facts),
        totals: totals(ctx, facts),
        loose: loose(ctx, order, facts),
        custody: custody(ctx, order, facts),
        collections: collections(ctx, order),
        receipts: receipts(ctx, order, facts, witness),
        chases: money.chase.iter().map(|chase| chase::of(ctx, order, facts, chase)).collect(),
        reminders: reminders(ctx, order),
        credits: credits(ctx, order, facts),
        payables: payables(ctx, order),
        notes: notes(ctx, order, facts),
    }
}

/// Which of several states colours a line.
fn urgency(mark: Mark) -> u8 {
    match mark {
        Mark::Late => 6,
        Mark::Warn => 5,
        Mark::Open => 4,
        Mark::Done => 3,
        Mark::Hollow => 2,
        Mark::Todo => 1,
        Mark::Na => 0,
    }
}

/// The state in one word, and what is to be said beside it.
fn states(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<Said> {
    let money = &facts.money;
    if money.lines.is_empty() && order.received.is_empty() {
        return Vec::new();
    }
    let mut all = vec![pay::order_state(ctx, money.state)];
    all.extend(money.overlays.iter().map(|overlay| pay::overlay(ctx, facts, *overlay)));
    all
}

/// The schedule.
fn lines(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<PayLine> {
    facts.money.lines.iter().enumerate().map(|(at, line)| row(ctx, order, facts, at, line)).collect()
}

fn row(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, at: usize, line: &Line) -> PayLine {
    let currency = facts.goods.currency;
    let some = |value: Decimal| if value.is_zero() { String::new() } else { ctx.amount(value, currency) };
    let security = line.outstanding().filter(|_| facts.money.binding && !facts.money.cancelled);
    let due = pay::due(ctx, line);
    let term = pay::term(facts, line);
    PayLine {
        label: pay::label(ctx, facts, line),
        tenor: term.map(|t| pay::tenor(ctx, t)).unwrap_or_default(),
        lot: pay::lot(ctx, facts, line),
        amount: line.amount.map(|amount| ctx.amount(amount, currency)).unwrap_or_default(),
        due,
        received: some(line.applied.saturating_sub(line.charges)),
        charges: some(line.charges),
        credited: some(line.credited),
        open: line
            .open
            .filter(|_| !facts.is_cancelled())
            .map(|open| ctx.amount(open, currency))
            .unwrap_or_default(),
        state: pay::state(ctx, facts, at, line),
        disputed: match line.disputed {
            part if part.is_zero() || Some(part) == line.open => String::new(),
            part => {
                let part = ctx.amount(part, currency);
                say!(ctx, "其中有争议 {part}", "of it disputed {part}")
            }
        },
        security: security.map(|_| pay::security(ctx, order, facts, line)).unwrap_or_default(),
        paid_by: facts
            .money
            .postings
            .iter()
            .filter(|p| p.line == at)
            .map(|p| paid_by(ctx, order, facts, p))
            .collect(),
    }
}

fn paid_by(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, posting: &Posting) -> PaidBy {
    let (date, kind, advice) = match posting.source {
        Source::Receipt(at) => {
            let receipt = order.received.get(at);
            let advice = receipt.map(|r| file(ctx, order, r.file.as_ref())).unwrap_or_default();
            (receipt.and_then(|r| r.date), String::new(), advice)
        }
        Source::Credit(at) => {
            let credit = order.credits.get(at);
            let kind = credit.and_then(|c| c.kind).map(|k| ctx.word(k.title()).to_owned());
            (credit.and_then(|c| c.date), kind.unwrap_or_default(), Link::default())
        }
    };
    let amount = ctx.amount(posting.amount, facts.goods.currency);
    PaidBy { day: date.map(|day| ctx.day(day)), amount, kind, file: advice }
}

/// What the rows add up to.
fn total(ctx: &Ctx<'_>, facts: &OrderFacts) -> Option<PaySum> {
    let lines = &facts.money.lines;
    if lines.len() < 2 {
        return None;
    }
    let sum = |get: fn(&Line) -> Decimal| {
        let sum = lines.iter().map(get).fold(Decimal::ZERO, Decimal::saturating_add);
        ctx.amount(sum, facts.goods.currency)
    };
    let known = lines.iter().all(|line| line.amount.is_some());
    Some(PaySum {
        amount: if known { sum(|l| l.amount.unwrap_or_default()) } else { String::new() },
        received: sum(|l| l.applied.saturating_sub(l.charges)),
        charges: sum(|l| l.charges),
        credited: sum(|l| l.credited),
        open: if known && !facts.is_cancelled() {
            sum(|l| l.open.unwrap_or_default())
        } else {
            String::new()
        },
    })
}

fn totals(ctx: &Ctx<'_>, facts: &OrderFacts) -> Vec<crate::site::view::Field> {
    let (money, currency) = (&facts.money, facts.goods.currency);
    let mut sheet = Sheet::new(ctx);
    let figure = |value: Decimal| ctx.money(value, currency);
    sheet.put(("应收", "Due in total"), money.total.map(figure).unwrap_or_default());
    if !money.received.is_zero() || money.total.is_some() {
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
    if !money.short.is_zero() {
        sheet.put(("水单没列的扣费", "Charges no advice shows"), figure(money.short));
    }
    sheet.fields
}

/// Money that is set against nothing, with the reason.
fn loose(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<LooseMoney> {
    let row = |u: &crate::derive::money::Unallocated| {
        let source = order.origin.place(&u.source.path("amount")).file;
        LooseMoney {
            day: u.source.date(order).map(|day| ctx.day(day)),
            amount: ctx.money(u.amount, u.currency),
            why: pay::unmatched(ctx, u.source, u.reason),
            recorded: Link::new(source.rsplit('/').next().unwrap_or_default(), ctx.file_href(&source, None)),
        }
    };
    ctx.facts.unallocated(order, facts).map(row).collect()
}

/// Where the papers that give the goods are, and what has to come before they are let go.
fn custody(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<PayNote> {
    if facts.is_cancelled() || facts.money.settled {
        return Vec::new();
    }
    let waits = release::waits(ctx.book(), order, facts, ctx.as_of());
    let several = facts.shipments.len() > 1;
    let mut notes = Vec::new();
    for fact in facts.shipments.iter().filter(|s| s.shipped.is_some()) {
        for paper in custody::of(order, fact, ctx.as_of()) {
            let lot = if several { say!(ctx, "第 {} 批 ", "lot {}: ", fact.id) } else { String::new() };
            for (at, (mark, text)) in whereabouts(ctx, false, &paper).into_iter().enumerate() {
                let (mark, more) = tied(ctx, facts, &paper, at, &waits).unwrap_or((mark, String::new()));
                let href = super::paper_href(order, &format!("{}[{}]", paper.key, paper.index));
                notes.push(PayNote { mark, text: Link::new(format!("{lot}{text}{more}"), href) });
            }
        }
    }
    notes
}

/// What the money has to do with where a paper is.
fn tied(
    ctx: &Ctx<'_>,
    facts: &OrderFacts,
    paper: &Custody,
    at: usize,
    waits: &[Wait],
) -> Option<(Mark, String)> {
    let gone = || (Mark::Warn, say!(ctx, "，货款还没收齐", ", not paid in full"));
    let held = match &paper.control {
        Control::Originals(hands) => hands.get(at)?,
        Control::Released { .. } => return Some(gone()),
        Control::NoOriginal => return None,
    };
    let released = matches!(held.step, Some(custody::BankStep::Released(_)));
    match (&held.holder, waits.first()) {
        (Holder::Us, Some(Wait::Money(open))) => {
            let open = ctx.money(*open, facts.goods.currency);
            Some((Mark::Open, say!(ctx, "，收到 {open} 才放", ", released against {open} only")))
        }
        (Holder::Us, Some(Wait::Bank)) => {
            Some((Mark::Open, say!(ctx, "，交银行才能收款", ", to be presented to the bank")))
        }
        (Holder::Us, Some(Wait::Approval)) => {
            Some((Mark::Open, say!(ctx, "，赊销没批，先不放", ", kept until open credit is approved")))
        }
        (Holder::Us | Holder::Bank, Some(Wait::Payment)) if !released => {
            Some((Mark::Open, say!(ctx, "，付款才放单", ", released against payment only")))
        }
        (Holder::Us | Holder::Bank, Some(Wait::Acceptance)) if !released => {
            Some((Mark::Open, say!(ctx, "，承兑才放单", ", released against acceptance only")))
        }
        (Holder::Buyer, _) => Some(gone()),
        (Holder::Bank, _) if released => Some(gone()),
        _ => None,
    }
}

/// The collections of an order, step by step.
fn collections(ctx: &Ctx<'_>, order: &Order) -> Vec<PayCollection> {
    let current = order.docs.collection.iter().enumerate().filter(|(_, c)| c.paper.is_current());
    current.map(|(at, collection)| steps(ctx, at, collection)).collect()
}

fn steps(ctx: &Ctx<'_>, at: usize, collection: &Collection) -> PayCollection {
    let kind = ctx.word(match collection.kind {
        Some(CollectionKind::Da) => ("D/A 托收", "D/A collection"),
        Some(CollectionKind::DpUsance) => ("远期 D/P 托收", "D/P usance collection"),
        Some(CollectionKind::Dp) => ("D/P 托收", "D/P collection"),
        None => ("托收", "collection"),
    });
    let number = collection.paper.number.as_deref().unwrap_or_default();
    let bank = collection.bank.as_deref().map(|b| format!(" · {b}")).unwrap_or_default();
    let anchor = anchor_id("collection", collection.paper.reference().unwrap_or_default(), at);
    let known = |day: Option<NaiveDate>| day.filter(|day| *day <= ctx.as_of());
    let mut list: Vec<CreditClock> = Vec::new();
    let mut put = |label: StaticBi, day: Option<NaiveDate>, mark: Mark| {
        list.extend(day.map(|day| CreditClock {
            label: ctx.word(label).to_owned(),
            day: Some(ctx.day(day)),
            mark,
            ..CreditClock::default()
        }));
    };
    put(("寄单", "Sent"), known(collection.paper.sent), Mark::Done);
    put(("到代收行", "At the collecting bank"), known(collection.at_bank), Mark::Done);
    put(("提示", "Presented"), known(collection.presented), Mark::Done);
    put(("承兑", "Accepted"), known(collection.accepted), Mark::Done);
    let paid = known(collection.paid);
    let maturity = known(collection.accepted).and(collection.maturity);
    let overdue = paid.is_none() && maturity.is_some_and(|day| day < ctx.as_of());
    put(
        ("到期", "Maturity"),
        maturity,
        match (paid, overdue) {
            (Some(_), _) => Mark::Done,
            (None, true) => Mark::Late,
            (None, false) => Mark::Open,
        },
    );
    put(("付款", "Paid"), paid, Mark::Done);
    put(("放单", "Released"), known(collection.documents_released), Mark::Done);
    let title = format!("{kind} {number}{bank}");
    PayCollection { title: Link::new(title.replace("  ", " "), format!("#{anchor}")), steps: list }
}

fn receipts(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, witness: &Witness<'_, '_>) -> Vec<Receipt> {
    let currency = facts.goods.currency;
    let hindsight = |day: Option<chrono::NaiveDate>| day.is_some_and(|day| ctx.facts.is_hindsight(day));
    let mut list: Vec<(usize, &recorded::Receipt)> =
        order.received.iter().enumerate().filter(|(_, r)| !hindsight(r.date)).collect();
    list.sort_by_key(|(index, r)| (r.date, *index));
    let row = |(index, receipt): (usize, &recorded::Receipt)| {
        let charges: Vec<String> = receipt.charges.iter().map(|c| amount(ctx, c, currency)).collect();
        Receipt {
            day: receipt.date.map(|d| ctx.day(d)).unwrap_or_default(),
            amount: receipt.amount.as_ref().map(|a| amount(ctx, a, currency)).unwrap_or_default(),
            charges: charges.join(" + "),
            applied_to: applied(ctx, facts, index),
            payer: receipt.payer.clone().unwrap_or_default(),
            reference: receipt
                .r#ref
                .clone()
                .filter(|_| ctx.audience.sees(Sees::BankReferences))
                .unwrap_or_default(),
            note: receipt_note(ctx, facts, receipt),
            file: file(ctx, order, receipt.file.as_ref()),
            recorded: witness.recorded(&format!("received[{index}]"), receipt.date),
        }
    };
    list.into_iter().map(row).collect()
}

/// What a receipt paid, line by line.
fn applied(ctx: &Ctx<'_>, facts: &OrderFacts, at: usize) -> Vec<String> {
    let postings: Vec<&Posting> = facts.money.postings_of(Source::Receipt(at)).collect();
    let several = postings.len() > 1;
    let text = |posting: &&Posting| {
        let line = facts.money.lines.get(posting.line)?;
        let (label, lot) = (pay::label(ctx, facts, line), pay::lot(ctx, facts, line));
        let part = if several { ctx.amount(posting.amount, facts.goods.currency) } else { String::new() };
        Some(format!("{label} {lot} {part}").split_whitespace().collect::<Vec<_>>().join(" "))
    };
    postings.iter().filter_map(text).collect()
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
        Some("bank") => ("银行查询", "bank inquiry"),
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
    if ctx.audience.sees(Sees::SupplierPayments) {
        let sum = |amounts: &mut dyn Iterator<Item = Option<&Amount>>| -> String {
            let own = order.currency.as_deref().and_then(Currency::parse);
            let amounts = amounts.flatten().filter_map(|a| Some((a.currency.or(own)?, a.value)));
            amounts.collect::<Sums>().text(ctx)
        };
        let billed = sum(&mut order.bills.iter().map(|b| b.amount.as_ref()));
        let gone = sum(&mut order.paid.iter().map(|p| p.amount.as_ref()));
        return say!(
            ctx,
            "应付账单 {bills} 张 {billed}，已付款 {paid} 笔 {gone}",
            "Bills: {bills}, {billed}; payments made: {paid}, {gone}"
        );
    }
    if ctx.audience.hides(Hidden::Paid) {
        return String::new();
    }
    say!(
        ctx,
        "应付账单 {bills} 张，已付款 {paid} 笔（金额不在这里公开）",
        "Bills: {bills}; payments made: {paid} (amounts are not shown here)"
    )
}

/// Until when the money of what has left must be in for the tax refund.
fn notes(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<String> {
    if facts.is_cancelled() || facts.money.settled || facts.shipments.iter().all(|s| s.shipped.is_none()) {
        return Vec::new();
    }
    let file = tax::of(order, facts, ctx.as_of());
    let open = file.exports.iter().filter(|e| e.has_left() && !e.state.is_over());
    let Some(day) = open.filter_map(|e| e.deadline).map(|d| d.day).min() else { return Vec::new() };
    let text = ctx.day(day).text;
    let left = crate::publish::state::left_text(ctx, (day - ctx.as_of()).num_days());
    vec![say!(ctx, "收汇期限（退税）{text}，{left}", "Receipt for the tax refund by {text}, {left}")]
}
