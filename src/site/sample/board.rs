//! The board by stage.

use super::*;

pub(super) fn board(t: T) -> BoardPage {
    let card = |id: &str, customer: &str, mark, zh: &str, en: &str, days: u32| BoardCard {
        order: Link::new(id, "o/GD26-0117.html"),
        customer: customer.into(),
        mark,
        waits: t.t(zh, en),
        days: t.t(&format!("{days} 天"), &format!("{days} days")),
        terms: "FOB · 30/70 · ETD 12-02".into(),
    };
    let column = |number, zh: &str, en: &str, count, cards: Vec<BoardCard>| BoardColumn {
        number,
        name: t.t(zh, en),
        count,
        more: if count > cards.len() {
            Link::new(
                t.t(&format!("另 {} 单", count - cards.len()), &format!("{} more", count - cards.len())),
                "orders.html",
            )
        } else {
            Link::default()
        },
        cards,
    };
    use Mark::{Late as L, Open as O};
    BoardPage {
        title: t.t("看板", "Board"),
        summary: t.t("38 单进行中", "38 open orders"),
        columns: vec![
            column(
                1,
                "确认",
                "Confirm",
                2,
                vec![card("GD26-0133", "Maple", O, "等签回", "waits for signature", 4)],
            ),
            column(
                2,
                "下达",
                "Release",
                3,
                vec![card("GD26-0131", "Hanse", L, "评审未做", "not reviewed", 3)],
            ),
            column(
                3,
                "生产",
                "Produce",
                12,
                vec![
                    card("GD26-0127", "Iberia", L, "余 -4 天", "4 days short", 19),
                    card("GD26-0129", "RadHaus", O, "余 6 天", "6 days left", 9),
                ],
            ),
            column(
                4,
                "质检",
                "Inspect",
                4,
                vec![card("GD26-0119", "Nordkap", L, "余 2 天", "2 days left", 5)],
            ),
            column(5, "物流", "Book", 3, vec![card("GD26-0122", "Meghna", L, "截单 11-25", "SI 11-25", 2)]),
            column(6, "报关", "Declare", 1, vec![card("GD26-0120", "Maple", O, "", "", 1)]),
            column(
                7,
                "出运",
                "Ship",
                4,
                vec![card("GD26-0124", "Gulf Star", L, "交单余 10 天", "10 days to present", 13)],
            ),
            column(
                8,
                "收款",
                "Collect",
                7,
                vec![
                    card("GD26-0098", "Casa Blanca", L, "逾期 85 天", "85 days overdue", 140),
                    card("GD26-0117", "Hanse", L, "逾期 3 天", "3 days overdue", 10),
                ],
            ),
            column(
                9,
                "归档",
                "Archive",
                2,
                vec![card("GD26-0058", "Nordkap", L, "缺 1 件", "1 missing", 40)],
            ),
            column(10, "反馈", "Feedback", 0, vec![]),
        ],
    }
}
