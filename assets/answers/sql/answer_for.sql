SELECT answer.* FROM main.answer AS answer
JOIN reconciled.gap AS gap ON gap.row_id = answer.row_id
JOIN reference.pairing AS pairing ON pairing.pairing = gap.pairing
WHERE (threat_name IS NULL OR gap.threat = threat_named(threat_name))
  AND (threat_name IS NULL OR topic_named(threat_name) = '' OR pairing.estimate_topic = topic_named(threat_name))
  AND (year_ended IS NULL OR starts_with(CAST(answer.year_ending AS VARCHAR), CAST(year_ended AS VARCHAR)))
QUALIFY year_ended IS NOT NULL OR row_number() OVER (
    PARTITION BY answer.comparison, gap.area_code
    ORDER BY answer.may_be_compared = 'no', answer.estimated = 'no estimate', answer.recorded = 'no count',
             answer.year_ending DESC) = 1
ORDER BY gap.area_code <> 'K04000001', answer.may_be_compared = 'no', answer.estimated = 'no estimate',
         answer.recorded = 'no count', answer.year_ending DESC, answer.comparison
