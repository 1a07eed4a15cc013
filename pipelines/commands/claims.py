"""`darkfigure claims`: the ledger of the Statement's claims, and the same over anybody's document."""

import argparse
import csv
import datetime
import json
import sys
from collections.abc import Callable
from pathlib import Path

from assets.published.replacing import replace
from assets.reference.read import read_reference
from assets.statement.claims.answer import check_file, claims_by_verdict
from assets.statement.claims.document import Document, schema
from assets.statement.claims.judge import Judgement
from assets.statement.claims.ledger import CLAIMS, INPUTS, judged_document, lookup, other_window, read_document
from assets.statement.claims.lookups import series_like
from assets.statement.claims.mutants import mutants, mutants_in_text, share_noticed
from assets.statement.quoted.published_figures import PublishedFigures
from assets.statement.scan.draft import coverage_report, draft, is_complete
from assets.statement.scan.export import claim_reviews, ledger_csv, ledger_json, signature
from assets.statement.scan.page import page
from assets.statement.scan.scan import Scan, scan
from assets.statement.text.figures import near
from assets.statement.text.texts import text_of
from assets.words.plain import plain
from assets.words.problems import BadInput
from assets.words.wording import number_of
from pipelines.commands.folders import chosen_settings
from pipelines.commands.published import frames
from pipelines.commands.stop import WRONG_CALL, Stop

ASSUMED = ("reference.assumption",)
# What is asked beside the facts.
BESIDE = (
    "reference.series", "reference.area", "meta.release", "reference.comparability_break", "reference.canonical_table",
    "reference.figure_word", "reference.relation", "reference.spelling",
)  # fmt: skip
ENOUGH = 0.95
LEDGER = ("statement.claim", "statement.conflict")
NEW_FAULT = 4
SHOWN = 12


def claims(chosen: argparse.Namespace) -> None:
    """Run one action on claims; Stop where a verdict or a file does not exist, or the file is not as documented."""
    run = ACTIONS.get(chosen.action)
    try:
        (run or _ledger)(chosen)
    except BadInput as error:
        raise Stop(error.paragraph(), WRONG_CALL if "verdict" in error.what else 1) from None


def _ledger(chosen: argparse.Namespace) -> None:
    """Claims of the Statement, as published."""
    ledger, conflict = frames(chosen, LEDGER).values()
    sys.stdout.write(f"{claims_by_verdict(ledger, conflict, _wanted(chosen))}\n")


def _check(chosen: argparse.Namespace) -> None:
    """A claims file; it ends with 4 where a fault is found that nobody has signed or named as known."""
    known = _known(chosen.known) if chosen.known else set()
    answer, new = check_file(_file(chosen), frames(chosen, INPUTS.values()), _wanted(chosen), known)
    sys.stdout.write(f"{answer}\n")
    if new:
        faults = f"{number_of(len(new), 'fault')} that nobody has signed and --known does not name"
        raise Stop(f"{faults}: {', '.join(new)}.", NEW_FAULT)


def _series(chosen: argparse.Namespace) -> None:
    """Series whose key or definition has all the words, or else those that have the most of them."""
    words = [word for text in chosen.words for word in text.split()]
    rows, most = series_like(frames(chosen, ["reference.series", *INPUTS.values()]), words)
    if most < len(words):
        near = "".join(f"\n{line}" for line in rows[:SHOWN])
        raise Stop(
            f"No series has all of these words: {' '.join(words)}." + (f" With {most} of them:{near}" if near else "")
        )
    sys.stdout.write("".join(f"{line}\n" for line in rows))


def _schema(chosen: argparse.Namespace) -> None:
    """The form of a claims file as JSON Schema."""
    sys.stdout.write(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n")


def _scan(chosen: argparse.Namespace) -> None:
    """The numbers and comparative words of a text; it ends with 4 where a claims file leaves some open."""
    document = read_document(chosen.claims, frames(chosen, ASSUMED), str(chosen.claims)) if chosen.claims else None
    scan = _scanned(chosen, document)
    sys.stdout.write(f"{coverage_report(scan, chosen.all)}\n")
    if chosen.draft:
        _write(chosen.draft, draft(scan))
    if document is not None and not is_complete(scan):
        raise Stop("The claims file does not yet cover the text.", NEW_FAULT)


def _scanned(chosen: argparse.Namespace, document: Document | None) -> Scan:
    allowed = near({"reference.assumption": read_reference(chosen_settings(chosen).data, ASSUMED[0])})
    return scan(text_of(_file(chosen)), document, allowed, _published(chosen))


def _published(chosen: argparse.Namespace) -> PublishedFigures | None:
    """What numbers of a text are looked up in; None, and a line that says so, where nothing was published yet."""
    try:
        tables = frames(chosen, [*dict.fromkeys((*BESIDE, *INPUTS.values()))])
    except Stop as none:
        sys.stderr.write(f"No number is looked up: {none}\n")
        return None
    facts = {key: frame for key, frame in tables.items() if {"series", "value"} <= set(frame.columns)}
    return PublishedFigures(facts, *(tables[key] for key in BESIDE))


def _page(chosen: argparse.Namespace) -> None:
    """The text of a document with what is said of its numbers, and its claims with the verdicts, as a page of its own."""
    ledger = _judged(chosen, chosen.claims) if chosen.claims else None
    scan = _scanned(chosen, ledger[0] if ledger else None)
    _write(chosen.to or Path(f"{scan.text.name}.claims.html"), page(scan, ledger))


def _export(chosen: argparse.Namespace) -> None:
    """The ledger of a claims file as JSON and CSV, and ClaimReview for the faults that are signed."""
    document, judgement = _judged(chosen, _file(chosen))
    folder = chosen.to or Path()
    folder.mkdir(parents=True, exist_ok=True)
    made = {"json": ledger_json, "csv": ledger_csv, "claimreview.json": claim_reviews}
    for ending, make in made.items():
        _write(folder / f"{document.key}.{ending}", make(document, judgement), over=True)


def _sign(chosen: argparse.Namespace) -> None:
    """The lines by which a person signs a fault."""
    if len(chosen.words) != 2 or not chosen.by:
        raise Stop("darkfigure claims sign FILE.yaml CLAIM --by NAME", WRONG_CALL)
    path, claim = Path(chosen.words[0]), chosen.words[1]
    chosen.words = [str(path)]
    document, judgement = _judged(chosen, _file(chosen))
    sys.stdout.write(plain(signature(document, judgement, claim, chosen.by, datetime.date.today().isoformat())))


def _mutants(chosen: argparse.Namespace) -> None:
    """Every figure changed on purpose, and whether the ledger notices; it ends with 4 below 95%."""
    tables = frames(chosen, INPUTS.values())
    path = _file(chosen) if chosen.words else chosen_settings(chosen).data / CLAIMS
    document, judgement = _judged(chosen, path)
    tried = list(mutants(document, judgement, lookup(document, tables), near(tables), other_window(tables)))
    sys.stdout.write(f"{plain(mutants_in_text(tried))}\n")
    if share_noticed(tried) < ENOUGH:
        raise Stop(f"Fewer than {ENOUGH:.0%} of the changes are noticed.", NEW_FAULT)


ACTIONS: dict[str | None, Callable[[argparse.Namespace], None]] = {
    "check": _check, "scan": _scan, "series": _series, "page": _page, "export": _export, "sign": _sign, "mutants": _mutants,
    "schema": _schema,
}  # fmt: skip


def _judged(chosen: argparse.Namespace, path: Path) -> tuple[Document, Judgement]:
    tables = frames(chosen, INPUTS.values())
    document = read_document(path, tables, str(path))
    return document, judged_document(document, tables)


def _write(path: Path, text: str, over: bool = False) -> None:
    """A file, whole or not at all; a draft or page that stands is not written over."""
    if path.exists() and not over:
        raise Stop(f"{path} stands already; name another file, or remove it.", WRONG_CALL)
    replace(path, lambda new: new.write_text(text, encoding="utf-8"))
    sys.stdout.write(f"{path}\n")


def _file(chosen: argparse.Namespace) -> Path:
    if len(chosen.words) != 1 or not Path(chosen.words[0]).is_file():
        raise Stop(f"{' '.join(chosen.words) or 'FILE'}: there is no such file.", WRONG_CALL)
    return Path(chosen.words[0])


def _wanted(chosen: argparse.Namespace) -> list[str]:
    return [verdict.strip() for verdict in (chosen.verdict or "").split(",") if verdict.strip()]


def _known(path: Path) -> set[tuple[str, str, str]]:
    """Faults that are known: a CSV file with the columns document, claim and verdict."""
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {(row["document"], row["claim"], row["verdict"]) for row in csv.DictReader(file)}
    except (OSError, KeyError, UnicodeDecodeError, csv.Error) as error:
        raise Stop(
            f"{path}: {error}; expected a CSV file with the columns document, claim and verdict.", WRONG_CALL
        ) from None
