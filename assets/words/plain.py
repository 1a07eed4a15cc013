"""Text from outside made plain: what would steer a terminal, hide or turn round what is read, is shown as a sign instead.

A file's name, a label of a sheet, a title of the settings may hold anything. Escape and control characters become the pictures of
themselves (ESC becomes \N{SYMBOL FOR ESCAPE}), marks of direction and the controls of Latin-1 the replacement character; each one
character for one, so that a place in the text stays a place. Line feeds and tabs stay.
"""

KEPT = "\n\t"
_CONTROLS = {code: 0x2400 + code for code in range(0x20) if chr(code) not in KEPT} | {0x7F: 0x2421}
# The controls of Latin-1, marks and overrides of direction, anchors of annotations.
_HIDDEN = [(0x80, 0xA0), (0x200E, 0x2010), (0x202A, 0x202F), (0x2066, 0x206A), (0x061C, 0x061D), (0xFFF9, 0xFFFC)]
REPLACED = "\N{REPLACEMENT CHARACTER}"
_PLAIN = _CONTROLS | {code: ord(REPLACED) for first, end in _HIDDEN for code in range(first, end)}
# The same characters, for a look whether there are any.
NOT_PLAIN = "[" + "".join(f"\\x{{{code:04X}}}" for code in sorted(_PLAIN)) + "]"


def plain(text: str) -> str:
    """The text without a character that does something; surrogates, which no file can hold, are replaced too."""
    shown = text.translate(_PLAIN)
    return shown if shown.isascii() else shown.encode("utf-8", "replace").decode("utf-8")


# What a spreadsheet takes for the beginning of a formula, and what says in front of it that it is text.
FORMULA, AS_TEXT = ("=", "+", "-", "@", "\t", "\r"), "'"


def no_formula(text: str) -> str:
    """The text as a cell of a CSV file, which no spreadsheet takes for a formula."""
    return f"{AS_TEXT}{text}" if text.startswith(FORMULA) else text
