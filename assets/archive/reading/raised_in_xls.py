"""The numbers of notes that an old workbook (xls) raises behind a name or a number: none of their digits, as `shown` says.

Its texts stand in one table (record SST), each with where the form of its letters changes and to which font ([MS-XLS] 2.4.265,
2.5.293); the stream of records lies in sectors of the file ([MS-CFB] 2). A letter of one byte has no raised 4 to 9 or 0: there a
mark that tells of a note stands in their place.
"""

import itertools
import struct
from collections.abc import Iterator

OLD = b"\xd0\xcf\x11\xe0"
FONT, TEXTS, MORE = 0x31, 0xFC, 0x3C
NO_SECTOR = 0xFFFFFFFA
DIGITS, RAISED = "0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹"
RAISED_BYTES = {ord("1"): 0xB9, ord("2"): 0xB2, ord("3"): 0xB3}
MARK = ord("§")
WIDE, PHONETIC, RICH = 1, 4, 8


def with_raised(content: bytes) -> bytes:
    """An xls with its raised figures written as such, and as long; the same bytes where there is none, or no way to tell."""
    try:
        return _with_raised(content)
    except (struct.error, IndexError):
        return content


def _with_raised(content: bytes) -> bytes:
    places, size = _stream(content)
    stream = bytearray(b"".join(content[first:last] for first, last in places)[:size])
    fonts, texts = list[bool](), list[tuple[int, int]]()
    at = 0
    while at + 4 <= len(stream):
        kind, length = struct.unpack_from("<HH", stream, at)
        if kind == FONT:
            fonts.append(struct.unpack_from("<H", stream, at + 12)[0] == 1)
        if kind == TEXTS or (kind == MORE and texts and texts[-1][1] == at):
            texts.append((at + 4, at + 4 + length))
        at += 4 + length
    if not any(fonts) or not texts:
        return content
    # By some oversight of long ago no font has the number 4.
    for letters in _raised(_Texts(stream, texts), [*fonts[:4], False, *fonts[4:]]):
        _raise(stream, letters)
    made = bytearray(content)
    for number, (first, last) in enumerate(places):
        part = stream[number * (last - first) : (number + 1) * (last - first)]
        made[first : first + len(part)] = part
    return bytes(made)


def _stream(content: bytes) -> tuple[list[tuple[int, int]], int]:
    """Where the sectors of the stream of records lie in the file, and its length; IndexError where it has none."""
    width = 1 << struct.unpack_from("<H", content, 30)[0]
    entries = f"<{width // 4}I"
    tables = [*struct.unpack_from("<109I", content, 76)]
    more = struct.unpack_from("<I", content, 68)[0]
    while more < NO_SECTOR and len(tables) < len(content) // width:
        *others, more = struct.unpack_from(entries, content, (more + 1) * width)
        tables += others
    of_next = [
        sector
        for table in tables
        if table < NO_SECTOR
        for sector in struct.unpack_from(entries, content, (table + 1) * width)
    ]

    def chain(sector: int) -> Iterator[tuple[int, int]]:
        for _ in of_next:
            if sector >= NO_SECTOR:
                return
            yield (sector + 1) * width, (sector + 2) * width
            sector = of_next[sector]

    for first, last in chain(struct.unpack_from("<I", content, 48)[0]):
        for entry in range(first, last, 128):
            length = struct.unpack_from("<H", content, entry + 64)[0]
            if content[entry : entry + length].decode("utf-16-le", "replace") == "Workbook\0":
                start, size = struct.unpack_from("<II", content, entry + 116)
                return list(chain(start)), size
    raise IndexError("no stream of records")


class _Texts:
    """The table of texts, read from its first byte on, whichever of its records a byte is in."""

    def __init__(self, stream: bytearray, parts: list[tuple[int, int]]) -> None:
        self.stream, self.parts, self.part, self.at = stream, parts, 0, parts[0][0]
        self.count = struct.unpack("<II", self.bytes(8))[1]

    def _open(self) -> bool:
        """Go on to the next record where this one is at its end: did it?"""
        if self.at < self.parts[self.part][1]:
            return False
        self.part += 1
        self.at = self.parts[self.part][0]
        return True

    def bytes(self, count: int) -> bytes:
        found = bytearray()
        while len(found) < count:
            self._open()
            taken = min(count - len(found), self.parts[self.part][1] - self.at)
            found += self.stream[self.at : self.at + taken]
            self.at += taken
        return bytes(found)

    def letters(self, count: int, wide: bool) -> list[tuple[int, bool]]:
        """Where each letter stands, and has it two bytes; a record that goes on says it anew."""
        found: list[tuple[int, bool]] = []
        while len(found) < count:
            if self._open():
                wide = bool(self.bytes(1)[0] & WIDE)
            width = 1 + wide
            taken = min(count - len(found), (self.parts[self.part][1] - self.at) // width)
            if not taken:
                raise IndexError("half a letter")
            found += [(self.at + width * number, wide) for number in range(taken)]
            self.at += width * taken
        return found


def _raised(texts: _Texts, fonts: list[bool]) -> Iterator[list[tuple[int, bool]]]:
    """Runs of letters in a font that is raised."""
    for _ in range(texts.count):
        count, form = struct.unpack("<HB", texts.bytes(3))
        runs = struct.unpack("<H", texts.bytes(2))[0] if form & RICH else 0
        beside = struct.unpack("<I", texts.bytes(4))[0] if form & PHONETIC else 0
        letters = texts.letters(count, bool(form & WIDE))
        starts = [struct.unpack("<HH", texts.bytes(4)) for _ in range(runs)]
        texts.bytes(beside)
        for (first, font), (last, _) in itertools.pairwise([*starts, (count, 0)]):
            if fonts[font]:
                yield letters[first:last]


def _raise(stream: bytearray, letters: list[tuple[int, bool]]) -> None:
    digits = [place for place in letters if chr(stream[place[0]]) in DIGITS and not (place[1] and stream[place[0] + 1])]
    told = all(wide or stream[at] in RAISED_BYTES for at, wide in digits)
    for at, wide in digits if told else letters:
        if wide and (at, wide) in digits:
            struct.pack_into("<H", stream, at, ord(RAISED[int(chr(stream[at]))]))
        elif not wide and digits:
            stream[at] = RAISED_BYTES[stream[at]] if told else MARK
