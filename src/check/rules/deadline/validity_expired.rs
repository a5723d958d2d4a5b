//! `validity-expired`: proforma expired before confirmation.

use super::super::prelude::*;

use crate::check::shared::timing;
use crate::model::stage::Milestone;

/// The rule.
pub static RULE: Rule = Rule {
    name: "validity-expired",
    group: Group::Deadline,
    class: Class::Risk,
    severity: Severity::Warning,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("形式发票过了有效期才签", "proforma expired before confirmation"),
    docs: Docs {
        checks: (
            "签约日（signed，没有就看客户签回日）不晚于现行形式发票的有效期；还没签而有效期已过的，也提示。装运后不再提示。",
            "The day of confirmation (signed, else the buyer's signature) is not after the valid_until of the current proforma; one that expired unsigned is mentioned too. Silent once shipped.",
        ),
        why: (
            "报价过期后材料、汇率、运费都变了，照旧价做可能亏。",
            "After its validity, material, exchange rate and freight have moved, and the old price may be a loss.",
        ),
        fix: (
            "重新核价：价格还能做，给客户一封邮件确认延期（新的 valid_until）；不能做，发新版形式发票，旧的写 replaced_by。",
            "Check the price again: if it holds, confirm the extension by mail (a new valid_until); if not, send a new revision and set replaced_by on the old one.",
        ),
    },
    example: example!("validity-expired"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    if !case.facts.is_open() || case.facts.progress.is_done(Milestone::Shipped) {
        return;
    }
    let current = case
        .order
        .docs
        .proforma
        .iter()
        .enumerate()
        .filter(|(_, p)| p.paper.is_current() && p.paper.day().is_none_or(|day| day <= case.as_of()));
    // Several revisions without `replaced_by`: the last one is the offer.
    let Some((index, proforma)) = current.max_by_key(|(i, p)| (p.revision, p.paper.day(), *i)) else {
        return;
    };
    let Some(until) = proforma.valid_until else { return };
    let signed = case.order.signed.or(proforma.signed_by_buyer).filter(|day| *day <= case.as_of());
    let number = proforma.paper.number.as_deref().unwrap_or_default();
    let title = match signed {
        Some(day) if day > until => {
            let days = (day - until).num_days();
            let late = timing::days(days);
            bi!(
                "形式发票 {number} 有效到 {until}，{day} 才签，过期 {days} 天",
                "proforma {number} was valid until {until} and was confirmed on {day}, {late} too late"
            )
        }
        None if case.as_of() > until => {
            let days = (case.as_of() - until).num_days();
            let late = timing::days(days);
            bi!(
                "形式发票 {number} 有效到 {until}，过期 {days} 天还没签",
                "proforma {number} was valid until {until}, {late} ago, and is not confirmed"
            )
        }
        _ => return,
    };
    let finding = out.report(title);
    finding
        .at(case.order.origin.place(&format!("proforma[{index}].valid_until")), bi!("有效期", "valid until"));
    if let Some(day) = signed {
        let path = if case.order.signed == Some(day) {
            "signed".to_owned()
        } else {
            format!("proforma[{index}].signed_by_buyer")
        };
        finding.at(case.order.origin.place(&path), bi!("签约", "confirmed"));
    }
    finding
        .help(bi!(
            "重新核价：价格能做就给客户确认延期，把新的有效期登记上；不能做就发新版形式发票",
            "check the price again: if it holds, confirm the extension to the buyer and record the new validity; if not, send a new revision"
        ))
        .values([until.to_string(), signed.unwrap_or(case.as_of()).to_string()]);
}
