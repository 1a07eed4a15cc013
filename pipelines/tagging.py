"""Tags of assets: each publication behind a table with its newest tracked release, and the licence; who owns what lands."""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import dagster as dg

from assets.archive.assets_landing import SOURCE_KEYS
from assets.archive.tracked import Newest, licence_tag, newer, newest_tracked, tracked_publications

Deps = Mapping[dg.AssetKey, Iterable[dg.AssetKey]]
# What only says of rows what they mean; its publications are not those of the figures.
NO_FIGURES = ("reference", "meta")


def tagged(data: Path, specs: Iterable[dg.AssetSpec]) -> Callable[[dg.AssetSpec], dg.AssetSpec]:
    """A function that gives a spec the tags `source/<publication>: <newest tracked release>` and `licence`.

    What lands belongs to its publisher: whom to ask about it.
    What was landed since stands in the metadata of each materialisation: tags are those of the tracked input.
    """
    tracked, known = newest_tracked(data), tracked_publications(data)
    deps = {spec.key: [dep.asset_key for dep in spec.deps] for spec in specs}
    held: dict[dg.AssetKey, Newest] = {key: tracked[name] for key in deps if (name := ".".join(key.path)) in tracked}
    licences: dict[tuple[str, ...], str] = {}

    def tag(spec: dg.AssetSpec) -> dg.AssetSpec:
        sources = _sources(spec.key, deps, held)
        which = tuple(sorted(sources))
        if which not in licences:
            licences[which] = licence_tag(known, sources)
        licence = {"licence": licences[which]} if licences[which] else {}
        tags = {f"source/{source}": sources[source][1] for source in which} | licence
        publication = known.get(spec.key.path[-1]) if spec.key in SOURCE_KEYS else None
        owned = [f"team:{publication['publisher']}"] if publication else spec.owners
        return spec.replace_attributes(tags={**spec.tags, **tags}, owners=owned)

    return tag


def _sources(key: dg.AssetKey, deps: Deps, held: dict[dg.AssetKey, Newest]) -> Newest:
    """The publications of an asset: its own where it holds figures, else those of all that it comes from."""
    if key in held:
        return held[key]
    held[key] = {key.path[-1]: (0, "")} if key in SOURCE_KEYS else {}
    if key.path[0] not in NO_FIGURES:
        for upstream in deps.get(key, ()):
            if upstream not in SOURCE_KEYS and upstream.path[0] not in NO_FIGURES:
                held[key] = newer(held[key], _sources(upstream, deps, held))
    return held[key]
