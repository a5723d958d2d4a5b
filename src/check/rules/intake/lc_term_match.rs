//! `lc-term-match`: the credit prints another trade term.

use super::super::prelude::*;

use crate::check::finding::Finding;
use crate::check::shared::arrival::{self, Matters};
use crate::check::shared::terms;
use crate::compare::Outcome;
use crate::compare::place::Place;
use crate::compare::term::{self, Compared};
use crate::derive::credit::Credit;
use crate::derive::credit::terms::Source;
use crate::model::value::fold::fold;
use crate::model::value::{Incoterm, place};

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-term-match",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 18 条 c 款；ISBP 745 C8", "UCP 600 article 18 c; ISBP 745 C8"),
    title: ("信用证的贸易术语和合同不同", "the credit prints another trade term"),
    docs: Docs {
        checks: (
            "45A 里的贸易术语（或登记的 term）和订单是同一个：术语、地点、年版。地点只差一笔、一处在另一处里面、或认不出来的，请人看。",
            "The trade term in 45A (or the recorded term) is that of the order: rule, place, edition. A place one slip away, inside the other, or not on the list is for a person to look at.",
        ),
        why: (
            "发票上的术语要照信用证打，运费、保险谁付又按合同。CIF 的证配 FOB 的合同，等于白送运费和保险。",
            "The invoice prints the term of the credit while contract and price decide who pays freight and insurance. A CIF credit on an FOB contract gives freight and insurance away.",
        ),
        fix: (
            "先看 45A 是不是抄错。没抄错，请客户改证；同意换术语的，价格、合同、订单一起改。",
            "See first whether 45A was copied wrongly. If not, have the credit amended; if the other term is agreed, change price, contract and order with it.",
        ),
    },
    example: example!("lc-term-match"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let Some(own) = terms::of(case) else { return };
    for credit in arrival::credits(case) {
        let Some((printed, source)) = credit.trade_term() else { continue };
        let prose = credit.term.is_none();
        let compared = term::compare(&printed, own);
        let year = printed.year.is_some_and(|year| year != own.edition());
        let Some(sure) = verdict(credit, own, &printed, compared, year, prose) else { continue };
        let finding = say(case, credit, own, (&printed, source), compared, out);
        if !sure {
            finding.severity(Severity::Warning).judgement();
        }
        arrival::close(case, credit, finding, Matters::UntilPresented);
    }
}

/// `Some(true)` for a conflict, `Some(false)` where a person must look.
fn verdict(
    credit: &Credit<'_>,
    own: &Incoterm,
    printed: &Incoterm,
    compared: Compared,
    year: bool,
    prose: bool,
) -> Option<bool> {
    if !compared.rule {
        // Running text may name a second term (a breakdown of the price): then it is not clear which is meant.
        let text = fold(&credit.goods_text().unwrap_or_default());
        let also = text.split(|c: char| !c.is_alphanumeric()).any(|word| word == own.rule.code());
        return Some(!(prose && also));
    }
    let place = match compared.place {
        Place::Is(outcome) if outcome.agrees() || outcome == Outcome::Missing => None,
        Place::Is(Outcome::Different) => {
            let known = |text: &str| place::resolve(text).is_some();
            Some(known(&printed.place) && known(&own.place))
        }
        _ => Some(false),
    };
    if year { Some(true) } else { place }
}

fn say<'o>(
    case: &Case<'_>,
    credit: &Credit<'_>,
    own: &Incoterm,
    (printed, source): (&Incoterm, Source),
    compared: Compared,
    out: &'o mut Sink<'_>,
) -> &'o mut Finding {
    let called = arrival::called(credit);
    let (is, ought) = (shown(printed), own.with_year());
    let what = if !compared.rule {
        bi!("术语不同", "another rule")
    } else if !matches!(compared.place, Place::Is(o) if o.agrees() || o == Outcome::Missing) {
        bi!("地点不同", "another place")
    } else {
        bi!("年版不同", "another edition")
    };
    let finding = out.report(bi!(
        "{called} 写 {is}，订单是 {ought}：{what}",
        "{called} says {is}, the order {ought}: {what}"; called, what
    ));
    finding
        .at(
            case.order.origin.place(&source.path()),
            arrival::label(credit, source, ("45A 贸易术语", "45A trade term")),
        )
        .at(terms::place(case), bi!("订单的贸易术语", "trade term of the order"))
        .help(arrival::amend(&bi!("45A 的术语改成 {ought}", "the term in 45A to read {ought}")))
        .values([is, ought]);
    finding
}

fn shown(term: &Incoterm) -> String {
    let year = term.year.map(|year| format!(" Incoterms {year}")).unwrap_or_default();
    format!("{} {}{year}", term.rule, term.place).trim_end().to_owned()
}
