"""The claims ledger: what a document claims, and whether it agrees with itself and with the statistics."""

from schemas import codes
from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Date, Flag, Integer, Number, Text, TextList

OPEN_END = "empty where the figure has no such end"


class Claim(Keyed):
    """One quantitative claim of a document: the figure as printed, its recomputation, the verdict and why."""

    document: Text = column("Key of the document")
    claim: Text = column("Key of the claim")
    section: Text = column("Section of the document")
    paragraph: Integer = column("Block of text within the section, headings counted", "from 1", nullable=True, ge=1)
    item: Integer = column("Line of a list within the block", "from 1", nullable=True, ge=1)
    kind: Text = column("Kind of claim", isin=list(codes.CLAIM_KIND))
    says: Text = column("The claim in our own words")
    printed: Text = column("Its wording in print, shortened")
    figure: Text = column("The part of the wording that is a number", nullable=True)
    lower: Number = column(f"Lower end of what the print stands for; {OPEN_END}", "see unit", nullable=True)
    upper: Number = column(f"Upper end of what the print stands for; {OPEN_END}", "see unit", nullable=True)
    unit: Text = shared("unit", nullable=True)
    period_start: Date = shared("period_start", nullable=True)
    period_end: Date = shared("period_end", nullable=True)
    population: Text = column("Who or what is counted", nullable=True)
    scope: Text = column("Which system counted it", isin=[*codes.SCOPE, *codes.CLAIM_SCOPE])
    threat: Text = shared("threat", nullable=True)
    reference: Text = column("Sources that the document cites for it", nullable=True)
    repeat_of: Text = column("Claim that this one repeats", nullable=True)
    expression: Text = column("How it was recomputed", nullable=True)
    recomputed_lower: Number = column(f"Lower end of the recomputation; {OPEN_END}", "see unit", nullable=True)
    recomputed_upper: Number = column(f"Upper end of the recomputation; {OPEN_END}", "see unit", nullable=True)
    verdict: Text = shared("verdict", meaning="What the checks found", isin=list(codes.CLAIM_VERDICT))
    arithmetic: Text = column("Does the figure agree with what can be worked out", isin=list(codes.CLAIM_ARITHMETIC))
    comparability: Text = column("Can what it is set beside be compared with it", isin=list(codes.CLAIM_COMPARABILITY))
    weight: Text = column("Fault, caution, editor's note or none", isin=list(codes.CLAIM_WEIGHT))
    redundant: Flag = column("Do other figures of the document already imply the print")
    finding: Text = column("Fingerprint of the claim with its verdict and sentence, which a signature is under")
    signed_by: Text = column("Who signed the fault as it now reads", nullable=True)
    scope_note: Text = column("What the authors themselves say of its scope", nullable=True)
    reply: Text = column("What the authors answered", nullable=True)
    correction: Text = column("A correction that was published", nullable=True)
    sentence: Text = column("Why, in a few plain sentences")
    needs: Text = column("What would be needed to check it", nullable=True)
    claims: TextList = column("Other claims that the checks used")
    inputs: TextList = shared(
        "inputs", meaning="Row ids of the published figures and reference rows that the checks used"
    )


class ClaimCheck(Keyed):
    """One check of one claim; the gravest that leads gives the claim its verdict."""

    document: Text = column("Key of the document")
    claim: Text = column("Key of the claim")
    position: Integer = column("Order of the check within the claim", "from 1", ge=1)
    check: Text = column("Kind of check")
    expression: Text = column("What was compared with the print", nullable=True)
    lower: Number = column(f"Lower end of what the print stands for; {OPEN_END}", "see the claim", nullable=True)
    upper: Number = column(f"Upper end of what the print stands for; {OPEN_END}", "see the claim", nullable=True)
    recomputed_lower: Number = column(f"Lower end of the recomputation; {OPEN_END}", "see the claim", nullable=True)
    recomputed_upper: Number = column(f"Upper end of the recomputation; {OPEN_END}", "see the claim", nullable=True)
    verdict: Text = shared("verdict", meaning="What this check found", isin=list(codes.CLAIM_VERDICT))
    weight: Text = column("Fault, caution, editor's note or none", isin=list(codes.CLAIM_WEIGHT))
    arithmetic: Text = column(
        "What it says of the arithmetic, where it is about that", isin=list(codes.CLAIM_ARITHMETIC), nullable=True
    )
    leads: Flag = column("May it decide the claim's verdict; false for a later revision of what was right when printed")
    sentence: Text = column("What it found, in words")
    inputs: TextList = shared("inputs")


class Conflict(Keyed):
    """One smallest set of claims that cannot all be true together: leave any one out, and the rest can be."""

    document: Text = column("Key of the document")
    conflict: Text = column("Key of the set")
    claims: TextList = column("Claims in the set")
    definitions: TextList = column("Definitions that the set rests on as well")
    one_window: Flag = column("Do all its figures cover the same period")
    despite_windows: Flag = column(
        "Does it still hold when counts and shares of another window are allowed to differ as the assumption says; always so"
    )
    leads: Flag = column("Does no smaller set explain it: these are the sets that headings list")
    sentence: Text = column("The set in words")
    inputs: TextList = shared("inputs")


class ChartValue(Keyed):
    """One bar of a chart that is missing from the document's text, rebuilt from published tables."""

    position: Integer = column("Order of the bar", "from 1", ge=1)
    label: Text = column("Name of the bar")
    side: Text = column("Estimated victims or recorded offences", isin=["estimated", "recorded"])
    value: Number = column("Length of the bar", "see unit", nullable=True, ge=0)
    lower: Number = column("Lower limit", "see unit", nullable=True, ge=0)
    upper: Number = column("Upper limit", "see unit", nullable=True, ge=0)
    unit: Text = shared("unit")
    sex: Text = shared("sex")
    age: Text = shared("age")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    scope: Text = shared("scope")
    designation: Text = shared("designation")
    release: Text = column("Publication and release")
    caveats: TextList = shared("caveats")
    inputs: TextList = shared("inputs")


class ExpectedVerdict(Keyed):
    """The verdict that a claim is expected to have; a check fails when it has another."""

    document: Text = column("Key of the document")
    claim: Text = column("Key of the claim")
    verdict: Text = shared("verdict", meaning="The verdict expected", isin=list(codes.CLAIM_VERDICT))
