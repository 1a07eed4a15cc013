-- Of every comparison the change of either side between its two newest years: the survey's prevalence of what is asked about,
-- the recorded series that stand against it.
WITH newest AS (
    SELECT * FROM reconciled.trend
    WHERE area_code = 'K04000001'
    QUALIFY row_number() OVER (PARTITION BY series, sex, age ORDER BY to_end DESC, from_end DESC) = 1
),
estimated AS (
    SELECT pairing.pairing, trend.*
    FROM reference.pairing AS pairing
    JOIN reference.series AS series ON series.topic = pairing.estimate_topic AND series.measure = 'prevalence'
        AND series.reference_window = 'last_year'
    JOIN newest AS trend ON trend.series = series.series AND trend.sex = pairing.sex AND trend.scope = 'csew'
    WHERE pairing.estimate_unit = 'victims'
    QUALIFY row_number() OVER (
        PARTITION BY pairing.pairing ORDER BY trend.to_end DESC, trend.instrument LIKE '%_new' DESC, trend.age LIKE '%+' DESC,
                                              trend.age DESC, trend.series
    ) = 1
),
counted AS (
    SELECT pairing.pairing, trend.*, series.definition,
           row_number() OVER (PARTITION BY pairing.pairing ORDER BY trend.after DESC) AS place
    FROM reference.pairing AS pairing
    JOIN newest AS trend ON list_contains(string_split(pairing.recorded_series, '+'), trend.series)
        AND trend.sex = pairing.recorded_sex
    LEFT JOIN reference.series AS series ON series.series = trend.series
),
recorded AS (
    SELECT pairing, list(struct_pack(definition := definition, before := before, after := after, percent := change_percent,
                                     from_end := from_end, to_end := to_end) ORDER BY place) AS parts,
           bool_or(verdict = 'block') AS blocked, min(reason) FILTER (verdict = 'block') AS block_reason,
           any_value(reason ORDER BY place) AS reason, max(to_end) AS to_end, any_value(row_id ORDER BY place) AS row_id
    FROM counted GROUP BY pairing
)
SELECT pairing.pairing, pairing.label, pairing.threat,
       estimated.from_end AS estimated_from, estimated.to_end AS estimated_to, estimated.before AS estimated_before,
       estimated.after AS estimated_after, estimated.change_points, estimated.points_lower, estimated.points_upper,
       estimated.age, estimated.sex, estimated.instrument,
       estimated.verdict AS estimated_verdict, estimated.reason AS estimated_reason, estimated.row_id AS estimated_row_id,
       recorded.parts, recorded.blocked, recorded.block_reason, recorded.reason AS recorded_reason,
       recorded.to_end AS recorded_to, recorded.row_id AS recorded_row_id
FROM reference.pairing AS pairing
LEFT JOIN estimated USING (pairing)
LEFT JOIN recorded USING (pairing)
WHERE estimated.row_id IS NOT NULL OR recorded.row_id IS NOT NULL
ORDER BY pairing.threat, estimated.row_id IS NULL, pairing.label
