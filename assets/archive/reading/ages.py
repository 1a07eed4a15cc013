"""Ages and sexes in a text: "Women aged 16 to 59 (%)" is women, 16-59; "16 and over" is 16+."""

import re

SPAN = re.compile(r"(?<!\d)(\d{1,2}) ?(?:to|-|–) ?(\d{1,3})(?!\d)")
OPEN = re.compile(r"(?<!\d)(\d{1,2}) ?(?:\+|plus\b|(?:years )?(?:and|or|&) (?:over|older|above))")
SAID = re.compile(rf",? ?(?:aged? )?(?:{SPAN.pattern}|{OPEN.pattern})(?: years)?", re.IGNORECASE)
SEXES = {
    "female": "female", "females": "female", "woman": "female", "women": "female", "girls": "female",
    "male": "male", "males": "male", "man": "male", "men": "male", "boys": "male",
    "all": "all", "persons": "all", "people": "all", "adults": "all", "both": "all", "total": "all",
}  # fmt: skip

LETTERS = {"f": "female", "m": "male"}


def age_in(text: str) -> str | None:
    """The one age range that a text names, as the tables have it; None where it names none, or several."""
    small = text.casefold()
    ages = {f"{first}-{last}" for first, last in SPAN.findall(small)} | {f"{first}+" for first in OPEN.findall(small)}
    return ages.pop() if len(ages) == 1 else None


def as_labels_are(text: str) -> str:
    """A label as most print it: an age alone, "16–24" or "16-24 years", as "16 to 24", and "&" as "and"."""
    age = age_in(text) if not without_ages(text).strip() else None
    return text.replace(" & ", " and ") if age is None else age.replace("-", " to ").replace("+", " and over")


def without_ages(text: str) -> str:
    """A text without the ages that it names: "Women aged 16 to 59" is "Women"."""
    return SAID.sub("", text)


def sex_in(text: str) -> str | None:
    """female, male or all, in words or as a bare "F" or "M"; None where a text names no sex, or both."""
    if letter := LETTERS.get(text.strip().casefold()):
        return letter
    sexes = {SEXES[word] for word in re.findall(r"[a-z]+", text.casefold()) if word in SEXES}
    named = sexes - {"all"}
    if len(named) == 1:
        return named.pop()
    return "all" if sexes else None


def without_sexes(text: str) -> str:
    """A text without the sexes that it names, in small letters."""
    return " ".join(word for word in text.casefold().split() if word.strip("(),;:") not in SEXES)
