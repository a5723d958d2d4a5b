//! Shipping marks. Their order and line breaks mean nothing, and a paper may print less of them, or more of what is
//! printed on the cartons besides: containers, weights, origin, handling (ISBP 745 A32 to A34).

use std::collections::BTreeMap;

use super::typo;
use crate::model::value::ContainerNumber;
use crate::model::value::fold::fold;

/// How the marks of a paper compare with those of another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Marks {
    /// The same, or fewer, or more of what may stand beside marks.
    Same,
    /// All of the other's, and these lines besides.
    More(Vec<String>),
    /// One slip of the pen apart: the other's line, the paper's.
    Slip(Vec<(String, String)>),
    /// Other text: the other's lines that are not there, and what stands there instead.
    Different(Vec<String>, Vec<String>),
}

/// Compares marks line by line.
#[must_use]
pub fn compare(anchor: &[String], printed: &[String]) -> Marks {
    let (ours, theirs) = (lines(anchor), lines(printed));
    let squeezed = |lines: &BTreeMap<String, String>| lines.keys().cloned().collect::<Vec<_>>().concat();
    if refers(anchor)
        || refers(printed)
        || squeezed(&ours) == squeezed(&theirs)
        || run(anchor) == run(printed)
    {
        return Marks::Same;
    }
    let has = |all: &BTreeMap<String, String>, line: &str| {
        all.keys().any(|other| same(other, line) || holds(other, line))
    };
    let has_exactly = |all: &BTreeMap<String, String>, line: &str| all.keys().any(|own| same(own, line));
    let mut missing: Vec<(&String, &String)> = ours.iter().filter(|(line, _)| !has(&theirs, line)).collect();
    let mut added: Vec<(&String, &String)> = theirs
        .iter()
        .filter(|(line, _)| !has_exactly(&ours, line) && !is_made_of(line, &ours) && !is_beside(line))
        .collect();
    let mut slips = Vec::new();
    missing.retain(|(line, written)| {
        let Some(at) = added.iter().position(|(other, _)| typo::is_slip(line, other)) else { return true };
        slips.push(((*written).clone(), added.remove(at).1.clone()));
        false
    });
    let words = |list: &[(&String, &String)]| list.iter().map(|(_, written)| (*written).clone()).collect();
    match (missing.is_empty(), added.is_empty()) {
        (false, false) => Marks::Different(words(&missing), words(&added)),
        _ if !slips.is_empty() => Marks::Slip(slips),
        (true, false) => Marks::More(words(&added)),
        _ => Marks::Same,
    }
}

/// Each line in its plain form, with the line as written.
fn lines(marks: &[String]) -> BTreeMap<String, String> {
    let parts = marks.iter().flat_map(|line| line.split(['\n', ',', ';', '，']));
    parts.map(|line| (plain(line), line.trim().to_owned())).filter(|(line, _)| !line.is_empty()).collect()
}

/// All letters and digits in one run: how the lines were broken says nothing.
fn run(marks: &[String]) -> String {
    fold(&marks.concat()).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// Letters, digits and spaces; `C/NO. 1-300`, `CTN NO.1-300` and `NOS. 1-300` are `1-300`.
fn plain(line: &str) -> String {
    let folded = fold(line);
    let numbers: String = folded.chars().filter(|c| !c.is_whitespace()).collect();
    let at = numbers.find(|c: char| c.is_ascii_digit()).unwrap_or(numbers.len());
    let (head, tail) = numbers.split_at(at);
    let word: String = head.chars().filter(|c| c.is_alphabetic()).collect();
    let carton = matches!(
        word.as_str(),
        "CNO"
            | "CNOS"
            | "CN"
            | "CTNNO"
            | "CTNNOS"
            | "CTNSNO"
            | "CARTONNO"
            | "CARTONNOS"
            | "NO"
            | "NOS"
            | "PKGNO"
            | "CASENO"
            | "PALLETNO"
            | "BAGNO"
    );
    if carton
        && tail.chars().all(|c| c.is_ascii_digit() || matches!(c, '-' | '~' | '/' | 'U' | 'P' | 'T' | 'O'))
    {
        return tail.replace(['~', '/'], "-").replace("TO", "-");
    }
    let letters: String = folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    letters.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// `1-UP` is any run of cartons from the first.
fn same(a: &str, b: &str) -> bool {
    let open = |x: &str, y: &str| x == "1-UP" && y.starts_with("1-");
    a == b || a.replace(' ', "") == b.replace(' ', "") || open(a, b) || open(b, a)
}

/// The words of a line stand in a longer one.
fn holds(long: &str, line: &str) -> bool {
    format!(" {long} ").contains(&format!(" {line} "))
}

/// A line that several of the other's make up.
fn is_made_of(line: &str, lines: &BTreeMap<String, String>) -> bool {
    let rest = lines.keys().fold(format!(" {line} "), |rest, own| rest.replace(&format!(" {own} "), "  "));
    rest.trim().is_empty()
}

/// `AS PER INVOICE NO. …`: the marks stand on another paper.
fn refers(marks: &[String]) -> bool {
    let text = fold(&marks.join(" "));
    text.contains("AS PER ")
        || text.contains("PER INVOICE")
        || text.contains("PER B/L")
        || text.contains("AS ATTACHED")
}

/// What stands beside marks without being one: containers and seals, weights and measures, origin, handling.
fn is_beside(line: &str) -> bool {
    const WORDS: &[&str] = &[
        "CONTAINER",
        "SEAL",
        "MADE IN",
        "PRODUCT OF",
        "ORIGIN",
        "GROSS",
        "NET",
        "G W",
        "N W",
        "GW",
        "NW",
        "KGS",
        "KG",
        "MEAS",
        "CBM",
        "CM",
        "FRAGILE",
        "HANDLE",
        "KEEP DRY",
        "THIS SIDE",
        "DO NOT",
        "QTY",
        "PCS",
        "CONT",
    ];
    let padded = format!(" {line} ");
    let word = |w: &str| padded.contains(&format!(" {w} ")) || (w.len() > 4 && line.contains(w));
    let container = line.split(' ').any(|w| ContainerNumber::parse(w).is_ok());
    container || WORDS.iter().any(|w| word(w))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marks(lines: &[&str]) -> Vec<String> {
        lines.iter().map(|l| (*l).to_owned()).collect()
    }

    fn against(printed: &[&str]) -> Marks {
        compare(&marks(&["HANSE LICHT", "HAMBURG", "C/NO. 1-300"]), &marks(printed))
    }

    #[test]
    fn what_means_the_same() {
        for printed in [
            &["Hanse Licht", "Hamburg", "CTN NO. 1-300"][..],
            &["HAMBURG", "HANSE LICHT", "C/NO.1 - 300"],
            &["HANSE LICHT HAMBURG C/NO. 1-300"],
            &["HANSE LICHT, HAMBURG, NOS. 1-300"],
            &["Hanse Licht Hamburg", "CTN NO. 1-300", "CSQU3054383 / EMCHQ81442", "MADE IN CHINA"],
            &["HANSE LICHT", "HAMBURG"],
            &["HANSE LICHT", "HAMBURG", "C/NO. 1-UP"],
            &[
                "HANSE LICHT",
                "HAMBURG",
                "C/NO. 1-300",
                "CSQU3054383/EMCHQ81442",
                "MADE IN CHINA",
                "G.W.: 8.4 KGS",
            ],
            &["AS PER INVOICE NO. INV26-0117"],
        ] {
            assert_eq!(against(printed), Marks::Same, "{printed:?}");
        }
    }

    #[test]
    fn what_does_not() {
        assert_eq!(
            against(&["HANSE LICHT", "HAMBURG", "C/NO. 1-280"]),
            Marks::Different(marks(&["C/NO. 1-300"]), marks(&["C/NO. 1-280"]))
        );
        assert_eq!(against(&["HANSE LICHT, HH"]).clone(), {
            Marks::Different(marks(&["C/NO. 1-300", "HAMBURG"]), marks(&["HH"]))
        });
        assert_eq!(
            against(&["HANSE LIGHT", "HAMBURG", "C/NO. 1-300"]),
            Marks::Slip(vec![("HANSE LICHT".into(), "HANSE LIGHT".into())])
        );
        assert_eq!(
            against(&["HANSE LICHT", "HAMBURG", "C/NO. 1-300", "ORDER 4500"]),
            Marks::More(marks(&["ORDER 4500"]))
        );
        assert!(matches!(against(&["N/M"]), Marks::Different(..)));
    }
}
