//! The document check report: for the clerk before the papers go, for the forwarder and the bank desk with them.
//! Lists what the rules found; decides nothing.

use std::cmp::Reverse;
use std::collections::BTreeSet;

use super::ctx::Ctx;
use super::finding::{self, Sources};
use super::order::paper_href;
use crate::check::finding::{At, Finding, Severity, Verdict};
use crate::check::rule::{Group, Rule};
use crate::check::rules;
use crate::config::RuleState;
use crate::derive::OrderFacts;
use crate::derive::alike;
use crate::derive::exam::Exams;
use crate::derive::papers::{self, Paper, Papers, title};
use crate::model::Order;
use crate::say;
use crate::site::view::{
    CheckAlike, CheckGroup, CheckPage, CheckPaper, CheckRow, CheckText, CheckValue, Field, Link, Mark,
};
use crate::text::Lang;

/// Kinds of 46A documents that a rule compares; the words of others are to be read.
const UNDERSTOOD: &[&str] =
    &["invoice", "packing", "bl", "awb", "waybill", "courier", "insurance", "origin", "draft", "certificate"];

/// True where papers of an open order can be compared.
#[must_use]
pub fn applies(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> bool {
    !facts.is_archived()
        && !facts.is_cancelled()
        && !order.broken
        && Papers::of(order, |p| papers::counted(order, &p, ctx.as_of())).each().nth(1).is_some()
}

/// The address of an order's report.
#[must_use]
pub fn href(order: &Order) -> String {
    format!("o/{}/check.html", order.id)
}

/// The report of an order.
#[must_use]
pub fn page(ctx: &Ctx<'_>, order: &Order) -> CheckPage {
    let exams = Exams::of(ctx.book(), order, ctx.as_of());
    let findings: Vec<&Finding> =
        ctx.findings.order(&order.id).iter().copied().filter(|f| is_about_papers(f.rule)).collect();
    let open: Vec<&Finding> = findings.iter().copied().filter(|f| f.waived.is_none() && !f.past).collect();
    let (look, rest): (Vec<&Finding>, Vec<&Finding>) =
        open.iter().copied().partition(|f| f.verdict == Verdict::Judgement);
    let (notes, conflicts): (Vec<&Finding>, Vec<&Finding>) =
        rest.into_iter().partition(|f| f.severity == Severity::Info);
    let settled: Vec<&Finding> = findings.into_iter().filter(|f| f.waived.is_some() || f.past).collect();
    let (verdict, verdict_mark) = verdict(ctx, !exams.credits.is_empty(), &conflicts, &look);
    let mut seen = BTreeSet::new();
    CheckPage {
        id: order.id.to_string(),
        title: say!(ctx, "{} 单据检查报告", "{} document check report", order.id),
        order: ctx.order_link(&order.id),
        verdict,
        verdict_mark,
        facts: facts(ctx, order, &exams),
        papers: compared(ctx, order, &open),
        groups: groups(ctx, [conflicts, look, notes], &mut seen),
        alike: exams
            .all
            .iter()
            .filter(|e| !e.past)
            .flat_map(alike::of)
            .map(|a| alike_row(ctx, order, a))
            .collect(),
        reading: reading(&exams),
        settled: finding::list_beside(ctx, &settled, &mut seen),
    }
}

fn is_about_papers(rule: &Rule) -> bool {
    matches!(
        rule.group,
        Group::Arithmetic | Group::Term | Group::Documents | Group::Intake | Group::Credit | Group::Goods
    )
}

/// `对 61 项检查：未见冲突 58，冲突 1，要人看 2`. Counts rules, not papers: each rule is one thing that was looked at.
fn verdict(ctx: &Ctx<'_>, credit: bool, conflicts: &[&Finding], look: &[&Finding]) -> (String, Mark) {
    let ran = rules::all()
        .filter(|r| is_about_papers(r) && (credit || !matches!(r.group, Group::Intake | Group::Credit)));
    let ran = ran.filter(|r| match ctx.book().config.rule(r.name) {
        RuleState::Off => false,
        RuleState::Default => !r.opt_in,
        RuleState::Set(_) => true,
    });
    let all = ran.count();
    let names = |list: &[&Finding]| list.iter().map(|f| f.rule.name).collect::<BTreeSet<_>>();
    let (bad, eyes) = (names(conflicts), names(look));
    let eyes: BTreeSet<_> = eyes.difference(&bad).collect();
    let (bad, eyes) = (bad.len(), eyes.len());
    let clean = all.saturating_sub(bad + eyes);
    let mark = match (bad, eyes) {
        (0, 0) => Mark::Done,
        (0, _) => Mark::Warn,
        _ => Mark::Late,
    };
    let text = say!(
        ctx,
        "对 {all} 项检查：未见冲突 {clean}，冲突 {bad}，要人看 {eyes}",
        "{all} checks: no conflict found by {clean}, {bad} in conflict, {eyes} need eyes"
    );
    (text, mark)
}

fn facts(ctx: &Ctx<'_>, order: &Order, exams: &Exams<'_>) -> Vec<Field> {
    let mut all = Vec::new();
    let customer = ctx.customer(order);
    let company = ctx.book().config.company();
    let seller = match ctx.lang {
        Lang::Zh => company.name_zh.or(company.name),
        Lang::En => company.name.or(company.name_zh),
    };
    all.extend(seller.map(|name| Field::new(ctx.word(("卖方", "Seller")), name)));
    all.push(Field { label: say!(ctx, "客户", "Buyer"), value: customer.text, href: customer.href });
    if let Some(po) = &order.po {
        all.push(Field::new(ctx.word(("客户订单", "Buyer's order")), po.as_str()));
    }
    for credit in &exams.credits {
        let amended = credit.amendments.len();
        let times = if amended == 1 { "amendment" } else { "amendments" };
        let mut value = credit.number().to_owned();
        if amended > 0 {
            value.push_str(&say!(
                ctx,
                "（含已接受的修改 {amended} 次）",
                " (with {amended} accepted {times})"
            ));
        }
        let href = format!("o/{}.html#credit", order.id);
        all.push(Field { label: say!(ctx, "信用证", "Credit"), value, href });
    }
    let last = exams
        .all
        .iter()
        .filter(|e| e.presented_on().is_none())
        .filter_map(|e| e.limit.last())
        .min_by_key(|d| d.date);
    if let Some(last) = last {
        let mut value = ctx.weekday(last.date).text;
        if last.provisional {
            value.push_str(ctx.word(("（暂定）", " (provisional)")));
        }
        all.push(Field::new(ctx.word(("最后交单", "Last presentation")), value));
    }
    all.push(Field::new(ctx.word(("数据日期", "As of")), ctx.weekday(ctx.as_of()).text));
    all
}

fn compared(ctx: &Ctx<'_>, order: &Order, open: &[&Finding]) -> Vec<CheckPaper> {
    let all = Papers::of(order, |p| papers::counted(order, &p, ctx.as_of()));
    all.each()
        .map(|paper| {
            let here: Vec<&&Finding> = open.iter().filter(|f| touches(order, f, &paper)).collect();
            let bad =
                here.iter().filter(|f| f.verdict == Verdict::Conflict && f.severity > Severity::Info).count();
            let eyes = here.iter().filter(|f| f.verdict == Verdict::Judgement).count();
            let (state, mark) = match (bad, eyes) {
                (0, 0) => (say!(ctx, "未见冲突", "no conflict found"), Mark::Done),
                (0, n) => (say!(ctx, "{n} 处要看", "{n} to look at"), Mark::Warn),
                (n, _) => (say!(ctx, "{n} 处冲突", "{n} in conflict"), Mark::Late),
            };
            CheckPaper {
                kind: ctx.word(title(paper.key)).to_owned(),
                number: Link::new(
                    paper.printed.number.clone().unwrap_or_else(|| say!(ctx, "无编号", "no number")),
                    format!("o/{}.html{}", order.id, paper_href(order, &paper.whole())),
                ),
                date: paper.printed.day().map(|d| ctx.day(d)),
                draft: paper.printed.is_draft(),
                state,
                mark,
            }
        })
        .collect()
}

/// The first place of a finding lies in the paper.
fn touches(order: &Order, finding: &Finding, paper: &Paper<'_>) -> bool {
    let whole = order.origin.place(&paper.whole());
    let At::Value(prefix) = &whole.at else { return false };
    finding.spots.first().is_some_and(|spot| match &spot.place.at {
        At::Value(path) | At::Key(path) => spot.place.file == whole.file && path.starts_with(prefix.as_str()),
        At::File | At::Bytes(..) => false,
    })
}

fn groups(
    ctx: &Ctx<'_>,
    [conflicts, look, notes]: [Vec<&Finding>; 3],
    seen: &mut BTreeSet<String>,
) -> Vec<CheckGroup> {
    let mut sources = Sources::new(&ctx.book().root);
    let mut group = |anchor: &str, name: String, note: String, mark: Mark, list: Vec<&Finding>| CheckGroup {
        anchor: anchor.to_owned(),
        name,
        note,
        mark,
        rows: worst_first(list).into_iter().map(|f| row(ctx, f, &mut sources, seen)).collect(),
    };
    let all = vec![
        group(
            "conflict",
            say!(ctx, "冲突", "Conflicts"),
            say!(
                ctx,
                "两处说法互相矛盾，交单前要解决",
                "two statements contradict each other: to be solved before presentation"
            ),
            Mark::Late,
            conflicts,
        ),
        group(
            "look",
            say!(ctx, "要人看", "Need eyes"),
            say!(ctx, "机器判断不了，请对照两边原文", "a machine cannot tell: compare both texts"),
            Mark::Warn,
            look,
        ),
        group(
            "note",
            say!(ctx, "提示", "Notes"),
            say!(ctx, "知道就好，不影响交单", "worth knowing, no obstacle"),
            Mark::Todo,
            notes,
        ),
    ];
    all.into_iter().filter(|g| !g.rows.is_empty()).collect()
}

/// As on the order page.
fn worst_first(mut list: Vec<&Finding>) -> Vec<&Finding> {
    list.sort_by_key(|f| (Reverse(f.severity), f.class));
    list
}

fn row(ctx: &Ctx<'_>, finding: &Finding, sources: &mut Sources<'_>, seen: &mut BTreeSet<String>) -> CheckRow {
    let shown = finding::of(ctx, finding, sources);
    let values = shown
        .places
        .iter()
        .map(|place| {
            let file = place.file.rsplit('/').next().unwrap_or_default();
            let at = if place.line > 0 { format!("{file}:{}", place.line) } else { file.to_owned() };
            // Where nothing is recorded the place is the table's head: that is no value.
            let written = place.excerpt.iter().filter(|e| !is_head(&e.before, &e.marked));
            let value = written.map(|e| bare(&e.marked)).collect::<Vec<_>>().join(" ");
            CheckValue {
                who: place.label.clone(),
                value: if value.is_empty() { "—".to_owned() } else { value },
                place: Link::new(at, place.href.clone()),
            }
        })
        .collect();
    CheckRow {
        anchor: finding::address(finding, seen),
        level: shown.level,
        rule: Link::new(shown.rule, shown.rule_href),
        title: shown.title,
        values,
        source: shown.source,
        help: shown.help,
        until: shown.until,
        href: format!("{}#{}", shown.order_href, shown.anchor),
    }
}

/// `[bl]`, `[[invoice.lines]]`, whether the mark covers the brackets or not.
fn is_head(before: &str, marked: &str) -> bool {
    let before = before.trim_start();
    before.starts_with('[') || (before.is_empty() && marked.starts_with('['))
}

/// A text as the paper has it, without the quotation marks of the record; the lines of a list one after the other.
fn bare(written: &str) -> String {
    if let Some(list) = written.strip_prefix("[\"").and_then(|t| t.strip_suffix("\"]")) {
        return list.split("\", \"").collect::<Vec<_>>().join(" / ");
    }
    let inner = written.strip_prefix('"').and_then(|t| t.strip_suffix('"'));
    inner.filter(|t| !t.contains(['"', '\\'])).unwrap_or(written).to_owned()
}

fn alike_row(ctx: &Ctx<'_>, order: &Order, alike: alike::Alike) -> CheckAlike {
    let (key, index) = alike.paper;
    let all = Papers::of(order, |p| p.key == key && p.index == index);
    let paper = all.each().next().map(|p| ctx.text(&p.name())).unwrap_or_default();
    CheckAlike {
        paper,
        what: ctx.word(alike.what).to_owned(),
        printed: alike.printed,
        credit: alike.credit,
        why: ctx.word(alike.why).to_owned(),
    }
}

/// What no rule reads: 47A, 46A of unknown kinds, and 45A where no lines are recorded.
fn reading(exams: &Exams<'_>) -> Vec<CheckText> {
    let mut all = Vec::new();
    let mut add = |tag: &str, text: &str| all.push(CheckText { tag: tag.to_owned(), text: text.to_owned() });
    for credit in &exams.credits {
        if credit.items.is_empty() {
            credit.goods.iter().for_each(|g| add("45A", g.value));
        }
        for document in &credit.documents {
            let known =
                document.value.kind.as_deref().is_some_and(|k| UNDERSTOOD.contains(&k) && k != "certificate");
            if let Some(text) = document.value.text.as_deref().filter(|_| !known) {
                add("46A", text);
            }
        }
        credit.conditions.iter().for_each(|c| add("47A", c.value));
    }
    all
}
