//! `dp-without-title`: a collection in which the bank holds no paper that gives the goods.

use super::super::prelude::*;

use chrono::NaiveDate;

use crate::check::shared::{banks, consignee, papers, terms, timing};
use crate::compare::name;
use crate::derive::release::{self, Wait};
use crate::derive::sailing::{self, Departure};
use crate::derive::shipment::ShipmentFact;
use crate::model::document::{BlKind, Collection, Printed, Release};
use crate::model::order::Shipment;
use crate::model::party::PartyKind;
use crate::model::value::{Method, Mode};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "dp-without-title",
    group: Group::Money,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.3.0",
    source: (
        "公司规定；货发给银行要先征得银行同意，见 URC 522 第 10 条",
        "house rule; on goods consigned to a bank see URC 522 art. 10",
    ),
    title: ("托收，但银行手里没有货权", "collection without a document of title"),
    docs: Docs {
        checks: (
            "付款方式有 D/P 或 D/A、还没付款（D/A 还没承兑）的批次：运输单据是空运单、铁路运单、公路运单、快递单、海运单，或者记名提单，收货人不是银行的，报。凭指示的提单、收货人是代收行的、收货人是登记在册的货代（我方代理）的不报。还没有单据的，按订单的运输方式提前报：空运、铁路、公路、快递都没有货权单据。登记了 release-unpaid 批准的不报。",
            "For shipments under D/P or D/A not yet paid (D/A: not yet accepted): an air, rail or road waybill, a courier receipt, a sea waybill or a straight bill of lading whose consignee is no bank. Silent for bills to order, goods consigned to the collecting bank, and goods consigned to a forwarder on record, our own agent. Before there is any paper the mode speaks: by air, rail, road and courier there is no document of title. Silent with an approval release-unpaid.",
        ),
        why: (
            "D/P 靠的是“不付款拿不到提单，拿不到提单提不了货”。运单上的收货人不要任何单据就能提货，银行手里的单据只是一叠纸。",
            "D/P rests on this: no payment, no bill of lading; no bill of lading, no goods. The consignee of a waybill collects the goods without any paper, and what the bank holds is just paper.",
        ),
        fix: (
            "发运前：改预付，或先征得代收行书面同意，收货人写代收行（通知人写客户），或海运改凭指示提单。已发运没提货的，请承运人改收货人或扣货。",
            "Before the goods leave: ask for payment in advance, or have the collecting bank agree in writing and consign the goods to it (the buyer as notify party), or by sea take a bill to order. If they have left and were not collected, have the carrier change the consignee or hold them.",
        ),
    },
    example: example!("dp-without-title"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let facts = case.facts;
    let by_collection =
        facts.money.terms.as_ref().is_some_and(|terms| terms.has(Method::Dp) || terms.has(Method::Da));
    if !by_collection || !facts.is_open() || facts.money.settled || case.is_register_entry() {
        return;
    }
    let handed =
        |c: &Collection| c.paper.is_current() && c.documents_released.is_some_and(|day| day <= case.as_of());
    if case.order.docs.collection.iter().any(handed) {
        // The bank has let its papers go: what that did is for the gate of documents.
        return;
    }
    let waits = release::waits(case.book(), case.order, facts, case.as_of());
    if !waits.iter().any(|wait| matches!(wait, Wait::Payment | Wait::Acceptance)) {
        return;
    }
    let method = if waits.contains(&Wait::Payment) { "D/P" } else { "D/A" };
    if case.order.shipments.is_empty() && facts.shipments.is_empty() {
        planned(case, None, method, out);
        return;
    }
    for (at, fact) in facts.shipments.iter().enumerate() {
        let record = fact.index.and_then(|i| Some((i, case.order.shipments.get(i)?)));
        let gone =
            |s: &Shipment| [s.delivered, s.released].into_iter().flatten().any(|day| day <= case.as_of());
        if record.is_some_and(|(_, s)| gone(s)) {
            continue;
        }
        let carried = carried(case, fact);
        let left = sailing::departure(case.order, facts, at, case.as_of()) != Departure::NotYet;
        match carried.iter().find(|paper| !paper.is_safe(case)) {
            Some(paper) => printed(case, paper, (record, left), method, out),
            None if carried.is_empty() && !left => planned(case, record, method, out),
            None => {}
        }
    }
}

/// A transport document that is not replaced.
struct Carried<'a> {
    key: &'static str,
    index: usize,
    paper: &'a Printed,
    kind: Option<BlKind>,
    consignee: Option<&'a str>,
}

/// The transport documents of a shipment, drafts included. A courier receipt beside another one is for papers.
fn carried<'a>(case: &Case<'a>, fact: &ShipmentFact) -> Vec<Carried<'a>> {
    let docs = &case.order.docs;
    let mut all: Vec<Carried<'a>> = Vec::new();
    for (index, d) in docs.bl.iter().enumerate() {
        // What the carrier hands out without an original is looked at where documents are let go.
        if matches!(d.release, None | Some(Release::Original)) {
            let kind = Some(d.kind.unwrap_or(BlKind::Master));
            all.push(Carried { key: "bl", index, paper: &d.paper, kind, consignee: d.consignee.as_deref() });
        }
    }
    for (index, d) in docs.awb.iter().enumerate() {
        all.push(Carried {
            key: "awb",
            index,
            paper: &d.paper,
            kind: None,
            consignee: d.consignee.as_deref(),
        });
    }
    for (index, d) in docs.waybill.iter().enumerate() {
        all.push(Carried {
            key: "waybill",
            index,
            paper: &d.paper,
            kind: None,
            consignee: d.consignee.as_deref(),
        });
    }
    for (index, d) in docs.courier.iter().enumerate() {
        all.push(Carried { key: "courier", index, paper: &d.paper, kind: None, consignee: None });
    }
    let known = |paper: &Printed| {
        paper.is_current() && paper.day().or(paper.drafted).is_none_or(|day| day <= case.as_of())
    };
    all.retain(|c| known(c.paper) && sailing::belongs(case.order, fact, c.paper.shipment.as_deref()));
    if docs.bl.iter().any(|d| d.paper.is_current()) || all.first().is_some_and(|c| c.key != "courier") {
        all.retain(|c| c.key != "courier");
    }
    all
}

impl Carried<'_> {
    fn name(&self) -> Bi {
        let (zh, en) = match self.kind {
            Some(BlKind::SeaWaybill) => ("海运单", "sea waybill"),
            Some(_) => ("记名提单", "straight B/L"),
            None => papers::title(self.key),
        };
        let number = self.paper.number.as_deref().unwrap_or_default();
        Bi { zh: format!("{zh} {number}").trim().to_owned(), en: format!("{en} {number}").trim().to_owned() }
    }

    /// The buyer cannot get the goods with it past the bank, or nothing says that he could.
    fn is_safe(&self, case: &Case<'_>) -> bool {
        let to_order = |kind: BlKind| kind != BlKind::SeaWaybill;
        match (self.kind, self.consignee.map(str::trim).filter(|c| !c.is_empty())) {
            (Some(kind), None) => to_order(kind),
            (Some(kind), Some(name)) if to_order(kind) && consignee::is_order(name) => true,
            (_, Some(name)) => is_bank(case, name) || is_agent(case, name),
            (None, None) => false,
        }
    }
}

fn is_bank(case: &Case<'_>, consignee: &str) -> bool {
    let buyer = case.book().customer(case.order).and_then(|c| c.file.name.as_deref());
    let buyer = buyer.is_some_and(|buyer| name::firm_block(consignee, buyer).agrees());
    let named = banks::named(case.order).any(|bank| name::firm_block(consignee, bank).agrees());
    named || (!buyer && banks::is_bank(consignee))
}

/// A forwarder on record, or we ourselves.
fn is_agent(case: &Case<'_>, consignee: &str) -> bool {
    let company = case.config().company().name;
    let forwarders = case.book().of_kind(PartyKind::Forwarder).filter_map(|p| p.file.name.as_deref());
    forwarders.chain(company.as_deref()).any(|ours| name::firm_block(consignee, ours).agrees())
}

type Record<'a> = Option<(usize, &'a Shipment)>;

/// The last day on which the consignee can be changed before the goods leave.
fn leaves(case: &Case<'_>, record: Record<'_>) -> Option<(NaiveDate, String)> {
    let own = record.and_then(|(i, s)| {
        let etd = s.etd.map(|day| (day, format!("shipments[{i}].etd")));
        etd.or_else(|| s.planned.map(|day| (day, format!("shipments[{i}].planned"))))
    });
    own.or_else(|| timing::departure(case).into_iter().min())
        .or_else(|| case.order.ship_by.map(|day| (day, "ship_by".to_owned())))
}

fn printed(
    case: &Case<'_>,
    paper: &Carried<'_>,
    (record, left): (Record<'_>, bool),
    method: &str,
    out: &mut Sink<'_>,
) {
    let origin = &case.order.origin;
    let what = paper.name();
    let whole = format!("{}[{}]", paper.key, paper.index);
    let finding = match paper.consignee {
        Some(to) => {
            let straight = paper.kind.is_some_and(|kind| kind != BlKind::SeaWaybill);
            let finding = out.report(if straight {
                bi!(
                    "{method} 托收，{what} 记名给“{to}”，有的国家收货人不凭正本就能提货",
                    "{method} collection, but {what} is made out to `{to}`: in some countries the consignee gets the goods without an original"; what
                )
            } else {
                bi!(
                    "{method} 托收，{what} 的收货人是“{to}”，不付款也能提货",
                    "{method} collection, but {what} is consigned to `{to}`, who gets the goods without paying"; what
                )
            });
            finding.at(origin.place(&format!("{whole}.consignee")), bi!("收货人", "consignee")).values([to]);
            finding
        }
        None => {
            let finding = out.report(bi!(
                "{method} 托收，{what} 不是货权单据，收货人不付款也能提货",
                "{method} collection, but {what} is no document of title: the consignee gets the goods without paying"; what
            ));
            let number = if paper.paper.number.is_some() { format!("{whole}.number") } else { whole };
            finding.at(origin.place(&number), bi!("不是货权单据", "no document of title")).values([method]);
            finding
        }
    };
    finding.at(terms::filled(case, "payment"), bi!("付款方式", "payment terms"));
    if left {
        let eta = record.and_then(|(_, s)| s.arrived.or(s.eta));
        finding.until(eta).help(bi!(
            "先看单据，收货人抄错就改登记。真是这样：货没提走之前请承运人改收货人（银行同意的，改成代收行）或扣货，同时催客户马上付款",
            "first see the paper and correct the record if it was copied wrongly. If it is so: while the goods are not collected, have the carrier change the consignee (to the collecting bank, if it agrees) or hold them, and press the buyer to pay at once"
        ));
    } else {
        finding.until(leaves(case, record).map(|(day, _)| day)).help(bi!(
            "先看单据，收货人抄错就改登记。真是这样：开船前改单，海运改凭指示，其他方式先征得代收行书面同意、收货人写代收行；不行就要客户预付",
            "first see the paper and correct the record if it was copied wrongly. If it is so, have it changed before departure: by sea to order, else to the collecting bank once it has agreed in writing; failing that, ask for payment in advance"
        ));
    }
}

fn planned(case: &Case<'_>, record: Record<'_>, method: &str, out: &mut Sink<'_>) {
    let own = record.and_then(|(i, s)| Some((s.mode?, format!("shipments[{i}].mode"))));
    let Some((mode, path)) = own.or_else(|| Some((case.order.mode?, "mode".to_owned()))) else { return };
    if !matches!(mode, Mode::Air | Mode::Rail | Mode::Road | Mode::Courier) {
        return;
    }
    let leaves = leaves(case, record);
    let (zh, en) = mode.name();
    let (until_zh, until_en) = match &leaves {
        Some((day, _)) => (format!("；{day} 发运前还能改"), format!("; it can be changed until {day}")),
        None => Default::default(),
    };
    let place = if path == "mode" { terms::filled(case, "mode") } else { case.order.origin.place(&path) };
    let finding = out.report(Bi {
        zh: format!("{method} 托收走{zh}，运单不是货权单据，收货人不付款也能提货{until_zh}"),
        en: format!("{method} collection by {en}: the waybill is no document of title, the consignee gets the goods without paying{until_en}"),
    });
    finding
        .at(place, bi!("运输方式", "mode"))
        .at(terms::filled(case, "payment"), bi!("付款方式", "payment terms"));
    if let Some((day, path)) = &leaves {
        finding.at(case.order.origin.place(path), bi!("发运 {day}", "leaves {day}"));
    }
    finding.until(leaves.map(|(day, _)| day)).values([method]).help(bi!(
        "发运前定下来：要客户预付；或先征得代收行书面同意，运单收货人写代收行、通知人写客户；或走海运凭指示提单。老板同意冒这个险的，登记 [[approvals]] kind = \"release-unpaid\"",
        "settle it before the goods leave: payment in advance; or the collecting bank agrees in writing and is the consignee, the buyer the notify party; or by sea with a bill to order. If the boss takes the risk, record [[approvals]] with kind = \"release-unpaid\""
    ));
}
