-- One row per quantity, where several printed tables count the same: from the table that reference.canonical_table puts first,
-- and beside it what the next table prints and by how much it differs.
--   {newest}    the newest vintage of each figure     {quantity}  what, who, where, when, unit
WITH newest AS ({newest}),
ranked AS (
    SELECT newest.*,
           row_number() OVER by_rank AS place,
           lead(newest.series) OVER by_rank AS other_series,
           lead(newest.value) OVER by_rank AS other_value
    FROM newest
    LEFT JOIN reference.canonical_table AS canonical ON canonical.printed_table = split_part(newest.series, '.', 2)
    WINDOW by_rank AS (PARTITION BY {quantity} ORDER BY coalesce(canonical.rank, 99), newest.row_id)
)
SELECT * EXCLUDE (place), other_value - value AS other_difference
FROM ranked
WHERE place = 1
