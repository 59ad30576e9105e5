#!/usr/bin/env python3
"""Reference model: who may do what with a dossier médical partagé (DMP).

Written from the documents alone: what is gathered of the law (domain, its supplement, design, security, interop, ux) and, where
they are silent, docs/deviations.md ("deviations"); the rules were never read. A question and its answer are as in VOCABULARY.md. Standard library only, no state, no clock: `now` is in the question.

    python3 model.py                 < questions.jsonl > answers.jsonl
    python3 model.py --explain       adds "why", the rule that decided
    python3 model.py --write-matrix  writes matrix.json beside this file

How it is built. `LAW[act][kind]` is a table of rules, filled by the decorator `law`. What has no rule is forbidden (deny by
default). A rule takes (caller, facts, now) and returns (may, why). Helper functions return None when nothing stands in the way
and a refusal otherwise. Before any rule stands `door`, which holds what is true of every act.

Moments are compared as text: RFC 3339 in UTC without the final Z and without trailing zeros of the fraction sorts like time.

"S" before a section means domain-supplement.md, "D" means domain.md. Readings of unclear paragraphs are the constants under
"Readings" and the entries of UNCLEAR.md with the same number; a constant may be flipped to compare the two readings.
"""

import gc
import json
import os
import sys
from calendar import monthrange
from datetime import datetime, timedelta, timezone

# --- Readings (each one is explained in UNCLEAR.md under the same number) --------------------------------------------------

U01_MEDECIN_TRAITANT_IS_A_GROUND = True         # the role opens the record even when the line has expired
U02_CONSENT_NOW_OPENS_IN_REGIME_A = False       # regime A wants the line on the list (TD0.3) first
U03_HELPERS_IN_REGIME_A = False                 # aidants exist in Mon espace santé only
U04_ADMINISTRATORS_IN_REGIME_A = False          # administrateurs exist in Mon espace santé only
U05_BLOCK_STOPS_DEPOSITS = True                 # a blocked professional neither reads nor feeds nor changes
U06_ANNOUNCED_REVEALS = False                   # only TD3.3b or the one-month clock lifts INVISIBLE_PATIENT
U07_WHOLE_MASK_COUNTS_IN_COMBINATION = False    # only the flags of the document itself exclude each other
U08_ORGANIZATION_MAY_HIDE_FROM_PATIENT = False  # "depositing professional only"
U09_PROFESSIONAL_MAY_DEPOSIT_PATIENT_TYPES = False
U10_BREAK_GLASS_FOR_ALL_PROFESSIONS = False     # G15 (health professions) only
U11_CONSENT_OF_SOMEBODY_UNABLE_COUNTS = False
U12_GUARDIAN_NEEDS_RECORD_PROTECTED = True      # `protected` false says that no guardian with scope person is in force
U13_MASKING_BY_PROFESSIONAL_NEEDS_CONSENT = False  # the request is no fact that a door can check
U14_SHOWING_TO_REPRESENTATIVES_NEEDS_CONSENT = False  # the same: the minor asks the professional
U15_DESTROYED_RECORD_MAY_BE_CREATED_ANEW = False  # the number leads nowhere any more: a new record begins at `none`
U16_AGENT_NEEDS_CONSENT_FOR_THE_HOLDERS_ACTS = True
U17_JOURNAL_OF_A_CLOSED_RECORD = True           # "at any time"
U18_TEAM_CONSENT_TAKEN_BY_TEAM_MEMBER_ONLY = False  # any health professional who hears it in person
U19_EARLY_DESTRUCTION_AFTER_DEATH = False
U20_AUTHOR_READS_OUTSIDE_THE_MATRIX = False
U21_AUDIOPROSTHETIST_READS_CONSULTATIONS = False  # note g: 11488-4 is read as the optician's

# --- Document types and the matrice d'habilitation ----------------------------------------------------------------------------

CLASSES = {  # S 4: official class of each of the 107 types of JDV_J66 (six blanks filled from ASS_X04)
    "10": "BIL_AUTO DOCPAT03 DOCPAT05 DOCPAT06 11488-4 11490-0 11502-2 11505-5 11506-3 15507-7 15508-5 28617-9 28653-4 29274-8"
          " 34112-3 34120-6 34749-2 34794-8 34874-8 34875-5 47420-5 51969-4 59283-2 60568-3 67851-6 70004-7 75482-0 75492-9"
          " 75496-0 77436-4 78513-9 78601-2 83981-1 85208-7 89233-1 93024-8 96349-6",
    "11": "SYNTH DOCPAT01 DOCPAT08 18761-7 34133-9 34842-5 56445-0 57057-2 57055-6 57075-4 60280-5 60591-5 68599-0 68817-6"
          " 74207-2 78341-5 78489-2 80820-4 83836-7 83901-9 88348-8 89235-6",
    "31": "IMG-KOS DOCPAT04 18748-4 52040-3",
    "42": "DOCPAT02 PRESC-AAT PRESC-BIO PRESC-KINE PRESC-INF PRESC-PEDI PRESC-ORTHOPHO PRESC-ORTHOPTIE 55115-0 57828-6 57832-8"
          " 57833-6 61357-0 75468-9",
    "43": "DISP_AUT 60593-1",
    "44": "PROT_ALD 18776-5 77604-7 80771-9 80788-3 83869-8",
    "45": "80565-5",
    "52": "CERT_DECL DOCPAT07 11369-6 87273-9 89601-9 96173-0 96874-3 101881-1",
    "60": "REMB",
    "90": "EXPPAT_1 EXPPAT_2 EXPPAT_3 74465-6",
    "95": "AUTORIS-SOINS ATTEST-RESID ATTEST-DROITS-AM ATTEST-ASS-COMPL ATTEST-HEBGT DOCPAT09 59284-0 86531-1",
}
CLASS_OF = {code: cls for cls, codes in CLASSES.items() for code in codes.split()}
KNOWN_TYPES = frozenset(CLASS_OF)  # the signature travels with its lot and is no document to be deposited by itself
PATIENT_TYPES = frozenset(c for c in CLASS_OF if c.startswith("DOCPAT")) | frozenset(CLASSES["90"].split())  # D 4.1, 4.2; S 4
DIRECTIVES = "EXPPAT_3"
REIMBURSEMENTS = "REMB"

# S 6.3: which classes a column opens. Anything absent is "?" and therefore no.
_WIDE = "10 11 31 42 43 44 45 52 60 90"
COLUMNS = {
    "G15/10": "10 11 31 42 43 44 45 52 60 90 95",
    "G15/21": _WIDE,
    "G15/60": _WIDE,
    "G15/69": _WIDE,
    "G15/50": _WIDE,
    "G15/40": "10 11 31 42 43 44 52",
    "G15/70": "10 11 31 42 44 52",
    "G15/80": "10 11 31 42 44 52",
    "G15/91": "10 11 42 44 52",
    "G15/92": "10 11 42 44",
    "G15/94": "10 11 42 44",
    "G15/95": "10 11 42 44",
    "G15/96": "10 11 42 44",
    "G15/98": "10 31 42",
    "G15/26": "10 42",
    "G15/28": "10 42",
}
DOCTORS_ONLY = frozenset("75496-0 68599-0 83901-9 68817-6 89601-9".split())  # S 6.3 notes b, c, d
NOT_FOR = {"G15/10": frozenset(["ATTEST-RESID"]),                            # note a
           "G15/40": frozenset(["83981-1", "80788-3"])}                      # note e
ONLY_IN_CLASS = {                                                            # notes f, g
    ("G15/98", "42"): frozenset(["55115-0"]),
    ("G15/28", "10"): frozenset(["11488-4", "78513-9"]),
    ("G15/28", "42"): frozenset(["57833-6"]),
    ("G15/26", "10"): frozenset(["11488-4", "47420-5"] if U21_AUDIOPROSTHETIST_READS_CONSULTATIONS else ["47420-5"]),
    ("G15/26", "42"): frozenset(["57833-6"]),
}
_NURSE_YES = "83981-1 47420-5 11502-2 15507-7 DOCPAT03 DOCPAT05 DOCPAT06 56445-0 PROT_ALD"
_PHARMACIST_YES = "11502-2 77436-4 34112-3 PROT_ALD " + CLASSES["42"] + " " + CLASSES["31"]
SOURCED = {  # S 6.2: the cells that a source states; all other cells are reconstruction
    "G15/10": frozenset(CLASS_OF),
    "G15/21": frozenset(_PHARMACIST_YES.split()),
    "G15/60": frozenset(_NURSE_YES.split()) | DOCTORS_ONLY,
    "G15/69": frozenset(_NURSE_YES.split()) | DOCTORS_ONLY,
    "G15/40": frozenset("80788-3 75496-0 83981-1 83901-9 68599-0".split()),
}
G15_CODES = ("10 21 26 28 31 32 40 50 60 69 70 80 81 82 83 84 85 86 91 92 94 95 96 98").split()  # S 7
G16_CODES = "10 21 40 50".split()
OTHER_PROFESSIONS = frozenset("R95/71 R95/72 R95/73 R95/93 R94/41 R291/99".split())
ROLE_COLUMNS = {  # S 6.1, S 7: six role columns, published and not applied
    "r1 coordination": "R85/330 R85/333", "r2 social-service assistant": "R94/41", "r3 administrative support":
    "R85/331 R85/336 R85/365", "r4 social and educational": "R85/319 R85/320 R85/322 R85/324 R85/325 R85/326 R85/327 R85/328"
    " R85/361 R85/368", "r5 support to care": "R85/313 R85/315 R85/332 R95/93", "r6 management": "R85/359",
}


def cell(profession, code):
    """S 6.2 and 6.3: may this profession read this type? Type exceptions always win over the class; an unknown cell is a no."""
    cls = CLASS_OF.get(code)
    if cls is None or cls not in COLUMNS.get(profession, "").split():
        return False
    only = ONLY_IN_CLASS.get((profession, cls))
    if only is not None and code not in only:
        return False
    if code in NOT_FOR.get(profession, ()):
        return False
    return profession == "G15/10" or code not in DOCTORS_ONLY


def readable_types(profession):
    """S 6.3: the row of a profession as a set of type codes."""
    return frozenset(code for code in CLASS_OF if cell(profession, code))


def matrix():
    """S 6, D 3.6: the matrix as data; each cell says whether a source states it or we reconstructed it."""
    cells = {}
    for profession in ["G15/" + c for c in G15_CODES]:
        row = {}
        classes = COLUMNS.get(profession, "").split()
        for code, cls in CLASS_OF.items():
            sourced = code in SOURCED.get(profession, ())
            one = {"read": cell(profession, code), "basis": "source" if sourced else "reconstruction"}
            if not sourced and cls not in classes:
                one["unknown"] = True
            row[code] = one
        cells[profession] = row
    for number, professions in ROLE_COLUMNS.items():
        for profession in professions.split():
            cells[profession] = {code: {"read": False, "basis": "reconstruction", "unknown": True, "column": number + ", not applied"}
                                 for code in CLASS_OF}
    return {
        "about": "Reading rights by profession and document type. Not the text of the arrêté of 26 October 2023: cells marked"
                 " reconstruction are deduced (domain-supplement.md 6.3), cells marked source are stated by a source (6.2)."
                 " unknown: no source and no reconstruction, refused.",
        "in_training": {"G16/" + c: "row of G15/" + c + ", only with a recorded supervisor" for c in G16_CODES},
        "classes": CLASS_OF,
        "cells": cells,
    }


# --- Professions --------------------------------------------------------------------------------------------------------------


class Profession:
    """What follows from a profession code (S 7, S 6.3)."""
    __slots__ = ("known", "person", "reads", "in_training", "health", "doctor", "secretary")

    def __init__(self, text):
        system, _, code = text.partition("/")
        self.in_training = system == "G16" and code in G16_CODES
        self.health = system == "G15" and code in G15_CODES
        self.doctor = text == "G15/10"
        self.secretary = text in ("A00/SECRETARIAT_MEDICAL", "R85/331")
        role = system == "R85" and len(code) == 3 and code.isdigit()
        self.known = self.in_training or self.health or role or self.secretary or text in OTHER_PROFESSIONS
        self.reads = readable_types("G15/" + code) if self.in_training or self.health else frozenset()


class _Professions(dict):
    def __missing__(self, text):
        found = Profession(text)
        if len(self) < 10_000:
            self[text] = found
        return found


PROFESSIONS = _Professions()
OCCUPATIONAL = ("SM25", "C41")  # S 7

# --- Moments ------------------------------------------------------------------------------------------------------------------


def moment(text):
    """VOCABULARY: a moment as text that sorts like time (no Z, no trailing zeros in the fraction)."""
    if len(text) == 20 and text[19] == "Z":
        return text[:19]
    if text[-1] == "Z" and text[19] == ".":
        return text[:-1].rstrip("0").rstrip(".")
    parsed = datetime.fromisoformat(text.replace("z", "Z")).astimezone(timezone.utc).replace(tzinfo=None)
    return moment(parsed.isoformat() + "Z")


def after_months(text, months):
    """VOCABULARY: calendar months in UTC; the day is cut to the last day of the month, the time of day stays."""
    start = moment(text)
    count = int(start[:4]) * 12 + int(start[5:7]) - 1 + months
    year, month = divmod(count, 12)
    day = int(start[8:10])
    if day > 28:
        day = min(day, monthrange(year, month + 1)[1])
    return "%04d-%02d-%02d%s" % (year, month + 1, day, start[10:])


def after_minutes(text, minutes):
    """VOCABULARY: a minute is 60 seconds."""
    start = moment(text)
    later = datetime.fromisoformat(start[:19]) + timedelta(minutes=minutes)
    return later.isoformat() + start[19:]


def after_weeks(text, weeks):
    """VOCABULARY: a week is 7 × 24 hours."""
    start = moment(text)
    day = datetime(int(start[:4]), int(start[5:7]), int(start[8:10])) + timedelta(days=7 * weeks)
    return "%04d-%02d-%02d%s" % (day.year, day.month, day.day, start[10:])


def in_period(line, now):
    """VOCABULARY, Periods: from its beginning, included, to its end, excluded; no `until` is no end."""
    until = line["until"]
    return moment(line["from"]) <= now and (until is None or now < moment(until))


# --- Words of the verdict -----------------------------------------------------------------------------------------------------


def no(why):
    return (False, why)


def yes(why):
    return (True, why)


NO_RULE = no("deny by default: no paragraph gives this act to this kind of caller")
NO_FORBIDDEN_PURPOSE = no("D 3.7 (L1111-18): insurer, mutual and employer are refused, even with the person's agreement")
NO_OPERATOR = no("settled reading, security 5: the operator answers reports and has no other act in a record; never content")
NO_NAME = no("D 3.1 step 1: nobody is named")
NO_MODE = no("S 1, D 3.3: emergency access modes belong to professionals")
NO_SECRET_KIND = no("D 3.5: a connexion secrète is the minor's own, a professional's or an establishment's")
NO_SECRET_ADULT = no("D 3.5: a connexion secrète exists for minors only")
NO_PLACE = no("D 3.1 step 1: profession and structure have to be known")
NO_PROFESSION = no("S 7: unknown profession, or an author who is no professional")
NO_SUPERVISOR = no("S 6.3 Students: someone in training without a recorded supervisor")
NO_SECRETARY = no("S 6.3 last line, D 1.1: a secretary does not read; reception staff work under the establishment's certificate")
NO_ROW = no("S 6.1, 6.3: the matrix opens no type to this profession")
NO_CELL = no("D 3.1 step 7, S 6: the matrix does not open this type to this profession")
NO_OCCUPATIONAL_A = no("D 3.7: médecine du travail reads nothing in regime A")
NO_OCCUPATIONAL = no("D 3.7 (L1111-17), S 6.3: médecine du travail only with the express consent")
NO_BLOCKED = no("D 3.1 step 4, S 0 and 1: the person blocked this professional; nothing overrides it")
NO_NOT_OPEN = no("D 3.1 step 2: the record is not open")
NO_GROUND = no("D 3.1 step 6, 3.2: no valid authorisation, no team, no consent for this consultation")
NO_EMERGENCY_ACT = no("D 3.3: the emergency modes are for consultation (bris de glace: and feeding)")
NO_ENTRY = no("VOCABULARY: the act is about a document and none is given")
NO_DELETED = no("D 4.5, interop 3.7: a deleted document is never shown")
NO_MASKED = no("D 3.4: MASQUE_PS")
NO_INVISIBLE = no("D 3.4 (R1111-53): the document waits for the consultation d'annonce")
NO_REPRESENTATIVES = no("D 3.4, 3.5 (R1111-50): INVISIBLE_REPRESENTANTS_LEGAUX")
NO_NOT_OWN = no("VOCABULARY own_record: this is not the caller's record, or no line names the caller")
NO_MANDATE = no("D 3.5, S 2: no mandate of this kind, accepted and in force")
NO_HELPERS_A = no("S 0.8, 2: helpers are a function of Mon espace santé (regime B)")
NO_MINOR = no("D 3.5 (R1111-40): the legal representatives exercise the rights of a minor")
NO_PROTECTED = no("D 3.5 (R1111-40): the person in charge of the measure exercises the rights")
NO_SUBJECT = no("VOCABULARY: the act is not about somebody of the right kind")
NO_CONSENT = no("D 1.2, 3.2: the person's explicit consent is not stated")
NO_AUTHOR = no("D 4.5: only the author")
NO_STATUS = no("D 4.5, interop 4: the status does not allow this transition")
NO_REGIME = no("D head table: not in this regime")
NO_STATE = no("D 1, 6.4: the state of the record does not allow it")
NO_APP = no("GDPR 7, deviations: this record lets no such app in for this caller, or no longer")
NO_APP_ACT = no("interop 10, deviations: an app reads and searches, and does nothing else")
NO_APP_SCOPE = no("GDPR 7: the app was not allowed this part")

YES_READ_OWN = yes("D 3.4: the person sees their document")
YES_READ_REP = yes("D 3.5 (R1111-40): the legal representative exercises the person's rights")
YES_READ_HELPER = yes("S 2 Helpers: a helper in force reads")
YES_READ_PRO = yes("D 3.1: named, ground for access, matrix cell open, no flag in the way")
YES_LIST_PRO = yes("D 3.1: named, ground for access, a row in the matrix")
YES_HOLDER = yes("D 3.2, 3.5, S 2: the holder, or who exercises the holder's rights")

# --- Rules table --------------------------------------------------------------------------------------------------------------

ACTS = (
    "check_access list consult publish replace mask unmask show_to_patient show_to_representatives delete archive unarchive"
    " authorise revoke block unblock declare_medecin_traitant end_medecin_traitant name_administrator set_emergency_choices"
    " set_consents record_team_consent read_journal read_administrative update_contact change_credentials download_all share"
    " hand_out_codes create_record reactivate_record close_record request_destruction destroy_record report_death withdraw_death_report"
    " suspend_record object_to_suspension lift_suspension record_letter object_to_opening declare_episode end_episode"
    " oppose_episode declare_representative end_representation invite_helper accept_invitation decline_invitation end_helper"
    " propose_identity_change correct_ins merge_records unmerge_records allow_app withdraw_app connect_app report_access handle_report"
    " request_correction withdraw_correction see_correction answer_correction mask_all order_paper send_paper import_record"
    " cancel_opening propose_campaign confirm_campaign stop_campaign read_campaigns").split()
KINDS = "patient representative helper professional organization agent insurer mutual employer operator automaton" \
        " reimbursement_feed".split()
LAW = {act: {} for act in ACTS}
ON_EXISTING_ENTRY = frozenset("list consult replace mask unmask show_to_patient show_to_representatives delete archive"
                              " unarchive request_correction withdraw_correction see_correction answer_correction".split())
HUMANS = frozenset(["patient", "representative", "helper", "professional", "agent", "operator"])


def law(acts, kinds):
    """Puts a rule into the table for these acts and these kinds of caller."""
    def put(rule):
        for act in acts.split():
            for kind in kinds.split():
                assert kind in KINDS and kind not in LAW[act], (act, kind)
                LAW[act][kind] = rule
        return rule
    return put


# --- What holds for every act -------------------------------------------------------------------------------------------------


def door(act, caller, facts):
    """D 3.1 steps 1 and 3, D 3.7, D 3.5, S 1: purpose never allowed; named; mode; connexion secrète."""
    kind = caller["kind"]
    if kind == "insurer" or kind == "mutual" or kind == "employer":
        return NO_FORBIDDEN_PURPOSE
    # A record is made of a copy, a report answered: none is entered.
    if kind == "operator" and act not in ("handle_report", "import_record"):
        return NO_OPERATOR
    if caller["name"] is None and kind in HUMANS:
        return NO_NAME
    if kind != "professional" and caller["purpose"]["mode"] != "normal":
        return NO_MODE
    if caller["secret_connection"]:
        if kind != "professional" and kind != "organization" and kind != "patient":
            return NO_SECRET_KIND
        if not facts["record"]["minor"]:
            return NO_SECRET_ADULT
    return None


# --- Helpers for professionals ------------------------------------------------------------------------------------------------


def identified(caller):
    """D 3.1 step 1, S 6.3 Students, S 7: profession, structure, and a supervisor for someone in training."""
    if caller["profession"] is None or caller["structure"] is None:
        return NO_PLACE
    profession = PROFESSIONS[caller["profession"]]
    if profession.secretary:
        return NO_SECRETARY
    if not profession.known:
        return NO_PROFESSION
    if profession.in_training and not caller["supervised"]:
        return NO_SUPERVISOR
    return None


def not_blocked(relation):
    """D 3.1 step 4, S 1: a block holds against everything, a consent on the spot and break-glass included."""
    return NO_BLOCKED if relation["authorisation"] == "forbidden" else None


def consents(caller, relation):
    """D 3.2 (R1111-46, L1111-17 II): explicit consent now, by the caller or by a colleague who is not blocked."""
    if not caller["consent_now"]:
        return False
    if relation["unable_to_consent"] and not U11_CONSENT_OF_SOMEBODY_UNABLE_COUNTS:
        return False
    return caller["consent_collected_by"] is None or not relation["colleague_blocked"]


def reader(caller, record):
    """S 6.3, D 3.7: can this professional read anything of anybody? Secretaries, empty rows, médecine du travail."""
    refusal = identified(caller)
    if refusal:
        return refusal
    profession = PROFESSIONS[caller["profession"]]
    if profession.secretary:
        return NO_SECRETARY
    if not profession.reads:
        return NO_ROW
    return occupational(caller, record)


def occupational(caller, record):
    """D 3.7: a médecin du travail reads nothing in regime A, and in regime B has no part without the express consent."""
    if caller["specialty"] not in OCCUPATIONAL:
        return None
    if record["regime"] == "A":
        return NO_OCCUPATIONAL_A
    return None if record["occupational_consent"] else NO_OCCUPATIONAL


def in_team(record, relation, now):
    """D 3.2, S 0.1: a declared episode in force, the person told and not opposed, and the initial consent (both regimes)."""
    team = relation["care_team"]
    if team is None or team["opposed"] or not team["informed"]:
        return False
    if not record["team_consent"]:
        return False
    return in_period(team, now)


def is_medecin_traitant(caller, relation):
    """D 3.2: the role counts for a doctor, on a line that is no block."""
    return relation["medecin_traitant"] and caller["profession"] == "G15/10" and relation["authorisation"] != "forbidden"


def is_administrator(record, relation):
    """S 0.4, S 2: administrateur, a role of Mon espace santé."""
    return relation["administrator"] and (record["regime"] == "B" or U04_ADMINISTRATORS_IN_REGIME_A) \
        and relation["authorisation"] != "forbidden"


def normal_ground(caller, record, relation, now):
    """D 3.1 step 6, D 3.2: list, médecin traitant, care team, or consent for this consultation."""
    if relation["authorisation"] == "valid" or is_administrator(record, relation):
        return True
    if U01_MEDECIN_TRAITANT_IS_A_GROUND and is_medecin_traitant(caller, relation):
        return True
    if in_team(record, relation, now):
        return True
    return (record["regime"] == "B" or U02_CONSENT_NOW_OPENS_IN_REGIME_A) and consents(caller, relation)


def break_glass(caller, record, relation, now):
    """D 3.3 (L1111-17), S 1, security 3.3 class 8: unable, at risk, not opposed, reason, in time, within the quota."""
    purpose = caller["purpose"]
    if not (PROFESSIONS[caller["profession"]].health or U10_BREAK_GLASS_FOR_ALL_PROFESSIONS):
        return no("D 3.3: bris de glace is for health professionals")
    if not record["allow_break_glass"]:
        return no("D 3.3: the person opposed bris de glace beforehand")
    if not (relation["unable_to_consent"] and relation["immediate_risk"]):
        return no("D 3.3: bris de glace wants both inability to consent and immediate risk")
    if not purpose["reason"].strip():
        return no("D 3.3, S 1: bris de glace wants a reason")
    if not now < moment(purpose["until"]):
        return no("security 3.3 class 8: this emergency access has ended")
    if relation["break_glass_quota_reached"]:
        return no("security 3.3 class 8, figure 15: quota of broken glasses reached")
    return None


def regulation_centre(caller, record):
    """D 3.3: a médecin régulateur, unless the person opposed it; the authorisation status is not looked at."""
    if not caller["regulating_physician"] or caller["profession"] != "G15/10":
        return no("D 3.3: centre 15 is for a médecin régulateur")
    if not record["allow_regulation_centre"]:
        return no("D 3.3: the person opposed the regulation centre beforehand")
    return None


def way_in(caller, record, relation, now):
    """D 3.1 steps 5 and 6: the access mode, then the ground."""
    mode = caller["purpose"]["mode"]
    if mode == "normal":
        return None if normal_ground(caller, record, relation, now) else NO_GROUND
    if mode == "bris_de_glace":
        return break_glass(caller, record, relation, now)
    if mode == "centre_15":
        return regulation_centre(caller, record)
    return no("S 1: unknown access mode")


def sees_through_mask(caller, record, relation, entry):
    """D 3.4, S 0.3, S 0.4: author, médecin traitant, administrateur; in an emergency what the third switch says."""
    if entry["written_by_caller"] or is_medecin_traitant(caller, relation) or is_administrator(record, relation):
        return True
    return caller["purpose"]["mode"] != "normal" and record["masked_in_emergency"]


def is_masked(record, entry):
    """D 3.4, S 2: MASQUE_PS, or the whole-record mask."""
    return entry["masked"] or record["all_masked"]


def waits_for_announcement(entry, now):
    """D 3.4 (R1111-53): hidden from the patient until lifted (TD3.3b) or until one calendar month after deposit."""
    if not entry["invisible_to_patient"]:
        return False
    if entry["announced"] and U06_ANNOUNCED_REVEALS:
        return False
    return now < after_months(entry["deposited_at"], 1)


# --- What leaves the record by the person's hand ------------------------------------------------------------------------------


def minors_secret(record, entry):
    """D 3.5 (R1111-50), deviations (Copies and paper): the address of a minor may be the parents'."""
    return NO_REPRESENTATIVES if record["minor"] and entry["invisible_to_representatives"] else None


def kept_from_others(record, entry):
    """Deviations (Hidden documents and links): what is masked, one by one or as a whole, is in no link and for no app."""
    return NO_MASKED if is_masked(record, entry) else minors_secret(record, entry)


# --- Apps ---------------------------------------------------------------------------------------------------------------------

APP_READS = {"check_access": "record", "list": "documents", "consult": "contents"}  # VOCABULARY reads
APP_KEYS = frozenset(("connect_app", "withdraw_app"))


def through_an_app(act, caller, facts, now):
    """GDPR 7, deviations (Who lets an app in; A link or an app after its maker may no longer share): in the name of who still holds
    the rights, as long as it was said and not taken back; the parts that were ticked; no act but reading."""
    if caller.get("app") is None:
        return None
    if caller["kind"] not in ("patient", "representative") or exercises_rights(caller, facts, now):
        return NO_APP
    allowed = facts["relation"].get("app")
    if allowed is None or allowed["ended"] or not now < moment(allowed["until"]):
        return NO_APP
    if act in APP_KEYS:
        return None
    if act not in APP_READS:
        return NO_APP_ACT
    if not allowed["reads"][APP_READS[act]]:
        return NO_APP_SCOPE
    entry = facts["entry"]
    return kept_from_others(facts["record"], entry) if entry is not None and act != "check_access" else None


# --- Helpers for the person and for who acts for them -------------------------------------------------------------------------


def own(relation):
    """VOCABULARY own_record."""
    return None if relation["own_record"] else NO_NOT_OWN


def represents(facts, now):
    """D 3.5 (R1111-40): parent of a minor, or guardian of a protected adult, for the person, accepted, in force."""
    relation, record = facts["relation"], facts["record"]
    mandate = relation["mandate"]
    if not relation["own_record"] or mandate is None:
        return NO_NOT_OWN
    if mandate["state"] != "accepted" or mandate["scope"] != "person" or not in_period(mandate, now):
        return NO_MANDATE
    kind = mandate["kind"]
    if kind == "parent":
        return None if record["minor"] else NO_MANDATE
    if kind == "guardian":
        if record["minor"] or (U12_GUARDIAN_NEEDS_RECORD_PROTECTED and not record["protected"]):
            return NO_MANDATE
        return None
    return NO_MANDATE


def helps(facts, now):
    """S 2 Helpers: a dated mandate, accepted and in force, in Mon espace santé."""
    relation = facts["relation"]
    mandate = relation["mandate"]
    if facts["record"]["regime"] == "A" and not U03_HELPERS_IN_REGIME_A:
        return NO_HELPERS_A
    if not relation["own_record"] or mandate is None:
        return NO_NOT_OWN
    if mandate["kind"] != "helper" or mandate["state"] != "accepted" or not in_period(mandate, now):
        return NO_MANDATE
    return None


def acts_for_the_person(caller, facts, now):
    """Who is on the person's side at all: the person, a representative, a helper, each with their own condition."""
    kind = caller["kind"]
    if kind == "patient":
        return own(facts["relation"])
    return represents(facts, now) if kind == "representative" else helps(facts, now)


def exercises_rights(caller, facts, now):
    """D 3.5 (R1111-40): the person, or the representative. What a minor or a protected adult may not do without: `alone`."""
    if caller["kind"] == "representative":
        return represents(facts, now)
    return own(facts["relation"])


def alone(caller, facts, now):
    """D 3.5, deviations: opening, refusing to open, reopening, closing, destroying, sharing: not by a minor or a protected adult."""
    refusal = exercises_rights(caller, facts, now)
    record = facts["record"]
    if refusal or caller["kind"] == "representative":
        return refusal
    if record["minor"]:
        return NO_MINOR
    if record["protected"]:
        return NO_PROTECTED
    return None


def is_open(facts):
    """D 3.1 step 2: in use."""
    return None if facts["record"]["state"] == "open" else NO_NOT_OPEN


def subject_is_professional(facts):
    """VOCABULARY subject: the act is about a professional."""
    subject = facts["subject"]
    return None if subject is not None and subject["professional"] else NO_SUBJECT


def subject_is_person(facts):
    """VOCABULARY subject: the act is about a person."""
    subject = facts["subject"]
    return None if subject is not None and not subject["professional"] else NO_SUBJECT


# --- Seeing: list and consult -------------------------------------------------------------------------------------------------


@law("list consult", "professional")
def professional_sees(caller, facts, now):
    """D 3.1: the decision order for consultation; lists hold only readable documents (D 7.2 TD3.1a)."""
    record, relation, entry = facts["record"], facts["relation"], facts["entry"]
    refusal = reader(caller, record) or is_open(facts) or not_blocked(relation) or way_in(caller, record, relation, now)
    if refusal:
        return refusal
    if entry is None:
        return YES_LIST_PRO
    if entry["status"] == "deleted":
        return NO_DELETED
    if entry["type_code"] not in PROFESSIONS[caller["profession"]].reads and not (
            U20_AUTHOR_READS_OUTSIDE_THE_MATRIX and entry["written_by_caller"]):
        return NO_CELL
    if is_masked(record, entry) and not sees_through_mask(caller, record, relation, entry):
        return NO_MASKED
    return YES_READ_PRO


@law("list consult", "patient representative helper")
def person_sees(caller, facts, now):
    """D 3.4, 3.5: no matrix and no mask for the person's side; but the announcement clock and what a minor keeps secret."""
    refusal = acts_for_the_person(caller, facts, now) or is_open(facts)
    if refusal:
        return refusal
    entry, kind = facts["entry"], caller["kind"]
    if entry is not None:
        if entry["status"] == "deleted":
            return NO_DELETED
        if waits_for_announcement(entry, now):
            return NO_INVISIBLE
        if kind != "patient" and entry["invisible_to_representatives"]:
            return NO_REPRESENTATIVES
    return YES_READ_OWN if kind == "patient" else YES_READ_REP if kind == "representative" else YES_READ_HELPER


def sees(caller, facts, now):
    """May this caller, in this mode, be shown the document? The ground of `concealed` (design Errors, Tests: twin worlds)."""
    kind = caller["kind"]
    refusal = through_an_app("list", caller, facts, now)
    if refusal:
        return refusal
    if kind == "professional":
        return professional_sees(caller, facts, now)
    if kind == "patient" or kind == "representative" or kind == "helper":
        return person_sees(caller, facts, now)
    return NO_RULE


@law("check_access", "patient representative helper")
def person_checks(caller, facts, now):
    """D 7.2 TD0.2, S 2: the person's side learns the state of the record, whatever it is."""
    return acts_for_the_person(caller, facts, now) or yes("D 7.2 TD0.2: the person's side")


@law("check_access", "professional")
def professional_checks(caller, facts, now):
    """D 7.2 TD0.2: open to each profile; a blocked professional is told INTERDIT; someone in training asks without a supervisor."""
    refusal = identified(caller)
    if refusal is NO_SUPERVISOR:
        refusal = None
    return refusal or yes("D 7.2 TD0.2: a named professional learns existence and authorisation")


@law("check_access", "organization agent")
def structure_checks(caller, facts, now):
    """D 3.1 step 2, D 7.2 TD0.2, D 8.4: feeding software and counters need to know whether a record exists."""
    if caller["kind"] == "organization" and caller["structure"] is None:
        return NO_PLACE
    return yes("D 7.2 TD0.2: existence and state; nothing clinical")


# --- Feeding ------------------------------------------------------------------------------------------------------------------


def may_feed(caller, facts, now):
    """D 3.1 steps 2, 4, 6, D 3.3, D 3.7: no authorisation wanted, but an open record and no opposition."""
    record, relation = facts["record"], facts["relation"]
    if caller["kind"] == "organization":
        if caller["structure"] is None:
            return NO_PLACE
        return is_open(facts)
    refusal = identified(caller)
    if refusal:
        return refusal
    if PROFESSIONS[caller["profession"]].secretary:
        return no("D 3.6 Writing: deposit is for professionals of the patient; a secretary is none")
    refusal = is_open(facts)
    if refusal:
        return refusal
    if U05_BLOCK_STOPS_DEPOSITS and relation["authorisation"] == "forbidden":
        return NO_BLOCKED
    if record["regime"] == "B" and occupational(caller, record):  # in regime A it may deposit, and no more
        return NO_OCCUPATIONAL
    mode = caller["purpose"]["mode"]
    if mode == "normal":
        return None
    if mode == "bris_de_glace":
        return break_glass(caller, record, relation, now)
    return no("D 3.3: centre de régulation is consultation only")


def type_for_professionals(entry):
    """D 4.2, S 4, S 6.1: types of JDV_J66; REMB is made by the insurance alone; the patient's types, and work, by the patient."""
    code = entry["type_code"]
    if entry["patient_authored"]:
        return no("D 3.6 Writing: who deposits is the author or responsible, not the patient")
    if code not in KNOWN_TYPES:
        return no("D 4.2: not a type of JDV_J66")
    if code == REIMBURSEMENTS:
        return no("D 5: reimbursement data come from the insurance's feed")
    if code in PATIENT_TYPES and not U09_PROFESSIONAL_MAY_DEPOSIT_PATIENT_TYPES:
        return no("D 4.1 class 90, S 4: a type deposited by the patient")
    return None


def combination(record, entry, hidden):
    """D 3.4 (EX113): INVISIBLE_PATIENT with MASQUE_PS is refused while cumul-invisible_patient-masque_ps is false."""
    masked = entry["masked"] or (record["all_masked"] and U07_WHOLE_MASK_COUNTS_IN_COMBINATION)
    return no("D 3.4: INVISIBLE_PATIENT and MASQUE_PS together are refused") if masked and hidden else None


def secret_deposit(caller, entry):
    """D 3.5 (EX_2.1-1050): in a connexion secrète only documents invisible to representatives."""
    if caller["secret_connection"] and not entry["invisible_to_representatives"]:
        return no("D 3.5: a secret connection deposits only what representatives do not see")
    return None


def flags_of_a_new_document(caller, record, relation, entry):
    """D 3.4: who may set which visibility at deposit."""
    if entry["invisible_to_patient"] and caller["kind"] != "professional" and not U08_ORGANIZATION_MAY_HIDE_FROM_PATIENT:
        return no("D 3.4: INVISIBLE_PATIENT is set by a depositing professional only")
    if entry["masked"] and U13_MASKING_BY_PROFESSIONAL_NEEDS_CONSENT and not consents(caller, relation):
        return no("D 3.4: a depositor masks at the patient's request")
    if entry["invisible_to_representatives"]:
        if not record["minor"]:
            return no("D 3.4: INVISIBLE_REPRESENTANTS_LEGAUX is for a minor's documents")
        if U13_MASKING_BY_PROFESSIONAL_NEEDS_CONSENT and not caller["secret_connection"] and not consents(caller, relation):
            return no("D 3.4: hidden from representatives at the minor's request")
    return combination(record, entry, entry["invisible_to_patient"])


@law("publish", "professional organization")
def professional_publishes(caller, facts, now):
    """D 3.1 step 6, D 3.4, 3.5, 3.6, 4.2: TD2.1."""
    entry = facts["entry"]
    if entry is None:
        return NO_ENTRY
    if entry["status"] != "approved":
        return NO_STATUS
    return (may_feed(caller, facts, now) or type_for_professionals(entry) or secret_deposit(caller, entry)
            or flags_of_a_new_document(caller, facts["record"], facts["relation"], entry)
            or yes("D 3.1 step 6: feeding wants an open record and no opposition"))


@law("replace", "professional organization")
def professional_replaces(caller, facts, now):
    """D 4.5 (author only: PROPOSED, the stricter reading): a current document, by its author."""
    entry = facts["entry"]
    if entry is None:
        return NO_ENTRY
    if not entry["written_by_caller"]:
        return NO_AUTHOR
    if entry["status"] == "deleted":
        return NO_DELETED
    return (may_feed(caller, facts, now) or type_for_professionals(entry) or secret_deposit(caller, entry)
            or combination(facts["record"], entry, waits_for_announcement(entry, now))
            or yes("D 4.5: the author replaces a current document"))


def feed_writes(facts):
    """D 5: the insurance's feed writes documents of type REMB and nothing else, into an open record."""
    entry = facts["entry"]
    if entry["type_code"] != REIMBURSEMENTS:
        return no("D 5: the feed writes REMB and nothing else")
    if entry["status"] == "deleted":
        return NO_DELETED
    return is_open(facts)


@law("publish", "reimbursement_feed")
def feed_publishes(caller, facts, now):
    """D 5, D 3.4: a new REMB carries no flag that only a professional or the person may set."""
    entry = facts["entry"]
    if entry is None:
        return NO_ENTRY
    if entry["masked"] or entry["invisible_to_patient"] or entry["invisible_to_representatives"]:
        return no("D 3.4: the feed sets no visibility")
    return feed_writes(facts) or yes("D 5: reimbursement data")


@law("replace", "reimbursement_feed")
def feed_replaces(caller, facts, now):
    """D 5: RPLC of the previous REMB by the feed that wrote it."""
    entry = facts["entry"]
    if entry is None:
        return NO_ENTRY
    if not entry["written_by_caller"]:
        return NO_AUTHOR
    return (feed_writes(facts) or combination(facts["record"], entry, waits_for_announcement(entry, now))
            or yes("D 5: the previous REMB is replaced"))


def type_for_the_person(caller, record, code):
    """S 2, S 4, D 4.1: the patient's types; directives anticipées by the person alone and not by a minor."""
    if code not in PATIENT_TYPES:
        return no("S 4, D 4.1: the person deposits types that are named as deposited by the patient")
    if code == DIRECTIVES and (record["minor"] or caller["kind"] != "patient"):
        return no("S 2 Advance directives: by the person, not open to minors")
    return None


@law("publish", "patient representative helper")
def person_publishes(caller, facts, now):
    """S 2 (codes sent by the app), D 4.8: own deposits; masked if wished; a minor may keep them from representatives."""
    entry, record = facts["entry"], facts["record"]
    if entry is None:
        return NO_ENTRY
    if entry["status"] != "approved":
        return NO_STATUS
    if entry["invisible_to_patient"]:
        return no("D 3.4: INVISIBLE_PATIENT is set by a depositing professional only")
    if entry["invisible_to_representatives"] and not (caller["kind"] == "patient" and record["minor"]):
        return no("D 3.4: only a minor keeps documents from representatives")
    if entry["masked"] and caller["kind"] == "helper":
        return no("S 2 Helpers: masking is not given to a helper")
    return (acts_for_the_person(caller, facts, now) or is_open(facts) or secret_deposit(caller, entry)
            or type_for_the_person(caller, record, entry["type_code"]) or yes("D 4.8, S 2: own deposit"))


def own_document(entry):
    """S 2 Delete, D 4.5: the person is the author or the depositor."""
    return None if entry["patient_authored"] or entry["written_by_caller"] else NO_AUTHOR


def changes_own_document(caller, facts, now):
    """S 0.9, S 2 Delete, D 4.5: own documents only, seen by who asks; directives by the person alone."""
    may, why = person_sees(caller, facts, now)
    if not may:
        return (False, why)
    entry = facts["entry"]
    if entry["type_code"] == DIRECTIVES and caller["kind"] != "patient":
        return no("S 2 Advance directives: by the person")
    return own_document(entry)


@law("delete", "patient representative")
def person_deletes(caller, facts, now):
    """S 0.9, S 2 Delete: own documents yes; a professional's or the system's never."""
    if facts["entry"] is None:
        return NO_ENTRY
    return changes_own_document(caller, facts, now) or yes("S 2 Delete: own document")


@law("replace", "patient representative")
def person_replaces(caller, facts, now):
    """D 4.5, S 2: own documents; the new version has the type of the old one, which is one of the patient's."""
    entry = facts["entry"]
    if entry is None:
        return NO_ENTRY
    return (type_for_the_person(caller, facts["record"], entry["type_code"]) or changes_own_document(caller, facts, now)
            or secret_deposit(caller, entry) or yes("D 4.5: own document"))


@law("delete", "professional")
def author_deletes(caller, facts, now):
    """D 4.5, 7.2 TD3.3c: the author only, a named person (D 3.1 step 1), in normal mode; no authorisation wanted. Taking back
    one's own words lessens what is there: neither a block nor médecine du travail stands in the way (deviations)."""
    entry = facts["entry"]
    if entry is None:
        return NO_ENTRY
    if not entry["written_by_caller"]:
        return NO_AUTHOR
    if entry["status"] == "deleted":
        return NO_DELETED
    if caller["purpose"]["mode"] != "normal":
        return NO_EMERGENCY_ACT
    return identified(caller) or is_open(facts) or yes("D 4.5: the author deletes")


# --- Visibility and status ----------------------------------------------------------------------------------------------------


@law("mask unmask", "patient representative")
def person_masks(caller, facts, now):
    """D 3.4 MASQUE_PS, S 2 Masking: the patient at any time, any document that they see."""
    if facts["entry"] is None:
        return NO_ENTRY
    may, why = person_sees(caller, facts, now)
    return yes("D 3.4: the patient masks and unmasks at any time") if may else (False, why)


@law("archive unarchive", "patient representative")
def person_archives(caller, facts, now):
    """D 4.5 (patient UNCERTAIN), deviations: what the person's side itself put in; anything else is masked instead."""
    if facts["entry"] is None:
        return NO_ENTRY
    may, why = person_sees(caller, facts, now)
    if not may:
        return (False, why)
    return own_document(facts["entry"]) or yes("deviations: own document put away or taken out")


@law("mask", "professional")
def depositor_masks(caller, facts, now):
    """D 3.4: the depositor at the patient's request (TD3.3a); never together with INVISIBLE_PATIENT."""
    entry = facts["entry"]
    if entry is None:
        return NO_ENTRY
    if not entry["written_by_caller"]:
        return no("D 3.4: a professional masks only what they deposited")
    if entry["status"] == "deleted":
        return NO_DELETED
    if caller["purpose"]["mode"] != "normal":
        return NO_EMERGENCY_ACT
    refusal = may_feed(caller, facts, now) or occupational(caller, facts["record"])
    if refusal:
        return refusal
    if U13_MASKING_BY_PROFESSIONAL_NEEDS_CONSENT and not consents(caller, facts["relation"]):
        return NO_CONSENT
    if waits_for_announcement(entry, now):
        return no("D 3.4: INVISIBLE_PATIENT and MASQUE_PS together are refused")
    return yes("D 3.4: the depositor masks at the patient's request")


def sees_in_normal_mode(caller, facts, now):
    """D 4.5, 7.2 TD3.3: a professional changes visibility and status of what they see in normal mode, or wrote (deviations)."""
    entry = facts["entry"]
    if entry is None:
        return NO_ENTRY
    if caller["purpose"]["mode"] != "normal":
        return NO_EMERGENCY_ACT
    if entry["written_by_caller"]:
        if entry["status"] == "deleted":
            return NO_DELETED
        return (identified(caller) or is_open(facts) or not_blocked(facts["relation"])
                or occupational(caller, facts["record"]))
    may, why = professional_sees(caller, facts, now)
    return None if may else (False, why)


@law("unmask", "professional")
def professional_unmasks(caller, facts, now):
    """D 3.4: professionals via TD3.3a: who sees through the mask, at the person's request."""
    refusal = sees_in_normal_mode(caller, facts, now)
    if refusal:
        return refusal
    if U13_MASKING_BY_PROFESSIONAL_NEEDS_CONSENT and not consents(caller, facts["relation"]):
        return NO_CONSENT
    return yes("D 3.4: unmasked by TD3.3a")


@law("show_to_patient", "professional")
def professional_shows_to_patient(caller, facts, now):
    """D 3.4 INVISIBLE_PATIENT: lifted by a professional (TD3.3b)."""
    return sees_in_normal_mode(caller, facts, now) or yes("D 3.4: a professional made the announcement")


@law("show_to_representatives", "professional")
def professional_shows_to_representatives(caller, facts, now):
    """D 3.4, 7.2 TD3.3b: irreversible; set at the minor's request and so lifted with the person's word."""
    refusal = sees_in_normal_mode(caller, facts, now)
    if refusal:
        return refusal
    if U14_SHOWING_TO_REPRESENTATIVES_NEEDS_CONSENT and not consents(caller, facts["relation"]):
        return NO_CONSENT
    return yes("D 3.4: shown to representatives by TD3.3b")


@law("archive", "professional")
def professional_archives(caller, facts, now):
    """D 4.5 TD3.3d: put away by a professional."""
    return sees_in_normal_mode(caller, facts, now) or yes("D 4.5: archived")


@law("unarchive", "professional")
def professional_unarchives(caller, facts, now):
    """D 4.5 TD3.3d: the way back."""
    return sees_in_normal_mode(caller, facts, now) or yes("D 4.5: taken out of the archive")


# --- Corrections (regulation (EU) 2016/679, articles 12.3 and 16; deviations) ---------------------------------------------------


@law("request_correction", "patient representative")
def holder_asks_for_correction(caller, facts, now):
    """GDPR 16: of a document that they see and that is not their own work."""
    entry = facts["entry"]
    if entry is None:
        return NO_ENTRY
    may, why = person_sees(caller, facts, now)
    if not may:
        return (False, why)
    if own_document(entry) is None:
        return no("GDPR 16: what is one's own is corrected by oneself")
    return secret_deposit(caller, entry) or yes("GDPR 16: the author is asked to correct")


@law("withdraw_correction", "patient representative")
def holder_withdraws_correction(caller, facts, now):
    """GDPR 16: what was asked is taken back."""
    if facts["entry"] is None:
        return NO_ENTRY
    may, why = person_sees(caller, facts, now)
    return (secret_deposit(caller, facts["entry"]) or yes("GDPR 16: the request is taken back")) if may else (False, why)


@law("see_correction answer_correction", "professional")
def author_answers_correction(caller, facts, now):
    """GDPR 12.3, 16: the author, also when blocked, for the person asks them; or a professional of the structure that deposited the
    document, within the matrix and what the person hid. No authorisation wanted: the request is all that is shown."""
    entry, relation, record = facts["entry"], facts["relation"], facts["record"]
    if entry is None:
        return NO_ENTRY
    refusal = identified(caller)
    if refusal:
        return refusal
    if PROFESSIONS[caller["profession"]].secretary:
        return no("D 3.6 Writing: a secretary answers for nobody's document")
    if entry["status"] == "deleted":
        return NO_DELETED
    if caller["purpose"]["mode"] != "normal":
        return NO_EMERGENCY_ACT
    refusal = is_open(facts) or occupational(caller, record) or secret_deposit(caller, entry)
    if refusal:
        return refusal
    if entry["written_by_caller"]:
        return yes("GDPR 16: the author answers")
    if not relation["own_structures_document"]:
        return NO_AUTHOR
    refusal = not_blocked(relation)
    if refusal:
        return refusal
    if entry["type_code"] not in PROFESSIONS[caller["profession"]].reads:
        return NO_CELL
    if is_masked(record, entry) and not sees_through_mask(caller, record, relation, entry):
        return NO_MASKED
    return yes("GDPR 16: a professional of the structure answers")


# --- The list of professionals ------------------------------------------------------------------------------------------------


def holder_on_open_record(caller, facts, now):
    """D 3.2 Patient's list, D 3.5: an act of the holder's on a record in use."""
    return exercises_rights(caller, facts, now) or is_open(facts)


@law("authorise", "patient representative")
def holder_authorises(caller, facts, now):
    """D 3.2 Patient's list, S 2 Block: any professional who is not blocked (unblock first)."""
    refusal = holder_on_open_record(caller, facts, now) or subject_is_professional(facts)
    if refusal:
        return refusal
    return NO_BLOCKED if facts["subject"]["blocked"] else YES_HOLDER


@law("revoke block unblock end_medecin_traitant", "patient representative")
def holder_changes_list(caller, facts, now):
    """D 3.2 Patient's list: changes it at any time, blocks and unblocks."""
    return holder_on_open_record(caller, facts, now) or subject_is_professional(facts) or YES_HOLDER


@law("declare_medecin_traitant", "patient representative")
def holder_declares_medecin_traitant(caller, facts, now):
    """D 3.2 Médecin traitant, S 3 TD0.3: a doctor who is not blocked."""
    refusal = holder_authorises(caller, facts, now)
    if not refusal[0]:
        return refusal
    return YES_HOLDER if facts["subject"]["doctor"] else no("D 3.2: the médecin traitant is a doctor")


@law("name_administrator", "patient representative")
def holder_names_administrator(caller, facts, now):
    """S 0.4, S 2: in Mon espace santé, a professional of the list, valid and not blocked."""
    if facts["record"]["regime"] == "A" and not U04_ADMINISTRATORS_IN_REGIME_A:
        return NO_REGIME
    refusal = holder_authorises(caller, facts, now)
    if not refusal[0]:
        return refusal
    return YES_HOLDER if facts["subject"]["authorised"] else no("S 2: an administrateur is a professional of the list")


def for_self(caller, facts, now):
    """D 3.2 Setting an authorisation, D 7.2 TD0.3: a professional acts on their own line, in normal mode, if not blocked."""
    refusal = (identified(caller) or is_open(facts) or not_blocked(facts["relation"]) or subject_is_professional(facts))
    if refusal:
        return refusal
    if not facts["subject"]["is_caller"]:
        return no("D 3.2, 7.2 TD0.3: a professional changes only their own line")
    if facts["subject"]["blocked"]:
        return NO_BLOCKED
    return None if caller["purpose"]["mode"] == "normal" else NO_EMERGENCY_ACT


@law("authorise", "professional")
def professional_authorises_self(caller, facts, now):
    """D 3.1 step 6, D 3.2, D 7.2 TD0.3: AJOUT after explicit consent, by who may consult at all."""
    refusal = for_self(caller, facts, now) or reader(caller, facts["record"])
    if refusal:
        return refusal
    return yes("D 7.2 TD0.3: AJOUT with explicit consent") if consents(caller, facts["relation"]) else NO_CONSENT


@law("declare_medecin_traitant", "professional")
def doctor_declares_self(caller, facts, now):
    """S 3 TD0.3: AJOUT with role MEDECIN_TRAITANT, by the doctor, with consent."""
    refusal = professional_authorises_self(caller, facts, now)
    if not refusal[0]:
        return refusal
    if caller["profession"] != "G15/10" or not facts["subject"]["doctor"]:
        return no("D 3.2: the médecin traitant is a doctor")
    return yes("S 3 TD0.3: AJOUT with the role")


@law("revoke", "professional")
def professional_gives_up(caller, facts, now):
    """S 3 TD0.3 SUPPRESSION: own line, after explicit consent like every TD0.3 (D 7.2)."""
    refusal = for_self(caller, facts, now) or occupational(caller, facts["record"])
    if refusal:
        return refusal
    return yes("S 3 TD0.3: own line taken back") if consents(caller, facts["relation"]) else NO_CONSENT


@law("end_medecin_traitant", "professional")
def doctor_lays_role_down(caller, facts, now):
    """S 3 TD0.3, AJOUT without role: the médecin traitant alone; laying a duty down wants no consent."""
    refusal = for_self(caller, facts, now) or occupational(caller, facts["record"])
    if refusal:
        return refusal
    if not is_medecin_traitant(caller, facts["relation"]):
        return no("S 3 TD0.3: the caller does not have the role")
    return yes("S 3 TD0.3: own role laid down")


@law("block", "professional")
def administrator_blocks(caller, facts, now):
    """S 0.4, S 2: an administrateur with a valid line may block another professional."""
    record, relation = facts["record"], facts["relation"]
    refusal = (identified(caller) or is_open(facts) or not_blocked(relation) or subject_is_professional(facts)
               or occupational(caller, record))
    if refusal:
        return refusal
    if caller["purpose"]["mode"] != "normal":
        return NO_EMERGENCY_ACT
    if not is_administrator(record, relation):
        return no("S 2: only an administrateur blocks a colleague")
    if facts["subject"]["is_caller"]:
        return no("S 2: another professional")
    return yes("S 2: an administrateur blocks another professional")


# --- Choices, consents, journal, account --------------------------------------------------------------------------------------


@law("set_emergency_choices set_consents mask_all oppose_episode withdraw_app", "patient representative")
def holder_chooses(caller, facts, now):
    """D 3.2, 3.3, S 2: the holder's own choices on a record in use."""
    return holder_on_open_record(caller, facts, now) or YES_HOLDER


@law("allow_app", "patient representative")
def holder_lets_an_app_in(caller, facts, now):
    """S 2 Helpers (a helper may not), deviations: not by a minor or a protected adult alone."""
    return alone(caller, facts, now) or is_open(facts) or YES_HOLDER


@law("connect_app", "patient representative")
def app_takes_its_keys(caller, facts, now):
    """VOCABULARY connect_app: never without an app; of a record in use."""
    if caller.get("app") is None:
        return NO_APP
    return exercises_rights(caller, facts, now) or is_open(facts) or yes("interop 10: the app's own keys")


@law("share", "patient representative")
def holder_shares(caller, facts, now):
    """S 2 Helpers (a helper may not), deviations: not by a minor or a protected adult alone; nothing that is kept from others, and
    nothing that the caller may not see."""
    refusal = alone(caller, facts, now) or is_open(facts)
    entry = facts["entry"]
    if refusal or entry is None:
        return refusal or YES_HOLDER
    if caller["kind"] == "representative" and entry["invisible_to_representatives"]:
        return NO_REPRESENTATIVES
    return kept_from_others(facts["record"], entry) or YES_HOLDER


@law("record_team_consent", "professional")
def professional_records_team_consent(caller, facts, now):
    """S 0.1 (Conseil d'État 490409), deviations: the initial consent, heard by a health professional in person; both regimes."""
    record, relation = facts["record"], facts["relation"]
    refusal = identified(caller) or is_open(facts) or not_blocked(relation) or occupational(caller, record)
    if refusal:
        return refusal
    if not PROFESSIONS[caller["profession"]].health:
        return no("deviations: the initial consent is heard by a health professional")
    if caller["purpose"]["mode"] != "normal":
        return NO_EMERGENCY_ACT
    if caller["consent_collected_by"] is not None or not consents(caller, relation):
        return no("S 0.1: the person expresses the consent to the caller, now")
    if U18_TEAM_CONSENT_TAKEN_BY_TEAM_MEMBER_ONLY:
        team = relation["care_team"]
        if team is None or team["opposed"] or not in_period(team, now):
            return no("S 0.1: a member of a team in charge of the person")
    return yes("S 0.1: initial consent to the care team")


@law("read_journal", "patient representative")
def person_reads_journal(caller, facts, now):
    """D 6.1 (R1111-43, L1111-19): the holder reads the traces at any time; design 5: representatives get the main chain."""
    refusal = acts_for_the_person(caller, facts, now)
    if refusal:
        return refusal
    entry = facts["entry"]
    if entry is not None and caller["kind"] == "representative" and entry["invisible_to_representatives"]:
        return NO_REPRESENTATIVES
    state = facts["record"]["state"]
    if state == "open" or (state == "closed" and U17_JOURNAL_OF_A_CLOSED_RECORD):
        return yes("D 6.1: the holder reads the traces at any time")
    return NO_STATE


@law("read_administrative", "patient representative")
def person_reads_administrative(caller, facts, now):
    """D 7.2 TD1.3, S 2: contact data, choices, list of professionals."""
    refusal = acts_for_the_person(caller, facts, now)
    if refusal:
        return refusal
    state = facts["record"]["state"]
    if state == "open" or state == "closed":
        return yes("D 7.2 TD1.3: the person's side")
    return NO_STATE


@law("read_administrative", "agent")
def agent_reads_administrative(caller, facts, now):
    """D 7.2 TD1.3, ux 6.3, design doors: a counter sees nothing clinical; of a record out of use TD0.2 tells it enough."""
    return is_open(facts) or yes("ux 6.3: administrative data at the counter")


@law("read_administrative", "professional")
def professional_reads_administrative(caller, facts, now):
    """D 7.2 TD1.3, TD1.6, deviations: a health profession with a ground for access, in normal mode."""
    record, relation = facts["record"], facts["relation"]
    refusal = identified(caller) or is_open(facts) or not_blocked(relation) or occupational(caller, record)
    if refusal:
        return refusal
    if not PROFESSIONS[caller["profession"]].health:
        return NO_PROFESSION
    if caller["purpose"]["mode"] != "normal":
        return NO_EMERGENCY_ACT
    if normal_ground(caller, record, relation, now):
        return yes("D 7.2 TD1.3: administrative data")
    return NO_GROUND


@law("update_contact", "patient representative")
def holder_updates_contact(caller, facts, now):
    """D 7.2 TD1.3, S 2 Helpers (a helper may not): contact data."""
    return holder_on_open_record(caller, facts, now) or YES_HOLDER


def professional_manages(caller, facts, now):
    """D 1.1 ("any healthcare professional"), 7.2 TD1.x: a health professional in normal mode, not blocked; médecine du travail has no
    part in it."""
    refusal = identified(caller) or not_blocked(facts["relation"]) or occupational(caller, facts["record"])
    if refusal:
        return refusal
    if not PROFESSIONS[caller["profession"]].health:
        return NO_PROFESSION
    if caller["purpose"]["mode"] != "normal":
        return NO_EMERGENCY_ACT
    return None


def professional_administers(caller, facts, now):
    """D 1.2: the same, with the person's consent."""
    refusal = professional_manages(caller, facts, now)
    if refusal:
        return refusal
    return None if consents(caller, facts["relation"]) else NO_CONSENT


@law("change_credentials", "patient")
def person_changes_credentials(caller, facts, now):
    """D 6.3: one's own means of signing in, also for a minor or a protected adult; who represents a child may have no record, and who
    opens a closed record again comes in first."""
    return own(facts["relation"]) or in_state(facts, "open", "closed", "none") or yes("D 6.3: own means of signing in")


@law("download_all order_paper", "patient representative")
def person_downloads(caller, facts, now):
    """S 2 Helpers (a helper may not), ux 6.1: a copy of what the caller may read."""
    return acts_for_the_person(caller, facts, now) or is_open(facts) or yes("ux 6.1: own copy of the record")


@law("send_paper", "automaton")
def software_prints(caller, facts, now):
    """GDPR 15, ux 6.1: what was ordered is printed once, of a record in use."""
    if not facts["record"]["paper_waits"]:
        return no("GDPR 15: nothing was ordered")
    refusal = is_open(facts)
    if refusal is None and facts["entry"] is not None:
        refusal = minors_secret(facts["record"], facts["entry"])
    return refusal or yes("GDPR 15: the copy that was ordered")


@law("import_record", "operator")
def operator_takes_a_copy_in(caller, facts, now):
    """GDPR 20: a record is made of the person's copy where there is none."""
    if caller["name"] is None:
        return no("D 3.1: somebody is named")
    return in_state(facts, "none") or yes("GDPR 20: data taken elsewhere")


# --- Life of a record ---------------------------------------------------------------------------------------------------------


def agent_on_request(caller, facts):
    """D 1.1, 6.4, ux 6.3: an agent does the holder's act at the holder's word."""
    if U16_AGENT_NEEDS_CONSENT_FOR_THE_HOLDERS_ACTS and not consents(caller, facts["relation"]):
        return NO_CONSENT
    return None


def in_state(facts, *states):
    """D 1, 6.4: the act belongs to these states."""
    return None if facts["record"]["state"] in states else NO_STATE


@law("update_contact close_record mask_all set_emergency_choices order_paper", "agent")
def agent_serves_the_holder(caller, facts, now):
    """ux 6.3 (Fermer), D 6.4, GDPR 12: at the counter or by letter, on an open record. Codes are new ones, printed; nobody else sets the
    person's own."""
    return in_state(facts, "open") or agent_on_request(caller, facts) or yes("ux 6.3, D 6.4: at the counter, on request")


@law("hand_out_codes", "agent")
def agent_hands_out_codes(caller, facts, now):
    """ux N11, D 6.4: printed codes given at the counter to who stands there, also for a closed record."""
    return in_state(facts, "open", "closed") or agent_on_request(caller, facts) or yes("ux N11: at the counter, face to face")


@law("block unblock revoke", "agent")
def agent_keeps_out(caller, facts, now):
    """GDPR 12: keeping a professional out is not for people with internet alone; letting in is."""
    return (in_state(facts, "open") or subject_is_professional(facts) or agent_on_request(caller, facts)
            or yes("GDPR 12: at the counter, on request"))


@law("end_helper", "agent")
def agent_ends_helper(caller, facts, now):
    """S 2 Helpers, GDPR 12: a mandate taken back at the counter."""
    if facts["record"]["regime"] == "A" and not U03_HELPERS_IN_REGIME_A:
        return NO_HELPERS_A
    return (in_state(facts, "open") or subject_is_person(facts) or agent_on_request(caller, facts)
            or yes("GDPR 12: at the counter, on request"))


def no_record_yet(record):
    """D 1.1, 1.3, R1111-36: nobody has two records; in regime B a new one may be asked for after destruction."""
    if record["state"] == "none":
        return None
    if record["state"] == "destroyed" and record["regime"] == "B" and U15_DESTROYED_RECORD_MAY_BE_CREATED_ANEW:
        return None
    return NO_STATE


@law("create_record", "patient representative")
def holder_creates(caller, facts, now):
    """D 1.1 (online, adults; a minor's representative), D 1.5 regime B: at any time on request."""
    return alone(caller, facts, now) or no_record_yet(facts["record"]) or yes("D 1.1, 1.5: opened by the holder")


@law("create_record", "agent")
def agent_creates(caller, facts, now):
    """D 1.1 CPAM counter, ux 6.3: oral consent recorded by the agent."""
    return no_record_yet(facts["record"]) or agent_on_request(caller, facts) or yes("D 1.1: at the counter, with consent")


@law("create_record", "professional organization")
def professional_creates(caller, facts, now):
    """D 1.1, 1.2, 7 (TD1.1 stands in the guide of 2026): a health professional, or the establishment's certificate, under which
    reception staff work; no tick, no creation."""
    if caller["secret_connection"]:
        return no("D 3.5 (EX_0.1-1100): a connexion secrète does not apply to creation")
    refusal = no_record_yet(facts["record"])
    if refusal:
        return refusal
    if caller["kind"] == "organization":
        if caller["structure"] is None:
            return NO_PLACE
        return yes("D 1.1: by certificate, with consent") if consents(caller, facts["relation"]) else NO_CONSENT
    return professional_administers(caller, facts, now) or yes("D 1.1, 1.2: opened with recorded consent")


@law("create_record", "automaton")
def record_opens_by_itself(caller, facts, now):
    """D 1.3 (R1111-28): regime B, six weeks after the letter was sent, without objection."""
    record = facts["record"]
    if record["regime"] != "B":
        return NO_REGIME
    if record["state"] != "none" or record["objected"] or record["letter_sent_at"] is None:
        return no("D 1.3: no letter, an objection, or a record exists")
    if now < after_weeks(record["letter_sent_at"], 6):
        return no("D 1.3: the six weeks are not over")
    return yes("D 1.3: automatic opening")


def opened_a_moment_ago(facts, now):
    """VOCABULARY own_opening, GDPR 5: the caller's own opening, fifteen minutes old at most, and nobody else has touched the record."""
    opening = facts["relation"].get("own_opening")
    if opening is None or not opening["untouched"]:
        return no("GDPR 5: not the caller's opening, or somebody has acted in the record")
    if now >= after_minutes(opening["at"], 15):
        return no("VOCABULARY cancel_opening: fifteen minutes are over")
    return is_open(facts)


@law("cancel_opening", "patient representative")
def holder_takes_opening_back(caller, facts, now):
    """GDPR 5: one's own slip, on one's own record."""
    return exercises_rights(caller, facts, now) or opened_a_moment_ago(facts, now) or yes("GDPR 5: opened by mistake")


@law("cancel_opening", "agent")
def agent_takes_opening_back(caller, facts, now):
    """ux 6.3 (Journal): the agent's own opening."""
    return opened_a_moment_ago(facts, now) or yes("ux 6.3: opened by mistake")


@law("cancel_opening", "professional organization")
def professional_takes_opening_back(caller, facts, now):
    """GDPR 5: the opening of this professional, or of this establishment."""
    if caller["secret_connection"]:
        return no("D 3.5: a connexion secrète changes nothing that representatives see")
    if caller["kind"] == "organization":
        refusal = NO_PLACE if caller["structure"] is None else None
    else:
        refusal = professional_manages(caller, facts, now)
    return refusal or opened_a_moment_ago(facts, now) or yes("GDPR 5: opened by mistake")


@law("reactivate_record", "patient representative")
def holder_reactivates(caller, facts, now):
    """D 1.5, 6.4 Reopening: at any time."""
    return alone(caller, facts, now) or closed_by_the_living(facts) or YES_HOLDER


def closed_by_the_living(facts):
    """D 6.4: closed, and not by death."""
    record = facts["record"]
    return NO_STATE if record["state"] != "closed" or record["closure"] == "death" else None


@law("reactivate_record", "agent")
def agent_reactivates(caller, facts, now):
    """D 1.5: same consent rules as creation."""
    return closed_by_the_living(facts) or agent_on_request(caller, facts) or yes("D 1.5: reopened on request")


@law("reactivate_record", "professional")
def professional_reactivates(caller, facts, now):
    """D 1.2 (EX_1.2-1030), 1.5, 7: TD1.2, with consent."""
    return closed_by_the_living(facts) or professional_administers(caller, facts, now) or yes("D 1.5 TD1.2")


@law("close_record", "patient representative")
def holder_closes(caller, facts, now):
    """D 6.4 Close: the holder at any time."""
    return alone(caller, facts, now) or is_open(facts) or YES_HOLDER


@law("close_record", "professional")
def professional_closes(caller, facts, now):
    """D 6.4 Close: with professionals in regime A (TD1.4), at the holder's word; not by a secretary."""
    if facts["record"]["regime"] != "A":
        return NO_REGIME
    refusal = professional_administers(caller, facts, now) or is_open(facts)
    if refusal:
        return refusal
    if PROFESSIONS[caller["profession"]].secretary:
        return NO_PROFESSION
    return yes("D 6.4 TD1.4: closed in regime A")


@law("close_record", "automaton")
def suspension_ends_in_closure(caller, facts, now):
    """D 6.4 Fraud: suspended, no objection in six weeks, then closed."""
    record = facts["record"]
    if record["state"] != "suspended" or record["suspended_at"] is None or record["suspension_objected"]:
        return NO_STATE
    if now < after_weeks(record["suspended_at"], 6):
        return no("D 6.4: the six weeks are not over")
    return yes("D 6.4: closed after six weeks without objection")


@law("request_destruction", "patient representative")
def holder_requests_destruction(caller, facts, now):
    """D 6.4 Early deletion: on express request, of a closed record."""
    return alone(caller, facts, now) or closed_by_the_living(facts) or YES_HOLDER


@law("request_destruction", "agent")
def agent_requests_destruction(caller, facts, now):
    """D 6.4 Early deletion: the request handed in at the counter."""
    return closed_by_the_living(facts) or agent_on_request(caller, facts) or yes("D 6.4: on express request")


@law("destroy_record", "automaton")
def archive_is_destroyed(caller, facts, now):
    """D 6.4 Archive, Early deletion, S 10: ten calendar years after closing, or on the holder's request."""
    record = facts["record"]
    state = record["state"]
    if state not in ("closed", "deceased"):
        return NO_STATE
    if record["destruction_requested"] and (state == "closed" and record["closure"] != "death"
                                            or U19_EARLY_DESTRUCTION_AFTER_DEATH):
        return yes("D 6.4: early deletion on request")
    if record["closed_at"] is None or now < after_months(record["closed_at"], 120):
        return no("D 6.4: the ten years are not over")
    return yes("D 6.4: ten years after closing")


@law("destroy_record", "agent")
def agent_destroys_on_request(caller, facts, now):
    """D 6.4 Early deletion (deviations): the insurance carries out the request that was made, and nothing before its day."""
    record = facts["record"]
    if record["state"] != "closed" or record["closure"] == "death" or not record["destruction_requested"]:
        return NO_STATE
    return yes("D 6.4: early deletion on request")


@law("report_death", "agent")
def agent_reports_death(caller, facts, now):
    """S 10: the insurance receives death information; the record is frozen, a closed one too (nobody reopens it then)."""
    return in_state(facts, "open", "closed", "suspended") or yes("S 10: freeze on death information")


@law("withdraw_death_report", "agent")
def agent_withdraws_death_report(caller, facts, now):
    """S 10: a wrong report is taken back by who may make one."""
    return in_state(facts, "deceased") or yes("S 10: wrong death information taken back")


@law("suspend_record", "agent")
def agent_suspends(caller, facts, now):
    """D 6.4 Fraud: the CNAM may suspend in the holder's interest."""
    return in_state(facts, "open") or yes("D 6.4: suspended in the holder's interest")


@law("lift_suspension", "agent")
def agent_lifts_suspension(caller, facts, now):
    """D 6.4 Fraud: who suspends may end it."""
    return in_state(facts, "suspended") or yes("D 6.4: suspension ended")


def objection_in_time(facts, now):
    """D 6.4 Fraud: an objection within six weeks of the suspension."""
    record = facts["record"]
    if record["state"] != "suspended" or record["suspended_at"] is None:
        return NO_STATE
    return None if now < after_weeks(record["suspended_at"], 6) else no("D 6.4: the six weeks are over")


@law("object_to_suspension", "patient representative")
def holder_objects_to_suspension(caller, facts, now):
    """D 6.4 Fraud."""
    return exercises_rights(caller, facts, now) or objection_in_time(facts, now) or YES_HOLDER


@law("object_to_suspension", "agent")
def agent_takes_objection_to_suspension(caller, facts, now):
    """D 6.4 Fraud, GDPR 12: the objection handed in at the counter or by letter."""
    return objection_in_time(facts, now) or agent_on_request(caller, facts) or yes("D 6.4: objection recorded")


@law("record_letter", "agent")
def agent_records_letter(caller, facts, now):
    """D 1.3 step 1 (R1111-28): the insurance informs the person; regime B, no record yet; who has refused gets no letter."""
    if facts["record"]["objected"]:
        return no("D 1.3: the person has objected already")
    return may_still_open(facts) or yes("D 1.3: the letter was sent")


def may_still_open(facts):
    """D 1.3: automatic opening lies ahead: regime B, no record."""
    record = facts["record"]
    if record["regime"] != "B":
        return NO_REGIME
    return None if record["state"] == "none" else NO_STATE


@law("object_to_opening", "patient representative")
def holder_objects_to_opening(caller, facts, now):
    """D 1.3 steps 1 and 4: the person or who represents them; neither a minor nor a protected adult alone."""
    return alone(caller, facts, now) or may_still_open(facts) or yes("D 1.3: objection to the opening")


@law("object_to_opening", "agent")
def agent_takes_objection_to_opening(caller, facts, now):
    """ux 6.3: a refusal at the counter is recorded, too."""
    return may_still_open(facts) or agent_on_request(caller, facts) or yes("ux 6.3: refusal recorded")


# --- Episodes -----------------------------------------------------------------------------------------------------------------


def of_a_structure(caller, facts):
    """D 3.2 care team, D 9 (always the individual, never the structure alone): a named professional, not in training, in normal
    mode, on a record in use. Médecine du travail is no care team."""
    refusal = identified(caller) or not_blocked(facts["relation"])
    if refusal:
        return refusal
    if PROFESSIONS[caller["profession"]].in_training:
        return NO_SUPERVISOR
    if caller["specialty"] in OCCUPATIONAL:
        return NO_OCCUPATIONAL
    return is_open(facts) if caller["purpose"]["mode"] == "normal" else NO_EMERGENCY_ACT


@law("declare_episode", "professional")
def structure_declares_episode(caller, facts, now):
    """D 3.2 care team, D 9: the structure that takes the person in says who is in charge."""
    return of_a_structure(caller, facts) or yes("D 3.2, 9: an episode of the caller's structure")


@law("end_episode", "professional")
def structure_ends_episode(caller, facts, now):
    """D 3.2, 9: only an episode of the caller's own structure."""
    if not facts["relation"]["own_structures_episode"]:
        return no("D 3.2: an episode of another structure")
    return of_a_structure(caller, facts) or yes("D 3.2, 9: an episode of the caller's structure ends")


# --- Representatives and helpers ----------------------------------------------------------------------------------------------

MOST_REPRESENTATIVES = 2  # S 2 Minor: "the second legal representative"
MOST_HELPERS = 3          # S 2 Helpers
MOST_HELPED = 5           # S 2 Helpers


def somebody_else(facts):
    """VOCABULARY subject: a person, and not the caller."""
    return subject_is_person(facts) or (NO_SUBJECT if facts["subject"]["is_caller"] else None)


@law("declare_representative", "agent")
def agent_declares_representative(caller, facts, now):
    """D 3.5 (R1111-42): identity and contact of representatives are stored, on proof, as many as there are (deviations)."""
    return in_state(facts, "open") or somebody_else(facts) or yes("D 3.5: representative written down by the insurance")


@law("declare_representative", "representative")
def parent_invites_second(caller, facts, now):
    """S 2 Minor: the second legal representative can be invited (by the first, for a minor)."""
    refusal = represents(facts, now) or is_open(facts) or somebody_else(facts)
    if refusal:
        return refusal
    if not facts["record"]["minor"] or facts["record"]["representatives"] >= MOST_REPRESENTATIVES:
        return no("S 2 Minor: a second representative, of a minor")
    return yes("S 2 Minor: the second representative is invited")


@law("end_representation", "agent")
def agent_ends_representation(caller, facts, now):
    """D 3.5 (R1111-42): the insurance keeps the list of representatives."""
    return in_state(facts, "open") or subject_is_person(facts) or yes("D 3.5: representation ended by the insurance")


@law("end_representation", "representative")
def representative_gives_up(caller, facts, now):
    """D 3.5: a representative in force ends their own line, nobody else's."""
    refusal = represents(facts, now) or is_open(facts) or subject_is_person(facts)
    if refusal:
        return refusal
    return yes("D 3.5: own line ended") if facts["subject"]["is_caller"] else no("D 3.5: not the caller's own line")


@law("invite_helper", "patient representative")
def holder_invites_helper(caller, facts, now):
    """S 2 Helpers: at most three; regime B."""
    record = facts["record"]
    if record["regime"] == "A" and not U03_HELPERS_IN_REGIME_A:
        return NO_HELPERS_A
    refusal = holder_on_open_record(caller, facts, now) or somebody_else(facts)
    if refusal:
        return refusal
    if record["minor"]:
        return no("deviations: a child has parents, an adult has helpers")
    return YES_HOLDER if record["helpers"] < MOST_HELPERS else no("S 2 Helpers: three at most")


def invitation(caller, facts, now):
    """S 2 Helpers (PENDING, EXPIRED): an invitation to the caller that can still be answered."""
    relation, record = facts["relation"], facts["record"]
    mandate = relation["mandate"]
    if not relation["own_record"] or mandate is None:
        return NO_NOT_OWN
    if (mandate["kind"] == "helper") != (caller["kind"] == "helper"):
        return NO_MANDATE
    if mandate["kind"] == "helper" and record["regime"] == "A" and not U03_HELPERS_IN_REGIME_A:
        return NO_HELPERS_A
    if mandate["state"] != "pending":
        return no("S 2 Helpers: nothing to answer")
    if mandate["answer_by"] is not None and not now < moment(mandate["answer_by"]):
        return no("S 2 Helpers: the invitation has expired")
    if mandate["until"] is not None and not now < moment(mandate["until"]):
        return no("S 2 Helpers: the mandate is over, and the invitation with it")
    if mandate["kind"] != "helper" and (mandate["kind"] == "parent") != record["minor"]:
        return no("D 3.5: a parent represents a minor, a guardian an adult")
    return is_open(facts)


@law("accept_invitation", "helper representative")
def invited_accepts(caller, facts, now):
    """S 2 Helpers, Minor: in time, for a mandate that is not over, within the numbers."""
    refusal = invitation(caller, facts, now)
    if refusal:
        return refusal
    record = facts["record"]
    if facts["relation"]["mandate"]["kind"] == "helper":
        if facts["relation"]["persons_helped"] >= MOST_HELPED:
            return no("S 2 Helpers: five helped persons at most")
        if record["helpers"] > MOST_HELPERS:
            return no("S 2 Helpers: three helpers at most")
    return yes("S 2: invitation accepted")


@law("decline_invitation", "helper representative")
def invited_declines(caller, facts, now):
    """S 2 Helpers (REFUSED)."""
    return invitation(caller, facts, now) or yes("S 2: invitation refused")


@law("end_helper", "patient representative")
def holder_ends_helper(caller, facts, now):
    """S 2 Helpers: who gives a mandate takes it back."""
    if facts["record"]["regime"] == "A" and not U03_HELPERS_IN_REGIME_A:
        return NO_HELPERS_A
    return holder_on_open_record(caller, facts, now) or subject_is_person(facts) or YES_HOLDER


@law("end_helper", "helper")
def helper_gives_up(caller, facts, now):
    """S 2 Helpers: a helper in force ends their own mandate."""
    refusal = helps(facts, now) or is_open(facts) or subject_is_person(facts)
    if refusal:
        return refusal
    return yes("S 2: own mandate ended") if facts["subject"]["is_caller"] else no("S 2 Helpers: not the caller's own mandate")


# --- Identity -----------------------------------------------------------------------------------------------------------------


@law("propose_identity_change", "agent")
def agent_proposes_identity_change(caller, facts, now):
    """design 3: identities are merged by two named persons; this is the first."""
    return in_state(facts, "open") or yes("design 3: first of two persons")


def second_person(facts):
    """design 3, security 3.3 class 37: seconded by another named agent."""
    return None if facts["relation"]["seconded"] else no("design 3: two persons")


@law("correct_ins", "agent")
def agent_corrects_ins(caller, facts, now):
    """D 2, design 3: the right INS may not lead to a record already (that would be a merge)."""
    refusal = in_state(facts, "open") or second_person(facts)
    if refusal:
        return refusal
    return yes("design 3: INS corrected by two persons") if facts["other"] == "none" else NO_STATE


@law("merge_records", "agent")
def agent_merges(caller, facts, now):
    """design 3: two records in use become one."""
    refusal = in_state(facts, "open") or second_person(facts)
    if refusal:
        return refusal
    return yes("design 3: merged by two persons") if facts["other"] == "open" else NO_STATE


@law("unmerge_records", "agent")
def agent_unmerges(caller, facts, now):
    """design 3, security 3.3 class 37: a merge can be taken back."""
    refusal = in_state(facts, "open") or second_person(facts)
    if refusal:
        return refusal
    return yes("design 3: unmerged by two persons") if facts["other"] == "merged" else NO_STATE


# --- Campaigns of invitations ------------------------------------------------------------------------------------------------


@law("propose_campaign stop_campaign read_campaigns", "agent")
def agent_works_on_a_campaign(caller, facts, now):
    """D 1.3 (R1111-28), deviations: the insurance invites; one named agent proposes, stops, looks. No record is named."""
    return in_state(facts, "none") or yes("D 1.3, deviations: a campaign of the insurance")


@law("confirm_campaign", "agent")
def agent_confirms_a_campaign(caller, facts, now):
    """deviations: nobody is written to before another agent than the one who proposed has confirmed."""
    return in_state(facts, "none") or second_person(facts) or yes("deviations: confirmed by a second agent")


# --- Accesses that the person does not recognise ---------------------------------------------------------------------------


def may_be_looked_into(facts):
    """R.1111-43 (deviations, access): a report is sent and answered while there is a journal to look at and a person who asks."""
    return None if facts["record"]["state"] in ("open", "closed") else NO_STATE


@law("report_access", "patient representative")
def holder_reports_access(caller, facts, now):
    """D 6.1 (R1111-43, L1111-19): who looked is the holder's to know, in a closed record too."""
    return (exercises_rights(caller, facts, now) or may_be_looked_into(facts) or subject_is_professional(facts)
            or yes("D 6.1: the holder asks who looked"))


@law("handle_report", "operator")
def operator_answers_report(caller, facts, now):
    """security 5: a named operator, who sees the report and nothing of the record."""
    return may_be_looked_into(facts) or yes("D 6.1: a named operator answers")


# --- The answer ---------------------------------------------------------------------------------------------------------------


def shown_to_parents(act, caller, entry):
    """D 3.5: what a connexion secrète does stays unknown to the representatives, who read the list of professionals, the teams, the
    choices and every document that is not hidden from them: it reads, and changes hidden documents, nothing else."""
    if not caller["secret_connection"] or act in SECRET_READING:
        return None
    if act == "publish" or act in ON_EXISTING_ENTRY:
        return None if entry is not None and entry["invisible_to_representatives"] else SHOWN
    return SHOWN


SECRET_READING = frozenset(("check_access", "list", "consult", "read_journal", "read_administrative", "download_all"))
SHOWN = no("D 3.5: the representatives would see it")


def judge(question):
    """One question: (may, concealed, why). Concealed: about an existing document that the caller may not be shown."""
    act, caller, facts = question["act"], question["caller"], question["facts"]
    rules = LAW[act]
    now = moment(question["now"])
    shut = door(act, caller, facts)
    if shut is None:
        rule = rules.get(caller["kind"])
        unfit = through_an_app(act, caller, facts, now)
        if unfit is not None:
            may, why = unfit
        elif rule is None:
            may, why = NO_RULE
        elif act == "consult" and facts["entry"] is None:
            may, why = NO_ENTRY
        else:
            may, why = rule(caller, facts, now)
        if may:
            shown = shown_to_parents(act, caller, facts["entry"])
            if shown is None:
                return (True, False, why)
            why = shown[1]
    else:
        why = shut[1]
    entry = facts["entry"]
    if act not in ON_EXISTING_ENTRY or entry is None:
        return (False, False, why)
    if entry["written_by_caller"]:
        return (False, hidden_from_its_author(act, caller, facts, now), why)
    return (False, shut is not None or not sees(caller, facts, now)[0], why)


def hidden_from_its_author(act, caller, facts, now):
    """VOCABULARY concealed: who wrote a document has learnt that it exists, and a missing right does not unlearn it. Hidden is then
    only what is hidden in itself: deleted, waiting, kept from representatives or from their app, or asked to be read outside the
    matrix."""
    entry = facts["entry"]
    if entry["status"] == "deleted":
        return True
    if caller["kind"] == "professional":
        readable = PROFESSIONS[caller["profession"]].reads if caller["profession"] is not None else ()
        return act in ("list", "consult") and entry["type_code"] not in readable
    if caller.get("app") is not None and act in ("list", "consult") and kept_from_others(facts["record"], entry):
        return True
    if caller["kind"] in ("patient", "representative", "helper"):
        return waits_for_announcement(entry, now) or (caller["kind"] != "patient" and entry["invisible_to_representatives"])
    return False


def answer(question, explain=False):
    """The answer to one question as VOCABULARY.md writes it; with `explain`, the rule that decided under "why"."""
    may, concealed, why = judge(question)
    result = {"answer": "permit" if may else "forbid", "concealed": concealed}
    if explain:
        result["why"] = why
    return result


LINES = {(True, False): '{"answer": "permit", "concealed": false}\n', (False, False): '{"answer": "forbid", "concealed": false}\n',
         (False, True): '{"answer": "forbid", "concealed": true}\n'}


SCAN = json.JSONDecoder().scan_once  # the C scanner without the checks of json.loads; the end is checked below


def answer_line(line, explain):
    """One line in, one line out; a line that is no question gets {"error": …} and never a permit."""
    try:
        line = line.strip()
        question, end = SCAN(line, 0)
        if end != len(line):
            raise ValueError("more than one JSON value on a line")
        may, concealed, why = judge(question)
    except Exception as fault:  # a malformed question is no question: say so, permit nothing
        return json.dumps({"error": "%s: %s" % (type(fault).__name__, fault)}, ensure_ascii=False) + "\n"
    if explain:
        return json.dumps({"answer": "permit" if may else "forbid", "concealed": concealed, "why": why}, ensure_ascii=False) + "\n"
    return LINES[may, concealed]


def main(arguments):
    """The command line."""
    if "--write-matrix" in arguments:
        path = os.path.join(os.path.dirname(os.path.abspath(__file__)), "matrix.json")
        with open(path, "w", encoding="utf-8") as file:
            file.write(matrix_text())
        return 0
    explain = "--explain" in arguments
    unknown = [a for a in arguments if a != "--explain"]
    if unknown:
        sys.stderr.write("unknown argument: %s\n" % unknown[0])
        return 2
    read, write, flush, rest = sys.stdin.buffer.read1, sys.stdout.write, sys.stdout.flush, b""
    gc.disable()  # questions are trees without cycles: reference counting frees them
    while True:  # what has arrived is answered at once, so that a caller may also ask line by line
        arrived = read(1 << 20)
        whole, _, rest = (rest + arrived).rpartition(b"\n") if arrived else (rest, b"", b"")
        write("".join([answer_line(line, explain) for line in whole.decode("utf-8").split("\n") if line]))
        flush()
        if not arrived:
            return 0


def matrix_text():
    """matrix.json, one profession a block, one cell a line."""
    whole = matrix()
    cells = whole.pop("cells")
    head = json.dumps(whole, ensure_ascii=False, indent=1)[:-2]
    rows = []
    for profession, row in cells.items():
        one = ",\n".join("   %s: %s" % (json.dumps(code), json.dumps(value)) for code, value in row.items())
        rows.append("  %s: {\n%s\n  }" % (json.dumps(profession), one))
    return head + ",\n \"cells\": {\n" + ",\n".join(rows) + "\n }\n}\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
