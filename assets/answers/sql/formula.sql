-- The value of a computed row and how it was computed, for the row `$row_id`; no row where nothing was computed.
WITH ratio AS (
    SELECT * EXCLUDE (caveats, inputs, identified, readings), 'The interval is the hull of its readings: ' || array_to_string(readings, '; ') AS hull
    FROM reconciled.answer WHERE row_id = $row_id
    UNION ALL BY NAME SELECT * EXCLUDE (caveats, inputs) FROM reconciled.gap WHERE row_id = $row_id
)
SELECT concat('Recorded per 100 estimated: ', format('{:.1f}', recorded_per_100), coalesce(format(' ({:.1f} to {:.1f})',
           recorded_per_100_lower, recorded_per_100_upper), ''), '. Not a reporting rate.') AS value,
       concat('100 x recorded / estimate = 100 x ', number_said(recorded), ' / ', number_said(estimate), ' = ',
           format('{:.3f}', recorded_per_100), coalesce('. ' || hull, '')) AS formula
FROM ratio WHERE recorded_per_100 IS NOT NULL
UNION ALL
SELECT concat('No ratio: ', reason), concat('estimate ', coalesce(number_said(estimate), 'none'), ', recorded ', coalesce(number_said(recorded), 'none'))
FROM ratio WHERE recorded_per_100_lower IS NULL
UNION ALL
SELECT format('Recorded per 100 estimated: {:.1f} to {:.1f}, no single number. Not a reporting rate.', recorded_per_100_lower, recorded_per_100_upper),
       concat('a set: ', number_said(recorded_lower), ' to ', number_said(recorded_upper), ' recorded, ', number_said(estimate_lower), ' to ',
           number_said(estimate_upper), ' estimated', coalesce('. ' || hull, ''))
FROM ratio WHERE recorded_per_100 IS NULL AND recorded_per_100_lower IS NOT NULL
UNION ALL
SELECT concat(number_said(offences), ' offences', coalesce(format(', {:.1f}% of the threat', share_of_threat), ''),
           coalesce(format(', {:.2f} per 1,000 ', rate_per_1000) || rate_population, '')),
       concat_ws('; ', format('share = 100 x offences / total of the threat = {:.3f}', share_of_threat),
           format('rate = 1,000 x offences / people = {:.4f}', rate_per_1000), format('per day = offences / days = {:.2f}', per_day),
           format(CASE change_source WHEN 'printed' THEN 'change on the year to {} as printed = {:.2f}'
               ELSE 'change = 100 x (offences / offences of the year to {} - 1) = {:.2f}' END, CAST(change_from AS VARCHAR), change_percent))
FROM reconciled.threat_breakdown WHERE row_id = $row_id AND offences IS NOT NULL
UNION ALL
SELECT concat(number_said(before), ' to ', number_said(after), ' ', unit, coalesce(format(': {:+.1f}%', change_percent), '')),
       concat_ws('; ', format('change = 100 x (after / before - 1) = {:+.3f}', change_percent), format('points = after - before = {:+.3f}', change_points), method)
FROM reconciled.trend WHERE row_id = $row_id
UNION ALL
SELECT concat(number_said(offences), ' offences', coalesce(format(', {:.2f} per 1,000 ', rate_per_1000) || rate_population, '')),
       coalesce(concat('rate = 1,000 x offences / people = 1,000 x ', number_said(offences), ' / ', number_said(population), ' = ',
           format('{:.4f}', rate_per_1000)), coverage)
FROM reconciled.force_comparison WHERE row_id = $row_id AND offences IS NOT NULL
