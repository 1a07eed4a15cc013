"""Charts take the page's colours, escape their texts, and join nothing across a break."""

import datetime
import re

from assets.charts import lines, marks, panels
from assets.charts.picture import THEME, picture

DAY = datetime.date
HOSTILE = '<script>alert(1)</script> & "quotes"'


def years(*ends: int) -> list[tuple[datetime.date, datetime.date]]:
    return [(DAY(end - 1, 4, 1), DAY(end, 3, 31)) for end in ends]


def test_a_year_with_a_break_inside_belongs_to_neither_side() -> None:
    assert lines.unbroken(years(2015, 2016, 2017, 2018), [DAY(2015, 12, 1)]) == [0, 1, 2, 2]


def test_a_break_on_the_first_day_parts_two_years_once() -> None:
    assert lines.unbroken(years(2017, 2018, 2019, 2020), [DAY(2018, 4, 1)]) == [0, 0, 1, 1]
    assert lines.unbroken(years(2017, 2018), []) == [0, 0]


def test_a_year_that_is_not_held_parts_the_years_around_it() -> None:
    assert lines.unbroken(years(2017, 2018, 2024), []) == [0, 0, 1]


def test_a_chart_has_the_classes_of_the_theme_and_nothing_foreign() -> None:
    svg = panels.bar_panel([{"label": HOSTILE, "value": 10.0, "text": "10"}, {"label": "b", "value": 3.0, "text": "3"}])
    assert "<script" not in svg and "&lt;script&gt;" in svg
    assert 'aria-hidden="true"' in svg and not re.search(r"style=|#[0-9a-f]{6}|(?:href|src)=", svg)
    classes = {name for said in re.findall(r'class="([^"]*)"', svg) for name in said.split()} - {"chart", "mark"}
    theme = THEME.read_text(encoding="utf-8")
    assert "recorded" in classes and not [name for name in classes if f".{name}" not in theme]


def test_a_picture_by_itself_brings_the_theme_and_stands_in_a_size() -> None:
    point = {"label": "a", "value": 10.0, "lower": 8.0, "upper": 12.0}
    svg = picture(lambda: [("People", panels.estimate_panel([point]))], ["A remark."])
    assert svg.count("<style>") == 1 and ".chart .estimate" in svg and "prefers-color-scheme" not in svg
    panel = svg.split("<svg", 2)[2].split(">", 1)[0]
    assert 'width="350"' in panel and 'width="100%"' not in panel


def test_a_blocked_comparison_keeps_its_line_and_says_so() -> None:
    given = {"value": 20.0, "lower": 10.0, "upper": 30.0, "other": 22.0, "blocked": False}
    blocked = dict.fromkeys(("value", "lower", "upper", "other")) | {"blocked": True}
    svg = panels.ratio_panel([{"label": "Mar 2022"} | given, {"label": "Mar 2023"} | blocked])
    assert panels.NOT_COMPARED in svg and "Mar 2023" in svg


def test_every_axis_starts_at_zero_and_holds_the_largest_value() -> None:
    for largest in (0.4, 3.0, 97.0, 911_232.0, 4_280_000.0):
        assert largest <= marks.round_top([{"value": largest}], "value") <= 2.5 * largest
    assert marks.round_top([{"value": None}], "value") > 0


def test_names_of_breaks_that_would_touch_stand_on_one_another() -> None:
    window = (DAY(2014, 6, 1), DAY(2025, 7, 1))
    axis = marks.Axis(window[0].toordinal(), window[1].toordinal())
    given = [
        lines.Mark(name, day, day)
        for name, day in (
            ("2023: text search", DAY(2023, 4, 1)), ("2023: one crime", DAY(2023, 5, 1)),
            ("2015: flag begins", DAY(2015, 4, 1)), ("1998: new counting rules", DAY(1998, 4, 1)),
        )
    ]  # fmt: skip
    placed = [(mark.name, lane) for mark, _, lane in lines.lanes(given, axis, window)]
    assert placed == [("2015: flag begins", 0), ("2023: text search", 0), ("2023: one crime", 1)]


def test_a_change_that_takes_long_is_a_band() -> None:
    points = [
        {"start": DAY(y - 1, 4, 1), "end": DAY(y, 3, 31), "value": 9.0, "tip": f"{y}: 9"} for y in range(2018, 2026)
    ]
    day, long = (lines.Mark("2020: no survey", DAY(2020, 3, 17), last) for last in (DAY(2020, 3, 17), DAY(2021, 10, 1)))
    assert "band" not in lines.recorded_over_time(points, [day])
    assert "band" in lines.recorded_over_time(points, [long])


def test_a_linked_year_has_an_interval_and_no_point_and_nothing_joins_the_years() -> None:
    limits = {"lower": 6.0, "upper": 12.0, "likely_lower": 7.0, "likely_upper": 11.0, "tip": "a year"}
    svg = lines.intervals_over_time([
        {"end": DAY(2022, 3, 31), "value": None} | limits, {"end": DAY(2023, 3, 31), "value": None} | limits,
        {"end": DAY(2024, 3, 31), "value": 9.0} | limits,
    ])  # fmt: skip
    assert svg.count(" dot") == 1 and svg.count("estimate range") == 3 and "polyline" not in svg


def test_series_of_unlike_ages_and_questions_stand_under_headings_of_their_own() -> None:
    given = {"value": 20.0, "lower": 10.0, "upper": 30.0}
    points = [{"label": f"Mar {year}", "heading": basis} | given for year, basis in
              ((2016, "Ages 16-59"), (2017, "Ages 16-59"), (2024, "Ages 16+"))]  # fmt: skip
    svg = panels.estimate_panel(points)
    assert re.findall(r'class="name">([^<]+)', svg) == ["Ages 16-59", "Ages 16+"]
    assert "Ages" not in panels.estimate_panel(points[:2]), "one series needs no heading"


def test_tips_say_numbers_as_the_tables_do() -> None:
    """An estimate no finer than it is known, a count in full, a ratio to one place; none as a power of ten."""
    estimate = {"label": "Mar 2016", "value": 1_984_330.2, "lower": 1_751_380.0, "upper": 2_246_020.0}
    count = {"label": "Mar 2016", "value": 1_421_182, "lower": None, "upper": None}
    ratio = {"label": "Mar 2016", "value": 29.977, "lower": 21.6755, "upper": 35.989, "other": None, "blocked": False}
    drawn = [panels.estimate_panel([estimate]), panels.recorded_panel([count]), panels.ratio_panel([ratio])]
    assert [re.findall("<title>(.*?)</title>", svg) for svg in drawn] == [
        ["Mar 2016: 1.98 million (1.75 to 2.25 million)"], ["Mar 2016: 1,421,182"], ["Mar 2016: 30.0 (21.7 to 36.0)"],
    ]  # fmt: skip


def luminance(colour: str) -> float:
    """Relative luminance of #rrggbb (WCAG 2.2, definition of relative luminance)."""
    parts = [int(colour[start : start + 2], 16) / 255 for start in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def test_colours_of_charts_are_strong_enough_in_light_and_dark() -> None:
    """axe cannot see behind the text of a picture: texts need 4.5 to 1, marks 3 to 1."""
    style = THEME.read_text(encoding="utf-8")
    palettes = [dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", part)) for part in re.findall(r":root\{([^}]*)\}", style)]
    assert len(palettes) == 2
    for colours in palettes:
        for ground in (colours["ground"], colours["raised"]):
            assert all(contrast(colours[name], ground) >= 4.5 for name in ("ink", "soft", "link", "blocked", "break"))
            assert all(contrast(colours[name], ground) >= 3 for name in ("estimate", "recorded", "ratio", "bound"))
