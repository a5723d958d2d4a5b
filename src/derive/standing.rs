//! Where a letter of credit stands: what was drawn under it, what is left, which step is next and until when. The
//! papers themselves are for the rules to judge.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::OrderFacts;
use super::credit::{Credit, clock, limit};
use super::exam::{Exam, Exams};
use crate::book::Book;
use crate::model::Order;
use crate::model::document::{CreditAmendment, Presentation};
use crate::model::stage::Milestone;
use crate::model::value::calendar::Dated;

/// What happens next under a credit.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// The goods are still to leave.
    Ship,
    /// The goods have left, the papers are still to be presented.
    Present,
    /// The bank refused; other papers are to be presented.
    Cure,
    /// The bank examines, or has to pay.
    Examined,
    /// The bank accepted and pays at maturity.
    Mature,
    /// Nothing: paid, closed, cancelled or replaced.
    None,
}

/// Where a credit stands.
#[derive(Debug, Clone)]
pub struct Standing<'a> {
    /// Its terms in force.
    pub credit: Credit<'a>,
    /// Dates of shipment of what is still to be presented, else of everything, earliest first.
    pub shipped: Vec<NaiveDate>,
    /// The last day of presentation, and the two dates that make it, of what is to be presented next; of the last
    /// presentation where nothing is left to present.
    pub limit: clock::Limit,
    /// Presented for, without what was refused.
    pub drawn: Decimal,
    /// The most that may be drawn.
    pub cap: Option<Decimal>,
    /// What happens next.
    pub step: Step,
    /// Until when: the clock that runs out first.
    pub due: Option<Dated>,
    /// Amendments that nobody has answered, by position.
    pub pending: Vec<usize>,
}

impl<'a> Standing<'a> {
    /// Where a credit in force stands.
    #[must_use]
    pub fn of(
        book: &Book,
        facts: &OrderFacts,
        exams: &Exams<'a>,
        credit: &Credit<'a>,
        as_of: NaiveDate,
    ) -> Self {
        let own: Vec<&Exam<'a>> = exams.under(credit).filter(|e| !e.past).collect();
        let calendar = clock::expiry_calendar(book, credit);
        let ahead = || own.iter().filter(|e| e.presentation.is_none() && !e.shipped.is_empty());
        let refused = || own.iter().filter(|e| e.presentation.is_some_and(|(_, p)| is_refused(p, as_of)));
        // The set whose clock runs out first decides; a refused one is to be presented again.
        let next = ahead().chain(refused()).min_by_key(|e| e.cure_until());
        let last = own.iter().filter(|e| e.presentation.is_some()).max_by_key(|e| e.presented_on());
        let shown = next.or(last);
        let mut standing = Self {
            credit: credit.clone(),
            shipped: shown.map(|e| e.shipped.clone()).unwrap_or_default(),
            limit: shown.map_or_else(|| clock::limit(credit, None, &calendar), |e| e.limit),
            drawn: own.iter().filter_map(|e| drawn(e, as_of)).fold(Decimal::ZERO, Decimal::saturating_add),
            cap: limit::amount(credit).and_then(|range| range.high),
            step: Step::None,
            due: None,
            pending: pending(credit, as_of),
        };
        (standing.step, standing.due) = step(book, facts, &standing, (next, last), as_of);
        standing
    }

    /// Something is still to be done under it.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.step != Step::None
    }

    /// What may still be drawn; negative when overdrawn.
    #[must_use]
    pub fn left(&self) -> Option<Decimal> {
        self.cap?.checked_sub(self.drawn)
    }

    /// The last day of presentation, once the goods have left.
    #[must_use]
    pub fn last_presentation(&self) -> Option<Dated> {
        if self.shipped.is_empty() { None } else { self.limit.last() }
    }
}

type Sets<'s, 'a> = (Option<&'s &'s Exam<'a>>, Option<&'s &'s Exam<'a>>);

fn step(
    book: &Book,
    facts: &OrderFacts,
    standing: &Standing<'_>,
    (next, last): Sets<'_, '_>,
    as_of: NaiveDate,
) -> (Step, Option<Dated>) {
    if !facts.is_open() || facts.progress.is_done(Milestone::Paid) {
        return (Step::None, None);
    }
    if let Some(next) = next {
        let step = if next.presentation.is_some() { Step::Cure } else { Step::Present };
        return (step, standing.limit.last());
    }
    if !facts.progress.is_done(Milestone::Shipped) {
        return (Step::Ship, latest(&standing.credit).map(fixed).or(standing.limit.by_expiry));
    }
    let Some((_, presentation)) = last.and_then(|exam| exam.presentation) else {
        return (Step::Present, standing.limit.last());
    };
    let known = |day: Option<NaiveDate>| day.filter(|d| *d <= as_of);
    if known(presentation.paid).is_some() {
        return (Step::None, None);
    }
    if known(presentation.accepted).is_some() {
        return (Step::Mature, presentation.maturity.map(fixed));
    }
    let received = known(presentation.received);
    let calendar = clock::issuer_calendar(book, &standing.credit);
    let due = received.zip(calendar).map(|(day, calendar)| clock::refusal_deadline(day, &calendar));
    (Step::Examined, due)
}

/// A day that no calendar moves.
fn fixed(date: NaiveDate) -> Dated {
    Dated { date, provisional: false }
}

/// 44C, or the end of 44D.
fn latest(credit: &Credit<'_>) -> Option<NaiveDate> {
    let ends = || credit.shipment_period.iter().filter_map(|p| p.value.to.or(p.value.about)).max();
    credit.latest_shipment.map(|l| l.value).or_else(ends)
}

/// What a presentation asks for: its amount, else what its invoices claim.
fn drawn(exam: &Exam<'_>, as_of: NaiveDate) -> Option<Decimal> {
    let (_, presentation) = exam.presentation?;
    if is_refused(presentation, as_of) {
        return None;
    }
    let claimed = || {
        let invoices = exam.papers.invoice.iter().map(|(_, i)| i.total_net.as_ref().or(i.total.as_ref()));
        invoices.flatten().map(|a| a.value).fold(Decimal::ZERO, Decimal::saturating_add)
    };
    Some(presentation.amount.as_ref().map_or_else(claimed, |a| a.value))
}

/// The bank has refused, and neither paid nor accepted since.
#[must_use]
pub fn is_refused(presentation: &Presentation, as_of: NaiveDate) -> bool {
    let sent = presentation.refusal.as_deref().and_then(|r| r.sent).or(presentation.refused);
    let settled = [presentation.paid, presentation.accepted].into_iter().flatten().any(|day| day <= as_of);
    sent.is_some_and(|day| day <= as_of) && !settled
}

/// Amendments received and not answered by a day.
fn pending(credit: &Credit<'_>, as_of: NaiveDate) -> Vec<usize> {
    let open = |a: &CreditAmendment| {
        let received = a.received.or(a.date).is_some_and(|day| day <= as_of);
        received && ![a.accepted, a.rejected].into_iter().flatten().any(|day| day <= as_of)
    };
    let all = credit.lc.amendments.iter().enumerate();
    all.filter(|(_, a)| open(a)).map(|(n, _)| n).collect()
}

/// The last day on which the papers of an order may be presented under its credits: of what has left and is not
/// presented, or was refused. Nothing before the goods have left, or without a credit.
#[must_use]
pub fn last_presentation(book: &Book, order: &Order, as_of: NaiveDate) -> Option<Dated> {
    let exams = Exams::of(book, order, as_of);
    let open = exams.all.iter().filter(|e| {
        !e.past && !e.shipped.is_empty() && e.presentation.is_none_or(|(_, p)| is_refused(p, as_of))
    });
    open.filter_map(|e| e.limit.last()).min_by_key(|d| d.date)
}
