"""What people type for a threat or an area, made plain: the same in the file, on the terminal and here."""

# Call, query, meaning of what the queries of this room call themselves.
CALLED = (
    (
        "plain_name(typed)",
        # Small letters, no marks, `and` for an ampersand, no `Police` or `Constabulary` at the end.
        "trim(regexp_replace(regexp_replace(replace(lower(strip_accents(CAST(typed AS VARCHAR))), '&', ' and '),"
        " '[^a-z0-9]+', ' ', 'g'), '( police| constabulary)( service)? *$', ''))",
        "A name as names are compared: plain_name('Avon & Somerset Police') is avon and somerset",
    ),
    (
        "number_said(number)",
        "CASE WHEN number = round(number) THEN format('{:,}', CAST(number AS BIGINT)) ELSE format('{:,.1f}', number) END",
        "A number with its thousands parted, whole or to one place: number_said(135628)",
    ),
)
# A name must be this much like one that is known; below it the nearest is named, not taken.
LIKE_ENOUGH = 0.86


def named(kind: str, column: str = "code") -> str:
    """The body of a scalar macro of one argument, `typed`: the code, or another column, of the threat or area of that name.

    An exact name wins, then the most similar one; where none is similar enough the query ends with the nearest named.
    """
    return f"""(
    SELECT CASE WHEN typed IS NULL THEN NULL WHEN max(likeness) >= {LIKE_ENOUGH} THEN arg_max(chosen, likeness) ELSE error(concat(
        'There is no {kind} called ', any_value(asked), '. The nearest is ', arg_max(name, likeness),
        '. Names that are known: select distinct name from meta.name where kind = ''{kind}''.')) END
    FROM (SELECT {column} AS chosen, name, CAST(typed AS VARCHAR) AS asked,
                 jaro_winkler_similarity(spelling, plain_name(typed)) - length(spelling) / 100000.0
                     + CASE WHEN spelling = plain_name(typed) THEN 1 ELSE 0 END AS likeness
          FROM meta.name WHERE kind = '{kind}'))"""
