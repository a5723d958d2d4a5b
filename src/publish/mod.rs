//! From facts and findings to the site: fills the views of [`crate::site`], page kind by page kind, and writes
//! them. Each file here answers one page's questions; none of them decides anything about the trade.

pub mod ctx;
pub mod order;
