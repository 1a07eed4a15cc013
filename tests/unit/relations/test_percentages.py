"""Percentages of a survey, SYNTHETIC: women and men make all people, and a standard error says what it is the error of."""

import pandas as pd
import pytest
from kit import Tables
from relation_kit import doubted_in, held, of_survey, over

from assets.relations.tables import COVERAGE, DOUBT, RELATION

SERIES = "csew.violence.face_to_face.16+.prevalence"
PEOPLE = {"all": (2.0, 1000.0), "female": (1.0, 600.0), "male": (3.5, 400.0)}


def said(
    tables: Tables, changed: str = "", factor: float = 1, based: bool = True, limits: bool = False
) -> tuple[dict[str, bool], set[str]]:
    """Of each relation, does it hold; and whose percentages are doubted where one of them is so many times as large.

    limits: are the limits of 95 in 100 printed, and not the standard errors?
    """
    rows = []
    for sex, (percent, base) in PEOPLE.items():
        error = round(100 * (percent / 100 * (1 - percent / 100) / base) ** 0.5, 3)
        row = {"sex": sex, "value": percent * (factor if sex == changed else 1), "base": base if based else None}
        if limits:
            row |= {"lower": round(percent - 1.96 * error, 1), "upper": round(percent + 1.96 * error, 1)}
        elif based:
            row["standard_error"] = error
        rows.append(row)
    found = held(tables, of_survey(rows))
    holds = pd.DataFrame(found[RELATION]).groupby("relation")["agrees"].all()
    return holds.to_dict(), {row["figure"].split(":")[2] for row in found[DOUBT]}


@pytest.mark.parametrize("based", [True, False])
def test_what_is_printed_of_women_and_men_makes_all_people(tables: Tables, based: bool) -> None:
    """Weighed by how many were asked the mean is 2.0; weighed alike it is 2.25, a tenth of what lies between them away."""
    holds, doubted = said(tables, based=based)
    assert holds["all_mean_of_women_and_men"] and holds["all_between_women_and_men"] and not doubted
    assert ("standard_error_of_estimate" in holds) is based


@pytest.mark.one_in(3)
@pytest.mark.parametrize(("sex", "factor"), [("all", 1.5), ("all", 0.6), ("female", 3), ("male", 2)])
def test_a_percentage_that_the_others_do_not_make_is_doubted(tables: Tables, sex: str, factor: float) -> None:
    holds, doubted = said(tables, sex, factor, based=False)
    assert not holds["all_mean_of_women_and_men"] and sex in doubted


@pytest.mark.parametrize("damage", [1, 1.001])
def test_all_people_are_one_mixture_of_women_and_men_whatever_was_done_to_them(tables: Tables, damage: float) -> None:
    """As the open data of 2018 print them, two of them as software writes a number of eleven decimals. A thousandth more domestic
    violence of women is told, as one of three that may be wrong."""
    printed = {
        "violence": ("0.01748290046", "0.01230125949", "0.022871946200000003"),
        "domestic_violence": ("0.00228454241", f"{0.00297156138 * damage:.11f}", "0.00157002422"),
        "stranger_violence": ("0.00978703098", "0.0056388372899999996", "0.0141012638"),
    }
    rows = [
        {"series": SERIES.replace("violence", kind), "sex": sex, "value": float(text), "printed": text}
        for kind, texts in printed.items() for sex, text in zip(PEOPLE, texts, strict=True)
    ]  # fmt: skip
    figures = of_survey(rows, unit="proportion").assign(printed=[row["printed"] for row in rows])
    found = held(tables, figures)
    mixtures = [row["agrees"] for row in found[RELATION] if row["relation"] == "same_mixture_of_women_and_men"]
    assert mixtures == [damage == 1, True]
    assert {row["figure"].split(".")[1] for row in found[DOUBT]} == ({"domestic_violence"} if damage > 1 else set())
    assert {(row["table_stem"], row["in_exact"]) for row in found[COVERAGE]} == {
        (f"csew.{kind}", 3) for kind in printed
    }


@pytest.mark.long
@pytest.mark.parametrize(
    ("factor", "limits", "holds"),
    [(0.1, False, False), (0.5, False, True), (1.4, False, True), (2, False, False), (10, False, False),
     (0.1, True, False), (1, True, True), (10, True, False)],
)  # fmt: skip
def test_an_error_is_that_of_its_percentage(tables: Tables, factor: float, limits: bool, holds: bool) -> None:
    """Of 20 victims: twice as many would have half the variance that a simple sample has, which no weights make; of half as many
    it is twice that, as weights may."""
    assert said(tables, "all", factor, limits=limits)[0]["standard_error_of_estimate"] is holds


@pytest.mark.long
def test_a_run_of_rows_of_a_long_table_is_withheld_as_a_line(tables: Tables) -> None:
    """Forty years in a column of 120 percentages; in rows 62 to 73 those of all people are twice what women and men make."""
    sexes = {"all": 2.0, "female": 1.0, "male": 3.0}
    rows = [
        {
            "sex": sex, "value": percent * (2 if sex == "all" and 20 <= year < 24 else 1), "cell": f"T{2 + 3 * year + at}",
            **over(f"{1980 + year}-01-01", f"{1980 + year}-12-31"),
        }
        for year in range(40) for at, (sex, percent) in enumerate(sexes.items())
    ]  # fmt: skip
    doubted = {int(row["cell"][1:]): row["how"] for row in doubted_in(tables, of_survey(rows))}
    assert {doubted.get(row) for row in range(62, 74)} == {"column or row"}
    assert 12 < len(doubted) < 40 and min(doubted) > 40 and max(doubted) < 95


def broken_down(tables: Tables, **names: str) -> list[dict[str, object]]:
    """What is doubted of a long table that says of women and men and of two ages what its breakdowns say again; and of town and
    country. In the rows of their own some people have other names."""
    percent = {"female": (1.0, 2.2), "male": (3.1, 5.4)}  # of the young and of the old, 100 of each asked
    both = {sex: sum(two) / 2 for sex, two in percent.items()}
    people = [
        *((names.get(sex, sex), "16+", None, None, value, 200.0) for sex, value in both.items()),
        *((names.get(sex, sex), age, None, None, value, 100.0)
          for sex, two in percent.items() for age, value in zip(("16-24", "25-34"), two, strict=True)),
        *(("all", "16+", "sex", sex.capitalize(), value, 200.0) for sex, value in both.items()),
        *(("all", age, "sex", sex.capitalize(), two[at], 100.0)
          for sex, two in percent.items() for at, age in enumerate(("16-24", "25-34"))),
        ("all", "16+", None, None, 2.925, 400.0),
        *(("all", age, None, None, value, 200.0) for age, value in (("16-24", 2.05), ("25-34", 3.8))),
        ("all", "16+", "urban or rural", "Urban", 3.0, float(names.get("asked", 300))),
        ("all", "16+", "urban or rural", "Rural", float(names.get("Rural", 2.7)), 100.0),
    ]  # fmt: skip
    columns = ("sex", "age", "characteristic", "characteristic_value", "value", "base")
    rows = [dict(zip(columns, person, strict=True)) | {"cell": f"L{2 + at}"} for at, person in enumerate(people)]
    found = held(tables, of_survey(rows))
    assert {"same_people_in_a_breakdown", "all_mean_of_town_and_country"} <= {
        row["relation"] for row in found[RELATION]
    }
    return found[DOUBT]


def test_a_breakdown_says_of_people_what_their_own_rows_say(tables: Tables) -> None:
    assert broken_down(tables) == []


@pytest.mark.long
def test_women_and_men_under_each_others_name_are_withheld_in_both_places(tables: Tables) -> None:
    doubted = broken_down(tables, female="male", male="female")
    assert {row["how"] for row in doubted} == {"label"} and {int(row["cell"][1:]) for row in doubted} == {*range(2, 14)}
    assert "In the breakdown by sex 3 figures of female or male" in doubted[0]["reason"] and len(doubted) == 12


@pytest.mark.long
def test_town_and_country_make_the_whole_by_how_many_were_asked(tables: Tables) -> None:
    """Half as much again in the country would be 3.4 of all people; the part with most people asked may be wrong as well."""
    doubted = broken_down(tables, Rural="4.6")
    assert "L18" in {row["cell"] for row in doubted}
    assert all("urban and rural" in row["reason"] for row in doubted)


@pytest.mark.long
def test_all_people_asked_are_those_of_town_and_country(tables: Tables) -> None:
    """Thirty of three hundred: the percentages agree as before, since those of both are alike."""
    doubted = broken_down(tables, asked="30")
    assert {"L17", "L18"} <= {row["cell"] for row in doubted}
    assert any("All people asked are those asked of urban and rural areas" in row["reason"] for row in doubted)
