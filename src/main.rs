//! gendan, the command line: reads the clock and the environment, prints, exits. Nothing else does.

use std::io::{IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use gendan::cli::{Cli, ColorArg, Runner, Surroundings, run};
use gendan::text::{Bi, Lang};

/// A site is many small texts made on all threads; the system's allocator takes a third of a build.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    let color = match cli.common.color {
        ColorArg::Always => true,
        ColorArg::Never => false,
        ColorArg::Auto => anstream::AutoStream::choice(&std::io::stdout()) != anstream::ColorChoice::Never,
    };
    #[expect(clippy::disallowed_methods, reason = "main.rs is where the clock and the environment are read")]
    let around = Surroundings {
        here: std::env::current_dir().unwrap_or_else(|_| ".".into()),
        env_root: std::env::var_os("GENDAN_ROOT").filter(|root| !root.is_empty()).map(Into::into),
        now: chrono::Utc::now(),
        clock: chrono::Utc::now,
        color,
        terminal: std::io::stdout().is_terminal(),
        runner: match ["GITEA_ACTIONS", "GITHUB_ACTIONS"]
            .map(|name| std::env::var(name).as_deref() == Ok("true"))
        {
            [true, _] => Runner::Gitea,
            [false, true] => Runner::Github,
            [false, false] => Runner::None,
        },
    };
    let runner = around.runner;
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let result = run(&cli, &around, &mut out);
    let flushed = out.flush();
    let say = |text: &Bi| {
        let line = |line: &str| {
            let line = gendan::report::clean(line);
            // A runner reads standard error too.
            let line = if runner == Runner::None { line } else { gendan::report::escape::runner(&line) };
            let _ = writeln!(std::io::stderr(), "{line}");
        };
        text.get(cli.common.lang.langs().first()).lines().for_each(line);
        if matches!(cli.common.lang, gendan::cli::LangArg::Both) {
            text.get(Lang::En).lines().for_each(line);
        }
    };
    match (result, flushed) {
        // The reader went away (`gendan check | head`): nothing to tell anybody.
        (_, Err(error)) if error.kind() == std::io::ErrorKind::BrokenPipe => ExitCode::SUCCESS,
        (_, Err(_)) => ExitCode::from(2),
        (Ok(outcome), Ok(())) => {
            if let Some(note) = &outcome.note {
                say(note);
            }
            ExitCode::from(u8::from(outcome.failed))
        }
        (Err(failure), Ok(())) => {
            say(&failure.0);
            ExitCode::from(2)
        }
    }
}
