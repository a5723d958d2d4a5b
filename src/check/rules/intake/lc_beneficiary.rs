//! `lc-beneficiary`: the credit names another beneficiary.

use super::super::prelude::*;

use crate::check::shared::arrival::{self, Matters};
use crate::compare::{Outcome, name};

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-beneficiary",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 18 条 a 款 i 项", "UCP 600 article 18 a i"),
    title: ("信用证受益人不是我们", "the credit names another beneficiary"),
    docs: Docs {
        checks: (
            "信用证 59 栏的受益人是 gendan.toml 里本公司的英文名。大小写、标点和通常的缩写（CO、LTD）不算不同；只差一笔的是警告，请人看。",
            "The beneficiary in field 59 is our company as named in gendan.toml. Case, punctuation and the usual abbreviations (CO, LTD) make no difference; one slip of the pen is a warning for a person to look at.",
        ),
        why: (
            "发票必须由受益人出具。名称对不上，发票、汇票、保险单和产地证都会被当成别人的单据退回来。",
            "The invoice must be issued by the beneficiary. With another name, invoice, draft, policy and certificate of origin look like somebody else's papers and are refused.",
        ),
        fix: (
            "先看信用证原文是不是登记抄错。没抄错就请客户改证，把 59 栏改成公司的英文全名，改证到了再安排装运。",
            "See first whether the record was copied wrongly. If not, have field 59 amended to the company's full English name, and wait for the amendment before shipping.",
        ),
    },
    example: example!("lc-beneficiary"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let Some(own) = case.config().company().name else { return };
    for credit in arrival::credits(case) {
        let Some(said) = credit.beneficiary else { continue };
        let outcome = name::compare_block(said.value, &own);
        if outcome.agrees() {
            continue;
        }
        let (called, is) = (arrival::called(credit), said.value);
        let finding = out.report(bi!(
            "{called} 的受益人是 {is}，我们的名称是 {own}",
            "{called} names {is} as beneficiary; we are {own}"; called
        ));
        if outcome == Outcome::Typo {
            finding.severity(Severity::Warning).judgement();
        }
        finding
            .at(
                arrival::at(case, &said),
                arrival::label(credit, said.source, ("59 受益人", "59 beneficiary")),
            )
            .at(case.config().origin.place("company.name"), bi!("本公司", "our company"))
            .help(arrival::amend(&bi!("59 栏改成 {own}", "field 59 to read {own}")))
            .values([is, own.as_str()]);
        arrival::close(case, credit, finding, Matters::UntilPresented);
    }
}
