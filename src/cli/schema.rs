//! `gendan schema`.

use std::io;
use std::path::PathBuf;

use clap::Args;

use crate::bi;
use crate::cli::{Common, Failure, Outcome, Surroundings, find_root};
use crate::load::schema::{SchemaFile, files};
use crate::text::Bi;

/// Options of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Folder to write into. Default: .gendan/schema below the data root
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// Write nothing; exit with 1 when a schema is missing or not current
    #[arg(long)]
    pub check: bool,
}

/// Runs the command.
///
/// # Errors
/// When there is no data root, or writing fails.
pub fn run(
    args: &SchemaArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let folder = match &args.out {
        Some(folder) => around.here.join(folder),
        None => find_root(common, around)?.join(".gendan").join("schema"),
    };
    let files = files().map_err(|e| Failure(Bi::same(e.to_string())))?;
    let count = files.len();
    let stale: Vec<SchemaFile> = files
        .into_iter()
        .filter(|f| !std::fs::read(folder.join(f.name)).is_ok_and(|b| b == f.text.as_bytes()))
        .collect();
    for file in &stale {
        writeln!(out, "{}", file.name)?;
    }
    let many = stale.len();
    if args.check {
        let note = if stale.is_empty() {
            bi!("{count} 个结构说明都是最新的", "{count} schemas are current")
        } else {
            bi!(
                "{many} 个结构说明不是最新的；运行 gendan schema 重新生成",
                "{many} schemas are not current; run gendan schema to write them"
            )
        };
        return Ok(Outcome { failed: !stale.is_empty(), note: Some(note) });
    }
    std::fs::create_dir_all(&folder).map_err(|e| Failure::io(&folder, &e))?;
    for file in &stale {
        let path = folder.join(file.name);
        std::fs::write(&path, &file.text).map_err(|e| Failure::io(&path, &e))?;
    }
    let note = bi!("{count} 个结构说明，写了 {many} 个", "{count} schemas, {many} written");
    Ok(Outcome { failed: false, note: Some(note) })
}
