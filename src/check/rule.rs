//! What a rule is: data about itself, and the function that looks for it.

use std::cell::OnceCell;

use crate::bi;
use crate::book::Book;
use crate::check::finding::{Class, Finding, Severity, Subject};
use crate::check::shared::trail::{self, Element, Past};
use crate::config::Config;
use crate::derive::exam::Exams;
use crate::derive::papers::{self, Set};
use crate::derive::{Facts, OrderFacts};
use crate::history::Trail;
use crate::model::Order;
use crate::text::{Bi, StaticBi};

/// One rule. Its file declares one of these as `RULE`; the list in [`crate::check::rules`] names the file.
pub struct Rule {
    /// Kebab-case, says the defect. Never reused.
    pub name: &'static str,
    /// Group letter of the catalogue, for lists: `toml`, `record`, `term`, `gate`, `deadline` ….
    pub group: Group,
    /// What kind of thing is wrong.
    pub class: Class,
    /// Default severity; configuration may change it.
    pub severity: Severity,
    /// Runs only where `gendan.toml` gives it a level (compliance screening).
    pub opt_in: bool,
    /// First version that had the rule.
    pub since: &'static str,
    /// The article, standard or house rule it rests on.
    pub source: StaticBi,
    /// A short name for lists.
    pub title: StaticBi,
    /// Fixed sections of documentation.
    pub docs: Docs,
    /// The tool's own output on the rule's bad fixture, shown on its page.
    pub example: &'static str,
    /// What it looks at, and the function.
    pub scope: Scope,
}

impl std::fmt::Debug for Rule {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name)
    }
}

/// The sections every rule documents.
pub struct Docs {
    /// What it checks, exactly.
    pub checks: StaticBi,
    /// Why it matters.
    pub why: StaticBi,
    /// How to fix it, and known innocent explanations.
    pub fix: StaticBi,
}

/// Families of rules, in the order in which they are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Group {
    /// Files, TOML, references, waivers: the writing.
    Writing,
    /// 2a: order data validity.
    Validity,
    /// 2b: arithmetic inside a record.
    Arithmetic,
    /// 2c: Incoterms 2020.
    Term,
    /// 2d: document against document.
    Documents,
    /// 2e1: the letter of credit on the day it arrives.
    Intake,
    /// 2e2: documents against the letter of credit.
    Credit,
    /// 2f: documents against goods and customs.
    Goods,
    /// 2g: workflow gates.
    Gate,
    /// 2h: money.
    Money,
    /// 2i: deadlines and risk.
    Deadline,
    /// What only history can check.
    History,
}

impl Group {
    /// Its name in both languages.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Writing => ("写法", "Writing"),
            Self::Validity => ("订单资料", "Order data"),
            Self::Arithmetic => ("算术", "Arithmetic"),
            Self::Term => ("贸易术语", "Incoterms"),
            Self::Documents => ("单单一致", "Document against document"),
            Self::Intake => ("信用证审证", "Credit on arrival"),
            Self::Credit => ("单证一致", "Documents against the credit"),
            Self::Goods => ("单货一致", "Goods and customs"),
            Self::Gate => ("流程关卡", "Workflow gates"),
            Self::Money => ("收付款", "Money"),
            Self::Deadline => ("期限与风险", "Deadlines and risk"),
            Self::History => ("历史", "History"),
        }
    }

    /// Stable identifier for anchors and machine formats.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Writing => "writing",
            Self::Validity => "validity",
            Self::Arithmetic => "arithmetic",
            Self::Term => "term",
            Self::Documents => "documents",
            Self::Intake => "intake",
            Self::Credit => "credit",
            Self::Goods => "goods",
            Self::Gate => "gate",
            Self::Money => "money",
            Self::Deadline => "deadline",
            Self::History => "history",
        }
    }
}

/// What a rule looks at.
pub enum Scope {
    /// The loader speaks while reading; there is no function to call afterwards.
    Load,
    /// One order at a time, in parallel.
    Order(fn(&Case<'_>, &mut Sink<'_>)),
    /// The whole book: parties, configuration, what spans orders.
    Book(fn(&Facts<'_>, &mut Sink<'_>)),
    /// One order at a time, from its history. Not called, and told as "not checked", where git cannot tell it.
    OrderHistory(fn(&Case<'_>, &mut Sink<'_>)),
    /// The history of the whole book; not called where git cannot tell it.
    BookHistory(fn(&Facts<'_>, &mut Sink<'_>)),
    /// The check itself speaks (waivers), after all other rules.
    Check,
}

impl Scope {
    /// Whether it needs what only a complete history can tell.
    #[must_use]
    pub fn needs_history(&self) -> bool {
        matches!(self, Self::OrderHistory(_) | Self::BookHistory(_))
    }
}

/// What an order rule gets to see.
pub struct Case<'a> {
    /// The order.
    pub order: &'a Order,
    /// What was derived from it.
    pub facts: &'a OrderFacts,
    /// Everything else.
    pub all: &'a Facts<'a>,
    exams: OnceCell<Exams<'a>>,
    sets: OnceCell<Vec<Set<'a>>>,
    trail: OnceCell<Trail>,
    elements: OnceCell<Vec<Element>>,
}

impl<'a> Case<'a> {
    /// What the rules look at.
    #[must_use]
    pub fn new(order: &'a Order, facts: &'a OrderFacts, all: &'a Facts<'a>) -> Self {
        Self {
            order,
            facts,
            all,
            exams: OnceCell::new(),
            sets: OnceCell::new(),
            trail: OnceCell::new(),
            elements: OnceCell::new(),
        }
    }

    /// The order's credits and what is presented under them; worked out once for all rules.
    #[must_use]
    pub fn exams(&self) -> &Exams<'a> {
        self.exams.get_or_init(|| Exams::of(self.book(), self.order, self.as_of()))
    }

    /// The papers that belong together, by shipment; worked out once for all rules.
    #[must_use]
    pub fn sets(&self) -> &[Set<'a>] {
        self.sets.get_or_init(|| papers::sets(self.order, self.as_of()))
    }

    /// The order's changes that had been recorded by the day of the check; unpacked once for all rules, and dropped
    /// with the order.
    pub(crate) fn past(&self) -> Past<'_> {
        let trail = self.trail.get_or_init(|| self.all.history.trail(&self.order.id).unwrap_or_default());
        Past::of(self.all, trail)
    }

    /// The elements of the order's lists as changes call them; worked out once for all rules.
    pub(crate) fn elements(&self) -> &[Element] {
        self.elements.get_or_init(|| trail::elements(self.order))
    }

    /// Entered after the fact from a register; see [`OrderFacts::is_register_entry`].
    #[must_use]
    pub fn is_register_entry(&self) -> bool {
        self.facts.is_register_entry(self.order, self.all.as_of)
    }

    /// Parties, calendars, other orders.
    #[must_use]
    pub fn book(&self) -> &'a Book {
        self.all.book
    }

    /// `gendan.toml`.
    #[must_use]
    pub fn config(&self) -> &'a Config {
        &self.all.book.config
    }

    /// The one "today".
    #[must_use]
    pub fn as_of(&self) -> chrono::NaiveDate {
        self.all.as_of
    }
}

/// Where a rule puts what it finds. Knows the rule, its effective severity, and what is being looked at.
pub struct Sink<'a> {
    pub(super) rule: &'static Rule,
    pub(super) level: Option<Severity>,
    pub(super) subject: Subject,
    pub(super) out: &'a mut Vec<Finding>,
    /// How many findings of this rule are kept here, and how many were made so far.
    pub(super) limit: usize,
    pub(super) made: usize,
    /// What was said beyond the limit: built by the rule like any other, then dropped.
    pub(super) beyond: Option<Finding>,
}

impl<'a> Sink<'a> {
    pub(super) fn new(
        rule: &'static Rule,
        level: Option<Severity>,
        subject: Subject,
        out: &'a mut Vec<Finding>,
        limit: usize,
    ) -> Self {
        Self { rule, level, subject, out, limit, made: 0, beyond: None }
    }

    /// Reports a finding about the current subject; returns it for the builder methods.
    pub fn report(&mut self, title: Bi) -> &mut Finding {
        self.report_on(self.subject.clone(), title)
    }

    /// Reports a finding about another subject (book rules name the order or party they mean).
    pub fn report_on(&mut self, subject: Subject, title: Bi) -> &mut Finding {
        let mut finding = Finding::new(self.rule, subject, tidy(title));
        if let Some(level) = self.level {
            finding.severity = level;
        }
        self.made += 1;
        if self.made > self.limit {
            return self.beyond.insert(finding);
        }
        self.out.push(finding);
        let last = self.out.len() - 1;
        &mut self.out[last]
    }

    /// Says on the last finding that was kept how many more there are.
    pub(super) fn finish(self) {
        let more = self.made.saturating_sub(self.limit);
        if let Some(last) = self.out.last_mut().filter(|_| more > 0) {
            let title = std::mem::take(&mut last.title);
            last.title = bi!("{title}（同样的还有 {more} 处）", "{title} ({more} more like this)"; title);
        }
    }
}

/// So many characters of a title are read; what a key holds beyond that is seen at its place.
const TITLE: usize = 600;

/// A paper without a number leaves a gap in a sentence; it is closed. A key that holds a book does not become a title.
fn tidy(mut title: Bi) -> Bi {
    for text in [&mut title.zh, &mut title.en] {
        if let Some((at, _)) = text.char_indices().nth(TITLE) {
            text.truncate(at);
            text.push('…');
        }
        while text.contains("  ") {
            *text = text.replace("  ", " ");
        }
        for (gap, closed) in [(" ,", ","), (" ;", ";"), (" ，", "，"), (" ；", "；")] {
            *text = text.replace(gap, closed);
        }
    }
    title
}
