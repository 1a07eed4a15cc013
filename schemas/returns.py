"""The template of a force's return: every column once. The workbook, the metadata, the checks in SQL and the pandera model of the
columns derive from it; `assets/returns` reads and checks files by it. Conditions between columns: reference.return_rule.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

VERSION = "vawg-1"
# Community Safety Partnerships of England and of Wales, as reference.area has them; a code of another kind may be of a few homes.
PARTNERSHIP = "(?:E22|W14)[0-9]{6}"
LONGEST_REFERENCE = 40
# What is longer is no number of crimes, rows or years, and may be one that finds a person.
LARGEST_NUMBER = 99_999_999

ACTION = {"I": "a new row", "M": "replaces the row of its key", "D": "takes the row of its key out"}
RECORD_STATUS = {
    "recorded": "recorded as a crime",
    "cancelled": "cancelled after recording: counts nowhere",
    "transferred": "transferred to another force: counts there",
}
VICTIM_TYPE = {"person": "a person", "other": "a business, the state, an animal"}
PERSON_SEX = {"F": "female: woman or girl", "M": "male: man or boy", "U": "not known"}
YES_NO = {"Y": "yes, true", "N": "no, false"}
RELATIONSHIP = {
    "partner": "current partner, spouse",
    "ex_partner": "former partner, former spouse",
    "family": "family member",
    "known": "acquaintance, friend, colleague or other known person",
    "stranger": "stranger",
    "unknown": "not known to the police",
}
ETHNICITY = {
    "W1": "White: British", "W2": "White: Irish", "W3": "White: Gypsy or Irish Traveller", "W9": "White: other",
    "M1": "Mixed: White and Black Caribbean", "M2": "Mixed: White and Black African",
    "M3": "Mixed: White and Asian", "M9": "Mixed: other", "A1": "Asian: Indian", "A2": "Asian: Pakistani",
    "A3": "Asian: Bangladeshi", "A4": "Asian: Chinese", "A9": "Asian: other", "B1": "Black: Caribbean",
    "B2": "Black: African", "B9": "Black: other", "O2": "Arab", "O9": "any other", "NS": "not stated",
}  # fmt: skip
LOCATION = {
    "home": "a home", "public": "street, park or transport", "venue": "licensed venue, shop or place of work",
    "education": "school, college or university", "online": "online", "other": "elsewhere",
}  # fmt: skip
# Home Office, Crime outcomes open data, 2018/19. 22: the outcome group of Home Office police outcomes statistics, as quoted in
# Gwent Police, FOI 2025/28532; from 1 April 2019 (Youth Justice Legal Centre, Deferred prosecution: Outcome 22).
OUTCOME = {
    "0": "not yet assigned", "1": "charged or summonsed", "2": "caution, youth", "3": "caution, adult",
    "4": "taken into consideration", "5": "offender died", "6": "penalty notice for disorder", "7": "cannabis or khat warning",
    "8": "community resolution", "9": "not in the public interest (CPS)", "10": "not in the public interest (police)",
    "11": "prosecution prevented: suspect under age", "12": "prosecution prevented: suspect too ill",
    "13": "prosecution prevented: victim or key witness dead or too ill", "14": "suspect not identified, victim does not support",
    "15": "suspect identified, victim supports, evidential difficulties",
    "16": "suspect identified, victim does not support", "17": "prosecution time limit expired",
    "18": "investigation complete, no suspect identified", "20": "transferred to another body",
    "21": "further investigation not in the public interest (police)",
    "22": "diversionary, educational or intervention activity undertaken, further action not in the public interest",
}  # fmt: skip
FLAGS = {
    "flag_da": "domestic abuse", "flag_online": "online or tech-enabled", "flag_cse": "child sexual exploitation",
    "flag_csa": "child sexual abuse", "flag_hba": "so-called honour-based abuse", "flag_hate": "hate crime",
    "flag_spiking": "spiking", "flag_knife": "knife or bladed article",
}  # fmt: skip
AGE_BANDS = {
    "0-9": "under 10", "10-15": "10 to 15", "16-17": "16 and 17", "18-29": "18 to 29", "30-44": "30 to 44",
    "45-59": "45 to 59", "60-84": "60 to 84", "85+": "85 and over", "not_known": "not recorded",
}  # fmt: skip
# One letter per threat, in this order, in the `membership` of an aggregate return; also the bits of a record's membership.
MEMBERSHIP = {
    "domestic_abuse": "D", "rasso": "R", "stalking_harassment": "S", "csae": "C", "online": "O", "modern_slavery": "M",
    "spiking": "P", "sex_work": "X", "honour_based_abuse": "H",
}  # fmt: skip
PROFILE = {"record": "one row per victim of an offence", "aggregate": "counts by all dimensions"}
ROUTE = {
    "template_record": "rows in the template", "template_aggregate": "counts in the template", "hub": "the Home Office Data Hub",
}  # fmt: skip
SEVERITY = {
    "refuse": "the whole return is refused; the last good version stays",
    "quarantine": "the row is set aside; the others count",
    "warn": "the row counts; somebody should look",
    "compare": "the return counts; its figures are unlike others",
}
VERDICT = {
    "accepted": "all rows count",
    "accepted_with_quarantine": "all rows but those set aside count",
    "refused": "no row counts; the last good version stays",
}
# What systems write where they have nothing to write, and what a total is called: neither a reference nor a name.
NOTHING = (
    "null", "\\n", "nil", "none", "nan", "na", "n/a", "n.a.", "nk", "n/k", "unknown", "not known", "not recorded",
    "not applicable", "missing", "blank", "empty", "undefined", "dk", "uk", "unk", "tbc", "tba", "x", "xx", "xxx", "xxxx", "test",
    "withheld", "redacted", "anonymous", "total", "totals", "subtotal", "sub-total", "grand total",
)  # fmt: skip


@dataclass(frozen=True)
class ReturnColumn:
    """One column of a return.

    kind:     `reference` (a pseudonym), `code`, `date`, `whole` (number) or `offence` (a code of reference.offence)
    required: must every row have a value
    codes:    code list of a `code`
    lowest:   least value of a `whole`
    in_key:   is it part of the key of a row
    also:     what else a value has to be, in words, with `{days}` for those of the quarter
    """

    name: str
    kind: str
    meaning: str
    required: bool = False
    codes: Mapping[str, str] = field(default_factory=dict)
    lowest: int | None = None
    in_key: bool = False
    also: str = ""

    def written(self, supplier: str, days: str) -> str:
        """How a value of it is written in a return of a supplier and quarter, in words."""
        forms = {
            "reference": f"a pseudonym, no word for nothing, of at most {LONGEST_REFERENCE} letters, digits and . _ : / = + -",
            "date": "a date as yyyy-mm-dd",
            "whole": "a whole number in digits",
            "code": f"one of {', '.join(self.codes)}",
            "offence": "a code of reference.offence, written as there: 8L, 19C or 008/67",
            "supplier": f"{supplier}, the supplier of the return; rows of another go into a return of their own",
            "area": "the code of a Community Safety Partnership: E22, in Wales W14, and six digits",
            "membership": f"letters of {''.join(MEMBERSHIP.values())} in this order, or -",
        }
        form = "; ".join(filter(None, (forms[self.kind], self.also.format(days=days))))
        return f"{form}; {'never empty' if self.required else 'empty where not known'}"


def _pseudonym(name: str, of: str, required: bool = True) -> ReturnColumn:
    meaning = f"{of}: a keyed pseudonym of the force, never a name, an address, a postcode or a PNC number"
    return ReturnColumn(name, "reference", meaning, required, in_key=required)


def _code(name: str, meaning: str, codes: Mapping[str, str], required: bool = False, key: bool = False) -> ReturnColumn:
    return ReturnColumn(name, "code", meaning, required, codes, in_key=key)


def _date(name: str, meaning: str) -> ReturnColumn:
    return ReturnColumn(name, "date", meaning)


SUPPLIER_CODE = ReturnColumn(
    "supplier_code", "supplier", "Supplier: key of reference.supplier, the same in every row", True, in_key=True
)
OFFENCE_CODE = ReturnColumn(
    "offence_code", "offence",
    "Offence: class code as ONS prints it (19C), or six characters (008/67) where a class has published sub-codes", True,
    in_key=True,
)  # fmt: skip

RECORD = (
    SUPPLIER_CODE,
    _pseudonym("crime_ref", "The crime"),
    _pseudonym("victim_ref", "The victim"),
    _pseudonym("suspect_ref", "The principal suspect", required=False),
    ReturnColumn(
        "recorded_date", "date", "Day of recording, inside the quarter", True, also="a day of the quarter, {days}"
    ),
    _date("offence_start", "First day of the offence, as far as known"),
    _date("offence_end", "Last day of the offence, as far as known"),
    OFFENCE_CODE,
    ReturnColumn(
        "crime_count", "whole", "Number of crimes; negative only in a row with action D", True,
        also="not 0, and negative only in a row with action D",
    ),
    _code("action", "What the row does", ACTION, required=True),
    _code("record_status", "Status of the record", RECORD_STATUS, required=True),
    _code("victim_type", "Kind of victim", VICTIM_TYPE, required=True),
    _code("victim_sex", "Sex of the victim; empty where the victim is no person", PERSON_SEX),
    ReturnColumn("victim_age", "whole", "Age of the victim in years; empty where not known"),
    _code("victim_ethnicity", "Ethnicity as the victim defines it", ETHNICITY),
    _code("suspect_known", "Is a suspect known", YES_NO),
    _code("suspect_sex", "Sex of the principal suspect", PERSON_SEX),
    ReturnColumn("suspect_age", "whole", "Age of the principal suspect in years; empty where not known"),
    _code("relationship", "What the principal suspect is to the victim", RELATIONSHIP),
    *(_code(name, f"Flag {meaning}; empty for not recorded, which is not no", YES_NO) for name, meaning in FLAGS.items()),
    _code("location_type", "Where it happened", LOCATION),
    ReturnColumn("csp_code", "area", "Community Safety Partnership: nine-character code"),
    _code("outcome_type", "Outcome as the Home Office numbers it", OUTCOME),
    _date("outcome_date", "Day of the outcome"),
)  # fmt: skip

AGGREGATE = (
    SUPPLIER_CODE,
    ReturnColumn(
        "month", "date", "First day of the month of recording", True, in_key=True,
        also="the first day of a month of the quarter, {days}",
    ),
    OFFENCE_CODE,
    ReturnColumn(
        "membership", "membership",
        "The threats of the offences, as letters in the order of the template, `-` for none; empty where the force cannot say",
        in_key=True,
    ),
    _code("flag_da", "Flag domestic abuse; empty for not recorded", YES_NO, key=True),
    _code("flag_online", "Flag online or tech-enabled; empty for not recorded", YES_NO, key=True),
    _code("victim_sex", "Sex of the victims", PERSON_SEX, required=True, key=True),
    _code("victim_age_band", "Ages of the victims", AGE_BANDS, required=True, key=True),
    _code("suspect_age_band", "Ages of the principal suspects", AGE_BANDS, required=True, key=True),
    _code("relationship", "What the principal suspects are to the victims", RELATIONSHIP, required=True, key=True),
    ReturnColumn(
        "offences", "whole", "Number of offences", True, lowest=1, also="1 or more: what never happened has no row"
    ),
)  # fmt: skip
TEMPLATES = {"record": RECORD, "aggregate": AGGREGATE}
