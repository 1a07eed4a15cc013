"""What the UI says and draws of a result: the figures of the table, blocked ones as such, and nothing that is markup."""

import base64
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pandas as pd
import pytest
from kit import Tables, frame, takes_of, ye

from assets.charts.picture import as_markdown, picture
from assets.reconciled.change import assets as assets_change
from assets.reconciled.change import shown as changes
from assets.reconciled.change.revision import last_changes
from assets.reconciled.gap import assets
from assets.reconciled.gap import shown as comparisons
from assets.reconciled.overlaps import assets as assets_overlap
from assets.reconciled.overlaps import shown as unions
from assets.reconciled.threats import assets as assets_threats
from assets.reconciled.threats import shown as threats
from assets.tables.contracted import asset_key
from assets.tables.metadata import Shown
from assets.tables.origins import origins_of
from assets.words.markdown import markdown_table, plain_markdown, preview

SMALL = 100_000
HOSTILE = "<script>alert(1)</script> | [a](javascript:1) `b` *c*"
RESULTS = {
    "reconciled.gap": comparisons, "reconciled.threat_breakdown": threats, "reconciled.trend": changes,
    "reconciled.union_bound": unions,
}  # fmt: skip
ASSETS = {
    key: asset
    for module in (assets, assets_threats, assets_change, assets_overlap)
    for asset in module.ASSETS
    for key in asset.keys
}


def inputs(tables: Tables, key: str) -> dict[str, pd.DataFrame]:
    asset = ASSETS[asset_key(key)]
    return {name: tables[taken] for name, taken in takes_of(asset).items()}


@pytest.mark.parametrize("key", RESULTS)
def test_a_picture_is_small_stands_alone_and_says_what_it_shows(tables: Tables, key: str) -> None:
    svg, says = RESULTS[key].drawing(tables[key], inputs(tables, key))
    root = ElementTree.fromstring(svg)
    assert float(root.get("width", 0)) > 500 and len(root.findall("{*}svg")) >= 2, "two panels or more"
    assert not re.search(r"https?://(?!www\.w3\.org)|<script|<image|href", svg), "nothing foreign"
    drawn = as_markdown(svg, says)
    assert len(drawn) < SMALL and drawn.startswith(f"![{says}](data:image/svg+xml;base64,")
    assert base64.b64decode(drawn.split("base64,")[1].rstrip(")")).decode() == svg
    used = set(re.findall(r"var\(--(\w+)\)", svg))
    assert used <= set(re.findall(r"--(\w+):#", svg)), "every colour is defined in the file"


def test_blocked_comparisons_stand_in_the_picture_and_in_the_words(tables: Tables) -> None:
    given = inputs(tables, "reconciled.gap")
    blocked = [
        record
        for record in comparisons.newest_comparisons(tables["reconciled.gap"], given["pairing"])
        if record["verdict"] == "block"
    ]
    svg, _ = comparisons.drawing(tables["reconciled.gap"], given)
    said = comparisons.words(tables["reconciled.gap"], given)["the gap in words"]
    text = " ".join("".join(ElementTree.fromstring(svg).itertext()).split())
    assert len(blocked) > 5 and text.count(comparisons.NOT_COMPARED) == 1
    for row in blocked:
        assert row["label"].split(" (")[0] in text, row["label"]
        assert plain_markdown(row["reason"]).split(": ", 1)[1] in said
    assert said.count("**Not to be compared**") == len(blocked)


def test_the_words_hold_the_figures_of_the_table(tables: Tables) -> None:
    said = comparisons.words(tables["reconciled.gap"], inputs(tables, "reconciled.gap"))
    row = tables.row("reconciled.gap", row_id="gap:da_women_policing:csew_self_completion_old:female:16+:K04000001:"
                     "2022-04-01..2023-03-31:plain")  # fmt: skip
    assert f"**{row['recorded']:,.0f}** offences recorded" in said["the gap in words"]
    assert f"**{row['recorded_per_100']:.1f}** recorded per 100" in said["the gap in words"]
    assert all(len(text) < 1000 for name, text in said.items() if name.endswith("in short")), "shown without a click"
    bounds = unions.words(tables["reconciled.union_bound"], {})
    assert "636,302 recorded offences are domestic abuse or stalking and harassment" in bounds["the bounds in words"]
    assert "cannot all hold" in bounds["figures that cannot all hold"]


def test_a_change_with_a_break_inside_is_not_drawn_as_a_change(tables: Tables) -> None:
    rows = changes.newest_changes(tables["reconciled.trend"], changes.RECORDED)
    blocked = [changes._count(row) for row in rows if row["verdict"] == "block"]
    assert blocked and all(point["value"] is None and point["lower"] is None and point["blocked"] for point in blocked)
    svg, _ = changes.drawing(tables["reconciled.trend"], {})
    assert svg.count("not tested") >= len(blocked)


def test_what_the_last_release_changed_is_the_newest_vintage_against_the_one_before() -> None:
    period = ye("2023-03-31")
    given: dict[str, Any] = {
        "series": "prc.a5a.8Q", "sex": "all", "age": "all", "area_code": "K04000001", "period_start": period.start,
        "period_end": period.end, "period_type": "year", "unit": "offences", "obs_status": "normal",
        "designation": "not_accredited",
        "printed": "x", "source": "ons_appendix", "sheet": "A5a", "scope": "ons_prc", "offence_code": "8Q", "offence": "Stalking",
        "level": "class",
    }  # fmt: skip
    values = {"ye-2024-12": 90.0, "ye-2025-09": 100.0, "ye-2025-12": 103.0}
    counts = frame(
        "recorded.offence_count", [{"release": name, "value": value} for name, value in values.items()], **given
    )
    releases = pd.DataFrame([
        {"source": "ons_appendix", "release": name, "vintage_order": order} for order, name in enumerate(values)
    ])  # fmt: skip
    series = pd.DataFrame([{"series": "prc.a5a.8Q", "definition": "Stalking. More."}])
    used = set(counts["row_id"].tolist()[-1:])
    said = last_changes({"recorded.offence_count": counts}, used, releases, series)
    assert said == "- Stalking, year ending March 2023: 100 in `ye-2025-09`, **103** in `ye-2025-12` (+3)"
    assert "No figure" in last_changes({"recorded.offence_count": counts}, set(), releases, series)


def test_no_text_of_a_source_is_markup() -> None:
    said = markdown_table(("a",), [(HOSTILE,)])
    assert "<script" not in said and "[a](" not in said.replace("\\[a](", "") and said.count("\\|") == 1
    assert "\n" not in preview(pd.DataFrame({"a": ["x\ny"]})).splitlines()[-1]
    svg = picture(
        lambda: [(HOSTILE, '<svg class="chart" width="100%" height="10"></svg>')], [HOSTILE], (HOSTILE, [HOSTILE])
    )
    assert "<script" not in svg
    ElementTree.fromstring(svg)


def test_a_picture_that_fails_leaves_the_table(tables: Tables, tmp_path: Path) -> None:
    from assets.tables import staging
    from assets.tables.metadata import metadata_of
    from schemas.registry import contract

    staged = staging.stage(tmp_path, contract("reference.threat"), tables["reference.threat"], {})

    def broken(made: pd.DataFrame, given: Mapping[str, pd.DataFrame]) -> tuple[str, str]:
        raise ValueError("no pencil")

    words: Callable[..., dict[str, str]] = lambda made, given: {"in words": "said"}  # noqa: E731
    found = metadata_of(staged, {}, Shown(words, broken), draw=True)
    assert "no pencil" in found["picture"].value and found["in words"].value == "said"
    assert "picture" not in metadata_of(staged, {}, Shown(words, broken), draw=False)


def test_origins_follow_the_rows_that_went_in() -> None:
    facts = pd.DataFrame({"row_id": ["a", "b"], "source": ["ons", "ons"], "release": ["one", "two"]}).convert_dtypes(
        "pyarrow"
    )
    origins = {"ons@one": ("one.csv",), "ons@two": ("two.csv", "three.csv")}
    made = pd.DataFrame({"row_id": ["c"], "inputs": [["b"]]}).convert_dtypes(dtype_backend="pyarrow")
    assert origins_of(made, [(facts, origins)]) == {"ons@two": ("three.csv", "two.csv")}
    above = pd.DataFrame({"inputs": [["c"]]}).convert_dtypes(dtype_backend="pyarrow")
    assert origins_of(above, [(made, origins_of(made, [(facts, origins)])), (facts, origins)]) == {
        "ons@two": ("three.csv", "two.csv")
    }
    read = facts.assign(file=["x.csv", "y.csv"])
    assert origins_of(read, []) == {"ons@one": ("x.csv",), "ons@two": ("y.csv",)}
