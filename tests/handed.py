"""What the function of an asset makes where a test has rows for some of its tables only."""

import inspect
from collections.abc import Callable, Mapping
from typing import Any

from kit import frame

from assets.tables.called import TABLES, called


def handed(make: Callable[..., Any], inputs: Mapping[str, str] | None = None, **tables: Any) -> Any:
    """Call it with these rows or frames by parameter, and with an empty table for every other that it takes.

    inputs: parameter -> table key, of parameters that are not called as their table
    """
    takes = called(*TABLES.keys() & inspect.signature(make).parameters.keys()) | dict(inputs or {})
    given = {name: tables.get(name, []) for name in takes}
    return make(**{name: frame(takes[name], one) if isinstance(one, list) else one for name, one in given.items()})
