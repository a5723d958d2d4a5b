//! Tests of the order page on the example company.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;

use super::*;
use crate::book::Book;
use crate::check::check;
use crate::check::finding::Finding;
use crate::derive::derive;
use crate::history::{self, History, State};
use crate::load::load;
use crate::publish::ctx::Findings;
use crate::publish::{row, state};
use crate::site::template::Renderer;
use crate::site::view::{Mark, PageFacts, Section, Shell};
use crate::text::Lang;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn no_history() -> History {
    History {
        state: State::NoRepository,
        orders: BTreeMap::new(),
        uncommitted: BTreeSet::new(),
        head: None,
        events: 0,
    }
}

struct Example {
    book: Book,
    loaded: Vec<Finding>,
    history: History,
}

impl Example {
    fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let loaded = load(&root).unwrap();
        Self { book: loaded.book, loaded: loaded.findings, history: no_history() }
    }

    /// Does something with every order's context in one language.
    fn with<T>(&self, lang: Lang, as_of: &str, act: impl FnOnce(&Ctx<'_>) -> T) -> T {
        let facts = derive(&self.book, &self.history, day(as_of));
        let findings = check(&facts, self.loaded.clone()).findings;
        let findings = Findings::of(&findings);
        act(&Ctx { facts: &facts, findings: &findings, lang })
    }

    fn page(&self, id: &str, lang: Lang) -> OrderPage {
        self.with(lang, "2026-11-23", |ctx| {
            let order = ctx.book().order(id).unwrap();
            page(ctx, order, ctx.facts.of(order).unwrap())
        })
    }
}

fn shell(lang: Lang) -> Shell {
    Shell {
        lang,
        languages: Lang::ALL.to_vec(),
        company: "宁波跟单贸易有限公司".to_owned(),
        sections: BTreeSet::from(Section::ALL),
        csp_meta: false,
        warning: String::new(),
    }
}

/// Renders every order of the example into `target/pages`, to be looked at in a browser.
#[test]
#[ignore = "writes pages to look at"]
fn pages_to_look_at() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let example = Example { history: history::read(&here.join("data")), ..Example::new() };
    let out = here.join("target/pages");
    let renderer = Renderer::new(&BTreeMap::new()).unwrap();
    for (name, bytes) in crate::site::assets::FILES {
        std::fs::create_dir_all(&out).unwrap();
        std::fs::write(out.join(name), bytes).unwrap();
    }
    for lang in Lang::ALL {
        example.with(lang, "2026-11-23", |ctx| {
            for (order, facts) in ctx.facts.each() {
                let page = page(ctx, order, facts);
                let rendered = renderer.page(&shell(lang), &PageFacts::default(), &page).unwrap();
                let path = out.join(&rendered.path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, rendered.bytes).unwrap();
                println!("{} {:?} | {}", order.id, page.verdict_mark, page.verdict);
                let row = row::row(ctx, order, facts);
                let state = state::of(ctx, order, facts);
                println!("    {} | {} | {} | {:?}", row.stage, row.slack, state.waits, state.days_in_stage);
            }
        });
    }
}
