//! Letters of credit on the order's page: will the bank refuse, what is missing, until when. Whether papers comply is
//! for the rules to say; here their findings are laid beside the clauses they are about.

mod checks;
mod clauses;
mod clocks;
mod presented;
mod terms;

use std::rc::Rc;

use super::documents::anchor_id;
use crate::check::finding::{Finding, Severity, Verdict};
use crate::derive::OrderFacts;
use crate::derive::credit::Credit as Terms;
use crate::derive::exam::{Exam, Exams};
use crate::derive::papers::Paper;
use crate::derive::standing::{Standing, Step};
use crate::model::Order;
use crate::publish::credits;
use crate::publish::ctx::Ctx;
use crate::publish::finding::{anchor_of, touches};
use crate::say;
use crate::site::view::{Credit, CreditCondition, Link, Mark, Requirement};

/// What the parts of the block are filled from.
struct Block<'b, 'a> {
    ctx: &'b Ctx<'a>,
    order: &'a Order,
    facts: &'b OrderFacts,
    credit: &'b Rc<Terms<'a>>,
    standing: &'b Standing<'a>,
    /// Everything under this credit.
    exams: Vec<&'b Exam<'a>>,
    findings: &'b [&'a Finding],
}

/// The credits of an order: those in force, then those that are not known yet or were replaced.
pub(super) fn of<'a>(ctx: &Ctx<'a>, order: &'a Order, facts: &OrderFacts) -> Vec<Credit> {
    if order.docs.lc.is_empty() {
        return Vec::new();
    }
    let exams = Exams::of(ctx.book(), order, ctx.as_of());
    let current = exams.credits.iter().map(|credit| {
        let standing = Standing::of(ctx.book(), facts, &exams, credit, ctx.as_of());
        let block = Block {
            ctx,
            order,
            facts,
            credit,
            standing: &standing,
            exams: exams.under(credit).collect(),
            findings: ctx.findings.order(&order.id),
        };
        block.fill()
    });
    let others =
        order.docs.lc.iter().enumerate().filter(|(i, _)| !exams.credits.iter().any(|c| c.index == *i));
    let others = others.map(|(index, lc)| {
        let credit = Terms::of(index, lc, ctx.as_of());
        Credit {
            anchor: credits::anchor_of(&credit),
            number: lc.paper.number.clone().unwrap_or_default(),
            summary: terms::summary(ctx, lc),
            fields: terms::terms(ctx, order, lc),
            texts: terms::texts(ctx, &credit),
            amendments: lc.amendments.iter().map(|a| terms::amendment(ctx, a)).collect(),
            ..Credit::default()
        }
    });
    current.chain(others).collect()
}

impl<'b, 'a> Block<'b, 'a> {
    fn fill(&self) -> Credit {
        let (ctx, lc) = (self.ctx, self.credit.lc);
        let requirements = clauses::requirements(self);
        let conditions = clauses::conditions(self);
        let (verdict, verdict_mark) = self.verdict(&requirements, &conditions);
        Credit {
            anchor: credits::anchor_of(self.credit),
            number: lc.paper.number.clone().unwrap_or_default(),
            summary: terms::summary(ctx, lc),
            verdict,
            verdict_mark,
            fields: terms::terms(ctx, self.order, lc),
            clocks: clocks::of(self),
            left: clocks::left(self),
            balance: self.balance(),
            used_percent: clocks::used(self),
            findings: credits::findings(self.findings, self.credit, self.order)
                .into_iter()
                .filter(|f| !credits::is_on_clause(self.order, self.credit, f))
                .map(|f| credits::line(ctx, self.credit, f, &format!("#{}", anchor_of(f))))
                .collect(),
            checks: checks::of(self),
            presented: requirements.iter().any(|r| !r.presented.is_empty()),
            requirements,
            conditions,
            presentations: presented::of(self),
            texts: terms::texts(ctx, self.credit),
            amendments: lc.amendments.iter().map(|a| terms::amendment(ctx, a)).collect(),
        }
    }

    /// What was drawn, the most that may be, and what is left.
    fn balance(&self) -> String {
        let (ctx, standing) = (self.ctx, self.standing);
        let currency = self.credit.money().or(self.facts.goods.currency);
        let drawn = ctx.money(standing.drawn, currency);
        let Some((cap, left)) = standing.cap.zip(standing.left()) else {
            return say!(ctx, "已支 {drawn}", "{drawn} drawn");
        };
        let cap = ctx.amount(cap, currency);
        let figure = ctx.amount(left.abs(), currency);
        if left.is_sign_negative() && !left.is_zero() {
            return say!(
                ctx,
                "已支 {drawn}，最多可支 {cap}，超出 {figure}",
                "{drawn} drawn of {cap} at most: {figure} too much"
            );
        }
        say!(
            ctx,
            "已支 {drawn}，最多可支 {cap}，还剩 {figure}",
            "{drawn} drawn of {cap} at most, {figure} left"
        )
    }

    /// The answer: what the bank has said comes before what the rules find, and a clock that has run out before both.
    fn verdict(&self, requirements: &[Requirement], conditions: &[CreditCondition]) -> (String, Mark) {
        let ctx = self.ctx;
        let (text, mark) = clauses::verdict(ctx, requirements, conditions);
        let late = self.standing.due.filter(|due| due.date < ctx.as_of());
        let head = match (self.standing.step, late) {
            (Step::Cure, _) => {
                let said = presented::objections(self);
                match said {
                    1 => say!(ctx, "银行拒付，1 个不符点", "Refused by the bank, 1 discrepancy"),
                    _ => say!(ctx, "银行拒付，{said} 个不符点", "Refused by the bank, {said} discrepancies"),
                }
            }
            (Step::Ship, Some(_)) => say!(ctx, "最迟装运日已过", "The latest shipment has passed"),
            (Step::Present, Some(_)) => {
                say!(ctx, "最后交单日已过", "The last day of presentation has passed")
            }
            _ => return (text, mark),
        };
        let text = if text.is_empty() { head } else { say!(ctx, "{head}。{text}", "{head}. {text}") };
        (text, Mark::Late)
    }

    /// The set that is to be presented next, else the last presentation.
    fn current(&self) -> Option<&'b Exam<'a>> {
        let open = self.exams.iter().filter(|e| e.presentation.is_none()).min_by_key(|e| e.cure_until());
        let last = self
            .exams
            .iter()
            .filter(|e| !e.past && e.presentation.is_some())
            .max_by_key(|e| e.presented_on());
        open.or(last).copied()
    }

    /// Findings that count, with a place in what a key path names.
    fn on(&self, path: &str) -> Vec<&'a Finding> {
        let whole = self.order.origin.place(path);
        let all = self.findings.iter().filter(|f| counts(f) && touches(f, &whole));
        all.copied().collect()
    }

    /// Findings as links, each once, in the words of their rules.
    fn links(&self, findings: &[&Finding]) -> Vec<Link> {
        let mut links: Vec<Link> = Vec::new();
        for finding in findings {
            let link = Link::new(self.ctx.word(finding.rule.title), format!("#{}", anchor_of(finding)));
            if !links.contains(&link) {
                links.push(link);
            }
        }
        links
    }

    /// A paper with its place on the page.
    fn paper(&self, paper: &Paper<'_>) -> Link {
        let reference = paper.printed.reference().unwrap_or_default();
        let name = if reference.is_empty() { self.ctx.word(("无编号", "no number")) } else { reference };
        let text = if paper.printed.is_draft() {
            say!(self.ctx, "{name}（草稿）", "{name} (draft)")
        } else {
            name.to_owned()
        };
        Link::new(text, format!("#{}", anchor_id(paper.key, reference, paper.index)))
    }
}

/// Information, history and what was accepted say nothing against a clause.
fn counts(finding: &Finding) -> bool {
    finding.severity > Severity::Info && finding.waived.is_none() && !finding.past
}

/// What findings say together: a conflict, or something for a person to look at.
fn weigh(findings: &[&Finding]) -> Option<Mark> {
    let sure = findings.iter().any(|f| f.verdict == Verdict::Conflict);
    match findings {
        [] => None,
        _ if sure => Some(Mark::Late),
        _ => Some(Mark::Warn),
    }
}
