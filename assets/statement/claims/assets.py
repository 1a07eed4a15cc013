"""Statement assets: the claims ledger, the two lost charts, and the profile of every threat."""

from assets.statement.claims import charts, ledger
from assets.statement.claims.expected import EXPECTED, read_expected
from assets.statement.claims.profile import threat_profile
from assets.tables.called import called
from assets.tables.contracted import contracted, contracted_together

READS = [ledger.CLAIMS]
EXPECTED_TABLE = "statement.expected_verdict"


ASSETS = [
    contracted_together(
        "claims", [ledger.CLAIM, ledger.CHECK, ledger.CONFLICT], ledger.ledger, inputs=ledger.INPUTS, reads=READS
    ),
    contracted(EXPECTED_TABLE, read_expected, reads=[EXPECTED]),
    contracted(
        "statement.chart_estimated_v_recorded",
        charts.estimated_v_recorded,
        inputs=called("estimates", "offences", "flagged", "vawg", "releases"),
    ),
    contracted(
        "statement.chart_victims_by_type",
        charts.victims_by_type,
        inputs={"estimates": "survey.estimate", "releases": "meta.release"},
    ),
    contracted(
        "reconciled.threat_profile",
        threat_profile,
        inputs=called("shares", "estimates", "offences", "series", "releases", "assumptions"),
        reads=READS,
    ),
]
