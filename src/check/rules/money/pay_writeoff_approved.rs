//! `pay-writeoff-approved`: money given up without a reason, or without somebody who may.

use std::collections::BTreeMap;

use super::super::prelude::*;

use chrono::NaiveDate;

use crate::check::shared::figures::money;
use crate::check::shared::terms;
use crate::model::money::{Credit, CreditKind};
use crate::model::setup::Person;
use crate::model::value::fold::fold;
use crate::text::{Bi, Lang};

/// The rule.
pub static RULE: Rule = Rule {
    name: "pay-writeoff-approved",
    group: Group::Money,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.3.0",
    source: ("公司规定", "house rule"),
    title: ("核销没有批准", "write-off not approved"),
    docs: Docs {
        checks: (
            "[[credits]] 每一笔都写原因（why）和批准人（by）。核销（write-off）的批准人还要在 people.toml 里、当时在职，并且不是本单的跟单员、单证员，也不是他们的下属（reports_to）；上面没有人的老板自己跟单，可以自己批。核销不符合是错误；贷项、折扣、退款、没收缺原因、缺批准人或自己批自己的是警告。岗位名称各家不同，不限定由谁批。",
            "Every entry of [[credits]] has a reason (why) and an approver (by). The approver of a write-off is in people.toml, was with the company on the day, and is neither the merchandiser nor the clerk of the order nor below them (reports_to); a boss with nobody above him may approve his own. For a write-off a fault is an error; for credit notes, discounts, refunds and forfeits a missing reason or approver, or one's own approval, is a warning. Titles differ from company to company, so none is prescribed.",
        ),
        why: (
            "核销就是公司不要这笔钱了。跟单的人自己批，收不回来的、收了没入账的，都看不出来。",
            "A write-off gives the company's money up. Where whoever runs the order approves it, what could not be collected and what was collected and never booked look the same.",
        ),
        fix: (
            "批过的，照批文补 by 和 why；没批过的，先报批，不批就删掉这一笔继续催。",
            "If it was approved, add `by` and `why` from the approval; if not, have it approved, or remove the entry and go on collecting.",
        ),
    },
    example: example!("pay-writeoff-approved"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for (index, credit) in case.order.credits.iter().enumerate() {
        let known = credit.date.is_none_or(|day| day <= case.as_of());
        let Some(kind) = credit.kind.filter(|_| known) else { continue };
        let entry = Entry { case, index, credit, kind };
        if let Some(fault) = entry.fault() {
            entry.say(fault, out);
        }
    }
}

/// What is wrong with an approval.
enum Fault {
    /// It is not written who, or why.
    Missing(Bi),
    /// Whoever runs the order approved it, or somebody below: the key that names him.
    Own { key: &'static str, below: bool },
    /// Nobody of that name is on record.
    Unknown,
    /// He had left.
    Left(NaiveDate),
}

/// An entry of `[[credits]]`.
struct Entry<'c, 'a> {
    case: &'c Case<'a>,
    index: usize,
    credit: &'c Credit,
    kind: CreditKind,
}

impl Entry<'_, '_> {
    fn fault(&self) -> Option<Fault> {
        let written = |text: &Option<String>| text.as_deref().is_some_and(|t| !t.trim().is_empty());
        // A negative amount without a reason counts for nothing; pay-receipt-allocated says so.
        let negative = self.credit.amount.is_some_and(|a| a.value.is_sign_negative());
        let explained = written(&self.credit.why) || negative;
        let missing = match (written(&self.credit.by), explained) {
            (true, true) => None,
            (false, true) => Some(bi!("没写谁批准的", "it is not written who approved it")),
            (true, false) => Some(bi!("没写原因", "no reason is written")),
            (false, false) => {
                Some(bi!("没写谁批准的，也没写原因", "neither who approved it nor why is written"))
            }
        };
        if missing.is_some() {
            return missing.map(Fault::Missing);
        }
        let by = self.credit.by.as_deref()?.trim();
        let people = &self.case.book().people;
        self.own(by).or_else(|| {
            if self.kind != CreditKind::WriteOff || people.is_empty() {
                // Names of other approvers are looked up with all references.
                return None;
            }
            let Some(person) = people.get(by) else { return Some(Fault::Unknown) };
            person.left.filter(|left| self.credit.date.is_some_and(|day| day > *left)).map(Fault::Left)
        })
    }

    fn own(&self, by: &str) -> Option<Fault> {
        let people = &self.case.book().people;
        let order = self.case.order;
        let owners = [("merchandiser", order.merchandiser.as_deref()), ("clerk", order.clerk.as_deref())];
        owners.into_iter().filter_map(|(key, id)| Some((key, id?.trim()))).find_map(|(key, owner)| {
            let below = owner != by;
            let counts = if below { is_below(people, by, owner) } else { !is_top(people, owner) };
            counts.then_some(Fault::Own { key, below })
        })
    }

    fn say(&self, fault: Fault, out: &mut Sink<'_>) {
        let (book, origin) = (self.case.book(), &self.case.order.origin);
        let by = self.credit.by.as_deref().unwrap_or_default().trim();
        let name = Bi { zh: book.person(by, Lang::Zh).to_owned(), en: book.person(by, Lang::En).to_owned() };
        let (what, amount) = (self.what(), self.amount());
        let place = |field: &str| origin.place(&format!("credits[{}].{field}", self.index));
        let other = bi!(
            "要由不跟这一单的人批，例如老板。批准人抄错就改 `by`；没批过的先报批，不批就删掉这一笔",
            "somebody who does not run the order has to approve it, such as the boss. Correct `by` if it was copied wrongly; otherwise have it approved, or remove the entry"
        );
        let finding = match fault {
            Fault::Missing(missing) => {
                let finding = out.report(bi!("{what}，{missing}", "{what}: {missing}"; what, missing));
                finding.at(place("amount"), what.clone()).values([amount]).help(bi!(
                    "批过的，照批文补 `by`（谁批的）和 `why`（原因）；没批过的先报批",
                    "if it was approved, add `by` (who) and `why` (the reason) from the approval; if not, have it approved first"
                ))
            }
            Fault::Own { key, below } => {
                let role =
                    if key == "clerk" { bi!("单证员", "clerk") } else { bi!("跟单员", "merchandiser") };
                let title = if below {
                    bi!(
                        "{what}，批准人{name}是本单{role}的下属",
                        "{what} approved by {name}, who reports to the order's {role}"; what, name, role
                    )
                } else {
                    bi!(
                        "{what}，批准人{name}就是本单{role}",
                        "{what} approved by {name}, who is the order's own {role}"; what, name, role
                    )
                };
                let finding = out.report(title);
                finding.at(place("by"), bi!("批准人", "approver"));
                finding.at(terms::filled(self.case, key), role).values([amount]).help(other)
            }
            Fault::Unknown => {
                let finding = out.report(bi!(
                    "{what}，批准人“{by}”没有登记",
                    "{what}: the approver `{by}` is not on record"; what
                ));
                finding.at(place("by"), bi!("没有登记", "not on record")).values([amount, by.to_owned()]).help(bi!(
                    "写错就改成 people.toml 里的 id；新人先登记到 people.toml。核销要查得到是谁批的",
                    "write an id of people.toml; record a new colleague there first. Who approved a write-off must be known"
                ))
            }
            Fault::Left(left) => {
                let day = self.credit.date.map(|day| day.to_string()).unwrap_or_default();
                let finding = out.report(bi!(
                    "{day} {what}，批准人{name} {left} 已离职",
                    "{what} on {day} approved by {name}, who had left on {left}"; what, name
                ));
                finding.at(place("by"), bi!("批准人", "approver"));
                finding.at(place("date"), bi!("核销日", "day of the write-off")).values([amount]).help(other)
            }
        };
        if self.kind != CreditKind::WriteOff {
            finding.severity(Severity::Warning);
        }
    }

    fn amount(&self) -> String {
        let own = self.case.facts.goods.currency;
        self.credit.amount.map(|a| money(a.value, a.currency.or(own))).unwrap_or_default()
    }

    fn what(&self) -> Bi {
        let ((zh, en), amount) = (self.kind.title(), self.amount());
        Bi { zh: format!("{zh} {amount}").trim().to_owned(), en: format!("{en} {amount}").trim().to_owned() }
    }
}

type People = BTreeMap<String, Person>;

/// So many steps of `reports_to` are followed: a circle ends there.
const STEPS: usize = 8;

/// One person reports to another, directly or through others.
fn is_below(people: &People, id: &str, above: &str) -> bool {
    let up = |id: &&str| people.get(*id).and_then(|p| p.reports_to.as_deref());
    std::iter::successors(Some(id), up).skip(1).take(STEPS).any(|boss| boss == above)
}

/// Titles of somebody who has nobody above him.
const BOSSES: &[&str] =
    &["BOSS", "CEO", "DIRECTOR", "GENERAL MANAGER", "GM", "OWNER", "总经理", "老板", "负责人"];

/// Nobody in the company can approve what this person does: he reports to nobody, and is the boss by his title, has
/// others below him, or is the only one.
fn is_top(people: &People, id: &str) -> bool {
    let Some(person) = people.get(id).filter(|p| p.reports_to.is_none()) else { return false };
    let boss = person.role.as_deref().is_some_and(|role| BOSSES.contains(&fold(role).trim()));
    boss || people.len() == 1 || people.values().any(|p| p.reports_to.as_deref() == Some(id))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn people(list: &[(&str, &str, Option<&str>)]) -> People {
        let person = |role: &str, to: Option<&str>| Person {
            role: Some(role.into()),
            reports_to: to.map(str::to_owned),
            ..Person::default()
        };
        list.iter().map(|(id, role, to)| ((*id).to_owned(), person(role, *to))).collect()
    }

    #[test]
    fn who_stands_above_whom() {
        let all = people(&[
            ("wang", "boss", None),
            ("lin", "merchandiser", Some("wang")),
            ("he", "merchandiser", Some("lin")),
            ("sun", "finance", None),
        ]);
        assert!(is_below(&all, "he", "lin") && is_below(&all, "he", "wang") && !is_below(&all, "lin", "he"));
        assert!(!is_below(&all, "lin", "lin") && !is_below(&all, "nobody", "lin"));
        assert!(is_top(&all, "wang") && !is_top(&all, "lin") && !is_top(&all, "sun"));
        let circle = people(&[("a", "clerk", Some("b")), ("b", "clerk", Some("a"))]);
        assert!(is_below(&circle, "a", "b") && !is_below(&circle, "a", "c") && !is_top(&circle, "a"));
        assert!(is_top(&people(&[("only", "merchandiser", None)]), "only"));
    }
}
