//! The leak test of a customer's tree: before it takes the place of the old one, everything in it is searched for what
//! the customer must not learn. One hit, and nothing is written.
//!
//! The pages are filled from an allow-list, so nothing should ever be found; this is the second lock, and it also covers
//! templates of the data root and scans.
//!
//! What is searched for: names, ids, orders, numbers and accounts of the other customers; suppliers and forwarders; our
//! people but the contact, with every e-mail address; purchase numbers, purchase prices with their currency, references
//! of banks, accounts; the forge, commits, paths and file names of the data; and what was written among ourselves.
//!
//! What makes no alarm: a word of fewer than four letters or digits, a number of fewer than six digits (two characters
//! are enough in Chinese, Japanese and Korean, whose names have no more); a word within a longer one; and a word that
//! stands on the customer's own papers anyway, or in the built-in templates.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read;
use std::sync::Arc;

use aho_corasick::AhoCorasick;
use unicode_normalization::UnicodeNormalization;

use crate::derive::Facts;
use crate::history::Person;
use crate::model::Order;
use crate::model::document::Bank;
use crate::model::party::{Party, PartyKind};
use crate::model::value::Currency;
use crate::model::value::money::group;
use crate::site::markdown::is_deceptive;
use crate::text::StaticBi;

/// Letters and digits a word needs to be searched for.
const LETTERS: usize = 4;

/// Digits a number needs.
const DIGITS: usize = 6;

/// Characters that a remark of ours needs: shorter ones are said by chance.
const REMARK: usize = 12;

/// Unpacked bytes of one stream of a PDF that are searched.
const UNPACKED: u64 = 8 * 1024 * 1024;

/// What must not be in a tree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum What {
    /// Another customer: name, address of mail, number of an order.
    Customer,
    /// A supplier or forwarder.
    Supplier,
    /// One of our people.
    Person,
    /// An e-mail address of our people.
    Mail,
    /// An account, or a reference of a bank.
    Account,
    /// A number of a purchase, a bill, a payment.
    Purchase,
    /// What goods are bought for.
    Price,
    /// The forge, a commit, a path, a file of the data.
    Source,
    /// What we wrote among ourselves.
    Remark,
}

impl What {
    /// In words.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Customer => ("别的客户", "another customer"),
            Self::Supplier => ("供应商或货代", "a supplier or forwarder"),
            Self::Person => ("我们的人", "one of our people"),
            Self::Mail => ("我们的人的邮箱", "an e-mail address of our people"),
            Self::Account => ("账号或银行流水号", "an account or a reference of a bank"),
            Self::Purchase => ("采购、账单或付款的编号", "a number of a purchase, bill or payment"),
            Self::Price => ("采购价", "a purchase price"),
            Self::Source => ("数据的文件、提交或托管平台", "a file, a commit or the forge of the data"),
            Self::Remark => ("我们内部的说明", "a remark of ours"),
        }
    }

    /// What a paper that the customer was sent carries anyway: our account, who signed.
    fn is_on_papers(self) -> bool {
        matches!(self, Self::Person | Self::Account)
    }
}

/// Something that leaked.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Leak {
    /// The file, with the customer's folder.
    pub file: String,
    /// What it is.
    pub what: What,
    /// The word that was found.
    pub word: String,
}

/// Everything no customer may learn, but for those it belongs to.
pub struct Words {
    list: Vec<Word>,
    machine: AhoCorasick,
}

struct Word {
    text: String,
    what: What,
    /// The only customer who may read it.
    of: Option<Arc<str>>,
}

/// What one customer may not learn.
pub struct Search<'w> {
    words: &'w Words,
    /// Words that are no secret from this customer.
    known: BTreeSet<usize>,
}

impl Words {
    /// The words of a data root. `None` when there are more than can be searched for.
    #[must_use]
    pub fn of(facts: &Facts<'_>) -> Option<Self> {
        let mut all = Collect::default();
        all.parties(facts);
        all.people(facts);
        all.orders(facts);
        all.source(facts);
        let list: Vec<Word> =
            all.words.into_iter().map(|((text, of), what)| Word { text, what, of }).collect();
        let machine = AhoCorasick::new(list.iter().map(|word| word.text.as_bytes())).ok()?;
        Some(Self { list, machine })
    }

    /// Indices of the words that stand in a text, each as a word of its own.
    fn found<'t>(&'t self, text: &'t str) -> impl Iterator<Item = usize> + 't {
        self.machine.find_overlapping_iter(text).filter_map(move |hit| {
            let (before, after) = (text.get(..hit.start())?, text.get(hit.end()..)?);
            let own = text.get(hit.range())?;
            let joins = |a: Option<char>, b: Option<char>| a.is_some_and(is_latin) && b.is_some_and(is_latin);
            let whole = !joins(before.chars().next_back(), own.chars().next())
                && !joins(own.chars().next_back(), after.chars().next());
            whole.then(|| hit.pattern().as_usize())
        })
    }

    /// The search for one customer. `papers` is what stands on the customer's own papers.
    #[must_use]
    pub fn search(&self, customer: &str, papers: &[&str]) -> Search<'_> {
        let own = self.list.iter().enumerate().filter(|(_, word)| word.of.as_deref() == Some(customer));
        let mut known: BTreeSet<usize> = own.map(|(index, _)| index).collect();
        for text in papers {
            known.extend(self.found(&plain(text)));
        }
        Search { words: self, known }
    }
}

impl Search<'_> {
    /// What a file of the tree gives away, by its name and by its bytes.
    #[must_use]
    pub fn file(&self, folder: &str, path: &str, bytes: &[u8]) -> BTreeSet<Leak> {
        let scan = path.starts_with("papers/");
        let mut texts: Vec<Cow<'_, str>> = vec![Cow::Borrowed(path)];
        if scan {
            texts.extend(insides(bytes).into_iter().map(Cow::Owned));
        } else {
            texts.push(String::from_utf8_lossy(bytes));
        }
        let mut leaks = BTreeSet::new();
        for text in texts {
            for form in forms(&text) {
                for index in self.words.found(&form).filter(|index| !self.known.contains(index)) {
                    let Some(word) = self.words.list.get(index).filter(|w| !scan || !w.what.is_on_papers())
                    else {
                        continue;
                    };
                    leaks.insert(Leak {
                        file: format!("{folder}/{path}"),
                        what: word.what,
                        word: word.text.clone(),
                    });
                }
            }
        }
        leaks
    }
}

/// Words with what they are, by text and owner.
#[derive(Default)]
struct Collect {
    words: BTreeMap<(String, Option<Arc<str>>), What>,
}

impl Collect {
    fn add(&mut self, what: What, of: Option<&Arc<str>>, text: Option<&str>) {
        let Some(text) = text else { return };
        let text = plain(text).trim().to_owned();
        let long = match what {
            What::Remark => text.chars().count() >= REMARK,
            _ => is_telling(&text),
        };
        if long {
            self.words.entry((text, of.cloned())).or_insert(what);
        }
    }

    fn parties(&mut self, facts: &Facts<'_>) {
        for party in facts.book.parties.values() {
            let (what, of) = match party.kind {
                PartyKind::Customer => (What::Customer, Some(&party.id)),
                PartyKind::Supplier | PartyKind::Forwarder => (What::Supplier, None),
            };
            let file = &party.file;
            self.add(what, of, Some(&*party.id));
            let names = [&file.name, &file.name_zh, &file.short, &file.contact, &file.email, &file.phone];
            let numbers = [&file.tax_id, &file.uscc, &file.eori, &file.portal];
            for text in names.into_iter().chain(numbers).flatten() {
                self.add(what, of, Some(text));
            }
            for name in &file.affiliates {
                self.add(what, of, Some(name));
            }
            // A town or a country is everybody's; a street with its number is not.
            for line in
                file.address.iter().filter(|l| l.len() >= REMARK && l.contains(|c: char| c.is_ascii_digit()))
            {
                self.add(what, of, Some(line));
            }
            self.bank(file.bank.as_deref());
            self.add(What::Remark, None, file.note.as_deref());
        }
        let company = facts.book.config.company();
        self.bank(company.bank.as_deref());
    }

    /// Nobody's account is in anybody's tree, not even the customer's own.
    fn bank(&mut self, bank: Option<&Bank>) {
        let Some(bank) = bank else { return };
        for text in [&bank.account, &bank.iban, &bank.bic] {
            self.add(What::Account, None, text.as_deref());
            // Written with blanks here and without them there.
            let close = text.as_deref().map(|text| text.split_whitespace().collect::<String>());
            self.add(What::Account, None, close.as_deref());
        }
    }

    fn people(&mut self, facts: &Facts<'_>) {
        for (id, person) in &facts.book.people {
            self.add(What::Person, None, Some(id));
            for name in [&person.name, &person.name_zh] {
                self.add(What::Person, None, name.as_deref());
            }
            for mail in &person.emails {
                self.add(What::Mail, None, Some(mail));
            }
        }
        let history = facts.history;
        let mut authors: BTreeSet<&Person> = BTreeSet::new();
        for recorded in history.orders.values() {
            authors.extend(&recorded.people);
            authors.extend([&recorded.first.person, &recorded.last.person]);
        }
        for event in history.trails.ids().flat_map(|id| history.trails.events(id)) {
            authors.insert(&event.person);
        }
        for author in authors {
            self.add(What::Person, None, Some(&author.name));
            self.add(What::Mail, None, Some(&author.email));
        }
    }

    fn orders(&mut self, facts: &Facts<'_>) {
        for order in &facts.book.orders {
            let customer = order.customer.as_deref().map(Arc::<str>::from);
            let of = customer.as_ref();
            self.add(What::Customer, of, Some(&*order.id));
            self.add(What::Customer, of, order.po.as_deref());
            let docs = &order.docs;
            let papers = docs.invoice.iter().map(|d| &d.paper).chain(docs.proforma.iter().map(|d| &d.paper));
            let papers =
                papers.chain(docs.bl.iter().map(|d| &d.paper)).chain(docs.lc.iter().map(|d| &d.paper));
            for paper in papers {
                self.add(What::Customer, of, paper.number.as_deref());
            }
            self.purchases(order);
            self.remarks(order);
        }
    }

    fn purchases(&mut self, order: &Order) {
        for purchase in &order.purchases {
            self.add(What::Purchase, None, purchase.number.as_deref());
        }
        for bill in &order.bills {
            self.add(What::Purchase, None, bill.number.as_deref());
            self.add(What::Purchase, None, bill.vat.as_deref());
        }
        for payment in &order.paid {
            self.add(What::Purchase, None, payment.r#ref.as_deref());
        }
        for receipt in &order.received {
            self.add(What::Account, None, receipt.r#ref.as_deref());
            self.add(What::Account, None, receipt.bank.as_deref());
        }
        for filing in &order.filings {
            self.add(What::Account, None, filing.r#ref.as_deref());
        }
        for buy in order.items.iter().filter_map(|item| item.buy.as_deref()) {
            let Some(price) = buy.price.as_ref() else { continue };
            let written = price.currency.map(Currency::code).or(buy.currency.as_deref());
            // In the currency of the sale the figure may be one that the buyer pays.
            let Some(code) = written.filter(|code| Some(*code) != order.currency.as_deref()) else {
                continue;
            };
            let minor = Currency::parse(code).map_or(2, Currency::minor);
            for figure in [group(price.value, minor), price.value.to_string()] {
                self.add(What::Price, None, Some(&format!("{code} {figure}")));
            }
        }
    }

    fn remarks(&mut self, order: &Order) {
        let mut all: Vec<&Option<String>> = vec![&order.cancel_reason, &order.hedged];
        if let Some(review) = order.review.as_deref() {
            all.extend([&review.capacity, &review.materials, &review.lead_time, &review.margin]);
            all.extend([&review.credit, &review.compliance, &review.note]);
        }
        for issue in &order.issues {
            all.extend([&issue.what, &issue.action]);
        }
        all.extend(order.progress.iter().map(|p| &p.note));
        all.extend(order.inspections.iter().map(|i| &i.note));
        all.extend(order.shipments.iter().map(|s| &s.note));
        all.extend(order.complaints.iter().flat_map(|c| [&c.what, &c.settled, &c.corrective]));
        all.extend(order.amendments.iter().map(|a| &a.what));
        all.extend(order.approvals.iter().map(|a| &a.why));
        all.extend(order.waivers.iter().map(|w| &w.why));
        all.extend(order.reminders.iter().map(|r| &r.said));
        all.extend(order.received.iter().map(|r| &r.why));
        all.extend(order.credits.iter().map(|c| &c.why));
        for text in all.into_iter().flatten() {
            self.add(What::Remark, None, Some(text));
        }
    }

    fn source(&mut self, facts: &Facts<'_>) {
        let book = facts.book;
        if let Some(url) = book.config.forge.as_deref().and_then(|forge| forge.url.as_deref()) {
            let rest = url.split_once("://").map_or(url, |(_, rest)| rest).trim_end_matches('/');
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            for text in [host, path] {
                self.add(What::Source, None, Some(text));
            }
        }
        if let Some(head) = &facts.history.head {
            self.add(What::Source, None, Some(&head.id));
            self.add(What::Source, None, Some(&head.short));
        }
        let commits = facts.history.orders.values().flat_map(|recorded| [&recorded.first, &recorded.last]);
        for event in commits {
            self.add(What::Source, None, event.commit.get(..10));
        }
        for order in &book.orders {
            self.add(What::Source, None, Some(&*order.folder));
        }
        for file in &book.attachments {
            self.add(What::Source, None, file.rsplit('/').next());
        }
        for name in ["order.toml", "docs.toml", "money.toml", "notes.md", "gendan.toml", "people.toml"] {
            self.add(What::Source, None, Some(name));
        }
        self.add(What::Source, None, book.root.place().to_str().filter(|path| path.len() >= REMARK));
    }
}

/// What of the data stands on a customer's own papers, or is the company's own public face.
#[must_use]
pub fn on_papers<'a>(
    facts: &'a Facts<'a>,
    party: &'a Party,
    orders: &[&'a Order],
    contacts: &[&'a str],
) -> Vec<&'a str> {
    let mut all: Vec<&str> = contacts.to_vec();
    let company = facts.book.config.file.company.as_deref();
    if let Some(company) = company {
        let texts = [&company.name, &company.name_zh, &company.email, &company.phone];
        all.extend(texts.into_iter().flatten().map(String::as_str));
        all.extend(company.address.iter().map(String::as_str));
    }
    let file = &party.file;
    all.push(&party.id);
    all.extend(
        [&file.name, &file.name_zh, &file.short, &file.portal].into_iter().flatten().map(String::as_str),
    );
    for order in orders {
        all.push(&order.id);
        all.extend([&order.po, &order.from, &order.to].into_iter().flatten().map(String::as_str));
        for item in &order.items {
            let texts = [&item.name, &item.sku, &item.customer_sku, &item.unit];
            all.extend(texts.into_iter().flatten().map(String::as_str));
        }
        for shipment in &order.shipments {
            let texts = [&shipment.id, &shipment.vessel, &shipment.voyage, &shipment.from, &shipment.to];
            all.extend(texts.into_iter().flatten().map(String::as_str));
        }
        all.extend(
            order
                .docs
                .bl
                .iter()
                .flat_map(|bl| [&bl.paper.vessel, &bl.paper.voyage])
                .flatten()
                .map(String::as_str),
        );
    }
    all
}

/// Enough of a word to mean somebody.
fn is_telling(text: &str) -> bool {
    let wide = text.chars().filter(|c| is_wide(*c)).count();
    let narrow = text.chars().filter(|c| c.is_alphanumeric() && !is_wide(*c));
    let (letters, digits) = narrow.fold((0_usize, 0_usize), |(letters, digits), c| {
        if c.is_numeric() { (letters, digits.saturating_add(1)) } else { (letters.saturating_add(1), digits) }
    });
    wide >= 2 || (letters > 0 && letters.saturating_add(digits) >= LETTERS) || digits >= DIGITS
}

/// Chinese, Japanese and Korean: words stand side by side without a blank.
fn is_wide(c: char) -> bool {
    matches!(c, '\u{2E80}'..='\u{A4CF}' | '\u{AC00}'..='\u{D7AF}' | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}')
}

fn is_latin(c: char) -> bool {
    c.is_alphanumeric() && !is_wide(c)
}

/// A text without what two ways of writing it differ in: width, case, kinds of blanks, characters that are not seen.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let shown = |c: &char| *c != '\u{FFFD}' && (c.is_whitespace() || !is_deceptive(*c));
    for c in text.nfkc().filter(shown).flat_map(char::to_lowercase) {
        if !c.is_whitespace() {
            out.push(c);
        } else if !out.ends_with(' ') {
            out.push(' ');
        }
    }
    out
}

/// The ways in which a file may say something: as it is, without the escapes of HTML, JSON, calendars and addresses.
fn forms(text: &str) -> Vec<String> {
    let mut all = vec![plain(text)];
    let pairs = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
    if text.contains('&') {
        all.push(plain(&pairs.iter().fold(text.to_owned(), |text, (from, to)| text.replace(from, to))));
    }
    if text.contains('\\') || text.contains("\r\n ") {
        let joined = text.replace("\r\n ", "").replace("\\n", " ");
        all.push(plain(&joined.replace('\\', "")));
    }
    if text.contains('%') {
        all.push(plain(&without_percent(text)));
    }
    all
}

fn without_percent(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        let code = after.get(..2).and_then(|hex| std::str::from_utf8(hex).ok());
        match code.filter(|_| byte == b'%').and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(value) => {
                bytes.push(value);
                rest = after.get(2..).unwrap_or_default();
            }
            None => {
                bytes.push(byte);
                rest = after;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// What a scan says of itself: its bytes as text, in one byte a letter and in two, and its packed parts unpacked.
fn insides(bytes: &[u8]) -> Vec<String> {
    let mut all = vec![String::from_utf8_lossy(bytes).into_owned(), wide_text(bytes)];
    let mut rest = bytes;
    while let Some(at) = find(rest, b"stream") {
        rest = rest.get(at.saturating_add(6)..).unwrap_or_default();
        let start = rest.iter().position(|b| !matches!(b, b'\r' | b'\n')).unwrap_or_default();
        let packed = rest.get(start..).unwrap_or_default();
        // The first byte of what is packed with zlib.
        if packed.first() == Some(&0x78) {
            let mut unpacked = Vec::new();
            let read = flate2::read::ZlibDecoder::new(packed).take(UNPACKED).read_to_end(&mut unpacked);
            if read.is_ok() || !unpacked.is_empty() {
                all.push(String::from_utf8_lossy(&unpacked).into_owned());
                all.push(wide_text(&unpacked));
            }
        }
    }
    all
}

fn find(bytes: &[u8], what: &[u8]) -> Option<usize> {
    bytes.windows(what.len()).position(|window| window == what)
}

/// Texts in two bytes a letter, each after its mark.
fn wide_text(bytes: &[u8]) -> String {
    let mut text = String::new();
    let mut rest = bytes;
    while let Some(at) = find(rest, b"\xfe\xff") {
        rest = rest.get(at.saturating_add(2)..).unwrap_or_default();
        let units: Vec<u16> = rest
            .chunks_exact(2)
            .take(2048)
            .map(|pair| {
                u16::from_be_bytes([pair.first().copied().unwrap_or(0), pair.get(1).copied().unwrap_or(0)])
            })
            .collect();
        text.push_str(&String::from_utf16_lossy(&units));
        text.push('\n');
    }
    text
}
