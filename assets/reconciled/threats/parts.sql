-- What each threat is broken down into: every recorded count that belongs to it, by which dimension and which part of it.
--   offence_count, flagged_count, vawg_count  the newest counts of England and Wales, in the form of tally.sql
--   force_year      yearly counts below it, as force_years.sql gives them
--   member          reference.offence_threat     code  reference.offence     series  reference.series
--   {all_flagged}   what flagged counts call all offences     {copies}  the designations of copies
WITH class_printed AS (
    SELECT '' AS origin, 0 AS choice, * FROM offence_count WHERE scope = 'ons_prc' AND starts_with(series, 'prc.a5a.')
    -- A copy that says other ages of a count does not stand beside the publisher's own.
    QUALIFY row_number() OVER (
        PARTITION BY offence_code, area_code, period_start, period_end, period_type
        ORDER BY designation IN {copies}, row_id DESC
    ) = 1
),
of_code AS (FROM class_printed UNION ALL BY NAME FROM force_year),
printed AS (
    SELECT threat,
        CASE grouping WHEN 'published_total' THEN 'total' ELSE level END AS dimension,
        CASE grouping WHEN 'published_total' THEN 'total' ELSE offence_code END AS part,
        of_code.*
    FROM of_code JOIN member USING (offence_code)
    WHERE grouping IN ('published_total', 'published_row')
        AND coalesce(valid_from <= period_end, true) AND coalesce(valid_to >= period_start, true)
),
-- Every class that a source, or a candidate set of this project, puts in a threat.
class AS (
    SELECT DISTINCT threat, offence_code FROM member WHERE regexp_matches(grouping, '^(ons_|candidate_|inclusion$)')
),
-- The classes that are added: of every such set, and those of all rape and all sexual assault by the victim's sex where they
-- name it.
set_member AS (
    SELECT threat, 'grouping' AS dimension, grouping AS part, offence_code, valid_from, valid_to, nth
    FROM member WHERE regexp_matches(grouping, '^(ons|candidate)_')
    UNION ALL
    SELECT threat, 'victim_sex', CASE subgroup WHEN 'rape' THEN 'rape' ELSE 'sexual assault' END || ': ' || victim_sex,
        offence_code, member.valid_from, member.valid_to, nth
    FROM member JOIN code USING (offence_code) WHERE grouping = 'candidate_8' AND victim_sex IN ('female', 'male')
),
-- Classes are added only within one area, window and publication; below England and Wales only from quarters, and only as a
-- source groups them.
place AS (
    SELECT DISTINCT origin, choice, scope, unit, area_code, period_start, period_end, period_type
    FROM of_code WHERE origin IN ('', 'prc.ho_pfa quarters')
),
to_add AS (
    SELECT place.*, set_member.threat, dimension, part, offence_code, nth
    FROM place JOIN set_member
        ON coalesce(valid_from <= period_end, true) AND coalesce(valid_to >= period_start, true)
        AND (origin = '' OR starts_with(part, 'ons_'))
),
held AS (FROM of_code WHERE value IS NOT NULL),
doubted AS (
    SELECT DISTINCT origin, area_code, period_start, period_end, offence_code, true AS is_doubted
    FROM of_code WHERE obs_status = 'doubted'
),
-- Missing is not zero: one class without a figure makes the sum missing.
added AS (
    SELECT origin, to_add.choice, to_add.scope, to_add.unit, area_code, period_start, period_end, period_type, to_add.threat,
        dimension, part,
        list('prc.a5a.' || offence_code ORDER BY nth) AS counted,
        string_agg(offence_code, ', ' ORDER BY nth) FILTER (value IS NULL) AS absent,
        CASE WHEN absent IS NULL THEN fsum(value) END AS value,
        CASE WHEN absent IS NULL THEN 'normal' WHEN bool_or(is_doubted) THEN 'doubted' ELSE 'missing' END AS obs_status,
        CASE count(DISTINCT sex) WHEN 1 THEN any_value(sex) ELSE 'all' END AS sex,
        CASE count(DISTINCT age) WHEN 1 THEN any_value(age) ELSE 'several' END AS age,
        each_once(flatten(list(release ORDER BY nth))) AS release,
        flatten(list(inputs ORDER BY nth)) AS inputs,
        each_once(flatten(list(notes ORDER BY nth))) AS notes,
        list_sort(list_distinct(flatten(list(leaves_out)))) AS leaves_out
    FROM to_add
    LEFT JOIN held USING (origin, area_code, period_start, period_end, period_type, offence_code)
    LEFT JOIN doubted USING (origin, area_code, period_start, period_end, offence_code)
    GROUP BY ALL
),
policing AS (
    SELECT CASE part WHEN 'total' THEN part ELSE 'part' END AS dimension, * FROM vawg_count
),
flagged AS (
    SELECT series.threat,
        CASE WHEN flagged_count.offence_group IN {all_flagged} THEN 'total' ELSE 'offence_group' END AS dimension,
        CASE dimension WHEN 'total' THEN dimension ELSE flagged_count.offence_group END AS part,
        flagged_count.*
    FROM flagged_count JOIN series USING (series) WHERE series.threat IS NOT NULL AND flagged_count.unit = 'offences'
),
homicide AS (
    SELECT 'domestic_abuse' AS threat,
        CASE sex WHEN 'all' THEN 'total' ELSE 'victim_sex' END AS dimension,
        CASE sex WHEN 'all' THEN 'total' ELSE 'homicide: ' || sex END AS part, *
    FROM offence_count WHERE series = 'homicide_index.domestic_homicides'
),
sub_code AS (
    SELECT threat, 'sub_code' AS dimension, count.offence_code AS part, count.*
    FROM class JOIN offence_count AS count ON class.offence_code = split_part(count.offence_code, ':', 1)
    WHERE level = 'sub_code' AND scope = 'ons_prc' AND NOT starts_with(series, 'prc.a5a.')
),
-- Of no threat: what shares of all recorded crime are of.
all_recorded AS (
    SELECT '' AS threat, 'all_recorded' AS dimension, offence_code AS part, * FROM of_code
    WHERE series = 'prc.a5a.total_excluding_fraud' OR (origin <> '' AND offence_code = 'all_crime_excluding_fraud')
),
part AS (
    FROM policing UNION ALL BY NAME FROM flagged UNION ALL BY NAME FROM printed UNION ALL BY NAME
    SELECT threat, 'offence_code' AS dimension, offence_code AS part, * EXCLUDE (threat, offence_code)
    FROM class JOIN of_code USING (offence_code)
    UNION ALL BY NAME FROM sub_code UNION ALL BY NAME
    SELECT * REPLACE (
        CASE WHEN release = [] THEN ['none'] ELSE release END AS release,
        CASE WHEN absent IS NULL THEN notes ELSE list_append(notes, 'no figure held of ' || absent) END AS notes
    ) FROM added
    UNION ALL BY NAME FROM homicide UNION ALL BY NAME FROM all_recorded
)
-- A nought of a code that no longer is, or is not yet, in use counts nothing; of the year in which it begins or ends it counts a part.
SELECT row_number() OVER () AS item, coalesce(origin, '') AS origin, coalesce(choice, 0) AS choice, threat, scope,
    dimension, part, part.offence_code, area_code, period_start, period_end, period_type, value, unit, sex, age, obs_status, counted, release,
    inputs,
    list_concat(
        notes,
        CASE WHEN valid_from > period_start THEN [strftime(valid_from, 'counted under this code only from %-d %B %Y')] END,
        CASE WHEN valid_to < period_end THEN [strftime(valid_to, 'counted under this code only to %-d %B %Y')] END
    ) AS notes,
    leaves_out
FROM part
LEFT JOIN (SELECT offence_code, valid_from, valid_to FROM code) AS in_use
    ON dimension IN ('offence_code', 'sub_code') AND in_use.offence_code = part
WHERE value > 0 OR (coalesce(valid_from <= period_end, true) AND coalesce(valid_to >= period_start, true))
