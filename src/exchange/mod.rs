//! Data roots from elsewhere: imported from registers of other systems, or generated to try things out.

pub mod demo;
pub mod ledger;
pub mod register;
