//! What gendan reads from and writes for other programs.

pub mod register;
