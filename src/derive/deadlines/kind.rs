//! What a deadline is about, and the family under which pages list it.

use crate::derive::sailing::Cutoff;
use crate::model::stage::Milestone;
use crate::text::StaticBi;

/// What a deadline is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// An offer that nobody has signed ends.
    Validity,
    /// A step as somebody planned it.
    Step(Milestone),
    /// A supplier or workshop is to be ready.
    Purchase,
    /// Goods must be ready for the last possible shipment.
    Produced,
    /// Goods must be inspected for the last possible shipment.
    Inspected,
    /// An inspection that was agreed on.
    Inspection,
    /// Containers are loaded.
    Loading,
    /// A cut-off of a sailing.
    Cutoff(Cutoff),
    /// The importer security filing of the US.
    Isf,
    /// The entry summary declaration of the EU.
    Ens,
    /// Goods must be insured before they leave.
    Insurance,
    /// The ship, train, truck or flight leaves.
    Departure,
    /// The contract's last day of shipment.
    Shipment,
    /// The credit's last day of shipment, 44C or the end of 44D.
    CreditShipment,
    /// Goods arrive.
    Arrival,
    /// Free time at destination ends.
    FreeTime,
    /// An amendment of a credit waits for an answer.
    Amendment,
    /// The last day for presenting papers under a credit.
    Presentation,
    /// A credit expires, 31D.
    Expiry,
    /// The last day on which the bank may refuse.
    Refusal,
    /// Money of the buyer or his bank falls due.
    Due,
    /// A step of the ladder of reminders.
    Chase,
    /// A bill of a supplier or forwarder is to be paid.
    Bill,
    /// The money of an export must be in, for the refund of tax.
    TaxReceipt,
    /// The refund is to be claimed.
    TaxClaim,
    /// The filing set of a claim is to be put together.
    FilingSet,
    /// A long advance or a long credit is to be reported to the foreign exchange office.
    Safe,
    /// Papers of an archived order need not be kept any longer.
    Keep,
    /// A complaint is to be answered.
    Complaint,
    /// A corrective action is to be finished.
    Corrective,
    /// A problem is to be solved.
    Issue,
    /// The customer is to be asked how the goods were.
    Feedback,
    /// An accepted finding counts again.
    Waiver,
    /// The seller's bank is closed.
    BankHoliday,
    /// The factories are closed.
    FactoryHoliday,
}

/// What deadlines are filtered by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Family {
    /// Offer, production, inspection, what went wrong in them.
    Production,
    /// From loading to the end of free time.
    Shipping,
    /// Letters of credit.
    Credit,
    /// Receipts and payments.
    Money,
    /// Customs, tax refund, foreign exchange.
    Tax,
    /// Complaints, feedback.
    AfterSales,
    /// Our own house: waivers, keeping of files.
    House,
    /// Closed days.
    Holiday,
}

impl Family {
    /// All, in the order of the filters.
    pub const ALL: [Self; 8] = [
        Self::Production,
        Self::Shipping,
        Self::Credit,
        Self::Money,
        Self::Tax,
        Self::AfterSales,
        Self::House,
        Self::Holiday,
    ];

    /// The word in files and addresses.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Production => "production",
            Self::Shipping => "shipping",
            Self::Credit => "credit",
            Self::Money => "money",
            Self::Tax => "tax",
            Self::AfterSales => "after-sales",
            Self::House => "house",
            Self::Holiday => "holiday",
        }
    }

    /// What people call it.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Production => ("生产", "Production"),
            Self::Shipping => ("装运", "Shipping"),
            Self::Credit => ("信用证", "Credits"),
            Self::Money => ("收付款", "Money"),
            Self::Tax => ("报关退税", "Customs and tax"),
            Self::AfterSales => ("售后", "After sales"),
            Self::House => ("内部", "House"),
            Self::Holiday => ("假日", "Holidays"),
        }
    }
}

impl Kind {
    /// The family.
    #[must_use]
    pub fn family(self) -> Family {
        match self {
            Self::Validity
            | Self::Step(_)
            | Self::Purchase
            | Self::Produced
            | Self::Inspected
            | Self::Inspection
            | Self::Corrective
            | Self::Issue => Family::Production,
            Self::Loading
            | Self::Cutoff(Cutoff::Si | Cutoff::Vgm | Cutoff::Yard | Cutoff::DangerousGoods)
            | Self::Insurance
            | Self::Departure
            | Self::Shipment
            | Self::Arrival
            | Self::FreeTime => Family::Shipping,
            Self::CreditShipment | Self::Amendment | Self::Presentation | Self::Expiry | Self::Refusal => {
                Family::Credit
            }
            Self::Due | Self::Chase | Self::Bill => Family::Money,
            Self::Cutoff(Cutoff::Customs)
            | Self::Isf
            | Self::Ens
            | Self::TaxReceipt
            | Self::TaxClaim
            | Self::FilingSet
            | Self::Safe => Family::Tax,
            Self::Complaint | Self::Feedback => Family::AfterSales,
            Self::Keep | Self::Waiver => Family::House,
            Self::BankHoliday | Self::FactoryHoliday => Family::Holiday,
        }
    }

    /// What people call it, in few words.
    #[must_use]
    pub fn title(self) -> StaticBi {
        match self {
            Self::Validity => ("报价到期", "offer ends"),
            Self::Step(step) => step.title(),
            Self::Purchase => ("采购单完工", "purchase order"),
            Self::Produced => ("最晚完工", "finish by"),
            Self::Inspected => ("最晚终检", "inspect by"),
            Self::Inspection => ("验货", "inspection"),
            Self::Loading => ("装柜", "loading"),
            Self::Cutoff(Cutoff::Si) => ("截单 SI", "SI cut-off"),
            Self::Cutoff(Cutoff::Vgm) => ("截 VGM", "VGM cut-off"),
            Self::Cutoff(Cutoff::Yard) => ("截港 CY", "CY cut-off"),
            Self::Cutoff(Cutoff::Customs) => ("截关", "customs cut-off"),
            Self::Cutoff(Cutoff::DangerousGoods) => ("截危申报", "DG cut-off"),
            Self::Isf => ("报 ISF", "ISF"),
            Self::Ens => ("报 ENS", "ENS"),
            Self::Insurance => ("投保", "insurance"),
            Self::Departure => ("开船", "departure"),
            Self::Shipment => ("最迟装运", "latest shipment"),
            Self::CreditShipment => ("最迟装运 44C", "latest shipment 44C"),
            Self::Arrival => ("到港", "arrival"),
            Self::FreeTime => ("免箱期", "free time"),
            Self::Amendment => ("答复改证", "answer amendment"),
            Self::Presentation => ("最后交单", "present papers"),
            Self::Expiry => ("信用证到期", "credit expires"),
            Self::Refusal => ("拒付期限", "bank's refusal"),
            Self::Due => ("应收", "payment due"),
            Self::Chase => ("催款", "reminder"),
            Self::Bill => ("付账单", "pay bill"),
            Self::TaxReceipt => ("收汇期限", "tax receipt"),
            Self::TaxClaim => ("退税申报", "tax claim"),
            Self::FilingSet => ("备案单证", "filing set"),
            Self::Safe => ("报外汇局", "SAFE report"),
            Self::Keep => ("保存期满", "keeping ends"),
            Self::Complaint => ("投诉", "complaint"),
            Self::Corrective => ("整改", "corrective action"),
            Self::Issue => ("异常", "problem"),
            Self::Feedback => ("回访", "feedback"),
            Self::Waiver => ("豁免到期", "waiver ends"),
            Self::BankHoliday => ("银行放假", "bank closed"),
            Self::FactoryHoliday => ("工厂放假", "factories closed"),
        }
    }

    /// The word in identifiers and files; never changed once published.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Validity => "validity",
            Self::Step(_) => "step",
            Self::Purchase => "purchase",
            Self::Produced => "produced",
            Self::Inspected => "inspected",
            Self::Inspection => "inspection",
            Self::Loading => "loading",
            Self::Cutoff(Cutoff::Si) => "cutoff-si",
            Self::Cutoff(Cutoff::Vgm) => "cutoff-vgm",
            Self::Cutoff(Cutoff::Yard) => "cutoff-cy",
            Self::Cutoff(Cutoff::Customs) => "cutoff-customs",
            Self::Cutoff(Cutoff::DangerousGoods) => "cutoff-dg",
            Self::Isf => "isf",
            Self::Ens => "ens",
            Self::Insurance => "insurance",
            Self::Departure => "departure",
            Self::Shipment => "latest-shipment",
            Self::CreditShipment => "credit-shipment",
            Self::Arrival => "arrival",
            Self::FreeTime => "free-time",
            Self::Amendment => "amendment",
            Self::Presentation => "presentation",
            Self::Expiry => "expiry",
            Self::Refusal => "refusal",
            Self::Due => "due",
            Self::Chase => "chase",
            Self::Bill => "bill",
            Self::TaxReceipt => "tax-receipt",
            Self::TaxClaim => "tax-claim",
            Self::FilingSet => "filing-set",
            Self::Safe => "safe",
            Self::Keep => "keep",
            Self::Complaint => "complaint",
            Self::Corrective => "corrective",
            Self::Issue => "issue",
            Self::Feedback => "feedback",
            Self::Waiver => "waiver",
            Self::BankHoliday => "bank-holiday",
            Self::FactoryHoliday => "factory-holiday",
        }
    }

    /// It outlives its order: closing the order does not end it.
    #[must_use]
    pub fn outlives(self) -> bool {
        matches!(self.family(), Family::AfterSales)
            || matches!(self, Self::TaxReceipt | Self::TaxClaim | Self::FilingSet | Self::Safe | Self::Keep)
    }
}
