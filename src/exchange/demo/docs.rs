//! `docs.toml`: the documents as printed, all drawn from the same facts, so that they agree.

use chrono::NaiveDate;
use rust_decimal::{Decimal, RoundingStrategy};

use super::calendar::{add, work};
use super::goods::Goods;
use super::numbers;
use super::order::{Order, containers};
use super::parties::{ACCOUNT, BANK, SELLER, USCC};
use super::plan::Life;
use super::terms::{Method, Mode};
use super::toml::{Toml, quoted};

/// The file as of a day.
pub(super) fn file(order: &Order, horizon: NaiveDate) -> String {
    let mut out = Toml::with_schema("docs");
    let whole = Papers { order, goods: &order.goods, life: &order.life, shipment: 1, horizon };
    whole.contract(&mut out);
    whole.credit(&mut out);
    let loads = order.loads.iter().zip(1..);
    let loads: Vec<Papers<'_>> = loads
        .map(|(load, shipment)| Papers { goods: &load.goods, life: &load.life, shipment, ..whole })
        .collect();
    let each = if loads.is_empty() { std::slice::from_ref(&whole) } else { loads.as_slice() };
    for papers in each {
        papers.invoice(&mut out);
        papers.packing(&mut out);
        papers.transport(&mut out);
        papers.insurance(&mut out);
        papers.origin(&mut out);
        papers.customs(&mut out);
        papers.bank_papers(&mut out);
        papers.presentations(&mut out);
        papers.evidence(&mut out);
    }
    if out.is_blank() { String::new() } else { out.finish() }
}

/// The papers of one load; those of the whole order come from any.
#[derive(Clone, Copy)]
struct Papers<'a> {
    order: &'a Order,
    goods: &'a Goods,
    life: &'a Life,
    /// Counted from 1.
    shipment: usize,
    horizon: NaiveDate,
}

impl Papers<'_> {
    fn seen(&self, day: NaiveDate) -> bool {
        day <= self.horizon
    }

    fn number(&self, prefix: &str) -> String {
        format!("{prefix}{}", self.order.tail())
    }

    /// The number of a paper of which each shipment has one.
    fn own(&self, prefix: &str) -> String {
        self.id(&self.number(prefix))
    }

    /// A name of the first shipment's paper, told apart for the further ones.
    fn id(&self, name: &str) -> String {
        if self.shipment > 1 { format!("{name}-{}", self.shipment) } else { name.to_owned() }
    }

    fn serial(&self) -> u32 {
        self.order.serial(self.shipment)
    }

    fn is_last(&self) -> bool {
        self.shipment >= self.order.loads.len()
    }

    /// A document's table; one of several where each shipment has its own.
    fn table(&self, out: &mut Toml, name: &str) {
        if self.order.loads.is_empty() {
            return out.table(name);
        }
        out.element(name);
        self.of_shipment(out);
    }

    fn of_shipment(&self, out: &mut Toml) {
        if !self.order.loads.is_empty() {
            out.text("shipment", &self.shipment.to_string());
        }
    }

    fn contract_number(&self) -> String {
        self.number(if self.order.terms.method.is_lc() { "SC" } else { "PI" })
    }

    fn term(&self) -> String {
        let terms = &self.order.terms;
        format!("{} {} INCOTERMS 2020", terms.rule, terms.place().to_uppercase())
    }

    fn from(&self) -> String {
        self.order.terms.from.to_uppercase()
    }

    fn to(&self) -> String {
        self.order.terms.to.to_uppercase()
    }

    fn transport_number(&self) -> String {
        let k = self.serial();
        match self.order.terms.mode {
            Mode::Air => numbers::air_waybill("176", k),
            Mode::Rail => format!("SMGS{:08}", 10_000_000 + k),
            Mode::Road => format!("CMR{:08}", 20_000_000 + k),
            Mode::Courier => format!("SX{:010}", 3_000_000_000_u64 + u64::from(k)),
            _ => format!("SMPLNGB{:07}", 1_000_000 + k),
        }
    }

    fn weights(&self, out: &mut Toml) {
        out.raw("packages", self.goods.packages);
        out.raw("gross_kg", self.goods.gross);
        out.raw("net_kg", self.goods.net);
    }

    fn lines(&self, out: &mut Toml, key: &str) {
        out.line(&format!("{key} = ["));
        for item in &self.goods.items {
            let (name, unit) = (quoted(&item.name), quoted(item.unit));
            let (qty, price, amount) = (item.qty, item.price, item.amount);
            out.line(&format!(
                "  {{ name = {name}, qty = {qty}, unit = {unit}, price = {price}, amount = {amount} }},"
            ));
        }
        out.line("]");
    }

    fn contract(&self, out: &mut Toml) {
        let life = &self.order.life;
        if !self.seen(life.signed) {
            return;
        }
        let lc = self.order.terms.method.is_lc();
        out.table(if lc { "contract" } else { "proforma" });
        out.text("number", &self.contract_number());
        out.raw("date", if lc { life.signed } else { life.offered });
        if !lc {
            out.raw("revision", 1);
            out.raw("valid_until", add(life.offered, 30));
        }
        out.text("issuer", SELLER);
        out.raw("signed", true);
        out.raw("signed_by_buyer", life.signed);
        out.text("currency", self.order.terms.currency);
        out.raw("total", self.order.goods.total);
        out.text("term", &self.term());
        if !lc {
            out.raw("bank", format!("{{ name = {}, account = {} }}", quoted(BANK), quoted(ACCOUNT)));
        }
        self.lines(out, "lines");
    }

    fn credit(&self, out: &mut Toml) {
        let Some((issued, received)) = self.order.life.lc.filter(|(_, received)| self.seen(*received)) else {
            return;
        };
        let order = self.order;
        let latest = order.life.ship_by;
        out.table("lc");
        out.text("number", &self.credit_number());
        out.text("form", "IRREVOCABLE");
        out.text("rules", "UCP LATEST VERSION");
        out.raw("issued", issued);
        out.raw("received", received);
        out.raw("original_held", true);
        out.raw("effective", received);
        out.raw("expiry", add(latest, 25));
        out.text("expiry_place", "CN");
        out.text("applicant", &order.customer.name);
        out.text("beneficiary", SELLER);
        out.text("issuer", &self.bank());
        out.text("issuer_place", order.customer.market.country);
        out.text("advising", BANK);
        out.text("currency", order.terms.currency);
        out.raw("amount", order.goods.total);
        out.text("available_with", "ANY BANK IN CHINA BY NEGOTIATION");
        out.text("drafts", &self.tenor());
        out.text("drawee", &self.bank());
        out.raw("partial", false);
        out.raw("transhipment", true);
        out.text("from", &self.from());
        out.text("to", &self.to());
        out.raw("latest_shipment", latest);
        out.text("goods", &format!("{} AS PER CONTRACT {}", self.term(), self.contract_number()));
        out.texts("conditions", &["ALL DOCUMENTS IN ENGLISH".to_owned()]);
        out.raw("present_within", 21);
        out.text("confirmation", "WITHOUT");
        self.required(out);
        for item in &order.goods.items {
            out.element("lc.items");
            out.text("name", &item.name);
            out.raw("qty", item.qty);
            out.text("unit", item.unit);
            out.raw("price", item.price);
        }
        if let Some((day, new)) = order.life.amended.filter(|(day, _)| self.seen(*day)) {
            out.element("lc.amendments");
            out.text("number", "1");
            out.raw("date", day);
            out.raw("received", day);
            out.raw("accepted", day);
            out.text("text", "LATEST SHIPMENT AND EXPIRY EXTENDED");
            out.raw("set", format!("{{ latest_shipment = {new}, expiry = {} }}", add(new, 25)));
        }
    }

    /// 46A.
    fn required(&self, out: &mut Toml) {
        let freight = if self.order.terms.prepaid() { "prepaid" } else { "collect" };
        out.line("documents = [");
        let mut line = |text: String| out.line(&format!("  {{ {text} }},"));
        line("kind = \"invoice\", originals = 3, signed = true".to_owned());
        line("kind = \"packing\", originals = 3".to_owned());
        line(format!(
            "kind = \"bl\", originals = \"full\", consignee = \"TO ORDER\", endorsed = \"blank\", notify = {}, \
             freight = \"{freight}\"",
            quoted(&self.order.customer.name)
        ));
        if self.order.terms.insured() {
            line("kind = \"insurance\", originals = \"full\", endorsed = \"blank\", percent = \"110%\", risks = [\"ICC(A)\", \"WAR\", \"STRIKES\"]".to_owned());
        }
        line("kind = \"origin\", originals = 1, issuer = \"CCPIT\"".to_owned());
        out.line("]");
    }

    fn credit_number(&self) -> String {
        format!("GSBLC{:07}", 1_000_000 + self.order.k)
    }

    fn bank(&self) -> String {
        format!("Sample Commercial Bank {}", self.order.customer.market.country)
    }

    fn tenor(&self) -> String {
        match self.order.terms.method {
            Method::LcUsance => format!("{} DAYS AFTER B/L DATE", self.order.terms.days),
            Method::Da => format!("{} DAYS AFTER ACCEPTANCE", self.order.terms.days),
            _ => "SIGHT".to_owned(),
        }
    }

    fn invoice(&self, out: &mut Toml) {
        let order = self.order;
        if !self.seen(self.life.documents) {
            return;
        }
        self.table(out, "invoice");
        out.text("number", &self.own("INV"));
        out.raw("date", self.life.documents);
        out.text("issuer", SELLER);
        out.text("seller", SELLER);
        out.text("buyer", &order.customer.name);
        out.raw("signed", true);
        out.raw("originals", 3);
        out.raw("checked", self.life.documents);
        out.text("term", &self.term());
        out.text("currency", order.terms.currency);
        out.raw("total", self.goods.total);
        out.text("words", &numbers::words(order.terms.currency, self.goods.total));
        out.text("from", &self.from());
        out.text("to", &self.to());
        out.text("contract", &self.contract_number());
        if order.terms.method.is_lc() {
            out.text("lc", &self.credit_number());
        }
        self.weights(out);
        out.texts("marks", &order.marks());
        self.lines(out, "lines");
    }

    fn packing(&self, out: &mut Toml) {
        let order = self.order;
        if !self.seen(self.life.documents) {
            return;
        }
        self.table(out, "packing");
        out.text("number", &self.own("PL"));
        out.raw("date", self.life.documents);
        out.text("issuer", SELLER);
        out.raw("originals", 3);
        out.raw("checked", self.life.documents);
        out.text("invoice", &self.own("INV"));
        out.text("package_kind", "CT");
        self.weights(out);
        out.raw("cbm", self.goods.cbm);
        out.texts("marks", &order.marks());
        out.line("lines = [");
        for row in &self.goods.rows {
            let Some(item) = self.goods.items.get(row.item) else { continue };
            let count = Decimal::from(row.cartons);
            let place = row.container.and_then(|at| self.goods.containers.get(at));
            let place = place.map(|c| format!(", container = \"{}\"", c.number)).unwrap_or_default();
            let (last, name, per) = (row.first + row.cartons - 1, quoted(&item.name), item.per_carton);
            let (gross, net, cbm) = (item.gross * count, item.net * count, (item.cbm * count).normalize());
            out.line(&format!(
                "  {{ cartons = \"{}-{last}\", name = {name}, per_carton = {per}, qty = {}, gross_kg = {gross}, \
                 net_kg = {net}, cbm = {cbm}{place} }},",
                row.first,
                row.cartons * per
            ));
        }
        out.line("]");
    }

    fn transport(&self, out: &mut Toml) {
        if !self.seen(self.life.etd) {
            return;
        }
        match self.order.terms.mode {
            Mode::Air => self.awb(out),
            Mode::Rail | Mode::Road => self.waybill(out),
            Mode::Courier => self.courier(out),
            _ => self.bl(out),
        }
    }

    fn freight(&self) -> &'static str {
        if self.order.terms.prepaid() { "prepaid" } else { "collect" }
    }

    fn bl(&self, out: &mut Toml) {
        let (order, etd) = (self.order, self.life.etd);
        let telex = order.telex && !self.bank_controls();
        self.table(out, "bl");
        out.text("number", &self.transport_number());
        out.text("kind", if order.terms.mode == Mode::Multimodal { "multimodal" } else { "master" });
        out.text("medium", "paper");
        out.text("form", "shipped");
        out.raw("on_board", etd);
        out.raw("issued", etd);
        out.text("place", &self.from());
        out.raw("checked", etd);
        out.text("shipper", SELLER);
        out.text("consignee", "TO ORDER");
        out.text("endorsed", "blank");
        out.text("notify", &order.customer.name);
        out.text("carrier", "Sample Ocean Line A/S");
        out.text("signed_as", "agent-for-carrier");
        out.text("agent", "Sample Ocean Line (Ningbo) Agency");
        out.raw("signed", true);
        out.text("vessel", order.vessel);
        out.text("voyage", &order.voyage);
        out.text("from", &self.from());
        out.text("to", &self.to());
        out.raw("packages", self.goods.packages);
        out.text("package_kind", "CT");
        out.raw("gross_kg", self.goods.gross);
        out.raw("cbm", self.goods.cbm);
        out.texts("marks", &order.marks());
        out.text("freight", self.freight());
        out.raw("originals", 3);
        out.text("release", if telex { "telex" } else { "original" });
        if !self.goods.containers.is_empty() {
            out.raw("containers", containers(&self.goods.containers, false));
        }
    }

    /// Documents go through a bank, so that originals are needed.
    fn bank_controls(&self) -> bool {
        let method = self.order.terms.method;
        method.is_lc() || matches!(method, Method::Dp | Method::Da)
    }

    fn awb(&self, out: &mut Toml) {
        let goods = self.goods;
        self.table(out, "awb");
        out.text("number", &self.transport_number());
        out.text("kind", "master");
        out.raw("issued", self.life.etd);
        out.raw("checked", self.life.etd);
        out.text("shipper", SELLER);
        out.text("consignee", &self.order.customer.name);
        out.text("carrier", "Example Air Cargo");
        out.text("signed_as", "agent-for-carrier");
        out.text("agent", "Shanghai Swift Express Co., Ltd.");
        out.text("from", &self.from());
        out.text("to", &self.to());
        out.raw("packages", goods.packages);
        out.raw("gross_kg", goods.gross);
        // 6,000 cm3 a kilogram, rounded up to the half.
        let volume = goods.cbm * Decimal::new(1_000_000, 0) / Decimal::from(6_000);
        let heavier = goods.gross.max(volume) * Decimal::TWO;
        out.raw("chargeable_kg", heavier.ceil() / Decimal::TWO);
        out.text("freight", self.freight());
    }

    fn waybill(&self, out: &mut Toml) {
        let order = self.order;
        self.table(out, "waybill");
        out.text("number", &self.transport_number());
        out.text("kind", if order.terms.mode == Mode::Rail { "smgs" } else { "cmr" });
        out.raw("stamped", self.life.etd);
        out.raw("checked", self.life.etd);
        out.text("shipper", SELLER);
        out.text("consignee", &order.customer.name);
        out.text("carrier", if order.terms.mode == Mode::Rail { "Example Rail" } else { "Example Haulage" });
        out.text("from", &self.from());
        out.text("to", &self.to());
        out.raw("packages", self.goods.packages);
        out.raw("gross_kg", self.goods.gross);
        out.text("freight", self.freight());
    }

    fn courier(&self, out: &mut Toml) {
        let goods = self.goods;
        self.table(out, "courier");
        out.text("number", &self.transport_number());
        out.text("carrier", "Swift Express");
        out.raw("pickup", self.life.etd);
        out.raw("checked", self.life.etd);
        out.text("from", &self.from());
        out.text("to", &self.to());
        out.raw("weight_kg", goods.gross);
        let volume = goods.cbm * Decimal::new(1_000_000, 0) / Decimal::from(5_000);
        out.raw("chargeable_kg", (goods.gross.max(volume) * Decimal::TWO).ceil() / Decimal::TWO);
    }

    fn insurance(&self, out: &mut Toml) {
        let order = self.order;
        let day = add(self.life.documents, 1);
        if !order.terms.insured() || !self.seen(day) {
            return;
        }
        let insured = (self.goods.total * Decimal::new(110, 2)).ceil();
        self.table(out, "insurance");
        out.text("number", &format!("EIC{:09}", 260_000_000 + self.serial()));
        out.text("kind", "policy");
        out.raw("date", day);
        out.raw("checked", day);
        out.text("issuer", "Example Insurance Company Ningbo Branch");
        out.raw("signed", true);
        out.text("signed_as", "insurer");
        out.text("insured", SELLER);
        out.text("endorsed", "blank");
        out.text("currency", order.terms.currency);
        out.raw("amount", insured.normalize());
        out.text("percent", "110%");
        out.raw("risks", "[\"ICC(A)\", \"WAR\", \"STRIKES\"]");
        out.text("from", &self.from());
        out.text("to", &self.to());
        out.raw("packages", self.goods.packages);
        out.text("claims_payable", &self.to());
        out.raw("originals", 2);
    }

    fn origin(&self, out: &mut Toml) {
        let order = self.order;
        let day = add(self.life.documents, 1);
        if !order.has_origin() || !self.seen(day) {
            return;
        }
        self.table(out, "origin");
        out.text("number", &self.origin_number());
        out.text("kind", "CO");
        out.raw("date", day);
        out.raw("checked", day);
        out.text("issuer", "CCPIT");
        out.raw("signed", true);
        out.text("exporter", SELLER);
        out.text("consignee", &order.customer.name);
        out.text("country", "CN");
        if let Some(item) = self.goods.items.first() {
            out.text("hs", item.hs.get(..6).unwrap_or(item.hs));
        }
        out.raw("packages", self.goods.packages);
        out.raw("gross_kg", self.goods.gross);
        out.text("invoice", &self.own("INV"));
        out.raw("invoice_date", self.life.documents);
        out.raw("originals", 1);
    }

    fn origin_number(&self) -> String {
        format!("C3302A{:07}", self.serial())
    }

    fn customs(&self, out: &mut Toml) {
        let (order, life) = (self.order, self.life);
        if !self.seen(life.declared) {
            return;
        }
        let deal = match order.terms.rule {
            "EXW" => "EXW",
            "FCA" | "FAS" | "FOB" => "FOB",
            "CFR" | "CPT" => "C&F",
            _ => "CIF",
        };
        self.table(out, "customs");
        out.text("number", &self.declaration());
        out.raw("date", life.declared);
        out.date_until("released", life.cleared, self.horizon);
        out.raw("checked", life.declared);
        out.text("mode", if order.terms.mode == Mode::Courier { "3010" } else { "0110" });
        out.text("exporter", USCC);
        out.text("deal_mode", deal);
        out.text("currency", order.terms.currency);
        out.raw("total", self.goods.total);
        out.raw("packages", self.goods.packages);
        out.raw("gross_kg", whole(self.goods.gross));
        out.raw("net_kg", whole(self.goods.net));
        out.text("contract", &self.contract_number());
        out.text("bl", &self.transport_number());
        out.line("items = [");
        for item in &self.goods.items {
            let (hs, name, unit) = (item.hs, quoted(&item.name_zh), quoted(item.unit));
            let (qty, price, total) = (item.qty, item.price, item.amount);
            out.line(&format!(
                "  {{ hs = \"{hs}\", name_zh = {name}, qty = {qty}, unit = {unit}, price = {price}, total = {total} }},"
            ));
        }
        out.line("]");
    }

    /// Customs office, year, 0 for export, serial.
    fn declaration(&self) -> String {
        format!("3101{}0{:09}", self.life.declared.format("%Y"), 100_000_000 + self.serial())
    }

    fn bank_papers(&self, out: &mut Toml) {
        let (order, life) = (self.order, self.life);
        if !self.bank_controls() || !self.seen(life.originals) {
            return;
        }
        let (_, balance) = order.instalments();
        let lc = order.terms.method.is_lc();
        out.table("draft");
        out.text("number", &self.number("DR"));
        out.raw("date", life.originals);
        out.text("place", &self.from());
        out.text("currency", order.terms.currency);
        out.raw("amount", balance);
        out.text("words", &numbers::words(order.terms.currency, balance));
        let tenor = self.tenor();
        let tenor = match order.terms.method {
            Method::LcUsance => format!("{tenor} {}", life.etd),
            _ => tenor,
        };
        out.text("tenor", &tenor);
        out.text("drawer", SELLER);
        let drawee = if lc { self.bank() } else { order.customer.name.clone() };
        out.text("drawee", &drawee);
        if lc {
            out.text("drawn_under", &self.credit_number());
        }
        out.text("payee", BANK);
        out.raw("signed", true);
        out.raw("originals", 2);
        if !lc {
            self.collection(out, balance);
        }
    }

    fn collection(&self, out: &mut Toml, balance: Decimal) {
        let (order, life) = (self.order, self.life);
        let acceptance = order.terms.method == Method::Da;
        out.table("collection");
        out.text("number", &self.number("OC"));
        out.text("kind", if acceptance { "da" } else { "dp" });
        out.text("bank", &self.bank());
        out.text("place", order.customer.market.country);
        out.text("release", if acceptance { "acceptance" } else { "payment" });
        out.raw("amount", balance);
        out.raw("sent", life.originals);
        out.date_until("at_bank", life.at_bank, self.horizon);
        if acceptance {
            out.date_until("accepted", life.accepted, self.horizon);
            if self.seen(life.accepted) {
                out.raw("maturity", life.due);
            }
            out.date_until("documents_released", life.accepted, self.horizon);
        } else {
            out.date_until("documents_released", life.paid, self.horizon);
        }
        out.date_until("paid", life.paid, self.horizon);
    }

    /// (number, originals) of the papers of a full set.
    fn set(&self) -> Vec<(String, i64)> {
        let order = self.order;
        let mut set = vec![(self.own("INV"), 3), (self.own("PL"), 3)];
        let transport = if order.terms.mode.has_bl() { 3 } else { 1 };
        set.push((self.transport_number(), transport));
        if order.terms.insured() {
            set.push((format!("EIC{:09}", 260_000_000 + self.serial()), 2));
        }
        if order.has_origin() {
            set.push((self.origin_number(), 1));
        }
        if self.bank_controls() {
            set.push((self.number("DR"), 2));
        }
        set
    }

    fn presentations(&self, out: &mut Toml) {
        let (order, life) = (self.order, self.life);
        if self.seen(life.copies) {
            out.element("presentation");
            out.text("id", &self.id("copies"));
            out.text("set", "copies");
            out.raw("date", life.copies);
            out.text("to", "buyer");
            let copies = self.set().into_iter().take(3).map(|(number, _)| (number, "copies", 1));
            out.raw("documents", presented(copies));
        }
        let day = if order.paid_ahead() { work(life.copies, 1) } else { life.originals };
        if !self.seen(day) {
            return;
        }
        let bank = self.bank_controls();
        let telex = order.telex && !bank;
        out.element("presentation");
        out.text("id", &self.shipment.to_string());
        out.text("set", if telex { "telex" } else { "originals" });
        out.raw("date", day);
        out.text("to", if bank { "bank" } else { "buyer" });
        if bank {
            out.raw("amount", order.instalments().1);
            out.date_until("received", life.at_bank, self.horizon);
            if order.terms.method == Method::LcUsance && self.seen(life.accepted) {
                out.raw("accepted", life.accepted);
                out.raw("maturity", life.due);
            }
            out.date_until("paid", life.paid, self.horizon);
        }
        if !telex {
            let set = self.set().into_iter().map(|(number, count)| (number, "originals", count));
            out.raw("documents", presented(set));
        }
    }

    fn evidence(&self, out: &mut Toml) {
        let (order, life) = (self.order, self.life);
        let mode = order.terms.mode;
        let boxed = !self.goods.containers.is_empty();
        let hand_over = matches!(order.terms.rule, "EXW" | "FCA");
        let papers = [
            ("booking", life.booked, true, Some(order.booking(self.shipment))),
            ("customs-authorisation", life.documents, true, Some(self.own("WT"))),
            ("photos", life.loaded, boxed, None),
            ("warehouse-receipt", life.loaded, mode == Mode::SeaLcl, Some(self.own("WR"))),
            ("mates-receipt", add(life.etd, -1), mode == Mode::SeaBulk, Some(self.own("MR"))),
            ("fcr", life.loaded, hand_over, Some(self.own("FCR"))),
            ("si", life.documents, mode != Mode::Courier, None),
            ("arrival", life.arrived, true, None),
            ("release", life.delivered, boxed, None),
            ("duty", life.delivered, order.terms.rule == "DDP", Some(self.own("DT"))),
            ("pod", life.delivered, order.terms.delivers(), Some(self.own("POD"))),
            ("broker", work(life.etd, 20), true, None),
            ("settlement", life.closed, self.is_last(), Some(self.number("JS"))),
            ("closing", life.closed, self.is_last(), Some(self.number("CF"))),
        ];
        for (kind, day, wanted, number) in papers {
            if wanted && self.seen(day) {
                out.element("papers");
                out.text("kind", kind);
                out.raw("date", day);
                self.of_shipment(out);
                if let Some(number) = number {
                    out.text("number", &number);
                }
            }
        }
    }
}

fn presented(papers: impl Iterator<Item = (String, &'static str, i64)>) -> String {
    let list: Vec<String> =
        papers.map(|(number, kind, count)| format!("{{ ref = \"{number}\", {kind} = {count} }}")).collect();
    format!("[{}]", list.join(", "))
}

/// As a declaration prints weights: whole kilograms, half up, at least one.
fn whole(weight: Decimal) -> Decimal {
    weight.round_dp_with_strategy(0, RoundingStrategy::MidpointAwayFromZero).max(Decimal::ONE).normalize()
}
