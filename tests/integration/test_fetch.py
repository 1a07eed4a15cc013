"""Discovery, allowed addresses, and the two commands, against a local server in the publishers' shapes."""

import datetime
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest
from publisher import WORKBOOK, Publisher
from publishers import AT, DATASET, EDITION, FILE, HO_ENTRY, ONS_ENTRY, discovered, get, refused, settings

from assets.archive.fetch.client import safe_address
from assets.archive.fetch.discover import Offered, last_day_named
from assets.archive.fetch.releases import Fetched, fetch, held_releases
from assets.archive.fetch.settings import Settings, from_environment
from assets.archive.gate.sidecar import read_sidecar, sidecar_of


class TestDiscovery:
    def test_an_ons_dataset_names_its_newest_edition_file_and_dates(self, server: Publisher) -> None:
        [offered] = discovered(server, "ons_appendix", ONS_ENTRY)
        assert (offered.release, offered.file, offered.period_end) == ("ye-2025-09", FILE, datetime.date(2025, 9, 30))
        assert (offered.released, offered.next_release) == (datetime.date(2026, 1, 29), "23 April 2026")
        assert offered.url == server.base + AT

    def test_gov_uk_gives_the_attachment_whose_title_fits_and_is_a_table(self, server: Publisher) -> None:
        [offered] = discovered(server, "ho_prc_pfa", HO_ENTRY)
        assert (offered.file, offered.release) == ("prc-pfa-tables-230426.ods", "released-2026-04-23")

    def test_of_several_years_of_one_table_the_last_is_taken(self, server: Publisher) -> None:
        entry = {"discovery": {"kind": "gov_uk", "slug": "police-recorded-crime-open-data-tables", "title": "outcomes"}}
        [offered] = discovered(server, "ho_outcomes", entry)
        assert offered.file == "outcomes-2025.ods"

    def test_repository_files_carry_their_commit(self, server: Publisher) -> None:
        sha = "0123456789abcdef0123456789abcdef01234567"
        path = "/repos/ONSdigital/sdg-data/commits?per_page=1&path=data/indicator_5-2-1.csv"
        server.json(path, [{"sha": sha, "commit": {"committer": {"date": "2026-02-03T10:00:00Z"}}}])
        how = {
            "kind": "github_files",
            "repository": "ONSdigital/sdg-data",
            "prefix": "sdg-",
            "files": ["data/indicator_5-2-1.csv"],
        }
        [offered] = discovered(server, "csew_sdg", {"discovery": how})
        assert offered.release == "sdg-5-2-1-0123456"
        assert offered.url == f"{server.base}/ONSdigital/sdg-data/{sha}/data/indicator_5-2-1.csv"

    @pytest.mark.parametrize(
        ("path", "content", "says"),
        [
            (f"{DATASET}/data", {"sections": []}, "datasets as list"),
            (f"{DATASET}/data", {"datasets": []}, "datasets is empty"),
            (f"{DATASET}/data", {"datasets": [{"link": "x"}]}, "uri as str"),
            (
                f"{DATASET}/data",
                {"datasets": [{"uri": "https://elsewhere.example/x"}]},
                "a path on the publisher's site",
            ),
            (f"{EDITION}/data", {"files": []}, "downloads as list"),
            (f"{EDITION}/data", {"downloads": [{"file": "readme.pdf"}]}, "a table that matches"),
            (f"{EDITION}/data", {"downloads": [{"file": "../../evil.xlsx"}]}, "a plain file name"),
            (f"{EDITION}/data", [1, 2], "downloads as list"),
        ],
    )
    def test_changed_json_says_what_was_expected_and_found(
        self, server: Publisher, path: str, content: Any, says: str
    ) -> None:
        server.json(path, content)
        said = refused(lambda: discovered(server, "ons_appendix", ONS_ENTRY))
        assert says in said and "is not what it was" in said

    def test_an_html_page_instead_of_json(self, server: Publisher) -> None:
        server.file(f"{DATASET}/data", b"<html>maintenance</html>", "text/html")
        assert "text/html, no JSON" in refused(lambda: discovered(server, "ons_appendix", ONS_ENTRY))

    def test_a_page_that_is_gone(self, server: Publisher) -> None:
        del server.pages[f"{DATASET}/data"]
        said = refused(lambda: discovered(server, "ons_appendix", ONS_ENTRY))
        assert "404" in said and "data/sources.yaml" in said
        assert server.count(f"{DATASET}/data") == 1, "what is not there is not asked for again"

    def test_a_server_error_is_waited_out(self, server: Publisher) -> None:
        server.pages[f"{DATASET}/data"].faults = [500, 503]
        assert discovered(server, "ons_appendix", ONS_ENTRY)
        assert server.count(f"{DATASET}/data") == 3

    def test_a_lasting_server_error_ends_in_a_message(self, server: Publisher) -> None:
        server.pages[f"{DATASET}/data"].faults = [500] * 9
        said = refused(lambda: discovered(server, "ons_appendix", ONS_ENTRY))
        assert "in 3 attempts" in said and "500" in said

    @pytest.mark.parametrize(
        ("text", "day"),
        [
            ("yearendingseptember2025", datetime.date(2025, 9, 30)),
            ("Year ending December 2024", datetime.date(2024, 12, 31)),
            ("mid2022", datetime.date(2022, 6, 30)),
            ("Mid-2023: 2023 local authority boundaries", datetime.date(2023, 6, 30)),
            ("current", None),
        ],
    )
    def test_periods_in_names(self, text: str, day: datetime.date | None) -> None:
        assert last_day_named(text) == day


class TestAddresses:
    @pytest.mark.parametrize(
        "url",
        [
            "http://www.ons.gov.uk/x",
            "https://ons.gov.uk.elsewhere.example/x",
            "https://user:secret@www.ons.gov.uk/x",
            "https://www.ons.gov.uk:8443/x",
            "http://127.0.0.1:1/x",
            "http://localhost/x",
            "file:///etc/passwd",
            "ftp://www.ons.gov.uk/x",
            "//www.ons.gov.uk/x",
        ],
    )
    def test_refused(self, url: str) -> None:
        assert "is not asked" in refused(lambda: safe_address(url, Settings()))

    def test_allowed(self) -> None:
        assert safe_address("https://www.ons.gov.uk/file?uri=/x", Settings())

    def test_this_machine_only_where_the_settings_name_it(self) -> None:
        named = from_environment({"DARKFIGURE_BASE_ONS": "http://127.0.0.1:8111/"})
        assert safe_address("http://127.0.0.1:8111/x", named) and named.base("ons") == "http://127.0.0.1:8111"
        assert "is not asked" in refused(lambda: safe_address("http://127.0.0.1:8112/x", named))

    def test_another_http_host_stays_refused_even_if_named(self) -> None:
        named = from_environment({"DARKFIGURE_BASE_ONS": "http://mirror.example"})
        assert "https" in refused(lambda: safe_address("http://mirror.example/x", named))


class TestFetch:
    def test_all_that_can_be_found_and_one_failure_stops_no_other(self, server: Publisher, tmp_path: Path) -> None:
        sources = {
            "ons_appendix": ONS_ENTRY,
            "ho_prc_pfa": HO_ENTRY,
            "ons_pfa": broken(),
            "statement": {"cadence": "once"},
        }
        rows = {row.source: row for row in fetch(sources, tmp_path, settings(server))}
        assert {key: row.status for key, row in rows.items()} == {
            "ons_appendix": "landed", "ho_prc_pfa": "landed", "ons_pfa": "failed",
        }  # fmt: skip
        assert rows["ons_pfa"].error is not None and "404" in rows["ons_pfa"].error.paragraph()
        again = fetch(sources, tmp_path, settings(server), ["ons_appendix"])
        assert [row.status for row in again] == ["unchanged"]

    def test_an_unknown_publication(self, server: Publisher, tmp_path: Path) -> None:
        assert "no such publication" in refused(
            lambda: fetch({"ons_appendix": ONS_ENTRY}, tmp_path, settings(server), ["ons_apendix"])
        )

    def test_one_that_cannot_be_discovered(self, server: Publisher, tmp_path: Path) -> None:
        [row] = fetch({"statement": {"cadence": "once"}}, tmp_path, settings(server), ["statement"])
        assert isinstance(row, Fetched) and row.error is not None and "by hand" in row.error.paragraph()

    def test_progress_is_told_per_file(self, server: Publisher, tmp_path: Path) -> None:
        told: dict[str, int] = {}

        def progress(what: Offered) -> Any:
            return lambda done, total: told.__setitem__(what.file, done)

        fetch({"ons_appendix": ONS_ENTRY}, tmp_path, settings(server), progress=progress)
        assert told == {FILE: len(WORKBOOK)}


class TestReleases:
    def test_what_is_held_and_what_is_due(self, server: Publisher, tmp_path: Path) -> None:
        sources = {
            "ons_appendix": ONS_ENTRY,
            "ons_pfa": {"cadence": "quarterly"},
            "csew_open": {"cadence": "quarterly"},
        }
        fetch(sources, tmp_path, settings(server), ["ons_appendix"])
        dropped = tmp_path / "by hand.csv"
        dropped.write_text("nothing,known\n1,2\n")
        releases = [
            ("ons_pfa", "ye-2024-12", datetime.date(2024, 12, 31), datetime.date(2025, 4, 24)),
            ("ons_appendix", "ye-2025-09", datetime.date(2025, 9, 30), None),
        ]
        transcribed = pd.DataFrame(releases, columns=["source", "release", "period_end", "released"])
        rows = held_releases(sources, transcribed, tmp_path, datetime.date(2026, 3, 1), lambda path: None)
        by_source = {row.source: row for row in rows}
        assert len(rows) == 4
        appendix = by_source["ons_appendix"]
        assert (appendix.where, appendix.release, appendix.file) == ("landing", "ye-2025-09", FILE)
        assert (appendix.next_expected, appendix.overdue) == ("23 April 2026", False)
        assert (by_source["ons_pfa"].next_expected, by_source["ons_pfa"].overdue) == ("2025-07-24", True)
        assert by_source["csew_open"].release == ""
        assert by_source["(not recognised)"].file == "by hand.csv"

    @pytest.mark.parametrize("said", ["23 April 2026", "23 Apr 2026", "2026-04-23", "23/04/2026"])
    def test_the_day_of_the_next_release_is_read_as_it_is_said(
        self, server: Publisher, tmp_path: Path, said: str
    ) -> None:
        landed = get(server, tmp_path)
        replace(landed.sidecar, next_release=said).write(landed.path)
        for today, overdue in ((datetime.date(2026, 4, 23), False), (datetime.date(2026, 4, 24), True)):
            [row] = held_releases({"ons_appendix": ONS_ENTRY}, pd.DataFrame(), tmp_path, today, lambda path: None)
            assert (row.next_expected, row.overdue) == (said, overdue)

    def test_a_damaged_sidecar_says_what_to_do(self, server: Publisher, tmp_path: Path) -> None:
        landed = get(server, tmp_path)
        sidecar_of(landed.path).write_text("{}")
        assert "Delete it" in refused(lambda: read_sidecar(landed.path))
        assert json.loads(sidecar_of(landed.path).read_text()) == {}


def broken() -> dict[str, Any]:
    return {"discovery": {"kind": "ons_dataset", "page": "/not/there"}}
