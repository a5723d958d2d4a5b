//! 46A and 47A, clause by clause: which papers answer it, how many originals, and what the rules found.

use std::collections::BTreeSet;

use super::{Block, weigh};
use crate::compare::goods;
use crate::derive::credit::clause::{self, Condition};
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use crate::load::fields::Originals;
use crate::model::document::Required;
use crate::publish::ctx::Ctx;
use crate::say;
use crate::site::view::{CreditCondition, Mark, Requirement};

/// 46A in force.
pub(super) fn requirements(block: &Block<'_, '_>) -> Vec<Requirement> {
    let exam = block.current();
    let answers = answers(block, exam);
    let all = block.credit.documents.iter().zip(answers).enumerate();
    all.map(|(n, (said, papers))| {
        let mut findings = block.on(&said.source.path());
        for paper in &papers {
            findings.extend(block.on(&paper.whole()));
        }
        let draft = papers.iter().any(|p| p.printed.is_draft());
        let (mark, word) = match weigh(&findings) {
            Some(Mark::Late) => (Mark::Late, ("不符", "conflict")),
            Some(_) => (Mark::Warn, ("要人看", "needs eyes")),
            None if papers.is_empty() && !is_known(said.value) => (Mark::Warn, ("要人看", "needs eyes")),
            None if papers.is_empty() => (Mark::Todo, ("还没登记", "not registered yet")),
            None if draft => (Mark::Open, ("草稿，未见冲突", "draft, no conflict found")),
            None => (Mark::Done, ("未见冲突", "no conflict found")),
        };
        Requirement {
            number: n + 1,
            what: what(block.ctx, said.value),
            asked: asked(block.ctx, said.value),
            held: held(&papers),
            presented: exam.map(|exam| handed(exam, &papers)).unwrap_or_default(),
            registered: papers.iter().map(|p| block.paper(p)).collect(),
            mark,
            result: block.ctx.word(word).to_owned(),
            problems: block.links(&findings),
        }
    })
    .collect()
}

/// The papers that answer each clause of 46A. Certificates are told apart by their words, each answering one clause.
fn answers<'a>(block: &Block<'_, 'a>, exam: Option<&Exam<'a>>) -> Vec<Vec<Paper<'a>>> {
    let asked: Vec<&Required> = block.credit.documents.iter().map(|d| d.value).collect();
    let Some(exam) = exam else { return vec![Vec::new(); asked.len()] };
    let mut used: BTreeSet<usize> = BTreeSet::new();
    let single = asked.iter().filter(|r| r.kind.as_deref() == Some("certificate")).count() == 1;
    asked
        .into_iter()
        .map(|required| {
            let kind = required.kind.as_deref().unwrap_or_default();
            let papers: Vec<Paper<'a>> = exam.papers.kind(kind).collect();
            if kind != "certificate" || single {
                return papers;
            }
            let free = papers.into_iter().filter(|p| !used.contains(&p.index));
            let best = free.map(|p| (likeness(exam, required, &p), p)).max_by_key(|(like, _)| *like);
            let found = best.filter(|(like, _)| *like >= ALIKE).map(|(_, paper)| paper);
            used.extend(found.map(|p| p.index));
            found.into_iter().collect()
        })
        .collect()
}

/// Share of a clause's words, in per mille, from which a certificate is taken to answer it.
const ALIKE: u32 = 250;

fn likeness(exam: &Exam<'_>, required: &Required, paper: &Paper<'_>) -> u32 {
    let Some((_, certificate)) = exam.papers.certificate.iter().find(|(i, _)| *i == paper.index) else {
        return 0;
    };
    let words = [certificate.title.as_deref(), certificate.text.as_deref(), paper.printed.issuer.as_deref()];
    let printed = words.into_iter().flatten().collect::<Vec<_>>().join(" ");
    goods::compare(required.text.as_deref().unwrap_or_default(), &printed).coverage
}

fn is_known(required: &Required) -> bool {
    use crate::derive::papers::title;
    required.kind.as_deref().is_some_and(|kind| title(kind) != title(""))
}

/// Originals in hand, as registered, paper by paper.
fn held(papers: &[Paper<'_>]) -> String {
    let counts: Vec<String> =
        papers.iter().filter_map(|p| p.printed.originals).map(|n| n.to_string()).collect();
    counts.join(" / ")
}

/// What the presentation says was handed over.
fn handed(exam: &Exam<'_>, papers: &[Paper<'_>]) -> String {
    let counts = papers.iter().filter_map(|p| exam.counts(p)).filter_map(|(originals, copies)| {
        match (originals?, copies.unwrap_or(0)) {
            (originals, 0) => Some(originals.to_string()),
            (originals, copies) => Some(format!("{originals} + {copies}")),
        }
    });
    counts.collect::<Vec<_>>().join(" / ")
}

fn what(ctx: &Ctx<'_>, required: &Required) -> String {
    let kind = required.kind.as_deref().unwrap_or_default();
    let name = match kind {
        "invoice" => ("发票", "Invoice"),
        "packing" => ("装箱单", "Packing list"),
        "bl" => ("提单", "Bill of lading"),
        "awb" => ("空运单", "Air waybill"),
        "insurance" => ("保险", "Insurance"),
        "origin" => ("产地证", "Certificate of origin"),
        "draft" => ("汇票", "Draft"),
        "certificate" => ("证明", "Certificate"),
        "courier" => ("快递单", "Courier receipt"),
        "waybill" => ("运单", "Waybill"),
        _ => return required.text.clone().unwrap_or_else(|| kind.to_owned()),
    };
    let mut parts = vec![ctx.word(name).to_owned()];
    parts.extend(required.consignee.clone());
    parts.extend(required.freight.map(|f| {
        let word = ctx.word(f.title());
        say!(ctx, "运费{word}", "freight {word}")
    }));
    parts.extend(required.percent.map(|p| p.to_string()));
    parts.extend(required.risks.iter().cloned());
    parts.extend(required.issuer.as_deref().map(|issuer| match issuer {
        "beneficiary" => ctx.word(("受益人", "beneficiary")).to_owned(),
        other => other.to_owned(),
    }));
    if kind == "certificate" {
        parts.extend(required.text.clone());
    }
    parts.join(" · ")
}

fn asked(ctx: &Ctx<'_>, required: &Required) -> String {
    let originals = required.originals.map(|o| match o {
        Originals::Count(n) => n.to_string(),
        Originals::Full => ctx.word(("全套", "full set")).to_owned(),
    });
    match (originals, required.copies) {
        (Some(originals), Some(copies)) => format!("{originals} + {copies}"),
        (Some(originals), None) => originals,
        (None, Some(copies)) => say!(ctx, "副本 {copies}", "{copies} copies"),
        (None, None) => String::new(),
    }
}

/// 47A in force. What is not recognised needs eyes; nothing of it is called wrong.
pub(super) fn conditions(block: &Block<'_, '_>) -> Vec<CreditCondition> {
    let applicant = block.credit.applicant.map(|a| a.value);
    let all = block.credit.conditions.iter().enumerate();
    all.map(|(n, said)| {
        let findings = block.on(&said.source.path());
        let (plain, word) = match clause::condition(said.value, applicant) {
            Condition::Soft(_) => (Mark::Warn, ("要人看", "needs eyes")),
            Condition::Tolerance => {
                (Mark::Na, ("溢短装，按登记的浮动核对", "more or less, checked as recorded"))
            }
            Condition::Document => {
                (Mark::Warn, ("写在单据上的，对着单据看", "about the papers: look at them"))
            }
            Condition::Bank => (Mark::Na, ("银行之间的事", "between the banks")),
            Condition::Bare => (
                Mark::Warn,
                ("没有点名单据：单据别和它矛盾", "names no document: papers must not contradict it"),
            ),
        };
        let (mark, word) = match weigh(&findings) {
            Some(Mark::Late) => (Mark::Late, ("不符", "conflict")),
            Some(_) => (Mark::Warn, ("要人看", "needs eyes")),
            None => (plain, word),
        };
        CreditCondition {
            number: n + 1,
            text: said.value.to_owned(),
            mark,
            result: block.ctx.word(word).to_owned(),
            problems: block.links(&findings),
        }
    })
    .collect()
}

/// The answer in one line, and its colour.
pub(super) fn verdict(
    ctx: &Ctx<'_>,
    asked: &[Requirement],
    conditions: &[CreditCondition],
) -> (String, Mark) {
    let count = |mark: Mark| asked.iter().filter(|r| r.mark == mark).count();
    let (conflict, look, missing, draft) =
        (count(Mark::Late), count(Mark::Warn), count(Mark::Todo), count(Mark::Open));
    let clean = count(Mark::Done);
    let parts = [
        (clean, ("未见冲突", "no conflict found")),
        (conflict, ("不符", "conflict")),
        (look, ("要人看", "needs eyes")),
        (draft, ("草稿", "draft")),
        (missing, ("还没登记", "not registered")),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| {
            let word = ctx.word(word);
            say!(ctx, "{word} {n}", "{word} {n}")
        })
        .collect();
    let eyes = conditions.iter().filter(|c| matches!(c.mark, Mark::Warn | Mark::Late)).count();
    let mut text = String::new();
    if !asked.is_empty() {
        let (n, said) = (asked.len(), said.join(ctx.word(("，", ", "))));
        text = match n {
            1 => say!(ctx, "46A 1 项：{said}", "46A, 1 paper: {said}"),
            _ => say!(ctx, "46A {n} 项：{said}", "46A, {n} papers: {said}"),
        };
    }
    if eyes > 0 {
        let n = conditions.len();
        text.push_str(&match text.is_empty() {
            true => say!(ctx, "47A {n} 条：要人看 {eyes}", "47A, {n} conditions: needs eyes {eyes}"),
            false => say!(ctx, "。47A {n} 条：要人看 {eyes}", ". 47A, {n} conditions: needs eyes {eyes}"),
        });
    }
    let wrong = conflict > 0 || conditions.iter().any(|c| c.mark == Mark::Late);
    let mark = match (wrong, look + eyes, missing + draft) {
        (true, ..) => Mark::Late,
        (_, 1.., _) => Mark::Warn,
        (_, _, 1..) => Mark::Open,
        _ => Mark::Done,
    };
    (text, mark)
}
