"""What people type for a threat or an area, made plain: the same in the file, on the terminal and here."""

from pathlib import Path

# The queries of this room, by name.
SQL = Path(__file__).parent / "sql"


def sql(query: str) -> str:
    """A query of this room."""
    return (SQL / f"{query}.sql").read_text(encoding="utf-8")


# Call, query, meaning of what the queries of this room call themselves.
CALLED = (
    (
        "plain_name(typed)",
        # Small letters, no marks, `and` for an ampersand, no `the` or `Heddlu` before, no `Police` or `Constabulary` after.
        "trim(regexp_replace(regexp_replace(regexp_replace(replace(lower(strip_accents(CAST(typed AS VARCHAR))), '&', ' and '),"
        " '[^a-z0-9]+', ' ', 'g'), '( police| constabulary)( service)? *$', ''), '^ *(the|heddlu) ', ''))",
        "A name as names are compared: plain_name('Avon & Somerset Police') is avon and somerset",
    ),
    (
        "year_named(typed)",
        f"({sql('year')})",
        "The beginning of a day by any way of writing a year: year_named('2024/25') and year_named('YE Mar 2025') are 2025-03",
    ),
    (
        "number_said(number)",
        "CASE WHEN number = round(number) THEN format('{:,}', CAST(number AS BIGINT)) ELSE format('{:,.1f}', number) END",
        "A number with its thousands parted, whole or to one place: number_said(135628)",
    ),
    (
        "recorded_said(offences, rate)",
        "concat_ws('; ', CASE WHEN offences = 1 THEN '1 offence recorded' ELSE format('{:,} offences recorded', offences) END,"
        " CASE WHEN 0 < rate AND rate < 0.1 THEN CAST(rate AS VARCHAR) ELSE format('{:.2f}', rate) END || ' per 1,000 people')",
        "A count with its rate in words: recorded_said(40943, 12.94)",
    ),
)
# A name must be this much like one that is known; below it the nearest is named, not taken.
LIKE_ENOUGH = 0.86
# A place within a force must be this much more like: "Thmes Valley" is the force, and no misspelt Test Valley.
LESS_LIKELY = 0.05
# As short as initials no name is near. Words as short say nothing of what is meant.
SHORT, LITTLE_WORDS = 4, r"\b[a-z0-9]{1,3}\b"


def named(kind: str, column: str = "code") -> str:
    """The body of a scalar macro of one argument, `typed`: the code, or another column, of the threat or area of that name.

    An exact name wins (a code wins only so), then one a few letters away (of the same first letter), then the only threat that
    begins so, the only area that has these letters in their order from its first ("Leics"), of offences the only one with these
    words; then the only force with places in it of these words ("Bristol"). Else the query ends with those that it may be, with
    the nearest by words ("honour killings") or by letters, or with all.
    """
    begins = (
        "starts_with(spelling, plain)"
        if kind == "threat"
        else ("regexp_matches(spelling, '^' || array_to_string(string_split(plain, ''), '.*'))")
    )
    return f"""(
    SELECT CASE WHEN typed IS NULL THEN NULL
        WHEN max(likeness) FILTER (taken) >= {LIKE_ENOUGH} THEN arg_max(chosen, likeness) FILTER (taken)
        WHEN count(DISTINCT code) FILTER (begun) = 1 THEN arg_min(chosen, length(spelling)) FILTER (begun)
        WHEN count(*) FILTER (begun) = 0 AND count(DISTINCT code) FILTER (within) = 1
            THEN arg_min(chosen, length(spelling)) FILTER (within)
        ELSE error(concat('There is no {kind} called ', any_value(asked), CASE
            WHEN count(DISTINCT code) FILTER (begun) > 1
                THEN concat('. The nearest is one of several: ', string_agg(DISTINCT name, ', ' ORDER BY name) FILTER (begun))
            WHEN count(*) FILTER (within) > 0
                THEN concat('. There are ', string_agg(DISTINCT placed, ', ' ORDER BY placed) FILTER (within))
            WHEN count(DISTINCT code) FILTER (shares) > 1
                THEN concat('. The nearest is one of several: ', string_agg(DISTINCT name, ', ' ORDER BY name) FILTER (shares))
            WHEN bool_or(shares)
                THEN arg_min(concat('. The nearest is ', spelling, ' (', name, ')'), length(spelling)) FILTER (shares)
            WHEN bool_or(near) THEN concat('. The nearest is ', arg_max(name, likeness) FILTER (near))
            ELSE concat('. The nearest is far from it; there are ', string_agg(DISTINCT name, ', ' ORDER BY name)) END,
            '. Names that are known: select distinct name from meta.name where kind = ''{kind}''.')) END
    FROM (SELECT *, spelling = plain OR left(spelling, 1) = left(plain, 1) AND NOT regexp_matches(spelling, '[0-9]')
                     AND damerau_levenshtein(spelling, plain) <= greatest(1, length(plain) // 4) AS taken,
                 length(plain) > {SHORT} AND damerau_levenshtein(spelling, plain) <= length(plain) // 3 AS near,
                 len(list_intersect(string_split(regexp_replace(plain, '{LITTLE_WORDS}', '', 'g'), ' '),
                                    string_split(spelling, ' '))) AS words_shared,
                 words_shared > 0 AND words_shared = max(words_shared) OVER () AS shares,
                 concat(part, ' (', name, ')') AS placed,
                 contains(concat(' ', spelling, ' '), concat(' ', plain, ' ')) AS has_the_words,
                 place AND length(plain) > 2 AND has_the_words AS within,
                 CASE WHEN part IS NOT NULL THEN NOT place AND length(plain) > {SHORT} AND has_the_words
                      ELSE length(plain) > 2 AND {begins} END AS begun,
                 jaro_winkler_similarity(spelling, plain) - length(spelling) / 100000.0
                     + CASE WHEN spelling = plain THEN 1 WHEN place THEN -{LESS_LIKELY} ELSE 0 END AS likeness
          FROM (SELECT {column} AS chosen, code, name, spelling, part, kind = 'area' AND part IS NOT NULL AS place,
                       CAST(typed AS VARCHAR) AS asked, plain_name(typed) AS plain
                FROM meta.name WHERE kind = '{kind}')))"""
