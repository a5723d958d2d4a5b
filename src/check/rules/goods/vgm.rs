//! `vgm`: a verified gross mass that is not there in time, or not what the cargo and the container weigh.

use rust_decimal::Decimal;

use super::super::prelude::*;
use crate::check::shared::containers::{self, Load};
use crate::check::shared::{figures, timing};
use crate::derive::claims::{self, Figure};
use crate::model::order::{Container, Shipment};
use crate::model::value::load::vgm_kg;
use crate::model::value::{ContainerSize, Mode};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "vgm",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: (
        "SOLAS 公约第 VI 章第 2 条；交通运输部公告（2016 年，载货集装箱重量验证）",
        "SOLAS chapter VI, regulation 2",
    ),
    title: ("VGM 不对", "verified gross mass wrong"),
    docs: Docs {
        checks: (
            "海运整柜：VGM 等于货毛重（含包装）加托盘、垫料和箱皮重。相差超过 100 公斤且超过 1% 警告，超过 5% 报错；没写皮重的按柜型常用皮重，只在差得远时提醒。VGM 发出后或开船后柜里还没有 VGM 数的警告；截止时间过了没登记发出的由 cutoff-missed 报。",
            "Full containers by sea: the verified gross mass is gross weight with packing, pallets and dunnage, and the tare. More than 100 kg and 1 % apart is a warning, more than 5 % an error; without a tare the usual one of the type is taken, and only a large difference is said. No figure after the VGM was sent, or after the ship left, is a warning; a cut-off passed without a record is for `cutoff-missed` to say.",
        ),
        why: (
            "没有 VGM 船公司不装船；报错了，码头过磅差得多要落柜、重报、罚款，积载也不安全。",
            "Without it the container is not loaded. With a wrong one the terminal's scales take it off again, with new filing and fines, and stowage is unsafe.",
        ),
        fix: (
            "照过磅单或“毛重 + 皮重”重算，截止前重发；皮重看箱门。",
            "Compute it again from the weighing slip or as gross weight and tare, and send it before the cut-off; the tare stands on the door.",
        ),
    },
    example: example!("vgm"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if case.facts.is_cancelled() || case.is_register_entry() {
        return;
    }
    for (index, shipment) in case.order.shipments.iter().enumerate() {
        let sea = matches!(containers::mode(case.order, shipment), Some(Mode::SeaFcl | Mode::Multimodal));
        if !sea || shipment.containers.is_empty() {
            continue;
        }
        let loads = loads(case, shipment);
        missing(case, index, shipment, out);
        for (i, (container, load)) in shipment.containers.iter().zip(loads).enumerate() {
            weigh(case, index, i, container, load, out);
        }
    }
}

/// What papers put into each container; the whole into the only one.
fn loads(case: &Case<'_>, shipment: &Shipment) -> Vec<Load> {
    let single = case.order.shipments.len() == 1;
    let mine = |id: Option<&str>| single || (id.is_some() && id == shipment.id.as_deref());
    let papers = case.sets().iter().find(|set| !set.whole && mine(set.shipment)).map(|set| &set.papers);
    let rows = papers.map(containers::packed).unwrap_or_default();
    let alone = papers.filter(|_| shipment.containers.len() == 1).and_then(|papers| {
        claims::figure(papers, Figure::Gross).into_iter().find(|c| c.key == "packing").map(|c| c.value)
    });
    let of = |container: &Container| {
        let row = container.number.as_deref().and_then(|text| rows.get(&containers::plain(text)).copied());
        let gross = container.gross_kg.or(row.and_then(|load| load.gross_kg)).or(alone);
        Load { gross_kg: gross, cbm: None }
    };
    shipment.containers.iter().map(of).collect()
}

fn missing(case: &Case<'_>, index: usize, shipment: &Shipment, out: &mut Sink<'_>) {
    let sent = shipment.vgm_sent.filter(|at| at.date_naive() <= case.as_of());
    if sent.is_none() && !timing::has_left(case, index) {
        return;
    }
    let without = |c: &&Container| c.vgm_kg.is_none() && c.number.is_some();
    let numbers: Vec<&str> =
        shipment.containers.iter().filter(without).filter_map(|c| c.number.as_deref()).collect();
    let Some(i) = shipment.containers.iter().position(|c| without(&c)) else { return };
    let numbers = numbers.join(" ");
    let when = match sent {
        Some(_) => bi!("VGM 已发出", "the VGM was sent"),
        None => bi!("货已开船", "the ship has left"),
    };
    out.report(bi!(
        "{when}，柜 {numbers} 没有登记 VGM 数",
        "{when}, but no figure is recorded for container {numbers}"; when
    ))
    .severity(Severity::Warning)
    .at(
        case.order.origin.place(&format!("shipments[{index}].containers[{i}]")),
        bi!("没有 vgm_kg", "no `vgm_kg`"),
    )
    .help(bi!(
        "照发给船公司的 VGM 填 `vgm_kg = 公斤数`，皮重填 `tare_kg`",
        "write what was sent to the carrier as `vgm_kg`, and the tare as `tare_kg`"
    ));
}

fn weigh(case: &Case<'_>, index: usize, i: usize, container: &Container, load: Load, out: &mut Sink<'_>) {
    let Some((vgm, gross)) = container.vgm_kg.zip(load.gross_kg) else { return };
    let usual = container.r#type.as_deref().and_then(ContainerSize::parse).map(|size| size.tare_kg());
    let Some(tare) = container.tare_kg.or(usual) else { return };
    let Some(expected) = vgm_kg(gross, Decimal::ZERO, tare) else { return };
    let apart = figures::apart(vgm, expected);
    let share = |percent: i64| {
        expected.checked_mul(Decimal::new(percent, 2)).unwrap_or(Decimal::MAX).max(Decimal::ONE_HUNDRED)
    };
    let bare = vgm <= gross;
    // The usual tare of a type may be some hundred kilograms off.
    let guessed = container.tare_kg.is_none();
    let (warn, fail) =
        if guessed { (share(5).max(Decimal::from(500)), Decimal::MAX) } else { (share(1), share(5)) };
    if apart <= warn && !bare {
        return;
    }
    let number = container.number.as_deref().unwrap_or_default();
    let (vgm_text, gross_text, tare_text, sum, apart_text) = (
        figures::number(vgm),
        figures::number(gross),
        figures::number(tare),
        figures::number(expected),
        figures::number(apart),
    );
    let about = if guessed { bi!("皮重约", "tare about") } else { bi!("皮重", "tare") };
    let hint = if vgm == gross {
        bi!("像是把货毛重当成了 VGM。", "this looks like the cargo's gross weight. ")
    } else if vgm == tare {
        bi!("像是把皮重当成了 VGM。", "this looks like the tare. ")
    } else if vgm < expected {
        crate::compare::figure::weight_hint(vgm, expected)
    } else {
        Bi::default()
    };
    let place = |field: &str| case.order.origin.place(&format!("shipments[{index}].containers[{i}].{field}"));
    let finding = out.report(bi!(
        "柜 {number}：VGM {vgm_text} KG，货毛重 {gross_text} + {about} {tare_text} = {sum} KG，差 {apart_text} KG",
        "container {number}: VGM {vgm_text} KG; gross weight {gross_text} + {about} {tare_text} = {sum} KG, {apart_text} KG apart"; about
    ));
    finding.at(place("vgm_kg"), bi!("VGM", "VGM"));
    if container.gross_kg.is_some() {
        finding.at(place("gross_kg"), bi!("货毛重", "gross weight"));
    }
    if !guessed {
        finding.at(place("tare_kg"), bi!("皮重", "tare"));
    }
    let help = bi!(
        "照过磅单和箱门皮重核对；垫料、托盘有几百公斤的写豁免说明；报错了马上重发 VGM",
        "compare it with the weighing slip and the tare on the door; if pallets and dunnage explain it, waive this and say so; if it was sent wrongly, send it again at once"
    );
    finding.values([vgm, expected]).until(cut_off(case, index)).help(figures::hinted(&hint, &help));
    if apart <= fail && !bare {
        finding.severity(Severity::Warning);
    }
}

fn cut_off(case: &Case<'_>, index: usize) -> Option<chrono::NaiveDate> {
    let cut = case.order.shipments.get(index)?.cutoffs.as_deref()?.vgm?.date_naive();
    (!timing::has_left(case, index)).then_some(cut)
}
