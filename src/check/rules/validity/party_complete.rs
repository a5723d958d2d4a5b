//! `party-complete`: a party without what papers need.

use super::super::prelude::*;
use crate::check::shared::banks;
use crate::model::party::{Party, PartyKind};
use std::collections::BTreeSet;

/// The rule.
pub static RULE: Rule = Rule {
    name: "party-complete",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("往来单位资料不全", "party incomplete"),
    docs: Docs {
        checks: (
            "本公司和客户有英文名、地址、国家，客户有邮箱；没结案的订单用到的客户没有名称是错误，其余是警告。用到的供应商和货代没有名称是警告。",
            "Our company and every customer have a name, an address and a country, customers an e-mail; a customer without a name used by an open order is an error, the rest are warnings. Suppliers and forwarders in use need a name.",
        ),
        why: (
            "发票、产地证、提单都要抬头和地址；临到出单再问客户就晚了。",
            "Invoice, certificate of origin and bill of lading need name and address; asking when papers are due is too late.",
        ),
        fix: (
            "照合同抬头补进往来单位的文件。",
            "Add what the contract's letterhead says to the party's file.",
        ),
    },
    example: example!("party-complete"),
    scope: Scope::Book(check),
};

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    company(facts, out);
    let mut used: BTreeSet<(PartyKind, &str)> = BTreeSet::new();
    for (order, own) in facts.each() {
        if own.is_open() {
            used.extend(order.customer.as_deref().map(|id| (PartyKind::Customer, id)));
            used.extend(
                order
                    .items
                    .iter()
                    .filter_map(|i| Some((PartyKind::Supplier, i.buy.as_deref()?.from.as_deref()?))),
            );
            used.extend(
                order.shipments.iter().filter_map(|s| Some((PartyKind::Forwarder, s.forwarder.as_deref()?))),
            );
        }
    }
    for party in facts.book.parties.values() {
        look(party, used.contains(&(party.kind, &party.id)), out);
    }
}

fn blank(text: Option<&str>) -> bool {
    text.is_none_or(|t| t.trim().is_empty())
}

fn company(facts: &Facts<'_>, out: &mut Sink<'_>) {
    let Some(company) = facts.book.config.company.as_deref() else { return };
    let mut missing = Vec::new();
    if blank(company.name.as_deref()) {
        missing.push(("name", "英文名 name", "`name`"));
    }
    if company.address.is_empty() {
        missing.push(("address", "地址 address", "`address`"));
    }
    if missing.is_empty() {
        return;
    }
    let (zh, en) = listed(&missing);
    let finding = out
        .report_on(Subject::Root, bi!("本公司资料缺{zh}", "our company has no {en}"))
        .at(facts.book.config.origin.place("company"), bi!("缺{zh}", "no {en}"))
        .help(bi!("照营业执照和合同抬头补", "add it from the licence and the contract's letterhead"));
    if missing.iter().any(|(key, ..)| *key == "name") {
        finding.severity(Severity::Error);
    }
}

fn look(party: &Party, used: bool, out: &mut Sink<'_>) {
    let file = &party.file;
    let mut missing = Vec::new();
    let nameless = blank(file.name.as_deref());
    if nameless && (party.kind == PartyKind::Customer || (used && blank(file.name_zh.as_deref()))) {
        missing.push(("name", "名称 name", "`name`"));
    }
    if party.kind == PartyKind::Customer {
        if file.address.is_empty() {
            missing.push(("address", "地址 address", "`address`"));
        }
        if blank(file.country.as_deref()) {
            missing.push(("country", "国家 country", "`country`"));
        }
        if blank(file.email.as_deref()) {
            missing.push(("email", "邮箱 email", "`email`"));
        }
    }
    if missing.is_empty() {
        return;
    }
    let ((zh, en), (kind_zh, kind_en), id) = (listed(&missing), party.kind.title(), &party.id);
    let finding = out
        .report_on(banks::subject(party), bi!("{kind_zh} {id} 缺{zh}", "{kind_en} {id} has no {en}"))
        .at(
            party
                .origin
                .files()
                .first()
                .map_or_else(|| party.origin.place("name"), crate::check::finding::Place::file),
            bi!("缺{zh}", "no {en}"),
        )
        .help(bi!(
            "照合同抬头补；国家写两位代码，例如 DE",
            "add it from the contract's letterhead; the country is a code of two letters, like DE"
        ));
    if nameless && used && party.kind == PartyKind::Customer {
        finding.severity(Severity::Error);
    }
}

fn listed(missing: &[(&str, &str, &str)]) -> (String, String) {
    let zh: Vec<&str> = missing.iter().map(|(_, zh, _)| *zh).collect();
    let en: Vec<&str> = missing.iter().map(|(_, _, en)| *en).collect();
    (zh.join("、"), en.join(", "))
}
