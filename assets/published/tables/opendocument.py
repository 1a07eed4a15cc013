"""The workbook once more as an OpenDocument spreadsheet (ods): the same sheets, cells and notes, in the open format.

Written as text, cell by cell in one pass: odfdo, which is well kept, builds an object per cell and takes five seconds for
fifty thousand; gptables writes no ods, odfpy has had no release since 2020.
"""

import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from python_calamine import CalamineWorkbook

from assets.published.tables.sheets import HEADING_ROW, Sheet
from assets.published.tables.workbook import COVER_WIDTH, LICENCE, TITLE, widths
from assets.tables.records import Record

MIME = "application/vnd.oasis.opendocument.spreadsheet"
CONTENTS = "Contents"
# What gptables writes on the sheets that are no tables of ours: title, instructions, headings; and headings of the cover.
LIST_HEADING_ROW = 2
COVER_HEADINGS = ("Introductory information", "About these data", "Contact")
INCHES_PER_CHARACTER = 0.08
TITLE_STYLE, HEADING, TEXT = "title", "heading", "text"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle", "meta": "meta",
        "fo": "xsl-fo-compatible", "config": "config",
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'  # fmt: skip
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_opendocument(path: Path, workbook: Path, sheets: Sequence[Sheet], build: Record) -> None:
    """Write what the workbook (xlsx) holds as ods. A text stays a text: nothing is ever written as a formula.

    sheets: the tables of the workbook, for their headings, decimal places and widths
    """
    book = CalamineWorkbook.from_path(workbook)
    content = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    tables = {sheet.label: sheet for sheet in sheets}
    parts = {
        "content.xml": _content(content, tables),
        "styles.xml": _styles(),
        "meta.xml": _meta(build),
        "settings.xml": _settings(list(tables)),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        # The first member, uncompressed: by it programs know the format.
        archive.writestr(zipfile.ZipInfo("mimetype"), MIME, zipfile.ZIP_STORED)
        for name, text in parts.items():
            archive.writestr(name, _HEAD + text)
        archive.writestr("META-INF/manifest.xml", _HEAD + _manifest(list(parts)))


def _content(content: dict[str, list[list[Any]]], tables: dict[str, Sheet]) -> str:
    digits = sorted({one.digits for sheet in tables.values() for one in sheet.fields})
    of_columns, body = dict[str, str](), list[str]()
    for name, rows in content.items():
        sheet = tables.get(name)
        count = max((len(row) for row in rows), default=1)
        given = widths(sheet) if sheet else [30, *[COVER_WIDTH] * (count - 1)] if count > 1 else [COVER_WIDTH]
        styles = [f"w{width}" for width in (given + given[-1:] * count)[:count]]
        of_columns |= {style: f"{int(style[1:]) * INCHES_PER_CHARACTER:.2f}in" for style in styles}
        columns = "".join(f'<table:table-column table:style-name="{style}"/>' for style in styles)
        lines = "".join(_rows(name, rows, sheet, list(content)))
        body.append(f"<table:table table:name={quoteattr(name)}>{columns}{lines}</table:table>")
    numbers = "".join(_number_style(places) for places in digits)
    wide = "".join(
        f'<style:style style:name="{style}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}"/></style:style>'
        for style, width in of_columns.items()
    )
    return (
        f"<office:document-content {_SPACES}><office:automatic-styles>{wide}{_cell_styles()}{numbers}</office:automatic-styles>"
        f"<office:body><office:spreadsheet>{''.join(body)}</office:spreadsheet></office:body></office:document-content>"
    )


def _rows(name: str, rows: list[list[Any]], sheet: Sheet | None, names: Sequence[str]) -> Iterator[str]:
    """The rows of a sheet; the headings of a table are marked as such, for those who hear them."""
    for position, row in enumerate(rows):
        heading = position == (HEADING_ROW if sheet else LIST_HEADING_ROW) and len(row) > 1
        bold = heading or (len(row) == 1 and row[0] in COVER_HEADINGS)
        style = TITLE_STYLE if position == 0 else HEADING if bold else TEXT
        linked = names if name == CONTENTS and position > LIST_HEADING_ROW else ()
        cells = "".join(
            _cell(value, style, sheet.fields[at].digits if sheet else 0, linked) for at, value in enumerate(row)
        )
        text = f"<table:table-row>{cells}</table:table-row>"
        yield f"<table:table-header-rows>{text}</table:table-header-rows>" if heading else text


def _cell(value: Any, style: str, places: int, linked: Sequence[str]) -> str:
    """One cell: a number shown with so many places, or a text; the name of a sheet that is linked leads to it."""
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, (int, float)):
        return (
            f'<table:table-cell table:style-name="n{places}" office:value-type="float" office:value="{value!r}">'
            f"<text:p>{value:,.{places}f}</text:p></table:table-cell>"
        )
    text = str(value)
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in text.split("\n"))
    if text in linked:
        lines = (
            f'<text:p><text:a xlink:href={quoteattr(f"#{text}")} xlink:type="simple">{escape(text)}</text:a></text:p>'
        )
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{lines}</table:table-cell>'


def _cell_styles() -> str:
    kinds = {
        TITLE_STYLE: 'fo:font-weight="bold" fo:font-size="14pt"', HEADING: 'fo:font-weight="bold"', TEXT: "",
    }  # fmt: skip
    return "".join(
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default">'
        f'<style:table-cell-properties fo:wrap-option="{"no-wrap" if name == TITLE_STYLE else "wrap"}"/>'
        f"<style:text-properties {text}/></style:style>"
        for name, text in kinds.items()
    )


def _number_style(places: int) -> str:
    return (
        f'<number:number-style style:name="f{places}"><number:number number:decimal-places="{places}"'
        f' number:min-decimal-places="{places}" number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
        f'<style:style style:name="n{places}" style:family="table-cell" style:parent-style-name="Default"'
        f' style:data-style-name="f{places}"/>'
    )


def _styles() -> str:
    return (
        f'<office:document-styles {_SPACES}><office:styles><style:default-style style:family="table-cell">'
        '<style:table-cell-properties style:vertical-align="top"/>'
        '<style:text-properties fo:font-size="12pt" fo:font-family="Arial" fo:language="en" fo:country="GB"/>'
        '</style:default-style><style:style style:name="Default" style:family="table-cell"/></office:styles>'
        "</office:document-styles>"
    )


def _meta(build: Record) -> str:
    said = escape(f"Build {build['build_id']}. {LICENCE}")
    return (
        f"<office:document-meta {_SPACES}><office:meta><dc:title>{escape(TITLE)}</dc:title><dc:description>{said}"
        "</dc:description><dc:creator>Darkfigure</dc:creator><dc:language>en-GB</dc:language>"
        f"<meta:creation-date>{build['built_at']:%Y-%m-%dT%H:%M:%S}</meta:creation-date></office:meta></office:document-meta>"
    )


def _settings(tables: Sequence[str]) -> str:
    """Headings and the first column stay in view."""
    frozen = {
        "HorizontalSplitMode": 2, "VerticalSplitMode": 2, "HorizontalSplitPosition": 1, "VerticalSplitPosition": HEADING_ROW + 1,
        "ActiveSplitRange": 2, "PositionRight": 1, "PositionBottom": HEADING_ROW + 1,
    }  # fmt: skip
    kind = {"HorizontalSplitMode": "short", "VerticalSplitMode": "short", "ActiveSplitRange": "short"}
    items = "".join(
        f'<config:config-item config:name="{name}" config:type="{kind.get(name, "int")}">{value}</config:config-item>'
        for name, value in frozen.items()
    )
    views = "".join(
        f"<config:config-item-map-entry config:name={quoteattr(one)}>{items}</config:config-item-map-entry>"
        for one in tables
    )
    return (
        f'<office:document-settings {_SPACES}><office:settings><config:config-item-set config:name="ooo:view-settings">'
        '<config:config-item-map-indexed config:name="Views"><config:config-item-map-entry>'
        f'<config:config-item-map-named config:name="Tables">{views}</config:config-item-map-named>'
        "</config:config-item-map-entry></config:config-item-map-indexed></config:config-item-set></office:settings>"
        "</office:document-settings>"
    )


def _manifest(parts: Sequence[str]) -> str:
    files = "".join(
        f'<manifest:file-entry manifest:full-path="{name}" manifest:media-type="text/xml"/>' for name in parts
    )
    return (
        '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{MIME}"/>{files}'
        "</manifest:manifest>"
    )
