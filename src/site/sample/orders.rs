//! Lists of orders.

use super::*;

pub(super) fn rows(t: T) -> Vec<OrderRow> {
    use Mark::{Done as D, Hollow as H, Late as L, Open as O, Todo as W};
    let row = |id: &str,
               customer: &str,
               goods: (&str, &str),
               amount: &str,
               ship: &str,
               marks: [Mark; 10],
               stage: (&str, &str),
               slack: (&str, &str, &str),
               mark| OrderRow {
        why: String::new(),
        id: id.into(),
        href: format!("o/{id}.html"),
        customer: Link::new(customer, "c/hanse-licht.html"),
        po: String::new(),
        goods: t.t(goods.0, goods.1),
        amount: amount.into(),
        amount_sort: amount
            .split_once(' ')
            .map(|(code, n)| format!("{code} {:0>20}", n.replace(',', "")))
            .unwrap(),
        ship_by: Some(md(ship)),
        marks: marks.to_vec(),
        stage: t.t(stage.0, stage.1),
        stage_sort: stage.0.chars().filter(char::is_ascii_digit).collect(),
        slack: t.t(slack.0, slack.1),
        slack_sort: slack.2.into(),
        mark,
        broken: false,
    };
    let mut list = vec![
        row(
            "GD26-0117",
            "Hanse Licht",
            ("LED灯泡 2 款", "LED bulbs, 2 items"),
            "USD 44,040.00",
            "11-10",
            [D, D, D, D, H, D, D, L, W, W],
            ("8 收款", "8 Collect"),
            ("-3 天（收款）", "-3 days (payment)", "-3"),
            L,
        ),
        row(
            "GD26-0119",
            "Nordkap",
            ("木制玩具", "wooden toys"),
            "EUR 18,400.00",
            "12-05",
            [D, D, D, L, O, W, W, W, W, W],
            ("4 质检", "4 Inspect"),
            ("2 天（船期）", "2 days (sailing)", "2"),
            O,
        ),
        row(
            "GD26-0124",
            "Gulf Star",
            ("全棉浴巾", "cotton bath towels"),
            "USD 58,344.00",
            "11-20",
            [D, D, D, D, D, D, L, W, W, W],
            ("7 出运", "7 Ship"),
            ("10 天（交单）", "10 days (presentation)", "10"),
            O,
        ),
        row(
            "GD26-0127",
            "Iberia Hogar",
            ("塑料收纳盒 4 款", "plastic boxes, 4 items"),
            "EUR 23,120.50",
            "12-18",
            [D, D, O, W, W, W, W, W, W, W],
            ("3 生产", "3 Produce"),
            ("-4 天（完工）", "-4 days (production)", "-4"),
            L,
        ),
        row(
            "GD26-0058",
            "Nordkap",
            ("木制玩具", "wooden toys"),
            "EUR 9,120.00",
            "08-01",
            [D, D, D, D, D, D, D, D, L, Mark::Na],
            ("9 归档", "9 Archive"),
            ("", "", ""),
            O,
        ),
    ];
    list[0].po = "4500089231".into();
    list.push(OrderRow {
        id: "GD26-0131".into(),
        href: "o/GD26-0131.html".into(),
        customer: Link::text("Hanse Licht"),
        broken: true,
        mark: L,
        ..OrderRow::default()
    });
    list
}

pub(super) fn orders(t: T, path: &str) -> OrdersPage {
    let variant = |zh: &str, en: &str, href: &str| OrdersVariant {
        text: t.t(zh, en),
        href: href.into(),
        current: href == path,
    };
    OrdersPage {
        path: path.into(),
        title: t.t("订单", "Orders"),
        summary: t.t("38 单进行中", "38 open orders"),
        variants: vec![
            variant("进行中", "Open", "orders.html"),
            variant("2026 年结案", "Closed 2026", "orders/closed-2026.html"),
        ],
        rows: rows(t),
        groups: vec![],
        index: vec![],
        pages: vec![],
        downloads: vec![Link::new("XLSX", "orders.xlsx"), Link::new("CSV", "orders.csv")],
    }
}
