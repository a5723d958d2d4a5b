//! `credit-insurance-amount`: insured for less than the credit asks.

use super::super::prelude::*;
use crate::check::shared::{exams, figures, presented};
use crate::compare::figure;
use crate::derive::exam::Exam;
use crate::model::document::Required;
use crate::model::value::fold::fold;
use crate::model::value::load::insured_minimum;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-insurance-amount",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 28 条 f 款 ii 项；ISBP 745 K15", "UCP 600 art. 28 f ii; ISBP 745 K15"),
    title: ("保额不足", "insured for too little"),
    docs: Docs {
        checks: (
            "保额不低于信用证要的百分比（没写按 110%）乘以货值。货值是扣预付款、折扣之前的发票总额；索款更高的按索款。算出来的数不四舍五入，少一分也算不足；保单一般进位取整。一次交单有几批、几张发票、几张保单的，各自合计再比。币种不同的由 credit-insurance-currency 说。",
            "The sum insured is at least the percentage of the credit (110 % where none is written) of the value of the goods: the invoice before advance or discount is deducted, or the claim where that is more. The figure is not rounded, a cent short is short; policies are usually rounded up. Several lots, invoices or policies of one presentation are added up. Other money is for credit-insurance-currency.",
        ),
        why: (
            "保额按净额投是最常见的错：银行按毛额算，差一分也拒。",
            "Insuring the net amount is the usual mistake: banks take the gross, and a cent short is refused.",
        ),
        fix: (
            "先看保额、发票总额抄错没有；确实不足，请保险公司出批单加保。",
            "See first whether a figure was copied wrongly; if it is short, have the insurer increase it by endorsement.",
        ),
    },
    example: example!("credit-insurance-amount"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut seen = presented::Seen::default();
    for exam in presented::all(case) {
        let _ = examine(case, exam, &mut seen, out);
    }
}

fn examine(case: &Case<'_>, exam: &Exam<'_>, seen: &mut presented::Seen, out: &mut Sink<'_>) -> Option<()> {
    let money = presented::money(case, &exam.credit);
    let claim = presented::claim(case, exam)?;
    let mut insured = Decimal::ZERO;
    let mut first = None;
    for (paper, doc) in presented::insured(exam) {
        let amount = doc.amount?;
        presented::is_in(money, doc.currency.as_deref(), amount.currency).then_some(())?;
        insured = insured.checked_add(amount.value)?;
        first.get_or_insert(paper);
    }
    let paper = first?;
    let asked = exam.credit.asked("insurance").next();
    let percent = asked.and_then(|d| percent(d.value)).unwrap_or(Decimal::from(110));
    let base = claim.gross.max(claim.net);
    let least = insured_minimum(base, percent)?;
    (insured < least && seen.first(exam, paper.whole())).then_some(())?;
    let short = figures::apart(insured, least).normalize();
    let (is, ought) = (figures::money(insured, money), figures::money(least.normalize(), money));
    let (value, short) = (figures::money(base, money), figures::money(short, money));
    let percent = percent.normalize();
    let name = paper.name();
    let hint = figure::hint(insured, least);
    let finding = out.report(bi!(
        "{name} 保额 {is}，至少要 {value} × {percent}% = {ought}，差 {short}",
        "{name} insures {is}; {value} × {percent} % = {ought} is the least, {short} short"; name
    ));
    finding.at(case.order.origin.place(&paper.path("amount")), name);
    if let Some(bill) = claim.bills.first() {
        let path = bill.paper().path("total");
        finding.at(case.order.origin.place(&path), bi!("发票总额", "total of the invoice"));
    }
    if let Some(asked) = asked {
        let path = format!("{}.percent", asked.source.path());
        finding.at(case.order.origin.place(&path), bi!("信用证要的加成", "percentage of the credit"));
    }
    finding.values([is, ought]).help(bi!(
        "{hint}先看保额和发票总额抄错没有（按扣预付款前的总额算）；确实不足，请保险公司出批单加保，进位取整",
        "{hint}see first whether the sum insured or the total was copied wrongly (the total before any advance counts); if it is short, have the insurer increase it by endorsement, rounded up"; hint
    ));
    exams::weigh(finding, exam, &paper);
    Some(())
}

/// The percentage asked for: the key, else `110 PCT`, `110%`, `110 PERCENT` in the words.
fn percent(asked: &Required) -> Option<Decimal> {
    if let Some(percent) = asked.percent {
        return Some(percent.0);
    }
    let text =
        fold(asked.text.as_deref()?).replace("PER CENT", "%").replace("PERCENT", "%").replace("PCT", "%");
    let before = text.split('%').next().filter(|head| head.len() < text.len())?.trim_end();
    let start = before.rfind(|c: char| !c.is_ascii_digit() && c != '.').map_or(0, |at| at + 1);
    let figure: Decimal = before.get(start..)?.parse().ok()?;
    // Less than the value is no insured percentage but something else ("OF 100% COTTON").
    (figure > Decimal::ONE_HUNDRED).then_some(figure)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn percentages_in_words() {
        for (text, expected) in [
            ("INSURANCE POLICY FOR 120 PCT OF CIF VALUE", Some("120")),
            ("INSURANCE CERTIFICATE FOR 110% OF INVOICE VALUE", Some("110")),
            ("COVERING 110 PERCENT OF INVOICE VALUE", Some("110")),
            ("FOR INVOICE VALUE PLUS 10%", None),
            ("INSURANCE POLICY", None),
        ] {
            let asked = Required { text: Some(text.into()), ..Required::default() };
            assert_eq!(percent(&asked), expected.map(|e| e.parse().unwrap()), "{text}");
        }
    }
}
