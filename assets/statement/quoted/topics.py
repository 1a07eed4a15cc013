"""What a series is about, and how much of it some words say."""

import math
import re
from collections import Counter
from collections.abc import Hashable, Iterable, Mapping
from functools import cached_property
from operator import itemgetter

import pandas as pd

from assets.archive.reading.words import PADDING, TURNS, words
from assets.tables.records import Record, grouped, records
from assets.words.wording import first_sentence

# What the words of a topic weigh at least (see `_weight`): "police" and "victims" alone are none.
A_TOPIC = 2
# A measure of so many series goes without saying.
COMMON = 8
# What "%" says too.
RATES = frozenset(["rate", "share"])
CHANGE, SHARE, SUB_CODE, SINCE = "change", "share", "sub_code", ("since_16",)
# Levels of series: of all of a topic, and of some of it.
TOTAL, PART = "total", "subgroup"
# In names of topics these are words like any other.
LINKS = frozenset(["against", "all", "among", "based", "first", "with", "without"])
# Rows of `reference.figure_word` that are not of what a figure is told with: see `says` there.
JOINING, LEAD, DENYING = "joining", "lead", "denying"
_ENDING, _DOUBLED = re.compile(r"(?<=[a-z]{3})(?:ing|ed|e|ment|ual(?:ly)?)$"), re.compile(r"([bdgklmnprt])\1$")
_AS_CHILDREN = re.compile(
    r"\bbefore (?:(?:the )?age of|age|turning|they (?:were|turned)) (?:16|18)\b|\bas (?:a child|children)\b|\bin childhood\b"
)
_PREFIXED = re.compile(r"\b(?:under|over|mis|un)-(?=[a-z]{4})")  # "under-recorded" is not recorded
# "Violence against women and girls (VAWG)"
_SHORT = re.compile(r"([A-Z]?[a-z]+(?: [a-z]+){2,6}) \(([A-Z]{3,5})\)")
# What something leaves out it is not of: "(excluding Devon and Cornwall)".
LEFT_OUT = re.compile(r"\b(?:exclud\w+|except(?: for)?|without|other than|apart from) [^,;:.)]*")


class Topics:
    """The series of `reference.series` by their words; beside: `reference.figure_word`."""

    def __init__(self, series: pd.DataFrame, beside: pd.DataFrame) -> None:
        said = {row["topic"]: row["words"] for row in records(beside)}
        joining, lead, self.denying = words(said.pop(JOINING)), said.pop(LEAD), frozenset(words(said.pop(DENYING)))
        self._beside = frozenset(word for told in said.values() for word in words(told))
        # What stands beside any figure and leaves it what it is, without endings.
        self._leaving = frozenset(map(_stem, (*self._beside, *joining, *RATES)))
        self._lead = re.compile(rf"^\W*(?:{lead.replace(' ', '|')})\b(?:[^,;:.\d]|\b\d\d\b(?!,\d|%| ?per))*,")
        self._series = records(series)
        self._row = {row["series"]: row for row in self._series}
        self._named = {row["series"]: str(row["definition"]) for row in self._series}
        self._short = {
            match[1].casefold(): match[2].casefold() for said in self._named.values() for match in _SHORT.finditer(said)
        }

    def said(self, text: str, before: frozenset[str] = frozenset()) -> frozenset[str]:
        """The words of a text; with those of the one before where it says of nothing what it is about."""
        own = self._words(text)
        return own if self._weighed(own & self._topics) >= A_TOPIC else own | before

    def shortened(self, text: str) -> str:
        """A text in small letters with the short name of what has one."""
        text = text.casefold()
        for name, short in self._short.items():
            text = text.replace(name, short)
        return text

    def lead(self, text: str) -> str:
        """What a sentence in small letters begins with and goes for all of it: "In nightclubs, ...", "For children, ..."."""
        match = self._lead.match(text)
        return match[0] if match else ""

    def _words(self, text: str) -> frozenset[str]:
        """The words of a text, and for "stalked" and "sexually" those of topics that they are forms of."""
        said = frozenset(words(self.shortened(text)))
        said |= {"child"} if _AS_CHILDREN.search(text.casefold()) else frozenset()
        return said.union(*(self._forms[stem] for word in said - self._known if (stem := _stem(word)) in self._forms))

    def score(self, series: str, topic: frozenset[str]) -> float:
        """How much of what a series is about is said, and how much of what is said it is about: from 0 to 1."""
        about = self._about.get(series, frozenset()) - (self._beyond.get(series, frozenset()) - topic)
        either = self._weighed(about | (topic & self._topics))
        return self._weighed(about & topic) / either if either else 0.0

    def content(self, text: str) -> frozenset[str]:
        """The words of a text that say what a figure is of, without their endings."""
        return frozenset(_stem(word) for word in self._words(text) - self._beside - PADDING)

    def unlike(self, series: str, text: str) -> frozenset[str]:
        """The words of a text that say more than a series does, and that do not leave a figure what it is."""
        own = self._leaving.union(map(_stem, self.about(series) | self.told(series))) - self.denying
        text = _PREFIXED.sub(lambda match: match[0].replace("-", ""), text)
        said = (word for word in self._words(text) - PADDING if len(word) > 1)  # "stalking (8Q)", "yesterday's"
        return frozenset(word for word in said if _stem(word) not in own)

    def names(self, series: str, content: frozenset[str]) -> bool:
        """Does the content of some words say all that a series is of, and nothing else?"""
        own, about = self._own[series]
        return bool(own) and own <= content <= about and self.tells_part(series, content)

    def tells(self, series: str, topic: frozenset[str]) -> bool:
        """Is all said that must be of a series?"""
        own, _ = self._own[series]
        return own <= {_stem(word) for word in topic}

    def tells_part(self, series: str, topic: frozenset[str]) -> bool:
        """Is anything said of what makes a part that part, beyond what it is a part of: "took place more than a year before"?"""
        needed = self._parts.get(series)
        return not needed or bool(needed & {_stem(word) for word in topic})

    def about(self, series: str) -> frozenset[str]:
        """The words of what a series is about."""
        return self._about.get(series, frozenset())

    def is_part(self, series: str, whole: str) -> bool:
        """Is a series about all that another one must be said to be, and more?"""
        own, _ = self._own[whole]
        return own < {_stem(word) for word in self.about(series)}

    def besides(self, series: str, topic: frozenset[str]) -> frozenset[str]:
        """The words of other topics than that of a series."""
        own = {*map(_stem, self._about.get(series, frozenset()))}
        return frozenset(word for word in (topic & self._topics) - self._beside if _stem(word) not in own)

    def elsewhere(self, series: str, text: str) -> bool:
        """Does a text say a topic, and none that a series or its definition is about?"""
        said, own = self._words(text), self._about.get(series, frozenset()) - self._beyond.get(series, frozenset())
        topic = said & self._topics
        here = (said & own) | (topic & self.told(series))
        return self._weighed(here) < A_TOPIC <= self._weighed(topic - here)

    def counted(self, series: str) -> Hashable:
        """What a series counts, in whichever table it is printed."""
        row = self._row[series]
        return (row["offence_code"], row["flag"], row["measure"]) if row["offence_code"] else series

    def flag(self, series: str) -> str:
        """The flag of the offences that it counts, in words; empty where they have none."""
        return (self._row[series]["flag"] or "").replace("_", " ")

    def measure(self, series: str) -> str:
        """How it is counted."""
        return str(self._row[series]["measure"])

    def window(self, series: str) -> str:
        """Over what time the people of a series were asked; empty where nobody was."""
        return str(self._row[series]["reference_window"] or "")

    def is_rare(self, measure: str) -> bool:
        """Must a measure be said, since few series have it?"""
        return self._having[measure] < COMMON

    def subject(self, series: str) -> Hashable:
        """What a series is of, by whatever questions it was asked, and how it is counted."""
        row = self._row[series]
        return row["offence_code"] or (row["topic"], row["offence_group"]), row["flag"], row["measure"]

    def asked(self, series: str) -> tuple[Hashable, str]:
        """What people were asked about, and by which questions."""
        row = self._row[series]
        return (row["topic"], row["reference_window"]), str(row["question_version"] or "")

    def named(self, series: str) -> str:
        """The first sentence of its definition."""
        return first_sentence(self._named.get(series, ""))

    def told(self, series: str) -> frozenset[str]:
        """The words of its definition."""
        return self._definitions.get(series, frozenset())

    @cached_property
    def changes(self) -> frozenset[str]:
        """Series of changes."""
        return frozenset(row["series"] for row in self._series if row["measure"].endswith(CHANGE))

    def _weighed(self, some: Iterable[str]) -> float:
        return sum(self._weight[word] for word in some)

    @cached_property
    def _about(self) -> dict[str, frozenset[str]]:
        """Topic, flag and group of offences of a series, or else what its definition names first; and a measure that few have."""

        def about(row: Record) -> Iterable[str]:
            names = [row[field] for field in ("topic", "flag", "offence_group") if row[field] and row["topic"]]
            names = names or [str(row["definition"]).split(":")[0]]
            names += [row["measure"]] if self.is_rare(row["measure"]) else []
            return words(" ".join(LEFT_OUT.sub("", name.replace("_", " ")) for name in names))

        return {row["series"]: frozenset(about(row)) for row in self._series}

    @cached_property
    def _parts(self) -> dict[str, frozenset[str]]:
        """The words, without endings, by which shares, and parts of the total of their topic, that no flag tells are defined
        besides what they are about: "killed by a partner".
        """
        kind = itemgetter("scope", "topic", "measure")
        totals = {kind(row): row["series"] for row in self._series if row["level"] == TOTAL}
        wholes = {
            row["series"]: totals[kind(row)] if row["measure"] != SHARE else ""
            for row in self._series
            if not row["flag"] and (row["measure"] == SHARE or (row["level"] == PART and kind(row) in totals))
        }
        return {
            series: self.content(LEFT_OUT.sub(" ", self._named[series]))
            - self.content(self._named.get(whole, ""))
            - {_stem(word) for word in (*self.about(series), SHARE)}
            for series, whole in wholes.items()
        }

    @cached_property
    def _having(self) -> Counter[str]:
        """How many series have each measure."""
        return Counter(row["measure"] for row in self._series)

    @cached_property
    def _own(self) -> dict[str, tuple[frozenset[str], frozenset[str]]]:
        """What must be said of a series, and what may: what it is about, and since when where that is not the last year.

        A part of a class is more than its topic: no words name it.
        """

        def own(row: Record) -> tuple[frozenset[str], frozenset[str]]:
            since = words((row["reference_window"] or "").replace("_", " ")) if row["reference_window"] in SINCE else ()
            may = {*self._about[row["series"]], *since, *words((row["topic"] or "").replace("_", " "))}
            must = may - self._beyond.get(row["series"], frozenset()) if row["level"] != SUB_CODE else ()
            kept = (word for word in must if not (word.isdigit() or word in self._beside | PADDING | RATES))
            return frozenset(map(_stem, kept)), frozenset(map(_stem, may))

        return {row["series"]: own(row) for row in self._series}

    @cached_property
    def _beyond(self) -> dict[str, frozenset[str]]:
        """The words of the group of offences that a topic belongs to and its own name does not have: they need not be said, but
        of those of a group that are flagged.
        """
        return {
            row["series"]: frozenset(words(row["offence_group"])) - frozenset(words(row["topic"].replace("_", " ")))
            for row in self._series
            if row["topic"] and row["offence_group"] and not row["flag"]
        }

    @cached_property
    def _definitions(self) -> dict[str, frozenset[str]]:
        return {series: frozenset(words(definition)) for series, definition in self._named.items()}

    @cached_property
    def _weight(self) -> dict[str, float]:
        """Words that stand in many definitions say little."""
        known = Counter(word for key, about in self._about.items() for word in about | self.told(key))
        return {word: math.log(len(self._about) / times) for word, times in known.items()}

    @cached_property
    def _known(self) -> frozenset[str]:
        """All words of series."""
        return frozenset(self._weight) | self._beside

    @cached_property
    def _forms(self) -> Mapping[str, list[str]]:
        """The words of topics by what is left of them without their endings."""
        return grouped(sorted(self._topics - self._beside), _stem)

    @cached_property
    def _topics(self) -> frozenset[str]:
        topic_words = (word for row in self._series for word in words((row["topic"] or "").replace("_", " ")))
        return frozenset(topic_words) - TURNS - LINKS


def _stem(word: str) -> str:
    """ "Raped" and "rape", "control" and "controlling", "sex" and "sexual" without what makes them two words."""
    return _DOUBLED.sub(r"\1", _ENDING.sub("", word))
