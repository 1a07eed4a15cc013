"""A whole refresh with the released files landed, against reading the same files once; and with one workbook more."""

import csv
import shutil
import sys
from pathlib import Path

from measuring import PUBLISHED, Measured, process, said

FOLDERS = ("ons_appendix", "ons_pfa", "home_office", "csew", "population")
MORE = "ons_pfa"
AIM_BARE, AIM_MORE, AIM_MEMORY, AIM_GROWTH = 6.0, 0.5, 600.0, 1.1
PUBLISHED_WITH_FILES_SET_ASIDE = 3


def landing(root: Path) -> None:
    """Half of the files, all but one force workbook, that one too, and all of them anew; growth per byte is to be linear."""
    files = sorted(path for folder in FOLDERS for path in (PUBLISHED / folder).glob("*") if path.suffix != ".md")
    print("Refresh with released files landed, in seconds of CPU")
    if not files:
        print(f"  skipped: no released files in {PUBLISHED}")
        return
    one = max((path for path in files if path.parent.name == MORE), key=lambda path: path.stat().st_size)
    others = [path for path in files if path != one]
    none, half = _refresh(root, []), _refresh(root, files[::2])
    _refresh(root, others)
    more = _refresh(root, files, anew=False)
    shutil.rmtree(root / "interim")  # cold: what was read before is not kept either
    whole = _refresh(root, files)
    bare = process([__file__, *map(str, files)])
    for what, took in (("none", none), ("half", half), ("one force workbook more", more), ("all", whole)):
        print(f"  {what}: {took.cpu:.1f} ({took.seconds:.1f} s, {took.peak:.0f} MB)")
    said("all of them, against reading them once", whole.cpu / bare.cpu, AIM_BARE)
    said("one force workbook more, against all of them", more.cpu / whole.cpu, AIM_MORE)
    said("peak memory with all landed", whole.peak, AIM_MEMORY, "MB")
    sizes = [sum(path.stat().st_size for path in chosen) for chosen in (files[::2], files)]
    growth = ((whole.cpu - none.cpu) / sizes[1]) / ((half.cpu - none.cpu) / sizes[0])
    said("growth of CPU per byte from half to all (1 is linear)", growth, AIM_GROWTH)


def _refresh(root: Path, files: list[Path], anew: bool = True) -> Measured:
    """A refresh with just these files landed; everything is read and made anew, or only what is needed."""
    folder = root / "landing"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in files:
        target = folder / path.parent.name / path.name
        target.parent.mkdir(exist_ok=True)
        shutil.copy2(path, target)
    arguments = ["-m", "pipelines.cli", "refresh", "--no-report", "--no-history", "--data", str(root)]
    return process([*arguments, *(["--all"] if anew else [])], good=(0, PUBLISHED_WITH_FILES_SET_ASIDE))


def bare(files: list[str]) -> None:
    """Every cell of every file read once: workbooks by calamine, the others by pandas."""
    import pandas as pd
    from python_calamine import CalamineWorkbook

    for file in files:
        if Path(file).suffix in (".xlsx", ".xls", ".ods"):
            book = CalamineWorkbook.from_path(file)
            for name in book.sheet_names:
                book.get_sheet_by_name(name).to_python()
        else:
            with Path(file).open(encoding="utf-8", errors="replace", newline="") as source:
                width = max(map(len, csv.reader(source)), default=1)
            pd.read_csv(file, header=None, names=range(width), dtype=str, encoding_errors="replace")


if __name__ == "__main__":
    bare(sys.argv[1:])
