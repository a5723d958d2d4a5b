//! `git-contract-changed`: what buyer and seller signed changed without an amendment.

use super::super::prelude::*;

use rust_decimal::Decimal;

use crate::change::Change;
use crate::check::shared::trail::{Edit, Judged, place, within};
use crate::history::Step;
use crate::model::Order;
use crate::model::order::{Amendment, Was};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "git-contract-changed",
    group: Group::History,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.4.0",
    source: ("公司规定：签约后改合同要有改单", "house rule: a signed contract changes by amendment"),
    title: ("签约后改了合同条款，没有改单", "contract changed after signing without an amendment"),
    docs: Docs {
        checks: (
            "签约（signed）之后，单价、数量、单位、金额、货物行、币种、贸易术语和地点、起运地、目的地、付款方式、最迟装运日、分批、转运、溢短装或客户变了，却没有 [[amendments]]。比较的是算上客户 [defaults] 之后的条款，所以改客户文件也算。补上原来没写的条款不算，已有货物的单价和数量除外；改回原来的也就没事了。有改单是指：同一次改动登记了改单（没写 was，或者 was 写了这一项，或者 was 写不了这一项），或者某条改单的 was 正是原来的值。charges 不在内。同一天同一个人、或同一个合并请求里改的，只作提示。历史不完整时算没查。",
            "After signing, price, quantity, unit, amount, a line of goods, currency, trade term and place, from, to, payment, ship_by, partial, transhipment, tolerance or the customer changed without [[amendments]]. Terms are compared with the customer's [defaults] filled in, so a change of the customer's file counts. A term filled in where there was none does not, except price and quantity of goods that were there; nor does one that was put back. An amendment answers when it is recorded in the same change (without `was`, with this term in `was`, or for a term that `was` cannot hold), or when the `was` of any amendment is the old value. `charges` are left out. What the same person mends on the same day, or within one request, is information. Not checked where the history is not complete.",
        ),
        why: (
            "合同条款改了没有留下双方同意的记录，做单、收款和以后打官司都没有依据。",
            "Terms that changed without a record of who agreed leave papers, payment and any dispute without a basis.",
        ),
        fix: (
            "客户同意的，登记 [[amendments]]：date、what、agreed_by，原来的值写在 was。写错的，改回原来的值。客户文件的 [defaults] 改了的，把原条款写进这一单。",
            "Where the customer agreed, record [[amendments]] with date, what, agreed_by, and the old value in `was`. Where it was a mistake, put the old value back. Where the customer's [defaults] changed, write the old terms into this order.",
        ),
    },
    example: example!("git-contract-changed"),
    scope: Scope::OrderHistory(check),
};

/// Terms that are one key of the order, and what they are called.
const TERMS: &[(&str, &str, &str)] = &[
    ("customer", "客户", "customer"),
    ("currency", "币种", "currency"),
    ("incoterm", "贸易术语", "trade term"),
    ("from", "起运地", "place of loading"),
    ("to", "目的地", "destination"),
    ("payment", "付款方式", "payment terms"),
    ("ship_by", "最迟装运日", "latest shipment"),
    ("partial", "分批", "partial shipment"),
    ("transhipment", "转运", "transhipment"),
    ("tolerance", "溢短装", "tolerance"),
];

/// Terms of an item.
const OF_ITEM: &[(&str, &str, &str)] = &[
    ("qty", "数量", "quantity"),
    ("price", "单价", "price"),
    ("amount", "金额", "amount"),
    ("unit", "单位", "unit"),
];

/// What a key is, when it is a term of the contract.
enum Term<'a> {
    /// Of the order.
    Order(&'static (&'static str, &'static str, &'static str)),
    /// A line of goods that came or went.
    Line(&'a str),
    /// Of a line of goods.
    Item(&'a str, &'static (&'static str, &'static str, &'static str)),
}

impl<'a> Term<'a> {
    fn of(key: &'a str) -> Option<Self> {
        if let Some(term) = TERMS.iter().find(|(name, ..)| *name == key) {
            return Some(Self::Order(term));
        }
        let (item, rest) = key.strip_prefix("items[")?.rsplit_once(']')?;
        if rest.is_empty() {
            return Some(Self::Line(item));
        }
        let name = rest.strip_prefix('.')?;
        OF_ITEM.iter().find(|(own, ..)| *own == name).map(|term| Self::Item(item, term))
    }

    fn title(&self) -> Bi {
        match self {
            Self::Order((_, zh, en)) => bi!("{zh}", "{en}"),
            Self::Line(item) => bi!("货物行 {item}", "line of goods {item}"),
            Self::Item(item, (_, zh, en)) => bi!("{item} 的{zh}", "{en} of {item}"),
        }
    }

    /// A term that was open may be filled in; what goods are sold for and how many may not.
    fn may_be_filled(&self) -> bool {
        matches!(self, Self::Order(_))
    }
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    let past = case.past();
    let signed = past.before("signed", order.signed.map(|day| day.to_string()));
    let judge = |at: usize, step: &Step, change: &Change| {
        let Some(term) = Term::of(&change.key) else { return Judged::Other };
        if signed.get(at).is_none_or(Option::is_none) || (change.before.is_none() && term.may_be_filled()) {
            return Judged::Other;
        }
        if is_amended(order, step, &term, change) { Judged::Excused } else { Judged::Edit }
    };
    let elements = case.elements();
    for edit in past.edits(judge) {
        let Some(term) = Term::of(edit.key) else { continue };
        report(order, &edit, &term, place(order, elements, edit.key, edit.path), out);
    }
}

fn report(
    order: &Order,
    edit: &Edit<'_>,
    term: &Term<'_>,
    place: crate::check::finding::Place,
    out: &mut Sink<'_>,
) {
    let (what, values, changes) = (term.title(), edit.values(), edit.changes());
    let title = bi!(
        "签约后改了{what}：{values}，没有改单，见 {changes}",
        "{what} changed after signing: {values}, without an amendment, in {changes}";
        what, values, changes
    );
    let finding = out.report(title);
    finding.at(place, what);
    if edit.steps.iter().all(|step| step.files.is_empty()) {
        let customer = order.customer.as_deref().unwrap_or_default();
        finding.help(bi!(
            "是 customers/{customer}.toml 的 [defaults] 变了：把签约时的条款写进这一单；客户同意改的，登记 [[amendments]]，原值写在 was",
            "the [defaults] of customers/{customer}.toml changed: write the terms as signed into this order; if the customer agreed, record [[amendments]] with the old value in `was`"
        ));
    } else {
        finding.help(bi!(
            "客户同意的，登记 [[amendments]]：date、what、agreed_by，原值写在 was；写错的，改回原来的值",
            "if the customer agreed, record [[amendments]] with date, what, agreed_by, and the old value in `was`; if not, put the old value back"
        ));
    }
    finding.values(edit.pair());
    if edit.slip {
        finding.severity(Severity::Info);
    }
}

/// An amendment recorded in the same change that can mean this term, or any whose old value is what stood here.
fn is_amended(order: &Order, step: &Step, term: &Term<'_>, change: &Change) -> bool {
    let recorded = |amendment: &Amendment| {
        let name = amendment.date.map(|day| day.to_string()).or(amendment.what.clone()).unwrap_or_default();
        step.changes.iter().any(|c| c.after.is_some() && within(&c.key, &format!("amendments[{name}]")))
    };
    order.amendments.iter().any(|amendment| match &amendment.was {
        None => recorded(amendment),
        Some(was) => match old(was, term, change.before.as_deref().unwrap_or_default()) {
            Old::Same => true,
            Old::Other => recorded(amendment),
            Old::Unspoken => false,
            Old::Unspeakable => recorded(amendment),
        },
    })
}

/// What the old values of an amendment say of a term.
enum Old {
    /// What stood here.
    Same,
    /// Something else.
    Other,
    /// Nothing.
    Unspoken,
    /// There is no key for it.
    Unspeakable,
}

fn old(was: &Was, term: &Term<'_>, before: &str) -> Old {
    let text = |written: Option<&str>| match written {
        None => Old::Unspoken,
        Some(text) if folded(text) == folded(before) => Old::Same,
        Some(_) => Old::Other,
    };
    let figure = |written: Option<Decimal>| match written {
        None => Old::Unspoken,
        Some(value) if number(before) == Some(value) => Old::Same,
        Some(_) => Old::Other,
    };
    match term {
        Term::Order((name, ..)) => match *name {
            "ship_by" => text(was.ship_by.map(|day| day.to_string()).as_deref()),
            "payment" => text(was.payment.as_deref()),
            "incoterm" => text(was.incoterm.as_deref()),
            "currency" => text(was.currency.as_deref()),
            "from" => text(was.from.as_deref()),
            "to" => text(was.to.as_deref()),
            "tolerance" if was.tolerance.is_some() => Old::Same,
            "partial" if was.partial.is_some() => Old::Same,
            "tolerance" | "partial" => Old::Unspoken,
            _ => Old::Unspeakable,
        },
        Term::Line(item) if was.qty.contains_key(*item) => Old::Same,
        Term::Line(_) => Old::Unspeakable,
        Term::Item(item, (name, ..)) => match *name {
            "qty" => figure(was.qty.get(*item).copied()),
            "price" => figure(was.price.get(*item).map(|amount| amount.value)),
            _ => Old::Unspeakable,
        },
    }
}

/// Letters and digits only: a space more is no other term.
fn folded(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// `USD 1,234.50` as a number.
fn number(text: &str) -> Option<Decimal> {
    let digits: String = text.chars().filter(|c| c.is_ascii_digit() || matches!(c, '.' | '-')).collect();
    digits.parse().ok()
}
