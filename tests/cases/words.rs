//! Figures, dates and quantities as papers write them. Digits stay digits; what is not plain is not read.

use chrono::NaiveDate;
use gendan::model::value::Unit;

/// A quantity with what stands around it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Quantity {
    pub(crate) figure: String,
    pub(crate) unit: Option<String>,
    /// `10%` for "about", or what is written beside it.
    pub(crate) tolerance: Option<String>,
    /// The words behind it.
    pub(crate) rest: String,
}

/// An amount with the currency beside it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Money {
    pub(crate) currency: Option<String>,
    pub(crate) figure: String,
    pub(crate) about: bool,
    pub(crate) tolerance: Option<String>,
}

impl Money {
    pub(crate) fn written(&self) -> String {
        match &self.currency {
            Some(currency) => format!("{currency} {}", self.figure),
            None => self.figure.clone(),
        }
    }
}

/// "About" and its like before a figure (UCP 600 art. 30 a).
fn about(text: &str) -> (bool, &str) {
    let text = text.trim();
    for word in ["ABOUT", "APPROXIMATELY", "APPROX.", "APPROX", "CIRCA"] {
        if text.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word)) {
            return (true, text[word.len()..].trim_start());
        }
    }
    (false, text)
}

/// A figure at the beginning: `24,000.00`, `500`. Commas only group thousands; `12,50` may be either and is not read.
pub(crate) fn figure(text: &str) -> Option<(String, &str)> {
    let end = text.find(|c: char| !c.is_ascii_digit() && c != ',' && c != '.').unwrap_or(text.len());
    let written = text[..end].trim_end_matches([',', '.']);
    let (whole, decimals) = written.split_once('.').unwrap_or((written, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = groups.clone().next().is_some();
    let sound = !first.is_empty()
        && groups.all(|g| g.len() == 3)
        && (!grouped || first.len() <= 3)
        && decimals.chars().all(|c| c.is_ascii_digit());
    sound.then(|| (written.replace(',', ""), &text[written.len()..]))
}

/// A quantity at the beginning. `known` asks for a unit that units are known by, so that `100% COTTON` or
/// `M8x40` in running text is none.
pub(crate) fn quantity(text: &str, known: bool) -> Option<Quantity> {
    let (about, text) = about(text);
    let (figure, rest) = figure(text)?;
    let spaced = rest.trim_start();
    let words: Vec<&str> = spaced.split_whitespace().collect();
    let clean = |word: &str| word.trim_matches([',', ';', '(', ')']).to_owned();
    let two = (words.len() > 1).then(|| clean(&format!("{} {}", words[0], words[1])));
    let one = words.first().map(|w| clean(w));
    let (unit, taken) = match (two, one) {
        (Some(two), _) if Unit::parse(&two).is_some() => (Some(two), 2),
        (_, Some(one)) if Unit::parse(&one).is_some() => (Some(one), 1),
        (_, Some(one)) if !known && one.chars().all(char::is_alphabetic) && !one.is_empty() => (Some(one), 1),
        _ if known => return None,
        _ => (None, 0),
    };
    let rest = words[taken..].join(" ");
    let tolerance = if about { Some("10%".to_owned()) } else { tolerance(&rest) };
    Some(Quantity { figure, unit, tolerance, rest })
}

/// Words of running text without the quantity at its beginning: `60 METRIC TONS OF SALT` is salt.
pub(crate) fn goods_only(text: &str) -> String {
    match quantity(text, true) {
        Some(q) if !q.rest.is_empty() => {
            let rest = q.rest.as_str();
            let of = rest.get(..3).is_some_and(|head| head.eq_ignore_ascii_case("of "));
            if of { rest[3..].to_owned() } else { rest.to_owned() }
        }
        _ => text.to_owned(),
    }
}

/// `5% more or less`, `+/-5%`, `+5%/-0%`.
pub(crate) fn tolerance(text: &str) -> Option<String> {
    let folded = text.to_ascii_uppercase();
    let two_ways = ["+/-", "±", "MORE OR LESS", "PLUS OR MINUS", "PLUS/MINUS"];
    if two_ways.iter().any(|w| folded.contains(w)) {
        return percent(&folded);
    }
    let compact: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let signed = compact.starts_with(['+', '-']) && compact.ends_with('%');
    (signed || compact.strip_suffix('%').is_some_and(|n| n.parse::<u32>().is_ok())).then_some(compact)
}

/// The first percentage in words: `110%`, `110 PCT`, `110 percent`.
pub(crate) fn percent(text: &str) -> Option<String> {
    let folded = text.to_ascii_uppercase();
    let starts = folded.char_indices().filter(|(at, c)| {
        c.is_ascii_digit() && !folded[..*at].ends_with(|b: char| b.is_ascii_digit() || b == '.' || b == ',')
    });
    for (at, _) in starts {
        let (figure, rest) = figure(&folded[at..])?;
        let rest = rest.trim_start();
        if ["%", "PCT", "PERCENT", "PER CENT", "PER-CENT"].iter().any(|sign| rest.starts_with(sign)) {
            return Some(format!("{figure}%"));
        }
    }
    None
}

/// `USD 12.50`, `US$12.50/PC`, `12.50 USD per piece`, `about EUR 50,000`.
pub(crate) fn money(text: &str) -> Option<Money> {
    let (about, text) = about(text);
    let mut currency = None;
    let mut text = text;
    for (sign, code) in [("US$", Some("USD")), ("$", None), ("€", Some("EUR")), ("£", Some("GBP"))] {
        if let Some(rest) = text.strip_prefix(sign) {
            (currency, text) = (code.map(str::to_owned), rest.trim_start());
        }
    }
    let letters = text.chars().take_while(char::is_ascii_alphabetic).count();
    if letters == 3 {
        (currency, text) = (Some(text[..3].to_ascii_uppercase()), text[3..].trim_start());
    }
    let (_, text) = self::about(text);
    let (figure, rest) = figure(text)?;
    let rest = rest.trim_start();
    let behind = rest.chars().take_while(char::is_ascii_uppercase).count();
    if currency.is_none() && behind == 3 {
        currency = Some(rest[..3].to_owned());
    }
    Some(Money { currency, figure, about, tolerance: tolerance(rest) })
}

/// A date; without a year it falls in the year of the case.
pub(crate) fn date(text: &str, year: i32) -> Option<NaiveDate> {
    let text = text.trim();
    let whole = ["%Y-%m-%d", "%d %B %Y", "%d %b %Y", "%B %d, %Y", "%b %d, %Y", "%d-%b-%Y", "%d.%m.%Y"];
    let read = |text: &str| whole.iter().find_map(|form| NaiveDate::parse_from_str(text, form).ok());
    read(text).or_else(|| read(&format!("{text} {year}"))).or_else(|| read(&format!("{text}, {year}")))
}

/// A date somewhere in a text: `SHIPPED ON BOARD 2026-03-01`.
pub(crate) fn date_in(text: &str, year: i32) -> Option<NaiveDate> {
    let words: Vec<&str> =
        text.split_whitespace().map(|w| w.trim_matches([',', ';', '(', ')', ':'])).collect();
    (1..=3).rev().find_map(|n| words.windows(n).find_map(|w| date(&w.join(" "), year)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quantities() {
        for (text, figure, unit, tolerance) in [
            ("1,250 pieces", "1250", "pieces", None),
            ("7,250.00 KGS resin", "7250.00", "KGS", None),
            ("60 METRIC TONS OF SALT", "60", "METRIC TONS", None),
            ("about 500 MT", "500", "MT", Some("10%")),
            ("500 MT (+/-5%)", "500", "MT", Some("5%")),
            ("20 MT, 5% more or less", "20", "MT", Some("5%")),
        ] {
            let read = quantity(text, true).unwrap();
            assert_eq!((read.figure.as_str(), read.unit.as_deref()), (figure, Some(unit)), "{text}");
            assert_eq!(read.tolerance.as_deref(), tolerance, "{text}");
        }
        for none in ["100% COTTON SHIRTS", "7,250,00 KGS", "SHIRTS", "80 GSM"] {
            assert_eq!(quantity(none, true), None, "{none}");
        }
        assert_eq!(goods_only("60 METRIC TONS OF SALT"), "SALT");
        assert_eq!(goods_only("100% COTTON SHIRTS"), "100% COTTON SHIRTS");
    }

    #[test]
    fn amounts() {
        for (text, written) in [
            ("USD 12.50", "USD 12.50"),
            ("US$ 12.50/PC", "USD 12.50"),
            ("1,250,000", "1250000"),
            ("12.50 EUR per piece", "EUR 12.50"),
            ("about USD 75,000", "USD 75000"),
            ("approximately USD 75,000", "USD 75000"),
        ] {
            assert_eq!(money(text).unwrap().written(), written, "{text}");
        }
        assert_eq!(money("12,50"), None);
        assert!(money("USD about 100,000").is_some());
        assert_eq!(percent("for 110 percent of invoice value"), Some("110%".into()));
        assert_eq!(percent("3 copies"), None);
    }

    #[test]
    fn dates() {
        let day = |text: &str| date(text, 2026).unwrap().to_string();
        assert_eq!(day("2026-03-01"), "2026-03-01");
        assert_eq!(day("15 June"), "2026-06-15");
        assert_eq!(day("15 June 2024"), "2024-06-15");
        assert_eq!(date("03/07/2012", 2026), None, "day or month first");
        assert_eq!(date_in("SHIPPED ON BOARD 2 Mar 2026", 2020).unwrap().to_string(), "2026-03-02");
    }
}
