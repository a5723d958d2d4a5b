//! How the ends of a carriage (ports, airports, places) on a transport document compare with the credit. Shared by sea,
//! land and air; the rule that calls decides under which name it is said.

use crate::bi;
use crate::check::finding::Severity;
use crate::check::rule::{Case, Sink};
use crate::check::shared::exams;
use crate::compare::Outcome;
use crate::compare::place::{self, Place};
use crate::derive::credit::Said;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::text::{Bi, StaticBi};

/// One end of a carriage.
pub(crate) struct End<'a> {
    /// Key of the field on the paper.
    pub(crate) field: &'static str,
    /// What the end is called.
    pub(crate) label: StaticBi,
    /// As printed.
    pub(crate) printed: Option<&'a str>,
    /// As the credit asks.
    pub(crate) asked: Option<Said<&'a str>>,
    /// Where the place may stand instead: the port in an on-board notation (ISBP 745 E6).
    pub(crate) instead: Option<&'a str>,
    /// A city stands for the place inside it: a credit that names the city means its airport.
    pub(crate) city: bool,
}

/// Says where the paper names another place than the credit. What is absent on either side is no contradiction.
pub(crate) fn compare(
    case: &Case<'_>,
    exam: &Exam<'_>,
    paper: &Paper<'_>,
    end: &End<'_>,
    out: &mut Sink<'_>,
) {
    let (Some(value), Some(asked)) = (end.printed, end.asked) else { return };
    let fits = place::fits(value, asked.value);
    let agrees = |fits: Option<Place>| match fits {
        Some(Place::Is(outcome)) => outcome.agrees(),
        Some(Place::Within) => end.city,
        None => false,
    };
    if agrees(fits) || end.instead.is_some_and(|other| agrees(place::fits(other, asked.value))) {
        return;
    }
    let (name, number, want, label) = (paper.name(), exam.credit.number(), asked.value, Bi::from(end.label));
    let finding = exams::say(
        case,
        exam,
        paper,
        end.field,
        Some(&asked.source),
        bi!(
            "{name} 的{label}是 {value}，信用证 {number} 要求 {want}",
            "{name}: {label} {value}, credit {number} asks for {want}";
            name, label
        ),
        out,
    );
    finding
        .help(bi!(
            "先核对登记与单据；单据印错请承运人改单，货真走了别处就请客户改证或书面接受",
            "first compare record and paper; have the carrier correct a wrong paper, or have the credit amended if the goods really went another way"
        ))
        .values([value, want]);
    if !matches!(fits, Some(Place::Is(Outcome::Different))) {
        finding.severity(Severity::Warning).judgement();
    }
}
