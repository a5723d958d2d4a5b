//! `gendan import`.
use std::io;
use clap::Args;
use crate::cli::{Common, Failure, Outcome, Surroundings};
/// Options of `import`.
#[derive(Debug, Args)]
pub struct ImportArgs {}
/// Runs the command.
///
/// # Errors
/// When it cannot.
pub fn run(_: &ImportArgs, _: &Common, _: &Surroundings, _: &mut dyn io::Write) -> Result<Outcome, Failure> { Ok(Outcome::default()) }
