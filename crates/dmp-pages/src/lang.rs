//! The two languages of the pages, and how a page declares its texts.

use dmp_core::record::Language;

/// Language of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    #[default]
    Fr,
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Lang; 2] = [Lang::Fr, Lang::En];

    /// `fr` or `en`, as in the HTML attribute and the field `lang` of `POST /lang`.
    pub fn code(self) -> &'static str {
        match self {
            Lang::Fr => "fr",
            Lang::En => "en",
        }
    }

    /// From `fr` or `en`.
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|lang| lang.code() == code)
    }

    /// Whether this is French.
    pub fn is_french(self) -> bool {
        self == Lang::Fr
    }

    /// The other language.
    pub fn other(self) -> Lang {
        match self {
            Lang::Fr => Lang::En,
            Lang::En => Lang::Fr,
        }
    }

    /// The text of this language.
    pub fn pick<'a>(self, fr: &'a str, en: &'a str) -> &'a str {
        match self {
            Lang::Fr => fr,
            Lang::En => en,
        }
    }
}

impl From<Lang> for Language {
    fn from(lang: Lang) -> Self {
        match lang {
            Lang::Fr => Language::French,
            Lang::En => Language::English,
        }
    }
}

/// Declares the texts of one page, French and English side by side, as a struct: a key that one language lacks does
/// not compile. A macro, because a function cannot make a struct.
macro_rules! texts {
    ($(#[$doc:meta])* $name:ident { $($key:ident: $fr:literal, $en:literal;)+ }) => {
        $(#[$doc])*
        #[derive(Debug)]
        pub struct $name { $(pub $key: &'static str,)+ }

        impl $name {
            const FR: Self = $name { $($key: $fr,)+ };
            const EN: Self = $name { $($key: $en,)+ };
            /// Key, French, English.
            #[cfg(test)]
            pub const PAIRS: &'static [(&'static str, &'static str, &'static str)] = &[$((stringify!($key), $fr, $en),)+];

            /// The texts in the given language.
            pub fn of(lang: $crate::Lang) -> &'static Self {
                match lang {
                    $crate::Lang::Fr => &Self::FR,
                    $crate::Lang::En => &Self::EN,
                }
            }
        }
    };
}

/// Page structs hold names and health data: their `Debug` shows the type alone, so that none reaches a log.
macro_rules! silent_debug {
    ($($name:ident),+ $(,)?) => {
        $(impl std::fmt::Debug for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        })+
    };
}

pub(crate) use {silent_debug, texts};
