//! Fills the page of an archived order: the order in plain words, whether its file is complete, what lies in the folder,
//! what the check says, what happened and who did it.

use std::sync::Arc;

use chrono::NaiveDate;

use super::records::{Absent, Kept, Records};
use super::{RECORDS, told};
use crate::check::finding::Finding;
use crate::derive::{OrderFacts, tax};
use crate::history::{Event, State, Step, What};
use crate::model::Order;
use crate::model::party::PartyKind;
use crate::model::stage::Milestone;
use crate::publish::archive;
use crate::publish::ctx::Ctx;
use crate::publish::finding as shown;
use crate::publish::forge::percent;
use crate::publish::making::Kind;
use crate::publish::order::history;
use crate::publish::row::goods_text;
use crate::publish::witness::{Witness, person};
use crate::say;
use crate::site::view::{
    ArchiveItem, Field, FiledFile, FiledFinding, FiledGroup, FiledOrderPage, FiledStep, Link, Mark,
};
use crate::text::{Lang, StaticBi};

/// What the page is filled from, besides the facts.
pub(super) struct Sources<'s> {
    pub(super) order: &'s Order,
    pub(super) own: &'s OrderFacts,
    pub(super) records: &'s Records,
    pub(super) documents: &'s [(String, Kind)],
    pub(super) day: NaiveDate,
}

/// The name of the page in a language: the first is what opens.
pub(super) fn name(at: usize, lang: Lang) -> String {
    match (at, lang) {
        (0, _) => "index.html".to_owned(),
        (_, Lang::Zh) => "index.zh.html".to_owned(),
        (_, Lang::En) => "index.en.html".to_owned(),
    }
}

/// The page.
pub(super) fn page(
    ctx: &Ctx<'_>,
    from: &Sources<'_>,
    file: String,
    other: Option<(String, Lang)>,
) -> FiledOrderPage {
    let Sources { order, own, records, .. } = from;
    let mut entry = archive::entry(ctx, order, own);
    let absent: Vec<&Absent> = records.absent.iter().filter(|absent| absent.counts()).collect();
    for file in &absent {
        let name = short(&file.file, order);
        entry.items.push(ArchiveItem {
            label: say!(ctx, "缺文件 {name}", "file missing: {name}"),
            mark: Mark::Late,
        });
    }
    let lacking = entry.items.iter().filter(|item| item.mark == Mark::Late).count();
    let mark = if own.is_cancelled() {
        Mark::Na
    } else if lacking > 0 {
        Mark::Late
    } else {
        entry.mark
    };
    let customer = ctx.customer(order).text;
    let (other_name, other_lang) = match other {
        Some((name, lang)) => (name, Some(lang)),
        None => (String::new(), None),
    };
    FiledOrderPage {
        file,
        title: if customer.is_empty() { order.id.to_string() } else { format!("{} · {customer}", order.id) },
        company: ctx.company(),
        other: match other_lang {
            Some(Lang::Zh) => Link::new("中文", other_name),
            Some(Lang::En) => Link::new("English", other_name),
            None => Link::default(),
        },
        other_lang: match other_lang {
            Some(Lang::Zh) => "zh-Hans".to_owned(),
            Some(Lang::En) => "en".to_owned(),
            None => String::new(),
        },
        lead: lead(ctx, order, own),
        stand: stand(ctx, from.day),
        facts: facts(ctx, order, own, entry.facts),
        verdict: match (mark, lacking) {
            (Mark::Na, _) => {
                say!(ctx, "订单取消了，不按清单查。", "The order was cancelled; nothing is asked for.")
            }
            (_, 0) => say!(ctx, "完整：要求的都在。", "Complete: everything asked for is here."),
            (_, 1) => say!(ctx, "缺 1 件。", "1 thing is missing."),
            (_, n) => say!(ctx, "缺 {n} 件。", "{n} things are missing."),
        },
        mark,
        items: entry.items,
        absent: records.absent.iter().map(|a| self::absent(ctx, a, order)).collect(),
        groups: groups(ctx, from),
        findings_note: findings_note(ctx, order),
        findings: ctx.findings.order(&order.id).iter().map(|finding| self::finding(ctx, finding)).collect(),
        history_note: history_note(ctx, order),
        history: steps(ctx, order),
        verify: archive::commands(ctx),
    }
}

/// `Hanse Licht GmbH 向我们订 LED bulbs，USD 44,040.00，FOB Ningbo。2026-09-16 归档。`
fn lead(ctx: &Ctx<'_>, order: &Order, own: &OrderFacts) -> String {
    let customer = ctx.customer(order).text;
    let customer = if customer.is_empty() { say!(ctx, "客户", "The customer") } else { customer };
    let goods = goods_text(ctx, order);
    let goods = if goods.is_empty() { say!(ctx, "货物", "goods") } else { goods };
    let mut more = Vec::new();
    more.extend(
        own.money.total.filter(|total| !total.is_zero()).map(|total| ctx.money(total, own.money.currency)),
    );
    more.extend(order.incoterm.as_ref().map(|term| term.text.clone()));
    let comma = ctx.word(("，", ", "));
    let more = more.iter().map(|part| format!("{comma}{part}")).collect::<String>();
    let what = say!(ctx, "{customer} 向我们订购{goods}{more}。", "{customer} ordered {goods} from us{more}.");
    let day = |milestone| own.progress.done_on(milestone);
    let end = match (own.progress.cancelled, day(Milestone::Shipped), day(Milestone::Paid)) {
        (Some(day), ..) => say!(ctx, "{day} 取消。", " It was cancelled on {day}."),
        (None, Some(shipped), Some(paid)) => {
            say!(
                ctx,
                "{shipped} 装运，{paid} 收齐货款。",
                " It was shipped on {shipped} and paid in full by {paid}."
            )
        }
        (None, Some(shipped), None) => say!(ctx, "{shipped} 装运。", " It was shipped on {shipped}."),
        _ => String::new(),
    };
    format!("{what}{end}")
}

fn stand(ctx: &Ctx<'_>, day: NaiveDate) -> String {
    say!(
        ctx,
        "这一页和检查结果说的是 {day} 的情形：最后一次改动或归档的那天。",
        "This page and the findings speak as of {day}: the day of the last change, or of filing."
    )
}

fn facts(ctx: &Ctx<'_>, order: &Order, own: &OrderFacts, more: Vec<Field>) -> Vec<Field> {
    let mut list: Vec<Field> = Vec::new();
    let mut add = |label: StaticBi, value: Option<String>| {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            list.push(Field::new(ctx.word(label), value));
        }
    };
    add(("客户", "Customer"), Some(ctx.customer(order).text));
    add(("客户单号", "Customer's order number"), order.po.clone());
    let suppliers: std::collections::BTreeSet<String> = super::records::parties(ctx.book(), order)
        .filter(|(kind, _)| *kind == PartyKind::Supplier)
        .map(|(kind, id)| ctx.party(kind, &id).text)
        .collect();
    add(
        ("供应商", "Suppliers"),
        Some(suppliers.into_iter().collect::<Vec<_>>().join(ctx.word(("，", ", ")))),
    );
    add(("付款方式", "Payment"), order.payment.clone());
    add(("跟单", "Merchandiser"), order.merchandiser.as_deref().map(|id| ctx.person(id)));
    add(("签约", "Signed"), order.signed.map(|day| day.to_string()));
    let witness = Witness::of(ctx, order, own);
    for (label, milestone) in
        [(("结案", "Closed"), Milestone::Closed), (("归档", "Archived"), Milestone::Archived)]
    {
        let fact = own.progress.milestone(milestone);
        let Some(day) = own.progress.done_on(milestone) else { continue };
        let by = witness.recorded_for(&fact);
        add(label, Some(recorded(ctx, day, &by.who, by.day.map(|day| day.iso), &by.change.text, &by.note)));
    }
    if let Some(day) = own.progress.cancelled {
        let event = cancelled_in(ctx, order);
        let event = event.as_deref();
        let who = event.map(|event| person(ctx, &event.person)).unwrap_or_default();
        let on = event.map(|event| event.date.to_string());
        let change = event.map(change_text).unwrap_or_default();
        add(("取消", "Cancelled"), Some(recorded(ctx, day, &who, on, &change, "")));
    }
    let kept = tax::kept_until(order, own, ctx.as_of());
    add(
        ("保存到", "Kept until"),
        kept.map(|day| {
            say!(ctx, "{day}（起算日以公告为准）", "{day} (the announcement decides from when it counts)")
        }),
    );
    let last = ctx.facts.history.orders.get(&*order.id).map(|known| &known.last);
    add(("最后一次提交", "Last commit"), last.map(|event| format!("{} · {}", event.commit, event.date)));
    // What stands above already is not said twice.
    let said: Vec<String> = list.iter().map(|field| field.label.clone()).collect();
    let missing = ctx.word(("缺", "Missing"));
    list.extend(more.into_iter().filter(|field| field.label != missing && !said.contains(&field.label)));
    list
}

/// `2026-09-16 · 林燕 记于 2026-09-17 · #291`
fn recorded(
    ctx: &Ctx<'_>,
    day: NaiveDate,
    who: &str,
    on: Option<String>,
    change: &str,
    note: &str,
) -> String {
    let mut parts = vec![day.to_string()];
    match (who.is_empty(), on) {
        (true, _) => {}
        (false, Some(on)) => parts.push(say!(ctx, "{who} 记于 {on}", "recorded by {who} on {on}")),
        (false, None) => parts.push(say!(ctx, "{who} 记的", "recorded by {who}")),
    }
    parts.extend([change, note].into_iter().filter(|text| !text.is_empty()).map(str::to_owned));
    parts.join(" · ")
}

/// The change in which the order was cancelled.
fn cancelled_in(ctx: &Ctx<'_>, order: &Order) -> Option<Arc<Event>> {
    let steps = told::steps(ctx, order);
    let says = |step: &&Step| {
        step.what == What::Added || step.changes.iter().any(|c| c.key == "cancelled" && c.after.is_some())
    };
    steps.iter().rev().find(says)?.event.clone()
}

fn change_text(event: &Event) -> String {
    let commit: String = event.commit.chars().take(10).collect();
    match &event.number {
        Some(number) => format!("{number} {commit}"),
        None => commit,
    }
}

/// A file as people know it: below the folder of the order.
fn short<'f>(file: &'f str, order: &Order) -> &'f str {
    file.strip_prefix(&*order.folder).map_or(file, |below| below.trim_start_matches('/'))
}

fn absent(ctx: &Ctx<'_>, absent: &Absent, order: &Order) -> Field {
    Field::new(short(&absent.file, order), ctx.text(&absent.why.text()))
}

fn groups(ctx: &Ctx<'_>, from: &Sources<'_>) -> Vec<FiledGroup> {
    let Sources { order, records, documents, .. } = from;
    let is_record = |kept: &&Kept| {
        let below = short(&kept.path, order);
        !below.contains('/') && (below.ends_with(".toml") || below == "notes.md")
    };
    let (own, attached): (Vec<&Kept>, Vec<&Kept>) = records.own.iter().partition(|kept| is_record(kept));
    let kept = |kept: &Kept| {
        let name = short(&kept.path, order);
        let mut what: Vec<String> = kept.by.iter().map(|record| named(ctx, record)).collect();
        if !kept.name.ends_with(name) {
            what.push(say!(
                ctx,
                "原来的名字不能照用（有的系统不认，或浏览器会执行），换了写法",
                "kept under another name: its own is refused by some systems, or run by browsers"
            ));
        } else if let Some((zh, en)) = role(name) {
            what.push(ctx.word((zh, en)).to_owned());
        }
        FiledFile {
            link: Link::new(name, percent(&format!("{RECORDS}/{}", kept.name))),
            what: what.join(" · "),
        }
    };
    let made = |(path, kind): &(String, Kind)| FiledFile {
        link: Link::new(path.rsplit('/').next().unwrap_or(path), percent(path)),
        what: ctx.word(kind.title()).to_owned(),
    };
    let plain = |name: &str, label: StaticBi| FiledFile {
        link: Link::new(name, name),
        what: ctx.word(label).to_owned(),
    };
    let group = |title: StaticBi, note: StaticBi, files: Vec<FiledFile>| FiledGroup {
        title: ctx.word(title).to_owned(),
        note: ctx.word(note).to_owned(),
        files,
    };
    let all = [
        group(
            ("记录", "Records"),
            (
                "数据仓库里的原文，一个字节不改；任何文本编辑器都能打开。",
                "As they stand in the data repository, byte for byte; any text editor opens them.",
            ),
            own.into_iter().map(kept).collect(),
        ),
        group(
            ("附件", "Attachments"),
            ("扫描件和文件，一个字节不改。", "Scans and files, byte for byte."),
            attached.into_iter().map(kept).collect(),
        ),
        group(
            ("单据", "Documents"),
            (
                "按记录做出来的，供对照；寄出去的以附件里的扫描件为准。",
                "Made from the records, for comparison; what was sent are the scans among the attachments.",
            ),
            documents.iter().map(made).collect(),
        ),
        group(
            ("往来单位、人员、日历、设置", "Parties, people, calendars, settings"),
            (
                "归档时的样子。records/ 是一个完整的数据目录，gendan 能直接读。",
                "As they stood. records/ is a data root of its own that gendan can read.",
            ),
            records.shared.iter().map(kept).collect(),
        ),
        group(
            ("给程序看的", "For programs"),
            ("同样的内容，JSON 格式。", "The same as JSON."),
            vec![
                plain("findings.json", ("检查结果", "findings")),
                plain("history.json", ("每一次改动", "every change")),
                plain("SHA256SUMS", ("每个文件的 SHA-256", "SHA-256 of every file")),
            ],
        ),
    ];
    all.into_iter().filter(|group| !group.files.is_empty()).collect()
}

/// `提单 bl[0]`: which record names a file.
fn named(ctx: &Ctx<'_>, record: &str) -> String {
    let word = match record.split(['[', '.']).next().unwrap_or_default() {
        "purchases" => ("采购单", "purchase order"),
        "inspections" => ("验货", "inspection"),
        "lc" => ("信用证", "letter of credit"),
        "contract" => ("合同", "contract"),
        "proforma" => ("形式发票", "proforma invoice"),
        "invoice" => ("发票", "invoice"),
        "packing" => ("装箱单", "packing list"),
        "bl" => ("提单", "bill of lading"),
        "awb" => ("空运单", "air waybill"),
        "waybill" => ("运单", "waybill"),
        "courier" => ("快递单", "courier receipt"),
        "insurance" => ("保险单", "insurance"),
        "origin" => ("产地证", "certificate of origin"),
        "customs" => ("报关单", "export declaration"),
        "certificate" => ("证明", "certificate"),
        "draft" => ("汇票", "bill of exchange"),
        "collection" => ("托收", "collection"),
        "presentation" => ("交单", "presentation"),
        "received" => ("水单", "bank advice"),
        "paid" => ("付款凭证", "proof of payment"),
        "filings" => ("申报", "filing"),
        "bills" => ("账单", "bill"),
        _ => ("凭证", "evidence"),
    };
    format!("{} {record}", ctx.word(word))
}

fn role(name: &str) -> Option<StaticBi> {
    Some(match name {
        "order.toml" => ("订单", "the order"),
        "docs.toml" => ("单证", "documents"),
        "money.toml" => ("收付款", "money"),
        "notes.md" => ("备注", "notes"),
        "gendan.toml" => ("设置", "settings"),
        "people.toml" => ("人员", "people"),
        _ => return None,
    })
}

fn findings_note(ctx: &Ctx<'_>, order: &Order) -> String {
    let findings = ctx.findings.order(&order.id);
    let alone = ctx.word((
        "只查这一单；和别的订单比较的规则不在这里。",
        "Of this order alone; rules that compare orders are not part of it.",
    ));
    let summary = shown::summary(ctx, findings);
    let said = if summary.is_empty() {
        say!(ctx, "没有发现问题。", "Nothing was found.")
    } else {
        say!(ctx, "{summary}。", "{summary}.")
    };
    let unknown = match ctx.facts.history.state {
        State::Complete => "",
        _ => ctx.word((
            "没有历史，看历史的规则没有查。",
            " Without a history the rules about it were not checked.",
        )),
    };
    format!("{said}{}{alone}{unknown}", ctx.word(("", " ")))
}

fn finding(ctx: &Ctx<'_>, finding: &Finding) -> FiledFinding {
    let note = match (&finding.waived, finding.past) {
        (Some(by), _) => {
            let (who, why) = (ctx.person(&by.by), &by.why);
            say!(ctx, "已豁免（{who}：{why}）", "Waived ({who}: {why})")
        }
        (None, true) => say!(ctx, "历史", "History"),
        (None, false) => String::new(),
    };
    FiledFinding {
        level: shown::level(finding.severity),
        title: ctx.text(&finding.title),
        rule: finding.rule.name.to_owned(),
        note,
    }
}

fn history_note(ctx: &Ctx<'_>, order: &Order) -> String {
    let unknown = history::unknown(ctx);
    if !unknown.is_empty() {
        return unknown;
    }
    match ctx.facts.history.orders.get(&*order.id) {
        None => say!(ctx, "还没提交到 git。", "Not committed to git yet."),
        Some(known) => {
            let (commits, people) = (known.commits, known.people.len());
            say!(
                ctx,
                "共 {commits} 次改动，{people} 人。日期和名字是提交里写的。",
                "Changes: {commits}, people: {people}. Dates and names are those written in the commits."
            )
        }
    }
}

/// Every change, newest first, with everything it says.
fn steps(ctx: &Ctx<'_>, order: &Order) -> Vec<FiledStep> {
    let step = |step: &Step| {
        let mut what: Vec<String> = match step.what {
            What::Added => vec![say!(ctx, "建立订单", "order created")],
            What::Removed => vec![say!(ctx, "删除订单", "order deleted")],
            What::Changed => step.changes.iter().map(|change| ctx.text(&change.sentence())).collect(),
        };
        if what.is_empty() {
            what.push(match step.files.iter().any(|file| file.ends_with(".toml")) {
                true => say!(ctx, "只改了写法", "only the way of writing"),
                false => say!(ctx, "备注或附件", "notes or attachments"),
            });
        }
        match step.event.as_deref() {
            None => {
                FiledStep {
                    who: say!(ctx, "还没提交", "not committed yet"), what, ..FiledStep::default()
                }
            }
            Some(event) => FiledStep {
                day: event.date.to_string(),
                who: person(ctx, &event.person),
                change: change_text(event),
                what,
            },
        }
    };
    told::steps(ctx, order).iter().rev().map(step).collect()
}
