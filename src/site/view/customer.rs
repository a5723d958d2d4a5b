//! What a customer sees of their own orders: an allow-list of its own. Nothing here is shared with the pages of the
//! company but a day and a link, so that a field added there cannot turn up here.
//!
//! Each page is said twice, in English and at its foot in Chinese. The English half is also the page's JSON.

use serde::Serialize;

use super::{Day, Link, Section, View};

/// `index.html`: what is under way. `finished-2026.html`: what is done.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CustomerPage {
    /// Path in the customer's folder.
    pub path: String,
    /// `Hanse Licht GmbH: your orders with Ningbo Gendan Trading Co., Ltd.`
    pub title: String,
    /// English first, then Chinese.
    pub parts: Vec<CustomerPart>,
}

impl View for CustomerPage {
    const TEMPLATE: &'static str = "customer/index.html";

    fn path(&self) -> String {
        self.path.clone()
    }

    fn title(&self) -> &str {
        &self.title
    }

    fn section(&self) -> Section {
        // There is no navigation: the page belongs to no part of the company's site.
        Section::Orders
    }
}

/// A page in one language.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CustomerPart {
    /// `en` or `zh-Hans`.
    pub lang: &'static str,
    /// Before every id of the part, so that both can stand on one page.
    pub prefix: &'static str,
    /// Heading of the part.
    pub title: String,
    /// The day as of which everything is said.
    pub as_of: Day,
    /// Headings of sections and columns.
    pub words: CustomerWords,
    /// What is asked of the customer, over all orders; what is pressing first.
    pub needs: Vec<CustomerNeed>,
    /// Orders under way.
    pub orders: Vec<CustomerOrder>,
    /// Orders that are done or cancelled, newest first.
    pub finished: Vec<CustomerFinished>,
    /// Other pages: `2025 (12)`.
    pub years: Vec<Link>,
    /// Whom to ask: name, e-mail, telephone of the company.
    pub contact: Vec<String>,
    /// That account details never change by e-mail.
    pub warning: String,
}

/// Headings of a part.
#[derive(Debug, Clone, Copy, Default, Serialize)]
pub struct CustomerWords {
    /// As of.
    pub as_of: &'static str,
    /// What we need from you.
    pub needs: &'static str,
    /// There is nothing we need.
    pub no_needs: &'static str,
    /// Orders under way.
    pub orders: &'static str,
    /// There are none.
    pub no_orders: &'static str,
    /// Finished orders.
    pub finished: &'static str,
    /// Your order number.
    pub po: &'static str,
    /// Our number.
    pub reference: &'static str,
    /// Goods.
    pub goods: &'static str,
    /// Payment.
    pub payment: &'static str,
    /// Amount.
    pub amount: &'static str,
    /// Due.
    pub due: &'static str,
    /// Paid.
    pub paid: &'static str,
    /// Open.
    pub open: &'static str,
    /// Documents.
    pub papers: &'static str,
    /// Your claims.
    pub claims: &'static str,
    /// Shipped.
    pub shipped: &'static str,
    /// State.
    pub state: &'static str,
    /// Your contact.
    pub contact: &'static str,
    /// Other pages.
    pub more: &'static str,
    /// Dates for your calendar.
    pub calendar: &'static str,
}

/// Something that is asked of the customer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CustomerNeed {
    /// The order it is about: text PO, anchor of its section.
    pub order: Link,
    /// `please pay USD 30,828.00, due 20 Nov`.
    pub text: String,
    /// The day by which; none where there is no day.
    pub day: Option<Day>,
    /// That day has gone.
    pub late: bool,
}

/// An order under way.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CustomerOrder {
    /// Id of its section.
    pub anchor: String,
    /// The customer's number; empty = none.
    pub po: String,
    /// Our number, as on the proforma.
    pub reference: String,
    /// Where it is, in a sentence.
    pub state: String,
    /// Where each shipment is, or what comes next: one sentence each.
    pub lines: Vec<String>,
    /// What is asked of the customer.
    pub needs: Vec<String>,
    /// What is ordered.
    pub goods: Vec<CustomerGoods>,
    /// What is to be paid.
    pub instalments: Vec<CustomerInstalment>,
    /// Documents that were sent to the customer.
    pub papers: Vec<CustomerPaper>,
    /// The customer's claims.
    pub claims: Vec<CustomerClaim>,
    /// Who looks after it, where that is not the contact of the page.
    pub contact: String,
}

/// An item of the order.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CustomerGoods {
    /// Wording of the order.
    pub name: String,
    /// The customer's number, else ours; empty = none.
    pub sku: String,
    /// `12,000 PCS`.
    pub quantity: String,
}

/// An amount that falls due on one day.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CustomerInstalment {
    /// `30% deposit`.
    pub label: String,
    /// `USD 13,212.00`.
    pub amount: String,
    /// When it falls due; none while that is not known.
    pub due: Option<Day>,
    /// What we have received for it.
    pub paid: String,
    /// What is open; empty while the amount is not known.
    pub open: String,
    /// `paid`, `due`, `was due`, `not due yet`.
    pub state: String,
    /// Its day has gone and it is open.
    pub late: bool,
}

/// A document that was sent to the customer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CustomerPaper {
    /// What it is: `commercial invoice`.
    pub kind: String,
    /// Its number.
    pub number: String,
    /// Its day.
    pub day: Option<Day>,
    /// The scan in the customer's folder; empty = none.
    pub href: String,
}

/// A claim with the answer.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CustomerClaim {
    /// Its number; empty = none.
    pub number: String,
    /// When it was made.
    pub day: Option<Day>,
    /// What about: `quality`.
    pub kind: String,
    /// The goods claimed for: `BK-KID-16, 40`.
    pub goods: Vec<String>,
    /// `USD 960.00`; empty = no sum.
    pub claimed: String,
    /// The answer: `accepted in part: USD 640.00`, `being looked into`.
    pub answer: String,
}

/// An order that is done.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct CustomerFinished {
    /// The customer's number; empty = none.
    pub po: String,
    /// Our number.
    pub reference: String,
    /// `LED Bulb 12W, 2 more; 20,000 PCS`.
    pub goods: String,
    /// When it left; none where it did not.
    pub shipped: Option<Day>,
    /// `completed`, `cancelled`.
    pub state: String,
    /// Documents that were sent to the customer.
    pub papers: Vec<CustomerPaper>,
}

/// `orders.json`: the English half of the page for programs.
#[derive(Debug, Clone, Default, Serialize)]
pub struct CustomerFile {
    /// Version of the format.
    pub version: u32,
    /// The day as of which everything is said.
    pub as_of: String,
    /// Who sells.
    pub seller: String,
    /// Who buys.
    pub customer: String,
    /// What is asked of the customer.
    pub needs: Vec<CustomerNeed>,
    /// Orders under way.
    pub orders: Vec<CustomerOrder>,
    /// Orders that are done.
    pub finished: Vec<CustomerFinished>,
}
