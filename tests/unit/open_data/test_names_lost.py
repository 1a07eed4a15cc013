"""Forces, codes and types of outcomes that a release of the Home Office has none of."""

import pandas as pd
import pytest
from kit import day, reference_table

from assets.archive.identity.long_readers import COUNTS, FIGURES, OUTCOMES
from assets.archive.landed.names_lost import names_lost
from assets.archive.reading.reference import FORCES
from assets.archive.reading.result import Reading

AREAS = reference_table("area")
ALL = sorted(AREAS["area_code"][AREAS["area_type"].isin(FORCES)])
CODES = ("8L", "8M", "8N", "8Q")


def release(
    name: str,
    order: int,
    forces: list[str] = ALL,
    codes: tuple[str, ...] = CODES,
    staged: str = COUNTS,
    kind: str = "quarter",
) -> tuple[str, Reading]:
    """SYNTHETIC counts of one quarter."""
    rows = [
        {"area_code": force, "offence_code": code, "outcome_type": code[-1], "value": 3.0, "period_type": kind,
         "period_end": day("2018-03-31")}
        for force in forces for code in codes
    ]  # fmt: skip
    frame = pd.DataFrame(rows)
    frame = frame if staged == OUTCOMES else frame.drop(columns="outcome_type")
    about = {"source": "ho_prc_pfa", "release": name, "vintage_order": order}
    return f"{name}.csv", Reading(frame, release=about, staged=staged)  # type: ignore[arg-type]


def told(*releases: tuple[str, Reading]) -> list[tuple[str, str]]:
    return [(row["place"], row["evidence"]) for row in names_lost(releases, AREAS)]


def test_a_force_that_is_missing_is_named_without_an_older_release() -> None:
    assert not told(release("new", 2))
    [(place, evidence)] = told(release("new", 2, [force for force in ALL if force != "E23000010"]))
    assert "police forces" in place and evidence == "No figure of 1 of 44 police forces: West Yorkshire."
    assert not told(release("part", 2, ALL[:20])), "a table of some forces"
    assert not told(release("survey", 2, ALL[:40], staged=FIGURES))


def test_a_code_that_the_release_before_has_is_named() -> None:
    new = release("new", 2, codes=("8L", "8M", "8Q", "8R"))
    [(place, evidence)] = told(new, release("old", 1))
    assert place == "ho_prc_pfa@new against ho_prc_pfa@old, offence codes" and evidence.endswith(
        "1 of 4 offence codes: 8N."
    )
    assert not told(new, release("rolling", 1, kind="year")), "of other periods nothing is due"
    lost = told(release("new", 2, codes=("8L",), staged=OUTCOMES), release("old", 1, staged=OUTCOMES))
    assert [evidence for _, evidence in lost][1] == "No figure of 3 of 4 types of outcomes: M, N, Q."


@pytest.mark.parametrize("staged", [COUNTS, OUTCOMES])
def test_a_force_without_the_quarters_of_a_year_is_named_on_whichever_sheet_they_stand(staged: str) -> None:
    here, lacking = (
        release("new", 2, staged=staged),
        release("new", 2, [f for f in ALL if f != "E23000002"], staged=staged),
    )
    for (_, reading), ends in ((here, ["2018-03-31"]), (lacking, ["2018-06-30", "2018-09-30"])):
        year = [reading.frame.assign(period_end=day(end)) for end in ends]
        reading.frame = pd.concat(year, ignore_index=True)
    assert told(here, lacking) == [
        (
            "ho_prc_pfa@new, Cumbria",
            "No figure for 2 quarters to 2018-06-30, 2018-09-30, where other forces have them.",
        )
    ]


@pytest.mark.parametrize("value", [0.0, None])
def test_a_code_that_expired_is_not_due_again(value: float | None) -> None:
    _, older = release("old", 1)
    older.frame.loc[older.frame["offence_code"] == "8N", "value"] = value
    assert not told(release("new", 2, codes=("8L", "8M", "8Q")), ("old.csv", older))
