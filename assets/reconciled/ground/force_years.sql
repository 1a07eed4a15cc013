-- Yearly counts below England and Wales: as printed for twelve months, or the sum of four quarters.
--   tally  the newest counts of years and quarters, in the form of tally.sql
--   {origins}  where a yearly count stands; the first that holds it is chosen
WITH quarter AS (FROM tally WHERE period_type = 'quarter'),
day AS (SELECT DISTINCT period_start, period_end FROM quarter),
-- Years ending March, and the twelve months to the newest quarter, of which all four quarters are held.
year AS (
    SELECT min(day.period_start) AS first_day, last.period_end AS last_day
    FROM day AS last JOIN day ON day.period_start BETWEEN last.period_start - INTERVAL 9 MONTH AND last.period_start
    WHERE month(last.period_end) = 3 OR last.period_start = (SELECT max(period_start) FROM day)
    GROUP BY last.period_end HAVING count(*) = 4
),
kind AS (
    SELECT DISTINCT ON (offence_code) scope, offence_code, offence, level, series, counted, sex, age, unit
    FROM quarter ORDER BY row_id DESC
),
place AS (
    FROM kind CROSS JOIN year CROSS JOIN (SELECT DISTINCT area_code FROM quarter)
),
added AS (
    SELECT place.*, count(part.value) AS quarters, fsum(part.value) AS added,
        each_once(flatten(list(part.notes ORDER BY period_start))) AS notes,
        each_once(flatten(list(part.release ORDER BY period_start))) AS release,
        flatten(list(part.inputs ORDER BY period_start)) AS inputs,
        list_sort(list_distinct(flatten(list(part.leaves_out)))) AS leaves_out
    FROM place LEFT JOIN (FROM quarter WHERE value IS NOT NULL) AS part
        ON part.offence_code = place.offence_code AND part.area_code = place.area_code
        AND part.period_start BETWEEN first_day AND last_day
    GROUP BY ALL
),
-- A year with fewer quarters in an area has no count there, if some other area has all four: missing is not nought.
summed AS (
    SELECT * EXCLUDE (first_day, last_day, added) REPLACE (
            CASE quarters WHEN 0 THEN ['none'] ELSE release END AS release,
            notes || CASE
                WHEN quarters < 4 THEN [quarters || ' of the 4 quarters are held, so the year has no count here']
                WHEN added < 0 THEN [format(
                    'the quarters add up to {:g}: corrections of earlier years outnumber the year''s offences', added)]
                ELSE [] END AS notes
        ),
        first_day AS period_start, last_day AS period_end, 'year' AS period_type,
        CASE WHEN quarters = 4 AND added >= 0 THEN added END AS value,
        CASE WHEN value IS NULL THEN 'missing' ELSE 'normal' END AS obs_status
    FROM added
    QUALIFY max(quarters) OVER (PARTITION BY offence_code, last_day) = 4
),
year_held AS (
    SELECT regexp_extract(series, '(.*)[.]', 1) AS origin, *, NULL::BIGINT AS quarters FROM tally WHERE period_type = 'year'
    UNION ALL BY NAME SELECT 'prc.ho_pfa quarters' AS origin, * FROM summed
)
SELECT list_position({origins}, origin) AS choice, * FROM year_held
