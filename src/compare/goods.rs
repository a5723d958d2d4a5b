//! Descriptions of goods. The invoice must *correspond* to the credit (UCP 600 art. 18 c); other papers may be
//! general (art. 14 e). Texts are compared as sets of tokens; what is left over is shown, not judged.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::typo;
use crate::model::value::Currency;
use crate::model::value::fold::fold;

/// Words that say nothing about the goods.
const STOP: &[&str] =
    &["AT", "OF", "PER", "THE", "AND", "WITH", "IN", "FOR", "TO", "A", "AN", "EACH", "TOTAL", "ONLY", "AS"];

/// Words that change what the goods are. Added by an invoice, they are other goods, however much else agrees.
const NATURE: &[&str] = &[
    "IMITATION",
    "USED",
    "REFURBISHED",
    "SUBSTANDARD",
    "SECONDHAND",
    "SECOND-HAND",
    "RECONDITIONED",
    "DAMAGED",
    "DEFECTIVE",
    "REJECTED",
    "REMANUFACTURED",
    "REPAIRED",
    "FAKE",
    "ARTIFICIAL",
    "SYNTHETIC",
    "SCRAP",
    "WASTE",
    "SAMPLE",
    "SAMPLES",
    "EXPIRED",
    "OBSOLETE",
];

/// One word of a description.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Token {
    /// Upper case, singular; a figure or model without hyphens.
    pub text: String,
    /// Holds a digit: a figure, a model, a grade. These must agree exactly.
    pub hard: bool,
}

/// The set of tokens of a description.
#[must_use]
pub fn tokens(text: &str) -> BTreeSet<Token> {
    let folded = fold(text).replace('\'', "");
    let folded = folded.replace("PER CENT", "%").replace("PERCENT", "%").replace("PCT", "%");
    let folded = folded.replace("SECOND HAND", "SECONDHAND");
    let chars: Vec<char> = folded.chars().collect();
    let mut spaced = String::with_capacity(folded.len() + 16);
    for (i, &c) in chars.iter().enumerate() {
        let before = i.checked_sub(1).and_then(|i| chars.get(i)).copied();
        let after = chars.get(i + 1).copied();
        let digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        match c {
            // 4,800 is one figure.
            ',' if digit(before) && digit(after) && thousands(&chars, i) => {}
            '.' if digit(before) && digit(after) => spaced.push('.'),
            '%' => spaced.push_str(" % "),
            '$' | '€' | '£' | '¥' => {
                spaced.push(' ');
                spaced.push(c);
                spaced.push(' ');
            }
            // The hyphen of a model is part of it; between words it is a space.
            '-' if before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric) => {
                spaced.push('-');
            }
            c if c.is_alphanumeric() => spaced.push(c),
            _ => spaced.push(' '),
        }
    }
    spaced.split_whitespace().flat_map(split).filter(|t| !STOP.contains(&t.text.as_str())).collect()
}

/// A comma with three digits and then no digit behind it groups thousands.
fn thousands(chars: &[char], comma: usize) -> bool {
    let digits = chars.get(comma + 1..).unwrap_or_default().iter().take_while(|c| c.is_ascii_digit()).count();
    digits == 3
}

/// One word into tokens: `USD5.25` is a currency and a figure, `BW-18` a model, `T-SHIRT` two words.
fn split(word: &str) -> Vec<Token> {
    if word == "%" {
        return vec![Token { text: "%".into(), hard: false }];
    }
    let has_digit = word.chars().any(|c| c.is_ascii_digit());
    if !has_digit {
        return word.split('-').filter(|w| !w.is_empty()).map(soft).collect();
    }
    for currency in ["USD", "EUR", "CNY", "RMB", "GBP", "JPY", "HKD", "US"] {
        if let Some(rest) = word.strip_prefix(currency)
            && rest.starts_with(|c: char| c.is_ascii_digit())
        {
            return vec![soft(currency), hard(rest)];
        }
    }
    // KWD550.125: another currency; in running text its code could be a word (CUP, ALL), so only the figure stays.
    if let (Some(code), Some(rest)) = (word.get(..3), word.get(3..))
        && rest.starts_with(|c: char| c.is_ascii_digit())
        && rest.parse::<Decimal>().is_ok()
        && Currency::parse(code).is_some()
    {
        return vec![hard(rest)];
    }
    // 16INCH, 25KG, 500MT: figure and unit, as papers also write them apart.
    let digits = word.find(|c: char| !c.is_ascii_digit() && c != '.').unwrap_or(word.len());
    if let (Some(figure), Some(unit)) = (word.get(..digits), word.get(digits..))
        && !figure.is_empty()
        && UNITS.iter().any(|(short, _)| *short == unit)
    {
        return vec![hard(figure), soft(unit)];
    }
    vec![hard(word)]
}

/// Abbreviations of units that stand for one word.
const UNITS: &[(&str, &str)] = &[
    ("PC", "PCS"),
    ("PCE", "PCS"),
    ("PIECE", "PCS"),
    ("PIECES", "PCS"),
    ("PCS", "PCS"),
    ("KG", "KG"),
    ("KGS", "KG"),
    ("KILO", "KG"),
    ("KILOS", "KG"),
    ("KILOGRAM", "KG"),
    ("KILOGRAMS", "KG"),
    ("MT", "MT"),
    ("MTS", "MT"),
    ("TON", "MT"),
    ("TONS", "MT"),
    ("TONNE", "MT"),
    ("TONNES", "MT"),
    ("SET", "SET"),
    ("SETS", "SET"),
    ("CTN", "CARTON"),
    ("CTNS", "CARTON"),
    ("CARTON", "CARTON"),
    ("CARTONS", "CARTON"),
    ("DOZ", "DOZEN"),
    ("DZ", "DOZEN"),
    ("CM", "CM"),
    ("MM", "MM"),
    ("M", "M"),
    ("INCH", "INCH"),
    ("INCHES", "INCH"),
    ("W", "W"),
    ("V", "V"),
    ("HZ", "HZ"),
    ("L", "L"),
    ("ML", "ML"),
    ("GSM", "GSM"),
    ("CBM", "CBM"),
    ("YD", "YARD"),
    ("YDS", "YARD"),
    ("YARDS", "YARD"),
];

fn soft(word: &str) -> Token {
    let unit = UNITS.iter().find(|(short, _)| *short == word).map(|(_, long)| (*long).to_owned());
    Token { text: unit.unwrap_or_else(|| singular(word)), hard: false }
}

fn hard(word: &str) -> Token {
    let bare = word.replace('-', "");
    // 5.0 and 5.00 are one figure; a model keeps its letters.
    let text = bare.parse::<Decimal>().map_or(bare, |n| n.normalize().to_string());
    Token { text, hard: true }
}

fn singular(word: &str) -> String {
    match word.strip_suffix('S') {
        Some(stem) if word.chars().count() > 3 && !word.ends_with("SS") => stem.to_owned(),
        _ => word.to_owned(),
    }
}

/// What two descriptions have in common and what not.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Compared {
    /// In the first and not in the second, slips taken out.
    pub missing: Vec<Token>,
    /// In the second and not in the first, slips taken out.
    pub added: Vec<Token>,
    /// Words one slip apart: first's, second's.
    pub slips: Vec<(String, String)>,
    /// Share of the first's tokens that the second has, in per mille.
    pub coverage: u32,
}

impl Compared {
    /// A figure, model or grade of the first is not in the second.
    #[must_use]
    pub fn lacks_hard(&self) -> bool {
        self.missing.iter().any(|t| t.hard)
    }

    /// The second has a figure, model or grade that the first has not.
    #[must_use]
    pub fn adds_hard(&self) -> bool {
        self.added.iter().any(|t| t.hard)
    }

    /// Words that the second adds and that make other goods of them.
    #[must_use]
    pub fn changes_nature(&self) -> Vec<&str> {
        let nature = |t: &&Token| NATURE.iter().any(|word| singular(word) == t.text || *word == t.text);
        self.added.iter().filter(nature).map(|t| t.text.as_str()).collect()
    }
}

/// Compares a description with the one it ought to correspond to: `asked` in the credit, `printed` on the paper.
#[must_use]
pub fn compare(asked: &str, printed: &str) -> Compared {
    let (first, second) = (tokens(asked), tokens(printed));
    let mut missing: Vec<Token> = first.difference(&second).cloned().collect();
    let mut added: Vec<Token> = second.difference(&first).cloned().collect();
    let mut slips = Vec::new();
    missing.retain(|lost| {
        let near =
            added.iter().position(|new| !lost.hard && !new.hard && typo::is_slip(&lost.text, &new.text));
        let Some(at) = near else { return true };
        slips.push((lost.text.clone(), added.remove(at).text));
        false
    });
    let total = first.len();
    let found = total - missing.len() - slips.len();
    let coverage = (found * 1000).checked_div(total).map_or(1000, |n| u32::try_from(n).unwrap_or(0));
    Compared { missing, added, slips, coverage }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(list: &[Token]) -> Vec<String> {
        list.iter().map(|t| if t.hard { format!("#{}", t.text) } else { t.text.clone() }).collect()
    }

    #[test]
    fn one_set_of_words() {
        let list: Vec<Token> = tokens("TABLE LAMPS, MODEL 321").into_iter().collect();
        assert_eq!(words(&list), ["#321", "LAMP", "MODEL", "TABLE"]);
        assert_eq!(tokens("USD5.25/SET"), tokens("USD 5.250 per set"));
        assert_eq!(tokens("ITEM BW-18"), tokens("item BW18"));
        assert_eq!(tokens("4,800 SETS"), tokens("4800 set"));
        assert_eq!(tokens("25KG BAGS"), tokens("25 kgs bag"));
        assert_eq!(tokens("100% COTTON"), tokens("cotton 100 PER CENT"));
    }

    #[test]
    fn vectors() {
        let bowls = compare(
            "STAINLESS STEEL MIXING BOWL SETS, 4,800 SETS ITEM BW-18 AT USD5.25/SET FOB NINGBO INCOTERMS 2020",
            "Mixing bowl sets of stainless steel item BW-18, 4800 sets, USD 5.25 per set, FOB Ningbo (Incoterms 2020)",
        );
        assert_eq!(bowls, Compared { coverage: 1000, ..Compared::default() });

        let suede = compare(
            "MEN'S SUEDE JACKETS, PLAIN SUEDE FABRIC",
            "MEN'S SUEDE JACKETS, PLAIN SUEDE FABRIC (IMITATION SUEDE WITH 100 PER CENT POLYESTER KNITTED BACKING)",
        );
        assert_eq!((suede.coverage, suede.missing.len()), (1000, 0));
        assert_eq!(suede.changes_nature(), ["IMITATION"]);

        let pump = compare("PUMP MODEL 321, 10 PCS", "PUMP MODEL 123, 10 PCS");
        assert_eq!((words(&pump.missing), words(&pump.added)), (vec!["#321".into()], vec!["#123".into()]));
        assert_eq!(pump.coverage, 800);
        assert!(pump.lacks_hard() && pump.adds_hard());

        let machine = compare("MACHINE TOOLS", "MASHINE TOOLS");
        assert_eq!(machine.slips, [("MACHINE".to_owned(), "MASHINE".to_owned())]);
        assert!(machine.missing.is_empty() && machine.added.is_empty());
        assert_eq!(machine.coverage, 500);

        let shirts = compare(
            "T-SHIRTS 100% COTTON CIF DURBAN INCOTERMS 2020",
            "T-SHIRT COTTON 100 PER CENT, CIF DURBAN",
        );
        assert_eq!(words(&shirts.missing), ["#2020", "INCOTERM"]);
        assert_eq!(shirts.coverage, 777);
    }
}
