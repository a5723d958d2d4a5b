//! Customers, suppliers and forwarders.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::load::fields::{Lines, TermText};
use crate::model::document::Bank;
use crate::model::origin::Origin;
use crate::model::value::{Amount, Mode};
use crate::record;

/// Which folder a party stands in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PartyKind {
    /// `customers/`
    Customer,
    /// `suppliers/`
    Supplier,
    /// `forwarders/`
    Forwarder,
}

impl PartyKind {
    /// The folder's name.
    #[must_use]
    pub fn folder(self) -> &'static str {
        match self {
            Self::Customer => "customers",
            Self::Supplier => "suppliers",
            Self::Forwarder => "forwarders",
        }
    }

    /// What one is called.
    #[must_use]
    pub fn title(self) -> crate::text::StaticBi {
        match self {
            Self::Customer => ("客户", "customer"),
            Self::Supplier => ("供应商", "supplier"),
            Self::Forwarder => ("货代", "forwarder"),
        }
    }
}

/// A party with the file it stands in.
#[derive(Debug, Clone)]
pub struct Party {
    /// File name without `.toml`.
    pub id: Arc<str>,
    /// Which folder.
    pub kind: PartyKind,
    /// What the file says.
    pub file: PartyFile,
    /// For naming places.
    pub origin: Origin,
}

impl std::ops::Deref for Party {
    type Target = PartyFile;
    fn deref(&self) -> &PartyFile {
        &self.file
    }
}

impl Party {
    /// The name shown in a language; the other one, or the id, where it is not recorded.
    #[must_use]
    pub fn label(&self, lang: crate::text::Lang) -> &str {
        let (first, second) = match lang {
            crate::text::Lang::Zh => (&self.file.name_zh, &self.file.name),
            crate::text::Lang::En => (&self.file.name, &self.file.name_zh),
        };
        first.as_deref().or(second.as_deref()).unwrap_or(&self.id)
    }
}

record! {
    /// What is known of a party.
    PartyFile ("往来单位", "party") {
        name: Option<String>, "英文名，和单据上一样", "name as on documents";
        name_zh: Option<String>, "中文名", "Chinese name";
        short: Option<String>, "简称", "short name";
        address: Lines, "地址，一行一个", "address lines";
        country: Option<String>, "国家，ISO 3166 两位代码", "country, ISO 3166 two letters";
        email: Option<String>, "邮箱", "e-mail";
        phone: Option<String>, "电话", "telephone";
        contact: Option<String>, "联系人", "contact";
        tax_id: Option<String>, "税号", "tax number";
        uscc: Option<String>, "统一社会信用代码", "Chinese company number";
        bank: Option<Box<Bank>>, "银行", "bank";
        affiliates: Lines, "关联公司", "affiliates";
        eori: Option<String>, "EORI 号", "EORI number";
        screened: Option<NaiveDate>, "合规筛查日", "screened on";
        portal: Option<String>, "客户页面的目录名：别人猜不到的小写字母和数字", "folder of the customer's pages: small letters and digits that nobody can guess";
        credit_limit: Option<Box<CreditLimit>>, "信用额度", "credit limit";
        lead_time_days: Option<u32>, "正常交期，天", "usual lead time, days";
        defaults: Option<Box<Defaults>>, "默认值，新订单用", "defaults for new orders";
        note: Option<String>, "说明", "note";
    }
}

record! {
    /// Credit granted to a customer.
    CreditLimit ("信用额度", "credit limit") {
        amount: Option<Amount>, "额度", "amount";
        by: Option<String>, "批准人", "approved by";
        until: Option<NaiveDate>, "有效期", "until";
    }
}

record! {
    /// What an order takes from its customer where it says nothing.
    Defaults ("默认值", "defaults") {
        currency: Option<String>, "币种", "currency";
        incoterm: Option<TermText>, "贸易术语", "trade term";
        mode: Option<Mode>, "运输方式", "mode of transport";
        from: Option<String>, "起运地", "from";
        to: Option<String>, "目的地", "to";
        payment: Option<String>, "付款方式", "payment terms";
        merchandiser: Option<String>, "跟单员", "merchandiser";
        clerk: Option<String>, "单证员", "document clerk";
        marks: Lines, "唛头", "marks";
    }
}
