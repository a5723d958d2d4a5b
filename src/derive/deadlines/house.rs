//! Our own house: offers that end unsigned, accepted findings that count again.

use super::{Deadline, Done, Entry, Kind, Look};
use crate::bi;
use crate::model::order::Until;
use crate::model::stage::Milestone;

pub(super) fn find(look: &mut Look<'_, '_>) {
    validity(look);
    waivers(look);
}

/// The newest current proforma while the goods have not left: several revisions without `replaced_by` are one offer.
fn validity(look: &mut Look<'_, '_>) {
    if look.own.progress.is_done(Milestone::Shipped) {
        return;
    }
    let known = |day: Option<chrono::NaiveDate>| day.is_none_or(|day| day <= look.as_of);
    let proformas = look.order.docs.proforma.iter().enumerate();
    let current = proformas.filter(|(_, p)| p.paper.is_current() && known(p.paper.day()));
    let Some((index, proforma)) = current.max_by_key(|(i, p)| (p.revision, p.paper.day(), *i)) else {
        return;
    };
    let Some(day) = proforma.valid_until else { return };
    let signed = look.known(look.order.signed.or(proforma.signed_by_buyer));
    let number = proforma.paper.number.as_deref().unwrap_or_default();
    let number = if number.is_empty() { String::new() } else { format!(" {number}") };
    let entry = Entry {
        kind: Kind::Validity,
        part: String::new(),
        day,
        path: format!("proforma[{index}].valid_until"),
    };
    let deadline = look.entry(
        entry,
        bi!("报价到期，形式发票{number}", "offer ends, proforma{number}"),
        bi!(
            "过了再签，材料、汇率、运费都可能变了，先重新核价",
            "signed later, material, exchange rate and freight may have moved: check the price again first"
        ),
    );
    let done = signed.map(|day| Done { on: Some(day) });
    look.push(Deadline { done, ..deadline });
}

fn waivers(look: &mut Look<'_, '_>) {
    for (index, waiver) in look.order.waivers.iter().enumerate() {
        let Some(Until::Date(day)) = waiver.until else { continue };
        let rule = waiver.rule.as_deref().unwrap_or_default();
        let at = waiver.at.as_deref().unwrap_or_default();
        let part = if rule.is_empty() { (index + 1).to_string() } else { format!("{rule}-{at}") };
        let rule = if rule.is_empty() { String::new() } else { format!(" {rule}") };
        let entry = Entry { kind: Kind::Waiver, part, day, path: format!("waivers[{index}].until") };
        let deadline = look.entry(
            entry,
            bi!("豁免到期{rule}", "waiver ends{rule}"),
            bi!(
                "之后这条又算问题，检查会不通过；没解决就要重新批准",
                "after it the finding counts again and checks may fail; unsolved, it needs a new decision"
            ),
        );
        // It ends by itself; what it covered is then a finding again.
        let done = (day < look.as_of).then_some(Done { on: Some(day) });
        look.push(Deadline { done, ..deadline });
    }
}
