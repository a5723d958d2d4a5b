//! Value types: one small file each, with its parser, its display and its tests.

pub mod calendar;
pub mod country;
pub mod currency;
pub mod fold;
pub mod incoterm;
pub mod interval;
pub mod mode;
pub mod money;
pub mod near;
pub mod package;
pub mod payment;
pub mod percent;
pub mod unit;

pub use calendar::{Calendar, Dated, Roll};
pub use country::Country;
pub use currency::Currency;
pub use incoterm::{
    CargoClauses, Freight, Incoterm, IncotermError, InsuranceDuty, PlaceKind, Side, TermFacts, TermModes,
    TermRule,
};
pub use interval::Interval;
pub use mode::Mode;
pub use money::{Amount, AmountError, Money};
pub use package::Package;
pub use payment::{Event, Instalment, Method, PaymentTerms, Share, Tenor, TermsError};
pub use percent::{Percent, PercentError, Tolerance};
pub use unit::Unit;
