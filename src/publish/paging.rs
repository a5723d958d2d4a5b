//! Long lists in pages of stable file names: `orders/closed-2026.html`, `orders/closed-2026-2.html` ….

use std::collections::BTreeMap;

use crate::site::view::OrdersVariant;

/// Rows on one page: more make a phone stutter and nobody reads them.
pub const PAGE: usize = 500;

/// How many pages a list needs; at least one, so that an empty list has a page that says so.
#[must_use]
pub fn count(rows: usize) -> usize {
    rows.div_ceil(PAGE).max(1)
}

/// File of a page, from 0, of the list `base`.
#[must_use]
pub fn file(base: &str, page: usize) -> String {
    if page == 0 { format!("{base}.html") } else { format!("{base}-{}.html", page.saturating_add(1)) }
}

/// The rows of a page.
#[must_use]
pub fn slice<T>(rows: &[T], page: usize) -> &[T] {
    let start = page.saturating_mul(PAGE).min(rows.len());
    let end = start.saturating_add(PAGE).min(rows.len());
    rows.get(start..end).unwrap_or_default()
}

/// The rows of a group that stand on a page, where `before` rows of other groups come first.
#[must_use]
pub fn part<T>(rows: &[T], before: usize, page: usize) -> &[T] {
    let first = page.saturating_mul(PAGE);
    let start = first.saturating_sub(before).min(rows.len());
    let end = first.saturating_add(PAGE).saturating_sub(before).min(rows.len());
    rows.get(start..end).unwrap_or_default()
}

/// Longest name of a page in its link, in characters.
const NAME: usize = 20;

/// Links between the pages of a list, by the numbers of their rows: `1–500`, `501–1000`, `1001–`; none for a single
/// page.
#[must_use]
pub fn links(base: &str, pages: usize, current: usize) -> Vec<OrdersVariant> {
    named(base, pages, current, |page| {
        let first = page.saturating_mul(PAGE).saturating_add(1);
        let last = page.saturating_add(1).saturating_mul(PAGE);
        if page.saturating_add(1) == pages { format!("{first}–") } else { format!("{first}–{last}") }
    })
}

/// Links between the pages of a list, each by what stands on it; by its number where that has no name.
#[must_use]
pub fn named(base: &str, pages: usize, current: usize, name: impl Fn(usize) -> String) -> Vec<OrdersVariant> {
    if pages < 2 {
        return Vec::new();
    }
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    let mut text = |page: usize| {
        let name = name(page);
        let name = match name.char_indices().nth(NAME) {
            _ if name.is_empty() => page.saturating_add(1).to_string(),
            Some((end, _)) => format!("{}…", name.get(..end).unwrap_or_default()),
            None => name,
        };
        // What fills several pages is told apart by their number.
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        if *times > 1 { format!("{name} · {times}") } else { name }
    };
    (0..pages)
        .map(|page| OrdersVariant { text: text(page), href: file(base, page), current: page == current })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_hold_every_row_once() {
        let rows: Vec<usize> = (0..1_201).collect();
        let pages = count(rows.len());
        assert_eq!(pages, 3);
        let all: Vec<usize> = (0..pages).flat_map(|page| slice(&rows, page).to_vec()).collect();
        assert_eq!(all, rows);
        assert_eq!(slice(&rows, 3), [] as [usize; 0]);
    }

    #[test]
    fn groups_go_on_from_page_to_page() {
        let groups = [(0..300).collect::<Vec<usize>>(), (300..1_100).collect(), (1_100..1_201).collect()];
        for page in 0..3 {
            let mut before = 0;
            let mut seen: Vec<usize> = Vec::new();
            for group in &groups {
                seen.extend(part(group, before, page));
                before += group.len();
            }
            assert_eq!(seen, (page * PAGE..((page + 1) * PAGE).min(1_201)).collect::<Vec<_>>());
        }
    }

    #[test]
    fn the_first_page_keeps_its_name_when_the_list_grows() {
        assert_eq!(count(0), 1);
        assert_eq!(count(PAGE), 1);
        assert_eq!(file("orders/closed-2026", 0), "orders/closed-2026.html");
        assert_eq!(file("orders/closed-2026", 1), "orders/closed-2026-2.html");
        assert!(links("orders", 1, 0).is_empty());
        let links = links("orders", 2, 1);
        assert_eq!((links[0].href.as_str(), links[0].current), ("orders.html", false));
        assert_eq!((links[1].href.as_str(), links[1].current), ("orders-2.html", true));
    }

    #[test]
    fn a_page_is_named_by_what_stands_on_it() {
        let texts = |links: Vec<OrdersVariant>| links.into_iter().map(|l| l.text).collect::<Vec<_>>();
        assert_eq!(texts(links("orders", 3, 0)), ["1–500", "501–1000", "1001–"]);
        let names = ["2026-11", "", "木".repeat(300).as_str(), "2026-11"].map(str::to_owned);
        let long = format!("{}…", "木".repeat(NAME));
        let named = texts(named("x", 4, 0, |page| names[page].clone()));
        assert_eq!(named, ["2026-11", "2", long.as_str(), "2026-11 · 2"]);
    }
}
