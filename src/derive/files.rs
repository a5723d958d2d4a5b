//! The files that the records of an order name, with the digests they should have.

use crate::model::Order;
use crate::model::document::Printed;

/// A file that a record names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named<'a> {
    /// Key path of the record: `inspections[0]`.
    pub record: String,
    /// As written, below the order's folder.
    pub file: &'a str,
    /// SHA-256 as written, in hexadecimal.
    pub sha256: Option<&'a str>,
}

impl Named<'_> {
    /// Not a file but an address elsewhere (`https://…`), which is never opened.
    #[must_use]
    pub fn is_elsewhere(&self) -> bool {
        self.file.contains("://")
    }

    /// The path below the order's folder; `None` when it would lead out of it.
    #[must_use]
    pub fn below(&self) -> Option<String> {
        let mut parts = Vec::new();
        for part in self.file.split('/') {
            match part {
                "." => {}
                "" | ".." => return None,
                _ if part.contains(['\\', ':', '\0']) => return None,
                _ => parts.push(part),
            }
        }
        (!parts.is_empty()).then(|| parts.join("/"))
    }
}

/// Every file the records of an order name, in the order of the reference.
#[must_use]
pub fn of(order: &Order) -> Vec<Named<'_>> {
    let mut all = Vec::new();
    let docs = &order.docs;
    macro_rules! rows {
        ($($list:expr => $key:literal),* $(,)?) => {
            $( for (i, row) in $list.iter().enumerate() {
                add(&mut all, $key, i, row.file.as_deref(), row.sha256.as_deref());
            } )*
        };
    }
    rows!(order.purchases => "purchases", order.inspections => "inspections");
    macro_rules! papers {
        ($($list:ident),*) => {
            $( for (i, row) in docs.$list.iter().enumerate() { printed(&mut all, stringify!($list), i, &row.paper); } )*
        };
    }
    papers!(
        lc,
        contract,
        proforma,
        invoice,
        packing,
        bl,
        awb,
        waybill,
        courier,
        insurance,
        origin,
        customs,
        certificate,
        draft,
        collection
    );
    for (n, lc) in docs.lc.iter().enumerate() {
        for (i, amendment) in lc.amendments.iter().enumerate() {
            let key = format!("lc[{n}].amendments");
            add(&mut all, &key, i, amendment.file.as_deref(), amendment.sha256.as_deref());
        }
    }
    rows!(
        docs.presentation => "presentation",
        docs.papers => "papers",
        order.received => "received",
        order.paid => "paid",
        order.filings => "filings",
        order.bills => "bills",
    );
    all
}

fn printed<'a>(all: &mut Vec<Named<'a>>, key: &str, index: usize, paper: &'a Printed) {
    add(all, key, index, paper.file.as_deref(), paper.sha256.as_deref());
}

fn add<'a>(all: &mut Vec<Named<'a>>, key: &str, i: usize, file: Option<&'a str>, sha256: Option<&'a str>) {
    if let Some(file) = file {
        all.push(Named { record: format!("{key}[{i}]"), file, sha256 });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_never_leaves_the_folder() {
        let below = |file| Named { record: String::new(), file, sha256: None }.below();
        assert_eq!(below("files/./QC 1.pdf").as_deref(), Some("files/QC 1.pdf"));
        for out in
            ["../x", "files/../../x", "/etc/passwd", "C:/x", "files\\..\\x", "", "files//x", ".", "files/"]
        {
            assert_eq!(below(out), None, "{out}");
        }
    }
}
