"""One comparison in one year in words: what is estimated, what is recorded, what may be said of the two together."""

from assets.words import wording
from schemas.codes import ENGLAND_AND_WALES, THREAT_OR_ALL
from schemas.row_types import MainAnswerRow
from schemas.rows import Record

MAY = {"pass": "yes", "qualify": "with care", "block": "no"}
NO_ESTIMATE, NO_COUNT = "no estimate", "no count"


def answer(row: Record) -> MainAnswerRow:
    """A row of `main.answer` of a row of `reconciled.answer` with the label of its pairing."""
    return {
        "threat": threat(row["threat"]),
        "comparison": wording.capital(row["label"]),
        "year_ending": row["period_end"],
        "who": who(row),
        "estimated": estimated(row),
        "recorded": recorded(row),
        "per_100": per_100(row),
        "may_be_compared": MAY[row["verdict"]],
        "why": why(row),
        "row_id": row["row_id"],
    }


def threat(key: str) -> str:
    """`Stalking and harassment`."""
    return wording.capital(THREAT_OR_ALL[key])


def who(row: Record) -> str:
    """`adults aged 16 and over in England and Wales`; of a count without an estimate only where."""
    place = "England and Wales" if row["area_code"] == ENGLAND_AND_WALES else row["area_name"]
    if not row["age"]:
        return f"no estimate; offences recorded in {place}"
    ages = row["age"].removesuffix("+") + " and over" if row["age"].endswith("+") else row["age"].replace("-", " to ")
    asked = wording.questions(row["instrument"])
    people = {"all": "adults", "female": "women", "male": "men"}[row["sex"]]
    return f"{people} aged {ages} in {place}" + (f", {asked}" if asked else "")


def estimated(row: Record) -> str:
    """`1.4 million people (1.19 to 1.64 million)`, or that no interval can be given."""
    if row["estimate"] is None:
        return NO_ESTIMATE
    unit = "incidents" if row["estimate_unit"] == "incidents" else "people"
    return f"{wording.people(row['estimate'])} {unit} ({wording.limits_of_estimate(row)})"


def recorded(row: Record) -> str:
    """`135,628 offences`, with its range where the count is one."""
    if row["recorded"] is None:
        return NO_COUNT
    unit = (row["recorded_unit"] or "offences").replace("_", " ")
    lower, upper = row["recorded_lower"], row["recorded_upper"]
    wide = upper is not None and lower is not None and round(upper) > round(lower)
    return f"{wording.number(row['recorded'])} {unit}{_limits(wording.between(lower, upper)) if wide else ''}"


def per_100(row: Record) -> str | None:
    """`9.7 (8.0 to 11.5, likely 8.5 to 10.8)`; only the ends where no one value may be given; None where nothing may."""
    limits = wording.between(row["recorded_per_100_lower"], row["recorded_per_100_upper"], 1)
    likely = wording.between(row["likely_lower"], row["likely_upper"], 1)
    if likely != wording.NOTHING:
        limits += f", likely {likely}"
    if row["recorded_per_100"] is None:
        return None if row["recorded_per_100_lower"] is None or row["verdict"] == "block" else limits
    return f"{wording.number(row['recorded_per_100'], 1)}{_limits(limits)}"


def why(row: Record) -> str:
    """The reason of the verdict; with a ratio what it is not, and which newer year is withheld."""
    if per_100(row) is None:
        return str(row["reason"])
    later = "" if row["newer_withheld"] is None else f" {wording.newer_withheld(row['newer_withheld'])}"
    return f"{row['reason']}{later} {wording.NOT_A_RATE} {wording.ADVICE}"


def _limits(between: str) -> str:
    return "" if between == wording.NOTHING else f" ({between})"
