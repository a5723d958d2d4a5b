//! How good the data is.

use super::*;

pub(super) fn quality(t: T) -> QualityPage {
    let mut across = finding(t);
    across.order = "GD26-0117".into();
    across.order_href = "o/GD26-0117.html".into();
    let group = |zh: &str, en: &str, figures: Vec<Figure>, note: &str| QualityGroup {
        name: t.t(zh, en),
        figures,
        note: note.into(),
    };
    QualityPage {
        title: t.t("数据质量", "Data quality"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        verdict: t
            .t("读入 37/38 单，1 单读不了，1 个错误", "37 of 38 orders read, 1 cannot be read, 1 error"),
        verdict_mark: Mark::Late,
        groups: vec![
            group(
                "读入",
                "Reading",
                vec![
                    t.fig("37/38", "单", "orders", Mark::Late, ""),
                    t.fig("1", "写法错误", "writing mistakes", Mark::Late, ""),
                    t.fig("0", "引用错误", "broken references", Mark::Done, ""),
                ],
                "",
            ),
            group(
                "覆盖率",
                "Coverage",
                vec![
                    t.fig("36/38", "有计划", "with a plan", Mark::Todo, ""),
                    t.fig("38/38", "有负责人", "with an owner", Mark::Done, ""),
                    t.fig("21/22", "有水单", "with bank advices", Mark::Todo, ""),
                ],
                "",
            ),
            group(
                "停滞",
                "Stale",
                vec![t.fig("1", "14 天没有改动", "untouched for 14 days", Mark::Warn, "")],
                "GD26-0090（lin.yan）",
            ),
            group(
                "日历",
                "Calendars",
                vec![
                    t.fig("2026", "cn-bank 有", "cn-bank present", Mark::Done, ""),
                    t.fig("2027", "cn-bank 缺", "cn-bank missing", Mark::Warn, ""),
                ],
                "",
            ),
        ],
        broken: vec![Link::new("GD26-0131", "o/GD26-0131.html")],
        findings: vec![across],
        waivers: vec![WaiverRow {
            order: Link::new("GD26-0117", "o/GD26-0117.html"),
            rule: Link::text("stage-backdated"),
            at: "actual.shipped".into(),
            why: t.t("周末补录", "recorded after the weekend"),
            by: "zhou.min".into(),
            until: Day::new("2026-12-31", "12-31"),
            mark: Mark::Open,
            note: t.t("38 天后到期", "ends in 38 days"),
        }],
        not_checked: vec![t.t("git-plan-rewritten：浅克隆", "git-plan-rewritten: shallow clone")],
    }
}
