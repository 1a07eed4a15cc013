"""Names that a table or a column had in the release before: views keep them for one release, so that a query still runs.

Drop an entry in the release after the one that made it.
"""

# Old table name -> the table that it is called now.
TABLES = {"reconciled.justice_funnel": "reconciled.attrition"}
# View of `main` -> old column name -> the column that it is called now.
COLUMNS = {"gap": {"estimate_badge": "estimate_designation", "recorded_badge": "recorded_designation"}}


def remark(new: str) -> str:
    """What the comment of an old name says."""
    return f"Deprecated: called {new} now; this name goes in the next release"
