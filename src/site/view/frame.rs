//! What stands around every page: language, navigation, footer.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::text::Lang;

/// A part of the site that the navigation may lead to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// 总览 `index.html`
    Dashboard,
    /// 今天 `today.html`, pages of people
    Today,
    /// 看板 `board.html`
    Board,
    /// 日历 `calendar.html`
    Calendar,
    /// 订单 `orders.html`, order, customer and supplier pages
    Orders,
    /// 信用证 `credits.html`
    Credits,
    /// 出运 `shipments.html`
    Shipments,
    /// 生产 `production.html`
    Production,
    /// 应收 `receivables.html`
    Receivables,
    /// 风险 `exposure.html`
    Exposure,
    /// 应付 `payables.html`: finance's view
    Payables,
    /// 报关与退税 `customs.html`
    Customs,
    /// 售后 `aftersales.html`
    AfterSales,
    /// 归档 `archive/index.html`
    Archive,
    /// 规则 `rules/index.html`
    Rules,
    /// 数据质量 `quality.html`
    Quality,
    /// 关于 `about.html`, glossary
    About,
}

impl Section {
    /// In the order of the navigation.
    pub const ALL: [Self; 17] = [
        Self::Dashboard,
        Self::Today,
        Self::Board,
        Self::Calendar,
        Self::Orders,
        Self::Credits,
        Self::Shipments,
        Self::Production,
        Self::Receivables,
        Self::Exposure,
        Self::Payables,
        Self::Customs,
        Self::AfterSales,
        Self::Archive,
        Self::Rules,
        Self::Quality,
        Self::About,
    ];

    /// How long it stays in the bar when the window gets narrow; all parts stand in the menu.
    #[must_use]
    pub fn rank(self) -> Rank {
        match self {
            Self::Dashboard | Self::Today | Self::Orders => Rank::Always,
            Self::Board | Self::Calendar | Self::Credits | Self::Shipments | Self::Receivables => Rank::Desk,
            Self::Archive | Self::Rules | Self::Quality | Self::About => Rank::Seldom,
            _ => Rank::Wide,
        }
    }

    /// Its column of the menu: the day, the goods and papers, the money, the record.
    #[must_use]
    pub fn column(self) -> usize {
        match self {
            Self::Dashboard | Self::Today | Self::Board | Self::Calendar => 0,
            Self::Receivables | Self::Exposure | Self::Payables | Self::Customs => 2,
            Self::Archive | Self::Rules | Self::Quality | Self::About => 3,
            _ => 1,
        }
    }

    /// The labels of the menu's columns.
    pub const COLUMNS: [&'static str; 4] = ["nav.day", "nav.goods", "nav.money", "nav.record"];

    /// The page it leads to, from the language's root.
    #[must_use]
    pub fn path(self) -> &'static str {
        match self {
            Self::Dashboard => "index.html",
            Self::Today => "today.html",
            Self::Board => "board.html",
            Self::Calendar => "calendar.html",
            Self::Orders => "orders.html",
            Self::Credits => "credits.html",
            Self::Shipments => "shipments.html",
            Self::Production => "production.html",
            Self::Receivables => "receivables.html",
            Self::Exposure => "exposure.html",
            Self::Payables => "payables.html",
            Self::Customs => "customs.html",
            Self::AfterSales => "aftersales.html",
            Self::Archive => "archive/index.html",
            Self::Rules => "rules/index.html",
            Self::Quality => "quality.html",
            Self::About => "about.html",
        }
    }

    /// The label's key in the locale tables.
    #[must_use]
    pub fn label_key(self) -> &'static str {
        match self {
            Self::Dashboard => "nav.dashboard",
            Self::Today => "nav.today",
            Self::Board => "nav.board",
            Self::Calendar => "nav.calendar",
            Self::Orders => "nav.orders",
            Self::Credits => "nav.credits",
            Self::Shipments => "nav.shipments",
            Self::Production => "nav.production",
            Self::Receivables => "nav.receivables",
            Self::Exposure => "nav.exposure",
            Self::Payables => "nav.payables",
            Self::Customs => "nav.customs",
            Self::AfterSales => "nav.aftersales",
            Self::Archive => "nav.archive",
            Self::Rules => "nav.rules",
            Self::Quality => "nav.quality",
            Self::About => "nav.about",
        }
    }
}

/// See [`Section::rank`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Rank {
    /// On a phone too.
    Always,
    /// On a desk.
    Desk,
    /// Where there is room to spare.
    Wide,
    /// Nobody starts the day here: in the menu only, and in the bar while one is there.
    Seldom,
}

/// What all pages of one language share. Made once per build and language.
#[derive(Debug, Clone)]
pub struct Shell {
    /// The language of the pages.
    pub lang: Lang,
    /// All languages of the site, the one at the root first (`languages` of `gendan.toml`).
    pub languages: Vec<Lang>,
    /// The company, in this language: `宁波跟单贸易有限公司`.
    pub company: String,
    /// The parts that exist in this build: the navigation shows no others.
    pub sections: BTreeSet<Section>,
    /// Write the content security policy as `<meta>` too (the header is the better place).
    pub csp_meta: bool,
    /// Said in a bar above every page; empty = nothing: `历史不完整：浅克隆`.
    pub warning: String,
}

impl Shell {
    /// Where a language's tree lies below the output folder: empty for the first, `en/` for the second.
    #[must_use]
    pub fn folder(&self, lang: Lang) -> &'static str {
        if self.languages.first() == Some(&lang) {
            return "";
        }
        match lang {
            Lang::Zh => "zh-CN/",
            Lang::En => "en/",
        }
    }
}

/// The last change to *this page's* facts, for its footer (not the build's commit: an ordinary commit must
/// change few pages).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct PageFacts {
    /// Short commit id, `3f9c2ab`; empty when history is unknown.
    pub commit: String,
    /// That commit on the forge; empty = no link.
    pub commit_href: String,
    /// Its date: `2026-11-21`.
    pub date: String,
    /// As-of date in full; only on pages that depend on it (dashboard, quality): `2026-11-23 周一`.
    pub as_of: String,
    /// The file on the forge that this page is made from ("改这页的数据"); empty = no link.
    pub edit_href: String,
}

/// Current facts of the build. They stand on `about.html`, in `build.json`, and in `build-data.js`, from
/// which the script fills them into every footer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct BuildFacts {
    /// Commit that was built: `3f9c2ab`; empty outside a repository.
    pub commit: String,
    /// Its date and time, with its own offset: `2026-11-23T08:41:00+08:00`.
    pub commit_time: String,
    /// Hash of the data root's tree, so that two builds can be compared.
    pub tree: String,
    /// `2026-11-23`.
    pub as_of: String,
    /// Orders read: `38`.
    pub orders_read: usize,
    /// Orders whose files are broken.
    pub orders_broken: usize,
    /// Version of the tool and its rules: `0.1.0`.
    pub version: String,
    /// Calendars that were read: `cn-bank-2026`.
    pub calendars: Vec<String>,
}

/// One page's frame as the template sees it, computed by the renderer.
#[derive(Debug, Clone, Serialize)]
pub struct Frame {
    /// `zh-Hans` or `en`.
    pub lang: &'static str,
    /// Prefix from the page to its language's root: `../`.
    pub root: String,
    /// Prefix from the page to the output folder, where style and script lie: `../../`.
    pub assets: String,
    /// `<title>`.
    pub title: String,
    /// Company name for the header.
    pub company: String,
    /// Navigation: text, target, and whether this page belongs to it.
    pub nav: Vec<NavEntry>,
    /// The same entries by the columns of the menu.
    pub menu: Vec<NavColumn>,
    /// The same page in the other languages.
    pub switches: Vec<LangSwitch>,
    /// See [`Shell::csp_meta`].
    pub csp_meta: bool,
    /// See [`Shell::warning`].
    pub warning: String,
    /// The footer.
    pub facts: PageFacts,
    /// Orders exist, so there is something to search.
    pub search: bool,
    /// The same as data, from the page itself; empty = there is none.
    pub data: String,
    /// The page needs nothing beside it: a document outside the site.
    pub alone: bool,
}

/// One entry of the navigation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NavEntry {
    /// Label.
    pub text: String,
    /// From the page itself.
    pub href: String,
    /// The page shown lies in this part.
    pub current: bool,
    /// How long it stays in the bar when the window gets narrow.
    pub rank: Rank,
}

/// A column of the menu.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NavColumn {
    /// `钱` / `Money`.
    pub label: String,
    /// Its parts.
    pub entries: Vec<NavEntry>,
}

/// The same page in another language.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LangSwitch {
    /// `zh-Hans` or `en`.
    pub lang: &'static str,
    /// The language's own name: `English`.
    pub name: &'static str,
    /// From the page itself.
    pub href: String,
}
