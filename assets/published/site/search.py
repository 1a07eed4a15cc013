"""What can be found by name: threats, comparisons, forces, regions, offences, claims, words of the method."""

from collections.abc import Iterator, Sequence

from assets.published.site.forces import ForcePages
from assets.published.site.front import page_of
from assets.published.site.further import Claims
from assets.published.site.threats import ThreatPage
from assets.tables.asking import Asked
from schemas.rows import AnyRow

# Title, page, what it is, further words that people may type.
Entry = list[str]
OFFENCES = """
SELECT DISTINCT offence.offence_code, offence.name, member.threat FROM reference.offence_threat AS member
JOIN reference.offence AS offence USING (offence_code) ORDER BY offence.offence_code, member.threat
"""
SPELLINGS = "SELECT code, string_agg(spelling, ' ') AS spellings FROM meta.name GROUP BY code"
RULES = "SELECT rule, says FROM reference.rule ORDER BY rule"


def index(asked: Asked, threats: Sequence[ThreatPage], places: ForcePages, claims: Claims | None) -> list[Entry]:
    """Everything that the search looks through."""
    return [*_entries(asked, threats, places, claims)]


def _entries(asked: Asked, threats: Sequence[ThreatPage], places: ForcePages, claims: Claims | None) -> Iterator[Entry]:
    rows: Sequence[AnyRow] = asked.rows(SPELLINGS)
    spelt = {row["code"]: row["spellings"] for row in rows}
    for threat in threats:
        yield [threat.name, threat.page, "Threat", spelt.get(threat.key, "")]
        for comparison in [*threat.main, *threat.others]:
            yield [comparison.name, f"{threat.page}#{comparison.key}", "May it be compared?", comparison.row["title"]]
    for force in places.forces:
        yield [force.name, force.page, "Police force", spelt.get(force.code, "")]
    for region in places.regions:
        yield [region.name, region.page, "Region", " ".join(force.name for force in region.forces)]
    for row in asked.rows(OFFENCES):
        yield [f"{row['offence_code']} {row['name']}", f"{page_of(row['threat'])}#counted", "Offence", ""]
    for _, those in claims.sections if claims else []:
        for claim in those:
            verdict = claim["verdict"].replace("_", " ")
            yield [claim["says"], f"claims.html#claim-{claim['claim']}", f"Claim: {verdict}", claim["printed"]]
    for row in asked.rows(RULES):
        yield [f"Rule {row['rule']}", "methods.html#rules", "Method", row["says"]]
