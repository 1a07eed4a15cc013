"""What a table must have, and what becomes of it where a release has it not."""

from collections.abc import Collection, Iterator, Mapping

from assets.archive.reading.result import Finding, record_set_aside
from assets.archive.titled.located import Located
from assets.words.problems import Problem

RENAMED = "If it was renamed, add the new wording to rows.csv or columns.csv of the layout."


def must_have(
    located: Located, have: Collection[str], without_series: Mapping[str, str], below: Mapping[str, Collection[str]]
) -> Iterator[Problem | Finding]:
    """The targets that a table must have and has not.

    Where its title is known and half of them are there it is the table, and what became of one of them (renamed, parted in two)
    costs no other: a finding. Else it may be another table, and is refused.

    without_series: names that it has -> series that are not known; below: headings of women, men, ... -> names that stand there
    """
    wanted = located.layout.must
    lacking = [name for name in wanted if name not in have]
    is_the_table = not (located.reworded or located.untitled) and 2 * len(lacking) <= len(wanted)
    for name in lacking:
        if sections := [repr(heading) for heading, names in below.items() if name in names]:
            yield Problem(
                located.place, "label", f"{name} below {' and '.join(sections)} only", f"{name} of all",
                "The table has sections, of which the layout has no series: write one for them, with their series.",
            )  # fmt: skip
        elif name in without_series:
            yield Problem(
                located.place, "series", f"{name}, which would be the series {without_series[name]}",
                "the ages and the time asked about in title or header" if "?" in without_series[name]
                else "a series that data/reference/series.csv knows",
                "Add it there, with its unit and citation, or correct `series` in tables.csv of the layout.",
            )  # fmt: skip
        else:
            gone = Problem(
                located.place, "label", f"no row or column for {name}", f"{name}, which every release of the table has", RENAMED
            )  # fmt: skip
            yield record_set_aside(located.place, gone, "The rest of the table is read.") if is_the_table else gone
