//! How goods travel.

use std::fmt;

use crate::text::StaticBi;

/// The mode of the main carriage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// Sea, full container.
    SeaFcl,
    /// Sea, part of a container.
    SeaLcl,
    /// Sea, bulk or break bulk.
    SeaBulk,
    /// Air.
    Air,
    /// Rail.
    Rail,
    /// Road.
    Road,
    /// Courier or post.
    Courier,
    /// Several modes under one document.
    Multimodal,
}

impl Mode {
    /// All modes, in the order in which they are listed.
    pub const ALL: [Self; 8] = [
        Self::SeaFcl,
        Self::SeaLcl,
        Self::SeaBulk,
        Self::Air,
        Self::Rail,
        Self::Road,
        Self::Courier,
        Self::Multimodal,
    ];

    /// The value in the files.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::SeaFcl => "sea-fcl",
            Self::SeaLcl => "sea-lcl",
            Self::SeaBulk => "sea-bulk",
            Self::Air => "air",
            Self::Rail => "rail",
            Self::Road => "road",
            Self::Courier => "courier",
            Self::Multimodal => "multimodal",
        }
    }

    /// Reads the value, exactly.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }

    /// The value that a habit word stands for: `海运` → `sea-fcl`, `truck` → `road`.
    #[must_use]
    pub fn hint(text: &str) -> Option<Self> {
        let folded = super::fold::fold(text);
        HINTS.iter().find(|(_, words)| words.contains(&folded.as_str())).map(|(mode, _)| *mode)
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> StaticBi {
        match self {
            Self::SeaFcl => ("海运整箱", "sea, full container"),
            Self::SeaLcl => ("海运拼箱", "sea, less than container"),
            Self::SeaBulk => ("海运散货", "sea, bulk"),
            Self::Air => ("空运", "air"),
            Self::Rail => ("铁路", "rail"),
            Self::Road => ("公路", "road"),
            Self::Courier => ("快递", "courier"),
            Self::Multimodal => ("多式联运", "multimodal"),
        }
    }

    /// True for carriage by sea.
    #[must_use]
    pub fn is_sea(self) -> bool {
        matches!(self, Self::SeaFcl | Self::SeaLcl | Self::SeaBulk)
    }

    /// True when the goods travel in containers that the order names.
    #[must_use]
    pub fn has_containers(self) -> bool {
        matches!(self, Self::SeaFcl | Self::Rail | Self::Multimodal)
    }

    /// The UN/LOCODE function that a place of loading or discharge needs for this mode; `None` where any will do.
    #[must_use]
    pub fn function(self) -> Option<char> {
        match self {
            Self::SeaFcl | Self::SeaLcl | Self::SeaBulk => Some('1'),
            Self::Rail => Some('2'),
            Self::Road => Some('3'),
            Self::Air => Some('4'),
            Self::Courier | Self::Multimodal => None,
        }
    }
}

impl fmt::Display for Mode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

const HINTS: &[(Mode, &[&str])] = &[
    (
        Mode::SeaFcl,
        &[
            "SEA",
            "OCEAN",
            "FCL",
            "BY SEA",
            "SEA FCL",
            "SEA_FCL",
            "海运",
            "海运整箱",
            "整箱",
            "整柜",
            "海运整柜",
        ],
    ),
    (Mode::SeaLcl, &["LCL", "SEA LCL", "SEA_LCL", "拼箱", "海运拼箱", "散货拼箱", "拼柜"]),
    (
        Mode::SeaBulk,
        &["BULK", "BREAKBULK", "BREAK BULK", "SEA BULK", "SEA_BULK", "散货", "散装", "海运散货", "散杂货"],
    ),
    (Mode::Air, &["AIR", "BY AIR", "AIR FREIGHT", "AIRFREIGHT", "AIR CHARTER", "空运", "航空"]),
    (Mode::Rail, &["RAIL", "TRAIN", "RAILWAY", "BY RAIL", "铁路", "铁运", "中欧班列", "班列"]),
    (Mode::Road, &["ROAD", "TRUCK", "BY TRUCK", "TRUCKING", "LORRY", "公路", "陆运", "卡车", "汽运", "卡航"]),
    (
        Mode::Courier,
        &["COURIER", "EXPRESS", "DHL", "FEDEX", "UPS", "TNT", "EMS", "POST", "快递", "快件", "邮寄"],
    ),
    (
        Mode::Multimodal,
        &[
            "MULTIMODAL",
            "COMBINED",
            "INTERMODAL",
            "SEA-AIR",
            "SEA-RAIL",
            "多式联运",
            "联运",
            "海空联运",
            "海铁联运",
        ],
    ),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_read_back() {
        for mode in Mode::ALL {
            assert_eq!(Mode::parse(&mode.to_string()), Some(mode));
        }
        assert_eq!(Mode::parse("sea"), None);
        assert_eq!(Mode::parse("Sea-FCL"), None);
    }

    #[test]
    fn habits() {
        assert_eq!(Mode::hint("海运"), Some(Mode::SeaFcl));
        assert_eq!(Mode::hint("Truck"), Some(Mode::Road));
        assert_eq!(Mode::hint("快递"), Some(Mode::Courier));
        assert_eq!(Mode::hint("teleport"), None);
    }

    #[test]
    fn the_sea_and_the_rest() {
        let sea: Vec<Mode> = Mode::ALL.into_iter().filter(|m| m.is_sea()).collect();
        assert_eq!(sea, [Mode::SeaFcl, Mode::SeaLcl, Mode::SeaBulk]);
        assert_eq!(Mode::Air.function(), Some('4'));
        assert!(sea.iter().all(|m| m.function() == Some('1')));
    }
}
