//! One document of every kind, for the order of the example.

use super::T;
use crate::site::view::making::*;
use crate::site::view::{Field, Link};
use crate::text::Lang;

fn sheet(t: T, code: &str, zh: &str, en: &str, name: &str, reference: &str) -> Sheet {
    let bilingual = matches!(code, "si" | "bl-check");
    Sheet {
        path: format!("o/GD26-0117/{code}.html"),
        title: format!("GD26-0117 {}", t.t(zh, en)),
        name: name.into(),
        name_zh: if bilingual { zh.into() } else { String::new() },
        order: "GD26-0117".into(),
        back: Link::new("GD26-0117", "o/GD26-0117.html"),
        reference: reference.into(),
        draft: true,
        why: vec![Link::new(
            t.t(
                "docs-total-gross · 提单毛重 2,740 KG，其他三处都是 2,470 KG",
                "docs-total-gross · B/L gross weight is 2,740 KG",
            ),
            "o/GD26-0117.html#docs-total-gross-bl.gross_kg",
        )],
        notes: vec![Field::new("46A", "SIGNED COMMERCIAL INVOICE IN TRIPLICATE")],
    }
}

fn us() -> Address {
    Address {
        name: "Ningbo Gendan Trading Co., Ltd.".into(),
        lines: vec!["No. 88 Haiyan Road, Yinzhou District".into(), "Ningbo 315100, China".into()],
    }
}

fn buyer() -> Address {
    Address { name: "Hanse Licht GmbH".into(), lines: vec!["Speicherstrasse 41".into(), "Germany".into()] }
}

fn marks() -> Vec<String> {
    vec!["HANSE LICHT".into(), "HAMBURG".into(), "C/NO. 1-300 <b>".into()]
}

fn goods() -> GoodsTable {
    let row = |name: &str, quantity: &str, price: &str, amount: &str| GoodsRow {
        name: name.into(),
        detail: "HS 8539520000".into(),
        quantity: quantity.into(),
        unit: "PCS".into(),
        price: price.into(),
        amount: amount.into(),
    };
    GoodsTable {
        currency: "USD".into(),
        term: "FOB Ningbo Incoterms 2020".into(),
        rows: vec![
            row("LED Bulb 12W E27 3000K", "12,000", "2.35", "28,200.00"),
            row("LED Bulb 9W E27 3000K", "8,000", "1.98", ""),
        ],
        quantity: "20,000 PCS".into(),
        subtotal: "44,040.00".into(),
        charges: vec![Field::new("Courier", "64.00")],
        total: "44,104.00".into(),
        deductions: vec![Field::new("Less: deposit received", "13,212.00")],
        due: "30,892.00".into(),
        words: "SAY US DOLLARS FORTY-FOUR THOUSAND ONE HUNDRED AND FOUR ONLY".into(),
        ..GoodsTable::default()
    }
}

fn facts() -> Vec<Field> {
    vec![Field::new("Invoice No.", "INV26-0117"), Field::new("Date", "")]
}

pub(super) fn proforma(t: T) -> ProformaPage {
    ProformaPage {
        sheet: sheet(t, "proforma", "形式发票", "Proforma invoice", "PROFORMA INVOICE", "PI26-0117"),
        seller: us(),
        buyer: buyer(),
        facts: facts(),
        terms: vec![Field::new("Payment", "30% deposit; 70% against copy of B/L")],
        marks: marks(),
        goods: GoodsTable { deductions: vec![], due: String::new(), ..goods() },
        packing: vec![Field::new("Packed in", "300 CARTONS")],
        remarks: vec!["Sample fee refundable on first order".into()],
        bank: vec![Field::new("Bank", "Bank of Example Ningbo Branch"), Field::new("SWIFT / BIC", "")],
    }
}

pub(super) fn invoice(t: T) -> InvoicePage {
    InvoicePage {
        sheet: sheet(t, "invoice", "商业发票", "Commercial invoice", "COMMERCIAL INVOICE", "INV26-0117"),
        seller: us(),
        buyer: buyer(),
        facts: facts(),
        terms: vec![Field::new("From", "Ningbo"), Field::new("To", "Hamburg")],
        marks: vec![],
        goods: goods(),
        packing: vec![],
    }
}

pub(super) fn packing(t: T) -> PackingPage {
    let row = PackingRow {
        cartons: "1-200".into(),
        each: "60".into(),
        packages: "200".into(),
        kind: "CARTONS".into(),
        quantity: "12,000".into(),
        unit: "PCS".into(),
        net: "1,440.00".into(),
        gross: "1,680.00".into(),
        cbm: "10.400".into(),
        container: "CSQU3054383".into(),
    };
    PackingPage {
        sheet: sheet(t, "packing", "装箱单", "Packing list", "PACKING LIST", "PL26-0117"),
        seller: us(),
        buyer: buyer(),
        facts: facts(),
        terms: vec![],
        marks: marks(),
        description: String::new(),
        by_container: true,
        items: vec![PackingItem {
            name: "LED Bulb 12W E27 3000K".into(),
            detail: "G.W. 8.4 / N.W. 7.2 kg each".into(),
            rows: vec![row],
        }],
        totals: totals(),
        containers: vec![container()],
        words: "SAY THREE HUNDRED CARTONS ONLY".into(),
        wood: "No solid wood packing material".into(),
    }
}

fn totals() -> PackingTotals {
    PackingTotals {
        packages: "300".into(),
        kind: "CARTONS".into(),
        quantity: "20,000 PCS".into(),
        net: "2,120.00".into(),
        gross: "2,470.00".into(),
        cbm: "15.000".into(),
    }
}

fn container() -> ContainerRow {
    ContainerRow {
        number: "CSQU3054383".into(),
        size: "20GP".into(),
        seal: "EMCHQ81442".into(),
        packages: "300".into(),
        ..ContainerRow::default()
    }
}

pub(super) fn draft(t: T) -> DraftPage {
    let first = Bill {
        part: "FIRST".into(),
        other: "SECOND".into(),
        amount: "USD 44,040.00".into(),
        tenor: "AT 30 DAYS AFTER B/L DATE".into(),
        event: "B/L DATE".into(),
        words: "SAY US DOLLARS FORTY-FOUR THOUSAND AND FORTY ONLY".into(),
        under_credit: true,
        bank: "Example Bank".into(),
        credit: "LC26".into(),
        drawee: Address { name: "Example Bank".into(), lines: vec![] },
        drawer: us().name,
        ..Bill::default()
    };
    let second = Bill {
        part: "SECOND".into(),
        other: "FIRST".into(),
        under_credit: false,
        collection: "DOCUMENTS AGAINST PAYMENT (D/P)".into(),
        drawee: buyer(),
        ..first.clone()
    };
    DraftPage {
        sheet: sheet(t, "draft", "汇票", "Bill of exchange", "BILL OF EXCHANGE", ""),
        bills: vec![first, second],
    }
}

pub(super) fn certificate(t: T) -> CertificatePage {
    let one = |text: &str| Statement {
        title: "BENEFICIARY'S CERTIFICATE".into(),
        facts: vec![Field::new("No.", ""), Field::new("L/C No.", "LC26")],
        opening: "WE HEREBY CERTIFY THAT".into(),
        text: text.into(),
        evidence: vec![Field::new("Sent on", "")],
    };
    CertificatePage {
        sheet: sheet(
            t,
            "certificate",
            "受益人证明",
            "Beneficiary's certificate",
            "BENEFICIARY'S CERTIFICATE",
            "",
        ),
        seller: us(),
        statements: vec![one("ONE SET OF COPIES WAS MAILED TO APPLICANT."), one("")],
    }
}

fn both(t: T, zh: &str, en: &str) -> BiLabel {
    BiLabel { first: t.t(zh, en), second: t.t(en, zh) }
}

fn field(t: T, zh: &str, en: &str, lines: &[&str]) -> BiField {
    BiField { label: both(t, zh, en), lines: lines.iter().map(|l| (*l).to_owned()).collect() }
}

pub(super) fn si(lang: Lang) -> InstructionsPage {
    let t = T(lang);
    let columns = ["唛头", "件数", "货物描述", "毛重 KG", "体积 CBM"];
    InstructionsPage {
        sheet: sheet(t, "si", "托单补料", "Shipping instructions", "SHIPPING INSTRUCTIONS", "NGB7741920"),
        seller: us(),
        forwarder: field(t, "致 货代", "To forwarder", &["宁波远海货代有限公司"]),
        facts: vec![field(t, "我方编号", "Our ref.", &["GD26-0117"])],
        parties: vec![
            field(t, "发货人", "Shipper", &["Ningbo Gendan Trading Co., Ltd."]),
            field(t, "收货人", "Consignee", &[]),
        ],
        carriage: vec![field(t, "运费", "Freight", &["FREIGHT COLLECT"])],
        cutoffs: vec![field(t, "截单", "SI cut-off", &["2026-11-03 12:00 (UTC+08:00)"])],
        columns: columns.iter().map(|c| both(t, c, c)).collect(),
        marks: marks(),
        packages: "300 CARTONS".into(),
        goods: vec!["LED Bulb 12W E27 3000K".into()],
        totals: totals(),
        boxed: true,
        container_label: both(t, "柜", "Containers"),
        container_columns: ["柜号", "柜型", "封号", "件数", "毛重", "体积", "皮重", "VGM"]
            .iter()
            .map(|c| both(t, c, c))
            .collect(),
        containers: vec![],
        release_label: both(t, "单据和放货方式", "Document and release"),
        release: vec![
            Tick { label: both(t, "正本提单", "Original B/L"), on: true },
            Tick { label: both(t, "电放", "Telex release"), on: false },
        ],
        document: vec![field(t, "正本份数", "Originals", &["3"])],
        remarks: field(t, "要求", "Instructions", &[]),
        signature: both(t, "签章", "Signature and stamp"),
    }
}

pub(super) fn check(t: T) -> CheckPage {
    let row = |zh: &str, en: &str, draft: &[&str], ours: &[&str], state, word: (&str, &str)| CheckRow {
        label: both(t, zh, en),
        draft: draft.iter().map(|l| (*l).to_owned()).collect(),
        ours: ours.iter().map(|l| (*l).to_owned()).collect(),
        state,
        word: both(t, word.0, word.1),
    };
    CheckPage {
        sheet: sheet(t, "bl-check", "提单核对单", "B/L check sheet", "B/L CHECK SHEET", "EGLV143600117421"),
        seller: us(),
        forwarder: field(t, "致 货代", "To forwarder", &["宁波远海货代有限公司"]),
        facts: vec![field(t, "提单号", "B/L No.", &["EGLV143600117421"])],
        summary: both(t, "请确认：1 处不同，请改", "Please confirm: 1 to be corrected"),
        state: CheckState::Differs,
        columns: [
            ("项目", "Field"),
            ("提单草稿", "B/L draft"),
            ("我方要求", "Our instruction"),
            ("结果", "Result"),
        ]
        .map(|(zh, en)| both(t, zh, en))
        .to_vec(),
        rows: vec![
            row(
                "收货人",
                "Consignee",
                &["Hanse Licht GmbH"],
                &["Hanse Licht GmbH"],
                CheckState::Same,
                ("相同", "same"),
            ),
            row(
                "毛重 KG",
                "Gross KG",
                &["2,740.00"],
                &["2,470.00"],
                CheckState::Differs,
                ("不同", "differs"),
            ),
            row("货物描述", "Goods", &["LED BULBS"], &["LED Bulb"], CheckState::Look, ("请核对", "look")),
            row("唛头", "Marks", &[], &["HANSE LICHT"], CheckState::Missing, ("没印", "not shown")),
        ],
        answer: vec![both(t, "确认人", "Confirmed by"), both(t, "日期", "Date")],
    }
}
