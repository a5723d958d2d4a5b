//! `gendan new`.

use std::collections::BTreeSet;
use std::io;
use std::path::Path;

use chrono::{Datelike, NaiveDate};
use clap::{Args, Subcommand};

use crate::bi;
use crate::book::Book;
use crate::check::check;
use crate::check::finding::{Finding, Severity, Subject};
use crate::check::rule::Group;
use crate::cli::{Common, Failure, Outcome, Surroundings, find_root, today};
use crate::derive::derive;
use crate::exchange::disk;
use crate::exchange::fmt::{Schemas, format};
use crate::exchange::new::{Old, OrderWish, PartyWish, Pattern, folder, order, party};
use crate::history::{self, History, State};
use crate::load::discover::is_id;
use crate::load::{Loaded, load};
use crate::model::party::PartyKind;
use crate::model::value::near::did_you_mean;
use crate::report::{clean, short};
use crate::text::Bi;

/// Options of `new`.
#[derive(Debug, Args)]
pub struct NewArgs {
    /// What to write.
    #[command(subcommand)]
    pub what: What,
}

/// What can be new.
#[derive(Debug, Subcommand)]
pub enum What {
    /// Write a new order 订单
    Order(OrderArgs),
    /// Write a new customer 客户
    Customer(CustomerArgs),
    /// Write a new supplier 供应商
    Supplier(PartyArgs),
    /// Write a new forwarder 货代
    Forwarder(PartyArgs),
}

/// Options of `new order`.
#[derive(Debug, Args)]
pub struct OrderArgs {
    /// ID of the order. Default: the next one of the pattern `id` in gendan.toml
    pub id: Option<String>,
    /// Customer, the name of a file in customers/. Default: that of --from
    #[arg(long, value_name = "ID", required_unless_present = "from")]
    pub customer: Option<String>,
    /// Copy goods, packing and terms from this order
    #[arg(long, value_name = "ID")]
    pub from: Option<String>,
    /// The customer's order number
    #[arg(long, value_name = "NUMBER")]
    pub po: Option<String>,
    /// Signed on
    #[arg(long, value_name = "DATE")]
    pub signed: Option<NaiveDate>,
    /// Latest shipment in the contract
    #[arg(long, value_name = "DATE")]
    pub ship_by: Option<NaiveDate>,
    /// Port of loading or place of dispatch
    #[arg(long, value_name = "PLACE")]
    pub port: Option<String>,
    /// Document clerk
    #[arg(long, value_name = "PERSON")]
    pub clerk: Option<String>,
    /// Other terms.
    #[command(flatten)]
    pub terms: TermArgs,
}

/// Terms that an order or a customer's defaults have.
#[derive(Debug, Args)]
pub struct TermArgs {
    /// Currency, ISO 4217
    #[arg(long, value_name = "CODE")]
    pub currency: Option<String>,
    /// Trade term and place, like "FOB Ningbo"
    #[arg(long, value_name = "TERM")]
    pub incoterm: Option<String>,
    /// Mode of transport: sea-fcl sea-lcl sea-bulk air rail road courier multimodal
    #[arg(long, value_name = "MODE")]
    pub mode: Option<String>,
    /// Port of discharge or destination
    #[arg(long, value_name = "PLACE")]
    pub to: Option<String>,
    /// Payment terms, like "30% deposit, 70% copy-bl"
    #[arg(long, value_name = "TERMS")]
    pub payment: Option<String>,
    /// Merchandiser, an id in people.toml
    #[arg(long, value_name = "PERSON")]
    pub merchandiser: Option<String>,
}

impl TermArgs {
    fn list(&self) -> Vec<(&'static str, String)> {
        [
            ("currency", &self.currency),
            ("incoterm", &self.incoterm),
            ("mode", &self.mode),
            ("to", &self.to),
            ("payment", &self.payment),
            ("merchandiser", &self.merchandiser),
        ]
        .into_iter()
        .filter_map(|(key, value)| Some((key, value.clone()?)))
        .collect()
    }
}

/// Options of `new supplier` and `new forwarder`.
#[derive(Debug, Args)]
pub struct PartyArgs {
    /// ID, the file's name
    pub id: String,
    /// Name as on documents
    #[arg(long)]
    pub name: String,
    /// Chinese name
    #[arg(long, value_name = "NAME")]
    pub name_zh: Option<String>,
    /// A line of the address; may be given several times
    #[arg(long, value_name = "LINE")]
    pub address: Vec<String>,
    /// Country, two letters
    #[arg(long, value_name = "CODE")]
    pub country: Option<String>,
    /// E-mail
    #[arg(long, value_name = "ADDRESS")]
    pub email: Option<String>,
    /// Tax number
    #[arg(long, value_name = "NUMBER")]
    pub tax_id: Option<String>,
}

/// Options of `new customer`.
#[derive(Debug, Args)]
pub struct CustomerArgs {
    /// Who.
    #[command(flatten)]
    pub party: PartyArgs,
    /// Defaults of the customer's orders.
    #[command(flatten)]
    pub terms: TermArgs,
}

/// Runs the command.
///
/// # Errors
/// When there is no data root, the ID is taken or cannot be one, a customer or order is not known, or writing fails.
pub fn run(
    args: &NewArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let root = find_root(common, around)?;
    let root = root.canonicalize().map_err(|e| Failure::io(&root, &e))?;
    let Loaded { book, .. } = load(&root).map_err(|e| Failure::io(&root, &e))?;
    let made = match &args.what {
        What::Order(args) => new_order(args, &book, common, around)?,
        What::Customer(args) => new_party(PartyKind::Customer, &args.party, args.terms.list(), &book)?,
        What::Supplier(args) => new_party(PartyKind::Supplier, args, Vec::new(), &book)?,
        What::Forwarder(args) => new_party(PartyKind::Forwarder, args, Vec::new(), &book)?,
    };
    put(&root, &made)?;
    writeln!(out, "{}", made.file)?;
    let (failed, findings) = findings(&root, &made.subject, common, around)?;
    for finding in &findings {
        write!(out, "{}", short::line(finding, common.lang.langs()))?;
    }
    let count = findings.len();
    let main = match (failed, count) {
        (true, _) => bi!("写好了，但有错误，先改好", "written, but with errors: correct them first"),
        (false, 0) => bi!("写好了", "written"),
        (false, _) => bi!("写好了，还要看 {count} 处", "written; {count} to look at"),
    };
    let waiting = made.waiting.join(" ");
    let open = match waiting.as_str() {
        "" => Bi::default(),
        _ => bi!(
            "；还没填（以 # 开头的行）：{waiting}",
            "; still to be filled in (lines that start with #): {waiting}"
        ),
    };
    let doubt = made.doubt;
    let note = bi!("{main}{open}{doubt}", "{main}{open}{doubt}"; main, open, doubt);
    Ok(Outcome { failed, note: Some(note) })
}

/// A file to be written.
struct Made {
    subject: Subject,
    /// Below the data root.
    file: String,
    text: String,
    /// Keys that wait for a value.
    waiting: Vec<String>,
    /// What could not be known.
    doubt: Bi,
}

impl Made {
    fn new(subject: Subject, file: String, text: String) -> Self {
        let key = |line: &str| Some(line.strip_prefix("# ")?.split_once(" = ")?.0.trim().to_owned());
        let waiting = text.lines().filter_map(key).collect();
        Self { subject, file, text, waiting, doubt: Bi::default() }
    }
}

/// Writes the file where there is none.
fn put(root: &Path, made: &Made) -> Result<(), Failure> {
    let file = &made.file;
    if !disk::is_inside(root, file) {
        return Err(Failure(bi!(
            "{file} 的路上有符号链接，没有写",
            "a symbolic link is on the way to {file}; nothing was written"
        )));
    }
    let schema = Schemas::of(root).wanted(file);
    let text = format(made.text.as_bytes(), schema.as_ref()).map_err(|_| {
        Failure(bi!(
            "{file} 写出来不是正确的 TOML，没有写",
            "{file} would be no valid TOML; nothing was written"
        ))
    })?;
    let path = root.join(file);
    if let Some(dir) = path.parent() {
        std::fs::create_dir_all(dir).map_err(|e| Failure::io(Path::new(file), &e))?;
    }
    disk::create(&path, &text).map_err(|e| match e.kind() {
        io::ErrorKind::AlreadyExists => exists(file),
        _ => Failure::io(Path::new(file), &e),
    })
}

fn exists(file: &str) -> Failure {
    Failure(bi!("{file} 已经有了，没有动", "{file} exists already and was left as it is"))
}

/// What a check says about the new file.
fn findings(
    root: &Path,
    subject: &Subject,
    common: &Common,
    around: &Surroundings,
) -> Result<(bool, Vec<Finding>), Failure> {
    let Loaded { book, findings } = load(root).map_err(|e| Failure::io(root, &e))?;
    let history = history::read_with(root, common.reading(false));
    let as_of = today(common, around, book.config.timezone.as_deref());
    let facts = derive(&book, &history, as_of);
    let mut found = check(&facts, findings).findings;
    found.retain(|finding| finding.subject == *subject);
    let failed = found.iter().any(|f| f.rule.group == Group::Writing && f.severity == Severity::Error);
    Ok((failed, found))
}

fn id_allowed(id: &str) -> Result<(), Failure> {
    if is_id(id) {
        return Ok(());
    }
    let shown: String = id.chars().take(80).collect();
    Err(Failure(bi!(
        "{shown} 不能当编号：只用英文字母、数字、- _ .，以字母或数字开头，最多 64 个字符",
        "{shown} cannot be an ID: use ASCII letters, digits, - _ . with a letter or digit first, at most 64 characters"
    )))
}

fn new_party(
    kind: PartyKind,
    args: &PartyArgs,
    defaults: Vec<(&'static str, String)>,
    book: &Book,
) -> Result<Made, Failure> {
    id_allowed(&args.id)?;
    let file = |id: &str| format!("{}/{id}.toml", kind.folder());
    if let Some(other) = book.of_kind(kind).find(|p| p.id.eq_ignore_ascii_case(&args.id)) {
        return Err(exists(&file(&other.id)));
    }
    let values = [
        ("name", Some(&args.name)),
        ("name_zh", args.name_zh.as_ref()),
        ("country", args.country.as_ref()),
        ("email", args.email.as_ref()),
        ("tax_id", args.tax_id.as_ref()),
    ];
    let values = values.into_iter().filter_map(|(key, value)| Some((key, value?.clone()))).collect();
    let wish = PartyWish { kind, values, address: args.address.clone(), defaults };
    let id: std::sync::Arc<str> = args.id.as_str().into();
    let subject = match kind {
        PartyKind::Customer => Subject::Customer(id),
        PartyKind::Supplier => Subject::Supplier(id),
        PartyKind::Forwarder => Subject::Forwarder(id),
    };
    Ok(Made::new(subject, file(&args.id), party(&wish)))
}

fn new_order(args: &OrderArgs, book: &Book, common: &Common, around: &Surroundings) -> Result<Made, Failure> {
    let from = args.from.as_deref().map(|id| older(id, book)).transpose()?;
    let own = from.and_then(|order| order.file.customer.as_deref());
    let Some(customer) = args.customer.as_deref().or(own) else {
        let id = args.from.as_deref().unwrap_or_default();
        return Err(Failure(bi!("{id} 没有写客户：加 --customer", "{id} names no customer: add --customer")));
    };
    let party = known_customer(customer, book)?;
    let mut file = Old::default();
    add(&mut file, book, party.origin.files())?;
    let mut old = Old::default();
    if let Some(order) = from {
        add(&mut old, book, order.origin.files())?;
    }
    let day = args.signed.unwrap_or_else(|| today(common, around, book.config.timezone.as_deref()));
    if !(2000..=2100).contains(&day.year()) {
        return Err(Failure(bi!("年份 {} 不对", "the year {} is not right", day.year())));
    }
    let history = history::read_with(book.root.place(), common.reading(false));
    let taken = taken(book, &history);
    let id = match &args.id {
        Some(id) => {
            id_allowed(id)?;
            free(id, book, &taken)?;
            id.clone()
        }
        None => next(book, day, &taken)?,
    };
    let mut terms = args.terms.list();
    let more = [("po", &args.po), ("from", &args.port), ("clerk", &args.clerk)];
    terms.extend(more.into_iter().filter_map(|(key, value)| Some((key, value.clone()?))));
    let wish = OrderWish {
        id: id.clone(),
        customer: party.id.to_string(),
        name: party.file.name_zh.clone().or_else(|| party.file.name.clone()).unwrap_or_default(),
        signed: args.signed,
        ship_by: args.ship_by,
        terms,
    };
    let text = order(&wish, &file, from.map(|_| (&old, own == Some(&*party.id))));
    let folder = folder(&id, day, book.orders.iter().map(|o| &*o.folder));
    let mut made = Made::new(Subject::Order(id.as_str().into()), format!("{folder}/order.toml"), text);
    if std::fs::symlink_metadata(book.root.place().join(&folder)).is_ok() {
        return Err(exists(&folder));
    }
    if matches!(history.state, State::Shallow | State::Unreadable(_)) {
        made.doubt = bi!(
            "。历史读不全，看不到已删除的订单号：请确认 {id} 没有用过",
            ". The history is incomplete and hides IDs of deleted orders: make sure that {id} was never used"
        );
    }
    Ok(made)
}

fn add(old: &mut Old, book: &Book, files: &[std::sync::Arc<str>]) -> Result<(), Failure> {
    for path in files {
        let bytes = std::fs::read(book.root.place().join(&**path))
            .map_err(|e| Failure::io(Path::new(&**path), &e))?;
        old.add(path, bytes).map_err(|_| {
            Failure(bi!(
                "{path} 读不懂，没法照抄：先运行 gendan check 改好它",
                "{path} cannot be read, so nothing can be copied from it: run gendan check and correct it first"
            ))
        })?;
    }
    Ok(())
}

fn older<'b>(id: &str, book: &'b Book) -> Result<&'b crate::model::Order, Failure> {
    book.order(id).ok_or_else(|| {
        let id = &clean(id);
        let near = did_you_mean(id, book.orders.iter().map(|o| &*o.id));
        Failure(match near {
            Some(near) => {
                bi!("没有订单 {id}，是不是 {near}？", "there is no order {id}; did you mean {near}?")
            }
            None => bi!("没有订单 {id}", "there is no order {id}"),
        })
    })
}

fn known_customer<'b>(id: &str, book: &'b Book) -> Result<&'b crate::model::party::Party, Failure> {
    book.party(PartyKind::Customer, id).ok_or_else(|| {
        let id = &clean(id);
        let near = did_you_mean(id, book.of_kind(PartyKind::Customer).map(|p| &*p.id));
        Failure(match near {
            Some(near) => {
                bi!("没有客户 {id}，是不是 {near}？", "there is no customer {id}; did you mean {near}?")
            }
            None => bi!(
                "没有客户 {id}：先运行 gendan new customer {id} --name 英文名",
                "there is no customer {id}: run gendan new customer {id} --name NAME first"
            ),
        })
    })
}

/// Every name that is or was an order's, with everything else that looks like a folder of one.
fn taken(book: &Book, history: &History) -> BTreeSet<String> {
    let folders = book.attachments.iter().filter(|path| path.starts_with("orders/"));
    let folders = folders.flat_map(|path| path.split('/')).map(str::to_owned);
    book.orders
        .iter()
        .map(|order| order.id.to_string())
        .chain(history.orders.keys().cloned())
        .chain(history.trails.ids().map(str::to_owned))
        .chain(history.uncommitted.iter().cloned())
        .chain(folders)
        .collect()
}

fn free(id: &str, book: &Book, taken: &BTreeSet<String>) -> Result<(), Failure> {
    let Some(other) = taken.iter().find(|other| other.eq_ignore_ascii_case(id)) else { return Ok(()) };
    Err(match book.orders.iter().find(|order| order.id.eq_ignore_ascii_case(id)) {
        Some(order) => exists(&order.folder),
        None => Failure(bi!(
            "订单号 {other} 以前用过，不能重用：换一个号",
            "order ID {other} was used before, and IDs are never reused: take another"
        )),
    })
}

fn next(book: &Book, day: NaiveDate, taken: &BTreeSet<String>) -> Result<String, Failure> {
    let Some(text) = book.config.id.as_deref() else {
        return Err(Failure(bi!(
            "gendan.toml 没有写订单号的格式 `id`：写上，例如 id = \"GD{{yy}}-{{nnnn}}\"，或在命令里给出订单号",
            "gendan.toml has no pattern `id` for order IDs: write one, like id = \"GD{{yy}}-{{nnnn}}\", or name the ID"
        )));
    };
    let pattern = Pattern::parse(text).map_err(|why| {
        let text = clean(text);
        Failure(bi!("gendan.toml 的 id = \"{text}\"：{why}", "id = \"{text}\" in gendan.toml: {why}"; why))
    })?;
    pattern.next(day, taken.iter().map(String::as_str)).ok_or_else(|| {
        let text = clean(text);
        Failure(bi!(
            "照 id = \"{text}\" 编不出能用的订单号",
            "no usable order ID can be made with id = \"{text}\""
        ))
    })
}
