//! Reads a line of payment terms and says of every mistake where it is and how to write it.

use std::ops::Range;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::currency::{self, Currency};
use super::super::fold::{is_han, ws};
use super::super::money::{self, Amount, group};
use super::super::near::did_you_mean;
use super::{Event, Instalment, MAX_DAYS, Method, PaymentTerms, Share, Tenor, TermsError, teach};
use crate::bi;
use crate::text::Bi;

/// Reads the whole line.
pub(super) fn terms(text: &str) -> Result<PaymentTerms, Vec<TermsError>> {
    if text.trim().is_empty() {
        let message = bi!(
            "付款条件是空的；写成 \"30% deposit, 70% copy-bl\" 这样",
            "the payment terms are empty; write them like \"30% deposit, 70% copy-bl\""
        );
        return Err(vec![TermsError { range: 0..text.len(), message, fix: None }]);
    }
    let mut errors = Vec::new();
    let mut instalments = Vec::new();
    for piece in pieces(text, &mut errors) {
        match instalment(text, piece) {
            Ok(instalment) => instalments.push(instalment),
            Err(error) => errors.push(error),
        }
    }
    // Sums mean nothing while a part cannot be read.
    if errors.is_empty() {
        errors.extend(sums(text, &instalments));
    }
    errors.sort_by_key(|e| (e.range.start, e.range.end));
    if errors.is_empty() { Ok(PaymentTerms { instalments }) } else { Err(errors) }
}

/// The instalments' byte ranges. Every separator that is no plain comma is an error; a comma between digits is a
/// thousands comma as long as only the amount has been written.
fn pieces(text: &str, errors: &mut Vec<TermsError>) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    let mut start = 0;
    for (at, c) in text.char_indices() {
        if !matches!(c, ',' | '，' | '、' | ';' | '；' | '\n') || is_thousands(text, start, at) {
            continue;
        }
        let end = at + c.len_utf8();
        if c != ',' {
            let message = bi!(
                "“{shown}”不能分隔各笔付款，用半角逗号 ,",
                "`{shown}` does not part instalments; use a plain comma",
                shown = c.escape_debug()
            );
            errors.push(TermsError { range: at..end, message, fix: Some(", ".into()) });
        }
        pieces.push(start..at);
        start = end;
    }
    pieces.push(start..text.len());
    pieces
}

fn is_thousands(text: &str, start: usize, at: usize) -> bool {
    let before = text.get(start..at).unwrap_or_default().trim_start();
    let only_amount =
        before.chars().all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || matches!(c, ' ' | ','));
    let after: Vec<char> = text.get(at + 1..).unwrap_or_default().chars().take(4).collect();
    let three = after.iter().take(3).filter(|c| c.is_ascii_digit()).count() == 3;
    only_amount
        && before.ends_with(|c: char| c.is_ascii_digit())
        && three
        && !after.get(3).is_some_and(char::is_ascii_digit)
}

/// One word of an instalment with its bytes in the whole text.
#[derive(Debug, Clone)]
struct Word {
    text: String,
    range: Range<usize>,
}

/// What is left to read of an instalment.
struct Reader<'a> {
    whole: &'a str,
    piece: Range<usize>,
    words: Vec<Word>,
    next: usize,
}

type Read<T> = Result<T, TermsError>;

fn instalment(whole: &str, piece: Range<usize>) -> Read<Instalment> {
    let raw = whole.get(piece.clone()).unwrap_or_default();
    let start = piece.start + (raw.len() - raw.trim_start().len());
    let piece = start..(start + raw.trim().len()).max(start);
    let raw = raw.trim();
    if raw.is_empty() {
        let message =
            bi!("这里少了一笔付款（多了一个逗号？）", "an instalment is missing here (one comma too many?)");
        return Err(TermsError { range: piece, message, fix: None });
    }
    if let Some(error) = foreign(raw, &piece) {
        return Err(error);
    }
    let mut reader = Reader { whole, words: words(raw, piece.start), piece: piece.clone(), next: 0 };
    let share = reader.share()?;
    let method = reader.method()?;
    let tenor = reader.tenor(method)?;
    reader.end()?;
    reader.suits(method, tenor)?;
    Ok(Instalment { share, method, tenor, range: piece })
}

/// Chinese words and full-width signs, told apart from other mistakes because the cure is always the same.
fn foreign(raw: &str, piece: &Range<usize>) -> Option<TermsError> {
    let fix = || teach::in_our_words(raw).filter(|line| is_right(line)).and_then(|line| canonical(&line));
    if raw.contains(is_han) {
        let fix = fix();
        let message = match (&fix, teach::chinese_word(raw)) {
            (Some(line), _) => {
                bi!("付款条件用英文词写：这一笔写 {line}", "payment terms use English words: write {line}")
            }
            (None, Some((zh, en))) => bi!(
                "付款条件用英文词写：“{zh}”写 {en}，例如 {example}",
                "payment terms use English words: `{zh}` is written {en}, for example {example}",
                example = example(en)
            ),
            (None, None) => bi!(
                "付款条件用英文词写，例如 30% deposit, 70% copy-bl",
                "payment terms use English words, for example 30% deposit, 70% copy-bl"
            ),
        };
        return Some(TermsError { range: piece.clone(), message, fix });
    }
    let half = ws(raw);
    if raw.chars().any(|c| matches!(c, '\u{ff01}'..='\u{ff5e}' | '\u{3000}')) {
        let message = bi!("这里有全角字符，请写成半角：{half}", "full-width characters; write {half}");
        return Some(TermsError { range: piece.clone(), message, fix: Some(half) });
    }
    None
}

fn example(word: &str) -> &'static str {
    match word {
        "copy-bl" => "70% copy-bl",
        "balance" => "balance copy-bl",
        "lc" | "lc sight" | "sight" => "100% lc sight",
        "dp" => "100% dp sight",
        "da" => "100% da 60d",
        "oa" | "oa eom+" => "100% oa 60d bl-date",
        "tt" => "70% tt 30d bl-date",
        "bl-date" | "d" => "100% oa 60d bl-date",
        "before-shipment" => "70% before-shipment",
        _ => "30% deposit",
    }
}

/// Words parted by spaces; a percent sign ends its word.
fn words(raw: &str, offset: usize) -> Vec<Word> {
    let mut words = Vec::new();
    let mut start = None;
    let mut push = |from: usize, to: usize| {
        let text = raw.get(from..to).unwrap_or_default().to_owned();
        words.push(Word { text, range: offset + from..offset + to });
    };
    for (at, c) in raw.char_indices() {
        if c.is_whitespace() {
            if let Some(from) = start.take() {
                push(from, at);
            }
        } else if c == '%' {
            push(start.take().unwrap_or(at), at + 1);
        } else if start.is_none() {
            start = Some(at);
        }
    }
    if let Some(from) = start {
        push(from, raw.len());
    }
    // "30 %" is a percentage too.
    let mut joined: Vec<Word> = Vec::with_capacity(words.len());
    for word in words {
        match joined.last_mut() {
            Some(last) if word.text == "%" && is_figure(&last.text) => {
                last.text.push('%');
                last.range.end = word.range.end;
            }
            _ => joined.push(word),
        }
    }
    joined
}

fn is_figure(text: &str) -> bool {
    text.chars().all(|c| c.is_ascii_digit() || matches!(c, '.' | ','))
        && text.contains(|c: char| c.is_ascii_digit())
}

impl Reader<'_> {
    fn peek(&self) -> Option<Word> {
        self.words.get(self.next).cloned()
    }

    fn take(&mut self) -> Option<Word> {
        let word = self.peek();
        self.next += 1;
        word
    }

    fn error<T>(&self, range: Range<usize>, message: Bi, fix: Option<String>) -> Read<T> {
        Err(TermsError { range, message, fix })
    }

    fn after(&self) -> Range<usize> {
        let end = self.words.get(self.next.saturating_sub(1)).map_or(self.piece.end, |w| w.range.end);
        end..self.piece.end.max(end)
    }

    /// The instalment in the grammar's words, when that makes it right.
    fn taught(&self) -> Option<String> {
        let raw = self.whole.get(self.piece.clone())?;
        teach::in_our_words(raw)
            .filter(|line| is_right(line) && line != raw)
            .and_then(|line| canonical(&line))
    }

    fn share(&mut self) -> Read<Share> {
        let Some(word) = self.take() else {
            return self.error(self.piece.clone(), bi!("这一笔是空的", "this instalment is empty"), None);
        };
        if word.text.eq_ignore_ascii_case("balance") {
            return Ok(Share::Balance);
        }
        if let Some(figure) = word.text.strip_suffix('%') {
            return self.percent(figure, &word.range);
        }
        if let Some(code) =
            self.peek().filter(|w| is_figure(&word.text) && Currency::parse(&w.text).is_some())
        {
            self.next += 1;
            return self.fixed(&format!("{} {}", code.text, word.text), word.range.start..code.range.end);
        }
        if is_figure(&word.text) {
            return self.no_unit(&word);
        }
        if word.text.starts_with(|c: char| c.is_ascii_digit()) && Amount::parse(&word.text).is_ok() {
            return self.fixed(&word.text, word.range);
        }
        if let Some(figure) = self.peek().filter(|w| is_figure(&w.text) && is_currency(&word.text)) {
            self.next += 1;
            return self.fixed(&format!("{} {}", word.text, figure.text), word.range.start..figure.range.end);
        }
        if Amount::parse(&word.text).is_ok() || is_currency(&word.text) {
            return self.fixed(&word.text, word.range);
        }
        self.no_share(&word)
    }

    fn percent(&self, figure: &str, range: &Range<usize>) -> Read<Share> {
        match money::decimal(figure) {
            Ok(percent) if percent > Decimal::ZERO && percent <= Decimal::ONE_HUNDRED => {
                Ok(Share::Percent(percent))
            }
            Ok(_) => self.error(
                range.clone(),
                bi!(
                    "{figure}% 不行：一笔付款要大于 0%、不超过 100%",
                    "{figure}% cannot be: a share is over 0% and at most 100%"
                ),
                None,
            ),
            Err(_) => self.error(
                range.clone(),
                bi!("“{figure}%”不是百分比，写成 30%", "`{figure}%` is no percentage; write it like 30%"),
                None,
            ),
        }
    }

    fn fixed(&self, text: &str, range: Range<usize>) -> Read<Share> {
        match Amount::parse(text) {
            Ok(amount) if amount.value > Decimal::ZERO => {
                let minor = amount.currency.map_or(2, Currency::minor);
                if money::fits(amount.value, minor) {
                    return Ok(Share::Fixed(amount));
                }
                let code = amount.currency.map_or("", Currency::code);
                let message = bi!("{code} 最多 {minor} 位小数", "{code} has at most {minor} decimals");
                self.error(range, message, None)
            }
            Ok(_) => {
                self.error(range, bi!("固定金额要大于 0", "a fixed amount must be greater than 0"), None)
            }
            Err(error) => {
                let fix = text
                    .split_once(' ')
                    .and_then(|(code, figure)| currency::hint(code).map(|meant| format!("{meant} {figure}")));
                self.error(range, error.message(), fix)
            }
        }
    }

    /// `30 deposit`: neither a percentage nor an amount.
    fn no_unit(&self, word: &Word) -> Read<Share> {
        let figure = &word.text;
        let message = bi!(
            "“{figure}”后面少了 %，或前面少了币种：写 {figure}% 或 USD {figure}",
            "`{figure}` lacks its % sign or its currency: write {figure}% or USD {figure}"
        );
        let percent = money::decimal(figure).is_ok_and(|p| p > Decimal::ZERO && p <= Decimal::ONE_HUNDRED);
        self.error(word.range.clone(), message, percent.then(|| format!("{figure}%")))
    }

    /// The first word is no share: most often the method stands first.
    fn no_share(&self, word: &Word) -> Read<Share> {
        let later = self
            .words
            .iter()
            .skip(1)
            .any(|w| w.text.ends_with('%') || w.text.eq_ignore_ascii_case("balance"));
        if let Some(line) = self.taught() {
            let message = if later && Method::parse(&word.text).is_some() {
                bi!("先写多少，再写怎么付：{line}", "write how much first, then how: {line}")
            } else {
                bi!("这一笔请写成 {line}", "write this instalment as {line}")
            };
            return self.error(self.piece.clone(), message, Some(line));
        }
        let text = &word.text;
        if Method::parse(text).is_some() {
            let message = bi!(
                "{text} 前面少了比例：写 30% {text}、USD 5000 {text} 或 balance {text}",
                "{text} lacks its share: write 30% {text}, USD 5000 {text} or balance {text}"
            );
            return self.error(word.range.clone(), message, None);
        }
        if did_you_mean(text, ["balance"]).is_some() {
            let message = bi!("“{text}”应写 balance（余款）", "`{text}` should be balance");
            return self.error(word.range.clone(), message, Some("balance".into()));
        }
        let message = bi!(
            "一笔付款以比例开头：30%、USD 5000 或 balance，不是“{text}”",
            "an instalment begins with its share: 30%, USD 5000 or balance, not `{text}`"
        );
        self.error(word.range.clone(), message, None)
    }

    fn method(&mut self) -> Read<Method> {
        let list = || Method::ALL.map(Method::code).join(" ");
        let Some(word) = self.take() else {
            let message = bi!("比例后面要写怎么付：{}", "after the share comes how it is paid: {}", list());
            return self.error(self.piece.clone(), message, None);
        };
        if let Some(method) = Method::parse(&word.text) {
            return Ok(method);
        }
        let text = &word.text;
        if text.ends_with('%') || text.eq_ignore_ascii_case("balance") {
            let message = bi!(
                "一笔付款只写一个比例：要么百分比，要么 balance；两笔之间用逗号",
                "an instalment has one share, a percentage or balance; a comma parts two instalments"
            );
            return self.error(word.range, message, None);
        }
        if let Some(line) = self.taught() {
            let message = bi!("“{text}”：这一笔写 {line}", "`{text}`: write this instalment as {line}");
            return self.error(self.piece.clone(), message, Some(line));
        }
        if let Some(meant) = did_you_mean(text, Method::ALL.map(Method::code)) {
            let message = bi!(
                "没有付款方式“{text}”，是不是 {meant}？",
                "there is no method `{text}`; is {meant} meant?"
            );
            return self.error(word.range, message, Some(meant.to_owned()));
        }
        let message = bi!("没有付款方式“{text}”；有 {}", "there is no method `{text}`; there are {}", list());
        self.error(word.range, message, None)
    }

    fn tenor(&mut self, method: Method) -> Read<Option<Tenor>> {
        let Some(word) = self.take() else { return Ok(None) };
        let text = word.text.to_ascii_lowercase();
        if text == "sight" {
            return Ok(Some(Tenor::Sight));
        }
        if text == "on" {
            return self.on_date(&word);
        }
        if let Some(rest) = text.strip_prefix("eom") {
            return self.eom(rest, &word);
        }
        if let Some(figure) = text.strip_suffix('d').filter(|f| is_count(f)) {
            let days = self.days(figure, &word)?;
            return Ok(Some(Tenor::Days(days, self.event()?)));
        }
        if let Some(event) = Event::parse(&text) {
            let message = bi!(
                "{event} 前面要写天数：0d {event}（当天）或 30d {event}",
                "{event} needs its days: 0d {event} (the same day) or 30d {event}"
            );
            return self.error(word.range, message, Some(format!("0d {event}")));
        }
        self.no_tenor(method, &word)
    }

    fn no_tenor(&self, method: Method, word: &Word) -> Read<Option<Tenor>> {
        let text = &word.text;
        if let Some(line) = self.taught() {
            let message = bi!("“{text}”：这一笔写 {line}", "`{text}`: write this instalment as {line}");
            return self.error(self.piece.clone(), message, Some(line));
        }
        if is_count(text) {
            let message =
                bi!("“{text}”后面少了 d（天）：写 {text}d", "`{text}` lacks its d for days: write {text}d");
            return self.error(word.range.clone(), message, Some(format!("{text}d")));
        }
        if text.ends_with('%') || text.eq_ignore_ascii_case("balance") || Method::parse(text).is_some() {
            let message = bi!(
                "{method} 后面又来了“{text}”；两笔之间用逗号",
                "`{text}` follows {method}; a comma parts two instalments"
            );
            return self.error(word.range.clone(), message, None);
        }
        let words = ["sight", "eom", "on"];
        let meant = did_you_mean(text, words).map(str::to_owned);
        let message = bi!(
            "“{text}”不是期限；写 sight、60d bl-date、eom+30d 或 on 2026-12-31",
            "`{text}` is no tenor; write sight, 60d bl-date, eom+30d or on 2026-12-31"
        );
        self.error(word.range.clone(), message, meant)
    }

    fn on_date(&mut self, on: &Word) -> Read<Option<Tenor>> {
        let Some(word) = self.take() else {
            let message = bi!("on 后面要写日期：on 2026-12-31", "on needs a date: on 2026-12-31");
            return self.error(on.range.clone(), message, None);
        };
        let text = &word.text;
        let shape = text.len() == 10 && text.bytes().all(|b| b.is_ascii_digit() || b == b'-');
        match text.parse::<NaiveDate>() {
            Ok(date) if shape => Ok(Some(Tenor::On(date))),
            _ => self.error(
                word.range.clone(),
                bi!("“{text}”不是日期，写成 2026-12-31", "`{text}` is no date; write it like 2026-12-31"),
                None,
            ),
        }
    }

    fn eom(&self, rest: &str, word: &Word) -> Read<Option<Tenor>> {
        if rest.is_empty() {
            return Ok(Some(Tenor::Eom(0)));
        }
        let plus = rest.strip_prefix('+').unwrap_or(rest);
        match plus.strip_suffix('d') {
            Some(figure) if rest.starts_with('+') && is_count(figure) => {
                Ok(Some(Tenor::Eom(self.days(figure, word)?)))
            }
            _ => {
                let figure: String = plus.chars().filter(char::is_ascii_digit).collect();
                let fix = (!figure.is_empty()).then(|| format!("eom+{figure}d"));
                let message = bi!(
                    "月末期限写成 eom 或 eom+30d（月末后 30 天）",
                    "end of month is written eom or eom+30d (30 days after it)"
                );
                self.error(word.range.clone(), message, fix)
            }
        }
    }

    fn days(&self, figure: &str, word: &Word) -> Read<u32> {
        match figure.parse::<u32>() {
            Ok(days) if days <= MAX_DAYS => Ok(days),
            _ => self.error(
                word.range.clone(),
                bi!("{figure} 天太长，最多 {MAX_DAYS} 天", "{figure} days are too long; at most {MAX_DAYS}"),
                None,
            ),
        }
    }

    fn event(&mut self) -> Read<Option<Event>> {
        let Some(word) = self.take() else { return Ok(None) };
        if let Some(event) = Event::parse(&word.text) {
            return Ok(Some(event));
        }
        let text = &word.text;
        if let Some(line) = self.taught() {
            let message = bi!("“{text}”：这一笔写 {line}", "`{text}`: write this instalment as {line}");
            return self.error(self.piece.clone(), message, Some(line));
        }
        let list = Event::ALL.map(Event::code);
        let meant = did_you_mean(text, list).map(str::to_owned);
        let message = bi!(
            "天数从哪天算起？“{text}”不认识；有 {}",
            "days after what? `{text}` is unknown; there are {}",
            list.join(" ")
        );
        self.error(word.range.clone(), message, meant)
    }

    fn end(&mut self) -> Read<()> {
        let Some(word) = self.take() else { return Ok(()) };
        let end = self.words.last().map_or(word.range.end, |w| w.range.end);
        if let Some(line) = self.taught() {
            let message = bi!("这一笔请写成 {line}", "write this instalment as {line}");
            return self.error(self.piece.clone(), message, Some(line));
        }
        let message = bi!(
            "“{text}”多余；一笔只写 比例 方式 期限，两笔之间用逗号",
            "`{text}` is too much; an instalment is share, method, tenor, and a comma parts two",
            text = word.text
        );
        self.error(word.range.start..end, message, None)
    }

    /// A tenor that the method needs, or cannot have.
    fn suits(&self, method: Method, tenor: Option<Tenor>) -> Read<()> {
        let range = || if tenor.is_some() { self.piece.clone() } else { self.after().start..self.piece.end };
        let whole = self.piece.clone();
        match (method, tenor) {
            (Method::Tt, None) => self.error(
                whole,
                bi!(
                    "tt 要写什么时候付：tt 30d bl-date、tt eom+30d 或 tt on 2026-12-31；见提单副本付款写 copy-bl，装运前写 before-shipment",
                    "tt needs its time: tt 30d bl-date, tt eom+30d or tt on 2026-12-31; against a copy of the B/L is copy-bl, before shipment is before-shipment"
                ),
                None,
            ),
            (Method::Da, None | Some(Tenor::Sight)) => self.error(
                whole,
                bi!(
                    "da（承兑交单）要写天数：da 60d（承兑后 60 天）；即期的写 dp sight",
                    "da needs its days: da 60d (after acceptance); at sight it is dp sight"
                ),
                None,
            ),
            (Method::Oa, None | Some(Tenor::Sight)) => self.error(
                whole,
                bi!("oa（赊销）要写天数：oa 60d bl-date 或 oa eom+30d", "oa needs its days: oa 60d bl-date or oa eom+30d"),
                None,
            ),
            (Method::BeforeProduction | Method::BeforeShipment, Some(_)) => self.error(
                range(),
                bi!(
                    "{method} 不带期限：它在投产或装运前到期；要定日期写 tt on 2026-12-31",
                    "{method} takes no tenor, it falls due before that step; for a fixed date write tt on 2026-12-31"
                ),
                None,
            ),
            (Method::Deposit | Method::Tt | Method::CopyBl | Method::Cod, Some(Tenor::Sight)) => self.error(
                range(),
                bi!("sight 只用于 lc 和 dp", "sight goes with lc and dp only"),
                None,
            ),
            _ => Ok(()),
        }
    }
}

fn is_count(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_currency(word: &str) -> bool {
    let letters: String = word.chars().take_while(|c| !c.is_ascii_digit()).collect();
    Currency::parse(&letters).is_some() || currency::hint(&letters).is_some()
}

fn is_right(line: &str) -> bool {
    canonical(line).is_some()
}

/// One instalment in its canonical form, when it is right by itself.
fn canonical(line: &str) -> Option<String> {
    // A line that still needs teaching would ask for it again.
    if line.contains(is_han) || line.contains(',') {
        return None;
    }
    let mut reader = Reader { whole: "", piece: 0..0, words: words(line, 0), next: 0 };
    let share = reader.share().ok()?;
    let method = reader.method().ok()?;
    let tenor = reader.tenor(method).ok()?;
    reader.end().ok()?;
    reader.suits(method, tenor).ok()?;
    Some(Instalment { share, method, tenor, range: 0..0 }.to_string())
}

/// What is wrong with the parts together.
fn sums(text: &str, parts: &[Instalment]) -> Vec<TermsError> {
    let trimmed = text.len() - text.trim_start().len();
    let whole = trimmed..trimmed + text.trim().len();
    let balances: Vec<usize> =
        parts.iter().enumerate().filter(|(_, p)| p.share == Share::Balance).map(|(i, _)| i).collect();
    if let [_, second, ..] = balances.as_slice() {
        let range = parts.get(*second).map_or(whole, |p| p.range.clone());
        let message = bi!("balance（余款）只能有一笔", "only one instalment can be the balance");
        return vec![TermsError { range, message, fix: None }];
    }
    if let [at] = balances.as_slice()
        && at + 1 != parts.len()
    {
        let range = parts.get(*at).map_or(whole, |p| p.range.clone());
        let message = bi!("balance（余款）要写在最后", "the balance comes last");
        return vec![TermsError { range, message, fix: None }];
    }
    percentages(parts, !balances.is_empty())
        .map(|message| TermsError { range: whole, message, fix: None })
        .into_iter()
        .chain(currencies(parts))
        .collect()
}

fn percentages(parts: &[Instalment], balance: bool) -> Option<Bi> {
    let mut sum = Decimal::ZERO;
    let (mut percents, mut fixed) = (0, 0);
    for part in parts {
        match part.share {
            Share::Percent(percent) => {
                sum = sum.checked_add(percent)?;
                percents += 1;
            }
            Share::Fixed(_) => fixed += 1,
            Share::Balance => {}
        }
    }
    let shown = group(sum, 0);
    let gap = group((Decimal::ONE_HUNDRED - sum).abs(), 0);
    if balance && sum >= Decimal::ONE_HUNDRED {
        return Some(bi!(
            "前面已经是 {shown}%，没有余款了：去掉 balance 或改比例",
            "the shares before are {shown}% already, no balance is left: remove it or change a share"
        ));
    }
    if sum > Decimal::ONE_HUNDRED {
        return Some(bi!("各笔合计 {shown}%，多了 {gap}%", "the shares come to {shown}%, {gap}% too much"));
    }
    if balance || percents == 0 {
        return None;
    }
    if fixed > 0 {
        return Some(bi!(
            "百分比和固定金额混用时，最后一笔写 balance（余款）",
            "percentages beside fixed amounts need a last instalment of balance"
        ));
    }
    (sum < Decimal::ONE_HUNDRED).then(|| {
        bi!(
            "各笔合计 {shown}%，还差 {gap}%（最后一笔可写 balance）",
            "the shares come to {shown}%, {gap}% is missing (the last may be balance)"
        )
    })
}

/// Fixed amounts of two currencies cannot be parts of one total.
fn currencies(parts: &[Instalment]) -> Option<TermsError> {
    let mut first = None;
    for part in parts {
        let Share::Fixed(Amount { currency: Some(currency), .. }) = part.share else { continue };
        match first {
            None => first = Some(currency),
            Some(other) if other != currency => {
                let message = bi!(
                    "固定金额有两种币种：{other} 和 {currency}",
                    "the fixed amounts are in two currencies: {other} and {currency}"
                );
                return Some(TermsError { range: part.range.clone(), message, fix: None });
            }
            Some(_) => {}
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Reads a line that is wrong once: the marked text, the English message and the fix.
    fn wrong(text: &str) -> (String, String, Option<String>) {
        let errors = terms(text).expect_err(text);
        assert_eq!(errors.len(), 1, "{text}: {errors:?}");
        let error = errors.into_iter().next().unwrap();
        (text[error.range].to_owned(), error.message.en, error.fix)
    }

    #[track_caller]
    fn teaches(text: &str, marked: &str, says: &str, fix: Option<&str>) {
        let (range, message, offered) = wrong(text);
        assert_eq!((range.as_str(), offered.as_deref()), (marked, fix), "{text}: {message}");
        assert!(message.contains(says), "{text}: {message}");
    }

    #[test]
    fn the_lines_of_the_format() {
        for text in [
            "30% deposit, 70% copy-bl",
            "100% lc sight",
            "100% lc 60d bl-date",
            "20% deposit, 80% dp sight",
            "100% oa 60d bl-date",
            "30% deposit, 60% before-shipment, 10% oa 30d arrival",
            "100% tt eom+30d",
            "100% tt on 2026-12-31",
            "USD 5000 deposit, balance copy-bl",
            "30% before-production, balance cod",
            "33.333333% deposit, 66.666667% copy-bl",
            "100% da 60d",
            "100% lc",
            "100% oa 3650d",
        ] {
            assert_eq!(terms(text).map(|t| t.to_string()).as_deref(), Ok(text));
        }
    }

    #[test]
    fn small_liberties() {
        for (text, canonical) in [
            ("30 % Deposit ,70%copy-bl", "30% deposit, 70% copy-bl"),
            ("USD 5,000 deposit, balance copy-bl", "USD 5000 deposit, balance copy-bl"),
            ("USD 1,234,567.50 deposit,balance copy-bl", "USD 1234567.50 deposit, balance copy-bl"),
            ("5000 USD deposit, BALANCE copy-bl", "USD 5000 deposit, balance copy-bl"),
            ("USD5000 deposit, balance copy-bl", "USD 5000 deposit, balance copy-bl"),
            ("100.0% LC 090d", "100% lc 90d"),
        ] {
            assert_eq!(terms(text).map(|t| t.to_string()).as_deref(), Ok(canonical), "{text}");
        }
    }

    #[test]
    fn where_an_instalment_stands() {
        let text = " 30% deposit ,  70% copy-bl ";
        let read = terms(text).unwrap();
        let shown: Vec<&str> = read.instalments.iter().map(|i| &text[i.range.clone()]).collect();
        assert_eq!(shown, ["30% deposit", "70% copy-bl"]);
    }

    #[test]
    fn shares_that_do_not_add_up() {
        teaches("30% deposit, 60% copy-bl", "30% deposit, 60% copy-bl", "come to 90%, 10% is missing", None);
        teaches("30% deposit, 80% copy-bl", "30% deposit, 80% copy-bl", "come to 110%, 10% too much", None);
        teaches("100% deposit, balance copy-bl", "100% deposit, balance copy-bl", "no balance is left", None);
        teaches(
            "USD 5000 deposit, 70% copy-bl",
            "USD 5000 deposit, 70% copy-bl",
            "last instalment of balance",
            None,
        );
        teaches("balance deposit, 70% copy-bl", "balance deposit", "the balance comes last", None);
        teaches("balance deposit, balance copy-bl", "balance copy-bl", "only one", None);
        teaches("USD 50 deposit, EUR 70 copy-bl", "EUR 70 copy-bl", "two currencies", None);
    }

    #[test]
    fn shares_that_are_none() {
        teaches("30 deposit, 70% copy-bl", "30", "write 30% or USD 30", Some("30%"));
        teaches("5000 deposit, balance copy-bl", "5000", "USD 5000", None);
        teaches("0% deposit, 100% copy-bl", "0%", "over 0%", None);
        teaches("130% deposit", "130%", "at most 100%", None);
        teaches("-30% deposit, balance copy-bl", "-30%", "over 0%", None);
        teaches("RMB 5000 deposit, balance copy-bl", "RMB 5000", "write CNY", Some("CNY 5000"));
        teaches("USD 0 deposit, balance copy-bl", "USD 0", "greater than 0", None);
        teaches("JPY 5000.50 deposit, balance copy-bl", "JPY 5000.50", "at most 0 decimals", None);
        teaches("30% deposit, balence copy-bl", "balence", "should be balance", Some("balance"));
        teaches("30% deposit, balance 70% copy-bl", "70%", "one share", None);
        teaches("30% deposit, copy-bl", "copy-bl", "lacks its share", None);
    }

    #[test]
    fn order_and_separators() {
        teaches("deposit 30%, 70% copy-bl", "deposit 30%", "how much first", Some("30% deposit"));
        teaches("30% deposit, copy-bl balance", "copy-bl balance", "how much first", Some("balance copy-bl"));
        teaches("30% deposit; 70% copy-bl", ";", "plain comma", Some(", "));
        teaches("30% deposit，70% copy-bl", "，", "plain comma", Some(", "));
        teaches("30% deposit 70% copy-bl", "70%", "a comma parts two", None);
        teaches("30% deposit,, 70% copy-bl", "", "missing here", None);
        teaches("30% deposit, 70% copy-bl,", "", "missing here", None);
        teaches("30％ deposit, 70% copy-bl", "30％ deposit", "full-width", Some("30% deposit"));
        teaches("", "", "empty", None);
        teaches("  ", "  ", "empty", None);
    }

    #[test]
    fn methods() {
        teaches("30% depsoit, 70% copy-bl", "depsoit", "is deposit meant", Some("deposit"));
        teaches("30% magic, 70% copy-bl", "magic", "there are deposit tt", None);
        teaches("100%", "100%", "how it is paid", None);
        teaches("100% L/C at sight", "100% L/C at sight", "write this", Some("100% lc sight"));
        teaches(
            "100% L/C 60 days after B/L date",
            "100% L/C 60 days after B/L date",
            "write this",
            Some("100% lc 60d bl-date"),
        );
        teaches("30% T/T deposit, 70% copy-bl", "30% T/T deposit", "write this", Some("30% deposit"));
        teaches(
            "30% deposit, 70% against copy of B/L",
            "70% against copy of B/L",
            "write this",
            Some("70% copy-bl"),
        );
        teaches("30% in advance, 70% copy-bl", "30% in advance", "write this", Some("30% deposit"));
    }

    #[test]
    fn tenors() {
        teaches("30% deposit, 70% tt", "70% tt", "tt needs its time", None);
        teaches("100% da", "100% da", "da needs its days", None);
        teaches("100% da sight", "100% da sight", "dp sight", None);
        teaches("100% oa", "100% oa", "oa needs its days", None);
        teaches("100% lc 60", "60", "lacks its d", Some("60d"));
        teaches("100% lc 60d bldate", "bldate", "days after what", Some("bl-date"));
        teaches("100% oa 3651d", "3651d", "at most 3650", None);
        teaches("100% oa 99999999999d", "99999999999d", "at most 3650", None);
        teaches("100% tt eom+30", "eom+30", "eom+30d", Some("eom+30d"));
        teaches("100% tt eom30d", "eom30d", "eom+30d", Some("eom+30d"));
        teaches("100% tt on", "on", "needs a date", None);
        teaches("100% tt on 31.12.2026", "31.12.2026", "is no date", None);
        teaches("100% tt on 2026-02-30", "2026-02-30", "is no date", None);
        teaches("100% tt bl-date", "bl-date", "needs its days", Some("0d bl-date"));
        teaches("100% deposit sight", "100% deposit sight", "lc and dp only", None);
        teaches("100% before-shipment 7d", "100% before-shipment 7d", "takes no tenor", None);
        teaches("100% lc sihgt", "sihgt", "is no tenor", Some("sight"));
        teaches("100% lc sight now", "now", "too much", None);
        teaches("100% oa 60 days", "100% oa 60 days", "write this", Some("100% oa 60d"));
    }

    #[test]
    fn chinese_words_are_translated() {
        for (text, fix) in [
            ("100%定金", Some("100% deposit")),
            ("定金100%", Some("100% deposit")),
            ("100% 见提单副本付款", Some("100% copy-bl")),
            ("100%即期信用证", Some("100% lc sight")),
            ("100% 信用证 提单日后60天", Some("100% lc 60d bl-date")),
            ("100%前T/T", Some("100% deposit")),
            ("100% 货到付款", Some("100% cod")),
            ("100% 尾款 发货前", Some("100% before-shipment")),
            ("100% 订金 支付", Some("100% deposit")),
            ("100% 现结", None),
        ] {
            let (marked, message, offered) = wrong(text);
            assert_eq!((marked.as_str(), offered.as_deref()), (text, fix), "{message}");
            assert!(message.contains("English words"), "{message}");
        }
        let (_, message, _) = wrong("尾款");
        assert!(message.contains("`尾款` is written balance, for example balance copy-bl"), "{message}");
    }

    #[test]
    fn every_mistake_of_a_line_is_told() {
        let text = "30％定金，70%见提单副本";
        let errors = terms(text).unwrap_err();
        let told: Vec<(&str, Option<&str>)> =
            errors.iter().map(|e| (&text[e.range.clone()], e.fix.as_deref())).collect();
        assert_eq!(
            told,
            [("30％定金", Some("30% deposit")), ("，", Some(", ")), ("70%见提单副本", Some("70% copy-bl"))]
        );
    }
}
