"""A return far outside a rule that compares counts nowhere, as a late one, until somebody acknowledges it in a tracked file."""

import csv
from pathlib import Path

import pandas as pd
import pytest
from test_collection import BESIDE, QUARTERS, SUPPLIERS, held_against, small_data

from assets.collection.acknowledged import ACKNOWLEDGED
from assets.collection.checks import every_accepted_return_counts
from assets.collection.comparisons import withheld
from assets.collection.national import national
from assets.reference.read import read_reference
from assets.returns.file.manifest import MANIFEST, Manifest
from assets.returns.intake.intake import Source, take_in
from assets.returns.intake.store import Store
from assets.returns.rules.rules import read_rules
from assets.returns.supply.seal import seal
from assets.returns.synthetic.make import Plan, make
from assets.tables.checking import CheckOutcome
from assets.words.problems import BadInput

pytestmark = pytest.mark.long

LAST = pd.Timestamp("2023-07-01").date()


def test_a_return_of_counts_in_thousands_is_missing_until_it_is_acknowledged(tmp_path: Path) -> None:
    """Six quarters of three suppliers; of the last one surrey's return of counts says each a thousand times."""
    data, inbox = small_data(tmp_path / "data"), tmp_path / "inbox"
    source = Source(inbox, Store(tmp_path / "store"), read_rules(data))
    made = make(inbox, Plan(SUPPLIERS, QUARTERS, rows=20_000, aggregate=("surrey",)))
    [last] = [folder for folder in made if (folder.parent.name, folder.name) == ("surrey", QUARTERS[-1])]
    manifest = Manifest.model_validate_json((last / MANIFEST).read_text(encoding="utf-8"))
    rows = pd.read_csv(last / manifest.file, dtype=str, keep_default_na=False)
    rows.assign(offences=rows["offences"] + "000").to_csv(last / manifest.file, index=False, lineterminator="\n")
    seal(last, manifest.model_dump())
    for supplier in SUPPLIERS:
        for quarter in QUARTERS:
            assert take_in(source, supplier, quarter)[-1].accepted

    def published() -> dict[str, pd.DataFrame]:
        return {key: held_against(key, one) for key, one in national(source.store.root, data, *BESIDE).items()}

    def looked_at(tables: dict[str, pd.DataFrame]) -> CheckOutcome:
        known = read_reference(data, ACKNOWLEDGED)
        return every_accepted_return_counts(tables["collection.comparison"], tables["collection.return"], known)

    def whole(tables: dict[str, pd.DataFrame]) -> list[int]:
        rows = tables["collection.threat_count"].query(
            "threat == 'all_vawg' and area_code == 'K04000001' and period_type == 'quarter'"
        )
        return [int(offences) for offences in rows.sort_values("period_start")["offences"]]

    tables = published()
    offences = tables["collection.offence_count"]
    assert whole(tables)[-1] == offences[offences["period_start"] == LAST]["offences"].sum() < whole(tables)[1]
    assert "surrey" not in set(offences[offences["period_start"] == LAST]["supplier"])
    coverage = tables["collection.coverage"].set_index("period_start").loc[LAST]
    told = ("suppliers_in", "suppliers_withheld", "suppliers_refused", "suppliers_missing", "missing")
    assert [coverage[name] for name in told] == [2, 1, 0, 0, "surrey"]
    [late] = tables["collection.late_estimate"].to_dict("records")
    # The months repeat: the quarter a year before is the truth of this one.
    assert late["period_start"] == LAST and late["lower"] <= whole(tables)[1] <= late["upper"]
    [row] = tables["collection.return"].query("withheld_for.notna()").to_dict("records")
    assert (row["supplier"], row["period_start"], row["withheld_for"], row["counts"]) == (
        "surrey",
        LAST,
        "C02;C09;C10",
        False,
    )
    outcome = looked_at(tables)
    assert outcome.warning and {case["supplier"] for case in outcome.cases.to_dict("records")} == {"surrey"}
    asked = withheld(source.store, data, BESIDE[0], QUARTERS[-1])
    assert {(supplier, state, ask[:3]) for supplier, _, state, _, ask in asked} == {
        ("surrey", "withheld", rule) for rule in ("C02", "C09", "C10")
    }  # fmt: skip
    assert (
        all(row["return_id"] in ask for *_, ask in asked) and withheld(source.store, data, BESIDE[0], QUARTERS[0]) == []
    )
    # Somebody has asked: of all rules that tell it, some are not enough.
    for rule, counts in (("C02", False), ("C10", False), ("C09", True)):
        with (data / "reference" / "acknowledged_return.csv").open("a", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerow(
                [row["return_id"], rule, "as counted", "SYNTHETIC", "force crime registrar", "2023-11-01"]
            )
        tables = published()
        assert (whole(tables)[-1] > 100 * whole(tables)[0]) == counts, rule
    compared = tables["collection.comparison"].query("supplier == 'surrey' and acknowledged.notna()")
    assert set(compared["acknowledged"]) == {"as counted (force crime registrar, 2023-11-01)"}
    assert looked_at(tables).passed
    # One is taken back: the force is missing, never nought, and the collection is told what to ask for.
    [kent] = tables["collection.return"].query("supplier == 'kent' and period_start == @LAST")["return_id"]
    file = data / "reference" / "acknowledged_return.csv"
    before = file.read_bytes()
    file.write_bytes(before + f"{kent},C11,double counted,SYNTHETIC,force crime registrar,2023-11-01\n".encode())
    without = published()
    coverage = without["collection.coverage"].set_index("period_start").loc[LAST]
    assert [coverage[name] for name in told] == [2, 1, 0, 0, "kent"]
    gone = without["collection.offence_count"].query("supplier == 'kent' and period_start == @LAST")
    assert gone.empty and looked_at(without).warning
    [(supplier, _, _, _, ask)] = withheld(source.store, data, BESIDE[0], QUARTERS[-1])
    assert supplier == "kent" and "C11: Send the quarter again" in ask and "is right" not in ask
    file.write_bytes(before)
    # A slip in an id would leave the force out, and nobody would know why; a name would be published.
    with (data / "reference" / "acknowledged_return.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(f"{row['return_id']}0,C02,as counted,SYNTHETIC,force crime registrar,2023-11-01\n")
    slip = looked_at(published())
    assert slip.warning and [case["return_id"] for case in slip.cases.to_dict("records")] == [f"{row['return_id']}0"]
    with (data / "reference" / "acknowledged_return.csv").open("a", encoding="utf-8", newline="") as file:
        file.write(f"{row['return_id']},C01,as counted,SYNTHETIC,Jane Wharfinger,2023-11-01\n")
    with pytest.raises(BadInput, match="by role") as refused:
        published()
    assert "Wharfinger" not in refused.value.paragraph()
