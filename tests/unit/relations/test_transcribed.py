"""What a landed file prints otherwise than was transcribed of its release is doubted, with what stands beside it. SYNTHETIC."""

import pandas as pd
import pytest
from kit import Tables
from relation_kit import doubted_in, figures_of, made, to_march

from assets.relations.blame.transcribed import transcribed_too

FORCES = ("E23000031", "E23000032")
KNOWN = ("19C", "20A", "8L", "8Q")  # transcribed; what else the file prints is not
MORE = ("28E", "45")
PRINTED = {"source": "ho_prc_pfa", "release": "prc-pfa-to-2018-03", "sheet": "2017-18"} | to_march(2018)


def doubted(tables: Tables, *factors: float, known: tuple[str, ...] = KNOWN) -> set[tuple[str, str]]:
    """Code and force of what is doubted; factors: by which the file prints the figures of each force otherwise."""

    def figures(*times: float) -> pd.DataFrame:
        rows = [
            (f"prc.ho_pfa.{code}", force, (40.0 + at) * by)
            for force, by in zip(FORCES, times, strict=True)
            for at, code in enumerate((*KNOWN, *MORE))
        ]
        return figures_of(made(tables, *rows, **PRINTED))

    true, read = figures(1, 1), figures(*factors)
    of_known = true[true["series"].str.extract(r"([^.]+)$", expand=False).isin(known)]
    compared = transcribed_too(read, of_known, true.head(0))
    pd.testing.assert_frame_equal(
        compared, transcribed_too(read, true.head(0), of_known.assign(row_id="of another table"))
    )
    rows = doubted_in(tables, read, compared=compared)
    assert {row["how"] for row in rows} <= {"transcribed otherwise"}
    return {(row["figure"].split(":")[1].split(".")[-1], row["figure"].split(":")[6]) for row in rows}


@pytest.mark.long
@pytest.mark.parametrize("by", [10, 1.1])
def test_all_of_a_force_is_withheld_most_of_which_was_transcribed_otherwise(tables: Tables, by: float) -> None:
    assert doubted(tables, 1, by) == {(code, FORCES[1]) for code in (*KNOWN, *MORE)}


def test_with_a_force_goes_the_one_that_holds_what_was_transcribed_of_it(tables: Tables) -> None:
    """Of the other one nothing was transcribed."""
    rows = [
        (f"prc.ho_pfa.{code}", force, 40.0 + at + 60 * (force == FORCES[0]))
        for force in FORCES
        for at, code in enumerate(KNOWN)
    ]
    true = made(tables, *rows, **PRINTED)
    read = true.assign(area_code=true["area_code"].map(dict(zip(FORCES, FORCES[::-1], strict=True))))
    true, read = (figures_of(some) for some in (true, read))
    for transcribed, doubted_forces in ((true[true["area_code"] == FORCES[0]], {*FORCES}), (true.head(0), set())):
        rows = doubted_in(tables, read, compared=transcribed_too(read, transcribed, true.head(0)))
        found = [row["figure"].split(":")[6] for row in rows if row["how"] == "transcribed otherwise"]
        assert {*found} == doubted_forces and len(found) == len(KNOWN) * len(doubted_forces)


def test_a_figure_or_two_are_doubted_alone(tables: Tables) -> None:
    assert doubted(tables, 1, 1.1, known=KNOWN[:2]) == {(code, FORCES[1]) for code in KNOWN[:2]}


def test_what_a_program_saved_anew_is_the_same(tables: Tables) -> None:
    assert doubted(tables, 1, 1 + 4e-15) == set()
