//! The published site: views in one language go in, bytes of pages come out, and a writer puts them in place.
//!
//! ```text
//! view struct ──Renderer::page──► Rendered { path, bytes } ──Writer::put──► staging ──commit──► output folder
//! ```
//!
//! * [`view`] is what templates may see; whoever fills it formats every value.
//! * [`template`] compiles the templates once per language and renders pages, from any number of threads.
//! * [`locale`] is the one table of labels per language; labels are resolved when templates are loaded.
//! * [`markdown`] renders untrusted Markdown. [`pages`] holds the texts that ship with the tool,
//!   [`style`] the page that shows one of everything.
//! * [`mod@format`] writes days the way each language reads them.
//! * [`search`] and [`assets`] make the files that lie beside the pages. [`mod@write`] puts all of them on disk.
//!
//! This module knows nothing of the model, of git or of rules: that is the work of whoever fills the views.

pub mod assets;
pub mod format;
pub mod locale;
pub mod markdown;
pub mod pages;
#[cfg(test)]
mod sample;
pub mod search;
pub mod style;
pub mod template;
pub mod view;
pub mod write;
