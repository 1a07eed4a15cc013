"""Rows for other programs: csv, json and markdown."""

import csv
import datetime
import io
import json
from collections.abc import Sequence
from typing import Any

from assets.words.plain import no_formula
from schemas.rows import AnyRow

FORMATS = ("table", "csv", "json", "markdown")


def formatted(rows: Sequence[AnyRow], form: str) -> str:
    """Rows as text of a form; empty values are empty, null in json."""
    if form == "json":
        return json.dumps(list(rows), default=_plain, indent=1, ensure_ascii=False) + "\n"
    names = list(rows[0]) if rows else []
    if form == "csv":
        target = io.StringIO()
        writer = csv.writer(target, lineterminator="\n")
        writer.writerow(names)
        writer.writerows(
            [no_formula(value) if isinstance(value := row[name], str) else _text(value) for name in names]
            for row in rows
        )
        return target.getvalue()
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    lines += ["| " + " | ".join(_text(row[name]).replace("|", "\\|") for name in names) + " |" for row in rows]
    return "\n".join(lines) + "\n"


def _text(value: Any) -> str:
    return "" if value is None else str(value)


def _plain(value: Any) -> str:
    if isinstance(value, (datetime.date, datetime.datetime)):
        return value.isoformat()
    raise TypeError(f"{type(value).__name__} is not written as json")
