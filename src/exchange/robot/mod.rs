//! The morning message as the group robots of WeCom, Feishu and DingTalk take it, and as plain text. Nothing is sent:
//! what is printed is posted by a pipeline that knows the robot's address.
//!
//! Each service refuses what is too long, and a message that is refused is one that nobody reads. So it is measured as the
//! service measures it, and whole items are left out from the end until it fits; the message says how many. Names and
//! sentences come from the data and are anybody's text: see [`inert`].

mod dingtalk;
mod feishu;
pub mod inert;
mod plain;
mod wecom;

use crate::publish::digest::{Digest, Item};
use crate::text::Lang;

/// Longest customer name and name of a person, in characters.
const NAME: usize = 40;

/// Longest sentence.
const SENTENCE: usize = 120;

/// Longest of the lines below the items.
const LINE: usize = 240;

/// Longest address of a site.
pub const MAX_SITE: usize = 200;

/// Who takes the message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    /// 企业微信 group robot.
    Wecom,
    /// 飞书 custom robot.
    Feishu,
    /// 钉钉 custom robot.
    Dingtalk,
    /// Plain text.
    Text,
}

/// The address of a site: `https://orders.example.internal`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Site(String);

impl Site {
    /// Takes http and https addresses without anything that could end a link early.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
        let fine = |c: char| c.is_ascii_alphanumeric() || "-._~:/%+@[]".contains(c);
        let host = rest.split('/').next().unwrap_or_default();
        let good = text.len() <= MAX_SITE
            && rest.chars().all(fine)
            // Brackets are for an IPv6 address only, and nobody's name and password are sent to a group.
            && rest.split_once('/').is_none_or(|(_, path)| !path.contains(['[', ']']))
            && !host.is_empty()
            && !host.contains('@');
        good.then(|| Self(text.trim_end_matches('/').to_owned()))
    }

    fn page(&self, digest: &Digest, href: &str) -> String {
        format!("{}/{}{href}", self.0, digest.folder)
    }
}

/// The message as the service takes it: JSON for robots.
#[must_use]
pub fn message(service: Service, digests: &[Digest], site: Option<&Site>) -> String {
    let most = digests.iter().map(|digest| digest.items.len()).max().unwrap_or_default();
    let mut shown = most;
    loop {
        let texts: Vec<Text> = digests.iter().map(|digest| Text::of(digest, shown, site)).collect();
        let (message, fits) = match service {
            Service::Wecom => wecom::message(&texts),
            Service::Feishu => feishu::message(&texts),
            Service::Dingtalk => dingtalk::message(&texts),
            Service::Text => (plain::message(&texts), true),
        };
        if fits || shown == 0 {
            return message;
        }
        shown -= 1;
    }
}

/// What is written, with as many items as are to be shown. Bounded in every part, not yet made [`inert`].
struct Text {
    lang: Lang,
    verdict: String,
    about: String,
    items: Vec<Entry>,
    /// How many are not shown, with a link to all.
    more: Option<Linked>,
    lines: Vec<Linked>,
}

/// Text, with a link where there is a site.
struct Linked {
    text: String,
    link: Option<String>,
}

/// An item.
struct Entry {
    order: Linked,
    /// `Gulf Star：计划交单 11-20 已过 3 天（12-03 周四前，林燕）`
    text: String,
}

impl Text {
    fn of(digest: &Digest, shown: usize, site: Option<&Site>) -> Self {
        let link = |href: &str| site.map(|site| site.page(digest, href));
        let entry = |item: &Item| Entry {
            order: Linked { text: clip(&item.order, 64), link: link(&item.href) },
            text: sentence(digest.lang, item),
        };
        let items: Vec<Entry> = digest.items.iter().take(shown).map(entry).collect();
        let more = digest.hurting - items.len();
        let more = (more > 0).then(|| Linked {
            text: match (digest.lang, more) {
                (Lang::Zh, n) => format!("另有 {n} 条"),
                (Lang::En, n) => format!("{n} more"),
            },
            link: link("orders.html"),
        });
        let lines = digest.lines.iter();
        Self {
            lang: digest.lang,
            verdict: clip(&digest.verdict, LINE),
            about: clip(&digest.about, LINE),
            items,
            more,
            lines: lines.map(|l| Linked { text: clip(&l.text, LINE), link: link(l.href) }).collect(),
        }
    }
}

fn sentence(lang: Lang, item: &Item) -> String {
    let (text, note) = (clip(&item.text, SENTENCE), clip(&item.note, SENTENCE));
    let customer = clip(&item.customer, NAME);
    let (colon, open, close) = match lang {
        Lang::Zh => ("：", "（", "）"),
        Lang::En => (": ", " (", ")"),
    };
    let mut said = match customer.is_empty() {
        true => text,
        false => format!("{customer}{colon}{text}"),
    };
    if !note.is_empty() {
        said.push_str(&format!("{open}{note}{close}"));
    }
    said
}

/// At most so many characters, whole ones, and a mark where something was left out.
fn clip(text: &str, most: usize) -> String {
    let text = text.trim();
    match text.char_indices().nth(most) {
        None => text.to_owned(),
        Some(_) => {
            let end = text.char_indices().nth(most - 1).map_or(text.len(), |(at, _)| at);
            format!("{}…", text.get(..end).unwrap_or_default().trim_end())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_site_is_an_address_that_ends_no_link() {
        for good in [
            "https://orders.example.internal",
            "http://10.0.0.1:8080/gendan/",
            "https://[::1]/x",
            "https://x/%E5%8D%95",
        ] {
            assert!(Site::parse(good).is_some(), "{good}");
        }
        for bad in [
            "",
            "orders.example",
            "javascript:alert(1)",
            "https://",
            "https://x/)[a](https://evil.example",
            "https://x/a b",
            "https://x/?q",
            "https://x/#y",
            "https://x/[y]",
            "https://name:word@x/",
            "https://x/\n",
            "https://单据.example/",
        ] {
            let found = Site::parse(bad);
            assert!(found.is_none() || bad.ends_with('\n'), "{bad}");
        }
        assert!(Site::parse(&format!("https://{}", "x".repeat(MAX_SITE))).is_none());
    }

    #[test]
    fn text_is_cut_between_characters() {
        assert_eq!(clip("单证员", 3), "单证员");
        assert_eq!(clip("单证员小周", 3), "单证…");
        assert_eq!(clip(&"😀".repeat(9), 4).chars().count(), 4);
    }
}
