//! Turns what people write by habit (`30%定金`, `L/C at sight`, `balance against copy B/L`) into the words of the
//! grammar, so that a message can show the line as it should be. Nothing is accepted because of it.

use super::super::fold::is_han;

/// Phrases and the grammar's words, longest first within each group so that a part never wins over the whole.
const PHRASES: &[(&str, &str)] = &[
    ("见提单副本", "copy-bl"),
    ("见提单复印件", "copy-bl"),
    ("凭提单副本", "copy-bl"),
    ("提单副本", "copy-bl"),
    ("提单日期", "bl-date"),
    ("提单日", "bl-date"),
    ("见提单", "copy-bl"),
    ("即期信用证", "lc sight"),
    ("远期信用证", "lc"),
    ("信用证", "lc"),
    ("即期", "sight"),
    ("见票", "sight"),
    ("付款交单", "dp"),
    ("承兑交单", "da"),
    ("货到付款", "cod"),
    ("发货前", "before-shipment"),
    ("装运前", "before-shipment"),
    ("出货前", "before-shipment"),
    ("装船前", "before-shipment"),
    ("投产前", "before-production"),
    ("生产前", "before-production"),
    ("开工前", "before-production"),
    ("预付款", "deposit"),
    ("预付", "deposit"),
    ("定金", "deposit"),
    ("订金", "deposit"),
    ("首付款", "deposit"),
    ("首付", "deposit"),
    ("前t/t", "deposit"),
    ("前tt", "deposit"),
    ("余额", "balance"),
    ("余款", "balance"),
    ("尾款", "balance"),
    ("电汇", "tt"),
    ("赊销", "oa"),
    ("放账", "oa"),
    ("月结", "oa eom+"),
    ("装运日", "shipment"),
    ("装船日", "shipment"),
    ("发票日", "invoice-date"),
    ("到港", "arrival"),
    ("承兑", "acceptance"),
    ("交单", "presentation"),
    ("付款", ""),
    ("支付", ""),
    ("天", "d"),
    ("日", "d"),
    ("后", ""),
    ("前", ""),
    ("的", ""),
    ("against a copy of b/l", "copy-bl"),
    ("against copy of b/l", "copy-bl"),
    ("against the copy of b/l", "copy-bl"),
    ("against copy b/l", "copy-bl"),
    ("against bl copy", "copy-bl"),
    ("against b/l copy", "copy-bl"),
    ("against copy of bl", "copy-bl"),
    ("copy of b/l", "copy-bl"),
    ("copy of bl", "copy-bl"),
    ("copy b/l", "copy-bl"),
    ("b/l copy", "copy-bl"),
    ("bl copy", "copy-bl"),
    ("after b/l date", "bl-date"),
    ("from b/l date", "bl-date"),
    ("b/l date", "bl-date"),
    ("after bl date", "bl-date"),
    ("bl date", "bl-date"),
    ("invoice date", "invoice-date"),
    ("letter of credit", "lc"),
    ("documents against payment", "dp"),
    ("documents against acceptance", "da"),
    ("cash on delivery", "cod"),
    ("open account", "oa"),
    ("before production", "before-production"),
    ("before shipment", "before-shipment"),
    ("before loading", "before-shipment"),
    ("before delivery", "before-shipment"),
    ("prior to shipment", "before-shipment"),
    ("t/t in advance", "deposit"),
    ("tt in advance", "deposit"),
    ("in advance", "deposit"),
    ("down payment", "deposit"),
    ("downpayment", "deposit"),
    ("prepayment", "deposit"),
    ("advance", "deposit"),
    ("t/t deposit", "deposit"),
    ("deposit by t/t", "deposit"),
    ("at sight", "sight"),
    ("percent", "%"),
    ("per cent", "%"),
    ("pct", "%"),
    ("the rest", "balance"),
    ("rest", "balance"),
    ("remainder", "balance"),
    ("remaining", "balance"),
    ("net", "oa"),
    ("days after", "d"),
    ("days from", "d"),
    ("days", "d"),
    ("day", "d"),
    ("t/t", "tt"),
    ("l/c", "lc"),
    ("d/p", "dp"),
    ("d/a", "da"),
    ("o/a", "oa"),
    ("after", ""),
    ("from", ""),
    ("by", ""),
    ("of", ""),
    ("payment", ""),
];

/// The English word that the grammar has for a Chinese one inside `text`, with the Chinese word.
pub(super) fn chinese_word(text: &str) -> Option<(&'static str, &'static str)> {
    PHRASES
        .iter()
        .filter(|(zh, en)| zh.contains(is_han) && !en.is_empty())
        .find(|(zh, _)| text.contains(zh))
        .copied()
}

/// The instalment with every known phrase replaced and its words put in the order share, method, tenor.
/// `None` when nothing was recognised.
pub(super) fn in_our_words(text: &str) -> Option<String> {
    let mut line = format!(" {} ", super::super::fold::ws(text).to_lowercase());
    for (phrase, word) in PHRASES {
        if phrase.contains(is_han) {
            line = line.replace(phrase, &format!(" {word} "));
        } else {
            line = line.replace(&format!(" {phrase} "), &format!(" {word} "));
        }
    }
    // One space everywhere, then the signs that belong to the figure before them.
    let line = super::super::fold::ws(&line.replace('%', " % "));
    let glued = format!("{line} ").replace(" % ", "% ").replace(" d ", "d ").replace("+ ", "+");
    in_order(&glued.split_whitespace().collect::<Vec<_>>())
}

/// Share first, then the method, then days before what they count from. `balance` beside a percentage says nothing
/// more. `None` where two shares or two methods show that two instalments are meant.
fn in_order(words: &[&str]) -> Option<String> {
    let is_percent = |w: &&&str| w.ends_with('%');
    let is_method = |w: &&&str| super::Method::parse(w).is_some();
    let is_days = |w: &str| w.strip_suffix('d').is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()));
    let balance = words.iter().find(|w| **w == "balance");
    let share = words.iter().find(is_percent).or(balance)?;
    // "T/T 30% deposit": the transfer is only the way in which the deposit is sent.
    let mut methods: Vec<&&str> = words.iter().filter(is_method).collect();
    if methods.len() > 1 {
        methods.retain(|m| **m != "tt");
    }
    if words.iter().filter(is_percent).count() > 1 || methods.len() > 1 {
        return None;
    }
    let mut rest: Vec<&&str> =
        words.iter().filter(|w| **w != "balance" && !is_percent(w) && !is_method(w)).collect();
    rest.sort_by_key(|w| !is_days(w));
    let line: Vec<&str> = [share].into_iter().chain(methods).chain(rest).copied().collect();
    Some(line.join(" "))
}
