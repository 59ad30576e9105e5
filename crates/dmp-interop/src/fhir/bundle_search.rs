//! Searchset bundles out of resources that are already text. Hot path: bytes are copied once.

use super::write::resource;

/// One match: absolute address and JSON text of the resource.
#[derive(Debug, Clone, Copy)]
pub struct Match<'a> {
    pub full_url: &'a str,
    pub resource: &'a [u8],
}

/// Everything around the matches.
#[derive(Debug, Clone, Copy, Default)]
pub struct SearchPage<'a> {
    /// Number of matches of the whole search, for this reader.
    pub total: u64,
    pub self_url: &'a str,
    pub first_url: Option<&'a str>,
    pub next_url: Option<&'a str>,
    /// JSON text of an OperationOutcome with warnings (`search.mode` = outcome).
    pub outcome: Option<&'a [u8]>,
}

/// A searchset bundle (FHIR R4 3.1.1; ITI-66, ITI-67).
pub fn render_searchset<'a>(page: &SearchPage<'_>, matches: impl IntoIterator<Item = Match<'a>>) -> Vec<u8> {
    let mut matches = matches.into_iter().peekable();
    let capacity = USUAL_ENTRY_BYTES.saturating_mul(matches.size_hint().0.clamp(1, ENTRIES_RESERVED_MAX));
    resource("Bundle", capacity, |out| {
        out.text("type", "searchset");
        out.number("total", page.total);
        out.list("link", |out| {
            for (relation, url) in [("self", Some(page.self_url)), ("first", page.first_url), ("next", page.next_url)] {
                if let Some(url) = url {
                    out.object(|out| {
                        out.text("relation", relation);
                        out.text("url", url);
                    });
                }
            }
        });
        if matches.peek().is_none() && page.outcome.is_none() {
            return;
        }
        out.list("entry", |out| {
            for found in matches {
                out.object(|out| {
                    out.text("fullUrl", found.full_url);
                    out.key("resource");
                    out.raw(found.resource);
                    out.member("search", |out| out.text("mode", "match"));
                });
            }
            if let Some(outcome) = page.outcome {
                out.object(|out| {
                    out.key("resource");
                    out.raw(outcome);
                    out.member("search", |out| out.text("mode", "outcome"));
                });
            }
        });
    })
}

const USUAL_ENTRY_BYTES: usize = 4096;
/// Largest page.
const ENTRIES_RESERVED_MAX: usize = 200;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_has_its_matches_links_and_warnings() {
        let page = SearchPage {
            total: 5,
            self_url: "http://x/List?a=\"b\"",
            next_url: Some("http://x/n"),
            outcome: Some(br#"{"resourceType":"OperationOutcome"}"#),
            ..SearchPage::default()
        };
        let bytes = render_searchset(&page, [Match { full_url: "http://x/List/1", resource: br#"{"resourceType":"List"}"# }]);
        let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(value["total"], 5);
        assert_eq!(value["link"][1]["relation"], "next");
        assert_eq!(value["entry"][0]["resource"]["resourceType"], "List");
        assert_eq!(value["entry"][1]["search"]["mode"], "outcome");
    }

    #[test]
    fn nothing_found_is_a_bundle_without_entries() {
        let bytes = render_searchset(&SearchPage { self_url: "u", ..SearchPage::default() }, []);
        let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        assert_eq!(value["total"], 0);
        assert!(value.get("entry").is_none());
    }
}
