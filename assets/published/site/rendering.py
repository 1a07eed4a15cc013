"""From a published file to every file of the site: path below the site -> content."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from io import StringIO
from pathlib import Path
from typing import Any

from assets.charts.picture import THEME
from assets.published.report.changes import target
from assets.published.report.content import ShownFigure, ShownTable, templates
from assets.published.report.page import SUPPORT
from assets.published.report.sources import method, revised
from assets.published.site import further
from assets.published.site.compared import comparisons
from assets.published.site.forces import ForcePages, force_pages
from assets.published.site.further import Claims
from assets.published.site.threats import ThreatPage, front, page_of, threats
from assets.published.site.where import CitedRelease, Where, script
from assets.published.site.words import PlainWords
from assets.tables.asking import Asked, asking
from assets.words import wording
from schemas import codes
from schemas.rows import AnyRow

TEMPLATES = Path(__file__).parent / "templates"
NAMES = "where/names.js"
STYLE, SCRIPT, BUILD, SEARCH = "assets/site.css", "assets/site.js", "assets/build.js", "assets/search.js"
# Path below the site -> its text, or the file that it is.
Files = dict[str, str | Path]


@dataclass
class Page:
    """A page as it is being written: the figures, tables and rows that it shows are noted, for their files beside it."""

    path: str
    where: Where
    files: Files
    shown: dict[str, int] = field(default_factory=dict)

    @cached_property
    def root(self) -> str:
        """From this page to the site's folder."""
        return "../" * self.path.count("/")

    @property
    def name(self) -> str:
        """A name of its own, for files beside the page."""
        return self.path.removesuffix(".html").replace("/", "-")

    def row(self, row_id: str) -> int:
        """Note that the page shows a row of the file; its place among them."""
        return self.shown.setdefault(row_id, len(self.shown))

    def csv(self, key: str, shown: ShownTable) -> str:
        """Write a table's CSV; where it stands, from the page."""
        import csv

        text = StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow([*(column.heading for column in shown.columns), "row_id"])
        writer.writerows([*row.cells, row.row_id] for row in shown.rows)
        path = f"data/{key}.csv"
        self.files[path] = text.getvalue()
        return self.root + path

    def releases(self, figure: ShownFigure) -> list[tuple[CitedRelease, int]]:
        """The newest release of each publication that a figure rests on, and how many earlier ones."""
        ids = [row.row_id for row in figure.table.rows if row.row_id]
        return self.where.releases(ids)


def site(file: Path, tables: Path) -> Files:
    """Every file of the site over one published file; `tables` is the folder of the statistical tables."""
    with asking(file) as asked:
        return _Site(asked, tables).files()


class _Site:
    def __init__(self, asked: Asked, tables: Path) -> None:
        self._asked, self._tables = asked, tables
        self._where = Where(asked)
        self._files: Files = {}
        self._shown: dict[str, list[str]] = {}
        self._templates = templates(TEMPLATES)
        self._templates.globals["codes"] = codes

    def files(self) -> Files:
        """Write every page, then what stands beside the pages."""
        asked = self._asked
        words = PlainWords(asked)
        every = comparisons(asked, words)
        around = force_pages(asked)
        all_threats = threats(asked, words, every, around.funnels)
        ledger, methods = further.claims(asked), method(asked)
        [build] = asked.rows("SELECT * FROM meta.build")
        shared: Mapping[str, Any] = {"threats": all_threats, "places": around, "support": asked.rows(SUPPORT)}
        pages: list[tuple[str, str, Mapping[str, Any]]] = [
            ("index.html", "front", {"front": front(asked, every), "claims": ledger}),
            ("forces.html", "forces", {}),
            ("methods.html", "methods", {"method": methods, "target": target(asked)}),
            ("sources.html", "sources", {
                "sources": further.sources(asked), "releases": further.releases(asked), "revised": revised(asked)}),
            ("findings.html", "findings", {"findings": further.findings(asked), "method": methods}),
            ("data.html", "data", {"resources": further.resources(self._tables)}),
            ("help.html", "help", {}),
            *((threat.page, "threat", {"t": threat}) for threat in all_threats),
            *((force.page, "force", {"f": force}) for force in around.forces),
            *((region.page, "region", {"r": region}) for region in around.regions),
        ]  # fmt: skip
        if ledger:
            pages.append(("claims.html", "claims", {"claims": ledger}))
        for path, template, given in pages:
            self._page(path, template, {**shared, **given})
        self._files |= self._where.shards(self._shown)
        self._files[NAMES] = self._where.names()
        self._files[STYLE] = "".join(path.read_text(encoding="utf-8") for path in (THEME, TEMPLATES / "style.css"))
        self._files[SCRIPT] = (TEMPLATES / "site.js").read_text(encoding="utf-8")
        self._files[BUILD] = f"window.darkfigureBuild={script(_build(build))};\n"
        self._files[SEARCH] = f"window.darkfigureIndex={script(index(asked, all_threats, around, ledger))};\n"
        self._files |= {f"tables/{name}": path for name, path in self._taken()}
        return self._files

    def _page(self, path: str, template: str, given: Mapping[str, Any]) -> None:
        page = Page(path, self._where, self._files)
        self._files[path] = self._templates.get_template(f"{template}.html.j2").render(
            page=page, root=page.root, **given
        )
        if page.shown:
            self._shown[f"where/{page.name}.js"] = list(page.shown)

    def _taken(self) -> Iterator[tuple[str, Path]]:
        """The statistical tables as CSV and Parquet, with what describes them."""
        for path in sorted(self._tables.rglob("*")) if self._tables.is_dir() else []:
            if path.suffix in (".csv", ".parquet", ".json"):
                yield path.relative_to(self._tables).as_posix(), path


def _build(row: Mapping[str, Any]) -> dict[str, str]:
    return {"build": row["build_id"], "made": wording.day_words(row["built_at"]), "version": row["version"]}


# What can be found by name: threats, comparisons, forces, regions, offences, claims, words of the method.

# Title, page, what it is, further words that people may type.
Entry = list[str]
OFFENCES = """
SELECT DISTINCT offence.offence_code, offence.name, member.threat FROM reference.offence_threat AS member
JOIN reference.offence AS offence USING (offence_code) ORDER BY offence.offence_code, member.threat
"""
SPELLINGS = "SELECT code, string_agg(spelling, ' ') AS spellings FROM meta.name GROUP BY code"
RULES = "SELECT rule, says FROM reference.rule ORDER BY rule"


def index(asked: Asked, threats: Sequence[ThreatPage], places: ForcePages, claims: Claims | None) -> list[Entry]:
    """Everything that the search looks through."""
    return [*_entries(asked, threats, places, claims)]


def _entries(asked: Asked, threats: Sequence[ThreatPage], places: ForcePages, claims: Claims | None) -> Iterator[Entry]:
    rows: Sequence[AnyRow] = asked.rows(SPELLINGS)
    spelt = {row["code"]: row["spellings"] for row in rows}
    for threat in threats:
        yield [threat.name, threat.page, "Threat", spelt.get(threat.key, "")]
        for comparison in [*threat.main, *threat.others]:
            yield [comparison.name, f"{threat.page}#{comparison.key}", "May it be compared?", comparison.row["title"]]
    for force in places.forces:
        yield [force.name, force.page, "Police force", spelt.get(force.code, "")]
    for region in places.regions:
        yield [region.name, region.page, "Region", " ".join(force.name for force in region.forces)]
    for row in asked.rows(OFFENCES):
        yield [f"{row['offence_code']} {row['name']}", f"{page_of(row['threat'])}#counted", "Offence", ""]
    for _, those in claims.sections if claims else []:
        for claim in those:
            verdict = claim["verdict"].replace("_", " ")
            yield [claim["says"], f"claims.html#claim-{claim['claim']}", f"Claim: {verdict}", claim["printed"]]
    for row in asked.rows(RULES):
        yield [f"Rule {row['rule']}", "methods.html#rules", "Method", row["says"]]
