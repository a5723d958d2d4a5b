//! One order: everything that is known of it, and its `order.toml` as of a day.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::calendar::{add, work};
use super::dice::{Dice, Kind};
use super::goods::{self, Container, Goods, Item};
use super::parties::{self, Customer, FORWARDERS};
use super::paying::Manner;
use super::plan::{self, Life};
use super::terms::{self, Method, Mode, Terms};
use super::toml::{Toml, quoted};
use super::{docs, money, notes};

/// An order with its whole life.
pub(super) struct Order {
    pub(super) k: u32,
    pub(super) id: String,
    pub(super) customer: Customer,
    /// One or two; each makes every other item.
    pub(super) suppliers: Vec<String>,
    pub(super) forwarder: &'static str,
    pub(super) terms: Terms,
    pub(super) goods: Goods,
    /// The order's life; where the goods leave in two loads, with the dates of the last.
    pub(super) life: Life,
    /// What leaves together: two where the goods do not leave at once, else none.
    pub(super) loads: Vec<Load>,
    pub(super) vessel: &'static str,
    pub(super) voyage: String,
    /// Goods are released by telex, without originals at destination.
    pub(super) telex: bool,
    /// Major and minor defects found by the final inspection, percent of the acceptance numbers.
    found: (i64, i64),
    score: i64,
    trouble: bool,
    /// Released on the boss's word, reviewed the day after.
    hurried: bool,
    /// The claim is accepted.
    pub(super) accepted: bool,
    /// The buyer's bank deducts charges.
    pub(super) charged: bool,
    /// How the balance is paid.
    pub(super) manner: Manner,
}

/// Goods that leave together, and when.
pub(super) struct Load {
    pub(super) goods: Goods,
    pub(super) life: Life,
}

/// Days over which orders are spread.
const SPAN: u64 = 728;

impl Order {
    /// Draws order `k`, from 1; nothing in it depends on how many orders there are.
    pub(super) fn new(seed: u64, as_of: NaiveDate, k: u32) -> Self {
        let mut dice = Dice::new(seed, Kind::Order, k);
        let pick =
            |dice: &mut Dice, count: u32| u32::try_from(dice.range(0, i64::from(count) - 1)).unwrap_or(0);
        let customer = parties::customer(seed, pick(&mut dice, parties::customers(k)));
        let first = pick(&mut dice, parties::suppliers(k));
        let second = (first + 1) % parties::suppliers(k);
        let terms = terms::terms(&mut dice, &customer);
        // Multiples of the golden ratio fill the two years evenly, however many orders there are.
        let turn = (u64::from(k.wrapping_mul(2_654_435_769)) * SPAN) >> 32;
        let day = add(as_of, i64::try_from(turn).unwrap_or(0) - i64::try_from(SPAN).unwrap_or(0));
        let life = plan::life(&mut dice, &terms, customer.market.transit, day);
        let goods = goods::goods(&mut dice, k, &terms);
        let makers = if goods.items.len() > 1 && dice.chance(20) { vec![first, second] } else { vec![first] };
        let suppliers = makers.into_iter().map(|n| parties::supplier(seed, n).0).collect();
        let loads = loads(&mut dice, k, &terms, &goods, &life);
        let life = loads.last().map_or(life, |load| load.life.clone());
        let forwarder = match terms.mode {
            Mode::Rail => "landbridge-yw",
            Mode::Courier | Mode::Air => "express-sh",
            _ => dice.pick(&FORWARDERS.map(|(id, _, _)| id)[..3].try_into().unwrap_or([""; 3])),
        };
        let vessel = dice.pick(&[
            "EVER SAMPLE",
            "NORTH SPECIMEN",
            "GULF SPECIMEN",
            "PACIFIC EXAMPLE",
            "COSTA MUESTRA",
        ]);
        let mut order = Self {
            k,
            id: format!("GD{}-{k:05}", life.signed.format("%y")),
            customer,
            suppliers,
            forwarder,
            vessel,
            voyage: format!("{:04}W", 100 + dice.range(0, 899)),
            telex: terms.mode.has_bl() && dice.chance(50),
            found: (dice.range(0, 90), dice.range(10, 90)),
            score: dice.weighted(&[(5, 55), (4, 35), (3, 10)], 4),
            trouble: dice.chance(25),
            hurried: dice.chance(2),
            accepted: dice.chance(70),
            charged: dice.chance(40),
            manner: Manner::Full,
            terms,
            goods,
            life,
            loads,
        };
        let (_, balance) = order.instalments();
        order.manner = Manner::draw(&mut dice, &order.terms, &order.life, balance);
        order
    }

    /// Who makes an item.
    pub(super) fn maker(&self, index: usize) -> &str {
        self.suppliers.get(index % self.suppliers.len().max(1)).map_or("", String::as_str)
    }

    /// What one supplier makes.
    pub(super) fn made_by(&self, supplier: &str) -> impl Iterator<Item = &Item> {
        self.goods
            .items
            .iter()
            .enumerate()
            .filter(move |(index, _)| self.maker(*index) == supplier)
            .map(|(_, item)| item)
    }

    /// `orders/<yyyy>/<mm>/<ID>`
    pub(super) fn folder(&self) -> String {
        format!("orders/{}/{}", self.life.signed.format("%Y/%m"), self.id)
    }

    /// The files as they stand at the end of a day, by name.
    pub(super) fn files(&self, horizon: NaiveDate) -> Vec<(&'static str, String)> {
        let mut files = vec![("order.toml", self.order_file(horizon))];
        files.extend(
            Some(("docs.toml", docs::file(self, self.until(horizon)))).filter(|(_, text)| !text.is_empty()),
        );
        files.extend(Some(("money.toml", money::file(self, horizon))).filter(|(_, text)| !text.is_empty()));
        files.push(("notes.md", notes::file(self, self.until(horizon))));
        files
    }

    /// The last day on which something happened: the horizon, or the day before the cancellation.
    pub(super) fn until(&self, horizon: NaiveDate) -> NaiveDate {
        self.life.cancelled.map_or(horizon, |day| horizon.min(add(day, -1)))
    }

    /// The order was cancelled by then.
    pub(super) fn is_cancelled(&self, horizon: NaiveDate) -> bool {
        self.life.cancelled.is_some_and(|day| day <= horizon)
    }

    /// Latest shipment in the contract, as of a day.
    pub(super) fn ship_by(&self, horizon: NaiveDate) -> NaiveDate {
        self.life.amended.filter(|(day, _)| *day <= horizon).map_or(self.life.ship_by, |(_, new)| new)
    }

    /// `26-00117`, the part of the ID that other numbers repeat.
    pub(super) fn tail(&self) -> &str {
        self.id.get(2..).unwrap_or(&self.id)
    }

    /// Shipping marks as printed.
    pub(super) fn marks(&self) -> Vec<String> {
        let name = self.customer.name.split(' ').next().unwrap_or_default().to_uppercase();
        vec![name, self.terms.to.to_uppercase(), self.id.clone(), format!("C/NO. 1-{}", self.goods.packages)]
    }

    /// Deposit and balance; they add up to the total.
    pub(super) fn instalments(&self) -> (Decimal, Decimal) {
        let share = Decimal::new(self.terms.deposit, 2);
        let mut deposit = goods::money(self.goods.total * share, self.terms.currency);
        if self.terms.deposit == 0 {
            deposit = Decimal::ZERO;
        }
        (deposit, self.goods.total - deposit)
    }

    /// What a complaint claims and what is accepted of it.
    pub(super) fn claim(&self) -> (Decimal, Decimal) {
        let first = self.goods.items.first().map_or(Decimal::ZERO, |item| item.price * Decimal::from(12));
        let claimed = goods::money(first, self.terms.currency);
        (claimed, if self.accepted { claimed } else { goods::money(Decimal::ZERO, self.terms.currency) })
    }

    fn order_file(&self, all: NaiveDate) -> String {
        let horizon = self.until(all);
        let mut out = Toml::with_schema("order");
        self.head(&mut out, all, horizon);
        self.items(&mut out);
        self.release(&mut out, horizon);
        self.dates(&mut out, horizon, self.is_cancelled(all));
        self.production(&mut out, horizon);
        self.inspections(&mut out, horizon);
        self.shipments(&mut out, horizon);
        self.changes(&mut out, horizon);
        self.after_sales(&mut out, horizon);
        out.finish()
    }

    fn head(&self, out: &mut Toml, all: NaiveDate, horizon: NaiveDate) {
        let terms = &self.terms;
        out.line(&format!("# {} {} {}", self.id, self.customer.name, terms.payment()));
        out.text("customer", &self.customer.id);
        out.text("po", &format!("PO-{}", 4_500_000_000_u64 + u64::from(self.k) * 17));
        out.raw("signed", self.life.signed);
        out.text("currency", terms.currency);
        out.text("incoterm", &format!("{} {}", terms.rule, terms.place()));
        out.text("mode", terms.mode.code());
        out.text("from", terms.from);
        out.text("to", terms.to);
        out.text("payment", &terms.payment());
        out.raw("ship_by", self.ship_by(horizon));
        out.raw("partial", !self.loads.is_empty());
        out.raw("transhipment", true);
        out.text("merchandiser", self.customer.merchandiser.id);
        out.text("clerk", self.customer.clerk.id);
        out.texts("marks", &self.marks());
        // Under EXW the buyer is the exporter.
        out.raw("rebate", terms.rule != "EXW");
        if terms.rule == "FCA" && terms.mode.has_bl() {
            out.text("onboard_bl", &format!("buyer mail {}", self.life.signed));
        }
        if let Some(eori) = self.customer.eori() {
            let budget = if terms.rule == "DDP" { ", duty_budget = \"EUR 1200.00\"" } else { "" };
            let name = quoted(&self.customer.name);
            out.raw("import", format!("{{ importer = {name}, eori = {}{budget} }}", quoted(&eori)));
        } else if matches!(self.customer.market.country, "US") || terms.rule == "DDP" {
            let number = quoted(&format!("{}{:09}", self.customer.market.country, 700_000_000 + self.k));
            let paid = format!(", ior = {number}, duty_budget = \"USD 1200.00\"");
            let budget = if terms.rule == "DDP" { paid.as_str() } else { "" };
            out.raw("import", format!("{{ importer = {}{budget} }}", quoted(&self.customer.name)));
        }
        if !terms.method.is_lc() && !self.has_origin() {
            out.raw("not_needed", "{ origin = \"客户书面确认不要产地证\" }");
        }
        if let Some(day) = self.life.cancelled.filter(|day| *day <= all) {
            out.raw("cancelled", day);
            out.text("cancelled_by", if self.accepted { "buyer" } else { "both" });
            out.text("cancel_reason", "客户项目取消 / buyer's project was stopped");
        }
    }

    /// A certificate of origin is made: always under a credit, else for most.
    pub(super) fn has_origin(&self) -> bool {
        self.terms.mode != Mode::Courier && (self.terms.method.is_lc() || !self.k.is_multiple_of(3))
    }

    fn items(&self, out: &mut Toml) {
        for (index, item) in self.goods.items.iter().enumerate() {
            out.element("items");
            out.text("sku", &item.sku);
            out.text("name", &item.name);
            out.text("name_zh", &item.name_zh);
            out.text("hs", item.hs);
            out.raw("qty", item.qty);
            out.text("unit", item.unit);
            out.raw("price", item.price);
            out.text("origin", "CN");
            out.text("wood", "none");
            let [length, width, height] = item.size;
            let (gross, net, cbm, per) = (item.gross, item.net, item.cbm, item.per_carton);
            out.raw(
                "pack",
                format!(
                    "{{ per_carton = {per}, kind = \"CT\", size_cm = [{length}, {width}, {height}], \
                     gross_kg = {gross}, net_kg = {net}, cbm = {cbm} }}"
                ),
            );
            let (from, price) = (quoted(self.maker(index)), item.buy);
            out.raw(
                "buy",
                format!("{{ from = {from}, price = {price}, currency = \"CNY\", vat = \"13%\" }}"),
            );
        }
    }

    fn release(&self, out: &mut Toml, horizon: NaiveDate) {
        let reviewed = if self.hurried { work(self.life.released, 1) } else { self.life.reviewed };
        if reviewed <= horizon {
            out.table("review");
            out.text("by", parties::MANAGER.id);
            out.raw("date", reviewed);
            out.text("capacity", "ok");
            out.text("materials", if self.trouble { "risk: 主料交期 20 天" } else { "ok" });
            out.text("lead_time", "ok");
            out.text("decision", if self.trouble { "accept-with-risk" } else { "accept" });
            if self.terms.deposit == 0 && !self.terms.method.is_lc() && self.life.deposit.is_none() {
                out.element("approvals");
                out.text("kind", "credit");
                out.raw("date", self.life.reviewed);
                out.text("by", parties::BOSS.id);
                out.raw("amount", self.goods.total);
                out.text("why", "额度内 / within the limit");
            }
            if self.hurried {
                out.element("waivers");
                out.text("rule", "gate-review");
                out.text("why", "返单, 产能口头确认过, 次日补审 / repeat order, capacity agreed by phone");
                out.text("by", parties::BOSS.id);
                out.text("until", "archived");
            }
        }
        if self.life.released <= horizon {
            self.suppliers.iter().zip(1..).for_each(|(supplier, n)| self.purchase(out, supplier, n));
        }
    }

    fn purchase(&self, out: &mut Toml, supplier: &str, n: u32) {
        out.element("purchases");
        out.text("number", &format!("PO{}-{n}", self.tail()));
        out.text("kind", "purchase-order");
        out.text("to", supplier);
        out.raw("issued", self.life.released);
        out.raw("due", self.life.plan.produced);
        if self.suppliers.len() > 1 {
            out.raw("items", quantities(self.made_by(supplier)));
        }
    }

    fn dates(&self, out: &mut Toml, horizon: NaiveDate, cancelled: bool) {
        let (plan, life) = (&self.life.plan, &self.life);
        out.table("plan");
        out.raw("produced", plan.produced);
        out.raw("inspected", plan.inspected);
        out.raw("booked", plan.booked);
        out.raw("declared", plan.declared);
        out.raw("shipped", plan.shipped);
        out.raw("presented", plan.presented);
        out.raw("paid", plan.paid);
        let moved = life.started <= horizon
            && life.produced > horizon
            && (life.produced - plan.produced).num_days().abs() > 2;
        let owed = life.due <= horizon && life.paid > horizon;
        if (moved || owed) && !cancelled {
            out.table("forecast");
            if moved {
                out.raw("produced", life.produced);
                out.raw("inspected", life.failed.unwrap_or(life.inspected));
                out.raw("shipped", life.etd);
            }
            if owed {
                out.raw("paid", life.paid);
            }
        }
        out.table("actual");
        out.raw("inquiry", life.inquiry);
        for (key, day) in [
            ("materials", life.materials),
            ("started", life.started),
            ("gated_in", self.loads.first().map_or(life.gated, |load| load.life.gated)),
            ("closed", life.closed),
            ("archived", life.closed),
        ] {
            out.date_until(key, day, horizon);
        }
    }

    fn production(&self, out: &mut Toml, horizon: NaiveDate) {
        let (life, all) = (&self.life, self.goods.pieces);
        let days = (life.produced - life.started).num_days();
        let steps = [
            (add(life.started, days / 3), all / 4, "第一批下线 / first lots off the line"),
            (add(life.started, days * 2 / 3), all * 7 / 10, "包装同步进行 / packing in step"),
            (life.produced, all, "全部装箱 / all packed"),
        ];
        for (day, done, note) in steps {
            if day <= horizon {
                out.element("progress");
                out.raw("date", day);
                out.raw("done", done);
                out.text("note", note);
            }
        }
        let opened = add(life.started, days / 3);
        if self.trouble && opened <= horizon {
            out.element("issues");
            out.raw("opened", opened);
            out.text("kind", "material");
            out.text("what", "主料到厂晚 2 天 / main material two days late");
            out.text("owner", self.customer.merchandiser.id);
            out.text("action", "换用备用供应商 / second source used");
            out.raw("told", opened);
            out.date_until("closed", add(opened, 4), horizon);
        }
    }

    fn inspections(&self, out: &mut Toml, horizon: NaiveDate) {
        let (sample, major, minor) = sampling(self.goods.pieces);
        let (few, more) = self.found;
        if let Some(day) = self.life.failed.filter(|day| *day <= horizon) {
            self.inspection(out, day, "fail", (sample, major + 2, minor));
            let closed = add(self.life.inspected, -1);
            let closed = if closed <= horizon { format!(", closed = {closed}") } else { String::new() };
            out.raw(
                "corrective",
                format!(
                    "{{ cause = \"外观划伤 / scratches\", action = \"全检返工 / sorted and reworked\", \
                     owner = \"li.qiang\", due = {}{closed} }}",
                    self.life.inspected
                ),
            );
        }
        if self.life.inspected <= horizon {
            let found = (sample, major * few / 100, minor * more / 100);
            self.inspection(out, self.life.inspected, "pass", found);
        }
    }

    fn inspection(&self, out: &mut Toml, day: NaiveDate, result: &str, found: (i64, i64, i64)) {
        let lots = self.goods.items.iter().map(|item| format!("{} = {}", quoted(&item.sku), item.qty));
        out.element("inspections");
        out.raw("date", day);
        out.text("stage", "final");
        out.text("by", "自检 li.qiang");
        out.text("level", "II");
        out.raw("aql", "{ critical = 0, major = 2.5, minor = 4.0 }");
        out.raw("lot", self.goods.pieces);
        out.raw("lots", format!("{{ {} }}", lots.collect::<Vec<_>>().join(", ")));
        out.raw("sample", found.0);
        out.raw("found", format!("{{ critical = 0, major = {}, minor = {} }}", found.1, found.2));
        out.text("result", result);
    }

    fn shipments(&self, out: &mut Toml, horizon: NaiveDate) {
        if self.loads.is_empty() {
            return self.shipment(out, (1, true), &self.goods, &self.life, horizon);
        }
        for (load, n) in self.loads.iter().zip(1..) {
            self.shipment(out, (n, n == self.loads.len()), &load.goods, &load.life, horizon);
        }
    }

    fn shipment(
        &self,
        out: &mut Toml,
        (number, last): (usize, bool),
        goods: &Goods,
        life: &Life,
        horizon: NaiveDate,
    ) {
        if life.booked > horizon {
            return;
        }
        out.element("shipments");
        out.text("id", &number.to_string());
        if last {
            out.raw("last", true);
        }
        if !self.loads.is_empty() {
            out.raw("items", quantities(goods.items.iter()));
        }
        out.text("forwarder", self.forwarder);
        out.text("booking", &self.booking(number));
        if self.terms.mode.has_bl() {
            out.text("vessel", self.vessel);
            out.text("voyage", &self.voyage);
            let (si, vgm, cy) = (add(life.etd, -5), add(life.etd, -4), add(life.etd, -3));
            // The consolidator weighs shared containers.
            let vgm = if goods.containers.is_empty() {
                String::new()
            } else {
                format!("vgm = {vgm}T12:00:00+08:00, ")
            };
            out.raw("cutoffs", format!("{{ si = {si}T12:00:00+08:00, {vgm}cy = {cy}T18:00:00+08:00 }}"));
            let sent = add(life.etd, -6);
            if sent <= horizon {
                out.raw("si_sent", format!("{sent}T16:00:00+08:00"));
                if !goods.containers.is_empty() {
                    out.raw("vgm_sent", format!("{sent}T17:00:00+08:00"));
                }
            }
        }
        out.raw("loading", life.loaded);
        out.date_until("loaded", life.loaded, horizon);
        out.raw("etd", life.etd);
        out.raw("eta", life.eta);
        out.date_until("arrived", life.arrived, horizon);
        out.date_until("released", life.delivered, horizon);
        out.date_until("delivered", life.delivered, horizon);
        if !goods.containers.is_empty() {
            out.raw("free_days", 10);
            if life.loaded <= horizon {
                out.raw("containers", containers(&goods.containers, true));
            }
        }
    }

    /// Booking number of a shipment, counted from 1.
    pub(super) fn booking(&self, shipment: usize) -> String {
        format!("NGB{:07}", self.serial(shipment) + 1_000_000)
    }

    /// A number that no other shipment of any order has.
    pub(super) fn serial(&self, shipment: usize) -> u32 {
        if shipment > 1 { self.k + 4_000_000 } else { self.k }
    }

    fn changes(&self, out: &mut Toml, horizon: NaiveDate) {
        if let Some((day, new)) = self.life.amended.filter(|(day, _)| *day <= horizon) {
            let old = self.life.ship_by;
            out.element("amendments");
            out.raw("date", day);
            out.text("what", &format!("交期 {old} → {new}"));
            out.text("agreed_by", &format!("{}, mail {day}", self.customer.name));
            out.raw("was", format!("{{ ship_by = {old} }}"));
        }
    }

    fn after_sales(&self, out: &mut Toml, horizon: NaiveDate) {
        let asked = work(self.life.delivered, 10);
        if asked <= horizon {
            out.table("feedback");
            out.raw("asked", asked);
            out.raw("score", self.score);
            out.text("text", if self.score == 5 { "On time, packing good" } else { "Goods in order" });
        }
        let Some(opened) = self.life.complaint.filter(|day| *day <= horizon) else { return };
        let (claimed, accepted) = self.claim();
        let first = self.goods.items.first();
        out.element("complaints");
        out.text("number", &format!("CL{}", self.tail()));
        out.raw("opened", opened);
        out.text("kind", "quality");
        out.text("what", "12 件外观不良 / 12 pieces with surface marks");
        if let Some(item) = first {
            out.raw("lines", format!("[{{ sku = {}, qty = 12, each = {} }}]", quoted(&item.sku), item.price));
        }
        out.raw("claimed", claimed);
        out.text("owner", self.customer.merchandiser.id);
        out.raw("due", add(opened, 25));
        let closed = work(opened, 14);
        if closed <= horizon {
            out.text("decision", if self.accepted { "accept" } else { "reject" });
            out.raw("accepted", accepted);
            let note = format!("credit note CN{}", self.tail());
            out.text("settled", if self.accepted { &note } else { "explained with photos, buyer withdrew" });
            out.text("corrective", "包装加隔板, 终检加查外观 / dividers added, surface check added");
            out.raw("closed", closed);
        }
    }

    /// The balance is covered before the goods move.
    pub(super) fn paid_ahead(&self) -> bool {
        matches!(self.terms.method, Method::BeforeShipment | Method::BeforeProduction)
    }
}

/// Two loads for some of the orders that are paid before anything leaves.
fn loads(dice: &mut Dice, k: u32, terms: &Terms, goods: &Goods, life: &Life) -> Vec<Load> {
    let split = terms.method == Method::BeforeShipment && terms.mode == Mode::SeaFcl && dice.chance(60);
    let Some([first, second]) = Some(goods).filter(|_| split).and_then(|goods| goods.halves(k, terms)) else {
        return Vec::new();
    };
    let later = life.later(dice.range(6, 14));
    // One contract, one latest shipment, one plan.
    let earlier = Life { ship_by: later.ship_by, amended: later.amended, ..life.clone() };
    vec![Load { goods: first, life: earlier }, Load { goods: second, life: later }]
}

/// `[{ sku = "…", qty = 1200 }]`
fn quantities<'a>(items: impl Iterator<Item = &'a Item>) -> String {
    let list: Vec<String> =
        items.map(|item| format!("{{ sku = {}, qty = {} }}", quoted(&item.sku), item.qty)).collect();
    format!("[{}]", list.join(", "))
}

/// Containers as an inline list; tare and verified mass are no part of a bill of lading.
pub(super) fn containers(list: &[Container], weighed: bool) -> String {
    let mut out = String::from("[\n");
    for container in list {
        let Container { number, kind, seal, tare, packages, gross, cbm } = container;
        let cbm = cbm.normalize();
        let verified = *gross + Decimal::from(*tare);
        let mass = if weighed { format!(", tare_kg = {tare}, vgm_kg = {verified}") } else { String::new() };
        out.push_str(&format!(
            "  {{ number = \"{number}\", type = \"{kind}\", seal = \"{seal}\", packages = {packages}, \
             gross_kg = {gross}, cbm = {cbm}{mass} }},\n"
        ));
    }
    out.push(']');
    out
}

/// ISO 2859-1, normal inspection, level II: sample size and acceptance numbers at 2.5 and 4.0.
fn sampling(lot: i64) -> (i64, i64, i64) {
    match lot {
        ..=50 => (lot.min(13), 0, 1),
        51..=90 => (20, 1, 1),
        91..=150 => (20, 1, 2),
        151..=280 => (32, 2, 3),
        281..=500 => (50, 3, 5),
        501..=1_200 => (80, 5, 7),
        1_201..=3_200 => (125, 7, 10),
        3_201..=10_000 => (200, 10, 14),
        10_001..=35_000 => (315, 14, 21),
        35_001..=150_000 => (500, 21, 21),
        _ => (800, 21, 21),
    }
}
