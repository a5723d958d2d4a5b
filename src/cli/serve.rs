//! `gendan serve`.
//!
//! The site is built on a thread of its own, so that a Ctrl-C is heard at any time. What changes during a build is built
//! right after it.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use chrono::NaiveDate;
use clap::Args;

use crate::bi;
use crate::check::check;
use crate::check::finding::Finding;
use crate::cli::kept;
use crate::cli::source::{AtArgs, Opened, open};
use crate::cli::{Common, Failure, Outcome, Surroundings, broken_setup, find_root, is_in_setup, local_day};
use crate::derive::derive;
use crate::history;
use crate::load::Loaded;
use crate::load::files::Files;
use crate::publish::audience::Reader;
use crate::publish::{self, Target};
use crate::report::human::Human;
use crate::report::{Counts, Langs, clean};
use crate::serve::server::Server;
use crate::serve::stand::{Stand, Trouble};
use crate::serve::watch::{How, Watch};
use crate::text::{Bi, Lang};

/// How often "today" is asked for, at most: a laptop that slept past midnight must notice.
const TICK: Duration = Duration::from_secs(20);

/// Options of `serve`.
#[derive(Debug, Clone, Args)]
pub struct ServeArgs {
    /// Port on 127.0.0.1; 0 takes any that is free. There is no other address
    #[arg(long, value_name = "N", default_value_t = 8017)]
    pub port: u16,
    /// Where to build. Default: a private temporary folder, removed at the end
    #[arg(long, short, value_name = "DIR")]
    pub out: Option<PathBuf>,
}

/// What the preview hears of.
#[derive(Debug)]
pub enum Event {
    /// Something on disk has changed.
    Changed,
    /// A build is over.
    Built(Box<Done>),
    /// It is to end.
    Stop,
}

/// What came of a build.
#[derive(Debug)]
pub struct Done {
    /// The day it was built for.
    as_of: Option<NaiveDate>,
    /// The zone of the data, for the next midnight.
    zone: Option<String>,
    /// What to say of it, or what is wrong.
    result: Result<Bi, Trouble>,
}

/// Runs the command until Ctrl-C.
///
/// # Errors
/// When the port is taken, there is no data root, or nothing can be written.
pub fn run(
    args: &ServeArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let (send, events) = mpsc::channel();
    let stop = send.clone();
    ctrlc::set_handler(move || drop(stop.send(Event::Stop))).map_err(|error| {
        let reason = error.to_string();
        Failure(bi!("接不到 Ctrl-C：{reason}", "Ctrl-C cannot be caught: {reason}"))
    })?;
    preview(args, common, around, out, (send, &events))
}

/// The same, ended by [`Event::Stop`].
///
/// # Errors
/// As [`run`].
pub fn preview(
    args: &ServeArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
    (send, events): (Sender<Event>, &Receiver<Event>),
) -> Result<Outcome, Failure> {
    let root = find_root(common, around)?;
    let temporary = match args.out {
        Some(_) => None,
        None => Some(private()?),
    };
    let site = match (&args.out, &temporary) {
        (Some(dir), _) => around.here.join(dir),
        (None, Some(dir)) => dir.path().join("site"),
        (None, None) => around.here.join("public"),
    };
    let start = (around.clock)().timestamp_millis().to_string();
    let stand = Arc::new(Stand::new(site, &start));
    let server = Server::start(args.port, Arc::clone(&stand)).map_err(|error| taken(args.port, &error))?;
    let mut preview = Preview {
        common,
        around,
        stand: &stand,
        send,
        building: false,
        dirty: true,
        as_of: None,
        zone: None,
        kept: match (&temporary, common.keeps()) {
            (_, false) => None,
            // Nobody else may look into the folder, and it goes with the preview.
            (Some(dir), true) => Some(dir.path().join("list")),
            (None, true) => Some(kept::list(&root, stand.site())),
        },
    };
    preview.say(out, &welcome(&server))?;
    let mut watch = preview.watch(&root)?;
    if watch.how() == How::Looking {
        preview.say(out, &looking())?;
    }
    loop {
        preview.begin();
        match events.recv_timeout(preview.patience()) {
            Ok(Event::Stop) | Err(RecvTimeoutError::Disconnected) => break,
            Ok(Event::Changed) => preview.dirty = true,
            Ok(Event::Built(done)) => {
                let said = preview.end(*done);
                preview.say(out, &said)?;
                if watch.is_outdated(history::places(&root).as_ref()) {
                    watch = preview.watch(&root)?;
                }
            }
            Err(RecvTimeoutError::Timeout) => {}
        }
        preview.look_at_the_clock();
    }
    drop(watch);
    drop(server);
    Ok(Outcome { failed: false, note: Some(bi!("预览结束", "The preview has ended")) })
}

/// The state between two events.
struct Preview<'a> {
    common: &'a Common,
    around: &'a Surroundings,
    stand: &'a Arc<Stand>,
    send: Sender<Event>,
    /// A build is under way.
    building: bool,
    /// Something has changed since the last build began.
    dirty: bool,
    /// The day of the last build.
    as_of: Option<NaiveDate>,
    zone: Option<String>,
    /// The list of what the last build made.
    kept: Option<PathBuf>,
}

impl Preview<'_> {
    fn watch(&self, root: &Path) -> Result<Watch, Failure> {
        let send = self.send.clone();
        let own = real(self.stand.site());
        Watch::begin(root, history::places(root), &own, move || send.send(Event::Changed).is_ok()).map_err(
            |error| {
                let (path, reason) = (root.display(), error.to_string());
                Failure(bi!("没法监视 {path}：{reason}", "{path} cannot be watched: {reason}"))
            },
        )
    }

    /// Begins a build where one is due and none is under way.
    fn begin(&mut self) {
        if self.building || !self.dirty {
            return;
        }
        (self.building, self.dirty) = (true, false);
        let (common, send, stand) = (self.common.clone(), self.send.clone(), Arc::clone(self.stand));
        let around = Surroundings { now: (self.around.clock)(), ..self.around.clone() };
        let kept = self.kept.clone();
        thread::spawn(move || {
            let building = thread::spawn(move || {
                build(&common, &around, Target { out: stand.site(), kept: kept.as_deref() })
            });
            // A mistake of ours in one build must not leave the preview waiting for it.
            let done = building.join().unwrap_or_else(|_| failed(crashed()));
            drop(send.send(Event::Built(Box::new(done))));
        });
    }

    /// Puts what came of a build before the pages; what to say of it.
    fn end(&mut self, done: Done) -> Bi {
        self.building = false;
        if done.as_of.is_some() {
            (self.as_of, self.zone) = (done.as_of, done.zone);
        }
        match done.result {
            Ok(said) => {
                self.stand.built();
                said
            }
            Err(trouble) => {
                let title = trouble.title.clone();
                self.stand.failed(trouble);
                title
            }
        }
    }

    /// A new day moves deadlines without any file being changed.
    fn look_at_the_clock(&mut self) {
        let today =
            self.common.as_of.unwrap_or_else(|| local_day((self.around.clock)(), self.zone.as_deref()));
        if self.as_of.is_some_and(|built| built != today) && !self.building {
            self.dirty = true;
        }
    }

    /// Until the clock is to be looked at again.
    fn patience(&self) -> Duration {
        let now = (self.around.clock)();
        // All zones begin their days at full quarters of an hour of UTC.
        let quarter = 900 - now.timestamp().rem_euclid(900);
        let quarter = Duration::from_secs(u64::try_from(quarter).unwrap_or(900));
        quarter.saturating_sub(Duration::from_millis(u64::from(now.timestamp_subsec_millis()))).min(TICK)
    }

    fn say(&self, out: &mut dyn io::Write, text: &Bi) -> Result<(), Failure> {
        let langs: &[Lang] = match self.common.lang.langs() {
            Langs::One(Lang::Zh) => &[Lang::Zh],
            Langs::One(Lang::En) => &[Lang::En],
            Langs::Both => &[Lang::Zh, Lang::En],
        };
        for lang in langs {
            writeln!(out, "{}", clean(text.get(*lang)))?;
        }
        out.flush()?;
        Ok(())
    }
}

/// A folder that nobody else may look into: the site shows prices and customers.
fn private() -> io::Result<tempfile::TempDir> {
    let mut folder = tempfile::Builder::new();
    folder.prefix("gendan-serve-");
    #[cfg(unix)]
    folder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o700));
    folder.tempdir()
}

/// The path as the system names it in its messages; the folder itself need not exist yet.
fn real(path: &Path) -> PathBuf {
    let above = path.parent().and_then(|above| above.canonicalize().ok());
    above.zip(path.file_name()).map_or_else(|| path.to_owned(), |(above, name)| above.join(name))
}

fn failed(title: Bi) -> Done {
    Done { as_of: None, zone: None, result: Err(Trouble { title, report: String::new() }) }
}

fn crashed() -> Bi {
    bi!(
        "gendan 自己出错，网站没有重新生成；终端里写着在哪里",
        "gendan itself failed and the site was not rebuilt; the terminal says where"
    )
}

/// One build, from the files on disk to the site.
fn build(common: &Common, around: &Surroundings, target: Target<'_>) -> Done {
    let failed =
        |title: Bi| Done { as_of: None, zone: None, result: Err(Trouble { title, report: String::new() }) };
    let opened = match open(common, around, &AtArgs::default(), true) {
        Ok(opened) => opened,
        Err(failure) => return failed(failure.0),
    };
    let Opened { loaded: Loaded { book, findings }, history, .. } = opened;
    let zone = book.config.timezone.clone();
    let as_of = common.as_of.unwrap_or_else(|| local_day(around.now, zone.as_deref()));
    let facts = derive(&book, &history, as_of);
    let checked = check(&facts, findings);
    let result = if broken_setup(&checked.findings) {
        Err(broken(&book.root, &checked.findings))
    } else {
        match publish::build(&facts, &checked, Reader::Internal, target) {
            Ok(built) => {
                let files = built.files;
                let found = Counts::of(&checked.findings).summary(book.orders.len(), checked.rules);
                Ok(bi!(
                    "已生成 {files} 个文件，数据日期 {as_of}。{found}",
                    "Built {files} files, as of {as_of}. {found}";
                    found
                ))
            }
            Err(error) => Err(Trouble { title: error.text(), report: String::new() }),
        }
    };
    Done { as_of: Some(as_of), zone, result }
}

/// What is wrong in `gendan.toml`, with the lines.
fn broken(root: &Files, findings: &[Finding]) -> Trouble {
    let mut human = Human::new(root, Langs::Both, false);
    let report: Vec<String> = findings.iter().filter(|f| is_in_setup(f)).map(|f| human.render(f)).collect();
    Trouble {
        title: bi!(
            "gendan.toml 有错误，网站没有重新生成",
            "gendan.toml has errors, the site was not rebuilt"
        ),
        report: report.join("\n"),
    }
}

fn welcome(server: &Server) -> Bi {
    let address = server.address();
    bi!(
        "预览 http://{address}/  只有本机能打开；改了文件会自动更新，Ctrl-C 结束",
        "Preview at http://{address}/ for this computer only; it follows your edits, Ctrl-C ends it"
    )
}

fn looking() -> Bi {
    bi!(
        "系统不能通知文件改动（文件夹太多，或磁盘不支持），改为每两秒看一遍",
        "The system cannot tell about changes (too many folders, or the disk does not support it); looking every two seconds"
    )
}

fn taken(port: u16, error: &io::Error) -> Failure {
    let next = port.checked_add(1).unwrap_or(8017);
    match error.kind() {
        io::ErrorKind::AddrInUse => Failure(bi!(
            "端口 {port} 有别的程序在用：用 --port {next}，或 --port 0 让系统选一个",
            "port {port} is in use: take --port {next}, or --port 0 for any that is free"
        )),
        kind => Failure(bi!(
            "端口 {port} 用不了（{kind}）：用 --port 0 让系统选一个",
            "port {port} cannot be used ({kind}): take --port 0 for any that is free"
        )),
    }
}
