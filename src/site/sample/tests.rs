//! The tests that render all of it.

use std::path::{Path, PathBuf};

use super::archive::{filed_month, filed_order};
use super::*;
use crate::site::write::Writer;

fn text(page: &Rendered) -> &str {
    std::str::from_utf8(&page.bytes).unwrap()
}

fn find<'a>(pages: &'a [Rendered], path: &str) -> &'a str {
    text(pages.iter().find(|p| p.path == path).unwrap_or_else(|| panic!("no {path}")))
}

#[test]
fn every_page_kind_renders_in_both_languages() {
    let pages = both();
    assert_eq!(pages.len(), 86);
    for page in &pages {
        let html = text(page);
        let en = page.path.starts_with("en/");
        assert!(
            html.contains(if en { "<html lang=\"en\">" } else { "<html lang=\"zh-Hans\">" }),
            "{}",
            page.path
        );
        assert_eq!(html.matches("<h1").count(), 1, "{}", page.path);
        for landmark in ["<header", "<nav", "<main", "<footer", "class=\"skip\"", "noindex"] {
            assert!(html.contains(landmark), "{} lacks {landmark}", page.path);
        }
        assert!(!html.contains("[[ ") && !html.contains("{{") && !html.contains("{%"), "{}", page.path);
    }
}

/// They are read in ten years from a stick: no navigation, no script, nothing but the style beside them.
#[test]
fn pages_inside_the_archive_need_only_their_style() {
    let renderer = Renderer::alone(&BTreeMap::new()).unwrap();
    for lang in Lang::ALL {
        let (t, facts) = (T(lang), PageFacts::default());
        let order = renderer.page(&shell(lang), &facts, &filed_order(t)).unwrap();
        let month = renderer.page(&shell(lang), &facts, &filed_month(t)).unwrap();
        for page in [&order, &month] {
            let html = text(page);
            assert_eq!(html.matches("<h1").count(), 1, "{}", page.path);
            assert_eq!(html.matches(" href=").count(), 1, "{}", page.path);
            for landmark in ["<header", "<main", "<footer", "noindex", "href=\"style.css\""] {
                assert!(html.contains(landmark), "{} lacks {landmark}", page.path);
            }
            for beside in ["<script", "<nav", "src=", "http:", "https:", "[[ ", "{{", "{%"] {
                assert!(!html.contains(beside), "{} has {beside}", page.path);
            }
        }
        for part in ["GD26-0061", "files/水单.pdf", "docs-total-gross", "77d01be", "sha256sum -c SHA256SUMS"]
        {
            assert!(text(&order).contains(part), "{part}");
        }
        if lang == Lang::En {
            let html = text(&order).replace("跟单", "").replace("水单", "");
            let chinese: String = html.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect();
            assert_eq!(chinese, "");
        }
    }
}

/// A label written into a template by hand would show in the wrong language.
#[test]
fn english_pages_hold_no_chinese_of_ours() {
    let renderer = Renderer::new(&BTreeMap::new()).unwrap();
    let page = renderer.page(&shell(Lang::En), &PageFacts::default(), &rules(T(Lang::En))).unwrap();
    let html = text(&page).replace("跟单", "").replace("中文", "");
    let chinese: String = html.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect();
    assert_eq!(chinese, "");
}

/// Every link and asset of the sample leads to a page or an anchor that exists, in both trees.
#[test]
fn every_relative_link_leads_somewhere() {
    let pages = both();
    let mut files: BTreeMap<String, String> =
        pages.iter().map(|p| (p.path.clone(), text(p).to_owned())).collect();
    files.extend(extra_files().into_iter().map(|(name, _)| (name, String::new())));
    // The sample names more orders and rules than it has pages for, and has no tables to download.
    let elsewhere = |path: &str| {
        let name = path.trim_start_matches("en/");
        name.starts_with("o/GD26-0")
            && !["o/GD26-0117.html", "o/GD26-0124.html", "o/GD26-0131.html"].contains(&name)
            || name == "rules/pay-overdue.html"
            || [".xlsx", ".csv", ".json", ".xml"].iter().any(|ending| name.ends_with(ending))
    };
    let mut seen = 0;
    for page in &pages {
        for part in text(page).split(" href=\"").skip(1).chain(text(page).split(" src=\"").skip(1)) {
            let href = part.split('"').next().unwrap();
            if href.starts_with("https:") || href.starts_with("#i-") || href.starts_with("#m-") {
                continue;
            }
            let (target, anchor) = href.split_once('#').unwrap_or((href, ""));
            let target = resolve(&page.path, target);
            if elsewhere(&target) {
                continue;
            }
            let html = files.get(&target).unwrap_or_else(|| panic!("{}: {href} → {target}", page.path));
            assert!(
                anchor.is_empty() || html.contains(&format!("id=\"{anchor}\"")),
                "{}: no {anchor} in {target}",
                page.path
            );
            seen += 1;
        }
    }
    assert!(seen > 600, "only {seen} links");
}

fn resolve(from: &str, target: &str) -> String {
    if target.is_empty() {
        return from.to_owned();
    }
    let mut path: PathBuf = Path::new(from).parent().unwrap().to_owned();
    for part in target.split('/') {
        match part {
            ".." => assert!(path.pop(), "{from}: {target} leaves the site"),
            part => path.push(part),
        }
    }
    path.to_string_lossy().into_owned()
}

#[test]
fn ids_are_unique_on_each_page() {
    for page in both() {
        let mut ids = BTreeSet::new();
        for part in text(&page).split(" id=\"").skip(1) {
            let id = part.split('"').next().unwrap();
            assert!(ids.insert(id.to_owned()), "{}: id {id} twice", page.path);
        }
    }
}

#[test]
fn the_order_page_answers_its_questions() {
    let pages = both();
    let html = find(&pages, "o/GD26-0117.html");
    for answer in [
        "余款 USD 30,828.00 未到，比计划晚 3 天",
        "提单毛重 2,740 KG，其他三处都是 2,470 KG，差 270 KG",
        "gross_kg = <mark>2740</mark>   # copied 11-09",
        "docs.toml:36:12",
        "13,187.00",
        "手填，无凭证",
        "docs.toml:36",
        "补录 2 天",
        "改为 11-27",
        "&lt;script&gt;alert(1)&lt;/script&gt;",
        "应付 3 笔，已付 2 笔",
    ] {
        assert!(html.contains(answer), "{answer}");
    }
    assert!(find(&pages, "en/o/GD26-0117.html").contains("The balance of USD 30,828.00 is 3 days late"));
    assert!(find(&pages, "o/GD26-0124.html").contains("浅克隆"));
    assert!(find(&pages, "o/GD26-0131.html").contains("<mark>“hanse-licht”</mark>"));
}

/// The budgets are counted in compressed bytes; pages compress at least three to one, style sheets four to one
/// (11.6 KB of 46.9 as of now).
#[test]
fn pages_stay_within_their_budget() {
    for page in both() {
        assert!(page.bytes.len() <= 3 * 40 * 1024, "{}: {} bytes", page.path, page.bytes.len());
    }
    let size = |name| assets::FILES.iter().find(|(n, _)| *n == name).unwrap().1.len();
    assert!(size("style.css") + size("print.css") <= 4 * 12 * 1024);
    assert!(size("app.js") <= 3 * 8 * 1024);
}

#[test]
fn navigation_shows_only_what_exists() {
    let renderer = Renderer::new(&BTreeMap::new()).unwrap();
    let mut shell = shell(Lang::En);
    shell.sections = BTreeSet::from([Section::Dashboard, Section::Orders]);
    shell.languages = vec![Lang::En];
    let page = renderer.page(&shell, &PageFacts::default(), &order(Lang::En)).unwrap();
    assert_eq!(page.path, "o/GD26-0117.html");
    let html = text(&page);
    let nav = html.split("<nav").nth(1).unwrap().split("</nav>").next().unwrap();
    // The bar and the menu.
    assert_eq!(nav.matches("<a ").count(), 4);
    assert!(nav.contains("href=\"../orders.html\" aria-current=\"true\""));
    assert!(!html.contains("hreflang"));
}

/// Every part stands in the menu once; the bar leaves out the seldom ones, but says where we are.
#[test]
fn the_menu_holds_every_part_and_the_bar_the_daily_ones() {
    let pages = both();
    let nav = |path| find(&pages, path).split("<nav").nth(1).unwrap().split("</nav>").next().unwrap();
    let (bar, menu) = nav("board.html").split_once("<details class=\"menu\">").unwrap();
    assert_eq!(menu.matches("<a ").count(), Section::ALL.len());
    assert!(bar.contains("href=\"orders.html\"") && !bar.contains("href=\"rules/index.html\""));
    let (bar, _) = nav("rules/index.html").split_once("<details class=\"menu\">").unwrap();
    assert!(bar.contains("href=\"../rules/index.html\" aria-current=\"true\""));
}

#[test]
fn every_milestone_and_every_finding_has_an_address() {
    let pages = both();
    let html = find(&pages, "o/GD26-0117.html");
    for id in ["m-shipped", "m-paid", "docs-total-gross-bl.gross_kg"] {
        let link = format!("<a class=\"anchor\" href=\"#{id}\"");
        assert!(html.contains(&format!("id=\"{id}\"")) && html.contains(&link), "{id}");
    }
    // On the check page what is open and what is settled.
    for id in ["docs-total-gross-packing.gross_kg", "docs-total-gross-bl.gross_kg"] {
        let link = format!("<a class=\"anchor\" href=\"#{id}\"");
        assert!(find(&pages, "o/GD26-0117/check.html").contains(&link), "{id}");
    }
}

#[test]
fn one_renderer_serves_many_threads_with_the_same_bytes() {
    let renderer = Renderer::new(&BTreeMap::new()).unwrap();
    let one = site(&renderer, Lang::Zh);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            scope.spawn(|| assert_eq!(site(&renderer, Lang::Zh), one));
        }
    });
}

/// Writes the sample site, to be looked at, into a fixed folder below `target`.
#[test]
#[ignore = "writes target/site-sample, for looking at it in a browser"]
fn write_sample_site() {
    let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/site-sample");
    let writer = Writer::begin(&out).unwrap();
    for page in both() {
        writer.put(&page.path, &page.bytes).unwrap();
    }
    for (name, bytes) in extra_files() {
        writer.put(&name, &bytes).unwrap();
    }
    assert!(writer.commit().unwrap().files > 40);
}
