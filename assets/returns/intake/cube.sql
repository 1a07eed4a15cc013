-- Offences in scope by month, class, threats, ages and relationship, with sums of ages.
--   {rows}  checked rows of a return
SELECT month, offence_class, membership_bits AS membership, membership_known,
    victim_age_band, suspect_age_band, coalesce(relationship, 'unknown') AS relationship,
    sum(offences)::BIGINT AS offences,
    coalesce(sum(offences * victim_age_counted), 0)::BIGINT AS victim_age_sum,
    coalesce(sum(offences) FILTER (victim_age_counted IS NOT NULL), 0)::BIGINT AS victim_age_known,
    coalesce(sum(offences * suspect_age_counted), 0)::BIGINT AS suspect_age_sum,
    coalesce(sum(offences) FILTER (suspect_age_counted IS NOT NULL), 0)::BIGINT AS suspect_age_known
FROM {rows} WHERE in_scope GROUP BY ALL
