//! `lc-draft-on-applicant`: the drafts are not drawn on a bank.

use super::super::prelude::*;

use crate::check::shared::arrival::{self, Matters};
use crate::compare::name;
use crate::derive::credit::{Credit, Said, clause};
use crate::model::value::fold::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-draft-on-applicant",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 6 条 c 款", "UCP 600 article 6 c"),
    title: ("汇票付款人不是银行", "the drafts are not drawn on a bank"),
    docs: Docs {
        checks: (
            "信用证 42a 的受票人是银行：写着银行、和开证行或通知行同名、或是银行代码。是申请人（或 42C 写明向申请人出票）的报错；看不出是不是银行的，请人看。",
            "The drawee in 42a is a bank: it says so, has the name of the issuing or advising bank, or is a bank's code. The applicant (or drafts on the applicant in 42C) is an error; a drawee that may or may not be a bank is for a person to look at.",
        ),
        why: (
            "信用证不得要求以申请人为付款人的汇票。付款责任变成客户的，银行只是传单据。",
            "A credit must not be available by a draft on the applicant: payment then rests with the buyer, and the bank merely passes papers on.",
        ),
        fix: (
            "先看 42a 是不是抄错。没抄错，请客户改证，受票人改成开证行或被指定银行。",
            "See first whether 42a was copied wrongly. If not, have the drawee amended to the issuing or nominated bank.",
        ),
    },
    example: example!("lc-draft-on-applicant"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for credit in arrival::credits(case) {
        let applicant = credit.applicant.map(|a| a.value);
        let on_applicant = |text: &str| {
            let words = fold(text);
            words.contains("DRAWN ON") && clause::is_applicant(&words, applicant)
        };
        if let Some(said) = credit.drafts.filter(|d| on_applicant(d.value)) {
            say(case, credit, &said, ("42C 汇票", "42C drafts"), true, out);
        } else if let Some(said) = credit.drawee.filter(|d| !is_bank(credit, d.value)) {
            let sure = clause::is_applicant(said.value, applicant);
            say(case, credit, &said, ("42a 受票人", "42a drawee"), sure, out);
        }
    }
}

fn is_bank(credit: &Credit<'_>, drawee: &str) -> bool {
    let known = [credit.lc.paper.issuer.as_deref(), credit.lc.advising.as_deref()];
    let named = known.into_iter().flatten().any(|bank| name::compare_block(bank, drawee).agrees());
    named || clause::is_bank(drawee) || matches!(fold(drawee).as_str(), "US" | "YOU" | "YOURSELVES")
}

fn say(
    case: &Case<'_>,
    credit: &Credit<'_>,
    said: &Said<&str>,
    what: crate::text::StaticBi,
    sure: bool,
    out: &mut Sink<'_>,
) {
    let (called, is, field) = (arrival::called(credit), said.value, crate::text::Bi::from(what));
    let issuer = credit.lc.paper.issuer.as_deref();
    let bank = issuer.map_or_else(|| bi!("银行", "a bank"), |b| bi!("开证行 {b}", "the issuing bank {b}"));
    let finding = if sure {
        out.report(bi!(
            "{called} 的 {field}是申请人（{is}），不是{bank}",
            "{field} of {called} is the applicant ({is}), not {bank}"; called, field, bank
        ))
    } else {
        out.report(bi!(
            "{called} 的 {field}是 {is}，看不出是不是银行",
            "{field} of {called} is {is}; it cannot be told whether that is a bank"; called, field
        ))
    };
    if !sure {
        finding.severity(Severity::Warning).judgement();
    }
    finding.at(arrival::at(case, said), arrival::label(credit, said.source, what));
    if issuer.is_some() {
        finding.at(case.order.origin.place(&credit.path("issuer")), bi!("开证行", "issuing bank"));
    }
    let bank = issuer.map_or_else(|| bi!("开证行", "the issuing bank"), |b| bi!("{b}", "{b}"));
    finding
        .help(arrival::amend(&bi!("受票人改成 {bank}", "the drawee to be {bank}"; bank)))
        .values([Some(is), issuer].into_iter().flatten());
    arrival::close(case, credit, finding, Matters::UntilPresented);
}
