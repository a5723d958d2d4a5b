//! The trees of the customers: each in a folder of its own, made from views that hold nothing but what is the
//! customer's. Not one view, template or helper of the company's pages is used.
//!
//! Every file is searched before it is put in place ([`leak`]): one hit, and no tree is written at all.

mod asks;
mod claims;
mod dates;
pub mod leak;
mod money;
mod orders;
mod papers;
mod place;
pub mod portal;
mod teller;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use crate::bi;
use crate::derive::Facts;
use crate::exchange;
use crate::model::Order;
use crate::model::party::{Party, PartyKind};
use crate::publish::{BuildError, overrides};
use crate::site::template::{BUILTIN, Renderer};
use crate::site::view::{PageFacts, Shell};
use crate::site::write::{MARKER, WriteError, Writer};
use crate::text::{Bi, Lang};
use leak::{Leak, Search, Words};
use orders::Orders;
use teller::Teller;

/// The style of the pages; its name also tells a customer's folder from any other.
const STYLE: &str = "customer.css";

/// Whose trees are built.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted<'a> {
    /// One customer's; it must have a folder.
    One(&'a str),
    /// Those of all customers that have one. Folders of customers that have none any more are removed.
    All,
}

/// A tree that was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tree {
    /// The customer.
    pub id: String,
    /// The folder below the output folder.
    pub folder: String,
    /// Files.
    pub files: usize,
}

/// What became of the trees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// They were written.
    Written {
        /// The trees, by customer.
        trees: Vec<Tree>,
        /// Customers with orders and without a folder.
        without: Vec<String>,
        /// Folders that belonged to nobody any more and were removed.
        removed: Vec<String>,
    },
    /// Something in them is not for their readers: nothing was written.
    Leaked(BTreeSet<Leak>),
}

/// Why no tree was built. What was there before is untouched.
#[derive(Debug)]
pub enum CustomerError {
    /// There is no such customer, or the folder's name will not do: in words.
    Refused(Bi),
    /// As for other trees.
    Build(BuildError),
}

impl<T: Into<BuildError>> From<T> for CustomerError {
    fn from(error: T) -> Self {
        Self::Build(error.into())
    }
}

impl CustomerError {
    /// What went wrong, for people.
    #[must_use]
    pub fn text(&self) -> Bi {
        match self {
            Self::Refused(text) => text.clone(),
            Self::Build(error) => error.text(),
        }
    }
}

/// Builds the trees of customers below `out`, each in the folder its file names. There is no page above them.
///
/// # Errors
/// See [`CustomerError`].
pub fn build(facts: &Facts<'_>, wanted: Wanted<'_>, out: &Path) -> Result<Outcome, CustomerError> {
    if out.join(MARKER).exists() {
        let at = out.display();
        return Err(CustomerError::Refused(bi!(
            "{at} 里是公司自己的网站：给客户的页面另用一个目录",
            "{at} holds the company's own site: choose another folder for the pages of customers"
        )));
    }
    let (chosen, without) = choose(facts, wanted)?;
    let renderer = Renderer::new(&overrides(&facts.book.root))?;
    let words = Words::of(facts).ok_or_else(|| {
        CustomerError::Refused(bi!(
            "数据太多，泄露检查做不了，没有生成",
            "too much data for the search for leaks: nothing was built"
        ))
    })?;
    let mut written = Vec::new();
    let mut leaks = BTreeSet::new();
    for (party, folder) in &chosen {
        let orders = Orders::of(facts, party);
        let writer = Writer::begin(&out.join(folder))?;
        let search = search(facts, &words, &orders);
        let mut tree = Put { folder, writer, search, leaks: BTreeSet::new() };
        tree.write(facts, &orders, &renderer)?;
        leaks.append(&mut tree.leaks);
        written.push((party.id.to_string(), (*folder).to_owned(), tree.writer));
    }
    if !leaks.is_empty() {
        // Each writer takes away what it put aside.
        return Ok(Outcome::Leaked(leaks));
    }
    let mut trees = Vec::new();
    for (id, folder, writer) in written {
        trees.push(Tree { id, folder, files: writer.commit()?.files });
    }
    let removed = match wanted {
        Wanted::All => sweep(out, &trees)?,
        Wanted::One(_) => Vec::new(),
    };
    Ok(Outcome::Written { trees, without, removed })
}

/// Customers with their folders, and those with orders that have none.
type Chosen<'a> = (Vec<(&'a Party, &'a str)>, Vec<String>);

fn choose<'a>(facts: &Facts<'a>, wanted: Wanted<'_>) -> Result<Chosen<'a>, CustomerError> {
    let book = facts.book;
    if let Wanted::One(id) = wanted {
        let party = book.party(PartyKind::Customer, id).ok_or_else(|| {
            CustomerError::Refused(bi!(
                "没有客户 {id}：customers/{id}.toml 不存在",
                "there is no customer {id}: no file customers/{id}.toml"
            ))
        })?;
        let folder = portal::folder(book, party).map_err(CustomerError::Refused)?;
        return Ok((vec![(party, folder)], Vec::new()));
    }
    let (mut chosen, mut without) = (Vec::new(), Vec::new());
    for party in book.of_kind(PartyKind::Customer) {
        if party.file.portal.is_some() {
            chosen.push((party, portal::folder(book, party).map_err(CustomerError::Refused)?));
        } else if book.orders.iter().any(|order| order.customer.as_deref() == Some(&*party.id)) {
            without.push(party.id.to_string());
        }
    }
    if chosen.is_empty() {
        return Err(CustomerError::Refused(bi!(
            "没有一个客户写了 portal，没有页面可生成：在 customers/ 的文件里写一个猜不到的目录名，例如用 openssl rand -hex 8 生成",
            "no customer has a portal, so there are no pages to build: write a folder name that nobody can guess into a file in customers/, for example from openssl rand -hex 8"
        )));
    }
    Ok((chosen, without))
}

/// The search for what the customer must not learn.
fn search<'w>(facts: &Facts<'_>, words: &'w Words, orders: &Orders<'_>) -> Search<'w> {
    let teller = |lang| Teller { facts, lang };
    let own: Vec<&Order> = orders.each().map(|(order, _)| order).collect();
    let contacts = orders_contacts(facts, orders);
    let mut papers = leak::on_papers(facts, orders.party, &own, &contacts);
    let released: Vec<String> = own
        .iter()
        .flat_map(|order| papers::of(&teller(Lang::En), order))
        .flat_map(|paper| [paper.paper.number.clone(), Some(paper.href)])
        .flatten()
        .collect();
    papers.extend(released.iter().map(String::as_str));
    papers
        .extend(BUILTIN.iter().filter(|(name, _)| name.starts_with("customer/")).map(|(_, source)| *source));
    words.search(&orders.party.id, &papers)
}

/// Names of the people whom the pages name.
fn orders_contacts<'a>(facts: &'a Facts<'a>, orders: &Orders<'a>) -> Vec<&'a str> {
    let tellers = Lang::ALL.map(|lang| Teller { facts, lang });
    let ids: BTreeSet<&str> = tellers.iter().flat_map(|teller| orders.contacts(teller)).collect();
    ids.iter().flat_map(|id| tellers.iter().filter_map(|teller| teller.name(id))).collect()
}

/// A tree being written: every file is searched on its way.
struct Put<'w> {
    folder: &'w str,
    writer: Writer,
    search: Search<'w>,
    leaks: BTreeSet<Leak>,
}

impl Put<'_> {
    fn write(
        &mut self,
        facts: &Facts<'_>,
        orders: &Orders<'_>,
        renderer: &Renderer,
    ) -> Result<(), CustomerError> {
        let teller = Teller { facts, lang: Lang::En };
        let shell = Shell {
            lang: Lang::En,
            languages: vec![Lang::En],
            company: teller.seller(),
            sections: BTreeSet::new(),
            csp_meta: true,
            warning: String::new(),
        };
        self.writer.put(STYLE, include_bytes!("../../../site/customer.css"))?;
        for page in orders.pages(facts) {
            let page = renderer.page(&shell, &PageFacts::default(), &page)?;
            self.put(&page.path, &page.bytes)?;
        }
        let mut json = serde_json::to_vec_pretty(&orders.file(facts)).unwrap_or_default();
        json.push(b'\n');
        self.put("orders.json", &json)?;
        let calendar = dates::calendar(&teller, orders);
        self.put("dates.ics", &exchange::calendar::bytes(&calendar, facts.as_of))?;
        for (order, _) in orders.each() {
            for paper in papers::of(&teller, order).iter().filter(|paper| !paper.href.is_empty()) {
                if let Some(bytes) = papers::bytes(&teller, &paper.file, paper.paper.sha256.as_deref()) {
                    self.put(&paper.href, &bytes)?;
                }
            }
        }
        Ok(())
    }

    fn put(&mut self, path: &str, bytes: &[u8]) -> Result<(), CustomerError> {
        self.leaks.append(&mut self.search.file(self.folder, path, bytes));
        Ok(self.writer.put(path, bytes)?)
    }
}

/// Removes the folders of customers that have no pages any more: an address that was given away must not live on.
/// Only a folder in which every file is one of ours is touched.
fn sweep(out: &Path, trees: &[Tree]) -> Result<Vec<String>, CustomerError> {
    let at = |path: &Path| {
        let path = path.to_owned();
        move |source| WriteError::Io { path, source }
    };
    let mut folders: BTreeMap<String, PathBuf> = BTreeMap::new();
    for entry in fs::read_dir(out).map_err(at(out))? {
        let entry = entry.map_err(at(out))?;
        if entry.file_type().is_ok_and(|kind| kind.is_dir()) {
            folders.insert(entry.file_name().to_string_lossy().into_owned(), entry.path());
        }
    }
    let mut removed = Vec::new();
    for (name, path) in folders {
        let marker = path.join(MARKER);
        let ours = fs::read_to_string(&marker).is_ok_and(|list| list.lines().any(|line| line == STYLE));
        if !ours || name.starts_with('.') || trees.iter().any(|tree| tree.folder == name) {
            continue;
        }
        // An empty tree takes its place, which refuses a folder with other files in it; then the folder goes.
        let Ok(writer) = Writer::begin(&path) else { continue };
        writer.commit()?;
        fs::remove_file(&marker).map_err(at(&marker))?;
        fs::remove_dir(&path).map_err(at(&path))?;
        removed.push(name);
    }
    Ok(removed)
}
