//! Sections and narrative blocks to HTML, element by element (CDA R2, StrucDocText).

use roxmltree::Node;

use super::super::tree::{HL7, attribute, child, children, words};
use super::Attachment;
use super::html::{Attribute, Html, safe_identifier, section_identifier};

/// Headings of a document start under the page's own h1 and h2.
const HEADINGS: [&str; 4] = ["h3", "h4", "h5", "h6"];
/// Widest span of a cell; real ones stay under 20.
const SPAN_MAX: u16 = 100;

type Media = [(String, Attachment)];

/// Renders a structured body; `None` when the page would be too large.
pub(super) fn body(body: Node<'_, '_>, media: &Media) -> Option<String> {
    let mut page = Page { html: Html::default(), media };
    page.sections(body, 0);
    page.html.finish()
}

struct Page<'m> {
    html: Html,
    media: &'m Media,
}

impl Page<'_> {
    fn sections(&mut self, parent: Node<'_, '_>, level: usize) {
        for section in children(parent, "component").filter_map(|component| child(component, "section")) {
            if self.html.is_full() {
                return;
            }
            let id = attribute(section, "ID").and_then(|id| self.html.identifier(&id));
            self.html.open("section", &id.into_iter().chain([Attribute::Class("cda-section")]).collect::<Vec<_>>());
            self.heading(section, level);
            if let Some(block) = child(section, "text") {
                self.children(block);
            }
            self.sections(section, level + 1);
            self.html.close("section");
        }
    }

    /// The title, or else the words of the section's code.
    fn heading(&mut self, section: Node<'_, '_>, level: usize) {
        let title = child(section, "title").and_then(words);
        let title = title.or_else(|| child(section, "code").and_then(|code| attribute(code, "displayName")));
        let Some(title) = title else { return };
        let heading = HEADINGS.get(level).copied().unwrap_or("h6");
        // What was read in a section leads back to it, also when its words have no identifier of their own.
        let code = child(section, "code").and_then(|code| attribute(code, "code"));
        let id = code.and_then(|code| self.html.identifier(&section_identifier(&code)));
        self.html.open(heading, &id.into_iter().collect::<Vec<_>>());
        self.html.text(&title);
        self.html.close(heading);
    }

    fn children(&mut self, node: Node<'_, '_>) {
        for part in node.children() {
            if self.html.is_full() {
                return;
            }
            if part.is_text() {
                self.html.text(part.text().unwrap_or_default());
            } else if part.is_element() {
                self.element(part);
            }
        }
    }

    fn element(&mut self, node: Node<'_, '_>) {
        let name = if node.tag_name().namespace() == Some(HL7) { node.tag_name().name() } else { "" };
        match name {
            "paragraph" => self.block("p", node),
            "list" => self.list(node),
            "item" => self.block("li", node),
            "table" => self.block("table", node),
            "caption" if node.parent().is_some_and(|parent| parent.has_tag_name((HL7, "table"))) => self.block("caption", node),
            "caption" => self.block("strong", node),
            "thead" => self.block("thead", node),
            "tbody" => self.block("tbody", node),
            "tfoot" => self.block("tfoot", node),
            "tr" => self.block("tr", node),
            "th" => self.cell("th", node),
            "td" => self.cell("td", node),
            "content" => self.content(node),
            "br" => self.html.empty("br"),
            "sub" => self.block("sub", node),
            "sup" => self.block("sup", node),
            "footnote" => self.block("small", node),
            "linkHtml" => self.link(node),
            "renderMultiMedia" => self.media(node),
            "col" | "colgroup" | "footnoteRef" => {}
            _ => self.unknown(node),
        }
    }

    /// Not of the narrative: its words are kept, unless it was never meant to be read.
    fn unknown(&mut self, node: Node<'_, '_>) {
        let name = node.tag_name().name().to_ascii_lowercase();
        if !matches!(name.as_str(), "script" | "style" | "template" | "noscript" | "iframe" | "object" | "embed") {
            self.children(node);
        }
    }

    fn block(&mut self, name: &'static str, node: Node<'_, '_>) {
        let id = self.id(node);
        self.html.open(name, &id);
        self.styled(node);
        self.html.close(name);
    }

    fn id(&mut self, node: Node<'_, '_>) -> Vec<Attribute> {
        attribute(node, "ID").and_then(|id| self.html.identifier(&id)).into_iter().collect()
    }

    fn list(&mut self, node: Node<'_, '_>) {
        let name = if node.attribute("listType") == Some("ordered") { "ol" } else { "ul" };
        if let Some(caption) = child(node, "caption") {
            self.block("p", caption);
        }
        let id = self.id(node);
        self.html.open(name, &id);
        for item in children(node, "item") {
            self.block("li", item);
        }
        self.html.close(name);
    }

    fn cell(&mut self, name: &'static str, node: Node<'_, '_>) {
        let mut attributes = self.id(node);
        for span in ["colspan", "rowspan"] {
            let count = attribute(node, span).and_then(|count| count.parse::<u16>().ok());
            attributes.extend(count.filter(|count| (2..=SPAN_MAX).contains(count)).map(|count| Attribute::Span(span, count)));
        }
        if name == "th" {
            let in_head = node.ancestors().any(|ancestor| ancestor.has_tag_name((HL7, "thead")));
            attributes.push(Attribute::Scope(if in_head { "col" } else { "row" }));
        }
        self.html.open(name, &attributes);
        self.styled(node);
        self.html.close(name);
    }

    fn content(&mut self, node: Node<'_, '_>) {
        let name = match node.attribute("revised") {
            Some("delete") => "del",
            Some("insert") => "ins",
            _ => "span",
        };
        self.block(name, node);
    }

    /// The children, inside what `styleCode` asks for.
    fn styled(&mut self, node: Node<'_, '_>) {
        let styles = styles(node);
        for style in &styles {
            self.html.open(style, &[]);
        }
        self.children(node);
        for style in styles.iter().rev() {
            self.html.close(style);
        }
    }

    /// A link only inside the page; of any other, the words alone: addresses are not shown.
    fn link(&mut self, node: Node<'_, '_>) {
        let target = attribute(node, "href").unwrap_or_default();
        let fragment = target.strip_prefix('#').and_then(safe_identifier);
        let name = if fragment.is_some() { "a" } else { "span" };
        self.html.open(name, &fragment.map(Attribute::Fragment).into_iter().collect::<Vec<_>>());
        self.children(node);
        self.html.close(name);
    }

    /// Images are never shown inside the page: it names the attachment that the page offers.
    fn media(&mut self, node: Node<'_, '_>) {
        let target = attribute(node, "referencedObject").unwrap_or_default();
        let known = self.media.iter().position(|(id, _)| target.split_whitespace().any(|wanted| wanted == id));
        let label = match known.and_then(|place| Some((place, self.media.get(place)?))) {
            Some((place, (_, attachment))) if attachment.media_type.starts_with("image/") => format!("Image jointe {}", place + 1),
            Some((place, _)) => format!("Document joint {}", place + 1),
            None => "Image jointe".to_owned(),
        };
        self.html.open("span", &[Attribute::Class("cda-media")]);
        self.html.text(&label);
        if let Some(caption) = child(node, "caption").and_then(words) {
            self.html.text(" : ");
            self.html.text(&caption);
        }
        self.html.close("span");
    }
}

/// HTML elements for the style codes that mean something to a reader.
fn styles(node: Node<'_, '_>) -> Vec<&'static str> {
    // `content` nests: a document of nothing but nested styles stays bounded by the depth of its tree.
    let written = attribute(node, "styleCode").unwrap_or_default().to_ascii_lowercase();
    let has = |names: &[&str]| written.split_whitespace().any(|style| names.contains(&style));
    [("strong", has(&["bold", "bolditalics"])), ("em", has(&["italics", "emphasis", "bolditalics"])), ("u", has(&["underline"]))]
        .into_iter()
        .filter_map(|(name, wanted)| wanted.then_some(name))
        .collect()
}
