//! How a register's file is written: encoding, separator, line ends. Decided strictly, or fixed by the map.

use std::collections::BTreeSet;

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use serde::Deserialize;

use super::map::FileSpec;
use super::read::heading;
use crate::bi;
use crate::text::Bi;

/// How lines end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum LineEnd {
    /// Line feed, as on Unix.
    Lf,
    /// Carriage return and line feed, as on Windows.
    Crlf,
    /// A bare carriage return, as on old Macs.
    Cr,
}

/// How a register was read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Dialect {
    /// Name of the encoding, such as `UTF-8` or `windows-1252`.
    pub encoding: &'static str,
    /// Whether a byte order mark stood before the text.
    pub bom: bool,
    /// What stands between two cells.
    pub separator: char,
    /// What stands between two rows.
    pub line_end: LineEnd,
}

impl Dialect {
    /// The dialect in words.
    #[must_use]
    pub fn describe(&self) -> Bi {
        let (encoding, bom) = (self.encoding, if self.bom { " BOM" } else { "" });
        let separator = match self.separator {
            ',' => bi!("逗号", "comma"),
            ';' => bi!("分号", "semicolon"),
            '\t' => Bi::same("TAB"),
            other => Bi::same(other),
        };
        let (zh, en) = (separator.zh, separator.en);
        let end = match self.line_end {
            LineEnd::Lf => "LF",
            LineEnd::Crlf => "CRLF",
            LineEnd::Cr => "CR",
        };
        bi!(
            "按 {encoding}{bom} 读, 分隔符 {zh}, 行尾 {end}",
            "read as {encoding}{bom}, separator {en}, line ends {end}"
        )
    }

    /// The separator as the byte it is in UTF-8; every separator accepted is ASCII.
    pub(super) fn separator_byte(&self) -> u8 {
        u8::try_from(self.separator).unwrap_or(b',')
    }
}

/// Separators that are tried, in this order.
const SEPARATORS: [char; 4] = [',', ';', '\t', '|'];

/// Bytes that Windows-1252 leaves undefined.
const UNDEFINED_1252: [u8; 5] = [0x81, 0x8D, 0x8F, 0x90, 0x9D];

/// Decodes a register and finds out how it is written. Of the separators, the one counts under which the header has
/// most of the columns that the map names.
pub(super) fn sniff(
    bytes: &[u8],
    spec: &FileSpec,
    wanted: &BTreeSet<String>,
) -> Result<(String, Dialect), Bi> {
    let (text, encoding, bom) = decode(bytes, spec.encoding.as_deref())?;
    let text = skip_lines(text, spec.skip);
    let separator = match spec.separator.as_deref() {
        Some(written) => fixed_separator(written)?,
        None => best_separator(&text, wanted),
    };
    let line_end = spec.line_end.unwrap_or_else(|| common_end(&text, separator));
    Ok((text, Dialect { encoding: encoding.name(), bom, separator, line_end }))
}

fn decode(bytes: &[u8], label: Option<&str>) -> Result<(String, &'static Encoding, bool), Bi> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return Ok((strict(bytes.get(length..).unwrap_or_default(), encoding)?, encoding, true));
    }
    if let Some(label) = label {
        let encoding = Encoding::for_label_no_replacement(label.as_bytes()).ok_or_else(|| {
            let label = super::report::shown(label);
            bi!("不认识的编码 {label}", "unknown encoding {label}")
        })?;
        return Ok((strict(bytes, encoding)?, encoding, false));
    }
    let Err(error) = std::str::from_utf8(bytes) else { return Ok((strict(bytes, UTF_8)?, UTF_8, false)) };
    if let Some(at) = bytes.iter().position(|b| UNDEFINED_1252.contains(b)) {
        let bad = error.valid_up_to();
        return Err(bi!(
            "既不是 UTF-8 (字节 {bad}) 也不是 Windows-1252 (字节 {at}); 在映射文件写 [file] encoding, 例如 \"gb18030\"",
            "neither UTF-8 (byte {bad}) nor Windows-1252 (byte {at}); write [file] encoding in the map, \
             such as \"gb18030\""
        ));
    }
    Ok((strict(bytes, WINDOWS_1252)?, WINDOWS_1252, false))
}

fn strict(bytes: &[u8], encoding: &'static Encoding) -> Result<String, Bi> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes).ok_or_else(|| {
        let name = encoding.name();
        bi!(
            "文件不是有效的 {name}; 请用正确的编码另存, 或在映射文件写 [file] encoding",
            "the file is not valid {name}; save it anew, or write [file] encoding in the map"
        )
    })?;
    Ok(text.into_owned())
}

fn skip_lines(text: String, lines: usize) -> String {
    let mut rest = text.as_str();
    for _ in 0..lines {
        let Some(end) = rest.find(['\r', '\n']) else { return String::new() };
        let width = if rest.get(end..).is_some_and(|r| r.starts_with("\r\n")) { 2 } else { 1 };
        rest = rest.get(end + width..).unwrap_or_default();
    }
    if lines == 0 { text } else { rest.to_owned() }
}

fn fixed_separator(written: &str) -> Result<char, Bi> {
    let mut chars = written.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii() && !matches!(c, '"' | '\r' | '\n') && !c.is_ascii_alphanumeric() => {
            Ok(c)
        }
        _ => {
            let written = super::report::shown(written);
            Err(bi!(
                "[file] separator 必须是一个 ASCII 符号, 现在是 {written}",
                "[file] separator must be one ASCII sign, not {written}"
            ))
        }
    }
}

fn best_separator(text: &str, wanted: &BTreeSet<String>) -> char {
    let wanted: BTreeSet<String> = wanted.iter().map(|w| heading(w)).collect();
    let mut best = (0, ',');
    for separator in SEPARATORS {
        let found =
            super::read::header(text, separator).iter().filter(|h| wanted.contains(&heading(h))).count();
        if found > best.0 {
            best = (found, separator);
        }
    }
    best.1
}

/// The line end that occurs most outside quoted cells.
fn common_end(text: &str, separator: char) -> LineEnd {
    let (mut lf, mut crlf, mut cr) = (0_u64, 0_u64, 0_u64);
    let bytes = text.as_bytes();
    scan(bytes, u8::try_from(separator).unwrap_or(b','), LineEnd::Crlf, |event, at| {
        if event != Event::End {
            return;
        }
        match (bytes.get(at), bytes.get(at + 1)) {
            (Some(b'\r'), Some(b'\n')) => crlf += 1,
            (Some(b'\r'), _) => cr += 1,
            _ if at > 0 && bytes.get(at - 1) == Some(&b'\r') => {}
            _ => lf += 1,
        }
    });
    if crlf > 0 && crlf + lf >= cr {
        LineEnd::Crlf
    } else if cr > lf {
        LineEnd::Cr
    } else {
        LineEnd::Lf
    }
}

/// What the scan of quotation marks meets.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Event {
    End,
    TextAfterQuote,
}

/// Walks the bytes as the reader does (a quotation mark opens only at the start of a cell, `""` is one mark inside),
/// and returns where a quotation mark was opened and never closed.
fn scan(bytes: &[u8], separator: u8, ends: LineEnd, mut tell: impl FnMut(Event, usize)) -> Option<usize> {
    #[derive(PartialEq)]
    enum At {
        Start,
        Bare,
        Quoted(usize),
        Closed,
    }
    let mut at = At::Start;
    for (i, &b) in bytes.iter().enumerate() {
        if let At::Quoted(_) = at {
            if b == b'"' {
                at = At::Closed;
            }
            continue;
        }
        let is_end = match ends {
            LineEnd::Lf => b == b'\n',
            LineEnd::Cr => b == b'\r',
            LineEnd::Crlf => matches!(b, b'\r' | b'\n'),
        };
        at = if is_end {
            tell(Event::End, i);
            At::Start
        } else if b == separator {
            At::Start
        } else if b == b'"' && matches!(at, At::Start | At::Closed) {
            At::Quoted(i)
        } else {
            if at == At::Closed {
                tell(Event::TextAfterQuote, i);
            }
            At::Bare
        };
    }
    if let At::Quoted(from) = at { Some(from) } else { None }
}

/// Where text follows a closing quotation mark (byte offsets), the sign of a mark that is missing or one too many.
/// An error when a mark is never closed: every row after it would be lost in one cell.
pub(super) fn check_quotes(text: &str, dialect: &Dialect) -> Result<Vec<usize>, Bi> {
    let mut spoiled = Vec::new();
    let mut ends = Vec::new();
    let open = scan(text.as_bytes(), dialect.separator_byte(), dialect.line_end, |event, at| match event {
        Event::TextAfterQuote => spoiled.push(at),
        Event::End => ends.push(at),
    });
    let Some(from) = open else { return Ok(spoiled) };
    let line = 1 + ends.partition_point(|&end| end < from);
    let start: String = text.get(from..).unwrap_or_default().chars().take(40).collect();
    let start = super::report::shown(&start);
    Err(bi!(
        "第 {line} 行开始的引号一直没有关闭, 后面的行无法分开: {start}",
        "a quotation mark opened in line {line} is never closed, so the rows after it cannot be told apart: {start}"
    ))
}
