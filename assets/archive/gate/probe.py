"""A first look at a released file, in a process of its own: `python -m assets.archive.gate.probe FILE` answers in JSON.

It opens the file as its readers will, sheet by sheet, within a limit of memory and time. What it does not survive is a finding
about the file, and not the end of a refresh. It imports little, so that it starts quickly.
"""

import contextlib
import io
import json
import sys
from pathlib import Path

from python_calamine import CalamineWorkbook

from assets.archive.gate.limits import CPU_SECONDS, LARGEST_FILE, MEGABYTE, MEMORY, MOST_MERGED
from assets.archive.gate.packed import WITHOUT_PASSWORD, kind_of_zip, refuse_area, unzipped
from assets.archive.gate.plain_text import refuse_unless_table
from assets.archive.gate.refusal import FETCH_AGAIN, WHERE_FROM, Refusal, refuse
from assets.archive.reading.shown import said_in_xls

ZIP, OLE = b"PK", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


def file_kind(path: Path) -> str:
    """xlsx, xls, ods or csv; Refusal for a file that no reader should be given."""
    size = path.stat().st_size
    if size > LARGEST_FILE:
        refuse(f"{size // MEGABYTE:,} MB", f"at most {LARGEST_FILE // MEGABYTE} MB", WHERE_FROM)
    content = path.read_bytes()
    if content[:2] == ZIP:
        kind = kind_of_zip(path)
    elif content[:8] == OLE:
        if ENCRYPTED in content:
            refuse("an encrypted workbook", *WITHOUT_PASSWORD)
        kind = "xls"
    else:
        refuse_unless_table(unzipped(content))
        return "csv"
    _open(content)
    return kind


def _open(content: bytes) -> None:
    """Every sheet of a workbook, as its readers open it."""
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in workbook.sheet_names:
            sheet = workbook.get_sheet_by_name(name)
            refuse_area(name, sheet.total_height, sheet.total_width)
            merged = sum(
                (bottom - top + 1) * (right - left + 1)
                for (top, left), (bottom, right) in getattr(sheet, "merged_cell_ranges", None) or ()
            )
            if merged > MOST_MERGED:
                refuse(f"sheet {name!r} with {merged:,} merged cells", f"at most {MOST_MERGED:,}",
                       "Unmerge what reaches over the whole sheet, and save it again.")  # fmt: skip
        said_in_xls(content)
    except (Refusal, MemoryError):
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        text = str(error) or type(error).__name__
        if "password" in text.lower():
            refuse("an encrypted workbook", *WITHOUT_PASSWORD)
        refuse(f"a damaged workbook ({text[:200]})", "a workbook that can be read", FETCH_AGAIN)


def _limit() -> None:
    """Memory and time of this process, where the system can hold it to them."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
        resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def main() -> None:
    """Look at one file."""
    _limit()
    try:
        answer = {"kind": file_kind(Path(sys.argv[1]))}
    except Refusal as refusal:
        answer = {"found": refusal.found, "expected": refusal.expected, "remedy": refusal.remedy}
    json.dump(answer, sys.stdout)


if __name__ == "__main__":
    main()
