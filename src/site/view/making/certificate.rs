//! Beneficiary's certificate.

use serde::Serialize;

use super::{Address, Sheet, made};
use crate::site::view::Field;

/// `o/<ID>/certificate.html`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CertificatePage {
    /// Path, heading, watermark.
    pub sheet: Sheet,
    /// Letterhead.
    pub seller: Address,
    /// One sheet for each certificate that 46A asks of the beneficiary.
    pub statements: Vec<Statement>,
}

/// One certificate.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Statement {
    /// `BENEFICIARY'S CERTIFICATE`
    pub title: String,
    /// Number, date, credit, invoice.
    pub facts: Vec<Field>,
    /// `WE HEREBY CERTIFY THAT`
    pub opening: String,
    /// What is certified, in the words of 46A; empty = a blank.
    pub text: String,
    /// What the record knows of it: day of mailing, courier, transport document; blanks where it does not.
    pub evidence: Vec<Field>,
}

made!(CertificatePage, "making/certificate.html");
