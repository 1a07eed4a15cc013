"""A claims file is read as it stands, or refused with file, claim, field, what was expected and what to do."""

import re
from pathlib import Path

import pytest
from kit import ROOT

from assets.statement.claims_file import read_claims
from assets.statement.kinds import KINDS
from assets.words.problems import BadInput
from schemas.codes import CLAIM_KIND, CLAIM_VERDICT

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
    with pytest.raises(BadInput) as error:
        read_claims(written(folder, text))
    return error.value.paragraph()


def test_a_file_is_read(tmp_path: Path) -> None:
    document = read_claims(written(tmp_path, HEAD + TOTAL + part()))
    assert list(document.claims) == ["total", "part"]
    assert document.claims["total"].interval is not None
    assert document.row_id("part") == "claim:a:part"


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"kind": "guess"}, ("claim part", "kind", "guess", "one of count")),
        ({"scope": "everything"}, ("scope", "everything")),
        ({"threat": "weather"}, ("threat", "weather")),
        ({"figure": "lots"}, ("figure", "'lots'", "a figure as print has it")),
        ({"period": "last year"}, ("period", "yyyy-mm-dd..yyyy-mm-dd")),
        ({"period": "[2022]"}, ("period", "a text")),
        ({"says": ""}, ("says", "nothing", "a text")),
        ({"mood": "good"}, ("mood", "an unknown field")),
        ({"repeat_of": "nobody"}, ("repeat_of", "the claim nobody", "a claim of this file")),
        ({"repeat_of": "part"}, ("repeat_of", "another claim")),
        ({"cites": "[7]"}, ("cites", "7", "references")),
        ({"paragraph": "first"}, ("paragraph", "a number from 1")),
        ({"checks": ""}, ("checks", "checks, repeat_of, or needs")),
        ({"checks": "[{guess: 1}]"}, ("checks[1]", "first, one of recompute")),
        ({"checks": "[{recompute: 'claim(\"nobody\")'}]"}, ("checks[1]", "the claim nobody")),
        ({"checks": "[{recompute: 'import os'}]"}, ("checks[1]", "an expression such as")),
        ({"checks": "[{inside: '1'}]"}, ("checks[1].of", "nothing")),
        ({"checks": "[{recompute: '1', by: '2'}]"}, ("checks[1].by", "an unknown field")),
        ({"checks": "[{recompute: '1', say: {maybe: 'x'}}]"}, ("checks[1].say", "sentences by verdict")),
        ({"checks": "[{order: total}]"}, ("checks[1].order", "a list of claims")),
        ({"checks": "[{same_window: never, what: it}]"}, ("checks[1]", "never")),
        ({"checks": "[{listed: items}]"}, ("items", "the list that listed looks at")),
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
        ("document: {key: a, title: A, publisher: B, published: 2024}\n", "a list of claims"),
        ("claims:\n- {id: a}\n", "a mapping with key, title"),
        (HEAD + TOTAL + "notes: x\n", "an unknown field"),
        (HEAD + "- {id: a, id: b}\n", "stands twice"),
        (HEAD + "- &one {id: a}\n- *one\n", "an alias"),
        (HEAD + "- just words\n", "a mapping of fields"),
        (HEAD + TOTAL + "systems: [{key: s}]\n", "the fields key, window, sets"),
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
        read_claims(tmp_path / "nowhere.yaml")
    (tmp_path / "bytes.yaml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="UTF-8"):
        read_claims(tmp_path / "bytes.yaml")


def test_one_wrong_claim_makes_no_others_wrong(tmp_path: Path) -> None:
    broken = TOTAL.replace("kind: count", "kind: guess")
    message = refused(tmp_path, HEAD + broken + part())
    assert message.count("\n") == 1, message


def test_the_guide_names_every_check_kind_and_verdict() -> None:
    guide = GUIDE.read_text(encoding="utf-8")
    for kind in KINDS.values():
        assert f"| `{kind.name}: " in guide, kind.name
        for field in (*kind.needs, *kind.takes):
            assert f"`{field}" in guide, (kind.name, field)
    for word in (*CLAIM_VERDICT, *CLAIM_KIND):
        assert word in guide, word


def test_the_example_of_the_guide_can_be_used(tmp_path: Path) -> None:
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    document = read_claims(written(tmp_path, "\n".join(blocks)))
    assert [system.key for system in document.systems] == ["offences"]
