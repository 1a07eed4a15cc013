"""The rules, codes, limits and patterns that a return is held against: tracked data, read once, with one fingerprint."""

import datetime
import hashlib
import json
import math
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path
from typing import TypeVar

import duckdb

from assets.reference.read import read_reference
from assets.returns.rules.quarters import quarter_days
from assets.tables.records import Record, records
from assets.words.problems import BadInput, Problem
from schemas.returns import MEMBERSHIP, NOTHING, PARTNERSHIP, TEMPLATES, VERSION

READS = (
    "reference/return_rule.csv", "reference/collection_limit.csv", "reference/personal_data_pattern.csv",
    "reference/offence.csv", "reference/collection_definition.csv", "reference/supplier.csv", "reference/role_word.csv",
    "reference/area.csv",
)  # fmt: skip
OF_CODES, RULE_FILE = "code", "return_rule.csv"
# A code is valid until this day where no last day is known.
FOREVER = "9999-12-31"
ADULT = 18
T = TypeVar("T")
# Severity of a rule about rows -> the mask of a row in which each of them has a bit.
OF_ROWS = {"quarantine": "errors", "warn": "warnings"}
# Warnings about a return and not its rows, which need no bit: there is room for 31 in a mask.
OF_THE_WHOLE = (
    "W06", "W08", "W10", "W11", "W12", "W14", "W15", "W16", "W19", "W20", "W21", "W22", "W23", "W25", "W26", "W27", "W28", "W30",
    "W33",
)  # fmt: skip
# Letters in an expression, and which of them are ASCII.
ANY_LETTER, IN_ASCII = r"\pL", {"L": "A-Za-z", "Lu": "A-Z", "Ll": "a-z"}
SIGN = re.compile(r"\\p(?:\{(\w+)\}|(\w))|\\.|.", re.DOTALL)


class Tracked(dict[str, T]):
    """What a tracked file holds, by the key in a column of it.

    One that is missing is told: a data root has files of its own, which may be of another version than the code.
    """

    def __init__(self, file: str, column: str, rows: Iterable[tuple[str, T]]) -> None:
        super().__init__(rows)
        self._file, self._column = f"data/reference/{file}", column

    def __missing__(self, key: str) -> T:
        """Raises BadInput."""
        remedy = "Take that file of this version of Darkfigure."
        problem = Problem(
            self._file, self._column, f"no row {key}", "a row for all that a return is held against", remedy
        )
        raise BadInput("A rule that a return is held against, or a number or word of one, is missing", [problem])


@dataclass(frozen=True)
class Rules:
    """What a return is held against.

    rules:       rows of reference.return_rule by code
    limits:      number by key
    patterns:    pattern key -> regular expression of personal data, and where it is looked for
    offences:    accepted offence code -> class, sex that its name says (F, M or None), first and last day
    names:       official name of an offence -> its codes
    ages:        class of offences -> the age from which nobody is a victim of it, where its name says one
    definitions: rows of reference.collection_definition
    suppliers:   rows of reference.supplier by key
    words:       topic -> words of which posts, titles and names of files are made
    partnerships: code of a Community Safety Partnership -> that of its force
    letter:      what stands for a letter in an expression
    """

    rules: Mapping[str, Record]
    limits: Mapping[str, float]
    patterns: Mapping[str, tuple[str, str]]
    offences: Mapping[str, tuple[str, str | None, str, str]]
    names: Mapping[str, str]
    ages: Mapping[str, int]
    definitions: tuple[Record, ...]
    suppliers: Mapping[str, Record]
    words: Mapping[str, frozenset[str]]
    partnerships: Mapping[str, str]
    letter: str = ANY_LETTER

    @cached_property
    def fingerprint(self) -> str:
        """Changes when anything changes that a verdict rests on."""
        parts = [
            VERSION, repr(TEMPLATES), PARTNERSHIP, duckdb.__version__, self.rules, self.limits, self.patterns, self.offences,
            self.ages, self.definitions, self.suppliers, self.partnerships,
            {topic: sorted(words) for topic, words in self.words.items()},
        ]  # fmt: skip
        return hashlib.sha256(json.dumps(parts, default=str, sort_keys=True).encode()).hexdigest()[:12]

    @cached_property
    def bits(self) -> Mapping[str, int]:
        """Rule about rows -> its bit in a row's mask; each severity has a mask of its own."""
        of_rows = dict.fromkeys(self.rules.keys() - {*OF_THE_WHOLE}, 0)
        codes = [sorted(self.among(of_rows, severity)) for severity in OF_ROWS]
        return Tracked(RULE_FILE, "rule", ((code, 1 << place) for some in codes for place, code in enumerate(some)))

    def mask(self, rule: str) -> str:
        """The mask in which a rule about rows has its bit."""
        return OF_ROWS[str(self.rules[rule]["severity"])]

    def among(self, counts: Mapping[str, int], severity: str) -> dict[str, int]:
        """Those of some counts by rule that are of rules of a severity."""
        return {rule: count for rule, count in counts.items() if self.rules.get(rule, {}).get("severity") == severity}

    def about_rows(self, severity: str, profile: str) -> dict[str, str]:
        """Rule -> predicate, of the rules of a severity that are a condition on one row of a profile."""
        return {
            code: str(rule["predicate"])
            for code, rule in self.rules.items()
            if rule["severity"] == severity and rule["predicate"] and rule["profile"] in (profile, "both")
        }

    @cached_property
    def of_ascii(self) -> "Rules":
        """The same rules for text in ASCII: to compile the letters of all scripts takes longer than to read a small return."""
        patterns = {key: (of_ascii(expression), searched) for key, (expression, searched) in self.patterns.items()}
        return replace(self, patterns=patterns, letter=IN_ASCII["L"])

    @cached_property
    def known_words(self) -> re.Pattern[str]:
        """One word that is no name: of reference.role_word, a supplier's or of the template; several without a space between."""
        words = self._words_but_of_codes
        # Of shorter ones, joined, many a name is made: Jan and e, Mat and the and w.
        joined = "|".join(word for word in words if len(word) > 3)
        return re.compile(f"(?:{joined})+(?:['’]?s|v|q)?|{'|'.join(words)}", re.IGNORECASE)

    @cached_property
    def words_of_codes(self) -> frozenset[str]:
        """Words that are no names where a code is asked for; elsewhere some of them are."""
        meanings = (text for profile in TEMPLATES.values() for column in profile for text in column.codes.values())
        return self._words_but_of_codes | self.words[OF_CODES] | _words(meanings)

    @cached_property
    def _words_but_of_codes(self) -> frozenset[str]:
        named = [*NOTHING, *MEMBERSHIP, *self.suppliers, *(str(row["name"]) for row in self.suppliers.values())]
        named += [column.name for profile in TEMPLATES.values() for column in profile]
        return _words(named).union(*(words for topic, words in self.words.items() if topic != OF_CODES))

    @cached_property
    def introducing(self) -> frozenset[str]:
        """Words after which a person is named."""
        return self.words["role"] | self.words["rank"] | self.words["person"]

    def sending(self, quarter: str) -> list[str]:
        """The suppliers that send for a quarter."""
        start, end = quarter_days(quarter)
        return [
            supplier
            for supplier, row in self.suppliers.items()
            if (row["valid_from"] is None or row["valid_from"] <= end)
            and (row["valid_to"] is None or row["valid_to"] >= start)
        ]

    def when_sending(self, supplier: str) -> str:
        """Since when, or until when, a supplier sends, in words; which it is where there is none of the name."""
        row = self.suppliers.get(supplier)
        days = {"from": row["valid_from"], "until": row["valid_to"]} if row else {}
        said = " ".join(f"{word} {day}" for word, day in days.items() if day)
        said += f"; then {row['succeeded_by']} does" if row and row["succeeded_by"] else ""
        return f"{supplier} sends {said}" if said else "a supplier is a key of reference.supplier, as in kent"

    def answering(self, supplier: str, day: datetime.date = datetime.date.max) -> str:
        """Who answers for a supplier on a day: itself, or after its last day who takes its place."""
        for _ in self.suppliers:  # no more often, should two name each other
            row = self.suppliers[supplier]
            if row["succeeded_by"] is None or row["valid_to"] is None or row["valid_to"] >= day:
                break
            supplier = str(row["succeeded_by"])
        return supplier

    def flags_of_threats(self) -> dict[str, set[str]]:
        """Threat -> the flags that it rests on: without one of them nothing is known of it."""
        flags: dict[str, set[str]] = {threat: set() for threat in MEMBERSHIP}
        for row in self.definitions:
            if row["flag"] and row["threat"] in flags:
                flags[str(row["threat"])].add(str(row["flag"]))
        return flags

    def versions(self) -> set[str]:
        """The versions of the definition that are held."""
        return {str(row["definition_version"]) for row in self.definitions}


def read_rules(data: Path) -> Rules:
    """The rules below a data root; BadInput with file and line of what is wrong in them."""

    def rows(key: str) -> list[Record]:
        return records(read_reference(data, f"reference.{key}").drop(columns="row_id"))

    return Rules(
        Tracked(RULE_FILE, "rule", ((str(row["rule"]), row) for row in rows("return_rule"))),
        Tracked(
            "collection_limit.csv",
            "limit",
            ((str(row["limit"]), float(row["value"])) for row in rows("collection_limit")),
        ),
        {str(row["pattern"]): (str(row["expression"]), str(row["searched"])) for row in rows("personal_data_pattern")},
        _offences(rows("offence")),
        _names(rows("offence")),
        {
            str(row["offence_code"]): age
            for row in rows("offence")
            if (age := _first_age_beyond(str(row["victim_age"])))
        },
        tuple(rows("collection_definition")),
        {str(row["supplier"]): row for row in rows("supplier")},
        Tracked(
            "role_word.csv",
            "topic",
            ((str(row["topic"]), frozenset(str(row["words"]).split())) for row in rows("role_word")),
        ),
        {
            str(row["area_code"]): str(row["parent_code"])
            for row in rows("area")
            if row["area_type"] == "community_safety_partnership"
        },
    )


def _names(rows: list[Record]) -> dict[str, str]:
    """Names of classes in small letters, with the code of each, or several."""
    codes: dict[str, list[str]] = {}
    for row in rows:
        if row["level"] == "class":
            codes.setdefault(str(row["name"]).lower(), []).append(str(row["offence_code"]))
    return {name: ", ".join(of_name) for name, of_name in codes.items()}


def one_in(rows: int, many: float) -> int:
    """One row of how many makes a sample of so many at most; 1 where all do."""
    return max(math.ceil(rows / many), 1)


def _words(texts: Iterable[str]) -> frozenset[str]:
    return frozenset(word for text in texts for word in re.findall("[a-z]+", text.lower()))


def of_ascii(expression: str) -> str:
    """A regular expression that finds in ASCII what another does, without classes of letters of other scripts."""
    made, within = [], False
    for sign in SIGN.finditer(expression):
        letters = IN_ASCII.get(sign[1] or sign[2] or "")
        within = sign[0] != "]" and (within or sign[0] == "[")
        made.append(sign[0] if letters is None else letters if within else f"[{letters}]")
    return "".join(made)


def membership_bit(threat: str) -> int:
    """The bit of a threat in a row's membership."""
    return 1 << list(MEMBERSHIP).index(threat)


def _first_age_beyond(named: str) -> int:
    """Of `under 13` 13, of `children` 18, of others 0."""
    return int(named.removeprefix("under ")) if named.startswith("under ") else ADULT if named == "children" else 0


def _offences(rows: list[Record]) -> dict[str, tuple[str, str | None, str, str]]:
    """Classes, and the published six-character codes inside them."""
    sexes = {"female": "F", "male": "M"}
    classes = {str(row["offence_code"]): row for row in rows if row["level"] == "class"}
    rules = {
        code: (
            code,
            sexes.get(row["victim_sex"]),
            str(row["valid_from"] or "0001-01-01"),
            str(row["valid_to"] or FOREVER),
        )
        for code, row in classes.items()
    }
    for row in rows:
        parent, _, code = str(row["offence_code"]).partition(":")
        if row["level"] == "sub_code" and "/" in code:
            _, sex, begins, ends = rules[parent]
            rules[code] = (
                parent, sex, max(begins, str(row["valid_from"] or begins)), min(ends, str(row["valid_to"] or ends)),
            )  # fmt: skip
    return rules
