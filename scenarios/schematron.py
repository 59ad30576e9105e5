#!/usr/bin/env python3
"""Runs the public CI-SIS schematrons on CDA documents.

    python3 schematron.py [--volet CI-SIS_VSM_1.4_2022.01] CHECKOUT DOCUMENT...

CHECKOUT is a copy of the agency's repository of test documents (it holds `schematrons/` and `jeuxDeValeurs/`). Compiled style sheets are
written beside their sources, because they open value sets by relative path. Needs `saxonche` (PyPI). Prints each failed assertion; a document
on which no rule fired counts as a failure. Exit status: number of documents with failures, 125 at most.
"""

import argparse
import os
import pathlib
import re
import sys
import xml.etree.ElementTree as tree

from saxonche import PySaxonProcessor

COMMON = [
    "profils/structurationMinimale/ASIP-STRUCT-MIN-StrucMin",
    "profils/IHE",
    "profils/CI-SIS_ModelesDeContenusCDA",
    "profils/CI-SIS_Modeles_ANS",
]
STEPS = ["iso_dsdl_include.xsl", "iso_abstract_expand.xsl", "iso_svrl_for_xslt2.xsl"]
SVRL = "{http://purl.oclc.org/dsdl/svrl}"
TYPE_CODES = "profils/structurationMinimale/include/voc-1.2.250.1.213.1.1.5.471-DYNAMIC.xml"


def supply_type_codes(checkout):
    """The header rules open JDV_J07 in a form that the repository lacks: made from the one that it has."""
    target = checkout / "schematrons" / TYPE_CODES
    if target.exists():
        return
    source = tree.parse(checkout / "jeuxDeValeurs" / "JDV_J07_XdsTypeCode_CISIS.xml")
    concepts = [concept.attrib for concept in source.iter("{urn:ihe:iti:svs:2008}Concept")]
    root = tree.Element("valueSets")
    held = tree.SubElement(tree.SubElement(root, "valueSet", id="1.2.250.1.213.1.1.5.471"), "conceptList")
    for concept in concepts:
        kept = {key: concept[key] for key in ("code", "codeSystem", "displayName")}
        tree.SubElement(held, "concept", level="0", type="L", **kept)
    tree.ElementTree(root).write(target, encoding="utf-8", xml_declaration=True)


def supply_spellings(schematrons):
    """The sources were written where names have no case: each include whose file is there under another spelling gets a copy."""
    known = {str(path).lower(): path for path in schematrons.rglob("*.sch")}
    for source in list(known.values()):
        for name in re.findall(r"<(?:\w+:)?include\s+href=\"([^\"#]+)", source.read_text(encoding="utf-8", errors="replace")):
            wanted = pathlib.Path(os.path.normpath(source.parent / name))
            found = known.get(str(wanted).lower())
            if found and not wanted.exists():
                wanted.parent.mkdir(parents=True, exist_ok=True)
                wanted.write_bytes(found.read_bytes())


def compiled(saxon, checkout, name):
    """The style sheet of one schematron, compiled once."""
    schematrons = checkout / "schematrons"
    source = schematrons / f"{name}.sch"
    target = source.with_suffix(".compiled.xsl")
    if not target.exists():
        stage = source
        for number, step in enumerate(STEPS):
            output = target if step == STEPS[-1] else source.with_suffix(f".stage{number}.xml")
            saxon.new_xslt30_processor().transform_to_file(
                source_file=str(stage), stylesheet_file=str(schematrons / "moteur" / step), output_file=str(output)
            )
            stage = output
    return saxon.new_xslt30_processor().compile_stylesheet(stylesheet_file=str(target))


def failures(sheet, document):
    """Failed assertions as (place, words); None when no rule fired."""
    report = sheet.transform_to_string(source_file=str(document))
    root = tree.fromstring(report)
    if root.find(f"{SVRL}fired-rule") is None:
        return None
    found = []
    for tag in ("failed-assert", "successful-report"):
        for node in root.iter(SVRL + tag):
            words = " ".join("".join(node.itertext()).split())
            place = re.sub(r"\*:(\w+)\[namespace-uri\(\)='[^']*'\]", r"\1", node.get("location", ""))
            found.append((node.get("role", tag), place, words))
    return found


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("--volet", action="append", default=[], help="schematron of a document kind, without .sch")
    arguments.add_argument("--only", action="store_true", help="the volets alone, without the header and the shared models")
    arguments.add_argument("checkout", type=pathlib.Path)
    arguments.add_argument("documents", type=pathlib.Path, nargs="*")
    given = arguments.parse_args()
    checkout = given.checkout.resolve()
    supply_type_codes(checkout)
    supply_spellings(checkout / "schematrons")
    failed = set()
    with PySaxonProcessor(license=False) as saxon:
        for name in ([] if given.only else COMMON) + given.volet:
            sheet = compiled(saxon, checkout, name)
            for document in given.documents:
                found = failures(sheet, document.resolve())
                if found is None:
                    print(f"{document.name}: {name}: no rule fired")
                    failed.add(document)
                for role, place, words in found or []:
                    print(f"{document.name}: {name}: {role}: {place}\n    {words}")
                    failed.add(document)
                print(f"{document.name}: {name}: {'-' if found is None else len(found)}", file=sys.stderr)
    return min(len(failed), 125)


if __name__ == "__main__":
    sys.exit(main())
