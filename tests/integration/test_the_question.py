"""The question of an analyst, for England and Wales and for Avon and Somerset, answered in each place by one obvious step.

How far apart are estimated and recorded stalking, may I compare them, where do the numbers come from, what changed since the
last release, and what about my force?
"""

import csv
import html
import re
import shutil
from pathlib import Path

import duckdb
import pytest
from kit import Built, Run, read_rows
from python_calamine import CalamineWorkbook

from assets.published.answers_page import answers_page
from assets.published.site.writing import PLACE
from assets.published.tables.leaves import HEADING_ROW
from assets.published.tables.writing import FOLDER, WORKBOOK

# ONS, Crime in England and Wales: Appendix tables, YE December 2025, Table A5a, 8Q; bulletin YE March 2025, "around 1.4 million".
APART = ("1.4 million people", "135,628 offences", "9.7 (8.0 to 11.5, likely 8.5 to 10.8)")
COMPARE = ("the survey counts victims of any stalking", "Not a reporting rate.", "ONS advises against comparing")
FROM = ("Crime in England and Wales: Appendix tables", "Office for National Statistics")
# The same table of the release before prints 135,590.
CHANGED = ("135,590 in ye-2025-09", "135,628 in ye-2025-12")
# ONS, Police Force Area data tables, YE June 2025 (CSP tables): the group is printed by force, stalking alone is not.
FORCE = (
    "Avon and Somerset, Stalking and harassment, year to June 2025: 24,502 offences recorded",
    "within the 95% limits",
    "Stalking alone: Not given by police force",
)


def holds(text: str, *parts: tuple[str, ...]) -> None:
    flat = " ".join(text.split())
    missing = [one for part in parts for one in part if one.lower() not in flat.lower()]
    assert not missing, f"{missing} not said in: {flat[:2000]}"


@pytest.mark.parametrize("force", ["Avon and Somerset", "Avon & Somerset", "E23000036", "Avon & Somerset Constabulary"])
def test_in_the_file(file: duckdb.DuckDBPyConnection, force: str) -> None:
    rows = file.execute("FROM ask('stalking', ?)", [force]).fetchall()
    said = {position: " ".join(row[2] for row in rows if row[0] == position) for position in {row[0] for row in rows}}
    holds(said[1], APART)
    holds(said[2], COMPARE)
    holds(said[3], FROM)
    holds(said[4], CHANGED)
    holds(said[6], FORCE)
    first = next(row[2] for row in rows if row[0] == 6)
    assert first.startswith("Avon and Somerset, Stalking and harassment, year to June 2025"), "the newest figure first"


def test_a_nation_is_told_as_a_whole_before_its_forces(file: duckdb.DuckDBPyConnection) -> None:
    """ONS, Police Force Area data tables, YE December 2024, row WALES of Tables P1 and P4, P2 (-6.8842) and P3 (12.9386)."""
    query = "SELECT answer FROM ask('stalking', 'Wales', ?) WHERE position = 6"
    of_the_year = "40,943 offences recorded; 12.94 per 1,000 people; \N{MINUS SIGN}6.9% on the year to December 2023;"
    for year, count in (("2024", of_the_year), ("2023", "43,970 offences recorded")):
        first, *forces = [answer for (answer,) in file.execute(query, [year]).fetchall()]
        assert first.startswith(f"Wales as a whole, Stalking and harassment, year to December {year}: {count}")
        assert any(answer.startswith("Dyfed-Powys, Stalking and harassment") for answer in forces)


def test_a_place_is_answered_with_its_whole_force_and_that_is_said(
    file: duckdb.DuckDBPyConnection, built: Built, run: Run
) -> None:
    """ONS, Police Force Area data tables, Table C2: Leeds (E22000345) stands among the partnerships of West Yorkshire."""
    [(said,), (first,), *_] = file.execute("SELECT answer FROM ask('stalking', 'Leeds') WHERE position = 6").fetchall()
    assert said.startswith("Leeds is a part of West Yorkshire,") and first.startswith("West Yorkshire, ")
    assert "part of" not in str(file.execute("FROM ask('stalking', 'Gwent')").fetchall())
    ran = run("show", "forces", "--force", "Leeds", "--format", "csv", "--data", built.root)
    assert ran.error == "Leeds lies in West Yorkshire: what follows is of all of it.\n"
    assert {row["force"] for row in csv.DictReader(ran.said.splitlines())} == {"West Yorkshire"}


def test_on_the_terminal(built: Built, run: Run) -> None:
    ran = run("show", "stalking", "--force", "Avon & Somerset", "--data", built.root)
    assert ran.code == 0 and ran.error == ""
    holds(ran.said, APART, COMPARE, FROM, CHANGED, FORCE)
    assert ran.said.index("1.4 million people") < ran.said.index("More"), "the answer first, then how to look further"


def test_on_the_terminal_misspelt_and_unknown(built: Built, run: Run) -> None:
    ran = run("show", "stlking", "--force", "Avn & Somerset Police", "--data", built.root)
    assert ran.code == 0 and "stlking" not in ran.said
    holds(ran.said, APART)
    assert ran.error.splitlines() == [
        "There is no threat called stlking: it is read as stalking.",
        "There is no force called Avn & Somerset Police: it is read as avon and somerset.",
    ]
    unknown = run("show", "fraud", "--data", built.root)
    assert unknown.code == 2
    holds(
        unknown.error,
        ("There is no threat called fraud. The nearest is", "gap, threats, forces, regions, changes, sources"),
    )


def test_a_threat_of_several_words_needs_no_quotes(built: Built, run: Run) -> None:
    ran = run("show", "domestic", "abuse", "--force", "Kent", "--data", built.root)
    assert ran.code == 0
    holds(ran.said, ("Domestic abuse, all adults v flagged offences", "Kent"))
    two = run("show", "stalking", "--threat", "rape", "--data", built.root)
    assert two.code == 2 and "leave --threat out" in two.error


@pytest.mark.parametrize(
    ("view", "by", "value"),
    [
        ("gap", "force", "Kent"),
        ("threats", "force", "Kent"),
        ("changes", "year", "2024"),
        ("sources", "threat", "rape"),
    ],
)
def test_rows_of_the_whole_country_stand_under_no_name_of_a_force(
    view: str, by: str, value: str, built: Built, run: Run
) -> None:
    """What a view cannot be narrowed by is refused, with what can be: its rows would pass for those that were asked for."""
    ran = run("show", view, f"--{by}", value, "--data", built.root)
    assert ran.code == 2 and ran.said == ""
    holds(ran.error, (f"`show {view}` is the same for every {by}", f"leave --{by} out"))
    assert " ".join(ran.error.split()).endswith(f"{value} --data {built.root}"), "what to ask instead, of the same file"


def test_on_the_terminal_for_a_year_and_a_region(built: Built, run: Run) -> None:
    """The year that is asked is answered, and no other; of a region its forces are told."""
    ran = run("show", "stalking", "--year", "2023/24", "--force", "London", "--data", built.root)
    assert ran.code == 0 and "year to March 2024" in ran.said and "1.4 million people" not in ran.said
    holds(ran.said, ("128,829 offences",))  # Table A5a of the same release
    forces = run("show", "forces", "--force", "London", "--format", "csv", "--data", built.root)
    assert {line.split(",")[0] for line in forces.said.splitlines()[1:]} == {"City of London", "Metropolitan Police"}
    unheld = run("show", "stalking", "--year", "1066", "--data", built.root)
    assert unheld.code == 2
    holds(unheld.error, ("Nothing of stalking is compared in 1066", "2024-03, 2025-03"))
    no_year = run("show", "gap", "--year", "next year", "--data", built.root)
    assert no_year.code == 2 and "2024/25 or March 2025" in " ".join(no_year.error.split())


def test_of_a_year_of_which_nothing_of_a_force_is_held_that_is_said_and_the_newest_told(
    file: duckdb.DuckDBPyConnection,
) -> None:
    """Tables by force are tracked for the years to June 2025 and March 2018, and to no March since 2024."""
    ask = "select answer from ask('stalking', 'Kent', ?) where position = 6 order by all"
    other, held = ([one for (one,) in file.execute(ask, [year]).fetchall()] for year in ("2025-03", "2025-06"))
    unasked = file.execute("select answer from ask('spiking') where position = 1").fetchall()
    none = "Kent: no count is held of the year that was asked for; of others:"
    newest = "Kent, Stalking and harassment, year to June 2025: "
    assert none in other and any(one.startswith(newest) for one in other)
    assert none not in held and [one for one in held if " recorded" in one and not one.startswith(newest)] == []
    assert "no estimate; no count recorded" in unasked[0][0]


def test_what_is_not_compared_is_said_and_homicide_is_not_answered_with_all_abuse(
    file: duckdb.DuckDBPyConnection,
) -> None:
    ask = "select answer from ask('{}', NULL, ?) where position in (1, 4)"
    [(unheld,)] = file.execute(ask.format("stalking"), ["2031"]).fetchall()
    assert unheld.startswith("Stalking and harassment: no comparison is held of the year that was asked for;")
    homicide = file.execute(ask.format("domestic homicide"), ["2024-03"]).fetchall()
    assert "83 victims recorded" in homicide[0][0] and "offences recorded; 21" not in str(homicide)


def test_each_source_is_named_once(file: duckdb.DuckDBPyConnection) -> None:
    """Two comparisons may rest on the same release."""
    named = file.execute("select answer from ask('domestic abuse', NULL, '2023') where position = 3").fetchall()
    assert len(named) == len(set(named)) > 1


def test_of_several_comparisons_each_sentence_names_its_own(file: duckdb.DuckDBPyConnection) -> None:
    """Whether two may be compared, and whether they changed, is said of one comparison: with several, of which."""
    compared = {name for (name,) in file.execute("select comparison from answer_for('domestic abuse')").fetchall()}
    said = file.execute("select answer from ask('domestic abuse') where position in (2, 5)").fetchall()
    assert len(said) > 2
    assert [one for (one,) in said if one.split(": ")[0] not in compared] == []


def test_in_the_workbook(built: Built) -> None:
    """One sheet says all of it by topic, the first sheet the answer; the filter of Forces chooses the force."""
    book = CalamineWorkbook.from_path(built.output / FOLDER / WORKBOOK)
    assert book.sheet_names[0] == "Answers"
    answers = [
        row
        for row in book.get_sheet_by_name("Answers").to_python()
        if str(row[1]).startswith("Stalking, all adults v 8Q:")
    ]
    [row] = answers
    assert row[3] == 1_400_000 and row[5] == 135_628
    holds(" ".join(map(str, row)), APART[2:], COMPARE)
    questions = book.get_sheet_by_name("Questions").to_python()[HEADING_ROW + 1 :]
    said = " ".join(str(row[2]) for row in questions if row[0] == "Stalking and harassment")
    holds(said, APART, COMPARE, FROM, CHANGED)
    forces = [row for row in book.get_sheet_by_name("Forces").to_python() if row[0] == "Avon and Somerset"]
    assert {row[1] for row in forces} >= {"Stalking and harassment", "Domestic abuse"}
    assert [row[4] for row in forces if row[2] == "Stalking and harassment"] == [24_502]
    holds("\n".join(f"{row[2]}: {row[8]}" for row in forces), FORCE[2:])
    holds(" ".join(str(row[7]) for row in forces if row[2] == "Stalking and harassment"), FORCE[1:2])


def test_in_the_csv(built: Built) -> None:
    folder = built.output / FOLDER / "csv"
    holds(
        " ".join(map(str, of(folder / "questions.csv", topic="Stalking and harassment"))), APART, COMPARE, FROM, CHANGED
    )
    [row] = of(folder / "forces.csv", force="Avon and Somerset", part="Stalking and harassment")
    assert row["recorded"] == "24502" and row["year_ending"] == "2025-06-30"
    holds(row["among_forces"], FORCE[1:2])
    [row] = of(folder / "forces.csv", force="Avon and Somerset", part="Stalking alone", recorded="[x]")
    holds(f"{row['part']}: {row['coverage']}", FORCE[2:])


def of(path: Path, **wanted: str) -> list[dict[str, str]]:
    return [row for row in read_rows(path) if all(row[name] == value for name, value in wanted.items())]


def test_in_the_ui(built: Built) -> None:
    """What `published/answers` shows: its page begins with the answers and the picture (a browser looks at it in test_ui)."""
    page = answers_page(built.file)
    text = page.text()
    assert next(iter(page.words)) == "The answers" and text.startswith("## The answers")
    holds(text, APART, ("Not a reporting rate.", "ONS advises against comparing"), FROM, CHANGED)
    [row] = [
        line for line in page.words["What about my force"].splitlines() if line.startswith("| Avon and Somerset | St")
    ]
    holds(row, ("Stalking and harassment | Jun 2025 | 24,502", *FORCE[1:2]))
    holds(
        page.words["What about my force"],
        (FORCE[2].split(": ")[1], "Stalking and harassment: Stalking alone. ONS Tables"),
    )
    assert (
        text.index("data:image/svg+xml") < text.index("1.4 million") < text.index("What moved since the build before")
    )


def test_in_the_site(built: Built) -> None:
    """The page of the threat says it of England and Wales, the page of the force of itself (clicks: test_site_browser)."""
    site = built.output / PLACE
    threat, force = (
        html.unescape(re.sub(r"<[^>]+>", " ", (site / path).read_text(encoding="utf-8")))
        for path in ("threats/stalking-harassment.html", "forces/avon-and-somerset.html")
    )
    holds(threat, ("1.4 million people", "135,628 offences", "about 9.7 per 100", "8.0 to 11.5", *COMPARE), FROM[1:])
    holds(
        force,
        ("24,502 offences", "Stalking and harassment, year to June 2025", "within the 95% limits", "Stalking alone"),
    )


def test_of_a_newest_count_that_is_withheld_the_one_before_is_given_too(built: Built, tmp_path: Path) -> None:
    """As where the year to June 2025 contradicts other figures: the reader is told, and has the last one that may be used."""
    changed = Path(shutil.copyfile(built.file, tmp_path / "changed.duckdb"))
    changed.chmod(0o644)
    of_group = "part = 'Stalking and harassment' ORDER BY ALL"
    query = f"SELECT year_ending, recorded, coverage FROM force_for('Kent', 'stalking') WHERE {of_group}"
    with duckdb.connect(changed) as connection:
        [(newest, _, _)] = connection.execute(query).fetchall()
        connection.execute(
            "UPDATE main.force SET recorded = NULL, coverage = 'withheld' WHERE year_ending = ?", [newest]
        )
        [(before, recorded, _), (last, none, said)] = connection.execute(query).fetchall()
    assert before < newest == last and recorded > 0 and none is None and said == "withheld"
