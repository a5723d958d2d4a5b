//! Every view, filled with one example company in both languages, and the tests that render all of it.
//!
//! The example is what the pages were designed for; whoever fills views from the model can read here what a
//! field is meant to hold.

mod dates;
mod making;

use std::collections::{BTreeMap, BTreeSet};

use super::{
    assets, markdown, pages, search,
    template::{Rendered, Renderer},
    view::*,
};
use crate::text::Lang;

/// Picks one of two texts.
#[derive(Clone, Copy)]
struct T(Lang);

impl T {
    fn t(self, zh: &str, en: &str) -> String {
        match self.0 {
            Lang::Zh => zh.to_owned(),
            Lang::En => en.to_owned(),
        }
    }

    fn f(self, zh: &str, en: &str, value: &str) -> Field {
        Field::new(self.t(zh, en), value)
    }

    fn ff(self, zh: &str, en: &str, value_zh: &str, value_en: &str) -> Field {
        Field::new(self.t(zh, en), self.t(value_zh, value_en))
    }

    fn fig(self, value: &str, zh: &str, en: &str, mark: Mark, href: &str) -> Figure {
        Figure { value: value.into(), label: self.t(zh, en), note: String::new(), href: href.into(), mark }
    }
}

fn md(day: &str) -> Day {
    Day::new(format!("2026-{day}"), day)
}

fn forge(path: &str) -> String {
    format!("https://git.example/trade/orders/{path}")
}

fn change(number: u32) -> Link {
    Link::new(format!("#{number}"), forge(&format!("pull/{number}")))
}

pub(crate) fn shell(lang: Lang) -> Shell {
    Shell {
        lang,
        languages: vec![Lang::Zh, Lang::En],
        company: T(lang).t("宁波跟单贸易有限公司", "Ningbo Gendan Trading Co., Ltd."),
        sections: BTreeSet::from(Section::ALL),
        csp_meta: true,
        warning: String::new(),
    }
}

fn facts() -> PageFacts {
    PageFacts {
        commit: "3f9c2ab".into(),
        commit_href: forge("commit/3f9c2ab"),
        date: "2026-11-21".into(),
        as_of: String::new(),
        edit_href: forge("edit/orders/2026/GD26-0117/order.toml"),
    }
}

/// `zhou.min 11-09 #291`, the parts as they are shown.
fn sample_recorded(text: &str) -> Recorded {
    let mut parts = text.split(' ');
    let (Some(who), Some(day), Some(number)) = (parts.next(), parts.next(), parts.next()) else {
        return Recorded::default();
    };
    Recorded {
        who: who.into(),
        day: Some(md(day)),
        change: Link::new(number, forge("pull")),
        line: Link::new("docs.toml:36", forge("blame/main/docs.toml#L36")),
        ..Recorded::default()
    }
}

type MilestoneRow<'a> =
    (&'a str, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str, &'a str);

/// `(key, zh, en, plan with ~ when derived, forecast, actual, difference, proof zh, proof en, recorded)`
fn milestone(t: T, row: MilestoneRow<'_>) -> Milestone {
    let (key, zh, en, plan, forecast, actual, difference, proof_zh, proof_en, recorded) = row;
    let day = |d: &str| (!d.is_empty()).then(|| md(d));
    Milestone {
        key: key.into(),
        name: t.t(zh, en),
        plan: day(plan.trim_start_matches('~')),
        plan_derived: plan.starts_with('~'),
        forecast: day(forecast),
        actual: day(actual),
        difference: difference.into(),
        late: difference.starts_with('+') && actual.is_empty(),
        mark: match (actual.is_empty(), proof_zh == "手填，无凭证") {
            (true, _) => Mark::Todo,
            (false, true) => Mark::Hollow,
            (false, false) => Mark::Done,
        },
        proof: Link::text(t.t(proof_zh, proof_en)),
        slack: String::new(),
        replanned: String::new(),
        recorded: sample_recorded(recorded),
    }
}

fn stages(t: T) -> Vec<Stage> {
    let m = |row| milestone(t, row);
    let stage = |number: u8, zh: &str, en: &str, mark, date: &str, milestones| Stage {
        number,
        name: t.t(zh, en),
        mark,
        current: number == 8,
        date: date.into(),
        slack: String::new(),
        note: String::new(),
        milestones,
    };
    let mut list = vec![
        stage(
            1,
            "确认",
            "Confirm",
            Mark::Done,
            "09-03",
            vec![m((
                "confirmed",
                "签约",
                "signed",
                "",
                "",
                "09-03",
                "",
                "PI 签字件",
                "PI countersigned",
                "lin.yan 09-03 #211",
            ))],
        ),
        stage(
            2,
            "下达",
            "Release",
            Mark::Done,
            "09-05",
            vec![
                m((
                    "reviewed",
                    "评审",
                    "reviewed",
                    "",
                    "",
                    "09-04",
                    "",
                    "评审记录，接受",
                    "review, accepted",
                    "chen.hao 09-04 #213",
                )),
                m((
                    "released",
                    "下达",
                    "released",
                    "~09-06",
                    "",
                    "09-05",
                    "-1",
                    "PO26-0117-1",
                    "PO26-0117-1",
                    "lin.yan 09-05 #214",
                )),
            ],
        ),
        stage(
            3,
            "生产",
            "Produce",
            Mark::Done,
            "10-27",
            vec![
                m((
                    "materials",
                    "到料",
                    "materials",
                    "~09-23",
                    "",
                    "09-26",
                    "+3",
                    "手填，无凭证",
                    "typed, no evidence",
                    "lin.yan 09-26 #238",
                )),
                m((
                    "produced",
                    "完工",
                    "produced",
                    "10-25",
                    "",
                    "10-27",
                    "+2",
                    "进度 20,000/20,000",
                    "progress 20,000/20,000",
                    "lin.yan 10-27 #274",
                )),
            ],
        ),
        stage(
            4,
            "质检",
            "Inspect",
            Mark::Done,
            "10-29",
            vec![m((
                "inspected",
                "终检",
                "final",
                "10-28",
                "",
                "10-29",
                "+1",
                "QC-20261029.pdf",
                "QC-20261029.pdf",
                "chen.hao 10-29 #279",
            ))],
        ),
        stage(
            5,
            "物流",
            "Book",
            Mark::Hollow,
            "11-05",
            vec![
                m((
                    "booked",
                    "订舱",
                    "booked",
                    "10-20",
                    "",
                    "10-20",
                    "0",
                    "NGB7741920",
                    "NGB7741920",
                    "lin.yan 10-20 #262",
                )),
                m((
                    "gated_in",
                    "进港",
                    "gated in",
                    "~11-04",
                    "",
                    "11-05",
                    "+1",
                    "手填，无凭证",
                    "typed, no evidence",
                    "lin.yan 11-05 #289",
                )),
            ],
        ),
        stage(
            6,
            "报关",
            "Declare",
            Mark::Done,
            "11-05",
            vec![
                m((
                    "declared",
                    "申报",
                    "declared",
                    "11-03",
                    "",
                    "11-04",
                    "+1",
                    "报关单 310420260012347713",
                    "declaration 310420260012347713",
                    "zhou.min 11-04 #288",
                )),
                m((
                    "cleared",
                    "放行",
                    "cleared",
                    "~11-05",
                    "",
                    "11-05",
                    "0",
                    "报关单 released",
                    "declaration, released",
                    "zhou.min 11-05 #290",
                )),
            ],
        ),
        stage(
            7,
            "出运",
            "Ship",
            Mark::Done,
            "11-13",
            vec![
                m((
                    "shipped",
                    "装船",
                    "shipped",
                    "11-06",
                    "",
                    "11-07",
                    "+1",
                    "提单 EGLV143600117421",
                    "B/L EGLV143600117421",
                    "zhou.min 11-09 #291",
                )),
                m((
                    "presented",
                    "寄单",
                    "presented",
                    "11-11",
                    "",
                    "11-13",
                    "+2",
                    "副本邮件",
                    "copies by mail",
                    "zhou.min 11-13 #297",
                )),
            ],
        ),
        stage(
            8,
            "收款",
            "Collect",
            Mark::Late,
            "",
            vec![
                m((
                    "noticed",
                    "催款",
                    "reminded",
                    "",
                    "",
                    "11-21",
                    "",
                    "催款记录",
                    "reminder",
                    "lin.yan 11-21 #301",
                )),
                m(("paid", "收齐", "paid", "11-20", "11-27", "", "+7", "", "", "lin.yan 11-21 #301")),
            ],
        ),
        stage(
            9,
            "归档",
            "Archive",
            Mark::Todo,
            "",
            vec![m(("archived", "归档", "archived", "", "", "", "", "", "", ""))],
        ),
        stage(10, "反馈", "Feedback", Mark::Todo, "", vec![]),
    ];
    list[6].milestones[0].recorded.late = t.t("补录 2 天", "recorded 2 days later");
    list[7].date = t.t("预计 11-27", "exp. 11-27");
    list[7].slack = t.t("晚 3 天", "3 days late");
    list[7].milestones[1].mark = Mark::Late;
    list[7].milestones[1].replanned = t.t("改为 11-27", "now 27 Nov");
    list[8].note = t.t("缺 4 件", "4 missing");
    list
}

fn finding(t: T) -> Finding {
    let place = |line, label_zh: &str, label_en: &str, value: &str, after: &str| Place {
        file: "orders/2026/GD26-0117/docs.toml".into(),
        line,
        column: 12,
        href: forge(&format!("blob/main/orders/2026/GD26-0117/docs.toml#L{line}")),
        label: t.t(label_zh, label_en),
        excerpt: vec![Excerpt {
            line,
            before: "gross_kg = ".into(),
            marked: value.into(),
            after: after.into(),
        }],
    };
    Finding {
        anchor: "docs-total-gross-bl.gross_kg".into(),
        rule: "docs-total-gross".into(),
        rule_href: "rules/docs-total-gross.html".into(),
        level: Level::Error,
        class: Class::Document,
        title: t.t(
            "提单毛重 2,740 KG，其他三处都是 2,470 KG，差 270 KG",
            "B/L gross weight is 2,740 KG; three other places say 2,470 KG, 270 KG less",
        ),
        places: vec![
            place(36, "提单", "bill of lading", "2740", "   # copied 11-09"),
            place(22, "装箱单；报关单、货物明细合计也是 2470", "packing list; the declaration and the item totals also say 2470", "2470", ""),
        ],
        help: t.t(
            "像是 47 / 74 写反。先看提单：若是登记时抄错，改第 36 行；若提单真印错，请船公司改单。",
            "Looks like transposed digits. Check the B/L first: if it was copied wrongly, fix line 36; if it is printed wrongly, ask the carrier to correct it.",
        ),
        fix: vec![
            FixLine { sign: "-".into(), text: "gross_kg = 2740".into() },
            FixLine { sign: "+".into(), text: "gross_kg = 2470".into() },
        ],
        source: t.t("UCP 600 第 14 条 d 款（信用证项下）", "UCP 600 art. 14(d), under a credit"),
        ..Finding::default()
    }
}

fn findings(t: T) -> Vec<Finding> {
    vec![
        finding(t),
        Finding {
            anchor: "pay-overdue-2".into(),
            rule: "pay-overdue".into(),
            rule_href: "rules/pay-overdue.html".into(),
            level: Level::Warning,
            class: Class::Risk,
            title: t.t(
                "余款 USD 30,828.00 逾期 3 天，预计 11-27 到账",
                "Balance USD 30,828.00 is 3 days overdue, expected 11-27",
            ),
            help: t.t(
                "客户财务每周五付款。11-27 没到就按 T+7 催，并告诉 chen.hao。",
                "The customer pays on Fridays. If nothing arrives on 11-27, remind (T+7) and tell chen.hao.",
            ),
            source: t.t("合同付款条款", "payment term of the contract"),
            ..Finding::default()
        },
        Finding {
            anchor: "stage-backdated-shipped".into(),
            rule: "stage-backdated".into(),
            level: Level::Info,
            class: Class::Record,
            judgement: true,
            title: t.t("提单 11-07，11-09 才登记", "The B/L is of 11-07 and was recorded on 11-09"),
            past: false,
            waived: t.t(
                "周末补录（zhou.min，到 2026-12-31）",
                "recorded after the weekend (zhou.min, until 2026-12-31)",
            ),
            ..Finding::default()
        },
    ]
}

fn matrix(t: T) -> Matrix {
    let cell = |text: &str| match text.chars().last() {
        None => MatrixCell::default(),
        Some('X') => MatrixCell {
            text: text.trim_end_matches(" X").into(),
            kind: MatrixKind::Conflict,
            ..MatrixCell::default()
        },
        Some('?') => MatrixCell {
            text: text.trim_end_matches(" ?").into(),
            kind: MatrixKind::Look,
            long: true,
            ..MatrixCell::default()
        },
        Some('!') => MatrixCell { kind: MatrixKind::Missing, ..MatrixCell::default() },
        Some(_) => match text.strip_prefix("= ") {
            Some(full) => {
                MatrixCell { text: "=".into(), full: full.into(), kind: MatrixKind::Same, long: false }
            }
            None => MatrixCell { text: text.into(), kind: MatrixKind::Same, ..MatrixCell::default() },
        },
    };
    let none = || Link::text(t.t("未见冲突", "no conflict"));
    let row = |zh: &str, en: &str, cells: [&str; 5], result: Link, mark| MatrixRow {
        label: t.t(zh, en),
        cells: cells.into_iter().map(cell).collect(),
        results: vec![result],
        mark,
    };
    let column = |(zh, en, number, key): (&str, &str, &str, &str)| MatrixColumn {
        label: t.t(zh, en),
        number: Link::new(number, if key.is_empty() { String::new() } else { format!("#doc-{key}") }),
        draft: number == "3104…7713",
        missing: false,
    };
    Matrix {
        title: String::new(),
        columns: [
            ("订单", "Order", "", ""),
            ("发票", "Invoice", "INV26-0117", "invoice-INV26-0117"),
            ("装箱单", "Packing list", "PL26-0117", "packing-PL26-0117"),
            ("提单", "B/L", "EGLV…7421", "bl-EGLV143600117421"),
            ("报关单", "Declaration", "3104…7713", ""),
        ]
        .map(column)
        .into(),
        verdict: t.t("1 处冲突 · 1 处要人看", "1 conflict · 1 to be looked at"),
        mark: Mark::Late,
        summary: t.t(
            "比了 8 个字段：未见冲突 6，冲突 1，要人看 1。单据上没印的不比。",
            "8 fields compared: 6 without conflict, 1 in conflict, 1 to be looked at. What is not printed is not compared.",
        ),
        rows: vec![
            row(
                "收货人",
                "Consignee",
                ["Hanse Licht", "= Hanse Licht", "", "Hanse Lichte ?", ""],
                none(),
                Mark::Open,
            ),
            row("数量 PCS", "Quantity PCS", ["20,000", "= 20,000", "= 20,000", "", "= 20,000"], none(), Mark::Done),
            row("件数", "Packages", ["300", "", "= 300", "= 300", "= 300"], none(), Mark::Done),
            row(
                "毛重 KG",
                "Gross KG",
                ["2,470", "", "= 2,470", "2,740 X", "= 2,470"],
                Link::new("docs-total-gross", "#docs-total-gross-bl.gross_kg"),
                Mark::Late,
            ),
            row("净重 KG", "Net KG", ["2,120", "", "= 2,120", "", "= 2,120"], none(), Mark::Done),
            row("总额 USD", "Total USD", ["44,040.00", "= 44,040.00", "", "", "= 44,040.00"], none(), Mark::Done),
            row("装运日", "Shipped", ["≤ 11-10", "", "", "11-07", ""], none(), Mark::Done),
            row(
                "柜号",
                "Container",
                ["CSQU3054383", "", "= CSQU3054383", "= CSQU3054383", "!"],
                none(),
                Mark::Done,
            ),
        ],
    }
}

fn documents(t: T) -> Vec<Document> {
    let column = |zh: &str, en: &str, number| TableColumn { label: t.t(zh, en), number };
    vec![
        Document {
            anchor: "doc-invoice-INV26-0117".into(),
            kind: t.t("商业发票", "Commercial invoice"),
            number: "INV26-0117".into(),
            date: Some(md("11-02")),
            fields: vec![
                t.f("买方", "Buyer", "Hanse Licht GmbH, Speicherstadt 4, 20457 Hamburg"),
                t.f("术语", "Term", "FOB NINGBO, INCOTERMS 2020"),
                t.f("合计", "Total", "USD 44,040.00"),
                t.f("大写", "Words", "SAY US DOLLARS FORTY-FOUR THOUSAND AND FORTY ONLY"),
            ],
            lines: Some(Table {
                caption: t.t("发票明细", "Invoice lines"),
                columns: vec![
                    column("品名", "Name", false),
                    column("数量", "Quantity", true),
                    column("单价", "Unit price", true),
                    column("金额", "Amount", true),
                ],
                rows: vec![
                    vec![
                        "LED Bulb 12W E27 3000K".into(),
                        "12,000 PCS".into(),
                        "2.35".into(),
                        "28,200.00".into(),
                    ],
                    vec![
                        "LED Bulb 9W E27 3000K".into(),
                        "8,000 PCS".into(),
                        "1.98".into(),
                        "15,840.00".into(),
                    ],
                ],
            }),
            recorded: sample_recorded("zhou.min 11-02 #286"),
            ..Document::default()
        },
        Document {
            anchor: "doc-bl-EGLV143600117421".into(),
            kind: t.t("提单", "Bill of lading"),
            number: "EGLV143600117421".into(),
            date: Some(md("11-07")),
            fields: vec![
                t.f("托运人", "Shipper", "Ningbo Gendan Trading Co., Ltd."),
                t.f("收货人", "Consignee", "Hanse Licht GmbH"),
                t.f("船名航次", "Vessel", "EVER GOLDEN 0742W"),
                t.f("装货港", "Port of loading", "NINGBO, CHINA"),
                t.f("卸货港", "Port of discharge", "HAMBURG"),
                t.f("件数", "Packages", "300 CARTONS"),
                t.f("毛重", "Gross", "2,740 KG"),
                t.f("运费", "Freight", "FREIGHT COLLECT"),
                t.f("已装船", "On board", "2026-11-07"),
                t.f("正本", "Originals", "3/3"),
            ],
            text: "SHIPPER'S LOAD, STOW AND COUNT\nLED BULBS AS PER PO 4500089231".into(),
            findings: vec![Link::new("docs-total-gross", "#docs-total-gross-bl.gross_kg")],
            file: Link::text("BL-EGLV143600117421.pdf"),
            recorded: sample_recorded("zhou.min 11-09 #291"),
            ..Document::default()
        },
        Document {
            anchor: "doc-packing-PL26-0117".into(),
            kind: t.t("装箱单", "Packing list"),
            number: "PL26-0117".into(),
            date: Some(md("11-02")),
            fields: vec![
                t.f("件数", "Packages", "300 CTNS"),
                t.f("毛重", "Gross", "2,470 KG"),
                t.f("净重", "Net", "2,120 KG"),
                t.f("体积", "Volume", "15.0 CBM"),
            ],
            ..Document::default()
        },
        Document {
            anchor: "doc-proforma-PI26-0117-R0".into(),
            kind: t.t("形式发票", "Proforma invoice"),
            number: "PI26-0117-R0".into(),
            date: Some(md("08-28")),
            replaced_by: "PI26-0117-R1".into(),
            fields: vec![t.f("合计", "Total", "USD 44,600.00")],
            ..Document::default()
        },
    ]
}

fn money(t: T) -> Money {
    let said = |mark: Mark, zh: &str, en: &str| Said { mark, text: t.t(zh, en) };
    Money {
        terms: t.t(
            "30% 定金（签约后 7 天），70% 见提单副本（寄单后 7 天）",
            "30% deposit (7 days after signing), 70% against copy B/L (7 days after presentation)",
        ),
        states: vec![
            said(Mark::Open, "定金已收", "deposit paid"),
            said(Mark::Late, "逾期 3 天 USD 30,828.00", "3 days overdue USD 30,828.00"),
        ],
        mark: Mark::Late,
        lines: vec![
            PayLine {
                label: t.t("30% 定金", "30% deposit"),
                amount: "13,212.00".into(),
                due: PayDue {
                    day: Some(md("09-10")),
                    basis: t.t("签约 09-03", "signature 09-03"),
                    ..PayDue::default()
                },
                received: "13,187.00".into(),
                charges: "25.00".into(),
                open: "0.00".into(),
                state: said(Mark::Done, "收齐", "settled"),
                paid_by: vec![PaidBy {
                    day: Some(md("09-11")),
                    amount: "13,212.00".into(),
                    kind: String::new(),
                    file: Link::new("水单-20260911.pdf", forge("blob/main/files/1.pdf")),
                }],
                ..PayLine::default()
            },
            PayLine {
                label: t.t("70% 见提单副本付款", "70% against copy of B/L"),
                amount: "30,828.00".into(),
                due: PayDue {
                    day: Some(md("11-20")),
                    basis: t.t("寄提单副本 11-13", "copies sent 11-13"),
                    provisional: true,
                    ..PayDue::default()
                },
                open: "30,828.00".into(),
                state: said(Mark::Late, "逾期 3 天，预计 11-27", "3 days overdue, expected 11-27"),
                disputed: t.t("其中有争议 100.00", "of it disputed 100.00"),
                security: said(Mark::Open, "正本在手", "originals in hand"),
                ..PayLine::default()
            },
        ],
        credited: false,
        total: Some(PaySum {
            amount: "44,040.00".into(),
            received: "13,187.00".into(),
            charges: "25.00".into(),
            credited: String::new(),
            open: "30,828.00".into(),
        }),
        totals: vec![
            t.f("应收", "Due", "USD 44,040.00"),
            t.f("已收", "Received", "USD 13,187.00"),
            t.f("手续费", "Charges", "USD 25.00"),
            t.f("未收", "Open", "USD 30,828.00"),
        ],
        loose: vec![LooseMoney {
            day: Some(md("11-18")),
            amount: "EUR 500.00".into(),
            why: t.t(
                "币种和订单不同，没写折多少：补 fx.order_amount",
                "another currency, and nobody wrote what it counts for: add fx.order_amount",
            ),
            recorded: Link::new("money.toml", forge("blob/main/money.toml")),
        }],
        custody: vec![PayNote {
            mark: Mark::Open,
            text: Link::new(
                t.t(
                    "正本 3/3 在手，收到 USD 30,828.00 才放",
                    "originals 3/3 in hand, released against USD 30,828.00 only",
                ),
                "#documents",
            ),
        }],
        collections: vec![PayCollection {
            title: Link::new(
                t.t("D/P 托收 OC26 · Example Bank", "D/P collection OC26 · Example Bank"),
                "#documents",
            ),
            steps: vec![CreditClock {
                label: t.t("到代收行", "At the collecting bank"),
                day: Some(md("10-09")),
                mark: Mark::Done,
                ..CreditClock::default()
            }],
        }],
        receipts: vec![Receipt {
            day: md("09-11"),
            amount: "USD 13,187.00".into(),
            charges: "25.00".into(),
            applied_to: vec![t.t("30% 定金", "30% deposit")],
            payer: "Hanse Licht GmbH".into(),
            reference: "FT26254NB0091".into(),
            note: String::new(),
            file: Link::text("水单-20260911.pdf"),
            recorded: sample_recorded("sun.li 09-11 #220"),
        }],
        chases: vec![Chase {
            anchor: "chase-2".into(),
            what: t.t("70% 见提单副本付款 USD 30,828.00", "70% against copy of B/L USD 30,828.00"),
            owner: "lin.yan".into(),
            steps: [("T-7", "11-13", Mark::Done), ("T+1", "11-21", Mark::Late), ("T+7", "11-27", Mark::Todo)]
                .map(|(code, day, mark)| ChaseStep {
                    code: code.into(),
                    action: t.t("电话或邮件催", "call or mail"),
                    day: md(day),
                    mark,
                    passed: code == "T-7",
                })
                .to_vec(),
            now: said(
                Mark::Late,
                "T+1（11-21 周六 起）：电话或邮件催",
                "T+1 (since Sat 11-21): call or mail",
            ),
            next: t.t("T+7，11-27 周五：第二次催", "T+7, Fri 11-27: second reminder"),
            texts: vec![ChaseText {
                label: t.t("英文邮件，给客户", "Mail to the customer, in English"),
                lang: "en",
                to: "einkauf@hanse-licht.example".into(),
                subject: "Payment reminder: USD 30,828.00, invoice INV26-0117".into(),
                body: "Dear Sir or Madam,\n\n<script>alert(1)</script>".into(),
            }],
            texts_title: t.t("现在发：T+1 的文字", "To send now: texts for T+1"),
        }],
        reminders: vec![Reminder {
            day: md("11-21"),
            how: t.t("邮件", "mail"),
            who: "lin.yan".into(),
            said: t.t("客户财务每周五付款，11-27 付", "their accounting pays on Fridays, will pay 11-27"),
            step: "T+1".into(),
        }],
        credits: vec![],
        payables: t.t("应付 3 笔，已付 2 笔", "3 payables, 2 paid"),
        notes: vec![t.t("收汇期限（退税）2027-04-30", "Receipt deadline for the tax refund 2027-04-30")],
    }
}

fn history(t: T) -> History {
    let event = |day: &str, who: &str, zh: &str, en: &str, number| Event {
        day: md(day),
        who: who.into(),
        what: t.t(zh, en),
        change: change(number),
    };
    let step = |day: &str, who: &str, what: &[String], number| HistoryStep {
        day: Some(md(day)),
        who: who.into(),
        what: what.to_vec(),
        change: change(number),
        more: String::new(),
    };
    History {
        first: Some(event("09-03", "lin.yan", "建立订单", "order created", 211)),
        last: Some(event(
            "11-21",
            "lin.yan",
            "预计收款 11-20 → 11-27",
            "expected payment 11-20 → 11-27",
            301,
        )),
        summary: t.t("共 16 次，4 人", "16 changes by 4 people"),
        people: ["lin.yan", "zhou.min", "chen.hao", "sun.li"].map(String::from).to_vec(),
        steps: vec![
            step("11-21", "lin.yan", &[t.t("预计收款 11-20 → 11-27", "expected payment 11-20 → 11-27")], 301),
            step("11-13", "zhou.min", &[t.t("登记副本寄单", "copies presented")], 297),
            step(
                "11-09",
                "zhou.min",
                &[
                    t.t("登记提单 EGLV143600117421", "B/L EGLV143600117421 registered"),
                    t.t("装船 11-07", "shipped 11-07"),
                ],
                291,
            ),
        ],
        older: t.t("更早还有 13 次", "13 earlier changes"),
        unknown: String::new(),
        href: forge("commits/orders/2026/GD26-0117"),
    }
}

/// GD26-0117 with the wrong gross weight on its bill of lading.
pub(crate) fn order(lang: Lang) -> OrderPage {
    let t = T(lang);
    OrderPage {
        id: "GD26-0117".into(),
        title: "GD26-0117 Hanse Licht GmbH".into(),
        customer: Link::new("Hanse Licht GmbH", "c/hanse-licht.html"),
        po: "4500089231".into(),
        amount: "USD 44,040.00".into(),
        facts: vec![
            t.f("术语", "Term", "FOB Ningbo → Hamburg"),
            t.ff("付款", "Payment", "30% 定金，70% 见提单副本", "30% deposit, 70% against copy B/L"),
            t.ff("最迟装运", "Ship by", "11-10（09-20 改单，原 11-05）", "11-10 (amended 09-20, was 11-05)"),
            t.f("跟单", "Merchandiser", "lin.yan"),
            t.f("单证", "Clerk", "zhou.min"),
        ],
        verdict: t.t(
            "第 8 步收款。余款 USD 30,828.00 未到，比计划晚 3 天；单据 1 处不符（提单毛重）",
            "Step 8, collecting. The balance of USD 30,828.00 is 3 days late; one conflict in the papers (gross weight on the B/L)",
        ),
        verdict_mark: Mark::Late,
        outputs: [("PI", "proforma"), ("CI", "invoice"), ("PL", "packing"), ("SI", "si")]
            .map(|(text, code)| Link::new(text, format!("o/GD26-0117/{code}.html")))
            .to_vec(),
        stages: stages(t),
        gates: vec![
            Gate { name: t.t("装运前", "Before shipment"), mark: Mark::Done, text: t.t("9/9 齐", "9 of 9 there"), rule: Link::default() },
            Gate {
                name: t.t("放单前", "Before release of originals"),
                mark: Mark::Late,
                text: t.t("余款未到，正本不放", "balance not in, originals stay here"),
                rule: Link::new("gate-document-control", "rules/docs-total-gross.html"),
            },
            Gate { name: t.t("归档前", "Before archiving"), mark: Mark::Todo, text: t.t("缺 4 件", "4 missing"), rule: Link::default() },
        ],
        papers: vec![
            PapersGate {
                name: t.t("装运前的单据", "Papers before shipment"),
                mark: Mark::Done,
                text: t.t("14 件都在", "all 14 there"),
                open: false,
                rows: vec![PaperNeed {
                    what: t.t("订舱确认", "booking confirmation"),
                    mark: Mark::Done,
                    state: t.t("已登记", "on record"),
                    clause: t.t("每一单", "every order"),
                    record: Link::new("NGB7741920", "#shipments"),
                    ..PaperNeed::default()
                }],
                met: 1,
                met_text: t.t("其余 1 件没有问题", "nothing open about the other 1"),
                rule: Link::new("gate-papers-missing", "rules/docs-total-gross.html"),
            },
            PapersGate {
                name: t.t("归档资料齐全", "Archive complete"),
                mark: Mark::Todo,
                text: t.t("还没到，要 12 件，缺 4", "not yet; 4 of 12 still to come"),
                open: false,
                rows: vec![PaperNeed {
                    what: t.t("结案表", "closing sheet"),
                    mark: Mark::Todo,
                    state: t.t("缺", "missing"),
                    clause: t.t("每一单", "every order"),
                    note: t.t("自己做", "ours to make"),
                    ..PaperNeed::default()
                }],
                met: 0,
                met_text: String::new(),
                rule: Link::new("gate-archive-complete", "rules/docs-total-gross.html"),
            },
        ],
        papers_notes: Vec::new(),
        matrices: vec![matrix(t)],
        items: Items {
            rows: vec![
                Item {
                    sku: "LED-12W-E27-30".into(),
                    name: "LED Bulb 12W E27 3000K".into(),
                    name_zh: "LED灯泡 12W E27 暖白".into(),
                    hs: "8539520000".into(),
                    quantity: "12,000 PCS".into(),
                    price: "2.35".into(),
                    amount: "28,200.00".into(),
                    packing: t.t("60/箱 · 200 箱 · 8.4/7.2 KG · 0.052 CBM", "60/ctn · 200 ctns · 8.4/7.2 KG · 0.052 CBM"),
                },
                Item {
                    sku: "LED-09W-E27-30".into(),
                    name: "LED Bulb 9W E27 3000K".into(),
                    name_zh: "LED灯泡 9W E27 暖白".into(),
                    hs: "8539520000".into(),
                    quantity: "8,000 PCS".into(),
                    price: "1.98".into(),
                    amount: "15,840.00".into(),
                    packing: t.t("80/箱 · 100 箱 · 7.9/6.8 KG · 0.046 CBM", "80/ctn · 100 ctns · 7.9/6.8 KG · 0.046 CBM"),
                },
            ],
            totals: vec![
                t.f("数量", "Quantity", "20,000 PCS"),
                t.f("件数", "Packages", "300 CTNS"),
                t.f("毛重", "Gross", "2,470 KG"),
                t.f("净重", "Net", "2,120 KG"),
                t.f("体积", "Volume", "15.0 CBM"),
            ],
            amount: "USD 44,040.00".into(),
            marks: ["HANSE LICHT", "HAMBURG", "C/NO. 1-300"].map(String::from).to_vec(),
            href: forge("edit/orders/2026/GD26-0117/order.toml"),
        },
        amendments: vec![Event { day: md("09-20"), who: "Hanse Licht, mail 09-20".into(), what: t.t("交期 11-05 → 11-10", "shipment 11-05 → 11-10"), change: change(232) }],
        production: Some(Production {
            factory: Link::new(t.t("宁波浩宇照明", "Ningbo Haoyu Lighting"), "s/ningbo-haoyu.html"),
            done: "20,000".into(),
            reported: true,
            quantity: "20,000 PCS".into(),
            percent: 100,
            expected_percent: None,
            mark: Mark::Done,
            facts: vec![t.f("需完工", "Due", "10-25"), t.ff("完工", "Finished", "10-27（晚 2 天）", "10-27 (2 days late)")],
            reports: vec![
                Progress { day: md("10-12"), done: "7,000".into(), percent: 35, note: t.t("第二条线 10-14 开", "second line starts 10-14") },
                Progress { day: md("10-27"), done: "20,000".into(), percent: 100, note: String::new() },
            ],
        }),
        issues: vec![Issue {
            opened: md("10-08"),
            kind: t.t("材料", "Material"),
            what: t.t("灯头到料晚 3 天", "lamp caps 3 days late"),
            action: t.t("换 B 供应商 2,000 只", "2,000 from supplier B"),
            owner: "lin.yan".into(),
            told: Some(md("10-08")),
            closed: Some(md("10-11")),
        }],
        inspections: vec![Inspection {
            day: md("10-29"),
            stage: t.t("终检", "final"),
            by: t.t("自检 chen.hao", "own, chen.hao"),
            level: "II · 0 / 2.5 / 4.0".into(),
            lot: "20,000".into(),
            sample: "315".into(),
            critical: "0 / 0".into(),
            major: "5 / 14".into(),
            minor: "9 / 21".into(),
            result: t.t("通过", "passed"),
            mark: Mark::Done,
            file: Link::new("QC-20261029.pdf", forge("blob/main/files/QC.pdf")),
            note: String::new(),
        }],
        shipments: vec![Shipment {
            id: String::new(),
            vessel: "EVER GOLDEN 0742W".into(),
            route: "Ningbo → Hamburg".into(),
            facts: vec![
                Field { label: t.t("货代", "Forwarder"), value: t.t("中远宁波", "COSCO Ningbo"), href: "f/cosco-nb.html".into() },
                t.f("订舱号", "Booking", "NGB7741920"),
                t.f("ETD", "ETD", "11-07"),
                t.f("ETA", "ETA", "12-12"),
                t.ff("正本", "Originals", "3/3 在手", "3/3 in hand"),
            ],
            cutoffs: vec![
                CutOff { label: t.t("SI 截单", "SI"), at: Day::new("2026-11-03T12:00+08:00", "11-03 12:00"), mark: Mark::Done, note: String::new() },
                CutOff { label: t.t("VGM", "VGM"), at: Day::new("2026-11-04T12:00+08:00", "11-04 12:00"), mark: Mark::Done, note: String::new() },
                CutOff { label: t.t("CY 截港", "CY"), at: Day::new("2026-11-05T18:00+08:00", "11-05 18:00"), mark: Mark::Done, note: String::new() },
            ],
            containers: vec![Container {
                number: "CSQU3054383".into(),
                kind: "20GP".into(),
                seal: "EMCHQ81442".into(),
                packages: "300".into(),
                gross_kg: "2,470".into(),
                vgm_kg: "4,700".into(),
                check: Mark::Done,
            }],
            mark: Mark::Done,
            note: String::new(),
        }],
        credits: vec![],
        documents: documents(t),
        money: money(t),
        feedback: None,
        notes_html: markdown::render(
            &t.t(
                "## 2026-11-21 邮件 客户\n\n财务每周五付款，**11-27** 付余款。\n\n## 2026-11-13 邮件 客户\n\n副本已寄：发票、装箱单、提单。<script>alert(1)</script>\n\n- 唛头照旧\n- 提单 FREIGHT COLLECT\n",
                "## 2026-11-21 mail from customer\n\nTheir accounting pays on Fridays; the balance comes on **11-27**.\n\n## 2026-11-13 mail to customer\n\nCopies sent: invoice, packing list, B/L. <script>alert(1)</script>\n\n- marks as usual\n- B/L FREIGHT COLLECT\n",
            ),
            1,
        ),
        notes_href: forge("edit/orders/2026/GD26-0117/notes.md"),
        findings: findings(t),
        findings_summary: t.t("错误 1（单据），风险 1（逾期），已豁免 1", "1 error (document), 1 risk (overdue), 1 waived"),
        findings_notes: 0,
        history: history(t),
    }
}

/// A credit with something of everything: a refusal, a soft clause, a paper that is missing.
fn credit(t: T) -> Credit {
    let clock = |zh: &str, en: &str, day: Day, note: String, mark: Mark| CreditClock {
        label: t.t(zh, en),
        day: Some(day),
        note,
        mark,
        decisive: false,
    };
    let last = Day::new("2026-12-03", t.t("12-03 周四", "Thu 3 Dec"));
    let check = |zh: &str, en: &str, text: &str, mark: Mark| CreditCheck {
        label: t.t(zh, en),
        text: text.into(),
        mark,
        problems: vec![],
    };
    let row =
        |number: usize, what: String, registered: Option<&str>, mark: Mark, result: String| Requirement {
            number,
            what,
            asked: "3".into(),
            held: registered.map_or_else(String::new, |_| "3".into()),
            presented: registered.map_or_else(String::new, |_| "3 + 1".into()),
            registered: registered.map(Link::text).into_iter().collect(),
            mark,
            result,
            problems: vec![],
        };
    Credit {
        anchor: "credit-ILC26DXB07731".into(),
        number: "ILC26DXB07731".into(),
        summary: t.t("即期 · 任一银行议付 · UCP LATEST VERSION", "sight · by negotiation with any bank · UCP LATEST VERSION"),
        verdict: t.t("46A 3 项：未见冲突 1，要人看 1，还没登记 1", "46A, 3 papers: no conflict found 1, needs eyes 1, not registered 1"),
        verdict_mark: Mark::Warn,
        fields: vec![t.f("32B 金额", "32B amount", "USD 57,200.00"), t.f("39A 溢短装", "39A tolerance", "+5%/-5%"), t.f("43P 分批", "43P partial", "NOT ALLOWED"), t.f("43T 转运", "43T transhipment", "ALLOWED")],
        clocks: vec![
            clock("最迟装运 44C", "Latest shipment 44C", md("11-20"), t.t("实 11-12，早 8 天", "11-12, 8 days early"), Mark::Done),
            clock("交单期 48", "Presentation 48", md("12-03"), t.t("装运后 21 天", "21 days after shipment"), Mark::Open),
            clock("有效期 31D", "Expiry 31D", md("12-15"), t.t("中国", "in China"), Mark::Todo),
            CreditClock { decisive: true, ..clock("最后交单", "Last presentation", last, t.t("剩 10 天", "10 days left"), Mark::Open) },
        ],
        left: t.t("剩 10 天", "10 days left"),
        balance: t.t("已支 USD 0.00，最多可支 60,060.00，还剩 60,060.00", "USD 0.00 drawn of 60,060.00 at most, 60,060.00 left"),
        used_percent: 52,
        findings: vec![CreditFinding { mark: Mark::Warn, link: Link::text(t.t("在国外到期", "expires abroad")) }],
        checks: vec![
            check("数量 PCS", "Quantity PCS", "20,400 ≤ 20,000 + 5% = 21,000", Mark::Done),
            check("金额 USD", "Amount USD", "58,344.00 ≤ 57,200.00 + 5% = 60,060.00", Mark::Done),
        ],
        requirements: vec![
            row(1, t.t("发票", "Invoice"), Some("INV26-0124"), Mark::Done, t.t("未见冲突", "no conflict found")),
            Requirement {
                problems: vec![Link::new(t.t("背书没有登记", "endorsement not registered"), "rules/docs-total-gross.html")],
                ..row(2, t.t("提单 · TO ORDER · 运费预付", "Bill of lading · TO ORDER · freight prepaid"), Some("COSU6408812340"), Mark::Warn, t.t("要人看", "needs eyes"))
            },
            row(3, t.t("产地证 · CCPIT", "Certificate of origin · CCPIT"), None, Mark::Todo, t.t("还没登记", "not registered yet")),
        ],
        presented: true,
        conditions: vec![CreditCondition {
            number: 1,
            text: "ALL DOCUMENTS IN ENGLISH".into(),
            mark: Mark::Warn,
            result: t.t("写在单据上的，对着单据看", "about the papers: look at them"),
            problems: vec![],
        }],
        presentations: vec![CreditPresentation {
            title: Link::new(t.t("第 1 次交单", "Presentation 1"), "#documents"),
            summary: "USD 58,344.00".into(),
            state: t.t("11-20 拒付，补正到 12-03", "refused 20 Nov, to be cured by 3 Dec"),
            mark: Mark::Late,
            past: false,
            steps: vec![clock("交单", "Presented", md("11-14"), t.t("期限 12-03", "limit 3 Dec"), Mark::Done)],
            notice: vec![check("单据处理", "Disposal", "hold", Mark::Done)],
            discrepancies: vec![Discrepancy {
                text: "INVOICE SHOWS CIF INSTEAD OF CIF INCOTERMS 2020".into(),
                verdict: t.t("成立", "valid"),
                mark: Mark::Late,
                rule: Link::new("docs-total-gross", "rules/docs-total-gross.html"),
            }],
        }],
        texts: vec![t.f("45A 货物", "45A goods", "COTTON BATH TOWELS 20000 PCS AT USD2.86/PC CIF JEBEL ALI\n5 PCT MORE OR LESS IN QUANTITY AND AMOUNT ALLOWED")],
        amendments: vec![Amendment { number: "01".into(), day: Some(md("10-14")), state: t.t("已接受", "accepted"), mark: Mark::Done, text: t.t("最迟装运 11-10 → 11-20", "latest shipment 11-10 → 11-20") }],
    }
}

/// The register with a live credit and a closed one.
fn credits(t: T) -> CreditsPage {
    let day =
        |date: &str, note: String, mark: Mark| CreditDay { day: Some(md(date)), derived: false, note, mark };
    let live = CreditRow {
        number: Link::new("ILC26DXB07731", "o/GD26-0124.html#credit-ILC26DXB07731"),
        order: Link::new("GD26-0124", "o/GD26-0124.html"),
        customer: "Gulf Star".into(),
        amount: "USD 57,200.00 ±5%".into(),
        drawn: "0.00".into(),
        left: "60,060.00".into(),
        latest: day("11-20", t.t("已装", "shipped"), Mark::Todo),
        last: CreditDay { derived: true, ..day("12-03", t.t("剩 10 天", "10 days left"), Mark::Warn) },
        expiry: day("12-15", t.t("中国", "China"), Mark::Todo),
        amendments: vec![CreditState { text: t.t("01 接受", "01 accepted"), mark: Mark::Done }],
        step: CreditState { text: t.t("交单", "present the papers"), mark: Mark::Open },
        findings: vec![CreditFinding {
            mark: Mark::Warn,
            link: Link::new(t.t("在国外到期", "expires abroad"), "o/GD26-0124.html#credit"),
        }],
    };
    CreditsPage {
        path: "credits.html".into(),
        title: t.t("信用证", "Letters of credit"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        verdict: t.t(
            "1 份在用；最先到点：GD26-0124 最后交单 12-03，剩 10 天",
            "1 credit in use; first to run out: GD26-0124, last presentation 3 Dec, 10 days left",
        ),
        verdict_mark: Mark::Open,
        closed: vec![CreditRow { findings: vec![], ..live.clone() }],
        live: vec![live],
        closed_title: t.t("已结束 1 份", "Closed: 1"),
        pages: vec![],
    }
}

/// GD26-0124, under a letter of credit, in the middle of stage 7, with a complaint and unknown history.
pub(crate) fn credit_order(lang: Lang) -> OrderPage {
    let t = T(lang);
    let mut page = order(lang);
    page.id = "GD26-0124".into();
    page.title = "GD26-0124 Gulf Star Trading LLC".into();
    page.customer = Link::new("Gulf Star Trading LLC", "c/hanse-licht.html");
    page.po = "GS-2207".into();
    page.amount = "USD 58,344.00".into();
    page.verdict = t.t("第 7 步出运与单据。12-03 是最后交单日，还剩 10 天；产地证没登记", "Step 7, papers. 12-03 is the last day to present, 10 days left; the certificate of origin is not registered");
    page.verdict_mark = Mark::Open;
    for stage in &mut page.stages {
        stage.current = stage.number == 7;
        if stage.number >= 8 {
            stage.mark = Mark::Todo;
            stage.date.clear();
            stage.slack.clear();
        }
    }
    page.stages[6].mark = Mark::Open;
    page.stages[6].slack = t.t("余 10 天", "10 days left");
    page.findings.clear();
    page.findings_summary.clear();
    page.matrices = Vec::new();
    for document in &mut page.documents {
        document.findings.clear();
    }
    page.credits = vec![credit(t)];
    page.production = page.production.map(|p| Production {
        done: "13,260".into(),
        quantity: "20,400 PCS".into(),
        percent: 65,
        expected_percent: Some(80),
        mark: Mark::Late,
        ..p
    });
    page.feedback = Some(Feedback {
        asked: Some(md("12-20")),
        score: 4,
        text: "On time, packing good".into(),
        complaints: vec![Complaint {
            opened: md("12-28"),
            kind: t.t("质量", "quality"),
            what: "38 PCS no light".into(),
            claimed: "USD 89.30".into(),
            decision: t.t("接受", "accepted"),
            settled: "credit note CN26-014".into(),
            corrective: t.t("加老化测试", "burn-in test added"),
            closed: None,
            note: t.t("开了 8 天", "open for 8 days"),
        }],
    });
    page.history = History {
        unknown: t.t(
            "历史不完整：浅克隆，看不出是谁记的。",
            "History is incomplete: a shallow clone cannot tell who recorded this.",
        ),
        ..History::default()
    };
    page
}

fn rows(t: T) -> Vec<OrderRow> {
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

fn dashboard(t: T) -> DashboardPage {
    let todo =
        |urgent, id: &str, customer: &str, zh: &str, en: &str, day: &str, amount: &str, owner: &str| Todo {
            urgent,
            order: Link::new(id, format!("o/{id}.html")),
            customer: customer.into(),
            text: t.t(zh, en),
            day: (!day.is_empty()).then(|| md(day)),
            amount: amount.into(),
            owner: owner.into(),
        };
    let names = [
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
    let counts: [(usize, usize); 10] =
        [(2, 0), (3, 1), (12, 2), (4, 1), (3, 1), (1, 0), (4, 1), (7, 2), (2, 1), (0, 0)];
    let amount = |text: &str, percent, overdue| CashAmount { text: text.into(), percent, overdue };
    DashboardPage {
        title: t.t("总览", "Overview"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        todos_title: t.t("要处理 7 项", "7 to deal with"),
        todos: vec![
            todo(
                true,
                "GD26-0122",
                "Meghna",
                "截单 11-25 12:00，提单草稿未核；改证 02 待答 4 天",
                "SI cut-off 11-25 12:00, B/L draft not checked; amendment 02 unanswered for 4 days",
                "11-25",
                "USD 56,800.00",
                "zhou.min",
            ),
            todo(
                true,
                "GD26-0119",
                "Nordkap",
                "11-25 前不验货就赶不上 12-02 的船，余 2 天",
                "inspect by 11-25 or the sailing of 12-02 is missed, 2 days left",
                "11-25",
                "EUR 18,400.00",
                "chen.hao",
            ),
            todo(
                true,
                "GD26-0098",
                "Casa Blanca",
                "尾款 40% 逾期 85 天，上次催 11-18",
                "balance of 40% is 85 days overdue, last reminder 11-18",
                "",
                "USD 12,050.00",
                "lin.yan",
            ),
            todo(
                true,
                "GD26-0124",
                "Gulf Star",
                "计划交单 11-20 已过 3 天，最后交单 12-03",
                "planned presentation 11-20 passed 3 days ago, last day 12-03",
                "12-03",
                "USD 58,344.00",
                "zhou.min",
            ),
            todo(
                false,
                "GD26-0117",
                "Hanse Licht",
                "余款计划 11-20，晚 3 天，预计 11-27",
                "balance planned 11-20, 3 days late, expected 11-27",
                "11-27",
                "USD 30,828.00",
                "lin.yan",
            ),
            todo(
                false,
                "GD26-0131",
                "Hanse Licht",
                "合同签字件没登记；定金 11-27 到期，没到不能投产",
                "signed contract not registered; deposit due 11-27, no production without it",
                "11-27",
                "USD 8,460.00",
                "lin.yan",
            ),
        ],
        todos_more: Link::new(t.t("另有 1 项，全部 23 条", "1 more, all 23"), "quality.html"),
        counts: vec![
            t.fig("38", "进行中", "open", Mark::Todo, "orders.html"),
            t.fig("29", "正常", "on track", Mark::Done, ""),
            t.fig("6", "有风险", "at risk", Mark::Warn, ""),
            t.fig("3", "已延误", "late", Mark::Late, ""),
            t.fig("11", "本月装运", "shipments this month", Mark::Todo, ""),
            t.fig("9", "下月装运", "next month", Mark::Todo, ""),
        ],
        stages: names
            .iter()
            .zip(counts)
            .zip(1..)
            .map(|(((zh, en), (count, late)), number)| StageCount {
                number,
                name: t.t(zh, en),
                count,
                late,
                percent: u8::try_from(count * 100 / 12).unwrap(),
                late_percent: u8::try_from(late * 100 / 12).unwrap(),
            })
            .collect(),
        cash: vec![
            CashPeriod {
                label: t.t("已逾期", "Overdue"), amounts: vec![amount("USD 42,878.00", 44, true)]
            },
            CashPeriod {
                label: t.t("本周", "This week"), amounts: vec![amount("USD 39,288.00", 40, false)]
            },
            CashPeriod {
                label: t.t("下周", "Next week"), amounts: vec![amount("USD 58,344.00", 60, false)]
            },
            CashPeriod {
                label: t.t("30 天内", "In 30 days"),
                amounts: vec![amount("USD 97,632.00", 100, false), amount("EUR 18,400.00", 100, false)],
            },
        ],
        cash_basis: t.t(
            "9 单：未收余额整笔记在预计收齐日，没有预计的记在计划收齐日。",
            "9 orders: the whole open balance on the day it is expected in full, else on the planned day. ",
        ),
        indicators: vec![
            t.fig("21/23", "准时装运", "Shipped on time", Mark::Todo, "exposure.html#indicators"),
            t.fig(&t.t("4 天", "4 days"), "余量中位", "median slack", Mark::Todo, "exposure.html#indicators"),
            t.fig(
                "3/4",
                "首次交单未见不符",
                "First presentation without a conflict",
                Mark::Todo,
                "exposure.html#indicators",
            ),
            t.fig(
                "10/11",
                "验货一次通过",
                "Passed inspection at once",
                Mark::Todo,
                "exposure.html#indicators",
            ),
            Figure {
                note: t.t("应收 109,682", "of 109,682"),
                ..t.fig("USD 42,878", "逾期", "overdue", Mark::Late, "exposure.html#indicators")
            },
        ],
        changes: dates::change_entries(t),
        changes_more: t.t("另有 2 处改动。", "2 more changes."),
        changes_unknown: String::new(),
        quality: vec![
            t.fig("37/38", "读入", "orders read", Mark::Late, "quality.html"),
            t.fig("2", "没写计划", "without a plan", Mark::Warn, "quality.html"),
            t.fig("1", "14 天没动", "untouched for 14 days", Mark::Warn, "quality.html"),
            t.fig("0", "文件丢失", "files missing", Mark::Done, "quality.html"),
        ],
    }
}

fn board(t: T) -> BoardPage {
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

fn broken(t: T) -> BrokenOrderPage {
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

fn party(t: T, kind: PartyKind) -> PartyPage {
    let customer = kind == PartyKind::Customer;
    PartyPage {
        id: match kind {
            PartyKind::Customer => "hanse-licht",
            PartyKind::Supplier => "ningbo-haoyu",
            PartyKind::Forwarder => "cosco-nb",
        }
        .into(),
        kind,
        title: if customer {
            "Hanse Licht GmbH".into()
        } else {
            t.t("宁波浩宇照明", "Ningbo Haoyu Lighting Co., Ltd.")
        },
        other_name: if customer {
            "汉萨照明".into()
        } else {
            t.t("Ningbo Haoyu Lighting", "宁波浩宇照明")
        },
        figures: vec![
            t.fig("2", "进行中", "open orders", Mark::Todo, ""),
            t.fig("2/9", "改单", "orders amended", Mark::Todo, ""),
        ],
        money: customer.then(|| {
            let hanse = hanse(t);
            PartyMoney {
                owed: hanse.owed,
                pending: "USD 28,200.00".into(),
                limits: hanse.limits,
                habit: hanse.habit,
            }
        }),
        fields: vec![
            t.f("地址", "Address", "Speicherstadt 4, 20457 Hamburg, DE"),
            t.f("默认术语", "Default term", "FOB Ningbo"),
            t.f("默认付款", "Default payment", "30% deposit, 70% copy-bl"),
            t.f("邮箱", "E-mail", "einkauf@hanse-licht.example"),
        ],
        notes_html: markdown::render(
            &t.t(
                "财务每周五付款；唛头固定；提单要 FREIGHT COLLECT。",
                "Pays on Fridays; fixed marks; the B/L must say FREIGHT COLLECT.",
            ),
            2,
        ),
        open: rows(t).into_iter().take(2).collect(),
        closed: rows(t).into_iter().skip(4).take(1).collect(),
        more: Link::default(),
        findings: vec![],
    }
}

fn archive_index(t: T) -> ArchiveIndexPage {
    let month = |name: &str, orders, incomplete| ArchiveMonth {
        name: name.into(),
        href: "archive/2026/09.html".into(),
        orders,
        complete: orders - incomplete,
        incomplete,
        cancelled: 0,
    };
    ArchiveIndexPage {
        title: t.t("归档", "Archive"),
        summary: t.t("共 61 单，缺件 2 单", "61 orders, 2 incomplete"),
        years: vec![
            ArchiveYear {
                year: "2026".into(),
                months: vec![month("2026-09", 12, 2), month("2026-08", 9, 0)],
            },
            ArchiveYear { year: "2025".into(), months: vec![month("2025-12", 40, 0)] },
        ],
        guides: vec![],
    }
}

/// A page inside the archive; its style would lie beside it.
fn filed_order(t: T) -> FiledOrderPage {
    let item = |zh: &str, en: &str, mark| ArchiveItem { label: t.t(zh, en), mark };
    let file = |name: &str, what: String| FiledFile { link: Link::new(name, ""), what };
    FiledOrderPage {
        file: "archive/2026/GD26-0061/index.html".into(),
        title: "GD26-0061 · Nordkap AS".into(),
        company: t.t("宁波示例贸易有限公司", "Ningbo Example Trading Co., Ltd."),
        other: Link::default(),
        other_lang: String::new(),
        lead: t.t(
            "Nordkap AS 向我们订购不锈钢盆 3 款，USD 58,200.00，FOB Ningbo。2026-07-28 装运，2026-08-21 收齐货款。",
            "Nordkap AS ordered steel bowls from us, USD 58,200.00, FOB Ningbo. It was shipped on 2026-07-28 and paid in full by 2026-08-21.",
        ),
        stand: t.t("这一页说的是 2026-09-30 的情形。", "This page speaks as of 2026-09-30."),
        facts: vec![
            t.ff("归档", "Archived", "2026-09-30 · 林岩 记于 2026-09-30 · #291", "2026-09-30 · recorded by Lin Yan on 2026-09-30 · #291"),
            t.f("保存到", "Kept until", "2036-09-30"),
        ],
        verdict: t.t("缺 1 件。", "1 thing is missing."),
        mark: Mark::Late,
        items: vec![item("提单", "B/L", Mark::Done), item("缺水单", "Bank advice missing", Mark::Late)],
        absent: vec![t.ff("files/水单.pdf", "files/水单.pdf", "文件夹里没有", "not in the folder")],
        groups: vec![FiledGroup {
            title: t.t("附件", "Attachments"),
            note: t.t("一个字节不改。", "Byte for byte."),
            files: vec![file("files/BL.pdf", t.t("提单 bl[0]", "bill of lading bl[0]"))],
        }],
        findings_note: t.t("错误 1。", "errors 1."),
        findings: vec![FiledFinding {
            level: Level::Error,
            title: t.t("提单毛重不符", "the B/L's gross weight differs"),
            rule: "docs-total-gross".into(),
            note: String::new(),
        }],
        history_note: t.t("共 1 次改动，1 人。", "Changes: 1, people: 1."),
        history: vec![FiledStep {
            day: "2026-09-30".into(),
            who: t.t("林岩", "Lin Yan"),
            change: "#291 77d01be".into(),
            what: vec![t.t("实际 归档 2026-09-30", "actual: archived 2026-09-30")],
        }],
        verify: vec![Field::new("Linux", "sha256sum -c SHA256SUMS")],
    }
}

/// The orders of a month.
fn filed_month(t: T) -> FiledMonthPage {
    FiledMonthPage {
        file: "archive/2026-09.html".into(),
        title: "归档 Archive 2026-09".into(),
        company: t.t("宁波示例贸易有限公司", "Ningbo Example Trading Co., Ltd."),
        columns: vec!["订单 Order".into(), "客户 Customer".into()],
        rows: vec![FiledRow { order: Link::new("GD26-0061", ""), cells: vec!["Nordkap AS".into()] }],
        verify: vec!["sha256sum -c 2026-09.sha256".into()],
    }
}

fn archive_month(t: T) -> ArchiveMonthPage {
    let item = |zh: &str, en: &str, mark| ArchiveItem { label: t.t(zh, en), mark };
    ArchiveMonthPage {
        year: "2026".into(),
        pages: vec![],
        month: "09".into(),
        title: t.t("归档 2026-09", "Archive 2026-09"),
        summary: t.t("12 单，完整 10，缺件 2", "12 orders, 10 complete, 2 incomplete"),
        entries: vec![ArchiveEntry {
            order: Link::new("GD26-0061", "o/GD26-0117.html"),
            customer: "Nordkap AS".into(),
            mark: Mark::Late,
            items: vec![
                item("合同", "Contract", Mark::Done),
                item("发票", "Invoice", Mark::Done),
                item("提单", "B/L", Mark::Done),
                item("水单 2/2", "Bank advices 2/2", Mark::Done),
                item("运费发票（FOB 不适用）", "Freight invoice (not under FOB)", Mark::Na),
                item("反馈", "Feedback", Mark::Late),
            ],
            facts: vec![
                t.f("备案目录序号", "Filing number", "2026-0061"),
                t.ff("保存到", "Keep until", "2036（起算日以公告为准）", "2036 (start as announced)"),
                t.f("提交", "Commit", "77d01be"),
            ],
        }],
        verify: vec![
            Field::new("Linux, macOS", "sha256sum -c SHA256SUMS"),
            Field::new("Windows", "powershell -File verify.ps1"),
            t.f("有 gendan", "With gendan", "gendan verify ."),
        ],
    }
}

fn rules(t: T) -> RulesPage {
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

fn rule(t: T) -> RulePage {
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

fn check(t: T) -> CheckPage {
    let row = CheckRow {
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

fn quality(t: T) -> QualityPage {
    let mut across = finding(t);
    across.order = "GD26-0117".into();
    across.order_href = "o/GD26-0117.html".into();
    let group = |zh: &str, en: &str, figures: Vec<Figure>, note: &str| QualityGroup {
        name: t.t(zh, en),
        figures,
        note: note.into(),
    };
    QualityPage {
        title: t.t("数据质量", "Data quality"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        verdict: t
            .t("读入 37/38 单，1 单读不了，1 个错误", "37 of 38 orders read, 1 cannot be read, 1 error"),
        verdict_mark: Mark::Late,
        groups: vec![
            group(
                "读入",
                "Reading",
                vec![
                    t.fig("37/38", "单", "orders", Mark::Late, ""),
                    t.fig("1", "写法错误", "writing mistakes", Mark::Late, ""),
                    t.fig("0", "引用错误", "broken references", Mark::Done, ""),
                ],
                "",
            ),
            group(
                "覆盖率",
                "Coverage",
                vec![
                    t.fig("36/38", "有计划", "with a plan", Mark::Todo, ""),
                    t.fig("38/38", "有负责人", "with an owner", Mark::Done, ""),
                    t.fig("21/22", "有水单", "with bank advices", Mark::Todo, ""),
                ],
                "",
            ),
            group(
                "停滞",
                "Stale",
                vec![t.fig("1", "14 天没有改动", "untouched for 14 days", Mark::Warn, "")],
                "GD26-0090（lin.yan）",
            ),
            group(
                "日历",
                "Calendars",
                vec![
                    t.fig("2026", "cn-bank 有", "cn-bank present", Mark::Done, ""),
                    t.fig("2027", "cn-bank 缺", "cn-bank missing", Mark::Warn, ""),
                ],
                "",
            ),
        ],
        broken: vec![Link::new("GD26-0131", "o/GD26-0131.html")],
        findings: vec![across],
        waivers: vec![WaiverRow {
            order: Link::new("GD26-0117", "o/GD26-0117.html"),
            rule: Link::text("stage-backdated"),
            at: "actual.shipped".into(),
            why: t.t("周末补录", "recorded after the weekend"),
            by: "zhou.min".into(),
            until: Day::new("2026-12-31", "12-31"),
            mark: Mark::Open,
            note: t.t("38 天后到期", "ends in 38 days"),
        }],
        not_checked: vec![t.t("git-plan-rewritten：浅克隆", "git-plan-rewritten: shallow clone")],
    }
}

fn orders(t: T, path: &str) -> OrdersPage {
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
        pages: vec![],
        downloads: vec![Link::new("XLSX", "orders.xlsx"), Link::new("CSV", "orders.csv")],
    }
}

fn sailing(t: T, day: Day, ship: &str, order: &str, numbers: &[&str]) -> SailingHead {
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

fn shipments(t: T) -> ShipmentsPage {
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

fn part(t: T, zh: &str, en: &str, amount: &str, mark: Mark) -> ExposurePart {
    ExposurePart { label: t.t(zh, en), amount: amount.into(), mark }
}

/// A customer without a limit that pays late.
fn hanse(t: T) -> ExposureCustomer {
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

fn exposure(t: T) -> ExposurePage {
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

fn payables(t: T) -> PayablesPage {
    let week = |zh: &str, en: &str, text: &str, percent, overdue| CashPeriod {
        label: t.t(zh, en),
        amounts: vec![CashAmount { text: text.into(), percent, overdue }],
    };
    let haoyu = || Link::new(t.t("宁波浩宇照明", "Ningbo Haoyu Lighting"), "s/ningbo-haoyu.html");
    let bill = PayableBill {
        due: Some(md("11-20")),
        when: t.t("逾期 3 天", "3 days overdue"),
        mark: Mark::Late,
        party: haoyu(),
        kind: t.t("货款", "goods"),
        number: "F-1107".into(),
        order: Link::new("GD26-0117", "o/GD26-0117.html#money"),
        amount: "CNY 226,800.00".into(),
        paid: "68,040.00".into(),
        open: "CNY 158,760.00".into(),
        open_sort: "CNY 0000000000158760.00".into(),
        vat: "VAT20261102117".into(),
        vat_mark: Mark::Done,
    };
    let freight = PayableBill {
        due: None,
        when: t.t("没写到期日", "no due day"),
        mark: Mark::Warn,
        party: Link::new(t.t("宁波远海货代", "Ningbo Yuanhai Forwarding"), "f/cosco-nb.html"),
        kind: t.t("运费", "freight"),
        number: String::new(),
        order: Link::new("GD26-0124", "o/GD26-0124.html#money"),
        amount: "USD 1,450.00".into(),
        paid: String::new(),
        open: "USD 1,450.00".into(),
        open_sort: "USD 0000000000001450.00".into(),
        vat: t.t("不适用", "none expected"),
        vat_mark: Mark::Na,
    };
    PayablesPage {
        path: "payables.html".into(),
        title: t.t("应付", "Payables"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        downloads: vec![],
        verdict: t.t(
            "未付 CNY 158,760.00 · USD 1,450.00，已逾期 CNY 158,760.00",
            "Open: CNY 158,760.00 · USD 1,450.00; overdue CNY 158,760.00",
        ),
        verdict_mark: Mark::Late,
        weeks: vec![
            week("已逾期", "Overdue", "CNY 158,760.00", 100, true),
            week("本周", "This week", "—", 0, false),
            week("没写到期日", "No due day", "USD 1,450.00", 100, false),
        ],
        parties: vec![PayableParty {
            name: haoyu(),
            open: "CNY 158,760.00".into(),
            open_sort: "CNY 0000000000158760.00".into(),
            overdue: "158,760.00".into(),
            next: Some(md("11-20")),
            bills: "1".into(),
            ahead: "19,200.00".into(),
        }],
        bills: vec![bill.clone(), freight],
        bills_note: t.t("2 张", "2 bills"),
        pages: vec![],
        ahead: vec![PayableAhead {
            day: Some(md("11-12")),
            party: haoyu(),
            order: Link::new("GD26-0131", "o/GD26-0131.html"),
            amount: "CNY 19,200.00".into(),
            what: t.t("模具款", "tooling"),
            why: t.t("预付，还没有账单", "paid ahead, no bill yet"),
            mark: Mark::Open,
        }],
        ahead_note: t.t("1 笔", "1 payment"),
        ordered: vec![PayableOrdered {
            party: haoyu(),
            order: Link::new("GD26-0131", "o/GD26-0131.html"),
            due: Some(md("12-28")),
            ordered: "CNY 145,200.00".into(),
            billed: String::new(),
            ahead: "19,200.00".into(),
            rest: "CNY 145,200.00".into(),
            rest_sort: "CNY 0000000000145200.00".into(),
            note: t.t("1 款没写数量或采购价", "1 item without quantity or price"),
        }],
        ordered_note: t.t(
            "还没开账单 CNY 145,200.00，不在上面的未付里",
            "CNY 145,200.00 not billed yet, not in the bills above",
        ),
        invoices: vec![PayableBill { vat: t.t("没登记", "not recorded"), vat_mark: Mark::Warn, ..bill }],
        invoices_note: t.t("1 张 · CNY 226,800.00", "1 bill · CNY 226,800.00"),
    }
}

fn customs(t: T) -> CustomsPage {
    let row = ExportRow {
        number: Link::new("310420260560417713", "o/GD26-0117.html#documents"),
        order: Link::new("GD26-0117", "o/GD26-0117.html"),
        customer: t.t("汉萨照明", "Hanse Licht GmbH"),
        exported: Some(md("11-07")),
        amount: "USD 44,040.00".into(),
        amount_sort: "USD 0000000000044040.00".into(),
        received: Link::new("USD 13,187.00", "o/GD26-0117.html#money"),
        received_sort: "USD 0000000000013187.00".into(),
        received_notes: vec![
            t.t("另手续费 25.00", "charges 25.00"),
            t.t("差 30,828.00", "30,828.00 to come"),
        ],
        received_mark: Mark::Open,
        deadline: Some(Day::new("2027-04-30", "2027-04-30")),
        deadline_note: t.t("剩 158 天", "158 days left"),
        deadline_mark: Mark::Open,
        claimed_word: t.t("未申报", "not claimed"),
        claimed_note: t.t("缺进项发票", "VAT invoice missing"),
        claimed_mark: Mark::Warn,
        set: Link::new("5/7", "o/GD26-0117.html#documents"),
        set_sort: "2".into(),
        set_note: t.t("缺报关费发票、备案目录", "missing: broker's invoice, list of the set"),
        set_mark: Mark::Late,
        set_due: t.t("11-20 前成册，过了 3 天", "due 20 Nov, 3 days past"),
        ..ExportRow::default()
    };
    let undeclared = ExportRow {
        no_number: t.t("没登记报关单", "declaration not registered"),
        no_number_mark: Mark::Warn,
        order: Link::new("GD26-0124", "o/GD26-0124.html"),
        batch: t.t("第 2 批", "shipment 2"),
        exported: Some(md("11-12")),
        exported_note: t.t("手填", "typed"),
        keep: Some(Day::new("2036-10-30", "2036-10-30")),
        ..ExportRow::default()
    };
    let group = |id: &str, zh: &str, en: &str, kept, rows| ExportGroup {
        id: id.into(),
        title: t.t(zh, en),
        note: t.t("1 票；报关 USD 44,040.00", "1 export; declared USD 44,040.00"),
        kept,
        rows,
    };
    CustomsPage {
        path: "customs.html".into(),
        title: t.t("报关与退税", "Customs and tax file"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        figures: vec![t.fig("1", "票收汇未齐", "exports lack receipts", Mark::Todo, "#receipts")],
        groups: vec![
            group("receipts", "收汇未齐", "Receipts outstanding", false, vec![row]),
            group("undeclared", "没登记报关单", "Not registered", true, vec![undeclared]),
        ],
        pages: vec![],
        periods: vec![t.ff("收汇", "Receipt", "次年 4 月 30 日前", "by 30 April of the year after")],
        source: t.t("以公告为准。", "The announcement governs."),
    }
}

fn receivables(t: T) -> ReceivablesPage {
    let said = |mark: Mark, zh: &str, en: &str| Said { mark, text: t.t(zh, en) };
    let cells = |not_due: &str, first: &str| OwedCells {
        not_due: not_due.into(),
        buckets: [first, "", "", "", ""].map(String::from).to_vec(),
        disputed: String::new(),
        open: "30,828.00".into(),
    };
    let late = OwedRow {
        customer: Link::new("Hanse Licht", "c/hanse-licht.html"),
        order: Link::new("GD26-0117", "o/GD26-0117.html#money"),
        instalment: t.t("70% 见提单副本付款", "70% against copy of B/L"),
        lot: t.t("第 2 批", "lot 2"),
        due: PayDue { day: Some(md("11-20")), ..PayDue::default() },
        state: said(Mark::Late, "逾期 3 天", "3 days overdue"),
        expected: t.t("预计 11-27", "expected 11-27"),
        overdue: true,
        cells: cells("", "30,828.00"),
        security: said(Mark::Open, "正本在手", "originals in hand"),
        reminded: "11-21 lin.yan".into(),
        next: said(Mark::Todo, "11-27 T+7", "11-27 T+7"),
        owner: "lin.yan".into(),
    };
    let ahead = OwedRow {
        order: Link::new("GD26-0124", "o/GD26-0124.html#money"),
        due: PayDue { waits: t.t("等承兑", "waits for acceptance"), ..PayDue::default() },
        overdue: false,
        cells: cells("58,344.00", ""),
        ..late.clone()
    };
    let bar = |x: &str, firm: &str, soft: &str, value: &str, late: bool| CashBar {
        x: x.into(),
        middle: x.into(),
        width: "4.8".into(),
        firm_y: "40".into(),
        firm: firm.into(),
        soft_y: "20".into(),
        soft: soft.into(),
        value: value.into(),
        label: "23".into(),
        month: t.t("11月", "Nov"),
        late,
    };
    ReceivablesPage {
        path: "receivables.html".into(),
        title: t.t("应收", "Receivables"),
        as_of: Day::new("2026-11-23", t.t("2026-11-23 周一", "Mon 23 Nov 2026")),
        downloads: vec![Link::new("XLSX", "receivables.xlsx")],
        verdict: t.t("逾期 1 笔：USD 30,828.00", "1 overdue: USD 30,828.00"),
        verdict_mark: Mark::Late,
        sums: vec![OwedSum {
            currency: "USD".into(),
            anchor: "usd".into(),
            open: "89,172.00".into(),
            overdue: "30,828.00".into(),
            rate: "7.0812".into(),
            rate_note: "2026-10-30 ECB".into(),
            rate_mark: Mark::Warn,
            base_open: "631,445".into(),
            base_overdue: "218,299".into(),
            ..OwedSum::default()
        }],
        base: t.t("约合 CNY", "about, in CNY"),
        base_open: "631,445".into(),
        base_overdue: "218,299".into(),
        base_notes: vec![
            said(Mark::Todo, "折成 CNY 只供参考。", "In CNY for display only."),
            said(Mark::Late, "没有 JPY 的汇率。", "No rate for JPY."),
        ],
        counts: OwedCounts { all: 2, overdue: 1, not_due: 1 },
        buckets: ["1–30", "31–60", "61–90", "91–180", ">180"].map(String::from).to_vec(),
        groups: vec![OwedGroup {
            anchor: "usd".into(),
            currency: "USD".into(),
            note: t.t("2 笔，未收 89,172.00", "2 amounts, 89,172.00 open"),
            rows: vec![late, ahead],
            total: cells("58,344.00", "30,828.00"),
        }],
        notes: vec![OwedNote {
            text: t.t(
                "1 单还没签约，没算：USD 8,460.00",
                "1 order is not signed, and not in the sums: USD 8,460.00",
            ),
            orders: vec![Link::new("GD26-0131", "o/GD26-0131.html")],
            more: t.t("另有 2 笔", "2 more"),
        }],
        loose: vec![LooseRow {
            customer: Link::new("Hanse Licht", "c/hanse-licht.html"),
            order: Link::new("GD26-0117", "o/GD26-0117.html#money"),
            amount: "USD 500.00".into(),
            day: Some(md("11-18")),
            why: said(Mark::Warn, "比应收多", "more than was due"),
        }],
        cash: vec![CashChart {
            currency: "USD".into(),
            alt: t.t("USD 共 89,172.00", "USD 89,172.00 in all"),
            bars: vec![
                bar("1", "36", "0", t.t("3万", "31k").as_str(), true),
                bar("10.94", "36", "20", t.t("5.8万", "58k").as_str(), false),
            ],
            rows: vec![CashRow {
                label: t.t("11-23 至 11-29", "23 Nov to 29 Nov"),
                week: t.t("第 48 周", "week 48"),
                firm: "30,828.00".into(),
                soft: String::new(),
                sum: "30,828.00".into(),
                late: false,
                orders: vec![CashOrder {
                    order: Link::new("GD26-0117", "o/GD26-0117.html#money"),
                    amount: "30,828.00".into(),
                    note: t.t("预计", "promised"),
                }],
                more: String::new(),
            }],
            total: "89,172.00".into(),
            total_firm: "30,828.00".into(),
            total_soft: "58,344.00".into(),
        }],
        cash_title: t.t("预计收汇，按周", "Expected money, by week"),
        pages: vec![],
    }
}

fn about(t: T) -> AboutPage {
    AboutPage {
        title: t.t("关于", "About"),
        text_html: pages::about_html(t.0),
        build: vec![
            t.f("提交", "Commit", "3f9c2ab (2026-11-23 08:41 +08:00)"),
            t.f("数据日期", "As of", "2026-11-23"),
            t.f("读入", "Orders read", "37/38"),
            t.f("版本", "Version", "0.1.0"),
            t.ff("日历", "Calendars", "cn-bank-2026 有，2027 缺", "cn-bank-2026 present, 2027 missing"),
        ],
    }
}

/// Every page kind in one language.
fn site(renderer: &Renderer, lang: Lang) -> Vec<Rendered> {
    let t = T(lang);
    let shell = shell(lang);
    let facts = facts();
    let dated = PageFacts { as_of: "2026-11-23".into(), ..facts.clone() };
    let mut list = vec![];
    macro_rules! add {
        ($facts:expr, $view:expr) => {
            list.push(renderer.page(&shell, $facts, &$view).unwrap_or_else(|e| panic!("{e}")))
        };
    }
    add!(&dated, dashboard(t));
    add!(&facts, board(t));
    add!(&dated, dates::calendar(t));
    add!(&dated, dates::today_index(t));
    add!(&dated, dates::today(t, false));
    add!(&dated, dates::today(t, true));
    add!(&dated, dates::changes(t));
    add!(&dated, dates::handover(t));
    add!(&facts, orders(t, "orders.html"));
    add!(&facts, orders(t, "orders/closed-2026.html"));
    add!(&facts, order(lang));
    add!(&facts, credit_order(lang));
    add!(&dated, credits(t));
    add!(&PageFacts::default(), broken(t));
    add!(&facts, party(t, PartyKind::Customer));
    add!(&facts, party(t, PartyKind::Supplier));
    add!(&facts, party(t, PartyKind::Forwarder));
    add!(&dated, shipments(t));
    add!(&dated, receivables(t));
    add!(&dated, exposure(t));
    add!(&dated, payables(t));
    add!(&dated, customs(t));
    add!(&facts, archive_index(t));
    add!(&facts, archive_month(t));
    add!(&facts, rules(t));
    add!(&facts, rule(t));
    add!(&facts, check(t));
    add!(&dated, quality(t));
    add!(&facts, about(t));
    add!(&facts, pages::glossary(lang).unwrap());
    add!(&facts, making::proforma(t));
    add!(&facts, making::invoice(t));
    add!(&facts, making::packing(t));
    add!(&facts, making::draft(t));
    add!(&facts, making::certificate(t));
    add!(&facts, making::si(lang));
    add!(&facts, making::check(t));
    list
}

fn both() -> Vec<Rendered> {
    let renderer = Renderer::new(&BTreeMap::new()).unwrap_or_else(|e| panic!("{e}"));
    Lang::ALL.iter().flat_map(|lang| site(&renderer, *lang)).collect()
}

fn extra_files() -> Vec<(String, Vec<u8>)> {
    let entry = search::SearchEntry {
        id: "GD26-0117".into(),
        po: "4500089231".into(),
        label: "Hanse Licht GmbH".into(),
        words: ["LED灯泡", "LED Bulb", "EGLV143600117421", "CSQU3054383"].map(String::from).to_vec(),
    };
    let build = BuildFacts {
        commit: "3f9c2ab".into(),
        as_of: "2026-11-23".into(),
        orders_read: 37,
        orders_broken: 1,
        version: "0.1.0".into(),
        ..BuildFacts::default()
    };
    let mut files = search::files(&[entry]);
    files.extend(assets::FILES.iter().map(|(name, bytes)| ((*name).to_owned(), bytes.to_vec())));
    files.extend(assets::build_files(&build).map(|(name, bytes)| (name.to_owned(), bytes)));
    files
}

mod tests {
    use std::path::{Path, PathBuf};

    use super::*;
    use crate::site::write::Writer;

    fn text(page: &Rendered) -> &str {
        std::str::from_utf8(&page.bytes).unwrap()
    }

    fn find<'a>(pages: &'a [Rendered], path: &str) -> &'a str {
        text(pages.iter().find(|p| p.path == path).unwrap_or_else(|| panic!("no {path}")))
    }

    #[test]
    fn every_page_kind_renders_in_both_languages() {
        let pages = both();
        assert_eq!(pages.len(), 74);
        for page in &pages {
            let html = text(page);
            let en = page.path.starts_with("en/");
            assert!(
                html.contains(if en { "<html lang=\"en\">" } else { "<html lang=\"zh-Hans\">" }),
                "{}",
                page.path
            );
            assert_eq!(html.matches("<h1").count(), 1, "{}", page.path);
            for landmark in ["<header", "<nav", "<main", "<footer", "class=\"skip\"", "noindex"] {
                assert!(html.contains(landmark), "{} lacks {landmark}", page.path);
            }
            assert!(!html.contains("[[ ") && !html.contains("{{") && !html.contains("{%"), "{}", page.path);
        }
    }

    /// They are read in ten years from a stick: no navigation, no script, nothing but the style beside them.
    #[test]
    fn pages_inside_the_archive_need_only_their_style() {
        let renderer = Renderer::alone(&BTreeMap::new()).unwrap();
        for lang in Lang::ALL {
            let (t, facts) = (T(lang), PageFacts::default());
            let order = renderer.page(&shell(lang), &facts, &filed_order(t)).unwrap();
            let month = renderer.page(&shell(lang), &facts, &filed_month(t)).unwrap();
            for page in [&order, &month] {
                let html = text(page);
                assert_eq!(html.matches("<h1").count(), 1, "{}", page.path);
                assert_eq!(html.matches(" href=").count(), 1, "{}", page.path);
                for landmark in ["<header", "<main", "<footer", "noindex", "href=\"style.css\""] {
                    assert!(html.contains(landmark), "{} lacks {landmark}", page.path);
                }
                for beside in ["<script", "<nav", "src=", "http:", "https:", "[[ ", "{{", "{%"] {
                    assert!(!html.contains(beside), "{} has {beside}", page.path);
                }
            }
            for part in
                ["GD26-0061", "files/水单.pdf", "docs-total-gross", "77d01be", "sha256sum -c SHA256SUMS"]
            {
                assert!(text(&order).contains(part), "{part}");
            }
            if lang == Lang::En {
                let html = text(&order).replace("跟单", "").replace("水单", "");
                let chinese: String =
                    html.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect();
                assert_eq!(chinese, "");
            }
        }
    }

    /// A label written into a template by hand would show in the wrong language.
    #[test]
    fn english_pages_hold_no_chinese_of_ours() {
        let renderer = Renderer::new(&BTreeMap::new()).unwrap();
        let page = renderer.page(&shell(Lang::En), &PageFacts::default(), &rules(T(Lang::En))).unwrap();
        let html = text(&page).replace("跟单", "").replace("中文", "");
        let chinese: String = html.chars().filter(|c| ('\u{4E00}'..='\u{9FFF}').contains(c)).collect();
        assert_eq!(chinese, "");
    }

    /// Every link and asset of the sample leads to a page or an anchor that exists, in both trees.
    #[test]
    fn every_relative_link_leads_somewhere() {
        let pages = both();
        let mut files: BTreeMap<String, String> =
            pages.iter().map(|p| (p.path.clone(), text(p).to_owned())).collect();
        files.extend(extra_files().into_iter().map(|(name, _)| (name, String::new())));
        // The sample names more orders and rules than it has pages for, and has no tables to download.
        let elsewhere = |path: &str| {
            let name = path.trim_start_matches("en/");
            name.starts_with("o/GD26-0")
                && !["o/GD26-0117.html", "o/GD26-0124.html", "o/GD26-0131.html"].contains(&name)
                || name == "rules/pay-overdue.html"
                || [".xlsx", ".csv", ".json", ".xml"].iter().any(|ending| name.ends_with(ending))
        };
        let mut seen = 0;
        for page in &pages {
            for part in text(page).split(" href=\"").skip(1).chain(text(page).split(" src=\"").skip(1)) {
                let href = part.split('"').next().unwrap();
                if href.starts_with("https:") || href.starts_with("#i-") || href.starts_with("#m-") {
                    continue;
                }
                let (target, anchor) = href.split_once('#').unwrap_or((href, ""));
                let target = resolve(&page.path, target);
                if elsewhere(&target) {
                    continue;
                }
                let html = files.get(&target).unwrap_or_else(|| panic!("{}: {href} → {target}", page.path));
                assert!(
                    anchor.is_empty() || html.contains(&format!("id=\"{anchor}\"")),
                    "{}: no {anchor} in {target}",
                    page.path
                );
                seen += 1;
            }
        }
        assert!(seen > 600, "only {seen} links");
    }

    fn resolve(from: &str, target: &str) -> String {
        if target.is_empty() {
            return from.to_owned();
        }
        let mut path: PathBuf = Path::new(from).parent().unwrap().to_owned();
        for part in target.split('/') {
            match part {
                ".." => assert!(path.pop(), "{from}: {target} leaves the site"),
                part => path.push(part),
            }
        }
        path.to_string_lossy().into_owned()
    }

    #[test]
    fn ids_are_unique_on_each_page() {
        for page in both() {
            let mut ids = BTreeSet::new();
            for part in text(&page).split(" id=\"").skip(1) {
                let id = part.split('"').next().unwrap();
                assert!(ids.insert(id.to_owned()), "{}: id {id} twice", page.path);
            }
        }
    }

    #[test]
    fn the_order_page_answers_its_questions() {
        let pages = both();
        let html = find(&pages, "o/GD26-0117.html");
        for answer in [
            "余款 USD 30,828.00 未到，比计划晚 3 天",
            "提单毛重 2,740 KG，其他三处都是 2,470 KG，差 270 KG",
            "gross_kg = <mark>2740</mark>   # copied 11-09",
            "docs.toml:36:12",
            "13,187.00",
            "手填，无凭证",
            "docs.toml:36",
            "补录 2 天",
            "改为 11-27",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "应付 3 笔，已付 2 笔",
        ] {
            assert!(html.contains(answer), "{answer}");
        }
        assert!(find(&pages, "en/o/GD26-0117.html").contains("The balance of USD 30,828.00 is 3 days late"));
        assert!(find(&pages, "o/GD26-0124.html").contains("浅克隆"));
        assert!(find(&pages, "o/GD26-0131.html").contains("<mark>“hanse-licht”</mark>"));
    }

    /// The budgets are counted in compressed bytes; pages compress at least three to one, style sheets four to one
    /// (11.6 KB of 46.9 as of now).
    #[test]
    fn pages_stay_within_their_budget() {
        for page in both() {
            assert!(page.bytes.len() <= 3 * 40 * 1024, "{}: {} bytes", page.path, page.bytes.len());
        }
        let size = |name| assets::FILES.iter().find(|(n, _)| *n == name).unwrap().1.len();
        assert!(size("style.css") + size("print.css") <= 4 * 12 * 1024);
        assert!(size("app.js") <= 3 * 8 * 1024);
    }

    #[test]
    fn navigation_shows_only_what_exists() {
        let renderer = Renderer::new(&BTreeMap::new()).unwrap();
        let mut shell = shell(Lang::En);
        shell.sections = BTreeSet::from([Section::Dashboard, Section::Orders]);
        shell.languages = vec![Lang::En];
        let page = renderer.page(&shell, &PageFacts::default(), &order(Lang::En)).unwrap();
        assert_eq!(page.path, "o/GD26-0117.html");
        let html = text(&page);
        let nav = html.split("<nav").nth(1).unwrap().split("</nav>").next().unwrap();
        assert_eq!(nav.matches("<a ").count(), 2);
        assert!(nav.contains("href=\"../orders.html\" aria-current=\"true\""));
        assert!(!html.contains("hreflang"));
    }

    #[test]
    fn one_renderer_serves_many_threads_with_the_same_bytes() {
        let renderer = Renderer::new(&BTreeMap::new()).unwrap();
        let one = site(&renderer, Lang::Zh);
        std::thread::scope(|scope| {
            for _ in 0..3 {
                scope.spawn(|| assert_eq!(site(&renderer, Lang::Zh), one));
            }
        });
    }

    /// Writes the sample site, to be looked at, into a fixed folder below `target`.
    #[test]
    #[ignore = "writes target/site-sample, for looking at it in a browser"]
    fn write_sample_site() {
        let out = Path::new(env!("CARGO_MANIFEST_DIR")).join("target/site-sample");
        let writer = Writer::begin(&out).unwrap();
        for page in both() {
            writer.put(&page.path, &page.bytes).unwrap();
        }
        for (name, bytes) in extra_files() {
            writer.put(&name, &bytes).unwrap();
        }
        assert!(writer.commit().unwrap().files > 40);
    }
}
