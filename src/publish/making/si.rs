//! Shipping instructions 托单/补料: everything a forwarder needs to book and to make out the transport document.

use chrono::{DateTime, FixedOffset};

use super::instruction::{self, Instruction};
use super::text::{both, label, with_unit};
use super::{Job, goods, packing, paper, party, sheet};
use crate::load::fields::Allowed;
use crate::model::document::{BillOfLading, BlKind, Release};
use crate::model::order::Item;
use crate::model::value::Mode;
use crate::site::view::making::{BiField, BiLabel, InstructionsPage, Tick};
use crate::text::StaticBi;

/// Fills the shipping instructions of a consignment.
pub(super) fn page(job: &Job<'_, '_>) -> InstructionsPage {
    let lang = job.ctx.lang;
    let wanted = instruction::of(job);
    let totals = packing::totals(job.cargo);
    let containers = job.cargo.shipment.map(|s| s.containers.as_slice()).unwrap_or_default();
    let booking = job.cargo.shipment.and_then(|s| s.booking.clone()).unwrap_or_default();
    InstructionsPage {
        sheet: sheet::of(job, "SHIPPING INSTRUCTIONS", &booking),
        seller: party::seller(job.ctx),
        forwarder: both(lang, ("致 货代", "To forwarder"), party::forwarder(job)),
        facts: facts(job),
        parties: parties(job, &wanted),
        carriage: carriage(job, &wanted, &booking),
        cutoffs: cutoffs(job),
        columns: labels(job, &COLUMNS),
        marks: wanted.marks.clone(),
        packages: format!("{} {}", totals.packages, totals.kind).trim().to_owned(),
        goods: description(job, &wanted),
        totals,
        container_label: label(lang, ("柜", "Containers")),
        container_columns: labels(job, &CONTAINER),
        containers: containers.iter().map(packing::container).collect(),
        boxed: !containers.is_empty() || mode(job).is_none_or(Mode::has_containers),
        release_label: label(lang, ("单据和放货方式", "Document and release")),
        release: release(job, &wanted),
        document: document(job, &wanted),
        remarks: both(lang, ("要求", "Instructions"), [wanted.clause, packing::wood(job.cargo.items())]),
        signature: label(lang, ("签章", "Signature and stamp")),
    }
}

const COLUMNS: [StaticBi; 5] = [
    ("唛头", "Marks"),
    ("件数", "Packages"),
    ("货物描述", "Description of goods"),
    ("毛重 KG", "Gross weight KG"),
    ("体积 CBM", "Measurement CBM"),
];

const CONTAINER: [StaticBi; 8] = [
    ("柜号", "Container No."),
    ("柜型", "Type"),
    ("封号", "Seal"),
    ("件数", "Packages"),
    ("毛重 KG", "Gross KG"),
    ("体积 CBM", "CBM"),
    ("皮重 KG", "Tare KG"),
    ("VGM KG", "VGM KG"),
];

fn labels(job: &Job<'_, '_>, names: &[StaticBi]) -> Vec<BiLabel> {
    names.iter().map(|name| label(job.ctx.lang, *name)).collect()
}

fn mode(job: &Job<'_, '_>) -> Option<Mode> {
    job.cargo.shipment.and_then(|s| s.mode).or(job.order.mode)
}

/// The goods go by sea, or nobody has said otherwise: a bill of lading is made out.
fn by_sea(job: &Job<'_, '_>) -> bool {
    mode(job).is_none_or(|mode| mode.is_sea() || mode == Mode::Multimodal)
}

fn facts(job: &Job<'_, '_>) -> Vec<BiField> {
    let (ctx, order) = (job.ctx, job.order);
    let lang = ctx.lang;
    let id =
        if job.cargo.several { format!("{} / {}", order.id, job.cargo.id) } else { order.id.to_string() };
    let person = order.clerk.as_deref().or(order.merchandiser.as_deref());
    let invoice = paper::of(&order.docs.invoice, |d| &d.paper, job.cargo);
    vec![
        both(lang, ("我方编号", "Our ref."), [id]),
        both(lang, ("发票号", "Invoice No."), [paper::number(invoice.map(|d| &d.paper))]),
        both(lang, ("联系人", "Contact"), [person.map(|id| ctx.person(id)).unwrap_or_default()]),
        both(lang, ("日期", "Date"), [""]),
    ]
}

fn parties(job: &Job<'_, '_>, wanted: &Instruction) -> Vec<BiField> {
    let lang = job.ctx.lang;
    let (consignee, notify) = (&wanted.consignee.lines, &wanted.notify.lines);
    let same = !notify.is_empty() && notify == consignee;
    let notify = if same { vec!["SAME AS CONSIGNEE".to_owned()] } else { notify.clone() };
    vec![
        both(lang, ("发货人", "Shipper"), wanted.shipper.clone()),
        both(lang, ("收货人", "Consignee"), consignee.clone()),
        both(lang, ("通知人", "Notify party"), notify),
    ]
}

fn carriage(job: &Job<'_, '_>, wanted: &Instruction, booking: &str) -> Vec<BiField> {
    let lang = job.ctx.lang;
    let shipment = job.cargo.shipment;
    let mode = mode(job);
    let iso = |day: Option<chrono::NaiveDate>| day.map(|d| d.to_string()).unwrap_or_default();
    let vessel = [wanted.vessel.as_str(), &wanted.voyage].into_iter().filter(|p| !p.is_empty());
    let word = |mode: Mode| {
        let (zh, en) = mode.name();
        format!("{zh} / {en}")
    };
    let [carrier, loading, discharge] = match mode {
        Some(Mode::Air) => {
            [("航班", "Flight"), ("起运机场", "Airport of departure"), ("目的机场", "Airport of destination")]
        }
        Some(Mode::Rail | Mode::Road) => {
            [("车次", "Train / truck"), ("起运地", "Place of dispatch"), ("目的地", "Place of destination")]
        }
        _ => {
            [("船名航次", "Vessel / voyage"), ("装货港", "Port of loading"), ("卸货港", "Port of discharge")]
        }
    };
    let mut list = vec![
        both(lang, ("订舱号", "Booking No."), [booking]),
        both(lang, ("运输方式", "Mode"), [mode.map(word).unwrap_or_default()]),
        both(lang, carrier, [vessel.collect::<Vec<_>>().join(" / ")]),
        both(lang, ("预计开船", "ETD"), [iso(shipment.and_then(|s| s.etd))]),
        both(lang, loading, [wanted.loading.as_str()]),
        both(lang, discharge, [wanted.discharge.as_str()]),
    ];
    for (name, place) in [
        (("收货地", "Place of receipt"), &wanted.receipt),
        (("交货地", "Place of delivery"), &wanted.delivery),
    ] {
        if !place.is_empty() {
            list.push(both(lang, name, [place.as_str()]));
        }
    }
    list.push(both(lang, ("运费", "Freight"), wanted.freight.map(|f| f.to_string())));
    list.push(both(lang, ("贸易术语", "Trade term"), [goods::term(job)]));
    list.push(both(lang, ("最迟装运", "Latest shipment"), [iso(wanted.latest)]));
    list
}

/// Cut-offs in the place's own time. The three that every sailing has are blanks until they are known.
fn cutoffs(job: &Job<'_, '_>) -> Vec<BiField> {
    let recorded = job.cargo.shipment.and_then(|s| s.cutoffs.as_deref()).cloned().unwrap_or_default();
    let sea = by_sea(job);
    let yard = if sea { ("截港", "CY cut-off") } else { ("截货", "Cargo cut-off") };
    let all = [
        (("截单", "SI cut-off"), recorded.si, sea),
        (("截 VGM", "VGM cut-off"), recorded.vgm, sea),
        (yard, recorded.cy, true),
        (("截关", "Customs cut-off"), recorded.customs, false),
        (("危险品截单", "DG cut-off"), recorded.dg, false),
    ];
    let shown = all.into_iter().filter(|(_, at, always)| *always || at.is_some());
    shown.map(|(name, at, _)| both(job.ctx.lang, name, at.map(moment))).collect()
}

fn moment(at: DateTime<FixedOffset>) -> String {
    at.format("%Y-%m-%d %H:%M (UTC%:z)").to_string()
}

/// The goods as the transport document names them, with HS codes and dangerous goods.
fn description(job: &Job<'_, '_>, wanted: &Instruction) -> Vec<String> {
    let mut lines = wanted.goods.clone();
    if let Some((qty, unit)) = job.cargo.quantity() {
        lines.push(with_unit(qty, unit));
    }
    let mut codes: Vec<&str> = job.cargo.items().filter_map(|i| i.hs.as_deref()).collect();
    codes.dedup();
    if !codes.is_empty() {
        lines.push(format!("HS {}", codes.join(", ")));
    }
    lines.extend(job.cargo.items().filter_map(dangerous));
    lines
}

/// `UN3481 CLASS 9`.
fn dangerous(item: &Item) -> Option<String> {
    let dg = item.dg.as_deref()?;
    let class = dg.class.as_deref().map(|c| format!("CLASS {c}"));
    let group = dg.group.as_deref().filter(|g| !g.is_empty()).map(|g| format!("PG {g}"));
    let parts: Vec<String> = [dg.un.clone(), class, group].into_iter().flatten().collect();
    Some(format!("DANGEROUS GOODS: {}", parts.join(" ")))
}

/// Boxes for the kind of bill of lading. A credit wants originals; else what is registered; else all are open.
fn release(job: &Job<'_, '_>, wanted: &Instruction) -> Vec<Tick> {
    if !by_sea(job) {
        return Vec::new();
    }
    let bl = paper::of(&job.order.docs.bl, |d| &d.paper, job.cargo);
    let telex = |bl: &BillOfLading| matches!(bl.release, Some(Release::Telex | Release::Surrendered));
    let waybill =
        |bl: &BillOfLading| bl.kind == Some(BlKind::SeaWaybill) || bl.release == Some(Release::Express);
    let bank = wanted.original == Some(true);
    let registered = bl.filter(|_| !bank);
    let original = bank || registered.is_some_and(|b| b.release == Some(Release::Original));
    let boxes = [
        (("正本提单", "Original B/L"), original),
        (("电放", "Telex release"), registered.is_some_and(telex)),
        (("海运单", "Sea waybill"), registered.is_some_and(waybill)),
    ];
    let master = |kind| bl.is_some_and(|b| b.kind == Some(kind));
    let kinds = [
        (("船东单", "Master B/L"), master(BlKind::Master)),
        (("货代单", "House B/L"), master(BlKind::House)),
    ];
    let all = boxes.into_iter().chain(kinds);
    all.map(|(name, on)| Tick { label: label(job.ctx.lang, name), on }).collect()
}

fn document(job: &Job<'_, '_>, wanted: &Instruction) -> Vec<BiField> {
    let lang = job.ctx.lang;
    let bl = paper::of(&job.order.docs.bl, |d| &d.paper, job.cargo);
    let registered = bl.and_then(|b| b.paper.originals).map(|n| n.to_string());
    let originals =
        if wanted.originals.is_empty() { registered.unwrap_or_default() } else { wanted.originals.clone() };
    let mut list = Vec::new();
    if by_sea(job) {
        list.push(both(lang, ("正本份数", "Originals"), [originals]));
    }
    if !wanted.endorsed.is_empty() {
        list.push(both(lang, ("背书", "Endorsement"), [wanted.endorsed.as_str()]));
    }
    if let Some(allowed) = job.order.transhipment {
        let word = match allowed {
            Allowed::Yes => "允许 / allowed",
            Allowed::No => "不允许 / not allowed",
            Allowed::Conditional => "有条件 / conditional",
        };
        list.push(both(lang, ("转运", "Transhipment"), [word]));
    }
    list
}
