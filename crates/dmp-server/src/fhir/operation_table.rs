//! The table of the record's own operations: what `operations.rs`, `law_operations.rs` and `encounter.rs` serve.

/// An operation and its parameters: name, type, least and most, what it is.
pub(super) struct Operation {
    pub name: &'static str,
    pub words: &'static str,
    pub parameters: &'static [(&'static str, &'static str, u8, &'static str)],
}

const PERSON: (&str, &str, u8, &str) = ("identifier", "Identifier", 0, "INS of the person; left out when the operation is called on Patient/[id]");
const PROFESSIONAL: (&str, &str, u8, &str) = ("professional", "Identifier", 0, "PS_IdNat or RPPS; left out: the caller");

#[rustfmt::skip]
pub(super) const OPERATIONS: [Operation; 37] = [
    Operation { name: "dmp-open", words: "Opens a person's record with their consent (TD1.1).", parameters: &[
        ("identifier", "Identifier", 1, "INS of the person"), ("channel", "code", 0, "left out: that of the caller; EN_LIGNE, CPAM, OFFICINE, INFIRMIER, PS_LIBERAL, ETABLISSEMENT, AUTOMATIQUE_ENS"),
        ("consent", "code", 1, "oral, electronic, written; no-objection for an automatic opening"), ("birth-family", "string", 0, "birth family name"), ("birth-given", "string", 0, "first names of the birth record"),
        ("birth-date", "date", 0, "birth date"), ("gender", "code", 0, "female, male, unknown"), ("birth-place", "string", 0, "INSEE code of the place of birth"),
        ("used-family", "string", 0, "name in use"), ("used-given", "string", 0, "first name in use"),
        ("regulation-centre", "boolean", 0, "agrees to SAMU-Centre 15"), ("break-glass", "boolean", 0, "agrees to break-glass"), ("masked-in-emergency", "boolean", 0, "masked documents readable in an emergency"),
        ("team-consent", "boolean", 0, "initial consent to care teams"), ("scheme", "string", 0, "insurance scheme"), ("caisse", "string", 0, "three digits, 671; left out: what the directory knows"), ("department", "string", 0, "department of residence"),
        ("representative-family", "string", 0, "family name of who agrees for a minor or a protected adult"), ("representative-given", "string", 0, "their first name"), ("representative-role", "code", 0, "mother, father, guardian, stepmother, stepfather, grandmother, grandfather, great-grandmother, great-grandfather, sister, brother, aunt, uncle"),
        ("reason", "string", 0, "asked of a nurse"), ("email", "string", 0, "e-mail"), ("mobile", "string", 0, "mobile number"), ("address", "string", 0, "postal address") ] },
    Operation { name: "dmp-cancel-opening", words: "Takes an opening back that the caller made by mistake: within fifteen minutes, while nobody else has acted in the record.", parameters: &[PERSON] },
    Operation { name: "dmp-close", words: "Closes a record (TD1.4).", parameters: &[PERSON, ("reason", "string", 0, "words of who asks")] },
    Operation { name: "dmp-reactivate", words: "Opens a closed record again (TD1.2).", parameters: &[PERSON, ("consent", "boolean", 1, "consent was expressed")] },
    Operation { name: "dmp-emergency-choices", words: "Sets the three switches of an emergency.", parameters: &[PERSON, ("regulation-centre", "boolean", 0, "SAMU-Centre 15"), ("break-glass", "boolean", 0, "break-glass"), ("masked-in-emergency", "boolean", 0, "masked documents") ] },
    Operation { name: "dmp-mask-all", words: "Hides or shows every document to professionals.", parameters: &[PERSON, ("masked", "boolean", 1, "hide")] },
    Operation { name: "dmp-team-consent", words: "Gives or withdraws the initial consent to care teams.", parameters: &[PERSON, ("consent", "boolean", 1, "given")] },
    Operation { name: "dmp-occupational-consent", words: "Gives or withdraws express consent to occupational medicine.", parameters: &[PERSON, ("consent", "boolean", 1, "given")] },
    Operation { name: "dmp-authorise", words: "Lets a professional in (TD0.3 AJOUT).", parameters: &[PERSON, PROFESSIONAL, ("family", "string", 0, "name, when the directory does not know them"), ("given", "string", 0, "first name"), ("profession", "code", 0, "G15/10")] },
    Operation { name: "dmp-revoke", words: "Takes an authorisation back (TD0.3 SUPPRESSION).", parameters: &[PERSON, PROFESSIONAL] },
    Operation { name: "dmp-block", words: "Keeps a professional out.", parameters: &[PERSON, PROFESSIONAL, ("family", "string", 0, "name, when the directory does not know them"), ("given", "string", 0, "first name"), ("profession", "code", 0, "G15/10")] },
    Operation { name: "dmp-unblock", words: "Stops keeping a professional out; restores nothing.", parameters: &[PERSON, PROFESSIONAL] },
    Operation { name: "dmp-medecin-traitant", words: "Declares the médecin traitant.", parameters: &[PERSON, PROFESSIONAL, ("family", "string", 0, "name, when the directory does not know them"), ("given", "string", 0, "first name"), ("profession", "code", 0, "G15/10")] },
    Operation { name: "dmp-administrator", words: "Names an administrateur among the authorised.", parameters: &[PERSON, PROFESSIONAL, ("administrator", "boolean", 0, "name or un-name")] },
    Operation { name: "dmp-end-medecin-traitant", words: "Takes the role of médecin traitant away; the authorisation stays.", parameters: &[PERSON, PROFESSIONAL] },
    Operation { name: "dmp-record-team-consent", words: "Records the initial consent to care teams that the person expresses now.", parameters: &[PERSON] },
    Operation { name: "dmp-update-contact", words: "Changes how to reach the person (TD1.3).", parameters: &[PERSON, ("email", "string", 0, "e-mail"), ("mobile", "string", 0, "mobile number"), ("address", "string", 0, "postal address")] },
    Operation { name: "dmp-notices", words: "Sets how the person is told of what happens in the record; what the law makes known cannot be switched off.", parameters: &[PERSON, ("language", "code", 0, "fr, en"), ("rhythm", "code", 0, "at-once, daily, weekly"), ("kinds", "string", 0, "codes of optional notices that are sent, separated by commas; empty: none; left out: as they are")] },
    Operation { name: "dmp-represent", words: "Writes a legal representative down, on proof; or a parent invites the other one.", parameters: &[PERSON, ("representative", "Identifier", 1, "INS of who represents"), ("family", "string", 1, "family name"), ("given", "string", 0, "first name"), ("start", "date", 0, "first day; today when left out"), ("end", "date", 0, "last day, excluded"), ("kind", "code", 0, "parent, guardian"), ("scope", "code", 0, "person, property, assistance"), ("proof", "string", 0, "judgment or entry that it rests on")] },
    Operation { name: "dmp-end-representation", words: "Ends a representation before its date.", parameters: &[PERSON, ("representative", "Identifier", 0, "INS; left out: the caller"), ("kind", "code", 0, "parent, guardian")] },
    Operation { name: "dmp-invite-helper", words: "Invites a helper; the invitation lasts fourteen days.", parameters: &[PERSON, ("helper", "Identifier", 1, "INS of who shall help"), ("family", "string", 1, "family name"), ("given", "string", 0, "first name"), ("start", "date", 0, "first day; today when left out"), ("end", "date", 0, "last day, excluded")] },
    Operation { name: "dmp-answer-invitation", words: "Accepts or declines the caller's own invitation, to help or to represent.", parameters: &[PERSON, ("accepted", "boolean", 1, "accept")] },
    Operation { name: "dmp-end-helper", words: "Ends a helper's mandate, or takes an invitation back.", parameters: &[PERSON, ("helper", "Identifier", 0, "INS; left out: the caller")] },
    Operation { name: "dmp-hand-out-codes", words: "Hands a new sheet of printed codes to who stands at the counter, told in the answer once; the sheet before ends.", parameters: &[PERSON, ("holder", "Identifier", 0, "INS of who acts for the person and gets the sheet; left out: the person"), ("proof", "string", 0, "by what the identity was checked")] },
    Operation { name: "dmp-report-death", words: "Records a death: the record is frozen.", parameters: &[PERSON] },
    Operation { name: "dmp-withdraw-death-report", words: "Takes a wrong report of death back.", parameters: &[PERSON] },
    Operation { name: "dmp-suspend", words: "Suspends all access, in the holder's interest.", parameters: &[PERSON, ("reason", "string", 1, "in words for the holder")] },
    Operation { name: "dmp-object-to-suspension", words: "The holder objects to a suspension.", parameters: &[PERSON] },
    Operation { name: "dmp-lift-suspension", words: "Ends a suspension.", parameters: &[PERSON] },
    Operation { name: "dmp-request-destruction", words: "Asks that a closed record be destroyed before its ten years are over.", parameters: &[PERSON] },
    Operation { name: "dmp-destroy", words: "Destroys an archive, for good.", parameters: &[PERSON] },
    Operation { name: "dmp-correct-ins", words: "Gives the record the right INS; the first of two persons proposes, the second one confirms.", parameters: &[PERSON, ("ins", "Identifier", 1, "the right INS"), ("keep-old", "boolean", 0, "the old number still leads here"), ("birth-family", "string", 0, "birth family name"), ("birth-given", "string", 0, "first names of the birth record"), ("birth-date", "date", 0, "birth date"), ("gender", "code", 0, "female, male, unknown"), ("birth-place", "string", 0, "INSEE code of the place of birth"), ("used-family", "string", 0, "name in use"), ("used-given", "string", 0, "first name in use")] },
    Operation { name: "dmp-merge", words: "Puts another record of the same person into this one; two persons.", parameters: &[PERSON, ("other", "Identifier", 1, "INS of the other record")] },
    Operation { name: "dmp-unmerge", words: "Takes a merged record out again; two persons.", parameters: &[PERSON, ("other", "Identifier", 1, "INS of the record that was merged")] },
    Operation { name: "dmp-paper", words: "Asks for the record on paper, by post or in a sealed envelope at the counter; nobody reads it on the way. An agent asks at the person's word and sends to the address of the record alone.", parameters: &[PERSON, ("what", "string", 1, "summary, access, journal, closing, separated by commas"), ("way", "code", 0, "post, counter"), ("language", "code", 0, "fr, en"), ("address", "string", 0, "postal address of whoever asks for themself, lines separated by line feeds")] },
    Operation { name: "dmp-letter", words: "Writes down that the letter goes which announces a record (R.1111-28).", parameters: &[("identifier", "Identifier", 1, "INS of the person")] },
    Operation { name: "dmp-object", words: "Objects to the opening of a record.", parameters: &[("identifier", "Identifier", 1, "INS of the person")] },
];

/// Operations on Encounter; the episode is the instance.
#[rustfmt::skip]
pub(super) const ENCOUNTER_OPERATIONS: [Operation; 2] = [
    Operation { name: "dmp-oppose", words: "The person does not want this team in their record.", parameters: &[] },
    Operation { name: "dmp-end-episode", words: "Ends an episode of care.", parameters: &[] },
];

/// The record's own operations that read, on Patient, by GET and POST (`summary.rs`). `$summary` is defined by HL7.
#[rustfmt::skip]
pub(super) const READING_OPERATIONS: [Operation; 3] = [
    Operation { name: "dmp-find", words: "Searches the texts of what the caller may read.", parameters: &[PERSON, ("query", "string", 1, "1 to 10 words, \"exact words\", -without")] },
    Operation { name: "dmp-draft-summary", words: "Drafts a French medical summary as CDA, of what is hidden from nobody, for its author to go on with.", parameters: &[PERSON, ("model", "code", 1, "vsm or ips-fr")] },
    Operation { name: "dmp-check-order", words: "Says which ordered exams were done lately, by what the caller may read.", parameters: &[PERSON, ("order", "Coding", 1, "LOINC, CCAM or NABM; as many as are ordered")] },
];

/// Operations that name a person without a record: on the type alone.
pub(super) const ON_TYPE_ALONE: [&str; 3] = ["dmp-open", "dmp-letter", "dmp-object"];
