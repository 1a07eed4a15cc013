"""Small documents for tests of the ledger: claims as short lines, judged without any published table."""

import zipfile
from collections.abc import Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import docx
import pandas as pd
import yaml
from pdf_writer import pdf_of

from assets.methods.interval import Interval
from assets.methods.rounding import Near
from assets.statement.claims.claims_file import read_claims
from assets.statement.claims.document import Document
from assets.statement.claims.judge import Judgement, judge
from assets.statement.claims.lookups import Facts, Lookup

NEAR = Near(Fraction(1, 20), Fraction(1, 10))
OTHER_WINDOW = Interval.closed(Fraction(4, 5), Fraction(5, 4))
COUNT = {"section": "s", "kind": "count", "unit": "offences", "scope": "ons_prc"}
SHARE = COUNT | {"kind": "share", "unit": "percent"}


def file_of(folder: Path, ending: str, above: str, rows: Sequence[Sequence[str]], below: str = "") -> Path:
    """Write a document of a kind: a heading or paragraph, a table, and a paragraph below it."""
    path, lines = folder / f"document{ending}", [" ".join(row) for row in rows]
    match ending:
        case ".txt":
            path.write_text("\n\n".join([above, "\n".join(lines), below]), encoding="utf-8")
        case ".md":
            cells = [" | ".join(row) for row in rows]
            path.write_text("\n".join([f"{above}\n", cells[0], "---|--:|--:|--:", *cells[1:]]), encoding="utf-8")
        case ".html":
            table = "".join(f"<tr>{''.join(f'<td><p>{cell}</p></td>' for cell in row)}</tr>" for row in rows)
            path.write_text(f"<h1>{above}</h1><script>var x = 99;</script><table>{table}</table><p>{below}</p>")
        case ".docx":
            made = docx.Document()
            made.add_heading(above)
            into = made.add_table(len(rows), len(rows[0]))
            for row, cells_of in zip(rows, into.rows, strict=True):
                for text, cell in zip(row, cells_of.cells, strict=True):
                    cell.text = text
            made.add_paragraph(below)
            made.save(str(path))
        case ".odt":
            odt(
                path,
                f"<text:h>{above}</text:h>{odt_table([[(cell, 1, 1) for cell in row] for row in rows])}<text:p>{below}</text:p>",
            )
        case ".pdf":
            path.write_bytes(pdf_of((above, *lines, *filter(None, [below]))))
    return path


def odt_table(rows: Sequence[Sequence[tuple[str, int, int]]]) -> str:
    """A table of an OpenDocument text; each cell with how many columns and rows it spans."""
    cells = (
        "".join(
            f'<table:table-cell table:number-columns-spanned="{wide}" table:number-rows-spanned="{high}"><text:p>{text}</text:p>'
            "</table:table-cell>"
            for text, wide, high in row
        )
        for row in rows
    )
    body = "".join(f"<table:table-row>{row}</table:table-row>" for row in cells)
    return f"<table:table><table:table-header-rows>{body}</table:table-header-rows></table:table>"


def odt(path: Path, body: str, styles: Mapping[str, str] | None = None) -> None:
    """Write an OpenDocument text; body: the elements of its text; styles: name -> how its letters are raised."""
    names = "".join(
        f' xmlns:{of}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
        for of in ("office", "table", "text", "draw", "svg", "style")
    )
    raised = "".join(
        f'<style:style style:name="{name}"><style:text-properties style:text-position="{place}"/></style:style>'
        for name, place in (styles or {}).items()
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", f"<office:document-content{names}>{raised}<office:body><office:text>{body}</office:text>"
                        "</office:body></office:document-content>")  # fmt: skip


def claim(
    key: str, figure: str | None = None, *checks: dict[str, Any], share: bool = False, **more: Any
) -> dict[str, Any]:
    """A claim with its figure; a need where nothing checks it."""
    made: dict[str, Any] = {"id": key, "printed": figure or key, "says": f"Figure {key}", **(SHARE if share else COUNT)}
    made |= {"figure": figure} if figure else {}
    made |= {"checks": list(checks)} if checks else {} if "repeat_of" in more else {"needs": "The table."}
    return made | more


def content(*claims: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A claims file's content."""
    about = {"key": "doc", "title": "A", "publisher": "B", "published": "2024"}
    return {"document": about, "claims": list(claims), **more}


def written(folder: Path, *claims: dict[str, Any], **more: Any) -> Path:
    """A claims file."""
    path = folder / "claims.yaml"
    path.write_text(yaml.safe_dump(content(*claims, **more), sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def read(folder: Path, *claims: dict[str, Any], **more: Any) -> Document:
    """A claims file, read."""
    return read_claims(written(folder, *claims, **more), NEAR)


def judged(folder: Path, *claims: dict[str, Any], **more: Any) -> Judgement:
    """A claims file, judged with no published table."""
    document = read(folder, *claims, **more)
    return judge(document, Lookup(document, Facts({}, pd.DataFrame())), [], OTHER_WINDOW)
