"""A released file that passed the gate as a book: xlsx, xls, ods or csv, whatever its name says."""

from pathlib import Path

from assets.archive.reading.content import WORKBOOK, csv_rows, opened, rectangular, rows_of, shown_and_hidden
from assets.archive.reading.grid import Grid
from assets.archive.reading.shown import said_in_xls


class Book:
    """A released file: its sheets by name, each read when it is asked for and kept.

    file:        how messages call the file
    typed:       are its cells typed? Those of a CSV file, which is a book of one sheet, are all text
    sheet_names: of the sheets that it shows, as they stand, with edge spaces
    """

    def __init__(self, file: str, content: bytes) -> None:
        self.file, self.typed = file, content.startswith(WORKBOOK)
        self._grids: dict[str, Grid] = {}
        if self.typed:
            self._workbook, self._said = opened(content, file), said_in_xls(content)
            self.sheet_names, _ = shown_and_hidden(self._workbook)
        else:
            name = Path(file.removesuffix(".gz")).stem
            self.sheet_names = [name]
            self._grids[name] = Grid(file, name, rectangular(csv_rows(content, file)), typed=False)

    @property
    def alone(self) -> bool:
        """Is it one table, as CSV or as a workbook of one sheet: it has no cover, and lacks no other table."""
        return len(self.sheet_names) == 1

    def grid(self, name: str) -> Grid:
        """The cells of a sheet; KeyError where there is none of the name."""
        if name in self._grids:
            return self._grids[name]
        if name not in self.sheet_names:
            raise KeyError(f"{self.file} has no sheet {name!r}")
        sheet = self._workbook.get_sheet_by_name(name)
        merged = getattr(sheet, "merged_cell_ranges", None) or []
        ranges = tuple((top, left, bottom, right) for (top, left), (bottom, right) in merged)
        self._grids[name] = Grid(self.file, name, rows_of(sheet, self._said), ranges)
        return self._grids[name]


def open_book(path: Path, name: str | None = None) -> Book:
    """The file at `path`, called `name` in messages; opened by content. BadInput where it cannot be."""
    return Book(name or path.name, path.read_bytes())
