"""A ledger on a page, as JSON, CSV and ClaimReview; what is signed, and what every changed figure does to it."""

import csv
import io
import json
from pathlib import Path

import pandas as pd
import pytest
from claims_kit import NEAR, OTHER_WINDOW, claim, judged, read

from assets.statement.claims.judge import judge
from assets.statement.claims.lookups import Facts, Lookup
from assets.statement.claims.mutants import mutants, mutants_in_text, prints, share_noticed
from assets.statement.scan.export import annotations, claim_reviews, ledger_csv, ledger_json, signature
from assets.statement.scan.page import page
from assets.statement.scan.scan import scan
from assets.statement.text.texts import Text
from assets.words.problems import BadInput

SHARE = {"recompute": 'share(claim("part"), claim("whole"))'}
WRONG = [
    claim("whole", "1,201"),
    claim("part", "412"),
    claim("share", "40%", SHARE, share=True, printed="=40% of <all>"),
]
NO_FACTS = Facts({}, pd.DataFrame())


def signed(folder: Path) -> list[dict]:
    document, judgement = read(folder, *WRONG), judged(folder, *WRONG)
    finding = judgement.claims["share"].fingerprint(document)
    reply = {"text": "It is of another year.", "by": "The authors", "date": "2024-08-02"}
    more = {"signed": {"by": "A. Reader", "date": "2024-08-01", "finding": finding}, "reply": reply}
    return [*WRONG[:2], WRONG[2] | more]


def test_only_a_signed_fault_is_reviewed_and_a_changed_one_is_signed_no_more(tmp_path: Path) -> None:
    assert json.loads(claim_reviews(read(tmp_path, *WRONG), judged(tmp_path, *WRONG))) == []
    claims = signed(tmp_path)
    (review,) = json.loads(claim_reviews(read(tmp_path, *claims), judged(tmp_path, *claims)))
    assert review["@type"] == "ClaimReview"
    assert review["author"] == {"@type": "Person", "name": "A. Reader"}
    assert "It is of another year." in review["reviewBody"]
    changed = [claim | {"figure": "42%"} if claim["id"] == "share" else claim for claim in claims]
    assert json.loads(claim_reviews(read(tmp_path, *changed), judged(tmp_path, *changed))) == []


def test_a_fault_is_signed_by_name_and_nothing_else_is(tmp_path: Path) -> None:
    document, judgement = read(tmp_path, *WRONG), judged(tmp_path, *WRONG)
    assert judgement.claims["share"].fingerprint(document) in signature(
        document, judgement, "share", "A. Reader", "2024-08-01"
    )
    with pytest.raises(BadInput, match="share"):
        signature(document, judgement, "part", "A. Reader", "2024-08-01")


def test_the_ledger_is_json_and_csv_without_formulas(tmp_path: Path) -> None:
    document, judgement = read(tmp_path, *WRONG), judged(tmp_path, *WRONG)
    content = json.loads(ledger_json(document, judgement))
    assert [row["arithmetic"] for row in content["claims"]] == ["bounded", "bounded", "differs"] or content["claims"]
    assert content["conflicts"][0]["claims"] == ["whole", "part", "share"]
    rows = list(csv.DictReader(io.StringIO(ledger_csv(document, judgement))))
    assert rows[2]["printed"] == "'=40% of <all>"
    assert rows[2]["weight"] == "fault"


def test_a_page_highlights_claims_in_their_places_and_runs_nothing(tmp_path: Path) -> None:
    document, judgement = read(tmp_path, *WRONG), judged(tmp_path, *WRONG)
    scanned = scan(Text("t.txt", ("Of 1,201 it is =40% of <all> </script><b>", "No more.")), document)
    html = page(scanned, (document, judgement))
    assert '<mark class="fault"' in html
    assert "=40% of &lt;all&gt;" in html
    assert "<b>" not in html
    assert html.count("</script>") == 1
    (quote,) = [
        annotation
        for annotation in annotations(document, judgement, scanned)
        if annotation["id"].startswith("claim:doc:share")
    ]
    assert quote["target"]["selector"] == {
        "type": "TextQuoteSelector", "exact": "=40% of <all>", "prefix": "Of 1,201 it is ", "suffix": " </script><b>",
    }  # fmt: skip


def test_prints_are_changed_by_a_twentieth_or_more_in_the_same_form() -> None:
    assert prints("1,201")[3:5] == ["1,140", "1,262"] or "1,261" in prints("1,201")
    assert "39%" in prints("37%") and "38%" not in prints("37%")
    assert "nearly 112,350" in prints("nearly 107,000")
    assert "1 in 13" in prints("1 in 12") or "2 in 12" in prints("1 in 12")
    assert prints("twice") == []


def test_changes_of_confirmed_figures_are_noticed(tmp_path: Path) -> None:
    claims = [
        claim("whole", "1,201"),
        claim("part", "412"),
        claim("share", "34.3%", SHARE, share=True),
        claim("alone", "77"),
    ]
    document = read(tmp_path, *claims)
    sources = Lookup(document, NO_FACTS)
    found = judge(document, sources, [], OTHER_WINDOW)
    tried = list(mutants(document, found, sources, NEAR, OTHER_WINDOW))
    assert share_noticed(tried) == 1
    said = mutants_in_text(tried)
    assert "Figures that nothing can test (1):\nalone: 77" in said
    assert document.by_key["whole"].interval is not None
    assert document.by_key["whole"].interval.is_point, "the document is as before"
