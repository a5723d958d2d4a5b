//! What customers owe, how they pay, how good we are, and what we owe ourselves: the twelve stories on their day and
//! on earlier days.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail the test")]

use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use gendan::check::check;
use gendan::derive::aging::Aging;
use gendan::derive::exposure::Exposure;
use gendan::derive::kpi::{self, Kpis};
use gendan::derive::payable::Payables;
use gendan::derive::{Facts, derive};
use gendan::publish::ctx::Findings;
use gendan::publish::indicators::found;
use gendan::{history, load};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn data() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data")
}

fn at<T>(as_of: &str, look: impl FnOnce(&Facts<'_>) -> T) -> T {
    let loaded = load::load(&data()).unwrap();
    let history = history::read(&data());
    look(&derive(&loaded.book, &history, day(as_of)))
}

/// A customer in lines that a person can compare with its story.
fn told(facts: &Facts<'_>, id: &str) -> Vec<String> {
    let exposure = Exposure::of(facts);
    let Some(customer) = exposure.customer(id) else { return Vec::new() };
    let mut all = Vec::new();
    for (currency, owed) in &customer.owed {
        all.push(format!(
            "{} secured {} controlled {} unsecured {} pending {}",
            currency.map_or("?", |c| c.code()),
            owed.secured,
            owed.controlled,
            owed.unsecured,
            owed.pending
        ));
        if owed.oldest > 0 || !owed.disputed.is_zero() {
            all.push(format!("overdue {} oldest {} disputed {}", owed.overdue, owed.oldest, owed.disputed));
        }
    }
    for limit in &customer.limits {
        let used = customer.used(limit).map_or("?".into(), |u| kpi::rounded(u, 2).normalize().to_string());
        all.push(format!("limit {} {:?} used {used}%", limit.amount, limit.granted));
    }
    let (good, n) = customer.habit.on_time();
    let late: Vec<String> =
        customer.habit.paid.iter().map(|p| p.late.map_or("?".into(), |days| days.to_string())).collect();
    all.push(format!("on time {good}/{n} [{}]", late.join(" ")));
    if let Some(delay) = customer.habit.longest {
        all.push(format!(
            "longest {}{}{}",
            delay.days,
            if delay.open { " open" } else { "" },
            if delay.disputed { " disputed" } else { "" }
        ));
    }
    all
}

/// What we owe for an order.
fn owing(facts: &Facts<'_>, id: &str) -> Vec<String> {
    let order = facts.book.order(id).unwrap();
    let all = Payables::of(facts, order, facts.of(order).unwrap());
    let mut lines: Vec<String> = Vec::new();
    for fact in &all.bills {
        let bill = &order.bills[fact.index];
        lines.push(format!(
            "{} {} paid {} open {} due {} late {} vat {:?}",
            bill.from.as_deref().unwrap_or_default(),
            fact.amount,
            fact.paid,
            fact.open,
            fact.due.map_or("-".into(), |d| d.to_string()),
            fact.overdue,
            fact.vat
        ));
    }
    for u in &all.unmatched {
        lines.push(format!("unmatched {} {:?}", u.amount, u.reason));
    }
    for c in &all.commitments {
        lines.push(format!(
            "ordered {} {} billed {} rest {} ahead {}",
            c.to, c.ordered, c.billed, c.rest, c.ahead
        ));
    }
    lines
}

const STORIES: [&str; 12] = [
    "GD-2026-0101",
    "GD-2026-0102",
    "GD-2026-0103",
    "GD-2026-0104",
    "GD-2026-0105",
    "GD-2026-0106",
    "GD-2026-0107",
    "GD-2026-0108",
    "GD-2026-0109",
    "GD-2026-0110",
    "GD-2026-0111",
    "GD-2026-0112",
];

/// Indicators in lines, of the twelve stories alone; sums over currencies of all orders.
fn indicators(facts: &Facts<'_>) -> Vec<String> {
    let findings = check(facts, Vec::new()).findings;
    let kpis = Kpis::of(facts, &found(facts, &Findings::of(&findings)));
    let id = |order: usize| facts.book.orders[order].id.to_string();
    let mine = |order: usize| STORIES.contains(&id(order).as_str());
    let short = |order: usize| id(order).trim_start_matches("GD-2026-01").to_owned();
    let mut all = Vec::new();
    let mut put = |name: &str, cases: Vec<(usize, String)>| {
        let shown: Vec<String> = cases
            .into_iter()
            .filter(|(o, _)| mine(*o))
            .map(|(o, text)| format!("{} {text}", short(o)))
            .collect();
        all.push(format!("{name}: {}", shown.join(", ")));
    };
    put("on time", kpis.on_time.now.iter().map(|c| (c.order, c.value.spare.to_string())).collect());
    put("slack", kpis.slack.now.iter().map(|c| (c.order, c.value.to_string())).collect());
    let clean = |c: &kpi::Case<kpi::Clean>| {
        format!("{} errors{}", c.value.errors, if c.value.refused { " refused" } else { "" })
    };
    put("clean", kpis.clean.now.iter().map(|c| (c.order, clean(c))).collect());
    for (kind, pair) in &kpis.collect {
        put(kind.title(), pair.now.iter().map(|c| (c.order, c.value.to_string())).collect());
    }
    put("first pass", kpis.first_pass.now.iter().map(|c| (c.order, c.value.to_string())).collect());
    let claim = |c: &kpi::Case<kpi::Claimed>| {
        let share = kpi::percent(c.value.agreed, c.value.sales).unwrap();
        format!("{}/{} {}%", c.value.agreed, c.value.sales, share.normalize())
    };
    for (currency, pair) in &kpis.claims {
        let claimed = pair.now.iter().filter(|c| !c.value.agreed.is_zero());
        put(currency.code(), claimed.map(|c| (c.order, claim(c))).collect());
    }
    put(
        "cancelled",
        kpis.cancelled.now.iter().filter(|c| c.value).map(|c| (c.order, String::new())).collect(),
    );
    put(
        "findings",
        kpis.findings.now.iter().filter(|c| c.value > 0).map(|c| (c.order, c.value.to_string())).collect(),
    );
    let refused = kpis
        .refusals
        .iter()
        .map(|o| (o.order, format!("{} {:?}", o.rule.as_deref().unwrap_or("-"), o.heard)));
    put("refusals", refused.collect());
    for (currency, (now, before)) in &kpis.overdue {
        all.push(format!(
            "{}: {} of {} in {} parts; a year ago {} of {}",
            currency.code(),
            now.overdue,
            now.owed,
            now.parts,
            before.overdue,
            before.owed
        ));
    }
    let good = kpis.on_time.now.iter().filter(|c| c.value.is_met()).count();
    let passed = kpis.first_pass.now.iter().filter(|c| c.value).count();
    all.push(format!(
        "all: on time {good}/{}, slack {}, passed {passed}/{}, cancelled {}/{}, most {:?}",
        kpis.on_time.now.len(),
        kpi::median(kpis.slack.now.iter().map(|c| c.value).collect()).unwrap(),
        kpis.first_pass.now.len(),
        kpis.cancelled.now.iter().filter(|c| c.value).count(),
        kpis.cancelled.now.len(),
        kpis.most
    ));
    all
}

/// An order, what its customer owes and how it pays, and what we owe for it.
type Story = (&'static str, &'static [&'static str], &'static [&'static str]);

fn compare(as_of: &str, stories: &[Story]) {
    at(as_of, |facts| {
        assert_eq!(stories.len(), STORIES.len());
        for (id, customer, bills) in stories {
            let order = facts.book.order(id).unwrap();
            assert_eq!(told(facts, order.customer.as_deref().unwrap()), *customer, "{id} on {as_of}");
            assert_eq!(owing(facts, id), *bills, "{id} on {as_of}");
        }
    });
}

#[test]
fn the_twelve_stories_on_their_day() {
    compare(
        "2026-11-20",
        &[
            (
                "GD-2026-0101",
                &["on time 2/2 [-3 -3]"],
                &[
                    "yongkang-steelware 321750.00 paid 321750.00 open 0.00 due 2026-09-10 late 0 vat There",
                    "shunhai-nb 6480.00 paid 6480.00 open 0.00 due 2026-09-30 late 0 vat There",
                ],
            ),
            (
                "GD-2026-0102",
                &["on time 1/1 [-1]"],
                &[
                    "cixi-fans 356112.00 paid 356112.00 open 0.00 due 2026-10-25 late 0 vat There",
                    "shunhai-nb 36850.00 paid 36850.00 open 0.00 due 2026-10-31 late 0 vat There",
                    "example-insurance 520.00 paid 520.00 open 0.00 due 2026-10-31 late 0 vat There",
                ],
            ),
            (
                "GD-2026-0103",
                &["USD secured 56800.00 controlled 0 unsecured 0 pending 0", "on time 0/0 []"],
                &[
                    "shaoxing-yarn 304000.00 paid 304000.00 open 0.00 due 2026-10-20 late 0 vat There",
                    "shunhai-nb 29400.00 paid 29400.00 open 0.00 due 2026-10-31 late 0 vat There",
                ],
            ),
            (
                "GD-2026-0104",
                &["on time 1/1 [-2]"],
                &[
                    "anji-chairs 223200.00 paid 223200.00 open 0.00 due 2026-11-15 late 0 vat There",
                    "shunhai-nb 44900.00 paid 0 open 44900.00 due 2026-11-30 late 0 vat There",
                    "example-insurance 355.00 paid 0 open 355.00 due 2026-11-30 late 0 vat There",
                ],
            ),
            (
                "GD-2026-0105",
                &[
                    "USD secured 0 controlled 24960.00 unsecured 0 pending 0",
                    "overdue 24960.00 oldest 37 disputed 0",
                    "on time 0/0 []",
                    "longest 37 open",
                ],
                &[
                    "zibo-ceramics 131040.00 paid 131040.00 open 0.00 due 2026-10-15 late 0 vat There",
                    "huahan-qd 3150.00 paid 3150.00 open 0.00 due 2026-10-31 late 0 vat There",
                ],
            ),
            (
                "GD-2026-0106",
                &[
                    "USD secured 0 controlled 0 unsecured 28400.00 pending 0",
                    "overdue 28400.00 oldest 67 disputed 0",
                    "limit 40000.00 Customer used 71%",
                    "on time 0/0 []",
                    "longest 67 open",
                ],
                &[
                    "foshan-tiles 182400.00 paid 182400.00 open 0.00 due 2026-06-30 late 0 vat There",
                    "zhuhang-gz 41600.00 paid 41600.00 open 0.00 due 2026-07-15 late 0 vat There",
                ],
            ),
            (
                "GD-2026-0107",
                &[
                    "EUR secured 0 controlled 0 unsecured 1612.80 pending 0",
                    "overdue 0 oldest 0 disputed 1612.80",
                    "limit 60000.00 Customer used 2.69%",
                    "on time 0/0 []",
                    "longest 53 open disputed",
                ],
                &[
                    "hz-wheels 268800.00 paid 268800.00 open 0.00 due 2026-07-31 late 0 vat There",
                    "silkrail-yw 76200.00 paid 76200.00 open 0.00 due 2026-07-31 late 0 vat There",
                ],
            ),
            (
                "GD-2026-0108",
                &["on time 2/2 [0 0]"],
                &[
                    "rizhao-citric 3097520.00 paid 3097520.00 open 0.00 due 2026-11-20 late 0 vat There",
                    "huahan-qd 168500.00 paid 0 open 168500.00 due 2026-11-30 late 0 vat There",
                    "example-insurance 4490.00 paid 4490.00 open 0.00 due 2026-10-31 late 0 vat There",
                ],
            ),
            (
                "GD-2026-0109",
                &["USD secured 0 controlled 27650.00 unsecured 0 pending 0", "on time 1/1 [-1]"],
                &["pinghu-bags 205000.00 paid 61500.00 open 143500.00 due 2026-12-05 late 0 vat Missing"],
            ),
            (
                "GD-2026-0110",
                &["on time 2/2 [0 -3]"],
                &[
                    "shenzhen-pcb 116000.00 paid 116000.00 open 0.00 due 2026-10-25 late 0 vat There",
                    "yangtze-sh 10400.00 paid 10400.00 open 0.00 due 2026-11-15 late 0 vat There",
                    "example-insurance 214.00 paid 0 open 214.00 due 2026-11-30 late 0 vat There",
                ],
            ),
            (
                "GD-2026-0111",
                &[],
                &["taizhou-outdoor 34800.00 paid 34800.00 open 0.00 due 2026-08-20 late 0 vat There"],
            ),
            (
                "GD-2026-0112",
                &["on time 1/1 [-6]"],
                &[
                    "yuyao-lamps 576.00 paid 576.00 open 0.00 due 2026-11-30 late 0 vat Missing",
                    "jetpost-nb 438.00 paid 0 open 438.00 due 2026-12-15 late 0 vat Missing",
                ],
            ),
        ],
    );
}

#[test]
fn indicators_of_the_twelve_stories_on_their_day() {
    let wanted = [
        "on time: 06 10, 07 5, 01 3, 02 6, 03 8, 05 5, 04 8, 08 6, 10 4, 12 2",
        "slack: 06 10, 07 5, 01 3, 02 6, 03 8, 05 5, 04 8, 08 6, 10 4, 12 2",
        "clean: 03 0 errors, 02 0 errors, 04 2 errors refused, 08 0 errors",
        "T/T: 01 7, 10 -4, 12 -6",
        "O/A: ",
        "L/C: 02 31, 04 28, 08 30",
        "D/P: ",
        "first pass: 06 true, 07 true, 01 true, 02 true, 05 true, 03 true, 08 true, 04 true, 10 true, 09 false, 12 true",
        "EUR: 07 2150.40/53760.00 4%",
        "JPY: ",
        "USD: ",
        "cancelled: 11 ",
        "findings: 04 2",
        "refusals: 04 credit-insurance-date Reported, 04 term-year-printed Reported",
        "EUR: 0 of 32052.80 in 3 parts; a year ago 0 of 0",
        "USD: 65410.00 of 453420.00 in 16 parts; a year ago 0 of 0",
        "all: on time 22/22, slack 6, passed 22/24, cancelled 2/33, most Some((\"credit-insurance-date\", 1))",
    ];
    at("2026-11-20", |facts| assert_eq!(indicators(facts), wanted));
}

#[test]
fn the_twelve_stories_a_month_earlier() {
    compare(
        "2026-10-25",
        &[
            (
                "GD-2026-0101",
                &["on time 2/2 [-3 -3]"],
                &[
                    "yongkang-steelware 321750.00 paid 321750.00 open 0.00 due 2026-09-10 late 0 vat There",
                    "shunhai-nb 6480.00 paid 6480.00 open 0.00 due 2026-09-30 late 0 vat There",
                ],
            ),
            (
                "GD-2026-0102",
                &["on time 1/1 [-1]"],
                &[
                    "cixi-fans 356112.00 paid 356112.00 open 0.00 due 2026-10-25 late 0 vat There",
                    "shunhai-nb 36850.00 paid 0 open 36850.00 due 2026-10-31 late 0 vat There",
                    "example-insurance 520.00 paid 0 open 520.00 due 2026-10-31 late 0 vat There",
                    "unmatched 36850.00 Future",
                    "unmatched 520.00 Future",
                ],
            ),
            (
                "GD-2026-0103",
                &["USD secured 56800.00 controlled 0 unsecured 0 pending 0", "on time 0/0 []"],
                &[
                    "shaoxing-yarn 304000.00 paid 304000.00 open 0.00 due 2026-10-20 late 0 vat There",
                    "shunhai-nb 29400.00 paid 0 open 29400.00 due 2026-10-31 late 0 vat There",
                    "unmatched 29400.00 Future",
                ],
            ),
            (
                "GD-2026-0104",
                &["USD secured 46200.00 controlled 0 unsecured 0 pending 0", "on time 0/0 []"],
                &[
                    "anji-chairs 223200.00 paid 66960.00 open 156240.00 due 2026-11-15 late 0 vat There",
                    "shunhai-nb 44900.00 paid 0 open 44900.00 due 2026-11-30 late 0 vat There",
                    "example-insurance 355.00 paid 0 open 355.00 due 2026-11-30 late 0 vat There",
                    "unmatched 156240.00 Future",
                ],
            ),
            (
                "GD-2026-0105",
                &[
                    "USD secured 0 controlled 24960.00 unsecured 0 pending 0",
                    "overdue 24960.00 oldest 11 disputed 0",
                    "on time 0/0 []",
                    "longest 11 open",
                ],
                &[
                    "zibo-ceramics 131040.00 paid 131040.00 open 0.00 due 2026-10-15 late 0 vat There",
                    "huahan-qd 3150.00 paid 0 open 3150.00 due 2026-10-31 late 0 vat There",
                    "unmatched 3150.00 Future",
                ],
            ),
            (
                "GD-2026-0106",
                &[
                    "USD secured 0 controlled 0 unsecured 28400.00 pending 0",
                    "overdue 28400.00 oldest 41 disputed 0",
                    "limit 40000.00 Customer used 71%",
                    "on time 0/0 []",
                    "longest 41 open",
                ],
                &[
                    "foshan-tiles 182400.00 paid 182400.00 open 0.00 due 2026-06-30 late 0 vat There",
                    "zhuhang-gz 41600.00 paid 41600.00 open 0.00 due 2026-07-15 late 0 vat There",
                ],
            ),
            (
                "GD-2026-0107",
                &[
                    "EUR secured 0 controlled 0 unsecured 1612.80 pending 0",
                    "overdue 0 oldest 0 disputed 1612.80",
                    "limit 60000.00 Customer used 2.69%",
                    "on time 0/0 []",
                    "longest 27 open disputed",
                ],
                &[
                    "hz-wheels 268800.00 paid 268800.00 open 0.00 due 2026-07-31 late 0 vat There",
                    "silkrail-yw 76200.00 paid 76200.00 open 0.00 due 2026-07-31 late 0 vat There",
                ],
            ),
            (
                "GD-2026-0108",
                &["USD secured 574540.00 controlled 0 unsecured 0 pending 0", "on time 0/0 []"],
                &[
                    "rizhao-citric 3097520.00 paid 620000.00 open 2477520.00 due 2026-11-20 late 0 vat There",
                    "huahan-qd 168500.00 paid 0 open 168500.00 due 2026-11-30 late 0 vat There",
                    "example-insurance 4490.00 paid 0 open 4490.00 due 2026-10-31 late 0 vat There",
                    "unmatched 2477520.00 Future",
                    "unmatched 4490.00 Future",
                ],
            ),
            (
                "GD-2026-0109",
                &["USD secured 0 controlled 27650.00 unsecured 0 pending 0", "on time 1/1 [-1]"],
                &["pinghu-bags 205000.00 paid 61500.00 open 143500.00 due 2026-12-05 late 0 vat Missing"],
            ),
            (
                "GD-2026-0110",
                &["on time 2/2 [0 ?]"],
                &[
                    "shenzhen-pcb 116000.00 paid 116000.00 open 0.00 due 2026-10-25 late 0 vat There",
                    "yangtze-sh 10400.00 paid 0 open 10400.00 due 2026-11-15 late 0 vat There",
                    "example-insurance 214.00 paid 0 open 214.00 due 2026-11-30 late 0 vat There",
                    "unmatched 10400.00 Future",
                ],
            ),
            (
                "GD-2026-0111",
                &[],
                &["taizhou-outdoor 34800.00 paid 34800.00 open 0.00 due 2026-08-20 late 0 vat There"],
            ),
            ("GD-2026-0112", &[], &["unmatched 576.00 Future"]),
        ],
    );
}

#[test]
fn indicators_of_the_twelve_stories_a_month_earlier() {
    let wanted = [
        "on time: 06 10, 07 5, 01 3, 02 6, 03 8, 05 5, 04 8, 08 6",
        "slack: 06 10, 07 5, 01 3, 02 6, 03 8, 05 5, 04 8, 08 6",
        "clean: 03 0 errors, 02 0 errors, 04 2 errors, 08 0 errors",
        "T/T: 01 7",
        "O/A: ",
        "L/C: 02 31",
        "D/P: ",
        "first pass: 06 true, 07 true, 01 true, 02 true, 05 true, 03 true, 08 true, 04 true, 10 true, 09 false",
        "EUR: 07 2150.40/53760.00 4%",
        "JPY: ",
        "USD: ",
        "cancelled: 11 ",
        "findings: 04 2",
        "refusals: ",
        "EUR: 0 of 32052.80 in 3 parts; a year ago 0 of 0",
        "USD: 65410.00 of 1009914.00 in 16 parts; a year ago 0 of 47040.00",
        "all: on time 16/16, slack 6, passed 17/19, cancelled 2/29, most Some((\"credit-insurance-date\", 1))",
    ];
    at("2026-10-25", |facts| assert_eq!(indicators(facts), wanted));
}
#[test]
fn sums_are_those_of_all_customers_and_currencies_stay_apart() {
    at("2026-11-20", |facts| {
        let exposure = Exposure::of(facts);
        let sums: Vec<String> = exposure
            .total
            .iter()
            .map(|(currency, o)| {
                format!(
                    "{} {} + {} + {} = {}, overdue {}, disputed {}, pending {}",
                    currency.map_or("?", |c| c.code()),
                    o.secured,
                    o.controlled,
                    o.unsecured,
                    o.total(),
                    o.overdue,
                    o.disputed,
                    o.pending
                )
            })
            .collect();
        assert_eq!(
            sums,
            [
                "EUR 0 + 30440.00 + 1612.80 = 32052.80, overdue 0, disputed 1612.80, pending 0",
                "USD 171944.00 + 177210.00 + 76066.00 = 425220.00, overdue 65410.00, disputed 0, pending 28200.00",
            ]
        );
    });
}

#[test]
fn what_is_overdue_is_what_the_page_of_receivables_says() {
    for as_of in ["2026-06-30", "2026-10-25", "2026-11-20", "2027-03-31"] {
        at(as_of, |facts| {
            let aging = Aging::of(facts);
            let kpis = Kpis::of(facts, &Default::default());
            for (currency, (now, _)) in &kpis.overdue {
                let total = aging.total(Some(*currency));
                assert_eq!(
                    (now.owed, now.overdue, now.parts),
                    (total.open, total.overdue, total.count),
                    "{as_of}"
                );
            }
        });
    }
}

#[test]
fn a_limit_that_has_expired_counts_no_more() {
    let limits = |as_of: &str| {
        at(as_of, |facts| {
            let exposure = Exposure::of(facts);
            let customer = exposure.customer("casa-blanca").unwrap();
            customer.limits.iter().map(|l| (l.amount.to_string(), l.expired)).collect::<Vec<_>>()
        })
    };
    assert_eq!(limits("2026-12-31"), [("15000.00".to_owned(), false)]);
    // What was approved for its open order then stands beside it.
    let expired = [("15000.00".to_owned(), true), ("12050.00".to_owned(), false)];
    assert_eq!(limits("2027-01-01"), expired);
}
