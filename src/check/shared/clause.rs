//! Reading the clauses of a bill of lading: which say that goods or packing are defective, which say nothing of the
//! kind, and which a person must read. Sources: UCP 600 art. 26 and 27, ISBP 745 E20.

use crate::model::value::fold::fold;

/// What a clause says.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Clause {
    /// Nothing against the goods.
    Harmless,
    /// Expressly defective; the word that says so.
    Unclean(&'static str),
    /// Goods are or will be carried on deck.
    OnDeck,
    /// Perhaps defective: depends on the goods.
    Doubtful(&'static str),
    /// Not understood.
    Unknown,
}

/// Words that declare a defect.
const DEFECTS: &[&str] = &[
    "TORN",
    "WET",
    "RUST",
    "DAMAGE",
    "BROKEN",
    "LEAK",
    "STAIN",
    "DENT",
    "CRUSH",
    "CRACK",
    "MOULD",
    "MOLD",
    "DEFECTIVE",
    "INSUFFICIENT PACK",
    "INADEQUATE PACK",
    "INSUFFICIENTLY PACK",
    "PACKING INSUFFICIENT",
    "PACKAGING INSUFFICIENT",
    "SHORT SHIPPED",
    "SHORT LOADED",
    "SHORTLANDED",
    "MISSING",
    "SPILL",
    "DIRTY",
    "CONTAMINAT",
    "SCRATCH",
    "DEFORM",
    "BURST",
    "LOOSE STRAP",
    "PUNCTUR",
    "SMASH",
    "DECAY",
    "ROTTEN",
    "INFEST",
    "OXIDI",
    "IN DISPUTE",
    "NOT IN GOOD ORDER",
    "REPACKED",
    "COLLAPSED",
    "SWEAT",
];

/// Words that may or may not: used bags are as good as the contract says.
const DOUBTS: &[&str] = &[
    "USED BAG",
    "SECOND HAND",
    "SECONDHAND",
    "OLD BAG",
    "OLD DRUM",
    "FRAIL",
    "UNPROTECTED",
    "NOT PACKED",
    "UNPACKED",
];

/// Phrases that carriers print everywhere.
const HARMLESS: &[&str] = &[
    "SAID TO",
    "SHIPPER'S LOAD",
    "SHIPPERS LOAD",
    "LOAD AND COUNT",
    "LOAD, COUNT",
    "LOAD COUNT",
    "STC",
    "SLAC",
    "SLC",
    "FREIGHT",
    "CLEAN ON BOARD",
    "SHIPPED ON BOARD",
    "ON BOARD",
    "LADEN ON BOARD",
    "CY/CY",
    "CY-CY",
    "CFS",
    "FCL",
    "LCL",
    "L/C",
    "LC NO",
    "CREDIT N",
    "FREE TIME",
    "FREE DAYS",
    "DEMURRAGE",
    "DETENTION",
    "THC",
    "SEAL",
    "CONTAINER",
    "ORIGINAL",
    "COPY",
    "NON-NEGOTIABLE",
    "WEIGHT, MEASURE",
    "QUALITY AND QUANTITY UNKNOWN",
    "QUANTITY UNKNOWN",
    "CONTENTS UNKNOWN",
    "MAY BE CARRIED",
    "TRANSHIP",
    "TRANSSHIP",
    "W/T",
    "CHARTER",
    "DRAFT",
    "TELEX",
    "SURRENDER",
    "EXPRESS",
    "IN TRANSIT TO",
    "NOTIFY",
    "INVOICE",
    "CONTRACT",
    "ORDER N",
    "HS CODE",
    "AGENT",
];

/// Reads one clause.
#[must_use]
pub(crate) fn read(text: &str) -> Clause {
    let folded = fold(text);
    if deck(&folded) {
        return Clause::OnDeck;
    }
    if let Some(word) = DEFECTS.iter().find(|word| found(&folded, word)) {
        // The carrier's clause about ordinary rust or sweat says what a shipped-clean statement does not promise.
        let denies = ["NOT TO BE CONSIDERED", "NOT BE CONSIDERED", "DOES NOT MEAN", "NOT CONSTITUTE"];
        let doubtful = denies.iter().any(|no| folded.contains(no));
        return if doubtful { Clause::Doubtful(word) } else { Clause::Unclean(word) };
    }
    if let Some(word) = DOUBTS.iter().find(|word| folded.contains(*word)) {
        return Clause::Doubtful(word);
    }
    // A defect that is denied or disclaimed is none.
    let disclaimed = DEFECTS.iter().any(|word| folded.contains(word));
    let harmless = folded.is_empty()
        || disclaimed
        || HARMLESS.iter().any(|phrase| folded.contains(phrase))
        || only_may(&folded);
    if harmless { Clause::Harmless } else { Clause::Unknown }
}

/// A clause about packing that only "may" be insufficient declares nothing (ISBP 745 E20 b).
fn only_may(folded: &str) -> bool {
    folded.contains("MAY NOT BE SUFFICIENT") || folded.contains("MAY BE INSUFFICIENT")
}

/// The word stands there as a fact: not denied (`NOT DAMAGED`, `FREE FROM DAMAGE`) and not a disclaimer (`CARRIER NOT
/// RESPONSIBLE FOR RUST`, `RISK OF BREAKAGE FOR SHIPPER`).
fn found(folded: &str, word: &str) -> bool {
    let starts = folded.match_indices(word).map(|(at, _)| at);
    let whole = |at: &usize| {
        folded
            .get(..*at)
            .is_some_and(|before| before.chars().next_back().is_none_or(|c| !c.is_alphanumeric()))
    };
    let mut hits = starts.filter(whole).filter(|at| !denied(folded.get(..*at).unwrap_or_default()));
    hits.next().is_some() && !only_may(folded)
}

fn denied(before: &str) -> bool {
    const NO: &[&str] = &[
        "NOT",
        "NO",
        "FREE FROM",
        "FREE OF",
        "WITHOUT",
        "NOT RESPONSIBLE FOR",
        "NOT LIABLE FOR",
        "RISK OF",
        "IF",
        "UN",
    ];
    let words: Vec<&str> = before.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).collect();
    let near = words.get(words.len().saturating_sub(5)..).unwrap_or_default().join(" ");
    NO.iter().any(|no| near.ends_with(no))
        || ["NOT RESPONSIBLE", "NOT LIABLE", "NO LIABILITY", "RISK OF", "MAY"]
            .iter()
            .any(|no| near.contains(no))
}

/// "Is" and "will be" on deck; "may be" reserves a right and says nothing.
fn deck(folded: &str) -> bool {
    let on_deck = folded.contains("ON DECK") || folded.contains("DECK CARGO");
    let reserved = folded.contains("MAY BE") || folded.contains("LIBERTY") || folded.contains("UNDER DECK");
    on_deck && !reserved && !folded.contains("NOT ON DECK")
}

/// The clause states that goods are transhipped, and does not only reserve the right.
#[must_use]
pub(crate) fn tranships(text: &str) -> bool {
    let folded = fold(text);
    let names = folded.contains("TRANSHIP") || folded.contains("TRANSSHIP") || folded.contains("W/T ");
    let reserved = ["MAY", "LIBERTY", "RESERVE", "NOT ALLOWED", "PROHIBITED", "WITHOUT TRANS", "NO TRANS"];
    names && !reserved.iter().any(|word| folded.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn clauses() {
        for text in [
            "10 CARTONS WET",
            "cargo stained and damaged",
            "3 bags torn",
            "PACKING INSUFFICIENT",
            "SEVERAL DRUMS RUSTY",
        ] {
            assert!(matches!(read(text), Clause::Unclean(_)), "{text}");
        }
        for text in [
            "SAID TO CONTAIN",
            "SHIPPER'S LOAD, COUNT AND SEAL",
            "CARRIER NOT RESPONSIBLE FOR RUST",
            "PACKAGING MAY NOT BE SUFFICIENT FOR THE SEA JOURNEY",
            "GOODS MAY BE CARRIED ON DECK",
            "CLEAN ON BOARD",
            "FREIGHT PREPAID",
            "CARTONS NOT DAMAGED, SAID TO CONTAIN BOWLS",
            "",
        ] {
            assert_eq!(read(text), Clause::Harmless, "{text}");
        }
        assert_eq!(read("LOADED ON DECK AT SHIPPER'S RISK"), Clause::OnDeck);
        assert!(matches!(read("GOODS IN USED BAGS"), Clause::Doubtful(_)));
        assert!(matches!(read("SURFACE RUST NOT TO BE CONSIDERED DAMAGE"), Clause::Doubtful(_)));
        assert_eq!(read("VENTILATED AS REQUESTED"), Clause::Unknown);
    }

    #[test]
    fn transhipment() {
        assert!(tranships("TRANSHIPMENT AT SINGAPORE"));
        assert!(tranships("W/T PORT KLANG"));
        assert!(!tranships("CARRIER MAY TRANSHIP AT ANY PORT"));
        assert!(!tranships("SHIPPED ON BOARD"));
    }
}
