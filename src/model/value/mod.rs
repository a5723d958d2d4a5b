//! Value types: one small file each, with its parser, its display and its tests.

pub mod calendar;
pub mod currency;
pub mod fold;
pub mod incoterm;
pub mod interval;
pub mod money;
pub mod near;
pub mod payment;

pub use calendar::{Calendar, Dated, Roll};
pub use currency::Currency;
pub use incoterm::{
    CargoClauses, Freight, Incoterm, IncotermError, InsuranceDuty, PlaceKind, Side, TermFacts, TermModes,
    TermRule,
};
pub use interval::Interval;
pub use money::{Amount, AmountError, Money};
pub use payment::{Event, Instalment, Method, PaymentTerms, Share, Tenor, TermsError};
