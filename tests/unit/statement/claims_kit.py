"""Small documents for tests of the ledger: claims as short lines, judged without any published table."""

import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from assets.methods.interval import Interval
from assets.methods.rounding import Near
from assets.statement.claims.claims_file import read_claims
from assets.statement.claims.document import Document
from assets.statement.claims.judge import Judgement, judge
from assets.statement.claims.lookups import Facts, Lookup

NEAR = Near(Fraction(1, 20), Fraction(1, 10))
OTHER_WINDOW = Interval.closed(Fraction(4, 5), Fraction(5, 4))
COUNT = {"section": "s", "kind": "count", "unit": "offences", "scope": "ons_prc"}
SHARE = COUNT | {"kind": "share", "unit": "percent"}


def odt(path: Path, body: str) -> None:
    """Write an OpenDocument text; body: the elements of its text."""
    names = "".join(
        f' xmlns:{of}="urn:oasis:names:tc:opendocument:xmlns:{of}:1.0"'
        for of in ("office", "table", "text", "draw", "svg")
    )
    with zipfile.ZipFile(path, "w") as packed:
        packed.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        packed.writestr("content.xml", f"<office:document-content{names}><office:body><office:text>{body}</office:text>"
                        "</office:body></office:document-content>")  # fmt: skip


def claim(
    key: str, figure: str | None = None, *checks: dict[str, Any], share: bool = False, **more: Any
) -> dict[str, Any]:
    """A claim with its figure; a need where nothing checks it."""
    made: dict[str, Any] = {"id": key, "printed": figure or key, "says": f"Figure {key}", **(SHARE if share else COUNT)}
    made |= {"figure": figure} if figure else {}
    made |= {"checks": list(checks)} if checks else {} if "repeat_of" in more else {"needs": "The table."}
    return made | more


def content(*claims: dict[str, Any], **more: Any) -> dict[str, Any]:
    """A claims file's content."""
    about = {"key": "doc", "title": "A", "publisher": "B", "published": "2024"}
    return {"document": about, "claims": list(claims), **more}


def written(folder: Path, *claims: dict[str, Any], **more: Any) -> Path:
    """A claims file."""
    path = folder / "claims.yaml"
    path.write_text(yaml.safe_dump(content(*claims, **more), sort_keys=False, allow_unicode=True), encoding="utf-8")
    return path


def read(folder: Path, *claims: dict[str, Any], **more: Any) -> Document:
    """A claims file, read."""
    return read_claims(written(folder, *claims, **more), NEAR)


def judged(folder: Path, *claims: dict[str, Any], **more: Any) -> Judgement:
    """A claims file, judged with no published table."""
    document = read(folder, *claims, **more)
    return judge(document, Lookup(document, Facts({}, pd.DataFrame())), [], OTHER_WINDOW)
