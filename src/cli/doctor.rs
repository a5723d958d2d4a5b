//! `gendan doctor`.
use std::io;
use clap::Args;
use crate::cli::{Common, Failure, Outcome, Surroundings};
/// Options.
#[derive(Debug, Args)]
pub struct DoctorArgs {}
/// Runs.
pub fn run(_: &DoctorArgs, _: &Common, _: &Surroundings, _: &mut dyn io::Write) -> Result<Outcome, Failure> { Ok(Outcome::default()) }
