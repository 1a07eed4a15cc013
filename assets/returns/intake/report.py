"""The report to the force: the verdict, rows by rule, then one line per problem, as a page, a CSV file and a workbook."""

import html
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import duckdb
import jinja2
import pyarrow as pa
from markupsafe import Markup

from assets.returns.file.manifest import ENDING
from assets.returns.file.names import NOT_SHOWN, unknown_words
from assets.returns.intake.store import Judged
from assets.returns.rules.quarters import quarter_days
from assets.returns.rules.rules import Rules
from assets.tables.files import write_private
from assets.words.plain import AS_TEXT, FORMULA, NOT_PLAIN, REPLACED, no_formula, plain
from assets.words.wording import number_of
from schemas.derive import quoted
from schemas.returns import TEMPLATES, VERDICT

# Columns with what the file of a return holds.
OF_THE_FILE = ("reference", "value")
COLUMNS = ("line", "reference", "rule", "severity", "column", "value", "says", "expected", "remedy")
# A page or a workbook of more lines helps nobody, nor more of one warning: the CSV file has them all. (A workbook takes 5 ms for
# a hundred lines, a file of 200,000 rows one second.)
LINES_SHOWN, LINES_IN_WORKBOOK, OF_A_WARNING = 500, 50_000, 100
HTML = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
PAGE, BESIDE = (
    HTML.from_string(Path(__file__).with_name(name).read_text(encoding="utf-8"))
    for name in ("report.html.j2", "beside.html.j2")
)
REPORT, MARK, BELOW = "report.html", "<!-- beside others -->", "</body>"
# A row of collection.comparison in words.
Beside = Mapping[str, object]


def write_reports(connection: duckdb.DuckDBPyConnection, folder: Path, judged: Judged, rules: Rules, file: str) -> None:
    """Write `report.html`, `report.csv` and `report.xlsx` of a return that was just checked; file: the name of its CSV file."""
    _explain(connection, judged, rules)
    file = NOT_SHOWN if unknown_words(ENDING.sub("", file), rules) else no_formula(plain(file))
    connection.execute(
        f"COPY (SELECT {quoted(file)} AS file, {', '.join(_names(_no_formula))} FROM explained) "
        f"TO {quoted(str(folder / 'report.csv'))} (FORMAT csv, HEADER)"
    )
    few = f"severity <> 'warn' OR row_number() OVER (PARTITION BY rule ORDER BY rowid) <= {OF_A_WARNING}"
    told = connection.execute(
        f"SELECT {', '.join(_names())}, count(*) OVER () FROM explained "
        f"QUALIFY {few} ORDER BY rowid LIMIT {LINES_IN_WORKBOOK}"
    ).fetchall()
    lines = [row[:-1] for row in told]
    listed = told[0][-1] if told else 0
    by_rule = [
        (code, rules.rules[code]["severity"], count, rules.rules[code]["says"], rules.rules[code]["remedy"])
        for code, count in sorted(judged.counts.items())
    ]
    page = PAGE.render(
        one=judged,
        meaning=VERDICT[judged.verdict],
        still_aside=still_aside(judged),
        by_rule=by_rule,
        lines=lines[:LINES_SHOWN],
        columns=COLUMNS,
        listed=listed,
    )
    (folder / REPORT).write_text(page, encoding="utf-8")
    _workbook(folder / "report.xlsx", judged, by_rule, lines)


def tell_beside(folder: Path, rows: Sequence[Beside]) -> None:
    """Say in the page of a return what was found beside others, in place of what was said before, if it has a page."""
    file = folder / REPORT
    if not file.is_file():
        return
    page = file.read_text(encoding="utf-8")
    above = page.partition(MARK)[0] if MARK in page else page.rpartition(BELOW)[0]
    far = [row for row in rows if row["withholds"]]
    threats = [] if any(row["rule"] != "C03" for row in far) else [row["of"] for row in far]
    told = BESIDE.render(mark=Markup(MARK), rows=rows, withheld=bool(far), threats=threats) if rows else ""
    made = f"{above}{told}{BELOW}\n</html>"
    if made != page:
        beside = file.with_name(f".{REPORT}")
        write_private(beside, made.encode())
        beside.replace(file)


def _names(written: Callable[[str], str] = lambda name: name) -> list[str]:
    """The columns of a report; what a file holds is `written` in some way."""
    return [f"{written(name)} AS {name}" if name in OF_THE_FILE else f'"{name}"' for name in COLUMNS]


def _no_formula(name: str) -> str:
    """SQL of a text as a cell of a CSV file, which no spreadsheet takes for a formula; a number is none."""
    signs = ", ".join(f"chr({ord(sign)})" for sign in FORMULA)
    begins = f"left({name}, 1) IN ({signs}) AND NOT regexp_full_match({name}, '[+-][0-9.]+')"
    return f"CASE WHEN {begins} THEN concat(chr({ord(AS_TEXT)}), {name}) ELSE {name} END"


def _plain(name: str) -> str:
    """SQL of a text without what would steer a terminal, hide or turn round what is read."""
    return f"regexp_replace({name}, {quoted(NOT_PLAIN)}, chr({ord(REPLACED)}), 'g')"


def _explain(connection: duckdb.DuckDBPyConnection, judged: Judged, rules: Rules) -> None:
    """The problems with the words of their rules, in the order of the file; of one column, how a value of it is written."""
    days = "from {} to {}".format(*quarter_days(judged.quarter))
    said = [rules.rules[code] for code in judged.counts]
    columns = TEMPLATES[judged.profile]
    forms = [{"column_name": column.name, "written": column.written(judged.supplier, days)} for column in columns]
    words = pa.schema([(name, pa.string()) for name in ("rule", "severity", "says", "expected", "remedy")])
    connection.register("words", pa.Table.from_pylist(said, words))
    connection.register("forms", pa.Table.from_pylist(forms))
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE explained AS SELECT problem.line, {_plain('problem.crime_ref')} AS reference, "
        f'problem.rule, severity, problem."column", {_plain("problem.value")} AS value, says, '
        "coalesce(written, expected) AS expected, remedy FROM problem "
        "JOIN words USING (rule) LEFT JOIN forms ON problem.rule IN ('E02', 'E03', 'E07') AND column_name = problem.\"column\" "
        "ORDER BY severity = 'warn', line NULLS FIRST, problem.rule, problem.\"column\""
    )
    for name in ("words", "forms"):
        connection.unregister(name)


def _workbook(
    file: Path, judged: Judged, by_rule: Sequence[tuple[object, ...]], lines: Sequence[tuple[object, ...]]
) -> None:
    import xlsxwriter

    # Nothing that a file holds becomes a formula or a link.
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
    with xlsxwriter.Workbook(str(file), as_text) as book:
        bold = book.add_format({"bold": True})
        summary = book.add_worksheet("verdict")
        for row, (name, value) in enumerate(
            [
                ("return", judged.return_id), ("verdict", judged.verdict), ("rows", judged.rows),
                ("rows set aside", judged.quarantined), *(("still to be sent", rows) for rows in still_aside(judged)),
                *judged.refused.items(),
            ]
        ):  # fmt: skip
            summary.write(row, 0, name, bold)
            summary.write(row, 1, value)
        for title, header, rows in (
            ("rules", ("rule", "severity", "rows", "says", "remedy"), by_rule),
            ("lines", COLUMNS, lines),
        ):
            sheet = book.add_worksheet(title)
            sheet.write_row(0, 0, header, bold)
            sheet.freeze_panes(1, 0)
            for row, values in enumerate(rows, 1):
                for column, value in enumerate(values):
                    if isinstance(value, str):  # to be told so is quicker than to let it look
                        sheet.write_string(row, column, value)
                    elif value is not None:
                        sheet.write(row, column, value)
            sheet.autofilter(0, 0, max(len(rows), 1), len(header) - 1)
            sheet.set_column(0, len(header) - 1, 18)


def words(judged: Judged) -> str:
    """The verdict in one sentence, without anything of a row."""
    if judged.refused:
        reasons = "; ".join(f"{code}: {reason}" for code, reason in judged.refused.items())
        return f"{html.escape(judged.return_id)} is refused. {reasons}."
    aside = f", {judged.quarantined:,} set aside" if judged.quarantined else ""
    return f"{html.escape(judged.return_id)} is accepted: {judged.rows:,} rows{aside}."


def still_aside(judged: Judged) -> list[str]:
    """The rows that a return of changes has not brought: they were set aside in what it changes, and are missing as before."""
    return [f"{number_of(rows, 'row')} of {changed}, set aside there" for changed, rows in judged.carried.items()]
