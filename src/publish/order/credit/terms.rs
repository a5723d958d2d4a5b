//! The terms of a credit with their MT700 tags, in force and as they were, and its amendments.

use chrono::NaiveDate;

use super::super::show::{Sheet, allowed, amount, with_unit};
use crate::derive::credit::{self, Credit};
use crate::load::fields::Allowed;
use crate::model::Order;
use crate::model::document::{CreditAmendment, LetterOfCredit, LetterOfCreditTerms};
use crate::model::value::Currency;
use crate::publish::ctx::Ctx;
use crate::say;
use crate::site::view::{Amendment, Field, Mark};

pub(super) fn summary(ctx: &Ctx<'_>, lc: &LetterOfCredit) -> String {
    let replaced = lc.paper.replaced_by.as_ref().map(|by| say!(ctx, "已被 {by} 取代", "replaced by {by}"));
    let parts = [replaced, lc.drafts.clone(), lc.available_with.clone(), lc.rules.clone()];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A term as amended; where an accepted amendment changed it, the old value stands before it.
fn changed<T: PartialEq>(
    lc: &LetterOfCredit,
    as_of: NaiveDate,
    first: Option<T>,
    set: impl Fn(&LetterOfCreditTerms) -> Option<T>,
    show: impl Fn(&T) -> String,
) -> String {
    let accepted = credit::accepted(lc, as_of);
    let now = accepted.iter().rev().find_map(|a| set(a.set.as_deref()?));
    match (first, now) {
        (Some(first), Some(now)) if first != now => format!("{} → {}", show(&first), show(&now)),
        (_, Some(now)) => show(&now),
        (Some(first), None) => show(&first),
        (None, None) => String::new(),
    }
}

pub(super) fn terms(ctx: &Ctx<'_>, order: &Order, lc: &LetterOfCredit) -> Vec<Field> {
    let as_of = ctx.as_of();
    let own = lc.currency.as_deref().or(order.currency.as_deref()).and_then(Currency::parse);
    let mut sheet = Sheet::new(ctx);
    let day = |d: &NaiveDate| ctx.day(*d).text;
    let text = |t: &String| t.clone();
    sheet.text(("40A 形式", "40A Form"), lc.form.as_ref());
    sheet.text(("40E 规则", "40E Rules"), lc.rules.as_ref());
    sheet.day(("31C 开证日", "31C Issued"), lc.paper.issued.or(lc.paper.date));
    sheet.put(("31D 有效期", "31D Expiry"), changed(lc, as_of, lc.expiry, |t| t.expiry, day));
    sheet.put(
        ("31D 有效地", "31D Place of expiry"),
        changed(lc, as_of, lc.expiry_place.clone(), |t| t.expiry_place.clone(), text),
    );
    sheet.put(
        ("50 申请人", "50 Applicant"),
        changed(lc, as_of, lc.applicant.clone(), |t| t.applicant.clone(), text),
    );
    sheet.put(
        ("59 受益人", "59 Beneficiary"),
        changed(lc, as_of, lc.beneficiary.clone(), |t| t.beneficiary.clone(), text),
    );
    sheet.text(("开证行", "Issuing bank"), lc.paper.issuer.as_ref());
    sheet.text(("通知行", "Advising bank"), lc.advising.as_ref());
    sheet.put(
        ("32B 金额", "32B Amount"),
        changed(lc, as_of, lc.amount, |t| t.amount, |a| amount(ctx, a, own)),
    );
    sheet.put(
        ("39A 浮动", "39A Tolerance"),
        changed(lc, as_of, lc.tolerance, |t| t.tolerance, ToString::to_string),
    );
    for extra in &lc.extra {
        let figure = extra.amount.as_ref().map(|a| amount(ctx, a, own)).unwrap_or_default();
        sheet.put(
            ("39C 附加金额", "39C Additional"),
            format!("{figure} {}", extra.text.as_deref().unwrap_or_default()).trim(),
        );
    }
    sheet.put(
        ("41a 兑用", "41a Available"),
        changed(lc, as_of, lc.available_with.clone(), |t| t.available_with.clone(), text),
    );
    sheet.put(
        ("42C 汇票", "42C Drafts at"),
        changed(lc, as_of, lc.drafts.clone(), |t| t.drafts.clone(), text),
    );
    sheet
        .put(("42a 受票人", "42a Drawee"), changed(lc, as_of, lc.drawee.clone(), |t| t.drawee.clone(), text));
    let word = |a: &Allowed| ctx.word(allowed(*a)).to_owned();
    sheet.put(("43P 分批", "43P Partial shipments"), changed(lc, as_of, lc.partial, |t| t.partial, word));
    sheet
        .put(("43T 转运", "43T Transhipment"), changed(lc, as_of, lc.transhipment, |t| t.transhipment, word));
    sheet.put(
        ("44A 接管地", "44A Receipt"),
        changed(lc, as_of, lc.receipt.clone(), |t| t.receipt.clone(), text),
    );
    sheet.put(
        ("44E 装货港", "44E Loading"),
        changed(lc, as_of, lc.paper.from.clone(), |t| t.from.clone(), text),
    );
    sheet.put(
        ("44F 卸货港", "44F Discharge"),
        changed(lc, as_of, lc.paper.to.clone(), |t| t.to.clone(), text),
    );
    sheet.put(
        ("44B 目的地", "44B Destination"),
        changed(lc, as_of, lc.delivery.clone(), |t| t.delivery.clone(), text),
    );
    sheet.put(
        ("44C 最迟装运", "44C Latest shipment"),
        changed(lc, as_of, lc.latest_shipment, |t| t.latest_shipment, day),
    );
    periods(&mut sheet, lc);
    items(&mut sheet, lc, own);
    sheet.put(
        ("71D 费用", "71D Charges"),
        changed(lc, as_of, lc.charges.clone(), |t| t.charges.clone(), text),
    );
    let days = |n: &u32| say!(ctx, "{n} 天", "{n} days");
    sheet.put(
        ("48 交单期", "48 Presentation"),
        changed(lc, as_of, lc.present_within, |t| t.present_within, days),
    );
    sheet.put(
        ("49 保兑", "49 Confirmation"),
        changed(lc, as_of, lc.confirmation.clone(), |t| t.confirmation.clone(), text),
    );
    sheet.day(("收到", "Received"), lc.received);
    sheet.day(("生效", "Effective"), lc.effective);
    sheet.yes(("正本在我们手里", "Original held"), lc.original_held);
    sheet.text(("说明", "Note"), lc.paper.note.as_ref());
    sheet.fields
}

fn periods(sheet: &mut Sheet<'_, '_>, lc: &LetterOfCredit) {
    let ctx = sheet.ctx();
    for period in &lc.shipment_period {
        let ends: Vec<String> =
            [period.from, period.to].into_iter().flatten().map(|d| ctx.day(d).text).collect();
        let about = period.about.map(|d| ctx.day(d).text);
        let text = about.map_or(ends.join(" – "), |day| format!("on or about {day}"));
        sheet.put(("44D 装运期", "44D Shipment period"), text);
    }
}

fn items(sheet: &mut Sheet<'_, '_>, lc: &LetterOfCredit, own: Option<Currency>) {
    let ctx = sheet.ctx();
    for item in &lc.items {
        let qty = item.qty.map(|n| with_unit(ctx, n, item.unit.as_deref().unwrap_or_default()));
        let tolerance = item.tolerance.map(|t| format!("±{t}").replace("±+", "+"));
        let price = item.price.as_ref().map(|p| format!("@ {}", amount(ctx, p, own)));
        let parts = [item.name.clone(), qty, tolerance, price];
        sheet.put(("45A 明细", "45A Line"), parts.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    }
}

/// 45A, 46A and 47A in full, as amended.
pub(super) fn texts(ctx: &Ctx<'_>, credit: &Credit<'_>) -> Vec<Field> {
    let asked: Vec<&str> = credit.documents.iter().filter_map(|d| d.value.text.as_deref()).collect();
    let conditions: Vec<&str> = credit.conditions.iter().map(|c| c.value).collect();
    let mut sheet = Sheet::new(ctx);
    sheet.put(("45A 货物", "45A Goods"), credit.goods_text().unwrap_or_default());
    sheet.put(("46A 单据", "46A Documents"), asked.join("\n"));
    sheet.put(("47A 附加条款", "47A Conditions"), conditions.join("\n"));
    sheet.fields
}

pub(super) fn amendment(ctx: &Ctx<'_>, record: &CreditAmendment) -> Amendment {
    let known = |day: Option<NaiveDate>| day.filter(|d| *d <= ctx.as_of());
    let (state, mark) = match (known(record.accepted), known(record.rejected)) {
        (_, Some(day)) => {
            let day = ctx.day(day).text;
            (say!(ctx, "{day} 拒绝", "rejected {day}"), Mark::Na)
        }
        (Some(day), None) => {
            let day = ctx.day(day).text;
            (say!(ctx, "{day} 接受", "accepted {day}"), Mark::Done)
        }
        (None, None) => {
            let since =
                record.received.or(record.date).map(|d| (ctx.as_of() - d).num_days()).filter(|n| *n > 0);
            let text = match since {
                Some(1) => say!(ctx, "待答 1 天", "unanswered for 1 day"),
                Some(days) => say!(ctx, "待答 {days} 天", "unanswered for {days} days"),
                None => say!(ctx, "待答", "to be answered"),
            };
            (text, Mark::Warn)
        }
    };
    Amendment {
        number: record.number.clone().unwrap_or_default(),
        day: record.date.map(|d| ctx.day(d)),
        state,
        mark,
        text: record.text.clone().unwrap_or_else(|| credit::changes(record).join(", ")),
    }
}
