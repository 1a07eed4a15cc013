"""An interrupt that was asked for comes, even where a library loses it."""

import _thread
import contextlib
import signal
import socket
import threading
from collections.abc import Iterator

SECONDS = 3.0


@contextlib.contextmanager
def heeded(seconds: float = SECONDS) -> Iterator[None]:
    """Interrupt the main thread again, each so many seconds, while what is inside goes on after an interrupt.

    An interrupt is an exception raised wherever the main thread happens to be. Raised in a generator that is being thrown
    away, or in a call back from C, it is lost: the refresh would go on and publish what its user had stopped.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    told, tells = socket.socketpair()
    tells.setblocking(False)  # as the interpreter asks of what a signal is written to
    before = signal.set_wakeup_fd(tells.fileno(), warn_on_full_buffer=False)
    ended = threading.Event()
    again = threading.Thread(target=_again, args=(told, ended, seconds), daemon=True)
    again.start()
    try:
        yield
    finally:
        ended.set()
        signal.set_wakeup_fd(before)
        tells.close()
        again.join()


def _again(told: socket.socket, ended: threading.Event, seconds: float) -> None:
    """Wait for an interrupt, then repeat it until what was interrupted has ended; the end of the socket ends this."""
    with told:
        while signalled := told.recv(1):
            while signalled == bytes([signal.SIGINT]) and not ended.wait(seconds):
                _thread.interrupt_main()
