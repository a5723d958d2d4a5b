//! What templates see: one small struct per page kind, holding finished text in one language.
//!
//! A view never holds a model type, a number to be formatted or a date to be computed with. Whoever fills it
//! formats (amounts `USD 44,040.00`, days `11-07 周六` / `Sat 7 Nov`, counts with thousands separators); the
//! template only places. An empty string or an empty list means "nothing to show": the template leaves the
//! line out. The views of an output tree are an allow-list: what is not in the struct cannot reach a page.
//!
//! Every `href` is relative to the page's own language root (`o/GD26-0117.html`, never `../o/…`) or absolute
//! (`https://…` to the forge); templates add the prefix for the depth of the page.

mod about;
mod aftersales;
mod archive;
mod board;
mod broken;
mod calendar;
mod changes;
mod check;
mod common;
mod credit;
mod credits;
mod customer;
mod customs;
mod dashboard;
mod document;
mod exposure;
mod filed;
mod finding;
mod frame;
mod handover;
pub mod making;
mod money;
mod order;
mod orders;
mod papers;
mod party;
mod payables;
mod production;
mod quality;
mod receivables;
mod rule;
mod shipments;
mod style;
mod today;
mod work;

pub use about::{AboutPage, GlossaryPage, Term, TermGroup};
pub use aftersales::{AfterSalesPage, CauseRow, ClaimRow, DisputedRow, FeedbackRow};
pub use archive::{ArchiveEntry, ArchiveIndexPage, ArchiveItem, ArchiveMonth, ArchiveMonthPage, ArchiveYear};
pub use board::{BoardCard, BoardColumn, BoardPage};
pub use broken::{BrokenFile, BrokenOrderPage};
pub use calendar::{
    CalendarDay, CalendarPage, CalendarWeek, Chip, DateEntry, GridDay, GridItem, GridMonth, GridWeek,
};
pub use changes::{ChangeDay, ChangeEntry, ChangeSaid, ChangesPage};
pub use check::{CheckAlike, CheckGroup, CheckPage, CheckPaper, CheckRow, CheckText, CheckValue};
pub use common::{Day, Field, Figure, Html, Link, Mark, Table, TableColumn, anchor};
pub use credit::{
    Amendment, Credit, CreditCheck, CreditClock, CreditCondition, CreditFinding, CreditPresentation,
    Discrepancy, Requirement,
};
pub use credits::{CreditDay, CreditRow, CreditState, CreditsPage};
pub use customer::{
    CustomerClaim, CustomerFile, CustomerFinished, CustomerGoods, CustomerInstalment, CustomerNeed,
    CustomerOrder, CustomerPage, CustomerPaper, CustomerPart, CustomerWords,
};
pub use customs::{CustomsPage, ExportGroup, ExportRow};
pub use dashboard::{CashAmount, CashPeriod, DashboardPage, StageCount, Todo};
pub use document::{Document, Matrix, MatrixCell, MatrixColumn, MatrixKind, MatrixRow};
pub use exposure::{
    ExposureCustomer, ExposureLimit, ExposureOwed, ExposurePage, ExposurePart, ExposureSum, IndicatorCase,
    IndicatorRow, PayHabit, RefusalRow,
};
pub use filed::{FiledFile, FiledFinding, FiledGroup, FiledMonthPage, FiledOrderPage, FiledRow, FiledStep};
pub use finding::{Class, Excerpt, Finding, FixLine, Level, Place};
pub use frame::{BuildFacts, Frame, LangSwitch, NavColumn, NavEntry, PageFacts, Rank, Section, Shell};
pub use handover::{HandoverPage, HandoverRow};
pub use money::{
    Chase, ChaseStep, ChaseText, LooseMoney, Money, MoneyCredit, PaidBy, PayCollection, PayDue, PayLine,
    PayNote, PaySum, Receipt, Reminder, Said,
};
pub use order::{Event, Gate, History, HistoryStep, Item, Items, Milestone, OrderPage, Recorded, Stage};
pub use orders::{GroupLink, OrderGroup, OrderRow, OrdersPage, OrdersVariant};
pub use papers::{PaperNeed, PapersGate};
pub use party::{PartyKind, PartyMoney, PartyPage};
pub use payables::{PayableAhead, PayableBill, PayableOrdered, PayableParty, PayablesPage};
pub use production::{ActionRow, HeldRow, NextInspection, ProductionPage, WorkGroup, WorkRow};
pub use quality::{QualityGroup, QualityPage, WaiverRow};
pub use receivables::{
    CashBar, CashChart, CashOrder, CashRow, LooseRow, OwedCells, OwedCounts, OwedGroup, OwedNote, OwedRow,
    OwedSum, ReceivablesPage,
};
pub use rule::{RuleGroup, RulePage, RuleRow, RulesPage};
pub use shipments::{CutoffCell, Remark, Sailed, SailedGroup, SailingHead, ShipmentsPage, Upcoming};
pub use style::{StylePage, StyleSymbol};
pub use today::{CopyText, PersonRow, Task, TaskRecord, TodayGroup, TodayIndexPage, TodayPage};
pub use work::{Complaint, Container, CutOff, Feedback, Inspection, Issue, Production, Progress, Shipment};

/// A page kind: which template shows it, and where it lies below the language's root.
pub trait View: serde::Serialize {
    /// Name of the template, as registered: `order.html`.
    const TEMPLATE: &'static str;

    /// Path below the language's root, with `/` and an explicit `.html`: `o/GD26-0117.html`.
    fn path(&self) -> String;

    /// The same as data, below the root of the site: `o/GD26-0117.json`. Empty = there is none.
    fn data(&self) -> String {
        String::new()
    }

    /// Text of `<title>` and of the page's only `<h1>`, unless the template writes a richer heading.
    fn title(&self) -> &str;

    /// The entry of the navigation this page belongs to.
    fn section(&self) -> Section;
}

/// The data beside a page of this path: `o/GD26-0117.html` → `o/GD26-0117.json`.
fn beside(path: &str) -> String {
    format!("{}.json", path.trim_end_matches(".html"))
}
