"""The workbook once more as an OpenDocument spreadsheet (ods): the same sheets, cells, filters and pages, in the open format.

Written as text, cell by cell in one pass: odfdo, which is well kept, builds an object per cell and takes five seconds for
fifty thousand; odfpy has had no release since 2020.
"""

import datetime
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from xml.sax.saxutils import escape, quoteattr

from assets.archive.reading.grid import a1
from assets.published.tables.leaves import HEADING_ROW, LICENCE, TITLE, Cell, SheetLeaf
from assets.published.tables.sheets import SHORTHAND
from schemas.rows import Record

MIME = "application/vnd.oasis.opendocument.spreadsheet"
INCHES_PER_CHARACTER = 0.08
TITLE_STYLE, PLAIN, HEADING, TEXT, DATE = "title", "plain", "heading", "text", "date"
ROW, NEW_PAGE = "row", "newpage"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0"'
    for name, space in {
        "office": "office", "table": "table", "text": "text", "style": "style", "number": "datastyle", "meta": "meta",
        "fo": "xsl-fo-compatible", "config": "config",
    }.items()
) + ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dc="http://purl.org/dc/elements/1.1/" office:version="1.3"'  # fmt: skip
_SHEET_STYLES = (
    '<style:style style:name="sheet" style:family="table" style:master-page-name="Wide"/>'
    f'<style:style style:name="{ROW}" style:family="table-row">'
    '<style:table-row-properties style:use-optimal-row-height="true"/></style:style>'
    f'<style:style style:name="{NEW_PAGE}" style:family="table-row">'
    '<style:table-row-properties style:use-optimal-row-height="true" fo:break-before="page"/></style:style>'
    '<number:date-style style:name="day"><number:day/><number:text> </number:text><number:month number:textual="true"/>'
    '<number:text> </number:text><number:year number:style="long"/></number:date-style>'
    f'<style:style style:name="{DATE}" style:family="table-cell" style:parent-style-name="Default" style:data-style-name="day">'
    '<style:table-cell-properties style:vertical-align="top"/><style:paragraph-properties fo:text-align="end"/></style:style>'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'


def write_opendocument(path: Path, leaves: Sequence[SheetLeaf], build: Record) -> None:
    """Write sheets as ods. A text stays a text: nothing is ever written as a formula."""
    parts = {
        "content.xml": _content(leaves),
        "styles.xml": _styles(),
        "meta.xml": _meta(build),
        "settings.xml": _settings([leaf.label for leaf in leaves if leaf.heading]),
    }
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        # The first member, uncompressed: by it programs know the format.
        archive.writestr(zipfile.ZipInfo("mimetype"), MIME, zipfile.ZIP_STORED)
        for name, text in parts.items():
            archive.writestr(name, _HEAD + text)
        archive.writestr("META-INF/manifest.xml", _HEAD + _manifest(list(parts)))


def _content(leaves: Sequence[SheetLeaf]) -> str:
    of_columns, body = dict[str, str](), list[str]()
    for leaf in leaves:
        styles = [f"w{width}" for width in leaf.widths]
        of_columns |= {style: f"{int(style[1:]) * INCHES_PER_CHARACTER:.2f}in" for style in styles}
        columns = "".join(f'<table:table-column table:style-name="{style}"/>' for style in styles)
        rows = "".join(_rows(leaf))
        body.append(
            f'<table:table table:style-name="sheet" table:name={quoteattr(leaf.label)}>{columns}{rows}</table:table>'
        )
    numbers = "".join(_number_style(places) for places in sorted({digit for leaf in leaves for digit in leaf.digits}))
    wide = "".join(
        f'<style:style style:name="{style}" style:family="table-column">'
        f'<style:table-column-properties style:column-width="{width}"/></style:style>'
        for style, width in of_columns.items()
    )
    automatic = f"{wide}{_SHEET_STYLES}{_cell_styles()}{numbers}"
    return (
        f"<office:document-content {_SPACES}><office:automatic-styles>{automatic}</office:automatic-styles><office:body>"
        f"<office:spreadsheet>{''.join(body)}{_filters(leaves)}</office:spreadsheet></office:body></office:document-content>"
    )


def _filters(leaves: Sequence[SheetLeaf]) -> str:
    """The buttons over the headings by which rows are chosen."""
    ranges = "".join(
        f'<table:database-range table:name="filter{at}" table:display-filter-buttons="true" table:target-range-address='
        f"\"'{leaf.label}'.A{HEADING_ROW + 1}:'{leaf.label}'.{a1(HEADING_ROW + len(leaf.rows), len(leaf.heading) - 1)}\"/>"
        for at, leaf in enumerate(leaves)
        if leaf.heading
    )
    return f"<table:database-ranges>{ranges}</table:database-ranges>"


def _rows(leaf: SheetLeaf) -> Iterator[str]:
    """The rows of a sheet; the headings of a table are marked as such, for those who hear them and for every printed page."""
    for at, line in enumerate(leaf.above):
        yield f"<table:table-row>{_cell(line, TITLE_STYLE if at == 0 else PLAIN, 0)}</table:table-row>"
    if leaf.heading:
        cells = "".join(_cell(name, HEADING, 0) for name in leaf.heading)
        yield f"<table:table-header-rows><table:table-row>{cells}</table:table-row></table:table-header-rows>"
    else:
        yield "<table:table-row><table:table-cell/></table:table-row>"
    for at, row in enumerate(leaf.rows):
        cells = "".join(_cell(value, TEXT, places) for value, places in zip(row, leaf.digits, strict=True))
        yield f'<table:table-row table:style-name="{NEW_PAGE if at in leaf.new_page else ROW}">{cells}</table:table-row>'


def _cell(value: Cell, style: str, places: int) -> str:
    """One cell: a date, a number shown with so many places, or a text."""
    if value == "":
        return "<table:table-cell/>"
    if isinstance(value, datetime.date):
        return (
            f'<table:table-cell table:style-name="{DATE}" office:value-type="date" office:date-value="{value.isoformat()}">'
            f"<text:p>{value.day} {value:%b %Y}</text:p></table:table-cell>"
        )
    if isinstance(value, (int, float)):
        return (
            f'<table:table-cell table:style-name="n{places}" office:value-type="float" office:value="{value:.16G}">'
            f"<text:p>{value:,.{places}f}</text:p></table:table-cell>"
        )
    lines = "".join(f"<text:p>{escape(line)}</text:p>" for line in value.split("\n"))
    style = DATE if value in SHORTHAND else style  # at the right, as the figure that is missing would be
    return f'<table:table-cell table:style-name="{style}" office:value-type="string">{lines}</table:table-cell>'


def _cell_styles() -> str:
    kinds = {
        TITLE_STYLE: ("no-wrap", 'fo:font-weight="bold" fo:font-size="14pt"'), PLAIN: ("no-wrap", ""),
        HEADING: ("wrap", 'fo:font-weight="bold"'), TEXT: ("wrap", ""),
    }  # fmt: skip
    return "".join(
        f'<style:style style:name="{name}" style:family="table-cell" style:parent-style-name="Default">'
        f'<style:table-cell-properties style:vertical-align="top" fo:padding-left="0.08in" fo:wrap-option="{wrap}"/>'
        f"<style:text-properties {text}/></style:style>"
        for name, (wrap, text) in kinds.items()
    )


def _number_style(places: int) -> str:
    return (
        f'<number:number-style style:name="f{places}"><number:number number:decimal-places="{places}"'
        f' number:min-decimal-places="{places}" number:min-integer-digits="1" number:grouping="true"/></number:number-style>'
        f'<style:style style:name="n{places}" style:family="table-cell" style:parent-style-name="Default"'
        f' style:data-style-name="f{places}"><style:table-cell-properties style:vertical-align="top"/>'
        '<style:paragraph-properties fo:text-align="end"/></style:style>'
    )


def _styles() -> str:
    return (
        f'<office:document-styles {_SPACES}><office:styles><style:default-style style:family="table-cell">'
        '<style:table-cell-properties style:vertical-align="top"/>'
        '<style:text-properties fo:font-size="11pt" fo:font-family="Arial" fo:language="en" fo:country="GB"/>'
        '</style:default-style><style:style style:name="Default" style:family="table-cell"/></office:styles>'
        # Across an A4 page, as many pages down as it takes.
        '<office:automatic-styles><style:page-layout style:name="a4"><style:page-layout-properties fo:page-width="29.7cm"'
        ' fo:page-height="21cm" style:print-orientation="landscape" fo:margin="1cm" style:scale-to-X="1" style:scale-to-Y="0"/>'
        '</style:page-layout></office:automatic-styles><office:master-styles><style:master-page style:name="Wide"'
        ' style:page-layout-name="a4"/></office:master-styles></office:document-styles>'
    )


def _meta(build: Record) -> str:
    footer = escape(f"Build {build['build_id']}. {LICENCE}")
    return (
        f"<office:document-meta {_SPACES}><office:meta><dc:title>{escape(TITLE)}</dc:title><dc:description>{footer}"
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
        f"<config:config-item-map-entry config:name={quoteattr(table)}>{items}</config:config-item-map-entry>"
        for table in tables
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
