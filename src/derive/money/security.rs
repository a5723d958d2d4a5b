//! What stands behind money that is open: a bank, the goods or their documents, or only the buyer's word.
//!
//! Secured is what an effective letter of credit covers whose documents were not refused. Controlled is what we can
//! withhold: goods not shipped, or originals in our hands or a bank's. Everything else is unsecured; open account and
//! acceptance are from the day production is released, for the goods are made on credit then.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::Line;
use crate::derive::credit;
use crate::derive::custody::{self, Control, Holder};
use crate::derive::shipment::ShipmentFact;
use crate::derive::standing::is_refused;
use crate::model::Order;
use crate::model::order::ApprovalKind;
use crate::model::stage::Milestone;
use crate::model::value::Method;
use crate::text::StaticBi;

/// What stands behind what is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Security {
    /// A bank pays.
    Secured,
    /// We hold the goods or their documents.
    Controlled,
    /// Nothing but the buyer's word.
    Unsecured,
    /// Nothing is at stake yet: production is not released.
    Pending,
}

impl Security {
    /// What people call it.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Secured => ("有保障", "secured"),
            Self::Controlled => ("货或单据在手", "goods or documents in hand"),
            Self::Unsecured => ("无保障", "unsecured"),
            Self::Pending => ("未投产", "not in production"),
        }
    }
}

/// Sets the security of every line with something open.
pub(super) fn judge(lines: &mut [Line], order: &Order, shipments: &[ShipmentFact], as_of: NaiveDate) {
    let view = View { order, shipments, as_of };
    for line in lines.iter_mut().filter(|l| l.outstanding().is_some()) {
        line.security = view.of(line);
    }
}

struct View<'a> {
    order: &'a Order,
    shipments: &'a [ShipmentFact],
    as_of: NaiveDate,
}

impl View<'_> {
    fn of(&self, line: &Line) -> Security {
        let shipped = self.has_left(line.shipment.as_deref());
        if !shipped && !is_released(self.order, self.as_of) {
            return Security::Pending;
        }
        match line.method {
            Method::Lc if self.is_covered(line.shipment.as_deref()) => Security::Secured,
            Method::Oa | Method::Da => Security::Unsecured,
            _ if !shipped => Security::Controlled,
            Method::Cod if !self.is_delivered(line.shipment.as_deref()) => Security::Controlled,
            Method::Cod => Security::Unsecured,
            _ if self.holds_documents(line.shipment.as_deref()) => Security::Controlled,
            _ => Security::Unsecured,
        }
    }

    fn facts(&self, shipment: Option<&str>) -> impl Iterator<Item = &ShipmentFact> {
        self.shipments.iter().filter(move |s| shipment.is_none_or(|id| id == s.id))
    }

    /// Some of the goods have left.
    fn has_left(&self, shipment: Option<&str>) -> bool {
        let typed =
            || self.order.actual.as_deref().and_then(|a| a.shipped).is_some_and(|day| day <= self.as_of);
        self.facts(shipment).any(|s| s.shipped.is_some()) || (shipment.is_none() && typed())
    }

    /// A credit in force, whose documents were not refused and whose last day has not passed unused.
    fn is_covered(&self, shipment: Option<&str>) -> bool {
        let docs = &self.order.docs;
        let mine = |named: Option<&str>| named.is_none() || shipment.is_none() || named == shipment;
        let to_bank = docs.presentation.iter().filter(|p| {
            p.date.is_some_and(|day| day <= self.as_of)
                && mine(p.shipment.as_deref())
                && !matches!(p.to.as_deref(), Some("buyer" | "carrier"))
        });
        let presented: Vec<_> = to_bank.collect();
        if let Some(last) = presented.iter().max_by_key(|p| p.date) {
            return !is_refused(last, self.as_of);
        }
        let live = |lc: &credit::Credit<'_>| {
            let held = lc.lc.received.or(lc.lc.paper.day()).is_none_or(|day| day <= self.as_of);
            held && lc.expiry.as_ref().is_none_or(|e| e.value >= self.as_of)
        };
        credit::in_force(self.order, self.as_of).iter().any(live)
    }

    fn is_delivered(&self, shipment: Option<&str>) -> bool {
        self.facts(shipment).any(|fact| {
            let own = fact.index.and_then(|i| self.order.shipments.get(i));
            own.is_some_and(|s| s.delivered.or(s.released).is_some_and(|day| day <= self.as_of))
        })
    }

    /// Every shipment that has left is held by an original that is with us or a bank. An approval to release them
    /// unpaid does not change who holds them.
    fn holds_documents(&self, shipment: Option<&str>) -> bool {
        let mut some = false;
        for fact in self.facts(shipment).filter(|s| s.shipped.is_some()) {
            for custody in custody::of(self.order, fact, self.as_of) {
                some = true;
                let held = match &custody.control {
                    Control::Originals(hands) => hands.iter().all(|h| match h.holder {
                        Holder::Us => true,
                        Holder::Bank => !matches!(h.step, Some(custody::BankStep::Released(_))),
                        _ => false,
                    }),
                    Control::Released { .. } | Control::NoOriginal => false,
                };
                if !held {
                    return false;
                }
            }
        }
        some
    }
}

/// Somebody was told to make the goods, or makes them.
#[must_use]
pub fn is_released(order: &Order, as_of: NaiveDate) -> bool {
    let known = |day: Option<NaiveDate>| day.is_some_and(|day| day <= as_of);
    let typed = |key| order.actual.as_deref().is_some_and(|a| known(a.get(key)));
    order.purchases.iter().any(|p| known(p.issued))
        || order.progress.iter().any(|p| known(p.date))
        || [Milestone::Released, Milestone::Started, Milestone::Produced].into_iter().any(typed)
}

/// What somebody allowed on credit for the order, in its currency.
#[must_use]
pub fn approved(order: &Order, as_of: NaiveDate) -> Option<Decimal> {
    let own = order
        .approvals
        .iter()
        .filter(|a| a.kind == Some(ApprovalKind::Credit) && a.date.is_none_or(|day| day <= as_of));
    let mut all = own.filter_map(|a| Some(a.amount.as_ref()?.value)).peekable();
    all.peek()?;
    Some(all.fold(Decimal::ZERO, Decimal::saturating_add))
}
