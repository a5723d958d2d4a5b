//! The state of each workflow gate, for pages: passed, open, or blocked, and what is missing.
//!
//! A gate is a state, not a finding: that a sample is not yet approved is no mistake. The rules of the group
//! `gate` speak when the step that a gate guards was taken all the same.

use chrono::NaiveDate;

use crate::bi;
use crate::book::Book;
use crate::derive::OrderFacts;
use crate::derive::ahead::{self, Lack, is_before_loading, is_before_production};
use crate::derive::completeness::{self, CompletenessGate};
use crate::derive::inspection;
use crate::derive::money::Line;
use crate::derive::progress::StageState;
use crate::derive::release::{self, Wait};
use crate::model::Order;
use crate::model::order::{ApprovalKind, InspectionResult};
use crate::model::stage::{Milestone, StageKey};
use crate::model::value::Method;
use crate::model::value::money::group;
use crate::text::{Bi, StaticBi};

/// State of a gate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GateState {
    /// Nothing is missing.
    Passed,
    /// Something is missing, and its turn has not come.
    Open,
    /// Something is missing, and the work waits for it.
    Blocked,
    /// It does not apply by the order's terms, its stage is skipped, or the order is cancelled.
    NotNeeded,
}

/// A gate of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GateFact {
    /// The rule that speaks when the gate is passed by, and the gate's identifier.
    pub rule: &'static str,
    /// What it is called.
    pub title: StaticBi,
    /// The stage that ends, or the work that begins, with it.
    pub stage: StageKey,
    /// Its state.
    pub state: GateState,
    /// What is missing; empty when passed.
    pub missing: Vec<Bi>,
    /// The papers it asks for, where it is a gate of papers.
    pub papers: Option<CompletenessGate>,
}

/// One gate: identifier, title, the stage it belongs to, the milestone before which it is not its turn.
struct Gate {
    rule: &'static str,
    title: StaticBi,
    stage: StageKey,
    turn: Option<Milestone>,
    missing: fn(&View<'_>) -> Vec<Bi>,
    papers: Option<CompletenessGate>,
}

const GATES: &[Gate] = &[
    Gate {
        rule: "gate-confirmed",
        title: ("合同确认", "contract confirmed"),
        stage: StageKey::Confirm,
        turn: None,
        missing: confirmed,
        papers: None,
    },
    Gate {
        rule: "gate-review",
        title: ("下单前评审", "review before release"),
        stage: StageKey::Release,
        turn: Some(Milestone::Confirmed),
        missing: review,
        papers: None,
    },
    Gate {
        rule: "gate-deposit-or-credit",
        title: ("定金或信用到位", "deposit or credit in place"),
        stage: StageKey::Release,
        turn: Some(Milestone::Released),
        missing: deposit,
        papers: None,
    },
    Gate {
        rule: "gate-sample-approved",
        title: ("产前样确认", "sample approved"),
        stage: StageKey::Produce,
        turn: Some(Milestone::Released),
        missing: sample,
        papers: None,
    },
    Gate {
        rule: "gate-inspection-passed",
        title: ("终检通过", "final inspection passed"),
        stage: StageKey::Inspect,
        turn: Some(Milestone::Produced),
        missing: inspected,
        papers: None,
    },
    Gate {
        rule: "gate-balance-before-shipment",
        title: ("装运前收款", "payment before shipment"),
        stage: StageKey::Book,
        turn: Some(Milestone::Inspected),
        missing: before_shipment,
        papers: None,
    },
    Gate {
        rule: "gate-customs-cleared",
        title: ("海关放行", "cleared by customs"),
        stage: StageKey::Declare,
        turn: Some(Milestone::Declared),
        missing: cleared,
        papers: None,
    },
    Gate {
        rule: "gate-papers-missing",
        title: ("装运前的单据", "Papers before shipment"),
        stage: StageKey::Book,
        turn: Some(Milestone::Inspected),
        missing: |view| papers(view, CompletenessGate::Shipment),
        papers: Some(CompletenessGate::Shipment),
    },
    Gate {
        rule: "gate-papers-missing",
        title: ("交单前的单据", "Papers before presentation"),
        stage: StageKey::Ship,
        turn: Some(Milestone::Shipped),
        missing: |view| papers(view, CompletenessGate::Presentation),
        papers: Some(CompletenessGate::Presentation),
    },
    Gate {
        rule: "gate-presented",
        title: ("交单到银行", "presented to the bank"),
        stage: StageKey::Ship,
        turn: Some(Milestone::Shipped),
        missing: presented,
        papers: None,
    },
    Gate {
        rule: "gate-document-control",
        title: ("单据控制", "control of the documents"),
        stage: StageKey::Ship,
        turn: Some(Milestone::Shipped),
        missing: documents,
        papers: None,
    },
    Gate {
        rule: "gate-paid",
        title: ("货款结清", "paid in full"),
        stage: StageKey::Collect,
        turn: Some(Milestone::Presented),
        missing: paid,
        papers: None,
    },
    Gate {
        rule: "gate-archive-complete",
        title: ("归档资料齐全", "Archive complete"),
        stage: StageKey::Archive,
        turn: Some(Milestone::Paid),
        missing: archive,
        papers: Some(CompletenessGate::Archive),
    },
    Gate {
        rule: "gate-feedback",
        title: ("客户回访", "followed up with the customer"),
        stage: StageKey::Feedback,
        turn: Some(Milestone::Shipped),
        missing: feedback,
        papers: None,
    },
];

/// The gates of an order, in the order of the work.
#[must_use]
pub fn of(book: &Book, order: &Order, facts: &OrderFacts, as_of: NaiveDate) -> Vec<GateFact> {
    let view = View { book, order, facts, as_of };
    GATES.iter().map(|gate| fact(&view, gate)).collect()
}

fn fact(view: &View<'_>, gate: &Gate) -> GateFact {
    // Papers of a stage that is skipped are left out one by one; the rest of them stay asked for.
    let papers = matches!(gate.papers, Some(CompletenessGate::Shipment | CompletenessGate::Presentation));
    let skipped = (!papers && view.order.skipped(gate.stage).is_some()) || !applies(view, gate.rule);
    let missing = if skipped || view.facts.is_cancelled() { Vec::new() } else { (gate.missing)(view) };
    let turn = gate.turn.is_none_or(|m| {
        view.facts.progress.is_done(m)
            || view.facts.progress.stage(m.stage()).is_some_and(|s| s.state == StageState::Skipped)
    });
    let state = match (skipped || view.facts.is_cancelled(), missing.is_empty(), turn) {
        (true, ..) => GateState::NotNeeded,
        (false, true, _) => GateState::Passed,
        (false, false, true) => GateState::Blocked,
        (false, false, false) => GateState::Open,
    };
    GateFact { rule: gate.rule, title: gate.title, stage: gate.stage, state, missing, papers: gate.papers }
}

/// Whether an order has such a gate at all, by its terms: without a sample to approve or money due before
/// shipment there is nothing to pass.
fn applies(view: &View<'_>, rule: &str) -> bool {
    let ahead = [Method::Deposit, Method::BeforeProduction, Method::BeforeShipment];
    match rule {
        "gate-sample-approved" => view.order.sample == Some(true),
        "gate-balance-before-shipment" => ahead.into_iter().any(|m| view.pays(m)),
        "gate-presented" => [Method::Lc, Method::Dp, Method::Da].into_iter().any(|m| view.pays(m)),
        _ => true,
    }
}

struct View<'a> {
    book: &'a Book,
    order: &'a Order,
    facts: &'a OrderFacts,
    as_of: NaiveDate,
}

impl View<'_> {
    fn approved(&self, kind: ApprovalKind) -> bool {
        ahead::approved(self.order, kind, self.as_of)
    }

    fn amount(&self, value: rust_decimal::Decimal) -> String {
        let figure = group(value, self.facts.goods.minor());
        match self.facts.goods.currency {
            Some(currency) => format!("{} {figure}", currency.code()),
            None => figure,
        }
    }

    fn pays(&self, method: Method) -> bool {
        let terms = self.facts.money.terms.as_ref();
        terms.is_some_and(|terms| terms.instalments.iter().any(|i| i.method == method))
    }
}

fn confirmed(view: &View<'_>) -> Vec<Bi> {
    let mut missing = Vec::new();
    if view.facts.progress.done_on(Milestone::Confirmed).is_none() {
        missing.push(bi!("双方签字的日期", "the date on which both sides signed"));
    }
    if view.order.payment.is_none() {
        missing.push(bi!("付款方式", "payment terms"));
    }
    missing
}

fn review(view: &View<'_>) -> Vec<Bi> {
    let reviewed = view.order.review.as_deref().filter(|r| r.date.is_some_and(|day| day <= view.as_of));
    let mut missing = Vec::new();
    match reviewed {
        None => missing.push(bi!("评审记录", "a review")),
        Some(review) if review.by.is_some() && review.by == view.order.merchandiser => {
            missing.push(bi!("另一个人的评审", "a review by somebody else"));
        }
        Some(_) => {}
    }
    if view.order.purchases.is_empty() {
        missing.push(bi!("生产通知或采购单", "a production notice or purchase order"));
    }
    missing
}

fn deposit(view: &View<'_>) -> Vec<Bi> {
    let lacks = ahead::before_production(view.book, view.order, view.facts, view.as_of, view.as_of);
    lacks.into_iter().map(|lack| lacking(view, lack)).collect()
}

fn lacking(view: &View<'_>, lack: Lack) -> Bi {
    match lack {
        Lack::Money(open) => {
            let open = view.amount(open);
            bi!("投产前应收 {open}", "{open} due before production")
        }
        Lack::Credit => bi!("信用证", "the letter of credit"),
        Lack::Approval => bi!("赊销额度批准", "approval of open credit"),
    }
}

fn sample(view: &View<'_>) -> Vec<Bi> {
    let wanted = view.order.sample == Some(true) && !view.facts.progress.is_done(Milestone::SampleApproved);
    if wanted {
        vec![bi!("客户确认产前样", "the customer's approval of the sample")]
    } else {
        Vec::new()
    }
}

fn inspected(view: &View<'_>) -> Vec<Bi> {
    if view.approved(ApprovalKind::ShipUninspected) {
        return Vec::new();
    }
    let finals = inspection::finals(view.order, view.as_of);
    let mut missing = Vec::new();
    if !view.facts.progress.is_done(Milestone::Inspected) {
        missing.push(match finals.last() {
            None => bi!("终检", "a final inspection"),
            Some(_) => bi!("复检通过", "a re-inspection that passes"),
        });
    }
    let action_open = finals
        .iter()
        .filter(|(_, q)| q.result == Some(InspectionResult::Fail))
        .any(|(_, q)| q.corrective.as_deref().and_then(|c| c.closed).is_none_or(|day| day > view.as_of));
    if action_open {
        missing.push(bi!("整改完成", "the corrective action, closed"));
    }
    missing
}

fn before_shipment(view: &View<'_>) -> Vec<Bi> {
    if view.approved(ApprovalKind::ShipUnpaid) {
        return Vec::new();
    }
    let lots = view.facts.shipments.iter().filter(|_| view.facts.shipments.len() > 1);
    let of = |shipment: Option<&str>| {
        let own = |line: &Line| line.shipment.as_deref() == shipment && is_before_loading(line, shipment);
        let front = |line: &Line| shipment.is_none() && is_before_production(line);
        let open = ahead::open(view.book, &view.facts.money, |line| own(line) || front(line))?;
        let open = view.amount(open);
        Some(match shipment {
            None => bi!("装运前应收 {open}", "{open} due before shipment"),
            Some(id) => bi!("第 {id} 批装运前应收 {open}", "{open} due before shipment {id}"),
        })
    };
    // What is due once for all of them, and what each lot is paid for.
    of(None).into_iter().chain(lots.filter_map(|lot| of(Some(&lot.id)))).collect()
}

fn cleared(view: &View<'_>) -> Vec<Bi> {
    let done = view.facts.progress.milestone(Milestone::Cleared).actual.is_some_and(|a| !a.implied);
    if done { Vec::new() } else { vec![bi!("报关单放行", "a declaration released by customs")] }
}

fn documents(view: &View<'_>) -> Vec<Bi> {
    let waits = release::waits(view.book, view.order, view.facts, view.as_of);
    waits.into_iter().map(|wait| waits_for(view, wait)).collect()
}

fn waits_for(view: &View<'_>, wait: Wait) -> Bi {
    match wait {
        Wait::Money(open) => {
            let open = view.amount(open);
            bi!("放单前应收 {open}", "{open} due before the documents are released")
        }
        Wait::Payment => bi!("托收付款（D/P）", "payment of the collection (D/P)"),
        Wait::Acceptance => bi!("托收承兑（D/A）", "acceptance of the collection (D/A)"),
        // Under a credit the bank pays against the papers: they are under control once they lie there.
        Wait::Bank => bi!("单据交到银行", "the papers presented to the bank"),
        Wait::Approval => bi!("赊销额度批准", "approval of open credit"),
    }
}

/// A bank has the papers, and discrepancies that we knew of were presented with somebody's consent. Whether the papers
/// comply, the rules of the credit say.
fn presented(view: &View<'_>) -> Vec<Bi> {
    let order = view.order;
    let mut missing = Vec::new();
    if release::to_bank(order, view.as_of).next().is_none() {
        missing.push(bi!("交单记录", "a record of the presentation"));
    }
    if release::unreserved(order, view.as_of).next().is_some() {
        missing.push(bi!("带不符点交单的批准", "an approval to present with discrepancies"));
    }
    missing
}

/// What the papers of a gate lack. What an earlier gate asked for stands there.
fn papers(view: &View<'_>, gate: CompletenessGate) -> Vec<Bi> {
    let OrderFacts { money, shipments, .. } = view.facts;
    let all = completeness::of(view.book, view.order, money, shipments, gate, view.as_of);
    all.at(gate).filter(|need| !need.is_met()).map(|need| need.label()).collect()
}

fn paid(view: &View<'_>) -> Vec<Bi> {
    let money = &view.facts.money;
    match money.open {
        _ if money.settled => Vec::new(),
        Some(open) if open > rust_decimal::Decimal::ZERO => {
            let open = view.amount(open);
            vec![bi!("未收 {open}", "{open} open")]
        }
        Some(_) => Vec::new(),
        None => vec![bi!("合同总额还算不出来", "the contract total is not known")],
    }
}

/// Everything the archive keeps, whichever gate asked for it first.
fn archive(view: &View<'_>) -> Vec<Bi> {
    let OrderFacts { money, shipments, .. } = view.facts;
    let gate = CompletenessGate::Archive;
    let all = completeness::of(view.book, view.order, money, shipments, gate, view.as_of);
    all.missing().map(|need| need.label()).collect()
}

fn feedback(view: &View<'_>) -> Vec<Bi> {
    let mut missing = Vec::new();
    let asked = view.order.feedback.as_deref().and_then(|f| f.asked);
    if asked.is_none_or(|day| day > view.as_of) {
        missing.push(bi!("回访客户", "a question to the customer"));
    }
    let known = |day: Option<NaiveDate>| day.is_none_or(|day| day <= view.as_of);
    let closed = |day: Option<NaiveDate>| day.is_some_and(|day| day <= view.as_of);
    for complaint in view.order.complaints.iter().filter(|c| known(c.opened) && !closed(c.closed)) {
        let number = complaint.number.clone().unwrap_or_default();
        missing.push(bi!("投诉 {number} 结案", "complaint {number} closed"));
    }
    missing
}
