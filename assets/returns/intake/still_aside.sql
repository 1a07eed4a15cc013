-- Rows that were set aside until a return of changes came, and that it brings neither rightly nor wrongly: found by their crime.
--   {replaced}  the return that it changes     {file}  the rows set aside with that one
SELECT coalesce(return_id, {replaced}) AS return_id, line, reference, errors, raw, coalesce(crime, reference) AS crime
FROM (SELECT NULL::VARCHAR AS return_id, NULL::VARCHAR AS crime WHERE false
  UNION ALL BY NAME FROM read_parquet({file}, hive_partitioning = false))
WHERE coalesce(crime, reference) IS NULL OR coalesce(crime, reference) NOT IN (
  SELECT crime_ref FROM parsed WHERE crime_ref IS NOT NULL
  UNION ALL SELECT crime FROM set_aside WHERE crime IS NOT NULL)
