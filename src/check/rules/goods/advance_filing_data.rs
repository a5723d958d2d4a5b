//! `advance-filing-data`: what customs abroad wants to know before the goods are loaded.

use chrono::{Days, NaiveDate};

use super::super::prelude::*;
use crate::check::shared::containers;
use crate::check::shared::timing;
use crate::derive::completeness::destination::EU;
use crate::model::money::FilingKind;
use crate::model::order::Shipment;
use crate::model::party::{Party, PartyKind};
use crate::model::stage::StageKey;
use crate::model::value::fold::fold;
use crate::model::value::{Mode, place};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "advance-filing-data",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.2.0",
    source: (
        "欧盟 ICS2（授权条例 2015/2446 第 105 条）；美国 19 CFR 149（ISF 10+2）",
        "EU ICS2 (Delegated Regulation 2015/2446, art. 105); US 19 CFR 149 (ISF 10+2)",
    ),
    title: ("舱单预申报资料不全", "advance filing data missing"),
    docs: Docs {
        checks: (
            "海运集装箱货，从订舱起到开船：目的港在欧盟，要有收货人的 EORI 号（订单 import.eori 或客户 eori），形状正确；目的港在美国，要有进口商号（import.ior 或客户 tax_id）、每项货的原产国、工厂的名称地址，开船前 7 天内还要登记 ISF 已报。登记了 ens、isf 申报的不再查。HS 编码、买方地址由别的规则查。",
            "Containers by sea, from booking to departure: for a port in the EU the consignee's EORI number (the order's import.eori, else the customer's eori) is there and looks like one; for a port in the US the importer number (import.ior or the customer's tax_id), the origin of each item and the factory's name and address are there, and within 7 days of departure the ISF is logged. Nothing more once a filing ens or isf is recorded. HS codes and the buyer's address are checked by other rules.",
        ),
        why: (
            "装船前 24 小时没报齐，船公司不让装（DO NOT LOAD）；美国 ISF 迟报一票罚 5,000 美元。",
            "Without the data 24 hours before loading the carrier does not load; a late ISF costs USD 5,000.",
        ),
        fix: (
            "现在就向客户要 EORI 或进口商号，填好发给货代；报完在 money.toml 登记 [[filings]]。",
            "Ask the customer for the EORI or importer number now, write it down and send it to the forwarder; log the filing under [[filings]] in money.toml.",
        ),
    },
    example: example!("advance-filing-data"),
    scope: Scope::Order(check),
};

/// Days before departure from which an ISF that is not logged is worth a word.
const NEAR: i64 = 7;

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let booked = case.facts.progress.current.is_some_and(|stage| stage >= StageKey::Book);
    if !case.facts.is_open() || !booked {
        return;
    }
    // One order, one importer: what is missing is said once, at the first shipment that is still to leave.
    let next = case.order.shipments.iter().enumerate().find(|(i, s)| {
        let container =
            matches!(containers::mode(case.order, s), Some(Mode::SeaFcl | Mode::SeaLcl | Mode::Multimodal));
        container && !timing::has_left(case, *i)
    });
    let Some((index, shipment)) = next else { return };
    let to = shipment.to.as_deref().or(case.order.to.as_deref());
    match to.and_then(place::resolve).map(|place| place.country()) {
        Some(country) if EU.contains(&country) => europe(case, index, shipment, out),
        Some("US") => america(case, index, shipment, out),
        _ => {}
    }
}

fn filed(case: &Case<'_>, kind: FilingKind) -> bool {
    let known = |day: Option<NaiveDate>| day.is_none_or(|day| day <= case.as_of());
    case.order.filings.iter().any(|f| f.kind == Some(kind) && known(f.date))
}

/// The last day for the filing: the one before departure.
fn last(shipment: &Shipment) -> Option<NaiveDate> {
    shipment.etd.or(shipment.planned)?.checked_sub_days(Days::new(1))
}

fn europe(case: &Case<'_>, index: usize, shipment: &Shipment, out: &mut Sink<'_>) {
    if filed(case, FilingKind::Ens) {
        return;
    }
    let customer = case.book().customer(case.order);
    let own = case.order.import.as_deref().and_then(|import| import.eori.as_deref());
    let (eori, place) = match (own, customer) {
        (None, Some(party)) => (party.file.eori.as_deref(), party.origin.place("eori")),
        _ => (own, case.order.origin.place("import.eori")),
    };
    let to = case.order.origin.place(&to_path(index, shipment));
    let due = due(shipment);
    let finding = match eori {
        Some(eori) if is_eori(eori) => return,
        Some(eori) => {
            let finding = out.report(bi!(
                "EORI 号 {eori} 不像 EORI 号（国家两个字母加最多 15 位）",
                "EORI number {eori} does not look like one (two letters of a country and up to 15 characters)"
            ));
            finding.at(place, bi!("不像 EORI", "no EORI")).values([eori]);
            finding
        }
        None => {
            let finding = out.report(bi!(
                "货去欧盟，没有收货人的 EORI 号，ENS 报不了{due}",
                "goods for the EU, but no EORI number of the consignee: the ENS cannot be filed{due}"; due
            ));
            finding.at(to, bi!("目的港在欧盟", "a port in the EU"));
            finding
        }
    };
    finding.until(last(shipment)).help(bi!(
        "向客户要 EORI，写进 customers 文件的 eori（或订单 import.eori），连同 HS 6 位、买卖双方名称地址发给货代",
        "ask the customer for it, write it as `eori` of the customer (or import.eori of the order) and send it to the forwarder with the six digits of HS and the names and addresses of both sides"
    ));
}

fn to_path(index: usize, shipment: &Shipment) -> String {
    if shipment.to.is_some() { format!("shipments[{index}].to") } else { "to".to_owned() }
}

fn due(shipment: &Shipment) -> Bi {
    match last(shipment) {
        Some(day) => bi!("（{day} 前要报）", " (due {day})"),
        None => Bi::default(),
    }
}

fn is_eori(text: &str) -> bool {
    let code = fold(text).replace([' ', '.'], "");
    let (head, tail) = code.split_at_checked(2).unwrap_or_default();
    head.bytes().all(|b| b.is_ascii_uppercase())
        && (1..=16).contains(&tail.len())
        && tail.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-')
}

fn america(case: &Case<'_>, index: usize, shipment: &Shipment, out: &mut Sink<'_>) {
    if filed(case, FilingKind::Isf) {
        return;
    }
    let missing = isf(case);
    let to = case.order.origin.place(&to_path(index, shipment));
    let last = last(shipment);
    let due = due(shipment);
    if !missing.is_empty() {
        let list = Bi {
            zh: missing.iter().map(|b| b.zh.as_str()).collect::<Vec<_>>().join("、"),
            en: missing.iter().map(|b| b.en.as_str()).collect::<Vec<_>>().join(", "),
        };
        out.report(bi!(
            "货去美国，ISF 还缺{list}{due}",
            "goods for the US, and the ISF still needs {list}{due}"; list, due
        ))
        .at(to, bi!("目的港在美国", "a port in the US"))
        .until(last)
        .help(bi!(
            "向客户要进口商号（import.ior），货物写 origin，供应商文件写地址；填好发给客户或货代报",
            "ask the customer for the importer number (import.ior), write `origin` of the goods and the address of the supplier, and send it to whoever files"
        ));
        return;
    }
    let near = last.filter(|day| (*day - case.as_of()).num_days() <= NEAR);
    let Some(day) = near else { return };
    let days = (day - case.as_of()).num_days();
    let left = timing::days(days.abs());
    let title = if days < 0 {
        bi!(
            "美国 ISF 应在 {day} 前报，没有登记报了没有",
            "the ISF for the US was due {day}, and none is logged"
        )
    } else {
        bi!(
            "美国 ISF 要在装船前 24 小时报，最迟 {day}，还有 {days} 天，没有登记",
            "the ISF for the US is due 24 hours before loading, by {day}: {left} left, none logged"
        )
    };
    out.report(title)
        .class(Class::Risk)
        .at(to, bi!("目的港在美国", "a port in the US"))
        .until(near)
        .help(bi!(
            "和客户或货代确认 ISF 已报，报了在 money.toml 登记 [[filings]] kind = \"isf\" 和日期",
            "have the customer or forwarder confirm it, then log [[filings]] with kind = \"isf\" and its date in money.toml"
        ));
}

/// What the importer needs from us and has not got.
fn isf(case: &Case<'_>) -> Vec<Bi> {
    let order = case.order;
    let written = |text: Option<&str>| text.is_some_and(|text| !text.trim().is_empty());
    let ior = order.import.as_deref().and_then(|import| import.ior.as_deref());
    let tax = case.book().customer(order).and_then(|party| party.file.tax_id.as_deref());
    let mut missing = Vec::new();
    if !written(ior) && !written(tax) {
        missing.push(bi!("进口商号", "the importer number"));
    }
    if order.items.iter().any(|item| !written(item.origin.as_deref())) {
        missing.push(bi!("货物原产国", "the origin of the goods"));
    }
    let address = |party: &Party| party.file.name.is_some() && !party.file.address.is_empty();
    let factory = |id: &str| case.book().party(PartyKind::Supplier, id).is_some_and(address);
    let made = order.items.iter().map(|item| item.buy.as_deref().and_then(|buy| buy.from.as_deref()));
    if made.into_iter().flatten().any(|id| !factory(id)) {
        missing.push(bi!("工厂名称地址", "the factory's name and address"));
    }
    missing
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn eori_numbers() {
        for text in
            ["DE8112345670001", "FI2345678-9", "PL584123456700000", "ATEOS1000012345", "gb 123456789000"]
        {
            assert!(is_eori(text), "{text}");
        }
        for text in ["", "DE", "8112345670001", "DE81123456700011234567"] {
            assert!(!is_eori(text), "{text}");
        }
    }
}
