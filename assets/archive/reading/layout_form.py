"""The form of a folder of layouts: its files, what stands in them, what may be left out, an example of each.

The models read the files, are what the readers work with, and make the tables of docs/adding-a-publication.md (`page`).
"""

import datetime
import re
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints
from pydantic.fields import FieldInfo

from assets.archive.reading.words import words
from schemas.codes import DESIGNATION, FACT_STATUS, PERIOD_TYPE, SEX
from schemas.derive import columns
from schemas.reference import Series

ABOUT, TABLES, ROWS, COLUMNS = "publication.yaml", "tables.csv", "rows.csv", "columns.csv"
BY_PERIOD = ("month", "quarter", "year", "change")
AREAS = "areas"
ANY_ROW = "*"
CAPITALS = re.compile(r"(?<!\\)[A-Z]")
# Of a pattern: what must not follow, what must, and its signs.
NO_WORDS = re.compile(r"\(\?[!=][^)]*\)|[\\.*?()|:]+|\bb(?=\W)")
WITH_ID = re.compile(r"(?:table|worksheet) (?:\w?\d|\\)")


def _small(pattern: re.Pattern[str]) -> re.Pattern[str]:
    if CAPITALS.search(pattern.pattern):
        raise ValueError("a pattern in small letters: what it is held against has no others")
    return pattern


def _no_id(pattern: re.Pattern[str]) -> re.Pattern[str]:
    if WITH_ID.match(pattern.pattern):
        raise ValueError("a pattern of the title without the table's id in front")
    return pattern


def _split(sign: str) -> BeforeValidator:
    """Cells that list several things: "2022;2025"."""
    return BeforeValidator(
        lambda cell: tuple(part.strip() for part in cell.split(sign)) if isinstance(cell, str) else cell
    )


Pattern = Annotated[re.Pattern[str], AfterValidator(_small)]
Listed = Annotated[tuple[str, ...], _split(";")]
Name = Annotated[str, StringConstraints(pattern=r"^[\w.]+$")]
Ages = Annotated[str, StringConstraints(pattern=r"^(?:\d{1,2}\+|\d{1,2}-\d{1,3}|all)$")]
Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]


@dataclass(frozen=True)
class OneOf:
    """Checks that a text is one of the codes."""

    codes: tuple[str, ...]

    def __call__(self, text: str) -> str:
        """The text; ValueError with the codes where it is none of them."""
        if text not in self.codes:
            raise ValueError(f"one of {', '.join(self.codes)}")
        return text


Sex = Annotated[str, AfterValidator(OneOf(tuple(SEX)))]
Standing = Annotated[str, AfterValidator(OneOf(tuple(DESIGNATION)))]
Status = Annotated[str, AfterValidator(OneOf(tuple(status for status in FACT_STATUS if status != "normal")))]
PeriodType = Annotated[str, AfterValidator(OneOf(tuple(PERIOD_TYPE)))]


def _of(description: str, example: str | tuple[str, str], *default: Any) -> Any:
    """A field in words, with an example, or one of a row and one of a column; one with a default may be left out, or empty."""
    examples = [example] if isinstance(example, str) else [*example]
    return Field(*(default or (...,)), description=description, examples=examples)


class LayoutForm(BaseModel):
    """What is named is read, and nothing else may stand there."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PublicationLayout(LayoutForm):
    """publication.yaml."""

    recognise: tuple[Pattern, ...] = Field(
        min_length=1,
        description="patterns, one of which is a whole text of the cover, or a title, that only this publication prints",
        examples=['["sexual offences prevalence.*"]'],
    )
    designation: Standing = _of("standing of the publication's figures", "accredited")
    title: Text | None = _of("title in messages; that of `sources.yaml`, if left out", "Sexual offences tables", None)
    publisher: Text | None = _of("that of `sources.yaml`, if left out", "Office for National Statistics", None)
    release_title: Text | None = _of(
        "title of a release, with `{period}`; the title and `YE {period}`, if left out", "Sexual offences, YE {period}", None
    )  # fmt: skip
    superscripts: bool = _of("are notes printed as raised figures (`Total 1`), not as `[note 1]`", "true", False)
    describes_to: datetime.date | None = _of(
        "last period end that the layout speaks of: later releases are set aside until somebody has looked",
        "2024-03-31",
        None,
    )
    markers: dict[str | int, Status] = _of(
        "shorthand in a figure's place that data/layouts/markers.csv does not have, or not so", '{"-": suppressed}', {}
    )
    corrected: tuple[Pattern, ...] = _of(
        "patterns of a whole text that says the file replaces an earlier one", '[".*error occurred.*"]', ()
    )
    designation_notes: dict[str, Standing] = _of(
        "pattern of a note that changes the standing of what it is printed with", '{"suspended": not_accredited}', {}
    )


class TableLayout(LayoutForm):
    """A line of tables.csv: one table of a publication, or one wording of its title."""

    table: Name = _of("our key of the table", "prevalence")
    title: Annotated[Pattern, AfterValidator(_no_id)] = _of(
        "pattern of the whole printed title, without the id in front; several lines may lay one table out otherwise, and the one "
        "is taken that knows most columns", "prevalence of sexual assault.*"
    )  # fmt: skip
    columns: Name = _of(
        f"{', '.join(f'`{name}`' for name in BY_PERIOD[:3])}: periods in the header; `change`: periods compared with; else a "
        "group of `columns.csv` that names them", "sexes"
    )  # fmt: skip
    rows: Name = _of(
        "a group of `rows.csv` that names its rows, or `areas` where they are areas, by code or name", "assault"
    )
    series: Annotated[str, StringConstraints(pattern=r"^[\w.+{}-]*$")] = _of(
        "template of the series, with `{name}` of the row (of the column where rows are areas, without it where columns are "
        "periods too), `{age}` of the title, and "
        "`{since}`: nothing where title or header say \"in the last year\", `.since_16` for \"since age 16\"; "
        "left out where each column of the group has its own", "csew.{name}.assault.{age}.prevalence", ""
    )  # fmt: skip
    must: Listed = _of(
        "names of rows and columns, or codes, without which the table is set aside, between `;`",
        "any_assault;women",
        (),
    )
    label_header: Pattern | None = _of(
        "pattern of the header of the row labels; if left out, the labels are the texts left of the known columns",
        "type of assault",
        None,
    )
    code_header: Pattern | None = _of(
        "pattern of the header of a column of codes, where there is one", "offence code", None
    )
    beside: str = _of(
        "a group of `columns.csv` with the columns beside the labels that say of whom, where or when a row is; its names are "
        "`sex`, `age`, `area`, `period`", "dimensions", ""
    )  # fmt: skip
    unit: str = _of("unit in print, where it is not that of the series", "thousand_persons", "")
    period_type: PeriodType = _of("what a year in its header is", "survey_year", "year")
    change: bool = _of("does it print changes between two periods", "yes", False)
    designation: Standing = _of("standing of its figures, where it is not that of the publication", "official", "")
    others: Annotated[str, AfterValidator(OneOf(("reported", "passed")))] = _of(
        "other rows with figures are findings, or passed over because the table is known to have them",
        "passed",
        "reported",
    )
    usual: Listed = _of("ids it usually has, between `;`: looked at first, never relied on", "1;S1", ())
    generations: Listed = _of(
        "generations of the layout that print it, between `;`, where the publication changed; all of them, if left out",
        "2024",
        (),
    )

    @property
    def title_words(self) -> tuple[str, ...]:
        """The words of its title, without what a title must not have."""
        return words(NO_WORDS.sub(" ", self.title.pattern))

    @property
    def series_pattern(self) -> str:
        """The series its figures may have, as a pattern."""
        return re.sub(r"\\\{\w+\\\}", ".*", re.escape(self.series)) if self.series else ""


class LabelName(LayoutForm):
    """A line of rows.csv or columns.csv: what labels are called here."""

    group: Name = _of("the group that it belongs to, which tables.csv names", ("assault", "sexes"))
    wordings: Annotated[tuple[Text, ...], _split("|")] = Field(
        alias="label", min_length=1, examples=["any sexual assault|sexual assault", "women|females"],
        description="its plain wordings, several between bars; `*` for rows that have no other name, of which a column that "
        "`beside` names says what they are, be it that of the labels (a row a year, say)",
    )  # fmt: skip
    name: Annotated[str, StringConstraints(pattern=r"^[\w.+-]*$")] = _of(
        "its name, for the series; empty for a row of bases that is no figure of its own, or a column that is known and not "
        "wanted", ("any_assault", "women"), ""
    )  # fmt: skip
    sex: Sex = _of(
        "sex that its figures are of; of a column without one, that of its rows, or else `all`", "female", ""
    )
    age: Ages = _of("ages that its figures are of, where they are not those of the title or series", "16-59", "")
    characteristic: Annotated[str, StringConstraints(pattern=r"^[a-z ]*$")] = _of(
        "what else its figures are broken down by; the value of it is its first wording", "ethnicity", ""
    )  # fmt: skip
    code: str = _of("offence code of rows to which a wording gives another name than the code's", "21", "")
    under: str = _of(
        "name of the row below which it must stand (`of which`), where a wording stands for two", "rape", ""
    )
    kind: Annotated[str, AfterValidator(OneOf(("base", "class")))] = _of(
        "`base`: the unweighted base of the figures above it in its column, or of all; `class`: a heading, to which the rows "
        "below it belong", "base", ""
    )  # fmt: skip
    series: str = _of("template of the series of a column, before that of the table", "prc.c5.{name}", "")
    period: Annotated[str, AfterValidator(OneOf(("mid_year",)))] = _of(
        "`mid_year`: its header names the mid-year that its figures are of", "mid_year", ""
    )


# File -> its model, and the columns that it may have.
FILES: dict[str, tuple[type[LayoutForm], tuple[str, ...]]] = {
    ABOUT: (PublicationLayout, tuple(PublicationLayout.model_fields)),
    TABLES: (TableLayout, tuple(TableLayout.model_fields)),
    ROWS: (LabelName, ("group", "wordings", "name", "kind", "sex", "age", "characteristic", "code", "under")),
    COLUMNS: (LabelName, ("group", "wordings", "name", "sex", "age", "series", "period")),
}
WHEN = {
    ABOUT: "always", TABLES: "always", ROWS: "where a table has rows of a group", COLUMNS: "where a table has columns of a group",
}  # fmt: skip


def printed_name(name: str, field: FieldInfo) -> str:
    """What a field is called in its file."""
    return field.alias or name


def page() -> str:
    """The tables of docs/adding-a-publication.md: every file and column, must it be there, its values, an example."""
    parts = [
        f"### `data/layouts/<key>/{file}` ({WHEN[file]})\n\n| {'key' if file == ABOUT else 'column'} | must | says | values | "
        "example |\n| --- | --- | --- | --- | --- |\n"
        + "\n".join(_line(name, model.model_fields[name], file) for name in names)
        for file, (model, names) in FILES.items()
    ]
    series = "\n".join(
        f"| `{name}` | {'no' if spec.nullable else 'yes'} | {spec.description} | {_codes(spec)} |"
        for name, spec in columns(Series).items()
        if name != "row_id"
    )
    head = "| column | must | says | values |\n| --- | --- | --- | --- |"
    parts.append(f"### `data/reference/series.csv`: a line per series\n\n{head}\n{series}")
    return "\n\n".join(parts) + "\n"


def _line(name: str, field: FieldInfo, file: str) -> str:
    description = str(field.description)
    must = "yes" if field.is_required() else "no"
    example = str((field.examples or [""])[-1 if file == COLUMNS else 0]).replace("|", r"\|")
    return f"| `{printed_name(name, field)}` | {must} | {description} | {_values(field)} | `{example}` |"


def _codes(spec: Any) -> str:
    """The codes that a column of a table may have, where it has some."""
    return ", ".join(f"`{code}`" for check in spec.checks for code in check.statistics.get("allowed_values", ()))


def _values(field: FieldInfo) -> str:
    """The values that a field may have, where they are listed; else what is written if it is left out."""
    checked = (getattr(metadata, "func", None) for metadata in field.metadata)
    listed = [code for check in checked if isinstance(check, OneOf) for code in check.codes]
    listed = ["yes", "no"] if field.annotation is bool else listed
    default = f" (`{field.default}`, if left out)" if field.default in listed else ""
    return ", ".join(f"`{value}`" for value in listed) + default


BEGIN, END = "<!-- made by assets/archive/reading/layout_form.py -->\n", "<!-- end -->"


def written_into(text: str) -> str:
    """A page with the tables between its two marks made anew."""
    before, rest = text.split(BEGIN)
    return before + BEGIN + "\n" + page() + "\n" + END + rest.split(END, 1)[1]


if __name__ == "__main__":
    of_page = Path(sys.argv[1])
    of_page.write_text(written_into(of_page.read_text(encoding="utf-8")), encoding="utf-8")
