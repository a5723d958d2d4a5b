//! Groups rows into orders and says what each file holds.

use std::collections::BTreeMap;

use chrono::Datelike;
use rust_decimal::Decimal;

use super::cell::{Note, Reading};
use super::dialect::Dialect;
use super::map::{
    CHARGE, Field, Fields, ITEM, Keys, Kind, MILESTONE, Map, ORDER, PACKING, PURCHASE, Per, SHIPMENT,
};
use super::notes;
use super::party::Parties;
use super::read::{Register, Row};
use super::report::{Outcome, shown};
use super::slug::{self, Names};
use super::table::{Pairs, Text, Val};
use super::write::{Files, OrderFiles};
use crate::bi;

/// What a data root needs at least; the company is for a person to fill in.
const ROOT: &str = "\
# 由登记表导入生成; 请填写本公司的名称和地址。
# Made by a register import; put your own company's name and address here.
schema = 1
company = { name = \"FILL IN: your company's name\", name_zh = \"请填写公司名称\" }
timezone = \"Asia/Shanghai\"
languages = [\"zh-CN\", \"en\"]
";

/// A larger TOML file is refused when the data root is read.
const MAX_TOML: usize = 4 * 1024 * 1024;

/// The texts of all files, and what there is to report so far.
pub(super) fn files(register: Register, map: &Map, dialect: Dialect) -> (Files, Outcome) {
    let Register { columns, rows, mut unread, problems } = register;
    let mut reading = Reading::new(map, &columns, problems);
    let mut builder = Builder {
        map,
        customers: Parties::new("customers", &map.customer),
        suppliers: Parties::new("suppliers", &map.supplier),
        names: Names::default(),
        noted: 0,
    };
    let count = rows.len();
    let groups = by_order(&mut reading, map, &rows, &mut unread);
    let orders: Vec<OrderFiles> =
        groups.iter().map(|(number, rows)| builder.order(&mut reading, number, rows)).collect();
    let parties = builder.customers.into_files().chain(builder.suppliers.into_files());
    let mut shared: Vec<(String, String)> = vec![("gendan.toml".to_owned(), ROOT.to_owned())];
    shared.extend(parties);
    shared.extend(leftover(&unread));
    let outcome = Outcome {
        dialect,
        orders: orders.len(),
        rows: count,
        noted: builder.noted,
        written: 0,
        unchanged: 0,
        kept: Vec::new(),
        conflicts: Vec::new(),
        problems: reading.into_problems(),
    };
    (Files { orders, shared }, outcome)
}

/// Rows by order number, orders as they first appear. A row without a number goes to the unread ones.
fn by_order<'r>(
    reading: &mut Reading<'_>,
    map: &Map,
    rows: &'r [Row],
    unread: &mut Vec<Row>,
) -> Vec<(String, Vec<&'r Row>)> {
    let mut groups: Vec<(String, Vec<&Row>)> = Vec::new();
    let mut places = BTreeMap::new();
    let Some(field) = map.order.get("number") else { return groups };
    for row in rows {
        let Some(number) = reading.text(field, row) else {
            let what = bi!("没有订单号; 整行没有导入, 原文另存", "no order number; the row is kept unread");
            reading.problem_row(row, what);
            unread.push(row.clone());
            continue;
        };
        let place = *places.entry(number.clone()).or_insert(groups.len());
        match groups.get_mut(place) {
            Some((_, members)) => members.push(row),
            None => groups.push((number, vec![row])),
        }
    }
    groups
}

/// Rows that belong to no order, as a file; its name depends on its content, so that two registers do not collide.
fn leftover(unread: &[Row]) -> Option<(String, String)> {
    if unread.is_empty() {
        return None;
    }
    let mut rows: Vec<&Row> = unread.iter().collect();
    rows.sort_by_key(|row| row.number);
    let mut text = "# 没有导入的行 / Rows not imported\n\n".to_owned();
    for row in rows {
        let cells: Vec<String> = row.cells().map(notes::code).collect();
        text.push_str(&format!("- {}: {}\n", row.number, cells.join(" ")));
    }
    Some((format!("import-unread-{}.md", slug::hash8(&text)), text))
}

/// The rows that went with one delivery note.
struct Consignment<'r> {
    id: String,
    rows: Vec<(&'r Row, Line)>,
}

/// What later tables need of a line.
#[derive(Debug, Clone)]
struct Line {
    sku: String,
    qty: Option<Decimal>,
}

struct Builder<'a> {
    map: &'a Map,
    customers: Parties<'a>,
    suppliers: Parties<'a>,
    names: Names,
    noted: usize,
}

impl Builder<'_> {
    fn order(&mut self, reading: &mut Reading<'_>, number: &str, rows: &[&Row]) -> OrderFiles {
        let map = self.map;
        let id = self.folder_name(reading, number, rows);
        let mut top = Pairs::new();
        if let Some(customer) = self.customer(reading, rows) {
            top.push(("customer", Val::Text(customer)));
        }
        top.extend(pairs(reading, &map.order, ORDER, rows));
        let several = distinct(reading, map.shipment.get("id"), rows) > 1;
        let (items, lines, vendor) = self.items(reading, rows, several);
        let consignments = consignments(reading, map, rows, &lines);
        let charges = charges(reading, map, rows, &consignments);
        if !charges.is_empty() {
            top.push(("charges", Val::Rows(charges)));
        }

        let mut order = Text::default();
        order.keys(&top);
        for item in &items {
            order.table("[[items]]", item);
        }
        order.table("[[purchases]]", &purchase(reading, map, rows, vendor));
        order.table("[plan]", &pairs(reading, &map.plan, MILESTONE, rows));
        order.table("[actual]", &pairs(reading, &map.actual, MILESTONE, rows));
        let mut docs = Text::default();
        for consignment in &consignments {
            let members: Vec<&Row> = consignment.rows.iter().map(|(row, _)| *row).collect();
            order.table("[[shipments]]", &shipment(reading, map, consignment, &members, several));
            docs.table("[[packing]]", &packing(reading, map, consignment, &members));
        }
        let kept = self.notes(reading, rows, &lines);
        let mut files = Vec::new();
        files.extend(docs.finish().map(|text| ("docs.toml", text)));
        files.extend(kept.map(|text| ("notes.md", text)));
        // The order last: a run that was cut short is then finished by the next one.
        let order = order.finish().unwrap_or_default();
        if let Some(row) = rows.first().filter(|_| order.len() > MAX_TOML) {
            let what = bi!(
                "订单 {id} 的文件超过 4 MiB, gendan 不会读它; 请拆开这个订单",
                "the file of order {id} is over 4 MiB and will not be read; split the order"
            );
            reading.problem_row(row, what);
        }
        files.push(("order.toml", order));
        OrderFiles { folder: format!("orders/{}/{id}", self.year(reading, rows)), id, files }
    }

    fn folder_name(&mut self, reading: &mut Reading<'_>, number: &str, rows: &[&Row]) -> String {
        let map = self.map;
        let (Some(field), Some(row)) = (map.order.get("number"), rows.first()) else { return String::new() };
        let replaced = field.replace.iter().fold(number.to_owned(), |n, (from, to)| n.replace(from, to));
        let base = slug::order(&replaced).unwrap_or_else(|| {
            let id = format!("order-{}", slug::hash8(number));
            let what = bi!(
                "订单号里没有可作文件夹名的字母数字, 用 {id}",
                "no letters or digits for a folder's name, {id} is used"
            );
            reading.problem(field, row, what);
            id
        });
        let (id, other) = self.names.take(&base, number);
        if let Some(other) = other {
            let other = shown(&other);
            let what = bi!(
                "文件夹名与订单“{other}”相同 (不分大小写), 另用 {id}",
                "has the folder name of order “{other}” (letter case aside), {id} is used"
            );
            reading.problem(field, row, what);
        }
        id
    }

    fn year(&self, reading: &mut Reading<'_>, rows: &[&Row]) -> String {
        let day = self.map.order.get("year").and_then(|f| rows.iter().find_map(|row| reading.date(f, row)));
        day.map_or_else(|| "undated".to_owned(), |day| format!("{:04}", day.year()))
    }

    fn customer(&mut self, reading: &mut Reading<'_>, rows: &[&Row]) -> Option<String> {
        let field = self.map.customer.get("name")?;
        let mut first: Option<String> = None;
        for row in rows {
            let Some(id) = self.customers.id(reading, row) else { continue };
            match &first {
                None => first = Some(id),
                Some(counts) if *counts == id => {}
                Some(counts) => {
                    let own = reading.text(field, row).unwrap_or(id);
                    reading.differs(field, row, counts, &own);
                }
            }
        }
        first
    }

    /// The items, what later tables need of them, and the vendor where all have the same.
    fn items(
        &mut self,
        reading: &mut Reading<'_>,
        rows: &[&Row],
        several: bool,
    ) -> (Vec<Pairs>, Vec<Line>, Option<String>) {
        let (mut items, mut lines, mut vendors) = (Vec::new(), Vec::new(), Vec::new());
        for (at, row) in rows.iter().enumerate() {
            let mut item = pairs(reading, &self.map.item, ITEM, &[row]);
            drop_computed_amount(&mut item);
            if several && !item.iter().any(|(key, _)| *key == "sku") {
                item.insert(0, ("sku", Val::Text(format!("L{}", at + 1))));
            }
            let sku = item.iter().find_map(|(key, value)| match value {
                Val::Text(sku) if *key == "sku" => Some(sku.clone()),
                _ => None,
            });
            lines.push(Line { sku: sku.unwrap_or_default(), qty: number(&item, "qty") });
            if let Some(vendor) = self.suppliers.id(reading, row) {
                item.push(("buy", Val::Inline(vec![("from", Val::text(&vendor))])));
                vendors.push(vendor);
            }
            items.push(item);
        }
        vendors.dedup();
        let vendor = if vendors.len() == 1 { vendors.pop() } else { None };
        (items, lines, vendor)
    }

    fn notes(&mut self, reading: &mut Reading<'_>, rows: &[&Row], lines: &[Line]) -> Option<String> {
        for row in rows {
            for field in &self.map.notes {
                reading.keep(field, row);
            }
        }
        let kept: Vec<(String, Vec<Note>)> = rows
            .iter()
            .zip(lines)
            .enumerate()
            .map(|(at, (row, line))| {
                let name = if line.sku.is_empty() { format!("{}", at + 1) } else { line.sku.clone() };
                (name, reading.take_notes(row))
            })
            .collect();
        self.noted += kept.iter().map(|(_, notes)| notes.len()).sum::<usize>();
        notes::render(&kept)
    }
}

/// The keys of a table that the map gives, each with the value that the rows agree on.
fn pairs(reading: &mut Reading<'_>, fields: &Fields, keys: Keys, rows: &[&Row]) -> Pairs {
    keys.iter()
        .filter_map(|(key, kind)| Some((*key, reading.agreed(fields.get(*key)?, *kind, rows)?)))
        .collect()
}

fn number(pairs: &Pairs, key: &str) -> Option<Decimal> {
    pairs.iter().find_map(|(k, value)| match value {
        Val::Number(number) if *k == key => Some(*number),
        _ => None,
    })
}

/// An amount that is quantity × price is computed, not typed. One that differs, by a cent or by all of it, stays.
fn drop_computed_amount(item: &mut Pairs) {
    let product =
        number(item, "qty").zip(number(item, "price")).and_then(|(qty, price)| qty.checked_mul(price));
    if product.is_some() && product == number(item, "amount") {
        item.retain(|(key, _)| *key != "amount");
    }
}

fn distinct(reading: &mut Reading<'_>, field: Option<&Field>, rows: &[&Row]) -> usize {
    let Some(field) = field else { return 0 };
    let mut ids: Vec<Option<String>> = rows.iter().map(|row| reading.text(field, row)).collect();
    ids.sort();
    ids.dedup();
    ids.len()
}

/// The order's lines by delivery note. Lines without one are together the consignment without a number.
fn consignments<'r>(
    reading: &mut Reading<'_>,
    map: &Map,
    rows: &[&'r Row],
    lines: &[Line],
) -> Vec<Consignment<'r>> {
    let mut found: Vec<Consignment<'_>> = Vec::new();
    let mut places = BTreeMap::new();
    for (row, line) in rows.iter().zip(lines) {
        let id = map.shipment.get("id").and_then(|field| reading.text(field, row)).unwrap_or_default();
        let member = (*row, line.clone());
        let place = *places.entry(id.clone()).or_insert(found.len());
        match found.get_mut(place) {
            Some(consignment) => consignment.rows.push(member),
            None => found.push(Consignment { id, rows: vec![member] }),
        }
    }
    found
}

fn shipment(
    reading: &mut Reading<'_>,
    map: &Map,
    consignment: &Consignment<'_>,
    rows: &[&Row],
    several: bool,
) -> Pairs {
    let mut pairs = pairs(reading, &map.shipment, SHIPMENT, rows);
    if pairs.is_empty() {
        return pairs;
    }
    if consignment.id.is_empty() {
        pairs.insert(0, ("id", Val::text("1")));
    }
    if several {
        let loads = loads(&consignment.rows)
            .into_iter()
            .map(|(sku, qty)| Val::Inline(vec![("sku", Val::text(sku)), ("qty", Val::Number(qty))]));
        pairs.push(("items", Val::Rows(loads.collect())));
    }
    pairs
}

/// Quantity by item, in the order of the lines.
fn loads<'l>(rows: &'l [(&Row, Line)]) -> Vec<(&'l str, Decimal)> {
    let mut loads: Vec<(&str, Decimal)> = Vec::new();
    let mut places = BTreeMap::new();
    for (_, line) in rows {
        let Some(qty) = line.qty else { continue };
        let place = *places.entry(line.sku.as_str()).or_insert(loads.len());
        match loads.get_mut(place) {
            Some((_, sum)) => *sum = sum.saturating_add(qty),
            None => loads.push((&line.sku, qty)),
        }
    }
    loads
}

/// The packing of a consignment; nothing when the register has no figure for it.
fn packing(reading: &mut Reading<'_>, map: &Map, consignment: &Consignment<'_>, rows: &[&Row]) -> Pairs {
    let mut found = Pairs::new();
    let mut figures = false;
    for (key, kind) in PACKING {
        let Some(field) = map.packing.get(*key) else { continue };
        let value = if *kind == Kind::Number && field.per == Some(Per::Row) {
            total(reading, field, *kind, rows).map(Val::Number)
        } else {
            reading.agreed(field, *kind, rows)
        };
        figures |= *kind == Kind::Number && value.is_some();
        found.extend(value.map(|value| (*key, value)));
    }
    if !figures {
        return Pairs::new();
    }
    let has_shipment = !map.shipment.is_empty();
    if has_shipment {
        let id = if consignment.id.is_empty() { "1" } else { consignment.id.as_str() };
        found.insert(0, ("shipment", Val::text(id)));
    }
    found
}

fn total(reading: &mut Reading<'_>, field: &Field, kind: Kind, rows: &[&Row]) -> Option<Decimal> {
    let mut sum: Option<Decimal> = None;
    for row in rows {
        let Some(number) = reading.number(field, kind, row) else { continue };
        match sum.unwrap_or_default().checked_add(number) {
            Some(more) => sum = Some(more),
            None => reading.refuse(
                field,
                row,
                bi!("相加超出范围; 留作备注", "the sum becomes too large; kept as a note"),
            ),
        }
    }
    sum
}

fn charges(
    reading: &mut Reading<'_>,
    map: &Map,
    rows: &[&Row],
    consignments: &[Consignment<'_>],
) -> Vec<Val> {
    let mut found = Vec::new();
    for (charge, kind) in CHARGE {
        let Some(field) = map.charges.get(*charge) else { continue };
        let mut add = |value: Option<Val>| {
            found.extend(
                value.map(|amount| Val::Inline(vec![("kind", Val::text(*charge)), ("amount", amount)])),
            );
        };
        match field.per {
            Some(Per::Row) => rows.iter().for_each(|row| add(reading.value(field, *kind, row))),
            Some(Per::Shipment) => {
                for consignment in consignments {
                    let members: Vec<&Row> = consignment.rows.iter().map(|(row, _)| *row).collect();
                    add(reading.agreed(field, *kind, &members));
                }
            }
            Some(Per::Order) | None => add(reading.agreed(field, *kind, rows)),
        }
    }
    found
}

/// The order to the vendor, where the register says when it went out.
fn purchase(reading: &mut Reading<'_>, map: &Map, rows: &[&Row], vendor: Option<String>) -> Pairs {
    let mut found = pairs(reading, &map.purchase, PURCHASE, rows);
    if !found.iter().any(|(key, _)| *key == "issued") {
        return Pairs::new();
    }
    if let Some(vendor) = vendor {
        let at = found.iter().position(|(key, _)| matches!(*key, "issued" | "due")).unwrap_or(found.len());
        found.insert(at, ("to", Val::Text(vendor)));
    }
    found
}
