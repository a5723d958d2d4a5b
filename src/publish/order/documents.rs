//! Every paper of the order as it is printed, compact. What is not on a paper is not shown: *not printed* and
//! *conflicting* are different things.

use super::goods::{OTHER_CHARGE, charge_word};
use super::show::{Sheet, amount, column, file, price, with_unit};
use crate::check::finding::{Finding, Place};
use crate::derive::OrderFacts;
use crate::derive::shipment;
use crate::model::Order;
use crate::model::document::{
    AirWaybill, BillOfLading, Certificate, Collection, Contract, CourierReceipt, Declaration, Deduction,
    Draft, Insurance, Invoice, Line, OriginCertificate, PackingList, Paper, Presentation, Printed, Waybill,
};
use crate::model::order::Container;
use crate::model::value::Currency;
use crate::publish::ctx::Ctx;
use crate::publish::finding::{anchor_of, touches};
use crate::publish::witness::Witness;
use crate::say;
use crate::site::view::{Document, Link, Table, anchor};
use crate::text::StaticBi;

/// What a kind of paper adds to the common fields.
struct Body<'c, 'a> {
    sheet: Sheet<'c, 'a>,
    lines: Option<Table>,
    text: String,
    date: Option<chrono::NaiveDate>,
}

/// The day of a paper; one that lies ahead says so.
fn dated(ctx: &Ctx<'_>, date: chrono::NaiveDate) -> crate::site::view::Day {
    let mut day = ctx.day(date);
    if !ctx.known(Some(date)) {
        day.text = say!(ctx, "{}（以后）", "{} (later)", day.text);
    }
    day
}

/// All papers of an order: in the order of the trade, replaced ones last. Letters of credit have a part of the page
/// of their own.
pub(super) fn of(
    ctx: &Ctx<'_>,
    order: &Order,
    facts: &OrderFacts,
    witness: &Witness<'_, '_>,
) -> Vec<Document> {
    let docs = &order.docs;
    let own = facts.goods.currency;
    let mut list = Shown { ctx, order, witness, findings: ctx.findings.order(&order.id), all: Vec::new() };
    list.add("contract", &docs.contract, |d| &d.paper, ("合同", "Contract"), |b, d| contract(b, d, own));
    list.add(
        "proforma",
        &docs.proforma,
        |d| &d.paper,
        ("形式发票", "Proforma invoice"),
        |b, d| contract(b, d, own),
    );
    list.add(
        "invoice",
        &docs.invoice,
        |d| &d.paper,
        ("商业发票", "Commercial invoice"),
        |b, d| invoice(b, d, own),
    );
    list.add("packing", &docs.packing, |d| &d.paper, ("装箱单", "Packing list"), packing);
    list.add("bl", &docs.bl, |d| &d.paper, ("提单", "Bill of lading"), bl);
    list.add("awb", &docs.awb, |d| &d.paper, ("空运单", "Air waybill"), awb);
    list.add("waybill", &docs.waybill, |d| &d.paper, ("运单", "Waybill"), waybill);
    list.add("courier", &docs.courier, |d| &d.paper, ("快递单", "Courier receipt"), courier);
    list.add(
        "insurance",
        &docs.insurance,
        |d| &d.paper,
        ("保险单", "Insurance"),
        |b, d| insurance(b, d, own),
    );
    list.add("origin", &docs.origin, |d| &d.paper, ("产地证", "Certificate of origin"), origin);
    list.add(
        "customs",
        &docs.customs,
        |d| &d.paper,
        ("报关单", "Export declaration"),
        |b, d| customs(b, d, own),
    );
    list.add("certificate", &docs.certificate, |d| &d.paper, ("证明", "Certificate"), certificate);
    list.add("draft", &docs.draft, |d| &d.paper, ("汇票", "Bill of exchange"), |b, d| draft(b, d, own));
    list.add(
        "collection",
        &docs.collection,
        |d| &d.paper,
        ("托收", "Collection"),
        |b, d| collection(b, d, own),
    );
    for (index, record) in docs.presentation.iter().enumerate() {
        list.presentation(index, record, own);
    }
    for (index, record) in docs.papers.iter().enumerate() {
        list.paper(index, record);
    }
    list.all.sort_by_key(|d| !d.replaced_by.is_empty());
    list.all
}

/// The place on the page of the paper that a key path names (`bl[0].on_board`); nothing for other paths.
pub(in crate::publish) fn href_of(order: &Order, path: &str) -> String {
    let named = reference_of(order, path);
    named.map(|(key, index, reference)| format!("#{}", anchor_id(key, reference, index))).unwrap_or_default()
}

/// The number of the paper that a key path names; nothing for other paths and for papers without one.
pub(super) fn number_of(order: &Order, path: &str) -> Option<String> {
    let (_, _, reference) = reference_of(order, path)?;
    Some(reference).filter(|r| !r.is_empty()).map(str::to_owned)
}

/// Table, position and reference of the paper that a key path names.
fn reference_of<'o, 'p>(order: &'o Order, path: &'p str) -> Option<(&'p str, usize, &'o str)> {
    let (key, rest) = path.split_once('[')?;
    let index = rest.split(']').next().and_then(|n| n.parse::<usize>().ok());
    let docs = &order.docs;
    fn paper<'a, T>(list: &'a [T], index: Option<usize>, get: fn(&'a T) -> &'a Printed) -> Option<&'a str> {
        list.get(index?).map(get).map(|p| p.reference().unwrap_or_default())
    }
    let reference = match key {
        "contract" => paper(&docs.contract, index, |d| &d.paper),
        "proforma" => paper(&docs.proforma, index, |d| &d.paper),
        "invoice" => paper(&docs.invoice, index, |d| &d.paper),
        "packing" => paper(&docs.packing, index, |d| &d.paper),
        "bl" => paper(&docs.bl, index, |d| &d.paper),
        "awb" => paper(&docs.awb, index, |d| &d.paper),
        "waybill" => paper(&docs.waybill, index, |d| &d.paper),
        "courier" => paper(&docs.courier, index, |d| &d.paper),
        "insurance" => paper(&docs.insurance, index, |d| &d.paper),
        "origin" => paper(&docs.origin, index, |d| &d.paper),
        "customs" => paper(&docs.customs, index, |d| &d.paper),
        "certificate" => paper(&docs.certificate, index, |d| &d.paper),
        "draft" => paper(&docs.draft, index, |d| &d.paper),
        "collection" => paper(&docs.collection, index, |d| &d.paper),
        "papers" => index.and_then(|i| docs.papers.get(i)).map(|p| p.number.as_deref().unwrap_or_default()),
        _ => None,
    };
    Some((key, index.unwrap_or(0), reference?))
}

/// `doc-bl-EGLV143600117421`; a paper without a number is named by its position.
pub(super) fn anchor_id(key: &str, reference: &str, index: usize) -> String {
    if reference.is_empty() {
        format!("doc-{key}-{}", index + 1)
    } else {
        anchor(&format!("doc-{key}-{reference}"))
    }
}

struct Shown<'c, 'a> {
    ctx: &'c Ctx<'a>,
    order: &'c Order,
    witness: &'c Witness<'c, 'a>,
    findings: &'c [&'a Finding],
    all: Vec<Document>,
}

impl<'c, 'a> Shown<'c, 'a> {
    fn add<T>(
        &mut self,
        key: &'static str,
        papers: &'c [T],
        common: fn(&T) -> &Printed,
        title: StaticBi,
        fill: impl Fn(&mut Body<'c, 'a>, &'c T),
    ) {
        for (index, record) in papers.iter().enumerate() {
            let paper = common(record);
            let mut body = self.body(paper.day());
            fill(&mut body, record);
            printed(self.ctx, &mut body.sheet, paper);
            let draft = paper.is_draft();
            if draft {
                body.sheet.day(("草稿日", "Drafted"), paper.drafted);
            }
            self.push(key, index, title, paper.reference(), body, |document, list| {
                document.number = paper.number.clone().unwrap_or_default();
                document.draft = draft;
                document.replaced_by = paper.replaced_by.clone().unwrap_or_default();
                document.file = file(list.ctx, list.order, paper.file.as_ref());
            });
        }
    }

    fn body(&self, date: Option<chrono::NaiveDate>) -> Body<'c, 'a> {
        Body { sheet: Sheet::new(self.ctx), lines: None, text: String::new(), date }
    }

    fn push(
        &mut self,
        key: &'static str,
        index: usize,
        title: StaticBi,
        reference: Option<&str>,
        body: Body<'c, 'a>,
        more: impl Fn(&mut Document, &Self),
    ) {
        let place = self.order.origin.place(&format!("{key}[{index}]"));
        let mut id = anchor_id(key, reference.unwrap_or_default(), index);
        if self.all.iter().any(|d| d.anchor == id) {
            id = format!("{id}-{}", index + 1);
        }
        let mut document = Document {
            anchor: id,
            kind: self.ctx.word(title).to_owned(),
            date: body.date.map(|d| dated(self.ctx, d)),
            fields: body.sheet.fields,
            lines: body.lines.filter(|t| !t.rows.is_empty()),
            text: body.text,
            recorded: self.witness.recorded(&format!("{key}[{index}]"), None),
            findings: self.findings_on(&place),
            ..Document::default()
        };
        more(&mut document, self);
        self.all.push(document);
    }

    /// Open findings with a place in this paper.
    fn findings_on(&self, paper: &Place) -> Vec<Link> {
        self.findings
            .iter()
            .filter(|f| f.waived.is_none() && touches(f, paper))
            .map(|f| Link::new(self.ctx.text(&f.title), format!("#{}", anchor_of(f))))
            .collect()
    }

    fn presentation(&mut self, index: usize, record: &'c Presentation, own: Option<Currency>) {
        let mut body = self.body(record.date);
        presentation(self.ctx, &mut body, record, own);
        let ctx = self.ctx;
        let set = record.set.map(|s| ctx.word(s.title()).to_owned());
        let to = record.to.as_deref().map(|to| recipient(ctx, to));
        let named = [set, to].into_iter().flatten().collect::<Vec<_>>().join(" → ");
        let number = record.id.clone().unwrap_or(named);
        let reference = record.id.as_deref();
        self.push("presentation", index, ("交单", "Presentation"), reference, body, |document, list| {
            document.number.clone_from(&number);
            document.file = file(list.ctx, list.order, record.file.as_ref());
        });
    }

    fn paper(&mut self, index: usize, record: &'c Paper) {
        let mut body = self.body(record.date);
        body.sheet.text(("谁出的", "From"), record.from.as_ref());
        body.sheet.text(("批次", "Shipment"), record.shipment.as_ref());
        body.sheet.text(("说明", "Note"), record.note.as_ref());
        let title = record.kind.map_or(("凭证", "Evidence"), |k| k.title());
        self.push("papers", index, title, record.number.as_deref(), body, |document, list| {
            document.number = record.number.clone().unwrap_or_default();
            document.file = file(list.ctx, list.order, record.file.as_ref());
        });
    }
}

/// What any paper may carry, after the fields of its kind.
fn printed(ctx: &Ctx<'_>, sheet: &mut Sheet<'_, '_>, paper: &Printed) {
    sheet.text(("出具人", "Issuer"), paper.issuer.as_ref());
    sheet.text(("出口商", "Exporter"), paper.exporter.as_ref());
    let vessel = [paper.vessel.as_deref(), paper.voyage.as_deref()];
    sheet.put(("船名航次", "Vessel"), vessel.into_iter().flatten().collect::<Vec<_>>().join(" "));
    sheet.put(("路线", "Route"), super::work::route(paper.from.as_ref(), paper.to.as_ref()));
    sheet.text(("货描", "Goods"), paper.goods.as_ref());
    sheet.number(("数量", "Quantity"), paper.qty, paper.unit.as_deref().unwrap_or_default());
    sheet.number(("件数", "Packages"), paper.packages, paper.package_kind.as_deref().unwrap_or_default());
    sheet.number(("毛重", "Gross weight"), paper.gross_kg, "KG");
    sheet.number(("净重", "Net weight"), paper.net_kg, "KG");
    sheet.number(("体积", "Volume"), paper.cbm, "CBM");
    sheet.lines(("唛头", "Marks"), &paper.marks);
    sheet.text(("信用证号", "Credit no."), paper.lc.as_ref());
    sheet.text(("客户订单号", "Purchase order"), paper.po.as_ref());
    sheet.text(("合同号", "Contract no."), paper.contract.as_ref());
    let day = paper.invoice_date.map(|d| ctx.day(d).text);
    let invoice: Vec<&str> = [paper.invoice.as_deref(), day.as_deref()].into_iter().flatten().collect();
    sheet.put(("发票号", "Invoice no."), invoice.join(" "));
    sheet.count(("正本", "Originals"), paper.originals);
    sheet.count(("副本", "Copies"), paper.copies);
    sheet.yes(("签字", "Signed"), paper.signed);
    if paper.issued != paper.day() {
        sheet.day(("签发日", "Issued"), paper.issued);
    }
    sheet.day(("核对日", "Checked"), paper.checked);
    sheet.day(("寄出日", "Sent"), paper.sent);
    for correction in &paper.corrections {
        let what = correction.what.clone().unwrap_or_default();
        let text = match correction.authenticated {
            Some(true) => say!(ctx, "{what}（已盖更正章）", "{what} (authenticated)"),
            Some(false) => say!(ctx, "{what}（没有更正章）", "{what} (not authenticated)"),
            None => what,
        };
        sheet.put(("更正", "Correction"), text);
    }
    sheet.text(("批次", "Shipment"), paper.shipment.as_ref());
    sheet.text(("我们的说明（不在单据上）", "Our note (not on the paper)"), paper.note.as_ref());
}

fn currency(printed: Option<&String>, own: Option<Currency>) -> Option<Currency> {
    printed.and_then(|code| Currency::parse(code)).or(own)
}

fn contract(body: &mut Body<'_, '_>, record: &Contract, own: Option<Currency>) {
    let own = currency(record.currency.as_ref(), own);
    let sheet = &mut body.sheet;
    sheet.text(("买方", "Buyer"), record.buyer.as_ref());
    sheet.text(("卖方", "Seller"), record.seller.as_ref());
    sheet.term(("价格条款", "Term"), record.term.as_ref());
    sheet.amount(("总额", "Total"), record.total.as_ref(), own);
    sheet.text(("付款方式", "Payment"), record.payment.as_ref());
    sheet.day(("客户签回", "Signed by the buyer"), record.signed_by_buyer);
    sheet.day(("有效期至", "Valid until"), record.valid_until);
    sheet.count(("版本", "Revision"), record.revision);
    if let Some(bank) = record.bank.as_deref() {
        let parts = [&bank.holder, &bank.name, &bank.account, &bank.iban, &bank.bic];
        let parts: Vec<&str> = parts.into_iter().filter_map(|p| p.as_deref()).collect();
        sheet.put(("收款账号", "Bank details"), parts.join(" · "));
    }
    body.lines = lines(body.sheet.ctx(), ("明细", "Lines"), &record.lines, own);
}

fn invoice(body: &mut Body<'_, '_>, record: &Invoice, own: Option<Currency>) {
    let own = currency(record.currency.as_ref(), own);
    let sheet = &mut body.sheet;
    sheet.text(("抬头", "Buyer"), record.buyer.as_ref());
    sheet.text(("出票人", "Seller"), record.seller.as_ref());
    sheet.term(("价格条款", "Term"), record.term.as_ref());
    sheet.amount(("总额", "Total"), record.total.as_ref(), own);
    sheet.amount(("扣减后应付", "Net"), record.total_net.as_ref(), own);
    deductions(sheet, ("扣减", "Deduction"), &record.deductions, own);
    deductions(sheet, ("另加费用", "Charge"), &record.charges, own);
    sheet.text(("大写", "In words"), record.words.as_ref());
    body.lines = lines(body.sheet.ctx(), ("发票明细", "Invoice lines"), &record.lines, own);
}

fn deductions(sheet: &mut Sheet<'_, '_>, label: StaticBi, list: &[Deduction], own: Option<Currency>) {
    for part in list {
        let figure = part.amount.as_ref().map(|a| amount(sheet.ctx(), a, own)).unwrap_or_default();
        let kind = part.kind.as_deref().map(|kind| match charge_word(Some(kind)) {
            OTHER_CHARGE => kind,
            word => sheet.ctx().word(word),
        });
        let text = part.text.as_deref().or(kind).unwrap_or_default();
        sheet.put(label, format!("{figure} {text}").trim());
    }
}

fn lines(ctx: &Ctx<'_>, caption: StaticBi, lines: &[Line], own: Option<Currency>) -> Option<Table> {
    let rows = lines.iter().map(|line| {
        let name = line.name.as_deref().or(line.sku.as_deref()).unwrap_or_default();
        let unit = line.unit.as_deref().unwrap_or_default();
        vec![
            name.to_owned(),
            line.qty.map(|n| with_unit(ctx, n, unit)).unwrap_or_default(),
            price(ctx, line.price.as_ref(), own),
            price(ctx, line.amount.as_ref(), own),
        ]
    });
    Some(Table {
        caption: ctx.word(caption).to_owned(),
        columns: vec![
            column(ctx, ("品名", "Name"), false),
            column(ctx, ("数量", "Quantity"), true),
            column(ctx, ("单价", "Price"), true),
            column(ctx, ("金额", "Amount"), true),
        ],
        rows: rows.collect(),
    })
}

fn packing<'c>(body: &mut Body<'c, '_>, record: &'c PackingList) {
    let ctx = body.sheet.ctx();
    body.sheet.text(("原产国", "Origin"), record.country.as_ref());
    containers(&mut body.sheet, &record.containers);
    let rows = record.lines.iter().map(|line| {
        vec![
            line.cartons.clone().unwrap_or_default(),
            line.name.as_deref().or(line.sku.as_deref()).unwrap_or_default().to_owned(),
            line.qty.map(|n| ctx.number(n)).unwrap_or_default(),
            line.packages.map(|n| ctx.number(n)).unwrap_or_default(),
            line.gross_kg.map(|n| ctx.number(n)).unwrap_or_default(),
            line.net_kg.map(|n| ctx.number(n)).unwrap_or_default(),
            line.cbm.map(|n| ctx.number(n)).unwrap_or_default(),
            line.container.clone().unwrap_or_default(),
        ]
    });
    let columns = [
        (("箱号", "Cartons"), false),
        (("品名", "Name"), false),
        (("数量", "Quantity"), true),
        (("件数", "Packages"), true),
        (("毛重 KG", "Gross KG"), true),
        (("净重 KG", "Net KG"), true),
        (("体积 CBM", "CBM"), true),
        (("柜号", "Container"), false),
    ];
    let table = Table {
        caption: ctx.word(("装箱明细", "Packing rows")).to_owned(),
        columns: columns.into_iter().map(|(label, number)| column(ctx, label, number)).collect(),
        rows: rows.collect(),
    };
    body.lines = Some(without_empty_columns(table));
}

/// Leaves out columns in which nothing stands: few packing lists print all of them.
fn without_empty_columns(table: Table) -> Table {
    let used: Vec<bool> = (0..table.columns.len())
        .map(|at| table.rows.iter().any(|row| row.get(at).is_some_and(|cell| !cell.is_empty())))
        .collect();
    fn keep<T>(used: &[bool], list: Vec<T>) -> Vec<T> {
        list.into_iter().zip(used).filter(|(_, used)| **used).map(|(part, _)| part).collect()
    }
    Table {
        caption: table.caption,
        columns: keep(&used, table.columns),
        rows: table.rows.into_iter().map(|row| keep(&used, row)).collect(),
    }
}

fn containers(sheet: &mut Sheet<'_, '_>, list: &[Container]) {
    for container in list {
        let ctx = sheet.ctx();
        let packages = container.packages.map(|n| ctx.number(n));
        let packages = packages.map(|n| say!(ctx, "{n} 件", "{n} packages"));
        let gross = container.gross_kg.map(|n| format!("{} KG", ctx.number(n)));
        let parts =
            [container.number.clone(), container.r#type.clone(), container.seal.clone(), packages, gross];
        sheet.put(("柜", "Container"), parts.into_iter().flatten().collect::<Vec<_>>().join(" · "));
    }
}

fn bl<'c>(body: &mut Body<'c, '_>, record: &'c BillOfLading) {
    body.date = shipment::bl_date(record).map(|(day, _)| day).or(body.date);
    let sheet = &mut body.sheet;
    sheet.word(("种类", "Kind"), record.kind.map(|k| k.title()));
    sheet.text(("托运人", "Shipper"), record.shipper.as_ref());
    sheet.text(("收货人", "Consignee"), record.consignee.as_ref());
    sheet.lines(("通知人", "Notify"), &record.notify);
    sheet.text(("承运人", "Carrier"), record.carrier.as_ref());
    sheet.word(("签单身份", "Signed as"), record.signed_as.map(|s| s.title()));
    sheet.text(("代理人", "Agent"), record.agent.as_ref());
    sheet.word(("格式", "Form"), record.form.map(|f| f.title()));
    sheet.day(("已装船日期", "On board"), record.on_board);
    let notation = [record.on_board_vessel.as_deref(), record.on_board_port.as_deref()];
    sheet.put(
        ("装船批注", "On-board notation"),
        notation.into_iter().flatten().collect::<Vec<_>>().join(" · "),
    );
    sheet.yes(("船名带 intended", "Intended vessel"), record.intended);
    sheet.text(("前程运输", "Pre-carriage"), record.pre_carriage.as_ref());
    sheet.text(("签发地", "Place of issue"), record.place.as_ref());
    sheet.text(("收货地", "Place of receipt"), record.receipt.as_ref());
    sheet.text(("交货地", "Place of delivery"), record.delivery.as_ref());
    sheet.word(("运费", "Freight"), record.freight.map(|f| f.title()));
    sheet.word(("放货方式", "Release"), record.release.map(|r| r.title()));
    sheet.text(("背书", "Endorsed"), record.endorsed.as_ref());
    sheet.word(("介质", "Medium"), record.medium.map(|m| m.title()));
    containers(sheet, &record.containers);
    body.text = record.clauses.join("\n");
}

fn awb<'c>(body: &mut Body<'c, '_>, record: &'c AirWaybill) {
    body.date = shipment::awb_date(record).map(|(day, _)| day).or(body.date);
    let sheet = &mut body.sheet;
    sheet.word(("种类", "Kind"), record.kind.map(|k| k.title()));
    sheet.text(("托运人", "Shipper"), record.shipper.as_ref());
    sheet.text(("收货人", "Consignee"), record.consignee.as_ref());
    sheet.lines(("通知人", "Notify"), &record.notify);
    sheet.text(("承运人", "Carrier"), record.carrier.as_ref());
    sheet.word(("签单身份", "Signed as"), record.signed_as.map(|s| s.title()));
    sheet.text(("代理人", "Agent"), record.agent.as_ref());
    sheet.day(("实际发运批注", "Actual dispatch"), record.dispatched);
    sheet.text(("航班（不作准）", "Flight (does not count)"), record.flight.as_ref());
    sheet.day(("航班日期（不作准）", "Flight date (does not count)"), record.flight_date);
    sheet.number(("计费重量", "Chargeable weight"), record.chargeable_kg, "KG");
    sheet.word(("运费", "Freight"), record.freight.map(|f| f.title()));
}

fn waybill<'c>(body: &mut Body<'c, '_>, record: &'c Waybill) {
    body.date = shipment::waybill_date(record).map(|(day, _)| day).or(body.date);
    let sheet = &mut body.sheet;
    sheet.word(("种类", "Kind"), record.kind.map(|k| k.title()));
    sheet.text(("发货人", "Shipper"), record.shipper.as_ref());
    sheet.text(("收货人", "Consignee"), record.consignee.as_ref());
    sheet.text(("承运人", "Carrier"), record.carrier.as_ref());
    sheet.text(("车号", "Wagon"), record.wagon.as_ref());
    sheet.day(("收货章日期", "Stamp of receipt"), record.stamped);
    sheet.word(("运费", "Freight"), record.freight.map(|f| f.title()));
    containers(sheet, &record.containers);
}

fn courier<'c>(body: &mut Body<'c, '_>, record: &'c CourierReceipt) {
    body.date = shipment::courier_date(record).map(|(day, _)| day).or(body.date);
    let sheet = &mut body.sheet;
    sheet.text(("快递公司", "Courier"), record.carrier.as_ref());
    sheet.day(("取件日", "Pick-up"), record.pickup);
    sheet.number(("重量", "Weight"), record.weight_kg, "KG");
    sheet.number(("计费重量", "Chargeable weight"), record.chargeable_kg, "KG");
}

fn insurance(body: &mut Body<'_, '_>, record: &Insurance, own: Option<Currency>) {
    let own = currency(record.currency.as_ref(), own);
    let sheet = &mut body.sheet;
    sheet.word(("种类", "Kind"), record.kind.map(|k| k.title()));
    sheet.text(("保单号", "Policy"), record.policy.as_ref());
    sheet.text(("被保险人", "Insured"), record.insured.as_ref());
    sheet.amount(("保额", "Sum insured"), record.amount.as_ref(), own);
    sheet.put(("加成", "Percentage"), record.percent.map(|p| p.to_string()).unwrap_or_default());
    sheet.lines(("险别", "Risks"), &record.risks);
    sheet.day(("生效日", "Effective"), record.effective);
    sheet.text(("赔付地", "Claims payable at"), record.claims_payable.as_ref());
    sheet.text(("背书", "Endorsed"), record.endorsed.as_ref());
    sheet.text(("签单身份", "Signed as"), record.signed_as.as_ref());
    for later in &record.endorsements {
        sheet.day(("批单日期", "Endorsement"), later.date);
        sheet.day(("批单生效", "Endorsement effective"), later.effective);
        sheet.text(("批单内容", "Endorsement text"), later.text.as_ref());
    }
}

fn origin<'c>(body: &mut Body<'c, '_>, record: &'c OriginCertificate) {
    let sheet = &mut body.sheet;
    sheet.text(("种类", "Kind"), record.kind.as_ref());
    sheet.text(("收货人", "Consignee"), record.consignee.as_ref());
    sheet.text(("HS 编码", "HS code"), record.hs.as_ref());
    sheet.text(("原产标准", "Criterion"), record.criterion.as_ref());
    sheet.text(("原产国", "Country"), record.country.as_ref());
    sheet.text(("运输路线", "Transport"), record.transport.as_ref());
    sheet.text(("生产商", "Producer"), record.producer.as_ref());
}

fn customs(body: &mut Body<'_, '_>, record: &Declaration, own: Option<Currency>) {
    let own = currency(record.currency.as_ref(), own);
    let ctx = body.sheet.ctx();
    let sheet = &mut body.sheet;
    sheet.text(("监管方式", "Regime"), record.mode.as_ref());
    sheet.word(("成交方式", "Deal mode"), record.deal_mode.map(|m| m.title()));
    sheet.day(("放行日", "Released"), record.released);
    sheet.amount(("总额", "Total"), record.total.as_ref(), own);
    sheet.amount(("运费", "Freight"), record.freight.as_ref(), own);
    sheet.amount(("保费", "Insurance"), record.insurance.as_ref(), own);
    sheet.text(("提运单号", "Transport document"), record.bl.as_ref());
    sheet.text(("境内发货人", "Exporter (USCC)"), record.uscc.as_ref());
    sheet.text(("代理出口方", "Export agent (USCC)"), record.agent.as_ref());
    containers(sheet, &record.containers);
    let rows = record.items.iter().map(|item| {
        vec![
            item.hs.clone().unwrap_or_default(),
            item.name_zh.clone().unwrap_or_default(),
            item.qty.map(|n| with_unit(ctx, n, item.unit.as_deref().unwrap_or_default())).unwrap_or_default(),
            price(ctx, item.price.as_ref(), own),
            price(ctx, item.total.as_ref(), own),
        ]
    });
    body.lines = Some(Table {
        caption: ctx.word(("报关商品", "Declared items")).to_owned(),
        columns: vec![
            column(ctx, ("商品编号", "HS code"), false),
            column(ctx, ("品名", "Name"), false),
            column(ctx, ("数量", "Quantity"), true),
            column(ctx, ("单价", "Price"), true),
            column(ctx, ("总价", "Amount"), true),
        ],
        rows: rows.collect(),
    });
}

fn certificate<'c>(body: &mut Body<'c, '_>, record: &'c Certificate) {
    body.sheet.text(("种类", "Kind"), record.kind.as_ref());
    body.sheet.text(("名称", "Title"), record.title.as_ref());
    body.sheet.day(("检验日", "Inspected"), record.inspected);
    body.text = record.text.clone().unwrap_or_default();
}

fn draft(body: &mut Body<'_, '_>, record: &Draft, own: Option<Currency>) {
    let own = currency(record.currency.as_ref(), own);
    let sheet = &mut body.sheet;
    sheet.amount(("金额", "Amount"), record.amount.as_ref(), own);
    sheet.text(("大写", "In words"), record.words.as_ref());
    sheet.text(("期限", "Tenor"), record.tenor.as_ref());
    sheet.text(("出票人", "Drawer"), record.drawer.as_ref());
    sheet.text(("受票人", "Drawee"), record.drawee.as_ref());
    sheet.text(("出票依据", "Drawn under"), record.drawn_under.as_ref());
    sheet.text(("收款人", "Payee"), record.payee.as_ref());
    sheet.text(("出票地", "Place"), record.place.as_ref());
}

fn collection(body: &mut Body<'_, '_>, record: &Collection, own: Option<Currency>) {
    let sheet = &mut body.sheet;
    sheet.word(("种类", "Kind"), record.kind.map(|k| k.title()));
    sheet.text(("代收行", "Collecting bank"), record.bank.as_ref());
    sheet.text(("代收行所在地", "Place"), record.place.as_ref());
    sheet.text(("放单条件", "Release against"), record.release.as_ref());
    sheet.amount(("金额", "Amount"), record.amount.as_ref(), own);
    sheet.day(("到代收行", "At the collecting bank"), record.at_bank);
    sheet.day(("提示", "Presented"), record.presented);
    sheet.day(("承兑", "Accepted"), record.accepted);
    sheet.day(("到期", "Maturity"), record.maturity);
    sheet.day(("付款", "Paid"), record.paid);
    sheet.day(("放单", "Documents released"), record.documents_released);
}

fn presentation(ctx: &Ctx<'_>, body: &mut Body<'_, '_>, record: &Presentation, own: Option<Currency>) {
    let to = record.to.as_deref().map(|to| recipient(ctx, to)).unwrap_or_default();
    let sheet = &mut body.sheet;
    sheet.put(("交给", "To"), to);
    sheet.word(("哪一套", "Set"), record.set.map(|s| s.title()));
    sheet.text(("重交的是", "Cures"), record.again.as_ref());
    sheet.text(("信用证", "Credit"), record.lc.as_ref());
    sheet.text(("批次", "Shipment"), record.shipment.as_ref());
    sheet.amount(("金额", "Amount"), record.amount.as_ref(), own);
    sheet.text(("快递单号", "Courier no."), record.tracking.as_ref());
    sheet.day(("开证行收到", "Received by the issuing bank"), record.received);
    sheet.text(("结果", "Result"), record.result.as_ref());
    sheet.day(("拒付", "Refused"), record.refused);
    if let Some(refusal) = record.refusal.as_deref() {
        sheet.day(("拒付通知", "Notice of refusal"), refusal.sent);
        sheet.text(("单据处理", "Disposal"), refusal.disposal.as_ref());
        for item in &refusal.items {
            sheet.text(("不符点", "Discrepancy"), item.text.as_ref());
        }
    }
    sheet.lines(("不符点", "Discrepancies"), &record.discrepancies);
    sheet.day(("补正", "Cured"), record.cured);
    sheet.day(("承兑", "Accepted"), record.accepted);
    sheet.day(("到期", "Maturity"), record.maturity);
    sheet.day(("付款", "Paid"), record.paid);
    sheet.text(("说明", "Note"), record.note.as_ref());
    let rows = record.documents.iter().map(|paper| {
        vec![
            paper.r#ref.clone().unwrap_or_default(),
            paper.originals.map(|n| n.to_string()).unwrap_or_default(),
            paper.copies.map(|n| n.to_string()).unwrap_or_default(),
        ]
    });
    let table = Table {
        caption: ctx.word(("交出的单据", "Papers handed over")).to_owned(),
        columns: vec![
            column(ctx, ("单据", "Paper"), false),
            column(ctx, ("正本", "Originals"), true),
            column(ctx, ("副本", "Copies"), true),
        ],
        rows: rows.collect(),
    };
    body.lines = Some(without_empty_columns(table));
}

fn recipient(ctx: &Ctx<'_>, to: &str) -> String {
    let word = match to {
        "buyer" => ("客户", "buyer"),
        "bank" => ("银行", "bank"),
        "carrier" => ("承运人", "carrier"),
        other => return other.to_owned(),
    };
    ctx.word(word).to_owned()
}
