"""The arguments of `darkfigure returns ...`."""

import argparse
from collections.abc import Callable
from pathlib import Path
from typing import Any

from assets.returns.quarters import a_quarter
from pipelines.commands.actions import Adding, actions_of
from schemas.returns import PROFILE

QUARTERS = "2022-04,2022-07,2022-10,2023-01"
A_YEAR = 1_080_157


def returns_arguments(command: argparse.ArgumentParser, folders: Adding, day: Callable[[str], Any]) -> None:
    """Add the actions and their arguments; `folders` adds --data and --output, `day` reads a date."""
    action = actions_of(command, folders)

    template = action("template", "write the empty template: workbook, CSV, metadata, manifest")
    template.add_argument("--supplier", required=True, metavar="NAME", help="key of reference.supplier, as in kent")
    template.add_argument(
        "--quarter", type=_quarter, required=True, metavar="YYYY-MM", help="first month of the quarter"
    )
    template.add_argument("--profile", choices=list(PROFILE), default="record", help="rows or counts")
    template.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder to write it into")

    check = action("check", "say what a return would be told, line by line; nothing is sent and nothing kept")
    check.add_argument("path", type=Path, metavar="PATH", help="the folder of the return, or its file")
    check.add_argument(
        "--report", type=Path, metavar="DIR", help="folder of the report (default: report beside the file)"
    )

    seal = action("seal", "fill in what a manifest says of its file: fingerprint, rows and sum")
    seal.add_argument("path", type=Path, metavar="DIR", help="the folder of the return")

    land = action("land", "take in the returns that are waiting in the inbox, or a folder first")
    land.add_argument("path", type=Path, nargs="?", metavar="DIR", help="a return to copy into the inbox")

    chase = action("chase", "whom to ask for what, of one quarter")
    chase.add_argument("--quarter", type=_quarter, required=True, metavar="YYYY-MM", help="first month of the quarter")
    chase.add_argument("--day", type=day, metavar="DATE", help="as on this day (default: today)")

    action("league", "the quality of the data of every supplier; nothing of crime")

    records = action("records", "keep the records that count in a store of their own, with snapshots")
    records.add_argument("--to", type=Path, required=True, metavar="DIR", help="folder of the store")
    records.add_argument(
        "--store", choices=["parquet", "iceberg"], default="parquet", help="what it is (default parquet)"
    )

    make = action("make", "write a synthetic collection, for tests and training")
    make.add_argument("--to", type=Path, metavar="DIR", help="inbox (default: that of the data root)")
    make.add_argument(
        "--quarters",
        type=_quarters,
        default=QUARTERS,
        metavar="Q,...",
        help="first months (default: April 2022 to March 2023)",
    )
    make.add_argument("--rows", type=_number, default=A_YEAR, help=f"offences of a whole year (default {A_YEAR:,})")
    make.add_argument("--seed", type=int, default=1, help="another seed, another world")
    make.add_argument("--suppliers", metavar="A,B,...", help="some suppliers only")
    make.add_argument("--aggregate", metavar="A,B,...", help="suppliers that send counts")
    make.add_argument("--late", metavar="A,B,...", help="suppliers without a return for the last quarter")
    make.add_argument("--blank-flags", metavar="A,B,...", help="suppliers that set no flag in the last quarter")
    make.add_argument(
        "--errors", type=_number, default=0, metavar="N", help="errors to plant per return, listed in truth.csv"
    )


def _quarter(text: str) -> str:
    try:
        return a_quarter(text)
    except ValueError as error:
        raise argparse.ArgumentTypeError(f"{text!r} is not {error}") from None


def _quarters(text: str) -> tuple[str, ...]:
    return tuple(_quarter(one) for one in text.split(","))


def _number(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is no whole number")
    return int(text)
