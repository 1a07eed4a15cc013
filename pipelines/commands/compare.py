"""`darkfigure compare OLD [NEW]`: which rows of two builds differ."""

import argparse
from pathlib import Path

import duckdb

from assets.published.builds import FILE
from assets.published.compare import Differing
from assets.published.compare import compare as compared
from assets.words.wording import number_of
from pipelines.commands.folders import published_file
from pipelines.commands.stop import WRONG_CALL, Stop

SHOWN = 10


def compare(chosen: argparse.Namespace) -> None:
    """Print what differs; Stop (exit code 1) where anything does, (2) where a file cannot be read."""
    before, after = _build(chosen.old), _build(chosen.new) if chosen.new else published_file(chosen)
    try:
        gone, come, tables = compared(before, after)
    except duckdb.Error as error:
        raise Stop(f"One of the two is no build that can be read: {error}", WRONG_CALL) from None
    differing = [table for table in tables if not table.same]
    lines = [f"Only in {chosen.old}: {', '.join(gone)}"] if gone else []
    lines += [f"Only in {after}: {', '.join(come)}"] if come else []
    for table in differing:
        lines += _said(table, chosen.all)
    print("\n".join([*lines, f"{len(tables) - len(differing)} of {len(tables)} tables hold the same rows."]))
    if differing or gone or come:
        raise Stop("The two builds differ.")


def _build(path: Path) -> Path:
    """A build by its file, or by the folder that it was published in."""
    file = path / FILE if path.is_dir() else path
    if not file.is_file():
        raise Stop(f"{file}: there is no such file.", WRONG_CALL)
    return file


def _said(table: Differing, every: bool) -> list[str]:
    changed = [
        f"  {row_id or 'every row'}  {name}: {_short(before)} -> {_short(after)}"
        for row_id, name, before, after in table.changed
    ]
    rows = [
        *changed,
        *(f"  gone  {row}" for row in table.only_before),
        *(f"  new   {row}" for row in table.only_after),
    ]
    shown = rows if every else rows[:SHOWN]
    gone, new = number_of(len(table.only_before), "row"), number_of(len(table.only_after), "row")
    head = f"{table.table}: {number_of(len(changed), 'changed value')}, {gone} gone, {new} new"
    more = [f"  ... {len(rows) - len(shown)} more (--all)"] if len(shown) < len(rows) else []
    return [head, *shown, *more]


def _short(value: object) -> str:
    text = str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."
