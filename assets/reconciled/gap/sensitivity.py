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
# What each part is called, and what a reader may ask the publisher for, which would replace it.
PARTS = {
    SAMPLING: ("the sample itself", "a larger sample: this is the survey's own chance, not an assumption"),
    ROUNDING: ("rounding of the estimate", "the estimate printed to one more digit"),
    READING: ("the reading of 'twelve months'", "the publisher's own statement of which twelve months are asked about"),
    "deff_self_completion": ("design effect", "the standard error, the limits or the design effect of the estimate"),
    "self_completion_share": ("who answered the self-completion module", "the unweighted base of the self-completion module"),
    "share_female_of_sample": ("women in the sample", "the unweighted base by sex"),
    "age_base_share": ("the age base in the sample", "the unweighted base by age"),
    "fieldwork_share": ("interviews of a shortened year", "the unweighted base of the shortened year"),
    "whole_sample_base": ("respondents of a year", "the unweighted base of the year"),
    "region_sample_share": ("the region in the sample", "the unweighted base by region"),
    "household_population_share": ("people in households", "the estimated number of victims beside the prevalence"),
    "female_share": ("women among recorded victims", "the female share of recorded victims to one more digit, for each year"),
    "recall_year_mix_factor": ("two years mixed, without quarters", "the recorded count by quarter"),
    "recorded_overdispersion_phi": ("chance in the recorded count", "the recorded count by quarter, for three years or more"),
}  # fmt: skip


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
            "would_help": PARTS[part.key.split(".")[0]][1], "inputs": [part.row_id] if part.row_id else [],
        }  # fmt: skip
        yield {**{name: row[name] for name in KEY}, **cause}
