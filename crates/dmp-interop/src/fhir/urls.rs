//! Canonical addresses of the profiles, extensions and code systems that are read or written.

/// PDSm profile of a document reference (*fiche*).
pub const PROFILE_DOCUMENT_REFERENCE: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-comprehensive-document-reference";
/// PDSm profile of a submission set (*lot de soumission*).
pub const PROFILE_SUBMISSION_SET: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-submissionset-comprehensive";
/// PDSm profile of a folder (*classeur*).
pub const PROFILE_FOLDER: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-folder-comprehensive";
/// `isArchived`.
pub const EXT_IS_ARCHIVED: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm/StructureDefinition/pdsm-ext-is-archived";
/// XDS contentTypeCode of a submission set, codeList of a folder.
pub const EXT_DESIGNATION_TYPE: &str = "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-designationType";
/// XDS sourceId.
pub const EXT_SOURCE_ID: &str = "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-sourceId";
/// Structure of the author of a submission set.
pub const EXT_AUTHOR_ORG: &str = "https://profiles.ihe.net/ITI/MHD/StructureDefinition/ihe-authorOrg";
/// Kind of a business identifier: uniqueId, entryUUID, logicalId.
pub const IDENTIFIER_TYPE: &str = "https://profiles.ihe.net/ITI/MHD/CodeSystem/IHE.MHD.MHDIdentifierType";
/// Kind of a List: submissionset, folder.
pub const LIST_TYPES: &str = "https://profiles.ihe.net/ITI/MHD/CodeSystem/MHDlistTypes";
/// Identifiers that are URIs.
pub const RFC_3986: &str = "urn:ietf:rfc:3986";
/// RPPS numbers.
pub const RPPS: &str = "https://rpps.esante.gouv.fr";
/// FINESS numbers.
pub const FINESS: &str = "https://finess.esante.gouv.fr";
/// SIREN and SIRET numbers.
pub const SIRENE: &str = "https://sirene.fr";
/// Kinds of French identifiers (INS-NIR, RPPS, IDNPS, IDNST …).
pub const FR_IDENTIFIER_TYPE: &str = "https://hl7.fr/ig/fhir/core/CodeSystem/fr-core-cs-v2-0203";
/// HL7 confidentiality codes.
pub const CONFIDENTIALITY: &str = "http://terminology.hl7.org/CodeSystem/v3-Confidentiality";
/// Codes of the error catalogue.
pub const CATALOGUE: &str = "urn:dmp:catalogue";
/// Closure of a record (PDSm4DMP TD0.2): date, motive, reason.
pub const EXT_CLOSURE: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm4dmp/StructureDefinition/dmp-fermeture";
/// Whether the record is attached to *Mon espace santé*.
pub const EXT_ATTACHED: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm4dmp/StructureDefinition/dmp-rattachement-mes";
/// Whether the caller is the *médecin traitant DMP*.
pub const EXT_MEDECIN_TRAITANT: &str = "https://interop.esante.gouv.fr/ig/fhir/pdsm4dmp/StructureDefinition/dmp-medecin-traitant";
/// State of the caller's authorisation, which the guide leaves open: our own.
pub const EXT_AUTHORISATION: &str = "urn:dmp:extension:dmp-autorisation";
/// Extension of our own: a document that says what the resource says.
pub const EXT_SOURCE: &str = "urn:dmp:extension:dmp-source";
/// Extension of our own: when a source last named a medicine as prescribed, dispensed, reimbursed (parts `stage` and `date`).
pub const EXT_LAST_SEEN: &str = "urn:dmp:extension:dmp-derniere-trace";
/// Extension of our own: the person was told of the team's access (CSP R.1111-46).
pub const EXT_INFORMED: &str = "urn:dmp:extension:dmp-information-patient";
