-- Every police force and threat: what was recorded, its rate, its change on the year before, and its place among forces. What no
-- publication gives by force, or none that is held, keeps a row that says so.
WITH changed AS (
    -- The total of a threat is the offence that is printed for all of it.
    SELECT breakdown.threat, area_code, scope, period_start, period_end,
           coalesce(total.offence_code, dimension_value) AS offence_code, any_value(change_from) AS change_from,
           any_value(change_percent) AS change_percent, any_value(change_source) AS change_source,
           any_value(obs_status) AS obs_status
    FROM reconciled.threat_breakdown AS breakdown
    LEFT JOIN reference.offence_threat AS total
        ON total.threat = breakdown.threat AND total.grouping = 'published_total' AND dimension = 'total'
    WHERE area_code <> 'K04000001' AND change_percent IS NOT NULL
    GROUP BY ALL
),
counted AS (
    SELECT compared.*, unnest(compared.threats) AS threat,
           CASE WHEN compared.rate_per_1000 IS NULL THEN NULL ELSE rank() OVER (
               PARTITION BY compared.offence_code, compared.period_start, compared.period_end
               ORDER BY compared.rate_per_1000 DESC NULLS LAST) END AS place
    FROM reconciled.force_comparison AS compared
),
held AS (
    SELECT counted.*, changed.change_from, changed.change_percent, changed.change_source, changed.obs_status AS change_status
    FROM counted
    LEFT JOIN changed ON changed.threat = counted.threat AND changed.area_code = counted.area_code
        AND changed.scope = counted.scope AND changed.period_start = counted.period_start
        AND changed.period_end = counted.period_end AND changed.offence_code = counted.offence_code
),
not_given AS (
    SELECT availability.threat, availability.counted AS offence,
           array_to_string(list_sort(list(DISTINCT availability.why)), ' ') AS coverage
    FROM reference.force_availability AS availability
    WHERE availability.state <> 'held'
    GROUP BY availability.threat, availability.counted
),
missing AS (
    SELECT area.area_code, area.name AS area_name, not_given.*
    FROM reference.area AS area CROSS JOIN not_given
    WHERE area.area_type IN ('police_force', 'special_force')
)
SELECT area_code, area_name, threat, offence_code, offence, period_start, period_end, offences, rate_per_1000,
       national_rate_per_1000, limit_95_lower, limit_95_upper, position, forces_compared, place, change_from, change_percent,
       change_source, change_status AS obs_status, coverage, caveats, row_id
FROM held
UNION ALL BY NAME
SELECT area_code, area_name, threat, offence, coverage FROM missing
ORDER BY area_name, threat, period_end DESC NULLS LAST, offences DESC
