//! How rules write figures, and which currency a figure is in. Decides nothing.

use rust_decimal::Decimal;

use crate::model::value::Currency;
use crate::model::value::money::group;
use crate::text::Bi;

/// An amount as people write it: `USD 13,187.00`. Decimals beyond the currency's are shown, not hidden.
pub(crate) fn money(value: Decimal, currency: Option<Currency>) -> String {
    let decimals = currency.map_or(2, Currency::minor).max(value.normalize().scale());
    let figure = group(value, decimals);
    currency.map_or_else(|| figure.clone(), |c| format!("{} {figure}", c.code()))
}

/// A unit price: at least the currency's decimals, more where it has them; without the code.
pub(crate) fn price(value: Decimal, currency: Option<Currency>) -> String {
    group(value, currency.map_or(2, Currency::minor).max(value.normalize().scale()))
}

/// A quantity or weight with thousands groups and without idle zeros.
pub(crate) fn number(value: Decimal) -> String {
    let value = value.normalize();
    group(value, value.scale())
}

/// The currency a paper prints, else the order's.
pub(crate) fn currency(printed: Option<&str>, order: Option<Currency>) -> Option<Currency> {
    printed.map_or(order, Currency::parse)
}

/// The share of `part` in `whole`, in percent.
pub(crate) fn percent(part: Decimal, whole: Decimal) -> Option<Decimal> {
    part.checked_mul(Decimal::ONE_HUNDRED)?.checked_div(whole)
}

/// An instruction behind the likeliest explanation, which may be empty.
pub(crate) fn hinted(hint: &Bi, help: &Bi) -> Bi {
    let mut letters = help.en.chars();
    let en = match letters.next() {
        Some(first) if !hint.en.is_empty() => first.to_uppercase().chain(letters).collect(),
        _ => help.en.clone(),
    };
    Bi { zh: format!("{}{}", hint.zh, help.zh), en: format!("{}{en}", hint.en) }
}

/// How far two figures lie apart.
pub(crate) fn apart(a: Decimal, b: Decimal) -> Decimal {
    a.checked_sub(b).unwrap_or(Decimal::MAX).abs()
}
