-- One row per comparison, year and area: of several answers the one that may be compared, of the newest questions and the widest
-- ages. Its interval is the hull of every reading of the year.
WITH ranked AS (
    SELECT answer.*, pairing.label, pairing.title, pairing.estimate_topic,
           row_number() OVER (
               PARTITION BY answer.pairing, answer.area_code, answer.period_end
               ORDER BY answer.verdict = 'block', answer.estimate IS NULL, answer.instrument LIKE '%_new' DESC,
                        answer.age LIKE '%+' DESC, answer.age DESC, answer.row_id
           ) AS place
    FROM reconciled.answer AS answer
    JOIN reference.pairing AS pairing USING (pairing)
)
SELECT * FROM ranked
WHERE place = 1
ORDER BY threat, area_code <> 'K04000001', area_name, verdict = 'block', label, period_end DESC
