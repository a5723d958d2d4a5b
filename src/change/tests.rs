//! What counts as a change, and what does not.

use super::*;

fn read(text: &str) -> Sheet {
    Sheet::read(&[("order.toml", text)])
}

fn changes(old: &str, new: &str) -> Vec<String> {
    between(Some(&read(old)), Some(&read(new)))
        .iter()
        .map(|c| format!("{} {}: {:?} -> {:?}", c.kind.code(), c.key, c.before, c.after))
        .collect()
}

#[test]
fn how_something_is_written_is_no_change() {
    let old = "currency = \"USD\"\nbl = { number = \"X\", gross_kg = 8.40 }\n[[received]]\ndate = 2026-11-27\namount = 13187.00\n[[items]]\nsku='A'\nprice = 2.350";
    let new = "# note\nreceived = [{ amount = \"USD 13,187.0\", date = 2026-11-27 }]\n[[items]]\nprice = 2.35\nsku = \"A\"\n[[bl]]\ngross_kg = 8.4\nnumber = \"X\"\n";
    let old = read(old);
    let new = Sheet::read(&[("a.toml", new), ("b.toml", "currency = \"USD\"")]);
    assert_eq!(between(Some(&old), Some(&new)), []);
    assert_eq!(
        changes("[[received]]\namount = 13_187.0", "[[received]]\namount = 13187"),
        Vec::<String>::new()
    );
}

#[test]
fn an_insertion_is_one_change_and_a_mistyped_name_another() {
    let one = "[[received]]\nref = \"BR-1\"\ndate = 2026-11-01\namount = 5\n";
    let two = format!("[[received]]\nref = \"BR-0\"\ndate = 2026-10-01\namount = 7\n{one}");
    assert_eq!(changes(one, &two), ["money received[BR-0]: None -> Some(\"7.00 · BR-0 · 2026-10-01\")"]);
    assert_eq!(
        changes(one, &one.replace("BR-1", "BR-7")),
        ["money received[BR-7].ref: Some(\"BR-1\") -> Some(\"BR-7\")"]
    );
    let twins = "[[progress]]\ndate = 2026-11-01\ndone = 1\n[[progress]]\ndate = 2026-11-01\ndone = 2\n";
    assert_eq!(
        changes(twins, "[[progress]]\ndate = 2026-11-01\ndone = 2\n"),
        ["routine progress[2026-11-01]: Some(\"2026-11-01 · done 1\") -> None"]
    );
}

#[test]
fn a_new_currency_is_told_once() {
    let old = "currency = \"USD\"\n[[items]]\nsku = \"A\"\nprice = 2\n";
    assert_eq!(
        changes(old, &old.replace("USD", "EUR")),
        ["contract currency: Some(\"USD\") -> Some(\"EUR\")"]
    );
    assert_eq!(
        changes(old, &old.replace("= 2\n", "= \"EUR 2\"\n")),
        ["contract items[A].price: Some(\"USD 2.00\") -> Some(\"EUR 2.00\")"]
    );
}

#[test]
fn the_defaults_of_the_customer_count_where_the_order_is_silent() {
    let mut filled = read("customer = \"x\"\nincoterm = \"CIF Hamburg\"");
    filled.fill(Some("[defaults]\nincoterm = \"FOB Ningbo\"\npayment = \"30% deposit\"\n"));
    let written = read("customer = \"x\"\nincoterm = \"CIF Hamburg\"\npayment = \"30% deposit\"");
    assert_eq!(filled, written);
    assert_eq!(filled.customer(), Some("x"));
}

#[test]
fn sentences_use_the_words_of_the_trade() {
    let said = |old: &str, new: &str| {
        between(Some(&read(old)), Some(&read(new)))
            .iter()
            .map(|c| {
                let Bi { zh, en } = c.sentence();
                format!("{zh} | {en}")
            })
            .collect::<Vec<_>>()
    };
    use crate::text::Bi;
    assert_eq!(
        said("[forecast]\npaid = 2026-11-20", "[forecast]\npaid = 2026-11-27"),
        ["预计 收齐 2026-11-20 → 2026-11-27 | forecast: paid 2026-11-20 → 2026-11-27"]
    );
    assert_eq!(
        said("[plan]\nshipped = 2026-11-20", "[plan]\nshipped = 2026-11-27"),
        [
            "计划 装运 2026-11-20 → 2026-11-27（改计划） | plan: shipped 2026-11-20 → 2026-11-27 (plan changed)"
        ]
    );
    assert_eq!(
        said("[bl]\nnumber = \"E1\"\ngross_kg = 2740", "[bl]\nnumber = \"E1\"\ngross_kg = 2470"),
        ["提单 E1 毛重 2,740 → 2,470 KG | bill of lading E1 gross weight 2,740 → 2,470 KG"]
    );
    let hostile = said("po = \"a\"", "po = \"\\u001b[31m\\u202e@x\"");
    assert_eq!(
        hostile,
        ["客户订单号 a → \u{fffd}[31m\u{fffd}@x | the customer's order number a → \u{fffd}[31m\u{fffd}@x"]
    );
}

#[test]
fn hostile_files_are_read_in_linear_time() {
    let old = read(&format!("items = [{}]", "{},".repeat(300_000)));
    let new = read(&format!("items = [{}]", "{},".repeat(299_000)));
    // Anything quadratic would not end within the hour.
    assert_eq!(between(Some(&old), Some(&new)).len(), 1000);
    let deep = read(&format!("po = {}", "[".repeat(100_000)));
    assert_eq!(deep, Sheet::default());
    assert_eq!(read("po = “x”\nship_by = 2026-13-99\n[[[").leaf("nothing"), None);
}

#[test]
fn an_order_that_came_is_one_change() {
    let new = read("customer = \"x\"\npo = \"77\"");
    let changes = between(None, Some(&new));
    assert_eq!(changes.len(), 1);
    assert_eq!(changes.first().map(|c| c.sentence().zh), Some("新订单 x · 77".to_owned()));
}

#[test]
fn a_record_says_its_name_once() {
    let old = read("currency = \"USD\"\n");
    let new = read("currency = \"USD\"\n[[received]]\nref = \"BR-1\"\ndate = 2026-11-01\namount = 5\n");
    let said: Vec<String> = between(Some(&old), Some(&new)).iter().map(|c| c.sentence().zh).collect();
    assert_eq!(said, ["登记收款 BR-1 USD 5.00 · 2026-11-01"]);
    let only = read("currency = \"USD\"\n[[received]]\nref = \"BR-1\"\n");
    let said: Vec<String> = between(Some(&old), Some(&only)).iter().map(|c| c.sentence().en).collect();
    assert_eq!(said, ["money received BR-1 recorded: BR-1"], "what has nothing but a name keeps it");
}
