//! `gendan new`.
use std::io;
use clap::Args;
use crate::cli::{Common, Failure, Outcome, Surroundings};
/// Options.
#[derive(Debug, Args)]
pub struct NewArgs {}
/// Runs.
pub fn run(_: &NewArgs, _: &Common, _: &Surroundings, _: &mut dyn io::Write) -> Result<Outcome, Failure> { Ok(Outcome::default()) }
