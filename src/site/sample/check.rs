//! The check report of an order.

use super::*;

pub(super) fn check(t: T) -> CheckPage {
    let row = CheckRow {
        anchor: "docs-total-gross-packing.gross_kg".into(),
        level: Level::Error,
        rule: Link::new("docs-total-gross", "rules/docs-total-gross.html"),
        title: t.t(
            "提单毛重 2,740 KG，其他三处都是 2,470 KG",
            "gross weight on the B/L 2,740 KG, three others say 2,470 KG",
        ),
        values: vec![CheckValue {
            who: t.t("提单 EGLV143600117421", "B/L EGLV143600117421"),
            value: "2740".into(),
            place: Link::text("docs.toml:36"),
        }],
        source: t.t("UCP 600 第 14 条 d 款", "UCP 600 article 14(d)"),
        help: t.t("先看提单", "look at the B/L first"),
        until: t.t("12-03 周四", "Thu 3 Dec"),
        href: "o/GD26-0117.html#findings".into(),
    };
    CheckPage {
        id: "GD26-0117".into(),
        title: t.t("GD26-0117 单据检查", "GD26-0117 document check"),
        order: Link::new("GD26-0117", "o/GD26-0117.html"),
        verdict: t.t(
            "对 61 项检查：未见冲突 58，冲突 1，要人看 2",
            "61 checks: no conflict found by 58, 1 in conflict, 2 need eyes",
        ),
        verdict_mark: Mark::Late,
        facts: vec![Field::new(t.t("客户", "Buyer"), "Hanse Licht GmbH")],
        papers: vec![CheckPaper {
            kind: t.t("提单", "bill of lading"),
            number: Link::new("EGLV143600117421", "o/GD26-0117.html#documents"),
            date: Some(Day::new("2026-11-07", "11-07")),
            draft: true,
            state: t.t("1 处冲突", "1 in conflict"),
            mark: Mark::Late,
        }],
        groups: vec![CheckGroup {
            anchor: "conflict".into(),
            name: t.t("冲突", "Conflicts"),
            note: t.t("交单前要解决", "to be solved before presentation"),
            mark: Mark::Late,
            rows: vec![row],
        }],
        alike: vec![CheckAlike {
            paper: t.t("提单 EGLV143600117421", "B/L EGLV143600117421"),
            what: t.t("装货港", "port of loading"),
            printed: "Chattogram".into(),
            credit: "CHITTAGONG".into(),
            why: t.t("同一个地方", "one place"),
        }],
        reading: vec![CheckText { tag: "47A".into(), text: "ALL DOCUMENTS IN ENGLISH".into() }],
        settled: vec![finding(t)],
    }
}
