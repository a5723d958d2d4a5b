//! `gendan build`.
use crate::cli::{Common, Failure, Outcome, Surroundings};
use clap::Args;
use std::io;
/// Options of `build`.
#[derive(Debug, Args)]
pub struct BuildArgs {}
/// Runs the command.
///
/// # Errors
/// When it cannot.
pub fn run(_: &BuildArgs, _: &Common, _: &Surroundings, _: &mut dyn io::Write) -> Result<Outcome, Failure> {
    Ok(Outcome::default())
}
