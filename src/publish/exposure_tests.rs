//! Exposure, indicators and payables as their pages show them, from small books.

use super::audience::Reader;
use super::ctx::{Ctx, Findings};
use super::groups::Groups;
use super::payables::Owing;
use super::{exposure, party};
use crate::check::check;
use crate::derive::derive;
use crate::history::{History, State};
use crate::load::load;
use crate::model::party::PartyKind;
use crate::site::view::{ExposurePage, IndicatorRow, Mark, PartyPage, PayablesPage};
use crate::text::Lang;

const TODAY: &str = "2026-11-20";

/// Looks at a data root as of [`TODAY`], in Chinese.
fn look<T>(files: &[(String, String)], see: impl FnOnce(&Ctx<'_>, &Groups<'_>) -> T) -> T {
    let dir = tempfile::tempdir().unwrap();
    for (path, text) in files {
        let path = dir.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }
    let loaded = load(dir.path()).unwrap();
    assert!(loaded.book.orders.iter().all(|o| !o.broken), "{:?}", loaded.findings);
    let history = History::empty(State::NoRepository);
    let facts = derive(&loaded.book, &history, TODAY.parse().unwrap());
    let found = check(&facts, Vec::new()).findings;
    let findings = Findings::of(&found);
    let groups = Groups::of(&facts, &findings);
    see(&Ctx::of(&facts, &findings, Reader::Finance, Lang::Zh), &groups)
}

fn file(path: &str, text: impl Into<String>) -> (String, String) {
    (path.to_owned(), text.into())
}

/// An order on open account that left on a day and is to be paid 30 days later; `more` stands at its end.
fn shipped(id: &str, customer: &str, money: &str, left: &str, ship_by: &str, more: &str) -> (String, String) {
    let (currency, amount) = money.split_once(' ').unwrap();
    file(
        &format!("orders/{id}/order.toml"),
        format!(
            "customer = \"{customer}\"\nsigned = 2026-01-05\ncurrency = \"{currency}\"\nship_by = {ship_by}\n\
             payment = \"100% oa 30d shipment\"\n[[items]]\nsku = \"A\"\nname = \"Lamp\"\nqty = 1\nprice = {amount}\n\
             [[bl]]\nnumber = \"BL-{id}\"\non_board = {left}\n[[shipments]]\nid = \"1\"\n[[purchases]]\nissued = 2026-01-06\n{more}"
        ),
    )
}

fn page(files: &[(String, String)]) -> ExposurePage {
    look(files, |ctx, groups| exposure::page(ctx, groups, 0))
}

fn row<'p>(page: &'p ExposurePage, name: &str) -> &'p IndicatorRow {
    page.indicators.iter().find(|row| row.name == name).unwrap_or_else(|| panic!("no {name}"))
}

fn on_time(n: usize, late: usize) -> Vec<(String, String)> {
    let ship_by = |i| if i < late { "2026-08-30" } else { "2026-09-10" };
    (0..n).map(|i| shipped(&format!("N{i}"), "hanse", "USD 100", "2026-09-01", ship_by(i), "")).collect()
}

#[test]
fn few_cases_are_listed_and_five_make_a_statistic() {
    let few = page(&on_time(4, 1));
    let listed = row(&few, "准时装运");
    assert!(listed.value.is_empty() && listed.n == "4");
    let cases: Vec<(&str, &str, Mark)> =
        listed.cases.iter().map(|c| (c.order.text.as_str(), c.text.as_str(), c.mark)).collect();
    assert_eq!(cases[0], ("N0", "晚 2 天", Mark::Late));
    assert_eq!(
        cases[1..],
        [("N1", "准时", Mark::Done), ("N2", "准时", Mark::Done), ("N3", "准时", Mark::Done)]
    );
    let slack = row(&few, "装运时余量");
    assert_eq!(slack.cases[0].text, "晚 2 天");

    let five = page(&on_time(5, 1));
    let counted = row(&five, "准时装运");
    assert_eq!((counted.value.as_str(), counted.note.as_str(), counted.n.as_str()), ("80%", "4/5", "5"));
    let late: Vec<&str> = counted.cases.iter().map(|c| c.order.text.as_str()).collect();
    assert_eq!((late, counted.cases_label.as_str()), (vec!["N0"], "没准时："));
    assert_eq!(row(&five, "装运时余量").value, "9 天");
    // Every indicator says how it is computed; of one by currency or kind the first row does.
    assert!(row(&five, "准时装运").definition.contains("最迟装运日"));
    assert!(five.indicators.iter().filter(|i| !i.definition.is_empty()).count() >= 8);
}

#[test]
fn what_ought_to_have_left_counts_as_late() {
    let waiting = file(
        "orders/W/order.toml",
        "customer = \"hanse\"\nsigned = 2026-08-05\ncurrency = \"USD\"\nship_by = 2026-11-10\n[[items]]\nname = \"Lamp\"\nqty = 1\nprice = 5\n",
    );
    let page = page(&[waiting]);
    let case = &row(&page, "准时装运").cases[0];
    assert_eq!((case.text.as_str(), case.mark), ("没装，过了 10 天", Mark::Late));
    assert!(row(&page, "装运时余量").cases.is_empty(), "it has no slack at shipment yet");
}

#[test]
fn better_and_worse_need_enough_cases_in_both_periods() {
    let mut files = on_time(5, 1);
    let old = |late: usize| -> Vec<(String, String)> {
        (0..5)
            .map(|i| {
                let ship_by = if i < late { "2025-08-30" } else { "2025-09-10" };
                let (path, text) = shipped(&format!("O{i}"), "hanse", "USD 100", "2025-09-01", ship_by, "");
                (path, text.replace("signed = 2026-01-05", "signed = 2025-01-05"))
            })
            .collect()
    };
    files.extend(old(3));
    let better = page(&files);
    let now = row(&better, "准时装运");
    assert_eq!((now.before.as_str(), now.trend.as_str(), now.trend_mark), ("40% (2/5)", "好转", Mark::Done));
    let mut files = on_time(5, 1);
    files.extend(old(0).into_iter().take(4));
    let unsure = page(&files);
    assert_eq!(
        (row(&unsure, "准时装运").before.as_str(), row(&unsure, "准时装运").trend.as_str()),
        ("4/4", "")
    );
}

#[test]
fn a_limit_is_used_by_what_is_unsecured_in_its_own_currency() {
    let limited = file(
        "customers/hanse.toml",
        "name = \"Hanse\"\ncountry = \"DE\"\ncredit_limit = { amount = \"USD 1000.00\", until = 2026-12-31 }\n",
    );
    let usd = shipped("A", "hanse", "USD 400", "2026-09-01", "2026-09-10", "");
    let eur = shipped("B", "hanse", "EUR 900", "2026-11-01", "2026-11-10", "");
    let seen = page(&[limited.clone(), usd.clone(), eur.clone()]);
    let customer = &seen.customers[0];
    assert_eq!((customer.limits.len(), customer.limits[0].used.as_str()), (1, "已用 40%"));
    let totals: Vec<&str> = customer.owed.iter().map(|o| o.total.as_str()).collect();
    assert_eq!(totals, ["EUR 900.00", "USD 400.00"]);
    assert_eq!(customer.owed[1].overdue, "逾期 400.00，最久 50 天");
    let sums: Vec<(&str, &str)> = seen.sums.iter().map(|s| (s.currency.as_str(), s.total.as_str())).collect();
    assert_eq!(sums, [("EUR", "900.00"), ("USD", "400.00")], "currencies stay apart");
    assert_eq!(seen.verdict, "无保障最多：Hanse EUR 900.00；Hanse USD 400.00（逾期 50 天）");

    // Without a limit of its own: what was approved for its open orders, each in its currency.
    let approved = "[[approvals]]\nkind = \"credit\"\ndate = 2026-01-06\nby = \"boss\"\namount = 500\n";
    let usd = shipped("A", "hanse", "USD 400", "2026-09-01", "2026-09-10", approved);
    let more = shipped("C", "hanse", "USD 200", "2026-11-01", "2026-11-10", approved);
    let seen = page(&[usd, more, eur]);
    let limits: Vec<(&str, &str, &str)> = seen.customers[0]
        .limits
        .iter()
        .map(|l| (l.amount.as_str(), l.note.as_str(), l.used.as_str()))
        .collect();
    assert_eq!(limits, [("USD 1,000.00", "2 单批的，合计", "已用 60%")]);

    let expired = (limited.0, limited.1.replace("2026-12-31", "2026-11-19"));
    let seen = page(&[expired, shipped("A", "hanse", "USD 400", "2026-09-01", "2026-09-10", "")]);
    let limit = &seen.customers[0].limits[0];
    assert_eq!((limit.note.as_str(), limit.mark), ("11-19 已过期", Mark::Late));
}

#[test]
fn more_than_the_limit_and_nearly_all_of_it_are_marked() {
    let mark = |limit: &str| {
        let file = file(
            "customers/hanse.toml",
            format!("name = \"Hanse\"\ncredit_limit = {{ amount = \"USD {limit}\" }}\n"),
        );
        let seen = page(&[file, shipped("A", "hanse", "USD 400", "2026-09-01", "2026-09-10", "")]);
        let limit = &seen.customers[0].limits[0];
        (limit.used.clone(), limit.percent, limit.mark)
    };
    assert_eq!(mark("1000.00"), ("已用 40%".into(), 40, Mark::Open));
    assert_eq!(mark("500.00"), ("已用 80%".into(), 80, Mark::Warn));
    assert_eq!(mark("400.00"), ("已用 100%".into(), 100, Mark::Warn));
    assert_eq!(mark("399.99"), ("已用 100%".into(), 100, Mark::Late));
    assert_eq!(mark("0"), (String::new(), 0, Mark::Open));
}

#[test]
fn habits_tell_each_payment_until_there_are_five() {
    let paid = |id: &str, day: &str, amount: &str| {
        let more = format!("[[received]]\ndate = {day}\namount = {amount}\n");
        shipped(id, "hanse", "USD 400", "2026-09-01", "2026-09-10", &more)
    };
    // Due 30 days after 09-01, moved past the holidays to 10-08.
    let three =
        [paid("A", "2026-10-08", "400"), paid("B", "2026-10-05", "400"), paid("C", "2026-10-20", "399")];
    let files = |list: &[(String, String)]| -> Vec<(String, String)> {
        let calendar = "weekend = [\"sat\", \"sun\"]\nclosed = [2026-10-01, 2026-10-02, 2026-10-05, 2026-10-06, 2026-10-07]\n";
        let mut all = list.to_vec();
        all.push(file("calendar/cn-2026.toml", calendar));
        all.push(file("gendan.toml", "schema = 1\n[calendars]\nCN = \"cn\"\n"));
        all.push(file("customers/hanse.toml", "name = \"Hanse\"\n"));
        all
    };
    let seen = page(&files(&three));
    assert!(seen.customers.is_empty(), "nothing is open");
    let habit = &seen.paid_up[0].habit;
    assert_eq!((habit.on_time.as_str(), habit.days.as_str()), ("2/3", "早 3 天、当天、晚 12 天"));
    assert_eq!((habit.longest.as_str(), habit.longest_note.as_str()), ("12 天", ""));
    assert_eq!(habit.longest_order.text, "C");

    let mut five = three.to_vec();
    five.extend([paid("D", "2026-10-14", "400"), paid("E", "2026-10-09", "400")]);
    five.push(shipped("F", "hanse", "USD 400", "2026-08-01", "2026-09-10", ""));
    let (seen, own): (ExposurePage, PartyPage) = look(&files(&five), |ctx, groups| {
        let party = ctx.book().party(PartyKind::Customer, "hanse").unwrap();
        (exposure::page(ctx, groups, 0), party::page(ctx, groups, party))
    });
    let habit = &seen.customers[0].habit;
    assert_eq!((habit.on_time.as_str(), habit.days.as_str(), habit.mark), ("2/5", "中位晚 1 天", Mark::Late));
    assert_eq!((habit.longest.as_str(), habit.longest_note.as_str()), ("81 天", "未了"));
    // The customer's own page says the same.
    let money = own.money.unwrap();
    assert_eq!((money.habit.on_time.as_str(), money.owed[0].total.as_str()), ("2/5", "USD 400.00"));
}

#[test]
fn what_is_written_off_or_credited_is_told_from_what_is_paid() {
    let with = |more: &str| {
        let seen = page(&[shipped("A", "hanse", "USD 400", "2026-09-01", "2026-09-10", more)]);
        let customer = seen.customers.first().or(seen.paid_up.first()).cloned().unwrap_or_default();
        (customer.habit.on_time, customer.habit.days)
    };
    let part = "[[received]]\ndate = 2026-10-01\namount = 300\n";
    let credit =
        |kind: &str| format!("{part}[[credits]]\ndate = 2026-10-31\namount = 100\nkind = \"{kind}\"\n");
    // A credit note lowers what was due; a write-off is a loss on its day.
    assert_eq!(with(&credit("credit-note")), ("1/1".into(), "当天".into()));
    assert_eq!(with(&credit("write-off")), ("0/1".into(), "晚 30 天".into()));
    assert_eq!(with(part).0, "");
}

fn owing(files: &[(String, String)]) -> PayablesPage {
    look(files, |ctx, _| Owing::of(ctx.facts, ctx.audience).page(ctx, 0))
}

/// An order with these records of money.
fn order(id: &str, money: &str) -> (String, String) {
    file(
        &format!("orders/{id}/order.toml"),
        format!(
            "customer = \"hanse\"\nsigned = 2026-01-05\ncurrency = \"USD\"\nship_by = 2026-12-30\n\
             [[items]]\nsku = \"A\"\nname = \"Lamp\"\nqty = 10\nprice = 5\nbuy = {{ from = \"mill\", price = 20, currency = \"CNY\" }}\n\
             [[purchases]]\nto = \"mill\"\nissued = 2026-01-06\ndue = 2026-12-01\n{money}"
        ),
    )
}

const BILLS: &str = "[[bills]]\nfrom = \"ship\"\nkind = \"freight\"\namount = \"CNY 90.00\"\ndue = 2026-11-15\n\
                     [[bills]]\nfrom = \"ship\"\nkind = \"local\"\namount = \"CNY 30.00\"\ndue = 2026-11-24\nvat = \"26330\"\n\
                     [[bills]]\nfrom = \"line\"\namount = \"USD 70.00\"\n\
                     [[bills]]\nfrom = \"dyer\"\namount = \"CNY 8.00\"\ndue = 2026-12-09\n\
                     [[paid]]\ndate = 2026-11-18\nto = \"dyer\"\namount = \"CNY 8.00\"\n\
                     [[paid]]\ndate = 2026-11-19\nto = \"mill\"\namount = \"CNY 60.00\"\nfor = \"30% 订金\"\n";

#[test]
fn payables_say_what_to_whom_when_and_whether_the_invoice_is_there() {
    let seen = owing(&[order("A", BILLS)]);
    assert_eq!(seen.verdict, "未付 CNY 120.00 · USD 70.00，已逾期 CNY 90.00；7 天内到期 CNY 30.00");
    assert_eq!(seen.verdict_mark, Mark::Late);
    let weeks: Vec<(&str, Vec<&str>)> = seen
        .weeks
        .iter()
        .map(|w| (w.label.as_str(), w.amounts.iter().map(|a| a.text.as_str()).collect()))
        .collect();
    assert_eq!(
        weeks,
        [
            ("已逾期", vec!["CNY 90.00"]),
            ("本周", vec!["—"]),
            ("下周", vec!["CNY 30.00"]),
            ("没写到期日", vec!["USD 70.00"])
        ]
    );
    let bills: Vec<String> = seen
        .bills
        .iter()
        .map(|b| format!("{} {} {} {} {:?}", b.party.text, b.open, b.when, b.vat, b.vat_mark))
        .collect();
    assert_eq!(
        bills,
        [
            "ship CNY 90.00 逾期 5 天 没登记 Warn",
            "ship CNY 30.00 剩 4 天 26330 Done",
            "line USD 70.00 没写到期日 不适用 Na",
        ]
    );
    let ahead: Vec<(&str, &str, &str)> =
        seen.ahead.iter().map(|a| (a.party.text.as_str(), a.amount.as_str(), a.why.as_str())).collect();
    assert_eq!(ahead, [("mill", "CNY 60.00", "预付，还没有账单")]);
    let ordered = &seen.ordered[0];
    assert_eq!((ordered.rest.as_str(), ordered.ahead.as_str()), ("CNY 200.00", "60.00"));
    assert_eq!(ordered.due.as_ref().unwrap().iso, "2026-12-01");
    assert_eq!(seen.ordered_note, "还没开账单 CNY 200.00，不在上面的未付里");
    let invoices: Vec<&str> = seen.invoices.iter().map(|b| b.party.text.as_str()).collect();
    assert_eq!(invoices, ["dyer"], "paid, and its invoice is not there");
    let parties: Vec<(&str, &str, &str)> =
        seen.parties.iter().map(|p| (p.name.text.as_str(), p.open.as_str(), p.ahead.as_str())).collect();
    assert!(
        parties.contains(&("ship", "CNY 120.00", "")) && parties.contains(&("mill", "CNY 0.00", "60.00")),
        "{parties:?}"
    );
}

#[test]
fn purchase_orders_are_left_out_where_purchase_prices_are() {
    let hide = file("gendan.toml", "schema = 1\n[audience.finance]\nhide = [\"buy\"]\n");
    let seen = owing(&[hide, order("A", BILLS)]);
    assert!(seen.ordered.is_empty() && seen.ordered_note.is_empty());
    assert_eq!(seen.bills.len(), 3);
}

#[test]
fn nothing_owed_is_said_to_be_nothing() {
    let seen = owing(&[order("A", "")]);
    assert_eq!((seen.verdict.as_str(), seen.verdict_mark), ("没有未付的账单", Mark::Done));
    assert!(seen.weeks.is_empty() && seen.bills.is_empty());
    let nothing = page(&[order("A", "")]);
    assert_eq!(nothing.verdict, "没有未收款");
}
