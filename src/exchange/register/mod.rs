//! An order register (one CSV row a line item) becomes order folders, by a mapping file.
//!
//! The mapping file names the columns; nothing about a register is built in, and nothing is guessed silently: what
//! cannot be read stays in the order's `notes.md` in its own words and is reported by row and column. Where things go:
//!
//! | register | data root |
//! | --- | --- |
//! | order number | folder name (ASCII, unique without regard to case), and any key the map gives it, such as `po` |
//! | row | one `[[items]]`; `amount` only where the value of the row is not quantity × price, then it counts |
//! | delivery note | one `[[shipments]]`; with several, `items = [{ sku, qty }]` says which goods went in which |
//! | weights, volume, packages of a delivery note | `[[packing]]` in `docs.toml`, with `shipment` |
//! | freight, insurance and other costs | `charges` of the order, one entry a row, a delivery note or an order |
//! | date of the order to the vendor | `[[purchases]] issued`; the vendor himself is `buy.from` of each item |
//! | dates of milestones | `[plan]` and `[actual]` |
//! | customer, vendor | `customers/<id>.toml`, `suppliers/<id>.toml` |
//! | columns without a key, words in date and number columns | `notes.md`, once for the order or under the line |
//! | rows that belong to no order | `import-unread-<hash>.md` in the root |
//!
//! Where rows of one delivery note (or order) disagree about what it has once, such as its planned day, the first row
//! counts, and the others keep theirs under their line in `notes.md`. A weight that stands on one row of a delivery
//! note, the others pointing to it, is the packing's; rows that add up or repeat a figure are told apart by `per`.
//!
//! Rows are numbered as a spreadsheet does: the header is row 1; lines that are quite empty are not counted.
//!
//! It is not a synchronisation. A second run writes what is missing and nothing else: an order somebody edited is
//! left alone and reported as a conflict, a party or `gendan.toml` that exists is kept as it is.

mod build;
mod cell;
mod dialect;
mod map;
mod notes;
mod party;
mod read;
mod report;
mod slug;
mod table;
mod write;

use std::path::Path;

pub use dialect::{Dialect, LineEnd};
pub use report::{Conflict, ImportError, Outcome, Problem};

/// The largest register that is read, in bytes.
const MAX_BYTES: u64 = 512 * 1024 * 1024;

/// Imports the register `file` into the data root `into`, by the mapping file `map`.
///
/// What a person has to look at is in the [`Outcome`]: problems by row and column, and conflicts with files that
/// stand there already.
///
/// # Errors
/// When a file cannot be read or written, when the mapping file is wrong or names columns that the register does not
/// have, and when the register cannot be cut into rows at all (encoding, a quotation mark that is never closed).
/// Nothing has been written then, except after a failed write.
pub fn import(file: &Path, map: &Path, into: &Path) -> Result<Outcome, ImportError> {
    let map_text = String::from_utf8(read_bytes(map)?).map_err(|_| ImportError::Map {
        path: map.to_path_buf(),
        what: crate::bi!("映射文件不是 UTF-8", "the mapping file is not UTF-8"),
    })?;
    let rules = map::parse(&map_text).map_err(|what| ImportError::Map { path: map.to_path_buf(), what })?;
    let bytes = read_bytes(file)?;
    let (files, mut outcome) =
        convert(&bytes, &rules).map_err(|what| ImportError::Register { path: file.to_path_buf(), what })?;
    write::apply(&files, into, &mut outcome)?;
    Ok(outcome)
}

/// The whole way from bytes to file texts, without touching the disk.
fn convert(bytes: &[u8], rules: &map::Map) -> Result<(write::Files, Outcome), crate::text::Bi> {
    let (text, dialect) = dialect::sniff(bytes, &rules.file, &rules.columns())?;
    let register = read::rows(&text, &dialect, rules)?;
    Ok(build::files(register, rules, dialect))
}

fn read_bytes(path: &Path) -> Result<Vec<u8>, ImportError> {
    let io = |source| ImportError::Io { path: path.to_path_buf(), source };
    let size = std::fs::metadata(path).map_err(io)?.len();
    if size > MAX_BYTES {
        return Err(ImportError::Register {
            path: path.to_path_buf(),
            what: crate::bi!(
                "文件有 {size} 字节, 超过上限 {MAX_BYTES} 字节; 请拆成几个文件",
                "the file has {size} bytes, more than the limit of {MAX_BYTES}; split it"
            ),
        });
    }
    std::fs::read(path).map_err(io)
}

#[cfg(test)]
mod tests;
