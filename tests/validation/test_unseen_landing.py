"""A quarter of several publications dropped into the landing folder under meaningless names: SYNTHETIC, read all the same."""

import datetime
from pathlib import Path

import pytest
from kit import reference
from test_open_data import SDG
from test_unseen_open_data import CODE, YEAR, each, lines_of, written
from test_unseen_open_data import forces as records_of_forces
from unseen import appendix, forces, later, ods, on_texts, xlsx

from assets.archive.landed.landed import COUNTS, FIGURES, FILES, FINDINGS, RELEASES, read_landing
from assets.tables.conform import conform, validate
from assets.tables.records import records
from schemas.registry import contract

LATER = datetime.date(2026, 12, 31)  # by which all of it is over, whatever the clock says


@pytest.fixture(scope="module")
def landed(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, object]]]:
    folder = tmp_path_factory.mktemp("landing")
    workbook = {name: on_texts(rows, lambda text: later(text, 9)) for name, rows in appendix().items()}
    (folder / "a.bin").write_bytes(xlsx(workbook))
    sheets, merged = forces("ye-2019-06")
    (folder / "b").write_bytes(
        xlsx({name: on_texts(rows, lambda text: later(text, 84)) for name, rows in sheets.items()}, merged)
    )
    year = each(
        each(records_of_forces(), YEAR, lambda _: "2025/26"), CODE, lambda code: "28K" if code == "28E" else code
    )
    (folder / "PRC.TXT").write_bytes(ods({"2025-26": year}))
    (folder / "i").write_bytes(written(lines_of(f"csew/indicator_{SDG[0]}.csv"), newline="\r\n"))
    (folder / "nonsense").write_text("no publication", encoding="utf-8")
    made = {}
    for key, frame in read_landing(Path(folder), reference(), today=LATER).items():
        conformed = conform(frame, contract(key))
        validate(conformed, contract(key))
        made[key] = records(conformed)
    return made


def test_each_file_is_the_release_that_its_content_says(landed: dict[str, list[dict[str, object]]]) -> None:
    found = {row["path"]: (row["source"], row["release"]) for row in landed[FILES]}
    assert found["landing/a.bin"] == ("ons_appendix", "ye-2026-06")
    assert found["landing/b"] == ("ons_pfa", "ye-2019-06")
    assert found["landing/PRC.TXT"] == ("ho_prc_pfa", "prc-pfa-to-2026-03")
    assert found["landing/i"][0] == "csew_sdg"
    assert found["landing/nonsense"] == (None, None)
    assert len(landed[RELEASES]) == 4


def test_what_could_not_be_read_is_named_and_everything_else_is_there(
    landed: dict[str, list[dict[str, object]]],
) -> None:
    kinds = {row["kind"] for row in landed[FINDINGS]}
    assert {"offence_code_not_known", "file_not_recognised"} <= kinds
    assert len(landed[COUNTS]) == 3 * 4 * 127
    assert {row["source"] for row in landed[FIGURES]} == {"ons_appendix", "ons_pfa", "csew_sdg"}
