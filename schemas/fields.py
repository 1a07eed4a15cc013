"""The field dictionary: one meaning per column name, wherever the column stands."""

from typing import Any

import pandera.pandas as pa

from schemas import codes

# name -> (meaning, unit, checks)
MEANINGS: dict[str, tuple[str, str | None, dict[str, Any]]] = {
    "row_id": ("Readable id of the row, unique across all tables, built from its key columns", None, {}),
    "threat": ("Threat: key of reference.threat", None, {"isin": list(codes.THREAT)}),
    "series": ("Statistical series: key of reference.series", None, {}),
    "area_code": ("Area: key of reference.area (K04000001 is England and Wales)", None, {}),
    "area_name": ("Name of the area", None, {}),
    "period_start": ("First day of the period", "date", {}),
    "period_end": ("Last day of the period", "date", {}),
    "period_type": ("Kind of period", None, {"isin": list(codes.PERIOD_TYPE)}),
    "sex": ("Sex of the victims or persons counted", None, {"isin": list(codes.SEX)}),
    "age": ("Ages counted, as the source words them", None, {}),
    "characteristic": ("Name of a further breakdown; empty for none", None, {}),
    "characteristic_value": ("Value of the further breakdown", None, {}),
    "scope": ("Which system counted: figures of different scopes are never added", None, {"isin": list(codes.SCOPE)}),
    "instrument": ("Survey instrument: module and question version", None, {"isin": list(codes.INSTRUMENT)}),
    "unit": ("Unit of the value", None, {}),
    "obs_status": (
        "Status of the value; null value if and only if not normal",
        None,
        {"isin": list(codes.FACT_STATUS)},
    ),
    "base": ("Unweighted number of respondents behind the value", "respondents", {"ge": 0}),
    "interval_source": ("What the interval is", None, {"isin": list(codes.INTERVAL_SOURCE)}),
    "designation": ("Standing of the statistic", None, {"isin": list(codes.DESIGNATION)}),
    "notes": (
        "What is noted of the figure: by its source, with the number of the note, or by who read or transcribed it",
        None,
        {},
    ),
    "leaves_out": (
        "Forces inside the area that the figure leaves out, as its source says or its sums show: area codes separated by ;",
        None,
        {},
    ),
    "doubt": (
        "Why the figure is doubted; empty where it is trusted. No result uses a doubted figure: see archive.doubt",
        None,
        {},
    ),
    "source": ("Publication: key of meta.release.source", None, {}),
    "release": ("Release: key of meta.release", None, {}),
    "sheet": ("Sheet, table or page of the publication", None, {}),
    "cell": ("Cell of the sheet, where the file is held", None, {}),
    "url": ("Where the figure was read; empty where the source has no address", None, {}),
    "printed": ("The figure as printed", None, {}),
    "offence_code": ("Offence: key of reference.offence", None, {}),
    "offence": ("Name of the offence", None, {}),
    "subgroup": ("Subgroup of recorded crime that the offence belongs to", None, {}),
    "verdict": ("May the two be compared", None, {"isin": list(codes.VERDICT)}),
    "caveats": ("What a reader must know before using the row", None, {}),
    "inputs": ("Row ids of the rows that this one was made from", None, {}),
    "citation": ("Where this is written", None, {}),
    "note": ("Remark", None, {}),
}


def column(meaning: str, unit: str | None = None, *, nullable: bool = False, **checks: Any) -> Any:
    """A column of one table: its meaning, its unit and its checks."""
    metadata = {"unit": unit} if unit else {}
    return pa.Field(description=meaning, metadata=metadata, nullable=nullable, **checks)


def shared(name: str, *, nullable: bool = False, meaning: str | None = None, **checks: Any) -> Any:
    """A column whose meaning the field dictionary holds.

    `meaning` narrows the wording for one table; `checks` replace those of the dictionary.
    """
    text, unit, standing = MEANINGS[name]
    return column(meaning or text, unit, nullable=nullable, **(checks or standing))
