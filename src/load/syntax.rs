//! Parse errors, said in the writer's words. The parser's own messages are English and name tokens; what a
//! merchandiser did was to type a Chinese quote, a thousands comma or a date with slashes. Those are looked for
//! first, line by line; what remains of the parser's errors is mapped one by one.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::Arc;

use toml::de::{DeTable, DeValue};

use crate::bi;
use crate::check::finding::{Finding, Place, Subject};
use crate::check::rule::Rule;
use crate::check::rules;
use crate::load::source::{Inside, scan};
use crate::load::suggest::{self, whole_line};
use crate::text::Bi;

/// What is wrong with a text that does not parse cleanly, and the lines about which nothing more is said.
pub struct Problems {
    /// One finding per line at most.
    pub findings: Vec<Finding>,
    /// Those lines.
    pub lines: Vec<Range<usize>>,
    /// Problems that are not listed.
    pub more: usize,
}

/// Most lines that get a message of their own: the other lines of a file that is no TOML say nothing new.
const MAX_LINES: usize = 50;

/// Full-width characters and what they should be. Letters and digits are mapped by their distance.
const WIDE: &[(char, char)] = &[
    ('“', '"'),
    ('”', '"'),
    ('„', '"'),
    ('＂', '"'),
    ('‘', '\''),
    ('’', '\''),
    ('，', ','),
    ('、', ','),
    ('。', '.'),
    ('：', ':'),
    ('【', '['),
    ('】', ']'),
    ('「', '"'),
    ('」', '"'),
    ('\u{3000}', ' '),
    ('\u{a0}', ' '),
];

/// The ASCII character a full-width one stands for.
#[must_use]
pub fn narrow(c: char) -> Option<char> {
    if let Some((_, to)) = WIDE.iter().find(|(from, _)| *from == c) {
        return Some(*to);
    }
    let code = u32::from(c);
    (0xFF01..=0xFF5E).contains(&code).then(|| char::from_u32(code - 0xFEE0)).flatten()
}

/// A text of which only lines that can be read are left, and what is wrong with the others.
pub struct Recovered<'t> {
    /// The text; unreadable parts are blanks, so that every other byte stands where it stood.
    pub text: Cow<'t, str>,
    /// What was blanked, and why.
    pub problems: Problems,
}

/// Parser passes over one file. Each takes out what the pass before could not read.
const MAX_PASSES: usize = 12;

/// Makes a text parseable: the parser gives up the rest of a table or file at some mistakes, so lines that cannot
/// be read are explained, blanked, and the rest is read again.
#[must_use]
pub fn recover<'t>(file: &Arc<str>, subject: &Subject, text: &'t str) -> Recovered<'t> {
    let problems = Problems { findings: Vec::new(), lines: Vec::new(), more: 0 };
    let mut recovered = Recovered { text: Cow::Borrowed(text), problems };
    for _ in 0..MAX_PASSES {
        let (table, mut errors) = DeTable::parse_recoverable(&recovered.text);
        if errors.is_empty() {
            break;
        }
        errors.sort_by_key(|e| e.span().map_or(usize::MAX, |s| s.start));
        let found = explain(file, subject, &recovered.text, table.get_ref(), &errors);
        drop(table);
        let problems = &mut recovered.problems;
        let room = MAX_LINES.saturating_sub(problems.findings.len());
        problems.more = found.more + found.findings.len().saturating_sub(room);
        problems.findings.extend(found.findings.into_iter().take(room));
        problems.lines.extend(found.lines.iter().cloned());
        let before = recovered.text.len();
        let (blanked, changed) = blank(&recovered.text, &found.lines);
        debug_assert_eq!(before, blanked.len());
        recovered.text = Cow::Owned(blanked);
        if !changed {
            break;
        }
    }
    recovered
}

/// Replaces ranges by blanks, line breaks excepted; says whether anything was there.
fn blank(text: &str, ranges: &[Range<usize>]) -> (String, bool) {
    let mut bytes = text.as_bytes().to_vec();
    let mut changed = false;
    for range in ranges {
        for byte in bytes.get_mut(clamp(text, range)).into_iter().flatten() {
            if !byte.is_ascii_whitespace() {
                *byte = b' ';
                changed = true;
            }
        }
    }
    (String::from_utf8(bytes).unwrap_or_default(), changed)
}

/// Turns the parser's errors into findings. `lines` are the places that are to be blanked.
fn explain(
    file: &Arc<str>,
    subject: &Subject,
    text: &str,
    table: &DeTable<'_>,
    errors: &[toml::de::Error],
) -> Problems {
    let mut problems = Problems { findings: Vec::new(), lines: Vec::new(), more: 0 };
    for (span, wide) in wide_runs(text) {
        fullwidth(&mut problems, file, subject, text, span, &wide);
    }
    // Where nothing more is said in this pass: beyond what is blanked, what follows from it.
    let mut silent = problems.lines.clone();
    for (index, error) in errors.iter().enumerate() {
        let at = clamp(text, &error.span().unwrap_or(text.len()..text.len()));
        let line = whole_line(text, at.start);
        if problems.findings.len() >= MAX_LINES {
            problems.more = errors.len() - index;
            problems.lines.push(line.start..text.len());
            break;
        }
        if silent.iter().any(|l| l.start <= at.start && at.start <= l.end) {
            continue;
        }
        let finding = duplicate(file, subject, text, table, error, &at)
            .or_else(|| line_problem(file, subject, text, &line))
            .or_else(|| open_bracket(file, subject, text, &at))
            .or_else(|| line_before(&problems, file, subject, text, &line))
            .unwrap_or_else(|| parser_problem(file, subject, text, error, &at));
        let spoken = match finding.spots.first().map(|s| &s.place.at) {
            Some(crate::check::finding::At::Bytes(start, _)) => whole_line(text, *start),
            _ => line.clone(),
        };
        let (lost, follows) = consequences(text, &finding, &spoken, &line);
        silent.extend([line, follows]);
        problems.lines.push(lost);
        problems.findings.push(finding);
    }
    if problems.lines.is_empty() {
        // Every error stood behind another one that needs no blanking: take the first out.
        let at = errors.first().and_then(toml::de::Error::span).map_or(text.len(), |s| s.start);
        problems.lines.push(whole_line(text, at.min(text.len())));
    }
    problems
}

/// What a finding makes unreadable beyond its line, and where errors of the same pass follow from it: the content
/// of a table given twice, all that an open bracket swallows.
fn consequences(
    text: &str,
    finding: &Finding,
    spoken: &Range<usize>,
    noticed: &Range<usize>,
) -> (Range<usize>, Range<usize>) {
    let content = text.get(spoken.clone()).unwrap_or_default();
    if std::ptr::eq(finding.rule, &rules::toml_duplicate_key::RULE) && content.trim_start().starts_with('[') {
        let next = text.get(spoken.end..).and_then(|rest| rest.find("\n["));
        let section = spoken.start..next.map_or(text.len(), |at| spoken.end + at);
        return (section.clone(), section);
    }
    if std::ptr::eq(finding.rule, &rules::toml_unclosed::RULE) && finding.values.is_empty() {
        let end = if noticed.start > spoken.end { noticed.start - 1 } else { spoken.end };
        return (spoken.start..end, spoken.start..text.len());
    }
    (spoken.clone(), spoken.clone())
}

/// A bracket that was opened lines above and swallows what follows: the parser only misses a comma.
fn open_bracket(file: &Arc<str>, subject: &Subject, text: &str, at: &Range<usize>) -> Option<Finding> {
    let line = whole_line(text, at.start.min(text.len()));
    let content = text.get(line.clone())?.trim();
    let starts_anew = content.starts_with('[') || content.contains(" = ") && !content.starts_with('{');
    if !starts_anew && !content.is_empty() {
        return None;
    }
    let mut open: Vec<usize> = Vec::new();
    scan(text, |position, byte, inside| {
        match (inside, byte) {
            _ if position >= line.start => return false,
            (Inside::Code, b'[' | b'{') => open.push(position),
            (Inside::Code, b']' | b'}') => {
                open.pop();
            }
            _ => {}
        }
        true
    });
    let start = *open.last()?;
    let (bracket, close) = if text.get(start..)?.starts_with('[') { ('[', ']') } else { ('{', '}') };
    let mut found = finding(
        &rules::toml_unclosed::RULE,
        file,
        subject,
        start..start + 1,
        bi!(
            "括号 {bracket} 没有配对，下面的行都读不到",
            "the bracket {bracket} is not closed; the lines below are lost"
        ),
        bi!("这里开始，没有结束", "opens here, does not close"),
    );
    found.help(bi!("在这一项的末尾补上 {close}", "close it with {close} where it should end"));
    Some(found)
}

/// The same key twice: shown at both places.
fn duplicate(
    file: &Arc<str>,
    subject: &Subject,
    text: &str,
    table: &DeTable<'_>,
    error: &toml::de::Error,
    at: &Range<usize>,
) -> Option<Finding> {
    if error.message() != "duplicate key" {
        return None;
    }
    let second = clamp(text, at);
    let written = text.get(second.clone())?;
    let name = written.trim_matches(['"', '\'']);
    let first = if is_header(text, &second) {
        header_above(text, name, second.start)
    } else {
        first_place(text, table, name, &second)
    };
    let lines = first.as_ref().map(|first| line_number(text, first.start));
    let title = match lines {
        Some(line) => bi!(
            "`{name}` 写了两次，第 {line} 行已经有了",
            "`{name}` is given twice; it stands in line {line} already"
        ),
        None => bi!("`{name}` 写了两次", "`{name}` is given twice"),
    };
    let label = bi!("又写了一次，这里的没有读", "again; this one was not read");
    let mut found = finding(&rules::toml_duplicate_key::RULE, file, subject, second.clone(), title, label);
    found.values([name]).help(bi!("留一处，删掉另一处", "keep one and remove the other"));
    if let Some(first) = first {
        found.at(Place::bytes(file, first.clone()), bi!("先写在这里", "first given here"));
        if super::repeats(name) && [&first, &second].iter().all(|span| is_header(text, span)) {
            found.help(bi!(
                "是两条就都写成 [[{name}]]；抄重了就删掉一处",
                "if there are two, write [[{name}]] both times; if it was copied twice, remove one"
            ));
            for span in [first, second] {
                if let Some(inner) = single_brackets(text, &span) {
                    found.edit(Place::bytes(file, inner), format!("[[{name}]]"));
                }
            }
        }
    }
    Some(found)
}

/// Where a key stood before it was given again: the nearest one of that name above, at the same kind of place.
fn first_place(text: &str, table: &DeTable<'_>, name: &str, second: &Range<usize>) -> Option<Range<usize>> {
    let mut spans = Vec::new();
    spans_of(table, name, &mut spans);
    let leads = is_first_of_line(text, second);
    spans
        .into_iter()
        .filter(|span| span.start < second.start && is_first_of_line(text, span) == leads)
        .max_by_key(|span| span.start)
}

/// The name in the nearest header above that is the same.
fn header_above(text: &str, name: &str, below: usize) -> Option<Range<usize>> {
    let mut found = None;
    let mut at = 0;
    for line in text.get(..whole_line(text, below).start)?.split_inclusive('\n') {
        let lead = line.len() - line.trim_start_matches([' ', '\t', '[']).len();
        let rest = line.get(lead..).unwrap_or_default();
        if line.trim_start().starts_with('[')
            && rest.strip_prefix(name).is_some_and(|after| after.starts_with(']'))
        {
            found = Some(at + lead..at + lead + name.len());
        }
        at += line.len();
    }
    found
}

fn spans_of(table: &DeTable<'_>, name: &str, out: &mut Vec<Range<usize>>) {
    for (key, value) in table.iter() {
        if &**key.get_ref() == name {
            out.push(key.span());
        }
        inside(value.get_ref(), name, out);
    }
}

fn inside(value: &DeValue<'_>, name: &str, out: &mut Vec<Range<usize>>) {
    match value {
        DeValue::Table(table) => spans_of(table, name, out),
        DeValue::Array(items) => items.iter().for_each(|item| inside(item.get_ref(), name, out)),
        _ => {}
    }
}

/// True when nothing but blanks and header brackets stands before a place on its line.
fn is_first_of_line(text: &str, span: &Range<usize>) -> bool {
    let line = whole_line(text, span.start);
    text.get(line.start..span.start).is_some_and(|lead| lead.trim_matches([' ', '\t', '[']).is_empty())
}

/// True for the name in `[name]` and `[[name]]`.
fn is_header(text: &str, span: &Range<usize>) -> bool {
    let line = whole_line(text, span.start);
    text.get(line.start..span.start).is_some_and(|lead| lead.trim_start().starts_with('['))
}

/// The range of `[name]` around a name, unless it is `[[name]]` already.
fn single_brackets(text: &str, span: &Range<usize>) -> Option<Range<usize>> {
    let (start, end) = (span.start.checked_sub(1)?, span.end + 1);
    let single = text.get(start..end).is_some_and(|t| t.starts_with('[') && t.ends_with(']'))
        && text.get(..start).is_some_and(|t| !t.ends_with('['));
    single.then_some(start..end)
}

fn line_number(text: &str, at: usize) -> usize {
    text.get(..at).map_or(1, |before| before.matches('\n').count() + 1)
}

/// The parser may notice a mistake only on the next line (an open quote, a missing bracket).
fn line_before(
    problems: &Problems,
    file: &Arc<str>,
    subject: &Subject,
    text: &str,
    line: &Range<usize>,
) -> Option<Finding> {
    let before = whole_line(text, line.start.checked_sub(1)?);
    if problems.lines.contains(&before) {
        return None;
    }
    line_problem(file, subject, text, &before)
}

fn finding(
    rule: &'static Rule,
    file: &Arc<str>,
    subject: &Subject,
    span: Range<usize>,
    title: Bi,
    label: Bi,
) -> Finding {
    let mut finding = Finding::new(rule, subject.clone(), title);
    finding.at(Place::bytes(file, span), label);
    finding
}

/// Runs of code that hold full-width characters: from the first to the last one of a line.
fn wide_runs(text: &str) -> Vec<(Range<usize>, String)> {
    let mut runs: Vec<(Range<usize>, String)> = Vec::new();
    let mut fresh = true;
    scan(text, |at, byte, inside| {
        if byte == b'\n' {
            fresh = true;
        }
        let wide = (byte >= 0xC2 && inside == Inside::Code)
            .then(|| text.get(at..).and_then(|t| t.chars().next()).filter(|c| narrow(*c).is_some()))
            .flatten();
        let Some(c) = wide else { return true };
        match runs.last_mut() {
            Some((span, wide)) if !fresh => {
                span.end = at + c.len_utf8();
                wide.push(c);
            }
            _ => runs.push((at..at + c.len_utf8(), c.to_string())),
        }
        fresh = false;
        runs.len() <= MAX_LINES
    });
    runs.truncate(MAX_LINES);
    runs
}

fn fullwidth(
    problems: &mut Problems,
    file: &Arc<str>,
    subject: &Subject,
    text: &str,
    span: Range<usize>,
    wide: &str,
) {
    let line = whole_line(text, span.start);
    let quotes = wide.chars().any(|c| matches!(narrow(c), Some('"' | '\'')));
    let mut shown: Vec<String> = Vec::new();
    for c in wide.chars() {
        if !shown.contains(&c.to_string()) && shown.len() < 4 {
            shown.push(c.to_string());
        }
    }
    let shown = shown.join(" ");
    let fixed: String =
        text.get(span.clone()).unwrap_or_default().chars().map(|c| narrow(c).unwrap_or(c)).collect();
    let title = if quotes {
        bi!(
            "这里用了中文引号，TOML 只认英文直引号 \"",
            "Chinese quotes here; TOML takes only the straight quote \""
        )
    } else {
        bi!("这里用了全角符号，TOML 只认半角", "full-width characters here; TOML takes only ASCII ones")
    };
    let label = if quotes {
        bi!("{shown} 是中文引号", "{shown} are Chinese quotes")
    } else {
        bi!("{shown} 是全角", "{shown} full-width")
    };
    let mut found = finding(&rules::toml_fullwidth::RULE, file, subject, span.clone(), title, label);
    found
        .help(if quotes {
            bi!("输入法切到英文再打引号", "switch the input method to English and type the quotes again")
        } else {
            bi!("输入法切到英文半角再打", "switch the input method to English and type it again")
        })
        .edit(Place::bytes(file, span), fixed);
    problems.lines.push(line);
    problems.findings.push(found);
}

/// Key and value of a `key = value` line: their byte ranges, without the comment.
fn key_value(text: &str, line: &Range<usize>) -> Option<(Range<usize>, Range<usize>)> {
    let content = text.get(line.clone())?;
    let equals = content.find('=')?;
    let key = content.get(..equals)?;
    let rest = content.get(equals + 1..)?;
    let value = rest.split(" #").next().unwrap_or(rest).trim_end();
    let lead = value.len() - value.trim_start().len();
    let start = line.start + equals + 1 + lead;
    let end = line.start + equals + 1 + value.len();
    let key_lead = key.len() - key.trim_start().len();
    Some((line.start + key_lead..line.start + key.trim_end().len(), start..end.max(start)))
}

/// Mistakes that one line shows by itself.
fn line_problem(file: &Arc<str>, subject: &Subject, text: &str, line: &Range<usize>) -> Option<Finding> {
    let (key, span) = key_value(text, line)?;
    let value = text.get(span.clone())?;
    let name = text.get(key)?;
    if value.is_empty() {
        let mut found = finding(
            &rules::toml_missing_value::RULE,
            file,
            subject,
            line.start..line.end.max(line.start),
            bi!("`{name}` 后面没有写值", "`{name}` has no value"),
            bi!("等号后面是空的", "nothing after the equals sign"),
        );
        found.help(bi!(
            "填上值；还不知道就删掉这一行，不要留空",
            "write the value, or remove the line if it is not known yet"
        ));
        return Some(found);
    }
    if let Some(digits) = thousands(value) {
        let mut found = finding(
            &rules::toml_thousands_separator::RULE,
            file,
            subject,
            span.clone(),
            bi!(
                "金额里有逗号，读到 {} 就断了",
                "the number has commas; reading stops after {}",
                value.split(',').next().unwrap_or_default()
            ),
            bi!("不加引号的数字不能有逗号", "a bare number cannot have commas"),
        );
        found
            .values([value])
            .help(bi!(
                "写成 {digits}，或者连币种一起加引号",
                "write {digits}, or put it in quotes with its currency"
            ))
            // The order's currency, once it is known, replaces the mark (see `name_currency` of the loader).
            .edit(Place::bytes(file, span), format!("\"{CURRENCY_MARK}{value}\""));
        return Some(found);
    }
    let first = value.chars().next()?;
    if first.is_ascii_digit() {
        return number_like(file, subject, span, value, name);
    }
    if !matches!(first, '"' | '\'' | '[' | '{' | '+' | '-') && !matches!(value, "true" | "false") {
        let mut found = finding(
            &rules::toml_unquoted::RULE,
            file,
            subject,
            span.clone(),
            bi!("文字没有加引号：{}", "text without quotes: {}", short(value)),
            bi!("文字要放在英文双引号里", "text goes between straight double quotes"),
        );
        found
            .values([value])
            .help(bi!("两边加上英文双引号", "put straight double quotes around it"))
            .edit(Place::bytes(file, span), quoted(value));
        return Some(found);
    }
    if matches!(first, '"' | '\'') && !value.starts_with("\"\"\"") && !value.starts_with("'''") {
        let closed = value.len() > 1 && value.ends_with(first);
        if !closed {
            let mut found = finding(
                &rules::toml_unclosed::RULE,
                file,
                subject,
                span.clone(),
                bi!("引号没有配对", "the quote is not closed"),
                bi!("这里开始，没有结束", "opens here, does not close"),
            );
            found.values([value]).help(bi!("在文字末尾补上引号 {first}", "close the text with {first}"));
            return Some(found);
        }
    }
    None
}

/// Stands for the order's currency in an edit until the order has been read.
pub const CURRENCY_MARK: &str = "\u{1}";

fn short(value: &str) -> String {
    let mut short: String = value.chars().take(30).collect();
    if short.len() < value.len() {
        short.push('…');
    }
    short
}

fn quoted(value: &str) -> String {
    toml::Value::String(value.to_owned()).to_string()
}

/// Dates in other forms, codes with leading zeros, numbers with units.
fn number_like(
    file: &Arc<str>,
    subject: &Subject,
    span: Range<usize>,
    value: &str,
    name: &str,
) -> Option<Finding> {
    if let Some(day) = suggest::date(value).filter(|d| d.to_string() != value) {
        let mut found = finding(
            &rules::toml_date::RULE,
            file,
            subject,
            span.clone(),
            bi!("日期的写法不对：{value}", "the date is written in another form: {value}"),
            bi!("日期写成 年-月-日", "dates are year-month-day"),
        );
        found
            .values([value])
            .help(bi!("写成 {day}，不加引号", "write {day}, without quotes"))
            .edit(Place::bytes(file, span), day.to_string());
        return Some(found);
    }
    if value.starts_with('0') && value.len() > 1 && value.bytes().all(|b| b.is_ascii_digit()) {
        let mut found = finding(
            &rules::toml_leading_zero::RULE,
            file,
            subject,
            span.clone(),
            bi!("编码 {value} 以 0 开头，要加引号", "the code {value} starts with 0 and needs quotes"),
            bi!(
                "不加引号就成了数字，开头的 0 会丢",
                "without quotes it is a number, and its leading zero is lost"
            ),
        );
        found
            .values([value])
            .help(bi!("加上引号：`{name} = \"{value}\"`", "put it in quotes: `{name} = \"{value}\"`"))
            .edit(Place::bytes(file, span), format!("\"{value}\""));
        return Some(found);
    }
    let looks_like_date =
        value.len() >= 8 && value.get(4..5).is_some_and(|c| c == "-") && value.matches('-').count() == 2;
    if looks_like_date && value.chars().all(|c| c.is_ascii_digit() || c == '-') {
        let mut found = finding(
            &rules::toml_date::RULE,
            file,
            subject,
            span,
            bi!(
                "没有 {value} 这一天，或写法不对",
                "{value} is no day of the calendar, or is not written as one"
            ),
            bi!("日期写成 2026-11-07", "dates are written 2026-11-07"),
        );
        found
            .values([value])
            .help(bi!("月和日写两位；核对是几号", "two digits for month and day; check which day is meant"));
        return Some(found);
    }
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ',' | '_' | ' '));
    if !unit.is_empty() && !unit.starts_with(['-', ':', 'e', 'E', 'x', 'o', 'b', '#', ',', ']', '}']) {
        let mut found = finding(
            &rules::toml_unquoted::RULE,
            file,
            subject,
            span.clone(),
            bi!("数字后面带了文字：{}", "a number followed by text: {}", short(value)),
            bi!("数字里不能有 {}", "a number cannot hold {}", short(unit)),
        );
        let digits: String = value.chars().filter(|c| c.is_ascii_digit() || *c == '.').collect();
        found.values([value]).help(bi!(
            "单位在字段名里（例如 gross_kg），只写数字 {digits}；要是编码或文字，两边加英文双引号",
            "the unit is in the key (like gross_kg): write only {digits}; if it is a code or text, put quotes around it"
        ));
        return Some(found);
    }
    None
}

/// `13,187.00` without quotes: the number without its commas.
fn thousands(value: &str) -> Option<String> {
    let digits = value.strip_prefix(['-', '+']).unwrap_or(value);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let mut count = 0;
    for group in groups {
        count += 1;
        if group.len() != 3 || !group.bytes().all(|b| b.is_ascii_digit()) {
            return None;
        }
    }
    let ok = count > 0
        && (1..=3).contains(&first.len())
        && first.bytes().chain(fraction.bytes()).all(|b| b.is_ascii_digit());
    ok.then(|| value.replace(',', ""))
}

/// Words of the parser's messages about numbers.
const NUMBERS: &[&str] =
    &["`_` may only", "radix", "number prefix", "numeric sign", "leading zero", "unexpected sign"];

/// The parser's own error, in words.
fn parser_problem(
    file: &Arc<str>,
    subject: &Subject,
    text: &str,
    error: &toml::de::Error,
    at: &Range<usize>,
) -> Finding {
    let message = error.message();
    let span = clamp(text, at);
    let (rule, title, help): (&'static Rule, Bi, Bi) = if NUMBERS.iter().any(|part| message.contains(part)) {
        (
            &rules::toml_syntax::RULE,
            bi!("数字的写法不对", "the number is not written as one"),
            bi!(
                "只写数字、小数点和负号，例如 13187.00；编码加英文双引号",
                "write only digits, a decimal point and a minus sign, like 13187.00; put codes in quotes"
            ),
        )
    } else if message.contains("carriage return") || message.contains("comment") {
        (
            &rules::toml_syntax::RULE,
            bi!("这里有看不见的控制字符", "an invisible control character stands here"),
            bi!(
                "删掉这一行重打一遍；换行用编辑器的 LF 或 CRLF",
                "delete the line and type it again; line ends are LF or CRLF"
            ),
        )
    } else if message.contains("quote") && !message.contains("unquoted") {
        (
            &rules::toml_unquoted::RULE,
            bi!("文字没有加引号，或引号不成对", "text without quotes, or with one quote only"),
            bi!("文字两边各一个英文双引号", "put one straight double quote on each side of the text"),
        )
    } else if message.contains("missing value") {
        (
            &rules::toml_missing_value::RULE,
            bi!("等号后面没有写值", "nothing after the equals sign"),
            bi!("填上值，或删掉这一项", "write the value, or remove the key"),
        )
    } else if ["assignment", "extra `=`", "key with no value"].iter().any(|part| message.contains(part))
        || is_remark(text, &span)
    {
        (
            &rules::toml_syntax::RULE,
            bi!("这一行不是 `字段 = 值`", "this line is not `key = value`"),
            bi!("写成 `字段 = 值`；说明文字前面加 #", "write `key = value`; put # in front of remarks"),
        )
    } else if message.contains("comma") {
        (
            &rules::toml_syntax::RULE,
            bi!("这里的逗号多了或少了", "a comma is missing or too many here"),
            bi!(
                "`{{ … }}` 和 `[ … ]` 里的各项之间各用一个英文逗号",
                "use one comma between the parts of `{{ … }}` and `[ … ]`"
            ),
        )
    } else if message.contains("unclosed") || message.contains("missing array opening") {
        (
            &rules::toml_unclosed::RULE,
            bi!("括号没有配对", "the bracket is not closed"),
            bi!("补上 ] 或 }}", "add the missing ] or }}"),
        )
    } else if message.contains("invalid unquoted key") || message.contains("unquoted keys") {
        (
            &rules::toml_syntax::RULE,
            bi!("字段名里有不允许的字符", "the key holds characters that are not allowed"),
            bi!("字段名只用英文字母、数字、_ 和 -", "keys take only letters, digits, _ and -"),
        )
    } else if message.contains("escape") || message.contains("unicode") || message.contains("hexadecimal") {
        (
            &rules::toml_syntax::RULE,
            bi!("引号里的 \\ 有特殊含义", "a backslash inside quotes has a special meaning"),
            bi!(
                "反斜杠写两个 \\\\，或把双引号换成单引号",
                "write \\\\ for a backslash, or use single quotes"
            ),
        )
    } else {
        (
            &rules::toml_syntax::RULE,
            bi!("从这里起读不懂", "cannot be read from here on"),
            bi!(
                "对照上下几行的写法改；拿不准就删掉这一行再试",
                "compare with the lines around it; if in doubt remove the line and try again"
            ),
        )
    };
    let whole = title.en.starts_with("this line");
    let span = if whole { trimmed(text, &whole_line(text, span.start)) } else { span };
    let label = if whole { Bi::default() } else { bi!("这里", "here") };
    let mut found = finding(rule, file, subject, span.clone(), title, label);
    found.values([text.get(span).unwrap_or_default()]).help(help);
    found
}

/// True for a line that has no `=` and is no header: words that were meant as a remark.
fn is_remark(text: &str, span: &Range<usize>) -> bool {
    text.get(whole_line(text, span.start)).is_some_and(|line| {
        let line = line.trim();
        !line.contains('=') && line.chars().next().is_some_and(char::is_alphanumeric)
    })
}

/// A line without the blanks around it.
fn trimmed(text: &str, line: &Range<usize>) -> Range<usize> {
    let content = text.get(line.clone()).unwrap_or_default();
    let lead = content.len() - content.trim_start().len();
    line.start + lead..line.start + lead + content.trim().len()
}

fn clamp(text: &str, at: &Range<usize>) -> Range<usize> {
    let mut start = at.start.min(text.len());
    while !text.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = at.end.clamp(start, text.len());
    while !text.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_groups_of_three() {
        assert_eq!(thousands("13,187.00").as_deref(), Some("13187.00"));
        assert_eq!(thousands("1,234,567").as_deref(), Some("1234567"));
        for other in ["13187.00", "13,18.00", "1234,567", "1,2,3", "a,bcd"] {
            assert_eq!(thousands(other), None, "{other}");
        }
    }

    #[test]
    fn full_width_forms_have_one_ascii_form() {
        assert_eq!(narrow('＝'), Some('='));
        assert_eq!(narrow('９'), Some('9'));
        assert_eq!(narrow('“'), Some('"'));
        assert_eq!(narrow('中'), None);
    }
}
