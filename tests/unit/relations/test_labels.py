"""A label that stands under another characteristic than in other releases: two headers have changed places."""

import pandas as pd
import pytest
from kit import Tables
from relation_kit import doubted_in, doubts_of, figures_of, made, to_march

from assets.relations.blame.doubted import LABEL

BIRTH, ETHNICITY, PLACE = "country of birth", "ethnicity", "urban or rural"
# SYNTHETIC: what three indicators print alike, and the same with two headers exchanged.
AS_IT_IS = {
    BIRTH: ("Born in UK", "Not born in UK", "Other"),
    ETHNICITY: ("White", "Asian: Indian", "Asian: Other"),
    PLACE: ("Urban", "Rural"),
}
EXCHANGED = AS_IT_IS | {BIRTH: AS_IT_IS[ETHNICITY], ETHNICITY: AS_IT_IS[BIRTH]}
ONE, TWO, THREE = "sdg-5-2-1-b68b9d9", "sdg-16-1-3-b68b9d9", "sdg-16-3-1-b68b9d9"
Labels = dict[str, tuple[str, ...]]


def doubted(tables: Tables, *releases: tuple[str, Labels], let: str = "") -> set[tuple[str, str]]:
    """Release and characteristic of what is doubted."""
    said = [
        made(
            tables, ("csew.partner_abuse.old.16-59.prevalence", "K04000001", 4.0), source="csew_sdg", release=release,
            sheet=release, unit="percent", characteristic=name, characteristic_value=value, cell=f"M{2 + at}",
        )
        for release, labels in releases
        for at, (name, value) in enumerate((name, value) for name, values in labels.items() for value in values)
    ]  # fmt: skip
    figures = figures_of(*said)
    rows = tables["reference.acknowledged"]
    if let:
        passed = rows.head(1).assign(release=f"csew_sdg@{let}", figure="*", printed=None, relation=LABEL)
        rows = pd.concat([rows, passed], ignore_index=True)
    of = dict(zip(figures["row_id"], figures["characteristic"], strict=True))
    found = [row for row in doubted_in(tables, figures, acknowledged=rows) if "two headers" in row["reason"]]
    return {(row["release"], of[row["figure"]]) for row in found}


@pytest.mark.long
def test_both_of_two_exchanged_headers_are_doubted_where_two_others_agree(tables: Tables) -> None:
    releases = ((ONE, EXCHANGED), (TWO, AS_IT_IS), (THREE, AS_IT_IS))
    assert doubted(tables, *releases) == {(ONE, BIRTH), (ONE, ETHNICITY)}
    assert doubted(tables, *releases, let=ONE) == set()


def test_of_two_releases_alone_both_are_doubted(tables: Tables) -> None:
    both = {(release, name) for release in (ONE, TWO) for name in (BIRTH, ETHNICITY)}
    assert doubted(tables, (ONE, EXCHANGED), (TWO, AS_IT_IS)) == both


def test_one_header_of_two_may_be_printed_nowhere_else(tables: Tables) -> None:
    named = {"income": EXCHANGED[BIRTH], ETHNICITY: ("Poor", "Rich")}
    found = doubted(tables, (ONE, named), (TWO, AS_IT_IS), (THREE, AS_IT_IS))
    assert found == {(ONE, "income"), (ONE, ETHNICITY)}


@pytest.mark.long
@pytest.mark.parametrize(
    "other",
    [
        AS_IT_IS,
        {"origin": AS_IT_IS[BIRTH], ETHNICITY: AS_IT_IS[ETHNICITY]},
        AS_IT_IS | {PLACE: ("Urban", "Rural", "Other")},
        AS_IT_IS | {PLACE: ("Town", "Country")},
    ],
    ids=["as it is", "a header renamed", "a label of two characteristics", "other labels"],
)
def test_what_is_named_otherwise_is_not_doubted(tables: Tables, other: Labels) -> None:
    assert doubted(tables, (ONE, other), (TWO, AS_IT_IS), (THREE, AS_IT_IS)) == set()


@pytest.mark.long
@pytest.mark.parametrize(("alike", "withheld"), [(8, True), (4, False)])
def test_rounded_percentages_of_an_age_may_be_those_of_all_by_chance(
    tables: Tables, alike: int, withheld: bool
) -> None:
    """Half of what a table in one decimal says of one age is what it says of all: the two are near each other."""
    frames = []
    for year in range(8):
        percents = [(None, 1.5 + year / 10), ("35 to 44", 1.5 + year / 10 + (year >= alike) * 0.3)]
        for at, (label, percent) in enumerate(percents):
            frames.append(
                made(
                    tables, ("csew.violence.face_to_face.16+.prevalence", "K04000001", percent), source="csew_sdg", release=TWO,
                    sheet="i.csv", unit="percent", age="16+", characteristic=label and "age", characteristic_value=label,
                    cell=f"S{2 + 2 * year + at}", **to_march(2011 + year),
                )
            )  # fmt: skip
    assert any("In the breakdown by age" in row["reason"] for row in doubts_of(tables, *frames)) is withheld
