"""An interrupt that something on its way loses is raised again."""

import contextlib
import signal
import threading
import time

import pytest

from pipelines.commands.interrupted import heeded


def lost_interrupt() -> None:
    with contextlib.suppress(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
        time.sleep(1)


def test_a_lost_interrupt_comes_again() -> None:
    with pytest.raises(KeyboardInterrupt), heeded(0.05):
        lost_interrupt()
        for _ in range(300):  # it comes between two sleeps: what repeats it ends none
            time.sleep(0.1)


def test_one_that_was_heeded_does_not_come_again_and_leaves_nothing() -> None:
    threads = threading.active_count()
    with contextlib.suppress(KeyboardInterrupt), heeded(0.05):
        signal.raise_signal(signal.SIGINT)
    time.sleep(0.2)  # as long as several would come in
    assert threading.active_count() == threads
    assert signal.set_wakeup_fd(-1) == -1


def test_another_signal_is_no_interrupt() -> None:
    seen: list[int] = []
    before = signal.signal(signal.SIGTERM, lambda number, _: seen.append(number))
    try:
        with heeded(0.02):
            signal.raise_signal(signal.SIGTERM)
            time.sleep(0.2)
    finally:
        signal.signal(signal.SIGTERM, before)
    assert seen == [signal.SIGTERM]
