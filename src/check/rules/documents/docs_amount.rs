//! `docs-amount`: draft, schedule or collection claims another amount than the invoice.

use super::super::prelude::*;

use crate::check::shared::conflicts::{self, Group as Papers};
use crate::check::shared::{figures, terms};
use crate::compare::figure::hint;
use crate::derive::drawing::{self, Drawing};
use crate::derive::odd;
use crate::derive::papers::Paper;
use crate::model::document::{Insurance, Invoice};
use crate::model::value::{Amount, Currency, InsuranceDuty, Method, PaymentTerms};
use crate::text::Bi;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-amount",
    group: Group::Documents,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "UCP 600 第 14 条 d 款；ISBP 745 B 部分、第 K15 段（信用证项下）",
        "UCP 600 art. 14(d); ISBP 745 part B, K15, under a credit",
    ),
    title: (
        "汇票、面函、托收的金额和发票对不上",
        "draft, schedule or collection claims another amount than the invoice",
    ),
    docs: Docs {
        checks: (
            "汇票金额（几张合计）、交单面函金额、托收金额，等于发票应付：扣了预付款、折扣的按扣减后的净额，两批合交的按两张发票合计。付款条款里只有一部分走信用证或托收的，等于那部分也对。没有信用证时，CIF、CIP 保险单印的加成乘发票毛额（不扣预付款）不大于保额。币种不同的不比。",
            "The draft (several added up), the covering schedule and the collection claim what the invoice claims: net of advances and discounts, both invoices where two lots are drawn together. Where only a part is paid under the credit or collection, that part is right too. Without a credit, the percentage that a CIF or CIP insurance prints, times the gross invoice value (advances not taken off), is not more than the sum insured. Amounts in other currencies are not compared.",
        ),
        why: (
            "汇票和发票差一分，银行就退单；按净额投保，出险时少赔。",
            "A cent between draft and invoice sends the papers back; insurance on the net value pays too little.",
        ),
        fix: (
            "先看是不是忘了扣预付款，或发票改过汇票没改。重出错的那份，旧的写 replaced_by。",
            "See whether an advance was not deducted, or the invoice changed and the draft did not. Issue the wrong paper again and put replaced_by on the old one.",
        ),
    },
    example: example!("docs-amount"),
    scope: Scope::Order(check),
};

/// Who claims how much.
struct Voice<'a> {
    name: Bi,
    value: Decimal,
    currency: Option<Currency>,
    path: String,
    paper: Option<Paper<'a>>,
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() {
        return;
    }
    for drawing in drawing::of(case.order, case.sets(), case.as_of()) {
        one(case, &drawing, out);
    }
    for set in case.sets() {
        for &(index, insurance) in &set.papers.insurance {
            insured(case, set.whole, &set.papers.invoice, (index, insurance), out);
        }
    }
}

fn one(case: &Case<'_>, drawing: &Drawing<'_>, out: &mut Sink<'_>) {
    // Nobody claims anything beside the invoice.
    if drawing.drafts.is_empty() && drawing.collections.is_empty() && drawing.presentations.is_empty() {
        return;
    }
    let Some(invoiced) = invoiced(case, &drawing.invoices) else { return };
    let mut voices = vec![invoiced];
    voices.extend(drawn(case, drawing));
    for &(index, collection) in &drawing.collections {
        let paper = Paper { key: "collection", index, printed: &collection.paper };
        voices.extend(collection.amount.as_ref().map(|amount| voice(case, paper, amount, None)));
    }
    for (index, presentation) in &drawing.presentations {
        voices.extend(presentation.amount.as_ref().map(|amount| Voice {
            name: bi!("交单面函", "covering schedule"),
            value: amount.value,
            currency: amount.currency.or(case.facts.goods.currency),
            path: format!("presentation[{index}].amount"),
            paper: None,
        }));
    }
    // Other currencies are the business of another rule.
    let own = voices.first().and_then(|v| v.currency);
    voices.retain(|v| v.currency == own);
    let parts = voices.first().map(|v| parts(case, v.value)).unwrap_or_default();
    let agree = |a: usize, b: usize| match (voices.get(a), voices.get(b)) {
        (Some(a), Some(b)) => a.value == b.value,
        _ => true,
    };
    let Some(split) = odd::split(voices.len(), |i| u8::from(i > 0), agree) else { return };
    let Some(reference) = voices.get(split.reference) else { return };
    let explained = |voice: &Voice<'_>| parts.contains(&voice.value);
    let with: Vec<&Voice<'_>> = split.with.iter().filter_map(|i| voices.get(*i)).collect();
    for index in &split.out {
        let Some(odd) = voices.get(*index) else { continue };
        // The whole against the part that the bank collects is no contradiction.
        if (*index == 0 && explained(reference)) || (split.reference == 0 && explained(odd)) {
            continue;
        }
        say(case, odd, reference, &with, split.out.len() == 1, out);
    }
}

fn voice<'a>(case: &Case<'_>, paper: Paper<'a>, amount: &Amount, currency: Option<&str>) -> Voice<'a> {
    Voice {
        name: conflicts::name(case, &paper),
        value: amount.value,
        currency: amount.currency.or(figures::currency(currency, case.facts.goods.currency)),
        path: paper.path("amount"),
        paper: Some(paper),
    }
}

/// What the invoices claim together.
fn invoiced<'a>(case: &Case<'_>, invoices: &[(usize, &'a Invoice)]) -> Option<Voice<'a>> {
    let &(index, first) = invoices.first()?;
    let (_, field) = drawing::claimed(first)?;
    let value = invoices
        .iter()
        .try_fold(Decimal::ZERO, |sum, (_, invoice)| sum.checked_add(drawing::claimed(invoice)?.0))?;
    let currency = |invoice: &Invoice| {
        let beside = invoice.total.as_ref().and_then(|t| t.currency);
        beside.or(figures::currency(invoice.currency.as_deref(), case.facts.goods.currency))
    };
    let own = currency(first);
    if invoices.iter().any(|(_, invoice)| currency(invoice) != own) {
        return None;
    }
    let paper = Paper { key: "invoice", index, printed: &first.paper };
    let name = match invoices {
        [_] if first.deductions.is_empty() && field == "total" => conflicts::name(case, &paper),
        [_] => {
            let name = conflicts::name(case, &paper);
            let who = conflicts::subject(&name);
            bi!("{who}扣减后", "net {who}"; who)
        }
        several => {
            let n = several.len();
            bi!("{n} 张发票合计", "{n} invoices together")
        }
    };
    Some(Voice { name, value, currency: own, path: paper.path(field), paper: Some(paper) })
}

/// The drafts together.
fn drawn<'a>(case: &Case<'_>, drawing: &Drawing<'a>) -> Option<Voice<'a>> {
    let mut sum: Option<Voice<'a>> = None;
    for &(index, draft) in &drawing.drafts {
        let paper = Paper { key: "draft", index, printed: &draft.paper };
        let next = voice(case, paper, draft.amount.as_ref()?, draft.currency.as_deref());
        match &mut sum {
            None => sum = Some(next),
            Some(sum) if sum.currency == next.currency => sum.value = sum.value.checked_add(next.value)?,
            Some(_) => return None,
        }
    }
    let n = drawing.drafts.len();
    if n > 1 {
        sum.as_mut()?.name = bi!("{n} 张汇票合计", "{n} drafts together");
    }
    sum
}

/// Parts of an invoice that a bank may collect by the payment terms: instalments under a credit or a collection, and
/// any of them together.
fn parts(case: &Case<'_>, total: Decimal) -> Vec<Decimal> {
    let Some(terms) = &case.facts.money.terms else { return Vec::new() };
    let split = terms.split(total, case.facts.goods.minor());
    let by_bank = |i: &&(usize, Decimal)| {
        let method = terms.instalments.get(i.0).map(|t| t.method);
        matches!(method, Some(Method::Lc | Method::Dp | Method::Da))
    };
    let shares: Vec<Decimal> = split
        .into_iter()
        .enumerate()
        .collect::<Vec<_>>()
        .iter()
        .filter(by_bank)
        .map(|(_, n)| *n)
        .take(6)
        .collect();
    let sums = (1_u32..1 << shares.len()).map(|chosen| {
        let taken = shares.iter().enumerate().filter(|(i, _)| chosen & (1 << i) != 0);
        taken.fold(Decimal::ZERO, |sum, (_, share)| sum.saturating_add(*share))
    });
    sums.chain(less_deposit(case, terms, total)).collect()
}

/// The whole less a deposit of the order that is set against this shipment alone.
fn less_deposit(case: &Case<'_>, terms: &PaymentTerms, total: Decimal) -> Option<Decimal> {
    let paid = case.facts.money.instalments.iter().filter(|i| {
        matches!(
            terms.instalments.get(i.index).map(|t| t.method),
            Some(Method::Deposit | Method::BeforeProduction)
        )
    });
    let deposit = paid.map(|i| i.amount).try_fold(Decimal::ZERO, |sum, amount| sum.checked_add(amount?))?;
    total.checked_sub(deposit)
}

fn say(
    case: &Case<'_>,
    odd: &Voice<'_>,
    reference: &Voice<'_>,
    with: &[&Voice<'_>],
    alone: bool,
    out: &mut Sink<'_>,
) {
    let names: Vec<Bi> =
        std::iter::once(reference).chain(with.iter().copied()).map(|v| v.name.clone()).collect();
    let others = conflicts::others(&names, alone);
    let (is, ought) =
        (figures::money(odd.value, odd.currency), figures::money(reference.value, reference.currency));
    let apart = figures::money(figures::apart(odd.value, reference.value), odd.currency);
    let hint = hint(odd.value, reference.value);
    let cure = match &odd.paper {
        Some(paper) => conflicts::cure(case, paper),
        None => bi!(
            "先看面函底稿：登记时抄错，改这一行；真写错，马上通知银行更正索款金额",
            "look at the copy of the schedule first: if it was copied wrongly, correct this line; if it says so, tell the bank at once to correct the claim"
        ),
    };
    let who = conflicts::subject(&odd.name);
    let finding = out.report(bi!(
        "{who}金额 {is}，{others} {ought}，差 {apart}",
        "{who}: {is}; {others} {ought}, {apart} apart";
        who, others
    ));
    let rest = names.get(1..).unwrap_or_default();
    finding
        .at(case.order.origin.place(&odd.path), odd.name.clone())
        .at(case.order.origin.place(&reference.path), conflicts::label(&reference.name, rest, &ought))
        .values([&is, &ought])
        .help(conflicts::hinted(&hint, &cure));
    let group = Papers { papers: &crate::derive::papers::Papers::default(), past: false, whole: false };
    if let Some(paper) = &odd.paper {
        let drafts = reference.paper.is_some_and(|p| p.printed.is_draft());
        conflicts::weigh(case, finding, &group, paper, drafts);
    }
}

/// The percentage that an insurance document prints, of the gross value of the invoices. Under a credit a rule of the
/// credit says so.
fn insured(
    case: &Case<'_>,
    whole: bool,
    own: &[(usize, &Invoice)],
    (index, insurance): (usize, &Insurance),
    out: &mut Sink<'_>,
) {
    let paper = Paper { key: "insurance", index, printed: &insurance.paper };
    let ours = terms::of(case).is_some_and(|t| matches!(t.insurance(), InsuranceDuty::Seller(_)));
    if !ours || conflicts::examined(case, &paper).next().is_some() {
        return;
    }
    let (Some(amount), Some(percent)) = (&insurance.amount, insurance.percent) else { return };
    let parts = case.sets().iter().filter(|s| !s.whole);
    let invoices: Vec<(usize, &Invoice)> = if whole {
        let complete = parts.clone().count() >= case.order.shipments.len()
            && parts.clone().all(|s| !s.papers.invoice.is_empty());
        if complete { parts.flat_map(|s| s.papers.invoice.iter().copied()).collect() } else { Vec::new() }
    } else {
        own.to_vec()
    };
    let currency =
        amount.currency.or(figures::currency(insurance.currency.as_deref(), case.facts.goods.currency));
    let Some(invoiced) = invoiced(case, &invoices).filter(|v| v.currency == currency) else { return };
    let gross = invoices.iter().try_fold(Decimal::ZERO, |sum, (_, i)| sum.checked_add(drawing::gross(i)?));
    let Some((gross, least)) = gross.and_then(|gross| Some((gross, percent.of(gross)?))) else { return };
    if amount.value >= least {
        return;
    }
    let name = conflicts::name(case, &paper);
    let (is, base, least_text) = (
        figures::money(amount.value, currency),
        figures::money(gross, currency),
        figures::money(least, currency),
    );
    let short = figures::money(figures::apart(amount.value, least), currency);
    let net = percent.of(invoiced.value).is_some_and(|n| n <= amount.value) && invoiced.value < gross;
    let hint = if net {
        bi!("像是按扣了预付款的净额投的。", "it looks insured on the value net of the advance")
    } else {
        Bi::default()
    };
    let cure = conflicts::cure(case, &paper);
    let who = conflicts::subject(&name);
    let finding = out.report(bi!(
        "{who}保额 {is}，印的加成 {percent}，发票毛额 {base} 应保 {least_text}，少 {short}",
        "{who}: insured for {is}; {percent} of the gross invoice {base} is {least_text}, {short} short";
        who
    ));
    let path = invoices.first().map_or_else(String::new, |(i, _)| format!("invoice[{i}].total"));
    finding
        .at(case.order.origin.place(&paper.path("amount")), name)
        .at(case.order.origin.place(&path), bi!("发票总额", "invoice total"))
        .values([&is, &least_text])
        .help(conflicts::hinted(&hint, &cure));
    let group = Papers { papers: &crate::derive::papers::Papers::default(), past: false, whole: false };
    conflicts::weigh(case, finding, &group, &paper, false);
}
