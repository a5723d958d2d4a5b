//! What rules about the credit share: how a finding about a paper of a presentation is placed and weighed, what the
//! credit's own words for a party mean, and the days of a shipment period. Decides nothing.

use super::papers;
use crate::bi;
use crate::check::finding::Finding;
use crate::check::rule::{Case, Sink};
use crate::derive::credit::Credit;
use crate::derive::credit::terms::Source;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::document::Period;
use crate::model::value::Interval;
use crate::model::value::fold::fold;
use crate::text::Bi;

/// A finding about a presentation that a later one cures is history; one about a draft is a risk. Both say until
/// when the papers can still be changed for others.
pub(crate) fn weigh(finding: &mut Finding, exam: &Exam<'_>, paper: &Paper<'_>) {
    papers::soften(finding, paper.printed);
    finding.past |= exam.past;
    finding.until(exam.cure_until());
}

/// Reports what a paper says against a term of the credit: the paper first, then the credit.
pub(crate) fn say<'s>(
    case: &Case<'_>,
    exam: &Exam<'_>,
    paper: &Paper<'_>,
    field: &str,
    term: Option<&Source>,
    title: Bi,
    out: &'s mut Sink<'_>,
) -> &'s mut Finding {
    let finding = out.report(title);
    finding.at(case.order.origin.place(&paper.path(field)), paper.name());
    if let Some(term) = term {
        finding.at(case.order.origin.place(&term.path()), bi!("信用证", "letter of credit"));
    }
    weigh(finding, exam, paper);
    finding
}

/// The party that the credit's own word stands for: `APPLICANT`, `ISSUING BANK`, `BENEFICIARY`, `SHIPPER`. `None`
/// where the word is such a one and the credit does not record who that is.
pub(crate) fn party<'c>(credit: &'c Credit<'_>, word: &'c str) -> Option<&'c str> {
    let folded = fold(word);
    match role(folded.trim_start_matches("THE ").trim_end_matches('.')) {
        "APPLICANT" | "BUYER" | "ACCOUNTEE" => credit.applicant.map(|a| a.value),
        "ISSUING BANK" | "L/C ISSUING BANK" | "OPENING BANK" => credit.lc.paper.issuer.as_deref(),
        "BENEFICIARY" | "SHIPPER" | "SELLER" => credit.beneficiary.map(|b| b.value),
        "ADVISING BANK" => credit.lc.advising.as_deref(),
        _ => Some(word),
    }
}

/// `APPLICANT WITH FULL ADDRESS`, `APPLICANT'S FULL NAME AND ADDRESS`, `APPLICANT (AS ABOVE)`: the role alone.
fn role(folded: &str) -> &str {
    const ROLES: &[&str] = &[
        "APPLICANT",
        "BUYER",
        "ACCOUNTEE",
        "ISSUING BANK",
        "L/C ISSUING BANK",
        "OPENING BANK",
        "BENEFICIARY",
    ];
    const MORE: &[&str] = &[
        "WITH ",
        "SHOWING ",
        "STATING ",
        "INDICATING ",
        "GIVING ",
        "MENTIONING ",
        "(",
        "AS ",
        "AT ",
        "FULL NAME",
        "FULL ADDRESS",
        "NAME AND",
        "NAME & ",
        "AND ADDRESS",
        "AND FULL ADDRESS",
        "AND HIS ",
        "AND THEIR ",
    ];
    let named = ROLES.iter().find_map(|role| {
        let rest = folded.strip_prefix(role)?;
        let rest = rest.strip_prefix("'S").unwrap_or(rest).trim_start_matches([' ', ',', ':']);
        MORE.iter().any(|more| rest.starts_with(more)).then_some(*role)
    });
    named.unwrap_or(folded)
}

/// The days of a shipment period; `on or about` is five days to either side (UCP 600 art. 3).
pub(crate) fn window(period: &Period) -> Option<Interval> {
    match (period.about, period.from, period.to) {
        (Some(about), _, _) => Some(Interval::on_or_about(about)),
        (None, Some(from), Some(to)) => Some(Interval::between(from, to)),
        (None, None, Some(to)) => Some(Interval::until(to)),
        (None, Some(from), None) => Some(Interval { from: Some(from), to: None }),
        (None, None, None) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::role;

    #[test]
    fn roles_with_more_words() {
        for text in [
            "APPLICANT",
            "APPLICANT WITH FULL ADDRESS",
            "APPLICANT'S FULL NAME AND ADDRESS",
            "APPLICANT, SHOWING TELEPHONE NUMBER",
            "APPLICANT (AS PER FIELD 50)",
            "APPLICANT AS ABOVE",
        ] {
            assert_eq!(role(text), "APPLICANT", "{text}");
        }
        for text in ["APPLICANT'S FORWARDER", "APPLICANT AND KLINE CARGO LTD", "BUYERS GROUP LTD"] {
            assert_eq!(role(text), text);
        }
    }
}
