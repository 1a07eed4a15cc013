-- Every publication with its newest release; how many figures rest on it.
WITH newest AS (
    SELECT * FROM meta.release
    QUALIFY row_number() OVER (PARTITION BY source ORDER BY vintage_order DESC, period_end DESC NULLS LAST, release DESC) = 1
),
used AS (SELECT source, count(*) AS figures FROM archive.figure GROUP BY source),
counted AS (
    SELECT source, count(*) AS figures FROM (
        SELECT source FROM recorded.force_count UNION ALL SELECT source FROM recorded.outcome_count
    ) GROUP BY source
)
SELECT source, publication.title AS publication, publication.publisher, publication.address, publication.cadence,
       newest.title AS newest_release, newest.released, newest.period_end AS year_ending, newest.designation,
       coalesce(used.figures, 0) + coalesce(counted.figures, 0) AS figures
FROM reference.publication AS publication
LEFT JOIN newest USING (source)
LEFT JOIN used USING (source)
LEFT JOIN counted USING (source)
ORDER BY figures DESC, source
