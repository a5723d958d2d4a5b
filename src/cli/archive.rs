//! `gendan archive`.

use std::collections::BTreeSet;
use std::io;
use std::path::PathBuf;

use chrono::NaiveDate;
use clap::Args;

use crate::archive::filing::{Changed, Closed, Done, file};
use crate::archive::making::{Maker, month_of};
use crate::archive::shelf::Shelf;
use crate::bi;
use crate::check::check;
use crate::cli::doc::unknown;
use crate::cli::source::{AtArgs, Opened, open};
use crate::cli::{Common, Failure, Outcome, Surroundings, broken_setup, today};
use crate::derive::{Facts, OrderFacts, derive};
use crate::history::State;
use crate::load::Loaded;
use crate::model::Order;
use crate::publish::groups::filed_on;
use crate::report::clean;
use crate::text::Bi;

/// Options of `archive`.
#[derive(Debug, Args)]
pub struct ArchiveArgs {
    /// IDs of closed, archived or cancelled orders
    #[arg(value_name = "ORDER", required_unless_present = "closed_before")]
    pub orders: Vec<String>,
    /// Every order archived, closed or cancelled before this day, YYYY-MM-DD
    #[arg(long, value_name = "DATE", conflicts_with = "orders")]
    pub closed_before: Option<NaiveDate>,
    /// Folder of the archive; a new one, or one made by this command, which is added to
    #[arg(long, short, value_name = "DIR")]
    pub out: PathBuf,
    /// Archive an order whose records changed since it was archived once more, beside what is there
    #[arg(long)]
    pub again: bool,
    /// A past revision instead of the disk
    #[command(flatten)]
    pub at: AtArgs,
}

/// Files named in a message about one order.
const NAMED: usize = 5;

/// Runs the command.
///
/// # Errors
/// When there is no such order, one is open, the history is cut off, or the archive cannot be written.
pub fn run(
    args: &ArchiveArgs,
    common: &Common,
    around: &Surroundings,
    out: &mut dyn io::Write,
) -> Result<Outcome, Failure> {
    let Opened { loaded: Loaded { book, findings }, history, .. } = open(common, around, &args.at, true)?;
    if history.state == State::Shallow {
        return Err(Failure(bi!(
            "这是浅克隆，历史不全，归档里会缺谁改过什么：git fetch --unshallow（GitHub Actions 设 fetch-depth: 0，GitLab 设 GIT_DEPTH: 0）",
            "this is a shallow clone: the archive would not say who changed what. Run git fetch --unshallow (set fetch-depth: 0 in GitHub Actions, GIT_DEPTH: 0 on GitLab)"
        )));
    }
    let as_of = today(common, around, book.config.timezone.as_deref());
    let facts = derive(&book, &history, as_of);
    let checked = check(&facts, findings);
    if broken_setup(&checked.findings) {
        return Err(Failure(bi!(
            "gendan.toml 有错误，没有归档；gendan check 说在哪里",
            "gendan.toml has errors, nothing was archived; gendan check says where"
        )));
    }
    let orders = match args.closed_before {
        Some(day) => before(&facts, day),
        None => named(&facts, &args.orders)?,
    };
    if orders.is_empty() {
        return Ok(Outcome {
            failed: false, note: Some(bi!("没有要归档的订单", "no order to archive"))
        });
    }
    let failed = |text: Bi| Failure(text);
    let maker = Maker::of(&facts, &checked.findings).map_err(Failure::from)?;
    let shelf = Shelf::open(&around.here.join(&args.out)).map_err(|e| failed(e.text()))?;
    let done = file(&maker, &orders, shelf, args.again).map_err(|e| failed(e.text()))?;
    let lang = common.lang.langs().first();
    for path in done.added.iter().chain(&done.manifests) {
        writeln!(out, "{path}")?;
    }
    for changed in &done.changed {
        writeln!(out, "{}", clean(self::changed(changed).get(lang)))?;
    }
    let open: Vec<&str> =
        orders.iter().map(|(order, ..)| &*order.id).filter(|id| history.is_uncommitted(id)).collect();
    Ok(Outcome { failed: !done.changed.is_empty(), note: Some(note(&done, &open)) })
}

/// Every order that was filed before a day, by ID.
fn before<'a>(facts: &'a Facts<'a>, day: NaiveDate) -> Vec<Closed<'a>> {
    let filed = |own: &OrderFacts| own.progress.cancelled.or_else(|| filed_on(own));
    let closed = facts.each().filter(|(_, own)| !own.is_open() && filed(own).is_some_and(|on| on < day));
    closed.filter_map(|(order, own)| Some((order, own, month_of(own)?))).collect()
}

/// Orders by their IDs; each once.
fn named<'a>(facts: &'a Facts<'a>, ids: &[String]) -> Result<Vec<Closed<'a>>, Failure> {
    let mut seen = BTreeSet::new();
    let mut orders = Vec::new();
    for id in ids.iter().filter(|id| seen.insert(id.as_str())) {
        let found: Option<(&Order, &OrderFacts)> =
            facts.book.order(id).and_then(|order| Some((order, facts.of(order)?)));
        let Some((order, own)) = found else { return Err(unknown(facts.book, &clean(id))) };
        let Some(month) = month_of(own) else { return Err(still_open(facts, order, own)) };
        orders.push((order, own, month));
    }
    Ok(orders)
}

fn still_open(facts: &Facts<'_>, order: &Order, own: &OrderFacts) -> Failure {
    let (id, as_of) = (&order.id, facts.as_of);
    let stage = own.progress.current.map(|stage| (stage.number(), Bi::from(stage.title())));
    let at = match &stage {
        Some((n, name)) => bi!("在第 {n} 步{name}", "it is at step {n}, {name}"; name),
        None => bi!("还没结案", "it is not closed"),
    };
    Failure(bi!(
        "{id} 到 {as_of} 还没结案，不能归档：{at}。办完后在 [actual] 写 closed 或 archived；取消的写 cancelled",
        "{id} is still open on {as_of} and cannot be archived: {at}. Write closed or archived in [actual] when it is done, or cancelled"; at
    ))
}

/// As a finding says it: what differs, and what to do.
fn changed(changed: &Changed) -> Bi {
    let Changed { id, folder, differs } = changed;
    let named: Vec<Bi> = differs.iter().take(NAMED).map(|one| one.text()).collect();
    let zh: Vec<&str> = named.iter().map(|one| one.zh.as_str()).collect();
    let en: Vec<&str> = named.iter().map(|one| one.en.as_str()).collect();
    let what = Bi { zh: zh.join("，"), en: en.join(", ") };
    let more = match differs.len().saturating_sub(NAMED) {
        0 => Bi::default(),
        n => bi!("，还有 {n} 个文件", ", and {n} more"),
    };
    let what = bi!("{what}{more}", "{what}{more}"; what, more);
    bi!(
        "{id} 已经归档在 {folder}，之后又改了：{what}。归档的不改写；要把现在的样子也存一份，加 --again",
        "{id} is archived in {folder} and changed since: {what}. What is archived is not written again; add --again to keep the present state beside it"; what
    )
}

fn note(done: &Done, open: &[&str]) -> Bi {
    let (orders, months, same, changed) =
        (done.added.len(), done.manifests.len(), done.same, done.changed.len());
    let files = done.files;
    let mut lines = vec![bi!(
        "归档 {orders} 单，{files} 个文件，{months} 份月度清单；原来就在的 {same} 单，改过没收的 {changed} 单",
        "orders archived: {orders}, files: {files}, manifests: {months}; there already: {same}, changed and left out: {changed}"
    )];
    if done.absent > 0 {
        let n = done.absent;
        lines.push(bi!(
            "有 {n} 个文件记录里写了却没有，各单的 index.html 列了出来",
            "{n} files that the records name are not there; the index.html of each order lists them"
        ));
    }
    if !open.is_empty() {
        let ids = open.iter().take(NAMED).copied().collect::<Vec<_>>().join(" ");
        lines.push(bi!(
            "有改动还没提交，归档里看不出是谁改的：{ids}",
            "some changes are not committed, and the archive cannot say whose they are: {ids}"
        ));
    }
    if let Some(newest) = &done.newest {
        let (name, digest) = (&newest.name, &newest.digest);
        lines.push(bi!(
            "记下最后一份清单的 SHA-256，存在别处：{name} {digest}",
            "write down the SHA-256 of the newest manifest and keep it elsewhere: {name} {digest}"
        ));
    }
    let join = |side: fn(&Bi) -> &str| lines.iter().map(side).collect::<Vec<_>>().join("\n");
    Bi { zh: join(|line| &line.zh), en: join(|line| &line.en) }
}
