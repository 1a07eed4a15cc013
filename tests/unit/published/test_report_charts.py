"""Charts take the page's colours, escape their texts, and join nothing across a break."""

import datetime
import re

from assets.charts import drawing, lines, panels
from assets.charts.picture import COLOURS

DAY = datetime.date
HOSTILE = '<script>alert(1)</script> & "quotes"'


def years(*ends: int) -> list[tuple[datetime.date, datetime.date]]:
    return [(DAY(end - 1, 4, 1), DAY(end, 3, 31)) for end in ends]


def test_a_year_with_a_break_inside_belongs_to_neither_side() -> None:
    assert lines.unbroken(years(2015, 2016, 2017, 2018), [DAY(2015, 12, 1)]) == [0, 1, 2, 2]


def test_a_break_on_the_first_day_parts_two_years_once() -> None:
    assert lines.unbroken(years(2017, 2018, 2019, 2020), [DAY(2018, 4, 1)]) == [0, 0, 1, 1]
    assert lines.unbroken(years(2017, 2018), []) == [0, 0]


def test_a_chart_has_the_colours_of_the_page_and_nothing_foreign() -> None:
    svg = panels.bar_panel([{"label": HOSTILE, "value": 10.0, "text": "10"}, {"label": "b", "value": 3.0, "text": "3"}])
    assert "var(--recorded)" in svg and not re.search(r"#0000\d\d", svg)
    assert "<script" not in svg and "&lt;script&gt;" in svg
    assert 'aria-hidden="true"' in svg and 'width="' not in svg.split(">", 1)[0]
    assert not re.search(r"(?:href|src)=", svg)


def test_a_blocked_comparison_keeps_its_line_and_says_so() -> None:
    given = {"value": 20.0, "lower": 10.0, "upper": 30.0, "other": 22.0, "blocked": False}
    blocked = dict.fromkeys(("value", "lower", "upper", "other")) | {"blocked": True}
    svg = panels.ratio_panel([{"label": "Mar 2022"} | given, {"label": "Mar 2023"} | blocked])
    assert panels.NOT_COMPARED in svg and "Mar 2023" in svg


def test_every_axis_starts_at_zero_and_holds_the_largest_value() -> None:
    for largest in (0.4, 3.0, 97.0, 911_232.0, 4_280_000.0):
        assert largest <= drawing.round_top([{"value": largest}], "value") <= 2.5 * largest
    assert drawing.round_top([{"value": None}], "value") > 0


def test_labels_that_are_alike_once_cut_stay_apart() -> None:
    long = "one two three four five " * 12
    svg = panels.bar_panel([{"label": long + end, "value": 1.0, "text": "1"} for end in ("a", "b")])
    assert "(2)" in svg


def test_close_breaks_stand_on_different_heights() -> None:
    points = [{"end": DAY(year, 3, 31), "value": 1.0} for year in range(2015, 2026)]
    marks = [("a", DAY(2023, 4, 1)), ("b", DAY(2023, 5, 1)), ("c", DAY(2018, 4, 1)), ("d", DAY(1998, 4, 1))]
    assert [(letter, lane) for letter, _, lane in lines._lanes(points, marks)] == [("c", 0), ("a", 0), ("b", 1)]


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
    style = COLOURS.read_text(encoding="utf-8")
    palettes = [dict(re.findall(r"--(\w+):(#[0-9a-f]{6})", part)) for part in re.findall(r":root\{([^}]*)\}", style)]
    assert len(palettes) == 2
    for colours in palettes:
        for ground in (colours["ground"], colours["raised"]):
            assert all(contrast(colours[name], ground) >= 4.5 for name in ("ink", "soft", "link", "blocked", "break"))
            assert all(contrast(colours[name], ground) >= 3 for name in ("estimate", "recorded", "ratio", "bound"))
