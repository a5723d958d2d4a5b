//! Parse errors, said in the writer's words. The parser's own messages are English and name tokens; what a
//! merchandiser did was to type a Chinese quote, a thousands comma or a date with slashes. Those are looked for
//! first, line by line; what remains of the parser's errors is mapped one by one.

use std::ops::Range;
use std::sync::Arc;

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
}

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

/// Turns the parser's errors into findings.
#[must_use]
pub fn explain(file: &Arc<str>, subject: &Subject, text: &str, errors: &[toml::de::Error]) -> Problems {
    let mut problems = Problems { findings: Vec::new(), lines: Vec::new() };
    if errors.is_empty() {
        return problems;
    }
    for (span, wide) in wide_runs(text) {
        fullwidth(&mut problems, file, subject, text, span, &wide);
    }
    for error in errors {
        let at = error.span().unwrap_or(text.len()..text.len());
        let line = whole_line(text, at.start.min(text.len()));
        if problems.lines.iter().any(|l| l.start <= at.start && at.start <= l.end) {
            continue;
        }
        let finding = line_problem(file, subject, text, &line)
            .or_else(|| line_before(&problems, file, subject, text, &line))
            .unwrap_or_else(|| parser_problem(file, subject, text, error, &at));
        let spoken = finding.spots.first().map_or(line.clone(), |s| match s.place.at {
            crate::check::finding::At::Bytes(start, _) => whole_line(text, start),
            _ => line.clone(),
        });
        problems.lines.push(line);
        problems.lines.push(spoken);
        problems.findings.push(finding);
    }
    problems
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
    let mut hits: Vec<usize> = Vec::new();
    scan(text, |at, byte, inside| {
        if byte >= 0xC2 && inside == Inside::Code && text.is_char_boundary(at) {
            if let Some(c) = text.get(at..).and_then(|t| t.chars().next()) {
                if narrow(c).is_some() {
                    hits.push(at);
                }
            }
        }
        true
    });
    let mut runs: Vec<(Range<usize>, String)> = Vec::new();
    for at in hits {
        let Some(c) = text.get(at..).and_then(|t| t.chars().next()) else { continue };
        let line = whole_line(text, at);
        match runs.last_mut() {
            Some((span, wide)) if whole_line(text, span.start) == line => {
                span.end = at + c.len_utf8();
                wide.push(c);
            }
            _ => runs.push((at..at + c.len_utf8(), c.to_string())),
        }
    }
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
            // The order's currency, once it is known, replaces the mark (see `Order::assemble`).
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
            found.help(bi!("在文字末尾补上引号 {first}", "close the text with {first}"));
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
    let (rule, title, help): (&'static Rule, Bi, Bi) = if message.contains("duplicate key") {
        (
            &rules::toml_duplicate_key::RULE,
            bi!("这个字段写了两次", "this key is given twice"),
            bi!(
                "留一个，删掉另一个；要写多条就用 [[…]]",
                "keep one and remove the other; for several entries use [[…]]"
            ),
        )
    } else if message.contains("missing assignment") || message.contains("key with no value") {
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
            bi!("这里读不下去（{message}）", "cannot be read here ({message})"),
            bi!(
                "对照上下几行的写法改；拿不准就删掉这一行再试",
                "compare with the lines around it; if in doubt remove the line and try again"
            ),
        )
    };
    let mut found = finding(rule, file, subject, span, title, bi!("这里", "here"));
    found.help(help);
    found
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
