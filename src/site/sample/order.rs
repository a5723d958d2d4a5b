//! The order page, with one of everything it can hold.

use super::*;

/// `zhou.min 11-09 #291`, the parts as they are shown.
pub(super) fn sample_recorded(text: &str) -> Recorded {
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
pub(super) fn milestone(t: T, row: MilestoneRow<'_>) -> Milestone {
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

pub(super) fn stages(t: T) -> Vec<Stage> {
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

pub(super) fn finding(t: T) -> Finding {
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

pub(super) fn findings(t: T) -> Vec<Finding> {
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

pub(super) fn matrix(t: T) -> Matrix {
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

pub(super) fn documents(t: T) -> Vec<Document> {
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

pub(super) fn money(t: T) -> Money {
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

pub(super) fn history(t: T) -> History {
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
                    buy: String::new(),
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
                    buy: String::new(),
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
