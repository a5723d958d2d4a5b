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
