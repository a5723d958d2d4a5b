//! `--audience`: whose tree is built.

use clap::builder::{PossibleValue, TypedValueParser};
use clap::error::{ContextKind, ContextValue, ErrorKind};

/// Whose tree is built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AudienceArg {
    /// The company's.
    Internal,
    /// Finance's, with purchase prices and payments.
    Finance,
    /// Every customer's that has a folder.
    Customers,
    /// One customer's, by id.
    Customer(String),
}

/// Reads `internal`, `finance`, `customer`, `customer=ID`.
#[derive(Debug, Clone, Copy)]
pub struct AudienceParser;

/// The words, with what they mean.
const WORDS: [(&str, &str); 3] = [
    ("internal", "公司内部：没有采购价、应付和银行流水号 / the company's"),
    ("finance", "财务：全部 / finance's, with everything"),
    ("customer", "给客户的页面，customer=ID 只做一个客户 / customers' pages; customer=ID for one of them"),
];

impl TypedValueParser for AudienceParser {
    type Value = AudienceArg;

    fn parse_ref(
        &self,
        command: &clap::Command,
        argument: Option<&clap::Arg>,
        value: &std::ffi::OsStr,
    ) -> Result<AudienceArg, clap::Error> {
        match value.to_str().map(str::trim) {
            Some("internal") => Ok(AudienceArg::Internal),
            Some("finance") => Ok(AudienceArg::Finance),
            Some("customer") => Ok(AudienceArg::Customers),
            Some(text) if text.strip_prefix("customer=").is_some_and(|id| !id.trim().is_empty()) => {
                let id = text.strip_prefix("customer=").unwrap_or_default().trim();
                Ok(AudienceArg::Customer(id.to_owned()))
            }
            _ => {
                let mut error = clap::Error::new(ErrorKind::InvalidValue).with_cmd(command);
                if let Some(argument) = argument {
                    error.insert(ContextKind::InvalidArg, ContextValue::String(argument.to_string()));
                }
                let shown = value.to_string_lossy().into_owned();
                error.insert(ContextKind::InvalidValue, ContextValue::String(shown));
                let valid = ["internal", "finance", "customer", "customer=ID"].map(str::to_owned);
                error.insert(ContextKind::ValidValue, ContextValue::Strings(valid.into()));
                Err(error)
            }
        }
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(WORDS.iter().map(|(word, help)| PossibleValue::new(*word).help(*help))))
    }
}
