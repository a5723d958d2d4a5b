//! How pages speak about money that is due: what an instalment is called, when it falls due and why, how it stands,
//! what secures it, and why money is set against nothing. The words are the same on every page.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ctx::Ctx;
use crate::derive::OrderFacts;
use crate::derive::cash::{self, Basis};
use crate::derive::custody::{self, Control, Holder};
use crate::derive::money::chase;
use crate::derive::money::{Due, Line, Overlay, PayState, Reason, Security, Source, Trigger, Waiting};
use crate::model::Order;
use crate::model::money::Reminder;
use crate::model::value::{Currency, Event, Instalment, Method, Share, Tenor};
use crate::say;
use crate::site::view::{Mark, PayDue, Said};
use crate::text::Lang;

/// The terms of a line.
#[must_use]
pub fn term<'f>(own: &'f OrderFacts, line: &Line) -> Option<&'f Instalment> {
    own.money.terms.as_ref()?.instalments.get(line.instalment)
}

/// `70% 见提单副本付款`.
#[must_use]
pub fn label(ctx: &Ctx<'_>, own: &OrderFacts, line: &Line) -> String {
    match term(own, line) {
        Some(term) => label_of(ctx, term, own.goods.currency),
        None => ctx.word(line.method.name()).to_owned(),
    }
}

/// The same of an instalment.
#[must_use]
pub fn label_of(ctx: &Ctx<'_>, term: &Instalment, currency: Option<Currency>) -> String {
    format!("{} {}", share(ctx, term, currency), ctx.word(term.method.name()))
}

fn share(ctx: &Ctx<'_>, term: &Instalment, currency: Option<Currency>) -> String {
    match term.share {
        Share::Percent(p) => format!("{}%", p.normalize()),
        Share::Balance => ctx.word(("余款", "balance")).to_owned(),
        Share::Fixed(sum) => ctx.money(sum.value, sum.currency.or(currency)),
    }
}

/// `尾款 40%`, `定金 30%`, `货款`: what people call it among themselves.
#[must_use]
pub fn short(ctx: &Ctx<'_>, own: &OrderFacts, line: &Line) -> String {
    let count = own.money.terms.as_ref().map_or(0, |t| t.instalments.len());
    let name = match line.method {
        Method::Deposit => ("定金", "deposit"),
        Method::BeforeProduction => ("投产前款", "payment before production"),
        _ if count <= 1 => ("货款", "payment"),
        _ if line.instalment.saturating_add(1) == count => ("尾款", "balance"),
        _ => ("中间款", "instalment"),
    };
    let name = ctx.word(name);
    let share = term(own, line).filter(|t| count > 1 && !matches!(t.share, Share::Balance));
    let share = share.map(|t| share_of(ctx, t, own)).unwrap_or_default();
    let text = match share.is_empty() {
        true => name.to_owned(),
        false => say!(ctx, "{name} {share}", "{share} {name}"),
    };
    match lot(ctx, own, line) {
        lot if lot.is_empty() => text,
        lot => say!(ctx, "{lot}{text}", "{text}, {lot}"),
    }
}

fn share_of(ctx: &Ctx<'_>, term: &Instalment, own: &OrderFacts) -> String {
    share(ctx, term, own.goods.currency)
}

/// `第 2 批`, where the order goes in several.
#[must_use]
pub fn lot(ctx: &Ctx<'_>, own: &OrderFacts, line: &Line) -> String {
    let several = own.money.lines.iter().filter(|l| l.instalment == line.instalment).count() > 1;
    match line.shipment.as_deref().filter(|_| several) {
        Some(id) => say!(ctx, "第 {id} 批", "lot {id}"),
        None if several => ctx.word(("还没分批", "not yet in a lot")).to_owned(),
        None => String::new(),
    }
}

/// The tenor as agreed: `提单日后 60 天`; empty where the method says everything.
#[must_use]
pub fn tenor(ctx: &Ctx<'_>, term: &Instalment) -> String {
    let word = |event: Event| ctx.word(event.name());
    match term.tenor {
        Some(Tenor::Sight) => say!(ctx, "即期", "at sight"),
        Some(Tenor::Days(days, event)) => {
            let event = word(event.unwrap_or(term.method.default_event()));
            say!(ctx, "{event}后 {days} 天", "{days} days after {event}")
        }
        Some(Tenor::Eom(0)) => say!(ctx, "发票月末", "end of invoice month"),
        Some(Tenor::Eom(days)) => say!(ctx, "发票月末后 {days} 天", "{days} days after end of invoice month"),
        Some(Tenor::On(_)) => say!(ctx, "约定日", "agreed day"),
        None => String::new(),
    }
}

/// When a line falls due, what starts its clock, and why there is no day.
#[must_use]
pub fn due(ctx: &Ctx<'_>, line: &Line) -> PayDue {
    let due = &line.due;
    PayDue {
        day: due.day.map(|day| ctx.day(day)),
        derived: due.estimated && due.day.is_some(),
        provisional: due.provisional && due.day.is_some(),
        basis: basis(ctx, due),
        waits: due.waiting.map(|why| waiting(ctx, due.trigger, why)).unwrap_or_default(),
    }
}

/// `寄提单副本 11-13`, `装运 ~12-02`, `签约 09-03，遇休息日顺延`.
fn basis(ctx: &Ctx<'_>, due: &Due) -> String {
    // What a bank or the buyer accepted is due as accepted, whatever the days were to count from.
    let by = due.path.as_deref().unwrap_or_default();
    let what = match by {
        path if path.ends_with(".maturity") => ctx.word(("承兑", "acceptance")),
        path if path.starts_with("presentation[") && due.trigger == Trigger::Shipped => {
            ctx.word(Trigger::Presented.title())
        }
        _ => ctx.word(due.trigger.title()),
    };
    let Some(event) = due.event.filter(|_| due.trigger != Trigger::Fixed) else {
        return if due.day.is_some() { what.to_owned() } else { String::new() };
    };
    let tilde = if due.estimated { "~" } else { "" };
    let event = ctx.day(event).text;
    let moved = match (due.raw, due.day) {
        (Some(raw), Some(day)) if day > raw => {
            let raw = ctx.weekday(raw).text;
            say!(ctx, "，{raw} 休息，顺延", ", {raw} is closed: next open day")
        }
        (Some(raw), Some(day)) if day < raw => {
            let raw = ctx.weekday(raw).text;
            say!(ctx, "，{raw} 休息，提前", ", {raw} is closed: the day before")
        }
        _ => String::new(),
    };
    say!(ctx, "{what} {tilde}{event}{moved}", "{what} {tilde}{event}{moved}")
}

/// Why a line has no day.
#[must_use]
pub fn waiting(ctx: &Ctx<'_>, trigger: Trigger, why: Waiting) -> String {
    let event = ctx.word(trigger.title());
    match why {
        Waiting::Signature => say!(ctx, "等签约", "waits for signature"),
        Waiting::Acceptance => say!(ctx, "等承兑", "waits for acceptance"),
        Waiting::Refused => say!(ctx, "银行拒付，没有到期日", "refused by the bank: no due day"),
        Waiting::Event => say!(ctx, "等{event}，没写计划", "waits for {event}, not planned"),
    }
}

/// How a line stands, with the day that was promised for it.
#[must_use]
pub fn state(ctx: &Ctx<'_>, own: &OrderFacts, at: usize, line: &Line) -> Said {
    let said = standing(ctx, own, line);
    let waits = line.outstanding().is_some() && own.money.binding && !own.money.cancelled;
    let expected = if waits { expected(ctx, own, Some(at)) } else { String::new() };
    Said { text: format!("{}{expected}", said.text), ..said }
}

/// How a line stands, in a word.
#[must_use]
pub fn standing(ctx: &Ctx<'_>, own: &OrderFacts, line: &Line) -> Said {
    let said = |mark: Mark, text: String| Said { mark, text };
    let money = &own.money;
    if money.cancelled {
        return said(Mark::Na, say!(ctx, "订单取消，不再应收", "cancelled, no longer due"));
    }
    if line.settled {
        let figure = ctx.amount(line.short, own.goods.currency);
        return match line.short.is_zero() {
            true => said(Mark::Done, say!(ctx, "收齐", "settled")),
            false => said(
                Mark::Done,
                say!(ctx, "收齐，少 {figure} 按手续费算", "settled; {figure} short, taken as charges"),
            ),
        };
    }
    let Some(open) = line.open else {
        return said(Mark::Todo, say!(ctx, "金额还不知道", "amount not known yet"));
    };
    if !money.binding {
        return said(Mark::Todo, say!(ctx, "还没签约", "not signed yet"));
    }
    if line.overdue > 0 {
        let late = overdue(ctx, line.overdue);
        return match line.disputed >= open {
            true => said(Mark::Warn, say!(ctx, "{late}，有争议", "{late}, disputed")),
            false => said(Mark::Late, late),
        };
    }
    if line.due.waiting == Some(Waiting::Refused) {
        return said(Mark::Late, ctx.word(("银行拒付", "refused by the bank")).to_owned());
    }
    match line.due.day {
        Some(day) if !line.due.estimated => said(Mark::Open, left(ctx, (day - ctx.as_of()).num_days())),
        Some(_) => said(Mark::Todo, ctx.word(("未到期", "not due yet")).to_owned()),
        None => said(Mark::Todo, ctx.word(("没有到期日", "no due day yet")).to_owned()),
    }
}

/// `逾期 85 天`.
#[must_use]
pub fn overdue(ctx: &Ctx<'_>, days: i64) -> String {
    match days {
        1 => say!(ctx, "逾期 1 天", "1 day overdue"),
        _ => say!(ctx, "逾期 {days} 天", "{days} days overdue"),
    }
}

/// Two words beside each other: Chinese keeps them together unless the first ends in a figure.
#[must_use]
pub fn beside(ctx: &Ctx<'_>, first: &str, second: &str) -> String {
    let apart = ctx.lang == Lang::En || first.ends_with(|c: char| c.is_ascii());
    format!("{first}{}{second}", if apart { " " } else { "" })
}

/// `今天到期`, `3 天后到期`.
fn left(ctx: &Ctx<'_>, days: i64) -> String {
    match days {
        0 => say!(ctx, "今天到期", "due today"),
        1 => say!(ctx, "明天到期", "due tomorrow"),
        _ => say!(ctx, "{days} 天后到期", "due in {days} days"),
    }
}

/// `，预计 11-27`, where somebody said so.
#[must_use]
pub fn expected(ctx: &Ctx<'_>, own: &OrderFacts, line: Option<usize>) -> String {
    match cash::expect(own, line, ctx.as_of()) {
        (Some(day), Basis::Forecast) => {
            let day = ctx.day(day).text;
            say!(ctx, "，预计 {day}", ", expected {day}")
        }
        _ => String::new(),
    }
}

/// What stands behind what is open: `正本在手`, `无保障`.
#[must_use]
pub fn security(ctx: &Ctx<'_>, order: &Order, own: &OrderFacts, line: &Line) -> Said {
    let shipments = || {
        let mine = |id: &str| line.shipment.as_deref().is_none_or(|own| own == id);
        own.shipments.iter().filter(move |s| mine(&s.id))
    };
    let (mark, word) = match line.security {
        Security::Secured => (Mark::Done, ("信用证", "L/C")),
        Security::Controlled if !shipments().any(|s| s.shipped.is_some()) => {
            (Mark::Open, ("货在我方", "goods with us"))
        }
        Security::Controlled => {
            let left = shipments().filter(|s| s.shipped.is_some());
            let at_bank = left.flat_map(|s| custody::of(order, s, ctx.as_of())).any(|paper| {
                matches!(&paper.control, Control::Originals(hands)
                    if hands.iter().any(|h| h.holder == Holder::Bank))
            });
            match (line.method, at_bank) {
                (Method::Cod, _) => (Mark::Open, ("货没交", "goods not handed over")),
                (_, true) => (Mark::Open, ("单据在银行", "documents at the bank")),
                (_, false) => (Mark::Open, ("正本在手", "originals in hand")),
            }
        }
        Security::Unsecured if line.overdue > 0 => (Mark::Late, ("无保障", "unsecured")),
        Security::Unsecured => (Mark::Warn, ("无保障", "unsecured")),
        Security::Pending => (Mark::Todo, Security::Pending.title()),
    };
    Said { mark, text: ctx.word(word).to_owned() }
}

/// The state of an order's money in one word.
#[must_use]
pub fn order_state(ctx: &Ctx<'_>, state: PayState) -> Said {
    let mark = match state {
        PayState::PaidInFull => Mark::Done,
        PayState::DepositPaid | PayState::PartPaid | PayState::Due | PayState::DepositDue => Mark::Open,
        PayState::NoneDue => Mark::Todo,
        PayState::Cancelled => Mark::Na,
    };
    Said { mark, text: ctx.word(state.title()).to_owned() }
}

/// What else is to be said about it.
#[must_use]
pub fn overlay(ctx: &Ctx<'_>, own: &OrderFacts, overlay: Overlay) -> Said {
    let figure = |amount: Decimal| ctx.money(amount, own.goods.currency);
    let day = |day: NaiveDate| ctx.day(day).text;
    let (mark, text) = match overlay {
        Overlay::Overdue(days, amount) => {
            let (late, figure) = (overdue(ctx, days), figure(amount));
            (Mark::Late, format!("{late} {figure}"))
        }
        Overlay::Disputed(amount) => {
            let figure = figure(amount);
            (Mark::Warn, say!(ctx, "有争议 {figure}", "{figure} disputed"))
        }
        Overlay::AwaitingAcceptance => (Mark::Open, say!(ctx, "等承兑", "waits for acceptance")),
        Overlay::AtBank(since) => {
            let since = day(since);
            (Mark::Open, say!(ctx, "{since} 起单据在银行", "documents at the bank since {since}"))
        }
        Overlay::Refused(on) => {
            let on = day(on);
            (Mark::Late, say!(ctx, "{on} 银行拒付", "refused by the bank {on}"))
        }
        Overlay::Accepted(until) => {
            let shown = ctx.weekday(until).text;
            match until < ctx.as_of() {
                true => (Mark::Warn, say!(ctx, "已承兑，{shown} 到期没付", "accepted, was due {shown}")),
                false => (Mark::Open, say!(ctx, "已承兑，{shown} 到期", "accepted, due {shown}")),
            }
        }
        Overlay::Overpaid(amount) => {
            let figure = figure(amount);
            (Mark::Warn, say!(ctx, "多收 {figure}，要处理", "{figure} over-paid, to be settled"))
        }
        Overlay::RefundDue(amount) => {
            let figure = figure(amount);
            (Mark::Late, say!(ctx, "{figure} 要退还或定下来", "{figure} to be paid back or decided on"))
        }
        Overlay::WrittenOff(amount) => {
            let figure = figure(amount);
            (Mark::Na, say!(ctx, "核销 {figure}", "{figure} written off"))
        }
        Overlay::Unallocated => (Mark::Warn, say!(ctx, "有款没对上", "money not matched")),
    };
    Said { mark, text }
}

/// Why money is set against nothing, and what to do about it.
#[must_use]
pub fn unmatched(ctx: &Ctx<'_>, source: Source, reason: Reason) -> String {
    let credit = matches!(source, Source::Credit(_));
    match reason {
        Reason::Over if credit => {
            say!(
                ctx,
                "贷项比应收多：算客户的余额，抵下一单或退还",
                "credited more than was due: a balance of the customer, to be set off or paid back"
            )
        }
        Reason::Over => {
            say!(
                ctx,
                "比应收多：算客户的余额，抵下一单或退还",
                "more than was due: a balance of the customer, to be set off or paid back"
            )
        }
        Reason::Foreign => say!(
            ctx,
            "币种和订单不同，没写折多少：补 fx.order_amount",
            "another currency, and nobody wrote what it counts for: add fx.order_amount"
        ),
        Reason::UnknownInstalment => say!(
            ctx,
            "for 写的哪一期对不上：改成第几期，或删掉",
            "`for` names no instalment of the order: write its number, or leave it out"
        ),
        Reason::UnknownShipment => {
            say!(ctx, "shipment 写的批次订单里没有", "`shipment` names none of the order's")
        }
        Reason::Future => say!(ctx, "日期还没到，先不算", "dated later: not in yet"),
        Reason::NoDate => say!(ctx, "没写日期，不知道到没到", "no date: nobody knows whether it came"),
        Reason::NoReason => {
            say!(ctx, "负数没写理由：补 why", "negative without a reason: add `why`")
        }
        Reason::BeyondReceived => say!(ctx, "退的比收的多", "takes back more than came in"),
        Reason::BeyondDue => say!(ctx, "核销的比没收的多", "writes off more than was open"),
        Reason::NoSchedule => say!(
            ctx,
            "付款条款或总额还不清楚，没法对",
            "terms or total are not known: nothing to set it against"
        ),
    }
}

/// The last reminder known by the day of the facts that was meant for a line.
#[must_use]
pub fn reminded<'o>(ctx: &Ctx<'_>, order: &'o Order, own: &OrderFacts, line: &Line) -> Option<&'o Reminder> {
    let at = chase::last(ctx.book(), order, &own.money, line, ctx.as_of())?;
    order.reminders.get(at)
}
