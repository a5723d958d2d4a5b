//! Check sheet of a bill of lading 提单核对单: the registered draft beside our instruction, field by field, for the
//! forwarder to correct or confirm.

use rust_decimal::Decimal;

use super::instruction::{self, Instruction, Said};
use super::text::{both, cbm, kg, label, letters, number, package_word};
use super::{Job, packing, paper, party, sheet};
use crate::model::document::{BillOfLading, BlKind, Freight as Marked, Release};
use crate::model::order::Container;
use crate::model::value::place::{SamePlace, same_place};
use crate::model::value::{Freight, Package};
use crate::site::view::making::{Address, BiLabel, CheckPage, CheckRow, CheckState};
use crate::text::{Lang, StaticBi};

/// Fills the check sheet of a consignment.
pub(super) fn page(job: &Job<'_, '_>) -> CheckPage {
    let lang = job.ctx.lang;
    let rows = match paper::of(&job.order.docs.bl, |d| &d.paper, job.cargo) {
        Some(bl) => rows(job, bl, &instruction::of(job)),
        None => Vec::new(),
    };
    let booking = job.cargo.shipment.and_then(|s| s.booking.clone()).unwrap_or_default();
    let bl = paper::of(&job.order.docs.bl, |d| &d.paper, job.cargo);
    let number = paper::number(bl.map(|d| &d.paper));
    let id = if job.cargo.several {
        format!("{} / {}", job.order.id, job.cargo.id)
    } else {
        job.order.id.to_string()
    };
    CheckPage {
        sheet: sheet::of(job, "B/L CHECK SHEET", &number),
        // The forwarder knows our address; the sheet is to stay one page.
        seller: Address { name: party::our_name(job.ctx), lines: Vec::new() },
        forwarder: both(lang, ("致 货代", "To forwarder"), party::forwarder(job)),
        facts: vec![
            both(lang, ("我方编号", "Our ref."), [id]),
            both(lang, ("订舱号", "Booking No."), [booking]),
            both(lang, ("提单号", "B/L No."), [number]),
            both(lang, ("日期", "Date"), [""]),
        ],
        summary: summary(lang, &rows),
        state: rows.iter().map(|r| r.state).max().unwrap_or_default(),
        columns: [
            ("项目", "Field"),
            ("提单草稿（已登记）", "B/L draft as registered"),
            ("我方要求", "Our instruction"),
            ("结果", "Result"),
        ]
        .map(|name| label(lang, name))
        .to_vec(),
        rows,
        answer: [("确认人", "Confirmed by"), ("日期", "Date"), ("签章", "Signature and stamp")]
            .map(|name| label(lang, name))
            .to_vec(),
    }
}

/// `3 处不同，请改；1 处请核对`.
fn summary(lang: Lang, rows: &[CheckRow]) -> BiLabel {
    let count = |state| rows.iter().filter(|r| r.state == state).count();
    let wrong = count(CheckState::Differs).saturating_add(count(CheckState::Missing));
    let look = count(CheckState::Look);
    let (mut zh, mut en) = (Vec::new(), Vec::new());
    if wrong > 0 {
        zh.push(format!("{wrong} 处不同，请改"));
        en.push(format!("{wrong} to be corrected"));
    }
    if look > 0 {
        zh.push(format!("{look} 处请核对"));
        en.push(format!("{look} to be looked at"));
    }
    if zh.is_empty() {
        zh.push("没有发现不同".to_owned());
        en.push("no difference found".to_owned());
    }
    let (zh, en) = (format!("请确认：{}", zh.join("；")), format!("Please confirm: {}", en.join("; ")));
    match lang {
        Lang::Zh => BiLabel { first: zh, second: en },
        Lang::En => BiLabel { first: en, second: zh },
    }
}

/// Rows under construction.
struct Rows {
    lang: Lang,
    all: Vec<CheckRow>,
}

impl Rows {
    fn put(&mut self, name: StaticBi, draft: Vec<String>, ours: Vec<String>, state: CheckState) {
        let clean =
            |lines: Vec<String>| lines.into_iter().filter(|l| !l.trim().is_empty()).collect::<Vec<_>>();
        let (draft, ours) = (clean(draft), clean(ours));
        if ours.is_empty() && draft.is_empty() {
            return;
        }
        // What we do not prescribe is for a person; what we prescribe and the draft does not show is missing.
        let state = match (draft.is_empty(), ours.is_empty()) {
            (true, false) => CheckState::Missing,
            (false, true) => CheckState::Look,
            _ => state,
        };
        self.all.push(CheckRow {
            label: label(self.lang, name),
            draft,
            ours,
            state,
            word: word(self.lang, state),
        });
    }

    /// Texts whose letters and digits have to be the same.
    fn text(&mut self, name: StaticBi, draft: Option<&str>, ours: &str, else_: CheckState) {
        let draft = draft.unwrap_or_default();
        let state = if letters(draft) == letters(ours) { CheckState::Same } else { else_ };
        self.put(name, vec![draft.to_owned()], vec![ours.to_owned()], state);
    }

    fn place(&mut self, name: StaticBi, draft: Option<&str>, ours: &str) {
        let state = match draft.and_then(|d| same_place(d, ours)) {
            Some(SamePlace::Same) => CheckState::Same,
            Some(SamePlace::Contains) => CheckState::Look,
            Some(SamePlace::Different) | None => CheckState::Differs,
        };
        self.put(name, vec![draft.unwrap_or_default().to_owned()], vec![ours.to_owned()], state);
    }

    fn figure(
        &mut self,
        name: StaticBi,
        (draft, ours): (Option<Decimal>, Option<Decimal>),
        show: impl Fn(Decimal) -> String,
    ) {
        let state = if draft == ours { CheckState::Same } else { CheckState::Differs };
        let text = |value: Option<Decimal>| value.map(&show).into_iter().collect();
        self.put(name, text(draft), text(ours), state);
    }

    /// A party: its name has to stand there; an address that we have is shown.
    fn party(&mut self, name: StaticBi, draft: Vec<String>, ours: &Said) {
        let printed = letters(&draft.join(" "));
        let named = ours.lines.first().map(|l| letters(l)).filter(|l| !l.is_empty());
        let whole = letters(&ours.lines.join(" "));
        let same = named
            .is_some_and(|n| printed == n || (printed.starts_with(&n) && whole.starts_with(&printed)))
            || printed == whole;
        let longer = ours.lines.first().is_some_and(|l| printed.starts_with(&letters(l)));
        let state = match (same, longer, ours.sure) {
            (true, ..) => CheckState::Same,
            (false, true, _) | (false, false, false) => CheckState::Look,
            (false, false, true) => CheckState::Differs,
        };
        self.put(name, draft, ours.lines.clone(), state);
    }
}

fn word(lang: Lang, state: CheckState) -> BiLabel {
    label(
        lang,
        match state {
            CheckState::Same => ("相同", "same"),
            CheckState::Look => ("请核对", "look"),
            CheckState::Missing => ("没印", "not shown"),
            CheckState::Differs => ("不同", "differs"),
        },
    )
}

fn rows(job: &Job<'_, '_>, bl: &BillOfLading, wanted: &Instruction) -> Vec<CheckRow> {
    let mut rows = Rows { lang: job.ctx.lang, all: Vec::new() };
    let paper = &bl.paper;
    let shipper = Said { lines: wanted.shipper.clone(), sure: true };
    rows.party(("发货人", "Shipper"), bl.shipper.iter().cloned().collect(), &shipper);
    rows.party(("收货人", "Consignee"), bl.consignee.iter().cloned().collect(), &wanted.consignee);
    rows.party(("通知人", "Notify party"), bl.notify.clone(), &wanted.notify);
    let vessel = [paper.vessel.as_deref(), paper.voyage.as_deref()];
    let vessel = vessel.into_iter().flatten().collect::<Vec<_>>().join(" / ");
    let ours = [wanted.vessel.as_str(), &wanted.voyage].into_iter().filter(|p| !p.is_empty());
    let ours = ours.collect::<Vec<_>>().join(" / ");
    rows.text(("船名航次", "Vessel"), Some(&vessel), &ours, CheckState::Differs);
    rows.place(("收货地", "Place of receipt"), bl.receipt.as_deref(), &wanted.receipt);
    rows.place(("装货港", "Port of loading"), paper.from.as_deref(), &wanted.loading);
    rows.place(("卸货港", "Port of discharge"), paper.to.as_deref(), &wanted.discharge);
    rows.place(("交货地", "Place of delivery"), bl.delivery.as_deref(), &wanted.delivery);
    let marks = if letters(&paper.marks.concat()) == letters(&wanted.marks.concat()) {
        CheckState::Same
    } else {
        CheckState::Differs
    };
    rows.put(("唛头", "Marks"), paper.marks.clone(), wanted.marks.clone(), marks);
    let goods = wanted.goods.join(" ");
    let same = letters(paper.goods.as_deref().unwrap_or_default()) == letters(&goods);
    // A general description is allowed on a transport document: whether it conflicts is for eyes.
    let state = if same { CheckState::Same } else { CheckState::Look };
    rows.put(("货物描述", "Goods"), paper.goods.iter().cloned().collect(), wanted.goods.clone(), state);
    figures(job, bl, &mut rows);
    containers(job, bl, &mut rows);
    release(bl, wanted, &mut rows);
    rows.all
}

fn figures(job: &Job<'_, '_>, bl: &BillOfLading, rows: &mut Rows) {
    let paper = &bl.paper;
    let [packages, gross, volume] = packing::figures(job.cargo);
    let printed = paper.package_kind.as_deref().unwrap_or_default();
    let printed = package_word(Package::parse(printed), paper.packages).unwrap_or_else(|| printed.to_owned());
    let kind = packages.map(|_| packing::kind(job.cargo, packages)).unwrap_or_default();
    // PACKAGES says nothing about the kind and conflicts with none; nor does a draft that names none.
    let general = |k: &str| k.is_empty() || Package::parse(k).is_some_and(Package::is_general);
    let state = if paper.packages != packages {
        CheckState::Differs
    } else if printed == kind {
        CheckState::Same
    } else if general(&printed) || general(&kind) {
        CheckState::Look
    } else {
        CheckState::Differs
    };
    let text = |n: Option<Decimal>, kind: &str| {
        let n = n.map(number).unwrap_or_default();
        vec![format!("{n} {kind}").trim().to_owned()]
    };
    rows.put(("件数", "Packages"), text(paper.packages, &printed), text(packages, &kind), state);
    rows.figure(("毛重 KG", "Gross KG"), (paper.gross_kg, gross), kg);
    rows.figure(("体积 CBM", "Volume"), (paper.cbm, volume), cbm);
}

/// One row for each container of either side.
fn containers(job: &Job<'_, '_>, bl: &BillOfLading, rows: &mut Rows) {
    let ours = job.cargo.shipment.map(|s| s.containers.as_slice()).unwrap_or_default();
    let key = |c: &Container| letters(c.number.as_deref().unwrap_or_default());
    for container in ours {
        let printed = bl.containers.iter().find(|c| key(c) == key(container));
        let state = match printed {
            Some(printed) if agree(printed, container) => CheckState::Same,
            _ => CheckState::Differs,
        };
        let draft = printed.map(|c| shown(c, container)).unwrap_or_default();
        rows.put(("柜 封号", "Container, seal"), draft, shown(container, container), state);
    }
    for printed in bl.containers.iter().filter(|c| !ours.iter().any(|o| key(o) == key(c))) {
        rows.put(("柜 封号", "Container, seal"), shown(printed, printed), Vec::new(), CheckState::Differs);
    }
}

/// What both sides show of a container is the same.
fn agree(draft: &Container, ours: &Container) -> bool {
    let text = |a: &Option<String>, b: &Option<String>| {
        a.as_deref().zip(b.as_deref()).is_none_or(|(a, b)| letters(a) == letters(b))
    };
    let figure = |a: Option<Decimal>, b: Option<Decimal>| a.zip(b).is_none_or(|(a, b)| a == b);
    text(&draft.seal, &ours.seal)
        && text(&draft.r#type, &ours.r#type)
        && figure(draft.packages, ours.packages)
        && figure(draft.gross_kg, ours.gross_kg)
        && figure(draft.cbm, ours.cbm)
}

/// `CSQU3054383 / 40HQ / GSL0088121`, `1,200 / 16,320.00 KG / 66.240 CBM`, without what the other side leaves out.
fn shown(of: &Container, like: &Container) -> Vec<String> {
    let box_ = [
        of.number.clone(),
        of.r#type.clone().filter(|_| like.r#type.is_some()),
        of.seal.clone().filter(|_| like.seal.is_some()),
    ];
    let load = [
        of.packages.filter(|_| like.packages.is_some()).map(number),
        of.gross_kg.filter(|_| like.gross_kg.is_some()).map(|n| format!("{} KG", kg(n))),
        of.cbm.filter(|_| like.cbm.is_some()).map(|n| format!("{} CBM", cbm(n))),
    ];
    [box_, load].map(|parts| parts.into_iter().flatten().collect::<Vec<_>>().join(" / ")).to_vec()
}

fn release(bl: &BillOfLading, wanted: &Instruction, rows: &mut Rows) {
    let marked = bl.freight.map(|f| match f {
        Marked::Prepaid => Freight::Prepaid,
        Marked::Collect => Freight::Collect,
    });
    let text = |f: Option<Freight>| f.map(|f| f.to_string()).unwrap_or_default();
    rows.text(("运费", "Freight"), Some(&text(marked)), &text(wanted.freight), CheckState::Differs);
    if wanted.original == Some(true) {
        let kind = match (bl.kind, bl.release) {
            (Some(BlKind::SeaWaybill), _) => "SEA WAYBILL",
            (_, Some(Release::Telex)) => "TELEX RELEASE",
            (_, Some(Release::Surrendered)) => "SURRENDERED",
            (_, Some(Release::Express)) => "EXPRESS RELEASE",
            (_, Some(Release::Original)) => "ORIGINAL",
            (_, None) => "",
        };
        rows.text(("放货方式", "Release"), Some(kind), "ORIGINAL", CheckState::Differs);
    }
    let originals = bl.paper.originals.map(|n| n.to_string()).unwrap_or_default();
    let full = wanted.originals == "FULL SET" && !originals.is_empty();
    let state = if full || originals == wanted.originals { CheckState::Same } else { CheckState::Differs };
    rows.put(("正本份数", "Originals"), vec![originals], vec![wanted.originals.clone()], state);
    if let Some(day) = bl.on_board {
        let late = wanted.latest.is_some_and(|latest| day > latest);
        let limit = wanted.latest.map(|d| format!("≤ {d}")).into_iter().collect();
        let state = if late { CheckState::Differs } else { CheckState::Same };
        rows.put(("装船日期", "On board"), vec![day.to_string()], limit, state);
    }
    if !bl.clauses.is_empty() {
        let clean = wanted.original.map(|_| "CLEAN".to_owned()).into_iter().collect();
        rows.put(("批注", "Clauses"), bl.clauses.clone(), clean, CheckState::Look);
    }
}
