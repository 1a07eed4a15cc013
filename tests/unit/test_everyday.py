"""Faults of folders, as the system itself tells them, said in words with the place."""

from pathlib import Path

import pytest

from pipelines.commands.everyday import SAFE, fault_in_words


def looping(folder: Path) -> Path:
    """A link that leads to itself."""
    link = folder / "loop"
    link.symlink_to(link)
    return link / "output"


def below_a_file(folder: Path) -> Path:
    """A folder wanted inside of a file."""
    (folder / "file").touch()
    return folder / "file" / "output"


@pytest.mark.parametrize(
    "place", [looping, below_a_file, lambda folder: folder / ("n" * 300), lambda folder: folder / "no" / "where"]
)
def test_a_folder_that_cannot_be_made_is_said_with_its_path(place: object, tmp_path: Path) -> None:
    wanted = place(tmp_path)  # type: ignore[operator]
    with pytest.raises(OSError) as raised:
        wanted.mkdir()
    said = fault_in_words(raised.value)
    assert said is not None and str(wanted) in said and "cannot be made" in said and SAFE in said and "--output" in said


def test_what_is_no_everyday_fault_is_not_explained_away() -> None:
    assert fault_in_words(KeyError("threat")) is None
