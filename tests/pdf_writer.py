"""Writes a PDF of pages of lines, for documents to scan. SYNTHETIC."""

from collections.abc import Sequence

Line = str | Sequence[tuple[str, float]]  # a text of 12 points, or texts with the points of their letters


def pdf_of(lines: Sequence[Line]) -> bytes:
    """The smallest PDF with a page of lines."""
    return pdf_of_pages([lines])


def pdf_of_pages(pages: Sequence[Sequence[Line]]) -> bytes:
    """The same of several pages."""
    font, first = 3, 4
    kids = " ".join(f"{first + 2 * at} 0 R" for at in range(len(pages)))
    parts = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
    ]
    for at, lines in enumerate(pages):
        stream = f"BT /F1 12 Tf 22 TL 72 720 Td {' T* '.join(map(_shown, lines))} ET".encode("latin-1")
        parts += [
            b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Contents %d 0 R /Resources << /Font << /F1 %d 0 R >> >> >>"
            % (first + 2 * at + 1, font),
            b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream),
        ]
    made, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, start=1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, part)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    tail = b"xref\n0 %d\n0000000000 65535 f \n%strailer << /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF" % (
        len(parts) + 1, table, len(parts) + 1, len(made),
    )  # fmt: skip
    return made + tail


def _shown(line: Line) -> str:
    pieces = [(line, 12.0)] if isinstance(line, str) else line
    return " ".join(f"/F1 {points} Tf ({text}) Tj" for text, points in pieces)
