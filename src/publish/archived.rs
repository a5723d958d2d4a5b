//! The complete files of closed orders inside the site: the same folders, manifests and guides that `gendan archive`
//! writes, below `archive/`.
//!
//! They hold the records themselves, purchase prices and bank references included. A site that leaves anything out does
//! not have them: [`is_shown`].

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::BuildError;
use super::ctx::Ctx;
use super::forge::percent;
use super::groups::{Groups, Month};
use crate::archive::filing::{FilingError, bind, write};
use crate::archive::making::{Filed, Maker};
use crate::archive::manifest;
use crate::archive::sums::Sum;
use crate::model::Order;
use crate::publish::audience::Sees;
use crate::site::write::{WriteError, Writer};
use crate::text::Lang;

/// The folder of the archive below the site.
const FOLDER: &str = "archive";

/// Whether the reader of the site may see everything that the records say.
#[must_use]
pub fn is_shown(ctx: &Ctx<'_>) -> bool {
    Sees::ALL.into_iter().all(|what| ctx.audience.sees(what))
}

/// Where the file of an archived order opens, from the root of the language of the page; empty where the site has none.
#[must_use]
pub fn href(ctx: &Ctx<'_>, month: Month, order: &Order) -> String {
    let page = if is_first(ctx) { "index.html" } else { other_page(ctx.lang) };
    below(ctx, &format!("{}/{page}", manifest::folder(month, &order.id)))
}

/// A file at the top of the archive, from the root of the language of the page.
#[must_use]
pub fn below(ctx: &Ctx<'_>, file: &str) -> String {
    if !is_shown(ctx) {
        return String::new();
    }
    let up = if is_first(ctx) { "" } else { "../" };
    format!("{up}{FOLDER}/{}", percent(file))
}

/// The archive lies beside the pages of the first language.
fn is_first(ctx: &Ctx<'_>) -> bool {
    ctx.book().config.languages().first() == Some(&ctx.lang)
}

fn other_page(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "index.zh.html",
        Lang::En => "index.en.html",
    }
}

/// What became of one order: its month, its list, its line on the month's page.
type Made = Result<Option<(Month, Sum, Filed)>, BuildError>;

/// Writes the files of all closed orders, and what binds them.
///
/// # Errors
/// A template of the data root that is wrong, a file that cannot be read after all, or a path that cannot be written.
pub fn put(ctx: &Ctx<'_>, groups: &Groups<'_>, writer: &Writer) -> Result<(), BuildError> {
    if groups.archive.is_empty() || !is_shown(ctx) {
        return Ok(());
    }
    let maker = Maker::of(ctx.facts, ctx.findings.all)?;
    let orders: Vec<(Month, usize)> =
        groups.archive.iter().flat_map(|(month, list)| list.iter().map(move |at| (*month, *at))).collect();
    let one = |desk: &mut _, (month, at): &(Month, usize)| {
        let Some((order, own)) = groups.get(*at) else { return Ok(None) };
        let complete = maker.order(desk, order, own)?;
        let folder = manifest::folder(*month, &order.id);
        let to = |path: &str, bytes: &[u8]| Ok(writer.put(&format!("{FOLDER}/{path}"), bytes)?);
        let list = write::<BuildError>(&ctx.book().root, &folder, &complete.pieces, to)?;
        Ok(Some((*month, list, Filed { folder, ..complete.filed })))
    };
    let made: Vec<Made> = orders.par_iter().map_init(|| maker.desk(), one).collect();
    let mut months: BTreeMap<Month, (Vec<Sum>, Vec<Filed>)> = BTreeMap::new();
    for order in made {
        let Some((month, list, filed)) = order? else { continue };
        let entry = months.entry(month).or_default();
        entry.0.push(list);
        entry.1.push(filed);
    }
    for (path, bytes) in bind(&maker, None, |_| 0, months)?.files {
        writer.put(&format!("{FOLDER}/{path}"), &bytes)?;
    }
    Ok(())
}

impl From<FilingError> for BuildError {
    fn from(error: FilingError) -> Self {
        match error {
            FilingError::Template(error) => Self::Template(error),
            FilingError::Read(path, why) => {
                Self::Write(WriteError::Io { path: path.into(), source: std::io::Error::other(why) })
            }
            FilingError::Shelf(error) => Self::Write(WriteError::BadPath(error.to_string())),
        }
    }
}
