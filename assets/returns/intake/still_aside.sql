-- Rows that were set aside until a return of changes came, and that it brings neither rightly nor wrongly.
--   {replaced}  the return that it changes     {file}  the rows set aside with that one
SELECT coalesce(return_id, '{replaced}') AS return_id, line, reference, errors, raw
FROM (SELECT NULL::VARCHAR AS return_id WHERE false UNION ALL BY NAME FROM read_parquet({file}, hive_partitioning = false))
WHERE reference IS NULL OR reference NOT IN (SELECT crime_ref FROM parsed WHERE crime_ref IS NOT NULL)
