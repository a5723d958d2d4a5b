//! Texts of new files: an order, a customer, a supplier, a forwarder. What the writer says stands as values, what is
//! still to be said as commented lines, each with its meaning.

mod folder;
mod old;
mod order;
mod party;
mod pattern;
mod sheet;

pub use folder::folder;
pub use old::{Old, Unread};
pub use order::{OrderWish, order};
pub use party::{PartyWish, party};
pub use pattern::Pattern;
