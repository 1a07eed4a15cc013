"""Which rows and columns are withheld beside those that explain most."""

import pandas as pd
import pytest
from kit import Tables
from relation_kit import doubted_in, doubts_of, engine_of, figures_of, made, to_march

from assets.relations.agreement.engine import Engine
from assets.relations.blame.doubts import _failing, _mendable, _without_open_leaps
from assets.relations.blame.lines import (
    _lines_of,
    _next_to_each,
    _that_tell,
    _with_failures_of_their_own,
    next_to,
    set_out_lines,
    vouched,
)

ROWS = {"row|a": (1, 2, 3), "row|b": (11, 12, 13), "row|c": (21, 22, 23)}


def test_a_line_with_failures_that_the_accused_do_not_explain_is_accused_too() -> None:
    """Rows a and b both stand in another place; each sum of a column fails, and a sum along row b."""
    columns = {1: (1, 11, 21), 2: (2, 12, 22), 3: (3, 13, 23)}
    fitting = {"row|a": (3, 5), "row|b": (3, 4), "row|c": (3, 3)}
    along_b = {4: (12, 13, 99)}
    weight = {"row|a": (3.0, 5), "row|b": (2.0, 4), "row|c": (1.0, 3)}
    assert _with_failures_of_their_own(["row|a"], fitting, weight, ROWS, columns | along_b) == ["row|b"]
    assert _with_failures_of_their_own(["row|a"], fitting, weight, ROWS, columns) == []
    assert _with_failures_of_their_own(["row|a"], fitting | {"row|b": (2, 3)}, weight, ROWS, columns | along_b) == []
    # Each sum of b and c fails too: both explain that, and of the two the heavier is wrong.
    of_both = {4: (12, 22), 5: (13, 23)}
    assert _with_failures_of_their_own(["row|a"], fitting, weight, ROWS, columns | of_both) == ["row|b"]
    alike = weight | {"row|c": (2.0, 4)}
    assert _with_failures_of_their_own(["row|a"], fitting, alike, ROWS, columns | of_both) == ["row|b", "row|c"]


@pytest.mark.parametrize(("held", "failed", "speaks"), [(3, 0, True), (4, 3, True), (4, 158, False), (2, 0, False)])
def test_few_figures_that_agree_by_chance_do_not_speak_for_a_line(held: int, failed: int, speaks: bool) -> None:
    assert vouched(held, failed) is speaks


def test_what_stands_beside_many_lines_is_asked_for_once(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    """A table that is wrong throughout has hundreds of lines: each asked for by itself, they took a refresh an hour."""
    areas = ["E12000001", "E23000013", "E23000008", "E23000007"]
    columns = [
        made(
            tables,
            *((f"prc.pfa.{name}", area, 1.0) for area in areas),
            cells=[f"{letter}{row}" for row in range(10, 14)],
        )
        for name, letter in (("robbery", "C"), ("shoplifting", "D"), ("burglary", "E"))
    ]
    engine = engine_of(tables, figures_of(*columns))
    at = {row["cell"]: row["fid"] for row in engine.ask("select cell, fid from figure")}
    lines = {"column|a": "C10 C11 C12 C13", "column|b": "D10", "row|a": "C10 D10 E10", "run of rows|a": "D11 D12"}
    column = "D10 D11 D12 D13"
    beside = {"column|a": column, "column|b": "C10 E10", "row|a": "C11 D11 E11", "run of rows|a": column}
    asked, ask = list[str](), engine.ask
    monkeypatch.setattr(Engine, "ask", lambda _, query: asked.append(query) or ask(query))
    fids = {line: [at[cell] for cell in cells.split()] for line, cells in lines.items()}
    found = _next_to_each(engine, fids)
    assert len(asked) == 1
    assert found == {line: tuple(sorted(at[cell] for cell in cells.split())) for line, cells in beside.items()}
    assert all(next_to(engine, fids[line], line.split("|")[0]) == found[line] for line in lines)


def test_two_neighbours_that_changed_places_are_seen_before_a_row_of_two_figures(tables: Tables) -> None:
    """Each row is of two offences, and the sums of both fail; only in the second does the exchange of the two mend them."""
    areas = ("E12000001", "E23000013", "E23000008", "E23000007")
    rows = dict(zip(areas, ((600.0, 60.0), (20.0, 100.0), (200.0, 15.0), (300.0, 25.0)), strict=True))
    both = [
        made(
            tables,
            *((f"prc.pfa.{name}", area, values[at]) for area, values in rows.items()),
            cells=[f"{'CD'[at]}{10 + row}" for row in range(len(rows))],
        )
        for at, name in enumerate(("robbery", "shoplifting"))
    ]
    assert {(row["how"], row["cell"]) for row in doubts_of(tables, *both)} == {("swap", "C11"), ("swap", "D11")}


def test_two_rows_of_two_figures_that_changed_places_are_withheld_whole(tables: Tables) -> None:
    """As Table C5 of September 2025 prints them, beside Table A5a: either share of the other row might be wrong alone."""
    flagged = {"obscene_publications": (32191.0, 75.11608913779023), "blackmail": (19703.0, 63.95416774863671)}
    classes = {"86": 42855.0, "46": 519381.0, "35": 30808.0}
    whole = made(
        tables, *((f"prc.a5a.{code}", "K04000001", count) for code, count in classes.items()), sheet="Table_A5a"
    )
    for exchanged in (False, True):
        rows = [*flagged.values()][:: -1 if exchanged else 1]
        both = [
            made(tables, *((f"prc.c5{of}.{name}", "K04000001", row[at]) for name, row in zip(flagged, rows, strict=True))).assign(
                sheet="Table_C5", unit=unit, cell=[f"{letter}10", f"{letter}11"], printed=[f"{row[at]:.15g}" for row in rows]
            )
            for at, (of, unit, letter) in enumerate((("", "offences", "C"), ("_share", "percent", "D")))
        ]  # fmt: skip
        doubted = {(row["how"], row["cell"]) for row in doubts_of(tables, whole, *both)}
        assert doubted == ({("swap", cell) for cell in ("C10", "C11", "D10", "D11")} if exchanged else set())


@pytest.mark.long
def test_rows_that_moved_with_their_total_are_withheld_and_the_row_that_two_releases_print_alike_is_not(
    tables: Tables,
) -> None:
    """Six detailed codes of Table B2 stand one year late, and so does their total: they agree with each other."""
    codes = [f"prc.b2.8L.{code}" for code in ("008_29", "008_30", "008_31", "125_68", "195_94", "unassigned")]
    both = []
    for release, late in (("ye-2025-06", 0), ("ye-2025-09", 1)):
        for at, column in enumerate("CDEFGHI"):
            now, there = (round(100 * 1.3 ** (at - by)) for by in (0, late))
            counts = {"prc.a5a.8L": 6 * now, "prc.b2.8L.total": 6 * there} | dict.fromkeys(codes, there)
            counts = {"prc.a5a.8Q": now} | counts | {"prc.b2.8Q.total": now}  # these two stand where they stood
            rows = ((series, "K04000001", n) for series, n in counts.items())
            about = {"source": "ons_appendix", "release": release} | to_march(2015 + at)
            year = made(tables, *rows, cells=[f"{column}{row}" for row in range(10, 20)], **about)
            both.append(year.assign(sheet=[*["Table_A5a"] * 2, *["Table_B2"] * 8]))
    doubted = {(row["figure"].split(":")[1], row["release"]) for row in doubts_of(tables, *both)}
    assert doubted == {(series, "ye-2025-09") for series in (*codes, "prc.b2.8L.total")}


@pytest.mark.long
def test_the_other_of_two_exchanged_headers_is_withheld_with_the_column_that_the_release_before_knows(
    tables: Tables,
) -> None:
    """The last two years of five offences stand under each other's header; the release before ends with the first of them."""
    names, both = ("robbery", "rape", "homicide", "shoplifting", "bicycle_theft"), []
    for release, years in (("ye-2025-06", (2017, 2018, 2019, 2020)), ("ye-2025-09", (2017, 2018, 2019, 2021, 2020))):
        for at, year in enumerate(years):
            counts = (
                (f"prc.a5a.{name}", "K04000001", 1000 * (by + 2) * (at + 2) ** 2) for by, name in enumerate(names)
            )
            both.append(
                made(
                    tables, *counts, cells=[f"{'CDEFG'[at]}{10 + row}" for row in range(5)],
                    source="ons_appendix", release=release, sheet="Table_A5a", **to_march(year),
                )
            )  # fmt: skip
    doubted = [row for row in doubts_of(tables, *both) if row["release"] == "ye-2025-09"]
    assert {row["cell"][0] for row in doubted} == {"F", "G"} and len(doubted) == 10


@pytest.mark.long
def test_rows_of_old_codes_that_moved_with_a_row_are_withheld_with_it(tables: Tables) -> None:
    """Three rows stand one year late; of two old codes each figure is so near to its neighbour that it is a usual revision."""
    rows = {
        code: {year: 100.0 * at + 10 * (year - 2009) ** 2 for year in range(2009, 2013)}
        for at, code in enumerate(("2", "4.3", "5A", "5B", "5C", "6", "7"), 1)
    }
    moved = {
        "8F": dict(zip(range(2009, 2013), (17100.0, 16700.0, 16300.0, 15900.0), strict=True)),
        "8H": dict(zip(range(2009, 2013), (380.0, 220.0, 190.0, 170.0), strict=True)),
        "4.7": dict(zip(range(2006, 2013), (10.0, 40.0, 13.0, 55.0, 20.0, 80.0, 30.0), strict=True)),
    }  # fmt: skip
    rows |= moved | {
        code: {year: 3000.0 + at + 200 * (year - 2009) for year in range(2009, 2013)}
        for at, code in enumerate(("8G", "8J", "8K"))
    }
    total = {"violence_with_injury": {year: sum(row[year] for row in rows.values()) for year in range(2009, 2013)}}
    late = {code: {year + 1: value for year, value in row.items() if year < 2012} for code, row in moved.items()}
    both = []
    for release, table in (("ye-2025-06", rows | total), ("ye-2025-09", rows | late | total)):
        for at, year in enumerate(range(2006, 2013)):
            counts = ((f"prc.a5a.{code}", "K04000001", row.get(year)) for code, row in table.items())
            both.append(
                made(
                    tables, *counts, cells=[f"{'CDEFGHI'[at]}{10 + row}" for row in range(len(table))],
                    source="ons_appendix", release=release, sheet="Table_A5a", **to_march(year),
                )
            )  # fmt: skip
    doubted = {
        (row["figure"].split(":")[1], row["figure"].split("..")[1][:4], row["release"])
        for row in doubts_of(tables, *both)
    }
    assert doubted >= {(f"prc.a5a.{code}", str(year), "ye-2025-09") for code, row in late.items() for year in row}
    assert {release for _, _, release in doubted} == {"ye-2025-09"} and "prc.a5a.5A" not in {
        code for code, _, _ in doubted
    }


def test_what_is_withheld_neither_vouches_for_other_figures_nor_binds_them(tables: Tables) -> None:
    """The robberies of a region are not those of its forces; a rate vouches for one of them, unless its people are withheld."""
    areas = {"E12000001": 900.0, "E23000007": 300.0, "E23000008": 200.0, "E23000013": 300.0}
    counts = made(tables, *(("prc.pfa.robbery", area, count) for area, count in areas.items()))
    rate = made(tables, ("prc.pfa_rate.robbery", "E23000008", 0.4), unit="per_1000_population", sheet="Table P3")
    people = made(tables, ("population.pfa_table", "E23000008", 500_000.0), unit="persons", sheet="Table P3")
    engine = engine_of(tables, figures_of(counts, rate, people))
    set_out_lines(engine)
    failing, _ = _failing(engine)
    failing = _without_open_leaps(engine, failing)
    fids = {
        row["row_id"].split(":")[6]: row["fid"] for row in engine.ask("from figure where series = 'prc.pfa.robbery'")
    }
    [people_of] = engine.ask("select fid from figure where series = 'population.pfa_table'")
    assert _mendable(engine, failing) == set(fids.values()) - {fids["E23000008"]}
    assert [row["relation"] for row in engine.ask("from holding")] == ["rate_over_people"]
    [rate_of] = engine.ask("select fid from figure where series = 'prc.pfa_rate.robbery'")
    lines = _lines_of(engine, [rate_of["fid"]])[rate_of["fid"]]
    assert set(_that_tell(engine, lines).values()) == {1}
    engine.withhold([people_of["fid"]])
    assert set(_that_tell(engine, lines).values()) == {0}
    assert _mendable(engine, failing) == set(fids.values()) and not engine.ask("from holding")


@pytest.mark.long
def test_the_people_asked_are_as_many_in_every_release(tables: Tables) -> None:
    """The base of the year after in a later release: which of the two is wrong nothing tells."""
    asked = [
        made(
            tables, ("csew.sample.16+.unweighted_base", "K04000001", number), source="ons_appendix", release=release,
            unit="persons", age="16+", sheet="Worksheet_B1",
        )
        for release, number in (("ye-2025-06", 31183.0), ("ye-2025-09", 30847.0))
    ]  # fmt: skip
    figures = figures_of(*asked)
    assert {row["release"] for row in doubted_in(tables, figures)} == {"ye-2025-06", "ye-2025-09"}
    assert not doubted_in(tables, figures.assign(value=31183.0, printed="31183"))


@pytest.mark.long
def test_a_column_that_two_releases_contradict_and_none_says_alike_is_withheld(tables: Tables) -> None:
    """Six years of an SDG indicator in another unit agree with each other; an older issue has one of them, a bulletin another."""
    partner = "csew.partner_abuse.old.16-59.prevalence"
    more = {"unit": "percent", "age": "16-59", "sex": "female"}

    def year(end: int, value: float, source: str, release: str) -> pd.DataFrame:
        about = (
            {"source": source, "release": release, "sheet": release, "cell": f"T{end - 2000}"} | to_march(end) | more
        )
        return made(tables, (partner, "K04000001", value), **about, period_type="survey_year")

    newer = [year(end, 0.0065 + 0.0001 * (end - 2013), "csew_sdg", "sdg-5-2-1-b68b9d9") for end in range(2013, 2019)]
    others = [year(2014, 6.6, "csew_sdg", "sdg-5-2-1-0988adf"), year(2015, 6.5, "ons_bulletins", "focus-ye-2015-03")]
    doubted = doubts_of(tables, *newer, *others)
    assert len([row for row in doubted if row["release"] == "sdg-5-2-1-b68b9d9"]) == len(newer)
