//! `search-data.js`: one line per order, loaded as a script so that it works from `file://`. The script searches it
//! for substrings, because Chinese users type parts of words.
//!
//! A file holds one text for up to two thousand orders: a line per order, the number first, then each word behind a mark
//! that says what it is ([`Kind`]). The marks lie where no keyboard reaches (U+E000 and on), so a hit never spans
//! two words, and the script can say that `7421` is the end of a bill of lading. The browser folds the text once,
//! when it arrives; the files hold it as people write it.

use serde::Serialize;

use super::markdown::is_deceptive;

/// What a word of an order is. The script shows it beside the word that matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// What stands beside the number in the list of hits: `Hanse Licht GmbH · LED灯泡`.
    Label,
    /// The customer's order number; hits here come right after the ones in our own number.
    Po,
    /// Names of the customer.
    Customer,
    /// Goods in both languages, their numbers at the customer and with us.
    Goods,
    /// Commercial invoice.
    Invoice,
    /// Bill of lading.
    Bl,
    /// Container.
    Container,
    /// Vessel.
    Vessel,
    /// Letter of credit.
    Credit,
    /// Our order to the factory.
    Purchase,
    /// Booking.
    Booking,
    /// Air waybill, sea waybill, courier.
    Waybill,
    /// Customs declaration.
    Declaration,
    /// Contract.
    Contract,
    /// Who looks after it.
    Person,
}

impl Kind {
    /// All kinds, as the script numbers them, from 1.
    pub const ALL: [Self; 15] = [
        Self::Label,
        Self::Po,
        Self::Customer,
        Self::Goods,
        Self::Invoice,
        Self::Bl,
        Self::Container,
        Self::Vessel,
        Self::Credit,
        Self::Purchase,
        Self::Booking,
        Self::Waybill,
        Self::Declaration,
        Self::Contract,
        Self::Person,
    ];

    /// Chinese and English.
    fn name(self) -> (&'static str, &'static str) {
        match self {
            Self::Label => ("", ""),
            Self::Po => ("客户订单", "PO"),
            Self::Customer => ("客户", "customer"),
            Self::Goods => ("货物", "goods"),
            Self::Invoice => ("发票", "invoice"),
            Self::Bl => ("提单", "B/L"),
            Self::Container => ("柜", "container"),
            Self::Vessel => ("船", "vessel"),
            Self::Credit => ("信用证", "credit"),
            Self::Purchase => ("采购单", "purchase order"),
            Self::Booking => ("订舱", "booking"),
            Self::Waybill => ("运单", "waybill"),
            Self::Declaration => ("报关单", "customs declaration"),
            Self::Contract => ("合同", "contract"),
            Self::Person => ("跟单", "merchandiser"),
        }
    }

    /// Stands before a word of this kind.
    fn mark(self) -> char {
        let number = Self::ALL.iter().position(|kind| *kind == self).unwrap_or_default();
        u32::try_from(number).ok().and_then(|n| char::from_u32(MARKS + 1 + n)).unwrap_or('\u{E000}')
    }
}

/// The first mark; a word of the data that holds one loses it.
const MARKS: u32 = 0xE000;

/// What the search knows of one order.
#[derive(Debug, Clone, Default)]
pub struct SearchEntry {
    /// `GD26-0117`; a hit here comes first.
    pub id: String,
    /// Everything people look for, the label first.
    pub words: Vec<(Kind, String)>,
}

/// Orders per file. A browser folds 2,000 in some 10 ms, and the first hits show while the rest still loads.
const PART: usize = 2_000;

/// Names of the kinds by the language of the page, as [`Kind::ALL`] numbers them.
#[derive(Serialize)]
struct Names {
    #[serde(rename = "zh-Hans")]
    zh: Vec<&'static str>,
    en: Vec<&'static str>,
}

/// The files, by path below the output folder. Always at least one.
#[must_use]
pub fn files(entries: &[SearchEntry]) -> Vec<(String, Vec<u8>)> {
    let mut parts: Vec<&[SearchEntry]> = entries.chunks(PART).collect();
    if parts.is_empty() {
        parts.push(&[]);
    }
    let count = parts.len();
    parts
        .into_iter()
        .enumerate()
        .map(|(index, part)| {
            let name = if index == 0 {
                "search-data.js".to_owned()
            } else {
                format!("search-data-{}.js", index + 1)
            };
            (name, file(index + 1, count, part))
        })
        .collect()
}

fn file(number: usize, count: usize, entries: &[SearchEntry]) -> Vec<u8> {
    let mut text = String::new();
    for entry in entries {
        push_word(&mut text, &entry.id);
        for (kind, word) in &entry.words {
            text.push(kind.mark());
            push_word(&mut text, word);
        }
        text.push('\n');
    }
    let first = |name: fn(Kind) -> &'static str| std::iter::once("").chain(Kind::ALL.map(name)).collect();
    let names = (number == 1).then(|| Names { zh: first(|k| k.name().0), en: first(|k| k.name().1) });
    let names = names.map(|n| format!(",{}", script_json(&n))).unwrap_or_default();
    format!("gendan.search({number},{count},{}{names});\n", script_json(&text)).into_bytes()
}

/// A word on one line, without marks, blanks in a row as one: `LED  Bulb\n12W` → `LED Bulb 12W`.
fn push_word(text: &mut String, word: &str) {
    for (index, piece) in word.split_whitespace().enumerate() {
        if index > 0 {
            text.push(' ');
        }
        let own = piece.chars().filter(|c| !(MARKS..MARKS + 32).contains(&u32::from(*c)));
        text.extend(own.map(|c| if is_deceptive(c) { '\u{FFFD}' } else { c }));
    }
}

/// JSON that may also stand in a script.
pub(crate) fn script_json<T: Serialize + ?Sized>(value: &T) -> String {
    serde_json::to_string(value)
        .unwrap_or_else(|_| "null".to_owned())
        .replace('<', "\\u003c")
        .replace('\u{2028}', "\\u2028")
        .replace('\u{2029}', "\\u2029")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(entries: &[SearchEntry]) -> String {
        String::from_utf8(files(entries).remove(0).1).unwrap()
    }

    fn entry(id: &str, words: &[(Kind, &str)]) -> SearchEntry {
        let words = words.iter().map(|(kind, word)| (*kind, (*word).to_owned())).collect();
        SearchEntry { id: id.into(), words }
    }

    #[test]
    fn one_line_per_order_and_a_mark_before_each_word() {
        let out = text(&[entry(
            "GD26-0117",
            &[(Kind::Label, "Hanse Licht"), (Kind::Po, "4500089231"), (Kind::Bl, "EGLV143600117421")],
        )]);
        assert!(
            out.starts_with(
                "gendan.search(1,1,\"GD26-0117\u{E001}Hanse Licht\u{E002}4500089231\u{E006}EGLV143600117421\\n\",{"
            ),
            "{out}"
        );
        // The script finds the name of a kind by its number.
        assert!(
            out.contains("\"zh-Hans\":[\"\",\"\",\"客户订单\",\"客户\",\"货物\",\"发票\",\"提单\""),
            "{out}"
        );
        assert!(text(&[]).starts_with("gendan.search(1,1,\"\",{"));
    }

    #[test]
    fn a_word_keeps_to_its_line_and_cannot_pretend_to_be_another() {
        let out = text(&[entry("A", &[(Kind::Goods, " LED\u{3000}\n灯泡\u{E006}\t12W ")])]);
        assert!(out.contains("\"A\u{E004}LED 灯泡 12W\\n\""), "{out}");
        // What turns text around is shown for what it is.
        assert!(text(&[entry("A", &[(Kind::Goods, "12\u{202E}W")])]).contains("12\u{FFFD}W"));
    }

    #[test]
    fn hostile_names_stay_strings() {
        let out = text(&[entry("A", &[(Kind::Label, "</script>\"];alert(1)//\u{2028}x")])]);
        assert!(!out.contains("</script>") && !out.contains('\u{2028}'));
        assert!(out.contains("\\\"];alert(1)"));
    }

    #[test]
    fn many_orders_come_in_parts() {
        let files = files(&vec![entry("A", &[]); PART + 1]);
        assert_eq!(
            files.iter().map(|f| f.0.as_str()).collect::<Vec<_>>(),
            ["search-data.js", "search-data-2.js"]
        );
        assert!(files[1].1.starts_with(b"gendan.search(2,2,\"A\\n\");"));
    }
}
