//! Proforma invoice 形式发票: the whole order, with the terms that the buyer signs and the account to pay to.

use super::text::{day, field, known};
use super::{Job, goods, invoice, paper, party, sheet};
use crate::load::fields::Allowed;
use crate::model::document::Bank;
use crate::model::value::{InsuranceDuty, Tolerance};
use crate::site::view::Field;
use crate::site::view::making::ProformaPage;

/// Fills the proforma of an order.
pub(super) fn page(job: &Job<'_, '_>) -> ProformaPage {
    let registered = job.order.docs.proforma.iter().rfind(|d| d.paper.is_current());
    let printed = registered.map(|d| &d.paper);
    let number = paper::number(printed);
    let mut facts = vec![field("Proforma No.", &number), field("Date", paper::day(printed))];
    let revision = registered.and_then(|d| d.revision).filter(|n| *n > 1);
    known(&mut facts, "Revision", revision.map(|n| n.to_string()).unwrap_or_default());
    facts.push(field("Valid until", day(registered.and_then(|d| d.valid_until))));
    let contract = job.order.docs.contract.iter().rfind(|d| d.paper.is_current());
    known(&mut facts, "Contract No.", paper::number(contract.map(|d| &d.paper)));
    known(&mut facts, "Your order", job.order.po.clone().unwrap_or_default());
    ProformaPage {
        sheet: sheet::of(job, "PROFORMA INVOICE", &number),
        seller: party::seller(job.ctx),
        buyer: party::buyer(job),
        facts,
        terms: terms(job),
        marks: job.order.marks.clone(),
        goods: goods::table(job, "", &[]),
        packing: goods::packed(job),
        remarks: job.order.terms.clone(),
        bank: bank(job),
    }
}

fn terms(job: &Job<'_, '_>) -> Vec<Field> {
    let order = job.order;
    let mut list = vec![field("Trade term", goods::term(job))];
    list.extend(invoice::route(job));
    known(&mut list, "Latest shipment", day(order.ship_by));
    known(&mut list, "Partial shipment", order.partial.map(allowed).unwrap_or_default());
    known(&mut list, "Transhipment", order.transhipment.map(allowed).unwrap_or_default());
    known(&mut list, "More or less", order.tolerance.map(tolerance).unwrap_or_default());
    let insurance = order.incoterm.as_ref().and_then(|t| t.term.as_ref()).map(|t| insurance(t.insurance()));
    known(&mut list, "Insurance", insurance.unwrap_or_default());
    list.push(field("Payment", invoice::payment(job)));
    list
}

fn allowed(value: Allowed) -> &'static str {
    match value {
        Allowed::Yes => "Allowed",
        Allowed::No => "Not allowed",
        Allowed::Conditional => "Conditional",
    }
}

fn tolerance(value: Tolerance) -> String {
    format!("{value} in quantity and amount")
}

/// Incoterms A5: at least 110 % where the seller insures for the buyer.
fn insurance(duty: InsuranceDuty) -> &'static str {
    match duty {
        InsuranceDuty::Seller(_) => "By the seller, for 110% of the invoice value",
        InsuranceDuty::OwnRisk => "By the seller, to destination",
        InsuranceDuty::None => "By the buyer",
    }
}

/// The account of `gendan.toml`, letter for letter: a changed account is how buyers are robbed.
fn bank(job: &Job<'_, '_>) -> Vec<Field> {
    let company = job.ctx.book().config.company();
    let bank = company.bank.as_deref().cloned().unwrap_or_default();
    let Bank { name, address, bic, account, iban, holder } = bank;
    let mut list = vec![
        field("Beneficiary", holder.unwrap_or_else(|| party::our_name(job.ctx))),
        field("Bank", name.unwrap_or_default()),
    ];
    known(&mut list, "Bank address", address.join(", "));
    match (account, iban) {
        (account, None) => list.push(field("Account No.", account.unwrap_or_default())),
        (account, Some(iban)) => {
            known(&mut list, "Account No.", account.unwrap_or_default());
            list.push(field("IBAN", iban));
        }
    }
    list.push(field("SWIFT / BIC", bic.unwrap_or_default()));
    list
}
