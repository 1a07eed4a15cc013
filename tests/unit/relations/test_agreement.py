"""The tracked figures against each other, as they are and with one of them changed."""

import pandas as pd
import pytest
from kit import Tables, day
from relation_kit import changed, doubted_in, doubts_of, figures_of, held, made, over, to_march

from assets.relations.checks import figures_agree
from assets.relations.tables import COVERAGE, DOUBT, RELATION
from assets.tables.records import Record

Several = tuple[dict[str, set[str]], list[Record]]


def test_the_tracked_figures_agree_but_for_what_is_known_of_the_publications(tables: Tables) -> None:
    """Table B9b of June 2025 stands one period early, that of December 2025 rests on another total than Table A5a; and the issue
    of 2018 of an SDG indicator prints percentages of all people that those of women and men do not make. Three forces recorded 94
    offences in a quarter after 3, 571 after 74, or 44 after 247."""
    doubted = [row for row in tables.rows("archive.doubt") if not row["figure"].startswith("force:")]
    leaps = [row for row in tables.rows("archive.doubt") if row["figure"].startswith("force:")]
    counts = {row["row_id"]: row["value"] for row in tables.rows("recorded.force_count")}
    assert sorted(counts[row["figure"]] for row in leaps) == [3, 44, 74, 94, 247, 571]
    assert {(row["figure"].split(":")[1].rsplit(".", 1)[0], row["release"]) for row in doubted} == {
        ("prc.b9_share", "ye-2025-06"), ("prc.b9_share", "ye-2025-12"),
        ("csew.family_sexual_assault.old.16-59", "sdg-5-2-2-f87243e"), ("csew.family_stalking.old.16-59", "sdg-5-2-2-f87243e"),
    }  # fmt: skip
    early = [row for row in doubted if row["release"] == "ye-2025-06"]
    assert {row["how"] for row in early} == {"column or row"} and "another period" in early[0]["reason"]
    assert all(row["reason"].startswith("Does not agree: ") for row in doubted if row not in early)


def test_what_was_found_lies_where_it_was_expected_if_and_only_if_it_agrees(tables: Tables) -> None:
    for row in tables.rows("meta.relation"):
        low, high = row["expected_lower"], row["expected_upper"]
        inside = (low is None or low <= row["found"]) and (high is None or row["found"] <= high)
        assert inside == row["agrees"], row
        assert bool(row["others"]) != row["agrees"]


@pytest.mark.one_in(3)
@pytest.mark.parametrize("factor", [1.2, 10, 0.1])
def test_figures_that_were_changed_are_doubted(tables: Tables, factor: float) -> None:
    """At once, since each is of a table that has nothing to do with the others."""
    figures, ids = tables["archive.figure"], []
    for series, end in (
        ("prc.a5a.8Q", "2023-03-31"),
        ("prc.b9.sexual_offences", "2025-12-31"),
        ("prc.b10.adult_rape.da_related", "2025-12-31"),
        ("prc.c5.blackmail", "2025-12-31"),
        ("csew.stranger_violence.face_to_face.16+.incidence_rate", "2020-03-31"),
    ):
        row_id, figures = changed(figures, series, end, lambda value: round(value * factor, 6))
        ids.append(row_id)
    assert {*ids} <= {row["figure"] for row in doubted_in(tables, figures)}


@pytest.fixture(scope="module")
def several(tables: Tables) -> Several:
    """Four tables that have nothing to do with each other, each with something wrong: row ids by what, and what is doubted."""
    of_8q, figures = changed(tables["archive.figure"], "prc.a5a.8Q", "2023-03-31", lambda value: value + 1000)
    rasso, figures = changed(figures, "vawg.rasso", "2023-03-31", lambda value: value + 1, "2024-07")
    flags = figures[figures["series"].str.startswith("prc.b9.") & (figures["release"] == "ye-2025-12")]
    columns = [flags[flags["period_end"] == day(end)].sort_values("series") for end in ("2024-12-31", "2025-12-31")]
    assert columns[0]["series"].tolist() == columns[1]["series"].tolist()
    months = figures[(figures["series"] == "prc.a5b.8Q") & (figures["release"] == "ye-2025-09")].sort_values(
        "period_end"
    )
    assert months["value"].iloc[-2] != months["value"].iloc[-1]
    exchanged = [(one.index, other.index) for one, other in (columns, (months[-2:-1], months[-1:]))]
    for index, other in exchanged:
        for name in ("value", "printed"):
            figures.loc[[*index, *other], name] = figures.loc[[*other, *index], name].to_numpy()
    wrong = {"8Q": {of_8q}, "rasso": {rasso}}
    wrong |= {
        what: set(figures["row_id"][[*one, *other]])
        for what, (one, other) in zip(("columns", "months"), exchanged, strict=True)
    }
    return wrong, doubted_in(tables, figures)


@pytest.mark.long
def test_one_offence_more_in_a_sum_is_located_or_named_among_its_ties(several: Several) -> None:
    """8Q of YE March 2023 is part of a subgroup and has a twin in Table B2: no other value of another figure mends both."""
    wrong, doubted = several
    [row] = [row for row in doubted if row["figure"] in wrong["8Q"]]
    assert row["how"] == "repair" and row["failing"] >= 2
    assert "make it" in row["reason"]


def test_a_figure_that_stands_alone_is_held_against_what_its_release_is_known_to_print(several: Several) -> None:
    wrong, doubted = several
    [row] = [row for row in doubted if row["figure"] in wrong["rasso"]]
    assert row["how"] == "repair" and "is known to print 103,135" in row["reason"]


def test_two_columns_that_changed_places_are_withheld_whole(several: Several) -> None:
    """The shares of Table B9b say of both years that their counts are of another one."""
    wrong, doubted = several
    rows = [row for row in doubted if row["how"] == "column or row" and row["figure"] in wrong["columns"]]
    assert {row["figure"] for row in rows} == wrong["columns"] and len(rows) > 10
    assert "another period" in rows[0]["reason"]


def test_two_months_that_changed_places_are_located_together(several: Several) -> None:
    """The months still make their year, and each is wrong in the sum of its own month by what the two differ."""
    wrong, doubted = several
    rows = [row for row in doubted if row["how"] == "swap"]
    assert {row["figure"] for row in rows} == wrong["months"]
    assert "may have changed places" in rows[0]["reason"]


def test_an_acknowledged_figure_is_let_through_as_it_was_printed_and_in_its_relation_alone(tables: Tables) -> None:
    """Class 58A was counted anew between releases, and says so; ten times as much of a class is seen by the sum it is part of."""
    figures = tables["archive.figure"]
    figures = figures[figures["series"].str.startswith(("prc.a5a.", "prc.b9."))].copy()
    flagged, figures = changed(figures, "prc.b9.sexual_offences", "2025-12-31", lambda value: value * 10)
    of_class, figures = changed(figures, "prc.a5a.8Q", "2023-03-31", lambda value: value * 10)

    def doubted(printed: str | None, relation: str) -> set[str]:
        any_one = tables["reference.acknowledged"].head(1)
        let = [
            any_one.assign(
                release="ons_appendix@*", figure=flagged.replace("ye-2025-12", "*"), relation="*", printed=printed
            ),
            any_one.assign(release="*", figure="figure:prc.a5a.8Q:*", relation=relation, printed=None),
        ]
        acknowledged = pd.concat([tables["reference.acknowledged"], *let], ignore_index=True)
        return {row["figure"] for row in doubted_in(tables, figures, acknowledged=acknowledged)}

    found = doubted(None, "release_before_counts")
    assert flagged not in found and of_class in found
    assert any("prc.b9.all_offences" in one for one in found), "its sum fails all the same"
    found = doubted("1|2", "*")
    assert flagged in found and of_class not in found


def test_parts_that_are_not_all_held_make_no_relation(tables: Tables) -> None:
    figures = tables["archive.figure"]
    flags = figures[figures["series"].str.startswith("prc.b9.")]
    without = flags[~((flags["series"] == "prc.b9.sexual_offences") & (flags["release"] == "ye-2025-12"))]
    sums = [row for row in held(tables, without)[RELATION] if row["relation"] == "flagged_groups"]
    assert sums and not [row for row in sums if row["release"] == "ye-2025-12"]


def test_coverage_counts_every_figure_with_a_value_once(tables: Tables) -> None:
    rows = tables.rows("meta.relation_coverage")
    assert all(row["figures"] >= row["in_one"] >= max(row["in_two"], row["in_exact"]) for row in rows)
    local = tables["recorded.force_count"]["value"].notna().sum() + (
        tables["population.estimate"]["row_id"].count()
        - tables["archive.figure"]["series"].str.startswith("population.").sum()
    )
    with_value = tables["archive.figure"]["value"].notna().sum() + local
    assert 0.95 * with_value < sum(row["figures"] for row in rows) <= with_value, "some are printed as bounds"


def test_the_check_tells_and_stops_nothing(tables: Tables) -> None:
    outcome = figures_agree(tables["archive.doubt"], tables["meta.relation_coverage"])
    assert outcome.warning and outcome.failed == len(tables["archive.doubt"]) and "B9b" not in outcome.sentence()
    assert figures_agree(tables["archive.doubt"].head(0), tables[COVERAGE]).passed


@pytest.mark.long
@pytest.mark.parametrize(("whole", "agrees"), [(3.5, True), (9.9, False), (-2.5, False)])
def test_the_change_of_a_region_lies_among_those_of_its_forces(tables: Tables, whole: float, agrees: bool) -> None:
    change = {"E12000001": whole, "E23000007": -1.5, "E23000008": 2.5, "E23000013": 9.5}
    figures = made(
        tables, *(("prc.pfa_change.robbery", area, value) for area, value in change.items()), unit="percent",
        characteristic="compared_with", characteristic_value="2023-07-01/2024-06-30",
    )  # fmt: skip
    found = held(tables, figures)
    [row] = [row for row in found[RELATION] if row["relation"] == "change_among_areas"]
    assert (row["agrees"], row["expected_lower"], row["expected_upper"]) == (
        agrees,
        pytest.approx(-1.6),
        pytest.approx(9.6),
    )
    doubted = {row["figure"].split(":")[6] for row in found[DOUBT]}
    assert doubted == (set() if agrees else set(change))


def test_a_row_of_rates_that_moved_by_one_column_is_withheld_whole_and_no_count_is(tables: Tables) -> None:
    """Its people explain every rate that fails, and no number of people would mend them."""
    names = ("robbery", "shoplifting", "drug_offences", "rape", "bicycle_theft", "homicide")
    rates = {name: 0.5 + 1.7 * at for at, name in enumerate(names)}
    area, before = "E23000013", dict(zip(names[1:], names, strict=False))
    counted = ((f"prc.pfa.{name}", area, rate * 600) for name, rate in rates.items())
    counts = made(tables, *counted, cells=("C10", "D11", "E12", "F13", "G14", "H15"))  # in no row or column together
    moved = [(f"prc.pfa_rate.{name}", area, rates[before[name]] if name in before else 600_000) for name in names]
    people, cells = ("population.pfa_table", area, 600_000.0), [f"{letter}7" for letter in "BCDEFGH"]
    row = made(tables, people, *moved, cells=cells, sheet="Table P3", unit="per_1000_population")
    row.loc[row["series"].str.startswith("population"), "unit"] = "persons"
    doubted = {record["figure"].split(":")[1] for record in doubts_of(tables, counts, row)}
    assert doubted == {"population.pfa_table", *(f"prc.pfa_rate.{name}" for name in names)}


@pytest.mark.long
def test_a_row_whose_figures_the_release_before_prints_beside_is_withheld_and_a_revised_one_is_not(
    tables: Tables,
) -> None:
    """Six offences of Cleveland stand one column to the right of where they stood; those of Durham were revised a little."""
    names = ("robbery", "shoplifting", "drug_offences", "rape", "bicycle_theft", "homicide")
    was = {
        name: 1000.0 + 20 * at for at, name in enumerate(names)
    }  # so near to each other that each is within its band
    moved = dict(zip(names, [5.0, *was.values()], strict=False))
    revised = {name: value + 3 for name, value in was.items()}

    def release(key: str, **areas: dict[str, float]) -> pd.DataFrame:
        rows = [(f"prc.pfa.{name}", area, value) for area, values in areas.items() for name, value in values.items()]
        cells = [f"{letter}{row}" for row in range(7, 7 + len(areas)) for letter in "CDEFGH"]
        return made(tables, *rows, cells=cells, release=key, **over("2018-01-01", "2018-12-31"))

    both = [
        release("ye-2019-06", E23000013=was, E23000008=was),
        release("ye-2024-12", E23000013=moved, E23000008=revised),
    ]
    doubted = doubts_of(tables, *both)
    assert {row["figure"].split(":")[6] for row in doubted if row["release"] == "ye-2024-12"} == {"E23000013"}
    # Which of the two is wrong nothing says, so the older is withheld with it.
    assert {row["figure"].split(":")[6] for row in doubted} == {"E23000013"} and len(doubted) == 12
    assert all("both are withheld" in row["reason"] for row in doubted)


def test_classes_make_their_subgroup_whoever_their_victims_are(tables: Tables) -> None:
    """The classes of rape say sex and age of the victims, the subgroup does not; codes of other years hold markers."""
    codes = ("19C", "19D", "19E", "19F", "19G", "19H", "19J", "19K")
    victims = tables["reference.offence"].set_index("offence_code")
    rows = [
        ("prc.a5a.rape", "K04000001", 36.0),
        *((f"prc.a5a.{code}", "K04000001", at + 1.0) for at, code in enumerate(codes)),
    ]
    figures = made(tables, *rows)
    for code in codes:
        at = figures["series"] == f"prc.a5a.{code}"
        figures.loc[at, "sex"], figures.loc[at, "age"] = (
            victims.at[code, f"victim_{name}"] if pd.notna(victims.at[code, f"victim_{name}"]) else "all"
            for name in ("sex", "age")
        )
    [row] = [row for row in held(tables, figures)[RELATION] if row["relation"] == "offence_parts"]
    assert (row["agrees"], row["figures"], row["expected_lower"]) == (True, 9, pytest.approx(36))


def test_a_series_in_two_units_stands_in_its_relations_once(tables: Tables) -> None:
    """Men and women make all people, in persons in one release and in thousands in another."""
    people = [("population.mid_year", "K04000001", value) for value in (60.0, 31.0, 29.0)]
    both = [
        made(tables, *people, unit=unit, release=release).assign(sex=["all", "female", "male"])
        for unit, release in (("persons", "ye-2024-12"), ("thousand_persons", "ye-2019-06"))
    ]
    rows = [row for row in held(tables, figures_of(*both))[RELATION] if row["relation"] == "people_of_sexes"]
    assert [(row["agrees"], row["figures"]) for row in rows] == [(True, 3), (True, 3)]


def test_a_number_where_nothing_can_change_is_doubted_alone_and_is_no_swap_of_the_counts_below(tables: Tables) -> None:
    """A homicide after none: a nought from the row below would mend the change, and break the rate that agrees."""
    force, one, below = "E23000002", "E22000032", "E22000033"
    now = made(tables, *(("prc.csp.homicide", area, value) for area, value in ((force, 1), (one, 1), (below, 0))))
    before = now.assign(value=0.0, printed="0", cell=["H21", "J25", "L29"], **over("2023-01-01", "2023-12-31"))
    other = made(
        tables, ("population.pfa_table", one, 500.0), ("prc.csp_rate.homicide", one, 2.0),
        ("prc.csp_change.homicide", one, 2618.0), sheet="Table C3",
    )  # fmt: skip
    other["unit"] = ["persons", "per_1000_population", "percent"]
    other.loc[2, ["characteristic", "characteristic_value"]] = ["compared_with", "2023-01-01/2023-12-31"]
    assert {row["figure"].split(":")[1] for row in doubts_of(tables, now, before, other)} == {"prc.csp_change.homicide"}


def test_forces_of_the_open_data_make_england_and_wales_exactly_in_years_that_are_settled(tables: Tables) -> None:
    """One offence for each of 44 forces: 45 is wrong for the year to March 2014, and not asked of the year after."""
    areas = tables["reference.area"]
    forces = areas[areas["area_type"].str.endswith("force")]["area_code"]
    by_force = [("prc.ho_pfa.robbery", area, 1) for area in forces]
    open_data = made(tables, *by_force, source="ho_prc_pfa", release="rolling-years-to-2018-12")
    appendix = made(tables, ("prc.a5a.robbery", "K04000001", 45), source="ons_appendix", release="ye-2025-12")
    both = [frame.assign(**to_march(year)) for frame in (open_data, appendix) for year in (2014, 2015)]
    found = held(tables, figures_of(*both))
    [row] = [row for row in found[RELATION] if row["relation"] == "forces_of_a_settled_year"]
    assert (row["agrees"], row["figures"], row["expected_upper"]) == (False, 45, pytest.approx(44))


@pytest.mark.long
@pytest.mark.parametrize(("digits", "agrees"), [(15, False), (1, True)])
def test_a_nought_beside_rates_that_are_printed_in_full_was_not_rounded(
    tables: Tables, digits: int, agrees: bool
) -> None:
    """Ten robberies of 500,123 people are a rate of 0.02: none of them only where rates are printed to a digit."""
    counts, people = {"E23000007": 300.0, "E23000008": 10.0, "E23000013": 250.0}, 500_123.0
    printed = [f"{1000 * count / people:.{digits}f}" if area != "E23000008" else "0" for area, count in counts.items()]
    rates = (("prc.pfa_rate.robbery", area, float(rate)) for area, rate in zip(counts, printed, strict=True))
    of_all = (("population.pfa_table", area, people) for area in counts)
    figures = figures_of(
        made(tables, *(("prc.pfa.robbery", area, count) for area, count in counts.items())),
        made(tables, *of_all, cells=("D0", "D1", "D2"), unit="persons", sheet="Table P3"),
        made(tables, *rates, unit="per_1000_population", sheet="Table P3").assign(printed=printed),
    )
    rows = [row for row in held(tables, figures)[RELATION] if row["relation"] == "rate_over_people"]
    found = {row["figure"].split(":")[6]: row["agrees"] for row in rows}
    assert found == {"E23000007": True, "E23000008": agrees, "E23000013": True}
