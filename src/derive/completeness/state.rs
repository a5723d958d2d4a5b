//! How far a thing is: which record answers a need, in what state, and what it still lacks. A paper counts when it
//! is recorded; whether it is right is for the rules to say.

use super::credit;
use super::kind::Kind;
use super::need::{Clause, CompletenessGate, Level, State};
use super::payment::is_refused;
use super::view::{Scope, View};
use crate::derive::{files, inspection, release};
use crate::model::document::{PaperKind, Presentation, PresentedSet, Printed, Release};
use crate::model::money::{BillKind, FilingKind};
use crate::model::order::{ApprovalKind, InspectionResult};
use crate::model::value::Method;
use crate::text::StaticBi;

/// The answer to a need.
#[derive(Debug, Default)]
pub(super) struct Found {
    pub(super) state: Option<State>,
    pub(super) path: Option<String>,
    pub(super) lacks: Option<StaticBi>,
    pub(super) unsure: bool,
}

impl Found {
    fn at(path: impl Into<String>, state: State) -> Self {
        Self { state: Some(state), path: Some(path.into()), ..Self::default() }
    }

    fn record(path: impl Into<String>) -> Self {
        Self::at(path, State::Issued)
    }

    /// Nothing, but it is known what to look for.
    fn missing(lacks: Option<StaticBi>) -> Self {
        Self { lacks, ..Self::default() }
    }

    fn lacking(mut self, lacks: Option<StaticBi>) -> Self {
        self.lacks = lacks;
        self
    }

    fn or(self, other: impl FnOnce() -> Self) -> Self {
        if self.state.is_some() { self } else { other() }
    }
}

fn record(path: Option<impl Into<String>>) -> Found {
    path.map(Found::record).unwrap_or_default()
}

/// What answers a need, as far as it is known on the day.
pub(super) fn found<'a>(
    view: &View<'a>,
    kind: Kind,
    scope: Scope<'a>,
    level: Level,
    clauses: &[Clause<'_>],
) -> Found {
    let look = Look { view, scope };
    match kind {
        Kind::Contract => look.contract(),
        Kind::Review => look.review(),
        Kind::Purchase => look.purchase(),
        Kind::Inspection => look.inspection(),
        Kind::Booking => look.booking(),
        Kind::Invoice => look.printed("invoice"),
        Kind::Packing => look.printed("packing"),
        Kind::CustomsAuthorisation => look.evidence(&[PaperKind::CustomsAuthorisation]),
        Kind::Customs => look.customs(level),
        Kind::Handover => look.handover(),
        Kind::Nomination => look.nomination(),
        Kind::FreightQuote => look.freight_quote(),
        Kind::Insurance => look.printed("insurance"),
        Kind::DeliveryPlan => look.delivery_plan(),
        Kind::DestinationBroker => look.destination_broker(),
        Kind::Import => look.import(),
        Kind::Containers => look.containers(),
        Kind::Vgm => look.vgm(),
        Kind::Si => look.si(),
        Kind::Photos => look.evidence(&[PaperKind::Photos]),
        Kind::WarehouseReceipt => look.evidence(&[PaperKind::WarehouseReceipt]),
        Kind::DraftSurvey => look.evidence(&[PaperKind::DraftSurvey, PaperKind::MatesReceipt]),
        Kind::Deposit => look.paid(&[Method::Deposit, Method::BeforeProduction]),
        Kind::Balance => look.balance(clauses),
        Kind::CreditApproval => look.credit_approval(),
        Kind::Lc => look.lc(),
        Kind::LcAmendments => look.lc_amendments(),
        Kind::Ciq => look.evidence(&[PaperKind::Ciq]),
        Kind::Health => look.health(),
        Kind::Authorisation => look.evidence(&[PaperKind::Authorisation]),
        Kind::Wood => look.wood(),
        Kind::Dgd => look.evidence(&[PaperKind::Dgd]),
        Kind::Msds => look.evidence(&[PaperKind::Msds]),
        Kind::Un383 => look.evidence(&[PaperKind::Un383]),
        Kind::PackingCertificate => look.evidence(&[PaperKind::PackingCertificate]),
        Kind::Ens => look.filing(&[FilingKind::Ens]).or(|| look.advance_data(false)),
        Kind::Isf => look.filing(&[FilingKind::Isf]).or(|| look.advance_data(true)),
        Kind::Fcr => look.evidence(&[PaperKind::Fcr]).or(|| look.any_transport()),
        Kind::Bl | Kind::Awb | Kind::Waybill | Kind::Courier | Kind::Transport => look.transport(kind),
        Kind::Collection => look.printed("collection"),
        Kind::Draft => look.printed("draft"),
        Kind::Origin => look.printed("origin"),
        Kind::Asked(number) => look.asked(number),
        Kind::Legalisation => look.legalisation(),
        Kind::Copies => look.presented(|_| true),
        Kind::OriginalsSent => look.presented(|p| p.set != Some(PresentedSet::Copies)),
        Kind::Presentation => look.presented(|p| {
            p.set != Some(PresentedSet::Copies) && !matches!(p.to.as_deref(), Some("buyer" | "carrier"))
        }),
        Kind::Acceptance => look.acceptance(),
        Kind::Arrival => look.arrival(),
        Kind::Receipt => look.receipt(),
        Kind::Settlement => look.evidence(&[PaperKind::Settlement]),
        Kind::VatInvoice => look.bill(|b| b.kind == Some(BillKind::Goods) && b.vat.is_some()),
        Kind::FreightBill => look.bill(|b| matches!(b.kind, Some(BillKind::Freight | BillKind::Local))),
        Kind::PremiumBill => look.bill(|b| b.kind == Some(BillKind::Premium)),
        Kind::RecordSet => look.filing(&[FilingKind::RecordSet, FilingKind::TaxRefund]),
        Kind::Broker => look.evidence(&[PaperKind::Broker]),
        Kind::ExportProof => {
            look.evidence(&[PaperKind::ExportProof, PaperKind::Broker]).or(|| look.customs(Level::Final))
        }
        Kind::BankAdvice => look.bank_advice(),
        Kind::RefusalFile => look.refusal_file(),
        Kind::CreditInsurance => look.filing(&[FilingKind::CreditInsurance]),
        Kind::Release => look.release(),
        Kind::Pod => {
            look.evidence(&[PaperKind::Pod]).or(|| look.shipments(|s| view.known(s.delivered), "delivered"))
        }
        Kind::Duty => look.evidence(&[PaperKind::Duty]),
        Kind::Feedback => look.feedback(),
        Kind::Closing => look.evidence(&[PaperKind::Closing]),
        Kind::Hashes => look.hashes(),
    }
}

struct Look<'v, 'a> {
    view: &'v View<'a>,
    scope: Scope<'a>,
}

impl<'a> Look<'_, 'a> {
    fn evidence(&self, kinds: &[PaperKind]) -> Found {
        record(self.view.evidence(self.scope, kinds).map(|i| format!("papers[{i}]")))
    }

    fn filing(&self, kinds: &[FilingKind]) -> Found {
        let filed = |f: &crate::model::money::Filing| {
            f.kind.is_some_and(|kind| kinds.contains(&kind)) && self.view.known(f.date)
        };
        record(self.view.order.filings.iter().position(filed).map(|i| format!("filings[{i}]")))
    }

    fn bill(&self, wanted: impl Fn(&crate::model::money::Bill) -> bool) -> Found {
        record(self.view.order.bills.iter().position(wanted).map(|i| format!("bills[{i}]")))
    }

    /// Every shipment of the scope has what is asked: the place of the first.
    fn shipments(&self, has: impl Fn(&crate::model::order::Shipment) -> bool, key: &str) -> Found {
        let mut first = None;
        for (i, shipment) in self.view.records(self.scope) {
            if !has(shipment) {
                return Found::default();
            }
            first = first.or(Some(i));
        }
        record(first.map(|i| format!("shipments[{i}].{key}")))
    }

    /// The best of the papers of one table: the one that has come furthest, of two the later.
    fn printed(&self, key: &'static str) -> Found {
        let docs = &self.view.order.docs;
        fn list<T>(all: &[T], get: impl Fn(&T) -> &Printed) -> Vec<&Printed> {
            all.iter().map(get).collect()
        }
        let papers = match key {
            "invoice" => list(&docs.invoice, |d| &d.paper),
            "packing" => list(&docs.packing, |d| &d.paper),
            "bl" => list(&docs.bl, |d| &d.paper),
            "awb" => list(&docs.awb, |d| &d.paper),
            "waybill" => list(&docs.waybill, |d| &d.paper),
            "courier" => list(&docs.courier, |d| &d.paper),
            "insurance" => list(&docs.insurance, |d| &d.paper),
            "origin" => list(&docs.origin, |d| &d.paper),
            "customs" => list(&docs.customs, |d| &d.paper),
            "draft" => list(&docs.draft, |d| &d.paper),
            "collection" => list(&docs.collection, |d| &d.paper),
            _ => return Found::default(),
        };
        let best = papers
            .into_iter()
            .enumerate()
            .filter(|(_, paper)| self.counts(paper))
            .map(|(i, paper)| (self.state(paper), i))
            .max();
        best.map(|(state, i)| Found::at(format!("{key}[{i}]"), state)).unwrap_or_default()
    }

    /// Of this shipment, not replaced, and known on the day.
    fn counts(&self, paper: &Printed) -> bool {
        let known = if paper.is_draft() { paper.drafted } else { paper.day() };
        paper.is_current() && self.scope.holds(paper.shipment.as_deref()) && self.view.is_there(known)
    }

    fn state(&self, paper: &Printed) -> State {
        if paper.is_draft() {
            return State::Draft;
        }
        let mut state = if self.view.known(paper.checked) { State::Checked } else { State::Issued };
        if self.view.known(paper.sent) {
            state = State::Sent;
        }
        for presentation in self.view.order.docs.presentation.iter().filter(|p| self.handed(p, paper)) {
            let returned =
                presentation.refusal.as_deref().and_then(|r| r.disposal.as_deref()) == Some("return");
            state = if returned { State::ReceivedBack } else { State::Sent };
        }
        state
    }

    /// A presentation, not of copies, had the paper in it.
    fn handed(&self, presentation: &Presentation, paper: &Printed) -> bool {
        let name = paper.reference();
        self.view.known(presentation.date)
            && presentation.set != Some(PresentedSet::Copies)
            && name.is_some()
            && presentation.documents.iter().any(|d| d.r#ref.as_deref() == name)
    }

    fn contract(&self) -> Found {
        let docs = &self.view.order.docs;
        let papers = docs.contract.iter().enumerate().map(|(i, c)| ("contract", i, c));
        let papers = papers.chain(docs.proforma.iter().enumerate().map(|(i, c)| ("proforma", i, c)));
        let current: Vec<_> = papers.filter(|(_, _, c)| c.paper.is_current()).collect();
        if let Some((key, i, _)) = current.iter().find(|(_, _, c)| self.view.known(c.signed_by_buyer)) {
            return Found::at(format!("{key}[{i}].signed_by_buyer"), State::ReceivedBack);
        }
        let best = current
            .iter()
            .filter(|(_, _, c)| self.counts(&c.paper))
            .map(|(key, i, c)| (self.state(&c.paper), *key, *i))
            .max();
        let unsigned = ("没有客户签回日", "no date of the buyer's signature");
        best.map(|(state, key, i)| Found::at(format!("{key}[{i}]"), state).lacking(Some(unsigned)))
            .unwrap_or_default()
    }

    fn review(&self) -> Found {
        let held = self.view.order.review.as_deref().is_some_and(|r| self.view.is_there(r.date));
        record(held.then_some("review"))
    }

    fn purchase(&self) -> Found {
        let issued = self.view.order.purchases.iter().position(|p| self.view.is_there(p.issued));
        record(issued.map(|i| format!("purchases[{i}]")))
    }

    fn inspection(&self) -> Found {
        let finals = inspection::finals(self.view.order, self.view.as_of);
        let passed = finals.iter().rev().find(|(_, q)| q.result == Some(InspectionResult::Pass));
        let held = passed.or(finals.last()).map(|(i, _)| Found::record(format!("inspections[{i}]")));
        let failed = passed.is_none().then_some(("没有通过", "not passed"));
        held.map(|found| found.lacking(failed)).unwrap_or_default()
    }

    fn booking(&self) -> Found {
        self.evidence(&[PaperKind::Booking]).or(|| self.shipments(|s| s.booking.is_some(), "booking"))
    }

    /// Before shipment a declaration will do; then it must be released.
    fn customs(&self, level: Level) -> Found {
        let docs = &self.view.order.docs.customs;
        let released = |d: &crate::model::document::Declaration| {
            self.view.known(d.released)
                && d.paper.is_current()
                && self.scope.holds(d.paper.shipment.as_deref())
        };
        if let Some(i) = docs.iter().position(released) {
            return Found::at(format!("customs[{i}]"), State::ReceivedBack);
        }
        let waits = (level == Level::Final).then_some(("还没放行", "not released"));
        let found = self.printed("customs");
        let lacks = waits.filter(|_| found.state.is_some());
        found.lacking(lacks)
    }

    fn handover(&self) -> Found {
        let kinds =
            [PaperKind::Handover, PaperKind::Fcr, PaperKind::WarehouseReceipt, PaperKind::MatesReceipt];
        let gated = |s: &crate::model::order::Shipment| {
            s.gated_in.is_some_and(|at| at.date_naive() <= self.view.as_of)
        };
        let typed = self.view.order.actual.as_deref().and_then(|a| a.gated_in);
        self.evidence(&kinds)
            .or(|| self.shipments(gated, "gated_in"))
            .or(|| record(self.view.known(typed).then_some("actual.gated_in")))
            .or(|| self.any_transport())
    }

    fn nomination(&self) -> Found {
        self.evidence(&[PaperKind::Nomination])
            .or(|| self.shipments(|s| s.forwarder.is_some(), "forwarder"))
            .or(|| self.booking())
    }

    /// The price of the carriage: a quote, the charge, the bill, or the paper that says prepaid.
    fn freight_quote(&self) -> Found {
        let order = self.view.order;
        let charge = order.charges.iter().position(|c| c.kind.as_deref() == Some("freight"));
        self.evidence(&[PaperKind::Quote])
            .or(|| record(charge.map(|i| format!("charges[{i}]"))))
            .or(|| self.bill(|b| b.kind == Some(BillKind::Freight)))
            .or(|| self.any_transport())
    }

    fn delivery_plan(&self) -> Found {
        self.shipments(|s| s.eta.is_some() || s.arrived.is_some() || s.delivered.is_some(), "eta")
    }

    fn destination_broker(&self) -> Found {
        let named = self.view.order.import.as_deref().is_some_and(|i| i.broker.is_some());
        record(named.then_some("import.broker")).or(|| self.arrival()).or(|| self.evidence(&[PaperKind::Pod]))
    }

    fn import(&self) -> Found {
        let Some(import) = self.view.order.import.as_deref() else { return Found::default() };
        let lacks = if import.importer.is_none() && import.eori.is_none() && import.ior.is_none() {
            Some(("没有进口方", "no importer"))
        } else if import.duty_budget.is_none() {
            Some(("没有税费预算", "no duty budget"))
        } else {
            None
        };
        Found::record("import").lacking(lacks)
    }

    fn containers(&self) -> Found {
        let order = self.view.order;
        let all =
            self.view.records(self.scope).map(|(i, s)| (format!("shipments[{i}].containers"), &s.containers));
        let bls = order.docs.bl.iter().enumerate().filter(|(_, bl)| self.counts(&bl.paper));
        let papers = bls.map(|(i, bl)| (format!("bl[{i}].containers"), &bl.containers));
        let Some((path, list)) = all.chain(papers).find(|(_, list)| list.iter().any(|c| c.number.is_some()))
        else {
            return Found::default();
        };
        let open = list.iter().any(|c| c.number.is_some() && c.seal.is_none());
        Found::record(path).lacking(open.then_some(("没有封号", "no seal")))
    }

    fn vgm(&self) -> Found {
        self.shipments(
            |s| s.vgm_sent.is_some() || s.containers.iter().any(|c| c.vgm_kg.is_some()),
            "vgm_sent",
        )
    }

    fn si(&self) -> Found {
        self.evidence(&[PaperKind::Si]).or(|| self.shipments(|s| s.si_sent.is_some(), "si_sent"))
    }

    /// What is due by some methods is in. For the archive the advice of the payment is the paper; whether all is paid
    /// is another gate.
    fn paid(&self, methods: &[Method]) -> Found {
        let order = self.view.order;
        let known = order.received.iter().rposition(|r| self.view.known(r.date));
        let filed = self.view.gate == CompletenessGate::Archive && known.is_some();
        if self.view.settled(self.scope, methods) || filed {
            return Found::record(known.map_or_else(|| "payment".to_owned(), |i| format!("received[{i}]")));
        }
        let in_part = self.view.lines(self.scope, methods).any(|line| line.open != line.amount);
        let known = known.filter(|_| in_part);
        Found::missing(known.map(|_| ("没收齐", "not received in full")))
    }

    fn balance(&self, clauses: &[Clause<'_>]) -> Found {
        let methods: Vec<Method> = clauses
            .iter()
            .filter_map(|c| match c {
                Clause::Method(method) => Some(*method),
                _ => None,
            })
            .collect();
        self.paid(&methods)
    }

    /// Approved for this order, or a limit for the customer that still runs.
    fn credit_approval(&self) -> Found {
        let view = self.view;
        let limit = || release::has_limit(view.book, view.order, view.as_of).then_some("customer");
        record(self.view.approval(&[ApprovalKind::Credit]).map(|i| format!("approvals[{i}]")))
            .or(|| record(limit()))
    }

    fn lc(&self) -> Found {
        let Some(credit) = self.view.credits().first() else { return Found::default() };
        let later = credit.lc.effective.is_some_and(|day| day > self.view.as_of);
        Found::record(format!("lc[{}]", credit.index))
            .lacking(later.then_some(("还没生效", "not yet in effect")))
    }

    /// Every amendment on record is accepted or rejected.
    fn lc_amendments(&self) -> Found {
        let view = self.view;
        let known = view.credits().iter().flat_map(|c| {
            let all = c.lc.amendments.iter().enumerate();
            all.filter(|(_, a)| view.is_there(a.received.or(a.date))).map(move |(n, a)| (c.index, n, a))
        });
        let mut last = Found::default();
        for (index, n, amendment) in known {
            let answered = view.known(amendment.accepted) || view.known(amendment.rejected);
            last = Found::record(format!("lc[{index}].amendments[{n}]"));
            if !answered {
                return last.lacking(Some(("有修改没答复", "an amendment is not answered")));
            }
        }
        last
    }

    fn health(&self) -> Found {
        const WORDS: [&str; 5] = ["HEALTH", "SANITARY", "PHYTO", "VETERINARY", "QUARANTINE"];
        self.certificate(|text| WORDS.iter().any(|word| text.contains(word)))
    }

    fn wood(&self) -> Found {
        let marked = self.view.order.items.iter().position(|i| {
            i.wood.as_deref().is_some_and(|mark| !mark.is_empty() && !mark.eq_ignore_ascii_case("none"))
        });
        record(marked.map(|i| format!("items[{i}].wood")))
            .or(|| self.certificate(|text| text.contains("FUMIGATION")))
    }

    fn legalisation(&self) -> Found {
        self.evidence(&[PaperKind::Legalisation]).or(|| self.certificate(|text| text.contains("LEGALI")))
    }

    /// A certificate whose kind or title says something.
    fn certificate(&self, says: impl Fn(&str) -> bool) -> Found {
        let all = self.view.order.docs.certificate.iter().enumerate();
        let mut mine = all.filter(|(_, c)| self.counts(&c.paper));
        let found = mine
            .find(|(_, c)| [&c.kind, &c.title].into_iter().flatten().any(|text| says(&text.to_uppercase())));
        found.map(|(i, c)| Found::at(format!("certificate[{i}]"), self.state(&c.paper))).unwrap_or_default()
    }

    /// A line of 46A without a table of its own.
    fn asked(&self, number: u8) -> Found {
        let paper = credit::answer(self.view, self.scope, number)
            .and_then(|i| Some((i, self.view.order.docs.certificate.get(i)?)));
        match paper {
            Some((i, c)) => Found::at(format!("certificate[{i}]"), self.state(&c.paper)),
            None => Found { unsure: credit::is_unknown(self.view, number), ..Found::default() },
        }
    }

    fn any_transport(&self) -> Found {
        ["bl", "awb", "waybill", "courier"].into_iter().fold(Found::default(), |found, key| {
            found.or(|| {
                let paper = self.printed(key);
                if paper.state == Some(State::Draft) { Found::default() } else { paper }
            })
        })
    }

    /// Under FCA the seller may get no more than the forwarder's receipt, under FAS no more than the dock's.
    fn transport(&self, kind: Kind) -> Found {
        use crate::model::value::incoterm::TermRule;
        let own = match kind {
            Kind::Bl => self.printed("bl"),
            Kind::Awb => self.printed("awb"),
            Kind::Waybill => self.printed("waybill"),
            Kind::Courier => self.printed("courier"),
            _ => self.any_transport(),
        };
        let receipt: &[PaperKind] = match self.view.term() {
            Some(TermRule::Exw | TermRule::Fca) => &[PaperKind::Fcr],
            Some(TermRule::Fas) if self.view.credits().is_empty() => {
                &[PaperKind::MatesReceipt, PaperKind::Handover]
            }
            _ => &[],
        };
        own.or(|| self.evidence(receipt))
    }

    /// A presentation that covers this shipment.
    fn presented(&self, counts: impl Fn(&Presentation) -> bool) -> Found {
        let all = &self.view.order.docs.presentation;
        let made = all
            .iter()
            .position(|p| self.view.known(p.date) && self.scope.holds(p.shipment.as_deref()) && counts(p));
        made.map(|i| Found::at(format!("presentation[{i}]"), State::Sent)).unwrap_or_default()
    }

    fn acceptance(&self) -> Found {
        let docs = &self.view.order.docs;
        let collection = docs.collection.iter().position(|c| {
            c.paper.is_current()
                && self.view.known(c.accepted)
                && self.scope.holds(c.paper.shipment.as_deref())
        });
        let bank = docs
            .presentation
            .iter()
            .position(|p| self.view.known(p.accepted) && self.scope.holds(p.shipment.as_deref()));
        record(collection.map(|i| format!("collection[{i}].accepted")))
            .or(|| record(bank.map(|i| format!("presentation[{i}].accepted"))))
    }

    fn arrival(&self) -> Found {
        let arrived =
            |s: &crate::model::order::Shipment| self.view.known(s.arrived) || self.view.known(s.delivered);
        self.evidence(&[PaperKind::Arrival]).or(|| self.shipments(arrived, "arrived"))
    }

    fn receipt(&self) -> Found {
        let order = self.view.order;
        record(order.received.iter().rposition(|r| self.view.known(r.date)).map(|i| format!("received[{i}]")))
    }

    /// What the bank said of every presentation that no later one cures.
    fn bank_advice(&self) -> Found {
        let all = &self.view.order.docs.presentation;
        let cured = |p: &Presentation| p.id.is_some() && all.iter().any(|later| later.again == p.id);
        let to_bank = |p: &Presentation| {
            self.view.known(p.date)
                && p.set != Some(PresentedSet::Copies)
                && !matches!(p.to.as_deref(), Some("buyer" | "carrier"))
                && !cured(p)
        };
        let mut last = Found::default();
        for (i, presentation) in all.iter().enumerate().filter(|(_, p)| to_bank(p)) {
            let said = self.view.known(presentation.paid) || self.view.known(presentation.accepted);
            last = Found::record(format!("presentation[{i}]"));
            if !said && presentation.result.is_none() {
                return last.lacking(Some(("没有银行的答复", "no answer of the bank")));
            }
        }
        last
    }

    /// Every refused presentation was cured, accepted or paid.
    fn refusal_file(&self) -> Found {
        let all = &self.view.order.docs.presentation;
        let mut last = Found::default();
        for (i, p) in all.iter().enumerate().filter(|(_, p)| is_refused(self.view, p)) {
            let again = p.id.is_some() && all.iter().any(|later| later.again == p.id);
            let over = again || [p.cured, p.accepted, p.paid].into_iter().any(|day| self.view.known(day));
            last = Found::record(format!("presentation[{i}]"));
            if !over && p.result.is_none() {
                return last.lacking(Some(("拒付还没了结", "the refusal is open")));
            }
        }
        last
    }

    fn release(&self) -> Found {
        let order = self.view.order;
        let bl = order.docs.bl.iter().position(|bl| {
            bl.release.is_some_and(|r| r != Release::Original)
                && self.scope.holds(bl.paper.shipment.as_deref())
        });
        let telex = order.docs.presentation.iter().position(|p| {
            p.set == Some(PresentedSet::Telex)
                && self.view.known(p.date)
                && self.scope.holds(p.shipment.as_deref())
        });
        self.evidence(&[PaperKind::Release])
            .or(|| self.shipments(|s| self.view.known(s.released), "released"))
            .or(|| record(bl.map(|i| format!("bl[{i}].release"))))
            .or(|| record(telex.map(|i| format!("presentation[{i}]"))))
    }

    fn feedback(&self) -> Found {
        let order = self.view.order;
        let asked = order.feedback.as_deref().is_some_and(|f| self.view.known(f.asked));
        record(asked.then_some("feedback"))
            .or(|| record((!order.complaints.is_empty()).then_some("complaints[0]")))
    }

    /// HS codes and the number under which the importer declares: what a carrier or importer files in advance.
    fn advance_data(&self, by_importer: bool) -> Found {
        let order = self.view.order;
        let import = order.import.as_deref();
        let customer = || self.view.book.customer(order).and_then(|c| c.eori.as_deref());
        let number = if by_importer {
            import.and_then(|i| i.ior.as_deref())
        } else {
            import.and_then(|i| i.eori.as_deref()).or_else(customer)
        };
        let classified = !order.items.is_empty()
            && order.items.iter().all(|i| i.hs.as_deref().is_some_and(|hs| hs.chars().count() >= 6));
        record((classified && number.is_some()).then_some("items"))
    }

    /// Every file that a record names has its digest.
    fn hashes(&self) -> Found {
        let open = files::of(self.view.order).into_iter().find(|f| f.sha256.is_none());
        match open {
            Some(file) => Found::record(file.record).lacking(Some(("有文件没写", "missing for some files"))),
            None => Found::record(""),
        }
    }
}
