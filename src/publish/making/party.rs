//! Parties as papers print them: name first, then address, country, telephone, tax number.

use super::Job;
use super::credit::Credit;
use crate::model::party::{Party, PartyKind};
use crate::model::value::Country;
use crate::model::value::fold::fold;
use crate::publish::ctx::Ctx;
use crate::site::view::making::Address;
use crate::text::Lang;

/// Our company.
pub(super) fn seller(ctx: &Ctx<'_>) -> Address {
    let company = ctx.book().config.company();
    let mut lines = place(&company.address, company.country.as_deref());
    lines.extend(contact(company.phone.as_deref(), company.email.as_deref()));
    lines.extend(company.uscc.map(|uscc| format!("Unified social credit code (tax ID): {uscc}")));
    Address { name: company.name.or(company.name_zh).unwrap_or_default(), lines }
}

/// Our company's name as drawer, shipper, beneficiary.
pub(super) fn our_name(ctx: &Ctx<'_>) -> String {
    let company = ctx.book().config.company();
    company.name.or(company.name_zh).unwrap_or_default()
}

/// Our company for a transport document: without numbers that a carrier does not print.
pub(super) fn shipper(ctx: &Ctx<'_>) -> Vec<String> {
    let company = ctx.book().config.company();
    let mut lines = vec![company.name.or(company.name_zh).unwrap_or_default()];
    lines.extend(place(&company.address, company.country.as_deref()));
    lines.extend(contact(company.phone.as_deref(), company.email.as_deref()));
    lines.retain(|l| !l.is_empty());
    lines
}

/// Made out to: the applicant of the credit (UCP 600 art. 18 a ii), else the customer.
pub(super) fn buyer(job: &Job<'_, '_>) -> Address {
    let customer = job.ctx.book().customer(job.order);
    let applicant = job.credit.and_then(Credit::applicant);
    match (applicant, customer) {
        (Some(name), customer) => named(job, name, customer),
        (None, Some(customer)) => of(customer),
        (None, None) => Address::default(),
    }
}

/// A customer or forwarder with everything that is known.
pub(super) fn of(party: &Party) -> Address {
    let mut lines = place(&party.address, party.country.as_deref());
    lines.extend(contact(party.phone.as_deref(), party.email.as_deref()));
    lines.extend(party.tax_id.as_deref().map(|id| format!("Tax ID: {id}")));
    Address { name: party.label(Lang::En).to_owned(), lines }
}

/// A customer with name and address only.
pub(super) fn plain(party: &Party) -> Address {
    let lines = place(&party.address, party.country.as_deref());
    Address { name: party.label(Lang::En).to_owned(), lines }
}

/// A party that a credit names: with the address of the credit, else with the customer's when it is the customer.
pub(super) fn named(job: &Job<'_, '_>, name: &str, customer: Option<&Party>) -> Address {
    let written = job.credit.map(|c| c.lc.applicant_address.as_slice()).unwrap_or_default();
    let is_applicant = job.credit.and_then(Credit::applicant).is_some_and(|a| same(a, name));
    let lines = match customer.filter(|c| same(c.label(Lang::En), name)) {
        _ if is_applicant && !written.is_empty() => written.to_vec(),
        Some(customer) => {
            let mut lines = place(&customer.address, customer.country.as_deref());
            lines.extend(contact(customer.phone.as_deref(), customer.email.as_deref()));
            lines
        }
        None => Vec::new(),
    };
    Address { name: name.to_owned(), lines }
}

/// The forwarder of a shipment; the id where the file is missing.
pub(super) fn forwarder(job: &Job<'_, '_>) -> Vec<String> {
    let Some(id) = job.cargo.shipment.and_then(|s| s.forwarder.as_deref()) else { return Vec::new() };
    let Some(party) = job.ctx.book().party(PartyKind::Forwarder, id) else { return vec![id.to_owned()] };
    let names = [party.name_zh.clone(), party.name.clone()].into_iter().flatten();
    let mut lines: Vec<String> = names.collect();
    lines.extend(party.contact.iter().map(|c| format!("Attn: {c}")));
    lines.extend(contact(party.phone.as_deref(), party.email.as_deref()));
    lines
}

/// Two spellings of one name: case, spacing and punctuation aside.
fn same(a: &str, b: &str) -> bool {
    super::text::letters(a) == super::text::letters(b)
}

/// Address lines and the country, unless they name it already.
fn place(address: &[String], country: Option<&str>) -> Vec<String> {
    let mut lines = address.to_vec();
    let Some(country) = country else { return lines };
    let name = super::text::country(country);
    let written = fold(&lines.join(" "));
    let last = lines.last().map(|l| l.rsplit([',', ' ']).next().unwrap_or_default().to_owned());
    let ends = last.as_deref().and_then(Country::parse).is_some_and(|c| Some(c) == Country::parse(country));
    if !ends && !written.contains(&fold(&name)) {
        lines.push(name);
    }
    lines
}

fn contact(phone: Option<&str>, email: Option<&str>) -> Option<String> {
    let parts = [phone.map(|p| format!("Tel: {p}")), email.map(|e| format!("E-mail: {e}"))];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    (!parts.is_empty()).then(|| parts.join("  "))
}
