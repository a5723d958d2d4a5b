//! Records a case as a careful document clerk would: the credit with its terms, every paper with what it shows, what
//! was presented. Nothing is written that the case does not say: no contract, no goods of our own, no master data.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};
use gendan::compare::address;
use rust_decimal::Decimal;

use crate::asked;
use crate::case::{Case, Table};
use crate::keys::Keys;
use crate::record::{Record, Value};
use crate::words;

/// The order of a case.
#[derive(Debug)]
pub(crate) struct Recorded {
    /// Path and text of each file.
    pub(crate) files: Vec<(&'static str, String)>,
    pub(crate) as_of: NaiveDate,
    /// What each paper is called in the case, by table and position.
    pub(crate) kinds: BTreeMap<(String, usize), String>,
    /// Keys and values that nobody reads.
    pub(crate) unknown: BTreeSet<String>,
    /// Keys for which the format has no place.
    pub(crate) unplaced: BTreeSet<String>,
}

/// Where a paper of a kind is recorded; nothing for a kind nobody knows.
pub(crate) fn table_of(kind: &str) -> Option<&'static str> {
    Some(match kind {
        "credit" | "letter_of_credit" | "lc" => "lc",
        "presentation" => "presentation",
        "commercial_invoice" | "invoice" => "invoice",
        "proforma_invoice" | "proforma" => "proforma",
        "contract" | "sales_contract" => "contract",
        "packing_list" | "weight_list" => "packing",
        "air_waybill" | "airway_bill" | "awb" | "house_air_waybill" | "master_air_waybill" => "awb",
        "rail_waybill" | "railway_bill" | "road_waybill" | "truck_waybill" | "cmr" | "cim" | "smgs" => {
            "waybill"
        }
        "courier_receipt" | "post_receipt" => "courier",
        "certificate_of_origin" | "gsp_form_a" | "form_a" | "form_e" => "origin",
        "draft" | "bill_of_exchange" => "draft",
        "customs_declaration" | "export_declaration" => "customs",
        _ if kind.ends_with("bill_of_lading") || kind == "sea_waybill" => "bl",
        _ if kind.contains("transport_document") => "bl",
        _ if kind.starts_with("insurance") || kind == "cover_note" => "insurance",
        _ if ["certificate", "statement", "advice", "report", "notice", "declaration", "letter"]
            .iter()
            .any(|end| kind.ends_with(end)) =>
        {
            "certificate"
        }
        _ => return None,
    })
}

struct Clerk<'c> {
    case: &'c Case,
    year: i32,
    days: Vec<NaiveDate>,
    blocks: String,
    rows: Vec<Presented>,
    shipments: u32,
    /// What the packing list at hand counts in all.
    packed: Option<String>,
    out: Recorded,
}

/// A paper with what was handed over of it.
struct Presented {
    id: String,
    number: Option<String>,
    kind: String,
    originals: Option<u32>,
    copies: Option<u32>,
}

/// Records a case.
pub(crate) fn record(case: &Case) -> Recorded {
    let out = Recorded {
        files: Vec::new(),
        as_of: NaiveDate::default(),
        kinds: BTreeMap::new(),
        unknown: case.unknown.iter().cloned().collect(),
        unplaced: BTreeSet::new(),
    };
    let mut clerk = Clerk {
        case,
        year: year_of(case),
        days: Vec::new(),
        blocks: String::new(),
        rows: Vec::new(),
        shipments: 0,
        packed: None,
        out,
    };
    let parties = clerk.credit();
    for document in &case.documents {
        clerk.paper(document);
    }
    clerk.presentations();
    clerk.finish(parties)
}

/// The year that dates without one fall in: that of any whole date of the case.
fn year_of(case: &Case) -> i32 {
    let all = case.documents.iter().chain([&case.credit]).flat_map(|t| t.values());
    let whole = all.filter_map(|v| v.as_str()?.get(..10)?.parse::<NaiveDate>().ok());
    whole.map(|day| chrono::Datelike::year(&day)).next().unwrap_or(2026)
}

/// What the order itself needs from the credit.
struct Parties {
    applicant: Option<(String, Option<String>)>,
    beneficiary: Option<(String, Option<String>)>,
    currency: Option<String>,
    payment: String,
    last: Option<NaiveDate>,
}

impl Clerk<'_> {
    fn odd(&mut self, whose: &str, what: &str) {
        self.out.unknown.insert(format!("{whose}: {what}"));
    }

    /// Keys that say something for which the format has no place.
    fn unplaced(&mut self, keys: &mut Keys, names: &[&str]) {
        for name in names {
            if keys.take(&[name]).is_some() {
                self.out.unplaced.insert(format!("{}.{name}", keys.whose));
            }
        }
    }

    fn day(&mut self, keys: &mut Keys, names: &[&str]) -> Option<NaiveDate> {
        let text = keys.text(names)?;
        let day = words::date(&text, self.year);
        if day.is_none() {
            self.odd(&keys.whose, &format!("{} = {text:?} is no date", names[0]));
        }
        day
    }

    /// A date on a paper: the day of the check is not before it.
    fn dated(&mut self, keys: &mut Keys, names: &[&str]) -> Option<NaiveDate> {
        let day = self.day(keys, names);
        self.days.extend(day);
        day
    }

    fn amount(&mut self, keys: &mut Keys, names: &[&str]) -> Option<words::Money> {
        let text = keys.text(names)?;
        let money = words::money(&text);
        if money.is_none() {
            self.odd(&keys.whose, &format!("{} = {text:?} is no amount", names[0]));
        }
        money
    }

    fn written(&mut self, keys: &mut Keys, names: &[&str]) -> Option<String> {
        self.amount(keys, names).map(|money| money.written())
    }

    fn count(&mut self, keys: &mut Keys, names: &[&str]) -> Option<u32> {
        let text = keys.text(names)?;
        let count = words::figure(text.trim()).and_then(|(n, _)| n.parse().ok());
        if count.is_none() {
            self.odd(&keys.whose, &format!("{} = {text:?} is no number", names[0]));
        }
        count
    }

    fn quantity(&mut self, keys: &mut Keys, names: &[&str]) -> Option<words::Quantity> {
        let text = keys.text(names)?;
        let quantity = words::quantity(&text, false);
        if quantity.is_none() {
            self.odd(&keys.whose, &format!("{} = {text:?} is no quantity", names[0]));
        }
        quantity
    }

    /// A weight in kilograms, a volume in cubic metres: converted exactly, as the keys ask.
    fn measure(&mut self, keys: &mut Keys, names: &[&str]) -> Option<String> {
        let quantity = self.quantity(keys, names)?;
        let unit = quantity.unit.as_deref().and_then(gendan::model::value::Unit::parse);
        let base = unit.and_then(|u| u.to_base(quantity.figure.parse::<Decimal>().ok()?));
        // Pounds become grams at the finest.
        Some(base.map_or(quantity.figure, |n| n.round_dp(3).normalize().to_string()))
    }

    fn allowed(&mut self, keys: &mut Keys, names: &[&str]) -> Option<Value> {
        let text = keys.text(names)?;
        match text.trim().to_ascii_uppercase().as_str() {
            "ALLOWED" | "PERMITTED" | "TRUE" | "YES" => Some(Value::Bare("true".into())),
            "NOT ALLOWED" | "NOT PERMITTED" | "PROHIBITED" | "FORBIDDEN" | "FALSE" | "NO" => {
                Some(Value::Bare("false".into()))
            }
            "CONDITIONAL" => Some(Value::Text("conditional".into())),
            _ => {
                self.odd(&keys.whose, &format!("{} = {text:?}", names[0]));
                None
            }
        }
    }

    fn term(&mut self, keys: &mut Keys) -> Option<String> {
        let rule = keys.text(&["incoterm", "trade_term", "trade_terms", "term"]);
        let place = keys.text(&["incoterm_place", "named_place"]);
        let year = keys.text(&["incoterms_version", "incoterms_year", "incoterm_year"]);
        let year = year.map(|y| match y.to_ascii_uppercase().contains("INCOTERM") {
            true => y,
            false => format!("INCOTERMS {y}"),
        });
        rule.map(|rule| [Some(rule), place, year].into_iter().flatten().collect::<Vec<_>>().join(" "))
    }

    /// What an editor added in brackets stands on no paper.
    fn goods(&mut self, keys: &mut Keys, names: &[&str]) -> Option<String> {
        let mut text = keys.text(names)?;
        for remark in ["(rest as ", "(source prints "] {
            while let Some(at) = text.find(remark) {
                let end = text[at..].find(')').map_or(text.len(), |n| at + n + 1);
                text.replace_range(at..end, "");
            }
        }
        Some(text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

/// The credit.
impl Clerk<'_> {
    fn credit(&mut self) -> Parties {
        let mut keys = Keys::new("credit", &self.case.credit);
        let k = &mut keys;
        let mut lc = Record::default();
        lc.text("number", k.text(&["number", "lc_number", "credit_number"]));
        lc.text("form", k.text(&["form"]));
        lc.text("rules", k.text(&["rules", "applicable_rules"]));
        lc.bare("issued", self.dated(k, &["issue_date", "issued", "date_of_issue"]));
        lc.bare("received", self.dated(k, &["received", "received_date", "advised_date"]));
        let expiry = self.day(k, &["expiry_date", "expiry", "date_of_expiry"]);
        lc.bare("expiry", expiry);
        lc.text("expiry_place", k.text(&["expiry_place", "place_of_expiry"]));
        let applicant = k.party(&["applicant"]).map(|p| (p.name, p.address));
        lc.text("applicant", applicant.as_ref().map(|(name, _)| name.clone()));
        lc.texts("applicant_address", applicant.iter().filter_map(|(_, a)| a.clone()).collect());
        let beneficiary = k.party(&["beneficiary"]).map(|p| (p.name, p.address));
        lc.text("beneficiary", beneficiary.as_ref().map(|(name, _)| name.clone()));
        if beneficiary.as_ref().is_some_and(|(_, address)| address.is_some()) {
            self.out.unplaced.insert("credit.beneficiary.address".into());
        }
        lc.text("issuer", k.party(&["issuing_bank", "issuer"]).map(|p| p.name));
        lc.text("advising", k.party(&["advising_bank", "advising"]).map(|p| p.name));
        let mut currency = k.text(&["currency"]);
        let amount = self.amount(k, &["amount", "credit_amount", "total_amount"]);
        let beside = amount.as_ref().and_then(|a| a.currency.clone());
        currency = currency.or(beside);
        lc.text("currency", currency.clone());
        lc.bare("amount", amount.as_ref().map(|a| a.figure.clone()));
        lc.text("tolerance", self.amount_tolerance(k, amount.as_ref()));
        self.extra(k, &mut lc);
        lc.text("available_with", k.text(&["available_with", "availability"]));
        let drafts = k.text(&["drafts_at", "drafts", "tenor"]);
        lc.text("drafts", drafts.clone());
        lc.text("drawee", k.party(&["drawee", "drafts_drawn_on"]).map(|p| p.name));
        lc.put("partial", self.allowed(k, &["partial_shipments", "partial_shipment"]));
        lc.put("transhipment", self.allowed(k, &["transhipment", "transshipment"]));
        lc.text("receipt", k.text(&["place_of_receipt", "taking_in_charge"]));
        lc.text("from", k.text(&["port_of_loading", "airport_of_departure", "place_of_dispatch"]));
        lc.text("to", k.text(&["port_of_discharge", "airport_of_destination"]));
        lc.text("delivery", k.text(&["place_of_delivery", "final_destination", "place_of_destination"]));
        let latest = self.day(k, &["latest_shipment", "latest_shipment_date", "latest_date_of_shipment"]);
        lc.bare("latest_shipment", latest);
        self.periods(k, &mut lc);
        self.goods_of_credit(k, &mut lc);
        lc.text("term", self.term(k));
        let asked = k.texts(&["documents_required", "required_documents"]);
        lc.tables("documents", asked.iter().map(|text| asked::read(text)).collect());
        lc.texts("conditions", k.texts(&["conditions", "additional_conditions"]));
        lc.text("charges", k.text(&["charges"]));
        lc.bare(
            "present_within",
            self.count(k, &["presentation_days", "presentation_period", "period_for_presentation"]),
        );
        lc.text("confirmation", k.text(&["confirmation"]));
        self.unplaced(
            k,
            &[
                "goods_total",
                "confirming_bank",
                "reimbursing_bank",
                "negotiating_bank",
                "hs_code",
                "hs_codes",
                "country_of_origin",
                "language",
                "sender",
                "receiver",
                "instructions",
                "insurance_percentage",
                "insurance",
                "packing",
                "contract_number",
                "contract",
            ],
        );
        self.out.unknown.extend(keys.rest());
        if !lc.is_empty() {
            self.blocks.push_str(&lc.block("lc"));
            self.out.kinds.insert(("lc".into(), 0), "credit".into());
        }
        let payment = payment(drafts.as_deref());
        Parties {
            applicant,
            beneficiary,
            currency,
            payment,
            last: [expiry, latest].into_iter().flatten().min(),
        }
    }

    fn amount_tolerance(&mut self, k: &mut Keys, amount: Option<&words::Money>) -> Option<String> {
        let plus = k.text(&["tolerance_plus_pct", "tolerance_plus"]);
        let minus = k.text(&["tolerance_minus_pct", "tolerance_minus"]);
        if plus.is_some() || minus.is_some() {
            let figure = |n: Option<String>| n.map_or_else(|| "0".into(), |n| n.trim_matches('%').to_owned());
            return Some(format!("+{}%/-{}%", figure(plus), figure(minus)));
        }
        let beside = k.text(&["tolerance", "amount_tolerance"]);
        let read = beside.as_deref().and_then(words::tolerance);
        if let (Some(text), None) = (&beside, &read) {
            self.odd("credit", &format!("tolerance = {text:?}"));
        }
        read.or_else(|| amount.and_then(|a| a.tolerance.clone()))
            .or_else(|| amount.filter(|a| a.about).map(|_| "10%".to_owned()))
    }

    fn extra(&mut self, k: &mut Keys, lc: &mut Record) {
        let mut list = Vec::new();
        for table in k.tables(&["additional_amounts", "additional_amounts_covered"]) {
            let mut own = Keys::new("credit.additional_amounts", &table);
            let mut extra = Record::default();
            extra.text("text", own.text(&["text", "description", "kind"]));
            extra.text("amount", self.written(&mut own, &["amount"]));
            self.out.unknown.extend(own.rest());
            list.push(extra);
        }
        lc.tables("extra", list);
    }

    fn periods(&mut self, k: &mut Keys, lc: &mut Record) {
        let mut list = Vec::new();
        for table in k.tables(&["shipment_period", "shipment_periods", "instalments", "shipment_schedule"]) {
            let mut own = Keys::new("credit.shipment_period", &table);
            let mut period = Record::default();
            period.bare("from", self.day(&mut own, &["from"]));
            period.bare("to", self.day(&mut own, &["to"]));
            period.bare("about", self.day(&mut own, &["about", "on_or_about"]));
            period.bare("qty", self.quantity(&mut own, &["quantity"]).map(|q| q.figure));
            period.text("amount", self.written(&mut own, &["amount"]));
            self.out.unknown.extend(own.rest());
            list.push(period);
        }
        if let Some(first) = self.day(k, &["earliest_shipment"]) {
            let mut period = Record::default();
            period.bare("from", Some(first));
            list.push(period);
        }
        lc.tables("shipment_period", list);
    }

    /// 45A: the words as they stand, and what is plain in them as a line.
    fn goods_of_credit(&mut self, k: &mut Keys, lc: &mut Record) {
        let goods = self.goods(k, &["goods", "goods_description", "description_of_goods"]);
        let about_quantity = k.text(&["quantity_tolerance", "quantity_tolerance_pct"]);
        let mut lines = Vec::new();
        for table in k.tables(&["lines", "goods_lines", "items"]) {
            let mut own = Keys::new("credit.lines", &table);
            lines.push(self.credit_line(&mut own, None, about_quantity.as_deref()));
            self.out.unknown.extend(own.rest());
        }
        let line = self.credit_line(k, goods.as_deref(), about_quantity.as_deref());
        if lines.is_empty() && (line.has("qty") || line.has("price")) {
            lines.push(line);
        }
        lc.text("goods", goods);
        lc.tables("items", lines);
    }

    fn credit_line(&mut self, k: &mut Keys, goods: Option<&str>, beside: Option<&str>) -> Record {
        let mut line = Record::default();
        let name = match goods {
            Some(goods) => Some(words::goods_only(goods)),
            None => self.goods(k, &["name", "goods", "description"]),
        };
        let quantity =
            self.quantity(k, &["quantity"]).or_else(|| goods.and_then(|goods| words::quantity(goods, true)));
        let price = self.amount(k, &["unit_price", "price"]);
        line.text("name", name);
        if let Some(quantity) = quantity {
            line.bare("qty", Some(quantity.figure));
            line.text("unit", quantity.unit);
            let percent =
                |text: &str| words::tolerance(text).or_else(|| words::tolerance(&format!("{text}%")));
            line.text("tolerance", quantity.tolerance.or_else(|| beside.and_then(percent)));
        }
        if let Some(price) = price {
            line.text("price", Some(price.written()));
            line.text("price_tolerance", price.about.then(|| "10%".into()));
        }
        line
    }
}

/// `100% lc sight`, `100% lc 60d bl-date`.
fn payment(drafts: Option<&str>) -> String {
    let upper = drafts.unwrap_or_default().to_ascii_uppercase();
    let days = upper.split(|c: char| !c.is_ascii_digit()).find_map(|n| n.parse::<u32>().ok());
    let event = if upper.contains("B/L") || upper.contains("LADING") || upper.contains("SHIPMENT") {
        "bl-date"
    } else if upper.contains("INVOICE") {
        "invoice-date"
    } else {
        "sight"
    };
    match days {
        Some(days) => format!("100% lc {days}d {event}"),
        None => "100% lc sight".into(),
    }
}

/// The papers.
impl Clerk<'_> {
    fn paper(&mut self, document: &Table) {
        let kind = document.get("kind").and_then(|k| k.as_str()).unwrap_or_default().to_owned();
        let mut keys = Keys::new(&kind, document);
        keys.take(&["kind"]);
        let Some(table) = table_of(&kind) else {
            self.odd("documents", &format!("kind = {kind:?}"));
            return;
        };
        let index = self.out.kinds.keys().filter(|(t, _)| t == table).count();
        let id = format!("{table}-{}", index + 1);
        let k = &mut keys;
        let mut paper = Record::default();
        paper.text("id", Some(id.clone()));
        let (number, goods) = self.common(k, table, &mut paper);
        let (originals, copies) = self.counts(k, &mut paper);
        match table {
            "invoice" | "proforma" | "contract" => self.invoice(k, goods.as_deref(), &mut paper),
            "packing" => self.packing(k, &mut paper),
            "bl" => self.bill(k, &kind, &mut paper),
            "awb" | "waybill" | "courier" => self.carriage(k, table, &kind, &mut paper),
            "insurance" => self.insurance(k, &kind, &mut paper),
            "origin" => self.origin(k, &kind, &mut paper),
            "draft" => self.draft(k, &mut paper),
            "certificate" => self.certificate(k, &kind, &mut paper),
            _ => {}
        }
        self.unplaced(
            k,
            &[
                "issuer_address",
                "addressee_address",
                "consignee_address",
                "notify_address",
                "shipper_address",
                "exporter_address",
                "insured_address",
                "hs_code",
                "incoterm",
                "incoterm_place",
                "unit_price",
                "currency",
                "total",
                "country",
                "port_of_destination",
                "eta",
                "etd",
                "surveyor",
                "survey_agent",
                "deductible",
                "premium",
                "rate",
                "sailing_date",
                "booking_number",
                "dimensions",
                "payment_terms",
                "payment",
                "contract_date",
                "po_date",
                "lc_date",
                "number_of_originals",
                "description_of_goods",
                "shipped_on_board_date",
                "origin_criterion",
                "producer",
                "remarks",
                "bank",
                "bank_details",
                "importer",
                "hs",
                "country_of_origin",
                "manufacturer",
                "validity",
            ],
        );
        // Computed by whoever wrote the case, not printed.
        k.take(&["container_check_digit_valid"]);
        self.out.unknown.extend(keys.rest());
        self.blocks.push_str(&paper.block(table));
        self.out.kinds.insert((table.to_owned(), index), kind.clone());
        self.rows.push(Presented { id, number, kind, originals, copies });
    }

    /// What any paper may carry; its number and the description of goods are of use beyond.
    fn common(&mut self, k: &mut Keys, table: &str, paper: &mut Record) -> (Option<String>, Option<String>) {
        let transport = matches!(table, "bl" | "awb" | "waybill" | "courier");
        let number = k.text(&["number", "no", "document_number", "bl_number", "awb_number"]);
        paper.text("number", number.clone());
        let issue = ["issue_date", "issued", "date_of_issue", "bl_date", "policy_date"];
        if transport {
            let day = self.dated(k, &issue).or_else(|| self.dated(k, &["date"]));
            paper.bare("issued", day);
        } else {
            let issued = self.dated(k, &issue);
            let own: &[&str] = if table == "invoice" { &["date", "invoice_date"] } else { &["date"] };
            let date = self.dated(k, own);
            paper.bare("date", date.or(issued));
            paper.bare("issued", date.and(issued));
        }
        paper.bare("signed", k.flag(&["signed", "is_signed"]));
        paper.text("replaced_by", k.text(&["replaced_by"]));
        // A packing list goes by the invoice's number.
        let reference = k.text(&["reference"]);
        let invoice = k.text(&["invoice_number", "invoice_no", "invoice_reference"]);
        match table {
            "packing" => paper.text("invoice", invoice.or(reference)),
            _ => {
                paper.text("invoice", invoice);
                if number.is_none() {
                    paper.text("number", reference);
                }
            }
        }
        if table != "invoice" {
            paper.bare("invoice_date", self.day(k, &["invoice_date"]));
        }
        let shown = k.text(&["lc_number", "credit_number", "lc_reference"]);
        let shows = k.take(&["shows_credit_number"]).and_then(|v| v.as_bool());
        let own = self.case.credit.get("number").and_then(|n| n.as_str()).map(str::to_owned);
        paper.text("lc", shown.or_else(|| own.filter(|_| shows == Some(true))));
        paper.text("po", k.text(&["po_number", "purchase_order", "order_number"]));
        paper.text("contract", k.text(&["contract_number", "contract"]));
        if table != "invoice" {
            paper.text(
                "issuer",
                k.party(&["issuer", "issued_by", "insurer", "certifying_authority", "issuing_authority"])
                    .map(|p| p.name),
            );
        }
        paper.text("exporter", k.party(&["exporter"]).map(|p| p.name));
        paper.texts("marks", k.texts(&["marks", "shipping_marks"]));
        let from = ["port_of_loading", "loading_port", "from", "airport_of_departure", "place_of_dispatch"];
        let to = ["port_of_discharge", "discharge_port", "to", "airport_of_destination"];
        paper.text("from", k.text(&from));
        paper.text("to", k.text(&to));
        paper.text("vessel", k.text(&["vessel", "vessel_name", "conveyance"]));
        paper.text("voyage", k.text(&["voyage"]));
        paper.bare("gross_kg", self.measure(k, &["gross_weight", "total_gross_weight"]));
        paper.bare("net_kg", self.measure(k, &["net_weight", "total_net_weight"]));
        paper.bare("cbm", self.measure(k, &["volume", "measurement", "total_volume", "total_measurement"]));
        if let Some(packages) =
            self.quantity(k, &["packages", "number_of_packages", "total_packages", "package_count"])
        {
            paper.bare("packages", Some(packages.figure));
            paper.text("package_kind", packages.unit);
        }
        let goods = self.goods_of_paper(k, table, paper);
        self.corrections(k, paper);
        (number, goods)
    }

    /// The description, and a quantity of the whole paper.
    fn goods_of_paper(&mut self, k: &mut Keys, table: &str, paper: &mut Record) -> Option<String> {
        let mut goods = self.goods(k, &["goods", "goods_description", "description_of_goods", "description"]);
        // An HS code and the origin have keys of their own only on certificates of origin; elsewhere they are words
        // beside the goods.
        if table != "origin" {
            let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
            if let Some(hs) = k.text(&["hs_code", "hs"])
                && !goods.as_deref().is_some_and(|g| digits(g).contains(&digits(&hs)))
            {
                goods =
                    Some([goods.as_deref().unwrap_or_default(), "HS CODE", &hs].join(" ").trim().to_owned());
            }
            if table == "invoice"
                && let Some(country) = k.text(&["country_of_origin", "origin"])
            {
                goods = Some(format!("{}, COUNTRY OF ORIGIN: {country}", goods.unwrap_or_default()));
            }
        }
        if !matches!(table, "invoice" | "proforma" | "contract") {
            let quantity = self
                .quantity(k, &["quantity"])
                .or_else(|| goods.as_deref().and_then(|goods| words::quantity(goods, true)));
            if let Some(quantity) = quantity {
                self.packed = (table == "packing").then(|| quantity.figure.clone());
                paper.bare("qty", Some(quantity.figure));
                paper.text("unit", quantity.unit);
            }
        }
        paper.text("goods", goods.clone());
        goods
    }

    fn corrections(&mut self, k: &mut Keys, paper: &mut Record) {
        let mut list = Vec::new();
        for table in k.tables(&["corrections"]) {
            let mut own = Keys::new("corrections", &table);
            let mut one = Record::default();
            one.text("what", own.text(&["what", "text"]));
            one.bare("authenticated", own.flag(&["authenticated"]));
            self.out.unknown.extend(own.rest());
            list.push(one);
        }
        paper.tables("corrections", list);
    }

    /// Originals issued, and how many of them and of copies were handed over where the case says so.
    fn counts(&mut self, k: &mut Keys, paper: &mut Record) -> (Option<u32>, Option<u32>) {
        let held = self.count(k, &["originals_presented"]);
        let copies = self.count(k, &["copies_presented", "copies"]);
        let Some(text) = k.text(&["originals", "number_of_originals", "originals_issued"]) else {
            return (held, copies);
        };
        let lower = text.to_ascii_lowercase().replace(" of ", "/");
        let figures: Vec<u32> =
            lower.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        match figures.as_slice() {
            [some, all, ..] if lower.contains('/') => {
                paper.bare("originals", Some(*all));
                (Some(*some), copies)
            }
            // "2 originals" are those that lie there; a bare figure is what the paper says were issued.
            [n, ..] if lower.contains("original") => (Some(*n), copies),
            [n] => {
                paper.bare("originals", Some(*n));
                (held, copies)
            }
            _ => {
                self.odd(&k.whose, &format!("originals = {text:?}"));
                (held, copies)
            }
        }
    }

    fn invoice(&mut self, k: &mut Keys, goods: Option<&str>, paper: &mut Record) {
        // A printed address stands below the name.
        let block = |party: Option<crate::keys::Party>, address: Option<String>| {
            let party = party?;
            Some(
                [Some(party.name), party.address.or(address)]
                    .into_iter()
                    .flatten()
                    .collect::<Vec<_>>()
                    .join(", "),
            )
        };
        let seller = k.party(&["issuer", "issued_by", "seller"]);
        paper.text("seller", block(seller, k.text(&["issuer_address", "seller_address"])));
        let buyer = k.party(&["addressee", "buyer", "bill_to", "applicant"]);
        paper.text(
            "buyer",
            block(buyer, k.text(&["addressee_address", "buyer_address", "applicant_address"])),
        );
        paper.text("term", self.term(k));
        let total = self.amount(k, &["total", "total_amount", "amount"]);
        let beside = total.as_ref().and_then(|t| t.currency.clone());
        paper.text("currency", k.text(&["currency"]).or(beside));
        paper.bare("total", total.map(|t| t.figure));
        paper.text("total_net", self.written(k, &["net_total", "amount_due"]));
        paper.text("words", k.text(&["amount_in_words", "words"]));
        for (key, names) in [("deductions", &["deductions"]), ("charges", &["charges"])] {
            let mut list = Vec::new();
            for table in k.tables(names) {
                let mut own = Keys::new(names[0], &table);
                let mut one = Record::default();
                one.text("kind", own.text(&["kind"]));
                one.text("text", own.text(&["text"]));
                one.text("amount", self.written(&mut own, &["amount"]));
                self.out.unknown.extend(own.rest());
                list.push(one);
            }
            paper.tables(key, list);
        }
        let mut lines = Vec::new();
        for table in k.tables(&["lines", "items"]) {
            let mut own = Keys::new("invoice.lines", &table);
            lines.push(self.invoice_line(&mut own, None));
            self.out.unknown.extend(own.rest());
        }
        if lines.is_empty() {
            let line = self.invoice_line(k, Some(goods.unwrap_or_default()));
            if line.has("qty") || line.has("price") {
                lines.push(line);
            }
        }
        paper.tables("lines", lines);
    }

    fn invoice_line(&mut self, k: &mut Keys, goods: Option<&str>) -> Record {
        let mut line = Record::default();
        let name = match goods {
            Some(goods) => Some(words::goods_only(goods)).filter(|g| !g.is_empty()),
            None => self.goods(k, &["name", "goods", "description"]),
        };
        line.text("name", name);
        if let Some(quantity) = self.quantity(k, &["quantity"]) {
            line.bare("qty", Some(quantity.figure));
            line.text("unit", quantity.unit);
        }
        line.text("price", self.written(k, &["unit_price", "price"]));
        if goods.is_none() {
            line.text("amount", self.written(k, &["amount"]));
        }
        line
    }

    fn packing(&mut self, k: &mut Keys, paper: &mut Record) {
        let cartons = self.quantity(k, &["cartons", "total_cartons", "number_of_cartons"]).map(|q| q.figure);
        let each = self.quantity(k, &["per_carton", "quantity_per_carton"]).map(|q| q.figure);
        if let Some(cartons) = &cartons {
            paper.bare("packages", Some(cartons));
            paper.text("package_kind", Some("CARTONS".into()));
        }
        self.containers(k, paper);
        if let Some(each) = each {
            let mut row = Record::default();
            row.bare("packages", cartons);
            row.bare("qty", self.packed.take());
            row.bare("per_carton", Some(each));
            paper.tables("lines", vec![row]);
        }
        paper.text("country", k.text(&["country", "country_of_origin"]));
    }

    fn containers(&mut self, k: &mut Keys, paper: &mut Record) {
        let numbers = k.texts(&["container", "containers", "container_number", "container_numbers"]);
        let mut seals = k.texts(&["seal", "seals", "seal_number", "seal_numbers"]).into_iter();
        let list = numbers.into_iter().map(|number| {
            let mut one = Record::default();
            one.text("number", Some(number));
            one.text("seal", seals.next());
            one
        });
        paper.tables("containers", list.collect());
    }

    fn bill(&mut self, k: &mut Keys, kind: &str, paper: &mut Record) {
        let own = match kind {
            "sea_waybill" => Some("sea-waybill"),
            _ if kind.contains("house") => Some("house"),
            _ if kind.contains("charter") => Some("charter-party"),
            _ if kind.contains("multimodal") || kind.contains("combined") => Some("multimodal"),
            _ => None,
        };
        paper.text("kind", own.map(str::to_owned));
        self.parties_of_carriage(k, paper);
        let form = k.text(&["form", "type"]).map(|f| f.to_ascii_lowercase());
        let mut form = form.and_then(|f| {
            let known = ["received", "shipped"].into_iter().find(|w| f.contains(w));
            if known.is_none() {
                self.odd(&k.whose, &format!("form = {f:?}"));
            }
            known
        });
        paper.bare("on_board", self.dated(k, &["on_board_date", "shipped_on_board_date", "shipment_date"]));
        if let Some(notation) = k.text(&["on_board_notation"]) {
            let day = words::date_in(&notation, self.year);
            self.days.extend(day);
            if !paper.has("on_board") {
                paper.bare("on_board", day);
            }
            if notation.to_ascii_lowercase().contains("shipped") {
                form = form.or(Some("shipped"));
            }
        }
        paper.text("form", form.map(str::to_owned));
        paper.text("on_board_vessel", k.text(&["on_board_vessel"]));
        paper.text("on_board_port", k.text(&["on_board_port"]));
        paper.bare("intended", k.flag(&["intended_vessel", "intended"]));
        paper.text("pre_carriage", k.text(&["pre_carriage"]));
        paper.text("place", k.text(&["place_of_issue"]));
        paper.text("receipt", k.text(&["place_of_receipt"]));
        paper.text("delivery", k.text(&["place_of_delivery", "final_destination"]));
        paper.text("release", k.text(&["release"]));
        self.endorsement(k, paper);
        self.containers(k, paper);
        let mut clauses = k.texts(&["clauses", "remarks", "notations"]);
        // The paper says of its condition only what it declares defective.
        let clean = k.take(&["clean"]).and_then(|v| v.as_bool());
        if clean == Some(false) && clauses.is_empty() {
            clauses.push("CARGO OR PACKING DECLARED DEFECTIVE".into());
        }
        for port in k.texts(&["transhipment_port", "transhipment", "via"]) {
            self.out.unplaced.insert(format!("{kind}.transhipment_port (written as a clause)"));
            clauses.push(format!("WITH TRANSHIPMENT AT {}", port.to_ascii_uppercase()));
        }
        if k.flag(&["charter_party"]) == Some(true) {
            clauses.push("SUBJECT TO CHARTER PARTY".into());
        }
        paper.texts("clauses", clauses);
        self.lot(k, paper);
    }

    /// `1 of 3`: the order is shipped in three lots, and this is the first.
    fn lot(&mut self, k: &mut Keys, paper: &mut Record) {
        let Some(text) = k.text(&["shipment", "lot"]) else { return };
        let figures: Vec<u32> =
            text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse().ok()).collect();
        match figures.as_slice() {
            [lot, all] if lot <= all => {
                self.shipments = self.shipments.max(*all);
                paper.text("shipment", Some(lot.to_string()));
            }
            _ => self.odd(&k.whose, &format!("shipment = {text:?}")),
        }
    }

    fn parties_of_carriage(&mut self, k: &mut Keys, paper: &mut Record) {
        paper.text("shipper", k.party(&["shipper", "consignor"]).map(|p| p.name));
        paper.text("consignee", k.party(&["consignee"]).map(|p| p.name));
        let address = k.text(&["notify_address", "notify_party_address"]);
        let mut notify = k.texts(&["notify", "notify_party", "notify_parties"]);
        if let (Some(first), Some(address)) = (notify.first_mut(), address) {
            *first = format!("{first}, {address}");
        }
        paper.texts("notify", notify);
        paper.text("carrier", k.party(&["carrier", "carrier_name"]).map(|p| p.name));
        paper.text("agent", k.party(&["agent"]).map(|p| p.name));
        if let Some(text) = k.text(&["signed_as", "signed_by", "capacity", "signature"]) {
            let lower = text.to_ascii_lowercase();
            let agent = lower.contains("agent") || lower.contains("behalf");
            let master = lower.contains("master") || lower.contains("captain");
            let capacity = match (agent, master) {
                (true, true) => "agent-for-master",
                (true, false) if lower.contains("carrier") => "agent-for-carrier",
                (false, true) => "master",
                (false, false) if lower.contains("carrier") => "carrier",
                _ => "unstated",
            };
            paper.text("signed_as", Some(capacity.into()));
        }
        if let Some(text) = k.text(&["freight"]) {
            let lower = text.to_ascii_lowercase();
            let freight = if lower.contains("collect") || lower.contains("payable at") {
                Some("collect")
            } else if lower.contains("paid") {
                Some("prepaid")
            } else {
                self.odd(&k.whose, &format!("freight = {text:?}"));
                None
            };
            paper.text("freight", freight.map(str::to_owned));
        }
    }

    fn endorsement(&mut self, k: &mut Keys, paper: &mut Record) {
        let Some(text) = k.text(&["endorsement", "endorsed"]) else { return };
        let lower = text.to_ascii_lowercase();
        let how = if lower.contains("blank") || text.contains("空白") {
            "blank".to_owned()
        } else if lower == "none" || lower == "false" || lower.contains("not endorsed") {
            "none".to_owned()
        } else {
            lower.find("to ").map_or(text.clone(), |at| text[at..].to_owned())
        };
        paper.text("endorsed", Some(how));
    }

    fn carriage(&mut self, k: &mut Keys, table: &str, kind: &str, paper: &mut Record) {
        // Waybills and receipts have no key for these.
        if table != "awb" {
            self.unplaced(k, &["signed_as", "signed_by", "capacity", "agent", "notify", "notify_party"]);
        }
        if table == "courier" {
            self.unplaced(k, &["shipper", "consignee", "freight"]);
        }
        self.parties_of_carriage(k, paper);
        match table {
            "awb" => {
                let own = if kind.starts_with("house") { Some("house") } else { None };
                paper.text("kind", own.map(str::to_owned));
                paper.bare("dispatched", self.dated(k, &["dispatched", "actual_dispatch_date"]));
                paper.text("flight", k.text(&["flight", "flight_number"]));
                paper.bare("flight_date", self.day(k, &["flight_date"]));
                paper.bare("chargeable_kg", self.measure(k, &["chargeable_weight"]));
            }
            "waybill" => {
                let own = ["cim", "smgs", "cmr"].into_iter().find(|w| kind.contains(w));
                let own =
                    own.or_else(|| (kind.starts_with("road") || kind.starts_with("truck")).then_some("cmr"));
                let said = k.text(&["form", "type"]).map(|t| t.to_ascii_lowercase());
                paper.text("kind", said.or_else(|| own.map(str::to_owned)));
                paper.bare(
                    "stamped",
                    self.dated(k, &["stamp_date", "stamped", "receipt_date", "shipment_date"]),
                );
                paper.text("wagon", k.text(&["wagon"]));
                self.containers(k, paper);
            }
            _ => paper.bare("pickup", self.dated(k, &["pickup_date", "pickup", "shipment_date"])),
        }
    }

    fn insurance(&mut self, k: &mut Keys, kind: &str, paper: &mut Record) {
        let own = match kind {
            "insurance_policy" => Some("policy"),
            "insurance_certificate" => Some("certificate"),
            "insurance_declaration" => Some("declaration"),
            "cover_note" | "insurance_cover_note" => Some("cover-note"),
            _ => None,
        };
        let said = k.text(&["type", "form"]).map(|t| t.to_ascii_lowercase().replace(' ', "-"));
        paper.text("kind", said.or_else(|| own.map(str::to_owned)));
        paper.text("policy", k.text(&["policy", "policy_number"]));
        paper.text("insured", k.party(&["insured", "assured"]).map(|p| p.name));
        let sum = self.amount(k, &["amount", "sum_insured", "insured_amount"]);
        let beside = sum.as_ref().and_then(|s| s.currency.clone());
        paper.text("currency", k.text(&["currency"]).or(beside));
        paper.bare("amount", sum.map(|s| s.figure));
        paper.text(
            "percent",
            k.text(&["percent", "percentage", "coverage_percentage", "insured_percentage"])
                .and_then(|p| words::percent(&p)),
        );
        let risks = match k.take(&["coverage", "risks", "clauses"]) {
            Some(serde_json::Value::String(text)) => asked::printed_risks(&text),
            Some(serde_json::Value::Array(list)) => {
                list.iter().filter_map(|r| r.as_str()).map(|r| Value::Text(r.to_owned())).collect()
            }
            _ => Vec::new(),
        };
        paper.list("risks", risks);
        paper.bare("effective", self.day(k, &["effective_date", "effective", "cover_effective_from"]));
        paper.text("claims_payable", k.text(&["claims_payable_at", "claims_payable", "claim_payable_at"]));
        paper.text("signed_as", k.text(&["signed_as", "signed_by"]));
        self.endorsement(k, paper);
    }

    fn origin(&mut self, k: &mut Keys, kind: &str, paper: &mut Record) {
        let own = match kind {
            "gsp_form_a" | "form_a" => Some("form-a"),
            "form_e" => Some("form-e"),
            _ => None,
        };
        let said = k.text(&["type", "form"]).map(|t| t.to_ascii_lowercase().replace(' ', "-"));
        paper.text("kind", said.or_else(|| own.map(str::to_owned)));
        paper.text("consignee", k.party(&["consignee", "importer"]).map(|p| p.name));
        paper.text("hs", k.text(&["hs_code", "hs"]).map(|hs| hs.replace('.', "")));
        paper.text("country", k.text(&["country", "country_of_origin", "origin"]));
        paper.text("criterion", k.text(&["criterion", "origin_criterion"]));
        paper.text("producer", k.party(&["producer", "manufacturer"]).map(|p| p.name));
        paper.text("transport", k.text(&["transport", "means_of_transport"]));
    }

    fn draft(&mut self, k: &mut Keys, paper: &mut Record) {
        let sum = self.amount(k, &["amount", "total"]);
        let beside = sum.as_ref().and_then(|s| s.currency.clone());
        paper.text("currency", k.text(&["currency"]).or(beside));
        paper.bare("amount", sum.map(|s| s.figure));
        paper.text("words", k.text(&["amount_in_words", "words"]));
        paper.text("tenor", k.text(&["tenor"]));
        for (key, names) in
            [("drawer", &["drawer"][..]), ("drawee", &["drawee", "drawn_on"]), ("payee", &["payee"])]
        {
            paper.text(key, k.party(names).map(|p| p.name));
        }
        paper.text("drawn_under", k.text(&["drawn_under"]));
        paper.text("place", k.text(&["place", "place_of_issue"]));
    }

    fn certificate(&mut self, k: &mut Keys, kind: &str, paper: &mut Record) {
        let own = kind.rsplit_once('_').map(|(head, _)| head.to_owned());
        paper.text("kind", own);
        paper.text("title", k.text(&["title"]).or_else(|| Some(kind.replace('_', " ").to_uppercase())));
        let text = k.text(&["text", "statement", "wording", "certifies", "content", "contents"]);
        let found = k.text(&["result", "results", "findings", "conclusion"]);
        paper.text("text", text.or(found));
        paper.bare("inspected", self.day(k, &["inspected", "inspection_date"]));
    }
}

/// What was presented, and the files.
impl Clerk<'_> {
    fn row(row: &Presented) -> Record {
        let mut one = Record::default();
        one.text("ref", Some(row.id.clone()));
        one.bare("originals", row.originals);
        one.bare("copies", row.copies);
        one
    }

    /// A whole set was presented even where no day is given. The earliest that it can have been is the day of its
    /// latest paper, so what comes out late was late on any day; without any day it is still being prepared.
    fn presentations(&mut self) {
        if !self.case.presentations.is_empty() {
            for table in &self.case.presentations {
                self.presentation(table);
            }
            return;
        }
        let day = match self.case.presented.as_deref() {
            Some(text) => words::date(text, self.year),
            None if self.case.whole => self.days.iter().max().copied(),
            None => None,
        };
        if day.is_none() && !self.case.whole {
            return;
        }
        let mut one = Record::default();
        if let Some(day) = day {
            self.days.push(day);
            one.bare("date", Some(day));
        }
        one.text("to", Some("bank".into()));
        if self.case.whole {
            one.tables("documents", self.rows.iter().map(Self::row).collect());
        }
        self.blocks.push_str(&one.block("presentation"));
        self.out.kinds.insert(("presentation".into(), 0), "presentation".into());
    }

    fn presentation(&mut self, table: &Table) {
        let mut keys = Keys::new("presentations", table);
        let k = &mut keys;
        let mut one = Record::default();
        one.text("id", k.text(&["id"]));
        one.text("again", k.text(&["again"]));
        one.bare("date", self.dated(k, &["date"]));
        one.bare("received", self.dated(k, &["received"]));
        one.text("to", Some(k.text(&["to"]).unwrap_or_else(|| "bank".into())));
        let named = k.texts(&["documents"]);
        let rows: Vec<Record> = self
            .rows
            .iter()
            .filter(|row| named.iter().any(|n| *n == row.kind || Some(n) == row.number.as_ref()))
            .map(Self::row)
            .collect();
        one.tables("documents", rows);
        if let Some(refused) = k.tables(&["refusal"]).first() {
            let mut own = Keys::new("presentations.refusal", refused);
            let mut notice = Record::default();
            notice.bare("sent", self.dated(&mut own, &["sent", "date"]));
            notice.text("disposal", own.text(&["disposal"]));
            let items = own.texts(&["items", "discrepancies"]).into_iter().map(|text| {
                let mut item = Record::default();
                item.text("text", Some(text));
                item
            });
            notice.tables("items", items.collect());
            self.out.unknown.extend(own.rest());
            one.put("refusal", Some(Value::Table(notice)));
        }
        self.out.unknown.extend(keys.rest());
        let index = self.out.kinds.keys().filter(|(t, _)| t == "presentation").count();
        self.blocks.push_str(&one.block("presentation"));
        self.out.kinds.insert(("presentation".into(), index), "presentation".into());
    }

    fn finish(mut self, parties: Parties) -> Recorded {
        // The day on which all of it is known; else a day before the credit's own dates.
        let before = parties.last.and_then(|day| day.checked_sub_days(Days::new(10)));
        let known = self.days.iter().max().copied().or(before);
        self.out.as_of =
            known.unwrap_or_else(|| NaiveDate::from_ymd_opt(self.year, 1, 5).unwrap_or_default());
        let party = |found: &Option<(String, Option<String>)>, fallback: &str| {
            let (name, address) = found.clone().unwrap_or_else(|| (fallback.to_owned(), None));
            let mut record = Record::default();
            record.text("name", Some(name));
            let country = address.as_deref().and_then(address::country).map(str::to_owned);
            record.texts("address", address.into_iter().collect());
            record.text("country", country);
            record.lines()
        };
        let mut order = Record::default();
        order.text("customer", Some("applicant".into()));
        let first = || {
            let shown = self.case.documents.iter().filter_map(|d| d.get("currency")?.as_str());
            shown.map(str::to_owned).next().unwrap_or_else(|| "USD".into())
        };
        order.text("currency", Some(parties.currency.clone().unwrap_or_else(first)));
        order.text("payment", Some(parties.payment.clone()));
        let mut text = order.lines();
        for n in 1..=self.shipments {
            let mut lot = Record::default();
            lot.text("id", Some(n.to_string()));
            text.push_str(&lot.block("shipments"));
        }
        let company = format!("schema = 1\n[company]\n{}", party(&parties.beneficiary, "The beneficiary"));
        self.out.files = vec![
            ("gendan.toml", company),
            ("customers/applicant.toml", party(&parties.applicant, "The applicant")),
            ("orders/2026/CASE/order.toml", text),
            ("orders/2026/CASE/docs.toml", self.blocks),
        ];
        self.out
    }
}
