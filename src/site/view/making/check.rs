//! Check sheet of a bill of lading, for the forwarder to confirm.

use serde::Serialize;

use super::{Address, BiField, BiLabel, Sheet, made};

/// `o/<ID>/bl-check.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckPage {
    /// Path, heading, watermark.
    pub sheet: Sheet,
    /// Letterhead.
    pub seller: Address,
    /// To the forwarder.
    pub forwarder: BiField,
    /// Booking, number of the draft, vessel.
    pub facts: Vec<BiField>,
    /// `3 处不同，请改；1 处请核对`, and the same in the other language.
    pub summary: BiLabel,
    /// The summary's state: `Differs` when something is to be changed.
    pub state: CheckState,
    /// Labels of the columns: field, draft, instruction, result.
    pub columns: Vec<BiLabel>,
    /// Field by field.
    pub rows: Vec<CheckRow>,
    /// Labels of the blanks for the answer: confirmed by, date.
    pub answer: Vec<BiLabel>,
}

/// One field.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CheckRow {
    /// What is compared.
    pub label: BiLabel,
    /// As registered from the draft; none = not printed there.
    pub draft: Vec<String>,
    /// As it has to be.
    pub ours: Vec<String>,
    /// How they compare.
    pub state: CheckState,
    /// The state in words, both languages.
    pub word: BiLabel,
}

/// How the draft compares with the instruction.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum CheckState {
    /// `=`
    #[default]
    Same,
    /// `?` to be looked at by a person.
    Look,
    /// `○` not on the draft.
    Missing,
    /// `≠`
    Differs,
}

made!(CheckPage, "making/bl-check.html");
