-- Every nation and region as a whole: what was recorded of each threat in whole years, its rate, its change on the year before.
-- What was counted is called as it is for its forces.
WITH counted AS (
    SELECT DISTINCT unnest(threats) AS threat, offence_code, offence FROM reconciled.force_comparison
)
SELECT area.name AS area_name, counted.offence, whole.*
FROM reconciled.threat_breakdown AS whole
JOIN reference.area AS area USING (area_code)
-- The total of a threat is the offence that is printed for all of it.
LEFT JOIN reference.offence_threat AS total
    ON total.threat = whole.threat AND total.grouping = 'published_total' AND whole.dimension = 'total'
JOIN counted ON counted.threat = whole.threat AND counted.offence_code = coalesce(total.offence_code, whole.dimension_value)
WHERE area.area_type IN ('country', 'region') AND whole.period_type = 'year'
ORDER BY area.name, whole.threat, whole.period_end DESC, whole.offences DESC, whole.row_id
