//! What a door itself answers: requests it cannot read, limits, faults.

use super::Message;

const fn line(code: &'static str, fr: &'static str, en: &'static str) -> Message {
    Message { code, fr, en }
}

/// The lines.
#[rustfmt::skip]
pub const MESSAGES: &[Message] = &[
    line("not-authenticated", "Aucun jeton d'accès valable n'accompagne la requête : demandez-en un et envoyez-le dans l'en-tête Authorization.", "No valid access token comes with the request: ask for one and send it in the Authorization header."),
    line("scope-missing", "Le jeton d'accès ne donne pas ce droit : demandez la portée (scope) de cette ressource.", "The access token does not grant this: ask for the scope of this resource."),
    line("record-not-found", "Aucun dossier n'est ouvert pour cette personne.", "No record is open for this person."),
    line("document-not-found", "Ce document n'existe pas.", "This document does not exist."),
    line("list-not-found", "Ce lot ou ce classeur n'existe pas.", "This submission set or folder does not exist."),
    line("page-not-found", "Cette page de résultats n'existe pas : recommencez la recherche.", "This page of results does not exist: search again."),
    line("not-served", "Cette adresse n'est pas servie : voyez /fhir/metadata.", "This address is not served: see /fhir/metadata."),
    line("operation-not-found", "Cette opération n'existe pas : voyez /fhir/metadata.", "This operation does not exist: see /fhir/metadata."),
    line("authorisation-not-found", "Ce professionnel n'est pas dans la liste de la personne.", "This professional is not in the person's list."),
    line("record-exists", "Un dossier existe déjà pour cette personne : réactivez-le s'il est fermé.", "A record already exists for this person: open it again if it is closed."),
    line("record-changed", "Le dossier a changé pendant l'opération : recommencez.", "The record changed meanwhile: try again."),
    line("professional-blocked", "La personne a bloqué ce professionnel : elle seule peut lever ce blocage.", "The person blocked this professional: only they can lift the block."),
    line("consent-missing", "Le consentement de la personne n'est pas exprimé : recueillez-le, puis indiquez comment.", "The person's consent is not expressed: collect it, then say how."),
    line("reason-missing", "Ce canal d'ouverture demande un motif (perte d'autonomie).", "This channel of opening asks for a reason (loss of autonomy)."),
    line("person-missing", "La personne concernée n'est pas indiquée : donnez son INS ou l'identifiant de son dossier.", "The person is not named: give their INS or the id of their record."),
    line("version-stale", "Le document a changé depuis la version que vous citez : relisez-le.", "The document changed since the version that you cite: read it again."),
    line("transition-impossible", "L'état actuel du document ne permet pas ce changement.", "The present state of the document does not allow this change."),
    line("unique-id-taken", "Cet identifiant unique désigne déjà un autre document : donnez-en un nouveau.", "This unique identifier already names another document: give a new one."),
    line("record-too-large", "Ce dossier contient trop de documents pour en recevoir un de plus : archivez ou contactez l'exploitant.", "This record holds too many documents for one more: contact the operator."),
    line("resource-type-unexpected", "La ressource reçue n'est pas du type attendu ici.", "The resource received is not of the type expected here."),
    line("media-type-unsupported", "Ce type de contenu n'est pas accepté : envoyez du JSON ou du XML FHIR.", "This media type is not accepted: send FHIR JSON or XML."),
    line("accept-unsupported", "Le document n'existe pas dans la forme demandée : acceptez le type indiqué par ses métadonnées.", "The document does not exist in the form asked for: accept the type that its metadata name."),
    line("json-invalid", "Le corps n'est pas du JSON valable.", "The body is not valid JSON."),
    line("json-duplicate-key", "Un objet JSON contient deux fois la même clé.", "A JSON object holds the same key twice."),
    line("json-too-deep", "Le JSON est imbriqué trop profondément.", "The JSON is nested too deeply."),
    line("json-too-large", "Le corps JSON dépasse la taille admise.", "The JSON body is larger than accepted."),
    line("xml-invalid", "Le corps n'est pas du XML FHIR valable.", "The body is not valid FHIR XML."),
    line("xml-too-deep", "Le XML est imbriqué trop profondément.", "The XML is nested too deeply."),
    line("xml-too-large", "Le corps XML dépasse la taille admise.", "The XML body is larger than accepted."),
    line("element-unknown", "Cet élément n'existe pas dans la ressource FHIR : corrigez son nom ou retirez-le.", "This element does not exist in the FHIR resource: mend its name or remove it."),
    line("xml-doctype", "Une déclaration DOCTYPE n'est jamais acceptée : retirez-la.", "A DOCTYPE declaration is never accepted: remove it."),
    line("search-parameter-unknown", "Ce paramètre de recherche n'existe pas : voyez /fhir/metadata.", "This search parameter does not exist: see /fhir/metadata."),
    line("search-parameter-missing", "Un paramètre de recherche obligatoire manque.", "A mandatory search parameter is missing."),
    line("search-parameter-value", "La valeur d'un paramètre de recherche n'est pas lisible.", "The value of a search parameter cannot be read."),
    line("search-too-complex", "La recherche contient trop de valeurs.", "The search holds too many values."),
    line("patch-invalid", "Le correctif (PATCH) n'est pas lisible.", "The patch cannot be read."),
    line("patch-element-not-allowed", "Seuls le statut, la visibilité et l'archivage d'un document se modifient : pour le reste, publiez une nouvelle version.", "Only status, visibility and archiving of a document can be changed: for anything else publish a new version."),
    line("patch-path-not-found", "Le chemin du correctif ne désigne rien dans ce document.", "The path of the patch names nothing in this document."),
    line("patch-test-failed", "Le test du correctif a échoué : le document n'est pas dans l'état attendu.", "The test of the patch failed: the document is not in the expected state."),
    line("invalid", "La requête n'est pas valable.", "The request is not valid."),
    line("busy", "Trop de demandes en même temps : réessayez dans un instant.", "Too many requests at once: try again in a moment."),
    line("unavailable", "Le service est momentanément indisponible : réessayez plus tard.", "The service is not available for now: try again later."),
    line("fault", "Une erreur est survenue de notre côté ; rien n'a été modifié à moitié. Citez le numéro d'incident.", "An error occurred on our side; nothing is half-done. Quote the incident number."),
];
