//! `credit-invoice-party`: the invoice is not the beneficiary's, or not made out to the applicant.

use super::super::prelude::*;
use crate::check::shared::{exams, presented};
use crate::compare::{Outcome, address, name};
use crate::derive::credit::{Credit, Said};
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::document::Invoice;
use crate::model::value::Country;
use crate::model::value::fold::fold;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-invoice-party",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 18 条 a 款 i、ii 项", "UCP 600 art. 18 a i, ii"),
    title: ("发票的出票人或抬头与信用证不同", "invoice by or to somebody else than the credit names"),
    docs: Docs {
        checks: (
            "发票由 59 栏受益人出具，抬头是 50 栏申请人。大小写、标点、Co./Company、Ltd/Limited 不算差别；地址不比（14 j）。差一两个字母的是笔误，请人看（ISBP A23）；如果写错的是信用证、发票用的是本名，由审证规则说。信用证写明第三方单据可以接受、或写明发票抬头另给某人的，照信用证。",
            "The invoice is issued by the beneficiary of field 59 and made out to the applicant of field 50. Case, punctuation, Co./Company and Ltd/Limited make no difference; addresses are not compared (art. 14 j). One slip of the pen is for a person to look at (ISBP A23); where the slip is in the credit and the invoice has the right name, the intake rules say so. Where the credit accepts third party documents or names somebody else for the invoice, it counts.",
        ),
        why: (
            "出票人、抬头是发票最先看的两栏，不对就拒。",
            "Issuer and addressee are the first two fields a bank looks at.",
        ),
        fix: (
            "先看抄错没有。发票打错就重出；确要开给别人，请客户改证，或证上写明发票抬头。",
            "See first whether it was copied wrongly. Issue the invoice again if it is misprinted; if it must be made out to somebody else, have the credit say so.",
        ),
    },
    example: example!("credit-invoice-party"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        for &(index, invoice) in &exam.papers.invoice {
            let paper = Paper { key: "invoice", index, printed: &invoice.paper };
            if seen.first(exam, paper.whole()) {
                examine(case, exam, &paper, invoice, out);
            }
        }
    }
}

/// Addresses need not be those of the credit, but the country must (UCP 600 art. 14 j). Only a country that ends a
/// printed address, against one that ends the address in the credit.
fn country(
    case: &Case<'_>,
    exam: &Exam<'_>,
    paper: &Paper<'_>,
    (field, printed): (&str, &str),
    (asked, lines, key): (&Said<&str>, &str, &str),
    out: &mut Sink<'_>,
) {
    let ends = |text: &str| address::country(text).and_then(Country::by_code);
    // The name alone may end like a country: `TRADING JORDAN`.
    let has_address = printed.contains([',', '\n']) && name::heads(printed, first_line(asked.value).trim());
    let (Some(due), Some(is)) = (ends(lines), ends(printed).filter(|_| has_address)) else { return };
    if is == due {
        return;
    }
    let (title, is, due) = (paper.name(), Bi::from(is.name()), Bi::from(due.name()));
    let finding = out.report(bi!(
        "{title} 上的地址在{is}，信用证上在{due}",
        "{title}: the address is in {is}, the credit's in {due}"; title, is, due
    ));
    finding
        .at(case.order.origin.place(&paper.path(field)), title)
        .at(case.order.origin.place(&exam.credit.path(key)), bi!("信用证", "the credit"))
        .values([is.en, due.en])
        .source(bi!("UCP 600 第 14 条 j 款", "UCP 600 article 14(j)"))
        .help(bi!(
            "地址写法可以不同，国家要一样：先看抄错没有，发票印错就重出",
            "an address may be written otherwise, but in the same country: see whether it was copied wrongly; if it is printed so, issue the invoice again"
        ));
    exams::weigh(finding, exam, paper);
}

fn examine(case: &Case<'_>, exam: &Exam<'_>, paper: &Paper<'_>, invoice: &Invoice, out: &mut Sink<'_>) {
    let credit = &exam.credit;
    let company = case.config().company();
    let buyer = case.book().customer(case.order).and_then(|c| c.name.as_deref());
    if let Some(asked) = credit.beneficiary.as_ref().filter(|_| !third_party(credit)) {
        let fields = [("seller", invoice.seller.as_deref()), ("issuer", invoice.paper.issuer.as_deref())];
        let printed = fields.into_iter().filter_map(|(field, text)| Some((field, text?)));
        let worst = printed.map(|(f, text)| (outcome(text, asked.value), f, text)).max();
        if let Some((outcome, field, text)) = worst {
            let known = company.name.as_deref();
            let roles = Roles {
                printed: bi!("出票人", "issued by"),
                asked: bi!("59 栏受益人", "beneficiary, field 59"),
                known,
            };
            say(case, exam, paper, (field, text), outcome, asked, &roles, out);
            if outcome.agrees() {
                let home = company.address.join(", ");
                let of = [asked.value, &home].into_iter().find(|t| address::country(t).is_some());
                let of = if asked.value.contains([',', '\n']) { of } else { Some(home.as_str()) };
                country(
                    case,
                    exam,
                    paper,
                    (field, text),
                    (asked, of.unwrap_or_default(), "beneficiary"),
                    out,
                );
            }
        }
    }
    let buyer_printed = invoice.buyer.as_deref().filter(|text| !names_buyer(credit, text));
    if let (Some(asked), Some(text)) = (&credit.applicant, buyer_printed) {
        let roles = Roles {
            printed: bi!("抬头", "made out to"),
            asked: bi!("50 栏申请人", "applicant, field 50"),
            known: buyer,
        };
        let outcome = outcome(text, asked.value);
        say(case, exam, paper, ("buyer", text), outcome, asked, &roles, out);
        let lines = credit.lc.applicant_address.join(", ");
        let of = if lines.is_empty() { asked.value } else { &lines };
        if outcome.agrees() {
            country(case, exam, paper, ("buyer", text), (asked, of, "applicant"), out);
        }
    }
}

/// Either may carry an address behind the name. One inside the other (`X BANK ON BEHALF OF Y`) is for a person.
fn outcome(printed: &str, asked: &str) -> Outcome {
    let outcome = name::compare_block(printed, asked).min(name::compare_block(asked, printed));
    let (x, y) = (name::plain(printed), name::plain(asked));
    let inside = |long: &str, short: &str| format!(" {long} ").contains(&format!(" {short} "));
    let part = !x.is_empty() && !y.is_empty() && (inside(&x, &y) || inside(&y, &x));
    if part { outcome.min(Outcome::Typo) } else { outcome }
}

/// "Third party documents acceptable" lets others issue anything but the draft (ISBP 745 A19 b).
fn third_party(credit: &Credit<'_>) -> bool {
    credit.conditions.iter().map(|c| fold(c.value)).any(|text| {
        text.contains("THIRD PARTY")
            && text.contains("ACCEPT")
            && !text.contains("NOT ACCEPT")
            && !text.contains("UNACCEPT")
    })
}

/// The words of 46A or 47A name the one to whom the invoice is made out.
fn names_buyer(credit: &Credit<'_>, printed: &str) -> bool {
    let asked = credit.asked("invoice").filter_map(|d| d.value.text.as_deref());
    let texts =
        asked.chain(credit.conditions.iter().map(|c| c.value).filter(|t| fold(t).contains("INVOICE")));
    let plain = name::plain(printed);
    !plain.is_empty() && texts.map(name::plain).any(|text| text.contains(&plain))
}

/// What the two names are called, and the name by which our own records know that party.
struct Roles<'a> {
    printed: Bi,
    asked: Bi,
    known: Option<&'a str>,
}

#[expect(clippy::too_many_arguments, reason = "one finding with both of its names")]
fn say(
    case: &Case<'_>,
    exam: &Exam<'_>,
    paper: &Paper<'_>,
    (field, printed): (&str, &str),
    outcome: Outcome,
    asked: &Said<&str>,
    roles: &Roles<'_>,
    out: &mut Sink<'_>,
) {
    // The slip is in the credit: what the invoice prints is the party's own name.
    let own = roles.known.is_some_and(|known| name::compare_block(printed, known).agrees());
    if outcome.agrees() || (outcome == Outcome::Typo && own) {
        return;
    }
    let (name, Roles { printed: is, asked: due, .. }) = (paper.name(), roles);
    let (one, other) = (first_line(printed), first_line(asked.value));
    let finding = out.report(bi!(
        "{name} {is}“{one}”，信用证 {due}“{other}”",
        "{name} is {is} `{one}`; the credit has `{other}` ({due})"; name, is, due
    ));
    finding
        .at(case.order.origin.place(&paper.path(field)), name)
        .at(case.order.origin.place(&asked.source.path()), bi!("信用证 {due}", "{due}"; due))
        .values([one, other]);
    if outcome == Outcome::Typo {
        finding.severity(Severity::Warning).judgement().help(bi!(
            "两个名称差一点，对着原件看：登记抄错就改登记；发票打错，交单前重出最稳妥",
            "the names are nearly the same: look at both papers; correct the record if it was copied wrongly, else it is safest to issue the invoice again"
        ));
    } else {
        finding.help(bi!(
            "先看抄错没有；发票打错就重出，确要写别的公司就请客户改证",
            "see first whether it was copied wrongly; issue the invoice again if it is misprinted, or have the credit amended if it must name another company"
        ));
    }
    exams::weigh(finding, exam, paper);
}

fn first_line(text: &str) -> String {
    text.lines().next().unwrap_or_default().trim().to_owned()
}
