"""Made-up ages, relationships and codes of the synthetic world, as SQL over one row number; means as the Statement prints."""

import math
import zlib

from assets.returns.rules.rules import membership_bit
from assets.returns.synthetic.world import SIZES, TOTAL, cells, size

# Mean ages that the Statement prints (Scale and nature of VAWG threat): victims, suspects.
VICTIMS = {"domestic_abuse": 38.0, "stalking_harassment": 35.0, "csae": 13.0}
SUSPECTS = {"domestic_abuse": 37.0, "stalking_harassment": 35.0, "csae": 15.0, "rasso": 37.0}
# Larger than any seed, so that no two rows meet.
SPREAD = 4_294_967_291
ADULT, YOUNGEST_SUSPECT, OLDEST = 16, 10, 100
YOUNG_OF_RASSO, LAST_YOUNG = 0.54, 29
# Codes of each kind with their part; of sexual assault (20A) and images (86) the Statement prints 48% and 7%.
CODES = {
    "rasso": {"20A": 0.48, "19C": 0.46, "19J": 0.02, "22A": 0.02, "70": 0.01, "23": 0.01},
    "csae": {"86": 0.07, "21": 0.2, "22B": 0.3, "20B": 0.15, "19D": 0.13, "88A": 0.15},
    "stalking_harassment": {"8L": 0.4, "8M": 0.01, "8Q": 0.18, "8R": 0.41},
    "": {"105A": 0.5, "8N": 0.3, "3B": 0.05, "9A": 0.1, "58D": 0.05},
}


def chance(salt: str) -> str:
    """A number from 0 to 1 that follows from the row number, the seed and a name."""
    return f"({number(salt)} >> 11)::DOUBLE / 9007199254740992"


def number(salt: str) -> str:
    """A whole number of 64 bits that follows from the row number, the seed and a name.

    The hash of a hash: hashes of several values, or of near numbers, go together from name to name.
    """
    return f"hash(xor(hash(i * {SPREAD} + seed), {zlib.crc32(salt.encode())}::UBIGINT))"


def of(threat: str) -> str:
    """Condition: is the row of the threat."""
    return f"mask & {membership_bit(threat)} <> 0"


def code() -> str:
    """The offence code of a row: coercive control first, then by the kind of its threats."""
    kinds = " ".join(f"WHEN {of(kind)} THEN {_choice(CODES[kind], 'code')}" for kind in CODES if kind)
    return f"CASE WHEN place < coercive THEN '8U' {kinds} ELSE {_choice(CODES[''], 'code')} END"


def relationship() -> str:
    """What the suspect is to the victim; of rape and serious sexual offences as the Statement prints it."""
    domestic = _choice({"partner": 0.45, "ex_partner": 0.4, "family": 0.15}, "relationship")
    # 38% partners, of which 30% are the rows of domestic abuse; 29% known, 26% strangers.
    abused = _choice({"partner": 0.5, "ex_partner": 0.5}, "relationship")
    rest = 1 - 0.30
    other = _choice(
        {"ex_partner": 0.08 / rest, "known": 0.29 / rest, "stranger": 0.26 / rest, "unknown": 0.07 / rest},
        "relationship",
    )
    anyone = _choice({"known": 0.45, "stranger": 0.3, "unknown": 0.25}, "relationship")
    return (
        f"CASE WHEN {of('csae')} THEN {_choice({'family': 0.3, 'known': 0.5, 'stranger': 0.2}, 'relationship')} "
        f"WHEN {of('rasso')} AND {of('domestic_abuse')} THEN {abused} WHEN {of('rasso')} THEN {other} "
        f"WHEN {of('domestic_abuse')} THEN {domestic} ELSE {anyone} END"
    )


def victim_age() -> str:
    """The age of the victim: girls of 10 to 17 for child abuse, adults else."""
    both, alone, rest = _means(VICTIMS)
    young = f"{ADULT} + floor({chance('age')} * {LAST_YOUNG + 1 - ADULT})"
    rasso = f"CASE WHEN {chance('young')} < {YOUNG_OF_RASSO} THEN {young} ELSE {_from(LAST_YOUNG + 1, 40.0, 'age')} END"
    return _ages(f"10 + floor({chance('age')} * 4) + floor({chance('age2')} * 4.0)", rasso, both, alone, rest)


def suspect_age() -> str:
    """The age of the principal suspect."""
    both, alone, rest = _means(SUSPECTS)
    child = f"{YOUNGEST_SUSPECT} + floor({chance('suspect')} * 11)"
    rasso = _from(YOUNGEST_SUSPECT, SUSPECTS["rasso"], "suspect")
    return _ages(child, rasso, both, alone, rest, "suspect")


def _ages(child: str, rasso: str, both: float, alone: float, rest: float, salt: str = "age") -> str:
    return (
        f"(CASE WHEN {of('csae')} THEN {child} WHEN {of('rasso')} THEN {rasso} "
        f"WHEN {of('stalking_harassment')} AND {of('domestic_abuse')} THEN {_from(ADULT, both, salt)} "
        f"WHEN {of('stalking_harassment')} THEN {_from(ADULT, alone, salt)} ELSE {_from(ADULT, rest, salt)} END)::INTEGER"
    )


def _means(printed: dict[str, float]) -> tuple[float, float, float]:
    """Means of three groups (both, stalking alone, domestic abuse alone) that give the printed means of the two threats."""
    both = printed["domestic_abuse"] - 1
    of_both, of_stalking = size("domestic_abuse", "stalking_harassment"), SIZES["stalking_harassment"]
    alone = (printed["stalking_harassment"] * of_stalking - both * of_both) / (of_stalking - of_both)
    sexual, children = size("domestic_abuse", "rasso"), size("domestic_abuse", "csae")
    means = (printed.get("rasso", 22.5 * YOUNG_OF_RASSO + 40 * (1 - YOUNG_OF_RASSO)), printed["csae"])
    whole = printed["domestic_abuse"] * SIZES["domestic_abuse"]
    left = SIZES["domestic_abuse"] - of_both - sexual - children
    return both, alone, (whole - both * of_both - means[0] * sexual - means[1] * children) / left


def _from(lowest: int, mean: float, salt: str) -> str:
    """A whole age from `lowest` on with a geometric tail, cut at the oldest; its mean is `mean`."""
    steps = mean - lowest
    stay = steps / (1 + steps)
    for _ in range(40):  # the cut takes a little off the mean
        cut = stay ** (OLDEST - lowest + 1)
        now = stay / (1 - stay) - (OLDEST - lowest + 1) * cut / (1 - cut)
        stay = min(max(stay + (steps - now) * (1 - stay) ** 2, 0.01), 0.999)
    cut = 1 - stay ** (OLDEST - lowest + 1)
    return f"{lowest} + floor(ln(1 - {chance(salt)} * {cut!r}) / {math.log(stay)!r})"


def _choice(parts: dict[str, float], salt: str) -> str:
    """One of some values, each with its part."""
    whens, before = [], 0.0
    *some, last = parts.items()
    for value, part in some:
        before += part
        whens.append(f"WHEN {chance(salt)} < {before!r} THEN '{value}'")
    return f"CASE {' '.join(whens)} ELSE '{last[0]}' END"


def rows(rows_per_year: int) -> str:
    """Row numbers of a synthetic year with the combination of threats of each: `i`, `mask`, `place` in its cell, `coercive`."""
    scale, before, parts = rows_per_year / TOTAL, 0, []
    for cell in cells():
        first, before = round(before * scale), before + cell.offences
        last = round(before * scale)
        coercive = round(cell.coercive * scale)
        parts.append(
            f"SELECT range AS i, {cell.membership} AS mask, range - {first} AS place, {coercive} AS coercive "
            f"FROM range({first}, {last})"
        )
    return " UNION ALL ".join(parts)
