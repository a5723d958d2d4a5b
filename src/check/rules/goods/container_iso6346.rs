//! `container-iso6346`: a container number that cannot be one.

use std::collections::BTreeMap;

use super::super::prelude::*;
use crate::check::shared::containers::{self, Mention};
use crate::check::shared::figures;
use crate::check::shared::papers;
use crate::model::value::{ContainerError, ContainerNumber};
use crate::text::Bi;

/// The rule.
pub static RULE: Rule = Rule {
    name: "container-iso6346",
    group: Group::Goods,
    class: Class::Document,
    severity: Severity::Error,
    opt_in: false,
    since: "0.2.0",
    source: ("ISO 6346:2022；GB/T 1836", "ISO 6346:2022"),
    title: ("柜号不对", "container number wrong"),
    docs: Docs {
        checks: (
            "出运记录、装箱单、提单、运单、报关单上的柜号是 4 个字母加 7 位数字，第 4 个字母是 U、J 或 Z，校验位正确。余数是 10、校验位写 0 的柜号标准不建议用，但确实有，只提示。货主自备箱（柜型里写了 SOC）只警告。",
            "Container numbers in the shipment record, on packing list, bill of lading, waybill and declaration have four letters, of which the fourth is U, J or Z, and seven digits with a right check digit. Numbers whose remainder is 10, written as 0, exist although the standard advises against them: information only. A shipper-owned container (SOC in its type) is a warning.",
        ),
        why: (
            "柜号错一位，VGM、舱单、报关单、提单全都对不到这个柜，码头不让进，到港提不出。",
            "With one character wrong, VGM, manifest, declaration and bill of lading match no container: the terminal refuses it, and nobody collects it abroad.",
        ),
        fix: (
            "照设备交接单或箱门照片逐位核对，所有单证一起改；不要只改最后一位凑校验。",
            "Compare it with the equipment interchange receipt or a photo of the door and correct it on every paper; do not just change the last digit.",
        ),
    },
    example: example!("container-iso6346"),
    scope: Scope::Order(check),
};

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    let mut numbers: BTreeMap<String, Vec<Mention<'_>>> = BTreeMap::new();
    for mention in containers::each(case.order, case.as_of()) {
        numbers.entry(mention.number.clone()).or_default().push(mention);
    }
    for (number, mentions) in &numbers {
        match ContainerNumber::parse(number) {
            Ok(read) if read.is_discouraged() => discouraged(case, mentions, out),
            Ok(_) => {}
            Err(error) => wrong(case, number, &error, mentions, out),
        }
    }
}

/// The most that are shown of one number.
const SHOWN: usize = 4;

fn wrong(
    case: &Case<'_>,
    number: &str,
    error: &ContainerError,
    mentions: &[Mention<'_>],
    out: &mut Sink<'_>,
) {
    let why = match error {
        ContainerError::Shape => {
            bi!("应是 4 个字母加 7 位数字", "a number has four letters and seven digits")
        }
        ContainerError::Category(c) => {
            bi!("第 4 个字母是 {c}，应是 U、J 或 Z", "its fourth letter is {c} instead of U, J or Z")
        }
        ContainerError::CheckDigit { written, right, .. } => bi!(
            "校验位是 {written}，前 10 位没错的话应是 {right}",
            "the check digit is {written}; if the first ten characters are right it is {right}"
        ),
    };
    let hint = match error {
        ContainerError::CheckDigit { swapped, .. } if !swapped.is_empty() => {
            let meant = swapped.join(" ");
            bi!("两位写反的话是 {meant}。", "with two characters swapped it would be {meant}. ")
        }
        _ => Bi::default(),
    };
    let finding = out.report(bi!("柜号 {number} 不对：{why}", "container number {number}: {why}"; why));
    for mention in mentions.iter().take(SHOWN) {
        finding.at(case.order.origin.place(&mention.path()), mention.name());
    }
    let help = bi!(
        "照设备交接单或箱门照片核对，写错的单证一起改；提单印错了找船公司改单",
        "compare it with the interchange receipt or a photo of the door and correct every paper; if the bill of lading prints it wrongly, have the carrier issue it again"
    );
    finding.values([number]).help(figures::hinted(&hint, &help));
    let own = |mention: &Mention<'_>| {
        mention
            .record
            .and_then(|c| c.r#type.as_deref())
            .is_some_and(|kind| kind.to_uppercase().contains("SOC"))
    };
    if mentions.iter().any(own) {
        finding.severity(Severity::Warning);
    }
    if mentions.iter().all(|m| m.paper().is_some_and(|p| p.printed.is_draft()))
        && let Some(paper) = mentions.first().and_then(Mention::paper)
    {
        papers::soften(finding, paper.printed);
    }
}

fn discouraged(case: &Case<'_>, mentions: &[Mention<'_>], out: &mut Sink<'_>) {
    let Some(first) = mentions.first() else { return };
    let number = &first.number;
    out.report(bi!(
        "柜号 {number} 的校验余数是 10，写作 0：标准不建议用，但有这种柜",
        "container number {number} leaves 10, written as 0: such numbers exist, though the standard advises against them"
    ))
    .severity(Severity::Info)
    .at(case.order.origin.place(&first.path()), first.name())
    .values([number])
    .help(bi!("照箱门再核对一遍即可", "just compare it with the door once more"));
}
