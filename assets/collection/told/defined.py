"""What the definitions say of a threat by its codes: which always are of it, and which may be. A reader has both.

So a count of a threat is no less than the plain counts of the codes that always are of it, and no more than those that may be.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from schemas.codes import ALL_VAWG, THREAT
from schemas.rows import Record


@dataclass(frozen=True)
class ThreatCodes:
    """The codes of one threat.

    always: each of their offences is of it; possible: none of others is; None where a flag decides, whatever the code
    """

    always: frozenset[str] = frozenset()
    possible: frozenset[str] | None = None

    @property
    def plain(self) -> bool:
        """Do codes alone define it? Then its count is a sum of plain counts."""
        return self.always == self.possible


ANY = ThreatCodes()
Defined = Mapping[str, ThreatCodes]


def defined(definitions: Sequence[Record]) -> dict[str, ThreatCodes]:
    """Threat -> its codes, by the rows of reference.collection_definition."""
    made: dict[str, ThreatCodes] = {}
    for threat in THREAT:
        rows = [row for row in definitions if row["threat"] == threat]
        by_code = [row for row in rows if row["by"] == "offence"]
        always = frozenset(str(row["offence_code"]) for row in by_code if row["victim_age_from"] is None)
        possible = frozenset(str(row["offence_code"]) for row in by_code) if len(by_code) == len(rows) else None
        if rows:
            made[threat] = ThreatCodes(always, possible)
    return made


def counted_plainly(definitions: Sequence[Record]) -> set[str]:
    """What is printed as counted: all threats together, and those that codes alone define."""
    plain = (threat for threat, of_threat in defined(definitions).items() if of_threat.plain)
    return {ALL_VAWG, *plain}


def between(threats: Iterable[str], of: Defined, codes: Mapping[str, int]) -> tuple[int, int]:
    """The least and the most that offences of all of some threats can be, by plain counts (offence code -> offences)."""
    definitions = [of.get(threat, ANY) for threat in threats]
    always, possible = {*codes}.intersection(*(definition.always for definition in definitions)), {*codes}
    for definition in definitions:
        possible &= codes.keys() if definition.possible is None else definition.possible
    return sum(codes[code] for code in always), sum(codes[code] for code in possible)
