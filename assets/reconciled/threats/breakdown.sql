-- The rows of reconciled.threat_breakdown: every part of a threat with its shares, its rate and its change.
--   part   what threats are broken down into, as parts.sql gives it   people  what a rate is over, and what is to be said of it
--   note   what its notes say                                         known_break  the breaks of what is counted
--   printed_change  the newest printed changes of offences, in the form of tally.sql
-- Where several publications give a count, the first of them gives the row, for all areas alike.
WITH chosen AS (
    FROM part WHERE dimension <> 'all_recorded'
    QUALIFY choice = min(choice) OVER (PARTITION BY choice = 0, threat, dimension, part, period_start, period_end)
),
-- The total printed by the same publication; of quarters also the one that is printed for the whole year.
whole AS (
    SELECT one.item, whole.value, whole.inputs,
        CASE WHEN one.choice > 0 AND whole.release <> one.release
            THEN 'The total that the share is of stands in another release: ' || array_to_string(whole.release, '; ') || '.'
        END AS remark
    FROM chosen AS one JOIN part AS whole USING (threat, scope, unit, area_code, period_start, period_end)
    WHERE whole.dimension = 'total' AND whole.value > 0
        AND whole.origin IN (one.origin, CASE one.origin WHEN 'prc.ho_pfa quarters' THEN 'prc.ho_pfa' END)
    QUALIFY row_number() OVER (PARTITION BY one.item ORDER BY whole.choice DESC) = 1
),
all_vawg AS (
    SELECT one.item, whole.value, whole.inputs
    FROM chosen AS one JOIN part AS whole USING (scope, unit, area_code, period_start, period_end)
    WHERE scope = 'policing_vawg' AND whole.threat = 'all_vawg' AND whole.dimension = 'total' AND whole.value > 0
),
-- Only in the scope that publishes that total.
all_recorded AS (
    SELECT one.item, whole.value, whole.inputs
    FROM chosen AS one JOIN part AS whole USING (origin, scope, unit, area_code, period_start, period_end)
    WHERE whole.dimension = 'all_recorded' AND whole.value > 0
),
-- The same months a year earlier. The policing collection was published for two years only; its own baseline is 2018/19.
baseline AS (
    SELECT one.item, before.value, before.inputs, before.period_start, before.period_end,
        CASE WHEN before.release = one.release THEN 'computed' ELSE 'other_release' END AS change_source,
        100 * (one.value / before.value - 1) AS change_percent,
        CASE change_source WHEN 'other_release' THEN 'The count a year before is that of another release, '
            || array_to_string(before.release, '; ') || ', and may have been revised since.' END AS remark,
        date_diff('month', one.period_start, one.period_end) + 1 AS months,
        date_diff('month', before.period_start, before.period_end) + 1 AS months_before,
        CASE
            WHEN months <> months_before
                THEN format('Change is not given: {} months are not compared with {}.', months, months_before)
            WHEN list_sort(before.leaves_out) <> list_sort(one.leaves_out)
                THEN 'Change is not given: one of the two counts leaves out forces that the other holds.'
            WHEN ends_with(one.part, {unassigned})
                THEN 'Change is not given: ' || {of_recording}
        END AS refused
    FROM chosen AS one JOIN part AS before USING (threat, scope, dimension, part, area_code, origin)
    WHERE one.value IS NOT NULL AND before.value > 0 AND (
        (before.period_start = one.period_start - INTERVAL 1 YEAR AND before.period_end = one.period_end - INTERVAL 1 YEAR)
        OR (scope = 'policing_vawg' AND before.period_start = DATE '2018-04-01' AND before.period_end = DATE '2019-03-31'
            AND before.item <> one.item))
    QUALIFY row_number() OVER (PARTITION BY one.item ORDER BY before.period_end DESC) = 1
),
-- The release of a count knows best what it had the year before: the change that it prints stands before one on what another holds.
printed AS (
    SELECT one.item, one.value / (1 + change.value / 100) AS value, change.inputs,
        CAST(split_part(change.characteristic_value, '/', 1) AS DATE) AS period_start,
        CAST(split_part(change.characteristic_value, '/', 2) AS DATE) AS period_end,
        'printed' AS change_source, change.value AS change_percent,
        'The change is the one that the release of the count prints.' AS remark
    FROM chosen AS one JOIN printed_change AS change
        USING (offence_code, scope, area_code, period_start, period_end, release, leaves_out)
    WHERE one.value IS NOT NULL AND change.characteristic = 'compared_with' AND change.value > -100
    QUALIFY row_number() OVER (PARTITION BY one.item ORDER BY change.series) = 1
),
change AS (
    SELECT change.*, one.counted, one.period_start AS own_first_day, one.period_end AS last_day
    FROM (
        SELECT * EXCLUDE (months, months_before, refused) FROM baseline WHERE refused IS NULL
        UNION ALL BY NAME FROM printed
    ) AS change JOIN chosen AS one USING (item)
    QUALIFY row_number() OVER (
        PARTITION BY item ORDER BY list_position(['computed', 'printed', 'other_release'], change_source)) = 1
),
broken AS (
    SELECT item, list(row_id) AS inputs,
        'The change is arithmetic only: breaks lie inside the window, so it says nothing about crime ('
            || string_agg(said, '; ' ORDER BY nth) || ').' AS remark
    FROM change JOIN known_break USING (counted)
    WHERE known_break.exceptional IS NULL
        AND known_break.first_day <= change.last_day AND change.period_start < known_break.last_day
    GROUP BY item
),
-- What a class has without a detailed offence belongs to some of its detailed offences.
unassigned AS (
    SELECT change.item, max(rest.value) AS most, each_once(flatten(list(rest.inputs))) AS inputs
    FROM change JOIN chosen AS one USING (item) JOIN part AS rest USING (threat, scope, dimension, area_code, origin)
    WHERE rest.part = split_part(one.part, ':', 1) || {unassigned} AND rest.period_end IN (change.period_end, change.last_day)
    GROUP BY change.item, one.value, change.value HAVING most >= abs(one.value - change.value)
),
in_exceptional_time AS (
    SELECT item, list(row_id) AS inputs, list(exceptional ORDER BY nth) AS remarks
    FROM change JOIN known_break USING (counted)
    WHERE known_break.exceptional IS NOT NULL AND (
        (known_break.first_day <= change.period_end AND change.period_start <= known_break.last_day)
        OR (known_break.first_day <= change.last_day AND change.own_first_day <= known_break.last_day))
    GROUP BY item
)
SELECT chosen.threat, chosen.scope, chosen.dimension, chosen.part AS dimension_value, chosen.area_code,
    chosen.period_start, chosen.period_end, chosen.period_type, chosen.value AS offences,
    CASE WHEN offences <= whole.value THEN 100 * offences / whole.value END AS share_of_threat,
    CASE WHEN offences <= all_vawg.value THEN 100 * offences / all_vawg.value END AS share_of_vawg,
    100 * offences / all_recorded.value AS share_of_all_recorded,
    offences / (chosen.period_end - chosen.period_start + 1) AS per_day,
    1000 * offences / people.persons AS rate_per_1000,
    CASE WHEN rate_per_1000 IS NOT NULL THEN people.name END AS rate_population,
    change.period_end AS change_from,
    change.change_percent,
    change.change_source,
    CASE WHEN broken.item IS NOT NULL THEN 'series_broken' ELSE chosen.obs_status END AS obs_status,
    list_filter(list_concat(
        note.said,
        [
            CASE WHEN starts_with(chosen.part, 'candidate_')
                THEN 'The set is a candidate of this project: the policing definition of the threat is not published.' END,
            CASE chosen.dimension WHEN 'sub_code'
                THEN 'Sub-codes are of Table B2, whose totals can differ slightly from Table A5a.' END,
            CASE WHEN chosen.unit <> 'offences' THEN 'Counted in ' || chosen.unit || '.' END,
            CASE WHEN chosen.origin = 'prc.ho_pfa quarters' AND offences IS NOT NULL
                THEN 'The year is the sum of four published quarters; a quarter may hold corrections of earlier ones.' END,
            CASE chosen.origin WHEN 'prc.csp'
                THEN 'The count is the total of a force in the tables by Community Safety Partnership.' END,
            CASE WHEN offences IS NOT NULL THEN whole.remark END,
            CASE WHEN offences > whole.value THEN {too_large} END,
            CASE WHEN offences IS NOT NULL AND whole.item IS NULL THEN CASE chosen.choice
                WHEN 0 THEN 'Share of the threat is not given: no source publishes a total of this threat in this scope and period.'
                ELSE 'Share of the threat is not given: no total of this threat is held for this area and period.' END END,
            CASE WHEN offences > all_vawg.value THEN {too_large} END,
            CASE chosen.scope WHEN 'policing_vawg' THEN 'Share of all recorded crime is not given: the collection and the'
                || ' published total are of different scopes.' END,
            CASE WHEN chosen.scope = 'policing_vawg' AND share_of_vawg IS NULL
                THEN 'Share of VAWG is not given: the total of the collection is not published for this window.' END
        ],
        CASE WHEN offences IS NOT NULL THEN people.said END,
        [
            people.without || CASE WHEN rate_per_1000 IS NULL THEN ': no rate is given.'
                ELSE ': the rate is over the people of the other forces.' END,
            CASE WHEN change.item IS NULL THEN baseline.refused END, broken.remark, change.remark,
            format('{:,} ', CAST(unassigned.most AS BIGINT)) || {may_be_theirs}
        ],
        in_exceptional_time.remarks
    ), lambda one: one IS NOT NULL) AS caveats,
    array_to_string(chosen.release, '; ') AS release,
    list_sort(list_distinct(list_concat(
        chosen.inputs,
        CASE WHEN share_of_threat IS NOT NULL THEN whole.inputs END,
        CASE WHEN share_of_vawg IS NOT NULL THEN all_vawg.inputs END,
        CASE WHEN share_of_all_recorded IS NOT NULL THEN all_recorded.inputs END,
        CASE WHEN rate_per_1000 IS NOT NULL THEN people.inputs END,
        change.inputs, broken.inputs, unassigned.inputs, in_exceptional_time.inputs
    ))) AS inputs
FROM chosen
LEFT JOIN note USING (notes)
LEFT JOIN whole USING (item)
LEFT JOIN all_vawg USING (item)
LEFT JOIN all_recorded USING (item)
LEFT JOIN people USING (origin, area_code, period_start, period_end, period_type, sex, age, leaves_out, release)
LEFT JOIN baseline USING (item)
LEFT JOIN change USING (item)
LEFT JOIN broken USING (item)
LEFT JOIN unassigned USING (item)
LEFT JOIN in_exceptional_time USING (item)
ORDER BY ALL
