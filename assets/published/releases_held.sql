-- Every release, one row: what it is, how many figures the file holds of it, and how many of those are doubted.
WITH figures AS (
    SELECT source, release, count(*) AS figures FROM archive.figure GROUP BY ALL
),
doubts AS (
    SELECT source, release, count(*) AS doubted FROM archive.doubt GROUP BY ALL
),
files AS (
    SELECT source, release, string_agg(path, ', ' ORDER BY path) AS files FROM meta.source_file GROUP BY ALL
)
SELECT
    source, release, title, publisher, released, period_end, designation, url,
    coalesce(figures, 0) AS figures,
    coalesce(doubted, 0) AS doubted,
    coalesce(files, '') AS files,
    vintage_order = max(vintage_order) OVER (PARTITION BY source) AS newest
FROM meta.release
LEFT JOIN figures USING (source, release)
LEFT JOIN doubts USING (source, release)
LEFT JOIN files USING (source, release)
ORDER BY source, release
