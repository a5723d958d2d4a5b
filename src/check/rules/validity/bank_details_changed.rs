//! `bank-details-changed`: the account on a contract is not the company's own.

use super::super::prelude::*;
use crate::check::shared::papers;
use crate::model::document::Bank;
use crate::model::value::fold::fold;

/// The rule.
pub static RULE: Rule = Rule {
    name: "bank-details-changed",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定（防诈骗）", "house rule (against fraud)"),
    title: ("收款账号变了", "bank details differ"),
    docs: Docs {
        checks: (
            "没结案的订单：合同和形式发票上印的账号、IBAN、BIC 和 gendan.toml 里本公司的一样；没登记公司账号的，和同一单前一份单据一样。",
            "On open orders the account, IBAN and BIC printed on contract and proforma are those of our company in gendan.toml; where that has none, those of the earlier paper of the order.",
        ),
        why: (
            "换收款账号是外贸诈骗最常见的手法：邮箱被盗，客户收到一份账号换过的形式发票。",
            "A changed account is the commonest fraud of the trade: a mailbox is broken into and the buyer gets a proforma with another account.",
        ),
        fix: (
            "打电话（用老号码）和财务、客户核对。真的换了银行，先改 gendan.toml，再重发形式发票。",
            "Verify by telephone, on a known number, with finance and the buyer. If the bank really changed, change gendan.toml first and reissue the proforma.",
        ),
    },
    example: example!("bank-details-changed"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if !case.facts.is_open() {
        return;
    }
    let company = case.config().company.as_deref().and_then(|c| c.bank.as_deref());
    let mut known = company.map(|bank| (bank, case.config().origin.place("company.bank")));
    for paper in papers::priced(case.order) {
        let Some(bank) = paper.bank else { continue };
        let path = format!("{}[{}].bank", paper.key, paper.index);
        let Some((master, place)) = &known else {
            known = Some((bank, case.order.origin.place(&path)));
            continue;
        };
        let Some((field, printed, ours)) = difference(bank, master) else { continue };
        let (field_zh, field_en) = named(field);
        let (zh, en) = papers::title(paper.key);
        let kept = if company.is_some() {
            ("公司登记的", "our company has")
        } else {
            ("前一份单据是", "the earlier paper has")
        };
        let (kept_zh, kept_en) = kept;
        let finding = out
            .report(bi!(
                "{zh}上的{field_zh} {printed}，{kept_zh} {ours}",
                "{en}: {field_en} {printed}, {kept_en} {ours}"
            ))
            .at(case.order.origin.place(&format!("{path}.{field}")), bi!("单据上印的", "as printed"))
            .at(place.clone(), bi!("登记的", "on record"))
            .values([printed, ours])
            .help(bi!(
                "先打电话给财务和客户核实，用以前就有的号码；确实换了银行，改 gendan.toml 的 [company.bank] 并重发单据",
                "first verify by telephone on a number you already had; if the bank really changed, change [company.bank] in gendan.toml and reissue the paper"
            ));
        papers::soften(finding, paper.paper);
    }
}

fn named(field: &str) -> (&'static str, &'static str) {
    match field {
        "account" => ("账号", "account"),
        "iban" => ("IBAN", "IBAN"),
        _ => ("BIC", "BIC"),
    }
}

/// The first detail that both give and that differs.
fn difference<'a>(printed: &'a Bank, ours: &'a Bank) -> Option<(&'static str, &'a str, &'a str)> {
    let pairs = [
        ("account", &printed.account, &ours.account),
        ("iban", &printed.iban, &ours.iban),
        ("bic", &printed.bic, &ours.bic),
    ];
    pairs.into_iter().find_map(|(field, a, b)| {
        let (a, b) = (a.as_deref()?, b.as_deref()?);
        let same = if field == "bic" { plain(a).get(..8) == plain(b).get(..8) } else { plain(a) == plain(b) };
        (!same).then_some((field, a, b))
    })
}

fn plain(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_ascii_alphanumeric()).collect()
}
