"""Both stores of records keep what counts: a partition replaced, an old snapshot read, two writers, no other's rows touched."""

import dataclasses
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from kit import ROOT
from sent import COUNTS, GOOD, many, rules, send

from assets.returns.intake.intake import Source, take_in
from assets.returns.intake.records import ICEBERG, PARQUET, SETTING, Records, by_setting, kept, opened, rows_of
from assets.returns.intake.store import ACCEPTED, Store
from assets.returns.rules.rules import read_rules
from assets.returns.synthetic.make import Plan, make
from assets.words.problems import BadInput

pytestmark = pytest.mark.slow

QUARTER = "2022-04"
Opened = Callable[[], Records]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """Two synthetic returns, taken in."""
    root = tmp_path_factory.mktemp("records")
    make(root / "inbox", Plan(("kent", "surrey"), (QUARTER,), rows=300))
    source = Source(root / "inbox", Store(root / "store"), read_rules(ROOT / "data"))
    for supplier in ("kent", "surrey"):
        assert take_in(source, supplier, QUARTER)[0].accepted
    return source.store


@pytest.fixture(params=["parquet", "iceberg"])
def records(request: pytest.FixtureRequest, tmp_path: Path) -> Opened:
    if request.param == "iceberg":
        pytest.importorskip("pyiceberg", reason="the extra iceberg is not installed")
    return lambda: opened(request.param, tmp_path / "records")


def accepted(store: Store, supplier: str) -> Path:
    return store.folder(store.held(supplier, QUARTER)[-1]) / ACCEPTED


def counted(records: Records, snapshot: str) -> dict[str, int]:
    rows = records.scan(snapshot)
    found = duckdb.sql("SELECT supplier, sum(offences)::INT FROM rows GROUP BY ALL ORDER BY ALL").fetchall()
    assert rows is not None
    return dict(found)


def half(file: Path, to: Path) -> Path:
    whole = pq.ParquetFile(file).read()
    pq.write_table(whole.slice(0, whole.num_rows // 2), to)
    return to


@pytest.mark.long
def test_a_partition_is_replaced_and_the_old_snapshot_is_read_as_it_was(
    store: Store, records: Opened, tmp_path: Path
) -> None:
    done = dict(kept(store, records()))
    assert [*done] == [("kent", QUARTER), ("surrey", QUARTER)]
    before = done["surrey", QUARTER]
    totals = {judged.supplier: judged.offences for judged in store.everything()}
    in_scope = records().scan(before).read_all().filter(pa.compute.field("in_scope"))
    told = pa.TableGroupBy(in_scope, "supplier").aggregate([("offences", "sum")]).to_pylist()
    assert {one["supplier"]: one["offences_sum"] for one in told} == totals
    whole = counted(records(), before)
    after = records().replace(("kent", QUARTER), half(accepted(store, "kent"), tmp_path / "half.parquet"))
    now = counted(records(), after)
    assert now["surrey"] == whole["surrey"] and 0 < now["kent"] < whole["kent"]
    assert counted(records(), before) == whole
    with pytest.raises(KeyError):
        records().scan("12345")


def test_two_writers_at_once_are_both_in(store: Store, records: Opened) -> None:
    records().replace(("kent", "2022-07"), accepted(store, "kent"))  # the table is there
    with ThreadPoolExecutor(2) as both:
        snapshots = list(
            both.map(lambda one: records().replace((one, QUARTER), accepted(store, one)), ("kent", "surrey"))
        )
    held = [counted(records(), snapshot) for snapshot in snapshots]
    assert any(set(one) == {"kent", "surrey"} for one in held), held


@pytest.mark.long
@pytest.mark.parametrize("kind", [PARQUET, ICEBERG])
def test_intake_keeps_the_rows_in_the_store_that_the_setting_names(
    kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is read of it is what a file of each return holds: also of a return that changes another, and of counts."""
    if kind == ICEBERG:
        pytest.importorskip("pyiceberg", reason="the extra iceberg is not installed")
    monkeypatch.setenv(SETTING, kind)
    inbox, rows = tmp_path / "inbox", many(60)
    send(inbox, rows)
    plain = Source(inbox, Store(tmp_path / "plain"), rules())
    source = dataclasses.replace(plain, store=Store(tmp_path / "store"), records=by_setting())
    [first] = take_in(plain, "kent", QUARTER)
    changes = [GOOD, *({**row, "action": "M", "relationship": "family"} for row in rows[5:50])]
    send(inbox, changes, "second", extract_date="2022-08-01", content="changes", replaces=first.return_id)
    send(inbox, [COUNTS | {"supplier_code": "surrey"}], sender="surrey", supplier="surrey", profile="aggregate")
    for supplier in ("kent", "surrey"):
        both = zip(take_in(plain, supplier, QUARTER), take_in(source, supplier, QUARTER), strict=True)
        for apart, judged in both:
            assert judged.accepted and judged.kept.startswith(f"{kind}:")
            assert dataclasses.replace(judged, kept="", files={}) == dataclasses.replace(apart, files={})
            with rows_of(plain.store, apart) as file, rows_of(source.store, judged) as read:
                expected, found = (pq.ParquetFile(path).read().sort_by("row_key") for path in (file, read))
            assert found.equals(expected) and found.num_rows > 0
            assert not (source.store.folder(judged) / ACCEPTED).exists()
    assert take_in(source, "kent", QUARTER) == source.store.held("kent", QUARTER)
    monkeypatch.setenv(SETTING, "delta")
    with pytest.raises(BadInput, match="Unknown store of records"):
        by_setting()


def test_rows_with_fewer_columns_than_those_before_are_kept(store: Store, records: Opened, tmp_path: Path) -> None:
    """As after a version that keeps what follows from a row no more."""
    rows = pq.ParquetFile(accepted(store, "kent")).read()
    more = rows.append_column("month", pa.repeat(pa.scalar("2022-04"), len(rows)))
    pq.write_table(more, tmp_path / "more.parquet")
    before = records().replace(("kent", QUARTER), tmp_path / "more.parquet")
    after = records().replace(("kent", QUARTER), accepted(store, "kent"))
    assert [
        records().scan(snapshot, ("kent", QUARTER)).read_all().sort_by("row_key").column_names
        for snapshot in (before, after)
    ] == [more.column_names, rows.column_names]


def test_the_files_are_their_owners_alone(store: Store, tmp_path: Path) -> None:
    list(kept(store, opened("parquet", tmp_path / "own")))
    files = [path for path in (tmp_path / "own").rglob("*") if path.is_file()]
    assert len(files) > 4 and not [path for path in files if stat.S_IMODE(path.stat().st_mode) & 0o077]
