//! `lc-applicant`: the credit was opened by somebody else.

use super::super::prelude::*;

use crate::check::finding::Place;
use crate::check::shared::arrival::{self, Matters};
use crate::compare::{Outcome, name};

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-applicant",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 18 条 a 款 ii 项", "UCP 600 article 18 a ii"),
    title: ("信用证申请人不是买方", "the credit was opened by somebody else"),
    docs: Docs {
        checks: (
            "信用证 50 栏的申请人是买方（客户名称，或合同、形式发票印的买方），或客户资料里登记的关联公司。只差一笔的是警告，请人看。",
            "The applicant in field 50 is the buyer (the customer's name, or the buyer printed on contract or proforma) or an affiliate recorded for the customer. One slip of the pen is a warning for a person to look at.",
        ),
        why: (
            "发票要做给申请人。申请人不是合同买方，发票抬头、合同和报关对不上，出了纠纷也说不清谁欠钱；还可能是没筛查过的第三方。",
            "The invoice is made out to the applicant. If that is not the buyer, invoice, contract and declaration do not match, it is unclear who owes the money, and the third party may not have been screened.",
        ),
        fix: (
            "先看信用证原文是不是抄错。是客户的关联公司，就写进 customers/ 里的 affiliates，并让客户书面确认；不认识的公司，请客户改证或说明。",
            "See first whether it was copied wrongly. If it is an affiliate of the customer, add it to affiliates in customers/ and have the customer confirm it in writing; otherwise have the credit amended or explained.",
        ),
    },
    example: example!("lc-applicant"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let known = buyers(case);
    let Some((buyer, place)) = known.first() else { return };
    for credit in arrival::credits(case) {
        let Some(said) = credit.applicant else { continue };
        let best = known.iter().map(|(name, _)| name::compare_block(said.value, name)).min();
        let Some(outcome) = best.filter(|outcome| !outcome.agrees()) else { continue };
        let (called, is) = (arrival::called(credit), said.value);
        let finding = out.report(bi!(
            "{called} 的申请人是 {is}，买方是 {buyer}",
            "{called} was applied for by {is}; the buyer is {buyer}"; called
        ));
        if outcome == Outcome::Typo {
            finding.severity(Severity::Warning).judgement();
        }
        finding
            .at(arrival::at(case, &said), arrival::label(credit, said.source, ("50 申请人", "50 applicant")))
            .at(place.clone(), bi!("买方", "buyer"))
            .help(bi!(
                "先看原文是不是抄错；是客户的关联公司就写进客户资料的 affiliates，并请客户书面确认；不认识的，请客户通知开证行把 50 栏改成 {buyer}",
                "see first whether it was copied wrongly; if it is an affiliate of the customer, add it to the customer's affiliates and have it confirmed in writing; if nobody knows it, ask the buyer to have field 50 amended to {buyer}"
            ))
            .values([is, buyer.as_str()]);
        arrival::close(case, credit, finding, Matters::UntilPresented);
    }
}

/// Everybody who may open the credit, the buyer first.
fn buyers(case: &Case<'_>) -> Vec<(String, Place)> {
    let mut all = Vec::new();
    if let Some(party) = case.book().customer(case.order) {
        all.extend(party.name.clone().map(|name| (name, party.origin.place("name"))));
        let affiliates = party.affiliates.iter().enumerate();
        all.extend(
            affiliates.map(|(i, name)| (name.clone(), party.origin.place(&format!("affiliates[{i}]")))),
        );
    }
    let docs = &case.order.docs;
    for (key, list) in [("contract", &docs.contract), ("proforma", &docs.proforma)] {
        for (i, paper) in list.iter().enumerate().filter(|(_, p)| p.paper.is_current()) {
            let place = case.order.origin.place(&format!("{key}[{i}].buyer"));
            all.extend(paper.buyer.clone().map(|buyer| (buyer, place)));
        }
    }
    all
}
