//! What a line of 46A or 47A is about, by its words. Only wordings that the trade knows are recognised; what is not
//! recognised is for a person to read, never wrong.

use crate::compare::name;
use crate::model::value::fold::fold;
use crate::text::StaticBi;

/// A clause that puts payment into other hands than the beneficiary's 软条款.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Soft {
    /// A paper that the applicant signs, countersigns, issues or approves.
    ApplicantSigns,
    /// Signatures that must match those on file with a bank.
    BankRecords,
    /// Payment that waits for a sale, an arrival, an approval, the applicant's funds.
    PaysLater,
    /// A credit that is not operative yet.
    NotOperative,
    /// Original papers that go straight to the applicant.
    DirectOriginals,
    /// Shipment, vessel or port that the applicant or an amendment still has to name.
    Instructions,
}

impl Soft {
    /// What it does, as half a sentence.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::ApplicantSigns => ("要申请人签字才有的单据", "a paper that only the applicant can sign"),
            Self::BankRecords => {
                ("签字要与银行留底一致", "signatures that must match those on file with a bank")
            }
            Self::PaysLater => (
                "付款要等申请人或货物的下一步",
                "payment that waits for the applicant or the fate of the goods",
            ),
            Self::NotOperative => ("信用证还没有生效", "a credit that is not operative yet"),
            Self::DirectOriginals => {
                ("正本提单直接寄给申请人", "an original B/L that goes straight to the applicant")
            }
            Self::Instructions => {
                ("装运要等申请人指示或改证", "shipment that waits for the applicant or an amendment")
            }
        }
    }
}

/// What a condition of 47A is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    /// Payment in other hands.
    Soft(Soft),
    /// More or less of quantity or amount: a limit, recorded in keys of its own.
    Tolerance,
    /// It names a document, which must then show it.
    Document,
    /// Between the banks: fees, reimbursement, presentation.
    Bank,
    /// It names no document: banks disregard it (UCP 600 art. 14 h).
    Bare,
}

/// What a condition is about. `applicant` is the applicant's name, where it is known.
#[must_use]
pub fn condition(text: &str, applicant: Option<&str>) -> Condition {
    let words = Words::of(text);
    if let Some(soft) = soft_words(&words, applicant) {
        Condition::Soft(soft)
    } else if words.is_tolerance() {
        Condition::Tolerance
    } else if words.any(PAPERS) {
        Condition::Document
    } else if words.any(BANKS) {
        Condition::Bank
    } else {
        Condition::Bare
    }
}

/// The soft clause that a text holds.
#[must_use]
pub fn soft(text: &str, applicant: Option<&str>) -> Option<Soft> {
    soft_words(&Words::of(text), applicant)
}

/// The text speaks of more or less of a quantity or an amount.
#[must_use]
pub fn names_tolerance(text: &str) -> bool {
    Words::of(text).is_tolerance()
}

/// True where a party named in a credit is the applicant: by that word, or by name.
#[must_use]
pub fn is_applicant(text: &str, applicant: Option<&str>) -> bool {
    let words = Words::of(text);
    let bank = words.any(&["BANK*", "BANCO", "BANQUE"]);
    !bank && (words.any(APPLICANT) || applicant.is_some_and(|own| name::heads(text, own)))
}

/// True where a text names a bank: by that word, as a party to the credit, or by its BIC.
#[must_use]
pub fn is_bank(text: &str) -> bool {
    let words = Words::of(text);
    words.any(&["BANK*", "BANC*", "BANQUE", "BANKASI", "SPARKASSE", "ISSUING", "OPENING", "ISSUER"])
        || words.any(&["OURSELVES", "NOMINATED", "CONFIRMING", "ADVISING", "NEGOTIATING", "REIMBURSING"])
        || words.0.iter().any(|w| {
            matches!(w.len(), 8 | 11)
                && w.get(4..6).is_some_and(|c| crate::model::value::Country::by_code(c).is_some())
                && w.bytes().take(6).all(|b| b.is_ascii_uppercase())
                && w.bytes().any(|b| b.is_ascii_digit())
        })
}

const APPLICANT: &[&str] = &["APPLICANT*", "BUYER*", "OPENER*", "ACCOUNTEE*", "IMPORTER*"];
const PAPERS: &[&str] = &[
    "INVOICE*",
    "CERTIF*",
    "DOCUMENT*",
    "DOCS",
    "B/L",
    "B/LS",
    "BL",
    "LADING",
    "DRAFT*",
    "POLICY",
    "POLICIES",
    "WAYBILL*",
    "AWB",
    "DECLARATION*",
    "STATEMENT*",
    "RECEIPT*",
    "LIST",
    "LISTS",
    "REPORT*",
    "LETTER*",
    "NOTE",
];
const BANKS: &[&str] = &[
    "CHARGE*",
    "FEE",
    "FEES",
    "DISCREPAN*",
    "REIMBURS*",
    "NEGOTIAT*",
    "COMMISSION*",
    "BANK*",
    "CREDIT",
    "L/C",
    "LC",
    "UCP*",
    "PROCEEDS",
    "PRESENT*",
    "TELEX",
    "SWIFT",
    "PAYMENT*",
    "REMIT*",
    "TT",
    "T/T",
    "AMENDMENT*",
    "PARTIAL",
    "TRANSHIPMENT*",
    "TRANSSHIPMENT*",
    "INSURANCE",
    "INTEREST",
];
const BL: &[&str] = &["B/L", "B/LS", "BL", "BLS", "LADING"];
const WAITS: &[&str] =
    &["AFTER", "UPON", "ONLY", "SUBJECT", "UNTIL", "PROVIDED", "WHEN", "ONCE", "UNLESS", "IF"];

fn soft_words(words: &Words, applicant: Option<&str>) -> Option<Soft> {
    if words.applicant_signs(applicant) {
        Some(Soft::ApplicantSigns)
    } else if words.any(&["SIGNATURE*"]) && words.any(&["SPECIMEN*", "RECORD*", "VERIF*", "FILE*"]) {
        Some(Soft::BankRecords)
    } else if words.direct_originals() {
        Some(Soft::DirectOriginals)
    } else if words.not_operative() {
        Some(Soft::NotOperative)
    } else if words.pays_later() {
        Some(Soft::PaysLater)
    } else if words.instructions() {
        Some(Soft::Instructions)
    } else {
        None
    }
}

/// A text as words; `B/L` and `1/3` stay whole.
struct Words(Vec<String>);

impl Words {
    fn of(text: &str) -> Self {
        let parts = |c: char| !c.is_alphanumeric() && c != '/' && c != '%';
        Self(fold(text).split(parts).filter(|w| !w.is_empty()).map(str::to_owned).collect())
    }

    fn any(&self, stems: &[&str]) -> bool {
        self.at(stems).next().is_some()
    }

    fn at<'s>(&'s self, stems: &'s [&'s str]) -> impl Iterator<Item = usize> + 's {
        self.0.iter().enumerate().filter(|(_, word)| is(word, stems)).map(|(at, _)| at)
    }

    /// One of `b` follows one of `a` within so many words.
    fn near(&self, a: &[&str], b: &[&str], within: usize) -> bool {
        self.at(a).any(|i| self.0.iter().skip(i + 1).take(within).any(|word| is(word, b)))
    }

    fn is_tolerance(&self) -> bool {
        let about = self.near(&["ABOUT", "APPROXIMATELY", "APPROX"], &["QUANTITY", "AMOUNT"], 4);
        self.near(&["MORE"], &["LESS"], 2) || self.any(&["TOLERANCE*"]) || about
    }

    /// `COUNTERSIGNED BY THE AUTHORISED REPRESENTATIVE OF APPLICANT`, `APPLICANT'S SIGNATURE`. What is by the
    /// applicant's bank is not by the applicant.
    fn applicant_signs(&self, applicant: Option<&str>) -> bool {
        const ACTS: &[&str] = &[
            "SIGN*",
            "COUNTERSIGN*",
            "ISSU*",
            "APPROV*",
            "ENDORS*",
            "CONFIRM*",
            "CERTIF*",
            "AUTHENTIC*",
            "VERIF*",
            "ACCEPT*",
            "ACKNOWLEDG*",
            "INSPECT*",
        ];
        const BETWEEN: &[&str] = &[
            "THE",
            "AN",
            "A",
            "BOTH",
            "BENEFICIARY",
            "AND",
            "AUTHORIZED",
            "AUTHORISED",
            "REPRESENTATIVE*",
            "SIGNATORY",
            "PERSON*",
            "OFFICER*",
            "NOMINEE*",
            "AGENT*",
            "OF",
            "DULY",
            "L/C",
            "CREDIT",
        ];
        let named = applicant.map(name::plain).unwrap_or_default();
        let first: Vec<&str> = named.split(' ').filter(|w| !w.is_empty()).take(2).collect();
        let by = self.at(&["BY"]).any(|at| {
            let acted = self.0.iter().take(at).rev().take(6).any(|word| is(word, ACTS));
            let between = self.0.iter().skip(at + 1).take_while(|word| is(word, BETWEEN)).count();
            let who = self.0.get(at + 1 + between..).unwrap_or_default();
            let bank = who.iter().skip(1).take(2).any(|word| is(word, &["BANK*"]));
            let word = who.first().is_some_and(|word| is(word, APPLICANT));
            let name = first.len() == 2 && who.iter().zip(&first).filter(|(a, b)| a == b).count() == 2;
            acted && !bank && (word || name)
        });
        by || self.near(APPLICANT, &["SIGNATURE*", "APPROVAL", "CONSENT"], 3)
            || self.near(&["SIGNATURE*", "APPROVAL", "CONSENT"], APPLICANT, 4)
    }

    fn direct_originals(&self) -> bool {
        const SENDS: &[&str] = &[
            "SENT",
            "SEND",
            "MAIL*",
            "COURIER*",
            "DESPATCH*",
            "DISPATCH*",
            "FORWARD*",
            "AIRMAIL*",
            "DIRECT*",
            "HANDED",
        ];
        let third = (self.any(&["1/3", "1/2"]) || self.near(&["ONE"], &["THIRD"], 1)) && self.any(BL);
        let original = self.near(&["ORIGINAL*"], BL, 4) || self.near(BL, &["ORIGINAL*"], 2);
        (third || original) && self.near(SENDS, APPLICANT, 8)
    }

    fn not_operative(&self) -> bool {
        const FORCE: &[&str] = &["OPERATIVE", "EFFECTIVE", "ENFORCEABLE", "FORCE"];
        let only = ["UPON", "ONLY", "AFTER", "WHEN", "SUBJECT", "UNLESS", "ONCE", "PROVIDED", "IF"];
        self.any(&["CREDIT", "L/C", "LC", "DC"])
            && (self.any(&["INOPERATIVE"]) || self.near(FORCE, &only, 4) || self.near(&["NOT"], FORCE, 3))
    }

    fn pays_later(&self) -> bool {
        const PAYS: &[&str] = &[
            "PAYMENT*",
            "PAY",
            "PAID",
            "PAYABLE",
            "PROCEEDS",
            "REIMBURSE",
            "REIMBURSED",
            "HONOUR*",
            "HONOR*",
            "REMIT*",
        ];
        let fate =
            ["SALE", "SALES", "SOLD", "RESALE", "RESOLD", "ARRIVAL", "ARRIVED", "CLEARANCE", "CLEARED"];
        let judged = ["APPROVAL", "APPROVED", "INSPECTED", "ACCEPTANCE"];
        let by_applicant = self.any(APPLICANT);
        self.near(PAYS, WAITS, 10)
            && (self.near(WAITS, &fate, 8)
                || by_applicant && (self.near(WAITS, &judged, 8) || self.near(WAITS, &["FUNDS"], 8)))
    }

    fn instructions(&self) -> bool {
        const NAMED: &[&str] =
            &["ADVISED", "NOMINATED", "NOTIFIED", "INFORMED", "STIPULATED", "SPECIFIED", "DESIGNATED"];
        const WORD: &[&str] = &["INSTRUCTION*", "APPROVAL", "PERMISSION", "AUTHORI*", "CONSENT"];
        let goods = self.any(&["VESSEL*", "SHIP*", "CARRIER*", "PORT*", "DESTINATION", "LOADING"]);
        goods && (self.near(NAMED, &["AMENDMENT*"], 5) || (self.near(WAITS, WORD, 6) && self.any(APPLICANT)))
    }
}

/// A stem with `*` stands for every word that begins so.
fn is(word: &str, stems: &[&str]) -> bool {
    stems.iter().any(|stem| match stem.strip_suffix('*') {
        Some(start) => word.starts_with(start),
        None => word == *stem,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn soft_clauses_by_their_words() {
        let own = Some("Meghna Home Textiles Ltd.");
        for (text, wanted) in [
            ("INSPECTION CERTIFICATE COUNTERSIGNED BY APPLICANT", Soft::ApplicantSigns),
            (
                "Cargo receipt issued and signed by the authorised representative of the applicant",
                Soft::ApplicantSigns,
            ),
            ("INSPECTION CERTIFICATE ISSUED BY MEGHNA HOME TEXTILES LTD", Soft::ApplicantSigns),
            ("CERTIFICATE SIGNED BY BENEFICIARY AND APPLICANT", Soft::ApplicantSigns),
            ("DELIVERY NOTE BEARING APPLICANT'S SIGNATURE", Soft::ApplicantSigns),
            (
                "CERTIFICATE WHOSE SIGNATURES MUST CONFORM WITH THE SPECIMEN HELD BY ISSUING BANK",
                Soft::BankRecords,
            ),
            ("PAYMENT WILL BE EFFECTED ONLY AFTER THE GOODS ARE SOLD BY APPLICANT", Soft::PaysLater),
            ("WE SHALL PAY UPON RECEIPT OF FUNDS FROM APPLICANT", Soft::PaysLater),
            ("PROCEEDS PAID AFTER ARRIVAL OF GOODS AT DESTINATION AND CUSTOMS CLEARANCE", Soft::PaysLater),
            (
                "THIS CREDIT BECOMES OPERATIVE UPON RECEIPT OF THE IMPORT LICENCE BY AMENDMENT",
                Soft::NotOperative,
            ),
            ("THIS L/C IS NOT OPERATIVE UNTIL WE ADVISE YOU", Soft::NotOperative),
            ("1/3 ORIGINAL B/L TO BE SENT DIRECTLY TO APPLICANT BY DHL", Soft::DirectOriginals),
            (
                "ONE ORIGINAL BILL OF LADING HAS BEEN COURIERED TO THE BUYER WITHIN 3 DAYS",
                Soft::DirectOriginals,
            ),
            ("NAME OF VESSEL TO BE ADVISED BY AMENDMENT", Soft::Instructions),
            ("SHIPMENT ONLY AFTER WRITTEN INSTRUCTIONS OF APPLICANT", Soft::Instructions),
        ] {
            assert_eq!(soft(text, own), Some(wanted), "{text}");
        }
    }

    #[test]
    fn what_credits_usually_say_is_not_soft() {
        for text in [
            "SIGNED COMMERCIAL INVOICE IN TRIPLICATE",
            "FULL SET CLEAN ON BOARD B/L TO ORDER, BLANK ENDORSED, FREIGHT PREPAID, NOTIFY APPLICANT",
            "BENEFICIARY'S CERTIFICATE THAT ONE SET OF COPY DOCUMENTS WAS MAILED TO APPLICANT WITHIN 3 DAYS AFTER SHIPMENT",
            "BENEFICIARY'S CERTIFICATE OF SHIPMENT ADVICE SENT TO INSURER WITHIN 2 DAYS AFTER SHIPMENT",
            "BENEFICIARY'S SIGNED STATEMENT THAT NON-NEGOTIABLE COPIES OF B/L WERE SENT TO APPLICANT",
            "CERTIFICATE OF ORIGIN ISSUED BY CCPIT",
            "CERTIFICATE OF ANALYSIS AND WEIGHT ISSUED BY AN INDEPENDENT INSPECTION COMPANY",
            "THIS IS THE OPERATIVE CREDIT INSTRUMENT, NO MAIL CONFIRMATION FOLLOWS",
            "UPON RECEIPT OF COMPLYING DOCUMENTS WE SHALL REMIT PROCEEDS AS INSTRUCTED",
            "ALL BANKING CHARGES OUTSIDE BANGLADESH FOR BENEFICIARY'S ACCOUNT",
            "A DISCREPANCY FEE OF USD75.00 WILL BE DEDUCTED FROM PROCEEDS",
            "DOCUMENTS TO BE ACCEPTED BY APPLICANT'S BANK",
            "INSURANCE COVERED BY APPLICANT",
            "THIRD PARTY DOCUMENTS ACCEPTABLE",
        ] {
            assert_eq!(soft(text, Some("Gulf Star Trading LLC")), None, "{text}");
        }
    }

    #[test]
    fn conditions() {
        for (text, wanted) in [
            ("ALL DOCUMENTS IN ENGLISH", Condition::Document),
            ("LC NUMBER TO APPEAR ON ALL DOCUMENTS", Condition::Document),
            ("A DISCREPANCY FEE OF USD75.00 WILL BE DEDUCTED", Condition::Bank),
            ("5 PCT MORE OR LESS IN QUANTITY AND AMOUNT ACCEPTABLE", Condition::Tolerance),
            ("GOODS OF CHINESE ORIGIN", Condition::Bare),
            ("THE CARRYING VESSEL MUST NOT BE OLDER THAN 15 YEARS", Condition::Bare),
        ] {
            assert_eq!(condition(text, None), wanted, "{text}");
        }
    }

    #[test]
    fn who_is_who() {
        let own = Some("Gulf Star Trading LLC");
        assert!(is_applicant("APPLICANT", own) && is_applicant("GULF STAR TRADING LLC, DUBAI", own));
        assert!(!is_applicant("APPLICANT'S BANK", own) && !is_applicant("CCPIT", own));
        for bank in ["ISSUING BANK", "Banco Exemplo S.A.", "EXEBAEAD123", "OURSELVES"] {
            assert!(is_bank(bank), "{bank}");
        }
        assert!(!is_bank("GULF STAR TRADING LLC"));
    }
}
