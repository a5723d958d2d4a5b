//! `gendan doc`.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use clap::Args;

use crate::bi;
use crate::book::Book;
use crate::check::check;
use crate::cli::source::{AtArgs, Opened, open};
use crate::cli::{Common, Failure, Outcome, Surroundings, broken_setup, today};
use crate::derive::derive;
use crate::load::Loaded;
use crate::model::value::near::did_you_mean;
use crate::publish::audience::Reader;
use crate::publish::ctx::{Ctx, Findings};
use crate::publish::making::{Kind, Making, Refusal};
use crate::publish::overrides;
use crate::site::template::{Renderer, TemplateError};
use crate::site::view::{PageFacts, Shell};

/// Options of `doc`.
#[derive(Debug, Args)]
pub struct DocArgs {
    /// ID of the order
    #[arg(value_name = "ORDER")]
    pub order: String,
    /// cover (封面), proforma, invoice, packing, draft, certificate, si (托单补料) or bl-check (提单核对)
    #[arg(value_name = "KIND")]
    pub kind: String,
    /// File to write; default: standard output
    #[arg(long, short, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Which shipment, where the order goes in several
    #[arg(long, value_name = "ID")]
    pub shipment: Option<String>,
    /// A past revision instead of the disk
    #[command(flatten)]
    pub at: AtArgs,
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Self(refusal.0)
    }
}

impl From<TemplateError> for Failure {
    fn from(error: TemplateError) -> Self {
        Self(bi!("模板有错，没有做单据：{error}", "a template is wrong, no document was made: {error}"))
    }
}

/// Runs the command: one document as a page that needs nothing beside it, to be printed or sent.
///
/// # Errors
/// When there is no such order or document, when there is nothing to make it from, or it cannot be written.
pub fn run(
    args: &DocArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let kind = Kind::parse(&args.kind)?;
    let Opened { loaded: Loaded { book, findings }, history, .. } = open(common, around, &args.at, false)?;
    let Some(order) = book.order(&args.order) else { return Err(unknown(&book, &args.order)) };
    let as_of = today(common, around, book.config.timezone.as_deref());
    let facts = derive(&book, &history, as_of);
    let checked = check(&facts, findings);
    if broken_setup(&checked.findings) {
        return Err(Failure(bi!(
            "gendan.toml 有错误，没有做单据；gendan check 说在哪里",
            "gendan.toml has errors, no document was made; gendan check says where"
        )));
    }
    let found = Findings::of(&checked.findings);
    let ctx = Ctx::of(&facts, &found, Reader::Finance, common.lang.langs().first());
    let Some(own) = facts.of(order) else { return Err(unknown(&book, &args.order)) };
    let making = Making::of(&ctx, order, own);
    let mut made = making.make(kind, making.scope(kind, args.shipment.as_deref())?)?;
    made.alone();
    let renderer = Renderer::alone(&overrides(&book.root))?;
    let page = made.render(&renderer, &shell(&ctx), &PageFacts::default())?;
    match &args.out {
        None => out.write_all(&page.bytes)?,
        Some(file) => {
            let to = around.here.join(file);
            std::fs::write(&to, &page.bytes).map_err(|e| Failure::io(file, &e))?;
        }
    }
    Ok(Outcome::default())
}

/// No such order, and which one was probably meant.
pub(super) fn unknown(book: &Book, id: &str) -> Failure {
    Failure(match did_you_mean(id, book.orders.iter().map(|o| &*o.id)) {
        Some(near) => bi!("没有订单 {id}，是不是 {near}？", "no order {id}; did you mean {near}?"),
        None => bi!("没有订单 {id}", "no order {id}"),
    })
}

/// A page of one language without navigation.
fn shell(ctx: &Ctx<'_>) -> Shell {
    Shell {
        lang: ctx.lang,
        languages: vec![ctx.lang],
        company: String::new(),
        sections: BTreeSet::new(),
        csp_meta: true,
        warning: String::new(),
    }
}
