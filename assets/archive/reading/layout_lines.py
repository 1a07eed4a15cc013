"""Read a folder of layouts, with everything that is wrong in it: file, line and column, what was expected, what to do."""

import difflib
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import TypeAdapter, ValidationError

from assets.archive.reading.layout_form import (
    ABOUT,
    AREAS,
    BY_PERIOD,
    COLUMNS,
    FILES,
    ROWS,
    TABLES,
    LabelName,
    LayoutForm,
    Pattern,
    PublicationLayout,
    TableLayout,
    printed_name,
)  # fmt: skip
from assets.archive.reading.text import fold
from assets.tables.csv_table import csv_records
from assets.words.problems import BadInput, Problem

FOLDER = "layouts"
LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
GUIDE = "See docs/adding-a-publication.md."
BESIDE = ("sex", "age", "area", "period")
IN_BRACES = re.compile(r"\{(\w*)\}")
# pydantic's kinds of error, by how their names begin -> what was expected.
EXPECTED = {
    "bool": "yes or no", "int": "a whole number", "date": "a day as yyyy-mm-dd", "greater": "a number from 0 to 60",
    "less": "a number from 0 to 60", "string_type": "a text", "string_too_short": "a text", "tuple_type": "a list in brackets",
    "dict_type": "names and values in braces", "too_short": "one or more",
}  # fmt: skip


@dataclass(frozen=True)
class LayoutFolder:
    """What stands in a folder; of one with problems, what could be read of it."""

    about: PublicationLayout
    tables: tuple[TableLayout, ...]
    rows: tuple[LabelName, ...]
    columns: tuple[LabelName, ...]
    problems: tuple[Problem, ...]


def read_folder(data: Path, publication: str, sources: Mapping[str, Mapping[str, Any]]) -> LayoutFolder:
    """The folder of a publication. sources: the publications of data/sources.yaml."""
    problems: list[Problem] = []
    folder, name = data / FOLDER / publication, f"data/{FOLDER}/{publication}"
    if publication not in sources:
        remedy = "Add the publication there first, or call the folder as it is called there."
        problems.append(
            Problem("data/sources.yaml", "", f"no publication {publication}", f"an entry {publication}", remedy)
        )
    about = _about(folder / ABOUT, f"{name}/{ABOUT}", problems)
    groups: dict[str, dict[str, bool]] = {ROWS: {}, COLUMNS: {}}
    read = {
        file: _lines(folder / file, f"{name}/{file}", file, problems, groups.get(file, {}))
        for file in (TABLES, ROWS, COLUMNS)
        if file == TABLES or (folder / file).is_file()
    }
    tables, rows, columns = ([form for _, form in read.get(file, [])] for file in (TABLES, ROWS, COLUMNS))
    problems += _too_broad(about, publication, sources, f"{name}/{ABOUT}")
    for line, table in read[TABLES]:
        problems += _at_odds(table, rows, columns, groups, f"{name}/{TABLES}, line {line}")
    whole = [table.model_copy(update={"designation": table.designation or about.designation}) for table in tables]
    return LayoutFolder(about, tuple(whole), tuple(rows), tuple(columns), tuple(problems))


def _about(path: Path, name: str, problems: list[Problem]) -> PublicationLayout:
    try:
        text = path.read_text(encoding="utf-8-sig")
        content, lines = yaml.load(text, Loader=LOADER), _lines_of_keys(text)
        if not isinstance(content, dict):
            raise yaml.YAMLError("no keys with values")
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        mark = getattr(error, "problem_mark", None)
        found = getattr(error, "problem", None) or str(error)
        problems.append(
            Problem(f"{name}{f', line {mark.line + 1}' if mark else ''}", "", found, "YAML in UTF-8", GUIDE)
        )
        return _part_of({}, set())
    try:
        return PublicationLayout.model_validate(content)
    except ValidationError as error:
        wrong = {str(case["loc"][0]) for case in error.errors()}
        for case in error.errors():
            line = lines.get(str(case["loc"][0]))
            problems.append(
                _of_model(case, PublicationLayout, f"{name}, line {line}" if line else name, FILES[ABOUT][1])
            )
        return _part_of(content, wrong)


def _lines_of_keys(text: str) -> dict[str, int]:
    node = yaml.compose(text, Loader=LOADER)
    return {key.value: key.start_mark.line + 1 for key, _ in getattr(node, "value", [])}


def _part_of(content: Mapping[Any, Any], wrong: Collection[str]) -> PublicationLayout:
    """What could be read of publication.yaml, so that files of it are still known to be its own."""
    patterns = []
    for text in content["recognise"] if isinstance(content.get("recognise"), list) else []:
        try:
            patterns.append(TypeAdapter(Pattern).validate_python(text))
        except ValidationError:
            continue
    right = {key: value for key, value in content.items() if key in PublicationLayout.model_fields and key not in wrong}
    return PublicationLayout.model_construct(**{"designation": ""} | right | {"recognise": tuple(patterns)})


def _lines(path: Path, name: str, file: str, problems: list[Problem], groups: dict[str, bool]) -> list[tuple[int, Any]]:
    """The lines of a file that are right, each with its number. groups: is filled with its groups, and are all lines of each?"""
    model, names = FILES[file]
    printed = {printed_name(field, model.model_fields[field]): model.model_fields[field] for field in names}
    if not path.is_file():
        problems.append(Problem(name, "", "no such file", f"a line per {_of_what(model)}", GUIDE))
        return []
    try:
        records, ragged = csv_records(path, name)
    except BadInput as error:
        problems += error.problems
        return []
    problems += ragged
    header = list(records[0][1]) if records else []
    lacking = (
        [column for column, field in printed.items() if field.is_required() and column not in header] if records else []
    )
    for column in lacking:
        problems.append(
            Problem(
                f"{name}, line 1", column, "no such column", str(printed[column].description), _remedy(printed[column])
            )
        )
    for column in header:
        if column not in printed:
            problems.append(_unknown(f"{name}, line 1", column, printed))
    made = []
    for line, record in records:
        group = record.get("group", "")
        groups.setdefault(group, True)
        filled = {column: cell for column, cell in record.items() if cell and column in printed}
        try:
            made.append((line, model.model_validate(filled)))
        except ValidationError as error:
            groups[group] = False
            problems += [
                _of_model(case, model, f"{name}, line {line}", names)
                for case in error.errors()
                if str(case["loc"][0]) not in lacking
            ]
    return made


def _of_what(model: type[LayoutForm]) -> str:
    return "table" if model is TableLayout else "label"


def _of_model(case: Any, model: type[LayoutForm], place: str, names: Collection[str]) -> Problem:
    """One of pydantic's errors in words."""
    column, kind = str(case["loc"][0]), case["type"]
    fields = {printed_name(name, model.model_fields[name]): model.model_fields[name] for name in names}
    if kind == "extra_forbidden":
        return _unknown(place, column, fields)
    field = fields[column]
    if kind == "missing":
        return Problem(place, column, "nothing", str(field.description), _remedy(field))
    found = repr(case["input"].pattern if isinstance(case["input"], re.Pattern) else case["input"])
    if kind == "value_error":
        expected = str(case["ctx"]["error"])
    elif kind.startswith("pattern_"):
        expected = f"a regular expression ({case.get('ctx', {}).get('error', case['msg'])})"
    else:
        expected = next((said for begins, said in EXPECTED.items() if kind.startswith(begins)), str(field.description))
    return Problem(place, column, found, expected, _remedy(field))


def _remedy(field: Any) -> str:
    return f"For example: {field.examples[0]}. {GUIDE}"


def _unknown(place: str, column: str, fields: Collection[str]) -> Problem:
    near = difflib.get_close_matches(column, fields, n=1, cutoff=0.6)
    remedy = f"It may be {near[0]}." if near else "Remove or rename it."
    return Problem(place, column, "an unknown name", f"only {', '.join(fields)}", remedy)


def _too_broad(
    about: PublicationLayout, publication: str, sources: Mapping[str, Mapping[str, Any]], name: str
) -> Iterator[Problem]:
    """Patterns that would take the files of another publication for this one's."""
    titles = {key: fold(str(entry.get("title"))) for key, entry in sources.items() if key != publication}
    for pattern in about.recognise:
        if taken := [key for key, title in titles.items() if pattern.fullmatch(title)]:
            expected = f"a text that only this publication prints: {taken[0]} is titled so"
            yield Problem(name, "recognise", repr(pattern.pattern), expected, "Say more of the text.")


def _at_odds(
    table: TableLayout,
    rows: Collection[LabelName],
    columns: Collection[LabelName],
    groups: Mapping[str, Mapping[str, bool]],
    place: str,
) -> Iterator[Problem]:
    """What a line of tables.csv says, and the other files do not. groups: file -> its groups, and are all lines right?

    What a line with a fault would have said is not said to be absent.
    """
    row_groups, column_groups = (sorted(filter(None, groups[file])) for file in (ROWS, COLUMNS))
    for column, said, known, file in (
        ("columns", table.columns, [*BY_PERIOD, *column_groups], COLUMNS),
        ("rows", table.rows, [AREAS, *row_groups], ROWS),
        ("beside", table.beside, ["", *column_groups], COLUMNS),
    ):
        if said not in known and "" not in groups[file]:
            expected = f"one of {', '.join(filter(None, known)) or 'the groups of a file that is not there'}"
            yield Problem(place, column, repr(said), expected, f"Name the labels of the group {said} in {file}.")
    if not all([*groups[ROWS].values(), *groups[COLUMNS].values()]):
        return
    for name in (name.name for name in columns if table.beside and name.group == table.beside):
        if name not in BESIDE:
            expected = f"one of {', '.join(BESIDE)} as name of a column of the group {table.beside}"
            yield Problem(place, "beside", repr(name), expected, f"Correct the name in {COLUMNS}.")
    named = [name for name in columns if name.group == table.columns and name.name]
    own = bool(named) and all(name.series for name in named)
    braces, unnamed = {*IN_BRACES.findall(table.series)}, table.rows == AREAS and table.columns in BY_PERIOD
    if not own and (not table.series or ("name" in braces) is unnamed or braces - {"name", "age", "since"}):
        what = "the series of all its figures" if unnamed else "a template with {name}"
        expected = f"{what}, {{age}} and {{since}} where the title says them, and no other name in braces"
        yield Problem(place, "series", repr(table.series) if table.series else "nothing", expected, GUIDE)
    have = {name.name for name in rows if name.group == table.rows} | {name.name for name in named}
    if table.rows != AREAS and table.code_header is None and have:
        for name in table.must:
            if name not in have:
                near = difflib.get_close_matches(name, have, n=1, cutoff=0.6)
                remedy = f"It may be {near[0]}." if near else f"Name it in {ROWS} or {COLUMNS}, or take it out."
                yield Problem(place, "must", repr(name), "names of the table's rows or columns", remedy)
