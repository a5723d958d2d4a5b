//! Beneficiary's certificate 受益人证明: what 46A wants certified, as a statement to sign. It asserts nothing that the
//! record contradicts, and leaves a blank for every fact that the record does not hold.

use chrono::NaiveDate;

use super::credit::Credit;
use super::text::{day, field, known, letters};
use super::{Job, paper, party, sheet};
use crate::model::document::{Certificate, PresentedSet, Required};
use crate::model::value::fold::ws;
use crate::say;
use crate::site::view::Field;
use crate::site::view::making::{CertificatePage, Statement};

/// What 46A asks of the beneficiary to certify.
pub(super) fn asked<'a>(credit: &Credit<'a>) -> Vec<&'a Required> {
    credit.documents().into_iter().filter(|r| of_beneficiary(r)).collect()
}

fn of_beneficiary(required: &Required) -> bool {
    let kind = required.kind.as_deref().unwrap_or("certificate");
    if kind.starts_with("beneficiary") {
        return true;
    }
    let issuer = required.issuer.as_deref().is_some_and(|i| letters(i).contains("BENEFICIARY"));
    let text = letters(required.text.as_deref().unwrap_or_default());
    let worded = [
        "BENEFICIARYSCERTIFICATE",
        "BENEFICIARYCERTIFICATE",
        "BENEFICIARYSSTATEMENT",
        "BENEFICIARYSTATEMENT",
        "BENEFICIARYSDECLARATION",
        "CERTIFICATEFROMBENEFICIARY",
        "CERTIFICATEFROMTHEBENEFICIARY",
        "CERTIFICATEISSUEDBYBENEFICIARY",
        "CERTIFICATEISSUEDBYTHEBENEFICIARY",
    ];
    kind == "certificate" && (issuer || worded.iter().any(|w| text.contains(w)))
}

/// Fills the certificates of a consignment.
pub(super) fn page(job: &Job<'_, '_>) -> CertificatePage {
    let asked = job.credit.map(asked).unwrap_or_default();
    let registered = registered(job, asked.len());
    let number = paper::number(registered.map(|d| &d.paper));
    let first = asked.first().map(|r| title(r.text.as_deref().unwrap_or_default()));
    let mut sheet = sheet::of(job, first.unwrap_or_default(), &number);
    let mut statements = Vec::new();
    for required in asked {
        let text = required.text.as_deref().unwrap_or_default();
        let said = statement(text);
        let record = Record::of(job);
        let refuted = refuted(&said, &record);
        if let Some(days) = refuted {
            sheet.notes.push(Field::new(
                job.ctx.word(("不能照签", "Do not sign")),
                contradiction(job, days, &record),
            ));
        }
        sheet.notes.push(Field::new("46A", text));
        statements.push(Statement {
            title: title(text).to_owned(),
            facts: facts(job, registered),
            opening: "WE HEREBY CERTIFY THAT".to_owned(),
            text: if refuted.is_some() { String::new() } else { said.clone() },
            evidence: evidence(job, &said, &record),
        });
    }
    CertificatePage { sheet, seller: party::seller(job.ctx), statements }
}

/// The registered certificate, when only one is asked for: with several nobody knows which is which.
fn registered<'a>(job: &Job<'_, 'a>, asked: usize) -> Option<&'a Certificate> {
    let ours = |d: &&Certificate| {
        let words = [d.kind.as_deref(), d.title.as_deref()];
        d.paper.is_current() && words.iter().flatten().any(|w| letters(w).contains("BENEFICIARY"))
    };
    let of = |d: &&Certificate| {
        !job.cargo.several || d.paper.shipment.as_deref().is_none_or(|s| s == job.cargo.id)
    };
    job.order.docs.certificate.iter().filter(|_| asked == 1).filter(ours).rfind(of)
}

fn title(text: &str) -> &'static str {
    let plain = letters(text);
    let head = plain.get(..plain.len().min(60)).unwrap_or(&plain);
    if head.contains("STATEMENT") {
        "BENEFICIARY'S STATEMENT"
    } else if head.contains("DECLARATION") {
        "BENEFICIARY'S DECLARATION"
    } else {
        "BENEFICIARY'S CERTIFICATE"
    }
}

/// What follows THAT, or the verb; nothing where the words of 46A are built otherwise.
fn statement(text: &str) -> String {
    let text = ws(text);
    let upper = text.to_ascii_uppercase();
    let markers = [" THAT ", " CERTIFYING ", " STATING ", " CONFIRMING ", " EVIDENCING ", " DECLARING "];
    let rest = markers.iter().find_map(|m| upper.find(m).and_then(|at| text.get(at + m.len()..)));
    let rest = rest.unwrap_or_default().trim().trim_end_matches('.');
    if rest.is_empty() { String::new() } else { format!("{rest}.") }
}

/// What is recorded of a shipment and of the copies that went to the buyer.
struct Record {
    shipped: Option<NaiveDate>,
    document: String,
    sent: Option<NaiveDate>,
    tracking: String,
}

impl Record {
    fn of(job: &Job<'_, '_>) -> Self {
        let fact = job.facts.shipments.get(job.cargo.position.unwrap_or(0));
        let mine = |shipment: Option<&str>| !job.cargo.several || shipment.is_none_or(|s| s == job.cargo.id);
        let copies = job.order.docs.presentation.iter().rfind(|p| {
            p.set == Some(PresentedSet::Copies)
                && p.to.as_deref() == Some("buyer")
                && p.date.is_some_and(|day| day <= job.ctx.as_of())
                && mine(p.shipment.as_deref())
        });
        Self {
            shipped: fact.and_then(|f| f.shipped),
            document: fact.and_then(|f| f.document.clone()).unwrap_or_default(),
            sent: copies.and_then(|p| p.date),
            tracking: copies.and_then(|p| p.tracking.clone()).unwrap_or_default(),
        }
    }
}

fn facts(job: &Job<'_, '_>, registered: Option<&Certificate>) -> Vec<Field> {
    let printed = registered.map(|d| &d.paper);
    let mut list = vec![field("No.", paper::number(printed)), field("Date", paper::day(printed))];
    if let Some(credit) = job.credit {
        list.push(field("L/C No.", credit.number()));
        known(&mut list, "L/C date", day(credit.issued()));
        known(&mut list, "Issuing bank", credit.bank());
    }
    let invoice = paper::of(&job.order.docs.invoice, |d| &d.paper, job.cargo);
    list.push(field("Invoice No.", paper::number(invoice.map(|d| &d.paper))));
    list
}

fn evidence(job: &Job<'_, '_>, said: &str, record: &Record) -> Vec<Field> {
    let mut list =
        vec![field("Transport document", &record.document), field("Date of shipment", day(record.shipped))];
    if let Some(s) = job.cargo.shipment {
        let vessel = [s.vessel.as_deref(), s.voyage.as_deref()].into_iter().flatten();
        known(&mut list, "Vessel / voyage", vessel.collect::<Vec<_>>().join(" / "));
    }
    if is_sending(said) {
        list.push(field("Sent on", day(record.sent)));
        list.push(field("By / tracking No.", &record.tracking));
    }
    list
}

/// The statement says that something was sent.
fn is_sending(said: &str) -> bool {
    let plain = letters(said);
    ["MAIL", "SENT", "COURIER", "DHL", "FORWARDED", "DISPATCHED", "DESPATCHED", "FAX", "TELEX", "SUBMITTED"]
        .iter()
        .any(|word| plain.contains(word))
}

/// The days within which a statement says that something was sent after shipment, when the recorded days say
/// otherwise.
fn refuted(said: &str, record: &Record) -> Option<i64> {
    let limit = within_days_of_shipment(said).filter(|_| is_sending(said))?;
    let (shipped, sent) = record.shipped.zip(record.sent)?;
    let taken = (sent - shipped).num_days();
    (!(0..=limit).contains(&taken)).then_some(limit)
}

/// `WITHIN 3 DAYS AFTER SHIPMENT` → 3. Working days are not counted here.
fn within_days_of_shipment(said: &str) -> Option<i64> {
    let upper = said.to_ascii_uppercase();
    let words: Vec<&str> = upper.split([' ', ',', '.', '(', ')']).filter(|w| !w.is_empty()).collect();
    let at = words.iter().position(|w| *w == "WITHIN")?;
    let mut rest = words.iter().skip(at + 1);
    let days = number(rest.next()?)?;
    let unit = rest.find(|w| number(w).is_none())?;
    if !unit.starts_with("DAY") || !matches!(*rest.next()?, "AFTER" | "FROM" | "OF") {
        return None;
    }
    let event: String = rest.take(4).copied().collect::<Vec<_>>().join(" ");
    ["SHIPMENT", "B/L", "BILL OF LADING", "BOARD"].iter().any(|e| event.contains(e)).then_some(days)
}

fn number(word: &str) -> Option<i64> {
    const WORDS: [&str; 11] =
        ["ZERO", "ONE", "TWO", "THREE", "FOUR", "FIVE", "SIX", "SEVEN", "EIGHT", "NINE", "TEN"];
    word.parse().ok().or_else(|| WORDS.iter().position(|w| *w == word).and_then(|n| i64::try_from(n).ok()))
}

fn contradiction(job: &Job<'_, '_>, days: i64, record: &Record) -> String {
    let (shipped, sent) = (day(record.shipped), day(record.sent));
    say!(
        job.ctx,
        "46A 要写装运后 {days} 天内寄出，登记的装运日是 {shipped}，寄出日是 {sent}：这句话不属实，正文留空；请客户改证，或书面接受不符点",
        "46A wants it sent within {days} days after shipment; shipped {shipped}, sent {sent} as recorded. The statement would not be true and is left blank: have the credit amended, or the discrepancy accepted in writing"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn statements_from_the_words_of_the_credit() {
        for (text, said) in [
            (
                "BENEFICIARY'S CERTIFICATE THAT ONE SET OF COPY DOCUMENTS WAS MAILED TO APPLICANT WITHIN 3 DAYS AFTER SHIPMENT",
                "ONE SET OF COPY DOCUMENTS WAS MAILED TO APPLICANT WITHIN 3 DAYS AFTER SHIPMENT.",
            ),
            (
                "Beneficiary's certificate certifying that copies have been sent by DHL.",
                "copies have been sent by DHL.",
            ),
            ("BENEFICIARY'S CERTIFICATE CONFIRMING DISPATCH OF SAMPLES", "DISPATCH OF SAMPLES."),
            ("BENEFICIARY'S CERTIFICATE IN DUPLICATE", ""),
            ("", ""),
        ] {
            assert_eq!(statement(text), said, "{text}");
        }
    }

    #[test]
    fn days_within_which_something_was_sent() {
        for (said, days) in [
            ("MAILED WITHIN 3 DAYS AFTER SHIPMENT.", Some(3)),
            ("MAILED WITHIN THREE (3) DAYS FROM THE DATE OF SHIPMENT.", Some(3)),
            ("SENT WITHIN 2 DAYS AFTER B/L DATE.", Some(2)),
            ("SENT WITHIN 2 WORKING DAYS AFTER SHIPMENT.", None),
            ("SENT WITHIN 5 DAYS AFTER INSPECTION.", None),
            ("SENT IMMEDIATELY AFTER SHIPMENT.", None),
        ] {
            assert_eq!(within_days_of_shipment(said), days, "{said}");
        }
    }

    #[test]
    fn a_statement_that_the_record_contradicts_is_not_printed() {
        let day = |d: u32| NaiveDate::from_ymd_opt(2026, 9, d);
        let said = "ONE SET WAS MAILED WITHIN 3 DAYS AFTER SHIPMENT.";
        let record =
            |shipped, sent| Record { shipped, document: String::new(), sent, tracking: String::new() };
        assert_eq!(refuted(said, &record(day(19), day(22))), None);
        assert_eq!(refuted(said, &record(day(19), day(23))), Some(3));
        assert_eq!(refuted(said, &record(day(19), day(18))), Some(3));
        assert_eq!(refuted(said, &record(day(19), None)), None);
        assert_eq!(refuted(said, &record(None, day(30))), None);
    }

    #[test]
    fn who_is_to_certify() {
        let asked = |kind: &str, issuer: &str, text: &str| {
            of_beneficiary(&Required {
                kind: Some(kind.into()),
                issuer: Some(issuer.into()),
                text: Some(text.into()),
                ..Required::default()
            })
        };
        assert!(asked("certificate", "beneficiary", ""));
        assert!(asked("certificate", "", "BENEFICIARY'S CERTIFICATE THAT …"));
        assert!(!asked("certificate", "CCPIT", "CERTIFICATE OF ANALYSIS ISSUED BY AN INSPECTION COMPANY"));
        assert!(!asked("invoice", "beneficiary", "INVOICE CERTIFIED BY BENEFICIARY"));
    }
}
