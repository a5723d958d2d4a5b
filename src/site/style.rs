//! The page that shows how to read all others: one of every component, filled with an order that does not exist.
//! For the newcomer it is the legend; for whoever changes the style it is the place to look first.

use super::view::{
    BoardCard, CashAmount, CashBar, CashChart, CashPeriod, Class, CreditClock, DateEntry, Day, Event,
    Excerpt, Field, Figure, Finding, FixLine, Gate, Level, Link, Mark, Matrix, MatrixCell, MatrixColumn,
    MatrixKind, MatrixRow, Milestone, OrderRow, Place, Recorded, Stage, StylePage, StyleSymbol, Table,
    TableColumn,
};
use crate::text::Lang;

/// Names of the ten stages.
const STAGES: [(&str, &str); 10] = [
    ("确认", "Confirm"),
    ("下达", "Release"),
    ("生产", "Produce"),
    ("质检", "Inspect"),
    ("物流", "Book"),
    ("报关", "Declare"),
    ("出运", "Ship"),
    ("收款", "Collect"),
    ("归档", "File"),
    ("反馈", "Feedback"),
];

/// The order of the examples.
const ID: &str = "GD26-0000";

/// How far the order of the examples is.
const MARKS: [Mark; 10] = [
    Mark::Done,
    Mark::Done,
    Mark::Hollow,
    Mark::Late,
    Mark::Open,
    Mark::Todo,
    Mark::Todo,
    Mark::Todo,
    Mark::Na,
    Mark::Todo,
];

struct T(Lang);

impl T {
    fn t(&self, zh: &str, en: &str) -> String {
        match self.0 {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        }
    }

    fn symbol(&self, mark: Mark, zh: &str, en: &str) -> StyleSymbol {
        StyleSymbol { mark, text: self.t(zh, en) }
    }

    fn day(&self, iso: &str, zh: &str, en: &str) -> Day {
        Day::new(iso, self.t(zh, en))
    }
}

/// The page in one language.
#[must_use]
pub fn page(lang: Lang) -> StylePage {
    let t = &T(lang);
    StylePage {
        title: t.t("怎么看这些页面", "How to read these pages"),
        intro: t.t(
            "网站上的每一种符号、表格和图，各放一个在这里。例子里的订单和客户都是虚构的。",
            "One of every symbol, table and chart of the site. The order and the customer of the examples do not exist.",
        ),
        symbols: symbols(t),
        verdicts: vec![
            t.symbol(Mark::Late, "每页第一句是结论：有事要马上办", "The first line of a page is its verdict: act now"),
            t.symbol(Mark::Warn, "要当心，还来得及", "Take care, there is still time"),
            t.symbol(Mark::Open, "正常进行", "On its way"),
            t.symbol(Mark::Done, "办完了", "Done"),
        ],
        figures: figures(t),
        facts: vec![
            Field::new(t.t("术语", "Term"), "FOB Ningbo"),
            Field::new(t.t("付款", "Payment"), t.t("30% 定金，余款见提单副本", "30% deposit, balance against copy B/L")),
            Field::new(t.t("最迟装运", "Latest shipment"), "2026-12-10"),
        ],
        id: ID.to_owned(),
        stages: stages(t),
        gates: vec![Gate {
            mark: Mark::Late,
            name: t.t("装运前", "Before shipment"),
            text: t.t("终检还没通过", "final inspection not passed"),
            rule: Link::default(),
        }],
        amendments: vec![Event {
            day: t.day("2026-09-20", "09-20", "20 Sep"),
            what: t.t("最迟装运 11-30 → 12-10", "latest shipment 30 Nov → 10 Dec"),
            who: "lin.yan".to_owned(),
            ..Event::default()
        }],
        card: BoardCard {
            order: Link::new(ID, "orders.html"),
            customer: "Example Imports".to_owned(),
            mark: Mark::Late,
            waits: t.t("终检晚 3 天", "final inspection 3 days late"),
            days: t.t("停 5 天", "5 days here"),
            terms: "FOB · 30/70 · ETD 12-02".to_owned(),
        },
        matrices: vec![matrix(t)],
        clocks: clocks(t),
        done: 60,
        chart: chart(t),
        note: t.t("要留意的一句话", "A remark that should not be missed"),
        rows: rows(t),
        table: table(t),
        dates: dates(t),
        cash: cash(t),
        finding: finding(t),
        keys: vec![
            Field::new("/", t.t("搜索（也可以用 Ctrl+K）", "search (or Ctrl+K)")),
            Field::new("↑ ↓", t.t("在搜索结果里选", "choose a hit")),
            Field::new("Enter", t.t("打开选中的订单", "open it")),
            Field::new("Esc", t.t("清空搜索，收起菜单", "clear the search, close the menu")),
            Field::new("Tab", t.t("下一个链接；第一下是“跳到正文”", "next link; the first is “skip to the content”")),
        ],
    }
}

fn symbols(t: &T) -> Vec<StyleSymbol> {
    vec![
        t.symbol(Mark::Done, "完成，有凭证", "done, with evidence"),
        t.symbol(Mark::Hollow, "完成，但只是手填，缺凭证", "done as somebody typed, without evidence"),
        t.symbol(Mark::Open, "进行中，或者有节点提前完成", "open, or some milestone done early"),
        t.symbol(
            Mark::Late,
            "已过计划，或者赶不上后面的期限",
            "behind the plan, or too late for a limit ahead",
        ),
        t.symbol(Mark::Warn, "快到期限，要当心", "a limit is near"),
        t.symbol(Mark::Todo, "还没到", "not yet"),
        t.symbol(Mark::Na, "不适用，写明了原因", "does not apply, with a reason"),
    ]
}

fn figures(t: &T) -> Vec<Figure> {
    let figure = |value: &str, zh, en, mark| Figure {
        value: value.to_owned(),
        label: t.t(zh, en),
        mark,
        ..Figure::default()
    };
    vec![
        figure("38", "进行中", "open", Mark::Todo),
        figure("6", "已延误", "late", Mark::Late),
        figure("3", "有风险", "at risk", Mark::Warn),
        figure("29", "正常", "on time", Mark::Done),
    ]
}

fn stages(t: &T) -> Vec<Stage> {
    let named = STAGES.iter().zip(MARKS).zip(1..);
    named
        .map(|(((zh, en), mark), number)| Stage {
            number,
            name: t.t(zh, en),
            mark,
            current: mark == Mark::Late,
            slack: if mark == Mark::Late { t.t("晚 3 天", "3 days late") } else { String::new() },
            note: if mark == Mark::Na {
                t.t("客户自提，不用归档", "collected by the customer")
            } else {
                String::new()
            },
            milestones: milestones(t, number),
            ..Stage::default()
        })
        .collect()
}

fn milestones(t: &T, stage: u8) -> Vec<Milestone> {
    let recorded = |who: &str, iso, zh, en| Recorded {
        who: who.to_owned(),
        day: Some(t.day(iso, zh, en)),
        ..Recorded::default()
    };
    match stage {
        3 => vec![Milestone {
            key: "produced".to_owned(),
            name: t.t("完工", "produced"),
            plan: Some(t.day("2026-11-16", "11-16", "16 Nov")),
            actual: Some(t.day("2026-11-18", "11-18", "18 Nov")),
            difference: "+2".to_owned(),
            mark: Mark::Hollow,
            proof: Link::text(t.t("手填，无凭证", "typed, no evidence")),
            recorded: recorded("lin.yan", "2026-11-18", "11-18", "18 Nov"),
            ..Milestone::default()
        }],
        4 => vec![Milestone {
            key: "inspected".to_owned(),
            name: t.t("终检", "inspected"),
            plan: Some(t.day("2026-11-20", "11-20", "20 Nov")),
            plan_derived: true,
            forecast: Some(t.day("2026-11-24", "11-24", "24 Nov")),
            difference: "+4".to_owned(),
            late: true,
            recorded: recorded("chen.hao", "2026-11-21", "11-21", "21 Nov"),
            ..Milestone::default()
        }],
        _ => Vec::new(),
    }
}

fn matrix(t: &T) -> Matrix {
    let column = |zh, en| MatrixColumn { label: t.t(zh, en), ..MatrixColumn::default() };
    let cell = |text: &str, kind| MatrixCell { text: text.to_owned(), kind, ..MatrixCell::default() };
    let row = |zh, en, cells, mark, result: Link| MatrixRow {
        label: t.t(zh, en),
        cells,
        results: vec![result],
        mark,
    };
    let clear = || Link::text(t.t("未见冲突", "no conflict seen"));
    Matrix {
        columns: vec![column("订单", "Order"), column("装箱单", "Packing list"), column("提单", "B/L")],
        rows: vec![
            row(
                "件数 CTNS",
                "Cartons",
                vec![
                    cell("300", MatrixKind::Same),
                    cell("300", MatrixKind::Same),
                    cell("", MatrixKind::Absent),
                ],
                Mark::Done,
                clear(),
            ),
            row(
                "毛重 KG",
                "Gross KG",
                vec![
                    cell("2,470", MatrixKind::Same),
                    cell("2,470", MatrixKind::Same),
                    cell("2,740", MatrixKind::Conflict),
                ],
                Mark::Late,
                Link::new("docs-total-gross", "#example-finding"),
            ),
            row(
                "货名",
                "Goods",
                vec![
                    cell("LED BULB", MatrixKind::Same),
                    cell("LED LAMP", MatrixKind::Look),
                    cell("", MatrixKind::Missing),
                ],
                Mark::Open,
                Link::text(t.t("要人看", "needs eyes")),
            ),
        ],
        verdict: t.t("1 处冲突", "1 conflict"),
        mark: Mark::Late,
        summary: t.t(
            "比了 3 个字段：未见冲突 1，冲突 1，要人看 1。",
            "3 fields compared: 1 without conflict, 1 in conflict, 1 needs eyes.",
        ),
        ..Matrix::default()
    }
}

fn clocks(t: &T) -> Vec<CreditClock> {
    let clock = |zh, en, day, left: (&str, &str), mark, decisive| CreditClock {
        label: t.t(zh, en),
        day: Some(day),
        note: t.t(left.0, left.1),
        mark,
        decisive,
    };
    vec![
        clock(
            "44C 最迟装运",
            "44C latest shipment",
            t.day("2026-12-10", "12-10", "10 Dec"),
            ("剩 17 天", "17 days left"),
            Mark::Todo,
            false,
        ),
        clock(
            "最后交单",
            "last presentation",
            t.day("2026-11-27", "11-27", "27 Nov"),
            ("剩 4 天，先到的算", "4 days left, the first one counts"),
            Mark::Warn,
            true,
        ),
    ]
}

/// Two weeks: one with money that is sure and money that is not, one overdue.
fn chart(t: &T) -> CashChart {
    let bar = |x: &str, middle: &str, label: &str, value: &str| CashBar {
        x: x.to_owned(),
        middle: middle.to_owned(),
        width: "12".to_owned(),
        firm: "0".to_owned(),
        soft: "0".to_owned(),
        value: value.to_owned(),
        label: label.to_owned(),
        ..CashBar::default()
    };
    let (overdue, week) = (t.t("逾期", "overdue"), t.t("48 周", "week 48"));
    CashChart {
        currency: "USD".to_owned(),
        alt: t.t("USD：逾期 12,050；第 48 周 97,632", "USD: overdue 12,050; week 48 97,632"),
        bars: vec![
            CashBar {
                firm_y: "66".to_owned(),
                firm: "10".to_owned(),
                soft_y: "66".to_owned(),
                late: true,
                ..bar("2", "8", &overdue, "12k")
            },
            CashBar {
                firm_y: "44".to_owned(),
                firm: "32".to_owned(),
                soft_y: "16".to_owned(),
                soft: "28".to_owned(),
                ..bar("20", "26", &week, "98k")
            },
        ],
        ..CashChart::default()
    }
}

fn rows(t: &T) -> Vec<OrderRow> {
    vec![OrderRow {
        id: ID.to_owned(),
        href: "orders.html".to_owned(),
        customer: Link::text("Example Imports"),
        po: "PO 4500".to_owned(),
        goods: t.t("LED灯泡 2 款", "LED bulbs, 2 items"),
        amount: "USD 44,040.00".to_owned(),
        amount_sort: "USD 0000000000044040.00".to_owned(),
        ship_by: Some(t.day("2026-12-10", "12-10", "10 Dec")),
        marks: MARKS.to_vec(),
        stage: t.t("第 4 步质检", "Stage 4, inspect"),
        why: t.t("终检晚 3 天", "final inspection 3 days late"),
        stage_sort: "04".to_owned(),
        slack: t.t("-3 天（验货）", "-3 days (inspection)"),
        slack_sort: "-3".to_owned(),
        mark: Mark::Late,
        broken: false,
    }]
}

fn table(t: &T) -> Table {
    let column = |zh, en, number| TableColumn { label: t.t(zh, en), number };
    Table {
        caption: t.t("点列名排序：升、降、还原", "A column's name sorts: up, down, as it was"),
        columns: vec![
            column("货名", "Goods", false),
            column("数量", "Quantity", true),
            column("金额", "Amount", true),
        ],
        rows: vec![
            vec![t.t("LED灯泡 12W", "LED bulb 12W"), "12,000".to_owned(), "USD 28,200.00".to_owned()],
            vec![t.t("LED灯泡 9W", "LED bulb 9W"), "8,000".to_owned(), "USD 15,840.00".to_owned()],
        ],
    }
}

fn dates(t: &T) -> Vec<DateEntry> {
    let entry = |iso, zh, en, what: (&str, &str)| DateEntry {
        day: t.day(iso, zh, en),
        order: Link::text(ID),
        customer: "Example Imports".to_owned(),
        what: Link::text(t.t(what.0, what.1)),
        ..DateEntry::default()
    };
    vec![
        DateEntry {
            hard: true,
            left: t.t("剩 2 天", "2 days left"),
            ..entry(
                "2026-11-25",
                "11-25 周三",
                "Wed 25 Nov",
                (
                    "截单 SI：硬期限，只有银行、政府或承运人能改",
                    "SI cut-off: only a bank, an authority or a carrier can move it",
                ),
            )
        },
        DateEntry {
            estimated: true,
            ..entry(
                "2026-12-02",
                "12-02 周三",
                "Wed 2 Dec",
                (
                    "完工：斜线和 ~ 是推算的日期，会跟着计划变",
                    "production done: hatched and ~ mean that it moves with the plan",
                ),
            )
        },
    ]
}

fn cash(t: &T) -> Vec<CashPeriod> {
    let period = |zh, en, text: &str, percent, overdue| CashPeriod {
        label: t.t(zh, en),
        amounts: vec![CashAmount { text: text.to_owned(), percent, overdue }],
    };
    vec![
        period("已到期未收", "overdue", "USD 12,050.00", 30, true),
        period("本周", "this week", "USD 39,288.00", 67, false),
        period("下周", "next week", "USD 58,344.00", 100, false),
    ]
}

fn finding(t: &T) -> Finding {
    let line = |line, before: &str, marked: &str| Excerpt {
        line,
        before: before.to_owned(),
        marked: marked.to_owned(),
        after: String::new(),
    };
    Finding {
        anchor: "example-finding".to_owned(),
        rule: "docs-total-gross".to_owned(),
        rule_href: "rules/docs-total-gross.html".to_owned(),
        level: Level::Error,
        class: Class::Document,
        title: t.t(
            "提单毛重 2,740 KG，其他三处都是 2,470 KG，差 270 KG",
            "B/L gross weight is 2,740 KG; three other places say 2,470 KG",
        ),
        help: t.t(
            "像是 47 / 74 写反。先看提单：若是登记时抄错，改这一行；若提单真印错，开船前找船公司改单。",
            "Looks like transposed digits. Check the B/L first: if it was copied wrongly, correct this line; if it is printed wrongly, ask the carrier before sailing.",
        ),
        fix: vec![
            FixLine { sign: "-".to_owned(), text: "gross_kg = 2740".to_owned() },
            FixLine { sign: "+".to_owned(), text: "gross_kg = 2470".to_owned() },
        ],
        places: vec![Place {
            file: "docs.toml".to_owned(),
            line: 36,
            column: 12,
            label: t.t("提单", "B/L"),
            excerpt: vec![line(35, "cartons  = 300", ""), line(36, "gross_kg = ", "2740")],
            ..Place::default()
        }],
        source: t.t("UCP 600 第 14 条 d 款", "UCP 600 article 14(d)"),
        until: t.t("11-25 周三", "Wed 25 Nov"),
        ..Finding::default()
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_symbol_is_explained() {
        for lang in Lang::ALL {
            let page = page(lang);
            let marks: BTreeSet<Mark> = page.symbols.iter().map(|s| s.mark).collect();
            assert_eq!(marks.len(), 7);
            assert_eq!(page.stages.len(), 10);
        }
        let (zh, en) = (page(Lang::Zh), page(Lang::En));
        assert!(zh.symbols.iter().zip(&en.symbols).all(|(z, e)| z.text != e.text));
    }
}
