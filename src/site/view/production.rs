//! Production and inspection of all open orders: who finishes when and is that in time, what is inspected next, what is
//! still to be put right.

use serde::Serialize;

use super::{Day, Figure, GroupLink, Inspection, Link, Mark, OrdersVariant, Remark, Section, View};

/// `production.html`, `production/by-factory.html`, `production/inspections.html` and their further pages.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ProductionPage {
    /// Path below the language's root.
    pub path: String,
    /// `生产与质检`.
    pub title: String,
    /// As-of date in full.
    pub as_of: Day,
    /// By urgency, by factory, inspections; the current one has `current`.
    pub variants: Vec<OrdersVariant>,
    /// How many are in production, too late, at risk; the next inspection; what is still to be put right.
    pub figures: Vec<Figure>,
    /// Every factory with the page it begins on, on the first page of several; empty elsewhere.
    pub index: Vec<GroupLink>,
    /// Orders in production, the worst first.
    pub groups: Vec<WorkGroup>,
    /// Nothing is in production: say so.
    pub idle: bool,
    /// Inspections to come.
    pub next: Vec<NextInspection>,
    /// `12 次，14 天内`.
    pub next_note: String,
    /// Corrective actions and problems that are open.
    pub actions: Vec<ActionRow>,
    /// `5 件，2 件过期`.
    pub actions_note: String,
    /// Inspections that were held.
    pub held: Vec<HeldRow>,
    /// `最近 20 次`.
    pub held_note: String,
    /// Where the rest of the inspections stands.
    pub more: Link,
    /// Other pages of a long list; empty = one page.
    pub pages: Vec<OrdersVariant>,
}

impl View for ProductionPage {
    const TEMPLATE: &'static str = "production.html";

    fn path(&self) -> String {
        self.path.clone()
    }

    fn data(&self) -> String {
        "production.json".to_owned()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        Section::Production
    }
}

/// Orders that stand alike, or that one factory makes.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WorkGroup {
    /// Id on the page: `late`, `g3`.
    pub anchor: String,
    /// `赶不上`, or the factory with its page.
    pub title: Link,
    /// `3 单 · 2 单赶不上`.
    pub note: String,
    /// How the group stands; `Todo` = says nothing.
    pub mark: Mark,
    /// The rows name their factories; the heading does where it is one.
    pub factories: bool,
    /// Rows, the worst first.
    pub rows: Vec<WorkRow>,
}

/// What one order, or one factory for an order, still has to finish.
#[derive(Debug, Clone, Default, Serialize)]
pub struct WorkRow {
    /// The order.
    pub order: Link,
    /// The customer's short name.
    pub customer: String,
    /// `LED灯泡 2 款`.
    pub goods: String,
    /// Who makes it.
    pub factories: Vec<Link>,
    /// `3,200`; empty before the first report.
    pub done: String,
    /// `8,000 PCS`; empty where it is not known.
    pub wanted: String,
    /// Done ÷ wanted, 0 to 100; draws the bar.
    pub percent: u8,
    /// Where an even pace would stand; draws the tick. None = no plan.
    pub expected: Option<u8>,
    /// How it stands: colours the bar and the slack.
    pub mark: Mark,
    /// The last day that is still in time.
    pub need: Option<Day>,
    /// That day rests on a derived plan.
    pub need_note: String,
    /// Finished, else forecast, else planned.
    pub finish: Option<Day>,
    /// What that day is: `已完工`, `预计`, `计划`.
    pub finish_note: String,
    /// It was derived from the latest shipment.
    pub derived: bool,
    /// `−4 天`; empty = cannot be told.
    pub slack: String,
    /// For sorting, days.
    pub slack_sort: String,
    /// Materials: there, or when.
    pub materials: Remark,
    /// Where it stands and what is in the way: `待终检`, `比计划少 20 个百分点`.
    pub said: Vec<Remark>,
}

/// An inspection that was agreed on, or that has to be.
#[derive(Debug, Clone, Default, Serialize)]
pub struct NextInspection {
    /// Agreed on, else the last safe day.
    pub day: Day,
    /// `约好`, `最晚`.
    pub kind: String,
    /// The order.
    pub order: Link,
    /// The customer's short name.
    pub customer: String,
    /// Who made the goods.
    pub factories: Vec<Link>,
    /// `终检`.
    pub stage: String,
    /// Who inspects.
    pub by: String,
    /// `6,000 / 6,000 PCS 已完工`.
    pub goods: String,
    /// `剩 2 天`.
    pub left: String,
    /// How it stands.
    pub mark: Mark,
}

/// A corrective action or a problem that is open.
#[derive(Debug, Clone, Default, Serialize)]
pub struct ActionRow {
    /// By when; none = no day was set.
    pub due: Option<Day>,
    /// `过了 3 天`, `没定期限`.
    pub left: String,
    /// How it stands.
    pub mark: Mark,
    /// The order.
    pub order: Link,
    /// The customer's short name.
    pub customer: String,
    /// Who made the goods.
    pub factories: Vec<Link>,
    /// `整改`, `异常：物料`.
    pub kind: String,
    /// What went wrong.
    pub what: String,
    /// What is done about it.
    pub action: String,
    /// Who.
    pub owner: String,
    /// Since when.
    pub opened: Option<Day>,
}

/// An inspection that was held.
#[derive(Debug, Clone, Default, Serialize)]
pub struct HeldRow {
    /// The order.
    pub order: Link,
    /// The customer's short name.
    pub customer: String,
    /// Who made the goods.
    pub factories: Vec<Link>,
    /// With its AQL arithmetic.
    pub inspection: Inspection,
    /// It failed and nothing passed since.
    pub open: bool,
}
