//! Codes and identifiers as received, and as written.

use dmp_core::document::Code;

use super::element::Element;
use super::write::JsonText;
use crate::nos;

/// A `Coding` as received.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Coding {
    pub system: Option<String>,
    pub code: Option<String>,
    pub display: Option<String>,
}

impl Coding {
    pub(crate) fn read(element: &Element<'_>) -> Option<Self> {
        element.exists().then(|| Coding {
            system: element.child("system").text(),
            code: element.child("code").text(),
            display: element.child("display").text(),
        })
    }

    /// Dotted OID of the system, when it is known.
    pub fn oid(&self) -> Option<String> {
        nos::oid_of(self.system.as_deref()?)
    }

    /// Whether this is the code in the system with the given OID.
    pub fn is(&self, code: &str, oid: &str) -> bool {
        self.code.as_deref() == Some(code) && self.oid().as_deref() == Some(oid)
    }

    /// As a core code: dotted OID of the system, or its URI when it has none.
    pub fn to_code(&self) -> Option<Code> {
        let code = self.code.clone()?;
        let system = self.oid().or_else(|| self.system.clone()).unwrap_or_default();
        Some(Code::new(code, system, self.display.clone().unwrap_or_default()))
    }

    /// `system|code`, for findings.
    pub fn shown(&self) -> String {
        format!("{}|{}", self.system.as_deref().unwrap_or_default(), self.code.as_deref().unwrap_or_default())
    }
}

/// The codings of a `CodeableConcept`.
pub(crate) fn concept(element: &Element<'_>) -> Vec<Coding> {
    element.items("coding").iter().filter_map(Coding::read).collect()
}

/// An `Identifier` as received.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Identifier {
    pub system: Option<String>,
    pub value: Option<String>,
    /// First code of its type: `uniqueId`, `entryUUID`, `RPPS` …
    pub kind: Option<String>,
}

impl Identifier {
    pub(crate) fn read(element: &Element<'_>) -> Option<Self> {
        element.exists().then(|| Identifier {
            system: element.child("system").text(),
            value: element.child("value").text(),
            kind: concept(&element.child("type")).into_iter().find_map(|coding| coding.code),
        })
    }
}

pub(crate) fn identifiers(element: &Element<'_>) -> Vec<Identifier> {
    element.items("identifier").iter().filter_map(Identifier::read).collect()
}

/// Writes a core code as the members of a `Coding`.
pub(crate) fn write_coding(out: &mut JsonText, code: &Code) {
    out.text("system", &nos::fhir_system(&code.system));
    out.text("code", &code.code);
    out.text_if("display", Some(&code.display));
}

/// Writes a core code as a `CodeableConcept` member.
pub(crate) fn write_concept(out: &mut JsonText, key: &str, code: &Code) {
    out.member(key, |out| out.list_of_one("coding", |out| write_coding(out, code)));
}

/// Writes a plain coding as a `CodeableConcept` member.
pub(crate) fn write_plain_concept(out: &mut JsonText, key: &str, system: &str, code: &str, display: &str) {
    out.member(key, |out| write_plain_codings(out, system, code, display));
}

/// Writes the `coding` of a `CodeableConcept`.
pub(crate) fn write_plain_codings(out: &mut JsonText, system: &str, code: &str, display: &str) {
    out.list_of_one("coding", |out| {
        out.text("system", system);
        out.text("code", code);
        out.text_if("display", Some(display));
    });
}
