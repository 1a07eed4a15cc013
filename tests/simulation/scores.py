"""Worlds at the central truth and in corners of the assumption box, and how often published intervals hold the truth."""

import datetime
import os
import re
import subprocess
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
from kit import ROOT, read_rows
from synthetic_world import TRULY_FEMALE, Made, World, truth_of
from truth import FULL, SHORT, People, draw

PAGE = ROOT / "docs" / "signing.md"
BLOCK = re.compile(r"(<!-- simulated: .*? -->\n).*?(<!-- end -->)", re.DOTALL)
LONG = bool(os.environ.get("DARKFIGURE_VALIDATE"))
ALL = People("all", "16+", 48_000_000, 0.13, 250_000)
# So many victims and offences that sampling hides nothing else.
PRECISE = People("all", "16+", 48_000_000, 0.6, 2_500_000)
WOMEN = People("female", "16-74", 21_500_000, 0.05, 250_000)
# Each assumption that speaks of these people, with the end at which the sample is least; then those that move the ratio.
SAMPLE = {
    "deff_self_completion": "upper", "self_completion_share": "lower", "fieldwork_share.ye_2022_03": "lower",
    "whole_sample_base.ye_2022_03": "lower",
}  # fmt: skip
OTHERS = ("household_population_share.all", "recall_year_mix_factor", "recorded_overdispersion_phi.domestic_abuse")
ENDS = ("lower", "upper")
CELLS = ("a", "b", "c", "ab", "ac", "bc", "abc")


@dataclass(frozen=True)
class Group:
    """Repetitions of one world: whom it is about, where in the box it lies, how the police count is published."""

    key: str
    people: People
    corner: dict[str, str]
    runs: int
    by_quarters: bool = False


def central(runs: int) -> list[Group]:
    """The central truth: all adults and women from yearly counts, and all adults from quarters."""
    return [
        Group("all", ALL, {}, runs),
        Group("women", WOMEN, {}, runs),
        Group("quarters", ALL, {}, runs, by_quarters=True),
    ]


def corners(runs: int, every: bool) -> Iterable[Group]:
    """Corners of the box: every one, or those where what makes a sample small goes together."""
    keys = (*SAMPLE, *OTHERS) if every else ("sample", *OTHERS)
    for at, ends in enumerate(product(ENDS, repeat=len(keys))):
        corner = dict(zip(keys, ends, strict=True))
        if "sample" in corner:
            least = corner.pop("sample") == "lower"
            corner |= {key: end if least else ENDS[end == "lower"] for key, end in SAMPLE.items()}
        yield Group(f"corner_{at}", ALL, corner, runs)


# What makes the plain truth of a ratio least, and most, in relation to what is published of it.
LEAST, MOST = (
    {**SAMPLE, **dict(zip(OTHERS, ends, strict=True))}
    for ends in (("upper", "lower", "upper"), ("lower", "upper", "upper"))
)


def build(groups: Iterable[Group], root: Path, seed: int, overlaps: int = 0) -> tuple[World, Made]:
    """Draw the groups, write them as figures files and read them back with the pipeline's functions."""
    tracked = read_rows(ROOT / "data" / "reference" / "assumption.csv")
    source_of_chance, world = np.random.default_rng(seed), World()
    for group in groups:
        true = truth_of(tracked, group.corner)
        drawn = {
            year.end: draw(source_of_chance, group.people, year, true, group.runs, group.by_quarters)
            for year in (FULL, SHORT)
        }
        for run in range(group.runs):
            name = f"synthetic_{group.key}_{run:04d}"
            world.compare(name, group.people)
            for year in (FULL, SHORT):
                world.repeat(name, group.people, year, drawn[year.end], run, group.by_quarters)
    for at in range(overlaps):
        cells = dict(zip(CELLS, source_of_chance.integers(1, 5_000, len(CELLS)).tolist(), strict=True))
        world.overlap(f"synthetic_sets_{at:04d}", cells)
        world.cells[f"synthetic_sets_{at:04d}"] = cells
    return world, Made(world.write(root))


def true_ratio(world: World, row: dict[str, Any]) -> float:
    """Expected offences per 100 victims: of the months that the interviews are about, or of the year of the label."""
    truth, people = world.truths[row["pairing"], row["period_end"]], world.people[row["pairing"]]
    counted = truth.true_years[1] if row["period_match"] == "plain" else truth.true_recorded
    of_them = TRULY_FEMALE if people.sex == "female" else 1.0
    return 100 * counted * of_them / truth.true_victims


def held(rows: Sequence[dict[str, Any]], truths: Sequence[float], lower: str, upper: str) -> list[bool]:
    """Does the interval of each row hold its truth?"""
    return [row[lower] <= truth <= row[upper] for row, truth in zip(rows, truths, strict=True)]


def coverage(outcomes: Sequence[bool]) -> float:
    """The share of intervals that hold the truth."""
    assert outcomes, "nothing was published to be scored"
    return sum(outcomes) / len(outcomes)


def at_least_95(outcomes: Sequence[bool]) -> bool:
    """Is a coverage of 95% or more compatible with what was seen, but for one time in a thousand?"""
    from scipy.stats import binom

    return float(binom.cdf(sum(outcomes), len(outcomes), 0.95)) > 0.001


def ending(rows: Iterable[dict[str, Any]], end: datetime.date, match: str) -> list[dict[str, Any]]:
    """Rows with a ratio, of one survey year and one way of matching."""
    return [
        row for row in rows if row["period_end"] == end and row["period_match"] == match and row["verdict"] != "block"
    ]


class Noted:
    """Shares of intervals that held the truth, in the order in which they were found."""

    def __init__(self) -> None:
        self.found: dict[tuple[str, str], list[Sequence[bool]]] = {}

    def add(self, what: str, outcomes: Sequence[bool], wanted: str) -> None:
        """A score of a line of the table; several of one line are told as a range."""
        self.found.setdefault((what, wanted), []).append(outcomes)

    def table(self) -> str:
        """The table in Markdown, with day and commit."""
        commit = subprocess.run(
            ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
        )
        head = ["| simulated, against a known truth | intervals | hold it | must |", "| --- | --- | --- | --- |"]
        lines = list[str]()
        for (what, wanted), scores in self.found.items():
            ends = dict.fromkeys(f"{100 * one(map(coverage, scores)):.1f}" for one in (min, max))
            lines.append(f"| {what} | {sum(map(len, scores)):,} | {' to '.join(ends)}% | {wanted} |")
        return "\n".join([*head, *lines, "", f"{datetime.date.today()}, commit {commit.stdout.strip()}."])

    def write(self) -> None:
        """Put the table into its place on the page."""
        page = PAGE.read_text(encoding="utf-8")
        PAGE.write_text(BLOCK.sub(lambda at: f"{at[1]}{self.table()}\n{at[2]}", page), encoding="utf-8")
