//! The papers of an order for rules that look at several kinds alike. Decides nothing.

use crate::bi;
use crate::check::finding::{Class, Finding, Severity};
use crate::model::Order;
use crate::model::document::{Bank, Line, Printed};
use crate::model::value::Amount;
use crate::model::value::fold::fold;
use crate::text::Bi;

pub(crate) use crate::derive::claims::carton_range;
pub(crate) use crate::derive::papers::title;

/// Every paper with its key, its position and what any paper carries.
pub(crate) fn each(order: &Order) -> impl Iterator<Item = (&'static str, usize, &Printed)> + Clone {
    let docs = &order.docs;
    macro_rules! papers {
        ($($key:ident)*) => {
            std::iter::empty()
                $( .chain(docs.$key.iter().enumerate().map(|(i, d)| (stringify!($key), i, &d.paper))) )*
        };
    }
    papers!(lc contract proforma invoice packing bl awb waybill courier insurance origin customs certificate
        draft collection)
}

/// An endorsement in words: `blank`, `none`, else the party it is made out to.
pub(crate) fn endorsement(code: &str) -> Bi {
    match fold(code).as_str() {
        "BLANK" => bi!("空白背书", "endorsed in blank"),
        "NONE" => bi!("没有背书", "not endorsed"),
        _ => bi!("背书给“{code}”", "endorsed to `{code}`"),
    }
}

/// A paper with priced lines: contract, proforma, invoice.
pub(crate) struct Priced<'a> {
    /// Key of the table.
    pub key: &'static str,
    /// Position in it.
    pub index: usize,
    /// What any paper carries.
    pub paper: &'a Printed,
    /// Printed currency.
    pub currency: Option<&'a str>,
    /// Printed lines.
    pub lines: &'a [Line],
    /// Printed total.
    pub total: Option<&'a Amount>,
    /// Bank details as printed.
    pub bank: Option<&'a Bank>,
}

/// Papers with priced lines that still count.
pub(crate) fn priced(order: &Order) -> impl Iterator<Item = Priced<'_>> {
    let contracts = |key: &'static str| {
        let list = if key == "contract" { &order.docs.contract } else { &order.docs.proforma };
        list.iter().enumerate().map(move |(index, d)| Priced {
            key,
            index,
            paper: &d.paper,
            currency: d.currency.as_deref(),
            lines: &d.lines,
            total: d.total.as_ref(),
            bank: d.bank.as_deref(),
        })
    };
    let invoices = order.docs.invoice.iter().enumerate().map(|(index, d)| Priced {
        key: "invoice",
        index,
        paper: &d.paper,
        currency: d.currency.as_deref(),
        lines: &d.lines,
        total: d.total.as_ref(),
        bank: None,
    });
    contracts("contract").chain(contracts("proforma")).chain(invoices).filter(|p| p.paper.is_current())
}

/// A draft's conflict is a risk to be cured before the paper is issued, not yet an error.
pub(crate) fn soften(finding: &mut Finding, paper: &Printed) {
    if paper.is_draft() {
        finding.class(Class::Risk);
        if finding.severity > Severity::Warning {
            finding.severity(Severity::Warning);
        }
    }
}
