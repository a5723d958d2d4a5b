//! The words of fixed lists as documents write them. They are lower-case English with hyphens, never translated, and
//! never reused for something else.

use crate::derive::StageState;
use crate::derive::aging::Why;
use crate::derive::cash::Basis;
use crate::derive::completeness::{Level, State};
use crate::derive::custody::Holder;
use crate::derive::deadline::Basis as Finish;
use crate::derive::deadlines::Outside;
use crate::derive::gates::GateState;
use crate::derive::matrix::Field;
use crate::derive::money::{Reason, Security, Trigger, Waiting};
use crate::derive::sailing::{Cutoff, CutoffState, Phase};
use crate::derive::standing::Step;
use crate::derive::tax::{Clearing, ReceiptState, SetPaper, SetState};
use crate::history::{State as HistoryState, What};
use crate::load::fields::Allowed;
use crate::site::view::{Mark, MatrixKind};

/// State of a stage.
#[must_use]
pub fn stage(state: StageState) -> &'static str {
    match state {
        StageState::Done => "done",
        StageState::DoneWithoutEvidence => "done-without-evidence",
        StageState::Open => "open",
        StageState::Late => "late",
        StageState::NotYet => "not-yet",
        StageState::Skipped => "skipped",
    }
}

/// Where the finish of production comes from.
#[must_use]
pub fn finish(basis: Finish) -> &'static str {
    match basis {
        Finish::Actual => "actual",
        Finish::Forecast => "forecast",
        Finish::Plan => "plan",
        Finish::Derived => "derived",
    }
}

/// What stands behind an amount that is open.
#[must_use]
pub fn security(security: Security) -> &'static str {
    match security {
        Security::Secured => "secured",
        Security::Controlled => "controlled",
        Security::Unsecured => "unsecured",
        Security::Pending => "pending",
    }
}

/// What starts the clock of an instalment.
#[must_use]
pub fn trigger(trigger: Trigger) -> &'static str {
    match trigger {
        Trigger::Signed => "signed",
        Trigger::Started => "started",
        Trigger::Loading => "loading",
        Trigger::Copies => "copies",
        Trigger::Presented => "presented",
        Trigger::AtBank => "at-bank",
        Trigger::Accepted => "accepted",
        Trigger::Shipped => "shipped",
        Trigger::Invoiced => "invoiced",
        Trigger::Arrived => "arrived",
        Trigger::Delivered => "delivered",
        Trigger::Fixed => "fixed",
    }
}

/// Why an instalment has no due day.
#[must_use]
pub fn waiting(waiting: Waiting) -> &'static str {
    match waiting {
        Waiting::Signature => "signature",
        Waiting::Acceptance => "acceptance",
        Waiting::Refused => "refused",
        Waiting::Event => "event",
    }
}

/// Why money is set against nothing.
#[must_use]
pub fn reason(reason: Reason) -> &'static str {
    match reason {
        Reason::Over => "over",
        Reason::Foreign => "foreign",
        Reason::UnknownInstalment => "unknown-instalment",
        Reason::UnknownShipment => "unknown-shipment",
        Reason::Future => "future",
        Reason::NoDate => "no-date",
        Reason::NoReason => "no-reason",
        Reason::BeyondReceived => "beyond-received",
        Reason::BeyondDue => "beyond-due",
        Reason::NoSchedule => "no-schedule",
    }
}

/// Why money is loose in the book.
#[must_use]
pub fn loose(why: Why) -> &'static str {
    match why {
        Why::Kept(_, reason) => self::reason(reason),
        Why::Refund => "refund",
    }
}

/// How sure an expected day is.
#[must_use]
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Due => "due",
        Basis::Estimated => "estimate",
        Basis::Forecast => "forecast",
    }
}

/// A cut-off.
#[must_use]
pub fn cutoff(cutoff: Cutoff) -> &'static str {
    match cutoff {
        Cutoff::Si => "si",
        Cutoff::Vgm => "vgm",
        Cutoff::Yard => "cy",
        Cutoff::Customs => "customs",
        Cutoff::DangerousGoods => "dg",
    }
}

/// How a cut-off stands.
#[must_use]
pub fn cutoff_state(state: CutoffState) -> &'static str {
    match state {
        CutoffState::Met => "met",
        CutoffState::MetLate => "met-late",
        CutoffState::Overtaken => "overtaken",
        CutoffState::Ahead => "ahead",
        CutoffState::Missed => "missed",
    }
}

/// How far a shipment has come.
#[must_use]
pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Ahead => "ahead",
        Phase::UnderWay => "under-way",
        Phase::Arrived { .. } => "arrived",
        Phase::Over { .. } => "over",
    }
}

/// Who holds originals; somebody else is `other`.
#[must_use]
pub fn holder(holder: &Holder) -> &'static str {
    match holder {
        Holder::Us => "us",
        Holder::Buyer => "buyer",
        Holder::Bank => "bank",
        Holder::Carrier => "carrier",
        Holder::Other(_) => "other",
    }
}

/// What happens next under a credit.
#[must_use]
pub fn step(step: Step) -> &'static str {
    match step {
        Step::Ship => "ship",
        Step::Present => "present",
        Step::Cure => "cure",
        Step::Examined => "examined",
        Step::Mature => "mature",
        Step::None => "none",
    }
}

/// Somebody outside who has to act.
#[must_use]
pub fn outside(outside: Outside) -> &'static str {
    match outside {
        Outside::Bank => "bank",
        Outside::Carrier => "carrier",
        Outside::Buyer => "buyer",
    }
}

/// State of a gate.
#[must_use]
pub fn gate(state: GateState) -> &'static str {
    match state {
        GateState::Passed => "passed",
        GateState::Open => "open",
        GateState::Blocked => "blocked",
        GateState::NotNeeded => "not-needed",
    }
}

/// How far a required paper is.
#[must_use]
pub fn paper(state: &State) -> &'static str {
    match state {
        State::Missing => "missing",
        State::Draft => "draft",
        State::Issued => "issued",
        State::Checked => "checked",
        State::Sent => "sent",
        State::ReceivedBack => "received-back",
        State::NotNeeded(_) => "not-needed",
    }
}

/// What of a required paper has to be there.
#[must_use]
pub fn level(level: Level) -> &'static str {
    match level {
        Level::Draft => "draft",
        Level::Final => "final",
    }
}

/// Yes, no or under a condition.
#[must_use]
pub fn allowed(allowed: Allowed) -> &'static str {
    match allowed {
        Allowed::Yes => "yes",
        Allowed::No => "no",
        Allowed::Conditional => "conditional",
    }
}

/// Whose business the export declaration is.
#[must_use]
pub fn clearing(clearing: &Clearing) -> &'static str {
    match clearing {
        Clearing::Ours => "ours",
        Clearing::Buyer => "buyer",
        Clearing::NotNeeded(_) => "not-needed",
    }
}

/// How receipts stand against a declaration.
#[must_use]
pub fn receipt(state: ReceiptState) -> &'static str {
    match state {
        ReceiptState::Full => "full",
        ReceiptState::FullWithCharges => "full-with-charges",
        ReceiptState::Settled(_) => "settled",
        ReceiptState::Deemed(_) => "deemed",
        ReceiptState::Short(_) => "short",
        ReceiptState::Unknown => "unknown",
    }
}

/// A paper of the filing set.
#[must_use]
pub fn set_paper(paper: SetPaper) -> &'static str {
    match paper {
        SetPaper::Contract => "contract",
        SetPaper::Purchase => "purchase",
        SetPaper::Transport => "transport",
        SetPaper::Freight => "freight",
        SetPaper::Authorisation => "authorisation",
        SetPaper::Broker => "broker",
        SetPaper::List => "list",
    }
}

/// Whether a paper of the filing set is there.
#[must_use]
pub fn set_state(state: &SetState) -> &'static str {
    match state {
        SetState::There => "there",
        SetState::Missing => "missing",
        SetState::NotNeeded => "not-needed",
    }
}

/// What a change did to an order as a whole.
#[must_use]
pub fn what(what: What) -> &'static str {
    match what {
        What::Added => "added",
        What::Changed => "changed",
        What::Removed => "removed",
    }
}

/// How far the history can be trusted.
#[must_use]
pub fn history(state: &HistoryState) -> &'static str {
    match state {
        HistoryState::Complete => "complete",
        HistoryState::Shallow => "shallow",
        HistoryState::NoRepository => "no-repository",
        HistoryState::Unborn => "unborn",
        HistoryState::OutsideData => "outside-data",
        HistoryState::Unreadable(_) => "unreadable",
    }
}

/// What the matrix says of a row.
#[must_use]
pub fn verdict(mark: Mark) -> &'static str {
    match mark {
        Mark::Late => "conflict",
        Mark::Open => "look",
        Mark::Todo => "alone",
        _ => "no-conflict",
    }
}

/// What the matrix says of a cell.
#[must_use]
pub fn cell(kind: MatrixKind) -> &'static str {
    match kind {
        MatrixKind::Same => "said",
        MatrixKind::Look => "look",
        MatrixKind::Conflict => "conflict",
        MatrixKind::Missing => "missing",
        MatrixKind::Absent => "absent",
    }
}

/// A field that papers have in common.
#[must_use]
pub fn field(field: Field) -> &'static str {
    match field {
        Field::Buyer => "buyer",
        Field::Consignee => "consignee",
        Field::Notify => "notify",
        Field::Quantity => "quantity",
        Field::Packages => "packages",
        Field::Gross => "gross_kg",
        Field::Net => "net_kg",
        Field::Volume => "cbm",
        Field::Amount => "amount",
        Field::Claim => "claim",
        Field::Insured => "insured",
        Field::Goods => "goods",
        Field::Term => "term",
        Field::From => "from",
        Field::To => "to",
        Field::Vessel => "vessel",
        Field::Shipped => "shipped",
        Field::Marks => "marks",
        Field::Containers => "containers",
        Field::Hs => "hs",
        Field::Credit => "credit",
        Field::Contract => "contract",
        Field::Po => "po",
        Field::Invoice => "invoice",
    }
}
