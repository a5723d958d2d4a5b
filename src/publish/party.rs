//! A customer, a supplier or a forwarder: what is open, how they behave, what one should know.
//!
//! Purchase prices are not for this tree, and neither is what a customer pays on the page of a supplier. Bank
//! accounts and the name of a customer's portal are not shown at all.

use chrono::{Datelike, NaiveDate};
use rust_decimal::Decimal;

use super::ctx::Ctx;
use super::groups::Groups;
use super::orders::{orders, row};
use super::sums::Sums;
use super::{exposure, finding, paging};
use crate::derive::OrderFacts;
use crate::derive::kpi::{FEW, Window, first_pass, median};
use crate::model::Order;
use crate::model::party::{Party, PartyKind};
use crate::model::stage::Milestone;
use crate::model::value::PaymentTerms;
use crate::say;
use crate::site::markdown;
use crate::site::view::{self, Field, Figure, Link, Mark, OrderRow, PartyMoney, PartyPage};
use crate::text::Lang;

/// Closed orders on the page; the lists by year hold all.
const CLOSED: usize = 100;

/// Open orders on the page, so that both lists stay within one page of a list.
const OPEN: usize = paging::PAGE - CLOSED;

/// Looking ahead: what a supplier must finish within these days.
const AHEAD: i64 = 45;

/// The page of a party.
#[must_use]
pub fn page(ctx: &Ctx<'_>, groups: &Groups<'_>, party: &Party) -> PartyPage {
    let orders = groups.party(party.kind, &party.id);
    let (open, closed): (Vec<usize>, Vec<usize>) =
        orders.iter().copied().partition(|i| groups.own(*i).is_some_and(OrderFacts::is_open));
    let of = Dealings { ctx, groups, open: &open, all: orders };
    let title = party.label(ctx.lang).to_owned();
    PartyPage {
        id: party.id.to_string(),
        kind: match party.kind {
            PartyKind::Customer => view::PartyKind::Customer,
            PartyKind::Supplier => view::PartyKind::Supplier,
            PartyKind::Forwarder => view::PartyKind::Forwarder,
        },
        other_name: other_name(ctx, party).filter(|name| *name != title).unwrap_or_default().to_owned(),
        title,
        figures: match party.kind {
            PartyKind::Customer => of.customer(),
            PartyKind::Supplier => of.supplier(),
            PartyKind::Forwarder => of.forwarder(&party.id),
        },
        money: if party.kind == PartyKind::Customer { money(ctx, groups, party) } else { None },
        fields: fields(ctx, party),
        notes_html: party.note.as_deref().map(|note| markdown::render(note, 2)).unwrap_or_default(),
        open: rows(ctx, groups, party.kind, open.iter().take(OPEN)),
        closed: rows(ctx, groups, party.kind, closed.iter().take(CLOSED)),
        more: more(ctx, groups, &open, &closed),
        findings: finding::list(ctx, groups.party_findings(party.kind, &party.id)),
    }
}

/// What a customer owes, the credit it has, and how it pays; nothing where there is nothing to say.
fn money(ctx: &Ctx<'_>, groups: &Groups<'_>, party: &Party) -> Option<PartyMoney> {
    let customer = groups.exposure.customer(&party.id)?;
    let pending: Sums = customer
        .owed
        .iter()
        .filter(|(_, owed)| !owed.pending.is_zero())
        .filter_map(|(currency, owed)| Some(((*currency)?, owed.pending)))
        .collect();
    Some(PartyMoney {
        owed: exposure::owed(ctx, customer),
        pending: pending.text(ctx),
        limits: exposure::limits(ctx, customer),
        habit: exposure::habit(ctx, &customer.habit),
    })
}

fn other_name<'p>(ctx: &Ctx<'_>, party: &'p Party) -> Option<&'p str> {
    match ctx.lang {
        Lang::Zh => party.name.as_deref(),
        Lang::En => party.name_zh.as_deref(),
    }
}

fn rows<'i>(
    ctx: &Ctx<'_>,
    groups: &Groups<'_>,
    kind: PartyKind,
    list: impl Iterator<Item = &'i usize>,
) -> Vec<OrderRow> {
    list.filter_map(|i| row(ctx, groups, *i))
        .map(|mut row| {
            if kind != PartyKind::Customer {
                row.amount.clear();
                row.amount_sort.clear();
            }
            row
        })
        .collect()
}

/// Where the orders that are not shown stand.
fn more(ctx: &Ctx<'_>, groups: &Groups<'_>, open: &[usize], closed: &[usize]) -> Link {
    let hidden = open.len().saturating_sub(OPEN) + closed.len().saturating_sub(CLOSED);
    if hidden == 0 {
        return Link::default();
    }
    let text = say!(ctx, "另有 {hidden} 单，在订单清单里", "{hidden} more in the lists of orders");
    let first = closed.get(CLOSED).and_then(|i| groups.own(*i));
    let day = first.and_then(|own| own.progress.done_on(Milestone::Closed));
    let href = match day.filter(|day| open.len() <= OPEN && groups.closed.contains_key(&day.year())) {
        Some(day) => format!("orders/closed-{}.html", day.year()),
        None => "orders.html".to_owned(),
    };
    Link::new(text, href)
}

struct Dealings<'c, 'a> {
    ctx: &'c Ctx<'c>,
    groups: &'c Groups<'a>,
    open: &'c [usize],
    all: &'c [usize],
}

impl Dealings<'_, '_> {
    fn each<'l>(&'l self, list: &'l [usize]) -> impl Iterator<Item = (&'l Order, &'l OrderFacts)> {
        list.iter().filter_map(|i| self.groups.get(*i))
    }

    fn customer(&self) -> Vec<Figure> {
        let ctx = self.ctx;
        let worth = |list: &mut dyn Iterator<Item = (&Order, &OrderFacts)>| -> Sums {
            list.filter_map(|(_, own)| own.goods.currency.zip(own.goods.total)).collect()
        };
        let open = worth(&mut self.each(self.open));
        let window = Window::ending(ctx.as_of());
        let year: Vec<(&Order, &OrderFacts)> = self
            .each(self.all)
            .filter(|(order, own)| !own.is_cancelled() && order.signed.is_some_and(|day| window.holds(day)))
            .collect();
        let signed = worth(&mut year.iter().copied());
        let mut figures = vec![self.count(open.text(ctx))];
        figures.push(Figure {
            value: year.len().to_string(),
            label: say!(ctx, "12 个月内签约", "signed in 12 months"),
            note: signed.text(ctx),
            ..Figure::default()
        });
        let amended = year.iter().filter(|(order, _)| !order.amendments.is_empty()).count();
        if amended > 0 {
            let n = year.len();
            figures.push(figure(format!("{amended}/{n}"), say!(ctx, "改过单", "amended"), Mark::Todo));
        }
        figures.extend(self.complaints());
        figures
    }

    fn supplier(&self) -> Vec<Figure> {
        let ctx = self.ctx;
        let making = self.each(self.open).filter(|(_, own)| !own.progress.is_done(Milestone::Produced));
        let soon = making
            .filter(|(_, own)| {
                let day = own.progress.milestone(Milestone::Produced).expected();
                day.is_some_and(|day| (day - ctx.as_of()).num_days() <= AHEAD)
            })
            .count();
        let window = Window::ending(ctx.as_of());
        let firsts = self.each(self.all).flat_map(|(order, _)| first_pass::firsts(order, ctx.as_of()));
        let tests: Vec<bool> =
            firsts.filter(|(day, _)| window.holds(*day)).map(|(_, passed)| passed).collect();
        let mut figures = vec![
            self.count(String::new()),
            figure(
                soon.to_string(),
                say!(ctx, "{AHEAD} 天内要完工", "to finish within {AHEAD} days"),
                Mark::Todo,
            ),
        ];
        figures
            .extend(self.delay(Milestone::Produced, ("完工比计划，中位", "finished against plan, median")));
        if !tests.is_empty() {
            let (good, of) = (tests.iter().filter(|good| **good).count(), tests.len());
            let label = say!(ctx, "终检一次通过", "passed final inspection at once");
            figures.push(Figure {
                note: say!(ctx, "12 个月", "12 months"),
                ..figure(format!("{good}/{of}"), label, Mark::Todo)
            });
        }
        figures.extend(self.complaints());
        figures
    }

    fn forwarder(&self, id: &str) -> Vec<Figure> {
        let ctx = self.ctx;
        let mine = |order: &Order| -> Vec<bool> {
            let mine = order.shipments.iter().filter(|s| s.forwarder.as_deref() == Some(id));
            mine.map(|s| !s.rolled.is_empty()).collect()
        };
        let all: Vec<bool> = self.each(self.all).flat_map(|(order, _)| mine(order)).collect();
        let rolled = all.iter().filter(|rolled| **rolled).count();
        let of = all.len();
        let mut figures = vec![self.count(String::new())];
        if of > 0 {
            let mark = if rolled > 0 { Mark::Warn } else { Mark::Todo };
            figures.push(figure(
                format!("{rolled}/{of}"),
                say!(ctx, "批次被甩柜", "shipments rolled over"),
                mark,
            ));
        }
        figures
    }

    fn count(&self, note: String) -> Figure {
        let label = say!(self.ctx, "进行中", "open");
        Figure { note, ..figure(self.open.len().to_string(), label, Mark::Todo) }
    }

    /// Median days between a milestone and its typed plan, over the orders that have both.
    fn delay(&self, milestone: Milestone, label: crate::text::StaticBi) -> Option<Figure> {
        let ctx = self.ctx;
        let days: Vec<i64> = self
            .each(self.all)
            .filter_map(|(_, own)| {
                let fact = own.progress.milestone(milestone);
                let plan = fact.plan.filter(|p| !p.derived)?;
                Some((fact.actual?.date? - plan.date).num_days())
            })
            .collect();
        let n = days.len();
        let median = median(days)?;
        let sign = if median > Decimal::ZERO { "+" } else { "" };
        let value = ctx.number(median);
        Some(Figure {
            note: cases(ctx, n),
            ..figure(
                say!(ctx, "{sign}{value} 天", "{sign}{value} days"),
                ctx.word(label).to_owned(),
                Mark::Todo,
            )
        })
    }

    fn complaints(&self) -> Option<Figure> {
        let ctx = self.ctx;
        let all: Vec<bool> = self
            .each(self.all)
            .flat_map(|(order, _)| &order.complaints)
            .map(|c| c.closed.is_none_or(|day| day > ctx.as_of()))
            .collect();
        let open = all.iter().filter(|open| **open).count();
        (!all.is_empty()).then(|| Figure {
            note: if open > 0 { say!(ctx, "{open} 件没结", "{open} open") } else { String::new() },
            ..figure(
                all.len().to_string(),
                say!(ctx, "投诉", "complaints"),
                if open > 0 { Mark::Warn } else { Mark::Todo },
            )
        })
    }
}

/// `n = 23`; with few cases, that they are few.
fn cases(ctx: &Ctx<'_>, n: usize) -> String {
    match n {
        1 => say!(ctx, "只有 1 单，说明不了问题", "only 1 case, too few to judge"),
        n if n < FEW => say!(ctx, "只有 {n} 单，说明不了问题", "only {n} cases, too few to judge"),
        n => format!("n = {n}"),
    }
}

fn figure(value: String, label: String, mark: Mark) -> Figure {
    Figure { value, label, mark, ..Figure::default() }
}

/// What the file says, without bank and portal.
fn fields(ctx: &Ctx<'_>, party: &Party) -> Vec<Field> {
    let day = |day: Option<NaiveDate>| day.map(|day| ctx.day(day).text);
    let list = [
        (("地址", "Address"), (!party.address.is_empty()).then(|| party.address.join(", "))),
        (("国家", "Country"), party.country.clone()),
        (("联系人", "Contact"), party.contact.clone()),
        (("邮箱", "E-mail"), party.email.clone()),
        (("电话", "Telephone"), party.phone.clone()),
        (("税号", "Tax number"), party.tax_id.clone()),
        (("信用代码", "Company number"), party.uscc.clone()),
        (("EORI", "EORI"), party.eori.clone()),
        (("正常交期", "Usual lead time"), party.lead_time_days.map(|n| say!(ctx, "{n} 天", "{n} days"))),
        (("合规筛查", "Screened"), day(party.screened)),
        (("信用额度", "Credit limit"), credit_limit(ctx, party)),
        (("关联公司", "Affiliates"), (!party.affiliates.is_empty()).then(|| party.affiliates.join(", "))),
        (("新订单默认", "Defaults for new orders"), defaults(ctx, party)),
    ];
    list.into_iter()
        .filter_map(|(label, value)| {
            Some(Field::new(ctx.word(label), value.filter(|v| !v.trim().is_empty())?))
        })
        .collect()
}

fn credit_limit(ctx: &Ctx<'_>, party: &Party) -> Option<String> {
    let limit = party.credit_limit.as_deref()?;
    let amount = limit.amount.as_ref()?;
    let amount = ctx.money(amount.value, amount.currency);
    let by = limit.by.as_deref().map(|id| ctx.person(id));
    let until = limit.until.map(|day| {
        let day = ctx.day(day).text;
        say!(ctx, "到 {day}", "until {day}")
    });
    let rest: Vec<String> = [by, until].into_iter().flatten().collect();
    let rest = rest.join(ctx.word(("，", ", ")));
    Some(if rest.is_empty() { amount } else { say!(ctx, "{amount}（{rest}）", "{amount} ({rest})") })
}

fn defaults(ctx: &Ctx<'_>, party: &Party) -> Option<String> {
    let defaults = party.defaults.as_deref()?;
    let person = defaults.merchandiser.as_deref().map(|id| ctx.person(id));
    let parts: Vec<String> = [
        defaults.incoterm.as_ref().map(|term| term.text.clone()),
        defaults.payment.as_deref().map(|text| {
            PaymentTerms::parse(text).map_or_else(|_| text.to_owned(), |terms| ctx.text(&terms.echo()))
        }),
        defaults.currency.clone(),
        defaults.to.clone(),
        person,
    ]
    .into_iter()
    .flatten()
    .collect();
    (!parts.is_empty()).then(|| parts.join(ctx.word(("，", ", "))))
}

/// `3 单`, for a list of parties.
#[must_use]
pub fn count_text(ctx: &Ctx<'_>, groups: &Groups<'_>, party: &Party) -> String {
    orders(ctx, groups.party(party.kind, &party.id).len())
}
