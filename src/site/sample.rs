//! Every view, filled with one example company in both languages, and the tests that render all of it.
//!
//! The example is what the pages were designed for; whoever fills views from the model can read here what a
//! field is meant to hold.

mod about;
mod archive;
mod board;
mod broken;
mod check;
mod credits;
mod customs;
mod dashboard;
mod dates;
mod exposure;
mod making;
mod order;
mod orders;
mod party;
mod payables;
mod production;
mod quality;
mod receivables;
mod rules;
mod shipments;
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use self::{
    about::about,
    archive::{archive_index, archive_month},
    board::board,
    broken::broken,
    check::check,
    credits::credits,
    customs::customs,
    dashboard::dashboard,
    exposure::{exposure, hanse},
    order::finding,
    orders::{orders, rows},
    party::party,
    payables::payables,
    quality::quality,
    receivables::receivables,
    rules::{rule, rules},
    shipments::shipments,
};
pub(crate) use self::{credits::credit_order, order::order};
use super::{
    assets, markdown, pages, search, style,
    template::{Rendered, Renderer},
    view::*,
};
use crate::text::Lang;

/// Picks one of two texts.
#[derive(Clone, Copy)]
struct T(Lang);

impl T {
    fn t(self, zh: &str, en: &str) -> String {
        match self.0 {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        }
    }

    fn f(self, zh: &str, en: &str, value: &str) -> Field {
        Field::new(self.t(zh, en), value)
    }

    fn ff(self, zh: &str, en: &str, value_zh: &str, value_en: &str) -> Field {
        Field::new(self.t(zh, en), self.t(value_zh, value_en))
    }

    fn fig(self, value: &str, zh: &str, en: &str, mark: Mark, href: &str) -> Figure {
        Figure { value: value.into(), label: self.t(zh, en), note: String::new(), href: href.into(), mark }
    }
}

fn md(day: &str) -> Day {
    Day::new(format!("2026-{day}"), day)
}

fn forge(path: &str) -> String {
    format!("https://git.example/trade/orders/{path}")
}

fn change(number: u32) -> Link {
    Link::new(format!("#{number}"), forge(&format!("pull/{number}")))
}

pub(crate) fn shell(lang: Lang) -> Shell {
    Shell {
        lang,
        languages: vec![Lang::Zh, Lang::En],
        company: T(lang).t("宁波跟单贸易有限公司", "Ningbo Gendan Trading Co., Ltd."),
        sections: BTreeSet::from(Section::ALL),
        csp_meta: true,
        warning: String::new(),
    }
}

fn facts() -> PageFacts {
    PageFacts {
        commit: "3f9c2ab".into(),
        commit_href: forge("commit/3f9c2ab"),
        date: "2026-11-21".into(),
        as_of: String::new(),
        edit_href: forge("edit/orders/2026/GD26-0117/order.toml"),
    }
}

/// Every page kind in one language.
fn site(renderer: &Renderer, lang: Lang) -> Vec<Rendered> {
    let t = T(lang);
    let shell = shell(lang);
    let facts = facts();
    let dated = PageFacts { as_of: "2026-11-23".into(), ..facts.clone() };
    let mut list = vec![];
    macro_rules! add {
        ($facts:expr, $view:expr) => {
            list.push(renderer.page(&shell, $facts, &$view).unwrap_or_else(|e| panic!("{e}")))
        };
    }
    add!(&dated, dashboard(t));
    add!(&facts, board(t));
    add!(&dated, dates::calendar(t));
    add!(&dated, dates::today_index(t));
    add!(&dated, dates::today(t, false));
    add!(&dated, dates::today(t, true));
    add!(&dated, dates::changes(t));
    add!(&dated, dates::handover(t));
    add!(&facts, orders(t, "orders.html"));
    add!(&facts, orders(t, "orders/closed-2026.html"));
    add!(&facts, order(lang));
    add!(&facts, credit_order(lang));
    add!(&dated, credits(t));
    add!(&PageFacts::default(), broken(t));
    add!(&facts, party(t, PartyKind::Customer));
    add!(&facts, party(t, PartyKind::Supplier));
    add!(&facts, party(t, PartyKind::Forwarder));
    add!(&dated, shipments(t));
    for path in ["production.html", "production/by-factory.html", "production/inspections.html"] {
        add!(&dated, production::production(t, path));
    }
    add!(&dated, production::aftersales(t));
    add!(&facts, production::cover(t));
    add!(&dated, receivables(t));
    add!(&dated, exposure(t));
    add!(&dated, payables(t));
    add!(&dated, customs(t));
    add!(&facts, archive_index(t));
    add!(&facts, archive_month(t));
    add!(&facts, rules(t));
    add!(&facts, rule(t));
    add!(&facts, check(t));
    add!(&dated, quality(t));
    add!(&facts, about(t));
    add!(&PageFacts::default(), style::page(lang));
    add!(&facts, pages::glossary(lang).unwrap());
    add!(&facts, making::proforma(t));
    add!(&facts, making::invoice(t));
    add!(&facts, making::packing(t));
    add!(&facts, making::draft(t));
    add!(&facts, making::certificate(t));
    add!(&facts, making::si(lang));
    add!(&facts, making::check(t));
    list
}

fn both() -> Vec<Rendered> {
    let renderer = Renderer::new(&BTreeMap::new()).unwrap_or_else(|e| panic!("{e}"));
    Lang::ALL.iter().flat_map(|lang| site(&renderer, *lang)).collect()
}

fn extra_files() -> Vec<(String, Vec<u8>)> {
    use search::Kind;
    let words = [
        (Kind::Label, "Hanse Licht GmbH · LED灯泡"),
        (Kind::Po, "4500089231"),
        (Kind::Goods, "LED Bulb"),
        (Kind::Bl, "EGLV143600117421"),
        (Kind::Container, "CSQU3054383"),
    ];
    let words = words.map(|(kind, word)| (kind, word.to_owned())).to_vec();
    let entry = search::SearchEntry { id: "GD26-0117".into(), words };
    let build = BuildFacts {
        commit: "3f9c2ab".into(),
        as_of: "2026-11-23".into(),
        orders_read: 37,
        orders_broken: 1,
        version: "0.1.0".into(),
        ..BuildFacts::default()
    };
    let mut files = search::files(&[entry]);
    files.extend(assets::FILES.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())));
    files.extend(assets::build_files(&build).map(|(name, bytes)| (name.to_owned(), bytes)));
    files
}
