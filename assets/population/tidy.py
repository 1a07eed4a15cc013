"""Mid-year population estimates, tidy."""

import pandas as pd

from assets.archive.tidy import facts
from schemas.registry import contract


def estimates(figures: pd.DataFrame, series: pd.DataFrame) -> pd.DataFrame:
    """Rows of `population.estimate` in persons."""
    names = [name for name in contract("population.estimate").model.to_schema().columns if name != "row_id"]
    return facts(figures, series, "population.estimate")[names]
