//! Named operations (`$dmp-open` …): OperationDefinition out of a table, and typed access to `Parameters`.

use dmp_core::identity::BirthDate;
use dmp_core::{Issue, Moment};
use serde_json::Value;

use super::coding::Identifier;
use super::element::{Element, Findings};
use super::write::{JsonText, resource};

/// Where an operation is called.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OperationLevel {
    System,
    Type,
    Instance,
}

/// Whether a parameter goes in or comes out.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    In,
    Out,
}

/// A parameter of an operation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OperationParameter {
    pub name: &'static str,
    pub direction: Direction,
    pub min: u32,
    /// `1`, `*`
    pub max: &'static str,
    /// FHIR type: `string`, `Identifier`, `Binary` …
    pub kind: &'static str,
    pub documentation: &'static str,
}

/// An operation of this server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Operation {
    /// Without `$`.
    pub code: &'static str,
    pub url: &'static str,
    pub title: &'static str,
    pub description: &'static str,
    pub affects_state: bool,
    /// Empty for an operation on the whole system.
    pub resource_types: &'static [&'static str],
    pub level: OperationLevel,
    pub parameters: &'static [OperationParameter],
}

/// The definition of an operation.
pub fn render_operation_definition(operation: &Operation, version: &str) -> Vec<u8> {
    resource("OperationDefinition", 2048, |out| {
        out.text("id", operation.code);
        out.text("url", operation.url);
        out.text("version", version);
        let name: String = operation.code.split('-').map(capitalised).collect();
        out.text("name", &name);
        out.text("title", operation.title);
        out.text("status", "active");
        out.text("kind", "operation");
        out.text_if("description", Some(operation.description));
        out.flag("affectsState", operation.affects_state);
        out.text("code", operation.code);
        if !operation.resource_types.is_empty() {
            out.list("resource", |out| operation.resource_types.iter().for_each(|kind| out.string(kind)));
        }
        for (key, level) in [("system", OperationLevel::System), ("type", OperationLevel::Type), ("instance", OperationLevel::Instance)] {
            out.flag(key, operation.level == level);
        }
        if !operation.parameters.is_empty() {
            out.list("parameter", |out| operation.parameters.iter().for_each(|parameter| out.object(|out| one(out, parameter))));
        }
    })
}

fn one(out: &mut JsonText, parameter: &OperationParameter) {
    out.text("name", parameter.name);
    out.text(
        "use",
        match parameter.direction {
            Direction::In => "in",
            Direction::Out => "out",
        },
    );
    out.number("min", parameter.min.into());
    out.text("max", parameter.max);
    out.text_if("documentation", Some(parameter.documentation));
    out.text("type", parameter.kind);
}

fn capitalised(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A `Parameters` resource as received. Reading a value of the wrong type is a finding; take them all with
/// [`Parameters::finish`].
#[derive(Debug)]
pub struct Parameters<'a> {
    list: Vec<(String, &'a Value)>,
    findings: Findings,
}

impl<'a> Parameters<'a> {
    /// Reads the list of parameters.
    ///
    /// # Errors
    /// `element-value` when the resource is not a `Parameters`.
    pub fn read(value: &'a Value) -> Result<Self, Issue> {
        if value.get("resourceType").and_then(Value::as_str) != Some("Parameters") {
            return Err(Issue::error("element-value").at("resourceType").expected("Parameters"));
        }
        let name = |parameter: &'a Value| Some((parameter.get("name")?.as_str()?.to_owned(), parameter));
        let list = value.get("parameter").and_then(Value::as_array).into_iter().flatten().filter_map(name).collect();
        Ok(Parameters { list, findings: Findings::default() })
    }

    /// Notes every parameter whose name is not one of these.
    pub fn only(&self, names: &[&str]) {
        for (name, _) in self.list.iter().filter(|(name, _)| !names.contains(&name.as_str())) {
            self.findings.add(Issue::error("element-unknown").at("Parameters.parameter").received(name.as_str()).expected(names.join(" ")));
        }
    }

    /// A string, code, uri or id.
    pub fn text(&self, name: &str) -> Option<String> {
        self.of(name, &["valueString", "valueCode", "valueUri", "valueId", "valueUrl"]).and_then(|element| element.text())
    }

    /// Like [`Parameters::text`], and notes its absence.
    pub fn required_text(&self, name: &str) -> Option<String> {
        self.required(name, self.text(name))
    }

    /// A boolean.
    pub fn flag(&self, name: &str) -> Option<bool> {
        self.of(name, &["valueBoolean"]).and_then(|element| element.flag())
    }

    /// A whole number.
    pub fn number(&self, name: &str) -> Option<u64> {
        self.of(name, &["valueInteger", "valuePositiveInt", "valueUnsignedInt"]).and_then(|element| element.whole_number())
    }

    /// An instant or date and time.
    pub fn moment(&self, name: &str) -> Option<Moment> {
        self.of(name, &["valueDateTime", "valueInstant", "valueDate"]).and_then(|element| element.when()?.moment)
    }

    /// A birth date.
    pub fn birth_date(&self, name: &str) -> Option<BirthDate> {
        let element = self.of(name, &["valueDate"])?;
        let date = BirthDate::parse(&element.text()?);
        if date.is_none() {
            element.finding(Issue::error("element-value").expected("date"));
        }
        date
    }

    /// An identifier.
    pub fn identifier(&self, name: &str) -> Option<Identifier> {
        Identifier::read(&self.of(name, &["valueIdentifier"])?)
    }

    /// Like [`Parameters::identifier`], and notes its absence.
    pub fn required_identifier(&self, name: &str) -> Option<Identifier> {
        self.required(name, self.identifier(name))
    }

    /// A resource.
    pub fn resource(&self, name: &str) -> Option<&'a Value> {
        self.list.iter().find(|(known, _)| known == name).and_then(|(_, parameter)| parameter.get("resource"))
    }

    /// Everything that was found wrong.
    pub fn finish(self) -> Vec<Issue> {
        self.findings.into_issues()
    }

    fn required<T>(&self, name: &str, value: Option<T>) -> Option<T> {
        if value.is_none() && !self.list.iter().any(|(known, _)| known == name) {
            self.findings.add(Issue::error("element-required").at(format!("Parameters.parameter.where(name='{name}')")));
        }
        value
    }

    /// The value of a parameter under one of the given keys; another `value[x]` is a finding.
    fn of(&self, name: &str, keys: &[&str]) -> Option<Element<'_>> {
        let (_, parameter) = self.list.iter().find(|(known, _)| known == name)?;
        let root = Element::root(parameter, &format!("Parameters.parameter.where(name='{name}')"), &self.findings);
        let found = keys.iter().map(|key| root.child(key)).find(Element::exists);
        if found.is_none() {
            root.finding(Issue::error("element-value").expected(keys.join(" | ")));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_are_read_by_name_and_type_and_findings_are_kept() {
        let body = json!({"resourceType": "Parameters", "parameter": [
            {"name": "ins", "valueIdentifier": {"system": "urn:oid:1.2.250.1.213.1.4.10", "value": "279035121518989"}},
            {"name": "channel", "valueCode": "OFFICINE"},
            {"name": "consent", "valueBoolean": true},
            {"name": "birth", "valueDate": "1979-03"},
            {"name": "wrong", "valueInteger": 5},
            {"name": "document", "resource": {"resourceType": "Binary"}},
        ]});
        let parameters = Parameters::read(&body).unwrap();
        assert_eq!(parameters.required_identifier("ins").unwrap().value.as_deref(), Some("279035121518989"));
        assert_eq!(parameters.required_text("channel").as_deref(), Some("OFFICINE"));
        assert_eq!(parameters.flag("consent"), Some(true));
        assert_eq!(parameters.birth_date("birth").unwrap().to_iso(), "1979-03");
        assert_eq!(parameters.number("wrong"), Some(5));
        assert_eq!(parameters.resource("document").unwrap()["resourceType"], "Binary");
        assert_eq!((parameters.text("wrong"), parameters.required_text("absent"), parameters.text("optional")), (None, None, None));
        parameters.only(&["ins", "channel", "consent", "birth", "document"]);
        let codes: Vec<String> = parameters.finish().into_iter().map(|issue| issue.code).collect();
        assert_eq!(codes, ["element-value", "element-required", "element-unknown"]);
        assert!(Parameters::read(&json!({"resourceType": "Patient"})).is_err());
    }

    #[test]
    fn a_definition_says_what_the_table_says() {
        const OPEN: Operation = Operation {
            code: "dmp-open",
            url: "https://dmp.example/OperationDefinition/dmp-open",
            title: "Ouvrir un dossier",
            description: "TD1.1",
            affects_state: true,
            resource_types: &["Patient"],
            level: OperationLevel::Type,
            parameters: &[OperationParameter { name: "ins", direction: Direction::In, min: 1, max: "1", kind: "Identifier", documentation: "" }],
        };
        let value: Value = serde_json::from_slice(&render_operation_definition(&OPEN, "0.1.0")).unwrap();
        assert_eq!((value["name"].as_str(), value["type"].as_bool(), value["system"].as_bool()), (Some("DmpOpen"), Some(true), Some(false)));
        assert_eq!(value["parameter"][0]["use"], "in");
    }
}
