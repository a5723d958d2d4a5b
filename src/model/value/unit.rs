//! Units of quantity, by their UN/CEFACT Recommendation 20 code, with exact conversion. Packing units
//! (cartons, bags, rolls) count as units too; they convert into nothing.

use std::fmt;

use rust_decimal::Decimal;

use super::fold::fold;
use super::package::Package;
use crate::text::StaticBi;

/// The most decimals of an exact quotient: the factors have at most twelve more, and a decimal holds 28.
const EXACT: u32 = 16;

/// A unit of quantity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Unit {
    /// An individual item, a weight or a measure.
    Measure(&'static Measure),
    /// A packing unit.
    Packing(Package),
}

/// What a unit measures; only units of one kind convert.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// Pieces.
    Count,
    /// Pairs, which are not two pieces.
    Pair,
    /// Sets; what is in one is not known.
    Set,
    /// Sheets.
    Sheet,
    /// Mass, in kilograms.
    Mass,
    /// Length, in metres.
    Length,
    /// Area, in square metres.
    Area,
    /// Volume, in cubic metres.
    Volume,
    /// Power, in watts.
    Power,
    /// Energy, in kilowatt hours.
    Energy,
}

/// One line of the table of units.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Measure {
    code: &'static str,
    kind: Kind,
    /// How many base units one is: mantissa and scale.
    factor: (i64, u32),
    /// As documents print it.
    print: &'static str,
    zh: &'static str,
    en: &'static str,
    aliases: &'static [&'static str],
}

impl Unit {
    /// Reads a code, an abbreviation or a name: `PCS`, `KGS`, `MT`, `M2`, `套`, `CTNS`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text);
        let word = folded.trim_end_matches('.').trim_end_matches("(S)");
        MEASURES
            .iter()
            .find(|m| m.print == word || m.code == word || m.aliases.contains(&word))
            .map(Self::Measure)
            .or_else(|| Package::parse(word).map(Self::Packing))
    }

    /// The piece, which counts where an item names no unit.
    #[must_use]
    pub fn piece() -> Self {
        Self::Measure(&MEASURES[0])
    }

    /// The Recommendation 20 code; for a packing unit its Recommendation 21 code with the `X` that
    /// Recommendation 20 puts before it.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Measure(measure) => measure.code.to_owned(),
            Self::Packing(package) => format!("X{}", package.code()),
        }
    }

    /// The abbreviation that documents print: `PCS`, `KG`, `CARTONS`.
    #[must_use]
    pub fn print(self) -> &'static str {
        match self {
            Self::Measure(measure) => measure.print,
            Self::Packing(package) => package.name().1,
        }
    }

    /// The name.
    #[must_use]
    pub fn name(self) -> StaticBi {
        match self {
            Self::Measure(measure) => (measure.zh, measure.en),
            Self::Packing(package) => package.name(),
        }
    }

    /// True for packing units and individual items, to which the 5 % of UCP 600 art. 30(b) never applies.
    #[must_use]
    pub fn is_item(self) -> bool {
        match self {
            Self::Measure(measure) => {
                matches!(measure.kind, Kind::Count | Kind::Pair | Kind::Set | Kind::Sheet)
            }
            Self::Packing(_) => true,
        }
    }

    /// What it measures; `None` for packing units.
    #[must_use]
    pub fn kind(self) -> Option<Kind> {
        match self {
            Self::Measure(measure) => Some(measure.kind),
            Self::Packing(_) => None,
        }
    }

    /// The quantity in the base unit of its kind (piece, kilogram, metre …), exact. `None` for packing units and
    /// beyond the range of decimals.
    #[must_use]
    pub fn to_base(self, quantity: Decimal) -> Option<Decimal> {
        match self {
            Self::Measure(Measure { factor: (mantissa, scale), .. }) => {
                quantity.checked_mul(Decimal::new(*mantissa, *scale))
            }
            Self::Packing(_) => None,
        }
    }

    /// The quantity in another unit. `None` when the two measure different things, or when the result cannot be
    /// written exactly.
    #[must_use]
    pub fn convert(self, quantity: Decimal, to: Self) -> Option<Decimal> {
        if self == to {
            return Some(quantity);
        }
        if self.kind()? != to.kind()? {
            return None;
        }
        let base = self.to_base(quantity)?;
        let result = base.checked_div(to.to_base(Decimal::ONE)?)?.normalize();
        // A quotient that fills the decimals was cut off, although multiplying may round it back.
        (result.scale() <= EXACT && to.to_base(result)? == base).then_some(result)
    }

    /// Whether two quantities are the same amount of goods; `None` when they cannot be compared.
    #[must_use]
    pub fn same(self, quantity: Decimal, other: Self, of_other: Decimal) -> Option<bool> {
        if self == other {
            return Some(quantity == of_other);
        }
        (self.kind()? == other.kind()?).then_some(())?;
        Some(self.to_base(quantity)? == other.to_base(of_other)?)
    }

    /// All words that [`Unit::parse`] reads, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        MEASURES
            .iter()
            .flat_map(|m| [m.print, m.code].into_iter().chain(m.aliases.iter().copied()))
            .chain(Package::names())
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.print())
    }
}

const fn of(
    code: &'static str,
    kind: Kind,
    factor: (i64, u32),
    print: &'static str,
    name: StaticBi,
    aliases: &'static [&'static str],
) -> Measure {
    Measure { code, kind, factor, print, zh: name.0, en: name.1, aliases }
}

static MEASURES: [Measure; 45] = [
    of(
        "H87",
        Kind::Count,
        (1, 0),
        "PCS",
        ("件", "pieces"),
        &[
            "PC", "PCE", "PIECE", "PIECES", "EA", "EACH", "C62", "UNIT", "UNITS", "NO", "NOS", "ST", "STK",
            "个", "件", "只", "台", "支", "张", "块", "条",
        ],
    ),
    of("DZN", Kind::Count, (12, 0), "DOZ", ("打", "dozen"), &["DZ", "DOZEN", "DOZENS", "打"]),
    of("GRO", Kind::Count, (144, 0), "GROSS", ("罗", "gross"), &["GRS", "罗"]),
    of("CEN", Kind::Count, (100, 0), "HUNDRED", ("百个", "hundred"), &["百个"]),
    of("MIL", Kind::Count, (1000, 0), "THOUSAND", ("千个", "thousand"), &["KPCS", "MPCS", "千个"]),
    of("SET", Kind::Set, (1, 0), "SET", ("套", "sets"), &["SETS", "KIT", "KITS", "套"]),
    of("PR", Kind::Pair, (1, 0), "PAIR", ("双", "pairs"), &["PAIRS", "PRS", "PRA", "双", "副", "对"]),
    of("DPR", Kind::Pair, (12, 0), "DOZ PAIRS", ("打双", "dozen pairs"), &["DOZEN PAIRS", "打双"]),
    of("LEF", Kind::Sheet, (1, 0), "SHEETS", ("张", "sheets"), &["SHEET", "SHT", "SHTS"]),
    of(
        "KGM",
        Kind::Mass,
        (1, 0),
        "KG",
        ("千克", "kilograms"),
        &["KGS", "KOS", "KILO", "KILOS", "KILOGRAM", "KILOGRAMS", "千克", "公斤"],
    ),
    of("GRM", Kind::Mass, (1, 3), "G", ("克", "grams"), &["GM", "GMS", "GRAM", "GRAMS", "克"]),
    of("MGM", Kind::Mass, (1, 6), "MG", ("毫克", "milligrams"), &["MILLIGRAM", "MILLIGRAMS", "毫克"]),
    of(
        "TNE",
        Kind::Mass,
        (1000, 0),
        "MT",
        ("公吨", "metric tons"),
        &["MTS", "M/T", "T", "TON", "TONS", "TONNE", "TONNES", "METRIC TON", "METRIC TONS", "吨", "公吨"],
    ),
    of("DTN", Kind::Mass, (100, 0), "QUINTAL", ("公担", "quintals"), &["QUINTALS", "QTL", "公担"]),
    of("LBR", Kind::Mass, (45_359_237, 8), "LB", ("磅", "pounds"), &["LBS", "POUND", "POUNDS", "磅"]),
    of("ONZ", Kind::Mass, (28_349_523_125, 12), "OZ", ("盎司", "ounces"), &["OUNCE", "OUNCES", "盎司"]),
    of("APZ", Kind::Mass, (311_034_768, 10), "TROY OZ", ("金衡盎司", "troy ounces"), &["OZT"]),
    of("STN", Kind::Mass, (90_718_474, 5), "SHORT TON", ("短吨", "short tons"), &["SHORT TONS"]),
    of("LTN", Kind::Mass, (10_160_469_088, 7), "LONG TON", ("长吨", "long tons"), &["LONG TONS"]),
    of(
        "MTR",
        Kind::Length,
        (1, 0),
        "M",
        ("米", "metres"),
        &["MTRS", "METER", "METERS", "METRE", "METRES", "米"],
    ),
    of("CMT", Kind::Length, (1, 2), "CM", ("厘米", "centimetres"), &["CMS", "厘米"]),
    of("MMT", Kind::Length, (1, 3), "MM", ("毫米", "millimetres"), &["毫米"]),
    of("KMT", Kind::Length, (1000, 0), "KM", ("千米", "kilometres"), &["KMS", "千米", "公里"]),
    of("INH", Kind::Length, (254, 4), "INCH", ("英寸", "inches"), &["IN", "INCHES", "英寸"]),
    of("FOT", Kind::Length, (3048, 4), "FT", ("英尺", "feet"), &["FOOT", "FEET", "英尺"]),
    of("YRD", Kind::Length, (9144, 4), "YD", ("码", "yards"), &["YDS", "YARD", "YARDS", "码"]),
    of(
        "MTK",
        Kind::Area,
        (1, 0),
        "M2",
        ("平方米", "square metres"),
        &["SQM", "SQ.M", "SQ M", "SM", "SQMS", "SQUARE METER", "SQUARE METERS", "平方米"],
    ),
    of("CMK", Kind::Area, (1, 4), "CM2", ("平方厘米", "square centimetres"), &["SQCM", "平方厘米"]),
    of(
        "FTK",
        Kind::Area,
        (9_290_304, 8),
        "FT2",
        ("平方英尺", "square feet"),
        &["SQFT", "SQ.FT", "SQ FT", "SF", "平方英尺"],
    ),
    of("YDK", Kind::Area, (83_612_736, 8), "YD2", ("平方码", "square yards"), &["SQYD", "平方码"]),
    of("INK", Kind::Area, (64_516, 8), "IN2", ("平方英寸", "square inches"), &["SQIN", "平方英寸"]),
    of(
        "MTQ",
        Kind::Volume,
        (1, 0),
        "M3",
        ("立方米", "cubic metres"),
        &["CBM", "CBMS", "CU.M", "CUM", "CUBIC METER", "CUBIC METERS", "立方米", "立方", "方"],
    ),
    of(
        "LTR",
        Kind::Volume,
        (1, 3),
        "L",
        ("升", "litres"),
        &["LTRS", "LT", "LITER", "LITERS", "LITRE", "LITRES", "升"],
    ),
    of("MLT", Kind::Volume, (1, 6), "ML", ("毫升", "millilitres"), &["毫升"]),
    of("CMQ", Kind::Volume, (1, 6), "CM3", ("立方厘米", "cubic centimetres"), &["CC", "立方厘米"]),
    of("HLT", Kind::Volume, (1, 1), "HL", ("百升", "hectolitres"), &["百升"]),
    of(
        "FTQ",
        Kind::Volume,
        (28_316_846_592, 12),
        "FT3",
        ("立方英尺", "cubic feet"),
        &["CFT", "CUFT", "CU.FT", "CBF", "立方英尺"],
    ),
    of("INQ", Kind::Volume, (16_387_064, 12), "IN3", ("立方英寸", "cubic inches"), &["CUIN"]),
    of(
        "GLL",
        Kind::Volume,
        (3_785_411_784, 12),
        "GAL",
        ("美制加仑", "US gallons"),
        &["GALLON", "GALLONS", "GALS", "加仑"],
    ),
    of("GLI", Kind::Volume, (454_609, 8), "UK GAL", ("英制加仑", "imperial gallons"), &["IMP GAL"]),
    of("BLL", Kind::Volume, (158_987_294_928, 12), "BBL", ("桶（石油）", "US oil barrels"), &["BBLS"]),
    of("WTT", Kind::Power, (1, 0), "W", ("瓦", "watts"), &["WATT", "WATTS", "WP", "瓦"]),
    of("KWT", Kind::Power, (1000, 0), "KW", ("千瓦", "kilowatts"), &["KILOWATT", "KILOWATTS", "KWP", "千瓦"]),
    of("MAW", Kind::Power, (1_000_000, 0), "MW", ("兆瓦", "megawatts"), &["MWP", "兆瓦"]),
    of("KWH", Kind::Energy, (1, 0), "KWH", ("千瓦时", "kilowatt hours"), &["千瓦时", "度"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    fn unit(text: &str) -> Unit {
        Unit::parse(text).unwrap_or_else(|| panic!("{text}"))
    }

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    #[test]
    fn codes_and_abbreviations() {
        for (text, code) in [
            ("PCS", "H87"),
            ("pc", "H87"),
            ("PIECE(S)", "H87"),
            ("SET", "SET"),
            ("SETS", "SET"),
            ("PR", "PR"),
            ("DOZ", "DZN"),
            ("KG", "KGM"),
            ("KGS", "KGM"),
            ("KGS.", "KGM"),
            ("MT", "TNE"),
            ("MTR", "MTR"),
            ("M", "MTR"),
            ("M2", "MTK"),
            ("㎡", "MTK"),
            ("m²", "MTK"),
            ("M3", "MTQ"),
            ("CBM", "MTQ"),
            ("L", "LTR"),
            ("CTNS", "XCT"),
            ("BAGS", "XBG"),
            ("ROLLS", "XRO"),
            ("套", "SET"),
            ("公斤", "KGM"),
        ] {
            assert_eq!(unit(text).code(), code, "{text}");
        }
        assert_eq!(Unit::parse("FURLONG"), None);
        assert_eq!(Unit::parse(""), None);
        assert_eq!(Unit::piece(), unit("PCS"));
        assert_eq!(unit("pieces").to_string(), "PCS");
    }

    #[test]
    fn exact_conversion() {
        for (from, quantity, to, result) in [
            ("DOZ", "2", "PCS", "24"),
            ("MT", "1.5", "KG", "1500"),
            ("KG", "1500", "MT", "1.5"),
            ("LB", "1", "KG", "0.45359237"),
            ("KG", "0.45359237", "LB", "1"),
            ("GROSS", "1", "DOZ", "12"),
            ("CM3", "1000000", "M3", "1"),
            ("YD", "100", "M", "91.44"),
            ("FT2", "1", "IN2", "144"),
            ("FT3", "1", "IN3", "1728"),
            ("BBL", "1", "GAL", "42"),
            ("SHORT TON", "1", "LB", "2000"),
            ("LONG TON", "1", "LB", "2240"),
            ("LB", "1", "OZ", "16"),
            ("KW", "1.5", "W", "1500"),
        ] {
            assert_eq!(unit(from).convert(n(quantity), unit(to)), Some(n(result)), "{from} {to}");
        }
        for (from, to) in
            [("PCS", "KG"), ("SET", "PCS"), ("PAIR", "PCS"), ("CTNS", "PCS"), ("CTNS", "BAGS"), ("M", "M2")]
        {
            assert_eq!(unit(from).convert(n("2"), unit(to)), None, "{from} {to}");
            assert_eq!(unit(from).same(n("2"), unit(to), n("2")), None, "{from} {to}");
        }
        assert_eq!(unit("KG").convert(n("1"), unit("LB")), None, "not a finite decimal");
        assert_eq!(unit("CTNS").convert(n("3"), unit("CARTONS")), Some(n("3")));
        assert_eq!(unit("MT").convert(Decimal::MAX, unit("G")), None);
    }

    #[test]
    fn the_same_goods_in_other_units() {
        assert_eq!(unit("DOZ").same(n("2"), unit("PCS"), n("24")), Some(true));
        assert_eq!(unit("MT").same(n("1.5"), unit("KG"), n("1500.0")), Some(true));
        assert_eq!(unit("MT").same(n("1.5"), unit("KG"), n("1501")), Some(false));
        assert_eq!(unit("KG").same(n("1"), unit("LB"), n("2.2")), Some(false));
    }

    /// UCP 600 art. 30(b) leaves packing units and individual items exact.
    #[test]
    fn items_have_no_five_percent() {
        for text in ["PCS", "SETS", "CARTONS", "BAGS", "PAIRS", "DOZEN", "ROLLS", "SHEETS"] {
            assert!(unit(text).is_item(), "{text}");
        }
        for text in ["MT", "KG", "M", "M2", "M3", "L", "YDS", "LB", "W"] {
            assert!(!unit(text).is_item(), "{text}");
        }
    }

    #[test]
    fn no_word_means_two_units() {
        let mut seen = BTreeSet::new();
        for measure in &MEASURES {
            let words: BTreeSet<&str> =
                [measure.print, measure.code].into_iter().chain(measure.aliases.iter().copied()).collect();
            for word in words {
                assert!(seen.insert(word), "{word}");
                assert_eq!(unit(word), Unit::Measure(measure), "{word}");
            }
        }
    }
}
