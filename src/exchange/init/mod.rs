//! `gendan init`: a data repository to start from. Configuration, one sample of everything, what editors and
//! reviewers need, and the pipeline of the forge it will live on.
//!
//! The texts are plain files under `files/`, filled in by `fill`. The same day and forge give the same bytes. No
//! pipeline written here publishes anything: the site shows prices and customers.

mod disk;
mod fill;
mod forge;
mod sample;

use chrono::{Datelike, NaiveDate};

pub use self::disk::{Standing, Trouble, Written, look, write};
use self::fill::fill;
pub use self::forge::Forge;

/// A file to write.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct InitFile {
    /// Below the data root, with `/`.
    pub path: String,
    /// All of it.
    pub text: String,
}

impl InitFile {
    fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        Self { path: path.into(), text: text.into() }
    }
}

/// The calendars that were read against the published notices: name and text. A year that is not published yet is
/// not made up.
const CALENDARS: [(&str, &str); 4] = [
    ("cn-bank-2025", include_str!("../../../data/calendar/cn-bank-2025.toml")),
    ("cn-bank-2026", include_str!("../../../data/calendar/cn-bank-2026.toml")),
    ("cn-factory-2025", include_str!("../../../data/calendar/cn-factory-2025.toml")),
    ("cn-factory-2026", include_str!("../../../data/calendar/cn-factory-2026.toml")),
];

/// Every file of a new data repository, by path.
///
/// The sample order is written as of `as_of`; `None` when that day is too far from any trade for its dates.
///
/// # Errors
/// Only when a schema cannot be serialised, which does not happen.
pub fn files(forge: Forge, as_of: NaiveDate) -> Result<Option<Vec<InitFile>>, serde_json::Error> {
    let Some(sample) = sample::Sample::of(as_of) else { return Ok(None) };
    let mut files = vec![
        InitFile::new(
            "gendan.toml",
            fill(include_str!("files/data/gendan.toml"), &[("FORGE_SECTION", forge.section())]),
        ),
        InitFile::new("people.toml", include_str!("files/data/people.toml")),
        InitFile::new(".gitattributes", include_str!("files/data/gitattributes")),
        InitFile::new(".gitignore", include_str!("files/data/gitignore")),
        InitFile::new(".editorconfig", include_str!("files/data/editorconfig")),
        InitFile::new("ci/web/nginx.conf", include_str!("files/ci/nginx.conf")),
        InitFile::new("ci/web/Caddyfile", include_str!("files/ci/Caddyfile")),
        InitFile::new(
            "CONTRIBUTING.md",
            fill(include_str!("files/data/CONTRIBUTING.md"), &[("FORGE_NAME", forge.name().to_owned())]),
        ),
        InitFile::new("README.md", readme(forge, &sample)),
    ];
    files.extend(sample.files());
    files.extend(CALENDARS.iter().map(|(name, text)| InitFile::new(format!("calendar/{name}.toml"), *text)));
    for schema in crate::load::schema::files()? {
        files.push(InitFile::new(format!(".gendan/schema/{}", schema.name), schema.text));
    }
    files.extend(forge.files());
    files.sort();
    Ok(Some(files))
}

fn readme(forge: Forge, sample: &sample::Sample) -> String {
    let mut years: Vec<&str> = CALENDARS.iter().filter_map(|(name, _)| name.rsplit('-').next()).collect();
    years.sort_unstable();
    years.dedup();
    fill(
        include_str!("files/data/README.md"),
        &[
            ("OWNERS_FILE", forge.owners_path().to_owned()),
            ("ID", sample.id.clone()),
            ("YEARS", years.join(", ")),
            ("FORGE_README", forge.readme()),
        ],
    )
}

/// Years in which a sample order makes sense: its number has two digits of the year, and dates far from today are
/// reported as slips.
fn plausible(day: NaiveDate) -> bool {
    let year = day.year();
    2000 < year && year < 2099
}

#[cfg(test)]
mod tests;
