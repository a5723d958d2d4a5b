//! Data quality: can I believe the other pages.

use serde::Serialize;

use super::{Day, Figure, Finding, Link, Mark, Section, View};

/// `quality.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct QualityPage {
    /// `数据质量`.
    pub title: String,
    /// `2026-11-23 周一`.
    pub as_of: Day,
    /// The verdict: `读入 38/38 单，1 个错误`.
    pub verdict: String,
    /// Its state.
    pub verdict_mark: Mark,
    /// Reading, coverage, staleness, recording lag, history, calendars, files.
    pub groups: Vec<QualityGroup>,
    /// Broken orders, each leading to its red page.
    pub broken: Vec<Link>,
    /// Findings of class record and document, worst first.
    pub findings: Vec<Finding>,
    /// All waivers, soonest end first.
    pub waivers: Vec<WaiverRow>,
    /// Rules that were not run, with the reason: `git-*：浅克隆，没有检查`.
    pub not_checked: Vec<String>,
}

impl View for QualityPage {
    const TEMPLATE: &'static str = "quality.html";

    fn path(&self) -> String {
        Section::Quality.path().to_owned()
    }

    fn data(&self) -> String {
        super::beside(&self.path())
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Quality
    }
}

/// One line of figures.
#[derive(Debug, Clone, Default, Serialize)]
pub struct QualityGroup {
    /// `覆盖率`.
    pub name: String,
    /// `[36/38 有计划] [38/38 有负责人]`.
    pub figures: Vec<Figure>,
    /// A sentence below: `停滞：GD26-0090（lin.yan）18 天没动`; empty = none.
    pub note: String,
}

/// One waiver.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WaiverRow {
    /// Order.
    pub order: Link,
    /// Rule with its page.
    pub rule: Link,
    /// `bl.gross_kg`.
    pub at: String,
    /// Reason.
    pub why: String,
    /// Who.
    pub by: String,
    /// End: a day, or `归档为止`.
    pub until: Day,
    /// `Open` in force, `Late` expired or unused.
    pub mark: Mark,
    /// `30 天内到期`, `没用上`.
    pub note: String,
}
