//! The name of a customer's folder: the `portal` key of the customer's file. It stands in the data, so that the same
//! data give the same tree, and nobody can guess it. That is no lock: whoever has the address reads the pages.

use std::collections::BTreeMap;

use crate::bi;
use crate::book::Book;
use crate::model::party::{Party, PartyKind};
use crate::text::Bi;

/// Letters and digits that are left when every word somebody could guess is taken away.
const HARD: usize = 8;

/// Different characters among them.
const DIFFERENT: usize = 5;

/// The longest name.
const LONGEST: usize = 64;

/// The folder of a customer, or why it has none.
///
/// # Errors
/// A sentence that says what is wrong with the name, and how to make a good one.
pub fn folder<'a>(book: &'a Book, party: &'a Party) -> Result<&'a str, Bi> {
    let id = &party.id;
    let file = format!("customers/{id}.toml");
    let how = "openssl rand -hex 8";
    let Some(name) = party.file.portal.as_deref().map(str::trim).filter(|name| !name.is_empty()) else {
        return Err(bi!(
            "{file} 没写 portal，这个客户没有页面：写一个猜不到的目录名，例如用 {how} 生成",
            "{file} has no portal, so this customer has no pages: write a folder name that nobody can guess, for example from {how}"
        ));
    };
    if let Some(why) = refusal(name, party) {
        return Err(bi!(
            "{file} 的 portal 不能用：{why}。用 {how} 生成一个",
            "the portal in {file} cannot be used: {why}. Make one with {how}";
            why
        ));
    }
    let twin = book
        .of_kind(PartyKind::Customer)
        .find(|other| other.id != *id && other.file.portal.as_deref().map(str::trim) == Some(name));
    match twin {
        Some(other) => {
            let other = &other.id;
            Err(bi!(
                "{file} 的 portal 和 customers/{other}.toml 的一样：两个客户会看到对方的订单，换一个",
                "the portal in {file} is that of customers/{other}.toml too: each would see the other's orders, choose another"
            ))
        }
        None => Ok(name),
    }
}

/// Why somebody could guess it, or why it cannot be an address.
fn refusal(name: &str, party: &Party) -> Option<Bi> {
    let plain = name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    if !plain || name.starts_with('-') || name.ends_with('-') {
        return Some(bi!("只用小写字母、数字和 -", "only small letters, digits and - may be used"));
    }
    if name.len() > LONGEST {
        return Some(bi!("最多 {LONGEST} 个字符", "it has more than {LONGEST} characters"));
    }
    let left = unguessable(name, party);
    if left.len() < HARD || !is_mixed(&left) {
        return Some(bi!(
            "太短或猜得到（客户的名字、年份、连号不算）；至少 {HARD} 个随机的字母和数字，两样都要有",
            "too short or easy to guess (the customer's names, years and runs like 1234 do not count); it needs at least {HARD} random letters and digits, both of them"
        ));
    }
    None
}

/// What is left of a name without the words that anybody would try first.
fn unguessable(name: &str, party: &Party) -> String {
    let mut words: Vec<String> =
        ["customer", "client", "portal", "order", "orders", "kunde", "kehu", "login", "track"]
            .map(str::to_owned)
            .into();
    let file = &party.file;
    let names = [Some(&*party.id), file.name.as_deref(), file.short.as_deref(), file.contact.as_deref()];
    for text in names.into_iter().flatten() {
        let parts = text.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| part.len() >= 3);
        words.extend(parts.map(str::to_ascii_lowercase));
    }
    words.extend((1990..2100).map(|year| year.to_string()));
    words.sort_by_key(|word| std::cmp::Reverse(word.len()));
    let mut left: String = name.to_owned();
    for word in &words {
        left = left.replace(word.as_str(), "-");
    }
    // A run such as 1234, abcd or aaaa is one character's worth.
    let mut kept: Vec<u8> = Vec::new();
    for byte in left.bytes().filter(u8::is_ascii_alphanumeric) {
        let step = |at: usize| kept.get(kept.len().checked_sub(at)?).copied();
        let runs = |by: i16| {
            let at = |n: usize| step(n).map(i16::from);
            let own = i16::from(byte);
            at(1) == Some(own.saturating_sub(by)) && at(2) == Some(own.saturating_sub(by.saturating_mul(2)))
        };
        if runs(1) || runs(-1) || runs(0) {
            kept.pop();
            continue;
        }
        kept.push(byte);
    }
    String::from_utf8(kept).unwrap_or_default()
}

/// Letters and digits, and enough of them different.
fn is_mixed(text: &str) -> bool {
    let counts = text.bytes().fold(BTreeMap::<u8, usize>::new(), |mut counts, byte| {
        *counts.entry(byte).or_default() += 1;
        counts
    });
    counts.len() >= DIFFERENT
        && text.bytes().any(|b| b.is_ascii_digit())
        && text.bytes().any(|b| b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::origin::Origin;
    use crate::model::party::PartyFile;

    fn party(id: &str, portal: Option<&str>) -> Party {
        Party {
            id: id.into(),
            kind: PartyKind::Customer,
            file: PartyFile {
                name: Some("Hanse Licht GmbH".to_owned()),
                portal: portal.map(str::to_owned),
                ..PartyFile::default()
            },
            origin: Origin::default(),
        }
    }

    fn is_good(portal: &str) -> bool {
        folder(&Book::default(), &party("hanse-licht", Some(portal))).is_ok()
    }

    #[test]
    fn a_name_that_nobody_guesses_is_taken() {
        for good in ["hl-7f3k9q2m", "9f86d081884c7d65", "hanse-k7w2p9x4z", "0b1946ac92492d23"] {
            assert!(is_good(good), "{good}");
        }
    }

    #[test]
    fn a_name_that_somebody_guesses_is_refused() {
        for bad in [
            "",
            "hl",
            "hanse-licht",
            "hanse-licht-2026",
            "customer1234",
            "hanselicht2026gmbh",
            "portal-hanse-1",
            "12345678",
            "abcdefgh",
            "abcd1234",
            "aaaaaaaa1",
            "qwertzui",
            "7f3k9q2",
            "HL-7F3K9Q2M",
            "../7f3k9q2m",
            "7f3k/9q2m8s",
            "-7f3k9q2m1",
            "7f3k9q2m.html",
            "７f3k9q2m8s",
        ] {
            assert!(!is_good(bad), "{bad}");
        }
        assert!(!is_good(&"7f3k9q2m".repeat(9)), "too long for a folder");
        let none = folder(&Book::default(), &party("hanse-licht", None)).unwrap_err();
        assert!(none.zh.contains("没写 portal") && none.en.contains("has no portal"), "{none:?}");
    }

    #[test]
    fn two_customers_never_share_one() {
        let mut book = Book::default();
        for id in ["a-one", "b-two"] {
            let party = party(id, Some("7f3k9q2m"));
            book.parties.insert((PartyKind::Customer, id.into()), party);
        }
        let first = book.party(PartyKind::Customer, "a-one").unwrap();
        assert!(folder(&book, first).unwrap_err().en.contains("b-two"));
    }
}
