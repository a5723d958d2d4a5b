//! From facts and findings to the site: fills the views of [`crate::site`], page kind by page kind, and writes
//! them. Each file here answers one page's questions; none of them decides anything about the trade.

pub mod about;
pub mod aftersales;
pub mod api;
pub mod archive;
pub mod archived;
pub mod audience;
pub mod baseline;
pub mod board;
mod build;
pub mod calendar;
pub mod changes;
pub mod chase;
pub mod check;
pub mod credits;
pub mod ctx;
pub mod customer;
pub mod customs;
pub mod dashboard;
pub mod dates;
pub mod digest;
pub mod errors;
pub mod exports;
pub mod exposure;
#[cfg(test)]
mod exposure_tests;
pub mod feeds;
pub mod finding;
pub mod forge;
pub mod groups;
pub mod handover;
pub mod indicators;
pub mod keys;
pub mod ledgers;
#[cfg(test)]
mod list_tests;
pub mod making;
#[cfg(test)]
mod money_tests;
pub mod notes;
pub mod order;
pub mod orders;
pub mod paging;
pub mod party;
pub mod pay;
pub mod payables;
pub mod people;
pub mod production;
pub mod quality;
pub mod receivables;
pub mod row;
pub mod rules;
pub mod search;
pub mod shipments;
pub mod state;
pub mod sums;
pub mod tables;
pub mod threat;
pub mod today;
mod tree;
pub mod witness;
#[cfg(test)]
mod work_tests;

pub(crate) use build::overrides;
pub use build::{BuildError, Built, Target, build};
