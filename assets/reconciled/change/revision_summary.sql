-- Per series, publication and kind of period, over all figures that were given twice.
SELECT series, source, period_type, unit,
    count(change) AS figures,
    count(*) FILTER (WHERE revised) AS revised,
    avg(change) AS mean_revision,
    avg(abs(change)) AS mean_absolute_revision,
    avg(change_percent) AS mean_revision_percent,
    avg(abs(change_percent)) AS mean_absolute_revision_percent,
    arg_max(change, abs(change)) AS largest_revision,
    coalesce(list(row_id ORDER BY row_id) FILTER (WHERE revised), []) AS inputs
FROM revision GROUP BY series, source, period_type, unit ORDER BY ALL
