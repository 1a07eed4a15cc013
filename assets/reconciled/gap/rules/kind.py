"""Rules about what kind of things stand side by side: units, concepts, scopes, sums."""

from assets.reconciled.gap.availability import in_words
from assets.reconciled.ground.comparison import Case, Result, Said
from assets.reconciled.ground.vintage import DOUBTED
from assets.words.wording import capital, contradicts


def unit(case: Case) -> Said:
    """Victims, incidents and offences are types; only incidents and offences of a comparable subset may be subtracted."""
    if case.pairing.unit is None or case.pairing.recorded_unit is None:
        return Result.PASS, "Only one side has a unit."
    if case.pairing.unit == "incidents" and case.pairing.comparable_subset:
        return Result.PASS, "Incidents and offences are both counts of crimes."
    return (
        Result.QUALIFY,
        f"{case.pairing.unit.capitalize()} are set against {case.pairing.recorded_unit}: a ratio only, never a difference.",
    )


def present(case: Case) -> Said:
    """A side without a figure blocks; the reason says which of four states holds."""
    estimate = case.estimate is not None and case.estimate.value is not None
    count = case.count is not None and case.count.value is not None
    if estimate and count:
        return Result.PASS, "Both sides are held."
    sides = (("estimate", case.estimate), ("count", case.count))
    doubted = [name for name, side in sides if side is not None and side.value is None and side.obs_status == DOUBTED]
    if doubted:
        return Result.BLOCK, f"{capital(contradicts(' and the '.join(doubted)))}."
    missing = [name for name, there in (("estimate", estimate), ("count", count)) if not there]
    missing_in_words = "; ".join(in_words(name, case.missing.get(name)) for name in missing)
    return Result.BLOCK, f"{capital(missing_in_words)}."


def concept(case: Case) -> Said:
    """The offence codes must record the behaviour that the survey asks about."""
    pairing = case.pairing
    if pairing.concept in ("different", "none"):
        return Result.BLOCK, pairing.concept_reason
    if pairing.concept == "same":
        return Result.PASS, "The count records what the survey asks about."
    return Result.QUALIFY, pairing.concept_reason


def scope(case: Case) -> Said:
    """Counts of different scopes are never mixed; a scope of its own definition is named."""
    if case.count is None:
        return Result.PASS, "No count, so no scope."
    if case.count.scope != case.pairing.recorded_scope:
        return (
            Result.BLOCK,
            f"The count is of scope {case.count.scope}, the pairing asks for {case.pairing.recorded_scope}.",
        )
    if case.count.scope == "policing_vawg":
        return (
            Result.QUALIFY,
            "The count is of the policing VAWG collection, by its own definition: it differs from the published statistics.",
        )
    if case.count.scope == "collection":
        return (
            Result.QUALIFY,
            "The count is assembled from the forces' returns by an assumed definition: it differs from the published statistics.",
        )
    return Result.PASS, "The count is of one published scope."


def threat_sum(case: Case) -> Said:
    """Threats overlap: adding them blocks; a published total over all of them is no sum of ours."""
    series = case.pairing.recorded_series
    threats = [
        name.split(".")[1] for name in series if name.startswith(("vawg.", "collection.")) and ".total" not in name
    ]
    if len(threats) > 1:
        return Result.BLOCK, f"Threats overlap, so {', '.join(threats)} may not be added."
    return Result.PASS, "No threats are added."
