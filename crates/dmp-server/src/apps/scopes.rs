//! SMART scopes that an app may have: reading, and, for one of a person, coming back without them. Nothing that writes has a place here.

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
    /// `launch/patient`, or `launch` of an app for professionals: the app wants to hear whose record it is. It hears it in any case.
    launch: bool,
    /// Of an app that professionals open.
    professional: bool,
    /// `user/…`: each record that the professional may read, not the one that it was opened on alone.
    user: bool,
    /// `offline_access`: the app wants to come back without the person.
    pub offline: bool,
}

impl Scopes {
    /// Reads a list of scopes, separated by spaces. One that is not for apps refuses the list: what is granted in silence to less would surprise
    /// the app, what is granted to more the person.
    ///
    /// # Errors
    /// What is wrong, in words for the developer.
    pub fn parse(text: &str, professional: bool) -> Result<Self, &'static str> {
        let mut scopes = Scopes { professional, ..Scopes::default() };
        for one in text.split(' ').filter(|one| !one.is_empty()) {
            match one {
                "launch" if professional => scopes.launch = true,
                "launch/patient" if !professional => scopes.launch = true,
                "offline_access" if !professional => scopes.offline = true,
                "openid" | "fhirUser" | "profile" => return Err("openid and fhirUser are not offered: the server issues no id_token"),
                "launch/patient" => return Err("launch/patient: an app that a professional opens asks for launch"),
                "offline_access" | "online_access" => {
                    return Err("offline_access and online_access: such an app works for an hour, and is launched again");
                }
                "launch" | "launch/encounter" => return Err("only the standalone launch with launch/patient is offered"),
                _ => scopes.add(one)?,
            }
        }
        let levels = |wanted: &str| text.split(' ').any(|one| one.starts_with(wanted));
        if levels("user/") && levels("patient/") {
            return Err("user/ and patient/ are not asked for together: the app reads one record, or each that the professional may read");
        }
        if scopes.reads() == AppReads::default() { Err("no scope reads anything: ask for patient/Patient.rs and others") } else { Ok(scopes) }
    }

    fn add(&mut self, scope: &str) -> Result<(), &'static str> {
        let (level, rest) = scope.split_once('/').unwrap_or_default();
        self.user |= level == "user";
        let known = level == "patient" || (level == "user" && self.professional);
        let words = if self.professional { "a scope of such an app begins with patient/ or user/" } else { "a scope of an app begins with patient/" };
        let (resource, letters) = rest.split_once('.').filter(|_| known).ok_or(words)?;
        let part = match letters {
            "read" => Part { read: true, search: true, v1: true },
            "rs" => Part { read: true, search: true, v1: false },
            "r" => Part { read: true, ..Part::default() },
            "s" => Part { search: true, ..Part::default() },
            _ => return Err("an app reads and searches alone: .r, .s, .rs or .read, without parameters"),
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
            && self.professional == other.professional
            && (!self.user || other.user)
    }

    /// Whether it reaches no other record than the one that the app was opened on.
    pub fn is_of_one_patient(self) -> bool {
        !self.user
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
            professional: self.professional,
            user: self.user,
            offline: self.offline && offline,
        }
    }

    /// As the app hears it.
    pub fn text(self) -> String {
        let parts = [("Patient", self.patient), ("DocumentReference", self.documents), ("Binary", self.binary)];
        let level = if self.user { "user" } else { "patient" };
        let reads = parts.into_iter().filter_map(|(resource, part)| part.letters().map(|letters| format!("{level}/{resource}.{letters}")));
        let words = [(self.launch, if self.professional { "launch" } else { "launch/patient" }), (self.offline, "offline_access")];
        let words = words.into_iter().filter(|(there, _)| *there).map(|(_, word)| word.to_owned());
        words.chain(reads).collect::<Vec<_>>().join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(scope: &str) -> Result<String, &'static str> {
        Scopes::parse(scope, false).map(Scopes::text)
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
        let parse = |text| Scopes::parse(text, false).unwrap();
        assert!(parse("patient/Patient.r").is_within(parse("patient/*.rs")));
        assert!(!parse("patient/*.rs").is_within(parse("patient/Patient.rs")));
        assert!(!parse("patient/Patient.rs").is_within(parse("patient/Patient.r")));
        assert!(!parse("patient/Patient.rs offline_access").is_within(parse("patient/Patient.rs")));
    }

    #[test]
    fn an_app_for_professionals_asks_for_one_record_or_for_each_that_they_read() {
        let text = |scope| Scopes::parse(scope, true).map(Scopes::text);
        assert_eq!(text("launch patient/Patient.rs"), Ok("launch patient/Patient.rs".to_owned()));
        assert_eq!(text("launch user/DocumentReference.rs"), Ok("launch user/DocumentReference.rs".to_owned()));
        let wrong = [
            "launch user/*.rs patient/*.rs",
            "launch/patient user/*.rs",
            "launch user/*.rs offline_access",
            "openid fhirUser user/*.rs",
            "user/*.cruds",
            "system/*.rs",
            "launch",
        ];
        for scope in wrong {
            assert!(text(scope).is_err(), "{scope}");
        }
        let parse = |text, professional| Scopes::parse(text, professional).unwrap();
        assert!(parse("patient/*.rs", true).is_within(parse("user/*.rs", true)) && !parse("user/*.rs", true).is_within(parse("patient/*.rs", true)));
        assert!(!parse("patient/*.rs", true).is_within(parse("patient/*.rs", false)));
        assert!(parse("patient/*.rs", true).is_of_one_patient() && !parse("user/*.rs", true).is_of_one_patient());
    }

    #[test]
    fn what_is_unticked_is_gone() {
        let all = Scopes::parse("patient/*.rs offline_access", false).unwrap();
        let kept = all.kept(AppReads { documents: true, ..AppReads::default() }, false);
        assert_eq!(kept.text(), "patient/DocumentReference.rs");
        assert_eq!(kept.reads(), AppReads { documents: true, ..AppReads::default() });
    }
}
