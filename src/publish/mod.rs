//! From facts and findings to the site: fills the views of [`crate::site`], page kind by page kind, and writes
//! them. Each file here answers one page's questions; none of them decides anything about the trade.

pub mod archive;
pub mod board;
pub mod ctx;
pub mod dashboard;
pub mod finding;
pub mod groups;
#[cfg(test)]
mod list_tests;
pub mod notes;
pub mod order;
pub mod orders;
pub mod paging;
pub mod party;
pub mod row;
pub mod search;
pub mod state;
pub mod sums;
pub mod threat;
