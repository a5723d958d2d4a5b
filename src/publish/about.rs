//! About: what this site is, how to read it, and the build it comes from.

use crate::history::State;
use crate::publish::ctx::Ctx;
use crate::publish::order::history;
use crate::say;
use crate::site::pages;
use crate::site::view::{AboutPage, BuildFacts, Field};

/// The page.
#[must_use]
pub fn page(ctx: &Ctx<'_>, build: &BuildFacts) -> AboutPage {
    let commit = match ctx.facts.history.state {
        State::Complete | State::Shallow => format!("{} {}", build.commit, build.commit_time),
        _ => history::unknown(ctx),
    };
    AboutPage {
        title: say!(ctx, "关于", "About"),
        text_html: pages::about_html(ctx.lang),
        build: vec![
            Field::new(say!(ctx, "提交", "Commit"), commit.trim()),
            Field::new(say!(ctx, "数据日期", "As of"), &build.as_of),
            Field::new(
                say!(ctx, "读入", "Orders read"),
                format!("{}/{}", build.orders_read - build.orders_broken, build.orders_read),
            ),
            Field::new(say!(ctx, "程序版本", "Version"), &build.version),
            Field::new(say!(ctx, "日历", "Calendars"), build.calendars.join(ctx.word(("，", ", ")))),
        ],
    }
}

/// The facts of the build: only from the commit and the day, so that the same ones give the same bytes.
#[must_use]
pub fn build_facts(ctx: &Ctx<'_>) -> BuildFacts {
    let book = ctx.book();
    let head = ctx.facts.history.head.as_ref();
    BuildFacts {
        commit: head.map_or_else(String::new, |h| h.short.clone()),
        commit_time: head.map_or_else(String::new, |h| h.committed.to_string()),
        tree: String::new(),
        as_of: ctx.as_of().to_string(),
        orders_read: book.orders.len(),
        orders_broken: book.orders.iter().filter(|o| o.broken).count(),
        version: env!("CARGO_PKG_VERSION").to_owned(),
        calendars: book
            .calendars
            .iter()
            .flat_map(|(id, years)| years.keys().map(move |year| format!("{id}-{year}")))
            .collect(),
    }
}
