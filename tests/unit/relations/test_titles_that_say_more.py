"""A table whose title says more than its layout knows is withheld, unless what is held elsewhere agrees with its figures."""

from typing import Any

import pandas as pd
import pytest
from kit import Tables
from relation_kit import doubted_in

RELEASE, SHEET = "ye-2025-12", "Table_A5a"


def titled(figures: pd.DataFrame, says_more: str = "charged") -> pd.DataFrame:
    """One table, as `archive.table` tells of it, of all figures of one sheet of the newest Appendix tables."""
    sheet = figures.loc[figures["release"].eq(RELEASE) & figures["series"].eq("prc.a5a.8Q"), "sheet"].iloc[0]
    row: dict[str, Any] = {
        "source": "ons_appendix", "release": RELEASE, "sheet": sheet, "series": r"prc\.a5a\..+", "title": "By offence, charged",
        "says_more": says_more, "not_whole": None,
    }  # fmt: skip
    return pd.DataFrame([row], dtype="string[pyarrow]")


def of_the_table(figures: pd.DataFrame) -> "pd.Series[bool]":
    return figures["release"].eq(RELEASE) & figures["series"].str.startswith("prc.a5a.") & figures["value"].notna()


@pytest.mark.long
@pytest.mark.parametrize(("other_releases", "withheld"), [(True, False), (False, True)])
def test_it_is_withheld_where_nothing_agrees(tables: Tables, other_releases: bool, withheld: bool) -> None:
    figures = tables["archive.figure"].copy()
    mine = of_the_table(figures)
    assert mine.sum() > 20
    if not other_releases:
        figures = figures[mine]
    doubted = doubted_in(tables, figures, titled=titled(figures))
    said = [row for row in doubted if "'charged'" in row["reason"]]
    assert len(said) == (int(mine.sum()) if withheld else 0)
    assert all("nothing agrees with it" in row["reason"] for row in said)


@pytest.mark.long
def test_it_is_withheld_where_others_print_other_figures(tables: Tables) -> None:
    """A tenth of all offences, as those that were charged may be."""
    figures = tables["archive.figure"].copy()
    mine = of_the_table(figures)
    figures.loc[mine, "value"] = (figures.loc[mine, "value"].astype(float) / 10).round()
    figures.loc[mine, "printed"] = figures.loc[mine, "value"].astype(int).astype(str)
    doubted = doubted_in(tables, figures, titled=titled(figures))
    assert {row["figure"] for row in doubted if "'charged'" in row["reason"]} == {*figures.loc[mine, "row_id"]}
