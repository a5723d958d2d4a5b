//! `gate-balance-before-shipment`: goods were loaded before the money that is due for them came.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::check::shared::money;
use crate::derive::ahead;
use crate::derive::money::Line;
use crate::derive::shipment::ShipmentFact;
use crate::model::order::ApprovalKind;
use crate::model::stage::{Milestone, StageKey};
use crate::model::value::Method;
use crate::text::{Bi, StaticBi};

use super::super::prelude::*;
use super::gate_deposit_or_credit::started;

/// The rule.
pub static RULE: Rule = Rule {
    name: "gate-balance-before-shipment",
    group: Group::Gate,
    class: Class::Risk,
    severity: Severity::Error,
    opt_in: false,
    since: "0.3.0",
    source: ("合同的付款条件", "payment terms of the contract"),
    title: ("款没到就装货", "loaded before payment"),
    docs: Docs {
        checks: (
            "付款方式里有装运前付款的：每一批装柜那天（没有装柜日的看进港，再看装运），这一批装运前应收的和订单投产前应收的都收齐（看容差）。分批的各看各的：第一批付了，第二批不算付。登记了 [[approvals]] 的 ship-unpaid 的不查；后来收齐的，记作历史。没有投产记录的现货订单，定金也在这里看。取消的订单、跳过订舱阶段的不查。",
            "Where the terms have money due before shipment: on the day a shipment was loaded (gated in, or shipped, where no loading is recorded), what is due before it and before production was in within the tolerance. Each shipment stands for itself: that the first was paid does not release the second. Silent with an approval ship-unpaid under [[approvals]]; what came later is history. For goods from stock, without a record of production, the deposit is looked at here too. Cancelled orders and those that skip the booking are left alone.",
        ),
        why: (
            "货上了船，手里就只剩单据；客户弃货，运费、滞港费都是我们的。",
            "Once the goods are on board only the papers are left in hand; if the buyer lets them lie, freight and demurrage are ours.",
        ),
        fix: (
            "先看装柜日、到账日有没有抄错。钱真没到：能不上船就不上，上了船就扣住提单；老板同意先装的，登记 [[approvals]]。",
            "First see whether the loading or the receipt was copied wrongly. If the money is not in: keep the goods off the ship if you can, the bill of lading if not; if the boss agreed, record [[approvals]].",
        ),
    },
    example: example!("gate-balance-before-shipment"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let approved = ahead::approved(case.order, ApprovalKind::ShipUnpaid, case.as_of());
    let skipped = case.order.skipped(StageKey::Book).is_some();
    let aside = case.facts.is_cancelled() || case.is_register_entry() || money::is_unread(case);
    if approved || skipped || aside {
        return;
    }
    let before = case.facts.money.terms.as_ref().is_some_and(|t| t.has(Method::BeforeShipment));
    // Without such terms the deposit alone is looked at, and only where no start of production is on record: there
    // another gate speaks of it.
    let deposit = before || started(case).is_none();
    for departure in departures(case).into_iter().take(MOST) {
        let shipment = departure.shipment;
        let meant = |line: &Line| {
            ahead::is_before_loading(line, shipment) || (deposit && ahead::is_before_production(line))
        };
        let days = (departure.day, case.as_of());
        if let Some(open) = ahead::open_on(case.book(), case.order, case.facts, days, meant) {
            report(case, &departure, open, meant, out);
        }
    }
}

/// Shipments that are looked at on their own day.
const MOST: usize = 200;

/// A shipment that left us.
struct Departure<'a> {
    /// Which, where there are several.
    shipment: Option<&'a str>,
    day: NaiveDate,
    path: String,
    what: StaticBi,
}

/// When the goods of each shipment left us: loaded, else gated in, else shipped.
fn departures<'a>(case: &Case<'a>) -> Vec<Departure<'a>> {
    let several = case.facts.shipments.len() > 1;
    let all = case.facts.shipments.iter();
    let mut departures: Vec<Departure<'a>> = all.filter_map(|fact| departure(case, fact, several)).collect();
    if departures.is_empty() && !several {
        departures.extend(typed(case));
    }
    departures
}

fn departure<'a>(case: &Case<'a>, fact: &'a ShipmentFact, several: bool) -> Option<Departure<'a>> {
    let shipment = several.then_some(fact.id.as_str());
    let record = fact.index.and_then(|i| Some((i, case.order.shipments.get(i)?)));
    let own = record.and_then(|(i, s)| {
        let loaded = money::known(case, s.loaded).map(|day| (day, "loaded", ("装柜", "loaded")));
        let gated_in = s.gated_in.and_then(|at| money::known(case, Some(at.date_naive())));
        let gated_in = gated_in.map(|day| (day, "gated_in", ("进港", "gated in")));
        let (day, key, what) = loaded.or(gated_in)?;
        Some(Departure { shipment, day, path: format!("shipments[{i}].{key}"), what })
    });
    own.or_else(|| {
        let (day, path) = (fact.shipped?, fact.proof.clone()?);
        Some(Departure { shipment, day, path, what: ("装运", "shipped") })
    })
}

/// Of an order whose shipments are not recorded, what was typed.
fn typed<'a>(case: &Case<'a>) -> Option<Departure<'a>> {
    let actual = case.order.actual.as_deref()?;
    let steps = [(Milestone::GatedIn, ("进港", "gated in")), (Milestone::Shipped, ("装运", "shipped"))];
    steps.into_iter().find_map(|(key, what)| {
        let day = money::known(case, actual.get(key))?;
        Some(Departure { shipment: None, day, path: format!("actual.{}", key.code()), what })
    })
}

fn report(
    case: &Case<'_>,
    departure: &Departure<'_>,
    open: Decimal,
    meant: impl Fn(&Line) -> bool,
    out: &mut Sink<'_>,
) {
    let (day, (what_zh, what_en)) = (departure.day, departure.what);
    let open = money::figure(case, open);
    let lot: Bi = departure.shipment.map_or(("货", "goods").into(), |id| bi!("第 {id} 批", "shipment {id}"));
    let late = ahead::settled_by(case.order, &case.facts.money, &meant).filter(|(on, _)| *on > day);
    let cured = ahead::open(case.book(), &case.facts.money, &meant).is_none();
    let later = late.map_or_else(Bi::default, |(on, _)| bi!("，{on} 才收齐", "; it came on {on}"));
    let finding = out.report(bi!(
        "{lot} {day} 已{what_zh}，装运前应收的还差 {open}{later}",
        "{lot} {what_en} on {day} with {open} open that is due before shipment{later}"; lot, later
    ));
    finding
        .at(case.order.origin.place(&departure.path), bi!("{what_zh} {day}", "{what_en} {day}"))
        .at(money::terms(case), bi!("付款方式", "payment terms"));
    if let Some((on, source)) = late {
        finding.at(case.order.origin.place(&source.path("date")), bi!("收齐 {on}", "paid {on}"));
    }
    finding.values([day.to_string(), open]).help(bi!(
        "先看{what_zh}日和到账日有没有抄错（水单看起息日），收款有没有漏登记。钱没到：没上船的让货代停下，上了船的扣住提单，今天催；老板同意先装的，登记 [[approvals]]，kind = \"ship-unpaid\"",
        "first see whether this day or the value date was copied wrongly, or a receipt is not recorded. If the money is not in: have the forwarder stop what is not on board, hold the bill of lading of what is, and ask for the money today; if the boss agreed, record [[approvals]] with kind = \"ship-unpaid\""
    ));
    finding.past |= cured;
}
