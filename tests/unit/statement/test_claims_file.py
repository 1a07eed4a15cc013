"""A claims file is read as it stands, or refused with file, claim, field, what was expected and what to do."""

import re
from pathlib import Path

import pytest
from claims_kit import NEAR
from kit import ROOT, why_refused

from assets.statement.claims.claims_file import read_claims
from assets.statement.claims.document import Claim, Document, schema
from assets.statement.claims.kinds import CHECKS
from assets.words.problems import BadInput
from schemas.codes import CLAIM_ARITHMETIC, CLAIM_COMPARABILITY, CLAIM_KIND, CLAIM_VERDICT, CLAIM_WEIGHT

GUIDE = ROOT / "data" / "statement" / "README.md"
HEAD = "document: {key: a, title: A, publisher: B, published: 2024}\nclaims:\n"
TOTAL = (
    "- {id: total, section: s, printed: '1,200 a year', figure: '1,200', says: All, kind: count, unit: offences, scope: ons_prc,"
    " needs: The table.}\n"
)


def part(**fields: str) -> str:
    given = {
        "id": "part",
        "section": "s",
        "printed": "'300'",
        "figure": "'300'",
        "says": "Some",
        "kind": "count",
        "unit": "offences",
    }
    given |= {"scope": "ons_prc", "checks": "[{recompute: 'part_of(claim(\"total\"), 25)'}]"} | fields
    return "- {" + ", ".join(f"{name}: {value}" for name, value in given.items() if value) + "}\n"


def written(folder: Path, text: str) -> Path:
    path = folder / "claims.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str) -> str:
    return why_refused(lambda: read_claims(written(folder, text), NEAR)).paragraph()


def test_a_file_is_read(tmp_path: Path) -> None:
    document = read_claims(written(tmp_path, HEAD + TOTAL + part()), NEAR)
    assert list(document.by_key) == ["total", "part"]
    assert document.by_key["total"].interval is not None
    assert document.row_id("part") == "claim:a:part"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "guess"}, ("claim part", "kind", "guess", "one of count")),
        ({"scope": "everything"}, ("scope", "everything")),
        ({"threat": "weather"}, ("threat", "weather")),
        ({"figure": "lots"}, ("figure", "'lots'", "a figure as print has it")),
        ({"figure": "9" * 300}, ("figure", "at most 40 digits")),
        ({"figure": "130%", "kind": "share", "unit": "percent"}, ("figure", "130%", "0% to 100%")),
        ({"period": "last year"}, ("period", "yyyy-mm-dd..yyyy-mm-dd")),
        ({"period": "[2022]"}, ("period", "a text")),
        ({"says": ""}, ("says", "nothing", "a value")),
        ({"mood": "good"}, ("mood", "an unknown field")),
        ({"repeat_of": "nobody"}, ("repeat_of", "the claim nobody", "a claim of this file")),
        ({"repeat_of": "part"}, ("repeat_of", "another claim")),
        ({"cites": "[7]"}, ("cites", "7", "references")),
        ({"paragraph": "first"}, ("paragraph", "a number from 1")),
        ({"checks": ""}, ("checks", "checks, repeat_of, or needs")),
        ({"checks": "[{guess: 1}]"}, ("checks[1]", "first, one of recompute")),
        ({"checks": "[{recompute: 'claim(\"nobody\")'}]"}, ("checks[1]", "the claim nobody")),
        ({"checks": "[{recompute: 'claim()'}]"}, ("checks[1]", "1 text in quotes, found 0")),
        ({"checks": "[{recompute: 'import os'}]"}, ("checks[1]", "an expression such as")),
        ({"checks": "[{recompute: 'claim(\"part\")'}]"}, ("checks", "part -> part", "do not rest on themselves")),
        ({"checks": "[{holds: '1'}]"}, ("checks[1]", "A <= B")),
        ({"checks": "[{beside: '1'}]"}, ("checks[1].what", "nothing")),
        ({"checks": "[{recompute: '1', by: '2'}]"}, ("checks[1].by", "an unknown field")),
        ({"checks": "[{recompute: '1', say: {maybe: 'x'}}]"}, ("checks[1].say", "maybe")),
        ({"checks": "[{recompute: '1', say: {conflict: 'It is 58%.'}}]"}, ("checks[1].say", "58%", "placeholders")),
        ({"checks": "[{concept: 'of 12 men', said: it}]"}, ("checks[1]", "12", "placeholders")),
        ({"checks": "[{readings: part}]"}, ("checks[1].readings", "named values")),
        ({"checks": "[{window: never, what: it}]"}, ("checks[1]", "never")),
        ({"figure": "", "checks": "[{recompute: '1'}]"}, ("figure", "the figure that recompute looks at")),
        ({"id": "total"}, ("id", "every id once")),
    ],
)
def test_a_wrong_claim_is_refused(tmp_path: Path, fields: dict[str, str], said: tuple[str, ...]) -> None:
    message = refused(tmp_path, HEAD + TOTAL + part(**fields))
    assert "claims.yaml" in message
    for text in said:
        assert text in message, message


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no fields"),
        ("just words", "no fields"),
        ("claims: [", "YAML"),
        ("document: {key: a, title: A, publisher: B, published: 2024}\n", "claims: found nothing"),
        ("claims:\n- {id: a}\n", "document: found nothing"),
        (HEAD + TOTAL + "notes: x\n", "an unknown field"),
        (HEAD + "- {id: a, id: b}\n", "stands twice"),
        (HEAD + "- &one {id: a}\n- *one\n", "an alias"),
        (HEAD + "- just words\n", "a mapping of fields"),
        (HEAD + TOTAL + "systems: [{key: s}]\n", "systems[1].window: found nothing"),
        (HEAD + TOTAL + "x: '" + "9" * 2_000_000 + "'\n", "at most 2,000,000 bytes"),
        (HEAD + TOTAL + "periods: {y: soon}\n", "yyyy-mm-dd..yyyy-mm-dd"),
        (HEAD + TOTAL + "references: {1: {same_as: 4}}\n", "an earlier reference's number"),
        ("x: " + "[" * 100, "levels"),
        ("x: " + "[" * 3000, "cannot be read"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, said: str) -> None:
    assert said in refused(tmp_path, text)


def test_a_missing_or_unreadable_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="no such file"):
        read_claims(tmp_path / "nowhere.yaml", NEAR)
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="UTF-8"):
        read_claims(tmp_path / "bytes.yaml", NEAR)


def test_one_wrong_claim_makes_no_others_wrong(tmp_path: Path) -> None:
    broken = TOTAL.replace("kind: count", "kind: guess")
    message = refused(tmp_path, HEAD + broken + part())
    assert message.count("\n") == 1, message


def test_a_circle_of_figures_is_refused(tmp_path: Path) -> None:
    ring = "".join(
        part(id=one, checks=f"[{{recompute: 'claim(\"{other}\") * 1'}}]") for one, other in ("ab", "bc", "ca")
    )
    message = refused(tmp_path, HEAD + ring)
    assert "a -> b -> c -> a" in message
    assert "State each relation once" in message


def test_what_steers_a_terminal_is_shown_as_a_sign(tmp_path: Path) -> None:
    message = refused(tmp_path, HEAD + TOTAL + part(kind='"\\e[31mred"'))
    assert "\x1b" not in message


def test_the_guide_names_every_check_kind_and_verdict() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for kind, model in CHECKS.items():
        assert f"| `{kind}: " in guide, kind
        for field in model.model_fields.keys() - {"say"}:
            assert f"`{field}" in guide, (kind, field)
    for field in Claim.model_fields:
        assert f"`{field}`" in guide, field
    for word in (*CLAIM_VERDICT, *CLAIM_KIND, *CLAIM_ARITHMETIC, *CLAIM_COMPARABILITY, *CLAIM_WEIGHT):
        assert word in guide, word


def test_the_example_of_the_guide_can_be_used(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    document = read_claims(written(tmp_path, "\n".join(blocks)), NEAR)
    assert [system.key for system in document.systems] == ["offences"]


def test_an_editor_completes_with_the_schema() -> None:
    made = schema()
    assert set(made["properties"]) == set(Document.model_fields)
    assert "recompute" in made["$defs"]["Recompute"]["properties"]
    assert set(made["$defs"]["Claim"]["properties"]["kind"]["enum"]) == set(CLAIM_KIND)
