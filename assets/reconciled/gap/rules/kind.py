"""Rules about what kind of things stand side by side: units, concepts, scopes, sums."""

from assets.reconciled.gap.availability import in_words
from assets.reconciled.ground.comparison import Case, Result, Ruling
from assets.reconciled.ground.vintage import DOUBTED
from assets.words.wording import capital

NOT_A_RATE = "Not a reporting rate. One victim may have many recorded offences or none."


def unit(case: Case) -> Ruling:
    """Victims, incidents and offences are types; only incidents and offences of a comparable subset may be subtracted."""
    if case.pairing.unit is None or case.pairing.recorded_unit is None:
        return Ruling("UNIT", Result.PASS, "Only one side has a unit.")
    if case.pairing.unit == "incidents" and case.pairing.comparable_subset:
        return Ruling("UNIT", Result.PASS, "Incidents and offences are both counts of crimes.")
    return Ruling(
        "UNIT",
        Result.QUALIFY,
        f"{case.pairing.unit.capitalize()} are set against {case.pairing.recorded_unit}: a ratio only, never a difference.",
    )


def present(case: Case) -> Ruling:
    """A side without a figure blocks; the reason says which of four states holds."""
    estimate = case.estimate is not None and case.estimate.value is not None
    count = case.count is not None and case.count.value is not None
    if estimate and count:
        return Ruling("PRESENT", Result.PASS, "Both sides are held.")
    sides = (("estimate", case.estimate), ("count", case.count))
    doubted = [name for name, side in sides if side is not None and side.value is None and side.obs_status == DOUBTED]
    if doubted:
        return Ruling(
            "PRESENT", Result.BLOCK,
            f"The published {' and the '.join(doubted)} contradicts other published figures and is withheld (archive.doubt).",
        )  # fmt: skip
    missing = [name for name, there in (("estimate", estimate), ("count", count)) if not there]
    said = "; ".join(in_words(name, case.missing.get(name)) for name in missing)
    return Ruling("PRESENT", Result.BLOCK, f"{capital(said)}.")


def concept(case: Case) -> Ruling:
    """The offence codes must record the behaviour that the survey asks about."""
    pairing = case.pairing
    if pairing.concept in ("different", "none"):
        return Ruling("CONCEPT", Result.BLOCK, pairing.concept_reason)
    if pairing.concept == "same":
        return Ruling("CONCEPT", Result.PASS, "The count records what the survey asks about.")
    return Ruling("CONCEPT", Result.QUALIFY, pairing.concept_reason)


def scope(case: Case) -> Ruling:
    """Counts of different scopes are never mixed; a scope of its own definition is named."""
    if case.count is None:
        return Ruling("SCOPE", Result.PASS, "No count, so no scope.")
    if case.count.scope != case.pairing.recorded_scope:
        return Ruling(
            "SCOPE",
            Result.BLOCK,
            f"The count is of scope {case.count.scope}, the pairing asks for {case.pairing.recorded_scope}.",
        )
    if case.count.scope == "policing_vawg":
        return Ruling(
            "SCOPE",
            Result.QUALIFY,
            "The count is of the policing VAWG collection, by its own definition: it differs from the published statistics.",
        )
    if case.count.scope == "collection":
        return Ruling(
            "SCOPE",
            Result.QUALIFY,
            "The count is assembled from the forces' returns by an assumed definition: it differs from the published statistics.",
        )
    return Ruling("SCOPE", Result.PASS, "The count is of one published scope.")


def threat_sum(case: Case) -> Ruling:
    """Threats overlap: adding them blocks; a published total over all of them is no sum of ours."""
    series = case.pairing.recorded_series
    threats = [
        name.split(".")[1] for name in series if name.startswith(("vawg.", "collection.")) and ".total" not in name
    ]
    if len(threats) > 1:
        return Ruling("THREAT-SUM", Result.BLOCK, f"Threats overlap, so {', '.join(threats)} may not be added.")
    return Ruling("THREAT-SUM", Result.PASS, "No threats are added.")
