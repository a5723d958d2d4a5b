//! `lc-one-third-bl`: not all originals of the bill of lading go to the bank.

use super::super::prelude::*;

use crate::check::shared::arrival::{self, Matters};
use crate::derive::credit::clause::{self, Soft};
use crate::derive::credit::{Credit, Said};
use crate::load::fields::Originals;
use crate::model::document::Required;
use crate::model::value::fold::fold;

/// Originals of a bill of lading as they are usually issued.
const SET: u32 = 3;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-one-third-bl",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: (
        "公司规定（货权）；UCP 600 第 20 条 a 款 iv 项",
        "house rule (control of the goods); UCP 600 article 20 a iv",
    ),
    title: ("提单不是全套交银行", "not all originals of the B/L go to the bank"),
    docs: Docs {
        checks: (
            "46A 要的提单是全套正本。只要其中几份（2/3、1/3，通常一套三份）的警告；已由 lc-soft-clause 说“正本直接寄申请人”的不重复。",
            "46A asks for the full set of bills of lading. Fewer (2/3, 1/3; a set is usually three) is a warning, not repeated where lc-soft-clause says that an original goes straight to the applicant.",
        ),
        why: (
            "一份正本提单就能提货。没进银行的那份在谁手里，货就在谁手里，钱还没付。",
            "One original is enough to take delivery: whoever holds the one that is not with the bank has the goods, before anybody has paid.",
        ),
        fix: (
            "请客户改成全套正本（FULL SET）交银行。改不了：收货人做成凭开证行指示，或按赊账处理，由老板批准。",
            "Have it amended to the full set. Failing that, have the bill made out to the order of the issuing bank, or treat the sale as open account with the boss's approval.",
        ),
    },
    example: example!("lc-one-third-bl"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for credit in arrival::credits(case) {
        if sent_directly(credit) {
            continue;
        }
        for said in credit.asked("bl") {
            if let Some(asked) = part(said.value) {
                say(case, credit, said, asked, out);
            }
        }
    }
}

fn sent_directly(credit: &Credit<'_>) -> bool {
    let applicant = credit.applicant.map(|a| a.value);
    let asked = credit.documents.iter().filter_map(|d| d.value.text.as_deref());
    let texts = asked.chain(credit.conditions.iter().map(|c| c.value));
    texts.into_iter().any(|text| clause::soft(text, applicant) == Some(Soft::DirectOriginals))
}

/// How many originals are asked for, where that is not a full set.
fn part(required: &Required) -> Option<u32> {
    let words = fold(required.text.as_deref().unwrap_or_default());
    if words.contains("FULL SET") || words.contains("3/3") || words.contains("COMPLETE SET") {
        return None;
    }
    match required.originals {
        Some(Originals::Count(n)) => (n < SET).then_some(n),
        Some(Originals::Full) => None,
        None => (1..SET).find(|n| words.contains(&format!("{n}/{SET}"))),
    }
}

fn say(case: &Case<'_>, credit: &Credit<'_>, said: &Said<&Required>, asked: u32, out: &mut Sink<'_>) {
    let called = arrival::called(credit);
    let finding = out.report(bi!(
        "{called} 只要 {asked} 份正本提单，通常一套 {SET} 份：不是全套货权",
        "{called} asks for {asked} original B/L, a set is usually {SET}: not the full control of the goods"; called
    ));
    let field = if said.value.originals.is_some() { "originals" } else { "text" };
    finding
        .at(
            case.order.origin.place(&format!("{}.{field}", said.source.path())),
            arrival::label(credit, said.source, ("46A 提单份数", "46A originals of the B/L")),
        )
        .help(arrival::amend(&bi!("改成全套正本（FULL SET）交银行", "the FULL SET to be presented")))
        .values([asked, SET]);
    arrival::close(case, credit, finding, Matters::UntilPresented);
}
