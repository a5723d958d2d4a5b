//! `pay-receipt-allocated`: a receipt or a credit that cannot be set against what it says it is for.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use crate::check::shared::{figures, money};
use crate::derive::ahead;
use crate::derive::money::{Line, Money, Posting, Reason, Source, Unallocated, lowers, tolerance};
use crate::model::money::{Credit, CreditKind, Receipt};
use crate::model::value::Method;
use crate::model::value::near::did_you_mean;
use crate::text::{Bi, Lang};

use super::super::prelude::*;

/// The rule.
pub static RULE: Rule = Rule {
    name: "pay-receipt-allocated",
    group: Group::Money,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.3.0",
    source: ("公司规定", "house rule"),
    title: ("收款对不上哪一期", "receipt not set against what is due"),
    docs: Docs {
        checks: (
            "每条 [[received]] 有金额和到账日；金额和手续费不是负数（更正写负数，要有 `why`），也不是 0；`for` 是付款方式里的一期：序号，或只出现一次的方式；写明付哪一期、哪一批的，不比那一期当时的差额多（多出容差以外的算到了别的期；全都收齐以后多出来的由 pay-overpaid 说）；冲回、退款不比收到的多。[[credits]] 有种类和金额，币种是订单的，收回前面一条的写负数、要有 `why`，核销不比应收多。收了钱、订单却没有付款方式或货物的，给警告。付款方式读不懂由 payment-terms 说，批次不存在由 ref-unknown 说，日期在将来由 dates-plausible 说，外币由 pay-currency-mismatch 说。",
            "Each [[received]] has an amount and a value date; amount and charges are not negative (a correction is, and has `why`) and not 0; `for` is an instalment of the payment terms: its position, or a method that is there once; one that names its instalment or shipment is not for more than that had open at the time (what goes beyond it and the tolerance counted for another; what is left when all is paid is for pay-overpaid); nothing takes back or pays back more than came in. [[credits]] have a kind and an amount in the order's currency, one that withdraws an earlier one is negative and has `why`, and a write-off is not for more than is due. Money on an order without payment terms or goods is a warning. Terms that cannot be read are for payment-terms, unknown shipments for ref-unknown, dates to come for dates-plausible, other currencies for pay-currency-mismatch.",
        ),
        why: (
            "钱算到了别的期，定金看着没到、余款看着到了，放单、投产的判断全跟着错。",
            "Money that counts for the wrong instalment makes a deposit look missing and a balance look paid; production and papers are released on that.",
        ),
        fix: (
            "照水单改。不知道付哪一期就删掉 `for`，按到期先后自动分。",
            "Correct it from the bank's advice. Where nobody knows what it is for, remove `for`: it then goes to what is due first.",
        ),
    },
    example: example!("pay-receipt-allocated"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for (i, receipt) in case.order.received.iter().enumerate() {
        if receipt.date.is_none_or(|day| day <= case.as_of()) {
            incomplete(case, i, receipt, out);
        }
    }
    for (i, credit) in case.order.credits.iter().enumerate() {
        if credit.date.is_none_or(|day| day <= case.as_of()) {
            incomplete_credit(case, i, credit, out);
        }
    }
    for kept in &case.facts.money.unallocated {
        unallocated(case, kept, out);
    }
    if case.facts.is_cancelled() {
        return;
    }
    nowhere(case, out);
    let posted = by_source(&case.facts.money);
    let receipts = case.order.received.iter().enumerate();
    let receipts = receipts.map(|(i, r)| (Source::Receipt(i), r.r#for.as_deref(), r.shipment.as_deref()));
    let credits = case.order.credits.iter().enumerate();
    let credits = credits.map(|(i, c)| (Source::Credit(i), c.r#for.as_deref(), c.shipment.as_deref()));
    let named = receipts.chain(credits).filter(|(_, of, shipment)| of.is_some() || shipment.is_some());
    let spills = named.filter(|(source, of, shipment)| {
        let named = Named::of(&case.facts.money, *of, *shipment);
        posted.get(source).is_some_and(|own| !named.beyond(&case.facts.money, own).is_zero())
    });
    for (source, of, shipment) in spills.take(MOST) {
        spilled(case, source, (of, shipment), out);
    }
}

/// Records that are looked at on their own day: each costs the money of that day.
const MOST: usize = 50;

/// What each record was set against.
fn by_source(money: &Money) -> BTreeMap<Source, Vec<&Posting>> {
    let mut all: BTreeMap<Source, Vec<&Posting>> = BTreeMap::new();
    for posting in &money.postings {
        all.entry(posting.source).or_default().push(posting);
    }
    all
}

/// The lines that a record names.
struct Named<'a> {
    instalment: Option<usize>,
    shipment: Option<&'a str>,
}

impl<'a> Named<'a> {
    fn of(money: &Money, of: Option<&str>, shipment: Option<&'a str>) -> Self {
        Self { instalment: of.and_then(|of| money.named(of)), shipment }
    }

    fn holds(&self, line: &Line) -> bool {
        let own = line.shipment.is_none() || line.shipment.as_deref() == self.shipment;
        self.instalment.is_none_or(|at| line.instalment == at) && (self.shipment.is_none() || own)
    }

    /// What of its postings went to other lines.
    fn beyond(&self, money: &Money, own: &[&Posting]) -> Decimal {
        let others = own.iter().filter(|p| money.lines.get(p.line).is_some_and(|line| !self.holds(line)));
        others.fold(Decimal::ZERO, |sum, p| sum.saturating_add(p.amount.abs()))
    }
}

/// `收款 USD 10,000.00`, `贷项 USD 50.00`.
fn called(case: &Case<'_>, source: Source) -> Bi {
    let own = case.facts.goods.currency;
    let amount = match source {
        Source::Receipt(i) => case.order.received.get(i).and_then(|r| r.amount),
        Source::Credit(i) => case.order.credits.get(i).and_then(|c| c.amount),
    };
    let figure = amount.map(|a| figures::money(a.value, a.currency.or(own))).unwrap_or_default();
    match source {
        Source::Receipt(_) => bi!("收款 {figure}", "receipt of {figure}"),
        Source::Credit(i) => {
            let kind = case.order.credits.get(i).and_then(|c| c.kind);
            let (zh, en) = kind.map_or(("贷项", "credit"), CreditKind::title);
            bi!("{zh} {figure}", "{en} of {figure}")
        }
    }
}

/// What a receipt lacks, or says with the wrong sign.
fn incomplete(case: &Case<'_>, i: usize, receipt: &Receipt, out: &mut Sink<'_>) {
    let (n, place) = (i + 1, |path: &str| case.order.origin.place(path));
    // What could not be read is not missing.
    let Some(amount) = receipt.amount else {
        if !case.order.broken {
            out.report(bi!("第 {n} 条收款没有金额", "receipt {n} has no amount"))
                .at(place(&format!("received[{i}]")), bi!("没有 amount", "no `amount`"))
                .values([n])
                .help(bi!(
                    "照水单写净到账额：amount = 13187.00；不是收款就删掉这一条",
                    "write the net amount as advised: amount = 13187.00; delete the entry if it is no receipt"
                ));
        }
        return;
    };
    let figure = figures::money(amount.value, amount.currency.or(case.facts.goods.currency));
    if amount.value.is_zero() && receipt.charges.iter().all(|c| c.value.is_zero()) {
        out.report(bi!(
            "第 {n} 条收款是 {figure}，什么也没付",
            "receipt {n} is of {figure} and pays nothing"
        ))
        .severity(Severity::Warning)
        .at(place(&format!("received[{i}].amount")), bi!("是 0", "nothing"))
        .values([&figure])
        .help(bi!(
            "照水单写净到账额；钱还没到就删掉这一条，到了再登记",
            "write the net amount as advised; if nothing came yet, delete the entry until it does"
        ));
    }
    if let Some(charge) = receipt.charges.iter().find(|c| c.value < Decimal::ZERO) {
        let charge = figures::money(charge.value, charge.currency.or(case.facts.goods.currency));
        out.report(bi!(
            "收款 {figure} 的手续费 {charge} 写成了负数，少算了收到的钱",
            "charges of {charge} on the receipt of {figure} are negative and lower what counts as received"
        ))
        .at(place(&format!("received[{i}].charges")), bi!("负数", "negative"))
        .values([charge, figure])
        .help(bi!(
            "手续费写正数：净到账额加手续费，就是客户付的",
            "write charges without a sign: the net amount and the charges make what the buyer paid"
        ));
    }
}

fn incomplete_credit(case: &Case<'_>, i: usize, credit: &Credit, out: &mut Sink<'_>) {
    let (n, place) = (i + 1, |path: &str| case.order.origin.place(path));
    let Some(amount) = credit.amount.filter(|_| credit.kind.is_some()) else {
        if case.order.broken {
            return;
        }
        let (zh, en) = match (credit.kind, credit.amount) {
            (None, Some(_)) => ("没写是什么（kind）", "does not say what it is (`kind`)"),
            _ => ("没有金额", "has no amount"),
        };
        out.report(bi!("第 {n} 条贷项{zh}，没有算", "credit {n} {en} and does not count"))
            .at(place(&format!("credits[{i}]")), bi!("没写全", "incomplete"))
            .values([n])
            .help(bi!(
                "写全：amount = 89.30 和 kind：\"credit-note\"（贷项通知单）、\"discount\"（折扣）、\"write-off\"（核销）、\"refund\"（退款）或 \"forfeit\"（没收定金）",
                "write amount = 89.30 and kind: \"credit-note\", \"discount\", \"write-off\", \"refund\" or \"forfeit\""
            ));
        return;
    };
    if amount.value.is_zero() {
        let called = called(case, Source::Credit(i));
        let figure = figures::money(amount.value, amount.currency.or(case.facts.goods.currency));
        out.report(bi!("{called} 什么也没减", "{called} changes nothing"; called))
            .severity(Severity::Warning)
            .at(place(&format!("credits[{i}].amount")), bi!("是 0", "nothing"))
            .values([figure])
            .help(bi!("写上金额；没有就删掉这一条", "write the amount, or delete the entry"));
    }
}

/// What the ledger could not place, unless another rule speaks of the reason.
fn unallocated(case: &Case<'_>, kept: &Unallocated, out: &mut Sink<'_>) {
    let called = called(case, kept.source);
    match (kept.reason, kept.source) {
        (Reason::NoDate, Source::Receipt(i)) if !case.order.broken => {
            let figure = money_of(case, kept.source);
            out.report(
                bi!("{called} 没有到账日，没有算", "{called} has no value date and does not count"; called),
            )
            .at(case.order.origin.place(&format!("received[{i}]")), bi!("没有 date", "no `date`"))
            .values([figure])
            .help(bi!(
                "照水单写起息日：date = 2026-09-11；钱还没到就删掉这一条",
                "write the value date of the advice: date = 2026-09-11; if nothing came yet, delete the entry"
            ));
        }
        (Reason::UnknownInstalment, _) => unknown(case, kept.source, &called, out),
        (Reason::NoReason, source) => {
            let help = match source {
                Source::Receipt(_) => bi!(
                    "是冲掉前面登记错的一笔，补 why = \"…\"；是退给客户的，改成 [[credits]]，kind = \"refund\"，金额写正数",
                    "if it takes back an entry that was wrong, add why = \"…\"; if money went back to the buyer, make it [[credits]] with kind = \"refund\" and a positive amount"
                ),
                Source::Credit(_) => bi!(
                    "是收回前面一条的，补 why = \"…\"；不是就写正数，往哪边算由 kind 定",
                    "if it withdraws an earlier one, add why = \"…\"; if not, write it without a sign: its kind says which way it goes"
                ),
            };
            out.report(bi!("{called} 是负数，没写 why，没有算", "{called} is negative without why and does not count"; called))
                .at(money::amount(case, kept.source), bi!("负数", "negative"))
                .values([money_of(case, kept.source)])
                .help(help);
        }
        (Reason::BeyondReceived, source) => {
            let more = money::figure(case, kept.amount.abs());
            let title = match credited(case, source) {
                false => {
                    bi!("{called} 比收到过的还多 {more}", "{called} takes back {more} more than came in"; called)
                }
                true => {
                    bi!("{called} 比减过的还多 {more}", "{called} withdraws {more} more than was credited"; called)
                }
            };
            out.report(title)
                .at(money::amount(case, kept.source), bi!("多 {more}", "{more} too much"))
                .values([money_of(case, kept.source), more])
                .help(bi!(
                    "先看金额、正负号有没有抄错，前面那一笔有没有漏登记；都对，就是退多了，按实际改",
                    "first see whether the amount or its sign was copied wrongly, or the earlier entry is not on record; if both are right, it is too much"
                ));
        }
        (Reason::BeyondDue, _) => {
            let more = money::figure(case, kept.amount);
            out.report(bi!(
                "{called}，比应收的还多 {more}",
                "{called} is {more} more than is due"; called
            ))
            .at(money::amount(case, kept.source), bi!("多 {more}", "{more} too much"))
            .values([money_of(case, kept.source), more])
            .help(bi!(
                "核销只写收不回的那一部分；客户已经付了的不用核销，改小或删掉",
                "write off only what will not come in; what the buyer paid needs no write-off: lower the amount or delete it"
            ));
        }
        (Reason::Foreign, Source::Credit(_)) => {
            let own = case.facts.goods.currency.map_or("", |c| c.code());
            let figure = kept.currency.map_or_else(String::new, |c| figures::money(kept.amount, Some(c)));
            out.report(bi!(
                "{called} 不是订单的币种 {own}，没有算",
                "{called} is not in the order's currency {own} and does not count"; called
            ))
            .at(money::amount(case, kept.source), bi!("不是 {own}", "not {own}"))
            .values([figure, own.to_owned()])
            .help(bi!("换算成 {own} 再写", "write it in {own}"));
        }
        _ => {}
    }
}

/// A credit that lowers what is due, not one that pays back.
fn credited(case: &Case<'_>, source: Source) -> bool {
    let kind = match source {
        Source::Receipt(_) => None,
        Source::Credit(i) => case.order.credits.get(i).and_then(|c| c.kind),
    };
    kind.is_some_and(lowers)
}

/// A record's own amount as written.
fn money_of(case: &Case<'_>, source: Source) -> String {
    let amount = match source {
        Source::Receipt(i) => case.order.received.get(i).and_then(|r| r.amount),
        Source::Credit(i) => case.order.credits.get(i).and_then(|c| c.amount),
    };
    amount.map(|a| figures::money(a.value, a.currency.or(case.facts.goods.currency))).unwrap_or_default()
}

/// `for` names no instalment, or more than one.
fn unknown(case: &Case<'_>, source: Source, called: &Bi, out: &mut Sink<'_>) {
    let of = match source {
        Source::Receipt(i) => case.order.received.get(i).and_then(|r| r.r#for.as_deref()),
        Source::Credit(i) => case.order.credits.get(i).and_then(|c| c.r#for.as_deref()),
    };
    // A credit without a kind is told as such.
    let (Some(of), Some(terms)) = (of, case.facts.money.terms.as_ref()) else { return };
    let alike = Method::parse(of.trim())
        .map_or(0, |method| terms.instalments.iter().filter(|i| i.method == method).count());
    let place = case.order.origin.place(&source.path("for"));
    let title = if alike > 1 {
        bi!(
            "{called} 写明付“{of}”，付款方式里有 {alike} 期是它，没有算进任何一期",
            "{called} is for `{of}`, of which the payment terms have {alike}: it counts for none"; called
        )
    } else {
        bi!(
            "{called} 写明付“{of}”，付款方式里没有这一期，没有算进任何一期",
            "{called} is for `{of}`, which the payment terms do not have: it counts for none"; called
        )
    };
    let list = |lang: Lang| {
        let all = terms.instalments.iter().zip(1..).map(|(part, n)| {
            let (open, close, words) = match lang {
                Lang::Zh => ("（", "）", part.echo().zh),
                Lang::En => (" (", ")", part.echo().en),
            };
            format!("\"{n}\"{open}{words}{close}")
        });
        all.collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " })
    };
    let list = Bi { zh: list(Lang::Zh), en: list(Lang::En) };
    let finding = out.report(title);
    finding
        .at(place.clone(), bi!("对不上", "no such instalment"))
        .at(money::terms(case), bi!("付款方式", "payment terms"))
        .values([of])
        .help(bi!(
            "照水单看付的是哪一期，for 写序号：{list}；不知道就删掉 for，按到期先后算",
            "see from the bank's advice what it is for and write the position: {list}; if nobody knows, remove `for`: it goes to what is due first"; list
        ));
    let methods = terms.instalments.iter().map(|i| i.method);
    let codes: Vec<&str> = methods.map(Method::code).collect();
    if let Some(meant) = did_you_mean(of, codes.iter().copied()).filter(|_| alike == 0)
        && codes.iter().filter(|code| **code == meant).count() == 1
    {
        finding.edit(place, format!("\"{meant}\""));
    }
}

/// Money came in on an order that has nothing to pay.
fn nowhere(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    let (no_terms, no_goods) = (order.payment.is_none(), order.items.is_empty());
    let received =
        |u: &&Unallocated| u.reason == Reason::NoSchedule && matches!(u.source, Source::Receipt(_));
    let mut kept = case.facts.money.unallocated.iter().filter(received);
    if !(no_terms || no_goods) || order.broken {
        return;
    }
    let Some(first) = kept.next() else { return };
    let sum = kept.fold(first.amount, |sum, u| sum.saturating_add(u.amount));
    let figure = money::figure(case, sum);
    let (zh, en) = if no_terms {
        ("没写付款方式", "has no payment terms")
    } else {
        ("没有货物", "has no goods")
    };
    let help = if no_terms {
        bi!(
            "照合同写一行，例如 payment = \"30% deposit, 70% copy-bl\"",
            "write the line of the contract, like payment = \"30% deposit, 70% copy-bl\""
        )
    } else {
        bi!("先登记货物 [[items]]", "record the goods, [[items]], first")
    };
    out.report(bi!(
        "收到 {figure}，订单{zh}，不知道付的是什么",
        "{figure} came in, but the order {en}: nothing says what it pays"
    ))
    .severity(Severity::Warning)
    .at(money::amount(case, first.source), bi!("没有算进任何一期", "counts for nothing"))
    .values([figure])
    .help(help);
}

/// A record that names its instalment or shipment, and is for more than that had open.
fn spilled(
    case: &Case<'_>,
    source: Source,
    (of, shipment): (Option<&str>, Option<&str>),
    out: &mut Sink<'_>,
) {
    let Some(day) = ahead::date(case.order, source).filter(|day| *day <= case.as_of()) else { return };
    // Later invoices and amendments change what an instalment is a share of; what counts is how it stood that day.
    if case.order.amendments.iter().any(|a| a.date.is_none_or(|on| on >= day)) {
        return;
    }
    let then = ahead::on(case.book(), case.order, case.facts, (day, case.as_of()));
    let named = Named::of(&then, of, shipment);
    let own: Vec<&Posting> = then.postings_of(source).collect();
    let spilled = named.beyond(&then, &own);
    let mine = || then.lines.iter().filter(|line| named.holds(line));
    let amount = mine().filter_map(|l| l.amount).fold(Decimal::ZERO, Decimal::saturating_add);
    if spilled <= tolerance(case.book(), amount, then.currency) {
        return;
    }
    let other = own.iter().filter_map(|p| then.lines.get(p.line)).find(|line| !named.holds(line));
    let Some(other) = other.map(|line| money::name(case, line)) else { return };
    let what = match (mine().next(), of, shipment) {
        (Some(line), Some(_), _) => money::name(case, line),
        (_, _, Some(id)) => bi!("第 {id} 批", "shipment {id}"),
        (_, of, None) => Bi::same(of.unwrap_or_default()),
    };
    let all = own.iter().fold(Decimal::ZERO, |sum, p| sum.saturating_add(p.amount.abs()));
    let called = called(case, source);
    let (part, spilled) = (money::figure(case, all.saturating_sub(spilled)), money::figure(case, spilled));
    out.report(bi!(
        "{called} 写明是{what}的，{what}当时只差 {part}，多出的 {spilled} 算到了{other}",
        "{called} is said to be for the {what}, which had {part} open; the other {spilled} counted for the {other}"; called, what, other
    ))
    .at(money::amount(case, source), bi!("多出 {spilled}", "{spilled} beyond it"))
    .at(money::terms(case), bi!("付款方式", "payment terms"))
    .values([money_of(case, source), part, spilled])
    .help(bi!(
        "先看金额和 for 有没有抄错。一笔付了几期的，删掉 for 和 shipment，按到期先后自动分；或者照水单拆成几条，各写各的",
        "first see whether the amount or `for` was copied wrongly. If it pays several instalments, remove `for` and `shipment`: it goes to what is due first; or split the entry as the advice does, each with its own"
    ));
}
