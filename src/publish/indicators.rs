//! Indicators as pages show them: what the check found is handed to [`crate::derive::kpi`], and every figure comes with
//! its cases, its number and its definition. With few cases there is no statistic; the cases themselves are listed.

use std::collections::BTreeSet;
use std::sync::Arc;

use rust_decimal::Decimal;

use super::ctx::{Ctx, Findings};
use super::sums::weight;
use crate::check::finding::{At, Class, Finding, Place, Severity};
use crate::check::rule::Group;
use crate::derive::exam::Exams;
use crate::derive::kpi::{
    self, Case, Claimed, FEW, Found, Kpis, Pair, Receivables, cancelled, claims, clean, collect, findings,
    first_pass, on_time, overdue, percent, rounded, slack,
};
use crate::derive::papers::Papers;
use crate::derive::{Facts, OrderFacts};
use crate::model::Order;
use crate::model::value::Currency;
use crate::say;
use crate::site::view::{Figure, IndicatorCase, IndicatorRow, Link, Mark};
use crate::text::StaticBi;

/// Cases that count against us, shown beside a statistic; the rest is counted.
const SHOWN: usize = 6;

/// What the check found, as far as indicators ask.
#[must_use]
pub fn found(facts: &Facts<'_>, findings: &Findings<'_>) -> Found {
    let mut found = Found::default();
    for (index, (order, own)) in facts.each().enumerate() {
        let own_findings = findings.order(&order.id);
        if own_findings.is_empty() {
            continue;
        }
        for finding in own_findings.iter().filter(|f| counts(f) && f.class != Class::Risk) {
            let rules = found.orders.entry(index).or_default();
            let count: &mut usize = rules.entry(finding.rule.name).or_default();
            *count = count.saturating_add(1);
        }
        if !order.docs.lc.is_empty() && !order.docs.presentation.is_empty() {
            presented(facts, index, order, own, own_findings, &mut found);
        }
    }
    found
}

/// Somebody has to look at it, and nobody has accepted it.
fn counts(finding: &Finding) -> bool {
    finding.waived.is_none() && finding.severity > Severity::Info
}

/// Which rules spoke about the papers of which presentation.
fn presented(
    facts: &Facts<'_>,
    index: usize,
    order: &Order,
    own: &OrderFacts,
    findings: &[&Finding],
    found: &mut Found,
) {
    let exams = Exams::of(facts.book, order, facts.as_of);
    let part = |path: String| part(&order.origin.place(&path));
    let every: BTreeSet<Part> = Papers::of(order, |_| true).each().filter_map(|p| part(p.whole())).collect();
    for exam in &exams.all {
        let Some((at, _)) = exam.presentation else { continue };
        let papers: BTreeSet<Part> = exam.papers.each().filter_map(|p| part(p.whole())).collect();
        let record = part(format!("presentation[{at}]"));
        for finding in findings.iter().filter(|f| counts(f) && f.class == Class::Document) {
            // A paper that was presented twice is spoken of twice, once as history.
            if finding.past != exam.past && !own.is_archived() {
                continue;
            }
            let spots: Vec<Part> = finding.spots.iter().filter_map(|spot| self::part(&spot.place)).collect();
            let about = spots.iter().any(|spot| papers.contains(spot) || Some(spot) == record.as_ref());
            // What a bank never saw decides nothing about what it saw.
            let beyond = finding.rule.group != Group::Credit
                && spots.iter().any(|spot| every.contains(spot) && !papers.contains(spot));
            if about && !beyond {
                let rules = found.presented.entry((index, at)).or_default();
                *rules.entry(finding.rule.name).or_default() |= finding.severity == Severity::Error;
            }
        }
    }
}

/// A table of a file: `docs.toml`, `bl[0]`.
type Part = (Arc<str>, String);

/// The table that a place lies in. One that stands alone has no position in its path.
fn part(place: &Place) -> Option<Part> {
    let (At::Value(path) | At::Key(path)) = &place.at else { return None };
    let head = path.split('.').next()?;
    let head = if head.contains('[') { head.to_owned() } else { format!("{head}[0]") };
    Some((Arc::clone(&place.file), head))
}

/// The line of the dashboard: what matters most, each figure leading to its definition.
#[must_use]
pub fn strip(ctx: &Ctx<'_>, kpis: &Kpis) -> Vec<Figure> {
    let figure = |label: StaticBi, value: String, note: String, mark: Mark| Figure {
        value,
        label: ctx.word(label).to_owned(),
        note,
        href: "exposure.html#indicators".to_owned(),
        mark,
    };
    let mut list = Vec::new();
    let share = |pair: &Pair<bool>, label: StaticBi| {
        let (good, n) = good(&pair.now);
        (n > 0).then(|| figure(label, format!("{good}/{n}"), String::new(), Mark::Todo))
    };
    list.extend(share(&map(&kpis.on_time, |p| p.is_met()), on_time::TITLE));
    let days: Vec<i64> = kpis.slack.now.iter().map(|case| case.value).collect();
    if let Some(middle) = kpi::median(days.clone()) {
        let (label, value) = if days.len() < FEW {
            (("装运时余量", "slack at shipment"), days_list(ctx, &days))
        } else {
            (("余量中位", "median slack"), days_text(ctx, middle))
        };
        list.push(figure(label, value, String::new(), Mark::Todo));
    }
    list.extend(share(&map(&kpis.clean, |c| c.is_met()), clean::TITLE));
    list.extend(share(&kpis.first_pass, first_pass::TITLE));
    let mut owed: Vec<(Currency, Receivables)> =
        kpis.overdue.iter().filter(|(_, (now, _))| now.parts > 0).map(|(c, (now, _))| (*c, *now)).collect();
    owed.sort_by_key(|(c, now)| std::cmp::Reverse(weight(ctx.book(), ctx.as_of(), Some(*c), now.owed)));
    let late = owed.iter().any(|(_, now)| !now.overdue.is_zero());
    // What is not late in one currency is no news beside what is late in another.
    for (currency, now) in owed.into_iter().filter(|(_, now)| !late || !now.overdue.is_zero()) {
        let (overdue, owed) = (short(ctx, now.overdue, currency), short(ctx, now.owed, currency));
        let overdue = format!("{} {overdue}", currency.code());
        let note = say!(ctx, "应收 {owed}", "of {owed}");
        let mark = if now.overdue.is_zero() { Mark::Todo } else { Mark::Late };
        list.push(figure(("逾期", "overdue"), overdue, note, mark));
    }
    list
}

/// An amount without decimals where it has none.
fn short(ctx: &Ctx<'_>, amount: Decimal, currency: Currency) -> String {
    if amount.fract().is_zero() { ctx.number(amount) } else { ctx.amount(amount, Some(currency)) }
}

/// All indicators with their definitions.
#[must_use]
pub fn list(ctx: &Ctx<'_>, kpis: &Kpis) -> Vec<IndicatorRow> {
    let mut all = vec![
        on_time_row(ctx, kpis),
        days_row(
            ctx,
            &kpis.slack,
            Days {
                title: ctx.word(slack::TITLE).to_owned(),
                definition: slack::DEFINITION,
                more_is_better: true,
                negative: ("晚", "late"),
            },
        ),
        clean_row(ctx, kpis),
        share_row(
            ctx,
            &kpis.first_pass,
            Share {
                title: first_pass::TITLE,
                definition: first_pass::DEFINITION,
                good: ("通过", "passed"),
                bad: ("不通过", "failed"),
                label: ("没通过：", "Failed: "),
            },
        ),
    ];
    let collected = kpis.collect.iter().map(|(kind, pair)| {
        let title = format!("{} {}", ctx.word(collect::TITLE), kind.title());
        days_row(
            ctx,
            pair,
            Days {
                title,
                definition: collect::DEFINITION,
                more_is_better: false,
                negative: ("装运前", "before shipment"),
            },
        )
    });
    all.extend(once_defined(collected));
    all.extend(once_defined(kpis.overdue.iter().map(|(c, (now, before))| overdue_row(ctx, *c, now, before))));
    all.extend(claims(ctx, kpis));
    all.push(cancelled_row(ctx, kpis));
    all.push(findings_row(ctx, kpis));
    all
}

/// Agreed claims as a share of sales, a row per currency.
#[must_use]
pub fn claims(ctx: &Ctx<'_>, kpis: &Kpis) -> Vec<IndicatorRow> {
    // A currency in which nothing was sold lately is of interest only for its claims.
    let sold = kpis.claims.iter().filter(|(_, pair)| {
        !pair.now.is_empty() || pair.before.iter().any(|case| !case.value.agreed.is_zero())
    });
    once_defined(sold.map(|(currency, pair)| claims_row(ctx, *currency, pair))).collect()
}

/// Rows of one indicator: the definition stands once, at the first.
fn once_defined(rows: impl Iterator<Item = IndicatorRow>) -> impl Iterator<Item = IndicatorRow> {
    rows.enumerate().map(|(at, row)| match at {
        0 => row,
        _ => IndicatorRow { definition: String::new(), ..row },
    })
}

/// The same cases, seen more simply.
fn map<T: Copy>(pair: &Pair<T>, look: impl Fn(T) -> bool) -> Pair<bool> {
    let seen = |list: &[Case<T>]| -> Vec<Case<bool>> {
        list.iter().map(|c| Case { order: c.order, day: c.day, value: look(c.value) }).collect()
    };
    Pair { now: seen(&pair.now), before: seen(&pair.before) }
}

fn good(cases: &[Case<bool>]) -> (usize, usize) {
    (cases.iter().filter(|case| case.value).count(), cases.len())
}

fn order_of(ctx: &Ctx<'_>, index: usize) -> Link {
    ctx.book().orders.get(index).map(|order| ctx.order_link(&order.id)).unwrap_or_default()
}

/// `91%`, `4.5%`: one decimal where there is one.
#[must_use]
pub fn percent_text(ctx: &Ctx<'_>, share: Decimal) -> String {
    format!("{}%", ctx.number(rounded(share, 1)))
}

/// `4.0%`: claims are small, a tenth of them is told.
fn tenths(share: Decimal) -> String {
    format!("{:.1}%", rounded(share, 1))
}

/// `4 天`, `1 day`.
#[must_use]
pub fn days_text(ctx: &Ctx<'_>, days: Decimal) -> String {
    let shown = ctx.number(days);
    let unit = if days.abs() == Decimal::ONE { "day" } else { "days" };
    say!(ctx, "{shown} 天", "{shown} {unit}")
}

fn days_list(ctx: &Ctx<'_>, days: &[i64]) -> String {
    let days: Vec<String> = days.iter().map(ToString::to_string).collect();
    let list = days.join(ctx.word(("、", ", ")));
    say!(ctx, "{list} 天", "{list} days")
}

/// Better or worse than the period before; nothing where either has too few cases.
fn trend(
    ctx: &Ctx<'_>,
    now: Option<Decimal>,
    before: Option<Decimal>,
    enough: bool,
    more_is_better: bool,
) -> (String, Mark) {
    let (Some(now), Some(before)) = (now, before) else { return (String::new(), Mark::Todo) };
    if !enough || now == before {
        return (String::new(), Mark::Todo);
    }
    if (now > before) == more_is_better {
        (ctx.word(("好转", "better")).to_owned(), Mark::Done)
    } else {
        (ctx.word(("变差", "worse")).to_owned(), Mark::Warn)
    }
}

/// The words of an indicator that counts what met a test.
struct Share {
    title: StaticBi,
    definition: StaticBi,
    good: StaticBi,
    bad: StaticBi,
    label: StaticBi,
}

/// What was seen of each case, in words.
fn share_cases<T: Copy>(
    ctx: &Ctx<'_>,
    cases: &[Case<T>],
    met: impl Fn(T) -> bool,
    text: impl Fn(T) -> String,
) -> Vec<IndicatorCase> {
    let row = |case: &Case<T>| IndicatorCase {
        order: order_of(ctx, case.order),
        text: text(case.value),
        mark: if met(case.value) { Mark::Done } else { Mark::Late },
    };
    cases.iter().map(row).collect()
}

/// A row of a share: a percentage with the cases that failed, or with few cases all of them.
fn share_of<T: Copy>(
    ctx: &Ctx<'_>,
    pair: &Pair<T>,
    (title, definition, label): (StaticBi, StaticBi, StaticBi),
    met: impl Fn(T) -> bool,
    text: impl Fn(T) -> String,
) -> IndicatorRow {
    let share = |list: &[Case<T>]| {
        let good = list.iter().filter(|case| met(case.value)).count();
        (good, percent(Decimal::from(good), Decimal::from(list.len())))
    };
    let (now, before) = (&pair.now, &pair.before);
    let ((good, value), (was_good, was)) = (share(now), share(before));
    let n = now.len();
    let few = n < FEW;
    let mut cases = if few {
        share_cases(ctx, now, &met, &text)
    } else {
        let failed: Vec<Case<T>> = now
            .iter()
            .filter(|case| !met(case.value))
            .map(|c| Case { order: c.order, day: c.day, value: c.value })
            .collect();
        share_cases(ctx, &failed, &met, &text)
    };
    let more = cases.len().saturating_sub(SHOWN);
    cases.truncate(SHOWN);
    let (trend, trend_mark) = trend(ctx, value, was, !few && before.len() >= FEW, true);
    IndicatorRow {
        name: ctx.word(title).to_owned(),
        value: if few { String::new() } else { value.map(|v| percent_text(ctx, v)).unwrap_or_default() },
        note: if few { String::new() } else { format!("{good}/{n}") },
        cases_label: if few || cases.is_empty() { String::new() } else { ctx.word(label).to_owned() },
        cases,
        cases_more: more_text(ctx, more),
        before: match before.len() {
            0 => String::new(),
            n if n < FEW => format!("{was_good}/{n}"),
            n => {
                let share = was.map(|v| percent_text(ctx, v)).unwrap_or_default();
                format!("{share} ({was_good}/{n})")
            }
        },
        n: n.to_string(),
        trend,
        trend_mark,
        definition: ctx.word(definition).to_owned(),
    }
}

fn more_text(ctx: &Ctx<'_>, more: usize) -> String {
    match more {
        0 => String::new(),
        _ => say!(ctx, "另有 {more} 单", "{more} more"),
    }
}

fn share_row(ctx: &Ctx<'_>, pair: &Pair<bool>, words: Share) -> IndicatorRow {
    let text = |met: bool| ctx.word(if met { words.good } else { words.bad }).to_owned();
    share_of(ctx, pair, (words.title, words.definition, words.label), |met| met, text)
}

fn on_time_row(ctx: &Ctx<'_>, kpis: &Kpis) -> IndicatorRow {
    let text = |p: kpi::Punctual| {
        let late = p.spare.unsigned_abs();
        match (p.is_met(), p.shipped) {
            (true, _) => ctx.word(("准时", "on time")).to_owned(),
            (false, true) if late == 1 => say!(ctx, "晚 1 天", "1 day late"),
            (false, true) => say!(ctx, "晚 {late} 天", "{late} days late"),
            (false, false) => say!(ctx, "没装，过了 {late} 天", "not shipped, {late} days past"),
        }
    };
    let words = (on_time::TITLE, on_time::DEFINITION, ("没准时：", "Late: "));
    share_of(ctx, &kpis.on_time, words, kpi::Punctual::is_met, text)
}

fn clean_row(ctx: &Ctx<'_>, kpis: &Kpis) -> IndicatorRow {
    let text = |c: kpi::Clean| {
        let errors = c.errors;
        match (errors, c.refused) {
            (0, false) => ctx.word(("未见不符", "no conflict seen")).to_owned(),
            (0, true) => ctx.word(("拒付", "refused")).to_owned(),
            (1, false) => say!(ctx, "1 条规则报错", "1 rule found an error"),
            (1, true) => say!(ctx, "拒付，1 条规则报错", "refused, 1 rule found an error"),
            (_, false) => say!(ctx, "{errors} 条规则报错", "{errors} rules found errors"),
            (_, true) => say!(ctx, "拒付，{errors} 条规则报错", "refused, {errors} rules found errors"),
        }
    };
    let words = (clean::TITLE, clean::DEFINITION, ("有不符：", "With conflicts: "));
    share_of(ctx, &kpis.clean, words, kpi::Clean::is_met, text)
}

fn cancelled_row(ctx: &Ctx<'_>, kpis: &Kpis) -> IndicatorRow {
    let kept = map(&kpis.cancelled, |gone| !gone);
    let mut row = share_row(
        ctx,
        &kept,
        Share {
            title: cancelled::TITLE,
            definition: cancelled::DEFINITION,
            good: ("没取消", "kept"),
            bad: ("取消", "cancelled"),
            label: ("取消的：", "Cancelled: "),
        },
    );
    // Counted the other way round: the fewer, the better.
    let gone = |pair: &[Case<bool>]| pair.iter().filter(|case| case.value).count();
    let (now, before) = (&kpis.cancelled.now, &kpis.cancelled.before);
    let (n, was) = (now.len(), before.len());
    if n >= FEW {
        let share = percent(Decimal::from(gone(now)), Decimal::from(n)).unwrap_or_default();
        row.value = percent_text(ctx, share);
        row.note = format!("{}/{n}", gone(now));
    }
    row.before = match was {
        0 => String::new(),
        _ if was < FEW => format!("{}/{was}", gone(before)),
        _ => {
            let share = percent(Decimal::from(gone(before)), Decimal::from(was)).unwrap_or_default();
            format!("{} ({}/{was})", percent_text(ctx, share), gone(before))
        }
    };
    row
}

/// The words of an indicator in days.
struct Days {
    title: String,
    definition: StaticBi,
    more_is_better: bool,
    /// What days below zero are called.
    negative: StaticBi,
}

/// `4 天`, `装运前 3.5 天`.
fn signed_days(ctx: &Ctx<'_>, days: Decimal, negative: StaticBi) -> String {
    let text = days_text(ctx, days.abs());
    if days >= Decimal::ZERO {
        return text;
    }
    let word = ctx.word(negative);
    say!(ctx, "{word} {text}", "{text} {word}")
}

fn days_row(ctx: &Ctx<'_>, pair: &Pair<i64>, words: Days) -> IndicatorRow {
    let days = |list: &[Case<i64>]| -> Vec<i64> { list.iter().map(|case| case.value).collect() };
    let (now, before) = (days(&pair.now), days(&pair.before));
    let (n, was) = (now.len(), before.len());
    let (value, old) = (kpi::median(now), kpi::median(before.clone()));
    let few = n < FEW;
    let (trend, trend_mark) = trend(ctx, value, old, !few && was >= FEW, words.more_is_better);
    let cases = pair.now.iter().take(if few { FEW } else { 0 }).map(|case| IndicatorCase {
        order: order_of(ctx, case.order),
        text: signed_days(ctx, Decimal::from(case.value), words.negative),
        mark: Mark::Todo,
    });
    let each = |days: &[i64]| -> String {
        let each: Vec<String> =
            days.iter().map(|d| signed_days(ctx, Decimal::from(*d), words.negative)).collect();
        each.join(ctx.word(("、", ", ")))
    };
    IndicatorRow {
        name: words.title,
        value: value.filter(|_| !few).map(|v| signed_days(ctx, v, words.negative)).unwrap_or_default(),
        note: if few { String::new() } else { ctx.word(("中位", "median")).to_owned() },
        cases: cases.collect(),
        before: match was {
            0 => String::new(),
            _ if was < FEW => each(&before),
            _ => {
                let days = old.map(|v| signed_days(ctx, v, words.negative)).unwrap_or_default();
                format!("{days} (n = {was})")
            }
        },
        n: n.to_string(),
        trend,
        trend_mark,
        definition: ctx.word(words.definition).to_owned(),
        ..IndicatorRow::default()
    }
}

/// `39%`, made of `逾期 42,878.00，应收 109,682.00`.
fn overdue_row(ctx: &Ctx<'_>, currency: Currency, now: &Receivables, before: &Receivables) -> IndicatorRow {
    let share = |r: &Receivables| percent(r.overdue, r.owed);
    let sums = |r: &Receivables| {
        let (late, owed) = (ctx.amount(r.overdue, Some(currency)), ctx.amount(r.owed, Some(currency)));
        say!(ctx, "逾期 {late}，应收 {owed}", "{late} overdue of {owed}")
    };
    let (few, was_few) = (now.parts < FEW, before.parts < FEW);
    let (trend, trend_mark) = trend(ctx, share(now), share(before), !few && !was_few, false);
    IndicatorRow {
        name: format!("{} {}", ctx.word(overdue::TITLE), currency.code()),
        value: share(now).filter(|_| !few).map(|v| percent_text(ctx, v)).unwrap_or_default(),
        note: if now.parts == 0 { ctx.word(("没有应收", "nothing owed")).to_owned() } else { sums(now) },
        before: match before.parts {
            0 => String::new(),
            _ if was_few => sums(before),
            _ => {
                let share = share(before).map(|v| percent_text(ctx, v)).unwrap_or_default();
                format!("{share} ({})", sums(before))
            }
        },
        n: now.parts.to_string(),
        trend,
        trend_mark,
        definition: ctx.word(overdue::DEFINITION).to_owned(),
        ..IndicatorRow::default()
    }
}

fn claims_row(ctx: &Ctx<'_>, currency: Currency, pair: &Pair<Claimed>) -> IndicatorRow {
    let sum = |list: &[Case<Claimed>]| {
        list.iter().fold((Decimal::ZERO, Decimal::ZERO), |(agreed, sales), case| {
            (agreed.saturating_add(case.value.agreed), sales.saturating_add(case.value.sales))
        })
    };
    let share = |(agreed, sales): (Decimal, Decimal)| percent(agreed, sales);
    let made = |(agreed, sales): (Decimal, Decimal)| {
        format!("{} / {}", ctx.amount(agreed, Some(currency)), ctx.amount(sales, Some(currency)))
    };
    let (now, before) = (sum(&pair.now), sum(&pair.before));
    let (n, was) = (pair.now.len(), pair.before.len());
    let few = n < FEW;
    // Where there are few, every order; else those with a claim.
    let shown: Vec<&Case<Claimed>> = pair.now.iter().filter(|c| few || !c.value.agreed.is_zero()).collect();
    let cases: Vec<IndicatorCase> = shown
        .iter()
        .take(SHOWN)
        .map(|case| {
            let pair = (case.value.agreed, case.value.sales);
            let rate = share(pair).map(tenths).unwrap_or_default();
            IndicatorCase {
                order: order_of(ctx, case.order),
                text: if case.value.agreed.is_zero() {
                    ctx.word(("没有索赔", "no claim")).to_owned()
                } else {
                    format!("{} = {rate}", made(pair))
                },
                mark: if case.value.agreed.is_zero() { Mark::Done } else { Mark::Warn },
            }
        })
        .collect();
    let (trend, trend_mark) = trend(ctx, share(now), share(before), !few && was >= FEW, false);
    IndicatorRow {
        name: format!("{} {}", ctx.word(claims::TITLE), currency.code()),
        value: share(now).filter(|_| !few).map(tenths).unwrap_or_default(),
        note: if few { String::new() } else { made(now) },
        cases_label: if few || cases.is_empty() {
            String::new()
        } else {
            ctx.word(("有索赔：", "With claims: ")).to_owned()
        },
        cases,
        cases_more: more_text(ctx, shown.len().saturating_sub(SHOWN)),
        before: match was {
            0 => String::new(),
            _ if was < FEW => made(before),
            _ => {
                let share = share(before).map(tenths).unwrap_or_default();
                format!("{share} ({})", made(before))
            }
        },
        n: n.to_string(),
        trend,
        trend_mark,
        definition: ctx.word(claims::DEFINITION).to_owned(),
    }
}

fn findings_row(ctx: &Ctx<'_>, kpis: &Kpis) -> IndicatorRow {
    let mean = |list: &[Case<usize>]| {
        let sum: usize = list.iter().map(|case| case.value).sum();
        Decimal::from(sum).checked_div(Decimal::from(list.len()))
    };
    let text = |value: Decimal| ctx.number(rounded(value, 1));
    let (now, before) = (&kpis.findings.now, &kpis.findings.before);
    let (n, was) = (now.len(), before.len());
    let few = n < FEW;
    let sum: usize = now.iter().map(|case| case.value).sum();
    let most =
        kpis.most.map(|(rule, count)| say!(ctx, "最多 {rule}（{count}）", "most often {rule} ({count})"));
    let total = say!(ctx, "共 {sum} 条", "{sum} in all");
    let cases = now.iter().take(if few { FEW } else { 0 }).map(|case| IndicatorCase {
        order: order_of(ctx, case.order),
        text: case.value.to_string(),
        mark: Mark::Todo,
    });
    let (trend, trend_mark) = trend(ctx, mean(now), mean(before), !few && was >= FEW, false);
    IndicatorRow {
        name: ctx.word(findings::TITLE).to_owned(),
        value: mean(now).filter(|_| !few).map(text).unwrap_or_default(),
        note: match (n, most) {
            (0, _) => String::new(),
            (_, Some(most)) => format!("{total}{}{most}", ctx.word(("，", ", "))),
            (_, None) => total,
        },
        cases: cases.collect(),
        before: match was {
            0 => String::new(),
            _ if was < FEW => before.iter().map(|case| case.value.to_string()).collect::<Vec<_>>().join(", "),
            _ => format!("{} (n = {was})", mean(before).map(text).unwrap_or_default()),
        },
        n: n.to_string(),
        trend,
        trend_mark,
        definition: ctx.word(findings::DEFINITION).to_owned(),
        ..IndicatorRow::default()
    }
}
