"""Frictionless descriptions: what the columns of CSV files are, for the statistical tables and for data/figures."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from assets.archive.tracked.described import HOLDS, files_of_figures, lines_per_release
from assets.archive.tracked.figures import DERIVED, FOLDER
from assets.published.tables.sheets import SHORTHAND, TableSheet
from assets.words.wording import NOT_A_RATE
from schemas import codes
from schemas.archive import Figure, ForceFigure, ForceNote
from schemas.derive import arrow_type, columns, duckdb_type, unit_of
from schemas.rows import Record
from schemas.table import Table

LICENCES = [{
    "name": "OGL-UK-3.0",
    "title": "Open Government Licence v3.0",
    "path": "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
}]  # fmt: skip
DIALECT = {"delimiter": ",", "lineTerminator": "\n", "header": True}
KINDS = {"VARCHAR": "string", "DOUBLE": "number", "BIGINT": "integer", "BOOLEAN": "boolean", "DATE": "date"}
ENUMS = {
    "sex": codes.SEX, "period_type": codes.PERIOD_TYPE, "obs_status": codes.FACT_STATUS, "designation": codes.DESIGNATION,
}  # fmt: skip
LEFT_OUT = (("figure_id", "The figure that was seen"), ("reason", "Why it was not transcribed"))


def tables_package(sheets: Sequence[TableSheet], build: Record) -> dict[str, Any]:
    """The description of the CSV files of the statistical tables."""
    return {
        "profile": "tabular-data-package",
        "name": "darkfigure-tables",
        "title": "Darkfigure: violence against women and girls, estimated and recorded, England and Wales",
        "description": NOT_A_RATE,
        "id": build["build_id"],
        "version": build["version"],
        "created": build["built_at"].isoformat() + "Z",
        "licenses": LICENCES,
        "resources": [
            {
                **_resource(sheet.key, f"csv/{sheet.key}.csv", sheet.title),
                "parquet": f"parquet/{sheet.key}.parquet",
                "schema": {
                    "fields": [
                        _described(field.name, field.kind, field.meaning, field.unit, field.heading)
                        for field in sheet.fields
                    ],
                    "missingValues": ["", *SHORTHAND],
                },
            }
            for sheet in sheets
        ],
    }


def figures_package(data: Path) -> dict[str, Any]:
    """The description of the CSV files of data/figures, from the schema of the archive."""
    figure = _fields(Figure)
    left_out = [_described(name, "string", meaning) for name, meaning in LEFT_OUT]
    fields = {"left_out.csv": left_out, "forces/notes.csv": _fields(ForceNote)}
    fields |= dict.fromkeys(("forces/counts.csv", "forces/populations.csv"), _fields(ForceFigure))
    return {
        "profile": "tabular-data-package",
        "name": "darkfigure-figures",
        "title": "Published figures on violence against women and girls, transcribed",
        "description": "Each figure with its publication, release, table or page, period and unit. See README.md.",
        "licenses": LICENCES,
        "resources": [
            {
                **_resource(name.removesuffix(".csv").replace("_", "-").replace("/", "-"), name, ""),
                "schema": {"fields": fields.get(name, figure), "missingValues": [""]},
                HOLDS: lines_per_release(data / FOLDER / name),
            }
            for name in files_of_figures(data)
        ],
    }


def _fields(model: type[Table]) -> list[dict[str, Any]]:
    """The columns of a model that stand in a file."""
    return [
        _described(name, KINDS[duckdb_type(arrow_type(spec))], spec.description or name, unit_of(spec) or "")
        | {"constraints": _constraints(name, bool(spec.nullable))}
        for name, spec in columns(model).items() if name not in DERIVED
    ]  # fmt: skip


def json_text(package: dict[str, Any]) -> str:
    """A description as it stands in its file."""
    return json.dumps(package, indent=2, ensure_ascii=False) + "\n"


def _resource(name: str, path: str, title: str) -> dict[str, Any]:
    return {
        "name": name.replace("_", "-"), "path": path, **({"title": title} if title else {}), "profile": "tabular-data-resource",
        "format": "csv", "mediatype": "text/csv", "encoding": "utf-8", "dialect": DIALECT,
    }  # fmt: skip


def _described(name: str, kind: str, meaning: str, unit: str = "", title: str = "") -> dict[str, Any]:
    field = {"name": name, "type": kind, "title": title, "description": meaning, "unit": unit}
    return {key: value for key, value in field.items() if value}


def _constraints(name: str, nullable: bool) -> dict[str, Any]:
    return {"required": not nullable, **({"enum": list(ENUMS[name])} if name in ENUMS else {})}
