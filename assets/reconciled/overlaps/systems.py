"""Systems of overlapping sets: which sets, in which scope and unit, and which unions and pairs are asked for."""

from dataclasses import dataclass
from itertools import combinations

from schemas.codes import THREAT

AS_STATED = "as_stated"
PRIORITY = ("rasso", "domestic_abuse", "stalking_harassment", "csae", "online")
NINE = tuple(THREAT)

# What a reading adds to the print, in words; a reading that combines two says both.
READINGS = {
    AS_STATED: "nothing is read into the print",
    "da_flag": "'in 30% of RASSO offences the victim has also experienced domestic abuse' is read as the domestic abuse flag",
    "partner_is_da": "offences of a partner or ex-partner (38% of RASSO suspects) are taken as domestic abuse",
    "da_flag_and_partner_is_da": "the 30% is read as the flag, and offences of a partner or ex-partner as domestic abuse",
    "total_holds_nine": "the total of VAWG offences is taken to hold all nine threats",
    "da_flag_and_total_holds_nine": "the 30% is read as the flag, and the total is taken to hold all nine threats",
    "as_if_one_window": "April 2022 to March 2023 and August 2022 to July 2023 are taken as one window, which they are not",
    "as_if_one_window_without_1_in_5": "the two windows are taken as one, and '1 in 5 ... online' is left out",
    "as_if_one_window_without_85_percent": "the two windows are taken as one, and '85% of online' is left out",
    "coercive_is_flagged": "every offence of controlling or coercive behaviour is taken to be flagged",
    "harassment_8_percent": "sexual harassment is 2 million and 8% of the women in households",
    "other_women": "victims of non-DA sexual assault or stalking are taken to be none of the victims of domestic abuse",
    "harassment_8_percent_and_other_women": "sexual harassment is 8% of the women in households, and victims of non-DA"
    " sexual assault or stalking are taken to be none of the victims of domestic abuse",
}


@dataclass(frozen=True)
class SetSystem:
    """One system of sets of one population in one unit."""

    key: str
    scope: str
    unit: str
    sex: str
    period_type: str
    unions: tuple[tuple[str, ...], ...]
    pairs: tuple[tuple[str, str], ...]


def _subsets(sets: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
    return tuple(chosen for size in range(2, len(sets) + 1) for chosen in combinations(sets, size))


def _pairs(sets: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    return tuple(combinations(sets, 2))


THREE = PRIORITY[:3]
ONS_SETS = ("domestic_abuse", "sexual_offences", "stalking_harassment")
ONLINE_SETS = ("online", "harassment_and_stalking", "child_sexual_offences", "sexual_offences_except_child")
SURVEY_SETS = ("sexual_harassment", "domestic_abuse", "non_da_sexual_assault", "non_da_stalking")
COMBINED_SETS = ("domestic_abuse", "sexual_assault", "stalking")

SYSTEMS = {
    system.key: system
    for system in (
        SetSystem(
            "policing_2022_23", "policing_vawg", "offences", "female", "year",
            (*_subsets(THREE), PRIORITY, NINE),
            (*_pairs(THREE), ("coercive_control", "domestic_abuse"), ("coercive_control", "stalking_harassment"),
             ("online", "stalking_harassment")),
        ),
        SetSystem(
            "policing_2022_08", "policing_vawg", "offences", "female", "year",
            (("csae", "online"),),
            (("csae", "online"), ("domestic_abuse", "online"), ("stalking_harassment", "online")),
        ),
        SetSystem(
            "policing_as_if_one_window", "policing_vawg", "offences", "female", "multi_year", (PRIORITY,), (),
        ),
        SetSystem(
            "ons_flags", "ons_prc", "offences", "all", "year",
            _subsets(ONS_SETS),
            (*_pairs(ONS_SETS), ("adult_rape", "domestic_abuse"), ("coercive_control", "domestic_abuse")),
        ),
        SetSystem("ons_online", "ons_prc", "offences", "all", "year", _subsets(ONLINE_SETS), _pairs(ONLINE_SETS)[:3]),
        SetSystem(
            "survey_women_2022_23", "csew", "women", "female", "survey_year",
            (*_pairs(SURVEY_SETS), SURVEY_SETS), _pairs(SURVEY_SETS),
        ),
        *(
            SetSystem(
                f"survey_combined_{who}", "csew", f"percent of {people}", sex, "survey_year",
                _subsets(COMBINED_SETS), _pairs(COMBINED_SETS),
            )
            for who, sex, people in (
                ("women", "female", "women 16 and over"), ("men", "male", "men 16 and over"), ("all", "all", "adults"),
            )
        ),
    )
}  # fmt: skip


def in_words(name: str) -> str:
    """A set as text: the threat's name, else its key with spaces."""
    return THREAT.get(name, name.replace("_", " ").replace("non da", "non-DA"))
