//! The dashboard.

use super::*;

pub(super) fn dashboard(t: T) -> DashboardPage {
    let todo =
        |urgent, id: &str, customer: &str, zh: &str, en: &str, day: &str, amount: &str, owner: &str| Todo {
            urgent,
            order: Link::new(id, format!("o/{id}.html")),
            customer: customer.into(),
            text: t.t(zh, en),
            day: (!day.is_empty()).then(|| md(day)),
            amount: amount.into(),
            owner: owner.into(),
        };
    let names = [
        ("确认", "Confirm"),
        ("下达", "Release"),
        ("生产", "Produce"),
        ("质检", "Inspect"),
        ("物流", "Book"),
        ("报关", "Declare"),
        ("出运", "Ship"),
        ("收款", "Collect"),
        ("归档", "Archive"),
        ("反馈", "Feedback"),
    ];
    let counts: [(usize, usize); 10] =
        [(2, 0), (3, 1), (12, 2), (4, 1), (3, 1), (1, 0), (4, 1), (7, 2), (2, 1), (0, 0)];
    let amount = |text: &str, percent, overdue| CashAmount { text: text.into(), percent, overdue };
    DashboardPage {
        title: t.t("总览", "Overview"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        todos_title: t.t("要处理 7 项", "7 to deal with"),
        todos: vec![
            todo(
                true,
                "GD26-0122",
                "Meghna",
                "截单 11-25 12:00，提单草稿未核；改证 02 待答 4 天",
                "SI cut-off 11-25 12:00, B/L draft not checked; amendment 02 unanswered for 4 days",
                "11-25",
                "USD 56,800.00",
                "zhou.min",
            ),
            todo(
                true,
                "GD26-0119",
                "Nordkap",
                "11-25 前不验货就赶不上 12-02 的船，余 2 天",
                "inspect by 11-25 or the sailing of 12-02 is missed, 2 days left",
                "11-25",
                "EUR 18,400.00",
                "chen.hao",
            ),
            todo(
                true,
                "GD26-0098",
                "Casa Blanca",
                "尾款 40% 逾期 85 天，上次催 11-18",
                "balance of 40% is 85 days overdue, last reminder 11-18",
                "",
                "USD 12,050.00",
                "lin.yan",
            ),
            todo(
                true,
                "GD26-0124",
                "Gulf Star",
                "计划交单 11-20 已过 3 天，最后交单 12-03",
                "planned presentation 11-20 passed 3 days ago, last day 12-03",
                "12-03",
                "USD 58,344.00",
                "zhou.min",
            ),
            todo(
                false,
                "GD26-0117",
                "Hanse Licht",
                "余款计划 11-20，晚 3 天，预计 11-27",
                "balance planned 11-20, 3 days late, expected 11-27",
                "11-27",
                "USD 30,828.00",
                "lin.yan",
            ),
            todo(
                false,
                "GD26-0131",
                "Hanse Licht",
                "合同签字件没登记；定金 11-27 到期，没到不能投产",
                "signed contract not registered; deposit due 11-27, no production without it",
                "11-27",
                "USD 8,460.00",
                "lin.yan",
            ),
        ],
        todos_more: Link::new(t.t("另有 1 项，全部 23 条", "1 more, all 23"), "quality.html"),
        counts: vec![
            t.fig("38", "进行中", "open", Mark::Todo, "orders.html"),
            t.fig("29", "正常", "on track", Mark::Done, ""),
            t.fig("6", "有风险", "at risk", Mark::Warn, ""),
            t.fig("3", "已延误", "late", Mark::Late, ""),
            t.fig("11", "本月装运", "shipments this month", Mark::Todo, ""),
            t.fig("9", "下月装运", "next month", Mark::Todo, ""),
        ],
        stages: names
            .iter()
            .zip(counts)
            .zip(1..)
            .map(|(((zh, en), (count, late)), number)| StageCount {
                number,
                name: t.t(zh, en),
                count,
                late,
                percent: u8::try_from(count * 100 / 12).unwrap(),
                late_percent: u8::try_from(late * 100 / 12).unwrap(),
            })
            .collect(),
        cash: vec![
            CashPeriod {
                label: t.t("已逾期", "Overdue"), amounts: vec![amount("USD 42,878.00", 44, true)]
            },
            CashPeriod {
                label: t.t("本周", "This week"), amounts: vec![amount("USD 39,288.00", 40, false)]
            },
            CashPeriod {
                label: t.t("下周", "Next week"), amounts: vec![amount("USD 58,344.00", 60, false)]
            },
            CashPeriod {
                label: t.t("30 天内", "In 30 days"),
                amounts: vec![amount("USD 97,632.00", 100, false), amount("EUR 18,400.00", 100, false)],
            },
        ],
        cash_basis: t.t(
            "9 单：未收余额整笔记在预计收齐日，没有预计的记在计划收齐日。",
            "9 orders: the whole open balance on the day it is expected in full, else on the planned day. ",
        ),
        indicators: vec![
            t.fig("21/23", "准时装运", "Shipped on time", Mark::Todo, "exposure.html#indicators"),
            t.fig(&t.t("4 天", "4 days"), "余量中位", "median slack", Mark::Todo, "exposure.html#indicators"),
            t.fig(
                "3/4",
                "首次交单未见不符",
                "First presentation without a conflict",
                Mark::Todo,
                "exposure.html#indicators",
            ),
            t.fig(
                "10/11",
                "验货一次通过",
                "Passed inspection at once",
                Mark::Todo,
                "exposure.html#indicators",
            ),
            Figure {
                note: t.t("应收 109,682", "of 109,682"),
                ..t.fig("USD 42,878", "逾期", "overdue", Mark::Late, "exposure.html#indicators")
            },
        ],
        changes: dates::change_entries(t),
        changes_more: t.t("另有 2 处改动。", "2 more changes."),
        changes_unknown: String::new(),
        quality: vec![
            t.fig("37/38", "读入", "orders read", Mark::Late, "quality.html"),
            t.fig("2", "没写计划", "without a plan", Mark::Warn, "quality.html"),
            t.fig("1", "14 天没动", "untouched for 14 days", Mark::Warn, "quality.html"),
            t.fig("0", "文件丢失", "files missing", Mark::Done, "quality.html"),
        ],
    }
}
