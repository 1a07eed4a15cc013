"""Tables in the lines of a text or a PDF: heads above them, names that go on, signs, units. SYNTHETIC figures."""

from pathlib import Path

import pytest
from figures_kit import fact, scanned, verdicts_of
from pdf_writer import pdf_of

from assets.statement.quoted.looking_up import IN_A_ROW
from assets.statement.quoted.table_figures import NO_HEAD
from assets.statement.scan.verdicts import AGREES, DISAGREES, verdicts
from assets.statement.text.grid import NumberGrid, grid
from assets.statement.text.lines import laid_out
from assets.statement.text.texts import text_of

HEADS = "Offence Year ending March 2023 Year ending March 2024"
ROWS = ("Sexual offences 193,120 192,871", "Rape 68,109 67,204")
FACTS = [
    fact("offences.sexual", 193_120, 2023), fact("offences.sexual", 192_871), fact("offences.rape", 68_109, 2023),
    fact("offences.rape", 67_204),
]  # fmt: skip
FORCES = {"E23000032": (4_136, 1_502), "E23000028": (5_207, 1_711), "E23000031": (2_318, 803)}
YEARS = {1: "Year ending March 2023", 2: "Year ending March 2024"}


def read(folder: Path, *lines: str, pdf: bool = False) -> list[NumberGrid]:
    return [grid(table) for table in text_of(written(folder, *lines, pdf=pdf)).tables]


def written(folder: Path, *lines: str, pdf: bool = False) -> Path:
    path = folder / f"synthetic.{'pdf' if pdf else 'md'}"
    path.write_bytes(pdf_of(lines) if pdf else "\n".join(lines).encode())
    return path


def said(folder: Path, *lines: str) -> dict[str, tuple[str, str]]:
    """Number -> verdict, and why, of the numbers that make a claim."""
    found = verdicts(scanned(text_of(written(folder, *lines)), *FACTS))
    return {one.mention.text: (one.verdict, one.why) for one in found if one.verdict != "makes no claim"}


@pytest.mark.parametrize(
    "heads",
    [
        (HEADS,), ("Offence", "Year ending", "March 2023", "Year ending", "March 2024"),
        ("Offence Year ending March 2023", "Year ending March 2024"), ("Year ending", "Offence March 2023 March 2024"),
        ("Offence Year ending Year ending", "March 2023 March 2024"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("pdf", [False, True])
def test_periods_above_the_numbers_are_their_heads_in_however_many_lines(
    tmp_path: Path, heads: tuple[str, ...], pdf: bool
) -> None:
    [found] = read(tmp_path, *heads, *ROWS, pdf=pdf)
    assert {at: head for at, head in found.heads.items() if at} == YEARS
    assert found.labels == ("Sexual offences", "Rape")


@pytest.mark.parametrize("pdf", [False, True])
@pytest.mark.parametrize(
    ("heads", "wanted"),
    [
        (("Offence Year ending March 2023 Year ending March 2024", "Women Men Women Men"),
         [f"{year} {who}" for year in YEARS.values() for who in ("Women", "Men")]),
        (("Force Sexual offences Rape", f"{YEARS[1]} {YEARS[2]} {YEARS[1]} {YEARS[2]}"),
         [f"{what} {year}" for what in ("Sexual offences", "Rape") for year in YEARS.values()]),
        # Three heads over four columns, or none, tell nothing apart.
        (("Force Sexual offences Rape Stalking", f"{YEARS[1]} {YEARS[2]} {YEARS[1]} {YEARS[2]}"), [*YEARS.values()] * 2),
    ],
)  # fmt: skip
def test_heads_that_are_told_again_are_below_one_for_each_time(
    tmp_path: Path, heads: tuple[str, ...], wanted: list[str], pdf: bool
) -> None:
    [found] = read(tmp_path, *heads, "Kent 411 502 15 16", "Essex 520 571 17 18", "Surrey 231 280 8 9", pdf=pdf)
    assert [head for at, head in found.heads.items() if at] == wanted


@pytest.mark.parametrize("heads", [("Offence Year ending March 2023 2024",), ("Year ending March", "2023 2024")])
def test_a_year_ending_said_once_goes_for_every_year(tmp_path: Path, heads: tuple[str, ...]) -> None:
    [found] = read(tmp_path, *heads, *ROWS)
    assert {at: head for at, head in found.heads.items() if at} == YEARS


@pytest.mark.slow
@pytest.mark.parametrize(
    "lines",
    [
        ("Year ending March     Sexual offences     Rape", "2023     193,120     68,109", "2024     {}     67,204"),
        ("| Year ending March | Sexual offences | Rape |", "|--|--|--|", "| 2023 | 193,120 | 68,109 |", "| 2024 | {} | 67,204 |"),
        ("Year to March     Sexual offences     Rape", "2023     193,120     68,109", "2024     {}     67,204"),
    ],
)  # fmt: skip
def test_years_in_the_first_column_name_their_rows(tmp_path: Path, lines: tuple[str, ...]) -> None:
    head, *rows = lines
    for printed, verdict in (("192,871", "agrees"), ("192,781", "disagrees")):
        table = [head, *(row.format(printed) for row in rows), *(["2022     1     2"] * ("|" not in head))]
        found = said(tmp_path, "Police recorded crime, England and Wales", "", *table, "", "Source: the police.")
        assert [found[number][0] for number in ("193,120", printed, "67,204")] == ["agrees", verdict, "agrees"], found


def test_numbers_near_2000_in_the_first_column_are_no_years(tmp_path: Path) -> None:
    [found] = read(
        tmp_path, "| Rapes | Thefts |", "|---|---|", "| 1990 | 40 |", "| 2010 | 50 |", "| 2011 | 60 |", "| 2012 | 70 |"
    )
    assert [sorted(row) for row in found.rows] == [[0, 1]] * len(found.rows) and found.rows


def test_people_above_the_numbers_are_their_heads_and_a_year_may_be_the_name_of_a_row(tmp_path: Path) -> None:
    rows = ("Year ending March 2022 5.0 6.9 3.0", "Year ending March 2023 4.4 5.7 3.2")
    [found] = read(tmp_path, "Prevalence of domestic abuse", "Year All Women Men", *rows)
    assert found.heads == {0: "Year", 1: "All", 2: "Women", 3: "Men"}
    assert found.labels == ("Year ending March 2022", "Year ending March 2023")
    assert [number.value for number in found.rows[0].values()] == [5.0, 6.9, 3.0]
    [found] = read(tmp_path, "Prevalence of domestic abuse", "Year Females Males All people", *rows)
    assert found.heads == {0: "Year", 1: "Females", 2: "Males", 3: "All people"}, "two words of one name"


@pytest.mark.slow
def test_a_column_of_changes_has_its_head_and_agrees_with_its_row(tmp_path: Path) -> None:
    before = ("Police recorded crime, England and Wales.", "", f"{HEADS} % change")
    others = ("Homicide 590 567 -3.9%", "Assault 1,200 1,100 -8.3%", "Threats 2,040 2,391 +17.2%")
    assert [found.heads[3] for found in read(tmp_path, *before, *others)] == ["% change"]
    found = said(tmp_path, *before, "Rape 68,109 67,204 -1.3%", *others)
    assert [found[number][0] for number in ("68,109", "67,204", "-1.3%")] == ["agrees"] * 3
    assert found["-3.9%"][0] == found["590"][0] == "not tested", "worked out of figures that are not held"
    assert said(tmp_path, *before, "Rape 68,109 67,204 -3.1%", *others)["-3.1%"][0] == "disagrees"


@pytest.mark.parametrize(
    "above",
    [
        "Table 1: Offences, year ending March 2023 and year ending March 2024", "Offence Number Rate",
        "Sexual offences rose from the year ending March 2023 to the year ending March 2024.",
        "Year ending March 2023 Year ending March 2024 Year ending March 2025", "",
    ],
)  # fmt: skip
def test_what_says_anything_else_is_no_row_of_heads(above: str) -> None:
    assert not [piece for piece in laid_out([above, *ROWS]) if not isinstance(piece, str)]


def test_a_name_that_goes_on_in_the_next_line_is_of_its_row(tmp_path: Path) -> None:
    lines = (HEADS, "Sexual", "offences 193,120 192,871", "Rape 68,109 67,204")
    [found] = read(tmp_path, *lines)
    assert found.labels == ("Sexual offences", "Rape")
    [found] = read(tmp_path, HEADS, *ROWS, "Other", "Homicide 590 567")
    assert found.labels == ("Sexual offences", "Rape"), "a heading between rows is no part of a name"


def test_letters_that_are_set_as_one_are_read(tmp_path: Path) -> None:
    found = said(
        tmp_path, "Police recorded crime, England and Wales", "", HEADS, "Sexual oﬀences 193,120 192,871", ROWS[1]
    )
    assert {verdict for verdict, _ in found.values()} == {"agrees"} and len(found) == 4


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["(thousands)", "(numbers in thousands)", "(000s)"])
def test_a_unit_before_a_table_goes_for_its_counts(tmp_path: Path, unit: str) -> None:
    lines = (f"Police recorded crime, England and Wales {unit}", "", HEADS, "Sexual offences 193 193", "Rape 68 67")
    found = {number: verdict for number, (verdict, _) in said(tmp_path, *lines).items() if number.isdigit()}
    assert found == {"193": "agrees", "68": "agrees", "67": "agrees"}


def test_numbers_without_a_head_are_of_no_period_that_is_not_the_only_one(tmp_path: Path) -> None:
    """They were taken for those of either year, though they stand the other way round."""
    rows = ("Sexual offences 192,871 193,120", "Rape 67,204 68,109", "Homicide 590 567")
    about = "Police recorded crime in England and Wales, year ending March 2023 and year ending March 2024"
    found = said(tmp_path, about, "", *rows)
    assert found["192,871"] == ("not tested", found["192,871"][1]) and NO_HEAD in found["192,871"][1]


@pytest.mark.slow
@pytest.mark.parametrize(("heads", "agreeing"), [("Force Sexual offences Rape", 6), ("Force Rape Sexual offences", 0)])
def test_names_that_begin_with_capitals_are_heads(tmp_path: Path, heads: str, agreeing: int) -> None:
    """Two columns under each other's name agreed, since both names stand before the numbers."""
    facts = [
        fact(f"offences.{what}", value, area_code=code)
        for code, values in FORCES.items()
        for what, value in zip(("sexual", "rape"), values, strict=True)
    ]
    names = zip(("Kent", "Essex", "Surrey"), FORCES.values(), strict=True)
    rows = [f"{name} {sexual:,} {rape:,}" for name, (sexual, rape) in names]
    path = written(tmp_path, "Offences recorded by the police in the year ending March 2024", heads, *rows)
    told = verdicts(scanned(text_of(path), *facts))
    assert sum(one.verdict == "agrees" for one in told) == agreeing


@pytest.mark.slow
@pytest.mark.parametrize(
    "words",
    [
        "Rape 68,109 67,204 67,240 offences",
        "68,109 rapes in the year ending March 2020 estimated 67,204",
        "67,204 rapes",
    ],
)
def test_a_row_of_numbers_that_is_in_no_table_accuses_nobody(tmp_path: Path, words: str) -> None:
    about = "Police recorded crime in England and Wales, year ending March 2024:"
    found = said(tmp_path, f"{about} {words}.")
    row = words.startswith("Rape")
    assert all((IN_A_ROW in why) is row for _, why in found.values() if "held" in why)
    assert not row or {verdict for verdict, _ in found.values()} == {"not tested"}


def test_a_line_with_a_number_behind_its_name_is_of_nothing_in_the_next_line(tmp_path: Path) -> None:
    lines = (
        "Key facts, year ending March 2024", "", "Sexual offences: 192,871 offences (fewer than before)",
        "Rape: just over 67,200 offences (fewer than before)",
    )  # fmt: skip
    text = text_of(written(tmp_path, *lines))
    assert [block.split(":")[0] for block in text.blocks] == [
        "Key facts, year ending March 2024",
        "Sexual offences",
        "Rape",
    ]
    assert {number: verdict for number, (verdict, _) in said(tmp_path, *lines).items()}["192,871"] == "agrees"


@pytest.mark.parametrize(
    ("heads", "verdict"), [(" | 2023 | 2024", AGREES), ("\t2023\t2024", AGREES), ("| 2024 | 2023", DISAGREES)]
)
def test_bare_years_above_a_table_end_as_the_words_before_it_say(tmp_path: Path, heads: str, verdict: str) -> None:
    rows = ("Sexual offences | 193,120 | 192,871", "Rape | 68,109 | 67,204")
    rows = rows if "|" in heads else tuple(row.replace(" | ", "\t") for row in rows)
    path = written(tmp_path, "Offences recorded by the police, year ending March", "", heads, *rows)
    assert verdicts_of(text_of(path), *FACTS)["192,871"] == verdict
