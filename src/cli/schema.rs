//! `gendan schema`: of the data files, for editors; with `--api` of what the site publishes, for programs.

use std::io;
use std::path::PathBuf;

use clap::Args;

use crate::bi;
use crate::cli::{Common, Failure, Outcome, Surroundings, find_root};
use crate::load;
use crate::publish::api;
use crate::text::Bi;

/// Options of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {
    /// Folder to write into. Default: .gendan/schema below the data root, with --api .gendan/schema/api
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
    /// The schemas of the JSON that the site publishes below api/v1, instead of those of the data files
    #[arg(long)]
    pub api: bool,
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
        None => {
            let folder = find_root(common, around)?.join(".gendan").join("schema");
            if args.api { folder.join("api") } else { folder }
        }
    };
    let files = if args.api { of_api() } else { of_files() };
    let files = files.map_err(|e| Failure(Bi::same(e.to_string())))?;
    let count = files.len();
    let stale: Vec<(String, String)> = files
        .into_iter()
        .filter(|(name, text)| !std::fs::read(folder.join(name)).is_ok_and(|b| b == text.as_bytes()))
        .collect();
    for (name, _) in &stale {
        writeln!(out, "{name}")?;
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
    for (name, text) in &stale {
        let path = folder.join(name);
        std::fs::write(&path, text).map_err(|e| Failure::io(&path, &e))?;
    }
    let note = bi!("{count} 个结构说明，写了 {many} 个", "{count} schemas, {many} written");
    Ok(Outcome { failed: false, note: Some(note) })
}

/// Name and text of the schemas of the data files.
fn of_files() -> serde_json::Result<Vec<(String, String)>> {
    Ok(load::schema::files()?.into_iter().map(|file| (file.name.to_owned(), file.text)).collect())
}

/// Name and text of the schemas of the documents that the site publishes.
fn of_api() -> serde_json::Result<Vec<(String, String)>> {
    let all = api::schema::files()?.into_iter();
    Ok(all.map(|file| (format!("{}.json", file.name), file.text)).collect())
}
