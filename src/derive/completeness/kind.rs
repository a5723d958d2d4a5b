//! Everything that a gate may ask for: the key under which `not_needed` names it, what it is called, whom to ask for
//! it, whether each shipment has its own, and the stage that goes with it when that stage is skipped.

use std::borrow::Cow;

use crate::model::stage::StageKey;
use crate::text::StaticBi;

/// Who has a paper to give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Giver {
    /// We write or do it ourselves.
    Us,
    /// The buyer.
    Buyer,
    /// The factory.
    Factory,
    /// The forwarder or carrier.
    Forwarder,
    /// The customs broker.
    Broker,
    /// The insurer.
    Insurer,
    /// A bank.
    Bank,
    /// An authority, a chamber of commerce, an inspection body.
    Authority,
    /// Finance, in house.
    Finance,
}

impl Giver {
    /// What people call them.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Us => ("我们自己", "ourselves"),
            Self::Buyer => ("客户", "the buyer"),
            Self::Factory => ("工厂", "the factory"),
            Self::Forwarder => ("货代、承运人", "forwarder, carrier"),
            Self::Broker => ("报关行", "customs broker"),
            Self::Insurer => ("保险公司", "the insurer"),
            Self::Bank => ("银行", "the bank"),
            Self::Authority => ("签发机构", "the issuing body"),
            Self::Finance => ("财务", "finance"),
        }
    }
}

struct Row {
    key: &'static str,
    what: StaticBi,
    giver: Giver,
    each: bool,
    stage: Option<StageKey>,
}

macro_rules! kinds {
    ($( $variant:ident $key:literal $zh:literal $en:literal $giver:ident $each:ident [$($stage:ident)?]; )*) => {
        /// What a gate asks for: a paper, or a fact on record.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Kind {
            $( #[doc = concat!($en, " · ", $zh)] $variant, )*
            /// A document of 46A that has no table of its own, counted from 1.
            Asked(u8),
        }

        impl Kind {
            fn row(self) -> &'static Row {
                match self {
                    $( Self::$variant => &Row {
                        key: $key,
                        what: ($zh, $en),
                        giver: Giver::$giver,
                        each: kinds!(@each $each),
                        stage: kinds!(@stage $($stage)?),
                    }, )*
                    Self::Asked(_) => &Row {
                        key: "certificate",
                        what: ("证明", "certificate"),
                        giver: Giver::Authority,
                        each: true,
                        stage: None,
                    },
                }
            }
        }
    };
    (@each once) => { false };
    (@each each) => { true };
    (@stage) => { None };
    (@stage $stage:ident) => { Some(StageKey::$stage) };
}

kinds! {
    Contract "contract" "签字的合同或形式发票" "signed contract or proforma" Buyer once [];
    Review "review" "下单前评审" "review before release" Us once [Release];
    Purchase "purchase" "生产通知或采购单" "production notice or purchase order" Us once [Release];
    Inspection "inspection" "终检通过的报告" "final inspection report that passes" Us once [Inspect];
    Booking "booking" "订舱确认" "booking confirmation" Forwarder each [Book];
    Invoice "invoice" "商业发票" "commercial invoice" Us each [];
    Packing "packing" "装箱单" "packing list" Us each [];
    CustomsAuthorisation "customs-authorisation" "报关委托书" "customs authorisation" Us each [Declare];
    Customs "customs" "报关单" "export declaration" Broker each [Declare];
    Handover "handover" "交接单" "handover receipt" Forwarder each [Book];
    Nomination "nomination" "客户指定的货代" "the buyer's forwarder" Buyer once [Book];
    FreightQuote "freight-quote" "运费报价" "freight quote" Forwarder once [Book];
    Insurance "insurance" "保险单" "insurance document" Insurer each [];
    DeliveryPlan "delivery-plan" "送货计划" "delivery plan" Forwarder each [Book];
    DestinationBroker "destination-broker" "目的地清关行" "broker at destination" Forwarder once [];
    Import "import" "进口方、税号和税费预算" "importer, tax number and duty budget" Buyer once [];
    Containers "containers" "柜号和封号" "container and seal numbers" Factory each [Book];
    Vgm "vgm" "VGM" "verified gross mass" Factory each [Book];
    Si "si" "补料或托书" "shipping instructions" Us each [Book];
    Photos "photos" "装柜照片" "loading photos" Factory each [Book];
    WarehouseReceipt "warehouse-receipt" "入仓单" "warehouse receipt" Forwarder each [Book];
    DraftSurvey "draft-survey" "水尺计重或大副收据" "draft survey or mate's receipt" Forwarder each [Book];
    Deposit "deposit" "投产前应收款" "money due before production" Finance once [];
    Balance "balance" "放货前应收款" "money due before the goods or papers go" Finance each [];
    CreditApproval "credit-approval" "赊销额度批准" "approval of open credit" Us once [];
    Lc "lc" "生效的信用证" "letter of credit in effect" Bank once [];
    LcAmendments "lc-amendments" "信用证修改的答复" "answer to amendments of the credit" Us once [];
    Ciq "ciq" "法检结果或电子底账" "result of the statutory inspection" Authority each [];
    Health "health" "卫生、植检或健康证书" "health, sanitary or phytosanitary certificate" Authority each [];
    Authorisation "authorisation" "品牌授权书" "authorisation of the brand's owner" Buyer once [];
    Wood "wood" "木包装的 ISPM 15 标记或熏蒸证" "ISPM 15 mark or fumigation" Factory each [];
    Dgd "dgd" "危险品申报单" "dangerous goods declaration" Us each [];
    Msds "msds" "MSDS" "safety data sheet" Factory once [];
    Un383 "un38-3" "UN38.3 检测报告" "UN38.3 test summary" Factory once [];
    PackingCertificate "packing-certificate" "危包证" "dangerous goods packing certificate" Factory once [];
    Ens "ens" "ENS 申报资料" "data for the ENS" Buyer once [];
    Isf "isf" "ISF 10+2 资料" "data for the ISF 10+2" Buyer once [];
    Fcr "fcr" "货代收货凭证" "forwarder's receipt" Forwarder each [Ship];
    Bl "bl" "提单" "bill of lading" Forwarder each [Ship];
    Awb "awb" "空运单" "air waybill" Forwarder each [Ship];
    Waybill "waybill" "运单" "waybill" Forwarder each [Ship];
    Courier "courier" "快递单" "courier receipt" Forwarder each [Ship];
    Transport "transport" "运输单据" "transport document" Forwarder each [Ship];
    Collection "collection" "托收委托书" "collection instruction" Us each [];
    Draft "draft" "汇票" "bill of exchange" Us each [];
    Origin "origin" "产地证" "certificate of origin" Authority each [];
    Legalisation "legalisation" "领事认证的发票、产地证" "legalised invoice and certificate of origin" Authority each [];
    Copies "copies" "副本寄客户的记录" "record of the copies sent to the buyer" Us each [];
    OriginalsSent "originals-sent" "正本寄出的记录" "record of the originals sent" Us each [];
    Presentation "presentation" "交单面函和记录" "covering schedule, record of the presentation" Us each [];
    Acceptance "acceptance" "承兑通知" "advice of acceptance" Bank each [];
    Arrival "arrival" "到货通知" "arrival notice" Forwarder each [];
    Receipt "receipt" "水单" "bank advice of the payment" Finance once [Collect];
    Settlement "settlement" "结算单" "settlement sheet" Finance once [];
    VatInvoice "vat-invoice" "进项发票" "supplier's VAT invoice" Factory once [];
    FreightBill "freight-bill" "运费或港杂账单" "freight or local charges bill" Forwarder once [];
    PremiumBill "premium-bill" "保费账单" "premium bill" Insurer once [];
    RecordSet "record-set" "退税备案单证" "filing set for the tax refund" Finance once [];
    Broker "broker" "报关行资料" "broker's documents" Broker once [];
    ExportProof "export-proof" "出口证明" "proof of export" Buyer once [];
    BankAdvice "bank-advice" "银行的付款或承兑通知" "the bank's advice of payment or acceptance" Bank once [];
    RefusalFile "refusal-file" "拒付和补正的记录" "file of the refusal and its cure" Us once [];
    CreditInsurance "credit-insurance" "信保申报" "credit insurance declaration" Finance once [];
    Release "release" "放货证明" "release proof" Forwarder each [];
    Pod "pod" "签收单" "proof of delivery" Forwarder each [];
    Duty "duty" "进口税单" "receipts for import duty and tax" Forwarder once [];
    Feedback "feedback" "客户反馈" "feedback" Buyer once [Feedback];
    Closing "closing" "结案表" "closing sheet" Us once [];
    Hashes "hashes" "归档文件的 sha256" "sha256 of the files on record" Us once [];
}

impl Kind {
    /// The name under which `not_needed` leaves it out: `vgm`, `certificate`, `certificate-2`.
    #[must_use]
    pub fn key(self) -> Cow<'static, str> {
        match self {
            Self::Asked(n) if n > 1 => Cow::Owned(format!("certificate-{n}")),
            kind => Cow::Borrowed(kind.row().key),
        }
    }

    /// What it is called.
    #[must_use]
    pub fn what(self) -> StaticBi {
        self.row().what
    }

    /// Whom to ask for it.
    #[must_use]
    pub fn giver(self) -> Giver {
        self.row().giver
    }

    /// Each shipment has its own.
    #[must_use]
    pub fn is_of_shipment(self) -> bool {
        self.row().each
    }

    /// The stage it belongs to: skipped with it.
    #[must_use]
    pub fn stage(self) -> Option<StageKey> {
        self.row().stage
    }

    /// Made while the goods are loaded, so that nobody can have it before.
    #[must_use]
    pub fn comes_with_loading(self) -> bool {
        matches!(
            self,
            Self::Containers
                | Self::Vgm
                | Self::Photos
                | Self::WarehouseReceipt
                | Self::DraftSurvey
                | Self::Handover
        )
    }

    /// Made by handing the papers over or after it, so that nobody can have it before.
    #[must_use]
    pub fn follows_presentation(self) -> bool {
        matches!(
            self,
            Self::Copies | Self::OriginalsSent | Self::Presentation | Self::Acceptance | Self::Arrival
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn further_documents_of_46a_have_keys_of_their_own() {
        let keys = [Kind::Asked(1), Kind::Asked(2), Kind::Vgm].map(Kind::key);
        assert_eq!(keys, ["certificate", "certificate-2", "vgm"]);
    }
}
