//! `credit-quantity`: the goods invoiced are more or fewer than 45A allows.

use super::super::prelude::*;
use crate::check::shared::{exams, figures, lines, presented};
use crate::compare::figure;
use crate::derive::credit::limit::{self, By, Range};
use crate::derive::credit::{Credit, Said};
use crate::derive::exam::Exam;
use crate::model::document::CreditItem;
use crate::model::value::fold::fold;
use crate::text::Bi;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-quantity",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 30 条 a、b 款", "UCP 600 art. 30 a, b"),
    title: ("数量超出信用证许可", "quantity outside what the credit allows"),
    docs: Docs {
        checks: (
            "发票上每种货的数量在 45A 那一行的许可范围内：写明溢短装的按写的；about 是 ±10%；按件、套、双、箱、袋数的一件都不能差；按重量、长度、面积、体积计的没写也有 ±5%；写了“不超过”的不能多。39A 只管金额，不管数量。允许分批时几次合计不能多；少了不算错，除非钱已经支完。不许分批时少了也是不符。单位换算后再比，换算不了的不比。45A 文字里写了 more or less 而 tolerance 没登记的，只是警告。",
            "The quantity of each kind of goods on the invoices lies within its line of 45A: the tolerance that is written; \"about\" is 10 % both ways; what is counted in pieces, sets, pairs, cartons, bags is exact; weight, length, area and volume have 5 % both ways without a word; \"maximum\" must not be exceeded. 39A is for the amount, never the quantity. Where partial shipments are allowed the drawings together must not exceed it, and less is no fault unless the whole amount is claimed. Where they are not, less is a discrepancy too. Units are converted first; those that cannot be are not compared. Where the words of 45A say \"more or less\" and no tolerance is recorded, it is a warning.",
        ),
        why: (
            "数量是发票货描的一部分，多一件少一件银行都拒。多装的货款也可能收不到。",
            "The quantity is part of the description: a bank refuses one piece too many, and the surplus may never be paid.",
        ),
        fix: (
            "先看数量、单位抄错没有，45A 写的溢短装登记了没有。真装多了，交单前请客户改证加溢短装，或按许可的数量另行处理多装的货。",
            "See first whether a figure or unit was copied wrongly and whether a tolerance in 45A was recorded. If more was really shipped, have the credit amended before presenting.",
        ),
    },
    example: example!("credit-quantity"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for credit in &case.exams().credits {
        if case.facts.is_cancelled() {
            continue;
        }
        let exams: Vec<Drawing<'_, '_>> =
            case.exams().under(credit).map(|exam| Drawing { exam, rows: lines::Rows::of(exam) }).collect();
        for (index, item) in credit.items.iter().enumerate() {
            if let Some(range) = limit::quantity(item.value) {
                let line = Asked { index, item, range };
                follow(case, credit, &exams, &line, out);
            }
        }
    }
}

/// One presentation and its lines.
struct Drawing<'e, 'a> {
    exam: &'e Exam<'a>,
    rows: lines::Rows<'a>,
}

/// A line of 45A with what it allows.
struct Asked<'a> {
    index: usize,
    item: &'a Said<&'a CreditItem>,
    range: Range,
}

/// Adds the drawings up in order; a cured one is judged by itself with what went before.
fn follow(
    case: &Case<'_>,
    credit: &Credit<'_>,
    exams: &[Drawing<'_, '_>],
    line: &Asked<'_>,
    out: &mut Sink<'_>,
) {
    let mut before = Decimal::ZERO;
    let last = exams.iter().rposition(|d| !d.exam.past);
    for (position, Drawing { exam, rows }) in exams.iter().enumerate() {
        let Some(shipped) = rows.shipped(line.index, line.item.value) else { return };
        let Some(sum) = before.checked_add(shipped) else { return };
        let fits_before = line.range.high.is_none_or(|high| before <= high);
        let over = fits_before && line.range.high.is_some_and(|high| sum > high);
        // Another lot may still be invoiced before all goes to the bank together.
        let all = exam.presentation.is_some() || case.order.shipments.len() <= exams.len();
        let under = (exam.past || (Some(position) == last && all))
            && line.range.low.is_some_and(|low| sum < low)
            && (!credit.allows_partial() || exhausted(case, credit, exams, line));
        if (over || under) && !exam.papers.invoice.is_empty() {
            say(case, exam, rows, line, sum, out);
        }
        if !exam.past {
            before = sum;
        }
    }
}

/// Partial shipments are allowed, and yet nothing is left to pay for the rest: the whole amount is claimed for less
/// than the quantity. With a unit price in 45A the price says so.
fn exhausted(case: &Case<'_>, credit: &Credit<'_>, exams: &[Drawing<'_, '_>], line: &Asked<'_>) -> bool {
    let claims = exams.iter().filter(|d| !d.exam.past).filter_map(|d| presented::claim(case, d.exam));
    let claimed = claims.map(|c| c.net).try_fold(Decimal::ZERO, Decimal::checked_add);
    let least = limit::least_drawing(credit);
    credit.items.len() == 1
        && line.item.value.price.is_none()
        && claimed.zip(least).is_some_and(|(claimed, least)| claimed >= least)
}

/// 45A or 47A speaks of a tolerance in words that no key holds.
fn speaks_of_tolerance(credit: &Credit<'_>) -> bool {
    let texts = credit.goods.iter().map(|g| g.value).chain(credit.conditions.iter().map(|c| c.value));
    texts.map(fold).any(|text| {
        ["MORE OR LESS", "PLUS OR MINUS", "+/-", "±", "TOLERANCE", "ABOUT ", "APPROX", "CIRCA"]
            .iter()
            .any(|word| text.contains(word))
    })
}

fn say(
    case: &Case<'_>,
    exam: &Exam<'_>,
    rows: &lines::Rows<'_>,
    line: &Asked<'_>,
    sum: Decimal,
    out: &mut Sink<'_>,
) {
    let item = line.item.value;
    let row = rows.item(line.index).max_by_key(|r| r.line.qty);
    let Some(invoice) = exam.papers.invoice.first() else { return };
    let paper = row.map_or(
        crate::derive::papers::Paper { key: "invoice", index: invoice.0, printed: &invoice.1.paper },
        lines::Row::paper,
    );
    let unit = item.unit.as_deref().unwrap_or("PCS");
    let goods = item.name.as_deref().unwrap_or_default();
    let is = format!("{} {unit}", figures::number(sum));
    let ought = allowed(&line.range, item.qty.unwrap_or_default(), unit);
    let (more, bound) = match line.range.high {
        Some(high) if sum > high => (true, high),
        _ => (false, line.range.low.unwrap_or_default()),
    };
    let apart = format!("{} {unit}", figures::number(figures::apart(sum, bound)));
    let name = paper.name();
    let (zh, en) = if more { ("多", "too many") } else { ("少", "too few") };
    let weight = line.range.by == By::FivePercent;
    let en = match (weight, more) {
        (true, true) => "too much",
        (true, false) => "too little",
        _ => en,
    };
    let title = Bi {
        zh: format!("{} {goods} {is}，信用证{}，{zh} {apart}", name.zh, ought.zh),
        en: format!("{}: {goods} {is}; the credit allows {}, {apart} {en}", name.en, ought.en),
    };
    let unsure = speaks_of_tolerance(&exam.credit) && !matches!(line.range.by, By::Stated(_));
    let swapped = figure::hint(sum, item.qty.unwrap_or_default());
    let finding = out.report(title);
    finding
        .at(case.order.origin.place(&row.map_or(paper.path("lines"), |r| r.path("qty"))), name)
        .at(
            case.order.origin.place(&format!("{}.qty", line.item.source.path())),
            bi!("信用证数量", "quantity in the credit"),
        )
        .values([is, format!("{} {unit}", figures::number(item.qty.unwrap_or_default()))]);
    if unsure {
        finding.severity(Severity::Warning).judgement().help(bi!(
            "45A 或 47A 的文字提到溢短装，但这一行没有登记 tolerance：核对原文，写了就补上 tolerance；没写就请客户改证",
            "the words of 45A or 47A speak of a tolerance, but this line records none: read the credit and add `tolerance` if it is written, else have the credit amended"
        ));
    } else {
        finding.help(bi!(
            "{swapped}先看发票数量和信用证数量抄错没有；确实{zh}装了，交单前请客户改证加溢短装或改数量",
            "{swapped}see first whether a quantity was copied wrongly; if it is so, have the credit amended before presenting: a tolerance, or another quantity"; swapped
        ));
    }
    exams::weigh(finding, exam, &paper);
}

/// What a line allows, in words.
fn allowed(range: &Range, figure: Decimal, unit: &str) -> Bi {
    let n = figures::number;
    let figure = n(figure);
    match range.by {
        By::Stated(tolerance) => {
            bi!("许可 {figure} {unit} ±{tolerance}", "{figure} {unit} within {tolerance}")
        }
        By::FivePercent => bi!("许可 {figure} {unit} ±5%", "{figure} {unit} within 5 %"),
        By::Maximum => bi!("许可不超过 {figure} {unit}", "at most {figure} {unit}"),
        By::Exact => bi!("只许 {figure} {unit}", "exactly {figure} {unit}"),
    }
}
