//! `uscc-check`: a Chinese company number with a wrong check digit.

use super::super::prelude::*;
use crate::check::finding::Place;
use crate::check::shared::banks;
use crate::model::value::{Country, Uscc, UsccError};

/// The rule.
pub static RULE: Rule = Rule {
    name: "uscc-check",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("GB 32100-2015", "GB 32100-2015"),
    title: ("统一社会信用代码写错", "Chinese company number wrong"),
    docs: Docs {
        checks: (
            "本公司、中国往来单位、报关单上的统一社会信用代码是 18 位，校验位正确。",
            "The company number (USCC) of our company, of Chinese parties and on declarations has 18 characters and a right check digit.",
        ),
        why: (
            "报关单、退税、开票都认这个号；错一位海关退单。",
            "Customs, tax refund and invoices go by this number; with one wrong character customs returns the declaration.",
        ),
        fix: ("照营业执照逐位核对。", "Compare it with the business licence, character by character."),
    },
    example: example!("uscc-check"),
    scope: Scope::Book(check),
};

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    let config = &facts.book.config;
    if let Some(company) = config.company.as_deref().filter(|c| chinese(c.country.as_deref())) {
        look(company.uscc.as_deref(), || Subject::Root, || config.origin.place("company.uscc"), out);
    }
    for party in facts.book.parties.values().filter(|p| chinese(p.file.country.as_deref())) {
        look(party.file.uscc.as_deref(), || banks::subject(party), || party.origin.place("uscc"), out);
    }
    for order in &facts.book.orders {
        let subject = || Subject::Order(std::sync::Arc::clone(&order.id));
        for (i, declaration) in order.docs.customs.iter().enumerate() {
            look(
                declaration.uscc.as_deref(),
                subject,
                || order.origin.place(&format!("customs[{i}].uscc")),
                out,
            );
            look(
                declaration.paper.exporter.as_deref().filter(|text| is_number(text)),
                subject,
                || order.origin.place(&format!("customs[{i}].exporter")),
                out,
            );
            look(
                declaration.agent.as_deref(),
                subject,
                || order.origin.place(&format!("customs[{i}].agent")),
                out,
            );
        }
    }
}

fn chinese(country: Option<&str>) -> bool {
    country.is_none_or(|c| Country::parse(c).is_some_and(|c| c.code() == "CN"))
}

/// The exporter is given by number or by name.
fn is_number(text: &str) -> bool {
    text.len() == 18 && text.bytes().all(|b| b.is_ascii_alphanumeric())
}

fn look(text: Option<&str>, subject: impl Fn() -> Subject, place: impl Fn() -> Place, out: &mut Sink<'_>) {
    let Some(text) = text else { return };
    let Err(error) = Uscc::parse(text) else { return };
    let why = match error {
        UsccError::Length(n) => bi!("有 {n} 位，应是 18 位", "it has {n} characters instead of 18"),
        UsccError::Character(c) => {
            bi!("有“{c}”；代码里没有 I、O、S、V、Z", "`{c}` is not used in it; there is no I, O, S, V, Z")
        }
        UsccError::Region => {
            bi!("第 3 到 8 位应是数字（行政区划）", "characters 3 to 8 are digits, the region")
        }
        UsccError::CheckDigit(right) => {
            bi!("前 17 位没错的话，最后一位应是 {right}", "if the first 17 are right, the last is {right}")
        }
    };
    out.report_on(
        subject(),
        bi!("统一社会信用代码 {text} 不对：{why}", "company number {text} is wrong: {why}"; why),
    )
    .at(place(), bi!("{why}", "{why}"; why))
    .values([text])
    .help(bi!(
        "照营业执照逐位核对；不要只改最后一位凑数",
        "compare it with the business licence; do not just change the last character"
    ));
}
