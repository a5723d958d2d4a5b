//! Tax refund: receipt by the day of the announcement, the claim, the filing set; reports of trade credit to the foreign
//! exchange office; and the end of keeping. They outlive the order.

use super::{Deadline, Done, Entry, Kind, Look};
use crate::bi;
use crate::derive::safe::{self, Sure};
use crate::derive::tax::{self, Export, TaxFile};
use crate::model::money::FilingKind;
use crate::text::Bi;

/// Days ahead from which the end of keeping is worth a line: it lies ten years off.
const KEEP_AHEAD: i64 = 366;

pub(super) fn find(look: &mut Look<'_, '_>) {
    let file = tax::of(look.order, look.own, look.as_of);
    for (at, export) in file.exports.iter().enumerate() {
        let view = View { export, at, several: file.exports.len() > 1 };
        receipt(look, &view);
        claim(look, &file, &view);
        set(look, &view);
    }
    safe(look);
    keep(look);
}

struct View<'v> {
    export: &'v Export,
    at: usize,
    several: bool,
}

impl View<'_> {
    /// The number of the declaration, else the position.
    fn part(&self, look: &Look<'_, '_>) -> String {
        self.number(look).map_or_else(|| (self.at + 1).to_string(), str::to_owned)
    }

    fn number<'l>(&self, look: &'l Look<'_, '_>) -> Option<&'l str> {
        look.order.docs.customs.get(self.export.customs?)?.paper.number.as_deref().map(str::trim)
    }

    /// Names the declaration where there are several.
    fn name(&self, look: &Look<'_, '_>) -> Bi {
        match self.number(look).filter(|_| self.several) {
            Some(number) => bi!("（报关单 {number}）", " (declaration {number})"),
            None => Bi::default(),
        }
    }

    fn path(&self, field: &str) -> String {
        match self.export.customs {
            Some(index) => format!("customs[{index}].{field}"),
            None => "customs".to_owned(),
        }
    }
}

fn receipt(look: &mut Look<'_, '_>, view: &View<'_>) {
    let Some(deadline) = view.export.deadline.filter(|_| !view.export.state.is_over()) else { return };
    let name = view.name(look);
    let what = match deadline.by_contract {
        true => {
            bi!("出口收汇（退税，按合同约定）{name}", "receipt for the tax refund, by the contract{name}"; name)
        }
        false => bi!("出口收汇（退税）{name}", "receipt for the tax refund{name}"; name),
    };
    let entry =
        Entry { kind: Kind::TaxReceipt, part: view.part(look), day: deadline.day, path: view.path("total") };
    let deadline = look.entry(
        entry,
        what,
        bi!(
            "到期没收齐、又没有视同收汇的材料，这票不能退税（以公告为准）",
            "not received in full and without a recognised reason, there is no refund for this export (the announcement governs)"
        ),
    );
    look.push(Deadline { hard: true, ..deadline });
}

/// Claimed on the day by which the money must be in at the latest: no day of its own is laid down for it.
fn claim(look: &mut Look<'_, '_>, file: &TaxFile, view: &View<'_>) {
    if !file.refund || !view.export.has_left() || view.export.claimed.is_some() {
        return;
    }
    let exported = view.export.departure.day();
    let Some(usual) = exported.and_then(|day| tax::receipt_by(day, None)) else { return };
    let name = view.name(look);
    let lacks = match file.lacks_vat_invoice {
        true => bi!("；还缺供应商的增值税发票", "; the supplier's VAT invoice is still missing"),
        false => Bi::default(),
    };
    let entry =
        Entry { kind: Kind::TaxClaim, part: view.part(look), day: usual.day, path: view.path("released") };
    let deadline = look.entry(
        entry,
        bi!("申报退税{name}", "claim the tax refund{name}"; name),
        bi!(
            "拖过年度，进项和收汇都要重新说明（公司规定，和收汇同一天）{lacks}",
            "later, invoices and receipts have to be explained again (house rule: the same day as the receipt){lacks}"; lacks
        ),
    );
    look.push(deadline);
}

fn set(look: &mut Look<'_, '_>, view: &View<'_>) {
    let Some(day) = view.export.set_by else { return };
    let missing: Vec<(&str, &str)> = view.export.missing().map(|paper| paper.title()).collect();
    let list = Bi {
        zh: missing.iter().map(|m| m.0).collect::<Vec<_>>().join("、"),
        en: missing.iter().map(|m| m.1).collect::<Vec<_>>().join(", "),
    };
    let filed = look.order.filings.iter().filter(|f| f.kind == Some(FilingKind::RecordSet));
    let filed = filed.filter_map(|f| look.known(f.date)).max();
    let done = missing.is_empty().then_some(Done { on: filed });
    let name = view.name(look);
    let what = match missing.is_empty() {
        true => bi!("备案单证成册{name}", "filing set complete{name}"; name),
        false => bi!("备案单证成册，缺{list}{name}", "filing set, missing: {list}{name}"; list, name),
    };
    let entry = Entry { kind: Kind::FilingSet, part: view.part(look), day, path: "filings".to_owned() };
    let deadline = look.entry(
        entry,
        what,
        bi!(
            "没有按时备案，税务局可以不给退、追回已退的税（以公告为准）",
            "without the set in time the refund may be refused or taken back (the announcement governs)"
        ),
    );
    look.push(Deadline { hard: true, done, ..deadline });
}

fn safe(look: &mut Look<'_, '_>) {
    for report in safe::of(look.book(), look.order, look.own, look.as_of) {
        // What only follows from the latest shipment is nothing to report on yet.
        if report.sure == Sure::Estimated {
            continue;
        }
        let (part, path, which) = match report.kind {
            safe::Kind::Advance(i) => {
                let id = look.order.received.get(i).and_then(|r| r.id.clone());
                (
                    format!("advance-{}", id.unwrap_or_else(|| (i + 1).to_string())),
                    format!("received[{i}].date"),
                    None,
                )
            }
            safe::Kind::Deferred(at) => {
                let fact = look.own.shipments.get(at);
                let id = fact.map_or_else(|| (at + 1).to_string(), |fact| fact.id.clone());
                let path = fact.and_then(|fact| fact.proof.clone()).unwrap_or_else(|| "payment".to_owned());
                (format!("deferred-{id}"), path, Some(id).filter(|_| look.own.shipments.len() > 1))
            }
        };
        let (zh, en) = report.kind.title();
        let which = which.map(|id| bi!("，第 {id} 批", ", shipment {id}")).unwrap_or_default();
        let entry = Entry { kind: Kind::Safe, part, day: report.by, path };
        let deadline = look.entry(
            entry,
            bi!("报外汇局贸易信贷：{zh}{which}", "trade credit to be reported to SAFE: {en}{which}"; which),
            bi!(
                "过了期限网上报不了，要带情况说明到外汇局；差得多了可能降类（以外汇局现行规定为准）",
                "after it the report cannot be made online and needs an explanation in person; large gaps cost the company its class (SAFE's current rules govern)"
            ),
        );
        let filed = report.filed.and_then(|filed| look.order.filings.get(filed.index));
        let done = filed.map(|filing| Done { on: filing.date });
        look.push(Deadline { hard: true, estimated: report.sure != Sure::Known, done, ..deadline });
    }
}

fn keep(look: &mut Look<'_, '_>) {
    let Some(day) = tax::kept_until(look.order, look.own, look.as_of) else { return };
    let left = (day - look.as_of).num_days();
    if !look.own.is_archived() || !(-super::DONE_DAYS..=KEEP_AHEAD).contains(&left) {
        return;
    }
    let entry = Entry { kind: Kind::Keep, part: String::new(), day, path: "filings".to_owned() };
    let deadline = look.entry(
        entry,
        bi!("资料保存期满", "papers need not be kept any longer"),
        bi!(
            "之前不能销毁；之后销毁前先问财务",
            "not to be destroyed before; ask finance before destroying them after"
        ),
    );
    // The day only ends a duty: it is never overdue.
    let done = (left < 0).then_some(Done { on: Some(day) });
    look.push(Deadline { hard: true, done, ..deadline });
}
