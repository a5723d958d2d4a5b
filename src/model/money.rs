//! Money as recorded in `money.toml`: receipts, reminders, payments, credits, filings, bills.

use chrono::NaiveDate;
use rust_decimal::Decimal;

use crate::model::value::Amount;
use crate::{choice, record};

record! {
    /// Money that came in. `amount` is net, as the bank advice says.
    Receipt ("收款", "money received") {
        id: Option<String>, "编号", "id";
        date: Option<NaiveDate>, "到账日（起息日）", "value date";
        amount: Option<Amount>, "净到账额，照水单", "net amount, as the bank advice says";
        charges: Vec<Amount>, "路上扣的手续费，不要自己先减", "charges deducted on the way, never netted by hand";
        r#for: Option<String>, "付哪一期：序号或方式，省略按到期先后", "which instalment: position or method; absent means oldest due first";
        shipment: Option<String>, "哪一批", "which shipment";
        payer: Option<String>, "付款人", "payer";
        r#ref: Option<String>, "银行流水号", "bank reference";
        bank: Option<String>, "收款行", "receiving bank";
        fx: Option<Box<Fx>>, "外币收款折算", "receipt in another currency";
        why: Option<String>, "更正的理由（负数必填）", "reason of a correction (required for a negative amount)";
        file: Option<String>, "水单", "bank advice";
        sha256: Option<String>, "水单的 sha256", "sha256 of the advice";
    }
}

record! {
    /// How a receipt in another currency counts.
    Fx ("折算", "conversion") {
        rate: Option<Decimal>, "汇率", "rate";
        order_amount: Option<Amount>, "折成订单币种的金额", "amount in the order's currency";
    }
}

record! {
    /// A reminder that was sent.
    Reminder ("催款", "reminder") {
        date: Option<NaiveDate>, "日期", "date";
        how: Option<String>, "方式：mail chat phone letter", "how: mail chat phone letter";
        who: Option<String>, "谁催的", "who";
        said: Option<String>, "客户怎么说", "what the customer said";
        step: Option<String>, "催款阶梯的哪一步，例如 T+30", "step of the ladder, like T+30";
        escalated: Option<String>, "报给谁", "escalated to";
        r#for: Option<String>, "催哪一期：序号或方式，省略指所有到期的", "which instalment: position or method; absent means all that are due";
        shipment: Option<String>, "哪一批", "which shipment";
    }
}

record! {
    /// Paid to a supplier or forwarder.
    Payment ("付款", "payment made") {
        date: Option<NaiveDate>, "日期", "date";
        to: Option<String>, "付给谁", "to whom";
        amount: Option<Amount>, "金额", "amount";
        r#for: Option<String>, "付什么", "for what";
        r#ref: Option<String>, "流水号", "reference";
        bill: Option<String>, "账单号", "bill";
        file: Option<String>, "凭证", "evidence";
        sha256: Option<String>, "sha256", "sha256";
    }
}

record! {
    /// A credit note, discount, write-off, refund, forfeit.
    Credit ("贷项", "credit") {
        date: Option<NaiveDate>, "日期", "date";
        amount: Option<Amount>, "金额", "amount";
        kind: Option<CreditKind>, "种类", "kind";
        why: Option<String>, "原因", "why";
        by: Option<String>, "批准人", "approved by";
        complaint: Option<String>, "对应的投诉", "complaint it settles";
        r#for: Option<String>, "冲哪一期", "which instalment";
        shipment: Option<String>, "哪一批", "which shipment";
    }
}

choice! {
    /// Kinds of credits. The first three lower what is due; a refund pays back; a forfeit keeps a deposit.
    CreditKind {
        CreditNote = "credit-note", "贷项通知单", "credit note", ["贷项", "贷记单", "credit note"];
        Discount = "discount", "折扣", "discount", ["折扣", "优惠"];
        WriteOff = "write-off", "核销坏账", "write-off", ["核销", "坏账", "write off"];
        Refund = "refund", "退款", "refund", ["退款", "退回"];
        Forfeit = "forfeit", "没收定金", "forfeit", ["没收", "违约金"];
    }
}

record! {
    /// A filing with an authority or insurer.
    Filing ("申报", "filing") {
        kind: Option<FilingKind>, "种类", "kind";
        date: Option<NaiveDate>, "日期", "date";
        r#ref: Option<String>, "编号", "reference";
        note: Option<String>, "说明", "note";
        file: Option<String>, "文件", "file";
        sha256: Option<String>, "sha256", "sha256";
    }
}

choice! {
    /// Kinds of filings.
    FilingKind {
        Safe = "safe", "外汇局贸易信贷报告", "report to SAFE", ["外汇", "外管"];
        TaxRefund = "tax-refund", "退税申报", "tax refund claim", ["退税"];
        RecordSet = "record-set", "备案单证", "filing set for the refund", ["备案", "备案单证"];
        Isf = "isf", "美国 ISF", "US ISF", ["ISF"];
        Ens = "ens", "欧盟 ENS", "EU ENS", ["ENS"];
        CreditInsurance = "credit-insurance", "信保申报", "credit insurance declaration", ["信保", "中信保"];
        LossNotice = "loss-notice", "信保可损通知", "notice of loss", ["可损", "报损"];
    }
}

record! {
    /// What we owe.
    Bill ("应付", "bill") {
        number: Option<String>, "账单号", "number";
        from: Option<String>, "谁开的", "from whom";
        kind: Option<BillKind>, "种类", "kind";
        amount: Option<Amount>, "金额", "amount";
        date: Option<NaiveDate>, "账单日", "date";
        due: Option<NaiveDate>, "到期日", "due";
        vat: Option<String>, "增值税发票号", "number of the VAT invoice";
        file: Option<String>, "文件", "file";
        sha256: Option<String>, "sha256", "sha256";
    }
}

choice! {
    /// Kinds of bills.
    BillKind {
        Goods = "goods", "货款", "goods", ["货款"];
        Freight = "freight", "运费", "freight", ["运费", "海运费"];
        Local = "local", "港杂", "local charges", ["港杂", "拖车", "报关费", "杂费"];
        Premium = "premium", "保费", "premium", ["保费", "保险费"];
        Inspection = "inspection", "检验费", "inspection", ["检验费", "验货费"];
        Bank = "bank", "银行费用", "bank charges", ["银行", "手续费"];
    }
}
