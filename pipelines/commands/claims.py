"""`darkfigure claims`: the ledger of the Statement's claims, and the same checks over anybody's claims file."""

import argparse
import sys

from assets.statement.answer import check_file, claims_by_verdict, in_text
from assets.statement.ledger import INPUTS
from assets.words.problems import BadInput
from pipelines.commands.published import frames
from pipelines.commands.stop import WRONG_CALL, Stop

LEDGER = ("statement.claim", "statement.conflict")


def claims(chosen: argparse.Namespace) -> None:
    """Print claims with their verdicts; Stop where a verdict or a file does not exist, or the file is not as documented."""
    wanted = [verdict.strip() for verdict in (chosen.verdict or "").split(",") if verdict.strip()]
    if chosen.file is not None and chosen.action != "check":
        raise Stop("A file is only taken by `darkfigure claims check FILE.yaml`.", WRONG_CALL)
    if chosen.action == "check" and (chosen.file is None or not chosen.file.is_file()):
        raise Stop(f"{chosen.file or 'FILE.yaml'}: there is no such file.", WRONG_CALL)
    try:
        if chosen.action == "check":
            answer = check_file(chosen.file, frames(chosen, INPUTS.values()), wanted)
        else:
            ledger, conflict = frames(chosen, LEDGER).values()
            answer = claims_by_verdict(ledger, conflict, wanted)
    except BadInput as error:
        raise Stop(error.paragraph(), WRONG_CALL if "verdict" in error.what else 1) from None
    sys.stdout.write(f"{in_text(answer)}\n")
