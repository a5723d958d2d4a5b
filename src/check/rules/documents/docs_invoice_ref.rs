//! `docs-invoice-ref`: another invoice is quoted.

use super::super::prelude::*;

use crate::check::shared::conflicts::{self, Group as Papers};
use crate::compare::figure::hint;
use crate::compare::name;
use crate::compare::{Outcome, reference};
use crate::derive::papers::Paper;
use crate::model::document::Invoice;

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-invoice-ref",
    group: Group::Documents,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: (
        "UCP 600 第 14 条 d 款；ISBP 745 第 L8、M5、N5 段（信用证项下）",
        "UCP 600 art. 14(d); ISBP 745 L8, M5, N5, under a credit",
    ),
    title: ("引用的发票号或日期不对", "another invoice is quoted"),
    docs: Docs {
        checks: (
            "装箱单、产地证、保险单、证明等印的发票号、发票日期，是同一批发票的号和日期（多张发票的，是其中之一；空格、大小写不算，只差连字符是提示）。出单人不是我们的装箱单、出口商不是我们的产地证，可以引用别的发票，不比。",
            "The invoice number and date quoted by packing list, certificates, insurance and others are those of an invoice of the same shipment; spaces and case make no difference, hyphens alone are information. A packing list issued by somebody else, or a certificate of origin whose exporter is somebody else, may quote another invoice and is not compared.",
        ),
        why: (
            "产地证上印着上一单的发票号，海关不给优惠税率，银行要问。",
            "With the last order's invoice on the certificate of origin, customs refuses the preference and the bank asks.",
        ),
        fix: (
            "先看原件；抄错改登记，真印错找出单的人改。发票重开过的，别的单据也要跟着换。",
            "Look at the original and correct the record if it was copied wrongly; otherwise have its maker correct it. If the invoice was issued again, the papers that quote it follow.",
        ),
    },
    example: example!("docs-invoice-ref"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for group in conflicts::groups(case) {
        let quotes = |p: &Paper<'_>| {
            p.key != "invoice" && (p.printed.invoice.is_some() || p.printed.invoice_date.is_some())
        };
        for paper in group.papers.each().filter(|p| quotes(p) && group.blames(p)) {
            one(case, &group, &paper, out);
        }
    }
}

/// The invoices that a paper of the group may quote: the group's, or any of the order where it has none.
fn quotable<'a>(case: &Case<'a>, group: &Papers<'_, 'a>) -> Vec<(usize, &'a Invoice)> {
    let own = &group.papers.invoice;
    if !group.whole && !own.is_empty() {
        return own.clone();
    }
    case.sets().iter().flat_map(|set| set.papers.invoice.iter().copied()).collect()
}

fn one<'a>(case: &Case<'a>, group: &Papers<'_, 'a>, paper: &Paper<'_>, out: &mut Sink<'_>) {
    let invoices = quotable(case, group);
    let quoted = paper.printed.invoice.as_deref();
    let numbered: Vec<(usize, &Invoice, &str)> =
        invoices.iter().filter_map(|&(i, inv)| Some((i, inv, inv.paper.number.as_deref()?))).collect();
    let Some(quoted) = quoted else {
        // A date alone is that of one of them.
        let dated = invoices.iter().filter(|(_, inv)| inv.paper.day().is_some());
        if let Some(&(index, invoice)) = dated.clone().next()
            && dated.clone().all(|(_, inv)| inv.paper.day() != paper.printed.invoice_date)
        {
            date(case, group, paper, (index, invoice), out);
        }
        return;
    };
    let outcome = |number: &str| match reference::compare(quoted, number) {
        Outcome::Different if reference::names(quoted, number) => Outcome::Normalised,
        outcome => outcome,
    };
    let best = numbered.iter().min_by_key(|(_, _, number)| outcome(number));
    let Some(&(index, invoice, number)) = best else { return };
    match outcome(number) {
        Outcome::Different => number_differs(case, group, paper, (index, quoted, number), false, out),
        Outcome::Punctuation => number_differs(case, group, paper, (index, quoted, number), true, out),
        _ if numbered.iter().filter(|(_, _, n)| outcome(n).agrees()).count() == 1 => {
            date(case, group, paper, (index, invoice), out);
        }
        _ => {}
    }
}

fn number_differs(
    case: &Case<'_>,
    group: &Papers<'_, '_>,
    paper: &Paper<'_>,
    (index, quoted, number): (usize, &str, &str),
    punctuation: bool,
    out: &mut Sink<'_>,
) {
    if is_free(case, paper) {
        return;
    }
    let (name, cure) = (conflicts::name(case, paper), conflicts::cure(case, paper));
    let slip = match (digits(quoted), digits(number)) {
        (Some(is), Some(ought)) => hint(is, ought),
        _ => crate::text::Bi::default(),
    };
    let old = case.order.docs.invoice.iter().any(|i| {
        !i.paper.is_current()
            && i.paper.number.as_deref().is_some_and(|n| reference::compare(n, quoted).agrees())
    });
    let why = if old {
        bi!("这是换下来的旧发票。", "this is the invoice that was replaced. ")
    } else if punctuation {
        bi!(
            "只差标点，不算不符，以后印成一样。",
            "only punctuation differs, which is no discrepancy; print it alike next time. "
        )
    } else {
        slip
    };
    let who = conflicts::subject(&name);
    let finding = out.report(bi!(
        "{who}引用发票 {quoted}，发票是 {number}",
        "{who} quotes invoice {quoted}, the invoice is {number}";
        who
    ));
    finding
        .at(case.order.origin.place(&paper.path("invoice")), name)
        .at(case.order.origin.place(&format!("invoice[{index}].number")), bi!("发票", "invoice"))
        .values([quoted, number])
        .help(conflicts::hinted(&why, &cure));
    if punctuation {
        finding.severity(Severity::Info);
    }
    conflicts::weigh(case, finding, group, paper, false);
}

/// The digits of a number of at most eighteen, to see whether two were swapped.
fn digits(number: &str) -> Option<rust_decimal::Decimal> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    (digits.len() < 19).then(|| digits.parse().ok()).flatten()
}

fn date(
    case: &Case<'_>,
    group: &Papers<'_, '_>,
    paper: &Paper<'_>,
    (index, invoice): (usize, &Invoice),
    out: &mut Sink<'_>,
) {
    let (Some(quoted), Some(dated)) = (paper.printed.invoice_date, invoice.paper.day()) else { return };
    if quoted == dated || is_free(case, paper) {
        return;
    }
    let (name, cure) = (conflicts::name(case, paper), conflicts::cure(case, paper));
    let field = if invoice.paper.date.is_some() { "date" } else { "issued" };
    let who = conflicts::subject(&name);
    let finding = out.report(bi!(
        "{who}引用的发票日期是 {quoted}，发票是 {dated}",
        "{who} quotes an invoice of {quoted}, the invoice is of {dated}";
        who
    ));
    finding
        .at(case.order.origin.place(&paper.path("invoice_date")), name)
        .at(case.order.origin.place(&format!("invoice[{index}].{field}")), bi!("发票", "invoice"))
        .values([quoted.to_string(), dated.to_string()])
        .help(cure);
    conflicts::weigh(case, finding, group, paper, invoice.paper.is_draft());
}

/// Papers that somebody else makes out for goods he sold on: his invoice is another.
fn is_free(case: &Case<'_>, paper: &Paper<'_>) -> bool {
    let maker = match paper.key {
        "packing" => paper.printed.issuer.as_deref(),
        "origin" => paper.printed.exporter.as_deref(),
        _ => None,
    };
    let Some(maker) = maker else { return false };
    let company = case.config().company();
    let ours = company.name.as_deref().into_iter();
    let sellers =
        case.order.docs.invoice.iter().filter_map(|i| i.seller.as_deref().or(i.paper.issuer.as_deref()));
    let beneficiaries = case.order.docs.lc.iter().filter_map(|lc| lc.beneficiary.as_deref());
    let mut known = ours.chain(sellers).chain(beneficiaries).peekable();
    known.peek().is_some() && !known.any(|own| !matches!(name::compare_block(maker, own), Outcome::Different))
}
