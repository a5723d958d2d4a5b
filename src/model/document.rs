//! Documents as printed: one record per kind of paper, each with the fields that any paper may carry.
//!
//! A field that is not on the paper is absent, so that *not printed* and *conflicting* stay apart.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::load::fields::{Allowed, Lines, Originals, TermText};
use crate::model::order::Container;
use crate::model::value::{Amount, Percent, Tolerance};
use crate::{choice, record};

record! {
    /// Every document of an order.
    Documents ("单据", "documents") {
        lc: Vec<LetterOfCredit>, "信用证", "letter of credit";
        contract: Vec<Contract>, "合同", "contract";
        proforma: Vec<Contract>, "形式发票", "proforma invoice";
        invoice: Vec<Invoice>, "商业发票", "commercial invoice";
        packing: Vec<PackingList>, "装箱单", "packing list";
        bl: Vec<BillOfLading>, "提单", "bill of lading";
        awb: Vec<AirWaybill>, "空运单", "air waybill";
        waybill: Vec<Waybill>, "铁路或公路运单", "rail or road waybill";
        courier: Vec<CourierReceipt>, "快递单", "courier receipt";
        insurance: Vec<Insurance>, "保险单", "insurance document";
        origin: Vec<OriginCertificate>, "产地证", "certificate of origin";
        customs: Vec<Declaration>, "报关单", "export declaration";
        certificate: Vec<Certificate>, "其他证明", "other certificates";
        draft: Vec<Draft>, "汇票", "bill of exchange";
        collection: Vec<Collection>, "托收", "collection";
        presentation: Vec<Presentation>, "交单", "presentation";
        papers: Vec<Paper>, "其他凭证", "evidence without a table of its own";
    }
}

record! {
    /// What any paper may carry.
    Printed ("单据共有", "common to papers") {
        id: Option<String>, "登记用的编号，省略用 number", "our id; `number` where absent";
        number: Option<String>, "单据号", "number";
        date: Option<NaiveDate>, "单据日期", "date";
        shipment: Option<String>, "属于哪一批", "which shipment it belongs to";
        issuer: Option<String>, "出具人", "issuer";
        signed: Option<bool>, "已签字", "signed";
        originals: Option<u32>, "正本份数", "originals issued";
        copies: Option<u32>, "副本份数", "copies";
        issued: Option<NaiveDate>, "签发日", "issued";
        sent: Option<NaiveDate>, "寄出日", "sent";
        drafted: Option<NaiveDate>, "草稿日", "drafted";
        checked: Option<NaiveDate>, "核对日", "checked";
        replaced_by: Option<String>, "被哪一份替换", "replaced by";
        corrections: Vec<Correction>, "单据上的更正", "corrections on the paper";
        file: Option<String>, "文件", "file";
        sha256: Option<String>, "文件的 sha256", "sha256 of the file";
        lc: Option<String>, "单据上印的信用证号", "credit number as printed";
        po: Option<String>, "单据上印的客户订单号", "purchase order as printed";
        contract: Option<String>, "单据上印的合同号", "contract as printed";
        invoice: Option<String>, "单据上印的发票号", "invoice as printed";
        invoice_date: Option<NaiveDate>, "单据上印的发票日期", "invoice date as printed";
        goods: Option<String>, "货描", "description of goods";
        marks: Lines, "唛头", "marks";
        from: Option<String>, "起运地", "from";
        to: Option<String>, "目的地", "to";
        vessel: Option<String>, "船名", "vessel";
        voyage: Option<String>, "航次", "voyage";
        exporter: Option<String>, "出口商", "exporter";
        packages: Option<Decimal>, "件数", "packages";
        package_kind: Option<String>, "包装种类", "kind of packages";
        gross_kg: Option<Decimal>, "毛重，公斤", "gross weight, kg";
        net_kg: Option<Decimal>, "净重，公斤", "net weight, kg";
        cbm: Option<Decimal>, "体积，立方米", "volume, m3";
        qty: Option<Decimal>, "数量", "quantity";
        unit: Option<String>, "单位", "unit";
        note: Option<String>, "我们的说明（不在单据上）", "our note, not on the paper";
    }
}

impl Printed {
    /// Drafted but neither dated nor issued: its conflicts are risks, not yet document errors.
    #[must_use]
    pub fn is_draft(&self) -> bool {
        self.drafted.is_some() && self.date.is_none() && self.issued.is_none()
    }

    /// Replaced documents are history: shown, not compared.
    #[must_use]
    pub fn is_current(&self) -> bool {
        self.replaced_by.is_none()
    }

    /// The name other records refer to: `id`, else `number`.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        self.id.as_deref().or(self.number.as_deref())
    }

    /// The paper's own date: `date`, else `issued`.
    #[must_use]
    pub fn day(&self) -> Option<NaiveDate> {
        self.date.or(self.issued)
    }
}

record! {
    /// A visible correction.
    Correction ("更正", "correction") {
        what: Option<String>, "改了什么", "what";
        authenticated: Option<bool>, "有更正章和小签", "authenticated";
    }
}

record! {
    /// A line of goods on a paper.
    Line ("明细", "line") {
        sku: Option<String>, "货号", "item";
        name: Option<String>, "品名", "name";
        qty: Option<Decimal>, "数量", "quantity";
        unit: Option<String>, "单位", "unit";
        price: Option<Amount>, "单价", "unit price";
        amount: Option<Amount>, "金额", "amount";
    }
}

record! {
    /// Letter of credit, with the MT700 field of each term.
    LetterOfCredit ("信用证", "letter of credit") {
        form: Option<String>, "40A 形式", "40A form";
        rules: Option<String>, "40E 适用规则", "40E applicable rules";
        expiry: Option<NaiveDate>, "31D 有效期", "31D date of expiry";
        expiry_place: Option<String>, "31D 有效地", "31D place of expiry";
        applicant: Option<String>, "50 申请人", "50 applicant";
        applicant_address: Lines, "50 申请人地址", "50 address of the applicant";
        beneficiary: Option<String>, "59 受益人", "59 beneficiary";
        advising: Option<String>, "通知行", "advising bank";
        issuer_place: Option<String>, "开证行所在地", "place of the issuing bank";
        payable_at: Option<String>, "付款地", "place of payment";
        currency: Option<String>, "32B 币种", "32B currency";
        amount: Option<Amount>, "32B 金额", "32B amount";
        tolerance: Option<Tolerance>, "39A 金额浮动", "39A tolerance of the amount";
        extra: Vec<Extra>, "39C 附加金额", "39C additional amounts";
        available_with: Option<String>, "41a 兑用银行和方式", "41a available with … by …";
        drafts: Option<String>, "42C 汇票期限", "42C drafts at";
        drawee: Option<String>, "42a 受票人", "42a drawee";
        partial: Option<Allowed>, "43P 分批", "43P partial shipments";
        transhipment: Option<Allowed>, "43T 转运", "43T transhipment";
        receipt: Option<String>, "44A 接管地", "44A place of receipt";
        delivery: Option<String>, "44B 最终目的地", "44B final destination";
        latest_shipment: Option<NaiveDate>, "44C 最迟装运日", "44C latest shipment";
        shipment_period: Vec<Period>, "44D 装运期", "44D shipment period";
        items: Vec<CreditItem>, "45A 货物明细", "45A lines of goods";
        documents: Vec<Required>, "46A 所需单据", "46A documents required";
        conditions: Lines, "47A 附加条款", "47A additional conditions";
        charges: Option<String>, "71D 费用", "71D charges";
        present_within: Option<u32>, "48 交单期，天", "48 period for presentation, days";
        confirmation: Option<String>, "49 保兑", "49 confirmation";
        received: Option<NaiveDate>, "收到日", "received";
        effective: Option<NaiveDate>, "生效日", "effective";
        original_held: Option<bool>, "正本在我们手里", "original held";
        term: Option<TermText>, "45A 里的贸易术语", "trade term in 45A";
        amendments: Vec<CreditAmendment>, "修改", "amendments";
    }
    flatten { paper: Printed; }
}

record! {
    /// 39C: an amount beyond 32B.
    Extra ("附加金额", "additional amount") {
        text: Option<String>, "文字", "text";
        amount: Option<Amount>, "金额", "amount";
    }
}

record! {
    /// 44D: a shipment period, an instalment, or "on or about".
    Period ("装运期", "shipment period") {
        from: Option<NaiveDate>, "从", "from";
        to: Option<NaiveDate>, "到", "to";
        about: Option<NaiveDate>, "on or about", "on or about";
        qty: Option<Decimal>, "数量", "quantity";
        amount: Option<Amount>, "金额", "amount";
    }
}

record! {
    /// A line of goods in 45A.
    CreditItem ("45A 明细", "45A line") {
        name: Option<String>, "品名", "name";
        qty: Option<Decimal>, "数量", "quantity";
        unit: Option<String>, "单位", "unit";
        price: Option<Amount>, "单价", "unit price";
        tolerance: Option<Tolerance>, "数量溢短；about 写 \"10%\"", "tolerance of the quantity; \"about\" is \"10%\"";
        price_tolerance: Option<Tolerance>, "单价浮动", "tolerance of the price";
        max: Option<bool>, "不得超过", "maximum, not exceeding";
    }
}

record! {
    /// A document that 46A requires.
    Required ("46A 单据", "46A document") {
        kind: Option<String>, "种类：invoice packing bl insurance origin certificate draft …", "kind: invoice packing bl insurance origin certificate draft …";
        originals: Option<Originals>, "正本份数，或 \"full\"", "originals, or \"full\"";
        copies: Option<u32>, "副本份数", "copies";
        issuer: Option<String>, "由谁出具", "issuer";
        consignee: Option<String>, "收货人", "consignee";
        endorsed: Option<String>, "背书", "endorsed";
        notify: Option<String>, "通知人", "notify party";
        freight: Option<Freight>, "运费", "freight";
        percent: Option<Percent>, "保险加成", "insured percentage";
        risks: Lines, "险别", "risks";
        signed: Option<bool>, "要签字", "signed";
        text: Option<String>, "46A 原文", "text of 46A";
    }
}

record! {
    /// An amendment of the credit. What counts is the credit formed by the accepted ones, in order.
    CreditAmendment ("信用证修改", "amendment of the credit") {
        number: Option<String>, "26E 次数", "26E number";
        date: Option<NaiveDate>, "修改日期", "date";
        received: Option<NaiveDate>, "收到日", "received";
        accepted: Option<NaiveDate>, "接受日", "accepted";
        rejected: Option<NaiveDate>, "拒绝日", "rejected";
        text: Option<String>, "原文", "text";
        set: Option<Box<LetterOfCreditTerms>>, "改成", "the changed terms";
        add: Option<Box<LetterOfCreditTerms>>, "增加的货物、单据、条款", "goods, documents, conditions added";
        remove: Option<Box<LetterOfCreditTerms>>, "删去的货物、单据、条款", "goods, documents, conditions removed";
        file: Option<String>, "文件", "file";
        sha256: Option<String>, "sha256", "sha256";
    }
}

record! {
    /// Terms that an amendment may change, under the credit's own keys.
    LetterOfCreditTerms ("信用证条款", "terms of the credit") {
        expiry: Option<NaiveDate>, "31D 有效期", "31D date of expiry";
        expiry_place: Option<String>, "31D 有效地", "31D place of expiry";
        applicant: Option<String>, "50 申请人", "50 applicant";
        beneficiary: Option<String>, "59 受益人", "59 beneficiary";
        currency: Option<String>, "32B 币种", "32B currency";
        amount: Option<Amount>, "32B 金额（改后的总额）", "32B amount, the new total";
        tolerance: Option<Tolerance>, "39A", "39A";
        extra: Vec<Extra>, "39C", "39C";
        available_with: Option<String>, "41a", "41a";
        drafts: Option<String>, "42C", "42C";
        drawee: Option<String>, "42a", "42a";
        partial: Option<Allowed>, "43P", "43P";
        transhipment: Option<Allowed>, "43T", "43T";
        receipt: Option<String>, "44A", "44A";
        from: Option<String>, "44E 装货港", "44E port of loading";
        to: Option<String>, "44F 卸货港", "44F port of discharge";
        delivery: Option<String>, "44B", "44B";
        latest_shipment: Option<NaiveDate>, "44C 最迟装运日", "44C latest shipment";
        shipment_period: Vec<Period>, "44D", "44D";
        goods: Option<String>, "45A", "45A";
        items: Vec<CreditItem>, "45A 明细", "45A lines";
        documents: Vec<Required>, "46A", "46A";
        conditions: Lines, "47A", "47A";
        charges: Option<String>, "71D", "71D";
        present_within: Option<u32>, "48 交单期，天", "48 period for presentation, days";
        confirmation: Option<String>, "49", "49";
    }
}

record! {
    /// Contract, or proforma invoice.
    Contract ("合同或形式发票", "contract or proforma") {
        revision: Option<u32>, "版本", "revision";
        signed_by_buyer: Option<NaiveDate>, "客户签回日", "signed by the buyer";
        valid_until: Option<NaiveDate>, "报价有效期", "valid until";
        buyer: Option<String>, "买方", "buyer";
        seller: Option<String>, "卖方", "seller";
        term: Option<TermText>, "价格条款", "trade term as printed";
        currency: Option<String>, "币种", "currency";
        total: Option<Amount>, "总额", "total";
        payment: Option<String>, "付款方式，照印的", "payment terms as printed";
        bank: Option<Box<Bank>>, "收款银行", "bank details";
        lines: Vec<Line>, "明细", "lines";
    }
    flatten { paper: Printed; }
}

record! {
    /// Bank details as printed.
    Bank ("银行", "bank") {
        name: Option<String>, "开户行", "bank";
        address: Lines, "地址", "address";
        bic: Option<String>, "SWIFT/BIC", "BIC";
        account: Option<String>, "账号", "account";
        iban: Option<String>, "IBAN", "IBAN";
        holder: Option<String>, "户名", "account holder";
    }
}

record! {
    /// Commercial invoice.
    Invoice ("商业发票", "commercial invoice") {
        buyer: Option<String>, "抬头", "made out to";
        seller: Option<String>, "出票人", "seller";
        term: Option<TermText>, "价格条款", "trade term as printed";
        currency: Option<String>, "币种", "currency";
        total: Option<Amount>, "总额", "total";
        total_net: Option<Amount>, "扣减后应付", "net of deductions";
        deductions: Vec<Deduction>, "扣减：预付款、折扣、佣金", "deductions: advance, discount, commission";
        charges: Vec<Deduction>, "发票上另加的费用", "charges added on the invoice";
        words: Option<String>, "大写金额", "amount in words";
        lines: Vec<Line>, "明细", "lines";
    }
    flatten { paper: Printed; }
}

record! {
    /// A deduction or charge on an invoice.
    Deduction ("扣减或费用", "deduction or charge") {
        kind: Option<String>, "种类", "kind";
        amount: Option<Amount>, "金额", "amount";
        text: Option<String>, "文字", "text";
    }
}

record! {
    /// Packing list.
    PackingList ("装箱单", "packing list") {
        country: Option<String>, "原产国", "country of origin";
        transport: Option<String>, "运输路线", "transport";
        lines: Vec<PackingLine>, "明细", "lines";
        containers: Vec<Container>, "柜", "containers";
    }
    flatten { paper: Printed; }
}

record! {
    /// A row of a packing list.
    PackingLine ("装箱明细", "packing row") {
        cartons: Option<String>, "箱号，例如 \"1-200\"", "carton numbers, like \"1-200\"";
        sku: Option<String>, "货号", "item";
        name: Option<String>, "品名", "name";
        per_carton: Option<Decimal>, "每箱数量", "quantity per carton";
        qty: Option<Decimal>, "数量", "quantity";
        packages: Option<Decimal>, "件数", "packages";
        gross_kg: Option<Decimal>, "毛重，公斤", "gross weight, kg";
        net_kg: Option<Decimal>, "净重，公斤", "net weight, kg";
        cbm: Option<Decimal>, "体积，立方米", "volume, m3";
        container: Option<String>, "柜号", "container";
    }
}

choice! {
    /// Freight as marked on a transport document.
    Freight {
        Prepaid = "prepaid", "预付", "prepaid", ["预付", "freight prepaid", "PREPAID", "PP"];
        Collect = "collect", "到付", "collect", ["到付", "freight collect", "COLLECT", "CC"];
    }
}

record! {
    /// Bill of lading, sea waybill, multimodal document.
    BillOfLading ("提单", "bill of lading") {
        kind: Option<BlKind>, "种类", "kind";
        medium: Option<Medium>, "纸质或电子", "paper or electronic";
        shipper: Option<String>, "托运人", "shipper";
        consignee: Option<String>, "收货人，照印的", "consignee as printed";
        notify: Lines, "通知人", "notify parties";
        carrier: Option<String>, "承运人", "carrier";
        signed_as: Option<SignedAs>, "以什么身份签的", "signed as";
        agent: Option<String>, "代理人", "agent";
        form: Option<BlForm>, "已装船或备运", "shipped or received form";
        on_board: Option<NaiveDate>, "已装船日期", "on-board date";
        on_board_vessel: Option<String>, "装船批注的船名", "vessel in the notation";
        on_board_port: Option<String>, "装船批注的港口", "port in the notation";
        intended: Option<bool>, "船名带 intended 字样", "\"intended\" stands at the vessel";
        pre_carriage: Option<String>, "前程运输工具", "pre-carriage by";
        place: Option<String>, "签发地", "place of issue";
        receipt: Option<String>, "收货地", "place of receipt";
        delivery: Option<String>, "交货地", "place of delivery";
        freight: Option<Freight>, "运费", "freight";
        clauses: Lines, "批注", "clauses";
        containers: Vec<Container>, "柜", "containers";
        release: Option<Release>, "放货方式", "release";
        endorsed: Option<String>, "背书：blank none \"to X\"", "endorsed: blank none \"to X\"";
    }
    flatten { paper: Printed; }
}

choice! {
    /// Kinds of marine transport documents.
    BlKind {
        Master = "master", "船东单", "master", ["船东单", "MBL"];
        House = "house", "货代单", "house", ["货代单", "HBL"];
        SeaWaybill = "sea-waybill", "海运单", "sea waybill", ["海运单", "SWB"];
        Multimodal = "multimodal", "多式联运单", "multimodal", ["多式联运", "combined"];
        CharterParty = "charter-party", "租船提单", "charter party", ["租船提单", "租约提单"];
    }
}

choice! {
    /// Paper or electronic.
    Medium {
        Paper = "paper", "纸质", "paper", ["纸质", "纸"];
        Electronic = "electronic", "电子", "electronic", ["电子", "ebl", "e-B/L"];
    }
}

choice! {
    /// In what capacity a transport document is signed.
    SignedAs {
        Carrier = "carrier", "承运人", "carrier", ["承运人"];
        Master = "master", "船长", "master", ["船长"];
        AgentForCarrier = "agent-for-carrier", "承运人的代理", "agent for the carrier", ["承运人代理", "代理"];
        AgentForMaster = "agent-for-master", "船长的代理", "agent for the master", ["船长代理"];
        Unstated = "unstated", "没写身份", "unstated", ["没写", "无"];
    }
}

choice! {
    /// Pre-printed wording of a bill of lading.
    BlForm {
        Shipped = "shipped", "已装船", "shipped", ["已装船", "shipped on board"];
        Received = "received", "收妥备运", "received for shipment", ["备运", "收妥备运", "received for shipment"];
    }
}

choice! {
    /// How goods are handed out at destination.
    Release {
        Original = "original", "正本", "original", ["正本"];
        Telex = "telex", "电放", "telex release", ["电放"];
        Express = "express", "快速放货", "express", ["快速放货", "express release"];
        Surrendered = "surrendered", "交回放货", "surrendered", ["交回", "surrender"];
    }
}

record! {
    /// Air waybill.
    AirWaybill ("空运单", "air waybill") {
        kind: Option<AwbKind>, "主单或分单", "master or house";
        shipper: Option<String>, "托运人", "shipper";
        consignee: Option<String>, "收货人", "consignee";
        notify: Lines, "通知人", "notify parties";
        carrier: Option<String>, "承运人", "carrier";
        signed_as: Option<SignedAs>, "以什么身份签的", "signed as";
        agent: Option<String>, "代理人", "agent";
        dispatched: Option<NaiveDate>, "实际发运批注", "notation of actual dispatch";
        flight: Option<String>, "航班（不作准）", "flight, which never counts";
        flight_date: Option<NaiveDate>, "航班日期（不作准）", "flight date, which never counts";
        chargeable_kg: Option<Decimal>, "计费重量，公斤", "chargeable weight, kg";
        freight: Option<Freight>, "运费", "freight";
    }
    flatten { paper: Printed; }
}

choice! {
    /// Kinds of air waybills.
    AwbKind {
        Master = "master", "主单", "master", ["主单", "MAWB"];
        House = "house", "分单", "house", ["分单", "HAWB"];
    }
}

record! {
    /// Rail or road waybill.
    Waybill ("铁路或公路运单", "rail or road waybill") {
        kind: Option<WaybillKind>, "种类", "kind";
        stamped: Option<NaiveDate>, "收货章日期，即装运日", "date of the stamp of receipt: the shipment date";
        shipper: Option<String>, "发货人", "shipper";
        consignee: Option<String>, "收货人", "consignee";
        carrier: Option<String>, "承运人", "carrier";
        wagon: Option<String>, "车号", "wagon";
        freight: Option<Freight>, "运费", "freight";
        containers: Vec<Container>, "柜", "containers";
    }
    flatten { paper: Printed; }
}

choice! {
    /// Kinds of waybills.
    WaybillKind {
        Cim = "cim", "CIM", "CIM", ["CIM"];
        Smgs = "smgs", "国际货协 SMGS", "SMGS", ["SMGS", "国际货协"];
        Cmr = "cmr", "CMR", "CMR", ["CMR"];
    }
}

record! {
    /// Courier receipt.
    CourierReceipt ("快递单", "courier receipt") {
        carrier: Option<String>, "快递公司", "courier";
        pickup: Option<NaiveDate>, "取件日，即装运日", "pick-up: the shipment date";
        weight_kg: Option<Decimal>, "重量，公斤", "weight, kg";
        chargeable_kg: Option<Decimal>, "计费重量，公斤", "chargeable weight, kg";
    }
    flatten { paper: Printed; }
}

record! {
    /// Insurance policy or certificate.
    Insurance ("保险单", "insurance document") {
        kind: Option<InsuranceKind>, "种类", "kind";
        policy: Option<String>, "保单号", "policy";
        insured: Option<String>, "被保险人", "insured";
        amount: Option<Amount>, "保额", "sum insured";
        percent: Option<Percent>, "加成", "percentage";
        currency: Option<String>, "币种", "currency";
        risks: Lines, "险别", "risks";
        effective: Option<NaiveDate>, "生效日", "cover effective from";
        claims_payable: Option<String>, "赔付地", "claims payable at";
        endorsed: Option<String>, "背书", "endorsed";
        signed_as: Option<String>, "以什么身份签的", "signed as";
        endorsements: Vec<Endorsement>, "后来的批单", "later endorsements";
    }
    flatten { paper: Printed; }
}

choice! {
    /// Kinds of insurance documents.
    InsuranceKind {
        Policy = "policy", "保险单", "policy", ["保险单", "保单"];
        Certificate = "certificate", "保险凭证", "certificate", ["保险凭证", "凭证"];
        Declaration = "declaration", "声明", "declaration", ["声明", "预约保险声明"];
        CoverNote = "cover-note", "暂保单", "cover note", ["暂保单", "投保单"];
    }
}

record! {
    /// An endorsement of an insurance document, issued later.
    Endorsement ("批单", "endorsement") {
        date: Option<NaiveDate>, "日期", "date";
        effective: Option<NaiveDate>, "生效日", "effective";
        text: Option<String>, "文字", "text";
    }
}

record! {
    /// Certificate of origin.
    OriginCertificate ("产地证", "certificate of origin") {
        kind: Option<String>, "种类：general form-e rcep form-a …", "kind: general form-e rcep form-a …";
        consignee: Option<String>, "收货人", "consignee";
        hs: Option<String>, "HS 编码", "HS code";
        criterion: Option<String>, "原产标准", "origin criterion";
        country: Option<String>, "原产国", "country";
        transport: Option<String>, "运输路线", "transport";
        producer: Option<String>, "生产商", "producer";
    }
    flatten { paper: Printed; }
}

record! {
    /// Export customs declaration.
    Declaration ("报关单", "export declaration") {
        mode: Option<String>, "监管方式 0110 3010 …", "customs regime 0110 3010 …";
        deal_mode: Option<DealMode>, "成交方式", "deal mode";
        released: Option<NaiveDate>, "放行日", "released";
        total: Option<Amount>, "总额", "total";
        currency: Option<String>, "币种", "currency";
        freight: Option<Amount>, "运费", "freight";
        insurance: Option<Amount>, "保费", "insurance";
        bl: Option<String>, "提运单号", "transport document";
        agent: Option<String>, "代理出口方的信用代码", "USCC of the export agent";
        uscc: Option<String>, "境内发货人信用代码", "USCC of the exporter";
        containers: Vec<Container>, "柜", "containers";
        items: Vec<DeclarationItem>, "商品", "items";
    }
    flatten { paper: Printed; }
}

choice! {
    /// How the declared value is to be read.
    DealMode {
        Cif = "CIF", "CIF", "CIF", ["1"];
        Cf = "C&F", "C&F", "C&F", ["2", "CFR", "CNF"];
        Fob = "FOB", "FOB", "FOB", ["3"];
        Ci = "C&I", "C&I", "C&I", ["4"];
        Exw = "EXW", "EXW", "EXW", ["7"];
    }
}

record! {
    /// An item of the declaration.
    DeclarationItem ("报关商品", "declared item") {
        hs: Option<String>, "商品编号，10 或 13 位", "HS code, 10 or 13 digits";
        name_zh: Option<String>, "品名", "name";
        qty: Option<Decimal>, "数量", "quantity";
        unit: Option<String>, "单位", "unit";
        price: Option<Amount>, "单价", "unit price";
        total: Option<Amount>, "总价", "total";
    }
}

record! {
    /// Any other certificate.
    Certificate ("证明", "certificate") {
        kind: Option<String>, "种类：inspection beneficiary fumigation health …", "kind: inspection beneficiary fumigation health …";
        title: Option<String>, "名称", "title";
        text: Option<String>, "正文", "text";
        inspected: Option<NaiveDate>, "正文里说的检验日", "date of the event that the text states";
    }
    flatten { paper: Printed; }
}

record! {
    /// Bill of exchange.
    Draft ("汇票", "bill of exchange") {
        amount: Option<Amount>, "金额", "amount";
        currency: Option<String>, "币种", "currency";
        words: Option<String>, "大写金额", "amount in words";
        tenor: Option<String>, "期限", "tenor";
        drawer: Option<String>, "出票人", "drawer";
        drawee: Option<String>, "受票人", "drawee";
        drawn_under: Option<String>, "凭哪一份信用证", "drawn under";
        payee: Option<String>, "收款人", "payee";
        place: Option<String>, "出票地", "place";
    }
    flatten { paper: Printed; }
}

record! {
    /// A collection (D/P, D/A).
    Collection ("托收", "collection") {
        kind: Option<CollectionKind>, "种类", "kind";
        bank: Option<String>, "代收行", "collecting bank";
        place: Option<String>, "代收行所在地", "place of the collecting bank";
        release: Option<String>, "放单条件", "release against";
        amount: Option<Amount>, "金额", "amount";
        presented: Option<NaiveDate>, "提示日", "presented";
        at_bank: Option<NaiveDate>, "到代收行日", "at the collecting bank";
        accepted: Option<NaiveDate>, "承兑日", "accepted";
        maturity: Option<NaiveDate>, "到期日", "maturity";
        paid: Option<NaiveDate>, "付款日", "paid";
        documents_released: Option<NaiveDate>, "放单日", "documents released";
    }
    flatten { paper: Printed; }
}

choice! {
    /// Kinds of collections.
    CollectionKind {
        Dp = "dp", "付款交单", "documents against payment", ["D/P", "DP", "付款交单"];
        DpUsance = "dp-usance", "远期付款交单", "documents against payment, usance", ["远期D/P"];
        Da = "da", "承兑交单", "documents against acceptance", ["D/A", "DA", "承兑交单"];
    }
}

record! {
    /// What was handed to whom.
    Presentation ("交单", "presentation") {
        id: Option<String>, "编号", "id";
        again: Option<String>, "重交的是哪一次", "the presentation it cures";
        shipment: Option<String>, "哪一批", "which shipment";
        lc: Option<String>, "哪一份信用证", "which credit";
        date: Option<NaiveDate>, "交单日", "date";
        to: Option<String>, "交给谁：buyer bank carrier", "to whom: buyer bank carrier";
        set: Option<PresentedSet>, "副本、正本、电放", "copies, originals, telex";
        documents: Vec<PresentedPaper>, "哪些单据、几份", "which documents, how many";
        amount: Option<Amount>, "金额", "amount";
        received: Option<NaiveDate>, "开证行收到日", "received by the issuing bank";
        result: Option<String>, "结果", "result";
        refused: Option<NaiveDate>, "拒付日", "refused";
        refusal: Option<Box<Refusal>>, "拒付通知", "notice of refusal";
        discrepancies: Lines, "不符点", "discrepancies";
        cured: Option<NaiveDate>, "补正日", "cured";
        accepted: Option<NaiveDate>, "承兑日", "accepted";
        maturity: Option<NaiveDate>, "到期日", "maturity";
        paid: Option<NaiveDate>, "付款日", "paid";
        tracking: Option<String>, "快递单号", "courier number";
        file: Option<String>, "文件", "file";
        sha256: Option<String>, "sha256", "sha256";
        note: Option<String>, "说明", "note";
    }
}

choice! {
    /// What kind of set was handed over.
    PresentedSet {
        Copies = "copies", "副本", "copies", ["副本", "copy"];
        Originals = "originals", "正本", "originals", ["正本", "original"];
        Telex = "telex", "电放", "telex release", ["电放"];
    }
}

record! {
    /// A paper in a presentation.
    PresentedPaper ("交出的单据", "presented paper") {
        r#ref: Option<String>, "单据的 id 或号", "id or number of the paper";
        originals: Option<u32>, "正本份数", "originals";
        copies: Option<u32>, "副本份数", "copies";
    }
}

record! {
    /// A bank's notice of refusal.
    Refusal ("拒付通知", "notice of refusal") {
        sent: Option<NaiveDate>, "发出日", "sent";
        items: Vec<Discrepancy>, "不符点", "discrepancies";
        disposal: Option<String>, "单据处理：hold return notify", "disposal: hold return notify";
    }
}

record! {
    /// One discrepancy of a refusal.
    Discrepancy ("不符点", "discrepancy") {
        text: Option<String>, "原文", "text";
        rule: Option<String>, "对应的规则", "the rule it matches";
        valid: Option<bool>, "成立", "valid";
    }
}

record! {
    /// Evidence without a table of its own.
    Paper ("凭证", "evidence") {
        kind: Option<PaperKind>, "种类", "kind";
        date: Option<NaiveDate>, "日期", "date";
        number: Option<String>, "编号", "number";
        from: Option<String>, "谁出的", "from";
        shipment: Option<String>, "哪一批", "which shipment";
        file: Option<String>, "文件", "file";
        sha256: Option<String>, "sha256", "sha256";
        note: Option<String>, "说明", "note";
    }
}

choice! {
    /// Kinds of evidence.
    PaperKind {
        CustomsAuthorisation = "customs-authorisation", "报关委托书", "customs authorisation", ["报关委托书", "委托书"];
        Booking = "booking", "订舱确认", "booking confirmation", ["订舱确认", "订舱"];
        Si = "si", "补料", "shipping instructions", ["补料", "托单"];
        MatesReceipt = "mates-receipt", "大副收据", "mate's receipt", ["大副收据"];
        DraftSurvey = "draft-survey", "水尺计重", "draft survey", ["水尺"];
        WarehouseReceipt = "warehouse-receipt", "入仓单", "warehouse receipt", ["入仓单", "进仓单"];
        Photos = "photos", "装柜照片", "photos", ["照片", "装柜照片"];
        Fcr = "fcr", "货代收货凭证", "forwarder's receipt", ["FCR"];
        Arrival = "arrival", "到货通知", "arrival notice", ["到货通知"];
        Pod = "pod", "签收单", "proof of delivery", ["签收", "签收单"];
        Release = "release", "放货证明", "release proof", ["放货", "放货证明"];
        Settlement = "settlement", "结算单", "settlement sheet", ["结算单"];
        Broker = "broker", "报关行资料", "broker's documents", ["报关行"];
        Dgd = "dgd", "危险品申报", "dangerous goods declaration", ["危申报"];
        Msds = "msds", "MSDS", "MSDS", ["MSDS"];
        Ciq = "ciq", "商检证", "commodity inspection", ["商检"];
        Authorisation = "authorisation", "授权书", "authorisation", ["授权", "授权书"];
        Un383 = "un38-3", "UN38.3 检测报告", "UN38.3 test summary", ["UN38.3"];
        PackingCertificate = "packing-certificate", "危包证", "dangerous goods packing certificate", ["危包证"];
        Nomination = "nomination", "指定货代通知", "nomination of the forwarder", ["指定货代"];
        Quote = "quote", "运费报价", "freight quote", ["运费报价", "报价"];
        Handover = "handover", "交接单", "handover receipt", ["交接单", "提货单", "装车单"];
        ExportProof = "export-proof", "出口证明", "proof of export", ["出口证明"];
        Legalisation = "legalisation", "领事认证", "consular legalisation", ["领事认证", "使馆认证"];
        Duty = "duty", "进口税单", "receipt for import duty", ["进口税单", "税单"];
        DeemedReceipt = "deemed-receipt", "视同收汇材料", "evidence that stands for a receipt", ["视同收汇", "视同收汇材料"];
        Closing = "closing", "结案表", "closing sheet", ["结案", "结案表"];
    }
}
