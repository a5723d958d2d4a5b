//! `gendan demo`: a data root of made-up orders to look at, to test with and to measure on.
//!
//! Deterministic: the same seed, count and end of the period give the same bytes, and order *k* does not depend
//! on how many orders there are, so that a larger root extends a smaller one. The records are clean, which is to
//! say that they contradict nothing; what is late in them is late as it is in life.

mod calendar;
mod dice;
mod docs;
mod git;
mod goods;
mod money;
mod notes;
mod numbers;
mod order;
mod parties;
mod paying;
mod plan;
mod setup;
mod terms;
#[cfg(test)]
mod tests;
mod toml;

use std::fs;
use std::io;
use std::path::Path;

use chrono::NaiveDate;
use rayon::prelude::*;

use self::order::Order;

/// A path below the data root and the file's text.
type File = (String, String);

/// What to generate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DemoOptions {
    /// Number of orders.
    pub orders: u32,
    /// Another seed, another company history.
    pub seed: u64,
    /// Also write a git repository in which the orders grew day by day.
    pub git: bool,
    /// End of the two years that the orders cover; nothing recorded is later.
    pub as_of: NaiveDate,
    /// IANA name of the company's time zone, written to `gendan.toml`.
    pub zone: String,
}

impl Default for DemoOptions {
    /// A hundred orders up to 2026-11-20, without a repository.
    fn default() -> Self {
        let as_of = NaiveDate::from_ymd_opt(2026, 11, 20).unwrap_or_default();
        Self { orders: 100, seed: 1, git: false, as_of, zone: "Asia/Shanghai".to_owned() }
    }
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct DemoSummary {
    /// Orders.
    pub orders: u32,
    /// Customers.
    pub customers: u32,
    /// Files, without those of git.
    pub files: u64,
    /// Their size in bytes.
    pub bytes: u64,
    /// Commits, 0 without a repository.
    pub commits: u32,
    /// Full id of the newest commit.
    pub head: Option<String>,
}

/// Writes the data root into `dir`, which is created where it does not exist.
///
/// # Errors
/// When `dir` exists and is not an empty folder (nothing is then touched), or when a file cannot be written.
pub fn write(dir: &Path, options: &DemoOptions) -> io::Result<DemoSummary> {
    prepare(dir)?;
    let setup = setup::files(options);
    let mut summary = DemoSummary {
        orders: options.orders,
        customers: parties::customers(options.orders),
        ..DemoSummary::default()
    };
    let mut folders: Vec<&Path> = setup.iter().filter_map(|(path, _)| Path::new(path).parent()).collect();
    folders.dedup();
    folders.iter().try_for_each(|folder| fs::create_dir_all(dir.join(folder)))?;
    for (path, text) in &setup {
        fs::write(dir.join(path), text)?;
        summary.files += 1;
        summary.bytes += text.len() as u64;
    }
    let (files, bytes) = (1..options.orders.saturating_add(1))
        .into_par_iter()
        .map(|k| write_order(dir, options, k))
        .try_reduce(|| (0, 0), |a, b| Ok((a.0 + b.0, a.1 + b.1)))?;
    summary.files += files;
    summary.bytes += bytes;
    if options.git {
        let (commits, head) = git::write(dir, options, &setup).map_err(io::Error::other)?;
        summary.commits = commits;
        summary.head = Some(head);
    }
    Ok(summary)
}

fn prepare(dir: &Path) -> io::Result<()> {
    match fs::read_dir(dir) {
        Ok(mut entries) => match entries.next() {
            None => Ok(()),
            Some(_) => Err(io::Error::new(
                io::ErrorKind::DirectoryNotEmpty,
                format!("{} 不是空文件夹 / is not empty", dir.display()),
            )),
        },
        Err(error) if error.kind() == io::ErrorKind::NotFound => fs::create_dir_all(dir),
        Err(error) => Err(error),
    }
}

fn write_order(dir: &Path, options: &DemoOptions, k: u32) -> io::Result<(u64, u64)> {
    let order = Order::new(options.seed, options.as_of, k);
    let folder = dir.join(order.folder());
    fs::create_dir_all(&folder)?;
    let mut written = (0, 0);
    for (name, text) in order.files(options.as_of) {
        fs::write(folder.join(name), &text)?;
        written = (written.0 + 1, written.1 + text.len() as u64);
    }
    Ok(written)
}
