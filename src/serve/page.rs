//! What the preview puts into a page on its way, and the pages of its own. All text goes through [`escape`].

use super::stand::{Now, Trouble};
use crate::site::markdown::is_deceptive;

/// Where the preview's own files are. No page of the site begins like this.
pub const SCRIPT: &str = "/-gendan/preview.js";
/// See [`SCRIPT`].
pub const STYLE: &str = "/-gendan/preview.css";
/// See [`SCRIPT`]. A script again: the pages allow nothing else to be loaded.
pub const WAIT: &str = "/-gendan/wait.js";

/// The script that waits for the next build.
pub const SCRIPT_BYTES: &[u8] = include_bytes!("preview.js");
/// The look of what is put into a page.
pub const STYLE_BYTES: &[u8] = include_bytes!("preview.css");

/// A page of the site with the script, and with what went wrong.
#[must_use]
pub fn dress(html: &[u8], now: &Now) -> Vec<u8> {
    let note = now.trouble.as_ref().map(note).unwrap_or_default();
    let html = insert(html, b"</head>", &head(now));
    match note.is_empty() {
        true => html,
        false => below_body(&html, &note),
    }
}

/// Puts text first in the body; where there is none, at the end.
fn below_body(html: &[u8], text: &str) -> Vec<u8> {
    let tag =
        find(html, b"<body").and_then(|at| Some(at + html.get(at..)?.iter().position(|b| *b == b'>')? + 1));
    splice(html, tag.unwrap_or(html.len()), text)
}

fn head(now: &Now) -> String {
    let name = escape(&now.name);
    format!(
        "<link rel=\"stylesheet\" href=\"{STYLE}\">\n<script defer src=\"{SCRIPT}\" data-now=\"{name}\"></script>\n"
    )
}

/// Puts text before the first `mark`; without one, at the end.
fn insert(html: &[u8], mark: &[u8], text: &str) -> Vec<u8> {
    splice(html, find(html, mark).unwrap_or(html.len()), text)
}

fn find(html: &[u8], mark: &[u8]) -> Option<usize> {
    html.windows(mark.len()).position(|part| part.eq_ignore_ascii_case(mark))
}

fn splice(html: &[u8], at: usize, text: &str) -> Vec<u8> {
    let (before, after) = html.split_at(at);
    [before, text.as_bytes(), after].concat()
}

/// Stands above the old page.
fn note(trouble: &Trouble) -> String {
    let body = body(trouble);
    format!(
        "<aside id=\"gendan-preview\" role=\"alert\" tabindex=\"0\">\n\
         <p class=\"gp-what\"><b lang=\"zh-Hans\">没有重新生成，下面还是上一次的网站</b> \
         <span lang=\"en\">Not rebuilt; below is the site as it was last built</span></p>\n{body}</aside>\n"
    )
}

fn body(trouble: &Trouble) -> String {
    let (zh, en) = (escape(&trouble.title.zh), escape(&trouble.title.en));
    let mut html = format!("<p lang=\"zh-Hans\">{zh}</p>\n<p lang=\"en\">{en}</p>\n");
    if !trouble.report.is_empty() {
        html.push_str(&format!("<pre>{}</pre>\n", escape(&trouble.report)));
    }
    html
}

/// A page of the preview itself.
fn own(now: &Now, title: (&str, &str), body: &str) -> Vec<u8> {
    let (zh, en) = title;
    let head = head(now);
    format!(
        "<!doctype html>\n<html lang=\"zh-Hans\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"color-scheme\" content=\"light dark\">\n<title>{zh} · gendan</title>\n\
         <link rel=\"icon\" href=\"data:,\">\n{head}</head>\n\
         <body class=\"gp-page\">\n<main>\n<h1>{zh}</h1>\n<p lang=\"en\"><b>{en}</b></p>\n{body}</main>\n</body>\n</html>\n"
    )
    .into_bytes()
}

/// Before the first build is done.
#[must_use]
pub fn building(now: &Now) -> Vec<u8> {
    match &now.trouble {
        None => own(
            now,
            ("正在生成网站", "The site is being built"),
            "<p>好了会自动打开。</p>\n<p lang=\"en\">This page opens it when it is done.</p>\n",
        ),
        Some(trouble) => {
            let what = body(trouble);
            own(
                now,
                ("网站没有生成", "The site was not built"),
                &format!(
                    "{what}<p>改好保存，这一页会自动更新。</p>\n<p lang=\"en\">Mend it and save; this page follows.</p>\n"
                ),
            )
        }
    }
}

/// There is no such page.
#[must_use]
pub fn missing(now: &Now) -> Vec<u8> {
    let what = now.trouble.as_ref().map(note).unwrap_or_default();
    own(
        now,
        ("没有这一页", "There is no such page"),
        &format!(
            "<p>也许改了名，或者还没有登记。<a href=\"/\">回总览</a></p>\n\
             <p lang=\"en\">It may have been renamed, or is not recorded yet. <a href=\"/\">To the overview</a></p>\n{what}"
        ),
    )
}

/// What a waiting page is told.
#[must_use]
pub fn told(name: &str) -> Vec<u8> {
    format!("gendanPreview(\"{}\");\n", escape(name)).into_bytes()
}

/// Text as HTML, also between quotation marks. What would make it read differently from the file is shown.
#[must_use]
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c if is_deceptive(c) => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Bi;

    fn now(trouble: Option<Trouble>) -> Now {
        Now { name: "1-2".to_owned(), built: true, trouble }
    }

    fn dressed(html: &str, trouble: Option<Trouble>) -> String {
        String::from_utf8(dress(html.as_bytes(), &now(trouble))).unwrap()
    }

    #[test]
    fn a_page_gets_the_script_and_nothing_else_is_changed() {
        let html = "<html><head><title>x</title></head><body>单</body></html>";
        let page = dressed(html, None);
        let added = head(&now(None));
        assert_eq!(page.replace(&added, ""), html);
        assert!(page.contains("data-now=\"1-2\"></script>\n</head>"), "{page}");
        let wrong = Trouble { title: Bi::same("wrong"), report: String::new() };
        let page = dressed("<head></head><BODY data-root=\"../\">单</body>", Some(wrong));
        assert!(page.contains("<BODY data-root=\"../\"><aside"), "{page}");
        assert!(dressed("no page", None).starts_with("no page<link"), "a template may lack a head");
    }

    #[test]
    fn what_went_wrong_is_text() {
        let evil = "<script>alert(1)</script>\"'&";
        let trouble = Trouble { title: Bi::same(evil), report: evil.to_owned() };
        for page in [
            dressed("<head></head><body></body>", Some(trouble.clone())),
            String::from_utf8(building(&now(Some(trouble.clone())))).unwrap(),
            String::from_utf8(missing(&now(Some(trouble)))).unwrap(),
        ] {
            assert!(!page.contains("<script>"), "{page}");
            assert_eq!(
                page.matches("&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;").count(),
                3,
                "{page}"
            );
        }
    }
}
