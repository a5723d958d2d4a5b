//! `gendan doctor`: what gendan sees, from where each value comes, and what is missing around the data. It judges no
//! order; that is for `check`.

mod publishing;
mod repository;
mod settings;
mod surroundings;

use std::io;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use crate::bi;
use crate::cli::{Common, Failure, LangArg, Outcome, Surroundings, broken_setup, find_root, today};
use crate::history::{self, Reading};
use crate::load::{Loaded, load};
use crate::report::clean;
use crate::text::{Bi, Lang};

/// Options of `doctor`.
#[derive(Debug, Args)]
pub struct DoctorArgs {
    /// How to report
    #[arg(long, value_name = "F", default_value = "human")]
    pub format: Format,
}

/// `--format`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Lines for people
    Human,
    /// Everything, versioned
    Json,
}

/// How a line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Level {
    /// As it should be.
    Ok,
    /// Worth a look.
    Note,
    /// Wrong, or dangerous.
    Problem,
}

impl Level {
    fn code(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Note => "note",
            Self::Problem => "problem",
        }
    }

    /// Mark, word and colour.
    fn shown(self, lang: Lang) -> (&'static str, &'static str, &'static str) {
        let (mark, zh, en, color) = match self {
            Self::Ok => ("✓", "好", "ok", "32"),
            Self::Note => ("!", "留意", "note", "33"),
            Self::Problem => ("✗", "问题", "problem", "31"),
        };
        (mark, if lang == Lang::Zh { zh } else { en }, color)
    }
}

/// One thing that was looked at.
#[derive(Debug)]
struct Line {
    topic: &'static str,
    level: Level,
    text: Bi,
    /// What to do.
    fix: Bi,
}

impl Line {
    fn ok(topic: &'static str, text: Bi) -> Self {
        Self { topic, level: Level::Ok, text, fix: Bi::default() }
    }

    fn note(topic: &'static str, text: Bi, fix: Bi) -> Self {
        Self { topic, level: Level::Note, text, fix }
    }

    fn problem(topic: &'static str, text: Bi, fix: Bi) -> Self {
        Self { topic, level: Level::Problem, text, fix }
    }
}

/// From where a value comes.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Origin {
    Flag(&'static str),
    Environment(&'static str),
    /// File below the data root, and line.
    File(String, usize),
    /// Found by looking: what was found.
    Found(Bi),
    Default,
}

impl Origin {
    fn text(&self) -> Bi {
        match self {
            Self::Flag(flag) => Bi::same(*flag),
            Self::Environment(name) => bi!("环境变量 {name}", "environment variable {name}"),
            Self::File(file, line) => Bi::same(format!("{file}:{line}")),
            Self::Found(how) => how.clone(),
            Self::Default => bi!("默认", "default"),
        }
    }

    fn code(&self) -> &'static str {
        match self {
            Self::Flag(_) => "flag",
            Self::Environment(_) => "environment",
            Self::File(..) => "file",
            Self::Found(_) => "found",
            Self::Default => "default",
        }
    }
}

/// A value in force.
#[derive(Debug)]
struct Setting {
    key: String,
    value: String,
    origin: Origin,
}

impl Setting {
    fn new(key: &str, value: impl Into<String>, origin: Origin) -> Self {
        Self { key: key.to_owned(), value: value.into(), origin }
    }
}

/// Runs the command.
///
/// # Errors
/// When there is no data root, it cannot be read, or `gendan.toml` is broken.
pub fn run(
    args: &DoctorArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let root = find_root(common, around)?;
    let Loaded { book, findings } = load(&root).map_err(|e| Failure::io(&root, &e))?;
    let as_of = today(common, around, book.config.timezone.as_deref());
    // A doctor looks and leaves nothing behind, not even a cache.
    let history = history::read_with(book.root.place(), Reading { lines: false, cache: false });
    let top = top_of(book.root.place());
    let mut settings = from_outside(&root, common, around, &as_of.to_string());
    settings.extend(settings::of(&book));
    let mut lines = repository::lines(&book, &history, &top);
    lines.extend(surroundings::lines(&book, &findings, as_of));
    lines.extend(publishing::lines(book.root.place(), &top));
    lines.extend(publishing::portals(&book));
    let broken = broken_setup(&findings);
    if broken {
        lines.insert(
            0,
            Line::problem(
                "configuration",
                bi!("gendan.toml 有错误", "gendan.toml has errors"),
                bi!("运行 gendan check，照提示改", "run gendan check and follow what it says"),
            ),
        );
    }
    match args.format {
        Format::Human => human(&settings, &lines, common, around.color, out)?,
        Format::Json => {
            let text = serde_json::to_string_pretty(&document(&settings, &lines, &as_of.to_string()))
                .map_err(|e| Failure(Bi::same(e.to_string())))?;
            writeln!(out, "{text}")?;
        }
    }
    if broken {
        return Err(Failure(bi!("gendan.toml 有错误，先改好它", "gendan.toml has errors; correct it first")));
    }
    let count = |level: Level| lines.iter().filter(|line| line.level == level).count();
    let (problems, notes) = (count(Level::Problem), count(Level::Note));
    let note = bi!("问题 {problems}，留意 {notes}", "problems: {problems}, notes: {notes}");
    Ok(Outcome { failed: false, note: Some(note) })
}

/// Values that come from the command line and what surrounds it.
fn from_outside(root: &Path, common: &Common, around: &Surroundings, as_of: &str) -> Vec<Setting> {
    let how = match (&common.root, &around.env_root) {
        (Some(_), _) => Origin::Flag("--root"),
        (None, Some(_)) => Origin::Environment("GENDAN_ROOT"),
        (None, None) if root.join("gendan.toml").is_file() && around.here.starts_with(root) => {
            Origin::Found(bi!("往上找到的 gendan.toml", "the nearest gendan.toml upwards"))
        }
        (None, None) => Origin::Found(bi!("当前文件夹里的 data", "data in the current folder")),
    };
    // Relative where it can be: what is pasted into a question need not tell whose machine it was.
    let shown = match root.strip_prefix(&around.here) {
        Ok(below) if below.as_os_str().is_empty() => ".".to_owned(),
        Ok(below) => below.display().to_string(),
        Err(_) => root.display().to_string(),
    };
    let day = match common.as_of {
        Some(_) => Origin::Flag("--as-of"),
        None => Origin::Found(bi!("时区里的今天", "today in the time zone")),
    };
    // `--lang zh` cannot be told from saying nothing, and means the same.
    let (lang, said) = match common.lang {
        LangArg::Zh => ("zh", Origin::Default),
        LangArg::En => ("en", Origin::Flag("--lang")),
        LangArg::Both => ("both", Origin::Flag("--lang")),
    };
    vec![
        Setting::new("root", shown, how),
        Setting::new("as-of", as_of, day),
        Setting::new("lang", lang, said),
    ]
}

/// The folder that holds the repository, or the data root where there is none.
fn top_of(root: &Path) -> PathBuf {
    let top = root.ancestors().find(|dir| std::fs::symlink_metadata(dir.join(".git")).is_ok());
    top.unwrap_or(root).to_path_buf()
}

/// The text of a small file that is no link.
fn read(path: &Path) -> Option<String> {
    let meta = std::fs::symlink_metadata(path).ok()?;
    if !meta.is_file() || meta.len() > 1024 * 1024 {
        return None;
    }
    Some(String::from_utf8_lossy(&std::fs::read(path).ok()?).into_owned())
}

fn human(
    settings: &[Setting],
    lines: &[Line],
    common: &Common,
    color: bool,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    let lang = common.lang.langs().first();
    let both = |text: &Bi| match common.lang {
        LangArg::Both if text.zh != text.en => format!("{} / {}", text.zh, text.en),
        _ => text.get(lang).to_owned(),
    };
    let wide = settings.iter().map(|s| s.key.chars().count()).max().unwrap_or(0).min(32);
    for Setting { key, value, origin } in settings {
        let line = format!("{key:wide$} = {value}");
        writeln!(out, "{}", clean(&format!("{line}  ({})", both(&origin.text()))))?;
    }
    writeln!(out)?;
    for line in lines {
        let (mark, word, code) = line.level.shown(lang);
        let text = clean(&format!("{mark} {word} {}: {}", line.topic, both(&line.text)));
        if color && line.level > Level::Ok {
            writeln!(out, "\u{1b}[{code}m{text}\u{1b}[0m")?;
        } else {
            writeln!(out, "{text}")?;
        }
        if !line.fix.is_empty() {
            writeln!(out, "    {}", clean(&both(&line.fix)))?;
        }
    }
    Ok(())
}

fn document(settings: &[Setting], lines: &[Line], as_of: &str) -> Value {
    let settings: Vec<Value> = settings
        .iter()
        .map(|Setting { key, value, origin }| {
            let mut setting = json!({ "key": key, "value": value, "origin": origin.code() });
            if let (Origin::File(file, line), Some(map)) = (origin, setting.as_object_mut()) {
                map.insert("file".to_owned(), json!(file));
                map.insert("line".to_owned(), json!(line));
            }
            setting
        })
        .collect();
    let lines: Vec<Value> = lines
        .iter()
        .map(|line| {
            let mut value = json!({
                "topic": line.topic,
                "level": line.level.code(),
                "text": { "zh": line.text.zh, "en": line.text.en },
            });
            if let (false, Some(map)) = (line.fix.is_empty(), value.as_object_mut()) {
                map.insert("fix".to_owned(), json!({ "zh": line.fix.zh, "en": line.fix.en }));
            }
            value
        })
        .collect();
    json!({ "version": 1, "as_of": as_of, "settings": settings, "lines": lines })
}
