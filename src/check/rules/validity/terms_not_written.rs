//! `terms-not-written`: contract terms that stand only in the customer's defaults.

use super::super::prelude::*;
use crate::model::Order;
use crate::model::stage::StageKey;
use std::fmt::Write as _;

/// The rule.
pub static RULE: Rule = Rule {
    name: "terms-not-written",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Info,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("条款没写进订单", "terms not written into the order"),
    docs: Docs {
        checks: (
            "下达以后（阶段 2 起），币种、术语、付款等条款写在订单里，不只是客户默认值。",
            "From release on (stage 2) currency, term, payment and the like stand in the order, not only in the customer's defaults.",
        ),
        why: (
            "客户默认值以后会改；合同是签的那天定的，改默认值不能改老合同。",
            "Defaults change later; the contract was made on the day it was signed and must not change with them.",
        ),
        fix: (
            "把提示里的几行贴到订单文件最前面。",
            "Paste the lines of the message at the top of the order file.",
        ),
    },
    example: example!("terms-not-written"),
    scope: Scope::Order(check),
};

/// Who looks after the order is no term of the contract: it may change with the customer's file.
const STAFF: [&str; 2] = ["merchandiser", "clerk"];

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    if order.filled.is_empty() || !case.facts.is_open() || !case.facts.progress.reached(StageKey::Release) {
        return;
    }
    let terms: Vec<&str> = order.filled.iter().copied().filter(|key| !STAFF.contains(key)).collect();
    let (keys, lines) = (terms.join(" "), lines(order, &terms));
    if lines.is_empty() {
        return;
    }
    out.report(bi!(
        "这些条款只在客户默认值里：{keys}",
        "these terms stand only in the customer's defaults: {keys}"
    ))
    .at(order.origin.place("customer"), bi!("默认值来自这个客户", "the defaults are this customer's"))
    .values(&terms)
    .help(bi!(
        "写进订单，合同就定下来了；以后改默认值不会再动这一单",
        "write them into the order: they are the contract then, and later changes of the defaults leave it alone"
    ))
    .edit(order.origin.place("customer").key(), format!("{lines}\ncustomer"));
}

/// The keys as TOML, with the values in force.
fn lines(order: &Order, terms: &[&str]) -> String {
    let mut text = String::new();
    for key in terms {
        let value = match *key {
            "currency" => order.currency.clone(),
            "incoterm" => order.incoterm.as_ref().map(|t| t.text.clone()),
            "mode" => order.mode.map(|m| m.code().to_owned()),
            "from" => order.from.clone(),
            "to" => order.to.clone(),
            "payment" => order.payment.clone(),
            "marks" => {
                let marks: Vec<String> = order.marks.iter().map(|m| quoted(m)).collect();
                let _ = writeln!(text, "{key} = [{}]", marks.join(", "));
                continue;
            }
            _ => None,
        };
        if let Some(value) = value {
            let _ = writeln!(text, "{key} = {}", quoted(&value));
        }
    }
    text.trim_end().to_owned()
}

/// A TOML string.
fn quoted(text: &str) -> String {
    toml::Value::String(text.to_owned()).to_string()
}
