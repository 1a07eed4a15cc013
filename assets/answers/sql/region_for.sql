SELECT regions.* FROM main.region AS regions
WHERE (region_name IS NULL OR regions.region = (SELECT name FROM reference.area WHERE area_code = area_named(region_name)))
  AND (threat_name IS NULL OR regions.threat = threat_said(threat_name))
  AND (year_ended IS NULL OR starts_with(CAST(regions.year_ending AS VARCHAR), year_named(year_ended)))
QUALIFY year_ended IS NOT NULL
    OR regions.year_ending = max(regions.year_ending) FILTER (regions.recorded IS NOT NULL) OVER (
        PARTITION BY regions.region, regions.threat, regions.part)
ORDER BY regions.region, regions.year_ending DESC, regions.threat, regions.recorded DESC NULLS LAST, regions.part, regions.row_id
