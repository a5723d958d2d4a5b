//! The rules and one of them.

use super::*;

pub(super) fn rules(t: T) -> RulesPage {
    let row = |name: &str, zh: &str, en: &str, level, class, hits, off| RuleRow {
        name: name.into(),
        href: "rules/docs-total-gross.html".into(),
        title: t.t(zh, en),
        level,
        off,
        class,
        hits,
    };
    RulesPage {
        title: t.t("规则", "Rules"),
        summary: t.t("4 条规则，现在命中 3 次", "4 rules, 3 hits now"),
        groups: vec![
            RuleGroup {
                name: "docs".into(),
                title: t.t("单据与单据", "Paper against paper"),
                rules: vec![
                    row(
                        "docs-total-gross",
                        "毛重不一致",
                        "gross weight conflict",
                        Level::Error,
                        Class::Document,
                        1,
                        false,
                    ),
                    row(
                        "docs-total-packages",
                        "件数不一致",
                        "packages conflict",
                        Level::Error,
                        Class::Document,
                        0,
                        false,
                    ),
                ],
            },
            RuleGroup {
                name: "pay".into(),
                title: t.t("收款", "Payment"),
                rules: vec![
                    row(
                        "pay-overdue",
                        "款项逾期",
                        "instalment overdue",
                        Level::Warning,
                        Class::Risk,
                        2,
                        false,
                    ),
                    row(
                        "pay-short-charges",
                        "少的像是手续费",
                        "shortage looks like charges",
                        Level::Info,
                        Class::Record,
                        0,
                        true,
                    ),
                ],
            },
        ],
    }
}

pub(super) fn rule(t: T) -> RulePage {
    RulePage {
        name: "docs-total-gross".into(),
        title: t.t("毛重不一致", "Gross weight conflict"),
        other_title: t.t("Gross weight conflict", "毛重不一致"),
        level: Level::Error,
        off: false,
        class: Class::Document,
        facts: vec![t.f("自", "Since", "0.1.0")],
        source: t.t("UCP 600 第 14 条 d 款（信用证项下）；海关申报；公司规定", "UCP 600 art. 14(d), under a credit; customs; house rule"),
        what_html: markdown::render(&t.t("提单、装箱单、报关单、产地证、货物明细合计的毛重两两不矛盾（整数打印允许 0.5 KG，降为警告）。", "The gross weights of B/L, packing list, declaration, certificate of origin and items do not conflict (a paper that prints whole kilograms may be off by 0.5 KG; that is a warning)."), 2),
        why_html: markdown::render(&t.t("银行会拒付，海关会查验，船公司按提单收费。", "Banks refuse, customs inspects, and the carrier charges by the B/L."), 2),
        fix_html: markdown::render(&t.t("1. 先看提单原件。\n2. 登记抄错，改登记。\n3. 提单印错，开船前请船公司改单。", "1. Look at the B/L itself.\n2. Copied wrongly: correct the record.\n3. Printed wrongly: ask the carrier before sailing."), 2),
        false_alarms_html: markdown::render(&t.t("吨与公斤、托盘重、船公司取整。", "Tons and kilograms, pallets, rounding by the carrier."), 2),
        waive: "[[waivers]]\nrule  = \"docs-total-gross\"\nat    = \"bl[EGLV143600117421].gross_kg\"\nwhy   = \"…\"\nby    = \"zhou.min\"\nuntil = \"archived\"\n".into(),
        bad: "[bl]\nnumber   = \"EGLV143600117421\"\ngross_kg = 2740   #~ docs-total-gross\n".into(),
        output: "错误[docs-total-gross]: 提单毛重 2,740 KG，其他三处都是 2,470 KG，差 270 KG\n  --> docs.toml:3:12\n   |\n 3 | gross_kg = 2740\n   |            ^^^^ 提单\n".into(),
        good: "[bl]\nnumber   = \"EGLV143600117421\"\ngross_kg = 2470\n".into(),
        hits: vec![Link::new("GD26-0117", "o/GD26-0117.html#docs-total-gross-bl.gross_kg")],
    }
}
