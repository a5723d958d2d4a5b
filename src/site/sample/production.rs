//! Production, after-sales and the cover of a file, as they were designed.

use super::{T, md};
use crate::site::view::making::{
    BiField, BiLabel, CoverDate, CoverLine, CoverPage, CoverPaper, CoverStage, Sheet,
};
use crate::site::view::*;

fn order(id: &str) -> Link {
    Link::new(id, format!("o/{id}.html"))
}

fn factory(t: T) -> Link {
    Link::new(t.t("宁波浩宇照明", "Ningbo Haoyu Lighting"), "s/ningbo-haoyu.html")
}

fn tabs(t: T, path: &str) -> Vec<OrdersVariant> {
    let tab = |zh: &str, en: &str, href: &str| OrdersVariant {
        text: t.t(zh, en),
        href: href.into(),
        current: href == path,
    };
    vec![
        tab("最急的在前", "Most urgent", "production.html"),
        tab("按工厂", "By factory", "production/by-factory.html"),
        tab("验货和整改", "Inspections and actions", "production/inspections.html"),
    ]
}

fn work(t: T, id: &str, customer: &str, done: (&str, &str, u8), mark: Mark) -> WorkRow {
    WorkRow {
        order: order(id),
        customer: customer.into(),
        goods: t.t("塑料收纳箱", "storage boxes"),
        factories: vec![factory(t)],
        done: done.0.into(),
        wanted: done.1.into(),
        percent: done.2,
        expected: (mark != Mark::Todo).then_some(60),
        mark,
        need: Some(md("12-10")),
        need_note: t.t("采购单要求 12-05", "ordered for 12-05"),
        finish: Some(md("12-14")),
        finish_note: t.t("预计", "forecast"),
        derived: mark == Mark::Todo,
        slack: t.t("-4 天", "-4 days"),
        slack_sort: "-4".into(),
        materials: Remark { mark: Mark::Hollow, text: Link::text("10-30") },
        said: vec![Remark {
            mark: Mark::Warn,
            text: Link::text(t.t("比匀速少 20 个百分点", "20 points behind an even pace")),
        }],
    }
}

/// `production.html`, `production/by-factory.html` or `production/inspections.html`.
pub(super) fn production(t: T, path: &str) -> ProductionPage {
    let group = |anchor: &str, title: Link, mark, factories, rows| WorkGroup {
        anchor: anchor.into(),
        title,
        note: t.t("1 单", "1 order"),
        mark,
        factories,
        rows,
    };
    let late = || vec![work(t, "GD26-0131", "Iberia Hogar", ("3,200", "8,000 PCS", 40), Mark::Late)];
    let waiting = || vec![work(t, "GD26-0124", "Gulf Star", ("", "12,000 PCS", 0), Mark::Todo)];
    let groups = match path {
        "production.html" => vec![
            group("late", Link::text(t.t("赶不上", "Too late as it stands")), Mark::Late, true, late()),
            group("waiting", Link::text(t.t("还没下达", "Not released yet")), Mark::Todo, true, waiting()),
        ],
        "production/by-factory.html" => vec![group("g1", factory(t), Mark::Late, false, late())],
        _ => vec![],
    };
    let inspections = path != "production/by-factory.html";
    let held = HeldRow {
        order: order("GD26-0117"),
        customer: "Hanse".into(),
        factories: vec![factory(t)],
        inspection: Inspection {
            day: md("10-29"),
            stage: t.t("终检", "final"),
            by: t.t("自检 chen.hao", "own, chen.hao"),
            level: "II · 0 / 2.5 / 4.0".into(),
            lot: "20,000".into(),
            sample: "315".into(),
            critical: "0 / 0".into(),
            major: "5 / 14".into(),
            minor: "9 / 21".into(),
            result: t.t("通过", "pass"),
            mark: Mark::Done,
            file: Link::text("QC-20261029.pdf"),
            note: String::new(),
        },
        open: false,
    };
    let next = NextInspection {
        day: md("11-25"),
        kind: t.t("约好", "agreed"),
        order: order("GD26-0124"),
        customer: "Gulf Star".into(),
        factories: vec![factory(t)],
        stage: t.t("终检", "final"),
        by: "SGS".into(),
        goods: t.t("6,000 PCS，11-18 完工", "6,000 PCS, finished 11-18"),
        left: t.t("剩 2 天", "2 days left"),
        mark: Mark::Warn,
    };
    let action = ActionRow {
        due: Some(md("11-20")),
        left: t.t("过了 3 天", "3 days past"),
        mark: Mark::Late,
        order: order("GD26-0131"),
        customer: "Iberia Hogar".into(),
        factories: vec![factory(t)],
        kind: t.t("整改", "corrective action"),
        what: t.t("盖子缩水变形", "lids shrink"),
        action: t.t("冷却加 6 秒", "six seconds more to cool"),
        owner: "chen.hao".into(),
        opened: Some(md("11-16")),
    };
    ProductionPage {
        path: path.into(),
        title: t.t("生产与质检", "Production and inspection"),
        as_of: md("11-23"),
        variants: tabs(t, path),
        figures: vec![t.fig("1", "单赶不上", "too late as they stand", Mark::Late, "production.html#late")],
        index: match groups.first() {
            Some(group) if group.anchor == "g1" => vec![GroupLink {
                link: Link::new(group.title.text.clone(), "production/by-factory.html#g1"),
                note: "1".into(),
            }],
            _ => vec![],
        },
        groups,
        idle: false,
        next: if inspections { vec![next] } else { vec![] },
        next_note: t.t("1 次", "1"),
        actions: if inspections { vec![action] } else { vec![] },
        actions_note: t.t("1 件，过期 1 件", "1, 1 overdue"),
        held: if inspections { vec![held] } else { vec![] },
        held_note: t.t("12 个月 1 次", "1 in 12 months"),
        more: Link::new(t.t("全部验货和整改", "All inspections and actions"), "production/inspections.html"),
        pages: vec![],
    }
}

/// `aftersales.html`
pub(super) fn aftersales(t: T) -> AfterSalesPage {
    let claim = |open: bool| ClaimRow {
        opened: Some(md("09-30")),
        number: "CL26-05".into(),
        order: order("GD26-0117"),
        customer: Link::new("Hanse Licht GmbH", "c/hanse-licht.html"),
        factories: vec![factory(t)],
        kind: t.t("质量", "quality"),
        what: t.t("掉漆", "paint comes off"),
        claimed: "EUR 3,763.20".into(),
        accepted: "EUR 2,150.40".into(),
        disputed: if open { "EUR 1,612.80".into() } else { String::new() },
        recovered: "EUR 1,200.00".into(),
        due: Some(md("12-04")),
        age: if open {
            t.t("开了 54 天", "open for 54 days")
        } else {
            t.t("21 天结案", "closed in 21 days")
        },
        age_sort: "54".into(),
        mark: if open { Mark::Late } else { Mark::Done },
        decision: t.t("部分接受", "partly accepted"),
        corrective: t.t("车架贴膜", "film on the frames"),
        owner: "lin.yan".into(),
    };
    AfterSalesPage {
        path: "aftersales.html".into(),
        title: t.t("售后", "After-sales"),
        as_of: md("11-23"),
        figures: vec![t.fig("1", "件投诉没结", "complaints open", Mark::Todo, "aftersales.html#open")],
        recovery: true,
        open: vec![claim(true)],
        open_note: t.t("1 件，1 件超过 30 天", "1, 1 for more than 30 days"),
        disputed: vec![DisputedRow {
            currency: "EUR".into(),
            n: "1".into(),
            claimed: "3,763.20".into(),
            accepted: "2,150.40".into(),
            disputed: "1,612.80".into(),
            ages: vec![String::new(), "1,612.80".into(), String::new(), String::new()],
        }],
        causes: vec![CauseRow {
            name: t.t("质量", "quality"),
            n: "3".into(),
            percent: 60,
            open: t.t("1 件没结", "1 open"),
            claimed: "EUR 3,763.20".into(),
            accepted: "EUR 2,150.40".into(),
            recovered: "EUR 1,200.00".into(),
        }],
        causes_note: "n = 5".into(),
        share: vec![IndicatorRow {
            name: t.t("索赔占销售 EUR", "Claims as a share of sales EUR"),
            value: "0.6%".into(),
            note: "2,150.40 / 358,400.00".into(),
            n: "23".into(),
            ..IndicatorRow::default()
        }],
        feedback: vec![FeedbackRow {
            day: md("11-05"),
            estimated: false,
            order: order("GD26-0124"),
            customer: Link::text("Gulf Star"),
            state: t.t("没问", "not asked"),
            left: t.t("过了 15 天", "15 days past"),
            mark: Mark::Late,
            owner: Link::text("lin.yan"),
        }],
        feedback_note: t.t("1 单", "1 order"),
        closed: vec![claim(false)],
        closed_note: t.t("1 件", "1"),
        pages: vec![],
    }
}

/// `o/GD26-0117/cover.html`
pub(super) fn cover(t: T) -> CoverPage {
    let both = |zh: &str, en: &str| BiLabel { first: t.t(zh, en), second: t.t(en, zh) };
    let fact = |zh: &str, en: &str, value: &str| BiField { label: both(zh, en), lines: vec![value.into()] };
    let stages = [
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
    CoverPage {
        sheet: Sheet {
            path: "o/GD26-0117/cover.html".into(),
            title: t.t("GD26-0117 文件封面", "GD26-0117 File cover"),
            name: "File cover".into(),
            name_zh: "文件封面".into(),
            order: "GD26-0117".into(),
            back: order("GD26-0117"),
            reference: "GD26-0117".into(),
            ..Sheet::default()
        },
        company: t.t("宁波跟单贸易有限公司", "Ningbo Gendan Trading Co., Ltd."),
        number: "GD26-0117".into(),
        size: "xl".into(),
        qr: "M4,4h7v1h-7z".into(),
        qr_size: 29,
        qr_text: "GD26-0117".into(),
        facts: vec![
            fact("客户", "Customer", "Hanse Licht GmbH"),
            fact("客户订单号", "Customer's order", "4500089231"),
            fact("最迟装运", "Latest shipment", "2026-11-10"),
        ],
        goods_label: both("货物", "Goods"),
        goods: vec![CoverLine { name: "LED-12W · LED Bulb 12W".into(), quantity: "12,000 PCS".into() }],
        goods_more: t.t("另有 1 款，见网页", "1 more on the order's page"),
        goods_total: "20,000 PCS · 2,470 KG".into(),
        stages: (1..)
            .zip(stages)
            .map(|(number, (zh, en))| CoverStage {
                number,
                name: both(zh, en),
                done: number < 8,
                day: "2026-11-07".into(),
            })
            .collect(),
        papers_label: both("单据，齐了打勾", "Documents, tick when there"),
        papers: vec![
            CoverPaper { name: both("商业发票", "commercial invoice"), on: true },
            CoverPaper { name: both("提单", "bill of lading"), on: false },
        ],
        papers_more: String::new(),
        dates_label: both("期限", "Deadlines"),
        dates: vec![CoverDate {
            day: "2027-04-30".into(),
            hard: true,
            estimated: false,
            what: both("收汇期限", "tax receipt"),
        }],
        dates_more: String::new(),
        notes_label: both("备注", "Notes"),
        commit: "3f9c2ab 2026-11-21".into(),
        remark: t.t("手勾只作提醒，以网页为准", "Ticks by hand are reminders, the record is what counts"),
    }
}
