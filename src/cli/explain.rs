//! `gendan explain`.

use std::io;

use clap::Args;

use crate::bi;
use crate::check::rules;
use crate::cli::{Common, Failure, Outcome};
use crate::model::value::near::did_you_mean;
use crate::report::explain;
use crate::text::Lang;

/// Options of `explain`.
#[derive(Debug, Args)]
pub struct ExplainArgs {
    /// Name of a rule, or `all`
    #[arg(value_name = "RULE")]
    pub rule: String,
}

/// Runs the command.
///
/// # Errors
/// When there is no such rule, or writing fails.
pub fn run(args: &ExplainArgs, common: &Common, out: &mut dyn io::Write) -> Result<Outcome, Failure> {
    let langs: &[Lang] = match common.lang {
        crate::cli::LangArg::Zh => &[Lang::Zh],
        crate::cli::LangArg::En => &[Lang::En],
        crate::cli::LangArg::Both => &Lang::ALL,
    };
    let wanted: Vec<_> = rules::all().filter(|r| args.rule == "all" || r.name == args.rule).collect();
    if wanted.is_empty() {
        let name = &args.rule;
        let near = did_you_mean(name, rules::all().map(|r| r.name));
        return Err(Failure(match near {
            Some(near) => bi!("没有规则 {name}，是不是 {near}？", "no rule {name}; did you mean {near}?"),
            None => bi!(
                "没有规则 {name}；gendan explain all 列出全部",
                "no rule {name}; gendan explain all lists them"
            ),
        }));
    }
    for (index, rule) in wanted.iter().enumerate() {
        for lang in langs {
            if index > 0 || *lang != *langs.first().unwrap_or(lang) {
                writeln!(out, "\n{}\n", "─".repeat(40))?;
            }
            write!(out, "{}", explain::text(rule, *lang))?;
        }
    }
    Ok(Outcome::default())
}
