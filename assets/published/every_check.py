"""Every check of the tables, once: Dagster shows each under its asset, and the audit asks all of them before publishing."""

from assets.archive.checks import CHECKS as OF_ARCHIVE
from assets.collection.checks import CHECKS as OF_THE_COLLECTION
from assets.reconciled.change.checks import CHECKS as OF_CHANGE
from assets.reconciled.forces.checks import CHECKS as OF_FORCES
from assets.reconciled.gap.checks import CHECKS as OF_GAP
from assets.reconciled.ground.checks import CHECKS as OF_GROUND
from assets.reconciled.justice.checks import CHECKS as OF_JUSTICE
from assets.reconciled.overlaps.checks import CHECKS as OF_OVERLAPS
from assets.reconciled.threats.checks import CHECKS as OF_THREATS
from assets.recorded.checks import CHECKS as OF_COUNTS
from assets.relations.checks import CHECKS as OF_RELATIONS
from assets.statement.claims.expected import CHECKS as OF_CLAIMS
from assets.survey.checks import CHECKS as OF_ESTIMATES
from assets.tables.checking import Check

CHECKS: tuple[Check, ...] = (
    *OF_ARCHIVE,
    *OF_RELATIONS,
    *OF_ESTIMATES,
    *OF_COUNTS,
    *OF_THE_COLLECTION,
    *OF_GROUND,
    *OF_GAP,
    *OF_THREATS,
    *OF_FORCES,
    *OF_OVERLAPS,
    *OF_CHANGE,
    *OF_JUSTICE,
    *OF_CLAIMS,
)
