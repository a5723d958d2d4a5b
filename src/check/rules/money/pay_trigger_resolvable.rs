//! `pay-trigger-resolvable`: an instalment whose clock cannot start, because the event that starts it is not on
//! record although the order is far enough for it.

use chrono::NaiveDate;

use crate::check::shared::money;
use crate::derive::money::{Line, Trigger, Waiting};
use crate::derive::plan::shift;
use crate::derive::release;
use crate::derive::shipment::ShipmentFact;
use crate::model::document::{Collection, Presentation};
use crate::model::order::Shipment;
use crate::model::value::Method;
use crate::text::Bi;

use super::super::prelude::*;
use crate::check::shared::timing;

/// The rule.
pub static RULE: Rule = Rule {
    name: "pay-trigger-resolvable",
    group: Group::Money,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.3.0",
    source: ("合同的付款条件", "payment terms of the contract"),
    title: ("到期日定不下来", "no due date can be given"),
    docs: Docs {
        checks: (
            "没有收齐的每一期，起算的事要么登记了，要么有计划：从到港、交货起算的，货走了要有 `eta`（订了舱还没走的，给警告）；从发票日起算的，货走了要有发票；从装运起算的，货到了要有运输单据的日期；单据交给银行了，要有信用证或托收的登记。起算的事早该有了、过了 14 天还没登记的（寄副本、单据到国外银行、承兑、到港、交货），给警告；天数用 `[rules]` 的 days 改。刚签的订单不查。",
            "For each open instalment, the event that starts its clock is on record or planned: counted from arrival or delivery, goods that have left have an `eta` (goods booked that have not left: a warning); from the invoice, goods that have left have one; from shipment, goods that arrived have a transport document with its date; papers handed to a bank have their credit or collection on record. An event that was to be expected and is not on record 14 days later (copies sent, papers at the bank abroad, acceptance, arrival, delivery) is a warning; `days` under [rules] changes that. Fresh orders are left alone.",
        ),
        why: (
            "起算日没有，这笔钱就永远不到期，没有人会去催。",
            "Without the day from which it counts the money never falls due, and nobody asks for it.",
        ),
        fix: (
            "补登记那件事：`eta`、`arrived`、`delivered`、发票、[[presentation]]、[[collection]] 的 `at_bank`、`accepted`。",
            "Record the event: `eta`, `arrived`, `delivered`, the invoice, [[presentation]], `at_bank` and `accepted` of [[collection]].",
        ),
    },
    example: example!("pay-trigger-resolvable"),
    scope: Scope::Order(check),
};

/// Days after which an event that was to be expected is missed.
const DAYS: i64 = 14;

/// What is missing, in words that end a sentence, where to look first, and what to write.
struct Gap {
    severity: Severity,
    title: Bi,
    spot: (String, Bi),
    day: NaiveDate,
    help: Bi,
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let facts = case.facts;
    if facts.is_cancelled() || facts.is_archived() || case.is_register_entry() || !facts.money.binding {
        return;
    }
    for line in facts.money.lines.iter().filter(|line| line.outstanding().is_some()) {
        let look = Look { case, line };
        if let Some(gap) = look.paper().or_else(|| look.event()).or_else(|| look.missed()) {
            report(case, line, gap, out);
        }
    }
}

fn report(case: &Case<'_>, line: &Line, gap: Gap, out: &mut Sink<'_>) {
    let (name, what) = (money::name(case, line), &gap.title);
    let open = money::figure(case, line.outstanding().unwrap_or_default());
    let title = bi!(
        "{what}，{name} {open} 的到期日定不下来",
        "{what}: no due date for the {name} of {open}"; what, name
    );
    let finding = out.report(title);
    let (path, label) = gap.spot;
    finding
        .at(case.order.origin.place(&path), label)
        .at(money::terms(case), bi!("付款方式", "payment terms"))
        .values([gap.day.to_string(), open])
        .help(gap.help)
        .severity(gap.severity);
    if gap.severity < Severity::Error {
        finding.class(Class::Risk);
    }
}

struct Look<'c, 'a> {
    case: &'c Case<'a>,
    line: &'c Line,
}

impl<'a> Look<'_, 'a> {
    /// The shipments that the line is for, each with its record and its place.
    fn shipments(&self) -> impl Iterator<Item = (&'a ShipmentFact, Option<(usize, &'a Shipment)>)> {
        let (order, wanted) = (self.case.order, self.line.shipment.clone());
        let all = self.case.facts.shipments.iter();
        all.filter(move |fact| wanted.as_deref().is_none_or(|id| id == fact.id))
            .map(move |fact| (fact, fact.index.and_then(|i| Some((i, order.shipments.get(i)?)))))
    }

    fn known(&self, day: Option<NaiveDate>) -> Option<NaiveDate> {
        money::known(self.case, day)
    }

    fn holds(&self, named: Option<&str>) -> bool {
        named.is_none() || self.line.shipment.is_none() || named == self.line.shipment.as_deref()
    }

    /// The first presentation to a bank of these shipments.
    fn to_bank(&self) -> Option<(usize, &'a Presentation)> {
        let all = release::to_bank(self.case.order, self.case.as_of());
        all.filter(|(_, p)| self.holds(p.shipment.as_deref())).min_by_key(|(i, p)| (p.date, *i))
    }

    fn collection(&self) -> Option<(usize, &'a Collection)> {
        let mut all = self.case.order.docs.collection.iter().enumerate();
        all.find(|(_, c)| c.paper.is_current() && self.holds(c.paper.shipment.as_deref()))
    }

    /// Papers are with a bank, and what it was told is not on record.
    fn paper(&self) -> Option<Gap> {
        let docs = &self.case.order.docs;
        let (i, presentation) = self.to_bank()?;
        let day = presentation.date?;
        let (what, help) = match self.line.method {
            Method::Lc if docs.lc.is_empty() => (
                bi!(
                    "{day} 已交单到银行，信用证没有登记",
                    "papers went to the bank on {day}, but the credit is not on record"
                ),
                bi!(
                    "照信用证登记 [[lc]]：number、expiry、latest_shipment、amount、drafts。其实是托收或电汇的，改 payment",
                    "record the credit as [[lc]]: number, expiry, latest_shipment, amount, drafts. If it was a collection or a transfer, correct `payment`"
                ),
            ),
            Method::Dp | Method::Da if self.collection().is_none() => (
                bi!(
                    "{day} 已交单到银行，托收没有登记",
                    "papers went to the bank on {day}, but the collection is not on record"
                ),
                bi!(
                    "照托收申请书登记 [[collection]]：kind、sent、place，单据到代收行后补 at_bank",
                    "record the instruction as [[collection]]: kind, sent, place, and at_bank once the papers are there"
                ),
            ),
            _ => return None,
        };
        let spot = (format!("presentation[{i}].date"), bi!("交单 {day}", "presented {day}"));
        Some(Gap { severity: Severity::Error, title: what, spot, day, help })
    }

    /// The event is neither on record nor planned.
    fn event(&self) -> Option<Gap> {
        match self.line.due.trigger {
            Trigger::Arrived | Trigger::Delivered if self.line.due.event.is_none() => self.no_eta(),
            Trigger::Invoiced if self.line.due.estimated => self.no_invoice(),
            Trigger::Shipped if self.line.due.estimated => self.no_departure(),
            _ => None,
        }
    }

    fn no_eta(&self) -> Option<Gap> {
        let help = bi!(
            "问货代预计哪天到，补 [[shipments]] 的 eta；已经到了的，补 arrived 或 delivered",
            "ask the forwarder and add `eta` to [[shipments]]; if the goods are there, `arrived` or `delivered`"
        );
        let left = self.shipments().find_map(|(fact, own)| Some((fact.shipped?, fact.proof.clone()?, own)));
        if let Some((day, proof, own)) = left {
            let spot = own.map_or(proof, |(i, _)| format!("shipments[{i}]"));
            let title =
                bi!("货 {day} 已装运，没有预计到港日", "goods left on {day} without an expected arrival");
            let label = bi!("没有 eta", "no `eta`");
            return Some(Gap { severity: Severity::Error, title, spot: (spot, label), day, help });
        }
        let booked = self.shipments().find_map(|(_, own)| {
            let (i, shipment) = own?;
            Some((i, shipment.booking.as_ref().and(shipment.etd.or(shipment.planned))?))
        });
        let (i, day) = booked?;
        let title = bi!("订了 {day} 的舱，没有预计到港日", "booked for {day} without an expected arrival");
        let spot = (format!("shipments[{i}].booking"), bi!("没有 eta", "no `eta`"));
        Some(Gap { severity: Severity::Warning, title, spot, day, help })
    }

    /// Everything has left: the last day, and where it stands.
    fn left(&self) -> Option<(NaiveDate, String)> {
        let mut last = None;
        for (fact, _) in self.shipments() {
            last = last.max(Some((fact.shipped?, fact.proof.clone()?)));
        }
        last
    }

    fn no_invoice(&self) -> Option<Gap> {
        let (day, proof) = self.left()?;
        let title = bi!("货 {day} 已装运，发票没有登记", "goods left on {day} without an invoice on record");
        let spot = (proof, bi!("装运 {day}", "left {day}"));
        let help = bi!(
            "把这一批的发票登记到 docs.toml 的 [[invoice]]：number、date、total",
            "record the invoice of this shipment in [[invoice]] of docs.toml: number, date, total"
        );
        Some(Gap { severity: Severity::Error, title, spot, day, help })
    }

    fn no_departure(&self) -> Option<Gap> {
        let there = self.shipments().filter(|(fact, _)| fact.shipped.is_none());
        let (i, key, day) = there
            .filter_map(|(_, own)| {
                let (i, shipment) = own?;
                let arrived = self.known(shipment.arrived).map(|day| (i, "arrived", day));
                arrived.or_else(|| Some((i, "delivered", self.known(shipment.delivered)?)))
            })
            .next()?;
        let title = bi!(
            "货 {day} 已到，运输单据的日期没有登记",
            "goods arrived on {day}, but no transport document says when they left"
        );
        let spot = (format!("shipments[{i}].{key}"), bi!("{day} 已到", "there on {day}"));
        let help = bi!(
            "登记运输单据：提单写 on_board，空运单、运单写签发或收货日",
            "record the transport document: `on_board` of a bill of lading, the date of an air, rail or road waybill"
        );
        Some(Gap { severity: Severity::Error, title, spot, day, help })
    }

    /// The event was to be expected by a day that is long past.
    fn missed(&self) -> Option<Gap> {
        let due = &self.line.due;
        if !due.estimated {
            return None;
        }
        let courier = self.case.config().courier_days();
        match due.trigger {
            Trigger::Copies => {
                let (day, proof) = self.left()?;
                let title = bi!(
                    "货 {day} 已装运，寄单没有登记",
                    "goods left on {day}, but no copies are on record as sent"
                );
                let help = bi!(
                    "寄过副本的，补 [[presentation]]：date、to = \"buyer\"、set = \"copies\"；没寄的今天寄",
                    "if copies were sent, add [[presentation]] with date, to = \"buyer\", set = \"copies\"; if not, send them today"
                );
                self.late(
                    shift(day, self.case.config().documents_days())?,
                    title,
                    (proof, bi!("装运 {day}", "left {day}")),
                    day,
                    help,
                )
            }
            Trigger::AtBank | Trigger::Accepted => {
                if due.trigger == Trigger::Accepted && due.waiting != Some(Waiting::Acceptance) {
                    return None;
                }
                let (path, day) = self.sent()?;
                let there = self.collection().and_then(|(i, c)| {
                    let at = self.known(c.at_bank).map(|day| (format!("collection[{i}].at_bank"), day));
                    at.or_else(|| Some((format!("collection[{i}].presented"), self.known(c.presented)?)))
                });
                let label = |day: NaiveDate| bi!("交单 {day}", "sent {day}");
                if due.trigger == Trigger::AtBank {
                    let title = bi!(
                        "单据 {day} 寄出，到没到国外银行没有登记",
                        "papers sent on {day}, but not on record as received by the bank abroad"
                    );
                    let help = bi!(
                        "请交单行问代收行收到没有；收到了补 at_bank（信用证补 [[presentation]] 的 received）",
                        "have the remitting bank ask for the receipt and record `at_bank` (under a credit `received` of [[presentation]])"
                    );
                    return self.late(shift(day, courier)?, title, (path, label(day)), day, help);
                }
                let help = bi!(
                    "请交单行问代收行承兑没有；承兑了补 [[collection]] 的 accepted，不肯承兑的马上报老板，货到前定下怎么办",
                    "have the remitting bank ask for the acceptance and record `accepted`; if it is refused tell the boss at once and decide before the goods arrive"
                );
                let (path, day, expected) = match there {
                    Some((path, day)) => (path, day, day),
                    None => (path, day, shift(day, courier)?),
                };
                let title = bi!(
                    "单据 {day} 到了银行，客户还没有承兑",
                    "papers with the bank since {day}, not accepted"
                );
                self.late(expected, title, (path, bi!("{day} 到银行", "with the bank {day}")), day, help)
            }
            Trigger::Arrived | Trigger::Delivered => {
                let mut expected = self.shipments().filter_map(|(_, own)| {
                    let (i, s) = own.filter(|(_, s)| s.delivered.is_none())?;
                    Some((self.known(s.eta)?, i))
                });
                let (day, i) = expected.by_ref().max()?;
                let title = bi!(
                    "货预计 {day} 到，到没到没有登记",
                    "goods were expected on {day}, but nothing is on record"
                );
                let help = bi!(
                    "到了的补 arrived（交了货的补 delivered）；推迟了的改 eta",
                    "add `arrived`, or `delivered`, if they are there; change `eta` if they are late"
                );
                self.late(
                    day,
                    title,
                    (format!("shipments[{i}].eta"), bi!("预计 {day} 到", "expected {day}")),
                    day,
                    help,
                )
            }
            _ => None,
        }
    }

    /// When and where the papers of a collection left us.
    fn sent(&self) -> Option<(String, NaiveDate)> {
        let handed = self.to_bank().and_then(|(i, p)| Some((format!("presentation[{i}].date"), p.date?)));
        handed.or_else(|| {
            let (i, collection) = self.collection()?;
            Some((format!("collection[{i}].sent"), self.known(collection.paper.sent)?))
        })
    }

    fn late(
        &self,
        expected: NaiveDate,
        title: Bi,
        spot: (String, Bi),
        day: NaiveDate,
        help: Bi,
    ) -> Option<Gap> {
        let limit = self.case.config().rule_days(RULE.name, "days", DAYS);
        let days = (self.case.as_of() - expected).num_days();
        let long = timing::days((self.case.as_of() - day).num_days());
        let n = (self.case.as_of() - day).num_days();
        let title = bi!("{title}（{n} 天了）", "{title} after {long}"; title);
        (days > limit).then_some(Gap { severity: Severity::Warning, title, spot, day, help })
    }
}
