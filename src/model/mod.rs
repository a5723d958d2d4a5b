//! What a trade order is: records as people write them, and the value types they are made of.
//!
//! Every field is optional: absent means *not printed* or *not recorded*, and the tool must be able to tell
//! that from a contradiction. Records hold no positions; a rule names a place by file and key path
//! (see [`origin`]).

pub mod document;
pub mod money;
pub mod order;
pub mod origin;
pub mod party;
pub mod setup;
pub mod stage;
pub mod value;

pub use document::{Documents, Printed};
pub use money::{Credit, Receipt};
pub use order::{Order, OrderFile};
pub use origin::Origin;
pub use party::{Party, PartyKind};
