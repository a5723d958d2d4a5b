//! `decl-exporter`: somebody else stands on the declaration as exporter.

use super::super::prelude::*;
use crate::check::shared::{customs, papers};
use crate::compare::{Outcome, name};
use crate::model::document::Declaration;
use crate::model::value::Uscc;
use crate::model::value::fold::is_han;
use crate::text::{Bi, Lang};

/// The rule.
pub static RULE: Rule = Rule {
    name: "decl-exporter",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "海关总署报关单填制规范（境内发货人）；国家税务总局出口退税办法",
        "GACC rules for filling in declarations (domestic consignor); STA rules on export refunds",
    ),
    title: ("境内发货人不是我们", "exporter on the declaration is not us"),
    docs: Docs {
        checks: (
            "报关单境内发货人（信用代码或名称）是本公司，或是登记在 agent 里的代理出口方。信用代码校验不对的由 uscc-check 报；10 位海关注册编码不比。",
            "The exporter on the declaration (company number or name) is our company, or the export agent recorded under `agent`. A number that is none is for `uscc-check` to say; a ten-digit customs registration is not compared.",
        ),
        why: (
            "谁是境内发货人，谁收汇、谁退税。写成工厂又没有代理协议，我们退不了税，买方付给我们的钱也说不清。",
            "The exporter on the declaration collects the money and the refund. With the factory there and no agency agreement we cannot claim it, and the buyer's payment to us has no export behind it.",
        ),
        fix: (
            "先看有没有抄错；委托别人出口的，在 customs 里写 agent = \"代理方信用代码\"；真报错了请报关行改单。",
            "See first whether it was copied wrongly; where somebody exports for us, write agent = \"their company number\" under customs; a wrong declaration is amended through the broker.",
        ),
    },
    example: example!("decl-exporter"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if !customs::is_chinese(case) {
        return;
    }
    for set in case.sets() {
        for &(index, declaration) in &set.papers.customs {
            look(case, index, declaration, out);
        }
    }
}

fn look(case: &Case<'_>, index: usize, declaration: &Declaration, out: &mut Sink<'_>) {
    let exporter = declaration.paper.exporter.as_deref();
    let number = |text: Option<&str>| text.and_then(|text| Uscc::parse(text).ok());
    let (given, field) = match (number(declaration.uscc.as_deref()), number(exporter)) {
        (Some(given), _) => (Some(given), "uscc"),
        (None, given) => (given, "exporter"),
    };
    if let Some(given) = given {
        numbers(case, index, declaration, &given, field, out);
    } else if let Some(text) = exporter.filter(|text| !is_code(text)) {
        names(case, index, declaration, text, out);
    }
}

/// A number of some kind: one of ten digits, or one that is wrong.
fn is_code(text: &str) -> bool {
    let text = text.trim();
    text.bytes().all(|b| b.is_ascii_alphanumeric()) && text.bytes().any(|b| b.is_ascii_digit())
}

fn numbers(
    case: &Case<'_>,
    index: usize,
    declaration: &Declaration,
    given: &Uscc,
    field: &str,
    out: &mut Sink<'_>,
) {
    let company = case.config().company.as_deref();
    let own = company.and_then(|c| c.uscc.as_deref()).and_then(|text| Uscc::parse(text).ok());
    let agent = declaration.agent.as_deref().and_then(|text| Uscc::parse(text).ok());
    let Some(own) = own.filter(|own| own != given && agent.as_ref() != Some(given)) else { return };
    let paper = customs::paper(index, declaration);
    let (name, own, given) = (paper.name(), own.as_str(), given.as_str());
    let whose = supplier(case, given);
    let finding = out.report(bi!(
        "{name} 境内发货人 {given}{whose}，本公司是 {own}",
        "{name}: exporter {given}{whose}, our company is {own}"; name, whose
    ));
    finding
        .at(case.order.origin.place(&paper.path(field)), name)
        .at(case.config().origin.place("company.uscc"), bi!("本公司", "our company"))
        .values([given, own])
        .help(help());
    papers::soften(finding, &declaration.paper);
}

/// `（义乌某某）` where the number is a supplier's.
fn supplier(case: &Case<'_>, number: &str) -> Bi {
    let found = case.book().parties.values().find(|party| {
        party
            .file
            .uscc
            .as_deref()
            .and_then(|text| Uscc::parse(text).ok())
            .is_some_and(|own| own.as_str() == number)
    });
    found.map_or_else(Bi::default, |party| Bi {
        zh: format!("（{}）", party.label(Lang::Zh)),
        en: format!(" ({})", party.label(Lang::En)),
    })
}

fn names(case: &Case<'_>, index: usize, declaration: &Declaration, given: &str, out: &mut Sink<'_>) {
    // Who the agent is stands there by number only.
    let Some(company) = case.config().company.as_deref().filter(|_| declaration.agent.is_none()) else {
        return;
    };
    let own = [company.name_zh.as_deref(), company.name.as_deref()];
    let chinese = |text: &str| text.chars().any(is_han);
    let Some(own) = own.into_iter().flatten().find(|own| chinese(own) == chinese(given)) else { return };
    let outcome = name::compare_block(given, own);
    if outcome.agrees() {
        return;
    }
    let paper = customs::paper(index, declaration);
    let title = paper.name();
    let finding = out.report(bi!(
        "{title} 境内发货人“{given}”，本公司是“{own}”",
        "{title}: exporter `{given}`, our company is `{own}`"; title
    ));
    finding
        .at(case.order.origin.place(&paper.path("exporter")), title)
        .at(case.config().origin.place("company.name"), bi!("本公司", "our company"))
        .values([given, own])
        .help(help());
    if outcome == Outcome::Typo {
        finding.severity(Severity::Warning).judgement();
    }
    papers::soften(finding, &declaration.paper);
}

fn help() -> Bi {
    bi!(
        "先看登记有没有抄错；有代理出口协议的，在这份 [[customs]] 里写 agent = \"代理方信用代码\"；真报错了请报关行改单",
        "see first whether it was copied wrongly; under an export agency agreement write agent = \"the agent's number\" in this [[customs]]; if it was declared so, have the broker amend it"
    )
}
