#!/usr/bin/env python3
"""Counts openings again, from an export of the records themselves, and compares with what the public pages give.

    dmp audit export --data DIR --out records.jsonl
    python3 scenarios/statistics/count.py records.jsonl http://127.0.0.1:8080

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


def rows_of(server, name):
    with urllib.request.urlopen(f"{server.rstrip('/')}/statistiques/donnees/{name}.csv", timeout=30) as answer:
        return list(csv.DictReader(io.StringIO(answer.read().decode("utf-8"))))


def main(path, server):
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
    for line in wrong[:20]:
        print(line)
    print(json.dumps({"records": records["ouvertures"], "compared": compared, "hidden": hidden, "small_shown": small, "different": len(wrong)}))
    return 1 if wrong or small else 0


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1], sys.argv[2]))
