//! `pay-currency-mismatch`: money in another currency than the order's, without a conversion that holds.

use super::super::prelude::*;

use rust_decimal::Decimal;

use crate::check::finding::Finding;
use crate::check::shared::figures::{apart, money};
use crate::check::shared::terms;
use crate::model::money::Receipt;
use crate::model::value::money::round;
use crate::model::value::{Amount, Currency};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "pay-currency-mismatch",
    group: Group::Money,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.3.0",
    source: ("公司规定", "house rule"),
    title: ("收款币种和订单不一样", "money in another currency than the order"),
    docs: Docs {
        checks: (
            "收款币种和订单不一样的，登记了 `fx = { rate, order_amount }`，两个都有，折成的是订单币种，并且和汇率算得上（乘或除都行，差在进位以内）。手续费的币种和收款一样。贷项的币种由 pay-receipt-allocated 说。",
            "A receipt in another currency than the order has `fx = { rate, order_amount }`, both of them, in the order's currency, and the amount agrees with the rate (either way of quoting it, within rounding). Charges are in the receipt's currency. The currency of credits is for pay-receipt-allocated.",
        ),
        why: (
            "没有折算的外币不算付过：订单一直显示没付，催款会催错人。折错了，少收的钱没人看得见。",
            "Foreign money without a conversion settles nothing: the order stays open and the buyer is chased for what was paid. With a wrong one, money is short and nobody sees it.",
        ),
        fix: (
            "先看水单：币种抄错的改正。真是另一种币种到账，照水单或结汇单写汇率和折成的金额。国内银行另收的人民币手续费不是路上扣的，记 [[bills]] kind = \"bank\"。",
            "First see the bank advice and correct a currency that was copied wrongly. If the money did come in another one, take rate and amount from the advice. A charge that our own bank takes in another currency was not deducted on the way: record it as [[bills]] with kind = \"bank\".",
        ),
    },
    example: example!("pay-currency-mismatch"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let Some(own) = case.facts.goods.currency else { return };
    for (index, receipt) in case.order.received.iter().enumerate() {
        if receipt.date.is_some_and(|day| day > case.as_of()) {
            continue;
        }
        let Some(amount) = receipt.amount else { continue };
        let come = Come { case, own, index, receipt, amount };
        come.converted(out);
        come.charges(out);
    }
}

/// A receipt.
struct Come<'c, 'a> {
    case: &'c Case<'a>,
    own: Currency,
    index: usize,
    receipt: &'c Receipt,
    amount: Amount,
}

impl Come<'_, '_> {
    fn currency(&self) -> Currency {
        self.amount.currency.unwrap_or(self.own)
    }

    fn text(&self) -> String {
        money(self.amount.value, Some(self.currency()))
    }

    /// `2026-09-08 收款 CNY 7,102.10`, `receipt of 2026-09-08, CNY 7,102.10`.
    fn what(&self) -> Bi {
        let text = self.text();
        match self.receipt.date {
            Some(day) => bi!("{day} 收款 {text}", "receipt of {day}, {text}"),
            None => bi!("收款 {text}", "receipt of {text}"),
        }
    }

    /// A finding at one of the receipt's keys, with the order's currency beside it.
    fn at<'f>(&self, finding: &'f mut Finding, field: &str, label: Bi) -> &'f mut Finding {
        finding
            .at(self.case.order.origin.place(&format!("received[{}].{field}", self.index)), label)
            .at(terms::filled(self.case, "currency"), bi!("订单币种", "the order's currency"))
    }

    fn converted(&self, out: &mut Sink<'_>) {
        let fx = self.receipt.fx.as_deref();
        let rate = fx.and_then(|fx| fx.rate).filter(|rate| *rate > Decimal::ZERO);
        let counted = fx.and_then(|fx| fx.order_amount);
        let foreign = self.currency() != self.own;
        match (rate, counted) {
            (_, Some(counted)) if counted.currency.is_some_and(|c| c != self.own) => {
                self.in_a_third(counted, out);
            }
            (_, Some(counted)) if !foreign => self.needless(counted.value, out),
            _ if !foreign => {}
            (None, None) => self.unconverted(out),
            (Some(rate), None) => self.without_amount(rate, out),
            (None, Some(counted)) => self.without_rate(counted.value, out),
            (Some(rate), Some(counted)) => self.contradicted(rate, counted.value, out),
        }
    }

    fn unconverted(&self, out: &mut Sink<'_>) {
        let (what, text, own) = (self.what(), self.text(), self.own.code());
        let finding = out.report(bi!(
            "{what}，订单是 {own}，没登记折算，这笔钱不算付过",
            "{what}: the order is in {own} and no conversion is recorded, so it settles nothing"; what
        ));
        self.at(finding, "amount", bi!("收到 {text}", "received {text}")).values([text.as_str(), own]).help(bi!(
            "先看水单，币种抄错就改；真是 {code} 到账，加 `fx = {{ rate = 汇率, order_amount = 折成 {own} 的金额 }}`，照水单或结汇单写",
            "first see the bank advice and correct the currency if it was copied wrongly; if {code} did come in, add `fx = {{ rate = …, order_amount = … }}` with the rate and the amount in {own} from the advice",
            code = self.currency().code()
        ));
    }

    fn without_amount(&self, rate: Decimal, out: &mut Sink<'_>) {
        let (what, text, own) = (self.what(), self.text(), self.own.code());
        let rate_text = rate.normalize();
        let likely = self.likely(rate);
        let worth = |value: &Decimal| money(*value, Some(self.own));
        let (zh, en) = match likely.as_slice() {
            [one] => (format!("，算下来是 {}", worth(one)), format!(", which makes {}", worth(one))),
            [a, b] => (
                format!("，乘是 {}，除是 {}", worth(a), worth(b)),
                format!(", {} multiplied or {} divided", worth(a), worth(b)),
            ),
            _ => <(String, String)>::default(),
        };
        let finding = out.report(Bi {
            zh: format!("{}，只写了汇率 {rate_text}，没写折成多少 {own}{zh}", what.zh),
            en: format!("{}, has the rate {rate_text} and no amount in {own}{en}", what.en),
        });
        self.at(finding, "fx", bi!("没有 order_amount", "no order_amount"))
            .values([text, rate_text.to_string()])
            .help(bi!(
                "照水单或结汇单补 order_amount；没有它，这笔钱不算付过",
                "add order_amount from the bank advice; without it the receipt settles nothing"
            ));
    }

    fn without_rate(&self, counted: Decimal, out: &mut Sink<'_>) {
        let (what, text) = (self.what(), self.text());
        let worth = money(counted, Some(self.own));
        let (large, small) = (self.amount.value.max(counted), self.amount.value.min(counted));
        let rate = large.checked_div(small).map(|rate| rate.round_dp(4).normalize());
        let (zh, en) = rate.map_or_else(Default::default, |r| {
            (format!("，倒算约 {r}"), format!(", about {r} by these figures"))
        });
        let finding = out.report(Bi {
            zh: format!("{}，折成 {worth}，没写汇率{zh}", what.zh),
            en: format!("{}, counts as {worth}, but the rate is not written{en}", what.en),
        });
        self.at(finding, "fx", bi!("没有 rate", "no rate")).values([text, worth]).help(bi!(
            "照水单或结汇单补 rate，以后查账要用",
            "add the rate from the bank advice; whoever audits the books asks for it"
        ));
    }

    fn contradicted(&self, rate: Decimal, counted: Decimal, out: &mut Sink<'_>) {
        let all = self.readings(rate);
        let close = |(value, slack): &(Decimal, Decimal)| apart(*value, counted) <= *slack;
        if all.is_empty() || all.iter().any(close) {
            return;
        }
        let Some((nearest, _)) = all.into_iter().min_by_key(|(value, _)| apart(*value, counted)) else {
            return;
        };
        let (what, rate) = (self.what(), rate.normalize());
        let (worth, is) = (money(nearest, Some(self.own)), money(counted, Some(self.own)));
        let difference = money(apart(nearest, counted), None);
        let finding = out.report(bi!(
            "{what}，折成 {is}，按汇率 {rate} 是 {worth}，差 {difference}",
            "{what}, counts as {is}, at the rate {rate} it is {worth}: {difference} apart"; what
        ));
        self.at(finding, "fx.order_amount", bi!("折成 {is}", "counts as {is}")).values([is, worth]).help(bi!(
            "先看水单或结汇单：金额或汇率抄错的改正；银行从中扣了手续费的，order_amount 写扣费前的，手续费写 charges",
            "first see the bank advice and correct what was copied wrongly; if the bank took a charge out of it, write order_amount before the charge and the charge in `charges`"
        ));
    }

    fn in_a_third(&self, counted: Amount, out: &mut Sink<'_>) {
        let (what, own) = (self.what(), self.own.code());
        let is = money(counted.value, counted.currency);
        let finding = out.report(bi!(
            "{what}，折成的是 {is}，订单是 {own}",
            "{what}, counts as {is}, but the order is in {own}"; what
        ));
        self.at(finding, "fx.order_amount", bi!("折成 {is}", "counts as {is}")).values([is.as_str(), own]).help(bi!(
            "order_amount 是折成订单币种的金额；币种抄错就改",
            "order_amount is the amount in the order's currency; correct the currency if it was copied wrongly"
        ));
    }

    /// The receipt is in the order's own currency and nevertheless counts as another amount.
    fn needless(&self, counted: Decimal, out: &mut Sink<'_>) {
        if counted == self.amount.value || self.gross() == Some(counted) {
            return;
        }
        let (what, text, is) = (self.what(), self.text(), money(counted, Some(self.own)));
        let finding = out.report(bi!(
            "{what}，本来就是订单币种，却折成 {is}",
            "{what}, is in the order's own currency, yet counts as {is}"; what
        ));
        self.at(finding, "fx.order_amount", bi!("折成 {is}", "counts as {is}")).values([text, is]).help(bi!(
            "订单币种的收款不用折算：删掉 order_amount；到账的是别的币种，金额前写上币种",
            "money in the order's currency needs no conversion: remove order_amount; if another currency came in, write its code before the amount"
        ));
    }

    /// Net and charges, where all are in one currency.
    fn gross(&self) -> Option<Decimal> {
        let mine = |c: &&Amount| c.currency.unwrap_or(self.own) == self.currency();
        let charges = self.receipt.charges.iter();
        charges.filter(mine).try_fold(self.amount.value, |sum, c| sum.checked_add(c.value))
    }

    /// What the receipt may be worth in the order's currency, net and gross, by both ways of quoting a rate, each with
    /// what rounding of the rate and of the amount accounts for.
    fn readings(&self, rate: Decimal) -> Vec<(Decimal, Decimal)> {
        let unit = Decimal::new(1, self.own.minor());
        // Half of the last digit in which the rate is given, as a share of it.
        let share = Decimal::new(5, rate.scale().saturating_add(1).min(28)).checked_div(rate);
        let both = |value: Decimal| [value.checked_mul(rate), value.checked_div(rate)];
        let amounts = [Some(self.amount.value), self.gross().filter(|g| *g != self.amount.value)];
        let all = amounts.into_iter().flatten().flat_map(both).flatten();
        all.filter_map(|value| {
            Some((round(value, self.own.minor()), value.abs().checked_mul(share?)?.checked_add(unit)?))
        })
        .collect()
    }

    /// The same for the net amount alone: the one that our own rates make likely, else both.
    fn likely(&self, rate: Decimal) -> Vec<Decimal> {
        let both = [self.amount.value.checked_mul(rate), self.amount.value.checked_div(rate)];
        let mut all: Vec<Decimal> = both.into_iter().flatten().map(|v| round(v, self.own.minor())).collect();
        if let Some(about) = self.by_our_rates() {
            all.sort_by_key(|value| apart(*value, about));
            all.truncate(1);
        }
        all.dedup();
        all
    }

    fn by_our_rates(&self) -> Option<Decimal> {
        let base = self.case.config().base.as_deref().and_then(Currency::parse)?;
        let rate = |currency: Currency| {
            let found = self.case.book().rate(currency.code(), self.case.as_of());
            if currency == base { Some(Decimal::ONE) } else { found.map(|r| r.rate) }
        };
        self.amount.value.checked_mul(rate(self.currency())?)?.checked_div(rate(self.own)?)
    }

    fn charges(&self, out: &mut Sink<'_>) {
        let here = self.currency();
        for (n, charge) in self.receipt.charges.iter().enumerate() {
            let there = charge.currency.unwrap_or(self.own);
            if there == here || charge.value.is_zero() {
                continue;
            }
            let (what, text, taken) = (self.what(), self.text(), money(charge.value, Some(there)));
            let several = self.receipt.charges.len() > 1;
            let field = if several { format!("charges[{n}]") } else { "charges".to_owned() };
            let finding = out.report(bi!(
                "{what}，扣的手续费却是 {taken}",
                "{what}: the charge taken out of it is {taken}"; what
            ));
            finding
                .at(self.case.order.origin.place(&format!("received[{}].{field}", self.index)), bi!("手续费 {taken}", "charge {taken}"))
                .at(self.case.order.origin.place(&format!("received[{}].amount", self.index)), bi!("收到 {text}", "received {text}"))
                .values([taken, text])
                .help(bi!(
                    "路上扣的手续费和收款同一种币种：抄错的改正，或写上币种（\"{code} 25.00\"）。国内银行另收的手续费不是扣在这笔里的，记 [[bills]] kind = \"bank\"",
                    "what is deducted on the way is in the receipt's own currency: correct what was copied wrongly, or write the currency (\"{code} 25.00\"). A fee that our own bank takes apart from it belongs under [[bills]] with kind = \"bank\"",
                    code = here.code()
                ));
        }
    }
}
