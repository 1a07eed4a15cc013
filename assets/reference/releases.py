"""The publications (data/sources.yaml) and their releases (data/reference/release.csv)."""

from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from assets.tables.conform import conform
from assets.tables.csv_table import raise_one, read_csv
from assets.tables.failures import refuse_failures
from assets.words.problems import Problem, refuse_if_any
from schemas.registry import contract

# The C loader where PyYAML was built with it; both are safe loaders.
FAST_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
SOURCES = "sources.yaml"
RELEASES = "reference/release.csv"
RELEASE = contract("meta.release")
MUST_HAVE = ("publisher", "title", "licence", "cadence")


def read_sources(data: Path) -> dict[str, dict[str, Any]]:
    """Publications by key; BadInput where the file is not what it should be."""
    path, name = data / SOURCES, f"data/{SOURCES}"
    if not path.is_file():
        raise_one(name, "no such file", "the publications", "Restore it from the repository.")
    try:
        content: dict[str, dict[str, Any]] = yaml.load(path.read_text(encoding="utf-8"), Loader=FAST_SAFE)
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise_one(name, str(error), "well-formed YAML in UTF-8", "Correct the place named.")
    if not isinstance(content, dict) or not all(isinstance(entry, dict) for entry in content.values()):
        raise_one(
            name, type(content).__name__, "a mapping of publication keys to their entries", "See its first lines."
        )
    refuse_if_any(
        f"{name} cannot be read",
        [
            Problem(f"{name}, {key}", field, "nothing", f"a {field}", "Fill it in.")
            for key, entry in content.items()
            for field in MUST_HAVE
            if not entry.get(field)
        ],
    )
    return content


def publications(data: Path) -> pd.DataFrame:
    """Rows of `reference.publication`: who publishes what, how often, and where it is found."""
    rows = [
        {"source": key, "address": entry.get("landing_page"), "can_be_fetched": bool(entry.get("discovery"))}
        | {name: str(entry[name]) for name in MUST_HAVE}
        for key, entry in read_sources(data).items()
    ]
    return pd.DataFrame(rows, columns=["source", "address", "can_be_fetched", *MUST_HAVE])


def all_releases(data: Path, landed: pd.DataFrame) -> pd.DataFrame:
    """The tracked releases, then those that only the landing folder holds (`meta.release`); landed ones are held."""
    tracked = read_releases(data).drop(columns="row_id")
    keys, there = set(_pairs(tracked)), set(_pairs(landed))
    is_held = [bool(was_held) or pair in there for was_held, pair in zip(tracked["held"], _pairs(tracked), strict=True)]
    fresh = pd.Series([pair not in keys for pair in _pairs(landed)], index=landed.index, dtype=bool)
    new = landed[fresh].drop(columns="row_id")
    return pd.concat([tracked.assign(held=pd.Series(is_held, dtype=tracked["held"].dtype)), new], ignore_index=True)


def _pairs(frame: pd.DataFrame) -> list[tuple[str, str]]:
    return list(zip(frame["source"], frame["release"], strict=True))


def read_releases(data: Path) -> pd.DataFrame:
    """Every tracked release with the licence of its publication."""
    name = f"data/{RELEASES}"
    rows, lines = read_csv(data / RELEASES, RELEASE.model, name, derived=("row_id", "licence"))
    sources = read_sources(data)
    places = [f"{name}, line {line}" for line in lines]
    problems = [
        Problem(place, "source", repr(source), f"a key of data/{SOURCES}", "Add the publication first.")
        for place, source in zip(places, rows["source"], strict=True)
        if source not in sources
    ]
    licences = [sources.get(source, {}).get("licence", "") for source in rows["source"]]
    frame = conform(rows.assign(licence=licences), RELEASE)
    refuse_failures(frame, RELEASE, places, problems, name)
    return frame
