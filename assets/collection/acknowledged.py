"""Which returns somebody acknowledges although a rule that compares would withhold them, or takes back: why, and who, by role."""

from collections.abc import Sequence
from pathlib import Path

from assets.reference.read import read_reference
from assets.returns.file.names import role_may_name
from assets.returns.rules.rules import Rules
from assets.tables.records import records
from assets.words.problems import BadInput, Problem
from schemas.rows import AnyRow

ACKNOWLEDGED = "reference.acknowledged_return"
# The rule of a return that is taken back: it counts nowhere.
WITHDRAWN = "C11"
FILE = "data/reference/acknowledged_return.csv"
LET_THROUGH = f"a row of it in {FILE}."


def acknowledged_returns(data: Path, rules: Rules) -> Sequence[AnyRow]:
    """The rows of the tracked file; BadInput where one cannot be read, or names somebody: they are published."""
    rows = records(read_reference(data, ACKNOWLEDGED))
    problems = [
        Problem(
            FILE, f"return_id {row['return_id']}, column who", "what may be a name (not shown)",
            "a role in words of reference.role_word", "Say the role and the organisation, as in `force crime registrar`.",
        )
        for row in rows
        if role_may_name(str(row["who"]), rules)
    ]  # fmt: skip
    if problems:
        raise BadInput("Who acknowledges a return is said by role: it is published", problems)
    return rows
