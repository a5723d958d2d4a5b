//! Exports and the tax file.

use super::*;

pub(super) fn customs(t: T) -> CustomsPage {
    let row = ExportRow {
        number: Link::new("310420260560417713", "o/GD26-0117.html#documents"),
        order: Link::new("GD26-0117", "o/GD26-0117.html"),
        customer: t.t("汉萨照明", "Hanse Licht GmbH"),
        exported: Some(md("11-07")),
        amount: "USD 44,040.00".into(),
        amount_sort: "USD 0000000000044040.00".into(),
        received: Link::new("USD 13,187.00", "o/GD26-0117.html#money"),
        received_sort: "USD 0000000000013187.00".into(),
        received_notes: vec![
            t.t("另手续费 25.00", "charges 25.00"),
            t.t("差 30,828.00", "30,828.00 to come"),
        ],
        received_mark: Mark::Open,
        deadline: Some(Day::new("2027-04-30", "2027-04-30")),
        deadline_note: t.t("剩 158 天", "158 days left"),
        deadline_mark: Mark::Open,
        claimed_word: t.t("未申报", "not claimed"),
        claimed_note: t.t("缺进项发票", "VAT invoice missing"),
        claimed_mark: Mark::Warn,
        set: Link::new("5/7", "o/GD26-0117.html#documents"),
        set_sort: "2".into(),
        set_note: t.t("缺报关费发票、备案目录", "missing: broker's invoice, list of the set"),
        set_mark: Mark::Late,
        set_due: t.t("11-20 前成册，过了 3 天", "due 20 Nov, 3 days past"),
        ..ExportRow::default()
    };
    let undeclared = ExportRow {
        no_number: t.t("没登记报关单", "declaration not registered"),
        no_number_mark: Mark::Warn,
        order: Link::new("GD26-0124", "o/GD26-0124.html"),
        batch: t.t("第 2 批", "shipment 2"),
        exported: Some(md("11-12")),
        exported_note: t.t("手填", "typed"),
        keep: Some(Day::new("2036-10-30", "2036-10-30")),
        ..ExportRow::default()
    };
    let group = |id: &str, zh: &str, en: &str, kept, rows| ExportGroup {
        id: id.into(),
        title: t.t(zh, en),
        note: t.t("1 票；报关 USD 44,040.00", "1 export; declared USD 44,040.00"),
        kept,
        rows,
    };
    CustomsPage {
        path: "customs.html".into(),
        title: t.t("报关与退税", "Customs and tax file"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        figures: vec![t.fig("1", "票收汇未齐", "exports lack receipts", Mark::Todo, "#receipts")],
        groups: vec![
            group("receipts", "收汇未齐", "Receipts outstanding", false, vec![row]),
            group("undeclared", "没登记报关单", "Not registered", true, vec![undeclared]),
        ],
        pages: vec![],
        periods: vec![t.ff("收汇", "Receipt", "次年 4 月 30 日前", "by 30 April of the year after")],
        source: t.t("以公告为准。", "The announcement governs."),
    }
}
