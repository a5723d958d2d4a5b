//! Payment terms in one line: `30% deposit, 70% copy-bl`. What each word means and how it is written; the reading
//! itself is in `parse`. Due dates, gates and receipts are computed elsewhere.

mod parse;
mod teach;

use std::fmt;
use std::ops::Range;

use chrono::NaiveDate;
use rust_decimal::Decimal;

use super::money::{Amount, Money, group, round};
use crate::bi;
use crate::text::{Bi, StaticBi};

/// The longest tenor that is believed, in days.
pub const MAX_DAYS: u32 = 3650;

/// How and when an instalment is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Method {
    /// Deposit 定金, before anything is made.
    Deposit,
    /// Telegraphic transfer at a stated time.
    Tt,
    /// Before production starts.
    BeforeProduction,
    /// Before the goods are loaded.
    BeforeShipment,
    /// Against a copy of the bill of lading 见提单副本.
    CopyBl,
    /// Letter of credit 信用证.
    Lc,
    /// Documents against payment 付款交单.
    Dp,
    /// Documents against acceptance 承兑交单.
    Da,
    /// Open account 赊销.
    Oa,
    /// Cash on delivery 货到付款.
    Cod,
}

impl Method {
    /// All methods, in the order of the grammar.
    pub const ALL: [Self; 10] = [
        Self::Deposit,
        Self::Tt,
        Self::BeforeProduction,
        Self::BeforeShipment,
        Self::CopyBl,
        Self::Lc,
        Self::Dp,
        Self::Da,
        Self::Oa,
        Self::Cod,
    ];

    /// The word in the grammar.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Deposit => "deposit",
            Self::Tt => "tt",
            Self::BeforeProduction => "before-production",
            Self::BeforeShipment => "before-shipment",
            Self::CopyBl => "copy-bl",
            Self::Lc => "lc",
            Self::Dp => "dp",
            Self::Da => "da",
            Self::Oa => "oa",
            Self::Cod => "cod",
        }
    }

    /// Reads the word, in any case.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|m| m.code().eq_ignore_ascii_case(word))
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> StaticBi {
        match self {
            Self::Deposit => ("定金", "deposit"),
            Self::Tt => ("电汇 T/T", "T/T"),
            Self::BeforeProduction => ("投产前付款", "before production"),
            Self::BeforeShipment => ("装运前付款", "before shipment"),
            Self::CopyBl => ("见提单副本付款", "against copy of B/L"),
            Self::Lc => ("信用证 L/C", "L/C"),
            Self::Dp => ("付款交单 D/P", "D/P"),
            Self::Da => ("承兑交单 D/A", "D/A"),
            Self::Oa => ("赊销 O/A", "open account"),
            Self::Cod => ("货到付款", "cash on delivery"),
        }
    }

    /// What the days of a tenor count from when the line does not say.
    #[must_use]
    pub fn default_event(self) -> Event {
        match self {
            Self::Deposit | Self::BeforeProduction => Event::Signed,
            Self::Lc | Self::Dp => Event::Sight,
            Self::Da => Event::Acceptance,
            Self::CopyBl => Event::Presentation,
            Self::Cod => Event::Delivery,
            Self::Tt | Self::Oa | Self::BeforeShipment => Event::Shipment,
        }
    }
}

impl fmt::Display for Method {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// What the days of a tenor count from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Event {
    /// Signature of the contract.
    Signed,
    /// Shipment.
    Shipment,
    /// Date of the bill of lading, which is its on-board date.
    BlDate,
    /// Date of the commercial invoice.
    InvoiceDate,
    /// Arrival of the goods.
    Arrival,
    /// Delivery to the buyer.
    Delivery,
    /// Sight of the draft or documents by the payer.
    Sight,
    /// Acceptance of the draft.
    Acceptance,
    /// Presentation of the documents.
    Presentation,
}

impl Event {
    /// All events, in the order of the grammar.
    pub const ALL: [Self; 9] = [
        Self::Signed,
        Self::Shipment,
        Self::BlDate,
        Self::InvoiceDate,
        Self::Arrival,
        Self::Delivery,
        Self::Sight,
        Self::Acceptance,
        Self::Presentation,
    ];

    /// The word in the grammar.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Signed => "signed",
            Self::Shipment => "shipment",
            Self::BlDate => "bl-date",
            Self::InvoiceDate => "invoice-date",
            Self::Arrival => "arrival",
            Self::Delivery => "delivery",
            Self::Sight => "sight",
            Self::Acceptance => "acceptance",
            Self::Presentation => "presentation",
        }
    }

    /// Reads the word, in any case.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|e| e.code().eq_ignore_ascii_case(word))
    }

    /// What people call it.
    #[must_use]
    pub fn name(self) -> StaticBi {
        match self {
            Self::Signed => ("签约", "signature"),
            Self::Shipment => ("装运", "shipment"),
            Self::BlDate => ("提单日", "B/L date"),
            Self::InvoiceDate => ("发票日", "invoice date"),
            Self::Arrival => ("到港", "arrival"),
            Self::Delivery => ("交货", "delivery"),
            Self::Sight => ("见票", "sight"),
            Self::Acceptance => ("承兑", "acceptance"),
            Self::Presentation => ("交单", "presentation"),
        }
    }
}

impl fmt::Display for Event {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.code())
    }
}

/// When an instalment falls due.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Tenor {
    /// At sight.
    Sight,
    /// Days after an event; the method's own event where none is written.
    Days(u32, Option<Event>),
    /// Days after the end of the month of the invoice.
    Eom(u32),
    /// A fixed date.
    On(NaiveDate),
}

impl fmt::Display for Tenor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Sight => f.write_str("sight"),
            Self::Days(days, None) => write!(f, "{days}d"),
            Self::Days(days, Some(event)) => write!(f, "{days}d {event}"),
            Self::Eom(0) => f.write_str("eom"),
            Self::Eom(days) => write!(f, "eom+{days}d"),
            Self::On(date) => write!(f, "on {date}"),
        }
    }
}

/// The part of the total that an instalment is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Share {
    /// Percent of the total, more than 0 and at most 100.
    Percent(Decimal),
    /// A fixed amount with its currency.
    Fixed(Amount),
    /// What the others leave.
    Balance,
}

impl Share {
    fn echo(&self) -> Bi {
        match self {
            Self::Balance => bi!("余款", "balance"),
            Self::Percent(p) => Bi::same(format!("{}%", p.normalize())),
            Self::Fixed(Amount { value, currency: Some(currency) }) => {
                Bi::same(Money::new(*value, *currency).to_string())
            }
            Self::Fixed(Amount { value, currency: None }) => Bi::same(group(*value, 2)),
        }
    }
}

impl fmt::Display for Share {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Percent(percent) => write!(f, "{}%", percent.normalize()),
            Self::Fixed(Amount { value, currency: Some(currency) }) => write!(f, "{currency} {value}"),
            Self::Fixed(Amount { value, currency: None }) => write!(f, "{value}"),
            Self::Balance => f.write_str("balance"),
        }
    }
}

/// One part of the payment.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Instalment {
    /// How much.
    pub share: Share,
    /// How.
    pub method: Method,
    /// When, where it is written.
    pub tenor: Option<Tenor>,
    /// Where it stands in the text, in bytes.
    pub range: Range<usize>,
}

impl Instalment {
    /// The reading in words: "30% 定金", "30% deposit".
    #[must_use]
    pub fn echo(&self) -> Bi {
        let share = self.share.echo();
        let (zh, en) = self.method.name();
        let event = |event: &Option<Event>| event.unwrap_or(self.method.default_event()).name();
        match &self.tenor {
            None => Bi { zh: format!("{} {zh}", share.zh), en: format!("{} {en}", share.en) },
            Some(Tenor::Sight) => {
                Bi { zh: format!("{} 即期{zh}", share.zh), en: format!("{} {en} at sight", share.en) }
            }
            Some(Tenor::Days(days, from)) => {
                let (from_zh, from_en) = event(from);
                Bi {
                    zh: format!("{} {zh}，{from_zh}后 {days} 天", share.zh),
                    en: format!("{} {en}, {days} days after {from_en}", share.en),
                }
            }
            Some(Tenor::Eom(0)) => Bi {
                zh: format!("{} {zh}，发票月末", share.zh),
                en: format!("{} {en}, end of invoice month", share.en),
            },
            Some(Tenor::Eom(days)) => Bi {
                zh: format!("{} {zh}，发票月末后 {days} 天", share.zh),
                en: format!("{} {en}, {days} days after end of invoice month", share.en),
            },
            Some(Tenor::On(date)) => Bi {
                zh: format!("{} {zh}，{date} 付", share.zh),
                en: format!("{} {en} on {date}", share.en),
            },
        }
    }
}

impl fmt::Display for Instalment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.share, self.method)?;
        self.tenor.map_or(Ok(()), |tenor| write!(f, " {tenor}"))
    }
}

/// All instalments of an order, in the order in which they were written. Never empty.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PaymentTerms {
    /// The instalments.
    pub instalments: Vec<Instalment>,
}

/// One mistake in a line of payment terms.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TermsError {
    /// The bytes of the text that it is about.
    pub range: Range<usize>,
    /// What is wrong and how to write it.
    pub message: Bi,
    /// What to write in place of the range, where that is certain enough to offer.
    pub fix: Option<String>,
}

impl PaymentTerms {
    /// Reads a line of payment terms.
    ///
    /// # Errors
    /// Every mistake of the line, in the order of the text; at least one.
    pub fn parse(text: &str) -> Result<Self, Vec<TermsError>> {
        parse::terms(text)
    }

    /// The reading of the whole line in words.
    #[must_use]
    pub fn echo(&self) -> Bi {
        let parts: Vec<Bi> = self.instalments.iter().map(Instalment::echo).collect();
        let join = |pick: fn(&Bi) -> &str, by: &str| parts.iter().map(pick).collect::<Vec<_>>().join(by);
        Bi { zh: join(|b| &b.zh, "；"), en: join(|b| &b.en, "; ") }
    }

    /// The amount of each instalment of `total`, rounded half up to `minor` decimals; the last one takes the rest,
    /// so that the parts always add up.
    #[must_use]
    pub fn split(&self, total: Decimal, minor: u32) -> Vec<Decimal> {
        let mut rest = total;
        let mut parts = Vec::with_capacity(self.instalments.len());
        for (i, instalment) in self.instalments.iter().enumerate() {
            let last = i + 1 == self.instalments.len();
            let part = match instalment.share {
                _ if last => rest,
                Share::Percent(percent) => round(percent_of(percent, total), minor),
                Share::Fixed(amount) => amount.value,
                Share::Balance => Decimal::ZERO,
            };
            rest = rest.checked_sub(part).unwrap_or_default();
            parts.push(part);
        }
        parts
    }

    /// What fixed amounts come to when there is nothing else: it must equal the total of the order. `None` when a
    /// percentage or a balance makes any total right.
    #[must_use]
    pub fn fixed_total(&self) -> Option<Decimal> {
        self.instalments.iter().try_fold(Decimal::ZERO, |sum, part| match part.share {
            Share::Fixed(amount) => sum.checked_add(amount.value),
            _ => None,
        })
    }

    /// True when some part is paid by this method.
    #[must_use]
    pub fn has(&self, method: Method) -> bool {
        self.instalments.iter().any(|i| i.method == method)
    }
}

impl fmt::Display for PaymentTerms {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (i, instalment) in self.instalments.iter().enumerate() {
            if i > 0 {
                f.write_str(", ")?;
            }
            instalment.fmt(f)?;
        }
        Ok(())
    }
}

/// Exact `percent` of `total`; a product beyond the range of decimals is nothing.
fn percent_of(percent: Decimal, total: Decimal) -> Decimal {
    (percent / Decimal::ONE_HUNDRED).checked_mul(total).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn terms(text: &str) -> PaymentTerms {
        PaymentTerms::parse(text).unwrap_or_else(|e| panic!("{text}: {e:?}"))
    }

    fn n(text: &str) -> Decimal {
        text.parse().unwrap()
    }

    fn split(text: &str, total: &str, minor: u32) -> Vec<Decimal> {
        terms(text).split(n(total), minor)
    }

    #[test]
    fn parts_add_up() {
        let halves = "50% deposit, 50% copy-bl";
        let thirty = "30% deposit, 70% copy-bl";
        assert_eq!(split(thirty, "12345.67", 2), [n("3703.70"), n("8641.97")]);
        assert_eq!(split(thirty, "58200.00", 2), [n("17460.00"), n("40740.00")]);
        assert_eq!(split("40% deposit, 60% copy-bl", "33333.33", 2), [n("13333.33"), n("20000.00")]);
        assert_eq!(split(halves, "10001.01", 2), [n("5000.51"), n("5000.50")]);
        assert_eq!(
            split("30% deposit, 40% before-shipment, 30% copy-bl", "77777.77", 2),
            [n("23333.33"), n("31111.11"), n("23333.33")]
        );
        assert_eq!(split(thirty, "1234567", 0), [n("370370"), n("864197")]);
        assert_eq!(split("USD 5000 deposit, balance copy-bl", "12345.67", 2), [n("5000"), n("7345.67")]);
        assert_eq!(split("100% lc sight", "575000.00", 2), [n("575000.00")]);
        assert_eq!(split("USD 5000 deposit, balance copy-bl", "4000", 2), [n("5000"), n("-1000")]);
    }

    #[test]
    fn fixed_amounts_have_a_total() {
        assert_eq!(terms("USD 5000 deposit, USD 7000 copy-bl").fixed_total(), Some(n("12000")));
        assert_eq!(terms("USD 5000 deposit, balance copy-bl").fixed_total(), None);
        assert_eq!(terms("100% copy-bl").fixed_total(), None);
    }

    #[test]
    fn read_back_in_both_languages() {
        let echo = |text: &str| terms(text).echo();
        assert_eq!(
            echo("30% deposit, 70% copy-bl"),
            bi!("30% 定金；70% 见提单副本付款", "30% deposit; 70% against copy of B/L")
        );
        assert_eq!(echo("100% lc sight"), bi!("100% 即期信用证 L/C", "100% L/C at sight"));
        assert_eq!(
            echo("100% lc 60d bl-date"),
            bi!("100% 信用证 L/C，提单日后 60 天", "100% L/C, 60 days after B/L date")
        );
        assert_eq!(
            echo("100% da 60d"),
            bi!("100% 承兑交单 D/A，承兑后 60 天", "100% D/A, 60 days after acceptance")
        );
        assert_eq!(
            echo("USD 13187 deposit, balance tt eom+30d"),
            bi!(
                "USD 13,187.00 定金；余款 电汇 T/T，发票月末后 30 天",
                "USD 13,187.00 deposit; balance T/T, 30 days after end of invoice month"
            )
        );
        assert_eq!(echo("100% tt on 2026-12-31").en, "100% T/T on 2026-12-31");
        assert_eq!(echo("100% tt eom").zh, "100% 电汇 T/T，发票月末");
    }

    fn any_tenor(method: Method) -> BoxedStrategy<Option<Tenor>> {
        let days = (0_u32..=MAX_DAYS, prop::option::of(0_usize..Event::ALL.len()))
            .prop_map(|(d, e)| Some(Tenor::Days(d, e.and_then(|e| Event::ALL.get(e).copied()))));
        let eom = (0_u32..=MAX_DAYS).prop_map(|d| Some(Tenor::Eom(d)));
        let on = (2000_i32..2100, 1_u32..366).prop_map(|(y, o)| NaiveDate::from_yo_opt(y, o).map(Tenor::On));
        match method {
            Method::BeforeProduction | Method::BeforeShipment => Just(None).boxed(),
            Method::Lc | Method::Dp => prop_oneof![Just(None), Just(Some(Tenor::Sight)), days].boxed(),
            Method::Deposit | Method::CopyBl | Method::Cod => prop_oneof![Just(None), days, on].boxed(),
            Method::Da => days.boxed(),
            Method::Tt | Method::Oa => prop_oneof![days, eom, on].boxed(),
        }
    }

    /// A line that adds up: percentages, or fixed amounts and a balance.
    fn any_terms() -> impl Strategy<Value = Vec<(Share, Method, Option<Tenor>)>> {
        let how = (0_usize..Method::ALL.len()).prop_flat_map(|i| {
            let method = Method::ALL[i];
            any_tenor(method).prop_map(move |tenor| (method, tenor))
        });
        (prop::collection::vec((1_i64..2000, how), 1..5), any::<bool>()).prop_map(|(parts, fixed)| {
            let last = parts.len() - 1;
            let mut left = Decimal::ONE_HUNDRED;
            let shares: Vec<_> = parts
                .into_iter()
                .enumerate()
                .map(|(i, (size, (method, tenor)))| {
                    let share = match (fixed, i == last) {
                        (true, true) => Share::Balance,
                        (true, false) => Share::Fixed(Amount {
                            value: Decimal::new(size, 2),
                            currency: Some(super::super::Currency::USD),
                        }),
                        (false, true) => Share::Percent(left),
                        (false, false) => Share::Percent(Decimal::new(size, 2)),
                    };
                    if let Share::Percent(p) = share {
                        left -= p;
                    }
                    (share, method, tenor)
                })
                .collect();
            shares
        })
    }

    proptest! {
        #[test]
        fn written_terms_read_back(parts in any_terms(), total in 0_i64..10_i64.pow(12), minor in 0_u32..=3) {
            let instalments = parts
                .into_iter()
                .map(|(share, method, tenor)| Instalment { share, method, tenor, range: 0..0 })
                .collect();
            let written = PaymentTerms { instalments };
            let text = written.to_string();
            let read = PaymentTerms::parse(&text).map_err(|e| TestCaseError::fail(format!("{text}: {e:?}")))?;
            prop_assert_eq!(read.to_string(), text.clone());
            prop_assert_eq!(read.instalments.len(), written.instalments.len());
            for (a, b) in read.instalments.iter().zip(&written.instalments) {
                prop_assert_eq!((a.method, a.tenor), (b.method, b.tenor));
                prop_assert_eq!(&text[a.range.clone()], b.to_string());
            }
            let total = Decimal::new(total, minor);
            prop_assert_eq!(read.split(total, minor).iter().sum::<Decimal>(), total);
        }

        #[test]
        fn any_line_is_read_or_explained(text in "([0-9]{1,3}%?| |,|deposit|tt|余款|定金|％|，|eom\\+|d|USD|balance|\\PC){0,12}") {
            if let Err(errors) = PaymentTerms::parse(&text) {
                prop_assert!(!errors.is_empty());
                for error in errors {
                    prop_assert!(text.get(error.range.clone()).is_some(), "{:?}", error);
                    prop_assert!(!error.message.zh.is_empty() && !error.message.en.is_empty());
                }
            }
        }
    }
}
