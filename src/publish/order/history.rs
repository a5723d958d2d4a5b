//! Who recorded the order and when, as far as git can tell; why nothing can be said where it cannot.

use crate::history::{self, State};
use crate::model::Order;
use crate::model::setup::ForgeKind;
use crate::publish::ctx::{Ctx, percent};
use crate::say;
use crate::site::view::{Event, History, Link};

/// The history of an order.
pub(super) fn of(ctx: &Ctx<'_>, order: &Order) -> History {
    let known = ctx.facts.history;
    let unknown = unknown(ctx);
    if !unknown.is_empty() {
        return History { unknown, ..History::default() };
    }
    let uncommitted = known.is_uncommitted(&order.id);
    let Some(recorded) = known.orders.get(&*order.id) else {
        return History {
            unknown: say!(ctx, "还没提交到 git。", "Not committed to git yet."),
            ..History::default()
        };
    };
    let (commits, people) = (recorded.commits, recorded.people.len());
    let mut summary = match (commits, people) {
        (1, _) => say!(ctx, "1 次改动", "1 change"),
        (_, 1) => say!(ctx, "共 {commits} 次改动，1 人", "{commits} changes by 1 person"),
        _ => say!(ctx, "共 {commits} 次改动，{people} 人", "{commits} changes by {people} people"),
    };
    if uncommitted {
        summary.push_str(ctx.word(("；有改动还没提交", "; some changes are not committed yet")));
    }
    History {
        first: Some(event(ctx, &recorded.first)),
        last: Some(event(ctx, &recorded.last)),
        summary,
        people: recorded.people.iter().map(|p| person(ctx, p)).collect(),
        recent: Vec::new(),
        unknown: String::new(),
        href: forge(ctx, "commits", &order.folder),
    }
}

/// Why the history cannot be told, in words; empty when it can.
#[must_use]
pub(crate) fn unknown(ctx: &Ctx<'_>) -> String {
    match &ctx.facts.history.state {
        State::Complete => String::new(),
        State::Shallow => say!(
            ctx,
            "历史不完整（浅克隆），看不出是谁记的。",
            "History is incomplete (a shallow clone): it cannot tell who recorded this."
        ),
        State::NoRepository => {
            say!(
                ctx,
                "数据不在 git 仓库里，没有改动记录。",
                "The data is not in a git repository: no changes are known."
            )
        }
        State::Unborn => say!(ctx, "仓库还没有第一次提交。", "The repository has no commit yet."),
        State::OutsideData => say!(ctx, "数据还没提交到 git。", "The data has not been committed to git."),
        State::Unreadable(why) => {
            say!(ctx, "读不了 git 历史：{why}", "The git history cannot be read: {why}")
        }
    }
}

fn event(ctx: &Ctx<'_>, event: &history::Event) -> Event {
    Event {
        day: ctx.day(event.date),
        who: person(ctx, &event.person),
        what: String::new(),
        change: commit(ctx, &event.commit),
    }
}

/// The person of `people.toml` with the e-mail of the commit, else the name in the commit.
fn person(ctx: &Ctx<'_>, person: &history::Person) -> String {
    match ctx.book().person_by_email(&person.email) {
        Some(id) => ctx.person(id),
        None if person.name.is_empty() => person.email.clone(),
        None => person.name.clone(),
    }
}

/// A commit by its first ten digits, with its page on the forge.
#[must_use]
pub(crate) fn commit(ctx: &Ctx<'_>, id: &str) -> Link {
    let short: String = id.chars().take(10).collect();
    Link::new(short, forge(ctx, "commit", id))
}

/// A page of the forge about commits; empty without a forge. Only `http` and `https` URLs become links.
fn forge(ctx: &Ctx<'_>, what: &str, name: &str) -> String {
    let Some(forge) = ctx.book().config.forge.as_deref() else { return String::new() };
    let url = forge.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://"));
    let Some(url) = url else { return String::new() };
    let url = url.trim_end_matches('/');
    let branch = percent(forge.branch.as_deref().unwrap_or("main"));
    let dash = match forge.kind {
        Some(ForgeKind::Gitlab) | None => "-/",
        Some(_) => "",
    };
    let name = percent(name);
    match (what, forge.kind) {
        ("commit", _) => format!("{url}/{dash}commit/{name}"),
        (_, Some(ForgeKind::Gitea)) => format!("{url}/commits/branch/{branch}/{name}"),
        _ => format!("{url}/{dash}commits/{branch}/{name}"),
    }
}
