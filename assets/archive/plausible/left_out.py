"""Which forces a text says are left out: a clause names them and denies that they are in.

A clause is read as a row of classes, a letter per word, since there are many ways to say it and few ways to build it: a
preposition or verb of exclusion before names (*x*, *y*), or names before, or after, what denies that they were supplied or are
in (*d*). A word of none of the classes (*o*) is another thing: "Greater Manchester: fraud is excluded" leaves out no force.
"""

import calendar
import datetime
import re
from collections.abc import Iterator

import pandas as pd

from assets.archive.reading.periods import named
from assets.tables.records import records

# A force's name stands for the force where nothing else is said; that of a region or of Wales for the forces in it.
FORCES, HOLDERS = ("police_force", "special_force"), ("region", "country")
ALSO_CALLED = {
    "gmp": "greater manchester", "mps": "metropolitan", "the met": "metropolitan", "btp": "british transport",
    "welsh": "wales", "east of england": "east",
}  # fmt: skip
# Not a name alone: a direction; and what holds all but Wales.
NO_NAME = ("east", "england")
GENERIC = r"data|figures?|returns?|submissions?|information|records|statistics|counts?|totals?|numbers?|estimates"
SUPPLY = r"provid(?:e|ing)|supply(?:ing)?|submit(?:ting)?|return(?:ing)?|send(?:ing)?|deliver(?:ing)?|share"
SUPPLIED = r"provided|supplied|submitted|returned|received|sent|delivered|shared|available|obtained"
WITHIN = r"(?:in|part of|among|within) (?:(?:the|these|this|those|any|our|national) )*(?:totals?|figures?|data|counts?|coverage)"
NOT = r"(?:not|no longer|never) (?:(?:\w+ly|yet|be|been|being|always) )*"
INCLUDED = r"included|covered|contained|reflected|counted|represented|captured|incorporated"
STATE = (
    r"excluded|omitted|left out|withheld|withdrawn|suppressed|removed|missing|unavailable|absent|lacking|outstanding"
)
# Class -> words; the first that fits is taken. A participle (e) and "no data" (z) become x or d by what stands beside.
WORDS = {
    "k": r"\d{1,3}(?:,\d{3})+",
    "m": r"(?:an?|the) (?:\w+ )?(?:increase|decrease|rise|fall)|rose|fell|risen|fallen"
    r"|increased|decreased|show(?:ed|s)?|saw|seen|driven|affected|experienced|observed"
    r"|accounted|offset",
    "i": rf"no longer (?:{STATE})|not (?:been )?(?:{STATE})|(?:now|again|also) (?:been )?included|now includes?"
    r"|includ(?:es?|ing|ed)",
    "x": rf"excludes?|{NOT}(?:include|cover|contain)|(?:omit|lack)s?|missing (?:{GENERIC})",
    "y": r"excl?|excluding|exclusive of|not including|omitting|lacking|without|except(?:ing)?(?: for)?|with the exception of"
         r"|apart from|aside from|other than|less(?! than)|minus|net of|bar|save for",
    "d": rf"{NOT}(?:{INCLUDED}|{SUPPLIED}|{WITHIN})",
    "z": rf"no (?:\w+ )?(?:{GENERIC})",
    "a": rf"(?:{SUPPLIED}|gave) no (?:{GENERIC})|(?:(?:un|only |{NOT})able"
    rf"|fail(?:s|ed|ing|ure)?|declined|refused|ceased|yet) to (?:{SUPPLY})|{NOT}(?:{SUPPLY})|stopped (?:{SUPPLY})",
    "e": STATE,
    "r": r"its|their",
    "f": r"(?:police|service|constabulary|forces?|areas?|regions?|'s|')\b",
    "g": rf"{GENERIC}|offences|crimes?|incidents|recorded crime",
    "v": rf"{SUPPLIED}|recorded|held|covers?|based|shown|presented|published|given|us(?:ed|es?)",
    "p": r"for|from|of|by|in|at|within|across|with",
    "q": r"on|about|regarding|concerning|relating|broken",
    "c": r"and|or|nor|plus",
    "b": r"because|due|owing|following|as|since|after|when|where|while|pending|until|before|if",
    "B": r"is|are|was|were|be|been|being|remains?",
    "t": r"fraud|rates?|outcomes?",
    "w": r"the|an?|all|any|some|this|that|these|which|who|both|each|only|one|two|three|four|first|last|to"
    r"|it|we|they|there|has|have|had|do|does|did|can|could|would|will"
         r"|therefore|however|also|still|currently|temporarily|previously|yet|so|then|hence|please|note|most|more|other"
         r"|full|complete|accurate|reliable|usable|timely|monthly|quarterly|annual|final|national|police-recorded|time"
         r"|tables?|release|publication|bulletin|period|periods|financial|years?|ye|ending|ended|quarters?|months?|onwards?|between|"
         + "|".join(name.lower() for name in (*calendar.month_name[1:], *calendar.month_abbr[1:])) + r"|[\d/]+(?:st|nd|rd|th)?",
}  # fmt: skip
TOKEN = re.compile(
    r"(?P<n>\x00\d+\x00)|" + "|".join(rf"(?P<{name}>(?<![\w'])(?:{words})(?![\w-]))" for name, words in WORDS.items())
    + r"|(?P<comma>,)|(?P<mark>[:()\[\]–-])|(?P<o>[\w'%-]+)"
)  # fmt: skip
LITTLE = "[wgfpcvB:]*"
LISTED = r"(?:(?:,[wcB]*|,?c[wgfpv]*|:)nf*)"
# Names after what excludes them, after a denial of data, and before a denial.
EXCLUDED = re.compile(
    rf"[xy](?:{LITTLE}|{LITTLE}f,w*)(?P<names>(?>nf*(?:{LISTED}*,?c[wgfp]*nf*|{LISTED}+(?![wBf]*[ogv])|)))(?!f*k)"
)
NAMES = re.compile(rf"nf*{LISTED}*")
DENIED_OF = re.compile(rf"(?:^|[,:b])[wpcqB]*[gf][wgfpcB]*[da](?:g*:[wfp]*|[wB]*p[wgfpv]*)(?P<names>{NAMES.pattern})")
BEFORE_DENIAL = re.compile(r"[nwgfpcB:,b]*$")
# The thing is of the name, not the name: "rates for Kent", "fraud offences in Kent".
OF_A_THING = re.compile(r"[otm](?:g*w*(?:p[wf]*)+|gf*)$")
# What was not supplied is a part: "unable to provide outcomes", "data on stalking".
OF_A_PART = re.compile(r"(?:[wB]*[otm]|[wBv]*[gf]+[wB]*(?:q|p(?=w*t))[wpB]*[otmg]|pw*t)")
ASIDE = re.compile(r"\([^()]*\)|, (?:which|who|whose|where|following|because|due to|owing to|as) [^,]*,")
CLAUSE = re.compile(r";|\b(?:but|although|whereas|though)\b")
SENTENCE = re.compile(r"(?<=[.;])\s+(?=[A-Z\[])|\n|\s*\[note \d+\]\s*")
# A full stop that ends no sentence: "excl. Greater Manchester", "G.M.P."
ABBREVIATED = re.compile(r"\b(excl?|incl?|approx|vs|no|st)\.(?=\s)", re.IGNORECASE)
INITIALS = re.compile(r"\b(?:[A-Z]\.){2,}")
NAME = re.compile("\0(\\d+)\0")
# A later note takes back what an earlier one said.
AGAIN = re.compile(rf"\b(?:(?:now|again|also) (?:been )?included|now includes?|no longer (?:{STATE}))\b")
# An estimate stands for what was not supplied, where none is denied and none is of how much that was.
_BY = r"(?:using|with|by|from|on|through) (?:(?:an?|the|our) )?(?:[a-z]+ )?estimat(?:es?|ions?)"
_MADE = r"(?:used|made|produced|included|applied|substituted|provided)"
ESTIMATED = re.compile(
    rf"^(?!.*\b(?:no|not|without)\b(?: [a-z]+)? estimat)(?!.*\bestimated? (?:that|to)\b)(?:.*\b{_BY}\b"
    rf"|.*\bestimates?\b.*\b(?:is|are|was|were|been) {_MADE}\b|.*\b(?:is|are|was|were|been) (?:estimated|imputed)\b)"
)
OF_FRAUD, OF_OTHERS = re.compile("pw*t"), re.compile("pw*[ot]")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
# "2021 to 2025" is all of them; "from the year ending March 2023" has no end, "until 2019" no beginning.
JOINED = re.compile(r"(?:[/–-]\d\d\b)?[\s)]*(?:to\b|until\b|[–-](?!\d\d\b))[^.;]*")
OF_YEAR = r"(?: the)?(?: (?:financial )?year)?(?: (?:ending|ended|to))?(?: [a-z]+)?\s*$"
FROM = re.compile(r"\b(?:from|since)" + OF_YEAR)
UNTIL = re.compile(r"\b(?:until|up to|before|prior to)" + OF_YEAR)
# The year that a count may be compared with is not one that lacks the force by that.
COMPARED = re.compile(r"\bcompar(?:able|ed|ison)\b.*")


Span = tuple[datetime.date, datetime.date]


class Areas:
    """The names of police forces and of what holds them, and which areas hold which forces."""

    def __init__(self, areas: pd.DataFrame) -> None:
        rows = records(areas)
        self._parent = {row["area_code"]: row["parent_code"] for row in rows}
        forces = [row for row in rows if row["area_type"] in FORCES]
        inside = {
            row["name"]: tuple(
                force["area_code"] for force in forces if self.holds(row["area_code"], force["area_code"])
            )
            for row in rows
            if row["area_type"] in HOLDERS
        }
        # Region and force of one name, "West Midlands": what a total lacks is said of forces.
        codes = {_name(name): forces_in for name, forces_in in inside.items()}
        codes |= {_name(row["name"]): (row["area_code"],) for row in forces}
        codes |= {called: codes[name] for called, name in ALSO_CALLED.items() if name in codes}
        self._codes = {name: some for name, some in codes.items() if name not in NO_NAME}
        names = (re.escape(name).replace(r"\ ", "[ -]") for name in sorted(self._codes, key=len, reverse=True))
        self._name = re.compile(rf"(?<![a-z])(?:{'|'.join(names)})(?![a-z])")

    def named(self, text: str) -> tuple[str, list[tuple[str, ...]]]:
        """The text with a mark for each name, and the forces that each names: area codes."""
        found: list[tuple[str, ...]] = []

        def mark(match: re.Match[str]) -> str:
            found.append(self._codes[match[0].replace("-", " ")])
            return f" \0{len(found) - 1}\0 "

        return self._name.sub(mark, text), found

    def holds(self, area: str, force: str) -> bool:
        """Is the force inside the area, or the area itself?"""
        inside: str | None = force
        while inside is not None and inside != area:
            inside = self._parent.get(inside)
        return inside == area


def left_out_in(text: str, areas: Areas) -> list[tuple[str, tuple[Span, ...]]]:
    """Forces that a text says are left out, each with first and last days that its sentence names (none for always)."""
    spans, again = list[tuple[str, tuple[Span, ...]]](), set[str]()
    last = set[str]()  # whom the sentence before speaks of
    whole = ABBREVIATED.sub(r"\1", INITIALS.sub(lambda match: match[0].replace(".", ""), text))
    for sentence in SENTENCE.split(whole):
        plain = _plain(sentence)
        marked, names = areas.named(plain)
        last = {code for codes in names for code in codes} or last
        before = 0  # names of the clauses before
        for clause in CLAUSE.split(marked) if names else [marked]:
            here = [int(number) for number in NAME.findall(clause)]
            if (estimated := ESTIMATED.search(clause)) or AGAIN.search(clause):
                again |= {code for number in here for code in names[number]} or (last if estimated else set())
            else:
                numbers = {*_denied(clause, before), *_denied(ASIDE.sub(" ", clause), before)}
                when = _when(COMPARED.sub("", clause))
                spans += [(code, when) for number in sorted(numbers) for code in names[number]]
            before += len(here)
    return list(dict.fromkeys((code, when) for code, when in spans if code not in again))


def _denied(clause: str, before: int) -> Iterator[int]:
    """Numbers of the names in a clause that are left out; before: how many names the sentence has before it."""
    tokens = [(str(match.lastgroup), match[0]) for match in TOKEN.finditer(clause)]
    kinds = _resolved("".join({"comma": ",", "mark": ":"}.get(kind, kind) for kind, _ in tokens))
    number = {at: int(text.strip("\0")) for at, (kind, text) in enumerate(tokens) if kind == "n"}
    for rule in (EXCLUDED, DENIED_OF):
        for match in rule.finditer(kinds):
            if not (match[0][0] == "y" and "m" in kinds):
                yield from (number[at] for at in range(*match.span("names")) if at in number)
    for denial in re.finditer("[da]", kinds):
        if (OF_A_PART if denial[0] == "a" else OF_FRAUD).match(kinds, denial.end()):
            continue
        subject = BEFORE_DENIAL.search(kinds[: denial.start()])
        assert subject is not None
        if (
            "n" not in subject[0]
            and kinds[: subject.start()].endswith("r")
            and not OF_OTHERS.match(kinds, denial.end())
        ):
            yield from [number[at] for at in number if at < denial.start()] or range(before)
        for names in reversed([*NAMES.finditer(kinds, subject.start(), denial.start())]):
            if OF_A_THING.search(kinds[: names.start()]):
                break
            yield from (number[at] for at in range(*names.span()) if at in number)


def _resolved(kinds: str) -> str:
    """Participles and "no data" as what they are: before names they exclude (x), after a subject they deny (d)."""
    for match in re.finditer("[ez]", kinds):
        before, after = kinds[: match.start()].rstrip("w"), kinds[match.end() :]
        excludes = re.match("[wBvpf]*[pnf]" if match[0] == "z" else "[wp]*[gfn]", after)
        if before.endswith("B") and match[0] == "e":
            kind = "d"
        elif excludes and not (match[0] == "e" and re.search("[ngf]$", before) and after.startswith("p")):
            kind = "x"
        else:
            kind = "d" if match[0] == "z" or (re.search("[ngfc:]$", before) and re.match("[,pb:c]|$", after)) else "o"
        kinds = f"{kinds[: match.start()]}{kind}{after}"
    return kinds


def _when(clause: str) -> tuple[Span, ...]:
    """The years that a clause in small letters names, as first and last day each: twelve months where it says which."""
    twelve = [period for period in named(clause) if period.months >= 12]
    years = list(YEAR.finditer(clause))
    spans: list[Span] = []
    joined = False
    for match, after in zip(years, [*years, None][1:], strict=True):
        year, before = int(match[0]), clause[: match.start()]
        of_year = [period for period in twelve if period.end.year == year] or [
            period for period in twelve if period.start.year == year
        ]
        start = of_year[0].start if of_year else datetime.date(year, 1, 1)
        end = of_year[0].end if of_year else datetime.date(year, 12, 31)
        opens = not joined and FROM.search(before)
        if joined:
            spans[-1] = (spans[-1][0], end)
        else:
            spans.append((datetime.date.min if UNTIL.search(before) else start, end))
        joined = after is not None and bool(JOINED.fullmatch(clause, match.end(), after.start()))
        if opens and not joined:
            spans[-1] = (start, datetime.date.max)
    return tuple(dict.fromkeys(spans))


def _name(name: str) -> str:
    """A name in small letters, without the word police: "Dyfed-Powys" is "dyfed powys"."""
    return re.sub(r" police$", "", _plain(name)).replace("-", " ")


def _plain(text: str) -> str:
    """Lower case, one space, "and" for an ampersand, "not" in full, England and Wales as one."""
    plain = re.sub(r"\s+", " ", text.replace("&", " and ").replace("’", "'")).lower()
    plain = re.sub(r"\[\w\]", " ", plain)  # a marker
    plain = plain.replace("can't", "can not").replace("n't", " not").replace("cannot", "can not")
    return plain.replace("england and wales", "national")
