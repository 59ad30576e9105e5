//! SMART scopes that an app of a person may have: reading, and coming back without them. Nothing that writes has a place here.

use dmp_core::record::AppReads;

/// What a scope gives on one type of resource.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Part {
    read: bool,
    search: bool,
    /// Asked as `.read`, and answered so.
    v1: bool,
}

impl Part {
    fn is_any(self) -> bool {
        self.read || self.search
    }

    fn and(self, other: Part) -> Part {
        Part { read: self.read || other.read, search: self.search || other.search, v1: self.v1 || other.v1 }
    }

    fn is_within(self, other: Part) -> bool {
        (!self.read || other.read) && (!self.search || other.search)
    }

    fn letters(self) -> Option<&'static str> {
        match (self.read, self.search) {
            (true, true) if self.v1 => Some("read"),
            (true, true) => Some("rs"),
            (true, false) => Some("r"),
            (false, true) => Some("s"),
            (false, false) => None,
        }
    }
}

/// A whole scope, understood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Scopes {
    patient: Part,
    documents: Part,
    binary: Part,
    /// `launch/patient`: the app wants to hear whose record it is. It hears it in any case.
    launch: bool,
    /// `offline_access`: the app wants to come back without the person.
    pub offline: bool,
}

impl Scopes {
    /// Reads a list of scopes, separated by spaces. One that is not for apps refuses the list: what is granted in silence to less would surprise
    /// the app, what is granted to more the person.
    ///
    /// # Errors
    /// What is wrong, in words for the developer.
    pub fn parse(text: &str) -> Result<Self, &'static str> {
        let mut scopes = Scopes::default();
        for one in text.split(' ').filter(|one| !one.is_empty()) {
            match one {
                "launch/patient" => scopes.launch = true,
                "offline_access" => scopes.offline = true,
                "openid" | "fhirUser" | "profile" => return Err("openid and fhirUser are not offered: the server issues no id_token"),
                "launch" | "launch/encounter" => return Err("only the standalone launch with launch/patient is offered"),
                _ => scopes.add(one)?,
            }
        }
        if scopes.reads() == AppReads::default() { Err("no scope reads anything: ask for patient/Patient.rs and others") } else { Ok(scopes) }
    }

    fn add(&mut self, scope: &str) -> Result<(), &'static str> {
        let (resource, letters) =
            scope.strip_prefix("patient/").and_then(|rest| rest.split_once('.')).ok_or("a scope of an app begins with patient/")?;
        let part = match letters {
            "read" => Part { read: true, search: true, v1: true },
            "rs" => Part { read: true, search: true, v1: false },
            "r" => Part { read: true, ..Part::default() },
            "s" => Part { search: true, ..Part::default() },
            _ => return Err("an app of a person reads and searches alone: .r, .s, .rs or .read, without parameters"),
        };
        match resource {
            "Patient" => self.patient = self.patient.and(part),
            "DocumentReference" => self.documents = self.documents.and(part),
            "Binary" => self.binary = self.binary.and(part),
            "*" => {
                self.patient = self.patient.and(part);
                self.documents = self.documents.and(part);
                self.binary = self.binary.and(part);
            }
            _ => return Err("apps read Patient, DocumentReference and Binary alone"),
        }
        Ok(())
    }

    /// Whether it asks for nothing that the other does not have.
    pub fn is_within(self, other: Scopes) -> bool {
        self.patient.is_within(other.patient)
            && self.documents.is_within(other.documents)
            && self.binary.is_within(other.binary)
            && (!self.offline || other.offline)
    }

    /// What the law is told of it.
    pub fn reads(self) -> AppReads {
        AppReads { record: self.patient.is_any(), documents: self.documents.is_any(), contents: self.binary.read }
    }

    /// The same, less what the person unticked.
    pub fn kept(self, chosen: AppReads, offline: bool) -> Self {
        let only = |part: Part, kept: bool| if kept { part } else { Part::default() };
        Scopes {
            patient: only(self.patient, chosen.record),
            documents: only(self.documents, chosen.documents),
            binary: only(self.binary, chosen.contents),
            launch: self.launch,
            offline: self.offline && offline,
        }
    }

    /// As the app hears it.
    pub fn text(self) -> String {
        let parts = [("Patient", self.patient), ("DocumentReference", self.documents), ("Binary", self.binary)];
        let reads = parts.into_iter().filter_map(|(resource, part)| part.letters().map(|letters| format!("patient/{resource}.{letters}")));
        let words = [(self.launch, "launch/patient"), (self.offline, "offline_access")];
        let words = words.into_iter().filter(|(there, _)| *there).map(|(_, word)| word.to_owned());
        words.chain(reads).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(scope: &str) -> Result<String, &'static str> {
        Scopes::parse(scope).map(Scopes::text)
    }

    #[test]
    fn both_spellings_of_reading_are_understood_and_answered_as_asked() {
        assert_eq!(text("patient/Patient.rs"), Ok("patient/Patient.rs".to_owned()));
        assert_eq!(text("patient/Patient.read launch/patient"), Ok("launch/patient patient/Patient.read".to_owned()));
        assert_eq!(
            text("patient/*.r offline_access"),
            Ok("offline_access patient/Patient.r patient/DocumentReference.r patient/Binary.r".to_owned())
        );
    }

    #[test]
    fn what_is_not_for_apps_refuses_the_whole_list() {
        for wrong in [
            "",
            "offline_access",
            "patient/*.*",
            "patient/*.write",
            "patient/DocumentReference.cruds",
            "patient/DocumentReference.sr",
            "patient/DocumentReference.rs?type=x",
            "patient/Observation.rs",
            "patient/AuditEvent.rs",
            "user/*.rs",
            "system/*.rs",
            "patient/Binary.s",
            "openid fhirUser patient/*.rs",
            "launch patient/*.rs",
            "patient/Patient.rs patient/Patient.c",
        ] {
            assert!(text(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn less_is_within_more_and_never_the_other_way_round() {
        let parse = |text| Scopes::parse(text).unwrap();
        assert!(parse("patient/Patient.r").is_within(parse("patient/*.rs")));
        assert!(!parse("patient/*.rs").is_within(parse("patient/Patient.rs")));
        assert!(!parse("patient/Patient.rs").is_within(parse("patient/Patient.r")));
        assert!(!parse("patient/Patient.rs offline_access").is_within(parse("patient/Patient.rs")));
    }

    #[test]
    fn what_is_unticked_is_gone() {
        let all = Scopes::parse("patient/*.rs offline_access").unwrap();
        let kept = all.kept(AppReads { documents: true, ..AppReads::default() }, false);
        assert_eq!(kept.text(), "patient/DocumentReference.rs");
        assert_eq!(kept.reads(), AppReads { documents: true, ..AppReads::default() });
    }
}
