"""What the function of an asset makes where a test has rows for some of its tables only."""

from collections.abc import Callable, Mapping
from typing import Any

from kit import frame

from assets.tables.called import taken_by


def handed(make: Callable[..., Any], inputs: Mapping[str, str] | None = None, **tables: Any) -> Any:
    """Call it with these rows or frames by parameter, and with an empty table for every other that it takes.

    inputs: parameter -> table key, as in the declaration of the asset
    """
    takes = taken_by(make) | dict(inputs or {})
    given = {name: tables.get(name, []) for name in takes}
    return make(**{name: frame(takes[name], one) if isinstance(one, list) else one for name, one in given.items()})
