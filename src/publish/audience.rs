//! Who reads a tree, and what exists in it.
//!
//! An allow-list: [`Sees::readers`] names those who may see a thing, and nobody else does. `[audience.…] hide` of
//! `gendan.toml` only takes more away. Pages ask [`Audience::sees`] before they fill in what is not for everybody;
//! the tree of a customer is not made from these pages at all, see [`crate::publish::customer`].

use crate::config::Config;
use crate::model::setup::Hidden;

/// Who a tree is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Reader {
    /// Everybody in the company.
    Internal,
    /// Those who pay the bills.
    Finance,
    /// One customer.
    Customer,
}

/// What is not for every reader.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sees {
    /// What goods are bought for, purchase orders as amounts of money.
    PurchasePrices,
    /// Bills of suppliers and forwarders, what was paid for them, and when they are to be paid.
    SupplierPayments,
    /// What is left between the two prices, and what a supplier bears of a claim.
    Margin,
    /// References of a bank, the account that money came in on.
    BankReferences,
    /// Suppliers, factories, forwarders by name.
    Suppliers,
    /// Customs and the file for the tax refund.
    TaxFile,
    /// Names of our people.
    People,
    /// Who recorded what, commits, links to the forge.
    History,
    /// What the rules found, waivers, quality of the data.
    Findings,
    /// Notes, reminders, reviews, problems on the way: what we say among ourselves.
    Notes,
}

impl Sees {
    /// Everything that is not for every reader.
    pub const ALL: [Self; 10] = [
        Self::PurchasePrices,
        Self::SupplierPayments,
        Self::Margin,
        Self::BankReferences,
        Self::Suppliers,
        Self::TaxFile,
        Self::People,
        Self::History,
        Self::Findings,
        Self::Notes,
    ];

    /// Those who may see it. A customer is named nowhere.
    #[must_use]
    pub fn readers(self) -> &'static [Reader] {
        match self {
            Self::PurchasePrices | Self::SupplierPayments | Self::Margin | Self::BankReferences => {
                &[Reader::Finance]
            }
            Self::Suppliers | Self::TaxFile | Self::People | Self::History | Self::Findings | Self::Notes => {
                &[Reader::Internal, Reader::Finance]
            }
        }
    }

    /// The words of `hide` that take it away. Whoever must not know the price must not know the margin.
    fn hidden_by(self) -> &'static [Hidden] {
        match self {
            Self::PurchasePrices => &[Hidden::Buy],
            Self::SupplierPayments => &[Hidden::Paid],
            Self::Margin => &[Hidden::Margin, Hidden::Buy],
            Self::BankReferences => &[Hidden::ReceivedBank],
            Self::Suppliers | Self::TaxFile | Self::People | Self::History | Self::Findings | Self::Notes => {
                &[]
            }
        }
    }
}

/// The reader of a tree with what `gendan.toml` hides from him.
#[derive(Debug, Clone, Copy)]
pub struct Audience<'a> {
    reader: Reader,
    hidden: &'a [Hidden],
}

impl<'a> Audience<'a> {
    /// A reader of the trees of a data root.
    #[must_use]
    pub fn of(reader: Reader, config: &'a Config) -> Self {
        let all = config.file.audience.as_deref();
        let own = all.and_then(|all| match reader {
            Reader::Internal => all.internal.as_deref(),
            Reader::Finance => all.finance.as_deref(),
            Reader::Customer => all.customer.as_deref(),
        });
        Self { reader, hidden: own.map_or(&[], |own| own.hide.as_slice()) }
    }

    /// Who reads it.
    #[must_use]
    pub fn reader(self) -> Reader {
        self.reader
    }

    /// Whether the reader may see something.
    #[must_use]
    pub fn sees(self, what: Sees) -> bool {
        what.readers().contains(&self.reader) && !what.hidden_by().iter().any(|word| self.hides(*word))
    }

    /// Whether `hide` names it: then it is not even said that there is something that is not shown.
    #[must_use]
    pub fn hides(self, what: Hidden) -> bool {
        self.hidden.contains(&what)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::setup::{self, Audiences};

    #[test]
    fn finance_sees_everything_and_a_customer_nothing_of_it() {
        let config = Config::default();
        for what in Sees::ALL {
            assert!(Audience::of(Reader::Finance, &config).sees(what), "{what:?}");
            assert!(!Audience::of(Reader::Customer, &config).sees(what), "{what:?}");
        }
        let internal = Audience::of(Reader::Internal, &config);
        let not: Vec<Sees> = Sees::ALL.into_iter().filter(|what| !internal.sees(*what)).collect();
        assert_eq!(not, [Sees::PurchasePrices, Sees::SupplierPayments, Sees::Margin, Sees::BankReferences]);
    }

    #[test]
    fn hide_takes_away_from_its_own_reader_and_gives_nothing() {
        let mut config = Config::default();
        let hide = |words: &[Hidden]| Some(Box::new(setup::Audience { hide: words.to_vec() }));
        config.file.audience =
            Some(Box::new(Audiences { finance: hide(&[Hidden::Buy]), ..Audiences::default() }));
        let finance = Audience::of(Reader::Finance, &config);
        assert!(!finance.sees(Sees::PurchasePrices) && !finance.sees(Sees::Margin));
        assert!(finance.sees(Sees::SupplierPayments) && finance.sees(Sees::BankReferences));
        assert!(!Audience::of(Reader::Internal, &config).hides(Hidden::Buy));
        assert!(!Audience::of(Reader::Internal, &config).sees(Sees::PurchasePrices));
    }
}
