//! gendan 跟单: export orders as TOML in git, checked and published.
//!
//! Data goes one way; each step takes what the step before returned and keeps no state:
//!
//! ```text
//! data/**/*.toml ──load──► Book ─────┐
//!                                    ├─derive─► Facts: progress, money, deadlines   (total: never fails)
//! git history ──history──► History ──┘              │
//!                                               check   rules read facts, emit findings
//!                                                  │
//!     report (terminal, JSON, SARIF, …) ◄──────────┴────► site (pages: path → bytes ─► write)
//! ```
//!
//! * [`load`] reads files and says what is wrong with the *writing*; a broken file hides no other file.
//! * [`model`] is what a trade order is; [`book`] is all orders and parties of one data root.
//! * [`compare`] is how two papers' words for one thing compare: the same, a slip, different. It never decides that it matters.
//! * [`mod@derive`] computes what nobody types: stages, slack, instalments. It never decides that something is wrong.
//! * [`check`] runs the rules. A rule decides that something is wrong, and nothing else does.
//! * [`report`] and [`site`] turn facts and findings into terminal text, JSON and pages.
//! * [`change`] is what differs between two versions of an order; [`diff`] what that does to the whole book.
//! * [`history`] is the only user of git: one walk for all orders, who wrote each line, what became of each order, and
//!   past revisions as [`load::files`]. [`exchange`] imports and generates data roots, and writes the files that
//!   other programs open.
//! * [`archive`] puts the complete file of each closed order into a folder that proves itself, and verifies such folders.
//! * [`serve`] shows a built site on this computer's loopback address and says when its data has changed.
//! * [`cli`] maps arguments to these calls. `main.rs` alone prints, exits, and reads the clock and the environment.
//!
//! A user's mistake is a finding (data). `Err` means the tool could not do its work.

pub mod archive;
pub mod book;
pub mod change;
pub mod check;
pub mod cli;
pub mod compare;
pub mod config;
pub mod derive;
pub mod diff;
pub mod exchange;
pub mod history;
pub mod key;
pub mod load;
pub mod model;
pub mod publish;
pub mod report;
pub mod serve;
pub mod site;
pub mod text;
