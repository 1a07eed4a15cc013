"""The ledger of a document to be carried elsewhere: JSON, CSV, and ClaimReview (schema.org) for faults that a person has signed.

No more of the document goes out than each claim's short wording. References: schema.org/ClaimReview; W3C Web Annotation Data
Model, section 4.2.4 (text quote selector).
"""

import csv
import datetime
import io
import json
from typing import Any

from assets.statement.claims.document import Document
from assets.statement.claims.judge import JudgedClaim, Judgement
from assets.statement.claims.ledger import claim_rows, conflict_rows
from assets.statement.scan.scan import Place, Scan
from assets.tables.records import records
from assets.words.plain import no_formula
from assets.words.problems import cannot
from schemas.rows import AnyRow

CONTEXT = 32  # letters before and after a quotation, in a selector


def ledger_json(document: Document, judgement: Judgement) -> str:
    """Document, claims with verdicts, and the sets that cannot all be true."""
    claims = [_plain(row) for row in records(claim_rows(document, judgement.claims.values()))]
    conflicts = [_plain(row) for row in records(conflict_rows(document, judgement))]
    about = document.document.model_dump(mode="json", exclude_none=True)
    content = {"document": about, "claims": claims, "conflicts": conflicts, "complete": judgement.arithmetic.complete}
    return json.dumps(content, indent=1, ensure_ascii=False) + "\n"


def ledger_csv(document: Document, judgement: Judgement) -> str:
    """The claims as a table; lists are joined by semicolons."""
    rows = [_plain(row) for row in records(claim_rows(document, judgement.claims.values()))]
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(rows[0])
    writer.writerows([_cell(value) for value in row.values()] for row in rows)
    return text.getvalue()


def claim_reviews(document: Document, judgement: Judgement) -> str:
    """ClaimReview as JSON-LD, one for each fault that is signed as it now reads."""
    signed = [judged for judged in judgement.claims.values() if judged.is_signed(document)]
    return json.dumps([_review(document, judged) for judged in signed], indent=1, ensure_ascii=False) + "\n"


def signature(document: Document, judgement: Judgement, key: str, by: str, date: str) -> str:
    """The lines that a person puts under a claim to sign its fault; BadInput where there is no fault."""
    judged = judgement.claims.get(key)
    if judged is None or judged.weight != "fault":
        found = "no such claim" if judged is None else f"a claim with weight {judged.weight}"
        faults = (
            ", ".join(name for name, other in judgement.claims.items() if other.weight == "fault") or "there is none"
        )
        raise cannot("Nothing to sign", document.place(key), found, f"a fault: {faults}", "Only faults are signed.")
    return (
        f"# {judged.sentence}\n# Put this under the claim {key} once you have read it and stand by it:\n"
        f"  signed: {{by: {json.dumps(by, ensure_ascii=False)}, date: {date}, finding: {judged.fingerprint(document)}}}\n"
    )


def annotations(document: Document, judgement: Judgement, scanned: Scan) -> list[dict[str, Any]]:
    """Each claim in its places as a W3C annotation with a text quote selector."""
    return [
        {
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "type": "Annotation",
            "id": f"{document.row_id(key)}#{number}",
            "motivation": "assessing",
            "body": {"type": "TextualBody", "format": "text/plain", "value": f"{judged.verdict}: {judged.sentence}"},
            "target": {"source": document.document.url or scanned.text.name, "selector": selector(scanned, place)},
        }
        for key, judged in judgement.claims.items()
        for number, place in enumerate(scanned.places.get(key, ()), start=1)
    ]


def selector(scanned: Scan, place: Place) -> dict[str, str]:
    """A text quote selector: the wording, and a few letters before and after it."""
    block, start, end = place
    text = scanned.text.blocks[block - 1]
    before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
    return {"type": "TextQuoteSelector", "exact": text[start:end], "prefix": before, "suffix": after}


def _review(document: Document, judged: JudgedClaim) -> dict[str, Any]:
    about, claim = document.document, judged.claim
    assert claim.signed is not None
    answers = [("Reply", claim.reply), ("Correction", claim.correction)]
    answers_told = [
        f"{name} of {answer.by}, {answer.date:%d %B %Y}: {answer.text}" for name, answer in answers if answer
    ]
    work: dict[str, Any] = {"@type": "CreativeWork", "name": about.title} | ({"url": about.url} if about.url else {})
    return {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "datePublished": claim.signed.date.isoformat(),
        "author": {"@type": "Person", "name": claim.signed.by},
        "claimReviewed": claim.printed,
        "reviewBody": " ".join([judged.sentence, *answers_told]),
        "reviewRating": {
            "@type": "Rating", "ratingValue": 1, "bestRating": 5, "worstRating": 1,
            "alternateName": judged.verdict.replace("_", " "),
        },
        "itemReviewed": {
            "@type": "Claim",
            "author": {"@type": "Organization", "name": about.publisher},
            "datePublished": about.published,
            "appearance": work,
        },
    }  # fmt: skip


def _plain(row: AnyRow) -> dict[str, Any]:
    """A row with dates as text; records have None for whatever is empty."""
    return {name: value.isoformat() if isinstance(value, datetime.date) else value for name, value in row.items()}


def _cell(value: object) -> object:
    if isinstance(value, list):
        return "; ".join(map(str, value))
    return no_formula(value) if isinstance(value, str) else value
