//! `credit-underdrawing`: less is claimed than a credit without partial shipments lets one claim.

use super::super::prelude::*;
use crate::check::shared::{exams, figures, lines, presented};
use crate::derive::credit::Credit;
use crate::derive::credit::limit;
use crate::derive::exam::Exam;
use crate::load::fields::Allowed;
use rust_decimal::Decimal;

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-underdrawing",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 30 条 c 款", "UCP 600 art. 30 c"),
    title: ("不许分批却少支", "too little claimed where partial shipments are not allowed"),
    docs: Docs {
        checks: (
            "43P 不允许分批时，索款不低于下限：39A 写了浮动就是下浮的金额；没写，货装足、单价没减，可以少支 5%，再少就不行。数量短在许可范围内的，少的货值不算少支。少支是因为发票扣了预付款、折扣的，只是警告。数量不够由 credit-quantity 说，单价降了由 credit-unit-price 说。",
            "Where 43P forbids partial shipments the claim is not below the lower limit: the lower end of 39A where there is one; without one, down to 95 % where all goods are shipped and no unit price is reduced. Goods short within their own tolerance do not count as underdrawn. Where deductions of an advance or a discount on the invoice explain it, it is a warning. Goods short beyond it are for credit-quantity, lower prices for credit-unit-price.",
        ),
        why: (
            "不许分批就是一次用完。少支超过限度，银行按分批处理，拒付。",
            "Without partial shipments the credit is used once and in full; a bank treats a smaller claim as a partial drawing and refuses.",
        ),
        fix: (
            "先看金额抄错没有。货款确有一部分另收的，请客户改证减额或允许分批。",
            "See first whether a figure was copied wrongly. If part of the price is paid outside the credit, have the credit decreased or partial drawings allowed.",
        ),
    },
    example: example!("credit-underdrawing"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in presented::all(case) {
        // Several sets that were not presented yet may still go in one presentation (art. 31 b).
        let alone = case.exams().under(&exam.credit).filter(|e| !e.past).count() <= 1
            && (exam.presentation.is_some() || case.order.shipments.len() <= 1);
        if (exam.past || alone) && exam.credit.partial.as_ref().is_some_and(|p| p.value == Allowed::No) {
            let _ = examine(case, exam, out);
        }
    }
}

fn examine(case: &Case<'_>, exam: &Exam<'_>, out: &mut Sink<'_>) -> Option<()> {
    let credit = &exam.credit;
    let claim = presented::claim(case, exam)?;
    let least = least(credit, claim.net, &goods(exam))?;
    let money = presented::money(case, credit);
    let (is, ought) = (figures::money(claim.net, money), figures::money(least, money));
    let short = figures::money(figures::apart(claim.net, least), money);
    let bill = claim.bills.first()?;
    let name = bill.paper().name();
    let finding = out.report(bi!(
        "不许分批，{name} 只索 {is}，至少要 {ought}，少 {short}",
        "no partial shipments: {name} claims {is}, at least {ought} is due, {short} too little"; name
    ));
    finding.at(case.order.origin.place(&bill.path()), name);
    if let Some(amount) = &credit.amount {
        finding.at(case.order.origin.place(&amount.source.path()), bi!("信用证金额", "amount of the credit"));
    }
    if let Some(partial) = &credit.partial {
        finding.at(case.order.origin.place(&partial.source.path()), bi!("不许分批", "no partial shipments"));
    }
    finding.values([is, ought]);
    if claim.gross >= least {
        finding.severity(Severity::Warning).judgement().help(bi!(
            "发票扣了预付款或折扣，索款才少。信用证里没写扣减的，交单前问银行收不收，不收就请客户改证减额",
            "the invoice deducts an advance or a discount. If the credit does not provide for it, ask the bank before presenting, or have the credit decreased"
        ));
    } else {
        finding.help(bi!(
            "先看金额、数量抄错没有；确实少支，交单前请客户改证（减额或允许分批）",
            "see first whether a figure was copied wrongly; if less is really claimed, have the credit amended before presenting: decreased, or partial drawings allowed"
        ));
    }
    exams::weigh(finding, exam, &bill.paper());
    Some(())
}

/// What the invoices ship of 45A.
enum Goods {
    /// All of it, at the prices of 45A, or 45A states neither.
    Full,
    /// Less, within what each line allows; worth so much at the prices of 45A.
    Short(Decimal),
    /// Beyond what a line allows, or cheaper: another rule says so.
    Elsewhere,
}

/// The lower limit that a claim misses; nothing where it does not.
fn least(credit: &Credit<'_>, claim: Decimal, goods: &Goods) -> Option<Decimal> {
    let figure = credit.figure()?;
    let bound = limit::least_drawing(credit)?;
    let bound = match goods {
        Goods::Elsewhere => return None,
        // A tolerance of the amount is the limit, whatever was shipped (art. 30 c, last sentence).
        Goods::Full | Goods::Short(_) if credit.tolerance.is_some() => bound,
        Goods::Full => bound,
        Goods::Short(value) => bound.min(*value),
    };
    (claim < figure && claim < bound).then_some(bound)
}

fn goods(exam: &Exam<'_>) -> Goods {
    let rows = lines::Rows::of(exam);
    let (mut short, mut value) = (false, Some(Decimal::ZERO));
    for (index, said) in exam.credit.items.iter().enumerate() {
        let item = said.value;
        let cheaper = rows.item(index).any(|row| {
            let price = row
                .line
                .price
                .and_then(|p| lines::price_per(p.value, row.line.unit.as_deref(), item.unit.as_deref()));
            let low = limit::price(item).and_then(|range| range.low);
            price.zip(low).is_some_and(|(price, low)| price < low)
        });
        let shipped = rows.shipped(index, item);
        let range = limit::quantity(item);
        let below = range.and_then(|r| r.low).zip(shipped).is_some_and(|(low, shipped)| shipped < low);
        if cheaper || below {
            return Goods::Elsewhere;
        }
        short |= item.qty.zip(shipped).is_some_and(|(asked, shipped)| shipped < asked);
        value = value
            .zip(shipped)
            .zip(item.price)
            .and_then(|((sum, shipped), price)| sum.checked_add(shipped.checked_mul(price.value)?));
    }
    match (short, value) {
        (true, Some(value)) => Goods::Short(value),
        (true, None) => Goods::Short(Decimal::ZERO),
        (false, _) => Goods::Full,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::LetterOfCredit;
    use crate::model::value::{Amount, Tolerance};

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn missed(amount: &str, tolerance: Option<&str>, claim: &str, goods: &Goods) -> Option<Decimal> {
        let lc = LetterOfCredit {
            amount: Some(Amount { value: n(amount), currency: None }),
            tolerance: tolerance.map(|t| Tolerance::parse(t).unwrap()),
            ..LetterOfCredit::default()
        };
        least(&Credit::issued(0, &lc), n(claim), goods)
    }

    #[test]
    fn lower_limits() {
        // T13, T14
        assert_eq!(missed("815000.00", None, "774250.00", &Goods::Full), None);
        assert_eq!(missed("815000.00", None, "774249.99", &Goods::Full), Some(n("774250.00")));
        assert_eq!(missed("815000.00", Some("03/03"), "774250.00", &Goods::Full), Some(n("790550.00")));
        assert_eq!(missed("815000.00", Some("03/03"), "790550.00", &Goods::Full), None);
        // T2, T5, T6: what can be paid begins at the next cent.
        assert_eq!(missed("99999.99", Some("10/10"), "90000.00", &Goods::Full), None);
        assert!(missed("99999.99", Some("10/10"), "89999.99", &Goods::Full).is_some());
        assert!(missed("84000.00", Some("05/00"), "83999.99", &Goods::Full).is_some());
        assert_eq!(missed("45500.00", Some("00/10"), "40950.00", &Goods::Full), None);
        // T7: five per cent less by weight is worth five per cent less.
        assert_eq!(missed("575000.00", None, "546250.00", &Goods::Short(n("546250.00"))), None);
        assert_eq!(missed("575000.00", None, "400000.00", &Goods::Elsewhere), None);
    }
}
