"""A local page of a document that somebody brought: its text, the claims highlighted in place, the verdict beside each.

The page holds the whole text, so it stays with whoever has the document; what is published holds only short quotations.
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from assets.statement.document import Document
from assets.statement.export import annotations
from assets.statement.findings import GRAVITY
from assets.statement.judge import Judged, Judgement
from assets.statement.scan import Scan
from schemas.codes import CLAIM_ARITHMETIC, CLAIM_COMPARABILITY, CLAIM_VERDICT, CLAIM_WEIGHT

WEIGHTS = list(CLAIM_WEIGHT)


@dataclass(frozen=True)
class Piece:
    """A stretch of text under the same claims: their keys, the gravest weight, and which of them begin here."""

    text: str
    claims: tuple[str, ...]
    weight: str
    begins: tuple[str, ...]
    open: bool


@dataclass(frozen=True)
class Block:
    """One block of the text and the claims beside it."""

    number: int
    pieces: Sequence[Piece]
    beside: Sequence[Judged]


def page(document: Document, judgement: Judgement, scanned: Scan) -> str:
    """The page as HTML, complete in itself."""
    blocks = [_block(number, text, judgement, scanned) for number, text in enumerate(scanned.text.blocks, start=1)]
    weights = [one.weight for one in judgement.claims.values()]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html.j2").render(
        about=document.document,
        name=scanned.text.name,
        blocks=blocks,
        lost=[judgement.claims[key] for key in scanned.misplaced],
        counts={weight: weights.count(weight) for weight in WEIGHTS},
        meanings=CLAIM_WEIGHT,
        verdicts=CLAIM_VERDICT,
        arithmetic=CLAIM_ARITHMETIC,
        comparability=CLAIM_COMPARABILITY,
        unseen=sum(mention.open and mention.proposed is None for mention in scanned.mentions),
        annotations=json.dumps(annotations(document, judgement, scanned), ensure_ascii=False).replace("<", "\\u003c"),
    )


def _block(number: int, text: str, judgement: Judgement, scanned: Scan) -> Block:
    spans = [
        (start, end, key) for key, places in scanned.places.items() for block, start, end in places if block == number
    ]
    opened = [
        (one.start, one.end) for one in scanned.mentions if one.block == number and one.open and one.proposed is None
    ]
    cuts = sorted(
        {0, len(text), *(cut for span in spans for cut in span[:2]), *(cut for span in opened for cut in span)}
    )
    pieces = []
    for first, last in pairwise(cuts):
        over = [(start, key) for start, end, key in spans if start <= first and last <= end]
        keys = tuple(dict.fromkeys(key for _, key in over))
        begins = tuple(dict.fromkeys(key for start, key in over if start == first))
        pieces.append(Piece(text[first:last], keys, _gravest(judgement, keys), begins,
                            any(start <= first and last <= end for start, end in opened)))  # fmt: skip
    beside = [judgement.claims[key] for key in dict.fromkeys(key for *_, key in sorted(spans))]
    return Block(number, pieces, sorted(beside, key=lambda one: GRAVITY[one.verdict]))


def _gravest(judgement: Judgement, keys: Iterable[str]) -> str:
    weights = [judgement.claims[key].weight for key in keys]
    return min(weights, key=WEIGHTS.index, default="none")
