"""What a whole return says: flags that are always or never set, one value everywhere, empty days, rows sent twice (warnings)."""

import calendar
import datetime
import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import duckdb

from assets.returns.checks.neighbours import of_neighbours
from assets.returns.checks.predicates import NOT_KNOWN, OLDEST, bands_within
from assets.returns.checks.totals import same_months, totals
from assets.returns.file.called import says_otherwise
from assets.returns.file.lines import lined
from assets.returns.file.manifest import ROLES, UNKNOWN, Manifest
from assets.returns.rules.rules import Rules, one_in
from assets.words.wording import number_of
from schemas.derive import any_of, quoted
from schemas.returns import FLAGS, TEMPLATES

# Rule, column and what was found, of a warning about a return and not its rows.
Said = tuple[str, str | None, str]
MISSING = {
    "victim_age": "victim_age IS NULL", "victim_sex": "victim_sex IS NULL OR victim_sex = 'U'",
    "relationship": "relationship IS NULL", "victim_age_band": f"victim_age_band = '{NOT_KNOWN}'",
}  # fmt: skip
DAY, A_WEEK = "recorded_date", 7
# What nearly every row has as it should.
ORDINARY = {"crime_count": "1", "suspect_sex": "M"}
GOOD = "FROM parsed WHERE errors = 0"


@dataclass(frozen=True)
class Whole:
    """A whole return in numbers: how many of its rows or, of counts, of its offences are as each condition says, by name.

    alone: no other return is at hand
    """

    manifest: Manifest
    rules: Rules
    alone: bool
    rows: int
    count: Mapping[str, int]

    @property
    def unit(self) -> str:
        """What is counted, as a warning says it."""
        return "rows" if self.manifest.profile == "record" else "offences"

    @property
    def total(self) -> str:
        """All of it, as a warning says it."""
        return f"{self.count['all']:,} {self.unit}"

    @property
    def enough(self) -> bool:
        """Has it so many rows that what all of them have in common says something?"""
        return self.rows >= self.rules.limits["flag_rows"]


def of_the_whole(
    connection: duckdb.DuckDBPyConnection, manifest: Manifest, rules: Rules, *, alone: bool
) -> Iterator[Said]:
    """Warnings about a whole return; alone: no other return is at hand. A row of counts is as many as its offences."""
    whole, record = _whole(connection, manifest, rules, alone), manifest.profile == "record"
    for warnings in (_roles, _called, _missing, _flags, _nowhere, _taken_out, _of_partners, _exchanged):
        yield from warnings(whole)
    yield from _spaced(connection, rules)
    if record:
        yield from _partnerships(connection, manifest, rules)
    if not whole.enough:
        return
    connection.execute(f"CREATE OR REPLACE TEMP TABLE sampled AS SELECT raw {GOOD} AND raw IS NOT NULL")
    yield from _copied(connection, manifest, rules)
    yield from _twice(connection, rules, whole.rows) if record else totals(connection, rules)
    yield from of_neighbours(connection, rules) if record else same_months(connection, rules)
    if manifest.content == "whole":
        yield from _one_value(connection, manifest, rules)
        yield from _days(connection, manifest, rules)


def _whole(connection: duckdb.DuckDBPyConnection, manifest: Manifest, rules: Rules, alone: bool) -> Whole:
    columns, record = {column.name for column in TEMPLATES[manifest.profile]}, manifest.profile == "record"
    tests = {"all": "true", "uncounted": "NOT in_scope", "taken out": "action = 'D'" if record else "false"}
    tests |= {f"{name} {value}": f"{name} = '{value}'" for name in FLAGS if name in columns for value in "YN"}
    tests |= {name: test for name, test in MISSING.items() if name in columns}
    tests["named"], tests["older"] = (_older(rules, beyond, banded=not record) for beyond in (False, True))
    for test, child, adult in (("right", "victim", "suspect"), ("exchanged", "suspect", "victim")):
        tests[test] = _child_and_adult(child, adult, rules, banded=not record)
    # By partners and ex-partners of adults, which is domestic abuse: what rule W03 asks of a row.
    adults = "victim_age >= 16" if record else bands_within(16, OLDEST)
    tests["partners"] = f"relationship IN ('partner', 'ex_partner') AND {adults}"
    tests["flagged"] = f"{tests['partners']} AND flag_da = 'Y'"
    # To count by a condition takes a third of the time of a filter.
    number = "count_if({})" if record else "sum(offences) FILTER ({})"
    numbers = ", ".join(f"coalesce({number.format(test)}, 0)" for test in tests.values())
    [[rows, *told]] = connection.execute(f"SELECT count(*), {numbers} {GOOD}").fetchall()
    return Whole(manifest, rules, alone, rows, dict(zip(tests, map(int, told), strict=True)))


def _roles(whole: Whole) -> Iterator[Said]:
    for role in ROLES:
        if getattr(whole.manifest, role) == UNKNOWN:
            yield "W21", role, "nothing, or words that are of no list and are not kept"


def _called(whole: Whole) -> Iterator[Said]:
    for said in says_otherwise(whole.manifest, whole.rules):
        yield "W25", None, said


def _missing(whole: Whole) -> Iterator[Said]:
    for name in MISSING:
        missing = whole.count.get(name, 0)
        if missing > whole.rules.limits["missing_share"] * whole.count["all"]:
            yield "W06", name, f"missing in {missing:,} of {whole.total}"


def _flags(whole: Whole) -> Iterator[Said]:
    """Flags that are always or never set (W08), or set though the supplier has none (W12)."""
    limits, total = whole.rules.limits, whole.count["all"]
    for name in FLAGS:
        if f"{name} Y" not in whole.count:
            continue
        yes, no = whole.count[f"{name} Y"], whole.count[f"{name} N"]
        if name not in whole.manifest.flags_available:
            if yes:
                yield "W12", name, f"Y in {yes:,} {whole.unit}"
        elif whole.enough and not yes and not no:
            yield "W08", name, f"recorded in none of {whole.total}"
        elif no == total and (1 - limits[f"{name}_least"]) ** total < limits["no_flag_chance"]:
            yield "W08", name, f"N in every one of {whole.total}"
        elif whole.enough and yes > limits["flagged_share"] * total:
            yield "W08", name, f"Y in {yes:,} of {whole.total}"


def _nowhere(whole: Whole) -> Iterator[Said]:
    uncounted = whole.count["uncounted"]
    if whole.manifest.content == "whole" and uncounted > whole.rules.limits["uncounted_share"] * whole.count["all"]:
        yield "W10", None, f"{uncounted:,} of {whole.total} count nowhere"


def _taken_out(whole: Whole) -> Iterator[Said]:
    if whole.alone and whole.manifest.content == "changes" and whole.count["taken out"] == whole.count["all"] > 0:
        yield "W11", "action", "D in every row"


def _of_partners(whole: Whole) -> Iterator[Said]:
    limits, by_partners, flagged = whole.rules.limits, whole.count["partners"], whole.count["flagged"]
    if "flag_da" not in whole.manifest.flags_available or not whole.count["flag_da Y"]:
        return  # W08 says it
    if by_partners >= limits["flag_rows"] and flagged < limits["partners_flagged_share"] * by_partners:
        of_these = f"{by_partners:,} {whole.unit}"
        yield "W15", "flag_da", f"Y in {flagged:,} of {of_these} by a partner or ex-partner"


def _exchanged(whole: Whole) -> Iterator[Said]:
    limits, (right, exchanged, older) = whole.rules.limits, (whole.count[of] for of in ("right", "exchanged", "older"))
    if exchanged >= limits["exchanged_rows"] and exchanged > limits["exchanged_share"] * (right + exchanged):
        named = ", ".join(_columns("W19", whole.manifest, whole.rules)[:2])
        yield "W19", named, f"{exchanged:,} victims, and {right:,} suspects, older than the offence names"
    elif older >= limits["exchanged_rows"] and older > limits["older_share"] * whole.count["named"]:
        yield "W19", "offence_code", f"{older:,} of {whole.count['named']:,} victims older than the offence names"


def _columns(rule: str, manifest: Manifest, rules: Rules) -> list[str]:
    """The columns of a rule that the template of a return has."""
    has = {column.name for column in TEMPLATES[manifest.profile]}
    return [name for name in str(rules.rules[rule]["columns"]).split(";") if name in has]


def _naming_an_age(rules: Rules) -> Iterator[tuple[int, str]]:
    """An age, and the condition that an offence names it as that of its victims."""
    of_age: dict[int, list[str]] = {}
    for offence, age in rules.ages.items():
        of_age.setdefault(age, []).append(quoted(offence))
    return ((age, f"offence_class IN ({', '.join(offences)})") for age, offences in of_age.items())


def _older(rules: Rules, beyond: bool, *, banded: bool) -> str:
    """Condition: of an offence that names the age of its victims the victim's is known, and well beyond where that is asked."""
    tests = []
    for age, offence in _naming_an_age(rules):
        least = age + int(rules.limits["exchanged_years"]) if beyond else 0
        tests.append(f"{offence} AND {bands_within(least, OLDEST) if banded else f'victim_age >= {least}'}")
    return any_of(tests)


def _child_and_adult(child: str, adult: str, rules: Rules, *, banded: bool) -> str:
    """Condition: of an offence that names the age of its victims one person is within it, and the other well beyond.

    banded: only bands of ages are known, and of one that is partly within nothing is said
    """
    tests = []
    for age, offence in _naming_an_age(rules):
        beyond = age + int(rules.limits["exchanged_years"])
        persons = (
            f"{bands_within(0, age - 1, f'{child}_age_band')} AND {bands_within(beyond, OLDEST, f'{adult}_age_band')}"
            if banded
            else f"{child}_age < {age} AND {adult}_age >= {beyond}"
        )
        tests.append(f"{offence} AND {persons}")
    return any_of(tests)


def _copied(connection: duckdb.DuckDBPyConnection, manifest: Manifest, rules: Rules) -> Iterator[Said]:
    """Two columns that hold the same in nearly every row, of those of one kind (W22), by a sample."""
    places = {column.name: (place, column.kind) for place, column in enumerate(TEMPLATES[manifest.profile], 1)}
    pairs = [
        pair for pair in itertools.combinations(_columns("W22", manifest, rules), 2)
        if places[pair[0]][1] == places[pair[1]][1]
    ]  # fmt: skip
    asked = ", ".join(
        f"count(raw[{place}] = raw[{beside}]), count(*) FILTER (raw[{place}] = raw[{beside}])"
        for place, beside in ((places[pair][0], places[other][0]) for pair, other in pairs)
    )
    [told] = connection.execute(f"SELECT {asked} FROM sampled").fetchall()
    for (this, other), filled, alike in zip(pairs, told[::2], told[1::2], strict=True):
        if filled >= rules.limits["flag_rows"] and alike > rules.limits["same_value_share"] * filled:
            yield "W22", f"{this}, {other}", f"the same in {alike:,} of {filled:,} rows"


def _partnerships(connection: duckdb.DuckDBPyConnection, manifest: Manifest, rules: Rules) -> Iterator[Said]:
    """Partnerships of another force (W30). One that is not held may be of another year, and of a force without any all may be."""
    force = rules.suppliers.get(manifest.supplier, {}).get("area_code")
    if force not in rules.partnerships.values():
        return
    told = connection.execute(f"SELECT csp_code, count(*) {GOOD} AND csp_code IS NOT NULL GROUP BY ALL").fetchall()
    others = {code: count for code, count in told if rules.partnerships.get(code, force) != force}
    if others:
        most = max(others, key=lambda code: (others[code], code))
        yield (
            "W30",
            "csp_code",
            f"of another force in {sum(others.values()):,} of {sum(n for _, n in told):,} rows, most often {most}",
        )


def _spaced(connection: duckdb.DuckDBPyConnection, rules: Rules) -> Iterator[Said]:
    spaced = f"FROM parsed WHERE warnings & {rules.bits['W31']} <> 0"
    [(rows, first)] = connection.execute(f"SELECT count(*), min(rowid) {spaced}").fetchall()
    if rows:
        [(line,)] = connection.execute(
            f"SELECT line FROM ({lined(connection, f'SELECT {first}::BIGINT AS place')})"
        ).fetchall()
        yield "W31", None, f"in {number_of(rows, 'row')}, the first in line {line:,}"


def _twice(connection: duckdb.DuckDBPyConnection, rules: Rules, rows: int) -> Iterator[Said]:
    """Rows that are there twice, alike but for their references (W20): far more than have such rows a week later, by chance.

    Of many rows those are taken that have some of the contents: all of each.
    """
    columns = str(rules.rules["W20"]["columns"]).split(";")
    limits, every = rules.limits, one_in(rows, rules.limits["sampled_rows"])
    contents = ", ".join(
        f"recorded_date - {name}" if name == "offence_start" else name for name in columns if name != DAY
    )
    [(several, twice, later)] = connection.execute(f"""
        WITH given AS (
          SELECT hash({contents}) AS content, {DAY} AS day, count(*) AS n {GOOD} AND content % {every} = 0 GROUP BY ALL)
        SELECT count(*), coalesce(count_if(n > 1), 0),
          coalesce(count_if((content, day + {A_WEEK}) IN (SELECT (content, day) FROM given)), 0)
        FROM given""").fetchall()
    if twice >= limits["twice_contents"] and twice - later > limits["twice_share"] * several:
        often = f"{twice / several:.0%} of those that differ, and the like of {later / several:.0%} a week later"
        yield "W20", ", ".join(columns), often


def _one_value(connection: duckdb.DuckDBPyConnection, manifest: Manifest, rules: Rules) -> Iterator[Said]:
    """Columns with one value in nearly every row of a sample, or an age in far more than the ages beside it (W14)."""
    limits, places = rules.limits, {column.name: at for at, column in enumerate(TEMPLATES[manifest.profile], 1)}
    counted: dict[str, dict[str, int]] = {name: {} for name in _columns("W14", manifest, rules)}
    cells = f"unnest({[*counted]}) AS name, unnest(list_select(raw, {[places[name] for name in counted]})) AS cell"
    asked = f"SELECT name, cell, count(*) FROM (SELECT {cells} FROM sampled) WHERE cell IS NOT NULL GROUP BY ALL"
    for name, cell, count in connection.execute(asked).fetchall():
        counted[name][cell] = count
    for name, found in counted.items():
        filled = sum(found.values())
        found.pop(ORDINARY.get(name, ""), None)
        most = dict.fromkeys(found, max(limits["same_value_share"] * filled, limits["flag_rows"] - 1))
        if name.endswith("_age"):
            beside = {age: sum(found.get(str(int(age) + by), 0) for by in (-1, 1)) for age in found}
            most = {age: max(limits["same_age_times"] * n, limits["same_age_rows"] - 1) for age, n in beside.items()}
        alike, value = max(((n, value) for value, n in found.items() if n > most[value]), default=(0, ""))
        if alike:
            yield "W14", name, f"{value} in {alike:,} of {filled:,} rows"


def _days(connection: duckdb.DuckDBPyConnection, manifest: Manifest, rules: Rules) -> Iterator[Said]:
    """Days in a row without a record, though by the others many would be expected in them (W16); of counts, months."""
    column, of = (DAY, "count(*)") if manifest.profile == "record" else ("month", "sum(offences)")
    recorded = connection.execute(f"SELECT {column}, {of} {GOOD} GROUP BY ALL ORDER BY ALL").fetchall()
    if column == "month":
        recorded = [
            (month + datetime.timedelta(day), 0 if day else count)
            for month, count in recorded
            for day in range(calendar.monthrange(month.year, month.month)[1])
        ]
    (first, last), one_day = manifest.days, datetime.timedelta(1)
    days = [first - one_day, *(day for day, _ in recorded), last + one_day]
    a_day = sum(count for _, count in recorded) / ((last - first).days + 1)
    empty = [
        (before + one_day, after - one_day)
        for before, after in itertools.pairwise(days)
        if ((after - before).days - 1) * a_day >= rules.limits["rows_of_empty_days"]
    ]
    if empty:
        [(begins, ends), *others] = empty
        more = f", and in {len(others):,} more runs of days, the last to {others[-1][1]}" if others else ""
        of_week = sorted({day.weekday() for day in days[1:-1]} ^ {*range(A_WEEK)})
        never = f"; none on any {' or '.join(calendar.day_name[day] for day in of_week)}" if others and of_week else ""
        yield "W16", column, f"no record from {begins} to {ends}{more}{never}"


def alike(rules: Rules) -> str:
    """A SELECT of the places of rows with a reference that stands in too many (W13), by the rows that were sampled."""
    limits = rules.limits
    return f"""
SELECT DISTINCT place FROM referred SEMI JOIN (
  FROM given QUALIFY stands > greatest(
    {limits["same_reference_rows"]}, {limits["same_reference_share"]} * sum(stands) OVER (PARTITION BY "column"))
) USING ("column", cell)"""
