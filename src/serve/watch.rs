//! Watches the data root, and the places where git records a commit. Says once that something has changed, when it
//! has been quiet for a moment: an editor saves in several steps, and a pull changes many files.

use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::Duration;

use notify::{Config, Event, EventKind, PollWatcher, RecommendedWatcher, RecursiveMode, Watcher};

use super::deadline::Deadline;
use crate::history::Places;

/// So long nothing may happen before it is told.
const QUIET: Duration = Duration::from_millis(150);

/// Something that never rests is told about every so often.
const LONGEST: Duration = Duration::from_secs(2);

/// How often the files are looked at where the system cannot tell.
const POLL: Duration = Duration::from_secs(2);

/// Folders at the top of a data root that hold no data. Templates do matter here.
const NO_DATA: [&str; 3] = ["public", "target", "node_modules"];

/// What git writes when a commit is made or another one is checked out.
const GIT_FILES: [&str; 3] = ["HEAD", "packed-refs", "shallow"];

/// Files at the top of the work tree that say who wrote what.
const TOP_FILES: [&str; 2] = [".mailmap", ".git-blame-ignore-revs"];

/// How changes are noticed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// The system tells.
    Told,
    /// It does not, or not about so many folders: the files are looked at every two seconds.
    Looking,
}

/// Watches until dropped.
pub struct Watch {
    /// Held for its end: it watches as long as it lives.
    _watcher: Box<dyn Watcher + Send>,
    how: How,
    root: PathBuf,
    places: Option<Places>,
}

impl std::fmt::Debug for Watch {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Watch").field("how", &self.how).field("root", &self.root).finish_non_exhaustive()
    }
}

impl Watch {
    /// Begins. `changed` is called from another thread. Nothing below `own` counts: it is what we write ourselves.
    ///
    /// # Errors
    /// When the root cannot be watched in either way.
    pub fn begin(
        root: &Path,
        places: Option<Places>,
        own: &Path,
        changed: impl Fn() -> bool + Send + 'static,
    ) -> notify::Result<Self> {
        let root = root.canonicalize()?;
        let (send, events) = mpsc::channel();
        thread::Builder::new().spawn(move || gather(&events, &changed))?;
        let minds = Minds { root: root.clone(), own: own.to_owned(), places: places.clone() };
        let told = {
            let handler = handler(minds.clone(), send.clone());
            RecommendedWatcher::new(handler, Config::default()).and_then(|mut watcher| {
                watch(&mut watcher, &root, places.as_ref())?;
                Ok(watcher)
            })
        };
        let (watcher, how): (Box<dyn Watcher + Send>, How) = match told {
            Ok(watcher) => (Box::new(watcher), How::Told),
            // No more watches are to be had, or the file system has none.
            Err(_) => {
                let config = Config::default().with_poll_interval(POLL);
                let mut watcher = PollWatcher::new(handler(minds, send), config)?;
                watch(&mut watcher, &root, places.as_ref())?;
                (Box::new(watcher), How::Looking)
            }
        };
        Ok(Self { _watcher: watcher, how, root, places })
    }

    /// How changes are noticed.
    #[must_use]
    pub fn how(&self) -> How {
        self.how
    }

    /// True when the repository has come, gone or moved since: watch anew.
    #[must_use]
    pub fn is_outdated(&self, places: Option<&Places>) -> bool {
        self.places.as_ref() != places
    }
}

/// The branches lie deeper; everything else of git is noticed at the top of its folders. Objects are never watched.
fn watch(watcher: &mut dyn Watcher, root: &Path, places: Option<&Places>) -> notify::Result<()> {
    watcher.watch(root, RecursiveMode::Recursive)?;
    let Some(places) = places else { return Ok(()) };
    let mut flat = vec![&places.git];
    if places.common != places.git {
        flat.push(&places.common);
    }
    if places.top != root {
        flat.push(&places.top);
    }
    for folder in flat {
        watcher.watch(folder, RecursiveMode::NonRecursive)?;
    }
    // Without branches as files, `HEAD` is all there is to see.
    let refs = places.common.join("refs");
    if refs.is_dir() { watcher.watch(&refs, RecursiveMode::Recursive) } else { Ok(()) }
}

/// Which changes matter.
#[derive(Debug, Clone)]
struct Minds {
    root: PathBuf,
    own: PathBuf,
    places: Option<Places>,
}

impl Minds {
    fn event(&self, event: &Event) -> bool {
        // Reading is no change, and we read everything ourselves.
        event.need_rescan()
            || (!matches!(event.kind, EventKind::Access(_)) && event.paths.iter().any(|path| self.path(path)))
    }

    fn path(&self, path: &Path) -> bool {
        if path.starts_with(&self.own) {
            return false;
        }
        let file = |name: &str| path.file_name().is_some_and(|file| file == name);
        if let Some(places) = &self.places {
            let direct = |folder: &Path| path.parent() == Some(folder);
            if path.starts_with(places.common.join("refs")) {
                return path.extension().is_none_or(|ending| ending != "lock");
            }
            if direct(&places.git) || direct(&places.common) {
                return GIT_FILES.iter().any(|name| file(name));
            }
            if direct(&places.top) && TOP_FILES.iter().any(|name| file(name)) {
                return true;
            }
        }
        let Ok(below) = path.strip_prefix(&self.root) else { return false };
        let mut parts = below.iter().map(|part| part.to_string_lossy());
        let hidden = below.iter().any(|part| part.to_string_lossy().starts_with('.'));
        match parts.next() {
            // The root itself: it came, went, or only has another date because of what happened below.
            None => !self.root.is_dir(),
            // The data becomes a repository.
            Some(first) if first == ".git" => parts.next().is_none() && self.places.is_none(),
            Some(first) => !hidden && !NO_DATA.contains(&&*first),
        }
    }
}

fn handler(minds: Minds, send: Sender<()>) -> impl FnMut(notify::Result<Event>) + Send + 'static {
    move |event| {
        // An error may hide a change.
        if event.is_err() || event.is_ok_and(|event| minds.event(&event)) {
            let _ = send.send(());
        }
    }
}

/// Waits for quiet after something has happened, and tells. Ends with the watcher, or when nobody listens.
fn gather(events: &Receiver<()>, changed: &dyn Fn() -> bool) {
    while events.recv().is_ok() {
        let longest = Deadline::after(LONGEST);
        while let Some(left) = longest.left() {
            match events.recv_timeout(QUIET.min(left)) {
                Ok(()) => {}
                Err(RecvTimeoutError::Timeout | RecvTimeoutError::Disconnected) => break,
            }
        }
        if !changed() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use notify::event::{AccessKind, AccessMode, CreateKind};

    use super::*;

    fn minds() -> Minds {
        let places = Places { top: "/r".into(), git: "/r/.git/worktrees/w".into(), common: "/r/.git".into() };
        Minds { root: "/r/data".into(), own: "/r/data/out".into(), places: Some(places) }
    }

    #[test]
    fn data_templates_and_commits_matter() {
        for path in [
            "/r/data/gendan.toml",
            "/r/data/orders/2026/GD26-0001/order.toml",
            "/r/data/orders/2026/GD26-0001/files/提单 b l.pdf",
            "/r/data/templates/index.html",
            "/r/data/orders/public/x.toml",
            "/r/.git/refs/heads/main",
            "/r/.git/refs/heads/lin/gd26-0117",
            "/r/.git/packed-refs",
            "/r/.git/worktrees/w/HEAD",
            "/r/.mailmap",
        ] {
            assert!(minds().path(Path::new(path)), "{path}");
        }
    }

    #[test]
    fn objects_locks_hidden_files_and_our_own_output_do_not() {
        for path in [
            "/r/.git/objects/ab/cdef",
            "/r/.git/index",
            "/r/.git/refs/heads/main.lock",
            "/r/.git/HEAD.lock",
            "/r/.git/gendan",
            "/r/.git/logs/HEAD",
            "/r/README.md",
            "/r/other/file.toml",
            "/r/data/.order.toml.swp",
            "/r/data/orders/.~lock",
            "/r/data/.gendan/schema/order.json",
            "/r/data/public/index.html",
            "/r/data/out/index.html",
            "/r/data/.out.gendan-staging/index.html",
            "/r/data/.git/objects/x",
            "/elsewhere",
        ] {
            assert!(!minds().path(Path::new(path)), "{path}");
        }
        let fresh = Minds { places: None, ..minds() };
        assert!(fresh.path(Path::new("/r/data/.git")), "git init");
    }

    #[test]
    fn reading_is_no_change_and_a_lost_event_is_one() {
        let at = |kind| Event::new(kind).add_path("/r/data/gendan.toml".into());
        assert!(minds().event(&at(EventKind::Create(CreateKind::File))));
        assert!(!minds().event(&at(EventKind::Access(AccessKind::Open(AccessMode::Read)))));
        let lost = Event::new(EventKind::Other).set_flag(notify::event::Flag::Rescan);
        assert!(minds().event(&lost));
    }
}
