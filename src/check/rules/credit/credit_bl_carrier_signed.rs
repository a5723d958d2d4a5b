//! `credit-bl-carrier-signed`: a bill of lading that does not say for whom it is signed.

use super::super::prelude::*;

use crate::check::shared::exams;
use crate::derive::papers::Paper;
use crate::model::document::{BlKind, SignedAs};

/// The rule.
pub static RULE: Rule = Rule {
    name: "credit-bl-carrier-signed",
    group: Group::Credit,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "UCP 600 第 19、20、21 条 a 款 i 项；ISBP 745 E3 至 E5",
        "UCP 600 articles 19(a)(i), 20(a)(i), 21(a)(i); ISBP 745 E3 to E5",
    ),
    title: ("提单签署身份不明", "B/L signed without capacity"),
    docs: Docs {
        checks: (
            "提单写明承运人，由承运人、船长或其具名代理人签署并写明身份；代理人要写代理谁。登记为“没写身份”的报错；代理签署而代理人或承运人没有登记的，请人看一眼。租船提单可由船东、船长签，不在此列。",
            "A bill of lading names the carrier and is signed by the carrier, the master or a named agent who says for whom. `unstated` is an error; an agent's signature without a recorded agent or carrier is for somebody to look at. Charter-party bills have rules of their own.",
        ),
        why: ("没有身份的签字，银行视为没有签。", "A signature without capacity counts as none."),
        fix: (
            "先看原件的签字栏。确实没写身份，请船公司或其代理按 “AS CARRIER” 或 “AS AGENT FOR THE CARRIER …” 重签。",
            "Look at the signature box of the original. If the capacity is missing, have the carrier or agent sign again \"AS CARRIER\" or \"AS AGENT FOR THE CARRIER …\".",
        ),
    },
    example: example!("credit-bl-carrier-signed"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for exam in &case.exams().all {
        for &(index, bl) in exam.papers.bl.iter().filter(|(_, bl)| bl.kind != Some(BlKind::CharterParty)) {
            let paper = Paper { key: "bl", index, printed: &bl.paper };
            let name = paper.name();
            let agent = matches!(bl.signed_as, Some(SignedAs::AgentForCarrier | SignedAs::AgentForMaster));
            let carrier = bl.carrier.as_deref().unwrap_or_default();
            let (title, sure) = match bl.signed_as {
                Some(SignedAs::Unstated) => (
                    bi!("{name} 的签字没写身份（承运人、船长还是代理）", "{name} is signed without saying as what: carrier, master or agent"; name),
                    true,
                ),
                Some(_) if carrier.is_empty() => (
                    bi!("{name} 没有登记承运人名称，看原件上印了没有", "no carrier is recorded for {name}: see whether the original names one"; name),
                    false,
                ),
                Some(_) if agent && bl.agent.is_none() => (
                    bi!("{name} 由代理签署，没有登记代理人名称，看原件上印了没有", "{name} is signed by an agent whose name is not recorded: see whether the original names it"; name),
                    false,
                ),
                _ => continue,
            };
            let finding = exams::say(case, exam, &paper, "signed_as", None, title, out);
            finding.help(bi!(
                "看原件签字栏；登记漏了就补上；真没印，请船公司或代理写明 AS CARRIER 或 AS AGENT FOR THE CARRIER {carrier} 重签",
                "look at the signature box; complete the record if it was not copied; otherwise have it signed again AS CARRIER or AS AGENT FOR THE CARRIER {carrier}"
            ));
            finding.values([bl.signed_as.map_or("", |s| s.code())]);
            if !sure {
                finding.severity(Severity::Warning).judgement();
            }
        }
    }
}
