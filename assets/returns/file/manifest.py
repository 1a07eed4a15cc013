"""The manifest of a return: what it is, from whom, for which quarter, and the fingerprint of its file."""

import datetime
import hashlib
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError, field_validator, model_validator
from pydantic_core import ErrorDetails

from assets.returns.file.csv_file import plainly
from assets.returns.file.names import may_be_named, role_may_name, unknown_words
from assets.returns.rules.quarters import a_quarter, quarter_days
from assets.returns.rules.rules import Rules
from assets.words.problems import BadInput, Problem
from schemas.returns import FLAGS, LARGEST_NUMBER, VERSION

ENDING = re.compile(r"(?i)\.csv(?:\.gz)?\Z")
MANIFEST, LARGEST = "manifest.json", 1 << 20
UNKNOWN, AFTER_SUPPLIER = "unknown", "[.]20[0-9]{2}-[0-9]{2}[.][0-9-]{10}[.][0-9a-f]{8}"
ROLES, OF_WORDS = ("qa_done_by", "contact_role"), "words of reference.role_word, as in force crime registrar"
REMEDY = "Correct it; `darkfigure returns template` makes a new one, and `darkfigure returns seal` fills in what the file says."
# How the kinds of values of a manifest are written, by how pydantic's names of errors begin.
EXPECTED = {
    "date": "a day as yyyy-mm-dd", "bool": "true or false", "int": "a whole number", "string_type": "a text in quotes",
    "list_type": "a list in brackets, as the template has it", "dict_type": "names and values in braces, as the template has it",
}  # fmt: skip


class Manifest(BaseModel):
    """What the sender says of a return."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    template_version: Literal["vawg-1"] = Field(description="Version of the template")
    definition_version: str = Field(description="Version of reference.collection_definition that the force worked by")
    synthetic: bool = Field(description="Is the return made up for a test: never sent with real ones")
    supplier: str = Field(description="Key of reference.supplier")
    quarter: str = Field(description="First month of the quarter of recording, yyyy-mm: 01, 04, 07 or 10")
    profile: Literal["record", "aggregate"] = Field(description="One row per victim of an offence, or counts")
    content: Literal["whole", "changes"] = Field(description="All rows of the quarter, or changes of `replaces` only")
    replaces: str | None = Field(
        default=None, description="Id of the return that this one corrects, as its report prints it"
    )
    file: str = Field(description="Name of the CSV file beside the manifest; .gz allowed")
    # Windows prints a fingerprint in capitals.
    sha256: Annotated[str, StringConstraints(to_lower=True)] = Field(
        description="Fingerprint of the file: 64 digits of base 16", pattern="^[0-9a-fA-F]{64}$"
    )
    rows: int = Field(description="Rows of the file, without the header", ge=0, le=LARGEST_NUMBER)
    crime_count_sum: int = Field(description="Sum of crime_count, or of offences in an aggregate return")
    zero_return: bool = Field(description="True where the force recorded nothing in scope")
    flags_available: list[str] = Field(description="Flags that the force's system sets")
    flag_source: dict[str, Literal["officer", "ndqis", "search", "none"]] = Field(
        description="How each flag is set: by the officer, by NDQIS, by a search; `none` is unknown, never no"
    )
    extract_date: datetime.date = Field(description="Day of the extract from the force's system")
    sent_date: datetime.date = Field(description="Day of sending")
    qa_done_by: str = Field(description="Role, never a name, of who answers for the force's own quality assurance")
    contact_role: str = Field(description="Role, never a name, of whom to ask")
    route: Literal["template", "hub"] = Field(
        default="template", description="Filled in by the force, or made of an extract of the Home Office Data Hub"
    )
    salt: str | None = Field(
        default=None, pattern="^[0-9a-f]{16,64}$",
        description="Digits of base 16 that `returns seal` draws by chance, so that the id tells nobody that he guessed the file",
    )  # fmt: skip

    @field_validator("quarter")
    @classmethod
    def _a_quarter(cls, value: str) -> str:
        return a_quarter(value)

    @field_validator("file")
    @classmethod
    def _beside_it(cls, value: str) -> str:
        if Path(value).name != value or not ENDING.search(value):
            raise ValueError(
                "the name of a .csv or .csv.gz file beside it, which the first sheet of a workbook is saved as"
            )
        return value

    @field_validator(*ROLES)
    @classmethod
    def _a_role(cls, value: str) -> str:
        if "@" in value or sum(letter.isdigit() for letter in value) > 4:
            raise ValueError("a role, without name, address or number of a person")
        return value

    @field_validator("flags_available")
    @classmethod
    def _known_flags(cls, value: list[str]) -> list[str]:
        if not set(value) <= set(FLAGS):
            raise ValueError(f"flags of the template: {', '.join(FLAGS)}")
        return value

    @field_validator("flag_source")
    @classmethod
    def _sources_of_flags(cls, value: dict[str, str]) -> dict[str, str]:
        cls._known_flags([*value])
        return value

    @model_validator(mode="after")
    def _flags_that_somebody_sets(self) -> Self:
        unset = [name for name in self.flags_available if self.flag_source.get(name, "none") == "none"]
        if unset:
            raise ValueError(
                f"in flag_source who sets each flag of flags_available (officer, ndqis or search): {', '.join(unset)}"
            )
        return self

    @model_validator(mode="after")
    def _days_that_can_be(self) -> Self:
        """A quarter is whole once it has ended, and an extract of a day to come would outlive every correction."""
        last, today = self.days[1], datetime.date.today()
        if not last < self.extract_date <= self.sent_date <= today:
            of_quarter = f"the last day of the quarter {self.quarter}, which is {last}"
            raise ValueError(
                f"extract_date after {of_quarter}, sent_date no earlier than that, and neither of them after today, {today}"
            )
        return self

    @property
    def days(self) -> tuple[datetime.date, datetime.date]:
        """First and last day of the quarter."""
        return quarter_days(self.quarter)

    @property
    def return_id(self) -> str:
        """Readable id: supplier, quarter, day of the extract, and the beginning of the fingerprint of file and salt."""
        salted = hashlib.sha256(f"{self.sha256}{self.salt}".encode()).hexdigest() if self.salt else self.sha256
        return f"{self.supplier}.{self.quarter}.{self.extract_date}.{salted[:8]}"

    @property
    def said(self) -> str:
        """Changes when anything changes that the manifest says: the same file may be sent again with another one."""
        # Without a salt and a route as before there were any.
        silent = {name for name in ("salt", "route") if getattr(self, name) == Manifest.model_fields[name].default}
        told = self.model_dump_json(exclude=silent)
        return hashlib.sha256(told.encode()).hexdigest()[:12]


# A field is repeated where it is made of words of the manifest: another may be a name.
WORDS = {
    word
    for name, field in Manifest.model_fields.items()
    for word in re.findall("[a-z0-9]+", f"{name} {field.description}".lower())
} | {word for name in FLAGS for word in name.split("_")}  # fmt: skip


def read_manifest(path: Path, rules: Rules) -> Manifest:
    """The manifest in a file; BadInput (rule R01) with every field that is wrong.

    What stands for one of a list and is none is not kept: it would be printed and published, and may be anything.
    """
    return in_known_words(manifest_of(path, manifest_text(path)), rules)


def in_known_words(manifest: Manifest, rules: Rules) -> Manifest:
    """A manifest with its supplier by key, and UNKNOWN in place of what is not known."""
    is_held: dict[str, object] = {
        "definition_version": manifest.definition_version in rules.versions(),
        "replaces": re.fullmatch(f"({'|'.join(rules.suppliers)}){AFTER_SUPPLIER}|", manifest.replaces or ""),
    }
    supplier = supplier_called(manifest.supplier, rules) or UNKNOWN
    # A word that is not known may be a name, or of a role that nobody has thought of: one by its form is refused (named_in).
    for role in ROLES:
        said = getattr(manifest, role)
        is_held[role] = role_may_name(said, rules) or (said.strip() and not unknown_words(said, rules))
    unknown = {name: UNKNOWN for name, value in is_held.items() if not value}
    return manifest.model_copy(update=unknown | {"supplier": supplier})


def supplier_called(text: str, rules: Rules) -> str | None:
    """The key of a supplier by its key or name, however spelt, with what a force calls itself after it or not."""
    bare = re.sub("(_police|_constabulary)?(_service)?$", "", plainly(text.replace("&", " and ")))
    return next((key for key in (plainly(text), bare, f"{bare}_police") if key in rules.suppliers), None)


def may_stand_in(manifest: Manifest, rules: Rules) -> tuple[str, ...]:
    """The suppliers that may stand in the rows of a return: its own, and any where it names none that is known."""
    return tuple(rules.suppliers) if manifest.supplier == UNKNOWN else (manifest.supplier,)


def named_in(manifest: Manifest, rules: Rules) -> Iterator[str]:
    """The places of a manifest where a name stands by its form, with what is asked for instead (rule R08)."""
    for role in ROLES:
        if role_may_name(getattr(manifest, role), rules):
            yield f"{role} of the manifest may hold a name: say the role, in {OF_WORDS}"
    if may_be_named(ENDING.sub("", manifest.file), rules):
        yield f"the name of the file may be that of a person: call it {manifest.profile}.csv"


def manifest_text(path: Path) -> dict[str, Any]:
    """What a manifest says, whatever it is; BadInput where it is not there or no JSON object."""
    try:
        filled = (
            json.loads(path.read_bytes()) if path.stat().st_size <= LARGEST else None
        )  # of bytes it tells the encoding: some editors write UTF-16, or a mark
    except (FileNotFoundError, NotADirectoryError):
        raise _no_manifest(path, [("", "no such file", f"a manifest of template {VERSION}")]) from None
    except json.JSONDecodeError as broken:  # its words are of the form, not of what stands there
        where = f"no JSON text from line {broken.lineno}, column {broken.colno} on: {broken.msg}"
        expected = (
            f"a manifest of template {VERSION}: a comma between two fields and none after the last, and straight quotes"
        )
        raise _no_manifest(path, [("", where, expected)]) from None
    except (OSError, ValueError, RecursionError):
        filled = None
    if not isinstance(filled, dict):
        raise _no_manifest(
            path, [("", "a file that is no JSON text of a manifest", f"a manifest of template {VERSION}")]
        )
    return filled


def manifest_of(path: Path, filled: dict[str, Any]) -> Manifest:
    """The manifest that a filled-in one is; BadInput with every field that is wrong."""
    try:
        return Manifest.model_validate(filled)
    except ValidationError as invalid:
        # What stands there is not printed: a manifest may hold by mistake what must not be copied.
        wrong = [
            (
                ".".join(map(_repeated, error["loc"])),
                "nothing" if error["type"] == "missing" or error["input"] in (None, "") else "another value",
                _expected(error),
            )
            for error in invalid.errors()
        ]
        raise _no_manifest(path, wrong) from None


def _expected(error: ErrorDetails) -> str:
    if error["type"] in ("missing", "string_pattern_mismatch"):
        return str(Manifest.model_fields[str(error["loc"][0])].description)
    if error["type"] == "extra_forbidden":
        return "no field but those of the template"
    for begins, said in EXPECTED.items():
        if error["type"].startswith(begins):
            return said
    return error["msg"].removeprefix("Value error, ").removeprefix("Input should be ")


def _repeated(part: int | str) -> str:
    ours = isinstance(part, int) or {*part.lower().split("_")} <= WORDS
    return str(part) if ours else "(not of the template)"


def _no_manifest(path: Path, wrong: list[tuple[str, str, str]]) -> BadInput:
    problems = [Problem(path.name, field, found, expected, REMEDY) for field, found, expected in wrong]
    return BadInput(f"{path.name} is no manifest of this version (R01)", problems)
