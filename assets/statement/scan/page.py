"""A local page of a document that somebody brought: its text, what is said of its numbers, the claims and the verdict on each.

The page holds the whole text, so it stays with whoever has the document; what is published holds only short quotations.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from jinja2 import Environment, FileSystemLoader

from assets.statement.claims.document import Document
from assets.statement.claims.findings import GRAVITY
from assets.statement.claims.judge import JudgedClaim, Judgement
from assets.statement.scan.export import annotations
from assets.statement.scan.scan import Scan
from assets.statement.scan.verdicts import KINDS, Remark, Verdict, in_counts, remarks, verdicts
from assets.tables.records import grouped
from schemas.codes import CLAIM_ARITHMETIC, CLAIM_COMPARABILITY, CLAIM_VERDICT, CLAIM_WEIGHT

WEIGHTS = list(CLAIM_WEIGHT)
Claims = Mapping[str, JudgedClaim]


@dataclass(frozen=True)
class PagePiece:
    """A stretch of text under the same claims, or the same number: their keys, how grave, and what is said of a number that none
    covers."""

    text: str
    claims: tuple[str, ...]
    weight: str
    remarked: bool
    open: str


@dataclass(frozen=True)
class PageBlock:
    """One block of the text, and the claims and remarks beside it."""

    number: int
    pieces: Sequence[PagePiece]
    beside: Sequence[JudgedClaim]
    remarks: Sequence[Remark]


def page(scanned: Scan, ledger: tuple[Document, Judgement] | None = None) -> str:
    """The page as HTML, complete in itself; with the ledger of its claims file, where there is one."""
    document, claims = (ledger[0], ledger[1].claims) if ledger else (None, {})
    remarks_by_block = grouped(remarks(scanned), lambda remark: remark.mention.block)
    told = verdicts(scanned)
    blocks = [
        _block(number, text, claims, scanned, remarks_by_block[number], told)
        for number, text in enumerate(scanned.text.blocks, start=1)
    ]
    weights = [judged.weight for judged in claims.values()]
    kinds = [remark.kind for beside in remarks_by_block.values() for remark in beside]
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent), autoescape=True, trim_blocks=True, lstrip_blocks=True
    )
    return environment.get_template("page.html.j2").render(
        about=document.document if document else None,
        name=scanned.text.name,
        blocks=blocks,
        lost=[claims[key] for key in scanned.misplaced],
        counts={weight: weights.count(weight) for weight in WEIGHTS},
        kinds={kind: kinds.count(kind) for kind in KINDS if kind in kinds},
        to_look_at=KINDS,
        told=in_counts(told),
        meanings=CLAIM_WEIGHT,
        verdicts=CLAIM_VERDICT,
        arithmetic=CLAIM_ARITHMETIC,
        comparability=CLAIM_COMPARABILITY,
        unseen=sum(mention.open and mention.proposed is None for mention in scanned.mentions),
        annotations=_annotations(*ledger, scanned) if ledger else None,
    )


def _annotations(document: Document, judgement: Judgement, scanned: Scan) -> str:
    return json.dumps(annotations(document, judgement, scanned), ensure_ascii=False).replace("<", "\\u003c")


def _block(
    number: int, text: str, claims: Claims, scanned: Scan, remarks_of_block: Sequence[Remark], told: Sequence[Verdict]
) -> PageBlock:
    spans = [
        (start, end, key) for key, places in scanned.places.items() for block, start, end in places if block == number
    ]
    numbers = {
        (each.mention.start, each.mention.end): f"{each.verdict}: {each.why}"
        for each in told
        if each.mention.block == number and each.mention.open and not each.mention.proposed
    }
    gravest_last = sorted(remarks_of_block, key=lambda remark: remark.to_look_at)
    remarked = {
        (remark.mention.start, remark.mention.end): "look" if remark.to_look_at else "held" for remark in gravest_last
    }
    places = [*((start, end) for start, end, _ in spans), *numbers, *remarked]
    pieces = []
    for first, last in pairwise(sorted({0, len(text), *(cut for place in places for cut in place)})):
        keys = tuple(dict.fromkeys(key for start, end, key in spans if start <= first and last <= end))
        how_remarked = next((how for (start, end), how in remarked.items() if start <= first and last <= end), None)
        opened = next((said for (start, end), said in numbers.items() if start <= first and last <= end), "")
        pieces.append(
            PagePiece(
                text[first:last],
                keys,
                _gravest(claims, keys) if keys else how_remarked or "none",
                bool(how_remarked),
                opened,
            )
        )
    beside = [claims[key] for key in dict.fromkeys(key for *_, key in sorted(spans))]
    return PageBlock(number, pieces, sorted(beside, key=lambda claim: GRAVITY[claim.verdict]), remarks_of_block)


def _gravest(claims: Claims, keys: Iterable[str]) -> str:
    return min((claims[key].weight for key in keys), key=WEIGHTS.index, default="none")
