"""Percentages of the survey under the label, or the year, of others: another table or release says the other way round."""

import pandas as pd
import pytest
from kit import Tables
from relation_kit import doubts_of, made, to_march

from assets.relations.blame.doubted import RENAMED

TOUCHING = "csew.indecent_exposure_unwanted_touching.old.16-59.prevalence"
BY = "relationship to perpetrator"
# SYNTHETIC percentages of two kinds of people, year by year; each kind by itself in an indicator of its own.
FAMILY, PARTNER = (0.0523, 0.0436, 0.0613), (0.4636, 0.6215, 0.5411)
KINDS = {
    "Family member": (FAMILY, "5-2-2", "family_sexual_assault", ""),
    "Partner": (PARTNER, "5-2-1", "partner_sexual_assault", " by a partner"),
}


def year(tables: Tables, release: str, ends: int, *rows: tuple[str, float], **more: object) -> pd.DataFrame:
    """Percentages of one year of one indicator."""
    placed = [(series, "K04000001", percent) for series, percent in rows]
    return made(
        tables, *placed, source="csew_sdg", release=f"sdg-{release}", sheet=f"{release}.csv", unit="percent",
        **{"age": "16-59", "sex": "female"} | to_march(ends) | more,
    )  # fmt: skip


def doubted(tables: Tables, frames: list[pd.DataFrame], how: str) -> set[tuple[str, ...]]:
    rows = doubts_of(tables, *frames)
    return {(row["release"], *row["figure"].split(":")[2:]) for row in rows if row["how"] == how}


@pytest.mark.parametrize("exchanged", [False, True])
def test_two_labels_that_other_tables_contradict_are_withheld_of_all_people(tables: Tables, exchanged: bool) -> None:
    """Of men no other table tells: their labels are those of the women."""
    frames, labels = [], [*KINDS]
    for label, called in zip(labels, labels[::-1] if exchanged else labels, strict=True):
        percents, indicator, measure, ending = KINDS[label]
        told = {
            "characteristic": "type of abuse",
            "characteristic_value": f"Indecent exposure or unwanted sexual touching{ending}",
        }
        for at, percent in enumerate(percents):
            own = {"characteristic": BY, "characteristic_value": called}
            frames += [
                year(tables, "16-1-3-b68b9d9", 2005 + at, (TOUCHING, percent), **own),
                year(tables, "16-1-3-b68b9d9", 2005 + at, (TOUCHING, percent / 2), sex="male", **own),
                year(tables, f"{indicator}-b68b9d9", 2005 + at, (f"csew.{measure}.old.16-59.prevalence", percent), **told),
            ]  # fmt: skip
    told_of = doubted(tables, frames, RENAMED)
    assert {(release, sex, label) for release, sex, *_, label, _, _, _ in told_of} == (
        {("sdg-16-1-3-b68b9d9", sex, label) for sex in ("male", "female") for label in labels} if exchanged else set()
    )


NAMES = ("partner_abuse", "partner_stalking", "partner_sexual_assault")
OWN = {"characteristic": "age", "characteristic_value": "16 to 19"}


def years(tables: Tables, release: str, *ends: int) -> list[pd.DataFrame]:
    """Years of three measures, and of one age, that stand under some years."""
    frames = []
    for at, end in enumerate(ends):
        percents = [(f"csew.{name}.old.16-59.prevalence", 4.1731 + row + at / 8) for row, name in enumerate(NAMES)]
        frames.append(year(tables, release, end, *percents).assign(cell=[f"T{10 * at + row}" for row in range(3)]))
        if release.endswith("b68b9d9"):
            frames.append(year(tables, release, end, (percents[0][0], 3.0), **OWN).assign(cell=f"T{10 * at + 9}"))
    return frames


@pytest.mark.long
def test_two_years_that_another_release_contradicts_are_withheld_whole(tables: Tables) -> None:
    older = years(tables, "5-2-1-0988adf", 2015, 2016, 2017, 2018, 2019)
    assert not doubted(tables, older + years(tables, "5-2-1-b68b9d9", 2015, 2016, 2017, 2018, 2019), RENAMED)
    told = doubted(tables, older + years(tables, "5-2-1-b68b9d9", 2015, 2016, 2017, 2019, 2018), RENAMED)
    assert {one[-2][-10:] for one in told} == {"2018-03-31", "2019-03-31"}
    # Of the age nothing is printed beside it: it is of the same year.
    assert {one[4] for one in told if one[0].endswith("b68b9d9")} == {"-", "16 to 19"}
