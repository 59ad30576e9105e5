//! What must hold for every page in every state.

use super::*;

/// The script of the keys, on a professional's pages.
const KEYS: &str = r#"<script src="/static/keys.js" defer></script>"#;
/// The script of passkeys, where a form waits for it. Without it that form stays hidden.
const SCRIPT: &str = r#"<script src="/static/passkey.js" defer></script>"#;

#[test]
fn the_script_of_passkeys_is_small_and_what_needs_it_is_hidden_without_it() {
    assert!(crate::PASSKEY_SCRIPT.len() <= 4 * 1024 && crate::KEYS_SCRIPT.len() <= 4 * 1024);
    for sample in samples() {
        for form in sample.html.split("<form ").skip(1).filter(|form| form.contains("data-passkey")) {
            assert!(form.split('>').next().unwrap().ends_with(" hidden"), "{}", sample.name);
        }
    }
}

fn samples() -> Vec<RenderedSample> {
    every_sample().unwrap()
}

#[test]
fn every_page_has_one_heading_one_main_and_says_its_language() {
    for sample in samples() {
        assert_eq!(sample.html.matches("<h1").count(), 1, "{}", sample.name);
        assert_eq!(sample.html.matches("<main").count(), 1, "{}", sample.name);
        let lang = &sample.name[sample.name.len() - 2..];
        assert!(sample.html.contains(&format!("<html lang=\"{lang}\"")), "{}", sample.name);
    }
}

#[test]
fn no_page_has_an_inline_style_or_a_script_but_those_of_passkeys_and_keys() {
    for sample in samples() {
        let scripts = sample.html.matches(SCRIPT).count();
        assert_eq!(scripts, sample.html.matches(" data-passkey=").count(), "{}", sample.name);
        let keys = sample.html.matches(KEYS).count();
        assert_eq!(keys, sample.html.matches("<details class=\"keys").count(), "{}", sample.name);
        assert!(keys == 0 || sample.html.contains("<body class=\"pro\">"), "{}", sample.name);
        let sample = RenderedSample { html: sample.html.replace(SCRIPT, "").replace(KEYS, ""), ..sample };
        // A link that is followed by hand may lead out: to the publisher of an app. Nothing is loaded from elsewhere.
        let html = sample.html.replace("<a href=\"https://", "<a ").replace("<a class=\"button main\" href=\"https://", "<a ");
        for forbidden in ["<script", "<style", " style=", "javascript:", " onclick", " onload", "http://", "https://"] {
            assert!(!html.contains(forbidden), "{forbidden} in {}", sample.name);
        }
    }
}

#[test]
fn every_post_form_has_its_token() {
    for sample in samples() {
        for form in sample.html.split("<form ").skip(1) {
            let form = form.split("</form>").next().unwrap();
            assert_eq!(form.contains("method=\"post\""), form.contains("name=\"csrf\""), "{}: {form}", sample.name);
        }
    }
}

#[test]
fn every_identifier_is_unique_and_every_reference_leads_to_one() {
    for sample in samples() {
        let values = |attribute: &str| -> Vec<String> {
            sample.html.split(attribute).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
        };
        let ids = values(" id=\"");
        for id in &ids {
            assert_eq!(ids.iter().filter(|other| *other == id).count(), 1, "{id} in {}", sample.name);
        }
        for attribute in [" aria-labelledby=\"", " aria-describedby=\"", " for=\"", " href=\"#"] {
            for reference in values(attribute).iter().flat_map(|value| value.split(' ')) {
                assert!(ids.iter().any(|id| id == reference), "{attribute}{reference} in {}", sample.name);
            }
        }
    }
}

#[test]
fn every_field_has_a_label() {
    for sample in samples() {
        for tag in ["<input ", "<select ", "<textarea "] {
            for field in sample.html.split(tag).skip(1) {
                let field = field.split('>').next().unwrap();
                if field.contains("type=\"hidden\"") {
                    continue;
                }
                let id = field.split("id=\"").nth(1).unwrap().split('"').next().unwrap();
                assert!(sample.html.contains(&format!("<label for=\"{id}\"")), "{id} in {}", sample.name);
            }
        }
    }
}

#[test]
fn every_page_says_that_it_is_not_the_state_and_a_sandbox_says_so() {
    for sample in samples() {
        assert!(
            sample.html.contains("site n&#39;est pas un service de l&#39;État") || sample.html.contains("not a service of the French State"),
            "{}",
            sample.name
        );
        assert!(sample.html.contains("class=\"ribbon\""), "{}", sample.name);
    }
}

#[test]
fn what_a_person_typed_is_escaped_and_kept() {
    let (_, mut page) = crate::AccessPage::samples(Lang::Fr).into_iter().find(|(state, _)| *state == "error").unwrap();
    page.authorise.rpps = "\"><b>1".to_owned();
    let html = askama::Template::render(&page).unwrap();
    assert!(!html.contains("<b>") && html.contains("&#34;&#62;&#60;b&#62;1"));
}

#[test]
fn a_denial_is_the_same_page_for_everyone_who_has_the_same_ways() {
    let (_, page) = crate::ProDenied::samples(Lang::Fr).into_iter().find(|(state, _)| *state == "full").unwrap();
    let html = askama::Template::render(&page).unwrap();
    for betrayal in ["bloqué", "n'existe pas", "Nadia"] {
        assert!(!html.contains(betrayal), "{betrayal}");
    }
}

#[test]
fn filters_are_kept_in_links_and_encoded() {
    let filters = crate::Filters { class: "42".to_owned(), author: "Fictif & fils".to_owned(), ..crate::Filters::default() };
    assert_eq!(filters.query(), "?class=42&author=Fictif%20%26%20fils");
}

#[test]
fn the_style_sheet_stays_small() {
    // 14 KB compressed is the budget; plain text of this kind compresses at least three times.
    assert!(crate::CSS.len() < 3 * 14 * 1024);
}
