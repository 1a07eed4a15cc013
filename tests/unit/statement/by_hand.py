"""Every verdict worked out a second time, by hand: plain numbers of the document, plain arithmetic, no code of the ledger.

A figure is written as (lowest, highest) of what it stands for. Every claim whose verdict is not `uncheckable` must stand here
or be a repeat, and every verdict must be the one that follows.
"""

import math
from collections.abc import Callable

from kit import Tables, day

Ends = tuple[float, float]
Worked = Callable[[Tables], str]

VAWG, VAWG_2018, RASSO, DA, SH, ONLINE = 1_080_157, 789_703, 103_135, 400_213, 436_196, 123_515
OTHER_WINDOW = (0.8, 1.25)


def near(value: float, step: float) -> Ends:
    return value - step / 2, value + step / 2


def meet(one: Ends, other: Ends) -> bool:
    return one[0] <= other[1] and other[0] <= one[1]


def fits(printed: Ends, low: float, high: float | None = None, yes: str = "consistent", no: str = "conflict") -> Worked:
    return lambda tables: yes if meet(printed, (low, low if high is None else high)) else no


def percent(part: float, whole: float) -> float:
    return 100 * part / whole


def always(verdict: str, holds: bool) -> Worked:
    assert holds
    return lambda tables: verdict


def same(one: object, other: object, yes: str, no: str) -> Worked:
    return lambda tables: yes if one == other else no


def fact(tables: Tables, table: str, series: str, end: str, sex: str = "all", age: str | None = None) -> float:
    """The newest of the publisher's own figures; a copy only where nothing else is held."""
    order = {(row["source"], row["release"]): row["vintage_order"] for row in tables.rows("meta.release")}
    rows = [
        row
        for row in tables.rows(table, series=series, sex=sex, period_end=day(end), area_code="K04000001")
        if (age is None or row["age"] == age) and not row.get("characteristic_value")
    ]
    best = max(
        rows,
        key=lambda row: (row["designation"] not in ("press_copy", "policing"), order[row["source"], row["release"]]),
    )
    return float(best["value"])


def agrees(printed: Ends, worked: Callable[[Tables], float], *, rounding: float = 0) -> Worked:
    return lambda tables: "external_agrees" if meet(printed, near(worked(tables), rounding)) else "external_differs"


def another_system(own: float, table: str, series: str, end: str, age: str | None = None) -> Worked:
    """Another count of the like, of another system, that is not the same number."""
    return lambda tables: "scope" if own != fact(tables, table, series, end, age=age) else "external_agrees"


def of_all_crime(tables: Tables, fraud: str) -> float:
    return percent(VAWG, fact(tables, "recorded.offence_count", f"prc.a5a.total_{fraud}_fraud", "2023-03-31"))


def adults(tables: Tables) -> float:
    return sum(
        fact(tables, "population.estimate", "population.mid_year", "2022-06-30", sex, "18+")
        for sex in ("female", "male")
    )


def told_police(tables: Tables) -> str:
    victims = fact(tables, "survey.estimate", "csew.partner_abuse.old.16+.told_police", "2023-03-31")
    incidents = fact(
        tables, "survey.estimate", "csew.domestic_violence.face_to_face.16+.reported_incidents", "2023-03-31"
    )
    holds = {victims < 24, incidents < 24}
    return "ambiguous" if len(holds) == 2 else "external_agrees" if holds == {True} else "external_differs"


def women_harassed(tables: Tables) -> float:
    return fact(
        tables, "survey.estimate", "csew.sexual_harassment.harassment_module.16+.prevalence", "2023-03-31", "female"
    )


def harassed_women(tables: Tables) -> Ends:
    women = fact(tables, "population.estimate", "population.mid_year", "2022-06-30", "female", "16+")
    return women * (women_harassed(tables) - 0.5) / 100, women * (women_harassed(tables) + 0.5) / 100


def women_of_the_uk(tables: Tables) -> float:
    (row,) = tables.rows(
        "population.estimate", area_code="K02000001", sex="female", age="16+", period_end=day("2021-06-30")
    )
    return float(row["value"])


def sexual_and_stalking(tables: Tables) -> float:
    series = ("prc.a5a.sexual_offences", "prc.a5a.stalking_and_harassment")
    return sum(fact(tables, "recorded.offence_count", one, "2023-03-31") for one in series)


def of_the_homicide_index(what: str, value: int) -> Worked:
    key = {"series": f"homicide_index.{what}", "release": "homicide-ye-2023-03", "sex": "all", "value": value}
    return lambda tables: "external_agrees" if tables.rows("recorded.offence_count", **key) else "external_differs"


def online_of_vawg(tables: Tables) -> str:
    share = percent(ONLINE, VAWG)
    allowed = (share * OTHER_WINDOW[0], share * OTHER_WINDOW[1])
    return "period" if meet(near(7, 1), allowed) else "conflict"


def online_of_stalking(tables: Tables) -> str:
    low, high = (percent(ONLINE * part / 100, SH) for part in near(85, 1))
    allowed = (low * OTHER_WINDOW[0], high * OTHER_WINDOW[1])
    return "period" if meet((100 / 5.5, 100 / 4.5), allowed) else "conflict"


def lower_bound_of_a_sample(tables: Tables) -> str:
    p, n, z = 0.05, 1461, 1.959964
    limit = (p + z**2 / (2 * n) - z * math.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))) / (1 + z**2 / n)
    return "ambiguous" if 100 * limit < 100 / 20.5 else "consistent"


YEARS_2007_2021 = 14
NAMES = {"rasso", "domestic abuse", "stalking and harassment", "csae", "online"}

BY_HAND: dict[str, Worked] = {
    # counts, shares and ratios of the document among themselves
    "es-per-day": fits(near(2959, 1), VAWG / 365),
    "es-vawg-growth": fits(near(37, 1), 100 * (VAWG / VAWG_2018 - 1)),
    "es-vawg-2018": fits((VAWG_2018, VAWG_2018), VAWG / 1.375, VAWG / 1.365),
    "sc-vawg-total": fits((VAWG, VAWG), VAWG_2018 * 1.365, VAWG_2018 * 1.375),
    "sc-rasso-share": fits(near(10, 1), percent(RASSO, VAWG)),
    "sc-da-share": fits(near(37, 1), percent(DA, VAWG)),
    "sc-sh-share": fits(near(40, 1), percent(SH, VAWG)),
    "sc-csae-growth": fits(near(435, 1), 100 * (106_000 / 21_000 - 1), 100 * (107_000 / 20_000 - 1)),
    "sc-csae-from": fits((20_000, 21_000), 106_000 / 5.355, 107_000 / 5.345),
    "es-svsda-doubling": fits((1.8, 2), 93 / 51),
    "es-complex-8x": fits(near(8, 1), 112 / 14),
    "es-complex-112": fits(near(112, 1), 8 * 14),
    "es-complex-14": fits(near(14, 1), 112 / 8),
    "sc-rasso-nearly-half": fits((45, 50), 47.5, 48.5),
    "sc-da-mh-50": fits((50, math.inf), percent(206, 373)),
    "pu-dhp-10": fits(near(10, 1), percent(75, 754)),
    "pu-rso-111": fits(near(111, 1), 100 * (1.025**YEARS_2007_2021 - 1), 100 * (1.085**YEARS_2007_2021 - 1)),
    "pr-online-1-in-3": fits((100 / 3.5, 100 / 2.5), 35.5, 36.5),
    "pv-drive-half": fits((45, 50), percent(12, 25)),
    "pv-dhp-60": fits(near(60, 1), percent(417, 723)),
    # windows
    "es-growth-window": fits(near(4, 1), 2023 - 2019),
    "es-svsda-window": fits(near(3, 1), 2023 - 2020),
    "pv-dhp-window": fits(near(3, 1), 2023 - 2020),
    "pv-dhp-year-3": fits(near(3, 1), 2023 - 2020),
    "es-dah-window": fits(near(12, 1), 12),
    "es-p2p-40": same(12, 7, "consistent", "period"),
    "pu-backlog-q4": same(3, 3, "consistent", "period"),
    "pu-backlog-q1": same(3, 3, "consistent", "period"),
    **{
        claim: same("2022-04", start, "consistent", "period")
        for claim, start in {
            "es-vawg-window": "2022-04",
            "es-list-window": "2022-04",
            "sc-rasso-window": "2022-04",
            "sc-da-window": "2022-04",
            "sc-sh-window": "2022-04",
            "sc-da-ccb-window": "2022-04",
            "es-csae": "2022-08",
            "sc-csae-window": "2022-08",
            "sc-online-window": "2022-08",
            "sc-dah-1-in-6": "2023-03",
        }.items()
    },
    "pr-online-10-15": same("2022-08", "2022-04", "consistent", "period"),
    "sc-online-7": online_of_vawg,
    "sc-sh-online": online_of_stalking,
    # inclusions, sums, orders
    "es-svsda-y1": always("consistent", 51 <= 222),
    "es-svsda-y2": always("consistent", 72 <= 259),
    "es-svsda-y3": always("consistent", 93 <= 723 - 222 - 259),
    "es-svsda-y3-base": same(222 + 259 + 723, 723, "consistent", "conflict"),
    "sc-rasso-suspect-range": always("consistent", 10 <= 37 <= 100),
    "sc-rasso-partner": always("consistent", 38 > 29 > 26),
    "sc-rasso-known": always("consistent", 37.5 + 28.5 + 25.5 <= 100),
    "sc-rasso-stranger": always("consistent", 37.5 + 28.5 + 25.5 <= 100),
    "sc-rasso-da": lambda tables: "implausible" if 37.5 > 30.5 else "consistent",
    "sc-da-sh-50": always("consistent", 0.495 * DA <= SH),
    "sc-online": always("consistent", ONLINE <= VAWG),
    "sc-online-sh": always("consistent", 0.845 * ONLINE <= SH),
    "sc-online-da": always("consistent", 0.385 * ONLINE <= DA),
    "sc-csae-93": fits((100, 100), 92.5 + 6.5, 93.5 + 7.5),
    "sc-csae-7": fits((100, 100), 92.5 + 6.5, 93.5 + 7.5),
    "sc-csae-victim-13": always("consistent", 10 <= 13 < 18),
    "pv-csae-14": always("consistent", 10 <= 14 < 18),
    "sc-cost-47": always("consistent", 66.5 - 46.5 < 46.5),
    "pu-prison-population": always("consistent", 87_347 <= 88_815),
    "pr-forces-37": lambda tables: (
        "consistent" if len(tables.rows("reference.area", area_type="police_force")) >= 37 + 5 else "implausible"
    ),
    "pr-forces-5": lambda tables: (
        "consistent" if len(tables.rows("reference.area", area_type="police_force")) >= 37 + 5 else "implausible"
    ),
    "pv-dhp-417": always("consistent", 417 <= 723),
    "pv-health-44": always("consistent", 44 > 43),
    "pv-police-43": always("consistent", 44 > 43),
    "contents-pages": always("consistent", 3 < 6 < 16 < 22 < 28 < 37 < 43 < 49 < 57 < 62),
    "front-month": always("consistent", "2024-06-26" < "2024-06-27" < "2024-06-28" < "2024-07-01"),
    # lists and names
    **{
        claim: always("consistent", len(["pursue", "prepare", "protect", "prevent"]) == 4)
        for claim in ("fw-4ps", "es-4p", "cn-4ps")
    },
    "fw-five-threats": always("consistent", len(NAMES) == 5),
    "es-kc-five-threats": always("consistent", len(NAMES) == 5),
    "sc-five-threats": always("consistent", len(NAMES) == 5),
    "es-five-threats": same(
        {"sexual violence", "domestic abuse", "stalking", "csae", "online"}, NAMES, "consistent", "wording"
    ),
    "cn-five-threats": same({"rasso", "domestic abuse", "stalking", "csae", "online"}, NAMES, "consistent", "wording"),
    "sc-nine-threats": lambda tables: "consistent" if len(tables["reference.threat"]) == 9 else "conflict",
    "cn-two-areas": always("consistent", len(["the framework", "the national centre"]) == 2),
    "cn-objectives-6": always("consistent", len(range(1, 7)) == 6),
    "nt-recommendations-16": always("consistent", len(range(1, 17)) == 16),
    "pr-recommendation-2": same(
        "guidance and training", ["approach", "guidance and training"][1], "consistent", "conflict"
    ),
    "pt-act-2024": same("Victim and Prisoners Act", "Victims and Prisoners Act", "consistent", "wording"),
    "cn-osa-2023": same("Online Safety Act 2023", "Online Safety Act 2023", "consistent", "wording"),
    "pr-osa-2023": same("Online Safety Act 2023", "Online Safety Act 2023", "consistent", "wording"),
    "sc-refuge-258": same("survivors supported", "survivors needing support", "consistent", "wording"),
    # notes, references and their years
    "nt-es-vi": same(set(range(1, 11)), {*range(1, 6), *range(7, 11)}, "consistent", "citation"),
    "rf-called": same(set(range(1, 122)), {*range(1, 32), *range(33, 75), *range(77, 122)}, "consistent", "citation"),
    **{
        claim: same(n, n, "consistent", "citation")
        for claim, n in {"nt-sc-called": 6, "nt-pu-called": 4, "nt-pt-called": 4, "nt-cn-called": 4}.items()
    },
    **{
        claim: same(named, cited, "consistent", "citation")
        for claim, named, cited in (
            ("es-ucl-2023", 2023, 2023),
            ("pu-ucl-2023", 2023, 2023),
            ("sc-cost-2019", 2019, 2019),
            ("pu-femicide-2020", 2020, 2020),
            ("pu-angiolini-2024", 2024, 2024),
            ("nt-angiolini-2024", 2024, 2024),
            ("pu-capacity-date", 2024, 2024),
            ("pr-tracker-2021", 2021, 2023),
            ("pr-unsocial-2021", 2021, 2021),
            ("pr-girls-2021", 2021, 2021),
            ("pr-ofcom-2023", 2023, 2023),
            ("pt-hmicfrs-2021", 2021, 2021),
            ("pt-vkpp-2023", 2023, 2023),
            ("pv-girls-2021", 2021, 2021),
            ("pv-csae-2022", 2022, 2022),
        )
    },
    "pt-minoritised-44": same("Rape Crisis", "Communication Barriers Working Group", "consistent", "citation"),
    "rf-vkpp-2022": lambda tables: "citation" if day("2023-03-31").year > 2022 else "consistent",
    # readings
    "es-perp-lower-bound": lower_bound_of_a_sample,
    "pu-dhp-16": lambda tables: "ambiguous" if len({10 + 16, 10 * 1.16, 16}) > 1 else "consistent",
    "pu-crowded-2": lambda tables: "ambiguous" if not 20 <= 23 / 1.02 <= 22 else "consistent",
    "rf-collection-2023-24": same(2023, 2022, "consistent", "ambiguous"),
    "pv-reported-24": told_police,
    # bounds and concepts
    "es-women-1-in-12": lambda tables: (
        "bound" if meet((100 / 12, 100), near(women_harassed(tables), 1)) else "implausible"
    ),
    "es-women-2m": lambda tables: (
        "bound"
        if meet(
            (1.5e6, 2.5e6),
            near(
                women_harassed(tables)
                / 100
                * fact(tables, "population.estimate", "population.mid_year", "2022-06-30", "female", "16+"),
                0,
            ),
        )
        else "implausible"
    ),
    "es-some-but-not-all": always("bound", max(2.0, 1.4, 0.7, 0.85) <= 2.0 + 1.4 + 0.7 + 0.85),
    "es-suspects-range": always("bound", 0.1945 * 66_062 < 0.4565 * 66_062),
    "es-perp-1-in-20": same(
        "behaviour that could be domestic abuse", "violence against women and girls", "consistent", "scope"
    ),
    # against the statistics
    "es-perp-2-3m": lambda tables: (
        "external_agrees"
        if meet(near(2.3e6, 1e5), (adults(tables) / 20.5, adults(tables) / 19.5))
        else "external_differs"
    ),
    "es-da-1-4m": agrees(
        near(1.4e6, 1e5),
        lambda t: fact(t, "survey.estimate", "csew.domestic_abuse.old.16+.victims", "2023-03-31", "female"),
    ),
    "es-dah-1-in-6": always("external_agrees", meet((100 / 6.5, 100 / 5.5), near(percent(100, 590), 0))),
    "sc-csae-to": agrees(
        (106_000, 107_000),
        lambda t: fact(t, "recorded.offence_count", "csae_analysis.offences", "2022-12-31"),
        rounding=1000,
    ),
    "pu-arrests-29-6": agrees(
        near(29.6, 0.1),
        lambda t: fact(t, "recorded.outcome", "justice.domestic_abuse.arrests_per_100_offences", "2022-03-31"),
    ),
    "pu-arrests-36-3": agrees(
        near(36.3, 0.1),
        lambda t: fact(t, "recorded.outcome", "justice.domestic_abuse.arrests_per_100_offences", "2023-03-31"),
    ),
    "es-dah-100": of_the_homicide_index("domestic_homicides", 100),
    "es-homicides-590": of_the_homicide_index("victims", 590),
    "sc-rasso": another_system(RASSO, "recorded.offence_count", "prc.a5a.sexual_offences", "2023-03-31"),
    "sc-da": another_system(DA, "recorded.flagged_count", "prc.b9.all_offences", "2023-03-31"),
    "sc-da-ccb": another_system(36_309, "recorded.offence_count", "prc.a5a.8U", "2023-03-31", "all"),
    "sc-sh": another_system(SH, "recorded.offence_count", "prc.a5a.stalking_and_harassment", "2023-03-31"),
    "sc-csae": another_system(41_540, "recorded.offence_count", "csae_analysis.offences", "2022-12-31"),
    "pv-csae-52": always("scope", not meet(near(52, 1), near(40, 1))),
    # what the words mean, and the statistics say
    "es-csae-fold": fits((3.6, 4.4), 5.345, 5.355),
    "es-p2p-by": fits(near(55.6, 0.1), 37.1, 41.0),
    "es-p2p-six-months": fits(near(6, 1), 7),
    "pr-online-twice": fits((1.8, 2.2), 61.5 / 36.5, 62.5 / 35.5),
    "es-vawg-share": lambda t: (
        "external_agrees" if meet((19, 20), near(of_all_crime(t, "including"), 0)) else "external_differs"
    ),
    "sc-vawg-share": lambda t: "scope" if meet((19, 20), near(of_all_crime(t, "excluding"), 0)) else "external_differs",
    "es-sh-2m": lambda t: "external_agrees" if meet((1.5e6, 2.5e6), harassed_women(t)) else "external_differs",
    "pr-online-11m": lambda t: "external_agrees" if women_of_the_uk(t) * 0.365 > 11e6 else "external_differs",
    "pu-femicide-53": always("implausible", 52.5 > 48.5),
    "pu-dhp-754": fits((754, 754), 75 / 0.105, 75 / 0.095),
    "pu-most-known": always("consistent", 37.5 + 28.5 >= 50),
    "nt-es-da-flag": always("consistent", 0.295 * RASSO >= 1),
    "nt-sc-different": lambda t: "consistent" if sexual_and_stalking(t) >= RASSO + SH else "implausible",
    "es-svsda-rising": always("consistent", 51 <= 72 <= 93),
    # what was counted or measured is not what is said: one thing against another
    "pu-convicted-4-4": same("a ratio of two counts", "the fate of one group", "", "scope"),
    "pv-correlations": same("37 interviews", "a correlation", "", "scope"),
    "pv-younger": same("one year each", "a change over years", "", "scope"),
    "pv-dhp-cases": same(51 + 72 + 93, 0, "", "scope"),
    # the same figure, of two sources
    "es-online": same(10, 7, "repeat", "citation"),
    "es-online-sh": same(10, 7, "repeat", "citation"),
    # inclusions and orders leave room on one side, and a coarse print on both: nothing is confirmed
    "es-svsda-y1-base": always("not_contradicted", 222 >= 51),
    "es-svsda-y2-base": always("not_contradicted", 259 >= 72),
    "sc-rasso-48": always("not_contradicted", 45 <= 48 <= 50 and 48 - 45 > 0.05 * 48 / 2),
    "sc-rasso-suspect-37": always("not_contradicted", 37 <= 100),
    "sc-p2p": always("not_contradicted", (15.5 - 10 * 0.5565) / (1 - 0.5565) >= 18),
    "sc-csae-suspect-15": always("not_contradicted", (15.5 - 10 * 0.5565) / (1 - 0.5565) >= 18),
    "sc-cost-66": always("not_contradicted", 66.5 - 46.5 < 46.5),
    "pu-capacity": always("not_contradicted", 88_815 >= 87_347),
    "pr-online-36": always("not_contradicted", 100 / 3.5 <= 35.5 and 36.5 <= 100 / 2.5),
    "pv-drive-25": always("not_contradicted", 12 / 0.5 <= 25 <= 12 / 0.45 and 25 - 24 < 12 / 0.45 - 24),
}
# A relation that is an inequality, or leaves more than a twentieth on either side, contradicts nothing and confirms nothing.
BOUNDED = (
    "es-complex-112 es-complex-14 es-svsda-y1 es-svsda-y2 es-svsda-y3 pr-forces-37 pr-forces-5 pu-prison-population "
    "pu-rso-111 pv-csae-14 pv-dhp-417 pv-health-44 pv-police-43 sc-cost-47 sc-csae-victim-13 sc-da-sh-50 sc-online "
    "sc-online-da sc-online-sh sc-rasso-known sc-rasso-partner sc-rasso-stranger sc-rasso-suspect-range "
)
# Lists, names, dates, windows and references are an editor's notes: looked at, and no figure.
NOTES = (
    "cn-4ps cn-objectives-6 cn-osa-2023 cn-two-areas contents-pages es-4p es-kc-five-threats es-list-window "
    "es-ucl-2023 es-vawg-window front-month fw-4ps fw-five-threats nt-angiolini-2024 nt-cn-called nt-pt-called "
    "nt-pu-called nt-recommendations-16 nt-sc-called pr-girls-2021 pr-ofcom-2023 pr-osa-2023 pr-recommendation-2 "
    "pr-unsocial-2021 pt-hmicfrs-2021 pt-vkpp-2023 pu-angiolini-2024 pu-backlog-q1 pu-backlog-q4 pu-capacity-date "
    "pu-femicide-2020 pu-ucl-2023 pv-csae-2022 pv-girls-2021 sc-cost-2019 sc-da-ccb-window sc-da-window "
    "sc-five-threats sc-nine-threats sc-rasso-window sc-sh-window "
)


def called(worked: Worked, name: str) -> Worked:
    """The same work, with another name for what holds."""
    return lambda tables: name if (found := worked(tables)) == "consistent" else found


BY_HAND |= {claim: called(BY_HAND[claim], "not_contradicted") for claim in BOUNDED.split()}
BY_HAND |= {claim: called(BY_HAND[claim], "in_order") for claim in NOTES.split()}
