//! `stage-dates`: dates in the wrong order, and files that are not what was recorded.

use chrono::NaiveDate;

use crate::check::digest;
use crate::derive::files::{self, Named};
use crate::derive::shipment::ShipmentFact;
use crate::model::stage::Milestone;
use crate::text::Bi;

use super::super::prelude::*;
use crate::check::shared::timing;

/// The rule.
pub static RULE: Rule = Rule {
    name: "stage-dates",
    group: Group::Gate,
    class: Class::Record,
    severity: Severity::Error,
    opt_in: false,
    since: "0.1.0",
    source: ("公司规定", "house rule"),
    title: ("日期先后或附件不对", "dates or files that cannot be"),
    docs: Docs {
        checks: (
            "先后：询盘 ≤ 签约，到料、投产 ≤ 完工，申报 ≤ 放行，结案 ≤ 归档，装柜、进港 ≤ 装运 ≤ 到港 ≤ 交货；[actual] 不晚于今天。附件：写了 `sha256` 的文件要在订单文件夹里，内容要和 sha256 一致；路径不能跑出文件夹；只写 `file` 而文件不在的给警告。网址不打开。",
            "Order: inquiry ≤ signature, materials and start ≤ production finished, declared ≤ released, closed ≤ archived, loaded and gated in ≤ shipped ≤ arrived ≤ delivered; [actual] is not after today. Files: one with `sha256` is in the order folder and has that digest; no path leaves the folder; a `file` that is not there is a warning. Web addresses are not opened.",
        ),
        why: (
            "先后反了，必有一个日期抄错，逾期和交期都跟着算错。文件换过而没人知道，查账时就说不清。",
            "When dates run backwards one was copied wrongly, and everything counted from it is wrong. A file that was exchanged unnoticed proves nothing to an auditor.",
        ),
        fix: (
            "照单据核对两个日期，改抄错的那个。文件确实换了新版，重算 sha256（`sha256sum 文件`）。",
            "Compare both dates with the papers and correct the slip. If the file is a new version, compute its digest again (`sha256sum FILE`).",
        ),
    },
    example: example!("stage-dates"),
    scope: Scope::Order(check),
};

/// Steps of which the first cannot be later than the second. Work that may overlap is not listed.
const ORDER: &[(Milestone, Milestone)] = &[
    (Milestone::Inquiry, Milestone::Confirmed),
    (Milestone::Materials, Milestone::Produced),
    (Milestone::Started, Milestone::Produced),
    (Milestone::Declared, Milestone::Cleared),
    (Milestone::Closed, Milestone::Archived),
];

/// A step with its day and the key path of the day.
struct Step {
    name: Bi,
    day: NaiveDate,
    path: String,
}

fn check(case: &Case<'_>, out: &mut Sink<'_>) {
    for (first, second) in ORDER {
        if let (Some(first), Some(second)) = (milestone(case, *first), milestone(case, *second)) {
            backwards(case, &first, &second, out);
        }
    }
    for shipment in &case.facts.shipments {
        voyage(case, shipment, out);
    }
    future(case, out);
    attachments(case, out);
}

fn milestone(case: &Case<'_>, key: Milestone) -> Option<Step> {
    let actual = case.facts.progress.milestone(key).actual?;
    let day = actual.date?;
    let typed = case.order.actual.as_deref().and_then(|a| a.get(key)) == Some(day);
    let path = match actual.proof {
        _ if key == Milestone::Confirmed && case.order.signed == Some(day) => "signed".to_owned(),
        Some(proof) if !typed => proof.path,
        _ => format!("actual.{}", key.code()),
    };
    Some(Step { name: key.title().into(), day, path })
}

fn backwards(case: &Case<'_>, first: &Step, second: &Step, out: &mut Sink<'_>) {
    let (a, b) = (first.day, second.day);
    if a <= b {
        return;
    }
    let days = (a - b).num_days();
    let label = |step: &Step| Bi {
        zh: format!("{} {}", step.name.zh, step.day),
        en: format!("{} {}", step.name.en, step.day),
    };
    let (before, after) = (label(first), label(second));
    out.report(Bi {
        zh: format!("{} 晚于{}，差 {days} 天", before.zh, after.zh),
        en: format!("{} is later than {}, by {}", before.en, after.en, timing::days(days)),
    })
    .at(case.order.origin.place(&first.path), before)
    .at(case.order.origin.place(&second.path), after)
    .values([a, b])
    .help(bi!(
        "两个日期里有一个抄错（常见的是月份或年份），照单据核对后改登记，不改单据",
        "one of the two was copied wrongly (often the month or the year): compare with the papers and correct the record, not the paper"
    ));
}

fn voyage(case: &Case<'_>, fact: &ShipmentFact, out: &mut Sink<'_>) {
    let Some((i, shipment)) = fact.index.and_then(|i| Some((i, case.order.shipments.get(i)?))) else {
        return;
    };
    let step = |name: (&'static str, &'static str), day: Option<NaiveDate>, path: String| {
        Some(Step { name: name.into(), day: day?, path })
    };
    let at = |key: &str| format!("shipments[{i}].{key}");
    let gated_in = shipment.gated_in.map(|at| at.date_naive());
    let loaded = step(("装柜", "loaded"), shipment.loaded, at("loaded"));
    let gated_in = step(("进港", "gated in"), gated_in, at("gated_in"));
    let shipped = step(("装运", "shipped"), fact.shipped, fact.proof.clone().unwrap_or_default());
    let arrived = step(("到港", "arrived"), shipment.arrived, at("arrived"));
    let delivered = step(("交货", "delivered"), shipment.delivered, at("delivered"));
    let before_delivery = arrived.as_ref().or(shipped.as_ref());
    let pairs = [
        (loaded.as_ref(), shipped.as_ref()),
        (gated_in.as_ref(), shipped.as_ref()),
        (shipped.as_ref(), arrived.as_ref()),
        (before_delivery, delivered.as_ref()),
    ];
    for (first, second) in pairs {
        if let (Some(first), Some(second)) = (first, second) {
            backwards(case, first, second, out);
        }
    }
}

/// Typed as having happened, but later than today and later than the last commit. Without a history nobody knows
/// when it was written: a look at a past day must not turn what came later into mistakes.
fn future(case: &Case<'_>, out: &mut Sink<'_>) {
    let Some(actual) = case.order.actual.as_deref() else { return };
    let head = case.all.history.head.as_ref().map(|head| head.committed.max(head.date));
    let today = head.map_or_else(|| case.as_of(), |head| head.max(case.as_of()));
    for key in Milestone::ALL {
        let Some(day) = actual.get(*key).filter(|day| *day > case.as_of()) else { continue };
        let ((zh, en), code) = (key.title(), key.code());
        // A look back speaks of the day looked at.
        let seen = if day <= today { case.as_of() } else { today };
        let finding = out.report(bi!(
            "{zh} {day} 在 {seen} 之后，还没有发生",
            "{en} {day} is after {seen}: it has not happened yet"
        ));
        finding
            .at(case.order.origin.place(&format!("actual.{code}")), bi!("实际 {day}", "actual {day}"))
            .values([day, seen])
            .help(bi!(
                "还没发生的写到 [forecast] 下；年份抄错就改",
                "what has not happened goes under [forecast]; correct a slip of the year"
            ));
        if head.is_none() || day <= today {
            finding.severity(Severity::Info);
        }
    }
}

fn attachments(case: &Case<'_>, out: &mut Sink<'_>) {
    for named in files::of(case.order).iter().filter(|named| !named.is_elsewhere()) {
        match named.below() {
            None => escapes(case, named, out),
            Some(below) => compare(case, named, &below, out),
        }
    }
}

fn escapes(case: &Case<'_>, named: &Named<'_>, out: &mut Sink<'_>) {
    let (file, folder) = (named.file, &case.order.folder);
    out.report(bi!(
        "附件路径 `{file}` 不在订单文件夹里，不会去读",
        "the path `{file}` is not inside the order's folder and is not read"
    ))
    .at(case.order.origin.place(&format!("{}.file", named.record)), bi!("跑出文件夹", "outside the folder"))
    .values([file])
    .help(bi!(
        "把文件放进 {folder}/files/，写 `file = \"files/文件名\"`",
        "put the file into {folder}/files/ and write `file = \"files/NAME\"`"
    ));
}

fn compare(case: &Case<'_>, named: &Named<'_>, below: &str, out: &mut Sink<'_>) {
    let path = format!("{}/{below}", case.order.folder);
    let known = &case.book().attachments;
    if known.binary_search_by(|name| (**name).cmp(path.as_str())).is_err() {
        absent(case, named, &path, below, out);
        return;
    }
    let Some(wanted) = named.sha256.map(|text| text.trim().to_ascii_lowercase()) else { return };
    let place = case.order.origin.place(&format!("{}.sha256", named.record));
    match digest::sha256(&case.book().root, &path) {
        Some(is) if is == wanted => {}
        Some(is) => {
            let short = |digest: &str| digest.chars().take(12).collect::<String>();
            let (was, now) = (short(&wanted), short(&is));
            out.report(bi!(
                "附件 {below} 的内容和登记的不一样：sha256 登记 {was}…，文件 {now}…",
                "file {below} is not the one recorded: sha256 recorded {was}…, file {now}…"
            ))
            .at(place, bi!("登记的", "recorded"))
            .values([wanted, is])
            .help(bi!(
                "文件换过：找回原件，或确认新版后把 sha256 改成文件现在的值（`sha256sum` 可以算）",
                "the file was exchanged: restore the original, or, when the new version is right, write its digest (`sha256sum` computes it)"
            ));
        }
        None => {
            let limit = digest::MAX_BYTES / (1024 * 1024);
            out.report(bi!(
                "附件 {below} 读不了，或大于 {limit} MiB，没有核对 sha256",
                "file {below} cannot be read or is larger than {limit} MiB; its sha256 was not compared"
            ))
            .severity(Severity::Warning)
            .at(place, bi!("没有核对", "not compared"))
            .help(bi!("检查文件权限和大小", "check the file's permissions and size"));
        }
    }
}

fn absent(case: &Case<'_>, named: &Named<'_>, path: &str, below: &str, out: &mut Sink<'_>) {
    let finding =
        out.report(bi!("附件 {below} 不在订单文件夹里", "file {below} is not in the order's folder"));
    finding
        .at(case.order.origin.place(&format!("{}.file", named.record)), bi!("找不到", "not found"))
        .values([below])
        .help(bi!(
            "先看文件名有没有写错、文件有没有一起提交；应该在 {path}",
            "first see whether the name is misspelt or the file was not committed; it belongs at {path}"
        ));
    if named.sha256.is_none() {
        finding.severity(Severity::Warning);
    }
}
