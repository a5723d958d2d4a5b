//! A finding as pages show it: its places with the source lines, the edit as a diff, and its address on the page.
//!
//! A finding about purchase prices, payments to suppliers or references of a bank is named by its rule alone to readers
//! who may not see them, and a source line that holds one is not quoted.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use super::audience::{Audience, Sees};
use super::ctx::Ctx;
use crate::check::finding::{At, Class, Edit, Finding, Place, Region, Severity, Spot, Verdict, WaivedBy};
use crate::check::locate;
use crate::load::files::Files;
use crate::report::Counts;
use crate::say;
use crate::site::view;
use crate::text::Bi;

/// Keys whose values are not for every reader.
const WITHHELD: [(&str, Sees); 5] = [
    ("buy", Sees::PurchasePrices),
    ("paid", Sees::SupplierPayments),
    ("bills", Sees::SupplierPayments),
    ("margin", Sees::Margin),
    ("recovered", Sees::Margin),
];

/// Longest part of a source line that is quoted on each side of what is meant, in characters.
const AROUND: usize = 80;

/// Texts of the files that findings name, each read once.
pub struct Sources<'a> {
    root: &'a Files,
    texts: BTreeMap<Arc<str>, String>,
}

impl<'a> Sources<'a> {
    /// For the files of a root. One per order keeps memory small.
    #[must_use]
    pub fn new(root: &'a Files) -> Self {
        Self { root, texts: BTreeMap::new() }
    }

    fn text(&mut self, file: &Arc<str>) -> &str {
        let root = self.root;
        self.texts.entry(Arc::clone(file)).or_insert_with(|| locate::text(root, file).unwrap_or_default())
    }
}

/// The findings of an order for its own page: worst first, then what is history, waived ones last.
#[must_use]
pub fn list(ctx: &Ctx<'_>, findings: &[&Finding]) -> Vec<view::Finding> {
    list_beside(ctx, findings, &mut BTreeSet::new())
}

/// The same on a page that has shown other findings: `seen` holds the addresses it gave them.
pub fn list_beside(ctx: &Ctx<'_>, findings: &[&Finding], seen: &mut BTreeSet<String>) -> Vec<view::Finding> {
    let mut sorted: Vec<&Finding> = findings.to_vec();
    sorted.sort_by_key(|f| (f.waived.is_some(), f.past, Reverse(f.severity), f.class));
    let mut sources = Sources::new(&ctx.book().root);
    let mut shown: Vec<view::Finding> = sorted.iter().map(|f| of(ctx, f, &mut sources)).collect();
    for (view, finding) in shown.iter_mut().zip(&sorted) {
        view.order.clear();
        view.order_href.clear();
        view.anchor = address(finding, seen);
    }
    shown
}

/// The address of a finding on a page, each once: the first of several findings of one rule at one place keeps the
/// short one.
#[must_use]
pub fn address(finding: &Finding, seen: &mut BTreeSet<String>) -> String {
    let short = anchor_of(finding);
    let own = if seen.contains(&short) {
        format!("{short}-{}", finding.fingerprint.get(..6).unwrap_or_default())
    } else {
        short
    };
    seen.insert(own.clone());
    own
}

/// One finding for a list across orders; [`list`] for the order's own page.
#[must_use]
pub fn of(ctx: &Ctx<'_>, finding: &Finding, sources: &mut Sources<'_>) -> view::Finding {
    let withheld = is_withheld(ctx, finding, sources);
    let order = finding.subject.order();
    view::Finding {
        anchor: anchor_of(finding),
        rule: finding.rule.name.to_owned(),
        rule_href: format!("rules/{}.html", finding.rule.name),
        level: level(finding.severity),
        class: class(finding.class),
        judgement: finding.verdict == Verdict::Judgement,
        title: if withheld { ctx.word(finding.rule.title).to_owned() } else { ctx.text(&finding.title) },
        order: order.map(ToString::to_string).unwrap_or_default(),
        order_href: order.map(|id| format!("o/{id}.html")).unwrap_or_default(),
        places: finding.spots.iter().map(|spot| place(ctx, spot, withheld, sources)).collect(),
        help: if withheld { ctx.word(finding.rule.docs.fix).to_owned() } else { ctx.text(&finding.help) },
        fix: if withheld { Vec::new() } else { fix(ctx.audience, &finding.edits, sources) },
        source: ctx.text(&finding.source),
        until: finding.until.map(|day| ctx.weekday(day).text).unwrap_or_default(),
        past: finding.past,
        waived: finding.waived.as_ref().map(|w| waived(ctx, w)).unwrap_or_default(),
    }
}

/// Whether a place lies in a part of a record: the part itself or a key below it.
#[must_use]
pub fn inside(part: &Place, place: &Place) -> bool {
    let At::Value(prefix) = &part.at else { return false };
    // A table that stands once has no position in its path.
    let single = prefix.strip_suffix("[0]");
    let below = |path: &str| {
        [Some(prefix.as_str()), single].into_iter().flatten().any(|prefix| {
            path.strip_prefix(prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
        })
    };
    match &place.at {
        At::Value(path) | At::Key(path) => place.file == part.file && below(path),
        At::File | At::Bytes(..) => false,
    }
}

/// A finding has a place in a part of a record: a paper, a clause of the credit.
#[must_use]
pub fn touches(finding: &Finding, part: &Place) -> bool {
    finding.spots.iter().any(|spot| inside(part, &spot.place))
}

/// The address of a finding on its order's page, without `#`. A second finding of the same rule at the same place
/// gets a suffix there; a link then leads to the first of them.
#[must_use]
pub fn anchor_of(finding: &Finding) -> String {
    view_anchor(finding.rule.name, &finding.identity)
}

fn view_anchor(rule: &str, identity: &str) -> String {
    if identity.is_empty() { rule.to_owned() } else { view::anchor(&format!("{rule}-{identity}")) }
}

/// `错误 1，提示 2，风险 1，已豁免 1`: what there is; empty when there is nothing.
#[must_use]
pub fn summary(ctx: &Ctx<'_>, findings: &[&Finding]) -> String {
    let counts = Counts::of(findings.iter().copied());
    let parts = [
        (counts.errors, ("错误", "errors")),
        (counts.warnings, ("警告", "warnings")),
        (counts.infos, ("提示", "notes")),
        (counts.risks, ("风险", "risks")),
        (counts.waived, ("已豁免", "waived")),
        (counts.past, ("历史", "history")),
    ];
    let parts: Vec<String> = parts
        .into_iter()
        .filter(|(n, _)| *n > 0)
        .map(|(n, word)| {
            let word = ctx.word(word);
            say!(ctx, "{word} {n}", "{word}: {n}")
        })
        .collect();
    parts.join(ctx.word(("，", ", ")))
}

/// Severity as pages show it.
#[must_use]
pub fn level(severity: Severity) -> view::Level {
    match severity {
        Severity::Error => view::Level::Error,
        Severity::Warning => view::Level::Warning,
        Severity::Info => view::Level::Info,
    }
}

/// Class as pages show it.
#[must_use]
pub fn class(class: Class) -> view::Class {
    match class {
        Class::Record => view::Class::Record,
        Class::Document => view::Class::Document,
        Class::Risk => view::Class::Risk,
    }
}

fn waived(ctx: &Ctx<'_>, waived: &WaivedBy) -> String {
    let by = ctx.person(&waived.by);
    let why = &waived.why;
    match waived.until {
        Some(until) => {
            let until = ctx.day(until).text;
            say!(ctx, "{why}（{by}，到 {until}）", "{why} ({by}, until {until})")
        }
        None => say!(ctx, "{why}（{by}）", "{why} ({by})"),
    }
}

fn place(ctx: &Ctx<'_>, spot: &Spot, withheld: bool, sources: &mut Sources<'_>) -> view::Place {
    let file = &spot.place.file;
    let excerpt = match spot.region {
        Some(region) if !withheld => excerpt(ctx.audience, sources.text(file), region).into_iter().collect(),
        _ => Vec::new(),
    };
    let line = spot.region.map(|r| r.line);
    view::Place {
        file: file.to_string(),
        line: line.unwrap_or(0),
        column: spot.region.map_or(0, |r| r.column),
        href: ctx.file_href(file, line),
        label: if withheld { String::new() } else { label(ctx, &spot.label) },
        excerpt,
    }
}

fn label(ctx: &Ctx<'_>, label: &Bi) -> String {
    ctx.text(label)
}

/// The line that is meant; nothing when it holds what the reader may not see.
fn excerpt(audience: Audience<'_>, text: &str, region: Region) -> Option<view::Excerpt> {
    let whole = line_of(text, region.start)?;
    if withheld_line(audience, text, &whole) {
        return None;
    }
    let end = region.end.clamp(region.start, whole.end);
    Some(view::Excerpt {
        line: region.line,
        before: last_chars(text.get(whole.start..region.start)?),
        marked: text.get(region.start..end)?.to_owned(),
        after: first_chars(text.get(end..whole.end)?),
    })
}

/// The line a byte stands in, without its line break.
fn line_of(text: &str, at: usize) -> Option<Range<usize>> {
    let start = text.get(..at)?.rfind('\n').map_or(0, |n| n + 1);
    let rest = text.get(at..)?;
    let end = at + rest.find('\n').unwrap_or(rest.len());
    let end = end - usize::from(text.get(start..end)?.ends_with('\r'));
    Some(start..end.max(at))
}

fn last_chars(text: &str) -> String {
    match text.char_indices().rev().nth(AROUND) {
        Some((at, _)) => format!("…{}", text.get(at..).unwrap_or_default()),
        None => text.to_owned(),
    }
}

fn first_chars(text: &str) -> String {
    match text.char_indices().nth(AROUND) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// The title of a finding alone; where it may quote what the reader may not see, the rule's name.
#[must_use]
pub fn title(ctx: &Ctx<'_>, finding: &Finding) -> String {
    let withheld = is_withheld(ctx, finding, &mut Sources::new(&ctx.book().root));
    if withheld { ctx.word(finding.rule.title).to_owned() } else { ctx.text(&finding.title) }
}

/// A finding about something that the reader may not see: its title and edit may quote it.
pub(crate) fn is_withheld(ctx: &Ctx<'_>, finding: &Finding, sources: &mut Sources<'_>) -> bool {
    let audience = ctx.audience;
    if quotes_bank(ctx, finding) {
        return true;
    }
    let spots = finding.spots.iter().map(|s| (&s.place, s.region));
    let edits = finding.edits.iter().map(|e| (&e.place, e.region));
    spots.chain(edits).any(|(place, region)| match (&place.at, region) {
        (At::Value(path) | At::Key(path), _) => names_withheld(audience, &[path]),
        (At::Bytes(..), Some(region)) => {
            let text = sources.text(&place.file);
            line_of(text, region.start).is_some_and(|line| withheld_line(audience, text, &line))
        }
        _ => false,
    })
}

/// A receipt may be named by the reference of its bank.
fn quotes_bank(ctx: &Ctx<'_>, finding: &Finding) -> bool {
    let order = finding.subject.order().and_then(|id| ctx.book().order(id));
    let Some(order) = order.filter(|_| !ctx.audience.sees(Sees::BankReferences)) else { return false };
    let mut references = order.received.iter().filter_map(|r| r.r#ref.as_deref()).map(str::trim);
    let labels = finding.spots.iter().map(|spot| &spot.label);
    let said: Vec<&Bi> = [&finding.title, &finding.help].into_iter().chain(labels).collect();
    references
        .any(|own| !own.is_empty() && said.iter().any(|text| text.zh.contains(own) || text.en.contains(own)))
}

/// Whether keys, in a path or on the lines of a file, name something that the reader may not see.
fn names_withheld(audience: Audience<'_>, texts: &[&str]) -> bool {
    let between = |c: char| !(c.is_alphanumeric() || c == '_' || c == '-');
    let keys = || texts.iter().flat_map(|text| text.split(between));
    let of_bank = !audience.sees(Sees::BankReferences)
        && keys().any(|key| key == "received")
        && keys().any(|key| matches!(key, "ref" | "bank"));
    of_bank || keys().any(|key| WITHHELD.iter().any(|(word, what)| *word == key && !audience.sees(*what)))
}

/// True when a line names a withheld key, or stands below the header of a withheld table.
fn withheld_line(audience: Audience<'_>, text: &str, line: &Range<usize>) -> bool {
    let Some(own) = text.get(line.clone()) else { return true };
    let header =
        text.get(..line.start).unwrap_or_default().lines().rev().find(|l| l.trim_start().starts_with('['));
    names_withheld(audience, &[header.unwrap_or_default(), own])
}

/// The edits as removed and added lines; edits of one line together.
fn fix(audience: Audience<'_>, edits: &[Edit], sources: &mut Sources<'_>) -> Vec<view::FixLine> {
    let mut located: Vec<(&Arc<str>, Region, &str)> =
        edits.iter().filter_map(|e| Some((&e.place.file, e.region?, e.text.as_str()))).collect();
    located.sort_by_key(|(file, region, _)| (Arc::clone(file), region.start));
    let mut lines = Vec::new();
    let mut rest = located.as_slice();
    while let Some((file, first, _)) = rest.first() {
        let same = rest.iter().take_while(|(f, r, _)| f == file && r.line == first.line).count().max(1);
        let (now, later) = rest.split_at(same);
        diff(audience, sources.text(file), now, &mut lines);
        rest = later;
    }
    lines
}

fn diff(
    audience: Audience<'_>,
    text: &str,
    edits: &[(&Arc<str>, Region, &str)],
    out: &mut Vec<view::FixLine>,
) {
    let (Some((_, first, _)), Some((_, last, _))) = (edits.first(), edits.last()) else { return };
    let (Some(from), Some(to)) = (line_of(text, first.start), line_of(text, last.end)) else { return };
    if withheld_line(audience, text, &from) {
        return;
    }
    let mut new = String::new();
    let mut at = from.start;
    for (_, region, with) in edits {
        let Some(kept) = text.get(at..region.start) else { return };
        new.push_str(kept);
        new.push_str(with);
        at = region.end;
    }
    let (Some(tail), Some(old)) = (text.get(at..to.end.max(at)), text.get(from.start..to.end)) else {
        return;
    };
    new.push_str(tail);
    let old: Vec<&str> = old.lines().collect();
    let new: Vec<&str> = new.lines().collect();
    let line = |sign: &str, text: &&str| view::FixLine { sign: sign.to_owned(), text: (*text).to_owned() };
    out.extend(old.iter().filter(|l| !new.contains(l)).map(|l| line("-", l)));
    out.extend(new.iter().map(|l| line(if old.contains(l) { " " } else { "+" }, l)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bi;
    use crate::book::Book;
    use crate::check::check;
    use crate::derive::derive;
    use crate::history;
    use crate::load::load;
    use crate::publish::audience::Reader;
    use crate::publish::ctx::Findings;
    use crate::text::Lang;

    const FILE: &str = "orders/2026/GD26-0001/order.toml";

    /// Views of what the check finds in one order file.
    fn views(order: &str) -> Vec<view::Finding> {
        let dir = tempfile::tempdir().unwrap();
        let file = dir.path().join(FILE);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(dir.path().join("gendan.toml"), "schema = 1\n").unwrap();
        std::fs::write(file, order).unwrap();
        let loaded = load(dir.path()).unwrap();
        let history = history::read(dir.path());
        let facts = derive(&loaded.book, &history, "2026-11-23".parse().unwrap());
        let found = check(&facts, loaded.findings).findings;
        let findings = Findings::of(&found);
        let ctx = Ctx::of(&facts, &findings, Reader::Internal, Lang::Zh);
        list(&ctx, findings.order("GD26-0001"))
    }

    #[test]
    fn a_finding_shows_the_line_and_what_is_meant() {
        let shown = views("# 订单\ncusstomer = \"hanse\" # 谁\n");
        let finding = shown.iter().find(|f| f.rule == "toml-unknown-key").unwrap();
        let place = &finding.places[0];
        assert_eq!((&*place.file, place.line, place.column), (FILE, 2, 1));
        let line = &place.excerpt[0];
        assert_eq!((&*line.before, &*line.marked, &*line.after), ("", "cusstomer", " = \"hanse\" # 谁"));
        let fix: Vec<(&str, &str)> = finding.fix.iter().map(|l| (&*l.sign, &*l.text)).collect();
        assert_eq!(fix, [("-", "cusstomer = \"hanse\" # 谁"), ("+", "customer = \"hanse\" # 谁")]);
        assert_eq!(finding.rule_href, "rules/toml-unknown-key.html");
        assert!(finding.order.is_empty() && !finding.anchor.is_empty());
    }

    #[test]
    fn a_purchase_price_is_not_quoted_by_a_finding() {
        let wrong = [
            "[[items]]\nsku = \"A\"\nbuy = { from = \"x\", price = \"98,76,54\" }\n",
            "[[items]]\nskuu = \"A\"\n[items.buy]\nprice = \"98,76,54\"\n",
            "[[paid]]\namount = \"98,76,54\"\n",
            "[[bills]]\namount = 98,76,54\n",
            "items = [{ skuu = \"A\", buy = { price = 987654.00 } }]\n",
        ];
        for order in wrong {
            let shown = views(order);
            assert!(!shown.is_empty(), "{order}");
            let text = serde_json::to_string(&shown).unwrap();
            assert!(!text.contains("98,76,54") && !text.contains("987654"), "{order}: {text}");
        }
    }

    #[test]
    fn the_second_finding_at_one_place_has_its_own_address() {
        let shown = views("[[received]]\ndate = 2026-13-01\n[[received]]\ndate = 2026-13-01\n");
        let anchors: BTreeSet<&str> = shown.iter().map(|f| &*f.anchor).collect();
        assert_eq!(anchors.len(), shown.len());
        assert!(shown.len() > 1);
    }

    #[test]
    fn waived_findings_stand_last_and_say_who_accepted_them() {
        let book = Book::default();
        let history = history::read(std::path::Path::new("/nonexistent"));
        let facts = derive(&book, &history, "2026-11-23".parse().unwrap());
        let rule = crate::check::rules::find("toml-unknown-key").unwrap();
        let subject = crate::check::finding::Subject::Order(Arc::from("GD26-0001"));
        let mut accepted = Finding::new(rule, subject.clone(), bi!("豁免的", "waived"));
        accepted.severity = Severity::Error;
        accepted.waived = Some(WaivedBy {
            why: "客户接受".to_owned(),
            by: "chen.hao".to_owned(),
            until: Some("2026-12-31".parse().unwrap()),
        });
        let mut open = Finding::new(rule, subject, bi!("没豁免的", "open"));
        open.severity = Severity::Info;
        let all = [accepted, open];
        let findings = Findings::of(&all);
        let ctx = Ctx::of(&facts, &findings, Reader::Internal, Lang::Zh);
        let shown = list(&ctx, findings.order("GD26-0001"));
        let titles: Vec<&str> = shown.iter().map(|f| &*f.title).collect();
        assert_eq!(titles, ["没豁免的", "豁免的"]);
        assert_eq!(shown[1].waived, "客户接受（chen.hao，到 12-31）");
        assert_eq!(summary(&ctx, findings.order("GD26-0001")), "提示 1，已豁免 1");
    }
}
