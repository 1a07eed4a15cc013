"""`darkfigure show`: the answers, first in words, then how to look further. It reads the published file."""

import argparse
import re
import shlex
import sys
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

import duckdb

from assets.answers.health import headline, lines
from assets.answers.names import named
from assets.answers.recorded import NO_LEAGUE
from assets.tables.asking import Asked
from assets.words import wording
from assets.words.counted import STATES, blocked_in_words
from pipelines.commands.findings import print_noticed
from pipelines.commands.folders import published_file
from pipelines.commands.formats import formatted
from pipelines.commands.printed import called, sql_line
from pipelines.commands.stop import FOUND, WRONG_CALL, Stop
from pipelines.commands.tables import TerminalColumn, console, print_rows, print_said
from schemas.rows import AnyRow, Record

# What is asked of the file: each takes a threat, a force and a year, any of them None.
QUERIES = {
    "gap": "SELECT * FROM answer_for($threat, $year)",
    "threats": "SELECT * FROM parts_for($threat, $year)",
    "forces": "SELECT * FROM force_for($force, $threat, $year)",
    "regions": "SELECT * FROM region_for($force, $threat, $year)",
    "changes": "SELECT * FROM change_for($threat)",
    "sources": "SELECT * FROM source",
}
ASK = "SELECT * FROM ask($threat, $force, $year)"
# What a name is read as, and what was typed as names are compared.
READ_AS = "SELECT {spelling} AS spelling, plain_name(typed) AS name FROM (SELECT $typed AS typed)"
PLACE = """
SELECT name FROM reference.area WHERE area_code = area_named($force) AND place_named($force) <> ''
"""
YEARS = "SELECT DISTINCT year_ending FROM answer_for($threat, '') ORDER BY year_ending"
BLOCKED = """
SELECT rule.rule, first(rule.reason ORDER BY rule.reason) AS reason, count(DISTINCT gap.row_id) AS rows
FROM gap, unnest(gap.rules) AS said(rule)
WHERE gap.verdict = 'block' AND rule.result = 'block'
GROUP BY rule.rule ORDER BY rows DESC
"""
COLUMNS: Mapping[str, Sequence[TerminalColumn]] = {
    "gap": (
        TerminalColumn("", ("comparison", "who")), TerminalColumn("year ending", ("year_ending",)),
        TerminalColumn("estimated", ("estimated",), figure=True), TerminalColumn("recorded", ("recorded",), figure=True),
        TerminalColumn("per 100", ("per_100",), figure=True), TerminalColumn("compared", ("may_be_compared",)),
    ),
    "threats": (
        TerminalColumn("", ("threat", "part")), TerminalColumn("scope", ("scope",)),
        TerminalColumn("year ending", ("year_ending",)),
        TerminalColumn("recorded", ("recorded",), figure=True, empty="none held"),
        TerminalColumn("% of threat", ("share",), figure=True),
        TerminalColumn("change", ("change",), why_none=("recorded", "remark")),
    ),
    "forces": (
        TerminalColumn("", ("force", "part")), TerminalColumn("threat", ("threat",)),
        TerminalColumn("year ending", ("year_ending",)),
        TerminalColumn("recorded", ("recorded",), figure=True), TerminalColumn("per 1,000", ("rate",), figure=True),
        TerminalColumn("change", ("change",)), TerminalColumn("among forces", ("among_forces",)),
        TerminalColumn("coverage", ("coverage",)),
    ),
    "regions": (
        TerminalColumn("", ("region", "part")), TerminalColumn("threat", ("threat",)),
        TerminalColumn("year ending", ("year_ending",)),
        TerminalColumn("recorded", ("recorded",), figure=True, empty="none held"),
        TerminalColumn("per 1,000", ("rate",), figure=True), TerminalColumn("change", ("change",)),
    ),
    "changes": (
        TerminalColumn("", ("comparison",)), TerminalColumn("estimated", ("estimated",)),
        TerminalColumn("recorded", ("recorded",)),
        TerminalColumn("can be said", ("can_be_said",)), TerminalColumn("cannot be said", ("cannot_be_said",)),
    ),
    "sources": (
        TerminalColumn("", ("publication", "publisher")), TerminalColumn("newest release held", ("newest_release",)),
        TerminalColumn("released", ("released",), empty="not printed"), TerminalColumn("period to", ("year_ending",)),
        TerminalColumn("next due", ("next_due",)),
        TerminalColumn("standing", ("standing",)), TerminalColumn("figures", ("figures",), figure=True),
    ),
}  # fmt: skip
TOTALS = (COLUMNS["threats"][1], *COLUMNS["threats"][:1], *COLUMNS["threats"][2:4], COLUMNS["threats"][-1])
# The questions of `ask` that the comparisons themselves do not answer, in a word.
OF_ONE_OFFENCE = 0
SHORT = {3: "From", 4: "Released", 5: "Over years", 6: "My force"}
YEAR = re.compile(r"\d{4}([-/]\d{2,4})?")
NOTHING: Mapping[str, object] = {"threat": None, "force": None, "year": None}
ALL_OF_IT, GROUP = "all of it", "Table C5 of ONS"
REMARKS = {
    "gap": (f"{wording.NOT_A_RATE} {wording.ADVICE}", "Intervals: see interval_source and caveats of the row."),
    "threats": ("Scopes are never added. Threats overlap and are never summed. A change is arithmetic: no claim about crime.",),
    "forces": (NO_LEAGUE,),
    "regions": (),
    "changes": (),
    "sources": ("Contains public sector information licensed under the Open Government Licence v3.0.",),
}  # fmt: skip
FURTHER = {
    "gap": "show stalking",
    "threats": "show threats --threat stalking --year 2025",
    "forces": "show forces --force 'Avon and Somerset' --threat stalking",
    "regions": "show forces --force Wales --threat stalking",
    "changes": "show changes --threat stalking",
    "sources": "releases",
}


def show(chosen: argparse.Namespace) -> None:
    """Print one view of the published file, or the answers on one threat; Stop (2) where a name is not known."""
    try:
        _show(published_file(chosen), chosen)
    except (duckdb.BinderException, duckdb.CatalogException):
        anew = called("refresh", chosen)
        raise Stop(f"The published file is of another version of this program. Make it anew: {anew}", FOUND) from None


def _show(file: Path, chosen: argparse.Namespace) -> None:
    with duckdb.connect(file, read_only=True) as connection:
        asked = Asked(connection)
        if not chosen.year and len(chosen.what) > 1 and YEAR.fullmatch(chosen.what[-1]):
            chosen.year = chosen.what.pop()
        typed = " ".join(chosen.what) or chosen.threat or ("forces" if chosen.force else "gap")
        what = typed if typed in QUERIES else "threat"
        if what == "threat" and chosen.threat and chosen.what:
            raise Stop(f"`show {typed}` names a threat already: leave --threat out.", WRONG_CALL)
        threat = typed if what == "threat" else chosen.threat
        given = {"threat": threat, "force": chosen.force, "year": chosen.year}
        query = QUERIES.get(what, ASK)
        _refuse_what_it_cannot_tell(what, query, given, chosen)
        if what == "threat" and chosen.year and not _asked(asked, QUERIES["gap"], given):
            raise Stop(_no_such_year(asked, given), WRONG_CALL)
        given |= _read_as(asked, {"threat": threat, "force": chosen.force})
        for row in _asked(asked, PLACE, given) if what != "threat" and chosen.force else ():
            print(f"{chosen.force} lies in {row['name']}: what follows is of all of it.", file=sys.stderr)
        rows = _asked(asked, query, given)
        if chosen.format != "table":
            sys.stdout.write(formatted(rows, chosen.format))
        elif what == "threat":
            _answers(asked, rows, given, chosen)
        else:
            _view(asked, what, rows, given, chosen)
            if what == "gap" and not threat:
                _blocked(asked)


def _refuse_what_it_cannot_tell(
    what: str, query: str, given: Mapping[str, str | None], chosen: argparse.Namespace
) -> None:
    """Stop (2) where a view is narrowed by what it does not know: its rows would pass for those of one force, say."""
    for name, value in given.items():
        if value and f"${name}" not in query:
            able = [f"show {view}" for view, other in QUERIES.items() if f"${name}" in other]
            quoted = shlex.quote(value)
            instead = f"show {quoted}" if name == "threat" else f"show stalking --{name} {quoted}"
            raise Stop(
                f"`show {what}` is the same for every {name}: leave --{name} out, or ask {', '.join(able)}, or a threat by"
                f" itself, as in: {called(instead, chosen)}",
                WRONG_CALL,
            )


def print_summary(file: Path, chosen: argparse.Namespace) -> None:
    """What a refresh ends with: the answers, the threats, what is blocked, how to look further, and how well all of it is."""
    out = console()
    with duckdb.connect(file, read_only=True) as connection:
        asked = Asked(connection)
        answers = [row for row in _asked(asked, QUERIES["gap"], NOTHING) if row["may_be_compared"] != "no"]
        print_rows(
            "Estimated and recorded, the newest year of every comparison that may be made", COLUMNS["gap"], answers
        )
        _remarks("gap")
        _blocked(asked)
        print_rows(
            "What the police recorded of each threat, each scope by itself",
            TOTALS,
            _totals(_asked(asked, QUERIES["threats"], NOTHING)),
        )
        _remarks("threats")
        print_noticed(connection)
        out.print(f"\nThe file:  {file}", soft_wrap=True)
        ask = "show stalking --force 'Avon and Somerset'"
        if chosen.as_of is None:  # a file of the past is asked in SQL alone
            out.print(f"Ask it:    {called(ask, chosen)}", soft_wrap=True)
        out.print(f"In SQL:    {sql_line(file)}", soft_wrap=True)
        for name in ("site/index.html", "report/index.html", "tables"):
            if (file.parent / name).exists():
                out.print(f"And:       {file.parent / name}", soft_wrap=True)
        out.print(f"Health:    {headline(lines(asked, date.today()))} See: {called('doctor', chosen)}", soft_wrap=True)


def _totals(rows: Sequence[Record]) -> list[Record]:
    """All of every threat in each scope; where a source prints no total of one, the group of ONS that stands for it."""
    totals = [row for row in rows if row["kind"] == ALL_OF_IT]
    there = {(row["threat"], row["scope"]) for row in totals}
    totals += [row for row in rows if row["part"] == GROUP and (row["threat"], row["scope"]) not in there]
    return sorted(totals, key=lambda row: (row["scope"], row["threat"]))


def _asked(asked: Asked, query: str, given: Mapping[str, object]) -> list[Record]:
    """The rows of a query; what the file does not know by name is said with the nearest it knows."""
    needed = {name: value for name, value in given.items() if f"${name}" in query}
    try:
        return asked.named(query, needed)
    except duckdb.InvalidInputException as error:
        reason = str(error).removeprefix("Invalid Input Error: ").split(" Names that are known")[0]
        kinds = f" Or one of {', '.join(QUERIES)}." if "no threat" in reason else ""
        raise Stop(f"{reason}{kinds}", WRONG_CALL) from None


def _read_as(asked: Asked, given: Mapping[str, str | None]) -> Mapping[str, str]:
    """Names that were typed otherwise than any that is known, as they are read; each is told: it may not be what was meant."""
    read_as = dict[str, str]()
    for kind, typed in given.items():
        spelling = named("area" if kind == "force" else kind, "spelling")
        for row in _asked(asked, READ_AS.format(spelling=spelling), {"typed": typed}) if typed else ():
            if row["spelling"] != row["name"]:
                read_as[kind] = row["spelling"]
                print(f"There is no {kind} called {typed}: it is read as {row['spelling']}.", file=sys.stderr)
    return read_as


def _no_such_year(asked: Asked, given: Mapping[str, object]) -> str:
    """That nothing is compared in a year, and the years of which something is."""
    years = ", ".join(f"{row['year_ending']:%Y-%m}" for row in _asked(asked, YEARS, given))
    return f"Nothing of {given['threat']} is compared in {given['year']}. Years that are, by the month they end in: {years}."


def _view(
    asked: Asked, what: str, rows: Sequence[Record], given: Mapping[str, object], chosen: argparse.Namespace
) -> None:
    asked_for = ", ".join(str(value) for value in given.values() if value)
    if what == "forces" and given["force"] and (wholes := _asked(asked, QUERIES["regions"], given)):
        print_rows("As a whole", COLUMNS["regions"], wholes)
    print_rows(f"{what}{f': {asked_for}' if asked_for else ''}", COLUMNS[what], rows)
    if not rows:
        console().print(
            f"No rows for {asked_for}. Without --year the newest are shown: {called(f'show {what}', chosen)}"
        )
    _remarks(what)
    console().print(f"More: {called(FURTHER[what], chosen)}", soft_wrap=True)


def _answers(asked: Asked, rows: Sequence[AnyRow], given: Mapping[str, object], chosen: argparse.Namespace) -> None:
    """The answers on one threat: the comparison in words, then where from, what changed, the force."""
    out = console()
    answers = _asked(asked, QUERIES["gap"], given)
    compared = [row for row in answers if row["may_be_compared"] != "no"] or answers[:1]
    for row in rows:
        if row["position"] == OF_ONE_OFFENCE:
            print_said("", [("Recorded", row["answer"])])
            out.print()
    for row in compared:
        ratio = f"{row['per_100']} recorded per 100 estimated: {row['may_be_compared']}" if row["per_100"] else "no"
        print_said(
            f"{row['comparison']}, {wording.year_to(row['year_ending'])}, {row['who']}",
            [("Estimated", row["estimated"]), ("Recorded", row["recorded"]), ("Compared", ratio),
             ("Why", wording.capital(row["why"].removeprefix("May be compared with care: ")))],
        )  # fmt: skip
        explain = called(f"explain '{row['row_id']}'", chosen)
        out.print(f"  Explain    {explain}\n", soft_wrap=True)
    short_answers = [(SHORT[row["position"]], row["answer"]) for row in rows if row["position"] in SHORT]
    short_answers += [
        ("Not compared", f"{row['comparison']}: {row['why'].removeprefix('Not to be compared: ')}")
        for row in answers
        if row not in compared
    ]
    print_said("", short_answers)
    out.print()
    name = shlex.quote(str(given["threat"]))
    for what in ("threats", "forces", "changes"):
        out.print(f"  More          {called(f'show {what} --threat {name}', chosen)}", soft_wrap=True)


def _remarks(what: str) -> None:
    for remark in REMARKS[what]:
        console().print(remark)


def _blocked(asked: Asked) -> None:
    console().print(f"\n{blocked_in_words(asked.rows(STATES))}")
    print_rows(
        "Rules that block, and how many comparisons each of them blocks",
        (
            TerminalColumn("rule", ("rule",)),
            TerminalColumn("rows", ("rows",), figure=True),
            TerminalColumn("for instance", ("reason",)),
        ),
        asked.rows(BLOCKED),
    )
