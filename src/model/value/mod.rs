//! Value types: one small file each, with its parser, its display and its tests.

pub mod aql;
pub mod awb;
pub mod bic;
pub mod calendar;
pub mod container;
pub mod country;
pub mod currency;
pub mod declaration;
pub mod fold;
pub mod hs;
pub mod iban;
pub mod imo;
pub mod incoterm;
pub mod interval;
pub mod load;
pub mod mode;
pub mod money;
pub mod near;
pub mod package;
pub mod payment;
pub mod percent;
pub mod place;
pub mod unit;
pub mod uscc;
pub mod words;

pub use awb::{AwbError, AwbNumber};
pub use bic::{Bic, BicError};
pub use calendar::{Calendar, Dated, Roll};
pub use container::{ContainerError, ContainerNumber};
pub use country::Country;
pub use currency::Currency;
pub use declaration::{DeclarationError, DeclarationNumber, Direction};
pub use hs::{HsCode, HsError};
pub use iban::{Iban, IbanError};
pub use imo::ImoError;
pub use incoterm::{
    CargoClauses, Freight, Incoterm, IncotermError, InsuranceDuty, PlaceKind, Side, TermFacts, TermModes,
    TermRule,
};
pub use interval::Interval;
pub use load::ContainerSize;
pub use mode::Mode;
pub use money::{Amount, AmountError, Money};
pub use package::Package;
pub use payment::{Event, Instalment, Method, PaymentTerms, Share, Tenor, TermsError};
pub use percent::{Percent, PercentError, Tolerance};
pub use place::{Location, SamePlace};
pub use unit::Unit;
pub use uscc::{Uscc, UsccError};
