"""A table of one column that stands one row further: what lies between the rows that say so is withheld with them."""

from kit import Tables, day, frame
from test_agreement import INPUTS

from assets.relations.agreement.engine import Engine, sql_numbers
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
                "characteristic_value": None if is_sex else who, "value": printed, "printed": f"{printed:.12f}",
                "cell": f"T{at + 2}",
                "period_start": day(f"{2001 + year}-04-01"), "period_end": day(f"{2002 + year}-03-31"),
            }
        )  # fmt: skip
    figures = frame(
        "archive.figure", rows, series="csew.violence.face_to_face.16+.prevalence", age="16+", sheet="x",
        area_code="K04000001", period_type="survey_year", unit="percent", obs_status="normal", source="csew_sdg",
        release="sdg-16-1-3-b68b9d9", leaves_out=None,
    )  # fmt: skip
    given = {name.split(".")[-1]: tables[name] for name in INPUTS.values()}
    engine = Engine(figures, given)
    told = {fid for shift in shifts(engine) for fid in shift.figures}
    return {int(row["cell"][1:]) - 2 for row in engine.ask(f"select cell from figure where fid in {sql_numbers(told)}")}


def test_rows_in_no_relation_go_with_the_rows_around_them(tables: Tables) -> None:
    first, last = 1, YEARS * len(PEOPLE)
    told = rows_told(tables, first, last)
    assert {*range(first, last - len(PEOPLE))} <= told <= {*range(first - len(PEOPLE), last + len(PEOPLE))}
    assert not rows_told(tables, 0, 0)
