"""Sentences of the law, each with its paragraph. Run: python3 -m unittest test_model

"S" is domain-supplement.md, "D" is domain.md, "U" is UNCLEAR.md. P permit, F forbid, C forbid and concealed.
A sentence is (paragraph, sentence, expected, act, who, changes); a change names the key that differs from the base question;
mandate__, team__, purpose__ and subject__ reach into those objects; entry=None takes the document away.
"""

import copy
import json
import os
import subprocess
import sys
import unittest

import model

HERE = os.path.dirname(os.path.abspath(__file__))
P, F, C = ("permit", False), ("forbid", False), ("forbid", True)
NOW = "2026-07-03T12:00:00Z"
NAME = {"family": "Martin", "given": "Anne", "prefix": None}
PLACE = {"id": "1330781305", "name": "Cabinet"}

CALLER = {"account": "a1", "kind": "professional", "name": NAME, "profession": None, "specialty": None, "supervised": False,
          "structure": None, "purpose": {"mode": "normal"}, "regulating_physician": False, "secret_connection": False,
          "consent_now": False, "consent_collected_by": None, "software": None}
RECORD = {"state": "open", "regime": "B", "team_consent": True, "minor": False, "protected": False, "allow_break_glass": True,
          "allow_regulation_centre": True, "masked_in_emergency": False, "occupational_consent": False, "all_masked": False,
          "representatives": 0, "helpers": 0, "letter_sent_at": None, "objected": False, "closed_at": None, "closure": None,
          "destruction_requested": False, "suspended_at": None, "suspension_objected": False,
          "paper_waits": False}
RELATION = {"own_record": False, "mandate": None, "authorisation": "none", "care_team": None, "medecin_traitant": False,
            "administrator": False, "unable_to_consent": False, "immediate_risk": False, "break_glass_quota_reached": False,
            "colleague_blocked": False, "own_structures_episode": False, "own_structures_document": False, "seconded": False, "persons_helped": 0,
            "own_opening": None}
ENTRY = {"type_code": "11502-2", "status": "approved", "masked": False, "invisible_to_patient": False,
         "invisible_to_representatives": False, "deposited_at": "2026-06-20T08:00:00Z", "announced": False,
         "patient_authored": False, "written_by_caller": False}
SUBJECT = {"is_caller": False, "professional": True, "doctor": True, "blocked": False, "authorised": True}
MANDATE = {"kind": "parent", "scope": "person", "state": "accepted", "from": "2026-01-01T00:00:00Z", "until": None, "answer_by": None}
TEAM = {"from": "2026-07-01T00:00:00Z", "until": None, "informed": True, "opposed": False}
GLASS = {"mode": "bris_de_glace", "reason": "coma", "attested": {"unable_to_consent": True, "immediate_risk": True},
         "until": "2026-07-03T16:00:00Z"}


def pro(profession, **more):
    return dict({"profession": profession, "structure": PLACE, "authorisation": "valid"}, **more)


DOCTOR = pro("G15/10", specialty="SM26")
STRANGER = pro("G15/10", specialty="SM26", authorisation="none")
NURSE, PHARMACIST, DENTIST = pro("G15/60"), pro("G15/21"), pro("G15/40")
STUDENT = pro("G16/10", supervised=True)
OCCUPATIONAL = pro("G15/10", specialty="SM25", occupational_consent=True)
SECRETARY = pro("A00/SECRETARIAT_MEDICAL")
MEMBER = pro("G15/60", authorisation="none", care_team=TEAM)
RESCUER = pro("G15/10", authorisation="none", purpose=GLASS, unable_to_consent=True, immediate_risk=True)
SAMU = pro("G15/10", authorisation="none", purpose={"mode": "centre_15"}, regulating_physician=True)
AUTHOR = pro("G15/10", authorisation="none", written_by_caller=True)
MT = pro("G15/10", medecin_traitant=True)
PATIENT = {"kind": "patient", "own_record": True}
CHILD = dict(PATIENT, minor=True)
WARD = dict(PATIENT, protected=True)
PARENT = {"kind": "representative", "own_record": True, "minor": True, "mandate": MANDATE}
GUARDIAN = {"kind": "representative", "own_record": True, "protected": True, "mandate": dict(MANDATE, kind="guardian")}
ALL_PARTS = {"record": True, "documents": True, "contents": True}
BY_APP = {"app": {"grant": "g", "name": {"fr": "Appli", "en": "App"}, "since": "2026-06-01T00:00:00Z"},
          "app_allowed": {"reads": ALL_PARTS, "until": "2026-09-01T00:00:00Z", "ended": False}}
APP, PARENTS_APP = dict(PATIENT, **BY_APP), dict(PARENT, **BY_APP)
ABOUT = {"entry": dict(ENTRY)}  # an act that may be about a document, and is
HELPER = {"kind": "helper", "own_record": True, "mandate": dict(MANDATE, kind="helper")}
AGENT = {"kind": "agent"}
CERTIFICATE = {"kind": "organization", "name": None, "structure": PLACE}
AUTOMATON = {"kind": "automaton", "name": None}
FEED = {"kind": "reimbursement_feed", "name": None, "type_code": "REMB"}
OPERATOR, INSURER, MUTUAL, EMPLOYER = ({"kind": k} for k in ("operator", "insurer", "mutual", "employer"))
PERSON = {"subject__professional": False, "subject__doctor": False, "subject__authorised": False}
SELF = {"subject__is_caller": True}
SELF_PERSON = dict(PERSON, **SELF)
ABOUT_SOMEBODY = set("authorise revoke block unblock declare_medecin_traitant end_medecin_traitant name_administrator"
                     " declare_representative end_representation invite_helper end_helper report_access".split())


def ask(act, *changes, **more):
    """The base question with changes put where their key belongs."""
    question = {"act": act, "caller": copy.deepcopy(CALLER), "now": NOW, "facts": {
        "record": dict(RECORD), "relation": dict(RELATION), "other": None,
        "entry": dict(ENTRY) if act in model.ON_EXISTING_ENTRY or act == "publish" else None,
        "subject": dict(SUBJECT) if act in ABOUT_SOMEBODY else None}}
    facts, caller = question["facts"], question["caller"]
    places = [(caller, CALLER), (facts["record"], RECORD), (facts["relation"], RELATION), (facts["entry"], ENTRY)]
    deep = {"mandate": lambda: facts["relation"], "care_team": lambda: facts["relation"], "purpose": lambda: caller,
            "subject": lambda: facts, "app": lambda: facts["relation"]}
    for key, value in [item for change in changes + (more,) for item in change.items()]:
        whole, _, part = key.partition("__")
        whole = {"team": "care_team"}.get(whole, whole)
        if part:
            holder = deep[whole]()
            holder[whole] = dict(holder[whole] or {}, **{part: value})
        elif key == "now":
            question["now"] = value
        elif key == "app":
            caller["app"] = value
        elif key == "app_allowed":
            facts["relation"].update({"app": copy.deepcopy(value)} if value else {})
            if not value:
                facts["relation"].pop("app", None)
        elif key == "entry" and value is not None:
            facts["entry"] = dict(value)
            places = places[:3] + [(facts["entry"], ENTRY)]
        elif key in ("other", "subject") or (key == "entry" and value is None):
            facts[key] = value
            if key == "entry":
                places = places[:3]
        else:
            for place, base in places:
                if key in base:
                    assert place is not None or key in ("type_code", "written_by_caller"), key
                    if place is not None:
                        place[key] = value
                    break
            else:
                assert key in ENTRY, "no such key: " + key
    return question


def sentence(paragraph, text, expected, act, *changes, **more):
    return (paragraph, text, expected, act, changes, more)


s = sentence
SENTENCES = [
    # Who may never
    s("D 3.7", "an insurer is refused", C, "consult", INSURER),
    s("D 3.7", "an insurer is refused even when the person agrees", C, "consult", INSURER, consent_now=True),
    s("D 3.7", "a mutual insurer is refused", C, "consult", MUTUAL, consent_now=True),
    s("D 3.7", "an employer is refused", C, "consult", EMPLOYER, consent_now=True),
    s("D 3.7", "an insurer does not even learn whether a record exists", F, "check_access", INSURER),
    s("D 3.7", "an employer does not ask for a list", F, "list", EMPLOYER, entry=None),
    s("settled", "the operator reads nothing", C, "consult", OPERATOR),
    s("settled", "the operator destroys nothing", F, "destroy_record", OPERATOR, state="closed", closed_at="2010-01-01T00:00:00Z"),
    s("settled", "a secretary does not read", C, "consult", SECRETARY),
    s("settled", "a secretary of the R85 roles does not read", C, "consult", pro("R85/331")),
    s("settled", "an automaton does not read", C, "consult", AUTOMATON),
    s("D 3.1.1", "a certificate without a named user does not read", C, "consult", CERTIFICATE),
    s("D 3.1.1", "a professional whose name is unknown does not read", C, "consult", DOCTOR, name=None),
    s("D 3.1.1", "a professional without profession does not read", C, "consult", DOCTOR, profession=None),
    s("D 3.1.1", "a professional without structure does not read", C, "consult", DOCTOR, structure=None),
    s("S 7", "an unknown profession does not read", C, "consult", pro("G15/11")),
    s("ux 6.3", "a counter agent sees nothing clinical", C, "consult", AGENT),
    s("D 5", "the feed of reimbursements does not read", C, "consult", FEED),
    # Ground for access
    s("D 3.1.6", "a doctor with a valid authorisation reads", P, "consult", DOCTOR),
    s("D 3.1.6", "a doctor with a valid authorisation asks for a list", P, "list", DOCTOR, entry=None),
    s("D 3.1.6", "an expired authorisation does not open", C, "consult", DOCTOR, authorisation="expired"),
    s("D 3.1.6", "without a line on the list nothing opens", C, "consult", STRANGER),
    s("D 3.1.6", "an expired authorisation gives no list", F, "list", DOCTOR, authorisation="expired", entry=None),
    s("D 3.1.4", "a blocked doctor does not read", C, "consult", DOCTOR, authorisation="forbidden"),
    s("D 3.1.4", "a blocked doctor does not read with a consent on the spot", C, "consult", DOCTOR, authorisation="forbidden",
      consent_now=True),
    s("D 3.1.4", "a blocked member of the team does not read", C, "consult", MEMBER, authorisation="forbidden"),
    s("D 3.2", "a member of the care team reads", P, "consult", MEMBER),
    s("S 0.1", "without the initial consent the team does not read in regime B", C, "consult", MEMBER, team_consent=False),
    s("S 0.1", "nor in regime A", C, "consult", MEMBER, team_consent=False, regime="A"),
    s("D 3.2", "a team of which the person was not told does not read", C, "consult", MEMBER, team__informed=False),
    s("D 3.2 A", "nor in regime A", C, "consult", MEMBER, team__informed=False, regime="A"),
    s("D 3.2", "a team to which the person objected does not read", C, "consult", MEMBER, team__opposed=True),
    s("VOC", "an episode counts from its first moment", P, "consult", MEMBER, team__from=NOW),
    s("VOC", "an episode does not count before", C, "consult", MEMBER, team__from="2026-07-03T12:00:00.000001Z"),
    s("VOC", "an episode does not count at its end", C, "consult", MEMBER, team__until=NOW),
    s("VOC", "an episode counts until its end", P, "consult", MEMBER, team__until="2026-07-03T12:00:00.1Z"),
    s("D 3.2", "outside the team, consent at each consultation", P, "consult", STRANGER, consent_now=True),
    s("D 3.2", "a colleague may collect the consent", P, "consult", STRANGER, consent_now=True, consent_collected_by={"account": "b"}),
    s("U 22", "but not a blocked colleague", C, "consult", STRANGER, consent_now=True, consent_collected_by={"account": "b"},
      colleague_blocked=True),
    s("U 11", "somebody unable to express their will gives no consent", C, "consult", STRANGER, consent_now=True,
      unable_to_consent=True),
    s("U 2", "in regime A a consent on the spot wants a line first", C, "consult", STRANGER, consent_now=True, regime="A"),
    s("D 3.2", "the médecin traitant has a right of access to everything", P, "consult", MT, authorisation="expired"),
    s("D 3.2", "the role counts for doctors only", C, "consult", pro("G15/60", authorisation="expired", medecin_traitant=True)),
    s("D 3.1.4", "a block is stronger than the role", C, "consult", MT, authorisation="forbidden"),
    s("D 3.1.2", "no access to a closed record", C, "consult", DOCTOR, state="closed"),
    s("D 6.4", "no access to a suspended record", C, "consult", DOCTOR, state="suspended"),
    s("S 10", "no access after death", C, "consult", DOCTOR, state="deceased"),
    s("D 3.1.2", "no list where there is no record", F, "list", DOCTOR, state="none", entry=None),
    # Bris de glace and centre 15
    s("D 3.3", "a doctor breaks the glass", P, "consult", RESCUER),
    s("D 3.3", "any health professional may", P, "consult", dict(RESCUER, profession="G15/60")),
    s("U 10", "a psychologist may not", C, "consult", dict(RESCUER, profession="R95/93")),
    s("U 10", "a student may not", C, "consult", dict(RESCUER, profession="G16/10", supervised=True)),
    s("D 3.3", "the matrix holds in an emergency, too", C, "consult", dict(RESCUER, profession="G15/60"), type_code="89601-9"),
    s("D 3.3", "not when the person can express their will", C, "consult", RESCUER, unable_to_consent=False),
    s("D 3.3", "not without immediate risk", C, "consult", RESCUER, immediate_risk=False),
    s("D 3.3", "not against an opposition made beforehand", C, "consult", RESCUER, allow_break_glass=False),
    s("D 3.3", "not without a reason", C, "consult", RESCUER, purpose__reason="  "),
    s("sec 3.3", "not after its end", C, "consult", RESCUER, purpose__until=NOW),
    s("sec 3.3", "not above the quota", C, "consult", RESCUER, break_glass_quota_reached=True),
    s("S 1", "never against a block", C, "consult", RESCUER, authorisation="forbidden"),
    s("VOC", "what was declared does not count, the facts do", C, "consult", RESCUER, immediate_risk=False,
      purpose__attested={"unable_to_consent": True, "immediate_risk": True}),
    s("D 3.3", "bris de glace is for consultation and feeding, not for masking", F, "unmask", RESCUER),
    s("D 3.3", "in bris de glace one may feed", P, "publish", RESCUER),
    s("D 3.3", "not when the person opposed it", F, "publish", RESCUER, allow_break_glass=False),
    s("D 3.3", "a médecin régulateur reads", P, "consult", SAMU),
    s("D 3.3", "an opposition to the regulation centre holds", C, "consult", SAMU, allow_regulation_centre=False),
    s("D 1.2", "the two oppositions are independent", P, "consult", SAMU, allow_break_glass=False),
    s("D 3.3", "who is no médecin régulateur does not use centre 15", C, "consult", SAMU, regulating_physician=False),
    s("D 3.3", "a nurse is no médecin régulateur", C, "consult", SAMU, profession="G15/60"),
    s("D 3.3", "the status of the authorisation is not looked at in centre 15", P, "consult", SAMU, authorisation="expired"),
    s("D 3.1.4", "a block holds in centre 15", C, "consult", SAMU, authorisation="forbidden"),
    s("D 3.3", "centre 15 is consultation only", F, "publish", SAMU),
    s("S 0.3", "masked stays masked in an emergency when the third switch says so", C, "consult", RESCUER, masked=True),
    s("S 0.3", "masked is readable in an emergency when the third switch allows it", P, "consult", RESCUER, masked=True,
      masked_in_emergency=True),
    s("S 0.3", "the third switch holds for centre 15", P, "consult", SAMU, masked=True, masked_in_emergency=True),
    s("S 0.3", "the third switch says nothing for normal access", C, "consult", DOCTOR, masked=True, masked_in_emergency=True),
    s("S 1", "a patient has no emergency mode", C, "consult", PATIENT, purpose={"mode": "centre_15"}),
    # Matrix
    s("S 6.2", "a doctor reads every type", P, "consult", DOCTOR, type_code="68599-0"),
    s("S 6.2 a", "but the attestation de résidence", C, "consult", DOCTOR, type_code="ATTEST-RESID"),
    s("S 6.2 a", "of class 95 a doctor reads the rest", P, "consult", DOCTOR, type_code="ATTEST-HEBGT"),
    s("D 4.2", "an unknown type is no document type", C, "consult", DOCTOR, type_code="00000-0"),
    s("U 25", "nobody reads the signature of a lot by the matrix", C, "consult", DOCTOR, type_code="E1762"),
    s("S 6.2", "a nurse reads biology", P, "consult", NURSE, type_code="11502-2"),
    s("S 6.2", "a nurse reads PROT_ALD", P, "consult", NURSE, type_code="PROT_ALD"),
    s("S 6.2", "a nurse reads the discharge letter of a social structure", P, "consult", NURSE, type_code="83981-1"),
    s("S 6.2", "a nurse does not read a medical certificate", C, "consult", NURSE, type_code="89601-9"),
    s("S 6.2", "a nurse does not read a request for telemedicine", C, "consult", NURSE, type_code="75496-0"),
    s("S 6.2", "a nurse does not read a psychiatric summary", C, "consult", NURSE, type_code="68599-0"),
    s("S 6.2", "a psychiatric nurse has the row of a nurse", C, "consult", pro("G15/69"), type_code="68599-0"),
    s("S 6.3", "a nurse does not read class 95", C, "consult", NURSE, type_code="59284-0"),
    s("S 6.3", "a nurse reads reimbursements", P, "consult", NURSE, type_code="REMB"),
    s("S 6.2", "a pharmacist reads all prescriptions", P, "consult", PHARMACIST, type_code="PRESC-KINE"),
    s("S 6.2", "a pharmacist reads imaging", P, "consult", PHARMACIST, type_code="IMG-KOS"),
    s("S 6.3 d", "a pharmacist reads vaccination notes", P, "consult", PHARMACIST, type_code="87273-9"),
    s("S 6.3 d", "a pharmacist does not read medical certificates", C, "consult", PHARMACIST, type_code="89601-9"),
    s("S 6.3", "a pharmacist reads directives", P, "consult", PHARMACIST, type_code="EXPPAT_3"),
    s("S 6.2 e", "a dentist does not read a projet personnalisé", C, "consult", DENTIST, type_code="80788-3"),
    s("S 6.2 e", "a dentist does not read 83981-1", C, "consult", DENTIST, type_code="83981-1"),
    s("S 6.3", "a dentist reads the dental report", P, "consult", DENTIST, type_code="28617-9"),
    s("S 6.3", "a dentist does not read reimbursements", C, "consult", DENTIST, type_code="REMB"),
    s("S 6.3", "a dentist does not read administrations of medicines", C, "consult", DENTIST, type_code="80565-5"),
    s("S 6.3 c", "a sage-femme does not read 68817-6", C, "consult", pro("G15/50"), type_code="68817-6"),
    s("S 6.3", "a sage-femme reads a report of delivery", P, "consult", pro("G15/50"), type_code="15508-5"),
    s("S 6.3", "a kinésithérapeute reads imaging", P, "consult", pro("G15/70"), type_code="18748-4"),
    s("S 6.3", "a kinésithérapeute does not read dispensations", C, "consult", pro("G15/70"), type_code="60593-1"),
    s("S 6.3", "a pédicure-podologue reads prescriptions", P, "consult", pro("G15/80"), type_code="PRESC-PEDI"),
    s("S 6.3", "an orthophoniste does not read imaging", C, "consult", pro("G15/91"), type_code="18748-4"),
    s("S 6.3", "an orthoptiste does not read certificates", C, "consult", pro("G15/92"), type_code="CERT_DECL"),
    s("S 6.3", "a diététicien reads care plans", P, "consult", pro("G15/95"), type_code="18776-5"),
    s("S 6.3 f", "a manipulateur reads the imaging request", P, "consult", pro("G15/98"), type_code="55115-0"),
    s("S 6.3 f", "and no other prescription", C, "consult", pro("G15/98"), type_code="57833-6"),
    s("S 6.3", "a manipulateur does not read summaries", C, "consult", pro("G15/98"), type_code="60591-5"),
    s("S 6.3 g", "an optician reads ophthalmology", P, "consult", pro("G15/28"), type_code="78513-9"),
    s("S 6.3 g", "an optician does not read functional reports", C, "consult", pro("G15/28"), type_code="47420-5"),
    s("S 6.3 g", "an audioprothésiste reads functional reports", P, "consult", pro("G15/26"), type_code="47420-5"),
    s("S 6.3 g", "an audioprothésiste reads prescriptions of health products", P, "consult", pro("G15/26"), type_code="57833-6"),
    s("S 6.3 g", "an audioprothésiste does not read ophthalmology", C, "consult", pro("G15/26"), type_code="78513-9"),
    s("S 6.3", "an assistant dentaire reads nothing", C, "consult", pro("G15/31")),
    s("S 6.3", "a physicist has no column", C, "consult", pro("G15/32")),
    s("S 6.1", "the role columns are not applied: aide-soignant", C, "consult", pro("R85/313")),
    s("S 6.1", "the role columns are not applied: social-service assistant", C, "consult", pro("R94/41"), type_code="80788-3"),
    s("S 6.1", "the role columns are not applied: psychologist", C, "consult", pro("R95/93"), type_code="83901-9"),
    s("U 20", "the author does not read outside the matrix", C, "consult", NURSE, type_code="89601-9", written_by_caller=True),
    s("S 6.3", "a supervised student has the row of the profession", P, "consult", STUDENT, type_code="68599-0"),
    s("S 6.3", "a student without supervisor reads nothing", C, "consult", STUDENT, supervised=False),
    s("S 6.3", "there is no nurse in training in TRE_G16", C, "consult", pro("G16/60", supervised=True)),
    # Médecine du travail
    s("D 3.7", "médecine du travail reads with the express consent", P, "consult", OCCUPATIONAL),
    s("D 3.7", "and not without", C, "consult", OCCUPATIONAL, occupational_consent=False),
    s("D 3.7", "the express consent is not a ground by itself", C, "consult", OCCUPATIONAL, authorisation="none"),
    s("S 7", "C41 is médecine du travail, too", C, "consult", OCCUPATIONAL, specialty="C41", occupational_consent=False),
    s("D 3.7", "in regime A it reads nothing", C, "consult", OCCUPATIONAL, regime="A"),
    s("D 3.7", "in regime A it could deposit", P, "publish", OCCUPATIONAL, regime="A", occupational_consent=False),
    s("D 3.7", "in regime B it deposits with express consent only", F, "publish", OCCUPATIONAL, occupational_consent=False),
    s("D 3.7", "not even in an emergency without consent", C, "consult", dict(RESCUER, specialty="SM25")),
    # Flags of documents
    s("D 3.4", "a masked document is hidden from a nurse", C, "consult", NURSE, masked=True),
    s("D 3.4", "and left out of lists", C, "list", NURSE, masked=True),
    s("D 3.4", "its author sees it", P, "consult", DOCTOR, masked=True, written_by_caller=True),
    s("D 3.4", "the médecin traitant sees it", P, "consult", MT, masked=True),
    s("S 0.4", "an administrateur sees it", P, "consult", NURSE, masked=True, administrator=True),
    s("U 4", "there are no administrateurs in regime A", C, "consult", NURSE, masked=True, administrator=True, regime="A"),
    s("S 2", "the whole-record mask hides every document", C, "consult", NURSE, all_masked=True),
    s("S 2", "but not from the médecin traitant", P, "consult", MT, all_masked=True),
    s("D 3.4", "the patient sees masked documents", P, "consult", PATIENT, masked=True),
    s("D 3.4", "a mask is against professionals, not against a parent", P, "consult", PARENT, masked=True),
    s("D 3.4", "a document that waits for the announcement is hidden from the patient", C, "consult", PATIENT,
      invisible_to_patient=True),
    s("D 3.4", "professionals see it", P, "consult", DOCTOR, invisible_to_patient=True),
    s("D 3.4", "representatives do not see it either", C, "consult", PARENT, invisible_to_patient=True),
    s("D 3.4", "helpers do not see it either", C, "consult", HELPER, invisible_to_patient=True),
    s("R1111-53", "after one month it becomes visible", P, "consult", PATIENT, invisible_to_patient=True,
      deposited_at="2026-06-03T12:00:00Z"),
    s("R1111-53", "not a microsecond before", C, "consult", PATIENT, invisible_to_patient=True,
      deposited_at="2026-06-03T12:00:00.000001Z"),
    s("R1111-53", "two weeks are for telling, not for showing", C, "consult", PATIENT, invisible_to_patient=True,
      deposited_at="2026-06-10T12:00:00Z"),
    s("VOC", "31 January and one month is 28 February", P, "consult", PATIENT, invisible_to_patient=True,
      deposited_at="2026-01-31T09:00:00Z", now="2026-02-28T09:00:00Z"),
    s("VOC", "in a leap year it is 29 February", C, "consult", PATIENT, invisible_to_patient=True,
      deposited_at="2024-01-31T09:00:00Z", now="2024-02-28T09:00:00Z"),
    s("U 6", "a recorded announcement alone does not lift the flag", C, "consult", PATIENT, invisible_to_patient=True, announced=True),
    s("R1111-50", "a parent does not see what the minor keeps secret", C, "consult", PARENT, invisible_to_representatives=True),
    s("R1111-50", "the minor sees it", P, "consult", CHILD, invisible_to_representatives=True),
    s("R1111-50", "professionals see it", P, "consult", DOCTOR, minor=True, invisible_to_representatives=True),
    s("D 4.5", "a deleted document is shown to nobody: doctor", C, "consult", DOCTOR, status="deleted"),
    s("D 4.5", "a deleted document is shown to nobody: patient", C, "consult", PATIENT, status="deleted"),
    s("D 4.5", "a deleted document is shown to nobody: author", C, "list", AUTHOR, authorisation="valid", status="deleted"),
    s("D 4.5", "old versions are searchable on request", P, "consult", DOCTOR, status="deprecated"),
    s("D 7.3", "archived documents are a tick-box away", P, "list", DOCTOR, status="archived"),
    s("D 3.5", "a connexion secrète is for minors", C, "consult", DOCTOR, secret_connection=True),
    s("D 3.5", "a doctor reads in a connexion secrète of a minor", P, "consult", DOCTOR, secret_connection=True, minor=True),
    # Person, representative, helper
    s("D 3.4", "a patient reads their record", P, "consult", PATIENT),
    s("VOC", "nobody reads another person's record as a patient", C, "consult", PATIENT, own_record=False),
    s("D 6.4", "a closed record is archived, not read", C, "consult", PATIENT, state="closed"),
    s("D 3.5", "a parent reads a minor's record", P, "consult", PARENT),
    s("D 3.5", "not when the child is of age", C, "consult", PARENT, minor=False),
    s("D 3.5", "not before accepting", C, "consult", PARENT, mandate__state="pending"),
    s("VOC", "not at the end of the period", C, "consult", PARENT, mandate__until=NOW),
    s("VOC", "not before the period", C, "consult", PARENT, mandate__from="2026-07-04T00:00:00Z"),
    s("D 3.5", "a guardian for the person reads", P, "consult", GUARDIAN),
    s("D 3.5", "a guardian for goods does not", C, "consult", GUARDIAN, mandate__scope="property"),
    s("D 3.5", "who only assists does not represent", C, "consult", GUARDIAN, mandate__scope="assistance"),
    s("U 12", "a guardian needs a measure in force", C, "consult", GUARDIAN, protected=False),
    s("D 3.5", "a helper's line is no representation", C, "consult", PARENT, mandate__kind="helper"),
    s("S 2", "a helper in force reads", P, "consult", HELPER),
    s("S 2", "a helper whose mandate ended does not", C, "consult", HELPER, mandate__state="ended"),
    s("U 3", "helpers do not exist in regime A", C, "consult", HELPER, regime="A"),
    s("S 2", "a helper deposits", P, "publish", HELPER, type_code="DOCPAT09"),
    s("S 2", "a helper does not share on", F, "share", HELPER),
    s("S 2", "a helper does not change contacts", F, "update_contact", HELPER),
    s("S 2", "a helper does not change the password", F, "change_credentials", HELPER),
    s("S 2", "a helper does not close", F, "close_record", HELPER),
    s("S 2", "a helper does not delete", F, "delete", HELPER, patient_authored=True, written_by_caller=True),
    s("S 2", "a helper does not download all", F, "download_all", HELPER),
    s("D 6.1", "the patient reads the journal", P, "read_journal", PATIENT),
    s("D 6.1", "a parent reads the main chain", P, "read_journal", PARENT),
    s("D 6.1", "at any time: also of a closed record", P, "read_journal", PATIENT, state="closed"),
    s("D 6.1", "no doctor reads the journal", F, "read_journal", DOCTOR),
    s("U 23", "a minor manages the list", P, "authorise", CHILD),
    s("U 23", "and does not close alone", F, "close_record", CHILD),
    s("D 3.5", "a parent does", P, "authorise", PARENT),
    s("U 23", "a protected adult manages the list", P, "block", WARD),
    s("U 23", "and does not share alone", F, "share", WARD),
    s("D 3.5", "the guardian does", P, "block", GUARDIAN),
    s("U 23", "a minor's means of signing in are not the parents'", F, "change_credentials", PARENT),
    s("D 6.3", "a minor changes their own", P, "change_credentials", CHILD),
    # Deposit
    s("D 3.1.6", "feeding needs no authorisation", P, "publish", STRANGER),
    s("D 3.1.6", "feeding needs an open record", F, "publish", STRANGER, state="closed"),
    s("S 10", "no feed after death", F, "publish", STRANGER, state="deceased"),
    s("U 5", "a blocked professional does not feed", F, "publish", DOCTOR, authorisation="forbidden"),
    s("S 6.1", "the matrix does not limit deposit", P, "publish", NURSE, type_code="89601-9"),
    s("D 9", "an establishment's certificate feeds", P, "publish", CERTIFICATE),
    s("D 4.2", "a type outside JDV_J66 is not deposited", F, "publish", DOCTOR, type_code="51851-4"),
    s("D 5", "REMB comes from the insurance alone", F, "publish", DOCTOR, type_code="REMB"),
    s("D 5", "the feed writes REMB", P, "publish", FEED),
    s("D 5", "and nothing else", F, "publish", FEED, type_code="11502-2"),
    s("D 5", "the feed replaces its own", P, "replace", FEED, written_by_caller=True),
    s("D 5", "and nobody else's", C, "replace", FEED, written_by_caller=False),
    s("U 9", "a professional does not deposit in the patient's name", F, "publish", DOCTOR, type_code="DOCPAT03"),
    s("D 3.6", "a secretary does not deposit", F, "publish", SECRETARY),
    s("D 3.4", "masked and invisible together are refused", F, "publish", DOCTOR, masked=True, invisible_to_patient=True,
      consent_now=True),
    s("U 7", "the whole-record mask is no flag of the document", P, "publish", DOCTOR, all_masked=True, invisible_to_patient=True),
    s("D 3.4", "a doctor deposits before the announcement", P, "publish", DOCTOR, invisible_to_patient=True),
    s("U 8", "a certificate does not hide from the patient", F, "publish", CERTIFICATE, invisible_to_patient=True),
    s("D 3.4", "masked at deposit, at the patient's request", P, "publish", DOCTOR, masked=True, consent_now=True),
    s("U 13", "whose word no door can check", P, "publish", DOCTOR, masked=True),
    s("D 3.4", "hidden from representatives, at the minor's request", P, "publish", DOCTOR, minor=True,
      invisible_to_representatives=True, consent_now=True),
    s("D 3.4", "an adult has nothing to hide from representatives", F, "publish", DOCTOR, invisible_to_representatives=True,
      consent_now=True),
    s("D 3.5", "a secret connection deposits what representatives do not see", P, "publish", DOCTOR, minor=True,
      secret_connection=True, invisible_to_representatives=True),
    s("D 3.5", "and nothing else", F, "publish", DOCTOR, minor=True, secret_connection=True),
    s("S 4", "a patient deposits their own types", P, "publish", PATIENT, type_code="DOCPAT02"),
    s("S 4", "and not a professional's", F, "publish", PATIENT, type_code="11502-2"),
    s("D 3.4", "a patient does not hide from themself", F, "publish", PATIENT, type_code="DOCPAT02", invisible_to_patient=True),
    s("D 4.8", "a patient deposits directives", P, "publish", PATIENT, type_code="EXPPAT_3"),
    s("S 2", "directives are not open to minors", F, "publish", CHILD, type_code="EXPPAT_3"),
    s("S 2", "nor to a minor's parent", F, "publish", PARENT, type_code="EXPPAT_3"),
    s("S 2", "a minor keeps an own deposit from representatives", P, "publish", CHILD, type_code="DOCPAT05",
      invisible_to_representatives=True),
    s("D 4.5", "the author replaces", P, "replace", AUTHOR),
    s("D 4.5", "nobody else replaces", F, "replace", DOCTOR),
    s("U 36", "whether the version is current is no question of rights", P, "replace", AUTHOR, authorisation="valid", status="deprecated"),
    s("D 4.5", "a patient replaces their own", P, "replace", PATIENT, type_code="EXPPAT_3", patient_authored=True),
    s("D 4.5", "the author deletes, without any authorisation", P, "delete", AUTHOR),
    s("D 4.5", "nobody else deletes", F, "delete", DOCTOR),
    s("D 4.5", "who may not see it does not learn that it is there", C, "delete", STRANGER),
    s("S 0.9", "a patient deletes an own document", P, "delete", PATIENT, type_code="DOCPAT01", patient_authored=True),
    s("S 0.9", "and not a professional's", F, "delete", PATIENT),
    s("U 36", "an archived document is deleted by its author", P, "delete", AUTHOR, status="archived"),
    s("D 3.1.1", "a certificate alone does not delete", F, "delete", CERTIFICATE, written_by_caller=True),
    # Visibility and status
    s("D 3.4", "a patient masks at any time", P, "mask", PATIENT),
    s("D 3.4", "a patient unmasks at any time", P, "unmask", PATIENT, masked=True),
    s("D 3.4", "a minor, too", P, "mask", CHILD),
    s("D 3.4", "the depositor masks at the patient's request", P, "mask", AUTHOR, consent_now=True),
    s("U 13", "whose word no door can check", P, "mask", AUTHOR),
    s("D 3.4", "another doctor does not mask", F, "mask", DOCTOR, consent_now=True),
    s("D 3.1.1", "a certificate alone does not mask", F, "mask", CERTIFICATE, written_by_caller=True, consent_now=True),
    s("D 3.4", "no mask on what waits for the announcement", F, "mask", DOCTOR, written_by_caller=True, consent_now=True,
      invisible_to_patient=True),
    s("D 3.4", "the médecin traitant unmasks at the person's word", P, "unmask", MT, masked=True, consent_now=True),
    s("D 3.4", "who does not see the document does not unmask it", C, "unmask", NURSE, masked=True, consent_now=True),
    s("D 3.4", "a professional makes the announcement", P, "show_to_patient", DOCTOR, invisible_to_patient=True),
    s("D 3.4", "the patient does not", C, "show_to_patient", PATIENT, invisible_to_patient=True),
    s("D 3.4", "the clock needs no act", C, "show_to_patient", AUTOMATON, invisible_to_patient=True,
      deposited_at="2026-06-03T12:00:00Z"),
    s("S 2", "and not before", C, "show_to_patient", AUTOMATON, invisible_to_patient=True),
    s("D 3.4", "a professional shows to the representatives with the minor's word", P, "show_to_representatives", DOCTOR, minor=True,
      invisible_to_representatives=True, consent_now=True),
    s("U 14", "whose word no door can check", P, "show_to_representatives", DOCTOR, minor=True, invisible_to_representatives=True),
    s("D 3.4", "a parent does not show it to themself", C, "show_to_representatives", PARENT, invisible_to_representatives=True),
    s("D 4.5", "a professional archives", P, "archive", DOCTOR),
    s("D 4.5", "and takes out again", P, "unarchive", DOCTOR, status="archived"),
    s("U 36", "whether it is archived is no question of rights", P, "unarchive", DOCTOR),
    s("D 4.5", "for the patient it is uncertain: no", F, "archive", PATIENT),
    # List of professionals
    s("D 3.2", "a patient authorises", P, "authorise", PATIENT),
    s("S 2", "a blocked professional is unblocked first", F, "authorise", PATIENT, subject__blocked=True),
    s("VOC", "only professionals are authorised", F, "authorise", PATIENT, PERSON),
    s("D 7.2", "a doctor adds themself with explicit consent", P, "authorise", STRANGER, SELF, consent_now=True),
    s("D 3.2", "never by itself", F, "authorise", STRANGER, SELF),
    s("D 7.2", "not somebody else", F, "authorise", DOCTOR, consent_now=True),
    s("D 3.1.4", "not against a block", F, "authorise", DOCTOR, SELF, consent_now=True, authorisation="forbidden"),
    s("S 6.3", "a secretary adds nobody", F, "authorise", SECRETARY, SELF, consent_now=True),
    s("D 3.2", "a patient revokes", P, "revoke", PATIENT),
    s("S 3", "a doctor takes their own line back, with the person's word", P, "revoke", DOCTOR, SELF, consent_now=True),
    s("D 7.2", "and not without it", F, "revoke", DOCTOR, SELF),
    s("S 3", "and nobody else's", F, "revoke", DOCTOR),
    s("D 3.2", "a patient blocks", P, "block", PATIENT),
    s("S 0.4", "an administrateur blocks another", P, "block", NURSE, administrator=True),
    s("S 0.4", "not themself", F, "block", NURSE, SELF, administrator=True),
    s("U 4", "not in regime A", F, "block", NURSE, administrator=True, regime="A"),
    s("S 2", "a médecin traitant is no administrateur", F, "block", MT),
    s("D 3.2", "a patient unblocks", P, "unblock", PATIENT, subject__blocked=True),
    s("S 2", "an administrateur does not", F, "unblock", NURSE, administrator=True, subject__blocked=True),
    s("D 3.2", "a patient declares a médecin traitant", P, "declare_medecin_traitant", PATIENT),
    s("D 3.2", "who is a doctor", F, "declare_medecin_traitant", PATIENT, subject__doctor=False),
    s("S 3", "a doctor declares themself with consent", P, "declare_medecin_traitant", DOCTOR, SELF, consent_now=True),
    s("S 3", "the role is given up by its holder", P, "end_medecin_traitant", MT, SELF),
    s("S 0.4", "a patient names an administrateur", P, "name_administrator", PATIENT),
    s("S 2", "of the list", F, "name_administrator", PATIENT, subject__authorised=False),
    s("U 4", "in regime B", F, "name_administrator", PATIENT, regime="A"),
    s("S 2", "the three switches are the person's", P, "set_emergency_choices", PATIENT),
    s("U 24", "and no professional's", F, "set_emergency_choices", DOCTOR, consent_now=True),
    s("S 2", "the consents are the person's", P, "set_consents", PATIENT),
    s("S 0.1", "a member of the team writes down the initial consent", P, "record_team_consent", MEMBER, consent_now=True),
    s("S 0.1", "that the person expresses", F, "record_team_consent", MEMBER),
    s("S 0.1", "to the caller", F, "record_team_consent", MEMBER, consent_now=True, consent_collected_by={"account": "b"}),
    s("U 18", "any health professional writes down what they hear", P, "record_team_consent", STRANGER, consent_now=True),
    # Life of a record
    s("D 7.2", "a stranger learns that a record exists", P, "check_access", STRANGER),
    s("D 7.2", "a blocked professional is told so", P, "check_access", DOCTOR, authorisation="forbidden"),
    s("D 7.2", "a certificate asks before feeding", P, "check_access", CERTIFICATE),
    s("D 1.1", "a counter opens with oral consent", P, "create_record", AGENT, state="none", consent_now=True),
    s("D 1.2", "no tick, no creation", F, "create_record", AGENT, state="none"),
    s("D 1.1", "a pharmacist opens in regime A", P, "create_record", PHARMACIST, state="none", regime="A", consent_now=True,
      authorisation="none"),
    s("U 32", "reception staff opens under the certificate, not in its own name", F, "create_record", SECRETARY, state="none", regime="A", consent_now=True),
    s("U 38", "a professional opens with consent in regime B, too", P, "create_record", PHARMACIST, state="none", consent_now=True),
    s("D 3.5", "no creation in a connexion secrète", F, "create_record", PHARMACIST, state="none", regime="A", consent_now=True,
      minor=True, secret_connection=True),
    s("D 1.1", "a minor does not open", F, "create_record", CHILD, state="none"),
    s("D 1.1", "a minor's parent opens", P, "create_record", PARENT, state="none"),
    s("D 1.1", "nobody has two records", F, "create_record", PATIENT),
    s("R1111-28", "six weeks after the letter a record opens", P, "create_record", AUTOMATON, state="none",
      letter_sent_at="2026-05-22T12:00:00Z"),
    s("R1111-28", "not before", F, "create_record", AUTOMATON, state="none", letter_sent_at="2026-05-22T12:00:00.5Z"),
    s("R1111-28", "not against an objection", F, "create_record", AUTOMATON, state="none", letter_sent_at="2026-01-01T00:00:00Z",
      objected=True),
    s("R1111-28", "not without a letter", F, "create_record", AUTOMATON, state="none"),
    s("D head", "not in regime A", F, "create_record", AUTOMATON, state="none", letter_sent_at="2026-01-01T00:00:00Z", regime="A"),
    s("D 1.3", "the person objects to the opening", P, "object_to_opening", PATIENT, state="none"),
    s("D 1.3", "a guardian objects", P, "object_to_opening", GUARDIAN, state="none"),
    s("D 1.3", "the insurance records its letter", P, "record_letter", AGENT, state="none"),
    s("D 6.1", "the person asks who looked", P, "report_access", PATIENT),
    s("D 6.1", "a helper does not ask", F, "report_access", HELPER),
    s("security 5", "the operator answers", P, "handle_report", OPERATOR),
    s("D 6.4", "the holder closes at any time", P, "close_record", PATIENT),
    s("D 6.4", "in regime A with a professional", P, "close_record", DOCTOR, regime="A", consent_now=True),
    s("D 6.4", "in regime B not", F, "close_record", DOCTOR, consent_now=True),
    s("D 6.4", "a suspension without objection ends in closure", P, "close_record", AUTOMATON, state="suspended",
      suspended_at="2026-05-22T12:00:00Z"),
    s("D 6.4", "an objection keeps it from closing", F, "close_record", AUTOMATON, state="suspended",
      suspended_at="2026-05-22T12:00:00Z", suspension_objected=True),
    s("VOC", "an agent takes an opening back", P, "cancel_opening", AGENT, own_opening={"at": "2026-07-03T11:45:00.000001Z", "untouched": True}),
    s("VOC", "not after fifteen minutes", F, "cancel_opening", AGENT, own_opening={"at": "2026-07-03T11:45:00Z", "untouched": True}),
    s("VOC", "not once somebody has acted in it", F, "cancel_opening", AGENT, own_opening={"at": "2026-07-03T11:59:00Z", "untouched": False}),
    s("VOC", "not somebody else's opening", F, "cancel_opening", AGENT),
    s("VOC", "a pharmacist does", P, "cancel_opening", PHARMACIST, own_opening={"at": "2026-07-03T11:59:00Z", "untouched": True}),
    s("VOC", "the person their own", P, "cancel_opening", PATIENT, own_opening={"at": "2026-07-03T11:59:00Z", "untouched": True}),
    s("VOC", "not of a closed record", F, "cancel_opening", AGENT, state="closed",
      own_opening={"at": "2026-07-03T11:59:00Z", "untouched": True}),
    s("D 6.4", "the holder reopens at any time", P, "reactivate_record", PATIENT, state="closed", closure="request"),
    s("S 2", "reopening cancels a pending destruction", P, "reactivate_record", PATIENT, state="closed", destruction_requested=True),
    s("D 6.4", "a destroyed record is not reopened", F, "reactivate_record", PATIENT, state="destroyed"),
    s("D 6.4", "the holder asks for early destruction", P, "request_destruction", PATIENT, state="closed", closure="request"),
    s("S 2", "of a closed record", F, "request_destruction", PATIENT),
    s("D 6.4", "ten years after closing the archive is destroyed", P, "destroy_record", AUTOMATON, state="closed",
      closed_at="2016-07-03T12:00:00Z"),
    s("D 6.4", "not before", F, "destroy_record", AUTOMATON, state="closed", closed_at="2016-07-03T12:00:00.000001Z"),
    s("D 6.4", "before, on request", P, "destroy_record", AUTOMATON, state="closed", closed_at="2026-07-01T00:00:00Z",
      destruction_requested=True),
    s("S 10", "ten years after death", P, "destroy_record", AUTOMATON, state="deceased", closed_at="2016-01-01T00:00:00Z"),
    s("VOC", "29 February and ten years is 28 February", P, "destroy_record", AUTOMATON, state="closed",
      closed_at="2016-02-29T00:00:00Z", now="2026-02-28T00:00:00Z"),
    s("S 10", "the insurance reports a death", P, "report_death", AGENT),
    s("S 10", "a doctor does not", F, "report_death", DOCTOR),
    s("S 10", "a wrong report is taken back", P, "withdraw_death_report", AGENT, state="deceased"),
    s("D 6.4", "the insurance suspends", P, "suspend_record", AGENT),
    s("D 6.4", "and lifts", P, "lift_suspension", AGENT, state="suspended"),
    s("D 6.4", "the holder objects within six weeks", P, "object_to_suspension", PATIENT, state="suspended",
      suspended_at="2026-07-01T00:00:00Z"),
    s("D 6.4", "and not after", F, "object_to_suspension", PATIENT, state="suspended", suspended_at="2026-05-22T12:00:00Z"),
    # Account
    s("ux 6.3", "an agent reads administrative data", P, "read_administrative", AGENT),
    s("D 7.2", "a doctor with a ground does", P, "read_administrative", DOCTOR),
    s("D 7.2", "a stranger does not", F, "read_administrative", STRANGER),
    s("D 6.4", "the counter changes contact data on request", P, "update_contact", AGENT, consent_now=True),
    s("GDPR 12", "the counter hides everything on request", P, "mask_all", AGENT, consent_now=True),
    s("GDPR 12", "and not without", F, "mask_all", AGENT),
    s("GDPR 12", "the counter blocks a professional on request", P, "block", AGENT, consent_now=True, subject=SUBJECT),
    s("GDPR 12", "and lets nobody in", F, "authorise", AGENT, consent_now=True, subject=SUBJECT),
    s("GDPR 15", "the person asks for a copy on paper", P, "order_paper", PATIENT),
    s("GDPR 15", "the software prints what was ordered", P, "send_paper", {"kind": "automaton"}, paper_waits=True),
    s("GDPR 15", "and nothing else", F, "send_paper", {"kind": "automaton"}),
    s("GDPR 20", "an operator makes a record of a copy", P, "import_record", {"kind": "operator"}, state="none"),
    s("GDPR 20", "and never over another", F, "import_record", {"kind": "operator"}),
    s("U 53", "a professional does not change contact data", F, "update_contact", DOCTOR, consent_now=True),
    s("D 6.3", "a patient changes their own means of signing in", P, "change_credentials", PATIENT),
    s("U 49", "nobody else changes the means of signing in", F, "change_credentials", DOCTOR, regime="A", consent_now=True),
    s("S 3", "and no more in regime B", F, "change_credentials", DOCTOR, consent_now=True),
    s("U 49", "the counter neither", F, "change_credentials", AGENT, consent_now=True),
    s("N 11", "the counter hands out printed codes to who is there", P, "hand_out_codes", AGENT, consent_now=True),
    s("N 11", "and to nobody who is not", F, "hand_out_codes", AGENT),
    s("N 11", "a doctor hands out none", F, "hand_out_codes", DOCTOR, consent_now=True),
    s("ux 6.1", "a patient takes a copy away", P, "download_all", PATIENT),
    s("sec 1.4", "a doctor does not", F, "download_all", DOCTOR),
    s("ux N7", "a patient shares", P, "share", PATIENT),
    s("ux 1.3", "a patient lets an app in", P, "allow_app", PATIENT),
    s("ux 1.3", "a parent does for a child", P, "allow_app", PARENT),
    s("U 23", "a minor does not alone", F, "allow_app", CHILD),
    s("S 2", "a helper does not", F, "allow_app", HELPER),
    s("ux 1.3", "a doctor does not", F, "allow_app", DOCTOR),
    s("ux 1.3", "a patient takes an app out", P, "withdraw_app", PATIENT),
    s("ux 1.3", "a minor does, too", P, "withdraw_app", CHILD),
    s("S 2", "a helper takes none out", F, "withdraw_app", HELPER),
    s("ux 1.3", "a person connects no app: an app does", F, "connect_app", PATIENT),
    # Through an app
    s("VOC", "an app that was let in takes its keys", P, "connect_app", APP),
    s("ux 1.3", "and lays its access down", P, "withdraw_app", APP),
    s("GDPR 7", "it reads what was ticked", P, "consult", APP),
    s("GDPR 7", "and not what was not", F, "consult", APP, app__reads=dict(ALL_PARTS, contents=False)),
    s("GDPR 7", "without the list a document is not there", C, "consult", APP, app__reads={"record": True, "documents": False, "contents": False}),
    s("GDPR 7", "until its date", C, "list", APP, app__until=NOW),
    s("GDPR 7", "and not once it was taken back", C, "list", APP, app__ended=True),
    s("GDPR 7", "of a record that let it in", F, "check_access", dict(APP, app_allowed=None)),
    s("dev", "what is masked is for no app, though the person reads it", C, "consult", APP, masked=True),
    s("dev", "masked as a whole neither", C, "list", APP, all_masked=True),
    s("dev", "nor what the person wrote and masked", C, "list", APP, masked=True, written_by_caller=True),
    s("dev", "a minor's secret care neither", C, "list", APP, minor=True, invisible_to_representatives=True),
    s("dev", "an app changes nothing", F, "mask", APP),
    s("dev", "and reads no journal", F, "read_journal", APP),
    s("dev", "a parent's app reads", P, "list", PARENTS_APP),
    s("dev", "and leads nowhere once the child is of age", C, "list", PARENTS_APP, minor=False),
    s("S 2", "a helper has no app", F, "check_access", dict(HELPER, **BY_APP)),
    # What leaves by a link, on paper, and in the journal
    s("dev", "a document that is hidden is in no link", F, "share", PATIENT, ABOUT, masked=True),
    s("dev", "another one is", P, "share", PATIENT, ABOUT),
    s("dev", "none is while all are hidden", F, "share", PATIENT, ABOUT, all_masked=True),
    s("D 3.5", "a parent puts no secret care into a link", F, "share", PARENT, ABOUT, invisible_to_representatives=True),
    s("dev", "a hidden document is on the person's own paper", P, "send_paper", AUTOMATON, ABOUT, paper_waits=True, masked=True),
    s("dev", "a minor's secret care is not", F, "send_paper", AUTOMATON, ABOUT, paper_waits=True, minor=True, invisible_to_representatives=True),
    s("design 5", "a minor reads the lines of their secret care", P, "read_journal", CHILD, ABOUT, invisible_to_representatives=True),
    s("design 5", "a parent does not", F, "read_journal", PARENT, ABOUT, invisible_to_representatives=True),
    s("design 5", "nor a guardian", F, "read_journal", GUARDIAN, ABOUT, invisible_to_representatives=True),
    # Episodes
    s("D 9", "a certificate alone declares no episode", F, "declare_episode", CERTIFICATE),
    s("D 3.2", "a nurse of the hospital, too", P, "declare_episode", MEMBER),
    s("D 3.1.4", "not who is blocked", F, "declare_episode", MEMBER, authorisation="forbidden"),
    s("VOC", "one ends an episode of one's own structure", P, "end_episode", MEMBER, own_structures_episode=True),
    s("VOC", "and of no other", F, "end_episode", CERTIFICATE),
    s("D 3.2", "the person opposes a team", P, "oppose_episode", PATIENT),
    # Corrections
    s("GDPR 16", "a patient asks the author of a report to correct it", P, "request_correction", PATIENT),
    s("GDPR 16", "one's own is corrected by oneself", F, "request_correction", PATIENT, type_code="DOCPAT01", patient_authored=True),
    s("S 2", "a helper does not ask", F, "request_correction", HELPER),
    s("D 3.5", "a parent does not learn of secret care", C, "request_correction", PARENT, invisible_to_representatives=True),
    s("GDPR 16", "a patient takes a request back", P, "withdraw_correction", PATIENT),
    s("GDPR 16", "the author opens the request without any authorisation", P, "see_correction", AUTHOR),
    s("GDPR 12.3", "and answers although blocked", P, "answer_correction", AUTHOR, authorisation="forbidden"),
    s("GDPR 16", "a colleague of the structure answers", P, "answer_correction", DOCTOR, own_structures_document=True),
    s("GDPR 16", "nobody else does", F, "answer_correction", DOCTOR),
    s("D 3.4", "a colleague does not learn of what is masked", C, "see_correction", DOCTOR, own_structures_document=True, masked=True),
    # Representatives and helpers
    s("R1111-42", "the insurance writes down a representative", P, "declare_representative", AGENT, PERSON, minor=True),
    s("S 2", "the second is invited by the first", P, "declare_representative", PARENT, PERSON, representatives=1),
    s("S 2", "there is no third", F, "declare_representative", PARENT, PERSON, representatives=2),
    s("D 3.5", "the insurance ends a representation", P, "end_representation", AGENT, PERSON),
    s("D 3.5", "a parent does not end the other's", F, "end_representation", PARENT, PERSON),
    s("S 2", "a patient invites a helper", P, "invite_helper", PATIENT, PERSON, helpers=2),
    s("S 2", "three at most", F, "invite_helper", PATIENT, PERSON, helpers=3),
    s("S 2", "an invitation is accepted in time", P, "accept_invitation", HELPER, mandate__state="pending",
      mandate__answer_by="2026-07-04T00:00:00Z"),
    s("S 2", "and not when it has expired", F, "accept_invitation", HELPER, mandate__state="pending", mandate__answer_by=NOW),
    s("S 2", "five helped persons at most", F, "accept_invitation", HELPER, mandate__state="pending", persons_helped=5),
    s("S 2", "the fifth is allowed", P, "accept_invitation", HELPER, mandate__state="pending", persons_helped=4),
    s("S 2", "a second parent accepts", P, "accept_invitation", PARENT, mandate__state="pending"),
    s("S 2", "what was refused is not accepted", F, "accept_invitation", HELPER, mandate__state="refused"),
    s("S 2", "an invitation is refused", P, "decline_invitation", HELPER, mandate__state="pending"),
    s("S 2", "the person ends a helper's mandate", P, "end_helper", PATIENT, PERSON),
    s("S 2", "a helper ends their own", P, "end_helper", HELPER, SELF_PERSON),
    s("S 2", "and nobody else's", F, "end_helper", HELPER, PERSON),
    # Readings that are not shown above
    s("U 15", "a destroyed record is not created anew", F, "create_record", PATIENT, state="destroyed"),
    s("U 15", "in regime A not", F, "create_record", PATIENT, state="destroyed", regime="A"),
    s("U 19", "no early destruction after death", F, "destroy_record", AUTOMATON, state="deceased", destruction_requested=True,
      closed_at="2026-07-01T00:00:00Z"),
    s("U 21", "an audioprothésiste does not read a consultation report", C, "consult", pro("G15/26"), type_code="11488-4"),
    # Identity
    s("design 3", "a first agent proposes", P, "propose_identity_change", AGENT),
    s("design 3", "a second merges", P, "merge_records", AGENT, seconded=True, other="open"),
    s("design 3", "one alone does not", F, "merge_records", AGENT, other="open"),
    s("design 3", "a merge is taken back", P, "unmerge_records", AGENT, seconded=True, other="merged"),
    s("D 2", "an INS is corrected when it leads nowhere yet", P, "correct_ins", AGENT, seconded=True, other="none"),
    s("D 2", "not when it leads to another record", F, "correct_ins", AGENT, seconded=True, other="open"),
    s("design 3", "a technician does not", F, "merge_records", OPERATOR, seconded=True, other="open"),
    # Campaigns of invitations
    s("dev", "an agent proposes to invite many people", P, "propose_campaign", AGENT, state="none"),
    s("dev", "under the law of before, too", P, "propose_campaign", AGENT, state="none", regime="A"),
    s("dev", "another agent confirms", P, "confirm_campaign", AGENT, state="none", seconded=True),
    s("dev", "who proposed does not", F, "confirm_campaign", AGENT, state="none"),
    s("dev", "one agent is enough to stop", P, "stop_campaign", AGENT, state="none"),
    s("dev", "an agent looks at what came of them", P, "read_campaigns", AGENT, state="none"),
    s("D 3.1", "not without a name", F, "read_campaigns", AGENT, state="none", name=None),
    s("dev", "a doctor proposes none", F, "propose_campaign", DOCTOR, state="none"),
    s("dev", "an operator confirms none", F, "confirm_campaign", OPERATOR, state="none", seconded=True),
    s("dev", "and reads none", F, "read_campaigns", OPERATOR, state="none"),
    s("L1111-18", "a mutual invites nobody", F, "propose_campaign", MUTUAL, state="none"),
    s("VOC", "a campaign names no record", F, "propose_campaign", AGENT),
]


class Sentences(unittest.TestCase):
    """Every sentence above."""

    def test_each_sentence(self):
        for paragraph, text, expected, act, changes, more in SENTENCES:
            with self.subTest(paragraph=paragraph, sentence=text, act=act):
                may, concealed, why = model.judge(ask(act, *changes, **more))
                self.assertEqual(("permit" if may else "forbid", concealed), expected, why)

    def test_there_are_two_hundred(self):
        self.assertGreaterEqual(len(SENTENCES), 200)


class Table(unittest.TestCase):
    """The matrix as a whole."""

    def test_types_by_class(self):
        counts = {c: len(t.split()) for c, t in model.CLASSES.items()}
        self.assertEqual(counts, {"10": 37, "11": 22, "31": 4, "42": 14, "43": 2, "44": 6, "45": 1, "52": 8, "60": 1, "90": 4, "95": 8})

    def test_doctors_only_types(self):
        for profession in model.COLUMNS:
            for code in model.DOCTORS_ONLY:
                self.assertEqual(model.cell(profession, code), profession == "G15/10", (profession, code))

    def test_sourced_cells_stand(self):
        for code in model.SOURCED["G15/60"] - model.DOCTORS_ONLY:
            self.assertTrue(model.cell("G15/60", code), code)
        for code in model.SOURCED["G15/21"]:
            self.assertTrue(model.cell("G15/21", code), code)
        for code in model.SOURCED["G15/40"]:
            self.assertFalse(model.cell("G15/40", code), code)

    def test_class_95_is_for_doctors(self):
        for profession in model.COLUMNS:
            for code in model.CLASSES["95"].split():
                self.assertEqual(model.cell(profession, code), profession == "G15/10" and code != "ATTEST-RESID")

    def test_file_is_the_table(self):
        with open(os.path.join(HERE, "matrix.json"), encoding="utf-8") as file:
            self.assertEqual(json.load(file), model.matrix())


class Whole(unittest.TestCase):
    """What holds of every answer."""

    def every(self):
        for paragraph, text, expected, act, changes, more in SENTENCES:
            yield ask(act, *changes, **more)

    def test_permit_is_never_concealed(self):
        for question in self.every():
            got = model.answer(question)
            self.assertFalse(got["answer"] == "permit" and got["concealed"])

    def test_no_document_no_concealment(self):
        for question in self.every():
            question["facts"]["entry"] = None
            self.assertFalse(model.answer(question)["concealed"])

    def test_the_question_is_not_changed(self):
        for question in self.every():
            before = copy.deepcopy(question)
            model.answer(question)
            self.assertEqual(question, before)

    def test_forbidden_purposes_get_nothing(self):
        for question in self.every():
            for kind in ("insurer", "mutual", "employer", "operator"):
                question["caller"]["kind"] = kind
                # An operator makes a record of a copy where there is none, answers reports, and reads nothing.
                if (kind, question["act"]) not in (("operator", "import_record"), ("operator", "handle_report")):
                    self.assertEqual(model.answer(question)["answer"], "forbid")

    def test_block_wins_for_professionals(self):
        for question in self.every():
            if question["caller"]["kind"] == "professional" and question["act"] not in ("check_access", "create_record"):
                question["facts"]["relation"]["authorisation"] = "forbidden"
                if question["act"] in ("delete", "see_correction", "answer_correction") and question["facts"]["entry"]["written_by_caller"]:
                    continue  # taking back one's own words, or answering who asks for it
                self.assertEqual(model.answer(question)["answer"], "forbid", question["act"])

    def test_every_act_has_a_rule_and_a_permit(self):
        permitted = {act for _, _, expected, act, _, _ in SENTENCES if expected == P}
        self.assertEqual(permitted, set(model.ACTS))

    def test_fractions_of_a_second_sort_like_time(self):
        self.assertEqual(model.moment("2026-07-03T12:00:00.500Z"), model.moment("2026-07-03T12:00:00.5Z"))
        self.assertEqual(model.moment("2026-07-03T12:00:00.000000Z"), model.moment("2026-07-03T12:00:00Z"))
        self.assertLess(model.moment("2026-07-03T12:00:00Z"), model.moment("2026-07-03T12:00:00.000001Z"))
        self.assertLess(model.moment("2026-07-03T12:00:00.999999Z"), model.moment("2026-07-03T12:00:01Z"))

    def test_command_line(self):
        lines = [json.dumps(ask("consult", DOCTOR)), "no question", json.dumps(ask("consult", NURSE, masked=True))]
        done = subprocess.run([sys.executable, os.path.join(HERE, "model.py")], input="\n".join(lines), capture_output=True, text=True)
        got = [json.loads(line) for line in done.stdout.splitlines()]
        self.assertEqual(got[0], {"answer": "permit", "concealed": False})
        self.assertIn("error", got[1])
        self.assertEqual(got[2], {"answer": "forbid", "concealed": True})

    def test_explanation(self):
        self.assertIn("MASQUE_PS", model.answer(ask("consult", NURSE, masked=True), explain=True)["why"])


if __name__ == "__main__":
    unittest.main()
