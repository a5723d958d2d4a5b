//! Templates: embedded, overridable block by block from a data root, compiled once per language.
//!
//! Every built-in is registered as `builtin/NAME` and answers to `NAME` too. A data root's `templates/NAME`
//! takes the place of `NAME` alone, so it can say `{% extends "builtin/NAME" %}` and fill one block. Block
//! names are the contract. Everything that is printed is escaped, except fields that end in `_html`, which
//! only [`super::markdown`] can make.

use std::{collections::BTreeMap, fmt, io::Write};

use tera::{Context, ErrorKind, Kwargs, State, Tera};

use super::{
    locale::{LabelError, Labels},
    view::{Frame, LangSwitch, NavColumn, NavEntry, PageFacts, Section, Shell, View},
};
use crate::text::Lang;

macro_rules! builtin {
    ($($name:literal),* $(,)?) => {
        &[$(($name, include_str!(concat!("../../templates/", $name)))),*]
    };
}

/// Every built-in template: name and source with unresolved labels.
pub(crate) const BUILTIN: &[(&str, &str)] = builtin![
    "about.html",
    "aftersales.html",
    "archive/bundle.html",
    "archive/index.html",
    "archive/month.html",
    "archive/order.html",
    "base.html",
    "board.html",
    "broken.html",
    "calendar.html",
    "changes.html",
    "check.html",
    "components.html",
    "customer/frame.html",
    "customer/index.html",
    "customs.html",
    "credits.html",
    "exposure.html",
    "glossary.html",
    "handover.html",
    "index.html",
    "making/alone.html",
    "making/bl-check.html",
    "making/certificate.html",
    "making/containers.html",
    "making/cover.html",
    "making/draft.html",
    "making/goods.html",
    "making/head.html",
    "making/invoice.html",
    "making/packing.html",
    "making/proforma.html",
    "making/sheet.html",
    "making/si.html",
    "order.html",
    "order/credit.html",
    "order/documents.html",
    "order/feedback.html",
    "order/findings.html",
    "order/history.html",
    "order/inspections.html",
    "order/items.html",
    "order/matrix.html",
    "order/money.html",
    "order/notes.html",
    "order/papers.html",
    "order/production.html",
    "order/shipments.html",
    "order/stages.html",
    "order/summary.html",
    "orders.html",
    "party.html",
    "person.html",
    "parts/legend.html",
    "parts/symbols.html",
    "parts/table.html",
    "payables.html",
    "production.html",
    "quality.html",
    "receivables.html",
    "rules/index.html",
    "rules/rule.html",
    "shipments.html",
    "style.html",
    "today.html",
];

const PREFIX: &str = "builtin/";

/// Components are compiled into every template; a second definition would clash with the first.
const NOT_OVERRIDABLE: &str = "components.html";

/// The frame of every page, and the one that takes its place around a document that stands alone.
const FRAME: &str = "base.html";
const FRAME_ALONE: &str = "making/alone.html";

/// The name under which that frame includes the style of documents.
const STYLE_ALONE: &str = "making/style.html";

/// Folder for additional templates of a data root, to be included by its overrides.
const OWN: &str = "own/";

/// Why templates cannot be compiled or a page cannot be rendered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateError {
    /// Template: `order.html` for an override, `builtin/order.html` for one that ships with the tool.
    pub file: String,
    /// 1-based line; 0 = the file as a whole.
    pub line: usize,
    /// What is wrong.
    pub message: String,
}

impl fmt::Display for TemplateError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.line {
            0 => write!(f, "templates/{}: {}", self.file, self.message),
            line => write!(f, "templates/{}:{line}: {}", self.file, self.message),
        }
    }
}

impl std::error::Error for TemplateError {}

/// A finished page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rendered {
    /// Below the output folder: `en/o/GD26-0117.html`.
    pub path: String,
    /// UTF-8.
    pub bytes: Vec<u8>,
}

/// The compiled templates of all languages. Share it between threads by reference.
pub struct Renderer {
    zh: Compiled,
    en: Compiled,
}

struct Compiled {
    tera: Tera,
    labels: Labels,
    alone: bool,
}

impl fmt::Debug for Renderer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Renderer").finish_non_exhaustive()
    }
}

impl Renderer {
    /// Compiles the built-ins with a data root's overrides (name below `templates/`, with `/` → source).
    ///
    /// # Errors
    /// The first syntax error, unknown label, unknown filter, missing parent or name that overrides nothing.
    pub fn new(overrides: &BTreeMap<String, String>) -> Result<Self, TemplateError> {
        for name in overrides.keys() {
            check_name(name)?;
        }
        let compile = |lang| Compiled::new(lang, overrides, false);
        Ok(Self { zh: compile(Lang::Zh)?, en: compile(Lang::En)? })
    }

    /// The same for documents that stand alone: their frame carries the style and has no navigation, whatever frame
    /// the data root puts around its pages.
    ///
    /// # Errors
    /// As [`Renderer::new`].
    pub fn alone(overrides: &BTreeMap<String, String>) -> Result<Self, TemplateError> {
        for name in overrides.keys() {
            check_name(name)?;
        }
        let compile = |lang| Compiled::new(lang, overrides, true);
        Ok(Self { zh: compile(Lang::Zh)?, en: compile(Lang::En)? })
    }

    /// The labels of a language, for whoever fills views.
    #[must_use]
    pub fn labels(&self, lang: Lang) -> &Labels {
        &self.compiled(lang).labels
    }

    /// Renders one page.
    ///
    /// # Errors
    /// A template that asks for a field that the view does not have, with its line.
    pub fn page<V: View>(
        &self,
        shell: &Shell,
        facts: &PageFacts,
        view: &V,
    ) -> Result<Rendered, TemplateError> {
        let compiled = self.compiled(shell.lang);
        let path = view.path();
        let frame = compiled.frame(shell, facts, view, &path);
        let mut context = Context::new();
        context.insert("root", &frame.root);
        context.insert("page", &frame);
        context.insert("v", view);
        let mut bytes = Vec::with_capacity(16 * 1024);
        compiled.tera.render_to(V::TEMPLATE, &context, &mut bytes).map_err(|e| error_of(&e, V::TEMPLATE))?;
        Ok(Rendered { path: format!("{}{path}", shell.folder(shell.lang)), bytes })
    }

    fn compiled(&self, lang: Lang) -> &Compiled {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

impl Compiled {
    fn new(lang: Lang, overrides: &BTreeMap<String, String>, alone: bool) -> Result<Self, TemplateError> {
        let labels = Labels::load(lang).map_err(|e| label_error("locales", &e))?;
        let mut tera = Tera::new();
        tera.set_escape_fn(escape);
        tera.register_filter("url", url_filter);
        // An override must not be able to keep a build busy for ever with `range(end=10000000000)`.
        tera.register_function("range", |_: Kwargs, _: &State<'_>| -> tera::TeraResult<tera::Value> {
            Err(tera::Error::message("`range` is not available: loop over what the view holds"))
        });
        tera.set_fallback_prefixes([PREFIX]).map_err(|e| error_of(&e, "base.html"))?;
        let mut sources = Vec::with_capacity(BUILTIN.len().saturating_add(overrides.len()));
        sources.push((STYLE_ALONE.to_owned(), include_str!("../../site/print.css").to_owned()));
        for (name, source) in BUILTIN {
            let framed = BUILTIN.iter().find(|(n, _)| alone && *name == FRAME && *n == FRAME_ALONE);
            let source = framed.map_or(*source, |(_, frame)| *frame);
            let source = labels.resolve(source).map_err(|e| label_error(&format!("{PREFIX}{name}"), &e))?;
            sources.push((format!("{PREFIX}{name}"), source));
        }
        for (name, source) in overrides.iter().filter(|(name, _)| !alone || *name != FRAME) {
            let source = labels.resolve(source).map_err(|e| label_error(name, &e))?;
            sources.push((name.clone(), source));
        }
        tera.add_raw_templates(sources).map_err(|e| error_of(&e, ""))?;
        Ok(Self { tera, labels, alone })
    }

    fn frame<V: View>(&self, shell: &Shell, facts: &PageFacts, view: &V, path: &str) -> Frame {
        let root = "../".repeat(path.matches('/').count());
        let folder = shell.folder(shell.lang);
        let assets = format!("{root}{}", "../".repeat(folder.matches('/').count()));
        let section = view.section();
        let entry = |s: &Section| NavEntry {
            text: self.labels.get(s.label_key()).unwrap_or_default().to_owned(),
            href: format!("{root}{}", s.path()),
            current: *s == section,
            rank: s.rank(),
        };
        let shown = || Section::ALL.iter().filter(|s| shell.sections.contains(s));
        let nav = shown().map(entry).collect();
        let menu = Section::COLUMNS
            .iter()
            .enumerate()
            .map(|(column, label)| NavColumn {
                label: self.labels.get(label).unwrap_or_default().to_owned(),
                entries: shown().filter(|s| s.column() == column).map(entry).collect(),
            })
            .filter(|column| !column.entries.is_empty())
            .collect();
        let switches = shell
            .languages
            .iter()
            .filter(|lang| **lang != shell.lang)
            .map(|lang| LangSwitch {
                lang: html_lang(*lang),
                name: own_name(*lang),
                href: format!("{assets}{}{path}", shell.folder(*lang)),
            })
            .collect();
        let data = match view.data() {
            none if none.is_empty() => none,
            data => format!("{assets}{data}"),
        };
        Frame {
            lang: html_lang(shell.lang),
            root,
            assets,
            data,
            title: view.title().to_owned(),
            company: shell.company.clone(),
            nav,
            menu,
            switches,
            csp_meta: shell.csp_meta,
            warning: shell.warning.clone(),
            facts: facts.clone(),
            search: shell.sections.contains(&Section::Orders),
            alone: self.alone,
        }
    }
}

/// The value of `lang`: the script matters to fonts and screen readers, the region does not.
fn html_lang(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-Hans",
        Lang::En => "en",
    }
}

fn own_name(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "中文",
        Lang::En => "English",
    }
}

fn check_name(name: &str) -> Result<(), TemplateError> {
    let refuse = |message: String| Err(TemplateError { file: name.to_owned(), line: 0, message });
    if !name.ends_with(".html") {
        // Escaping follows the suffix.
        return refuse("a template's name ends in .html".to_owned());
    }
    if name == NOT_OVERRIDABLE || name.starts_with(PREFIX) {
        return refuse("this template cannot be overridden".to_owned());
    }
    if name.starts_with(OWN) || BUILTIN.iter().any(|(builtin, _)| *builtin == name) {
        return Ok(());
    }
    let near =
        BUILTIN.iter().map(|(b, _)| *b).min_by_key(|b| strsim::levenshtein(b, name)).unwrap_or_default();
    refuse(format!("overrides nothing; did you mean `{near}`? Additional templates go into `{OWN}`"))
}

fn label_error(file: &str, error: &LabelError) -> TemplateError {
    TemplateError { file: file.to_owned(), line: error.line, message: error.message.clone() }
}

fn error_of(error: &tera::Error, template: &str) -> TemplateError {
    let whole = |file: &str, message: String| TemplateError { file: file.to_owned(), line: 0, message };
    match error.kind() {
        ErrorKind::SyntaxError(report) | ErrorKind::RenderingError(report) => TemplateError {
            file: report.filename().to_owned(),
            line: report.span().start_line,
            message: report.message().to_owned(),
        },
        ErrorKind::MissingParent { current, parent } => {
            whole(current, format!("extends `{parent}`, which does not exist"))
        }
        ErrorKind::CircularExtend { tpl, .. } => {
            whole(tpl, "extends itself; extend `builtin/…` instead".to_owned())
        }
        ErrorKind::CircularInclude { tpl, .. } => whole(tpl, "includes itself".to_owned()),
        other => located(&other.to_string()).unwrap_or_else(|| whole(template, other.to_string())),
    }
}

/// Unknown filters, functions and includes are found after parsing and come as text only:
/// ``error: Unknown filter `x` `` and then ` --> order.html:2:11`.
fn located(report: &str) -> Option<TemplateError> {
    let (message, rest) = report.split_once("-->")?;
    let mut place = rest.lines().next()?.trim().split(':');
    let file = place.next()?.to_owned();
    let line = place.next()?.parse().ok()?;
    Some(TemplateError { file, line, message: message.trim().trim_start_matches("error: ").to_owned() })
}

/// Where a link of a view leads from the page it stands on. Anything that is neither relative, an anchor,
/// nor http, https or mailto leads nowhere: views hold text from data files.
pub(crate) fn url(href: &str, root: &str) -> String {
    if href.starts_with('#') {
        return href.to_owned();
    }
    match super::markdown::link_kind(href) {
        super::markdown::LinkKind::Absolute => href.to_owned(),
        super::markdown::LinkKind::Relative => format!("{root}{href}"),
        super::markdown::LinkKind::Refused => "#".to_owned(),
    }
}

fn url_filter(href: &str, args: Kwargs, _: &State<'_>) -> tera::TeraResult<String> {
    let root: &str = args.must_get("root")?;
    Ok(url(href, root))
}

/// Escapes text for element content and quoted attributes, and shows control characters, among them those
/// that reorder text, as U+FFFD: a name must not be able to make a page read differently from the file.
fn escape(input: &str, output: &mut dyn Write) -> std::io::Result<()> {
    // Most values are short and plain; the first bytes below are those of everything replaced.
    let plain = |b: &u8| {
        !matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'' | 0..=0x1F | 0x7F | 0xC2 | 0xD8 | 0xE2 | 0xEF)
    };
    if input.as_bytes().iter().all(plain) {
        return output.write_all(input.as_bytes());
    }
    let mut start = 0;
    for (index, c) in input.char_indices() {
        let replacement = match c {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '"' => "&quot;",
            '\'' => "&#39;",
            c if super::markdown::is_deceptive(c) => "\u{FFFD}",
            _ => continue,
        };
        output.write_all(input.get(start..index).unwrap_or_default().as_bytes())?;
        output.write_all(replacement.as_bytes())?;
        start = index.saturating_add(c.len_utf8());
    }
    output.write_all(input.get(start..).unwrap_or_default().as_bytes())
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::site::{sample, view::OrderPage};

    fn overrides(list: &[(&str, &str)]) -> BTreeMap<String, String> {
        list.iter().map(|(n, s)| ((*n).to_owned(), (*s).to_owned())).collect()
    }

    fn render(over: &[(&str, &str)], order: &OrderPage) -> String {
        let renderer = Renderer::new(&overrides(over)).unwrap();
        let page = renderer.page(&sample::shell(Lang::Zh), &PageFacts::default(), order).unwrap();
        String::from_utf8(page.bytes).unwrap()
    }

    #[test]
    fn every_template_file_is_embedded() {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("templates");
        let mut files: Vec<String> = walkdir::WalkDir::new(&root)
            .into_iter()
            .map(Result::unwrap)
            .filter(|e| e.file_type().is_file())
            .map(|e| e.path().strip_prefix(&root).unwrap().to_string_lossy().into_owned())
            .collect();
        files.sort();
        let mut names: Vec<&str> = BUILTIN.iter().map(|(n, _)| *n).collect();
        names.sort_unstable();
        assert_eq!(files, names);
    }

    /// The contract with data roots: whoever renames a block breaks their overrides.
    #[test]
    fn block_names_are_the_contract() {
        let blocks = |name: &str| -> Vec<String> {
            let (_, source) = BUILTIN.iter().find(|(n, _)| *n == name).unwrap();
            source
                .split(" block ")
                .skip(1)
                .filter(|s| !s.starts_with("%"))
                .map(|s| s.split(' ').next().unwrap().to_owned())
                .collect()
        };
        assert_eq!(
            blocks("order.html"),
            [
                "content",
                "summary",
                "errors",
                "stages",
                "findings",
                "papers",
                "matrix",
                "credit",
                "money",
                "items",
                "production",
                "inspections",
                "shipments",
                "documents",
                "feedback",
                "notes",
                "history"
            ]
        );
        assert_eq!(
            blocks("index.html"),
            ["content", "todos", "counts", "stages", "cash", "indicators", "changes", "quality"]
        );
        assert_eq!(blocks("base.html"), ["head", "header", "content", "footer"]);
        assert_eq!(blocks("making/alone.html"), blocks("base.html"));
        assert_eq!(blocks("making/sheet.html"), ["head", "content", "paper"]);
    }

    #[test]
    fn only_markdown_is_printed_unescaped() {
        for (name, source) in BUILTIN {
            for (at, _) in source.match_indices("| safe") {
                let field = source[..at].rsplit("{{").next().unwrap().trim();
                assert!(field.ends_with("_html"), "{name}: `{field} | safe`");
            }
        }
    }

    /// A strict policy without `unsafe-inline` forbids both.
    #[test]
    fn no_inline_style_and_no_inline_script() {
        // A document that stands alone has no file beside it to hold its style.
        for (name, source) in BUILTIN.iter().filter(|(name, _)| *name != FRAME_ALONE) {
            for bad in [" style=", "<style", " onclick", " onload", "javascript:"] {
                assert!(!source.contains(bad), "{name} holds {bad}");
            }
            for script in source.split("<script").skip(1) {
                assert!(script.starts_with(" defer src="), "{name}");
            }
        }
    }

    #[test]
    fn one_block_can_be_overridden_and_the_rest_stays() {
        let over = "{% extends \"builtin/order.html\" %}\n{% block notes %}<p>[[ nav.board ]] {{ v.id }}</p>{% endblock notes %}";
        let html = render(&[("order.html", over)], &sample::order(Lang::Zh));
        assert!(html.contains("<p>看板 GD26-0117</p>"));
        assert!(!html.contains("id=\"notes\""));
        assert!(html.contains("id=\"money\""));
    }

    #[test]
    fn a_part_and_the_frame_can_be_overridden() {
        let html = render(
            &[
                ("order/money.html", "<p>{% include \"own/x.html\" %}</p>"),
                ("own/x.html", "own {{ v.amount }}"),
                (
                    "base.html",
                    "{% extends \"builtin/base.html\" %}{% block footer %}<footer>F</footer>{% endblock footer %}",
                ),
            ],
            &sample::order(Lang::Zh),
        );
        assert!(html.contains("<p>own USD 44,040.00</p>"));
        assert!(html.contains("<footer>F</footer>"));
        assert!(html.contains("id=\"stages\""));
    }

    #[test]
    fn errors_name_file_and_line() {
        let error = |over: &[(&str, &str)]| Renderer::new(&overrides(over)).unwrap_err();
        let e = error(&[("order.html", "a\n\n{% if %}")]);
        assert_eq!((e.file.as_str(), e.line), ("order.html", 3));
        let e = error(&[("order.html", "a\n[[ no.such ]]")]);
        assert_eq!(e.to_string(), "templates/order.html:2: unknown label `no.such`");
        let e = error(&[("order.html", "\n{{ v.id | shout }}")]);
        assert_eq!((e.file.as_str(), e.line), ("order.html", 2));
        assert!(error(&[("ordr.html", "")]).message.contains("did you mean `order.html`"));
        assert!(error(&[("order.txt", "")]).message.contains(".html"));
        assert!(error(&[("components.html", "")]).message.contains("cannot"));
        assert!(error(&[("order.html", "{% extends \"order.html\" %}")]).file.contains("order.html"));
    }

    #[test]
    fn a_missing_field_names_file_and_line() {
        let renderer = Renderer::new(&overrides(&[("order/notes.html", "\n{{ v.nots }}")])).unwrap();
        let shell = sample::shell(Lang::Zh);
        let e = renderer.page(&shell, &PageFacts::default(), &sample::order(Lang::Zh)).unwrap_err();
        assert_eq!((e.file.as_str(), e.line), ("order/notes.html", 2));
    }

    #[test]
    fn hostile_text_stays_text() {
        let mut order = sample::order(Lang::Zh);
        order.verdict = "<script>alert(1)</script> \u{202E}drow \u{7} & 'q' \"d\"".to_owned();
        order.customer.href = "javascript:alert(1)".to_owned();
        let html = render(&[], &order);
        assert!(html.contains(
            "&lt;script&gt;alert(1)&lt;/script&gt; \u{FFFD}drow \u{FFFD} &amp; &#39;q&#39; &quot;d&quot;"
        ));
        assert!(!html.contains("javascript:"));
    }

    /// The quick path must not let through what the slow one replaces.
    #[test]
    fn every_deceptive_character_is_escaped() {
        for c in (0..0x1_1000).filter_map(char::from_u32) {
            let mut out = Vec::new();
            escape(&c.to_string(), &mut out).unwrap();
            let out = String::from_utf8(out).unwrap();
            match c {
                c if super::super::markdown::is_deceptive(c) => assert_eq!(out, "\u{FFFD}", "{c:?}"),
                '&' | '<' | '>' | '"' | '\'' => assert!(out.starts_with('&') && out.ends_with(';')),
                c => assert_eq!(out, c.to_string()),
            }
        }
    }

    /// What a data root does to the frame of its pages does not reach a document that stands alone; what it does to
    /// the document does.
    #[test]
    fn a_document_alone_needs_nothing_beside_it() {
        let over = overrides(&[
            (
                "base.html",
                "{% extends \"builtin/base.html\" %}{% block footer %}<p>OURS</p>{% endblock footer %}",
            ),
            ("making/head.html", "<h1>LETTERHEAD {{ v.sheet.name }}</h1>"),
        ]);
        let renderer = Renderer::alone(&over).unwrap();
        let view = crate::site::view::making::InvoicePage::default();
        let page = renderer.page(&sample::shell(Lang::Zh), &PageFacts::default(), &view).unwrap();
        let html = String::from_utf8(page.bytes).unwrap();
        for beside in ["<link", "<script", "src=", "OURS", "<nav", "http:", "https:"] {
            assert!(!html.contains(beside), "{beside}");
        }
        assert!(html.contains("LETTERHEAD") && html.contains("@page") && html.contains("class=\"alone\""));
        let site = Renderer::new(&over).unwrap();
        let page = site.page(&sample::shell(Lang::Zh), &PageFacts::default(), &view).unwrap();
        let html = String::from_utf8(page.bytes).unwrap();
        assert!(html.contains("print.css") && html.contains("OURS") && !html.contains("<style"));
    }

    #[test]
    fn links_know_their_depth() {
        assert_eq!(url("o/GD26-0117.html", "../"), "../o/GD26-0117.html");
        assert_eq!(url("#docs", "../"), "#docs");
        assert_eq!(url("https://git.example/x", "../"), "https://git.example/x");
        assert_eq!(url("data:text/html,x", "../"), "#");
        assert_eq!(url("//evil.example/x", "../"), "#");
    }
}
