//! What customers owe and what stands behind it.

use super::*;

pub(super) fn part(t: T, zh: &str, en: &str, amount: &str, mark: Mark) -> ExposurePart {
    ExposurePart { label: t.t(zh, en), amount: amount.into(), mark }
}

/// A customer without a limit that pays late.
pub(super) fn hanse(t: T) -> ExposureCustomer {
    ExposureCustomer {
        name: Link::new("Hanse Licht", "c/hanse-licht.html"),
        country: "DE".into(),
        owed: vec![ExposureOwed {
            total: "USD 30,828.00".into(),
            parts: vec![part(t, "货或单据在手", "goods or documents in hand", "30,828.00", Mark::Open)],
            overdue: t.t("逾期 30,828.00，最久 3 天", "30,828.00 overdue, oldest 3 days"),
            disputed: String::new(),
        }],
        sort: "USD 0000000000000000.00".into(),
        habit: PayHabit {
            on_time: "1/8".into(),
            days: t.t("中位晚 6 天", "median 6 days late"),
            mark: Mark::Late,
            longest: t.t("12 天", "12 days"),
            longest_note: String::new(),
            longest_order: Link::new("GD26-0061", "o/GD26-0061.html"),
        },
        ..ExposureCustomer::default()
    }
}

pub(super) fn exposure(t: T) -> ExposurePage {
    let case = |order: &str, zh: &str, en: &str, mark| IndicatorCase {
        order: Link::new(order, format!("o/{order}.html")),
        text: t.t(zh, en),
        mark,
    };
    ExposurePage {
        path: "exposure.html".into(),
        title: t.t("敞口与风险", "Exposure and risk"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        downloads: vec![],
        verdict: t.t(
            "无保障最多：Casa Blanca USD 12,050.00（逾期 85 天）",
            "Largest unsecured: Casa Blanca USD 12,050.00 (85 days overdue)",
        ),
        verdict_mark: Mark::Late,
        sums: vec![
            ExposureSum {
                currency: "USD".into(),
                secured: "58,344.00".into(),
                controlled: "30,828.00".into(),
                unsecured: "12,050.00".into(),
                total: "101,222.00".into(),
                overdue: "42,878.00".into(),
                overdue_note: t.t("最久 85 天", "oldest 85 days"),
                disputed: String::new(),
                bar: [58, 88],
            },
            ExposureSum {
                currency: "EUR".into(),
                secured: "0.00".into(),
                controlled: "18,400.00".into(),
                unsecured: "1,612.80".into(),
                total: "20,012.80".into(),
                disputed: "1,612.80".into(),
                bar: [0, 92],
                ..ExposureSum::default()
            },
        ],
        pending: t.t(
            "还没投产的 USD 28,200.00 不算敞口，没算进来。",
            "Not in production yet, hence no exposure and not counted: USD 28,200.00.",
        ),
        customers: vec![
            ExposureCustomer {
                name: Link::text("Casa Blanca"),
                country: "MX".into(),
                owed: vec![
                    ExposureOwed {
                        total: "USD 12,050.00".into(),
                        parts: vec![part(t, "无保障", "unsecured", "12,050.00", Mark::Warn)],
                        overdue: t.t("逾期 12,050.00，最久 85 天", "12,050.00 overdue, oldest 85 days"),
                        disputed: String::new(),
                    },
                    ExposureOwed {
                        total: "EUR 2,000.00".into(),
                        parts: vec![
                            part(t, "无保障", "unsecured", "500.00", Mark::Warn),
                            part(t, "有保障", "secured", "1,500.00", Mark::Done),
                        ],
                        overdue: String::new(),
                        disputed: t.t("有争议 500.00", "500.00 disputed"),
                    },
                ],
                sort: "USD 0000000000012050.00".into(),
                unknown: t.t("1 笔金额不详", "1 of unknown amount"),
                limits: vec![
                    ExposureLimit {
                        amount: "USD 15,000.00".into(),
                        note: t.t("王磊，到 12-31", "Wang Lei, until 31 Dec"),
                        used: t.t("已用 80.3%", "80.3% used"),
                        percent: 80,
                        mark: Mark::Warn,
                    },
                    ExposureLimit {
                        amount: "EUR 1,000.00".into(),
                        note: t.t("1 单批的", "approved for 1 order"),
                        used: t.t("已用 50%", "50% used"),
                        percent: 50,
                        mark: Mark::Open,
                    },
                ],
                habit: PayHabit {
                    on_time: "4/7".into(),
                    days: t.t("中位晚 2 天", "median 2 days late"),
                    mark: Mark::Warn,
                    longest: t.t("85 天", "85 days"),
                    longest_note: t.t("未了，有争议", "still open, disputed"),
                    longest_order: Link::new("GD26-0098", "o/GD26-0098.html"),
                },
            },
            hanse(t),
        ],
        customers_note: t.t("2 家", "2"),
        paid_up: vec![ExposureCustomer {
            name: Link::text("Maple Ridge"),
            country: "CA".into(),
            habit: PayHabit {
                on_time: "3/3".into(),
                days: t.t("当天、早 3 天、早 1 天", "on the day, 3 days early, 1 day early"),
                mark: Mark::Done,
                ..PayHabit::default()
            },
            ..ExposureCustomer::default()
        }],
        paid_up_title: t.t("没有未收的 1 家", "1 that owes nothing"),
        pages: vec![],
        period: t.t(
            "2025-11-24 至 2026-11-23；上期从 2024-11-24 起，也是 12 个月。已取消的订单只算进取消率。",
            "2025-11-24 to 2026-11-23; the period before starts on 2024-11-24 and has 12 months too.",
        ),
        indicators: vec![
            IndicatorRow {
                name: t.t("准时装运", "Shipped on time"),
                value: "91.3%".into(),
                note: "21/23".into(),
                cases: vec![
                    case("GD26-0098", "晚 2 天", "2 days late", Mark::Late),
                    case("GD26-0090", "没装，过了 9 天", "not shipped, 9 days past", Mark::Late),
                ],
                cases_label: t.t("没准时：", "Late: "),
                cases_more: t.t("另有 1 单", "1 more"),
                before: "86% (18/21)".into(),
                n: "23".into(),
                trend: t.t("好转", "better"),
                trend_mark: Mark::Done,
                definition: t.t(
                    "不晚于合同最迟装运日装完的订单数，除以装完的订单数",
                    "Orders shipped by the contract’s latest date, of those that left",
                ),
            },
            IndicatorRow {
                name: t.t("首次交单未见不符", "First presentation without a conflict"),
                cases: vec![
                    case("GD26-0117", "未见不符", "no conflict seen", Mark::Done),
                    case("GD26-0124", "拒付，2 条规则报错", "refused, 2 rules found errors", Mark::Late),
                ],
                n: "2".into(),
                definition: t.t("信用证下第一次交的单", "First presentations under a credit"),
                ..IndicatorRow::default()
            },
            IndicatorRow {
                name: t.t("收款天数 D/A", "Days to collect D/A"),
                n: "0".into(),
                ..IndicatorRow::default()
            },
        ],
        refusals: vec![RefusalRow {
            order: Link::new("GD26-0124", "o/GD26-0124.html#credit"),
            day: md("10-26"),
            text: "INSURANCE DATED LATER THAN B/L <script>alert(1)</script>".into(),
            rule: Link::new("docs-total-gross", "rules/docs-total-gross.html"),
            heard: t.t("规则报了", "the rule had reported it"),
            mark: Mark::Done,
            verdict: t.t("成立", "valid"),
        }],
        refusals_note: t
            .t("逐条不符点，对应的规则报过没有", "Every discrepancy, and whether the rule had spoken"),
        refusals_sum: t.t(
            "1 条：规则报了 1，漏了 0，没写对应规则 0",
            "1: 1 reported by a rule, 0 missed, 0 without a rule",
        ),
    }
}
