//! What a label is about, in the tool's terms: which rules speak of it alone, and under which keys a paper says it.
//! Written out, so that a reader can see what counts as found.

use crate::clerk::table_of;

/// A point of comparison.
pub(crate) struct Topic {
    /// What cases call it.
    fields: &'static [&'static str],
    /// Only for labels that name one of these tables; the finding must touch it. Empty: any paper.
    pub(crate) on: &'static [&'static str],
    /// Rules that speak of nothing else.
    pub(crate) rules: &'static [&'static str],
    /// Keys at which any rule that compares papers may point.
    pub(crate) keys: &'static [&'static str],
}

const fn topic(
    fields: &'static [&'static str],
    on: &'static [&'static str],
    rules: &'static [&'static str],
    keys: &'static [&'static str],
) -> Topic {
    Topic { fields, on, rules, keys }
}

const TRANSPORT: &[&str] = &["bl", "awb", "waybill", "courier"];

/// Narrow ones first: the first that fits a label is taken.
static TOPICS: &[Topic] = &[
    // Insurance.
    topic(
        &["amount", "total", "sum_insured", "insured_amount", "percentage"],
        &["insurance"],
        &["credit-insurance-amount"],
        &["amount", "percent"],
    ),
    topic(&["currency"], &["insurance"], &["credit-insurance-currency"], &["currency"]),
    topic(
        &["coverage", "risks", "clauses", "insurance_coverage"],
        &["insurance"],
        &["credit-insurance-risks", "insurance-clauses"],
        &["risks"],
    ),
    topic(
        &["date", "issue_date", "effective_date"],
        &["insurance"],
        &["credit-insurance-date"],
        &["date", "issued", "effective"],
    ),
    topic(
        &["from", "to", "route", "port_of_loading", "port_of_discharge"],
        &["insurance"],
        &["credit-insurance-span"],
        &["from", "to"],
    ),
    topic(&["kind", "type"], &["insurance"], &["credit-insurance-kind"], &["kind"]),
    topic(&["insured"], &["insurance"], &[], &["insured", "endorsed"]),
    // The draft.
    topic(&["tenor", "drafts_at"], &["draft"], &[], &["tenor"]),
    topic(&["drawee"], &["draft"], &[], &["drawee"]),
    topic(&["drawer"], &["draft"], &[], &["drawer", "signed"]),
    topic(
        &["amount", "total", "amount_in_words", "words"],
        &["draft"],
        &["docs-amount", "amount-in-words"],
        &["amount", "words"],
    ),
    topic(&["drawn_under"], &["draft"], &[], &["drawn_under"]),
    // Carriage.
    topic(
        &[
            "on_board_date",
            "shipment_date",
            "shipped_on_board_date",
            "latest_shipment",
            "stamp_date",
            "pickup_date",
        ],
        TRANSPORT,
        &["credit-late-shipment", "credit-early-shipment"],
        &["on_board", "stamped", "pickup", "dispatched", "issued"],
    ),
    topic(
        &["issue_date", "date"],
        TRANSPORT,
        &["credit-late-shipment", "credit-early-shipment", "credit-doc-date"],
        &["issued", "date", "stamped"],
    ),
    topic(&["on_board_notation", "form"], &["bl"], &["credit-bl-onboard"], &["form", "on_board", "intended"]),
    topic(
        &["consignee"],
        &["bl", "awb", "waybill", "courier", "origin"],
        &["credit-bl-consignee"],
        &["consignee"],
    ),
    topic(&["notify", "notify_party"], TRANSPORT, &["credit-bl-notify"], &["notify"]),
    topic(&["shipper"], TRANSPORT, &[], &["shipper"]),
    topic(&["freight"], TRANSPORT, &["credit-freight-wording", "freight-marking"], &["freight"]),
    topic(
        &["carrier", "signed_as", "signature", "signed_by"],
        TRANSPORT,
        &["credit-bl-carrier-signed"],
        &["carrier", "signed_as", "agent", "signed"],
    ),
    topic(&["clean", "remarks", "clauses"], &["bl"], &["credit-bl-clean"], &["clauses"]),
    topic(&["transhipment", "transshipment", "route"], TRANSPORT, &["credit-bl-tranship"], &["transhipment"]),
    topic(&["charter_party"], &["bl"], &["credit-bl-no-charterparty"], &[]),
    // Less than the whole where only the whole may be shipped is said of the quantity.
    topic(
        &["partial_shipments", "partial_shipment"],
        &[],
        &["credit-partial", "credit-quantity", "credit-underdrawing"],
        &["partial"],
    ),
    topic(
        &["shipment_period", "instalments", "instalment"],
        &[],
        &["credit-instalment"],
        &["shipment_period"],
    ),
    topic(
        &["port_of_loading", "loading_port", "airport_of_departure", "place_of_dispatch", "place_of_receipt"],
        &[],
        &[],
        &["from", "on_board_port", "receipt"],
    ),
    topic(
        &[
            "port_of_discharge",
            "discharge_port",
            "airport_of_destination",
            "place_of_delivery",
            "final_destination",
        ],
        &[],
        &[],
        &["to", "delivery"],
    ),
    topic(&["vessel", "voyage"], &[], &["docs-vessel"], &["vessel", "voyage", "on_board_vessel"]),
    topic(
        &["container", "seal", "container_number", "containers"],
        &[],
        &["container-iso6346", "container-seal-match"],
        &["containers"],
    ),
    // Parties of other papers.
    topic(&["issuer", "seller", "issued_by"], &["invoice"], &[], &["seller", "issuer"]),
    topic(&["addressee", "buyer", "bill_to"], &["invoice"], &[], &["buyer"]),
    topic(&["addressee_address", "buyer_address"], &["invoice"], &[], &["buyer", "applicant_address"]),
    topic(&["issuer_address", "seller_address"], &["invoice"], &[], &["seller", "issuer"]),
    topic(&["issuer", "issued_by"], &[], &["credit-co"], &["issuer"]),
    topic(&["consignee"], &[], &[], &["consignee"]),
    topic(&["exporter", "shipper"], &[], &[], &["exporter", "shipper"]),
    topic(
        &["name", "party"],
        &[],
        &["credit-invoice-party"],
        &["seller", "buyer", "applicant", "beneficiary", "consignee", "notify", "insured", "drawer"],
    ),
    // Money and goods.
    topic(
        &["amount", "total", "total_amount", "invoice_total", "invoice_amount", "amount_in_words", "words"],
        &[],
        &["credit-amount", "credit-underdrawing", "docs-amount", "pay-lc-drawing-balance", "amount-in-words"],
        &["total", "total_net", "amount", "words"],
    ),
    topic(&["currency"], &[], &["credit-invoice-currency", "docs-currency"], &["currency"]),
    topic(&["quantity"], &[], &["credit-quantity", "docs-total-quantity"], &["qty"]),
    topic(&["unit_price", "price"], &[], &["credit-unit-price"], &["price"]),
    topic(
        &["goods", "description", "goods_description"],
        &[],
        &["credit-invoice-description", "credit-invoice-no-extra-goods", "docs-description"],
        &["goods", "name"],
    ),
    topic(
        &["incoterm", "incoterm_place", "incoterms_version", "trade_term", "trade_terms"],
        &[],
        &[],
        &["term", "goods"],
    ),
    topic(&["gross_weight"], &[], &["docs-total-gross"], &["gross_kg"]),
    topic(&["net_weight"], &[], &["docs-total-net"], &["net_kg"]),
    topic(&["volume", "measurement"], &[], &["docs-volume"], &["cbm"]),
    topic(
        &["packages", "cartons", "number_of_packages", "package_count"],
        &[],
        &["docs-total-packages", "packages-from-qty"],
        &["packages"],
    ),
    topic(&["marks", "shipping_marks"], &[], &["docs-marks"], &["marks"]),
    topic(&["hs_code", "hs"], &[], &["hs-format"], &["hs", "goods", "lines"]),
    topic(&["country", "country_of_origin", "origin"], &[], &["credit-co"], &["country", "goods"]),
    // References, numbers of papers, dates.
    topic(&["lc_number", "credit_number", "lc_reference"], &[], &[], &["lc", "conditions"]),
    topic(
        &["invoice_number", "invoice_date", "reference"],
        &[],
        &["docs-invoice-ref"],
        &["invoice", "invoice_date"],
    ),
    topic(&["missing_document", "documents_presented"], &[], &["credit-docs-complete"], &[]),
    topic(
        &["originals", "number_of_originals", "copies", "full_set"],
        &[],
        &["credit-docs-complete", "credit-bl-fullset"],
        &["originals", "copies"],
    ),
    topic(&["endorsement", "endorsed"], &[], &[], &["endorsed"]),
    topic(&["signature", "signed"], &[], &["credit-signature"], &["signed"]),
    topic(
        &["text", "wording", "statement", "content", "contents", "certification"],
        &[],
        &["credit-cert-wording"],
        &["text"],
    ),
    topic(&["corrections", "correction"], &[], &["credit-correction"], &["corrections"]),
    topic(&["inspection_date", "inspected"], &[], &["credit-preshipment-cert"], &["inspected", "date"]),
    topic(
        &["presentation_date", "presentation_period", "expiry_date"],
        &["presentation"],
        &["credit-late-presentation", "credit-expiry"],
        &["date"],
    ),
    // A paper later than the credit's end can only be presented too late.
    topic(
        &["date", "issue_date"],
        &[],
        &["credit-doc-date", "credit-expiry", "docs-dates-order"],
        &["date", "issued"],
    ),
    topic(&["expiry_date", "latest_shipment"], &[], &["credit-expiry"], &["expiry", "latest_shipment"]),
];

/// The topic of a field; which papers a label names decides between narrow and general ones.
pub(crate) fn of(field: &str, documents: &[String]) -> Option<&'static Topic> {
    let tables: Vec<&str> = documents.iter().filter_map(|d| table_of(d)).collect();
    TOPICS
        .iter()
        .find(|t| t.fields.contains(&field) && (t.on.is_empty() || t.on.iter().any(|on| tables.contains(on))))
}
