//! `gendan completions`.

use std::io;

use clap::{Args, CommandFactory};
use clap_complete::{Shell, generate};

use crate::cli::{Cli, Failure, Outcome};

/// Options of `completions`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  gendan completions bash > ~/.local/share/bash-completion/completions/gendan\n  gendan completions zsh > ~/.zfunc/_gendan\n  gendan completions fish > ~/.config/fish/completions/gendan.fish"
)]
pub struct CompletionsArgs {
    /// For which shell 哪种命令行
    #[arg(value_name = "SHELL")]
    pub shell: Shell,
}

/// Runs the command.
///
/// # Errors
/// When writing fails.
pub fn run(args: &CompletionsArgs, out: &mut dyn io::Write) -> Result<Outcome, Failure> {
    // The generator panics where it cannot write; memory always takes it.
    let mut text = Vec::new();
    generate(args.shell, &mut Cli::command(), "gendan", &mut text);
    out.write_all(&text)?;
    Ok(Outcome::default())
}
