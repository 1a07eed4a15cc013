"""A plugin for `make mutants`: each changed function is called anew, though the process that forked has its answers in a cache."""

import functools
import gc


def pytest_sessionstart() -> None:
    """Forget what caches of this project hold."""
    for one in gc.get_objects():
        if isinstance(one, functools._lru_cache_wrapper) and one.__module__.startswith(("assets.", "schemas.")):
            one.cache_clear()
