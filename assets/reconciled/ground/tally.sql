-- Recorded counts in one form, whichever table they are of: what a sum has several of is a list.
--   fact  rows of count tables, of the newest releases
SELECT * REPLACE (
        [source || '@' || release] AS release,
        CASE WHEN rtrim(notes, '.') <> '' THEN [rtrim(notes, '.')] ELSE [] END AS notes,
        coalesce(string_split(nullif(leaves_out, ''), ';'), []) AS leaves_out
    ),
    [series] AS counted, [row_id] AS inputs
FROM fact
