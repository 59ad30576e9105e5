//! The apps that an operator registered (`dmp serve --apps FILE`). There is no dynamic registration: who asks for a person's data is known before.

use dmp_core::record::AppName;
use jsonwebtoken::jwk::JwkSet;
use serde::Deserialize;
use url::Url;

use super::scopes::Scopes;
use crate::caller::Registered;

/// A registered app, as it stands in the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisteredApp {
    pub client_id: String,
    pub name: AppName,
    pub publisher: String,
    /// Where its answers may go: compared as texts, whole.
    pub redirect_uris: Vec<String>,
    /// The publisher's page that says what it does with data.
    pub privacy: String,
    /// Scopes it may ask for.
    pub scope: String,
    /// Its public keys, when it can keep a secret (`private_key_jwt`). Without them it is a public client, which proves itself by PKCE alone.
    #[serde(default)]
    pub jwks: Option<JwkSet>,
    /// Where a launch begins. With it the app is one that professionals open (EHR launch); without it, one that persons let in.
    #[serde(default)]
    pub launch_url: Option<String>,
}

impl RegisteredApp {
    /// Who opens it.
    pub(crate) fn is_for_professionals(&self) -> bool {
        self.launch_url.is_some()
    }

    /// The address that launches it with a ticket; `None`: it is none for professionals.
    pub(crate) fn launched_with(&self, iss: &str, ticket: &str) -> Option<String> {
        let mut url = Url::parse(self.launch_url.as_deref()?).ok()?;
        url.query_pairs_mut().append_pair("iss", iss).append_pair("launch", ticket);
        Some(url.into())
    }
}

impl Registered for RegisteredApp {
    fn client_id(&self) -> &str {
        &self.client_id
    }

    fn jwks(&self) -> Option<&JwkSet> {
        self.jwks.as_ref()
    }
}

/// The register of apps.
#[derive(Debug, Default)]
pub struct Apps {
    apps: Vec<(RegisteredApp, Scopes)>,
}

/// Letters of a name on a page, and of an address.
const NAME_MAX: usize = 80;
const ADDRESS_MAX: usize = 400;

impl Apps {
    /// A register of the given apps.
    ///
    /// # Errors
    /// Which app is wrong, and what about it.
    pub fn new(apps: Vec<RegisteredApp>) -> Result<Self, String> {
        let mut register = Apps::default();
        for app in apps {
            if register.get(&app.client_id).is_some() {
                return Err(format!("app {}: registered twice", app.client_id));
            }
            let scopes = check(&app).map_err(|wrong| format!("app {}: {wrong}", app.client_id))?;
            register.apps.push((app, scopes));
        }
        Ok(register)
    }

    /// The app of a `client_id`.
    pub fn get(&self, client_id: &str) -> Option<&RegisteredApp> {
        self.with_scopes(client_id).map(|(app, _)| app)
    }

    /// The apps that professionals may open, in the order of the register.
    pub(crate) fn for_professionals(&self) -> impl Iterator<Item = &RegisteredApp> {
        self.apps.iter().map(|(app, _)| app).filter(|app| app.is_for_professionals())
    }

    /// The same, with what it may ask for.
    pub(crate) fn with_scopes(&self, client_id: &str) -> Option<(&RegisteredApp, Scopes)> {
        self.apps.iter().find(|(app, _)| app.client_id == client_id).map(|(app, scopes)| (app, *scopes))
    }

    /// Whether a page of this origin belongs to a registered app that runs in a browser: it may read our answers there (CORS).
    pub(crate) fn knows_origin(&self, origin: &str) -> bool {
        self.apps.iter().flat_map(|(app, _)| &app.redirect_uris).any(|uri| origin_of(uri).as_deref() == Some(origin))
    }
}

fn check(app: &RegisteredApp) -> Result<Scopes, &'static str> {
    let id = &app.client_id;
    if id.is_empty() || id.len() > NAME_MAX || !id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-._".contains(&byte)) {
        return Err("client_id has 1 to 80 of the characters A-Z a-z 0-9 - . _");
    }
    let named = |text: &str| !text.trim().is_empty() && text.chars().count() <= NAME_MAX && !text.chars().any(char::is_control);
    if !named(&app.name.fr) || !named(&app.name.en) || !named(&app.publisher) {
        return Err("name.fr, name.en and publisher have 1 to 80 characters");
    }
    if app.redirect_uris.is_empty() || !app.redirect_uris.iter().all(|uri| is_safe_redirect(uri)) {
        return Err("redirect_uris are https, http on loopback, or a scheme of the app's own with a dot (RFC 8252); no fragment, no user name");
    }
    if !is_web(&app.privacy) {
        return Err("privacy is an https address");
    }
    if app.jwks.as_ref().is_some_and(|set| set.keys.is_empty() || set.keys.iter().any(|key| key.common.key_id.is_none())) {
        return Err("each key of jwks has a kid");
    }
    if app.launch_url.as_deref().is_some_and(|url| !is_web(url) || url.len() > ADDRESS_MAX || url.contains('#')) {
        return Err("launch_url is an https address without a fragment");
    }
    Scopes::parse(&app.scope, app.is_for_professionals())
}

/// SECURITY: an answer with a code goes nowhere else than to an address that passed here when it was registered.
fn is_safe_redirect(uri: &str) -> bool {
    let plain = uri.bytes().all(|byte| byte.is_ascii_graphic() && !b"\"'<>\\^`{|};,".contains(&byte));
    let Ok(url) = Url::parse(uri) else { return false };
    let alone = url.fragment().is_none() && url.username().is_empty() && url.password().is_none();
    plain && alone && uri.len() <= ADDRESS_MAX && (is_web(uri) || (url.scheme().contains('.') && url.host_str().is_none_or(str::is_empty)))
}

/// TLS, or this very machine.
pub(crate) fn is_web(uri: &str) -> bool {
    Url::parse(uri).is_ok_and(|url| match url.scheme() {
        "https" => url.host_str().is_some(),
        "http" => matches!(url.host_str(), Some("127.0.0.1" | "[::1]" | "localhost")),
        _ => false,
    })
}

/// The origin of a page, or `None` for an app that is none.
pub(crate) fn origin_of(uri: &str) -> Option<String> {
    let origin = Url::parse(uri).ok()?.origin();
    origin.is_tuple().then(|| origin.ascii_serialization())
}

/// Where the answer goes, for the person: a host, or the app on this device. And for the browser, which is told where a form may lead.
pub(super) fn target(uri: &str) -> (String, String) {
    match (Url::parse(uri).ok(), origin_of(uri)) {
        (Some(url), Some(origin)) => (url.host_str().unwrap_or_default().to_owned(), origin),
        (Some(url), None) => (format!("{}:", url.scheme()), format!("{}:", url.scheme())),
        (None, _) => (String::new(), String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn app(change: impl FnOnce(&mut RegisteredApp)) -> Result<Apps, String> {
        let mut app = RegisteredApp {
            client_id: "notebook".into(),
            name: AppName { fr: "Carnet".into(), en: "Notebook".into() },
            publisher: "Éditeur fictif".into(),
            redirect_uris: vec!["https://app.example/back".into()],
            privacy: "https://app.example/privacy".into(),
            scope: "patient/*.rs".into(),
            jwks: None,
            launch_url: None,
        };
        change(&mut app);
        Apps::new(vec![app])
    }

    #[test]
    fn answers_go_to_safe_addresses_alone() {
        for safe in ["https://app.example/back?x=1", "http://127.0.0.1:8123/back", "http://localhost/b", "example.app:/back", "com.example.app:/cb"] {
            assert!(app(|app| app.redirect_uris = vec![safe.into()]).is_ok(), "{safe}");
        }
        for unsafe_one in [
            "",
            "http://app.example/back",
            "javascript:alert(1)",
            "data:text/html,x",
            "file:///etc/passwd",
            "https://app.example/back#x",
            "https://user@app.example/",
            "https://app.example/a b",
            "https://app.example/;x",
            "//app.example/",
            "app:/back",
            "http://127.0.0.1.app.example/",
        ] {
            assert!(app(|app| app.redirect_uris = vec![unsafe_one.into()]).is_err(), "{unsafe_one}");
        }
    }

    #[test]
    fn a_wrong_registration_is_told_at_the_start() {
        assert!(app(|_| {}).is_ok());
        assert!(app(|app| app.client_id = "a b".into()).is_err());
        assert!(app(|app| app.name.en = " ".into()).is_err());
        assert!(app(|app| app.privacy = "ftp://x".into()).is_err());
        assert!(app(|app| app.scope = "patient/*.cruds".into()).is_err());
        assert!(app(|app| app.launch_url = Some("http://app.example/launch".into())).is_err());
        let professional =
            |app: &mut RegisteredApp| (app.launch_url, app.scope) = (Some("https://app.example/launch?x=1".into()), "launch user/*.rs".into());
        let known = app(professional).unwrap();
        let url = known.get("notebook").unwrap().launched_with("https://dmp.example/fhir", "t&t").unwrap();
        assert_eq!(url, "https://app.example/launch?x=1&iss=https%3A%2F%2Fdmp.example%2Ffhir&launch=t%26t");
        assert_eq!((known.for_professionals().count(), app(|_| {}).unwrap().for_professionals().count()), (1, 0));
        assert!(app(|app| app.redirect_uris.clear()).is_err());
        assert!(app(|app| app.jwks = Some(JwkSet { keys: Vec::new() })).is_err());
    }

    #[test]
    fn only_a_page_of_a_registered_app_reads_answers_in_a_browser() {
        let apps = app(|app| app.redirect_uris.push("example.app:/back".into())).unwrap();
        assert!(apps.knows_origin("https://app.example"));
        for other in ["https://app.example.evil.example", "http://app.example", "null", "https://app.example/", ""] {
            assert!(!apps.knows_origin(other), "{other}");
        }
    }
}
