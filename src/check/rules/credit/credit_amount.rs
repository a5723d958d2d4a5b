//! `credit-amount`: more is claimed than the credit allows.

use super::super::prelude::*;
use crate::check::shared::{exams, figures, presented};
use crate::derive::credit::limit::{self, By};
use crate::derive::exam::Exam;
use crate::derive::papers::Paper;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-amount",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 18 条 b 款、第 30 条", "UCP 600 art. 18 b, 30"),
    title: ("索款超过信用证金额", "more claimed than the credit allows"),
    docs: Docs {
        checks: (
            "一次交单索的款（汇票；没有汇票看交单金额，再看发票扣减后的净额）不超过 32B 加 39A 上浮，再加 39C。上限不四舍五入。金额浮动和数量浮动各算各的。索款在限内、发票总额超限的，银行可收可不收，只是警告。几次交单合计不在这里看。",
            "What one presentation claims (the draft; else the amount of the presentation, else the invoice net of deductions) is at most 32B with 39A above it and 39C on top. The limit is not rounded. Tolerances of amount and quantity are kept apart. Where the claim is within and the invoice beyond, a bank may take it or not: a warning. The sum of several drawings is not looked at here.",
        ),
        why: (
            "超出的部分银行不付，整套单据还可能被拒。",
            "No bank pays beyond the credit, and it may refuse the whole set.",
        ),
        fix: (
            "先看金额抄错没有。货真多装了，开船前请客户改证增额；来不及就按上限开票、索款，多出的另收。",
            "See first whether a figure was copied wrongly. If more goods really leave, have the credit increased before shipment; if it is too late, invoice and claim up to the limit and collect the rest outside the credit.",
        ),
    },
    example: example!("credit-amount"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in presented::all(case) {
        let _ = examine(case, exam, out);
    }
}

/// How a claim stands to the limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    Within,
    /// The claim is within, the invoice is not (art. 18 b).
    Invoice,
    Over,
}

fn weigh(most: Decimal, drawn: Decimal, invoiced: Option<Decimal>) -> Verdict {
    if drawn > most {
        Verdict::Over
    } else if invoiced.is_some_and(|sum| sum > most) {
        Verdict::Invoice
    } else {
        Verdict::Within
    }
}

fn examine(case: &Case<'_>, exam: &Exam<'_>, out: &mut Sink<'_>) -> Option<()> {
    let credit = &exam.credit;
    let range = limit::amount(credit)?;
    let most = range.high?;
    let money = presented::money(case, credit);
    let claim = presented::claim(case, exam);
    let invoiced = claim.as_ref().map(|c| c.net);
    let draft = drafts(case, exam);
    let written = exam.presentation.and_then(|(_, p)| p.amount).map(|a| a.value);
    let drawn = draft.as_ref().map(|(sum, _)| *sum).or(written).or(invoiced)?;
    let verdict = weigh(most, drawn, invoiced);
    if verdict == Verdict::Within {
        return None;
    }
    // The invoice is the first place to look where it is at fault; else the draft, else the presentation.
    let bill = claim.as_ref().filter(|c| c.net > most).and_then(|c| c.bills.first());
    let paper = bill.map(presented::Bill::paper).or(draft.as_ref().map(|(_, paper)| *paper));
    let name = paper.map_or_else(|| bi!("交单", "the presentation"), |p| p.name());
    let path = match (bill, &draft) {
        (Some(bill), _) => bill.path(),
        (None, Some((_, paper))) => paper.path("amount"),
        (None, None) => exam.path("amount")?,
    };
    let sum = if verdict == Verdict::Over && bill.is_none() { drawn } else { invoiced.unwrap_or(drawn) };
    let (is, ought) = (figures::money(sum, money), figures::money(most, money));
    let over = figures::money(figures::apart(sum, most), money);
    let several = claim.as_ref().is_some_and(|c| c.bills.len() > 1 && bill.is_some());
    let (sum_zh, sum_en) = if several { (" 等合计", " and others") } else { ("", "") };
    let finding = match verdict {
        Verdict::Over => out.report(bi!(
            "{name}{sum_zh} 索款 {is}，信用证最多 {ought}，多 {over}",
            "{name}{sum_en} claims {is}; the credit allows {ought} at most, {over} too much"; name
        )),
        _ => {
            let drawn = figures::money(drawn, money);
            let finding = out.report(bi!(
                "{name}{sum_zh} 总额 {is}，超过信用证的 {ought}；索款 {drawn} 在限内，银行可收可不收",
                "{name}{sum_en} is for {is}, beyond the {ought} of the credit; {drawn} is claimed, which a bank may take or not"; name
            ));
            finding
                .severity(Severity::Warning)
                .judgement()
                .source(bi!("UCP 600 第 18 条 b 款", "UCP 600 art. 18 b"))
        }
    };
    finding.at(case.order.origin.place(&path), name);
    let label = match range.by {
        By::Stated(tolerance) => {
            bi!("信用证金额，浮动 {tolerance}", "amount of the credit, tolerance {tolerance}")
        }
        _ => bi!("信用证金额", "amount of the credit"),
    };
    if let Some(amount) = &credit.amount {
        finding.at(case.order.origin.place(&amount.source.path()), label);
    }
    finding.values([is, ought]).help(bi!(
        "先看金额抄错没有；没抄错就请客户改证增额，来不及则发票、汇票都按上限重出，多出的货款另收",
        "see first whether a figure was copied wrongly; if not, have the credit increased, or issue invoice and draft again up to the limit and collect the rest outside the credit"
    ));
    match paper {
        Some(paper) => exams::weigh(finding, exam, &paper),
        None => {
            finding.past |= exam.past;
            finding.until(exam.cure_until());
        }
    }
    Some(())
}

/// What the drafts of an exam add up to; nothing where one prints no amount or other money.
fn drafts<'a>(case: &Case<'_>, exam: &Exam<'a>) -> Option<(Decimal, Paper<'a>)> {
    let ours = presented::money(case, &exam.credit);
    let &(index, first) = exam.papers.draft.first()?;
    let sum = exam.papers.draft.iter().try_fold(Decimal::ZERO, |sum, (_, draft)| {
        let amount = draft.amount?;
        presented::is_in(ours, draft.currency.as_deref(), amount.currency).then_some(())?;
        sum.checked_add(amount.value)
    })?;
    Some((sum, Paper { key: "draft", index, printed: &first.paper }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::derive::credit::Credit;
    use crate::model::document::{Extra, LetterOfCredit};
    use crate::model::value::{Amount, Tolerance};

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    /// The verdict on an invoice, and on a draft where one is given.
    fn verdict(amount: &str, tolerance: Option<&str>, invoice: &str, draft: Option<&str>) -> Verdict {
        let value = |text: &str| Amount { value: n(text), currency: None };
        let lc = LetterOfCredit {
            amount: Some(value(amount)),
            tolerance: tolerance.map(|t| Tolerance::parse(t).unwrap()),
            extra: vec![],
            ..LetterOfCredit::default()
        };
        let most = limit::amount(&Credit::issued(0, &lc)).unwrap().high.unwrap();
        weigh(most, draft.map_or(n(invoice), n), Some(n(invoice)))
    }

    #[test]
    fn claims_against_the_limit() {
        use Verdict::{Invoice, Over, Within};
        for (amount, tolerance, invoice, draft, expected) in [
            // T1, T3, T4
            ("100000.00", Some("05/05"), "105000.00", None, Within),
            ("100000.00", Some("05/05"), "105000.01", None, Over),
            ("123456.78", Some("05/05"), "129629.61", None, Within),
            ("123456.78", Some("05/05"), "129629.62", None, Over),
            ("100000.00", Some("10%"), "110000.00", None, Within),
            ("100000.00", Some("10%"), "110000.01", None, Over),
            // T7, T8, T9
            ("575000.00", None, "575000.00", None, Within),
            ("575000.00", None, "586960.00", None, Over),
            ("575000.00", None, "586960.00", Some("575000.00"), Invoice),
            ("575000.00", Some("05/05"), "603750.00", None, Within),
            // T11
            ("66750.00", Some("05/05"), "67374.60", None, Within),
        ] {
            assert_eq!(verdict(amount, tolerance, invoice, draft), expected, "{amount} {invoice} {draft:?}");
        }
    }

    #[test]
    fn freight_of_39c_comes_on_top() {
        // T15
        let value = |text: &str| Some(Amount { value: n(text), currency: None });
        let lc = LetterOfCredit {
            amount: value("50000.00"),
            extra: vec![Extra { text: Some("FREIGHT UP TO USD 1 200".into()), amount: value("1200.00") }],
            ..LetterOfCredit::default()
        };
        let most = limit::amount(&Credit::issued(0, &lc)).unwrap().high.unwrap();
        assert_eq!(weigh(most, n("51150.00"), Some(n("51150.00"))), Verdict::Within);
        assert_eq!(weigh(most, n("51200.01"), Some(n("51200.01"))), Verdict::Over);
    }
}
