"""Where the newest release of a publication is, as its publisher says it: ONS dataset pages, GOV.UK pages, a repository."""

import datetime
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any
from urllib.parse import quote, unquote, urlsplit

from assets.archive.fetch.client import Client
from assets.archive.fetch.settings import GITHUB_API, GITHUB_RAW, GOV_UK, ONS
from assets.archive.reading.periods import month_end
from assets.words.problems import cannot

MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
PERIOD = re.compile(
    rf"(?:(year\s*ending|ye|mid)\s*)?[-_ ]?({'|'.join(MONTHS)}|mid)?\s*[-_ ]?((?:19|20)\d\d)", re.IGNORECASE
)
SAFE_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._()+-]{0,150}")
TABLES = (".xlsx", ".ods", ".xls", ".csv", ".zip", ".gz")


@dataclass(frozen=True)
class Offered:
    """A release that a publisher offers.

    source, release: keys; file: name of the file; url: where it is now (never kept as the source)
    title, period_end, released, next_release: as the publisher says them, None where it does not
    """

    source: str
    release: str
    file: str
    url: str
    title: str
    period_end: datetime.date | None = None
    released: datetime.date | None = None
    next_release: str | None = None


def discover(source: str, entry: Mapping[str, Any], client: Client) -> list[Offered]:
    """The newest release of a publication, one entry per file.

    source: key of data/sources.yaml; entry: what stands there, with `discovery`. BadInput where the publication cannot be
    discovered, or its page has changed so that the release is not found, with what was expected and found.
    """
    how = entry.get("discovery")
    if not isinstance(how, Mapping) or how.get("kind") not in KINDS:
        raise cannot(
            f"{source} cannot be fetched", f"data/sources.yaml, {source}", "no way to find its newest release",
            f"discovery with a kind of {', '.join(KINDS)}", "Download the release by hand and drop it into data/landing.",
        )  # fmt: skip
    return KINDS[how["kind"]](source, how, client)


def _ons_dataset(source: str, how: Mapping[str, Any], client: Client) -> list[Offered]:
    """A dataset page: its /data names the editions, newest first; the edition's /data names the file and the dates."""
    base = client.settings.base(ONS)
    page = f"{base}{how['page']}/data"
    editions = _get(client.json(page), page, "datasets", list)
    edition = _get(_first(editions, page, "datasets"), page, "uri", str)
    if not edition.startswith("/") or ".." in edition:
        raise _changed(page, f"uri {edition!r}", "a path on the publisher's site")
    inner = f"{base}{edition}/data"
    about = client.json(inner)
    wanted = re.compile(how.get("file", "."), re.IGNORECASE)
    names = [_get(item, inner, "file", str) for item in _get(about, inner, "downloads", list) if isinstance(item, dict)]
    file = next((name for name in names if wanted.search(name) and name.lower().endswith(TABLES)), None)
    if file is None:
        raise _changed(inner, f"downloads {names}", f"a table that matches {wanted.pattern!r}")
    description = about.get("description") if isinstance(about.get("description"), dict) else {}
    released = _day(description.get("releaseDate"))
    title = str(description.get("title") or how.get("title") or source)
    slug = PurePosixPath(edition).name
    end = (
        last_day_named(slug)
        or last_day_named(str(description.get("edition") or ""))
        or last_day_named(title)
        or last_day_named(file)
    )
    return [
        Offered(
            source, _key(how, end, released, slug), _safe(file, inner),
            f"{base}/file?uri={quote(f'{edition}/{file}', safe='/')}", title, end, released,
            _said(description.get("nextRelease")),
        )
    ]  # fmt: skip


def _gov_uk(source: str, how: Mapping[str, Any], client: Client) -> list[Offered]:
    """A statistics page of GOV.UK: its content names the attachments, of which the newest that fits the title is taken."""
    page = f"{client.settings.base(GOV_UK)}/api/content/government/statistics/{how['slug']}"
    content = client.json(page)
    details = _get(content, page, "details", dict)
    attachments = [item for item in _get(details, page, "attachments", list) if isinstance(item, dict)]
    wanted = re.compile(how["title"], re.IGNORECASE)
    fitting = [
        item for item in attachments
        if wanted.search(str(item.get("title", ""))) and str(item.get("url", "")).lower().split("?")[0].endswith(TABLES)
    ]  # fmt: skip
    if not fitting:
        titles = "; ".join(str(item.get("title")) for item in attachments[:8])
        raise _changed(page, f"attachments {titles or 'none'}", f"a table whose title matches {wanted.pattern!r}")
    # Several years of one table stand side by side: the last year named in the title, then the order of the page.
    best = max(enumerate(fitting), key=lambda item: (_last_year(str(item[1]["title"])), -item[0]))[1]
    url = str(best["url"])
    file = _safe(unquote(PurePosixPath(urlsplit(url).path).name), page)
    released = _day(content.get("public_updated_at") or content.get("first_published_at"))
    end = last_day_named(file) or last_day_named(str(best["title"])) if how.get("period_in_title") else None
    return [
        Offered(
            source, _key(how, end, released, PurePosixPath(file).stem), file, url, str(best["title"]), end, released
        )
    ]


def _github_files(source: str, how: Mapping[str, Any], client: Client) -> list[Offered]:
    """Files of a repository: the release of each is the last commit that touched it."""
    links = []
    for path in how["files"]:
        page = f"{client.settings.base(GITHUB_API)}/repos/{how['repository']}/commits?per_page=1&path={quote(path)}"
        commits = client.json(page)
        if not isinstance(commits, list) or not commits:
            raise _changed(page, "no commit", f"the last commit of {path}")
        sha = _get(commits[0], page, "sha", str)
        if not re.fullmatch(r"[0-9a-f]{40}", sha):
            raise _changed(page, f"sha {sha!r}", "40 hexadecimal digits")
        commit = commits[0].get("commit") or {}
        name = PurePosixPath(path).name
        url = f"{client.settings.base(GITHUB_RAW)}/{how['repository']}/{sha}/{quote(path)}"
        released = _day((commit.get("committer") or {}).get("date"))
        key = f"{how.get('prefix', '')}{PurePosixPath(path).stem.removeprefix('indicator_')}-{sha[:7]}"
        links.append(Offered(source, key, _safe(name, page), url, name, None, released))
    return links


KINDS: dict[str, Callable[[str, Mapping[str, Any], Client], list[Offered]]] = {
    "ons_dataset": _ons_dataset, "gov_uk": _gov_uk, "github_files": _github_files,
}  # fmt: skip


def last_day_named(text: str) -> datetime.date | None:
    """The last day of the period that a name speaks of: `yearendingseptember2025`, `ye-dec`, `Mid-2022`; None for none."""
    for match in reversed(list(PERIOD.finditer(text.replace("_", " ")))):
        kind, month, year = (match[1] or "").casefold(), (match[2] or "").casefold(), int(match[3])
        if kind == "mid" or month == "mid":
            return datetime.date(year, 6, 30)
        if month in MONTHS:
            return month_end(year, MONTHS.index(month) + 1)
    return None


def _key(how: Mapping[str, Any], end: datetime.date | None, released: datetime.date | None, slug: str) -> str:
    """The key of a release: its period in the form of the publication, else its day of release, else its name."""
    form = str(how.get("release") or "ye-{end:%Y-%m}")
    if end is not None:
        return form.format(end=end, released=released or end)
    if released is not None:
        return f"released-{released:%Y-%m-%d}"
    return re.sub(r"[^a-z0-9]+", "-", slug.casefold()).strip("-") or "unnamed"


def _get(item: Any, page: str, key: str, kind: type) -> Any:
    value = item.get(key) if isinstance(item, dict) else None
    if not isinstance(value, kind):
        there = ", ".join(map(str, item)) if isinstance(item, dict) else type(item).__name__
        raise _changed(page, f"no {key} ({there})", f"{key} as {kind.__name__}")
    return value


def _first(items: list[Any], page: str, key: str) -> Any:
    if not items:
        raise _changed(page, f"{key} is empty", f"at least one of {key}")
    return items[0]


def _changed(page: str, found: str, expected: str) -> Exception:
    return cannot(f"{page} is not what it was", page, found, expected,
                  "The publisher has changed the page: correct `discovery` in data/sources.yaml, or fetch by hand.")  # fmt: skip


def _day(text: Any) -> datetime.date | None:
    match = re.match(r"\d{4}-\d{2}-\d{2}", str(text or ""))
    return datetime.date.fromisoformat(match[0]) if match else None


def _said(text: Any) -> str | None:
    return str(text).strip() or None if text else None


def _last_year(title: str) -> int:
    return max((int(year) for year in re.findall(r"(?:19|20)\d\d", title)), default=0)


def _safe(name: str, page: str) -> str:
    """A file name without a path in it."""
    if not SAFE_NAME.fullmatch(name) or name.endswith(".json"):
        raise _changed(page, f"file name {name[:80]!r}", "a plain file name")
    return name
