//! The register of credits, and an order that is paid by one.

use super::*;

/// A credit with something of everything: a refusal, a soft clause, a paper that is missing.
pub(super) fn credit(t: T) -> Credit {
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
pub(super) fn credits(t: T) -> CreditsPage {
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
