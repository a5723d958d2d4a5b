//! Sailings ahead, sailed and waiting.

use super::*;

pub(super) fn sailing(t: T, day: Day, ship: &str, order: &str, numbers: &[&str]) -> SailingHead {
    SailingHead {
        day: Some(day),
        ship: Link::new(ship, format!("o/{order}.html#shipments")),
        route: "Ningbo → Hamburg".into(),
        order: Link::new(order, format!("o/{order}.html")),
        customer: t.t("汉萨照明", "Hanse Licht GmbH"),
        boxes: if numbers.is_empty() { t.t("海运整箱", "sea, full container") } else { "1×20GP".into() },
        numbers: numbers.iter().map(|n| (*n).to_owned()).collect(),
        ..SailingHead::default()
    }
}

pub(super) fn shipments(t: T) -> ShipmentsPage {
    let cut = |zh: &str, en: &str, day: &str, time: &str, mark, note: String| CutoffCell {
        label: t.t(zh, en),
        at: Some(Day::new(format!("2026-{day}T{time}+08:00"), format!("{day} {time}"))),
        next: zh == "截单 SI",
        mark,
        note,
    };
    let remark = |mark, zh: &str, en: &str, href: &str| Remark { mark, text: Link::new(t.t(zh, en), href) };
    ShipmentsPage {
        path: "shipments.html".into(),
        title: t.t("出运", "Shipments"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        figures: vec![
            Figure {
                note: "GD26-0119 NORDIC 12N".into(),
                ..t.fig("11-30 12:00", "下一个截止：截单 SI", "next cut-off: SI", Mark::Warn, "#ahead")
            },
            t.fig("1", "待出运", "not yet left", Mark::Todo, "#ahead"),
            t.fig("1", "在途", "under way", Mark::Todo, "#under-way"),
        ],
        ahead: vec![Upcoming {
            head: SailingHead {
                rolled: t.t("甩柜 1 次，原 11-28", "rolled once, was 28 Nov"),
                batch: t.t("第 2 批", "shipment 2"),
                risks: vec![Link::new(
                    t.t("货比单据先到", "goods before documents"),
                    "o/GD26-0117.html#findings",
                )],
                ..sailing(
                    t,
                    Day::new("2026-12-02", t.t("12-02 周三", "Wed 2 Dec")),
                    "NORDIC 12N",
                    "GD26-0124",
                    &[],
                )
            },
            late: false,
            si: cut("截单 SI", "SI", "11-30", "12:00", Mark::Open, t.t("剩 7 天", "7 days left")),
            vgm: cut("截 VGM", "VGM", "12-01", "12:00", Mark::Open, t.t("剩 8 天", "8 days left")),
            cy: cut(
                "截港 CY",
                "CY",
                "11-21",
                "18:00",
                Mark::Late,
                t.t("过了 2 天，没登记", "2 days past, not recorded"),
            ),
            others: vec![cut("截关", "Customs", "12-01", "18:00", Mark::Done, String::new())],
            eta: Some(Day::new("2027-01-04", "2027-01-04")),
            papers: vec![
                remark(Mark::Warn, "提单草稿 11-20，未核", "B/L draft 20 Nov, not checked", ""),
                remark(Mark::Todo, "待登记：发票、装箱单", "to come: invoice, packing list", ""),
            ],
        }],
        ahead_note: t.t("1 批", "1 shipment"),
        zone: t.t("截止时间为港口当地时间（UTC+8）", "Cut-offs in the port's time (UTC+8)"),
        groups: vec![SailedGroup {
            id: "under-way".into(),
            title: t.t("已开船，在途", "Sailed, under way"),
            note: t.t("1 批", "1 shipment"),
            rows: vec![Sailed {
                head: sailing(
                    t,
                    Day::new("2026-11-07", t.t("11-07 周六", "Sat 7 Nov")),
                    "EVER GOLDEN 0742W",
                    "GD26-0117",
                    &["CSQU3054383"],
                ),
                arrival: Some(md("12-12")),
                arrival_label: "ETA".into(),
                arrival_note: t.t("剩 19 天", "19 days left"),
                arrival_mark: Mark::Open,
                originals: vec![
                    remark(
                        Mark::Open,
                        "正本 3/3 在手",
                        "originals 3/3 in hand",
                        "o/GD26-0117.html#doc-bl-EGLV143600117421",
                    ),
                    remark(Mark::Done, "副本 11-13 已发", "copies sent 13 Nov", ""),
                ],
            }],
        }],
        pages: vec![],
        archive: Link::new(t.t("已归档订单的出运在归档里", "Archived shipments"), "archive/index.html"),
    }
}
