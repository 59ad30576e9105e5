//! The page made of a document: what people wrote is there, and nothing that acts.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "helpers of tests fail by panicking")]

mod cda_support;

use cda_support::{SAMPLE, documents};
use dmp_interop::cda::Limits;
use dmp_interop::cda::narrative::{Narrative, fragment_of, to_html};

const ELEMENTS: [&str; 29] = [
    "section", "h3", "h4", "h5", "h6", "p", "ul", "ol", "li", "table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "strong", "em", "u",
    "span", "br", "sub", "sup", "small", "a", "del", "ins", "pre",
];

/// Walks a page as XML: only allowed elements and attributes, only links inside the page.
fn assert_inert(html: &str, context: &str) {
    let page = format!("<page>{html}</page>");
    let tree = roxmltree::Document::parse(&page).unwrap_or_else(|error| panic!("{context}: {error}"));
    for node in tree.descendants().filter(|node| node.is_element() && !node.has_tag_name("page")) {
        let name = node.tag_name().name();
        assert!(ELEMENTS.contains(&name), "{context}: <{name}>");
        for attribute in node.attributes() {
            let value = attribute.value();
            let fits = match attribute.name() {
                "class" => value.starts_with("cda-"),
                "id" => value.starts_with("cda-") && value.bytes().all(|b| b.is_ascii_alphanumeric() || b"-_.".contains(&b)),
                "href" => name == "a" && value.starts_with("#cda-"),
                "colspan" | "rowspan" => value.parse::<u16>().is_ok(),
                "scope" => matches!(value, "col" | "row"),
                _ => false,
            };
            assert!(fits, "{context}: {}=\"{value}\"", attribute.name());
        }
    }
}

fn page(text: &str) -> String {
    match to_html(text.as_bytes(), Limits::default()) {
        Ok(Narrative::Html { html, .. }) => html,
        other => panic!("{other:?}"),
    }
}

/// Our document with other words in its first paragraph.
fn with_narrative(block: &str) -> String {
    let (before, rest) = SAMPLE.split_once("<paragraph>").unwrap();
    let (_, after) = rest.split_once("</paragraph>").unwrap();
    page(&format!("{before}{block}{after}"))
}

#[test]
fn cda_a_page_says_everything_in_order() {
    let html = page(SAMPLE);
    assert_inert(&html, "sample");
    for part in [
        "<section class=\"cda-section\"><h3 id=\"cda-section-10164-2\">Motif</h3>",
        "<p>Fatigue depuis <span><strong>trois semaines</strong></span>.<br/>Pas de fièvre.</p>",
        "<p>Demandes</p><ol><li>Prise de sang</li><li>Repos &amp; sommeil</li></ol>",
        "Constantes</h4>",
        "<caption>Mesures</caption>",
        "<th id=\"cda-mesure\" colspan=\"2\" scope=\"col\">Mesure &lt;usuelle&gt;</th>",
        "<td>61 kg</td>",
        "<a href=\"#cda-mesure\">Voir la mesure</a>",
        "<span>Ailleurs</span>",
        "<span class=\"cda-media\">Image jointe</span>",
    ] {
        assert!(html.contains(part), "{part}\n{html}");
    }
    assert!(!html.contains("exemple.invalid"));
}

#[test]
fn cda_no_payload_becomes_active() {
    for payload in [
        "<script>alert(1)</script>",
        "<script xmlns=\"http://www.w3.org/1999/xhtml\">alert(1)</script>",
        "<paragraph onclick=\"alert(1)\" style=\"position:fixed\" styleCode=\"Bold&quot; onload=&quot;x\" class=\"x\">texte</paragraph>",
        "<paragraph ID='x\" onmouseover=\"alert(1)'>texte</paragraph>",
        "<linkHtml href=\"javascript:alert(1)\">texte</linkHtml>",
        "<linkHtml href=\"#&quot;&gt;&lt;script&gt;\">texte</linkHtml>",
        "<linkHtml href=\"data:text/html,&lt;script&gt;alert(1)&lt;/script&gt;\"/>",
        "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"><script>alert(1)</script><a href=\"javascript:x\">texte</a></svg>",
        "<math xmlns=\"http://www.w3.org/1998/Math/MathML\"><mtext>texte</mtext></math>",
        "<style>@import url(https://exemple.invalid/)</style>",
        "<paragraph>&lt;script&gt;alert(1)&lt;/script&gt; &amp;lt;img src=x onerror=alert(1)&amp;gt;</paragraph>",
        "<paragraph><![CDATA[<img src=x onerror=alert(1)>]]></paragraph>",
        "<paragraph><!-- <script> --><?php system('x') ?>texte</paragraph>",
        "<table><tbody><tr><td colspan=\"2&quot; onclick=&quot;x\" rowspan=\"999999\" style=\"x\" background=\"javascript:x\">texte</td></tr></tbody></table>",
        "<renderMultiMedia referencedObject=\"javascript:alert(1)\"><caption>&lt;b&gt;</caption></renderMultiMedia>",
        "<img src=\"x\" onerror=\"alert(1)\"/><iframe src=\"https://exemple.invalid/\">texte</iframe><form action=\"x\"><input name=\"y\"/></form>",
        "<content styleCode=\"Bold\" href=\"x\" xlink:href=\"javascript:x\" xmlns:xlink=\"http://www.w3.org/1999/xlink\">texte</content>",
        "<a href=\"javascript:alert(1)\">texte</a><base href=\"x\"/><meta http-equiv=\"refresh\" content=\"0\"/><object data=\"x\">y</object>",
    ] {
        let html = with_narrative(payload);
        assert_inert(&html, payload);
        assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("<svg"), "{payload}\n{html}");
        assert!(!html.contains("@import") && !html.contains("system("), "{payload}\n{html}");
    }
}

#[test]
fn cda_words_of_unknown_elements_are_kept() {
    assert!(with_narrative("<inconnu>Allergie à la pénicilline</inconnu>").contains("Allergie à la pénicilline"));
}

#[test]
fn cda_text_cannot_turn_its_direction() {
    let html = with_narrative("<paragraph>10&#x202E; mg &#x2066;100</paragraph>");
    assert!(html.contains("10 mg 100"), "{html}");
}

#[test]
fn cda_an_identifier_comes_once() {
    let html = with_narrative("<paragraph ID=\"a\">un</paragraph><paragraph ID=\"a\">deux</paragraph>");
    assert_eq!(html.matches("id=\"cda-a\"").count(), 1);
}

#[test]
fn cda_a_plain_text_body_is_shown_and_any_other_is_offered() {
    let level_1 = |media_type: &str, attributes: &str, content: &str| {
        let before = SAMPLE.split("<component>").next().unwrap();
        format!(
            "{before}<component><nonXMLBody><text mediaType=\"{media_type}\" {attributes}>{content}</text></nonXMLBody></component></ClinicalDocument>"
        )
    };
    assert_eq!(page(&level_1("text/plain", "", "Bonjour &lt;b&gt;\n  suite")), "<pre>Bonjour &lt;b&gt;\n  suite</pre>");
    assert_eq!(page(&level_1("text/plain", "representation=\"B64\"", "Qm9uam91cg==")), "<pre>Bonjour</pre>");
    let offered = to_html(level_1("application/pdf", "representation=\"B64\"", "JVBE\n Ri0xLjc=").as_bytes(), Limits::default()).unwrap();
    let Narrative::Attachment(attachment) = offered else { panic!("{offered:?}") };
    assert_eq!((attachment.media_type.as_str(), attachment.bytes.as_slice()), ("application/pdf", b"%PDF-1.7".as_slice()));
    for (attributes, content) in [("representation=\"B64\"", "***"), ("", ""), ("representation=\"B64\" compression=\"GZ\"", "JVBERi0xLjc=")] {
        assert_eq!(to_html(level_1("application/pdf", attributes, content).as_bytes(), Limits::default()).unwrap_err().code, "content-missing");
    }
}

#[test]
fn cda_public_documents_are_shown_whole_and_inert() {
    for (name, bytes) in documents() {
        match to_html(&bytes, Limits::default()).unwrap_or_else(|issue| panic!("{name}: {issue:?}")) {
            Narrative::Attachment(attachment) => assert!(attachment.bytes.starts_with(b"%PDF"), "{name}"),
            Narrative::Html { html, .. } => {
                assert_inert(&html, &name);
                assert_shows_every_word(&html, &bytes, &name);
            }
        }
    }
}

/// Every word of every section's text stands in the page, in order.
fn assert_shows_every_word(html: &str, bytes: &[u8], name: &str) {
    let page = format!("<page>{html}</page>");
    let shown = words(roxmltree::Document::parse(&page).unwrap().root());
    let source = std::str::from_utf8(bytes).unwrap().trim_start_matches('\u{feff}');
    let tree = roxmltree::Document::parse(source).unwrap();
    for section in tree.descendants().filter(|node| node.has_tag_name(("urn:hl7-org:v3", "section"))) {
        if let Some(text) = section.children().find(|node| node.has_tag_name(("urn:hl7-org:v3", "text"))) {
            let wanted = words(text);
            assert!(shown.contains(&wanted), "{name}: {wanted}");
        }
    }
}

/// Words without white space, and without what names an attachment.
fn words(node: roxmltree::Node<'_, '_>) -> String {
    let names_attachment =
        |node: roxmltree::Node<'_, '_>| node.attribute("class") == Some("cda-media") || node.tag_name().name() == "renderMultiMedia";
    let read = |part: &roxmltree::Node<'_, '_>| part.is_text() && !part.ancestors().any(names_attachment);
    node.descendants().filter(read).filter_map(|part| part.text()).flat_map(|text| text.chars()).filter(|c| !c.is_whitespace()).collect()
}

#[test]
fn cda_a_proof_leads_to_its_words_or_to_its_section() {
    let proof = |section: &str, anchor: Option<&str>| dmp_core::summary::Proof {
        section: section.to_owned(),
        anchor: anchor.map(str::to_owned),
        ..dmp_core::summary::Proof::default()
    };
    let html = page(SAMPLE);
    for (proof, fragment) in
        [(proof("10164-2", Some("mesure")), Some("cda-mesure")), (proof("10164-2", None), Some("cda-section-10164-2")), (proof("", None), None)]
    {
        assert_eq!(fragment_of(&proof).as_deref(), fragment);
        assert!(fragment.is_none_or(|id| html.contains(&format!("id=\"{id}\""))), "{fragment:?}");
    }
}
