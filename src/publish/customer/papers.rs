//! Documents that a customer has been sent: only those that a record marks as handed to the buyer. A contract or a
//! proforma counts once it was sent or came back signed; every other paper once a presentation to the buyer names it.
//! A paper that went to a bank, a draft and a replaced paper are none.
//!
//! The scan comes along under a name of its own, when it lies in the order's folder, is a PDF or a picture, and is the
//! file whose digest was recorded.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::teller::Teller;
use crate::derive::files::Named;
use crate::derive::papers;
use crate::model::Order;
use crate::model::document::{Contract, Printed};
use crate::site::view::CustomerPaper;
use crate::text::StaticBi;

/// Largest scan that is published.
const MAX_SCAN: u64 = 20 * 1024 * 1024;

/// A document that the customer has.
pub(super) struct Released<'o> {
    /// What it is called.
    pub title: StaticBi,
    /// What it prints.
    pub paper: &'o Printed,
    /// Where its scan goes in the customer's folder: `papers/GD26-0117/invoice-1.pdf`; empty = no scan.
    pub href: String,
    /// Where the scan lies in the data root; empty = no scan.
    pub file: String,
}

/// The documents of an order that the customer has, in the order of the trade.
pub(super) fn of<'o>(teller: &Teller<'_>, order: &'o Order) -> Vec<Released<'o>> {
    let docs = &order.docs;
    let mut all = Vec::new();
    let agreed =
        |p: &Contract| [p.paper.sent, p.signed_by_buyer].into_iter().any(|d| teller.known(d).is_some());
    let handed = |paper: &Printed| is_handed(teller, order, paper);
    let mut add = |key: &'static str, paper: &'o Printed, index: usize, given: bool| {
        if given && paper.is_current() && !paper.is_draft() {
            all.push(released(teller, order, key, index, paper));
        }
    };
    macro_rules! each {
        ($list:ident, $given:expr) => {
            for (index, record) in docs.$list.iter().enumerate() {
                add(stringify!($list), &record.paper, index, $given(record));
            }
        };
    }
    each!(contract, |d: &Contract| agreed(d) || handed(&d.paper));
    each!(proforma, |d: &Contract| agreed(d) || handed(&d.paper));
    macro_rules! papers {
        ($($list:ident),*) => { $( each!($list, |d: &_| handed(paper_of(d))); )* };
    }
    papers!(invoice, packing, bl, awb, waybill, courier, insurance, origin, certificate);
    all
}

/// What any paper carries, of every kind that may be handed to a buyer.
trait Carries {
    fn paper(&self) -> &Printed;
}

macro_rules! carries {
    ($($kind:ident),*) => {
        $( impl Carries for crate::model::document::$kind {
            fn paper(&self) -> &Printed {
                &self.paper
            }
        } )*
    };
}

carries!(
    Invoice,
    PackingList,
    BillOfLading,
    AirWaybill,
    Waybill,
    CourierReceipt,
    Insurance,
    OriginCertificate,
    Certificate
);

fn paper_of(record: &impl Carries) -> &Printed {
    record.paper()
}

/// A presentation to the buyer names the paper, by its id or its number.
fn is_handed(teller: &Teller<'_>, order: &Order, paper: &Printed) -> bool {
    let names = |name: &str| [&paper.id, &paper.number].into_iter().flatten().any(|own| own == name);
    order
        .docs
        .presentation
        .iter()
        .filter(|p| p.to.as_deref() == Some("buyer") && teller.known(p.date).is_some())
        .flat_map(|p| &p.documents)
        .any(|row| row.r#ref.as_deref().is_some_and(names))
}

fn released<'o>(
    teller: &Teller<'_>,
    order: &'o Order,
    key: &'static str,
    index: usize,
    paper: &'o Printed,
) -> Released<'o> {
    let file = scan(teller, order, paper).unwrap_or_default();
    let ending = file.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    let href = match file.is_empty() {
        true => String::new(),
        false => format!("papers/{}/{key}-{}.{ending}", order.id, index.saturating_add(1)),
    };
    Released { title: papers::title(key), paper, href, file }
}

/// The scan in the data root, when it is one that may be published.
fn scan(teller: &Teller<'_>, order: &Order, paper: &Printed) -> Option<String> {
    let named =
        Named { record: String::new(), file: paper.file.as_deref()?, sha256: paper.sha256.as_deref() };
    let file = format!("{}/{}", order.folder, named.below().filter(|_| !named.is_elsewhere())?);
    let ending = file.rsplit('.').next()?.to_ascii_lowercase();
    let known = ["pdf", "png", "jpg", "jpeg"].contains(&&*ending);
    (known && bytes(teller, &file, named.sha256).is_some()).then_some(file)
}

/// The bytes of a scan: no link, not too large, what its name says it is, and the file whose digest was recorded.
pub(super) fn bytes(teller: &Teller<'_>, file: &str, sha256: Option<&str>) -> Option<Vec<u8>> {
    let bytes = teller.facts.book.root.beginning(file, MAX_SCAN.saturating_add(1))?;
    let whole = u64::try_from(bytes.len()).is_ok_and(|len| len <= MAX_SCAN);
    let starts = [&b"%PDF-"[..], b"\x89PNG\r\n", b"\xff\xd8\xff"].iter().any(|head| bytes.starts_with(head));
    let same = sha256.is_none_or(|wanted| {
        let digest = Sha256::digest(&bytes).iter().fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        });
        digest.eq_ignore_ascii_case(wanted.trim())
    });
    (whole && starts && same).then_some(bytes)
}

/// A document as the page shows it.
pub(super) fn view(teller: &Teller<'_>, released: &Released<'_>) -> CustomerPaper {
    CustomerPaper {
        kind: teller.word(released.title).to_owned(),
        number: released.paper.number.clone().unwrap_or_default(),
        day: teller.known(released.paper.day()).map(|day| teller.day(day)),
        href: released.href.clone(),
    }
}
