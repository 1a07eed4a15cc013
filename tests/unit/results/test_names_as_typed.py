"""What people type for a year, a force or a threat: what is meant is taken, what may be several or none is said."""

from collections.abc import Iterator

import duckdb
import pytest
from kit import ROOT

from assets.answers.names import CALLED, named, sql
from assets.reference.read import read_reference
from schemas.rows import Record


@pytest.fixture(scope="module")
def asked() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("CREATE SCHEMA reference; CREATE SCHEMA meta")
        for table in ("threat", "area", "spelling", "offence", "offence_threat", "plain_word", "series"):
            frame = read_reference(ROOT / "data", key := f"reference.{table}")
            connection.register("frame", frame)
            connection.execute(f"CREATE TABLE {key} AS FROM frame")
        for call, query, _ in CALLED:
            connection.execute(f"CREATE MACRO {call} AS {query}")
        connection.execute(f"CREATE TABLE meta.name AS {sql('name')}")
        connection.execute(f"CREATE MACRO area_named(typed) AS {named('area')}")
        connection.execute(f"CREATE MACRO threat_named(typed) AS {named('threat')}")
        part = named("threat", "coalesce(part, '')")
        connection.execute(f"CREATE MACRO part_named(typed) AS {part}")
        yield connection


def value(connection: duckdb.DuckDBPyConnection, query: str, typed: object) -> Record:
    [(found,)] = connection.execute(query, [typed]).fetchall()
    return found


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        (2025, "2025"), ("2025-03", "2025-03"), ("2025-03-31", "2025-03-31"), ("2024/25", "2025-03"), ("2024-25", "2025-03"),
        ("2024/2025", "2025-03"), ("FY25", "2025-03"), ("FY2024/25", "2025-03"), ("March 2025", "2025-03"), ("Mar-25", "2025-03"),
        ("YE Mar 2025", "2025-03"), ("year ending 31 March 2025", "2025-03"), ("Apr 2024 to Mar 2025", "2025-03"),
        ("Sept 2024", "2024-09"), ("1999/00", "2000-03"), (None, None),
    ],
)  # fmt: skip
def test_a_year_is_taken_as_people_write_it(typed: object, meant: str | None, asked: duckdb.DuckDBPyConnection) -> None:
    assert value(asked, "SELECT year_named(?)", typed) == meant


@pytest.mark.parametrize("typed", ["next year", "Q1 2025", "2024/26", "2025-13", "25"])
def test_what_is_no_year_is_said(typed: str, asked: duckdb.DuckDBPyConnection) -> None:
    with pytest.raises(duckdb.InvalidInputException, match="There is no year called"):
        value(asked, "SELECT year_named(?)", typed)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("the Met", "Metropolitan Police"), ("MPS", "Metropolitan Police"), ("GMP", "Greater Manchester"),
        ("TVP", "Thames Valley"), ("ASP", "Avon and Somerset"), ("BTP", "British Transport Police"),
        ("Heddlu De Cymru", "South Wales"), ("Heddlu Gogledd Cymru", "North Wales"), ("Heddlu Gwent", "Gwent"),
        ("Leics", "Leicestershire"), ("Northants", "Northamptonshire"), ("Devon", "Devon and Cornwall"), ("Kemt", "Kent"),
        ("S Yorks", "South Yorkshire"), ("Thames Valley Police", "Thames Valley"), ("London", "London"),
        ("Leeds", "West Yorkshire"), ("Bristol", "Avon and Somerset"), ("Hull", "Humberside"),  # places within a force
        ("Westmnster", "Metropolitan Police"),
    ],
)  # fmt: skip
def test_a_force_is_known_as_people_call_it(typed: str, meant: str, asked: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT name FROM reference.area WHERE area_code = area_named(?) AND area_type <> 'community_safety_partnership'"
    assert value(asked, query, typed) == meant


@pytest.mark.slow
@pytest.mark.parametrize(
    ("typed", "threat", "part"),
    [
        ("8U", "stalking_harassment", "Controlling and coercive behaviour (8U)"),  # flagged as domestic abuse, counted here
        ("coercive control", "stalking_harassment", "Controlling and coercive behaviour (8U)"),
        ("controlling or coercive behaviour", "stalking_harassment", "Controlling and coercive behaviour (8U)"),
        ("19c", "rasso", "Rape of a female aged 16 or over (19C)"), ("19D", "csae", "Rape of a female child under 16 (19D)"),
        ("grooming", "csae", "Sexual grooming (88A)"), ("voyeurism", "rasso", "Voyeurism (88E:088/10)"),
        ("Breach of a restraining order", "stalking_harassment", "Breach Of Restraining Order (8L:008/31)"),
        ("FGM", "honour_based_abuse", "Female genital mutilation"),  # a part of what is flagged
        ("harassment", "stalking_harassment", ""), ("VAWG", "all_vawg", ""), ("partner abuse", "domestic_abuse", ""),
    ],
)  # fmt: skip
def test_an_offence_is_known_by_its_code_its_name_and_words_of_it(
    typed: str, threat: str, part: str, asked: duckdb.DuckDBPyConnection
) -> None:
    assert (value(asked, "SELECT threat_named(?)", typed), value(asked, "SELECT part_named(?)", typed)) == (
        threat,
        part,
    )


@pytest.mark.parametrize(
    ("kind", "typed", "says"),
    [
        ("area", "West", "one of several: West Mercia, West Midlands, West Yorkshire"),  # none of them is taken for it
        ("area", "WMP", "far from it; there are Avon and Somerset"),  # West Mercia's initials, and West Midlands'
        ("area", "Newcastle", "Newcastle upon Tyne (Northumbria), Newcastle-under-Lyme (Staffordshire)"),
        ("area", "Wessex", "The nearest is Essex"), ("area", "PSNI", "far from it"),
        ("threat", "sex", "one of several"),
        ("area", "Narnia", "far from it"), ("area", "Scotland", "far from it"),  # no letters of "national", "Rutland"
        ("threat", "fraud", "it; there are All violence against women and girls, Child sexual abuse"),
        ("threat", "19", "far from it"), ("threat", "men", "far from it"),  # nor of "modern slavery", which was answered
        ("threat", "strangulation", "far from it"), ("threat", "homicide", "The nearest is domestic homicide (Domestic abuse)"),
        ("threat", "marital rape", "one of several: Child sexual abuse and exploitation (CSAE), Rape"),
        ("threat", "honour killings", "The nearest is honour based abuse"),
        ("threat", "assault", "one of several: Child sexual abuse and exploitation (CSAE), Rape"),
        ("threat", "online harms", "The nearest is online (Online and tech-enabled)"),
    ],
)  # fmt: skip
def test_what_may_be_several_or_none_is_not_taken_for_one(
    kind: str, typed: str, says: str, asked: duckdb.DuckDBPyConnection
) -> None:
    with pytest.raises(duckdb.InvalidInputException, match=f"There is no {kind} called {typed}") as told:
        value(asked, f"SELECT {kind}_named(?)", typed)
    assert says in str(told.value)
