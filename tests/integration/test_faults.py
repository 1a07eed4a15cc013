"""The short form of `make faults`: the same harm, a tenth as often."""

import os
import random
import sys
from pathlib import Path

import pytest
from kit import Built, in_validation

sys.path.insert(0, str(Path(__file__).parents[1] / "faults"))
import hostile_files
import killing
import returning
import service
from harmed import QUESTION, Tally, World

pytestmark = pytest.mark.skipif(os.name == "nt", reason="a process is killed by a signal")


@pytest.fixture
def world(built_copy: Built) -> World:
    import duckdb

    with duckdb.connect(built_copy.file, read_only=True) as connection:
        return World(built_copy.root, int(connection.execute(QUESTION).fetchall()[0][0]))


def sound(tallies: list[Tally], times: int) -> None:
    for tally in tallies:
        assert tally.good and tally.times >= times, tally


@pytest.mark.long
def test_publishing_killed_in_its_window_tears_and_loses_nothing(world: World) -> None:
    sound(killing.publishing(world, random.Random(20261125), True), 3)


def test_taking_in_returns_killed_at_any_moment_loses_and_tears_nothing() -> None:
    sound(returning.killed(None, random.Random(20261126), True), 5)


@pytest.mark.long
def test_returns_of_several_suppliers_at_once_are_all_in() -> None:
    sound(returning.together(None, random.Random(20261126), True), 4)


@pytest.mark.long
def test_hostile_files_are_recognised_or_refused_in_words(world: World) -> None:
    sound(hostile_files.through_the_gate(world, random.Random(20261125), True), 45)


@in_validation
def test_a_service_killed_with_its_runs_starts_the_next_run_within_a_minute(world: World) -> None:
    sound(service.killed_with_all(world, random.Random(20261125), True), 1)


def test_a_torn_or_lost_file_would_be_seen(world: World) -> None:
    tally = Tally("")
    world.look(tally)
    assert tally.good
    whole = world.file.resolve()
    whole.chmod(0o644)
    whole.write_bytes(whole.read_bytes()[: whole.stat().st_size // 2])
    world.look(tally)
    world.file.unlink()
    world.look(tally)
    assert (tally.torn, tally.lost) == (1, 1) and not tally.good
