#!/usr/bin/env python3
"""Counts openings again, from an export of the records themselves, and compares with what the public pages give.

    dmp audit export --data DIR --out records.jsonl
    python3 scenarios/statistics/count.py records.jsonl http://127.0.0.1:8080 [PILOT-FILE]

The standard library alone. Knows nothing of the program's tables: only the definitions printed at /statistiques/donnees. Ends with 1 when a number
that is shown differs, or when a number from 1 to 10 is shown.
"""

import csv
import datetime
import io
import json
import sys
import urllib.request
import zoneinfo

PARIS = zoneinfo.ZoneInfo("Europe/Paris")
GROUPS = {
    "OFFICINE": "pharmacie",
    "EN_LIGNE": "en-ligne",
    "CPAM": "caisse",
    "INFIRMIER": "professionnels-etablissements",
    "PS_LIBERAL": "professionnels-etablissements",
    "ETABLISSEMENT": "professionnels-etablissements",
    "AUTOMATIQUE_ENS": "automatique",
}
# Departments of the regions since 2016 (INSEE).
REGIONS = {
    "01": "971", "02": "972", "03": "973", "04": "974", "06": "976",
    "11": "75 77 78 91 92 93 94 95", "24": "18 28 36 37 41 45", "27": "21 25 39 58 70 71 89 90", "28": "14 27 50 61 76",
    "32": "02 59 60 62 80", "44": "08 10 51 52 54 55 57 67 68 88", "52": "44 49 53 72 85", "53": "22 29 35 56",
    "75": "16 17 19 23 24 33 40 47 64 79 86 87", "76": "09 11 12 30 31 32 34 46 48 65 66 81 82",
    "84": "01 03 07 15 26 38 42 43 63 69 73 74", "93": "04 05 06 13 83 84", "94": "2A 2B",
}
REGION_OF = {department: region for region, departments in REGIONS.items() for department in departments.split()}


# The nine pilots of 2017, and the day on which everybody else followed.
PRESETS = {"2017": ({code: "2017-01-01" for code in "671 641 221 251 311 371 631 801 941".split()}, "2018-11-06")}


def monday_of(day):
    """The Monday of the week of a day."""
    return day - datetime.timedelta(days=day.weekday())


def phases_of(path):
    """First Mondays of the pilot phase and of the general one, and the pilots: of a file of first days as `dmp serve --pilot` reads it."""
    days, general = {}, None
    for line in open(path, encoding="utf-8"):
        words = line.split("#")[0].split()
        if words[:1] == ["preset"]:
            days, general = dict(PRESETS[words[1]][0]), PRESETS[words[1]][1]
        elif words[:1] == ["general"]:
            general = words[1]
        elif words:
            days[words[0]] = words[1]
    pilots = {caisse: day for caisse, day in days.items() if general is None or day < general}
    first = min((monday_of(datetime.date.fromisoformat(day)) for day in pilots.values()), default=datetime.date.max)
    return pilots, first, monday_of(datetime.date.fromisoformat(general)) if general else datetime.date.max


def week_of(text):
    """The ISO week, in Paris, of a moment."""
    at = datetime.datetime.fromisoformat(text.replace("Z", "+00:00")).astimezone(PARIS)
    year, week, _ = at.isocalendar()
    return f"{year:04}-W{week:02}"


def counted(path):
    """Openings by week and group, by week and region; records in use and those with a document."""
    groups, regions, records = {}, {}, {"ouvertures": 0, "dossiers_ouverts": 0, "dossiers_non_vides": 0, "documents": 0}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            week = week_of(one["opened_at"])
            key = (week, GROUPS[one["channel"]])
            groups[key] = groups.get(key, 0) + 1
            key = (week, REGION_OF.get(one["department"] or "", "inconnue"))
            regions[key] = regions.get(key, 0) + 1
            records["ouvertures"] += 1
            if one["in_use"]:
                records["dossiers_ouverts"] += 1
                records["dossiers_non_vides"] += one["documents"] > 0
                records["documents"] += one["documents"]
    return groups, regions, records


def counted_by_phase(path, pilots):
    """Openings by week and whose caisse it is."""
    counts = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            group = "caisse_inconnue" if not one["caisse"] else "caisses_pilotes" if one["caisse"] in pilots else "autres_caisses"
            key = (week_of(one["opened_at"]), group)
            counts[key] = counts.get(key, 0) + 1
    return counts


def compare_phases(compare, rows, counts, first, general):
    """The weeks as they are; of each phase the sum of its weeks, when none of them is hidden."""
    sums, hidden = {}, set()
    for row in rows:
        groups = ("caisses_pilotes", "autres_caisses", "caisse_inconnue")
        if row["semaine"] == "total":
            for group in groups:
                if (row["phase"], group) not in hidden:
                    compare(f"phase {row['phase']} {group}", row[group], sums.get((row["phase"], group), 0))
            continue
        year, week = row["semaine"].split("-W")
        monday = datetime.date.fromisocalendar(int(year), int(week), 1)
        phase = "generale" if monday >= general else "pilote" if monday >= first else "avant"
        for group in groups:
            found = counts.get((row["semaine"], group), 0)
            compare(f"{row['semaine']} {group} in phase {phase}", row[group] if row["phase"] == phase else "-1", found)
            sums[phase, group] = sums.get((phase, group), 0) + found
            if row[group] == "":
                hidden.add((phase, group))


def counted_by_month(path):
    """Days with a reimbursed consultation since the opening, by month, and those that an act told by a document followed within seven days."""
    counts = {}
    with open(path, encoding="utf-8") as lines:
        for line in lines:
            one = json.loads(line)
            opened = datetime.datetime.fromisoformat(one["opened_at"].replace("Z", "+00:00")).astimezone(PARIS).date()
            acts = {datetime.date.fromisoformat(day) for day in one.get("act_days", ())}
            for day in map(datetime.date.fromisoformat, one.get("consultation_days", ())):
                if day >= opened:
                    month = counts.setdefault(f"{day:%Y-%m}", [0, 0])
                    month[0] += 1
                    month[1] += any(day + datetime.timedelta(days=after) in acts for after in range(8))
    return counts


def rows_of(server, name):
    with urllib.request.urlopen(f"{server.rstrip('/')}/statistiques/donnees/{name}.csv", timeout=30) as answer:
        return list(csv.DictReader(io.StringIO(answer.read().decode("utf-8"))))


def main(path, server, pilot=None):
    groups, regions, records = counted(path)
    wrong, compared, hidden, small = [], 0, 0, 0

    def compare(what, shown, found):
        nonlocal compared, hidden, small
        if shown == "":
            hidden += 1
            return
        compared += 1
        small += 0 < int(shown) < 11
        if int(shown) != found:
            wrong.append(f"{what}: {shown} is shown, {found} counted")

    weeks = set()
    for row in rows_of(server, "ouvertures-par-canal"):
        if row["semaine"] == "total":
            compare("all openings", row["ensemble"], sum(groups.values()))
            continue
        weeks.add(row["semaine"])
        for group in set(GROUPS.values()):
            compare(f"{row['semaine']} {group}", row[group], groups.get((row["semaine"], group), 0))
        compare(f"{row['semaine']} in all", row["ensemble"], sum(count for (week, _), count in groups.items() if week == row["semaine"]))
    missing = {week for week, _ in groups} - weeks
    if missing:
        wrong.append(f"weeks that no page shows: {', '.join(sorted(missing))}")
    for row in rows_of(server, "ouvertures-par-region"):
        if row["semaine"] != "total":
            compare(f"{row['semaine']} region {row['region']}", row["ouvertures"], regions.get((row["semaine"], row["region"]), 0))
    for row in rows_of(server, "dossiers"):
        if row["quoi"] in records:
            compare(row["quoi"], row["nombre"], records[row["quoi"]])
    months = counted_by_month(path)
    for row in rows_of(server, "qualite-par-mois") if months else ():
        for place, column in enumerate(("consultations_remboursees", "suivies_d_un_document")):
            compare(f"{row['mois']} {column}", row[column], months.get(row["mois"], (0, 0))[place])
    if pilot:
        pilots, first, general = phases_of(pilot)
        compare_phases(compare, rows_of(server, "ouvertures-par-phase"), counted_by_phase(path, pilots), first, general)
    for line in wrong[:20]:
        print(line)
    print(json.dumps({"records": records["ouvertures"], "compared": compared, "hidden": hidden, "small_shown": small, "different": len(wrong)}))
    return 1 if wrong or small else 0


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        sys.exit(__doc__)
    sys.exit(main(*sys.argv[1:]))
