"""Formulas whose value was not stored with them, as programs save them that do not compute, and those that came to an error:
read as a text that says so.

The library that opens workbooks reads both as empty cells, which is never what they say.
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
# A cell of type "e" stores the sign of its error: #REF!, #N/A.
ERROR = re.compile(
    rb"<c\b(?P<cell>[^<>]*\bt\s*=\s*[\"']e[\"'][^<>]*)>\s*(?:<f\b[^<>]*(?:/>|>[^<]*</f>)\s*)?<v>(?P<sign>[^<>]*)</v>\s*</c>",
    re.IGNORECASE,
)
ERRORS = (b'"e"', b"'e'")
NO_TEXT, TYPE = b'"str"', re.compile(rb"""\bt\s*=\s*["'][^"']*["']""")
SAID = "a formula without its value: open the file in a spreadsheet program and save it"
# What stands in the place of a figure that a spreadsheet did not work out, or could not.
NO_RESULT = re.compile(rf"#[A-Z/0]+[!?]?|{SAID}", re.ASCII)


def saying_what_was_not_computed(content: bytes) -> bytes:
    """A workbook with a text in place of each formula that has no value, or an error; the same bytes where there is none."""
    if content[:2] != ZIP:
        return content
    changed: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in filter(SHEET.fullmatch, archive.namelist()):
            part = archive.read(name)
            computed = UNCOMPUTED.sub(_said, part) if b"<f" in part else part
            computed = ERROR.sub(_said, computed) if any(sign in part for sign in ERRORS) else computed
            if computed != part:
                changed[name] = computed
        if not changed:
            return content
        made = io.BytesIO()
        with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
            for name in archive.namelist():
                copy.writestr(name, changed.get(name) or archive.read(name))
    return made.getvalue()


def _said(formula: re.Match[bytes]) -> bytes:
    cell, sign = formula["cell"], formula.groupdict().get("sign")
    if NO_TEXT in cell:
        return formula[0]
    return b'<c%s t="inlineStr"><is><t>%s</t></is></c>' % (TYPE.sub(b"", cell), sign or SAID.encode())
