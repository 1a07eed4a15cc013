"""The publications and their releases, the files read, and what was noticed in them."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest
from kit import Tables, frame, read_rows, why_refused

from assets.archive.findings.transcription import absent_findings, transcription_findings
from assets.archive.landed.source_files import source_files
from assets.archive.tracked.figures import transcribed_figures
from assets.reference.releases import read_releases, read_sources
from assets.tables.records import records
from assets.words.problems import BadInput

Edit = Callable[[Path, str, str], None]


def test_every_publication_says_publisher_title_licence_and_cadence(data_root: Path) -> None:
    sources = read_sources(data_root)
    assert len(sources) > 5
    assert sources["ons_appendix"]["licence"] == "Open Government Licence v3.0"


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("a: [", "well-formed YAML"),
        ("- a\n- b\n", "a mapping of publication keys"),
        ("a: text\n", "a mapping of publication keys"),
        ("a:\n  publisher: x\n  title: y\n  licence: z\n", "expected a cadence"),
        ("", "a mapping of publication keys"),
    ],
)
def test_bad_publications_are_refused(own_root: Path, content: str, said: str) -> None:
    (own_root / "sources.yaml").write_text(content, encoding="utf-8")
    with pytest.raises(BadInput, match=said):
        read_sources(own_root)


def test_publications_in_another_encoding_or_missing_are_refused(own_root: Path) -> None:
    (own_root / "sources.yaml").write_bytes(b"a:\n  publisher: caf\xe9\n")
    with pytest.raises(BadInput, match="UTF-8"):
        read_sources(own_root)
    (own_root / "sources.yaml").unlink()
    with pytest.raises(BadInput, match="no such file"):
        read_sources(own_root)


def test_every_release_has_the_licence_of_its_publication(data_root: Path) -> None:
    releases = records(read_releases(data_root))
    assert all(row["licence"] for row in releases)


def test_a_release_of_an_unknown_publication_is_refused_with_its_line(own_root: Path) -> None:
    path = own_root / "reference" / "release.csv"
    rows = read_rows(path)
    path.write_text(path.read_text(encoding="utf-8").replace(f",{rows[0]['source']},", ",nobody,", 1), encoding="utf-8")
    caught = why_refused(lambda: read_releases(own_root))
    assert (
        caught.problems[0]
        .sentence()
        .startswith(
            "data/reference/release.csv, line 2, column source: found 'nobody'; expected a key of data/sources.yaml"
        )
    )


def test_every_file_that_is_read_is_fingerprinted(data_root: Path) -> None:
    rows = {row["path"]: row for row in records(source_files(data_root, frame("archive.landed_file", [])))}
    on_disk = {
        path.relative_to(data_root).as_posix()
        for part in ("figures", "reference")
        for path in (data_root / part).glob("*.csv")
    }
    assert on_disk | {"sources.yaml"} <= set(rows)
    row = rows["figures/policing_vawg.csv"]
    content = (data_root / row["path"]).read_bytes()
    assert row["sha256"] == hashlib.sha256(content).hexdigest() and row["bytes"] == len(content)
    assert row["rows"] == content.count(b"\n") - 1 and row["kind"] == "figures"


@pytest.mark.slow
def test_a_figure_that_a_released_file_prints_otherwise_is_told_with_both_places(data_root: Path) -> None:
    """The tracked figures as a SYNTHETIC landed file that prints one value otherwise and one marker for a value."""
    transcribed = transcribed_figures(data_root)
    landed = transcribed.head(4).copy()
    landed["file"], landed["cell"] = "dropped.xlsx", "Z9"
    # Saved anew by a program that keeps fifteen digits: the same figure.
    landed.loc[0, "value"] = float(transcribed.loc[0, "value"]) * (1 + 4e-15)
    landed.loc[1, ["value", "printed"]] = [float(transcribed.loc[1, "value"]) + 1, "other"]
    landed.loc[2, ["value", "obs_status", "printed"]] = [None, "missing", "[x]"]
    [row] = transcription_findings(transcribed, landed)
    assert row["inputs"] == [transcribed.loc[at, "row_id"] for at in (1, 2)] and row["severity"] == "error"
    first, sheet = transcribed.loc[1], transcribed.loc[1, "sheet"]
    assert row["place"] == f"data/figures/{first['file']} against landing/dropped.xlsx, {sheet}"
    assert f"line {first['line']} has {first['printed']} " in row["evidence"]
    assert "the file prints other " in row["evidence"] and "the file prints [x] " in row["evidence"]
    assert transcription_findings(transcribed, landed.head(1)) == []


@pytest.mark.slow
def test_transcribed_figures_that_their_landed_file_lacks_are_told_once_per_table(data_root: Path) -> None:
    """A table of which the landed file has nothing is no loss: it may stand in another file of the release."""
    transcribed = transcribed_figures(data_root)
    release = transcribed[transcribed["release"] == "ye-2025-09"]
    table = release[release["series"].str.startswith("prc.a5a.")].reset_index(drop=True)
    landed = frame("archive.landed_figure", records(table.drop(columns=["file", "line", "leaves_out"])))
    assert absent_findings(transcribed, landed) == []
    (told,) = absent_findings(transcribed, landed.iloc[5:])
    assert told["kind"] == "figures_lost" and told["place"] == "ons_appendix@ye-2025-09, prc.a5a, against data/figures"
    assert told["inputs"] == list(table["row_id"].head(5)) and told["evidence"].startswith("5 transcribed figures")


def test_the_exposure_totals_of_year_ending_march_2023_are_a_finding(tables: Tables) -> None:
    """Table A5a and Table B2 of YE December 2025 print 12,886 and 12,875."""
    found = [row for row in tables.rows("meta.finding") if "class_in_two_tables_exactly" in row["place"]]
    assert any("12,875" in row["evidence"] and "12,886" in row["evidence"] for row in found)


def test_remarks_on_releases_are_findings_too(tables: Tables) -> None:
    noted = [row for row in tables.rows("meta.release") if row["note"]]
    told = {row["place"] for row in tables.rows("meta.finding", kind="release_note")}
    assert {f"{row['source']}@{row['release']}" for row in noted} <= told
