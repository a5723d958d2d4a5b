//! How the preview stands: where the site lies, which build it is, and what is wrong. The builder writes it, the
//! connections read it and wait for it to change.

use std::path::{Path, PathBuf};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use super::deadline::Deadline;
use crate::text::Bi;

/// So many pages may wait at once. A browser opens at most six connections to one address; pages that wait must
/// leave some of them to pages that are asked for.
const WAITING: usize = 4;

/// Why the data as it is now is not what the pages show.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// In one sentence.
    pub title: Bi,
    /// The findings with their lines, as `gendan check` prints them; may be empty.
    pub report: String,
}

/// What a page is sent with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Now {
    /// Names this state; another state has another name, also after the preview was started again.
    pub name: String,
    /// A site has been built.
    pub built: bool,
    /// Why the last build failed, if it did.
    pub trouble: Option<Trouble>,
}

#[derive(Debug)]
struct Inner {
    number: u64,
    built: bool,
    trouble: Option<Trouble>,
    waiting: usize,
    closing: bool,
}

/// See the module.
#[derive(Debug)]
pub struct Stand {
    site: PathBuf,
    start: String,
    inner: Mutex<Inner>,
    changed: Condvar,
}

impl Stand {
    /// Nothing is built yet. `site` is the folder builds go to, `start` tells this run from other ones.
    #[must_use]
    pub fn new(site: PathBuf, start: &str) -> Self {
        let start = start.chars().filter(char::is_ascii_alphanumeric).collect();
        let inner = Inner { number: 0, built: false, trouble: None, waiting: 0, closing: false };
        Self { site, start, inner: Mutex::new(inner), changed: Condvar::new() }
    }

    /// The folder of the site.
    #[must_use]
    pub fn site(&self) -> &Path {
        &self.site
    }

    /// A new site is in place.
    pub fn built(&self) {
        let mut inner = self.lock();
        inner.built = true;
        inner.trouble = None;
        self.next(&mut inner);
    }

    /// The site stays as it was. Pages that already say so are left alone.
    pub fn failed(&self, trouble: Trouble) {
        let mut inner = self.lock();
        let trouble = Some(trouble);
        if inner.trouble != trouble {
            inner.trouble = trouble;
            self.next(&mut inner);
        }
    }

    /// Sends everybody home who waits.
    pub fn close(&self) {
        self.lock().closing = true;
        self.changed.notify_all();
    }

    /// How it stands.
    #[must_use]
    pub fn now(&self) -> Now {
        self.say(&self.lock())
    }

    /// Waits until the state is no longer the named one, or for so long, or not at all when too many wait. Returns the
    /// name of the state then.
    #[must_use]
    pub fn wait(&self, known: &str, longest: Duration) -> String {
        let deadline = Deadline::after(longest);
        let mut inner = self.lock();
        if inner.waiting >= WAITING {
            return self.name(&inner);
        }
        inner.waiting += 1;
        while self.name(&inner) == known && !inner.closing {
            let Some(left) = deadline.left() else { break };
            let woken = self.changed.wait_timeout(inner, left);
            inner = woken.unwrap_or_else(PoisonError::into_inner).0;
        }
        inner.waiting -= 1;
        self.name(&inner)
    }

    fn next(&self, inner: &mut Inner) {
        inner.number += 1;
        self.changed.notify_all();
    }

    fn say(&self, inner: &Inner) -> Now {
        Now { name: self.name(inner), built: inner.built, trouble: inner.trouble.clone() }
    }

    fn name(&self, inner: &Inner) -> String {
        format!("{}-{}", self.start, inner.number)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn trouble(text: &str) -> Trouble {
        Trouble { title: Bi::same(text), report: String::new() }
    }

    #[test]
    fn every_build_has_a_name_and_the_same_trouble_is_told_once() {
        let stand = Stand::new(PathBuf::new(), "12:3\"<");
        let first = stand.now();
        assert_eq!((first.name.as_str(), first.built), ("123-0", false));
        stand.built();
        let second = stand.now();
        assert!(second.built && second.name != first.name);
        stand.failed(trouble("a"));
        let third = stand.now();
        assert!(third.built && third.trouble.is_some() && third.name != second.name);
        stand.failed(trouble("a"));
        assert_eq!(stand.now(), third);
        stand.failed(trouble("b"));
        assert_ne!(stand.now().name, third.name);
        stand.built();
        assert_eq!(stand.now().trouble, None);
    }

    #[test]
    fn who_waits_hears_of_the_change_and_a_stranger_at_once() {
        let stand = Arc::new(Stand::new(PathBuf::new(), "1"));
        let long = Duration::from_secs(600);
        assert_eq!(stand.wait("other", long), "1-0");
        assert_eq!(stand.wait("1-0", Duration::from_millis(1)), "1-0", "patience ends");
        let waiting: Vec<_> = (0..WAITING)
            .map(|_| {
                let stand = Arc::clone(&stand);
                std::thread::spawn(move || stand.wait("1-0", long))
            })
            .collect();
        while stand.lock().waiting < WAITING {
            std::thread::yield_now();
        }
        assert_eq!(stand.wait("1-0", long), "1-0", "one too many is not held");
        stand.built();
        for one in waiting {
            assert_eq!(one.join().unwrap(), "1-1");
        }
        stand.close();
        assert_eq!(stand.wait("1-1", long), "1-1", "nobody waits for what does not come");
    }
}
