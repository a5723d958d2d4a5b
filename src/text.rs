//! Text for people: everything gendan says, it says in Chinese and in English.

/// One message in both languages. Neither is a translation key: both are written where the fact is known.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Default, Hash)]
pub struct Bi {
    /// Simplified Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Bi {
    /// A text that reads the same in both languages (a number, a name, a code).
    pub fn same(text: impl Into<String>) -> Self {
        let zh = text.into();
        Self { en: zh.clone(), zh }
    }

    /// The text in one language.
    #[must_use]
    pub fn get(&self, lang: Lang) -> &str {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }

    /// True when there is nothing to say in either language.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.zh.is_empty() && self.en.is_empty()
    }
}

/// A text known at compile time, in both languages: `(Chinese, English)`.
pub type StaticBi = (&'static str, &'static str);

impl From<StaticBi> for Bi {
    fn from((zh, en): StaticBi) -> Self {
        Self { zh: zh.to_owned(), en: en.to_owned() }
    }
}

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Lang {
    /// Simplified Chinese, what most users read first.
    Zh,
    /// English.
    En,
}

impl Lang {
    /// Both, in the order in which they are shown.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The BCP 47 tag used for folders, configuration and `hreflang`.
    #[must_use]
    pub fn tag(self) -> &'static str {
        match self {
            Self::Zh => "zh-CN",
            Self::En => "en",
        }
    }
}

/// Formats one message in both languages, with the same captured values: `bi!("差 {n} KG", "{n} KG apart")`.
/// Names after a semicolon are [`Bi`] themselves, and each language takes its own side of them:
/// `bi!("改成{wanted}", "change it to {wanted}"; wanted)`.
#[macro_export]
macro_rules! bi {
    ($zh:literal, $en:literal; $($side:ident),+) => {
        $crate::text::Bi {
            zh: { $( let $side = &$side.zh; )+ format!($zh) },
            en: { $( let $side = &$side.en; )+ format!($en) },
        }
    };
    ($zh:literal, $en:literal $(, $($arg:tt)*)?) => {
        $crate::text::Bi { zh: format!($zh $(, $($arg)*)?), en: format!($en $(, $($arg)*)?) }
    };
}
