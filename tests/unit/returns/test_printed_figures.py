"""What the Statement prints comes out of synthetic returns of any seed and size, and no age that is not known is in a mean."""

import dataclasses
from pathlib import Path

import pandas as pd
import pytest
from kit import ROOT
from sent import many, send
from test_collection import BESIDE, QUARTERS, small_data

from assets.collection.checks import printed_figures_come_out, printed_figures_nearly_come_out
from assets.collection.cubes import collected
from assets.collection.national import national
from assets.collection.printed import printed_figures
from assets.collection.told.control import control
from assets.reference.read import read_reference
from assets.returns.intake.counted import CUBE
from assets.returns.intake.intake import Source, take_in
from assets.returns.intake.store import Store
from assets.returns.rules.rules import read_rules
from assets.returns.synthetic.make import Plan, make
from assets.returns.synthetic.world import TOTAL

pytestmark = [pytest.mark.long, pytest.mark.one_in(2)]


@pytest.mark.parametrize(("seed", "part"), [(7, 40), (23, 120)])
def test_they_come_out_of_other_worlds_and_an_age_that_counts_as_another_turns_the_check_red(
    tmp_path: Path, seed: int, part: int
) -> None:
    """Of the world with another seed and of another size: shares and means, as the Statement prints them but for chance."""
    data = small_data(tmp_path / "data", ["kent"])
    source = Source(tmp_path / "inbox", Store(tmp_path / "store"), read_rules(data))
    make(source.inbox, Plan(["kent"], QUARTERS, rows=TOTAL // part, seed=seed))
    for quarter in QUARTERS:
        take_in(source, "kent", quarter)
    with collected(source.store, data) as gathered:
        assert gathered is not None
        rows = printed_figures(gathered, data, control(source.rules.limits))
        figures = pd.DataFrame(rows).assign(scope=gathered.scope)
        of_a_real_one = dataclasses.replace(gathered, scope="collection")
        assert printed_figures(of_a_real_one, data, control(source.rules.limits)) == []
    assert set(figures[figures["calibrated"]]["unit"]) == {"offences", "percent", "years"}
    outcome = printed_figures_nearly_come_out(figures)
    assert outcome.passed and outcome.checked == 19, outcome.sentence()
    assert printed_figures_come_out(figures).checked == 0, "asked of the whole world only"
    mean = figures["figure"] == "stalking_harassment.suspects"
    wrong = figures.assign(computed=figures["computed"].mask(mean, 41.6), agrees=figures["agrees"].mask(mean, False))
    assert printed_figures_nearly_come_out(wrong).cases["figure"].tolist() == ["stalking_harassment.suspects"]


def test_of_the_whole_world_every_figure_must_come_out_as_printed() -> None:
    """Nothing is left to chance where as many offences are in as are printed: what is downstream is not made then."""
    printed = read_reference(ROOT / "data", "reference.collection_printed").assign(scope="synthetic_collection")
    whole = printed.assign(computed=printed["printed_value"], agrees=True)
    assert (
        printed_figures_come_out(whole).checked == int(printed["calibrated"].sum())
        and printed_figures_come_out(whole).passed
    )
    one = printed["figure"] == "domestic_abuse.suspects"
    off = whole.assign(computed=whole["computed"].mask(one, 37.6), agrees=~one)
    assert printed_figures_come_out(off).cases["figure"].tolist() == ["domestic_abuse.suspects"]
    assert not printed_figures_come_out.warns


def test_an_age_that_is_not_known_is_in_no_mean(tmp_path: Path) -> None:
    """Of 240 offences 80 say how old the victim is, 40 each 30 and 90 years: a mean of 57.5. No suspect's age is known."""
    data = small_data(tmp_path / "data")
    source = Source(tmp_path / "inbox", Store(tmp_path / "store"), read_rules(data))
    for quarter in QUARTERS[:4]:
        same = {
            "recorded_date": f"{quarter}-15",
            "offence_start": "",
            "offence_end": "",
            "outcome_date": "",
            "suspect_age": "",
        }
        ages = ["30"] * 10 + ["90"] * 10 + [""] * 40
        rows = [row | {"victim_age": age} for row, age in zip(many(60, **same), ages, strict=True)]
        send(source.inbox, rows, quarter, quarter=quarter, extract_date="2023-05-01", sent_date="2023-05-01")
        assert [judged.accepted for judged in take_in(source, "kent", quarter)] == [True]

    def means() -> dict[str, object]:
        rows = national(source.store.root, data, *BESIDE)["collection.profile"].query("threat == 'all_vawg'")
        return dict(rows[rows["value_label"] == "all"].set_index("statistic")["mean"])

    assert means() == {"mean_victim_age": 57.5, "mean_suspect_age": None}
    # The same of a store whose counts another version made: it had taken what is not known for 85.
    for supplier, quarter in source.store.partitions():
        [judged] = source.store.held(supplier, quarter)
        cube = source.store.folder(judged) / CUBE
        wrong = pd.read_parquet(cube).assign(suspect_age_sum=85 * 60, suspect_age_known=60)
        wrong.to_parquet(cube)
        source.store.keep(supplier, quarter, [dataclasses.replace(judged, layout="older!")])
    assert means() == {"mean_victim_age": 57.5, "mean_suspect_age": None}
