//! After-sales: what claims cost, whose fault they were, what is still open. What is disputed is aged here, apart from
//! what is owed; currencies are never added.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::audience::Sees;
use super::ctx::Ctx;
use super::dates::Dates;
use super::groups::Groups;
use super::shipments::on_page;
use super::state::left_text;
use super::sums::Sums;
use super::threat::NEAR;
use super::{indicators, orders, paging};
use crate::derive::deadlines::Kind;
use crate::derive::kpi::Window;
use crate::derive::money::state::{agreed, disputed, is_open};
use crate::derive::production;
use crate::derive::{Facts, OrderFacts};
use crate::model::Order;
use crate::model::order::{Complaint, ComplaintKind};
use crate::model::party::PartyKind;
use crate::model::value::{Amount, Currency};
use crate::say;
use crate::site::format;
use crate::site::view::{AfterSalesPage, CauseRow, ClaimRow, DisputedRow, FeedbackRow, Figure, Link, Mark};
use crate::text::StaticBi;

/// Path of the first page without `.html`.
const BASE: &str = "aftersales";

/// A complaint that is open for more days is flagged.
pub const LONG: i64 = 30;

/// Upper bounds of the ages of what is disputed, in days; the last age has none.
const AGES: [i64; 3] = [30, 60, 90];

/// Days for which the list of those to be asked looks ahead.
const AHEAD: i64 = 30;

/// An answer that has not come after so many days is asked for again; after a year nobody asks.
const ANSWER: std::ops::Range<i64> = 14..366;

/// Whether what suppliers bear is shown: a figure of the purchase side, finance's alone.
#[must_use]
pub fn shows_recovery(ctx: &Ctx<'_>) -> bool {
    ctx.audience.sees(Sees::Margin) && ctx.audience.sees(Sees::SupplierPayments)
}

/// A complaint with its order.
#[derive(Debug)]
struct Claim<'a> {
    order: &'a Order,
    own: &'a OrderFacts,
    record: &'a Complaint,
    open: bool,
}

/// Somebody who has not said how the goods were.
#[derive(Debug)]
enum Ask<'a> {
    /// A date of the list, by its number.
    Due(usize),
    /// Asked on a day, without an answer.
    Waiting(&'a Order, NaiveDate),
}

/// Complaints and feedback of all orders, made once for both languages.
#[derive(Debug)]
pub struct AfterSales<'a> {
    open: Vec<Claim<'a>>,
    closed: Vec<Claim<'a>>,
    asks: Vec<Ask<'a>>,
    /// Those to be asked later than the list looks ahead.
    later: usize,
    dates: &'a Dates,
    as_of: NaiveDate,
}

impl<'a> AfterSales<'a> {
    /// Collects them: open ones the oldest first, settled ones the newest first.
    #[must_use]
    pub fn of(facts: &'a Facts<'a>, dates: &'a Dates) -> Self {
        let as_of = facts.as_of;
        let known = |c: &&Complaint| c.opened.is_none_or(|day| day <= as_of);
        let all = facts.each().flat_map(|(order, own)| {
            let claims = order.complaints.iter().filter(known);
            claims.map(move |record| Claim { order, own, record, open: is_open(record, as_of) })
        });
        let (mut open, mut closed): (Vec<Claim<'_>>, Vec<Claim<'_>>) = all.partition(|claim| claim.open);
        open.sort_by_key(|c| (c.record.opened.unwrap_or(NaiveDate::MIN), &c.order.id));
        closed.sort_by_key(|c| (Reverse(c.record.closed), &c.order.id));
        let due = dates.all.iter().enumerate();
        let mut asks: Vec<(NaiveDate, Ask<'_>)> = due
            .filter(|(_, date)| date.kind == Kind::Feedback && date.done.is_none())
            // Who was asked and complained is asked no more: the complaint stands above.
            .filter(|(_, date)| {
                let order = date.order.as_deref().and_then(|id| facts.book.order(id));
                order.and_then(|order| asked(order, as_of)).is_none()
            })
            .map(|(index, date)| (date.day, Ask::Due(index)))
            .collect();
        let all = asks.len();
        asks.retain(|(day, _)| (*day - as_of).num_days() <= AHEAD);
        let later = all - asks.len();
        asks.extend(facts.each().filter_map(|(order, _)| {
            let day = unanswered(order, as_of)?;
            Some((day, Ask::Waiting(order, day)))
        }));
        asks.sort_by_key(|(day, _)| *day);
        let asks = asks.into_iter().map(|(_, ask)| ask).collect();
        Self { open, closed, asks, later, dates, as_of }
    }

    /// Every page, from 0.
    #[must_use]
    pub fn pages(&self) -> Vec<usize> {
        (0..paging::count(self.len())).collect()
    }

    fn len(&self) -> usize {
        self.open.len() + self.asks.len() + self.closed.len()
    }

    /// One page in one language. Sums stand on the first.
    #[must_use]
    pub fn page(&self, ctx: &Ctx<'_>, groups: &Groups<'_>, page: usize) -> AfterSalesPage {
        let recovery = shows_recovery(ctx);
        let first = page == 0;
        let claims = |list: &[Claim<'_>]| list.iter().map(|claim| claim.row(ctx, recovery)).collect();
        let (second, third) = (self.open.len(), self.open.len() + self.asks.len());
        let causes = if first { self.causes(ctx, recovery) } else { (Vec::new(), 0) };
        AfterSalesPage {
            path: paging::file(BASE, page),
            title: say!(ctx, "售后", "After-sales"),
            as_of: format::full(ctx.as_of(), ctx.lang),
            figures: self.figures(ctx),
            recovery,
            open: claims(paging::part(&self.open, 0, page)),
            open_note: match (self.open.len(), self.old()) {
                (n, 0) => say!(ctx, "{n} 件", "{n}"),
                (n, old) => {
                    say!(ctx, "{n} 件，{old} 件超过 {LONG} 天", "{n}, {old} for more than {LONG} days")
                }
            },
            disputed: if first { self.disputed(ctx) } else { Vec::new() },
            causes: causes.0,
            causes_note: format!("n = {}", causes.1),
            share: if first { indicators::claims(ctx, &groups.kpis) } else { Vec::new() },
            feedback: paging::part(&self.asks, second, page)
                .iter()
                .filter_map(|a| self.ask(ctx, a))
                .collect(),
            feedback_note: {
                let (n, later) = (orders::orders(ctx, self.asks.len()), self.later);
                match later {
                    0 => n,
                    _ => say!(
                        ctx,
                        "{n}；另有 {later} 单 {AHEAD} 天以后才到问的时候",
                        "{n}; {later} more need not be asked for {AHEAD} days"
                    ),
                }
            },
            closed: claims(paging::part(&self.closed, third, page)),
            closed_note: say!(ctx, "{n} 件", "{n}", n = self.closed.len()),
            pages: paging::links(BASE, paging::count(self.len()), page),
        }
    }

    /// Open complaints that have been so for long.
    fn old(&self) -> usize {
        self.open.iter().filter(|claim| claim.age(self.as_of).is_some_and(|days| days > LONG)).count()
    }

    fn figures(&self, ctx: &Ctx<'_>) -> Vec<Figure> {
        let home = paging::file(BASE, 0);
        let count = |n: usize, label: StaticBi, at: &str, mark: Mark| Figure {
            value: n.to_string(),
            label: ctx.word(label).to_owned(),
            href: if n == 0 { String::new() } else { format!("{home}#{at}") },
            mark: if n == 0 { Mark::Todo } else { mark },
            ..Figure::default()
        };
        let mut list = vec![
            count(self.open.len(), ("件投诉没结", "complaints open"), "open", Mark::Todo),
            count(self.old(), ("件超过 30 天", "for more than 30 days"), "open", Mark::Late),
        ];
        let sums: Sums = self.open.iter().filter_map(|c| c.disputed(self.as_of)).collect();
        list.extend(sums.each().filter(|(_, sum)| !sum.is_zero()).map(|(currency, sum)| Figure {
            value: ctx.money(sum, Some(currency)),
            label: say!(ctx, "有争议", "disputed"),
            href: format!("{home}#disputed"),
            mark: Mark::Warn,
            ..Figure::default()
        }));
        let window = Window::ending(self.as_of);
        let year = self.each().filter(|c| c.record.opened.is_some_and(|day| window.holds(day))).count();
        list.push(count(year, ("件，12 个月内", "in 12 months"), "causes", Mark::Todo));
        list.push(count(self.asks.len(), ("单还没有反馈", "without feedback"), "feedback", Mark::Todo));
        list
    }

    fn each(&self) -> impl Iterator<Item = &Claim<'a>> {
        self.open.iter().chain(&self.closed)
    }

    /// What is disputed by currency and age.
    fn disputed(&self, ctx: &Ctx<'_>) -> Vec<DisputedRow> {
        #[derive(Default)]
        struct Sum {
            n: usize,
            claimed: Decimal,
            accepted: Decimal,
            ages: [Decimal; 4],
        }
        let mut all: BTreeMap<&str, (Currency, Sum)> = BTreeMap::new();
        for claim in &self.open {
            let Some((currency, rest)) = claim.disputed(self.as_of) else { continue };
            let (_, sum) = all.entry(currency.code()).or_insert_with(|| (currency, Sum::default()));
            let claimed = claim.record.claimed.as_ref().map(|a| a.value).unwrap_or_default();
            sum.n += 1;
            sum.claimed = sum.claimed.saturating_add(claimed);
            sum.accepted = sum.accepted.saturating_add(claimed.saturating_sub(rest));
            let days = claim.age(self.as_of).unwrap_or_default();
            let age = AGES.iter().position(|bound| days <= *bound).unwrap_or(AGES.len());
            if let Some(age) = sum.ages.get_mut(age) {
                *age = age.saturating_add(rest);
            }
        }
        let row = |(currency, sum): &(Currency, Sum)| {
            let figure = |n: Decimal| ctx.amount(n, Some(*currency));
            DisputedRow {
                currency: currency.code().to_owned(),
                n: sum.n.to_string(),
                claimed: figure(sum.claimed),
                accepted: figure(sum.accepted),
                disputed: figure(sum.claimed.saturating_sub(sum.accepted)),
                ages: sum.ages.iter().map(|n| if n.is_zero() { String::new() } else { figure(*n) }).collect(),
            }
        };
        all.values().map(row).collect()
    }

    /// Complaints of twelve months by cause, and how many there are.
    fn causes(&self, ctx: &Ctx<'_>, recovery: bool) -> (Vec<CauseRow>, usize) {
        let window = Window::ending(self.as_of);
        let mut all: BTreeMap<Option<ComplaintKind>, Vec<&Claim<'_>>> = BTreeMap::new();
        for claim in self.each().filter(|c| c.record.opened.is_some_and(|day| window.holds(day))) {
            all.entry(claim.record.kind).or_default().push(claim);
        }
        let n = all.values().map(Vec::len).sum::<usize>();
        let mut causes: Vec<_> = all.into_iter().collect();
        causes.sort_by_key(|(kind, list)| (Reverse(list.len()), *kind));
        let row = |(kind, list): &(Option<ComplaintKind>, Vec<&Claim<'_>>)| {
            let sum = |amount: &dyn Fn(&Claim<'_>) -> Option<(Currency, Decimal)>| -> Sums {
                list.iter().filter_map(|claim| amount(claim)).collect()
            };
            let open = list.iter().filter(|claim| claim.open).count();
            CauseRow {
                name: match kind {
                    Some(kind) => ctx.word(kind.title()).to_owned(),
                    None => say!(ctx, "没写", "not recorded"),
                },
                n: list.len().to_string(),
                percent: production::share(Decimal::from(list.len()), Decimal::from(n)),
                open: match open {
                    0 => String::new(),
                    _ => say!(ctx, "{open} 件没结", "{open} open"),
                },
                claimed: sum(&|claim| claim.amount(claim.record.claimed.as_ref())).text(ctx),
                accepted: sum(&|claim| claim.accepted(self.as_of)).text(ctx),
                recovered: match recovery {
                    true => sum(&|claim| claim.recovered()).text(ctx),
                    false => String::new(),
                },
            }
        };
        (causes.iter().map(row).collect(), n)
    }

    fn ask(&self, ctx: &Ctx<'_>, ask: &Ask<'_>) -> Option<FeedbackRow> {
        match ask {
            Ask::Due(index) => {
                let date = self.dates.all.get(*index)?;
                let entry = self.dates.entry(ctx, *index);
                let order = ctx.book().order(date.order.as_deref()?)?;
                let days = (date.day - self.as_of).num_days();
                Some(FeedbackRow {
                    day: entry.day,
                    estimated: date.estimated,
                    // What does not exist yet has no place on the page.
                    order: ctx.order_link(&order.id),
                    customer: ctx.customer(order),
                    state: say!(ctx, "没问", "not asked"),
                    left: entry.left,
                    mark: match days {
                        ..=-1 => Mark::Late,
                        0..=NEAR => Mark::Warn,
                        _ => Mark::Todo,
                    },
                    owner: entry.owner,
                })
            }
            Ask::Waiting(order, day) => {
                let days = (self.as_of - *day).num_days();
                Some(FeedbackRow {
                    day: ctx.weekday(*day),
                    estimated: false,
                    order: Link::new(order.id.to_string(), on_page(order, "#feedback")),
                    customer: ctx.customer(order),
                    state: say!(ctx, "问了没回", "asked, no answer"),
                    left: say!(ctx, "{days} 天", "{days} days"),
                    mark: Mark::Open,
                    owner: order
                        .merchandiser
                        .as_deref()
                        .map(|id| self.dates.people.link(ctx, id))
                        .unwrap_or_default(),
                })
            }
        }
    }
}

fn asked(order: &Order, as_of: NaiveDate) -> Option<NaiveDate> {
    order.feedback.as_deref()?.asked.filter(|day| *day <= as_of)
}

/// The day on which somebody asked and got no answer, while it makes sense to ask again.
fn unanswered(order: &Order, as_of: NaiveDate) -> Option<NaiveDate> {
    let said = order.feedback.as_deref()?;
    let silent = said.score.is_none() && said.text.as_deref().is_none_or(|text| text.trim().is_empty());
    asked(order, as_of).filter(|day| silent && ANSWER.contains(&(as_of - *day).num_days()))
}

impl Claim<'_> {
    /// Days for which it is, or was, open.
    fn age(&self, as_of: NaiveDate) -> Option<i64> {
        let end = self.record.closed.filter(|_| !self.open).unwrap_or(as_of);
        Some((end - self.record.opened?).num_days()).filter(|days| *days >= 0)
    }

    /// An amount with its currency, else that of the order.
    fn amount(&self, amount: Option<&Amount>) -> Option<(Currency, Decimal)> {
        let amount = amount?;
        Some((amount.currency.or(self.own.goods.currency)?, amount.value))
    }

    fn accepted(&self, as_of: NaiveDate) -> Option<(Currency, Decimal)> {
        self.amount(agreed(self.record, &self.order.credits, as_of))
    }

    /// What is claimed and not agreed, while it is open.
    fn disputed(&self, as_of: NaiveDate) -> Option<(Currency, Decimal)> {
        let rest = disputed(self.record, &self.order.credits, as_of).filter(|_| self.open)?;
        Some((self.amount(self.record.claimed.as_ref())?.0, rest))
    }

    fn recovered(&self) -> Option<(Currency, Decimal)> {
        self.amount(self.record.recovered.as_deref()?.amount.as_ref())
    }

    fn row(&self, ctx: &Ctx<'_>, recovery: bool) -> ClaimRow {
        let (order, record, as_of) = (self.order, self.record, ctx.as_of());
        let money = |amount: Option<(Currency, Decimal)>| {
            amount.map(|(currency, value)| ctx.money(value, Some(currency))).unwrap_or_default()
        };
        // An amount without a currency is shown as it is written.
        let plain = |amount: Option<&Amount>| {
            let amount = amount.map(|a| ctx.money(a.value, a.currency.or(self.own.goods.currency)));
            amount.unwrap_or_default()
        };
        let age = self.age(as_of);
        let due = record.due.filter(|_| self.open);
        let overdue = due.is_some_and(|day| day < as_of);
        let mut blamed = production::factories(order);
        // Whoever pays for it is whose fault it was.
        if let Some(from) = record.recovered.as_deref().and_then(|r| r.from.as_deref()).filter(|_| recovery) {
            blamed = vec![from];
        }
        let decision = [record.decision.as_deref(), record.settled.as_deref()];
        let decision: Vec<&str> = decision.into_iter().flatten().filter(|text| !text.is_empty()).collect();
        ClaimRow {
            opened: record.opened.map(|day| ctx.day(day)),
            number: record.number.clone().unwrap_or_default(),
            order: Link::new(order.id.to_string(), on_page(order, "#feedback")),
            customer: ctx.customer(order),
            factories: blamed.iter().map(|id| ctx.party(PartyKind::Supplier, id)).collect(),
            kind: record.kind.map(|kind| ctx.word(kind.title()).to_owned()).unwrap_or_default(),
            what: record.what.clone().unwrap_or_default(),
            claimed: plain(record.claimed.as_ref()),
            accepted: plain(agreed(record, &order.credits, as_of)),
            disputed: money(self.disputed(as_of).filter(|(_, rest)| !rest.is_zero())),
            recovered: match recovery {
                true => plain(record.recovered.as_deref().and_then(|r| r.amount.as_ref())),
                false => String::new(),
            },
            due: due.map(|day| ctx.day(day)),
            age: match (age, self.open) {
                (Some(1), true) => say!(ctx, "开了 1 天", "open for 1 day"),
                (Some(days), true) => say!(ctx, "开了 {days} 天", "open for {days} days"),
                (Some(1), false) => say!(ctx, "1 天结案", "closed in 1 day"),
                (Some(days), false) => say!(ctx, "{days} 天结案", "closed in {days} days"),
                (None, true) => say!(ctx, "没写哪天提的", "no day recorded"),
                (None, false) => String::new(),
            },
            age_sort: age.map(|days| days.to_string()).unwrap_or_default(),
            mark: match (self.open, age) {
                (false, _) => Mark::Done,
                (true, Some(days)) if days > LONG => Mark::Late,
                (true, _) if overdue => Mark::Late,
                (true, None) => Mark::Warn,
                (true, _) => Mark::Open,
            },
            decision: decision.join(ctx.word(("，", ", "))),
            corrective: record.corrective.clone().unwrap_or_default(),
            owner: {
                let owner = record.owner.as_deref().map(|id| ctx.person(id)).unwrap_or_default();
                match due.map(|day| left_text(ctx, (day - as_of).num_days())) {
                    Some(left) if owner.is_empty() => left,
                    Some(left) => format!("{owner} · {left}"),
                    None => owner,
                }
            },
        }
    }
}
