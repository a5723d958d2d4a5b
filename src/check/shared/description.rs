//! The words of 45A against those of an invoice. 45A mixes goods with figures that are recorded apart (quantity,
//! price, amount), with the trade term, and with what surrounds goods: packing, origin, tariff codes, references.
//! Each is weighed for what it is. Decides nothing.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use crate::compare::goods::{self, Token};
use crate::compare::typo;
use crate::model::value::fold::fold;
use crate::model::value::{Currency, Incoterm, Unit};

/// What a word of a description is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Part {
    /// The goods themselves, their models, grades, compositions, sizes.
    Goods,
    /// A quantity, a price or an amount.
    Figure,
    /// Packing, origin, tariff code, a reference to a contract.
    Aside,
    /// Units, currencies, labels: nothing to compare.
    Filler,
}

/// A word in its place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Word {
    /// As it is compared.
    pub token: Token,
    /// What it is.
    pub part: Part,
    /// As it is shown: a figure as written.
    pub shown: String,
}

/// Words behind which a clause speaks of something around the goods.
const ASIDES: &[&[&str]] = &[
    &["AS", "PER"],
    &["ACCORDING", "TO"],
    &["IN", "ACCORDANCE"],
    &["AS", "DESCRIBED"],
    &["OTHER", "DETAILS"],
    &["ALL", "OTHER"],
    &["COUNTRY"],
    &["DETAILS"],
    &["ORIGIN"],
    &["MADE", "IN"],
    &["PACKED"],
    &["PACKING"],
    &["PACKAGE"],
    &["PACKAGING"],
    &["HS"],
    &["HSCODE"],
    &["TARIFF"],
    &["PROFORMA"],
    &["CONTRACT"],
    &["CONFIRMATION"],
    &["INDENT"],
    &["PURCHASE"],
    &["ORDER"],
    &["OFFER"],
    &["QUOTATION"],
    &["DATED"],
    &["DATE"],
    &["MARKS"],
    &["CARTON", "NO"],
    &["CTN", "NO"],
    &["SHIPPING"],
    &["FREIGHT"],
    &["INSURANCE"],
    &["TOLERANCE"],
];

/// Labels and fillers: an invoice has its own.
const LABELS: &[&str] = &[
    "QUANTITY",
    "QTY",
    "UNIT",
    "PRICE",
    "AMOUNT",
    "VALUE",
    "DESCRIPTION",
    "GOODS",
    "GOOD",
    "COMMODITY",
    "MERCHANDISE",
    "PRODUCT",
    "NAME",
    "TERM",
    "TRADE",
    "DELIVERY",
    "ABOUT",
    "APPROX",
    "APPROXIMATELY",
    "CIRCA",
    "METRIC",
    "FOLLOWING",
    "COVERING",
    "SUPPLY",
    "NO",
    "INCOTERM",
    "BY",
    "OR",
    "IS",
    "US",
    "USD",
    "EUR",
    "CNY",
    "RMB",
    "GBP",
    "JPY",
    "HKD",
    "$",
    "€",
    "£",
    "¥",
    "%",
    "PCT",
    "@",
];

/// What is known of the figures of a description from other keys.
#[derive(Debug, Default)]
pub(crate) struct Known {
    /// Quantities, prices, amounts as recorded.
    pub figures: BTreeSet<Decimal>,
    /// Units in which goods are counted.
    pub units: Vec<Unit>,
    /// The trade term, compared for itself.
    pub term: Option<Incoterm>,
}

/// Words of a description that are compared; the longest credits have a few hundred.
const MOST: usize = 2_000;

/// Reads a description word by word.
pub(crate) fn read(text: &str, known: &Known) -> Vec<Word> {
    let term = known.term.as_ref().map(words_of_term).unwrap_or_default();
    let mut all = Vec::new();
    let mut aside_before = false;
    for clause in clauses(text) {
        if all.len() > MOST {
            break;
        }
        aside_before = read_clause(&clause, known, &term, aside_before, &mut all);
    }
    all
}

/// One clause; true where it ended beside the goods.
fn read_clause(
    clause: &[String],
    known: &Known,
    term: &BTreeSet<String>,
    aside_before: bool,
    all: &mut Vec<Word>,
) -> bool {
    // A list of codes or references goes on behind its comma.
    let soft = clause.iter().any(|w| goods::tokens(w).iter().any(|t| !t.hard && !is_label(t)));
    let mut aside = aside_before && !soft;
    let cut = tolerance(clause).unwrap_or(clause.len());
    for (i, word) in clause.iter().enumerate().take(cut) {
        aside |= opens_aside(clause.get(i..).unwrap_or_default());
        for token in goods::tokens(word) {
            let idle = term.contains(&token.text)
                || (!token.hard && (is_label(&token) || is_unit(clause, i, &token)));
            let part = if idle {
                Part::Filler
            } else if aside {
                Part::Aside
            } else if token.hard {
                figure(clause, i, &token, known)
            } else {
                Part::Goods
            };
            let shown = if token.hard { bare(word) } else { token.text.clone() };
            all.push(Word { token, part, shown });
        }
    }
    aside
}

fn bare(word: &str) -> String {
    word.trim_matches(|c: char| !(c.is_alphanumeric() || c == '%')).to_owned()
}

/// Lines, sentences and what commas part, each as words. A full stop behind an abbreviation ends nothing.
fn clauses(text: &str) -> Vec<Vec<String>> {
    let mut all = Vec::new();
    for line in text.lines() {
        let mut clause: Vec<String> = Vec::new();
        for word in plain(line).split(' ').filter(|w| !w.is_empty()) {
            let bare = word.trim_end_matches(['.', ',', ';', ':']);
            let long = bare.chars().count() > 3 || bare.ends_with(|c: char| c.is_ascii_digit() || c == '%');
            let ends = word.ends_with([',', ';']) || (word.ends_with('.') && long);
            clause.push(bare.to_owned());
            if ends {
                all.push(std::mem::take(&mut clause));
            }
        }
        all.push(clause);
    }
    all.retain(|clause| !clause.is_empty());
    all
}

/// Upper case, with the usual abbreviations of references written out and sizes without spaces.
fn plain(line: &str) -> String {
    let mut text = format!(" {} ", fold(line));
    for (from, to) in [
        ("PER CENT", "%"),
        ("PERCENT", "%"),
        ("SECOND HAND", "SECONDHAND"),
        ("SECOND-HAND", "SECONDHAND"),
        ("H.S.", "HS "),
        ("HS-CODE", "HS"),
        (" P/I", " PROFORMA"),
        (" P.I.", " PROFORMA"),
        (" PI NO", " PROFORMA NO"),
        ("PRO FORMA", "PROFORMA"),
        ("PRO-FORMA", "PROFORMA"),
        (" PRO. INV", " PROFORMA INV"),
        (" S/C", " CONTRACT"),
        (" P/O", " ORDER"),
        (" P.O.", " ORDER"),
        (" PO NO", " ORDER NO"),
        (" C/NO", " CARTON NO"),
        (" USED FOR ", " FOR "),
        (" USED AS ", " AS "),
        (" TO BE USED ", " "),
    ] {
        text = text.replace(from, to);
    }
    sizes(&apart(&text))
}

/// Words that a hyphen or a stroke joins, one by one; what holds a digit or a sign stays whole.
fn apart(text: &str) -> String {
    let words = text.split_whitespace().map(|word| {
        let whole = word.starts_with(['+', '±']) || word.chars().any(|c| c.is_ascii_digit());
        if whole { word.to_owned() } else { word.replace(['-', '/'], " ") }
    });
    words.collect::<Vec<_>>().join(" ")
}

/// `70 X 140` is `70X140`.
fn sizes(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let mut out = String::with_capacity(text.len());
    let mut glue = false;
    for (i, word) in words.iter().enumerate() {
        let digit = |w: Option<&&str>, last: bool| {
            w.is_some_and(|w| {
                let c = if last { w.chars().next_back() } else { w.chars().next() };
                c.is_some_and(|c| c.is_ascii_digit())
            })
        };
        let by = matches!(*word, "X" | "×" | "*")
            && digit(i.checked_sub(1).and_then(|i| words.get(i)), true)
            && digit(words.get(i + 1), false);
        if !out.is_empty() && !by && !glue {
            out.push(' ');
        }
        out.push_str(if by { "X" } else { word });
        glue = by;
    }
    out
}

/// Where "5 % more or less" begins in a clause.
fn tolerance(clause: &[String]) -> Option<usize> {
    let at = clause.iter().enumerate().find_map(|(i, word)| {
        let two = clause.get(i + 1).map(String::as_str);
        let is = match word.as_str() {
            "MORE" => two == Some("OR") && clause.get(i + 2).is_some_and(|w| w == "LESS"),
            "PLUS" => matches!(two, Some("OR" | "/")),
            "+/-" | "±" => true,
            other => other.starts_with("+/-") || other.starts_with('±'),
        };
        is.then_some(i)
    })?;
    // The figure stands before it, as a rule with a sign of its own.
    let figure = |i: usize| {
        clause.get(i).is_some_and(|w| {
            matches!(w.as_str(), "%" | "PCT") || w.trim_end_matches(['%', '/']).parse::<Decimal>().is_ok()
        })
    };
    let mut from = at;
    while let Some(before) = from.checked_sub(1).filter(|i| figure(*i)) {
        from = before;
    }
    Some(from)
}

fn opens_aside(rest: &[String]) -> bool {
    ASIDES.iter().any(|phrase| {
        phrase.len() <= rest.len()
            && phrase.iter().zip(rest).all(|(a, b)| *a == b.trim_matches(|c: char| !c.is_alphanumeric()))
    })
}

fn is_label(token: &Token) -> bool {
    LABELS.contains(&token.text.as_str())
}

/// A unit stands behind a figure: `4,800 SETS`, `USD5.25/SET`. Elsewhere the word is goods: `PAPER BAGS`.
fn is_unit(clause: &[String], at: usize, token: &Token) -> bool {
    let digit = |w: Option<&String>| w.is_some_and(|w| w.chars().any(|c| c.is_ascii_digit()));
    let before = at.checked_sub(1).and_then(|i| clause.get(i));
    let per = before.is_some_and(|w| matches!(w.as_str(), "PER" | "METRIC" | "EACH"));
    (digit(before) || per || digit(clause.get(at))) && Unit::parse(&token.text).is_some()
}

/// What a word with a digit is: a figure that other keys record, or part of the goods.
fn figure(clause: &[String], at: usize, token: &Token, known: &Known) -> Part {
    let Ok(value) = token.text.parse::<Decimal>() else { return Part::Goods };
    if known.figures.contains(&value) {
        return Part::Filler;
    }
    let word = clause.get(at).map(String::as_str).unwrap_or_default();
    // 1-60: numbers of cartons, not a figure of the goods.
    if word.contains('-') {
        return Part::Aside;
    }
    let before = at.checked_sub(1).and_then(|i| clause.get(i)).map(String::as_str).unwrap_or_default();
    let money = |text: &str| {
        goods::tokens(text).iter().any(|t| {
            !t.hard && (matches!(t.text.as_str(), "US" | "$" | "€" | "£" | "¥" | "RMB") || is_code(&t.text))
        })
    };
    if money(word) || money(before) || matches!(before, "@" | "PRICE" | "TOTAL" | "AMOUNT") {
        return Part::Figure;
    }
    let after = clause.get(at + 1).map(String::as_str).unwrap_or_default();
    let own = goods::tokens(word).into_iter().find(|t| !t.hard).and_then(|t| Unit::parse(&t.text));
    let unit = own.or_else(|| Unit::parse(after.split('/').next().unwrap_or(after))).or_else(|| {
        // METRIC TONS
        (after == "METRIC").then(|| Unit::parse(clause.get(at + 2)?)).flatten()
    });
    let counts = |unit: Unit| {
        unit.is_item()
            || known.units.iter().any(|u| u.kind().is_some() && u.kind() == unit.kind())
            || known.units.is_empty() && matches!(unit.code().as_str(), "TNE" | "KGM")
    };
    if unit.is_some_and(counts) { Part::Figure } else { Part::Goods }
}

fn is_code(text: &str) -> bool {
    text.len() == 3 && text != "SET" && Currency::parse(text).is_some_and(|c| c.code() == text)
}

/// The words of a trade term: its letters, its place, its edition.
fn words_of_term(term: &Incoterm) -> BTreeSet<String> {
    let code = term.rule.code();
    let mut all: BTreeSet<String> = goods::tokens(&term.place).into_iter().map(|t| t.text).collect();
    all.extend([code.to_owned(), "INCOTERM".into(), "PORT".into()]);
    if let Some(alias) = term.alias {
        all.extend(goods::tokens(alias).into_iter().map(|t| t.text));
    }
    if let Some(year) = term.year {
        all.insert(year.to_string());
    }
    all
}

/// What the words of an invoice lack and add, held against 45A.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Difference {
    /// Words that make other goods of them.
    pub nature: Vec<String>,
    /// Figures, models, grades of the goods that are not on the invoice.
    pub lost: Vec<String>,
    /// Models of the same make as one of 45A, and yet none of them.
    pub foreign: Vec<String>,
    /// Words of the goods that are not on the invoice.
    pub missing: Vec<String>,
    /// Words one slip apart: of 45A, of the invoice.
    pub slips: Vec<(String, String)>,
    /// Figures of packing, codes and references, and quantities without a key, that are not on the invoice.
    pub unsure: Vec<String>,
    /// Figures and models that the invoice adds.
    pub added: Vec<String>,
    /// Share of the goods' words that the invoice has, slips among them, in per mille.
    pub coverage: u32,
}

impl Difference {
    /// Nothing to say at all.
    pub(crate) fn is_none(&self) -> bool {
        self.coverage >= ALIKE
            && *self == Self { coverage: self.coverage, missing: self.missing.clone(), ..Self::default() }
    }

    /// Other goods: no reader takes the one for the other.
    pub(crate) fn conflicts(&self) -> bool {
        self.coverage < DIFFERENT
            || !(self.nature.is_empty() && self.lost.is_empty() && self.foreign.is_empty())
    }
}

/// From this share of words on, the descriptions correspond.
const ALIKE: u32 = 950;
/// Below it they do not.
const DIFFERENT: u32 = 800;

/// Holds the words of an invoice against those of 45A. `also` are figures that stand elsewhere on the invoice, and
/// words that 45A records line by line.
pub(crate) fn differ(asked: &[Word], printed: &[Word], also: &BTreeSet<Token>) -> Difference {
    let (asked_set, printed_set) = (texts(asked), texts(printed));
    let (asked_joined, printed_joined) = (joined(asked), joined(printed));
    let there = |w: &Word| {
        let text = &w.token.text;
        printed_set.contains(text) || printed_joined.contains(text) || also.contains(&w.token)
    };
    let mut out = Difference::default();
    let mut absent: Vec<&Word> = Vec::new();
    let mut goods_words: BTreeSet<&Token> = BTreeSet::new();
    let mut known: BTreeSet<&Token> = BTreeSet::new();
    for (i, word) in asked.iter().enumerate() {
        if word.part == Part::Goods {
            goods_words.insert(&word.token);
        }
        if word.part != Part::Filler
            && !there(word)
            && !parted(asked, &printed_set, i)
            && known.insert(&word.token)
        {
            absent.push(word);
        }
    }
    let mut fresh: Vec<&Word> = Vec::new();
    for (i, word) in printed.iter().enumerate().filter(|(_, w)| w.part == Part::Goods) {
        let text = &word.token.text;
        let known = asked_set.contains(text)
            || asked_joined.contains(text)
            || also.contains(&word.token)
            || parted(printed, &asked_set, i);
        if !known && fresh.iter().all(|new| new.token != word.token) {
            fresh.push(word);
        }
    }
    for word in absent {
        let (text, shown) = (word.token.text.clone(), word.shown.clone());
        match (word.part, word.token.hard) {
            (Part::Goods, true) => out.lost.push(shown),
            (Part::Goods, false) => {
                let near =
                    fresh.iter().position(|new| !new.token.hard && typo::is_slip(&text, &new.token.text));
                match near {
                    Some(at) => out.slips.push((text, fresh.remove(at).token.text.clone())),
                    None => out.missing.push(text),
                }
            }
            (Part::Figure | Part::Aside, true) => out.unsure.push(shown),
            _ => {}
        }
    }
    let models: BTreeSet<String> =
        goods_words.iter().filter(|t| t.hard).filter_map(|t| skeleton(&t.text)).collect();
    for new in &fresh {
        match (new.token.hard, skeleton(&new.token.text)) {
            (true, Some(make)) if models.contains(&make) => out.foreign.push(new.shown.clone()),
            (true, _) => out.added.push(new.shown.clone()),
            (false, _) if goods::compare("", &new.token.text).changes_nature().is_empty() => {}
            (false, _) => out.nature.push(new.token.text.clone()),
        }
    }
    let lost = out.lost.len();
    // 90/10 is two figures and one word.
    for list in [&mut out.lost, &mut out.foreign, &mut out.unsure, &mut out.added] {
        list.dedup();
    }
    let total = goods_words.len();
    let gone = out.missing.len() + lost;
    out.coverage =
        ((total - gone.min(total)) * 1000).checked_div(total).map_or(1000, |n| u32::try_from(n).unwrap_or(0));
    out
}

/// A word that one text parts and the other joins: `BATH TOWEL`, `BATHTOWEL`.
fn parted(words: &[Word], other: &BTreeSet<String>, at: usize) -> bool {
    let pair = |a: usize, b: usize| {
        let both = words.get(a).zip(words.get(b));
        both.is_some_and(|(x, y)| other.contains(&format!("{}{}", x.token.text, y.token.text)))
    };
    pair(at, at + 1) || at.checked_sub(1).is_some_and(|before| pair(before, at))
}

fn texts(words: &[Word]) -> BTreeSet<String> {
    words.iter().map(|w| w.token.text.clone()).collect()
}

/// Neighbours written together: `3000 K` and `3000K`, `T SHIRT` and `TSHIRT`.
fn joined(words: &[Word]) -> BTreeSet<String> {
    words
        .windows(2)
        .filter_map(|pair| {
            let [a, b] = pair else { return None };
            Some(format!("{}{}", a.token.text, b.token.text))
        })
        .collect()
}

/// The make of a model: `FN-16` and `FN-18` are both `FN9`. Nothing for a bare number.
fn skeleton(text: &str) -> Option<String> {
    text.chars().any(char::is_alphabetic).then(|| {
        let mut make = String::new();
        for c in text.chars() {
            let c = if c.is_ascii_digit() { '9' } else { c };
            if !(c == '9' && make.ends_with('9')) {
                make.push(c);
            }
        }
        make
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn known(figures: &[&str], unit: Option<&str>, term: Option<&str>) -> Known {
        Known {
            figures: figures.iter().map(|f| n(f).normalize()).collect(),
            units: unit.and_then(Unit::parse).into_iter().collect(),
            term: term.map(|t| Incoterm::parse(t).unwrap()),
        }
    }

    fn compare(asked: &str, printed: &str, known: &Known) -> Difference {
        differ(&read(asked, known), &read(printed, known), &BTreeSet::new())
    }

    fn parts(text: &str, part: Part, known: &Known) -> Vec<String> {
        read(text, known).into_iter().filter(|w| w.part == part).map(|w| w.token.text).collect()
    }

    #[test]
    fn what_each_word_is() {
        let known = known(&["4800", "5.25"], Some("SET"), Some("FOB Ningbo Incoterms 2020"));
        let text = "STAINLESS STEEL MIXING BOWL SETS, 4,800 SETS ITEM BW-18 AT USD5.25/SET FOB NINGBO INCOTERMS 2020. \
                    5 PCT MORE OR LESS IN QUANTITY AND AMOUNT ACCEPTABLE. PACKED IN CARTONS OF 12 SETS, HS CODE 7323.93, \
                    AS PER P/I NO. PI26-0101 DATED 2026-06-22";
        assert_eq!(
            parts(text, Part::Goods, &known),
            ["STAINLESS", "STEEL", "MIXING", "BOWL", "SET", "ITEM", "BW18"]
        );
        assert_eq!(
            parts(text, Part::Aside, &known),
            ["PACKED", "CARTON", "12", "HS", "CODE", "7323.93", "PROFORMA", "PI260101", "DATED", "20260622"]
        );
        assert!(parts(text, Part::Figure, &known).is_empty());
    }

    #[test]
    fn figures_without_a_key_are_figures() {
        let none = Known::default();
        assert_eq!(
            parts("500 MT SUGAR AT USD 1,150.00 PER MT, 25 KG BAGS", Part::Figure, &none),
            ["500", "1150", "25"]
        );
        assert_eq!(
            parts("FABRIC 150 CM, 100 PCT POLYESTER", Part::Goods, &none),
            ["FABRIC", "150", "100", "POLYESTER"]
        );
    }

    #[test]
    fn vectors() {
        let bowls = known(&["4800", "5.25"], Some("SET"), Some("FOB Ningbo Incoterms 2020"));
        let same = compare(
            "STAINLESS STEEL MIXING BOWL SETS, 4,800 SETS ITEM BW-18 AT USD5.25/SET FOB NINGBO INCOTERMS 2020",
            "Mixing bowl sets of stainless steel item BW-18, 4800 sets, USD 5.25 per set, FOB Ningbo (Incoterms 2020)",
            &bowls,
        );
        assert!(same.is_none(), "{same:?}");

        let none = Known::default();
        let suede = compare(
            "MEN'S SUEDE JACKETS, PLAIN SUEDE FABRIC",
            "MEN'S SUEDE JACKETS, PLAIN SUEDE FABRIC (IMITATION SUEDE WITH 100 PER CENT POLYESTER KNITTED BACKING)",
            &none,
        );
        assert!(suede.conflicts() && suede.coverage == 1000);
        assert_eq!(suede.nature, ["IMITATION"]);

        let pump =
            compare("PUMP MODEL 321, 10 PCS", "PUMP MODEL 123, 10 PCS", &known(&["10"], Some("PCS"), None));
        assert_eq!((pump.lost.clone(), pump.added.clone()), (vec!["321".to_owned()], vec!["123".to_owned()]));
        assert!(pump.conflicts());

        let machine = compare("MACHINE TOOLS", "MASHINE TOOLS", &none);
        assert_eq!(machine.slips, [("MACHINE".to_owned(), "MASHINE".to_owned())]);
        assert!(!machine.conflicts() && !machine.is_none());

        // The missing edition is for the term to say.
        let shirts = known(&[], None, Some("CIF Durban Incoterms 2020"));
        let same = compare(
            "T-SHIRTS 100% COTTON CIF DURBAN INCOTERMS 2020",
            "T-SHIRT COTTON 100 PER CENT, CIF DURBAN",
            &shirts,
        );
        assert!(same.is_none(), "{same:?}");
    }

    #[test]
    fn what_is_no_contradiction() {
        let none = Known::default();
        for (asked, printed) in [
            ("T-SHIRTS, 160 GSM", "TSHIRTS 160GSM"),
            ("LED BULB 3000K", "LED BULB 3000 K"),
            ("BATH TOWELS 70X140 CM", "BATHTOWELS 70 x 140 CM"),
            ("PUMPS, PACKED IN WOODEN CASES", "PUMPS"),
            ("100 METRIC TONS OF REFINED SUGAR", "100 MT REFINED SUGAR"),
            ("PUMPS MODEL WP-900", "PUMPS MODEL WP-900, HS CODE 841370, P/O 4500089231"),
            ("PUMPS", "PUMPS C/NO. 1-60"),
        ] {
            let found = compare(asked, printed, &none);
            assert!(found.is_none(), "{asked} / {printed}: {found:?}");
        }
    }

    #[test]
    fn what_needs_eyes_and_what_is_wrong() {
        let none = Known::default();
        let code = compare("COTTON SHIRTS, HS CODE 6109.10", "COTTON SHIRTS", &none);
        assert!(!code.conflicts() && code.unsure == ["6109.10"]);
        let grade = compare("STEEL COILS GRADE A, COLD ROLLED", "STEEL COILS", &none);
        assert!(grade.conflicts() && grade.coverage < 800);
        let blend = compare(
            "100% COTTON MENS T-SHIRTS, 160 GSM",
            "COTTON/POLYESTER 90/10 MENS T-SHIRTS, 160 GSM",
            &none,
        );
        assert!(blend.conflicts() && blend.lost == ["100%"]);
        let fan = compare("FANS FN-16 AND FN-18", "FANS FN-16, FN-18 AND FN-20", &none);
        assert!(fan.conflicts() && fan.foreign == ["FN-20"]);
        let more = compare("PUMPS", "PUMPS MODEL WP-900", &none);
        assert!(!more.conflicts() && !more.is_none() && more.added == ["WP-900"]);
        let used = compare("CRUSHING PLANT", "Second Hand Crushing Plant", &none);
        assert!(used.conflicts() && used.nature == ["SECONDHAND"]);
    }
}
