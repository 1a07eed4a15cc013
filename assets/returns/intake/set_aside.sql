-- Rows set aside in a return, as they were sent, with the reference of the crime of each: those in error, and of a line that
-- cannot be read every row that is lost with it.
--   {return_id}  the return     {crime}  place of the reference among the columns of a record
SELECT {return_id} AS return_id, line, reference, errors, raw, raw[{crime}] AS crime FROM flawed WHERE errors <> 0
UNION ALL
SELECT {return_id}, line + further, NULL, {unread}, NULL, crimes[further + 1]
FROM (SELECT *, unnest(range(lost)) AS further FROM malformed)
