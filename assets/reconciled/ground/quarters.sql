-- Quarterly counts of every yearly series, and of every sum of series that a pairing compares: of the release that holds most
-- quarters, since revisions between releases are no noise of a count.
--   printed   counts of England and Wales by month and quarter, all vintages     by_force  counts of police forces by quarter
--   served    which yearly series (series) the counts of a finer one are (counted_as)
--   wanted    the series of every row that is asked for (key), in their order (nth), and how many they are
--   release   meta.release     {forces}  how many police forces there are     {fewest}  how few quarters are too few to tell by
WITH found AS (
    SELECT series, source, release, scope, period_start AS start, value, [row_id] AS inputs
    FROM printed WHERE period_type = 'quarter'
    UNION ALL
    SELECT series, source, release, scope, date_trunc('quarter', period_start)::DATE, sum(value), list(row_id)
    FROM printed WHERE period_type = 'month' GROUP BY ALL HAVING count(*) = 3
    UNION ALL
    -- One force without a count, and the quarter has no national one.
    SELECT series, source, release, scope, period_start, sum(value), list(row_id)
    FROM by_force GROUP BY ALL HAVING count(*) = {forces}
),
quarter AS (
    FROM found QUALIFY row_number() OVER (PARTITION BY series, source, release, scope, start ORDER BY length(inputs)) = 1
),
added AS (
    SELECT key, source, quarter.release, scope, start, string_agg(counted_as, '+' ORDER BY nth) AS counted_as,
        sum(value) AS value, flatten(list(inputs)) AS inputs
    FROM wanted JOIN served USING (series) JOIN quarter ON quarter.series = counted_as
    GROUP BY key, parts, source, quarter.release, scope, start
    HAVING count(*) = parts
)
SELECT key AS series, scope, counted_as, source || '@' || added.release AS release,
    list(start ORDER BY start) AS quarters, list(value ORDER BY start) AS counts, flatten(list(inputs)) AS inputs
FROM added JOIN release USING (source, release)
GROUP BY key, scope, counted_as, source, added.release, vintage_order
HAVING count(*) >= {fewest}
QUALIFY row_number() OVER (PARTITION BY key ORDER BY count(*) DESC, vintage_order DESC) = 1
ORDER BY contains(series, '+'), series
