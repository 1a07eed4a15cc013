"""Take in many partitions, two at a time: in threads, or over workers of dask where DARKFIGURE_EXECUTOR=dask says so.

Partitions do not depend on each other and each has its lock, so the outcome is the same. Workers of dask are processes of this
machine on loopback, or those of a scheduler that DARKFIGURE_DASK names (tcp://host:port), which must see the same folders.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor

from assets.returns.intake.intake import Source, engine, take_in
from assets.returns.intake.store import Judged
from assets.words.problems import BadInput, Problem

EXECUTOR, SCHEDULER = "DARKFIGURE_EXECUTOR", "DARKFIGURE_DASK"
IN_PROCESS, DASK = "in_process", "dask"
WORKERS = 2


def executor() -> str:
    """How partitions are taken in; BadInput for what is not known."""
    chosen = os.environ.get(EXECUTOR, "").strip().lower() or IN_PROCESS
    if chosen not in (IN_PROCESS, DASK):
        why = "A process per step took six times as long (docs/scale.md)."
        raise BadInput("Unknown executor", [Problem(EXECUTOR, "", chosen, f"{IN_PROCESS} or {DASK}", why)])
    return chosen


def taken_in(source: Source, partitions: Sequence[tuple[str, str]]) -> Iterator[list[Judged]]:
    """What `take_in` gives of each supplier and quarter, in their order; nothing of one at which it fails, and the failure of the
    first of them behind all.
    """
    chosen = executor()
    if len(partitions) < WORKERS:
        yield from (take_in(source, *partition) for partition in partitions)
        return
    if chosen == IN_PROCESS:
        yield from _in_threads(source, partitions)
        return
    from distributed import Client, LocalCluster

    address = os.environ.get(SCHEDULER)
    # No dashboard: it would open a port, and nobody asked who may look.
    local = {"n_workers": WORKERS, "threads_per_worker": 1, "host": "127.0.0.1", "dashboard_address": None}
    with Client(address) if address else Client(LocalCluster(**local)) as client:
        asked = [client.submit(take_in, source, *partition, pure=False, retries=0) for partition in partitions]
        yield from _failing_last(future.result for future in asked)
        if not address:
            client.cluster.close()


def _in_threads(source: Source, partitions: Sequence[tuple[str, str]]) -> Iterator[list[Judged]]:
    """One DuckDB for all, since to start one takes as long as a small return; a thread for each: its rows come in order."""

    def one_of(partition: tuple[str, str]) -> list[Judged]:
        return take_in(source, *partition, shared=shared)

    with engine(source.store, threads=1) as shared:
        pool = ThreadPoolExecutor(WORKERS)
        try:
            asked = [pool.submit(one_of, partition) for partition in partitions]
            yield from _failing_last(future.result for future in asked)
        finally:  # who stops looking, or is stopped, waits for those at work only
            pool.shutdown(cancel_futures=True)


def _failing_last(results: Iterable[Callable[[], list[Judged]]]) -> Iterator[list[Judged]]:
    """What each gives, nothing of one that fails; then the first failure: one return stops no other."""
    failures: list[Exception] = []
    for result in results:
        try:
            judged = result()
        except Exception as error:
            judged = []
            failures.append(error)
        yield judged
    if failures:
        raise failures[0]
