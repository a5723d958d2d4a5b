//! Dashboard, board, lists, parties and archive, from small books and from the example company.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::ctx::{Ctx, Findings};
use super::groups::Groups;
use super::orders::{List, ListPage, Lists};
use super::{archive, board, dashboard, party, search};
use crate::check::check;
use crate::derive::derive;
use crate::history::{self, History};
use crate::load::load;
use crate::model::party::PartyKind;
use crate::site::assets;
use crate::site::template::{Rendered, Renderer};
use crate::site::view::{BuildFacts, Mark, PageFacts, Section, Shell, View};
use crate::site::write::Writer;
use crate::text::Lang;

/// Everything rendered for one language, in both forms that tests want.
fn render(ctx: &Ctx<'_>, groups: &Groups<'_>, renderer: &Renderer, out: &mut dyn FnMut(Rendered)) {
    let shell = Shell {
        lang: ctx.lang,
        languages: Lang::ALL.to_vec(),
        company: "宁波跟单贸易有限公司".into(),
        sections: BTreeSet::from(Section::ALL),
        csp_meta: false,
        warning: String::new(),
    };
    fn page<V: View>(renderer: &Renderer, shell: &Shell, view: &V) -> Rendered {
        let facts = PageFacts { as_of: "2026-11-23".into(), ..PageFacts::default() };
        renderer.page(shell, &facts, view).unwrap_or_else(|e| panic!("{e}"))
    }
    out(page(renderer, &shell, &dashboard::page(ctx, groups)));
    out(page(renderer, &shell, &board::page(ctx, groups)));
    let lists = Lists::of(groups);
    for wanted in lists.pages() {
        out(page(renderer, &shell, &lists.page(ctx, wanted)));
    }
    for of in ctx.book().parties.values() {
        out(page(renderer, &shell, &party::page(ctx, groups, of)));
    }
    out(page(renderer, &shell, &archive::index(ctx, groups)));
    for wanted in archive::pages(groups) {
        out(page(renderer, &shell, &archive::month(ctx, groups, wanted)));
    }
}

/// Writes these pages of the example company, to be looked at, into a fixed folder below `target`.
#[test]
#[ignore = "writes target/site-lists, for looking at it in a browser"]
fn write_lists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let loaded = load(&root.join("data")).unwrap();
    let history = history::read(&root.join("data"));
    let facts = derive(&loaded.book, &history, "2026-11-23".parse().unwrap());
    let checked = check(&facts, loaded.findings);
    let findings = Findings::of(&checked.findings);
    let groups = Groups::of(&facts, &findings);
    let renderer = Renderer::new(&BTreeMap::new()).unwrap();
    let writer = Writer::begin(&root.join("target/site-lists")).unwrap();
    for lang in Lang::ALL {
        let ctx = Ctx { facts: &facts, findings: &findings, lang };
        render(&ctx, &groups, &renderer, &mut |page| writer.put(&page.path, &page.bytes).unwrap());
    }
    for (name, bytes) in crate::site::search::files(&search::entries(&facts)) {
        writer.put(&name, &bytes).unwrap();
    }
    for (name, bytes) in assets::FILES {
        writer.put(name, bytes).unwrap();
    }
    for (name, bytes) in assets::build_files(&BuildFacts::default()) {
        writer.put(name, &bytes).unwrap();
    }
    assert!(writer.commit().unwrap().files > 50);
}
