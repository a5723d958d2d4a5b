//! What rules share: papers side by side, a presentation under its credit, terms, figures and dates as messages write
//! them. Nothing here decides that something is wrong.

pub(crate) mod arrival;
pub(crate) mod asked;
pub(crate) mod banks;
pub(crate) mod clause;
pub(crate) mod conflicts;
pub(crate) mod consignee;
pub(crate) mod containers;
pub(crate) mod customs;
pub(crate) mod dates;
pub(crate) mod description;
pub(crate) mod exams;
pub(crate) mod figures;
pub(crate) mod lines;
pub(crate) mod money;
pub(crate) mod notify;
pub(crate) mod papers;
pub(crate) mod ports;
pub(crate) mod presented;
pub(crate) mod references;
pub(crate) mod terms;
pub(crate) mod texts;
pub(crate) mod timing;
pub(crate) mod totals;
pub(crate) mod trail;
