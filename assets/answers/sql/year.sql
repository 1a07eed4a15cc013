-- A year that ends then, a month or a day stand as they are; two years side by side are April to March; of a span the last month.
SELECT CASE
    WHEN said IS NULL OR said = '' OR regexp_full_match(said, '[0-9]{4}(-(0[1-9]|1[0-2])(-[0-3][0-9])?)?') THEN said
    WHEN regexp_full_match(said, 'fy ?[0-9]{2}') THEN concat('20', right(said, 2), '-03')
    WHEN (CAST(nullif(from_year, '') AS INTEGER) + 1) % 100 = CAST(right(to_year, 2) AS INTEGER)
        THEN concat(CAST(from_year AS INTEGER) + 1, '-03')
    WHEN month > 0 THEN concat(CASE WHEN length(year) = 2 THEN '20' END, year, '-', lpad(CAST(month AS VARCHAR), 2, '0'))
    ELSE error(concat('There is no year called ', typed, '. Write it as in 2025, 2025-03, 2024/25 or March 2025.')) END
FROM (
    SELECT said, regexp_extract(said, span, 1) AS from_year, nullif(regexp_extract(said, span, 2), '') AS to_year,
           list_position(['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
               regexp_extract(said, last_month, 1)) AS month, regexp_extract(said, last_month, 2) AS year
    FROM (SELECT lower(trim(CAST(typed AS VARCHAR))) AS said,
                 '^(?:fy ?)?([0-9]{4}) ?[-/–] ?([0-9]{4}|[0-9]{2})$' AS span,
                 '(?:^|[^a-z])([a-z]{3})[a-z]*[ .,''-]*([0-9]{4}|[0-9]{2})$' AS last_month))
