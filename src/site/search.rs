//! `search-data.js`: one folded lower-case string per order, loaded as a script so that it works from
//! `file://`. The script searches it for substrings, because Chinese users type parts of words.

use serde::Serialize;
use unicode_normalization::UnicodeNormalization;

/// What the search knows of one order.
#[derive(Debug, Clone, Default)]
pub struct SearchEntry {
    /// `GD26-0117`; a hit here comes first.
    pub id: String,
    /// Customer's order number; hits here come second.
    pub po: String,
    /// Shown beside the id: `Hanse Licht GmbH · LED灯泡 2 款`.
    pub label: String,
    /// Customer, goods in Chinese and English, B/L, container, invoice, vessel: everything else people look for.
    pub words: Vec<String>,
}

/// Orders per file: a browser parses 5,000 in some 20 ms.
const PART: usize = 5_000;

#[derive(Serialize)]
struct Row<'a>(&'a str, String, String, &'a str);

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
    let mut text = format!("gendan.search({number},{count},[\n");
    for entry in entries {
        let mut words = format!("{} {} {}", entry.id, entry.po, entry.label);
        for word in &entry.words {
            words.push(' ');
            words.push_str(word);
        }
        let row = Row(&entry.id, fold(&entry.po), fold(&words), &entry.label);
        text.push_str(&script_json(&row));
        text.push_str(",\n");
    }
    text.push_str("]);\n");
    text.into_bytes()
}

/// Full-width letters to half-width, upper to lower case, runs of blanks to one: `ＬＥＤ  Bulb` → `led bulb`.
#[must_use]
pub fn fold(text: &str) -> String {
    let folded: String = text.nfkc().flat_map(char::to_lowercase).collect();
    folded.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// JSON that may also stand in a script.
pub(crate) fn script_json<T: Serialize>(value: &T) -> String {
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

    #[test]
    fn folds_width_and_case() {
        assert_eq!(fold("ＬＥＤ\u{3000} 灯泡 \n12W"), "led 灯泡 12w");
    }

    #[test]
    fn one_row_per_order() {
        let entry = SearchEntry {
            id: "GD26-0117".into(),
            po: "4500089231".into(),
            label: "Hanse Licht".into(),
            words: vec!["LED灯泡".into(), "CSQU3054383".into()],
        };
        assert_eq!(
            text(&[entry]),
            "gendan.search(1,1,[\n[\"GD26-0117\",\"4500089231\",\"gd26-0117 4500089231 hanse licht led灯泡 csqu3054383\",\"Hanse Licht\"],\n]);\n"
        );
        assert_eq!(text(&[]), "gendan.search(1,1,[\n]);\n");
    }

    #[test]
    fn hostile_names_stay_strings() {
        let out =
            text(&[SearchEntry { label: "</script>\"];alert(1)//\u{2028}".into(), ..Default::default() }]);
        assert!(!out.contains("</script>") && !out.contains('\u{2028}'));
        assert!(out.contains("\\\"];alert(1)"));
    }

    #[test]
    fn many_orders_come_in_parts() {
        let files = files(&vec![SearchEntry::default(); PART + 1]);
        assert_eq!(
            files.iter().map(|f| f.0.as_str()).collect::<Vec<_>>(),
            ["search-data.js", "search-data-2.js"]
        );
        assert!(files[1].1.starts_with(b"gendan.search(2,2,["));
    }
}
