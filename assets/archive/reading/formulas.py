"""Formulas whose value was not stored with them, as programs save them that do not compute: read as a text that says so.

The library that opens workbooks reads them as empty cells, which is never what they say.
"""

import io
import re
import zipfile

ZIP = b"PK"
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml", re.IGNORECASE)
# A formula that comes to no text is of type "str" and stores no value either.
UNCOMPUTED = re.compile(
    rb"<c\b(?P<cell>[^<>]*)>\s*<f\b[^<>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v>\s*</v>)?\s*</c>", re.IGNORECASE
)
NO_TEXT, TYPE = b'"str"', re.compile(rb"""\bt\s*=\s*["'][^"']*["']""")
SAID = "a formula without its value: open the file in a spreadsheet program and save it"


def saying_what_was_not_computed(content: bytes) -> bytes:
    """A workbook with a text in place of each formula that has no value; the same bytes where there is none."""
    if content[:2] != ZIP:
        return content
    changed: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in filter(SHEET.fullmatch, archive.namelist()):
            part = archive.read(name)
            if b"<f" in part and (computed := UNCOMPUTED.sub(_said, part)) != part:
                changed[name] = computed
        if not changed:
            return content
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            for name in archive.namelist():
                copy.writestr(name, changed.get(name) or archive.read(name))
    return made.getvalue()


def _said(formula: re.Match[bytes]) -> bytes:
    cell = formula["cell"]
    if NO_TEXT in cell:
        return formula[0]
    return b'<c%s t="inlineStr"><is><t>%s</t></is></c>' % (TYPE.sub(b"", cell), SAID.encode())
