//! The files that set a data root up: `gendan.toml`, `people.toml`, calendars, rates.

use std::collections::BTreeMap;
use std::sync::Arc;

use chrono::NaiveDate;
use rust_decimal::Decimal;
use toml::de::DeValue;

use crate::check::finding::Severity;
use crate::load::decode::{Cx, Field, Slot, Value};
use crate::load::fields::Lines;
use crate::load::shape::Shape;
use crate::model::document::Bank;
use crate::model::value::{Amount, Percent};
use crate::{bi, choice, record};

record! {
    /// `gendan.toml`.
    Setup ("设置", "configuration") {
        schema: Option<u32>, "格式版本，现在是 1", "format version, now 1";
        company: Option<Box<Company>>, "本公司", "our company";
        timezone: Option<String>, "时区，例如 Asia/Shanghai", "time zone, like Asia/Shanghai";
        languages: Lines, "网站语言，第一个在根目录", "languages of the site, the first at its root";
        site: Option<String>, "网站网址，封面的二维码指向它", "URL of the site, to which the QR code of a cover leads";
        id: Option<String>, "新订单号的格式", "pattern of new order IDs";
        base: Option<String>, "本位币，汇率表换算成它", "base currency of the rates";
        forge: Option<Box<Forge>>, "代码托管平台，用来生成编辑链接", "forge, for links to edit a file";
        rules: BTreeMap<String, RuleLevel>, "规则的级别和参数", "levels and parameters of rules";
        audience: Option<Box<Audiences>>, "受众", "audiences";
        digest: Option<Box<Morning>>, "早报", "morning message";
        ladder: Lines, "催款阶梯", "escalation ladder";
        aging: Vec<u32>, "账龄分段的上限，天", "upper bounds of the aging buckets, days";
        tolerances: Option<Box<Tolerances>>, "容差", "tolerances";
        leads: Option<Box<Leads>>, "提前量，天", "lead times, days";
        calendars: BTreeMap<String, String>, "国家或用途 → 日历", "country or role → calendar";
        offsets: BTreeMap<String, Offset>, "推算计划的偏移", "offsets for derived plans";
    }
}

record! {
    /// Our company.
    Company ("本公司", "company") {
        name: Option<String>, "英文名", "name";
        name_zh: Option<String>, "中文名", "Chinese name";
        address: Lines, "地址", "address lines";
        country: Option<String>, "国家，默认 CN", "country, CN unless written";
        uscc: Option<String>, "统一社会信用代码", "Chinese company number";
        email: Option<String>, "邮箱", "e-mail";
        phone: Option<String>, "电话", "telephone";
        bank: Option<Box<Bank>>, "收款银行", "bank";
    }
}

record! {
    /// Where the data repository is edited.
    Forge ("托管平台", "forge") {
        kind: Option<ForgeKind>, "种类", "kind";
        url: Option<String>, "仓库网址", "URL of the repository";
        branch: Option<String>, "主分支", "main branch";
    }
}

choice! {
    /// Known forges.
    ForgeKind {
        Gitlab = "gitlab", "GitLab", "GitLab", ["GitLab", "极狐"];
        Github = "github", "GitHub", "GitHub", ["GitHub"];
        Gitea = "gitea", "Gitea", "Gitea", ["Gitea", "forgejo", "Forgejo"];
        Gitee = "gitee", "Gitee", "Gitee", ["Gitee", "码云"];
    }
}

record! {
    /// Who reads which site.
    Audiences ("受众", "audiences") {
        internal: Option<Box<Audience>>, "公司内部的网站", "the site inside the company";
        finance: Option<Box<Audience>>, "财务的网站", "finance's site";
        customer: Option<Box<Audience>>, "给客户看的网站", "the site for customers";
    }
}

record! {
    /// What an audience does not see.
    Audience ("受众", "audience") {
        hide: Vec<Hidden>, "再多藏的内容：每种网站给看什么是固定的，这里只能减", "what is left out besides: what each site shows is fixed, and this only takes away";
    }
}

choice! {
    /// What can be left out. A fixed list: a mistyped word must not publish what was to be hidden.
    Hidden {
        Buy = "buy", "采购价", "purchase prices", ["采购价", "采购"];
        Paid = "paid", "应付和付款", "bills and payments", ["付款", "应付"];
        Margin = "margin", "利润", "margin", ["利润"];
        ReceivedBank = "received.bank", "收款行", "receiving bank", ["收款行"];
    }
}

record! {
    /// What `gendan digest` says to a chat group.
    Morning ("早报", "morning message") {
        site: Option<String>, "网站地址，早报里的链接用", "address of the site, for links";
        amounts: Option<bool>, "写金额，默认不写", "with amounts, left out unless set";
    }
}

record! {
    /// Tolerances of settlement.
    Tolerances ("容差", "tolerances") {
        short_abs: Option<Amount>, "少收多少以内当手续费", "short receipts up to this count as charges";
        short_pct: Option<Percent>, "少收百分之几以内当手续费", "short receipts up to this share count as charges";
    }
}

record! {
    /// Days that things take.
    Leads ("提前量", "lead times") {
        documents: Option<u32>, "装船后制单，天", "documents after shipment, days";
        courier: Option<u32>, "快递，天", "courier, days";
        stale: Option<u32>, "多少天没动算停滞", "days without a change until an order is stale";
    }
}

choice! {
    /// Configured level of a rule.
    Level {
        Off = "off", "关", "off", ["关", "关闭"];
        Info = "info", "提示", "info", ["提示"];
        Warning = "warning", "警告", "warning", ["警告", "warn"];
        Error = "error", "错误", "error", ["错误"];
    }
}

impl Level {
    /// The severity, or `None` for off.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::Off => None,
            Self::Info => Some(Severity::Info),
            Self::Warning => Some(Severity::Warning),
            Self::Error => Some(Severity::Error),
        }
    }
}

/// `"error"`, or a table with `level` and the rule's own numbers.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RuleLevel {
    /// The level, when set.
    pub level: Option<Level>,
    /// Parameters such as `days`.
    pub numbers: BTreeMap<String, Decimal>,
}

impl Field for RuleLevel {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        let mut read = Self::default();
        match value.get_ref() {
            DeValue::Table(table) => {
                for (key, value) in table.iter() {
                    if key.get_ref() == "level" {
                        Slot::fill(&mut read.level, value, cx);
                    } else if let Some(number) = Decimal::decode(value, cx) {
                        read.numbers.insert(key.get_ref().to_string(), number);
                    }
                }
            }
            _ => {
                Slot::fill(&mut read.level, value, cx);
            }
        }
        Some(read)
    }
    fn shape() -> Shape {
        Shape::Either(vec![
            Level::shape(),
            Shape::Map(Box::new(Shape::Either(vec![Level::shape(), Shape::Number]))),
        ])
    }
}

/// When a milestone is expected: days from `ship_by`, or from another milestone (`"produced+3"`).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offset {
    /// The milestone it counts from; `None` = `ship_by`.
    pub from: Option<crate::model::stage::Milestone>,
    /// Days, negative before.
    pub days: i64,
}

impl Offset {
    /// Reads `-14`, `"produced+3"`, `"shipped-2"`. `signed` is the confirmation.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        use crate::model::stage::Milestone;
        let text = text.trim();
        if let Ok(days) = text.parse::<i64>() {
            return (days.abs() <= 3650).then_some(Self { from: None, days });
        }
        let split = text.find(['+', '-'])?;
        let (name, days) = text.split_at(split);
        let days: i64 = days.parse().ok().filter(|d: &i64| d.abs() <= 3650)?;
        let name = name.trim();
        let from = match name {
            "signed" => Some(Milestone::Confirmed),
            "ship_by" => None,
            _ => Some(*Milestone::ALL.iter().find(|m| m.code() == name)?),
        };
        Some(Self { from, days })
    }
}

impl Field for Offset {
    fn decode(value: &Value<'_>, cx: &mut Cx<'_>) -> Option<Self> {
        let text = match value.get_ref() {
            DeValue::String(text) => text.to_string(),
            DeValue::Integer(number) => number.as_str().to_owned(),
            _ => String::new(),
        };
        let read = Self::parse(&text);
        if read.is_none() {
            cx.wrong_type(
                value,
                bi!("天数，例如 -14，或 \"produced+3\"", "days like -14, or \"produced+3\""),
                None,
            );
        }
        read
    }
    fn shape() -> Shape {
        Shape::Either(vec![Shape::Integer, Shape::Text])
    }
}

record! {
    /// A person of `people.toml`.
    Person ("人员", "person") {
        name: Option<String>, "英文名", "name";
        name_zh: Option<String>, "中文名", "Chinese name";
        emails: Lines, "git 邮箱", "git e-mails";
        role: Option<String>, "岗位", "role";
        reports_to: Option<String>, "上级", "reports to";
        left: Option<NaiveDate>, "离职日", "left on";
    }
}

record! {
    /// One year of a calendar: `calendar/<id>-<year>.toml`.
    CalendarFile ("日历", "calendar") {
        name: Option<String>, "名称", "name";
        weekend: Vec<Weekend>, "周末，例如 [\"sat\", \"sun\"]", "weekend, like [\"sat\", \"sun\"]";
        closed: Vec<NaiveDate>, "放假日", "closed days";
        open: Vec<NaiveDate>, "调休上班日", "make-up working days";
        makeup_counts: Option<bool>, "调休日算工作日", "make-up days count as working days";
        source: Option<String>, "来源", "source";
    }
}

choice! {
    /// Days of the week.
    Weekend {
        Mon = "mon", "周一", "Monday", ["周一", "Monday"];
        Tue = "tue", "周二", "Tuesday", ["周二", "Tuesday"];
        Wed = "wed", "周三", "Wednesday", ["周三", "Wednesday"];
        Thu = "thu", "周四", "Thursday", ["周四", "Thursday"];
        Fri = "fri", "周五", "Friday", ["周五", "Friday"];
        Sat = "sat", "周六", "Saturday", ["周六", "Saturday"];
        Sun = "sun", "周日", "Sunday", ["周日", "周天", "Sunday"];
    }
}

impl Weekend {
    /// The weekday.
    #[must_use]
    pub fn day(self) -> chrono::Weekday {
        use chrono::Weekday;
        match self {
            Self::Mon => Weekday::Mon,
            Self::Tue => Weekday::Tue,
            Self::Wed => Weekday::Wed,
            Self::Thu => Weekday::Thu,
            Self::Fri => Weekday::Fri,
            Self::Sat => Weekday::Sat,
            Self::Sun => Weekday::Sun,
        }
    }
}

/// A line of `rates/<year>.csv`: one unit of the currency in the base currency.
#[derive(Debug, Clone, PartialEq)]
pub struct Rate {
    /// The day it was published for.
    pub date: NaiveDate,
    /// Which currency.
    pub currency: String,
    /// One unit of it in the base currency.
    pub rate: Decimal,
    /// Who published it.
    pub source: String,
    /// The file it stands in, relative to the data root.
    pub file: Arc<str>,
}
