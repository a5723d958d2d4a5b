//! Value types: one small file each, with its parser, its display and its tests.

pub mod currency;
pub mod money;

pub use currency::Currency;
pub use money::{Amount, AmountError, Money};
