//! `safe-trade-credit-report`: a long advance or a long credit that is not reported to the foreign exchange office.

use super::super::prelude::*;

use crate::check::shared::figures::money;
use crate::check::shared::{terms, timing};
use crate::derive::safe::{self, Kind, Periods, Report, Sure};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: safe::RULE,
    group: Group::Money,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.3.0",
    source: (
        "《经常项目外汇业务指引（2020 年版）》第 20 条（据转载整理，以外汇局现行规定为准）",
        "SAFE guidelines on current account foreign exchange business (2020), art. 20 (read in reprints; SAFE's current rules govern)",
    ),
    title: ("贸易信贷没报外汇局", "trade credit not reported to SAFE"),
    docs: Docs {
        checks: (
            "境内出口企业的外币收款：预收货款早于出口超过 30 天的，收款后 30 天内报告；合同约定的收款日晚于出口超过 90 天的，出口后 30 天内报告。看的是合同到期日，客户拖欠不算。报了登记 [[filings]] kind = \"safe\"，收款或出口当天以后、期限以前的一次都算答复。期限还早的是提示，最后 7 天和过了期限是警告，报晚了是提示。出口日还没有：按船期、计划；只能从合同倒推的，过了 30 天才算数。D/A 还没承兑的按单据到代收行、货到港估计，只提示。人民币收款不在内。B、C 类企业的天数不同，可以改：\"safe-trade-credit-report\" = { advance = 0, deferred = 30 }。",
            "For foreign exchange of an exporter in China: an advance more than 30 days before the export is reported within 30 days of the receipt; money that the contract lets come more than 90 days after the export, within 30 days of the export. The contract's due date counts, not a buyer's delay. [[filings]] with kind = \"safe\" is the answer: any one made from the receipt or export on and by the last day. Information while there is time, a warning in the last seven days and after them, information where it was made late. Before the export the sailing or the plan counts; a day only counted back from the contract counts once the 30 days are over. A D/A not yet accepted is estimated from the papers' arrival at the bank and the goods' arrival, for information. Receipts in renminbi are not meant. Companies of class B or C have other periods: \"safe-trade-credit-report\" = { advance = 0, deferred = 30 }.",
        ),
        why: (
            "没报的预收和延期，会让收汇和出口对不上；总量差得多了，外汇局现场核查，可能降成 B 类企业，以后收付汇都麻烦。",
            "An advance or a credit that is not reported makes receipts and exports differ; where they differ by much SAFE comes to look and may put the company into class B, and every payment becomes slow.",
        ),
        fix: (
            "在数字外管平台（货物贸易外汇监测）做贸易信贷报告，报完登记 [[filings]]。已经报过的，补登记日期。过了 30 天的，网上报不了，带情况说明到所在地外汇局报。",
            "File the trade-credit report on SAFE's platform (monitoring of trade in goods) and log it under [[filings]]. If it was made, log its date. After the 30 days it cannot be made online: go to the local office with an explanation.",
        ),
    },
    example: example!("safe-trade-credit-report"),
    scope: Scope::Order(check),
};

/// Days before the last one from which information becomes a warning.
const NEAR: i64 = 7;

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for report in safe::of(case.book(), case.order, case.facts, case.as_of()) {
        if report.filed.is_none_or(|filed| filed.late > 0) {
            say(case, &report, out);
        }
    }
}

fn say(case: &Case<'_>, report: &Report, out: &mut Sink<'_>) {
    let what = match report.kind {
        Kind::Advance(_) => advance(case, report),
        Kind::Deferred(_) => deferred(case, report),
    };
    let left = (report.by - case.as_of()).num_days();
    let (by, n) = (report.by, timing::days(left.abs()));
    let days = left.abs();
    let how = match report.filed {
        Some(filed) => {
            let (late, n) = (filed.late, timing::days(filed.late));
            bi!(
                "最迟 {by} 要报外汇局，晚了 {late} 天",
                "the report to SAFE was due by {by} and came {n} late"
            )
        }
        None if left < 0 => bi!(
            "最迟 {by} 要报外汇局，过了 {days} 天，没有登记",
            "the report to SAFE was due by {by}, {n} ago, and none is logged"
        ),
        None => bi!(
            "最迟 {by} 报外汇局，还有 {days} 天，没有登记",
            "to be reported to SAFE by {by}: {n} left, none logged"
        ),
    };
    let finding = out.report(bi!("{what}，{how}", "{what}; {how}"; what, how));
    let origin = &case.order.origin;
    let fact = match report.kind {
        Kind::Advance(i) => {
            let from = report.from;
            finding.at(origin.place(&format!("received[{i}].date")), bi!("收款 {from}", "received {from}"));
            None
        }
        Kind::Deferred(at) => case.facts.shipments.get(at),
    };
    if let Some(path) = fact.and_then(|f| f.proof.as_deref()) {
        let from = report.from;
        finding.at(origin.place(path), bi!("出口 {from}", "exported {from}"));
    }
    if matches!(report.kind, Kind::Deferred(_)) {
        finding.at(terms::filled(case, "payment"), bi!("付款方式", "payment terms"));
    }
    if let Some(filed) = report.filed {
        finding.at(origin.place(&format!("filings[{}].date", filed.index)), bi!("报告日", "reported"));
    }
    // What was reported late is past cure.
    finding
        .until(Some(by).filter(|_| report.filed.is_none()))
        .values([report.from.to_string(), by.to_string()]);
    if report.filed.is_some() {
        finding.severity(Severity::Info).help(bi!(
            "日期抄错就改 [[filings]]；真报晚了，情况说明留底备查",
            "correct the date under [[filings]] if it was copied wrongly; if it was late, keep the explanation on file"
        ));
    } else if left < 0 {
        finding.help(bi!(
            "先看是不是报了没登记：在 money.toml 补 [[filings]] kind = \"safe\" 和日期。真没报：过了期限网上报不了，带情况说明和单据到所在地外汇局报",
            "first see whether it was made and not logged: add [[filings]] with kind = \"safe\" and its date to money.toml. If not, it can no longer be made online: go to the local office of SAFE with an explanation and the papers"
        ));
    } else {
        finding.help(bi!(
            "在数字外管平台做贸易信贷报告，报完在 money.toml 登记 [[filings]] kind = \"safe\" 和日期",
            "file the trade-credit report on SAFE's platform, then log [[filings]] with kind = \"safe\" and its date in money.toml"
        ));
    }
    if report.sure == Sure::Estimated || left > NEAR {
        finding.severity(Severity::Info);
    }
}

fn amount(report: &Report) -> String {
    report.amount.map(|(value, currency)| money(value, Some(currency))).unwrap_or_default()
}

fn advance(case: &Case<'_>, report: &Report) -> Bi {
    let (from, days, amount) = (report.from, report.days, amount(report));
    let n = timing::days(days);
    match report.to {
        Some(to) if to > case.as_of() => bi!(
            "{from} 预收 {amount}，预计 {to} 出口，早 {days} 天",
            "{amount} received in advance on {from}, export expected {to}, {n} before it"
        ),
        Some(to) if case.facts.is_cancelled() => bi!(
            "{from} 预收 {amount}，{to} 才退清或转收入，占用 {days} 天",
            "{amount} received in advance on {from}, held for {n} until {to}"
        ),
        Some(to) => bi!(
            "{from} 预收 {amount}，{to} 才出口，早 {days} 天",
            "{amount} received in advance on {from}, exported {to}, {n} before it"
        ),
        None => bi!(
            "{from} 预收 {amount}，{days} 天了还没出口",
            "{amount} received in advance on {from}, not exported for {n}"
        ),
    }
}

fn deferred(case: &Case<'_>, report: &Report) -> Bi {
    let (from, days, amount) = (report.from, report.days, amount(report));
    let to = report.to.map(|day| day.to_string()).unwrap_or_default();
    let limit = Periods::of(case.config()).deferred;
    let maybe = if report.sure == Sure::Estimated { bi!("预计", "expected ") } else { Bi::default() };
    bi!(
        "{from} 出口，{amount} {maybe}{to} 才到期，隔 {days} 天，超过 {limit} 天",
        "exported {from}, {amount} due {maybe}{to}, {days} days after it, more than {limit}"; maybe
    )
}
