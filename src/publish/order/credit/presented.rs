//! Presentations under a credit: when, in time or not, what the bank said, whether its refusal binds, and until when
//! it can be cured.

use chrono::NaiveDate;

use super::Block;
use crate::check::rules;
use crate::derive::credit::clock;
use crate::derive::exam::Exam;
use crate::derive::standing::is_refused;
use crate::model::document::{Presentation, Refusal};
use crate::model::value::calendar::{Calendar, Dated};
use crate::publish::ctx::Ctx;
use crate::publish::order::documents::anchor_id;
use crate::publish::state::left_text;
use crate::say;
use crate::site::view::{CreditCheck, CreditClock, CreditPresentation, Discrepancy, Link, Mark};
use crate::text::StaticBi;

/// The presentations, in order.
pub(super) fn of(block: &Block<'_, '_>) -> Vec<CreditPresentation> {
    let real = block.exams.iter().filter_map(|e| Some((*e, e.presentation?)));
    real.enumerate().map(|(n, (exam, (index, record)))| one(block, n + 1, exam, index, record)).collect()
}

/// How many discrepancies the open refusals list.
pub(super) fn objections(block: &Block<'_, '_>) -> usize {
    let open = block.exams.iter().filter(|e| !e.past).filter_map(|e| e.presentation);
    open.filter(|(_, p)| is_refused(p, block.ctx.as_of()))
        .map(|(_, p)| p.refusal.as_deref().map_or(0, |r| r.items.len()) + p.discrepancies.len())
        .sum()
}

fn one(
    block: &Block<'_, '_>,
    n: usize,
    exam: &Exam<'_>,
    index: usize,
    record: &Presentation,
) -> CreditPresentation {
    let ctx = block.ctx;
    let (state, mark) = state(block, exam, record);
    let amount = record.amount.as_ref().map(|a| ctx.money(a.value, a.currency.or(block.credit.money())));
    let papers = record.documents.len();
    let papers = (papers > 0).then(|| say!(ctx, "{papers} 份单据", "{papers} papers"));
    let to = record.to.as_deref().filter(|to| *to != "bank").map(str::to_owned);
    CreditPresentation {
        title: Link::new(
            say!(ctx, "第 {n} 次交单", "Presentation {n}"),
            format!("#{}", anchor_id("presentation", record.id.as_deref().unwrap_or_default(), index)),
        ),
        summary: [to, amount, papers].into_iter().flatten().collect::<Vec<_>>().join(" · "),
        state,
        mark,
        past: exam.past,
        steps: steps(block, exam, record),
        notice: refusal(ctx, record).map(|r| notice(block, exam, record, r)).unwrap_or_default(),
        discrepancies: refusal(ctx, record).map(|r| discrepancies(ctx, record, r)).unwrap_or_default(),
    }
}

/// The refusal, once it is known.
fn refusal<'p>(ctx: &Ctx<'_>, record: &'p Presentation) -> Option<&'p Refusal> {
    record.refusal.as_deref().filter(|r| r.sent.is_none_or(|day| day <= ctx.as_of()))
}

fn state(block: &Block<'_, '_>, exam: &Exam<'_>, record: &Presentation) -> (String, Mark) {
    let ctx = block.ctx;
    let known = |day: Option<NaiveDate>| day.filter(|d| *d <= ctx.as_of());
    if let Some(day) = known(record.paid) {
        let day = ctx.day(day).text;
        return (say!(ctx, "{day} 付款", "paid {day}"), Mark::Done);
    }
    if let Some(day) = known(record.accepted) {
        let day = ctx.day(day).text;
        let due = record.maturity.map(|due| ctx.weekday(due).text);
        return match due {
            Some(due) => (say!(ctx, "{day} 承兑，{due} 到期", "accepted {day}, matures {due}"), Mark::Open),
            None => (say!(ctx, "{day} 承兑", "accepted {day}"), Mark::Open),
        };
    }
    if is_refused(record, ctx.as_of()) {
        let day = sent(record).map(|d| ctx.day(d).text).unwrap_or_default();
        if exam.past {
            return (
                say!(ctx, "{day} 拒付，已补正重交", "refused {day}, cured and presented again"),
                Mark::Na,
            );
        }
        let left = exam.cure_until().map(|last| {
            let (date, left) = (ctx.weekday(last).text, left_text(ctx, (last - ctx.as_of()).num_days()));
            say!(ctx, "，补正到 {date}，{left}", ", to be cured by {date}, {left}")
        });
        let left = left.unwrap_or_default();
        return (say!(ctx, "{day} 拒付{left}", "refused {day}{left}"), Mark::Late);
    }
    (ctx.word(("银行在审单", "the bank examines")).to_owned(), Mark::Open)
}

fn sent(record: &Presentation) -> Option<NaiveDate> {
    record.refusal.as_deref().and_then(|r| r.sent).or(record.refused)
}

fn steps(block: &Block<'_, '_>, exam: &Exam<'_>, record: &Presentation) -> Vec<CreditClock> {
    let ctx = block.ctx;
    let known = |day: Option<NaiveDate>| day.filter(|d| *d <= ctx.as_of());
    let mut all = Vec::new();
    let mut add = |label: StaticBi, day: Option<NaiveDate>, note: String, mark: Mark| {
        if let Some(day) = day {
            all.push(CreditClock {
                label: ctx.word(label).to_owned(),
                day: Some(ctx.weekday(day)),
                note,
                mark,
                decisive: false,
            });
        }
    };
    let (note, mark) = match record.date.zip(exam.limit.last()) {
        Some((day, last)) => in_time(ctx, day, last),
        None => (String::new(), Mark::Done),
    };
    add(("交单", "Presented"), record.date, note, mark);
    add(("开证行收到", "Issuing bank received"), known(record.received), String::new(), Mark::Done);
    if let Some(last) = deadline(block, record) {
        let answered =
            [known(record.paid), known(record.accepted), known(sent(record))].into_iter().flatten().min();
        let note = match answered {
            Some(_) => provisional(ctx, last),
            None => {
                let left = left_text(ctx, (last.date - ctx.as_of()).num_days());
                format!("{left}{}", provisional(ctx, last))
            }
        };
        let mark = if answered.is_some() || last.date < ctx.as_of() { Mark::Done } else { Mark::Open };
        add(("最迟拒付", "Refusal not after"), Some(last.date), note, mark);
    }
    // Where nobody recorded that the issuing bank has them, the bank that they were handed to has spoken.
    let refuser = match known(record.received) {
        Some(_) => block.credit.lc.paper.issuer.clone(),
        None => record.to.clone().filter(|to| to != "bank").or_else(|| block.credit.lc.advising.clone()),
    };
    add(("拒付", "Refused"), known(sent(record)), refuser.unwrap_or_default(), Mark::Late);
    add(("承兑", "Accepted"), known(record.accepted), String::new(), Mark::Done);
    let due = if known(record.accepted).is_some() { record.maturity } else { None };
    add(
        ("到期", "Maturity"),
        due,
        String::new(),
        if known(record.paid).is_some() { Mark::Done } else { Mark::Open },
    );
    add(("付款", "Paid"), known(record.paid), String::new(), Mark::Done);
    all
}

fn in_time(ctx: &Ctx<'_>, day: NaiveDate, last: Dated) -> (String, Mark) {
    let (limit, open) = (ctx.weekday(last.date).text, provisional(ctx, last));
    if day <= last.date {
        (say!(ctx, "期限 {limit}{open}", "limit {limit}{open}"), Mark::Done)
    } else {
        let days = (day - last.date).num_days();
        (say!(ctx, "期限 {limit}{open}，晚 {days} 天", "limit {limit}{open}, {days} days late"), Mark::Late)
    }
}

fn provisional(ctx: &Ctx<'_>, day: Dated) -> String {
    if day.provisional { ctx.word(("（暂定）", " (provisional)")).to_owned() } else { String::new() }
}

/// The last day on which the bank that received the papers may refuse: the issuing bank where that is recorded, else
/// the bank that they were handed to.
fn deadline(block: &Block<'_, '_>, record: &Presentation) -> Option<Dated> {
    let received = record.received.filter(|d| *d <= block.ctx.as_of());
    let (day, calendar): (NaiveDate, Calendar) = match received {
        Some(day) => (day, clock::issuer_calendar(block.ctx.book(), block.credit)?),
        None => (record.date?, clock::expiry_calendar(block.ctx.book(), block.credit)),
    };
    Some(clock::refusal_deadline(day, &calendar))
}

/// What binds a refusing bank: one notice within five banking days that lists each discrepancy and says what happens
/// to the papers (UCP 600 art. 16 c, d, f).
fn notice(
    block: &Block<'_, '_>,
    exam: &Exam<'_>,
    record: &Presentation,
    refusal: &Refusal,
) -> Vec<CreditCheck> {
    let ctx = block.ctx;
    let mut all = Vec::new();
    let mut add = |label: StaticBi, text: String, mark: Mark| {
        all.push(CreditCheck { label: ctx.word(label).to_owned(), text, mark, problems: Vec::new() });
    };
    if let Some((sent, last)) = refusal.sent.zip(deadline(block, record)) {
        let (day, limit, open) = (ctx.day(sent).text, ctx.weekday(last.date).text, provisional(ctx, last));
        if sent <= last.date {
            let text = say!(
                ctx,
                "{day} 发出，在期限 {limit} 内{open}",
                "sent {day}, within the limit {limit}{open}"
            );
            add(("五个银行工作日", "Five banking days"), text, Mark::Done);
        } else {
            let text = say!(
                ctx,
                "{day} 发出，晚于 {limit}{open}：银行不能再拒付，可以争（16 条 f 款）",
                "sent {day}, after {limit}{open}: the bank is precluded, contest it (article 16 f)"
            );
            add(("五个银行工作日", "Five banking days"), text, Mark::Warn);
        }
    }
    match refusal.disposal.as_deref().map(str::trim).filter(|d| !d.is_empty()) {
        Some(disposal) => {
            let word = match disposal.to_lowercase().as_str() {
                "hold" => ("留存听候指示", "held at our disposal"),
                "return" => ("退单", "being returned"),
                "notify" => ("留存，等申请人接受", "held until the applicant waives"),
                _ => ("", ""),
            };
            add(
                ("单据处理", "Disposal"),
                if word.0.is_empty() { disposal.to_owned() } else { ctx.word(word).to_owned() },
                Mark::Done,
            );
        }
        None => {
            let text = say!(
                ctx,
                "通知没写单据怎么处理：可以争（16 条 c 款 iii 项）",
                "the notice does not say what happens to the papers: contest it (article 16 c iii)"
            );
            add(("单据处理", "Disposal"), text, Mark::Warn);
        }
    }
    if refusal.items.is_empty() && record.discrepancies.is_empty() {
        let text = say!(
            ctx,
            "通知没列不符点：可以争（16 条 c 款 ii 项）",
            "the notice lists no discrepancy: contest it (article 16 c ii)"
        );
        add(("不符点", "Discrepancies"), text, Mark::Warn);
    }
    if let Some(last) = exam.limit.last().filter(|_| !exam.past && is_refused(record, ctx.as_of())) {
        let (limit, left) =
            (ctx.weekday(last.date).text, left_text(ctx, (last.date - ctx.as_of()).num_days()));
        let mark = if last.date < ctx.as_of() { Mark::Late } else { Mark::Open };
        add(("补正重交到", "Cure until"), format!("{limit} · {left}"), mark);
    }
    all
}

fn discrepancies(ctx: &Ctx<'_>, record: &Presentation, refusal: &Refusal) -> Vec<Discrepancy> {
    let judged = refusal.items.iter().map(|item| {
        let (word, mark) = match item.valid {
            Some(true) => (("成立", "valid"), Mark::Late),
            Some(false) => (("可争辩", "contestable"), Mark::Warn),
            None => (("还没判断", "not judged yet"), Mark::Open),
        };
        let rule = item.rule.as_deref().map(|name| match rules::find(name) {
            Some(rule) => Link::new(name, format!("rules/{}.html", rule.name)),
            None => Link::text(name),
        });
        Discrepancy {
            text: item.text.clone().unwrap_or_default(),
            verdict: ctx.word(word).to_owned(),
            mark,
            rule: rule.unwrap_or_default(),
        }
    });
    let bare = record.discrepancies.iter().map(|text| Discrepancy {
        text: text.clone(),
        verdict: ctx.word(("还没判断", "not judged yet")).to_owned(),
        mark: Mark::Open,
        rule: Link::default(),
    });
    judged.chain(bare).collect()
}
