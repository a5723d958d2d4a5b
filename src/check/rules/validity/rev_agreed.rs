//! `rev-agreed`: the order is not what the last signed paper says.

use super::super::prelude::*;
use crate::check::shared::{figures, papers};
use crate::model::document::{Contract, Line};
use crate::model::order::Item;
use crate::model::value::Currency;
use crate::model::value::SamePlace;
use crate::model::value::fold::fold;
use crate::model::value::place::same_place;
use crate::text::Bi;
use rust_decimal::Decimal;
use std::collections::{BTreeMap, BTreeSet, VecDeque};

/// The rule.
pub static RULE: Rule = Rule {
    name: "rev-agreed",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定；《联合国国际货物销售合同公约》第 29 条", "house rule; CISG art. 29"),
    title: ("订单和签回的合同不一致", "order differs from the signed contract"),
    docs: Docs {
        checks: (
            "最后一份客户签回的形式发票或合同，币种、贸易术语和每行的货号（或品名）、数量、单价与订单相同。签回以后登记了改单的不比。",
            "The last proforma or contract signed by the buyer has the order's currency, trade term, and for every line its item, quantity and price. Where an amendment was recorded since, nothing is compared.",
        ),
        why: (
            "签字的那份才是合同；照没签的做，货做错了自己赔。",
            "The signed paper is the contract; goods made to anything else are made at our own risk.",
        ),
        fix: (
            "订单改过就让客户签新版本，或登记 [[amendments]]；没改过就是登记错了，改订单。",
            "If the order changed, get a new revision signed or record an [[amendments]] entry; if not, correct the order.",
        ),
    },
    example: example!("rev-agreed"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let Some((key, index, paper)) = latest(case) else { return };
    let signed = paper.signed_by_buyer.or(paper.paper.day());
    if case.order.amendments.iter().any(|a| a.date.is_none() || a.date >= signed) {
        return;
    }
    let found = Found { case, key, index, paper };
    found.currency(out);
    found.term(out);
    found.lines(out);
}

/// The last revision that the buyer signed, of proforma or contract.
fn latest<'a>(case: &Case<'a>) -> Option<(&'static str, usize, &'a Contract)> {
    let docs = &case.order.docs;
    let of = |key: &'static str, list: &'a [Contract]| list.iter().enumerate().map(move |(i, c)| (key, i, c));
    of("proforma", &docs.proforma)
        .chain(of("contract", &docs.contract))
        .filter(|(_, _, c)| c.paper.is_current() && c.signed_by_buyer.is_some_and(|d| d <= case.as_of()))
        .max_by_key(|(_, index, c)| (c.signed_by_buyer, c.revision, *index))
}

struct Found<'c, 'a> {
    case: &'c Case<'a>,
    key: &'static str,
    index: usize,
    paper: &'a Contract,
}

impl Found<'_, '_> {
    fn report(&self, title: Bi, path: &str, order: &str, values: [&str; 2], out: &mut Sink<'_>) {
        let origin = &self.case.order.origin;
        out.report(title)
            .at(origin.place(order), bi!("订单", "order"))
            .at(origin.place(&format!("{}[{}]{path}", self.key, self.index)), bi!("客户签的", "as signed"))
            .values(values)
            .help(bi!(
                "订单改过，就请客户签新版本，或登记 [[amendments]]；没改过，照签回的改订单",
                "if the order was changed, have a new revision signed or record an [[amendments]] entry; else correct the order from the signed paper"
            ));
    }

    fn currency(&self, out: &mut Sink<'_>) {
        let (Some(printed), Some(ours)) =
            (self.paper.currency.as_deref().and_then(Currency::parse), self.case.facts.goods.currency)
        else {
            return;
        };
        if printed != ours {
            let ((zh, en), a, b) = (papers::title(self.key), ours.code(), printed.code());
            self.report(
                bi!("订单币种 {a}，签回的{zh}是 {b}", "the order is in {a}, the signed {en} in {b}"),
                ".currency",
                "currency",
                [a, b],
                out,
            );
        }
    }

    fn term(&self, out: &mut Sink<'_>) {
        let (Some(printed), Some(ours)) = (&self.paper.term, &self.case.order.incoterm) else { return };
        let same = match (&printed.term, &ours.term) {
            (Some(a), Some(b)) => {
                let places = a.place.is_empty()
                    || b.place.is_empty()
                    || fold(&a.place) == fold(&b.place)
                    || same_place(&a.place, &b.place).is_some_and(|s| s != SamePlace::Different);
                a.rule == b.rule && places
            }
            _ => fold(&printed.text) == fold(&ours.text),
        };
        if !same {
            let ((zh, en), a, b) = (papers::title(self.key), ours.text.as_str(), printed.text.as_str());
            self.report(
                bi!("订单术语 {a}，签回的{zh}是 {b}", "the order's term is {a}, the signed {en} says {b}"),
                ".term",
                "incoterm",
                [a, b],
                out,
            );
        }
    }

    fn lines(&self, out: &mut Sink<'_>) {
        if self.paper.lines.is_empty() {
            return;
        }
        let (zh, en) = papers::title(self.key);
        let mut open = Open::of(&self.paper.lines);
        for (index, item) in self.case.order.items.iter().enumerate() {
            let name = item.sku.as_deref().or(item.name.as_deref()).unwrap_or_default();
            match open.take(item) {
                Some((row, line)) => self.figures((index, item, name), (row, line), out),
                None => self.report(
                    bi!("货物“{name}”不在签回的{zh}里", "item `{name}` is not on the signed {en}"),
                    ".lines",
                    &format!("items[{index}]"),
                    [name, ""],
                    out,
                ),
            }
        }
        // Freight and tooling are printed as lines, and recorded as charges.
        let charges: BTreeSet<Decimal> =
            self.case.order.charges.iter().filter_map(|c| c.amount.as_ref().map(|a| a.value)).collect();
        for (row, line) in open.rest() {
            if line.amount.as_ref().or(line.price.as_ref()).is_some_and(|a| charges.contains(&a.value)) {
                continue;
            }
            let name = line.sku.as_deref().or(line.name.as_deref()).unwrap_or_default();
            let origin = &self.case.order.origin;
            out.report(bi!(
                "签回的{zh}有“{name}”，订单没有",
                "the signed {en} has `{name}`, the order does not"
            ))
            .at(
                origin.place(&format!("{}[{}].lines[{row}]", self.key, self.index)),
                bi!("客户签的", "as signed"),
            )
            .at(origin.place("items"), bi!("订单里没有", "not in the order"))
            .values(["", name])
            .help(bi!(
                "漏登就补进订单；客户取消了这一项，登记 [[amendments]]",
                "add the item to the order; if the buyer dropped it, record an [[amendments]] entry"
            ));
        }
    }

    fn figures(
        &self,
        (index, item, name): (usize, &Item, &str),
        (row, line): (usize, &Line),
        out: &mut Sink<'_>,
    ) {
        let (zh, en) = papers::title(self.key);
        if let (Some(ours), Some(printed)) = (item.qty, line.qty)
            && ours != printed
        {
            let (a, b, apart) = (
                figures::number(ours),
                figures::number(printed),
                figures::number(figures::apart(ours, printed)),
            );
            let title = bi!(
                "“{name}”订单数量 {a}，签回的{zh}是 {b}，差 {apart}",
                "`{name}`: the order has {a}, the signed {en} {b}, {apart} apart"
            );
            self.report(title, &format!(".lines[{row}].qty"), &format!("items[{index}].qty"), [&a, &b], out);
        }
        if let (Some(ours), Some(printed)) = (&item.price, &line.price)
            && ours.value != printed.value
        {
            let currency = self.case.facts.goods.currency;
            let (a, b) = (figures::money(ours.value, currency), figures::money(printed.value, currency));
            let apart = figures::money(figures::apart(ours.value, printed.value), currency);
            let title = bi!(
                "“{name}”订单单价 {a}，签回的{zh}是 {b}，差 {apart}",
                "`{name}`: the order's price is {a}, the signed {en} has {b}, {apart} apart"
            );
            self.report(
                title,
                &format!(".lines[{row}].price"),
                &format!("items[{index}].price"),
                [&a, &b],
                out,
            );
        }
    }
}

/// Lines of the paper that no item has claimed yet, by sku and by name.
struct Open<'a> {
    lines: Vec<Option<&'a Line>>,
    by_sku: BTreeMap<String, VecDeque<usize>>,
    by_name: BTreeMap<String, VecDeque<usize>>,
}

impl<'a> Open<'a> {
    fn of(lines: &'a [Line]) -> Self {
        let mut open = Self {
            lines: lines.iter().map(Some).collect(),
            by_sku: BTreeMap::new(),
            by_name: BTreeMap::new(),
        };
        for (row, line) in lines.iter().enumerate() {
            if let Some(sku) = &line.sku {
                open.by_sku.entry(fold(sku)).or_default().push_back(row);
            }
            if let Some(name) = &line.name {
                open.by_name.entry(fold(name)).or_default().push_back(row);
            }
        }
        open
    }

    /// The line of an item: by sku where both have one, else by name.
    fn take(&mut self, item: &Item) -> Option<(usize, &'a Line)> {
        let by_sku = item.sku.as_deref().and_then(|sku| self.by_sku.get_mut(&fold(sku)));
        if let Some(found) = by_sku.and_then(|rows| first(rows, &mut self.lines, |_| true)) {
            return Some(found);
        }
        let rows = self.by_name.get_mut(&fold(item.name.as_deref()?))?;
        first(rows, &mut self.lines, |line| item.sku.is_none() || line.sku.is_none())
    }

    fn rest(self) -> impl Iterator<Item = (usize, &'a Line)> {
        self.lines.into_iter().enumerate().filter_map(|(row, line)| Some((row, line?)))
    }
}

/// The first line still open. Lines that were taken under their other name are dropped on the way.
fn first<'a>(
    rows: &mut VecDeque<usize>,
    lines: &mut [Option<&'a Line>],
    fits: impl Fn(&Line) -> bool,
) -> Option<(usize, &'a Line)> {
    while let Some(row) = rows.pop_front() {
        if let Some(slot) = lines.get_mut(row)
            && let Some(line) = slot.filter(|line| fits(line))
        {
            *slot = None;
            return Some((row, line));
        }
    }
    None
}
