//! What comes from elsewhere and goes elsewhere: data roots imported from registers of other systems or generated to
//! try things out, and the files that other programs open.

pub mod atom;
pub mod calendar;
pub mod demo;
pub mod disk;
pub mod fmt;
pub mod init;
pub mod ledger;
pub mod new;
pub mod plain;
pub mod register;
pub mod robot;
pub mod table;
