//! `gendan digest`.

use std::io;

use clap::{Args, ValueEnum};

use crate::bi;
use crate::check::check;
use crate::cli::source::{AtArgs, Opened, open};
use crate::cli::{Common, Failure, Outcome, Surroundings, broken_setup, today};
use crate::derive::derive;
use crate::exchange::robot::{MAX_SITE, Service, Site, message};
use crate::load::Loaded;
use crate::publish::audience::{Audience, Reader};
use crate::publish::ctx::{Ctx, Findings};
use crate::publish::digest::Digest;
use crate::publish::groups::Groups;
use crate::report::{Langs, clean};
use crate::text::Lang;

/// Options of `digest`.
#[derive(Debug, Args)]
pub struct DigestArgs {
    /// Who is to take it; posting it is the pipeline's job
    #[arg(long, value_name = "SERVICE")]
    pub to: To,
    /// Address of the site, for links. Default: digest.site in gendan.toml; without one there are no links
    #[arg(long, value_name = "URL")]
    pub site: Option<String>,
    /// Name amounts, also where digest.amounts in gendan.toml does not say so
    #[arg(long)]
    pub amounts: bool,
}

/// `--to`.
#[derive(Debug, Clone, Copy, ValueEnum)]
pub enum To {
    /// 企业微信
    Wecom,
    /// 飞书
    Feishu,
    /// 钉钉
    Dingtalk,
    /// Plain text
    Text,
}

impl To {
    fn service(self) -> Service {
        match self {
            Self::Wecom => Service::Wecom,
            Self::Feishu => Service::Feishu,
            Self::Dingtalk => Service::Dingtalk,
            Self::Text => Service::Text,
        }
    }
}

/// Runs the command: one message on standard output.
///
/// # Errors
/// When the data root cannot be read, `gendan.toml` is broken, or the address of the site is none.
pub fn run(
    args: &DigestArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let Opened { loaded: Loaded { book, findings }, history, .. } =
        open(common, around, &AtArgs::default(), false)?;
    let as_of = today(common, around, book.config.timezone.as_deref());
    let facts = derive(&book, &history, as_of);
    let checked = check(&facts, findings);
    if broken_setup(&checked.findings) {
        return Err(Failure(bi!(
            "gendan.toml 有错误，没有写早报；gendan check 说在哪里",
            "gendan.toml has errors, no message was written; gendan check says where"
        )));
    }
    let morning = book.config.digest.as_deref();
    let configured = || morning.and_then(|m| m.site.as_deref()).or_else(|| book.config.site());
    let site = args.site.as_deref().or_else(configured);
    let site = site.map(parse).transpose()?;
    let amounts = args.amounts || morning.and_then(|m| m.amounts).unwrap_or(false);
    let found = Findings::of(&checked.findings);
    let groups = Groups::of(&facts, &found);
    let langs: &[Lang] = match common.lang.langs() {
        Langs::One(Lang::Zh) => &[Lang::Zh],
        Langs::One(Lang::En) => &[Lang::En],
        Langs::Both => &[Lang::Zh, Lang::En],
    };
    // A group is inside the company, and holds more than finance.
    let audience = Audience::of(Reader::Internal, &facts.book.config);
    let said: Vec<Digest> = langs
        .iter()
        .map(|&lang| Digest::of(&Ctx { facts: &facts, findings: &found, audience, lang }, &groups, amounts))
        .collect();
    writeln!(out, "{}", message(args.to.service(), &said, site.as_ref()))?;
    Ok(Outcome::default())
}

fn parse(text: &str) -> Result<Site, Failure> {
    Site::parse(text).ok_or_else(|| {
        let shown = clean(&text.chars().take(MAX_SITE).collect::<String>());
        Failure(bi!(
            "{shown} 不能当网站地址：写成 https://orders.example.internal 这样，最长 {MAX_SITE} 个字符，不带 ? 和 #",
            "{shown} is no address of a site: write it like https://orders.example.internal, at most {MAX_SITE} characters, without ? and #"
        ))
    })
}
