"""What the reference tables know: series, offences and areas, as the readers ask for them."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from functools import cached_property

import pandas as pd

from assets.archive.reading.names import OFFICIAL_ENDINGS
from assets.archive.reading.reference import Reference
from assets.archive.reading.text import NOTES_OF_A_NAME, fold
from assets.archive.reading.words import UNIT, Targets
from schemas.codes import ENGLAND_AND_WALES

SURE = 0.9
FORCE = ("police_force", "special_force")
COUNTRY, PLACE = ("country", "country_group"), ("country", "country_group", "region", "police_force")


@dataclass(frozen=True)
class SeriesFacts:
    """What a series says of its figures: unit in print, ages, and the sex of the victims where its offence has one."""

    unit: str
    age: str
    sex: str


@dataclass(frozen=True)
class Known:
    """Series by key; areas by code and by folded name.

    area_names: code -> name as tracked
    area_types: code -> kind of area
    codes:      (folded name, is it a region) -> code
    parts:      (code of a force, folded name) -> code of the partnership in it
    groups:     codes of the main offence groups
    subgroups:  codes of the groups inside these
    offences:   names of offence classes -> code
    """

    series: Mapping[str, SeriesFacts]
    area_names: Mapping[str, str]
    area_types: Mapping[str, str]
    codes: Mapping[tuple[str, bool], str]
    groups: frozenset[str] = frozenset()
    subgroups: frozenset[str] = frozenset()
    offences: Mapping[str, str] = field(default_factory=dict)
    parts: Mapping[tuple[str, str], str] = field(default_factory=dict)

    @cached_property
    def offence_codes(self) -> frozenset[str]:
        """The codes of the offence classes."""
        return frozenset(self.offences.values())

    @cached_property
    def countries(self) -> str:
        """A pattern of the names of countries but England and Wales, in small letters."""
        return self._names_of(COUNTRY)

    @cached_property
    def places(self) -> str:
        """The same with regions and police forces."""
        return self._names_of(PLACE)

    def _names_of(self, kinds: Collection[str]) -> str:
        named = self.area_names.items()
        return "|".join(
            re.escape(name.casefold())
            for code, name in named
            if self.area_types[code] in kinds and code != ENGLAND_AND_WALES
        )

    @cached_property
    def _offences(self) -> Targets:
        return Targets(list(self.offences), list(self.offences.values()))

    def offence(self, name: str) -> str | None:
        """The code of an offence class by the words of its name. Raises Ambiguous where two are as near."""
        match = self._offences.find(name)
        return list(self.offences.values())[match.target] if match and match.likeness > SURE else None

    def area(self, name: str, region: bool = False) -> str | None:
        """The code of an area by its name; West Midlands is a force, or a region where `region` is set."""
        return (
            self.codes.get((fold(name), region))
            or self.codes.get((fold(UNIT.sub(" ", fold(name))), region))
            or self.codes.get((fold(NOTES_OF_A_NAME.sub("", name)), region))
        )

    def others_named(self, name: str, code: str) -> list[str]:
        """Codes of the areas of the kind of `code` whose whole names stand in a name, but for its own."""
        words, own = {*fold(name).split()}, {*fold(self.area_names[code]).split()}
        return [
            other for other, text in self.area_names.items()
            if self.area_types[other] == self.area_types[code] and other != code
            and (others := {*fold(text).split()}) <= words and not others <= own
        ]  # fmt: skip


def known(reference: Reference) -> Known:
    """What the reference tables and the printed names of areas say."""
    series, offences, areas = reference.series, reference.offences, reference.areas
    aliases = dict(reference.area_aliases)
    sexes = {code: sex for code, sex in _pairs(offences, "offence_code", "victim_sex") if sex}
    facts = {
        row[0]: SeriesFacts(row[1], row[2] or "all", sexes.get(row[3], "all"))
        for row in _rows(series, ("series", "unit", "age_base", "offence_code"))
    }
    listed = _rows(areas, ("area_code", "name", "area_type", "parent_code"))
    kinds = {code: kind for code, _, kind, _ in listed}
    for code, name, kind, _ in listed:
        if kind == "police_force":
            aliases = {f"{name} {ending}": code for ending in OFFICIAL_ENDINGS} | aliases
    others = {(fold(name), kinds[code] == "region"): code for name, code in aliases.items() if code in kinds}
    return Known(
        series=facts,
        area_names={code: name for code, name, *_ in listed},
        area_types=kinds,
        codes=others | {(fold(name), kind == "region"): code for code, name, kind, _ in listed
               if kind not in ("community_safety_partnership", "unassigned")},
        offences={name: code for code, name, level in _rows(offences, ("offence_code", "name", "level")) if level == "class"},
        parts={(force, fold(name)): code for code, name, kind, force in listed if kind == "community_safety_partnership"},
        groups=frozenset(code for code, level in _pairs(offences, "offence_code", "level") if level == "group"),
        subgroups=frozenset(code for code, level in _pairs(offences, "offence_code", "level") if level == "subgroup"),
    )  # fmt: skip


def _pairs(frame: pd.DataFrame, key: str, value: str) -> list[tuple[str, str | None]]:
    return [(row[0], row[1]) for row in _rows(frame, (key, value))]


def _rows(frame: pd.DataFrame, names: tuple[str, ...]) -> list[tuple[str, ...]]:
    plain = frame[list(names)].astype("object")
    return list(plain.where(plain.notna(), None).itertuples(index=False, name=None))
