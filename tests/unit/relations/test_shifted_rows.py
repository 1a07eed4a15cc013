"""Rows that stand one row or column further: what says so, and what lies between, is withheld with them."""

from kit import Tables
from relation_kit import doubts_of, engine_of, made, of_survey, to_march

from assets.relations.agreement.engine import sql_numbers
from assets.relations.blame.shift import shifts

YEARS, PEOPLE = 10, (("female", 4.0), ("male", 1.0), ("all", 2.5), ("lawyer", 2.4), ("baker", 2.6), ("clerk", 2.45))


def rows_told(tables: Tables, first: int, last: int) -> set[int]:
    """Rows of a SYNTHETIC long table of the survey, from `first` to before `last` one down, that are withheld as one further."""
    true = [(year, who, value + year / 50) for year in range(YEARS) for who, value in PEOPLE]
    rows = []
    for at, (year, who, value) in enumerate(true):
        printed = true[at - 1][2] if first <= at < last else value
        is_sex = who in ("female", "male", "all")
        rows.append(
            {
                "sex": who if is_sex else "all", "characteristic": None if is_sex else "occupation",
                "characteristic_value": None if is_sex else who, "value": printed,
                "cell": f"T{at + 2}", **to_march(2002 + year),
            }
        )  # fmt: skip
    engine = engine_of(tables, of_survey(rows, places=12, release="sdg-16-1-3-b68b9d9"))
    told = {fid for shift in shifts(engine) for fid in shift.figures}
    return {int(row["cell"][1:]) - 2 for row in engine.ask(f"select cell from figure where fid in {sql_numbers(told)}")}


def test_rows_in_no_relation_go_with_the_rows_around_them(tables: Tables) -> None:
    first, last = 1, YEARS * len(PEOPLE)
    told = rows_told(tables, first, last)
    assert {*range(first, last - len(PEOPLE))} <= told <= {*range(first - len(PEOPLE), last + len(PEOPLE))}
    assert not rows_told(tables, 0, 0)


def test_some_rows_one_column_off_are_known_by_the_sums_that_hold_with_the_column_beside(tables: Tables) -> None:
    """SYNTHETIC counts of eight years; the row of rape prints those of the year before."""
    rape, other = [400, 417, 466, 502, 489, 533, 561, 610], [900, 951, 982, 1003, 1060, 1041, 1107, 1188]
    rows = {"sexual_offences": [sum(both) for both in zip(rape, other, strict=True)], "other_sexual_offences": other}

    def told(of_rape: list[int]) -> set[str]:
        years = [
            made(
                tables,
                *((f"prc.a5a.{name}", "K04000001", float(of[at])) for name, of in (rows | {"rape": of_rape}).items()),
                sheet="Table A5a", source="ons_appendix", release="ye-2022-09", **to_march(2003 + at),
                cells=[f"{'CDEFGHIJ'[at]}{row}" for row in (10, 11, 12)],
            )
            for at in range(8)
        ]  # fmt: skip
        return {row["figure"].split(":")[1] for row in doubts_of(tables, *years) if "one column off" in row["reason"]}

    assert told(rape[:1] + rape[:-1]) == {"prc.a5a.rape"}
    assert not told(rape) and not told([rape[0] + 9, *rape[1:]])
