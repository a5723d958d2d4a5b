//! `fca-onboard-bl`: FCA and a credit, no agreement on an on-board B/L.

use super::super::prelude::*;

use crate::check::shared::terms;
use crate::model::document::BlForm;
use crate::model::value::TermRule;

/// The rule.
pub static RULE: Rule = Rule {
    name: "fca-onboard-bl",
    group: Group::Term,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("Incoterms 2020 FCA A6、B6 条", "Incoterms 2020, FCA, articles A6 and B6"),
    title: ("FCA 加信用证，没有约定已装船提单", "FCA and a credit, no agreement on an on-board B/L"),
    docs: Docs {
        checks: (
            "FCA 海运、信用证要提单时，onboard_bl 记着买方同意指示承运人签已装船提单的证据。拿到已装船提单、归档、取消后不再提示。",
            "Under FCA by sea with a credit that asks for a bill of lading, onboard_bl records the buyer's agreement to instruct the carrier to issue an on-board B/L. Silent once an on-board B/L is there and for archived or cancelled orders.",
        ),
        why: (
            "FCA 的运输合同是买方的，货交出去以后承运人没有义务给我们签已装船提单，信用证就收不到钱。",
            "Under FCA the contract of carriage is the buyer's: the carrier owes us no on-board B/L, and without it the credit does not pay.",
        ),
        fix: (
            "请客户书面确认会指示承运人给我们签已装船提单，把邮件日期和内容写进 onboard_bl；不行就请客户改证，改收货代收据或改 FOB。",
            "Have the buyer confirm in writing that the carrier will be told to issue an on-board B/L to us and write date and mail into onboard_bl; otherwise have the credit amended to accept a forwarder's receipt, or agree on FOB.",
        ),
    },
    example: example!("fca-onboard-bl"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    let Some(term) = terms::of(case).filter(|t| t.rule == TermRule::Fca) else { return };
    let agreed = order.onboard_bl.as_deref().is_some_and(|text| !text.trim().is_empty());
    if agreed || !case.facts.is_open() || order.mode.is_some_and(|mode| !mode.is_sea()) {
        return;
    }
    let held = |bl: &crate::model::document::BillOfLading| {
        bl.paper.is_current()
            && !bl.paper.is_draft()
            && (bl.on_board.is_some() || bl.form == Some(BlForm::Shipped))
    };
    if order.docs.bl.iter().any(held) {
        return;
    }
    let asked =
        order.docs.lc.iter().enumerate().filter(|(_, lc)| lc.paper.is_current()).find_map(|(i, lc)| {
            let n = lc.documents.iter().position(|d| d.kind.as_deref() == Some("bl"))?;
            Some((format!("lc[{i}].documents[{n}]"), lc.paper.number.clone().unwrap_or_default()))
        });
    let Some((path, number)) = asked else { return };
    out.report(bi!(
        "FCA，信用证 {number} 要提单，没有记录买方同意指示承运人签已装船提单",
        "FCA, credit {number} asks for a B/L, and no agreement is recorded that the buyer instructs the carrier to issue one on board"
    ))
    .at(terms::place(case), bi!("贸易术语", "trade term"))
    .at(order.origin.place(&path), bi!("信用证要的提单", "the B/L the credit asks for"))
    .help(bi!(
        "已经谈好就把证据写进 onboard_bl，例如 \"buyer's mail 2026-09-03\"；没谈，装运前请客户书面确认，或请客户改证",
        "if it is agreed, write the evidence into onboard_bl, like \"buyer's mail 2026-09-03\"; if not, have the buyer confirm it in writing before shipment, or amend the credit"
    ))
    .values([term.written.clone(), number]);
}
