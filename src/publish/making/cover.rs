//! File cover 封面: one A4 page on top of the paper file, so that file and record do not diverge. Internal: labels in
//! both languages, no amounts, because it lies on desks.
//!
//! It is one page whatever the record holds: what is long is cut where it can be read on the order's page, and says
//! how much was left out. How many lines there is room for is counted here; the style sheet does not let one line
//! become two.

use unicode_width::UnicodeWidthStr;

use super::text::{both, label};
use super::{Job, qr, sheet};
use crate::derive::StageState;
use crate::derive::completeness::{self, CompletenessGate, Need};
use crate::derive::deadlines::{self, Deadline, Family, Kind, Shared};
use crate::model::value::PaymentTerms;
use crate::publish::ctx::Ctx;
use crate::say;
use crate::site::view::making::{BiField, CoverDate, CoverLine, CoverPage, CoverPaper, CoverStage, Sheet};
use crate::text::Lang;

/// Height of the page in tenths of a millimetre: 297 less the margins of 12, and a little air.
const PAGE: usize = 2_700;

/// What is always there: head with the code, strip of stages, room for notes, foot, four headings, the space between.
const FIXED: usize = 360 + 230 + 120 + 90 + 4 * 60 + 8 * 30;

/// A row of facts whose values take one line, and what a second line adds.
const FACT: (usize, usize) = (115, 47);

/// A line of goods, of papers, of deadlines.
const LINE: usize = 47;

/// Most lines of goods and of deadlines; papers get the rest.
const GOODS: usize = 6;
const DATES: usize = 4;

/// Papers stand three in a line, deadlines two.
const PAPERS_ACROSS: usize = 3;
const DATES_ACROSS: usize = 2;

/// Most lines of papers.
const PAPERS: usize = 22;

/// Widths of Latin letters that fit a line of a fact, and what two lines hold.
const FACT_LINE: usize = 30;
const FACT_MOST: usize = 64;

/// Longest text of any other line; the style sheet cuts at the width of the page.
const MOST: usize = 120;

/// Fills the cover of an order.
pub(super) fn page(job: &Job<'_, '_>) -> CoverPage {
    let (ctx, order) = (job.ctx, job.order);
    let facts = facts(job);
    let lines: usize = facts.chunks(PAPERS_ACROSS).map(fact_height).sum();
    let (goods, goods_more) = goods(job);
    let (dates, dates_more) = dates(job);
    let rest = |more: &str| usize::from(!more.is_empty());
    let taken = goods.len() + 1 + rest(&goods_more) + dates.len().div_ceil(DATES_ACROSS) + rest(&dates_more);
    let room = PAGE.saturating_sub(FIXED + lines + taken * LINE) / LINE;
    let (papers, papers_more) = papers(job, room.min(PAPERS) * PAPERS_ACROSS);
    let number = order.id.to_string();
    let address = ctx.book().config.site().map(|site| format!("{site}/o/{}.html", order.id));
    let code = address.clone().and_then(|address| Some((qr::of(&address)?, address)));
    let code = code.or_else(|| Some((qr::of(&number)?, number.clone())));
    let (code, qr_text) = code.unwrap_or_default();
    CoverPage {
        // An internal paper is no draft: it names what is wrong nowhere, and goes to nobody.
        sheet: Sheet {
            draft: false,
            why: Vec::new(),
            notes: Vec::new(),
            ..sheet::of(job, "File cover", &number)
        },
        company: ctx.company(),
        size: size(&number).to_owned(),
        number,
        qr: code.path,
        qr_size: code.size,
        qr_text: cut(&qr_text, MOST),
        facts,
        goods_label: label(ctx.lang, ("货物", "Goods")),
        goods,
        goods_more,
        goods_total: total(job),
        stages: stages(job),
        papers_label: label(ctx.lang, ("单据，齐了打勾", "Documents, tick when there")),
        papers,
        papers_more,
        dates_label: label(ctx.lang, ("期限", "Deadlines")),
        dates,
        dates_more,
        notes_label: label(ctx.lang, ("备注", "Notes")),
        commit: commit(ctx, &order.id),
        remark: say!(
            ctx,
            "打了勾的是打印时已登记的；手勾只作提醒，以网页为准",
            "Printed ticks were on record when this was printed; ticks by hand are reminders, the record is what counts"
        ),
    }
}

/// A long number is smaller, so that it never takes more than the height of the code.
fn size(number: &str) -> &'static str {
    match number.width() {
        0..=18 => "xl",
        19..=56 => "l",
        57..=150 => "m",
        _ => "s",
    }
}

fn fact_height(row: &[BiField]) -> usize {
    let long = row.iter().flat_map(|f| &f.lines).any(|line| line.width() > FACT_LINE);
    FACT.0 + if long { FACT.1 } else { 0 }
}

fn facts(job: &Job<'_, '_>) -> Vec<BiField> {
    let (ctx, order) = (job.ctx, job.order);
    let payment = order.payment.as_deref().map(|text| match PaymentTerms::parse(text) {
        Ok(terms) => ctx.text(&terms.echo()),
        Err(_) => text.to_owned(),
    });
    let ends: Vec<&str> = [order.from.as_deref(), order.to.as_deref()].into_iter().flatten().collect();
    let person = |id: Option<&str>| id.map(|id| ctx.person(id));
    let list = [
        (("客户", "Customer"), Some(ctx.customer(order).text)),
        (("客户订单号", "Customer's order"), order.po.clone()),
        (("最迟装运", "Latest shipment"), order.ship_by.map(|day| day.to_string())),
        (("贸易术语", "Trade term"), order.incoterm.as_ref().map(|term| term.text.clone())),
        (("付款方式", "Payment"), payment),
        (("路线", "Route"), Some(ends.join(" → "))),
        (("签约", "Signed"), order.signed.map(|day| day.to_string())),
        (("跟单", "Merchandiser"), person(order.merchandiser.as_deref())),
        (("单证", "Documents by"), person(order.clerk.as_deref())),
    ];
    list.into_iter()
        .map(|(name, value)| both(ctx.lang, name, value.map(|value| cut(&value, FACT_MOST))))
        .collect()
}

fn goods(job: &Job<'_, '_>) -> (Vec<CoverLine>, String) {
    let ctx = job.ctx;
    let all = job.order.items.iter().zip(&job.facts.goods.items);
    let shown = all.take(GOODS).map(|(item, fact)| {
        let (first, second) = match ctx.lang {
            Lang::Zh => (&item.name_zh, &item.name),
            Lang::En => (&item.name, &item.name_zh),
        };
        let names = [item.sku.as_ref(), first.as_ref(), second.as_ref()];
        let mut parts: Vec<&str> = Vec::new();
        for name in names.into_iter().flatten().map(String::as_str) {
            if !parts.contains(&name) {
                parts.push(name);
            }
        }
        let quantity = fact.qty.map(|qty| format!("{} {}", ctx.number(qty), fact.unit));
        CoverLine { name: cut(&parts.join(" · "), MOST), quantity: cut(&quantity.unwrap_or_default(), 40) }
    });
    let shown: Vec<CoverLine> = shown.collect();
    let more = job.order.items.len().saturating_sub(shown.len());
    let more = match more {
        0 => String::new(),
        1 => say!(ctx, "另有 1 款，见网页", "1 more on the order's page"),
        _ => say!(ctx, "另有 {more} 款，见网页", "{more} more on the order's page"),
    };
    (shown, more)
}

/// `12,000 PCS · 300 件 · 2,470 KG`, as far as it is known.
fn total(job: &Job<'_, '_>) -> String {
    let (ctx, goods) = (job.ctx, &job.facts.goods);
    let quantity =
        goods.qty.zip(goods.unit.as_deref()).map(|(qty, unit)| format!("{} {unit}", ctx.number(qty)));
    let packages = goods.packages.map(|n| {
        let n = ctx.number(n);
        say!(ctx, "{n} 件", "{n} packages")
    });
    let gross = goods.gross_kg.map(|n| format!("{} KG", ctx.number(n)));
    let volume = goods.cbm.map(|n| format!("{} m³", ctx.number(n)));
    let parts: Vec<String> = [quantity, packages, gross, volume].into_iter().flatten().collect();
    cut(&parts.join(" · "), MOST)
}

fn stages(job: &Job<'_, '_>) -> Vec<CoverStage> {
    let stage = |stage: &crate::derive::StageFact| {
        let last = stage.milestones.iter().rfind(|m| m.actual.is_some());
        let done = last.and_then(|m| m.actual.as_ref()?.date).filter(|_| stage.state.is_over());
        let planned = stage.milestones.iter().filter_map(crate::derive::MilestoneFact::expected).max();
        CoverStage {
            number: stage.key.number(),
            name: label(job.ctx.lang, stage.key.title()),
            done: stage.state.is_over(),
            day: match (stage.state, done) {
                (StageState::Skipped, _) => job.ctx.word(("不适用", "n/a")).to_owned(),
                (_, Some(day)) => day.to_string(),
                (state, None) if state.is_over() => String::new(),
                (_, None) => planned.map(|day| day.to_string()).unwrap_or_default(),
            },
        }
    };
    job.facts.progress.stages.iter().map(stage).collect()
}

/// What the order needs, in the order of the work; the same paper of several shipments stands once, with how many of
/// them are there. Where there is no room for all, what is there already makes room for what is not.
fn papers(job: &Job<'_, '_>, room: usize) -> (Vec<CoverPaper>, String) {
    let (ctx, order, facts) = (job.ctx, job.order, job.facts);
    let gate = CompletenessGate::Archive;
    let all = completeness::of(ctx.book(), order, &facts.money, &facts.shipments, gate, ctx.as_of());
    // What, how many are there, of how many.
    let mut needs: Vec<(&Need<'_>, usize, usize)> = Vec::new();
    for need in all.needs.iter().filter(|need| !need.is_left_out()) {
        let met = usize::from(need.is_met());
        match needs.iter_mut().find(|(known, ..)| known.kind == need.kind) {
            Some((_, there, of)) => (*there, *of) = (*there + met, *of + 1),
            None => needs.push((need, met, 1)),
        }
    }
    let left_out = needs.len().saturating_sub(room);
    let mut over = left_out;
    let mut shown = Vec::with_capacity(needs.len());
    for (need, there, of) in needs.into_iter().rev() {
        if over > 0 && there == of {
            over -= 1;
        } else {
            shown.push((need, there, of));
        }
    }
    shown.reverse();
    shown.truncate(room);
    let paper = |(need, there, of): (&Need<'_>, usize, usize)| {
        let mut name = label(ctx.lang, need.kind.what());
        // Which certificate is meant, only the words of the credit say.
        let words = need.clauses.iter().find_map(|clause| clause.text());
        if let (completeness::Kind::Asked(_), Some(words)) = (need.kind, words) {
            name.first = cut(words, MOST);
        }
        if of > 1 {
            name.first = format!("{} {there}/{of}", name.first);
        }
        CoverPaper { name, on: there == of }
    };
    let more = match left_out {
        0 => String::new(),
        1 => say!(ctx, "另有 1 件，见网页", "1 more on the order's page"),
        _ => say!(ctx, "另有 {left_out} 件，见网页", "{left_out} more on the order's page"),
    };
    (shown.into_iter().map(paper).collect(), more)
}

/// The next deadlines. No day is counted to: the paper is read on another day.
fn dates(job: &Job<'_, '_>) -> (Vec<CoverDate>, String) {
    let ctx = job.ctx;
    let mut all: Vec<Deadline> = deadlines::of_order(&Shared::of(ctx.facts), job.order, job.facts);
    // The sheet lies where everybody sees it: what we owe is finance's.
    all.retain(|deadline| deadline.kind != Kind::Bill);
    // Reminders are our own steps on the way to a payment; they stand on the page of whoever sends them.
    let wanted = |kind: Kind| kind != Kind::Chase && kind.family() != Family::Holiday;
    all.retain(|date| date.done.is_none() && wanted(date.kind));
    all.sort_by(|a, b| (a.day, a.kind, &a.part).cmp(&(b.day, b.kind, &b.part)));
    let most = DATES * DATES_ACROSS;
    let more = all.len().saturating_sub(most);
    let date = |date: &Deadline| {
        let mut what = label(ctx.lang, date.kind.title());
        // What is due of money says how much, and no amount stands here.
        if !matches!(date.kind.family(), Family::Money | Family::Tax) {
            what.first = cut(&ctx.text(&date.what), MOST);
        }
        CoverDate { day: date.day.to_string(), hard: date.hard, estimated: date.estimated, what }
    };
    let more = match more {
        0 => String::new(),
        1 => say!(ctx, "另有 1 个，见网页", "1 more on the order's page"),
        _ => say!(ctx, "另有 {more} 个，见网页", "{more} more on the order's page"),
    };
    (all.iter().take(most).map(date).collect(), more)
}

/// `3f9c2ab 2026-11-21`.
fn commit(ctx: &Ctx<'_>, id: &str) -> String {
    let last = ctx.facts.history.orders.get(id).map(|recorded| &recorded.last);
    last.map(|event| {
        let short: String = event.commit.chars().take(10).collect();
        format!("{short} {}", event.date)
    })
    .unwrap_or_default()
}

/// A text of at most so many widths of a Latin letter, with a sign where it was cut.
fn cut(text: &str, most: usize) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if text.width() <= most {
        return text;
    }
    let mut kept = String::new();
    for c in text.chars() {
        if kept.width() + c.to_string().width() >= most {
            break;
        }
        kept.push(c);
    }
    kept.push('…');
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_cut_says_so_and_stays_within_its_width() {
        assert_eq!(cut("LED灯泡", 7), "LED灯泡");
        assert_eq!(cut("LED灯泡", 6), "LED灯…");
        assert_eq!(cut("a\u{3000}b\nc", 9), "a b c");
        for most in 1..20 {
            assert!(cut(&"木".repeat(300), most).width() <= most.max(1));
        }
    }

    #[test]
    fn a_long_number_is_smaller() {
        assert_eq!(
            ["GD26-0117", &"x".repeat(40), &"x".repeat(100), &"x".repeat(300)].map(size),
            ["xl", "l", "m", "s"]
        );
    }
}
