"""How much of the width of a ratio's envelope each thing that is not known causes, and which figure would replace it.

For each part: the width of the outer envelope, and its width if the part were known at its central value with all others as
uncertain as before; the difference is what the part causes. Causes overlap, so their shares do not sum to one hundred.
Reference: one-at-a-time analysis, A. Saltelli et al., Global Sensitivity Analysis: The Primer, 2008, ch. 1.
"""

from collections.abc import Iterator
from typing import Any

from assets.reconciled.gap.ratio import READING, ROUNDING, SAMPLING, RatioModel
from schemas.row_types import SensitivityRow
from schemas.rows import AnyRow

KEY = ("pairing", "instrument", "sex", "age", "area_code", "period_start", "period_end", "period_match")
# What a reader may ask the publisher for, by the part that it would replace.
WOULD_HELP = {
    SAMPLING: "a larger sample: this is the survey's own chance, not an assumption",
    ROUNDING: "the estimate printed to one more digit",
    READING: "the publisher's own statement of which twelve months are asked about",
    "deff_self_completion": "the standard error, the limits or the design effect of the estimate",
    "self_completion_share": "the unweighted base of the self-completion module",
    "share_female_of_sample": "the unweighted base by sex",
    "age_base_share": "the unweighted base by age",
    "fieldwork_share": "the unweighted base of the shortened year",
    "whole_sample_base": "the unweighted base of the year",
    "region_sample_share": "the unweighted base by region",
    "household_population_share": "the estimated number of victims beside the prevalence",
    "female_share": "the female share of recorded victims to one more digit, for each year",
    "recall_year_mix_factor": "the recorded count by quarter",
    "recorded_overdispersion_phi": "the recorded count by quarter, for three years or more",
}


def sensitivity(row: AnyRow, model: RatioModel) -> Iterator[dict[str, Any]]:
    """What each part causes of the width of the ratio of a row of `reconciled.gap`, the greatest first."""
    whole = float(model.envelope().width)
    causes = []
    for part in model.uncertain():
        known = float(model.knowing(part.key).envelope().width)
        causes.append((whole - known, known, part))
    for rank, (caused, known, part) in enumerate(sorted(causes, key=lambda cause: -cause[0]), start=1):
        lower, upper = part.interval.as_floats()
        cause: SensitivityRow = {
            "part": part.key, "part_lower": lower,
            "part_central": part.central, "part_upper": upper, "ratio_width": whole, "width_if_known": known,
            "width_caused": caused, "share_of_width": 100 * caused / whole, "rank": rank,
            "would_help": WOULD_HELP[part.key.split(".")[0]], "inputs": [part.row_id] if part.row_id else [],
        }  # fmt: skip
        yield {**{name: row[name] for name in KEY}, **cause}
