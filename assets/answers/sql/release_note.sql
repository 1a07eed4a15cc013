-- What moved since the build before, which is attached as `before`: releases, answers, verdicts, figures.
WITH releases AS (
    SELECT 1 AS rank, 'release' AS kind, NULL AS threat, title AS what, period_end AS year_ending, NULL AS before, release AS now,
           row_id, vintage_order AS weight
    FROM meta.release ANTI JOIN before.meta.release AS old USING (source, release)
),
answers AS (
    SELECT CASE WHEN old.may_be_compared IS DISTINCT FROM new.may_be_compared THEN 2 ELSE 3 END AS rank,
           CASE WHEN old.may_be_compared IS DISTINCT FROM new.may_be_compared AND old.row_id IS NOT NULL THEN 'verdict'
                ELSE 'answer' END AS kind,
           coalesce(new.threat, old.threat) AS threat, coalesce(new.comparison, old.comparison) AS what,
           coalesce(new.year_ending, old.year_ending) AS year_ending, old.said AS before, new.said AS now,
           coalesce(new.row_id, old.row_id) AS row_id, date_diff('day', DATE '1990-01-01', coalesce(new.year_ending, old.year_ending)) AS weight
    FROM (SELECT *, concat_ws('; ', estimated, recorded, per_100 || ' per 100', 'compared: ' || may_be_compared) AS said FROM main.answer) AS new
    FULL JOIN (SELECT *, concat_ws('; ', estimated, recorded, per_100 || ' per 100', 'compared: ' || may_be_compared) AS said
               FROM before.main.answer) AS old USING (row_id)
    WHERE old.said IS DISTINCT FROM new.said
),
figures AS (
    SELECT 4 AS rank, 'figure' AS kind, NULL AS threat, regexp_replace(split_part(series.definition, '. ', 1), '[.]$', '') AS what,
           new.period_end AS year_ending, old.said AS before, new.said AS now, new.row_id,
           abs(coalesce(new.latest / nullif(old.latest, 0) - 1, 1)) AS weight
    FROM (SELECT *, concat(number_said(latest), ' (', latest_release, ')') AS said FROM reconciled.revision) AS new
    JOIN (SELECT *, concat(number_said(latest), ' (', latest_release, ')') AS said FROM before.reconciled.revision) AS old USING (row_id)
    LEFT JOIN reference.series AS series ON series.series = new.series
    WHERE old.latest IS DISTINCT FROM new.latest
)
SELECT * FROM (SELECT * FROM releases UNION ALL SELECT * FROM answers UNION ALL SELECT * FROM figures)
ORDER BY rank, weight DESC, threat, what, row_id
