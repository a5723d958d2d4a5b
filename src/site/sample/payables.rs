//! What we owe.

use super::*;

pub(super) fn payables(t: T) -> PayablesPage {
    let week = |zh: &str, en: &str, text: &str, percent, overdue| CashPeriod {
        label: t.t(zh, en),
        amounts: vec![CashAmount { text: text.into(), percent, overdue }],
    };
    let haoyu = || Link::new(t.t("宁波浩宇照明", "Ningbo Haoyu Lighting"), "s/ningbo-haoyu.html");
    let bill = PayableBill {
        due: Some(md("11-20")),
        when: t.t("逾期 3 天", "3 days overdue"),
        mark: Mark::Late,
        party: haoyu(),
        kind: t.t("货款", "goods"),
        number: "F-1107".into(),
        order: Link::new("GD26-0117", "o/GD26-0117.html#money"),
        amount: "CNY 226,800.00".into(),
        paid: "68,040.00".into(),
        open: "CNY 158,760.00".into(),
        open_sort: "CNY 0000000000158760.00".into(),
        vat: "VAT20261102117".into(),
        vat_mark: Mark::Done,
    };
    let freight = PayableBill {
        due: None,
        when: t.t("没写到期日", "no due day"),
        mark: Mark::Warn,
        party: Link::new(t.t("宁波远海货代", "Ningbo Yuanhai Forwarding"), "f/cosco-nb.html"),
        kind: t.t("运费", "freight"),
        number: String::new(),
        order: Link::new("GD26-0124", "o/GD26-0124.html#money"),
        amount: "USD 1,450.00".into(),
        paid: String::new(),
        open: "USD 1,450.00".into(),
        open_sort: "USD 0000000000001450.00".into(),
        vat: t.t("不适用", "none expected"),
        vat_mark: Mark::Na,
    };
    PayablesPage {
        path: "payables.html".into(),
        title: t.t("应付", "Payables"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        downloads: vec![],
        verdict: t.t(
            "未付 CNY 158,760.00 · USD 1,450.00，已逾期 CNY 158,760.00",
            "Open: CNY 158,760.00 · USD 1,450.00; overdue CNY 158,760.00",
        ),
        verdict_mark: Mark::Late,
        weeks: vec![
            week("已逾期", "Overdue", "CNY 158,760.00", 100, true),
            week("本周", "This week", "—", 0, false),
            week("没写到期日", "No due day", "USD 1,450.00", 100, false),
        ],
        parties: vec![PayableParty {
            name: haoyu(),
            open: "CNY 158,760.00".into(),
            open_sort: "CNY 0000000000158760.00".into(),
            overdue: "158,760.00".into(),
            next: Some(md("11-20")),
            bills: "1".into(),
            ahead: "19,200.00".into(),
        }],
        bills: vec![bill.clone(), freight],
        bills_note: t.t("2 张", "2 bills"),
        pages: vec![],
        ahead: vec![PayableAhead {
            day: Some(md("11-12")),
            party: haoyu(),
            order: Link::new("GD26-0131", "o/GD26-0131.html"),
            amount: "CNY 19,200.00".into(),
            what: t.t("模具款", "tooling"),
            why: t.t("预付，还没有账单", "paid ahead, no bill yet"),
            mark: Mark::Open,
        }],
        ahead_note: t.t("1 笔", "1 payment"),
        ordered: vec![PayableOrdered {
            party: haoyu(),
            order: Link::new("GD26-0131", "o/GD26-0131.html"),
            due: Some(md("12-28")),
            ordered: "CNY 145,200.00".into(),
            billed: String::new(),
            ahead: "19,200.00".into(),
            rest: "CNY 145,200.00".into(),
            rest_sort: "CNY 0000000000145200.00".into(),
            note: t.t("1 款没写数量或采购价", "1 item without quantity or price"),
        }],
        ordered_note: t.t(
            "还没开账单 CNY 145,200.00，不在上面的未付里",
            "CNY 145,200.00 not billed yet, not in the bills above",
        ),
        invoices: vec![PayableBill { vat: t.t("没登记", "not recorded"), vat_mark: Mark::Warn, ..bill }],
        invoices_note: t.t("1 张 · CNY 226,800.00", "1 bill · CNY 226,800.00"),
    }
}
