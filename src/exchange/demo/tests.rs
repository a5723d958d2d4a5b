//! The generator's promises.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use toml::{Table, Value};

use super::order::Order;
use super::paying::Manner;
use super::{DemoOptions, numbers, write};

type Tree = BTreeMap<String, Vec<u8>>;

fn tree(dir: &Path) -> Tree {
    walkdir::WalkDir::new(dir)
        .into_iter()
        .filter_entry(|entry| entry.file_name() != ".git")
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.path().strip_prefix(dir).unwrap().to_str().unwrap().to_owned();
            (path, fs::read(entry.path()).unwrap())
        })
        .collect()
}

fn generate(orders: u32, seed: u64) -> Tree {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &DemoOptions { orders, seed, ..DemoOptions::default() }).unwrap();
    tree(dir.path())
}

fn as_of() -> NaiveDate {
    DemoOptions::default().as_of
}

fn orders(count: u32) -> impl Iterator<Item = Order> {
    (1..=count).map(|k| Order::new(1, as_of(), k))
}

/// The order's files as one table.
fn parsed(order: &Order, horizon: NaiveDate) -> Table {
    let files = order.files(horizon);
    let text = |name: &str| files.iter().find(|(file, _)| *file == name).map_or("", |(_, text)| text);
    let mut all = Table::new();
    for name in ["order.toml", "docs.toml", "money.toml"] {
        let table: Table = text(name).parse().unwrap_or_else(|error| panic!("{} {name}: {error}", order.id));
        for (key, value) in table {
            assert!(all.insert(key.clone(), value).is_none(), "{} has `{key}` twice", order.id);
        }
    }
    all
}

fn decimal(value: &Value) -> Decimal {
    let text = value.to_string().replace("\"CNY ", "").replace('"', "");
    text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
}

fn list<'a>(table: &'a Table, key: &str) -> &'a [Value] {
    table.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn sum(values: &[Value], key: &str) -> Decimal {
    values.iter().filter_map(|value| value.get(key)).map(decimal).sum()
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_other_ones() {
    let first = generate(20, 7);
    assert_eq!(first, generate(20, 7));
    assert_ne!(first, generate(20, 8));
}

#[test]
fn a_larger_root_extends_a_smaller_one() {
    let (small, large) = (generate(10, 1), generate(50, 1));
    for (path, bytes) in &small {
        assert_eq!(large.get(path), Some(bytes), "{path}");
    }
    let folders = |tree: &Tree| tree.keys().filter(|path| path.ends_with("/order.toml")).count();
    assert_eq!((folders(&small), folders(&large)), (10, 50));
}

#[test]
fn a_folder_that_is_not_empty_is_refused_and_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("mine"), "x").unwrap();
    assert!(write(dir.path(), &DemoOptions::default()).is_err());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
}

#[test]
fn every_file_is_toml_and_every_reference_has_its_file() {
    let tree = generate(120, 3);
    for (path, bytes) in tree.iter().filter(|(path, _)| path.ends_with(".toml")) {
        let table: Table =
            std::str::from_utf8(bytes).unwrap().parse().unwrap_or_else(|e| panic!("{path}: {e}"));
        let file = |folder: &str, key: &Value| format!("{folder}/{}.toml", key.as_str().unwrap());
        if let Some(customer) = table.get("customer") {
            assert!(tree.contains_key(&file("customers", customer)), "{path}: {customer}");
            for purchase in list(&table, "purchases") {
                assert!(tree.contains_key(&file("suppliers", &purchase["to"])), "{path}");
            }
            for shipment in list(&table, "shipments") {
                assert!(tree.contains_key(&file("forwarders", &shipment["forwarder"])), "{path}");
            }
        }
    }
}

#[test]
fn goods_invoice_customs_and_instalments_are_one_sum() {
    for order in orders(400) {
        let all = parsed(&order, as_of());
        let items = list(&all, "items");
        let value: Decimal = items
            .iter()
            .map(|item| {
                super::goods::money(decimal(&item["qty"]) * decimal(&item["price"]), order.terms.currency)
            })
            .sum();
        assert_eq!(value, order.goods.total, "{}", order.id);
        let (deposit, balance) = order.instalments();
        assert_eq!(deposit + balance, value, "{}", order.id);
        for kind in ["contract", "proforma", "invoice"] {
            let Some(paper) = all.get(kind).and_then(Value::as_table) else { continue };
            assert_eq!(decimal(&paper["total"]), value, "{} {kind}", order.id);
            assert_eq!(sum(list(paper, "lines"), "amount"), value, "{} {kind}", order.id);
        }
        if let Some(customs) = all.get("customs").and_then(Value::as_table) {
            assert_eq!(decimal(&customs["total"]), value);
            assert_eq!(sum(list(customs, "items"), "total"), value);
        }
        let receipts = list(&all, "received").iter().map(|r| match r.get("fx") {
            Some(fx) => decimal(&fx["order_amount"]),
            None => decimal(&r["amount"]) + r.get("charges").map_or(Decimal::ZERO, decimal),
        });
        let received: Decimal = receipts.sum();
        let (first, change) = match order.manner {
            Manner::Full | Manner::Renminbi(_) => (Decimal::ZERO, Decimal::ZERO),
            Manner::Short(short) | Manner::WrittenOff(short, _) => (Decimal::ZERO, -short),
            Manner::Parts(_, first) => (first, Decimal::ZERO),
            Manner::Over(extra, _) => (Decimal::ZERO, extra),
        };
        let steps = [Decimal::ZERO, deposit, deposit + first, value + change];
        assert!(steps.contains(&received), "{}: {received} is none of {steps:?}", order.id);
    }
}

#[test]
fn weights_volumes_and_cartons_add_up() {
    let mut boxed = 0;
    for order in orders(400) {
        let all = parsed(&order, as_of());
        let Some(packing) = all.get("packing").and_then(Value::as_table) else { continue };
        let rows = list(packing, "lines");
        for key in ["gross_kg", "net_kg", "cbm"] {
            assert_eq!(sum(rows, key), decimal(&packing[key]), "{} {key}", order.id);
        }
        assert_eq!(sum(rows, "qty"), sum(list(&all, "items"), "qty"), "{}", order.id);
        let mut next = 1;
        for row in rows {
            let (first, last) = row["cartons"].as_str().unwrap().split_once('-').unwrap();
            let (first, last): (i64, i64) = (first.parse().unwrap(), last.parse().unwrap());
            assert_eq!(first, next, "{}", order.id);
            assert_eq!(decimal(&row["qty"]), Decimal::from(last - first + 1) * decimal(&row["per_carton"]));
            next = last + 1;
        }
        assert_eq!(Decimal::from(next - 1), decimal(&packing["packages"]));
        let containers = list(all["shipments"][0].as_table().unwrap(), "containers");
        if containers.is_empty() {
            continue;
        }
        boxed += 1;
        assert_eq!(sum(containers, "gross_kg"), decimal(&packing["gross_kg"]), "{}", order.id);
        assert_eq!(sum(containers, "packages"), decimal(&packing["packages"]), "{}", order.id);
        for container in containers {
            let number = container["number"].as_str().unwrap();
            let check = number.chars().last().and_then(|c| c.to_digit(10));
            assert_eq!(check, Some(numbers::container_sum(number) % 11), "{number}");
            let mass = decimal(&container["gross_kg"]) + decimal(&container["tare_kg"]);
            assert_eq!(decimal(&container["vgm_kg"]), mass);
            assert!(decimal(&container["gross_kg"]) <= Decimal::from(26_000));
            assert!(decimal(&container["cbm"]) <= Decimal::from(68));
        }
    }
    assert!(boxed > 100);
}

#[test]
fn two_loads_are_the_whole_order_and_leave_one_after_the_other() {
    let mut split = 0;
    for order in orders(600).filter(|order| order.loads.len() == 2) {
        split += 1;
        let (first, second) = (&order.loads[0].life, &order.loads[1].life);
        assert!(first.etd < second.etd && second.etd <= order.ship_by(second.etd), "{}", order.id);
        assert!(order.life.paid < first.loaded, "{}: loaded before the balance came", order.id);
        let all = parsed(&order, as_of());
        assert_eq!(all["partial"].as_bool(), Some(true), "{}", order.id);
        let invoices = list(&all, "invoice");
        if invoices.len() == 2 {
            assert_eq!(sum(invoices, "total"), order.goods.total, "{}", order.id);
            assert_eq!(sum(list(&all, "packing"), "packages"), Decimal::from(order.goods.packages));
            assert_eq!(sum(list(&all, "packing"), "gross_kg"), order.goods.gross, "{}", order.id);
        }
    }
    assert!((25..80).contains(&split), "{split}");
}

#[test]
fn two_suppliers_share_the_goods_and_the_bills() {
    let mut shared = 0;
    for order in orders(400).filter(|order| order.suppliers.len() == 2) {
        let all = parsed(&order, as_of());
        let purchases = list(&all, "purchases");
        let bought: Decimal =
            purchases.iter().map(|to| sum(list(to.as_table().unwrap(), "items"), "qty")).sum();
        if !purchases.is_empty() {
            shared += 1;
            assert_eq!(bought, Decimal::from(order.goods.pieces), "{}", order.id);
        }
        let bills = list(&all, "bills").iter().filter(|bill| bill["kind"].as_str() == Some("goods"));
        let billed: Decimal = bills.map(|bill| decimal(&bill["amount"])).sum();
        assert!(billed == Decimal::ZERO || billed == super::goods::money(order.goods.cost, "CNY"));
    }
    assert!(shared > 20, "{shared}");
}

#[test]
fn numbers_are_not_used_twice() {
    let mut seen = BTreeSet::new();
    for order in orders(2_000) {
        let loads = order.loads.iter().map(|load| &load.goods);
        let goods: Vec<_> = if order.loads.is_empty() { vec![&order.goods] } else { loads.collect() };
        for container in goods.iter().flat_map(|goods| &goods.containers) {
            assert!(seen.insert(container.number.clone()), "{}", container.number);
        }
        assert!(seen.insert(order.id.clone()));
    }
}

#[test]
fn dates_stand_in_the_order_of_the_trade() {
    for order in orders(1_000) {
        let life = &order.life;
        let line = [
            life.inquiry,
            life.offered,
            life.signed,
            life.reviewed,
            life.released,
            life.materials,
            life.started,
            life.produced,
            life.inspected,
            life.loaded,
            life.documents,
            life.declared,
            life.cleared,
            life.etd,
            life.arrived,
            life.delivered,
            life.closed,
        ];
        assert!(line.is_sorted(), "{}: {line:?}", order.id);
        assert!(life.inspected < life.loaded && life.cleared < life.etd, "{}", order.id);
        assert!(life.etd <= order.ship_by(life.etd), "{}: shipped after the latest shipment", order.id);
        assert!(life.deposit.is_none_or(|day| day < life.started), "{}", order.id);
        assert!(life.lc.is_none_or(|(_, received)| received < life.started), "{}", order.id);
        assert!(life.amended.is_none_or(|(day, _)| life.signed < day && day < life.ship_by), "{}", order.id);
        if order.paid_ahead() {
            assert!(life.paid < life.loaded, "{}", order.id);
        }
        if order.terms.method.is_lc() {
            assert!((life.originals - life.etd).num_days() <= 21, "{}", order.id);
        }
        assert!(life.paid <= life.closed, "{}", order.id);
    }
}

/// All dates that a file records, those of plans, forecasts, due dates and validity left out.
fn recorded(value: &Value, key: &str, out: &mut Vec<(String, NaiveDate)>) {
    const AHEAD: [&str; 15] = [
        "plan",
        "forecast",
        "ship_by",
        "due",
        "valid_until",
        "expiry",
        "latest_shipment",
        "maturity",
        "cutoffs",
        "loading",
        "etd",
        "eta",
        "amendments",
        "set",
        "was",
    ];
    match value {
        _ if AHEAD.contains(&key) => {}
        Value::Table(table) => table.iter().for_each(|(key, value)| recorded(value, key, out)),
        Value::Array(list) => list.iter().for_each(|value| recorded(value, key, out)),
        Value::Datetime(date) => {
            let day = date.to_string().chars().take(10).collect::<String>();
            out.push((key.to_owned(), day.parse().unwrap()));
        }
        _ => {}
    }
}

#[test]
fn nothing_is_recorded_before_it_happened() {
    for order in orders(300) {
        for back in [0, 60, 200] {
            let horizon = as_of() - chrono::Days::new(back);
            if order.life.signed > horizon {
                continue;
            }
            let mut dates = Vec::new();
            recorded(&Value::Table(parsed(&order, horizon)), "", &mut dates);
            let late: Vec<_> = dates.iter().filter(|(_, day)| *day > horizon).collect();
            assert!(late.is_empty(), "{} on {horizon}: {late:?}", order.id);
        }
    }
}

#[test]
fn all_terms_methods_modes_and_stages_occur() {
    let mut seen = BTreeSet::new();
    let (mut cancelled, mut complaints, mut open, mut owed) = (0, 0, 0, 0);
    let mut manners = BTreeMap::new();
    for order in orders(3_000) {
        seen.insert(order.terms.rule);
        seen.insert(order.terms.mode.code());
        seen.insert(order.terms.method.code());
        seen.insert(order.terms.currency);
        cancelled += i32::from(order.is_cancelled(as_of()));
        complaints += i32::from(order.life.complaint.is_some_and(|day| day <= as_of()));
        open += i32::from(order.life.closed > as_of());
        owed += i32::from(order.life.due < as_of() && order.life.paid > as_of());
        let manner = match order.manner {
            Manner::Full => "full",
            Manner::Short(_) => "short",
            Manner::Parts(..) => "in parts",
            Manner::Over(_, None) => "over",
            Manner::Over(_, Some(_)) => "over and back",
            Manner::Renminbi(_) => "converted",
            Manner::WrittenOff(..) => "written off",
        };
        *manners.entry(manner).or_insert(0) += 1;
    }
    for name in [
        "EXW",
        "FCA",
        "FAS",
        "FOB",
        "CFR",
        "CIF",
        "CPT",
        "CIP",
        "DAP",
        "DPU",
        "DDP",
        "sea-fcl",
        "sea-lcl",
        "sea-bulk",
        "air",
        "rail",
        "road",
        "courier",
        "multimodal",
        "copy-bl",
        "before-shipment",
        "before-production",
        "tt",
        "lc",
        "dp",
        "da",
        "oa",
        "cod",
        "USD",
        "EUR",
        "GBP",
        "CNY",
        "JPY",
    ] {
        assert!(seen.contains(name), "{name}");
    }
    assert!((10..80).contains(&cancelled) && (20..120).contains(&complaints), "{cancelled} {complaints}");
    assert!((300..1_200).contains(&open), "{open} open orders");
    assert!(owed > 5, "{owed} overdue orders");
    assert_eq!(manners.len(), 7, "{manners:?}");
    assert!(manners.values().all(|count| *count > 5) && manners["full"] > 2_000, "{manners:?}");
}

#[test]
fn the_repository_has_the_same_ids_and_a_clean_work_tree() {
    let options = DemoOptions { orders: 12, git: true, ..DemoOptions::default() };
    let (a, b) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let first = write(a.path(), &options).unwrap();
    assert_eq!(first, write(b.path(), &options).unwrap());
    let history = crate::history::read(a.path());
    assert_eq!(history.state, crate::history::State::Complete);
    assert_eq!(history.head.map(|head| head.id), first.head);
    assert!(history.uncommitted.is_empty(), "{:?}", history.uncommitted);
    assert_eq!(history.orders.len(), 12);
    let people: BTreeSet<_> =
        history.orders.values().flat_map(|order| &order.people).map(|person| &person.email).collect();
    assert!(people.len() >= 4, "{people:?}");
    assert!(history.orders.values().any(|order| order.commits >= 8));
    for (id, order) in &history.orders {
        assert!(order.first.date <= order.last.date && order.last.date <= options.as_of, "{id}");
    }
    let status = std::process::Command::new("git")
        .current_dir(a.path())
        .args(["-c", "core.quotepath=off", "status", "--porcelain"])
        .output()
        .unwrap();
    assert_eq!(String::from_utf8_lossy(&status.stdout), "");
    let fsck =
        std::process::Command::new("git").current_dir(a.path()).args(["fsck", "--strict"]).output().unwrap();
    assert!(fsck.status.success(), "{}", String::from_utf8_lossy(&fsck.stderr));
}
