//! `git-receipt-changed`: money that was recorded was edited or taken out.

use super::super::prelude::*;

use crate::change::Change;
use crate::check::shared::trail::{Element, Judged, place};
use crate::history::Step;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "git-receipt-changed",
    group: Group::History,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.4.0",
    source: ("会计准则：已入账的分录用红字更正", "bookkeeping: an entry is corrected by a counter-entry"),
    title: ("已登记的收付款被改动", "a recorded receipt or payment was edited"),
    docs: Docs {
        checks: (
            "已经提交的 [[received]]、[[paid]]、[[credits]] 被删掉，或者它的金额、手续费、日期、流水号、付款人、收款方、种类被改掉。补填原来空着的不算，改回原来的也就没事了。同一天同一个人、或同一个合并请求里改的，只作提示：还没有人用过它。历史不完整时算没查。",
            "An entry of [[received]], [[paid]] or [[credits]] that was committed and is gone, or whose amount, charges, date, reference, payer, payee or kind changed. Filling in what was empty does not count, nor what was put back. What the same person mends on the same day, or within one request, is information: nobody relied on it yet. Not checked where the history is not complete.",
        ),
        why: (
            "收款是对账、放单和核销的依据。悄悄改掉的收款，和没有收到的钱一样危险。",
            "Receipts are what reconciliation, release of documents and write-offs rest on. One that is edited in silence is as dangerous as money that never came.",
        ),
        fix: (
            "改回原来的样子，另外登记一笔负数的更正（why 写明理由），再登记对的那一笔。",
            "Put the entry back as it was, add a negative entry with the reason in `why`, and then the right one.",
        ),
    },
    example: example!("git-receipt-changed"),
    scope: Scope::OrderHistory(check),
};

/// What an entry is relied on for.
const RELIED: &[(&str, &str, &str)] = &[
    ("amount", "金额", "amount"),
    ("charges", "手续费", "charges"),
    ("date", "日期", "date"),
    ("ref", "流水号", "reference"),
    ("payer", "付款人", "payer"),
    ("to", "收款方", "payee"),
    ("kind", "种类", "kind"),
];

const LISTS: &[(&str, &str, &str)] =
    &[("received[", "收款", "receipt"), ("paid[", "付款", "payment"), ("credits[", "贷项", "credit")];

/// Which entry a key is about, and which fact of it; no fact when the entry came or went as a whole.
fn entry(key: &str) -> Option<(Bi, Option<Bi>)> {
    let (list, zh, en) = LISTS.iter().find(|(list, ..)| key.starts_with(list))?;
    let (name, rest) = key.strip_prefix(list)?.rsplit_once(']')?;
    let entry = bi!("{zh} {name}", "{en} {name}");
    if rest.is_empty() {
        return Some((entry, None));
    }
    let fact = rest.strip_prefix('.')?;
    let (_, zh, en) = RELIED.iter().find(|(own, ..)| *own == fact)?;
    Some((entry, Some(bi!("{zh}", "{en}"))))
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    let past = case.past();
    let elements = case.elements();
    let judge = |_: usize, step: &Step, change: &Change| {
        if change.before.is_none() || entry(&change.key).is_none() {
            Judged::Other
        } else if is_completed(step, change, elements) {
            Judged::Excused
        } else {
            Judged::Edit
        }
    };
    for edit in past.edits(judge) {
        let Some((entry, fact)) = entry(edit.key) else { continue };
        let (values, changes) = (edit.values(), edit.changes());
        let first = edit.first.as_deref().unwrap_or_default();
        let title = match fact {
            Some(fact) => bi!(
                "{entry} 登记后改了{fact}：{values}，见 {changes}",
                "{entry}: the {fact} changed after it was recorded: {values}, in {changes}";
                entry, fact, values, changes
            ),
            None if edit.now.is_none() => bi!(
                "{entry} 登记后被删掉：{first}，见 {changes}",
                "{entry} was taken out after it was recorded: {first}, in {changes}";
                entry, changes
            ),
            None => bi!(
                "{entry} 登记后换成了别的：{values}，见 {changes}",
                "{entry} was replaced after it was recorded: {values}, in {changes}";
                entry, values, changes
            ),
        };
        let finding = out.report(title);
        finding
            .at(place(order, elements, edit.key, edit.path), entry)
            .help(bi!(
                "改回 {first}，另登记一笔负数更正（why 写理由），再登记对的一笔",
                "put {first} back, add a negative entry with the reason in `why`, then the right one"
            ))
            .values(edit.pair());
        if edit.slip {
            finding.severity(Severity::Info);
        }
    }
}

/// Whether an entry that went came back in the same change with all it said and more: it was known by its day until
/// its reference was filled in.
fn is_completed(step: &Step, gone: &Change, elements: &[Element]) -> bool {
    let (Some(before), None) = (&gone.before, &gone.after) else { return false };
    let Some((list, name)) = gone.key.strip_suffix(']').and_then(|key| key.split_once('[')) else {
        return false;
    };
    let name = name.split('#').next().unwrap_or_default();
    step.changes.iter().filter(|new| new.before.is_none()).any(|new| {
        let same_list =
            new.key.strip_prefix(list).is_some_and(|rest| rest.starts_with('[') && rest.ends_with(']'));
        let now: Vec<&str> = new.after.as_deref().unwrap_or_default().split(" · ").collect();
        let day = elements.iter().find(|e| e.key == new.key).and_then(|e| e.day).map(|day| day.to_string());
        same_list
            && before
                .split(" · ")
                .all(|part| now.contains(&part) || (part == name && day.as_deref() == Some(part)))
    })
}
