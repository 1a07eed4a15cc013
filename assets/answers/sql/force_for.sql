SELECT forces.* FROM main.force AS forces
JOIN reference.area AS area ON area.name = forces.force AND area.area_type LIKE '%_force'
LEFT JOIN reference.area AS region ON region.area_code = area.parent_code
WHERE (force_name IS NULL OR area_named(force_name) IN (area.area_code, area.parent_code, region.parent_code))
  AND (threat_name IS NULL OR forces.threat = threat_said(threat_name))
  AND (year_ended IS NULL OR starts_with(CAST(forces.year_ending AS VARCHAR), year_named(year_ended)))
-- The newest year with a count; and before it a newer one of which none may be used.
QUALIFY year_ended IS NOT NULL
    OR row_number() OVER (
        PARTITION BY forces.force, forces.threat, forces.part, forces.recorded IS NULL ORDER BY forces.year_ending DESC NULLS LAST) = 1
    AND (forces.recorded IS NOT NULL
         OR forces.year_ending IS NOT DISTINCT FROM max(forces.year_ending) OVER (PARTITION BY forces.force, forces.threat, forces.part))
ORDER BY forces.force, forces.year_ending DESC NULLS LAST, forces.threat, forces.recorded DESC NULLS LAST, forces.part, forces.row_id
