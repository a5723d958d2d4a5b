//! `gendan demo`.
use crate::cli::{Common, Failure, Outcome, Surroundings};
use clap::Args;
use std::io;
/// Options of `demo`.
#[derive(Debug, Args)]
pub struct DemoArgs {}
/// Runs the command.
///
/// # Errors
/// When it cannot.
pub fn run(_: &DemoArgs, _: &Common, _: &Surroundings, _: &mut dyn io::Write) -> Result<Outcome, Failure> {
    Ok(Outcome::default())
}
