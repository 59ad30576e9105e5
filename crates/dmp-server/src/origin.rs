//! Which site a form was sent from, as the browser says.
//!
//! A session's cookie is kept back on a request that another site begins, and every form has its token. A form that needs neither (signing in,
//! opening a record) could still be sent from elsewhere: a browser says so, in headers that no page can set.

use axum::http::{HeaderMap, Method, header};

/// Doors that are asked from other sites, and know no cookie: registered software (also its pages in the browser, which are asked
/// about by the door itself), apps, viewers of a shared link.
fn is_for_others(path: &str) -> bool {
    let under = |root: &str| path.strip_prefix(root).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
    ["/fhir", "/shl", "/cds-services", "/sandbox", "/pro/appel"].into_iter().any(under)
        || matches!(path, "/oauth/token" | "/oauth/revoke" | "/share/open")
}

/// Whether a request changes something here from a page that is not ours. Without the headers the token of the form and the cookie have the word,
/// as before. `null` is the origin of our own forms too: our pages send no referrer.
pub(crate) fn comes_from_elsewhere(method: &Method, path: &str, headers: &HeaderMap, base_url: &str) -> bool {
    if method.is_safe() || is_for_others(path) {
        return false;
    }
    let said = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = said("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let ours = |origin: &str| origin == "null" || origin == origin_of(base_url) || origin.split_once("://").map(|(_, place)| place) == host;
    said("origin").is_some_and(|origin| !ours(origin))
}

/// Scheme, host and port of an address.
fn origin_of(url: &str) -> &str {
    let after = url.find("://").map_or(0, |at| at + 3);
    let end = url.get(after..).and_then(|rest| rest.find('/')).map_or(url.len(), |at| after + at);
    url.get(..end).unwrap_or(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://dmp.example/under";

    fn from(pairs: &[(&'static str, &'static str)]) -> HeaderMap {
        pairs.iter().map(|(name, value)| (name.parse().unwrap(), value.parse().unwrap())).collect()
    }

    fn refused(path: &str, pairs: &[(&'static str, &'static str)]) -> bool {
        comes_from_elsewhere(&Method::POST, path, &from(pairs), BASE)
    }

    #[test]
    fn a_form_of_another_site_is_refused_and_one_of_ours_is_not() {
        for site in ["cross-site", "same-site", "what"] {
            assert!(refused("/signin/passkey", &[("sec-fetch-site", site)]), "{site}");
            assert!(refused("/signin", &[("sec-fetch-site", site), ("origin", "https://dmp.example")]), "{site}");
        }
        for site in ["same-origin", "none"] {
            assert!(!refused("/signin/passkey", &[("sec-fetch-site", site), ("origin", "null")]), "{site}");
        }
        assert!(refused("/close", &[("origin", "https://evil.example")]));
        assert!(refused("/close", &[("origin", "https://dmp.example.evil.example")]));
        assert!(!refused("/close", &[("origin", "https://dmp.example")]));
        assert!(!refused("/close", &[("origin", "null")]));
        assert!(!refused("/close", &[("origin", "http://127.0.0.1:8080"), ("host", "127.0.0.1:8080")]));
        assert!(!refused("/close", &[]), "a browser that says nothing");
        assert!(!comes_from_elsewhere(&Method::GET, "/documents", &from(&[("sec-fetch-site", "cross-site")]), BASE), "a link leads here");
    }

    #[test]
    fn doors_for_others_are_asked_from_anywhere() {
        for path in ["/fhir", "/fhir/Patient/_search", "/oauth/token", "/oauth/revoke", "/shl/abc", "/share/open", "/cds-services/x", "/pro/appel"] {
            assert!(!refused(path, &[("sec-fetch-site", "cross-site"), ("origin", "https://app.example")]), "{path}");
        }
        for path in ["/fhirx", "/share/open/x", "/oauth/authorize", "/share/stop", "/shlx", "/pro/appelx"] {
            assert!(refused(path, &[("sec-fetch-site", "cross-site")]), "{path}");
        }
    }
}
