//! `credit-bl-consignee`: consigned otherwise than the credit asks.

use super::super::prelude::*;

use crate::check::shared::{consignee, exams, papers};
use crate::compare::Outcome;
use crate::derive::credit::terms::Source;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::value::fold::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-bl-consignee",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("信用证 46A；ISBP 745 E12 至 E13", "46A of the credit; ISBP 745 E12 to E13"),
    title: ("提单收货人、背书与信用证不符", "consignee or endorsement differs"),
    docs: Docs {
        checks: (
            "46A 写明提单收货人的：凭指示（TO ORDER，凭托运人指示相同）、凭某方指示、记名，三种方式要一致，名称要一致；要求空白背书的，提单登记了背书。记名提单前面不得有 order。",
            "Where 46A says how the B/L is to be made out: to order (to order of shipper is the same), to order of a party, or to a named party; kind and party agree. Where an endorsement is asked for, it is recorded. A straight B/L has no \"order\" before the name.",
        ),
        why: (
            "收货人写错，货权就到了别人手里，银行必拒。",
            "A wrong consignee puts the goods into other hands; banks refuse for it.",
        ),
        fix: (
            "先核对登记与单据。签发前改不收费；签发后请船公司改单。缺背书的，交单前在每份正本背面盖章签字，再登记 endorsed。",
            "First compare record and paper. Before issue a change is free; afterwards the carrier must issue the B/L again. A missing endorsement is put on the back of each original before presentation; then record `endorsed`.",
        ),
    },
    example: example!("credit-bl-consignee"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        for &(index, bl) in &exam.papers.bl {
            let Some(asked) = exam.credit.asked("bl").next() else { continue };
            let paper = Paper { key: "bl", index, printed: &bl.paper };
            if let (Some(printed), Some(wanted)) = (bl.consignee.as_deref(), asked.value.consignee.as_deref())
            {
                consigned(case, exam, &paper, (printed, wanted), &asked.source.field("consignee"), out);
            }
            if let Some(wanted) = asked.value.endorsed.as_deref() {
                endorsed(
                    case,
                    exam,
                    &paper,
                    (bl.endorsed.as_deref(), wanted),
                    &asked.source.field("endorsed"),
                    out,
                );
            }
        }
    }
}

fn consigned(
    case: &Case<'_>,
    exam: &Exam<'_>,
    paper: &Paper<'_>,
    (printed, wanted): (&str, &str),
    source: &Source,
    out: &mut Sink<'_>,
) {
    let outcome = consignee::compare(&exam.credit, printed, wanted);
    if outcome.is_some_and(Outcome::agrees) {
        return;
    }
    let (name, number) = (paper.name(), exam.credit.number());
    let finding = exams::say(
        case,
        exam,
        paper,
        "consignee",
        Some(source),
        bi!(
            "{name} 收货人是“{printed}”，信用证 {number} 要求“{wanted}”",
            "{name} is made out to `{printed}`; credit {number} asks for `{wanted}`";
            name
        ),
        out,
    );
    finding
        .help(bi!(
            "先核对登记与单据；签发前请货代改，签发后请船公司改单，收货人照信用证写",
            "first compare record and paper; have the forwarder change it before issue, or the carrier issue it again, with the consignee as in the credit"
        ))
        .values([printed, wanted]);
    if outcome != Some(Outcome::Different) {
        finding.severity(Severity::Warning).judgement();
    }
}

/// An endorsement is put on at presentation: before that, one that is not recorded is only worth knowing.
fn endorsed(
    case: &Case<'_>,
    exam: &Exam<'_>,
    paper: &Paper<'_>,
    (recorded, wanted): (Option<&str>, &str),
    source: &Source,
    out: &mut Sink<'_>,
) {
    let same = recorded.is_some_and(|r| fold(r) == fold(wanted));
    if same || paper.printed.is_draft() {
        return;
    }
    let (name, number, due) = (paper.name(), exam.credit.number(), papers::endorsement(wanted));
    let title = match recorded.map(papers::endorsement) {
        Some(is) => bi!(
            "{name} {is}，信用证 {number} 要求{due}",
            "{name} is {is}; credit {number} asks for it to be {due}";
            name, is, due
        ),
        None => bi!(
            "{name} 没有登记背书，信用证 {number} 要求{due}",
            "no endorsement is recorded for {name}; credit {number} asks for it to be {due}";
            name, due
        ),
    };
    let finding = exams::say(case, exam, paper, "endorsed", Some(source), title, out);
    finding
        .help(bi!(
            "在每份正本背面按要求背书，再登记 endorsed = \"{wanted}\"；已经背书的，补登记",
            "endorse each original on the back as asked, then record endorsed = \"{wanted}\"; record it if it is done already"
        ))
        .values([recorded.unwrap_or_default(), wanted]);
    if recorded.is_none() {
        let level = if exam.presentation.is_some() { Severity::Warning } else { Severity::Info };
        finding.severity(level).judgement();
    }
}
