"""Text from outside does nothing to a terminal, a table or a message: each character that would is shown as a sign."""

import argparse

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st
from kit import FIGURE, frame

from assets.archive.fetch.client import Client
from assets.archive.fetch.discover import Offered
from assets.archive.fetch.download import download
from assets.archive.fetch.settings import Settings
from assets.words.plain import NOT_PLAIN, plain
from assets.words.problems import BadInput, Problem
from pipelines import cli
from pipelines.commands.tables import console, terminal_table

STEERS = "\x1b]0;owned\x07\x1b[2J\x9b31m\x7f\u202eabc\u2066\x00\r"


def does_nothing(text: str) -> bool:
    return not any(
        (ord(one) < 32 and one not in "\n\t") or 0x7F <= ord(one) < 0xA0 or one in "\u202e\u2066" for one in text
    )


@given(st.text(st.characters(), max_size=60))
def test_each_character_stands_for_one_and_none_does_anything(text: str) -> None:
    shown = plain(text)
    assert len(shown) == len(text) and does_nothing(shown) and plain(shown) == shown
    shown.encode("utf-8")


def test_what_is_plain_stays_as_it_is() -> None:
    for text in (
        "",
        "Avon & Somerset",
        "caf\u00e9 \u2013 \u2019s 25% [note 1]\n\tnext",
        "\N{SYMBOL FOR ESCAPE}",
        "a\u00a0b",
    ):
        assert plain(text) == text
    assert plain("a\udcffb") == "a?b" and "\\x{001B}" in NOT_PLAIN


def test_tables_hold_plain_text() -> None:
    made = frame(
        "archive.figure",
        [FIGURE | {"note": STEERS, "file": f"{STEERS}.csv"}, FIGURE | {"line": 3, "note": "caf\u00e9"}],
    )
    assert does_nothing("".join(made["note"].tolist() + made["file"].tolist()))
    assert made["note"].tolist()[1] == "caf\u00e9" and isinstance(made["note"].dtype, pd.ArrowDtype)


def test_messages_and_the_terminal_hold_plain_text(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    error = BadInput(f"{STEERS} is not read", [Problem(STEERS, STEERS, STEERS, "a file", "Fetch it again.")])
    assert does_nothing(error.paragraph()) and "\n" not in error.problems[0].sentence()
    console().print(f"title {STEERS}")
    console().print(terminal_table(STEERS, ("name",), [[f"cell {STEERS}"]]))
    monkeypatch.setattr(argparse.Namespace, "run", None, raising=False)
    cli._say(f"{STEERS} said")
    said = capsys.readouterr()
    assert does_nothing(said.out) and does_nothing(said.err) and "\N{SYMBOL FOR ESCAPE}]0;owned" in said.out


@pytest.mark.parametrize(
    ("source", "release", "file"),
    [
        ("../../out", "r", "a.csv"),
        ("s", "../..", "a.csv"),
        ("s", "r", "../../a.csv"),
        ("/tmp", "r", "a.csv"),
        ("s", "a/b", "a.csv"),
        ("..", "r", "a.csv"),
    ],
)
def test_no_key_leads_out_of_the_landing_folder(
    source: str, release: str, file: str, tmp_path: "pytest.TempPathFactory"
) -> None:
    landing = tmp_path / "deep" / "landing"  # type: ignore[operator]
    landing.mkdir(parents=True)
    with Client(Settings()) as client, pytest.raises(BadInput, match="one folder below the landing folder"):
        download(Offered(source, release, file, "https://www.ons.gov.uk/a.csv", "t"), landing, client)
    assert [path.name for path in tmp_path.rglob("*")] == ["deep", "landing"]  # type: ignore[attr-defined]
