//! What every report is made from: the findings of a run, what could not be checked, and where files lie.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::bi;
use crate::book::Book;
use crate::check::finding::{Finding, Severity, Spot, Subject};
use crate::check::rule::{Group, Rule, Scope};
use crate::check::rules;
use crate::config::{Config, RuleState};
use crate::history::State;
use crate::report::{Counts, Langs, clean};
use crate::text::{Bi, Lang};

/// A run of `check`, ready to be written in any format.
pub struct Report<'a> {
    /// In order of file, place and rule.
    pub findings: &'a [Finding],
    /// Every order that was read and its customer's name, by ID.
    pub orders: BTreeMap<Arc<str>, String>,
    /// Rules that were wanted, whether or not they could run.
    pub rules: Vec<&'static Rule>,
    /// Rules that ran.
    pub ran: usize,
    /// The one "today".
    pub as_of: NaiveDate,
    /// From the top of the repository to the data root; see [`crate::report::prefix`].
    pub prefix: String,
    /// Rules that could not run.
    pub unchecked: Option<Unchecked>,
    /// Language of the texts.
    pub langs: Langs,
    /// From which level on findings fail the check.
    pub fail_on: Severity,
    /// Whether risks do.
    pub fail_on_risk: bool,
    /// `gendan.toml` has errors: the check says so and ends with 2.
    pub broken: bool,
}

/// Rules that could not run, because git cannot tell the history.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unchecked {
    /// By name.
    pub rules: Vec<&'static str>,
    /// Word for programs.
    pub code: &'static str,
    /// Why, with what to do about it.
    pub why: Bi,
    /// Something is wrong with the clone. Without it nobody is told in passing: a folder that is in no repository
    /// yet is no mistake.
    pub wrong: bool,
}

impl Unchecked {
    /// What to say about the rules that did not run; nothing when all did.
    #[must_use]
    pub fn of(rules: &[&'static Rule], state: &State) -> Option<Self> {
        let (code, why, wrong) = match state {
            State::Complete => return None,
            State::Shallow => (
                "shallow",
                bi!(
                    "这是浅克隆，历史不全：git fetch --unshallow（GitHub Actions 设 fetch-depth: 0，GitLab 设 GIT_DEPTH: 0）",
                    "this is a shallow clone without its history: git fetch --unshallow (set fetch-depth: 0 in GitHub Actions, GIT_DEPTH: 0 on GitLab)"
                ),
                true,
            ),
            State::NoRepository => (
                "no-repository",
                bi!("数据目录不在 git 仓库里", "the data root is in no git repository"),
                false,
            ),
            State::Unborn => ("unborn", bi!("仓库里还没有提交", "the repository has no commit yet"), false),
            State::OutsideData => {
                ("outside-data", bi!("数据目录还没有提交", "the data root is not committed yet"), false)
            }
            State::Unreadable(reason) => {
                let reason = clean(reason);
                ("unreadable", bi!("仓库读不了：{reason}", "the repository cannot be read: {reason}"), true)
            }
        };
        let mut rules: Vec<&'static str> = rules.iter().map(|rule| rule.name).collect();
        rules.sort_unstable();
        (!rules.is_empty()).then_some(Self { rules, code, why, wrong })
    }

    /// One sentence: what was not checked, and why.
    #[must_use]
    pub fn sentence(&self) -> Bi {
        let (count, names, why) = (self.rules.len(), self.rules.join(" "), &self.why);
        let zh = format!("{count} 条看历史的规则没有检查（{names}）：{}", why.zh);
        let plural =
            if count == 1 { "rule that needs the history was" } else { "rules that need the history were" };
        let en = format!("{count} {plural} not checked ({names}): {}", why.en);
        Bi { zh, en }
    }
}

/// The rules that are wanted by default or by configuration.
#[must_use]
pub fn wanted(config: &Config) -> Vec<&'static Rule> {
    let wanted = |rule: &&'static Rule| match config.rule(rule.name) {
        RuleState::Off => false,
        RuleState::Default => !rule.opt_in,
        RuleState::Set(_) => true,
    };
    rules::all().filter(wanted).collect()
}

/// Every order and its customer's name, for headings.
#[must_use]
pub fn orders(book: &Book, lang: Lang) -> BTreeMap<Arc<str>, String> {
    let name = |order| {
        let party = book.customer(order)?;
        Some(clean(party.short.as_deref().unwrap_or_else(|| party.label(lang))))
    };
    let named = |order| name(order).unwrap_or_default();
    book.orders.iter().map(|order| (Arc::clone(&order.id), named(order))).collect()
}

impl Report<'_> {
    /// Counts of what is not known from before.
    #[must_use]
    pub fn counts(&self) -> Counts {
        Counts::of(self.findings.iter().filter(|f| !f.known))
    }

    /// How many stood there before the change that is looked at.
    #[must_use]
    pub fn known(&self) -> usize {
        self.findings.iter().filter(|f| f.known).count()
    }

    /// Whether a finding fails this check.
    #[must_use]
    pub fn fails(&self, finding: &Finding) -> bool {
        finding.fails(self.fail_on, self.fail_on_risk)
    }

    /// Findings that matter most first; within a level in order of file, place and rule. What does not fail any
    /// more (known, waived, history) comes last.
    #[must_use]
    pub fn by_weight(&self) -> Vec<&Finding> {
        let mut sorted: Vec<&Finding> = self.findings.iter().collect();
        sorted.sort_by_key(|f| (is_settled(f), std::cmp::Reverse(f.severity)));
        sorted
    }

    /// The text in the languages of the report.
    #[must_use]
    pub fn text(&self, text: &Bi) -> String {
        match self.langs {
            Langs::One(lang) => clean(text.get(lang)),
            Langs::Both if text.zh == text.en => clean(&text.zh),
            Langs::Both => format!("{} · {}", clean(&text.zh), clean(&text.en)),
        }
    }

    /// One of two words, in the first language.
    #[must_use]
    pub fn word(&self, zh: &'static str, en: &'static str) -> &'static str {
        if self.langs.first() == Lang::Zh { zh } else { en }
    }

    /// What a finding says without its place: the subject's ID, the title, and whether it is settled.
    #[must_use]
    pub fn title(&self, finding: &Finding) -> String {
        let id = id(&finding.subject);
        let front = if id.is_empty() { String::new() } else { format!("{}: ", clean(id)) };
        format!("{front}{}{}", self.text(&finding.title), self.marks(finding))
    }

    /// Why a finding does not fail, when it does not: waived by whom and why, history, known from before.
    #[must_use]
    pub fn marks(&self, finding: &Finding) -> String {
        let mut marks = String::new();
        if let Some(waived) = &finding.waived {
            let (why, by) = (clean(&waived.why), clean(&waived.by));
            marks.push_str(&match self.langs.first() {
                Lang::Zh => format!("（已豁免：{why}，{by}）"),
                Lang::En => format!(" (waived: {why}, {by})"),
            });
        }
        if finding.past {
            marks.push_str(self.word("（历史）", " (history)"));
        }
        if finding.known {
            marks.push_str(self.word("（之前就有）", " (stood there before)"));
        }
        marks
    }

    /// A file as the repository names it.
    #[must_use]
    pub fn file(&self, file: &str) -> String {
        format!("{}{file}", self.prefix)
    }

    /// The file, line and column to point at. A finding about the data root as a whole points at its configuration.
    #[must_use]
    pub fn place(&self, finding: &Finding) -> (String, usize, usize) {
        finding.spots.first().map_or_else(
            || (self.file("gendan.toml"), 1, 1),
            |Spot { place, region, .. }| {
                let (line, column) = region.map_or((1, 1), |r| (r.line.max(1), r.column.max(1)));
                (self.file(&place.file), line, column)
            },
        )
    }

    /// The verdict and the counts, as the first line of a report. It never says that everything is right.
    #[must_use]
    pub fn verdict(&self) -> Bi {
        let failing = self.findings.iter().filter(|f| self.fails(f)).count();
        let summary = self.counts().summary(self.orders.len(), self.ran);
        let head = match failing {
            _ if self.broken => bi!("gendan.toml 有错误", "gendan.toml has errors"),
            0 => bi!("没有使检查失败的问题", "Nothing fails the check"),
            1 => bi!("检查不通过：1 个问题", "The check fails: 1 finding"),
            n => bi!("检查不通过：{n} 个问题", "The check fails: {n} findings"),
        };
        let more = match self.known() {
            0 => Bi::default(),
            n => bi!("；之前就有 {n}", "; {n} stood there before"),
        };
        bi!("{head}。{summary}{more}", "{head}. {summary}{more}"; head, summary, more)
    }

    /// Families of rules that look at orders (or at the data root), in the order of the catalogue.
    #[must_use]
    pub fn groups(&self, orders: bool) -> Vec<Group> {
        let looks = |rule: &&&'static Rule| match rule.scope {
            Scope::Load | Scope::Check => true,
            Scope::Order(_) | Scope::OrderHistory(_) => orders,
            Scope::Book(_) | Scope::BookHistory(_) => !orders,
        };
        let mut groups: Vec<Group> = self.rules.iter().filter(looks).map(|rule| rule.group).collect();
        groups.sort_unstable();
        groups.dedup();
        groups
    }
}

/// Nobody has to act: accepted, history, or there before.
#[must_use]
pub fn is_settled(finding: &Finding) -> bool {
    finding.waived.is_some() || finding.past || finding.known
}

/// The ID of what a finding is about; empty for the data root.
#[must_use]
pub fn id(subject: &Subject) -> &str {
    match subject {
        Subject::Root => "",
        Subject::Order(id) | Subject::Customer(id) | Subject::Supplier(id) | Subject::Forwarder(id) => id,
    }
}
