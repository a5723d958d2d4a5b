//! The sample: one order that was signed last week and whose deposit has come, with its customer, supplier and
//! forwarder. Its dates follow the day on which the repository is made, so that it is clean on any day.

use chrono::{Datelike, Days, NaiveDate};

use super::{InitFile, fill, plausible};

pub(super) struct Sample {
    as_of: NaiveDate,
    signed: NaiveDate,
    /// The order's number.
    pub(super) id: String,
}

impl Sample {
    /// `None` when the day is implausible.
    pub(super) fn of(as_of: NaiveDate) -> Option<Self> {
        let signed =
            as_of.checked_sub_days(Days::new(6)).filter(|day| plausible(*day) && plausible(as_of))?;
        Some(Self { as_of, signed, id: format!("GD{}-0001", signed.format("%y")) })
    }

    pub(super) fn files(&self) -> Vec<InitFile> {
        let day = |from: NaiveDate, days: u64| (from + Days::new(days)).to_string();
        let values = [
            ("ID", self.id.clone()),
            ("YY", self.signed.format("%y").to_string()),
            ("SIGNED", self.signed.to_string()),
            // Two and a half months: thirty-five days in the factory, and room.
            ("SHIP_BY", day(self.signed, 75)),
            ("PI", (self.signed - Days::new(3)).to_string()),
            ("PI_UNTIL", day(self.signed, 11)),
            ("RECEIVED", (self.as_of - Days::new(1)).to_string()),
            ("SCREENED", (self.signed - Days::new(4)).to_string()),
        ];
        let folder = format!("orders/{}/{}", self.signed.year(), self.id);
        let file = |path: String, text: &str| InitFile::new(path, fill(text, &values));
        vec![
            file("customers/hanse-licht.toml".to_owned(), include_str!("files/data/customer.toml")),
            file("suppliers/ningbo-haoyu.toml".to_owned(), include_str!("files/data/supplier.toml")),
            file("forwarders/ningbo-yuanhai.toml".to_owned(), include_str!("files/data/forwarder.toml")),
            file(format!("{folder}/order.toml"), include_str!("files/data/order.toml")),
            file(format!("{folder}/docs.toml"), include_str!("files/data/docs.toml")),
            file(format!("{folder}/money.toml"), include_str!("files/data/money.toml")),
        ]
    }
}
