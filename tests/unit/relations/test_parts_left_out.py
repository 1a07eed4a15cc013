"""A total that leaves a force out, SYNTHETIC, beside the figures of the force; parts that are not known, or not all held."""

import pandas as pd
import pytest
from kit import Tables
from relation_kit import figures_of, held, made, over, to_march

from assets.relations.tables import DOUBT, RELATION


@pytest.mark.parametrize(("leaves_out", "agrees"), [("E23000013", True), (None, False)])
def test_a_force_that_a_total_leaves_out_is_no_part_of_it(tables: Tables, leaves_out: str | None, agrees: bool) -> None:
    """The people of the reporting area stand beside those of the force that did not report; its change is of another area."""
    people = {"E12000001": 3_000_000.0, "E23000007": 1_000_000.0, "E23000008": 2_000_000.0, "E23000013": 700_000.0}
    figures = made(
        tables, *(("population.pfa_table", area, number) for area, number in people.items()), unit="persons",
        period_type="mid_year", **over("2023-06-30", "2023-06-30"),
    )  # fmt: skip
    change = {"E12000001": -47.5, "E23000007": -1.5, "E23000008": 2.5, "E23000013": None}
    changes = made(
        tables, *(("prc.pfa_change.robbery", area, value) for area, value in change.items()), unit="percent",
        characteristic="compared_with", characteristic_value="2023-01-01/2023-12-31",
    )  # fmt: skip
    for rows in (figures, changes):
        rows.loc[rows["area_code"] == "E12000001", "leaves_out"] = leaves_out
    found = held(tables, pd.concat([figures, changes], ignore_index=True))
    assert [(row["relation"], row["agrees"]) for row in found[RELATION]] == [("people_of_areas", agrees)]


OFFENCES = {"8L": 300_000, "8M": 10_000, "8Q": 130_000, "8R": 90_000, "8U": 50_000, "stalking_and_harassment": 587_000}
FORCES = {"E23000007": 140_000, "E23000008": 60_000, "E23000013": 70_000, "E12000001": 281_000}
STALKING = "stalking_and_harassment"


@pytest.mark.long
@pytest.mark.parametrize(
    ("not_whole", "known"),
    [
        ("rape;stalking_and_harassment;E12000001", {STALKING, "E12000001"}),
        ("rape;E12000002", set()),
        (None, set()),
        ("stalking_and_harassment 2023-04-01..2024-12-31", {STALKING}),
        ("stalking_and_harassment 2024-04-01..2025-03-31", set()),
    ],
)
def test_parts_of_which_one_is_not_known_are_held_against_no_total(
    tables: Tables, not_whole: str | None, known: set[str]
) -> None:
    """A new code of 7,000 offences and a new force of 11,000 are left out: the figures beside them are as they were printed."""
    appendix, forces = (
        {"source": "ons_appendix", "release": "ye-2025-12"},
        {"source": "ons_pfa", "release": "ye-2024-12"},
    )
    by_offence = made(
        tables, *((f"prc.a5a.{name}", "K04000001", value) for name, value in OFFENCES.items()), **appendix
    )
    by_area = made(tables, *(("prc.pfa.robbery", area, value) for area, value in FORCES.items()), **forces)
    more = {"sheet": "x", "series": "", "title": "By offence and area", "says_more": None, "not_whole": not_whole}
    titled = pd.DataFrame([appendix | more, forces | more], dtype="string[pyarrow]")
    found = held(tables, pd.concat([by_offence, by_area], ignore_index=True), titled=titled)
    doubted = {part for row in found[DOUBT] for part in row["figure"].split(":")}
    assert (f"prc.a5a.{STALKING}" in doubted) is (STALKING not in known)
    assert ("E12000001" in doubted) is ("E12000001" not in known)


@pytest.mark.parametrize("one_left_out", [False, True])
def test_of_a_breakdown_with_a_row_that_is_not_known_the_others_are_not_all_who_were_asked(
    tables: Tables, one_left_out: bool
) -> None:
    """8,100 were asked, 7,000 of them of the one ethnic group that is read."""
    series = "csew.domestic_abuse.new.16+.prevalence"
    figures = made(
        tables, (series, "K04000001", 7.2), (series, "K04000001", 7.0), unit="percent", period_type="survey_year"
    )
    figures = figures.assign(
        characteristic=[None, "ethnicity"], characteristic_value=[None, "White"], base=[8_100.0, 7_000.0]
    )
    about = {name: figures[name].iloc[0] for name in ("source", "release")}
    said = about | {"sheet": "1", "series": series, "title": "x", "says_more": None}
    said |= {"not_whole": series if one_left_out else None}
    found = held(tables, figures_of(figures), titled=pd.DataFrame([said], dtype="string[pyarrow]"))
    relations = [row["relation"] for row in found[RELATION] if row["relation"] == "asked_of_ethnic_groups"]
    assert bool(found[DOUBT]) is bool(relations) is not one_left_out


@pytest.mark.long
@pytest.mark.parametrize(("counted", "made_of"), [(1, 0), (4, 0), (5, 21), (10, 41)])
def test_a_selection_of_classes_is_not_the_whole_of_their_group(tables: Tables, counted: int, made_of: int) -> None:
    """The tracked quarters hold the classes of few threats: all of some groups, one of violence without injury, of which ten
    classes are in use (Home Office counting rules), each here with 5 offences in each of four quarters."""
    offences = tables["reference.offence"]
    of_group = offences[(offences["subgroup"] == "violence_without_injury") & offences["valid_to"].isna()]
    codes = of_group["offence_code"][of_group["level"] == "class"].tolist()
    assert len(codes) == 10
    starts = ("2017-04-01", "2017-07-01", "2017-10-01", "2018-01-01")
    ends = ("2017-06-30", "2017-09-30", "2017-12-31", "2018-03-31")
    quarters = [
        made(
            tables, *((f"prc.ho_pfa.{code}", "E23000001", 5.0) for code in codes[:counted]), period_type="quarter",
            source="ho_prc_pfa", release="prc-pfa-to-2018-03", sheet=end, **over(start, end),
        )
        for start, end in zip(starts, ends, strict=True)
    ]  # fmt: skip
    rolling = {"source": "ho_prc_pfa", "release": "rolling-years-to-2018-12"} | to_march(2018)
    year = made(tables, ("prc.ho_pfa.violence_without_injury", "E23000001", 200.0), **rolling)
    said = [
        row
        for row in held(tables, figures_of(*quarters, year))[RELATION]
        if row["relation"] == "quarters_of_rolling_year"
    ]
    assert [row["figures"] for row in said] == ([made_of] if made_of else [])
