//! The papers of an order, kind by kind, and the sets that belong together: those of one shipment are compared with
//! each other; replaced ones are history and are not.

use chrono::NaiveDate;

use crate::derive::shipment;
use crate::model::Order;
use crate::model::document::Freight;
use crate::model::document::{
    AirWaybill, BillOfLading, Certificate, Collection, CourierReceipt, Declaration, Draft, Insurance,
    Invoice, OriginCertificate, PackingList, Printed, Waybill,
};
use crate::text::{Bi, StaticBi};

/// What a paper is called.
#[must_use]
pub fn title(key: &str) -> StaticBi {
    match key {
        "lc" => ("信用证", "letter of credit"),
        "contract" => ("合同", "contract"),
        "proforma" => ("形式发票", "proforma invoice"),
        "invoice" => ("商业发票", "commercial invoice"),
        "packing" => ("装箱单", "packing list"),
        "bl" => ("提单", "bill of lading"),
        "awb" => ("空运单", "air waybill"),
        "waybill" => ("运单", "waybill"),
        "courier" => ("快递单", "courier receipt"),
        "insurance" => ("保险单", "insurance document"),
        "origin" => ("产地证", "certificate of origin"),
        "customs" => ("报关单", "export declaration"),
        "certificate" => ("证明", "certificate"),
        "draft" => ("汇票", "bill of exchange"),
        "collection" => ("托收", "collection"),
        _ => ("单据", "document"),
    }
}

/// A paper: its table, its position in it, and what any paper carries.
#[derive(Debug, Clone, Copy)]
pub struct Paper<'a> {
    /// Key of the table: `bl`.
    pub key: &'static str,
    /// Position in the table.
    pub index: usize,
    /// What any paper carries.
    pub printed: &'a Printed,
}

impl<'a> Paper<'a> {
    /// The key path of one of its fields.
    #[must_use]
    pub fn path(&self, field: &str) -> String {
        format!("{}[{}].{field}", self.key, self.index)
    }

    /// `提单 EGLV143600117421`, `bill of lading EGLV143600117421`.
    #[must_use]
    pub fn name(&self) -> Bi {
        let (zh, en) = title(self.key);
        let number = self.printed.number.as_deref().unwrap_or_default();
        Bi { zh: format!("{zh} {number}").trim().to_owned(), en: format!("{en} {number}").trim().to_owned() }
    }

    /// The paper itself, as a place: `bl[0]`.
    #[must_use]
    pub fn whole(&self) -> String {
        format!("{}[{}]", self.key, self.index)
    }
}

/// A transport document of any kind.
#[derive(Debug, Clone, Copy)]
pub struct Transport<'a> {
    /// The paper.
    pub paper: Paper<'a>,
    /// Its date of shipment, and the field that says so (UCP 600 art. 19 to 25).
    pub shipped: Option<(NaiveDate, &'static str)>,
    /// Marked freight.
    pub freight: Option<Freight>,
    /// Its carrier.
    pub carrier: Option<&'a str>,
}

/// Papers by kind, each with its position in the order's table.
#[derive(Debug, Clone, Default)]
pub struct Papers<'a> {
    /// Commercial invoices.
    pub invoice: Vec<(usize, &'a Invoice)>,
    /// Packing lists.
    pub packing: Vec<(usize, &'a PackingList)>,
    /// Bills of lading, sea waybills, multimodal documents.
    pub bl: Vec<(usize, &'a BillOfLading)>,
    /// Air waybills.
    pub awb: Vec<(usize, &'a AirWaybill)>,
    /// Rail and road waybills.
    pub waybill: Vec<(usize, &'a Waybill)>,
    /// Courier receipts.
    pub courier: Vec<(usize, &'a CourierReceipt)>,
    /// Insurance documents.
    pub insurance: Vec<(usize, &'a Insurance)>,
    /// Certificates of origin.
    pub origin: Vec<(usize, &'a OriginCertificate)>,
    /// Export declarations.
    pub customs: Vec<(usize, &'a Declaration)>,
    /// Other certificates.
    pub certificate: Vec<(usize, &'a Certificate)>,
    /// Drafts.
    pub draft: Vec<(usize, &'a Draft)>,
    /// Collection instructions.
    pub collection: Vec<(usize, &'a Collection)>,
}

/// Does the same for every table of [`Papers`].
macro_rules! tables {
    ($do:ident) => {
        $do!(invoice packing bl awb waybill courier insurance origin customs certificate draft collection)
    };
}

impl<'a> Papers<'a> {
    /// The order's papers that a test lets through.
    #[must_use]
    pub fn of(order: &'a Order, wanted: impl Fn(Paper<'a>) -> bool) -> Self {
        let docs = &order.docs;
        macro_rules! pick {
            ($($key:ident)*) => {
                Self { $( $key: docs.$key.iter().enumerate().filter(|(index, record)| {
                    wanted(Paper { key: stringify!($key), index: *index, printed: &record.paper })
                }).collect(), )* }
            };
        }
        tables!(pick)
    }

    /// Every paper, kind by kind.
    pub fn each(&self) -> impl Iterator<Item = Paper<'a>> + '_ {
        macro_rules! chain {
            ($($key:ident)*) => {
                std::iter::empty()
                    $( .chain(self.$key.iter().map(|(index, record)| {
                        Paper { key: stringify!($key), index: *index, printed: &record.paper }
                    })) )*
            };
        }
        tables!(chain)
    }

    /// Papers of one kind.
    pub fn kind<'s>(&'s self, key: &'s str) -> impl Iterator<Item = Paper<'a>> + 's {
        self.each().filter(move |p| p.key == key)
    }

    /// True where there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.each().next().is_none()
    }

    /// Transport documents with their dates of shipment.
    #[must_use]
    pub fn transports(&self) -> Vec<Transport<'a>> {
        let mut all = Vec::new();
        let mut add = |key, index, printed: &'a Printed, shipped, freight, carrier: &'a Option<String>| {
            let paper = Paper { key, index, printed };
            all.push(Transport { paper, shipped, freight, carrier: carrier.as_deref() });
        };
        for &(i, d) in &self.bl {
            add("bl", i, &d.paper, shipment::bl_date(d), d.freight, &d.carrier);
        }
        for &(i, d) in &self.awb {
            add("awb", i, &d.paper, shipment::awb_date(d), d.freight, &d.carrier);
        }
        for &(i, d) in &self.waybill {
            add("waybill", i, &d.paper, shipment::waybill_date(d), d.freight, &d.carrier);
        }
        for &(i, d) in &self.courier {
            add("courier", i, &d.paper, shipment::courier_date(d), None, &d.carrier);
        }
        all
    }
}

/// The papers of one shipment.
#[derive(Debug, Clone, Default)]
pub struct Set<'a> {
    /// The shipment's id; nothing for papers of the whole order where there are several shipments, or where no id
    /// is written.
    pub shipment: Option<&'a str>,
    /// The papers speak for the whole order, the other sets for parts of it.
    pub whole: bool,
    /// They.
    pub papers: Papers<'a>,
}

/// Papers known by a day: not replaced, and not dated later.
#[must_use]
pub fn is_known(paper: &Printed, as_of: NaiveDate) -> bool {
    paper.is_current() && paper.day().is_none_or(|day| day <= as_of)
}

/// [`is_known`], where a paper that was replaced only later still counts: on that day nobody knew of the other one.
#[must_use]
pub fn counted(order: &Order, paper: &Paper<'_>, as_of: NaiveDate) -> bool {
    let Some(by) = paper.printed.replaced_by.as_deref() else { return is_known(paper.printed, as_of) };
    let there = paper.printed.day().is_some_and(|day| day <= as_of);
    let table = Papers::of(order, |p| p.key == paper.key && p.printed.reference() == Some(by));
    let later = |p: Paper<'_>| p.printed.day().is_some_and(|day| day > as_of);
    there && !table.is_empty() && table.each().all(later)
}

/// The sets of an order, by shipment. With one shipment all papers are one set. With several, papers that name none
/// are a set of their own, the last, that speaks for the whole order.
#[must_use]
pub fn sets(order: &Order, as_of: NaiveDate) -> Vec<Set<'_>> {
    let all = Papers::of(order, |p| counted(order, &p, as_of));
    let mut ids: Vec<&str> = Vec::new();
    let recorded = order.shipments.iter().filter_map(|s| s.id.as_deref());
    for id in recorded.chain(all.each().filter_map(|p| p.printed.shipment.as_deref())) {
        if !ids.contains(&id) {
            ids.push(id);
        }
    }
    let several = ids.len() > 1 || (ids.is_empty() && order.shipments.len() > 1);
    if !several {
        let set = Set { shipment: ids.first().copied(), whole: false, papers: all };
        return if set.papers.is_empty() { Vec::new() } else { vec![set] };
    }
    let of = |id: Option<&str>| {
        Papers::of(order, |p| counted(order, &p, as_of) && p.printed.shipment.as_deref() == id)
    };
    let parts = ids.into_iter().map(|id| Set { shipment: Some(id), whole: false, papers: of(Some(id)) });
    let rest = Set { shipment: None, whole: true, papers: of(None) };
    parts.chain([rest]).filter(|set| !set.papers.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::order::Shipment;

    fn invoice(number: &str, shipment: Option<&str>, date: &str) -> Invoice {
        Invoice {
            paper: Printed {
                number: Some(number.into()),
                shipment: shipment.map(str::to_owned),
                date: Some(date.parse().unwrap()),
                ..Printed::default()
            },
            ..Invoice::default()
        }
    }

    fn day() -> NaiveDate {
        "2026-11-20".parse().unwrap()
    }

    #[test]
    fn one_shipment_is_one_set() {
        let mut order = Order::default();
        order.file.shipments = vec![Shipment { id: Some("1".into()), ..Shipment::default() }];
        order.file.docs.invoice =
            vec![invoice("A", None, "2026-11-01"), invoice("B", Some("1"), "2026-11-21")];
        let sets = sets(&order, day());
        assert_eq!((sets.len(), sets[0].shipment), (1, Some("1")));
        let names: Vec<_> = sets[0].papers.each().map(|p| p.name().en).collect();
        assert_eq!(names, ["commercial invoice A"], "what is dated later is not known yet");
        assert_eq!(sets[0].papers.each().next().unwrap().path("total"), "invoice[0].total");
    }

    #[test]
    fn what_is_replaced_later_counts_until_then() {
        let mut order = Order::default();
        order.file.docs.invoice = vec![invoice("A", None, "2026-11-01"), invoice("B", None, "2026-11-10")];
        order.file.docs.invoice[0].paper.replaced_by = Some("B".into());
        let on = |day: &str| {
            let sets = sets(&order, day.parse().unwrap());
            sets[0].papers.each().map(|p| p.printed.number.clone().unwrap()).collect::<Vec<_>>()
        };
        assert_eq!((on("2026-11-09"), on("2026-11-10")), (vec!["A".to_owned()], vec!["B".to_owned()]));
    }

    #[test]
    fn papers_of_several_shipments_stay_apart() {
        let mut order = Order::default();
        order.file.docs.invoice = vec![
            invoice("A", Some("1"), "2026-11-01"),
            invoice("B", Some("2"), "2026-11-02"),
            invoice("C", None, "2026-11-03"),
        ];
        order.file.docs.invoice[1].paper.replaced_by = Some("B2".into());
        order.file.docs.invoice.push(invoice("B2", Some("2"), "2026-11-04"));
        let sets = sets(&order, day());
        let all: Vec<(Option<&str>, bool, usize)> =
            sets.iter().map(|s| (s.shipment, s.whole, s.papers.each().count())).collect();
        assert_eq!(all, [(Some("1"), false, 1), (Some("2"), false, 1), (None, true, 1)]);
    }
}
