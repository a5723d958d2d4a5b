//! `currency-known-and-scale`: a currency that is none, is missing, or an amount with too many decimals for it.

use super::super::prelude::*;
use crate::check::finding::Place;
use crate::check::shared::{figures, papers};
use crate::model::Order;
use crate::model::value::money::fits;
use crate::model::value::{Amount, Currency, currency};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "currency-known-and-scale",
    group: Group::Validity,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("ISO 4217", "ISO 4217"),
    title: ("币种或小数位不对", "currency unknown, or too many decimals"),
    docs: Docs {
        checks: (
            "订单、单据、客户默认值的币种是现行 ISO 4217 代码；金额的小数位不超过币种的（JPY 0 位，USD 2 位，KWD 3 位；单价不限）；订单的单价和费用没有写别的币种；写了价格就要有币种。",
            "Currencies of order, papers and customer defaults are active ISO 4217 codes; amounts have no more decimals than their currency (JPY 0, USD 2, KWD 3; unit prices are free); prices and charges of an order name no other currency; where prices stand, a currency stands.",
        ),
        why: (
            "没有币种的金额不知道是多少钱；日元没有小数，多写一位银行就退单。",
            "An amount without a currency is no amount; yen have no decimals, and a bank refuses what cannot be paid.",
        ),
        fix: ("写 ISO 代码：人民币 CNY，美元 USD，欧元 EUR。", "Write the ISO code: CNY, USD, EUR."),
    },
    example: example!("currency-known-and-scale"),
    scope: Scope::Book(check),
};

fn check(facts: &Facts<'_>, out: &mut Sink<'_>) {
    for party in facts.book.parties.values() {
        let code = party.file.defaults.as_deref().and_then(|d| d.currency.as_deref());
        let subject = || crate::check::shared::banks::subject(party);
        known(code, subject, || party.origin.place("defaults.currency"), out);
    }
    for order in &facts.book.orders {
        let subject = || Subject::Order(std::sync::Arc::clone(&order.id));
        let own = order.currency.as_deref();
        if own.is_none() {
            missing(order, out);
        } else if !order.filled.contains(&"currency") {
            known(own, subject, || order.origin.place("currency"), out);
        }
        papers_of(order, out);
        scales(order, own.and_then(Currency::parse), out);
    }
}

fn known(code: Option<&str>, subject: impl Fn() -> Subject, place: impl Fn() -> Place, out: &mut Sink<'_>) {
    let Some(code) = code else { return };
    if Currency::parse(code).is_some() {
        return;
    }
    let help = match currency::hint(code) {
        Some(meant) => bi!("改成 {meant}", "write {meant}"),
        None => bi!(
            "写三个字母的 ISO 代码，例如 USD、EUR、CNY",
            "write the ISO code of three letters, like USD, EUR, CNY"
        ),
    };
    let finding = out
        .report_on(
            subject(),
            bi!("“{code}”不是现行的 ISO 4217 币种代码", "`{code}` is no active ISO 4217 currency code"),
        )
        .at(place(), bi!("不是币种代码", "no currency code"))
        .values([code])
        .help(help);
    if let Some(meant) = currency::hint(code) {
        finding.edit(place(), format!("\"{meant}\""));
    }
}

/// No currency although an amount waits for one. One finding per order, at its first price.
fn missing(order: &Order, out: &mut Sink<'_>) {
    let bare = |amount: &Option<Amount>| amount.as_ref().is_some_and(|a| a.currency.is_none());
    let path = order
        .items
        .iter()
        .position(|i| bare(&i.price) || bare(&i.amount))
        .map(|i| format!("items[{i}].price"))
        .or_else(|| {
            order.charges.iter().position(|c| bare(&c.amount)).map(|i| format!("charges[{i}].amount"))
        })
        .or_else(|| {
            order.received.iter().position(|r| bare(&r.amount)).map(|i| format!("received[{i}].amount"))
        });
    let Some(path) = path else { return };
    out.report_on(
        Subject::Order(std::sync::Arc::clone(&order.id)),
        bi!("写了价格，没写币种", "prices without a currency"),
    )
    .at(order.origin.place(&path), bi!("什么币种？", "in which currency?"))
    .help(bi!(
        "在订单最前面加一行 currency = \"USD\"；客户总用同一种，写进客户文件的 [defaults]",
        "add a line currency = \"USD\" at the top of the order; if the customer always uses one, put it into [defaults] of the customer"
    ));
}

fn papers_of(order: &Order, out: &mut Sink<'_>) {
    let docs = &order.docs;
    let subject = || Subject::Order(std::sync::Arc::clone(&order.id));
    macro_rules! currencies {
        ($($key:ident)*) => { $(
            for (i, paper) in docs.$key.iter().enumerate() {
                known(paper.currency.as_deref(), subject, || order.origin.place(&format!("{}[{i}].currency", stringify!($key))), out);
            }
        )* };
    }
    currencies!(lc contract proforma invoice insurance customs draft);
    for (i, item) in order.items.iter().enumerate() {
        let code = item.buy.as_deref().and_then(|b| b.currency.as_deref());
        known(code, subject, || order.origin.place(&format!("items[{i}].buy.currency")), out);
    }
}

/// Amounts with more decimals than their currency has, and prices in another currency than the order's.
fn scales(order: &Order, own: Option<Currency>, out: &mut Sink<'_>) {
    let mut look = |amount: Option<&Amount>, default: Option<Currency>, path: &dyn Fn() -> String| {
        let Some(amount) = amount else { return };
        let Some(currency) = amount.currency.or(default) else { return };
        if !fits(amount.value, currency.minor()) {
            decimals(order, amount, currency, &path(), out);
        }
    };
    for (i, item) in order.items.iter().enumerate() {
        look(item.amount.as_ref(), own, &|| format!("items[{i}].amount"));
    }
    for (i, charge) in order.charges.iter().enumerate() {
        look(charge.amount.as_ref(), own, &|| format!("charges[{i}].amount"));
    }
    for (i, receipt) in order.received.iter().enumerate() {
        look(receipt.amount.as_ref(), own, &|| format!("received[{i}].amount"));
        for charge in &receipt.charges {
            look(Some(charge), own, &|| format!("received[{i}].charges"));
        }
    }
    for (i, credit) in order.credits.iter().enumerate() {
        look(credit.amount.as_ref(), own, &|| format!("credits[{i}].amount"));
    }
    for paper in papers::priced(order) {
        let currency = figures::currency(paper.currency, own);
        look(paper.total, currency, &|| format!("{}[{}].total", paper.key, paper.index));
        for (row, line) in paper.lines.iter().enumerate() {
            look(line.amount.as_ref(), currency, &|| {
                format!("{}[{}].lines[{row}].amount", paper.key, paper.index)
            });
        }
    }
    for (i, lc) in order.docs.lc.iter().enumerate() {
        look(lc.amount.as_ref(), figures::currency(lc.currency.as_deref(), own), &|| {
            format!("lc[{i}].amount")
        });
    }
    for (i, draft) in order.docs.draft.iter().enumerate() {
        look(draft.amount.as_ref(), figures::currency(draft.currency.as_deref(), own), &|| {
            format!("draft[{i}].amount")
        });
    }
    foreign(order, own, out);
}

fn decimals(order: &Order, amount: &Amount, currency: Currency, path: &str, out: &mut Sink<'_>) {
    let (code, minor, written) =
        (currency.code(), currency.minor(), figures::money(amount.value, Some(currency)));
    let rule: Bi = if minor == 0 {
        bi!("{code} 没有小数", "{code} has no decimals")
    } else {
        bi!("{code} 只有 {minor} 位小数", "{code} has {minor} decimals")
    };
    out.report_on(
        Subject::Order(std::sync::Arc::clone(&order.id)),
        bi!("金额 {written} 的小数太多：{rule}", "amount {written} has too many decimals: {rule}"; rule),
    )
    .at(order.origin.place(path), bi!("{rule}", "{rule}"; rule))
    .values([written])
    .help(bi!(
        "照单据上的金额写；多出来的小数是算出来没有四舍五入的",
        "write the amount as on the paper; the extra decimals come from a computation that was not rounded"
    ));
}

/// A price in another currency would be added to the others as if it were the order's.
fn foreign(order: &Order, own: Option<Currency>, out: &mut Sink<'_>) {
    let Some(own) = own else { return };
    let prices = order.items.iter().enumerate().flat_map(|(i, item)| {
        [("price", &item.price), ("amount", &item.amount)].map(|(field, a)| (a.as_ref(), "items", i, field))
    });
    let charges = order.charges.iter().enumerate().map(|(i, c)| (c.amount.as_ref(), "charges", i, "amount"));
    for (amount, list, i, field) in prices.chain(charges) {
        let Some(amount) = amount else { continue };
        let Some(other) = amount.currency.filter(|c| *c != own) else { continue };
        let (written, code) = (figures::money(amount.value, Some(other)), own.code());
        out.report_on(
            Subject::Order(std::sync::Arc::clone(&order.id)),
            bi!("{written} 写在 {code} 的订单里", "{written} stands in an order in {code}"),
        )
        .at(order.origin.place(&format!("{list}[{i}].{field}")), bi!("不是 {code}", "not {code}"))
        .at(order.origin.place("currency"), bi!("订单币种", "the order's currency"))
        .values([&written, code])
        .help(bi!(
            "一张订单一种币种：换算成 {code}，或另开一单",
            "an order has one currency: convert to {code}, or open another order"
        ));
    }
}
