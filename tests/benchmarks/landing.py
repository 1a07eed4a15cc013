"""A whole refresh with released files landed: all that are here, and half of them; seconds, peak memory, and how both grow."""

import shutil
from pathlib import Path

from measuring import PUBLISHED, process, said

FOLDERS = ("ons_appendix", "ons_pfa", "home_office", "csew", "population")
AIM_MEMORY, AIM_GROWTH = 1024.0, 1.0


def landing(root: Path) -> None:
    """Every second file first, then all; growth per file, less what a refresh without any takes, is to be linear."""
    files = sorted(path for folder in FOLDERS for path in (PUBLISHED / folder).glob("*") if path.suffix != ".md")
    print("Refresh with released files landed")
    if not files:
        print(f"  skipped: no released files in {PUBLISHED}")
        return
    none = _refresh(root, [])
    half, whole = _refresh(root, files[::2]), _refresh(root, files)
    sizes = [sum(path.stat().st_size for path in chosen) for chosen in (files[::2], files)]
    for what, chosen, (seconds, peak) in (("none", [], none), ("half", files[::2], half), ("all", files, whole)):
        print(f"  {what} landed: {len(chosen)} files, {seconds:.1f} s, {peak:.0f} MB")
    said("peak memory with all landed", whole[1], AIM_MEMORY, "MB")
    for at, what in ((0, "seconds"), (1, "memory")):
        growth = ((whole[at] - none[at]) / sizes[1]) / ((half[at] - none[at]) / sizes[0])
        said(f"growth of {what} per byte from half to all (1 is linear)", growth, AIM_GROWTH * 1.1)


def _refresh(root: Path, files: list[Path]) -> tuple[float, float]:
    """Seconds and peak memory of a refresh with just these files landed."""
    folder = root / "landing"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for path in files:
        target = folder / path.parent.name / path.name
        target.parent.mkdir(exist_ok=True)
        shutil.copyfile(path, target)
    return process(["-m", "pipelines.cli", "refresh", "--no-report", "--no-history", "--data", str(root)])
