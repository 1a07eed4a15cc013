"""What is published of each threat beside counts: ages, relationships, shares; the sex of victims in survey and record.

Each row says what it may be set beside. The share of recorded crime that the Statement gives is its own approximation across
two systems of counting, and is labelled so.
"""

from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pandas as pd

from assets.methods.interval import Interval
from assets.reconciled.ground.vintage import newest_of
from assets.statement.claims.claims_file import read_claims
from assets.statement.claims.document import Claim, Document
from assets.statement.claims.expressions import evaluate
from assets.statement.claims.ledger import CLAIMS
from assets.statement.claims.lookups import Facts, Lookup
from assets.statement.text.figures import near
from assets.tables.records import Record, records
from schemas.codes import ALL_VAWG, ENGLAND_AND_WALES

OWN_DEFINITION = "unlike: the policing collection has its own definition and sources"
RECORDED_SEX = "unlike the survey's share: victims of recorded offences, each offence counted"
SURVEY_SEX = "unlike the recorded share: estimated victims in a year, each person counted once"
HOMICIDE_SEX = "unlike the survey's share: victims of homicide, of whom no survey can ask"
LIKE = "like: the same series in other periods, breaks apart"
CROSS = (
    "unlike anything: an approximation across two systems of counting, part by the policing collection, whole by ONS"
)
SHARE_CLAIM = "sc-vawg-share"
# Series of shares that carry no threat of their own.
THREAT_OF = {"prc.sexual_offences.female_victim_share": "rasso", "prc.b10.all_sexual_offences.*": "rasso"}
SEX_SHARE = "*.female_victim_share"
ROUNDING_ONLY = "The limits are the rounding of the two printed figures, not their sampling error."
SURVEY_TOPICS = {"domestic_abuse": "domestic_abuse", "sexual_assault": "rasso", "stalking": "stalking_harassment"}


def threat_profile(
    data: Path,
    shares: pd.DataFrame,
    estimates: pd.DataFrame,
    offences: pd.DataFrame,
    series: pd.DataFrame,
    releases: pd.DataFrame,
    assumptions: pd.DataFrame,
) -> pd.DataFrame:
    """Rows of `reconciled.threat_profile`: claims that describe a threat, published shares, and sex shares of the survey.

    shares: `recorded.share`; estimates: `survey.estimate`; offences: `recorded.offence_count`, for the whole behind the
    Statement's share. Values are in the unit of the row; the newest release of every figure is taken.
    """
    document = read_claims(data / CLAIMS, near({"reference.assumption": assumptions}), CLAIMS)
    victims = estimates[(estimates["measure"] == "victims") & (estimates["area_code"] == ENGLAND_AND_WALES)]
    facts = Facts({"recorded.offence_count": offences}, releases)
    rows = [
        *_from_claims(document, records(shares[["row_id", "series", "printed"]])),
        *_from_shares(records(newest_of(shares, releases, "recorded.share")), records(series)),
        *_from_survey(records(newest_of(victims, releases, "survey.estimate"))),
        _share_of_recorded(document, facts),
    ]
    return pd.DataFrame(rows, dtype="object")


def _from_claims(document: Document, shares: list[Record]) -> Iterator[dict[str, Any]]:
    """Claims with a profile; the share row that copies the same figure is an input as well."""
    for claim in document.claims:
        if not claim.profile or claim.interval is None:
            continue
        copies = [
            row["row_id"] for row in shares if row["series"] == claim.profile.series and row["printed"] == claim.figure
        ]
        yield _row(
            threat=claim.threat,
            statistic=claim.profile.statistic,
            of=claim.profile.of,
            interval=claim.interval,
            unit=claim.unit,
            printed=claim.figure,
            population=claim.population,
            window=(claim.window.start, claim.window.end) if claim.window else (None, None),
            scope=claim.scope,
            designation="policing" if claim.scope == "policing_vawg" else None,
            claim=claim.key,
            origin=_source(document, claim),
            comparable=OWN_DEFINITION
            if claim.scope == "policing_vawg"
            else "unlike: stated in the document, not held as a statistic",
            caveats=[claim.needs] if claim.needs else [],
            inputs=[document.row_id(claim.key), *copies],
        )


def _from_shares(shares: list[Record], series: list[Record]) -> Iterator[dict[str, Any]]:
    """Published shares that are not copies of the document's own figures."""
    about = {row["series"]: row for row in series}
    for row in shares:
        known = about[row["series"]]
        threat = row["threat"] or next(
            (threat for pattern, threat in THREAT_OF.items() if fnmatch(row["series"], pattern)), None
        )
        if row["source"] == "statement" or row["measure"] != "share" or threat is None or row["value"] is None:
            continue
        by_sex = fnmatch(row["series"], SEX_SHARE)
        of_victims = HOMICIDE_SEX if row["scope"] == "homicide_index" else RECORDED_SEX
        yield _row(
            threat=threat,
            statistic=known["definition"].rstrip("."),
            of=row["characteristic_value"] or ("victims" if by_sex else "offences"),
            interval=Interval.closed(row["lower"], row["upper"]),
            value=row["value"],
            unit=row["unit"],
            printed=row["printed"],
            sex=row["sex"],
            population=f"ages: {row['age']}",
            window=(row["period_start"], row["period_end"]),
            scope=row["scope"],
            designation=row["designation"],
            origin=f"{row['source']}@{row['release']}",
            comparable=of_victims if by_sex else LIKE,
            caveats=[row["notes"]] if row["notes"] else [],
            inputs=[row["row_id"]],
        )


def _from_survey(estimates: list[Record]) -> Iterator[dict[str, Any]]:
    """Women among the victims, from the numbers of women and men of one series and year, with the rounding of both."""
    victims = {
        (row["series"], row["period_end"], row["sex"]): row
        for row in estimates
        if row["topic"] in SURVEY_TOPICS and row["value"] and not row["characteristic_value"]
    }
    for (series, end, sex), women in victims.items():
        men = victims.get((series, end, "male"))
        if sex != "female" or men is None or ".since_16" in series:
            continue
        first, second = (
            Interval.closed(row["lower"] or row["value"], row["upper"] or row["value"]) for row in (women, men)
        )
        # w / (w + m) rises with w and falls with m.
        ends = [100 * w / (w + m) for w, m in ((first.lower, second.upper), (first.upper, second.lower))]
        value = 100 * women["value"] / (women["value"] + men["value"])
        yield _row(
            threat=SURVEY_TOPICS[women["topic"]],
            statistic=f"Share of estimated victims ({women['topic'].replace('_', ' ')}) who are women",
            of="victims",
            interval=Interval.closed(min(*ends, value), max(*ends, value)),
            value=value,
            unit="percent",
            printed=f"{women['printed']} and {men['printed']}",
            sex="female",
            population=f"estimated victims aged {women['age']}",
            window=(women["period_start"], women["period_end"]),
            scope="csew",
            designation=women["designation"],
            origin=f"{women['source']}@{women['release']}",
            comparable=SURVEY_SEX,
            caveats=[ROUNDING_ONLY, *sorted({row["notes"] for row in (women, men) if row["notes"]})],
            inputs=[women["row_id"], men["row_id"]],
        )


def _share_of_recorded(document: Document, facts: Facts) -> dict[str, Any]:
    """The Statement's share of recorded crime except fraud, recomputed and labelled as what it is."""
    claim = document.by_key[SHARE_CLAIM]
    value = evaluate(claim.checks[0].expressions()[0], Lookup(document, facts))
    assert claim.window is not None and claim.figure is not None
    return _row(
        threat=ALL_VAWG,
        statistic="Share of recorded crime except fraud (cross-scope approximation)",
        of="offences",
        interval=value.interval,
        unit="percent",
        printed=claim.figure,
        population=claim.population,
        window=(claim.window.start, claim.window.end),
        scope=claim.scope,
        designation="policing",
        claim=claim.key,
        origin=_source(document, claim),
        comparable=CROSS,
        caveats=[f"Computed as {value.words}."],
        inputs=[document.row_id(claim.key), *value.row_ids],
    )


def _source(document: Document, claim: Claim) -> str:
    cited = "; ".join(reference.words(number) for number, reference in document.cited(claim).items())
    return f"{document.key}, citing {cited}" if cited else document.key


def _row(
    *,
    interval: Interval,
    window: tuple[Any, Any],
    value: float | None = None,
    sex: str | None = None,
    claim: str | None = None,
    **own: Any,
) -> dict[str, Any]:
    low, high = interval.as_floats()
    return own | {
        "value": (low + high) / 2 if value is None else value,
        "lower": low,
        "upper": high,
        "sex": sex,
        "period_start": window[0],
        "period_end": window[1],
        "claim": claim,
    }
