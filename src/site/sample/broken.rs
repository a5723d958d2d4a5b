//! An order that cannot be read.

use super::*;

pub(super) fn broken(t: T) -> BrokenOrderPage {
    let file = "orders/2026/GD26-0131/order.toml";
    BrokenOrderPage {
        id: "GD26-0131".into(),
        title: t.t("GD26-0131 读不了", "GD26-0131 cannot be read"),
        verdict: t.t(
            "order.toml 有 1 处写错，改好以前这一单不参加统计",
            "order.toml has 1 writing mistake; until it is fixed this order is not counted",
        ),
        fields: vec![t.f("客户", "Customer", "hanse-licht"), t.f("客户订单", "PO", "4500091877")],
        files: vec![
            BrokenFile {
                file: file.into(),
                broken: true,
                state: t.t("1 处写错", "1 mistake"),
                href: forge("edit/x"),
            },
            BrokenFile {
                file: "orders/2026/GD26-0131/money.toml".into(),
                broken: false,
                state: t.t("读好了", "read"),
                href: String::new(),
            },
        ],
        findings: vec![Finding {
            anchor: "toml-fullwidth-customer".into(),
            rule: "toml-fullwidth".into(),
            level: Level::Error,
            class: Class::Record,
            title: t.t(
                "这里用了中文引号，TOML 只认英文直引号 \"",
                "These are Chinese quotation marks; TOML knows the straight \" only",
            ),
            places: vec![Place {
                file: file.into(),
                line: 2,
                column: 12,
                href: forge("edit/x#L2"),
                label: t.t("“ ” 是中文引号", "“ ” are Chinese quotation marks"),
                excerpt: vec![
                    Excerpt { line: 1, before: "# GD26-0131 <b>&".into(), ..Excerpt::default() },
                    Excerpt {
                        line: 2,
                        before: "customer = ".into(),
                        marked: "“hanse-licht”".into(),
                        after: String::new(),
                    },
                ],
            }],
            help: t
                .t("输入法切到英文再打引号", "Switch the input method to English and type the quotes again"),
            fix: vec![
                FixLine { sign: "-".into(), text: "customer = “hanse-licht”".into() },
                FixLine { sign: "+".into(), text: "customer = \"hanse-licht\"".into() },
            ],
            ..Finding::default()
        }],
    }
}
