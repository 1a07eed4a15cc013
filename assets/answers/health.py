"""One model of health: what was looked at, whether it is well, what was seen, what to do. The same words everywhere.

`OF_FILE` looks at what a published file holds; who knows more of a place (disk, history, folders) yields lines of the same kind.
To add a line, add a function.
"""

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assets.archive.identity.cadence import MONTHS_OF
from assets.archive.set_aside import SET_ASIDE
from assets.tables.asking import Asked
from assets.words import wording
from schemas.codes import SYNTHETIC
from schemas.row_types import HealthRow
from schemas.rows import Record

ERROR, WARNING, INFO = "error", "warning", "info"
AGE = "publication_age_days"
ASIDE = "files_set_aside"
RETURNS = "returns_missing"
# Measures that are a number of things: one of them, and what is said of it behind. The others end in a unit.
COUNTED = {
    "checks_failed": ("check", " not true in all cases"), "doubted_figures": ("doubted figure", ""),
    ASIDE: ("file", " set aside"), "findings": ("finding", ""), RETURNS: ("return", " missing from the collection"),
}  # fmt: skip
MANY = 3
BY_HAND = "It cannot be fetched: add its figures to data/figures as data/figures/README.md says."


# By file: the longest path that a finding's place begins with, a folder of layouts, or else the place itself.
ASIDE_OF = """
WITH landed AS (SELECT substr(path, 9) AS path FROM meta.source_file WHERE starts_with(path, 'landing/')),
said AS (
    SELECT CASE WHEN list_contains($1, kind) THEN 'aside' ELSE 'unknown' END AS kind,
           coalesce((SELECT arg_max(path, length(path)) FROM landed WHERE starts_with(finding.place, path)),
                    nullif(regexp_extract(place, '^data/layouts/[^/:,]+'), ''), place) AS place
    FROM meta.finding AS finding WHERE list_contains($1, kind) OR list_contains($2, kind)
)
SELECT place, kind, count(*) AS rows FROM said GROUP BY ALL ORDER BY ALL
"""
# By quarter, newest first: who should have sent and has nothing that counts, where the day has come by which it is due.
COLLECTED = """
SELECT coverage.* REPLACE ((SELECT string_agg(coalesce(name, supplier), ';' ORDER BY coalesce(name, supplier))
                            FROM unnest(string_split(missing, ';')) AS absent(supplier)
                                 LEFT JOIN reference.supplier USING (supplier)) AS missing)
FROM collection.coverage AS coverage, (SELECT value FROM reference.collection_limit WHERE "limit" = 'due_days') AS allowed
WHERE date_add(period_end, CAST(allowed.value AS INTEGER)) < $1 OR suppliers_refused + suppliers_withheld > 0
ORDER BY period_end DESC
"""
CALENDAR = """
SELECT source.*, publication.cadence, publication.can_be_fetched
FROM main.source AS source JOIN reference.publication AS publication USING (source)
WHERE figures > 0 ORDER BY next_due NULLS LAST, source
"""


@dataclass(frozen=True)
class HealthLine:
    """One thing looked at.

    about:   what it is; well: is it well; said: what was seen, a sentence; remedy: what to do where it is not well
    matters: `error` where something is broken, `warning` where a reader should know, `info` where it is only said
    together: what one of several lines of a kind is called in the headline, after their number
    measure, value: what was counted, with its unit at the end of the name, and the number; empty where nothing was
    """

    about: str
    well: bool
    said: str
    remedy: str = ""
    matters: str = ERROR
    together: str = ""
    measure: str = ""
    value: float | None = None


def lines(asked: Asked, today: datetime.date) -> list[HealthLine]:
    """Everything that a published file says of its own health on a day."""
    return [line for look in OF_FILE for line in look(asked, today)]


def health(asked: Asked, today: datetime.date) -> list[HealthRow]:
    """Rows of `meta.health`."""
    return [
        {
            "position": position, "about": line.about, "well": line.well, "matters": line.matters, "said": line.said,
            "together": line.together, "remedy": None if line.well else line.remedy or None,
            "measure": line.measure or None, "value": line.value,
        }
        for position, line in enumerate(lines(asked, today), start=1)
    ]  # fmt: skip


def written(asked: Asked) -> list[HealthLine]:
    """The lines as `meta.health` holds them."""
    rows = asked.rows("SELECT * EXCLUDE (position) FROM meta.health ORDER BY position")
    return [
        HealthLine(
            row["about"], row["well"], row["said"], row["remedy"] or "", row["matters"], row["together"],
            row["measure"] or "", row["value"],
        )
        for row in rows
    ]  # fmt: skip


def headline(lines: Sequence[HealthLine]) -> str:
    """All of it in one line: what is broken first, then what a reader should know."""
    ill = [line for line in lines if not line.well]
    if not ill:
        return f"All well: {wording.number_of(len(lines), 'thing')} looked at."
    broken = _counted([line for line in ill if line.matters == ERROR])
    known = _counted([line for line in ill if line.matters != ERROR])
    aside = any(line.measure == ASIDE for line in ill)
    first = f"Broken: {broken}." if broken else "Not all that landed is published." if aside else "Nothing is broken."
    return f"{first} To know: {known}." if known else first


def is_broken(lines: Sequence[HealthLine]) -> bool:
    """Is anything broken, not only worth knowing?"""
    return any(not line.well and line.matters == ERROR for line in lines)


def _counted(lines: Sequence[HealthLine]) -> str:
    """What the lines are about, with what they counted; those of one kind by their number."""
    alone = [_in_short(line) for line in lines if not line.together]
    kinds = Counter(line.together for line in lines if line.together)
    return ", ".join([*alone, *(wording.number_of(number, kind) for kind, number in kinds.items())])


def _in_short(line: HealthLine) -> str:
    if line.value is None or line.measure not in COUNTED:
        return line.about
    noun, said_after = COUNTED[line.measure]
    return wording.number_of(int(line.value), noun) + said_after


def publications(asked: Asked, today: datetime.date) -> Iterator[HealthLine]:
    """The age of every publication that figures come from, against its release calendar: the data's age, not ours."""
    for row in asked.rows(CALENDAR):
        if row["cadence"] not in MONTHS_OF:
            continue
        yield _publication(row, today)


def _publication(row: Record, today: datetime.date) -> HealthLine:
    about, due = row["publication"], row["next_due"]
    newest_held = (
        f"the newest release held is {row['newest_release']}, about the time to {wording.day_words(row['year_ending'])}"
    )
    # Of the period, which every release has; the day of release is not printed everywhere.
    age = float((today - row["year_ending"]).days)
    if due is None:
        held_in_words = wording.sentence(f"{newest_held}; it has no day of release")
        return HealthLine(about, True, held_in_words, matters=WARNING, measure=AGE, value=age)
    late = (today - due).days
    when = (
        f"the next was due on {wording.day_words(due)}, {wording.number_of(late, 'day')} ago"
        if late > 0
        else f"the next is due on {wording.day_words(due)}"
    )
    fetch = f"Run: darkfigure fetch {row['source']}, then: darkfigure refresh" if row["can_be_fetched"] else BY_HAND
    held_in_words = wording.sentence(f"{newest_held}; {when}")
    return HealthLine(about, late <= 0, held_in_words, fetch, WARNING, "overdue publication", AGE, age)


def checks(asked: Asked, _: datetime.date) -> Iterator[HealthLine]:
    """The checks of the audit: one that refuses a build is in no published file, so what failed here is only told."""
    rows = asked.rows("SELECT check_name, passed, failed FROM meta.check_result ORDER BY check_name")
    failed = [f"{row['check_name']} ({row['failed']:,})" for row in rows if not row["passed"]]
    sentence = (
        f"{len(rows)} checks ran; all hold."
        if not failed
        else f"{len(rows)} checks ran; not true in all cases: {wording.first_of(failed, MANY)}."
    )
    remedy = "See: select * from meta.check_result where not passed"
    yield HealthLine("checks", not failed, sentence, remedy, WARNING, measure="checks_failed", value=len(failed))


def doubts(asked: Asked, _: datetime.date) -> Iterator[HealthLine]:
    """Published figures that contradict what they must agree with: kept as printed, used by no result while another is held."""
    [counted] = asked.rows("SELECT count(*) AS doubted FROM archive.doubt")
    number = counted["doubted"]
    sentence = (
        f"{number:,} published figures contradict others and are doubted."
        if number
        else "No published figure is doubted."
    )
    remedy = "See: select figure, reason from archive.doubt"
    yield HealthLine("doubted figures", not number, sentence, remedy, WARNING, measure="doubted_figures", value=number)


def findings(asked: Asked, _: datetime.date) -> Iterator[HealthLine]:
    """What readers noticed in the publications and did not repair."""
    counted = Counter(row["severity"] for row in asked.rows("SELECT severity FROM meta.finding"))
    errors, warnings = counted["error"], counted["warning"]
    counts = f"{wording.number_of(errors, 'error')} and {wording.number_of(warnings, 'warning')}"
    sentence = f"{counts} noticed in the publications, not repaired."
    remedy, number = "See: select * from meta.finding where severity <> 'info'", errors + warnings
    yield HealthLine("findings", not number, sentence, remedy, WARNING, measure="findings", value=number)


def unread(asked: Asked, _: datetime.date) -> Iterator[HealthLine]:
    """Files of the landing folder of which something was set aside, and what of the others was not known."""
    rows = asked.rows(ASIDE_OF, [*SET_ASIDE], [*UNREAD])
    files = [row["place"] for row in rows if row["kind"] == "aside"]
    sentence = (
        f"{wording.number_of(len(files), 'file')} set aside, whole or in part: {wording.first_of(files, MANY)}."
        if files
        else "Every file that landed was read."
    )
    if unknown := sum(row["rows"] for row in rows if row["kind"] == "unknown"):
        sentence += (
            f" {wording.number_of(unknown, 'finding')} of tables, rows or columns that are not known or not there."
        )
    remedy = "See: select place, evidence, handling from meta.finding"
    yield HealthLine("files set aside", not files, sentence, remedy, WARNING, measure=ASIDE, value=len(files))


def collection(asked: Asked, today: datetime.date) -> Iterator[HealthLine]:
    """The force returns that should be in the collection and are not; nothing where none has come or none is due."""
    rows = asked.rows(COLLECTED, today)
    if not rows:
        return
    about = "synthetic force returns" if rows[0]["scope"] == SYNTHETIC else "force returns"
    last = next((row for row in rows if row["missing"]), rows[0])
    inside = f"{last['suppliers_in']} of {wording.number_of(last['suppliers_expected'], 'supplier')} count"
    absent = f"; not {wording.first_of(last['missing'].split(';'), MANY)}" if last["missing"] else ""
    sentence = f"{about.capitalize()} of {wording.months(last['period_start'], last['period_end'])}: {inside}{absent}."
    counted = {
        "not sent": sum(row["suppliers_missing"] for row in rows),
        "refused": sum(row["suppliers_refused"] for row in rows),
        "so unlike others that they count nowhere": sum(row["suppliers_withheld"] for row in rows),
    }
    missing = sum(counted.values())
    if missing:
        why = ", ".join(f"{number:,} {state}" for state, number in counted.items() if number)
        sentence += f" Of {wording.number_of(len(rows), 'quarter')} together: {why}."
    remedy = f"Whom to ask for what: darkfigure returns chase --quarter {last['period_start']:%Y-%m}"
    yield HealthLine(about, not missing, sentence, remedy, WARNING, measure=RETURNS, value=missing)


# What a person who landed a file expects to find in the tables, and will not.
UNREAD = (
    "table_not_in_release", "table_not_read", "offence_code_not_known", "partnership_not_known", "area_not_known",
    "row_not_known", "column_not_known",
)  # fmt: skip
OF_FILE: tuple[Callable[[Asked, datetime.date], Iterable[HealthLine]], ...] = (
    checks,
    doubts,
    unread,
    findings,
    collection,
    publications,
)
