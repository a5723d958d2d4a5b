//! `gendan migrate`. There is one format so far, so there is nothing to migrate; what the command says is whether
//! this program knows the format of the data.

use std::io;

use clap::Args;

use crate::bi;
use crate::cli::{Common, Failure, Outcome, Surroundings, find_root};
use crate::load::load;

/// Options of `migrate`.
#[derive(Debug, Args)]
pub struct MigrateArgs {}

/// Runs the command.
///
/// # Errors
/// When there is no data root, or its format is not known.
pub fn run(
    _: &MigrateArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let root = find_root(common, around)?;
    let book = load(&root).map_err(|e| Failure::io(&root, &e))?.book;
    match book.config.schema {
        None | Some(1) => {
            let text = bi!(
                "数据格式是第 1 版，也是现在唯一的一版：没有要升级的",
                "the data has format 1, the only one there is: nothing to migrate"
            );
            writeln!(out, "{}", text.get(common.lang.langs().first()))?;
            Ok(Outcome::default())
        }
        Some(schema) => Err(Failure(bi!(
            "数据格式是第 {schema} 版，这个 gendan 只认第 1 版：换用支持它的 gendan",
            "the data has format {schema}; this gendan knows format 1: use a newer gendan"
        ))),
    }
}
