"""Clauses that leave forces out, and clauses that name them and leave none out, put together from parts."""

import itertools

import pytest
from kit import reference_table

from assets.archive.plausible.left_out import Areas, left_out_in

MANCHESTER, HUMBERSIDE, POWYS, METROPOLITAN = "E23000005", "E23000012", "W15000004", "E23000001"
WELSH = ("W15000001", "W15000002", "W15000003", "W15000004")
# As sources call them, "GMP" and "Dyfed Powys" among them. Kent stands in other clauses only.
NAMES: dict[str, tuple[str, ...]] = {
    "Greater Manchester": (MANCHESTER,),
    "Greater Manchester Police": (MANCHESTER,),
    "the Greater Manchester force area": (MANCHESTER,),
    "GMP": (MANCHESTER,),
    "G.M.P.": (MANCHESTER,),
    "the Met": (METROPOLITAN,),
    "the Metropolitan Police Service": (METROPOLITAN,),
    "Avon & Somerset Constabulary": ("E23000036",),
    "Devon and Cornwall": ("E23000035",),
    "Dyfed Powys": (POWYS,),
    "Dyfed-Powys Police": (POWYS,),
    "the West Midlands": ("E23000014",),
    "British Transport Police": ("BTP",),
    "the four Welsh forces": WELSH,
    "Wales": WELSH,
    "forces in the North East": ("E23000007", "E23000008", "E23000013"),
    "Humberside and Dyfed-Powys": (HUMBERSIDE, POWYS),
    "Humberside, the Met and Dyfed-Powys Police": (HUMBERSIDE, METROPOLITAN, POWYS),
}
# Table P6 of YE December 2024 prints "(exc. Greater Manchester Police)"; others stand in notes, or are said in other words.
EXCLUDES = (
    "England and Wales (exc. {})", "England and Wales (excl. {})", "England and Wales, excluding {}", "Excludes {}",
    "England and Wales [excludes {}]", "All forces except {}", "All forces except for {}.", "England and Wales less {}",
    "England and Wales minus {}", "This includes all forces apart from {}.", "Totals do not contain data for {}.",
    "This includes all forces, with the exception of {}.", "These figures do not include {}", "We excluded {}.",
    "The total excludes data for {}.", "No data were supplied by {}.", "No figures are available for {}.",
    "Data were not received from {}.", "Data are not available for {}", "All forces other than {}",
    "The total lacks {}.", "Without {}", "Following concerns about quality, we excluded {}.",
    "Totals will not include figures for {}.", "Figures exclude data from {}, following the migration to a new system.",
    "Forces not included: {}", "Forces that did not supply data: {}.", "Forces excluded: {}",
    "Greater London and other areas are included, and figures exclude {}.",
)  # fmt: skip
DENIES = (
    "Data for {} could not be included in this release.", "Data from {} cannot be included", "{} failed to supply data.",
    "{} have been removed from the totals.", "Figures for {} were not received in time.", "Data for {} are suppressed.",
    "Data from {} were unavailable at the time of publication.", "{} were not able to provide data for this period.",
    "{} did not return data for the quarter July to September.", "Data for {} has been withheld.", "{}: data not available",
    "{} was unable to provide police recorded crime for November.", "{} are not covered", "{} excluded", "{}: no data",
    "{}: [x] not available",
    "Totals are for the other forces, as data from {} are not yet available.", "{} is missing from the total",
    "Following data quality concerns, {} were excluded.", "Figures for {} are not reflected in the totals.",
    "Data for {}, which moved to a new records system, are not included.", "{} didn't supply data.",
    "{} supplied no data.", "As {} moved to a new system, its data is not part of this total.",
    "{} were only able to provide data for 11 months of the year.", "Data for {} are no longer included.",
    "{} has been unable to supply data because of the implementation of a new IT system.",
)  # fmt: skip
# An estimate stands for what was not supplied: the first as Table P1 of YE December 2018 prints it; and none does.
ESTIMATES = (
    "{} were unable to provide police recorded crime for November and December 2018. Therefore, totals for year ending December"
    " 2018 were produced using an estimate for these months.",
    "Data for {} are not available, so estimates have been used for these months.",
    "{} did not supply data; figures were imputed.", "{} could not supply data for March and figures were estimated.",
)  # fmt: skip
NO_ESTIMATE = (
    "Data for {} are not available and no estimates have been made.", "Excludes {}. Estimates of the survey are not affected.",
    "Data for {} were not supplied and have not been estimated.",
    "{} did not supply data. It is estimated that this is 3% of offences.",
)  # fmt: skip
# Names a force, and leaves none out.
NOTHING = (
    "{} data is included; fraud is excluded.", "Includes {} but excludes fraud", "Includes {}", "{}, excluding fraud",
    "Offences excluding fraud rose in {}", "Excludes fraud offences recorded by {}", "In {}, fraud offences are excluded",
    "Fraud offences, excluding those recorded by {}, are shown", "Table P1: Police recorded crime, {}, excluding fraud",
    "Violence without injury, {}", "{} reviewed their recording in December 2017.", "{}: drug offences are excluded",
    "{} moved to a new system, which changed how offences are counted.", "Rates for {} are suppressed", "{} is included",
    "{} recorded 2,024 offences, excluding attempts", "{} reported that 80,000 crimes were not recorded.",
    "No rates are given for {} as their data are not provided for specified geographical areas.", "{} is no longer excluded",
    "Data for {} are not available for fraud",
    "{} removed 300 duplicates from its data", "{} were unable to provide outcomes.", "Excludes sexual offences in {}",
    "{} were unable to provide data on stalking.", "Offences of rape in {} are not included", "{} was not excluded",
    "All forces except {} recorded an increase, which was driven by shoplifting.", "{} recorded less than Kent",
    "Excluding {}, offences rose by 3%.", "England and Wales 910,976; excl. {} 889,311", "{} is not part of the pilot",
    "Recording of stalking changed in {}; harassment is not included",
)  # fmt: skip
AREAS = Areas(reference_table("area"))


def found(said: str) -> set[str]:
    """Codes of the forces that a text leaves out."""
    return {code for code, _ in left_out_in(said, AREAS)}


@pytest.mark.slow
@pytest.mark.parametrize("form", (*EXCLUDES, *DENIES, *NO_ESTIMATE))
def test_whatever_is_left_out_is_seen_in_every_wording(form: str) -> None:
    assert {name: found(form.format(name)) for name in NAMES} == {name: {*codes} for name, codes in NAMES.items()}


@pytest.mark.slow
@pytest.mark.parametrize("form", (*NOTHING, *ESTIMATES))
def test_a_clause_that_leaves_another_thing_out_leaves_no_force_out(form: str) -> None:
    assert {name: codes for name in NAMES if (codes := found(form.format(name)))} == {}


@pytest.mark.slow
@pytest.mark.parametrize(
    "joined", ["{0}; {1}", "{1}; {0}", "{0}. {1}", "{1}.\n{0}", "{1} [note 3] {0}", "{1}, but {0}"]
)
def test_every_clause_speaks_for_itself(joined: str) -> None:
    """A force that is left out beside a clause about Kent, which leaves Kent in."""
    wrong = {}
    for form, other in itertools.product((*EXCLUDES, *DENIES), NOTHING):
        said = joined.format(form.format("Humberside").rstrip("."), other.format("Kent").rstrip("."))
        if found(said) != {HUMBERSIDE}:
            wrong[said] = found(said)
    assert wrong == {}
