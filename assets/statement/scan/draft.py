"""What a scan says, and the draft of a claims file that a person completes."""

import re
from collections.abc import Iterable, Iterator

import yaml

from assets.statement.scan.scan import Scan
from assets.statement.scan.verdicts import KINDS, UNTESTED, WORKED_OUT, Verdict, in_counts, remarks, verdicts
from assets.statement.text.mentions import COMPARISON, NUMBER, Mention
from assets.statement.text.nouns import unit_behind
from assets.tables.records import grouped
from assets.words.numerals import PrintedNumber
from assets.words.plain import plain
from assets.words.wording import number_of

LONGEST = 100  # letters of a quotation
HEAD = """\
# A draft, made from the text of {name}.
# To complete: the head; `says` and `scope` of every claim (what is claimed, in your own words; which system counted it); checks
# where something can be worked out. A number that is held in the published file has its period, scope and check: look at each.
# What makes no claim is moved to `dismissed`, with the reason.
# The form: data/statement/README.md, or `darkfigure claims schema`.
"""


def coverage_report(scan: Scan, every: bool = False) -> str:
    """How much of a text is covered, what is open, and which claims do not stand in it; `every`: all mentions."""
    counts = {kind: [mention for mention in scan.mentions if mention.kind == kind] for kind in (NUMBER, COMPARISON)}
    lines = [f"{scan.text.name}: {number_of(len(scan.text.blocks), 'block')}"]
    for kind, name in ((NUMBER, "numbers"), (COMPARISON, "comparative words")):
        of_kind = counts[kind]
        covered, dismissed = (
            sum(bool(mention.covered) for mention in of_kind),
            sum(mention.dismissed is not None for mention in of_kind),
        )
        proposed = sum(mention.open and mention.proposed is not None for mention in of_kind)
        lines.append(
            f"{name}: {len(of_kind):,}; covered by a claim {covered:,}; dismissed with a reason {dismissed:,}; "
            f"open {len(of_kind) - covered - dismissed:,} (of these {proposed:,} plainly dates, marks or names)"
        )
    if worked := [mention for mention in scan.mentions if mention.worked]:
        differ = sum(not mention.holds for mention in worked)
        lines.append(f"worked out from their own sentence or table: {len(worked):,}; of these do not agree {differ:,}")
    told = verdicts(scan)
    lines.append(f"each number once, against what is held: {in_counts(told)}")
    remarks_by_kind = grouped(remarks(scan), lambda remark: remark.kind)
    for kind in KINDS:
        here = remarks_by_kind[kind] if kind != WORKED_OUT else []
        lines += ["", f"{kind[0].upper()}{kind[1:]}:"] if here else []
        lines += [f"    {_line(remark.mention)}\n        {remark.words}" for remark in here]
    shown = [mention for mention in scan.mentions if every or (mention.open and mention.proposed is None)]
    lines += ["", "All:" if every else "Open:"] if shown else []
    why = {each.mention.place: _verdict_line(each) for each in told}
    lines += [f"    {_line(mention)}{why[mention.place]}" for mention in shown]
    if scan.misplaced:
        lines += ["", "Claims whose `printed` does not stand in the text:", *(f"    {key}" for key in scan.misplaced)]
    return plain("\n".join(lines))


def is_complete(scan: Scan) -> bool:
    """Is every mention covered or dismissed, and every claim in its place? Dates, marks and names need no more."""
    return not scan.misplaced and not any(mention.open and mention.proposed is None for mention in scan.mentions)


def draft(scan: Scan) -> str:
    """A claims file of what is open: a claim for each number and comparison, dismissals proposed with their reasons."""
    opened = [mention for mention in scan.mentions if mention.open]
    key = re.sub(r"[^a-z0-9]+", "_", scan.text.name.rsplit(".", 1)[0].lower()).strip("_") or "document"
    content = {
        "document": {"key": key, "title": scan.text.name, "publisher": "", "published": ""},
        "claims": list(_claims(scan, (mention for mention in opened if mention.proposed is None))),
        "dismissed": list(_dismissed(scan, (mention for mention in opened if mention.proposed is not None))),
    }
    given = {name: part for name, part in content.items() if part or name != "dismissed"}
    text = yaml.safe_dump(given, sort_keys=False, allow_unicode=True, width=110)
    return HEAD.format(name=scan.text.name) + text


def _claims(scan: Scan, mentions: Iterable[Mention]) -> Iterator[dict[str, object]]:
    seen: dict[str, int] = {}
    for mention in mentions:
        seen[f"{mention.block}"] = number = seen.get(f"{mention.block}", 0) + 1
        claim: dict[str, object] = {"id": f"b{mention.block}-{number}", "section": "text", "paragraph": mention.block}
        claim["printed"] = quotation(scan.text.blocks[mention.block - 1], mention.start, mention.end)
        kind, unit = _kind(mention)
        if mention.figure is not None:
            claim["figure"] = " ".join(mention.text.split())
        figure = scan.held.get(mention.place)
        if figure is None or not figure.agrees:
            claim |= {"says": "", "kind": kind}
            claim |= {"unit": unit} if unit else {}
            yield claim | {"scope": "", "needs": "What would be needed to check it."}
            continue
        row = figure.row
        claim |= {"says": "", "kind": kind} | ({"unit": figure.unit} if figure.unit else {})
        claim |= {"period": f"{row['period_start']}..{row['period_end']}", "scope": figure.figure.scope}
        yield claim | {"checks": [figure.check()]}


def _dismissed(scan: Scan, mentions: Iterable[Mention]) -> Iterator[dict[str, str]]:
    seen = set()
    for mention in mentions:
        text = quotation(scan.text.blocks[mention.block - 1], mention.start, mention.end, 40)
        if text not in seen:
            seen.add(text)
            yield {"text": text, "why": mention.proposed or ""}


def quotation(block: str, start: int, end: int, most: int = 80) -> str:
    """The words around a place, whole, up to so many letters; never more than a short quotation."""
    left, right = start, end
    while True:
        before, after = block.rfind(" ", 0, max(0, left - 1)), block.find(" ", right + 1)
        before, after = (before + 1 if before >= 0 else 0), (after if after >= 0 else len(block))
        grown = False
        if after > right and after - left <= most and not re.search(r"[.;:!?]$", block[left:right]):
            right, grown = after, True
        if before < left and right - before <= most and (right - before < most // 2 or not grown) and left > 0:
            if re.search(r"[.;:!?]\s$", block[max(0, left - 2) : left]):
                if not grown:
                    break
                continue
            left, grown = before, True
        if not grown:
            break
    return " ".join(block[left:right].split())[:LONGEST]


def _kind(mention: Mention) -> tuple[str, str | None]:
    """A first guess of the kind of claim and its unit, for a person to look at."""
    figure: PrintedNumber | None = mention.figure
    if figure is None:
        return ("relation", None) if mention.kind == COMPARISON else ("name", None)
    after = mention.after.lower()
    if figure.money:
        return "money", {"£": "gbp", "$": "usd", "€": "eur"}[figure.money]
    if figure.form == "multiple":
        return "ratio", "times"
    if figure.points or re.match(
        r"\s*(?:increase|rise|growth|fall|drop|decrease|reduction|decline|more|less|higher|lower)", after
    ):
        return "change", "percent" if figure.percent else None
    if figure.percent or figure.whole is not None:
        return ("share" if 0 <= figure.value <= 100 else "change"), "percent"
    if match := re.match(r"\s*(years?|months?|weeks?|days?|hours?|minutes?)\b", after):
        return "duration", f"{match[1].rstrip('s')}s"
    return "count", unit_behind(after)


def _verdict_line(told: Verdict) -> str:
    return f"\n        {told.verdict}{f': {told.why}' if told.verdict == UNTESTED else ''}"


def _line(mention: Mention) -> str:
    state = f"covered by {', '.join(mention.covered)}" if mention.covered else f"dismissed: {mention.dismissed}"
    state_told = "" if mention.open else f" ({state})"
    return f"block {mention.block}, {mention.kind}: ...{mention.before}[{mention.text}]{mention.after}...{state_told}"
