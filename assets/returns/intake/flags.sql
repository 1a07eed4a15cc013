-- Offences in scope by month and flag, as Y, N and not recorded.
--   {rows}  checked records of a return     {flags}  the flags     {values}  each of them with its value
WITH by_flags AS (SELECT month, {flags}, sum(offences) AS offences FROM {rows} WHERE in_scope GROUP BY ALL),
of_each AS (SELECT month, offences, unnest([{values}]) AS told FROM by_flags)
SELECT month, told.flag, told.value, sum(offences)::BIGINT AS offences FROM of_each GROUP BY ALL
