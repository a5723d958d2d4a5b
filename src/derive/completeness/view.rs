//! What the sets of the formula ask questions about.

use std::cell::OnceCell;

use chrono::NaiveDate;

use super::kind::Kind;
use super::need::CompletenessGate;
use crate::book::Book;
use crate::derive::credit::{self, Credit};
use crate::derive::money::{Line, Money};
use crate::derive::shipment::ShipmentFact;
use crate::model::Order;
use crate::model::document::PaperKind;
use crate::model::order::{ApprovalKind, Control, Shipment};
use crate::model::value::incoterm::TermRule;
use crate::model::value::{Country, Method, Mode, place};

/// An order on a day.
pub(super) struct View<'a> {
    pub(super) book: &'a Book,
    pub(super) order: &'a Order,
    pub(super) money: &'a Money,
    pub(super) as_of: NaiveDate,
    pub(super) gate: CompletenessGate,
    shipments: &'a [ShipmentFact],
    credits: OnceCell<Vec<Credit<'a>>>,
}

/// One shipment where there are several, else all there is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Scope<'a> {
    /// Its id where the order has several.
    pub(super) id: Option<&'a str>,
    /// Position among the shipments.
    pub(super) index: usize,
    /// Its record.
    pub(super) record: Option<&'a Shipment>,
}

impl Scope<'_> {
    /// A record that names this shipment, or none.
    pub(super) fn holds(&self, named: Option<&str>) -> bool {
        self.id.is_none() || named.is_none() || named == self.id
    }
}

impl<'a> View<'a> {
    pub(super) fn new(
        book: &'a Book,
        order: &'a Order,
        money: &'a Money,
        shipments: &'a [ShipmentFact],
        gate: CompletenessGate,
        as_of: NaiveDate,
    ) -> Self {
        Self { book, order, money, as_of, gate, shipments, credits: OnceCell::new() }
    }

    /// The shipments, each with its record; an order without any has one.
    pub(super) fn scopes(&self) -> Vec<Scope<'a>> {
        if self.order.shipments.len() < 2 {
            return vec![self.whole()];
        }
        let all = self.shipments.iter().enumerate();
        all.map(|(index, fact)| Scope {
            id: Some(fact.id.as_str()),
            index,
            record: fact.index.and_then(|i| self.order.shipments.get(i)),
        })
        .collect()
    }

    /// Everything as one.
    pub(super) fn whole(&self) -> Scope<'a> {
        let record = self.order.shipments.first().filter(|_| self.order.shipments.len() == 1);
        Scope { id: None, index: 0, record }
    }

    /// The records of the shipments that a scope speaks of, with their positions.
    pub(super) fn records(&self, scope: Scope<'a>) -> impl Iterator<Item = (usize, &'a Shipment)> {
        let all = self.order.shipments.iter().enumerate();
        all.filter(move |(i, _)| scope.id.is_none() || *i == scope.index)
    }

    /// The credits in force.
    pub(super) fn credits(&self) -> &[Credit<'a>] {
        self.credits.get_or_init(|| credit::in_force(self.order, self.as_of))
    }

    pub(super) fn known(&self, day: Option<NaiveDate>) -> bool {
        day.is_some_and(|day| day <= self.as_of)
    }

    /// On record: without a date, or dated no later than the day.
    pub(super) fn is_there(&self, day: Option<NaiveDate>) -> bool {
        day.is_none_or(|day| day <= self.as_of)
    }

    /// The trade term, an elder one as the rule of 2020 that took its place.
    pub(super) fn term(&self) -> Option<TermRule> {
        Some(self.order.incoterm.as_ref()?.term.as_ref()?.rule.successor())
    }

    pub(super) fn mode(&self, scope: Scope<'_>) -> Option<Mode> {
        scope.record.and_then(|s| s.mode).or(self.order.mode)
    }

    /// Every shipment travels like this.
    pub(super) fn all_by(&self, mode: Mode) -> bool {
        self.scopes().iter().all(|scope| self.mode(*scope) == Some(mode))
    }

    /// The transport document that goes with the mode of transport.
    pub(super) fn transport(&self, scope: Scope<'_>) -> Kind {
        match self.mode(scope) {
            _ if self.term() == Some(TermRule::Exw) => Kind::Fcr,
            Some(Mode::SeaFcl | Mode::SeaLcl | Mode::SeaBulk) => Kind::Bl,
            Some(Mode::Air) => Kind::Awb,
            Some(Mode::Rail | Mode::Road) => Kind::Waybill,
            Some(Mode::Courier) => Kind::Courier,
            Some(Mode::Multimodal) | None => Kind::Transport,
        }
    }

    pub(super) fn pays(&self, methods: &[Method]) -> bool {
        let terms = self.money.terms.as_ref();
        terms.is_some_and(|t| t.instalments.iter().any(|i| methods.contains(&i.method)))
    }

    /// What is paid for a scope by some methods.
    pub(super) fn lines<'m>(
        &'m self,
        scope: Scope<'m>,
        methods: &'m [Method],
    ) -> impl Iterator<Item = &'m Line> {
        let mine =
            move |line: &&Line| methods.contains(&line.method) && scope.holds(line.shipment.as_deref());
        self.money.lines.iter().filter(mine)
    }

    /// What is paid for a scope by some methods leaves nothing open.
    pub(super) fn settled(&self, scope: Scope<'_>, methods: &[Method]) -> bool {
        let known = self.money.terms.is_some();
        known && (self.money.settled || self.lines(scope, methods).all(|line| line.settled))
    }

    /// An approval that is known, and its position.
    pub(super) fn approval(&self, kinds: &[ApprovalKind]) -> Option<usize> {
        let approved = |a: &crate::model::order::Approval| {
            a.kind.is_some_and(|kind| kinds.contains(&kind)) && self.is_there(a.date)
        };
        self.order.approvals.iter().position(approved)
    }

    /// Evidence of some kinds that belongs to a scope, with its position.
    pub(super) fn evidence(&self, scope: Scope<'_>, kinds: &[PaperKind]) -> Option<usize> {
        self.order.docs.papers.iter().position(|p| {
            p.kind.is_some_and(|kind| kinds.contains(&kind))
                && self.is_there(p.date)
                && scope.holds(p.shipment.as_deref())
        })
    }

    pub(super) fn controls(&self, control: Control) -> bool {
        self.order.items.iter().any(|i| i.controls.contains(&control))
    }

    /// The country where the goods go: that of the destination, else the customer's.
    pub(super) fn destination(&self) -> Option<Country> {
        let to = self.order.to.as_deref();
        let place = to.and_then(|to| place::resolve(to).map(place::Location::country));
        let code = place.and_then(Country::by_code).or_else(|| Country::parse(to?));
        code.or_else(|| Country::parse(self.book.customer(self.order)?.country.as_deref()?))
    }
}
