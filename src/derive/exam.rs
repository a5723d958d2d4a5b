//! What a bank examines: each presentation under a credit with the papers that were in it, and, where nothing has been
//! presented yet, the papers as they would be presented today. Findings about a presentation that a later one cures
//! are history.

use std::rc::Rc;

use chrono::NaiveDate;

use super::claims::{self, Claim, Figure};
use super::credit::tenor::{self, From, Tenor};
use super::credit::{self, Credit, clock};
use super::papers::{self, Paper, Papers};
use crate::book::Book;
use crate::compare::reference;
use crate::model::Order;
use crate::model::document::{Presentation, PresentedSet};
use crate::model::value::Roll;
use crate::model::value::calendar::Dated;

/// The credits of an order and everything examined under them.
#[derive(Debug, Default)]
pub struct Exams<'a> {
    /// Credits in force, with their terms as amended and accepted.
    pub credits: Vec<Rc<Credit<'a>>>,
    /// By credit; real presentations by date, then what is not presented yet.
    pub all: Vec<Exam<'a>>,
}

/// One set of papers under one credit.
#[derive(Debug)]
pub struct Exam<'a> {
    /// The credit.
    pub credit: Rc<Credit<'a>>,
    /// The presentation and its position; nothing where none is recorded. One without a date is being prepared.
    pub presentation: Option<(usize, &'a Presentation)>,
    /// Which shipment, where the papers or the presentation say so.
    pub shipment: Option<&'a str>,
    /// The papers.
    pub papers: Papers<'a>,
    /// References in the presentation that name no recorded paper.
    pub unknown: Vec<&'a str>,
    /// The presentation says which papers were in it, so that one that is not named was not there.
    pub listed: bool,
    /// A later presentation cures this one.
    pub past: bool,
    /// Dates of shipment of its transport documents, earliest first.
    pub shipped: Vec<NaiveDate>,
    /// Until when it must be presented; with the calendar of the place of expiry.
    pub limit: clock::Limit,
}

impl<'a> Exam<'a> {
    /// The day of presentation.
    #[must_use]
    pub fn presented_on(&self) -> Option<NaiveDate> {
        self.presentation.and_then(|(_, p)| p.date)
    }

    /// Until when a fault of these papers can be cured by presenting others: the last day of presentation.
    #[must_use]
    pub fn cure_until(&self) -> Option<NaiveDate> {
        self.limit.last().map(|d| d.date)
    }

    /// Originals and copies of a paper in the presentation; a number that is not recorded is not zero.
    #[must_use]
    pub fn counts(&self, paper: &Paper<'a>) -> Option<(Option<u32>, Option<u32>)> {
        let (_, presentation) = self.presentation?;
        let name = paper.printed.reference()?;
        let row = presentation.documents.iter().find(|d| d.r#ref.as_deref() == Some(name))?;
        Some((row.originals, row.copies))
    }

    /// The quantity, weight or number that each kind of paper in the set states.
    #[must_use]
    pub fn claims(&self, figure: Figure) -> Vec<Claim<'a>> {
        claims::figure(&self.papers, figure)
    }

    /// When the draft falls due: counted from the latest shipment of the set, from the bank's receipt of complying
    /// papers (from its acceptance of refused ones, ISBP 745 B5), or from what else 42C names, and moved to an open day
    /// of the place of payment. Sight falls due when the bank honours and has no date of its own.
    #[must_use]
    pub fn maturity(&self, book: &Book) -> Option<Dated> {
        let tenor = tenor::read(self.credit.drafts?.value)?;
        let presentation = self.presentation.map(|(_, p)| p);
        let event = match tenor {
            Tenor::Sight | Tenor::On(_) => None,
            Tenor::Days(_, From::Shipment) => clock::maturity_start(&self.shipped),
            Tenor::Days(_, From::Sight) => presentation.and_then(|p| {
                let refused = p.refusal.is_some() || p.refused.is_some();
                if refused { p.accepted } else { p.received }
            }),
            Tenor::Days(_, From::Acceptance) => presentation.and_then(|p| p.accepted),
            Tenor::Days(_, From::Invoice) => {
                self.papers.invoice.iter().filter_map(|(_, d)| d.paper.day()).max()
            }
            Tenor::Days(_, From::Draft) => self.papers.draft.iter().filter_map(|(_, d)| d.paper.day()).max(),
        };
        let due = tenor.due(event)?;
        let calendar = clock::payment_calendar(book, &self.credit);
        Some(calendar.map_or(Dated { date: due, provisional: true }, |c| c.roll_dated(due, Roll::Following)))
    }

    /// Where the presentation stands: `presentation[1].date`.
    #[must_use]
    pub fn path(&self, field: &str) -> Option<String> {
        self.presentation.map(|(index, _)| format!("presentation[{index}].{field}"))
    }
}

impl<'a> Exams<'a> {
    /// Everything that is examined as of a day.
    #[must_use]
    pub fn of(book: &Book, order: &'a Order, as_of: NaiveDate) -> Self {
        if order.docs.lc.is_empty() {
            return Self::default();
        }
        let credits: Vec<Rc<Credit<'a>>> = credit::in_force(order, as_of).into_iter().map(Rc::new).collect();
        let mut all = Vec::new();
        for credit in &credits {
            let alone = credits.len() == 1;
            let done: Vec<(usize, &Presentation)> = order
                .docs
                .presentation
                .iter()
                .enumerate()
                .filter(|(_, p)| {
                    to_bank(p) && p.date.is_none_or(|day| day <= as_of) && under(p, credit, alone)
                })
                .collect();
            all.extend(presented(book, order, credit, &done, as_of));
            all.extend(ahead(book, order, credit, &done, alone, as_of));
        }
        Self { credits, all }
    }

    /// What is examined under one credit.
    pub fn under<'s>(&'s self, credit: &'s Credit<'a>) -> impl Iterator<Item = &'s Exam<'a>> {
        self.all.iter().filter(move |e| e.credit.index == credit.index)
    }
}

/// Originals, or what is not said to be copies, and not handed to the buyer or the carrier.
fn to_bank(presentation: &Presentation) -> bool {
    presentation.set != Some(PresentedSet::Copies)
        && presentation.set != Some(PresentedSet::Telex)
        && !matches!(presentation.to.as_deref(), Some("buyer" | "carrier"))
}

fn under(presentation: &Presentation, credit: &Credit<'_>, alone: bool) -> bool {
    match presentation.lc.as_deref() {
        Some(number) => [credit.lc.paper.id.as_deref(), credit.lc.paper.number.as_deref()]
            .into_iter()
            .flatten()
            .any(|own| reference::compare(own, number).agrees()),
        None => alone,
    }
}

fn presented<'a>(
    book: &Book,
    order: &'a Order,
    credit: &Rc<Credit<'a>>,
    done: &[(usize, &'a Presentation)],
    as_of: NaiveDate,
) -> Vec<Exam<'a>> {
    let mut all: Vec<Exam<'a>> = done
        .iter()
        .map(|&(index, presentation)| {
            let day = presentation.date.unwrap_or(as_of);
            let listed = presentation.documents.iter().any(|d| d.r#ref.is_some());
            let (papers, unknown) = if listed {
                named(order, presentation, day)
            } else {
                (unnamed(order, presentation, as_of), Vec::new())
            };
            let past =
                presentation.id.is_some() && done.iter().any(|(_, later)| later.again == presentation.id);
            let shipment = presentation.shipment.as_deref().or_else(|| only_shipment(&papers));
            exam(book, credit, Some((index, presentation)), shipment, papers, unknown, listed, past)
        })
        .collect();
    all.sort_by_key(Exam::presented_on);
    all
}

/// The papers that a presentation names. Of two that share a reference, the one that was there on that day counts.
fn named<'a>(order: &'a Order, presentation: &'a Presentation, day: NaiveDate) -> (Papers<'a>, Vec<&'a str>) {
    let every = Papers::of(order, |_| true);
    let mut chosen: Vec<(&'static str, usize)> = Vec::new();
    let mut unknown = Vec::new();
    for name in presentation.documents.iter().filter_map(|d| d.r#ref.as_deref()) {
        let mut found: Vec<Paper<'a>> =
            every.each().filter(|p| p.printed.reference() == Some(name)).collect();
        found.sort_by_key(|p| (p.printed.day().is_some_and(|d| d <= day), p.printed.day()));
        // One number may name papers of several kinds (a packing list under the invoice's number): all are meant.
        let kinds: Vec<&'static str> = found.iter().map(|p| p.key).collect();
        for kind in kinds {
            if let Some(paper) = found.iter().rfind(|p| p.key == kind) {
                chosen.push((paper.key, paper.index));
            }
        }
        if found.is_empty() {
            unknown.push(name);
        }
    }
    (Papers::of(order, |p| chosen.contains(&(p.key, p.index))), unknown)
}

/// The shipment that all papers belong to which name one.
fn only_shipment<'a>(papers: &Papers<'a>) -> Option<&'a str> {
    let mut named = papers.each().filter_map(|p| p.printed.shipment.as_deref());
    let first = named.next()?;
    named.all(|id| id == first).then_some(first)
}

/// A presentation that names no papers: all of its shipment that count today.
fn unnamed<'a>(order: &'a Order, presentation: &Presentation, as_of: NaiveDate) -> Papers<'a> {
    let wanted = presentation.shipment.as_deref();
    Papers::of(order, |p| {
        let own = p.printed.shipment.as_deref();
        papers::is_known(p.printed, as_of) && (wanted.is_none() || own.is_none() || own == wanted)
    })
}

/// Papers of shipments that no presentation covers yet, as they stand. With several credits a set belongs to the
/// credit that its invoice names.
fn ahead<'a>(
    book: &Book,
    order: &'a Order,
    credit: &Rc<Credit<'a>>,
    done: &[(usize, &'a Presentation)],
    alone: bool,
    as_of: NaiveDate,
) -> Vec<Exam<'a>> {
    let sets = papers::sets(order, as_of);
    let single = sets.iter().filter(|s| !s.whole).count() <= 1;
    let whole = sets.iter().find(|s| s.whole).map(|s| s.papers.clone());
    let covered = |shipment: Option<&str>| {
        done.iter().any(|(_, p)| single || p.shipment.is_none() || p.shipment.as_deref() == shipment)
    };
    let mine = |papers: &Papers<'_>| {
        // Papers that go to a collection are not drawn under the credit.
        (alone && papers.collection.is_empty())
            || papers
                .each()
                .filter_map(|p| p.printed.lc.as_deref())
                .any(|lc| reference::compare(lc, credit.number()).agrees())
    };
    let parts = sets.into_iter().filter(|s| single || !s.whole);
    parts
        .filter(|set| !covered(set.shipment) && mine(&set.papers))
        .map(|mut set| {
            // An insurance policy or a certificate for all shipments goes with each of them.
            if let Some(whole) = whole.as_ref().filter(|_| !single) {
                set.papers.insurance.extend(&whole.insurance);
                set.papers.certificate.extend(&whole.certificate);
                set.papers.origin.extend(&whole.origin);
            }
            exam(book, credit, None, set.shipment, set.papers, Vec::new(), false, false)
        })
        .collect()
}

#[expect(clippy::too_many_arguments, reason = "the fields of an exam, filled in one place")]
fn exam<'a>(
    book: &Book,
    credit: &Rc<Credit<'a>>,
    presentation: Option<(usize, &'a Presentation)>,
    shipment: Option<&'a str>,
    papers: Papers<'a>,
    unknown: Vec<&'a str>,
    listed: bool,
    past: bool,
) -> Exam<'a> {
    let mut shipped: Vec<NaiveDate> = papers
        .transports()
        .iter()
        .filter(|t| !t.paper.printed.is_draft())
        .filter_map(|t| Some(t.shipped?.0))
        .collect();
    shipped.sort_unstable();
    let start = clock::presentation_start(credit.allows_partial(), &shipped);
    let limit = clock::limit(credit, start, &clock::expiry_calendar(book, credit));
    Exam { credit: Rc::clone(credit), presentation, shipment, papers, unknown, listed, past, shipped, limit }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::document::{BillOfLading, Invoice, LetterOfCredit, PresentedPaper, Printed};

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn paper(number: &str, date: &str, replaced_by: Option<&str>) -> Printed {
        Printed {
            number: Some(number.into()),
            date: Some(day(date)),
            replaced_by: replaced_by.map(str::to_owned),
            ..Printed::default()
        }
    }

    fn presentation(id: &str, date: &str, again: Option<&str>, refs: &[&str]) -> Presentation {
        let row = |name: &&str| PresentedPaper {
            r#ref: Some((*name).to_owned()),
            originals: Some(3),
            copies: None,
        };
        Presentation {
            id: Some(id.into()),
            date: Some(day(date)),
            again: again.map(str::to_owned),
            to: Some("bank".into()),
            documents: refs.iter().map(row).collect(),
            ..Presentation::default()
        }
    }

    fn order() -> Order {
        let mut order = Order::default();
        order.file.docs.lc =
            vec![LetterOfCredit { expiry: Some(day("2026-11-10")), ..LetterOfCredit::default() }];
        order.file.docs.invoice = vec![
            Invoice { paper: paper("INV-1", "2026-10-10", Some("INV-1A")), ..Invoice::default() },
            Invoice { paper: paper("INV-1A", "2026-10-28", None), ..Invoice::default() },
        ];
        let bl = Printed { number: Some("BL-1".into()), ..Printed::default() };
        order.file.docs.bl =
            vec![BillOfLading { on_board: Some(day("2026-10-12")), paper: bl, ..BillOfLading::default() }];
        order
    }

    #[test]
    fn before_any_presentation_the_current_papers_are_examined() {
        let order = order();
        let exams = Exams::of(&Book::default(), &order, day("2026-10-30"));
        assert_eq!(exams.all.len(), 1);
        let exam = &exams.all[0];
        assert_eq!(exam.papers.invoice.iter().map(|(i, _)| *i).collect::<Vec<_>>(), [1]);
        assert_eq!((exam.presented_on(), exam.cure_until()), (None, Some(day("2026-11-02"))));
    }

    #[test]
    fn a_cured_presentation_is_history_and_keeps_its_own_papers() {
        let mut order = order();
        order.file.docs.presentation = vec![
            presentation("1", "2026-10-16", None, &["INV-1", "BL-1", "NOTHING"]),
            presentation("2", "2026-10-30", Some("1"), &["INV-1A", "BL-1"]),
        ];
        let exams = Exams::of(&Book::default(), &order, day("2026-11-20"));
        let seen: Vec<(bool, Vec<usize>, usize)> = exams
            .all
            .iter()
            .map(|e| (e.past, e.papers.invoice.iter().map(|(i, _)| *i).collect(), e.unknown.len()))
            .collect();
        assert_eq!(seen, [(true, vec![0], 1), (false, vec![1], 0)]);
        assert_eq!(
            exams.all[0].counts(&exams.all[0].papers.kind("bl").next().unwrap()),
            Some((Some(3), None))
        );
        // As of the day before the second, the first is not yet cured.
        let before = Exams::of(&Book::default(), &order, day("2026-10-29"));
        assert_eq!(before.all.iter().map(|e| e.past).collect::<Vec<_>>(), [false]);
    }

    #[test]
    fn what_goes_to_a_collection_is_not_drawn_under_the_credit() {
        let mut order = order();
        order.file.docs.collection = vec![crate::model::document::Collection::default()];
        assert!(Exams::of(&Book::default(), &order, day("2026-10-30")).all.is_empty());
    }

    #[test]
    fn copies_to_the_buyer_are_no_presentation() {
        let mut order = order();
        let copies =
            Presentation { set: Some(PresentedSet::Copies), ..presentation("c", "2026-10-15", None, &[]) };
        order.file.docs.presentation = vec![copies];
        assert!(Exams::of(&Book::default(), &order, day("2026-10-30")).all[0].presentation.is_none());
    }
}
