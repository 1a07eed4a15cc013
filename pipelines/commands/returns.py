"""`darkfigure returns ...`: what a force does with its own return, and what the collection team does with all of them."""

import argparse
import datetime
import shutil
import tempfile
from collections.abc import Iterable
from pathlib import Path
from zipfile import is_zipfile

import duckdb
import pandas as pd

from assets.collection.comparisons import withheld
from assets.returns.file.beside import ARCHIVES, WORKBOOKS, filled_in
from assets.returns.file.manifest import (
    MANIFEST,
    UNKNOWN,
    Manifest,
    in_known_words,
    named_in,
    read_manifest,
    supplier_called,
)
from assets.returns.file.names import shown_name
from assets.returns.intake.chase import chased, league
from assets.returns.intake.intake import engine, examine, source_of, verdict, waiting
from assets.returns.intake.landed import Landed
from assets.returns.intake.records import kept, opened
from assets.returns.intake.report import still_aside, write_reports
from assets.returns.intake.spread import taken_in
from assets.returns.intake.store import MARK, Judged, Store, private
from assets.returns.rules.rules import Rules, read_rules
from assets.returns.supply.seal import seal_again
from assets.returns.supply.template import write_template
from assets.returns.synthetic.make import Plan, make
from assets.returns.synthetic.plant import plant
from assets.tables.asking import asking
from assets.tables.files import PRIVATE_FILE
from assets.tables.workspace import Workspace
from assets.words.problems import BadInput
from assets.words.wording import number_of
from pipelines.commands.folders import chosen_settings
from pipelines.commands.stop import WRONG_CALL, Stop
from pipelines.commands.tables import console, terminal_table

REFUSED, SET_ASIDE = 1, 3
LINES = 10


def returns(chosen: argparse.Namespace) -> None:
    """Run one of the commands about returns; Stop with an exit code that a script can read."""
    workspace = chosen_settings(chosen)
    try:
        rules = read_rules(workspace.data)
        ACTIONS[chosen.action](chosen, workspace, rules)
    except BadInput as error:
        raise Stop(error.paragraph()) from None
    except (FileExistsError, NotADirectoryError, IsADirectoryError, PermissionError) as error:
        raise Stop(
            f"{error.filename}: {error.strerror}. Name a folder that can be read and written.", WRONG_CALL
        ) from None


def _template(chosen: argparse.Namespace, space: Workspace, rules: Rules) -> None:
    supplier = _known(chosen.supplier, rules)
    if supplier not in rules.sending(chosen.quarter):
        raise Stop(f"{rules.when_sending(supplier)}, and nothing for {chosen.quarter}.", WRONG_CALL)
    for path in write_template(chosen.to, chosen.profile, supplier, chosen.quarter, rules):
        console().print(str(path), soft_wrap=True)


def _known(typed: str, rules: Rules) -> str:
    """The key of a supplier that somebody typed."""
    supplier = supplier_called(typed, rules)
    if supplier is None:
        raise Stop(f"There is no supplier {typed!r}; there are {', '.join(rules.suppliers)}.", WRONG_CALL)
    return supplier


def _check(chosen: argparse.Namespace, space: Workspace, rules: Rules) -> None:
    """Check a folder with a manifest, or a manifest; nothing is sent and nothing is kept but the report."""
    folder, manifest = _named_return(chosen.path, rules)
    target = chosen.report or folder / "report"
    with tempfile.TemporaryDirectory() as spilled, engine(Store(Path(spilled))) as connection:
        landed = Landed(manifest.supplier, folder, manifest)
        found_of = examine(connection, landed, rules, synthetic=manifest.synthetic, alone=True)
        judged = verdict(landed, found_of, rules)
        target.mkdir(parents=True, exist_ok=True)
        write_reports(connection, target, judged, rules, manifest.file)
        lines = connection.execute(
            f'SELECT line, reference, rule, "column", value, expected, remedy FROM explained LIMIT {LINES}'
        ).fetchall()
    _say(judged, rules, lines)
    console().print(f"Report: {target / 'report.html'}, report.csv, report.xlsx", soft_wrap=True)
    _end(judged)


def _folder(path: Path) -> Path:
    """The folder of a return that is named by its folder or by a file in it."""
    if not path.exists():
        raise Stop(f"{path}: there is no such file or folder.", WRONG_CALL)
    if path.is_file() and not (path.parent / MANIFEST).is_file():
        kind, unpack = path.suffix.lower(), "an archive. Unpack it"
        if kind.startswith(WORKBOOKS):
            unpack = "a workbook. Save its first sheet as CSV UTF-8 beside a manifest (`darkfigure returns template`)"
        if kind.startswith((*WORKBOOKS, *ARCHIVES)) or is_zipfile(path):
            raise Stop(f"{path}: {unpack}, and name the folder that has {MANIFEST} in it.", WRONG_CALL)
    return path if path.is_dir() else path.parent


def _named_return(path: Path, rules: Rules) -> tuple[Path, Manifest]:
    """The folder and the manifest of a return."""
    folder = _folder(path)
    manifest = read_manifest(folder / MANIFEST, rules)
    if path.is_file() and path.name not in (MANIFEST, manifest.file):
        raise Stop(
            f"{path}: the manifest beside it names {manifest.file}. Save it as that file, or name the folder.",
            WRONG_CALL,
        )
    if not (folder / manifest.file).is_file():
        beside = f"; {lying}" if (lying := filled_in(folder / manifest.file, lambda of: shown_name(of, rules))) else ""
        raise Stop(
            f"{folder / manifest.file}: there is no such file, and the manifest names it{beside}."
            " Save the rows there as CSV UTF-8.",
            WRONG_CALL,
        )
    return folder, manifest


def _say(judged: Judged, rules: Rules, lines: list[tuple[object, ...]]) -> None:
    out = console()
    _say_verdict(judged, rules)
    if judged.counts:
        rows = [
            (code, rules.rules[code]["severity"], f"{count:,}", rules.rules[code]["says"])
            for code, count in sorted(judged.counts.items())
        ]
        out.print(terminal_table("By rule", ("rule", "severity", "#rows", "what was found"), rows))
    if lines:
        heads = ("line", "reference", "rule", "column", "value", "expected", "what to do")
        out.print(terminal_table("The first lines", heads, lines))


def _end(judged: Judged) -> None:
    if judged.refused:
        raise Stop(f"Refused by {', '.join(judged.refused)}: nothing of it would count.", REFUSED)
    if judged.quarantined:
        raise Stop(f"{number_of(judged.quarantined, 'row')} would be set aside; the others would count.", SET_ASIDE)


def _seal(chosen: argparse.Namespace, space: Workspace, rules: Rules) -> None:
    sealed = in_known_words(seal_again(_folder(chosen.path)), rules)
    said = "; a zero return: it says that nothing in scope was recorded" if sealed.zero_return else ""
    console().print(
        f"{sealed.return_id}: {number_of(sealed.rows, 'row')}, sum {sealed.crime_count_sum:,}{said}", soft_wrap=True
    )
    if sealed.supplier == UNKNOWN:
        raise Stop(f"Sealed, but it would be refused (R04): the suppliers are {', '.join(rules.suppliers)}.", REFUSED)
    if named := "; ".join(named_in(sealed, rules)):
        raise Stop(f"Sealed, but it would be refused (R08): {named}.", REFUSED)
    if sealed.zero_return != (sealed.rows == 0):
        raise Stop(f"Sealed, but it would be refused (R05). {rules.rules['R05']['remedy']}", REFUSED)


def _make(chosen: argparse.Namespace, workspace: Workspace, rules: Rules) -> None:
    """Write a synthetic collection; never into an inbox that holds anything else."""
    inbox = chosen.to or workspace.returns
    if inbox.is_dir() and any(inbox.iterdir()) and not (inbox / MARK).is_file():
        raise Stop(f"{inbox} holds returns that are not marked synthetic: synthetic returns are never put beside them.")
    suppliers = chosen.suppliers.split(",") if chosen.suppliers else list(rules.suppliers)
    plan = Plan(
        [_known(supplier, rules) for supplier in suppliers], chosen.quarters, chosen.rows, chosen.seed,
        _named(chosen.aggregate, rules), _named(chosen.late, rules), _named(chosen.blank_flags, rules),
        _named(chosen.refused, rules), _named(chosen.corrected, rules), sorted(rules.versions())[-1],
    )  # fmt: skip
    made = make(inbox, plan)
    if chosen.errors:
        spared = {*plan.refused, *plan.corrected}
        whole = [folder for folder in made if folder.parent.name not in spared]
        truth = plant(whole, chosen.errors, chosen.seed, inbox / "truth.csv", rules)
        console().print(f"{number_of(truth, 'error')} planted, all of them in {inbox / 'truth.csv'}", soft_wrap=True)
    console().print(f"{len(made)} synthetic returns below {inbox}", soft_wrap=True)


def _named(names: str | None, rules: Rules) -> tuple[str, ...]:
    return tuple(_known(name, rules) for name in names.split(",")) if names else ()


def _land(chosen: argparse.Namespace, workspace: Workspace, rules: Rules) -> None:
    """Copy a return into the inbox, where one is named; then take in all that is waiting.

    Said are the verdicts that are new or have changed. The exit code is that of the return that is named, else of all of them.
    """
    source = source_of(workspace, rules)
    mine = _copy(chosen.path, source.inbox, rules) if chosen.path else None
    landed = list(waiting(source))
    here = {(returned.sender, returned.manifest.return_id) for returned in landed if returned.manifest}
    before = {
        key: judged.verdict for judged in source.store.everything()
        if (key := (judged.supplier, judged.return_id)) not in here or "R08" not in judged.refused
    }  # fmt: skip
    untaken = [returned.problem for returned in landed if returned.manifest is None]
    for why in untaken:
        console().print(why, soft_wrap=True)
    partitions = {(returned.sender, returned.manifest.quarter) for returned in landed if returned.manifest}
    every, failure = _as_far_as(taken_in(source, sorted(partitions)))
    new = [judged for judged in every if before.get((judged.supplier, judged.return_id)) != judged.verdict]
    if mine and (mine.supplier, mine.quarter) not in partitions:
        every += source.store.held(mine.supplier, mine.quarter)
    named = mine.return_id if mine else None
    told = [judged for judged in every if judged in new or judged.return_id == named]
    if not (told or untaken or failure):
        console().print(f"Nothing new lies in {source.inbox}.", soft_wrap=True)
    for judged in told:
        warned = ", ".join(rules.among(judged.counts, "warn"))
        more = f"; warned of by {warned}" if warned else ""
        more += "" if judged in new else "; it was here already"
        if mine and judged.return_id == named and judged.said != mine.said:
            more += "; it is judged by another manifest of the same file: say a later sent_date in yours"
        _say_verdict(judged, rules, more)
        if judged.refused or judged.quarantined:
            console().print(f"  Report: {source.store.folder(judged) / 'report.html'}", soft_wrap=True)
    if failure:  # what was judged is said all the same
        raise failure
    refused = [judged.return_id for judged in told if judged.refused and named in (None, judged.return_id)]
    said = [f"{len(refused)} refused: {', '.join(refused)}."] if refused else []
    said += [f"{len(untaken)} could not be taken in."] if untaken and mine is None else []
    if said:
        raise Stop(" ".join(said), REFUSED)


def _as_far_as(results: Iterable[list[Judged]]) -> tuple[list[Judged], Exception | None]:
    """All that was judged, and what ended it before its end."""
    every: list[Judged] = []
    try:
        for some in results:
            every += some
    except Exception as failure:
        return every, failure
    return every, None


def _say_verdict(judged: Judged, rules: Rules, more: str = "") -> None:
    verdict = judged.verdict.replace("_", " ")
    console().print(
        f"{judged.return_id}: {verdict}; {number_of(judged.rows, 'row')}, {judged.quarantined:,} set aside{more}",
        soft_wrap=True,
    )
    for rows in still_aside(judged):
        console().print(f"  Still to be mended: {rows}.", soft_wrap=True)
    for code, reason in judged.refused.items():
        console().print(f"  {code}: {reason}. {rules.rules[code]['remedy']}", soft_wrap=True)


def _copy(path: Path, inbox: Path, rules: Rules) -> Manifest:
    """Copy a return into the folder of its supplier; under a hidden name first, so that nobody takes half of it."""
    folder, manifest = _named_return(path, rules)
    if not manifest.rows and (lying := filled_in(folder / manifest.file)):  # it is not copied
        raise Stop(f"The return has no rows, and {lying} (R05). {rules.rules['R05']['remedy']}", REFUSED)
    if manifest.supplier not in rules.suppliers:
        raise Stop(f"The manifest names an unknown supplier; there are {', '.join(rules.suppliers)}.", WRONG_CALL)
    named = (manifest.quarter, manifest.extract_date, manifest.sha256[:8], manifest.said[:6])
    target = inbox / manifest.supplier / "-".join(map(str, named))
    if not target.exists():
        beside = target.with_name(f".{target.name}")
        shutil.rmtree(beside, ignore_errors=True)
        for made in (inbox, target.parent, beside):
            if not made.exists():  # whose folder it is already says who may read it
                private(made)
        for name in (MANIFEST, manifest.file):
            shutil.copyfile(folder / name, beside / name)
            (beside / name).chmod(PRIVATE_FILE)
        beside.rename(target)
    return manifest


def _chase(chosen: argparse.Namespace, workspace: Workspace, rules: Rules) -> None:
    day = chosen.day or datetime.date.today()
    columns = ("supplier", "quarter", "state", "#days late", "what to ask for")
    source = source_of(workspace, rules)
    rows = chased(source, chosen.quarter, day)
    rows += withheld(source.store, workspace.data, _open_data(workspace), chosen.quarter)
    console().print(terminal_table(f"Whom to ask, on {day}", columns, rows))


def _open_data(workspace: Workspace) -> pd.DataFrame:
    """`recorded.force_count` as it was published last; empty where nothing was."""
    try:
        with asking(workspace.published_path) as published:
            return pd.DataFrame(published.rows("FROM recorded.force_count"), dtype="object")
    except duckdb.Error:
        return pd.DataFrame()


def _league(chosen: argparse.Namespace, workspace: Workspace, rules: Rules) -> None:
    columns = ("supplier", "#in", "#refused", "#rows", "#set aside", "#per 1,000", "#warned of", "#days late")
    rows = league(source_of(workspace, rules))
    console().print(terminal_table("Quality of the data, not of a force and not of crime", columns, rows))


def _records(chosen: argparse.Namespace, workspace: Workspace, rules: Rules) -> None:
    """Keep the records that count in a store of their own, and say the snapshot."""
    done = list(kept(source_of(workspace, rules).store, opened(chosen.store, chosen.to)))
    said = (
        f"{len(done)} partitions in {chosen.to}, snapshot {done[-1][1]}"
        if done
        else "No return counts yet: nothing was kept."
    )
    console().print(said, soft_wrap=True)


ACTIONS = {
    "template": _template, "check": _check, "seal": _seal, "make": _make, "land": _land, "chase": _chase, "league": _league,
    "records": _records,
}  # fmt: skip
