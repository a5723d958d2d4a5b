//! `pay-short-charges`: a payment that is a little short, most often by what banks took on the way.

use rust_decimal::Decimal;
use toml::de::DeTable;

use crate::check::finding::{At, Place};
use crate::check::locate;
use crate::check::shared::{figures, money};
use crate::derive::money::{Line, Source, tolerance};
use crate::load::span;
use crate::model::value::money::round;
use crate::text::Bi;

use super::super::prelude::*;
use crate::check::shared::timing;

/// The rule.
pub static RULE: Rule = Rule {
    name: "pay-short-charges",
    group: Group::Money,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.3.0",
    source: ("公司规定", "house rule"),
    title: ("到账少一点，像是银行扣费", "slightly short, probably bank charges"),
    docs: Docs {
        checks: (
            "收过钱的一期还差一点：差额不超过 gendan.toml 的 [tolerances] 的 `short_abs`（默认 30.00，日元这样没有小数的币种按 100 倍算）、也不超过这一期的 `short_pct`（默认 0.5%），按收齐算，只提示；超过容差、但不超过 `short_abs` 的 5 倍和这一期的 5%，没有收齐，给警告。再多就不是手续费，由 pay-overdue 说。登记了 `charges` 的手续费算收到。",
            "An instalment was paid but for a little: within `short_abs` of [tolerances] in gendan.toml (30.00 unless set; a hundred times that in currencies without decimals, like yen) and within `short_pct` of it (0.5 % unless set) it counts as paid, for information; beyond that, up to five times `short_abs` and 5 % of it, it stays open: a warning. More than that is no bank charge and is for pay-overdue. Charges recorded as `charges` count as received.",
        ),
        why: (
            "中转行扣的小钱没人登记，账上就一直挂着，月底对不上。",
            "What correspondent banks take and nobody records stays open on the books for good.",
        ),
        fix: (
            "水单上写了手续费就加 `charges`，金额照水单不要改；水单上没有的，让客户补，或批准后登记 [[credits]]。",
            "Add `charges` when the bank's advice shows them, and leave the amount as advised. If it shows none, have the buyer make it up, or record [[credits]] when somebody agreed to let it go.",
        ),
    },
    example: example!("pay-short-charges"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() || money::is_unread(case) {
        return;
    }
    for (at, line) in case.facts.money.lines.iter().enumerate() {
        let settled = line.settled && line.short > Decimal::ZERO && line.applied > Decimal::ZERO;
        if settled || money::is_slight(case, line) {
            report(case, at, line, out);
        }
    }
}

fn report(case: &Case<'_>, at: usize, line: &Line, out: &mut Sink<'_>) {
    let (Some(short), Some(amount)) = (line.open, line.amount) else { return };
    let due = amount.saturating_sub(line.credited);
    let name = money::name(case, line);
    let figure = money::figure(case, short);
    let bare = |value| money::bare(case, value);
    let (short_text, due_text, applied) = (bare(short), bare(due), bare(line.applied));
    let limit =
        bare(round(tolerance(case.book(), amount, case.facts.money.currency), case.facts.goods.minor()));
    let share = figures::percent(short, due).map(|p| round(p, 2)).unwrap_or_default();
    let title = if line.settled {
        bi!(
            "{name}少 {figure}：应收 {due_text}，到账 {applied}",
            "{name} {figure} short: due {due_text}, received {applied}"; name
        )
    } else {
        let late = late(line);
        bi!(
            "{name}少 {figure}：应收 {due_text}，到账 {applied}，超过容差 {limit}，没有收齐{late}",
            "{name} {figure} short: due {due_text}, received {applied}; beyond the tolerance of {limit}, so it stays open{late}"; name, late
        )
    };
    let source = money::last_posted(case, at);
    let place = source.map_or_else(|| money::terms(case), |source| money::amount(case, source));
    let label = if line.settled {
        bi!(
            "少 {short_text}（{share}%），像银行扣费；在容差内，已按收齐算",
            "{short_text} short ({share} %), probably a bank charge; within the tolerance, taken as paid"
        )
    } else {
        bi!("少 {short_text}（{share}%），超过容差", "{short_text} short ({share} %), beyond the tolerance")
    };
    let finding = out.report(title).at(place.clone(), label).values([figure, due_text, applied]);
    if line.settled {
        finding.severity(Severity::Info);
    }
    finding.help(help(line.settled));
    let charged = match source {
        Some(Source::Receipt(i)) => case.order.received.get(i).is_none_or(|r| !r.charges.is_empty()),
        _ => true,
    };
    if !charged && let Some((place, text)) = added(case, &place, &short_text.replace(',', "")) {
        finding.edit(place, text);
    }
}

/// How long it has been open, as the end of the sentence.
fn late(line: &Line) -> Bi {
    match line.overdue {
        0 => Bi::default(),
        days => {
            let long = timing::days(days);
            bi!("，已逾期 {days} 天", ", {long} overdue")
        }
    }
}

fn help(settled: bool) -> Bi {
    if settled {
        return bi!(
            "水单上写了手续费就加一行；金额照水单，不要改",
            "if the bank's advice shows charges add a line `charges`; leave the amount as advised"
        );
    }
    bi!(
        "先看水单：写了手续费就加一行 charges，金额照水单不要改；没写的是客户少付，要他补，或批准后登记 [[credits]]，kind = \"discount\"",
        "look at the bank's advice first: if it shows charges add a line `charges` and leave the amount as advised; if not, the buyer paid less: have it made up, or, when somebody agreed to let it go, record [[credits]] with kind = \"discount\""
    )
}

/// A line `charges` beside the amount, where the amount stands on a line of its own.
fn added(case: &Case<'_>, amount: &Place, charges: &str) -> Option<(Place, String)> {
    let At::Value(path) = &amount.at else { return None };
    let text = locate::text(&case.book().root, &amount.file)?;
    let (table, _) = DeTable::parse_recoverable(&text);
    let value = span::find(table.get_ref(), &span::steps(path))?.value;
    let start = text.get(..value.start)?.rfind('\n').map_or(0, |at| at + 1);
    let before = text.get(start..value.start)?;
    let key = before.trim_end().strip_suffix('=')?;
    if key.trim() != "amount" {
        return None;
    }
    // The new key stands in the column of the old one.
    let line = format!("{:width$}= {charges}", "charges ", width = key.chars().count());
    let after = text.get(value.end..)?.lines().next().unwrap_or_default();
    if after.trim().is_empty() {
        let old = text.get(value.clone())?;
        return Some((Place::bytes(&amount.file, value), format!("{old}\n{line}")));
    }
    // A remark behind the amount stays with it.
    Some((Place::bytes(&amount.file, start..start), format!("{line}\n")))
}
