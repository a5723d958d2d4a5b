//! What a finding is: a message for people with places in files, independent of how it is printed.
//!
//! Rules name places symbolically (file and key path); [`crate::check::locate`] turns them into lines and
//! columns once, when a finding exists. A run without findings never looks at a span.

use std::ops::Range;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::check::rule::Rule;
use crate::text::Bi;

/// How much a finding matters. Ordered: information, warning, error.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Worth knowing; nothing to do.
    Info,
    /// Somebody should look.
    Warning,
    /// Wrong, or too late.
    Error,
}

impl Severity {
    /// The word used in configuration and machine formats.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }

    /// The word people read: 错误, 警告, 提示.
    #[must_use]
    pub fn word(self) -> (&'static str, &'static str) {
        match self {
            Self::Info => ("提示", "info"),
            Self::Warning => ("警告", "warning"),
            Self::Error => ("错误", "error"),
        }
    }
}

/// What kind of thing is wrong; decides whether a build may fail on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// The files contradict themselves or cannot be read.
    Record,
    /// A paper contradicts another paper, the credit, the goods or the term.
    Document,
    /// The world is late or exposed; the record is right. Never fails a check by itself.
    Risk,
}

impl Class {
    /// The word used in configuration and machine formats.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Record => "record",
            Self::Document => "document",
            Self::Risk => "risk",
        }
    }
}

/// Whether the tool is sure, or a person must look at both texts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Verdict {
    /// The values contradict each other.
    Conflict,
    /// Trade practice needs judgement; both values are shown.
    Judgement,
}

impl Verdict {
    /// The word used in machine formats.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Conflict => "conflict",
            Self::Judgement => "judgement",
        }
    }
}

/// What a finding is about.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Subject {
    /// An order, by its ID.
    Order(Arc<str>),
    /// A customer, by id.
    Customer(Arc<str>),
    /// A supplier, by id.
    Supplier(Arc<str>),
    /// A forwarder, by id.
    Forwarder(Arc<str>),
    /// The data root itself: configuration, people, calendars, rates.
    Root,
}

impl Subject {
    /// The order's ID when the finding is about an order.
    #[must_use]
    pub fn order(&self) -> Option<&Arc<str>> {
        match self {
            Self::Order(id) => Some(id),
            _ => None,
        }
    }
}

/// A place in a data file, before it is known where that is.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Path relative to the data root, with `/`.
    pub file: Arc<str>,
    /// Where in the file.
    pub at: At,
}

/// Where in a file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum At {
    /// The file as a whole.
    File,
    /// The value under a key path (`items[0].price`), or its nearest parent that exists.
    Value(String),
    /// The key itself.
    Key(String),
    /// A byte range, known to the loader.
    Bytes(usize, usize),
}

impl Place {
    /// The file as a whole.
    #[must_use]
    pub fn file(file: &Arc<str>) -> Self {
        Self { file: Arc::clone(file), at: At::File }
    }

    /// A byte range of a file.
    #[must_use]
    pub fn bytes(file: &Arc<str>, range: Range<usize>) -> Self {
        Self { file: Arc::clone(file), at: At::Bytes(range.start, range.end) }
    }

    /// The same place, meaning the key instead of its value.
    #[must_use]
    pub fn key(mut self) -> Self {
        if let At::Value(path) = self.at {
            self.at = At::Key(path);
        }
        self
    }
}

/// A concrete place: bytes, and 1-based line and column (columns count characters, not bytes or cells).
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region {
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// Line of the first byte, from 1.
    pub line: usize,
    /// Column of the first character, from 1.
    pub column: usize,
    /// Line of the end.
    pub end_line: usize,
    /// Column one past the last character.
    pub end_column: usize,
}

/// A place with what is to be said about it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spot {
    /// Where.
    pub place: Place,
    /// What stands there, in the trade's words.
    pub label: Bi,
    /// Filled by [`crate::check::locate`].
    pub region: Option<Region>,
}

/// A replacement of text that would cure the finding, shown as a diff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What is replaced. An empty range inserts.
    pub place: Place,
    /// The text to put there.
    pub text: String,
    /// Filled by [`crate::check::locate`].
    pub region: Option<Region>,
}

/// An accepted finding: who accepted it and why.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaivedBy {
    /// The reason as written.
    pub why: String,
    /// The person's id.
    pub by: String,
    /// Last day, or `None` for "until archived".
    pub until: Option<NaiveDate>,
}

/// One thing that is wrong, or that a person should look at.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that speaks.
    pub rule: &'static Rule,
    /// After configuration.
    pub severity: Severity,
    /// Usually the rule's; a draft document lowers it to risk.
    pub class: Class,
    /// Conflict, or a matter for judgement.
    pub verdict: Verdict,
    /// What it is about.
    pub subject: Subject,
    /// Stands alone: names both values and the difference.
    pub title: Bi,
    /// First the place to look at, then those it disagrees with.
    pub spots: Vec<Spot>,
    /// What to do, as an instruction a person can follow.
    pub help: Bi,
    /// Replacements that carry the instruction out.
    pub edits: Vec<Edit>,
    /// The article or house rule; the rule's own unless a finding names a narrower one.
    pub source: Bi,
    /// The values compared, as written, first the one at fault.
    pub values: Vec<String>,
    /// Last date on which the cure still works.
    pub until: Option<NaiveDate>,
    /// Stable name of the place: elements by id, number, sku, ref; no line numbers.
    pub identity: String,
    /// 32 hex digits over rule, subject and identity: the same finding in the next run.
    pub fingerprint: String,
    /// Present when a waiver accepts it: shown, not failing.
    pub waived: Option<WaivedBy>,
    /// It stood there already before the change that is looked at (`--since`): counted, not failing.
    pub known: bool,
    /// History: about an archived order or a presentation that was cured. Shown, not failing.
    pub past: bool,
}

impl Finding {
    /// A bare finding of a rule; the builder methods add the rest.
    #[must_use]
    pub fn new(rule: &'static Rule, subject: Subject, title: Bi) -> Self {
        Self {
            rule,
            severity: rule.severity,
            class: rule.class,
            verdict: Verdict::Conflict,
            subject,
            title,
            spots: Vec::new(),
            help: Bi::default(),
            edits: Vec::new(),
            source: rule.source.into(),
            values: Vec::new(),
            until: None,
            identity: String::new(),
            fingerprint: String::new(),
            waived: None,
            known: false,
            past: false,
        }
    }

    /// Adds a place; the first one added is where to look first.
    pub fn at(&mut self, place: Place, label: Bi) -> &mut Self {
        self.spots.push(Spot { place, label, region: None });
        self
    }

    /// Says what to do.
    pub fn help(&mut self, help: Bi) -> &mut Self {
        self.help = help;
        self
    }

    /// Offers a replacement.
    pub fn edit(&mut self, place: Place, text: impl Into<String>) -> &mut Self {
        self.edits.push(Edit { place, text: text.into(), region: None });
        self
    }

    /// Records the compared values as written.
    pub fn values<T: ToString>(&mut self, values: impl IntoIterator<Item = T>) -> &mut Self {
        self.values = values.into_iter().map(|v| v.to_string()).collect();
        self
    }

    /// Names a source narrower than the rule's.
    pub fn source(&mut self, source: Bi) -> &mut Self {
        self.source = source;
        self
    }

    /// Lowers the severity (a rounding on a paper, a case that only deserves a look).
    pub fn severity(&mut self, severity: Severity) -> &mut Self {
        self.severity = severity;
        self
    }

    /// Marks it as a matter for a person's judgement.
    pub fn judgement(&mut self) -> &mut Self {
        self.verdict = Verdict::Judgement;
        self
    }

    /// Moves it to another class (a draft's conflict is a risk, not a document error).
    pub fn class(&mut self, class: Class) -> &mut Self {
        self.class = class;
        self
    }

    /// The last date on which the cure still works.
    pub fn until(&mut self, date: Option<NaiveDate>) -> &mut Self {
        self.until = date;
        self
    }

    /// Whether this finding, as it stands, makes `check` fail at `threshold`.
    #[must_use]
    pub fn fails(&self, threshold: Severity, fail_on_risk: bool) -> bool {
        self.waived.is_none()
            && !self.past
            && !self.known
            && self.severity >= threshold
            && (self.class != Class::Risk || fail_on_risk)
    }
}
