"""A text looked up among the figures that are held, from its beginning to its end: what a sentence says goes for the next one."""

from collections.abc import Collection, Iterable, Iterator

from assets.archive.reading.periods import Period, named
from assets.statement.changed import Changed, changed
from assets.statement.figures import Near
from assets.statement.held import Held, held
from assets.statement.published_figures import Published
from assets.statement.sentence import Sentence, counts
from assets.statement.table_figures import Place, of_table
from assets.statement.texts import Text


class LookingUp:
    """near: see `figures.Near`; published: what is held"""

    def __init__(self, text: Text, near: Near, published: Published) -> None:
        self._near, self._published = near, published
        self._periods: list[Period] = []
        self._about: frozenset[str] = frozenset()
        self._last: Held | None = None
        self._tables = {min(cell.block for row in table for cell in row): table for table in text.tables}
        self._cells = set[Place]()
        self.found: dict[Place, Held | Changed] = {}
        """What was found so far, by block and where it begins."""

    def block(self, number: int, text: str, said: Iterable[Sentence], worked: Collection[int]) -> None:
        """The next block. said: its sentences; worked: where a figure begins that its sentence or table lets be worked out"""
        if table := self._tables.get(number):
            cells = of_table(table, self._near, self._published, self._periods, self._about)
            self._cells |= cells.keys()
            self.found |= {place: fact for place, fact in cells.items() if fact}
        for sentence in said:
            for start, fact in self._of_sentence(sentence, text, worked):
                if (number, start) not in self._cells:
                    self.found[number, start] = fact

    def _of_sentence(
        self, sentence: Sentence, block: str, worked: Collection[int]
    ) -> Iterator[tuple[int, Held | Changed]]:
        words = block[sentence.start : sentence.start + len(sentence.text)]
        self._about = self._published.topics.said(words, self._about)
        facts = dict(held(self._published, sentence, words, self._periods, self._about))
        moved = dict(changed(self._published, sentence, words, self._periods, facts, self._last))
        unworked = {one: change for one, change in moved.items() if one.start not in worked}
        yield from ((one.start, fact) for one, fact in (facts | unworked).items())
        numbers = [one for one in sentence.figures if counts(one)]
        self._last = facts.get(numbers[0]) if len(numbers) == 1 else None
        self._periods = named(words) or self._periods  # a sentence that names no period is of the one named last
