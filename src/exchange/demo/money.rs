//! `money.toml`: what came in with its charges, what was chased, owed, paid and filed.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::{add, work};
use super::goods;
use super::order::Order;
use super::parties::{BOSS, transfer_charge};
use super::paying::Manner;
use super::terms::Method;
use super::toml::Toml;

/// The file as of a day.
pub(super) fn file(order: &Order, all: NaiveDate) -> String {
    let horizon = order.until(all);
    let mut out = Toml::with_schema("money");
    receipts(order, &mut out, horizon);
    reminders(order, &mut out, horizon);
    suppliers(order, &mut out, horizon);
    filings(order, &mut out, horizon);
    adjustments(order, &mut out, horizon);
    credits(order, &mut out, horizon);
    cancellation(order, &mut out, all, horizon);
    if out.is_blank() { String::new() } else { out.finish() }
}

fn receipts(order: &Order, out: &mut Toml, horizon: NaiveDate) {
    let (deposit, balance) = order.instalments();
    if let Some(day) = order.life.deposit.filter(|day| *day <= horizon && order.terms.deposit > 0) {
        receipt(order, out, (day, deposit, "deposit", 1));
    }
    let (paid, method) = (order.life.paid, order.terms.method.code());
    let balance = match order.manner {
        Manner::Full | Manner::Renminbi(_) => balance,
        Manner::Short(short) | Manner::WrittenOff(short, _) => balance - short,
        Manner::Over(extra, _) => balance + extra,
        Manner::Parts(day, first) => {
            if day <= horizon {
                receipt(order, out, (day, first, method, 2));
            }
            balance - first
        }
    };
    let part = if matches!(order.manner, Manner::Parts(..)) { 3 } else { 2 };
    if paid <= horizon {
        receipt(order, out, (paid, balance, method, part));
    }
}

fn receipt(order: &Order, out: &mut Toml, (day, amount, what, part): (NaiveDate, Decimal, &str, u32)) {
    let charge = transfer_charge(order.terms.currency);
    // A charge that nobody shows is not beside one that somebody does.
    let plain = !matches!(order.manner, Manner::Short(_)) || what == "deposit";
    let charged = order.charged && plain && amount > charge * Decimal::TEN;
    out.element("received");
    out.raw("date", day);
    match order.manner {
        Manner::Renminbi(rate) if what != "deposit" => {
            let sum = goods::money(amount * rate, "CNY");
            out.text("amount", &format!("CNY {sum}"));
            out.raw("fx", format!("{{ rate = {rate}, order_amount = {amount} }}"));
        }
        _ if charged => {
            out.raw("amount", amount - charge);
            out.raw("charges", charge);
        }
        _ => out.raw("amount", amount),
    }
    out.text("for", what);
    out.text("payer", &order.customer.name);
    out.text("ref", &format!("FT{}NB{:06}{part}", day.format("%y%j"), order.k));
}

fn reminders(order: &Order, out: &mut Toml, horizon: NaiveDate) {
    if order.terms.method.is_lc() || order.paid_ahead() {
        return;
    }
    for step in [1, 7, 15, 30, 45, 60, 90] {
        let day = add(order.life.due, step);
        if day <= horizon && day < order.life.paid {
            let (how, said) = match step {
                1 => ("mail", "已发邮件附银行信息 / mailed with bank details"),
                7 => ("mail", "第二次催, 新单停排 / second reminder, no new production"),
                15 => ("phone", "客户说本周安排 / buyer says this week"),
                30 => ("letter", "正式催款函 / formal demand"),
                45 => ("phone", "最后通知 / last call"),
                60 => ("letter", "通知信保 / credit insurer told"),
                _ => ("letter", "移交律师 / handed to a lawyer"),
            };
            out.element("reminders");
            out.raw("date", day);
            out.text("how", how);
            out.text("who", order.customer.merchandiser.id);
            out.text("said", said);
            out.text("step", &format!("T+{step}"));
            if step >= 15 {
                out.text("escalated", BOSS.id);
            }
        }
    }
}

fn suppliers(order: &Order, out: &mut Toml, horizon: NaiveDate) {
    let shares: Vec<Share<'_>> = order.suppliers.iter().map(|supplier| Share::of(order, supplier)).collect();
    let billed = work(order.life.loaded, 3);
    if order.life.materials <= horizon {
        for share in &shares {
            payment(out, order.life.materials, share.supplier, share.first, "30% 订金");
        }
    }
    let vat = |part: usize| format!("26332{part}{:014}", order.k);
    if billed <= horizon {
        let freight = if order.terms.prepaid() { 320 } else { 60 };
        let volume = order.goods.cbm.ceil().max(Decimal::ONE);
        let freight = goods::money(volume * Decimal::from(freight), "CNY");
        let kind = if order.terms.prepaid() { "freight" } else { "local" };
        let mut bills = shares.iter().map(|share| (share.supplier, "goods", share.cost)).collect::<Vec<_>>();
        bills.push((order.forwarder, kind, freight));
        if order.terms.insured() {
            let premium = goods::money(order.goods.cost * Decimal::new(22, 4), "CNY");
            bills.push((order.forwarder, "premium", premium));
        }
        for ((from, kind, amount), part) in bills.into_iter().zip(1..) {
            out.element("bills");
            out.text("from", from);
            out.text("kind", kind);
            out.text("amount", &format!("CNY {amount}"));
            out.raw("date", billed);
            out.raw("due", work(billed, 30));
            out.text("vat", &vat(part));
        }
        if work(billed, 30) <= horizon {
            payment(out, work(billed, 30), order.forwarder, freight, "运费港杂");
            if order.terms.insured() {
                let premium = goods::money(order.goods.cost * Decimal::new(22, 4), "CNY");
                payment(out, work(billed, 30), order.forwarder, premium, "保费");
            }
        }
    }
    if work(billed, 30) <= horizon {
        for share in &shares {
            payment(out, work(billed, 30), share.supplier, share.cost - share.first, "70% 尾款");
        }
    }
}

/// What one supplier is owed, and the deposit within it.
struct Share<'a> {
    supplier: &'a str,
    cost: Decimal,
    first: Decimal,
}

impl<'a> Share<'a> {
    fn of(order: &Order, supplier: &'a str) -> Self {
        let cost = order.made_by(supplier).map(|item| item.buy * Decimal::from(item.qty)).sum();
        let cost = goods::money(cost, "CNY");
        Self { supplier, cost, first: goods::money(cost * Decimal::new(30, 2), "CNY") }
    }
}

fn payment(out: &mut Toml, day: NaiveDate, to: &str, amount: Decimal, what: &str) {
    out.element("paid");
    out.raw("date", day);
    out.text("to", to);
    out.text("amount", &format!("CNY {amount}"));
    out.text("for", what);
}

fn filings(order: &Order, out: &mut Toml, horizon: NaiveDate) {
    let life = &order.life;
    let early = life.deposit.filter(|day| (life.etd - *day).num_days() > 30).map(|day| work(day, 12));
    let whole = (order.paid_ahead() && (life.etd - life.paid).num_days() > 30).then(|| work(life.paid, 12));
    let late = ((life.due - life.etd).num_days() > 90).then(|| work(life.etd, 15));
    let credit = matches!(order.terms.method, Method::Oa | Method::Da).then(|| work(life.etd, 6));
    let sea = order.terms.mode.has_bl();
    let ens = (sea && order.customer.market.eu).then_some(life.documents);
    let isf = (sea && order.customer.market.country == "US").then_some(life.documents);
    let refund = work(life.etd, 40);
    let list = [
        ("safe", early),
        ("safe", whole),
        ("ens", ens),
        ("isf", isf),
        ("credit-insurance", credit),
        ("safe", late),
        ("tax-refund", Some(refund).filter(|_| order.terms.rule != "EXW")),
        ("record-set", Some(work(refund, 10)).filter(|_| order.terms.rule != "EXW")),
    ];
    for (kind, day) in list {
        if let Some(day) = day.filter(|day| *day <= horizon) {
            out.element("filings");
            out.text("kind", kind);
            out.raw("date", day);
        }
    }
}

/// What was paid too much goes back, what is not worth asking for is written off.
fn adjustments(order: &Order, out: &mut Toml, horizon: NaiveDate) {
    let (day, amount, kind, why) = match order.manner {
        Manner::Over(extra, Some(day)) => (day, extra, "refund", "多付退回 / paid twice in part, returned"),
        Manner::WrittenOff(short, day) => (day, short, "write-off", "尾差核销 / small balance written off"),
        _ => return,
    };
    if day <= horizon {
        out.element("credits");
        out.raw("date", day);
        out.raw("amount", amount);
        out.text("kind", kind);
        out.text("why", why);
        out.text("by", BOSS.id);
    }
}

/// An accepted claim: the credit note lowers what is due, and what was already paid goes back.
fn credits(order: &Order, out: &mut Toml, horizon: NaiveDate) {
    let Some(opened) = order.life.complaint.filter(|_| order.accepted) else { return };
    let (_, accepted) = order.claim();
    let settled = work(opened, 14);
    let back = work(settled, 5).max(work(order.life.paid, 5));
    for (kind, day) in [("credit-note", settled), ("refund", back)] {
        if day <= horizon {
            out.element("credits");
            out.raw("date", day);
            out.raw("amount", accepted);
            out.text("kind", kind);
            out.text("why", &format!("CN{}", order.tail()));
            out.text("by", BOSS.id);
            out.text("complaint", &format!("CL{}", order.tail()));
        }
    }
}

/// A deposit of a cancelled order is kept when the buyer cancelled, else paid back.
fn cancellation(order: &Order, out: &mut Toml, all: NaiveDate, horizon: NaiveDate) {
    let (deposit, balance) = order.instalments();
    let kept = if order.terms.deposit > 0 { deposit } else { balance };
    let Some(day) = order.life.cancelled.filter(|day| *day <= all) else { return };
    if order.life.deposit.is_some_and(|paid| paid <= horizon) {
        out.element("credits");
        out.raw("date", day);
        out.raw("amount", kept);
        out.text("kind", if order.accepted { "forfeit" } else { "refund" });
        out.text("why", "订单取消 / order cancelled");
        out.text("by", BOSS.id);
    }
}
