//! The order page: how far, is it late, who says so, do the papers agree, is the money in.

use serde::Serialize;

use super::{
    Credit, Day, Document, Feedback, Field, Finding, Html, Inspection, Issue, Link, Mark, Matrix, Money,
    PapersGate, Production, Section, Shipment, View,
};

/// `o/<ID>.html`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct OrderPage {
    /// `GD26-0117`.
    pub id: String,
    /// `GD26-0117 Hanse Licht GmbH`, for `<title>`.
    pub title: String,
    /// Customer with its page.
    pub customer: Link,
    /// Customer's order number: `4500089231`.
    pub po: String,
    /// Contract value: `USD 44,040.00`.
    pub amount: String,
    /// Term and route, payment, latest shipment with its amendments, people: shown as a line of facts.
    /// `[贸易术语: FOB Ningbo → Hamburg] [付款: 30% 定金，70% 见提单副本] [最迟装运: 11-10（09-20 改单，原 11-05）]`.
    pub facts: Vec<Field>,
    /// The answer in five seconds, in plain words:
    /// `第 8 步收款。余款 USD 30,828.00 未到，比计划晚 3 天；单据 1 处不符（提单毛重）`.
    pub verdict: String,
    /// Colours the verdict: `Late`, `Open`, `Done`, or `Na` for a cancelled order.
    pub verdict_mark: Mark,
    /// Other forms of this page: `[封面] [PI] [CI] [PL] [JSON]`; empty when none were built.
    pub outputs: Vec<Link>,
    /// The ten stages, in order.
    pub stages: Vec<Stage>,
    /// Gates: open, blocked or passed.
    pub gates: Vec<Gate>,
    /// Papers that each step needs: before shipment, before presentation, for the archive.
    pub papers: Vec<PapersGate>,
    /// Terms that leave us without a hold on the goods: `信用证走空运：运单不是物权凭证，…`.
    pub papers_notes: Vec<String>,
    /// Field × document, one for each shipment; none until two papers can be compared.
    pub matrices: Vec<Matrix>,
    /// Goods.
    pub items: Items,
    /// Contract changes after signing: `09-20 交期 11-05 → 11-10（Hanse Licht, mail 09-20）`.
    pub amendments: Vec<Event>,
    /// Production; absent when nothing was reported or planned.
    pub production: Option<Production>,
    /// Issues, open ones first.
    pub issues: Vec<Issue>,
    /// Inspections, newest last.
    pub inspections: Vec<Inspection>,
    /// Shipments.
    pub shipments: Vec<Shipment>,
    /// Letters of credit (mostly none or one).
    pub credits: Vec<Credit>,
    /// Documents as printed, in the order of the trade; replaced ones last.
    pub documents: Vec<Document>,
    /// Instalments, receipts, reminders.
    pub money: Money,
    /// Feedback and complaints; absent before there are any.
    pub feedback: Option<Feedback>,
    /// `notes.md`, rendered; empty when there is none.
    pub notes_html: Html,
    /// Where the notes stand, for an edit link; empty = none.
    pub notes_href: String,
    /// Open findings, worst first; waived ones last.
    pub findings: Vec<Finding>,
    /// `错误 1，警告 0，提示 2，风险 1，已豁免 0`.
    pub findings_summary: String,
    /// Open notes among them, when there are so many that they hide the rest; they are folded. Else 0.
    pub findings_notes: usize,
    /// Who recorded it.
    pub history: History,
}

impl View for OrderPage {
    const TEMPLATE: &'static str = "order.html";

    fn path(&self) -> String {
        format!("o/{}.html", self.id)
    }

    fn data(&self) -> String {
        super::beside(&self.path())
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Orders
    }
}

/// One of the ten stages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Stage {
    /// 1 to 10.
    pub number: u8,
    /// `收款`.
    pub name: String,
    /// State.
    pub mark: Mark,
    /// The stage the order stands at (the earliest one that is not done).
    pub current: bool,
    /// Under the symbol in the strip: the actual day, else the forecast, else the plan: `11-07`, `预计 11-27`.
    pub date: String,
    /// Slack to the next hard limit: `余 2 天`, `晚 3 天`; empty when there is none to tell.
    pub slack: String,
    /// Why the stage is skipped, or what is missing: `缺 4 件`.
    pub note: String,
    /// Milestones, in order; may be empty.
    pub milestones: Vec<Milestone>,
}

/// One milestone: one row of the table of stages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Milestone {
    /// The key people type: `declared`.
    pub key: String,
    /// `申报`.
    pub name: String,
    /// First committed plan; where none was committed, the plan as it stands.
    pub plan: Option<Day>,
    /// What became of that plan: `改为 12-02`; empty = it stands.
    pub replanned: String,
    /// The plan was derived from `ship_by`: shown with `~`.
    pub plan_derived: bool,
    /// Forecast, while there is no actual.
    pub forecast: Option<Day>,
    /// Actual.
    pub actual: Option<Day>,
    /// Actual (else forecast) minus plan, in days, with sign: `+1`, `-1`, `0`; empty when not both known.
    pub difference: String,
    /// The difference is a delay.
    pub late: bool,
    /// Done, hollow, open …
    pub mark: Mark,
    /// What proves it: `报关单 3104…7713`; a hollow one says `手填，无凭证`.
    pub proof: Link,
    /// Slack at this milestone: `余 2 天`.
    pub slack: String,
    /// Who recorded it, when, in which change.
    pub recorded: Recorded,
}

/// Who recorded a fact, when, in which change: `zhou.min 11-09 #291 补录 2 天`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Recorded {
    /// Name; empty where git cannot tell.
    pub who: String,
    /// Day on which it was recorded.
    pub day: Option<Day>,
    /// Merge or pull request, else commit: text `#291`.
    pub change: Link,
    /// The line that says so: text `docs.toml:36`; the file alone where git cannot tell.
    pub line: Link,
    /// How long after the event: `补录 2 天`; empty = at once.
    pub late: String,
    /// `还没提交`; empty = committed.
    pub note: String,
}

/// A gate between stages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Gate {
    /// `放单前`.
    pub name: String,
    /// `Done` = passed, `Late` = blocked, `Open` = open, `Na` = does not apply.
    pub mark: Mark,
    /// `余款未到，正本不放`.
    pub text: String,
    /// Rule behind it: text `gate-document-control`.
    pub rule: Link,
}

/// Goods of the order.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Items {
    /// One row per item.
    pub rows: Vec<Item>,
    /// Totals: `[数量: 20,000 PCS] [件数: 300 CTNS] [毛重: 2,470 KG] [净重: 2,120 KG] [体积: 15.0 CBM]`.
    pub totals: Vec<Field>,
    /// Sum of the amounts: `USD 44,040.00`.
    pub amount: String,
    /// Marks, line by line.
    pub marks: Vec<String>,
    /// Where to edit; empty = no link.
    pub href: String,
}

/// One item.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Item {
    /// `LED-12W-E27-30`.
    pub sku: String,
    /// Wording on the documents.
    pub name: String,
    /// Chinese name.
    pub name_zh: String,
    /// `8539520000`.
    pub hs: String,
    /// With unit: `12,000 PCS`.
    pub quantity: String,
    /// With up to six decimals: `2.35`.
    pub price: String,
    /// What it is bought for, for readers who may see it: `采购 CNY 12.10`; else empty.
    pub buy: String,
    /// `28,200.00`.
    pub amount: String,
    /// `60/箱 · 200 箱 · 8.4/7.2 KG · 0.052 CBM`; empty when not known.
    pub packing: String,
}

/// An event with its author: a contract change, a commit.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Event {
    /// When.
    pub day: Day,
    /// `zhou.min`; or who agreed.
    pub who: String,
    /// Business sentence: `登记提单 EGLV143600117421`.
    pub what: String,
    /// Change request or commit: text `#291`.
    pub change: Link,
}

/// One change of an order: `11-09 zhou.min #291 登记提单 EGLV143600117421`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct HistoryStep {
    /// When; none while it is not committed.
    pub day: Option<Day>,
    /// Who; `还没提交` while it is not committed.
    pub who: String,
    /// Change request or commit: text `#291`.
    pub change: Link,
    /// What changed for the business, a few sentences.
    pub what: Vec<String>,
    /// `另 4 处`; or that only the way of writing changed.
    pub more: String,
}

/// Who recorded the order.
#[derive(Debug, Clone, Default, Serialize)]
pub struct History {
    /// First recorded.
    pub first: Option<Event>,
    /// Last change.
    pub last: Option<Event>,
    /// `共 16 次，4 人`.
    pub summary: String,
    /// Everyone who changed it, most changes first.
    pub people: Vec<String>,
    /// Newest first.
    pub steps: Vec<HistoryStep>,
    /// `更早的 12 次`; empty = all are shown.
    pub older: String,
    /// Why nothing can be said, instead of the above: `历史不完整：浅克隆`; empty = known.
    pub unknown: String,
    /// Full history on the forge.
    pub href: String,
}
