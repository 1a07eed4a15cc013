"""Versioned builds behind one link: whatever fails, the published file stays what it was."""

from collections.abc import Callable
from pathlib import Path

import pytest

from assets.published.builds import BUILDS, FILE, KEPT, UNFINISHED, place, published_file


def writing(content: str) -> Callable[[Path], None]:
    def write(file: Path) -> None:
        file.write_text(content, encoding="utf-8")

    return write


def names(output: Path) -> list[str]:
    return sorted(path.name for path in (output / BUILDS).iterdir())


def read(output: Path) -> str:
    return (output / FILE).read_text(encoding="utf-8")


def test_a_build_is_placed_read_only_behind_a_relative_link(tmp_path: Path) -> None:
    placed = place(tmp_path, "20230101-a", writing("one"))
    assert placed.linked and placed.published == tmp_path / FILE and read(tmp_path) == "one"
    assert placed.published.is_symlink() and not placed.published.readlink().is_absolute(), "the folder can be moved"
    assert placed.file.stat().st_mode & 0o777 == 0o444
    assert published_file(tmp_path) == placed.published


def test_nothing_published_yet_is_none(tmp_path: Path) -> None:
    assert published_file(tmp_path) is None


def test_a_new_build_takes_over_and_a_reader_of_the_old_one_keeps_it(tmp_path: Path) -> None:
    place(tmp_path, "20230101-a", writing("one"))
    with (tmp_path / FILE).open(encoding="utf-8") as reader:
        place(tmp_path, "20230102-b", writing("two"))
        assert reader.read() == "one"
    assert read(tmp_path) == "two"


def test_the_last_three_builds_are_kept(tmp_path: Path) -> None:
    for number in range(1, KEPT + 3):
        place(tmp_path, f"2023010{number}-x", writing(str(number)))
    assert names(tmp_path) == ["20230103-x", "20230104-x", "20230105-x"] and read(tmp_path) == "5"


def test_a_clock_that_goes_back_never_sweeps_what_is_published(tmp_path: Path) -> None:
    for number in (5, 6, 7):
        place(tmp_path, f"2023010{number}-x", writing(str(number)))
    place(tmp_path, "20230101-x", writing("back"))
    assert read(tmp_path) == "back"


@pytest.mark.parametrize("error", [RuntimeError("no disk"), KeyboardInterrupt()])
def test_a_build_that_fails_leaves_the_last_one_and_no_trace(tmp_path: Path, error: BaseException) -> None:
    place(tmp_path, "20230101-a", writing("one"))

    def fail(file: Path) -> None:
        file.write_text("half", encoding="utf-8")
        raise error

    with pytest.raises(type(error)):
        place(tmp_path, "20230102-b", fail)
    assert read(tmp_path) == "one" and names(tmp_path) == ["20230101-a"]


def test_a_build_that_writes_nothing_is_not_published(tmp_path: Path) -> None:
    place(tmp_path, "20230101-a", writing("one"))
    with pytest.raises(OSError, match=FILE):
        place(tmp_path, "20230102-b", lambda file: None)
    assert read(tmp_path) == "one" and names(tmp_path) == ["20230101-a"]


def test_leftovers_of_killed_builds_are_swept(tmp_path: Path) -> None:
    place(tmp_path, "20230101-a", writing("one"))
    killed = tmp_path / BUILDS / f"{UNFINISHED}20230102-b"
    killed.mkdir()
    (killed / FILE).write_text("half", encoding="utf-8")
    half_swapped = tmp_path / f".{FILE}.99999"
    half_swapped.symlink_to("builds/nowhere")
    place(tmp_path, "20230103-c", writing("three"))
    assert names(tmp_path) == ["20230101-a", "20230103-c"]
    assert sorted(path.name for path in tmp_path.iterdir()) == [BUILDS, FILE]


def test_a_build_killed_between_its_rename_and_the_swap_changes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(tmp_path, "20230101-a", writing("one"))
    with monkeypatch.context() as killed:
        killed.setattr("assets.published.builds._swap", lambda *_: (_ for _ in ()).throw(SystemExit(9)))
        with pytest.raises(SystemExit):
            place(tmp_path, "20230102-b", writing("two"))
    assert read(tmp_path) == "one"
    place(tmp_path, "20230103-c", writing("three"))
    assert read(tmp_path) == "three"


@pytest.mark.parametrize("error", [OSError("links are not allowed"), NotImplementedError()])
def test_where_links_are_not_allowed_a_copy_is_put_in_place_and_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def refuse(*_: object) -> None:
        raise error

    monkeypatch.setattr(Path, "symlink_to", refuse)
    for number, content in enumerate(("one", "two"), start=1):
        placed = place(tmp_path, f"2023010{number}-x", writing(content))
        assert not placed.linked and not placed.published.is_symlink() and read(tmp_path) == content
        assert placed.published.stat().st_mode & 0o777 == 0o444
    assert sorted(path.name for path in tmp_path.iterdir()) == [BUILDS, FILE]


def test_a_copy_takes_the_place_of_a_link_and_the_other_way_round(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place(tmp_path, "20230101-a", writing("one"))
    with monkeypatch.context() as without_links:
        without_links.setattr(Path, "symlink_to", lambda *_: (_ for _ in ()).throw(OSError()))
        place(tmp_path, "20230102-b", writing("two"))
    assert read(tmp_path) == "two" and (tmp_path / BUILDS / "20230101-a" / FILE).read_text(encoding="utf-8") == "one"
    assert place(tmp_path, "20230103-c", writing("three")).linked and read(tmp_path) == "three"
