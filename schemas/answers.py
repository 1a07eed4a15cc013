"""What people open first: answers in words, one row each, at most ten columns. Made while publishing, from the tables behind."""

from schemas.fields import column
from schemas.table import Table
from schemas.types import Date, Flag, Integer, Number, Text

THREAT = "Threat in words"
ROW_ID = "Row behind it: select * from explain(row_id)"


class Answer(Table):
    """One comparison in one year: what the survey estimates, what the police record, and whether the two may be set side by
    side. Read it whole: a ratio is not a reporting rate, and the publisher advises against a direct comparison."""

    threat: Text = column(THREAT)
    comparison: Text = column("What is estimated v what is counted")
    year_ending: Date = column("Last day of the twelve months", "date")
    who: Text = column("Whom the estimate is about, and where")
    estimated: Text = column(
        "Estimated people (or incidents) in the year and their interval, as precise as they are known"
    )
    recorded: Text = column("Recorded offences of the same twelve months")
    per_100: Text = column(
        "Recorded offences per 100 people estimated; the interval that holds every reading of the year over all assumptions;"
        " the likely one at their central values. Only intervals where no one number is known; empty where none may be given",
        nullable=True,
    )
    may_be_compared: Text = column("May the two be compared", isin=["yes", "with care", "no"])
    why: Text = column("Why, in one sentence")
    row_id: Text = column(ROW_ID, unique=True)


class Breakdown(Table):
    """One part of what the police record of a threat in one year in England and Wales. Parts of different kinds overlap, as
    threats do; scopes are never added."""

    threat: Text = column(THREAT)
    scope: Text = column("Which system counted")
    kind: Text = column("What the threat is broken down by")
    part: Text = column("The part")
    year_ending: Date = column("Last day of the twelve months", "date")
    recorded: Integer = column("Recorded offences (victims in the Homicide Index)", "offences", nullable=True)
    share: Number = column("Share of the threat's total in the same scope and year", "percent", nullable=True)
    change: Text = column("Arithmetic change on the baseline, and whether a break lies inside", nullable=True)
    remark: Text = column("What must be known before it is used", nullable=True)
    row_id: Text = column(ROW_ID, unique=True)


class Change(Table):
    """One comparison between its two newest years: what can be said of the change, and what cannot."""

    threat: Text = column(THREAT)
    comparison: Text = column("What is estimated v what is counted")
    year_ending: Date = column("Last day of the newest year that a change is given for", "date")
    estimated: Text = column("The survey's prevalence in its two newest years", nullable=True)
    recorded: Text = column("The recorded offences in their two newest years", nullable=True)
    can_be_said: Text = column("What can be said of the change")
    cannot_be_said: Text = column("What cannot be said of it")
    estimated_row_id: Text = column("Row of reconciled.trend behind the survey's change", nullable=True)
    recorded_row_id: Text = column("Row of reconciled.trend behind the recorded change", nullable=True)


class Force(Table):
    """One threat or part of one in one police force and year: what was recorded, its rate, its change and where its rate lies
    among forces. It ranks nobody: forces differ in recording, reporting, residents and visitors. The survey has no estimate
    by force."""

    force: Text = column("Police force")
    threat: Text = column(THREAT)
    part: Text = column("What was counted")
    year_ending: Date = column(
        "Last day of the twelve months; empty where no figure by force is published or held", "date", nullable=True
    )
    recorded: Integer = column("Recorded offences", "offences", nullable=True)
    rate: Number = column("Recorded offences per 1,000 people of the reporting area", "per 1,000", nullable=True)
    change: Text = column("Arithmetic change on the year before, and whether a break lies inside", nullable=True)
    among_forces: Text = column(
        "Place among the forces with a rate, with the limits within which rates usually lie", nullable=True
    )
    coverage: Text = column("What is held of the year and of the forces, or why there is no figure")
    row_id: Text = column("Row behind it; empty where there is no figure", nullable=True)


class Region(Table):
    """One threat or part of one in one nation or region as a whole, and year: what was recorded, its rate and its change. Its
    forces stand in main.force."""

    region: Text = column("Nation or region")
    threat: Text = column(THREAT)
    part: Text = column("What was counted")
    year_ending: Date = column("Last day of the twelve months", "date")
    recorded: Integer = column("Recorded offences", "offences", nullable=True)
    rate: Number = column("Recorded offences per 1,000 people of the reporting area", "per 1,000", nullable=True)
    change: Text = column("Arithmetic change on the year before, and whether a break lies inside", nullable=True)
    remark: Text = column("Limits of the figure in words", nullable=True)
    row_id: Text = column("Row behind it")


class ReleaseNote(Table):
    """One thing that moved since the build before: answers first, then verdicts, then figures. Made while publishing."""

    position: Integer = column("Order: what matters most stands first", ge=1, unique=True)
    kind: Text = column("What moved", isin=["build", "answer", "verdict", "figure", "release"])
    threat: Text = column(THREAT, nullable=True)
    what: Text = column("What it is")
    year_ending: Date = column("Year it is about", "date", nullable=True)
    before: Text = column("What the build before said", nullable=True)
    now: Text = column("What this build says", nullable=True)
    sentence: Text = column("The same in one sentence")
    row_id: Text = column("Row it is about", nullable=True)


class Source(Table):
    """One publication: its newest release that is held, how old it is, when the next one was or is due, and how
    much rests on it."""

    publication: Text = column("Title of the publication")
    publisher: Text = column("Publisher")
    newest_release: Text = column("Newest release held", nullable=True)
    released: Date = column("Day it came out, where printed", "date", nullable=True)
    year_ending: Date = column("Last day of the period it is about", "date", nullable=True)
    next_due: Date = column(
        "When the next one is due: by the publisher's cadence, or as the publisher said", "date", nullable=True
    )
    standing: Text = column("Standing of the statistic", nullable=True)
    figures: Integer = column("Figures that come from the publication, all releases", "figures", ge=0)
    address: Text = column("Where a person finds it", nullable=True)
    source: Text = column("Key of the publication", unique=True)


class Health(Table):
    """One thing looked at when the file was published, in the words that the terminal and the UI use too."""

    position: Integer = column("Order", ge=1, unique=True)
    about: Text = column("What was looked at")
    well: Flag = column("Is it well")
    matters: Text = column("How much it matters", isin=["info", "warning", "error"])
    said: Text = column("What was seen")
    together: Text = column("What one of several lines of a kind is called; empty where a line stands alone")
    remedy: Text = column("What to do; empty where nothing needs doing", nullable=True)
    measure: Text = column("What was counted, its unit at the end of the name; empty where nothing was", nullable=True)
    value: Number = column("The number that was counted", "as the measure says", nullable=True)


class Name(Table):
    """One way of naming a threat, an offence counted in one, an area, or a place in one, made plain (small letters, no marks)."""

    spelling: Text = column("The name, made plain")
    kind: Text = column("What it names", isin=["threat", "area"])
    code: Text = column("Key of reference.threat or reference.area")
    name: Text = column("Its name in full")
    said: Text = column("Its name as the answers say it")
    topic: Text = column(
        "The part of the threat that is meant: topic of the pairing; empty for all of it", nullable=True
    )
    part: Text = column(
        "The offence that is meant, as `part` of main.breakdown, or the place within a force; empty for all of it",
        nullable=True,
    )
