//! The page that shows how to read all others: one of every component, filled with an order that does not exist.
//! For the newcomer it is the legend; for whoever changes the style it is the place to look first.

use super::view::{
    CashAmount, CashPeriod, Class, DateEntry, Day, Excerpt, Field, Figure, Finding, FixLine, Level, Link,
    Mark, OrderRow, Place, Stage, StylePage, StyleSymbol, Table, TableColumn,
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
        stages: stages(t),
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
            ..Stage::default()
        })
        .collect()
}

fn rows(t: &T) -> Vec<OrderRow> {
    vec![OrderRow {
        id: "GD26-0000".to_owned(),
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
        order: Link::text("GD26-0000"),
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
