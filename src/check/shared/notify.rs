//! How the notify parties of a transport document compare with 46A. Shared by sea and air; the rule that calls decides
//! under which name it is said.

use super::exams;
use crate::bi;
use crate::check::finding::Severity;
use crate::check::rule::{Case, Sink};
use crate::compare::{Outcome, address, name};
use crate::derive::credit::Credit;
use crate::derive::credit::terms::Said;
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::document::Required;
use crate::model::value::fold::fold;

/// Says what is wrong with the notify parties that a paper prints.
pub(crate) fn check(
    case: &Case<'_>,
    exam: &Exam<'_>,
    paper: &Paper<'_>,
    printed: &[String],
    out: &mut Sink<'_>,
) {
    let asked = exam.credit.asked(paper.key).find_map(|a| Some((a, a.value.notify.as_deref()?)));
    let Some((asked, wanted)) = asked else {
        unasked(case, exam, paper, printed, out);
        return;
    };
    if printed.is_empty() {
        absent(case, exam, paper, asked, wanted, out);
        return;
    }
    let Some(party) = exams::party(&exam.credit, wanted) else { return };
    // One party in several lines, or several parties in a line each.
    let block = printed.join(", ");
    let own = |text: &str| {
        exams::party(&exam.credit, text).map_or(Outcome::Different, |t| name::compare_block(t, party))
    };
    let best = printed.iter().map(|line| own(line)).chain([own(&block)]).min().unwrap_or(Outcome::Different);
    let best = if best == Outcome::Different && all_of(&exam.credit, wanted, printed, &block) {
        Outcome::Normalised
    } else {
        best
    };
    let (title, number) = (paper.name(), exam.credit.number());
    if !best.agrees() {
        let finding = exams::say(
            case,
            exam,
            paper,
            "notify",
            Some(&asked.source.field("notify")),
            bi!(
                "{title} 通知人是“{block}”，信用证 {number} 要求“{party}”",
                "{title} notifies `{block}`; credit {number} asks for `{party}`";
                title
            ),
            out,
        );
        finding.values([block.as_str(), party]).help(bi!(
            "先核对登记与单据；真印错，请船公司照信用证改",
            "first compare record and paper; if it is printed so, have the carrier correct it to the words of the credit"
        ));
        if best == Outcome::Typo {
            finding.severity(Severity::Warning).judgement();
        }
        return;
    }
    figures(case, exam, paper, (&block, wanted, party), asked, out);
}

/// `APPLICANT AND KLINE CARGO LTD`: both are there, in whatever order and lines.
fn all_of(credit: &Credit<'_>, wanted: &str, printed: &[String], block: &str) -> bool {
    let folded = fold(wanted);
    let parts: Vec<&str> = folded
        .split([';', '+'])
        .flat_map(|p| p.split(" AND "))
        .map(str::trim)
        .filter(|p| !p.is_empty())
        .collect();
    let whole = name::plain(block);
    let there = |part: &&str| {
        exams::party(credit, part).is_some_and(|party| {
            let plain = name::plain(party);
            printed.iter().any(|line| name::compare_block(line, party).agrees())
                || (!plain.is_empty() && format!(" {whole} ").contains(&format!(" {plain} ")))
        })
    };
    (2..=5).contains(&parts.len()) && parts.iter().all(there)
}

/// Where the credit asks for no notify party anybody may be named; the applicant with a slip in his name is seen.
fn unasked(case: &Case<'_>, exam: &Exam<'_>, paper: &Paper<'_>, printed: &[String], out: &mut Sink<'_>) {
    let Some(applicant) = exam.credit.applicant else { return };
    let meant = |line: &String| name::compare_block(line, applicant.value) == Outcome::Typo;
    let agrees = |line: &String| name::compare_block(line, applicant.value).agrees();
    let block = printed.join(", ");
    if printed.iter().any(agrees) || agrees(&block) {
        return;
    }
    let Some(line) = printed.iter().find(|line| meant(line)) else { return };
    let (title, party) = (paper.name(), applicant.value);
    exams::say(
        case,
        exam,
        paper,
        "notify",
        Some(&applicant.source),
        bi!(
            "{title} 通知人是“{line}”，和信用证申请人“{party}”差一点",
            "{title} notifies `{line}`, nearly the credit's applicant `{party}`";
            title
        ),
        out,
    )
    .severity(Severity::Warning)
    .judgement()
    .values([line.as_str(), party])
    .help(bi!(
        "看是不是另一家公司；就是申请人的，请船公司照信用证 50 场改",
        "see whether it is another company; if it is the applicant, have the carrier correct it to field 50"
    ));
}

/// The B/L as recorded names nobody: the clerk may have left it out, so a person looks.
fn absent(
    case: &Case<'_>,
    exam: &Exam<'_>,
    paper: &Paper<'_>,
    asked: &Said<&Required>,
    wanted: &str,
    out: &mut Sink<'_>,
) {
    if paper.printed.is_draft() || paper.printed.day().is_none() {
        return;
    }
    let (title, number) = (paper.name(), exam.credit.number());
    exams::say(
        case,
        exam,
        paper,
        "notify",
        Some(&asked.source.field("notify")),
        bi!(
            "{title} 没有登记通知人，信用证 {number} 要求“{wanted}”",
            "no notify party is recorded for {title}; credit {number} asks for `{wanted}`";
            title
        ),
        out,
    )
    .severity(Severity::Warning)
    .judgement()
    .values(["", wanted])
    .help(bi!(
        "看原件：印了就补登记，没印请船公司加上",
        "see the original: record the party if it is printed, have the carrier add it if not"
    ));
}

/// Address and telephone of an applicant who is the notify party are those of the credit, if printed (art. 14 j).
fn figures(
    case: &Case<'_>,
    exam: &Exam<'_>,
    paper: &Paper<'_>,
    (block, wanted, party): (&str, &str, &str),
    asked: &Said<&Required>,
    out: &mut Sink<'_>,
) {
    let applicant = exam.credit.applicant.is_some_and(|a| name::compare_block(a.value, party).agrees());
    let address = exam.credit.lc.applicant_address.join(" ");
    if !applicant || address.is_empty() {
        return;
    }
    let own = exam.credit.applicant.map_or("", |a| a.value);
    let strange = address::strange_figures(block, &format!("{address} {wanted} {party} {own}"));
    if strange.is_empty() {
        return;
    }
    let (title, number, strange) = (paper.name(), exam.credit.number(), strange.join(", "));
    exams::say(
        case,
        exam,
        paper,
        "notify",
        Some(&asked.source.field("notify")),
        bi!(
            "{title} 通知人地址里的 {strange} 与信用证 {number} 的申请人地址“{address}”不符",
            "{title}: {strange} in the address of the notify party is not in the applicant's address of credit {number}, `{address}`";
            title
        ),
        out,
    )
    .at(case.order.origin.place(&exam.credit.path("applicant_address")), bi!("申请人地址", "address of the applicant"))
    .values([block, address.as_str()])
    .help(bi!(
        "先核对登记与单据；真印错，请船公司照信用证 50 栏改",
        "first compare record and paper; if it is printed so, have the carrier correct it to field 50"
    ));
}
