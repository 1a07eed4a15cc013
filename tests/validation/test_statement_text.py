"""Every claim stands in the document where the ledger says it does, word for word.

Needs the document's plain text (DARKFIGURE_STATEMENT, or beside the project root) and is skipped where that is absent.
"""

import os
import re
from fractions import Fraction
from pathlib import Path

import pytest
from kit import ROOT

from assets.methods.rounding import Near
from assets.statement.claims.claims_file import read_claims
from assets.statement.claims.ledger import CLAIMS

NEAR = Near(Fraction(1, 20), Fraction(1, 10))
FOLDER = Path(os.environ.get("DARKFIGURE_STATEMENT") or ROOT.parent / "shared" / "statement")
# Section of the ledger -> the heading that begins it; the last line that is exactly so.
HEADINGS = {
    "contents": "Contents", "foreword": "Foreword", "executive_summary": "Executive Summary",
    "scale": "Scale and nature of VAWG threat and the challenge to policing", "pursue": "Pursue", "prepare": "Prepare",
    "protect": "Protect", "prevent": "Prevent", "conclusion": "Conclusion", "notes": "Notes", "references": "References",
    "about": "About the College",
}  # fmt: skip
SUPERSCRIPTS = re.compile(r"\^\{[^}]*\}|[⁰¹²³⁴⁵⁶⁷⁸⁹ⁱᵛˣ]+")
CALL = re.compile(r"\^\{(\d+)|([⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")


@pytest.fixture(scope="module")
def lines() -> list[str]:
    found = sorted(FOLDER.glob("vawg-national-policing-statement-2024*.txt"))
    if not found:
        pytest.skip(f"the text of the Statement is not here: {FOLDER}")
    return found[0].read_text(encoding="utf-8").split("\n")


def normal(text: str) -> str:
    plain = SUPERSCRIPTS.sub("", text.replace("**", "")).replace("’", "'").replace("“", '"').replace("”", '"')
    return " ".join(re.sub(r"[\[\]]", "", plain.replace("](#)", "]")).split())


def sections(lines: list[str]) -> dict[str, list[list[str]]]:
    """Blocks of text between empty lines, by section."""
    stripped = [line.strip() for line in lines]
    starts = {"front": 0}
    for key, heading in HEADINGS.items():
        places = [place for place, line in enumerate(stripped) if line == heading]
        starts[key] = places[0] if key in ("references", "contents") else places[-1]
    order = sorted(starts.items(), key=lambda item: item[1])
    ends = [start for _, start in order[1:]] + [len(lines)]
    return {key: blocks(lines[start:end]) for (key, start), end in zip(order, ends, strict=True)}


def blocks(lines: list[str]) -> list[list[str]]:
    found: list[list[str]] = [[]]
    for line in lines:
        if line.strip():
            found[-1].append(line)
        elif found[-1]:
            found.append([])
    return [block for block in found if block]


def test_every_claim_stands_in_its_place(lines: list[str]) -> None:
    document = read_claims(ROOT / "data" / CLAIMS, NEAR)
    by_section = sections(lines)
    lost = []
    for claim in document.claims:
        assert claim.paragraph is not None
        block = by_section[claim.section][claim.paragraph - 1]
        text = block[claim.item - 1] if claim.item else " ".join(block)
        if normal(claim.printed) not in normal(text):
            lost.append((claim.key, claim.printed, text[:80]))
    assert not lost


def test_the_calls_of_references_are_those_the_ledger_counts(lines: list[str]) -> None:
    text = "\n".join(lines)
    body = text[: text.index("\nNotes\n", text.rindex("\nConclusion\n"))]
    called = {int(first or second.translate(DIGITS)) for first, second in CALL.findall(body)}
    assert set(range(1, 122)) - called == {32, 75, 76}


def test_every_reference_is_numbered_as_in_the_list(lines: list[str]) -> None:
    document = read_claims(ROOT / "data" / CLAIMS, NEAR)
    text = "\n".join(lines)
    listed = dict(re.findall(r"(?m)^(\d+)\. (.+)$", text[text.index("\nReferences\n") :]))
    assert len(document.references) == 121
    for number in document.references:
        reference = document.reference(number)
        years = re.findall(r"\b(20[012]\d)\b", listed[str(number)].split("[Accessed")[0].split("[internet]")[0])
        if reference.year is not None and not listed[str(number)].startswith("Ibid"):
            assert str(reference.year) in years, (number, reference.year, listed[str(number)][:90])
