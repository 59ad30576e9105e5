//! After a session ended under a form: what was typed, and the way to send it.

use askama::Template;

use crate::Shell;
use crate::lang::silent_debug;
use crate::texts::back::BackTexts;

/// A form that was sent after its session had ended, at `/signin/back`. Form: `POST {action}` (`csrf` and the fields as they were).
#[derive(Clone, Template)]
#[template(path = "back_page.html")]
pub struct BackPage {
    pub shell: Shell,
    /// Where the form goes.
    pub action: String,
    /// Names and values, without the token.
    pub fields: Vec<(String, String)>,
    /// The page that the form stood on; `None`: it has no address of its own.
    pub page: Option<String>,
}

silent_debug!(BackPage);

/// Letters of a value that is shown; a longer one is cut.
const SHOWN_MAX: usize = 400;

impl BackPage {
    fn t(&self) -> &'static BackTexts {
        BackTexts::of(self.shell.lang)
    }

    /// What a person may have typed: neither the mark of a box nor an id that the page put there.
    fn typed(&self) -> Vec<String> {
        let is_id = |value: &str| value.len() >= 22 && !value.contains(char::is_whitespace) && !value.contains('@');
        let values = self.fields.iter().map(|(_, value)| value.trim());
        let typed = values.filter(|value| !value.is_empty() && *value != "on" && !is_id(value));
        typed.map(|value| value.chars().take(SHOWN_MAX).collect()).collect()
    }

    fn page(&self) -> &str {
        self.page.as_deref().unwrap_or("/")
    }
}

#[cfg(any(test, feature = "samples"))]
impl BackPage {
    /// What was typed; a button alone.
    pub fn samples(lang: crate::Lang) -> Vec<(&'static str, BackPage)> {
        let field = |name: &str, value: &str| (name.to_owned(), value.to_owned());
        let typed = BackPage {
            shell: crate::samples::person_shell(lang, "/signin/back"),
            action: "/add/allergy".to_owned(),
            fields: vec![field("what", "Pollen de bouleau"), field("sure", "on"), field("form", "AAAAAAAAAAAAAAAAAAAAAAAA")],
            page: Some("/add/allergy".to_owned()),
        };
        let bare = BackPage { action: "/documents/a1/hide".to_owned(), fields: Vec::new(), page: None, ..typed.clone() };
        vec![("typed", typed), ("bare", bare)]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_typed_is_shown_and_everything_is_sent() {
        let (_, page) = BackPage::samples(crate::Lang::Fr).remove(0);
        assert_eq!(page.typed(), ["Pollen de bouleau"]);
        let html = page.render().unwrap();
        for (name, value) in &page.fields {
            assert!(html.contains(&format!("name=\"{name}\" value=\"{value}\"")), "{name}");
        }
    }
}
