//! The order: contract, items, review, production, inspections, shipments, feedback. What the merchandiser
//! writes in `order.toml`; documents and money are part of the same record (their files merge into one order).

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveDate};
use rust_decimal::Decimal;

use crate::load::fields::{Allowed, Lines, TermText};
use crate::model::document::Documents;
use crate::model::money::{Bill, Credit, Filing, Payment, Receipt, Reminder};
use crate::model::origin::Origin;
use crate::model::stage::{Dates, StageKey};
use crate::model::value::{Amount, Mode, Tolerance};
use crate::{choice, record};

/// An order with the folder it stands in.
#[derive(Debug, Clone, Default)]
pub struct Order {
    /// Name of its folder: ASCII, unique without regard to case, never reused.
    pub id: Arc<str>,
    /// What its files say, merged.
    pub file: OrderFile,
    /// Which key came from which file.
    pub origin: Origin,
    /// `notes.md`, when there is one, relative to the data root.
    pub notes: Option<Arc<str>>,
    /// The folder, relative to the data root.
    pub folder: Arc<str>,
    /// Errors of writing were found in its files: what is shown may be incomplete.
    pub broken: bool,
    /// Keys that the customer's defaults filled, in order of the reference.
    pub filled: Vec<&'static str>,
}

impl std::ops::Deref for Order {
    type Target = OrderFile;
    fn deref(&self) -> &OrderFile {
        &self.file
    }
}

record! {
    /// All `*.toml` files of one order, merged.
    OrderFile ("订单", "order") {
        customer: Option<String>, "客户，customers/ 下的文件名", "customer, the name of a file in customers/";
        po: Option<String>, "客户订单号", "the customer's order number";
        signed: Option<NaiveDate>, "双方签字日", "date on which both sides signed";
        currency: Option<String>, "币种，ISO 4217 代码", "currency, ISO 4217 code";
        incoterm: Option<TermText>, "贸易术语和地点，默认 Incoterms 2020", "trade term and named place, Incoterms 2020 unless a year is written";
        mode: Option<Mode>, "运输方式", "mode of transport";
        from: Option<String>, "装货港或起运地", "port of loading or place of dispatch";
        to: Option<String>, "卸货港或目的地", "port of discharge or destination";
        payment: Option<String>, "付款方式，一行写完", "payment terms in one line";
        ship_by: Option<NaiveDate>, "合同最迟装运日", "latest shipment in the contract";
        partial: Option<Allowed>, "允许分批", "partial shipment allowed";
        transhipment: Option<Allowed>, "允许转运", "transhipment allowed";
        tolerance: Option<Tolerance>, "数量和金额的溢短装", "more or less, quantity and amount";
        merchandiser: Option<String>, "跟单员，people.toml 里的 id", "merchandiser, an id in people.toml";
        clerk: Option<String>, "单证员", "document clerk";
        marks: Lines, "唛头，一行一个", "shipping marks, one line each";
        hedged: Option<String>, "外汇已锁定的说明", "how the currency risk is hedged";
        sample: Option<bool>, "大货前要样品确认", "bulk needs an approved sample";
        onboard_bl: Option<String>, "FCA：买方同意指示承运人签已装船提单的证据", "FCA: evidence that the buyer instructs the carrier to issue an on-board B/L";
        deposit_offset: Option<DepositOffset>, "分批出运时定金怎么抵扣", "how a deposit is set against split shipments";
        rebate: Option<bool>, "要办出口退税", "export VAT refund will be claimed";
        terms: Lines, "每一条口头约定都写下来", "every oral term, in writing";
        cancelled: Option<NaiveDate>, "取消日期", "date of cancellation";
        cancel_reason: Option<String>, "取消原因", "reason of the cancellation";
        cancelled_by: Option<CancelledBy>, "谁取消的", "who cancelled";
        skip: BTreeMap<String, String>, "不适用的阶段和原因", "stages that do not apply, with the reason";
        not_needed: BTreeMap<String, String>, "这一单不需要的单据和原因", "documents this order does not need, with the reason";
        import: Option<Box<Import>>, "进口方和税号", "importer and tax numbers";
        charges: Vec<Charge>, "货款以外的费用；折扣为负", "charges beside the goods; a discount is negative";
        items: Vec<Item>, "货物", "goods";
        review: Option<Box<Review>>, "阶段 2：下单前评审", "stage 2: feasibility before release";
        purchases: Vec<Purchase>, "阶段 2：生产通知或采购单", "stage 2: production notices and purchase orders";
        plan: Option<Box<Dates>>, "计划，签约时填一次", "plan, filled once at signing";
        forecast: Option<Box<Dates>>, "预计，变了改这里", "forecast, later moves go here";
        actual: Option<Box<Dates>>, "实际，没有凭证的节点才写", "actual, only what no record proves";
        progress: Vec<Progress>, "阶段 3：工厂报的进度", "stage 3: what the factory reported";
        issues: Vec<Issue>, "异常", "issues";
        inspections: Vec<Inspection>, "阶段 4：验货", "stage 4: inspections";
        shipments: Vec<Shipment>, "阶段 5 到 7：出运", "stages 5 to 7: shipments";
        amendments: Vec<Amendment>, "签约后的改单", "changes of the contract after signing";
        feedback: Option<Box<Feedback>>, "阶段 10：客户反馈", "stage 10: feedback";
        complaints: Vec<Complaint>, "投诉", "complaints";
        approvals: Vec<Approval>, "有权的人批准的例外", "what somebody with authority allowed";
        waivers: Vec<Waiver>, "豁免一条提醒，写明理由", "accept one finding, visibly";
        received: Vec<Receipt>, "收款", "money received";
        reminders: Vec<Reminder>, "催款记录", "reminders";
        paid: Vec<Payment>, "付给供应商和货代", "paid to suppliers and forwarders";
        credits: Vec<Credit>, "贷项、折扣、核销、退款", "credit notes, discounts, write-offs, refunds";
        filings: Vec<Filing>, "申报记录", "filings with authorities and insurers";
        bills: Vec<Bill>, "应付", "what we owe";
    }
    flatten { docs: Documents; }
}

choice! {
    /// How a deposit is set against split shipments.
    DepositOffset {
        ProRata = "pro-rata", "按比例", "in proportion", ["按比例", "prorata", "pro rata"];
        First = "first", "先抵第一批", "against the first shipment", ["第一批", "首批"];
        Last = "last", "最后一批抵", "against the last shipment", ["最后一批", "末批"];
    }
}

choice! {
    /// Who cancelled.
    CancelledBy {
        Buyer = "buyer", "客户", "buyer", ["客户", "买方", "customer"];
        Seller = "seller", "我们", "seller", ["卖方", "我们", "us"];
        Both = "both", "双方", "both", ["双方"];
    }
}

record! {
    /// An item line.
    Item ("货物", "item") {
        sku: Option<String>, "货号", "stock-keeping unit";
        customer_sku: Option<String>, "客户货号", "the customer's number";
        name: Option<String>, "英文品名，所有单据都用这个写法", "wording on every document";
        name_zh: Option<String>, "中文品名，报关用", "Chinese name, for customs";
        hs: Option<String>, "HS 编码，加引号", "HS code, quoted";
        qty: Option<Decimal>, "数量", "quantity";
        unit: Option<String>, "单位，默认 PCS", "unit, PCS unless written";
        price: Option<Amount>, "单价", "unit price";
        amount: Option<Amount>, "金额；只有导入的值和 数量×单价 不一样时才写", "amount; only where an imported value differs from quantity x price";
        pack: Option<Box<Pack>>, "包装", "packing";
        buy: Option<Box<Buy>>, "采购", "purchase";
        origin: Option<String>, "原产国", "country of origin";
        dg: Option<Box<DangerousGoods>>, "危险品", "dangerous goods";
        controls: Vec<Control>, "监管：ciq 法检，health 动植检和食品，brand 品牌授权", "controls: ciq, health, brand";
        wood: Option<String>, "木包装的 ISPM 15 标记；\"none\" 表示没有木包装", "ISPM 15 mark of wooden packing; \"none\" = no wood";
    }
}

choice! {
    /// What has to be shown for goods before they may leave or be sold.
    Control {
        Ciq = "ciq", "法检", "statutory inspection", ["法检", "商检"];
        Health = "health", "动植物检疫、食品", "food, plant or animal goods", ["动植检", "食品", "卫生"];
        Brand = "brand", "品牌授权", "somebody else's brand", ["品牌", "授权"];
    }
}

record! {
    /// Packing per carton.
    Pack ("包装", "packing") {
        per_carton: Option<Decimal>, "每箱数量", "quantity per carton";
        kind: Option<String>, "包装种类，默认 CT", "kind of package, CT unless written";
        size_cm: Vec<Decimal>, "外箱尺寸 长 宽 高，厘米", "carton size L W H, cm";
        gross_kg: Option<Decimal>, "每箱毛重，公斤", "gross weight per carton, kg";
        net_kg: Option<Decimal>, "每箱净重，公斤", "net weight per carton, kg";
        cbm: Option<Decimal>, "每箱体积，立方米", "volume per carton, m3";
    }
}

record! {
    /// Where and for how much an item is bought.
    Buy ("采购", "purchase of an item") {
        from: Option<String>, "供应商，suppliers/ 下的文件名", "supplier, the name of a file in suppliers/";
        price: Option<Amount>, "采购单价", "purchase price";
        currency: Option<String>, "采购币种", "currency of the purchase";
        vat: Option<String>, "增值税率", "VAT rate";
    }
}

record! {
    /// Dangerous goods data.
    DangerousGoods ("危险品", "dangerous goods") {
        un: Option<String>, "UN 编号", "UN number";
        class: Option<String>, "类别", "class";
        group: Option<String>, "包装类", "packing group";
    }
}

record! {
    /// Importer of record and duty budget.
    Import ("进口方", "import") {
        importer: Option<String>, "进口商", "importer of record";
        eori: Option<String>, "EORI 号", "EORI number";
        ior: Option<String>, "进口商登记号（欧盟以外）", "importer number outside the EU";
        duty_budget: Option<Amount>, "税费预算", "budget for duty and taxes";
        broker: Option<String>, "目的地的清关行或代理", "broker or agent at destination";
    }
}

record! {
    /// A charge beside the goods.
    Charge ("费用", "charge") {
        kind: Option<String>, "freight insurance courier tooling discount …", "freight insurance courier tooling discount …";
        amount: Option<Amount>, "金额", "amount";
        why: Option<String>, "说明", "explanation";
    }
}

record! {
    /// Stage 2: can we do it?
    Review ("评审", "review") {
        by: Option<String>, "评审人", "who reviewed";
        date: Option<NaiveDate>, "评审日", "date";
        capacity: Option<String>, "产能：ok、risk: …、no: …", "capacity: ok, risk: …, no: …";
        materials: Option<String>, "物料", "materials";
        lead_time: Option<String>, "交期", "lead time";
        margin: Option<String>, "毛利", "margin";
        credit: Option<String>, "客户信用", "the customer's credit";
        compliance: Option<String>, "合规", "compliance";
        decision: Option<Decision>, "结论", "decision";
        note: Option<String>, "说明", "note";
    }
}

choice! {
    /// What the review decided.
    Decision {
        Accept = "accept", "接受", "accept", ["接受", "通过", "ok", "accepted"];
        AcceptWithRisk = "accept-with-risk", "有风险接受", "accept with risk", ["有风险接受", "风险接受", "accept with risk"];
        Decline = "decline", "不接", "decline", ["不接", "拒绝", "reject", "declined"];
    }
}

record! {
    /// A production notice or purchase order.
    Purchase ("采购单", "purchase order") {
        number: Option<String>, "单号", "number";
        kind: Option<PurchaseKind>, "种类", "kind";
        to: Option<String>, "给谁，供应商或车间", "to whom: supplier or workshop";
        issued: Option<NaiveDate>, "下达日", "issued";
        due: Option<NaiveDate>, "要求完工日", "due";
        items: Vec<ShippedItem>, "货号和数量，省略表示整单", "items and quantities; absent means the whole order";
        file: Option<String>, "文件", "file";
        sha256: Option<String>, "文件的 sha256", "sha256 of the file";
    }
}

choice! {
    /// Kinds of release.
    PurchaseKind {
        PurchaseOrder = "purchase-order", "采购单", "purchase order", ["采购单", "采购合同", "po"];
        ProductionNotice = "production-notice", "生产通知单", "production notice", ["生产通知", "生产通知单", "生产单"];
    }
}

record! {
    /// What the factory reported.
    Progress ("进度", "progress") {
        date: Option<NaiveDate>, "日期", "date";
        sku: Option<String>, "货号，省略表示整单", "item; absent means the whole order";
        done: Option<Decimal>, "累计完成数量", "quantity finished so far";
        note: Option<String>, "说明", "note";
    }
}

record! {
    /// Something that went wrong on the way.
    Issue ("异常", "issue") {
        opened: Option<NaiveDate>, "发现日", "opened";
        kind: Option<IssueKind>, "种类", "kind";
        what: Option<String>, "什么事", "what";
        owner: Option<String>, "谁负责", "owner";
        action: Option<String>, "怎么处理", "action";
        told: Option<NaiveDate>, "哪天告诉客户的", "customer informed";
        due: Option<NaiveDate>, "要求解决日", "due";
        closed: Option<NaiveDate>, "解决日", "closed";
    }
}

choice! {
    /// Kinds of issues.
    IssueKind {
        Material = "material", "物料", "material", ["物料", "材料", "来料"];
        Process = "process", "工艺", "process", ["工艺", "制程"];
        Capacity = "capacity", "产能", "capacity", ["产能"];
        Quality = "quality", "质量", "quality", ["质量", "品质"];
        Logistics = "logistics", "物流", "logistics", ["物流", "运输", "船期"];
        Document = "document", "单证", "document", ["单证", "单据"];
        Payment = "payment", "付款", "payment", ["付款", "收款"];
    }
}

record! {
    /// An inspection of goods.
    Inspection ("验货", "inspection") {
        date: Option<NaiveDate>, "日期", "date";
        stage: Option<InspectionStage>, "阶段", "stage";
        by: Option<String>, "谁验的", "by whom";
        level: Option<String>, "检验水平，默认 II", "inspection level, II unless written";
        aql: Option<Box<Severities>>, "AQL：critical、major、minor", "AQL: critical, major, minor";
        lot: Option<Decimal>, "批量", "lot size";
        lots: BTreeMap<String, Decimal>, "每个货号的数量", "quantity per item";
        sample: Option<Decimal>, "样本数", "sample size";
        found: Option<Box<Severities>>, "发现的缺陷数", "defects found";
        result: Option<InspectionResult>, "结果", "result";
        corrective: Option<Box<Corrective>>, "整改；closed 缺就是没完", "corrective action, open while `closed` is absent";
        note: Option<String>, "说明", "note";
        file: Option<String>, "报告", "report";
        sha256: Option<String>, "报告的 sha256", "sha256 of the report";
    }
}

choice! {
    /// When in production an inspection takes place.
    InspectionStage {
        PreProduction = "pre-production", "产前", "pre-production", ["产前", "产前检"];
        Inline = "inline", "中期", "inline", ["中期", "中检", "在线", "巡检", "in-line"];
        Final = "final", "终检", "final", ["终检", "尾检", "验货", "尾期", "成品检"];
        Loading = "loading", "监装", "loading", ["监装", "装柜", "监柜"];
    }
}

choice! {
    /// What an inspection concluded.
    InspectionResult {
        Pass = "pass", "通过", "pass", ["通过", "合格", "passed", "ok"];
        Fail = "fail", "不通过", "fail", ["不通过", "不合格", "failed", "ng"];
        Pending = "pending", "待定", "pending", ["待定", "待判"];
    }
}

record! {
    /// Figures per severity of defect.
    Severities ("缺陷等级", "defect classes") {
        critical: Option<Decimal>, "致命", "critical";
        major: Option<Decimal>, "主要", "major";
        minor: Option<Decimal>, "次要", "minor";
    }
}

record! {
    /// Corrective action after a failed inspection.
    Corrective ("整改", "corrective action") {
        cause: Option<String>, "原因", "cause";
        action: Option<String>, "措施", "action";
        owner: Option<String>, "负责人", "owner";
        due: Option<NaiveDate>, "期限", "due";
        closed: Option<NaiveDate>, "完成日", "closed";
    }
}

record! {
    /// One shipment of the order.
    Shipment ("出运", "shipment") {
        id: Option<String>, "批次号", "id";
        forwarder: Option<String>, "货代，forwarders/ 下的文件名", "forwarder, the name of a file in forwarders/";
        booking: Option<String>, "订舱号", "booking number";
        vessel: Option<String>, "船名", "vessel";
        voyage: Option<String>, "航次", "voyage";
        mode: Option<Mode>, "运输方式，省略用订单的", "mode, the order's unless written";
        from: Option<String>, "起运地，省略用订单的", "from, the order's unless written";
        to: Option<String>, "目的地，省略用订单的", "to, the order's unless written";
        cutoffs: Option<Box<Cutoffs>>, "截单、截 VGM、截港", "cut-offs";
        planned: Option<NaiveDate>, "计划装运日", "planned shipment";
        etd: Option<NaiveDate>, "预计开船", "estimated departure";
        eta: Option<NaiveDate>, "预计到港", "estimated arrival";
        containers: Vec<Container>, "柜", "containers";
        items: Vec<ShippedItem>, "这一批的货；第二批起必填", "what this shipment carries; required from the second shipment on";
        last: Option<bool>, "最后一批，之后不再出", "nothing more follows";
        si_sent: Option<DateTime<FixedOffset>>, "补料发出时刻", "shipping instructions sent";
        vgm_sent: Option<DateTime<FixedOffset>>, "VGM 发出时刻", "VGM sent";
        gated_in: Option<DateTime<FixedOffset>>, "进港时刻", "gated in";
        loading: Option<NaiveDate>, "计划装柜日", "planned loading";
        loaded: Option<NaiveDate>, "实际装柜日", "actual loading";
        arrived: Option<NaiveDate>, "到港日", "arrived";
        delivered: Option<NaiveDate>, "交货日", "delivered";
        free_days: Option<u32>, "目的港免箱期，天", "free days at destination";
        released: Option<NaiveDate>, "目的港放货日", "goods handed out at destination";
        rolled: Vec<Rolled>, "甩柜", "roll-overs";
        note: Option<String>, "说明", "note";
    }
}

record! {
    /// Cut-offs of a sailing, each with the port's offset.
    Cutoffs ("截止时间", "cut-offs") {
        si: Option<DateTime<FixedOffset>>, "截单（补料）", "shipping instructions";
        vgm: Option<DateTime<FixedOffset>>, "截 VGM", "VGM";
        cy: Option<DateTime<FixedOffset>>, "截港（截重柜）", "container yard";
        customs: Option<DateTime<FixedOffset>>, "截关", "customs release";
        dg: Option<DateTime<FixedOffset>>, "危险品截单", "dangerous goods";
    }
}

record! {
    /// A container.
    Container ("柜", "container") {
        number: Option<String>, "柜号", "number";
        r#type: Option<String>, "柜型：20GP 40GP 40HQ …", "type: 20GP 40GP 40HQ …";
        seal: Option<String>, "封号", "seal";
        packages: Option<Decimal>, "件数", "packages";
        gross_kg: Option<Decimal>, "毛重，公斤", "gross weight, kg";
        cbm: Option<Decimal>, "体积，立方米", "volume, m3";
        tare_kg: Option<Decimal>, "皮重，公斤", "tare, kg";
        payload_kg: Option<Decimal>, "铭牌最大载重，公斤", "payload on the plate, kg";
        vgm_kg: Option<Decimal>, "VGM，公斤", "verified gross mass, kg";
    }
}

record! {
    /// A quantity of an item.
    ShippedItem ("货号和数量", "item and quantity") {
        sku: Option<String>, "货号", "stock-keeping unit";
        name: Option<String>, "品名，没有货号时用", "name, where there is no sku";
        qty: Option<Decimal>, "数量", "quantity";
    }
}

record! {
    /// A sailing that was missed.
    Rolled ("甩柜", "roll-over") {
        from: Option<NaiveDate>, "原船期", "from";
        to: Option<NaiveDate>, "新船期", "to";
        why: Option<String>, "原因", "why";
    }
}

record! {
    /// A change of the contract after signing; the order carries the new terms, the old values stand here.
    Amendment ("改单", "amendment") {
        date: Option<NaiveDate>, "日期", "date";
        what: Option<String>, "改了什么", "what";
        agreed_by: Option<String>, "谁同意的", "agreed by";
        was: Option<Box<Was>>, "原来的值", "the old values";
    }
}

record! {
    /// Old values of contract terms.
    Was ("原值", "old values") {
        ship_by: Option<NaiveDate>, "原最迟装运日", "old latest shipment";
        payment: Option<String>, "原付款方式", "old payment terms";
        incoterm: Option<String>, "原贸易术语", "old trade term";
        currency: Option<String>, "原币种", "old currency";
        from: Option<String>, "原起运地", "old place of loading";
        to: Option<String>, "原目的地", "old destination";
        qty: BTreeMap<String, Decimal>, "原数量，按货号", "old quantity per item";
        price: BTreeMap<String, Amount>, "原单价，按货号", "old price per item";
        tolerance: Option<Tolerance>, "原溢短装", "old tolerance";
        partial: Option<Allowed>, "原分批", "old partial shipment";
    }
}

record! {
    /// Stage 10.
    Feedback ("反馈", "feedback") {
        asked: Option<NaiveDate>, "询问日", "asked";
        score: Option<Decimal>, "评分 1 到 5", "score, 1 to 5";
        text: Option<String>, "客户怎么说", "what the customer said";
    }
}

record! {
    /// A complaint. Claimed less accepted is the disputed part while `closed` is absent.
    Complaint ("投诉", "complaint") {
        number: Option<String>, "编号", "number";
        opened: Option<NaiveDate>, "提出日", "opened";
        kind: Option<ComplaintKind>, "种类", "kind";
        what: Option<String>, "什么问题", "what";
        lines: Vec<ComplaintLine>, "货号、数量、每件索赔", "item, quantity, claim each";
        claimed: Option<Amount>, "索赔额", "claimed";
        accepted: Option<Amount>, "认可额", "accepted";
        decision: Option<String>, "决定", "decision";
        settled: Option<String>, "怎么解决的", "how it was settled";
        corrective: Option<String>, "整改", "corrective action";
        recovered: Option<Box<Recovered>>, "工厂承担", "recovered from the supplier";
        owner: Option<String>, "负责人", "owner";
        due: Option<NaiveDate>, "期限", "due";
        closed: Option<NaiveDate>, "结案日", "closed";
    }
}

choice! {
    /// Kinds of complaints.
    ComplaintKind {
        Quality = "quality", "质量", "quality", ["质量", "品质"];
        Shortage = "shortage", "短装", "shortage", ["短装", "少货", "短少"];
        Late = "late", "延期", "late", ["延期", "迟交", "交期"];
        Wrong = "wrong", "错货", "wrong goods", ["错货", "发错"];
        Packing = "packing", "包装", "packing", ["包装"];
        Damage = "damage", "破损", "damage", ["破损", "货损"];
        Logistics = "logistics", "物流", "logistics", ["物流"];
        Document = "document", "单证", "document", ["单证", "单据"];
    }
}

record! {
    /// One line of a claim.
    ComplaintLine ("索赔明细", "claim line") {
        sku: Option<String>, "货号", "item";
        qty: Option<Decimal>, "数量", "quantity";
        each: Option<Amount>, "每件索赔额", "claimed each";
    }
}

record! {
    /// What the supplier bears.
    Recovered ("工厂承担", "recovery") {
        from: Option<String>, "供应商", "supplier";
        amount: Option<Amount>, "金额", "amount";
    }
}

record! {
    /// What somebody with authority allowed.
    Approval ("批准", "approval") {
        kind: Option<ApprovalKind>, "批准什么", "what is allowed";
        date: Option<NaiveDate>, "日期", "date";
        by: Option<String>, "批准人", "by";
        amount: Option<Amount>, "额度", "amount";
        why: Option<String>, "理由", "why";
    }
}

choice! {
    /// Kinds of approvals.
    ApprovalKind {
        Credit = "credit", "赊销额度", "open credit", ["赊销", "额度", "信用额度"];
        NoDeposit = "no-deposit", "没收定金先投产", "production without the deposit", ["没收定金", "无定金"];
        ShipUnpaid = "ship-unpaid", "没收款先装运", "shipment before payment", ["没收款先装"];
        ReleaseUnpaid = "release-unpaid", "没收款先放单", "documents before payment", ["没收款先放单"];
        ShipUninspected = "ship-uninspected", "没验货先装运", "shipment before inspection", ["没验货先装"];
        Discrepancies = "discrepancies", "带不符点交单", "presentation with discrepancies", ["不符点"];
    }
}

record! {
    /// An accepted finding.
    Waiver ("豁免", "waiver") {
        rule: Option<String>, "规则名", "name of the rule";
        at: Option<String>, "位置，例如 bl.gross_kg；省略表示整单", "place, like bl.gross_kg; absent means the whole order";
        why: Option<String>, "理由", "why";
        by: Option<String>, "谁接受的", "by";
        until: Option<Until>, "到哪天，或 \"archived\"", "until which day, or \"archived\"";
    }
}

/// The end of a waiver.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Until {
    /// Last day on which it holds.
    Date(NaiveDate),
    /// As long as the order is not archived, and after.
    Archived,
}

impl crate::load::decode::Field for Until {
    fn decode(value: &crate::load::decode::Value<'_>, cx: &mut crate::load::decode::Cx<'_>) -> Option<Self> {
        if value.get_ref().as_str() == Some("archived") {
            return Some(Self::Archived);
        }
        NaiveDate::decode(value, cx).map(Self::Date)
    }
    fn shape() -> crate::load::shape::Shape {
        use crate::load::shape::Shape;
        Shape::Either(vec![Shape::Date, Shape::Text])
    }
}

impl OrderFile {
    /// The reason why a stage does not apply to this order.
    #[must_use]
    pub fn skipped(&self, stage: StageKey) -> Option<&str> {
        self.skip.get(stage.code()).map(String::as_str)
    }
}
