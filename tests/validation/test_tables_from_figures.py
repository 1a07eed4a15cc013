"""Tables made from published figures: a right number is never told as wrong, and one under another's head hardly ever agrees.

In HTML, in Markdown and in lines as a PDF gives them. The words are the tests' own, the figures those of the tracked releases;
which are taken is drawn by seeds that say themselves.
"""

import random
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from kit import ROOT, VALIDATE, Tables

from assets.statement.scan.scan import scan
from assets.statement.scan.verdicts import AGREES, DISAGREES, Verdict, verdicts
from assets.statement.text.texts import text_of

sys.path.insert(0, str(ROOT / "tests" / "unit" / "statement"))
from claims_kit import NEAR
from figures_kit import published_of

pytestmark = pytest.mark.long

MADE = 100 if VALIDATE else 10  # tables of each kind
OFFENCES = {
    "prc.a5a.8L": "Harassment", "prc.a5a.8Q": "Stalking", "prc.a5a.8R": "Malicious communications",
    "prc.a5a.106": "Modern slavery", "prc.a5a.8M": "Racially or religiously aggravated harassment",
}  # fmt: skip
BY_FORCE = ("sexual_offences", "Sexual offences"), ("stalking_and_harassment", "Stalking and harassment")
SURVEYED = {"domestic_abuse": "domestic abuse", "partner_abuse": "partner abuse", "sexual_assault": "sexual assault"}
PEOPLE = ({"female": "Women", "male": "Men", "all": "All"}, {"female": "Females", "male": "Males", "all": "All people"})
ENDING = ("Year ending {}", "YE {}", "Year to {}", "12 months to {}")
TITLES = (
    "Prevalence of {} in the last year, people aged {}, England and Wales",
    "Adults aged {1} who experienced {0} in the last year (%), England and Wales",
)
# Smaller counts, and percentages of two digits, are those of several heads by chance.
LEAST, BY_CHANCE = 1_000, {"survey": 0.15}
Rows = list[list[str]]

COUNTED = """
SELECT series, strftime(period_end, '%B %Y') AS year, any_value(value)::BIGINT FROM main.offence_count
WHERE area_code = 'K04000001' AND sex = 'all' AND period_type = 'year' AND doubt IS NULL AND value >= ?
GROUP BY ALL ORDER BY ALL"""
FORCES = """
SELECT name, strftime(period_end, '%B %Y') AS year, split_part(series, '.', 3) AS what, value::BIGINT
FROM main.force_count JOIN reference.area USING (area_code)
WHERE regexp_matches(area_code, '^(E23|W15)')
  AND regexp_matches(series, '^prc.(pfa|csp).(sexual_offences|stalking_and_harassment)$')
  AND period_type = 'year' AND unit = 'offences' AND doubt IS NULL AND value >= ? ORDER BY ALL"""
SHARES = """
SELECT series, age, strftime(period_end, '%B %Y') AS year, sex, any_value(value) FROM main.estimate
WHERE area_code = 'K04000001' AND characteristic IS NULL AND unit = 'percent' AND month(period_end) = 3
  AND regexp_matches(series, '^csew.(domestic_abuse|partner_abuse|sexual_assault).old.[0-9+-]+.prevalence$') AND value IS NOT NULL
GROUP BY ALL ORDER BY ALL"""


def of_offences(file: duckdb.DuckDBPyConnection, draw: random.Random) -> Iterator[tuple[str, Rows]]:
    """Offences of England and Wales by year."""
    counts = defaultdict[str, dict[str, int]](dict)
    for series, year, value in file.execute(COUNTED, [LEAST]).fetchall():
        counts[series][year] = value
    for _ in range(MADE):
        some, form = draw.sample([*OFFENCES], 3), draw.choice(ENDING)
        years = sorted(set.intersection(*(set(counts[one]) for one in some)))
        years = draw.sample(years, min(len(years), 3))
        rows = [["Offence", *map(form.format, years)]]
        rows += [[OFFENCES[one], *(f"{counts[one][year]:,}" for year in years)] for one in some]
        yield "Offences recorded by the police in England and Wales, by type", turned(rows, draw, "Period")


def of_forces(file: duckdb.DuckDBPyConnection, draw: random.Random) -> Iterator[tuple[str, Rows]]:
    """Two kinds of offences of some forces in a year."""
    counts = defaultdict[str, dict[str, dict[str, int]]](lambda: defaultdict(dict))
    for name, year, what, value in file.execute(FORCES, [LEAST]).fetchall():
        counts[year][name][what] = value
    years = {year: [name for name in forces if len(forces[name]) == 2] for year, forces in counts.items()}
    for _ in range(MADE):
        year = draw.choice(sorted(year for year, names in years.items() if len(names) > 9))
        columns = draw.sample(BY_FORCE, 2)
        rows = [["Police force", *(head for _, head in columns)]]
        for name in draw.sample(years[year], 5):
            rows.append([name, *(f"{counts[year][name][what]:,}" for what, _ in columns)])
        yield f"Offences recorded by police force area, {draw.choice(ENDING).format(year)}", rows


def of_the_survey(file: duckdb.DuckDBPyConnection, draw: random.Random) -> Iterator[tuple[str, Rows]]:
    """Percentages of women and men by year; the title alone says the unit."""
    shares = defaultdict[tuple[str, str], dict[tuple[str, str], float]](dict)
    for series, age, year, sex, value in file.execute(SHARES).fetchall():
        shares[series, age][year, sex] = value
    full = {
        key: sorted({year for year, _ in of if all((year, sex) in of for sex in ("female", "male"))})
        for key, of in shares.items()
    }
    for _ in range(MADE):
        key = draw.choice(sorted(key for key, years in full.items() if len(years) > 1))
        years, names = draw.sample(full[key], 2), draw.choice(PEOPLE)
        sexes = [sex for sex in names if all((year, sex) in shares[key] for year in years)]
        rows = [["Year", *(names[sex] for sex in sexes)]]
        rows += [[f"Year ending {year}", *(f"{shares[key][year, sex]:.1f}" for sex in sexes)] for year in years]
        age = key[1].replace("-", " to ").replace("+", " and over")
        yield draw.choice(TITLES).format(SURVEYED[key[0].split(".")[1]], age), turned(rows, draw, "Sex")


KINDS = {"offences": of_offences, "forces": of_forces, "survey": of_the_survey}


def turned(rows: Rows, draw: random.Random, corner: str) -> Rows:
    """The table as it is, or with its rows for columns."""
    other = [[*row] for row in zip(*rows, strict=True)]
    other[0][0] = corner
    return draw.choice([rows, other])


def written(path: Path, title: str, rows: Rows) -> Path:
    match path.suffix:
        case ".html":
            cells = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
            path.write_text(f"<p>{title}</p><table>{cells}</table>", encoding="utf-8")
        case ".md":
            path.write_text("\n".join([title, "", *(f"| {' | '.join(row)} |" for row in rows)]), encoding="utf-8")
        case _:
            path.write_text("\n".join([title, *(" ".join(row) for row in rows)]), encoding="utf-8")
    return path


@pytest.mark.one_in(4)  # each kind and each ending once
@pytest.mark.parametrize("ending", [".html", ".md", ".txt"])
@pytest.mark.parametrize("kind", KINDS)
def test_a_right_number_is_never_told_as_wrong_and_one_under_another_head_hardly_agrees(
    file: duckdb.DuckDBPyConnection, tables: Tables, tmp_path: Path, kind: str, ending: str
) -> None:
    published = published_of(tables)
    made = [*KINDS[kind](file, random.Random(20261130))]

    def told(title: str, rows: Rows) -> list[Verdict]:
        return verdicts(scan(text_of(written(tmp_path / f"synthetic{ending}", title, rows)), None, NEAR, published))

    right, moved = Counter[str](), Counter[str]()
    for title, rows in made:
        right.update(
            one.verdict
            for one in told(title, rows)
            if one.mention.text in {cell for row in rows[1:] for cell in row[1:]}
        )
        exchanged = [[rows[0][0], rows[0][2], rows[0][1], *rows[0][3:]], *rows[1:]]
        wrong = {cell for row in rows[1:] for cell in row[1:3] if row[1] != row[2]}
        moved.update(one.verdict for one in told(title, exchanged) if one.mention.text in wrong)
    assert not right[DISAGREES] and right[AGREES] >= 0.75 * right.total(), right
    assert moved.total() > MADE and moved[AGREES] <= BY_CHANCE.get(kind, 0.02) * moved.total(), moved
