//! What Pro Santé Connect says of a professional, read into a caller. Only here are its claims named.
//!
//! The claims that decide rights are demanded. `Secteur_Activite` is not read: no rule asks for it today.

use dmp_core::access::{Caller, CallerKind};
use dmp_core::identity::{PersonName, Profession, PsIdNat, StructIdNat, Structure};
use serde::Deserialize;

use crate::Refusal;

/// Userinfo beside the standard claims. Empty texts mean nothing, as Pro Santé Connect writes them.
/// SECURITY: these types have no `Debug`, so that claims never show themselves in a log.
#[derive(Default, Deserialize)]
pub(crate) struct PscClaims {
    /// PS_IdNat: `8` and the RPPS number.
    #[serde(default, rename = "SubjectNameID")]
    name_id: Option<String>,
    /// `10^1.2.250.1.71.1.2.7`, and specialities.
    #[serde(default, rename = "SubjectRole")]
    roles: Roles,
    #[serde(default, rename = "SubjectOrganization")]
    organization: Option<String>,
    /// Struct_IdNat, or the technical identifier of one of the activities below.
    #[serde(default, rename = "SubjectOrganizationID")]
    organization_id: Option<String>,
    /// `VRAI` or `FAUX`.
    #[serde(default, rename = "Acces_Regulation_Medicale")]
    regulation: Option<Truth>,
    #[serde(default, rename = "SubjectRefPro")]
    register: Option<Register>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Roles {
    One(String),
    Many(Vec<String>),
}

impl Default for Roles {
    fn default() -> Self {
        Roles::Many(Vec::new())
    }
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Truth {
    Plain(bool),
    Word(String),
}

/// The professional's lines in the national register.
#[derive(Default, Deserialize)]
struct Register {
    #[serde(default)]
    exercices: Vec<Practice>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Practice {
    #[serde(rename = "codeProfession")]
    profession: String,
    /// `E` for a student.
    #[serde(rename = "codeCategorieProfessionnelle")]
    category: String,
    #[serde(rename = "codeCiviliteDexercice")]
    title: String,
    #[serde(rename = "codeSavoirFaire")]
    specialty: String,
    activities: Vec<Activity>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Activity {
    #[serde(rename = "identifiantTechniqueDeLaStructure")]
    technical_id: String,
    /// Struct_IdNat of the same structure.
    #[serde(rename = "ancienIdentifiantDeLaStructure")]
    national_id: String,
}

/// Code systems of `SubjectRole` that name a profession.
const PROFESSIONS: [(&str, &str); 5] = [
    ("1.2.250.1.71.1.2.7", "G15"),
    ("1.2.250.1.71.1.2.8", "G16"),
    ("1.2.250.1.213.1.6.1.4", "R94"),
    ("1.2.250.1.213.1.6.1.109", "R95"),
    // The list that Pro Santé Connect cites in practice: its numeric codes are those of G15.
    ("1.2.250.1.213.1.1.5.5", "G15"),
];

/// The caller that claims describe.
///
/// # Errors
/// The claim that is missing or cannot be understood.
pub(crate) fn caller(family_name: Option<&str>, given_name: Option<&str>, claims: &PscClaims) -> Result<Caller, Refusal> {
    let name_id = demanded("SubjectNameID", claims.name_id.as_deref())?;
    let id = PsIdNat::parse(name_id).map_err(|_| Refusal::ClaimUnreadable("SubjectNameID"))?;
    let mut name = PersonName::new(demanded("given_name", given_name)?, demanded("family_name", family_name)?);
    let profession = claims.profession()?;
    let practices: Vec<&Practice> = claims.practices().filter(|practice| practice.profession == profession.code()).collect();
    name.prefix = practices.first().map(|practice| practice.title.clone()).unwrap_or_default();
    let mut caller = Caller {
        name: Some(name),
        profession: Some(profession),
        structure: Some(claims.structure()?),
        regulating_physician: claims.regulates(),
        ..Caller::bare(format!("ps:{}", id.as_str()), CallerKind::Professional)
    };
    take_specialty(&mut caller, claims.specialties().chain(practices.iter().map(|practice| practice.specialty.as_str())));
    Ok(caller)
}

fn demanded<'c>(claim: &'static str, value: Option<&'c str>) -> Result<&'c str, Refusal> {
    value.map(str::trim).filter(|value| !value.is_empty()).ok_or(Refusal::ClaimMissing(claim))
}

/// SECURITY: occupational medicine goes before any other speciality of the same doctor, for it forbids (`access/rules/occupational_medicine.rs`).
fn take_specialty<'c>(caller: &mut Caller, specialties: impl Iterator<Item = &'c str>) {
    for specialty in specialties.filter(|code| !code.is_empty()) {
        if caller.specialty.is_none() {
            caller.specialty = Some(specialty.to_owned());
        } else if !caller.is_occupational() {
            let before = caller.specialty.replace(specialty.to_owned());
            if !caller.is_occupational() {
                caller.specialty = before;
            }
        }
    }
}

impl PscClaims {
    /// Code and code system of each role.
    fn roles(&self) -> impl Iterator<Item = (&str, &str)> {
        let roles = match &self.roles {
            Roles::One(role) => std::slice::from_ref(role),
            Roles::Many(roles) => roles.as_slice(),
        };
        roles.iter().map(|role| {
            let mut parts = role.split('^');
            (parts.next().unwrap_or_default().trim(), parts.next().unwrap_or_default().trim())
        })
    }

    fn practices(&self) -> impl Iterator<Item = &Practice> {
        self.register.iter().flat_map(|register| &register.exercices)
    }

    /// The first role that is a profession; a student's is of G16, whatever the role says.
    fn profession(&self) -> Result<Profession, Refusal> {
        if self.roles().all(|(code, _)| code.is_empty()) {
            return Err(Refusal::ClaimMissing("SubjectRole"));
        }
        let named = |oid: &str| PROFESSIONS.iter().find(|(known, _)| *known == oid).map(|(_, system)| *system);
        let (code, system) = self.roles().find_map(|(code, oid)| Some((code, named(oid)?))).ok_or(Refusal::ClaimUnreadable("SubjectRole"))?;
        let same = || self.practices().filter(|practice| practice.profession == code);
        let student = same().next().is_some() && same().all(|practice| practice.category == "E");
        let system = if student && system == "G15" { "G16" } else { system };
        Profession::parse(&format!("{system}/{code}")).map_err(|_| Refusal::ClaimUnreadable("SubjectRole"))
    }

    /// Roles that are no profession and have the shape of a speciality of TRE_R01 (`SM26`, `C41`).
    fn specialties(&self) -> impl Iterator<Item = &str> {
        let is_profession = |oid: &str| PROFESSIONS.iter().any(|(known, _)| *known == oid);
        let looks_like_one = |code: &str| {
            code.len() <= 8 && code.bytes().all(|byte| byte.is_ascii_alphanumeric()) && code.starts_with(|first: char| first.is_ascii_uppercase())
        };
        self.roles().filter(move |(code, oid)| !is_profession(oid) && looks_like_one(code)).map(|(code, _)| code)
    }

    fn structure(&self) -> Result<Structure, Refusal> {
        let id = demanded("SubjectOrganizationID", self.organization_id.as_deref())?;
        let name = demanded("SubjectOrganization", self.organization.as_deref())?;
        let mut activities = self.practices().flat_map(|practice| &practice.activities);
        let national = || activities.find(|activity| activity.technical_id == id).and_then(|activity| StructIdNat::parse(&activity.national_id).ok());
        let id = StructIdNat::parse(id).ok().or_else(national).ok_or(Refusal::ClaimUnreadable("SubjectOrganizationID"))?;
        Ok(Structure { id, name: name.to_owned() })
    }

    fn regulates(&self) -> bool {
        match &self.regulation {
            Some(Truth::Plain(truth)) => *truth,
            Some(Truth::Word(word)) => word.eq_ignore_ascii_case("vrai") || word.eq_ignore_ascii_case("true"),
            None => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::*;

    fn doctor() -> Value {
        json!({
            "SubjectNameID": "810001234567",
            "SubjectRole": ["10^1.2.250.1.71.1.2.7", "SM26^1.2.250.1.71.4.2.5"],
            "SubjectOrganization": "CABINET EXEMPLE",
            "SubjectOrganizationID": "1120456789",
            "Secteur_Activite": "SA07^1.2.250.1.71.4.2.4",
            "Acces_Regulation_Medicale": "FAUX",
        })
    }

    fn read(claims: Value) -> Result<Caller, Refusal> {
        caller(Some("MODÈLE"), Some("Anne"), &serde_json::from_value(claims).unwrap())
    }

    fn with(name: &str, value: Value) -> Value {
        let mut claims = doctor();
        claims[name] = value;
        claims
    }

    #[test]
    fn a_doctor_is_named_with_profession_speciality_and_structure() {
        let caller = read(doctor()).unwrap();
        assert_eq!(caller.account, "ps:810001234567");
        assert_eq!(caller.shown_name(), "Anne MODÈLE");
        assert_eq!(caller.profession.map(|one| one.key()).as_deref(), Some("G15/10"));
        assert_eq!(caller.specialty.as_deref(), Some("SM26"));
        assert_eq!(caller.structure.unwrap().id.as_str(), "1120456789");
        assert!(!caller.regulating_physician);
    }

    #[test]
    fn each_claim_that_decides_a_right_is_demanded_by_its_name() {
        for claim in ["SubjectNameID", "SubjectRole", "SubjectOrganization", "SubjectOrganizationID"] {
            let mut claims = doctor();
            claims.as_object_mut().unwrap().remove(claim);
            assert_eq!(read(claims).unwrap_err(), Refusal::ClaimMissing(claim));
            if claim != "SubjectRole" {
                assert_eq!(read(with(claim, json!(""))).unwrap_err(), Refusal::ClaimMissing(claim));
            }
        }
        let nameless = caller(None, Some("Anne"), &serde_json::from_value(doctor()).unwrap());
        assert_eq!(nameless.unwrap_err(), Refusal::ClaimMissing("family_name"));
    }

    #[test]
    fn a_claim_that_cannot_be_understood_is_refused() {
        assert_eq!(read(with("SubjectNameID", json!("anne@example.org"))).unwrap_err(), Refusal::ClaimUnreadable("SubjectNameID"));
        assert_eq!(read(with("SubjectRole", json!(["10^1.2.3"]))).unwrap_err(), Refusal::ClaimUnreadable("SubjectRole"));
        assert_eq!(read(with("SubjectOrganizationID", json!("R102671"))).unwrap_err(), Refusal::ClaimUnreadable("SubjectOrganizationID"));
    }

    /// The shape of the agency's sandbox, with other numbers.
    fn with_register(category: &str, specialties: &[&str]) -> Value {
        let practice = |specialty: &&str| {
            json!({
                "codeProfession": "10", "codeCategorieProfessionnelle": category, "codeCiviliteDexercice": "DR", "codeSavoirFaire": specialty,
                "activities": [{ "identifiantTechniqueDeLaStructure": "R102671", "ancienIdentifiantDeLaStructure": "410001234567006" }],
            })
        };
        let mut claims = doctor();
        claims["SubjectRole"] = json!(["10^1.2.250.1.213.1.1.5.5"]);
        claims["SubjectOrganizationID"] = json!("R102671");
        claims["SubjectRefPro"] = json!({ "codeCivilite": "M", "exercices": specialties.iter().map(practice).collect::<Vec<_>>() });
        claims
    }

    #[test]
    fn the_register_gives_title_speciality_and_national_structure() {
        let caller = read(with_register("C", &["SM26"])).unwrap();
        assert_eq!(caller.shown_name(), "Dr Anne MODÈLE");
        assert_eq!(caller.specialty.as_deref(), Some("SM26"));
        assert_eq!(caller.structure.unwrap().id.as_str(), "410001234567006");
    }

    #[test]
    fn a_student_is_not_a_doctor() {
        let profession = read(with_register("E", &[""])).unwrap().profession.unwrap();
        assert!(profession.is_student() && !profession.is_doctor());
    }

    #[test]
    fn occupational_medicine_goes_before_any_other_speciality() {
        for specialties in [["SM26", "SM25"], ["SM25", "SM26"]] {
            assert!(read(with_register("C", &specialties)).unwrap().is_occupational());
        }
    }

    #[test]
    fn a_regulating_doctor_is_one_by_claim_alone() {
        assert!(read(with("Acces_Regulation_Medicale", json!("VRAI"))).unwrap().regulating_physician);
        assert!(read(with("Acces_Regulation_Medicale", json!(true))).unwrap().regulating_physician);
        assert!(!read(with("Acces_Regulation_Medicale", json!(""))).unwrap().regulating_physician);
    }
}
