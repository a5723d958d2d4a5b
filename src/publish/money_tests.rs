//! Receivables, expected money and the texts to send, on the example company and on small books.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::audience::Reader;
use super::chase;
use super::ctx::{Ctx, Findings};
use super::dates::Dates;
use super::paging::PAGE;
use super::receivables::Receivables;
use crate::book::Book;
use crate::derive::deadlines::Kind;
use crate::derive::derive;
use crate::derive::money::Line;
use crate::derive::money::chase::Step;
use crate::history::{History, State};
use crate::load::load;
use crate::site::template::Renderer;
use crate::site::view::{ChaseText, Mark, OwedCells, PageFacts, ReceivablesPage, Section, Shell};
use crate::text::Lang;

const TODAY: &str = "2026-11-20";

fn history() -> History {
    History::empty(State::NoRepository)
}

fn example() -> Book {
    load(&Path::new(env!("CARGO_MANIFEST_DIR")).join("data")).unwrap().book
}

fn book(files: &[(&str, &str)]) -> Book {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    load(dir.path()).unwrap().book
}

/// A signed order of one thing.
fn order(currency: &str, price: &str, payment: &str, more: &str) -> String {
    format!(
        "customer = \"a\"\npo = \"PO 1\"\nsigned = 2026-10-01\ncurrency = \"{currency}\"\nship_by = 2026-12-31\n\
         merchandiser = \"lin\"\npayment = \"{payment}\"\n[[items]]\nsku = \"A\"\nname = \"Lamp\"\nqty = 1\n\
         price = {price}\n{more}"
    )
}

fn look<T>(book: &Book, as_of: &str, lang: Lang, see: impl FnOnce(&Ctx<'_>, &Receivables<'_>) -> T) -> T {
    let history = history();
    let facts = derive(book, &history, as_of.parse().unwrap());
    let findings = Findings::of(&[]);
    let owed = Receivables::of(&facts);
    see(&Ctx::of(&facts, &findings, Reader::Internal, lang), &owed)
}

fn page(book: &Book, lang: Lang) -> ReceivablesPage {
    look(book, TODAY, lang, |ctx, owed| owed.page(ctx, 0))
}

fn html(page: &ReceivablesPage, lang: Lang) -> String {
    let shell = Shell {
        lang,
        languages: Lang::ALL.to_vec(),
        company: String::new(),
        sections: BTreeSet::from(Section::ALL),
        csp_meta: false,
        warning: String::new(),
    };
    let renderer = Renderer::new(&BTreeMap::new()).unwrap();
    String::from_utf8(renderer.page(&shell, &PageFacts::default(), page).unwrap().bytes).unwrap()
}

fn number(text: &str) -> Decimal {
    if text.is_empty() { Decimal::ZERO } else { text.replace(',', "").parse().unwrap() }
}

/// Amounts of a row: not due, the buckets, disputed.
fn amounts(cells: &OwedCells) -> Vec<Decimal> {
    let all = std::iter::once(&cells.not_due).chain(&cells.buckets).chain([&cells.disputed]);
    all.map(|text| number(text)).collect()
}

#[test]
fn totals_are_the_rows_and_the_facts_in_every_currency() {
    let book = example();
    let mut rows = 0;
    for as_of in ["2025-06-30", "2026-06-30", "2026-09-20", TODAY, "2026-11-23", "2027-03-31"] {
        for lang in Lang::ALL {
            look(&book, as_of, lang, |ctx, owed| {
                let page = owed.page(ctx, 0);
                let mut by_currency: BTreeMap<String, Decimal> = BTreeMap::new();
                for (_, own) in ctx.facts.each().filter(|(_, own)| own.money.binding && !own.money.cancelled)
                {
                    for open in own.money.lines.iter().filter_map(Line::outstanding) {
                        *by_currency.entry(own.goods.currency.unwrap().code().to_owned()).or_default() +=
                            open;
                    }
                }
                let groups: Vec<&str> = page.groups.iter().map(|g| &*g.currency).collect();
                assert_eq!(groups.iter().copied().collect::<BTreeSet<_>>().len(), groups.len(), "each once");
                assert_eq!(groups.len(), by_currency.len(), "{as_of}");
                for group in &page.groups {
                    let mut sum = vec![Decimal::ZERO; page.buckets.len() + 2];
                    for row in &group.rows {
                        let cells = amounts(&row.cells);
                        assert_eq!(cells.iter().sum::<Decimal>(), number(&row.cells.open));
                        sum.iter_mut().zip(cells).for_each(|(sum, cell)| *sum += cell);
                        rows += 1;
                    }
                    assert_eq!(sum, amounts(&group.total), "{as_of} {}", group.currency);
                    let open = number(&group.total.open);
                    assert_eq!(sum.iter().sum::<Decimal>(), open);
                    assert_eq!(open, by_currency[&group.currency], "{as_of} {}", group.currency);
                    // The line above the table, and the weeks below it, say the same.
                    let sums = page.sums.iter().find(|s| s.currency == group.currency).unwrap();
                    assert_eq!(number(&sums.open), open);
                    let overdue: Decimal = sum[1..=page.buckets.len()].iter().sum();
                    assert_eq!(number(&sums.overdue), overdue);
                    assert_eq!(number(&sums.disputed), sum[page.buckets.len() + 1]);
                    let chart = page.cash.iter().find(|c| c.currency == group.currency).unwrap();
                    let weeks: Decimal = chart.rows.iter().map(|r| number(&r.sum)).sum();
                    assert_eq!(weeks, number(&chart.total));
                    assert_eq!(weeks + number(&group.total.disputed), open);
                    assert_eq!(number(&chart.total_firm) + number(&chart.total_soft), weeks);
                }
            });
        }
    }
    assert!(rows > 100, "{rows}");
}

#[test]
fn nothing_that_is_due_is_missing() {
    let book = example();
    look(&book, TODAY, Lang::Zh, |ctx, owed| {
        let page = owed.page(ctx, 0);
        let shown: Vec<(&str, bool)> =
            page.groups.iter().flat_map(|g| &g.rows).map(|r| (&*r.order.text, r.overdue)).collect();
        let mut wanted: Vec<(&str, bool)> = Vec::new();
        for (order, own) in ctx.facts.each().filter(|(_, own)| own.money.binding && !own.money.cancelled) {
            let open = own.money.lines.iter().filter(|line| line.outstanding().is_some());
            wanted.extend(open.map(|line| (&*order.id, line.overdue > 0)));
        }
        let sorted = |mut list: Vec<(&str, bool)>| {
            list.sort_unstable();
            list.iter().map(|(id, late)| format!("{id} {late}")).collect::<Vec<_>>()
        };
        assert_eq!(sorted(shown.clone()), sorted(wanted));
        // What hurts most stands on top: 28,400 × 67 days, 12,050 × 81, 24,960 × 37.
        let first: Vec<&str> = shown.iter().take(3).map(|(id, _)| *id).collect();
        assert_eq!(first, ["GD-2026-0106", "GD26-0098", "GD-2026-0105"]);
        assert_eq!((page.counts.all, page.counts.overdue, page.counts.not_due), (19, 4, 15));
        assert!(
            page.verdict.starts_with("逾期 4 笔：USD 65,410.00，其中无保障 USD 40,450.00"),
            "{}",
            page.verdict
        );
        // An order that nobody signed is owed by nobody, and is not forgotten.
        assert_eq!(page.notes.len(), 1);
        assert_eq!(page.notes[0].orders[0].text, "GD26-0133");
        let html = html(&page, Lang::Zh);
        assert_eq!(html.matches("<tr class=\"od\">").count(), 4);
        assert_eq!(html.matches("<tr class=\"nd\">").count(), 15);
        for row in page.groups.iter().flat_map(|g| &g.rows) {
            assert!(html.contains(&format!("href=\"{}\"", row.order.href)), "{}", row.order.href);
        }
    });
}

#[test]
fn the_credit_that_matures_on_monday_stands_in_its_week() {
    let page = page(&example(), Lang::Zh);
    let chart = &page.cash[0];
    let row = chart.rows.iter().find(|r| r.label == "11-23 至 11-29").unwrap();
    let credit = row.orders.iter().find(|o| o.order.text == "GD-2026-0103").unwrap();
    assert_eq!((&*credit.amount, &*credit.note), ("56,800.00", ""));
    let promised = row.orders.iter().find(|o| o.order.text == "GD26-0117").unwrap();
    assert_eq!((&*promised.amount, &*promised.note), ("30,828.00", "预计"));
    let bar = chart.bars.iter().find(|b| b.label == "23").unwrap();
    assert_eq!(bar.value, "12.4万");
    let late = &chart.rows[0];
    assert_eq!((&*late.label, &*late.sum, &*late.orders[0].note), ("已到期未收", "12,050.00", "逾期 81 天"));
}

#[test]
fn bars_stay_inside_their_picture() {
    let book = example();
    for lang in Lang::ALL {
        for chart in page(&book, lang).cash {
            let mut right = Decimal::ZERO;
            for bar in &chart.bars {
                let [x, width, firm_y, firm, soft_y, soft] =
                    [&bar.x, &bar.width, &bar.firm_y, &bar.firm, &bar.soft_y, &bar.soft].map(|t| number(t));
                assert!(x >= right, "bars do not overlap");
                right = x + width;
                assert!(right <= Decimal::ONE_HUNDRED);
                assert!(soft_y >= Decimal::TEN && soft_y + soft + firm <= Decimal::from(77), "{bar:?}");
                assert_eq!(soft_y + soft, firm_y);
            }
        }
    }
}

#[test]
fn a_rate_is_shown_with_its_day_and_never_made_up() {
    let files = [
        ("gendan.toml", "schema = 1\nbase = \"CNY\"\n"),
        ("orders/A/order.toml", &*order("USD", "1000", "100% deposit on 2026-11-10", "")),
        ("orders/B/order.toml", &*order("JPY", "90000", "100% deposit on 2026-12-10", "")),
        ("orders/C/order.toml", &*order("CNY", "500", "100% deposit on 2026-12-10", "")),
    ];
    let rates = |day: &str| format!("date,currency,rate,source\n{day},USD,7.1,ECB\n");
    let with = |day: &str| book(&[&files[..], &[("rates/2026.csv", &rates(day))]].concat());
    let seen = page(&with("2026-11-18"), Lang::Zh);
    let row = |code: &str| seen.sums.iter().find(|s| s.currency == code).unwrap();
    assert_eq!((&*row("USD").rate, &*row("USD").rate_note), ("7.1", "2026-11-18 ECB"));
    assert_eq!((&*row("USD").base_open, row("USD").rate_mark), ("7,100", Mark::Done));
    assert_eq!((&*row("JPY").rate, &*row("JPY").rate_note), ("", "没有汇率"));
    assert_eq!((&*row("JPY").base_open, row("JPY").rate_mark), ("", Mark::Late));
    assert_eq!(row("CNY").rate_note, "本位币");
    assert_eq!((&*seen.base_open, &*seen.base_overdue), ("7,600", "7,100"));
    let said: Vec<&str> = seen.base_notes.iter().map(|n| &*n.text).collect();
    assert!(said[0].contains("只供参考") && said[1].starts_with("没有 JPY 的汇率"), "{said:?}");
    // Old rates are called old; without any nothing is converted.
    let seen = page(&with("2026-11-12"), Lang::Zh);
    assert!(seen.base_notes.iter().any(|n| n.mark == Mark::Warn && n.text.contains("7 天")));
    let seen = page(&book(&files[..3]), Lang::Zh);
    assert_eq!((&*seen.base_open, &*seen.base_overdue), ("", ""));
    assert!(seen.sums.iter().all(|s| s.base_open.is_empty()));
    // What is open in the base currency alone needs no conversion.
    let seen = page(&book(&[files[0], files[3]]), Lang::Zh);
    assert_eq!((&*seen.base, &*seen.sums[0].rate_note), ("", ""));
    assert!(seen.base_notes.is_empty());
}

#[test]
fn money_that_is_set_against_nothing_is_listed() {
    let over = "[[received]]\ndate = 2026-10-20\namount = 1200\n[[received]]\ndate = 2026-10-21\namount = \"EUR 50.00\"\n\
                [[received]]\ndate = 2026-12-01\namount = 5\n";
    let gone = "[[received]]\ndate = 2026-10-05\namount = 300\n";
    let files = [
        ("orders/A/order.toml", &*order("USD", "1000", "100% deposit", over)),
        (
            "orders/B/order.toml",
            &*order("USD", "1000", "30% deposit, 70% oa 30d", gone)
                .replace("po =", "cancelled = 2026-11-01\npo ="),
        ),
        (
            "orders/C/order.toml",
            &*order("USD", "1000", "100% deposit", "").replace("signed = 2026-10-01\n", ""),
        ),
        ("orders/D/order.toml", &*order("USD", "1000", "on the never-never", "")),
        ("orders/E/order.toml", &*order("USD", "1000", "100% deposit", "").replace("price = 1000", "")),
    ];
    let page = page(&book(&files), Lang::Zh);
    let rows: Vec<(&str, &str, Mark)> =
        page.loose.iter().map(|r| (&*r.order.text, &*r.amount, r.why.mark)).collect();
    assert_eq!(rows.len(), 4, "{rows:?}");
    for wanted in [
        ("A", "USD 200.00", Mark::Warn),
        ("A", "EUR 50.00", Mark::Warn),
        ("A", "USD 5.00", Mark::Warn),
        ("B", "USD 300.00", Mark::Late),
    ] {
        assert!(rows.contains(&wanted), "{wanted:?} in {rows:?}");
    }
    // Terms that cannot be read do not make the money disappear.
    let whole = page.groups.iter().flat_map(|g| &g.rows).find(|r| r.order.text == "D").unwrap();
    assert_eq!((&*whole.cells.not_due, &*whole.due.waits), ("1,000.00", "没有到期日"));
    let notes: Vec<(&str, &str)> = page.notes.iter().map(|n| (&*n.text, &*n.orders[0].text)).collect();
    assert_eq!(notes, [("1 单的金额还算不出来，没算进去", "E"), ("1 单还没签约，没算：USD 1,000.00", "C"),]);
}

#[test]
fn long_lists_are_cut_into_pages_that_hold_every_amount_once() {
    let dir = tempfile::tempdir().unwrap();
    for n in 0..=PAGE {
        let folder = dir.path().join(format!("orders/N{n:04}"));
        std::fs::create_dir_all(&folder).unwrap();
        let text = order("USD", "1000", "100% deposit on 2026-11-10", "");
        std::fs::write(folder.join("order.toml"), text).unwrap();
    }
    std::fs::create_dir_all(dir.path().join("orders/Z")).unwrap();
    std::fs::write(dir.path().join("orders/Z/order.toml"), order("EUR", "7", "100% deposit", "")).unwrap();
    let book = load(dir.path()).unwrap().book;
    look(&book, TODAY, Lang::En, |ctx, owed| {
        assert_eq!(owed.pages(), [0, 1]);
        let pages = [owed.page(ctx, 0), owed.page(ctx, 1)];
        let mut seen = BTreeSet::new();
        for row in pages.iter().flat_map(|p| &p.groups).flat_map(|g| &g.rows) {
            assert!(seen.insert(row.order.text.clone()), "{} twice", row.order.text);
        }
        assert_eq!(seen.len(), PAGE + 2);
        let totals: Vec<&OwedCells> = pages.iter().map(|p| &p.groups[0].total).collect();
        assert_eq!(totals[0], totals[1], "the sum is that of the currency, on every page");
        assert!(!pages[0].cash.is_empty() && pages[1].cash.is_empty());
        assert_eq!(pages[1].path, "receivables-2.html");
    });
}

#[test]
fn nothing_owed_is_said() {
    let page = page(&book(&[]), Lang::En);
    assert_eq!((&*page.verdict, page.verdict_mark), ("Nothing is owed", Mark::Done));
    assert!(page.groups.is_empty() && page.cash.is_empty() && page.sums.is_empty());
    assert!(!html(&page, Lang::En).contains("<table"));
}

// Texts to send.

fn texts(book: &Book, id: &str, line: usize, step: i64, on: &str, lang: Lang) -> Vec<ChaseText> {
    look(book, TODAY, lang, |ctx, _| {
        let order = ctx.book().order(id).unwrap();
        let own = ctx.facts.of(order).unwrap();
        chase::texts(ctx, order, own, line, Step(step), on.parse::<NaiveDate>().unwrap())
    })
}

fn mail(texts: &[ChaseText]) -> &ChaseText {
    texts.iter().find(|t| t.lang == "en").unwrap()
}

#[test]
fn a_mail_names_what_finds_the_payment_and_no_account() {
    let book = example();
    let all = texts(&book, "GD26-0117", 1, 1, "2026-11-23", Lang::Zh);
    let mail = mail(&all);
    assert_eq!(mail.to, "einkauf@hanse-licht.example");
    assert_eq!(
        mail.subject,
        "Payment reminder: USD 30,828.00, invoice INV26-0117, your order 4500089231, due 20 November 2026"
    );
    for part in [
        "has not reached us yet",
        "INV26-0117",
        "4500089231",
        "EGLV143600117421",
        "20 November 2026 (3 days overdue)",
        "We release the original bill of lading on receipt of the payment.",
        "Our bank details are those on our proforma invoice PI26-0117; they are unchanged.",
        "telephone us before you pay",
        "Lin Yan\nNingbo Gendan Trading Co., Ltd.",
    ] {
        assert!(mail.body.contains(part), "{part} in\n{}", mail.body);
    }
    let chat = all.iter().find(|t| t.body.starts_with("您好")).unwrap();
    assert!(chat.body.contains("USD 30,828.00") && chat.body.contains("先打电话"), "{}", chat.body);
}

#[test]
fn texts_get_firmer_and_never_carry_an_account_number() {
    let book = example();
    let account = "1178";
    let mut seen = 0;
    for lang in Lang::ALL {
        look(&book, TODAY, lang, |ctx, _| {
            for (order, own) in ctx.facts.each() {
                for at in 0..own.money.lines.len() {
                    let Some(due) = own.money.lines[at].due.day else { continue };
                    let mut bodies = BTreeSet::new();
                    for step in [-7, 0, 1, 7, 15, 30, 45, 60, 90, 180] {
                        let on = due + chrono::Days::new(u64::try_from(step.max(0)).unwrap());
                        for text in chase::texts(ctx, order, own, at, Step(step), on) {
                            let whole = format!("{} {}", text.subject, text.body);
                            assert!(!whole.contains(account) && !whole.contains("BEXACNBN"), "{whole}");
                            assert!(!whole.contains("{") && !whole.contains("  ("), "{whole}");
                            if text.lang == "en" {
                                let chinese =
                                    |c: char| ('\u{4E00}'..='\u{9FFF}').contains(&c) || "，。：".contains(c);
                                assert!(!whole.contains(chinese), "{whole}");
                                bodies.insert(text.body.lines().take(6).collect::<String>());
                                let bank = text.body.contains("Our bank details are those on our proforma");
                                let by_bank =
                                    whole.contains("D/P") || whole.contains("D/A") || whole.contains("L/C");
                                assert!(bank != by_bank, "{whole}");
                            }
                            seen += 1;
                        }
                    }
                    // What is disputed is asked for in the same words: the claim is open, not the invoice.
                    let line = &own.money.lines[at];
                    let disputed = line.outstanding().is_some_and(|open| line.disputed >= open);
                    assert_eq!(bodies.len() >= 3, !bodies.is_empty() && !disputed, "{} line {at}", order.id);
                }
            }
        });
    }
    assert!(seen > 500, "{seen}");
    // Nothing to send for what is paid, or to a customer whose debt is written off.
    assert!(texts(&book, "GD-2026-0101", 0, 1, TODAY, Lang::Zh).is_empty());
    let last = texts(&book, "GD26-0098", 1, 180, "2027-02-27", Lang::Zh);
    assert_eq!(last.len(), 1);
    assert!(last[0].body.starts_with("【T+180 计提或申请核销】"), "{}", last[0].body);
}

#[test]
fn the_texts_of_a_step_are_the_same_on_both_trees() {
    let book = example();
    let bodies = |lang| -> Vec<String> {
        let all = texts(&book, "GD-2026-0106", 0, 60, TODAY, lang);
        all.into_iter().map(|t| t.subject + &t.body).collect()
    };
    assert_eq!(bodies(Lang::Zh), bodies(Lang::En));
}

#[test]
fn a_bank_is_asked_where_one_pays() {
    let book = example();
    let credit = texts(&book, "GD-2026-0103", 0, 1, "2026-11-24", Lang::Zh);
    assert!(
        credit[0].body.contains("MT999") && credit[0].body.contains("PSBL26DC01198"),
        "{}",
        credit[0].body
    );
    assert!(credit[0].body.contains("ACCEPTED BY YOU 14OCT2026\nDUE 23NOV2026"), "{}", credit[0].body);
    assert!(credit.iter().all(|t| t.lang != "en"), "the bank owes, not the buyer");
    let before = texts(&book, "GD-2026-0103", 0, -7, "2026-11-16", Lang::Zh);
    assert!(before[0].body.contains("PLS CONFIRM BY RETURN SWIFT THAT YOU WILL PAY ON THE DUE DATE."));
    let collection = texts(&book, "GD-2026-0105", 0, 30, TODAY, Lang::En);
    assert!(collection[0].body.contains("MT420") && collection[0].body.contains("PLS ADVISE FATE"));
    // What a telegram cannot carry is not in it.
    let telegram = collection[0].body.split("\n\n").nth(1).unwrap();
    let allowed = |c: char| c.is_ascii_uppercase() || c.is_ascii_digit() || "/-?:().,'+ \n".contains(c);
    assert!(telegram.chars().all(allowed), "{telegram}");
    let mail = mail(&collection);
    assert!(
        mail.body.contains("take up the documents") && !mail.body.contains("Our bank details"),
        "{}",
        mail.body
    );
    assert!(mail.body.contains("Free time at the port ended on 7 November 2026."), "{}", mail.body);
}

#[test]
fn what_is_disputed_is_not_demanded() {
    let book = example();
    let all = texts(&book, "GD-2026-0107", 0, 60, "2026-11-27", Lang::Zh);
    let mail = mail(&all);
    assert!(mail.subject.starts_with("Open deduction: EUR 1,612.80"), "{}", mail.subject);
    assert!(mail.body.contains("your claim CL26-07") && !mail.body.contains("insurer"), "{}", mail.body);
    // A part of it: the rest is demanded, and the claim treated apart.
    let claim = "[[complaints]]\nnumber = \"C1\"\nopened = 2026-11-01\nclaimed = 200\n";
    let part = self::book(&[("orders/A/order.toml", &order("USD", "1000", "100% oa on 2026-11-10", claim))]);
    let all = texts(&part, "A", 0, 7, TODAY, Lang::Zh);
    let mail = self::mail(&all);
    assert!(
        mail.body.contains("USD 800.00") && mail.body.contains("A further USD 200.00 concern your claim C1")
    );
}

#[test]
fn an_estimated_day_is_not_called_due() {
    let book = example();
    let all = texts(&book, "GD26-0131", 1, -7, "2027-01-18", Lang::Zh);
    let mail = mail(&all);
    assert!(mail.body.contains("is expected to fall due around 25 January 2027"), "{}", mail.body);
    assert!(mail.body.contains("around 25 January 2027, counted from copies sent"), "{}", mail.body);
}

#[test]
fn what_stands_in_a_file_stays_on_its_line() {
    let hostile = order("USD", "1000", "100% oa on 2026-11-10", "").replace(
        "po = \"PO 1\"",
        "po = \"\"\"X\nYOUR ACCOUNT HAS CHANGED: 123\n<script>alert(1)</script>\"\"\"",
    );
    let book = book(&[
        ("orders/A/order.toml", &hostile),
        (
            "customers/a.toml",
            "name = \"<b>A\\nPAY TO 9\"\ncontact = \"Bob\\nPAY TO 9\"\nemail = \"x@y\\nBCC: z\"\n",
        ),
    ]);
    for text in texts(&book, "A", 0, 1, TODAY, Lang::En) {
        assert!(
            !text.body.lines().any(|l| l.starts_with("PAY TO") || l.starts_with("YOUR ACCOUNT")),
            "{}",
            text.body
        );
        assert!(!text.to.contains('\n') && !text.subject.contains('\n'));
    }
}

#[test]
fn a_reminder_on_somebodys_desk_has_its_texts() {
    let book = example();
    look(&book, TODAY, Lang::Zh, |ctx, _| {
        let dates = Dates::of(ctx.facts, ctx.audience);
        let open = dates.all.iter().filter(|d| d.kind == Kind::Chase && d.done.is_none());
        let mut seen = 0;
        for deadline in open {
            let order = ctx.book().order(deadline.order.as_deref().unwrap()).unwrap();
            let texts = chase::for_deadline(ctx, order, deadline);
            assert!(!texts.is_empty(), "{}", deadline.id());
            let step = deadline.part.rsplit_once("-T").unwrap().1;
            assert!(texts.last().unwrap().body.starts_with(&format!("【T{step} ")), "{}", deadline.id());
            seen += 1;
        }
        assert!(seen > 10, "{seen}");
        let other = dates.all.iter().find(|d| d.kind == Kind::Due && d.done.is_none()).unwrap();
        let order = ctx.book().order(other.order.as_deref().unwrap()).unwrap();
        assert!(chase::for_deadline(ctx, order, other).is_empty());
    });
}

#[test]
fn looking_back_what_came_later_is_not_there() {
    let paid = "[[received]]\ndate = 2026-10-20\namount = \"USD 500.00\"\nbank_ref = \"R1\"\n";
    let text = order("USD", "100.00", "30% deposit by T/T, 70% copy B/L by T/T", paid);
    let book = book(&[("orders/2026/X/order.toml", &text), ("customers/a.toml", "name = \"A\"\n")]);
    let loose = |as_of: &str, committed: Option<&str>| {
        let head = committed.map(|day| crate::history::Head {
            id: String::new(),
            short: String::new(),
            date: day.parse().unwrap(),
            committed: day.parse().unwrap(),
        });
        let history = History { head, ..history() };
        let facts = derive(&book, &history, as_of.parse().unwrap());
        crate::derive::aging::Aging::of(&facts).loose.len()
    };
    assert_eq!(loose("2026-10-25", Some("2026-11-20")), 1, "what is too much on that day is shown");
    assert_eq!(loose("2026-10-10", Some("2026-11-20")), 0, "on that day it had not come");
    assert_eq!(
        loose("2026-10-10", Some("2026-10-15")),
        1,
        "later than the newest commit too: a mistaken date"
    );
    assert_eq!(loose("2026-10-10", None), 1, "without a history nobody knows that it is hindsight");
}
