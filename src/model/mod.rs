//! What a trade order is: records as people write them, and the value types they are made of.

pub mod value;
