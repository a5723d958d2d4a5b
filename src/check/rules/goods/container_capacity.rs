//! `container-capacity`: more in a container than goes in.

use rust_decimal::Decimal;

use super::super::prelude::*;
use crate::check::shared::containers::{self, Load};
use crate::check::shared::figures;
use crate::derive::claims::{self, Figure};
use crate::derive::papers::Papers;
use crate::model::order::{Container, Shipment};
use crate::model::value::{ContainerSize, Mode};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "container-capacity",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: (
        "ISO 668；集装箱铭牌（CSC 安全合格牌照）；装载体积是行业经验值",
        "ISO 668; the container's CSC plate; volumes that cartons fill are trade experience",
    ),
    title: ("柜子装不下", "container too small"),
    docs: Docs {
        checks: (
            "整柜：每个柜的体积不超过通常能装的（20GP 28、40GP 58、40HQ 68 m³），超过内容积（33.2、67.7、76.3 m³）报错；毛重不超过载重（28,000、26,500、26,300 公斤），写了铭牌载重 payload_kg 的按它，超过报错。柜里没写体积毛重的用装箱单各行，都没写的拿合计比所有柜。拼箱、其他柜型、货主自备箱不查；开船后只看内容积和铭牌。",
            "Full containers: the volume is not more than cartons usually fill (20GP 28, 40GP 58, 40HQ 68 m³), and an error beyond the volume inside (33.2, 67.7, 76.3 m³); the gross weight is not more than the payload (28,000, 26,500, 26,300 kg), and an error beyond the plate's where `payload_kg` is recorded. Figures missing at the container come from the packing rows, else the totals are held against all containers. Not checked: LCL, other types, shipper-owned boxes; once the ship has left, the usual volume and payload.",
        ),
        why: (
            "装不下就要临时加柜或甩货；超重的柜码头不收，上路还要罚。",
            "What does not fit means another container at the last minute, or goods left behind; overweight boxes are refused at the terminal and fined on the road.",
        ),
        fix: (
            "先看体积重量有没有抄错（厘米写成毫米、每箱写成合计）；没错就换大柜、加柜或分批。",
            "See first whether volume or weight was copied wrongly (mm for cm, a total for a carton); if not, take a larger or another container, or split the shipment.",
        ),
    },
    example: example!("container-capacity"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() {
        return;
    }
    for (index, shipment) in case.order.shipments.iter().enumerate() {
        let full = containers::mode(case.order, shipment).is_none_or(Mode::has_containers);
        if full && !shipment.containers.is_empty() {
            of_shipment(case, index, shipment, out);
        }
    }
}

/// What is known of a shipment beside its containers.
struct Around<'a> {
    index: usize,
    shipment: &'a Shipment,
    left: bool,
}

fn of_shipment(case: &Case<'_>, index: usize, shipment: &Shipment, out: &mut Sink<'_>) {
    let left = crate::check::shared::timing::has_left(case, index);
    let around = Around { index, shipment, left };
    let papers = papers(case, shipment);
    let rows = papers.as_ref().map(containers::packed).unwrap_or_default();
    let mut known = false;
    for (i, container) in shipment.containers.iter().enumerate() {
        let packed = container.number.as_deref().map(containers::plain).and_then(|n| rows.get(&n).copied());
        let packed = packed.unwrap_or_default();
        known |= container.cbm.is_some() || packed.cbm.is_some();
        let Some(size) = size(container) else { continue };
        volume(case, &around, i, (container, size, packed), out);
        weight(case, &around, i, (container, size, packed), out);
    }
    if !known && let Some(papers) = papers {
        total(case, &around, &papers, out);
    }
}

/// The papers of a shipment.
fn papers<'a>(case: &Case<'a>, shipment: &Shipment) -> Option<Papers<'a>> {
    let single = case.order.shipments.len() == 1;
    let mine = |id: Option<&str>| if single { true } else { id.is_some() && id == shipment.id.as_deref() };
    case.sets().iter().find(|set| !set.whole && mine(set.shipment)).map(|set| set.papers.clone())
}

/// A shipper's own box has limits of its own.
fn size(container: &Container) -> Option<ContainerSize> {
    container.r#type.as_deref().and_then(ContainerSize::parse)
}

fn name(container: &Container, size: ContainerSize) -> Bi {
    let number = container.number.as_deref().unwrap_or_default();
    let code = size.code;
    let (zh, en) = (format!("{code} 柜 {number}"), format!("{code} container {number}"));
    Bi { zh: zh.trim_end().to_owned(), en: en.trim_end().to_owned() }
}

fn volume(
    case: &Case<'_>,
    around: &Around<'_>,
    i: usize,
    (container, size, packed): (&Container, ContainerSize, Load),
    out: &mut Sink<'_>,
) {
    let Some(cbm) = container.cbm.or(packed.cbm) else { return };
    let (inside, usual) = (size.volume(), size.practical_volume());
    if cbm <= usual || (around.left && cbm <= inside) {
        return;
    }
    let name = name(container, size);
    let (cbm_text, inside_text, usual_text) =
        (figures::number(cbm), figures::number(inside), figures::number(usual));
    let index = around.index;
    let over = cbm > inside;
    let title = if over {
        bi!(
            "{name} 装 {cbm_text} m³，里面只有 {inside_text} m³",
            "{name}: {cbm_text} m³, but there are only {inside_text} m³ inside"; name
        )
    } else {
        bi!(
            "{name} 装 {cbm_text} m³，通常只装得下 {usual_text} m³",
            "{name}: {cbm_text} m³; cartons usually fill no more than {usual_text} m³"; name
        )
    };
    let field = if container.cbm.is_some() { "cbm" } else { "number" };
    let finding = out
        .report(title)
        .at(case.order.origin.place(&format!("shipments[{index}].containers[{i}].{field}")), name)
        .values([cbm, if over { inside } else { usual }])
        .until(loading(around))
        .help(help());
    if over {
        finding.severity(Severity::Error);
    }
}

fn weight(
    case: &Case<'_>,
    around: &Around<'_>,
    i: usize,
    (container, size, packed): (&Container, ContainerSize, Load),
    out: &mut Sink<'_>,
) {
    let Some(gross) = container.gross_kg.or(packed.gross_kg) else { return };
    let plate = container.payload_kg;
    let most = plate.unwrap_or(size.payload_kg());
    if gross <= most || (around.left && plate.is_none()) {
        return;
    }
    let name = name(container, size);
    let over = figures::number(figures::apart(gross, most));
    let (gross_text, most_text) = (figures::number(gross), figures::number(most));
    let which = if plate.is_some() {
        ("铭牌载重", "the plate's payload")
    } else {
        ("通常载重", "the usual payload")
    };
    let (zh, en) = which;
    let index = around.index;
    let place = |field: &str| case.order.origin.place(&format!("shipments[{index}].containers[{i}].{field}"));
    let field = if container.gross_kg.is_some() { "gross_kg" } else { "number" };
    let title = bi!(
        "{name} 装 {gross_text} KG，{zh} {most_text} KG，超 {over} KG",
        "{name}: {gross_text} KG, {en} is {most_text} KG, {over} KG too much"; name
    );
    let finding = out.report(title);
    finding.at(place(field), name);
    if plate.is_some() {
        finding.at(place("payload_kg"), bi!("铭牌载重", "payload on the plate")).severity(Severity::Error);
    }
    finding.values([gross, most]).until(loading(around)).help(help());
}

/// No container says what is in it: what the papers say in total against what all hold.
fn total(case: &Case<'_>, around: &Around<'_>, papers: &Papers<'_>, out: &mut Sink<'_>) {
    let sizes: Option<Vec<ContainerSize>> = around.shipment.containers.iter().map(size).collect();
    let claims = claims::figure(papers, Figure::Volume);
    let claim = claims.iter().find(|c| c.key == "packing").or(claims.first());
    let Some((sizes, claim)) = sizes.zip(claim) else { return };
    let sum = |each: fn(&ContainerSize) -> Decimal| {
        sizes.iter().try_fold(Decimal::ZERO, |sum, size| sum.checked_add(each(size)))
    };
    let Some((inside, usual)) = sum(ContainerSize::volume).zip(sum(ContainerSize::practical_volume)) else {
        return;
    };
    let over = claim.value > inside;
    if claim.value <= usual || (around.left && !over) {
        return;
    }
    let most = if over { inside } else { usual };
    let codes: Vec<&str> = sizes.iter().map(|size| size.code).collect();
    let (codes, index, name) = (codes.join(" + "), around.index, claim.name());
    let (cbm, most_text) = (figures::number(claim.value), figures::number(most));
    let title = if over {
        bi!(
            "{name} {cbm} m³，{codes} 里面只有 {most_text} m³",
            "{name}: {cbm} m³, but {codes} holds only {most_text} m³"; name
        )
    } else {
        bi!(
            "{name} {cbm} m³，{codes} 通常只装得下 {most_text} m³",
            "{name}: {cbm} m³; cartons usually fill no more than {most_text} m³ of {codes}"; name
        )
    };
    let finding = out
        .report(title)
        .at(case.order.origin.place(claim.path()), name)
        .at(case.order.origin.place(&format!("shipments[{index}].containers")), bi!("柜", "containers"))
        .values([claim.value, most])
        .until(loading(around))
        .help(help());
    if over {
        finding.severity(Severity::Error);
    }
}

fn loading(around: &Around<'_>) -> Option<chrono::NaiveDate> {
    let shipment = around.shipment;
    shipment.loading.or(shipment.etd).filter(|_| !around.left)
}

fn help() -> Bi {
    bi!(
        "先看有没有抄错：厘米写成毫米、每箱写成合计、柜型写错；没错就换大柜、加柜或分批",
        "see first whether it was copied wrongly: mm for cm, a total for one carton, another type; if not, take a larger or another container, or split the shipment"
    )
}
