//! Kinds of packages, by their UN/CEFACT Recommendation 21 code.

use std::fmt;

use super::fold::fold;
use crate::text::StaticBi;

/// A kind of package.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Package(&'static Kind);

#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
struct Kind {
    code: &'static str,
    zh: &'static str,
    /// Singular and plural, as documents print them.
    en: (&'static str, &'static str),
    aliases: &'static [&'static str],
}

impl Package {
    /// Reads a code, a name or an abbreviation: `CT`, `CARTONS`, `CTNS`, `纸箱`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let folded = fold(text);
        let word = folded.trim_end_matches('.').trim_end_matches("(S)");
        KINDS
            .iter()
            .find(|k| {
                k.code == word
                    || k.zh == word
                    || k.en.0 == word
                    || k.en.1 == word
                    || k.aliases.contains(&word)
            })
            .map(Self)
    }

    /// The Recommendation 21 code.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.0.code
    }

    /// The name, in English in the plural as documents print it.
    #[must_use]
    pub fn name(self) -> StaticBi {
        (self.0.zh, self.0.en.1)
    }

    /// The English name of one, as documents print it.
    #[must_use]
    pub fn singular(self) -> &'static str {
        self.0.en.0
    }

    /// True for `PACKAGES`, which says nothing about the kind and conflicts with none.
    #[must_use]
    pub fn is_general(self) -> bool {
        self.0.code == "PK"
    }

    /// All names that [`Package::parse`] reads, for suggestions.
    pub fn names() -> impl Iterator<Item = &'static str> {
        KINDS.iter().flat_map(|k| [k.code, k.en.1].into_iter().chain(k.aliases.iter().copied()))
    }
}

impl fmt::Display for Package {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

const fn kind(
    code: &'static str,
    zh: &'static str,
    one: &'static str,
    many: &'static str,
    aliases: &'static [&'static str],
) -> Kind {
    Kind { code, zh, en: (one, many), aliases }
}

const KINDS: &[Kind] = &[
    kind("CT", "纸箱", "CARTON", "CARTONS", &["CTN", "CTNS", "C/T", "C/TNS", "箱", "纸板箱"]),
    kind("CS", "货箱", "CASE", "CASES", &["C/S", "WOODEN CASE", "WOODEN CASES", "木箱"]),
    kind("BX", "盒", "BOX", "BOXES", &["BXS", "盒子"]),
    kind(
        "PK",
        "件",
        "PACKAGE",
        "PACKAGES",
        &["PKG", "PKGS", "PACK", "PACKS", "P'KGS", "COLLI", "COLLIES", "COLIS", "包装件"],
    ),
    kind("PX", "托盘", "PALLET", "PALLETS", &["PLT", "PLTS", "PAL", "PALS", "栈板", "卡板"]),
    kind("BG", "袋", "BAG", "BAGS", &["BGS", "包装袋"]),
    kind("SA", "麻袋", "SACK", "SACKS", &[]),
    kind("JB", "吨袋", "JUMBO BAG", "JUMBO BAGS", &["BIG BAG", "BIG BAGS", "FIBC", "FIBCS"]),
    kind("DR", "桶", "DRUM", "DRUMS", &["DRM", "DRMS", "铁桶"]),
    kind("BA", "琵琶桶", "BARREL", "BARRELS", &[]),
    kind("RL", "盘", "REEL", "REELS", &["线盘"]),
    kind("RO", "卷", "ROLL", "ROLLS", &["RLS", "ROL"]),
    kind("CO", "坛", "CARBOY", "CARBOYS", &[]),
    kind("BE", "捆", "BUNDLE", "BUNDLES", &["BDL", "BDLS", "BNDL", "扎"]),
    kind("BL", "包", "BALE", "BALES", &["BLS", "棉包"]),
    kind("CR", "板条箱", "CRATE", "CRATES", &["CRTS", "WOODEN CRATE", "WOODEN CRATES"]),
    kind("BO", "瓶", "BOTTLE", "BOTTLES", &["BTL", "BTLS"]),
    kind("CA", "罐", "CAN", "CANS", &["罐头"]),
    kind("TN", "听", "TIN", "TINS", &[]),
    kind("JR", "广口瓶", "JAR", "JARS", &[]),
    kind("JC", "方桶", "JERRICAN", "JERRICANS", &["JERRYCAN", "JERRYCANS"]),
    kind("CY", "钢瓶", "CYLINDER", "CYLINDERS", &["CYL", "CYLS", "气瓶"]),
    kind("TU", "管", "TUBE", "TUBES", &[]),
    kind("PA", "小包", "PACKET", "PACKETS", &["PKT", "PKTS"]),
    kind("WA", "中型散装容器", "IBC", "IBCS", &["INTERMEDIATE BULK CONTAINER", "IBC TANK"]),
    kind("BK", "筐", "BASKET", "BASKETS", &["篮"]),
    kind("TY", "托盒", "TRAY", "TRAYS", &[]),
    kind("CG", "笼", "CAGE", "CAGES", &[]),
    kind("CL", "圈", "COIL", "COILS", &["钢卷"]),
    kind("PL", "提桶", "PAIL", "PAILS", &[]),
    kind("KG", "小桶", "KEG", "KEGS", &[]),
    kind("SK", "骨架箱", "SKELETON CASE", "SKELETON CASES", &[]),
    kind("SI", "滑板", "SKID", "SKIDS", &[]),
    kind("TK", "罐箱", "TANK", "TANKS", &["ISO TANK", "ISOTANK"]),
    kind("EN", "信封", "ENVELOPE", "ENVELOPES", &[]),
    kind("CN", "集装箱", "CONTAINER", "CONTAINERS", &["CNTR", "CNTRS"]),
    kind("NE", "裸装", "UNPACKED", "UNPACKED", &["NUDE", "IN NUDE", "NAKED"]),
    kind("VR", "散装", "BULK", "BULK", &["IN BULK", "散货"]),
];

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn names_and_abbreviations() {
        for (text, code) in [
            ("CT", "CT"),
            ("ctns", "CT"),
            ("CTNS.", "CT"),
            ("CARTON(S)", "CT"),
            ("Cartons", "CT"),
            ("纸箱", "CT"),
            ("CASE", "CS"),
            ("PKGS", "PK"),
            ("BAGS", "BG"),
            ("PALLETS", "PX"),
            ("ROLLS", "RO"),
            ("reels", "RL"),
            ("drums", "DR"),
        ] {
            assert_eq!(Package::parse(text).map(Package::code), Some(code), "{text}");
        }
        assert_eq!(Package::parse("KGS"), None);
        assert_eq!(Package::parse(""), None);
    }

    #[test]
    fn every_kind_reads_itself_and_no_name_is_twofold() {
        let mut seen = BTreeSet::new();
        for kind in KINDS {
            for name in
                [kind.code, kind.zh, kind.en.0, kind.en.1].into_iter().chain(kind.aliases.iter().copied())
            {
                assert_eq!(Package::parse(name).map(Package::code), Some(kind.code), "{name}");
            }
            assert!(seen.insert(kind.code), "{}", kind.code);
        }
    }

    #[test]
    fn packages_say_nothing_about_the_kind() {
        assert!(Package::parse("PKGS").is_some_and(Package::is_general));
        assert!(Package::parse("CTNS").is_some_and(|p| !p.is_general()));
        assert_eq!(Package::parse("CTNS").map(Package::name), Some(("纸箱", "CARTONS")));
    }
}
