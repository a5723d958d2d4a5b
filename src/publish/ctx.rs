//! What every page is filled from: facts, findings, one language, and the small pieces pages share.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::book::Book;
use crate::check::finding::{Finding, Subject};
use crate::derive::Facts;
use crate::model::Order;
use crate::model::party::{Party, PartyKind};
use crate::model::setup::ForgeKind;
use crate::model::value::Currency;
use crate::model::value::money::group;
use crate::site::format;
use crate::site::view::{Day, Link};
use crate::text::{Bi, Lang, StaticBi};

/// Formats a sentence in the language of the page only: `say!(ctx, "余 {n} 天", "{n} days left")`.
#[macro_export]
macro_rules! say {
    ($ctx:expr, $zh:literal, $en:literal $(, $($arg:tt)*)?) => {
        match $ctx.lang {
            $crate::text::Lang::Zh => format!($zh $(, $($arg)*)?),
            $crate::text::Lang::En => format!($en $(, $($arg)*)?),
        }
    };
}

/// Findings, grouped by what they are about.
#[derive(Debug, Default)]
pub struct Findings<'a> {
    /// All of them, in order of file, place and rule.
    pub all: &'a [Finding],
    by_order: BTreeMap<Arc<str>, Vec<&'a Finding>>,
}

impl<'a> Findings<'a> {
    /// Groups the findings of a check.
    #[must_use]
    pub fn of(all: &'a [Finding]) -> Self {
        let mut by_order: BTreeMap<Arc<str>, Vec<&Finding>> = BTreeMap::new();
        for finding in all {
            if let Subject::Order(id) = &finding.subject {
                by_order.entry(Arc::clone(id)).or_default().push(finding);
            }
        }
        Self { all, by_order }
    }

    /// The findings about an order.
    #[must_use]
    pub fn order(&self, id: &str) -> &[&'a Finding] {
        self.by_order.get(id).map_or(&[], Vec::as_slice)
    }
}

/// What every page is filled from, in one language.
#[derive(Clone, Copy)]
pub struct Ctx<'a> {
    /// Records and what was derived from them.
    pub facts: &'a Facts<'a>,
    /// What the check found.
    pub findings: &'a Findings<'a>,
    /// The language of the pages.
    pub lang: Lang,
}

impl<'a> Ctx<'a> {
    /// The records.
    #[must_use]
    pub fn book(&self) -> &'a Book {
        self.facts.book
    }

    /// The one "today".
    #[must_use]
    pub fn as_of(&self) -> NaiveDate {
        self.facts.as_of
    }

    /// Our company, by its name in the language of the page, else by the other one.
    #[must_use]
    pub fn company(&self) -> String {
        let company = self.book().config.company();
        let (first, second) = match self.lang {
            Lang::Zh => (company.name_zh, company.name),
            Lang::En => (company.name, company.name_zh),
        };
        first.or(second).unwrap_or_default()
    }

    /// A text in the language of the page.
    #[must_use]
    pub fn text(&self, text: &Bi) -> String {
        text.get(self.lang).to_owned()
    }

    /// A fixed text in the language of the page.
    #[must_use]
    pub fn word(&self, (zh, en): StaticBi) -> &'static str {
        match self.lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// Whether something recorded for a day has happened: what is dated after the day of the facts is no fact yet.
    #[must_use]
    pub fn known(&self, date: Option<NaiveDate>) -> bool {
        date.is_none_or(|date| date <= self.as_of())
    }

    /// A day for tables: `11-07`, with the year when it is another one.
    #[must_use]
    pub fn day(&self, date: NaiveDate) -> Day {
        format::day(date, self.as_of(), self.lang)
    }

    /// A day with its weekday, for deadlines.
    #[must_use]
    pub fn weekday(&self, date: NaiveDate) -> Day {
        format::weekday(date, self.as_of(), self.lang)
    }

    /// `44,040.00` with the decimals of the currency.
    #[must_use]
    pub fn amount(&self, value: Decimal, currency: Option<Currency>) -> String {
        group(value, currency.map_or(2, Currency::minor))
    }

    /// `USD 44,040.00`; without a currency the bare amount.
    #[must_use]
    pub fn money(&self, value: Decimal, currency: Option<Currency>) -> String {
        match currency {
            Some(currency) => format!("{} {}", currency.code(), group(value, currency.minor())),
            None => group(value, 2),
        }
    }

    /// `20,000` without needless zeros.
    #[must_use]
    pub fn number(&self, value: Decimal) -> String {
        group(value.normalize(), 0)
    }

    /// The name of a person, or the id as written.
    #[must_use]
    pub fn person(&self, id: &str) -> String {
        self.book().person(id, self.lang).to_owned()
    }

    /// The page of a party.
    #[must_use]
    pub fn party_href(&self, party: &Party) -> String {
        let folder = match party.kind {
            PartyKind::Customer => "c",
            PartyKind::Supplier => "s",
            PartyKind::Forwarder => "f",
        };
        format!("{folder}/{}.html", percent(&party.id))
    }

    /// A party by its id, with its page when it is known.
    #[must_use]
    pub fn party(&self, kind: PartyKind, id: &str) -> Link {
        match self.book().party(kind, id) {
            Some(party) => Link::new(party.label(self.lang), self.party_href(party)),
            None => Link::text(id),
        }
    }

    /// The customer of an order.
    #[must_use]
    pub fn customer(&self, order: &Order) -> Link {
        order.customer.as_deref().map_or_else(Link::default, |id| self.party(PartyKind::Customer, id))
    }

    /// An order's page.
    #[must_use]
    pub fn order_link(&self, id: &str) -> Link {
        Link::new(id, format!("o/{id}.html"))
    }

    /// A file of the data root on the forge, at a line; empty without a forge. Only `http` and `https` URLs
    /// become links.
    #[must_use]
    pub fn file_href(&self, file: &str, line: Option<usize>) -> String {
        self.forge_href("blob", file, line)
    }

    /// The forge's editor for a file; empty without a forge.
    #[must_use]
    pub fn edit_href(&self, file: &str) -> String {
        self.forge_href("edit", file, None)
    }

    /// A commit on the forge; empty without a forge.
    #[must_use]
    pub fn commit_href(&self, commit: &str) -> String {
        let Some(forge) = self.book().config.forge.as_deref() else { return String::new() };
        let Some(url) =
            forge.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://"))
        else {
            return String::new();
        };
        let middle = if matches!(forge.kind, Some(ForgeKind::Gitlab) | None) { "-/commit" } else { "commit" };
        format!("{}/{middle}/{}", url.trim_end_matches('/'), percent(commit))
    }

    fn forge_href(&self, what: &str, file: &str, line: Option<usize>) -> String {
        let Some(forge) = self.book().config.forge.as_deref() else { return String::new() };
        let Some(url) =
            forge.url.as_deref().filter(|u| u.starts_with("https://") || u.starts_with("http://"))
        else {
            return String::new();
        };
        let url = url.trim_end_matches('/');
        let branch = forge.branch.as_deref().unwrap_or("main");
        let middle = match (forge.kind, what) {
            (Some(ForgeKind::Gitlab) | None, _) => format!("-/{what}/{branch}"),
            (Some(ForgeKind::Gitea), "edit") => format!("_edit/{branch}"),
            (Some(ForgeKind::Gitea), _) => format!("src/branch/{branch}"),
            (Some(ForgeKind::Github | ForgeKind::Gitee), _) => format!("{what}/{branch}"),
        };
        let anchor = line.map(|n| format!("#L{n}")).unwrap_or_default();
        format!("{url}/{middle}/{}{anchor}", percent(file))
    }
}

/// A path for a URL: everything but letters, digits and `/-._~` is percent-encoded.
#[must_use]
pub fn percent(path: &str) -> String {
    use std::fmt::Write as _;
    path.bytes().fold(String::with_capacity(path.len()), |mut url, byte| {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            url.push(char::from(byte));
        } else {
            let _ = write!(url, "%{byte:02X}");
        }
        url
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_in_links_are_encoded() {
        assert_eq!(percent("orders/2026/A 1/水单.pdf"), "orders/2026/A%201/%E6%B0%B4%E5%8D%95.pdf");
        assert_eq!(percent("a\"><script>"), "a%22%3E%3Cscript%3E");
    }
}
