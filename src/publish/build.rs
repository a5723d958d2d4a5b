//! One build: what is computed once for all pages and both languages, then the pages, then the exchange of sites.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::path::Path;

use crate::bi;
use crate::check::Checked;
use crate::derive::Facts;
use crate::exchange::table::TableError;
use crate::history::State;
use crate::key::KeyMaker;
use crate::load::files::Files;
use crate::publish::aftersales::AfterSales;
use crate::publish::api::Api;
use crate::publish::api::write::Documents;
use crate::publish::audience::{Audience, Reader, Sees};
use crate::publish::changes::Changes;
use crate::publish::ctx::{Ctx, Findings};
use crate::publish::customs::Exports;
use crate::publish::dates::Dates;
use crate::publish::groups::Groups;
use crate::publish::keys::Keys;
use crate::publish::production::Works;
use crate::publish::receivables::Receivables;
use crate::publish::shipments::Sailings;
use crate::publish::tree::Tree;
use crate::publish::{about, credits, order, payables, search};
use crate::site::template::{Renderer, TemplateError};
use crate::site::view::{Section, Shell};
use crate::site::write::{WriteError, Writer};
use crate::site::{assets, search as search_files};
use crate::text::{Bi, Lang};

/// Largest template override that is read.
const MAX_TEMPLATE: u64 = 1024 * 1024;

/// What a build wrote.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Built {
    /// Files.
    pub files: usize,
    /// Bytes.
    pub bytes: u64,
    /// Files that were written; the others are as they were.
    pub new: usize,
    /// Orders whose files are broken; they are red on the site.
    pub broken: usize,
}

/// Why a site could not be built. The old site is untouched then.
#[derive(Debug)]
pub enum BuildError {
    /// A template of the data root is wrong.
    Template(TemplateError),
    /// A table does not fit its format; its path.
    Table(String, TableError),
    /// The output folder cannot be written.
    Write(WriteError),
}

impl From<TemplateError> for BuildError {
    fn from(error: TemplateError) -> Self {
        Self::Template(error)
    }
}

impl From<WriteError> for BuildError {
    fn from(error: WriteError) -> Self {
        Self::Write(error)
    }
}

impl fmt::Display for BuildError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Template(error) => error.fmt(f),
            Self::Table(path, error) => write!(f, "{path}: {error}"),
            Self::Write(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for BuildError {}

impl BuildError {
    /// What went wrong, for people.
    #[must_use]
    pub fn text(&self) -> Bi {
        let what = self.to_string();
        match self {
            Self::Template(_) => {
                bi!("模板有错，网站没有生成：{what}", "a template is wrong, the site was not built: {what}")
            }
            Self::Table(..) | Self::Write(_) => bi!("网站没有生成：{what}", "the site was not built: {what}"),
        }
    }
}

/// Where a site goes.
#[derive(Debug, Clone, Copy)]
pub struct Target<'a> {
    /// The output folder, replaced as a whole.
    pub out: &'a Path,
    /// Where the list is kept from which the next build knows what it need not make again. Nobody but gendan may be able
    /// to write there. `None`: everything is made.
    pub kept: Option<&'a Path>,
}

/// Builds the site: every page is rendered, written beside the old site, and exchanged for it at once. No page is kept
/// in memory after it was written, and what is as it was is neither made nor written. What is not for the reader is in
/// no file.
///
/// # Errors
/// See [`BuildError`].
pub fn build(
    facts: &Facts<'_>,
    checked: &Checked,
    reader: Reader,
    target: Target<'_>,
) -> Result<Built, BuildError> {
    let audience = Audience::of(reader, &facts.book.config);
    let overrides = overrides(&facts.book.root);
    let renderer = Renderer::new(&overrides)?;
    let writer = match target.kept {
        Some(list) => Writer::begin_again(target.out, list)?,
        None => Writer::begin(target.out)?,
    };
    let findings = Findings::of(&checked.findings);
    let keys = target.kept.and_then(|_| {
        let mut settings = KeyMaker::new("site");
        settings.value(&reader).value(&overrides);
        Keys::of(facts, &findings, &settings)
    });
    let groups = Groups::of(facts, &findings);
    let (sailings, exports) = (Sailings::of(facts), Exports::of(facts));
    let works = Works::of(facts);
    let register = credits::Register::of(facts);
    let dates = Dates::of(facts, audience);
    let after = AfterSales::of(facts, &dates);
    let changes = Changes::of(facts, audience);
    let owed = Receivables::of(facts);
    let owing = audience.sees(Sees::SupplierPayments).then(|| payables::Owing::of(facts, audience));
    let languages = facts.book.config.languages();
    for (path, bytes) in assets::FILES {
        writer.put(path, bytes)?;
    }
    let lang = languages.first().copied().unwrap_or(Lang::Zh);
    let first = Ctx { facts, findings: &findings, audience, lang };
    let documents =
        Documents { api: Api::of(&first, &dates), groups: &groups, changes: &changes, writer: &writer };
    documents.book()?;
    for &lang in &languages {
        let ctx = Ctx { facts, findings: &findings, audience, lang };
        let tree = Tree {
            ctx,
            documents: (lang == first.lang).then_some(&documents),
            groups: &groups,
            sailings: &sailings,
            exports: &exports,
            works: &works,
            after: &after,
            register: &register,
            dates: &dates,
            changes: &changes,
            owed: &owed,
            owing: owing.as_ref(),
            shell: shell(&ctx, &languages),
            renderer: &renderer,
            writer: &writer,
            keys: keys.as_ref(),
        };
        tree.write()?;
    }
    if let Some(&lang) = languages.first() {
        let ctx = Ctx { facts, findings: &findings, audience, lang };
        for (path, bytes) in assets::build_files(&about::build_facts(&ctx)) {
            writer.put(path, &bytes)?;
        }
        for (path, bytes) in search_files::files(&search::entries(facts)) {
            writer.put(&path, &bytes)?;
        }
    }
    let written = writer.commit()?;
    let broken = facts.book.orders.iter().filter(|o| o.broken).count();
    Ok(Built { files: written.files, bytes: written.bytes, new: written.new, broken })
}

/// Templates of the data root that replace built-in ones, by name. Links are not followed.
pub(crate) fn overrides(root: &Files) -> BTreeMap<String, String> {
    let texts = root.texts("templates", MAX_TEMPLATE).into_iter();
    texts.filter(|(name, _)| name.ends_with(".html")).collect()
}

fn shell(ctx: &Ctx<'_>, languages: &[Lang]) -> Shell {
    Shell {
        lang: ctx.lang,
        languages: languages.to_vec(),
        company: ctx.company(),
        sections: sections(ctx),
        csp_meta: true,
        warning: match ctx.facts.history.state {
            State::Shallow => order::history::unknown(ctx),
            _ => String::new(),
        },
    }
}

/// The parts of the site: what we owe is finance's.
fn sections(ctx: &Ctx<'_>) -> BTreeSet<Section> {
    let mut all = BTreeSet::from(Section::ALL);
    if !ctx.audience.sees(Sees::SupplierPayments) {
        all.remove(&Section::Payables);
    }
    all
}
