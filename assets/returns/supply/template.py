"""The template that a force fills in: an empty CSV with its CSVW metadata, a workbook with drop-downs, a manifest.

All of it is made from `schemas/returns.py`. References: W3C, Metadata Vocabulary for Tabular Data (17 December 2015); JSON
Schema of the manifest as pydantic makes it.
"""

import json
from pathlib import Path
from typing import Any

import xlsxwriter

from assets.returns.checks.row_model import as_yaml
from assets.returns.file.manifest import MANIFEST, Manifest
from assets.returns.rules.quarters import quarter_days
from assets.returns.rules.rules import Rules
from assets.returns.supply.seal import blank
from assets.words.problems import BadInput, Problem
from schemas.returns import LONGEST_REFERENCE, TEMPLATES, VERSION, ReturnColumn

FILLED_ROWS = 20_000
CONTEXT = "http://www.w3.org/ns/csvw"
LONGEST_PROMPT = 255
# What only the force knows: filled in beforehand it would be published as what nobody has said.
TO_BE_SAID = {"flag_source": {}, "extract_date": "", "sent_date": ""}


def write_template(folder: Path, profile: str, supplier: str, quarter: str, rules: Rules) -> list[Path]:
    """Write the files of a template into a folder; gives their paths. BadInput where one of them is there already."""
    columns = TEMPLATES[profile]
    version = sorted(rules.versions())[-1]
    texts = {
        f"{profile}.csv": ",".join(column.name for column in columns) + "\n",
        f"{profile}.csv-metadata.json": _json(metadata(profile, rules)),
        MANIFEST: _json(blank(supplier, quarter, profile, version) | TO_BE_SAID),
        f"{profile}.pandera.yaml": as_yaml(profile, supplier, quarter_days(quarter)[0]),
        "manifest.schema.json": _json(Manifest.model_json_schema()),
    }
    workbook = folder / f"{profile}.xlsx"
    paths = [*(folder / name for name in texts), workbook]
    if standing := [path for path in paths if path.exists()]:
        problems = [
            Problem(str(path), "", "a file", "nothing: it may be filled in", "Name another folder.")
            for path in standing
        ]
        raise BadInput("The template is not written over what is there", problems)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    _workbook(workbook, columns, rules)
    return paths


def metadata(profile: str, rules: Rules) -> dict[str, Any]:
    """The CSVW description of the CSV file of a profile."""
    columns = TEMPLATES[profile]
    return {
        "@context": [CONTEXT, {"@language": "en"}],
        "url": f"{profile}.csv",
        "dc:title": f"Force return, {profile} profile, template {VERSION}",
        "tableSchema": {
            "columns": [_described(column, rules) for column in columns],
            "primaryKey": [column.name for column in columns if column.in_key],
        },
    }


def _described(column: ReturnColumn, rules: Rules) -> dict[str, Any]:
    return {
        "name": column.name, "titles": column.name, "dc:description": column.meaning, "required": column.required,
        "datatype": _datatype(column, rules),
    }  # fmt: skip


def _datatype(column: ReturnColumn, rules: Rules) -> dict[str, Any]:
    if column.kind == "date":
        return {"base": "date", "format": "yyyy-MM-dd"}
    if column.kind == "whole":
        return {"base": "integer"} | ({"minimum": column.lowest} if column.lowest is not None else {})
    if column.kind == "reference":
        return {"base": "string", "maxLength": LONGEST_REFERENCE}
    listed = _list(column, rules)
    return {"base": "string"} | ({"format": "|".join(code.replace(".", "\\.") for code in listed)} if listed else {})


def _list(column: ReturnColumn, rules: Rules) -> list[str]:
    """The values that a column may have, where there is a list."""
    if column.kind == "offence":
        return [code for code, (*_, ends) in rules.offences.items() if ends.startswith("9999")]
    return list(rules.suppliers) if column.kind == "supplier" else list(column.codes)


def _json(content: dict[str, Any]) -> str:
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def _workbook(file: Path, columns: tuple[ReturnColumn, ...], rules: Rules) -> None:
    """A sheet to fill in with drop-downs and prompts, the code lists it takes them from, and what each column means."""
    with xlsxwriter.Workbook(str(file), {"strings_to_formulas": False}) as book:
        bold, text = book.add_format({"bold": True}), book.add_format({"num_format": "@"})
        day = book.add_format({"num_format": "yyyy-mm-dd"})
        sheet, meanings, lists = (book.add_worksheet(name) for name in ("return", "columns", "codes"))
        sheet.freeze_panes(1, 0)
        meanings.write_row(0, 0, ("column", "required", "meaning"), bold)
        for row, column in enumerate(columns, 1):
            codes_of = "; ".join(f"{code}: {meaning}" for code, meaning in column.codes.items())
            meanings.write_row(
                row, 0, (column.name, "yes" if column.required else "no", f"{column.meaning}. {codes_of}")
            )
        meanings.set_column(0, 1, 18)
        meanings.set_column(2, 2, 110)
        for at, template_column in enumerate(columns):
            sheet.write(0, at, template_column.name, bold)
            # Text cells keep 008/67 and 1 from becoming dates and numbers.
            sheet.set_column(at, at, 15, {"date": day, "whole": None}.get(template_column.kind, text))
            codes = _list(template_column, rules)
            prompt = {
                "input_title": template_column.name,
                "input_message": template_column.meaning[:LONGEST_PROMPT],
                "ignore_blank": True,
            }
            if codes:
                lists.write_column(0, at, [template_column.name, *codes])
                letter = xlsxwriter.utility.xl_col_to_name(at)
                sheet.data_validation(
                    1, at, FILLED_ROWS, at,
                    {"validate": "list", "source": f"=codes!${letter}$2:${letter}${len(codes) + 1}"} | prompt,
                )  # fmt: skip
            else:
                sheet.data_validation(1, at, FILLED_ROWS, at, {"validate": "any"} | prompt)
