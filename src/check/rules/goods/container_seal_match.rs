//! `container-seal-match`: papers that name other containers or seals than the shipment's record.

use std::collections::{BTreeMap, BTreeSet};

use super::super::prelude::*;
use crate::check::finding::Finding;
use crate::check::shared::containers::{self, By, Mention};
use crate::check::shared::figures;
use crate::model::value::ContainerNumber;
use crate::model::value::fold::fold;
use crate::model::value::near::transposed;
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "container-seal-match",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("单货一致；船公司补料要求", "house rule; the carrier's shipping instructions"),
    title: ("柜号封号对不上", "containers or seals differ"),
    docs: Docs {
        checks: (
            "同一批货：装箱单、提单、运单、报关单上的柜号都在出运记录里，提单不少列柜；同一个柜的封号处处相同（一个柜有几个封的，写了其中一个也算）。出运记录没写柜号的，单据之间比封号。校验位不对的柜号由 container-iso6346 报。",
            "For one shipment: containers on packing list, bill of lading, waybill and declaration are in the shipment's record, and the bill of lading leaves none out; the seal of a container is the same everywhere (of several seals a paper may name one). Without containers in the record, seals are compared between papers. A number that is none is for `container-iso6346` to say.",
        ),
        why: (
            "封号不符，目的港海关和收货人会当作开过箱；柜号不符，货就不在那份提单下面。",
            "With another seal the consignee and customs abroad take the box for opened; with another container number the goods are not under that bill of lading.",
        ),
        fix: (
            "照设备交接单和装柜照片核对；登记错的改登记，提单印错的找船公司改单，装箱单印错的重出。",
            "Compare it with the interchange receipt and the loading photos: correct the record, have the carrier correct the bill of lading, issue the packing list again, whichever is wrong.",
        ),
    },
    example: example!("container-seal-match"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let single = case.order.shipments.len() <= 1;
    let mut groups: BTreeMap<Option<&str>, Vec<Mention<'_>>> = BTreeMap::new();
    for mention in containers::each(case.order, case.as_of()) {
        let key = mention.shipment().filter(|_| !single);
        groups.entry(key).or_default().push(mention);
    }
    for (key, mentions) in &groups {
        // Papers of the whole order name the containers of any shipment.
        let whole = key.is_none() && !single;
        if !whole && mentions.iter().all(|m| ContainerNumber::parse(&m.number).is_ok()) {
            numbers(case, mentions, out);
        }
        seals(case, mentions, out);
    }
}

fn numbers(case: &Case<'_>, mentions: &[Mention<'_>], out: &mut Sink<'_>) {
    let own = |m: &&Mention<'_>| matches!(m.by, By::Shipment(..));
    let record: BTreeSet<&str> = mentions.iter().filter(own).map(|m| m.number.as_str()).collect();
    let Some(first) = mentions.iter().find(own) else { return };
    for key in ["packing", "bl", "waybill", "customs"] {
        let named: Vec<&Mention<'_>> = mentions.iter().filter(|m| m.key() == key).collect();
        let listed: BTreeSet<&str> = named.iter().map(|m| m.number.as_str()).collect();
        let extra: Vec<&str> = listed.difference(&record).copied().collect();
        let missing: Vec<&str> = record.difference(&listed).copied().collect();
        let transport = matches!(key, "bl" | "waybill");
        if let Some(odd) = extra.first().and_then(|number| named.iter().find(|m| m.number == *number)) {
            let record = mentions.iter().filter(own).find(|m| Some(&m.number.as_str()) == missing.first());
            other(case, odd, &extra, &missing, record.unwrap_or(first), out);
        } else if let Some(paper) = named.first().filter(|_| transport && !missing.is_empty()) {
            fewer(case, paper, &missing, first, mentions, out);
        }
    }
}

fn other(
    case: &Case<'_>,
    odd: &Mention<'_>,
    extra: &[&str],
    missing: &[&str],
    record: &Mention<'_>,
    out: &mut Sink<'_>,
) {
    let name = odd.name();
    let (is, ought) = (extra.join(" "), missing.join(" "));
    let title = if missing.is_empty() {
        bi!("{name} 上的柜 {is} 出运记录里没有", "{name} names container {is}, which the shipment record does not"; name)
    } else {
        bi!("{name} 上的柜是 {is}，出运记录是 {ought}", "{name} names container {is}, the shipment record {ought}"; name)
    };
    let hint = match (extra, missing) {
        ([a], [b]) => swap(a, b),
        _ => Bi::default(),
    };
    let finding = out
        .report(title)
        .at(case.order.origin.place(&odd.path()), name)
        .at(case.order.origin.place(&record.path()), record.name())
        .values([is, ought])
        .help(help(&hint));
    weigh(finding, odd);
}

fn fewer(
    case: &Case<'_>,
    paper: &Mention<'_>,
    missing: &[&str],
    record: &Mention<'_>,
    mentions: &[Mention<'_>],
    out: &mut Sink<'_>,
) {
    let name = paper.name();
    let ought = missing.join(" ");
    let number = missing.first().copied().unwrap_or_default();
    let place = mentions.iter().find(|m| m.number == number).unwrap_or(record);
    let finding = out
        .report(bi!(
            "{name} 没有列柜 {ought}，出运记录里有",
            "{name} leaves out container {ought} of the shipment record"; name
        ))
        .at(case.order.origin.place(&paper.path()), name)
        .at(case.order.origin.place(&place.path()), place.name())
        .values([paper.number.as_str(), ought.as_str()])
        .help(help(&Bi::default()));
    weigh(finding, paper);
}

fn seals(case: &Case<'_>, mentions: &[Mention<'_>], out: &mut Sink<'_>) {
    let mut boxes: BTreeMap<&str, Vec<(&Mention<'_>, &str)>> = BTreeMap::new();
    for mention in mentions {
        let seal = mention.record.and_then(|c| c.seal.as_deref()).filter(|seal| !tokens(seal).is_empty());
        if let Some(seal) = seal {
            boxes.entry(mention.number.as_str()).or_default().push((mention, seal));
        }
    }
    for (number, sealed) in boxes {
        let Some(((first, ought), others)) = sealed.split_first() else { continue };
        let odd: Vec<&(&Mention<'_>, &str)> = others.iter().filter(|(_, is)| !agree(is, ought)).collect();
        let Some((paper, is)) = odd.first() else { continue };
        let (name, record) = (paper.name(), first.name());
        let hint = swap(is.trim(), ought.trim());
        let finding = out.report(bi!(
            "柜 {number}：{name} 封号 {is}，{record}封号 {ought}",
            "container {number}: {name} has seal {is}, {record} {ought}"; name, record
        ));
        for (mention, _) in &odd {
            finding.at(case.order.origin.place(&mention.field("seal")), mention.name());
        }
        finding
            .at(case.order.origin.place(&first.field("seal")), record)
            .values([*is, *ought])
            .help(help(&hint));
        weigh(finding, paper);
    }
}

/// The seals that a text names, without spaces and hyphens.
fn tokens(text: &str) -> BTreeSet<String> {
    fold(text)
        .split([',', ';', '/', '+', '&', '、'])
        .map(|seal| seal.chars().filter(|c| c.is_alphanumeric()).collect::<String>())
        .filter(|seal| seal.bytes().any(|b| b.is_ascii_digit()))
        .collect()
}

fn agree(a: &str, b: &str) -> bool {
    let (a, b) = (tokens(a), tokens(b));
    a.is_subset(&b) || b.is_subset(&a)
}

fn swap(is: &str, ought: &str) -> Bi {
    match transposed(is, ought) {
        Some((a, b)) => bi!("像是 {a} 和 {b} 写反了。", "{a} and {b} look swapped. "),
        None => Bi::default(),
    }
}

fn help(hint: &Bi) -> Bi {
    let help = bi!(
        "照设备交接单和装柜照片核对：登记错的改登记，提单印错的找船公司改单，装箱单印错的重出",
        "compare it with the interchange receipt and the loading photos: correct the record, have the carrier correct the bill of lading, or issue the packing list again"
    );
    figures::hinted(hint, &help)
}

fn weigh(finding: &mut Finding, mention: &Mention<'_>) {
    if let Some(paper) = mention.paper() {
        crate::check::shared::papers::soften(finding, paper.printed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_several_seals_will_do() {
        for (a, b) in [("SL88121", "sl-88121"), ("EMC 0001", "EMC0001"), ("SL88121 / CIQ7788", "SL88121")] {
            assert!(agree(a, b), "{a} {b}");
        }
        assert!(!agree("SL88112", "SL88121"));
        assert!(!agree("SL1,SL2", "SL2,SL3"));
        assert!(tokens("N/A").is_empty());
    }
}
