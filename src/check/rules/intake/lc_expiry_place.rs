//! `lc-expiry-place`: the credit expires abroad.

use super::super::prelude::*;

use crate::check::shared::arrival::{self, Matters};
use crate::model::value::Country;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "lc-expiry-place",
    group: Group::Intake,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: ("UCP 600 第 6 条 d 款 ii 项", "UCP 600 article 6 d ii"),
    title: ("信用证在国外到期", "the credit expires abroad"),
    docs: Docs {
        checks: (
            "信用证 31D 的到期地在受益人所在国。写“开证行柜台”的按开证行所在地算。没写、写被指定银行的不报。",
            "The place of expiry in 31D lies in the beneficiary's country. “Counters of the issuing bank” counts as that bank's place. Silent where none is written or a nominated bank is named.",
        ),
        why: (
            "在国外到期，单据要在到期日以前寄到那里，快递丢了、晚了都算我们的。每个期限实际提前一个快递的天数（默认 7 天）。",
            "The papers must be there by the expiry date, and a lost or late courier is our risk: every deadline is earlier by the courier's days (7 unless configured).",
        ),
        fix: (
            "请客户改证，到期地写受益人所在国。改不了：装船以后马上制单，最后交单日往前减快递天数安排。",
            "Have the place of expiry amended to the beneficiary's country. Failing that, make the papers right after loading and plan every deadline earlier by the courier's days.",
        ),
    },
    example: example!("lc-expiry-place"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let days = case.config().courier_days();
    let home = case.config().home();
    let own = Country::by_code(&home).map_or_else(|| Bi::same(home), |country| country.name().into());
    for credit in arrival::credits(case) {
        let Some((said, country)) = arrival::expires_abroad(case, credit) else { continue };
        let (called, is) = (arrival::called(credit), said.value);
        let place = match country.and_then(Country::by_code).map(Country::name) {
            // A bare code or the country itself says no more than its name.
            Some((zh, en)) if is.chars().count() > 2 && !is.eq_ignore_ascii_case(en) => {
                bi!("{zh}（{is}）", "{en} ({is})")
            }
            Some(name) => name.into(),
            None => bi!("开证行柜台", "the issuing bank's place"),
        };
        let finding = out.report(bi!(
            "{called} 在{place}到期，不在{own}：每个期限提前 {days} 天",
            "{called} expires in {place}, not in {own}: every deadline is {days} days earlier"; called, place, own
        ));
        finding.at(
            arrival::at(case, &said),
            arrival::label(credit, said.source, ("31D 到期地", "31D place of expiry")),
        );
        if let Some(expiry) = credit.expiry {
            finding.at(
                arrival::at(case, &expiry),
                arrival::label(credit, expiry.source, ("31D 有效期", "31D expiry")),
            );
        }
        finding
            .help(arrival::amend(&bi!(
                "31D 的到期地改成{own}；改不了，最后交单日减 {days} 天安排",
                "the place of expiry to be {own}; failing that, plan the last presentation {days} days earlier"; own
            )))
            .values([is]);
        arrival::close(case, credit, finding, Matters::UntilPresented);
    }
}
