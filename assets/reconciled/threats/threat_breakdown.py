"""The breakdown of every threat: counts, shares, rate, per day, and the change on a baseline with the breaks between."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
import pyarrow as pa

from assets.archive.plausible.parts import ALL_FLAGGED
from assets.reconciled.ground.breaks import CIRCUMSTANCE, break_of, exceptional_time, touches
from assets.reconciled.ground.force_population import ForcePopulations
from assets.reconciled.ground.force_years import force_years, newest_tallies
from assets.reconciled.ground.population import Populations
from assets.reconciled.ground.reference_rows import MAY_BE_THEIRS, OF_RECORDING, UNASSIGNED, period_of
from assets.reconciled.ground.vintage import COPIES, newest_of
from assets.tables.querying import ask, ask_for, query
from assets.tables.records import Record, records
from assets.words.wording import noted
from schemas.derive import quoted

TOO_LARGE = "Share is not given: the total is smaller than the part; one of the two may be of another release."
# Whom a national count is of -> sex and age of the population that its rate is over, and what that is called.
EVERYBODY = ("all", "all", "all persons")
WOMEN = ("female", "16+", "women aged 16 and over")
RATED = {
    ("female", "10-17"): ("female", "10-17", "girls aged 10 to 17"),
    ("female", "several"): ("female", "all", "women and girls of all ages"),
    **{("female", age): WOMEN for age in ("16+", "13+", "all")},
}
MONTHS = 12
Said = Mapping[str, Any]
TEXT, TEXTS = pa.string(), pa.list_(pa.string())
# By which columns of a part it is known what its rate is over.
RATED_BY = (
    "origin", "area_code", "period_start", "period_end", "period_type", "sex", "age", "leaves_out", "release",
)  # fmt: skip


def threat_breakdown(
    offences: pd.DataFrame,
    flagged: pd.DataFrame,
    vawg: pd.DataFrame,
    shares: pd.DataFrame,
    population: pd.DataFrame,
    releases: pd.DataFrame,
    memberships: pd.DataFrame,
    codes: pd.DataFrame,
    series: pd.DataFrame,
    breaks: pd.DataFrame,
    forces: pd.DataFrame,
    areas: pd.DataFrame,
) -> pd.DataFrame:
    """Rows of `reconciled.threat_breakdown`, from the newest release of every count: England and Wales, then the
    countries, regions and police forces where counts of them are held. See parts.sql and breakdown.sql.

    Counts in offences (victims in the Homicide Index), shares and changes in percent, rates per 1,000 people.
    """
    part = ask(
        query(__file__, "parts", all_flagged=ALL_FLAGGED, copies=COPIES),
        offence_count=newest_tallies(newest_of(offences, releases, "recorded.offence_count")),
        flagged_count=newest_tallies(newest_of(flagged, releases, "recorded.flagged_count")),
        vawg_count=newest_tallies(newest_of(vawg, releases, "recorded.vawg_count")),
        force_year=force_years(forces, releases, areas, memberships["offence_code"]),
        member=memberships.assign(nth=range(len(memberships))),
        code=codes,
        series=series,
    )
    printed = newest_of(shares[shares["measure"] == "annual_change"], releases, "recorded.share")
    national = Populations(newest_of(population, releases, "population.estimate"))
    of_force = ForcePopulations(population, releases)
    names = dict(zip(areas["area_code"], areas["name"], strict=True))
    known = list(enumerate(row for row in records(breaks) if row["breaks_change"] or row["kind"] == CIRCUMSTANCE))

    def people(row: Record) -> list[Said]:
        return [_below(row, of_force) if row["origin"] else _national(row, national, names)]

    return ask_for(
        "reconciled.threat_breakdown",
        query(
            __file__, "breakdown", too_large=quoted(TOO_LARGE), unassigned=quoted(UNASSIGNED), of_recording=quoted(OF_RECORDING),
            may_be_theirs=quoted(MAY_BE_THEIRS),
        ),
        part=part,
        printed_change=newest_tallies(printed.rename(columns={"topic": "offence_code"})),
        people=_said(part, RATED_BY, people, persons=pa.float64(), name=TEXT, inputs=TEXTS, said=TEXTS, without=TEXT),
        note=_said(part, ("notes",), lambda row: [{"said": noted(row["notes"])}], said=TEXTS),
        known_break=_said(
            part, ("counted",), lambda row: _breaks(row["counted"], known),
            nth=pa.int64(), first_day=pa.date32(), last_day=pa.date32(), said=TEXT, row_id=TEXT, exceptional=TEXT,
        ),
    )  # fmt: skip


def _said(
    part: pd.DataFrame, by: Sequence[str], say: Callable[[Record], Iterable[Said]], **types: pa.DataType
) -> pa.Table:
    """What Python knows of the parts that are alike in some columns: those columns beside what it says, a row each."""
    different = ask(f"SELECT DISTINCT {', '.join(by)} FROM part", part=part)
    schema = pa.schema({name: pa.array(different[name]).type for name in by} | types)
    return pa.Table.from_pylist([{**row, **spoken} for row in records(different) for spoken in say(row)], schema)


def _national(row: Record, populations: Populations, names: Mapping[str, str]) -> Said:
    """The population of a year's count: women aged 16 and over (or the females of the codes' ages) where the count is
    female, else all people; and which forces both leave out."""
    period, left_out = period_of(row), row["leaves_out"]
    sex, age, name = RATED.get((row["sex"], row["age"]), EVERYBODY)
    people = populations.within(period, sex, age, row["area_code"], left_out) if period.months == MONTHS else None
    without = f"The count leaves out {', '.join(names.get(code, code) for code in left_out)}" if left_out else None
    if people is None:
        return {"without": without}
    name = f"{name} of the forces counted" if left_out else name
    return {"persons": people.persons, "name": name, "inputs": people.inputs, "without": without}


def _below(row: Record, populations: ForcePopulations) -> Said:
    """The population of the reporting area; where there is none, the reason."""
    people = populations.of(
        row["area_code"], period_of(row), row["sex"], row["age"], row["release"][0], row["leaves_out"]
    )
    if isinstance(people, str):
        return {"said": [people]}
    return {
        "persons": people.people.persons,
        "name": people.name,
        "inputs": people.people.inputs,
        "said": people.caveats,
    }


def _breaks(counted: Collection[str], known: Iterable[tuple[int, Record]]) -> Iterator[Said]:
    for nth, row in known:
        if touches(row, counted):
            days = {"first_day": row["date"], "last_day": row["last_day"]}
            said = {
                "said": str(break_of(row)),
                "exceptional": exceptional_time(row) if row["kind"] == CIRCUMSTANCE else None,
            }
            yield {"nth": nth, **days, **said, "row_id": row["row_id"]}
