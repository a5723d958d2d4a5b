//! `credit-docs-complete`: a document that 46A asks for was not presented, or in too few originals or copies.

use super::super::prelude::*;
use crate::check::finding::Finding;
use crate::check::shared::asked::{self, Answer, Asked, Needs};
use crate::check::shared::{exams, presented};
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::model::document::Presentation;
use crate::model::stage::Milestone;
use crate::model::value::fold::fold;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-docs-complete",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "UCP 600 第 14 条 a 款、第 17 条 a、d、e 款、第 28 条 b 款",
        "UCP 600 art. 14 a, 17 a, d, e, 28 b",
    ),
    title: ("46A 的单据没交齐", "documents of 46A not all presented"),
    docs: Docs {
        checks: (
            "交单后才看。46A 要的每种单据都交了；份数按 46A：写几份正本就几份正本；“一式三份”、“3 copies”是至少一份正本、一共三份；保险单据要交全部正本。运输单据的正本由 credit-bl-fullset 说。几种证明按名称、内容、出具人对应；出具人和 46A 点名的不同，报错。交单记录没列单据的，只能看有没有登记，警告；46A 的种类认不出、证明对不上号的，请人看。42C 要汇票而没有的，警告。",
            "Only after presentation. Every kind of document of 46A was presented, in the numbers of 46A: originals literally; \"in triplicate\" and \"3 copies\" are at least one original and three in all; an insurance document in all its originals. Originals of transport documents are for credit-bl-fullset. Several certificates are told apart by title, words and issuer; an issuer other than the one named is an error. Where the presentation lists no papers only their records can be looked at: a warning. Kinds that are not understood and certificates that fit no requirement are for a person. A draft that 42C asks for and that is not there is a warning.",
        ),
        why: (
            "少一种单据、少一份正本，是最常见也最冤的拒付。",
            "A missing paper or original is the commonest refusal, and the most needless.",
        ),
        fix: (
            "先看交单记录列全没有；真没交，交单期内补交。",
            "See first whether the record of the presentation is complete; if a paper was not presented, present it within the time of the credit.",
        ),
    },
    example: example!("credit-docs-complete"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in presented::all(case) {
        let gone = exam.presentation.is_some() || case.facts.progress.is_done(Milestone::Presented);
        if !gone || exam.credit.documents.is_empty() {
            continue;
        }
        let all = asked::answers(exam);
        let before = earlier(case, exam);
        let held: Vec<Vec<Asked<'_>>> = before.iter().map(|e| asked::answers(e)).collect();
        for (n, asked) in all.iter().enumerate() {
            match &asked.answer {
                Answer::Nothing if is_held(&held, n) => {}
                Answer::Nothing => missing(case, exam, asked, out),
                Answer::Unknown => {}
                Answer::Perhaps(paper) => perhaps(case, exam, asked, paper, out),
                Answer::Papers(papers) => {
                    for paper in papers {
                        // Originals of the same paper that the bank still holds.
                        let there = before.iter().filter_map(|e| presented::listed(e, paper)?.0);
                        count(case, exam, asked, (paper, there.fold(0, u32::saturating_add)), out);
                        issuer(case, exam, asked, paper, out);
                    }
                }
            }
        }
        unknown(case, exam, &all, out);
        if held.is_empty() {
            draft(case, exam, out);
        }
    }
}

/// Earlier presentations that this one cures and whose papers the bank still holds: only what was wrong is presented
/// again.
fn earlier<'c, 'a>(case: &'c Case<'a>, exam: &'c Exam<'a>) -> Vec<&'c Exam<'a>> {
    let mut all: Vec<&Exam<'a>> = Vec::new();
    let mut again = exam.presentation.and_then(|(_, p)| p.again.as_deref());
    while let Some(id) = again {
        let before = case
            .exams()
            .under(&exam.credit)
            .find(|e| e.presentation.is_some_and(|(_, p)| p.id.as_deref() == Some(id) && !returned(p)));
        let Some(before) = before.filter(|b| all.iter().all(|a| !std::ptr::eq(*a, *b))) else { break };
        all.push(before);
        again = before.presentation.and_then(|(_, p)| p.again.as_deref());
    }
    all
}

/// The bank sent the papers back.
fn returned(presentation: &Presentation) -> bool {
    let disposal = presentation.refusal.as_deref().and_then(|r| r.disposal.as_deref());
    disposal.is_some_and(|d| d.to_lowercase().contains("return"))
}

fn is_held(earlier: &[Vec<Asked<'_>>], requirement: usize) -> bool {
    earlier.iter().filter_map(|all| all.get(requirement)).any(|a| !a.papers().is_empty())
}

/// Where the presentation stands, and what it is called.
fn place(case: &Case<'_>, exam: &Exam<'_>) -> (crate::check::finding::Place, Bi) {
    match exam.path("documents") {
        Some(path) => (case.order.origin.place(&path), bi!("交单", "presentation")),
        None => (case.order.origin.place("actual.presented"), bi!("交单日", "presented on")),
    }
}

/// Where the words of a requirement stand.
fn words(asked: &Asked<'_>) -> String {
    format!("{}.text", asked.said.source.path())
}

fn close(finding: &mut Finding, exam: &Exam<'_>, paper: Option<&Paper<'_>>) {
    if let Some(paper) = paper {
        exams::weigh(finding, exam, paper);
    } else {
        finding.past |= exam.past;
        finding.until(exam.cure_until());
    }
}

fn missing(case: &Case<'_>, exam: &Exam<'_>, asked: &Asked<'_>, out: &mut Sink<'_>) {
    let what = asked.name();
    let sure = exam.listed && exam.unknown.is_empty();
    let finding = out.report(if sure && exam.presented_on().is_none() {
        bi!("46A 要的{what}还没列进这次交单", "46A asks for the {what}; it is not in the set that is being prepared"; what)
    } else if sure {
        bi!("46A 要的{what}没有交", "46A asks for the {what}; it was not presented"; what)
    } else {
        bi!("46A 要的{what}没有登记，交了没有？", "46A asks for the {what}; none is recorded: was it presented?"; what)
    });
    let (spot, label) = place(case, exam);
    finding
        .at(spot, label)
        .at(case.order.origin.place(&words(asked)), bi!("信用证 46A", "46A of the credit"))
        .values(["".to_owned(), asked.said.value.text.clone().unwrap_or_default()]);
    if sure {
        finding.help(bi!(
            "交了没列，就补进交单记录；真没交，交单期内补交这份单据",
            "if it was presented, add it to the record; if not, present it within the time of the credit"
        ));
    } else {
        finding.severity(Severity::Warning).judgement().help(bi!(
            "交了就登记这份单据，并在交单的 documents 里列出；没交，交单期内补交",
            "if it was presented, record it and list it under `documents` of the presentation; if not, present it in time"
        ));
    }
    if exam.presented_on().is_none() {
        finding.class(Class::Risk);
    }
    close(finding, exam, None);
}

fn perhaps(case: &Case<'_>, exam: &Exam<'_>, asked: &Asked<'_>, paper: &Paper<'_>, out: &mut Sink<'_>) {
    let (what, name) = (asked.name(), paper.name());
    let finding = out.report(bi!(
        "46A 要{what}，{name} 是不是它，请人看",
        "46A asks for the {what}; see whether {name} answers it"; what, name
    ));
    finding
        .severity(Severity::Warning)
        .judgement()
        .at(case.order.origin.place(&paper.whole()), name)
        .at(case.order.origin.place(&words(asked)), bi!("信用证 46A", "46A of the credit"))
        .values([
            paper.printed.number.clone().unwrap_or_default(),
            asked.said.value.text.clone().unwrap_or_default(),
        ])
        .help(bi!(
            "是就把 title 照纸面登记；不是，就是少交一份",
            "if it does, record its title as printed; if not, one document is missing"
        ));
    close(finding, exam, Some(paper));
}

/// What is short, in words.
struct Short {
    is: Bi,
    due: Bi,
    /// The same as figures.
    figures: [u32; 2],
    /// The list of the presentation does not say how many copies.
    unsure: bool,
}

fn short(exam: &Exam<'_>, held: u32, asked: &Asked<'_>, paper: &Paper<'_>) -> Option<Short> {
    let originals = presented::originals(exam, paper)?.saturating_add(held);
    let written = presented::listed(exam, paper);
    let copies = written.and_then(|(_, copies)| copies);
    let all = paper.printed.originals;
    let original = |n: u32| bi!("正本 {n} 份", "{n} original(s)");
    let in_all = |zh: &str, n: u32| bi!("{zh} {n} 份", "{n} in all");
    let full = paper.key == "insurance" || asked::needs(asked.said.value) == Some(Needs::Full);
    if full && all.is_some_and(|all| originals < all) {
        let all = all.unwrap_or_default();
        return Some(Short {
            is: original(originals),
            due: bi!("全部 {all} 份", "all {all}"),
            figures: [originals, all],
            unsure: false,
        });
    }
    let Some(Needs::Count { originals: due, total }) = asked::needs(asked.said.value) else { return None };
    if originals < due {
        return Some(Short {
            is: original(originals),
            due: original(due),
            figures: [originals, due],
            unsure: false,
        });
    }
    let sum = originals.saturating_add(copies.unwrap_or(0));
    (sum < total).then(|| Short {
        is: in_all("正副本合计", sum),
        due: in_all("合计", total),
        figures: [sum, total],
        unsure: copies.is_none(),
    })
}

fn count(
    case: &Case<'_>,
    exam: &Exam<'_>,
    asked: &Asked<'_>,
    (paper, held): (&Paper<'_>, u32),
    out: &mut Sink<'_>,
) {
    // A full set of a transport document has a rule of its own.
    if matches!(paper.key, "bl" | "awb" | "waybill" | "courier") {
        return;
    }
    let Some(Short { is, due, figures, unsure }) = short(exam, held, asked, paper) else { return };
    let name = paper.name();
    let finding = out.report(bi!(
        "{name} 只交了{is}，46A 要{due}",
        "{name}: {is} presented, 46A asks for {due}"; name, is, due
    ));
    let (spot, label) = place(case, exam);
    finding
        .at(spot, label)
        .at(case.order.origin.place(&paper.path("originals")), name)
        .at(case.order.origin.place(&words(asked)), bi!("信用证 46A", "46A of the credit"))
        .values(figures)
        .help(bi!(
            "交够了只是没记全，补交单记录的份数；真少，交单期内补交",
            "if enough were presented, correct the numbers in the record; if not, present the rest in time"
        ));
    if unsure || !exam.listed {
        finding.severity(Severity::Warning).judgement();
    }
    close(finding, exam, Some(paper));
}

/// `BENEFICIARY'S CERTIFICATE …`: by whom it is.
fn is_beneficiarys(text: &str) -> bool {
    let folded = fold(text);
    ["BENEFICIARY'S ", "BENEFICIARYS ", "BENEFICIARIES ", "BENEFICIARY "].iter().any(|head| {
        folded.split(head).nth(1).is_some_and(|rest| {
            let first = rest.trim_start_matches("SIGNED ");
            ["CERTIFICATE", "STATEMENT", "DECLARATION"].iter().any(|word| first.starts_with(word))
        })
    })
}

/// A certificate by another body than the one that 46A names. Certificates of origin have a rule of their own.
fn issuer(case: &Case<'_>, exam: &Exam<'_>, asked: &Asked<'_>, paper: &Paper<'_>, out: &mut Sink<'_>) {
    let own = || asked.said.value.text.as_deref().filter(|text| is_beneficiarys(text)).map(|_| "beneficiary");
    let names = (asked.said.value.issuer.as_deref().or_else(own), paper.printed.issuer.as_deref());
    let (Some(due), Some(is)) = names else { return };
    let field = if asked.said.value.issuer.is_some() { "issuer" } else { "text" };
    if paper.key != "certificate" || asked::issued_by(&exam.credit, due, is) != Some(false) {
        return;
    }
    let name = paper.name();
    let finding = out.report(bi!(
        "{name} 由“{is}”出具，46A 要“{due}”出具",
        "{name} is issued by `{is}`; 46A asks for one by `{due}`"; name
    ));
    finding
        .at(case.order.origin.place(&paper.path("issuer")), name)
        .at(
            case.order.origin.place(&format!("{}.{field}", asked.said.source.path())),
            bi!("信用证 46A", "46A of the credit"),
        )
        .values([is, due])
        .help(bi!(
            "先看出具人抄错没有；确是别家出的，请 46A 点名的那家重出",
            "see first whether the issuer was copied wrongly; if it is by another body, have the one that 46A names issue it"
        ));
    close(finding, exam, Some(paper));
}

/// Requirements of kinds that have no table: listed once, for a person.
fn unknown(case: &Case<'_>, exam: &Exam<'_>, all: &[Asked<'_>], out: &mut Sink<'_>) {
    let open: Vec<&Asked<'_>> = all.iter().filter(|a| matches!(a.answer, Answer::Unknown)).collect();
    let Some(first) = open.first() else { return };
    let text = |a: &&Asked<'_>| {
        let required = a.said.value;
        required.text.as_deref().or(required.kind.as_deref()).map(asked::short).unwrap_or_default()
    };
    let list = open.iter().map(text).collect::<Vec<_>>().join("; ");
    let finding = out.report(bi!(
        "46A 有对不上登记的单据，交了没有请人看：{list}",
        "46A asks for documents that no record answers; see whether they were presented: {list}"
    ));
    let (spot, label) = place(case, exam);
    finding
        .severity(Severity::Warning)
        .judgement()
        .at(case.order.origin.place(&words(first)), bi!("信用证 46A", "46A of the credit"))
        .at(spot, label)
        .values([list])
        .help(bi!(
            "交了就登记为 [[certificate]]，title 照纸面写；没交，交单期内补交",
            "if they were presented, record them as [[certificate]] with the title as printed; if not, present them in time"
        ));
    close(finding, exam, None);
}

/// 42C asks for a draft on a bank.
fn draft(case: &Case<'_>, exam: &Exam<'_>, out: &mut Sink<'_>) {
    let asked = exam.credit.asked("draft").next().is_some();
    let Some(drafts) = exam.credit.drafts.as_ref().filter(|_| !asked && exam.credit.drawee.is_some()) else {
        return;
    };
    if !exam.papers.draft.is_empty() {
        return;
    }
    let tenor = drafts.value;
    let finding = out.report(bi!(
        "42C 要汇票（{tenor}），交单里没有",
        "42C asks for drafts at {tenor}; none was presented"
    ));
    let (spot, label) = place(case, exam);
    finding
        .severity(Severity::Warning)
        .judgement()
        .at(spot, label)
        .at(case.order.origin.place(&drafts.source.path()), bi!("信用证 42C", "42C of the credit"))
        .values([String::new(), tenor.to_owned()])
        .help(bi!(
            "交了没登记就补上；没交，问交单行：有的即期证银行不要汇票",
            "if one was presented, record it; if not, ask the bank: some do without a draft at sight"
        ));
    close(finding, exam, None);
}
