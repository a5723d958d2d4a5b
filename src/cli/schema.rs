//! `gendan schema`.
use crate::cli::{Common, Failure, Outcome, Surroundings};
use clap::Args;
use std::io;
/// Options of `schema`.
#[derive(Debug, Args)]
pub struct SchemaArgs {}
/// Runs the command.
///
/// # Errors
/// When it cannot.
pub fn run(_: &SchemaArgs, _: &Common, _: &Surroundings, _: &mut dyn io::Write) -> Result<Outcome, Failure> {
    Ok(Outcome::default())
}
