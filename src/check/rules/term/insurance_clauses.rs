//! `insurance-clauses`: cover narrower than the term demands.

use super::super::prelude::*;

use crate::check::shared::terms;
use crate::model::document::Insurance;
use crate::model::value::{CargoClauses, InsuranceDuty};

/// The rule.
pub static RULE: Rule = Rule {
    name: "insurance-clauses",
    group: Group::Term,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("Incoterms 2020 CIF、CIP A5 条", "Incoterms 2020, CIF and CIP, article A5"),
    title: ("险别低于术语要求", "cover narrower than the term demands"),
    docs: Docs {
        checks: (
            "CIP（2020）的保险不低于协会货物条款 (A) 或一切险，CIF 不低于 (C)。合同约定条款（terms）里写明较低险别的，以约定为准。险别认不出的，请人看。",
            "Insurance under CIP 2020 is at least Institute Cargo Clauses (A) or all risks, under CIF at least (C). A line in terms that agrees to less counts. Cover that is not recognised is left to a person.",
        ),
        why: (
            "CIP 只买 (C)，破损、受潮、偷窃都不赔，缺的部分由我们赔给客户。",
            "CIP insured under (C) leaves breakage, wetting and theft uninsured, and the gap is ours to pay.",
        ),
        fix: (
            "先看保单原件；确是低了，开船前请保险公司出批单改成 ICC(A)。客户同意较低险别的，把约定写进 terms。",
            "Look at the policy; if the cover is narrower, have the insurer endorse it to ICC(A) before departure. If the buyer agreed to less, put the agreement into terms.",
        ),
    },
    example: example!("insurance-clauses"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let Some(term) = terms::of(case) else { return };
    let InsuranceDuty::Seller(due) = term.insurance() else { return };
    if case.facts.is_cancelled() {
        return;
    }
    let agreed = case.order.terms.iter().filter_map(|line| terms::clauses(line)).min();
    let least = agreed.map_or(due, |agreed| agreed.min(due));
    for (i, doc) in case.order.docs.insurance.iter().enumerate() {
        let known = doc.paper.day().is_none_or(|day| day <= case.as_of());
        if !doc.paper.is_current() || !known || doc.risks.is_empty() {
            continue;
        }
        match doc.risks.iter().filter_map(|risk| terms::clauses(risk)).max() {
            Some(is) if is >= least => {}
            is => say(case, (i, doc), is, due, out),
        }
    }
}

fn letter(clauses: CargoClauses) -> &'static str {
    match clauses {
        CargoClauses::A => "ICC(A)",
        CargoClauses::B => "ICC(B)",
        CargoClauses::C => "ICC(C)",
    }
}

fn say(
    case: &Case<'_>,
    (i, doc): (usize, &Insurance),
    is: Option<CargoClauses>,
    due: CargoClauses,
    out: &mut Sink<'_>,
) {
    let Some(term) = terms::of(case) else { return };
    let (rule, edition, due) = (term.rule, term.edition(), letter(due));
    let risks = doc.risks.join(" + ");
    let finding = match is {
        Some(_) => out.report(bi!(
            "保险单险别 {risks}，{rule} {edition} 至少要 {due}",
            "insured under {risks}; {rule} {edition} demands at least {due}"
        )),
        None => {
            let finding = out.report(bi!(
                "保险单险别“{risks}”认不出够不够，{rule} {edition} 至少要 {due}",
                "cannot tell whether `{risks}` is enough; {rule} {edition} demands at least {due}"
            ));
            finding.judgement().severity(Severity::Warning)
        }
    };
    finding
        .at(case.order.origin.place(&format!("insurance[{i}].risks")), bi!("保险单", "insurance document"))
        .at(terms::place(case), bi!("贸易术语", "trade term"))
        .help(bi!(
            "先看保单原件，登记时漏抄就补上；保单确是这样，开船前请保险公司出批单改为 {due}。客户书面同意较低险别的，写进 terms",
            "look at the policy and complete the record if something was left out; if it is so, have the insurer endorse it to {due} before departure. If the buyer agreed to less in writing, put that into terms"
        ))
        .values([risks, due.to_owned()]);
    if doc.paper.is_draft() {
        finding.class(Class::Risk).severity(Severity::Warning);
    }
}
