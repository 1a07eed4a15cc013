"""The numbers of a document's tables, looked up by what stands beside, above and before them. SYNTHETIC figures."""

import re
from pathlib import Path

import pytest
from figures_kit import AREAS, fact, looked_up, scanned

from assets.statement.quoted.facts import Changed
from assets.statement.text.texts import text_of

TABLE = """<p>Police recorded crime, {before}</p><table>
<tr><th>Offence</th><th>Year ending March 2023</th><th>Year ending March 2024</th></tr>
<tr><th>Sexual offences</th><td>193,120</td><td>{sexual}</td></tr>
<tr><th>Rape</th><td>68,109</td><td>67,204</td></tr>
<tr><th>Homicide</th><td>590</td><td>567</td></tr>
</table><p>In the year ending March 2022 it was less.</p>"""
IN_ROWS = [
    fact("offences.sexual", 193_120, 2023), fact("offences.sexual", 192_871), fact("offences.rape", 68_109, 2023),
    fact("offences.rape", 67_204), fact("offences.rape", 68_109, 2021),
]  # fmt: skip


@pytest.mark.parametrize("ending", ["html", "txt"])
def test_a_number_of_a_table_is_of_its_row_and_its_column(tmp_path: Path, ending: str) -> None:
    """Each of the two years, though the second is named last; one digit that is another is told as near."""
    html = TABLE.format(before="England and Wales", sexual="192,817")
    text = re.sub(r"</t[hd]><t[hd]>", "\t", html) if ending == "txt" else html
    text = re.sub("<[^>]*>", "", text) if ending == "txt" else text
    path = tmp_path / f"synthetic.{ending}"
    path.write_text(text, encoding="utf-8")
    said = {
        printed: (fact.row["series"], fact.row["period_end"].year, fact.same, not fact.otherwise)
        for printed, fact in looked_up(text_of(path), *IN_ROWS)
    }
    assert said == {
        "193,120": ("offences.sexual", 2023, True, True), "192,817": ("offences.sexual", 2024, False, True),
        "68,109": ("offences.rape", 2023, True, True), "67,204": ("offences.rape", 2024, True, True),
    }  # fmt: skip


def test_what_stands_before_a_table_and_what_a_head_says_of_a_unit_go_for_its_numbers(tmp_path: Path) -> None:
    path = tmp_path / "synthetic.html"
    path.write_text(
        "<p>Domestic abuse in the year ending March 2024</p>"
        "<table><tr><th></th><th>Victims (thousands)</th><th>Prevalence (%)</th></tr>"
        "<tr><th>All</th><td>2,300</td><td>4.8</td></tr><tr><th>Women</th><td>1,613</td><td>6.6</td></tr></table>",
        encoding="utf-8",
    )
    facts = [
        fact("survey.domestic_abuse", 2_300_000), fact("survey.domestic_abuse", 1_613_000, sex="female"),
        fact("share.domestic_abuse", 4.8), fact("share.domestic_abuse", 6.6, sex="female"),
    ]  # fmt: skip
    found = scanned(text_of(path), *facts)
    said = [(fact.row["series"], fact.row["sex"], fact.same) for fact in found.held.values()]
    assert said == [(one["series"], one.get("sex", "all"), True) for one in (facts[0], facts[2], facts[1], facts[3])]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("caption", "held_there"),
    [
        ("Prevalence of domestic abuse in the year ending March 2024", True),
        ("Adults who were victims of domestic abuse (%), year ending March 2024", True),
        ("Number and percentage of victims of domestic abuse, year ending March 2024", False),
        ("Percentage change in victims of domestic abuse, year ending March 2024", False),
    ],
)
def test_numbers_are_percentages_where_what_stands_before_their_table_speaks_of_nothing_else(
    tmp_path: Path, caption: str, held_there: bool
) -> None:
    path = tmp_path / "synthetic.html"
    path.write_text(
        f"<p>{caption}</p><table><tr><th></th><th>Victims</th></tr><tr><th>All</th><td>4.8</td></tr>"
        "<tr><th>Women</th><td>6.6</td></tr></table>",
        encoding="utf-8",
    )
    facts = [fact("share.domestic_abuse", 4.8), fact("share.domestic_abuse", 6.6, sex="female")]
    found = scanned(text_of(path), *facts).held.values()
    assert [fact.row["sex"] for fact in found if fact.agrees] == (["all", "female"] if held_there else [])


def test_where_the_others_of_a_row_are_held_a_number_far_from_the_one_held_there_is_told(tmp_path: Path) -> None:
    """86,109 for 68,109; a change is of another kind, and of a year that is not held nothing is said."""
    years = "</th><th>".join(f"Year ending March {year}" for year in (2021, 2022, 2023, 2024, 2025))
    path = tmp_path / "synthetic.html"
    path.write_text(
        f"<table><tr><th>Offence</th><th>{years}</th><th>Change 2023 to 2024 (number)</th></tr><tr><th>Rape</th><td>55,696</td>"
        "<td>70,330</td><td>86,109</td><td>67,204</td><td>71,000</td><td>9,000</td></tr>"
        "<tr><th>Homicide</th><td>570</td><td>700</td><td>590</td><td>567</td><td>500</td><td>-23</td></tr></table>",
        encoding="utf-8",
    )
    facts = [fact("offences.rape", value, year) for value, year in
             ((55_696, 2021), (70_330, 2022), (68_109, 2023), (67_204, 2024))]  # fmt: skip
    values_view = scanned(text_of(path), *facts).held.values()
    said = [(fact.row["value"], fact.row["period_end"].year, fact.same) for fact in values_view]
    assert said == [(55_696, 2021, True), (70_330, 2022, True), (68_109, 2023, False), (67_204, 2024, True)]


@pytest.mark.slow
@pytest.mark.parametrize(("head", "of"), [("Change on previous year", 2), ("Change since March 2023 (%)", 3)])
def test_a_change_in_a_row_is_that_of_the_figures_which_the_row_has(tmp_path: Path, head: str, of: int) -> None:
    """67,204 / 68,109 is down 1.3%; of the year before, or of the two years that the row has. Of neither nothing is said."""
    path = tmp_path / "synthetic.html"
    earlier, year = ("<th>Year ending March 2023</th>", "<td>68,109</td>") if of == 3 else ("", "")
    for change, agrees in (("-1.3%", [True]), ("-3.1%", [False]), ("1.3", [False] if of == 3 else [])):
        path.write_text(
            f"<table><tr><th>Offence</th>{earlier}<th>Year ending March 2024</th><th>{head}</th></tr>"
            f"<tr><th>Rape</th>{year}<td>67,204</td><td>{change}</td></tr></table>",
            encoding="utf-8",
        )
        found = scanned(text_of(path), *IN_ROWS).held.values()
        assert [fact.agrees for fact in found if isinstance(fact, Changed)] == agrees


def test_a_row_of_two_forces_is_held_against_neither(tmp_path: Path) -> None:
    counts = {"Kent": 6_317, "Surrey": 2_210, "Essex": 15_072}
    rows = "".join(f"<tr><td>{name}</td><td>{count:,}</td></tr>" for name, count in counts.items())
    path = tmp_path / "synthetic.html"
    path.write_text(
        "<p>Sexual offences, year ending March 2024</p><table><tr><th>Force</th><th>Offences</th></tr>"
        f"{rows}<tr><td>Kent and Surrey</td><td>8,527</td></tr></table>",
        encoding="utf-8",
    )
    facts = [fact("offences.sexual", count, area_code=AREAS[name]) for name, count in counts.items()]
    said = dict(looked_up(text_of(path), *facts))
    assert all(said[f"{count:,}"].agrees for count in counts.values()) and not said.get("8,527")
