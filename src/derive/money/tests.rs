//! Worked vectors and properties of the schedule and the ledger.
