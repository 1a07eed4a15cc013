-- What the recorded side of each threat is made of, in England and Wales, in whole years.
SELECT part.*, offence.name AS offence
FROM reconciled.threat_breakdown AS part
LEFT JOIN reference.offence AS offence ON offence.offence_code = part.dimension_value
WHERE part.area_code = 'K04000001' AND part.period_type = 'year'
ORDER BY part.threat, part.scope, part.period_end DESC, part.dimension <> 'total', part.dimension, part.offences DESC,
         part.row_id
