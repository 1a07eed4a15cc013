"""Downloads against a local server with faults: nothing lands but whole files, and a landed file never changes."""

from pathlib import Path
from typing import Any

import filelock
import pytest
from publisher import WORKBOOK, XLSX, Publisher
from publishers import AT, FILE, found, get, leftovers, refused, settings

from assets.archive.fetch.client import Client
from assets.archive.fetch.download import download
from assets.archive.gate.sidecar import read_sidecar, sidecar_of


class TestDownload:
    def test_lands_with_a_sidecar_read_only_and_nothing_else(self, server: Publisher, tmp_path: Path) -> None:
        told: list[tuple[int, int | None]] = []
        with Client(settings(server)) as client:
            landed = download(found(server), tmp_path, client, lambda done, total: told.append((done, total)))
        assert landed.status == "landed"
        assert landed.path == tmp_path / "ons_appendix" / "ye-2025-09" / FILE
        assert landed.path.read_bytes() == WORKBOOK
        assert landed.path.stat().st_mode & 0o777 == 0o444
        assert read_sidecar(landed.path) == landed.sidecar
        assert landed.sidecar.bytes == len(WORKBOOK) and len(landed.sidecar.sha256) == 64
        assert told[-1] == (len(WORKBOOK), len(WORKBOOK))
        assert leftovers(tmp_path) == sorted([FILE, sidecar_of(landed.path).name])

    def test_a_second_fetch_of_the_same_release_does_nothing(self, server: Publisher, tmp_path: Path) -> None:
        first = get(server, tmp_path)
        before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*") if path.is_file()}
        assert get(server, tmp_path).status == "unchanged"
        assert server.asked[-1][1]["if-none-match"] == first.sidecar.etag
        assert {path: path.stat().st_mtime_ns for path in before} == before

    def test_without_validators_the_content_decides(self, server: Publisher, tmp_path: Path) -> None:
        server.pages[AT].etag = False
        get(server, tmp_path)
        assert get(server, tmp_path).status == "unchanged"
        assert len(leftovers(tmp_path)) == 2

    def test_a_changed_file_under_the_same_name_is_a_new_vintage(self, server: Publisher, tmp_path: Path) -> None:
        first = get(server, tmp_path)
        server.file(AT, WORKBOOK + b"corrected")
        second = get(server, tmp_path)
        assert second.status == "new vintage"
        assert second.path == tmp_path / "ons_appendix" / "ye-2025-09.v2" / FILE
        assert first.path.read_bytes() == WORKBOOK, "a landed file is never changed"
        assert get(server, tmp_path).status == "unchanged"
        server.file(AT, WORKBOOK + b"corrected again")
        assert get(server, tmp_path).path.parent.name == "ye-2025-09.v3"

    def test_a_file_dropped_in_by_hand_is_not_fetched_over(self, server: Publisher, tmp_path: Path) -> None:
        folder = tmp_path / "ons_appendix" / "ye-2025-09"
        folder.mkdir(parents=True)
        (folder / FILE).write_bytes(WORKBOOK)
        assert get(server, tmp_path).status == "unchanged"
        assert leftovers(tmp_path) == [FILE]

    def test_cut_off_in_the_middle_goes_on_where_it_stopped(self, server: Publisher, tmp_path: Path) -> None:
        server.pages[AT].faults = ["cut"]
        landed = get(server, tmp_path)
        assert landed.path.read_bytes() == WORKBOOK
        ranged = [headers.get("range") for _, headers in server.asked]
        assert ranged[0] is None and ranged[1] is not None and int(ranged[1].removeprefix("bytes=")[:-1]) > 0

    def test_one_byte_short_is_no_file(self, server: Publisher, tmp_path: Path) -> None:
        """The server says one byte more than it sends, and closes: what came is kept aside and never landed."""
        server.pages[AT].declared = len(WORKBOOK) + 1
        assert "could not be fetched" in refused(lambda: get(server, tmp_path))
        assert not (tmp_path / "ons_appendix" / "ye-2025-09" / FILE).exists()

    def test_a_begun_download_goes_on_in_the_next_fetch(self, server: Publisher, tmp_path: Path) -> None:
        server.pages[AT].faults = ["cut"] * 9
        assert "could not be fetched" in refused(lambda: get(server, tmp_path))
        assert not (tmp_path / "ons_appendix" / "ye-2025-09" / FILE).exists(), "half a file is no file"
        server.pages[AT].faults = []
        assert get(server, tmp_path).path.read_bytes() == WORKBOOK
        assert "range" in server.asked[-1][1]

    def test_a_file_that_changed_since_is_begun_anew(self, server: Publisher, tmp_path: Path) -> None:
        server.pages[AT].faults = ["cut"] * 3
        refused(lambda: get(server, tmp_path))
        newer = WORKBOOK[:4] + b"other" * 50_000
        server.file(AT, newer)
        assert get(server, tmp_path).path.read_bytes() == newer

    def test_a_server_without_ranges_sends_all_of_it(self, server: Publisher, tmp_path: Path) -> None:
        page = server.pages[AT]
        page.faults, page.ranges = ["cut"], False
        assert get(server, tmp_path).path.read_bytes() == WORKBOOK

    def test_slow_is_tried_again(self, server: Publisher, tmp_path: Path) -> None:
        server.pages[AT].faults = ["slow"]
        assert get(server, tmp_path, read=1).status == "landed"
        assert len(server.asked) == 2

    def test_slow_for_ever_ends_in_a_message(self, server: Publisher, tmp_path: Path) -> None:
        server.pages[AT].faults = ["slow"] * 9
        assert "Try again later" in refused(lambda: get(server, tmp_path, read=0.05, attempts=2))

    @pytest.mark.parametrize("status", [404, 403])
    def test_not_there_or_not_allowed(self, server: Publisher, tmp_path: Path, status: int) -> None:
        server.pages[AT].faults = [status]
        assert str(status) in refused(lambda: get(server, tmp_path))
        assert len(server.asked) == 1 and leftovers(tmp_path) == []

    @pytest.mark.parametrize(
        ("body", "kind", "setting", "says"),
        [
            (WORKBOOK, "text/html; charset=utf-8", {}, "content type text/html"),
            (b"<!DOCTYPE html><html>Sorry</html>", "application/octet-stream", {}, "a web page"),
            (b"Service unavailable", "application/octet-stream", {}, "not what its name says"),
            (WORKBOOK, XLSX, {"max_bytes": 1000}, "too large"),  # by its own word
        ],
    )
    def test_what_is_no_workbook_or_too_large_is_not_kept(
        self, server: Publisher, tmp_path: Path, body: bytes, kind: str, setting: dict[str, Any], says: str
    ) -> None:
        server.file(AT, body, kind)
        assert says in refused(lambda: get(server, tmp_path, **setting))
        assert leftovers(tmp_path) == []

    def test_a_redirect_to_a_foreign_host(self, server: Publisher, tmp_path: Path) -> None:
        server.file("/moved", b"", status=302, headers={"location": "https://elsewhere.example/file.xlsx"})
        said = refused(lambda: get(server, tmp_path, found(server, "/moved")))
        assert "redirect https://elsewhere.example/file.xlsx is not asked" in said

    def test_a_redirect_on_the_same_host(self, server: Publisher, tmp_path: Path) -> None:
        server.file("/moved", b"", status=302, headers={"location": AT})
        assert get(server, tmp_path, found(server, "/moved")).status == "landed"

    def test_a_redirect_in_circles(self, server: Publisher, tmp_path: Path) -> None:
        server.file("/round", b"", status=302, headers={"location": "/round"})
        assert "leads in circles" in refused(lambda: get(server, tmp_path, found(server, "/round")))

    def test_a_second_fetch_at_the_same_time(self, server: Publisher, tmp_path: Path) -> None:
        folder = tmp_path / "ons_appendix" / "ye-2025-09"
        folder.mkdir(parents=True)
        with filelock.FileLock(folder / f".{FILE}.lock"):
            assert "being fetched already" in refused(lambda: get(server, tmp_path))
