"""What is withheld, or left out, so that nothing that is published narrows a protected count too far."""

from collections.abc import Sequence, Set
from dataclasses import replace

from assets.collection.told.control import Control, withhold
from assets.collection.told.vintages import narrowed_beside
from assets.collection.told.year import Year
from schemas.codes import ENGLAND_AND_WALES as NATION
from schemas.rows import AnyRow

# Cells that are withheld together.
Group = tuple[object, ...]


def without_what_tells(year: Year, rules: Control, earlier: Sequence[Year] = ()) -> Year:
    """The year without what would narrow a protected count: whole groups, and the bounds on unions where it is they.

    A group is withheld; where its rows alone still say too much (one row must be all of a total that is printed) it is left out.
    earlier: what was published of the year before
    """
    bounds, year = year.unions, replace(year, unions=())
    withheld, left_out = set[Group](), set[Group]()
    while groups := {_group(key, withheld) for key, _, _ in narrowed_beside(year, earlier, rules)} - left_out:
        left_out |= groups & withheld
        tables = year.threats, year.overlaps, year.profiles
        threats, overlaps, profiles = (_without(rows, groups, left_out, rules) for rows in tables)
        year, withheld = replace(year, threats=threats, overlaps=overlaps, profiles=profiles), withheld | groups
    return _bounded(year, sorted(bounds, key=lambda row: -len(row["sets"])), earlier, rules)


def _bounded(year: Year, bounds: Sequence[AnyRow], earlier: Sequence[Year], rules: Control) -> Year:
    """The year with those of some bounds on unions that narrow nothing, the first before the others."""
    if not narrowed_beside(bounded := replace(year, unions=(*year.unions, *bounds)), earlier, rules):
        return bounded
    half = len(bounds) // 2
    return _bounded(_bounded(year, bounds[:half], earlier, rules), bounds[half:], earlier, rules) if half else year


def _without(rows: Sequence[AnyRow], narrowed: Set[Group], left_out: Set[Group], rules: Control) -> Sequence[AnyRow]:
    left = [row for row in rows if not _groups_of(row) & narrowed & left_out]
    return withhold(left, lambda row: bool(_groups_of(row) & narrowed), rules)


def _groups_of(row: AnyRow) -> Set[Group]:
    """The groups that a row of one of the tables is of."""
    if "threats" in row:
        return {("overlap", row["area_code"])}
    if "statistic" in row:
        return {("profile", row["threat"], row["statistic"])}
    everywhere = () if row["area_code"] == NATION else (("everywhere", row["threat"]),)
    return {("threat", row["area_code"], row["threat"]), *everywhere}


def _group(key: object, withheld: Set[Group]) -> Group:
    """The cells that are withheld together with one: of a profile or combinations all of them; then the threat of every force.

    Where the other forces alone tell, with the country, what a force has, to withhold it there changes nothing.
    """
    assert isinstance(key, tuple)
    if key[0] == "threat left out" or (key[0] == "threat" and key[1] != NATION and key[:3] in withheld):
        return "everywhere", key[-1]
    return key[:2] if key[0] == "overlap" else key[:3]
