SELECT breakdown.* FROM main.breakdown AS breakdown
WHERE (threat_name IS NULL OR breakdown.threat = threat_said(threat_name))
  AND (threat_name IS NULL OR part_named(threat_name) IN ('', breakdown.part))
  AND (year_ended IS NULL OR starts_with(CAST(breakdown.year_ending AS VARCHAR), year_named(year_ended)))
QUALIFY year_ended IS NOT NULL
    OR breakdown.year_ending = max(breakdown.year_ending) FILTER (breakdown.recorded IS NOT NULL) OVER (
        PARTITION BY breakdown.threat, breakdown.scope, breakdown.kind)
ORDER BY breakdown.threat, breakdown.scope, breakdown.kind <> 'all of it', breakdown.kind, breakdown.recorded DESC NULLS LAST, breakdown.part,
    breakdown.row_id
