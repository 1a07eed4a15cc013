"""How published figures changed between the releases of one publication."""

from schemas import codes
from schemas.fields import column, shared
from schemas.table import Keyed
from schemas.types import Date, Flag, Integer, Number, Text, TextList


class Revision(Keyed):
    """One figure that a publication gave in more than one release: its first, previous and latest value, and the change.
    Copies of a statistic by others are no vintages of it and are left out."""

    figures: Text = column("Table of the facts that hold the vintages")
    series: Text = shared("series")
    sex: Text = shared("sex")
    age: Text = shared("age")
    characteristic: Text = shared("characteristic", nullable=True)
    characteristic_value: Text = shared("characteristic_value", nullable=True)
    area_code: Text = shared("area_code")
    period_start: Date = shared("period_start")
    period_end: Date = shared("period_end")
    period_type: Text = shared("period_type")
    source: Text = shared("source", meaning="Publication whose releases are compared")
    unit: Text = shared("unit")
    vintages: Integer = column("Releases that give the figure", "releases", ge=2)
    first: Number = column("Value in the oldest release", "see unit", nullable=True)
    first_release: Text = column("Oldest release")
    first_obs_status: Text = shared("obs_status", isin=list(codes.FACT_STATUS), meaning="Status in the oldest release")
    previous: Number = column("Value in the release before the latest", "see unit", nullable=True)
    previous_release: Text = column("Release before the latest")
    latest: Number = column("Value in the newest release", "see unit", nullable=True)
    latest_release: Text = column("Newest release")
    latest_obs_status: Text = shared("obs_status", isin=list(codes.FACT_STATUS), meaning="Status in the newest release")
    change: Number = column("Latest minus first; empty where one of them is no number", "see unit", nullable=True)
    change_percent: Number = column("That change in percent of the first value", "percent", nullable=True)
    last_change: Number = column("Latest minus previous", "see unit", nullable=True)
    last_change_percent: Number = column("That change in percent of the previous value", "percent", nullable=True)
    revised: Flag = column(
        "Does any release differ from the one before it, in status, or in value by more than the coarser of two prints hides"
    )
    inputs: TextList = shared("inputs")


class RevisionSummary(Keyed):
    """One series of one publication: how much its figures were revised between their first and their latest release."""

    series: Text = shared("series")
    source: Text = shared("source")
    period_type: Text = shared("period_type")
    unit: Text = shared("unit")
    figures: Integer = column(
        "Figures with more than one vintage and a number in the first and the latest", "figures", ge=0
    )
    revised: Integer = column("Figures of which any release differs from the one before it", "figures", ge=0)
    mean_revision: Number = column(
        "Mean of latest minus first; its sign says which way revisions go", "see unit", nullable=True
    )
    mean_absolute_revision: Number = column("Mean size of latest minus first", "see unit", nullable=True, ge=0)
    mean_revision_percent: Number = column(
        "Mean of the changes in percent of the first value", "percent", nullable=True
    )
    mean_absolute_revision_percent: Number = column(
        "Mean size of the changes in percent", "percent", nullable=True, ge=0
    )
    largest_revision: Number = column("The change that is largest in size, with its sign", "see unit", nullable=True)
    inputs: TextList = shared("inputs", meaning="Row ids of its figures that were revised")
