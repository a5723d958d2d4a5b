//! `git-unknown-author`: somebody who is not in `people.toml` recorded something.

use super::super::prelude::*;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::check::finding::{At, Place};
use crate::check::shared::trail::called;
use crate::history::Event;
use crate::report::clean;

/// The rule.
pub static RULE: Rule = Rule {
    name: "git-unknown-author",
    group: Group::History,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.4.0",
    source: ("公司规定：谁记的要认得出来", "house rule: who recorded something can be told"),
    title: ("提交的人不在 people.toml 里", "the author is not in people.toml"),
    docs: Docs {
        checks: (
            "改过订单的提交，作者的邮箱（套用 .mailmap 之后，不分大小写）不在 people.toml 任何人的 emails 里。一个邮箱一条，写明改过几张订单、从哪次改动开始。合并请求看被合并的提交是谁写的，不看谁点的按钮。people.toml 里一个邮箱都没有时，只提示一次。机器人账号和离职的人一样：在 people.toml 里写一个人（role 可以写 bot）和它的邮箱。历史不完整时算没查。",
            "Commits that touched orders whose author's e-mail (after .mailmap, without regard to case) is nobody's in people.toml. One finding for each address, with how many orders and since which change. For a merge request the author of the merged commits counts, not who pressed the button. Where people.toml has no e-mail at all this is said once, as information. A bot is listed like anybody, also one who left: a person in people.toml (its role may be \"bot\") with its address. Not checked where the history is not complete.",
        ),
        why: (
            "谁记的、该问谁，都靠邮箱认人。认不出来的改动没有人负责。",
            "Who recorded a fact, and whom to ask, is told by the e-mail. Nobody answers for a change whose author cannot be told.",
        ),
        fix: (
            "把邮箱加到 people.toml 里那个人的 emails；换过邮箱的也可以写进 .mailmap。不认识的，查这次改动是怎么进来的。",
            "Add the address to the person's emails in people.toml, or map it in .mailmap. If nobody knows it, find out how the change came in.",
        ),
    },
    example: example!("git-unknown-author"),
    scope: Scope::BookHistory(check),
};

/// What one address recorded.
struct Recorded<'a> {
    first: &'a Event,
    orders: BTreeSet<&'a str>,
}

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    let file = facts.book.people_origin.files().first().cloned();
    let file = file.unwrap_or_else(|| Arc::from("people.toml"));
    if facts.book.people.values().all(|person| person.emails.is_empty()) {
        if !facts.history.trails.is_empty() {
            out.report(bi!(
                "people.toml 里没有写邮箱，认不出提交是谁写的",
                "people.toml has no e-mails: who recorded what cannot be told"
            ))
            .at(Place::file(&file), bi!("人员", "people"))
            .help(bi!(
                "给每个人加 emails = [\"git 里用的邮箱\"]",
                "give each person emails = [\"the address used in git\"]"
            ))
            .values(["emails"])
            .severity(Severity::Info);
        }
        return;
    }
    for (address, known) in unknown(facts) {
        let (orders, first) = (known.orders.len(), called(Some(known.first)));
        let shown =
            if address.is_empty() { bi!("（空邮箱）", "(none)") } else { bi!("{address}", "{address}") };
        let word = if orders == 1 { "order was" } else { "orders were" };
        let title = bi!(
            "{orders} 张订单由 people.toml 里没有的邮箱改过：{shown}，最早见 {first}",
            "{orders} {word} changed from an address that people.toml does not have: {shown}, first in {first}";
            shown, first
        );
        let place = Place { file: Arc::clone(&file), at: At::Value(format!("emails.{address}")) };
        out.report(title)
            .at(place, bi!("人员", "people"))
            .help(bi!(
                "加到 people.toml 里那个人的 emails，或写进 .mailmap；不认识的，查 {first} 是怎么进来的",
                "add it to the person's emails in people.toml, or map it in .mailmap; if nobody knows it, find out how {first} came in";
                first
            ))
            .values([address]);
    }
}

/// Addresses that are nobody's, with what they recorded.
fn unknown<'a>(facts: &Facts<'a>) -> BTreeMap<String, Recorded<'a>> {
    let mut unknown: BTreeMap<String, Recorded<'a>> = BTreeMap::new();
    for id in facts.history.trails.ids() {
        for event in facts.history.trails.events(id).take_while(|event| event.date <= facts.as_of) {
            let email = event.person.email.trim();
            if facts.book.person_by_email(email).is_some() {
                continue;
            }
            let address = clean(email).to_lowercase();
            let known =
                unknown.entry(address).or_insert_with(|| Recorded { first: event, orders: BTreeSet::new() });
            known.orders.insert(id);
            if (event.moment, &event.commit) < (known.first.moment, &known.first.commit) {
                known.first = event;
            }
        }
    }
    unknown
}
