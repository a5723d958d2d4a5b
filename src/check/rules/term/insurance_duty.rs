//! `insurance-duty`: CIF or CIP without insurance.

use super::super::prelude::*;

use chrono::NaiveDate;

use crate::check::shared::{terms, timing};
use crate::model::value::{Incoterm, InsuranceDuty};
use rust_decimal::Decimal;

/// Days before departure from which a missing policy is worth a warning.
const BEFORE: i64 = 5;

/// The rule.
pub static RULE: Rule = Rule {
    name: "insurance-duty",
    group: Group::Term,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("Incoterms 2020 CIF、CIP A5 条", "Incoterms 2020, CIF and CIP, article A5"),
    title: ("CIF、CIP 没有保险", "CIF or CIP without insurance"),
    docs: Docs {
        checks: (
            "CIF、CIP 的每批货在装运前有保险单据：开船前 5 天起警告，装运后报错。其他术语向客户收保险费又出了保险单的，警告。not_needed 写了 insurance 的不报。",
            "Every shipment under CIF or CIP has an insurance document before it leaves: a warning from five days before departure, an error once shipped. Under other rules, insurance billed to the buyer together with an insurance document is a warning. Nothing is said where not_needed names insurance.",
        ),
        why: (
            "CIF 没买保险，货在海上丢了由我们赔，而且信用证下交不了单。",
            "Under CIF without insurance a loss at sea is ours to pay, and no complete set can be presented under a credit.",
        ),
        fix: (
            "已经投保就把保险单登记进 docs.toml 的 [[insurance]]；还没投，开船前投。已经开船的，马上问保险公司能不能凭无损失声明从装船起承保，不行就和客户商量。",
            "If it is insured, record the document in docs.toml under [[insurance]]; if not, insure before departure. If the ship has left, ask the insurer at once for cover effective from loading against a no-loss declaration, or talk to the buyer.",
        ),
    },
    example: example!("insurance-duty"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let Some(term) = terms::of(case) else { return };
    if case.facts.is_cancelled() || case.order.not_needed.contains_key("insurance") {
        return;
    }
    match term.insurance() {
        InsuranceDuty::Seller(_) => missing(case, term, out),
        InsuranceDuty::None | InsuranceDuty::OwnRisk => billed(case, term, out),
    }
}

/// A shipment, when it leaves or left, and where that stands.
struct Leaving {
    id: String,
    shipped: Option<NaiveDate>,
    etd: Option<NaiveDate>,
    path: Option<String>,
}

fn leaving(case: &Case<'_>) -> impl Iterator<Item = Leaving> {
    case.facts.shipments.iter().map(|fact| {
        let record = fact.index.and_then(|i| Some((i, case.order.shipments.get(i)?)));
        let etd = record.and_then(|(_, s)| s.etd.or(s.planned));
        let path = fact.proof.clone().or_else(|| {
            let (i, s) = record?;
            s.etd
                .map(|_| format!("shipments[{i}].etd"))
                .or_else(|| s.planned.map(|_| format!("shipments[{i}].planned")))
        });
        Leaving { id: fact.id.clone(), shipped: fact.shipped, etd, path }
    })
}

fn is_insured(case: &Case<'_>, shipment: &str) -> bool {
    case.order.docs.insurance.iter().any(|doc| {
        doc.paper.is_current()
            && !doc.paper.is_draft()
            && doc.paper.day().is_none_or(|day| day <= case.as_of())
            && doc.paper.shipment.as_deref().is_none_or(|s| s == shipment)
    })
}

fn missing(case: &Case<'_>, term: &Incoterm, out: &mut Sink<'_>) {
    let (rule, as_of) = (term.rule, case.as_of());
    if case.is_register_entry() {
        return;
    }
    for one in leaving(case).filter(|one| !is_insured(case, &one.id)) {
        let finding = match (one.shipped, one.etd) {
            (Some(day), _) => {
                let finding = out.report(bi!(
                    "{rule} 由我们投保，货 {day} 已装运，还没有保险单",
                    "{rule}: we insure, the goods left on {day} and there is no insurance document"
                ));
                finding.help(bi!(
                    "先看是不是投了没登记，登记到 [[insurance]]；确实没投，今天就联系保险公司补投，保单生效日须不晚于装运日",
                    "see first whether it was insured and only not recorded, then add it under [[insurance]]; otherwise call the insurer today: cover must be effective no later than shipment"
                ));
                finding
            }
            (None, Some(etd)) if (etd - as_of).num_days() <= BEFORE => {
                let days = (etd - as_of).num_days();
                let left = timing::days(days);
                let finding = out.report(if days >= 0 {
                    bi!(
                        "{rule} 由我们投保，预计 {etd} 开船（还有 {days} 天），还没有保险单",
                        "{rule}: we insure, departure is expected on {etd} ({left} left) and there is no insurance document"
                    )
                } else {
                    bi!(
                        "{rule} 由我们投保，预计的开船日 {etd} 已过，还没有保险单",
                        "{rule}: we insure, the expected departure {etd} has passed and there is no insurance document"
                    )
                });
                finding.class(Class::Risk).severity(Severity::Warning).until(Some(etd)).help(bi!(
                    "已投保就登记到 [[insurance]]；没投，开船前投，至少发票金额的 110%",
                    "if it is insured, add it under [[insurance]]; if not, insure before departure, at least 110 % of the invoice"
                ));
                finding
            }
            _ => continue,
        };
        finding.at(terms::place(case), bi!("贸易术语", "trade term"));
        if let Some(path) = &one.path {
            finding.at(case.order.origin.place(path), bi!("装运", "shipment"));
        }
        finding.values([rule.code().to_owned(), one.id]);
    }
}

/// Insurance on the buyer's bill under a rule by which nobody owes it to him.
fn billed(case: &Case<'_>, term: &Incoterm, out: &mut Sink<'_>) {
    let order = case.order;
    if !order.docs.insurance.iter().any(|doc| doc.paper.is_current()) {
        return;
    }
    let is_insurance = |kind: Option<&str>| kind.is_some_and(|k| k.eq_ignore_ascii_case("insurance"));
    let own = order
        .charges
        .iter()
        .enumerate()
        .filter(|(_, c)| is_insurance(c.kind.as_deref()))
        .filter_map(|(i, c)| Some((format!("charges[{i}].amount"), c.amount.as_ref()?.value)));
    let printed =
        order.docs.invoice.iter().enumerate().filter(|(_, i)| i.paper.is_current()).flat_map(|(i, inv)| {
            inv.charges.iter().enumerate().filter(|(_, c)| is_insurance(c.kind.as_deref())).filter_map(
                move |(n, c)| Some((format!("invoice[{i}].charges[{n}].amount"), c.amount.as_ref()?.value)),
            )
        });
    let Some((path, amount)) = own.chain(printed).find(|(_, amount)| *amount > Decimal::ZERO) else { return };
    let (rule, amount) = (term.rule, crate::model::value::money::group(amount, case.facts.goods.minor()));
    out.report(bi!(
        "{rule} 下保险不由我们替客户买，却向客户收了保险费 {amount}",
        "under {rule} we do not insure for the buyer, yet he is billed {amount} for insurance"
    ))
    .severity(Severity::Warning)
    .judgement()
    .at(order.origin.place(&path), bi!("保险费", "insurance charge"))
    .at(terms::place(case), bi!("贸易术语", "trade term"))
    .help(bi!(
        "客户书面要求代办保险的，把那句话写进 terms；否则看术语是不是应为 CIF 或 CIP",
        "if the buyer asked us in writing to insure for him, put that into terms; otherwise see whether CIF or CIP was meant"
    ))
    .values([rule.code().to_owned(), amount]);
}
