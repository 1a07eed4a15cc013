"""Partitions taken in two at a time, in threads or over workers of dask, end in the same as one after the other."""

from pathlib import Path
from typing import Any

import pytest
from kit import ROOT, why_refused

from assets.returns.intake import spread as spread_of
from assets.returns.intake.intake import Source, take_in
from assets.returns.intake.spread import EXECUTOR, SCHEDULER, taken_in
from assets.returns.intake.store import Judged, Store
from assets.returns.rules.rules import read_rules
from assets.returns.synthetic.make import Plan, make

pytestmark = pytest.mark.slow

PARTITIONS = [("kent", "2022-04"), ("surrey", "2022-04"), ("surrey", "2022-07")]


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Source:
    root = tmp_path_factory.mktemp("spread")
    make(root / "inbox", Plan(("kent", "surrey"), ("2022-04",), rows=300))
    return Source(root / "inbox", Store(root / "store"), read_rules(ROOT / "data"))


@pytest.fixture(scope="module")
def alone(source: Source) -> list[list[Judged]]:
    return [take_in(source, *one) for one in PARTITIONS]


def test_two_threads_take_in_what_one_takes_in(source: Source, alone: list[list[Judged]], tmp_path: Path) -> None:
    assert [len(judged) for judged in alone] == [1, 1, 0] and alone[0][0].accepted
    threaded = Source(source.inbox, Store(tmp_path / "store"), source.rules)
    assert list(taken_in(threaded, PARTITIONS)) == alone
    assert threaded.store.everything() == source.store.everything()


@pytest.mark.long
def test_workers_of_this_machine_take_in_what_one_process_takes_in(
    source: Source, alone: list[list[Judged]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    distributed = pytest.importorskip("distributed", reason="the extra dask is not installed")
    monkeypatch.setenv(EXECUTOR, "dask")
    monkeypatch.delenv(SCHEDULER, raising=False)
    asked, workers = [], []
    submit = distributed.Client.submit

    def watched(client: Any, *given: Any, **named: Any) -> Any:
        asked.append(given[2:])
        workers[:] = client.scheduler_info()["workers"]
        return submit(client, *given, **named)

    monkeypatch.setattr(distributed.Client, "submit", watched)
    spread = Source(source.inbox, Store(tmp_path / "store"), source.rules)
    assert list(taken_in(spread, PARTITIONS)) == alone and asked == PARTITIONS
    assert spread.store.everything() == source.store.everything()
    assert len(workers) == 2 and all(worker.startswith("tcp://127.0.0.1:") for worker in workers)


def test_a_fault_at_one_return_keeps_no_other_out(
    source: Source, alone: list[list[Judged]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = PARTITIONS[0][0]

    def at_fault(source: Source, supplier: str, *more: Any, **named: Any) -> list[Judged]:
        if supplier == first:
            raise KeyError("what nobody thought of")
        return take_in(source, supplier, *more, **named)

    monkeypatch.setattr(spread_of, "take_in", at_fault)
    taken = taken_in(Source(source.inbox, Store(tmp_path / "store"), source.rules), PARTITIONS)
    assert [next(taken) for _ in PARTITIONS] == [[], *alone[1:]]
    with pytest.raises(KeyError, match="nobody thought of"):
        next(taken)


@pytest.mark.parametrize("name", ["multiprocess", "k8s"])
def test_any_other_executor_is_refused(source: Source, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(EXECUTOR, name)
    refused = why_refused(lambda: list(taken_in(source, PARTITIONS)))
    assert name in refused.paragraph() and "in_process or dask" in refused.paragraph()
