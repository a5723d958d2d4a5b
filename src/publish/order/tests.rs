//! Tests of the order page on the example company.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;

use super::*;
use crate::book::Book;
use crate::check::check;
use crate::check::finding::Finding;
use crate::derive::derive;
use crate::history::{self, History, State};
use crate::load::load;
use crate::publish::audience::Reader;
use crate::publish::ctx::Findings;
use crate::publish::{row, state};
use crate::site::template::Renderer;
use crate::site::view::{Mark, MatrixKind, PageFacts, Section, Shell};
use crate::text::Lang;

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn no_history() -> History {
    History::empty(State::NoRepository)
}

struct Example {
    book: Book,
    loaded: Vec<Finding>,
    history: History,
}

impl Example {
    fn new() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
        let loaded = load(&root).unwrap();
        Self { book: loaded.book, loaded: loaded.findings, history: no_history() }
    }

    /// Does something with every order's context in one language.
    fn with<T>(&self, lang: Lang, as_of: &str, act: impl FnOnce(&Ctx<'_>) -> T) -> T {
        let facts = derive(&self.book, &self.history, day(as_of));
        let findings = check(&facts, self.loaded.clone()).findings;
        let findings = Findings::of(&findings);
        act(&Ctx::of(&facts, &findings, Reader::Internal, lang))
    }

    fn page(&self, id: &str, lang: Lang) -> OrderPage {
        self.with(lang, "2026-11-23", |ctx| {
            let order = ctx.book().order(id).unwrap();
            page(ctx, order, ctx.facts.of(order).unwrap())
        })
    }
}

fn shell(lang: Lang) -> Shell {
    Shell {
        lang,
        languages: Lang::ALL.to_vec(),
        company: "宁波跟单贸易有限公司".to_owned(),
        sections: BTreeSet::from(Section::ALL),
        csp_meta: false,
        warning: String::new(),
    }
}

/// Renders every order of the example into `target/pages`, to be looked at in a browser.
#[test]
#[ignore = "writes pages to look at"]
fn pages_to_look_at() {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let example = Example { history: history::read(&here.join("data")), ..Example::new() };
    let out = here.join("target/pages");
    let renderer = Renderer::new(&BTreeMap::new()).unwrap();
    for (name, bytes) in crate::site::assets::FILES {
        std::fs::create_dir_all(&out).unwrap();
        std::fs::write(out.join(name), bytes).unwrap();
    }
    for lang in Lang::ALL {
        example.with(lang, "2026-11-23", |ctx| {
            for (order, facts) in ctx.facts.each() {
                let page = page(ctx, order, facts);
                let rendered = if order.broken {
                    renderer.page(&shell(lang), &PageFacts::default(), &broken(ctx, order, facts)).unwrap()
                } else {
                    renderer.page(&shell(lang), &PageFacts::default(), &page).unwrap()
                };
                let path = out.join(&rendered.path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, rendered.bytes).unwrap();
                println!("{} {:?} | {}", order.id, page.verdict_mark, page.verdict);
                let row = row::row(ctx, order, facts);
                let state = state::of(ctx, order, facts);
                println!("    {} | {} | {} | {:?}", row.stage, row.slack, state.waits, state.days_in_stage);
            }
        });
    }
}

fn milestone<'p>(page: &'p OrderPage, key: &str) -> &'p crate::site::view::Milestone {
    page.stages.iter().flat_map(|s| &s.milestones).find(|m| m.key == key).unwrap()
}

#[test]
fn the_verdict_answers_in_one_sentence() {
    let example = Example::new();
    let say = |id: &str, lang| {
        let page = example.page(id, lang);
        (page.verdict, page.verdict_mark)
    };
    let (text, mark) = say("GD26-0117", Lang::Zh);
    assert!(
        text.starts_with(
            "第 8 步收款。余款 USD 30,828.00 未到，11-20 到期，逾期 3 天，预计 11-27，上次催 11-21"
        ),
        "{text}"
    );
    assert_eq!(mark, Mark::Late);
    let (text, _) = say("GD26-0117", Lang::En);
    let wanted = "Step 8, Collect: the balance of USD 30,828.00 is not in, due 20 Nov, 3 days overdue, expected 27 Nov, last reminder 21 Nov";
    assert!(text.starts_with(wanted), "{text}");
    let (text, _) = say("GD26-0124", Lang::Zh);
    let wanted = "第 7 步出运。11-12 已装运，等交单，比计划晚 3 天，预计 12-01，最后一天 12-03 周四，剩 10 天；货款未收 USD 58,344.00";
    assert!(text.starts_with(wanted), "{text}");
    let (text, mark) = say("GD26-0127", Lang::Zh);
    assert!(
        text.contains("已完成 3,200/8,000，预计 12-14 完工；照现在赶不上最迟装运 12-19，差 4 天"),
        "{text}"
    );
    assert_eq!(mark, Mark::Late);
    let (text, mark) = say("GD-2026-0111", Lang::Zh);
    assert!(text.starts_with("08-05 取消（客户）") && text.contains("退了 USD 3,150.00"), "{text}");
    assert_eq!(mark, Mark::Na);
    let (text, mark) = say("GD-2026-0101", Lang::Zh);
    assert!(text.starts_with("10-30 归档，款 09-04 收齐"), "{text}");
    assert_eq!(mark, Mark::Done);
}

#[test]
fn stages_show_plan_forecast_actual_and_difference() {
    let page = Example::new().page("GD26-0117", Lang::Zh);
    let row = |key: &str| {
        let m = milestone(&page, key);
        let text = |day: &Option<crate::site::view::Day>| day.as_ref().map_or("", |d| &d.text).to_owned();
        let tilde = if m.plan_derived { "~" } else { "" };
        let plan = format!("{tilde}{}", text(&m.plan));
        (plan, text(&m.forecast), text(&m.actual), m.difference.clone(), m.late, m.mark)
    };
    let wanted = |plan: &str, forecast: &str, actual: &str, difference: &str, late, mark| {
        (plan.to_owned(), forecast.to_owned(), actual.to_owned(), difference.to_owned(), late, mark)
    };
    assert_eq!(row("confirmed"), wanted("", "", "09-03", "", false, Mark::Done));
    assert_eq!(row("released"), wanted("~09-06", "", "09-05", "-1", false, Mark::Done));
    // A derived plan makes nobody late.
    assert_eq!(row("materials"), wanted("~09-23", "", "09-26", "+3", false, Mark::Hollow));
    assert_eq!(row("produced"), wanted("10-25", "", "10-27", "+2", true, Mark::Done));
    assert_eq!(row("booked"), wanted("10-20", "", "10-20", "0", false, Mark::Done));
    assert_eq!(row("shipped"), wanted("11-06", "", "11-07", "+1", true, Mark::Done));
    assert_eq!(row("paid"), wanted("11-20", "11-27", "", "+7", true, Mark::Late));
    assert_eq!(milestone(&page, "materials").proof.text, "手填，无凭证");
    assert_eq!(milestone(&page, "shipped").proof.href, "#doc-bl-EGLV143600117421");
    assert!(page.documents.iter().any(|d| d.anchor == "doc-bl-EGLV143600117421"));
    let current: Vec<u8> = page.stages.iter().filter(|s| s.current).map(|s| s.number).collect();
    assert_eq!(current, [8]);
    assert_eq!(page.stages[7].slack, "逾期 3 天");
    assert_eq!(page.stages[7].date, "预计 11-27");
}

#[test]
fn a_receipt_and_its_charges_settle_an_instalment() {
    let money = Example::new().page("GD26-0117", Lang::Zh).money;
    let rows: Vec<[&str; 6]> = money
        .lines
        .iter()
        .map(|i| [&*i.label, &*i.amount, &*i.received, &*i.charges, &*i.open, &*i.state.text])
        .collect();
    assert_eq!(
        rows,
        [
            ["30% 定金", "13,212.00", "13,187.00", "25.00", "0.00", "收齐"],
            ["70% 见提单副本付款", "30,828.00", "", "", "30,828.00", "逾期 3 天，预计 11-27"],
        ]
    );
    let paid_by = &money.lines[0].paid_by[0];
    assert_eq!((&*paid_by.amount, &*paid_by.file.text), ("13,212.00", "水单-20260911.pdf"));
    assert_eq!(money.lines[1].state.mark, Mark::Late);
    assert_eq!(money.receipts[0].applied_to, ["30% 定金"]);
    assert_eq!(money.receipts[0].amount, "USD 13,187.00");
    assert_eq!(money.receipts[0].charges, "USD 25.00");
    assert!(money.payables.starts_with("应付账单 2 张，已付款 1 笔"), "{}", money.payables);
}

#[test]
fn a_cancelled_order_expects_nothing_any_more() {
    let page = Example::new().page("GD-2026-0111", Lang::Zh);
    assert!(page.money.lines.iter().all(|i| i.state.mark == Mark::Na && i.open.is_empty()));
    assert!(page.money.chases.is_empty() && page.money.custody.is_empty());
    assert!(page.stages[3..].iter().all(|s| s.date.is_empty() && s.mark == Mark::Todo && !s.current));
    assert!(page.money.totals.iter().any(|f| f.label == "未收" && f.value == "USD 0.00"));
    assert_eq!(page.production.unwrap().expected_percent, None);
}

#[test]
fn goods_from_stock_have_no_production() {
    let page = Example::new().page("GD-2026-0112", Lang::En);
    let skipped = &page.stages[2];
    assert_eq!((skipped.mark, skipped.milestones.len()), (Mark::Na, 0));
    assert!(!skipped.note.is_empty());
    assert!(page.production.is_none());
    assert_eq!(page.verdict, "Step 9, Archive: paid in full 12 Nov, to be archived");
}

#[test]
fn instalments_of_every_order_add_up_to_what_is_open() {
    let example = Example::new();
    example.with(Lang::En, "2026-11-23", |ctx| {
        let mut seen = 0;
        for (order, facts) in ctx.facts.each().filter(|(_, f)| !f.is_cancelled() && f.money.terms.is_some()) {
            let Some(open) = facts.money.open else { continue };
            let money = page(ctx, order, facts).money;
            let number = |text: &str| match text {
                "" => rust_decimal::Decimal::ZERO,
                text => text.replace(',', "").parse::<rust_decimal::Decimal>().unwrap(),
            };
            let sum: rust_decimal::Decimal = money.lines.iter().map(|i| number(&i.open)).sum();
            if let Some(total) = &money.total {
                assert_eq!(number(&total.open), sum, "{}", order.id);
                let received: rust_decimal::Decimal = money.lines.iter().map(|i| number(&i.received)).sum();
                assert_eq!(number(&total.received), received, "{}", order.id);
            }
            for line in &money.lines {
                let parts =
                    [&line.received, &line.charges, &line.credited, &line.open].map(|text| number(text));
                assert_eq!(parts.iter().sum::<rust_decimal::Decimal>(), number(&line.amount), "{}", order.id);
                // What the receipts beside a line add up to is what it received.
                let paid: rust_decimal::Decimal = line.paid_by.iter().map(|p| number(&p.amount)).sum();
                assert_eq!(paid, parts[0] + parts[1] + parts[2], "{}", order.id);
            }
            assert_eq!(sum, open, "{}", order.id);
            seen += 1;
        }
        assert!(seen > 30, "{seen}");
    });
}

#[test]
fn the_credit_shows_terms_in_force_and_its_clocks() {
    let page = Example::new().page("GD26-0124", Lang::Zh);
    let credit = &page.credits[0];
    let field = |label: &str| &credit.fields.iter().find(|f| f.label == label).unwrap().value;
    assert_eq!(field("31D 有效期"), "11-30 → 12-15");
    assert_eq!(field("48 交单期"), "15 天 → 21 天");
    assert_eq!(field("32B 金额"), "USD 57,200.00");
    assert_eq!(credit.left, "交单剩 10 天");
    let last = credit.clocks.iter().find(|c| c.decisive).unwrap();
    assert_eq!(last.day.as_ref().unwrap().text, "12-03 周四");
    let missing: Vec<&str> =
        credit.requirements.iter().filter(|r| r.registered.is_empty()).map(|r| r.what.as_str()).collect();
    assert_eq!(missing, ["产地证 · CCPIT"]);
    assert_eq!(credit.amendments[0].state, "10-14 接受");
    let checks: Vec<(&str, Mark)> = credit.checks.iter().map(|c| (c.text.as_str(), c.mark)).collect();
    assert_eq!(checks[0], ("20,400 ≤ 20,000 + 5% = 21,000（45A 写明）", Mark::Done));
    assert_eq!(checks[1], ("58,344.00 ≤ 57,200.00 + 5% = 60,060.00（39A）", Mark::Done));
}

#[test]
fn a_clause_stands_beside_what_the_rules_found() {
    let page = Example::new().page("GD26-0122", Lang::Zh);
    let credit = &page.credits[0];
    let last = &credit.requirements[4];
    assert_eq!((last.mark, last.problems[0].text.as_str()), (Mark::Warn, "软条款"));
    assert_eq!(credit.conditions[2].problems.len(), 1, "the same demand in 47A leads to the same finding");
    assert_eq!(credit.conditions[1].mark, Mark::Warn, "what nobody can check needs eyes");
    assert!(credit.findings.iter().any(|f| f.link.text == "在孟加拉国到期，不在中国：每个期限提前 7 天"));
    // Not shipped: counted from the latest shipment, and the courier on top.
    let last = credit.clocks.last().unwrap();
    assert_eq!(last.day.as_ref().unwrap().text, "12-14 周一");
    assert!(last.note.ends_with("12-07 周一 前要寄出"), "{}", last.note);
    assert!(!last.decisive);
}

#[test]
fn a_refusal_is_examined_and_its_cure_shown() {
    let page = Example::new().page("GD-2026-0104", Lang::Zh);
    let [first, second] = &page.credits[0].presentations[..] else { panic!("two presentations") };
    assert_eq!((first.state.as_str(), first.past), ("10-26 拒付，已补正重交", true));
    assert!(first.notice[0].text.starts_with("10-26 发出，在期限 10-28 周三 内"), "{}", first.notice[0].text);
    let said: Vec<&str> = first.discrepancies.iter().map(|d| d.verdict.as_str()).collect();
    assert_eq!(said, ["成立", "成立"]);
    assert_eq!((second.state.as_str(), second.mark), ("11-09 付款", Mark::Done));
    assert_eq!(second.steps[0].note, "期限 11-02 周一");
}

#[test]
fn an_open_refusal_leads_the_credit() {
    Example::new().with(Lang::Zh, "2026-10-28", |ctx| {
        let order = ctx.book().order("GD-2026-0104").unwrap();
        let page = page(ctx, order, ctx.facts.of(order).unwrap());
        let credit = &page.credits[0];
        assert!(credit.verdict.starts_with("银行拒付，2 个不符点。46A 5 项："), "{}", credit.verdict);
        assert_eq!((credit.verdict_mark, credit.left.as_str()), (Mark::Late, "补正重交剩 5 天"));
        assert_eq!(credit.presentations[0].state, "10-26 拒付，补正到 11-02 周一，剩 5 天");
    });
}

#[test]
fn a_limit_is_moved_to_a_banking_day_and_counts_from_the_earliest_lot() {
    let example = Example::new();
    let last = |id: &str| {
        let page = example.page(id, Lang::Zh);
        let clock = page.credits[0].clocks.iter().find(|c| c.decisive).unwrap();
        (clock.day.as_ref().unwrap().iso.clone(), clock.note.clone())
    };
    assert_eq!(last("GD-2026-0108"), ("2026-10-26".into(), "10-23 交单，早 3 天".into()));
    assert_eq!(last("GD-2026-0102"), ("2026-10-10".into(), "10-09 交单，早 1 天".into()));
}

#[test]
fn every_link_inside_a_page_leads_to_something_on_it() {
    let example = Example::new();
    let renderer = Renderer::new(&BTreeMap::new()).unwrap();
    let mut links = 0;
    example.with(Lang::Zh, "2026-11-23", |ctx| {
        for (order, facts) in ctx.facts.each() {
            let page = page(ctx, order, facts);
            let html = renderer.page(&shell(Lang::Zh), &PageFacts::default(), &page).unwrap().bytes;
            let html = String::from_utf8(html).unwrap();
            let ids: BTreeSet<&str> =
                html.split(" id=\"").skip(1).filter_map(|t| t.split('"').next()).collect();
            for target in html.split("href=\"#").skip(1).filter_map(|t| t.split('"').next()) {
                if !target.starts_with("i-") && !target.starts_with("m-") && target != "main" {
                    assert!(ids.contains(target), "{}: #{target}", order.id);
                    links += 1;
                }
            }
        }
    });
    assert!(links > 400, "{links}");
}

#[test]
fn no_purchase_price_reaches_a_page() {
    use crate::model::value::Amount;
    use rust_decimal::Decimal;
    let pages = |example: &Example| {
        let mut all = Vec::new();
        for lang in Lang::ALL {
            example.with(lang, "2026-11-23", |ctx| {
                for (order, facts) in ctx.facts.each() {
                    all.push(serde_json::to_string(&page(ctx, order, facts)).unwrap());
                    all.push(serde_json::to_string(&broken(ctx, order, facts)).unwrap());
                    all.push(serde_json::to_string(&row::row(ctx, order, facts)).unwrap());
                }
            });
        }
        all
    };
    let example = Example::new();
    let before = pages(&example);
    let mut changed = Example::new();
    let canary = || Some(Amount { value: Decimal::new(987_654_321, 3), currency: None });
    let mut figures = 0;
    for order in &mut changed.book.orders {
        for item in &mut order.file.items {
            if let Some(buy) = item.buy.as_deref_mut() {
                buy.price = canary();
                figures += 1;
            }
        }
        order.file.paid.iter_mut().for_each(|p| p.amount = canary());
        order.file.bills.iter_mut().for_each(|b| b.amount = canary());
        figures += order.file.paid.len() + order.file.bills.len();
        for complaint in &mut order.file.complaints {
            if let Some(recovered) = complaint.recovered.as_deref_mut() {
                recovered.amount = canary();
            }
        }
    }
    assert!(figures > 100, "{figures}");
    changed.loaded.clone_from(&example.loaded);
    assert_eq!(before, pages(&changed));
}

#[test]
fn history_says_why_it_knows_nothing() {
    let mut example = Example::new();
    let unknown = |example: &Example, lang| example.page("GD26-0117", lang).history.unknown;
    assert_eq!(unknown(&example, Lang::Zh), "数据不在 git 仓库里，没有改动记录。");
    example.history.state = State::Shallow;
    assert!(unknown(&example, Lang::Zh).contains("浅克隆"));
    example.history.state = State::Unreadable("bad <object>".to_owned());
    assert_eq!(unknown(&example, Lang::En), "The git history cannot be read: bad <object>");
    example.history.state = State::Complete;
    example.history.uncommitted.insert("GD26-0117".to_owned());
    assert_eq!(unknown(&example, Lang::Zh), "还没提交到 git。");
    let page = example.page("GD26-0117", Lang::Zh);
    assert_eq!(milestone(&page, "shipped").recorded.note, "还没提交");

    let event = |date: &str, email: &str| history::Event {
        number: None,
        moment: chrono::DateTime::default(),
        commit: "0123456789abcdef0123456789abcdef01234567".to_owned(),
        date: day(date),
        person: history::Person { name: "Someone".to_owned(), email: email.to_owned() },
    };
    let (first, last) = (event("2026-09-03", "LIN.YAN@gendan.example"), event("2026-11-21", "x@y.example"));
    let recorded = history::Recorded {
        people: vec![first.person.clone(), last.person.clone()],
        first: first.into(),
        last: last.into(),
        commits: 16,
        uncommitted: true,
        deleted: false,
    };
    example.history.orders.insert("GD26-0117".to_owned(), recorded);
    let history = example.page("GD26-0117", Lang::Zh).history;
    assert_eq!(history.summary, "共 16 次改动，2 人；有改动还没提交");
    assert_eq!(history.people, ["林岩", "Someone"]);
    let first = history.first.unwrap();
    assert_eq!((&*first.who, &*first.day.text), ("林岩", "09-03"));
    assert_eq!(
        first.change.href,
        "https://git.example.internal/trade/orders/-/commit/0123456789abcdef0123456789abcdef01234567"
    );
}

#[test]
fn a_row_says_the_same_as_the_page() {
    let example = Example::new();
    example.with(Lang::Zh, "2026-11-23", |ctx| {
        let row = |id: &str| {
            let order = ctx.book().order(id).unwrap();
            row::row(ctx, order, ctx.facts.of(order).unwrap())
        };
        let paid_late = row("GD26-0117");
        assert_eq!((&*paid_late.slack, &*paid_late.slack_sort), ("-3 天（收款）", "-3"));
        assert_eq!((paid_late.mark, &*paid_late.stage_sort), (Mark::Late, "08"));
        assert_eq!(paid_late.amount_sort, "USD 0000000000044040.00");
        assert_eq!(paid_late.goods, "LED灯泡 12W E27 暖白 等 2 款");
        assert_eq!(paid_late.marks.len(), 10);
        assert_eq!(row("GD26-0124").slack, "10 天（交单）");
        assert_eq!(row("GD26-0127").slack, "-4 天（完工）");
        assert_eq!((row("GD-2026-0111").mark, &*row("GD-2026-0111").stage), (Mark::Na, "已取消"));
        let order = ctx.book().order("GD26-0117").unwrap();
        let state = state::of(ctx, order, ctx.facts.of(order).unwrap());
        // The papers went out on 11-13.
        assert_eq!((state.days_in_stage, &*state.waits), (Some(10), "等收齐"));
    });
}

#[test]
fn each_step_shows_its_papers_and_what_they_lack() {
    let example = Example::new();
    let page = example.page("GD26-0124", Lang::Zh);
    let texts: Vec<(Mark, &str)> = page.papers.iter().map(|g| (g.mark, g.text.as_str())).collect();
    assert_eq!(
        texts,
        [
            (Mark::Done, "17 件都在"),
            (Mark::Late, "8 件缺 3：交单面函和记录、产地证、汇票"),
            (Mark::Todo, "还没到，要 13 件，缺 11"),
        ]
    );
    let row = page.papers[1].rows.iter().find(|r| r.what == "产地证").unwrap();
    let (clause, note) = (&*row.clause, &*row.note);
    assert_eq!((row.mark, &*row.state, clause, note), (Mark::Late, "缺", "信用证 46A", "找签发机构"));
    let bl = page.papers[1].rows.iter().find(|r| r.what == "提单").unwrap();
    assert_eq!((bl.mark, &*bl.record.text), (Mark::Done, "COSU6408812340"));
    assert!(example.page("GD-2026-0111", Lang::En).papers.is_empty(), "cancelled");
    let notes = example.page("GD-2026-0107", Lang::En).papers_notes;
    assert!(notes.len() == 1 && notes[0].starts_with("a D term with open account"), "{notes:?}");
}

#[test]
fn a_paper_with_an_open_error_is_there_and_does_not_do() {
    let mut example = Example::new();
    let order = example.book.orders.iter_mut().find(|o| &*o.id == "GD-2026-0103").unwrap();
    order.file.docs.invoice[0].words = Some("SAY US DOLLARS ONE ONLY".to_owned());
    let gate = &example.page("GD-2026-0103", Lang::En).papers[1];
    assert_eq!((gate.mark, gate.open), (Mark::Late, true), "{}", gate.text);
    assert!(gate.text.ends_with("1 with an error"), "{}", gate.text);
    let row = &gate.rows[0];
    assert_eq!(
        (&*row.what, row.mark, &*row.finding.text),
        ("commercial invoice", Mark::Late, "has an error")
    );
    assert!(row.finding.href.starts_with("#amount-in-words"), "{}", row.finding.href);
}

#[test]
fn the_matrix_shows_who_says_otherwise_and_by_which_rule() {
    let mut example = Example::new();
    let order = example.book.orders.iter_mut().find(|o| &*o.id == "GD26-0117").unwrap();
    order.file.docs.bl[0].paper.gross_kg = Some("2740".parse().unwrap());
    let page = example.page("GD26-0117", Lang::En);
    let [matrix] = page.matrices.as_slice() else { panic!("one shipment, one matrix") };
    let bl = matrix.columns.iter().position(|c| c.label == "B/L").unwrap();
    assert_eq!((&*matrix.columns[bl].number.text, matrix.mark), ("EGLV…7421", Mark::Late));
    let row = |label: &str| matrix.rows.iter().find(|r| r.label == label).unwrap();
    let gross = row("Gross KG");
    assert_eq!((&*gross.cells[bl].text, gross.cells[bl].kind), ("2,740", MatrixKind::Conflict));
    assert_eq!(
        gross.results.iter().map(|l| &*l.text).collect::<Vec<_>>(),
        ["papers disagree on the gross weight"]
    );
    assert!(page.findings.iter().any(|f| gross.results[0].href == format!("#{}", f.anchor)));
    let packed: Vec<(&str, &str)> =
        gross.cells.iter().map(|c| (&*c.text, &*c.full)).filter(|(text, _)| *text == "=").collect();
    assert_eq!(packed, [("=", "2,470"); 2], "packing list and declaration say what the order says");
    let packages = row("Packages");
    assert_eq!((&*packages.results[0].text, packages.mark), ("no conflict", Mark::Done));
    assert!(
        matrix.summary.ends_with("1 in conflict, 0 to be looked at. What is not printed is not compared.")
    );
    assert!(!matrix.rows.iter().any(|r| r.label == "Goods"), "descriptions stand there only to be read");
}

#[test]
fn lots_have_a_matrix_each_and_a_missing_paper_a_column() {
    let example = Example::new();
    let titles: Vec<String> =
        example.page("GD-2026-0108", Lang::Zh).matrices.into_iter().map(|m| m.title).collect();
    assert_eq!(titles, ["第 1 批", "第 2 批", "整单"]);
    let page = example.page("GD26-0124", Lang::Zh);
    let matrix = &page.matrices[0];
    let origin = matrix.columns.iter().position(|c| c.missing).unwrap();
    assert_eq!((&*matrix.columns[origin].label, &*matrix.verdict), ("产地证", "缺 1 份"));
    assert!(matrix.rows.iter().any(|r| r.cells[origin].kind == MatrixKind::Missing));
    assert!(example.page("GD26-0103", Lang::Zh).matrices.is_empty(), "nothing to compare yet");
}

#[test]
fn the_panel_says_what_secures_the_money_and_who_is_to_be_reminded() {
    let example = Example::new();
    let money = |id: &str, lang| example.page(id, lang).money;
    let hanse = money("GD26-0117", Lang::Zh);
    let states: Vec<&str> = hanse.states.iter().map(|s| &*s.text).collect();
    assert_eq!(states, ["定金已收", "逾期 3 天 USD 30,828.00"]);
    assert_eq!(hanse.custody[0].text.text, "正本 3/3 在手，收到 USD 30,828.00 才放");
    assert_eq!(
        (&*hanse.lines[1].security.text, &*hanse.lines[1].due.basis),
        ("正本在手", "寄提单副本 11-13")
    );
    // The reminder of 11-21 did T+1, so nothing waits.
    let chase = &hanse.chases[0];
    let steps: Vec<(&str, Mark)> = chase.steps.iter().take(3).map(|s| (&*s.code, s.mark)).collect();
    assert_eq!(steps, [("T-7", Mark::Done), ("T+1", Mark::Done), ("T+7", Mark::Todo)]);
    assert!(chase.steps[0].passed && !chase.steps[1].passed);
    assert_eq!((&*chase.now.text, &*chase.next), ("", "T+7，11-27 周五：第二次催，新单停排产"));
    assert_eq!(chase.texts_title, "11-27 要发的：T+7 的文字");

    let collected = money("GD-2026-0105", Lang::Zh);
    assert_eq!(collected.lines[0].security.text, "单据在银行");
    assert_eq!(collected.custody[0].text.text, "正本 3/3 交银行 09-30，付款才放单");
    let steps: Vec<&str> = collected.collections[0].steps.iter().map(|s| &*s.label).collect();
    assert_eq!(steps, ["寄单", "到代收行"]);

    let accepted = money("GD-2026-0106", Lang::En);
    assert_eq!(accepted.lines[0].security.mark, Mark::Late);
    assert!(accepted.chases[0].now.text.starts_with("T+60 (since "), "{}", accepted.chases[0].now.text);

    let claimed = money("GD-2026-0107", Lang::Zh);
    assert!(claimed.credited);
    assert_eq!((&*claimed.lines[0].credited, claimed.lines[0].state.mark), ("2,150.40", Mark::Warn));
    assert_eq!(claimed.lines[0].paid_by[1].kind, "贷项通知单");

    let lots = example.page("GD-2026-0108", Lang::Zh);
    assert_eq!(lots.money.lines.iter().map(|l| &*l.lot).collect::<Vec<_>>(), ["第 1 批", "第 2 批"]);
    assert_eq!(lots.credits[0].balance, "已支 USD 574,540.00，最多可支 575,000.00，还剩 460.00");
    assert_eq!(lots.money.receipts[0].applied_to.len(), 2);

    let waits = money("GD26-0133", Lang::Zh);
    assert_eq!((&*waits.lines[0].due.waits, &*waits.lines[0].state.text), ("等签约", "还没签约"));
    let soon = money("GD-2026-0103", Lang::En);
    assert_eq!((&*soon.lines[0].due.basis, &*soon.lines[0].state.text), ("acceptance 14 Oct", "due today"));
}
