//! How a visitor wants pages to look: colours and size of the text. Kept in a cookie, so that it holds before signing in too.

use crate::Lang;

/// The colours of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Theme {
    /// As the device is set.
    #[default]
    Device,
    Light,
    Dark,
    /// Black on white, or white on black when the device is dark.
    Contrast,
}

/// The size of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum TextSize {
    #[default]
    Normal,
    Large,
    Larger,
}

/// What the visitor chose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Display {
    pub theme: Theme,
    pub size: TextSize,
}

impl Theme {
    /// Every choice, in the order of the form.
    pub const ALL: [Theme; 4] = [Theme::Device, Theme::Light, Theme::Dark, Theme::Contrast];

    /// Value of the field `theme`, and class of the style sheet.
    pub fn code(self) -> &'static str {
        match self {
            Theme::Device => "device",
            Theme::Light => "light",
            Theme::Dark => "dark",
            Theme::Contrast => "contrast",
        }
    }

    /// The words of the choice.
    pub(crate) fn words(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            Theme::Device => ("Comme sur mon appareil", "As my device is set"),
            Theme::Light => ("Clair", "Light"),
            Theme::Dark => ("Sombre", "Dark"),
            Theme::Contrast => ("Très contrasté", "High contrast"),
        };
        lang.pick(fr, en)
    }
}

impl TextSize {
    /// Every choice, in the order of the form.
    pub const ALL: [TextSize; 3] = [TextSize::Normal, TextSize::Large, TextSize::Larger];

    /// Value of the field `size`, and class of the style sheet.
    pub fn code(self) -> &'static str {
        match self {
            TextSize::Normal => "normal",
            TextSize::Large => "large",
            TextSize::Larger => "larger",
        }
    }

    /// The words of the choice.
    pub(crate) fn words(self, lang: Lang) -> &'static str {
        let (fr, en) = match self {
            TextSize::Normal => ("Texte normal", "Normal text"),
            TextSize::Large => ("Texte grand", "Large text"),
            TextSize::Larger => ("Texte très grand", "Very large text"),
        };
        lang.pick(fr, en)
    }
}

impl Display {
    /// From the two fields of the form. `None` for a value that is none of ours.
    pub fn from_fields(theme: &str, size: &str) -> Option<Self> {
        let theme = Theme::ALL.into_iter().find(|one| one.code() == theme)?;
        let size = TextSize::ALL.into_iter().find(|one| one.code() == size)?;
        Some(Display { theme, size })
    }

    /// From the value of the cookie: `dark.large`.
    pub fn from_code(code: &str) -> Option<Self> {
        let (theme, size) = code.split_once('.')?;
        Self::from_fields(theme, size)
    }

    /// Value of the cookie.
    pub fn code(self) -> String {
        format!("{}.{}", self.theme.code(), self.size.code())
    }

    /// The attribute of the root element, with the space before it; nothing when nothing was chosen.
    pub(crate) fn attribute(&self) -> &'static str {
        match (self.theme, self.size) {
            (Theme::Device, TextSize::Normal) => "",
            (Theme::Light, TextSize::Normal) => " class=\"light\"",
            (Theme::Dark, TextSize::Normal) => " class=\"dark\"",
            (Theme::Contrast, TextSize::Normal) => " class=\"contrast\"",
            (Theme::Device, TextSize::Large) => " class=\"large\"",
            (Theme::Light, TextSize::Large) => " class=\"light large\"",
            (Theme::Dark, TextSize::Large) => " class=\"dark large\"",
            (Theme::Contrast, TextSize::Large) => " class=\"contrast large\"",
            (Theme::Device, TextSize::Larger) => " class=\"larger\"",
            (Theme::Light, TextSize::Larger) => " class=\"light larger\"",
            (Theme::Dark, TextSize::Larger) => " class=\"dark larger\"",
            (Theme::Contrast, TextSize::Larger) => " class=\"contrast larger\"",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_choice_comes_back_from_its_cookie_and_names_its_classes() {
        for theme in Theme::ALL {
            for size in TextSize::ALL {
                let display = Display { theme, size };
                assert_eq!(Display::from_code(&display.code()), Some(display));
                assert_eq!(display.attribute().contains(theme.code()), theme != Theme::Device, "{display:?}");
                assert_eq!(display.attribute().contains("large"), size != TextSize::Normal, "{display:?}");
            }
        }
        assert_eq!(Display::from_code("dark"), None);
        assert_eq!(Display::from_code("dark.large\" onload=x"), None);
    }
}
