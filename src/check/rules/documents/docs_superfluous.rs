//! `docs-superfluous`: a number that need not be printed is wrong.

use super::super::prelude::*;

use crate::check::shared::conflicts::{self, Group as Papers};
use crate::compare::figure::hint;
use crate::compare::reference;
use crate::derive::papers::Paper;
use crate::model::document::Printed;
use crate::model::value::fold::fold;
use crate::text::{Bi, StaticBi};

/// A number on a paper, what it is called, and those that it may be, each with its place.
struct Number<'a> {
    field: &'static str,
    name: StaticBi,
    printed: Option<&'a str>,
    right: Vec<(&'a str, String)>,
}

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-superfluous",
    group: Group::Documents,
    class: Class::Document,
    severity: Severity::Info,
    opt_in: false,
    since: "0.2.0",
    source: (
        "UCP 600 第 14 条 d 款；ISBP 821 前言 viii、信用证号错漏不是拒付理由（信用证项下）",
        "UCP 600 art. 14(d); ISBP 821, preliminary considerations viii: a wrong credit number is no ground for refusal, under a credit",
    ),
    title: ("单据上多印的号码是错的", "a number that need not be printed is wrong"),
    docs: Docs {
        checks: (
            "单据上印的信用证号、客户订单号、合同号，和这一单的都对不上（只差标点、空格不算）。这些号多半没人要求印，印了就不能错；一份单据只说一处。信用证 47A 要求所有单据印信用证号的，是警告，请人看。没登记过信用证或合同的不比。",
            "A credit number, purchase order or contract number on a paper is none of this order's; punctuation and spaces do not count. Mostly nobody asks for them, but what is printed must be right; one remark for each paper. Where 47A asks for the credit number on all documents it is a warning for a person to look at. Without a recorded credit or contract nothing is compared.",
        ),
        why: (
            "银行的不符点里，六成是没人要求印的数据自相矛盾。少印一项，少错一项。",
            "Some sixty per cent of the conflicts that banks find concern data nobody asked for. What is not printed cannot be wrong.",
        ),
        fix: (
            "先看原件，抄错就改登记。真印错的，没交单就重出，最好干脆不印；已经交了，银行不能凭信用证号拒付。",
            "Look at the original and correct the record if it was copied wrongly. If it is printed so and not yet presented, issue it again, best without the number; once presented, a bank cannot refuse for the credit number.",
        ),
    },
    example: example!("docs-superfluous"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let wanted = asks_for_number(case);
    for group in conflicts::groups(case) {
        let numbered = |p: &Printed| p.lc.is_some() || p.po.is_some() || p.contract.is_some();
        for paper in group.papers.each().filter(|p| numbered(p.printed) && group.blames(p)) {
            let wrong = numbers(case, &paper).into_iter().find_map(|number| {
                // A number that the credit wants on its papers is for `credit-condition-data`.
                let printed = number.printed.filter(|_| number.field != "lc" || !wanted)?;
                let (right, path) = number.right.first().cloned()?;
                let fits = |(right, _): &(&str, String)| {
                    reference::compare(printed, right).agrees()
                        || reference::names(printed, right)
                        || reference::names(right, printed)
                };
                (!number.right.iter().any(fits)).then_some((number.field, number.name, printed, right, path))
            });
            if let Some((field, name, printed, right, path)) = wrong {
                say(case, &group, &paper, (field, name), (printed, right, path), out);
            }
        }
    }
}

/// The numbers of a paper, the credit's first.
fn numbers<'a>(case: &Case<'a>, paper: &Paper<'a>) -> Vec<Number<'a>> {
    let (order, printed) = (case.order, paper.printed);
    let lc = order.docs.lc.iter().enumerate();
    let credits =
        lc.filter_map(|(i, lc)| Some((lc.paper.number.as_deref()?, format!("lc[{i}].number")))).collect();
    let contracts = order.docs.contract.iter().enumerate().map(|(i, c)| ("contract", i, &c.paper));
    let proformas = order.docs.proforma.iter().enumerate().map(|(i, c)| ("proforma", i, &c.paper));
    let mut contracts: Vec<(&str, String)> = contracts
        .chain(proformas)
        .filter_map(|(key, i, p)| Some((p.number.as_deref()?, format!("{key}[{i}].number"))))
        .collect();
    if !contracts.is_empty() {
        // Some print the buyer's order or our own number in the place of the contract's.
        contracts.extend(order.po.as_deref().map(|po| (po, "po".to_owned())));
        contracts.push((&order.id, "po".to_owned()));
        let invoices = order.docs.invoice.iter().enumerate();
        contracts.extend(
            invoices
                .filter_map(|(i, inv)| Some((inv.paper.number.as_deref()?, format!("invoice[{i}].number")))),
        );
    }
    let po = order.po.as_deref().map(|po| (po, "po".to_owned())).into_iter().collect();
    vec![
        Number {
            field: "lc",
            name: ("信用证号", "credit number"),
            printed: printed.lc.as_deref(),
            right: credits,
        },
        Number {
            field: "po",
            name: ("客户订单号", "purchase order"),
            printed: printed.po.as_deref(),
            right: po,
        },
        Number {
            field: "contract",
            name: ("合同号", "contract number"),
            printed: printed.contract.as_deref(),
            right: contracts,
        },
    ]
}

fn say(
    case: &Case<'_>,
    group: &Papers<'_, '_>,
    paper: &Paper<'_>,
    (field, (name_zh, name_en)): (&'static str, StaticBi),
    (printed, right, path): (&str, &str, String),
    out: &mut Sink<'_>,
) {
    let (name, cure) = (conflicts::name(case, paper), conflicts::cure(case, paper));
    let slip = match (digits(printed), digits(right)) {
        (Some(is), Some(ought)) => hint(is, ought),
        _ => Bi::default(),
    };
    let note = bi!("没人要求就别印。", "if nobody asks for it, leave it out. ");
    let who = conflicts::subject(&name);
    let finding = out.report(bi!(
        "{who}印的{name_zh} {printed} 不是这一单的 {right}",
        "{who} prints {name_en} {printed}, this order's is {right}";
        who
    ));
    finding
        .at(case.order.origin.place(&paper.path(field)), name)
        .at(case.order.origin.place(&path), bi!("{name_zh}", "{name_en}"))
        .values([printed, right])
        .help(conflicts::hinted(&slip, &conflicts::hinted(&note, &cure)));
    conflicts::weigh(case, finding, group, paper, false);
}

/// 47A wants the number of the credit on the papers.
fn asks_for_number(case: &Case<'_>) -> bool {
    case.exams().credits.iter().flat_map(|credit| &credit.conditions).any(|condition| {
        let text = fold(condition.value);
        let number = [
            "CREDIT NUMBER",
            "CREDIT NO",
            "L/C NUMBER",
            "L/C NO",
            "LC NUMBER",
            "LC NO",
            "DC NUMBER",
            "DC NO",
        ];
        number.iter().any(|words| text.contains(words))
    })
}

fn digits(number: &str) -> Option<rust_decimal::Decimal> {
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    (digits.len() < 19).then(|| digits.parse().ok()).flatten()
}
