"""Where numbers come from: from a row down to publication, release, table and cell, small enough to ship with each page."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assets.tables.asking import Asked
from assets.words import wording
from schemas.rows import AnyRow, Record

EDGES = "SELECT row_id, list(input_row_id ORDER BY rowid) AS below FROM meta.lineage GROUP BY row_id"
# What stands at the end of the way; what each of them says is asked for those alone that a page leads to.
FACTS = """
SELECT row_id, source || '@' || release AS release FROM meta.origin
WHERE table_name NOT LIKE 'reconciled.%' AND table_name NOT LIKE 'statement.%'
    AND row_id IN (SELECT input_row_id FROM meta.lineage)
"""
TOLD = """
SELECT origin.row_id, origin.what, origin.value, origin.unit, origin.printed, origin.sheet, origin.cell, origin.citation,
       split_part(series.definition, '. ', 1) AS definition
FROM meta.origin AS origin LEFT JOIN reference.series AS series ON series.series = origin.what
WHERE origin.row_id IN (SELECT unnest(?))
"""
RELEASES = "SELECT *, source || '@' || release AS key FROM meta.release ORDER BY vintage_order DESC, release DESC"
POPULATIONS = "SELECT DISTINCT source FROM population.estimate"
MOST, LONGEST = 24, 255


@dataclass(frozen=True)
class CitedRelease:
    """A release as pages name it; `anchor` is its place on the page of sources, `source` its publication."""

    source: str
    anchor: str
    title: str
    publisher: str
    released: str
    url: str


class Where:
    """The lineage of a published file."""

    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        edges: Sequence[AnyRow] = asked.rows(EDGES)
        self._inputs: dict[str, list[str]] = {row["row_id"]: row["below"] for row in edges}
        self._releases = {row["key"]: _release(row) for row in asked.rows(RELEASES)}
        # Fact -> its release; None for an assumption or a rule.
        self._facts: dict[str, str | None] = {row["row_id"]: row["release"] for row in asked.rows(FACTS)}
        self._populations = {row["source"] for row in asked.rows(POPULATIONS)}
        self._reached: dict[str, list[str]] = {}
        self._words, self._named = _Once(), _Once()

    def releases(self, row_ids: Sequence[str]) -> list[tuple[CitedRelease, int]]:
        """What some rows rest on, the publication with most figures first and populations last: its newest release, and how
        many earlier ones."""
        met = Counter(self._facts[fact_id] for row_id in row_ids for fact_id in self._known(row_id))
        by_source: dict[str, list[CitedRelease]] = defaultdict(list)
        figures = Counter[str]()
        for key, release in self._releases.items():  # the newest first
            if key in met:
                by_source[release.source].append(release)
                figures[release.source] += met[key]
        order = sorted(by_source, key=lambda source: (source in self._populations, -figures[source]))
        return [(by_source[source][0], len(by_source[source]) - 1) for source in order]

    def shards(self, pages: Mapping[str, Sequence[str]]) -> dict[str, str]:
        """What each page needs to say where its rows come from, as a script; the texts and releases are those of `names`."""
        wanted = {fact_id for row_ids in pages.values() for row_id in row_ids for fact_id in self._known(row_id)[:MOST]}
        rows_by_id = {row["row_id"]: row for row in self._asked.rows(TOLD, sorted(wanted))}
        return {page: self._shard(row_ids, rows_by_id) for page, row_ids in pages.items()}

    def _shard(self, row_ids: Sequence[str], rows_by_id: Mapping[str, Record]) -> str:
        facts = _Once()
        rows = list[list[Any]]()
        for row_id in row_ids:
            known = self._known(row_id)
            # Ids are made of few parts ("force_comparison:19C:E23000032:..."), each told once for the whole site.
            parts = [self._words.place(part) for part in row_id.split(":")]
            rows.append([parts, [facts.place(fact_id) for fact_id in known[:MOST]], max(len(known) - MOST, 0)])
        listed = [self._fact(rows_by_id[fact_id]) for fact_id in facts.given]
        return f"window.darkfigureWhere={script({'facts': listed, 'rows': rows})};\n"

    def names(self) -> str:
        """The texts and releases of all shards written so far, as a script: each once for the whole site."""
        named = [
            [release.title, release.publisher, release.released, release.anchor, release.url]
            for release in (
                self._releases.get(key) or CitedRelease("", "", key, "", "", "") for key in self._named.given
            )
        ]
        return f"window.darkfigureNames={script({'words': list(self._words.given), 'releases': named})};\n"

    def _known(self, row_id: str) -> list[str]:
        """The facts below a row, each row looked at once."""
        if row_id not in self._reached:
            self._reached[row_id] = [fact_id for fact_id in self._below(row_id) if fact_id in self._facts]
        return self._reached[row_id]

    def _below(self, row_id: str) -> Iterator[str]:
        """The row itself and everything below it, nearest first, each once."""
        seen, level = {row_id}, [row_id]
        while level:
            yield from level
            below = [input_id for each in level for input_id in self._inputs.get(each, [])]
            level = [input_id for input_id in dict.fromkeys(below) if input_id not in seen]
            seen.update(level)

    def _fact(self, row: Record) -> list[Any]:
        """What it is, as printed, release, table, cell, citation: texts by their place."""
        words = self._words
        what = wording.sentence(row["definition"] or row["what"])
        printed = row["printed"] or ("" if row["value"] is None else wording.number(row["value"]))
        release = self._facts[row["row_id"]]
        unit = "" if any(sign in printed for sign in "%£") or not printed else (row["unit"] or "")
        return [
            words.place(what if len(what) < LONGEST else f"{what[:LONGEST]} \N{HORIZONTAL ELLIPSIS}"),
            f"{printed} {unit}".strip(),
            -1 if release is None else self._named.place(release),
            words.place(row["sheet"] or ""),
            wording.cells(row["cell"] or ""),
            words.place(row["citation"] or ""),
        ]


class _Once:
    """Texts in the order in which they were met, each once."""

    def __init__(self) -> None:
        self.given: dict[str, int] = {}

    def place(self, text: str) -> int:
        """The place of a text."""
        return self.given.setdefault(text, len(self.given))


def script(given: object) -> str:
    """A value as JavaScript that may stand in a file of its own, its order kept."""
    text = json.dumps(given, ensure_ascii=False, separators=(",", ":"))
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _release(row: Record) -> CitedRelease:
    url = row["url"] or ""
    return CitedRelease(
        source=row["source"],
        anchor=f"release-{row['source']}-{row['release']}".replace(" ", "-"),
        title=row["title"],
        publisher=row["publisher"],
        released=wording.day_words(row["released"]),
        url=url if url.startswith(("https://", "http://")) else "",
    )
