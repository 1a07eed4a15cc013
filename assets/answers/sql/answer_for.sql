SELECT answer.* FROM main.answer AS answer
JOIN reconciled.answer AS whole ON whole.row_id = answer.row_id
JOIN reference.pairing AS pairing ON pairing.pairing = whole.pairing
LEFT JOIN reference.series AS counted ON counted.series = pairing.recorded_series
WHERE (threat_name IS NULL OR whole.threat = threat_named(threat_name))
  AND (threat_name IS NULL OR topic_named(threat_name) = '' OR coalesce(pairing.estimate_topic, counted.topic) = topic_named(threat_name))
  AND (year_ended IS NULL OR starts_with(CAST(answer.year_ending AS VARCHAR), year_named(year_ended)))
QUALIFY year_ended IS NOT NULL OR row_number() OVER (
    PARTITION BY answer.comparison, whole.area_code
    ORDER BY answer.may_be_compared = 'no', answer.estimated = 'no estimate', answer.recorded = 'no count',
             answer.year_ending DESC) = 1
ORDER BY whole.area_code <> 'K04000001', answer.may_be_compared = 'no', answer.estimated = 'no estimate',
         answer.recorded = 'no count', answer.year_ending DESC, answer.comparison
