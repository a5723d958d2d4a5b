//! `tax-fx-deadline`: the money of an export whose tax is refunded is not in by the day the tax office names.

use super::super::prelude::*;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::check::shared::figures::money;
use crate::check::shared::{terms, timing};
use crate::derive::money::tolerance;
use crate::derive::tax::{self, ASK_AHEAD, Deadline, Export, ReceiptState};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "tax-fx-deadline",
    group: Group::Money,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.3.0",
    source: (
        "国家税务总局公告 2026 年第 5 号第 48 条（据转载整理，以公告为准）",
        "State Taxation Administration, Announcement 2026 No. 5, art. 48 (read in reprints; the announcement governs)",
    ),
    title: ("退税的收汇期限", "receipt by the tax office's deadline"),
    docs: Docs {
        checks: (
            "办出口退税的每一票出口：报关出口次年 4 月 30 日前收汇；合同约定更晚的，按合同，最晚到出口后 36 个月。到期前 60 天起提示，过了还没收齐是警告；合同已结清、但比报关金额少的（贷项、折扣、核销），差额超过手续费容差的也报。答复：补收款，或登记 [[papers]] kind = \"deemed-receipt\"（视同收汇的举证材料）。rebate = false 的不查。提前天数可以改：\"tax-fx-deadline\" = { ahead = 90 }。以公告为准。",
            "For each export whose tax is refunded the money is in by 30 April of the year after export; where the contract names a later day, by that one, at most 36 months after export. From 60 days before it is information, after that day a warning. An order settled for less than was declared (credit note, discount, write-off) counts too where the difference is more than bank charges. The answer is the receipt, or [[papers]] with kind = \"deemed-receipt\", the evidence that stands for it. Silent with rebate = false. The days can be set: \"tax-fx-deadline\" = { ahead = 90 }. The announcement governs.",
        ),
        why: (
            "过了期限没收汇、又没有视同收汇的材料，这一票不能退税，已经退的要追回。",
            "Without the money and without evidence that stands for it the export has no claim to the refund, and what was refunded goes back.",
        ),
        fix: (
            "先看收款有没有漏登记、有没有登记到这一单。没收到的，期限前催齐；收不到的，对照公告的《视同收汇原因及举证材料清单》备材料，填《出口业务收汇情况表》留存，再登记 [[papers]]。具体怎么办听税务机关的。",
            "First see whether a receipt was not recorded, or under another order. Collect before the day; what cannot be collected needs a reason of the announcement's list with its evidence, kept with the table of receipts and recorded under [[papers]]. What else to do is for the tax office to say.",
        ),
    },
    example: example!("tax-fx-deadline"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let ahead = case.config().rule_days(RULE.name, "ahead", ASK_AHEAD);
    let near = |day: NaiveDate| (day - case.as_of()).num_days() <= ahead;
    // Most orders are far from any deadline; their tax file need not be put together.
    let left = case.facts.shipments.iter().filter_map(|s| s.shipped);
    let typed = crate::derive::sailing::typed_departure(case.facts).flatten();
    if !left.chain(typed).filter_map(|day| tax::receipt_by(day, None)).any(|deadline| near(deadline.day)) {
        return;
    }
    let file = tax::of(case.order, case.facts, case.as_of());
    for export in file.exports.iter().filter(|e| file.refund && e.has_left()) {
        if let Some(deadline) = export.deadline.filter(|d| near(d.day))
            && let Some(lack) = lack(case, export)
        {
            say(case, export, deadline, &lack, out);
        }
    }
}

/// What is not in.
enum Lack {
    /// This much is to come.
    Open(Decimal),
    /// Nothing is to come, and this much less than declared came.
    Less(Decimal),
    /// Something, but the declaration does not say of how much.
    Something,
}

fn lack(case: &Case<'_>, export: &Export) -> Option<Lack> {
    // Charges that no advice shows explain themselves.
    let charges = tolerance(case.book(), export.amount.unwrap_or_default(), case.facts.money.currency)
        .max(case.facts.money.short);
    match export.state {
        ReceiptState::Full | ReceiptState::FullWithCharges | ReceiptState::Deemed(_) => None,
        ReceiptState::Settled(open) => (open > charges).then_some(Lack::Less(open)),
        ReceiptState::Short(open) => Some(Lack::Open(open)),
        ReceiptState::Unknown => (!case.facts.money.settled).then_some(Lack::Something),
    }
}

fn say(case: &Case<'_>, export: &Export, deadline: Deadline, lack: &Lack, out: &mut Sink<'_>) {
    let amount = |value: &Decimal| money(*value, export.currency);
    let (lack, values) = match lack {
        Lack::Open(open) => {
            let open = amount(open);
            (bi!("还差 {open}", "{open} is still to come"), vec![open])
        }
        Lack::Less(open) => {
            let open = amount(open);
            (
                bi!(
                    "合同已结清，比报关少 {open}，没有视同收汇材料",
                    "settled, {open} less than declared and no evidence for it"
                ),
                vec![open],
            )
        }
        Lack::Something => (bi!("还没收齐", "not all of it is in"), Vec::new()),
    };
    let left = (deadline.day - case.as_of()).num_days();
    let (day, exported) = (deadline.day, export.departure.day());
    let gone = exported.map(|day| day.to_string()).unwrap_or_default();
    let by = if deadline.by_contract { bi!("（按合同）", " (by contract)") } else { Bi::default() };
    let (days, en_days) = (left.abs(), timing::days(left.abs()));
    let title = if left < 0 {
        bi!(
            "{gone} 出口，退税要求 {day} 前收汇{by}，过了 {days} 天，{lack}",
            "exported {gone}, receipt due by {day} for the refund{by}, {en_days} ago: {lack}"; by, lack
        )
    } else {
        bi!(
            "{gone} 出口，退税要求 {day} 前收汇{by}，还有 {days} 天，{lack}",
            "exported {gone}, receipt due by {day} for the refund{by}, {en_days} left: {lack}"; by, lack
        )
    };
    let finding = out.report(title);
    let origin = &case.order.origin;
    match export.customs {
        Some(i) => {
            let total = case.order.docs.customs.get(i).is_some_and(|d| d.total.is_some());
            let path = if total { format!("customs[{i}].total") } else { format!("customs[{i}]") };
            finding.at(origin.place(&path), bi!("报关金额", "declared"));
        }
        None => {
            let fact = export.shipments.first().and_then(|at| case.facts.shipments.get(*at));
            if let Some(path) = fact.and_then(|f| f.proof.as_deref()) {
                finding.at(origin.place(path), bi!("出口 {gone}", "exported {gone}"));
            }
        }
    }
    finding.at(terms::filled(case, "payment"), bi!("付款方式", "payment terms"));
    finding.until(Some(day)).values(std::iter::once(day.to_string()).chain(values));
    if left < 0 {
        finding.help(bi!(
            "先看收款有没有漏登记。真没收到：对照公告的《视同收汇原因及举证材料清单》，有理由的备齐材料，登记 [[papers]] kind = \"deemed-receipt\"；没有理由的，马上问税务机关已退的税怎么办。以公告为准",
            "first see whether a receipt was not recorded. If the money is not in: with a reason of the announcement's list, put its evidence together and record it as [[papers]] with kind = \"deemed-receipt\"; without one, ask the tax office at once what becomes of the refund. The announcement governs"
        ));
    } else {
        finding.severity(Severity::Info).help(bi!(
            "期限前催齐；收不齐的，对照公告的《视同收汇原因及举证材料清单》早备材料，备齐登记 [[papers]] kind = \"deemed-receipt\"。以公告为准",
            "collect before that day; for what will not come, prepare the evidence that the announcement's list asks for and record it as [[papers]] with kind = \"deemed-receipt\". The announcement governs"
        ));
    }
}
