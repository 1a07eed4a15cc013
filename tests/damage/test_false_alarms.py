"""Bands were fitted on the Appendix tables of June and September 2025: how often are they wrong about other releases?

A false alarm is a figure outside the band of a revision, a twin, neighbouring years or a bound that nothing else contradicts.
`pytest -s` prints the rate.
"""

import pytest
from judging import load
from kit import released

APPENDIX, FORCES = "Appendix tables of September 2022 and June 2025", "force area tables of June 2018 and June 2019"
PAIRS = {
    APPENDIX: (
        "ons_appendix/appendix-tables-ye-september-2022.xlsx", "ons_appendix/appendix-tables-ye-june-2025.xlsx",
    ),
    FORCES: (
        "ons_pfa/policeforceareadatatablesyearendingjune2018corrected.xlsx",
        "ons_pfa/policeforceareatablesyearendingjune2019.xlsx",
    ),
}  # fmt: skip
# Table B9b of June 2025 stands one period early, as its own counts say: what tells so is no false alarm.
TRULY_WRONG = r"prc\.b9_share\..*"


@pytest.mark.parametrize("pair", [pytest.param(APPENDIX, marks=pytest.mark.long), FORCES])
def test_at_most_one_figure_in_a_thousand_is_a_false_alarm(pair: str) -> None:
    release = load([released(name) for name in PAIRS[pair]], 1)
    engine = release.engine(release.reader(release.book))
    [found] = engine.ask(f"""
        select
            (select count(*) from figure where x is not null) as figures, count(*) as tested,
            count(*) filter (not agrees and not regexp_full_match(f.series, '{TRULY_WRONG}')) as failed
        from agreed join given_relation using (relation) join figure f on f.fid = instance
        anti join confirmed using (relation, instance)
        where blames and kind in ('revision', 'continuity', 'leap', 'twin', 'bound')
    """)
    rate = 1000 * found["failed"] / found["figures"]
    print(f"{pair}: {found['failed']} of {found['tested']:,} outside their bands, {rate:.2f} per 1,000 figures")
    assert found["tested"] > 500 and rate <= 1
