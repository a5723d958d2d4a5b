//! What customers owe, and when it is expected.

use super::*;

pub(super) fn receivables(t: T) -> ReceivablesPage {
    let said = |mark: Mark, zh: &str, en: &str| Said { mark, text: t.t(zh, en) };
    let cells = |not_due: &str, first: &str| OwedCells {
        not_due: not_due.into(),
        buckets: [first, "", "", "", ""].map(String::from).to_vec(),
        disputed: String::new(),
        open: "30,828.00".into(),
    };
    let late = OwedRow {
        customer: Link::new("Hanse Licht", "c/hanse-licht.html"),
        order: Link::new("GD26-0117", "o/GD26-0117.html#money"),
        instalment: t.t("70% 见提单副本付款", "70% against copy of B/L"),
        lot: t.t("第 2 批", "lot 2"),
        due: PayDue { day: Some(md("11-20")), ..PayDue::default() },
        state: said(Mark::Late, "逾期 3 天", "3 days overdue"),
        expected: t.t("预计 11-27", "expected 11-27"),
        overdue: true,
        cells: cells("", "30,828.00"),
        security: said(Mark::Open, "正本在手", "originals in hand"),
        reminded: "11-21 lin.yan".into(),
        next: said(Mark::Todo, "11-27 T+7", "11-27 T+7"),
        owner: "lin.yan".into(),
    };
    let ahead = OwedRow {
        order: Link::new("GD26-0124", "o/GD26-0124.html#money"),
        due: PayDue { waits: t.t("等承兑", "waits for acceptance"), ..PayDue::default() },
        overdue: false,
        cells: cells("58,344.00", ""),
        ..late.clone()
    };
    let bar = |x: &str, firm: &str, soft: &str, value: &str, late: bool| CashBar {
        x: x.into(),
        middle: x.into(),
        width: "4.8".into(),
        firm_y: "40".into(),
        firm: firm.into(),
        soft_y: "20".into(),
        soft: soft.into(),
        value: value.into(),
        label: "23".into(),
        month: t.t("11月", "Nov"),
        late,
    };
    ReceivablesPage {
        path: "receivables.html".into(),
        title: t.t("应收", "Receivables"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        downloads: vec![Link::new("XLSX", "receivables.xlsx")],
        verdict: t.t("逾期 1 笔：USD 30,828.00", "1 overdue: USD 30,828.00"),
        verdict_mark: Mark::Late,
        sums: vec![OwedSum {
            currency: "USD".into(),
            anchor: "usd".into(),
            open: "89,172.00".into(),
            overdue: "30,828.00".into(),
            rate: "7.0812".into(),
            rate_note: "2026-10-30 ECB".into(),
            rate_mark: Mark::Warn,
            base_open: "631,445".into(),
            base_overdue: "218,299".into(),
            ..OwedSum::default()
        }],
        base: t.t("约合 CNY", "about, in CNY"),
        base_open: "631,445".into(),
        base_overdue: "218,299".into(),
        base_notes: vec![
            said(Mark::Todo, "折成 CNY 只供参考。", "In CNY for display only."),
            said(Mark::Late, "没有 JPY 的汇率。", "No rate for JPY."),
        ],
        counts: OwedCounts { all: 2, overdue: 1, not_due: 1 },
        buckets: ["1–30", "31–60", "61–90", "91–180", ">180"].map(String::from).to_vec(),
        groups: vec![OwedGroup {
            anchor: "usd".into(),
            currency: "USD".into(),
            note: t.t("2 笔，未收 89,172.00", "2 amounts, 89,172.00 open"),
            rows: vec![late, ahead],
            total: cells("58,344.00", "30,828.00"),
        }],
        notes: vec![OwedNote {
            text: t.t(
                "1 单还没签约，没算：USD 8,460.00",
                "1 order is not signed, and not in the sums: USD 8,460.00",
            ),
            orders: vec![Link::new("GD26-0131", "o/GD26-0131.html")],
            more: t.t("另有 2 笔", "2 more"),
        }],
        loose: vec![LooseRow {
            customer: Link::new("Hanse Licht", "c/hanse-licht.html"),
            order: Link::new("GD26-0117", "o/GD26-0117.html#money"),
            amount: "USD 500.00".into(),
            day: Some(md("11-18")),
            why: said(Mark::Warn, "比应收多", "more than was due"),
        }],
        cash: vec![CashChart {
            currency: "USD".into(),
            alt: t.t("USD 共 89,172.00", "USD 89,172.00 in all"),
            bars: vec![
                bar("1", "36", "0", t.t("3万", "31k").as_str(), true),
                bar("10.94", "36", "20", t.t("5.8万", "58k").as_str(), false),
            ],
            rows: vec![CashRow {
                label: t.t("11-23 至 11-29", "23 Nov to 29 Nov"),
                week: t.t("第 48 周", "week 48"),
                firm: "30,828.00".into(),
                soft: String::new(),
                sum: "30,828.00".into(),
                late: false,
                orders: vec![CashOrder {
                    order: Link::new("GD26-0117", "o/GD26-0117.html#money"),
                    amount: "30,828.00".into(),
                    note: t.t("预计", "promised"),
                }],
                more: String::new(),
            }],
            total: "89,172.00".into(),
            total_firm: "30,828.00".into(),
            total_soft: "58,344.00".into(),
        }],
        cash_title: t.t("预计收汇，按周", "Expected money, by week"),
        pages: vec![],
    }
}
