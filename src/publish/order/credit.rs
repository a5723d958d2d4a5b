//! Letters of credit: the terms in force with their MT700 tags, the amendments, and the clocks as dates. Whether
//! the papers comply is for the examination to say, not for this.

use chrono::NaiveDate;

use super::documents::anchor_id;
use super::show::{Sheet, allowed, amount, with_unit};
use crate::derive::{OrderFacts, credit};
use crate::load::fields::Originals;
use crate::model::Order;
use crate::model::document::{CreditAmendment, LetterOfCredit, LetterOfCreditTerms, Printed, Required};
use crate::model::value::Currency;
use crate::publish::ctx::Ctx;
use crate::publish::order::goods::percent;
use crate::publish::state::{left_text, present_within, presentation_limit};
use crate::say;
use crate::site::view::{Amendment, Credit, CreditClock, Field, Link, Mark, Requirement};
use crate::text::StaticBi;

/// The credits of an order, replaced ones last.
pub(super) fn of(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts) -> Vec<Credit> {
    let mut all: Vec<&LetterOfCredit> = order.docs.lc.iter().collect();
    all.sort_by_key(|lc| !lc.paper.is_current());
    all.into_iter().map(|lc| one(ctx, order, facts, lc)).collect()
}

fn one(ctx: &Ctx<'_>, order: &Order, facts: &OrderFacts, lc: &LetterOfCredit) -> Credit {
    let shipped = facts.shipments.iter().filter_map(|s| s.shipped).max();
    let presented = facts.progress.is_done(crate::model::stage::Milestone::Presented);
    let last = shipped.and_then(|day| presentation_limit(lc, day, ctx.as_of()));
    let left =
        last.filter(|_| !presented && !facts.is_cancelled()).map(|last| (last - ctx.as_of()).num_days());
    let used = shipped.zip(last).filter(|_| !presented).map(|(from, to)| {
        let (gone, all) = ((ctx.as_of() - from).num_days(), (to - from).num_days());
        percent(gone.into(), all.into())
    });
    Credit {
        number: lc.paper.number.clone().unwrap_or_default(),
        summary: summary(ctx, lc),
        fields: terms(ctx, order, lc),
        clocks: clocks(ctx, lc, shipped, last, presented),
        left: left
            .map(|days| {
                let left = left_text(ctx, days);
                say!(ctx, "交单{left}", "Presentation: {left}")
            })
            .unwrap_or_default(),
        used_percent: used.unwrap_or(0),
        requirements: requirements(ctx, order, lc),
        checks: Vec::new(),
        texts: texts(ctx, lc),
        amendments: lc.amendments.iter().map(|a| amendment(ctx, a)).collect(),
    }
}

fn summary(ctx: &Ctx<'_>, lc: &LetterOfCredit) -> String {
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

fn terms(ctx: &Ctx<'_>, order: &Order, lc: &LetterOfCredit) -> Vec<Field> {
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
    let word = |a: &crate::load::fields::Allowed| ctx.word(allowed(*a)).to_owned();
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

fn clocks(
    ctx: &Ctx<'_>,
    lc: &LetterOfCredit,
    shipped: Option<NaiveDate>,
    last: Option<NaiveDate>,
    presented: bool,
) -> Vec<CreditClock> {
    let as_of = ctx.as_of();
    let mut clocks = Vec::new();
    if let Some(latest) = credit::latest_shipment(lc, as_of) {
        let (mark, note) = shipment_clock(ctx, latest, shipped);
        clocks.push(clock(ctx, ("最迟装运 44C", "Latest shipment 44C"), Some(latest), note, mark));
    }
    let days = present_within(lc, as_of);
    let period = shipped.and_then(|d| d.checked_add_days(chrono::Days::new(u64::from(days))));
    let note = say!(ctx, "装运后 {days} 天", "{days} days after shipment");
    let open = if presented { Mark::Done } else { Mark::Open };
    let label = ("交单期 48", "Presentation period 48");
    clocks.push(clock(ctx, label, period, note, if period.is_none() { Mark::Todo } else { open }));
    if let Some(expiry) = credit::expiry(lc, as_of) {
        let place = lc.expiry_place.clone().unwrap_or_default();
        let mark = if presented {
            Mark::Done
        } else if expiry < as_of {
            Mark::Late
        } else {
            Mark::Open
        };
        clocks.push(clock(ctx, ("有效期 31D", "Expiry 31D"), Some(expiry), place, mark));
    }
    if let Some(last) = last {
        let days = (last - as_of).num_days();
        let (mark, note) = match (presented, days < 0) {
            (true, _) => (Mark::Done, say!(ctx, "已交单", "presented")),
            (false, late) => (if late { Mark::Late } else { Mark::Open }, left_text(ctx, days)),
        };
        let label = ("最后交单", "Last presentation");
        clocks.push(CreditClock { decisive: true, ..clock(ctx, label, Some(last), note, mark) });
    }
    clocks
}

fn shipment_clock(ctx: &Ctx<'_>, latest: NaiveDate, shipped: Option<NaiveDate>) -> (Mark, String) {
    let Some(shipped) = shipped else {
        let days = (latest - ctx.as_of()).num_days();
        return (if days < 0 { Mark::Late } else { Mark::Open }, left_text(ctx, days));
    };
    let (day, early) = (ctx.day(shipped).text, (latest - shipped).num_days());
    match early {
        0 => (Mark::Done, say!(ctx, "实装 {day}，最后一天", "shipped {day}, the last day")),
        1.. => (Mark::Done, say!(ctx, "实装 {day}，早 {early} 天", "shipped {day}, {early} days early")),
        _ => {
            let late = early.unsigned_abs();
            (Mark::Late, say!(ctx, "实装 {day}，晚 {late} 天", "shipped {day}, {late} days late"))
        }
    }
}

fn clock(ctx: &Ctx<'_>, label: StaticBi, day: Option<NaiveDate>, note: String, mark: Mark) -> CreditClock {
    CreditClock {
        label: ctx.word(label).to_owned(),
        day: day.map(|d| ctx.weekday(d)),
        note,
        mark,
        decisive: false,
    }
}

/// 46A in force: what the credit asks, plus what accepted amendments add, less what they take away.
fn requirements(ctx: &Ctx<'_>, order: &Order, lc: &LetterOfCredit) -> Vec<Requirement> {
    let mut asked: Vec<&Required> = lc.documents.iter().collect();
    for amendment in credit::accepted(lc, ctx.as_of()) {
        if let Some(set) = amendment.set.as_deref().filter(|set| !set.documents.is_empty()) {
            asked = set.documents.iter().collect();
        }
        if let Some(removed) = amendment.remove.as_deref() {
            asked.retain(|a| {
                !removed.documents.iter().any(|r| r.kind == a.kind && (r.text.is_none() || r.text == a.text))
            });
        }
        asked.extend(amendment.add.as_deref().into_iter().flat_map(|add| &add.documents));
    }
    asked.into_iter().map(|required| requirement(ctx, order, required)).collect()
}

fn requirement(ctx: &Ctx<'_>, order: &Order, required: &Required) -> Requirement {
    let kind = required.kind.as_deref().unwrap_or_default();
    let (registered, problem, mark) = match papers(order, kind).map(|papers| papers.into_iter().next()) {
        None => (Link::text(say!(ctx, "要人看", "to be looked at")), "", Mark::Open),
        Some(Some((index, paper))) => {
            let reference = paper.reference().unwrap_or_default();
            let text = if reference.is_empty() { ctx.word(("无编号", "no number")) } else { reference };
            let link = Link::new(text, format!("#{}", anchor_id(kind, reference, index)));
            // Registered is all that is known here; nobody has compared it with the credit yet.
            (link, ctx.word(("已登记", "registered")), Mark::Done)
        }
        Some(None) => (Link::default(), ctx.word(("还没登记", "not registered yet")), Mark::Open),
    };
    Requirement {
        what: what(ctx, kind, required),
        copies: copies(ctx, required),
        registered,
        mark,
        problem: Link::text(problem),
    }
}

/// Registered papers of a kind that count; `None` for a kind that has no table of its own.
fn papers<'o>(order: &'o Order, kind: &str) -> Option<Vec<(usize, &'o Printed)>> {
    fn current<'o, T>(list: &'o [T], get: fn(&'o T) -> &'o Printed) -> Vec<(usize, &'o Printed)> {
        let all = list.iter().map(get).enumerate();
        all.filter(|(_, p)| p.is_current() && !p.is_draft()).collect()
    }
    let docs = &order.docs;
    Some(match kind {
        "invoice" => current(&docs.invoice, |d| &d.paper),
        "packing" => current(&docs.packing, |d| &d.paper),
        "bl" => current(&docs.bl, |d| &d.paper),
        "awb" => current(&docs.awb, |d| &d.paper),
        "waybill" => current(&docs.waybill, |d| &d.paper),
        "courier" => current(&docs.courier, |d| &d.paper),
        "insurance" => current(&docs.insurance, |d| &d.paper),
        "origin" => current(&docs.origin, |d| &d.paper),
        "draft" => current(&docs.draft, |d| &d.paper),
        _ => return None,
    })
}

fn what(ctx: &Ctx<'_>, kind: &str, required: &Required) -> String {
    let name = match kind {
        "invoice" => ("发票", "Invoice"),
        "packing" => ("装箱单", "Packing list"),
        "bl" => ("提单", "Bill of lading"),
        "awb" => ("空运单", "Air waybill"),
        "insurance" => ("保险", "Insurance"),
        "origin" => ("产地证", "Certificate of origin"),
        "draft" => ("汇票", "Draft"),
        "certificate" => ("证明", "Certificate"),
        "courier" => ("快递单", "Courier receipt"),
        "waybill" => ("运单", "Waybill"),
        _ => return required.text.clone().unwrap_or_else(|| kind.to_owned()),
    };
    let mut parts = vec![ctx.word(name).to_owned()];
    if required.originals == Some(Originals::Full) {
        parts.push(ctx.word(("全套正本", "full set")).to_owned());
    }
    parts.extend(required.consignee.clone());
    parts.extend(required.freight.map(|f| {
        let word = ctx.word(f.title());
        say!(ctx, "运费{word}", "freight {word}")
    }));
    parts.extend(required.percent.map(|p| p.to_string()));
    parts.extend(required.risks.iter().cloned());
    parts.extend(required.issuer.clone());
    if kind == "certificate" {
        parts.extend(required.text.clone());
    }
    parts.join(" · ")
}

fn copies(ctx: &Ctx<'_>, required: &Required) -> String {
    let originals = required.originals.map(|o| match o {
        Originals::Count(n) => n.to_string(),
        Originals::Full => ctx.word(("全套", "full set")).to_owned(),
    });
    match (originals, required.copies) {
        (Some(originals), Some(copies)) => format!("{originals} + {copies}"),
        (Some(originals), None) => originals,
        (None, Some(copies)) => say!(ctx, "副本 {copies}", "{copies} copies"),
        (None, None) => String::new(),
    }
}

/// 45A and 47A in full.
fn texts(ctx: &Ctx<'_>, lc: &LetterOfCredit) -> Vec<Field> {
    let accepted = credit::accepted(lc, ctx.as_of());
    let goods = accepted
        .iter()
        .rev()
        .find_map(|a| a.set.as_deref()?.goods.clone())
        .or_else(|| lc.paper.goods.clone());
    let mut conditions = lc.conditions.clone();
    for amendment in &accepted {
        conditions
            .extend(amendment.add.as_deref().into_iter().flat_map(|add| add.conditions.iter().cloned()));
        if let Some(removed) = amendment.remove.as_deref() {
            conditions.retain(|c| !removed.conditions.contains(c));
        }
    }
    let asked: Vec<String> = lc.documents.iter().filter_map(|d| d.text.clone()).collect();
    let mut sheet = Sheet::new(ctx);
    sheet.put(("45A 货物", "45A Goods"), goods.unwrap_or_default());
    sheet.put(("46A 单据（开证时）", "46A Documents (as issued)"), asked.join("\n"));
    sheet.put(("47A 附加条款", "47A Conditions"), conditions.join("\n"));
    sheet.fields
}

fn amendment(ctx: &Ctx<'_>, record: &CreditAmendment) -> Amendment {
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
                Some(days) => say!(ctx, "待答 {days} 天", "to be answered for {days} days"),
                None => say!(ctx, "待答", "to be answered"),
            };
            (text, Mark::Open)
        }
    };
    Amendment {
        number: record.number.clone().unwrap_or_default(),
        day: record.date.map(|d| ctx.day(d)),
        state,
        mark,
        text: record.text.clone().unwrap_or_default(),
    }
}
