"""How large a released file may be: many times the largest that any publisher has released, and far below what fills a machine.

The largest of the 39 files tried: 29 MB unpacked, packed 1 : 9, 41,078 cells in a sheet, 95 columns, 564 merged cells,
46,470 rows of CSV.
"""

MEGABYTE = 1024 * 1024
LONGEST_NAME = 200  # bytes; the record beside a file has a longer name, and 255 is the most that most systems keep
LARGEST_FILE = 256 * MEGABYTE
LARGEST_UNPACKED = 512 * MEGABYTE
LARGEST_TEXT = 256 * MEGABYTE
STEEPEST = 200  # times the packed size, of a part that is large when unpacked
STEEP_FROM = 16 * MEGABYTE
MOST_PARTS = 5_000
MOST_COLUMNS = 1_000
MOST_CELLS_OF_SHEET = 5_000_000
MOST_CELLS_OF_TEXT = 40_000_000
MOST_MERGED = 1_000_000
MEMORY = 1_000 * MEGABYTE
CPU_SECONDS = 20
PATIENCE_SECONDS = 120  # on a busy machine twenty seconds of computing may take long
