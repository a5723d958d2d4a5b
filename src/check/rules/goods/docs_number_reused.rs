//! `docs-number-reused`: one document number on two papers.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::super::prelude::*;
use crate::check::shared::figures;
use crate::compare::reference;
use crate::derive::papers::{Paper, Papers, is_known};
use crate::derive::shipment;
use crate::model::Order;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "docs-number-reused",
    group: Group::Goods,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("公司规定；《会计基础工作规范》（单据编号连续、不重号）", "house rule: a number is given once"),
    title: ("单据号用了两次", "document number used twice"),
    docs: Docs {
        checks: (
            "发票、装箱单、提单、空运单、运单、报关单的号码只登记一次：同一单里登记了两份没有替换关系的，或两单登记了日期、船名、金额不同的两份，报错。两单共用一份提单、报关单或发票（同一客户、印的内容不矛盾）不报。",
            "The number of an invoice, packing list, bill of lading, air waybill, waybill or declaration stands for one paper. Two in one order of which neither replaces the other, or papers of two orders with other dates, vessels or amounts, are an error. One paper shared by two orders of a customer, nothing of it contradicting, is fine.",
        ),
        why: (
            "收汇、退税、查账都按单据号找；两份同号，钱和货会挂错单。",
            "Money, refund and audit go by the number: with two papers of one number they end up at the wrong order.",
        ),
        fix: (
            "看哪一份抄错了号。后来换过的，旧的那份写 replaced_by；发票重号的，后开的一份换号重出。",
            "See which was copied wrongly. Where one took the other's place, write `replaced_by` on the old one; an invoice that got a used number is issued again with another.",
        ),
    },
    example: example!("docs-number-reused"),
    scope: Scope::Book(check),
};

/// A numbered paper and what tells two of them apart.
struct Numbered<'a> {
    order: &'a Order,
    paper: Paper<'a>,
    date: Option<NaiveDate>,
    vessel: Option<&'a str>,
    total: Option<Decimal>,
}

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    let mut all: BTreeMap<(&'static str, String), Vec<Numbered<'_>>> = BTreeMap::new();
    for order in &facts.book.orders {
        for numbered in papers(order, facts.as_of) {
            let number =
                numbered.paper.printed.number.as_deref().map(plain).filter(|number| !number.is_empty());
            if let Some(number) = number {
                all.entry((numbered.paper.key, number)).or_default().push(numbered);
            }
        }
    }
    for list in all.values().filter(|list| list.len() > 1) {
        let Some((first, others)) = list.split_first() else { continue };
        for other in others {
            if Arc::ptr_eq(&first.order.id, &other.order.id) {
                // The draft under the number of the paper that came of it.
                let drafts = [first, other].iter().any(|n| n.paper.printed.is_draft());
                if !drafts {
                    twice(first, other, out);
                }
            } else if let Some(why) = apart(first, other) {
                shared(first, other, &why, out);
            }
        }
    }
}

/// Hyphens and strokes make no other number.
fn plain(number: &str) -> String {
    reference::plain(number).chars().filter(|c| c.is_alphanumeric()).collect()
}

fn papers(order: &Order, as_of: NaiveDate) -> Vec<Numbered<'_>> {
    let papers = Papers::of(order, |paper| is_known(paper.printed, as_of));
    let mut all = Vec::new();
    macro_rules! gather {
        ($($key:ident, $doc:ident, $date:expr, $total:expr;)*) => { $(
            for &(index, $doc) in &papers.$key {
                let paper = Paper { key: stringify!($key), index, printed: &$doc.paper };
                let (date, total) = ($date, $total);
                all.push(Numbered { order, paper, date, vessel: $doc.paper.vessel.as_deref(), total });
            }
        )* };
    }
    gather! {
        invoice, d, d.paper.day(), d.total.as_ref().map(|total| total.value);
        packing, d, d.paper.day(), None;
        bl, d, shipment::bl_date(d).map(|(day, _)| day), None;
        awb, d, shipment::awb_date(d).map(|(day, _)| day), None;
        waybill, d, shipment::waybill_date(d).map(|(day, _)| day), None;
        customs, d, d.paper.date, None;
    }
    all
}

/// Two current papers of one order.
fn twice(first: &Numbered<'_>, second: &Numbered<'_>, out: &mut Sink<'_>) {
    let order = second.order;
    let (name, number) = (second.paper.name(), second.paper.printed.number.as_deref().unwrap_or_default());
    let subject = Subject::Order(Arc::clone(&order.id));
    let help = bi!(
        "看哪一份的号抄错了；后来换过的，给旧的那份写 id 和 replaced_by = \"{number}\"",
        "see which number was copied wrongly; where one took the other's place, give the old one an `id` and replaced_by = \"{number}\""
    );
    let finding = out.report_on(
        subject,
        bi!("{name} 登记了两份，都有效", "{name} is recorded twice, and both count"; name),
    );
    finding
        .at(order.origin.place(&second.paper.path("number")), bi!("第二份", "second"))
        .at(order.origin.place(&first.paper.path("number")), bi!("第一份", "first"))
        .values([number])
        .help(help);
}

/// What says that papers of two orders are not one and the same.
fn apart(a: &Numbered<'_>, b: &Numbered<'_>) -> Option<Bi> {
    if let Some((x, y)) = a.date.zip(b.date).filter(|(x, y)| x != y) {
        return Some(bi!("日期 {y} 和 {x}", "dated {y} and {x}"));
    }
    let vessels = a.vessel.zip(b.vessel);
    if let Some((x, y)) = vessels.filter(|(x, y)| !reference::compare(x, y).agrees()) {
        return Some(bi!("船名 {y} 和 {x}", "vessel {y} and {x}"));
    }
    if let Some((x, y)) = a.total.zip(b.total).filter(|(x, y)| x != y) {
        let (x, y) = (figures::number(x), figures::number(y));
        return Some(bi!("金额 {y} 和 {x}", "total {y} and {x}"));
    }
    (a.order.customer != b.order.customer).then(|| bi!("客户不同", "other customers"))
}

fn shared(first: &Numbered<'_>, second: &Numbered<'_>, why: &Bi, out: &mut Sink<'_>) {
    let (order, other) = (second.order, first.order);
    let (name, number) = (second.paper.name(), second.paper.printed.number.as_deref().unwrap_or_default());
    let (own, earlier) = (&order.id, &other.id);
    let subject = Subject::Order(Arc::clone(own));
    let field = "number";
    out.report_on(
        subject,
        bi!(
            "{name} 在 {earlier} 也登记了，却不是同一份：{why}",
            "{name} is also recorded in {earlier}, and is not the same paper: {why}"; name, why
        ),
    )
    .at(order.origin.place(&second.paper.path(field)), bi!("{own}", "{own}"))
    .at(other.origin.place(&first.paper.path(field)), bi!("{earlier}", "{earlier}"))
    .values([number])
    .help(bi!(
        "看哪一单的号抄错了；真是两单共用一份，两边日期、船名、金额照原件登记成一样",
        "see in which order it was copied wrongly; if both share the paper, record its date, vessel and amount alike in both"
    ));
}
