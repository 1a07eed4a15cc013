"""Values that are those of other rows: a month that was copied, codes beside ages that are not of their victims."""

from pathlib import Path

import pytest
from sent import COUNTS, checked, many, rules, send

from schemas.returns import AGE_BANDS


@pytest.mark.parametrize(("changed", "told"), [(5, True), (6, False)])
def test_a_month_that_was_copied_is_warned_of(changed: int, told: bool, tmp_path: Path) -> None:
    """W33: of 50 numbers of either month five others than in the first are a tenth."""
    bands = [{"victim_age_band": one, "suspect_age_band": other} for one in AGE_BANDS for other in AGE_BANDS]
    rows = [
        COUNTS | {"month": f"2022-0{month}-01", "membership": "", "relationship": "known", "offences": str(n)} | of
        for place, of in enumerate(bands[:50])
        for month, n in ((4, 20 + place), (5, 20 + place + (place < changed)), (6, 23 + place))
    ]  # fmt: skip
    _, problems = checked(send(tmp_path, rows, profile="aggregate"))
    assert [row["value"] for row in problems if row["rule"] == "W33"] == [
        "2022-05 has the numbers of 2022-04 in 45 of 50 rows"
    ] * told


@pytest.mark.parametrize(("older", "told"), [(49, ["offence_code"]), (48, [])])
def test_codes_that_stand_in_other_rows_are_warned_of_by_ages(older: int, told: list[str], tmp_path: Path) -> None:
    """W19: of 60 victims of an offence against children more than eight in ten are adults, and so are all suspects."""
    child = next(offence for offence, age in rules().ages.items() if age == 16)
    rows = [
        row | {"offence_code": child, "victim_age": "40" if n < older else "12"}
        for n, row in enumerate(many(60, relationship="known", flag_da="N"))
    ]
    _, problems = checked(send(tmp_path, rows))
    assert [row["column"] for row in problems if row["rule"] == "W19"] == told
