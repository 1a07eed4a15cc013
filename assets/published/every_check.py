"""Every check of the tables, once: Dagster shows each under its asset, and the audit asks all of them before publishing."""

from assets.archive.checks import CHECKS as OF_ARCHIVE
from assets.collection.checks import CHECKS as OF_THE_COLLECTION
from assets.reconciled.checks import CHECKS as OF_RESULTS
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
    *OF_RESULTS,
    *OF_CLAIMS,
)
