//! The archive and one of its months.

use super::*;

pub(super) fn archive_index(t: T) -> ArchiveIndexPage {
    let month = |name: &str, orders, incomplete| ArchiveMonth {
        name: name.into(),
        href: "archive/2026/09.html".into(),
        orders,
        complete: orders - incomplete,
        incomplete,
        cancelled: 0,
    };
    ArchiveIndexPage {
        title: t.t("归档", "Archive"),
        summary: t.t("共 61 单，缺件 2 单", "61 orders, 2 incomplete"),
        years: vec![
            ArchiveYear {
                year: "2026".into(),
                months: vec![month("2026-09", 12, 2), month("2026-08", 9, 0)],
            },
            ArchiveYear { year: "2025".into(), months: vec![month("2025-12", 40, 0)] },
        ],
        guides: vec![],
    }
}

pub(super) fn archive_month(t: T) -> ArchiveMonthPage {
    let item = |zh: &str, en: &str, mark| ArchiveItem { label: t.t(zh, en), mark };
    ArchiveMonthPage {
        year: "2026".into(),
        pages: vec![],
        month: "09".into(),
        title: t.t("归档 2026-09", "Archive 2026-09"),
        summary: t.t("12 单，完整 10，缺件 2", "12 orders, 10 complete, 2 incomplete"),
        entries: vec![ArchiveEntry {
            order: Link::new("GD26-0061", "o/GD26-0117.html"),
            customer: "Nordkap AS".into(),
            mark: Mark::Late,
            items: vec![
                item("合同", "Contract", Mark::Done),
                item("发票", "Invoice", Mark::Done),
                item("提单", "B/L", Mark::Done),
                item("水单 2/2", "Bank advices 2/2", Mark::Done),
                item("运费发票（FOB 不适用）", "Freight invoice (not under FOB)", Mark::Na),
                item("反馈", "Feedback", Mark::Late),
            ],
            facts: vec![
                t.f("备案目录序号", "Filing number", "2026-0061"),
                t.ff("保存到", "Keep until", "2036（起算日以公告为准）", "2036 (start as announced)"),
                t.f("提交", "Commit", "77d01be"),
            ],
        }],
        verify: vec![
            Field::new("Linux, macOS", "sha256sum -c SHA256SUMS"),
            Field::new("Windows", "powershell -File verify.ps1"),
            t.f("有 gendan", "With gendan", "gendan verify ."),
        ],
    }
}

/// A page inside the archive; its style would lie beside it.
pub(super) fn filed_order(t: T) -> FiledOrderPage {
    let item = |zh: &str, en: &str, mark| ArchiveItem { label: t.t(zh, en), mark };
    let file = |name: &str, what: String| FiledFile { link: Link::new(name, ""), what };
    FiledOrderPage {
        file: "archive/2026/GD26-0061/index.html".into(),
        title: "GD26-0061 · Nordkap AS".into(),
        company: t.t("宁波示例贸易有限公司", "Ningbo Example Trading Co., Ltd."),
        other: Link::default(),
        other_lang: String::new(),
        lead: t.t(
            "Nordkap AS 向我们订购不锈钢盆 3 款，USD 58,200.00，FOB Ningbo。2026-07-28 装运，2026-08-21 收齐货款。",
            "Nordkap AS ordered steel bowls from us, USD 58,200.00, FOB Ningbo. It was shipped on 2026-07-28 and paid in full by 2026-08-21.",
        ),
        stand: t.t("这一页说的是 2026-09-30 的情形。", "This page speaks as of 2026-09-30."),
        facts: vec![
            t.ff("归档", "Archived", "2026-09-30 · 林岩 记于 2026-09-30 · #291", "2026-09-30 · recorded by Lin Yan on 2026-09-30 · #291"),
            t.f("保存到", "Kept until", "2036-09-30"),
        ],
        verdict: t.t("缺 1 件。", "1 thing is missing."),
        mark: Mark::Late,
        items: vec![item("提单", "B/L", Mark::Done), item("缺水单", "Bank advice missing", Mark::Late)],
        absent: vec![t.ff("files/水单.pdf", "files/水单.pdf", "文件夹里没有", "not in the folder")],
        groups: vec![FiledGroup {
            title: t.t("附件", "Attachments"),
            note: t.t("一个字节不改。", "Byte for byte."),
            files: vec![file("files/BL.pdf", t.t("提单 bl[0]", "bill of lading bl[0]"))],
        }],
        findings_note: t.t("错误 1。", "errors 1."),
        findings: vec![FiledFinding {
            level: Level::Error,
            title: t.t("提单毛重不符", "the B/L's gross weight differs"),
            rule: "docs-total-gross".into(),
            note: String::new(),
        }],
        history_note: t.t("共 1 次改动，1 人。", "Changes: 1, people: 1."),
        history: vec![FiledStep {
            day: "2026-09-30".into(),
            who: t.t("林岩", "Lin Yan"),
            change: "#291 77d01be".into(),
            what: vec![t.t("实际 归档 2026-09-30", "actual: archived 2026-09-30")],
        }],
        verify: vec![Field::new("Linux", "sha256sum -c SHA256SUMS")],
    }
}

/// The orders of a month.
pub(super) fn filed_month(t: T) -> FiledMonthPage {
    FiledMonthPage {
        file: "archive/2026-09.html".into(),
        title: "归档 Archive 2026-09".into(),
        company: t.t("宁波示例贸易有限公司", "Ningbo Example Trading Co., Ltd."),
        columns: vec!["订单 Order".into(), "客户 Customer".into()],
        rows: vec![FiledRow { order: Link::new("GD26-0061", ""), cells: vec!["Nordkap AS".into()] }],
        verify: vec!["sha256sum -c 2026-09.sha256".into()],
    }
}
