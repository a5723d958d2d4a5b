//! `decl-vs-invoice-amount`: declared value and invoice apart.

use rust_decimal::Decimal;

use super::super::prelude::*;
use crate::check::shared::customs::{self, Basis, Total};
use crate::check::shared::{figures, papers as soft};
use crate::compare::{Outcome, currency, figure};
use crate::derive::papers::Papers;
use crate::model::document::{Declaration, Invoice};
use crate::model::value::TermRule;
use crate::model::value::money::round;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "decl-vs-invoice-amount",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "海关总署报关单填制规范（单价、总价、币制、运费、保费）；单货一致",
        "GACC rules for filling in declarations (price, total, currency, freight, insurance)",
    ),
    title: ("报关金额和发票不同", "declared value is not the invoice's"),
    docs: Docs {
        checks: (
            "同一批货的报关单总价之和等于发票总额之和，币种相同。成交方式和发票术语口径不同时，用报关单上的运费、保费折成发票口径；没写运保费、折不了的不比。整数申报的按四舍五入比。D 组术语报得比发票少（扣了目的港以后的费用）只提醒看一眼。",
            "For one shipment the declared totals add up to the invoices', in the same currency. Where deal mode and trade term include different things, freight and insurance on the declaration bring the value to the invoice's basis; without them nothing is compared. Whole declared amounts are compared after rounding. Under D rules a lower declared value (without costs after arrival) is only to be looked at.",
        ),
        why: (
            "退税按报关单、收汇按发票、外汇局两个一起看；金额对不上，退税卡住，外汇核查要解释。",
            "The tax refund goes by the declaration, the money by the invoice, and the exchange office looks at both: apart, the refund stops and the difference must be explained.",
        ),
        fix: (
            "先看登记有没有抄错、运费保费有没有漏登；报关单真报错了，请报关行向海关申请改单，发票错了重出。",
            "See first whether a figure was copied wrongly or freight and insurance were left out; a wrong declaration is amended at customs through the broker, a wrong invoice is issued again.",
        ),
    },
    example: example!("decl-vs-invoice-amount"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for papers in customs::beside(case, |papers| !papers.invoice.is_empty()) {
        let declared = Total::of(papers.customs.iter().map(|&(i, d)| {
            (customs::paper(i, d), printed(d.currency.as_deref(), d.total.as_ref()), customs::declared(d))
        }));
        let invoiced = Total::of(papers.invoice.iter().map(|&(i, d)| {
            let total = d.total.as_ref().map(|total| (total.value, "total"));
            (customs::invoice(i, d), printed(d.currency.as_deref(), d.total.as_ref()), total)
        }));
        let Some((declared, invoiced)) = declared.zip(invoiced) else { continue };
        match declared.currency.zip(invoiced.currency).and_then(|(a, b)| currency::compare(a, b)) {
            Some(Outcome::Different) => other_currency(case, &declared, &invoiced, out),
            // A sign that may mean several currencies: the figures cannot be compared.
            None if declared.currency.is_some() && invoiced.currency.is_some() => {}
            _ => amounts(case, &papers, &declared, &invoiced, out),
        }
    }
}

fn printed<'a>(currency: Option<&'a str>, total: Option<&crate::model::value::Amount>) -> Option<&'a str> {
    currency.or_else(|| total.and_then(|amount| amount.currency).map(|currency| currency.code()))
}

fn other_currency(case: &Case<'_>, declared: &Total<'_>, invoiced: &Total<'_>, out: &mut Sink<'_>) {
    let (Some((a, b)), Some((declaration, _)), Some((invoice, _))) =
        (declared.currency.zip(invoiced.currency), declared.said.first(), invoiced.said.first())
    else {
        return;
    };
    let (left, right) = (declaration.name(), invoice.name());
    let finding = out.report(bi!(
        "{left} 币种 {a}，{right} 币种 {b}",
        "{left} is in {a}, {right} in {b}"; left, right
    ));
    finding
        .at(case.order.origin.place(&declaration.path("currency")), left)
        .at(case.order.origin.place(&invoice.path("currency")), right)
        .values([a, b])
        .help(bi!(
            "先看登记有没有抄错；报关单币种要和发票、收汇一致，报错了请报关行改单",
            "see first whether it was copied wrongly; the declaration is in the currency of the invoice and of the payment, a wrong one is amended through the broker"
        ));
    soft::soften(finding, declaration.printed);
}

/// The declared value on the invoice's basis.
enum Converted {
    /// Both include the same.
    Same,
    /// Freight and insurance were added or taken away.
    By(Decimal),
    /// They are not on the declaration.
    Unknown,
}

fn converted(papers: &Papers<'_>, term: TermRule) -> Converted {
    let want = customs::of_term(term);
    let mut all = Decimal::ZERO;
    let mut same = true;
    for (_, declaration) in &papers.customs {
        let is = declaration.deal_mode.map_or(want, customs::of_mode);
        if is == want {
            continue;
        }
        same = false;
        match difference(declaration, is, want).and_then(|part| all.checked_add(part)) {
            Some(sum) => all = sum,
            None => return Converted::Unknown,
        }
    }
    if same { Converted::Same } else { Converted::By(all) }
}

/// What has to be added to the declared value. An amount in another currency cannot be.
fn difference(declaration: &Declaration, is: Basis, want: Basis) -> Option<Decimal> {
    let own = declaration.total.as_ref().and_then(|total| total.currency).map(|c| c.code());
    let own = declaration.currency.as_deref().or(own);
    let amounts = [&declaration.freight, &declaration.insurance];
    if amounts.iter().all(|amount| amount.is_none()) {
        return None;
    }
    let mut sum = Decimal::ZERO;
    for (amount, is, want) in
        [(amounts[0], is.freight, want.freight), (amounts[1], is.insurance, want.insurance)]
    {
        let Some(amount) = amount.as_ref().filter(|_| is != want) else { continue };
        if amount.currency.is_some_and(|c| own.is_some_and(|own| own != c.code())) {
            return None;
        }
        sum = if want { sum.checked_add(amount.value)? } else { sum.checked_sub(amount.value)? };
    }
    Some(sum)
}

/// The amounts that the invoices may be declared with: in full, or less what is deducted for good.
fn invoiced(invoices: &[(usize, &Invoice)], total: Decimal) -> Vec<Decimal> {
    let net = invoices.iter().try_fold(Decimal::ZERO, |sum, (_, invoice)| {
        let own = invoice.total_net.as_ref().or(invoice.total.as_ref())?;
        sum.checked_add(own.value)
    });
    [Some(total), net].into_iter().flatten().collect()
}

fn agrees(declared: Decimal, invoiced: Decimal) -> bool {
    declared == invoiced || (declared.fract().is_zero() && declared == round(invoiced, 0))
}

fn amounts<'a>(
    case: &Case<'a>,
    papers: &Papers<'a>,
    declared: &Total<'_>,
    total: &Total<'_>,
    out: &mut Sink<'_>,
) {
    let Some((term, _)) = customs::term(case, papers) else {
        let fits = invoiced(&papers.invoice, total.value).into_iter().any(|own| agrees(declared.value, own));
        // Without a term the two may include different things.
        if !fits && papers.customs.iter().all(|(_, d)| d.freight.is_none() && d.insurance.is_none()) {
            say(case, declared, total, Decimal::ZERO, false, out);
        }
        return;
    };
    let by = match converted(papers, term.rule) {
        Converted::Same => Some(Decimal::ZERO),
        Converted::By(by) => Some(by),
        Converted::Unknown => None,
    };
    let values = [Some(declared.value), by.and_then(|by| declared.value.checked_add(by))];
    let fits = values
        .into_iter()
        .flatten()
        .any(|value| invoiced(&papers.invoice, total.value).into_iter().any(|own| agrees(value, own)));
    let Some(by) = by.filter(|_| !fits) else { return };
    let value = declared.value.saturating_add(by);
    let inland = term.rule == TermRule::Exw && value > total.value;
    if inland {
        // EXW goods are declared FOB with the inland costs added.
        return;
    }
    let abroad = term.rule.code().starts_with('D') && value < total.value;
    say(case, declared, total, by, abroad, out);
}

fn say(
    case: &Case<'_>,
    declared: &Total<'_>,
    total: &Total<'_>,
    by: Decimal,
    abroad: bool,
    out: &mut Sink<'_>,
) {
    let unit = declared.unit(case.facts.goods.currency).or_else(|| total.unit(case.facts.goods.currency));
    let value = declared.value.saturating_add(by);
    let show = |value: Decimal| figures::money(value, unit);
    let apart = show(figures::apart(value, total.value));
    let (left, right) = (show(declared.value), show(total.value));
    let (Some((declaration, from)), Some((invoice, to))) = (declared.said.first(), total.said.first()) else {
        return;
    };
    let (paper, other) = (name(declared), name(total));
    let (parts, parts_en) = match by {
        by if by.is_zero() => (String::new(), String::new()),
        by if by > Decimal::ZERO => {
            let (by, sum) = (show(by), show(value));
            (format!("加运保费 {by} 是 {sum}"), format!(", with freight and insurance {by} {sum}"))
        }
        by => {
            let (by, sum) = (show(by.abs()), show(value));
            (format!("减运保费 {by} 是 {sum}"), format!(", less freight and insurance {by} {sum}"))
        }
    };
    let title = Bi {
        zh: format!("{} 申报 {left}{parts}，{} {right}，差 {apart}", paper.zh, other.zh),
        en: format!("{} declares {left}{parts_en}; {} says {right}, {apart} apart", paper.en, other.en),
    };
    let hint = figure::hint(value, total.value);
    let finding = out
        .report(title)
        .at(case.order.origin.place(from), paper)
        .at(case.order.origin.place(to), other)
        .values([left, right]);
    if abroad {
        finding.severity(Severity::Warning).judgement().help(bi!(
            "D 组术语可以扣掉目的港以后的费用；是这样就豁免并写明扣了什么，不是就请报关行改单",
            "under D rules costs after arrival may be left out: if that is so, waive this and say what was left out; if not, have the broker amend the declaration"
        ));
    } else {
        let help = bi!(
            "先看两张单子有没有抄错、运费保费有没有漏登；报关单真报错了，请报关行申请改单，发票错了重出",
            "see first whether either was copied wrongly, or freight and insurance left out; a wrong declaration is amended through the broker, a wrong invoice is issued again"
        );
        finding.help(figures::hinted(&hint, &help));
    }
    soft::soften(finding, declaration.printed);
    soft::soften(finding, invoice.printed);
}

fn name(total: &Total<'_>) -> Bi {
    match total.said.as_slice() {
        [(paper, _)] => paper.name(),
        several => {
            let n = several.len();
            let (zh, en) =
                several.first().map_or(("", ""), |(paper, _)| crate::derive::papers::title(paper.key));
            bi!("{zh}（{n} 份合计）", "{en} ({n} together)")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::DealMode;
    use crate::model::value::Amount;

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn declaration(freight: Option<&str>, insurance: Option<&str>) -> Declaration {
        let amount = |text: Option<&str>| text.map(|text| Amount::parse(text).unwrap());
        Declaration {
            currency: Some("USD".into()),
            freight: amount(freight),
            insurance: amount(insurance),
            ..Declaration::default()
        }
    }

    #[test]
    fn freight_and_insurance_bring_a_value_to_the_basis_of_the_invoice() {
        let (fob, cif) = (customs::of_mode(DealMode::Fob), customs::of_mode(DealMode::Cif));
        let both = declaration(Some("1450.00"), Some("90.00"));
        assert_eq!(difference(&both, fob, cif), Some(n("1540.00")));
        assert_eq!(difference(&both, cif, fob), Some(n("-1540.00")));
        assert_eq!(difference(&both, customs::of_mode(DealMode::Cf), cif), Some(n("90.00")));
        assert_eq!(difference(&both, cif, customs::of_mode(DealMode::Ci)), Some(n("-1450.00")));
        assert_eq!(difference(&declaration(Some("64.00"), None), fob, cif), Some(n("64.00")));
        assert_eq!(difference(&declaration(None, None), fob, cif), None, "not on the declaration");
        assert_eq!(difference(&declaration(Some("EUR 64.00"), None), fob, cif), None, "another currency");
    }

    #[test]
    fn whole_amounts_agree_after_rounding() {
        assert!(agrees(n("67375"), n("67374.60")) && agrees(n("67374.60"), n("67374.6")));
        assert!(!agrees(n("67374"), n("67374.60")) && !agrees(n("67374.50"), n("67374.60")));
    }
}
