-- One row per comparison, year and area: of several rows of the gap the one that may be compared, of the newest questions and
-- the widest ages, by the plain twelve months of the label.
WITH ranked AS (
    SELECT gap.*, pairing.label, pairing.title, pairing.estimate_topic,
           row_number() OVER (
               PARTITION BY gap.pairing, gap.area_code, gap.period_end
               ORDER BY gap.verdict = 'block', gap.estimate IS NULL, gap.instrument LIKE '%_new' DESC,
                        gap.age LIKE '%+' DESC, gap.age DESC, gap.row_id
           ) AS place
    FROM reconciled.gap AS gap
    JOIN reference.pairing AS pairing USING (pairing)
    WHERE gap.period_match = 'plain'
)
SELECT * FROM ranked
WHERE place = 1
ORDER BY threat, area_code <> 'K04000001', area_name, verdict = 'block', label, period_end DESC
