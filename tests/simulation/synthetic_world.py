"""The synthetic world as a data root of its own, with figures files, and the pipeline's real functions run over it."""

import datetime
import shutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
from kit import ROOT, read_rows, takes_of, write_csv
from truth import FULL, SHORT, Drawn, People, SurveyYear

from assets.archive.tracked.figures import read_figures
from assets.population import assets as of_population
from assets.population.tidy import estimates_of_figures
from assets.reconciled.change import assets as of_change
from assets.reconciled.change.trend import trends
from assets.reconciled.gap import assets as of_gap
from assets.reconciled.gap.gap import gap
from assets.reconciled.ground import assets as of_ground
from assets.reconciled.ground.overdispersion import overdispersion
from assets.reconciled.justice import assets as of_justice
from assets.reconciled.justice.reporting_bridge import reporting_bridges
from assets.reconciled.overlaps import assets as of_overlaps
from assets.reconciled.overlaps.assets import SYSTEMS
from assets.reconciled.overlaps.union_bound import bound_rows, systems_of
from assets.recorded import assets as of_recorded
from assets.recorded import tidy
from assets.reference.read import read_reference
from assets.reference.releases import read_releases
from assets.survey import assets as of_survey
from assets.survey.tidy import estimates
from assets.tables.conform import conform, validate
from assets.tables.records import Record, records
from schemas.derive import columns
from schemas.registry import contract

OWN_FILES = ("series", "pairing", "release", "comparability_break", "constraint", "fieldwork", "set_system")
OWN = {"source": "synthetic", "release": "synthetic-world"}
FIGURE = {
    "characteristic": "", "characteristic_value": "", "area_code": "K04000001", "obs_status": "normal", "lower": "",
    "upper": "", "standard_error": "", "base": "", "sheet": "synthetic", "cell": "", "url": "", "designation": "official",
    "note": "", **OWN,
}  # fmt: skip
SERIES = {
    "scope": "ons_prc", "instrument": "", "question_version": "", "reference_window": "", "measure": "offences",
    "unit": "offences", "age_base": "16+", "offence_code": "", "flag": "synthetic", "offence_group": "all", "level": "",
    "threat": "domestic_abuse", "definition": "Synthetic.", "citation": "synthetic",
}  # fmt: skip
PAIRING = {
    "threat": "domestic_abuse", "estimate_measures": "prevalence", "estimate_source": "", "estimate_unit": "victims",
    "recorded_upper_series": "", "recorded_scope": "ons_prc", "recorded_unit": "offences", "recorded_sex": "all",
    "female_share": "", "concept": "same", "concept_reason": "Synthetic.", "flagged": "false", "non_recent": "false",
    "comparable_subset": "false", "citation": "synthetic",
}  # fmt: skip
FEMALE_SHARE = "prc.synthetic.female_share"
TRULY_FEMALE = 0.7336


@dataclass
class World:
    """What is published, line by line, and the truth behind each pairing and survey year."""

    figures: list[dict[str, Any]] = field(default_factory=list)
    series: list[dict[str, Any]] = field(default_factory=list)
    pairings: list[dict[str, Any]] = field(default_factory=list)
    constraints: list[dict[str, Any]] = field(default_factory=list)
    truths: dict[tuple[str, datetime.date], Drawn] = field(default_factory=dict)
    people: dict[str, People] = field(default_factory=dict)
    cells: dict[str, dict[str, int]] = field(default_factory=dict)

    def publish(
        self, series: str, start: datetime.date, end: datetime.date, kind: str, value: float, **more: Any
    ) -> None:
        """One figure, printed as it is given."""
        self.figures.append(
            FIGURE | {"series": series, "sex": "all", "age": "16+", "period_start": start, "period_end": end,
                      "period_type": kind, "value": f"{value:.10g}", "printed": f"{value:.10g}"} | more
        )  # fmt: skip

    def compare(self, name: str, people: People) -> None:
        """A pairing of its own: a survey topic and a recorded series."""
        of_women = people.sex == "female"
        self.people[name] = people
        self.pairings.append(
            PAIRING | {"pairing": name, "label": name, "title": f"Synthetic {name}", "estimate_topic": name, "sex": people.sex,
                       "recorded_series": f"prc.b9.{name}", "recorded_age": people.age,
                       "female_share": FEMALE_SHARE if of_women else ""}
        )  # fmt: skip
        asked = {"table": "survey.estimate", "scope": "csew", "instrument": "csew_self_completion_old", "question_version": "old",
                 "reference_window": "last_year", "topic": name, "unit": "percent", "age_base": people.age, "flag": "",
                 "offence_group": ""}  # fmt: skip
        stem = survey_stem(name, people)
        self.series += [
            SERIES | asked | {"series": f"{stem}.{one}", "measure": one} for one in ("prevalence", "told_police")
        ]
        counted = {"table": "recorded.flagged_count", "topic": name}
        self.series += [SERIES | counted | {"series": f"{table}.{name}"} for table in ("prc.b9", "prc.e2")]

    def repeat(self, name: str, people: People, year: SurveyYear, drawn: Drawn, run: int, by_quarters: bool) -> None:
        """Publish one repetition of one survey year, rounded as the publisher rounds."""
        self.truths[name, year.end] = drawn
        stem, who = survey_stem(name, people), {"sex": people.sex, "age": people.age}
        for measure, shares_of in (("prevalence", drawn.prevalence), ("told_police", drawn.told)):
            printed = f"{100 * shares_of[run]:.1f}"
            self.publish(f"{stem}.{measure}", year.start, year.end, "survey_year", float(printed), unit="percent",
                         printed=printed, **who)  # fmt: skip
        for at, start in enumerate((year.before, year.start)):
            end = start.replace(year=start.year + 1) - datetime.timedelta(days=1)
            self.publish(f"prc.b9.{name}", start, end, "year", drawn.years[run, at], unit="offences")
        for at in range(8 if by_quarters else 0):
            start, end = quarter(year.before, at)
            self.publish(f"prc.e2.{name}", start, end, "quarter", drawn.quarters[run, at], unit="offences")

    def overlap(self, name: str, cells: Mapping[str, int]) -> None:
        """Three sets whose records lie in the cells `a`, `ab`, `abc` ...: their sizes and one share are published."""
        sizes = {one: sum(count for cell, count in cells.items() if one in cell) for one in "abc"}
        inside = sum(count for cell, count in cells.items() if {"a", "b"} <= set(cell))
        for one, size in sizes.items():
            series = f"prc.b9.{name}.{one}"
            self.series.append(SERIES | {"series": series, "table": "recorded.flagged_count", "topic": name})
            self.publish(series, SHORT.start, SHORT.end, "year", size, unit="offences")
            self.constraints.append(SUBSET | {"constraint": f"{name}.{one}", "system": name, "kind": "total", "part": one,
                                              "whole": "", "series": series, "needed": "true", "says": one})  # fmt: skip
        series = f"prc.synthetic.{name}.share"
        self.series.append(
            SERIES | {"series": series, "table": "recorded.share", "topic": name, "measure": "share", "unit": "percent"}
        )
        printed = f"{100 * inside / sizes['b']:.0f}"
        self.publish(series, SHORT.start, SHORT.end, "year", float(printed), unit="percent", printed=printed)
        self.constraints.append(SUBSET | {"constraint": f"{name}.share", "system": name, "kind": "share", "series": series,
                                          "says": "a of b"})  # fmt: skip

    def write(self, root: Path) -> Path:
        """The data root: figures, series and pairings of this world; codes, areas and assumptions as tracked, and the series that
        these name, of which it has no figures."""
        (root / "reference").mkdir(parents=True)
        for path in (ROOT / "data" / "reference").glob("*.csv"):
            if path.stem not in OWN_FILES:
                shutil.copy(path, root / "reference")
        constraints = self.constraints or [SUBSET]
        for name, own in (
            ("comparability_break", [LONG_AGO]), ("constraint", constraints), ("fieldwork", [SIX_MONTHS]),
            ("set_system", [SETS | {"set_system": name} for name in dict.fromkeys(row["system"] for row in constraints)]),
        ):  # fmt: skip
            write_csv(root / "reference" / f"{name}.csv", own, list(tracked(name)[0]))
        write_csv(root / "reference" / "release.csv", [RELEASE])
        (root / "sources.yaml").write_text(SOURCES, encoding="utf-8")
        self._common()
        named = {row["series"] for row in self.series}
        series = [*self.series, *(row for row in tracked("series") if row["series"] not in named)]
        for name, rows in (("series", series), ("pairing", self.pairings)):
            write_csv(root / "reference" / f"{name}.csv", rows, list(tracked(name)[0]))
        write_csv(root / "figures" / "synthetic.csv", self.figures)
        return root

    def _common(self) -> None:
        """The base of the sample, the population and the share of women among the victims recorded."""
        plain = {"flag": "", "offence_group": "", "unit": "persons", "threat": ""}
        self.series += [
            SERIES | plain | {"series": "csew.sample.16+.unweighted_base", "table": "survey.estimate", "scope": "csew",
                              "topic": "csew_sample", "instrument": "csew_face_to_face", "measure": "unweighted_base"},
            SERIES | plain | {"series": "population.mid_year", "table": "population.estimate", "scope": "population",
                              "topic": "population", "measure": "persons"},
            SERIES | {"series": FEMALE_SHARE, "table": "recorded.share", "topic": "synthetic", "measure": "share",
                      "unit": "percent"},
        ]  # fmt: skip
        if FULL.respondents:
            self.publish("csew.sample.16+.unweighted_base", FULL.start, FULL.end, "survey_year", FULL.respondents,
                         unit="persons")  # fmt: skip
        whom = {(people.sex, people.age): people.persons for people in self.people.values()}
        for year in (FULL, SHORT):
            day = year.start.replace(month=6, day=30)
            for (sex, age), persons in whom.items():
                self.publish("population.mid_year", day, day, "mid_year", persons, unit="persons", sex=sex, age=age)
            for start in (year.before, year.start):
                end = start.replace(year=start.year + 1) - datetime.timedelta(days=1)
                printed = f"{100 * TRULY_FEMALE:.1f}"
                self.publish(FEMALE_SHARE, start, end, "year", float(printed), unit="percent", printed=printed)


RELEASE = {
    "release": OWN["release"], "source": OWN["source"], "title": "A synthetic world", "publisher": "nobody",
    "released": "2023-01-01",
    "period_end": "2022-03-31", "designation": "official", "held": "true", "url": "", "vintage_order": "20230101", "note": "",
    "citation": "synthetic",
}  # fmt: skip
SOURCES = "synthetic:\n  publisher: nobody\n  title: A synthetic world\n  licence: none\n  cadence: none\n"
SIX_MONTHS = {
    "fieldwork": "synthetic.ye_2022_03", "topic_pattern": "synthetic_*", "period_start": SHORT.start, "period_end": SHORT.end,
    "months": "2021-10;2021-11;2021-12;2022-01;2022-02;2022-03", "sample_share": 1.0, "shortfall": "six months of interviews",
    "citation": "synthetic",
}  # fmt: skip


LONG_AGO = {
    "break_id": "synthetic", "date": "1990-01-01", "last_day": "1990-01-01", "what_changed": "Synthetic", "direction": "none",
    "breaks_change": "true", "scope": "ons_prc", "series_pattern": "synthetic", "threats": "", "kind": "recording", "note": "",
    "citation": "synthetic",
}  # fmt: skip
SETS = {
    "scope": "ons_prc", "unit": "offences", "sex": "all", "period_type": "year", "unions": "a|b", "pairs": "",
    "citation": "synthetic",
}  # fmt: skip
SUBSET = {
    "constraint": "synthetic.subset", "system": "synthetic", "kind": "subset", "part": "a", "whole": "b", "series": "", "sex": "",
    "characteristic_value": "", "period_start": "", "period_end": "", "household_population": "false", "needed": "false",
    "reading": "", "says": "synthetic", "citation": "synthetic",
}  # fmt: skip


def group_of(pairing: str) -> str:
    """The group of repetitions that a pairing belongs to."""
    return pairing.removeprefix("synthetic_").rsplit("_", 1)[0]


def survey_stem(name: str, people: People) -> str:
    return f"csew.{name}.old.{people.age}"


def quarter(first: datetime.date, at: int) -> tuple[datetime.date, datetime.date]:
    """First and last day of a quarter, some quarters after a first of April."""
    starts = [datetime.date(first.year + (3 + 3 * k) // 12, (3 + 3 * k) % 12 + 1, 1) for k in (at, at + 1)]
    return starts[0], starts[1] - datetime.timedelta(days=1)


# Which function makes a table; what it is given stands in the declaration of its asset.
MAKERS: dict[str, Callable[..., pd.DataFrame]] = {
    "survey.estimate": estimates,
    "population.estimate": estimates_of_figures,
    "recorded.offence_count": tidy.offence_counts,
    "recorded.flagged_count": tidy.flagged_counts,
    "recorded.vawg_count": tidy.vawg_counts,
    "recorded.share": tidy.shares,
    "reconciled.overdispersion": overdispersion,
    "reconciled.gap": gap,
    "reconciled.trend": trends,
    "reconciled.reporting_bridge": reporting_bridges,
}
# What reads further tracked files is made of this world's figures alone: no real figure enters it. It has no forces.
OF_FIGURES = {"population.estimate": ("figures", "series")}
DECLARED = {
    ".".join(key.path): takes_of(asset)
    for room in (of_survey, of_population, of_recorded, of_ground, of_gap, of_change, of_justice, of_overlaps)
    for asset in room.ASSETS
    for key in asset.keys
}


class Made:
    """The tables that the pipeline makes of a world's data root: its own functions, given what their assets declare."""

    def __init__(self, root: Path) -> None:
        self._data, self._tables = root, dict[str, pd.DataFrame]()

    def table(self, key: str) -> pd.DataFrame:
        """A table, read or made once; one that this world has nothing of is empty."""
        if key not in self._tables:
            self._tables[key] = self._read(key)
        return self._tables[key]

    def _read(self, key: str) -> pd.DataFrame:
        if key in MAKERS:
            return self.made(key)
        if key == "meta.release":
            return read_releases(self._data)
        if key == "archive.figure":
            known = (self.table(f"reference.{name}") for name in ("series", "offence", "area"))
            return made(
                key, read_figures(self._data, *known, self.table("meta.release"), empty("archive.landed_figure"))
            )
        if key.startswith("reference."):
            return read_reference(self._data, key)
        return empty(key)

    def made(self, key: str, **instead: pd.DataFrame) -> pd.DataFrame:
        """A table made by its function from the tables that its asset declares, or from others instead of some."""
        takes = {name: of for name, of in DECLARED[key].items() if key not in OF_FIGURES or name in OF_FIGURES[key]}
        given = {name: instead[name] if name in instead else self.table(of) for name, of in takes.items()}
        return made(key, MAKERS[key](**given))

    def gap(self, *groups: str) -> list[Record]:
        """The rows of `reconciled.gap`, of some groups of pairings only where they are named."""
        pairing = self.table("reference.pairing")
        if groups:
            pairing = pairing[[group_of(name) in groups for name in pairing["pairing"]]].reset_index(drop=True)
        return records(self.made("reconciled.gap", pairing=pairing))

    def trends(self, group: str) -> list[Record]:
        """The rows of `reconciled.trend`, of a group of pairings."""
        survey, flagged = (
            table[table["series"].str.contains(f"synthetic_{group}_|csew.sample")].reset_index(drop=True)
            for table in (self.table("survey.estimate"), self.table("recorded.flagged_count"))
        )
        return records(self.made("reconciled.trend", survey=survey, flagged=flagged))

    def bridges(self, terms: pd.DataFrame) -> list[Record]:
        """The rows of `reconciled.reporting_bridge` of some `reference.reporting_bridge`."""
        return records(self.made("reconciled.reporting_bridge", terms=terms))

    def bounds(self, asked: pd.DataFrame, *systems: str) -> dict[str, list[Record]]:
        """The rows of `reconciled.union_bound` of some systems of sets (`reference.set_system`)."""
        known = systems_of(**{name: self.table(of) for name, of in SYSTEMS.items()} | {"systems": asked})
        return {system: bound_rows(known, system) for system in systems}


def tracked(name: str) -> list[dict[str, str]]:
    """The rows of a tracked reference table."""
    return read_rows(ROOT / "data" / "reference" / f"{name}.csv")


def empty(key: str) -> pd.DataFrame:
    """A table without rows."""
    return conform(pd.DataFrame(columns=list(columns(contract(key).model)), dtype="object"), contract(key))


def made(key: str, frame: pd.DataFrame) -> pd.DataFrame:
    """A frame as an asset stages it: conformed to its contract and validated."""
    conformed = conform(frame, contract(key))
    validate(conformed, contract(key))
    return conformed


def truth_of(assumption: Iterable[Mapping[str, Any]], corner: Mapping[str, str]) -> dict[str, float]:
    """The value of every assumption: central, or at the end of its interval that a corner names."""
    return {row["assumption"]: float(row[corner.get(row["assumption"], "central")]) for row in assumption}
