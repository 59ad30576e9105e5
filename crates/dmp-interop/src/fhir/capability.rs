//! CapabilityStatement out of the table of what is served, so that it is true.

use dmp_core::Moment;

use super::write::{JsonText, resource};

/// A search parameter that is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServedParameter {
    pub name: &'static str,
    /// `token`, `date`, `string`, `reference`, `uri`, `number`.
    pub kind: &'static str,
    /// Canonical address of its definition, when it is not one of FHIR itself.
    pub definition: Option<&'static str>,
}

/// An operation that is served: name without `$`, canonical address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServedOperation {
    pub name: &'static str,
    pub definition: &'static str,
}

/// A resource type that is served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ServedResource {
    pub resource_type: &'static str,
    pub profiles: &'static [&'static str],
    /// `read`, `search-type`, `create`, `patch` …
    pub interactions: &'static [&'static str],
    pub parameters: &'static [ServedParameter],
    pub operations: &'static [ServedOperation],
}

/// Everything that a server says of itself.
#[derive(Debug, Clone, Copy)]
pub struct Capability<'a> {
    pub base_url: &'a str,
    pub software: &'a str,
    pub version: &'a str,
    /// When this statement last changed.
    pub date: Moment,
    pub formats: &'a [&'a str],
    pub patch_formats: &'a [&'a str],
    pub guides: &'a [&'a str],
    pub resources: &'a [ServedResource],
    /// `transaction`, `search-system`.
    pub system_interactions: &'a [&'a str],
    pub operations: &'a [ServedOperation],
    /// SMART addresses, when tokens are issued here or elsewhere.
    pub token_url: Option<&'a str>,
    pub authorize_url: Option<&'a str>,
}

/// `GET /metadata`.
pub fn render_capability(capability: &Capability<'_>) -> Vec<u8> {
    resource("CapabilityStatement", 16_384, |out| {
        out.text("status", "active");
        out.text("date", &capability.date.to_rfc3339());
        out.text("kind", "instance");
        strings(out, "instantiates", &["https://profiles.ihe.net/ITI/MHD/CapabilityStatement/IHE.MHD.DocumentResponder"]);
        out.member("software", |out| {
            out.text("name", capability.software);
            out.text("version", capability.version);
        });
        out.member("implementation", |out| {
            out.text("description", capability.software);
            out.text("url", capability.base_url);
        });
        out.text("fhirVersion", "4.0.1");
        strings(out, "format", capability.formats);
        strings(out, "patchFormat", capability.patch_formats);
        strings(out, "implementationGuide", capability.guides);
        out.list_of_one("rest", |out| rest(out, capability));
    })
}

fn rest(out: &mut JsonText, capability: &Capability<'_>) {
    out.text("mode", "server");
    if capability.token_url.is_some() {
        out.member("security", |out| security(out, capability));
    }
    out.list("resource", |out| {
        for served in capability.resources {
            out.object(|out| one_resource(out, served));
        }
    });
    interactions(out, capability.system_interactions);
    operations(out, capability.operations);
}

fn security(out: &mut JsonText, capability: &Capability<'_>) {
    out.list_of_one("extension", |out| {
        out.list("extension", |out| {
            for (name, url) in [("token", capability.token_url), ("authorize", capability.authorize_url)] {
                if let Some(url) = url {
                    out.object(|out| {
                        out.text("url", name);
                        out.text("valueUri", url);
                    });
                }
            }
        });
        out.text("url", "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris");
    });
    out.list_of_one("service", |out| {
        super::coding::write_plain_codings(out, "http://terminology.hl7.org/CodeSystem/restful-security-service", "SMART-on-FHIR", "");
    });
}

fn one_resource(out: &mut JsonText, served: &ServedResource) {
    out.text("type", served.resource_type);
    strings(out, "supportedProfile", served.profiles);
    interactions(out, served.interactions);
    if served.interactions.contains(&"patch") {
        out.text("versioning", "versioned");
    }
    if !served.parameters.is_empty() {
        out.list("searchParam", |out| {
            for parameter in served.parameters {
                out.object(|out| {
                    out.text("name", parameter.name);
                    out.text_if("definition", parameter.definition);
                    out.text("type", parameter.kind);
                });
            }
        });
    }
    operations(out, served.operations);
}

fn interactions(out: &mut JsonText, codes: &[&str]) {
    if !codes.is_empty() {
        out.list("interaction", |out| {
            for code in codes {
                out.object(|out| out.text("code", code));
            }
        });
    }
}

fn operations(out: &mut JsonText, served: &[ServedOperation]) {
    if !served.is_empty() {
        out.list("operation", |out| {
            for operation in served {
                out.object(|out| {
                    out.text("name", operation.name);
                    out.text("definition", operation.definition);
                });
            }
        });
    }
}

fn strings(out: &mut JsonText, key: &str, values: &[&str]) {
    if !values.is_empty() {
        out.list(key, |out| values.iter().for_each(|value| out.string(value)));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_statement_says_what_the_table_says_and_nothing_else() {
        const STATUS: ServedParameter = ServedParameter { name: "status", kind: "token", definition: None };
        const DOCUMENTS: ServedResource = ServedResource {
            resource_type: "DocumentReference",
            profiles: &["p"],
            interactions: &["search-type", "patch"],
            parameters: &[STATUS],
            operations: &[],
        };
        let bytes = render_capability(&Capability {
            base_url: "https://dmp.example/fhir",
            software: "dmp",
            version: "0.1.0",
            date: crate::fhir::samples::moment("2026-06-12"),
            formats: &["application/fhir+json"],
            patch_formats: &["application/json-patch+json"],
            guides: &[],
            resources: &[DOCUMENTS],
            system_interactions: &["transaction"],
            operations: &[],
            token_url: Some("https://dmp.example/token"),
            authorize_url: None,
        });
        let value: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let rest = &value["rest"][0];
        assert_eq!(rest["resource"][0]["searchParam"][0]["name"], "status");
        assert_eq!(rest["interaction"][0]["code"], "transaction");
        assert_eq!(rest["security"]["extension"][0]["extension"][0]["valueUri"], "https://dmp.example/token");
        assert!(rest.get("operation").is_none() && value.get("implementationGuide").is_none());
    }
}
