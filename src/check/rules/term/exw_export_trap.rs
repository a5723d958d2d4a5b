//! `exw-export-trap`: EXW with a credit or a tax refund.

use super::super::prelude::*;

use crate::check::shared::terms;
use crate::model::stage::Milestone;
use crate::model::value::{Method, TermRule};

/// The rule.
pub static RULE: Rule = Rule {
    name: "exw-export-trap",
    group: Group::Term,
    class: Class::Record,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("Incoterms 2020 EXW A6、A7 条；行业做法", "Incoterms 2020, EXW, articles A6 and A7; practice"),
    title: ("EXW 配信用证或退税", "EXW with a credit or a tax refund"),
    docs: Docs {
        checks: (
            "EXW 又用信用证，或要办出口退税（rebate = true）时警告，建议 FCA。装运后、取消后不再提示。",
            "A warning where EXW is combined with a letter of credit or with an export VAT refund (rebate = true); FCA is suggested. Silent once shipped or cancelled.",
        ),
        why: (
            "EXW 下出口报关是买方的事，我们手里没有报关单也没有运输单据：退不了税，信用证交不了单。",
            "Under EXW the buyer clears for export: we hold neither the declaration nor a transport document, so no refund can be claimed and nothing can be presented.",
        ),
        fix: (
            "请客户同意改成 FCA（指定同一地点），报关由我们做；客户坚持 EXW 的，书面约定以我们的名义报关、运输单据给我们。",
            "Ask the buyer for FCA at the same place, so that we clear for export; if EXW stays, agree in writing that we are the exporter on the declaration and get the transport document.",
        ),
    },
    example: example!("exw-export-trap"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let order = case.order;
    let Some(term) = terms::of(case).filter(|t| t.rule == TermRule::Exw) else { return };
    if !case.facts.is_open() || case.facts.progress.is_done(Milestone::Shipped) {
        return;
    }
    let refund = order.rebate == Some(true);
    let by_terms = case.facts.money.terms.as_ref().is_some_and(|t| t.has(Method::Lc));
    let credit = by_terms || order.docs.lc.iter().any(|lc| lc.paper.is_current());
    let title = match (credit, refund) {
        (true, true) => bi!(
            "EXW 又用信用证又要退税：手里没有运输单据和报关单",
            "EXW with a letter of credit and a tax refund: we would hold neither transport document nor export declaration"
        ),
        (true, false) => bi!(
            "EXW 配信用证：手里没有运输单据，交不了单",
            "EXW with a letter of credit: we would hold no transport document to present"
        ),
        (false, true) => bi!(
            "EXW 又要办出口退税：报关的是买方，我们退不了税",
            "EXW with an export VAT refund: the buyer is the exporter, so we cannot claim it"
        ),
        (false, false) => return,
    };
    let place = &term.place;
    let finding = out.report(title);
    finding.at(terms::place(case), bi!("贸易术语", "trade term"));
    if refund {
        finding.at(order.origin.place("rebate"), bi!("要办退税", "refund claimed"));
    }
    if credit {
        let (path, label) = if by_terms {
            (terms::filled(case, "payment"), bi!("付款方式", "payment terms"))
        } else {
            (order.origin.place("lc[0]"), bi!("信用证", "letter of credit"))
        };
        finding.at(path, label);
    }
    finding
        .help(bi!(
            "请客户同意改成 FCA {place}，报关由我们做；坚持 EXW 的，书面约定以我们名义报关、运输单据交我们，然后豁免",
            "ask the buyer for FCA {place}, so that we clear for export; if EXW stays, agree in writing that we are the exporter and get the transport document, then waive this"
        ))
        .values([&term.written]);
}
