"""Outcomes of recorded offences by force, offence and kind of outcome."""

from schemas.facts import Fact
from schemas.fields import column, shared
from schemas.types import Text


class OutcomeCount(Fact):
    """One count of outcomes by force, quarter, offence code and outcome type. The series says which of two counts it is:
    outcomes given in the quarter, whenever the offence was recorded, or outcomes so far of the offences recorded in the
    quarter. A combination without a row has no row in the source: it is not a nought."""

    scope: Text = shared("scope")
    offence_code: Text = shared("offence_code")
    offence: Text = shared("offence")
    outcome_type: Text = column("Number of the outcome in the outcomes framework; 0 for none yet")
    outcome: Text = column("Outcome as the source words it")
    outcome_group: Text = column("Group of outcomes as the source words it")
