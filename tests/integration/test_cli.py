"""The command line: exit codes, help, readable errors, what it shows in a pipe. It never shows a traceback."""

import argparse
import os
import shutil
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest
from kit import ROOT, Built, Run, Tables, command, copy_of_data, darkfigure, day, environment

from pipelines.cli import parser
from pipelines.commands.show import print_summary

COMMANDS = ("refresh", "show", "explain", "doctor", "home")


def flat(text: str) -> str:
    """Text without its line breaks, as messages are wrapped."""
    return " ".join(text.split())


def test_a_refresh_ends_with_the_gap_the_threats_what_is_blocked_and_where_the_file_is(built: Built) -> None:
    said = built.ran.said
    assert (
        "400,213" in said
        and "816,493" in said
        and "1,080,157" in said
        and "9.7 (8.0 to 11.5, likely 8.5 to 10.8)" in said
    )
    assert (
        "+36.8%" in said
        and "so no statement about crime" in said
        and "comparisons are blocked" in said
        and "Not a reporting rate." in said
    )
    for rule in ("PRESENT", "CONCEPT", "SEX"):
        assert rule in said
    assert str(built.file) in said and "from ask('stalking', 'Avon and Somerset')" in said
    assert said.splitlines()[-1].startswith("Health:    Nothing is broken."), "the last line says how well it is"
    assert built.ran.error == "", "quiet where all went well"


def test_a_refresh_says_what_it_noticed_and_what_of_the_landed_files_it_did_not_read(
    built: Built, file: duckdb.DuckDBPyConnection, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    found = "SELECT count(*) FROM meta.finding WHERE severity = 'warning'"
    [(warnings,)] = file.execute(found).fetchall()
    assert f"not repaired: 0 errors, {warnings} warnings." in built.ran.said and "Not read:" not in built.ran.said
    shutil.copyfile(built.file.resolve(), tmp_path / "darkfigure.duckdb")
    with duckdb.connect(tmp_path / "darkfigure.duckdb") as connection:
        for number in range(6):
            connection.execute(
                "INSERT INTO meta.finding BY NAME SELECT 'row_not_known' AS kind, 'error' AS severity, ? AS place,"
                " 'No [known] row.' AS evidence, 'Not read.' AS handling, [] AS inputs, ? AS row_id",
                [f"a{number}.csv", f"finding:{number}"],
            )
    print_summary(tmp_path / "darkfigure.duckdb", argparse.Namespace(as_of=None))
    said = capsys.readouterr().out
    assert f"not repaired: 6 errors, {warnings} warnings." in said
    assert "Not read: a4.csv. No [known] row." in said and "a5.csv" not in said and "and 1 more of the kind" in said


def test_every_command_has_help_with_an_example(run: Run) -> None:
    [actions] = [action for action in parser()._actions if isinstance(action, argparse._SubParsersAction)]
    assert set(COMMANDS) <= set(actions.choices)
    for name in ("", *actions.choices):
        ran = run(*filter(None, [name]), "--help")
        assert ran.code == 0 and "examples:" in ran.said and "exit codes:" in ran.said
        assert f"darkfigure {name}" in ran.said.split("examples:")[1], f"{name} has no example"


@pytest.mark.parametrize(
    "arguments",
    [
        [], ["publish"], ["show", "--threat"], ["explain"], ["refresh", "--wait", "soon"],
        ["refresh", "--wait", "-1"], ["refresh", "--wait", "nan"], ["refresh", "--wait", "inf"],
        ["refresh", "--speed", "high"], ["show", "gap", "--format", "pdf"],
    ],
    ids=" ".join,
)  # fmt: skip
def test_wrong_arguments_end_with_2_and_the_usage(run: Run, arguments: list[str]) -> None:
    ran = run(*arguments)
    assert ran.code == 2 and "usage: darkfigure" in ran.error and ran.said == ""
    assert "_seconds" not in ran.error


@pytest.mark.parametrize("name", ["refresh", "show", "explain", "doctor", "home"])
def test_a_data_root_that_does_not_exist_ends_with_2(run: Run, tmp_path: Path, name: str) -> None:
    rest = {"show": ["gap"], "explain": ["gap:x"]}.get(name, [])
    ran = run(name, *rest, "--data", tmp_path / "nowhere")
    assert ran.code == 2 and "nowhere" in ran.error + ran.said
    assert not (tmp_path / "nowhere").exists(), "nothing is made on the way"


def test_a_folder_that_is_no_data_root_is_said_with_how_to_name_one(run: Run, tmp_path: Path) -> None:
    ran = run("refresh", "--data", tmp_path)
    assert ran.code == 2 and "is no data root" in flat(ran.error) and "DARKFIGURE_DATA" in ran.error
    assert list(tmp_path.iterdir()) == []


def test_a_landing_folder_that_does_not_exist_and_an_output_that_is_a_file_end_with_2(
    run: Run, data_root: Path, tmp_path: Path
) -> None:
    ran = run("refresh", "--data", data_root, "--landing", tmp_path / "nowhere")
    assert ran.code == 2 and "--landing" in ran.error
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    ran = run("refresh", "--data", data_root, "--output", tmp_path / "file")
    assert ran.code == 2 and "--output" in ran.error and (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_nothing_published_yet_ends_with_2_and_says_what_to_run(run: Run, data_root: Path, tmp_path: Path) -> None:
    for arguments in (["show", "gap"], ["explain", "gap:x"]):
        ran = run(*arguments, "--data", data_root, "--output", tmp_path)
        assert ran.code == 2 and "darkfigure refresh" in flat(ran.error)


@pytest.mark.parametrize(
    ("what", "words"),
    [
        (
            "gap",
            [
                "Not a reporting rate. One victim may have many recorded offences or none.",
                "comparisons are blocked",
                "400,213",
            ],
        ),
        (
            "threats",
            ["+36.8%", "so no statement about crime", "103,135", "Scopes are never added", "no claim about crime"],
        ),
        ("sources", ["Office for National Statistics", "Open Government Licence v3.0", "not printed"]),
        ("", ["comparisons are blocked"]),
        ("--force Kent", ["forces: Kent", "Stalking and harassment", "No league table"]),
        ("sexual assault 2021/22", ["year to March 2022", "98,742 offences"]),
    ],
)
def test_what_is_shown_is_plain_text_in_a_pipe(built: Built, what: str, words: list[str]) -> None:
    ran = darkfigure("show", *what.split(), "--data", built.root)
    assert ran.code == 0 and ran.error == ""
    said = flat(ran.said)
    assert all(word in said for word in words)
    assert "\x1b" not in ran.said and max(map(len, ran.said.splitlines())) <= 250


@pytest.mark.parametrize("what", ["gap", "stalking", "sources"])
def test_a_pipe_that_is_closed_early_is_no_error(built: Built, what: str) -> None:
    with subprocess.Popen(
        command("show", what, "--data", built.root),
        cwd=ROOT,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    ) as shown:
        assert shown.stdout is not None and shown.stderr is not None
        shown.stdout.close()
        assert (shown.stderr.read(), shown.wait()) == (b"", 0)


def test_explain_goes_from_a_comparison_down_to_its_published_figures(run: Run, built: Built) -> None:
    row_id = "gap:da_women_policing:csew_self_completion_old:female:16+:K04000001:2022-04-01..2023-03-31:plain"
    ran = run("explain", row_id, "--data", built.root)
    said = flat(ran.said)
    assert ran.code == 0 and row_id in said
    assert (
        "printed as 400,213 (offences)" in said
        and "National Policing Statement" in said
        and "statement@2024-07" in said
    )
    assert said.startswith("Recorded per 100 estimated: 28.6 (23.5 to 34.8). Not a reporting rate.")
    assert "100 x 400,213 / 1,400,000 = 28.587" in said and "more: with --all" in said
    said = flat(run("explain", row_id, "--all", "--data", built.root).said)
    assert "Domestic abuse" in said and "pairing:da_women_policing" in said and "with --all" not in said
    assert "BREAK qualify" in said or "BREAK" in said


def test_explain_names_sheet_and_address_of_a_fact(run: Run, built: Built, tables: Tables) -> None:
    fact = tables.row(
        "recorded.offence_count", series="prc.a5a.rape", period_end=day("2023-03-31"), release="ye-2025-12"
    )
    ran = run("explain", fact["row_id"], "--data", built.root)
    said = flat(ran.said)
    assert (
        ran.code == 0
        and "printed as 68,884" in said.replace("68884", "68,884")
        and "Table_A5a" in said.replace(" ", "_")
    )
    assert "Appendix tables" in said and "Office for National Statistics" in said


def test_explain_tells_markup_from_text(run: Run, built: Built, tables: Tables) -> None:
    """Square brackets of a source are shown, not taken for styles."""
    bracketed = [row for row in tables.rows("archive.figure") if "[" in row["printed"]]
    for row in bracketed[:1]:
        assert row["printed"] in flat(run("explain", row["row_id"], "--data", built.root).said)


def test_explain_shows_what_a_rule_said_as_it_stands(
    run: Run, built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What looks like a style, an escape or an emoji in a reason, a title or a path is text."""
    odd = "Only [bold]13[/bold] of [1] and [/nothing] \\[x] :key: are held."
    shutil.copyfile(built.file.resolve(), tmp_path / "darkfigure.duckdb")
    with duckdb.connect(tmp_path / "darkfigure.duckdb") as connection:
        [(row_id,)] = connection.execute("SELECT row_id FROM reconciled.gap WHERE verdict = 'block' LIMIT 1").fetchall()
        connection.execute("UPDATE reconciled.gap SET reason = ?, rules = [{'rule': 'PRESENT', 'result': 'block', 'reason': ?}]"
                           " WHERE row_id = ?", [odd, odd, row_id])  # fmt: skip
        connection.execute("UPDATE meta.release SET title = ?", [odd])
        connection.execute("UPDATE main.source SET newest_release = ?", [odd])
    ran = run("explain", row_id, "--data", built.root, "--output", tmp_path)
    assert ran.code == 0 and flat(ran.said).count(odd) >= 2 and f"PRESENT block: {odd}" in flat(ran.said)
    shown = run("show", "sources", "--data", built.root, "--output", tmp_path)
    assert odd in shown.said


def test_an_offence_is_answered_by_its_own_count_before_those_of_its_threat(
    run: Run, built: Built, file: duckdb.DuckDBPyConnection
) -> None:
    [(offences,)] = file.execute("""
        SELECT value FROM main.offence_count WHERE series = 'prc.a5a.8U' AND area_code = 'K04000001' AND period_end = '2025-03-31'
    """).fetchall()
    ran = run("show", "8U", "--year", "2024/25", "--data", built.root)
    said = flat(ran.said)
    assert f"Controlling and coercive behaviour (8U), year to March 2025: {offences:,.0f} recorded" in said
    assert (
        said.index("(8U)")
        < said.index("What follows is of the threat: Stalking and harassment.")
        < said.index("Estimated")
    )


def test_a_file_of_another_version_is_said_to_be_one(run: Run, built: Built, tmp_path: Path) -> None:
    shutil.copy(built.file, tmp_path / "darkfigure.duckdb")
    with duckdb.connect(tmp_path / "darkfigure.duckdb") as connection:
        connection.execute("ALTER TABLE meta.name DROP COLUMN part")
    ran = run("show", "stalking", "--data", built.root, "--output", tmp_path)
    assert ran.code == 1 and "is of another version of this program. Make it anew: " in flat(ran.error)


def test_the_doctor_shows_a_path_with_brackets_as_it_is(run: Run, tmp_path: Path) -> None:
    root = copy_of_data(tmp_path / "[red]data[1]")
    assert f"data root: {root}," in run("doctor", "--data", root).said


def test_the_doctor_finds_all_well_after_a_refresh(run: Run, built: Built) -> None:
    ran = run("doctor", "--data", built.root)
    assert ran.code == 0 and "Nothing is broken." in ran.said and "look" not in ran.said.split()


def test_the_doctor_says_what_landed_since_and_what_is_damaged(run: Run, built: Built, tmp_path: Path) -> None:
    root = Path(shutil.copytree(built.root, tmp_path / "data", symlinks=True))
    (root / "landing").mkdir(exist_ok=True)
    (root / "landing" / "new.csv").write_text("a\n1\n", encoding="utf-8")
    (root / "interim" / "dagster" / "history" / "runs.db").write_bytes(b"no database" * 1000)
    ran = run("doctor", "--data", root)
    assert ran.code == 1 and "landing folder, Dagster's history" in flat(ran.error)
    assert "1 not read yet: new.csv. Run: " in flat(ran.said)
    assert "damaged: history/runs.db. Restore the folder from a backup" in flat(ran.said)


def test_an_unknown_row_ends_with_2_and_names_the_nearest(run: Run, built: Built) -> None:
    ran = run(
        "explain",
        "gap:da_women_policing:csew_self_completion_old:female:16+:K04000001:2022-04-01..2023-03-31:plan",
        "--data",
        built.root,
    )
    assert ran.code == 2 and "There is no row" in ran.error and "nearest are gap:da_women_policing:" in flat(ran.error)
    assert "2022-04-01..2023-03-31:plain" in ran.error, "the one that is a letter away"
    ran = run("explain", "nonsense'; DROP TABLE gap; --", "--data", built.root)
    assert ran.code == 2 and "There is no row" in ran.error


def test_a_file_that_is_no_database_is_one_paragraph(run: Run, data_root: Path, tmp_path: Path) -> None:
    (tmp_path / "darkfigure.duckdb").write_bytes(b"not a database" * 1000)
    ran = run("show", "gap", "--data", data_root, "--output", tmp_path)
    assert ran.code == 1 and ran.error.startswith("Unexpected error: ") and "last-error.txt" in ran.error


def test_home_prints_the_history_folder_and_makes_it_once(
    run: Run, own_root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran = run("home", "--data", own_root)
    home = Path(ran.said.strip())
    assert ran.code == 0 and home == (own_root / "interim" / "dagster").resolve()
    configured = (home / "dagster.yaml").read_text(encoding="utf-8")
    assert "telemetry" in configured and "enabled: false" in configured and "run_monitoring" in configured
    assert "max_runtime_seconds" in configured, "a killed run does not stay started for ever"
    (home / "dagster.yaml").write_text("# mine\n", encoding="utf-8")
    monkeypatch.delenv("DAGSTER_HOME")
    assert run("home", "--data", own_root).code == 0
    assert (home / "dagster.yaml").read_text(encoding="utf-8") == "# mine\n", "a changed configuration is kept"
    monkeypatch.setenv("DAGSTER_HOME", str(own_root / "elsewhere"))
    assert Path(run("home", "--data", own_root).said.strip()) == (own_root / "elsewhere").resolve()


def test_the_data_root_may_be_named_by_the_environment(built: Built) -> None:
    ran = darkfigure("show", "sources", DARKFIGURE_DATA=str(built.root))
    assert ran.code == 0 and "Office for National Statistics" in ran.said


def test_the_installed_command_is_the_same_program() -> None:
    installed = Path(sys.executable).with_name("darkfigure")
    if not installed.exists():
        pytest.skip("the project is not installed beside this Python")
    done = subprocess.run([installed, "--help"], capture_output=True, text=True, check=True, env=os.environ)
    assert "exit codes: 0 done" in done.stdout
