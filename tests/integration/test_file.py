"""The published DuckDB file: read-only, commented, keyed, complete, traceable; and readable with the oldest client."""

import json
import os
import re
import shutil
import stat
import subprocess
import sys
import venv
from functools import partial
from pathlib import Path

import duckdb
import pytest
from kit import Built, Tables, darkfigure

from assets.published.builds import KEPT, place
from assets.published.publish import publish
from schemas import deprecated
from schemas.derive import arrow_type, columns, comment_of, duckdb_type
from schemas.registry import CONTRACTS, PUBLISHED
from schemas.views import VIEWS, Rows, table_comment

OF_ASSETS = {key: table for key, table in CONTRACTS.items() if table.published}
EVERY = {**OF_ASSETS, **PUBLISHED}
OLDEST = "1.2"
WOMEN = "gap:da_women_policing:csew_self_completion_old:female:16+:K04000001:2022-04-01..2023-03-31:plain"
Connection = duckdb.DuckDBPyConnection


def test_the_file_is_a_read_only_build_behind_a_link(built: Built) -> None:
    assert built.file.is_symlink() and built.file.resolve().parent.parent == (built.output / "builds").resolve()
    assert stat.S_IMODE(built.file.stat().st_mode) == 0o444
    assert [path.name for path in built.output.iterdir() if path.name.startswith(".")] == []
    assert len(list((built.output / "builds").iterdir())) == 1
    assert built.file.stat().st_size < 30_000_000


def test_the_catalog_is_called_darkfigure_whichever_way_it_is_opened(built: Built) -> None:
    for path in (built.file, built.file.resolve()):
        with duckdb.connect(path, read_only=True) as connection:
            assert connection.execute("SELECT current_database()").fetchall() == [("darkfigure",)]


def test_every_table_and_column_is_as_declared_with_its_comment(file: Connection) -> None:
    held = file.execute("SELECT schema_name || '.' || table_name, comment FROM duckdb_tables()").fetchall()
    assert dict(held) == {key: table_comment(table) for key, table in EVERY.items()}
    found: dict[str, dict[str, tuple[str, bool, str]]] = {}
    for key, name, kind, nullable, comment in file.execute(
        "SELECT schema_name || '.' || table_name, column_name, data_type, is_nullable, comment FROM duckdb_columns()"
        " WHERE NOT internal ORDER BY column_index"
    ).fetchall():
        found.setdefault(key, {})[name] = (kind.replace('"', ""), nullable, comment)
    for key, table in EVERY.items():
        declared = {
            name: (duckdb_type(arrow_type(column)).replace('"', ""), bool(column.nullable), comment_of(column))
            for name, column in columns(table.model).items()
        }
        assert found[key] == declared and list(found[key]) == list(declared), key


def test_every_view_and_its_columns_have_comments(file: Connection) -> None:
    views = dict(file.execute("SELECT view_name, comment FROM duckdb_views() WHERE NOT internal").fetchall())
    assert {view.name for view in VIEWS} | {"origin"} <= set(views) and all(views.values())
    silent = file.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE comment IS NULL AND NOT internal"
        " AND schema_name IN (SELECT schema_name FROM duckdb_tables())"
    ).fetchall()
    assert silent == []
    for view in VIEWS:
        assert views[view.name] == view.meaning
        rows, of_table = (
            file.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0] for name in (f"main.{view.name}", view.of)
        )
        assert rows == of_table if view.rows is Rows.EVERY else rows <= of_table


def test_main_counts_each_quantity_once(file: Connection) -> None:
    """8L, 8M, 8Q, 8R of YE March 2025: 548,427 by Table A5a of the newest release; three releases and two tables stand behind.

    March alone, 48,777 by Table A5b, ends on the same day and stands apart.
    """
    asked = (
        "SELECT sum(value) FROM {} WHERE offence_code IN ('8L', '8M', '8Q', '8R') AND area_code = 'K04000001'"
        " AND period_end = DATE '2025-03-31'"
    )
    assert file.execute(asked.format("main.offence_count")).fetchall() == [(548_427.0,)]
    assert file.execute(asked.format("main.offence_count_within_a_year")).fetchall() == [(48_777.0,)]
    assert file.execute(asked.format("recorded.offence_count")).fetchall()[0][0] > 2 * 548_427
    for view in VIEWS:
        if view.part_years is not None:
            shorter = f"SELECT DISTINCT date_diff('month', period_start, period_end + 1) < 12 FROM main.{view.name}"
            assert file.execute(shorter).fetchall() == [(view.part_years,)], view.name
        if view.quantity:
            twice = f"SELECT count(*) FROM main.{view.name} GROUP BY {', '.join(view.quantity)} HAVING count(*) > 1"
            assert file.execute(twice).fetchall() == [], view.name


def test_a_quantity_that_two_tables_print_says_by_how_much_they_differ(file: Connection) -> None:
    """8R, YE December 2025: Table A5a prints 93,088 and Table B2, another extract, 93,685."""
    row = file.execute(
        "SELECT value, other_series, other_value, other_difference FROM main.offence_count"
        " WHERE series = 'prc.a5a.8R' AND period_end = DATE '2025-12-31'"
    ).fetchall()
    assert row == [(93_088.0, "prc.b2.8R.total", 93_685.0, 597.0)]


def test_names_of_the_release_before_still_answer_and_say_so(file: Connection) -> None:
    old = "SELECT count(*) FROM gap WHERE estimate_badge IS NOT DISTINCT FROM estimate_designation"
    assert file.execute(old).fetchall() == file.execute("SELECT count(*) FROM gap").fetchall()
    for former, new in deprecated.TABLES.items():
        assert file.execute(f"SELECT * FROM {former}").fetchall() == file.execute(f"SELECT * FROM {new}").fetchall()
    said = file.execute("SELECT comment FROM duckdb_views() WHERE view_name = 'justice_funnel'").fetchall()
    assert said == [(deprecated.remark("reconciled.attrition"),)]


def test_its_sentences_are_well_formed(file: Connection) -> None:
    """What is put together of parts betrays itself at the seams; sources print "exc.", "incl." and "etc."."""
    seams = re.compile(
        r"(?<!exc)(?<!incl)(?<!etc)(?<!\.\.)\. [a-z]|  |[ (][,;)]|\b(None|nan|null)\b|[{}]|\b1 (offences|years|rows)\b|[.;,:][:;]"
    )
    columns_of_text = file.sql("""
        SELECT format('{}.{}', table_schema, table_name), list(format('"{}"', column_name)),
            list(format(if(ends_with(data_type, '[]'), 'flatten(list(DISTINCT "{}"))', 'list(DISTINCT "{}")'), column_name))
        FROM information_schema.columns
        WHERE table_schema IN ('main', 'reconciled', 'statement') AND starts_with(data_type, 'VARCHAR')
            AND column_name NOT IN ('row_id', 'inputs', 'citation', 'printed')
        GROUP BY ALL""").fetchall()
    assert sum(len(names) for _, names, _ in columns_of_text) > 300
    # A view is made anew for each query, so all its columns are asked for at once.
    for table, names, texts in columns_of_text:
        [said] = file.execute(f"SELECT {', '.join(texts)} FROM {table}").fetchall()
        bad = [
            (table, name, text)
            for name, column in zip(names, said, strict=True)
            for text in column or ()
            if text and " " in text and (seams.search(text) or text.count("(") != text.count(")"))
        ]
        assert not bad


def test_the_macros_have_comments_and_explain_gives_the_tree(file: Connection) -> None:
    macros = file.execute("SELECT function_name, comment FROM duckdb_functions() WHERE NOT internal").fetchall()
    assert "explain" in dict(macros) and all(comment for _, comment in macros)
    steps = file.execute("SELECT * FROM explain(?)", [WOMEN]).fetchall()
    assert (steps[0][0], steps[0][1]) == (0, WOMEN) and len(steps) > 3 and {step[0] for step in steps} >= {0, 1}
    assert any("vawg:vawg.domestic_abuse:" in step[1] for step in steps)
    assert file.execute("SELECT * FROM explain('nothing')").fetchall() == []


def test_every_row_has_an_origin_and_every_figure_its_place(file: Connection) -> None:
    file.execute("CREATE TEMP TABLE known AS SELECT row_id FROM meta.origin")  # the view reads every table each time
    for key in OF_ASSETS:
        assert file.execute(f"SELECT count(*) FROM {key} WHERE row_id NOT IN (FROM known)").fetchall() == [(0,)], key
    lost = file.execute(
        "SELECT count(*) FROM meta.origin WHERE table_name IN ('survey.estimate', 'recorded.offence_count',"
        " 'recorded.flagged_count', 'recorded.vawg_count') AND (printed IS NULL OR source IS NULL"
        " OR release IS NULL OR sheet IS NULL)"
    ).fetchall()
    assert lost == [(0,)]
    unknown = "SELECT count(*) FROM archive.figure ANTI JOIN meta.release USING (source, release)"
    assert file.execute(unknown).fetchall() == [(0,)]


def test_lineage_has_no_circle_and_no_result_without(file: Connection) -> None:
    """A step goes back to another table or to an earlier row; that every input is a row of the file the audit sees."""
    results = file.execute("SELECT count(*) FROM gap WHERE row_id NOT IN (SELECT row_id FROM meta.lineage)").fetchall()
    assert results == [(0,)]
    parents: dict[str, list[str]] = {}
    for row_id, input_row_id in file.execute("SELECT row_id, input_row_id FROM meta.lineage").fetchall():
        parents.setdefault(row_id, []).append(input_row_id)
    done, open_now = set[str](), set[str]()

    def visit(row_id: str) -> None:
        assert row_id not in open_now, f"{row_id} is made from itself"
        if row_id in done:
            return
        open_now.add(row_id)
        for parent in parents.get(row_id, ()):
            visit(parent)
        open_now.remove(row_id)
        done.add(row_id)

    for row_id in parents:
        visit(row_id)


def test_meta_says_what_went_in_and_with_what_result(file: Connection, built: Built) -> None:
    [build] = file.execute("SELECT build_id, content_hash, tables, rows, duckdb FROM meta.build").fetchall()
    assert build[0] == built.file.resolve().parent.name and build[0].endswith(build[1][:8])
    assert build[2] == len(OF_ASSETS)
    assert build[3] == sum(file.execute(f"SELECT count(*) FROM {key}").fetchall()[0][0] for key in OF_ASSETS)
    [(checks,)] = file.execute("SELECT count(*) FROM meta.check_result").fetchall()
    # The two that only warn have found real contradictions between published figures; one that stops is in no published file.
    told = file.execute("SELECT check_name FROM meta.check_result WHERE NOT passed").fetchall()
    assert checks >= 11 and {name for (name,) in told} == {"figures_agree", "no_test_contradicts_the_publisher"}
    dictionary = file.execute("SELECT DISTINCT table_name FROM meta.column").fetchall()
    assert {name for (name,) in dictionary} >= set(EVERY) | {f"main.{view.name}" for view in VIEWS} | {"meta.origin"}
    files = dict(file.execute("SELECT path, sha256 FROM meta.source_file").fetchall())
    assert "figures/policing_vawg.csv" in files and "sources.yaml" in files
    assert file.execute("SELECT count(*) FROM meta.finding").fetchall()[0][0] > 0


def test_the_dictionary_says_of_every_column_what_duckdb_says(file: Connection) -> None:
    differing = file.execute(
        "SELECT d.table_name, d.column_name FROM meta.column AS d JOIN duckdb_columns() AS c"
        " ON c.schema_name || '.' || c.table_name = d.table_name AND c.column_name = d.column_name"
        " WHERE replace(c.data_type, '\"', '') <> replace(d.type, '\"', '') OR c.column_index <> d.position"
    ).fetchall()
    assert differing == []


def test_the_file_holds_what_was_staged(file: Connection, tables: Tables) -> None:
    for key in OF_ASSETS:
        assert file.execute(f"SELECT count(*) FROM {key}").fetchall() == [(len(tables[key]),)], key
    row = tables.row("reconciled.gap", row_id=WOMEN)
    stored = file.execute("SELECT * FROM reconciled.gap WHERE row_id = ?", [WOMEN])
    names = [column[0] for column in stored.description]
    assert dict(zip(names, stored.fetchall()[0], strict=True)) == row


def test_the_published_file_is_of_now(file: duckdb.DuckDBPyConnection) -> None:
    assert file.execute("SELECT as_of FROM meta.build").fetchall() == [(None,)]


def test_nobody_writes_into_the_file(built: Built) -> None:
    with duckdb.connect(built.file, read_only=True) as connection, pytest.raises(duckdb.Error):
        connection.execute("CREATE TABLE mine (a INTEGER)")
    if os.geteuid() != 0:
        with pytest.raises(duckdb.Error):
            duckdb.connect(built.file)


def test_publishing_the_same_again_gives_the_same_content_and_disturbs_nobody_who_has_the_file_open(
    built_copy: Built,
) -> None:
    first = built_copy.file.resolve().parent.name
    with duckdb.connect(built_copy.file, read_only=True) as reader:
        before = reader.execute("SELECT build_id FROM meta.build").fetchall()
        again = publish(built_copy.staging, built_copy.output, built_copy.root / "interim" / "refresh.lock").build_id
        assert again != first and again.split("-")[1] == first.split("-")[1]
        for number in range(KEPT - 1):  # until that of the reader is not among those that are kept
            place(built_copy.output, f"{again}-{number}", partial(shutil.copyfile, built_copy.file.resolve()))
        assert reader.execute("SELECT build_id FROM meta.build").fetchall() == before
        assert reader.execute("SELECT count(*) FROM gap WHERE recorded_per_100 IS NOT NULL").fetchall()[0][0] > 0
    with duckdb.connect(built_copy.file, read_only=True) as reader:
        assert reader.execute("SELECT build_id FROM meta.build").fetchall() != before
    builds = [path.name for path in (built_copy.output / "builds").iterdir()]
    assert len(builds) == KEPT and first not in builds


@pytest.fixture(scope="session")
def oldest_client(request: pytest.FixtureRequest) -> Path:
    """A Python with the oldest DuckDB that must read the file, kept in pytest's cache between runs."""
    folder = Path(request.config.cache.mkdir(f"duckdb-{OLDEST}-py{sys.version_info[0]}.{sys.version_info[1]}"))
    python = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    ready = folder / "ready"
    if not ready.exists():
        venv.create(folder, with_pip=True, clear=True)
        wanted = [python, "-m", "pip", "--disable-pip-version-check", "install", "--quiet", "--only-binary=:all:"]
        done = subprocess.run(
            [*wanted, f"duckdb=={OLDEST}.*"], capture_output=True, text=True, timeout=180, check=False
        )
        if done.returncode:
            pytest.skip(f"DuckDB {OLDEST} cannot be had from the package index: {done.stderr.strip().splitlines()[-1]}")
        ready.touch()
    return python


def test_the_oldest_client_reads_the_gap_and_explains_it(built: Built, oldest_client: Path) -> None:
    asking = f"""
import duckdb, json
c = duckdb.connect({str(built.file)!r}, read_only=True)
print(json.dumps([
    duckdb.__version__,
    c.execute("SELECT count(*) FROM gap").fetchone()[0],
    c.execute("SELECT recorded, rules[1].rule, len(inputs), caveats[1] FROM gap WHERE row_id = {WOMEN!r}").fetchone(),
    c.execute("SELECT count(*) FROM explain({WOMEN!r})").fetchone()[0],
    c.execute("SELECT count(*) FROM threat_breakdown").fetchone()[0],
    c.execute("SELECT comment FROM duckdb_views() WHERE view_name = 'gap'").fetchone()[0],
]))
"""
    done = subprocess.run([oldest_client, "-c", asking], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    version, rows, row, steps, breakdown, comment = json.loads(done.stdout)
    assert version.startswith(OLDEST) and rows > 300 and steps > 3 and breakdown > 500
    assert row[0] == 400_213 and row[1] == "PRESENT" and row[3].startswith("Not a reporting rate.")
    assert "Not a reporting rate" in comment


def test_the_command_line_of_duckdb_answers_as_the_readme_says(built: Built) -> None:
    program = shutil.which("duckdb", path=str(Path(sys.executable).parent)) or shutil.which("duckdb")
    if program is None:
        pytest.skip("the DuckDB command line is not installed")
    asked = [
        program,
        "-readonly",
        "-json",
        "-c",
        f"SELECT recorded, verdict FROM gap WHERE row_id = '{WOMEN}'",
        built.file,
    ]
    done = subprocess.run(asked, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == [{"recorded": 400_213.0, "verdict": "qualify"}]
    done = subprocess.run(
        [program, "-readonly", built.file, "-c", "CREATE TABLE mine (a INTEGER)"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode != 0 and "read-only" in done.stderr


def test_pandas_and_polars_read_the_same_rows(file: Connection) -> None:
    polars = pytest.importorskip("polars", reason="polars is not installed")
    query = "SELECT row_id, recorded, period_end, caveats FROM gap ORDER BY row_id"
    one, other = file.sql(query).df(), file.sql(query).pl()
    assert isinstance(other, polars.DataFrame) and other.shape == one.shape
    assert other["row_id"].to_list() == one["row_id"].tolist()
    assert other["recorded"].sum() == pytest.approx(one["recorded"].sum())
    assert other["caveats"].to_list() == [list(said) for said in one["caveats"]]


def test_show_waits_for_no_library_that_it_does_not_need(built: Built) -> None:
    """Neither reading nor a refresh that has nothing to do waits for Dagster or pandas."""
    told = darkfigure("show", "threats", "--threat", "rasso", "--data", built.root)
    assert told.code == 0 and "none held" in told.said and "no figure held of 88D" in told.said
    commands = ", ".join(f"pipelines.commands.{name}" for name in ("show", "explain", "refresh", "findings"))
    loaded = f"import sys, pipelines.cli, {commands}; print({{'dagster', 'pandas', 'pandera', 'pydantic'}} & {{*sys.modules}})"
    done = subprocess.run(
        [sys.executable, "-c", loaded], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert done.stdout.strip() == "set()"
